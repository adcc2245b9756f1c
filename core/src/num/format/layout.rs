//! Numbers in their fields: padding, sign, prefix, grouped digits, tail.

use super::spec::{Align, Sign, Spec};
use crate::num::float::layout::FloatText;
use crate::num::sink::ascii_or_utf8;
use crate::num::{NumError, Sink};

/// A number's text in the pieces that padding and grouping treat differently.
pub(super) struct Number<'a> {
    /// Whether a minus sign is due.
    pub neg: bool,
    /// `0x` and the like.
    pub prefix: &'a str,
    /// Digits, point and exponent; without digits for `inf` and `nan`.
    pub text: FloatText<'a>,
    /// Between groups of integer digits, and their size.
    pub grouping: Option<(char, usize)>,
    /// Text after everything else: `%`, `inf`, `nan`, a character.
    pub suffix: &'a str,
}

/// The sign to write for a number.
pub(super) fn sign_text(neg: bool, sign: Option<Sign>) -> &'static str {
    match (neg, sign) {
        (true, _) => "-",
        (false, Some(Sign::Plus)) => "+",
        (false, Some(Sign::Space)) => " ",
        _ => "",
    }
}

/// Padding before and after a text of `width` characters.
pub(super) fn padding(total: usize, align: Align) -> (usize, usize) {
    match align {
        Align::Left => (0, total),
        Align::Right | Align::AfterSign => (total, 0),
        Align::Center => (total / 2, total - total / 2),
    }
}

/// Separators among `digits` digits in groups of `size`.
fn separators(digits: usize, size: usize) -> usize {
    digits.saturating_sub(1) / size
}

/// Zeros to put before `digits` so that, with their separators, they fill at least `width`.
fn leading_zeros(digits: usize, size: usize, width: usize) -> usize {
    if digits + separators(digits, size) >= width {
        return 0;
    }
    // The least d with d + (d - 1) / size >= width: whole groups take size + 1 characters each.
    // A separator cannot stand first, so a field of whole groups gets one more digit in its place.
    let d = (width / (size + 1)).saturating_mul(size) + (width % (size + 1)).max(1);
    d.saturating_sub(digits)
}

/// Writes `n` under `spec`.
pub(super) fn write_number(n: &Number, spec: &Spec, sink: &mut dyn Sink) -> Result<(), NumError> {
    let sign = sign_text(n.neg, spec.sign);
    let align = spec.align.unwrap_or(if spec.zero_pad { Align::AfterSign } else { Align::Right });
    let text = &n.text;
    let int = text.int_width();
    let frac = text.frac_width();
    let frac_seps = spec.frac_grouping.map_or(0, |_| separators(frac, 3));
    let around = sign.len() + n.prefix.len() + text.point as usize + text.exp().len();
    let others =
        around.saturating_add(n.suffix.chars().count()).saturating_add(frac).saturating_add(frac_seps);
    let mut zeros = 0;
    let mut seps = 0;
    if let (Some((_, size)), true) = (n.grouping, int > 0) {
        if spec.fill == '0' && align == Align::AfterSign {
            zeros = leading_zeros(int, size, spec.width.saturating_sub(others));
        }
        seps = separators(int.saturating_add(zeros), size);
    }
    let used = others.saturating_add(int).saturating_add(zeros).saturating_add(seps);
    let pad = spec.width.saturating_sub(used);
    sink.reserve(used.saturating_add(pad.saturating_mul(spec.fill.len_utf8())))?;

    let (before, after) = if align == Align::AfterSign { (0, 0) } else { padding(pad, align) };
    sink.push_fill(spec.fill, before)?;
    sink.push_str(sign)?;
    sink.push_str(n.prefix)?;
    if align == Align::AfterSign {
        sink.push_fill(spec.fill, pad)?;
    }
    write_int_part(text, zeros, n.grouping, sink)?;
    if text.point {
        sink.push_str(".")?;
    }
    write_frac_part(text, spec.frac_grouping, sink)?;
    sink.push_str(text.exp())?;
    sink.push_str(n.suffix)?;
    sink.push_fill(spec.fill, after)
}

fn write_int_part(
    t: &FloatText,
    zeros: usize,
    grouping: Option<(char, usize)>,
    sink: &mut dyn Sink,
) -> Result<(), NumError> {
    let pieces = [(&b""[..], zeros), (t.int, t.int_zeros)];
    match grouping {
        None => write_plain(&pieces, sink),
        Some((sep, size)) => {
            let total = zeros + t.int_width();
            // A separator stands wherever the digits still to come are whole groups.
            let phase = (size - total % size) % size;
            write_grouped(&pieces, sep, size, phase, sink)
        }
    }
}

fn write_frac_part(t: &FloatText, sep: Option<char>, sink: &mut dyn Sink) -> Result<(), NumError> {
    let pieces = [(&b""[..], t.frac_lead), (t.frac, t.frac_zeros)];
    match sep {
        None => write_plain(&pieces, sink),
        Some(sep) => write_grouped(&pieces, sep, 3, 0, sink),
    }
}

/// Digits, each piece followed by its zeros.
type Pieces<'a> = [(&'a [u8], usize); 2];

fn write_plain(pieces: &Pieces, sink: &mut dyn Sink) -> Result<(), NumError> {
    for &(digits, zeros) in pieces {
        sink.push_str(ascii_or_utf8(digits))?;
        sink.push_fill('0', zeros)?;
    }
    Ok(())
}

/// Writes the digits with `sep` after every `size`, the first group being `phase` digits short.
fn write_grouped(
    pieces: &Pieces,
    sep: char,
    size: usize,
    phase: usize,
    sink: &mut dyn Sink,
) -> Result<(), NumError> {
    let mut text = [0u8; 256];
    let mut used = 0;
    let mut in_group = phase;
    for &(digits, zeros) in pieces {
        for c in digits.iter().copied().chain(core::iter::repeat_n(b'0', zeros)) {
            if in_group == size {
                text[used] = sep as u8;
                used += 1;
                in_group = 0;
            }
            text[used] = c;
            used += 1;
            in_group += 1;
            if used >= text.len() - 2 {
                sink.push_str(ascii_or_utf8(&text[..used]))?;
                used = 0;
            }
        }
    }
    sink.push_str(ascii_or_utf8(&text[..used]))
}
