//! The borrowed signed integer, its conversions, comparison, addition and subtraction.

use super::buf::{BigInt, Buf};
use super::kernel as k;
use crate::num::{Limits, NumError};
use crate::room::Fresh;
use core::cmp::Ordering;

/// A signed integer with a borrowed, normalized magnitude. Zero is not negative.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Int<'a> {
    /// Whether the value is below zero.
    pub neg: bool,
    /// Little-endian limbs, no leading zero.
    pub mag: &'a [u64],
}

impl<'a> Int<'a> {
    /// Zero.
    pub const ZERO: Int<'static> = Int { neg: false, mag: &[] };
    /// One.
    pub const ONE: Int<'static> = Int { neg: false, mag: &[1] };

    /// A value from a sign and limbs that may have leading zeros.
    pub fn new(neg: bool, limbs: &'a [u64]) -> Self {
        let mag = k::normalized(limbs);
        Int { neg: neg && !mag.is_empty(), mag }
    }

    /// Whether this is zero.
    pub fn is_zero(self) -> bool {
        self.mag.is_empty()
    }

    /// Whether this is odd.
    pub fn is_odd(self) -> bool {
        self.mag.first().is_some_and(|l| l & 1 == 1)
    }

    /// The absolute value.
    pub fn abs(self) -> Self {
        Int { neg: false, mag: self.mag }
    }

    /// The value with the opposite sign.
    pub fn negated(self) -> Self {
        Int { neg: !self.neg && !self.mag.is_empty(), mag: self.mag }
    }

    /// The value as `i64`, if it fits.
    pub fn to_i64(self) -> Option<i64> {
        i64::try_from(self.to_i128()?).ok()
    }

    /// The value as `u64`, if it fits.
    pub fn to_u64(self) -> Option<u64> {
        match (self.neg, self.mag) {
            (_, []) => Some(0),
            (false, &[l]) => Some(l),
            _ => None,
        }
    }

    /// The value as `i128`, if it fits.
    pub fn to_i128(self) -> Option<i128> {
        let m = match *self.mag {
            [] => 0,
            [l] => l as u128,
            [l, h] => (h as u128) << 64 | l as u128,
            _ => return None,
        };
        if self.neg { (m <= 1 << 127).then(|| (m as i128).wrapping_neg()) } else { i128::try_from(m).ok() }
    }
}

impl PartialOrd for Int<'_> {
    fn partial_cmp(&self, other: &Self) -> Option<Ordering> {
        Some(self.cmp(other))
    }
}

impl Ord for Int<'_> {
    fn cmp(&self, other: &Self) -> Ordering {
        match (self.neg, other.neg) {
            (false, true) => Ordering::Greater,
            (true, false) => Ordering::Less,
            (false, false) => cmp_mag(self.mag, other.mag),
            (true, true) => cmp_mag(other.mag, self.mag),
        }
    }
}

/// A machine integer in the shape of an [`Int`].
#[derive(Clone, Copy, Debug)]
pub struct SmallInt {
    neg: bool,
    limbs: [u64; 2],
    len: u8,
}

impl SmallInt {
    fn from_mag(neg: bool, m: u128) -> Self {
        let limbs = [m as u64, (m >> 64) as u64];
        let len = if limbs[1] != 0 { 2 } else { (limbs[0] != 0) as u8 };
        SmallInt { neg, limbs, len }
    }

    /// The value, borrowed.
    #[inline]
    pub fn as_int(&self) -> Int<'_> {
        Int { neg: self.neg, mag: &self.limbs[..self.len as usize] }
    }
}

impl From<i64> for SmallInt {
    #[inline]
    fn from(v: i64) -> Self {
        SmallInt { neg: v < 0, limbs: [v.unsigned_abs(), 0], len: (v != 0) as u8 }
    }
}

impl From<u64> for SmallInt {
    fn from(v: u64) -> Self {
        SmallInt { neg: false, limbs: [v, 0], len: (v != 0) as u8 }
    }
}

impl From<i128> for SmallInt {
    fn from(v: i128) -> Self {
        SmallInt::from_mag(v < 0, v.unsigned_abs())
    }
}

/// Compares normalized magnitudes.
pub fn cmp_mag(a: &[u64], b: &[u64]) -> Ordering {
    a.len().cmp(&b.len()).then_with(|| k::cmp_n(a, b))
}

/// Limbs that [`add_into`] and [`sub_into`] need for operands of these lengths.
pub fn add_len(a: usize, b: usize) -> usize {
    a.max(b) + 1
}

/// `out = a + b` for magnitudes; returns the normalized length. `out.len() >= add_len`.
pub fn add_mag_into(out: &mut [u64], a: &[u64], b: &[u64]) -> usize {
    let (a, b) = if a.len() >= b.len() { (a, b) } else { (b, a) };
    let c = k::add(out, a, b);
    if c {
        out[a.len()] = 1;
        a.len() + 1
    } else {
        a.len()
    }
}

/// `out = |a - b|` for magnitudes; returns whether `a < b` and the normalized length.
pub fn sub_mag_into(out: &mut [u64], a: &[u64], b: &[u64]) -> (bool, usize) {
    let (less, a, b) = match cmp_mag(a, b) {
        Ordering::Equal => return (false, 0),
        Ordering::Greater => (false, a, b),
        Ordering::Less => (true, b, a),
    };
    k::sub(out, a, b);
    (less, k::normalized_len(&out[..a.len()]))
}

/// `out = a + b`; returns sign and normalized length. `out.len() >= add_len(a, b)`.
pub fn add_into(out: &mut [u64], a: Int, b: Int) -> (bool, usize) {
    if a.neg == b.neg {
        let n = add_mag_into(out, a.mag, b.mag);
        return (a.neg && n > 0, n);
    }
    let (less, n) = sub_mag_into(out, a.mag, b.mag);
    (n > 0 && (less != a.neg), n)
}

/// `out = a - b`; returns sign and normalized length. `out.len() >= add_len(a, b)`.
pub fn sub_into(out: &mut [u64], a: Int, b: Int) -> (bool, usize) {
    add_into(out, a, b.negated())
}

/// `a + b`, appended to an empty `out` with room for [`add_len`]; returns sign and normalized length.
pub fn push_add(out: &mut Fresh, a: Int, b: Int) -> (bool, usize) {
    if a.neg == b.neg {
        let (x, y) = if a.mag.len() >= b.mag.len() { (a.mag, b.mag) } else { (b.mag, a.mag) };
        let c = k::push_sum(out, x, y);
        if c {
            out.push(1);
        }
        let n = x.len() + c as usize;
        return (a.neg && n > 0, n);
    }
    let (less, x, y) = match cmp_mag(a.mag, b.mag) {
        Ordering::Equal => return (false, 0),
        Ordering::Greater => (false, a.mag, b.mag),
        Ordering::Less => (true, b.mag, a.mag),
    };
    k::push_difference(out, x, y);
    (less != a.neg, k::normalized_len(out.written()))
}

/// `a + b`.
pub fn add(a: Int, b: Int, lim: &mut Limits) -> Result<BigInt, NumError> {
    let mut mag = Buf::zeroed(add_len(a.mag.len(), b.mag.len()), lim)?;
    let (neg, n) = add_into(&mut mag, a, b);
    mag.truncate(n);
    Ok(BigInt { neg, mag })
}

/// `a - b`.
pub fn sub(a: Int, b: Int, lim: &mut Limits) -> Result<BigInt, NumError> {
    add(a, b.negated(), lim)
}

/// `-a`.
pub fn neg(a: Int, lim: &mut Limits) -> Result<BigInt, NumError> {
    BigInt::copy_of(a.negated(), lim)
}
