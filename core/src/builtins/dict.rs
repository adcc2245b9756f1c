//! `dict`.
//!
//! Each operation exists twice: here for keys whose hash and equality need no guest code, and in frozen Python for the
//! others (`Probe::Guest`, or no native hash). Bulk operations may stop half-way for memory: doing them again from the
//! start gives the same dict.

use super::left_out::doc;
use super::sequence::{Items, POLL_EVERY, native_items, payload};
use super::{container_repr, dict_views, frozen, iterators};
use crate::exit::{Exit, ExitKind, Res};
use crate::heap::Gc;
use crate::interp::{Args, BinOp, CmpOp, Rt, Slots, TypeDef, class_def, def};
use crate::object::dict::Probe;
use crate::object::exception::exc;
use crate::object::hash::{self, Eq, Hash};
use crate::object::{Dict, Str, Type, dict, iter, kind};
use crate::value::Value;

/// `dict`.
pub static DICT: TypeDef = TypeDef {
    kind: kind::Dict,
    doc: doc("A mapping that keeps the order of insertion."),
    base: kind::Object,
    new: Some(def("dict", "cls, *args, **kwargs", new)),
    methods: &[
        def("__init__", "self, *args, **kwargs", init),
        def("get", "self, key, default=None, /", get),
        def("setdefault", "self, key, default=None, /", setdefault),
        def("pop", "self, key, default=None, /", pop),
        def("popitem", "self, /", popitem),
        def("keys", "self, /", |rt, a| dict_views::view(rt, kind::DictKeys, a.at(0))),
        def("values", "self, /", |rt, a| dict_views::view(rt, kind::DictValues, a.at(0))),
        def("items", "self, /", |rt, a| dict_views::view(rt, kind::DictItems, a.at(0))),
        def("update", "self, *args, **kwargs", update),
        def("clear", "self, /", clear),
        def("copy", "self, /", copy),
        class_def("fromkeys", "cls, iterable, value=None, /", fromkeys),
        def("__reversed__", "self, /", |rt, a| dict_iter(rt, a.at(0), kind::DictRevKeyIter)),
    ],
    getset: &[],
    slots: &Slots {
        repr: Some(container_repr::repr),
        len: Some(|rt, v| Ok(payload!(rt, v, Dict).len())),
        getitem: Some(dict_getitem),
        setitem: Some(setitem),
        contains: Some(dict_contains),
        iter: Some(|rt, v| dict_iter(rt, v, kind::DictKeyIter)),
        binary: Some(binary),
        inplace: Some(inplace),
        compare: Some(compare),
        ..Slots::NONE
    },
    subclassable: true,
};

/// A new iterator of `kind` over a dict.
pub fn dict_iter(rt: &mut Rt, v: Value, kind: u8) -> Res<Value> {
    let d = payload!(rt, v, Dict);
    let back = matches!(kind, kind::DictRevKeyIter | kind::DictRevValueIter | kind::DictRevItemIter);
    let start = if back { d.entries().len() } else { 0 };
    Ok(iter::new(&mut rt.heap, kind, v, start, d.len())?.value())
}

/// The hash of a key; `None` if guest code has to give it.
#[inline]
pub fn hash_key(rt: &mut Rt, key: Value) -> Res<Option<u64>> {
    hash_as(rt, key, "a dict key")
}

/// The hash of a value used as `what`; `None` if guest code has to give it.
#[cfg_attr(feature = "speed", inline(always))]
pub fn hash_as(rt: &mut Rt, v: Value, what: &str) -> Res<Option<u64>> {
    if let Some(s) = v.exact::<Str>() {
        return Ok(Some(hash::hash_str(&rt.heap, &s)));
    }
    hash_other(rt, v, what)
}

fn hash_other(rt: &mut Rt, v: Value, what: &str) -> Res<Option<u64>> {
    match hash::hash(&rt.heap, v) {
        Hash::Is(h) => Ok(Some(h)),
        Hash::Unhashable(x) => Err(unhashable(rt, v, x, what)),
        Hash::Guest | Hash::Identity => rt.hash(v),
    }
}

#[cold]
fn unhashable(rt: &mut Rt, v: Value, inner: Value, what: &str) -> Exit {
    let (mut outer, inner) = (rt.type_name(v), rt.type_name(inner));
    let t = rt.type_of(v);
    if cfg!(feature = "messages") && t.has_flag(Type::HEAP) {
        match super::type_type::full_name(rt, t) {
            Ok(name) => outer = crate::interp::attr::text(name),
            Err(e) => return e,
        }
    }
    let outer = outer.strip_prefix("__main__.").unwrap_or(outer);
    rt.type_error(message!("cannot use '{outer}' as {what} (unhashable type: '{inner}')"))
}

/// Where `key` is in `d`; `Guest` also if its hash needs guest code.
#[inline]
fn probe(rt: &mut Rt, d: &Dict, key: Value) -> Res<(Probe, u64)> {
    match hash_key(rt, key)? {
        Some(h) => Ok((d.find(&rt.heap, h, key), h)),
        None => Ok((Probe::Guest, 0)),
    }
}

fn value_at(d: &Dict, i: usize) -> Value {
    d.entry(i).map_or(Value::NONE, |e| e.value)
}

/// `d[key]`; `__missing__` of subclasses included.
#[inline]
pub fn dict_getitem(rt: &mut Rt, v: Value, key: Value) -> Res<Value> {
    let d = payload!(rt, v, Dict);
    match probe(rt, &d, key)?.0 {
        Probe::Found(i) => Ok(value_at(&d, i)),
        Probe::Missing if rt.type_of(v).has_flag(Type::GUEST_MISSING) => {
            Err(rt.delegate(frozen::dict_missing, &[v, key]))
        }
        Probe::Missing => Err(rt.key_error(key)),
        Probe::Guest => Err(rt.delegate(frozen::dict_getitem, &[v, key])),
    }
}

/// `d[key] = value`.
#[inline]
pub fn dict_setitem(rt: &mut Rt, v: Value, key: Value, value: Value) -> Res<()> {
    let d = payload!(rt, v, Dict);
    match hash_key(rt, key)? {
        Some(h) if d.insert(&mut rt.heap, h, key, value)? => Ok(()),
        _ => Err(rt.delegate(frozen::dict_setitem, &[v, key, value])),
    }
}

/// `del d[key]`.
pub fn dict_delitem(rt: &mut Rt, v: Value, key: Value) -> Res<()> {
    let d = payload!(rt, v, Dict);
    match probe(rt, &d, key)?.0 {
        Probe::Found(i) => {
            d.remove_entry(&mut rt.heap, i);
            Ok(())
        }
        Probe::Missing => Err(rt.key_error(key)),
        Probe::Guest => Err(rt.delegate(frozen::dict_delitem, &[v, key])),
    }
}

fn setitem(rt: &mut Rt, v: Value, key: Value, value: Value) -> Res<()> {
    if value.is_unbound() { dict_delitem(rt, v, key) } else { dict_setitem(rt, v, key, value) }
}

/// `key in d`.
pub fn dict_contains(rt: &mut Rt, v: Value, key: Value) -> Res<bool> {
    let d = payload!(rt, v, Dict);
    match probe(rt, &d, key)?.0 {
        Probe::Found(_) => Ok(true),
        Probe::Missing => Ok(false),
        Probe::Guest => Err(rt.delegate(frozen::dict_contains, &[v, key])),
    }
}

fn get(rt: &mut Rt, a: Args) -> Res<Value> {
    let d = payload!(rt, a.at(0), Dict);
    let default = a.or(2, Value::NONE);
    match probe(rt, &d, a.at(1))?.0 {
        Probe::Found(i) => Ok(value_at(&d, i)),
        Probe::Missing => Ok(default),
        Probe::Guest => Err(rt.delegate(frozen::dict_get, &[a.at(0), a.at(1), default])),
    }
}

fn setdefault(rt: &mut Rt, a: Args) -> Res<Value> {
    let d = payload!(rt, a.at(0), Dict);
    let default = a.or(2, Value::NONE);
    match probe(rt, &d, a.at(1))? {
        (Probe::Found(i), _) => Ok(value_at(&d, i)),
        (Probe::Missing, h) => {
            d.insert_new(&mut rt.heap, h, a.at(1), default)?;
            Ok(default)
        }
        (Probe::Guest, _) => Err(rt.delegate(frozen::dict_setdefault, &[a.at(0), a.at(1), default])),
    }
}

fn pop(rt: &mut Rt, a: Args) -> Res<Value> {
    let d = payload!(rt, a.at(0), Dict);
    match probe(rt, &d, a.at(1))?.0 {
        Probe::Found(i) => Ok(d.remove_entry(&mut rt.heap, i).map_or(Value::NONE, |e| e.value)),
        Probe::Missing => match a.opt(2) {
            Some(default) => Ok(default),
            None => Err(rt.key_error(a.at(1))),
        },
        Probe::Guest => match a.opt(2) {
            Some(default) => Err(rt.delegate(frozen::dict_pop, &[a.at(0), a.at(1), default])),
            None => Err(rt.delegate(frozen::dict_pop, &[a.at(0), a.at(1)])),
        },
    }
}

fn popitem(rt: &mut Rt, a: Args) -> Res<Value> {
    let d = payload!(rt, a.at(0), Dict);
    let Some(e) = d.iter().next_back() else {
        let m = rt.new_str("popitem(): dictionary is empty")?;
        return Err(rt.raise_with(exc::KeyError, &[m]));
    };
    let pair = rt.new_tuple(&[e.key, e.value])?;
    d.pop_last(&mut rt.heap);
    Ok(pair)
}

fn clear(rt: &mut Rt, a: Args) -> Res<Value> {
    payload!(rt, a.at(0), Dict).clear(&mut rt.heap);
    Ok(Value::NONE)
}

fn copy(rt: &mut Rt, a: Args) -> Res<Value> {
    let d = payload!(rt, a.at(0), Dict);
    Ok(copy_of(rt, d)?.value())
}

/// A new plain dict with the items of `d`.
pub fn copy_of(rt: &mut Rt, d: Gc<Dict>) -> Res<Gc<Dict>> {
    let out = dict::new(&mut rt.heap)?;
    if !d.is_empty() {
        out.reserve(&mut rt.heap, d.len())?;
        for e in d.iter() {
            out.insert_new(&mut rt.heap, e.hash, e.key, e.value)?;
        }
    }
    Ok(out)
}

fn fromkeys(rt: &mut Rt, a: Args) -> Res<Value> {
    let (cls, value) = (a.at(0), a.or(2, Value::NONE));
    let plain = cls == rt.builtin_type(kind::Dict as u16).value();
    let items = if plain { native_items(rt, a.at(1))? } else { None };
    let Some(items) = items else {
        return Err(rt.delegate(frozen::dict_fromkeys, &[cls, a.at(1), value]));
    };
    let out = dict::new(&mut rt.heap)?;
    rt.charge(items.slice().len())?;
    for (i, &key) in items.slice().iter().enumerate() {
        let done = match hash_key(rt, key)? {
            Some(h) => out.insert(&mut rt.heap, h, key, value)?,
            None => false,
        };
        if !done {
            return Err(rt.delegate(frozen::dict_fromkeys, &[cls, a.at(1), value]));
        }
        if i % POLL_EVERY == POLL_EVERY - 1 {
            rt.poll()?;
        }
    }
    Ok(out.value())
}

/// Slots: class, keywords, positional arguments. For a subclass the arguments are `__init__`'s.
fn new(rt: &mut Rt, a: Args) -> Res<Value> {
    let cls = a.at(0);
    if cls != rt.builtin_type(kind::Dict as u16).value() {
        let shape = rt.instance_shape(cls)?;
        return Ok(dict::with_shape(&mut rt.heap, shape)?.value());
    }
    check_count(rt, a, "dict")?;
    let out = dict::new(&mut rt.heap)?.value();
    match update_with(rt, out, a) {
        Ok(()) => Ok(out),
        Err(e) if rt.caught(e, ExitKind::Call) => {
            let (other, kw) = (a.or(2, Value::NONE), a.or(1, Value::NONE));
            let given = Value::bool(a.opt(2).is_some());
            Err(rt.delegate(frozen::dict_new, &[other, given, kw]))
        }
        Err(e) => Err(e),
    }
}

fn check_count(rt: &mut Rt, a: Args, name: &str) -> Res<()> {
    if a.len() > 3 {
        let n = a.len() - 2;
        return Err(rt.type_error(message!("{name} expected at most 1 argument, got {n}")));
    }
    Ok(())
}

fn init(rt: &mut Rt, a: Args) -> Res<Value> {
    check_count(rt, a, "dict")?;
    update_with(rt, a.at(0), a)?;
    Ok(Value::NONE)
}

fn update(rt: &mut Rt, a: Args) -> Res<Value> {
    check_count(rt, a, "update")?;
    update_with(rt, a.at(0), a)?;
    Ok(Value::NONE)
}

/// Updates `target` from the positional argument in slot 2 and the keywords in slot 1.
fn update_with(rt: &mut Rt, target: Value, a: Args) -> Res<()> {
    let kw = if iterators::has_keywords(a.at(1)) { Some(a.at(1)) } else { None };
    if let Some(other) = a.opt(2) {
        match (dict_update(rt, target, other), kw) {
            (Err(e), Some(kw)) if rt.caught(e, ExitKind::Call) => {
                return Err(rt.delegate(frozen::dict_update_both, &[target, other, kw]));
            }
            (r, _) => r?,
        }
    }
    match kw {
        Some(kw) => dict_update(rt, target, kw),
        None => Ok(()),
    }
}

/// `d.update(other)` for a mapping or an iterable of pairs.
pub fn dict_update(rt: &mut Rt, target: Value, other: Value) -> Res<()> {
    let d = payload!(rt, target, Dict);
    let done = match other.get::<Dict>() {
        Some(o) if !rt.type_of(other).has_flag(Type::GUEST_ITER) => update_from_dict(rt, d, o)?,
        Some(_) => false,
        None => match Items::exact(other) {
            Some(items) => update_from_pairs(rt, d, items.slice())?,
            None => false,
        },
    };
    if done { Ok(()) } else { Err(rt.delegate(frozen::dict_update, &[target, other])) }
}

/// Adds the items of a mapping in a display, `{**other}`.
pub fn dict_update_mapping(rt: &mut Rt, target: Value, other: Value) -> Res<()> {
    let d = payload!(rt, target, Dict);
    if let Some(o) = other.get::<Dict>()
        && !rt.type_of(other).has_flag(Type::GUEST_ITER)
        && update_from_dict(rt, d, o)?
    {
        return Ok(());
    }
    Err(rt.delegate(frozen::dict_update_mapping, &[target, other]))
}

fn update_from_dict(rt: &mut Rt, d: Gc<Dict>, other: Gc<Dict>) -> Res<bool> {
    if d == other || other.is_empty() {
        return Ok(true);
    }
    rt.charge(other.len())?;
    if d.is_empty() {
        d.reserve(&mut rt.heap, other.len())?;
    }
    for (i, e) in other.iter().enumerate() {
        if !d.insert(&mut rt.heap, e.hash, e.key, e.value)? {
            return Ok(false);
        }
        if i % POLL_EVERY == POLL_EVERY - 1 {
            rt.poll()?;
        }
    }
    Ok(true)
}

/// Adds pairs that are lists or tuples; `false` if anything else comes up.
fn update_from_pairs(rt: &mut Rt, d: Gc<Dict>, pairs: &[Value]) -> Res<bool> {
    rt.charge(pairs.len())?;
    for (i, &pair) in pairs.iter().enumerate() {
        let Some(items) = Items::exact(pair) else { return Ok(false) };
        let &[key, value] = items.slice() else {
            let n = items.slice().len();
            return Err(rt.value_error(message!(
                "dictionary update sequence element #{i} has length {n}; 2 is required"
            )));
        };
        let done = match hash_key(rt, key)? {
            Some(h) => d.insert(&mut rt.heap, h, key, value)?,
            None => false,
        };
        if !done {
            return Ok(false);
        }
        if i % POLL_EVERY == POLL_EVERY - 1 {
            rt.poll()?;
        }
    }
    Ok(true)
}

/// Adds the keyword arguments of `**other` to `target`; a name twice is a TypeError that shows `callee` (the function).
pub fn dict_merge(rt: &mut Rt, target: Value, other: Value, callee: Value) -> Res<()> {
    let d = payload!(rt, target, Dict);
    let plain = other.exact::<Dict>();
    if let Some(o) = plain {
        rt.charge(o.len())?;
        let fresh = o
            .iter()
            .all(|e| e.key.exact::<Str>().is_some() && d.find(&rt.heap, e.hash, e.key) == Probe::Missing);
        if fresh {
            // A repeat after a collection would take what the first attempt added for names given twice.
            d.reserve(&mut rt.heap, o.len())?;
            if update_from_dict(rt, d, o)? {
                return Ok(());
            }
        }
    }
    Err(rt.delegate(frozen::dict_merge, &[target, other, callee]))
}

/// A new dict of keys and values in turn, as in a dict display.
pub fn build_map(rt: &mut Rt, pairs: &[Value]) -> Res<Value> {
    let out = dict::new(&mut rt.heap)?;
    if pairs.len() > 10 {
        out.reserve(&mut rt.heap, pairs.len() / 2)?;
    }
    for pair in pairs.chunks_exact(2) {
        let &[key, value] = pair else { break };
        let done = match hash_key(rt, key)? {
            Some(h) => out.insert(&mut rt.heap, h, key, value)?,
            None => false,
        };
        if !done {
            let all = rt.new_tuple(pairs)?;
            return Err(rt.delegate(frozen::dict_from_flat, &[all]));
        }
    }
    Ok(out.value())
}

fn binary(rt: &mut Rt, op: BinOp, a: Value, b: Value) -> Res<Value> {
    let (Some(x), Some(y)) = (a.get::<Dict>(), b.get::<Dict>()) else { return Ok(Value::NOT_IMPLEMENTED) };
    if op != BinOp::Or {
        return Ok(Value::NOT_IMPLEMENTED);
    }
    let out = copy_of(rt, x)?;
    if !rt.type_of(b).has_flag(Type::GUEST_ITER) && update_from_dict(rt, out, y)? {
        return Ok(out.value());
    }
    Err(rt.delegate(frozen::dict_or, &[a, b]))
}

fn inplace(rt: &mut Rt, op: BinOp, a: Value, b: Value) -> Res<Value> {
    if op != BinOp::Or {
        return Ok(Value::NOT_IMPLEMENTED);
    }
    match dict_update(rt, a, b) {
        Ok(()) => Ok(a),
        Err(e) if rt.caught(e, ExitKind::Call) => Err(rt.delegate(frozen::dict_ior, &[a, b])),
        Err(e) => Err(e),
    }
}

fn compare(rt: &mut Rt, op: CmpOp, a: Value, b: Value) -> Res<Value> {
    let (Some(x), Some(y)) = (a.get::<Dict>(), b.get::<Dict>()) else { return Ok(Value::NOT_IMPLEMENTED) };
    if !matches!(op, CmpOp::Eq | CmpOp::Ne) {
        return Ok(Value::NOT_IMPLEMENTED);
    }
    match same_items(rt, &x, &y)? {
        Eq::True => Ok(Value::bool(op == CmpOp::Eq)),
        Eq::False => Ok(Value::bool(op == CmpOp::Ne)),
        Eq::Guest => Err(rt.delegate(frozen::dict_compare, &[a, b, Value::bool(op == CmpOp::Eq)])),
    }
}

fn same_items(rt: &mut Rt, x: &Dict, y: &Dict) -> Res<Eq> {
    if x.len() != y.len() {
        return Ok(Eq::False);
    }
    rt.charge(x.len())?;
    for (n, e) in x.iter().enumerate() {
        let i = match y.find(&rt.heap, e.hash, e.key) {
            Probe::Found(i) => i,
            Probe::Missing => return Ok(Eq::False),
            Probe::Guest => return Ok(Eq::Guest),
        };
        match super::sequence::same(rt, e.value, value_at(y, i)) {
            Eq::True => {}
            other => return Ok(other),
        }
        if n % POLL_EVERY == POLL_EVERY - 1 {
            rt.poll()?;
        }
    }
    Ok(Eq::True)
}
