//! Subscripts and iteration of strings.

use super::args::{getitem_by_guest, select};
use crate::exit::Res;
use crate::heap::Gc;
use crate::interp::Rt;
use crate::object::string::{self, char_width};
use crate::object::{SeqIter, Slice, Str, int, iter, kind};
use crate::value::Value;

/// `s[key]`.
pub fn getitem(rt: &mut Rt, v: Value, key: Value) -> Res<Value> {
    let Some(s) = v.get::<Str>() else { return Ok(v) };
    if let Some(i) = int::get(key) {
        return match i {
            int::IntRef::Small(i) => char_at(rt, s, i),
            int::IntRef::Big(_) => {
                Err(rt.index_error(message!("cannot fit 'int' into an index-sized integer")))
            }
        };
    }
    if let Some(k) = key.get::<Slice>() {
        return slice(rt, v, s, k);
    }
    if super::args::has_special(rt, key, crate::interp::Name::__index__)? {
        return Err(getitem_by_guest(rt, v, key));
    }
    let name = rt.type_name(key);
    Err(rt.type_error(message!("string indices must be integers, not '{name}'")))
}

/// `s[i]`, negative indices included.
#[inline]
pub fn char_at(rt: &mut Rt, s: Gc<Str>, i: i64) -> Res<Value> {
    let len = s.len() as i64;
    let i = if i < 0 { i + len } else { i };
    if i < 0 || i >= len {
        return Err(rt.index_error(message!("string index out of range")));
    }
    if s.is_ascii() {
        let b = s.bytes().get(i as usize).copied().unwrap_or(0);
        return rt.char_str(b as char);
    }
    let at = s.offset(&mut rt.heap, i as usize)?;
    code_point_str(rt, &s, at).map(|(c, _)| c)
}

/// The str of the code point at byte `at`, and its width.
fn code_point_str(rt: &mut Rt, s: &Str, at: usize) -> Res<(Value, usize)> {
    let bytes = s.bytes();
    let width = bytes.get(at).map_or(1, |&b| char_width(b));
    let c = rt.new_str_bytes(bytes.get(at..at + width).unwrap_or(&[]))?;
    Ok((c, width))
}

/// Code points `from..to` of `s` as a new str.
pub fn substring(rt: &mut Rt, s: Gc<Str>, from: usize, to: usize) -> Res<Value> {
    let (a, b) = (s.offset(&mut rt.heap, from)?, s.offset(&mut rt.heap, to)?);
    byte_substring(rt, s, a, b)
}

/// Bytes `from..to` of `s`, which begin and end at code points, as a new str; the whole is `s` itself if it is exact.
pub fn byte_substring(rt: &mut Rt, s: Gc<Str>, from: usize, to: usize) -> Res<Value> {
    if from == 0 && to == s.bytes().len() && s.value().exact::<Str>().is_some() {
        return Ok(s.value());
    }
    let part = s.bytes().get(from..to).unwrap_or(&[]);
    if s.is_ascii() { rt.new_ascii(part) } else { rt.new_str_bytes(part) }
}

fn slice(rt: &mut Rt, v: Value, s: Gc<Str>, key: Gc<Slice>) -> Res<Value> {
    let Some(sel) = select(rt, key, s.len())? else { return Err(getitem_by_guest(rt, v, key.value())) };
    if sel.count == 0 {
        return rt.new_str("");
    }
    if sel.step == 1 {
        return substring(rt, s, sel.start, sel.start + sel.count);
    }
    let bytes = s.bytes();
    if s.is_ascii() {
        let made = string::build(&mut rt.heap, sel.count, sel.count, |out| {
            for (dst, i) in out.iter_mut().zip(sel.indices()) {
                *dst = bytes.get(i).copied().unwrap_or(0);
            }
        })?;
        return Ok(made.value());
    }
    wide_slice(rt, s, sel)
}

fn wide_slice(rt: &mut Rt, s: Gc<Str>, sel: super::args::Selection) -> Res<Value> {
    rt.charge(sel.count / 4)?;
    let mut out = crate::interp::text::TextBuf::new();
    let bytes = s.bytes();
    for (k, i) in sel.indices().enumerate() {
        let at = s.offset(&mut rt.heap, i)?;
        let width = bytes.get(at).map_or(1, |&b| char_width(b));
        out.push(&rt.heap, bytes.get(at..at + width).unwrap_or(&[]))?;
        if k % 1024 == 1023 {
            rt.poll()?;
        }
    }
    super::build::finish(rt, out)
}

/// `iter(s)`.
pub fn iter_new(rt: &mut Rt, v: Value) -> Res<Value> {
    let ascii = v.get::<Str>().is_some_and(|s| s.is_ascii());
    let kind = if ascii { kind::StrAsciiIter } else { kind::StrIter };
    Ok(iter::new(&mut rt.heap, kind, v, 0, 0)?.value())
}

/// The next character of a str iterator, whose index is a byte offset; unbound at the end.
#[inline]
pub fn str_iter_next(rt: &mut Rt, it: Gc<SeqIter>) -> Res<Value> {
    let Some(s) = it.source.get().get::<Str>() else { return Ok(Value::UNBOUND) };
    let at = it.index.get();
    let Some(&b) = s.bytes().get(at) else {
        it.source.set(Value::UNBOUND);
        return Ok(Value::UNBOUND);
    };
    if b < 0x80 {
        let c = rt.char_str(b as char)?;
        it.index.set(at + 1);
        return Ok(c);
    }
    let (c, width) = code_point_str(rt, &s, at)?;
    it.index.set(at + width);
    Ok(c)
}

/// `next()` of a str iterator.
pub fn iter_slot(rt: &mut Rt, v: Value) -> Res<Value> {
    match iter::get(v) {
        Some(it) => str_iter_next(rt, it),
        None => Ok(Value::UNBOUND),
    }
}

/// `iter()` of an iterator.
pub fn iter_self(_: &mut Rt, v: Value) -> Res<Value> {
    Ok(v)
}
