//! Splitting, joining and stripping bytes.

use super::{like, make, part, this};
use crate::builtins::str::args::{self, charge_scan};
use crate::builtins::str::find::empty_separator;
use crate::builtins::str::search::{self, Matches};
use crate::builtins::str::split::{JoinItems, join_items};
use crate::exit::Res;
use crate::heap::Gc;
use crate::interp::text::TextBuf;
use crate::interp::{Args, Rt};
use crate::object::{Bytes, List, list};
use crate::value::Value;

/// ASCII blanks.
pub(super) fn is_space(b: u8) -> bool {
    matches!(b, b' ' | b'\t'..=b'\r')
}

/// Text, separator (absent: blanks), greatest number of splits, and the list for the pieces.
type SplitArgs = (Gc<Bytes>, Option<Gc<Bytes>>, usize, Gc<List>);

fn split_args(rt: &mut Rt, a: Args) -> Res<SplitArgs> {
    let b = this(rt, a.at(0))?;
    let max = usize::try_from(args::size(rt, a, 2, -1)?).unwrap_or(usize::MAX);
    let sep = match a.opt(1).filter(|v| !v.is_none()) {
        None => None,
        Some(v) => Some(like(rt, v)?),
    };
    if sep.is_some_and(|s| s.is_empty()) {
        return Err(empty_separator(rt));
    }
    charge_scan(rt, b.len())?;
    Ok((b, sep, max, list::with_capacity(&mut rt.heap, 0)?))
}

fn push(rt: &mut Rt, l: Gc<List>, b: Gc<Bytes>, from: usize, to: usize) -> Res<()> {
    let v = part(rt, b, from, to)?;
    if l.len() & 0xfff == 0xfff {
        rt.poll()?;
    }
    l.push(&mut rt.heap, v)
}

pub(super) fn split(rt: &mut Rt, a: Args) -> Res<Value> {
    let (b, sep, max, l) = split_args(rt, a)?;
    let (mut from, mut n) = (0, 0);
    if let Some(sep) = sep {
        let mut matches = Matches::new(b.bytes(), sep.bytes());
        while n < max {
            let Some(i) = matches.next(rt)? else { break };
            push(rt, l, b, from, i)?;
            from = i + sep.len();
            n += 1;
        }
        push(rt, l, b, from, b.len())?;
        return Ok(l.value());
    }
    loop {
        let rest = b.bytes().get(from..).unwrap_or(&[]);
        let Some(start) = rest.iter().position(|&c| !is_space(c)) else { return Ok(l.value()) };
        let len = rest.get(start..).and_then(|w| w.iter().position(|&c| is_space(c)));
        match len {
            Some(len) if n < max => {
                push(rt, l, b, from + start, from + start + len)?;
                from += start + len;
                n += 1;
            }
            _ => {
                push(rt, l, b, from + start, b.len())?;
                return Ok(l.value());
            }
        }
    }
}

pub(super) fn rsplit(rt: &mut Rt, a: Args) -> Res<Value> {
    let (b, sep, max, l) = split_args(rt, a)?;
    let (mut end, mut n) = (b.len(), 0);
    if let Some(sep) = sep {
        while n < max {
            let head = b.bytes().get(..end).unwrap_or(&[]);
            let Some(i) = search::rfind(rt, head, sep.bytes())? else { break };
            push(rt, l, b, i + sep.len(), end)?;
            end = i;
            n += 1;
        }
        push(rt, l, b, 0, end)?;
        l.reverse();
        return Ok(l.value());
    }
    loop {
        let head = b.bytes().get(..end).unwrap_or(&[]);
        let Some(last) = head.iter().rposition(|&c| !is_space(c)) else { break };
        let start = head.get(..last).and_then(|h| h.iter().rposition(|&c| is_space(c)));
        match start {
            Some(s) if n < max => {
                push(rt, l, b, s + 1, last + 1)?;
                end = s + 1;
                n += 1;
            }
            _ => {
                push(rt, l, b, 0, last + 1)?;
                break;
            }
        }
    }
    l.reverse();
    Ok(l.value())
}

pub(super) fn splitlines(rt: &mut Rt, a: Args) -> Res<Value> {
    let b = this(rt, a.at(0))?;
    charge_scan(rt, b.len())?;
    let keep = args::truthy(a.at(1));
    let l = list::with_capacity(&mut rt.heap, 0)?;
    let mut from = 0;
    while from < b.len() {
        let rest = b.bytes().get(from..).unwrap_or(&[]);
        let (line, next) = match memchr::memchr2(b'\n', b'\r', rest) {
            None => (rest.len(), rest.len()),
            Some(i) => match rest.get(i..i + 2) {
                Some(b"\r\n") => (i, i + 2),
                _ => (i, i + 1),
            },
        };
        push(rt, l, b, from, from + if keep { next } else { line })?;
        from += next;
    }
    Ok(l.value())
}

pub(super) fn join(rt: &mut Rt, a: Args) -> Res<Value> {
    let sep = this(rt, a.at(0))?;
    let Some(items) = join_items(rt, a)? else { return make(rt, b"") };
    let parts = match items {
        JoinItems::List(ref l) => l.items(),
        JoinItems::Tuple(ref t) => t.items(),
    };
    rt.charge(parts.len())?;
    let mut out = TextBuf::new();
    for (i, p) in parts.iter().enumerate() {
        let Some(b) = p.get::<Bytes>() else {
            let name = rt.type_name(*p);
            return Err(
                rt.type_error(message!("sequence item {i}: expected a bytes-like object, {name} found"))
            );
        };
        if i > 0 {
            out.push(&rt.heap, sep.bytes())?;
        }
        out.push(&rt.heap, b.bytes())?;
        if i & 0xfff == 0xfff {
            rt.poll()?;
        }
    }
    if let [one] = *parts
        && one.exact::<Bytes>().is_some()
    {
        return Ok(one);
    }
    make(rt, out.as_bytes())
}

pub(super) fn strip(rt: &mut Rt, a: Args) -> Res<Value> {
    strip_ends(rt, a, true, true)
}
pub(super) fn lstrip(rt: &mut Rt, a: Args) -> Res<Value> {
    strip_ends(rt, a, true, false)
}
pub(super) fn rstrip(rt: &mut Rt, a: Args) -> Res<Value> {
    strip_ends(rt, a, false, true)
}

fn strip_ends(rt: &mut Rt, a: Args, left: bool, right: bool) -> Res<Value> {
    let b = this(rt, a.at(0))?;
    let mut drop = [false; 256];
    match a.opt(1).filter(|v| !v.is_none()) {
        None => drop.iter_mut().enumerate().for_each(|(i, d)| *d = is_space(i as u8)),
        Some(v) => {
            for &c in like(rt, v)?.bytes() {
                drop[c as usize] = true;
            }
        }
    }
    let keep = |c: &u8| !drop[*c as usize];
    let from = if left { b.bytes().iter().position(keep).unwrap_or(b.len()) } else { 0 };
    let to = if right { b.bytes().iter().rposition(keep).map_or(from, |i| i + 1) } else { b.len() };
    part(rt, b, from, to.max(from))
}
