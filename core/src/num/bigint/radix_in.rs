//! Digits to magnitudes: shifts for powers of two, one-limb multiply-and-add for short text, and
//! combination by large powers of the radix for long text.

use super::buf::Buf;
use super::kernel as k;
use super::mul::{mul_mag, sqr_mag};
use super::radix_out::chunk;
use crate::num::{Limits, NumError};
use crate::room::WithinRoom as _;
use alloc::vec::Vec;

/// Chunks of digits up to which the quadratic conversion wins.
const SPLIT: usize = 40;

/// The value of an ASCII digit, below 36, or 255.
#[inline]
pub(crate) fn digit_value(c: u8) -> u8 {
    match c {
        b'0'..=b'9' => c - b'0',
        b'a'..=b'z' => c - b'a' + 10,
        b'A'..=b'Z' => c - b'A' + 10,
        _ => 255,
    }
}

/// The value of `digits`: ASCII digits below `radix` (2 to 36), no separators. Anything else is
/// [`NumError::Syntax`].
pub fn from_digits(digits: &[u8], radix: u32, lim: &mut Limits) -> Result<Buf, NumError> {
    let zeros = digits.iter().take_while(|&&c| c == b'0').count();
    let digits = &digits[zeros..];
    if radix.is_power_of_two() {
        return power_of_two(digits, radix, lim);
    }
    let per_chunk = chunk(radix).1;
    if !cfg!(feature = "speed") || digits.len() <= SPLIT * per_chunk {
        return base(digits, radix, lim);
    }
    let mut powers: Vec<Buf> = Vec::new();
    powers.try_reserve(64).map_err(|_| NumError::Memory)?;
    let mut span = SPLIT * per_chunk;
    powers.push_within(span_power(radix, lim)?);
    while span <= (digits.len() - 1) / 2 {
        let next = sqr_mag(&powers[powers.len() - 1], lim)?;
        powers.push_within(next);
        span *= 2;
    }
    let out = combine(digits, radix, &powers, span, lim)?;
    for p in powers {
        p.free(lim);
    }
    Ok(out)
}

/// `radix ^ (chunk digits * SPLIT)`.
fn span_power(radix: u32, lim: &mut Limits) -> Result<Buf, NumError> {
    let unit = chunk(radix).0;
    let mut p = Buf::copy_of(&[1], lim)?;
    for _ in 0..SPLIT {
        let carry = k::mul_1_assign(&mut p, unit, 0);
        if carry != 0 {
            p.push(carry, lim)?;
        }
    }
    Ok(p)
}

/// Splits off the low `span` digits, whose weight is the last of `powers`.
fn combine(
    digits: &[u8],
    radix: u32,
    powers: &[Buf],
    span: usize,
    lim: &mut Limits,
) -> Result<Buf, NumError> {
    let Some((weight, rest)) = powers.split_last() else {
        return base(digits, radix, lim);
    };
    if digits.len() <= span {
        return combine(digits, radix, rest, span / 2, lim);
    }
    let (high, low) = digits.split_at(digits.len() - span);
    let high = combine(high, radix, rest, span / 2, lim)?;
    let low = combine(low, radix, rest, span / 2, lim)?;
    let mut out = mul_mag(&high, weight, lim)?;
    high.free(lim);
    // The high part is not zero unless the digits are: its product is longer than the low part,
    // except inside a run of zeros.
    if out.len() < low.len() {
        core::mem::replace(&mut out, low).free(lim);
        return Ok(out);
    }
    if k::add_assign(&mut out, &low) {
        out.push(1, lim)?;
    }
    low.free(lim);
    Ok(out)
}

fn base(digits: &[u8], radix: u32, lim: &mut Limits) -> Result<Buf, NumError> {
    let per_chunk = chunk(radix).1;
    let mut out = Buf::with_capacity(digits.len() / per_chunk + 1, lim)?;
    let first = digits.len() % per_chunk;
    let (head, tail) = digits.split_at(first);
    for part in core::iter::once(head).chain(tail.chunks(per_chunk)) {
        let (mut value, mut weight) = (0u64, 1u64);
        for &c in part {
            let d = digit_value(c) as u64;
            if d >= radix as u64 {
                return Err(NumError::Syntax);
            }
            value = value * radix as u64 + d;
            weight *= radix as u64;
        }
        lim.step(out.len() + 1)?;
        let carry = k::mul_1_assign(&mut out, weight, value);
        if carry != 0 {
            out.push(carry, lim)?;
        }
    }
    Ok(out)
}

fn power_of_two(digits: &[u8], radix: u32, lim: &mut Limits) -> Result<Buf, NumError> {
    let bits = radix.trailing_zeros();
    let mut out = Buf::with_capacity((digits.len() as u64 * bits as u64).div_ceil(64) as usize, lim)?;
    let (mut acc, mut have) = (0u64, 0u32);
    for (i, &c) in digits.iter().rev().enumerate() {
        let d = digit_value(c) as u64;
        if d >= radix as u64 {
            return Err(NumError::Syntax);
        }
        acc |= d << have;
        have += bits;
        if have >= 64 {
            out.push(acc, lim)?;
            have -= 64;
            acc = if have == 0 { 0 } else { d >> (bits - have) };
        }
        if i % 1024 == 0 {
            lim.step(1024)?;
        }
    }
    if acc != 0 {
        out.push(acc, lim)?;
    }
    out.normalize();
    Ok(out)
}
