//! Looking for subsequences of bytes.

use super::{byte, like, make, part, this};
use crate::builtins::str::args;
use crate::builtins::str::find::{empty_separator, replace_into};
use crate::builtins::str::search;
use crate::exit::Res;
use crate::heap::Gc;
use crate::interp::text::TextBuf;
use crate::interp::{Args, Rt};
use crate::object::{Bytes, Tuple, bytes, int};
use crate::value::Value;

/// What to look for: bytes, or an int for a single one.
fn needle(rt: &mut Rt, a: Args) -> Res<Gc<Bytes>> {
    let v = a.at(1);
    if let Some(b) = v.get::<Bytes>() {
        return Ok(b);
    }
    if int::get(v).is_some() {
        let b = byte(rt, v, "byte")?;
        return bytes::new(&mut rt.heap, &[b]);
    }
    let name = rt.type_name(v);
    Err(rt.type_error(message!("argument should be integer or bytes-like object, not '{name}'")))
}

fn position(rt: &mut Rt, a: Args, last: bool) -> Res<Option<usize>> {
    let (b, sub) = (this(rt, a.at(0))?, needle(rt, a)?);
    let Some((from, to)) = args::range(rt, a, 2, b.len())? else { return Ok(None) };
    if sub.is_empty() {
        return Ok(Some(if last { to } else { from }));
    }
    let hay = b.bytes().get(from..to).unwrap_or(&[]);
    let found = match last {
        true => search::rfind(rt, hay, sub.bytes())?,
        false => search::find(rt, hay, sub.bytes())?,
    };
    Ok(found.map(|i| from + i))
}

fn or_minus_one(i: Option<usize>) -> Res<Value> {
    Ok(Value::int(i.map_or(-1, |i| i as i64)))
}

fn or_error(rt: &mut Rt, i: Option<usize>) -> Res<Value> {
    match i {
        Some(i) => Ok(Value::int(i as i64)),
        None => Err(rt.value_error(message!("subsection not found"))),
    }
}

pub(super) fn find(rt: &mut Rt, a: Args) -> Res<Value> {
    or_minus_one(position(rt, a, false)?)
}
pub(super) fn rfind(rt: &mut Rt, a: Args) -> Res<Value> {
    or_minus_one(position(rt, a, true)?)
}
pub(super) fn index(rt: &mut Rt, a: Args) -> Res<Value> {
    let i = position(rt, a, false)?;
    or_error(rt, i)
}
pub(super) fn rindex(rt: &mut Rt, a: Args) -> Res<Value> {
    let i = position(rt, a, true)?;
    or_error(rt, i)
}

pub(super) fn count(rt: &mut Rt, a: Args) -> Res<Value> {
    let (b, sub) = (this(rt, a.at(0))?, needle(rt, a)?);
    let Some((from, to)) = args::range(rt, a, 2, b.len())? else { return Ok(Value::ZERO) };
    if sub.is_empty() {
        return Ok(Value::int((to - from) as i64 + 1));
    }
    let n = search::count(rt, b.bytes().get(from..to).unwrap_or(&[]), sub.bytes(), usize::MAX)?;
    Ok(Value::int(n as i64))
}

pub(super) fn startswith(rt: &mut Rt, a: Args) -> Res<Value> {
    affix(rt, a, "startswith", |part, p| part.starts_with(p))
}
pub(super) fn endswith(rt: &mut Rt, a: Args) -> Res<Value> {
    affix(rt, a, "endswith", |part, p| part.ends_with(p))
}

fn affix(rt: &mut Rt, a: Args, function: &str, test: fn(&[u8], &[u8]) -> bool) -> Res<Value> {
    let b = this(rt, a.at(0))?;
    let range = args::range(rt, a, 2, b.len())?;
    let hay = range.and_then(|(from, to)| b.bytes().get(from..to));
    let matches = |p: Gc<Bytes>| hay.is_some_and(|hay| test(hay, p.bytes()));
    if let Some(p) = a.at(1).get::<Bytes>() {
        return Ok(Value::bool(matches(p)));
    }
    let Some(t) = a.at(1).get::<Tuple>() else {
        let name = rt.type_name(a.at(1));
        return Err(
            rt.type_error(message!("{function} first arg must be bytes or a tuple of bytes, not {name}"))
        );
    };
    for &item in t.items() {
        if matches(like(rt, item)?) {
            return Ok(Value::TRUE);
        }
    }
    Ok(Value::FALSE)
}

pub(super) fn removeprefix(rt: &mut Rt, a: Args) -> Res<Value> {
    let (b, p) = (this(rt, a.at(0))?, like(rt, a.at(1))?);
    part(rt, b, if b.bytes().starts_with(p.bytes()) { p.len() } else { 0 }, b.len())
}
pub(super) fn removesuffix(rt: &mut Rt, a: Args) -> Res<Value> {
    let (b, p) = (this(rt, a.at(0))?, like(rt, a.at(1))?);
    part(rt, b, 0, if b.bytes().ends_with(p.bytes()) { b.len() - p.len() } else { b.len() })
}

pub(super) fn replace(rt: &mut Rt, a: Args) -> Res<Value> {
    let (b, old, new) = (this(rt, a.at(0))?, like(rt, a.at(1))?, like(rt, a.at(2))?);
    let max = usize::try_from(args::size(rt, a, 3, -1)?).unwrap_or(usize::MAX);
    if max == 0 || old.bytes() == new.bytes() {
        return part(rt, b, 0, b.len());
    }
    let mut out = TextBuf::new();
    if old.is_empty() {
        rt.charge(b.len() / 8)?;
        let inserted = max.min(b.len() + 1);
        for i in 0..inserted {
            out.push(&rt.heap, new.bytes())?;
            out.push(&rt.heap, b.bytes().get(i..i + 1).unwrap_or(&[]))?;
            if i & 0xfff == 0xfff {
                rt.poll()?;
            }
        }
        out.push(&rt.heap, b.bytes().get(inserted..).unwrap_or(&[]))?;
    } else if !replace_into(rt, &mut out, b.bytes(), old.bytes(), new.bytes(), max)? {
        return part(rt, b, 0, b.len());
    }
    make(rt, out.as_bytes())
}

pub(super) fn partition(rt: &mut Rt, a: Args) -> Res<Value> {
    cut(rt, a, false)
}
pub(super) fn rpartition(rt: &mut Rt, a: Args) -> Res<Value> {
    cut(rt, a, true)
}

fn cut(rt: &mut Rt, a: Args, last: bool) -> Res<Value> {
    let (b, sep) = (this(rt, a.at(0))?, like(rt, a.at(1))?);
    if sep.is_empty() {
        return Err(empty_separator(rt));
    }
    let found = match last {
        true => search::rfind(rt, b.bytes(), sep.bytes())?,
        false => search::find(rt, b.bytes(), sep.bytes())?,
    };
    let (empty, whole) = (make(rt, b"")?, part(rt, b, 0, b.len())?);
    let parts = match found {
        Some(i) => [part(rt, b, 0, i)?, part(rt, sep, 0, sep.len())?, part(rt, b, i + sep.len(), b.len())?],
        None if last => [empty, empty, whole],
        None => [whole, empty, empty],
    };
    rt.new_tuple(&parts)
}
