//! Forms with immediates: a constant operand that fits in the instruction needs no register. The last pass before
//! register allocation; uops keep their numbers.
//!
//! Invariant: every uop does what it did before.

use super::ir::{Ins, Ref, Trace};
use crate::uop::{Class, Uop};

/// Replaces uops by their forms with an immediate.
pub fn run(t: &mut Trace) {
    for at in 0..t.ins.len() {
        let Some(&ins) = t.ins.get(at) else { break };
        if let Some(new) = form(t, &ins)
            && let Some(ins) = t.ins.get_mut(at)
        {
            *ins = new;
        }
    }
}

/// A constant word.
fn word(t: &Trace, r: Ref) -> Option<u64> {
    t.konsts.get(r.as_konst()?).filter(|k| k.class == Class::G).map(|k| k.bits)
}

/// A constant that is one operand more than `more` from fitting into an immediate.
fn immediate(t: &Trace, r: Ref, more: i64) -> Option<i32> {
    i32::try_from((word(t, r)? as i64).checked_add(more)?).ok()
}

fn form(t: &Trace, ins: &Ins) -> Option<Ins> {
    use Uop::*;
    let [x, y, z] = ins.args;
    let (left, right) = (immediate(t, x, 0), immediate(t, y, 0));
    let negative = right.and_then(i32::checked_neg);
    let stored = |op, x, k| Some(Ins { op, args: [x, Ref::NONE, Ref::NONE], k: word(t, k)?, ..*ins });
    let one = |op, x, d| Some(Ins { op, args: [x, Ref::NONE, Ref::NONE], d, ..*ins });
    match (ins.op, left, right) {
        (AddInt, None, Some(d)) => one(AddIntK, x, d),
        (AddInt, Some(d), None) => one(AddIntK, y, d),
        (AddIntN, None, Some(d)) => one(AddIntNK, x, d),
        (AddIntN, Some(d), None) => one(AddIntNK, y, d),
        (SubInt, None, _) => one(AddIntK, x, negative?),
        (SubIntN, None, _) => one(AddIntNK, x, negative?),
        (MulInt, None, _) => one(MulIntK, x, number(t, y)?),
        (MulIntN, None, _) => one(MulIntNK, x, number(t, y)?),
        // Both leave where the result does not fit.
        (ShlInt, None, _) => one(MulIntK, x, power(t, y)?),
        (ShlIntN, None, _) => one(MulIntNK, x, power(t, y)?),
        (ShrIntN, None, _) => one(ShrIntNK, x, number(t, y)? & 63),
        (GuardEq, None, Some(d)) => one(GuardEqK, x, d),
        (GuardEq, Some(d), None) => one(GuardEqK, y, d),
        (GuardNe, None, Some(d)) => one(GuardNeK, x, d),
        (GuardNe, Some(d), None) => one(GuardNeK, y, d),
        (GuardLt, None, Some(d)) => one(GuardLtK, x, d),
        (GuardLe, Some(d), None) => one(GuardGeK, y, d),
        (GuardLe, None, Some(_)) => one(GuardLtK, x, immediate(t, y, 1)?),
        (GuardLt, Some(_), None) => one(GuardGeK, y, immediate(t, x, 1)?),
        (GuardUlt, Some(0..), None) if is_length(t, y) => one(GuardGeK, y, immediate(t, x, 1)?),
        (GuardUlt, None, Some(d @ 0..)) => one(GuardUltK, x, d),
        (SlotStore, Some(0..), _) => stored(SlotStoreK, Ref::NONE, x),
        (Store, None, Some(0..)) => stored(StoreK, x, y),
        // An index is shifted as far as words are wide.
        (ElemLoad, _, Some(d)) => one(Load, x, ins.d.checked_add(d)?),
        (ElemStore, _, Some(d)) => {
            Some(Ins { op: Store, args: [x, z, Ref::NONE], d: ins.d.checked_add(d)?, ..*ins })
        }
        _ => None,
    }
}

/// The number that a constant int is, if it fits into an immediate.
fn number(t: &Trace, r: Ref) -> Option<i32> {
    i32::try_from(word(t, r)? as i64 >> 3).ok()
}
/// Two to the power of a constant int, if it fits into an immediate.
fn power(t: &Trace, r: Ref) -> Option<i32> {
    number(t, r).filter(|n| (0..=30).contains(n)).map(|n| 1 << n)
}

/// Whether a value is a length, which is not negative.
fn is_length(t: &Trace, r: Ref) -> bool {
    r.as_ins().and_then(|i| t.ins.get(i)).is_some_and(|i| matches!(i.op, Uop::LoadLen | Uop::LoadLen32))
}
