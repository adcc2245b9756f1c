//! Removes uops whose result nothing uses. Backward, once; a phi of a loop that only feeds itself goes too.

use super::FRESH;
use super::builder::{Build, Fail, clobber};
use crate::room::WithinRoom as _;
use crate::trace::ir::{Ins, Ref, SnapId, Trace};
use crate::uop::{Effect, Uop};
use alloc::vec::Vec;

/// Turns unused uops into `Nop`, but for those of the values in `keep`. `used` is scratch.
pub fn run(t: &mut Trace, keep: &[Ref], used: &mut Vec<bool>) -> Build<()> {
    used.clear();
    used.try_reserve(t.ins.len()).map_err(|_| Fail::NoMemory)?;
    used.fill_within(core::iter::repeat_n(false, t.ins.len()));
    for r in keep.iter().chain(t.passed.iter().map(|(r, _)| r)) {
        mark(used, *r, 0);
    }
    // A phi's second operand is defined after it: it is marked when the phi is found to be used, which takes another round.
    let mut again = true;
    while again {
        again = false;
        let mut seen = SnapId::NONE;
        for i in (0..t.ins.len()).rev() {
            let Some(ins) = t.ins.get(i) else { continue };
            let phi = matches!(ins.op, Uop::PhiG | Uop::PhiF);
            let keeps = match ins.op.effect() {
                Effect::Checked => raises(ins),
                Effect::Pure | Effect::Load | Effect::CallPure => false,
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
            if ins.op.exits() && ins.snap != seen {
                seen = ins.snap;
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
            *ins = Ins::new(Uop::Nop, &[]);
        }
    }
    close_phis(t);
    Ok(())
}

/// Whether a uop may leave for an instruction that raises, not only for a result that does not fit a word: that has to happen
/// whether or not the result is used. A constant divisor, or number of bits, is as good as it was in the recording.
fn raises(ins: &Ins) -> bool {
    match ins.op {
        Uop::FloorDivInt | Uop::ModInt | Uop::ShlInt | Uop::ShrInt => ins.args[1].as_konst().is_none(),
        Uop::FloatToInt => true,
        _ => false,
    }
}

/// Moves the phis that are left together, behind `LoopStart`.
pub(super) fn close_phis(t: &mut Trace) {
    let Some(start) = t.ins.iter().position(|i| i.op == Uop::LoopStart) else { return };
    let phi = |i: &Ins| matches!(i.op, Uop::PhiG | Uop::PhiF);
    let mut free = start + 1;
    while let Some(gap) = t.ins.iter().skip(free).position(|i| !phi(i)).map(|n| free + n)
        && let Some(at) = t.ins.iter().skip(gap).take_while(|i| phi(i) || i.op == Uop::Nop).position(phi)
    {
        let (from, to) = (Ref::ins(gap + at), Ref::ins(gap));
        t.ins.swap(gap, gap + at);
        let values =
            t.ins.iter_mut().flat_map(|i| &mut i.args).chain(t.slots.iter_mut().map(|s| &mut s.value));
        for r in values.filter(|r| **r == from) {
            *r = to;
        }
        free = gap + 1;
    }
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
