//! Float arithmetic where Python differs from the hardware: floor division, modulo, power, rounding, hash.

use super::decimal::Decimal;
#[cfg(not(feature = "speed"))]
use crate::num::bigint::round_to_f64;
use crate::num::bigint::{BigInt, HASH_MODULUS, SmallInt, decompose, from_f64, shl};
use crate::num::{Limits, NumError};

/// `hash(x)`; `None` for NaN, whose hash is its identity's.
pub fn hash(x: f64) -> Option<i64> {
    if x.is_nan() {
        return None;
    }
    if x.is_infinite() {
        return Some(if x > 0.0 { 314159 } else { -314159 });
    }
    let (m, e) = decompose(x);
    // m * 2^e modulo 2^61 - 1, where 2^61 = 1: a rotation by e modulo 61.
    let r = e.rem_euclid(61) as u32;
    let h = m % HASH_MODULUS;
    let h = (h << r & HASH_MODULUS) | h >> (61 - r);
    let h = if x < 0.0 { -(h as i64) } else { h as i64 };
    Some(if h == -1 { -2 } else { h })
}

/// `x.as_integer_ratio()`, in lowest terms; [`NumError::Nan`] or [`NumError::Infinite`].
pub fn as_integer_ratio(x: f64, lim: &mut Limits) -> Result<(BigInt, BigInt), NumError> {
    if x.is_nan() {
        return Err(NumError::Nan);
    }
    if x.is_infinite() {
        return Err(NumError::Infinite);
    }
    if x == libm::trunc(x) {
        return Ok((from_f64(x, lim)?, BigInt::from_i128(1, lim)?));
    }
    let (m, e) = decompose(x);
    let zeros = m.trailing_zeros();
    let m = SmallInt::from(m >> zeros);
    let numerator = BigInt { neg: x < 0.0, ..BigInt::copy_of(m.as_int(), lim)? };
    let one = SmallInt::from(1i64);
    let denominator = shl(one.as_int(), (-e - zeros as i32) as u64, lim)?;
    Ok((numerator, denominator))
}

/// `x.is_integer()`.
pub fn is_integer(x: f64) -> bool {
    x.is_finite() && x == libm::trunc(x)
}

/// `divmod(x, y)`; [`NumError::ZeroDivision`] if `y` is zero.
pub fn div_mod(x: f64, y: f64) -> Result<(f64, f64), NumError> {
    if y == 0.0 {
        return Err(NumError::ZeroDivision);
    }
    let mut m = fmod(x, y);
    // x - m is a multiple of y but for rounding.
    let mut q = (x - m) / y;
    if m != 0.0 {
        if (y < 0.0) != (m < 0.0) {
            m += y;
            q -= 1.0;
        }
    } else {
        m = libm::copysign(0.0, y);
    }
    let floor = if q != 0.0 {
        let f = libm::floor(q);
        if q - f > 0.5 { f + 1.0 } else { f }
    } else {
        libm::copysign(0.0, x / y)
    };
    Ok((floor, m))
}

/// The remainder with the dividend's sign: exact, fast when the operands are small integers.
#[cfg(feature = "speed")]
#[inline]
fn fmod(x: f64, y: f64) -> f64 {
    const EXACT: f64 = 9007199254740992.0;
    if x.abs() < EXACT && y.abs() < EXACT && y.abs() >= 1.0 {
        let (xi, yi) = (x as i64, y as i64);
        if xi as f64 == x && yi as f64 == y {
            return libm::copysign((xi % yi) as f64, x);
        }
    }
    libm::fmod(x, y)
}

/// The remainder with the dividend's sign, bit by bit, in a tenth of the code; `y` is not zero.
#[cfg(not(feature = "speed"))]
fn fmod(x: f64, y: f64) -> f64 {
    if x.is_nan() || x.is_infinite() || y.is_nan() {
        return f64::NAN;
    }
    if x.abs() < y.abs() {
        return x;
    }
    let ((mut rest, exp), (unit, lowest)) = (decompose(x), decompose(y));
    for e in (lowest..=exp).rev() {
        if rest >= unit {
            rest -= unit;
        }
        if e > lowest {
            rest <<= 1;
        }
    }
    let shift = rest.leading_zeros();
    let r =
        if rest == 0 { Ok(0.0) } else { round_to_f64(rest << shift, lowest as i64 - shift as i64, false) };
    libm::copysign(r.unwrap_or(0.0), x)
}

/// `x // y`.
pub fn floor_div(x: f64, y: f64) -> Result<f64, NumError> {
    Ok(div_mod(x, y)?.0)
}

/// `x % y`.
pub fn modulo(x: f64, y: f64) -> Result<f64, NumError> {
    if y == 0.0 {
        return Err(NumError::ZeroDivision);
    }
    let m = fmod(x, y);
    if m == 0.0 {
        return Ok(libm::copysign(0.0, y));
    }
    Ok(if (y < 0.0) != (m < 0.0) { m + y } else { m })
}

/// Why a float power has no float result.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum PowError {
    /// `ZeroDivisionError: zero to a negative power`
    ZeroDivision,
    /// `OverflowError: (34, 'Numerical result out of range')`
    Overflow,
    /// A negative base with a fractional exponent: the result is complex.
    Complex,
}

/// `x ** y`.
#[cfg(any(feature = "math", feature = "speed"))]
pub fn pow(x: f64, y: f64) -> Result<f64, PowError> {
    pow_with(libm::pow, x, y)
}

/// `x ** y` with the host's power function for the ordinary cases.
pub fn pow_with(power: fn(f64, f64) -> f64, x: f64, y: f64) -> Result<f64, PowError> {
    if y == 0.0 || x == 1.0 {
        return Ok(1.0);
    }
    if x.is_nan() || y.is_nan() {
        return Ok(f64::NAN);
    }
    if y.is_infinite() {
        let ax = x.abs();
        return Ok(match ax.partial_cmp(&1.0) {
            Some(core::cmp::Ordering::Equal) | None => 1.0,
            Some(o) if (o.is_gt()) == (y > 0.0) => f64::INFINITY,
            _ => 0.0,
        });
    }
    let odd = is_odd(y);
    if x.is_infinite() {
        let v = if y > 0.0 { f64::INFINITY } else { 0.0 };
        return Ok(if odd { libm::copysign(v, x) } else { v });
    }
    if x == 0.0 {
        if y < 0.0 {
            return Err(PowError::ZeroDivision);
        }
        return Ok(if odd { x } else { 0.0 });
    }
    if x < 0.0 && y != libm::floor(y) {
        return Err(PowError::Complex);
    }
    // The square root is exact to the last bit, and nearer to what C libraries answer than `power`.
    let v = match y {
        0.5 => libm::sqrt(x),
        2.0 => x * x,
        _ => power(x.abs(), y),
    };
    if v.is_infinite() {
        return Err(PowError::Overflow);
    }
    Ok(if x < 0.0 && odd { -v } else { v })
}

/// Whether a finite `y` is an odd integer.
fn is_odd(y: f64) -> bool {
    // Beyond what `i64` holds, all are even.
    let n = y as i64;
    n as f64 == y && n & 1 == 1
}

/// `round(x)`: half to even, to an integer.
pub fn round_to_int(x: f64, lim: &mut Limits) -> Result<BigInt, NumError> {
    from_f64(libm::rint(x), lim)
}

/// `round(x, places)`: correctly rounded on the exact value; [`NumError::Overflow`] if the result is too large.
pub fn round_to(x: f64, places: i64) -> Result<f64, NumError> {
    // Beyond these every finite float is its own rounding, or rounds to zero.
    if !x.is_finite() || x == 0.0 || places > 323 {
        return Ok(x);
    }
    if places < -308 {
        return Ok(libm::copysign(0.0, x));
    }
    let mut d = Decimal::new(x);
    d.round_to_places(places);
    let v = to_float(&d)?;
    if v.is_infinite() { Err(NumError::Overflow) } else { Ok(libm::copysign(v, x)) }
}

fn to_float(d: &Decimal) -> Result<f64, NumError> {
    let digits = d.digits();
    let mut text = [0u8; super::decimal::MAX_DIGITS + 8];
    if digits.is_empty() {
        return Ok(0.0);
    }
    let n = digits.len();
    text[..n].copy_from_slice(digits);
    let exp = d.point - n as i32;
    text[n] = b'e';
    text[n + 1] = if exp < 0 { b'-' } else { b'+' };
    let mut rest = exp.unsigned_abs();
    for slot in text[n + 2..n + 6].iter_mut().rev() {
        *slot = b'0' + (rest % 10) as u8;
        rest /= 10;
    }
    // The text is short, so this takes little memory and soon ends.
    super::read::strict(&text[..n + 6], &mut Limits::new(1 << 10, &mut || false))
}
