//! What the second iteration of a loop takes from the first, noted while it is made: whoever jumps to the loop without
//! the first iteration has to bring it (`contract.rs`).
//!
//! Invariant: the second iteration knows nothing of the first but by an operand, a fact about an operand's type, what
//! `find_equal`, `find_load`, `find_guard_field` and `resolve` answer, and definitions that `look` shows. Each of these
//! leaves a note here.

use super::builder::{Build, Builder, Fail, Ty, push};
use crate::room::WithinRoom as _;
use crate::trace::ir::{Ins, Ref};
use alloc::vec::Vec;
use core::cell::Cell;

/// An operand of the second iteration.
pub(super) const NEEDED: u8 = 1;
/// Its definition was looked at, or an equal uop of the second iteration was found to be it.
pub(super) const DEFINED: u8 = 2;
/// It was taken for the constant that a guard had found it to be.
pub(super) const CONSTANT: u8 = 4;
/// A guard that the second iteration did not repeat.
pub(super) const GUARD: u8 = 8;

/// The notes.
#[derive(Debug, Default)]
pub struct Leans {
    /// Uops of the first iteration; 0 while none is taken from.
    pub(super) first: usize,
    /// Values that were known to be constants where it ended.
    pub(super) same: usize,
    /// How each of its uops is relied on.
    pub(super) marks: Vec<Cell<u8>>,
    /// Which constants were operands.
    pub(super) konsts: Vec<bool>,
    /// Loads of the second iteration that stores of the first answered, with what was stored.
    pub(super) answered: Vec<(Ins, Ref)>,
    /// What was known of the first iteration's values, and of constants, where it ended.
    pub(super) tys: Vec<Ty>,
    pub(super) konst_tys: Vec<Ty>,
    pub(super) epoch_known: bool,
    /// Something was taken that cannot be brought.
    pub(super) lost: Cell<bool>,
}

impl Builder {
    /// Begins to take notes: what is there now is the first iteration.
    pub(super) fn start_leaning(&mut self) -> Build<()> {
        let l = &mut self.leans;
        (l.first, l.same) = (self.t.ins.len(), self.same.len());
        for (to, from) in [(&mut l.tys, &self.tys), (&mut l.konst_tys, &self.konst_ty)] {
            to.clear();
            to.try_reserve(from.len()).map_err(|_| Fail::NoMemory)?;
            to.extend_within(from);
        }
        l.marks.clear();
        l.marks.try_reserve(l.first).map_err(|_| Fail::NoMemory)?;
        l.marks.fill_within(core::iter::repeat_n(Cell::new(0), l.first));
        l.konsts.clear();
        l.konsts.try_reserve(l.konst_tys.len()).map_err(|_| Fail::NoMemory)?;
        l.konsts.fill_within(core::iter::repeat_n(false, l.konst_tys.len()));
        l.answered.clear();
        l.lost.set(false);
        l.epoch_known = self.epoch_known;
        Ok(())
    }

    /// Notes that value `r`, if it is of the first iteration, is relied on.
    #[inline(always)]
    pub(super) fn lean(&self, r: Ref, how: u8) {
        if self.leans.first != 0
            && let Some(mark) = r.as_ins().and_then(|i| self.leans.marks.get(i))
        {
            mark.set(mark.get() | how);
        }
    }
    /// Notes an operand.
    #[inline(always)]
    pub(super) fn lean_on_operand(&mut self, r: Ref) {
        if self.leans.first != 0 {
            self.lean(r, NEEDED);
            if let Some(k) = r.as_konst().and_then(|k| self.leans.konsts.get_mut(k)) {
                *k = true;
            }
        }
    }
    /// Notes a value that the loop names in the end.
    pub(super) fn lean_in_hindsight(&self, r: Ref) {
        self.lean(r, NEEDED);
    }
    /// The constant that `r` was known to be where the first iteration ended.
    pub(super) fn resolve_at_head(&self, r: Ref) -> Ref {
        let known = self.same.get(..self.leans.same).unwrap_or(&[]);
        known.iter().rev().find(|(a, _)| *a == r).map_or(r, |&(_, k)| k)
    }
    /// Notes that uop `at` has told what a load gives.
    pub(super) fn lean_on_memory(&mut self, ins: &Ins, at: u32, value: Ref) -> Build<()> {
        if at as usize >= self.leans.first {
            return Ok(());
        }
        if value == Ref::ins(at as usize) {
            self.lean(value, DEFINED);
            return Ok(());
        }
        push(&mut self.leans.answered, (*ins, value))
    }

    /// The definition of a value, if it satisfies `is`, for who will rely on that.
    pub(super) fn look(&self, r: Ref, is: impl FnOnce(&Ins) -> bool) -> Option<&Ins> {
        let d = self.def(r).filter(|d| is(d))?;
        self.lean(r, DEFINED);
        Some(d)
    }
}
