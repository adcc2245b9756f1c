//! The interpreter: runtime state of one isolate, frames, dispatch, specialization, and the services natives use.
//!
//! Invariants: guest code never runs above a native's host frame; collections happen only in the dispatch loop,
//! between instructions; everything a guest can reach is found from [`Rt::trace_roots`].

pub mod attr;
mod bind_errors;
mod builtin_names;
pub mod call;
mod class_changes;
pub mod classes;
pub mod codeinst;
pub mod cont;
pub mod control;
pub(crate) mod delegates;
#[cfg(feature = "speed")]
pub mod dispatch;
#[cfg(not(feature = "speed"))]
#[path = "dispatch_plain.rs"]
pub mod dispatch;
mod exits;
#[cfg(feature = "speed")]
pub(crate) mod fast;
pub mod frame;
mod frozen;
pub mod generator;
#[cfg(feature = "speed")]
mod heat;
pub mod iterate;
pub mod jit_hooks;
pub mod listing;
pub mod method_cache;
pub mod names;
pub mod native;
pub mod operators;
pub(crate) mod patterns;
#[cfg(feature = "speed")]
mod poly;
pub mod raise;
pub mod run;
mod scope;
pub mod services;
pub(crate) mod slot_wrappers;
#[cfg(feature = "speed")]
pub mod specialize;
#[cfg(feature = "speed")]
mod specialize_calls;
pub mod stats;
pub mod suggest;
pub mod text;
pub mod unwind;
#[cfg(feature = "speed")]
mod watch;

use crate::exit::{Exit, ExitKind, Res};
use crate::heap::{Gc, Heap, Marker, RootsOf};
use crate::object::exception::exc;
use crate::object::{Dict, KIND_COUNT, Type, kind};
use crate::room;
use crate::value::Value;
use alloc::boxed::Box;
use alloc::sync::Arc;
use alloc::vec::Vec;
use core::sync::atomic::{AtomicU32, Ordering};
use frame::Stack;
pub use names::Name;
pub use native::{
    Args, BinOp, Binding, CmpOp, GetSetDef, NativeDef, NativeFn, Sig, Slots, TypeDef, UnOp, class_def, def,
    static_def,
};

/// Why a run stopped before its end.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
#[non_exhaustive]
pub enum StopReason {
    /// Fuel ran out; the run can go on when there is more.
    Fuel,
    /// The timeout passed.
    Timeout,
    /// The host asked for it.
    Host,
    /// More output than allowed.
    Output,
    /// The run came to its end. Internal: never returned to a host.
    Finished,
}

/// How a run ended.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum RunEnd {
    /// With this value.
    Done(Value),
    /// With this exception.
    Raised(Value),
    /// Not yet: `resume` goes on (after fuel was added), unless the reason is final.
    Stopped(StopReason),
}

/// Bits of the interrupt word that other threads may set.
pub mod interrupt {
    /// Raise KeyboardInterrupt in the guest.
    pub const KEYBOARD: u32 = 1;
    /// End the run: timeout.
    pub const TIMEOUT: u32 = 2;
    /// End the run: the host's wish.
    pub const HOST: u32 = 4;
}

/// What the host provides. Absent parts make the guest's call fail with a clear error.
pub trait HostHooks: Send {
    /// Writes to the guest's standard output (`err` = false) or error stream.
    fn write(&mut self, bytes: &[u8], err: bool);
    /// Seconds of a monotonic clock.
    fn monotonic(&mut self) -> Option<f64> {
        None
    }
    /// Seconds since the epoch.
    fn wall_clock(&mut self) -> Option<f64> {
        None
    }
    /// Sleeps at most `seconds`; returns what is left to sleep.
    fn sleep(&mut self, _seconds: f64) -> Option<f64> {
        None
    }
    /// Finds a module by dotted name and compiles or loads it. It is a package if the file it was compiled from is an
    /// `__init__.py`. `Ok(None)` is the guest's ModuleNotFoundError.
    fn find_module(&mut self, _name: &str) -> Result<Option<Arc<crate::bytecode::Module>>, HostError> {
        Ok(None)
    }
}

/// A failure of a host hook: number of the exception type to raise, and its message.
#[derive(Clone, Debug)]
pub struct HostError {
    /// Number of the exception type (`object::exception::exc`).
    pub number: u16,
    /// Message.
    pub message: alloc::string::String,
    /// For a SyntaxError: where it is.
    pub place: Option<SyntaxPlace>,
}

/// Where a SyntaxError is, with the meanings of its attributes; 0 where there is none.
#[derive(Clone, Debug, Default)]
#[allow(missing_docs)]
pub struct SyntaxPlace {
    pub file: alloc::string::String,
    pub line: u32,
    pub col: u32,
    pub text: alloc::string::String,
    pub end_line: u32,
    pub end_col: u32,
}

/// A call that a native asked the interpreter to make.
#[derive(Clone, Copy, Debug)]
pub struct Pending {
    /// What to call.
    pub callee: Value,
    args: [Value; Pending::MAX],
    len: u8,
    /// Argument slot of the native that the result goes to, whereupon the native starts again; else the result
    /// stands for the native's own.
    pub into: Option<u8>,
}
impl Pending {
    /// Most arguments of a pending call.
    pub const MAX: usize = 8;
    /// The arguments.
    pub fn args(&self) -> &[Value] {
        self.args.get(..self.len as usize).unwrap_or(&[])
    }
}

static NO_SLOTS: Slots = Slots::NONE;

/// Bytes that `Rt::new` allocates without being able to report a failure.
const START_UP: usize = 4 << 10;

/// How much memory the runtime's own structures begin with and grow by. Programs behave the same whatever they are;
/// small ones cost time.
#[derive(Clone, Copy, Debug)]
pub struct Sizes {
    /// Bytes of a piece of the VM stack; a frame takes 48 and 8 for each register.
    pub stack_chunk: usize,
    /// Blocks of the heap's size classes.
    pub blocks: crate::heap::BlockSizes,
    /// Entries (24 bytes) of the cache of attributes found along classes.
    pub method_cache: usize,
    /// Entries (48 bytes) of the cache of attribute sites that see several shapes.
    pub poly_cache: usize,
    /// Built-in functions and the types of exceptions are made when a program first needs them, not all at start.
    pub on_demand: bool,
}

impl Default for Sizes {
    fn default() -> Sizes {
        Sizes {
            stack_chunk: 32 << 10,
            blocks: crate::heap::BlockSizes::default(),
            method_cache: 1024,
            poly_cache: 512,
            on_demand: false,
        }
    }
}

impl Sizes {
    /// For machines with tens of kilobytes.
    pub const SMALL: Sizes = Sizes {
        stack_chunk: 1 << 10,
        blocks: crate::heap::BlockSizes { first: 128, further: 256 },
        method_cache: 64,
        poly_cache: 16,
        on_demand: true,
    };
}

/// Limits of a run.
#[derive(Clone, Copy, Debug)]
pub struct Limits {
    /// Frames.
    pub recursion: u32,
    /// Bytes of output, if limited.
    pub output: Option<u64>,
}

/// A table of unbound values, made where it stays: it is too large for a small machine's stack.
fn boxed<const N: usize>() -> Res<Box<[Value; N]>> {
    room::filled(N, Value::UNBOUND)?.try_into().map_err(|_| crate::exit::Exit::NeedGc)
}

/// Runtime state of one isolate.
pub struct Rt {
    /// The heap.
    pub heap: Heap,
    pub(crate) stack: Stack,
    /// The kind of the exit that travels.
    #[cfg(not(feature = "speed"))]
    pub(crate) exit_kind: ExitKind,
    /// Fuel left; may be `i64::MAX` for no limit.
    pub fuel: i64,
    /// Fuel that was available in all, to tell how much was used.
    pub fuel_given: i64,
    /// Exception on its way, while an `ExitKind::Raise` travels.
    pub raised: Value,
    /// Exception being handled (`sys.exception()`), or None.
    pub handled: Value,
    /// See [`Pending`].
    pub pending: Pending,
    /// See `ExitKind::Stop`.
    pub stop: StopReason,
    /// How the run ended, on the way from where that was found out to the dispatch loop.
    pub(crate) end: Option<RunEnd>,
    /// Limits.
    pub limits: Limits,
    pub(crate) depth: u32,
    /// Where memory was short last: frame, instruction and fuel, which tell the same point from a later visit.
    pub(crate) retry_at: (usize, usize, i64),
    /// A delivery to repeat instead of the instruction; see `cont`.
    pub(crate) redo: Option<cont::Redo>,
    /// The exception in `raised` is re-raised: no new traceback entry, no new context.
    pub(crate) reraising: bool,
    /// Unwinding goes on with the exception in `raised`: its context is linked already.
    pub(crate) unwinding: bool,
    /// Iterators consumed by the native that runs; see `Rt::undo`.
    pub(crate) drained: Vec<iterate::Drained>,
    /// Continuation of the next pending call, if not the instruction's usual one.
    pub(crate) pending_cont: Option<cont::Cont>,
    pub(crate) host_result: Value,
    /// The function that runs the main module.
    pub(crate) main_body: Value,
    pub(crate) out_used: u64,
    interrupts: Arc<AtomicU32>,
    /// Interned strings.
    pub(crate) interned: hashbrown::HashTable<Value>,
    names: Box<[Value]>,
    /// The strs of the Latin-1 characters, then the empty one.
    chars: Box<[Value; 257]>,
    /// Built-in types and exceptions by number.
    pub(crate) types: Box<[Value; 256]>,
    pub(crate) type_defs: Box<[Option<&'static TypeDef>]>,
    pub(crate) slots: Box<[&'static Slots]>,
    /// The module `builtins`' globals.
    pub builtins: Value,
    /// See `builtin_names`.
    pub(crate) on_demand: bool,
    /// `sys.modules`.
    pub modules: Value,
    pub(crate) frozen: Vec<Value>,
    pub(crate) frozen_globals: Value,
    /// The numbers of the functions in `frozen`; with feature `speed` they stand at their numbers.
    #[cfg(not(feature = "speed"))]
    frozen_numbers: Vec<u16>,
    #[cfg(feature = "speed")]
    pub(crate) frozen_module: Option<Arc<crate::bytecode::Module>>,
    #[cfg(feature = "speed")]
    pub(crate) frozen_siblings: Value,
    pub(crate) method_cache: method_cache::MethodCache,
    #[cfg(feature = "speed")]
    pub(crate) poly: poly::PolyCache,
    /// Values kept alive on the host's behalf.
    pub host_roots: Vec<Value>,
    pub(crate) host_fns: Vec<Option<HostFn>>,
    /// What the host provides.
    pub hooks: Box<dyn HostHooks>,
    /// Built-in modules by name.
    pub(crate) native_modules: &'static [&'static ModuleDef],
    /// Counters.
    pub stats: stats::Stats,
    /// The JIT, if this VM has one and it is not at work.
    pub jit: Option<Box<dyn jit_hooks::JitHooks>>,
    /// What a recording waits for.
    #[cfg(feature = "speed")]
    pub(crate) waiting: jit_hooks::Waiting,
    pub(crate) changing: class_changes::Changing,
    /// What recordings begin at.
    #[cfg(feature = "speed")]
    pub(crate) heat: heat::Heat,
    /// Singletons of frequent use: the empty tuple and the empty string.
    pub(crate) empty_tuple: Value,
    /// The tuple of loops over pairs that are unpacked at once; see `Op::ForLoop`.
    pub(crate) pair: Value,
    pub(crate) memory_error: Value,
    /// Native calls nested on the host stack through `repr`/`compare` recursion guards.
    pub(crate) repr_active: Vec<Value>,
    /// `sys.argv`, set by the host.
    pub argv: Vec<alloc::string::String>,
}

/// A host function.
pub type HostFn = Box<dyn FnMut(&mut Rt, Args) -> Res<Value> + Send>;

/// A built-in module.
#[derive(Debug)]
pub struct ModuleDef {
    /// Name.
    pub name: &'static str,
    /// Docstring.
    pub doc: &'static str,
    /// Functions.
    pub functions: &'static [NativeDef],
    /// Adds constants and the like to the module's globals.
    pub init: fn(&mut Rt, Gc<Dict>) -> Res<()>,
}

impl core::fmt::Debug for Rt {
    fn fmt(&self, f: &mut core::fmt::Formatter<'_>) -> core::fmt::Result {
        f.write_str("Rt")
    }
}

impl Rt {
    /// An isolate without modules or types; `vm` fills those in.
    #[expect(
        clippy::disallowed_methods,
        reason = "start-up, of fixed size: a VM that cannot have it is not made"
    )]
    pub fn new(heap: Heap, hooks: Box<dyn HostHooks>, limits: Limits, sizes: &Sizes) -> Res<Rt> {
        // Two small allocations below cannot fail reportably: the interrupt word and the list of types.
        room::probe(START_UP)?;
        let mut rt = Rt {
            heap,
            stack: Stack::new(sizes.stack_chunk / 8),
            fuel: i64::MAX,
            fuel_given: i64::MAX,
            raised: Value::UNBOUND,
            handled: Value::NONE,
            pending: Pending { callee: Value::UNBOUND, args: [Value::UNBOUND; 8], len: 0, into: None },
            stop: StopReason::Host,
            #[cfg(not(feature = "speed"))]
            exit_kind: ExitKind::NeedGc,
            end: None,
            limits,
            depth: 0,
            retry_at: (0, 0, 0),
            unwinding: false,
            redo: None,
            reraising: false,
            drained: Vec::new(),
            pending_cont: None,
            host_result: Value::UNBOUND,
            main_body: Value::UNBOUND,
            out_used: 0,
            interrupts: Arc::new(AtomicU32::new(0)),
            interned: hashbrown::HashTable::new(),
            names: room::filled(Name::COUNT, Value::UNBOUND)?,
            chars: boxed()?,
            types: boxed()?,
            type_defs: room::filled(KIND_COUNT, None)?,
            slots: room::filled(KIND_COUNT, &NO_SLOTS)?,
            builtins: Value::UNBOUND,
            on_demand: sizes.on_demand,
            modules: Value::UNBOUND,
            frozen: Vec::new(),
            frozen_globals: Value::UNBOUND,
            #[cfg(not(feature = "speed"))]
            frozen_numbers: Vec::new(),
            #[cfg(feature = "speed")]
            frozen_module: None,
            #[cfg(feature = "speed")]
            frozen_siblings: Value::UNBOUND,
            method_cache: method_cache::MethodCache::new(sizes.method_cache)?,
            #[cfg(feature = "speed")]
            poly: poly::PolyCache::new(sizes.poly_cache)?,
            host_roots: Vec::new(),
            host_fns: Vec::new(),
            hooks,
            native_modules: &[],
            stats: stats::Stats::default(),
            jit: None,
            #[cfg(feature = "speed")]
            waiting: jit_hooks::Waiting::new(),
            changing: class_changes::Changing::default(),
            #[cfg(feature = "speed")]
            heat: heat::Heat::new(u16::MAX),
            empty_tuple: Value::UNBOUND,
            pair: Value::UNBOUND,
            memory_error: Value::UNBOUND,
            repr_active: Vec::new(),
            argv: Vec::new(),
        };
        rt.stack.init(&mut rt.heap)?;
        rt.empty_tuple = crate::object::tuple::new(&mut rt.heap, &[])?.value();
        rt.pair = crate::object::tuple::new(&mut rt.heap, &[Value::NONE; 2])?.value();
        Ok(rt)
    }

    /// The word other threads set bits of [`interrupt`] in.
    pub fn interrupts(&self) -> &Arc<AtomicU32> {
        &self.interrupts
    }
    /// Whether any interrupt is wanted.
    #[cfg_attr(feature = "speed", inline(always))]
    pub(crate) fn interrupted(&self) -> bool {
        self.interrupts.load(Ordering::Relaxed) != 0
    }

    /// Bytes of output written so far.
    pub fn output_used(&self) -> u64 {
        self.out_used
    }

    /// Turns a pending interrupt into an exit.
    #[cold]
    pub(crate) fn take_interrupt(&mut self) -> Res<()> {
        let bits = self.interrupts.load(Ordering::Relaxed);
        if bits & interrupt::TIMEOUT != 0 {
            return Err(self.stop_for(StopReason::Timeout));
        }
        if bits & interrupt::HOST != 0 {
            self.interrupts.fetch_and(!interrupt::HOST, Ordering::Relaxed);
            return Err(self.stop_for(StopReason::Host));
        }
        if bits & interrupt::KEYBOARD != 0 {
            let e = self.raise_with(exc::KeyboardInterrupt, &[]);
            if self.exit_kind(e) == ExitKind::Raise {
                self.interrupts.fetch_and(!interrupt::KEYBOARD, Ordering::Relaxed);
            }
            return Err(e);
        }
        Ok(())
    }

    pub(crate) fn stop_for(&mut self, reason: StopReason) -> Exit {
        self.stop = reason;
        self.exit(ExitKind::Stop)
    }

    /// The pair `(x, y)` in the tuple that loops use again.
    #[cfg(feature = "speed")]
    #[inline]
    pub(crate) fn scratch_pair(&mut self, x: Value, y: Value) -> Option<Value> {
        let t = self.pair.get::<crate::object::Tuple>()?;
        t.put(0, x);
        t.put(1, y);
        Some(self.pair)
    }

    /// The end that was just noted.
    #[cold]
    pub(crate) fn take_end(&mut self) -> RunEnd {
        self.end.take().unwrap_or(RunEnd::Stopped(self.stop))
    }

    /// Charges `n` units of fuel before a native's work of that size, or stops if they are not there.
    #[inline]
    pub fn charge(&mut self, n: usize) -> Res<()> {
        self.charge_wide(n as u64)
    }

    /// As [`Rt::charge`], for work that is counted in 64 bits on every target, so that fuel is the same on all.
    #[inline]
    pub fn charge_wide(&mut self, n: u64) -> Res<()> {
        let n = i64::try_from(n).unwrap_or(i64::MAX);
        if self.fuel < n {
            return Err(self.stop_for(StopReason::Fuel));
        }
        self.fuel -= n;
        Ok(())
    }

    /// To be called by natives about every 100 µs of work: fails if the run is to be interrupted.
    #[inline]
    pub fn poll(&mut self) -> Res<()> {
        if self.interrupted() { self.take_interrupt() } else { Ok(()) }
    }

    /// The class of a value.
    #[inline]
    pub fn type_of(&self, v: Value) -> Gc<Type> {
        let t = match v.header() {
            Some(h) => self.heap.shapes.class(h.shape.get()),
            None => self.types[immediate_kind(v) as usize],
        };
        match t.get::<Type>() {
            Some(t) => t,
            None => self.builtin_type(kind::Object as u16),
        }
    }

    /// A built-in type or exception by number.
    #[inline]
    pub fn builtin_type(&self, number: u16) -> Gc<Type> {
        match self.types[number as usize & 0xff].get::<Type>() {
            Some(t) => t,
            // Only reachable before the types exist; `object` is made first.
            None => self.types[kind::Object as usize].get::<Type>().unwrap_or_else(unreachable_type),
        }
    }

    /// Name of a value's class, for messages.
    pub fn type_name(&self, v: Value) -> &'static str {
        let t = self.type_of(v);
        // SAFETY: names live as long as their class; messages are built before anything can collect.
        unsafe { core::mem::transmute::<&str, &'static str>(t.name_text()) }
    }

    /// Native behaviour of a value's payload.
    #[inline]
    pub fn slots_of(&self, v: Value) -> &Slots {
        let k = match v.header() {
            Some(h) => h.kind,
            None => immediate_kind(v),
        };
        self.slots[k as usize % KIND_COUNT]
    }

    /// Reports every root to the marker, but for those of the JIT.
    pub fn trace_roots(&self, m: &mut Marker) {
        self.stack.trace(m);
        m.values(&[self.raised, self.handled, self.pending.callee, self.builtins, self.modules]);
        m.values(&[self.frozen_globals, self.empty_tuple, self.memory_error, self.pair]);
        #[cfg(feature = "speed")]
        m.value(self.frozen_siblings);
        m.values(self.pending.args());
        m.values(&[self.host_result, self.main_body]);
        m.value(self.redo.map_or(Value::UNBOUND, |r| r.value()));
        m.values(&self.names[..]);
        m.values(&self.chars[..]);
        m.values(&self.types[..]);
        m.values(&self.frozen);
        m.values(&self.host_roots);
        m.values(&self.repr_active);
        self.interned.iter().for_each(|&v| m.value(v));
    }

    /// Gives the VM a JIT.
    #[cfg(feature = "speed")]
    pub fn set_jit(&mut self, jit: Box<dyn jit_hooks::JitHooks>, threshold: u16) {
        self.stack.reserve(jit.stack_room());
        self.jit = Some(jit);
        self.heat = heat::Heat::new(threshold);
    }

    /// Counts a back-edge to where the interpreter is.
    #[inline]
    pub(crate) fn heat_up(&mut self) {
        #[cfg(feature = "speed")]
        if self.heat.count(self.stack.pc) {
            self.hot();
        }
    }

    /// The instruction at `pc`, a loop's head, is hot.
    #[cfg(feature = "speed")]
    #[cold]
    #[inline(never)]
    pub(crate) fn hot(&mut self) {
        let at = self.stack.pc;
        self.heat.again(at);
        let Some(code) = self.stack.frame.code() else { return };
        if let Some(j) = &mut self.jit {
            j.hot(code, code.index_of(at));
        }
    }
    /// See `jit_hooks`.
    #[cfg(feature = "speed")]
    #[inline(never)]
    pub(crate) fn enter_trace(&mut self, id: u16) -> jit_hooks::Entered {
        let Some(mut j) = self.jit.take() else { return jit_hooks::Entered::Slow };
        let r = j.enter(self, id);
        self.jit = Some(j);
        r
    }
    /// See `jit_hooks`.
    #[cfg(feature = "speed")]
    #[inline(never)]
    pub(crate) fn record_step(&mut self) -> jit_hooks::Step {
        let Some(mut j) = self.jit.take() else { return jit_hooks::Step::Done };
        let r = j.step(self);
        self.jit = Some(j);
        r
    }
    #[cfg(feature = "speed")]
    #[cold]
    pub(crate) fn give_up_recording(&mut self) {
        if let Some(j) = &mut self.jit {
            j.give_up();
        }
    }

    /// Runs a collection. Only the dispatch loop and the public API call this, between instructions.
    pub fn collect(&mut self) {
        self.drained.clear();
        self.stack.clear_above();
        self.method_cache.clear();
        #[cfg(feature = "speed")]
        self.poly.clear();
        // The heap is moved out for the duration, so that the roots can be read while it is written.
        let mut heap = core::mem::replace(&mut self.heap, Heap::new(0));
        let mut jit = self.jit.take();
        heap.collect(&mut |m, of| match of {
            RootsOf::All => {
                self.trace_roots(m);
                jit.iter().for_each(|j| j.trace_roots(m));
                true
            }
            RootsOf::Reached => jit.as_mut().is_some_and(|j| j.trace_traces(m)),
        });
        self.heap = heap;
        if let Some(j) = &mut jit {
            j.collected(self);
        }
        self.jit = jit;
        self.stack.release_above(&mut self.heap);
    }
}

#[cold]
fn unreachable_type() -> Gc<Type> {
    // A VM without `object` cannot be made: `vm::Builder` fails first. Spinning would hang the host and a panic
    // could abort it, so this is the one place that may panic: it is reached by no guest.
    panic!("taipan: the type `object` does not exist yet")
}

/// Kind number of an immediate's type.
#[inline]
pub fn immediate_kind(v: Value) -> u8 {
    if v.is_int() {
        kind::Int
    } else if v.is_float() {
        kind::Float
    } else {
        match v {
            Value::NONE => kind::NoneType,
            Value::TRUE | Value::FALSE => kind::Bool,
            Value::NOT_IMPLEMENTED => kind::NotImplementedType,
            Value::ELLIPSIS => kind::EllipsisType,
            _ => kind::Object,
        }
    }
}

/// Name of a class, for messages.
pub(crate) fn text_of_type(t: Gc<Type>) -> &'static str {
    // SAFETY: names live as long as their class; messages are built before anything can collect.
    unsafe { core::mem::transmute::<&str, &'static str>(t.name_text()) }
}
