//! Entering the interpreter from outside: calls, resumption, nested runs.

use super::cont::Cont;
use super::frame::{Frame, HEADER, flag, meta, word};
use super::{Rt, RunEnd, StopReason, dispatch};
use crate::exit::Res;
use crate::value::Value;

impl Rt {
    /// Prepares a call of `callee`; [`Rt::resume`] runs it. `Err` only for lack of memory or stack.
    pub fn begin_call(&mut self, callee: Value, args: &[Value]) -> Result<(), RunEnd> {
        match self.push_entry().and_then(|()| self.call_slice(callee, args, 0, Cont::HostResult)) {
            Ok(()) => Ok(()),
            Err(e) => match self.handle_exit(e) {
                None => Ok(()),
                Some(end) => Err(end),
            },
        }
    }

    /// An empty frame below the call, where the run ends.
    fn push_entry(&mut self) -> Res<()> {
        let base = self.scratch(HEADER)?;
        let caller = self.stack.frame;
        // SAFETY: `scratch` made room for a header and a word.
        unsafe {
            let f = Frame(base);
            f.set_word(word::FUNC, Value::NONE.bits());
            f.set_word(word::CODE, 0);
            f.set_word(word::PREV, caller.0 as usize as u64);
            f.set_word(word::PC, 1 << 3);
            f.set_word(word::RESUME, 0);
            f.set_meta(meta(0, 0, flag::ENTRY | flag::NATIVE));
            f.set_reg(0, Value::NONE);
            if !caller.is_null() && caller.code().is_some() {
                caller.set_pc(self.stack.pc);
            }
            self.stack.frame = f;
        }
        self.depth += 1;
        Ok(())
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
        self.retrying = false;
    }

    /// Name of a callable for messages: `f()`.
    pub(crate) fn callable_name(&mut self, v: Value) -> Res<Value> {
        let q = v.get::<crate::object::Function>().map(|f| f.qualname.get());
        match q {
            Some(q) => {
                let t = super::attr::text(q);
                self.format_str(format_args!("{t}()"))
            }
            None => {
                let name = match v.get::<crate::object::Type>() {
                    Some(t) => super::text_of_type(t),
                    None => match crate::object::func::get_builtin(v).and_then(|b| self.native_def(b)) {
                        Some(d) => d.name,
                        None => self.type_name(v),
                    },
                };
                self.format_str(format_args!("{name}()"))
            }
        }
    }
}
