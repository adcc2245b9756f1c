//! What the interpreter asks of a JIT, so that it need not know one.
//!
//! Invariant: `Rt::jit` is empty while a hook runs; the hook has the JIT.

use super::Rt;
use crate::exit::Exit;
use crate::heap::{Gc, Marker};
use crate::object::Code;

/// How the interpreter goes on after an `EnterTrace`.
#[derive(Clone, Copy, Debug)]
pub enum Entered {
    /// From the frame and pc in `Rt::stack`.
    Go,
    /// With the generic form of the instruction before `Rt::stack.pc`.
    Slow,
    /// With this exit of the instruction before `Rt::stack.pc`.
    Exit(Exit),
    /// As `Go`, recording.
    Record,
}

/// Whether recording goes on.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Step {
    /// It does.
    More,
    /// It ended, one way or the other.
    Done,
}

/// What a recording waits for: that calls it did not follow come back to the frame that made them.
#[cfg(feature = "speed")]
#[cfg_attr(not(feature = "jit"), allow(dead_code, reason = "without the recording loop no recording waits"))]
#[derive(Clone, Copy, Debug)]
pub struct Waiting {
    /// Address of that frame, or the last one there is.
    caller: usize,
    /// Instructions that the recording will wait for yet, in all.
    left: u32,
    /// Instructions that recordings have waited for.
    all: u64,
}

#[cfg(feature = "speed")]
#[cfg_attr(not(feature = "jit"), allow(dead_code, reason = "as above"))]
impl Waiting {
    /// Instructions that a recording waits for at most.
    const MOST: u64 = 200_000;
    /// Instructions that may always be waited for, and beyond them, one of how many: they are slower than others, and often in
    /// vain.
    const FREE: u64 = 100_000;
    const ONE_OF: u64 = 64;

    /// Before the first recording.
    pub(crate) const fn new() -> Waiting {
        Waiting { caller: usize::MAX, left: 0, all: 0 }
    }
    /// A recording begins; `fuel` was used so far.
    pub(crate) fn begin(&mut self, fuel: u64) {
        let may = (Waiting::FREE + fuel / Waiting::ONE_OF).saturating_sub(self.all).min(Waiting::MOST);
        (self.caller, self.left) = (usize::MAX, may as u32);
        self.all += may;
    }
    /// The recording is over.
    pub(crate) fn give_back(&mut self) {
        self.all -= core::mem::take(&mut self.left) as u64;
    }
    /// An instruction later, what frames above `caller` do is waited for still. Answers false if that is too long.
    pub(crate) fn wait(&mut self, caller: *mut crate::value::Value) -> bool {
        self.caller = caller as usize;
        self.left = self.left.saturating_sub(1);
        self.left > 0
    }
    /// The wait is over.
    pub(crate) fn end(&mut self) {
        self.caller = usize::MAX;
    }
    /// Whether an instruction of this frame is none of the recording's, which need not be told of it.
    #[inline(always)]
    pub(crate) fn passes(&mut self, frame: *mut crate::value::Value) -> bool {
        let passes = frame as usize > self.caller && self.left > 0;
        self.left -= passes as u32;
        passes
    }
}

/// Writes machine code, which lies at an address, as text.
pub type Disassemble<'a> = dyn FnMut(&[u8], u64, &mut dyn core::fmt::Write) + 'a;

/// Takes the address, length and name of a piece of machine code.
pub type Piece<'a> = dyn FnMut(u64, usize, core::fmt::Arguments<'_>) + 'a;

/// See the module.
pub trait JitHooks: Send {
    /// Words of stack that a trace may use from the running frame on.
    fn stack_room(&self) -> usize;
    /// An instruction is hot: recording should begin there. Answers whether an `EnterTrace` was put there.
    fn hot(&mut self, code: Gc<Code>, pc: u32) -> bool;
    /// An `EnterTrace` was executed; `Rt::stack.pc` is the next instruction.
    fn enter(&mut self, rt: &mut Rt, id: u16) -> Entered;
    /// While recording: the instruction at `Rt::stack.pc` is about to be executed.
    fn step(&mut self, rt: &mut Rt) -> Step;
    /// The interpreter leaves its loop or handles an exception: a recording ends.
    fn give_up(&mut self);
    /// Reports what it refers to whichever code lives on: what a recording refers to, and what was set aside.
    fn trace_roots(&self, m: &mut Marker);
    /// Reports what traces refer to that can be run, as far as is known now: those whose code was reached, and those that
    /// they jump to. Asked again until it answers that there are no more.
    fn trace_traces(&mut self, m: &mut Marker) -> bool;
    /// A collection is over: traces that were not reported are gone.
    fn collected(&mut self, rt: &mut Rt);
    /// Counters.
    fn stats(&self) -> JitStats;
    /// Calls `piece` with the address and length of each trace's machine code, and a name that tells its source line.
    fn pieces(&self, piece: &mut Piece<'_>);
    /// Listings of traces, if they are kept. `machine` makes text of code and the address it lies at.
    fn listing(&self, out: &mut dyn core::fmt::Write, machine: &mut Disassemble<'_>);
}

/// Room for the reasons why recordings are given up.
pub const ABORTS: usize = 19;

/// Counters.
#[derive(Clone, Copy, Debug, Default)]
pub struct JitStats {
    /// Traces compiled, side traces included.
    pub traces: u64,
    /// Side traces compiled.
    pub side_traces: u64,
    /// Nanoseconds from the end of a recording to linked code: all, median, and 99th percentile. 0 without a clock.
    pub compile_ns_total: u64,
    /// See `compile_ns_total`.
    pub compile_ns_median: u64,
    /// See `compile_ns_total`.
    pub compile_ns_p99: u64,
    /// See `compile_ns_total`: what a tenth of the traces took at most, two tenths, and so on to nine tenths.
    pub compile_ns_deciles: [u64; 9],
    /// Bytes of machine code in use.
    pub code_bytes: u64,
    /// Bytes of memory that traces take, their machine code included.
    pub trace_bytes: u64,
    /// Traces whose code and memory were given back.
    pub freed: u64,
    /// Traces that were given up because they were left too soon.
    pub retired: u64,
    /// Links to a loop's body.
    pub to_bodies: u64,
    /// Traces that were unlinked because a class or dict is not as it was when they were made.
    pub invalidated: u64,
    /// Times machine code was entered from the interpreter.
    pub entered: u64,
    /// Times it was left to the interpreter.
    pub exits_taken: u64,
    /// Exits of compiled traces.
    pub exits: u64,
    /// Guards recorded (before optimization), and left in compiled code.
    pub guards_recorded: u64,
    /// Guards left in compiled code.
    pub guards_left: u64,
    /// Recordings that did not become a trace, by reason.
    pub aborted: [u64; ABORTS],
}
