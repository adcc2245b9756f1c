//! Calls whose callee is not always of one kind, and calls that fill in defaults.

use super::calls::{construct, fits, push, push_checked, run_native};
use super::{MAX_FILL, Native, Pushed};
use crate::bytecode::{CALL_GAP, Instr};
use crate::exit::Exit;
use crate::heap::{Gc, Shapes};
use crate::interp::cont::Cont;
use crate::interp::native::NativeDef;
use crate::interp::{Name, Rt, Sig};
use crate::object::func::{BoundMethod, Builtin, Code, Function, SiteCache};
use crate::object::{Tuple, Type, kind};
use crate::value::Value;

/// Whether a native called with `n` positional arguments needs no more than a few slots filled up as not given.
#[inline]
pub fn takes(sig: &Sig, n: usize) -> bool {
    let pos = sig.pos as usize;
    sig.is_plain() && (sig.required as usize) <= n && n <= pos && pos - n <= MAX_FILL
}

/// Pushes the frame of `f`, which has positional parameters only, with `n` arguments at `args`; the last parameters
/// may take their defaults.
///
/// # Safety
/// `base` is the running frame; the words from six before `args` on are free.
#[inline]
unsafe fn push_defaults(
    rt: &mut Rt,
    base: *mut Value,
    f: Gc<Function>,
    args: *mut Value,
    n: usize,
    dst: u16,
) -> Pushed {
    let code = f.code();
    if code.plain_args == Code::NOT_PLAIN || n > code.plain_args as usize || !fits(rt, code, args) {
        return Pushed::Miss;
    }
    let missing = code.plain_args as usize - n;
    if missing > 0 {
        let Some(d) = f.defaults.get().get::<Tuple>() else { return Pushed::Miss };
        let Some(first) = d.len().checked_sub(missing) else { return Pushed::Miss };
        for k in 0..missing {
            // SAFETY: parameters are registers of the frame, which fits.
            unsafe { *args.add(n + k) = d.get(first + k).unwrap_or(Value::NONE) };
        }
    }
    // SAFETY: the caller's promise; the frame fits.
    unsafe { push_checked(rt, base, f.value(), code, args, dst, Cont::Value) };
    Pushed::Yes
}

/// # Safety
/// `base` is the running frame and `i` its instruction; likewise below.
#[inline]
pub unsafe fn call_py_defaults(rt: &mut Rt, base: *mut Value, i: Instr, s: &SiteCache) -> Pushed {
    // SAFETY: the caller's promise.
    unsafe {
        let Some(f) = (*base.add(i.a() as usize)).get::<Function>() else { return Pushed::Miss };
        push_defaults(rt, base, f, base.add((i.a() + CALL_GAP) as usize), i.b() as usize, s.dst)
    }
}

/// # Safety
/// See `call_py_defaults`.
#[inline]
pub unsafe fn call_method_defaults(rt: &mut Rt, base: *mut Value, i: Instr, s: &SiteCache) -> Pushed {
    // SAFETY: the caller's promise.
    unsafe {
        let Some(f) = (*base.add(i.a() as usize)).get::<Function>() else { return Pushed::Miss };
        let args = base.add((i.a() + CALL_GAP) as usize);
        let free = (*args).is_unbound();
        push_defaults(rt, base, f, args.add(free as usize), i.b() as usize + !free as usize, s.dst)
    }
}

/// # Safety
/// See `call_py_defaults`.
#[inline(never)]
pub unsafe fn call_any(rt: &mut Rt, base: *mut Value, i: Instr, s: &SiteCache) -> Native {
    // SAFETY: the caller's promise; a window's arguments follow its gap.
    unsafe {
        let args = base.add((i.a() + CALL_GAP) as usize);
        call_value(rt, base, *base.add(i.a() as usize), args, i.b() as usize, s.dst)
    }
}

/// # Safety
/// See `call_py_defaults`.
#[inline(never)]
pub unsafe fn call_method_any(rt: &mut Rt, base: *mut Value, i: Instr, s: &SiteCache) -> Native {
    // SAFETY: the caller's promise; a window's arguments follow its gap.
    unsafe {
        let args = base.add((i.a() + CALL_GAP) as usize);
        let free = (*args).is_unbound();
        let (args, n) = (args.add(free as usize), i.b() as usize + !free as usize);
        call_value(rt, base, *base.add(i.a() as usize), args, n, s.dst)
    }
}

/// Calls whatever `callee` is with `n` arguments at `args`, if that is quick.
///
/// # Safety
/// `base` is the running frame; the arguments lie in a window of it, whose words may be overwritten once the call
/// cannot be repeated any more.
#[inline]
unsafe fn call_value(
    rt: &mut Rt,
    base: *mut Value,
    callee: Value,
    args: *mut Value,
    n: usize,
    dst: u16,
) -> Native {
    let Some(h) = callee.header() else { return Native::Miss };
    // SAFETY: the caller's promise; each kind has the layout it is taken for.
    unsafe {
        let pushed = match h.kind {
            kind::Function => {
                let f: Gc<Function> = Gc::from_ptr(callee.addr() as *mut Function);
                if f.code().plain_args as usize == n {
                    push(rt, base, callee, f.code(), args, dst, Cont::Value)
                } else {
                    push_defaults(rt, base, f, args, n, dst)
                }
            }
            kind::BoundMethod => {
                let m: Gc<BoundMethod> = Gc::from_ptr(callee.addr() as *mut BoundMethod);
                match m.func.get::<Function>() {
                    Some(f) => push_with(rt, base, f, m.self_, args, n, dst),
                    None => Pushed::Miss,
                }
            }
            kind::Builtin | kind::MethodDescriptor | kind::WrapperDescriptor => {
                return call_builtin(rt, base, Gc::from_ptr(callee.addr() as *mut Builtin), args, n, dst);
            }
            kind::Type => return call_type(rt, callee, args, n, dst),
            kind::Object => match call_method_of(rt, callee) {
                Some(f) => push_with(rt, base, f, callee, args, n, dst),
                None => Pushed::Miss,
            },
            _ => Pushed::Miss,
        };
        match pushed {
            Pushed::Yes => Native::Pushed,
            Pushed::Miss => Native::Miss,
        }
    }
}

/// The Python function `__call__` of a guest's instance.
fn call_method_of(rt: &mut Rt, v: Value) -> Option<Gc<Function>> {
    let name = rt.name(Name::__call__).ok()?;
    let t = rt.type_of(v);
    rt.type_attr(t.value(), name).ok()??.get::<Function>()
}

/// Pushes the frame of `f` with `first` before the `n` arguments at `args`.
///
/// # Safety
/// As for `call_value`.
unsafe fn push_with(
    rt: &mut Rt,
    base: *mut Value,
    f: Gc<Function>,
    first: Value,
    args: *mut Value,
    n: usize,
    dst: u16,
) -> Pushed {
    let code = f.code();
    if code.plain_args as usize != n + 1 || !fits(rt, code, args) {
        return Pushed::Miss;
    }
    // SAFETY: the arguments are registers of the frame, which fits; from here on the call is made.
    unsafe {
        core::ptr::copy(args, args.add(1), n);
        *args = first;
        push_checked(rt, base, f.value(), code, args, dst, Cont::Value);
    }
    Pushed::Yes
}

/// # Safety
/// As for `call_value`.
unsafe fn call_builtin(
    rt: &mut Rt,
    base: *mut Value,
    b: Gc<Builtin>,
    args: *mut Value,
    n: usize,
    dst: u16,
) -> Native {
    if b.def.is_null() || rt.heap.gc_due() {
        return Native::Miss;
    }
    // SAFETY: a non-null definition is a static `NativeDef`; the words written lie above the running frame's
    // registers, where the chunk was checked to have room.
    unsafe {
        let d = &*b.def.cast::<NativeDef>();
        if b.self_.is_unbound() {
            if !b.is_free() || !takes(&d.sig(), n) {
                return Native::Miss;
            }
            return run_native(rt, b.value(), d, args, n, dst);
        }
        // The window keeps its words as the call may have to be repeated: the slots are a copy.
        let at = base.add((*super::code_of(base)).nregs as usize + CALL_GAP as usize);
        let end = at.wrapping_add(n + 1 + MAX_FILL);
        if !takes(&d.sig(), n + 1) || end as usize > rt.stack.limit as usize {
            return Native::Miss;
        }
        *at = b.self_;
        core::ptr::copy_nonoverlapping(args, at.add(1), n);
        match run_native(rt, b.value(), d, at, n + 1, dst) {
            // What it asks for needs a frame of its own: the slow path makes room and starts again.
            Native::Exit(Exit::Call, _) => Native::Miss,
            other => other,
        }
    }
}

/// A built-in type's constructor: the class goes into the word before the arguments, which windows leave free.
///
/// # Safety
/// As for `call_value`.
unsafe fn call_type(rt: &mut Rt, callee: Value, args: *mut Value, n: usize, dst: u16) -> Native {
    let Some(t) = callee.get::<Type>() else { return Native::Miss };
    if t.has_flag(Type::HEAP) || callee.shape() >= Shapes::FIRST || rt.heap.gc_due() {
        return Native::Miss;
    }
    // SAFETY: the caller's promise.
    unsafe {
        if t.builtin == kind::Type as u16 && n == 1 {
            return Native::Value(rt.type_of(*args).value(), dst);
        }
        let Some(Some(d)) = rt.type_defs.get(t.builtin as usize) else { return Native::Miss };
        let Some(new) = &d.new else { return Native::Miss };
        if !takes(&new.sig(), n + 1) {
            return Native::Miss;
        }
        construct(rt, callee, new, args, n, dst)
    }
}
