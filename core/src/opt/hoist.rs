//! Checks of indices that a loop makes again and again, made once before it.
//!
//! An index `i + c` that is known to be below `n + c` is below a length if `n + c` is not above that; an item of a range
//! lies between the range's bounds, and a counter that only grows is not below what it was before the loop. If bound and
//! length do not vary, a guard before the loop takes the place of that in
//! it. It leaves where the loop begins, so it may fail though the loop would have come to its end: the side trace that
//! grows there makes the iterations one by one.
//!
//! Invariant: what is put before the loop uses only what stands before it, and leaves with the snapshot of the check for
//! events that stands there, behind which nothing happens.

use super::builder::{Build, Builder, Fail, MAX_INS, Ty, load, push};
use super::ranges::{RANGE_ITEM, Ranges};
use super::span::Span;
use crate::object::Range;
use crate::room::WithinRoom as _;
use crate::trace::ir::{Ins, Ref, SnapId, Trace};
use crate::uop::Uop;
use alloc::vec::Vec;
use core::mem::offset_of;

/// Most uops put before a loop.
const MOST: usize = 24;

/// Bounds of a range that a value is an item of.
#[derive(Clone, Copy, Debug)]
pub(super) struct Bounds {
    pub start: Ref,
    pub stop: Ref,
    pub step: Ref,
    /// Whether it goes up.
    pub up: bool,
}

/// The snapshot of uops that are put before the loop at `start`: that of the last check for events.
pub(super) fn place(t: &Trace, start: usize) -> Option<SnapId> {
    let last = t.ins.get(..start)?.iter().rev().find(|i| i.op != Uop::Nop)?;
    matches!(last.op, Uop::Poll | Uop::GuardFlag).then_some(last.snap)
}

/// Puts the hoisted uops before the loop. They name each other by numbers from the trace's length on.
pub(super) fn insert(t: &mut Trace, s: &mut Ranges) -> Build<()> {
    insert_at(t, s.start, &mut s.hoisted, &mut s.relied)
}

/// Puts `new` uops before uop `start`. They name each other by numbers from the trace's length on; `values` are renamed too.
pub(super) fn insert_at(t: &mut Trace, start: usize, new: &mut Vec<Ins>, values: &mut [Ref]) -> Build<()> {
    let (n, m) = (t.ins.len(), new.len());
    if m == 0 {
        return Ok(());
    }
    let moved = |r: Ref| match r.as_ins() {
        Some(i) if i >= n => Ref::ins(i - n + start),
        Some(i) if i >= start => Ref::ins(i + m),
        _ => r,
    };
    t.ins.try_reserve(m).map_err(|_| Fail::NoMemory)?;
    for ins in new.drain(..) {
        t.ins.push_within(ins);
    }
    t.ins.get_mut(start..).unwrap_or(&mut []).rotate_right(m);
    for ins in &mut t.ins {
        for r in ins.args.iter_mut().take(ins.op.ins().len()) {
            *r = moved(*r);
        }
    }
    for x in &mut t.slots {
        x.value = moved(x.value);
    }
    for r in values {
        *r = moved(*r);
    }
    Ok(())
}

impl Ranges {
    /// Whether index `x` is known to be below `len` and not negative, perhaps by guards that this puts before the loop.
    pub(super) fn index_fits(&mut self, b: &mut Builder, x: Ref, len: Ref) -> Build<bool> {
        if self.span(&b.t, len).lo < 0 {
            return Ok(false);
        }
        let (base, offset) = self.split(&b.t, x);
        let low = if self.span(&b.t, x).lo >= 0 { None } else { self.lowest(&b.t, base) };
        if self.span(&b.t, x).lo < 0 && low.is_none() {
            return Ok(false);
        }
        for at in (0..self.below.len()).rev() {
            let Some(&fact) = self.below.get(at) else { break };
            if fact.base != base {
                continue;
            }
            let Some(over) = offset.checked_sub(fact.offset) else { continue };
            // x < limit + over
            let fits = over <= 0 && fact.limit == len;
            if fact.limit == len && !fits {
                // A length is not below itself.
                continue;
            }
            if (fits && low.is_none()) || self.may_hoist(&b.t, fact.limit, len) {
                if let Some((least, more)) = low {
                    let Some(more) = offset.checked_add(more) else { continue };
                    if !self.may_hoist(&b.t, least, len) {
                        continue;
                    }
                    self.hoist_not_negative(b, base, least, more)?;
                }
                if !fits {
                    self.hoist_not_above(b, fact.limit, over, len)?;
                }
                return Ok(true);
            }
        }
        Ok(false)
    }

    /// A value of before the loop and a constant, whose sum `base` is not below.
    fn lowest(&self, t: &Trace, base: Ref) -> Option<(Ref, i64)> {
        let ins = base.as_ins().and_then(|i| t.ins.get(i))?;
        if let Some((entry, _)) = self.counter(t, ins, base) {
            return Some((entry, 0));
        }
        let r = self.range_of(t, ins, base)?;
        Some(if r.up { (r.start, 0) } else { (r.stop, 8) })
    }

    /// What enters the loop for a phi that only grows, and what comes round: the loop adds a positive constant to it, or it takes
    /// over such a phi that is not below it at first.
    pub(super) fn counter(&self, t: &Trace, phi: &Ins, at: Ref) -> Option<(Ref, Ref)> {
        if phi.op != Uop::PhiG {
            return None;
        }
        let [entry, next] = [phi.args[0], phi.args[1]].map(|r| self.stands_for(r));
        if !self.grows(t, at, next) {
            let other = next.as_ins().and_then(|i| t.ins.get(i)).filter(|i| i.op == Uop::PhiG)?;
            let [first, then] = [other.args[0], other.args[1]].map(|r| self.stands_for(r));
            if !self.grows(t, next, then) || !self.not_below(t, first, entry) {
                return None;
            }
        }
        Some((entry, next))
    }

    /// Whether `next` is `x` plus a positive constant. No sum of ints overflows: where it might, it is checked.
    fn grows(&self, t: &Trace, x: Ref, next: Ref) -> bool {
        next.as_ins().and_then(|i| t.ins.get(i)).is_some_and(|i| {
            matches!(i.op, Uop::AddInt | Uop::AddIntN)
                && i.k == 0
                && self.stands_for(i.args[0]) == x
                && i.args[1].as_konst().is_some()
                && self.span(t, i.args[1]).lo > 0
        })
    }
    /// Whether `x` was not below `y` before the loop.
    fn not_below(&self, t: &Trace, x: Ref, y: Ref) -> bool {
        x == y || self.grows(t, y, x) || self.before_of(t, x).lo >= self.before_of(t, y).hi
    }

    /// What both `entry`, before the loop, and `next`, in each iteration, were found to be below; it does not vary.
    pub(super) fn limit(&self, t: &Trace, entry: Ref, next: Ref) -> Option<Ref> {
        let guard = |i: &&Ins| i.op == Uop::GuardLt;
        let body = t.ins.get(self.start..)?.iter().filter(guard);
        let limits = body.filter(|i| self.stands_for(i.args[0]) == next).map(|i| self.stands_for(i.args[1]));
        limits.filter(|r| self.invariant(*r)).find(|&limit| {
            let less = self.before_of(t, entry).hi < self.before_of(t, limit).lo;
            let before = t.ins.get(..self.start).unwrap_or(&[]);
            less || before.iter().filter(guard).any(|i| i.args[0] == entry && i.args[1] == limit)
        })
    }

    fn invariant(&self, r: Ref) -> bool {
        r.as_konst().is_some() || r.as_ins().is_some_and(|i| i < self.start)
    }
    fn may_hoist(&self, t: &Trace, x: Ref, y: Ref) -> bool {
        self.snap.is_some()
            && self.invariant(x)
            && self.invariant(y)
            && self.hoisted.len() + 4 <= MOST
            && t.ins.len() + MOST < MAX_INS
    }

    /// Guards `0 <= x + more`, where `value` is not below `x`.
    fn hoist_not_negative(&mut self, b: &mut Builder, value: Ref, x: Ref, more: i64) -> Build<()> {
        let least = more.checked_neg().unwrap_or(i64::MAX & !7);
        if let Some(at) = value.as_ins() {
            push(&mut self.least, (at, least))?;
        }
        if self.before_of(&b.t, x).lo >= least {
            return Ok(());
        }
        let least = b.word(least as u64, Ty::Int)?;
        self.hoist(b, Ins::new(Uop::GuardLe, &[least, x])).map(|_| ())
    }
    /// Guards `x + over <= len`.
    fn hoist_not_above(&mut self, b: &mut Builder, x: Ref, over: i64, len: Ref) -> Build<()> {
        let most = if over == 0 {
            x
        } else {
            let k = b.word(over as u64, Ty::Int)?;
            self.hoist(b, Ins::new(Uop::AddInt, &[x, k]))?
        };
        self.hoist(b, Ins::new(Uop::GuardLe, &[most, len])).map(|_| ())
    }
    fn hoist(&mut self, b: &Builder, mut ins: Ins) -> Build<Ref> {
        ins.snap = self.snap.unwrap_or(SnapId::NONE);
        let at = match self.hoisted.iter().position(|x| *x == ins) {
            Some(at) => at,
            None => {
                self.hoisted.try_reserve(1).map_err(|_| Fail::NoMemory)?;
                self.hoisted.push_within(ins);
                self.hoisted.len() - 1
            }
        };
        Ok(Ref::ins(b.t.ins.len() + at))
    }

    /// The bounds of the range that a uop's result is an item of, if they do not vary.
    pub(super) fn range_of(&self, t: &Trace, ins: &Ins, at: Ref) -> Option<Bounds> {
        let object = item_of(t, ins, at, 0)?;
        if !self.invariant(object) {
            return None;
        }
        let field = |offset: usize| {
            let d = offset as i32 - 1;
            let load =
                |i: &Ins| i.op == Uop::Load && i.args[0] == object && i.d == d && i.k == load::IMMUTABLE;
            t.ins.get(..self.start)?.iter().position(load).map(Ref::ins)
        };
        let step = field(offset_of!(Range, step))?;
        let span = self.span(t, step);
        let up = span.lo > 0;
        if !up && span.hi >= 0 {
            return None;
        }
        let (start, stop) = (field(offset_of!(Range, start))?, field(offset_of!(Range, stop))?);
        Some(Bounds { start, stop, step, up })
    }

    /// The span of an item.
    pub(super) fn item_span(&self, t: &Trace, ins: &Ins, at: Ref) -> Option<Span> {
        let r = self.range_of(t, ins, at)?;
        let (start, stop) = (self.span(t, r.start), self.span(t, r.stop));
        Some(match r.up {
            true => Span { lo: start.lo, hi: stop.hi.saturating_sub(8) },
            false => Span { lo: stop.lo.saturating_add(8), hi: start.hi },
        })
    }
}

/// The range that the result of `ins`, which is `at`, is an item of.
fn item_of(t: &Trace, ins: &Ins, at: Ref, depth: u32) -> Option<Ref> {
    let def = |r: Ref| r.as_ins().and_then(|i| t.ins.get(i));
    if depth > 4 {
        return None;
    }
    match ins.op {
        Uop::AddIntN if ins.k == RANGE_ITEM => {
            let left = ins.args[0];
            let first = def(left)?;
            let start = first.op == Uop::Load && first.d == offset_of!(Range, start) as i32 - 1;
            if start { Some(first.args[0]) } else { item_of(t, first, left, depth + 1) }
        }
        Uop::PhiG => {
            let object = item_of(t, def(ins.args[0])?, ins.args[0], depth + 1)?;
            let next = def(ins.args[1])?;
            let same = next.op == Uop::AddIntN
                && next.k == RANGE_ITEM
                && (next.args[0] == at || item_of(t, next, ins.args[1], depth + 1) == Some(object));
            same.then_some(object)
        }
        _ => None,
    }
}
