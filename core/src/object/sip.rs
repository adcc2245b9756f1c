//! SipHash-1-3 of a byte string at once: the keyed hash of str and bytes, as CPython has it. (Hashers made for streams
//! spend more on their buffer than a short string takes.)

struct State([u64; 4]);

impl State {
    #[cfg_attr(feature = "speed", inline(always))]
    fn round(&mut self) {
        let [v0, v1, v2, v3] = &mut self.0;
        *v0 = v0.wrapping_add(*v1);
        *v2 = v2.wrapping_add(*v3);
        *v1 = v1.rotate_left(13) ^ *v0;
        *v3 = v3.rotate_left(16) ^ *v2;
        *v0 = v0.rotate_left(32);
        *v2 = v2.wrapping_add(*v1);
        *v0 = v0.wrapping_add(*v3);
        *v1 = v1.rotate_left(17) ^ *v2;
        *v3 = v3.rotate_left(21) ^ *v0;
        *v2 = v2.rotate_left(32);
    }
    #[cfg_attr(feature = "speed", inline(always))]
    fn word(&mut self, w: u64) {
        self.0[3] ^= w;
        self.round();
        self.0[0] ^= w;
    }
}

/// The hash of `bytes` under a key.
pub fn hash((k0, k1): (u64, u64), bytes: &[u8]) -> u64 {
    let mut s = State([
        k0 ^ 0x736f_6d65_7073_6575,
        k1 ^ 0x646f_7261_6e64_6f6d,
        k0 ^ 0x6c79_6765_6e65_7261,
        k1 ^ 0x7465_6462_7974_6573,
    ]);
    let (words, rest) = bytes.as_chunks::<8>();
    words.iter().for_each(|w| s.word(u64::from_le_bytes(*w)));
    let last = rest.iter().rev().fold(0, |w, &b| w << 8 | b as u64);
    s.word(last | (bytes.len() as u64) << 56);
    s.0[2] ^= 0xff;
    s.round();
    s.round();
    s.round();
    s.0[0] ^ s.0[1] ^ s.0[2] ^ s.0[3]
}

#[cfg(test)]
mod tests {
    use core::hash::Hasher;

    #[test]
    fn as_another_implementation() {
        let text: alloc::vec::Vec<u8> = (0..100u8).map(|i| i.wrapping_mul(41)).collect();
        for key in [(0, 0), (1, 2), (u64::MAX, 0x0123_4567_89ab_cdef)] {
            for n in 0..text.len() {
                let mut other = siphasher::sip::SipHasher13::new_with_keys(key.0, key.1);
                other.write(&text[..n]);
                assert_eq!(super::hash(key, &text[..n]), other.finish(), "{n} bytes");
            }
        }
    }
}
