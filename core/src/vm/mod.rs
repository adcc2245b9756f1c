//! An isolate: runtime state with its types, built-ins and modules, ready to run code.
//!
//! Invariant: two isolates share nothing mutable.

mod boot;
mod modules;
mod run;

use crate::bytecode::Module;
use crate::exit::Res;
pub use crate::heap::BlockSizes;
use crate::heap::Gc;
use crate::heap::Heap;
use crate::interp::{HostFn, HostHooks, Limits, Rt};
pub use crate::interp::{RunEnd, Sizes, StopReason};
use crate::object::{Code, func, kind};
use crate::room::WithinRoom as _;
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
    /// Seed of str hashes; `None` is a fixed one.
    pub hash_seed: Option<u64>,
    /// Sizes of the runtime's own structures.
    pub sizes: Sizes,
    /// Collect at every safepoint and fail the first allocation of each instruction once.
    pub gc_stress: bool,
}

impl Default for Config {
    fn default() -> Config {
        Config {
            max_memory: 1 << 30,
            max_recursion: 1000,
            max_output: None,
            hash_seed: None,
            sizes: Sizes::default(),
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
    main: Value,
    /// The end of a run that did not get as far as [`Isolate::resume`].
    early: Option<RunEnd>,
}

impl Isolate {
    /// An isolate with the built-ins and nothing else.
    pub fn new(config: Config, hooks: Box<dyn HostHooks>) -> Result<Isolate, BootError> {
        let mut heap = Heap::new(config.max_memory);
        heap.set_block_sizes(config.sizes.blocks);
        let seed = config.hash_seed.unwrap_or(0x5bd1_e995_9747_b28c);
        heap.set_seed(seed, seed.rotate_left(32) ^ 0x9e37_79b9_7f4a_7c15);
        let limits = Limits { recursion: config.max_recursion, output: config.max_output };
        let mut rt = Rt::new(heap, hooks, limits, &config.sizes).map_err(|_| BootError::Memory)?;
        boot::boot(&mut rt)?;
        rt.heap.set_stress(config.gc_stress);
        Ok(Isolate { rt, main: Value::UNBOUND, early: None })
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
    pub fn load_main(&mut self, module: Arc<Module>, name: &str) -> Res<Value> {
        self.rt.host_roots.try_reserve(1).map_err(|_| crate::exit::Exit::NeedGc)?;
        let (object, body) = self.rt.make_module(&module, name)?;
        // The program before lives on only where something refers to it.
        match self.rt.host_roots.iter_mut().find(|v| v.is_ptr() && **v == self.main) {
            Some(before) => *before = object,
            None => self.rt.host_roots.push_within(object),
        }
        self.main = object;
        self.rt.main_body = body;
        self.early = self.rt.begin_call(body, &[]).err();
        Ok(object)
    }

    /// The main module's globals (a dict), or unbound.
    pub fn main_globals(&self) -> Value {
        self.main.get::<crate::object::Module>().map_or(Value::UNBOUND, |m| m.dict)
    }

    /// Goes on with the run.
    pub fn resume(&mut self) -> RunEnd {
        match self.early.take() {
            Some(end) => end,
            None => self.rt.resume(),
        }
    }

    /// Calls `callee` and runs to the end or a stop.
    pub fn call(&mut self, callee: Value, args: &[Value]) -> RunEnd {
        self.rt.call_to_end(callee, args)
    }

    /// Drops a run that stopped.
    pub fn abandon(&mut self) {
        self.early = None;
        self.rt.abandon();
    }

    /// Makes a host function a built-in of this isolate. The function is taken out of `f` only on success.
    pub fn register(&mut self, name: &str, f: &mut Option<HostFn>) -> Res<()> {
        let rt = &mut self.rt;
        let Some(builtins) = rt.builtins.get::<crate::object::Dict>() else { return Ok(()) };
        rt.host_fns.try_reserve(1).map_err(|_| crate::exit::Exit::NeedGc)?;
        let number = rt.host_fns.len() as u32;
        let v = func::new_builtin(
            &mut rt.heap,
            kind::Builtin,
            core::ptr::null(),
            number,
            Value::UNBOUND,
            Value::UNBOUND,
        )?;
        rt.dict_set_name(builtins, name, v)?;
        rt.host_fns.push_within(f.take());
        Ok(())
    }

    /// Bytes of output written so far.
    pub fn output_used(&self) -> u64 {
        self.rt.output_used()
    }

    /// Writes the main module's code in its present (specialized) form.
    pub fn disassemble(&self, out: &mut dyn core::fmt::Write) -> core::fmt::Result {
        let body = self.rt.main_code(self.main);
        match body {
            Some(code) => crate::interp::listing::module(out, code),
            None => Ok(()),
        }
    }

    /// The word other threads set bits of `interp::interrupt` in.
    pub fn interrupter(&self) -> Arc<AtomicU32> {
        self.rt.interrupts().clone()
    }
}

impl Rt {
    fn main_code(&self, _main: Value) -> Option<Gc<Code>> {
        self.main_body.get::<crate::object::Function>().map(|f| f.code())
    }
}
