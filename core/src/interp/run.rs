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
            let name = d.name;
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
            Err(crate::exit::Exit::Call) => {
                let name = self.type_name(f);
                self.format_str(format_args!("{name}()"))
            }
            r => r,
        }
    }
}
