//! The trace JIT: recording hot paths, compiling them, entering them, and coming back.
//!
//! `record` follows the interpreter and builds a trace; `opt` has optimized it by the time it ends; `regalloc` and an
//! [`Emitter`] make code of it. An *anchor* is an instruction of a quick copy that was replaced by `EnterTrace`; its
//! operand `b` numbers the trace, `a` and `c` stay what they were, since continuations read them.
//!
//! Invariants: code is entered only at anchors, with every register of the frame in memory; when it is left, `exits`
//! has put every register and frame back, so the interpreter goes on as if it had run all along. The collector never
//! runs while code does. `Jit` is lent to one recording or one run of code at a time (`Rt::jit` is empty meanwhile). A trace
//! keeps alive what its code refers to; what keeps a trace alive is told in `sweep`.

mod constants;
mod exits;
mod helpers;
mod kept;
mod liveness;
mod record;
mod spares;
mod states;
mod sweep;
mod table;

use crate::bytecode::{Instr, Op};
use crate::emit::{Allocated, EmitError, Emitter, JitCtx};
use crate::exit::Exit;
use crate::heap::{Gc, Marker};
use crate::interp::Rt;
use crate::interp::call::CallSite;
use crate::interp::jit_hooks::{ABORTS, Disassemble, Entered, JitHooks, JitStats, Piece, Step};
use crate::object::Code;
use crate::opt::builder::{Builder, Fail};
use crate::opt::peel::Subst;
use crate::opt::ranges::Ranges;
use crate::opt::sink::Sink;
use crate::regalloc::Allocator;
use crate::value::Value;
use alloc::boxed::Box;
use alloc::vec::Vec;
use kept::{ExitKind, ExitRec, FrameRec, Listed, Site, TraceRec};
use record::Recorder;
use spares::Spares;
use states::{Collector, SlotState, States};
use table::Table;

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

/// Thresholds.
#[derive(Clone, Copy, Debug)]
#[non_exhaustive]
pub struct JitConfig {
    /// Back-edges before a loop is recorded, or entries of a function. Until then the interpreter has spent about as much
    /// time there as a trace costs whose compiler has to come from memory, so that short programs lose little by it.
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
        JitConfig { threshold: 1009, side_threshold: 24, max_traces: 4000, listings: false, clock: None }
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
    /// Recordings that were given up for want of a trace of this function that they could call.
    called: u8,
    /// Times it has to become hot again before the next attempt.
    wait: u16,
}

/// The JIT of one VM.
pub struct Jit {
    pub(crate) ctx: Box<JitCtx>,
    emitter: Box<dyn Emitter>,
    config: JitConfig,
    table: Table,
    /// Traces that were taken out since it was last found out which can still be run.
    unlinked: u32,
    /// Traces that were made since the last collection.
    made: usize,
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
    /// Memory of all traces as it is counted where it is decided whether there may be more, and as it is; what the
    /// budget was charged for them.
    bytes: usize,
    held: usize,
    charged: usize,
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

/// Words of stack, from the running frame's register 0 on, that any trace may use. The interpreter's stack keeps so many in reserve.
pub(crate) const FRAMES_ROOM: usize = crate::opt::builder::MAX_SLOTS + 64;
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
            table: Table::default(),
            unlinked: 0,
            made: 0,
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
            held: 0,
            charged: 0,
            pool: Vec::new(),
            spares: Spares::default(),
            stats: JitStats::default(),
        })
    }

    /// Lets the working memory of a recording that is over go, if that was long or had many values at its exits: few are.
    fn trim(&mut self) {
        const LONG: usize = 512;
        if self.builder.t.ins.capacity() > LONG || self.builder.t.slots.capacity() > 2 * LONG {
            let live = core::mem::take(&mut self.builder.live);
            self.builder = Builder::default();
            self.builder.live = live;
            self.subst = Subst::default();
            self.ranges = Ranges::default();
            self.sink = Sink::default();
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
        if pc == 0 && !self.failed.iter().any(|f| f.code == at && f.pc == 0) {
            self.add_failed(Failed { code: at, ..Failed::default() });
        }
        if let Some(f) = self.failed.iter_mut().find(|f| f.code == at && f.pc == pc) {
            if pc != 0 {
                f.wait = 0;
            } else {
                f.called = f.called.saturating_add(1);
            }
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

    fn stack_room(&self) -> usize {
        FRAMES_ROOM
    }

    fn enter(&mut self, rt: &mut Rt, id: u16) -> Entered {
        // Some traces at once (126 by default: after 8 each, looking took 5 % of a program that unlinks many); with the low
        // thresholds of tests each.
        if self.unlinked > self.config.threshold as u32 / 8 {
            self.sweep(rt);
        }
        if id == RECORD {
            return self.begin_root(rt);
        }
        self.run(rt, id)
    }

    fn step(&mut self, rt: &mut Rt) -> Step {
        self.record_step(rt)
    }

    fn trace_roots(&self, m: &mut Marker) {
        self.mark_own(m);
    }
    fn trace_traces(&mut self, m: &mut Marker) -> bool {
        self.mark_traces(m)
    }
    fn collected(&mut self, rt: &mut Rt) {
        self.made = 0;
        self.free_unreached(rt);
    }

    fn stats(&self) -> JitStats {
        let mut s = self.stats;
        s.code_bytes = self.emitter.code_bytes() as u64;
        s.trace_bytes = self.held as u64;
        let mut times = self.times.clone();
        times.sort_unstable();
        s.compile_ns_total = times.iter().map(|&t| t as u64).sum();
        let at = |part: usize, of: usize| times.get(times.len() * part / of).copied().unwrap_or(0) as u64;
        (s.compile_ns_median, s.compile_ns_p99) = (at(1, 2), at(99, 100));
        s.compile_ns_deciles = core::array::from_fn(|n| at(n + 1, 10));
        s
    }
    fn pieces(&self, piece: &mut Piece<'_>) {
        for (n, t) in self.table.iter() {
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
        for (_, t) in self.table.iter() {
            let Some(listed) = &t.listed else { continue };
            let _ = out.write_str(&listed.text);
            machine(self.emitter.code(&t.emitted), t.emitted.entry, out);
        }
        let _ = out.write_str(&self.log);
        for (n, e) in self.table.all_exits().filter(|(_, e)| e.count > 100) {
            let Some((t, index)) = self.table.owner(n) else { continue };
            let code = t.listed.as_ref().map_or(&[][..], |l| &l.code);
            let i = code.iter().find(|i| i.exit == index);
            let state = t.states.state(e.state).unwrap_or_default();
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
        self.settle(rt);
        // Traces are small beside what they work on, whatever the program.
        let most = (rt.heap.used() / 12).max(TRACES_ROOM);
        if self.bytes >= most || self.table.count() >= self.config.max_traces as usize {
            self.ask_for_collection(rt);
        }
        self.held <= self.charged
            && self.bytes < most
            && rt.heap.has_room(TRACE_ROOM).is_ok()
            && self.table.count() < self.config.max_traces as usize
    }

    /// There is no room for more traces. Some may be for code that is gone, which a collection finds out; not again before
    /// many more were made.
    fn ask_for_collection(&mut self, rt: &mut Rt) {
        if self.made > self.table.count() / 4 {
            rt.heap.ask_for_collection();
        }
    }

    /// Has the budget charged for what the traces take, if there is room in it.
    fn settle(&mut self, rt: &mut Rt) {
        match self.held.checked_sub(self.charged) {
            Some(more) if more == 0 || rt.heap.charge_fixed(more).is_err() => return,
            Some(_) => {}
            None => rt.heap.uncharge_fixed(self.charged - self.held),
        }
        self.charged = self.held;
    }

    /// Runs trace `id` from its anchor.
    fn run(&mut self, rt: &mut Rt, id: u16) -> Entered {
        let frame = rt.stack.frame;
        let Some(t) = self.table.get(id) else { return Entered::Slow };
        let (entry, anchor) = (t.emitted.entry, (t.code, t.pc));
        if frame.0 > rt.stack.limit
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
        self.ctx.stack_limit = (rt.stack.limit as usize).saturating_add(FRAMES_ROOM * 8) as u64;
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
        let Some(t) = self.table.get_mut(id) else { return };
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
        self.unlinked += 1;
        self.stats.retired += 1;
        self.note_retired(code, pc);
    }

    /// Takes every trace out, for good: none is entered again, and none is made.
    fn shut_down(&mut self) {
        self.config.max_traces = 0;
        self.table.iter_mut().for_each(|(_, t)| t.retire());
        self.unlinked += 1;
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
