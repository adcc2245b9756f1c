//! Subscripts, membership and loops over built-in containers.

use super::Next;
use crate::builtins::native_iters;
use crate::bytecode::Instr;
use crate::interp::{Rt, iterate};
use crate::object::dict::Probe;
use crate::object::hash::{self, Hash};
use crate::object::{Dict, List, Range, Str, Tuple, kind, set};
use crate::value::Value;

/// Index into a sequence of `len`, counted from the end if negative.
#[inline(always)]
fn index(key: Value, len: usize) -> Option<usize> {
    if !key.is_int() {
        return None;
    }
    let i = key.int_unchecked();
    let i = if i < 0 { i + len as i64 } else { i };
    if (i as u64) < len as u64 { Some(i as usize) } else { None }
}

#[inline(always)]
pub fn list_item(o: Value, key: Value) -> Option<Value> {
    let l = o.exact::<List>()?;
    l.get(index(key, l.len())?)
}
#[inline(always)]
pub fn tuple_item(o: Value, key: Value) -> Option<Value> {
    let t = o.exact::<Tuple>()?;
    t.get(index(key, t.len())?)
}
#[inline]
pub fn str_item(rt: &mut Rt, o: Value, key: Value) -> Option<Value> {
    let s = o.exact::<Str>()?;
    if !s.is_ascii() {
        return None;
    }
    let c = *s.bytes().get(index(key, s.len())?)?;
    rt.char_str(c as char).ok()
}
#[inline(always)]
pub fn set_list_item(o: Value, key: Value, v: Value) -> bool {
    let Some(l) = o.exact::<List>() else { return false };
    match index(key, l.len()) {
        Some(i) => l.set(i, v),
        None => false,
    }
}

/// Hash of a key that is hashed without more ado.
#[inline(always)]
pub(super) fn key_hash(rt: &Rt, key: Value) -> Option<u64> {
    match hash::hash(&rt.heap, key) {
        Hash::Is(h) => Some(h),
        _ => None,
    }
}

#[inline]
pub fn dict_item(rt: &mut Rt, o: Value, key: Value) -> Option<Value> {
    let d = o.exact::<Dict>()?;
    match d.find(&rt.heap, key_hash(rt, key)?, key) {
        Probe::Found(i) => d.entry(i).map(|e| e.value),
        _ => None,
    }
}
/// `o.get(key, default)`.
#[inline]
pub fn dict_item_or(rt: &mut Rt, o: Value, key: Value, default: Value) -> Option<Value> {
    let d = o.exact::<Dict>()?;
    match d.find(&rt.heap, key_hash(rt, key)?, key) {
        Probe::Found(i) => d.entry(i).map(|e| e.value),
        Probe::Missing => Some(default),
        Probe::Guest => None,
    }
}
#[inline]
pub fn set_dict_item(rt: &mut Rt, o: Value, key: Value, v: Value) -> bool {
    let Some(d) = o.exact::<Dict>() else { return false };
    let Some(h) = key_hash(rt, key) else { return false };
    matches!(d.insert(&mut rt.heap, h, key, v), Ok(true))
}
#[inline]
pub fn in_dict(rt: &mut Rt, key: Value, o: Value) -> Option<bool> {
    let d = o.exact::<Dict>()?;
    match d.find(&rt.heap, key_hash(rt, key)?, key) {
        Probe::Found(_) => Some(true),
        Probe::Missing => Some(false),
        Probe::Guest => None,
    }
}
#[inline]
pub fn in_set(rt: &mut Rt, key: Value, o: Value) -> Option<bool> {
    let s = set::get(o)?;
    if o.shape() >= crate::heap::Shapes::FIRST {
        return None;
    }
    match s.find(&rt.heap, key_hash(rt, key)?, key) {
        Probe::Found(_) => Some(true),
        Probe::Missing => Some(false),
        Probe::Guest => None,
    }
}
/// `s.add(key)` of an exact set; false if the slow path has to do it.
#[inline]
pub fn set_add(rt: &mut Rt, s: Value, key: Value) -> bool {
    let (Some(set), Some(h)) = (set::get(s), key_hash(rt, key)) else { return false };
    s.shape() == crate::object::kind::Set as u32 && matches!(set.insert(&mut rt.heap, h, key), Ok(true))
}
/// Takes `key` out of an exact set; whether it was there. `None` if the slow path has to do it.
#[inline]
pub fn set_remove(rt: &mut Rt, s: Value, key: Value) -> Option<bool> {
    let set = set::get(s).filter(|_| s.shape() == crate::object::kind::Set as u32)?;
    match set.find(&rt.heap, key_hash(rt, key)?, key) {
        Probe::Found(i) => Some(set.remove_slot(i).is_some()),
        Probe::Missing => Some(false),
        Probe::Guest => None,
    }
}
/// `key in o` for strs: one byte in not too many, which costs no fuel.
#[inline]
pub fn in_str(key: Value, o: Value) -> Option<bool> {
    let (k, s) = (key.exact::<Str>()?, o.exact::<Str>()?);
    match k.bytes() {
        [] => Some(true),
        [b] if s.bytes().len() <= 16 => Some(s.bytes().contains(b)),
        [b] if s.bytes().len() <= 4096 => Some(memchr::memchr(*b, s.bytes()).is_some()),
        _ => None,
    }
}
/// `key in o` for short lists and tuples; costs what the slow path takes.
#[inline(never)]
pub fn in_items(rt: &mut Rt, key: Value, o: Value) -> Option<bool> {
    let (l, t);
    let items = if let Some(x) = o.exact::<Tuple>() {
        t = x;
        t.items()
    } else {
        l = o.exact::<List>()?;
        l.items()
    };
    if items.len() > 64 || rt.fuel < items.len() as i64 {
        return None;
    }
    let mut found = false;
    for &x in items {
        if equal(x, key)? {
            found = true;
            break;
        }
    }
    rt.fuel -= items.len() as i64;
    Some(found)
}

/// Equality of values whose types are plain enough to tell at a glance.
#[inline(always)]
fn equal(x: Value, y: Value) -> Option<bool> {
    let plain = |v: Value| v.is_int() || v.is_none();
    if x == y {
        return Some(true);
    }
    if plain(x) && plain(y) {
        return Some(false);
    }
    match (x.exact::<Str>(), y.exact::<Str>()) {
        (Some(_), Some(_)) => super::eq_str(x, y),
        (Some(_), None) if plain(y) => Some(false),
        (None, Some(_)) if plain(x) => Some(false),
        _ => None,
    }
}

/// # Safety
/// `base` is the running frame and `a..a+3` its registers; likewise below.
#[inline(always)]
pub unsafe fn next_count(base: *mut Value, a: u16) -> Next {
    // SAFETY: the caller's promise.
    unsafe {
        let state = base.add(a as usize);
        let (stop, pos) = (*state, *state.add(1));
        if !stop.both_int(pos) {
            return Next::Miss;
        }
        match iterate::count(stop, pos) {
            Some(next) => {
                *state.add(1) = next;
                Next::Item(pos)
            }
            None => Next::End,
        }
    }
}
/// # Safety
/// See `next_count`.
#[inline(always)]
pub unsafe fn next_range(base: *mut Value, a: u16) -> Next {
    // SAFETY: the caller's promise.
    unsafe {
        let state = base.add(a as usize);
        let Some((start, step, len)) = (*state).exact::<Range>().and_then(|r| r.small()) else {
            return Next::Miss;
        };
        let pos = *state.add(1);
        if !pos.is_int() {
            return Next::Miss;
        }
        let at = pos.int_unchecked();
        if at >= len {
            return Next::End;
        }
        let Some(v) = Value::try_int(start.wrapping_add(step.wrapping_mul(at))) else { return Next::Miss };
        *state.add(1) = Value::from_int_word(pos.int_word() + 8);
        Next::Item(v)
    }
}
/// # Safety
/// See `next_count`.
#[inline(always)]
pub unsafe fn next_list(base: *mut Value, a: u16, empty: Value) -> Next {
    // SAFETY: the caller's promise.
    unsafe {
        let state = base.add(a as usize);
        let Some(l) = (*state).get::<List>() else { return Next::Miss };
        let pos = *state.add(1);
        if !pos.is_int() {
            return Next::Miss;
        }
        match l.get(pos.int_unchecked() as usize) {
            Some(v) => {
                *state.add(1) = Value::from_int_word(pos.int_word() + 8);
                Next::Item(v)
            }
            // An exhausted list stays exhausted even if it grows later.
            None => {
                *state = empty;
                Next::End
            }
        }
    }
}
/// # Safety
/// See `next_count`.
#[inline(always)]
pub unsafe fn next_tuple(base: *mut Value, a: u16) -> Next {
    // SAFETY: the caller's promise.
    unsafe {
        let state = base.add(a as usize);
        let Some(t) = (*state).get::<Tuple>() else { return Next::Miss };
        let pos = *state.add(1);
        if !pos.is_int() {
            return Next::Miss;
        }
        match t.get(pos.int_unchecked() as usize) {
            Some(v) => {
                *state.add(1) = Value::from_int_word(pos.int_word() + 8);
                Next::Item(v)
            }
            None => Next::End,
        }
    }
}
/// Another built-in container or iterator; never calls.
#[inline]
pub fn next_iter(rt: &mut Rt, a: u16) -> Next {
    use crate::interp::iterate::Step;
    // SAFETY: the state's registers are operands of verified code.
    let v = unsafe { rt.stack.frame.reg(a) };
    if !steps_without_call(v) {
        return Next::Miss;
    }
    match rt.step_state(a, 0, crate::interp::cont::Cont::ForNext) {
        Ok(Step::Item(v)) => Next::Item(v),
        Ok(Step::End) => Next::End,
        Ok(Step::Called) | Err(_) => Next::Miss,
    }
}

/// The next pair, in a tuple that the next step uses again: the loop's body unpacks it at once.
///
/// # Safety
/// See `next_count`.
#[inline]
pub unsafe fn next_pair(rt: &mut Rt, base: *mut Value, a: u16) -> Next {
    // SAFETY: the caller's promise.
    let (v, pos, guard) = unsafe {
        let state = base.add(a as usize);
        (*state, *state.add(1), *state.add(2))
    };
    // Some objects of these shapes are generators of frozen Python: the kind tells.
    let Some(k) = v.header().map(|h| h.kind) else { return Next::Miss };
    if matches!(k, kind::Enumerate | kind::Zip) {
        return iter_pair(rt, v);
    }
    let pair = if k == kind::DictItems {
        let (Some(d), true) = (iterate::dict_of(v), pos.is_int()) else { return Next::Miss };
        let mut at = pos.int_unchecked() as usize;
        if Value::int(d.len() as i64) != guard {
            return Next::Miss;
        }
        loop {
            if at >= d.entries().len() {
                // The slow path has the end's effects.
                return Next::Miss;
            }
            at += 1;
            if let Some(e) = d.entry(at - 1) {
                // SAFETY: as above.
                unsafe { *base.add(a as usize + 1) = Value::int(at as i64) };
                break Ok(Some((e.key, e.value)));
            }
        }
    } else {
        return Next::Miss;
    };
    pair_item(rt, pair)
}

fn pair_item(rt: &mut Rt, pair: crate::exit::Res<Option<(Value, Value)>>) -> Next {
    match pair {
        Ok(Some((x, y))) => match rt.scratch_pair(x, y) {
            Some(t) => Next::Item(t),
            None => Next::Miss,
        },
        Ok(None) => Next::End,
        // Raised again, or repeated, by the slow path.
        Err(_) => Next::Miss,
    }
}

/// As `next_pair`, of an iterator, which keeps its own state.
#[inline]
pub fn iter_pair(rt: &mut Rt, v: Value) -> Next {
    let pair = match v.header().map(|h| h.kind) {
        Some(kind::Enumerate) => native_iters::enumerate_pair(rt, v),
        Some(kind::Zip) if native_iters::zip_width(v) == 2 => native_iters::zip_pair(rt, v),
        _ => return Next::Miss,
    };
    pair_item(rt, pair)
}

/// Whether `v` is a built-in container or iterator whose step never calls.
pub fn steps_without_call(v: Value) -> bool {
    let calls =
        |k| matches!(k, kind::Generator | kind::GetItemIter | kind::CallableIter | kind::Map | kind::Filter);
    v.shape() < crate::heap::Shapes::FIRST && v.header().is_some_and(|h| !calls(h.kind))
}

/// Whether `v` is such an iterator, which keeps its own state.
pub fn is_iterator(rt: &Rt, v: Value) -> bool {
    steps_without_call(v)
        && v.header().is_some_and(|h| !iterate::steps_itself(h.kind))
        && rt.slots_of(v).next.is_some()
}

/// The step of such an iterator.
#[inline]
pub fn iter_item(rt: &mut Rt, v: Value) -> Next {
    let next = if is_iterator(rt, v) { rt.slots_of(v).next } else { None };
    match next.map(|next| next(rt, v)) {
        Some(Ok(item)) if item.is_unbound() => Next::End,
        Some(Ok(item)) => Next::Item(item),
        // Raised again, or repeated, by the slow path.
        Some(Err(_)) | None => Next::Miss,
    }
}

/// # Safety
/// `base` is the running frame and `i` its instruction.
#[inline(always)]
pub unsafe fn unpack(base: *mut Value, i: Instr) -> bool {
    // SAFETY: the caller's promise.
    unsafe {
        let v = *base.add(i.b() as usize);
        let items = match (v.exact::<Tuple>(), v.exact::<List>()) {
            (Some(t), _) => core::slice::from_raw_parts(t.items().as_ptr(), t.len()),
            (_, Some(l)) => core::slice::from_raw_parts(l.items().as_ptr(), l.len()),
            _ => return false,
        };
        if items.len() != i.c() as usize {
            return false;
        }
        for (n, &item) in items.iter().enumerate() {
            *base.add(i.a() as usize + n) = item;
        }
        true
    }
}

/// `GetIter` of a built-in container that needs no guard.
///
/// # Safety
/// `base` is the running frame and `i` its instruction.
#[inline(always)]
pub unsafe fn get_iter(base: *mut Value, i: Instr) -> bool {
    use crate::object::kind as k;
    // SAFETY: the caller's promise.
    unsafe {
        let v = *base.add(i.b() as usize);
        let shape = v.shape();
        let state = base.add(i.a() as usize);
        if let Some(count) = iterate::count_of(v) {
            state.cast::<[Value; 3]>().write(count);
            return true;
        }
        let plain = shape == k::List as u32
            || shape == k::Tuple as u32
            || shape == k::Range as u32
            || shape == k::Str as u32
            || shape == k::Generator as u32;
        if !plain {
            return false;
        }
        *state = v;
        *state.add(1) = Value::ZERO;
        *state.add(2) = Value::ZERO;
        true
    }
}

/// `GetIter` of anything built in that iterates by itself: other containers, and iterators.
///
/// # Safety
/// `base` is the running frame and `i` its instruction.
#[inline(never)]
pub unsafe fn get_iter_of_any(rt: &mut Rt, base: *mut Value, i: Instr) -> bool {
    // SAFETY: the caller's promise.
    unsafe {
        let v = *base.add(i.b() as usize);
        let Some(h) = v.header() else { return false };
        if v.shape() >= crate::heap::Shapes::FIRST
            || !(iterate::steps_itself(h.kind) || rt.slots_of(v).next.is_some())
        {
            return false;
        }
        let state = base.add(i.a() as usize);
        *state = v;
        *state.add(1) = Value::ZERO;
        *state.add(2) = Value::int(iterate::guard_of(v).min(crate::value::INT_MAX as usize) as i64);
        true
    }
}
