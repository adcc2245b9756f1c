//! Integer square root, greatest common divisor, least common multiple.

use super::bits::{bit_length, shl, shr};
use super::buf::{BigInt, Buf};
use super::div::{divrem_mag, floordiv};
use super::int::{Int, SmallInt, add, cmp_mag};
use super::kernel as k;
use super::mul::{mul, sqr_mag};
use crate::num::{Limits, NumError};
use core::cmp::Ordering;

/// `floor(sqrt(n))`; [`NumError::Negative`] below zero.
///
/// Newton's iteration on a growing prefix of `n`: each step doubles the number of good bits, so that the
/// last division dominates the cost. After each step the estimate is off by less than one.
pub fn isqrt(n: Int, lim: &mut Limits) -> Result<BigInt, NumError> {
    if n.neg {
        return Err(NumError::Negative);
    }
    if let Some(v) = n.to_u64() {
        return BigInt::copy_of(SmallInt::from(v.isqrt()).as_int(), lim);
    }
    let c = (bit_length(n.mag) - 1) / 2;
    let mut a = BigInt::from_i128(1, lim)?;
    let mut d = 0;
    for s in (0..64 - c.leading_zeros()).rev() {
        let e = d;
        d = c >> s;
        let scaled = shl(a.as_int(), d - e - 1, lim)?;
        let prefix = shr(n, 2 * c - e - d + 1, lim)?;
        let quotient = floordiv(prefix.as_int(), a.as_int(), lim)?;
        let next = add(scaled.as_int(), quotient.as_int(), lim)?;
        for old in [scaled, prefix, quotient, core::mem::replace(&mut a, next)] {
            old.free(lim);
        }
    }
    let square = sqr_mag(&a.mag, lim)?;
    if cmp_mag(&square, n.mag) == Ordering::Greater {
        k::sub_1(&mut a.mag, 1);
        a.mag.normalize();
    }
    square.free(lim);
    Ok(a)
}

fn gcd_u128(mut a: u128, mut b: u128) -> u128 {
    if a == 0 || b == 0 {
        return a | b;
    }
    let shift = (a | b).trailing_zeros();
    a >>= a.trailing_zeros();
    while b != 0 {
        b >>= b.trailing_zeros();
        (a, b) = (a.min(b), a.abs_diff(b));
    }
    a << shift
}

fn low_u128(a: &[u64]) -> u128 {
    let limb = |i: usize| a.get(i).copied().unwrap_or(0) as u128;
    limb(1) << 64 | limb(0)
}

/// The greatest common divisor, not negative.
pub fn gcd(a: Int, b: Int, lim: &mut Limits) -> Result<BigInt, NumError> {
    let (big, small) = if cmp_mag(a.mag, b.mag) == Ordering::Less { (b, a) } else { (a, b) };
    if small.mag.is_empty() {
        return BigInt::copy_of(big.abs(), lim);
    }
    let mut x = Buf::copy_of(big.mag, lim)?;
    let mut y = Buf::copy_of(small.mag, lim)?;
    // Where two limbs are left the binary algorithm is faster; without feature `speed` Euclid's does it all.
    let few = if cfg!(feature = "speed") { 2 } else { 0 };
    while y.len() > few {
        lim.step(y.len() + 64)?;
        match lehmer(&x, &y) {
            Some(m) => lehmer_apply(&mut x, &mut y, m),
            None => euclid_step(&mut x, &mut y, lim)?,
        }
    }
    if x.len() > 2 && !y.is_empty() {
        euclid_step(&mut x, &mut y, lim)?;
    }
    if !cfg!(feature = "speed") || y.is_empty() {
        return Ok(BigInt { neg: false, mag: x });
    }
    let g = gcd_u128(low_u128(&x), low_u128(&y));
    x.free(lim);
    y.free(lim);
    BigInt::copy_of(Int::new(false, &[g as u64, (g >> 64) as u64]), lim)
}

/// `x, y = y, x % y`.
fn euclid_step(x: &mut Buf, y: &mut Buf, lim: &mut Limits) -> Result<(), NumError> {
    let (q, r) = divrem_mag(x, y, lim)?;
    q.free(lim);
    core::mem::replace(x, core::mem::replace(y, r)).free(lim);
    Ok(())
}

/// The matrix of several Euclid steps: `x' = a*x - b*y`, `y' = d*y - c*x`, signs swapped if `odd`.
struct Steps {
    a: u64,
    b: u64,
    c: u64,
    d: u64,
    odd: bool,
}

/// Euclid on the leading 62 bits of `x >= y`, as far as both bounds of the quotient agree
/// (Knuth, volume 2, 4.5.2, algorithm L). `None` when not even one step is certain.
fn lehmer(x: &[u64], y: &[u64]) -> Option<Steps> {
    if !cfg!(feature = "speed") {
        return None;
    }
    let n = x.len();
    let shift = x[n - 1].leading_zeros();
    let lead = |v: &[u64]| -> i128 {
        let limb = |i: usize| v.get(i).copied().unwrap_or(0);
        let two = (limb(n - 1) as u128) << 64 | limb(n - 2) as u128;
        ((two << shift) >> 66) as i128
    };
    let (mut xh, mut yh) = (lead(x), lead(y));
    let (mut a, mut b, mut c, mut d) = (1i128, 0i128, 0i128, 1i128);
    let mut odd = false;
    loop {
        if yh + c == 0 || yh + d == 0 {
            break;
        }
        let q = (xh + a) / (yh + c);
        if q != (xh + b) / (yh + d) {
            break;
        }
        (a, c) = (c, a - q * c);
        (b, d) = (d, b - q * d);
        (xh, yh) = (yh, xh - q * yh);
        odd = !odd;
    }
    if b == 0 {
        return None;
    }
    let abs = |v: i128| v.unsigned_abs() as u64;
    Some(Steps { a: abs(a), b: abs(b), c: abs(c), d: abs(d), odd })
}

/// Applies the matrix to `x` and `y` in place; both shrink.
fn lehmer_apply(x: &mut Buf, y: &mut Buf, m: Steps) {
    let mut carries = (0i128, 0i128);
    let sign = if m.odd { -1i128 } else { 1 };
    for i in 0..x.len() {
        let p = x[i];
        let q = y.get(i).copied().unwrap_or(0);
        // After an odd number of steps x' = b*y - a*x and y' = c*x - d*y.
        let t = combine(m.a, p, m.b, q) * sign + carries.0;
        let u = combine(m.d, q, m.c, p) * sign + carries.1;
        x[i] = t as u64;
        if let Some(slot) = y.get_mut(i) {
            *slot = u as u64;
        }
        carries = (t >> 64, u >> 64);
    }
    x.normalize();
    y.normalize();
}

/// `a * x - b * y`; the factors are below 2^62, so this fits.
fn combine(a: u64, x: u64, b: u64, y: u64) -> i128 {
    (a as u128 * x as u128) as i128 - (b as u128 * y as u128) as i128
}

/// The least common multiple, not negative.
pub fn lcm(a: Int, b: Int, lim: &mut Limits) -> Result<BigInt, NumError> {
    if a.is_zero() || b.is_zero() {
        return Ok(BigInt::zero());
    }
    let g = gcd(a, b, lim)?;
    let part = floordiv(a.abs(), g.as_int(), lim)?;
    let out = mul(part.as_int(), b.abs(), lim)?;
    g.free(lim);
    part.free(lim);
    Ok(out)
}
