//! Integers and floats: exact and correctly rounded conversions, comparison, true division, hashing.

use super::bits::{bit_length, shl, shr};
use super::buf::BigInt;
use super::div::divrem_mag;
use super::int::{Int, SmallInt};
use crate::num::{Limits, NumError};
use core::cmp::Ordering;

/// The modulus of numeric hashes, `2**61 - 1`, as on every 64-bit CPython.
pub const HASH_MODULUS: u64 = (1 << 61) - 1;

/// The top 64 bits of a magnitude (top bit set), the exponent of their unit, and whether lower bits exist.
fn top_bits(mag: &[u64]) -> (u64, i64, bool) {
    let n = mag.len();
    let Some(&top) = mag.last() else { return (0, 0, false) };
    let s = top.leading_zeros();
    let exp = (n as i64 - 1) * 64 - s as i64;
    if n == 1 || s == 0 {
        return (top << s, exp, mag[..n - 1].iter().any(|&l| l != 0));
    }
    let below = mag[n - 2];
    let sticky = below << s != 0 || mag[..n - 2].iter().any(|&l| l != 0);
    (top << s | below >> (64 - s), exp, sticky)
}

/// `m * 2^exp` (plus a little if `sticky`), rounded half to even. `m` has its top bit set.
pub(crate) fn round_to_f64(m: u64, exp: i64, sticky: bool) -> Result<f64, NumError> {
    // The value lies in [2^(exp+63), 2^(exp+64)). Subnormals keep fewer bits.
    let top = exp.saturating_add(63);
    if top > 1023 {
        return Err(NumError::Overflow);
    }
    if top < -1075 {
        return Ok(0.0);
    }
    let keep = if top >= -1022 { 53 } else { (53 - (-1022 - top)).max(0) } as u32;
    let drop = 64 - keep;
    let (kept, rest, half) =
        if drop == 64 { (0, m, 1u64 << 63) } else { (m >> drop, m & ((1 << drop) - 1), 1u64 << (drop - 1)) };
    let up = rest > half || (rest == half && (sticky || kept & 1 == 1));
    let kept = kept + up as u64;
    // The bits of a float count on through the exponent: a carry out of the mantissa is right as it is.
    let bits = if top >= -1022 { ((top + 1022) as u64) * (1 << 52) + kept } else { kept };
    let v = f64::from_bits(bits);
    if v.is_infinite() { Err(NumError::Overflow) } else { Ok(v) }
}

/// `mag * 2^exp` (plus a little if `sticky`), rounded half to even.
#[cfg(not(feature = "speed"))]
pub(crate) fn round_scaled(mag: &[u64], exp: i64, sticky: bool) -> Result<f64, NumError> {
    let (m, unit, below) = top_bits(mag);
    round_to_f64(m, unit + exp, sticky || below)
}

/// `a / b`, correctly rounded; neither is zero.
pub fn divide_words(a: u64, b: u64) -> f64 {
    let (shift_a, shift_b) = (a.leading_zeros(), b.leading_zeros());
    let (mut rest, b) = ((a as u128) << shift_a, (b as u128) << shift_b);
    let mut exp = shift_b as i64 - shift_a as i64;
    if rest < b {
        rest <<= 1;
        exp -= 1;
    }
    // The quotient is at least one and below two: 64 bits of it, the first before the point.
    let mut quotient = 0u64;
    for _ in 0..64 {
        quotient <<= 1;
        if rest >= b {
            rest -= b;
            quotient |= 1;
        }
        rest <<= 1;
    }
    round_to_f64(quotient, exp - 63, rest != 0).unwrap_or(f64::INFINITY)
}

/// `float(a)`, rounded half to even; [`NumError::Overflow`] if too large.
pub fn to_f64(a: Int) -> Result<f64, NumError> {
    let v = match a.mag {
        [] => 0.0,
        // The conversion of a machine word rounds half to even too.
        &[l] => l as f64,
        mag => {
            let (m, exp, sticky) = top_bits(mag);
            round_to_f64(m, exp, sticky)?
        }
    };
    Ok(if a.neg { -v } else { v })
}

/// `int(x)`: truncates toward zero, exactly.
pub fn from_f64(x: f64, lim: &mut Limits) -> Result<BigInt, NumError> {
    if x.is_nan() {
        return Err(NumError::Nan);
    }
    if x.is_infinite() {
        return Err(NumError::Infinite);
    }
    let (m, e) = decompose(x);
    let m = SmallInt::from(m);
    let mag = if e >= 0 { shl(m.as_int(), e as u64, lim)? } else { shr(m.as_int(), -e as u64, lim)? };
    Ok(BigInt::from_parts(x < 0.0, mag.mag))
}

/// Integer mantissa and exponent of `|x|`, finite: `|x| == m * 2^e`.
pub(crate) fn decompose(x: f64) -> (u64, i32) {
    let bits = x.to_bits() & (u64::MAX >> 1);
    let e = (bits >> 52) as i32;
    let m = bits & ((1 << 52) - 1);
    if e == 0 { (m, -1074) } else { (m | 1 << 52, e - 1075) }
}

/// Compares `a` with `x` exactly; `None` for NaN.
pub fn cmp_f64(a: Int, x: f64) -> Option<Ordering> {
    if x.is_nan() {
        return None;
    }
    let sign = |neg: bool, zero: bool| if zero { 0 } else { 1 - 2 * neg as i32 };
    let (sa, sx) = (sign(a.neg, a.is_zero()), sign(x < 0.0, x == 0.0));
    if sa != sx || sa == 0 {
        return Some(sa.cmp(&sx));
    }
    let by_mag = if x.is_infinite() { Ordering::Less } else { cmp_abs(a.mag, x) };
    Some(if a.neg { by_mag.reverse() } else { by_mag })
}

/// Compares a nonzero magnitude with `|x|`, finite and nonzero.
fn cmp_abs(mag: &[u64], x: f64) -> Ordering {
    let (m, e) = decompose(x);
    let x_bits = 64 - m.leading_zeros() as i64 + e as i64;
    let bits = bit_length(mag) as i64;
    if bits != x_bits {
        return bits.cmp(&x_bits);
    }
    // Same bit length, so x >= 1 and both have the same top bit: compare the top 64 bits.
    let (top, _, sticky) = top_bits(mag);
    let x_top = m << m.leading_zeros();
    top.cmp(&x_top).then(if sticky { Ordering::Greater } else { Ordering::Equal })
}

/// `a / b`, correctly rounded. [`NumError::ZeroDivision`], [`NumError::Overflow`].
pub fn true_divide(a: Int, b: Int, lim: &mut Limits) -> Result<f64, NumError> {
    if b.is_zero() {
        return Err(NumError::ZeroDivision);
    }
    let neg = a.neg != b.neg;
    if a.is_zero() {
        return Ok(if neg { -0.0 } else { 0.0 });
    }
    let exact = |m: &[u64]| bit_length(m) <= 53;
    let v = if exact(a.mag) && exact(b.mag) {
        a.mag[0] as f64 / b.mag[0] as f64
    } else {
        divide_mag(a.mag, b.mag, lim)?
    };
    Ok(if neg { -v } else { v })
}

/// Scales so that the integer quotient has 65 or 66 bits, then rounds it with the remainder as sticky bit.
fn divide_mag(a: &[u64], b: &[u64], lim: &mut Limits) -> Result<f64, NumError> {
    let (la, lb) = (bit_length(a) as i64, bit_length(b) as i64);
    if la - lb > 1025 {
        return Err(NumError::Overflow);
    }
    if la - lb < -1080 {
        return Ok(0.0);
    }
    let shift = 65 - (la - lb);
    let a = Int { neg: false, mag: a };
    let (scaled, mut lost) = if shift >= 0 {
        (shl(a, shift as u64, lim)?, false)
    } else {
        let n = -shift as u64;
        let limbs = (n / 64) as usize;
        let lost = a.mag[..limbs].iter().any(|&l| l != 0) || a.mag[limbs] & ((1u64 << (n % 64)) - 1) != 0;
        (shr(a, n, lim)?, lost)
    };
    let (q, r) = divrem_mag(&scaled.mag, b, lim)?;
    lost |= !r.is_empty();
    let (m, exp, sticky) = top_bits(&q);
    for old in [scaled.mag, q, r] {
        old.free(lim);
    }
    round_to_f64(m, exp - shift, sticky || lost)
}

/// `hash(a)` as CPython computes it.
pub fn hash(a: Int) -> i64 {
    let mut h = 0u64;
    for &l in a.mag.iter().rev() {
        // 2^64 = 2^3 modulo 2^61 - 1.
        h = (h << 3 & HASH_MODULUS) | h >> 58;
        h += (l & HASH_MODULUS) + (l >> 61);
        h = (h & HASH_MODULUS) + (h >> 61);
        if h >= HASH_MODULUS {
            h -= HASH_MODULUS;
        }
    }
    let h = if a.neg { -(h as i64) } else { h as i64 };
    if h == -1 { -2 } else { h }
}

/// `(m, e)` with `a == m * 2^e` as nearly as a float can say and `0.5 <= m < 1`: what `math.log` of a huge
/// integer needs. Zero gives `(0, 0)`.
pub fn log2_parts(mag: &[u64]) -> (f64, i64) {
    let (m, exp, sticky) = top_bits(mag);
    if m == 0 {
        return (0.0, 0);
    }
    match round_to_f64(m, -64, sticky) {
        Ok(1.0) => (0.5, exp + 65),
        Ok(v) => (v, exp + 64),
        Err(_) => (0.0, 0),
    }
}
