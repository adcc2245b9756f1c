//! Entering the interpreter from outside: calls, resumption, nested runs.

use super::cont::{Cont, Redo};
use super::frame::{Frame, HEADER, flag, meta, word};
use super::{Rt, RunEnd, StopReason, dispatch};
use crate::exit::{Exit, ExitKind, Res};
use crate::room::WithinRoom as _;
use crate::value::Value;

impl Rt {
    /// Prepares a call of `callee`; [`Rt::resume`] runs it. `Err` only for lack of memory or stack.
    pub fn begin_call(&mut self, callee: Value, args: &[Value]) -> Result<(), RunEnd> {
        self.no_exit_of_host();
        if self.push_entry(callee, args).is_err() {
            // There is no frame yet that could be repeated.
            return Err(RunEnd::Raised(self.memory_error));
        }
        match self.enter() {
            Ok(()) => Ok(()),
            Err(e) => match self.handle_exit(e) {
                None => Ok(()),
                Some(end) => Err(end),
            },
        }
    }

    /// A frame below the call, where the run ends. It keeps callee and arguments, should the call be repeated.
    fn push_entry(&mut self, callee: Value, args: &[Value]) -> Res<()> {
        let n = args.len() + 1;
        let base = match self.scratch(n + HEADER) {
            Err(e) if self.caught(e, ExitKind::NeedGc) => {
                // The arguments are rooted meanwhile; no instruction is under way that could be repeated.
                let held = self.host_roots.len();
                self.host_roots.try_reserve(n).map_err(|_| Exit::NeedGc)?;
                self.host_roots.push_within(callee);
                self.host_roots.extend_within(args);
                self.collect();
                self.host_roots.truncate(held);
                self.scratch(n + HEADER)?
            }
            r => r?,
        };
        let caller = self.stack.frame;
        // SAFETY: `scratch` made room for a header and a word.
        unsafe {
            let f = Frame(base);
            f.set_value(word::FUNC, Value::NONE);
            f.set_word(word::CODE, 0);
            f.set_word(word::PREV, caller.0 as usize as u64);
            f.set_word(word::PC, (n as u64) << 3);
            f.set_word(word::RESUME, 0);
            f.set_meta(meta(0, 0, flag::ENTRY | flag::NATIVE));
            f.set_reg(0, callee);
            core::ptr::copy_nonoverlapping(args.as_ptr(), base.add(1), args.len());
            if !caller.is_null() && caller.code().is_some() {
                caller.set_pc(self.stack.pc);
            }
            self.stack.frame = f;
        }
        Ok(())
    }

    /// Makes the call that the entry frame on top holds.
    pub(crate) fn enter(&mut self) -> Res<()> {
        let (f, fuel) = (self.stack.frame, self.fuel);
        // SAFETY: an entry frame's registers are the callee and its arguments; the call copies them.
        let (callee, args) =
            unsafe { (f.reg(0), core::slice::from_raw_parts(f.0.add(1), f.nregs().saturating_sub(1))) };
        let r = self.call_slice(callee, args, 0, Cont::HostResult);
        if let Err(e) = r
            && self.undo(e, f, fuel)
        {
            self.redo = Some(Redo::Enter);
        }
        r
    }

    /// Runs until the end, or until something stops the run.
    pub fn resume(&mut self) -> RunEnd {
        if self.redo.is_some() || self.stack.frame.code().is_none() {
            let r = if self.redo.is_some() { self.go_on() } else { self.rerun_native() };
            if let Err(e) = r
                && let Some(end) = self.handle_exit(e)
            {
                return end;
            }
        }
        while self.stack.frame.code().is_none() {
            if self.stack.frame.meta() & flag::ENTRY != 0 {
                return RunEnd::Stopped(StopReason::Host);
            }
            if let Err(e) = self.rerun_native()
                && let Some(end) = self.handle_exit(e)
            {
                return end;
            }
        }
        dispatch::run(self)
    }

    /// Calls and runs to the end (or a stop).
    pub fn call_to_end(&mut self, callee: Value, args: &[Value]) -> RunEnd {
        match self.begin_call(callee, args) {
            Ok(()) => self.resume(),
            Err(end) => end,
        }
    }

    /// Drops whatever a stopped run left on the stack.
    pub fn abandon(&mut self) {
        self.stack.reset();
        self.depth = 0;
        self.redo = None;
        self.pending_cont = None;
        self.handled = Value::NONE;
        self.raised = Value::UNBOUND;
        self.unwinding = false;
        self.reraising = false;
        self.forget_retry();
    }

    /// Name of a callable for messages: `f()`.
    pub(crate) fn callable_name(&mut self, v: Value) -> Res<Value> {
        use super::attr::text;
        let f = v.get::<crate::object::BoundMethod>().map_or(v, |m| m.func);
        if let Some(fun) = f.get::<crate::object::Function>() {
            let module = crate::builtins::descriptors::function_module(self, f)?;
            let name = text(fun.qualname.get());
            return match text(module) {
                "builtins" | "?" => self.format_str(format_args!("{name}()")),
                m => self.format_str(format_args!("{m}.{name}()")),
            };
        }
        if let Some(t) = f.get::<crate::object::Type>() {
            let name = crate::builtins::type_type::full_name(self, t)?;
            return self.format_str(format_args!("{}()", text(name)));
        }
        if let Some(b) = crate::object::func::get_builtin(f)
            && let Some(d) = self.native_def(b)
        {
            let name = d.name();
            let owner = b.owner.get::<crate::object::Type>();
            return match (owner.map(|t| b.self_.get::<crate::object::Type>().unwrap_or(t)), text(b.owner)) {
                // A constructor bears its class's name.
                (Some(t), _) if super::text_of_type(t) != name => {
                    self.format_str(format_args!("{}.{name}()", super::text_of_type(t)))
                }
                (None, m) if m != "builtins" && m != "?" => self.format_str(format_args!("{m}.{name}()")),
                _ => self.format_str(format_args!("{name}()")),
            };
        }
        match self.str(f) {
            Err(e) if self.caught(e, ExitKind::Call) => {
                let name = self.type_name(f);
                self.format_str(format_args!("{name}()"))
            }
            r => r,
        }
    }
}

/// What follows a slow path: `Ok` goes on with the frame on top, an exit is dealt with first.
#[cfg_attr(feature = "speed", inline(always))]
pub(super) fn settle(rt: &mut Rt, r: Res<()>) -> bool {
    if r.is_ok() && !rt.stack.moved && rt.stack.frame.code().is_some() {
        return false;
    }
    settle_slowly(rt, r)
}

#[inline(never)]
pub(super) fn settle_slowly(rt: &mut Rt, mut r: Res<()>) -> bool {
    loop {
        match r {
            Ok(()) => {
                if rt.stack.moved {
                    rt.stack.settle();
                }
            }
            Err(e) => {
                if let Some(end) = rt.handle_exit(e) {
                    rt.end = Some(end);
                    return true;
                }
            }
        }
        if rt.stack.frame.code().is_some() {
            return false;
        }
        // A native frame is on top: its native was interrupted and runs again.
        r = rt.rerun_native();
    }
}
