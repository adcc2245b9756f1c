//! Floats under a format spec.

use super::layout::{Number, write_number};
use super::spec::{Spec, SpecError};
use crate::num::Sink;
use crate::num::float::decimal::Decimal;
use crate::num::float::layout::{FloatText, Shape};
use crate::num::float::shortest;

/// The largest precision CPython takes: a C int.
pub(super) const MAX_PRECISION: usize = i32::MAX as usize;

/// Writes `x` under `spec` (parsed for [`super::Target::Float`], or for an int with a float type).
pub fn format_float(x: f64, spec: &Spec, sink: &mut dyn Sink) -> Result<(), SpecError> {
    let precision = spec.precision;
    let upper = matches!(spec.kind, 'E' | 'F' | 'G');
    let p = precision.unwrap_or(6);
    let alt = spec.alternate;
    let shape = match spec.kind {
        'e' | 'E' => Shape::exponent(p, alt, upper),
        'f' | 'F' | '%' => Shape::fixed(p, alt),
        'g' | 'G' | 'n' => Shape::general(p, false, alt, upper),
        '\0' => match precision {
            Some(p) => Shape::general(p, true, alt, false),
            None if alt => Shape::repr_alternate(),
            None => Shape::repr(),
        },
        other => return Err(SpecError::UnknownCode(other)),
    };
    if p > MAX_PRECISION {
        return Err(SpecError::PrecisionTooBig);
    }
    let x = if spec.kind == '%' { x * 100.0 } else { x };
    let percent = spec.kind == '%';
    let grouping = spec.grouping.map(|sep| (sep, 3));
    if !x.is_finite() {
        let suffix = match (x.is_nan(), upper, percent) {
            (true, false, false) => "nan",
            (true, false, true) => "nan%",
            (true, true, _) => "NAN",
            (false, false, false) => "inf",
            (false, false, true) => "inf%",
            (false, true, _) => "INF",
        };
        let neg = x.is_infinite() && x < 0.0;
        let number = Number { neg, prefix: "", text: FloatText::default(), grouping, suffix };
        return Ok(write_number(&number, spec, sink)?);
    }
    let suffix = if percent { "%" } else { "" };
    if spec.kind == '\0' && precision.is_none() {
        let s = shortest(x);
        let text = FloatText::new(s.digits(), s.point, shape);
        let neg = is_negative(x, s.digits(), spec);
        return Ok(write_number(&Number { neg, prefix: "", text, grouping, suffix }, spec, sink)?);
    }
    let mut d = Decimal::new(x);
    shape.round(&mut d);
    let text = FloatText::new(d.digits(), d.point, shape);
    let neg = is_negative(x, d.digits(), spec);
    Ok(write_number(&Number { neg, prefix: "", text, grouping, suffix }, spec, sink)?)
}

/// The sign after rounding: with `z`, what became zero has none.
fn is_negative(x: f64, digits: &[u8], spec: &Spec) -> bool {
    x.is_sign_negative() && !(spec.no_neg_zero && digits.is_empty())
}
