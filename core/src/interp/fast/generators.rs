//! Generators: made, resumed, suspended; and returns that are nearly plain.

use super::{Pushed, can_loop};
use crate::bytecode::{CALL_GAP, Instr, Op};
use crate::heap::Shapes;
use crate::interp::Rt;
use crate::interp::cont::Cont;
use crate::interp::delegates;
use crate::interp::frame::{Frame, flag, meta, word};
use crate::interp::generator::start;
use crate::object::func::SiteCache;
use crate::object::generator::{self, GenState, Generator};
use crate::object::{Function, kind};
use crate::value::Value;

/// Whether a return with continuation or flags in meta word `m` is as simple as one without, and the value it
/// gives: a constructor's instance, or the result of an operator's method that is not NotImplemented.
///
/// # Safety
/// `f` is the running frame, a code frame.
#[inline(always)]
pub unsafe fn returns(f: Frame, m: u64, v: &mut Value) -> bool {
    const BIN_FIRST: u64 = (Cont::BinFirst as u64) << 8;
    match m & flag::SPECIAL {
        super::INIT if v.is_none() => {
            // SAFETY: a constructor's frame has the instance in the word before its header.
            *v = unsafe { f.value(word::FUNC - 1) };
            true
        }
        BIN_FIRST => *v != Value::NOT_IMPLEMENTED,
        _ => false,
    }
}

/// The end of a generator whose consumer is a loop or a `yield from` with nothing unusual about it. Pops the frame.
///
/// # Safety
/// `base` is the running frame, a code frame.
#[inline]
pub unsafe fn generator_returns(rt: &mut Rt, base: *mut Value, v: Value) -> bool {
    let f = Frame(base);
    let special = f.meta() & flag::SPECIAL;
    let looping = special == FOR_NEXT;
    if !looping && special != SEND_RESULT {
        return false;
    }
    let Some(g) = f.func().get::<Generator>() else { return false };
    g.state.set(GenState::Finished);
    g.saved.set(0);
    rt.handled = g.handled.get();
    g.handled.set(Value::UNBOUND);
    rt.depth -= 1;
    rt.stack.frame = f.prev();
    rt.stack.pc = f.prev().pc();
    if !looping {
        crate::interp::cont::send_done(rt, v);
    }
    true
}

/// Meta words of a generator's frame that a loop, or a `yield from`, waits for.
const FOR_NEXT: u64 = (Cont::ForNext as u64) << 8 | flag::GENERATOR;
const SEND_RESULT: u64 = (Cont::SendResult as u64) << 8 | flag::GENERATOR;
const _: () = assert!(Cont::Value as u64 == 0);

/// `MakeGenerator` in a frame that was called plainly: the generator, which the frame is yet to return.
///
/// # Safety
/// `base` is the running frame, `i` its instruction and `pc` the next one.
#[inline]
pub unsafe fn make_generator(rt: &mut Rt, base: *mut Value, i: Instr, pc: *const Instr) -> Option<Value> {
    let f = Frame(base);
    if f.meta() & flag::SPECIAL != 0 {
        return None;
    }
    let (code, func) = (f.code()?, f.func().get::<Function>()?);
    let g = generator::new(&mut rt.heap, f.func(), code, kind::Generator as u32).ok()?;
    g.name.set(func.name.get());
    g.qualname.set(func.qualname.get());
    // SAFETY: `a` registers belong to the frame (verified).
    unsafe { g.save_words(base, i.a()) };
    g.pc.set(pc);
    Some(g.value())
}

/// What `yield from` delegates to for `v`, where that needs neither memory nor a call: generators and built-in
/// iterators, themselves.
#[inline]
pub fn yield_from_iter(rt: &mut Rt, v: Value) -> Option<Value> {
    if v.get::<Generator>().is_some() {
        return Some(v);
    }
    (v.shape() < Shapes::FIRST && rt.slots_of(v).next.is_some()).then_some(v)
}

/// Resumes the generator of a loop.
///
/// # Safety
/// See `call_py`.
#[inline]
pub unsafe fn resume_gen(rt: &mut Rt, base: *mut Value, i: Instr) -> Pushed {
    // SAFETY: the caller's promise.
    unsafe {
        let v = *base.add(i.a() as usize);
        resume(rt, base, v, Value::NONE, i.b(), Cont::ForNext, -(i.imm_c() as i64))
    }
}

/// `next(generator)`.
///
/// # Safety
/// See `call_py`.
#[inline]
pub unsafe fn call_next(rt: &mut Rt, base: *mut Value, i: Instr, s: &SiteCache) -> Pushed {
    // SAFETY: the caller's promise.
    unsafe {
        if *base.add(i.a() as usize) != s.value {
            return Pushed::Miss;
        }
        let v = *base.add((i.a() + CALL_GAP) as usize);
        resume(rt, base, v, Value::NONE, s.dst, Cont::Value, 0)
    }
}

/// `generator.send(value)`.
///
/// # Safety
/// See `call_py`.
#[inline]
pub unsafe fn call_send(rt: &mut Rt, base: *mut Value, i: Instr, s: &SiteCache) -> Pushed {
    // SAFETY: the caller's promise.
    unsafe {
        if *base.add(i.a() as usize) != s.value {
            return Pushed::Miss;
        }
        let args = base.add((i.a() + CALL_GAP) as usize);
        resume(rt, base, *args, *args.add(1), s.dst, Cont::Value, 0)
    }
}

/// `Send` to a generator.
///
/// # Safety
/// See `call_py`.
#[inline]
pub unsafe fn send(rt: &mut Rt, base: *mut Value, i: Instr) -> Pushed {
    // SAFETY: the caller's promise.
    unsafe {
        let (sent, v) = (*base.add(i.a() as usize), *base.add(i.b() as usize));
        resume(rt, base, v, sent, i.a(), Cont::SendResult, 0)
    }
}

/// Puts the frame of a generator on the stack, if that needs no slow path.
///
/// # Safety
/// `base` is the running frame, a code frame.
#[inline(always)]
unsafe fn resume(
    rt: &mut Rt,
    base: *mut Value,
    v: Value,
    sent: Value,
    dst: u16,
    cont: Cont,
    distance: i64,
) -> Pushed {
    // SAFETY: the caller's promise; a suspended generator's registers fit its code's frame.
    unsafe {
        let Some(g) = v.get::<Generator>() else { return Pushed::Miss };
        let code = g.code;
        let leads = match g.state.get() {
            // Most wait at a `yield` of their own, which is quickly seen.
            GenState::Suspended => (*g.pc.get().sub(1)).op() == Some(Op::YieldFrom) && delegates::lead(g),
            GenState::Leading => true,
            GenState::Created if sent.is_none() => false,
            _ => return Pushed::Miss,
        };
        if leads {
            return delegates::resume(rt, base, g, sent, (dst, cont as u8), distance);
        }
        let at = base.add((*super::code_of(base)).nregs as usize + CALL_GAP as usize);
        let end = (at as usize).wrapping_add(code.nregs as usize * 8 + 64);
        let cost = code.entry_cost as i64 + distance;
        if end > rt.stack.limit as usize || rt.depth >= rt.limits.recursion || !can_loop(rt, cost) {
            return Pushed::Miss;
        }
        rt.fuel -= cost;
        rt.depth += 1;
        Frame(base).set_pc(rt.stack.pc);
        start(rt, Frame(at), Frame(base), g, meta(dst, cont as u8, flag::GENERATOR), sent);
        Pushed::Yes
    }
}

/// `Yield` and `YieldFrom` to a loop or a `yield from`, if nothing unusual is going on; tells whether to a loop.
///
/// # Safety
/// `base` is the running frame, `i` its instruction; `rt.stack.pc` is the next one.
#[inline(always)]
pub unsafe fn do_yield(rt: &mut Rt, base: *mut Value, i: Instr) -> Option<bool> {
    // SAFETY: the caller's promise.
    unsafe {
        let f = Frame(base);
        let m = f.meta();
        let special = m & flag::SPECIAL & !flag::DELEGATE;
        let looping = special == FOR_NEXT;
        if !looping && special != SEND_RESULT && special != flag::GENERATOR {
            return None;
        }
        let g = f.func().get::<Generator>()?;
        if rt.handled != g.handled.get() {
            return None;
        }
        let v = *base.add(i.b() as usize);
        g.save_words(base, i.c());
        g.pc.set(rt.stack.pc);
        g.state.set(GenState::Suspended);
        g.handled.set(Value::UNBOUND);
        rt.leave_chain(f);
        let caller = f.prev();
        rt.depth -= 1;
        rt.stack.frame = caller;
        let pc = caller.pc();
        *caller.0.add((m >> 16) as usize) = v;
        rt.stack.pc = if looping { pc.offset((*pc.sub(1)).imm_c() as isize) } else { pc };
        Some(looping)
    }
}
