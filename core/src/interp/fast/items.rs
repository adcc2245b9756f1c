//! Subscripts, membership and loops over built-in containers.

use super::Next;
use crate::bytecode::Instr;
use crate::interp::Rt;
use crate::object::dict::Probe;
use crate::object::hash::{self, Hash};
use crate::object::{Dict, List, Range, Str, Tuple, set};
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
fn key_hash(rt: &Rt, key: Value) -> Option<u64> {
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
#[inline]
pub fn set_dict_item(rt: &mut Rt, o: Value, key: Value, v: Value) -> bool {
    let Some(d) = o.exact::<Dict>() else { return false };
    let Some(h) = key_hash(rt, key) else { return false };
    matches!(d.insert(&mut rt.heap, h, key, v), Ok(true))
}
#[inline]
pub fn in_dict(rt: &mut Rt, key: Value, o: Value) -> Option<Value> {
    let d = o.exact::<Dict>()?;
    match d.find(&rt.heap, key_hash(rt, key)?, key) {
        Probe::Found(_) => Some(Value::TRUE),
        Probe::Missing => Some(Value::FALSE),
        Probe::Guest => None,
    }
}
#[inline]
pub fn in_set(rt: &mut Rt, key: Value, o: Value) -> Option<Value> {
    let s = set::get(o)?;
    if o.shape() >= crate::heap::Shapes::FIRST {
        return None;
    }
    match s.find(&rt.heap, key_hash(rt, key)?, key) {
        Probe::Found(_) => Some(Value::TRUE),
        Probe::Missing => Some(Value::FALSE),
        Probe::Guest => None,
    }
}

/// # Safety
/// `base` is the running frame and `a..a+3` its registers; likewise below.
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
/// See `next_range`.
#[inline(always)]
pub unsafe fn next_list(base: *mut Value, a: u16) -> Next {
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
            // The end has an effect (the state is emptied), which the slow path has.
            None => Next::Miss,
        }
    }
}
/// # Safety
/// See `next_range`.
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
    let native = v.get::<crate::object::Generator>().is_none()
        && v.shape() < crate::heap::Shapes::FIRST
        && !matches!(
            v.header().map(|h| h.kind),
            Some(crate::object::kind::GetItemIter | crate::object::kind::CallableIter)
        );
    if !native {
        return Next::Miss;
    }
    match rt.step_state(a, 0, crate::interp::cont::Cont::ForNext) {
        Ok(Step::Item(v)) => Next::Item(v),
        Ok(Step::End) => Next::End,
        Ok(Step::Called) | Err(_) => Next::Miss,
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
        let plain = shape == k::List as u32
            || shape == k::Tuple as u32
            || shape == k::Range as u32
            || shape == k::Str as u32
            || shape == k::Generator as u32;
        if !plain {
            return false;
        }
        let state = base.add(i.a() as usize);
        *state = v;
        *state.add(1) = Value::ZERO;
        *state.add(2) = Value::ZERO;
        true
    }
}
