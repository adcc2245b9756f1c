//! Splitting and joining.

use super::args::{self, charge_scan, has_special, this};
use super::build::Length;
use super::case::backwards;
use super::chars::is_space;
use super::find::empty_separator;
use super::search::{self, Matches};
use crate::builtins::frozen;
use crate::exit::Res;
use crate::heap::Gc;
use crate::interp::{Args, Name, Rt};
use crate::object::string::{char_width, code_points};
use crate::object::{Generator, List, Str, Tuple, list};
use crate::room::WithinRoom as _;
use crate::value::Value;

/// Pieces of a text being collected into a list.
struct Pieces {
    source: Gc<Str>,
    list: Gc<List>,
}

impl Pieces {
    fn new(rt: &mut Rt, source: Gc<Str>) -> Res<Pieces> {
        charge_scan(rt, source.bytes().len())?;
        Ok(Pieces { source, list: list::with_capacity(&mut rt.heap, 0)? })
    }
    fn push(&self, rt: &mut Rt, from: usize, to: usize) -> Res<()> {
        let v = super::index::byte_substring(rt, self.source, from, to)?;
        if self.list.len() & 0xfff == 0xfff {
            rt.poll()?;
        }
        self.list.push(&mut rt.heap, v)
    }
    fn finish(self, backwards: bool) -> Value {
        if backwards {
            self.list.reverse();
        }
        self.list.value()
    }
}

/// Separator (absent: blanks) and greatest number of splits.
fn split_args(rt: &mut Rt, a: Args) -> Res<(Gc<Str>, Option<Gc<Str>>, usize)> {
    let s = this(rt, a.at(0))?;
    let max = usize::try_from(args::size(rt, a, 2, -1)?).unwrap_or(usize::MAX);
    let sep = match a.opt(1).filter(|v| !v.is_none()) {
        None => None,
        Some(v) => match v.get::<Str>() {
            Some(sep) if sep.is_empty() => return Err(empty_separator(rt)),
            Some(sep) => Some(sep),
            None => {
                let name = rt.type_name(v);
                return Err(rt.type_error(message!("must be str or None, not {name}")));
            }
        },
    };
    Ok((s, sep, max))
}

/// `s.split(sep=None, maxsplit=-1)`.
pub fn split(rt: &mut Rt, a: Args) -> Res<Value> {
    let (s, sep, max) = split_args(rt, a)?;
    let pieces = Pieces::new(rt, s)?;
    let Some(sep) = sep else { return split_blanks(rt, pieces, max) };
    let mut matches = Matches::new(s.bytes(), sep.bytes());
    let (mut from, mut n) = (0, 0);
    while n < max {
        let Some(i) = matches.next(rt)? else { break };
        pieces.push(rt, from, i)?;
        from = i + sep.bytes().len();
        n += 1;
    }
    pieces.push(rt, from, s.bytes().len())?;
    Ok(pieces.finish(false))
}

fn split_blanks(rt: &mut Rt, pieces: Pieces, max: usize) -> Res<Value> {
    let s = pieces.source;
    let bytes = s.bytes();
    let (mut word, mut n) = (None, 0);
    for (at, c) in code_points(bytes) {
        match (is_space(c), word) {
            (false, None) if n == max => {
                // The rest is one piece, blanks at its end included.
                pieces.push(rt, at, bytes.len())?;
                return Ok(pieces.finish(false));
            }
            (false, None) => word = Some(at),
            (true, Some(from)) => {
                pieces.push(rt, from, at)?;
                word = None;
                n += 1;
            }
            _ => {}
        }
    }
    if let Some(from) = word {
        pieces.push(rt, from, bytes.len())?;
    }
    Ok(pieces.finish(false))
}

/// `s.rsplit(sep=None, maxsplit=-1)`.
pub fn rsplit(rt: &mut Rt, a: Args) -> Res<Value> {
    let (s, sep, max) = split_args(rt, a)?;
    let pieces = Pieces::new(rt, s)?;
    let Some(sep) = sep else { return rsplit_blanks(rt, pieces, max) };
    let (mut end, mut n) = (s.bytes().len(), 0);
    while n < max {
        let Some(i) = search::rfind(rt, s.bytes().get(..end).unwrap_or(&[]), sep.bytes())? else { break };
        pieces.push(rt, i + sep.bytes().len(), end)?;
        end = i;
        n += 1;
    }
    pieces.push(rt, 0, end)?;
    Ok(pieces.finish(true))
}

fn rsplit_blanks(rt: &mut Rt, pieces: Pieces, max: usize) -> Res<Value> {
    let s = pieces.source;
    let bytes = s.bytes();
    let (mut word_end, mut n, mut at) = (None, 0, bytes.len());
    for c in backwards(bytes) {
        let end = at;
        at -= crate::object::string::encode(c, &mut [0; 4]);
        match (is_space(c), word_end) {
            (false, None) if n == max => {
                pieces.push(rt, 0, end)?;
                return Ok(pieces.finish(true));
            }
            (false, None) => word_end = Some(end),
            (true, Some(e)) => {
                pieces.push(rt, end, e)?;
                word_end = None;
                n += 1;
            }
            _ => {}
        }
    }
    if let Some(e) = word_end {
        pieces.push(rt, 0, e)?;
    }
    Ok(pieces.finish(true))
}

/// Where the text begins after code points that pass.
fn trim_start(bytes: &[u8], drop: impl Fn(u32) -> bool) -> usize {
    code_points(bytes).find(|&(_, c)| !drop(c)).map_or(bytes.len(), |(at, _)| at)
}

/// Where the text ends before code points that pass.
fn trim_end(bytes: &[u8], drop: impl Fn(u32) -> bool) -> usize {
    let mut end = bytes.len();
    for c in backwards(bytes) {
        if !drop(c) {
            break;
        }
        end -= crate::object::string::encode(c, &mut [0; 4]);
    }
    end
}

fn is_line_end(c: u32) -> bool {
    matches!(c, 0x0a..=0x0d | 0x1c..=0x1e | 0x85 | 0x2028 | 0x2029)
}

/// `s.splitlines(keepends=False)`.
pub fn splitlines(rt: &mut Rt, a: Args) -> Res<Value> {
    let s = this(rt, a.at(0))?;
    let keep = args::truthy(a.at(1));
    let pieces = Pieces::new(rt, s)?;
    let bytes = s.bytes();
    let mut from = 0;
    for (at, c) in code_points(bytes) {
        if !is_line_end(c) || at < from {
            continue;
        }
        let mut end = at + bytes.get(at).map_or(1, |&b| char_width(b));
        if c == 0x0d && bytes.get(end) == Some(&b'\n') {
            end += 1;
        }
        pieces.push(rt, from, if keep { end } else { at })?;
        from = end;
    }
    if from < bytes.len() {
        pieces.push(rt, from, bytes.len())?;
    }
    Ok(pieces.finish(false))
}

/// `sep.join(iterable)`.
pub fn join(rt: &mut Rt, a: Args) -> Res<Value> {
    let sep = this(rt, a.at(0))?;
    let Some(items) = join_items(rt, a)? else { return rt.new_str("") };
    let parts = match items {
        JoinItems::List(ref l) => l.items(),
        JoinItems::Tuple(ref t) => t.items(),
    };
    rt.charge(parts.len())?;
    if let [one] = *parts
        && one.exact::<Str>().is_some()
    {
        return Ok(one);
    }
    #[cfg(feature = "speed")]
    if sep.is_empty()
        && let Some(text) = super::build::join_letters(rt, parts)?
    {
        return Ok(text);
    }
    let mut length = Length::default();
    for (n, some) in parts.chunks(0x4000).enumerate() {
        if n > 0 {
            rt.poll()?;
        }
        if let Some(i) = some.iter().position(|p| !length.add(*p)) {
            let (i, name) = (n * 0x4000 + i, rt.type_name(some.get(i).copied().unwrap_or(Value::NONE)));
            return Err(rt.type_error(message!("sequence item {i}: expected str instance, {name} found")));
        }
    }
    super::build::join(rt, sep.bytes(), sep.len(), parts, length)
}

/// What `join` reads its pieces from.
pub enum JoinItems {
    /// A list.
    List(Gc<List>),
    /// A tuple.
    Tuple(Gc<Tuple>),
}

/// Argument 1 of `join` as a list or tuple; another iterable is made one first. `None`: it is empty.
pub fn join_items(rt: &mut Rt, a: Args) -> Res<Option<JoinItems>> {
    let v = a.at(1);
    let direct =
        if v.exact::<List>().is_some() || v.exact::<Tuple>().is_some() { Some(v) } else { rt.items_of(v)? };
    if let Some(v) = direct {
        if let Some(l) = v.get::<List>() {
            return Ok(if l.is_empty() { None } else { Some(JoinItems::List(l)) });
        }
        if let Some(t) = v.get::<Tuple>() {
            return Ok(if t.is_empty() { None } else { Some(JoinItems::Tuple(t)) });
        }
    }
    if a.at(0).exact::<Str>().is_some() && v.get::<Generator>().is_some() {
        return Err(rt.delegate(frozen::join_from, &[a.at(0), v]));
    }
    if !has_special(rt, v, Name::__iter__)? && !has_special(rt, v, Name::__getitem__)? {
        return Err(rt.type_error(message!("can only join an iterable")));
    }
    Err(rt.list_into(1, v))
}

/// `s.strip(chars=None)`.
pub fn strip(rt: &mut Rt, a: Args) -> Res<Value> {
    strip_ends(rt, a, "strip", true, true)
}
/// `s.lstrip(chars=None)`.
pub fn lstrip(rt: &mut Rt, a: Args) -> Res<Value> {
    strip_ends(rt, a, "lstrip", true, false)
}
/// `s.rstrip(chars=None)`.
pub fn rstrip(rt: &mut Rt, a: Args) -> Res<Value> {
    strip_ends(rt, a, "rstrip", false, true)
}

fn strip_ends(rt: &mut Rt, a: Args, function: &str, left: bool, right: bool) -> Res<Value> {
    let s = this(rt, a.at(0))?;
    let bytes = s.bytes();
    let (from, to) = match a.opt(1).filter(|v| !v.is_none()) {
        None => strip_range(bytes, left, right, is_space),
        Some(v) => {
            let Some(set) = v.get::<Str>() else {
                return Err(rt.type_error(message!("{function} arg must be None or str")));
            };
            if set.len() > 64 {
                return strip_many(rt, s, set, left, right);
            }
            strip_range(bytes, left, right, |c| {
                let mut utf8 = [0; 4];
                let n = crate::object::string::encode(c, &mut utf8);
                match utf8.get(..n) {
                    Some([b]) => memchr::memchr(*b, set.bytes()).is_some(),
                    Some(one) => super::search::occurs(set.bytes(), one),
                    None => false,
                }
            })
        }
    };
    super::index::byte_substring(rt, s, from, to)
}

/// As [`strip_ends`] for a large set: a bit for every code point makes the work linear.
fn strip_many(rt: &mut Rt, s: Gc<Str>, set: Gc<Str>, left: bool, right: bool) -> Res<Value> {
    const WORDS: usize = 0x110000 / 64;
    charge_scan(rt, s.bytes().len().saturating_add(set.bytes().len()))?;
    rt.heap.has_room(WORDS * 8)?;
    let mut bits: alloc::vec::Vec<u64> = alloc::vec::Vec::new();
    bits.try_reserve_exact(WORDS).map_err(|_| crate::exit::Exit::NeedGc)?;
    bits.fill_within(core::iter::repeat_n(0, WORDS));
    for (_, c) in code_points(set.bytes()) {
        if let Some(w) = bits.get_mut(c as usize / 64) {
            *w |= 1 << (c % 64);
        }
    }
    let drop = |c: u32| bits.get(c as usize / 64).is_some_and(|w| w >> (c % 64) & 1 != 0);
    let (from, to) = strip_range(s.bytes(), left, right, drop);
    super::index::byte_substring(rt, s, from, to)
}

fn strip_range(bytes: &[u8], left: bool, right: bool, drop: impl Fn(u32) -> bool) -> (usize, usize) {
    let from = if left { trim_start(bytes, &drop) } else { 0 };
    let rest = bytes.get(from..).unwrap_or(&[]);
    let to = if right { from + trim_end(rest, &drop) } else { bytes.len() };
    (from, to)
}
