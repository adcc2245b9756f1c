//! The pieces of a float's text, before sign, grouping and padding: integer digits, fraction, exponent.
//! Runs of zeros are counts, so a precision of a billion costs nothing until it is written.

use crate::num::sink::ascii_or_utf8;
use crate::num::{NumError, Sink};

/// How digits are laid out.
#[derive(Clone, Copy, Debug)]
pub struct Shape {
    style: Style,
    /// Keep the point and, in general style, trailing zeros (`#`).
    alternate: bool,
    /// Upper-case exponent letter.
    upper: bool,
}

#[derive(Clone, Copy, Debug)]
enum Style {
    /// Fixed, with this many digits after the point.
    Fixed(usize),
    /// Exponent form, with this many digits after the point.
    Exponent(usize),
    /// Whichever fits `precision` digits; `dot_zero` keeps ".0" and leaves fixed form one digit earlier.
    General { precision: usize, dot_zero: bool },
    /// `repr`: exponent form outside 1e-4..1e16; `dot_zero` keeps ".0".
    Repr { dot_zero: bool },
}

impl Shape {
    /// `%f`.
    pub fn fixed(precision: usize, alternate: bool) -> Self {
        Shape { style: Style::Fixed(precision), alternate, upper: false }
    }

    /// `%e`, or `%E` if `upper`.
    pub fn exponent(precision: usize, alternate: bool, upper: bool) -> Self {
        Shape { style: Style::Exponent(precision), alternate, upper }
    }

    /// `%g`, or `%G` if `upper`; with `dot_zero`, a format without type but with a precision.
    pub fn general(precision: usize, dot_zero: bool, alternate: bool, upper: bool) -> Self {
        Shape { style: Style::General { precision: precision.max(1), dot_zero }, alternate, upper }
    }

    /// `repr`.
    pub fn repr() -> Self {
        Shape { style: Style::Repr { dot_zero: true }, alternate: false, upper: false }
    }

    /// `repr` with the `#` flag.
    pub fn repr_alternate() -> Self {
        Shape { style: Style::Repr { dot_zero: true }, alternate: true, upper: false }
    }

    /// Digits to keep, or places after the point, before [`FloatText::new`] is called.
    pub fn round(self, d: &mut super::decimal::Decimal) {
        match self.style {
            Style::Fixed(p) => d.round_to_places(p as i64),
            Style::Exponent(p) => d.round_to_digits(p as i64 + 1),
            Style::General { precision, .. } => d.round_to_digits(precision as i64),
            Style::Repr { .. } => {}
        }
    }
}

/// Text of a non-negative number in pieces, in the order of the fields.
#[derive(Clone, Copy, Debug, Default)]
pub struct FloatText<'a> {
    /// Integer digits.
    pub int: &'a [u8],
    /// Zeros after `int`.
    pub int_zeros: usize,
    /// Whether a point follows.
    pub point: bool,
    /// Zeros after the point.
    pub frac_lead: usize,
    /// Fraction digits.
    pub frac: &'a [u8],
    /// Zeros after `frac`.
    pub frac_zeros: usize,
    exp: [u8; 6],
    exp_len: u8,
}

impl<'a> FloatText<'a> {
    /// Lays out `0.digits * 10^point`, already rounded for `shape`.
    pub fn new(digits: &'a [u8], point: i32, shape: Shape) -> Self {
        let exp10 = if digits.is_empty() { 0 } else { point - 1 };
        let len = digits.len().max(1);
        let frac_digits = |point: i64| (len as i64 - point).max(0) as usize;
        let fixed = |places: usize| FloatText::fixed(digits, point, places);
        let exponent = |places: usize| FloatText::exponent(digits, exp10, places, shape.upper);
        let mut out = match shape.style {
            Style::Fixed(p) => fixed(p),
            Style::Exponent(p) => exponent(p),
            Style::General { precision, dot_zero } => {
                let top = precision as i64 - dot_zero as i64;
                let all = shape.alternate;
                if exp10 < -4 || exp10 as i64 >= top {
                    exponent(if all { precision - 1 } else { len - 1 })
                } else if all {
                    fixed((precision as i64 - 1 - exp10 as i64).max(0) as usize)
                } else {
                    fixed(frac_digits(exp10 as i64 + 1).max(dot_zero as usize))
                }
            }
            Style::Repr { dot_zero } => {
                if !(-4..16).contains(&exp10) {
                    exponent(len - 1)
                } else {
                    fixed(frac_digits(exp10 as i64 + 1).max(dot_zero as usize))
                }
            }
        };
        out.point |= shape.alternate;
        out
    }

    fn fixed(digits: &'a [u8], point: i32, places: usize) -> Self {
        let mut t = FloatText { int: b"0", point: places > 0, ..Default::default() };
        let mut rest = digits;
        if point > 0 && !digits.is_empty() {
            let p = point as usize;
            (t.int, rest) = digits.split_at(p.min(digits.len()));
            t.int_zeros = p - t.int.len();
        } else if !digits.is_empty() {
            t.frac_lead = (point.unsigned_abs() as usize).min(places);
        }
        t.frac = &rest[..rest.len().min(places - t.frac_lead)];
        t.frac_zeros = places - t.frac_lead - t.frac.len();
        t
    }

    fn exponent(digits: &'a [u8], exp10: i32, places: usize, upper: bool) -> Self {
        let mut t = FloatText { int: b"0", point: places > 0, ..Default::default() };
        if !digits.is_empty() {
            let (int, rest) = digits.split_at(1);
            t.int = int;
            t.frac = &rest[..rest.len().min(places)];
        }
        t.frac_zeros = places - t.frac.len();
        let magnitude = exp10.unsigned_abs();
        t.exp[0] = if upper { b'E' } else { b'e' };
        t.exp[1] = if exp10 < 0 { b'-' } else { b'+' };
        let mut at = 2;
        for unit in [100, 10, 1] {
            if magnitude >= unit || unit < 100 {
                t.exp[at] = b'0' + (magnitude / unit % 10) as u8;
                at += 1;
            }
        }
        t.exp_len = at as u8;
        t
    }

    /// Digits alone, as of an integer.
    pub fn digits(int: &'a [u8]) -> Self {
        FloatText { int, ..Default::default() }
    }

    /// Digits after `zeros` zeros.
    pub fn padded_digits(zeros: usize, digits: &'a [u8]) -> Self {
        FloatText { frac_lead: zeros, frac: digits, ..Default::default() }
    }

    /// The exponent's text, or nothing.
    pub fn exp(&self) -> &str {
        ascii_or_utf8(&self.exp[..self.exp_len as usize])
    }

    /// Digits before the point.
    pub fn int_width(&self) -> usize {
        self.int.len().saturating_add(self.int_zeros)
    }

    /// Digits after the point.
    pub fn frac_width(&self) -> usize {
        self.frac_lead.saturating_add(self.frac.len()).saturating_add(self.frac_zeros)
    }

    /// Characters in all.
    pub fn width(&self) -> usize {
        (self.int_width().saturating_add(self.frac_width()))
            .saturating_add(self.point as usize + self.exp_len as usize)
    }

    /// Writes the pieces in order, without grouping.
    pub fn write(&self, sink: &mut dyn Sink) -> Result<(), NumError> {
        sink.push_str(ascii_or_utf8(self.int))?;
        sink.push_fill('0', self.int_zeros)?;
        if self.point {
            sink.push_str(".")?;
        }
        sink.push_fill('0', self.frac_lead)?;
        sink.push_str(ascii_or_utf8(self.frac))?;
        sink.push_fill('0', self.frac_zeros)?;
        sink.push_str(self.exp())
    }
}
