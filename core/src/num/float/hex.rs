//! `float.hex` and `float.fromhex`.

use super::show::Repr;
use crate::num::bigint::round_to_f64;
use crate::num::parse::{split_sign, trim};
use crate::num::{NumError, Sink};

/// Writes `x.hex()`.
pub fn to_hex(x: f64, sink: &mut dyn Sink) -> Result<(), NumError> {
    if !x.is_finite() {
        let text: Repr = super::repr(x);
        return sink.push_str(text.as_str());
    }
    if x.is_sign_negative() {
        sink.push_str("-")?;
    }
    if x == 0.0 {
        return sink.push_str("0x0.0p+0");
    }
    let bits = x.to_bits();
    let biased = (bits >> 52 & 0x7ff) as i32;
    let mantissa = bits & ((1 << 52) - 1);
    sink.push_str(if biased == 0 { "0x0." } else { "0x1." })?;
    for i in (0..13).rev() {
        let d = (mantissa >> (4 * i) & 15) as u8;
        let c = if d < 10 { b'0' + d } else { b'a' + d - 10 };
        sink.push_fill(c as char, 1)?;
    }
    let exp = biased.max(1) - 1023;
    sink.push_str(if exp < 0 { "p-" } else { "p+" })?;
    let e = exp.unsigned_abs();
    for unit in [1000, 100, 10, 1] {
        if e >= unit || unit == 1 {
            sink.push_fill((b'0' + (e / unit % 10) as u8) as char, 1)?;
        }
    }
    Ok(())
}

/// `float.fromhex(text)`: [`NumError::Syntax`], or [`NumError::Overflow`] if too large. Rounds half to even.
pub fn from_hex(text: &[u8]) -> Result<f64, NumError> {
    let (neg, body) = split_sign(trim(text));
    let v = magnitude(body)?;
    Ok(if neg { -v } else { v })
}

fn magnitude(body: &[u8]) -> Result<f64, NumError> {
    let is = |s: &str| body.eq_ignore_ascii_case(s.as_bytes());
    if is("inf") || is("infinity") {
        return Ok(f64::INFINITY);
    }
    if is("nan") {
        return Ok(f64::NAN);
    }
    let body = match body {
        [b'0', b'x' | b'X', rest @ ..] => rest,
        _ => body,
    };
    let (digits, exp) = match body.iter().position(|c| matches!(c, b'p' | b'P')) {
        Some(i) => (&body[..i], exponent(&body[i + 1..])?),
        None => (body, 0),
    };
    let (mut m, mut scale, mut sticky, mut count, mut after_point) = (0u64, 0i64, false, 0usize, false);
    for &c in digits {
        if c == b'.' && !after_point {
            after_point = true;
            continue;
        }
        let d = (c as char).to_digit(16).ok_or(NumError::Syntax)? as u64;
        count += 1;
        if m >> 60 == 0 {
            m = m << 4 | d;
            scale -= 4 * after_point as i64;
        } else {
            sticky |= d != 0;
            scale += 4 * !after_point as i64;
        }
    }
    if count == 0 {
        return Err(NumError::Syntax);
    }
    if m == 0 {
        return Ok(0.0);
    }
    let shift = m.leading_zeros();
    round_to_f64(m << shift, exp.saturating_add(scale - shift as i64), sticky)
}

fn exponent(part: &[u8]) -> Result<i64, NumError> {
    let (neg, digits) = split_sign(part);
    if digits.is_empty() || !digits.iter().all(u8::is_ascii_digit) {
        return Err(NumError::Syntax);
    }
    let v = digits.iter().fold(0i64, |v, c| v.saturating_mul(10).saturating_add((c - b'0') as i64));
    let v = v.min(i64::MAX / 4);
    Ok(if neg { -v } else { v })
}
