//! What lists, tuples and ranges share: subscripts, search, comparison, repetition, and reading a built-in iterable.
//!
//! Invariant: functions here answer only what needs no guest code; `Guest`/`None` answers make the caller delegate the
//! whole operation to frozen Python (`core/frozen/containers.py`), which starts from the beginning.

use super::frozen;
use crate::exit::{Exit, Res};
use crate::heap::{Gc, Heap, Shapes};
use crate::interp::{Args, BinOp, CmpOp, Name, Rt};
use crate::object::exception::exc;
use crate::object::hash::{self, Eq};
use crate::object::{Bytes, List, Slice, Str, Tuple, Type, int};
use crate::value::Value;
use core::cmp::Ordering;

/// Steps of a loop between two polls.
pub const POLL_EVERY: usize = 2048;

/// Levels of nesting that ordering and repr follow natively.
pub const MAX_NESTING: u32 = 20;

/// A native was given an object of another type: the interpreter checks before, so this is its mistake.
#[cold]
pub fn wrong_payload(rt: &mut Rt) -> Exit {
    rt.raise(exc::SystemError, message!("bad argument to internal function"))
}

/// The payload of `$v` as a `$t`, or out with [`wrong_payload`].
macro_rules! payload {
    ($rt:expr, $v:expr, $t:ty) => {
        match $v.get::<$t>() {
            Some(p) => p,
            None => return Err($crate::builtins::sequence::wrong_payload($rt)),
        }
    };
}
pub(crate) use payload;

/// A list or tuple to read items from.
#[derive(Clone, Copy, Debug)]
pub enum Items {
    /// Items of a list; not held across a change of it.
    List(Gc<List>),
    /// Items of a tuple.
    Tuple(Gc<Tuple>),
}

impl Items {
    /// The list or tuple `v` is (instances of subclasses included).
    pub fn of(v: Value) -> Option<Items> {
        match v.get::<List>() {
            Some(l) => Some(Items::List(l)),
            None => v.get::<Tuple>().map(Items::Tuple),
        }
    }
    /// The list or tuple `v` is if its class is exactly that.
    pub fn exact(v: Value) -> Option<Items> {
        match v.exact::<List>() {
            Some(l) => Some(Items::List(l)),
            None => v.exact::<Tuple>().map(Items::Tuple),
        }
    }
    /// The items.
    pub fn slice(&self) -> &[Value] {
        match self {
            Items::List(l) => l.items(),
            Items::Tuple(t) => t.items(),
        }
    }
}

/// Items of a built-in iterable that need no guest code; `None`: frozen code has to iterate.
pub fn native_items(rt: &mut Rt, v: Value) -> Res<Option<Items>> {
    match Items::exact(v) {
        Some(i) => Ok(Some(i)),
        None => Ok(rt.items_of(v)?.and_then(Items::of)),
    }
}

/// Items of the iterable in argument slot `slot`; a guest's is first replaced by a list.
pub fn arg_items(rt: &mut Rt, a: Args, slot: usize) -> Res<Items> {
    match native_items(rt, a.at(slot))? {
        Some(i) => Ok(i),
        None => Err(rt.list_into(slot, a.at(slot))),
    }
}

/// `x is y or x == y`, as containers compare their items.
#[inline]
pub fn same(rt: &Rt, x: Value, y: Value) -> Eq {
    if x == y { Eq::True } else { rt.eq(x, y) }
}

/// Answer of a search.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Search {
    /// At this index.
    Found(usize),
    /// Nowhere.
    Missing,
    /// Guest code has to compare.
    Guest,
}

/// Looks for `v` in `items[from..to]` (clamped).
pub fn search(rt: &mut Rt, items: &[Value], from: usize, to: usize, v: Value) -> Res<Search> {
    let to = to.min(items.len());
    let part = items.get(from..to).unwrap_or(&[]);
    rt.charge(part.len())?;
    for (i, &x) in part.iter().enumerate() {
        match same(rt, x, v) {
            Eq::True => return Ok(Search::Found(from + i)),
            Eq::False => {}
            Eq::Guest => return Ok(Search::Guest),
        }
        if i % POLL_EVERY == POLL_EVERY - 1 {
            rt.poll()?;
        }
    }
    Ok(Search::Missing)
}

/// How many items equal `v`; `None` if guest code has to compare.
pub fn count(rt: &mut Rt, items: &[Value], v: Value) -> Res<Option<usize>> {
    rt.charge(items.len())?;
    let mut n = 0;
    for (i, &x) in items.iter().enumerate() {
        match same(rt, x, v) {
            Eq::True => n += 1,
            Eq::False => {}
            Eq::Guest => return Ok(None),
        }
        if i % POLL_EVERY == POLL_EVERY - 1 {
            rt.poll()?;
        }
    }
    Ok(Some(n))
}

/// Bounds `start, stop` in argument slots `i` and `i + 1` of `index()` methods, clamped to `0..=len`.
pub fn search_bounds(rt: &mut Rt, a: Args, i: usize, len: usize) -> Res<(usize, usize)> {
    let bound = |rt: &mut Rt, i: usize, default: usize| -> Res<usize> {
        let Some(v) = a.opt(i) else { return Ok(default) };
        if int::get(v).is_none() && !has_special(rt, v, Name::__index__)? {
            return Err(rt.type_error(message!("slice indices must be integers or have an __index__ method")));
        }
        Ok(clamp_index(rt.index_arg(a, i)?, len))
    };
    Ok((bound(rt, i, 0)?, bound(rt, i + 1, len)?))
}

/// Index `n`, from the end if negative, clamped to `0..=len`.
pub fn clamp_index(n: i64, len: usize) -> usize {
    match usize::try_from(n) {
        Ok(n) => n.min(len),
        Err(_) => len.saturating_sub(usize::try_from(n.unsigned_abs()).unwrap_or(usize::MAX)),
    }
}

/// Whether the class of `v` has the special method.
pub fn has_special(rt: &mut Rt, v: Value, method: Name) -> Res<bool> {
    let method = rt.name(method)?;
    Ok(rt.lookup_special(v, method)?.is_some())
}

/// What a subscript is.
#[derive(Clone, Copy, Debug)]
pub enum Key {
    /// An item that exists.
    At(usize),
    /// An index beyond the ends.
    Outside,
    /// A slice.
    Slice(Gc<Slice>),
    /// Frozen code has to call `__index__`.
    Guest,
}

/// Classifies the subscript `key` of a sequence of `len` items; `what` is the type's name for the TypeError.
#[inline]
pub fn subscript(rt: &mut Rt, key: Value, len: usize, what: &str) -> Res<Key> {
    if let Some(n) = key.as_int() {
        return Ok(at_index(n, len));
    }
    subscript_slow(rt, key, len, what)
}

fn at_index(n: i64, len: usize) -> Key {
    let n = if n < 0 { n.saturating_add(i64::try_from(len).unwrap_or(i64::MAX)) } else { n };
    match usize::try_from(n) {
        Ok(i) if i < len => Key::At(i),
        _ => Key::Outside,
    }
}

fn subscript_slow(rt: &mut Rt, key: Value, len: usize, what: &str) -> Res<Key> {
    if let Some(s) = key.get::<Slice>() {
        return Ok(Key::Slice(s));
    }
    match int::get(key) {
        Some(int::IntRef::Small(n)) => Ok(at_index(n, len)),
        Some(int::IntRef::Big(_)) => {
            Err(rt.index_error(message!("cannot fit 'int' into an index-sized integer")))
        }
        None if has_special(rt, key, Name::__index__)? => Ok(Key::Guest),
        None => {
            let name = rt.type_name(key);
            Err(rt.type_error(message!("{what} indices must be integers or slices, not {name}")))
        }
    }
}

/// `op` on two values that need no guest code to be ordered; `None`: unknown here (frozen code finds out, or raises).
pub fn ordered(heap: &Heap, op: CmpOp, a: Value, b: Value, depth: u32) -> Option<bool> {
    if a.both_int(b) {
        return Some(op.holds(a.int_unchecked().cmp(&b.int_unchecked())));
    }
    if overrides(heap, a) || overrides(heap, b) {
        return None;
    }
    if let (Some(x), Some(y)) = (hash::number(a), hash::number(b)) {
        return Some(holds_partial(op, hash::compare_numbers(x, y)));
    }
    if let (Some(x), Some(y)) = (a.get::<Str>(), b.get::<Str>()) {
        return Some(op.holds(x.bytes().cmp(y.bytes())));
    }
    if let (Some(x), Some(y)) = (a.get::<Bytes>(), b.get::<Bytes>()) {
        return Some(op.holds(x.bytes().cmp(y.bytes())));
    }
    match (Items::of(a)?, Items::of(b)?) {
        (x @ Items::List(_), y @ Items::List(_)) | (x @ Items::Tuple(_), y @ Items::Tuple(_)) => {
            // Longer ones are compared by frozen code, or by the caller's own loop, which can be interrupted.
            let short = x.slice().len().min(y.slice().len()) <= 64;
            if short && depth < MAX_NESTING {
                ordered_items(heap, op, x.slice(), y.slice(), depth)
            } else {
                None
            }
        }
        _ => None,
    }
}

/// An ordering comparison of floats: every one but `!=` fails with nan.
fn holds_partial(op: CmpOp, o: Option<Ordering>) -> bool {
    o.map_or(op == CmpOp::Ne, |o| op.holds(o))
}

/// Whether guest code may override comparisons of `v`.
fn overrides(heap: &Heap, v: Value) -> bool {
    let shape = v.shape();
    shape != u32::MAX
        && shape >= Shapes::FIRST
        && heap
            .shapes
            .class(shape)
            .get::<Type>()
            .is_none_or(|t| t.has_flag(Type::GUEST_OPERATOR | Type::GUEST_EQ))
}

fn ordered_items(heap: &Heap, op: CmpOp, xs: &[Value], ys: &[Value], depth: u32) -> Option<bool> {
    for (&x, &y) in xs.iter().zip(ys) {
        if x == y {
            continue;
        }
        match hash::eq(heap, x, y) {
            Eq::True => {}
            Eq::False => return ordered(heap, op, x, y, depth + 1),
            Eq::Guest => return None,
        }
    }
    Some(op.holds(xs.len().cmp(&ys.len())))
}

/// `a op b` for two lists or two tuples; delegates when an item needs guest code.
pub fn compare(rt: &mut Rt, op: CmpOp, a: Value, b: Value) -> Res<Value> {
    let (xs, ys) = match (Items::of(a), Items::of(b)) {
        (Some(x @ Items::List(_)), Some(y @ Items::List(_))) => (x, y),
        (Some(x @ Items::Tuple(_)), Some(y @ Items::Tuple(_))) => (x, y),
        _ => return Ok(Value::NOT_IMPLEMENTED),
    };
    let (xs, ys) = (xs.slice(), ys.slice());
    let equality = matches!(op, CmpOp::Eq | CmpOp::Ne);
    if equality && xs.len() != ys.len() {
        return Ok(Value::bool(op == CmpOp::Ne));
    }
    rt.charge(xs.len().min(ys.len()))?;
    for (i, (&x, &y)) in xs.iter().zip(ys).enumerate() {
        match same(rt, x, y) {
            Eq::True => {}
            Eq::False if equality => return Ok(Value::bool(op == CmpOp::Ne)),
            Eq::False => {
                return match ordered(&rt.heap, op, x, y, 0) {
                    Some(r) => Ok(Value::bool(r)),
                    None => Err(compare_guest(rt, op, a, b)),
                };
            }
            Eq::Guest => return Err(compare_guest(rt, op, a, b)),
        }
        if i % POLL_EVERY == POLL_EVERY - 1 {
            rt.poll()?;
        }
    }
    Ok(Value::bool(op.holds(xs.len().cmp(&ys.len()))))
}

#[cold]
fn compare_guest(rt: &mut Rt, op: CmpOp, a: Value, b: Value) -> Exit {
    rt.delegate(frozen::sequence_compare, &[a, b, Value::int(op as i64)])
}

/// The number of repetitions that operand `n` of `sequence * n` asks for; `None` if `n` is no index at all.
pub fn repetitions(rt: &mut Rt, n: Value) -> Res<Option<usize>> {
    match int::get(n) {
        Some(int::IntRef::Small(n)) => Ok(Some(int::count(n))),
        Some(int::IntRef::Big(b)) if b.is_neg() => Ok(Some(0)),
        Some(int::IntRef::Big(_)) => {
            Err(rt.overflow_error(message!("cannot fit 'int' into an index-sized integer")))
        }
        None => Ok(None),
    }
}

/// `seq * n` in either order as a binary slot sees it: which operand is the sequence (of `kind`) and how often.
/// `Ok(None)`: not for us.
pub fn repeat_operands(
    rt: &mut Rt,
    a: Value,
    b: Value,
    is_seq: fn(Value) -> bool,
) -> Res<Option<(Value, usize)>> {
    let (seq, n) = if is_seq(a) { (a, b) } else { (b, a) };
    if let Some(times) = repetitions(rt, n)? {
        return Ok(Some((seq, times)));
    }
    if !n.is_ptr() || Items::of(n).is_some() || n.get::<Str>().is_some() || n.get::<Bytes>().is_some() {
        return Ok(None);
    }
    let operator = if is_seq(a) { Name::__rmul__ } else { Name::__mul__ };
    if has_special(rt, n, Name::__index__)? && !has_special(rt, n, operator)? {
        return Err(rt.delegate(frozen::sequence_repeat, &[seq, n]));
    }
    Ok(None)
}

/// The error of an operator that both operands' types refused, where a sequence on one side gives it a text of its
/// own (`[1] + 2`, `(1,) * "a"`); `None`: the usual "unsupported operand type(s)".
pub fn operator_error(rt: &mut Rt, op: BinOp, a: Value, b: Value) -> Option<Exit> {
    let sequence = |v: Value| -> Option<&'static str> {
        match Items::of(v) {
            Some(Items::List(_)) => Some("list"),
            Some(Items::Tuple(_)) => Some("tuple"),
            None if v.get::<Str>().is_some() => Some("str"),
            None if v.get::<Bytes>().is_some() => Some("bytes"),
            None => None,
        }
    };
    match op {
        BinOp::Add => {
            let (what, other) = (sequence(a)?, rt.type_name(b));
            Some(match what {
                "bytes" => rt.type_error(message!("can't concat {other} to bytes")),
                _ => rt.type_error(message!("can only concatenate {what} (not \"{other}\") to {what}")),
            })
        }
        BinOp::Mul => {
            let other = if sequence(a).is_some() { b } else { sequence(b).map(|_| a)? };
            let name = rt.type_name(other);
            Some(rt.type_error(message!("can't multiply sequence by non-int of type '{name}'")))
        }
        _ => None,
    }
}
