//! Loop peeling: a second iteration is made by sending the first through the optimizer again, with each value replaced
//! by what it is one iteration later (LuaJIT's copy-substitution, Mike Pall). What comes out equal does not vary: it
//! stands in the first iteration, before the loop. Values of the first iteration that the second uses and that do vary
//! become phis.
//!
//! Invariants: the first iteration ends where it began, with the state in `Builder::slots`; what the second iteration
//! assumes of a phi, its next value is known (or guarded, at the loop's end) to satisfy; so the third iteration equals
//! the second.

use super::builder::{Build, Builder, Fail, State, Ty, push};
use super::contract::Draft;
use crate::room::WithinRoom as _;
use crate::trace::ir::{Ins, Ref, SnapId, Trace};
use crate::uop::{Class, Uop};
use alloc::vec::Vec;

/// Scratch of a substitution: what each value of the first iteration is in the second.
#[derive(Debug, Default)]
pub struct Subst {
    to: Vec<Ref>,
    /// Registers at the end of the first iteration, and where that is.
    end: Vec<Ref>,
    head: State,
    /// Snapshots of the first iteration that have their copy.
    snaps: Vec<SnapId>,
    /// Which values of the first iteration are phis: index of the phi, or `NONE`.
    phi: Vec<Ref>,
    order: Vec<u32>,
    ins: Vec<Ins>,
    /// What a jump to the loop has to bring.
    pub draft: Draft,
}

/// Where a builder can be set back to.
#[derive(Clone, Copy, Debug)]
pub struct Mark {
    ins: usize,
    snaps: usize,
    slots: usize,
    states: usize,
    same: usize,
    epoch_known: bool,
}

impl Builder {
    /// The present length of everything.
    pub fn mark(&self) -> Mark {
        Mark {
            ins: self.t.ins.len(),
            snaps: self.t.snaps.len(),
            slots: self.t.slots.len(),
            states: self.states.len(),
            same: self.same.len(),
            epoch_known: self.epoch_known,
        }
    }
    /// Takes back what was added since; facts learned since must not be used any more.
    pub fn set_back(&mut self, m: Mark) {
        while self.t.ins.len() > m.ins {
            let (Some(x), Some(before)) = (self.t.ins.pop(), self.prev.pop()) else { break };
            if let Some(head) = self.chain.get_mut(x.op as usize) {
                *head = before;
            }
        }
        while self.mem.last().is_some_and(|a| a.at as usize >= m.ins) {
            self.mem.pop();
        }
        self.tys.truncate(m.ins);
        self.t.snaps.truncate(m.snaps);
        self.t.slots.truncate(m.slots);
        self.slot_tys.truncate(m.slots);
        self.states.truncate(m.states);
        self.same.truncate(m.same);
        self.know_epoch(m.epoch_known);
        self.state_changed();
    }
}

/// Makes the loop of a finished first iteration. The trace ends with `LoopEnd` then.
///
/// # Errors
/// [`Fail::Contradiction`] if the second iteration cannot look like the first (the builder is set back then).
pub fn peel(b: &mut Builder, s: &mut Subst) -> Build<()> {
    let mark = b.mark();
    b.start_leaning()?;
    let r = second(b, s, mark);
    b.leans.first = 0;
    if r.is_err() {
        b.set_back(mark);
        for (i, &e) in s.end.iter().enumerate() {
            if !e.is_none() {
                b.set_slot(i, e, true)?;
            }
        }
    }
    r
}

fn filled<T: Copy>(v: &mut Vec<T>, n: usize, x: T) -> Build<()> {
    v.clear();
    v.try_reserve(n).map_err(|_| Fail::NoMemory)?;
    v.fill_within(core::iter::repeat_n(x, n));
    Ok(())
}

fn second(b: &mut Builder, s: &mut Subst, mark: Mark) -> Build<()> {
    let n = mark.ins;
    filled(&mut s.to, n, Ref::NONE)?;
    filled(&mut s.snaps, mark.snaps, SnapId::NONE)?;
    filled(&mut s.end, b.slots.len(), Ref::NONE)?;
    for i in 0..b.slots.len() {
        if b.dirty.get(i) == Some(&true)
            && let (Some(r), Some(e)) = (b.slot(i), s.end.get_mut(i))
        {
            *e = r;
        }
    }
    let head = b.now;
    s.head = head;
    b.add(Ins::new(Uop::LoopStart, &[]))?;
    for i in 0..n {
        let Some(&ins) = b.t.ins.get(i) else { break };
        let to = copy(b, s, ins, i)?;
        if let Some(x) = s.to.get_mut(i) {
            *x = to;
        }
    }
    // The state at the loop's end, for guards there.
    b.now = head;
    b.state_changed();
    for i in 0..s.end.len() {
        if let Some(&e) = s.end.get(i)
            && !e.is_none()
        {
            let r = map(b, s, e);
            b.set_slot(i, r, true)?;
        }
    }
    find_phis(b, s, mark)?;
    b.add(Ins::new(Uop::LoopEnd, &[]))?;
    s.draft.begin(b, n, &s.to, &s.end, head)?;
    insert_phis(b, s, mark)
}

/// What a value of the first iteration is in the second.
fn map(b: &Builder, s: &Subst, r: Ref) -> Ref {
    let m = match r.as_ins().and_then(|i| s.to.get(i)) {
        Some(&to) if !to.is_none() => to,
        _ => r,
    };
    b.resolve(m)
}

fn copy(b: &mut Builder, s: &mut Subst, ins: Ins, at: usize) -> Build<Ref> {
    match ins.op {
        Uop::SlotLoad => {
            let slot = usize::try_from(ins.d / 8).unwrap_or(usize::MAX);
            return Ok(match s.end.get(slot) {
                Some(&e) if !e.is_none() => e,
                _ => Ref::ins(at),
            });
        }
        Uop::Nop => return Ok(Ref::NONE),
        // Inherited values stand before the loop of a trace, which roots have and side traces do not.
        Uop::InheritG | Uop::InheritF => return Ok(Ref::ins(at)),
        _ => {}
    }
    let mut new = ins;
    for r in new.args.iter_mut().take(ins.op.ins().len()) {
        *r = map(b, s, *r);
    }
    b.cached = if ins.snap == SnapId::NONE { None } else { Some(copy_snapshot(b, s, ins.snap)?) };
    b.emit(new)
}

fn copy_snapshot(b: &mut Builder, s: &mut Subst, snap: SnapId) -> Build<SnapId> {
    let at = snap.0 as usize;
    if let Some(&done) = s.snaps.get(at)
        && done != SnapId::NONE
    {
        return Ok(done);
    }
    let Some(&old) = b.t.snaps.get(at) else { return Err(Fail::Contradiction) };
    let Some(&state) = b.states.get(old.state as usize) else { return Err(Fail::Contradiction) };
    let first = b.t.slots.len() as u32;
    let (mut from, end) = (old.first as usize, old.first as usize + old.count as usize);
    // Both lists are in order of slots: those of the snapshot win over the first iteration's end.
    for slot in 0..s.end.len().max(super::builder::MAX_SLOTS) {
        let own = b.t.slots.get(from).filter(|x| from < end && x.slot as usize == slot).copied();
        if let Some(own) = own {
            from += 1;
            let r = map(b, s, own.value);
            b.add_snap_slot(slot, r)?;
        // What nothing reads from the loop's head on is of no use later, whatever an inlined call's caller seems to need.
        } else if let Some(&e) = s.end.get(slot)
            && !e.is_none()
            && b.is_live(state, slot)
            && b.is_live(s.head, slot)
        {
            let r = b.resolve(e);
            b.add_snap_slot(slot, r)?;
        } else if from >= end && slot >= s.end.len() {
            break;
        }
    }
    let new = b.finish_snapshot(first, state)?;
    if let Some(x) = s.snaps.get_mut(at) {
        *x = new;
    }
    Ok(new)
}

/// Finds the values that are phis, and makes sure that their next values are as good as they are.
fn find_phis(b: &mut Builder, s: &mut Subst, mark: Mark) -> Build<()> {
    filled(&mut s.phi, mark.ins, Ref::NONE)?;
    s.order.clear();
    for i in mark.ins..b.t.ins.len() {
        let Some(&ins) = b.t.ins.get(i) else { break };
        for &r in ins.operands() {
            note(s, r)?;
        }
    }
    for i in mark.slots..b.t.slots.len() {
        if let Some(x) = b.t.slots.get(i).copied() {
            note(s, x.value)?;
        }
    }
    let (mut done, mut scanned) = (0, b.t.slots.len());
    while let Some(&at) = s.order.get(done) {
        done += 1;
        let left = Ref::ins(at as usize);
        let right = next_value(b, s, left)?;
        if let Some(x) = s.to.get_mut(at as usize) {
            *x = right;
        }
        note(s, right)?;
        // Guards of `next_value` may have made a snapshot of the loop's end.
        while let Some(x) = b.t.slots.get(scanned).copied() {
            scanned += 1;
            note(s, x.value)?;
        }
    }
    Ok(())
}

/// Marks a value of the first iteration that varies. One that a guard of the second has found to be a constant does not: the
/// guard is for every iteration, and a phi would make two of the value at the head and of what the loop leaves alone.
fn note(s: &mut Subst, r: Ref) -> Build<()> {
    let Some(i) = r.as_ins() else { return Ok(()) };
    if s.to.get(i).is_none_or(|&to| to.is_none() || to == r) {
        return Ok(());
    }
    if let Some(x) = s.phi.get_mut(i)
        && x.is_none()
    {
        *x = r;
        push(&mut s.order, i as u32)?;
    }
    Ok(())
}

/// The next value of a phi in its class, guarded where less is known of it than of the phi.
fn next_value(b: &mut Builder, s: &Subst, left: Ref) -> Build<Ref> {
    let mut right = map(b, s, left);
    let (have, want) = (b.ty(right), b.ty(left));
    if b.class(left) == Class::F {
        if b.class(right) == Class::G {
            b.op(Uop::GuardFloat, &[right])?;
            right = b.op(Uop::UnboxFloat, &[right])?;
        }
        return Ok(right);
    }
    if b.class(right) == Class::F {
        right = b.op(Uop::BoxFloat, &[right])?;
        if !Ty::Float.implies(want) {
            return Err(Fail::Contradiction);
        }
        return Ok(right);
    }
    if have.implies(want) {
        return Ok(right);
    }
    if have.excludes(want) {
        return Err(Fail::Contradiction);
    }
    match want {
        Ty::Int => b.op(Uop::GuardInt, &[right])?,
        Ty::Float => b.op(Uop::GuardFloat, &[right])?,
        Ty::Bool => b.op(Uop::GuardBool, &[right])?,
        Ty::Ptr => b.op(Uop::GuardPtr, &[right])?,
        Ty::Shape(k) => b.op_dk(Uop::GuardShape, &[right], 0, k as u64)?,
        // Addresses and numbers of the runtime's: equal definitions give equal kinds.
        Ty::Raw | Ty::Any => Ref::NONE,
    };
    Ok(right)
}

/// Puts the phis behind `LoopStart` and lets the loop use them.
fn insert_phis(b: &mut Builder, s: &mut Subst, mark: Mark) -> Build<()> {
    let (n, m) = (mark.ins, s.order.len());
    s.order.sort_unstable();
    for (k, &at) in s.order.iter().enumerate() {
        if let Some(x) = s.phi.get_mut(at as usize) {
            *x = Ref::ins(n + 1 + k);
        }
    }
    let phi = &s.phi;
    let rename = |r: Ref| match r.as_ins() {
        Some(i) if i < n => match phi.get(i) {
            Some(p) if !p.is_none() => *p,
            _ => r,
        },
        Some(i) if i > n => Ref::ins(i + m),
        _ => r,
    };
    let t: &mut Trace = &mut b.t;
    s.ins.clear();
    s.ins.try_reserve(t.ins.len() + m).map_err(|_| Fail::NoMemory)?;
    s.ins.extend_within(t.ins.get(..=n).unwrap_or(&[]));
    for &at in &s.order {
        let left = Ref::ins(at as usize);
        let right = rename(s.to.get(at as usize).copied().unwrap_or(left));
        let class = t.class(left).unwrap_or(Class::G);
        let op = if class == Class::F { Uop::PhiF } else { Uop::PhiG };
        // The first value as the contract names it, whatever stands for it later.
        s.ins.push_within(Ins { d: at as i32, ..Ins::new(op, &[left, right]) });
    }
    for ins in t.ins.get(n + 1..).unwrap_or(&[]) {
        let mut new = *ins;
        for r in new.args.iter_mut().take(ins.op.ins().len()) {
            *r = rename(*r);
        }
        s.ins.push_within(new);
    }
    for x in t.slots.iter_mut().skip(mark.slots) {
        x.value = rename(x.value);
    }
    core::mem::swap(&mut t.ins, &mut s.ins);
    Ok(())
}
