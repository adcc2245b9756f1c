//! Magnitudes to digits: bit extraction for powers of two, chunks of one limb below [`SPLIT`] limbs,
//! and halving by large powers of the radix above, which makes the cost that of multiplication.

use super::bits::{bit_length, is_bit_set};
use super::buf::Buf;
use super::div::divrem_mag;
use super::int::{Int, cmp_mag};
use super::mul::sqr_mag;
use super::recip::Divisor1;
use crate::num::sink::ascii_or_utf8;
use crate::num::{Limits, NumError, Sink};
use crate::room::WithinRoom as _;
use alloc::vec::Vec;
use core::cmp::Ordering;

/// Limbs up to which the quadratic conversion wins.
const SPLIT: usize = 30;
/// Digits of `SPLIT + 1` limbs in base 3, rounded up.
const BASE_DIGITS: usize = 1280;
const DIGITS: &[u8; 36] = b"0123456789abcdefghijklmnopqrstuvwxyz";

/// The largest power of `radix` that fits a limb, and its exponent.
pub(super) fn chunk(radix: u32) -> (u64, usize) {
    if radix == 10 {
        return (10_000_000_000_000_000_000, 19);
    }
    let (mut p, mut n) = (radix as u64, 1);
    while let Some(next) = p.checked_mul(radix as u64) {
        p = next;
        n += 1;
    }
    (p, n)
}

/// An upper bound of the digits of a magnitude of `bits` bits, never more than a few too high.
pub fn radix_len_bound(bits: u64, radix: u32) -> usize {
    /// `log2(radix)` in thousandths, rounded down, from 2 on.
    const LOG2: [u16; 35] = [
        1000, 1584, 2000, 2321, 2584, 2807, 3000, 3169, 3321, 3459, 3584, 3700, 3807, 3906, 4000, 4087, 4169,
        4247, 4321, 4392, 4459, 4523, 4584, 4643, 4700, 4754, 4807, 4857, 4906, 4954, 5000, 5044, 5087, 5129,
        5169,
    ];
    let log2_milli = LOG2.get((radix as usize).wrapping_sub(2)).copied().unwrap_or(1000) as u64;
    usize::try_from(bits.saturating_mul(1000) / log2_milli + 1).unwrap_or(usize::MAX)
}

/// Writes `a` in `radix` (2 to 36), lower case, with a minus sign if negative and no prefix.
pub fn to_radix(a: Int, radix: u32, sink: &mut dyn Sink, lim: &mut Limits) -> Result<(), NumError> {
    if a.neg {
        sink.push_str("-")?;
    }
    if a.is_zero() {
        return sink.push_str("0");
    }
    if let [limb] = *a.mag {
        return one_limb(limb, radix, sink);
    }
    if !cfg!(feature = "bigint") {
        return Err(NumError::TooWide);
    }
    if radix.is_power_of_two() {
        return power_of_two(a.mag, radix.trailing_zeros(), sink, lim);
    }
    let mut out = Digits { radix, sink, started: false };
    if a.mag.len() <= SPLIT {
        return out.base(a.mag, 0, lim);
    }
    let powers = power_table(a.mag, radix, lim)?;
    let top = powers.len();
    out.split(a.mag, &powers, top, lim)?;
    for p in powers {
        p.free(lim);
    }
    Ok(())
}

/// The digits of a single limb, which most ints are.
fn one_limb(limb: u64, radix: u32, sink: &mut dyn Sink) -> Result<(), NumError> {
    let mut text = [0u8; 64];
    let (mut at, mut rest) = (text.len(), limb);
    let r = radix.clamp(2, 36) as u64;
    while rest > 0 && at > 0 {
        let digit = (rest % r) as u8;
        rest /= r;
        at -= 1;
        text[at] = if digit < 10 { b'0' + digit } else { b'a' + digit - 10 };
    }
    sink.push_str(ascii_or_utf8(&text[at..]))
}

fn power_of_two(mag: &[u64], bits: u32, sink: &mut dyn Sink, lim: &mut Limits) -> Result<(), NumError> {
    let mut text = [0u8; 256];
    let mut used = 0;
    for i in (0..bit_length(mag).div_ceil(bits as u64)).rev() {
        if used == text.len() {
            sink.push_str(ascii_or_utf8(&text))?;
            lim.step(used)?;
            used = 0;
        }
        let mut digit = 0;
        for b in (0..bits as u64).rev() {
            digit = digit << 1 | is_bit_set(mag, i * bits as u64 + b) as usize;
        }
        text[used] = DIGITS[digit];
        used += 1;
    }
    sink.push_str(ascii_or_utf8(&text[..used]))
}

/// Chunks of the lowest entry of the power table.
const FIRST: usize = SPLIT / 2;

/// `radix^(chunk * FIRST * 2^i)` for each `i` whose power is at most `a`.
fn power_table(a: &[u64], radix: u32, lim: &mut Limits) -> Result<Vec<Buf>, NumError> {
    let (unit, _) = chunk(radix);
    let mut first = Buf::copy_of(&[1], lim)?;
    for _ in 0..FIRST {
        let carry = super::kernel::mul_1_assign(&mut first, unit, 0);
        if carry != 0 {
            first.push(carry, lim)?;
        }
    }
    let mut powers = Vec::new();
    powers.try_reserve(64).map_err(|_| NumError::Memory)?;
    powers.push_within(first);
    loop {
        let last = &powers[powers.len() - 1];
        // The square has at least 2n - 1 limbs: stop before computing one that is too long to be of use.
        if 2 * last.len() - 1 > a.len() {
            return Ok(powers);
        }
        let next = sqr_mag(last, lim)?;
        if cmp_mag(&next, a) == Ordering::Greater {
            next.free(lim);
            return Ok(powers);
        }
        powers.push_within(next);
    }
}

/// Writes digits from the most significant on; the first piece has no leading zeros.
struct Digits<'s> {
    radix: u32,
    sink: &'s mut dyn Sink,
    started: bool,
}

impl Digits<'_> {
    /// Writes `a`, which is below the square of `powers[level - 1]`, padded to full width once started.
    fn split(&mut self, a: &[u64], powers: &[Buf], level: usize, lim: &mut Limits) -> Result<(), NumError> {
        let per_chunk = chunk(self.radix).1;
        let Some(i) = level.checked_sub(1) else {
            let width = FIRST * per_chunk;
            return self.base(a, if self.started { width } else { 0 }, lim);
        };
        if cmp_mag(a, &powers[i]) == Ordering::Less {
            if self.started {
                self.sink.push_fill('0', (FIRST * per_chunk) << i)?;
            }
            return self.split(a, powers, i, lim);
        }
        let (q, r) = divrem_mag(a, &powers[i], lim)?;
        self.split(&q, powers, i, lim)?;
        q.free(lim);
        self.split(&r, powers, i, lim)?;
        r.free(lim);
        Ok(())
    }

    /// Quadratic conversion of at most `SPLIT + 1` limbs, zero-padded to `width` digits.
    fn base(&mut self, a: &[u64], width: usize, lim: &mut Limits) -> Result<(), NumError> {
        let mut text = [b'0'; BASE_DIGITS];
        let mut at = BASE_DIGITS;
        let mut work = [0u64; SPLIT + 2];
        let mut n = a.len().min(work.len());
        work[..n].copy_from_slice(&a[..n]);
        lim.step(n * n)?;
        let (unit, per_chunk) = chunk(self.radix);
        let div = Divisor1::new(unit);
        while n > 0 {
            let mut rest = div.div_assign(&mut work[..n]);
            n = super::kernel::normalized_len(&work[..n]);
            let stop = at.saturating_sub(per_chunk);
            while (n > 0 && at > stop) || rest != 0 {
                at -= 1;
                text[at] = DIGITS[(rest % self.radix as u64) as usize];
                rest /= self.radix as u64;
            }
        }
        let at = at.min(BASE_DIGITS.saturating_sub(width));
        if at < BASE_DIGITS {
            self.started = true;
        }
        self.sink.push_str(ascii_or_utf8(&text[at..]))
    }
}
