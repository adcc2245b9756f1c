//! Removes uops whose result nothing uses. Backward, once; a phi of a loop that only feeds itself goes too.

use super::FRESH;
use super::builder::{Build, Fail, clobber};
use crate::room::WithinRoom as _;
use crate::trace::ir::{Ref, Trace};
use crate::uop::{Effect, Uop};
use alloc::vec::Vec;

/// Turns unused uops into `Nop`. `used` is scratch.
pub fn run(t: &mut Trace, used: &mut Vec<bool>) -> Build<()> {
    used.clear();
    used.try_reserve(t.ins.len()).map_err(|_| Fail::NoMemory)?;
    used.fill_within(core::iter::repeat_n(false, t.ins.len()));
    // A phi's second operand is defined after it: it is marked when the phi is found to be used, which takes another round.
    let mut again = true;
    while again {
        again = false;
        for i in (0..t.ins.len()).rev() {
            let Some(ins) = t.ins.get(i).copied() else { continue };
            let phi = matches!(ins.op, Uop::PhiG | Uop::PhiF);
            let keeps = match ins.op.effect() {
                Effect::Pure | Effect::Load | Effect::CallPure | Effect::Checked => false,
                // It only makes an object.
                Effect::Call if ins.k & FRESH != 0 && ins.k & clobber::ALL == 0 => false,
                Effect::Control => {
                    !(phi || matches!(ins.op, Uop::InheritG | Uop::InheritF | Uop::Nop | Uop::LabelAddr))
                }
                _ => true,
            };
            if !keeps && used.get(i) != Some(&true) {
                continue;
            }
            for &r in ins.operands() {
                again |= mark(used, r, i);
            }
            if ins.op.exits() {
                for s in t.snapshot_slots(ins.snap) {
                    again |= mark(used, s.value, i);
                }
            }
            if let Some(u) = used.get_mut(i) {
                *u = true;
            }
        }
    }
    for (ins, used) in t.ins.iter_mut().zip(used.iter()) {
        if !used {
            *ins = crate::trace::ir::Ins::new(Uop::Nop, &[]);
        }
    }
    Ok(())
}

/// Marks a value as used; answers whether it is defined at or after `at` and was not marked before.
fn mark(used: &mut [bool], r: Ref, at: usize) -> bool {
    match r.as_ins().and_then(|i| used.get_mut(i).map(|u| (i, u))) {
        Some((i, u)) => {
            let news = !*u && i >= at;
            *u = true;
            news
        }
        None => false,
    }
}
