//! Register allocation: from a trace in SSA form to uops with registers, in one pass each way.
//!
//! `liveness` walks the trace backward and notes for every value where it is used; `scan` walks it forward, keeps the
//! values that are used soonest in registers and evicts the one whose next use is furthest; `loops` chooses what a
//! loop keeps in registers and makes its end restore the state of its head; `moves` orders moves that happen at once.
//!
//! Invariants:
//! - A value has at most one register and at most one spill slot. A slot, once given, holds the value from its
//!   definition to its last use: the one store stands right after the definition (phis: at the loop's head; inherited
//!   values: at the trace's start). So evicting costs nothing at the place of eviction and no slot is stale.
//! - Slots are shared only by values whose lives (definition to last use; to the loop's end for what the loop needs
//!   again) do not overlap.
//! - At an exit the places of its values hold what was there before the uop: the result's register is none of them.
//! - Constants have no slot; they are loaded again where they are needed.
//!
//! `check` proves the result by other means; debug builds run it after every allocation.
#![forbid(unsafe_code)]

pub mod check;
mod liveness;
mod loops;
mod moves;
mod scan;

use crate::emit::{Allocated, EmitError, MAX_REGS, RegFile};
use crate::trace::ir::{Ref, Trace};
use crate::uop::{Class, Uop};
use alloc::vec::Vec;

/// Allocates registers for `trace`. Callers that compile more than one trace keep an [`Allocator`].
///
/// # Errors
/// [`EmitError::NoMemory`]; [`EmitError::OutOfRange`] if the spill slots are used up; [`EmitError::Malformed`] if the
/// trace breaks the invariants of `trace::ir`.
pub fn allocate(trace: &Trace, regs: RegFile, out: &mut Allocated) -> Result<(), EmitError> {
    Allocator::default().allocate(trace, regs, out)
}

/// Scratch memory of the allocator, kept from trace to trace.
#[derive(Debug, Default)]
pub struct Allocator {
    vals: Vec<Val>,
    uses: Vec<Use>,
    /// Positions of calls, last first.
    calls: Vec<u32>,
    /// Values from before the loop, and constants, that uops of the loop read.
    invariants: Vec<u32>,
    /// Inherited values: the value that stands for each (several may be in one place).
    alias: Vec<u32>,
    /// Per slot, the position after which it is free.
    busy: Vec<u32>,
    /// Uops and values that only their snapshots need still: those die there. Last first.
    dying: Vec<(u32, u32)>,
    moves: Vec<moves::Move>,
    state: moves::MoveState,
}

impl Allocator {
    /// Allocates registers for `trace`; `out` is overwritten.
    ///
    /// # Errors
    /// See [`allocate`].
    pub fn allocate(&mut self, trace: &Trace, regs: RegFile, out: &mut Allocated) -> Result<(), EmitError> {
        let fits = |n: u8, least: u8| n >= least && n as usize <= MAX_REGS;
        if !fits(regs.g, MIN_G)
            || !fits(regs.f, MIN_F)
            || trace.ins.len() + trace.konsts.len() >= NONE as usize / 4
        {
            return Err(EmitError::Malformed);
        }
        let shape = self.prepare(trace)?;
        scan::Scan::new(self, trace, regs, out, shape)?.run()?;
        if cfg!(debug_assertions) {
            let verdict = check::check(trace, regs, out);
            debug_assert!(verdict.is_ok(), "{verdict:?}");
        }
        Ok(())
    }
}

/// Fewest registers a file may have: the operands of any uop, at once.
pub const MIN_G: u8 = 3;
/// See [`MIN_G`].
pub const MIN_F: u8 = 2;

/// No position, no value, end of a list.
const NONE: u32 = u32::MAX;
/// No spill slot.
const NO_SLOT: u16 = u16::MAX;
/// Position of a use that does not come. Twice it is a number still.
const NEVER: u32 = u32::MAX / 2;

/// What is known of a value. Values are the uops' results, by the uop's index, and behind them the constants.
#[derive(Clone, Copy, Debug)]
struct Val {
    /// What follows its next use as an operand, in `uses`.
    next: u32,
    /// Position of its next use as an operand, `NEVER` if there is none.
    next_at: u32,
    /// Last use of any kind.
    last: u32,
    /// First use by a uop of the loop, for values from before it and constants.
    loop_first: u32,
    /// Index in the code of the uop that defines it.
    def_code: u32,
    slot: u16,
    /// How many uops of the loop read it, for values from before it and constants.
    loop_uses: u8,
    /// Whether the uop has no result.
    void: bool,
    reg: u8,
    /// Register it was defined in, which a spill store reads.
    def_reg: u8,
    /// Register its phi has at the loop's head.
    hint: u8,
    class: Class,
    /// Whether a spill store follows the definition.
    store: bool,
    /// Whether it is a constant.
    konst: bool,
    /// Whether the loop's head has it in a register.
    at_head: bool,
    /// Whether it is a phi that wants a register which calls keep.
    keep: bool,
    /// Whether its last use is by a snapshot.
    for_exit: bool,
}

/// What follows a use as an operand.
#[derive(Clone, Copy, Debug)]
struct Use {
    next: u32,
    /// Position of the use after it.
    at: u32,
}

/// What the backward walk finds out about the trace as a whole.
#[derive(Clone, Copy, Debug)]
struct Shape {
    /// Position of `LoopStart`, if the trace ends in `LoopEnd`.
    start: Option<usize>,
    /// First position after the phis.
    body: usize,
    /// Number of inherited values at the front.
    inherited: usize,
    /// Most values defined in the loop that are alive at once, by class.
    pressure: [u32; 2],
    /// Most values defined in the loop that are alive across a call in it, by class.
    crossing: [u32; 2],
    /// Position of the first call in the loop.
    first_call: u32,
}

/// What the allocator asks of a uop's row, at one place.
#[derive(Clone, Copy, Debug)]
struct Facts {
    /// Number of operands.
    operands: u8,
    /// Operands of class F, by bit.
    floats: u8,
    out: Option<Class>,
    exits: bool,
    calls: bool,
}

static FACTS: [Facts; Uop::COUNT] = {
    let none = Facts { operands: 0, floats: 0, out: None, exits: false, calls: false };
    let mut all = [none; Uop::COUNT];
    let mut i = 0;
    while i < Uop::COUNT {
        let op = Uop::ALL[i];
        let ins = op.ins();
        let mut n = 0;
        while n < ins.len() {
            if matches!(ins[n], Class::F) {
                all[i].floats |= 1 << n;
            }
            n += 1;
        }
        all[i].operands = n as u8;
        all[i].out = op.out();
        all[i].exits = op.exits();
        all[i].calls = op.calls();
        i += 1;
    }
    all
};

impl Facts {
    #[inline(always)]
    fn of(op: Uop) -> Facts {
        FACTS[op as usize]
    }
    #[inline(always)]
    fn class(self, n: usize) -> Class {
        if self.floats & 1 << n == 0 { Class::G } else { Class::F }
    }
}

const CLASSES: [Class; 2] = [Class::G, Class::F];

/// Whether the uop is a phi.
fn is_phi(op: Uop) -> bool {
    matches!(op, Uop::PhiG | Uop::PhiF)
}

/// The number of a value in `vals`.
fn value_index(r: Ref, uops: usize) -> Option<usize> {
    r.as_ins().or_else(|| r.as_konst().map(|k| uops + k))
}

#[cfg(test)]
mod tests;
