//! `set` and `frozenset`.
//!
//! Which items are visited and added in which order is CPython's, operation by operation, since it decides the order
//! of iteration. Operations that change a set in place either do only what may be done twice, or build the new table
//! aside and exchange it at the end.

use super::dict::hash_as;
use super::left_out::doc;
use super::sequence::{Items, POLL_EVERY, native_items, wrong_payload};
use super::{container_repr, frozen, iterators};
use crate::exit::{Exit, Res};
use crate::heap::Gc;
use crate::interp::{Args, BinOp, CmpOp, NativeDef, Rt, Slots, TypeDef, def};
use crate::object::dict::Probe;
use crate::object::exception::exc;
use crate::object::hash::hash_set_items;
use crate::object::set::{self, Set};
use crate::object::{Dict, Generator, iter, kind};
use crate::value::Value;

macro_rules! shared_methods {
    ($($own:expr,)*) => {
        &[
            $($own,)*
            def("copy", "self, /", copy),
            def("union", "self, *others", union),
            def("intersection", "self, *others", intersection),
            def("difference", "self, *others", difference),
            def("symmetric_difference", "self, other, /", symmetric_difference),
            def("issubset", "self, other, /", issubset),
            def("issuperset", "self, other, /", issuperset),
            def("isdisjoint", "self, other, /", isdisjoint),
        ]
    };
}

static SET_METHODS: &[NativeDef] = shared_methods![
    def("__init__", "self, iterable=(), /", init),
    def("add", "self, object, /", add),
    def("remove", "self, object, /", remove),
    def("discard", "self, object, /", discard),
    def("pop", "self, /", pop),
    def("clear", "self, /", clear),
    def("update", "self, *others", update),
    def("intersection_update", "self, *others", intersection_update),
    def("difference_update", "self, *others", difference_update),
    def("symmetric_difference_update", "self, other, /", symmetric_difference_update),
];
static FROZENSET_METHODS: &[NativeDef] = shared_methods![];

const SLOTS: Slots = Slots {
    repr: Some(container_repr::repr),
    len: Some(|rt, v| Ok(this(rt, v)?.len())),
    contains: Some(set_contains),
    iter: Some(set_iter),
    binary: Some(binary),
    compare: Some(compare),
    ..Slots::NONE
};

/// `set`.
pub static SET: TypeDef = TypeDef {
    kind: kind::Set,
    doc: doc("An unordered collection of distinct items."),
    base: kind::Object,
    new: Some(def("set", "cls, *args, **kwargs", new_set)),
    methods: SET_METHODS,
    getset: &[],
    slots: &Slots { inplace: Some(inplace), ..SLOTS },
    subclassable: true,
};

/// `frozenset`.
pub static FROZENSET: TypeDef = TypeDef {
    kind: kind::FrozenSet,
    doc: doc("An immutable unordered collection of distinct items."),
    base: kind::Object,
    new: Some(def("frozenset", "cls, iterable=(), /", new_frozenset)),
    methods: FROZENSET_METHODS,
    getset: &[],
    slots: &SLOTS,
    subclassable: true,
};

fn this(rt: &mut Rt, v: Value) -> Res<Gc<Set>> {
    match set::get(v) {
        Some(s) => Ok(s),
        None => Err(wrong_payload(rt)),
    }
}

fn is_frozen(v: Value) -> bool {
    v.header().is_some_and(|h| h.kind == kind::FrozenSet)
}

/// A new empty set or frozenset (never a subclass) to hold a result of an operation on `v`.
pub fn new_like(rt: &mut Rt, v: Value) -> Res<Gc<Set>> {
    if is_frozen(v) { set::new_frozen(&mut rt.heap) } else { set::new(&mut rt.heap) }
}

fn copy_of(rt: &mut Rt, s: Gc<Set>, like: Value) -> Res<Gc<Set>> {
    let out = new_like(rt, like)?;
    rt.charge(s.len())?;
    out.copy_from(&mut rt.heap, s)?;
    Ok(out)
}

/// Where the other operand's items come from.
#[derive(Clone, Copy)]
enum Source {
    Set(Gc<Set>),
    Dict(Gc<Dict>),
    Items(Items),
}

fn native_source(rt: &mut Rt, v: Value) -> Res<Option<Source>> {
    if let Some(s) = set::get(v) {
        return Ok(Some(Source::Set(s)));
    }
    if let Some(d) = v.exact::<Dict>() {
        return Ok(Some(Source::Dict(d)));
    }
    Ok(native_items(rt, v)?.map(Source::Items))
}

/// The operand in argument slot `slot`; a guest's iterable is first replaced by a list.
fn source(rt: &mut Rt, a: Args, slot: usize) -> Res<Source> {
    match native_source(rt, a.at(slot))? {
        Some(s) => Ok(s),
        None => Err(rt.list_into(slot, a.at(slot))),
    }
}

/// Calls `f` with each item and its hash; `false` as soon as a hash needs guest code or `f` says so.
fn each(rt: &mut Rt, src: Source, mut f: impl FnMut(&mut Rt, Value, u64) -> Res<bool>) -> Res<bool> {
    match src {
        Source::Set(s) => {
            rt.charge(s.len())?;
            for i in 0..s.slots() {
                if let Some(e) = s.slot(i)
                    && !f(rt, e.key, e.hash)?
                {
                    return Ok(false);
                }
                if i % POLL_EVERY == POLL_EVERY - 1 {
                    rt.poll()?;
                }
            }
        }
        Source::Dict(d) => {
            rt.charge(d.len())?;
            for (i, e) in d.iter().enumerate() {
                if !f(rt, e.key, e.hash)? {
                    return Ok(false);
                }
                if i % POLL_EVERY == POLL_EVERY - 1 {
                    rt.poll()?;
                }
            }
        }
        Source::Items(items) => {
            rt.charge(items.slice().len())?;
            for (i, &v) in items.slice().iter().enumerate() {
                let Some(h) = hash_as(rt, v, "a set element")? else { return Ok(false) };
                if !f(rt, v, h)? {
                    return Ok(false);
                }
                if i % POLL_EVERY == POLL_EVERY - 1 {
                    rt.poll()?;
                }
            }
        }
    }
    Ok(true)
}

/// Adds all items; `false` if that needs guest code. May be done twice.
fn add_all(rt: &mut Rt, s: Gc<Set>, src: Source) -> Res<bool> {
    match src {
        Source::Set(other) => {
            rt.charge(other.len())?;
            return s.merge(&mut rt.heap, other);
        }
        Source::Dict(d) => s.reserve(&mut rt.heap, d.len())?,
        Source::Items(_) => {}
    }
    each(rt, src, |rt, v, h| s.insert(&mut rt.heap, h, v))
}

/// Removes all items; `false` if that needs guest code. May be done twice.
fn discard_all(rt: &mut Rt, s: Gc<Set>, src: Source) -> Res<bool> {
    if let Source::Set(other) = src
        && other == s
    {
        s.clear(&mut rt.heap)?;
        return Ok(true);
    }
    let done = each(rt, src, |rt, v, h| match s.find(&rt.heap, h, v) {
        Probe::Found(i) => {
            s.remove_slot(i);
            Ok(true)
        }
        Probe::Missing => Ok(true),
        Probe::Guest => Ok(false),
    })?;
    if done {
        s.compact(&mut rt.heap)?;
    }
    Ok(done)
}

/// Removes the items that are there and adds the others. Not to be done twice.
fn toggle_all(rt: &mut Rt, s: Gc<Set>, other: Gc<Set>) -> Res<bool> {
    each(rt, Source::Set(other), |rt, v, h| match s.find(&rt.heap, h, v) {
        Probe::Found(i) => {
            s.remove_slot(i);
            Ok(true)
        }
        Probe::Missing => s.insert_new(&mut rt.heap, h, v).map(|()| true),
        Probe::Guest => Ok(false),
    })
}

fn set_intersection(rt: &mut Rt, s: Gc<Set>, like: Value, src: Source) -> Res<Option<Gc<Set>>> {
    if let Source::Set(other) = src
        && other == s
    {
        return copy_of(rt, s, like).map(Some);
    }
    let out = new_like(rt, like)?;
    let (within, visited) = match src {
        Source::Set(other) if other.len() > s.len() => (other, Source::Set(s)),
        _ => (s, src),
    };
    let done = each(rt, visited, |rt, v, h| match within.find(&rt.heap, h, v) {
        Probe::Found(_) => out.insert(&mut rt.heap, h, v),
        Probe::Missing => Ok(true),
        Probe::Guest => Ok(false),
    })?;
    Ok(done.then_some(out))
}

fn set_difference(rt: &mut Rt, s: Gc<Set>, like: Value, src: Source) -> Res<Option<Gc<Set>>> {
    let others = match src {
        Source::Set(o) => o.len(),
        Source::Dict(d) => d.len(),
        Source::Items(_) => 0,
    };
    if matches!(src, Source::Items(_)) || s.len() >> 2 > others {
        let out = copy_of(rt, s, like)?;
        return Ok(discard_all(rt, out, src)?.then_some(out));
    }
    let out = new_like(rt, like)?;
    let done = each(rt, Source::Set(s), |rt, v, h| {
        let found = match src {
            Source::Set(o) => o.find(&rt.heap, h, v),
            Source::Dict(d) => d.find(&rt.heap, h, v),
            Source::Items(_) => Probe::Guest,
        };
        match found {
            Probe::Found(_) => Ok(true),
            Probe::Missing => out.insert(&mut rt.heap, h, v),
            Probe::Guest => Ok(false),
        }
    })?;
    Ok(done.then_some(out))
}

fn set_symmetric_difference(rt: &mut Rt, s: Gc<Set>, like: Value, src: Source) -> Res<Option<Gc<Set>>> {
    let out = new_like(rt, like)?;
    let done = add_all(rt, out, src)? && toggle_all(rt, out, s)?;
    Ok(done.then_some(out))
}

fn is_subset(rt: &mut Rt, s: Gc<Set>, other: Gc<Set>) -> Res<Option<bool>> {
    if s.len() > other.len() {
        return Ok(Some(false));
    }
    let mut missing = false;
    let done = each(rt, Source::Set(s), |rt, v, h| match other.find(&rt.heap, h, v) {
        Probe::Found(_) => Ok(true),
        Probe::Missing => {
            missing = true;
            Ok(false)
        }
        Probe::Guest => Ok(false),
    })?;
    Ok(if missing { Some(false) } else { done.then_some(true) })
}

/// The extra arguments as a tuple for frozen code.
fn others(rt: &mut Rt, a: Args) -> Res<Value> {
    let rest = a.rest(1);
    rt.new_tuple(rest.slice())
}

fn delegate_multi(rt: &mut Rt, f: u32, a: Args) -> Exit {
    match others(rt, a) {
        Ok(rest) => rt.delegate(f, &[a.at(0), rest]),
        Err(e) => e,
    }
}

/// Slots: class, keywords, positional arguments. For a subclass the arguments are `__init__`'s.
fn new_set(rt: &mut Rt, a: Args) -> Res<Value> {
    let cls = a.at(0);
    if cls != rt.builtin_type(kind::Set as u16).value() {
        let shape = rt.instance_shape(cls)?;
        return Ok(set::with_shape(&mut rt.heap, shape, kind::Set)?.value());
    }
    if iterators::has_keywords(a.at(1)) {
        return Err(rt.type_error(message!("set() takes no keyword arguments")));
    }
    if a.len() > 3 {
        let n = a.len() - 2;
        return Err(rt.type_error(message!("set expected at most 1 argument, got {n}")));
    }
    let out = set::new(&mut rt.heap)?;
    if let Some(from) = a.opt(2) {
        if from.get::<Generator>().is_some() {
            return Err(rt.delegate(frozen::set_from, &[from]));
        }
        let src = source(rt, a, 2)?;
        if !add_all(rt, out, src)? {
            return Err(rt.delegate(frozen::set_new, &[cls, a.at(2)]));
        }
    }
    Ok(out.value())
}

fn new_frozenset(rt: &mut Rt, a: Args) -> Res<Value> {
    let cls = a.at(0);
    let plain = cls == rt.builtin_type(kind::FrozenSet as u16).value();
    if plain && a.at(1).shape() == kind::FrozenSet as u32 {
        return Ok(a.at(1));
    }
    let out = new_of_class(rt, cls)?;
    if a.opt(1).is_some() {
        let src = source(rt, a, 1)?;
        if !add_all(rt, out, src)? {
            return Err(rt.delegate(frozen::set_new, &[cls, a.at(1)]));
        }
    }
    Ok(out.value())
}

/// A new empty instance of `set`, `frozenset`, or a subclass.
pub fn new_of_class(rt: &mut Rt, cls: Value) -> Res<Gc<Set>> {
    let kind = cls.get::<crate::object::Type>().map_or(kind::Set, |t| t.base_kind);
    let kind = if kind == kind::FrozenSet { kind } else { kind::Set };
    if cls == rt.builtin_type(kind as u16).value() {
        return set::with_shape(&mut rt.heap, kind as u32, kind);
    }
    let shape = rt.instance_shape(cls)?;
    set::with_shape(&mut rt.heap, shape, kind)
}

fn init(rt: &mut Rt, a: Args) -> Res<Value> {
    let s = this(rt, a.at(0))?;
    let fresh = set::new(&mut rt.heap)?;
    if a.opt(1).is_some() {
        let src = source(rt, a, 1)?;
        if !add_all(rt, fresh, src)? {
            return Err(rt.delegate(frozen::set_init, &[a.at(0), a.at(1)]));
        }
    }
    s.swap_contents(&fresh);
    Ok(Value::NONE)
}

/// `set.add(v)`.
pub fn set_add(rt: &mut Rt, v: Value, item: Value) -> Res<()> {
    let s = this(rt, v)?;
    match hash_as(rt, item, "a set element")? {
        Some(h) if s.insert(&mut rt.heap, h, item)? => Ok(()),
        _ => Err(rt.delegate(frozen::set_add, &[v, item])),
    }
}

fn add(rt: &mut Rt, a: Args) -> Res<Value> {
    set_add(rt, a.at(0), a.at(1))?;
    Ok(Value::NONE)
}

/// Where an item is; a set stands for the frozenset of its items, as it cannot be an item itself.
fn locate(rt: &mut Rt, s: Gc<Set>, item: Value) -> Res<Probe> {
    if item.shape() == kind::Set as u32
        && let Some(inner) = set::get(item)
    {
        rt.charge(inner.len())?;
        return Ok(s.find(&rt.heap, hash_set_items(&inner), item));
    }
    match hash_as(rt, item, "a set element")? {
        Some(h) => Ok(s.find(&rt.heap, h, item)),
        None => Ok(Probe::Guest),
    }
}

fn set_contains(rt: &mut Rt, v: Value, item: Value) -> Res<bool> {
    let s = this(rt, v)?;
    match locate(rt, s, item)? {
        Probe::Found(_) => Ok(true),
        Probe::Missing => Ok(false),
        Probe::Guest => Err(rt.delegate(frozen::set_contains, &[v, item])),
    }
}

fn remove(rt: &mut Rt, a: Args) -> Res<Value> {
    let s = this(rt, a.at(0))?;
    match locate(rt, s, a.at(1))? {
        Probe::Found(i) => {
            s.remove_slot(i);
            Ok(Value::NONE)
        }
        Probe::Missing => Err(rt.key_error(a.at(1))),
        Probe::Guest => Err(rt.delegate(frozen::set_remove, &[a.at(0), a.at(1)])),
    }
}

fn discard(rt: &mut Rt, a: Args) -> Res<Value> {
    let s = this(rt, a.at(0))?;
    match locate(rt, s, a.at(1))? {
        Probe::Found(i) => {
            s.remove_slot(i);
            Ok(Value::NONE)
        }
        Probe::Missing => Ok(Value::NONE),
        Probe::Guest => Err(rt.delegate(frozen::set_discard, &[a.at(0), a.at(1)])),
    }
}

fn pop(rt: &mut Rt, a: Args) -> Res<Value> {
    match this(rt, a.at(0))?.pop() {
        Some(v) => Ok(v),
        None => {
            let m = rt.new_str("pop from an empty set")?;
            Err(rt.raise_with(exc::KeyError, &[m]))
        }
    }
}

fn clear(rt: &mut Rt, a: Args) -> Res<Value> {
    this(rt, a.at(0))?.clear(&mut rt.heap)?;
    Ok(Value::NONE)
}

fn copy(rt: &mut Rt, a: Args) -> Res<Value> {
    let s = this(rt, a.at(0))?;
    if a.at(0).shape() == kind::FrozenSet as u32 {
        return Ok(a.at(0));
    }
    Ok(copy_of(rt, s, a.at(0))?.value())
}

fn set_iter(rt: &mut Rt, v: Value) -> Res<Value> {
    let n = this(rt, v)?.len();
    Ok(iter::new(&mut rt.heap, kind::SetIter, v, 0, n)?.value())
}

fn update(rt: &mut Rt, a: Args) -> Res<Value> {
    let s = this(rt, a.at(0))?;
    for slot in 1..a.len() {
        let src = source(rt, a, slot)?;
        if !add_all(rt, s, src)? {
            return Err(delegate_multi(rt, frozen::set_update, a));
        }
    }
    Ok(Value::NONE)
}

fn union(rt: &mut Rt, a: Args) -> Res<Value> {
    let s = this(rt, a.at(0))?;
    let out = copy_of(rt, s, a.at(0))?;
    for slot in 1..a.len() {
        let src = source(rt, a, slot)?;
        if a.at(slot) != a.at(0) && !add_all(rt, out, src)? {
            return Err(delegate_multi(rt, frozen::set_union, a));
        }
    }
    Ok(out.value())
}

fn intersection(rt: &mut Rt, a: Args) -> Res<Value> {
    match intersect_all(rt, a)? {
        Some(out) => Ok(out.value()),
        None => Err(delegate_multi(rt, frozen::set_intersection, a)),
    }
}

fn intersect_all(rt: &mut Rt, a: Args) -> Res<Option<Gc<Set>>> {
    let s = this(rt, a.at(0))?;
    if a.len() == 1 {
        return copy_of(rt, s, a.at(0)).map(Some);
    }
    let mut out = s;
    for slot in 1..a.len() {
        let src = source(rt, a, slot)?;
        match set_intersection(rt, out, a.at(0), src)? {
            Some(next) => out = next,
            None => return Ok(None),
        }
    }
    Ok(Some(out))
}

fn intersection_update(rt: &mut Rt, a: Args) -> Res<Value> {
    let s = this(rt, a.at(0))?;
    match intersect_all(rt, a)? {
        Some(out) => {
            s.swap_contents(&out);
            Ok(Value::NONE)
        }
        None => Err(delegate_multi(rt, frozen::set_intersection_update, a)),
    }
}

fn difference(rt: &mut Rt, a: Args) -> Res<Value> {
    let s = this(rt, a.at(0))?;
    if a.len() == 1 {
        return Ok(copy_of(rt, s, a.at(0))?.value());
    }
    let src = source(rt, a, 1)?;
    let Some(out) = set_difference(rt, s, a.at(0), src)? else {
        return Err(delegate_multi(rt, frozen::set_difference, a));
    };
    for slot in 2..a.len() {
        let src = source(rt, a, slot)?;
        if !discard_all(rt, out, src)? {
            return Err(delegate_multi(rt, frozen::set_difference, a));
        }
    }
    Ok(out.value())
}

fn difference_update(rt: &mut Rt, a: Args) -> Res<Value> {
    let s = this(rt, a.at(0))?;
    for slot in 1..a.len() {
        let src = source(rt, a, slot)?;
        if !discard_all(rt, s, src)? {
            return Err(delegate_multi(rt, frozen::set_difference_update, a));
        }
    }
    Ok(Value::NONE)
}

fn symmetric_difference(rt: &mut Rt, a: Args) -> Res<Value> {
    let s = this(rt, a.at(0))?;
    let src = source(rt, a, 1)?;
    match set_symmetric_difference(rt, s, a.at(0), src)? {
        Some(out) => Ok(out.value()),
        None => Err(rt.delegate(frozen::set_symmetric_difference, &[a.at(0), a.at(1)])),
    }
}

fn symmetric_difference_update(rt: &mut Rt, a: Args) -> Res<Value> {
    let src = source(rt, a, 1)?;
    match toggle_in_place(rt, a.at(0), src)? {
        true => Ok(Value::NONE),
        false => Err(rt.delegate(frozen::set_symmetric_difference_update, &[a.at(0), a.at(1)])),
    }
}

fn toggle_in_place(rt: &mut Rt, v: Value, src: Source) -> Res<bool> {
    let s = this(rt, v)?;
    let other = match src {
        Source::Set(other) if other == s => {
            s.clear(&mut rt.heap)?;
            return Ok(true);
        }
        Source::Set(other) => other,
        _ => {
            let other = new_like(rt, v)?;
            if !add_all(rt, other, src)? {
                return Ok(false);
            }
            other
        }
    };
    let work = s.clone_table(&mut rt.heap)?;
    let done = toggle_all(rt, work, other)?;
    if done {
        s.swap_contents(&work);
    }
    Ok(done)
}

fn issubset(rt: &mut Rt, a: Args) -> Res<Value> {
    let s = this(rt, a.at(0))?;
    let answer = match source(rt, a, 1)? {
        Source::Set(other) => is_subset(rt, s, other)?,
        src => set_intersection(rt, s, a.at(0), src)?.map(|both| both.len() == s.len()),
    };
    match answer {
        Some(b) => Ok(Value::bool(b)),
        None => Err(rt.delegate(frozen::set_issubset, &[a.at(0), a.at(1)])),
    }
}

/// Whether each item is in `s`; stops at the first that is not.
fn all_in(rt: &mut Rt, s: Gc<Set>, src: Source) -> Res<Option<bool>> {
    let mut missing = false;
    let done = each(rt, src, |rt, v, h| match s.find(&rt.heap, h, v) {
        Probe::Found(_) => Ok(true),
        Probe::Missing => {
            missing = true;
            Ok(false)
        }
        Probe::Guest => Ok(false),
    })?;
    Ok(if missing { Some(false) } else { done.then_some(true) })
}

fn issuperset(rt: &mut Rt, a: Args) -> Res<Value> {
    let s = this(rt, a.at(0))?;
    let answer = match source(rt, a, 1)? {
        Source::Set(other) => is_subset(rt, other, s)?,
        src => all_in(rt, s, src)?,
    };
    match answer {
        Some(b) => Ok(Value::bool(b)),
        None => Err(rt.delegate(frozen::set_issuperset, &[a.at(0), a.at(1)])),
    }
}

fn isdisjoint(rt: &mut Rt, a: Args) -> Res<Value> {
    let s = this(rt, a.at(0))?;
    let (within, visited) = match source(rt, a, 1)? {
        Source::Set(other) if other.len() > s.len() => (other, Source::Set(s)),
        src => (s, src),
    };
    let mut found = false;
    let done = each(rt, visited, |rt, v, h| match within.find(&rt.heap, h, v) {
        Probe::Found(_) => {
            found = true;
            Ok(false)
        }
        Probe::Missing => Ok(true),
        Probe::Guest => Ok(false),
    })?;
    match (found, done) {
        (true, _) => Ok(Value::FALSE),
        (false, true) => Ok(Value::TRUE),
        _ => Err(rt.delegate(frozen::set_isdisjoint, &[a.at(0), a.at(1)])),
    }
}

fn binary(rt: &mut Rt, op: BinOp, a: Value, b: Value) -> Res<Value> {
    let (Some(x), Some(y)) = (set::get(a), set::get(b)) else { return Ok(Value::NOT_IMPLEMENTED) };
    let src = Source::Set(y);
    let out = match op {
        BinOp::Or => {
            let out = copy_of(rt, x, a)?;
            if x == y || add_all(rt, out, src)? { Some(out) } else { None }
        }
        BinOp::And => set_intersection(rt, x, a, src)?,
        BinOp::Sub => set_difference(rt, x, a, src)?,
        BinOp::Xor => set_symmetric_difference(rt, x, a, src)?,
        _ => return Ok(Value::NOT_IMPLEMENTED),
    };
    match out {
        Some(out) => Ok(out.value()),
        None => Err(rt.delegate(frozen::set_binary, &[a, b, Value::int(op as i64)])),
    }
}

fn inplace(rt: &mut Rt, op: BinOp, a: Value, b: Value) -> Res<Value> {
    let (Some(x), Some(y)) = (set::get(a), set::get(b)) else { return Ok(Value::NOT_IMPLEMENTED) };
    let src = Source::Set(y);
    let done = match op {
        BinOp::Or => add_all(rt, x, src)?,
        BinOp::And => match set_intersection(rt, x, a, src)? {
            Some(out) => {
                x.swap_contents(&out);
                true
            }
            None => false,
        },
        BinOp::Sub => discard_all(rt, x, src)?,
        BinOp::Xor => toggle_in_place(rt, a, src)?,
        _ => return Ok(Value::NOT_IMPLEMENTED),
    };
    if done { Ok(a) } else { Err(rt.delegate(frozen::set_inplace, &[a, b, Value::int(op as i64)])) }
}

fn compare(rt: &mut Rt, op: CmpOp, a: Value, b: Value) -> Res<Value> {
    let (Some(x), Some(y)) = (set::get(a), set::get(b)) else { return Ok(Value::NOT_IMPLEMENTED) };
    let answer = match op {
        CmpOp::Eq | CmpOp::Ne if x.len() != y.len() => Some(op == CmpOp::Ne),
        CmpOp::Eq => is_subset(rt, x, y)?,
        CmpOp::Ne => is_subset(rt, x, y)?.map(|b| !b),
        CmpOp::Le => is_subset(rt, x, y)?,
        CmpOp::Lt if x.len() >= y.len() => Some(false),
        CmpOp::Lt => is_subset(rt, x, y)?,
        CmpOp::Ge => is_subset(rt, y, x)?,
        CmpOp::Gt if y.len() >= x.len() => Some(false),
        CmpOp::Gt => is_subset(rt, y, x)?,
    };
    match answer {
        Some(b) => Ok(Value::bool(b)),
        None => Err(rt.delegate(frozen::set_compare, &[a, b, Value::int(op as i64)])),
    }
}

/// A new set of `items` in order, as in a set display. (A display of three or more constants is, in CPython, an empty
/// set updated with a frozenset constant: [`set_update`].)
pub fn build_set(rt: &mut Rt, items: &[Value]) -> Res<Value> {
    let out = set::new(&mut rt.heap)?;
    for &v in items {
        let done = match hash_as(rt, v, "a set element")? {
            Some(h) => out.insert(&mut rt.heap, h, v)?,
            None => false,
        };
        if !done {
            let (cls, all) = (rt.builtin_type(kind::Set as u16).value(), rt.new_tuple(items)?);
            return Err(rt.delegate(frozen::set_new, &[cls, all]));
        }
    }
    Ok(out.value())
}

/// Adds the items of any iterable.
pub fn set_update(rt: &mut Rt, v: Value, other: Value) -> Res<()> {
    let s = this(rt, v)?;
    if let Some(src) = native_source(rt, other)?
        && add_all(rt, s, src)?
    {
        return Ok(());
    }
    let rest = rt.new_tuple(&[other])?;
    Err(rt.delegate(frozen::set_update, &[v, rest]))
}
