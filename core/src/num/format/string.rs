//! Strings under a format spec.

use super::layout::padding;
use super::spec::{Align, Sign, Spec, SpecError};
use crate::num::Sink;

/// How a string is cut and padded, in characters.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct StrLayout {
    /// Fill characters before.
    pub before: usize,
    /// Characters of the string to keep.
    pub keep: usize,
    /// Fill characters after.
    pub after: usize,
}

/// The layout of a string of `chars` characters under `spec` (parsed for [`super::Target::Str`]).
/// For callers whose strings are not UTF-8; others use [`format_str`].
pub fn str_layout(spec: &Spec, chars: usize) -> Result<StrLayout, SpecError> {
    if spec.kind != 's' {
        return Err(SpecError::UnknownCode(spec.kind));
    }
    match spec.sign {
        Some(Sign::Space) => return Err(SpecError::StrSpace),
        Some(_) => return Err(SpecError::StrSign),
        None => {}
    }
    if spec.no_neg_zero {
        return Err(SpecError::StrNegZero);
    }
    if spec.alternate {
        return Err(SpecError::StrAlternate);
    }
    let align = spec.align.unwrap_or(Align::Left);
    if align == Align::AfterSign {
        return Err(SpecError::StrAlign);
    }
    let keep = spec.precision.map_or(chars, |p| p.min(chars));
    let (before, after) = padding(spec.width.saturating_sub(keep), align);
    Ok(StrLayout { before, keep, after })
}

/// Writes `s` under `spec`.
pub fn format_str(s: &str, spec: &Spec, sink: &mut dyn Sink) -> Result<(), SpecError> {
    let counted = spec.width > 0 || spec.precision.is_some();
    let l = str_layout(spec, if counted { s.chars().count() } else { 0 })?;
    if !counted {
        return Ok(sink.push_str(s)?);
    }
    let end = s.char_indices().nth(l.keep).map_or(s.len(), |(i, _)| i);
    let fill = (l.before + l.after).saturating_mul(spec.fill.len_utf8());
    sink.reserve(fill.saturating_add(end))?;
    sink.push_fill(spec.fill, l.before)?;
    sink.push_str(&s[..end])?;
    Ok(sink.push_fill(spec.fill, l.after)?)
}
