//! `list`.

use super::frozen;
use super::left_out::doc;
use super::sequence::{self, Items, Key, Search, native_items, payload, subscript};
use super::slice::{self, Bounds};
use super::{container_repr, iterators, sort};
use crate::exit::{Exit, ExitKind, Res};
use crate::heap::Gc;
use crate::interp::{Args, BinOp, Rt, Slots, TypeDef, def};
use crate::object::{List, iter, kind, list};
use crate::value::Value;

/// `list`.
pub static LIST: TypeDef = TypeDef {
    kind: kind::List,
    doc: doc("A mutable sequence; list(iterable) has the iterable's items."),
    base: kind::Object,
    new: Some(def("list", "cls, *args, **kwargs", new)),
    methods: &[
        def("__init__", "self, iterable=(), /", init),
        def("append", "self, object, /", append),
        def("extend", "self, iterable, /", extend),
        def("insert", "self, index, object, /", insert),
        def("pop", "self, index=-1, /", pop),
        def("remove", "self, value, /", remove),
        def("clear", "self, /", clear),
        def("copy", "self, /", copy),
        def("index", "self, value, start=0, stop=9223372036854775807, /", index),
        def("count", "self, value, /", count),
        def("reverse", "self, /", reverse),
        def("sort", "self, *, key=None, reverse=False", list_sort),
        def("__reversed__", "self, /", reversed),
    ],
    getset: &[],
    slots: &Slots {
        repr: Some(container_repr::repr),
        len: Some(|rt, v| Ok(payload!(rt, v, List).len())),
        getitem: Some(list_getitem),
        setitem: Some(list_setitem),
        contains: Some(contains),
        iter: Some(|rt, v| Ok(iter::new(&mut rt.heap, kind::ListIter, v, 0, 0)?.value())),
        binary: Some(binary),
        inplace: Some(inplace),
        compare: Some(sequence::compare),
        ..Slots::NONE
    },
    subclassable: true,
};

/// Slots: class, keywords, positional arguments. For a subclass the arguments are `__init__`'s.
fn new(rt: &mut Rt, a: Args) -> Res<Value> {
    let cls = a.at(0);
    if cls != rt.builtin_type(kind::List as u16).value() {
        let shape = rt.instance_shape(cls)?;
        return Ok(list::with_shape(&mut rt.heap, 0, shape)?.value());
    }
    if iterators::has_keywords(a.at(1)) {
        return Err(rt.type_error(message!("list() takes no keyword arguments")));
    }
    if a.len() > 3 {
        let n = a.len() - 2;
        return Err(rt.type_error(message!("list expected at most 1 argument, got {n}")));
    }
    let Some(source) = a.opt(2) else { return rt.new_list(&[]) };
    match native_items(rt, source)? {
        Some(items) => rt.new_list(items.slice()),
        None => Err(rt.delegate(frozen::list_from, &[source])),
    }
}

fn init(rt: &mut Rt, a: Args) -> Res<Value> {
    let l = payload!(rt, a.at(0), List);
    let Some(source) = a.opt(1) else {
        l.clear(&mut rt.heap);
        return Ok(Value::NONE);
    };
    match native_items(rt, source)? {
        Some(items) => {
            let fresh = list::new(&mut rt.heap, items.slice())?;
            l.swap_contents(&mut rt.heap, &fresh)?;
            Ok(Value::NONE)
        }
        None => Err(rt.delegate(frozen::list_init, &[a.at(0), source])),
    }
}

fn append(rt: &mut Rt, a: Args) -> Res<Value> {
    payload!(rt, a.at(0), List).push(&mut rt.heap, a.at(1))?;
    Ok(Value::NONE)
}

/// Appends the items of any iterable.
pub fn list_extend(rt: &mut Rt, target: Value, source: Value) -> Res<()> {
    let l = payload!(rt, target, List);
    match native_items(rt, source)? {
        Some(Items::List(other)) => l.extend_from(&mut rt.heap, other),
        Some(Items::Tuple(t)) => {
            l.reserve(&mut rt.heap, t.len())?;
            l.extend_reserved(t.items());
            Ok(())
        }
        None => Err(rt.delegate(frozen::list_extend, &[target, source])),
    }
}

/// Appends the items of `source` in a display, `[*source]`, whose TypeError has a text of its own.
pub fn list_extend_star(rt: &mut Rt, target: Value, source: Value) -> Res<()> {
    match list_extend(rt, target, source) {
        Err(e) if rt.caught(e, ExitKind::Call) => {
            Err(rt.delegate(frozen::list_extend_star, &[target, source]))
        }
        r => r,
    }
}

fn extend(rt: &mut Rt, a: Args) -> Res<Value> {
    list_extend(rt, a.at(0), a.at(1))?;
    Ok(Value::NONE)
}

fn insert(rt: &mut Rt, a: Args) -> Res<Value> {
    let l = payload!(rt, a.at(0), List);
    let at = rt.index_exact(a, 1)?;
    let at = sequence::clamp_index(at, l.len());
    rt.charge((l.len() - at) / 16)?;
    l.insert(&mut rt.heap, at, a.at(2))?;
    Ok(Value::NONE)
}

fn pop(rt: &mut Rt, a: Args) -> Res<Value> {
    let l = payload!(rt, a.at(0), List);
    if a.opt(1).is_none() {
        return match l.pop() {
            Some(v) => Ok(v),
            None => Err(rt.index_error(message!("pop from empty list"))),
        };
    }
    let n = rt.index_exact(a, 1)?;
    if l.is_empty() {
        return Err(rt.index_error(message!("pop from empty list")));
    }
    let n = if n < 0 { n.saturating_add(l.len() as i64) } else { n };
    match usize::try_from(n) {
        Ok(i) if i < l.len() => {
            rt.charge((l.len() - i) / 16)?;
            Ok(l.remove(i).unwrap_or(Value::NONE))
        }
        _ => Err(rt.index_error(message!("pop index out of range"))),
    }
}

fn remove(rt: &mut Rt, a: Args) -> Res<Value> {
    let l = payload!(rt, a.at(0), List);
    match sequence::search(rt, l.items(), 0, usize::MAX, a.at(1))? {
        Search::Found(i) => {
            l.remove(i);
            Ok(Value::NONE)
        }
        Search::Missing => Err(rt.value_error(message!("list.remove(x): x not in list"))),
        Search::Guest => Err(rt.delegate(frozen::list_remove, &[a.at(0), a.at(1)])),
    }
}

fn clear(rt: &mut Rt, a: Args) -> Res<Value> {
    payload!(rt, a.at(0), List).clear(&mut rt.heap);
    Ok(Value::NONE)
}

fn copy(rt: &mut Rt, a: Args) -> Res<Value> {
    let l = payload!(rt, a.at(0), List);
    rt.new_list(l.items())
}

fn index(rt: &mut Rt, a: Args) -> Res<Value> {
    let l = payload!(rt, a.at(0), List);
    let (from, to) = sequence::search_bounds(rt, a, 2, l.len())?;
    match sequence::search(rt, l.items(), from, to, a.at(1))? {
        Search::Found(i) => Ok(Value::int(i as i64)),
        Search::Missing => Err(rt.value_error(message!("list.index(x): x not in list"))),
        Search::Guest => {
            let (from, to) = (Value::int(from as i64), Value::int(to as i64));
            Err(rt.delegate(frozen::sequence_index, &[a.at(0), a.at(1), from, to]))
        }
    }
}

fn count(rt: &mut Rt, a: Args) -> Res<Value> {
    let l = payload!(rt, a.at(0), List);
    match sequence::count(rt, l.items(), a.at(1))? {
        Some(n) => Ok(Value::int(n as i64)),
        None => Err(rt.delegate(frozen::sequence_count, &[a.at(0), a.at(1)])),
    }
}

fn reverse(rt: &mut Rt, a: Args) -> Res<Value> {
    let l = payload!(rt, a.at(0), List);
    rt.charge(l.len() / 16)?;
    l.reverse();
    Ok(Value::NONE)
}

fn list_sort(rt: &mut Rt, a: Args) -> Res<Value> {
    let (key, reverse) = (a.or(1, Value::NONE), a.or(2, Value::FALSE));
    sort::sort_list(rt, a.at(0), key, reverse)
}

fn reversed(rt: &mut Rt, a: Args) -> Res<Value> {
    let l = payload!(rt, a.at(0), List);
    Ok(iter::new(&mut rt.heap, kind::ListRevIter, a.at(0), l.len(), 0)?.value())
}

/// `list[key]`.
#[inline]
pub fn list_getitem(rt: &mut Rt, v: Value, key: Value) -> Res<Value> {
    let l = payload!(rt, v, List);
    match subscript(rt, key, l.len(), "list")? {
        Key::At(i) => Ok(l.get(i).unwrap_or(Value::NONE)),
        Key::Outside => Err(rt.index_error(message!("list index out of range"))),
        Key::Slice(s) => match slice::bounds(rt, s, l.len())? {
            Some(b) => Ok(selected(rt, l.items(), b)?.value()),
            None => Err(rt.delegate(frozen::getitem_by_index, &[v, key])),
        },
        Key::Guest => Err(rt.delegate(frozen::getitem_by_index, &[v, key])),
    }
}

/// A new list of the items that `b` selects.
fn selected(rt: &mut Rt, items: &[Value], b: Bounds) -> Res<Gc<List>> {
    if b.step == 1 {
        let start = b.start as usize;
        return list::new(&mut rt.heap, items.get(start..start + b.count).unwrap_or(&[]));
    }
    let out = list::with_capacity(&mut rt.heap, b.count)?;
    for i in b.indices() {
        out.extend_reserved(items.get(i..=i).unwrap_or(&[]));
    }
    Ok(out)
}

/// `list[key] = value`, or `del list[key]` if `value` is unbound.
pub fn list_setitem(rt: &mut Rt, v: Value, key: Value, value: Value) -> Res<()> {
    let l = payload!(rt, v, List);
    match subscript(rt, key, l.len(), "list")? {
        Key::At(i) if value.is_unbound() => {
            rt.charge((l.len() - i) / 16)?;
            l.remove(i);
            Ok(())
        }
        Key::At(i) => {
            l.set(i, value);
            Ok(())
        }
        Key::Outside => Err(rt.index_error(message!("list assignment index out of range"))),
        Key::Slice(s) => match slice::bounds(rt, s, l.len())? {
            Some(b) if value.is_unbound() => delete_slice(rt, l, b),
            Some(b) => assign_slice(rt, l, b, key, value),
            None => Err(set_by_index(rt, v, key, value)),
        },
        Key::Guest => Err(set_by_index(rt, v, key, value)),
    }
}

#[cold]
fn set_by_index(rt: &mut Rt, v: Value, key: Value, value: Value) -> Exit {
    if value.is_unbound() {
        rt.delegate(frozen::delitem_by_index, &[v, key])
    } else {
        rt.delegate(frozen::setitem_by_index, &[v, key, value])
    }
}

fn delete_slice(rt: &mut Rt, l: Gc<List>, b: Bounds) -> Res<()> {
    rt.charge(l.len() / 16)?;
    let (start, step) = b.ascending();
    if step == 1 {
        return l.splice(&mut rt.heap, start, start + b.count, &[]);
    }
    rt.charge(l.len())?;
    l.remove_stepped(start, step, b.count);
    Ok(())
}

fn assign_slice(rt: &mut Rt, l: Gc<List>, b: Bounds, key: Value, value: Value) -> Res<()> {
    let Some(items) = native_items(rt, value)? else {
        return Err(rt.delegate(frozen::setitem_iterable, &[l.value(), key, value]));
    };
    // A list assigned to a part of itself is copied first.
    let items = match items {
        Items::List(other) if other == l => Items::List(list::new(&mut rt.heap, l.items())?),
        other => other,
    };
    let new = items.slice();
    rt.charge(l.len() / 16 + new.len() / 4)?;
    if b.step == 1 {
        let start = b.start as usize;
        return l.splice(&mut rt.heap, start, start + b.count, new);
    }
    if new.len() != b.count {
        let (n, count) = (new.len(), b.count);
        return Err(rt.value_error(message!(
            "attempt to assign sequence of size {n} to extended slice of size {count}"
        )));
    }
    for (i, &v) in b.indices().zip(new) {
        l.set(i, v);
    }
    Ok(())
}

fn contains(rt: &mut Rt, v: Value, item: Value) -> Res<bool> {
    let l = payload!(rt, v, List);
    match sequence::search(rt, l.items(), 0, usize::MAX, item)? {
        Search::Found(_) => Ok(true),
        Search::Missing => Ok(false),
        Search::Guest => Err(rt.delegate(frozen::sequence_contains, &[v, item])),
    }
}

fn is_list(v: Value) -> bool {
    v.get::<List>().is_some()
}

fn binary(rt: &mut Rt, op: BinOp, a: Value, b: Value) -> Res<Value> {
    match op {
        BinOp::Add => {
            let (Some(x), Some(y)) = (a.get::<List>(), b.get::<List>()) else {
                return Ok(Value::NOT_IMPLEMENTED);
            };
            let out = list::with_capacity(&mut rt.heap, x.len().saturating_add(y.len()))?;
            out.extend_reserved(x.items());
            out.extend_reserved(y.items());
            Ok(out.value())
        }
        BinOp::Mul => match sequence::repeat_operands(rt, a, b, is_list)? {
            Some((l, n)) => list_repeat(rt, l, n),
            None => Ok(Value::NOT_IMPLEMENTED),
        },
        _ => Ok(Value::NOT_IMPLEMENTED),
    }
}

/// `list * n`.
pub fn list_repeat(rt: &mut Rt, v: Value, n: usize) -> Res<Value> {
    let l = payload!(rt, v, List);
    let out = list::with_capacity(&mut rt.heap, repeated_len(l.len(), n)?)?;
    fill_repeated(rt, out, l.items(), n)?;
    Ok(out.value())
}

fn repeated_len(len: usize, n: usize) -> Res<usize> {
    // What no memory could hold ends as MemoryError, as in CPython.
    len.checked_mul(n).ok_or(Exit::NeedGc)
}

/// Appends `items` `n` times to `out`, which has room for them: doubling what is there keeps it fast.
fn fill_repeated(rt: &mut Rt, out: Gc<List>, items: &[Value], n: usize) -> Res<()> {
    let total = out.len().saturating_add(items.len().saturating_mul(n));
    if n > 0 {
        out.extend_reserved(items);
    }
    while out.len() < total && !out.is_empty() {
        let part = (total - out.len()).min(out.len());
        // The slice is only read while items are appended behind it.
        let copy = Items::List(out);
        out.extend_reserved(copy.slice().get(..part).unwrap_or(&[]));
        rt.poll()?;
    }
    Ok(())
}

fn inplace(rt: &mut Rt, op: BinOp, a: Value, b: Value) -> Res<Value> {
    match op {
        BinOp::Add => match list_extend(rt, a, b) {
            Ok(()) => Ok(a),
            // The delegate's result stands for this one's: it must be the list.
            Err(e) if rt.caught(e, ExitKind::Call) => Err(rt.delegate(frozen::list_iadd, &[a, b])),
            Err(e) => Err(e),
        },
        BinOp::Mul => {
            let l = payload!(rt, a, List);
            let n = match sequence::repeat_operands(rt, a, b, is_list) {
                Ok(Some((_, n))) => n,
                Ok(None) => return Ok(Value::NOT_IMPLEMENTED),
                Err(e) if rt.caught(e, ExitKind::Call) => return Err(rt.delegate(frozen::list_imul, &[a, b])),
                Err(e) => return Err(e),
            };
            let out = list::with_capacity(&mut rt.heap, repeated_len(l.len(), n)?)?;
            fill_repeated(rt, out, l.items(), n)?;
            l.swap_contents(&mut rt.heap, &out)?;
            Ok(a)
        }
        _ => Ok(Value::NOT_IMPLEMENTED),
    }
}
