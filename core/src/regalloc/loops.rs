//! Loops: what is in which register at the head, and how the end restores it.
//!
//! Registers at the head go to phis first, then to what the body reads again and again (values from before the loop,
//! constants), as far as the body's own values leave room. The rest waits in slots, whose stores stand before the
//! loop.
//!
//! Invariant: at `LoopEnd` every register and slot that the head gave to a value holds it again (a phi: its next
//! value), so that a round begins as the first one did.

use super::moves::{KONST, Move, Place, SLOTS, reg_place};
use super::{CLASSES, NEVER, NO_SLOT, NONE, liveness::phis, scan::Scan};
use crate::emit::{EmitError, MAX_REGS, MAX_SPILLS, NO_REG};
use crate::room::WithinRoom as _;
use crate::trace::ir::{Loc, Ref};
use crate::uop::{Class, Uop};

impl Scan<'_> {
    /// Positions of the loop's phis.
    fn phi_range(&self) -> core::ops::Range<usize> {
        self.shape.start.map_or(self.shape.body, |s| s + 1)..self.shape.body
    }

    pub(super) fn loop_start(&mut self, start: usize) -> Result<(), EmitError> {
        self.pinned = [0; 2];
        let mut room = self.choose_phis();
        self.choose_invariants(&mut room);
        self.drop_others(start, room)?;
        for phi in self.phi_range() {
            if self.vals[phi].last != NONE && !self.vals[phi].at_head {
                self.enter_in_slot(phi, start)?;
            }
        }
        self.enter_in_registers(start)?;
        self.load_invariants()?;
        self.head = self.held;
        self.give_hints();
        self.look_again();
        self.at = start;
        self.emit_control(Uop::LoopStart)
    }

    /// Decides which phis are in registers at the head. Answers how many registers that leaves for other values.
    fn choose_phis(&mut self) -> [u32; 2] {
        let mut kept = self.kept.map(u32::count_ones);
        let mut taken = [0; 2];
        for phi in self.phi_range() {
            let val = self.vals[phi];
            if val.last == NONE {
                continue;
            }
            let c = val.class as usize;
            let all = self.all[c].count_ones();
            let first = val.next_at;
            let call = self.shape.first_call;
            let mut want = first != NEVER || self.shape.pressure[c] <= all;
            if val.last > call {
                // A slot serves as well as a register that the call spoils, unless the value is read before.
                want = kept[c] > 0 || first <= call;
                self.vals[phi].keep = kept[c] > 0;
                kept[c] = kept[c].saturating_sub(1);
            }
            if want && taken[c] < all {
                self.vals[phi].at_head = true;
                taken[c] += 1;
            }
        }
        let mut room = [0; 2];
        for c in 0..2 {
            room[c] = self.all[c].count_ones().saturating_sub(taken[c].max(self.shape.pressure[c]));
            if self.shape.first_call != NONE {
                let taken = self.shape.crossing[c].max(self.kept[c].count_ones() - kept[c]);
                room[c] = room[c].min(self.kept[c].count_ones().saturating_sub(taken));
            }
        }
        room
    }

    /// Decides which values from before the loop and which constants are in registers at the head: those that the
    /// body reads most. `room` becomes what is left.
    fn choose_invariants(&mut self, room: &mut [u32; 2]) {
        let vals = &*self.vals;
        self.invariants.sort_unstable_by_key(|v| {
            let val = &vals[*v as usize];
            (core::cmp::Reverse(val.loop_uses), val.loop_first, *v)
        });
        let mut wanted = [0; 2];
        for v in &*self.invariants {
            wanted[vals[*v as usize].class as usize] += 1;
        }
        for c in 0..2 {
            // What stays outside needs a register to be loaded into.
            if wanted[c] > room[c] && self.shape.first_call == NONE {
                room[c] = room[c].saturating_sub(1);
            }
        }
        for v in &*self.invariants {
            let val = &mut self.vals[*v as usize];
            let room = &mut room[val.class as usize];
            // Registers that calls keep are for what would have to be stored otherwise.
            let cheap = val.konst && self.shape.first_call != NONE;
            if *room > 0 && !cheap {
                *room -= 1;
                val.at_head = true;
            }
        }
        if self.shape.first_call != NONE {
            *room = [0; 2];
        }
    }

    /// Takes out of the registers what is not to be there at the head; values that only exits need stay if there is
    /// room.
    fn drop_others(&mut self, start: usize, mut room: [u32; 2]) -> Result<(), EmitError> {
        for class in CLASSES {
            for r in 0..self.count(class) {
                let v = self.held[class as usize][r as usize];
                let Some(val) = self.vals.get(v as usize).copied() else { continue };
                if val.at_head || val.last == start as u32 {
                    continue;
                }
                let room = &mut room[class as usize];
                if !val.konst && val.loop_first == NONE && *room > 0 {
                    *room -= 1;
                    self.vals[v as usize].at_head = true;
                } else {
                    self.evict(v as usize)?;
                }
            }
        }
        Ok(())
    }

    /// Puts the first value of a phi into the slot that is its place at the head.
    fn enter_in_slot(&mut self, phi: usize, start: usize) -> Result<(), EmitError> {
        let a = self.value(self.trace.ins[phi].args[0]);
        let end = self.trace.ins.len() as u32 - 1;
        self.vals[phi].last = end;
        let val = self.vals[a];
        let dies = !val.konst && val.last == start as u32;
        if dies && val.slot != NO_SLOT && self.busy[val.slot as usize] == start as u32 {
            self.busy[val.slot as usize] = end;
            self.vals[phi].slot = val.slot;
            return self.note(phi, Loc::Spill(val.slot));
        }
        // A slot that is read by moves still to come is not free.
        let slot = self.take_slot((start as u32).saturating_sub(1), end)?;
        self.vals[phi].slot = slot;
        self.note(phi, Loc::Spill(slot))?;
        let class = self.vals[phi].class;
        let r = match self.vals[a].reg {
            NO_REG => {
                let r = self.take_reg(class, NO_REG, false, 0)?;
                self.copy_to(a, r, phi)?;
                r
            }
            r => r,
        };
        self.emit_store(class, r, slot, phi as u32)
    }

    /// Writes a value to a register without giving it that register.
    fn copy_to(&mut self, v: usize, r: u8, origin: usize) -> Result<(), EmitError> {
        let val = self.vals[v];
        if val.reg != NO_REG {
            self.emit_move(val.class, r, val.reg, origin as u32)
        } else if val.konst {
            self.emit_konst(r, self.konst_number(v), origin as u32)
        } else if val.slot != NO_SLOT {
            self.emit_load(val.class, r, val.slot, origin as u32)
        } else {
            Err(EmitError::Malformed)
        }
    }

    /// Gives phis their registers: that of the first value if it ends here, otherwise another.
    fn enter_in_registers(&mut self, start: usize) -> Result<(), EmitError> {
        for phi in self.phi_range() {
            if !self.vals[phi].at_head {
                continue;
            }
            let a = self.value(self.trace.ins[phi].args[0]);
            let val = self.vals[a];
            let c = val.class as usize;
            let ends = !val.konst && val.last == start as u32 && val.reg != NO_REG;
            let suits = !self.vals[phi].keep || self.kept[c] & 1 << (val.reg & 31) != 0;
            if ends && suits && self.held[c][val.reg as usize] == a as u32 {
                // `a` keeps the number of the register too: other phis may begin with it.
                self.enter(phi, val.reg)?;
            }
        }
        for phi in self.phi_range() {
            if !self.vals[phi].at_head || self.vals[phi].reg != NO_REG {
                continue;
            }
            let a = self.value(self.trace.ins[phi].args[0]);
            let r = self.take_reg(self.vals[phi].class, NO_REG, self.vals[phi].keep, 0)?;
            self.copy_to(a, r, phi)?;
            self.enter(phi, r)?;
        }
        for phi in self.phi_range() {
            if self.vals[phi].last == NONE {
                continue;
            }
            let a = self.value(self.trace.ins[phi].args[0]);
            let val = self.vals[a];
            if !val.konst {
                self.pop_use(a);
            }
            if !val.konst && val.last == start as u32 && val.reg != NO_REG {
                if self.held[val.class as usize][val.reg as usize] == a as u32 {
                    self.unbind(a);
                }
                self.vals[a].reg = NO_REG;
            }
        }
        Ok(())
    }

    fn enter(&mut self, phi: usize, r: u8) -> Result<(), EmitError> {
        let c = self.vals[phi].class as usize;
        self.bind(phi, r)?;
        self.vals[phi].def_reg = r;
        self.pinned[c] |= 1 << r;
        self.home[c] |= 1 << r;
        Ok(())
    }

    /// Loads what the head is to have in registers and that is not there yet.
    fn load_invariants(&mut self) -> Result<(), EmitError> {
        let calls = self.shape.first_call != NONE;
        for class in CLASSES {
            for r in 0..self.count(class) {
                let v = self.held[class as usize][r as usize] as usize;
                if self.vals.get(v).is_some_and(|val| val.konst && !val.at_head) {
                    self.unbind(v);
                }
            }
        }
        for n in 0..self.invariants.len() {
            let v = self.invariants[n] as usize;
            let val = self.vals[v];
            let c = val.class as usize;
            if !val.at_head || val.reg != NO_REG && (!calls || self.kept[c] & 1 << val.reg != 0) {
                continue;
            }
            let among = if calls { self.free[c] & self.kept[c] } else { self.free[c] };
            if among == 0 {
                self.vals[v].at_head = false;
                self.evict(v)?;
                continue;
            }
            let r = among.trailing_zeros() as u8;
            if val.reg != NO_REG {
                self.emit_move(val.class, r, val.reg, self.at as u32)?;
                self.unbind(v);
                self.bind(v, r)?;
            } else {
                self.fill(v, r, self.at)?;
            }
        }
        Ok(())
    }

    /// Tells next values of phis, and what is loaded again, which register they end in.
    fn give_hints(&mut self) {
        let trace = self.trace;
        for (phi, ins) in phis(trace, self.shape.start, self.shape.body) {
            let r = self.vals[phi].reg;
            if let Some(b) = ins.args[1].as_ins()
                && b >= self.shape.body
                && self.vals[b].hint == NO_REG
            {
                self.vals[b].hint = r;
            }
        }
        for n in 0..self.invariants.len() {
            let val = &mut self.vals[self.invariants[n] as usize];
            if val.at_head {
                val.hint = val.reg;
            }
        }
    }

    pub(super) fn loop_end(&mut self, end: usize) -> Result<(), EmitError> {
        let trace = self.trace;
        self.moves.clear();
        let most = 2 * MAX_REGS + self.shape.body;
        self.moves.try_reserve(most).map_err(|_| EmitError::NoMemory)?;
        for class in CLASSES {
            for r in 0..self.count(class) {
                let head = self.head[class as usize][r as usize];
                if head != NONE {
                    let to = reg_place(class, r);
                    self.add_move(to, class, head as usize, end)?;
                }
            }
        }
        for (phi, _) in phis(trace, self.shape.start, self.shape.body) {
            let val = self.vals[phi];
            if val.last != NONE && !val.at_head {
                self.add_move(SLOTS + val.slot, val.class, phi, end)?;
            }
        }
        let mut idle = self.all;
        for class in CLASSES {
            for r in 0..self.count(class) {
                if self.head[class as usize][r as usize] != NONE {
                    idle[class as usize] &= !(1 << r);
                }
            }
        }
        self.parallel_moves(idle)?;
        self.emit_control(Uop::LoopEnd)
    }

    /// Puts what the exit at the end passes on where it has to be.
    pub(super) fn pass_on(&mut self) -> Result<(), EmitError> {
        let (trace, end) = (self.trace, self.at as u32);
        let mut idle = self.all;
        self.moves.clear();
        self.moves.try_reserve(trace.passed.len()).map_err(|_| EmitError::NoMemory)?;
        for &(value, loc) in &trace.passed {
            let v = self.value(value);
            let class = self.vals[v].class;
            let to = match (loc, class) {
                (Loc::G(r), Class::G) | (Loc::F(r), Class::F) if r < self.count(class) => {
                    idle[class as usize] &= !(1 << r);
                    reg_place(class, r)
                }
                (Loc::Spill(s), _) if (s as usize) < MAX_SPILLS => {
                    self.keep_slot(s, end)?;
                    SLOTS + s
                }
                _ => return Err(EmitError::Malformed),
            };
            let (from, konst) = self.source(v)?;
            self.moves.push_within(Move { to, from, class, konst, origin: end });
        }
        self.parallel_moves(idle)?;
        for &(value, loc) in &trace.passed {
            let v = self.value(value);
            self.note(v, loc)?;
        }
        Ok(())
    }

    /// Notes what is where at the loop's head. Slots may have been given since, to values that were in registers then.
    pub(super) fn note_head(&mut self) -> Result<(), EmitError> {
        let Some(start) = self.shape.start else { return Ok(()) };
        let short = |_| EmitError::NoMemory;
        let end = self.trace.ins.len() as u32 - 1;
        let uops = self.trace.ins.len();
        self.out.head.try_reserve(2 * MAX_REGS).map_err(short)?;
        for class in CLASSES {
            for r in 0..self.count(class) {
                let v = self.head[class as usize][r as usize];
                if v != NONE {
                    let v = v as usize;
                    let value = if v < uops { Ref::ins(v) } else { Ref::konst(v - uops) };
                    let loc = if class == Class::G { Loc::G(r) } else { Loc::F(r) };
                    self.out.head.push_within((value, loc));
                }
            }
        }
        for v in (0..start).chain(self.phi_range()) {
            let val = &self.vals[v];
            // A phi in a register is stored behind the head.
            let there = val.last == end && !(v > start && val.at_head);
            if there && val.slot != NO_SLOT && !val.void {
                self.out.head.try_reserve(1).map_err(short)?;
                self.out.head.push_within((Ref::ins(v), Loc::Spill(val.slot)));
            }
        }
        Ok(())
    }

    /// Where a move reads a value from; if that is a constant, its number.
    fn source(&self, v: usize) -> Result<(Place, u32), EmitError> {
        let val = self.vals[v];
        Ok(match (val.reg, val.slot, val.konst) {
            (NO_REG, NO_SLOT, false) => return Err(EmitError::Malformed),
            (NO_REG, _, true) => (KONST, self.konst_number(v)),
            (NO_REG, slot, false) => (SLOTS + slot, 0),
            (r, _, _) => (reg_place(val.class, r), 0),
        })
    }

    /// Notes the move that gives the place `to` what it had at the head.
    fn add_move(&mut self, to: Place, class: Class, head: usize, end: usize) -> Result<(), EmitError> {
        let v =
            if self.phi_range().contains(&head) { self.value(self.trace.ins[head].args[1]) } else { head };
        let val = self.vals[v];
        // A phi that stays the same in its slot has nothing to do.
        if to >= SLOTS && val.slot != NO_SLOT && to == SLOTS + val.slot {
            return Ok(());
        }
        let (from, konst) = self.source(v)?;
        let origin = if self.phi_range().contains(&head) { head } else { end };
        self.moves.push_within(Move { to, from, class, konst, origin: origin as u32 });
        Ok(())
    }
}
