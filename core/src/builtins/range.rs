//! `range`. Natively as long as everything fits immediate ints; frozen Python computes with bigger ones.

use super::frozen;
use super::left_out::doc;
use super::sequence::{Key, has_special, payload, subscript};
use super::slice;
use crate::exit::Res;
use crate::interp::{Args, CmpOp, GetSetDef, Name, Rt, Slots, TypeDef, def};
use crate::object::{Range, int, iter, kind, misc};
use crate::value::Value;

/// `range`.
pub static RANGE: TypeDef = TypeDef {
    kind: kind::Range,
    doc: doc(
        "range(stop)\nrange(start, stop[, step])\n\nAn arithmetic progression of ints, computed on demand.",
    ),
    base: kind::Object,
    new: Some(def("range", "cls, start, stop=None, step=1, /", new)),
    methods: &[
        def("index", "self, value, /", index),
        def("count", "self, value, /", count),
        def("__reversed__", "self, /", reversed),
    ],
    getset: &[
        GetSetDef { name: "start", get: |rt, v| Ok(payload!(rt, v, Range).start), set: None },
        GetSetDef { name: "stop", get: |rt, v| Ok(payload!(rt, v, Range).stop), set: None },
        GetSetDef { name: "step", get: |rt, v| Ok(payload!(rt, v, Range).step), set: None },
    ],
    slots: &Slots {
        repr: Some(repr),
        len: Some(len),
        truth: Some(|rt, v| Ok(payload!(rt, v, Range).len != Value::ZERO)),
        getitem: Some(getitem),
        contains: Some(contains),
        iter: Some(range_iter),
        compare: Some(compare),
        ..Slots::NONE
    },
    subclassable: false,
};

/// Argument slot `i` as an exact int of any size.
fn int_arg(rt: &mut Rt, a: Args, i: usize) -> Res<Value> {
    let v = a.at(i);
    if v.is_int() {
        return Ok(v);
    }
    let n = rt.index_arg(a, i)?;
    match int::get(v) {
        // Instances of subclasses of int, and bools, become plain ints.
        Some(int::IntRef::Small(_)) => int::from_i64(&mut rt.heap, n),
        Some(int::IntRef::Big(b)) if v.exact::<crate::object::BigInt>().is_none() => {
            int::from_mag(&mut rt.heap, b.is_neg(), b.mag())
        }
        _ => Ok(v),
    }
}

fn new(rt: &mut Rt, a: Args) -> Res<Value> {
    let first = int_arg(rt, a, 1)?;
    let (start, stop, step) = if a.opt(2).is_none() {
        (Value::ZERO, first, Value::int(1))
    } else {
        let stop = int_arg(rt, a, 2)?;
        (first, stop, if a.opt(3).is_some() { int_arg(rt, a, 3)? } else { Value::int(1) })
    };
    if step == Value::ZERO {
        return Err(rt.value_error(message!("range() arg 3 must not be zero")));
    }
    make_range(rt, start, stop, step)
}

/// A range of exact ints with `step` not 0.
pub fn make_range(rt: &mut Rt, start: Value, stop: Value, step: Value) -> Res<Value> {
    let (Some(i), Some(j), Some(k)) = (start.as_int(), stop.as_int(), step.as_int()) else {
        return Err(rt.delegate(frozen::range_big, &[start, stop, step]));
    };
    // 61-bit operands: differences fit 64 bits.
    let n = if k > 0 && i < j {
        (j - i - 1) / k + 1
    } else if k < 0 && i > j {
        (i - j - 1) / k.wrapping_neg() + 1
    } else {
        0
    };
    let len = int::from_i64(&mut rt.heap, n)?;
    Ok(misc::new_range(&mut rt.heap, start, stop, step, len)?.value())
}

fn repr(rt: &mut Rt, v: Value) -> Res<Value> {
    let r = payload!(rt, v, Range);
    if r.small().is_none() {
        return Err(rt.delegate(frozen::range_repr, &[v]));
    }
    if r.step == Value::int(1) {
        return rt.format_str(format_args!("range({:?}, {:?})", r.start, r.stop));
    }
    rt.format_str(format_args!("range({:?}, {:?}, {:?})", r.start, r.stop, r.step))
}

fn len(rt: &mut Rt, v: Value) -> Res<usize> {
    let r = payload!(rt, v, Range);
    match int::get_i64(r.len).and_then(|n| usize::try_from(n).ok()) {
        Some(n) => Ok(n),
        None => Err(rt.overflow_error(message!("Python int too large to convert to C ssize_t"))),
    }
}

fn getitem(rt: &mut Rt, v: Value, key: Value) -> Res<Value> {
    let r = payload!(rt, v, Range);
    let small = r.small().and_then(|(start, step, len)| Some((start, step, usize::try_from(len).ok()?)));
    let Some((start, step, len)) = small else {
        return Err(rt.delegate(frozen::range_getitem, &[v, key]));
    };
    let big_index = matches!(int::get(key), Some(int::IntRef::Big(_)));
    let item = |i: i64| start.wrapping_add(step.wrapping_mul(i));
    let found = if big_index { Key::Outside } else { range_subscript(rt, key, len)? };
    match found {
        Key::At(i) => int::from_i64(&mut rt.heap, item(i as i64)),
        Key::Outside => Err(rt.index_error(message!("range object index out of range"))),
        Key::Slice(s) => match slice::bounds(rt, s, len)? {
            Some(b) => match (item(b.start), item(b.stop), step.checked_mul(b.step)) {
                (from, to, Some(by)) => {
                    match (Value::try_int(from), Value::try_int(to), Value::try_int(by)) {
                        (Some(from), Some(to), Some(by)) => make_range(rt, from, to, by),
                        _ => Err(rt.delegate(frozen::range_getitem, &[v, key])),
                    }
                }
                _ => Err(rt.delegate(frozen::range_getitem, &[v, key])),
            },
            None => Err(rt.delegate(frozen::getitem_by_index, &[v, key])),
        },
        Key::Guest => Err(rt.delegate(frozen::getitem_by_index, &[v, key])),
    }
}

fn range_subscript(rt: &mut Rt, key: Value, len: usize) -> Res<Key> {
    if int::get(key).is_none() && key.get::<crate::object::Slice>().is_none() {
        return match has_special(rt, key, Name::__index__)? {
            true => Ok(Key::Guest),
            false => {
                let name = rt.type_name(key);
                Err(rt.type_error(message!("range indices must be integers or slices, not {name}")))
            }
        };
    }
    subscript(rt, key, len, "range")
}

/// Position of an exact int or bool in a small range.
fn position(r: &Range, v: Value) -> Option<i64> {
    let (start, step, len) = r.small()?;
    let n = int::get_i64(v)?;
    let distance = (n as i128) - start as i128;
    let at = distance / step as i128;
    (distance % step as i128 == 0 && at >= 0 && at < len as i128).then_some(at as i64)
}

/// Whether `v` is an int whose equality is arithmetic, so that its place can be computed.
fn is_plain_int(v: Value) -> bool {
    v.is_int() || v.is_bool() || v.exact::<crate::object::BigInt>().is_some()
}

fn contains(rt: &mut Rt, v: Value, item: Value) -> Res<bool> {
    let r = payload!(rt, v, Range);
    if !is_plain_int(item) {
        return Err(rt.delegate(frozen::range_search_contains, &[v, item]));
    }
    if r.small().is_none() {
        return Err(rt.delegate(frozen::range_contains, &[v, item]));
    }
    Ok(position(&r, item).is_some())
}

fn count(rt: &mut Rt, a: Args) -> Res<Value> {
    let r = payload!(rt, a.at(0), Range);
    if !is_plain_int(a.at(1)) || r.small().is_none() {
        return Err(rt.delegate(frozen::range_count, &[a.at(0), a.at(1)]));
    }
    Ok(Value::int(position(&r, a.at(1)).is_some() as i64))
}

fn index(rt: &mut Rt, a: Args) -> Res<Value> {
    let (r, v) = (payload!(rt, a.at(0), Range), a.at(1));
    if !is_plain_int(v) || r.small().is_none() {
        return Err(rt.delegate(frozen::range_index, &[a.at(0), v]));
    }
    match position(&r, v) {
        Some(i) => Ok(Value::int(i)),
        None => Err(rt.value_error(message!("range.index(x): x not in range"))),
    }
}

/// `iter(range)`.
pub fn range_iter(rt: &mut Rt, v: Value) -> Res<Value> {
    let r = payload!(rt, v, Range);
    match r.small().and_then(|(_, _, len)| usize::try_from(len).ok()) {
        Some(len) => Ok(iter::new(&mut rt.heap, kind::RangeIter, v, 0, len)?.value()),
        None => Err(rt.delegate(frozen::range_iter_big, &[v])),
    }
}

fn reversed(rt: &mut Rt, a: Args) -> Res<Value> {
    let v = a.at(0);
    let r = payload!(rt, v, Range);
    let Some((start, step, len)) = r.small() else {
        return Err(rt.delegate(frozen::range_reversed_big, &[v]));
    };
    let last = start.wrapping_add(step.wrapping_mul(len - 1));
    let ends = (Value::try_int(last), Value::try_int(start.wrapping_sub(step)), Value::try_int(-step));
    let (Some(from), Some(to), Some(by)) = ends else {
        return Err(rt.delegate(frozen::range_reversed_big, &[v]));
    };
    let back = misc::new_range(&mut rt.heap, from, to, by, r.len)?.value();
    range_iter(rt, back)
}

fn compare(rt: &mut Rt, op: CmpOp, a: Value, b: Value) -> Res<Value> {
    let _ = &rt;
    let (Some(x), Some(y)) = (a.get::<Range>(), b.get::<Range>()) else { return Ok(Value::NOT_IMPLEMENTED) };
    match op {
        CmpOp::Eq => Ok(Value::bool(x.same_items(&y))),
        CmpOp::Ne => Ok(Value::bool(!x.same_items(&y))),
        _ => Ok(Value::NOT_IMPLEMENTED),
    }
}
