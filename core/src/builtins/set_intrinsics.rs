//! Natives with which frozen Python works on the payload of sets; as `container_intrinsics`.

use super::container_intrinsics::{candidate, hash_of, index_of};
use super::sequence::wrong_payload;
use crate::exit::Res;
use crate::heap::Gc;
use crate::interp::{Args, NativeDef, Rt, def};
use crate::object::hash::hash_set_items;
use crate::object::set::{self, Set};
use crate::object::{int, list, tuple};
use crate::value::Value;

/// The intrinsics of sets.
pub static DEFS: &[NativeDef] = &[
    def("_set_candidate", "s, key, hash, passed, /", set_candidate),
    def("_set_key", "s, index, /", set_key),
    def("_set_add_new", "s, key, hash, /", set_add_new),
    def("_set_remove_at", "s, index, /", set_remove_at),
    def("_set_entries", "s, /", set_entries),
    def("_set_hash", "s, /", set_hash),
    def("_set_reserve", "s, n, /", set_reserve),
    def("_set_compact", "s, /", set_compact),
    def("_set_swap", "s, other, /", set_swap),
    def("_set_clear", "s, /", set_clear),
    def("_set_copy", "s, /", set_copy),
    def("_set_clone", "s, /", set_clone),
    def("_set_new_like", "s, /", set_new_like),
    def("_set_new", "cls, /", set_new),
];

fn set_of(rt: &mut Rt, v: Value) -> Res<Gc<Set>> {
    match set::get(v) {
        Some(s) => Ok(s),
        None => Err(wrong_payload(rt)),
    }
}

fn set_candidate(rt: &mut Rt, a: Args) -> Res<Value> {
    let s = set_of(rt, a.at(0))?;
    candidate(rt, a, &|hash, same| s.candidate(hash, same))
}

/// The item of slot `index`; the set, which is no item of its own, if there is none.
fn set_key(rt: &mut Rt, a: Args) -> Res<Value> {
    let (s, i) = (set_of(rt, a.at(0))?, index_of(rt, a.at(1))?);
    Ok(s.slot(i).map_or(a.at(0), |e| e.key))
}

fn set_add_new(rt: &mut Rt, a: Args) -> Res<Value> {
    let (s, hash) = (set_of(rt, a.at(0))?, hash_of(rt, a.at(2))?);
    s.insert_new(&mut rt.heap, hash, a.at(1))?;
    Ok(Value::NONE)
}

fn set_remove_at(rt: &mut Rt, a: Args) -> Res<Value> {
    let (s, i) = (set_of(rt, a.at(0))?, index_of(rt, a.at(1))?);
    s.remove_slot(i);
    Ok(Value::NONE)
}

/// A list of (item, hash) in table order.
fn set_entries(rt: &mut Rt, a: Args) -> Res<Value> {
    let s = set_of(rt, a.at(0))?;
    rt.charge(s.len())?;
    let out = list::with_capacity(&mut rt.heap, s.len())?;
    for e in s.iter() {
        let hash = int::from_i64(&mut rt.heap, e.hash as i64)?;
        let entry = tuple::new(&mut rt.heap, &[e.key, hash])?;
        out.extend_reserved(&[entry.value()]);
    }
    Ok(out.value())
}

/// The hash a frozenset of the items has.
fn set_hash(rt: &mut Rt, a: Args) -> Res<Value> {
    let s = set_of(rt, a.at(0))?;
    rt.charge(s.len())?;
    int::from_i64(&mut rt.heap, hash_set_items(&s) as i64)
}

fn set_reserve(rt: &mut Rt, a: Args) -> Res<Value> {
    let (s, n) = (set_of(rt, a.at(0))?, index_of(rt, a.at(1))?);
    s.reserve(&mut rt.heap, n)?;
    Ok(Value::NONE)
}

fn set_compact(rt: &mut Rt, a: Args) -> Res<Value> {
    set_of(rt, a.at(0))?.compact(&mut rt.heap)?;
    Ok(Value::NONE)
}

fn set_swap(rt: &mut Rt, a: Args) -> Res<Value> {
    let (s, other) = (set_of(rt, a.at(0))?, set_of(rt, a.at(1))?);
    s.swap_contents(&other);
    Ok(Value::NONE)
}

fn set_clear(rt: &mut Rt, a: Args) -> Res<Value> {
    set_of(rt, a.at(0))?.clear(&mut rt.heap)?;
    Ok(Value::NONE)
}

fn set_copy(rt: &mut Rt, a: Args) -> Res<Value> {
    let s = set_of(rt, a.at(0))?;
    let out = super::set::new_like(rt, a.at(0))?;
    rt.charge(s.len())?;
    out.copy_from(&mut rt.heap, s)?;
    Ok(out.value())
}

fn set_clone(rt: &mut Rt, a: Args) -> Res<Value> {
    let s = set_of(rt, a.at(0))?;
    rt.charge(s.len())?;
    Ok(s.clone_table(&mut rt.heap)?.value())
}

fn set_new_like(rt: &mut Rt, a: Args) -> Res<Value> {
    Ok(super::set::new_like(rt, a.at(0))?.value())
}

fn set_new(rt: &mut Rt, a: Args) -> Res<Value> {
    Ok(super::set::new_of_class(rt, a.at(0))?.value())
}
