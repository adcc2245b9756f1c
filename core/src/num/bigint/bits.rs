//! Shifts, bitwise operations with two's complement meaning, and bit counts.

use super::buf::{BigInt, Buf};
use super::int::Int;
use super::kernel as k;
use crate::num::{Limits, NumError};

/// Bits of the magnitude, without leading zeros.
pub fn bit_length(mag: &[u64]) -> u64 {
    match mag.last() {
        Some(top) => mag.len() as u64 * 64 - top.leading_zeros() as u64,
        None => 0,
    }
}

/// One bits of the magnitude.
pub fn bit_count(mag: &[u64]) -> u64 {
    mag.iter().map(|l| l.count_ones() as u64).sum()
}

/// Bit `i` of the magnitude.
pub fn is_bit_set(mag: &[u64], i: u64) -> bool {
    usize::try_from(i / 64).ok().and_then(|l| mag.get(l)).is_some_and(|l| l >> (i % 64) & 1 == 1)
}

/// Limbs of `a << n`, if that can be counted.
pub fn shl_len(a: usize, n: u64) -> Option<usize> {
    usize::try_from(n / 64).ok()?.checked_add(a)?.checked_add(1).filter(|&l| l <= isize::MAX as usize / 8)
}

/// `out = a << n`; returns sign and normalized length. `out.len() >= shl_len(a, n)`.
pub fn shl_into(out: &mut [u64], a: Int, n: u64) -> (bool, usize) {
    if a.is_zero() {
        return (false, 0);
    }
    let (limbs, bits) = ((n / 64) as usize, (n % 64) as u32);
    out[..limbs].fill(0);
    let top = k::shl_bits(&mut out[limbs..], a.mag, bits);
    let len = limbs + a.mag.len();
    if top == 0 {
        return (a.neg, len);
    }
    out[len] = top;
    (a.neg, len + 1)
}

/// `a << n`.
pub fn shl(a: Int, n: u64, lim: &mut Limits) -> Result<BigInt, NumError> {
    if a.is_zero() {
        return Ok(BigInt::zero());
    }
    let mut mag = Buf::zeroed(shl_len(a.mag.len(), n).ok_or(NumError::Memory)?, lim)?;
    let (neg, len) = shl_into(&mut mag, a, n);
    mag.truncate(len);
    Ok(BigInt { neg, mag })
}

/// Limbs that [`shr_into`] needs (one more than the plain shift, for the floor of negatives).
pub fn shr_len(a: usize, n: u64) -> usize {
    usize::try_from(n / 64).map_or(0, |l| a.saturating_sub(l)) + 1
}

/// `out = a >> n`, flooring; returns sign and normalized length. `out.len() >= shr_len(a, n)`.
pub fn shr_into(out: &mut [u64], a: Int, n: u64) -> (bool, usize) {
    let len = a.mag.len();
    let Some(limbs) = usize::try_from(n / 64).ok().filter(|&l| l < len) else {
        out[0] = 1;
        return (a.neg, a.neg as usize);
    };
    let bits = (n % 64) as u32;
    let kept = len - limbs;
    k::shr_bits(out, &a.mag[limbs..], bits);
    let mut m = k::normalized_len(&out[..kept]);
    if a.neg {
        let lost = a.mag[..limbs].iter().any(|&l| l != 0) || a.mag[limbs] & ((1u64 << bits) - 1) != 0;
        if lost && k::add_1(&mut out[..m], 1) {
            out[m] = 1;
            m += 1;
        }
    }
    (a.neg && m > 0, m)
}

/// `a >> n`.
pub fn shr(a: Int, n: u64, lim: &mut Limits) -> Result<BigInt, NumError> {
    let mut mag = Buf::zeroed(shr_len(a.mag.len(), n), lim)?;
    let (neg, len) = shr_into(&mut mag, a, n);
    mag.truncate(len);
    Ok(BigInt { neg, mag })
}

/// A bitwise operation.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum BitOp {
    /// `a & b`
    And,
    /// `a | b`
    Or,
    /// `a ^ b`
    Xor,
}

/// Limbs that [`bitop_into`] needs.
pub fn bitop_len(a: usize, b: usize) -> usize {
    a.max(b) + 1
}

/// The limbs of an integer in two's complement, without end.
struct Twos<'a> {
    a: Int<'a>,
    carry: bool,
    i: usize,
}

impl<'a> Twos<'a> {
    fn new(a: Int<'a>) -> Self {
        Twos { a, carry: true, i: 0 }
    }

    #[inline]
    fn next_limb(&mut self) -> u64 {
        let l = self.a.mag.get(self.i).copied().unwrap_or(0);
        self.i += 1;
        if !self.a.neg {
            return l;
        }
        let (v, c) = (!l).overflowing_add(self.carry as u64);
        self.carry = c;
        v
    }
}

/// `out = a op b` as if in infinite two's complement; returns sign and normalized length.
pub fn bitop_into(out: &mut [u64], op: BitOp, a: Int, b: Int) -> (bool, usize) {
    let n = bitop_len(a.mag.len(), b.mag.len());
    let out = &mut out[..n];
    let (mut x, mut y) = (Twos::new(a), Twos::new(b));
    for o in out.iter_mut() {
        let (p, q) = (x.next_limb(), y.next_limb());
        *o = match op {
            BitOp::And => p & q,
            BitOp::Or => p | q,
            BitOp::Xor => p ^ q,
        };
    }
    let neg = match op {
        BitOp::And => a.neg && b.neg,
        BitOp::Or => a.neg || b.neg,
        BitOp::Xor => a.neg != b.neg,
    };
    if neg {
        k::negate(out);
    }
    (neg, k::normalized_len(out))
}

/// `a op b`.
pub fn bitop(op: BitOp, a: Int, b: Int, lim: &mut Limits) -> Result<BigInt, NumError> {
    let mut mag = Buf::zeroed(bitop_len(a.mag.len(), b.mag.len()), lim)?;
    let (neg, len) = bitop_into(&mut mag, op, a, b);
    mag.truncate(len);
    Ok(BigInt { neg, mag })
}

/// `~a`, that is `-a - 1`.
pub fn invert(a: Int, lim: &mut Limits) -> Result<BigInt, NumError> {
    super::int::sub(a.negated(), Int::ONE, lim)
}
