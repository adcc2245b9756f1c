//! Displays, slices, cells; instructions without specialized forms.

use crate::builtins::slice;
use crate::bytecode::Instr;
use crate::heap::{Gc, Shapes};
use crate::interp::Rt;
use crate::object::func::{self, Function};
use crate::object::{Dict, List, Slice, Str, Tuple, Type, list, misc, tuple};
use crate::value::Value;

#[inline]
pub fn build_tuple(rt: &mut Rt, items: &[Value]) -> Option<Value> {
    if items.is_empty() {
        return Some(rt.empty_tuple);
    }
    Some(tuple::new(&mut rt.heap, items).ok()?.value())
}
#[inline]
pub fn build_list(rt: &mut Rt, items: &[Value]) -> Option<Value> {
    Some(list::new(&mut rt.heap, items).ok()?.value())
}
#[inline(always)]
pub fn list_append(rt: &mut Rt, l: Value, v: Value) -> bool {
    match l.get::<List>() {
        Some(l) => l.push(&mut rt.heap, v).is_ok(),
        None => false,
    }
}
#[inline]
pub fn build_slice(rt: &mut Rt, start: Value, stop: Value, step: Value) -> Option<Value> {
    Some(misc::new_slice(&mut rt.heap, start, stop, step).ok()?.value())
}

/// A bound that needs no guest code: an immediate int, or the default for None.
#[inline(always)]
fn bound(v: Value, default: i64) -> Option<i64> {
    if v.is_int() {
        Some(v.int_unchecked())
    } else if v.is_none() {
        Some(default)
    } else {
        None
    }
}

/// `o[lo:hi]` of an exact list, tuple or ASCII str.
#[inline(never)]
pub fn get_slice(rt: &mut Rt, o: Value, lo: Value, hi: Value) -> Option<Value> {
    let (lo, hi) = (bound(lo, 0)?, bound(hi, i64::MAX)?);
    if let Some(l) = o.exact::<List>() {
        let b = slice::adjust(lo, hi, 1, l.len());
        let part = l.items().get(b.start as usize..b.start as usize + b.count)?;
        return Some(list::new(&mut rt.heap, part).ok()?.value());
    }
    if let Some(t) = o.exact::<Tuple>() {
        let b = slice::adjust(lo, hi, 1, t.len());
        if b.count == t.len() {
            return Some(o);
        }
        return rt.new_tuple(t.items().get(b.start as usize..b.start as usize + b.count)?).ok();
    }
    let s = o.exact::<Str>().filter(|s| s.is_ascii())?;
    let b = slice::adjust(lo, hi, 1, s.len());
    if b.count == s.len() {
        return Some(o);
    }
    rt.new_str_bytes(s.bytes().get(b.start as usize..b.start as usize + b.count)?).ok()
}

/// `list[slice]` with any step.
#[inline(never)]
pub fn list_slice(rt: &mut Rt, o: Value, key: Value) -> Option<Value> {
    let s = key.exact::<Slice>()?;
    list_part(rt, o, s.start, s.stop, s.step)
}

/// `o[start:stop:step]` of an exact list.
#[inline]
pub fn list_part(rt: &mut Rt, o: Value, start: Value, stop: Value, step: Value) -> Option<Value> {
    let l = o.exact::<List>()?;
    let step = bound(step, 1).filter(|&n| n != 0)?;
    let (low, high) = if step < 0 { (i64::MAX, i64::MIN) } else { (0, i64::MAX) };
    let b = slice::adjust(bound(start, low)?, bound(stop, high)?, step, l.len());
    if b.step == 1 {
        let part = l.items().get(b.start as usize..b.start as usize + b.count)?;
        return Some(list::new(&mut rt.heap, part).ok()?.value());
    }
    let out = list::with_capacity(&mut rt.heap, b.count).ok()?;
    out.fill_stepped(l, b.start as usize, b.step as isize, b.count);
    Some(out.value())
}

/// `o[lo:hi] = v` of an exact list, from another exact list or a tuple.
#[inline(never)]
pub fn set_slice(rt: &mut Rt, o: Value, lo: Value, hi: Value, v: Value) -> bool {
    let (Some(lo), Some(hi)) = (bound(lo, 0), bound(hi, i64::MAX)) else { return false };
    let Some(l) = o.exact::<List>().filter(|_| o != v) else { return false };
    let (other, t);
    let new: &[Value] = if let Some(x) = v.exact::<List>() {
        other = x;
        other.items()
    } else if let Some(x) = v.exact::<Tuple>() {
        t = x;
        t.items()
    } else {
        return false;
    };
    // The price of the slow path.
    let cost = (l.len() / 16 + new.len() / 4) as i64;
    if rt.fuel < cost {
        return false;
    }
    let b = slice::adjust(lo, hi, 1, l.len());
    if l.splice(&mut rt.heap, b.start as usize, b.start as usize + b.count, new).is_err() {
        return false;
    }
    rt.fuel -= cost;
    true
}

#[inline(never)]
pub fn add_list(rt: &mut Rt, a: Value, b: Value) -> Option<Value> {
    let (x, y) = (a.exact::<List>()?, b.exact::<List>()?);
    let out = list::with_capacity(&mut rt.heap, x.len().checked_add(y.len())?).ok()?;
    out.extend_reserved(x.items());
    out.extend_reserved(y.items());
    Some(out.value())
}

#[inline]
pub fn make_cell(rt: &mut Rt, content: Value) -> Option<Value> {
    Some(func::new_cell(&mut rt.heap, content).ok()?.value())
}

/// # Safety
/// `base` is the running frame and `i` its instruction.
#[inline]
pub unsafe fn copy_free(base: *mut Value, i: Instr) {
    let f: Option<Gc<Function>> = crate::interp::frame::Frame(base).func().get();
    if let Some(cells) = f.and_then(|f| f.closure.get::<Tuple>()) {
        for (n, &cell) in cells.items().iter().take(i.b() as usize).enumerate() {
            // SAFETY: the run `a..a+b` of verified code lies in the frame.
            unsafe { *base.add(i.a() as usize + n) = cell };
        }
    }
}

/// Whether exception `e` is an instance of the one class `against`.
#[inline]
pub fn match_except(rt: &mut Rt, e: Value, against: Value) -> Option<Value> {
    let class = against.get::<Type>().filter(|t| t.has_flag(Type::EXCEPTION))?;
    let t = rt.type_of(e);
    Some(Value::bool(t == class || t.is_subclass_of(against)))
}

/// Whether `v` is an instance of `class`, if no metaclass has its own idea of instances.
#[inline]
pub fn match_class(rt: &mut Rt, v: Value, class: Value) -> Option<Value> {
    class.get::<Type>().filter(|c| c.header.shape.get() == crate::object::kind::Type as u32)?;
    Some(Value::bool(rt.is_instance(v, class)))
}

/// The length of a built-in container.
#[inline]
pub fn length(v: Value) -> Option<Value> {
    let n = if let Some(l) = v.exact::<List>() {
        l.len()
    } else if let Some(x) = v.exact::<Str>() {
        x.len()
    } else if let Some(t) = v.exact::<Tuple>() {
        t.len()
    } else if let Some(d) = v.exact::<Dict>() {
        d.len()
    } else {
        return None;
    };
    Some(Value::int(n as i64))
}

/// Truth of a value that is not an immediate, where guest code has no say.
#[inline(never)]
pub fn truth_of_cell(rt: &mut Rt, v: Value) -> Option<bool> {
    if let Some(l) = v.exact::<List>() {
        return Some(!l.is_empty());
    }
    // An error is raised by the slow path, which asks again.
    if v.shape() >= Shapes::FIRST && rt.type_of(v).has_flag(Type::GUEST_BOOL) {
        return None;
    }
    rt.truth(v).ok().flatten()
}
