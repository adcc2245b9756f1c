//! The recorder: follows the interpreter instruction by instruction and builds a trace of what it does.
//!
//! Before each instruction the recorder sees the operands; it emits guards for what it assumes of them, then the
//! action, and says where the interpreter will be next. If it is somewhere else then, the recording ends.
//!
//! Invariants: all guards of an instruction stand before its first effect, with the state before it as their snapshot;
//! fuel is summed in `State::fuel` exactly where the interpreter charges it.

mod arguments;
mod begin;
mod build;
mod callees;
mod calls;
mod delegating;
mod exceptions;
mod finish;
mod generators;
mod helped;
mod intrinsics;
mod ints;
mod iterators;
mod loops;
mod objects;
mod operators;
mod patterns;
mod pushed;
mod text;
mod unroll;
mod values;
mod wrapped;

use super::{Abort, Failed, Jit, Site, constants, helpers};
use crate::bytecode::{Instr, Op};
use crate::heap::{Gc, HeapType};
use crate::interp::Rt;
use crate::interp::codeinst::empty_site;
use crate::interp::jit_hooks::Step;
use crate::interp::specialize;
use crate::object::Code;
use crate::object::func::SiteCache;
use crate::opt::GivenValues;
use crate::opt::builder::{Build, Builder, Fail, Ty, push};
use crate::trace::ir::Ref;
use crate::uop::{Effect, Uop};
use crate::value::Value;
use alloc::boxed::Box;
use alloc::vec::Vec;
use unroll::Unrolled;

/// Most frames of inlined calls.
pub(super) const MAX_INLINE: usize = 12;
/// Most instructions of a recording.
const MAX_STEPS: u32 = 1500;
/// Most back-edges of loops other than the trace's own.
const MAX_INNER: u32 = 2;
/// Side traces in a row that go round a loop without a trace.
const MAX_ROUND: u8 = 2;
/// Recordings of a loop that left it, before the loop has to become hot again for the next.
const MAX_LEFT: u8 = 3;

/// How a recording goes wrong, or comes to an end.
pub(super) enum Stop {
    /// It cannot be a trace.
    Abort(Abort),
    /// The trace ends before the present instruction, in an exit.
    Here,
    /// The trace has ended with a return to compiled code.
    Return,
    /// The trace has ended with a helper that left it: what follows in the trace is not reached by the same way.
    Left,
}
impl From<Fail> for Stop {
    fn from(f: Fail) -> Stop {
        Stop::Abort(f.into())
    }
}
type Rec<T> = Result<T, Stop>;

/// What a recording is for.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) enum Kind {
    /// The trace of an anchor.
    Root,
    /// A side trace of this exit.
    Side(u32),
}

/// A conditional jump that a helper decides, from before an instruction `next` to `target`.
#[derive(Clone, Copy)]
enum Branch {
    /// The helper has run the jump: whether it was taken.
    Jump { taken: Ref, next: u32, target: u32, i: Instr },
    /// The step of loop `i`: its item, or the end. The loop's state may be in memory.
    Step { step: Ref, next: u32, target: u32, i: Instr, in_memory: bool },
}

/// State of a recording.
pub(super) struct Recorder {
    kind: Kind,
    /// Where the recording began.
    code: Gc<Code>,
    pc: u32,
    root: *mut Value,
    /// Last instruction of the loop that a root trace is for.
    last: u32,
    /// A root trace for a function, not for a loop.
    function: bool,
    /// It has inlined a call of itself.
    recursed: bool,
    /// Where the interpreter has to be next.
    expect: (*mut Value, *const Instr),
    steps: u32,
    /// Step that made a slice last, and the slice.
    sliced: (u32, Ref),
    /// Iterations of inner loops that are not short.
    inner: u32,
    unrolled: Unrolled,
    /// Frames of generators, by bit, whose loop has gone round once.
    looped: u64,
    /// All fuel charged so far, and the checks that have to cover the rest.
    charged: u32,
    checks: Vec<(usize, u32)>,
    #[expect(clippy::vec_box, reason = "their addresses are in the code")]
    sites: Vec<Box<Site>>,
    roots: Vec<Value>,
    allocates: bool,
    /// Traces that the trace's calls jump to, in order; `None` is its own entry.
    links: Vec<Option<u16>>,
    /// While a call that was not inlined runs: the caller's frame and where it goes on.
    callee_runs: Option<(*mut Value, *const Instr)>,
    /// A function that should have a trace of its own.
    wants: Option<(Gc<Code>, u32)>,
    /// A jump whose way the next step shows.
    branch: Option<Branch>,
    /// After an instruction that a helper runs, which may raise or call: the instruction behind it.
    helped: Option<u32>,
    /// A helper may have used fuel: the rest has to be checked again.
    check_pending: bool,
    /// What is known of earlier recordings from here.
    failed: Failed,
    /// The parent's exit was that of a guard of a version, and none was guarded here yet.
    version_failed: bool,
    /// The epoch that it relies on.
    epoch: Option<u32>,
    /// Values of this root's loop that the parent had, by number in the loop's contract.
    given_of: Option<u16>,
    given: GivenValues,
    /// The parent's exit was taken since it could not go to a loop's body: it goes to the loop's trace's entry.
    met: bool,
    /// Uops that stand before those by which it makes sure that it can go to a loop's body.
    meets_at: usize,
    /// The parent's exit was that of a helper: its first instruction is not what the helper can do.
    missed: bool,
    /// Result of the next instruction, a mask, computed with the one before it.
    narrowed: Option<Ref>,
    scratch: SiteCache,
}

fn off(field: usize) -> i32 {
    field as i32
}

impl Recorder {
    fn new(kind: Kind, code: Gc<Code>, pc: u32, root: *mut Value) -> Recorder {
        Recorder {
            kind,
            code,
            pc,
            root,
            last: u32::MAX,
            function: false,
            recursed: false,
            expect: (root, core::ptr::null()),
            steps: 0,
            sliced: (0, Ref::NONE),
            inner: 0,
            unrolled: Unrolled::default(),
            looped: 0,
            charged: 0,
            checks: Vec::new(),
            sites: Vec::new(),
            roots: Vec::new(),
            allocates: false,
            links: Vec::new(),
            callee_runs: None,
            wants: None,
            branch: None,
            helped: None,
            failed: Failed::default(),
            version_failed: false,
            epoch: None,
            given_of: None,
            met: false,
            meets_at: usize::MAX,
            given: Vec::new(),
            missed: false,
            narrowed: None,
            check_pending: false,
            scratch: empty_site(0),
        }
    }

    /// The traces that it refers to by number: that of its exit, those that its calls jump to, and that of the loop whose
    /// values it was given.
    pub(super) fn refers_to<'a>(&'a self, table: &super::Table) -> impl Iterator<Item = u16> + use<'a> {
        let parent = match self.kind {
            Kind::Root => None,
            Kind::Side(exit) => table.exit(exit).map(|x| x.trace),
        };
        parent.into_iter().chain(self.given_of).chain(self.links.iter().copied().flatten())
    }

    /// The values that it keeps alive.
    pub(super) fn values(&self) -> impl Iterator<Item = Value> {
        let codes = [Some(self.code), self.wants.map(|w| w.0)].into_iter().flatten().map(|c| c.value());
        codes.chain(self.roots.iter().copied())
    }

    /// A helper's call with a site of the trace's own.
    #[expect(clippy::disallowed_methods, reason = "small, and bounded by the length of traces")]
    fn call_with(&mut self, b: &mut Builder, site: Site, helper: helpers::Helper, k: u64) -> Build<Ref> {
        let site = Box::new(site);
        let addr = core::ptr::from_ref::<Site>(&site) as usize as u64;
        push(&mut self.sites, site)?;
        let at = b.word(addr, Ty::Raw)?;
        let root = b.op_d(Uop::FrameAddr, &[], 0)?;
        self.allocates = true;
        b.op_dk(Uop::Call2, &[at, root], helper.at(), k)
    }

    #[expect(clippy::disallowed_methods, reason = "of fixed size, once for each VM in use")]
    fn install(jit: &mut Jit, mut r: Recorder) {
        r.failed = jit.failures(r.code.as_ptr() as usize, r.pc);
        jit.recorder = Some(Box::new(r));
    }
}

/// What one step works with.
pub(super) struct Ctx<'a> {
    rt: &'a mut Rt,
    b: &'a mut Builder,
    r: &'a mut Recorder,
    jit: *mut u8,
    table: &'a super::Table,
    churn: &'a mut Vec<(usize, u8)>,
    code: Gc<Code>,
    frame: *mut Value,
    /// Register 0 of the running frame, in words from the root's.
    base: u32,
    pc: u32,
    i: Instr,
}

/// Asks the interpreter something about the instruction at hand, which it takes to be the one before its pc.
fn behind<T>(rt: &mut Rt, ask: impl FnOnce(&mut Rt) -> T) -> T {
    let pc = rt.stack.pc;
    rt.stack.pc = pc.wrapping_add(1);
    let answer = ask(rt);
    rt.stack.pc = pc;
    answer
}

impl Jit {
    /// See [`crate::interp::jit_hooks::JitHooks::step`].
    pub(super) fn record_step(&mut self, rt: &mut Rt) -> Step {
        let Some(mut r) = self.recorder.take() else { return Step::Done };
        let jit: *mut u8 = core::ptr::from_mut(self).cast();
        let ended = match self.step_with(rt, &mut r, jit) {
            Ok(true) => {
                self.recorder = Some(r);
                return Step::More;
            }
            Ok(false) => Ok(()),
            Err(Stop::Here) if self.goes_round_in_sides(&r) => Err(Stop::Abort(Abort::InnerLoop)),
            Err(Stop::Here) => self.end_here(&mut r),
            Err(Stop::Return) => self.end_return(&mut r),
            Err(Stop::Left) => self.end_left(&mut r),
            Err(other) => Err(other),
        };
        let mut wants = r.wants;
        if let Err(Stop::Abort(why)) = ended {
            // That was the loop's last iteration. The next will be the first of another run.
            if why == Abort::LeftLoop && r.failed.count < MAX_LEFT {
                wants = Some((r.code, r.pc));
            }
            if matches!(why, Abort::Emit | Abort::Full) {
                self.ask_for_collection(rt);
            }
            self.finish_failed(*r, why);
        }
        if let Some((code, pc)) = wants {
            self.wanted(code, pc);
        }
        self.trim();
        Step::Done
    }

    /// Whether a recording has ended before an inner loop, and is one of several side traces in a row that only went round it:
    /// there would be more and more of them. The loop has to have a trace of its own first.
    fn goes_round_in_sides(&self, r: &Recorder) -> bool {
        match r.kind {
            Kind::Side(exit) => r.wants.is_some_and(|w| w.1 != 0) && self.fan_at(exit, r.pc) >= MAX_ROUND,
            Kind::Root => false,
        }
    }

    fn step_with(&mut self, rt: &mut Rt, r: &mut Recorder, jit: *mut u8) -> Rec<bool> {
        let (frame, at) = (rt.stack.frame, rt.stack.pc);
        if let Some((caller, back)) = r.callee_runs {
            if (frame.0, at) != (caller, back) {
                let waits = frame.0 >= caller && rt.waiting.wait(caller);
                return if waits { Ok(true) } else { Err(Stop::Abort(Abort::LeftFrame)) };
            }
            rt.waiting.end();
            r.callee_runs = None;
        }
        let Some(code) = frame.code() else { return Err(Stop::Abort(Abort::LeftFrame)) };
        let pc = code.index_of(at);
        if let Some(x) = r.branch.take() {
            let (Branch::Jump { next, target, .. } | Branch::Step { next, target, .. }) = x;
            if r.expect.0 != frame.0 || !(pc == next || pc == target) {
                return Err(Stop::Abort(Abort::Raised));
            }
            match x {
                Branch::Jump { taken, i, .. } => {
                    self.took_branch(taken, i, next, target, pc == target && target != next)?;
                }
                Branch::Step { step, i, in_memory, .. } => {
                    if in_memory {
                        self.reload([i.a(), i.a() + 1])?;
                    }
                    self.stepped(r, step, i, next, target, pc == target)?;
                }
            }
        } else if r.expect != (frame.0, at) {
            let Some(next) = r.helped else { return Err(Stop::Abort(Abort::Raised)) };
            // The helper left the trace. Where it does not, the interpreter goes on behind its instruction.
            self.builder.now.pc = next;
            self.builder.state_changed();
            return Err(Stop::Left);
        }
        r.helped = None;
        let b = &mut self.builder;
        b.now.pc = pc;
        b.state_changed();
        if core::mem::take(&mut r.check_pending) {
            r.check_fuel(b)?;
        }
        if r.steps > 0 || r.met {
            let home = b.now.node == 0 && code == r.code && pc == r.pc && !r.function;
            if home && r.kind == Kind::Root {
                if r.unrolled.leaves_home(&self.builder) && !r.failed.short {
                    return Err(Stop::Abort(Abort::Short));
                }
                self.close_loop(r)?;
                return Ok(false);
            }
            if r.kind == Kind::Root && b.now.node == 0 && (pc < r.pc || pc > r.last) {
                return Err(Stop::Abort(Abort::LeftLoop));
            }
            // SAFETY: `at` is an instruction of the running code.
            let here = unsafe { *at };
            // Where a function begins, its call is inlined. A place that waits to be recorded is executed as it is.
            if here.op_raw() == Op::EnterTrace as u16 && here.b() != super::RECORD && pc != 0 {
                if r.narrowed.is_some() {
                    // Half an instruction is done.
                    return Err(Stop::Abort(Abort::Unsupported));
                }
                self.link(r, code, pc, rt)?;
                return Ok(false);
            }
        }
        r.steps += 1;
        if r.steps > MAX_STEPS {
            return Err(Stop::Abort(Abort::TooLong));
        }
        let base = self.builder.nodes.get(self.builder.now.node as usize).map_or(0, |n| n.base);
        let i = code.original_at(pc);
        let mut c = Ctx {
            rt,
            b: &mut self.builder,
            r,
            jit,
            table: &self.table,
            churn: &mut self.churn,
            code,
            frame: frame.0,
            base,
            pc,
            i,
        };
        let before = c.b.t.ins.len();
        c.instruction()?;
        let guarded = |b: &Builder| b.t.ins.iter().skip(before).any(|x| x.op.effect() == Effect::Guard);
        if i.op().is_some_and(unroll::is_conditional) && (r.branch.is_some() || guarded(&self.builder)) {
            r.unrolled.forked();
        }
        Ok(true)
    }

    /// A recording is given up.
    pub(super) fn finish_failed(&mut self, r: Recorder, why: Abort) {
        self.abort(why);
        self.log_abort(&r, why);
        // What cannot be recorded first cannot be the next time.
        if let Kind::Side(exit) = r.kind
            && (why, r.steps) == (Abort::Unsupported, 1)
            && let Some(x) = self.table.exit_mut(exit)
        {
            x.kind = super::ExitKind::Stays;
        }
        if r.recursed && why == Abort::NotRecursive {
            self.note_shallow(r.code.as_ptr() as usize, r.pc);
        } else if r.kind == Kind::Root {
            let (code, pc) = (r.code.as_ptr() as usize, r.pc);
            if why == Abort::Short {
                return self.note_short(code, pc);
            }
            // What only came at a bad time is tried again sooner: a recursive function begun where it calls itself no more,
            // which half of all its calls are, and what waits for that function's trace.
            use Abort::*;
            let bad_time = matches!(why, LeftLoop | InnerLoop | Raised | Yields | Moved | NotRecursive);
            let bad_time = bad_time || r.wants.is_some();
            self.note_failure(code, pc, if bad_time { 1 } else { 4 });
        }
    }
}

impl Jit {
    /// After a jump that a helper decided: goes on only if it goes the same way, and takes what it wrote.
    fn took_branch(&mut self, branch: Ref, i: Instr, next: u32, target: u32, taken: bool) -> Rec<()> {
        if i.op() == Some(Op::ForLoop) {
            self.reload([i.a(), i.a() + 1, i.a() + 2, i.b()])?;
        }
        let b = &mut self.builder;
        // Where it goes the other way, the registers are the same and only the place differs.
        b.now.pc = if taken { next } else { target };
        b.state_changed();
        let k = b.value(Value::bool(taken))?;
        b.op(Uop::GuardEq, &[branch, k])?;
        Ok(())
    }

    /// Registers that a helper has written in memory.
    fn reload<const N: usize>(&mut self, registers: [u16; N]) -> Rec<()> {
        let b = &mut self.builder;
        let base = b.nodes.get(b.now.node as usize).map_or(0, |n| n.base) as usize;
        for r in registers {
            let at = base + r as usize;
            let v = b.add_slot_load(at)?;
            b.set_slot(at, v, true)?;
        }
        Ok(())
    }

    /// After the step of a loop over a built-in iterator: goes on only if there is an item, or none, as there was.
    fn stepped(
        &mut self,
        r: &mut Recorder,
        step: Ref,
        i: Instr,
        next: u32,
        target: u32,
        more: bool,
    ) -> Rec<()> {
        let b = &mut self.builder;
        r.charge(b, -(i.imm_c() as i64) as u32);
        let item = b.nodes.get(b.now.node as usize).map_or(0, |n| n.base) as usize + i.b() as usize;
        let end = b.word(helpers::END, Ty::Raw)?;
        b.now.pc = if more { next } else { target };
        b.state_changed();
        if more {
            b.op(Uop::GuardNe, &[step, end])?;
            b.set_slot(item, step, true)?;
            return Ok(());
        }
        // Where there is an item, the loop goes on with it.
        let before = match b.slot(item) {
            Some(x) => x,
            None => b.add_slot_load(item)?,
        };
        b.set_slot(item, step, true)?;
        b.op(Uop::GuardEq, &[step, end])?;
        b.set_slot(item, before, true)?;
        Ok(())
    }

    /// Notes for listings where a recording was given up.
    fn log_abort(&mut self, r: &Recorder, why: Abort) {
        use core::fmt::Write as _;
        if !self.config.listings {
            return;
        }
        let node = self.builder.nodes.get(self.builder.now.node as usize);
        // SAFETY: the recording keeps its codes alive.
        let code: Option<Gc<Code>> = node.map(|n| unsafe { Gc::from_ptr(n.code as *mut Code) });
        let name = |c: Gc<Code>| crate::interp::attr::text(c.qualname);
        let _ = writeln!(
            self.log,
            "given up: {} at instruction {} of {}; recording from {} of {} after {} instructions",
            Abort::TEXTS.get(why as usize).copied().unwrap_or(""),
            self.builder.now.pc,
            code.map_or("?", name),
            r.pc,
            name(r.code),
            r.steps,
        );
    }
}

impl Ctx<'_> {
    /// The value in a register now.
    fn val(&self, r: u16) -> Value {
        // SAFETY: operands of verified code are registers of the running frame.
        unsafe { *self.frame.add(r as usize) }
    }
    /// The trace's value of a register.
    fn get(&mut self, r: u16) -> Build<Ref> {
        let at = self.base as usize + r as usize;
        if let Some(x) = self.b.slot(at) {
            return Ok(self.b.resolve(x));
        }
        let x = match self.constant(r) {
            Some(v) => self.konst(v)?,
            None => self.b.op_d(Uop::SlotLoad, &[], at as i32 * 8)?,
        };
        self.b.set_slot(at, x, false)?;
        Ok(x)
    }
    /// The constant that a register is known to hold.
    fn constant(&self, r: u16) -> Option<Value> {
        let node = self.b.nodes.get(self.b.now.node as usize)?;
        constants::constant(&self.code, &self.b.live.get(node.live as usize)?.konsts, r, self.pc)
    }
    /// Sets a register.
    fn set(&mut self, r: u16, x: Ref) -> Build<()> {
        self.b.set_slot(self.base as usize + r as usize, x, true)
    }
    /// Says that the interpreter will be at instruction `pc` of this frame next.
    fn expect(&mut self, pc: u32) {
        // SAFETY: every jump of verified code lands on an instruction.
        self.r.expect = (self.frame, unsafe { self.code.instrs.get().add(pc as usize) });
    }
    fn next(&mut self) -> Rec<()> {
        self.expect(self.pc + 1);
        Ok(())
    }
    fn jump(&mut self, offset: i64) -> Rec<()> {
        self.expect((self.pc as i64 + 1 + offset) as u32);
        Ok(())
    }
    /// The form that the interpreter would choose for the operands seen now, its cache in `r.scratch`.
    fn form(&mut self) -> Option<Op> {
        let i = self.i;
        let op = i.op()?;
        let at = if matches!(op, Op::LoadGlobal | Op::StoreGlobal) { i.b() } else { i.c() };
        let site = self.code.sites().get(at as usize);
        self.r.scratch.name = site.map_or(Value::UNBOUND, |s| s.name);
        self.r.scratch.shape = SiteCache::NO_SHAPE;
        let cache = &mut self.r.scratch;
        behind(self.rt, |rt| specialize::choose_for(rt, i, cache))
    }
    /// A constant, which stays alive as long as the trace. The shape of a built-in object never changes.
    fn konst(&mut self, v: Value) -> Build<Ref> {
        self.r.keep(v)?;
        let r = self.b.value(v)?;
        let shape = v.shape();
        if shape < crate::heap::Shapes::FIRST {
            self.b.know(r, Ty::Shape(shape));
        }
        Ok(r)
    }
    /// The constant that `x` is, if it is one of that built-in type.
    fn known_object<T: HeapType>(&self, x: Ref) -> Option<Gc<T>> {
        let v = Value::from_bits(self.b.konst_word(x)?);
        if self.b.ty(x) == Ty::Shape(T::KIND as u32) { v.exact() } else { None }
    }

    /// Records the instruction at hand.
    fn instruction(&mut self) -> Rec<()> {
        let i = self.i;
        let Some(op) = i.op() else { return Err(Stop::Here) };
        if core::mem::take(&mut self.r.missed) {
            return self.missed(op);
        }
        if let Some(done) = self.exception_op(op)? {
            return Ok(done);
        }
        use Op::*;
        match op {
            Nop => return self.next(),
            Move | MoveChecked => {
                if op == MoveChecked && self.val(i.b()).is_unbound() {
                    return Err(Stop::Here);
                }
                let x = self.get(i.b())?;
                if op == MoveChecked {
                    self.guard_bound(x)?;
                }
                self.set(i.a(), x)?;
                return self.next();
            }
            CheckBound => {
                if self.val(i.a()).is_unbound() {
                    return Err(Stop::Here);
                }
                let x = self.get(i.a())?;
                self.guard_bound(x)?;
                return self.next();
            }
            ClearLocal => {
                let x = self.konst(Value::UNBOUND)?;
                self.set(i.a(), x)?;
                return self.next();
            }
            LoadConst => {
                let v = self.code.consts().get(i.b() as usize).copied().unwrap_or(Value::NONE);
                let x = self.konst(v)?;
                self.set(i.a(), x)?;
                return self.next();
            }
            LoadInt => {
                let x = self.b.int(i.imm_b() as i64)?;
                self.set(i.a(), x)?;
                return self.next();
            }
            LoadNone => {
                let x = self.b.value(Value::NONE)?;
                self.set(i.a(), x)?;
                return self.next();
            }
            Jump => return self.jump(i.offset32() as i64),
            JumpBack => return self.jump_back(i.offset32() as i64),
            JumpIf | JumpIfNot => return self.jump_if(op),
            JumpIfNone | JumpIfNotNone => return self.jump_none(op),
            Is | IsNot => {
                let (x, y) = (self.get(i.b())?, self.get(i.c())?);
                let r = self.b.op(if op == Is { Uop::EqWord } else { Uop::NeWord }, &[x, y])?;
                self.set(i.a(), r)?;
                return self.next();
            }
            Not => return self.not(),
            Return => {
                let x = self.get(i.a())?;
                return self.ret(x);
            }
            ReturnNone => {
                let x = self.b.value(Value::NONE)?;
                return self.ret(x);
            }
            GetIter => return self.get_iter(),
            Yield | YieldFrom => return self.yield_value(),
            Send => return self.send(),
            GetYieldFromIter => return self.yield_from_iter(),
            MakeGenerator => return self.make_generator(),
            ForLoop => return self.for_loop(),
            UnpackEx => return self.unpack_ex(),
            CopyFree => return self.copy_free(),
            MakeFunction => return self.make_function(),
            LoadCell | StoreCell => return self.cell(op),
            ListAppend => return self.list_append(),
            SetAdd | MapAdd => return self.comprehended(op),
            ListExtend | DictMerge | BuildMap => return self.display(op),
            BuildTuple => return self.build_tuple(),
            BuildList => return self.build_list(),
            BuildSlice => return self.build_slice(),
            GetSlice => return self.get_slice(),
            SetSlice => return self.set_slice(),
            MakeCell => return self.make_cell(),
            Truth => return self.truth(),
            WithEnter => return self.with_enter(),
            And | IAnd if self.r.narrowed.is_some() => {
                if let Some(x) = self.r.narrowed.take() {
                    self.set(i.a(), x)?;
                }
                return self.next();
            }
            _ => {}
        }
        if let Some(done) = self.narrowed(op)? {
            return Ok(done);
        }
        if matches!(op, GetItem | SetItem)
            && let Some(done) = self.subscript(op)?
        {
            return Ok(done);
        }
        if let Some(done) = self.guest_key(op)? {
            return Ok(done);
        }
        let Some(form) = self.form() else {
            if crate::interp::cont::cmp_op(op).is_some()
                && let Some(done) = self.comparison(op)?
            {
                return Ok(done);
            }
            if matches!(op, Call | CallMethod | CallKw | CallMethodKw | CallEx) {
                return self.call_value(op);
            }
            if matches!(op, In | NotIn)
                && let Some(done) = self.contained_in()?
            {
                return Ok(done);
            }
            if matches!(op, LoadAttr | LoadMethod)
                && let Some(done) = self.wrapped_attr(op)?
            {
                return Ok(done);
            }
            if op == LoadAttr
                && let Some(done) = self.own_getattribute()?
            {
                return Ok(done);
            }
            if let Some(done) = self.number_op(op)? {
                return Ok(done);
            }
            return match self.int_operator(op)? {
                Some(done) => Ok(done),
                None => self.generic(),
            };
        };
        self.specialized(op, form)
    }

    pub(super) fn guard_bound(&mut self, x: Ref) -> Build<()> {
        let unbound = self.b.value(Value::UNBOUND)?;
        self.b.op(Uop::GuardNe, &[x, unbound])?;
        Ok(())
    }

    fn specialized(&mut self, op: Op, form: Op) -> Rec<()> {
        if let Some(done) = self.arithmetic(form)? {
            return Ok(done);
        }
        if let Some(done) = self.comparison(op)? {
            return Ok(done);
        }
        use Op::*;
        match form {
            LoadGlobalModule | LoadGlobalBuiltin => self.load_global(form),
            StoreGlobalModule => self.store_global(),
            LoadAttrSlot | LoadAttrOverflow => self.load_slot(form),
            LoadAttrClass | LoadAttrMethod => self.load_class_attr(form),
            LoadAttrType | LoadAttrModule => self.load_static_attr(form),
            LoadAttrProperty => self.property(),
            StoreAttrSlot | StoreAttrAdd | StoreAttrOverflow => self.store_slot(form),
            StoreAttrType => self.store_type(),
            LoadMethodShape => self.load_method(),
            LoadMethodType | LoadMethodModule => self.load_method_free(form),
            LoadSuperMethodCached => self.super_method(),
            GetItemListInt | GetItemTupleInt => self.get_item(form),
            GetItemDict => self.get_item_dict(),
            GetItemStrInt => self.get_letter(),
            SetItemListInt => self.set_item(),
            SetItemDict => self.set_item_dict(),
            GetItemListSlice => self.list_slice(),
            AddList => self.add_list(),
            InDict | InSet | InStr | InItems | NotInDict | NotInSet | NotInStr | NotInItems => {
                self.membership(form)
            }
            UnpackTuple | UnpackList => self.unpack(form),
            AddStr => self.add_str(),
            CallPy | CallMethodPy | CallMethodFree => self.call_py(form),
            CallPyDefaults | CallMethodPyDefaults | CallAny | CallMethodAny => self.call_value(op),
            CallPlainClass => self.call_plain_class(),
            CallClassInit => self.call_class(),
            BinGuest => self.bin_guest(),
            CallLen => self.call_len(),
            CallIsInstance => self.call_isinstance(),
            CallType1 => self.call_type1(),
            CallNative | CallMethodNative | CallMethodFreeNative => self.call_native(form),
            CallBuiltinType => self.call_builtin_type(),
            CallMethodAppend => self.call_append(),
            CallNext | CallMethodSend => self.call_generator(form),
            _ if matches!(op, Call | CallMethod) => self.call_builtin(op),
            _ => self.generic(),
        }
    }
}
