//! The formats that programs use most (`%d`, `%05d`, `%x`, `.2f`, …), for ints of a word and ordinary floats, written
//! into an array. What is not known here is `None` and left to the general path, which gives the same text.

use crate::num::bigint::decompose;

/// A short spec: `[0][width][.precision][type]`, which format specs and `%` conversions have in common.
#[derive(Clone, Copy, Debug)]
pub struct Quick {
    /// Pad with zeros after the sign.
    pub zero: bool,
    /// The least width, below 100.
    pub width: usize,
    /// The precision, one digit.
    pub precision: Option<usize>,
    /// The type character, or 0.
    pub kind: u8,
    /// Bytes of the spec.
    pub len: usize,
}

impl Quick {
    /// Reads the spec at the start of `text`; whatever follows the first byte that is no part of it does not matter.
    #[inline]
    pub fn parse(text: &[u8]) -> Option<Quick> {
        let mut at = 0;
        let mut digit = || match text.get(at) {
            Some(&d @ b'0'..=b'9') => {
                at += 1;
                Some((d - b'0') as usize)
            }
            _ => None,
        };
        let first = digit();
        let zero = first == Some(0);
        let mut width = match first {
            Some(0) => digit().unwrap_or(0),
            Some(d) => d,
            None => 0,
        };
        if width > 0
            && let Some(d) = digit()
        {
            width = width * 10 + d;
        }
        let mut precision = None;
        if text.get(at) == Some(&b'.') {
            at += 1;
            match text.get(at) {
                Some(&d @ b'0'..=b'9') => precision = Some((d - b'0') as usize),
                _ => return None,
            }
            at += 1;
        }
        let kind = match text.get(at) {
            Some(&k @ (b'd' | b'x' | b'f' | b's')) => k,
            None => return Some(Quick { zero, width, precision, kind: 0, len: at }),
            Some(_) => return None,
        };
        Some(Quick { zero, width, precision, kind, len: at + 1 })
    }
}

const ROOM: usize = 128;

/// Text written from its end.
#[derive(Debug)]
pub struct Text {
    bytes: [u8; ROOM],
    start: usize,
}

impl Text {
    #[inline]
    fn new() -> Text {
        Text { bytes: [0; ROOM], start: ROOM }
    }
    /// The text, ASCII.
    #[inline]
    pub fn bytes(&self) -> &[u8] {
        self.bytes.get(self.start..).unwrap_or(&[])
    }
    #[inline]
    fn put(&mut self, b: u8) {
        if let Some(at) = self.start.checked_sub(1)
            && let Some(slot) = self.bytes.get_mut(at)
        {
            *slot = b;
            self.start = at;
        }
    }
    #[inline]
    fn decimal(&mut self, mut n: u64) {
        loop {
            self.put(b'0' + (n % 10) as u8);
            n /= 10;
            if n == 0 {
                return;
            }
        }
    }
    #[inline]
    fn hexadecimal(&mut self, mut n: u64) {
        loop {
            let digit = (n & 15) as u8;
            self.put(if digit < 10 { b'0' + digit } else { b'a' - 10 + digit });
            n >>= 4;
            if n == 0 {
                return;
            }
        }
    }
    #[inline]
    fn sign_and_pad(&mut self, neg: bool, q: &Quick) {
        if q.zero {
            while ROOM - self.start + (neg as usize) < q.width {
                self.put(b'0');
            }
        }
        if neg {
            self.put(b'-');
        }
        while ROOM - self.start < q.width {
            self.put(b' ');
        }
    }
}

/// An int under `q`.
#[inline]
pub fn int(n: i64, q: &Quick) -> Option<Text> {
    if q.precision.is_some() {
        return None;
    }
    let mut out = Text::new();
    let m = n.unsigned_abs();
    match q.kind {
        0 | b'd' => out.decimal(m),
        b'x' => out.hexadecimal(m),
        _ => return None,
    }
    out.sign_and_pad(n < 0, q);
    Some(out)
}

/// Sign, prefix (short) and hexadecimal digits.
pub fn hex(n: i64, prefix: &str) -> Text {
    let mut out = Text::new();
    out.hexadecimal(n.unsigned_abs());
    prefix.bytes().rev().for_each(|b| out.put(b));
    if n < 0 {
        out.put(b'-');
    }
    out
}

/// A float with type `f`: rounded from its exact value, half to even.
#[inline]
pub fn fixed(x: f64, q: &Quick) -> Option<Text> {
    if q.kind != b'f' || !x.is_finite() {
        return None;
    }
    let places = q.precision.unwrap_or(6);
    let (m, e) = decompose(x);
    let scaled = (m as u128) * 10u128.pow(places as u32);
    let units = if e >= 0 {
        if e > 10 {
            return None;
        }
        scaled << e
    } else {
        round_shift(scaled, e.unsigned_abs())
    };
    let mut units = u64::try_from(units).ok()?;
    let mut out = Text::new();
    for _ in 0..places {
        out.put(b'0' + (units % 10) as u8);
        units /= 10;
    }
    if places > 0 {
        out.put(b'.');
    }
    out.decimal(units);
    out.sign_and_pad(x.is_sign_negative(), q);
    Some(out)
}

/// `n / 2**by`, half to even; `n` is below 2**100.
fn round_shift(n: u128, by: u32) -> u128 {
    if by > 110 {
        return 0;
    }
    let (whole, rest, half) = (n >> by, n & ((1 << by) - 1), 1u128 << by >> 1);
    whole + (rest > half || (rest == half && by > 0 && whole & 1 == 1)) as u128
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::num::format::{Target, format_float, format_int, parse};
    use crate::num::{Int, Limits, SmallInt};
    use alloc::string::String;

    fn general_int(n: i64, spec: &str) -> String {
        let mut out = String::new();
        let small = SmallInt::from(n);
        let n: Int = small.as_int();
        let mut never = || false;
        let spec = parse(spec, Target::Int).unwrap();
        format_int(n, &spec, &mut out, &mut Limits::new(1 << 20, &mut never)).unwrap();
        out
    }

    fn general_float(x: f64, spec: &str) -> String {
        let mut out = String::new();
        format_float(x, &parse(spec, Target::Float).unwrap(), &mut out).unwrap();
        out
    }

    fn quick(spec: &str) -> Quick {
        let q = Quick::parse(spec.as_bytes()).unwrap();
        assert_eq!(q.len, spec.len());
        q
    }

    #[test]
    fn ints_as_in_general() {
        for spec in ["d", "x", "", "05d", "5d", "12", "012x", "99d", "0d", "00d", "1d", "030x"] {
            for n in [0, 1, -1, 7, 10, 99, -100, 65535, -65536, i64::MAX, i64::MIN] {
                let text = int(n, &quick(spec)).unwrap();
                assert_eq!(core::str::from_utf8(text.bytes()).unwrap(), general_int(n, spec), "{n} {spec:?}");
            }
        }
    }

    #[test]
    fn floats_as_in_general() {
        let mut seed = 1u64;
        let mut cases =
            alloc::vec![0.0, -0.0, 0.5, 1.5, 2.5, -2.5, 0.05, 0.15, 0.25, 1e-300, 5e-324, 999.9999, 9.995];
        cases.extend([1e15, 123456789.125, 4503599627370497.5, 0.1, -0.04, 1.0 / 3.0, 1e9, 1.7e10]);
        for _ in 0..20_000 {
            seed = seed.wrapping_mul(6364136223846793005).wrapping_add(1442695040888963407);
            let x = f64::from_bits(seed);
            if x.is_finite() {
                cases.push(x);
            }
            cases.push((seed >> 40) as f64 / 1000.0);
            cases.push((seed >> 50) as f64 / 64.0);
        }
        let mut known = 0;
        for spec in ["f", ".0f", ".1f", ".2f", ".9f", "8.3f", "012.2f", "07f"] {
            for &x in &cases {
                let Some(text) = fixed(x, &quick(spec)) else { continue };
                known += 1;
                let text = core::str::from_utf8(text.bytes()).unwrap();
                assert_eq!(text, general_float(x, spec), "{x:?} {spec:?}");
            }
        }
        assert!(known > 200_000);
    }

    #[test]
    fn what_it_does_not_know() {
        for spec in [",", "100d", "+d", "<5", ".10f", ".f", "#x", "e", "%"] {
            let q = Quick::parse(spec.as_bytes());
            assert!(q.is_none() || q.is_some_and(|q| q.len < spec.len()), "{spec:?}");
        }
        assert!(fixed(f64::INFINITY, &quick("f")).is_none());
        assert!(fixed(1e300, &quick("f")).is_none());
    }
}
