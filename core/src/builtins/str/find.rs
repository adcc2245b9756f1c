//! Looking for substrings: find, index, count, in, prefixes and suffixes, replace, partition.

use super::args::{self, bad_name, text, this};
use super::index::byte_substring;
use super::search::{self, Matches};
use crate::exit::{Exit, Res};
use crate::heap::Gc;
use crate::interp::text::TextBuf;
use crate::interp::{Args, Rt};
use crate::object::string::char_width;
use crate::object::{Str, Tuple};
use crate::value::Value;

/// `sub in s`.
pub fn contains(rt: &mut Rt, v: Value, item: Value) -> Res<bool> {
    let s = this(rt, v)?;
    let Some(sub) = item.get::<Str>() else {
        let name = rt.type_name(item);
        return Err(rt.type_error(message!("'in <string>' requires string as left operand, not {name}")));
    };
    match sub.bytes() {
        [] => Ok(true),
        [b] if s.bytes().len() <= 4096 => Ok(memchr::memchr(*b, s.bytes()).is_some()),
        sub => Ok(search::find(rt, s.bytes(), sub)?.is_some()),
    }
}

/// Index of the first (or last) occurrence of argument 1 between arguments 2 and 3.
fn position(rt: &mut Rt, a: Args, function: &str, last: bool) -> Res<Option<usize>> {
    let s = this(rt, a.at(0))?;
    let sub = text(rt, a, 1, function, "argument 1")?;
    let Some((from, to)) = args::range(rt, a, 2, s.len())? else { return Ok(None) };
    if sub.is_empty() {
        return Ok(Some(if last { to } else { from }));
    }
    let (start, end) = (s.offset(&mut rt.heap, from)?, s.offset(&mut rt.heap, to)?);
    let part = s.bytes().get(start..end).unwrap_or(&[]);
    let found = match last {
        false => search::find(rt, part, sub.bytes())?,
        true => search::rfind(rt, part, sub.bytes())?,
    };
    match found {
        Some(i) => Ok(Some(s.position(&mut rt.heap, start + i)?)),
        None => Ok(None),
    }
}

fn or_minus_one(i: Option<usize>) -> Res<Value> {
    Ok(Value::int(i.map_or(-1, |i| i as i64)))
}

fn or_error(rt: &mut Rt, i: Option<usize>) -> Res<Value> {
    match i {
        Some(i) => Ok(Value::int(i as i64)),
        None => Err(rt.value_error(message!("substring not found"))),
    }
}

/// `s.find(sub, start, end)`.
pub fn find(rt: &mut Rt, a: Args) -> Res<Value> {
    or_minus_one(position(rt, a, "find", false)?)
}
/// `s.rfind(sub, start, end)`.
pub fn rfind(rt: &mut Rt, a: Args) -> Res<Value> {
    or_minus_one(position(rt, a, "rfind", true)?)
}
/// `s.index(sub, start, end)`.
pub fn index(rt: &mut Rt, a: Args) -> Res<Value> {
    let i = position(rt, a, "index", false)?;
    or_error(rt, i)
}
/// `s.rindex(sub, start, end)`.
pub fn rindex(rt: &mut Rt, a: Args) -> Res<Value> {
    let i = position(rt, a, "rindex", true)?;
    or_error(rt, i)
}

/// `s.count(sub, start, end)`.
pub fn count(rt: &mut Rt, a: Args) -> Res<Value> {
    let s = this(rt, a.at(0))?;
    let sub = text(rt, a, 1, "count", "argument 1")?;
    let Some((from, to)) = args::range(rt, a, 2, s.len())? else { return Ok(Value::ZERO) };
    if sub.is_empty() {
        return Ok(Value::int((to - from) as i64 + 1));
    }
    let (start, end) = (s.offset(&mut rt.heap, from)?, s.offset(&mut rt.heap, to)?);
    let n = search::count(rt, s.bytes().get(start..end).unwrap_or(&[]), sub.bytes(), usize::MAX)?;
    Ok(Value::int(n as i64))
}

/// `s.startswith(prefix, start, end)`.
pub fn startswith(rt: &mut Rt, a: Args) -> Res<Value> {
    affix(rt, a, "startswith", |part, p| part.starts_with(p))
}
/// `s.endswith(suffix, start, end)`.
pub fn endswith(rt: &mut Rt, a: Args) -> Res<Value> {
    affix(rt, a, "endswith", |part, p| part.ends_with(p))
}

fn affix(rt: &mut Rt, a: Args, function: &str, test: fn(&[u8], &[u8]) -> bool) -> Res<Value> {
    let s = this(rt, a.at(0))?;
    let range = args::range(rt, a, 2, s.len())?;
    let part = match range {
        Some((from, to)) => {
            let (start, end) = (s.offset(&mut rt.heap, from)?, s.offset(&mut rt.heap, to)?);
            Some(s.bytes().get(start..end).unwrap_or(&[]))
        }
        None => None,
    };
    let matches = |p: Gc<Str>| part.is_some_and(|part| test(part, p.bytes()));
    if let Some(p) = a.at(1).get::<Str>() {
        return Ok(Value::bool(matches(p)));
    }
    let Some(t) = a.at(1).get::<Tuple>() else {
        let name = rt.type_name(a.at(1));
        return Err(rt.type_error(message!("{function} first arg must be str or a tuple of str, not {name}")));
    };
    for &item in t.items() {
        match item.get::<Str>() {
            Some(p) if matches(p) => return Ok(Value::TRUE),
            Some(_) => {}
            None => {
                let name = rt.type_name(item);
                return Err(rt.type_error(message!("tuple for {function} must only contain str, not {name}")));
            }
        }
    }
    Ok(Value::FALSE)
}

/// `s.removeprefix(prefix)`.
pub fn removeprefix(rt: &mut Rt, a: Args) -> Res<Value> {
    let s = this(rt, a.at(0))?;
    let p = text(rt, a, 1, "removeprefix", "argument")?;
    let from = if s.bytes().starts_with(p.bytes()) { p.bytes().len() } else { 0 };
    byte_substring(rt, s, from, s.bytes().len())
}
/// `s.removesuffix(suffix)`.
pub fn removesuffix(rt: &mut Rt, a: Args) -> Res<Value> {
    let s = this(rt, a.at(0))?;
    let p = text(rt, a, 1, "removesuffix", "argument")?;
    let cut = if s.bytes().ends_with(p.bytes()) { p.bytes().len() } else { 0 };
    byte_substring(rt, s, 0, s.bytes().len() - cut)
}

/// `s.replace(old, new, count=-1)`.
pub fn replace(rt: &mut Rt, a: Args) -> Res<Value> {
    let s = this(rt, a.at(0))?;
    let old = text(rt, a, 1, "replace", "argument 1")?;
    let new = text(rt, a, 2, "replace", "argument 2")?;
    let max = usize::try_from(args::size(rt, a, 3, -1)?).unwrap_or(usize::MAX);
    if max == 0 || old.bytes() == new.bytes() {
        return byte_substring(rt, s, 0, s.bytes().len());
    }
    if old.is_empty() {
        return interleave(rt, s, new, max);
    }
    let mut out = TextBuf::new();
    match replace_into(rt, &mut out, s.bytes(), old.bytes(), new.bytes(), max)? {
        false => byte_substring(rt, s, 0, s.bytes().len()),
        true => super::build::finish(rt, out),
    }
}

/// Writes `hay` with up to `max` occurrences of a non-empty `old` replaced; `false` (nothing written) if there is none.
pub fn replace_into(
    rt: &mut Rt,
    out: &mut TextBuf,
    hay: &[u8],
    old: &[u8],
    new: &[u8],
    max: usize,
) -> Res<bool> {
    args::charge_scan(rt, hay.len())?;
    let mut matches = Matches::new(hay, old);
    let (mut plain, mut n) = (0, 0);
    while n < max {
        let Some(i) = matches.next(rt)? else { break };
        out.push(&rt.heap, hay.get(plain..i).unwrap_or(&[]))?;
        out.push(&rt.heap, new)?;
        plain = i + old.len();
        n += 1;
    }
    if n > 0 {
        out.push(&rt.heap, hay.get(plain..).unwrap_or(&[]))?;
    }
    Ok(n > 0)
}

/// `s.replace('', new, max)`: `new` before each code point and at the end.
fn interleave(rt: &mut Rt, s: Gc<Str>, new: Gc<Str>, max: usize) -> Res<Value> {
    rt.charge(s.len() / 8)?;
    let (bytes, mut at, mut left) = (s.bytes(), 0, max);
    let mut out = TextBuf::new();
    while left > 0 && at <= bytes.len() {
        out.push(&rt.heap, new.bytes())?;
        left -= 1;
        let width = bytes.get(at).map_or(1, |&b| char_width(b));
        out.push(&rt.heap, bytes.get(at..at + width).unwrap_or(&[]))?;
        at += width;
        if left & 0xfff == 0 {
            rt.poll()?;
        }
    }
    out.push(&rt.heap, bytes.get(at..).unwrap_or(&[]))?;
    super::build::finish(rt, out)
}

/// The separator of `partition`.
fn separator(rt: &mut Rt, a: Args) -> Res<Gc<Str>> {
    match a.at(1).get::<Str>() {
        Some(sep) if sep.is_empty() => Err(empty_separator(rt)),
        Some(sep) => Ok(sep),
        None => {
            let name = bad_name(rt, a.at(1));
            Err(rt.type_error(message!("must be str, not {name}")))
        }
    }
}

/// The error for an empty separator.
#[cold]
pub fn empty_separator(rt: &mut Rt) -> Exit {
    rt.value_error(message!("empty separator"))
}

/// `s.partition(sep)`.
pub fn partition(rt: &mut Rt, a: Args) -> Res<Value> {
    let (s, sep) = (this(rt, a.at(0))?, separator(rt, a)?);
    let found = search::find(rt, s.bytes(), sep.bytes())?;
    split_at(rt, s, sep, found, false)
}
/// `s.rpartition(sep)`.
pub fn rpartition(rt: &mut Rt, a: Args) -> Res<Value> {
    let (s, sep) = (this(rt, a.at(0))?, separator(rt, a)?);
    let found = search::rfind(rt, s.bytes(), sep.bytes())?;
    split_at(rt, s, sep, found, true)
}

fn split_at(rt: &mut Rt, s: Gc<Str>, sep: Gc<Str>, found: Option<usize>, last: bool) -> Res<Value> {
    let empty = rt.new_str("")?;
    let whole = byte_substring(rt, s, 0, s.bytes().len())?;
    let parts = match found {
        Some(i) => [
            byte_substring(rt, s, 0, i)?,
            byte_substring(rt, sep, 0, sep.bytes().len())?,
            byte_substring(rt, s, i + sep.bytes().len(), s.bytes().len())?,
        ],
        None if last => [empty, empty, whole],
        None => [whole, empty, empty],
    };
    rt.new_tuple(&parts)
}
