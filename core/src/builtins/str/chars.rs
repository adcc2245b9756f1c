//! Properties and case mappings of code points, as CPython's `str` methods see them.
//!
//! Code points are `u32`: lone surrogates have no property. Whether a character is printable follows the Unicode
//! version of `core` (newer than CPython's: docs/divergences.md).

use super::case_tables::{self, in_packed};
use super::ident_tables as ident;
use super::tables::*;
use crate::room;
use alloc::string::String;

/// Whether there are tables of characters beyond ASCII. Without, no method asks for one (`case::this`), and `repr`
/// takes none for printable.
pub const WIDE: bool = cfg!(feature = "unicode");

fn in_ranges(table: &[(u32, u32)], c: u32) -> bool {
    match table.binary_search_by(|r| r.0.cmp(&c)) {
        Ok(_) => true,
        Err(0) => false,
        Err(i) => table.get(i - 1).is_some_and(|r| c <= r.1),
    }
}

fn check(c: u32, ascii: fn(&u8) -> bool, wide: fn(char) -> bool) -> bool {
    if c < 0x80 {
        return ascii(&(c as u8));
    }
    WIDE && char::from_u32(c).is_some_and(wide)
}

/// `str.isalpha`: category L*.
pub fn is_alpha(c: u32) -> bool {
    check(c, u8::is_ascii_alphabetic, |c| c.is_alphabetic() && !in_packed(&ALPHABETIC_NOT_LETTER, c as u32))
}
/// The value of a decimal digit.
pub fn decimal_value(c: u32) -> Option<u32> {
    if c < 0x80 || !WIDE {
        return matches!(c, 0x30..=0x39).then(|| c - 0x30);
    }
    let i = match ZEROS.binary_search(&c) {
        Ok(_) => return Some(0),
        Err(i) => i.checked_sub(1)?,
    };
    ZEROS.get(i).map(|z| c - z).filter(|&d| d < 10)
}
/// `str.isdecimal`.
pub fn is_decimal(c: u32) -> bool {
    decimal_value(c).is_some()
}
/// `str.isdigit`.
pub fn is_digit(c: u32) -> bool {
    is_decimal(c) || WIDE && in_ranges(&DIGIT_NOT_DECIMAL, c)
}
/// `str.isnumeric`.
pub fn is_numeric(c: u32) -> bool {
    check(c, u8::is_ascii_digit, |c| c.is_numeric() || in_packed(&NUMERIC_IDEOGRAPHS, c as u32))
}
/// `str.isalnum`.
pub fn is_alnum(c: u32) -> bool {
    is_alpha(c) || is_numeric(c)
}
/// `str.isspace`: also the separators U+001C to U+001F.
pub fn is_space(c: u32) -> bool {
    matches!(c, 9..=13 | 0x1c..=0x20) || (c >= 0x80 && char::from_u32(c).is_some_and(char::is_whitespace))
}
/// Lower case.
pub fn is_lower(c: u32) -> bool {
    // U+0295 became a letter without case after Unicode 16.
    check(c, u8::is_ascii_lowercase, |c| c.is_lowercase() || c == '\u{295}')
}
/// Upper case.
pub fn is_upper(c: u32) -> bool {
    check(c, u8::is_ascii_uppercase, char::is_uppercase)
}
/// Title case (category Lt).
pub fn is_title(c: u32) -> bool {
    WIDE && c >= 0x1c5 && in_ranges(&TITLECASE_LETTERS, c)
}
/// Whether case mappings apply.
pub fn is_cased(c: u32) -> bool {
    is_lower(c) || is_upper(c) || is_title(c)
}
/// `str.isprintable`, and what `repr` shows as it is.
pub fn is_printable(c: u32) -> bool {
    if c < 0x7f || !WIDE {
        return matches!(c, 0x20..0x7f);
    }
    let Some(c) = char::from_u32(c) else { return false };
    // `str::escape_debug` leaves a character that is not the first alone exactly if it is printable.
    let mut text = [b'a', 0, 0, 0, 0];
    let n = match text.get_mut(1..) {
        Some(rest) => c.encode_utf8(rest).len(),
        None => 0,
    };
    let text = text.get(..=n).and_then(|t| core::str::from_utf8(t).ok()).unwrap_or("a");
    text.escape_debug().nth(1) != Some('\\')
}
/// May begin an identifier: XID_Start or an underscore.
pub fn is_id_start(c: u32) -> bool {
    if c < 0x80 || !WIDE {
        return c == 0x5f || is_alpha(c);
    }
    (is_alpha(c) && !in_packed(&ident::NOT_START, c)) || in_packed(&ident::START, c)
}
/// May stand in an identifier: XID_Continue.
pub fn is_id_continue(c: u32) -> bool {
    if c < 0x80 || !WIDE {
        return c == 0x5f || is_alnum(c);
    }
    let known = char::from_u32(c).is_some_and(char::is_alphabetic) || is_decimal(c);
    (known && !in_packed(&ident::NOT_CONTINUE, c)) || in_packed(&ident::CONTINUE, c)
}

/// Where mapped characters go.
pub type Put<'a> = &'a mut dyn FnMut(char);

fn mapped(table: &'static [(char, &str)], c: char) -> Option<&'static str> {
    let i = table.binary_search_by(|e| e.0.cmp(&c)).ok()?;
    table.get(i).map(|e| e.1)
}

/// Upper case.
pub fn to_upper(c: char, put: Put) {
    match case_tables::upper_long(c) {
        Some(text) => {
            text.iter().filter(|&&m| m != 0).filter_map(|&m| char::from_u32(m as u32)).for_each(put)
        }
        None => put(case_tables::upper(c)),
    }
}
/// Lower case, without regard to the final sigma.
pub fn to_lower(c: char, put: Put) {
    if c == '\u{130}' {
        "i\u{307}".chars().for_each(put);
    } else {
        put(case_tables::lower(c));
    }
}
/// Title case.
pub fn to_title(c: char, put: Put) {
    match c {
        '\u{10d0}'..='\u{10fa}' | '\u{10fd}'..='\u{10ff}' => put(c),
        _ => match mapped(&TITLE, c) {
            Some(text) => text.chars().for_each(put),
            None => to_upper(c, put),
        },
    }
}
/// Case folding.
pub fn to_fold(c: char, put: Put) {
    let shifted = match c {
        '\u{13a0}'..='\u{13f5}' => Some(c),
        '\u{13f8}'..='\u{13fd}' => char::from_u32(c as u32 - 8),
        '\u{ab70}'..='\u{abbf}' => char::from_u32(c as u32 - 0xab70 + 0x13a0),
        _ => None,
    };
    match (shifted, mapped(&FOLD, c)) {
        (Some(c), _) => put(c),
        (None, Some(text)) => text.chars().for_each(put),
        (None, None) => to_lower(c, put),
    }
}

/// Whether the nearest of `points` that the rule for the final sigma does not skip is a cased letter.
///
/// Thousands of skipped characters in a row are no word; the bound keeps the look short.
pub fn sigma_neighbour(points: impl Iterator<Item = u32>) -> bool {
    points.take(4096).find_map(sigma_class).unwrap_or(false)
}

/// `Some(true)` for a cased character, `None` for one that the rule for the final sigma skips.
pub(super) fn sigma_class(c: u32) -> Option<bool> {
    if matches!(c, 0x27 | 0x2e | 0x3a | 0x5e | 0x60) || c >= 0x80 && case_tables::is_ignored(c) {
        return None;
    }
    // U+0295 is a letter without case here; see `is_lower`.
    Some(is_cased(c) && c != 0x295)
}

/// The text with other scripts' decimal digits and blanks as ASCII, as `int()` and `float()` read it: `None` if a
/// character is neither those nor ASCII.
pub fn to_ascii_digits(text: &str) -> Option<String> {
    let mut out = String::new();
    out.try_reserve(text.len()).ok()?;
    for c in text.chars() {
        if c.is_ascii() {
            room::push_char(&mut out, c);
        } else if is_space(c as u32) {
            room::push_char(&mut out, ' ');
        } else {
            room::push_char(&mut out, char::from_digit(decimal_value(c as u32)?, 10)?);
        }
    }
    Some(out)
}

#[cfg(test)]
mod tests {
    /// Characters that are new in a Unicode version behind `core`'s are not looked at: those that it does not print.
    #[test]
    fn identifiers_are_those_of_unicode() {
        if char::UNICODE_VERSION != (17, 0, 0) {
            return;
        }
        for c in ('\0'..=char::MAX).filter(|&c| super::is_printable(c as u32)) {
            let (start, inside) = (unicode_ident::is_xid_start(c), unicode_ident::is_xid_continue(c));
            assert_eq!(super::is_id_start(c as u32), start || c == '_', "{c:?}");
            assert_eq!(super::is_id_continue(c as u32), inside, "{c:?}");
        }
    }
}
