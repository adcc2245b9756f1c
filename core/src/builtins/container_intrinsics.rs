//! Natives with which frozen Python works on the payload of containers, whatever their classes override.
//!
//! They check their arguments as any native does (a frozen function's bug must not become memory unsafety), but their
//! errors are nobody's to read.

use super::sequence::{Items, payload, wrong_payload};
use super::{dict_views, sort};
use crate::exit::Res;
use crate::heap::Gc;
use crate::interp::{Args, NativeDef, Rt, def};
use crate::object::hash::{Eq, TupleHash};
use crate::object::{Dict, List, int, iter, kind, list, misc, set, tuple};
use crate::room::WithinRoom as _;
use crate::value::Value;

/// The intrinsics of containers.
pub static DEFS: &[NativeDef] = &[
    def("_len", "v, /", len),
    def("_kind", "v, /", kind_of),
    def("_item", "v, index, /", item),
    def("_getitem", "v, key, /", getitem),
    def("_setitem", "v, key, value, /", setitem),
    def("_delitem", "v, key, /", delitem),
    def("_list_append", "v, item, /", list_append),
    def("_list_take", "v, /", list_take),
    def("_list_give", "v, items, /", list_give),
    def("_list_remove_at", "v, index, /", list_remove_at),
    def("_sequence_repeat", "v, n, /", sequence_repeat),
    def("_sorted_by", "values, keys, reverse, /", sorted_by),
    def("_repr_enter", "v, /", repr_enter),
    def("_repr_leave", "v, /", repr_leave),
    def("_dict_candidate", "d, key, hash, passed, /", dict_candidate),
    def("_dict_key", "d, index, /", dict_key),
    def("_dict_value", "d, index, /", dict_value),
    def("_dict_set_at", "d, index, value, /", dict_set_at),
    def("_dict_add", "d, key, hash, value, /", dict_add),
    def("_dict_remove_at", "d, index, /", dict_remove_at),
    def("_dict_entries", "d, /", dict_entries),
    def("_dict_view_of", "view, /", dict_view_of),
    def("_tuple_hash", "hashes, /", tuple_hash),
    def("_range", "start, stop, step, length, /", range),
    def("_range_length", "r, /", range_length),
    def("_iter_source", "it, /", iter_source),
    def("_iter_index", "it, /", iter_index),
    def("_iter_advance", "it, /", iter_advance),
    def("_iter_end", "it, /", iter_end),
    def("_callable_iter", "callable, sentinel, /", callable_iter),
    def("_callable_iter_parts", "it, /", callable_iter_parts),
    def("_callable_iter_end", "it, /", callable_iter_end),
    def("_getitem_iter", "v, /", getitem_iter),
];

pub(super) fn index_of(rt: &mut Rt, v: Value) -> Res<usize> {
    match v.as_int().and_then(|n| usize::try_from(n).ok()) {
        Some(i) => Ok(i),
        None => Err(wrong_payload(rt)),
    }
}

pub(super) fn hash_of(rt: &mut Rt, v: Value) -> Res<u64> {
    match int::get_i64(v) {
        Some(n) => Ok(n as u64),
        None => Err(wrong_payload(rt)),
    }
}

fn items_of(rt: &mut Rt, v: Value) -> Res<Items> {
    match Items::of(v) {
        Some(i) => Ok(i),
        None => Err(wrong_payload(rt)),
    }
}

/// Number of items of a list, tuple, dict, set, or dict view.
fn len(rt: &mut Rt, a: Args) -> Res<Value> {
    let v = a.at(0);
    let n = if let Some(i) = Items::of(v) {
        i.slice().len()
    } else if let Some(s) = set::get(v) {
        s.len()
    } else {
        let d = dict_views::viewed(v).unwrap_or(v);
        payload!(rt, d, Dict).len()
    };
    Ok(Value::int(n as i64))
}

/// Name of the built-in type whose payload `v` has.
fn kind_of(rt: &mut Rt, a: Args) -> Res<Value> {
    let k = a.at(0).header().map_or(0, |h| h.kind);
    rt.new_str(crate::object::KIND_NAMES.get(k as usize).copied().unwrap_or(""))
}

/// Item of a list or tuple; the caller checked the length.
fn item(rt: &mut Rt, a: Args) -> Res<Value> {
    let (items, i) = (items_of(rt, a.at(0))?, index_of(rt, a.at(1))?);
    match items.slice().get(i) {
        Some(&v) => Ok(v),
        None => Err(wrong_payload(rt)),
    }
}

fn getitem(rt: &mut Rt, a: Args) -> Res<Value> {
    match rt.slots_of(a.at(0)).getitem {
        Some(f) => f(rt, a.at(0), a.at(1)),
        None => Err(wrong_payload(rt)),
    }
}

fn setitem(rt: &mut Rt, a: Args) -> Res<Value> {
    match rt.slots_of(a.at(0)).setitem {
        Some(f) => f(rt, a.at(0), a.at(1), a.at(2)).map(|()| Value::NONE),
        None => Err(wrong_payload(rt)),
    }
}

fn delitem(rt: &mut Rt, a: Args) -> Res<Value> {
    match rt.slots_of(a.at(0)).setitem {
        Some(f) => f(rt, a.at(0), a.at(1), Value::UNBOUND).map(|()| Value::NONE),
        None => Err(wrong_payload(rt)),
    }
}

fn list_append(rt: &mut Rt, a: Args) -> Res<Value> {
    payload!(rt, a.at(0), List).push(&mut rt.heap, a.at(1))?;
    Ok(Value::NONE)
}

/// Empties a list; its items are in the new list returned.
fn list_take(rt: &mut Rt, a: Args) -> Res<Value> {
    let l = payload!(rt, a.at(0), List);
    let out = list::with_capacity(&mut rt.heap, 0)?;
    l.swap_contents(&mut rt.heap, &out)?;
    Ok(out.value())
}

/// Gives a list the items of another; whether it had any meanwhile.
fn list_give(rt: &mut Rt, a: Args) -> Res<Value> {
    let (l, items) = (payload!(rt, a.at(0), List), payload!(rt, a.at(1), List));
    let modified = !l.is_empty();
    l.swap_contents(&mut rt.heap, &items)?;
    Ok(Value::bool(modified))
}

fn list_remove_at(rt: &mut Rt, a: Args) -> Res<Value> {
    let (l, i) = (payload!(rt, a.at(0), List), index_of(rt, a.at(1))?);
    l.remove(i);
    Ok(Value::NONE)
}

fn sequence_repeat(rt: &mut Rt, a: Args) -> Res<Value> {
    match rt.slots_of(a.at(0)).binary {
        Some(f) => f(rt, crate::interp::BinOp::Mul, a.at(0), a.at(1)),
        None => Err(wrong_payload(rt)),
    }
}

/// A new list of `values` in the order of `keys`, or None if comparing needs guest code.
fn sorted_by(rt: &mut Rt, a: Args) -> Res<Value> {
    let (values, keys) = (items_of(rt, a.at(0))?, items_of(rt, a.at(1))?);
    let sorted = sort::sort_values(rt, keys.slice(), values.slice(), a.at(2) == Value::TRUE)?;
    Ok(sorted.map_or(Value::NONE, Gc::value))
}

/// Whether `v` is being shown already; if not, it is from now on.
fn repr_enter(rt: &mut Rt, a: Args) -> Res<Value> {
    if rt.repr_active.contains(&a.at(0)) {
        return Ok(Value::TRUE);
    }
    if rt.repr_active.try_reserve(1).is_err() {
        return Err(crate::exit::Exit::NeedGc);
    }
    rt.repr_active.push_within(a.at(0));
    Ok(Value::FALSE)
}

fn repr_leave(rt: &mut Rt, a: Args) -> Res<Value> {
    if let Some(i) = rt.repr_active.iter().rposition(|&v| v == a.at(0)) {
        rt.repr_active.truncate(i);
    }
    Ok(Value::NONE)
}

/// The entry that a probe for `hash` meets after `passed` others of this hash: its number doubled, and one more if its key
/// is not `key` itself; -2 if there is none. Arguments: the container, `key`, `hash`, `passed`.
pub(super) fn candidate(
    rt: &mut Rt,
    a: Args,
    probe: &dyn Fn(u64, &mut dyn FnMut(usize, Value) -> Eq),
) -> Res<Value> {
    let (hash, passed) = (hash_of(rt, a.at(2))?, index_of(rt, a.at(3))?);
    rt.charge(passed)?;
    let (mut left, mut found) = (passed, -2);
    probe(hash, &mut |i, key| {
        if left > 0 {
            left -= 1;
            return Eq::False;
        }
        found = i as i64 * 2 + (key != a.at(1)) as i64;
        Eq::True
    });
    Ok(Value::int(found))
}

fn dict_candidate(rt: &mut Rt, a: Args) -> Res<Value> {
    let d = payload!(rt, a.at(0), Dict);
    candidate(rt, a, &|hash, same| d.candidate(hash, same))
}

/// The key of entry `index`; the dict, which is no key of its own, if there is none.
fn dict_key(rt: &mut Rt, a: Args) -> Res<Value> {
    let (d, i) = (payload!(rt, a.at(0), Dict), index_of(rt, a.at(1))?);
    Ok(d.entry(i).map_or(a.at(0), |e| e.key))
}

fn dict_value(rt: &mut Rt, a: Args) -> Res<Value> {
    let (d, i) = (payload!(rt, a.at(0), Dict), index_of(rt, a.at(1))?);
    Ok(d.entry(i).map_or(Value::NONE, |e| e.value))
}

fn dict_set_at(rt: &mut Rt, a: Args) -> Res<Value> {
    let (d, i) = (payload!(rt, a.at(0), Dict), index_of(rt, a.at(1))?);
    if d.entry(i).is_some() {
        d.set_value(&mut rt.heap, i, a.at(2));
    }
    Ok(Value::NONE)
}

fn dict_add(rt: &mut Rt, a: Args) -> Res<Value> {
    let (d, hash) = (payload!(rt, a.at(0), Dict), hash_of(rt, a.at(2))?);
    d.insert_new(&mut rt.heap, hash, a.at(1), a.at(3))?;
    Ok(Value::NONE)
}

fn dict_remove_at(rt: &mut Rt, a: Args) -> Res<Value> {
    let (d, i) = (payload!(rt, a.at(0), Dict), index_of(rt, a.at(1))?);
    Ok(d.remove_entry(&mut rt.heap, i).map_or(Value::NONE, |e| e.value))
}

/// A list of (key, hash, value).
fn dict_entries(rt: &mut Rt, a: Args) -> Res<Value> {
    let d = payload!(rt, a.at(0), Dict);
    let out = list::with_capacity(&mut rt.heap, d.len())?;
    for e in d.iter() {
        let hash = int::from_i64(&mut rt.heap, e.hash as i64)?;
        let entry = tuple::new(&mut rt.heap, &[e.key, hash, e.value])?;
        out.extend_reserved(&[entry.value()]);
    }
    Ok(out.value())
}

fn dict_view_of(rt: &mut Rt, a: Args) -> Res<Value> {
    match dict_views::viewed(a.at(0)) {
        Some(d) => Ok(d),
        None => Err(wrong_payload(rt)),
    }
}

/// The hash of a tuple whose items have these hashes.
fn tuple_hash(rt: &mut Rt, a: Args) -> Res<Value> {
    let items = items_of(rt, a.at(0))?;
    rt.charge(items.slice().len())?;
    let mut mix = TupleHash::new();
    for &h in items.slice() {
        mix.add(hash_of(rt, h)?);
    }
    int::from_i64(&mut rt.heap, mix.finish(items.slice().len()) as i64)
}

/// A range whose length frozen code computed.
fn range(rt: &mut Rt, a: Args) -> Res<Value> {
    for i in 0..4 {
        if int::get(a.at(i)).is_none() {
            return Err(wrong_payload(rt));
        }
    }
    Ok(misc::new_range(&mut rt.heap, a.at(0), a.at(1), a.at(2), a.at(3))?.value())
}

fn range_length(rt: &mut Rt, a: Args) -> Res<Value> {
    Ok(payload!(rt, a.at(0), crate::object::Range).len)
}

fn seq_iter(rt: &mut Rt, v: Value) -> Res<Gc<iter::SeqIter>> {
    match iter::get(v) {
        Some(it) => Ok(it),
        None => Err(wrong_payload(rt)),
    }
}

fn iter_source(rt: &mut Rt, a: Args) -> Res<Value> {
    let v = seq_iter(rt, a.at(0))?.source.get();
    Ok(if v.is_unbound() { Value::NONE } else { v })
}

fn iter_index(rt: &mut Rt, a: Args) -> Res<Value> {
    let i = seq_iter(rt, a.at(0))?.index.get();
    int::from_usize(&mut rt.heap, i)
}

fn iter_advance(rt: &mut Rt, a: Args) -> Res<Value> {
    let it = seq_iter(rt, a.at(0))?;
    it.index.set(it.index.get().saturating_add(1));
    Ok(Value::NONE)
}

fn iter_end(rt: &mut Rt, a: Args) -> Res<Value> {
    seq_iter(rt, a.at(0))?.finish();
    Ok(Value::NONE)
}

/// `iter(callable, sentinel)`.
fn callable_iter(rt: &mut Rt, a: Args) -> Res<Value> {
    let fields = [a.at(0), a.at(1), Value::UNBOUND, Value::UNBOUND];
    misc::new_wrapper(&mut rt.heap, kind::CallableIter, kind::CallableIter as u32, fields)
}

/// (callable, sentinel), or None at the end.
fn callable_iter_parts(rt: &mut Rt, a: Args) -> Res<Value> {
    match misc::wrapper(a.at(0), kind::CallableIter) {
        Some(w) if w.a.get().is_unbound() => Ok(Value::NONE),
        Some(w) => rt.new_tuple(&[w.a.get(), w.b.get()]),
        None => Err(wrong_payload(rt)),
    }
}

fn callable_iter_end(rt: &mut Rt, a: Args) -> Res<Value> {
    let _ = &rt;
    if let Some(w) = misc::wrapper(a.at(0), kind::CallableIter) {
        w.a.set(Value::UNBOUND);
        w.b.set(Value::UNBOUND);
    }
    Ok(Value::NONE)
}

/// An `iterator` that calls `__getitem__` with 0, 1, ….
fn getitem_iter(rt: &mut Rt, a: Args) -> Res<Value> {
    Ok(iter::new(&mut rt.heap, kind::GetItemIter, a.at(0), 0, 0)?.value())
}
