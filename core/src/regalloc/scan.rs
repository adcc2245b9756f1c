//! The forward walk: gives registers, evicts, loads again, and notes where values are at exits.
//!
//! Invariants: `held`, `free` and the values' `reg` agree; every value that is alive and not a constant is in a
//! register or has a slot; operands of the uop in hand are pinned while others are loaded.

use super::moves::{Move, MoveState};
use super::{Allocator, Facts, NEVER, NO_SLOT, NONE, Shape, Use, Val, is_phi, liveness::phis, value_index};
use crate::emit::homes::Home;
use crate::emit::{AIns, Allocated, EmitError, JitCtx, MAX_REGS, MAX_SPILLS, NO_EXIT, NO_REG, RegFile};
use crate::room::WithinRoom as _;
use crate::trace::ir::{Ins, Loc, Ref, Trace};
use crate::uop::{Class, Uop};
use alloc::vec::Vec;

/// The walk's state.
pub(super) struct Scan<'a> {
    pub(super) vals: &'a mut [Val],
    pub(super) uses: &'a [Use],
    /// Positions of calls still to come, last first.
    calls: &'a mut Vec<u32>,
    pub(super) invariants: &'a mut [u32],
    pub(super) alias: &'a [u32],
    pub(super) busy: &'a mut Vec<u32>,
    /// Uops and values that die in their snapshots, last first.
    dying: &'a mut Vec<(u32, u32)>,
    pub(super) moves: &'a mut Vec<Move>,
    pub(super) state: &'a mut MoveState,
    pub(super) trace: &'a Trace,
    pub(super) out: &'a mut Allocated,
    pub(super) shape: Shape,
    /// Value in each register, by class.
    pub(super) held: [[u32; MAX_REGS]; 2],
    /// When each register's value is needed next (see `urgency`).
    when: [[u32; MAX_REGS]; 2],
    /// Registers that hold nothing.
    pub(super) free: [u32; 2],
    /// Registers that calls keep.
    pub(super) kept: [u32; 2],
    /// All registers.
    pub(super) all: [u32; 2],
    /// Registers that are phis' at the loop's head; others are taken first.
    pub(super) home: [u32; 2],
    /// What is in each register at the loop's head.
    pub(super) head: [[u32; MAX_REGS]; 2],
    /// Registers that must not be given away now.
    pub(super) pinned: [u32; 2],
    /// Position of the uop in hand.
    pub(super) at: usize,
    /// Spill stores to be put behind definitions.
    stores: usize,
}

fn mask(n: u8) -> u32 {
    (1u32 << n) - 1
}

/// Spill slot `slot` from the context.
fn slot_offset(slot: u16) -> i32 {
    core::mem::offset_of!(JitCtx, spill) as i32 + 8 * slot as i32
}

impl<'a> Scan<'a> {
    pub(super) fn new(
        a: &'a mut Allocator,
        trace: &'a Trace,
        regs: RegFile,
        out: &'a mut Allocated,
        shape: Shape,
    ) -> Result<Self, EmitError> {
        out.code.clear();
        out.exits.clear();
        out.homes.clear();
        out.values.clear();
        out.spills = 0;
        out.head.clear();
        let all = [mask(regs.g), mask(regs.f)];
        out.code.try_reserve(trace.ins.len() + trace.ins.len() / 4 + 16).map_err(|_| EmitError::NoMemory)?;
        out.values.try_reserve(trace.ins.len()).map_err(|_| EmitError::NoMemory)?;
        out.values.fill_within(core::iter::repeat_n(Home::NONE, trace.ins.len()));
        Ok(Scan {
            vals: &mut a.vals,
            uses: &a.uses,
            calls: &mut a.calls,
            invariants: &mut a.invariants,
            alias: &a.alias,
            busy: &mut a.busy,
            dying: &mut a.dying,
            moves: &mut a.moves,
            state: &mut a.state,
            trace,
            out,
            shape,
            held: [[NONE; MAX_REGS]; 2],
            when: [[0; MAX_REGS]; 2],
            free: all,
            kept: [regs.g_kept & all[0], regs.f_kept & all[1]],
            all,
            home: [0; 2],
            head: [[NONE; MAX_REGS]; 2],
            pinned: [0; 2],
            at: 0,
            stores: 0,
        })
    }

    pub(super) fn run(mut self) -> Result<(), EmitError> {
        let trace = self.trace;
        self.place_inherited()?;
        for (at, ins) in trace.ins.iter().enumerate() {
            self.at = at;
            while self.calls.last().is_some_and(|c| *c as usize <= at) {
                self.calls.pop();
            }
            match ins.op {
                Uop::Nop | Uop::PhiG | Uop::PhiF => {}
                Uop::InheritG | Uop::InheritF if at < self.shape.inherited => {}
                Uop::InheritG | Uop::InheritF => return Err(EmitError::Malformed),
                Uop::LoopStart if self.shape.start == Some(at) => self.loop_start(at)?,
                Uop::LoopStart => return Err(EmitError::Malformed),
                Uop::LoopEnd => self.loop_end(at)?,
                Uop::Exit if at + 1 == trace.ins.len() && !trace.passed.is_empty() => {
                    self.pass_on()?;
                    self.uop(ins)?;
                }
                Uop::RetLabel => {
                    self.forget_registers();
                    self.uop(ins)?;
                }
                _ => self.uop(ins)?,
            }
        }
        self.note_head()?;
        self.insert_stores()?;
        // Values that share a place share its record.
        for at in 0..self.shape.inherited {
            self.out.values[at] = self.out.values[self.alias[at] as usize];
        }
        self.out.spills = self.busy.len() as u16;
        Ok(())
    }

    // Values.

    /// Index of the value `r` names. Only for references that `liveness` accepted.
    pub(super) fn value(&self, r: Ref) -> usize {
        let v = value_index(r, self.trace.ins.len()).unwrap_or(0);
        if v < self.shape.inherited { self.alias[v] as usize } else { v }
    }
    /// Number of a constant by its index as a value.
    pub(super) fn konst_number(&self, v: usize) -> u32 {
        (v - self.trace.ins.len()) as u32
    }
    /// Number of registers of a class.
    pub(super) fn count(&self, class: Class) -> u8 {
        self.all[class as usize].count_ones() as u8
    }
    /// Position of the next call.
    fn next_call(&self) -> u32 {
        self.calls.last().copied().unwrap_or(NONE)
    }
    /// Position of the next use that wants a register. What the loop's head has in a register is used again in the
    /// next round.
    #[inline(always)]
    fn next_use(&self, val: &Val) -> u32 {
        if val.next_at == NEVER && val.at_head && val.loop_first != NONE {
            let start = self.shape.start.unwrap_or(0) as u32;
            return self.trace.ins.len() as u32 + (val.loop_first - start);
        }
        val.next_at
    }
    /// By which the value to evict is chosen, the highest first: the position of its next use, and whether it can be
    /// had again without a store.
    #[inline(always)]
    fn urgency(&self, val: &Val) -> u32 {
        2 * self.next_use(val) + (val.konst || val.slot != NO_SLOT) as u32
    }
    #[inline(always)]
    pub(super) fn pop_use(&mut self, v: usize) {
        let val = &mut self.vals[v];
        let u = self.uses.get(val.next as usize).copied().unwrap_or(Use { next: NONE, at: NEVER });
        (val.next, val.next_at) = (u.next, u.at);
        let val = &self.vals[v];
        if val.reg != NO_REG {
            self.when[val.class as usize][val.reg as usize] = self.urgency(val);
        }
    }
    /// Brings what is known of the registers up to date, after it was decided what the loop's head keeps.
    pub(super) fn look_again(&mut self) {
        for c in 0..2 {
            for r in 0..MAX_REGS {
                let v = self.held[c][r];
                if v != NONE {
                    self.when[c][r] = self.urgency(&self.vals[v as usize]);
                }
            }
        }
    }

    // Registers.

    #[inline(always)]
    pub(super) fn bind(&mut self, v: usize, r: u8) -> Result<(), EmitError> {
        let val = &mut self.vals[v];
        let (class, c) = (val.class, val.class as usize);
        val.reg = r;
        self.held[c][r as usize] = v as u32;
        self.free[c] &= !(1 << r);
        self.when[c][r as usize] = self.urgency(&self.vals[v]);
        self.note(v, if class == Class::G { Loc::G(r) } else { Loc::F(r) })
    }
    /// Notes where a value is from the next exit on. Constants are where exits find them anyway.
    #[inline(always)]
    pub(super) fn note(&mut self, v: usize, loc: Loc) -> Result<(), EmitError> {
        match self.out.values.get_mut(v) {
            Some(home) => self.out.homes.note(home, self.out.exits.len(), loc),
            None => Ok(()),
        }
    }
    /// Takes a value out of its register, if it is in one.
    #[inline(always)]
    pub(super) fn unbind(&mut self, v: usize) {
        let val = &mut self.vals[v];
        let c = val.class as usize;
        if val.reg != NO_REG {
            self.held[c][val.reg as usize] = NONE;
            self.free[c] |= 1 << val.reg;
            val.reg = NO_REG;
        }
    }
    fn forget_registers(&mut self) {
        for c in 0..2 {
            for r in 0..MAX_REGS {
                if self.held[c][r] != NONE {
                    self.unbind(self.held[c][r] as usize);
                }
            }
        }
    }
    /// Takes a value that is still needed out of its register: it is in a slot, or a constant.
    pub(super) fn evict(&mut self, v: usize) -> Result<(), EmitError> {
        if !self.vals[v].konst && self.vals[v].slot == NO_SLOT {
            let def = match self.shape.start {
                Some(s) if is_phi(self.trace.ins[v].op) => s,
                _ => v,
            };
            let slot = self.take_slot(def as u32, self.vals[v].last)?;
            self.vals[v].slot = slot;
            self.vals[v].store = true;
            self.stores += 1;
        }
        self.unbind(v);
        match self.vals[v].slot {
            NO_SLOT => Ok(()),
            slot => self.note(v, Loc::Spill(slot)),
        }
    }
    /// A slot that is free from `from`, taken until `until`.
    pub(super) fn take_slot(&mut self, from: u32, until: u32) -> Result<u16, EmitError> {
        let busy = &mut *self.busy;
        if let Some(s) = busy.iter().position(|b| *b <= from) {
            busy[s] = until;
            return Ok(s as u16);
        }
        if busy.len() == MAX_SPILLS {
            return Err(EmitError::OutOfRange);
        }
        busy.try_reserve(1).map_err(|_| EmitError::NoMemory)?;
        busy.push_within(until);
        Ok(busy.len() as u16 - 1)
    }
    /// Keeps a slot from being given to anything until after `end`.
    pub(super) fn keep_slot(&mut self, slot: u16, end: u32) -> Result<(), EmitError> {
        let more = (slot as usize + 1).saturating_sub(self.busy.len());
        self.busy.try_reserve(more).map_err(|_| EmitError::NoMemory)?;
        self.busy.fill_within(core::iter::repeat_n(0, more));
        self.busy[slot as usize] = end + 1;
        Ok(())
    }
    /// A slot for the time of the moves at the loop's end.
    pub(super) fn temporary_slot(&mut self) -> Result<u16, EmitError> {
        let end = self.trace.ins.len() as u32 - 1;
        self.take_slot(end - 1, end)
    }
    /// The register whose value is needed last, of those not pinned; what can be had again for nothing goes first
    /// among equals.
    fn victim(&self, class: Class) -> Option<usize> {
        let c = class as usize;
        let mut candidates = self.all[c] & !self.free[c] & !self.pinned[c];
        let mut best = (0, None);
        while candidates != 0 {
            let r = candidates.trailing_zeros() as usize;
            candidates &= candidates - 1;
            if self.when[c][r] >= best.0 {
                best = (self.when[c][r], Some(r));
            }
        }
        best.1.map(|r| self.held[c][r] as usize)
    }
    /// A free register for a value, after evicting if need be. `reuse` are registers that the uop in hand has just
    /// set free.
    pub(super) fn take_reg(
        &mut self,
        class: Class,
        hint: u8,
        crossing: bool,
        reuse: u32,
    ) -> Result<u8, EmitError> {
        let c = class as usize;
        if self.free[c] == 0 {
            let v = self.victim(class).ok_or(EmitError::Malformed)?;
            self.evict(v)?;
        }
        let mut among = self.free[c];
        if hint != NO_REG && among & 1 << hint != 0 {
            return Ok(hint);
        }
        let side = if crossing { self.kept[c] } else { !self.kept[c] };
        for wanted in [side, !self.home[c], reuse] {
            if among & wanted != 0 {
                among &= wanted;
            }
        }
        Ok(among.trailing_zeros() as u8)
    }
    /// Whether a value must survive a call after the uop in hand.
    pub(super) fn crosses(&self, v: usize) -> bool {
        let val = &self.vals[v];
        val.last != NONE && val.last > self.next_call()
    }
    /// The register of an operand, which is loaded if it is in none.
    fn load(&mut self, v: usize) -> Result<u8, EmitError> {
        let val = self.vals[v];
        if val.reg != NO_REG {
            return Ok(val.reg);
        }
        if !val.konst && val.slot == NO_SLOT {
            return Err(EmitError::Malformed);
        }
        let crossing = if val.konst { false } else { self.crosses(v) };
        let hint = if val.at_head { val.hint } else { NO_REG };
        let r = self.take_reg(val.class, hint, crossing, 0)?;
        self.fill(v, r, self.at)?;
        Ok(r)
    }
    /// Loads a value from its slot, or a constant, into a free register.
    pub(super) fn fill(&mut self, v: usize, r: u8, origin: usize) -> Result<(), EmitError> {
        let val = self.vals[v];
        self.bind(v, r)?;
        if val.konst {
            self.emit_konst(r, self.konst_number(v), origin as u32)
        } else {
            self.emit_load(val.class, r, val.slot, origin as u32)
        }
    }

    // Uops.

    fn place_inherited(&mut self) -> Result<(), EmitError> {
        for at in 0..self.shape.inherited {
            let ins = &self.trace.ins[at];
            if ins.op == Uop::Nop {
                continue;
            }
            let val = self.vals[at];
            let alone = self.alias[at] as usize == at && val.last != NONE;
            match self.trace.inherited.get(ins.d as usize) {
                Some(Loc::G(r) | Loc::F(r)) => {
                    if *r >= self.count(val.class) {
                        return Err(EmitError::Malformed);
                    }
                    if alone {
                        self.vals[at].def_reg = *r;
                        self.bind(at, *r)?;
                    }
                }
                Some(Loc::Spill(s)) => {
                    let s = *s as usize;
                    let more = (s + 1).saturating_sub(self.busy.len());
                    self.busy.try_reserve(more).map_err(|_| EmitError::NoMemory)?;
                    self.busy.fill_within(core::iter::repeat_n(0, more));
                    if alone {
                        self.vals[at].slot = s as u16;
                        self.busy[s] = self.busy[s].max(val.last);
                        self.note(at, Loc::Spill(s as u16))?;
                    }
                }
                _ => return Err(EmitError::Malformed),
            }
        }
        Ok(())
    }

    fn uop(&mut self, ins: &Ins) -> Result<(), EmitError> {
        let at = self.at;
        let facts = Facts::of(ins.op);
        let count = facts.operands as usize;
        let mut operands = [0usize; 3];
        let mut args = [NO_REG; 3];
        let mut missing = false;
        self.pinned = [0; 2];
        for n in 0..count {
            let v = self.value(ins.args[n]);
            operands[n] = v;
            let r = self.vals[v].reg;
            args[n] = r;
            match r {
                NO_REG => missing = true,
                r => self.pinned[facts.class(n) as usize] |= 1 << r,
            }
        }
        if missing {
            for n in 0..count {
                args[n] = self.load(operands[n])?;
                self.pinned[facts.class(n) as usize] |= 1 << args[n];
            }
        }
        self.pinned = [0; 2];
        for v in &operands[..count] {
            self.pop_use(*v);
        }
        let mut reuse = [0; 2];
        for v in &operands[..count] {
            let val = &self.vals[*v];
            let over = match val.konst {
                true => val.next_at == NEVER && !val.at_head,
                false => val.last as usize == at && !val.for_exit,
            };
            if over && val.reg != NO_REG {
                reuse[val.class as usize] |= 1 << val.reg;
                self.unbind(*v);
            }
        }
        if facts.calls {
            self.before_call()?;
        }
        let mut result = NO_REG;
        if let Some(class) = facts.out {
            result = self.take_reg(class, self.vals[at].hint, self.crosses(at), reuse[class as usize])?;
        }
        // What was moved aside for the call or the result is there already at the exit.
        let exit = if facts.exits { self.exit(ins)? } else { NO_EXIT };
        if result != NO_REG {
            let val = &mut self.vals[at];
            val.def_reg = result;
            val.def_code = self.out.code.len() as u32;
            if val.last != NONE {
                self.bind(at, result)?;
            }
        }
        let (op, d, k, origin) = (ins.op, ins.d, ins.k, at as u32);
        self.emit(AIns { op, out: result, args, exit, keeps: false, d, k, origin })
    }

    /// Gives the exit its number; what only it needs dies.
    fn exit(&mut self, ins: &Ins) -> Result<u16, EmitError> {
        let number = self.out.exits.len();
        if number >= NO_EXIT as usize {
            return Err(EmitError::OutOfRange);
        }
        self.out.exits.try_reserve(1).map_err(|_| EmitError::NoMemory)?;
        self.out.exits.push_within(ins.snap);
        while let Some(&(at, v)) = self.dying.last()
            && at as usize <= self.at
        {
            self.dying.pop();
            self.unbind(v as usize);
        }
        Ok(number as u16)
    }

    /// Puts what the exit or the uops behind the call need in slots, unless the call keeps its register.
    fn before_call(&mut self) -> Result<(), EmitError> {
        for c in 0..2 {
            let mut lost = self.all[c] & !self.free[c] & !self.kept[c];
            while lost != 0 {
                let v = self.held[c][lost.trailing_zeros() as usize] as usize;
                lost &= lost - 1;
                self.evict(v)?;
            }
        }
        Ok(())
    }

    // Code.

    #[inline]
    fn emit(&mut self, ins: AIns) -> Result<(), EmitError> {
        if self.out.code.len() == self.out.code.capacity() {
            self.out.code.try_reserve(1).map_err(|_| EmitError::NoMemory)?;
        }
        self.out.code.push_within(ins);
        Ok(())
    }
    /// Emits a control uop as it is.
    pub(super) fn emit_control(&mut self, op: Uop) -> Result<(), EmitError> {
        self.emit(AIns { origin: self.at as u32, ..AIns::new(op, NO_REG, NO_REG, 0, 0) })
    }
    fn emit_helper(
        &mut self,
        op: Uop,
        out: u8,
        arg: u8,
        d: i32,
        k: u64,
        origin: u32,
    ) -> Result<(), EmitError> {
        self.emit(helper(op, out, arg, d, k, origin))
    }
    pub(super) fn emit_load(&mut self, class: Class, r: u8, slot: u16, origin: u32) -> Result<(), EmitError> {
        let op = if class == Class::G { Uop::CtxLoad } else { Uop::CtxLoadF };
        self.emit_helper(op, r, NO_REG, slot_offset(slot), 0, origin)
    }
    pub(super) fn emit_store(
        &mut self,
        class: Class,
        r: u8,
        slot: u16,
        origin: u32,
    ) -> Result<(), EmitError> {
        self.emit(store(class, r, slot, origin))
    }
    pub(super) fn emit_konst(&mut self, r: u8, konst: u32, origin: u32) -> Result<(), EmitError> {
        let k = self.trace.konsts[konst as usize];
        let op = if k.class == Class::G { Uop::LoadK } else { Uop::LoadKF };
        self.emit_helper(op, r, NO_REG, 0, k.bits, origin)
    }
    pub(super) fn emit_move(&mut self, class: Class, r: u8, from: u8, origin: u32) -> Result<(), EmitError> {
        let op = if class == Class::G { Uop::MovG } else { Uop::MovF };
        self.emit_helper(op, r, from, 0, 0, origin)
    }

    /// Puts the spill stores behind the definitions, moving the code apart from its end.
    fn insert_stores(&mut self) -> Result<(), EmitError> {
        let code = &mut self.out.code;
        let (old, stores) = (code.len(), self.stores);
        if stores == 0 {
            return Ok(());
        }
        let Some(last) = code.last().copied() else { return Ok(()) };
        code.try_reserve(stores).map_err(|_| EmitError::NoMemory)?;
        code.fill_within(core::iter::repeat_n(last, stores));
        let (vals, trace) = (&*self.vals, self.trace);
        let store_of = |v: usize| store(vals[v].class, vals[v].def_reg, vals[v].slot, v as u32);
        let mut to = old + stores;
        let mut from = old;
        while from > 0 && to != from {
            from -= 1;
            let ins = code[from];
            let v = ins.origin as usize;
            if ins.op == Uop::LoopStart {
                for (phi, _) in phis(trace, self.shape.start, self.shape.body) {
                    if vals[phi].store {
                        to -= 1;
                        code[to] = store_of(phi);
                    }
                }
            } else if vals[v].store && vals[v].def_code as usize == from {
                to -= 1;
                code[to] = store_of(v);
            }
            to -= 1;
            code[to] = ins;
        }
        // What remains stands in front: the inherited values.
        for v in (0..self.shape.inherited).rev() {
            if vals[v].store && to > 0 {
                to -= 1;
                code[to] = store_of(v);
            }
        }
        Ok(())
    }
}

fn store(class: Class, r: u8, slot: u16, origin: u32) -> AIns {
    let op = if class == Class::G { Uop::CtxStore } else { Uop::CtxStoreF };
    helper(op, NO_REG, r, slot_offset(slot), 0, origin)
}

/// A uop that no uop of the trace stands for.
fn helper(op: Uop, out: u8, arg: u8, d: i32, k: u64, origin: u32) -> AIns {
    AIns { origin, ..AIns::new(op, out, arg, d, k) }
}
