//! An isolate: runtime state with its types, built-ins and modules, ready to run code.
//!
//! Invariant: two isolates share nothing mutable.

mod boot;
mod modules;

use crate::builtins::frozen;
use crate::bytecode::Module;
use crate::exit::Res;
use crate::heap::Heap;
use crate::interp::{HostHooks, Limits, Rt, RunEnd, StopReason};
use crate::object::Str;
use crate::value::Value;
use alloc::boxed::Box;
use alloc::sync::Arc;
use core::sync::atomic::AtomicU32;

/// What an isolate may use.
#[derive(Clone, Debug)]
pub struct Config {
    /// Bytes of memory in all.
    pub max_memory: usize,
    /// Frames.
    pub max_recursion: u32,
    /// Bytes of output, if limited.
    pub max_output: Option<u64>,
    /// Key of str hashes.
    pub hash_seed: (u64, u64),
    /// Collect at every safepoint and fail the first allocation of each instruction once.
    pub gc_stress: bool,
}

impl Default for Config {
    fn default() -> Config {
        Config {
            max_memory: 1 << 30,
            max_recursion: 1000,
            max_output: None,
            hash_seed: (0x5bd1_e995, 0x9747_b28c),
            gc_stress: false,
        }
    }
}

/// Why an isolate could not be made.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
#[non_exhaustive]
pub enum BootError {
    /// The memory limit is too small for the built-ins.
    Memory,
    /// The frozen Python of this build is damaged.
    Frozen(crate::bytecode::ModuleError),
}

impl core::fmt::Display for BootError {
    fn fmt(&self, f: &mut core::fmt::Formatter<'_>) -> core::fmt::Result {
        match self {
            BootError::Memory => f.write_str("the memory limit is too small for the built-ins; raise it"),
            BootError::Frozen(e) => write!(f, "the frozen part of this build is damaged: {e}"),
        }
    }
}
impl core::error::Error for BootError {}

/// An isolate.
#[derive(Debug)]
pub struct Isolate {
    /// Its runtime state.
    pub rt: Rt,
}

impl Isolate {
    /// An isolate with the built-ins and nothing else.
    pub fn new(config: &Config, hooks: Box<dyn HostHooks>) -> Result<Isolate, BootError> {
        let mut heap = Heap::new(config.max_memory);
        heap.set_seed(config.hash_seed.0, config.hash_seed.1);
        let limits = Limits { recursion: config.max_recursion, output: config.max_output };
        let mut rt = Rt::new(heap, hooks, limits).map_err(|_| BootError::Memory)?;
        boot::boot(&mut rt)?;
        rt.heap.set_stress(config.gc_stress);
        Ok(Isolate { rt })
    }

    /// Gives the run `units` of fuel (from now on limited).
    pub fn set_fuel(&mut self, units: u64) {
        let units = i64::try_from(units).unwrap_or(i64::MAX);
        self.rt.fuel = units;
        self.rt.fuel_given = units;
    }
    /// Adds fuel.
    pub fn add_fuel(&mut self, units: u64) {
        let units = i64::try_from(units).unwrap_or(i64::MAX);
        self.rt.fuel = self.rt.fuel.saturating_add(units);
        self.rt.fuel_given = self.rt.fuel_given.saturating_add(units);
    }
    /// Fuel used so far.
    pub fn fuel_used(&self) -> u64 {
        (self.rt.fuel_given - self.rt.fuel).max(0) as u64
    }

    /// Sets up the main module and its first call; [`Isolate::resume`] runs it. Returns the module object.
    pub fn load_main(&mut self, module: Arc<Module>, name: &str) -> Result<Value, RunEnd> {
        let (object, body) = match self.rt.retrying_once(|rt| rt.make_module(&module, name)) {
            Ok(m) => m,
            Err(end) => return Err(end),
        };
        self.rt.host_roots.push(object);
        self.rt.begin_call(body, &[])?;
        Ok(object)
    }

    /// Goes on with the run.
    pub fn resume(&mut self) -> RunEnd {
        self.rt.resume()
    }

    /// Calls `callee` and runs to the end or a stop.
    pub fn call(&mut self, callee: Value, args: &[Value]) -> RunEnd {
        self.rt.call_to_end(callee, args)
    }

    /// The text of an uncaught exception as CPython prints it.
    pub fn traceback_text(&mut self, exc: Value) -> Option<alloc::string::String> {
        self.rt.abandon();
        self.rt.host_roots.push(exc);
        let f = self.rt.frozen_function(frozen::format_exception).ok()?;
        let end = self.rt.call_to_end(f, &[exc]);
        self.rt.host_roots.pop();
        match end {
            RunEnd::Done(v) => v.get::<Str>().map(|s| alloc::string::String::from_utf8_lossy(s.bytes()).into_owned()),
            _ => None,
        }
    }

    /// The word other threads set bits of `interp::interrupt` in.
    pub fn interrupter(&self) -> Arc<AtomicU32> {
        self.rt.interrupts().clone()
    }
}

impl Rt {
    /// Runs an allocating operation outside the dispatch loop: collects and repeats it once if memory is short.
    pub fn retrying_once<T>(&mut self, mut f: impl FnMut(&mut Rt) -> Res<T>) -> Result<T, RunEnd> {
        match f(self) {
            Err(crate::exit::Exit::NeedGc) => {
                self.collect();
                self.heap.disarm_stress();
                f(self)
            }
            r => r,
        }
        .map_err(|e| match e {
            crate::exit::Exit::Raise => RunEnd::Raised(self.raised),
            crate::exit::Exit::NeedGc => RunEnd::Raised(self.memory_error),
            _ => RunEnd::Stopped(StopReason::Host),
        })
    }
}
