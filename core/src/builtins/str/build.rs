//! Making strings from pieces: concatenation, repetition, joining, f-strings.
//!
//! Invariant: surrogates that meet at a seam become one code point, so that the text stays WTF-8
//! (docs/divergences.md); only texts that are not ASCII pay for looking.

use crate::exit::{Exit, Res};
use crate::interp::Rt;
use crate::interp::text::TextBuf;
use crate::object::Str;
use crate::object::string::{self, MAX_STR, decode, joins_surrogates};
use crate::value::Value;

/// The str of a buffer in which surrogates may have met.
pub fn finish(rt: &mut Rt, out: TextBuf) -> Res<Value> {
    if out.as_bytes().is_ascii() {
        return rt.finish_ascii(out);
    }
    if !has_pair(out.as_bytes()) {
        return rt.finish_text(out);
    }
    let mut fixed = TextBuf::new();
    let bytes = out.as_bytes();
    let mut at = 0;
    while at < bytes.len() {
        let (c, width) = decode(bytes, at);
        let next = decode(bytes, at + width).0;
        if (0xd800..0xdc00).contains(&c) && (0xdc00..0xe000).contains(&next) {
            let joined = 0x10000 + ((c - 0xd800) << 10) + (next - 0xdc00);
            fixed.push_char(&rt.heap, char::from_u32(joined).unwrap_or('\u{fffd}'))?;
            at += width + 3;
        } else {
            fixed.push(&rt.heap, bytes.get(at..at + width).unwrap_or(&[]))?;
            at += width;
        }
    }
    rt.finish_text(fixed)
}

/// Whether a high and a low surrogate stand side by side.
fn has_pair(bytes: &[u8]) -> bool {
    memchr::memchr_iter(0xed, bytes)
        .any(|i| joins_surrogates(bytes.get(..i + 3).unwrap_or(&[]), bytes.get(i + 3..).unwrap_or(&[])))
}

/// The concatenation of strs, for f-strings; values that are not strs count as empty.
pub fn build_string(rt: &mut Rt, parts: &[Value]) -> Res<Value> {
    match parts {
        [] => rt.new_str(""),
        [one] if one.exact::<Str>().is_some() => Ok(*one),
        _ => {
            let mut length = Length::default();
            for p in parts {
                length.add(*p);
            }
            join(rt, b"", 0, parts, length)
        }
    }
}

/// How long some text is.
#[derive(Clone, Copy, Default)]
pub struct Length {
    /// In bytes.
    pub bytes: usize,
    /// In code points.
    pub chars: usize,
}

impl Length {
    /// Adds a str's length. `false`: it is none.
    #[inline]
    pub fn add(&mut self, v: Value) -> bool {
        let Some(s) = v.get::<Str>() else { return false };
        self.bytes = self.bytes.saturating_add(s.bytes().len());
        self.chars = self.chars.saturating_add(s.len());
        true
    }
}

/// The strs `parts`, which are `length` long together, with `sep` (of `sep_chars` code points) between them.
pub fn join(rt: &mut Rt, sep: &[u8], sep_chars: usize, parts: &[Value], length: Length) -> Res<Value> {
    let gaps = parts.len().saturating_sub(1);
    let nbytes = length.bytes.saturating_add(sep.len().saturating_mul(gaps));
    let nchars = length.chars.saturating_add(sep_chars.saturating_mul(gaps));
    if nbytes > MAX_STR {
        return Err(Exit::NeedGc);
    }
    if nbytes != nchars && pieces(sep, parts).any(|p| matches!(p, [0xed, 0xb0..=0xbf, ..])) {
        return join_slowly(rt, sep, parts);
    }
    if nbytes < 2 {
        let one = pieces(sep, parts).find(|p| !p.is_empty()).and_then(|p| p.first().copied());
        return match one {
            Some(b) => rt.char_str(b as char),
            None => rt.new_str(""),
        };
    }
    let made = string::build(&mut rt.heap, nbytes, nchars, |mut out| {
        let mut put = |p: &[u8]| {
            // Where there are many pieces, most are letters.
            if let [b] = *p {
                if let Some(to) = out.split_off_first_mut() {
                    *to = b;
                }
            } else if let Some(to) = out.split_off_mut(..p.len()) {
                to.copy_from_slice(p);
            }
        };
        for (i, p) in parts.iter().enumerate() {
            if i > 0 && !sep.is_empty() {
                put(sep);
            }
            put(string::bytes_of(p));
        }
    })?;
    Ok(made.value())
}

/// The strs `parts` one after the other, if each is one ASCII character: texts are often made of lists of them.
#[cfg(feature = "speed")]
pub fn join_letters(rt: &mut Rt, parts: &[Value]) -> Res<Option<Value>> {
    let letter = |v: &Value| match string::bytes_of(v) {
        [b] => Some(*b),
        _ => None,
    };
    let likely =
        parts.len() > 1 && [parts.first(), parts.last()].iter().flatten().all(|v| letter(v).is_some());
    if !likely || parts.len() > 1 << 20 {
        return Ok(None);
    }
    let mut all = true;
    let made = string::build(&mut rt.heap, parts.len(), parts.len(), |out| {
        for (to, v) in out.iter_mut().zip(parts) {
            let Some(b) = letter(v) else {
                all = false;
                return;
            };
            *to = b;
        }
    })?;
    Ok(all.then(|| made.value()))
}

/// Items and separators in turn.
fn pieces<'a>(sep: &'a [u8], parts: &'a [Value]) -> impl Iterator<Item = &'a [u8]> {
    parts.iter().enumerate().flat_map(move |(i, p)| [if i == 0 { &[][..] } else { sep }, string::bytes_of(p)])
}

/// As [`join`], where a piece begins with a low surrogate.
#[cold]
fn join_slowly(rt: &mut Rt, sep: &[u8], parts: &[Value]) -> Res<Value> {
    let mut out = TextBuf::new();
    for p in pieces(sep, parts) {
        out.push(&rt.heap, p)?;
    }
    finish(rt, out)
}

/// `s * n`.
pub fn repeat(rt: &mut Rt, v: Value, n: i64) -> Res<Value> {
    let Some(s) = v.get::<Str>() else { return Ok(v) };
    let n = crate::object::int::count(n);
    if n == 1 && v.exact::<Str>().is_some() {
        return Ok(v);
    }
    let bytes = s.bytes();
    let total = bytes.len().checked_mul(n).filter(|&t| t <= MAX_STR).ok_or(Exit::NeedGc)?;
    if total < 2 {
        return match bytes.first() {
            Some(&b) if total == 1 => rt.char_str(b as char),
            _ => rt.new_str(""),
        };
    }
    if !s.is_ascii() && joins_surrogates(bytes, bytes) {
        let mut out = TextBuf::new();
        for _ in 0..n {
            out.push(&rt.heap, bytes)?;
        }
        return finish(rt, out);
    }
    Ok(string::build(&mut rt.heap, total, s.len() * n, |out| fill_repeated(out, bytes))?.value())
}

/// Fills `out` with copies of `unit`, doubling what is there.
pub fn fill_repeated(out: &mut [u8], unit: &[u8]) {
    if let [b] = *unit {
        out.fill(b);
        return;
    }
    let Some(first) = out.get_mut(..unit.len()) else { return };
    first.copy_from_slice(unit);
    let mut done = unit.len();
    while done > 0 && done < out.len() {
        let n = done.min(out.len() - done);
        let (from, to) = out.split_at_mut(done);
        if let (Some(dst), Some(src)) = (to.get_mut(..n), from.get(..n)) {
            dst.copy_from_slice(src);
        }
        done += n;
    }
}

/// A buffer for about `n` bytes is refused at once if the heap has no room for it.
pub fn expect(rt: &Rt, n: usize) -> Res<()> {
    rt.heap.has_room(n)
}
