//! The functions of Python's `math` that libm lacks or that differ from it.
//!
//! Errors are [`NumError::Domain`] (`ValueError`) and [`NumError::Overflow`] (`OverflowError: math range error`).

mod gamma;
mod ints;
mod sums;

pub use gamma::{gamma, lgamma};
pub use ints::{comb, factorial, log_int, perm};
pub use sums::{Fsum, hypot};

use super::NumError;

/// Applies a libm function with Python's error rules: NaN out of a number is a domain error, infinity out of
/// a finite number is an overflow, or a domain error (a pole) if the function cannot overflow.
pub fn unary(f: fn(f64) -> f64, x: f64, can_overflow: bool) -> Result<f64, NumError> {
    let r = f(x);
    if r.is_nan() && !x.is_nan() {
        return Err(NumError::Domain);
    }
    if r.is_infinite() && x.is_finite() {
        return Err(if can_overflow { NumError::Overflow } else { NumError::Domain });
    }
    Ok(r)
}

/// `math.frexp(x)`: mantissa in `[0.5, 1)` and exponent.
pub fn frexp(x: f64) -> (f64, i32) {
    if x == 0.0 || !x.is_finite() { (x, 0) } else { libm::frexp(x) }
}

/// `math.ldexp(x, e)`; `e` clamped by the caller to `i64`.
pub fn ldexp(x: f64, e: i64) -> Result<f64, NumError> {
    if x == 0.0 || !x.is_finite() {
        return Ok(x);
    }
    let e = e.clamp(-5000, 5000) as i32;
    let (m, own) = libm::frexp(x);
    let r = scale(m, own + e);
    if r.is_infinite() { Err(NumError::Overflow) } else { Ok(r) }
}

/// `m * 2^e` with one rounding.
fn scale(m: f64, e: i32) -> f64 {
    libm::scalbn(m, e)
}

/// `math.modf(x)`: fraction and integer part, both with the sign of `x`.
pub fn modf(x: f64) -> (f64, f64) {
    if x.is_infinite() {
        return (libm::copysign(0.0, x), x);
    }
    let int = libm::trunc(x);
    (libm::copysign(x - int, x), int)
}

/// `math.fmod(x, y)`.
pub fn fmod(x: f64, y: f64) -> Result<f64, NumError> {
    if y.is_infinite() && x.is_finite() {
        return Ok(x);
    }
    let r = libm::fmod(x, y);
    if r.is_nan() && !x.is_nan() && !y.is_nan() { Err(NumError::Domain) } else { Ok(r) }
}

/// `math.remainder(x, y)`: the IEEE 754 remainder.
pub fn remainder(x: f64, y: f64) -> Result<f64, NumError> {
    if x.is_nan() || y.is_nan() {
        return Ok(f64::NAN);
    }
    if x.is_infinite() || y == 0.0 {
        return Err(NumError::Domain);
    }
    if y.is_infinite() {
        return Ok(x);
    }
    Ok(libm::remainder(x, y))
}

/// A float as an integer that orders as floats do, with both zeros the same.
fn ordinal(x: f64) -> i64 {
    let bits = (x.to_bits() & (u64::MAX >> 1)) as i64;
    if x.is_sign_negative() { -bits } else { bits }
}

/// `math.nextafter(x, y, steps=steps)`.
pub fn nextafter(x: f64, y: f64, steps: u64) -> f64 {
    if x.is_nan() || y.is_nan() {
        return f64::NAN;
    }
    if steps == 0 || x == y {
        return if steps == 0 { x } else { y };
    }
    let (from, to) = (ordinal(x) as i128, ordinal(y) as i128);
    let at = if from < to { to.min(from + steps as i128) } else { to.max(from - steps as i128) };
    if at == to {
        return y;
    }
    let v = f64::from_bits(at.unsigned_abs() as u64);
    // On the way through zero the sign is that of the starting point.
    if at < 0 || (at == 0 && x < 0.0) { -v } else { v }
}

/// `math.ulp(x)`.
pub fn ulp(x: f64) -> f64 {
    let x = x.abs();
    if !x.is_finite() {
        return x;
    }
    let next = nextafter(x, f64::INFINITY, 1);
    if next.is_infinite() { x - nextafter(x, 0.0, 1) } else { next - x }
}

/// `math.isclose(a, b)`; [`NumError::Negative`] for a negative tolerance.
pub fn isclose(a: f64, b: f64, rel_tol: f64, abs_tol: f64) -> Result<bool, NumError> {
    if rel_tol < 0.0 || abs_tol < 0.0 {
        return Err(NumError::Negative);
    }
    if a == b {
        return Ok(true);
    }
    if a.is_infinite() || b.is_infinite() {
        return Ok(false);
    }
    let diff = (b - a).abs();
    Ok(diff <= (rel_tol * b).abs() || diff <= (rel_tol * a).abs() || diff <= abs_tol)
}
