//! Natives that only frozen Python sees. Their names begin with `_`.

use crate::builtins::descriptors::bind_special;
use crate::exit::Res;
use crate::heap::Gc;
use crate::interp::{Args, NativeDef, Rt, def};
use crate::object::{Generator, KIND_NAMES, Range, Slice, Str, Tuple, Type, float, int, kind, list};
use crate::value::Value;

/// Every intrinsic of this file; containers and functions add their own lists in `builtins::INTRINSICS`.
pub static DEFS: &[NativeDef] = &[
    def("_type_name", "v, /", type_name),
    def("_special", "v, name, /", special),
    def("_as", "gen, cls, /", generator_as),
    def("_iterator_type", "name, /", iterator_type),
    def("_steps", "it, /", steps),
    def("_charge", "n, /", charge),
    def("_is_iterator", "v, /", is_iterator),
    def("_has_guest_hash", "v, /", has_guest_hash),
    def("_hash_items", "v, /", hash_items),
    def("_tuple_hash", "hashes, /", tuple_hash),
    def("_int_hash", "n, /", int_hash),
    def("_write_err", "text, /", write_err),
];

fn type_name(rt: &mut Rt, a: Args) -> Res<Value> {
    let name = rt.type_name(a.at(0));
    rt.new_str(name)
}

/// The special method `name` of `v`'s class, bound, or None.
fn special(rt: &mut Rt, a: Args) -> Res<Value> {
    let name = rt.intern_value(a.at(1))?;
    match rt.lookup_special(a.at(0), name)? {
        Some(f) if !f.is_none() => bind_special(rt, f, a.at(0)),
        _ => Ok(Value::NONE),
    }
}

/// Gives a generator the shape of class `cls` (`map`, `zip` … or a subclass).
fn generator_as(rt: &mut Rt, a: Args) -> Res<Value> {
    let shape = match a.at(1).get::<Type>() {
        Some(t) if t.builtin != 0 => t.builtin as u32,
        Some(_) => rt.instance_shape(a.at(1))?,
        None => kind::Generator as u32,
    };
    if let (Some(_), Some(h)) = (a.at(0).get::<Generator>(), a.at(0).header()) {
        h.shape.set(shape);
    }
    Ok(a.at(0))
}

/// A built-in type by name that `builtins` does not have.
fn iterator_type(rt: &mut Rt, a: Args) -> Res<Value> {
    let Some(name) = a.at(0).get::<Str>() else { return Ok(Value::NONE) };
    match KIND_NAMES.iter().position(|k| k.as_bytes() == name.bytes()) {
        Some(i) => Ok(rt.builtin_type(i as u16).value()),
        None => Ok(Value::NONE),
    }
}

fn charge(rt: &mut Rt, a: Args) -> Res<Value> {
    rt.charge(int::get_i64(a.at(0)).map_or(1, |n| n.max(0) as usize))?;
    Ok(Value::NONE)
}

/// Whether `v`'s class has `__next__`.
fn is_iterator(rt: &mut Rt, a: Args) -> Res<Value> {
    let yes = a.at(0).get::<Generator>().is_some()
        || (!rt.type_of(a.at(0)).has_flag(Type::HEAP) && rt.slots_of(a.at(0)).next.is_some());
    if yes {
        return Ok(Value::TRUE);
    }
    let name = rt.name(crate::interp::Name::__next__)?;
    Ok(Value::bool(rt.lookup_special(a.at(0), name)?.is_some()))
}

/// Makes iterator `it` one that loops step through without calling its `__iter__` once more.
fn steps(rt: &mut Rt, a: Args) -> Res<Value> {
    let it = a.at(0);
    if !rt.type_of(it).has_flag(Type::GUEST_ITER) {
        return Ok(it);
    }
    let fields = [it, Value::NONE, Value::TRUE, Value::NONE];
    crate::object::misc::new_wrapper(&mut rt.heap, kind::CallableIter, kind::CallableIter as u32, fields)
}

fn has_guest_hash(rt: &mut Rt, a: Args) -> Res<Value> {
    let t = rt.type_of(a.at(0));
    let items = a.at(0).get::<Tuple>().is_some()
        || a.at(0).get::<Slice>().is_some()
        || a.at(0).get::<Range>().is_some();
    Ok(Value::bool(!items || t.has_flag(Type::GUEST_HASH)))
}

/// The values whose hashes make up the hash of a tuple or slice.
fn hash_items(rt: &mut Rt, a: Args) -> Res<Value> {
    if let Some(t) = a.at(0).get::<Tuple>() {
        return rt.new_list(t.items());
    }
    match a.at(0).get::<Slice>() {
        Some(s) => rt.new_list(&[s.start, s.stop, s.step]),
        None => rt.new_list(&[]),
    }
}

/// Hash of a tuple whose items have these hashes.
fn tuple_hash(rt: &mut Rt, a: Args) -> Res<Value> {
    let Some(l) = a.at(0).get::<crate::object::List>() else { return Ok(Value::ZERO) };
    rt.charge(l.len())?;
    let lanes = l.items().iter().map(|&h| int::get_i64(h).unwrap_or(0) as u64);
    let h = crate::object::hash::combine(lanes);
    int::from_i64(&mut rt.heap, h as i64)
}

/// What `hash()` makes of the int a guest's `__hash__` returned: itself if it fits, else its own hash; never -1.
fn int_hash(rt: &mut Rt, a: Args) -> Res<Value> {
    let h = match int::get(a.at(0)) {
        Some(int::IntRef::Small(n)) => n,
        Some(big) => int::hash(big) as i64,
        None => 0,
    };
    int::from_i64(&mut rt.heap, if h == -1 { -2 } else { h })
}

fn write_err(rt: &mut Rt, a: Args) -> Res<Value> {
    if let Some(s) = a.at(0).get::<Str>() {
        rt.write_out(s.bytes(), true)?;
    }
    Ok(Value::NONE)
}

/// A new list from a native's own slice of names.
pub(super) fn names_list(rt: &mut Rt, names: &[&str]) -> Res<Value> {
    let l: Gc<crate::object::List> = list::with_capacity(&mut rt.heap, names.len())?;
    for n in names {
        let v = rt.intern(n.as_bytes())?;
        l.push(&mut rt.heap, v)?;
    }
    Ok(l.value())
}

/// The float of a number argument, if it is one.
pub(super) fn as_float(v: Value) -> Option<f64> {
    if let Some(x) = float::get(v) {
        return Some(x);
    }
    match int::get(v)? {
        int::IntRef::Small(n) => Some(n as f64),
        big => crate::num::bigint::to_f64(int::as_num(&big, &mut [0])).ok(),
    }
}
