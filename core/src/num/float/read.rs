//! Text to float, as `float()` reads it.

use crate::num::parse::{split_sign, trim};
use crate::num::{Limits, NumError};

/// Text up to this length without underscores goes to the parser as it is.
const DIRECT: usize = 1024;
/// Significant digits kept of longer text; no rounding decision needs more than 768 and a sticky one.
const KEEP: usize = 800;

/// `float(text)`; [`NumError::Syntax`] if it is no float literal. ASCII only: the caller maps other digits.
pub fn parse(text: &[u8], lim: &mut Limits) -> Result<f64, NumError> {
    let (neg, body) = split_sign(trim(text));
    if body.first().is_some_and(|c| c.is_ascii_alphabetic()) {
        let v = special(body).ok_or(NumError::Syntax)?;
        return Ok(if neg { -v } else { v });
    }
    let plain = check(body, lim)?;
    let v = if plain && body.len() <= DIRECT { strict(body, lim)? } else { condensed(body, lim)? };
    Ok(if neg { -v } else { v })
}

fn special(body: &[u8]) -> Option<f64> {
    let is = |s: &str| body.eq_ignore_ascii_case(s.as_bytes());
    if is("inf") || is("infinity") {
        return Some(f64::INFINITY);
    }
    is("nan").then_some(f64::NAN)
}

#[cfg(feature = "speed")]
/// What is a float literal without blanks, sign and underscores.
pub(super) fn strict(body: &[u8], _lim: &mut Limits) -> Result<f64, NumError> {
    lexical_core::parse::<f64>(body).map_err(|_| NumError::Syntax)
}

/// By exact division of integers: slower, and without the tables.
#[cfg(not(feature = "speed"))]
pub(super) fn strict(body: &[u8], _lim: &mut Limits) -> Result<f64, NumError> {
    /// Beyond these numbers of digits before or behind the point the result is infinite or zero.
    const LARGEST: i64 = 400;
    let mut digits = [0u8; DIRECT];
    let (mut used, mut scale, mut after_point, mut exp_at) = (0, 0i64, false, body.len());
    for (i, &c) in body.iter().enumerate() {
        match c {
            b'0' if used == 0 => scale -= after_point as i64,
            b'0'..=b'9' => {
                *digits.get_mut(used).ok_or(NumError::Syntax)? = c - b'0';
                used += 1;
                scale -= after_point as i64;
            }
            b'.' => after_point = true,
            _ => {
                exp_at = i + 1;
                break;
            }
        }
    }
    let scale = scale.saturating_add(exponent(body.get(exp_at..).unwrap_or(&[])));
    let before_point = scale.saturating_add(used as i64);
    if used == 0 || before_point < -LARGEST {
        return Ok(0.0);
    }
    if before_point > LARGEST {
        return Ok(f64::INFINITY);
    }
    match scaled(digits.get(..used).unwrap_or(&[]), scale) {
        Err(NumError::Overflow) => Ok(f64::INFINITY),
        read => read,
    }
}

/// `digits * 10**scale`, where there are at most `DIRECT` digits, and `LARGEST` before or zeros behind the point.
///
/// The quotient by a power of ten is that by its factors one after the other, and exact if all are.
#[cfg(not(feature = "speed"))]
fn scaled(digits: &[u8], scale: i64) -> Result<f64, NumError> {
    use crate::num::bigint::{Divisor1, kernel, round_scaled};
    /// 10**(DIRECT + LARGEST) has 75, and two are for the quotient.
    const LIMBS: usize = 80;
    /// The largest power of ten in a limb.
    const STEP: usize = 19;
    let ten = |n: usize| 10u64.pow(n as u32);
    let mut limbs = [0u64; LIMBS];
    // What will be divided begins so high that more bits remain than a float has.
    let places = scale.unsigned_abs() as usize;
    let low = match scale {
        ..0 => (places * 3322 / 64_000 + 2).saturating_sub(digits.len() * 3321 / 64_000),
        _ => 0,
    };
    let mut n = low;
    for chunk in digits.chunks(STEP) {
        let add = chunk.iter().fold(0, |v, &d| v * 10 + d as u64);
        limbs[n] = kernel::mul_1_assign(&mut limbs[low..n], ten(chunk.len()), add);
        n += (limbs[n] != 0) as usize;
    }
    let mut sticky = false;
    for at in (0..places).step_by(STEP) {
        let power = ten((places - at).min(STEP));
        if scale < 0 {
            sticky |= Divisor1::new(power).div_assign(&mut limbs[..n]) != 0;
        } else {
            limbs[n] = kernel::mul_1_assign(&mut limbs[..n], power, 0);
            n += (limbs[n] != 0) as usize;
        }
    }
    round_scaled(kernel::normalized(&limbs[..n]), -64 * low as i64, sticky)
}

/// Checks the grammar; says whether there are no underscores.
fn check(body: &[u8], lim: &mut Limits) -> Result<bool, NumError> {
    let (mut digits, mut exp_digits) = (0usize, 0usize);
    let (mut seen_point, mut seen_exp, mut plain) = (false, false, true);
    let mut previous = 0u8;
    for (i, &c) in body.iter().enumerate() {
        let digit_before = previous.is_ascii_digit();
        let digit_after = || body.get(i + 1).is_some_and(u8::is_ascii_digit);
        match c {
            b'0'..=b'9' if seen_exp => exp_digits += 1,
            b'0'..=b'9' => digits += 1,
            b'_' if digit_before && digit_after() => plain = false,
            b'.' if !seen_point && !seen_exp => seen_point = true,
            b'e' | b'E' if !seen_exp && previous != b'_' => seen_exp = true,
            b'+' | b'-' if matches!(previous, b'e' | b'E') => {}
            _ => return Err(NumError::Syntax),
        }
        previous = c;
        if i % 4096 == 4095 {
            lim.step(4096)?;
        }
    }
    if digits == 0 || (seen_exp && exp_digits == 0) {
        return Err(NumError::Syntax);
    }
    Ok(plain)
}

/// Copies the significant digits, without underscores and with a sticky last digit, into a fixed buffer.
fn condensed(body: &[u8], lim: &mut Limits) -> Result<f64, NumError> {
    let mut text = [0u8; KEEP + 32];
    let (mut used, mut scale, mut sticky) = (0usize, 0i64, false);
    let mut after_point = false;
    let mut exp_at = body.len();
    for (i, &c) in body.iter().enumerate() {
        match c {
            b'0' if used == 0 => scale -= after_point as i64,
            b'0'..=b'9' if used < KEEP => {
                text[used] = c;
                used += 1;
                scale -= after_point as i64;
            }
            b'0'..=b'9' => {
                sticky |= c != b'0';
                scale += !after_point as i64;
            }
            b'.' => after_point = true,
            b'e' | b'E' => {
                exp_at = i + 1;
                break;
            }
            _ => {}
        }
        if i % 4096 == 4095 {
            lim.step(4096)?;
        }
    }
    if used == 0 {
        return Ok(0.0);
    }
    if sticky {
        text[used] = b'1';
        used += 1;
        scale -= 1;
    }
    let exp = scale.saturating_add(exponent(&body[exp_at..]));
    // Beyond these the result is zero or infinite whatever the digits are.
    let exp = exp.clamp(-9999, 9999);
    text[used] = b'e';
    text[used + 1] = if exp < 0 { b'-' } else { b'+' };
    let mut rest = exp.unsigned_abs();
    for slot in text[used + 2..used + 6].iter_mut().rev() {
        *slot = b'0' + (rest % 10) as u8;
        rest /= 10;
    }
    strict(&text[..used + 6], lim)
}

/// The value of a checked exponent part, saturating.
fn exponent(part: &[u8]) -> i64 {
    let (neg, digits) = split_sign(part);
    let v = digits.iter().filter(|&&c| c != b'_').fold(0i64, |v, c| {
        // Larger than any text's digit count, so that saturation cannot be undone by the scale.
        (v.saturating_mul(10).saturating_add((c - b'0') as i64)).min(i64::MAX / 4)
    });
    if neg { -v } else { v }
}
