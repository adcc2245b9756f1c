//! Text to numbers: what `int()` and `float()` accept as text, mapped to ASCII for the kernels, and their errors.
//!
//! Invariant: the mapped text is as long as the original in characters, and only made for text that is not ASCII.

use super::frozen;
use super::num_support::{fail, try_run};
use crate::exit::{Exit, Res};
use crate::interp::Rt;
use crate::interp::text::TextBuf;
use crate::num::parse::{self, MAX_STR_DIGITS, ParsedInt};
use crate::num::{NumError, float as fl};
use crate::object::{Bytes, Str, int, kind};
use crate::room::WithinRoom as _;
use crate::value::Value;
use alloc::vec::Vec;

/// The digit zero of every decimal script besides ASCII (Unicode 16, category Nd); nine more digits follow each.
const ZEROS: [u32; 75] = [
    0x660, 0x6f0, 0x7c0, 0x966, 0x9e6, 0xa66, 0xae6, 0xb66, 0xbe6, 0xc66, 0xce6, 0xd66, 0xde6, 0xe50, 0xed0,
    0xf20, 0x1040, 0x1090, 0x17e0, 0x1810, 0x1946, 0x19d0, 0x1a80, 0x1a90, 0x1b50, 0x1bb0, 0x1c40, 0x1c50,
    0xa620, 0xa8d0, 0xa900, 0xa9d0, 0xa9f0, 0xaa50, 0xabf0, 0xff10, 0x104a0, 0x10d30, 0x10d40, 0x11066,
    0x110f0, 0x11136, 0x111d0, 0x112f0, 0x11450, 0x114d0, 0x11650, 0x116c0, 0x116d0, 0x116da, 0x11730,
    0x118e0, 0x11950, 0x11bf0, 0x11c50, 0x11d50, 0x11da0, 0x11f50, 0x16130, 0x16a60, 0x16ac0, 0x16b50,
    0x16d70, 0x1ccf0, 0x1d7ce, 0x1d7d8, 0x1d7e2, 0x1d7ec, 0x1d7f6, 0x1e140, 0x1e2f0, 0x1e4f0, 0x1e5f1,
    0x1e950, 0x1fbf0,
];

/// The value of a decimal digit of any script.
pub fn decimal_digit(c: char) -> Option<u8> {
    if c.is_ascii() {
        return c.to_digit(10).map(|d| d as u8);
    }
    let c = c as u32;
    let i = ZEROS.partition_point(|&z| z <= c).checked_sub(1)?;
    let d = c - ZEROS.get(i)?;
    (d < 10).then_some(d as u8)
}

/// Text that a number is to be read from, ASCII.
#[derive(Debug)]
pub enum Source {
    /// The object's own bytes.
    Own,
    /// Mapped to ASCII.
    Mapped(Vec<u8>),
}

/// Argument slot `slot`, which is `v`, as text; `None` if it is none. Buffers other than bytes are converted by frozen
/// code, and the native started again.
pub fn source(rt: &mut Rt, slot: u8, v: Value) -> Res<Option<Source>> {
    if let Some(s) = v.get::<Str>() {
        return if s.is_ascii() { Ok(Some(Source::Own)) } else { to_ascii(rt, s.bytes()).map(Some) };
    }
    if v.get::<Bytes>().is_some() {
        return Ok(Some(Source::Own));
    }
    match v.header().map(|h| h.kind) {
        Some(kind::ByteArray | kind::MemoryView) => Err(rt.delegate_into(slot, frozen::bytes_of, &[v])),
        _ => Ok(None),
    }
}

/// Digits and blanks of all scripts as ASCII ones; anything else as `?`, which no number contains.
fn to_ascii(rt: &mut Rt, text: &[u8]) -> Res<Source> {
    rt.heap.has_room(text.len())?;
    rt.charge(text.len() / 8)?;
    let mut out = Vec::new();
    out.try_reserve_exact(text.len()).map_err(|_| Exit::NeedGc)?;
    for part in text.utf8_chunks() {
        out.fill_within(part.valid().chars().map(|c| match decimal_digit(c) {
            Some(d) => b'0' + d,
            None if c.is_ascii() => c as u8,
            None if c.is_whitespace() => b' ',
            None => b'?',
        }));
        if !part.invalid().is_empty() {
            out.push_within(b'?');
        }
    }
    Ok(Source::Mapped(out))
}

fn with_text<R>(v: Value, text: &Source, f: impl FnOnce(&[u8]) -> R) -> R {
    match text {
        Source::Mapped(t) => f(t),
        Source::Own => match (v.get::<Str>(), v.get::<Bytes>()) {
            (Some(s), _) => f(s.bytes()),
            (_, Some(b)) => f(b.bytes()),
            _ => f(b""),
        },
    }
}

/// `int(v, base)`, where `text` is that of `v`.
pub fn parse_int(rt: &mut Rt, v: Value, text: Source, base: u32) -> Res<Value> {
    let len = with_text(v, &text, <[u8]>::len);
    // Only radixes that are powers of two have no digit limit; their work is linear.
    rt.charge(len / 8)?;
    let parsed = with_text(v, &text, |t| {
        try_run(rt, |heap, lim| match parse::parse_int(t, base, MAX_STR_DIGITS, lim)? {
            ParsedInt::Small(n) => int::from_i64(heap, n).map_err(|_| NumError::Memory),
            ParsedInt::Big(n) => super::num_support::to_value(heap, &n),
        })
    });
    match parsed {
        Ok(v) => Ok(v),
        Err(NumError::Syntax) => Err(bad_int(rt, v, base)),
        Err(NumError::TooManyDigits) => {
            let digits = with_text(v, &text, parse::digit_count);
            Err(rt.value_error(message!(
                "Exceeds the limit ({MAX_STR_DIGITS} digits) for integer string conversion: value has \
                 {digits} digits; use sys.set_int_max_str_digits() to increase the limit"
            )))
        }
        Err(e) => Err(fail(rt, e)),
    }
}

#[cold]
fn bad_int(rt: &mut Rt, v: Value, base: u32) -> Exit {
    let shown = match plain_repr(rt, v) {
        Ok(s) => s,
        Err(e) => return e,
    };
    let text = core::str::from_utf8(shown.as_bytes()).unwrap_or("?");
    // CPython shows at most 200 characters.
    let end = text.char_indices().nth(200).map_or(text.len(), |(i, _)| i);
    let text = text.get(..end).unwrap_or(text);
    rt.value_error(message!("invalid literal for int() with base {base}: {text}"))
}

/// `float(v)`, where `text` is that of `v`.
pub fn parse_float(rt: &mut Rt, v: Value, text: Source) -> Res<f64> {
    let len = with_text(v, &text, <[u8]>::len);
    rt.charge(len / 8)?;
    match with_text(v, &text, |t| try_run(rt, |_, lim| fl::parse(t, lim))) {
        Ok(x) => Ok(x),
        Err(NumError::Syntax) => {
            let shown = plain_repr(rt, v)?;
            let text = core::str::from_utf8(shown.as_bytes()).unwrap_or("?");
            Err(rt.value_error(message!("could not convert string to float: {text}")))
        }
        Err(e) => Err(fail(rt, e)),
    }
}

/// The repr of a str or bytes object by its built-in type, whatever a subclass says.
fn plain_repr(rt: &mut Rt, v: Value) -> Res<TextBuf> {
    let mut out = TextBuf::new();
    if let Some(repr) = rt.slots_of(v).repr {
        let s = repr(rt, v)?;
        out.push_value(&rt.heap, s)?;
        return Ok(out);
    }
    // Only before the types exist.
    out.push(&rt.heap, b"'")?;
    out.push_value(&rt.heap, v)?;
    out.push(&rt.heap, b"'")?;
    Ok(out)
}
