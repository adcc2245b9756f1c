//! The VM as a host sees it.

use crate::convert::{self, Value};
use crate::hooks::StdHooks;
use crate::jit::JitSettings;
use crate::timer::Timer;
use crate::{Builder, Error, ErrorKind};
use std::borrow::Cow;
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, AtomicU32, AtomicU64, Ordering};
use std::time::Duration;
use taipan_compiler::{CompileError, Mode, Options};
use taipan_core::builtins::frozen;
use taipan_core::bytecode::{Module, file};
use taipan_core::exit::{ExitKind, Res};
use taipan_core::interp::{HostFn, Rt, StopReason, interrupt};
use taipan_core::object::exception::exc;
use taipan_core::object::{Dict, Exception, Str, int};
use taipan_core::value::Value as Raw;
use taipan_core::vm::{Config, Isolate, RunEnd};

/// What the core does not need to know.
#[derive(Clone, Debug)]
pub(crate) struct Settings {
    pub fuel: Option<u64>,
    pub timeout: Option<Duration>,
    pub module_paths: Vec<PathBuf>,
    pub argv: Vec<String>,
    pub max_source: usize,
}

impl Default for Settings {
    fn default() -> Settings {
        Settings {
            fuel: None,
            timeout: None,
            module_paths: Vec::new(),
            argv: Vec::new(),
            max_source: 1 << 20,
        }
    }
}

/// A Python virtual machine: its heap, modules and limits. Independent of every other one, and movable between threads.
pub struct Vm {
    iso: Isolate,
    settings: Settings,
    timer: Option<Timer>,
    /// A host function has panicked: what it shares with the host may be half changed.
    poisoned: Arc<AtomicBool>,
    /// Guards that compiled code executed.
    guards: Arc<AtomicU64>,
}

impl std::fmt::Debug for Vm {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("Vm")
    }
}

/// What a compiled program keeps for its tracebacks.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct Keep {
    /// The source's text, which tracebacks quote.
    pub source: bool,
    /// Each instruction's place; without, tracebacks tell a function's first line only.
    pub positions: bool,
}

impl Default for Keep {
    fn default() -> Keep {
        Keep { source: true, positions: true }
    }
}

/// How far a run has come.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Progress {
    /// To its end.
    Done,
    /// Until the fuel was used up. [`Vm::add_fuel`] and [`Vm::resume`] go on.
    OutOfFuel,
}

/// Counters.
#[derive(Clone, Debug, Default)]
#[non_exhaustive]
pub struct Stats {
    /// Units of fuel used.
    pub fuel_used: u64,
    /// Bytes of output.
    pub output_bytes: u64,
    /// Most bytes that the heap held at once.
    pub peak_heap_bytes: u64,
    /// Bytes that the heap holds now.
    pub heap_bytes: u64,
    /// Garbage collections.
    pub collections: u64,
    /// Cells freed by them.
    pub freed_cells: u64,
    /// Counters of the interpreter.
    pub interpreter: taipan_core::interp::stats::Stats,
    /// The JIT's.
    pub jit: taipan_core::interp::jit_hooks::JitStats,
    /// Guards executed by compiled code, if [`Builder::jit_count_guards`] asked to count them.
    pub guards_executed: u64,
}

/// Ends or interrupts a run from another thread or a signal handler.
#[derive(Clone, Debug)]
pub struct Interrupter(Arc<AtomicU32>);

impl Interrupter {
    /// Raises `KeyboardInterrupt` in the guest.
    pub fn keyboard(&self) {
        self.0.fetch_or(interrupt::KEYBOARD, Ordering::Relaxed);
    }
    /// Ends the run; the guest cannot catch this.
    pub fn stop(&self) {
        self.0.fetch_or(interrupt::HOST, Ordering::Relaxed);
    }
}

/// Fuel for the text of a traceback, whose messages a guest's `__str__` may give; not counted as the program's.
const TRACEBACK_FUEL: i64 = 10_000_000;
/// Memory that it may take beyond the limit, since that may just have been reached.
const TRACEBACK_MEMORY: usize = 16 << 20;
/// Longest traceback text kept in an [`Error`].
const TRACEBACK_BYTES: usize = 4 << 20;

impl Vm {
    /// Settings of a new VM.
    pub fn builder() -> Builder {
        Builder::default()
    }

    pub(crate) fn new(
        config: Config,
        hooks: StdHooks,
        settings: Settings,
        jit: JitSettings,
    ) -> Result<Vm, Error> {
        let too_small = |_| Error::new(ErrorKind::Memory, "the memory limit is too small for a VM");
        let mut iso = Isolate::new(config, Box::new(hooks)).map_err(too_small)?;
        iso.rt.argv = settings.argv.clone();
        if let Some(units) = settings.fuel {
            iso.rt.fuel = i64::try_from(units).unwrap_or(i64::MAX);
            iso.rt.fuel_given = iso.rt.fuel;
        }
        let guards = Arc::default();
        if let Some((jit, threshold)) = jit.make(&guards) {
            iso.rt.set_jit(jit, threshold);
        }
        Ok(Vm { iso, settings, timer: None, poisoned: Arc::default(), guards })
    }

    // Running.

    /// Runs a program as `__main__`. `name` is what tracebacks show. The program's globals stay for [`Vm::call`].
    pub fn run_source(&mut self, name: &str, source: impl AsRef<[u8]>) -> Result<(), Error> {
        self.start_source(name, source)?;
        self.run_on()
    }

    /// As [`Vm::run_source`] for a file, or [`Vm::run_compiled`] if its extension is `tpc`. Modules beside it can be
    /// imported if [`Builder::module_path`] says so.
    pub fn run_file(&mut self, path: impl AsRef<Path>) -> Result<(), Error> {
        let path = path.as_ref();
        let contents =
            std::fs::read(path).map_err(|e| Error::new(ErrorKind::Io, format!("{}: {e}", path.display())))?;
        if path.extension().is_some_and(|e| e == file::EXTENSION) {
            return self.run_compiled(&contents);
        }
        self.run_source(&path.to_string_lossy(), contents)
    }

    /// Runs a program that [`Vm::compile_to_bytes`] or `taipan compile` made, as `__main__`. What is truncated,
    /// altered or of another version is refused ([`ErrorKind::Bytecode`]); what is accepted has passed the verifier,
    /// so running it is as safe as running source.
    pub fn run_compiled(&mut self, program: &[u8]) -> Result<(), Error> {
        self.start_compiled(program)?;
        self.run_on()
    }

    /// As [`Vm::run_compiled`] for bytes in static memory, which are used where they lie. They must begin at a multiple
    /// of 8; see [`crate::Aligned`].
    pub fn run_compiled_static(&mut self, program: &'static [u8]) -> Result<(), Error> {
        let module = Module::from_static_bytes(program).map_err(|e| Error::of_bytecode(&e))?;
        self.start_module(Arc::new(module))?;
        self.run_on()
    }

    /// Makes a compiled program ready; [`Vm::resume`] runs it.
    pub fn start_compiled(&mut self, program: &[u8]) -> Result<(), Error> {
        if self.iso.rt.heap.has_room(program.len()).is_err() {
            return Err(Error::new(ErrorKind::Memory, "the memory limit is too small for the program"));
        }
        let module = Module::from_bytes(program).map_err(|e| Error::of_bytecode(&e))?;
        self.start_module(Arc::new(module))
    }

    fn run_on(&mut self) -> Result<(), Error> {
        match self.resume()? {
            Progress::Done => Ok(()),
            Progress::OutOfFuel => Err(Error::out_of_fuel()),
        }
    }

    /// Compiles a program and makes it ready; [`Vm::resume`] runs it.
    pub fn start_source(&mut self, name: &str, source: impl AsRef<[u8]>) -> Result<(), Error> {
        let module = Arc::new(self.compile(name, source.as_ref())?);
        self.start_module(module)
    }

    /// Compiles a program to what [`Vm::run_compiled`] runs: the contents of a `.tpc` file. One source is one file; a
    /// module that it imports is another, which the host that runs it finds by name.
    pub fn compile_to_bytes(&mut self, name: &str, source: &[u8], keep: Keep) -> Result<Vec<u8>, Error> {
        let module = self.compile_keeping(name, source, keep)?;
        let mut bytes = Vec::new();
        let written = module.write_to(&mut |word| {
            bytes.extend_from_slice(word);
            Ok::<(), std::convert::Infallible>(())
        });
        debug_assert!(written.is_ok());
        Ok(bytes)
    }

    /// Compiles a program without running it.
    pub fn compile(&mut self, name: &str, source: &[u8]) -> Result<Module, Error> {
        self.compile_keeping(name, source, Keep::default())
    }

    fn compile_keeping(&mut self, name: &str, source: &[u8], keep: Keep) -> Result<Module, Error> {
        let options = Options {
            file_name: name,
            max_source: self.settings.max_source,
            mode: Mode::Exec,
            keep_source: keep.source,
            keep_positions: keep.positions,
        };
        let compile = |vm: &Vm| {
            let heap = &vm.iso.rt.heap;
            taipan_compiler::compile(source, &options, &mut |n| heap.has_room(n).is_ok())
        };
        let mut result = compile(self);
        if let Err(CompileError::Memory) = result {
            // What an earlier run left behind need not be in the way.
            self.iso.rt.collect();
            result = compile(self);
        }
        result.map_err(|e| Error::of_source(name, &e))
    }

    /// Makes a compiled program ready; [`Vm::resume`] runs it.
    pub fn start_module(&mut self, module: Arc<Module>) -> Result<(), Error> {
        self.check_poison()?;
        self.start_timer()?;
        self.with_memory(|iso| iso.load_main(module.clone(), "__main__").map(|_| ()))
    }

    /// Runs until the end, or until the fuel is used up.
    pub fn resume(&mut self) -> Result<Progress, Error> {
        self.check_poison()?;
        let end = self.iso.resume();
        if let RunEnd::Stopped(StopReason::Fuel) = end {
            return Ok(Progress::OutOfFuel);
        }
        let result = self.ended(end).map(|_| Progress::Done);
        self.timer = None;
        result
    }

    /// Adds units of fuel; without a limit there is nothing to add to.
    pub fn add_fuel(&mut self, units: u64) {
        let units = i64::try_from(units).unwrap_or(i64::MAX);
        self.iso.rt.fuel = self.iso.rt.fuel.saturating_add(units);
        self.iso.rt.fuel_given = self.iso.rt.fuel_given.saturating_add(units);
    }

    /// Starts the time limit, if there is one: what it cannot be kept for is not run.
    fn start_timer(&mut self) -> Result<(), Error> {
        // An earlier one, which might still set the bit.
        self.timer = None;
        let word = self.iso.rt.interrupts().clone();
        word.fetch_and(!interrupt::TIMEOUT, Ordering::Relaxed);
        let timer = self.settings.timeout.map(|limit| Timer::start(limit, word)).transpose();
        self.timer = timer.map_err(|e| {
            Error::new(ErrorKind::Memory, format!("no thread can be made that keeps the time limit: {e}"))
        })?;
        Ok(())
    }

    /// Tries again after a collection if memory is short.
    fn with_memory<T>(&mut self, mut f: impl FnMut(&mut Isolate) -> Res<T>) -> Result<T, Error> {
        for _ in 0..2 {
            match f(&mut self.iso) {
                Ok(v) => return Ok(v),
                Err(e) => match self.iso.rt.end_exit(e) {
                    ExitKind::NeedGc => self.iso.rt.collect(),
                    ExitKind::Raise => {
                        let e = self.iso.rt.raised;
                        self.iso.rt.raised = Raw::UNBOUND;
                        return Err(self.exception(e));
                    }
                    ExitKind::Stop => return Err(stopped(self.iso.rt.stop)),
                    ExitKind::Call => break,
                },
            }
        }
        Err(Error::new(ErrorKind::Memory, "MemoryError"))
    }

    fn ended(&mut self, end: RunEnd) -> Result<Raw, Error> {
        match end {
            RunEnd::Done(v) => Ok(v),
            RunEnd::Raised(e) => Err(self.exception(e)),
            RunEnd::Stopped(reason) => {
                self.check_poison()?;
                Err(stopped(reason))
            }
        }
    }

    /// Nothing runs in a VM whose host function has panicked.
    fn check_poison(&self) -> Result<(), Error> {
        match self.poisoned.load(Ordering::Relaxed) {
            false => Ok(()),
            true => Err(Error::new(ErrorKind::Poisoned, "a host function panicked in this VM")),
        }
    }

    // Errors.

    /// The error that an uncaught exception is.
    fn exception(&mut self, e: Raw) -> Error {
        let rt = &self.iso.rt;
        if rt.is_exception(e, exc::SystemExit) {
            return self.exit(e);
        }
        let kind = if rt.is_exception(e, exc::KeyboardInterrupt) {
            ErrorKind::KeyboardInterrupt
        } else {
            ErrorKind::Exception
        };
        let name = rt.type_name(e).to_string();
        let traceback =
            self.guest_text(taipan_core::builtins::EXCEPTION_TEXT, e).unwrap_or_else(|| format!("{name}\n"));
        let message = match traceback.trim_end().rsplit('\n').find(|l| l.starts_with(&name)) {
            Some(line) => line.to_string(),
            None => traceback.trim_end().rsplit('\n').next().unwrap_or(&name).to_string(),
        };
        Error { kind, message, traceback }
    }

    fn exit(&mut self, e: Raw) -> Error {
        let code = e.get::<Exception>().map_or(Raw::NONE, |x| x.extra.get());
        let status = if code.is_none() || code.is_unbound() {
            Some(0)
        } else {
            int::get_i64(code).map(|n| n as i32 & 0xff)
        };
        match status {
            Some(n) => Error::new(ErrorKind::Exit(n), format!("SystemExit: {n}")),
            None => {
                let text = self.guest_text(frozen::str_again, code).unwrap_or_default();
                let traceback = format!("{text}\n");
                Error { kind: ErrorKind::Exit(1), message: format!("SystemExit: {text}"), traceback }
            }
        }
    }

    /// The str that a function of frozen Python makes of `v`, within bounds of its own.
    fn guest_text(&mut self, function: u32, v: Raw) -> Option<String> {
        let rt = &mut self.iso.rt;
        let (fuel, limit) = (rt.fuel, rt.heap.limit());
        rt.host_roots.push(v);
        rt.fuel = TRACEBACK_FUEL;
        rt.heap.set_limit(limit.saturating_add(TRACEBACK_MEMORY));
        let f = self.iso.rt.frozen_function(function).or_else(|_| {
            self.iso.rt.collect();
            self.iso.rt.frozen_function(function)
        });
        let text = match f.map(|f| self.iso.call(f, &[v])) {
            Ok(RunEnd::Done(s)) => s.get::<Str>().map(|s| {
                let bytes = s.bytes();
                String::from_utf8_lossy(bytes.get(..TRACEBACK_BYTES).unwrap_or(bytes)).into_owned()
            }),
            _ => None,
        };
        let rt = &mut self.iso.rt;
        rt.host_roots.pop();
        rt.heap.set_limit(limit);
        rt.fuel = fuel;
        text
    }

    /// Writes what CPython would print of an error to the guest's error stream, within the output limit. Returns the
    /// exit status of a process that ends with it.
    pub fn report(&mut self, e: &Error) -> i32 {
        let text: Cow<'_, str> = match e.kind {
            ErrorKind::Exit(_) | ErrorKind::Exception | ErrorKind::KeyboardInterrupt | ErrorKind::Syntax => {
                Cow::Borrowed(&e.traceback)
            }
            _ if !e.traceback.is_empty() => Cow::Borrowed(&e.traceback),
            _ => Cow::Owned(format!("taipan: {}\n", e.message)),
        };
        let written = self.iso.rt.write_out(text.as_bytes(), true).map_err(|e| self.iso.rt.end_exit(e));
        if written.is_err() && e.exit_status() != 3 {
            let e = stopped(StopReason::Output);
            self.iso.rt.hooks.write(format!("\ntaipan: {}\n", e.message).as_bytes(), true);
            return e.exit_status();
        }
        if e.kind == ErrorKind::OutputLimit {
            self.iso.rt.hooks.write(text.as_bytes(), true);
        }
        e.exit_status()
    }

    // Exchange.

    /// Calls a global function of the program.
    pub fn call(&mut self, name: &str, args: &[Value]) -> Result<Value, Error> {
        self.check_poison()?;
        let f = self.global(name)?;
        self.start_timer()?;
        // The arguments lie in one list that the collector sees; the list is made anew if memory was short.
        let items = self.with_memory(|iso| {
            let l = convert::to_python(&mut iso.rt, &Value::List(args.to_vec()))?;
            iso.rt.host_roots.push(l);
            Ok(l)
        })?;
        let end = match items.get::<taipan_core::object::List>() {
            Some(l) => self.iso.call(f, l.items()),
            None => self.iso.call(f, &[]),
        };
        let result = match end {
            RunEnd::Stopped(StopReason::Fuel) => {
                self.iso.abandon();
                Err(Error::out_of_fuel())
            }
            end => self.ended(end).and_then(|v| convert::to_rust(&self.iso.rt, v)),
        };
        self.iso.rt.host_roots.pop();
        self.timer = None;
        result
    }

    fn global(&mut self, name: &str) -> Result<Raw, Error> {
        let found = self.with_memory(|iso| {
            let key = iso.rt.intern(name.as_bytes())?;
            let main = iso.main_globals().get::<Dict>();
            Ok(main.and_then(|d| iso.rt.dict_get_str(d, key)))
        })?;
        found.ok_or_else(|| Error::new(ErrorKind::NotFound, format!("the program defines no '{name}'")))
    }

    /// A copy of a global variable of the program.
    pub fn get(&mut self, name: &str) -> Result<Value, Error> {
        let v = self.global(name)?;
        convert::to_rust(&self.iso.rt, v)
    }

    /// Makes a Rust function available to programs under a name, like a built-in function. An error it returns is
    /// raised in the program: `TypeError` for conversions, else `RuntimeError`. A panic ends the run and poisons the
    /// VM: the panic's half-done work may be anything, so every later run or call is [`ErrorKind::Poisoned`].
    pub fn register<F>(&mut self, name: &str, mut function: F) -> Result<(), Error>
    where
        F: FnMut(&[Value]) -> Result<Value, Error> + Send + 'static,
    {
        let poisoned = self.poisoned.clone();
        let mut shim: Option<HostFn> =
            Some(Box::new(move |rt, args| host_call(rt, args.slice(), &mut function, &poisoned)));
        self.with_memory(|iso| iso.register(name, &mut shim))
    }

    /// A handle that can interrupt this VM from another thread.
    pub fn interrupter(&self) -> Interrupter {
        Interrupter(self.iso.rt.interrupts().clone())
    }

    /// Counters.
    pub fn stats(&self) -> Stats {
        let rt = &self.iso.rt;
        Stats {
            fuel_used: (rt.fuel_given - rt.fuel).max(0) as u64,
            output_bytes: self.iso.output_used(),
            peak_heap_bytes: rt.heap.stats.peak as u64,
            heap_bytes: rt.heap.used() as u64,
            collections: rt.heap.stats.collections,
            freed_cells: rt.heap.stats.freed,
            interpreter: rt.stats.clone(),
            jit: rt.jit.as_ref().map(|j| j.stats()).unwrap_or_default(),
            guards_executed: self.guards.load(Ordering::Relaxed),
        }
    }

    /// The traces made so far, if [`Builder::jit_listings`] asked to keep them. `machine` makes text of machine code and
    /// the address of its first byte.
    pub fn traces(&self, mut machine: impl FnMut(&[u8], u64) -> String) -> String {
        let mut out = String::new();
        if let Some(j) = &self.iso.rt.jit {
            j.listing(&mut out, &mut |code, address, out| {
                let _ = out.write_str(&machine(code, address));
            });
        }
        out
    }

    /// Calls `piece` with address, length and name of each piece of machine code made so far, for profilers.
    pub fn machine_code(&self, mut piece: impl FnMut(u64, usize, &str)) {
        if let Some(j) = &self.iso.rt.jit {
            j.pieces(&mut |address, len, name| piece(address, len, &name.to_string()));
        }
    }

    /// The functions loaded so far, as the interpreter has specialized them.
    pub fn disassemble_adaptive(&self) -> String {
        let mut out = String::new();
        let written = self.iso.disassemble(&mut out);
        debug_assert!(written.is_ok());
        out
    }
}

fn host_call(
    rt: &mut Rt,
    args: &[Raw],
    function: &mut dyn FnMut(&[Value]) -> Result<Value, Error>,
    poisoned: &AtomicBool,
) -> Res<Raw> {
    let converted: Result<Vec<Value>, Error> = args.iter().map(|&v| convert::to_rust(rt, v)).collect();
    let result = match converted {
        Ok(args) => match catch_unwind(AssertUnwindSafe(|| function(&args))) {
            Ok(result) => result,
            Err(_) => {
                poisoned.store(true, Ordering::Relaxed);
                rt.stop = StopReason::Host;
                return Err(rt.exit(ExitKind::Stop));
            }
        },
        Err(e) => Err(e),
    };
    match result {
        // The function has run: a result that does not fit must not make it run again.
        Ok(v) => match convert::to_python(rt, &v) {
            Err(e) if rt.caught(e, ExitKind::NeedGc) => Err(rt.raise_memory_error()),
            r => r,
        },
        Err(e) => Err(convert::raise(rt, &e)),
    }
}

fn stopped(reason: StopReason) -> Error {
    let (kind, message) = match reason {
        StopReason::Fuel => return Error::out_of_fuel(),
        StopReason::Timeout => (ErrorKind::Timeout, "the program has run out of time"),
        StopReason::Output => (ErrorKind::OutputLimit, "the program has written more than it may"),
        _ => (ErrorKind::Interrupted, "the program was interrupted"),
    };
    Error::new(kind, message)
}

/// A VM moves between threads as a whole.
const _: fn() = || {
    fn is_send<T: Send>() {}
    is_send::<Vm>();
};
