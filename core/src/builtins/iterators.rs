//! Iterators over built-in containers: the types of `SeqIter` cells, and `callable_iterator`.

use super::frozen;
use super::sequence::{payload, wrong_payload};
use crate::exit::{ExitKind, Res};
use crate::heap::Gc;
use crate::interp::{Args, NativeDef, Rt, Slots, TypeDef, def};
use crate::object::exception::exc;
use crate::object::{Bytes, Dict, List, Range, SeqIter, Str, Tuple, iter, kind, set};
use crate::value::Value;

static HINT: &[NativeDef] = &[def("__length_hint__", "self, /", length_hint)];

const fn steps(next: fn(&mut Rt, Value) -> Res<Value>) -> Slots {
    Slots { iter: Some(|_, v| Ok(v)), next: Some(next), ..Slots::NONE }
}

const fn iterator(kind: u8, slots: &'static Slots, methods: &'static [NativeDef]) -> TypeDef {
    TypeDef { kind, doc: "", base: kind::Object, new: None, methods, getset: &[], slots, subclassable: false }
}

/// The iterator types.
pub static ITERATORS: [TypeDef; 16] = [
    iterator(kind::ListIter, &steps(list_next), HINT),
    iterator(kind::ListRevIter, &steps(list_rev_next), HINT),
    iterator(kind::TupleIter, &steps(tuple_next), HINT),
    iterator(kind::StrIter, &steps(str_next), HINT),
    iterator(kind::StrAsciiIter, &steps(str_next), HINT),
    iterator(kind::BytesIter, &steps(bytes_next), HINT),
    iterator(kind::RangeIter, &steps(range_next), HINT),
    iterator(kind::SetIter, &steps(set_next), HINT),
    iterator(kind::DictKeyIter, &steps(dict_next), HINT),
    iterator(kind::DictValueIter, &steps(dict_next), HINT),
    iterator(kind::DictItemIter, &steps(dict_next), HINT),
    iterator(kind::DictRevKeyIter, &steps(dict_rev_next), HINT),
    iterator(kind::DictRevValueIter, &steps(dict_rev_next), HINT),
    iterator(kind::DictRevItemIter, &steps(dict_rev_next), HINT),
    iterator(kind::GetItemIter, &steps(getitem_next), &[]),
    iterator(kind::CallableIter, &steps(callable_next), &[]),
];

/// Whether a `**kwargs` slot holds any keyword.
pub fn has_keywords(v: Value) -> bool {
    v.get::<Dict>().is_some_and(|d| !d.is_empty())
}

fn state(rt: &mut Rt, v: Value) -> Res<Gc<SeqIter>> {
    match iter::get(v) {
        Some(i) => Ok(i),
        None => Err(wrong_payload(rt)),
    }
}

fn list_next(rt: &mut Rt, v: Value) -> Res<Value> {
    let it = state(rt, v)?;
    let i = it.index.get();
    match it.source.get().get::<List>().and_then(|l| l.get(i)) {
        Some(item) => {
            it.index.set(i + 1);
            Ok(item)
        }
        None => {
            it.finish();
            Ok(Value::UNBOUND)
        }
    }
}

/// `index` counts down: the next item is the one before it.
fn list_rev_next(rt: &mut Rt, v: Value) -> Res<Value> {
    let it = state(rt, v)?;
    let i = it.index.get();
    let item = it.source.get().get::<List>().and_then(|l| i.checked_sub(1).and_then(|i| l.get(i)));
    match item {
        Some(item) => {
            it.index.set(i - 1);
            Ok(item)
        }
        None => {
            it.finish();
            Ok(Value::UNBOUND)
        }
    }
}

fn tuple_next(rt: &mut Rt, v: Value) -> Res<Value> {
    let it = state(rt, v)?;
    let i = it.index.get();
    match it.source.get().get::<Tuple>().and_then(|t| t.get(i)) {
        Some(item) => {
            it.index.set(i + 1);
            Ok(item)
        }
        None => {
            it.finish();
            Ok(Value::UNBOUND)
        }
    }
}

/// `index` is a byte offset.
fn str_next(rt: &mut Rt, v: Value) -> Res<Value> {
    let it = state(rt, v)?;
    let Some(s) = it.source.get().get::<Str>() else { return Ok(Value::UNBOUND) };
    let i = it.index.get();
    let Some(&first) = s.bytes().get(i) else {
        it.finish();
        return Ok(Value::UNBOUND);
    };
    let n = match first {
        0..0x80 => 1,
        0x80..0xe0 => 2,
        0xe0..0xf0 => 3,
        _ => 4,
    };
    let c = rt.new_str_bytes(s.bytes().get(i..i + n).unwrap_or(b"?"))?;
    it.index.set(i + n);
    Ok(c)
}

fn bytes_next(rt: &mut Rt, v: Value) -> Res<Value> {
    let it = state(rt, v)?;
    let i = it.index.get();
    match it.source.get().get::<Bytes>().and_then(|b| b.bytes().get(i).copied()) {
        Some(b) => {
            it.index.set(i + 1);
            Ok(Value::int(b as i64))
        }
        None => {
            it.finish();
            Ok(Value::UNBOUND)
        }
    }
}

/// Only over ranges that `Range::small` describes.
fn range_next(rt: &mut Rt, v: Value) -> Res<Value> {
    let it = state(rt, v)?;
    let i = it.index.get();
    match it.source.get().get::<Range>().and_then(|r| r.small()) {
        Some((start, step, _)) if i < it.guard.get() => {
            let item = start.wrapping_add(step.wrapping_mul(i as i64));
            it.index.set(i + 1);
            Ok(Value::int(item))
        }
        _ => Ok(Value::UNBOUND),
    }
}

/// A guard that no length equals: the container was changed, and every further step says so.
const CHANGED: usize = usize::MAX;

fn set_next(rt: &mut Rt, v: Value) -> Res<Value> {
    let it = state(rt, v)?;
    let Some(s) = set::get(it.source.get()) else { return Ok(Value::UNBOUND) };
    if s.len() != it.guard.get() {
        let e = rt.raise(exc::RuntimeError, message!("Set changed size during iteration"));
        it.guard.set(CHANGED);
        return Err(e);
    }
    for i in it.index.get()..s.slots() {
        if let Some(e) = s.slot(i) {
            it.index.set(i + 1);
            it.left.set(it.left.get().saturating_sub(1));
            return Ok(e.key);
        }
    }
    it.finish();
    Ok(Value::UNBOUND)
}

/// The dict a dict iterator reads, unless it is exhausted; RuntimeError if the dict changed.
fn dict_source(rt: &mut Rt, it: Gc<SeqIter>) -> Res<Option<Gc<Dict>>> {
    let Some(d) = it.source.get().get::<Dict>() else { return Ok(None) };
    if d.len() != it.guard.get() {
        let e = rt.raise(exc::RuntimeError, message!("dictionary changed size during iteration"));
        it.guard.set(CHANGED);
        return Err(e);
    }
    Ok(Some(d))
}

fn dict_next(rt: &mut Rt, v: Value) -> Res<Value> {
    let it = state(rt, v)?;
    let Some(d) = dict_source(rt, it)? else { return Ok(Value::UNBOUND) };
    let used = d.entries().len();
    let Some(i) = (it.index.get()..used).find(|&i| d.entry(i).is_some()) else {
        it.finish();
        return Ok(Value::UNBOUND);
    };
    if it.left.get() == 0 {
        let e = rt.raise(exc::RuntimeError, message!("dictionary keys changed during iteration"));
        if rt.exit_kind(e) == ExitKind::Raise {
            it.finish();
        }
        return Err(e);
    }
    let item = dict_item(rt, v, &d, i)?;
    it.index.set(i + 1);
    it.left.set(it.left.get() - 1);
    Ok(item)
}

/// `index` counts down: the next entry is the last live one before it.
fn dict_rev_next(rt: &mut Rt, v: Value) -> Res<Value> {
    let it = state(rt, v)?;
    let Some(d) = dict_source(rt, it)? else { return Ok(Value::UNBOUND) };
    let before = it.index.get().min(d.entries().len());
    let Some(i) = (0..before).rev().find(|&i| d.entry(i).is_some()) else {
        it.finish();
        return Ok(Value::UNBOUND);
    };
    let item = dict_item(rt, v, &d, i)?;
    it.index.set(i);
    it.left.set(it.left.get().saturating_sub(1));
    Ok(item)
}

fn dict_item(rt: &mut Rt, it: Value, d: &Dict, i: usize) -> Res<Value> {
    let Some(e) = d.entry(i) else { return Ok(Value::UNBOUND) };
    match it.header().map(|h| h.kind) {
        Some(kind::DictValueIter | kind::DictRevValueIter) => Ok(e.value),
        Some(kind::DictItemIter | kind::DictRevItemIter) => rt.new_tuple(&[e.key, e.value]),
        _ => Ok(e.key),
    }
}

/// The frozen function calls `__getitem__` and raises StopIteration at the end.
fn getitem_next(rt: &mut Rt, v: Value) -> Res<Value> {
    if state(rt, v)?.source.get().is_unbound() {
        return Ok(Value::UNBOUND);
    }
    Err(rt.delegate(frozen::getitem_iter_next, &[v]))
}

/// Likewise for `iter(callable, sentinel)`.
fn callable_next(rt: &mut Rt, v: Value) -> Res<Value> {
    match crate::object::misc::wrapper(v, kind::CallableIter) {
        Some(w) if w.a.get().is_unbound() => Ok(Value::UNBOUND),
        Some(w) if w.c.get() == Value::TRUE => {
            let (it, name) = (w.a.get(), rt.name(crate::interp::Name::__next__)?);
            match rt.lookup_special(it, name)? {
                Some(f) => Err(rt.special_call(f, it, &[])),
                None => Ok(Value::UNBOUND),
            }
        }
        Some(_) => Err(rt.delegate(frozen::callable_iter_next, &[v])),
        None => Err(wrong_payload(rt)),
    }
}

fn length_hint(rt: &mut Rt, a: Args) -> Res<Value> {
    let it = state(rt, a.at(0))?;
    let (source, i) = (it.source.get(), it.index.get());
    if source.is_unbound() {
        return Ok(Value::ZERO);
    }
    let n = match a.at(0).header().map(|h| h.kind) {
        Some(kind::ListIter) => payload!(rt, source, List).len().saturating_sub(i),
        Some(kind::ListRevIter) => {
            if i > payload!(rt, source, List).len() {
                0
            } else {
                i
            }
        }
        Some(kind::TupleIter) => payload!(rt, source, Tuple).len().saturating_sub(i),
        Some(kind::BytesIter) => payload!(rt, source, Bytes).len().saturating_sub(i),
        Some(kind::RangeIter) => it.guard.get().saturating_sub(i),
        Some(kind::StrIter | kind::StrAsciiIter) => {
            let s = payload!(rt, source, Str);
            rt.charge(s.bytes().len() / 16)?;
            crate::object::string::count_chars(s.bytes().get(i..).unwrap_or(&[]))
        }
        Some(kind::SetIter) => match set::get(source) {
            Some(s) if s.len() == it.guard.get() => it.left.get(),
            _ => 0,
        },
        _ => match source.get::<Dict>() {
            Some(d) if d.len() == it.guard.get() => it.left.get(),
            _ => 0,
        },
    };
    Ok(Value::int(n as i64))
}
