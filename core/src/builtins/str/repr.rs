//! `repr()` and `ascii()` of strings.

use super::args::charge_scan;
use super::chars::is_printable;
use crate::builtins::frozen;
use crate::exit::{ExitKind, Res};
use crate::heap::Heap;
use crate::interp::Rt;
use crate::interp::text::TextBuf;
use crate::object::Str;
use crate::object::string::decode;
use crate::value::Value;

/// `repr(s)`.
pub fn repr(rt: &mut Rt, v: Value) -> Res<Value> {
    let Some(s) = v.get::<Str>() else { return Ok(v) };
    let mut out = TextBuf::new();
    write_quoted(rt, &mut out, s.bytes(), false)?;
    rt.finish_text(out)
}

/// `ascii(v)`: its repr, non-ASCII characters escaped.
pub fn ascii(rt: &mut Rt, v: Value) -> Res<Value> {
    let r = match rt.repr(v) {
        Ok(r) => r,
        Err(e) if rt.caught(e, ExitKind::Call) => return Err(rt.delegate(frozen::ascii_of, &[v])),
        Err(e) => return Err(e),
    };
    escape_non_ascii(rt, r)
}

/// The str `v` with non-ASCII characters escaped.
pub fn escape_non_ascii(rt: &mut Rt, v: Value) -> Res<Value> {
    let Some(s) = v.get::<Str>() else { return Ok(v) };
    if s.is_ascii() {
        return Ok(v);
    }
    charge_scan(rt, s.bytes().len())?;
    let mut out = TextBuf::new();
    let bytes = s.bytes();
    let (mut at, mut plain) = (0, 0);
    while at < bytes.len() {
        let (c, width) = decode(bytes, at);
        if c >= 0x80 {
            push_part(&mut out, &rt.heap, bytes, plain, at)?;
            write_escape(&mut out, &rt.heap, c)?;
            plain = at + width;
        }
        at += width;
        poll_at(rt, at)?;
    }
    push_part(&mut out, &rt.heap, bytes, plain, at)?;
    rt.finish_text(out)
}

fn push_part(out: &mut TextBuf, heap: &Heap, bytes: &[u8], from: usize, to: usize) -> Res<()> {
    out.push(heap, bytes.get(from..to).unwrap_or(&[]))
}

fn poll_at(rt: &mut Rt, at: usize) -> Res<()> {
    // A character may skip the exact multiple; missing a poll now and then does no harm.
    if at & 0x3fff == 0 { rt.poll() } else { Ok(()) }
}

/// Writes WTF-8 text with quotes and escapes, as `repr` does; `ascii` escapes everything beyond ASCII.
pub fn write_quoted(rt: &mut Rt, out: &mut TextBuf, bytes: &[u8], ascii: bool) -> Res<()> {
    charge_scan(rt, bytes.len())?;
    let quote = if bytes.contains(&b'\'') && !bytes.contains(&b'"') { b'"' } else { b'\'' };
    out.push(&rt.heap, &[quote])?;
    let (mut at, mut plain) = (0, 0);
    while let Some(&b) = bytes.get(at) {
        let verbatim = match b {
            b'\\' => false,
            0x20..=0x7e => b != quote,
            0x80.. if !ascii => is_printable(decode(bytes, at).0),
            _ => false,
        };
        let (c, width) = decode(bytes, at);
        if !verbatim {
            push_part(out, &rt.heap, bytes, plain, at)?;
            match b {
                b'\n' => out.push(&rt.heap, b"\\n")?,
                b'\r' => out.push(&rt.heap, b"\\r")?,
                b'\t' => out.push(&rt.heap, b"\\t")?,
                b'\\' => out.push(&rt.heap, b"\\\\")?,
                _ if b == quote => out.push(&rt.heap, &[b'\\', quote])?,
                _ => write_escape(out, &rt.heap, c)?,
            }
            plain = at + width;
        }
        at += width;
        poll_at(rt, at)?;
    }
    push_part(out, &rt.heap, bytes, plain, at)?;
    out.push(&rt.heap, &[quote])
}

/// `\xNN`, `\uNNNN` or `\UNNNNNNNN`.
pub fn write_escape(out: &mut TextBuf, heap: &Heap, c: u32) -> Res<()> {
    let (text, n) = escape(c);
    out.push(heap, text.get(..n).unwrap_or(&[]))
}

/// The escape of a code point, and its length.
pub fn escape(c: u32) -> ([u8; 10], usize) {
    let (letter, digits) = match c {
        0..=0xff => (b'x', 2),
        0x100..=0xffff => (b'u', 4),
        _ => (b'U', 8),
    };
    let mut text = [b'\\', letter, 0, 0, 0, 0, 0, 0, 0, 0];
    for (i, slot) in text.iter_mut().skip(2).take(digits).enumerate() {
        *slot = hex_digit(c >> (4 * (digits - 1 - i)));
    }
    (text, digits + 2)
}

/// The lower-case digit of the low four bits.
pub fn hex_digit(n: u32) -> u8 {
    let n = n as u8 & 15;
    if n < 10 { b'0' + n } else { b'a' + n - 10 }
}
