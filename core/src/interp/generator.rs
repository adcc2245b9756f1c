//! Generators: making, resuming, yielding, throwing into.

use super::cont::{self, Cont};
use super::frame::{Frame, HEADER, flag, meta, word};
use super::{Args, Rt};
use crate::bytecode::{Instr, Op};
use crate::exit::Res;
use crate::heap::Gc;
use crate::object::exception::{Exception, exc};
use crate::object::generator::{self, GenState, Generator};
use crate::object::{Function, kind};
use crate::value::Value;

impl Rt {
    /// `MakeGenerator`: moves the running frame into a new generator, which is the call's result.
    pub(crate) fn make_generator(&mut self, i: Instr) -> Res<()> {
        let f = self.stack.frame;
        let Some(code) = f.code() else { return Ok(()) };
        let g = generator::new(&mut self.heap, f.func(), code, kind::Generator as u32)?;
        if let Some(func) = f.func().get::<Function>() {
            g.name.set(func.name.get());
            g.qualname.set(func.qualname.get());
        }
        // SAFETY: `a` registers belong to the frame (verified).
        unsafe { g.save(f.0, i.a()) };
        g.pc.set(self.stack.pc);
        self.return_value(g.value())
    }

    /// Pops the running frame and delivers its result.
    pub(crate) fn return_value(&mut self, v: Value) -> Res<()> {
        let f = self.stack.frame;
        let m = f.meta();
        self.stack.frame = f.prev();
        self.depth -= 1;
        if self.stack.frame.code().is_some() {
            self.stack.pc = self.stack.frame.pc();
        }
        if m & flag::CHUNK != 0 {
            self.stack.settle();
        }
        let (dst, cont) = ((m >> 16) as u16, Cont::from_u8((m >> 8) as u8));
        if f.runs_for_chain() {
            return self.delegate_returned(f, v);
        }
        if m & flag::GENERATOR != 0 {
            return self.generator_returned(f.func(), v, dst, cont);
        }
        if cont == Cont::Init {
            // SAFETY: a constructor's frame has the instance in the word before its header.
            let instance = unsafe { f.value(word::FUNC - 1) };
            return self.init_returned(v, instance, dst);
        }
        cont::deliver(self, v, dst, cont)
    }

    /// The end of a constructor call: the value is the instance if `__init__` returned None.
    fn init_returned(&mut self, v: Value, instance: Value, dst: u16) -> Res<()> {
        if !v.is_none() {
            return cont::deliver(self, v, dst, Cont::InitNotNone);
        }
        cont::deliver(self, instance, dst, Cont::Value)
    }

    /// A generator that was resumed for those that delegate to it has returned `v`.
    fn delegate_returned(&mut self, f: Frame, v: Value) -> Res<()> {
        self.finish(f.func());
        self.step_out(f);
        cont::send_done(self, v);
        Ok(())
    }

    /// A generator has ended.
    pub(crate) fn finish(&mut self, generator: Value) {
        if let Some(g) = generator.get::<Generator>() {
            g.state.set(GenState::Finished);
            g.saved.set(0);
            self.handled = g.handled.get();
            g.handled.set(Value::UNBOUND);
        }
    }

    fn generator_returned(&mut self, generator: Value, v: Value, dst: u16, cont: Cont) -> Res<()> {
        self.finish(generator);
        match cont {
            // The loop simply ends.
            Cont::ForNext => Ok(()),
            Cont::SendResult => {
                cont::send_done(self, v);
                Ok(())
            }
            // The generator has ended: if memory is short, only the exception is made again.
            _ => cont::deliver(self, v, dst, Cont::GeneratorEnd),
        }
    }

    /// `Yield`: suspends the running generator and delivers the value to its consumer.
    pub(crate) fn yield_value(&mut self, i: Instr) -> Res<()> {
        let f = self.stack.frame;
        let m = f.meta();
        let Some(g) = f.func().get::<Generator>() else { return Ok(()) };
        // SAFETY: `b` and the `c` saved registers belong to the frame (verified).
        let v = unsafe {
            g.save(f.0, i.c());
            f.reg(i.b())
        };
        g.pc.set(self.stack.pc);
        g.state.set(GenState::Suspended);
        let callers = g.handled.get();
        g.handled.set(if self.handled == callers { Value::UNBOUND } else { self.handled });
        self.handled = callers;
        self.leave_chain(f);
        self.stack.frame = f.prev();
        self.depth -= 1;
        if self.stack.frame.code().is_some() {
            self.stack.pc = self.stack.frame.pc();
        }
        if m & flag::CHUNK != 0 {
            self.stack.settle();
        }
        cont::deliver(self, v, (m >> 16) as u16, Cont::from_u8((m >> 8) as u8))
    }

    /// Puts a generator's frame back on the stack. `sent` becomes the value of the `yield` it waits at.
    pub(crate) fn push_generator(&mut self, g: Gc<Generator>, sent: Value, dst: u16, cont: Cont) -> Res<()> {
        let code = g.code;
        if self.depth >= self.limits.recursion {
            return Err(self.recursion_error());
        }
        let cost = code.entry_cost as i64;
        if self.fuel < cost {
            return Err(self.stop_for(super::StopReason::Fuel));
        }
        let base = self.scratch(code.nregs as usize + HEADER)?;
        self.fuel -= cost;
        let caller = self.stack.frame;
        let chunk = if self.stack.moved { flag::CHUNK } else { 0 };
        if !caller.is_null() && caller.code().is_some() {
            caller.set_pc(self.stack.pc);
        }
        // SAFETY: `scratch` made room for the header and the frame's registers.
        unsafe { start(self, Frame(base), caller, g, meta(dst, cont as u8, flag::GENERATOR | chunk), sent) };
        self.depth += 1;
        Ok(())
    }

    /// Resumes a generator as `pending` says: arguments are the value to send and whether to raise it instead.
    pub(crate) fn resume_generator(&mut self, generator: Value, dst: u16, cont: Cont) -> Res<()> {
        let Some(g) = generator.get::<Generator>() else { return Ok(()) };
        let args = self.pending.args();
        let (value, throw) =
            (args.first().copied().unwrap_or(Value::NONE), args.get(1) == Some(&Value::TRUE));
        if throw { self.throw_into(g, value, dst, cont) } else { self.send_into(g, value, dst, cont) }
    }

    /// `send(value)` (None for `next`).
    pub(crate) fn send_into(&mut self, g: Gc<Generator>, value: Value, dst: u16, cont: Cont) -> Res<()> {
        match self.settle(g) {
            GenState::Running => Err(self.value_error(message!("generator already executing"))),
            GenState::Finished => match cont {
                Cont::ForNext => Ok(()),
                Cont::SendResult => {
                    cont::send_done(self, Value::NONE);
                    Ok(())
                }
                _ => Err(self.raise_with(exc::StopIteration, &[])),
            },
            GenState::Created if !value.is_none() => {
                Err(self.type_error(message!("can't send non-None value to a just-started generator")))
            }
            _ => self.push_generator(g, value, dst, cont),
        }
    }

    /// `throw(exception)`.
    fn throw_into(&mut self, g: Gc<Generator>, e: Value, dst: u16, cont: Cont) -> Res<()> {
        match self.settle(g) {
            GenState::Running => Err(self.value_error(message!("generator already executing"))),
            GenState::Finished => Err(self.raise_value(e)),
            GenState::Created => {
                g.state.set(GenState::Finished);
                Err(self.raise_value(e))
            }
            // `settle` answers nothing else.
            _ => {
                let delegate = delegate_of(g);
                let closing = self.is_exception(e, exc::GeneratorExit);
                // Fetched before the frame is pushed, after which nothing may fail for lack of memory.
                let thrower = match delegate {
                    Some((inner, _)) if inner.get::<Generator>().is_none() || closing => {
                        self.frozen_function(crate::builtins::frozen::throw_into_iterator)?
                    }
                    _ => Value::UNBOUND,
                };
                self.push_generator(g, Value::NONE, dst, cont)?;
                match delegate {
                    Some((inner, at)) => {
                        // As if the `Send` that started the delegate were still waiting for it.
                        let base = if g.code.in_quick(self.stack.pc) {
                            g.code.quick.get().cast_const()
                        } else {
                            g.code.original
                        };
                        self.stack.pc = base.wrapping_add(at as usize);
                        let dst = cont::waiting_instr(self).a();
                        match inner.get::<Generator>() {
                            // A delegate is closed before its delegator sees GeneratorExit.
                            Some(inner) if !closing => self.throw_into_bounded(inner, e, dst),
                            _ => Err(self.tail_call(thrower, &[inner, e])),
                        }
                    }
                    None => Err(self.raise_value(e)),
                }
            }
        }
    }

    /// One level down a chain of delegates: made as a pending call, so that long chains cost no host stack.
    fn throw_into_bounded(&mut self, inner: Gc<Generator>, e: Value, dst: u16) -> Res<()> {
        let _ = dst;
        Err(self.tail_call(inner.value(), &[e, Value::TRUE]))
    }
}

/// Puts generator `g` on the stack, in frame `f` above `caller`'s. `sent` becomes the value of the `yield` it waits at.
///
/// # Safety
/// There is room at `f` for a header and the generator's registers.
#[cfg_attr(feature = "speed", inline(always))]
pub(super) unsafe fn start(rt: &mut Rt, f: Frame, caller: Frame, g: Gc<Generator>, meta: u64, sent: Value) {
    let (pc, own) = (g.pc.get(), g.handled.get());
    let started = g.state.get() == GenState::Suspended;
    // SAFETY: the caller's promise; a suspended generator goes on behind its `yield`, whose register is one of its own.
    unsafe {
        f.set_word(word::PREV, caller.0 as usize as u64);
        f.set_word(word::RESUME, 0);
        f.set_meta(meta);
        enter(rt, f, g);
        if started {
            f.set_reg((*pc.sub(1)).a(), sent);
        }
    }
    rt.stack.pc = pc;
    if !own.is_unbound() {
        rt.handled = own;
    }
}

/// Makes `g` what runs in frame `f`.
///
/// # Safety
/// There is room for its registers.
#[cfg_attr(feature = "speed", inline(always))]
pub(super) unsafe fn enter(rt: &mut Rt, f: Frame, g: Gc<Generator>) {
    // SAFETY: the caller's promise.
    unsafe {
        f.set_value(word::FUNC, g.value());
        f.set_word(word::CODE, g.code.as_ptr() as usize as u64);
        for (n, &x) in g.registers().iter().enumerate() {
            *f.0.add(n) = x;
        }
    }
    rt.stack.frame = f;
    g.state.set(GenState::Running);
    g.handled.set(rt.handled);
}

/// The iterator a suspended generator delegates to, and the index after its `Send`.
fn delegate_of(g: Gc<Generator>) -> Option<(Value, u32)> {
    let after = g.code.index_of(g.pc.get());
    let at = after.checked_sub(1)?;
    let i = g.code.original_at(at);
    if i.op() != Some(Op::YieldFrom) {
        return None;
    }
    let inner = g.registers().get(i.a() as usize + 1).copied()?;
    Some((inner, at))
}

/// `generator.send(value)`.
pub(crate) fn send(rt: &mut Rt, a: Args) -> Res<Value> {
    Err(rt.tail_call(a.at(0), &[a.at(1), Value::FALSE]))
}

/// `generator.__next__()`.
pub(crate) fn next(rt: &mut Rt, a: Args) -> Res<Value> {
    Err(rt.tail_call(a.at(0), &[Value::NONE, Value::FALSE]))
}

/// The intrinsic `_gen_throw(generator, exception instance)`.
pub(crate) fn throw(rt: &mut Rt, a: Args) -> Res<Value> {
    if a.at(1).get::<Exception>().is_none() {
        return Err(rt.type_error(message!(
            "exceptions must be classes or instances deriving from BaseException, not {}",
            rt.type_name(a.at(1))
        )));
    }
    Err(rt.tail_call(a.at(0), &[a.at(1), Value::TRUE]))
}

/// The intrinsic `_gen_state(generator)`: 0 created, 1 suspended, 2 running, 3 finished.
pub(crate) fn state(rt: &mut Rt, a: Args) -> Res<Value> {
    Ok(a.at(0).get::<Generator>().map_or(Value::NONE, |g| Value::int(rt.state_of(g) as i64)))
}

/// The intrinsic `_gen_finish(generator)`: ends a generator that was not started.
pub(crate) fn finish(rt: &mut Rt, a: Args) -> Res<Value> {
    if let Some(g) = a.at(0).get::<Generator>() {
        rt.settle(g);
        g.state.set(GenState::Finished);
        g.saved.set(0);
    }
    Ok(Value::NONE)
}
