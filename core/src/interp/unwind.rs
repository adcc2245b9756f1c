//! Exceptions on their way: tracebacks, contexts, handlers; and what the dispatch loop does with an `Exit`.

use super::cont::{self, Cont, Redo};
use super::frame::flag;
use super::{Rt, RunEnd, StopReason};
use crate::bytecode::{FuncFlags, Op};
use crate::exit::{Exit, ExitKind, Res};
use crate::heap::Gc;
use crate::object::exception::{self, Exception, exc};
use crate::object::func::Code;
use crate::object::generator::Generator;
use crate::value::Value;
use core::sync::atomic::Ordering;

impl Rt {
    /// Deals with an exit of the instruction before `pc`. `None`: go on with `stack.frame` and `stack.pc`.
    #[cold]
    #[inline(never)]
    pub(crate) fn handle_exit(&mut self, e: Exit) -> Option<RunEnd> {
        let mut e = e;
        loop {
            self.stack.settle();
            let next = match self.end_exit(e) {
                ExitKind::NeedGc => self.retry(),
                ExitKind::Raise => {
                    self.redo = None;
                    match self.unwind() {
                        Ok(None) => Ok(()),
                        Ok(Some(end)) => return Some(end),
                        Err(e) => Err(e),
                    }
                }
                ExitKind::Call => self.call_for_instr(),
                ExitKind::Stop if self.stop == StopReason::Finished => {
                    let v = self.host_result;
                    self.host_result = Value::UNBOUND;
                    self.pop_entry();
                    return Some(RunEnd::Done(v));
                }
                ExitKind::Stop => {
                    self.forget_retry();
                    if self.redo.is_none() && self.stack.frame.code().is_some() {
                        self.stack.pc = self.stack.pc.wrapping_sub(1);
                    }
                    return Some(RunEnd::Stopped(self.stop));
                }
            };
            match next {
                Ok(()) => {
                    self.stack.settle();
                    return None;
                }
                Err(again) => e = again,
            }
        }
    }

    /// Collects and repeats what ran out of memory; the second time in a row it is a MemoryError.
    fn retry(&mut self) -> Res<()> {
        if self.is_retry() {
            self.forget_retry();
            self.redo = None;
            // Room for the handler: what the error itself needs was set aside.
            return Err(self.raise_memory_error());
        }
        self.collect();
        self.retry_at = self.here();
        self.heap.disarm_stress();
        self.go_on()
    }

    /// Whether memory was short at this very point before. Fuel tells a later visit apart: every loop and call uses
    /// some, and what is repeated has its fuel refunded.
    pub(crate) fn is_retry(&self) -> bool {
        self.retry_at == self.here()
    }

    fn here(&self) -> (usize, usize, i64) {
        (self.stack.frame.0 as usize, self.stack.pc as usize, self.fuel)
    }

    pub(crate) fn forget_retry(&mut self) {
        self.retry_at = (0, 0, 0);
    }

    /// Repeats an interrupted delivery, native or instruction.
    pub(crate) fn go_on(&mut self) -> Res<()> {
        match self.redo.take() {
            Some(Redo::Deliver { value, dst, cont }) => return cont::deliver(self, value, dst, cont),
            Some(Redo::Call { dst, cont }) => return self.call_pending(self.pending.callee, dst, cont),
            Some(Redo::Enter) => return self.enter(),
            Some(Redo::Catch { dst, cont }) => {
                return if self.catch(dst, cont)? {
                    Ok(())
                } else {
                    self.unwinding = true;
                    Err(self.exit(ExitKind::Raise))
                };
            }
            None => {}
        }
        if self.stack.frame.code().is_none() {
            return self.rerun_native();
        }
        self.stack.pc = self.stack.pc.wrapping_sub(1);
        Ok(())
    }

    /// Makes the call that a native reached from the waiting instruction asked for.
    fn call_for_instr(&mut self) -> Res<()> {
        let i = cont::waiting_instr(self);
        let op = i.op().unwrap_or(Op::Nop);
        let site_dst = match self.stack.frame.code() {
            Some(c) => c.site(i.c()).1,
            None => 0,
        };
        let (dst, mut cont) = cont::cont_of(op, i, site_dst);
        if let Some(forced) = self.pending_cont.take() {
            cont = forced;
        }
        self.call_pending(self.pending.callee, dst, cont)
    }

    /// Where [`Rt::unwind`] will go on, if that is at frame `last` or above and every frame it pops returns plainly: the
    /// handler's frame, its first instruction and register.
    #[cfg(feature = "speed")]
    pub(crate) fn landing(&self, last: super::frame::Frame) -> Option<(super::frame::Frame, u32, u16)> {
        let (mut f, mut pc) = (self.stack.frame, self.stack.pc);
        loop {
            let code = f.code()?;
            if let Some(h) = code.module().handler(&code.func, code.index_of(pc).wrapping_sub(1)) {
                return Some((f, h.handler, h.reg));
            }
            let m = f.meta();
            let catches = |c| matches!(c, Cont::ForNext | Cont::SendResult | Cont::AttrOrGetattr);
            // What waits for an attribute looks at its registers.
            if f == last
                || m & flag::SPECIAL & 0xff != 0
                || catches(Cont::from_u8((m >> 8) as u8))
                || self.is_exception(self.raised, exc::AttributeError)
            {
                return None;
            }
            f = f.prev();
            pc = f.pc();
        }
    }

    /// Finds the handler of the exception in `raised` and makes it current; the end of the run if there is none.
    pub(crate) fn unwind(&mut self) -> Res<Option<RunEnd>> {
        self.heap.disarm_stress();
        if !core::mem::take(&mut self.unwinding) && !self.reraising {
            self.set_context();
        }
        let mut frames = 0u32;
        loop {
            frames = frames.wrapping_add(1);
            if frames & 0xfff == 0 && self.interrupts.load(Ordering::Relaxed) & super::interrupt::TIMEOUT != 0
            {
                return Err(self.stop_for(StopReason::Timeout));
            }
            let f = self.stack.frame;
            if let Some(code) = f.code() {
                let at = code.index_of(self.stack.pc).wrapping_sub(1);
                if !self.reraising && code.flags & FuncFlags::FROZEN == 0 {
                    self.add_traceback(code, at);
                }
                self.reraising = false;
                if self.enter_handler(code, at) {
                    return Ok(None);
                }
            }
            let m = f.meta();
            if m & flag::ENTRY != 0 {
                let e = self.raised;
                self.raised = Value::UNBOUND;
                self.pop_entry();
                return Ok(Some(RunEnd::Raised(e)));
            }
            if m & flag::GENERATOR != 0 {
                self.generator_raised(f.func());
            }
            if f.runs_for_chain() {
                self.depth -= 1;
                let dst = self.step_out(f);
                if self.catch(dst, Cont::SendResult)? {
                    return Ok(None);
                }
                continue;
            }
            self.stack.frame = f.prev();
            self.depth -= 1;
            if self.stack.frame.code().is_some() {
                self.stack.pc = self.stack.frame.pc();
            }
            self.stack.settle();
            if self.catch((m >> 16) as u16, Cont::from_u8((m >> 8) as u8))? {
                return Ok(None);
            }
        }
    }

    /// Whether continuation `cont` makes something of the exception in `raised`, which then is gone.
    fn catch(&mut self, dst: u16, cont: Cont) -> Res<bool> {
        let (e, fuel) = (self.raised, self.fuel);
        match cont::catch(self, dst, cont) {
            Ok(true) => {
                self.raised = Value::UNBOUND;
                Ok(true)
            }
            Err(exit) if self.redo.is_none() && self.repeats(exit) => {
                self.raised = e;
                self.fuel = fuel;
                self.redo = Some(Redo::Catch { dst, cont });
                Err(exit)
            }
            r => r,
        }
    }

    fn enter_handler(&mut self, code: Gc<Code>, at: u32) -> bool {
        let Some(h) = code.module().handler(&code.func, at) else { return false };
        // SAFETY: the handler's registers and target lie in the frame and the code (verified).
        unsafe {
            self.stack.frame.set_reg(h.reg, self.raised);
            self.stack.frame.set_reg(h.reg + 1, self.handled);
            // Those above held temporaries of what was interrupted. They must not keep alive what the handler lets go: it
            // may be all memory there is.
            for r in h.reg + 2..code.func.nregs {
                self.stack.frame.set_reg(r, Value::UNBOUND);
            }
            let base =
                if code.in_quick(self.stack.pc) { code.quick.get().cast_const() } else { code.original };
            self.stack.pc = base.add(h.handler as usize);
        }
        self.handled = self.raised;
        self.raised = Value::UNBOUND;
        true
    }

    /// Links the exception being handled as the context of a new one, without making a cycle.
    fn set_context(&mut self) {
        let (Some(e), Some(_)) = (self.raised.get::<Exception>(), self.handled.get::<Exception>()) else {
            return;
        };
        if self.handled == self.raised {
            return;
        }
        // Break the chain where it would come back to the new exception; Floyd's tortoise bounds the walk of a chain
        // that is circular already.
        let (mut at, mut slow, mut odd) = (self.handled, self.handled, false);
        while let Some(x) = at.get::<Exception>() {
            let next = x.context.get();
            if next == self.raised {
                x.context.set(Value::NONE);
                break;
            }
            at = next;
            if odd {
                slow = slow.get::<Exception>().map_or(Value::NONE, |s| s.context.get());
                if slow == at {
                    break;
                }
            }
            odd = !odd;
        }
        e.context.set(self.handled);
    }

    fn add_traceback(&mut self, code: Gc<Code>, at: u32) {
        let Some(e) = self.raised.get::<Exception>() else { return };
        if let Ok(t) = exception::new_traceback(&mut self.heap, e.traceback.get(), code, at) {
            e.traceback.set(t.value());
        }
    }

    /// A generator's frame ends with the exception in `raised`.
    fn generator_raised(&mut self, generator: Value) {
        let Some(g) = generator.get::<Generator>() else { return };
        self.finish(generator);
        let frozen = g.code.flags & FuncFlags::FROZEN != 0;
        if frozen || !self.is_exception(self.raised, exc::StopIteration) {
            return;
        }
        let cause = self.raised;
        let mut e = self.raise(exc::RuntimeError, message!("generator raised StopIteration"));
        if self.caught(e, ExitKind::NeedGc) {
            // Unwinding is a safepoint; the cause is rooted.
            self.collect();
            e = self.raise(exc::RuntimeError, message!("generator raised StopIteration"));
        }
        if !self.caught(e, ExitKind::Raise) {
            // No memory for the replacement: the original goes on.
            self.raised = cause;
            return;
        }
        if let Some(x) = self.raised.get::<Exception>() {
            x.cause.set(cause);
            x.context.set(cause);
            x.suppress.set(true);
        }
    }

    /// Removes the entry frame of a run.
    fn pop_entry(&mut self) {
        let mut f = self.stack.frame;
        while !f.is_null() && f.meta() & flag::ENTRY == 0 {
            f = f.prev();
        }
        if f.is_null() {
            return;
        }
        self.stack.frame = f.prev();
        if self.stack.frame.code().is_some() {
            self.stack.pc = self.stack.frame.pc();
        }
        self.stack.settle();
    }

    /// `raise x` / `raise x from y`: makes the exception and raises it.
    pub(crate) fn raise_object(&mut self, x: Value, cause: Option<Value>) -> Res<()> {
        if x.get::<crate::object::Type>().is_some_and(|t| t.has_flag(crate::object::Type::EXCEPTION)) {
            // The class is called first; the frozen function raises the instance in this frame's stead.
            let from = cause.unwrap_or(Value::UNBOUND);
            return self.raise_class(x, from);
        }
        if x.get::<Exception>().is_none() {
            return Err(self.type_error(message!("exceptions must derive from BaseException")));
        }
        if let Some(c) = cause {
            self.set_cause(x, c)?;
        }
        Err(self.raise_value(x))
    }

    fn set_cause(&mut self, x: Value, cause: Value) -> Res<()> {
        let Some(e) = x.get::<Exception>() else { return Ok(()) };
        if !cause.is_none() && cause.get::<Exception>().is_none() {
            return Err(self.type_error(message!("exception causes must derive from BaseException")));
        }
        e.cause.set(cause);
        e.suppress.set(true);
        Ok(())
    }

    /// Raises a fresh instance of an exception class. Built-in construction is direct; a guest's `__init__` or
    /// `__new__` runs first, and the instruction is repeated with the instance.
    fn raise_class(&mut self, class: Value, cause: Value) -> Res<()> {
        let Some(t) = class.get::<crate::object::Type>() else { return Ok(()) };
        use crate::object::Type;
        let cause_is_class = cause.get::<Type>().is_some_and(|t| t.has_flag(Type::EXCEPTION));
        if t.has_flag(Type::GUEST_NEW | Type::GUEST_INIT) || cause_is_class {
            let from = if cause.is_unbound() { Value::FALSE } else { cause };
            return Err(self.delegate(crate::builtins::frozen::raise_class, &[class, from]));
        }
        let shape = self.instance_shape(class)?;
        let args = self.empty_tuple;
        let e = exception::new(&mut self.heap, shape, args)?;
        if t.is_subclass_of(self.types[exc::StopIteration as usize])
            || t.is_subclass_of(self.types[exc::SystemExit as usize])
        {
            e.extra.set(Value::NONE);
        }
        if !cause.is_unbound() {
            self.set_cause(e.value(), cause)?;
        }
        Err(self.raise_value(e.value()))
    }

    /// Whether exception `e` matches class or tuple `against`; TypeError for anything else.
    pub(crate) fn exception_matches(&mut self, e: Value, against: Value) -> Res<bool> {
        use crate::object::{Tuple, Type};
        let t = self.type_of(e);
        let one = |c: Value| {
            c.get::<Type>()
                .filter(|k| k.has_flag(Type::EXCEPTION))
                .map(|_| t.value() == c || t.is_subclass_of(c))
        };
        let result = match against.get::<Tuple>() {
            Some(classes) => classes.items().iter().try_fold(false, |any, &c| one(c).map(|hit| any || hit)),
            None => one(against),
        };
        match result {
            Some(hit) => Ok(hit),
            None => Err(self.type_error(message!(
                "catching classes that do not inherit from BaseException is not allowed"
            ))),
        }
    }
}
