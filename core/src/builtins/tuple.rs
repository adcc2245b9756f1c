//! `tuple`.

use super::frozen;
use super::left_out::doc;
use super::sequence::{self, Items, Key, Search, native_items, payload, subscript};
use super::{container_repr, slice};
use crate::exit::{Exit, Res};
use crate::interp::{Args, BinOp, Rt, Slots, TypeDef, def};
use crate::object::{Tuple, iter, kind, list, tuple};
use crate::value::Value;

/// `tuple`.
pub static TUPLE: TypeDef = TypeDef {
    kind: kind::Tuple,
    doc: doc("An immutable sequence; tuple(iterable) has the iterable's items."),
    base: kind::Object,
    new: Some(def("tuple", "cls, iterable=(), /", new)),
    methods: &[
        def("index", "self, value, start=0, stop=9223372036854775807, /", index),
        def("count", "self, value, /", count),
        def("__getnewargs__", "self, /", getnewargs),
    ],
    getset: &[],
    slots: &Slots {
        repr: Some(container_repr::repr),
        len: Some(|rt, v| Ok(payload!(rt, v, Tuple).len())),
        getitem: Some(tuple_getitem),
        contains: Some(contains),
        iter: Some(|rt, v| Ok(iter::new(&mut rt.heap, kind::TupleIter, v, 0, 0)?.value())),
        binary: Some(binary),
        compare: Some(sequence::compare),
        ..Slots::NONE
    },
    subclassable: true,
};

fn new(rt: &mut Rt, a: Args) -> Res<Value> {
    let cls = a.at(0);
    let plain = cls == rt.builtin_type(kind::Tuple as u16).value();
    let Some(source) = a.opt(1) else { return make(rt, cls, plain, &[]) };
    if plain && source.exact::<Tuple>().is_some() {
        return Ok(source);
    }
    match native_items(rt, source)? {
        Some(items) => make(rt, cls, plain, items.slice()),
        None if plain => Err(rt.delegate(super::frozen::tuple_from, &[source])),
        None => Err(rt.list_into(1, source)),
    }
}

fn make(rt: &mut Rt, cls: Value, plain: bool, items: &[Value]) -> Res<Value> {
    if plain {
        return rt.new_tuple(items);
    }
    let shape = rt.instance_shape(cls)?;
    Ok(tuple::with_shape(&mut rt.heap, items, shape)?.value())
}

fn getnewargs(rt: &mut Rt, a: Args) -> Res<Value> {
    let t = payload!(rt, a.at(0), Tuple);
    let plain = rt.new_tuple(t.items())?;
    rt.new_tuple(&[plain])
}

fn index(rt: &mut Rt, a: Args) -> Res<Value> {
    let t = payload!(rt, a.at(0), Tuple);
    let (from, to) = sequence::search_bounds(rt, a, 2, t.len())?;
    match sequence::search(rt, t.items(), from, to, a.at(1))? {
        Search::Found(i) => Ok(Value::int(i as i64)),
        Search::Missing => Err(rt.value_error(message!("tuple.index(x): x not in tuple"))),
        Search::Guest => {
            let (from, to) = (Value::int(from as i64), Value::int(to as i64));
            Err(rt.delegate(frozen::sequence_index, &[a.at(0), a.at(1), from, to]))
        }
    }
}

fn count(rt: &mut Rt, a: Args) -> Res<Value> {
    let t = payload!(rt, a.at(0), Tuple);
    match sequence::count(rt, t.items(), a.at(1))? {
        Some(n) => Ok(Value::int(n as i64)),
        None => Err(rt.delegate(frozen::sequence_count, &[a.at(0), a.at(1)])),
    }
}

/// `tuple[key]`.
#[inline]
pub fn tuple_getitem(rt: &mut Rt, v: Value, key: Value) -> Res<Value> {
    let t = payload!(rt, v, Tuple);
    match subscript(rt, key, t.len(), "tuple")? {
        Key::At(i) => Ok(t.get(i).unwrap_or(Value::NONE)),
        Key::Outside => Err(rt.index_error(message!("tuple index out of range"))),
        Key::Slice(s) => {
            let Some(b) = slice::bounds(rt, s, t.len())? else {
                return Err(rt.delegate(frozen::getitem_by_index, &[v, key]));
            };
            if b.step == 1 {
                if b.count == t.len() && v.exact::<Tuple>().is_some() {
                    return Ok(v);
                }
                let start = b.start as usize;
                return rt.new_tuple(t.items().get(start..start + b.count).unwrap_or(&[]));
            }
            // The items are put together in a list first: a tuple's cell is written at once.
            let out = list::with_capacity(&mut rt.heap, b.count)?;
            for i in b.indices() {
                out.extend_reserved(t.items().get(i..=i).unwrap_or(&[]));
            }
            rt.new_tuple(out.items())
        }
        Key::Guest => Err(rt.delegate(frozen::getitem_by_index, &[v, key])),
    }
}

fn contains(rt: &mut Rt, v: Value, item: Value) -> Res<bool> {
    let t = payload!(rt, v, Tuple);
    match sequence::search(rt, t.items(), 0, usize::MAX, item)? {
        Search::Found(_) => Ok(true),
        Search::Missing => Ok(false),
        Search::Guest => Err(rt.delegate(frozen::sequence_contains, &[v, item])),
    }
}

fn is_tuple(v: Value) -> bool {
    v.get::<Tuple>().is_some()
}

fn binary(rt: &mut Rt, op: BinOp, a: Value, b: Value) -> Res<Value> {
    match op {
        BinOp::Add => {
            let (Some(x), Some(y)) = (a.get::<Tuple>(), b.get::<Tuple>()) else {
                return Ok(Value::NOT_IMPLEMENTED);
            };
            if x.is_empty() && b.exact::<Tuple>().is_some() {
                return Ok(b);
            }
            if y.is_empty() && a.exact::<Tuple>().is_some() {
                return Ok(a);
            }
            let out = list::with_capacity(&mut rt.heap, x.len().saturating_add(y.len()))?;
            out.extend_reserved(x.items());
            out.extend_reserved(y.items());
            rt.new_tuple(out.items())
        }
        BinOp::Mul => match sequence::repeat_operands(rt, a, b, is_tuple)? {
            Some((t, n)) => tuple_repeat(rt, t, n),
            None => Ok(Value::NOT_IMPLEMENTED),
        },
        _ => Ok(Value::NOT_IMPLEMENTED),
    }
}

/// `tuple * n`.
pub fn tuple_repeat(rt: &mut Rt, v: Value, n: usize) -> Res<Value> {
    let t = payload!(rt, v, Tuple);
    if v.exact::<Tuple>().is_some() && (n == 1 || t.is_empty()) {
        return Ok(v);
    }
    if t.len().checked_mul(n).is_none() {
        return Err(Exit::NeedGc);
    }
    let items = rt.new_list(t.items())?;
    let all = super::list::list_repeat(rt, items, n)?;
    match Items::of(all) {
        Some(all) => rt.new_tuple(all.slice()),
        None => Ok(Value::NONE),
    }
}
