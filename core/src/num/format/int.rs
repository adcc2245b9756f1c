//! Integers under a format spec.

use super::layout::{Number, write_number};
use super::spec::{Sign, Spec, SpecError};
use crate::num::bigint::{Int, bit_length, radix_len_bound, to_f64, to_radix};
use crate::num::float::layout::FloatText;
use crate::num::{Limits, NumError, Sink};
use crate::room::WithinRoom as _;
use alloc::vec::Vec;

/// Longest digit text made on the stack.
const STACK: usize = 136;

/// Writes `a` under `spec` (parsed for [`super::Target::Int`]).
///
/// The digit limit of decimal conversion is the caller's to check beforehand.
pub fn format_int(a: Int, spec: &Spec, sink: &mut dyn Sink, lim: &mut Limits) -> Result<(), SpecError> {
    match spec.kind {
        'b' | 'o' | 'x' | 'X' | 'd' | 'n' | 'c' => {}
        'e' | 'E' | 'f' | 'F' | 'g' | 'G' | '%' => {
            let x = to_f64(a).map_err(|_| SpecError::IntTooLarge)?;
            return super::format_float(x, spec, sink);
        }
        other => return Err(SpecError::UnknownCode(other)),
    }
    if spec.precision.is_some() || spec.frac_grouping.is_some() {
        return Err(SpecError::IntPrecision);
    }
    if spec.no_neg_zero {
        return Err(SpecError::IntNegZero);
    }
    if spec.kind == 'c' {
        return format_char(a, spec, sink);
    }
    let (radix, prefix, group) = match spec.kind {
        'b' => (2, "0b", 4),
        'o' => (8, "0o", 4),
        'x' => (16, "0x", 4),
        'X' => (16, "0X", 4),
        _ => (10, "", 3),
    };
    with_digits(a, radix, spec.kind == 'X', lim, |digits| {
        let number = Number {
            neg: a.neg,
            prefix: if spec.alternate { prefix } else { "" },
            text: FloatText::digits(digits),
            grouping: spec.grouping.map(|sep| (sep, group)),
            suffix: "",
        };
        write_number(&number, spec, sink)
    })?;
    Ok(())
}

fn format_char(a: Int, spec: &Spec, sink: &mut dyn Sink) -> Result<(), SpecError> {
    if matches!(spec.sign, Some(Sign::Plus | Sign::Space | Sign::Minus)) {
        return Err(SpecError::CharSign);
    }
    if spec.alternate {
        return Err(SpecError::CharAlternate);
    }
    let code = a.to_i64().and_then(|v| u32::try_from(v).ok()).filter(|&v| v < 0x110000);
    let code = code.ok_or(SpecError::CharRange)?;
    // A surrogate has no UTF-8 form; the replacement character stands in for it.
    let c = char::from_u32(code).unwrap_or(char::REPLACEMENT_CHARACTER);
    let mut utf8 = [0; 4];
    let number = Number {
        neg: false,
        prefix: "",
        text: FloatText::default(),
        grouping: None,
        suffix: c.encode_utf8(&mut utf8),
    };
    Ok(write_number(&number, spec, sink)?)
}

/// A sink into bytes whose room was reserved and charged beforehand.
struct Bytes<'a> {
    out: &'a mut Vec<u8>,
}

impl Sink for Bytes<'_> {
    fn push_str(&mut self, s: &str) -> Result<(), NumError> {
        self.out.try_reserve(s.len()).map_err(|_| NumError::Memory)?;
        self.out.extend_within(s.as_bytes());
        Ok(())
    }
}

/// A sink into a fixed array.
struct Fixed {
    bytes: [u8; STACK],
    len: usize,
}

impl Sink for Fixed {
    fn push_str(&mut self, s: &str) -> Result<(), NumError> {
        let room = self.bytes.get_mut(self.len..self.len + s.len()).ok_or(NumError::Sink)?;
        room.copy_from_slice(s.as_bytes());
        self.len += s.len();
        Ok(())
    }
}

/// Calls `f` with the digits of `|a|`.
pub(super) fn with_digits(
    a: Int,
    radix: u32,
    upper: bool,
    lim: &mut Limits,
    f: impl FnOnce(&[u8]) -> Result<(), NumError>,
) -> Result<(), NumError> {
    let bound = radix_len_bound(bit_length(a.mag), radix);
    if bound <= STACK {
        let mut text = Fixed { bytes: [0; STACK], len: 0 };
        to_radix(a.abs(), radix, &mut text, lim)?;
        let digits = &mut text.bytes[..text.len];
        if upper {
            digits.make_ascii_uppercase();
        }
        return f(digits);
    }
    let limbs = bound.div_ceil(8);
    lim.charge(limbs)?;
    let mut text = Vec::new();
    text.try_reserve_exact(bound).map_err(|_| NumError::Memory)?;
    to_radix(a.abs(), radix, &mut Bytes { out: &mut text }, lim)?;
    if upper {
        text.make_ascii_uppercase();
    }
    let out = f(&text);
    drop(text);
    lim.credit(limbs);
    out
}
