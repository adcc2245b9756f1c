//! The trace JIT: recording hot paths, compiling them, entering them, and coming back.
//!
//! `record` follows the interpreter and builds a trace; `opt` has optimized it by the time it ends; `regalloc` and an
//! [`Emitter`] make code of it. An *anchor* is an instruction of a quick copy that was replaced by `EnterTrace`; its
//! operand `b` numbers the trace, `a` and `c` stay what they were, since continuations read them.
//!
//! Invariants: code is entered only at anchors, with every register of the frame in memory; when it is left, `exits`
//! has put every register and frame back, so the interpreter goes on as if it had run all along. The collector never
//! runs while code does. `Jit` is lent to one recording or one run of code at a time (`Rt::jit` is empty meanwhile).

mod constants;
mod exits;
mod helpers;
mod liveness;
mod record;
mod spares;
mod states;

use crate::bytecode::{Instr, Op};
use crate::emit::homes::{Home, Homes};
use crate::emit::{AIns, Allocated, EmitError, Emitted, Emitter, JitCtx};
use crate::exit::Exit;
use crate::heap::{Gc, Marker};
use crate::interp::Rt;
use crate::interp::call::CallSite;
use crate::interp::jit_hooks::{ABORTS, Disassemble, Entered, JitHooks, JitStats, Piece, Step};
use crate::object::Code;
use crate::opt::builder::{Builder, Fail};
use crate::opt::contract::Contract;
use crate::opt::peel::Subst;
use crate::opt::ranges::Ranges;
use crate::opt::sink::Sink;
use crate::regalloc::Allocator;
use crate::trace::ir::{Konst, SnapId};
use crate::value::Value;
use alloc::boxed::Box;
use alloc::vec::Vec;
use record::Recorder;
use spares::Spares;
use states::{Collector, SlotState, States};

/// What a helper left for the interpreter to go on with.
#[derive(Clone, Copy, Debug)]
pub(crate) enum Pending {
    /// A frame was pushed; it runs next.
    Pushed,
    /// The instruction ended so.
    Exit(Exit),
    /// A native asked for a call.
    Native(Value, CallSite),
    /// The instruction is to be run in general, from its start.
    Slow,
}

/// A frame of an inlined call, as an exit writes it.
#[derive(Clone, Copy, Debug)]
pub(crate) struct FrameRec {
    base: u32,
    caller: u32,
    code: usize,
    caller_code: usize,
    ret_pc: u32,
    meta: u64,
}

/// A place where compiled code runs an instruction or native on frames in memory.
#[derive(Debug)]
pub(crate) struct Site {
    jit: *mut u8,
    frames: Vec<FrameRec>,
    base: u32,
    code: usize,
    pc: u32,
    instr: Instr,
    dst: u16,
    args: u16,
    nargs: u16,
    /// Parameters of the native, and its definition.
    slots: u16,
    def: usize,
    callee: Value,
    /// What it runs looks at its operands only: frames are written where it fails.
    lean: bool,
}

impl Site {
    const NO_DST: u16 = u16::MAX;

    /// A place at instruction `pc` of the frame at word `base`, without inlined frames, result or native.
    fn new(jit: *mut u8, base: u32, code: Gc<Code>, pc: u32) -> Site {
        Site {
            jit,
            frames: Vec::new(),
            base,
            code: code.as_ptr() as usize,
            pc,
            instr: code.original_at(pc),
            dst: Site::NO_DST,
            args: 0,
            nargs: 0,
            slots: 0,
            def: 0,
            callee: Value::UNBOUND,
            lean: false,
        }
    }
    /// Whether a frame of the site's code stands before its instruction.
    fn is_at(&self, f: crate::interp::frame::Frame, pc: *const Instr) -> bool {
        f.code()
            .is_some_and(|c| c.as_ptr() as usize == self.code && c.in_quick(pc) && c.index_of(pc) == self.pc)
    }
    /// What runs there, for listings.
    fn name(&self) -> &'static str {
        if self.def == 0 {
            return self.instr.op().map_or("?", Op::name);
        }
        // SAFETY: definitions are static.
        unsafe { (*(self.def as *const crate::interp::NativeDef)).name() }
    }
    /// The instruction after the site's.
    fn next_pc(&self) -> *const Instr {
        // SAFETY: the trace keeps the code alive. Behind its last instruction, which may be one that raises, is an address
        // still, that nothing goes on at.
        unsafe { (*(self.code as *const Code)).instrs.get().add(self.pc as usize + 1) }
    }
}

/// A compiled trace.
pub(crate) struct TraceRec {
    emitted: Emitted,
    /// Where it begins: code and instruction index. A side trace begins at its parent's exit.
    code: usize,
    pc: u32,
    /// What stood at the anchor; `None` for a side trace.
    original: Option<Instr>,
    /// The root trace of the tree it belongs to: itself, or that of the parent.
    root: u16,
    /// Of a side trace: how many before it, from parent to parent, began at the same instruction.
    fan: u8,
    /// Side traces in the tree of this root, and whether any came since the last review.
    sides: u16,
    grown: bool,
    /// Times it was entered from the interpreter since the last review, and the fuel used meanwhile, less what exits cost.
    entered: u32,
    work: i64,
    /// The epoch it relies on.
    epoch: Option<u32>,
    /// No longer entered: it was left too soon too often.
    retired: bool,
    /// By exit, the number of its state.
    exits: Vec<SnapId>,
    /// What a jump to its loop's body has to bring, if that can be told.
    contract: Option<Contract>,
    /// Entries of the contract of root `loop_of` that hold at exits from `given_from` on, with their values' homes.
    loop_of: u16,
    given_from: u16,
    given: Vec<(u16, Home)>,
    /// The first exit that is taken where the trace cannot go to a loop's body.
    meets_from: u16,
    /// Where exits find values.
    homes: Homes,
    /// Its uops with registers, if listings are wanted.
    listed: Vec<AIns>,
    states: States,
    nodes: Vec<crate::opt::builder::FrameNode>,
    konsts: Vec<Konst>,
    #[expect(clippy::vec_box, reason = "their addresses are in the code")]
    sites: Vec<Box<Site>>,
    roots: Vec<Value>,
    text: Option<alloc::string::String>,
}

impl TraceRec {
    /// Takes its anchor away: it is not entered any more.
    fn retire(&mut self) {
        if let (Some(i), false) = (self.original, self.retired) {
            // SAFETY: the trace keeps its code, which has a quick copy, alive.
            unsafe { *quick(&*(self.code as *const Code), self.pc) = i };
        }
        self.retired = true;
    }

    /// Bytes it takes that are the same on all architectures: without its code, what listings keep of it, and where
    /// its values are.
    fn bytes(&self) -> usize {
        use core::mem::size_of;
        let vectors = self.exits.capacity() * (size_of::<SnapId>() + size_of::<ExitRec>())
            + self.states.bytes()
            + self.contract.as_ref().map_or(0, Contract::bytes)
            + self.given.capacity() * size_of::<(u16, Home)>()
            + self.nodes.capacity() * size_of::<crate::opt::builder::FrameNode>()
            + self.konsts.capacity() * size_of::<Konst>()
            + self.sites.capacity() * (size_of::<Site>() + size_of::<usize>())
            + self.roots.capacity() * size_of::<Value>();
        size_of::<TraceRec>() + vectors
    }
}

/// An exit of any trace.
#[derive(Clone, Copy, Debug)]
struct ExitRec {
    trace: u16,
    index: u16,
    count: u16,
    linked: bool,
    /// A side trace may begin here: the exit's guard is about what the guest does.
    grows: bool,
    /// Its guard is about the version of a constant: a class or dict.
    version: bool,
    /// Its guard is about the epoch: once it fails, it fails for good.
    epoch: bool,
    /// It is that of a helper's call.
    call: bool,
}

/// Thresholds.
#[derive(Clone, Copy, Debug)]
#[non_exhaustive]
pub struct JitConfig {
    /// Back-edges before a loop is recorded (functions: twice as many entries).
    pub threshold: u16,
    /// Times an exit is taken before a side trace is recorded.
    pub side_threshold: u16,
    /// Most traces.
    pub max_traces: u16,
    /// Keeps texts of traces for listings.
    pub listings: bool,
    /// A clock in nanoseconds, if compile times are to be counted.
    pub clock: Option<fn() -> u64>,
}

impl Default for JitConfig {
    fn default() -> Self {
        JitConfig { threshold: 67, side_threshold: 24, max_traces: 4000, listings: false, clock: None }
    }
}

macro_rules! aborts {
    ($( $(#[doc = $d:literal])* $n:ident = $text:literal, )*) => {
        /// Why a recording did not become a trace.
        #[derive(Clone, Copy, PartialEq, Eq, Debug)]
        pub enum Abort { $( $(#[doc = $d])* $n, )* }
        impl Abort {
            /// Texts for listings, by number.
            pub const TEXTS: &'static [&'static str] = &[$($text,)*];
            /// Number of reasons.
            pub const COUNT: usize = Abort::TEXTS.len();
        }
    };
}
aborts! {
    /// Memory was short.
    NoMemory = "out of memory",
    /// The trace grew too long.
    TooLong = "too long",
    /// A guard that never holds.
    Contradiction = "contradiction",
    /// An instruction that traces do not contain, too early.
    Unsupported = "unsupported instruction",
    /// Left the frame it began in.
    LeftFrame = "left its frame",
    /// An inner loop was unrolled too often.
    InnerLoop = "inner loop",
    /// Too many calls deep.
    TooDeep = "calls too deep",
    /// An exception was raised.
    Raised = "exception",
    /// The emitter or the register allocator refused.
    Emit = "code generation",
    /// A function that calls nothing that has a trace: its callers inline it.
    NotRecursive = "not recursive",
    /// There are as many traces as there may be.
    Full = "too many traces",
    /// A loop over few items, which the trace of what is around it may go through.
    Short = "short loop",
    /// Left the loop it began in.
    LeftLoop = "left its loop",
    /// A class or dict whose version changes again and again.
    Unstable = "unstable version",
    /// Came to the `yield` of the frame it began in.
    Yields = "yields",
    /// What it relied on changed meanwhile.
    Moved = "epoch moved on",
}

/// An instruction that will be recorded from, and what stands there.
struct Anchor {
    code: Gc<Code>,
    pc: u32,
    original: Instr,
}

/// Heat that was refused: where recording failed, with a count.
#[derive(Clone, Copy, Default)]
struct Failed {
    code: usize,
    pc: u32,
    count: u8,
    /// Recordings of a function that called itself, but not as often as is inlined.
    shallow: u8,
    /// A short loop, which was left to what is around it.
    short: bool,
    /// Times it has to become hot again before the next attempt.
    wait: u16,
}

/// The JIT of one VM.
pub struct Jit {
    pub(crate) ctx: Box<JitCtx>,
    emitter: Box<dyn Emitter>,
    config: JitConfig,
    traces: Vec<TraceRec>,
    exits: Vec<ExitRec>,
    anchors: Vec<Anchor>,
    failed: Vec<Failed>,
    pub(crate) pending: Option<Pending>,
    /// Values that the last exit put back.
    restored: u32,
    /// The recording under way.
    recorder: Option<Box<Recorder>>,
    builder: Builder,
    subst: Subst,
    ranges: Ranges,
    sink: Sink,
    allocator: Allocator,
    /// What the allocator made last. Traces keep copies, which leave no holes in memory.
    allocated: Allocated,
    collector: Collector,
    used: Vec<bool>,
    /// Addresses of classes and dicts whose version made a side trace necessary, and how often.
    churn: Vec<(usize, u8)>,
    /// Where recordings were given up, for listings.
    log: alloc::string::String,
    /// Scratch of exits, with room for the frames of the deepest.
    frames: Vec<FrameRec>,
    /// Nanoseconds from the end of each recording to linked code.
    times: Vec<u32>,
    /// Memory of all traces, and that which the budget was not charged for yet.
    bytes: usize,
    owed: usize,
    /// Boxes for floats that exits cannot allocate.
    pool: Vec<Value>,
    /// Objects that exits cannot allocate.
    spares: Spares,
    /// Counters.
    pub stats: JitStats,
}

// SAFETY: the raw pointers refer to what moves between threads together: those in the context to the runtime, set anew on
// each entry; those in sites to this `Jit`, which stays in its box.
unsafe impl Send for Jit {}

/// What the budget must have room for when a recording begins; few traces take more.
const TRACE_ROOM: usize = 96 << 10;
/// Memory that traces may always take; more only beside a large heap.
const TRACES_ROOM: usize = 1 << 20;
/// Entries between reviews of a trace.
const REVIEW: u32 = 1000;
/// Fuel that an entry has to use on average to be worth its cost, and what the exit adds to that for each value that it puts
/// back (measured: some 60 and 5 ns, where an instruction takes the interpreter 2 to 3).
const WORTH: i64 = 24;
const WORTH_VALUE: i64 = 2;

/// Number of an `EnterTrace` that stands for "record from here".
const RECORD: u16 = u16::MAX;

impl Jit {
    /// A JIT that makes code with `emitter`.
    ///
    /// # Errors
    /// [`EmitError::Foreign`] if that code could not run here.
    #[expect(
        clippy::disallowed_methods,
        reason = "start-up, of fixed size: a VM that cannot have it is not made"
    )]
    pub fn new(emitter: Box<dyn Emitter>, config: JitConfig) -> Result<Jit, EmitError> {
        if !emitter.runs_here() {
            return Err(EmitError::Foreign);
        }
        let mut ctx = Box::new(JitCtx::new());
        helpers::Helper::fill(&mut ctx.helpers);
        Ok(Jit {
            ctx,
            emitter,
            config,
            traces: Vec::new(),
            exits: Vec::new(),
            anchors: Vec::new(),
            failed: Vec::new(),
            pending: None,
            restored: 0,
            recorder: None,
            builder: Builder::default(),
            subst: Subst::default(),
            ranges: Ranges::default(),
            sink: Sink::default(),
            allocator: Allocator::default(),
            allocated: Allocated::default(),
            collector: Collector::default(),
            used: Vec::new(),
            churn: Vec::new(),
            log: alloc::string::String::new(),
            frames: Vec::with_capacity(record::MAX_INLINE + 2),
            times: Vec::new(),
            bytes: 0,
            owed: 0,
            pool: Vec::new(),
            spares: Spares::default(),
            stats: JitStats::default(),
        })
    }

    /// Lets the working memory of a recording that is over go, if that was long: few are.
    fn trim(&mut self) {
        const LONG: usize = 1024;
        if self.builder.t.ins.capacity() > LONG || self.builder.t.slots.capacity() > 4 * LONG {
            let live = core::mem::take(&mut self.builder.live);
            self.builder = Builder::default();
            self.builder.live = live;
            self.subst = Subst::default();
            self.allocator = Allocator::default();
            self.allocated = Allocated::default();
            self.collector = Collector::default();
            self.used = Vec::new();
        }
    }

    fn abort(&mut self, why: Abort) {
        if let Some(n) = self.stats.aborted.get_mut(why as usize) {
            *n += 1;
        }
    }

    /// Whether recording from here failed too often.
    fn blacklisted(&mut self, code: usize, pc: u32) -> bool {
        let Some(f) = self.failed.iter_mut().find(|f| f.code == code && f.pc == pc) else { return false };
        let waits = f.wait > 0;
        f.wait = f.wait.saturating_sub(1);
        waits || f.count >= 16
    }
    /// What is known of earlier recordings from here.
    fn failures(&self, code: usize, pc: u32) -> Failed {
        self.failed.iter().find(|f| f.code == code && f.pc == pc).copied().unwrap_or_default()
    }
    /// A recording of a function found a call of itself, but none in that: the next may, or inlines none.
    fn note_shallow(&mut self, code: usize, pc: u32) {
        self.note_failure(code, pc, 0);
        if let Some(f) = self.failed.iter_mut().find(|f| f.code == code && f.pc == pc) {
            f.shallow = f.shallow.saturating_add(1);
            f.wait = 0;
        }
    }
    /// A loop is short: there is time for what is around it to become hot.
    fn note_short(&mut self, code: usize, pc: u32) {
        self.note_failure(code, pc, 0);
        if let Some(f) = self.failed.iter_mut().find(|f| f.code == code && f.pc == pc) {
            (f.short, f.wait) = (true, 12);
        }
    }
    /// A trace from here was not worth its cost. It is tried again once, much later: the program may do something else then.
    fn note_retired(&mut self, code: usize, pc: u32) {
        self.note_failure(code, pc, 8);
        if let Some(f) = self.failed.iter_mut().find(|f| f.code == code && f.pc == pc) {
            f.wait = 1 << 12;
        }
    }
    /// A recording has come to what only a trace that begins here could do: it is recorded at the next opportunity.
    fn wanted(&mut self, code: Gc<Code>, pc: u32) {
        let at = code.as_ptr() as usize;
        if let Some(f) = self.failed.iter_mut().find(|f| pc != 0 && f.code == at && f.pc == pc) {
            f.wait = 0;
        }
        self.hot(code, pc);
    }
    fn add_failed(&mut self, f: Failed) {
        if self.failed.len() < 4096 && self.failed.try_reserve(1).is_ok() {
            use crate::room::WithinRoom as _;
            self.failed.push_within(f);
        }
    }
    fn note_failure(&mut self, code: usize, pc: u32, weight: u8) {
        if let Some(f) = self.failed.iter_mut().find(|f| f.code == code && f.pc == pc) {
            f.count = f.count.saturating_add(weight);
            f.wait = 1 << f.count.min(12);
        } else {
            let wait = weight as u16;
            self.add_failed(Failed { code, pc, count: weight, wait, ..Failed::default() });
        }
    }
}

/// The trace that is entered at an instruction.
fn trace_at(traces: &[TraceRec], code: usize, pc: u32) -> Option<u16> {
    let found =
        traces.iter().position(|t| t.original.is_some() && !t.retired && t.code == code && t.pc == pc);
    found.and_then(|i| u16::try_from(i).ok())
}

/// The instruction of a quick copy.
///
/// # Safety
/// `code` has a quick copy with more than `pc` instructions.
unsafe fn quick(code: &Code, pc: u32) -> *mut Instr {
    // SAFETY: the caller's promise.
    unsafe { code.quick.get().add(pc as usize) }
}

impl JitHooks for Jit {
    fn hot(&mut self, code: Gc<Code>, pc: u32) -> bool {
        use crate::room::WithinRoom as _;
        if self.recorder.is_some()
            || code.quick.get().is_null()
            || pc >= code.ninstrs
            || self.blacklisted(code.as_ptr() as usize, pc)
        {
            return false;
        }
        // SAFETY: checked above.
        let at = unsafe { quick(&code, pc) };
        // SAFETY: as above.
        let original = unsafe { *at };
        if original.op_raw() == Op::EnterTrace as u16 || self.anchors.try_reserve(1).is_err() {
            return false;
        }
        self.anchors.push_within(Anchor { code, pc, original });
        // SAFETY: as above.
        unsafe { *at = Instr::new(Op::EnterTrace, original.a(), RECORD, original.c()) };
        true
    }

    fn enter(&mut self, rt: &mut Rt, id: u16) -> Entered {
        if id == RECORD {
            return self.begin_root(rt);
        }
        self.run(rt, id)
    }

    fn step(&mut self, rt: &mut Rt) -> Step {
        self.record_step(rt)
    }

    fn trace_roots(&self, m: &mut Marker) {
        for t in &self.traces {
            m.values(&t.roots);
        }
        for a in &self.anchors {
            m.value(a.code.value());
        }
        for l in &self.builder.live {
            if l.code != 0 {
                m.value(Value::from_addr(l.code));
            }
        }
        m.values(&self.pool);
        self.spares.trace(m);
        if self.recorder.is_some() {
            for v in self.builder.konst_values() {
                m.value(v);
            }
        }
    }

    fn stats(&self) -> JitStats {
        let mut s = self.stats;
        s.code_bytes = self.emitter.code_bytes() as u64;
        s.exits = self.exits.len() as u64;
        let mut times = self.times.clone();
        times.sort_unstable();
        s.compile_ns_total = times.iter().map(|&t| t as u64).sum();
        s.compile_ns_median = times.get(times.len() / 2).copied().unwrap_or(0) as u64;
        s.compile_ns_p99 = times.get(times.len() * 99 / 100).copied().unwrap_or(0) as u64;
        s
    }
    fn pieces(&self, piece: &mut Piece<'_>) {
        for (n, t) in self.traces.iter().enumerate() {
            // SAFETY: the trace keeps its code alive.
            let code: Gc<Code> = unsafe { Gc::from_ptr(t.code as *mut Code) };
            let module = code.module();
            let line = module.pos(code.func(), t.pc).map_or(code.func().first_line, |p| p.line);
            let kind = if t.original.is_some() { "trace" } else { "side trace" };
            let (name, file) = (crate::interp::attr::text(code.qualname), module.file_name());
            let bytes = self.emitter.code(&t.emitted).len();
            piece(t.emitted.entry, bytes, format_args!("{name} {file}:{line} ({kind} {n})"));
        }
    }
    fn listing(&self, out: &mut dyn core::fmt::Write, machine: &mut Disassemble<'_>) {
        for t in &self.traces {
            let Some(text) = t.text.as_deref() else { continue };
            let _ = out.write_str(text);
            machine(self.emitter.code(&t.emitted), t.emitted.entry, out);
        }
        let _ = out.write_str(&self.log);
        for (n, e) in self.exits.iter().enumerate().filter(|(_, e)| e.count > 100) {
            let Some(t) = self.traces.get(e.trace as usize) else { continue };
            let i = t.listed.iter().find(|i| i.exit == e.index);
            let place = t.exits.get(e.index as usize).and_then(|x| t.states.state(*x));
            let state = place.unwrap_or_default();
            let _ = writeln!(
                out,
                "exit {n}: trace {} {} at instruction {} frame {}, taken {} times{}",
                e.trace,
                i.map_or("?", |i| i.op.name()),
                state.pc,
                state.node,
                e.count,
                if e.linked { ", linked" } else { "" }
            );
        }
    }
    fn give_up(&mut self) {
        if let Some(r) = self.recorder.take() {
            self.finish_failed(*r, Abort::Raised);
        }
    }
}

impl Jit {
    /// Starts recording at the anchor that was just executed.
    fn begin_root(&mut self, rt: &mut Rt) -> Entered {
        let frame = rt.stack.frame;
        let Some(code) = frame.code() else { return Entered::Slow };
        let pc = code.index_of(rt.stack.pc).wrapping_sub(1);
        let found = self.anchors.iter().position(|a| a.code == code && a.pc == pc);
        let Some(a) = found.map(|i| self.anchors.swap_remove(i)) else {
            // SAFETY: the anchor was executed in the quick copy.
            unsafe { *quick(&code, pc) = code.original_at(pc) };
            return Entered::Slow;
        };
        // SAFETY: as above.
        unsafe { *quick(&code, pc) = a.original };
        rt.stack.pc = rt.stack.pc.wrapping_sub(1);
        if !self.may_grow(rt) {
            self.note_failure(code.as_ptr() as usize, pc, 4);
            return Entered::Go;
        }
        match Recorder::root(self, frame, code, pc) {
            Ok(()) => Entered::Record,
            Err(_) => {
                self.abort(Abort::NoMemory);
                self.note_failure(code.as_ptr() as usize, pc, 4);
                Entered::Go
            }
        }
    }

    /// Charges what the last traces took, and whether the budget has room for another.
    fn may_grow(&mut self, rt: &mut Rt) -> bool {
        if self.owed > 0 && rt.heap.charge_fixed(self.owed).is_ok() {
            self.owed = 0;
        }
        // Traces are small beside what they work on, whatever the program.
        let most = (rt.heap.used() / 12).max(TRACES_ROOM);
        self.owed == 0
            && self.bytes < most
            && rt.heap.has_room(TRACE_ROOM).is_ok()
            && self.traces.len() < self.config.max_traces as usize
    }

    /// Runs trace `id` from its anchor.
    fn run(&mut self, rt: &mut Rt, id: u16) -> Entered {
        let frame = rt.stack.frame;
        let Some(t) = self.traces.get(id as usize) else { return Entered::Slow };
        let (entry, anchor) = (t.emitted.entry, (t.code, t.pc));
        let end = (frame.0 as usize).saturating_add((crate::opt::builder::MAX_SLOTS + 64) * 8);
        if end > rt.stack.limit as usize
            || rt.depth + record::MAX_INLINE as u32 + 2 > rt.limits.recursion
            || self.refill(rt).is_none()
        {
            return Entered::Slow;
        }
        self.stats.entered += 1;
        let ctx: *mut JitCtx = &mut *self.ctx;
        self.ctx.fuel = rt.fuel;
        self.ctx.gc_due = rt.heap.gc_due() as u64;
        self.ctx.epoch = rt.heap.epoch.now() as u64;
        self.ctx.depth = rt.depth as u64;
        self.ctx.max_depth = (rt.limits.recursion as u64).saturating_sub(record::MAX_INLINE as u64 + 2);
        self.ctx.stack_limit = rt.stack.limit as usize as u64;
        self.ctx.handled = rt.handled.bits();
        self.ctx.interrupts = rt.interrupts().as_ptr().cast_const();
        self.ctx.rt = core::ptr::from_mut(rt).cast();
        self.pending = None;
        let before = rt.fuel;
        // SAFETY: the entry is that of a live trace whose anchor is the running frame's next instruction; every
        // register is in memory; there is room for its frames.
        unsafe { self.emitter.enter(entry, frame.0.cast(), ctx) };
        self.restored = 0;
        let next = self.leave(rt, anchor);
        self.review(id, before.saturating_sub(rt.fuel) - self.restored as i64 * WORTH_VALUE);
        next
    }

    /// Counts what an entry achieved. A trace that is left again after a few instructions costs more than it saves, unless
    /// its tree is still growing.
    fn review(&mut self, id: u16, fuel: i64) {
        let Some(t) = self.traces.get_mut(id as usize) else { return };
        t.entered += 1;
        t.work = t.work.saturating_add(fuel);
        if t.entered < REVIEW {
            return;
        }
        let worth = t.work >= REVIEW as i64 * WORTH || core::mem::take(&mut t.grown);
        (t.entered, t.work) = (0, 0);
        if worth {
            return;
        }
        t.retire();
        let (code, pc) = (t.code, t.pc);
        self.stats.retired += 1;
        self.note_retired(code, pc);
    }

    /// Takes every trace out, for good: none is entered again, and none is made.
    fn shut_down(&mut self) {
        self.config.max_traces = 0;
        self.traces.iter_mut().for_each(TraceRec::retire);
    }

    /// Makes sure that there is what exits may need: boxes for floats, and objects.
    fn refill(&mut self, rt: &mut Rt) -> Option<()> {
        use crate::room::WithinRoom as _;
        while self.pool.len() < exits::POOL {
            self.pool.try_reserve(exits::POOL).ok()?;
            let v = crate::object::float::new(&mut rt.heap, f64::INFINITY).ok()?;
            self.pool.push_within(v);
        }
        self.spares.refill(&mut rt.heap)
    }
}

impl From<Fail> for Abort {
    fn from(f: Fail) -> Abort {
        match f {
            Fail::NoMemory => Abort::NoMemory,
            Fail::Contradiction => Abort::Contradiction,
            Fail::TooLong => Abort::TooLong,
        }
    }
}

const _: () = assert!(Abort::COUNT <= ABORTS);

/// Texts of [`Abort`]s, by number.
pub const ABORT_TEXTS: &[&str] = Abort::TEXTS;
