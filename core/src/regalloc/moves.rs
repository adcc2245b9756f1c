//! Moves that happen at once, put in an order in which they may happen one by one.
//!
//! A move whose target nobody still reads can be done; doing it may free its source's place to be written. What is
//! left are cycles, broken through a free register or a spill slot. Linear in the number of moves.
//!
//! Invariant: no target is written while a move that reads it is waiting.

use super::{NONE, scan::Scan};
use crate::emit::{EmitError, MAX_SPILLS};
use crate::room::WithinRoom as _;
use crate::uop::Class;
use alloc::vec::Vec;

/// Places: general registers from 0, float registers from 32, spill slots from 64.
pub(super) type Place = u16;
pub(super) const FLOATS: Place = 32;
pub(super) const SLOTS: Place = 64;
/// The source is a constant.
pub(super) const KONST: Place = u16::MAX;
const PLACES: usize = SLOTS as usize + MAX_SPILLS;

/// A move of a value of a class.
#[derive(Clone, Copy, Debug)]
pub(super) struct Move {
    pub(super) to: Place,
    /// Place, or [`KONST`].
    pub(super) from: Place,
    pub(super) class: Class,
    /// Number of the constant.
    pub(super) konst: u32,
    /// Uop it serves.
    pub(super) origin: u32,
}

/// Scratch of the ordering.
#[derive(Debug, Default)]
pub(super) struct MoveState {
    /// How many waiting moves read a place.
    readers: Vec<u16>,
    /// The waiting move into a place.
    into: Vec<u32>,
    ready: Vec<u32>,
}

/// The place of a register.
pub(super) fn reg_place(class: Class, r: u8) -> Place {
    r as Place + if class == Class::F { FLOATS } else { 0 }
}

impl Scan<'_> {
    /// Does the moves in `self.moves` at once. `idle` are the registers whose content nobody needs, by class.
    pub(super) fn parallel_moves(&mut self, idle: [u32; 2]) -> Result<(), EmitError> {
        self.moves.retain(|m| m.to != m.from);
        let count = self.moves.len();
        if count == 0 {
            return Ok(());
        }
        let short = |_| EmitError::NoMemory;
        let st = &mut self.state;
        st.readers.clear();
        st.into.clear();
        st.ready.clear();
        st.readers.try_reserve(PLACES).map_err(short)?;
        st.into.try_reserve(PLACES).map_err(short)?;
        st.ready.try_reserve(count).map_err(short)?;
        st.readers.fill_within(core::iter::repeat_n(0, PLACES));
        st.into.fill_within(core::iter::repeat_n(NONE, PLACES));
        for (i, m) in self.moves.iter().enumerate() {
            st.into[m.to as usize] = i as u32;
            if m.from != KONST {
                st.readers[m.from as usize] += 1;
            }
        }
        // Registers first, so that slots, done first, find more free registers to go through.
        for slots in [false, true] {
            for (i, m) in self.moves.iter().enumerate() {
                if (m.to >= SLOTS) == slots && st.readers[m.to as usize] == 0 {
                    st.ready.push_within(i as u32);
                }
            }
        }
        self.do_ready(idle)?;
        for i in 0..count {
            let m = self.moves[i];
            if self.state.into[m.to as usize] == i as u32 {
                self.break_cycle(i, idle)?;
            }
        }
        Ok(())
    }

    fn do_ready(&mut self, idle: [u32; 2]) -> Result<(), EmitError> {
        while let Some(i) = self.state.ready.pop() {
            let m = self.moves[i as usize];
            self.one_move(m, idle)?;
            let st = &mut self.state;
            st.into[m.to as usize] = NONE;
            if m.from != KONST {
                st.readers[m.from as usize] -= 1;
                let next = st.into[m.from as usize];
                if st.readers[m.from as usize] == 0 && next != NONE {
                    st.ready.push_within(next);
                }
            }
        }
        Ok(())
    }

    /// Does the cycle that move `i` is in: its target's old content is put aside, and read from there at the end.
    fn break_cycle(&mut self, i: usize, idle: [u32; 2]) -> Result<(), EmitError> {
        let m = self.moves[i];
        // Slots of either class may be in one cycle: what is put aside is of the class of the move that reads it.
        let mut last = m;
        while last.from != m.to {
            last = self.moves[self.state.into[last.from as usize] as usize];
        }
        let class = last.class;
        let aside = match self.scratch(class, idle) {
            Some(r) => reg_place(class, r),
            None => SLOTS + self.temporary_slot()?,
        };
        // While the place aside is in use, it is not idle.
        let mut idle = idle;
        if aside < SLOTS {
            idle[class as usize] &= !(1 << (aside & 31));
        }
        self.one_move(Move { to: aside, from: m.to, class, ..m }, idle)?;
        let mut at = i;
        loop {
            let step = self.moves[at];
            self.state.into[step.to as usize] = NONE;
            if step.from == m.to {
                return self.one_move(Move { from: aside, ..step }, idle);
            }
            self.one_move(step, idle)?;
            at = self.state.into[step.from as usize] as usize;
        }
    }

    /// A register that may be overwritten: idle, or the target of a waiting move that nobody reads.
    fn scratch(&self, class: Class, idle: [u32; 2]) -> Option<u8> {
        let st = &self.state;
        (0..self.count(class)).find(|r| {
            let place = reg_place(class, *r) as usize;
            st.readers[place] == 0 && (idle[class as usize] & 1 << *r != 0 || st.into[place] != NONE)
        })
    }

    fn one_move(&mut self, m: Move, idle: [u32; 2]) -> Result<(), EmitError> {
        if m.to < SLOTS {
            return self.move_to_reg(m, (m.to & 31) as u8);
        }
        let slot = m.to - SLOTS;
        if m.from < SLOTS {
            return self.emit_store(m.class, (m.from & 31) as u8, slot, m.origin);
        }
        if let Some(r) = self.scratch(m.class, idle) {
            self.move_to_reg(m, r)?;
            return self.emit_store(m.class, r, slot, m.origin);
        }
        // No register is free: one is put aside.
        let aside = self.temporary_slot()?;
        self.emit_store(m.class, 0, aside, m.origin)?;
        self.move_to_reg(m, 0)?;
        self.emit_store(m.class, 0, slot, m.origin)?;
        self.emit_load(m.class, 0, aside, m.origin)
    }

    fn move_to_reg(&mut self, m: Move, r: u8) -> Result<(), EmitError> {
        match m.from {
            KONST => self.emit_konst(r, m.konst, m.origin),
            from if from >= SLOTS => self.emit_load(m.class, r, from - SLOTS, m.origin),
            from => self.emit_move(m.class, r, (from & 31) as u8, m.origin),
        }
    }
}
