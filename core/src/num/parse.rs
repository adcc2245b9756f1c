//! Integer literals as `int()` reads them: sign, base prefix, underscores between digits, ASCII blanks.
//! Other scripts' digits and blanks are the caller's to map to ASCII first.

use super::bigint::{BigInt, Buf, from_digits};
use super::{Limits, NumError};
use crate::room::WithinRoom as _;
use alloc::vec::Vec;

/// The default of `sys.get_int_max_str_digits()`: decimal digits an int-to-text or text-to-int conversion
/// may have. The limit does not concern radixes that are powers of two.
pub const MAX_STR_DIGITS: usize = 4300;
/// The least limit that `sys.set_int_max_str_digits` accepts, other than zero for none.
pub const MAX_STR_DIGITS_FLOOR: usize = 640;

/// An integer read from text.
#[derive(Debug, PartialEq, Eq)]
pub enum ParsedInt {
    /// It fits a machine word.
    Small(i64),
    /// It does not.
    Big(BigInt),
}

/// Whether `c` is one of the blanks that number parsers skip at both ends.
pub(crate) fn is_blank(c: u8) -> bool {
    matches!(c, b' ' | b'\t'..=b'\r')
}

/// `text` without blanks at its ends.
pub(crate) fn trim(text: &[u8]) -> &[u8] {
    let Some(start) = text.iter().position(|&c| !is_blank(c)) else { return &[] };
    let end = text.iter().rposition(|&c| !is_blank(c)).map_or(start, |i| i + 1);
    &text[start..end]
}

/// Sign and rest.
pub(crate) fn split_sign(text: &[u8]) -> (bool, &[u8]) {
    match text {
        [b'-', rest @ ..] => (true, rest),
        [b'+', rest @ ..] => (false, rest),
        _ => (false, text),
    }
}

/// The pieces of a literal: sign, radix, digits with their underscores.
struct Literal<'a> {
    neg: bool,
    radix: u32,
    digits: &'a [u8],
}

/// Reads sign and prefix, and checks the digits. `base` is 0 (by prefix) or 2 to 36.
fn scan(text: &[u8], base: u32) -> Option<Literal<'_>> {
    let (neg, mut rest) = split_sign(trim(text));
    let prefix = match rest {
        [b'0', b'x' | b'X', ..] => 16,
        [b'0', b'o' | b'O', ..] => 8,
        [b'0', b'b' | b'B', ..] => 2,
        _ => 0,
    };
    let mut radix = base;
    if prefix != 0 && (base == 0 || base == prefix) {
        radix = prefix;
        rest = &rest[2..];
        // One underscore may follow a prefix.
        rest = rest.strip_prefix(b"_").unwrap_or(rest);
    }
    let decimal_by_default = radix == 0;
    if decimal_by_default {
        radix = 10;
    }
    let mut after_digit = false;
    for &c in rest {
        if c == b'_' && after_digit {
            after_digit = false;
        } else if (super::bigint::digit_value(c) as u32) < radix {
            after_digit = true;
        } else {
            return None;
        }
    }
    // Base 0 refuses the old octal "010", though not "00".
    let old_octal = decimal_by_default && rest.first() == Some(&b'0') && has_nonzero(rest);
    (after_digit && !old_octal).then_some(Literal { neg, radix, digits: rest })
}

fn has_nonzero(digits: &[u8]) -> bool {
    digits.iter().any(|c| !matches!(c, b'0' | b'_'))
}

/// Digits in a literal, as the message about the digit limit counts them.
pub fn digit_count(text: &[u8]) -> usize {
    split_sign(trim(text)).1.iter().filter(|&&c| c != b'_').count()
}

/// `int(text, base)`; `base` is 0 or 2 to 36. `max_digits` is the digit limit, 0 for none.
/// [`NumError::Syntax`] for a bad literal, [`NumError::TooManyDigits`] beyond the limit.
pub fn parse_int(text: &[u8], base: u32, max_digits: usize, lim: &mut Limits) -> Result<ParsedInt, NumError> {
    let Literal { neg, radix, digits } = scan(text, base).ok_or(NumError::Syntax)?;
    if let Some(v) = parse_word(neg, radix, digits) {
        return Ok(ParsedInt::Small(v));
    }
    if !cfg!(feature = "bigint") {
        return Err(NumError::TooWide);
    }
    let separated = digits.contains(&b'_');
    let count = digits.iter().filter(|&&c| c != b'_').count();
    if max_digits != 0 && !radix.is_power_of_two() && count > max_digits {
        return Err(NumError::TooManyDigits);
    }
    let mag = if separated {
        without_underscores(digits, count, radix, lim)?
    } else {
        from_digits(digits, radix, lim)?
    };
    Ok(ParsedInt::Big(BigInt::from_parts(neg, mag)))
}

/// The value if it fits a word.
fn parse_word(neg: bool, radix: u32, digits: &[u8]) -> Option<i64> {
    // Below zero there is one number more.
    let mut v = 0i64;
    for &c in digits.iter().filter(|&&c| c != b'_') {
        v = v.checked_mul(radix as i64)?.checked_sub(super::bigint::digit_value(c) as i64)?;
    }
    if neg { Some(v) } else { v.checked_neg() }
}

fn without_underscores(digits: &[u8], count: usize, radix: u32, lim: &mut Limits) -> Result<Buf, NumError> {
    let limbs = count.div_ceil(8);
    lim.charge(limbs)?;
    let mut plain = Vec::new();
    plain.try_reserve_exact(count).map_err(|_| NumError::Memory)?;
    plain.fill_within(digits.iter().copied().filter(|&c| c != b'_'));
    let out = from_digits(&plain, radix, lim);
    drop(plain);
    lim.credit(limbs);
    out
}
