//! Evaluates a trace in SSA form, one uop after the other: what every way of running it must agree with.
//!
//! It shares the bodies of uops with the emitters, and nothing else: no registers, no slots, no moves.

use super::portable::Machine;
use super::{EmitError, JitCtx};
use crate::room::WithinRoom as _;
use crate::trace::ir::{Ins, Loc, Ref, Trace};
use crate::uop::{Class, Uop};
use alloc::vec::Vec;

/// How a trace ended.
#[derive(Debug)]
pub struct Outcome {
    /// Number of the exit taken, counting the uops that have one.
    pub exit: usize,
    /// The bits of its snapshot's values.
    pub values: Vec<u64>,
    /// The bits of what it passes on, if it is the one at the end.
    pub passed: Vec<u64>,
    /// Uops done.
    pub steps: u64,
}

/// Evaluates `trace` until it exits, or `limit` uops were done (`None`). Inherited values are what `inherited` says of
/// their places.
///
/// # Errors
/// [`EmitError::NoMemory`], [`EmitError::Malformed`].
///
/// # Safety
/// `frame` and `ctx` are valid for what the trace does.
pub unsafe fn evaluate(
    trace: &Trace,
    frame: *mut u8,
    ctx: *mut JitCtx,
    inherited: &dyn Fn(Loc, Class) -> u64,
    limit: u64,
) -> Result<Option<Outcome>, EmitError> {
    let mut run = Run { trace, values: Vec::new(), machine: Machine::new(frame, ctx) };
    run.values.try_reserve(trace.ins.len()).map_err(|_| EmitError::NoMemory)?;
    run.values.fill_within(core::iter::repeat_n(0, trace.ins.len()));
    let mut at = 0;
    for steps in 0..limit {
        let ins = trace.ins.get(at).ok_or(EmitError::Malformed)?;
        let mut next = at + 1;
        match ins.op {
            Uop::InheritG | Uop::InheritF => {
                let class = ins.op.out().unwrap_or(Class::G);
                let loc = trace.inherited.get(ins.d as usize).ok_or(EmitError::Malformed)?;
                run.values[at] = inherited(*loc, class);
            }
            Uop::LoopStart => run.enter_phis(at, 0)?,
            Uop::LoopEnd => {
                next = trace.ins.iter().position(|i| i.op == Uop::LoopStart).ok_or(EmitError::Malformed)?;
                run.enter_phis(next, 1)?;
                next += 1;
            }
            // An address is the index of the label's uop here.
            Uop::LabelAddr => {
                let label = |i: &Ins| i.op == Uop::RetLabel && i.d == ins.d;
                run.values[at] = trace.ins.iter().position(label).ok_or(EmitError::Malformed)? as u64;
            }
            Uop::JumpReg => next = run.get(ins.args[0])? as usize,
            Uop::PhiG | Uop::PhiF | Uop::Nop | Uop::RetLabel => {}
            Uop::AddFrame | Uop::SetFrame => return Err(EmitError::Malformed),
            _ => {
                // SAFETY: the caller's promise.
                if !unsafe { run.body(at)? } {
                    return Ok(Some(run.outcome(at, steps)?));
                }
            }
        }
        at = next;
    }
    Ok(None)
}

struct Run<'a> {
    trace: &'a Trace,
    values: Vec<u64>,
    machine: Machine,
}

impl Run<'_> {
    fn get(&self, r: Ref) -> Result<u64, EmitError> {
        let value = match (r.as_ins(), r.as_konst()) {
            (Some(i), _) => self.values.get(i).copied(),
            (_, Some(k)) => self.trace.konsts.get(k).map(|k| k.bits),
            _ => None,
        };
        value.ok_or(EmitError::Malformed)
    }

    /// Gives the phis their values, all at once.
    fn enter_phis(&mut self, start: usize, which: usize) -> Result<(), EmitError> {
        let phis = self.trace.ins.iter().enumerate().skip(start + 1);
        let phis = phis.take_while(|(_, i)| matches!(i.op, Uop::PhiG | Uop::PhiF));
        let mut next = Vec::new();
        for (at, ins) in phis {
            next.try_reserve(1).map_err(|_| EmitError::NoMemory)?;
            next.push_within((at, self.get(ins.args[which])?));
        }
        for (at, x) in next {
            self.values[at] = x;
        }
        Ok(())
    }

    /// Does a uop. Answers whether it goes on.
    ///
    /// # Safety
    /// As `evaluate`.
    unsafe fn body(&mut self, at: usize) -> Result<bool, EmitError> {
        let ins = &self.trace.ins[at];
        if ins.op == Uop::Exit {
            return Ok(false);
        }
        let mut operands = [0; 3];
        for (to, r) in operands.iter_mut().zip(ins.operands()) {
            *to = self.get(*r)?;
        }
        // SAFETY: the caller's promise.
        let result = unsafe { self.machine.alone(ins.op, operands, ins.d, ins.k) };
        if let Some(x) = result {
            self.values[at] = x;
        }
        Ok(result.is_some())
    }

    fn outcome(&self, at: usize, steps: u64) -> Result<Outcome, EmitError> {
        let exit = self.trace.ins.iter().take(at).filter(|i| i.op.exits()).count();
        let slots = self.trace.snapshot_slots(self.trace.ins[at].snap);
        let mut values = Vec::new();
        values.try_reserve(slots.len()).map_err(|_| EmitError::NoMemory)?;
        for slot in slots {
            values.push_within(self.get(slot.value)?);
        }
        let last = at + 1 == self.trace.ins.len();
        let passing = if last { &*self.trace.passed } else { &[] };
        let mut passed = Vec::new();
        passed.try_reserve(passing.len()).map_err(|_| EmitError::NoMemory)?;
        for (value, _) in passing {
            passed.push_within(self.get(*value)?);
        }
        Ok(Outcome { exit, values, passed, steps })
    }
}
