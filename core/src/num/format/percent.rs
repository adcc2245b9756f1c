//! The numeric core of `str % args`: conversion specifiers and the text of numbers under them.

use super::float::MAX_PRECISION;
use super::int::with_digits;
use super::layout::{Number, write_number};
use super::spec::{Align, Sign, Spec, push_hex};
use crate::num::bigint::Int;
use crate::num::float::decimal::Decimal;
use crate::num::float::layout::{FloatText, Shape};
use crate::num::{Limits, NumError, Sink};

/// A width or a precision in a conversion specifier.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Count {
    /// Not given.
    None,
    /// `*`: the next argument says.
    Star,
    /// Given.
    Value(usize),
}

/// The flags of a conversion specifier.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Flags {
    /// `-`
    pub left: bool,
    /// `+`
    pub plus: bool,
    /// a blank
    pub space: bool,
    /// `#`
    pub alternate: bool,
    /// `0`
    pub zero: bool,
}

/// A conversion specifier, without its `%`.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Conversion<'a> {
    /// The name in parentheses.
    pub key: Option<&'a str>,
    /// The flags.
    pub flags: Flags,
    /// The least width.
    pub width: Count,
    /// The precision.
    pub precision: Count,
    /// The conversion character.
    pub kind: char,
    /// Bytes read, the conversion character included.
    pub len: usize,
}

/// Why a conversion specifier is refused (all `ValueError`).
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum PercentError {
    /// `incomplete format`
    Incomplete,
    /// `incomplete format key`
    IncompleteKey,
    /// `width too big`
    WidthTooBig,
    /// `precision too big`
    PrecisionTooBig,
}

impl PercentError {
    /// CPython's message.
    pub fn message(self) -> &'static str {
        match self {
            PercentError::Incomplete => "incomplete format",
            PercentError::IncompleteKey => "incomplete format key",
            PercentError::WidthTooBig => "width too big",
            PercentError::PrecisionTooBig => "precision too big",
        }
    }
}

/// Writes the message for an unknown conversion character at character `index` of the format.
pub fn write_unsupported(c: char, index: usize, out: &mut dyn Sink) -> Result<(), NumError> {
    out.push_str("unsupported format character '")?;
    out.push_fill(if (' '..='~').contains(&c) { c } else { '?' }, 1)?;
    out.push_str("' (0x")?;
    push_hex(out, c as u32)?;
    out.push_str(") at index ")?;
    let text = crate::num::SmallInt::from(index as u64);
    crate::num::bigint::to_radix(text.as_int(), 10, out, &mut Limits::new(0, &mut || false))
}

/// Parses what follows a `%`. Whether the conversion character means anything is the caller's to see.
pub fn parse(format: &str) -> Result<Conversion<'_>, PercentError> {
    let bytes = format.as_bytes();
    let mut at = 0;
    let mut key = None;
    if bytes.first() == Some(&b'(') {
        let end = closing_parenthesis(bytes).ok_or(PercentError::IncompleteKey)?;
        key = Some(&format[1..end]);
        at = end + 1;
    }
    let mut flags = Flags::default();
    while let Some(flag) = bytes.get(at).and_then(|&c| flag_of(&mut flags, c)) {
        *flag = true;
        at += 1;
    }
    let width = count(bytes, &mut at, isize::MAX as usize, PercentError::WidthTooBig)?;
    let mut precision = Count::None;
    if bytes.get(at) == Some(&b'.') {
        at += 1;
        precision = match count(bytes, &mut at, MAX_PRECISION, PercentError::PrecisionTooBig)? {
            Count::None => Count::Value(0),
            given => given,
        };
    }
    if matches!(bytes.get(at), Some(b'h' | b'l' | b'L')) {
        at += 1;
    }
    let kind = format[at..].chars().next().ok_or(PercentError::Incomplete)?;
    Ok(Conversion { key, flags, width, precision, kind, len: at + kind.len_utf8() })
}

fn flag_of(flags: &mut Flags, c: u8) -> Option<&mut bool> {
    match c {
        b'-' => Some(&mut flags.left),
        b'+' => Some(&mut flags.plus),
        b' ' => Some(&mut flags.space),
        b'#' => Some(&mut flags.alternate),
        b'0' => Some(&mut flags.zero),
        _ => None,
    }
}

fn closing_parenthesis(bytes: &[u8]) -> Option<usize> {
    let mut depth = 0usize;
    for (i, &c) in bytes.iter().enumerate() {
        match c {
            b'(' => depth += 1,
            b')' => depth -= 1,
            _ => {}
        }
        if depth == 0 {
            return Some(i);
        }
    }
    None
}

fn count(bytes: &[u8], at: &mut usize, max: usize, error: PercentError) -> Result<Count, PercentError> {
    if bytes.get(*at) == Some(&b'*') {
        *at += 1;
        return Ok(Count::Star);
    }
    let mut value = Count::None;
    while let Some(d) = bytes.get(*at).filter(|c| c.is_ascii_digit()) {
        let before = if let Count::Value(v) = value { v } else { 0 };
        let v = before.checked_mul(10).and_then(|v| v.checked_add((d - b'0') as usize));
        value = Count::Value(v.filter(|&v| v <= max).ok_or(error)?);
        *at += 1;
    }
    Ok(value)
}

/// Flags and width as a format spec.
fn spec_of(flags: Flags, width: usize) -> Spec {
    let zero = flags.zero && !flags.left;
    Spec {
        fill: if zero { '0' } else { ' ' },
        align: Some(match (flags.left, zero) {
            (true, _) => Align::Left,
            (_, true) => Align::AfterSign,
            _ => Align::Right,
        }),
        sign: if flags.plus { Some(Sign::Plus) } else { flags.space.then_some(Sign::Space) },
        no_neg_zero: false,
        alternate: flags.alternate,
        zero_pad: zero,
        width,
        grouping: None,
        precision: None,
        frac_grouping: None,
        kind: '\0',
    }
}

/// `%d`, `%i`, `%u`, `%x`, `%X`, `%o`: `kind` is one of these. Precision is the least number of digits.
pub fn format_int(
    a: Int,
    kind: char,
    flags: Flags,
    width: usize,
    precision: Option<usize>,
    sink: &mut dyn Sink,
    lim: &mut Limits,
) -> Result<(), NumError> {
    let (radix, prefix) = match kind {
        'x' => (16, "0x"),
        'X' => (16, "0X"),
        'o' => (8, "0o"),
        _ => (10, ""),
    };
    let spec = spec_of(flags, width);
    with_digits(a, radix, kind == 'X', lim, |digits| {
        let missing = precision.unwrap_or(0).saturating_sub(digits.len());
        let text = if missing > 0 {
            // Zeros, then the digits: the pieces of a fraction without its point.
            FloatText::padded_digits(missing, digits)
        } else {
            FloatText::digits(digits)
        };
        let prefix = if flags.alternate { prefix } else { "" };
        write_number(&Number { neg: a.neg, prefix, text, grouping: None, suffix: "" }, &spec, sink)
    })
}

/// `%e`, `%E`, `%f`, `%F`, `%g`, `%G`: `kind` is one of these.
pub fn format_float(
    x: f64,
    kind: char,
    flags: Flags,
    width: usize,
    precision: Option<usize>,
    sink: &mut dyn Sink,
) -> Result<(), NumError> {
    let spec = spec_of(flags, width);
    let upper = kind.is_ascii_uppercase();
    let p = precision.unwrap_or(6);
    let shape = match kind.to_ascii_lowercase() {
        'e' => Shape::exponent(p, flags.alternate, upper),
        'f' => Shape::fixed(p, flags.alternate),
        _ => Shape::general(p, false, flags.alternate, upper),
    };
    let neg = x.is_sign_negative() && !x.is_nan();
    if !x.is_finite() {
        let suffix = match (x.is_nan(), upper) {
            (true, false) => "nan",
            (true, true) => "NAN",
            (false, false) => "inf",
            (false, true) => "INF",
        };
        let number = Number { neg, prefix: "", text: FloatText::default(), grouping: None, suffix };
        return write_number(&number, &spec, sink);
    }
    let mut d = Decimal::new(x);
    shape.round(&mut d);
    let text = FloatText::new(d.digits(), d.point, shape);
    write_number(&Number { neg, prefix: "", text, grouping: None, suffix: "" }, &spec, sink)
}

/// Fill before and after for `%s`, `%r`, `%a`, `%c`: text of `chars` characters, always padded with blanks.
pub fn text_padding(flags: Flags, width: usize, chars: usize) -> (usize, usize) {
    let pad = width.saturating_sub(chars);
    if flags.left { (0, pad) } else { (pad, 0) }
}
