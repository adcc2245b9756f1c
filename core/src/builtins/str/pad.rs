//! Padding: center, ljust, rjust, zfill, expandtabs.

use super::args::{self, bad_name, charge_scan, this};
use super::build::fill_repeated;
use super::index::byte_substring;
use crate::exit::{Exit, Res};
use crate::heap::Gc;
use crate::interp::text::TextBuf;
use crate::interp::{Args, Rt};
use crate::object::Str;
use crate::object::string::{self, MAX_STR};
use crate::value::Value;

/// `s` with `left` and `right` times `fill`, the WTF-8 of one code point.
pub fn pad(rt: &mut Rt, s: Gc<Str>, left: usize, right: usize, fill: &[u8]) -> Res<Value> {
    if left == 0 && right == 0 {
        return byte_substring(rt, s, 0, s.bytes().len());
    }
    let (bytes, n) = (s.bytes(), left.saturating_add(right));
    let total = n.checked_mul(fill.len()).and_then(|f| f.checked_add(bytes.len()));
    let total = total.filter(|&t| t <= MAX_STR).ok_or(Exit::NeedGc)?;
    if total < 3 {
        return pad_short(rt, bytes, left, right, fill);
    }
    let made = string::build(&mut rt.heap, total, s.len() + n, |out| {
        let Some((before, rest)) = out.split_at_mut_checked(left * fill.len()) else { return };
        let Some((text, after)) = rest.split_at_mut_checked(bytes.len()) else { return };
        fill_repeated(before, fill);
        text.copy_from_slice(bytes);
        fill_repeated(after, fill);
    })?;
    Ok(made.value())
}

/// Short results may be shared strings.
fn pad_short(rt: &mut Rt, bytes: &[u8], left: usize, right: usize, fill: &[u8]) -> Res<Value> {
    let mut out = TextBuf::new();
    (0..left).try_for_each(|_| out.push(&rt.heap, fill))?;
    out.push(&rt.heap, bytes)?;
    (0..right).try_for_each(|_| out.push(&rt.heap, fill))?;
    super::build::finish(rt, out)
}

/// What is missing to the width in argument 1, and the fill character of argument 2.
fn pad_args(rt: &mut Rt, a: Args) -> Res<(Gc<Str>, usize, Value)> {
    let s = this(rt, a.at(0))?;
    let width = crate::object::int::count(args::size(rt, a, 1, 0)?);
    let fill = match a.opt(2) {
        None => rt.char_str(' ')?,
        Some(v) => match v.get::<Str>() {
            Some(f) if f.len() == 1 => v,
            Some(_) => {
                return Err(rt.type_error(message!("The fill character must be exactly one character long")));
            }
            None => {
                let name = bad_name(rt, v);
                return Err(
                    rt.type_error(message!("The fill character must be a unicode character, not {name}"))
                );
            }
        },
    };
    Ok((s, width.saturating_sub(s.len()), fill))
}

/// `s.ljust(width, fillchar=' ')`.
pub fn ljust(rt: &mut Rt, a: Args) -> Res<Value> {
    let (s, n, fill) = pad_args(rt, a)?;
    pad(rt, s, 0, n, string::bytes_of(&fill))
}
/// `s.rjust(width, fillchar=' ')`.
pub fn rjust(rt: &mut Rt, a: Args) -> Res<Value> {
    let (s, n, fill) = pad_args(rt, a)?;
    pad(rt, s, n, 0, string::bytes_of(&fill))
}
/// `s.center(width, fillchar=' ')`: the odd blank goes left exactly if the width is odd too.
pub fn center(rt: &mut Rt, a: Args) -> Res<Value> {
    let (s, n, fill) = pad_args(rt, a)?;
    let left = center_left(n, s.len() + n);
    pad(rt, s, left, n - left, string::bytes_of(&fill))
}

/// The share of `missing` blanks that goes to the left when centring to `width`.
pub fn center_left(missing: usize, width: usize) -> usize {
    missing / 2 + (missing & width & 1)
}

/// `s.zfill(width)`.
pub fn zfill(rt: &mut Rt, a: Args) -> Res<Value> {
    let s = this(rt, a.at(0))?;
    let width = crate::object::int::count(args::size(rt, a, 1, 0)?);
    let missing = width.saturating_sub(s.len());
    let signed = matches!(s.bytes().first(), Some(b'+' | b'-'));
    if !signed || missing == 0 {
        return pad(rt, s, missing, 0, b"0");
    }
    let bytes = s.bytes();
    let total = missing.checked_add(bytes.len()).filter(|&t| t <= MAX_STR).ok_or(Exit::NeedGc)?;
    let made = string::build(&mut rt.heap, total, s.len() + missing, |out| zfill_signed(out, bytes))?;
    Ok(made.value())
}

/// Sign, zeros, digits.
pub fn zfill_signed(out: &mut [u8], text: &[u8]) {
    out.fill(b'0');
    if let (Some(dst), Some(sign)) = (out.first_mut(), text.first()) {
        *dst = *sign;
    }
    let digits = text.get(1..).unwrap_or(&[]);
    let from = out.len() - digits.len();
    if let Some(dst) = out.get_mut(from..) {
        dst.copy_from_slice(digits);
    }
}

/// `s.expandtabs(tabsize=8)`.
pub fn expandtabs(rt: &mut Rt, a: Args) -> Res<Value> {
    let s = this(rt, a.at(0))?;
    let size = args::size(rt, a, 1, 8)?;
    let mut out = TextBuf::new();
    if !expand_into(rt, &mut out, s.bytes(), size)? {
        return byte_substring(rt, s, 0, s.bytes().len());
    }
    super::build::finish(rt, out)
}

/// Writes `bytes` with tabs expanded; `false` (nothing written) if there are none.
pub fn expand_into(rt: &mut Rt, out: &mut TextBuf, bytes: &[u8], size: i64) -> Res<bool> {
    if memchr::memchr(b'\t', bytes).is_none() {
        return Ok(false);
    }
    charge_scan(rt, bytes.len())?;
    let size = crate::object::int::count(size);
    let (mut column, mut plain) = (0usize, 0);
    for (at, &b) in bytes.iter().enumerate() {
        match b {
            b'\t' => {
                out.push(&rt.heap, bytes.get(plain..at).unwrap_or(&[]))?;
                plain = at + 1;
                if size > 0 {
                    let blanks = size - column % size;
                    push_blanks(rt, out, blanks)?;
                    column = column.saturating_add(blanks);
                }
            }
            b'\n' | b'\r' => column = 0,
            // Continuation bytes take no column.
            0x80..=0xbf => {}
            _ => column = column.saturating_add(1),
        }
        if at & 0x3fff == 0x3fff {
            rt.poll()?;
        }
    }
    out.push(&rt.heap, bytes.get(plain..).unwrap_or(&[]))?;
    Ok(true)
}

/// Blanks, refused at once if there is no room for them.
pub fn push_blanks(rt: &mut Rt, out: &mut TextBuf, mut n: usize) -> Res<()> {
    super::build::expect(rt, n)?;
    while n > 0 {
        let part = n.min(64);
        out.push(&rt.heap, [b' '; 64].get(..part).unwrap_or(&[]))?;
        n -= part;
    }
    Ok(())
}
