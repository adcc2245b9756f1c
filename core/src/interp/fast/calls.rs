//! Calls.

use super::{Native, Pushed, can_loop};
use crate::bytecode::{CALL_GAP, Instr};
use crate::exit::Exit;
use crate::heap::Gc;
use crate::interp::call::CallSite;
use crate::interp::cont::Cont;
use crate::interp::frame::{Frame, meta, word};
use crate::interp::native::NativeDef;
use crate::interp::{Args, Rt};
use crate::object::func::{Builtin, Code, Function, SiteCache};
use crate::object::{List, Type, instance};
use crate::value::Value;

/// Pushes the frame of a function whose arguments stand at `args`, if that needs no slow path.
///
/// # Safety
/// `base` is the running frame; the words from six before `args` on are free.
#[inline(always)]
pub(super) unsafe fn push(
    rt: &mut Rt,
    base: *mut Value,
    func: Value,
    code: Gc<Code>,
    args: *mut Value,
    dst: u16,
    cont: Cont,
) -> Pushed {
    if !fits(rt, code, args) {
        return Pushed::Miss;
    }
    // SAFETY: the caller's promise, and the frame fits, as just checked.
    unsafe { push_checked(rt, base, func, code, args, dst, cont) };
    Pushed::Yes
}

/// Whether a frame of `code` at `args` needs no slow path: it is warm (entries of cold code are counted), depth, room
/// in the chunk, fuel, nothing else to do.
#[inline(always)]
pub(super) fn fits(rt: &Rt, code: Gc<Code>, args: *mut Value) -> bool {
    let room = (rt.stack.limit as isize).wrapping_sub(args as isize);
    room >= code.frame_bytes.get() as isize
        && rt.depth < rt.limits.recursion
        && can_loop(rt, code.entry_cost as i64)
}

/// As `push`, after `fits`.
///
/// # Safety
/// As for `push`; the frame fits.
#[inline(always)]
pub(super) unsafe fn push_checked(
    rt: &mut Rt,
    base: *mut Value,
    func: Value,
    code: Gc<Code>,
    args: *mut Value,
    dst: u16,
    cont: Cont,
) {
    rt.fuel -= code.entry_cost as i64;
    rt.depth += 1;
    // SAFETY: the caller's promise.
    unsafe {
        let f = Frame(args);
        f.set_value(word::FUNC, func);
        f.set_word(word::CODE, code.as_ptr() as usize as u64);
        f.set_word(word::PREV, base as usize as u64);
        f.set_word(word::RESUME, 0);
        f.set_meta(meta(dst, cont as u8, 0));
        for i in code.nparams..code.nlocals {
            *args.add(i as usize) = Value::UNBOUND;
        }
        Frame(base).set_pc(rt.stack.pc);
        rt.stack.frame = f;
    }
    rt.stack.pc = code.instrs.get();
    rt.heat_up();
}

/// Pushes a function's frame above the running one, with arguments from a slice.
///
/// # Safety
/// `base` is the running frame; `f` takes exactly these positional arguments.
#[inline]
pub unsafe fn push_above(
    rt: &mut Rt,
    base: *mut Value,
    f: Gc<Function>,
    args: &[Value],
    dst: u16,
    cont: Cont,
) -> Pushed {
    let code = f.code();
    // SAFETY: words above the running frame's registers are free as far as the chunk reaches, which `push` checks
    // before anything beyond the arguments is written; the limit keeps a margin for the arguments themselves.
    unsafe {
        let at = base.add((*super::code_of(base)).nregs as usize + CALL_GAP as usize);
        if at as usize + 128 > rt.stack.limit as usize {
            return Pushed::Miss;
        }
        for (n, &v) in args.iter().enumerate() {
            *at.add(n) = v;
        }
        push(rt, base, f.value(), code, at, dst, cont)
    }
}

/// # Safety
/// `base` is the running frame and `i` its instruction; likewise below.
#[inline(always)]
pub unsafe fn call_py(rt: &mut Rt, base: *mut Value, i: Instr, s: &SiteCache) -> Pushed {
    // SAFETY: the caller's promise.
    unsafe {
        let callee = *base.add(i.a() as usize);
        match callee.get::<Function>() {
            Some(f) if f.code().plain_args == i.b() => {
                let args = base.add((i.a() + CALL_GAP) as usize);
                push(rt, base, callee, f.code(), args, s.dst, Cont::Value)
            }
            _ => Pushed::Miss,
        }
    }
}
/// # Safety
/// See `call_py`.
#[inline(always)]
pub unsafe fn call_method_py(rt: &mut Rt, base: *mut Value, i: Instr, s: &SiteCache) -> Pushed {
    // SAFETY: the caller's promise.
    unsafe {
        let callee = *base.add(i.a() as usize);
        let args = base.add((i.a() + CALL_GAP) as usize);
        match callee.get::<Function>() {
            Some(f) if f.code().plain_args == i.b() + 1 && !(*args).is_unbound() => {
                push(rt, base, callee, f.code(), args, s.dst, Cont::Value)
            }
            _ => Pushed::Miss,
        }
    }
}
/// # Safety
/// See `call_py`.
#[inline(always)]
pub unsafe fn call_method_free(rt: &mut Rt, base: *mut Value, i: Instr, s: &SiteCache) -> Pushed {
    // SAFETY: the caller's promise.
    unsafe {
        let callee = *base.add(i.a() as usize);
        let args = base.add((i.a() + CALL_GAP) as usize);
        match callee.get::<Function>() {
            Some(f) if f.code().plain_args == i.b() && (*args).is_unbound() => {
                push(rt, base, callee, f.code(), args.add(1), s.dst, Cont::Value)
            }
            _ => Pushed::Miss,
        }
    }
}

/// Whether `callee` is the class that a site makes instances of, and has not changed since. `flush_attr_caches` takes the
/// shapes of all sites, so what they make instances with may be gone.
#[inline(always)]
fn is_class_of(s: &SiteCache, callee: Value) -> bool {
    callee == s.value
        && s.shape != SiteCache::NO_SHAPE
        && callee.get::<Type>().is_some_and(|t| t.version.get() == s.version)
}

/// `C(…)` of a guest's class with a Python `__init__`: `value` is the class, `owner` the function, `shape`/`aux` the
/// instance's shape and inline capacity, `version` the class's version.
///
/// # Safety
/// See `call_py`.
#[inline(always)]
pub unsafe fn call_class_init(rt: &mut Rt, base: *mut Value, i: Instr, s: &SiteCache) -> Pushed {
    // SAFETY: the caller's promise; the class and its `__init__` are as the cache saw them.
    unsafe {
        let callee = *base.add(i.a() as usize);
        let Some(init) = s.owner.get::<Function>() else { return Pushed::Miss };
        let code = init.code();
        if !is_class_of(s, callee) || init.version.get() != s.index {
            return Pushed::Miss;
        }
        let args = base.add((i.a() + CALL_GAP) as usize);
        // The frame begins one word later than an ordinary call's.
        if !fits(rt, code, args.add(2)) {
            return Pushed::Miss;
        }
        let o = match s.aux {
            SiteCache::EXCEPTION => {
                let given = Args::new(args, i.b() as usize);
                crate::builtins::exceptions::make(rt, callee, Value::UNBOUND, given)
            }
            cap => instance::new(&mut rt.heap, s.shape, cap).map(|o| o.value()),
        };
        let Ok(o) = o else { return Pushed::Miss };
        // The window's own register keeps the instance: it is the word before the header of a frame that begins
        // one word later than an ordinary call's. The arguments move up by two.
        let n = i.b() as usize;
        let mut k = n;
        while k > 0 {
            k -= 1;
            *args.add(k + 2) = *args.add(k);
        }
        *args.add(1) = o;
        *args.sub(CALL_GAP as usize) = o;
        push_checked(rt, base, init.value(), code, args.add(1), s.dst, Cont::Init);
        Pushed::Yes
    }
}

/// `C()` of a guest's class without `__init__` and `__new__`: cache as for `call_class_init`.
///
/// # Safety
/// See `call_py`.
#[inline(always)]
pub unsafe fn call_plain_class(rt: &mut Rt, base: *mut Value, i: Instr, s: &SiteCache) -> Native {
    // SAFETY: the caller's promise.
    unsafe {
        let callee = *base.add(i.a() as usize);
        if !is_class_of(s, callee) || rt.heap.gc_due() {
            return Native::Miss;
        }
        match instance::new(&mut rt.heap, s.shape, s.aux) {
            Ok(o) => Native::Value(o.value(), s.dst),
            Err(_) => Native::Miss,
        }
    }
}

/// Slots that a fast call may fill up as not given.
pub const MAX_FILL: usize = 4;

/// Runs a native over `n` slots at `args`.
///
/// # Safety
/// See `call_py`; the native takes `n` slots.
#[inline(always)]
pub(super) unsafe fn run_native(
    rt: &mut Rt,
    callee: Value,
    d: &NativeDef,
    args: *mut Value,
    n: usize,
    dst: u16,
) -> Native {
    let slots = d.sig().pos as usize;
    for i in n..slots {
        // SAFETY: words above the window are free; every frame keeps `MAX_FILL` words and more to the chunk's end.
        unsafe { *args.add(i) = Value::UNBOUND };
    }
    let n = n.max(slots);
    let fuel = rt.fuel;
    // SAFETY: the caller's promise.
    match (d.func)(rt, unsafe { Args::new(args, slots) }) {
        Ok(v) => {
            rt.commit();
            Native::Value(v, dst)
        }
        Err(e) => {
            rt.undo(e, rt.stack.frame, fuel);
            let site = CallSite { args, n, kw: Value::UNBOUND, dst, cont: Cont::Value, owned: false };
            Native::Exit(e, (callee, site))
        }
    }
}

/// A plain native: called itself, or as an attribute without self if it is a `method` call.
///
/// # Safety
/// See `call_py`.
#[inline(always)]
pub unsafe fn call_native(rt: &mut Rt, base: *mut Value, i: Instr, s: &SiteCache, method: bool) -> Native {
    // SAFETY: the caller's promise; the cached callee is a plain native of as many slots as there are arguments.
    unsafe {
        let callee = *base.add(i.a() as usize);
        let mut args = base.add((i.a() + CALL_GAP) as usize);
        if callee != s.value || method && !(*args).is_unbound() || rt.heap.gc_due() {
            return Native::Miss;
        }
        args = args.add(method as usize);
        let b = &*(callee.addr() as *const Builtin);
        let d = &*b.def.cast::<NativeDef>();
        run_native(rt, callee, d, args, i.b() as usize, s.dst)
    }
}
/// A built-in type's constructor: the class goes into the word before the arguments, which the window leaves free.
///
/// # Safety
/// See `call_py`.
#[inline(always)]
pub unsafe fn call_builtin_type(rt: &mut Rt, base: *mut Value, i: Instr, s: &SiteCache) -> Native {
    // SAFETY: the caller's promise; the cached callee is a built-in type with as many slots as arguments and itself.
    unsafe {
        let callee = *base.add(i.a() as usize);
        if callee != s.value || rt.heap.gc_due() {
            return Native::Miss;
        }
        let Some(t) = callee.get::<Type>() else { return Native::Miss };
        let Some(Some(d)) = rt.type_defs.get(t.builtin as usize) else { return Native::Miss };
        let Some(new) = &d.new else { return Native::Miss };
        construct(rt, callee, new, base.add((i.a() + CALL_GAP) as usize), i.b() as usize, s.dst)
    }
}

/// Runs the constructor `new` of the built-in type `callee` over `n` arguments: the class goes into the word before
/// them, which windows leave free.
///
/// # Safety
/// The constructor takes that many arguments, which stand in a window.
#[inline(always)]
pub(super) unsafe fn construct(
    rt: &mut Rt,
    callee: Value,
    new: &NativeDef,
    args: *mut Value,
    n: usize,
    dst: u16,
) -> Native {
    // SAFETY: the caller's promise.
    unsafe {
        let args = args.sub(1);
        let before = core::mem::replace(&mut *args, callee);
        let r = run_native(rt, callee, new, args, n + 1, dst);
        // In a method's window this is where a missing self stands, should the call be repeated.
        *args = before;
        match r {
            // What it asks for needs a frame of its own: the slow path makes room and starts again.
            Native::Exit(Exit::Call, _) => Native::Miss,
            other => other,
        }
    }
}
/// # Safety
/// See `call_py`.
#[inline(always)]
pub unsafe fn call_method_native(rt: &mut Rt, base: *mut Value, i: Instr, s: &SiteCache) -> Native {
    // SAFETY: as in `call_native`; the receiver's shape implies that it is an instance of the method's class.
    unsafe {
        let callee = *base.add(i.a() as usize);
        let args = base.add((i.a() + CALL_GAP) as usize);
        if callee != s.value || (*args).shape() != s.shape || rt.heap.gc_due() {
            return Native::Miss;
        }
        let b = &*(callee.addr() as *const Builtin);
        let d = &*b.def.cast::<NativeDef>();
        run_native(rt, callee, d, args, i.b() as usize + 1, s.dst)
    }
}
/// # Safety
/// See `call_py`.
#[inline(always)]
pub unsafe fn call_append(rt: &mut Rt, base: *mut Value, i: Instr, s: &SiteCache) -> Native {
    // SAFETY: the caller's promise.
    unsafe {
        let args = base.add((i.a() + CALL_GAP) as usize);
        if *base.add(i.a() as usize) != s.value || rt.heap.gc_due() {
            return Native::Miss;
        }
        match (*args).exact::<List>() {
            Some(l) if l.push(&mut rt.heap, *args.add(1)).is_ok() => Native::Value(Value::NONE, s.dst),
            _ => Native::Miss,
        }
    }
}
/// # Safety
/// See `call_py`.
#[inline(always)]
pub unsafe fn call_type1(rt: &mut Rt, base: *mut Value, i: Instr, s: &SiteCache) -> Native {
    // SAFETY: the caller's promise.
    unsafe {
        if *base.add(i.a() as usize) != s.value {
            return Native::Miss;
        }
        let v = *base.add((i.a() + CALL_GAP) as usize);
        Native::Value(rt.type_of(v).value(), s.dst)
    }
}
/// # Safety
/// See `call_py`.
#[inline(always)]
pub unsafe fn call_len(_rt: &mut Rt, base: *mut Value, i: Instr, s: &SiteCache) -> Native {
    // SAFETY: the caller's promise.
    unsafe {
        if *base.add(i.a() as usize) != s.value {
            return Native::Miss;
        }
        let v = *base.add((i.a() + CALL_GAP) as usize);
        match super::length(v) {
            Some(n) => Native::Value(n, s.dst),
            None => Native::Miss,
        }
    }
}
/// # Safety
/// See `call_py`.
#[inline(always)]
pub unsafe fn call_isinstance(rt: &mut Rt, base: *mut Value, i: Instr, s: &SiteCache) -> Native {
    // SAFETY: the caller's promise.
    unsafe {
        if *base.add(i.a() as usize) != s.value {
            return Native::Miss;
        }
        let args = base.add((i.a() + CALL_GAP) as usize);
        let (v, cls) = (*args, *args.add(1));
        let t = rt.type_of(v);
        if t.value() == cls {
            return Native::Value(Value::TRUE, s.dst);
        }
        match cls.get::<Type>() {
            // A metaclass may have its own idea of instances.
            Some(c) if c.header.shape.get() == crate::object::kind::Type as u32 => {
                Native::Value(Value::bool(t.is_subclass_of(cls)), s.dst)
            }
            _ => Native::Miss,
        }
    }
}

/// A binary operator of a guest's class: the function is in the counter-side cache of `specialize`.
///
/// # Safety
/// See `call_py`.
#[inline]
pub unsafe fn bin_guest(rt: &mut Rt, base: *mut Value, i: Instr) -> Pushed {
    // SAFETY: the caller's promise.
    unsafe {
        let (a, b) = (*base.add(i.b() as usize), *base.add(i.c() as usize));
        let Some(f) = crate::interp::specialize::guest_operator(rt, a, b) else { return Pushed::Miss };
        push_above(rt, base, f, &[a, b], i.a(), Cont::BinFirst)
    }
}
