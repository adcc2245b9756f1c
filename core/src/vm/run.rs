//! Running a program from start to end, for hosts that want no more than that. What `std-shim` does for hosts with an
//! operating system, with fuel in slices and values exchanged, is built from the same parts.

use super::{Isolate, RunEnd};
use crate::builtins::EXCEPTION_TEXT;
use crate::bytecode::{Module, ModuleError};
use crate::exit::{ExitKind, Res};
use crate::interp::HostFn;
use crate::object::Str;
use crate::room::{self, WithinRoom as _};
use crate::value::Value;
use alloc::sync::Arc;

/// Bytes that the module's handle takes, as `Arc` lays it out.
const MODULE_HANDLE: usize = core::mem::size_of::<Module>() + 2 * core::mem::size_of::<usize>();

impl Isolate {
    /// Runs a compiled program that lies in static memory (flash), where it stays, as `__main__`. It has to begin at a
    /// multiple of 8; see [`crate::bytecode::file::Aligned`]. `Err` says why the program was refused.
    pub fn run_compiled(&mut self, program: &'static [u8]) -> Result<RunEnd, ModuleError> {
        self.run_module(Module::from_static_bytes(program)?)
    }

    /// Runs a compiled program as `__main__`; its bytes are copied.
    pub fn run_compiled_copy(&mut self, program: &[u8]) -> Result<RunEnd, ModuleError> {
        self.run_module(Module::from_bytes(program)?)
    }

    #[expect(clippy::disallowed_methods, reason = "room for the handle was made sure of")]
    fn run_module(&mut self, module: Module) -> Result<RunEnd, ModuleError> {
        room::probe(MODULE_HANDLE).map_err(|_| ModuleError::Memory)?;
        let module = Arc::new(module);
        Ok(match self.with_memory(&mut |iso| iso.load_main(module.clone(), "__main__").map(|_| ())) {
            Ok(()) => self.resume(),
            Err(e) => match self.rt.end_exit(e) {
                ExitKind::Raise => RunEnd::Raised(core::mem::replace(&mut self.rt.raised, Value::UNBOUND)),
                ExitKind::Stop => RunEnd::Stopped(self.rt.stop),
                ExitKind::NeedGc | ExitKind::Call => RunEnd::Raised(self.rt.memory_error),
            },
        })
    }

    /// As [`Isolate::register`], after a collection if memory is short.
    pub fn register_host(&mut self, name: &str, f: HostFn) -> Result<(), super::BootError> {
        let mut f = Some(f);
        self.with_memory(&mut |iso| iso.register(name, &mut f)).map_err(|_| super::BootError::Memory)
    }

    /// Writes what CPython prints of an uncaught exception to the error stream: traceback, chain and message. If even
    /// that ends by an exception or a limit, only the class's name.
    pub fn print_exception(&mut self, e: Value) {
        if self.rt.host_roots.try_reserve(1).is_ok() {
            self.rt.host_roots.push_within(e);
            let f = self.with_memory_of(&mut |iso| iso.rt.frozen_function(EXCEPTION_TEXT));
            let end = f.map(|f| self.call(f, &[e]));
            self.rt.host_roots.pop();
            match end {
                Ok(RunEnd::Done(text)) if text.get::<Str>().is_some() => {
                    return self.rt.hooks.write(crate::object::string::bytes_of(&text), true);
                }
                Ok(RunEnd::Stopped(_)) => self.abandon(),
                _ => {}
            }
        }
        let name = self.rt.type_name(e);
        self.rt.hooks.write(name.as_bytes(), true);
        self.rt.hooks.write(b"\n", true);
    }

    fn with_memory(&mut self, f: &mut dyn FnMut(&mut Isolate) -> Res<()>) -> Res<()> {
        match f(self) {
            Err(e) if self.rt.caught(e, ExitKind::NeedGc) => {
                self.rt.collect();
                f(self)
            }
            other => other,
        }
    }

    fn with_memory_of(&mut self, f: &mut dyn FnMut(&mut Isolate) -> Res<Value>) -> Res<Value> {
        let mut made = Value::UNBOUND;
        self.with_memory(&mut |iso| f(iso).map(|v| made = v))?;
        Ok(made)
    }
}
