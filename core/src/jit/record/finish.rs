//! Ending a recording: closing the loop, linking to another trace, or leaving; then compiling what there is.

use super::begin::{check_events, check_room};
use super::{Kind, Rec, Recorder, Stop, off};
use crate::bytecode::{Instr, Op};
use crate::emit::homes::Home;
use crate::emit::{Allocated, Emitted, JitCtx};
use crate::heap::Gc;
use crate::interp::Rt;
use crate::interp::frame::word;
use crate::jit::helpers::Helper;
use crate::jit::states::Node;
use crate::jit::table::Numbers;
use crate::jit::{Abort, ExitKind, ExitRec, Jit, Listed, Site, TraceRec, quick};
use crate::object::Code;
use crate::opt::builder::{Build, Builder, Fail, State, Ty, push};
use crate::opt::{GivenValues, dce, meet, peel, ranges, sink};
use crate::room::{WithinRoom as _, exact, probe};
use crate::trace::ir::{Ins, Ref, SnapId, Trace};
use crate::uop::{Class, Effect, Uop};
use crate::value::Value;
use alloc::boxed::Box;
use alloc::vec::Vec;

/// Bytes of code that a uop counts for where it is decided whether there may be more traces: about what it takes, but the same
/// on all architectures, so that they make the same traces.
const CODE_PER_UOP: usize = 12;
/// Recordings that wanted to call a function, before a trace of it is made that calls nothing itself.
const MIN_CALLED: u8 = 2;

/// Where a trace goes when it ends.
#[derive(Clone, Copy, PartialEq, Eq)]
enum End {
    /// Back to its own loop.
    Loop,
    /// To this trace's entry.
    Link(u16),
    /// To the body of this trace's loop.
    Body(u16),
    /// To its own entry.
    Entry,
    /// To the interpreter.
    Exit,
    /// To the caller, by its return label.
    Return,
}

impl Jit {
    /// The recording is back where it began.
    pub(super) fn close_loop(&mut self, r: &mut Recorder) -> Rec<()> {
        let b = &mut self.builder;
        r.commit_fuel(b)?;
        b.op_d(Uop::Poll, &[], off(core::mem::offset_of!(JitCtx, interrupts)))?;
        if r.allocates {
            b.op_d(Uop::GuardFlag, &[], off(core::mem::offset_of!(JitCtx, gc_due)))?;
        }
        r.set_checks(b)?;
        // A loop with real calls keeps nothing in registers over them.
        let guards = b.guards;
        let peeled =
            if r.links.is_empty() { peel::peel(b, &mut self.subst) } else { Err(Fail::Contradiction) };
        // The loop's guards are those of its first iteration again.
        b.guards = guards;
        let end = match peeled {
            Ok(()) => End::Loop,
            Err(Fail::Contradiction) => {
                b.now.pc = r.pc;
                flush_all(b, r.pc)?;
                b.add(Ins::new(Uop::Exit, &[]))?;
                End::Entry
            }
            Err(e) => return Err(e.into()),
        };
        self.compile(r, end, Vec::new())
    }

    /// The recording has come to the anchor of another trace, in `frame`.
    pub(super) fn link(&mut self, r: &mut Recorder, code: Gc<Code>, pc: u32, rt: &Rt) -> Rec<()> {
        let Some(target) = self.table.at(code.as_ptr() as usize, pc) else { return Err(Stop::Here) };
        let b = &mut self.builder;
        r.commit_fuel(b)?;
        r.set_checks(b)?;
        if !(r.met && r.steps == 0)
            && let Some(given) = self.meet(r, target, (code, pc), rt)?
        {
            return self.compile(r, End::Body(target), given);
        }
        let b = &mut self.builder;
        let moved = b.now.node != 0;
        rebase(b, code.as_ptr() as usize, pc)?;
        flush_all(b, pc)?;
        // A loop of traces passes here: it must be possible to stop it.
        check_events(b)?;
        if moved {
            check_room(b)?;
        }
        b.add(Ins::new(Uop::Exit, &[]))?;
        self.compile(r, End::Link(target), Vec::new())
    }

    /// Tries to meet the contract of `target`'s loop. Answers the values of the loop's that are passed on as they were.
    fn meet(
        &mut self,
        r: &mut Recorder,
        target: u16,
        (code, pc): (Gc<Code>, u32),
        rt: &Rt,
    ) -> Rec<Option<GivenValues>> {
        let b = &mut self.builder;
        let Some(t) = self.table.get(target) else { return Ok(None) };
        let Some(c) = &t.contract else { return Ok(None) };
        let epochs = [r.epoch, Some(rt.heap.epoch.now())];
        let same_epoch = t.epoch.is_none() || epochs.iter().all(|e| e.is_none() || *e == t.epoch);
        if !same_epoch {
            return Ok(None);
        }
        let before = b.save()?;
        let pushed = b.nodes.get(b.now.node as usize).is_some_and(|n| n.parent != b.now.node);
        if pushed {
            rebase(b, code.as_ptr() as usize, pc)?;
            check_room(b)?;
        }
        let meets_at = b.t.ins.len();
        let given = (r.given_of == Some(target)).then_some(&*r.given);
        let (frame, count) = (rt.stack.frame.0, code.nregs as usize);
        // SAFETY: the running frame is `code`'s and has as many registers, all up to date while it is recorded.
        let now = |slot: usize| if slot < count { unsafe { *frame.add(slot) } } else { Value::UNBOUND };
        let met = check_events(b).and_then(|()| {
            if let Some(epoch) = t.epoch {
                b.op_dk(Uop::GuardEpoch, &[], off(core::mem::offset_of!(JitCtx, epoch)), epoch as u64)?;
            }
            meet(b, c, given, &now)
        });
        match met {
            Ok(Some(given)) => {
                if t.epoch.is_some() {
                    r.epoch = t.epoch;
                }
                r.meets_at = meets_at;
                b.add(Ins::new(Uop::Exit, &[]))?;
                Ok(Some(given))
            }
            Ok(None) | Err(Fail::Contradiction) => {
                b.restore(before);
                Ok(None)
            }
            Err(e) => Err(e.into()),
        }
    }

    /// The function returns to compiled code; the trace ends with the jump there. One that calls nothing with a trace is of use
    /// only if recordings want to call it: else its callers inline it.
    pub(super) fn end_return(&mut self, r: &mut Recorder) -> Rec<()> {
        if r.kind == Kind::Root && r.links.is_empty() && r.failed.called < MIN_CALLED {
            return Err(Stop::Abort(Abort::NotRecursive));
        }
        r.set_checks(&mut self.builder)?;
        self.compile(r, End::Return, Vec::new())
    }

    /// The trace ends before the present instruction.
    pub(super) fn end_here(&mut self, r: &mut Recorder) -> Rec<()> {
        let enough = r.steps > 8 || matches!(r.kind, Kind::Side(_)) && r.steps > 3;
        if !enough {
            return Err(Stop::Abort(Abort::Unsupported));
        }
        self.end_exit(r)
    }

    /// A helper has left the trace. A side trace at its exit goes on where it went, so few instructions are enough.
    pub(super) fn end_left(&mut self, r: &mut Recorder) -> Rec<()> {
        // Where the helper calls something, a side trace goes on there: even a short root is worth its while.
        if r.kind == Kind::Root && r.steps < 3 { self.end_here(r) } else { self.end_exit(r) }
    }

    fn end_exit(&mut self, r: &mut Recorder) -> Rec<()> {
        r.set_checks(&mut self.builder)?;
        self.builder.add(Ins::new(Uop::Exit, &[]))?;
        self.compile(r, End::Exit, Vec::new())
    }

    /// Makes code of the finished trace and puts it in place. `given` are values of the loop that it is linked to, which it
    /// was given and passes on.
    fn compile(&mut self, r: &mut Recorder, end: End, given: GivenValues) -> Rec<()> {
        let started = self.config.clock.map(|now| now());
        let text = self.optimize(r, end)?;
        let regs = self.emitter.reg_file();
        if self.allocator.allocate(&self.builder.t, regs, &mut self.allocated).is_err() {
            return Err(Stop::Abort(Abort::Emit));
        }
        let n = self.allocated.exits.len();
        if self.table.count() >= (self.config.max_traces as usize).min(u16::MAX as usize - 1) {
            return Err(Stop::Abort(Abort::Full));
        }
        if n > u16::MAX as usize || floats_in_snapshots(&self.builder) > crate::jit::exits::POOL {
            return Err(Stop::Abort(Abort::TooLong));
        }
        let numbers = self.table.numbers_for(n)?;
        let emitted = match self.emitter.emit(&self.allocated, numbers.first_exit, None) {
            Ok(e) => e,
            Err(e) => {
                self.table.refuse(numbers);
                if e == crate::emit::EmitError::Protect {
                    // Code that could not be made executable again may be any trace's.
                    self.shut_down();
                }
                return Err(Stop::Abort(Abort::Emit));
            }
        };
        match self.describe(r, end, given, numbers, emitted, text) {
            Ok((trace, states)) => {
                self.bytes = self.bytes.saturating_add(trace.counted);
                self.held = self.held.saturating_add(trace.held);
                self.table.insert(numbers, trace);
                self.made += 1;
                self.note_exits(numbers, &states, matches!(end, End::Link(_) | End::Body(_) | End::Entry));
            }
            Err(e) => {
                self.emitter.release(emitted.id);
                self.table.refuse(numbers);
                return Err(e.into());
            }
        }
        self.connect(r, end, numbers, n);
        if let (Some(started), Some(now)) = (started, self.config.clock) {
            self.note_time(now().saturating_sub(started));
        }
        Ok(())
    }

    /// The passes over a finished trace; its text, if listings are wanted.
    fn optimize(&mut self, r: &Recorder, end: End) -> Rec<Option<alloc::string::String>> {
        let b = &mut self.builder;
        dce::run(&mut b.t, &[], &mut self.used)?;
        ranges::run(b, &mut self.ranges)?;
        if end == End::Loop {
            self.subst.draft.note_hoisted(&b.t)?;
        }
        debug_assert_eq!(crate::trace::check::check(&b.t), Ok(()));
        sink::run(b, self.ranges.relied(), &mut self.sink)?;
        debug_assert_eq!(crate::trace::check::check(&b.t), Ok(()));
        dce::run(&mut b.t, self.ranges.relied(), &mut self.used)?;
        let text = if self.config.listings { listing(b, self.table.next(), r) } else { None };
        crate::trace::select::run(&mut b.t);
        debug_assert_eq!(crate::trace::check::check(&b.t), Ok(()));
        Ok(text)
    }

    /// What is kept of a trace whose code was made, and the number of each exit's state.
    fn describe(
        &mut self,
        r: &mut Recorder,
        end: End,
        given: GivenValues,
        numbers: Numbers,
        emitted: Emitted,
        text: Option<alloc::string::String>,
    ) -> Result<(TraceRec, Vec<SnapId>), Fail> {
        let id = numbers.trace;
        let (b, allocated) = (&mut self.builder, &self.allocated);
        let contract = match end {
            End::Loop => self.subst.draft.finish(b, &self.ranges, &allocated.head)?,
            _ => None,
        };
        let (states, exits) = self.collector.collect(b, allocated)?;
        self.spares.want(&states)?;
        for v in b.konst_values() {
            push(&mut r.roots, v)?;
        }
        r.roots.sort_unstable_by_key(|v| v.bits());
        r.roots.dedup_by_key(|v| v.bits());
        r.sites.shrink_to_fit();
        let (given_from, given) = match &contract {
            Some(c) => (exits_before(&b.t, loop_start(b)), homes_of(c.lasting(), allocated)?),
            None => (0, homes_of(given.into_iter(), allocated)?),
        };
        let (root, fan, original) = match r.kind {
            // SAFETY: the anchor is an instruction of the quick copy.
            Kind::Root => (id, 0, Some(unsafe { *quick(&r.code, r.pc) })),
            Kind::Side(exit) => {
                (self.table.owner(exit).map_or(id, |(t, _)| t.root), self.fan_at(exit, r.pc), None)
            }
        };
        let b = &self.builder;
        let mut trace = TraceRec {
            emitted,
            code: b.nodes.first().map_or(r.code.as_ptr() as usize, |n| n.code),
            pc: r.pc,
            original,
            root,
            fan,
            sides: 0,
            grown: false,
            entered: 0,
            work: 0,
            epoch: r.epoch,
            retired: false,
            labels: !r.links.is_empty(),
            reached: false,
            first_exit: numbers.first_exit,
            exits: exits.len() as u16,
            counted: 0,
            held: 0,
            loop_of: if let End::Body(root) = end { root } else { id },
            given_from,
            given: boxed(given.iter().map(|g| Ok(*g)))?,
            contract: contract.map(in_box).transpose()?,
            meets_from: if let End::Body(_) = end { exits_before(&b.t, r.meets_at) } else { u16::MAX },
            homes: allocated.homes.copy().map_err(|_| Fail::NoMemory)?,
            states,
            nodes: boxed(b.nodes.iter().map(Node::new))?,
            konsts: boxed(b.t.konsts.iter().map(|k| Ok(k.bits)))?,
            sites: core::mem::take(&mut r.sites),
            roots: boxed(r.roots.iter().map(|v| Ok(*v)))?,
            listed: None,
        };
        if let Some(text) = text {
            let code = exact(&allocated.code).ok_or(Fail::NoMemory)?;
            trace.listed = Some(in_box(Listed { code, text })?);
        }
        self.stats.guards_recorded += b.guards;
        self.stats.guards_left +=
            allocated.code.iter().filter(|i| i.op.effect() == Effect::Guard).count() as u64;
        let uops = b.t.ins.iter().filter(|i| i.op != Uop::Nop).count();
        let places = trace.contract.as_ref().map_or(0, |c| c.bytes_of_places());
        trace.counted = trace.bytes() + uops * CODE_PER_UOP;
        trace.held = trace.bytes() + emitted.code_bytes as usize + trace.homes.bytes() + places;
        Ok((trace, exits))
    }

    /// Counts the time that a trace took from the end of its recording. The first some 10,000 are enough for a median.
    fn note_time(&mut self, nanoseconds: u64) {
        const MOST: usize = 1 << 14;
        if self.times.len() < MOST {
            // Without memory it is not counted.
            let _ = push(&mut self.times, u32::try_from(nanoseconds).unwrap_or(u32::MAX));
        }
    }

    /// Notes the exits of a trace: the uops that take them, in order. The last is a jump to another trace if `linked`.
    fn note_exits(&mut self, numbers: Numbers, states: &[SnapId], linked: bool) {
        let t = &self.builder.t;
        let n = states.len();
        debug_assert_eq!(t.ins.iter().filter(|i| i.op.exits()).count(), n);
        self.stats.exits += n as u64;
        for ((index, ins), &state) in t.ins.iter().filter(|i| i.op.exits()).enumerate().zip(states) {
            let last = index + 1 == n;
            let x = ins.args[0];
            let stays = match ins.op {
                Uop::FuelCheck | Uop::Poll | Uop::GuardFlag | Uop::GuardUltCtx => true,
                // An exit in mid-trace is a call's jump.
                Uop::Exit => !last,
                _ => false,
            };
            let kind = match ins.op {
                _ if stays => ExitKind::Stays,
                Uop::GuardEpoch => ExitKind::Epoch,
                Uop::GuardField32 if x.as_konst().is_some() => ExitKind::Version,
                op if op.effect() == Effect::Call => ExitKind::Call,
                _ => ExitKind::Guard,
            };
            if let Some(exit) = self.table.exit_mut(numbers.first_exit + index as u32) {
                *exit = ExitRec { trace: numbers.trace, state, count: 0, kind, linked: linked && last };
            }
        }
    }

    /// Links the trace's end, and the anchor or parent's exit to it.
    fn connect(&mut self, r: &Recorder, end: End, numbers: Numbers, n: usize) {
        let id = numbers.trace;
        let Some(emitted) = self.table.get(id).map(|t| t.emitted) else { return };
        let entry_of = |t: u16| self.table.get(t).map(|t| t.emitted.entry);
        let last = match end {
            End::Link(t) => Some(entry_of(t)),
            End::Body(t) => Some(self.table.get(t).map(|t| t.emitted.body)),
            End::Entry => Some(Some(emitted.entry)),
            End::Loop | End::Exit | End::Return => None,
        };
        // The trace's jumps, in order: its calls, then its end.
        let calls = r.links.iter().map(|l| l.map_or(Some(emitted.entry), entry_of));
        let jumps = self.allocated.code.iter().filter(|i| i.op == Uop::Exit);
        for (i, target) in jumps.zip(calls.chain(last)) {
            if let Some(entry) = target
                && (i.exit as usize) < n
            {
                // SAFETY: an exit of the trace, whose cell the emitter gave.
                unsafe { emitted.cells.add(i.exit as usize).write(entry) };
            }
        }
        self.stats.traces += 1;
        self.stats.to_bodies += u64::from(matches!(end, End::Body(_)));
        match r.kind {
            Kind::Root => {
                // SAFETY: the anchor is an instruction of the quick copy.
                unsafe {
                    let at = quick(&r.code, r.pc);
                    let i = *at;
                    *at = Instr::new(Op::EnterTrace, i.a(), id, i.c());
                }
            }
            Kind::Side(exit) => {
                self.stats.side_traces += 1;
                if let Some(e) = self.table.exit_mut(exit) {
                    e.linked = true;
                }
                let Some((parent, index)) = self.table.owner(exit) else { return };
                // SAFETY: the exit is one of the parent's.
                unsafe { parent.emitted.cells.add(index as usize).write(emitted.entry) };
                let root = parent.root;
                if let Some(t) = self.table.get_mut(root) {
                    t.sides = t.sides.saturating_add(1);
                    t.grown = true;
                }
            }
        }
    }
}

impl Recorder {
    /// Fills in how much fuel each check wants, now that it is known; one that wants none is not made. Where a helper checks,
    /// it is told.
    fn set_checks(&mut self, b: &mut Builder) -> Build<()> {
        for &(at, before) in &self.checks {
            let Some(i) = b.t.ins.get(at).copied() else { continue };
            let wants = self.charged.saturating_sub(before) as u64;
            let i = match i.op {
                Uop::FuelCheck if wants == 0 => Ins::new(Uop::Nop, &[]),
                Uop::FuelCheck => Ins { k: wants, ..i },
                _ => {
                    let [number, x, y] = i.args;
                    let told = b.konst_word(number).unwrap_or(0) | wants << Helper::OPERATOR_BITS;
                    Ins { args: [b.word(told, Ty::Raw)?, x, y], ..i }
                }
            };
            if let Some(to) = b.t.ins.get_mut(at) {
                *to = i;
            }
        }
        Ok(())
    }
}

/// Stores every register that memory does not have.
pub(super) fn flush_all(b: &mut Builder, pc: u32) -> Result<(), Fail> {
    flush_below(b, usize::MAX, pc)
}
/// Stores those of the registers below word `end`.
fn flush_below(b: &mut Builder, end: usize, pc: u32) -> Result<(), Fail> {
    let now = State { pc, ..b.now };
    for i in 0..b.slots.len().min(end) {
        if b.dirty.get(i) == Some(&true)
            && let Some(x) = b.slot(i)
            && b.is_live(now, i)
        {
            b.op_d(Uop::SlotStore, &[x], i as i32 * 8)?;
        }
    }
    Ok(())
}

/// Writes the headers of the frames of inlined calls; answers how many there are.
pub(super) fn write_headers(b: &mut Builder) -> Result<usize, Fail> {
    let mut frames = Vec::new();
    crate::jit::exits::frames_of(|n| b.nodes.get(n as usize).copied(), b.now.node, &mut frames);
    let raw = Ty::Raw;
    for f in &frames {
        // SAFETY: the trace keeps its codes alive.
        let ret = unsafe { (*(f.caller_code as *const Code)).instrs.get().add(f.ret_pc as usize) };
        let words = [
            (f.caller as i32 + word::PC as i32, b.word(ret as usize as u64, raw)?),
            (f.base as i32 + word::CODE as i32, b.word(f.code as u64, raw)?),
            (f.base as i32 + word::PREV as i32, b.op_d(Uop::FrameAddr, &[], f.caller as i32 * 8)?),
            (f.base as i32 + word::RESUME as i32, b.word(0, raw)?),
            (f.base as i32 + word::META as i32, b.word(f.meta, raw)?),
        ];
        for (at, x) in words {
            b.op_d(Uop::SlotStore, &[x], at * 8)?;
        }
    }
    Ok(frames.len())
}

/// Makes frames of inlined calls real, and the innermost the trace's root: what follows knows only its registers.
fn rebase(b: &mut Builder, code: usize, pc: u32) -> Result<(), Fail> {
    let base = b.nodes.get(b.now.node as usize).map_or(0, |n| n.base);
    flush_below(b, base as usize, pc)?;
    let frames = write_headers(b)?;
    if frames != 0 {
        b.op_dk(Uop::CtxAdd32, &[], off(core::mem::offset_of!(JitCtx, depth)), frames as u64)?;
        b.add_frame(base as i32)?;
    }
    let live = b.nodes.get(b.now.node as usize).map_or(0, |n| n.live);
    b.new_root_from(base as usize, code, live, pc)
}

/// Items in memory of their own, without room to spare.
fn boxed<T>(items: impl ExactSizeIterator<Item = Build<T>>) -> Build<Box<[T]>> {
    let mut all = Vec::new();
    all.try_reserve_exact(items.len()).map_err(|_| Fail::NoMemory)?;
    for item in items {
        all.push_within(item?);
    }
    Ok(all.into_boxed_slice())
}
#[expect(clippy::disallowed_methods, reason = "there is room, as was just found")]
fn in_box<T>(x: T) -> Build<Box<T>> {
    probe(core::mem::size_of::<T>()).map_err(|_| Fail::NoMemory)?;
    Ok(Box::new(x))
}

/// Exits that stand before uop `at`.
fn exits_before(t: &Trace, at: usize) -> u16 {
    t.ins.iter().take(at).filter(|i| i.op.exits()).count() as u16
}
fn loop_start(b: &Builder) -> usize {
    b.t.ins.iter().position(|i| i.op == Uop::LoopStart).unwrap_or(usize::MAX)
}

/// Where exits find the values of a contract's entries.
fn homes_of(
    values: impl Iterator<Item = (u16, Ref)>,
    allocated: &Allocated,
) -> Result<Vec<(u16, Home)>, Fail> {
    let mut homes = Vec::new();
    for (entry, value) in values {
        let home = if value.is_none() { Some(Home::NONE) } else { allocated.home(value) };
        let home = home.ok_or(Fail::Contradiction)?;
        push(&mut homes, (entry, home))?;
    }
    Ok(homes)
}

fn floats_in_snapshots(b: &Builder) -> usize {
    let t = &b.t;
    let count = |s: &crate::trace::ir::Snapshot| {
        t.slots
            .get(s.first as usize..s.first as usize + s.count as usize)
            .unwrap_or(&[])
            .iter()
            .filter(|x| t.class(x.value) == Some(Class::F))
            .count()
    };
    t.snaps.iter().map(count).max().unwrap_or(0)
}

/// The text form of a trace, with what belongs to the JIT as comments.
fn listing(b: &Builder, id: usize, r: &Recorder) -> Option<alloc::string::String> {
    use core::fmt::Write as _;
    let mut s = alloc::string::String::new();
    let kind = match r.kind {
        Kind::Root => "root",
        Kind::Side(_) => "side",
    };
    let name = crate::interp::attr::text(r.code.qualname);
    writeln!(s, "# trace {id} ({kind}) at instruction {} of {name}", r.pc).ok()?;
    for (at, ins) in b.t.ins.iter().enumerate().filter(|(_, ins)| ins.op.calls()) {
        write!(s, "# v{at} calls {}", Helper::name(ins.d).unwrap_or("?")).ok()?;
        let site = ins.operands().first().and_then(|x| b.konst_word(*x));
        let site = r.sites.iter().find(|x| site == Some(core::ptr::from_ref::<Site>(x) as usize as u64));
        writeln!(s, "{}{}", if site.is_some() { " for " } else { "" }, site.map_or("", |x| x.name())).ok()?;
    }
    for (at, state) in b.states.iter().enumerate() {
        writeln!(s, "# state {at}: instruction {} of frame {}, fuel {}", state.pc, state.node, state.fuel)
            .ok()?;
    }
    crate::trace::text::print(&b.t, &mut s).ok()?;
    Some(s)
}
