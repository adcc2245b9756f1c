//! Specialization of calls: the form by what the callee is.
//!
//! Invariant: that of `specialize.rs`.

use super::specialize::Regs;
use super::{Name, Rt, fast};
use crate::bytecode::{CALL_GAP, FuncFlags, Instr, Op};
use crate::heap::Gc;
use crate::object::func::{BoundMethod, Builtin, Code, Function, SiteCache};
use crate::object::{Dict, Generator, Instance, List, Str, Tuple, Type, kind};
use crate::value::Value;

/// Whether a call with `n` positional arguments fills a function's parameters exactly.
pub(super) fn exact_args(f: Gc<Function>, n: usize) -> bool {
    let c = f.code();
    c.argcount as usize == n && c.kwonly == 0 && c.flags & (FuncFlags::VARARGS | FuncFlags::VARKW) == 0
}

fn plain_native(rt: &Rt, b: Gc<Builtin>, n: usize) -> bool {
    rt.native_def(b).is_some_and(|d| fast::takes(&d.sig(), n))
}

/// A built-in function that is bound to nothing and has as many slots as there are arguments.
fn unbound_native(rt: &Rt, callee: Value, n: usize) -> Option<Gc<Builtin>> {
    callee.exact::<Builtin>().filter(|b| b.self_.is_unbound() && plain_native(rt, *b, n))
}

/// Whether `n` arguments and the defaults fill a function's parameters, which are all positional.
fn default_args(f: Gc<Function>, n: usize) -> bool {
    let c = f.code();
    let defaults = f.defaults.get().get::<Tuple>().map_or(0, |t| t.len());
    let plain = c.plain_args != Code::NOT_PLAIN;
    plain && n <= c.argcount as usize && c.argcount as usize - n <= defaults
}

/// Whether `CallAny` makes something of a callee.
fn is_any(rt: &mut Rt, callee: Value, n: usize) -> bool {
    if let Some(f) = callee.get::<Function>() {
        return default_args(f, n);
    }
    if let Some(m) = callee.get::<BoundMethod>() {
        return m.func.get::<Function>().is_some_and(|f| exact_args(f, n + 1));
    }
    if let Some(b) = callee.exact::<Builtin>() {
        let bound = !b.self_.is_unbound();
        return (bound || b.is_free()) && plain_native(rt, b, n + bound as usize);
    }
    if let Some(t) = callee.get::<Type>() {
        return !t.has_flag(Type::HEAP) && t.builtin < crate::object::exception::exc::FIRST;
    }
    let call = rt.name(Name::__call__).ok();
    callee.get::<Instance>().is_some() && {
        let t = rt.type_of(callee);
        let f = call.and_then(|name| rt.type_attr(t.value(), name).ok().flatten());
        f.and_then(|f| f.get::<Function>()).is_some_and(|f| exact_args(f, n + 1))
    }
}

pub(super) fn choose_call(
    rt: &mut Rt,
    r: Regs,
    i: Instr,
    s: &mut SiteCache,
    before: Option<Op>,
) -> Option<Op> {
    let callee = r.get(i.a());
    let n = i.b() as usize;
    let one = choose_call_of_one(rt, r, i, s);
    match (one, before) {
        // The callee was of another kind, or another built-in: whatever comes.
        (Some(Op::CallPy | Op::CallPyDefaults), Some(Op::CallPy | Op::CallPyDefaults)) => {
            Some(Op::CallPyDefaults)
        }
        (_, Some(_)) if is_any(rt, callee, n) => Some(Op::CallAny),
        (None, None) if is_any(rt, callee, n) => Some(Op::CallAny),
        _ => one,
    }
}

fn choose_call_of_one(rt: &mut Rt, r: Regs, i: Instr, s: &mut SiteCache) -> Option<Op> {
    let callee = r.get(i.a());
    let n = i.b() as usize;
    if let Some(f) = callee.get::<Function>() {
        return if exact_args(f, n) {
            Some(Op::CallPy)
        } else {
            default_args(f, n).then_some(Op::CallPyDefaults)
        };
    }
    if let Some(b) = unbound_native(rt, callee, n) {
        s.value = callee;
        return Some(match rt.native_def(b).map(|d| d.name()) {
            Some("len") if n == 1 => {
                let v = r.get(i.a() + CALL_GAP);
                let known = v.exact::<List>().is_some()
                    || v.exact::<Str>().is_some()
                    || v.exact::<Tuple>().is_some()
                    || v.exact::<Dict>().is_some();
                if known { Op::CallLen } else { Op::CallNative }
            }
            Some("next") if n == 1 && r.get(i.a() + CALL_GAP).get::<Generator>().is_some() => Op::CallNext,
            Some("isinstance") if n == 2 && r.get(i.a() + CALL_GAP + 1).get::<Type>().is_some() => {
                Op::CallIsInstance
            }
            _ => Op::CallNative,
        });
    }
    let t = callee.get::<Type>()?;
    if t.builtin == kind::Type as u16 && n == 1 {
        s.value = callee;
        return Some(Op::CallType1);
    }
    if !t.has_flag(Type::HEAP) {
        let new = rt.type_defs.get(t.builtin as usize).copied().flatten()?.new.as_ref()?;
        if !fast::takes(&new.sig(), n + 1) {
            return None;
        }
        s.value = callee;
        return Some(Op::CallBuiltinType);
    }
    choose_class_call(rt, t, n, s)
}

fn choose_class_call(rt: &mut Rt, t: Gc<Type>, n: usize, s: &mut SiteCache) -> Option<Op> {
    let meta = rt.type_of(t.value());
    let exception = t.has_flag(Type::EXCEPTION);
    let plain = t.has_flag(Type::HEAP)
        && !meta.has_flag(Type::HEAP)
        && (t.base_kind == kind::Object || exception)
        && !t.has_flag(Type::GUEST_NEW);
    if !plain {
        return None;
    }
    if !t.has_flag(Type::GUEST_INIT) {
        if n > 0 || exception {
            return None;
        }
        s.shape = rt.instance_shape(t.value()).ok()?;
        s.aux = rt.heap.shapes.get(s.shape)?.cap;
        s.value = t.value();
        s.version = rt.type_version(t);
        return Some(Op::CallPlainClass);
    }
    let name = rt.name(Name::__init__).ok()?;
    let init = rt.type_attr(t.value(), name).ok()??.get::<Function>()?;
    if !exact_args(init, n + 1) {
        return None;
    }
    s.shape = rt.instance_shape(t.value()).ok()?;
    s.aux = if exception { SiteCache::EXCEPTION } else { rt.heap.shapes.get(s.shape)?.cap };
    s.value = t.value();
    s.owner = init.value();
    s.version = rt.type_version(t);
    s.index = init.ensure_version(&mut rt.heap);
    Some(Op::CallClassInit)
}

pub(super) fn choose_method_call(
    rt: &mut Rt,
    r: Regs,
    i: Instr,
    s: &mut SiteCache,
    before: Option<Op>,
) -> Option<Op> {
    let (callee, self_) = (r.get(i.a()), r.get(i.a() + CALL_GAP));
    let n = i.b() as usize + !self_.is_unbound() as usize;
    use Op::{CallMethodAny, CallMethodFree, CallMethodFreeNative, CallMethodPy, CallMethodPyDefaults};
    let one = choose_method_call_of_one(rt, r, i, s);
    match (one, before) {
        (
            Some(CallMethodPy | CallMethodPyDefaults | CallMethodFree),
            Some(CallMethodPy | CallMethodPyDefaults | CallMethodFree),
        ) => Some(CallMethodPyDefaults),
        (Some(CallMethodPy | CallMethodFree | CallMethodFreeNative), Some(_)) if is_any(rt, callee, n) => {
            Some(CallMethodAny)
        }
        (None, _) if is_any(rt, callee, n) => Some(CallMethodAny),
        _ => one,
    }
}

fn choose_method_call_of_one(rt: &mut Rt, r: Regs, i: Instr, s: &mut SiteCache) -> Option<Op> {
    let (callee, self_) = (r.get(i.a()), r.get(i.a() + CALL_GAP));
    let n = i.b() as usize;
    if let Some(f) = callee.get::<Function>() {
        let total = n + !self_.is_unbound() as usize;
        if !exact_args(f, total) {
            return default_args(f, total).then_some(Op::CallMethodPyDefaults);
        }
        return Some(if self_.is_unbound() { Op::CallMethodFree } else { Op::CallMethodPy });
    }
    if self_.is_unbound() {
        unbound_native(rt, callee, n)?;
        s.value = callee;
        return Some(Op::CallMethodFreeNative);
    }
    let k = callee.header()?.kind;
    if k != kind::MethodDescriptor {
        return None;
    }
    // SAFETY: the kind has a `Builtin`'s layout.
    let b: Gc<Builtin> = unsafe { Gc::from_ptr(callee.addr() as *mut Builtin) };
    if !plain_native(rt, b, n + 1) || !rt.is_instance(self_, b.owner) || self_.shape() == u32::MAX {
        return None;
    }
    s.value = callee;
    s.shape = self_.shape();
    if self_.get::<Generator>().is_some() && rt.native_def(b).is_some_and(|d| d.name() == "send") {
        return Some(Op::CallMethodSend);
    }
    let append = self_.exact::<List>().is_some() && rt.native_def(b).is_some_and(|d| d.name() == "append");
    Some(if append { Op::CallMethodAppend } else { Op::CallMethodNative })
}
