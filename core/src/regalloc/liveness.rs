//! The backward walk: where each value is used, what the loop needs, and how many registers it wants.
//!
//! Invariants: the uses of a value come out in the order of their positions; a value from before the loop that the
//! loop needs lives to the loop's end; operands that pass here are defined before their use and have the right class,
//! so that later passes index without looking.

use super::{Allocator, Facts, NEVER, NO_SLOT, NONE, Shape, Use, Val, is_phi, value_index};
use crate::emit::{EmitError, MAX_REGS, MAX_SPILLS, NO_REG};
use crate::room::WithinRoom as _;
use crate::trace::ir::{Loc, Ref, SnapId, Trace};
use crate::uop::{Class, Uop};

/// The loop as the walk sees it.
#[derive(Clone, Copy)]
struct Walk {
    uops: usize,
    /// Position of `LoopStart`; beyond all positions if there is no loop.
    start: usize,
    end: usize,
    inherited: usize,
    /// Values defined in the loop that are alive here.
    live: [u32; 2],
    most: [u32; 2],
    crossing: [u32; 2],
    /// The snapshot seen last, and one more than the last value in it.
    seen: (SnapId, usize),
}

impl Allocator {
    /// Fills `vals`, `uses`, `calls`, `dying`, `invariants` and `alias`.
    pub(super) fn prepare(&mut self, trace: &Trace) -> Result<Shape, EmitError> {
        let uops = trace.ins.len();
        self.reset(trace)?;
        let inherited = self.find_inherited(trace)?;
        let looping = trace.ins.last().is_some_and(|i| i.op == Uop::LoopEnd);
        let start = if looping { trace.ins.iter().position(|i| i.op == Uop::LoopStart) } else { None };
        if looping && start.is_none() {
            return Err(EmitError::Malformed);
        }
        let mut w = Walk {
            uops,
            start: start.unwrap_or(usize::MAX),
            end: uops.wrapping_sub(1),
            inherited,
            live: [0; 2],
            most: [0; 2],
            crossing: [0; 2],
            seen: (SnapId::NONE, 0),
        };
        let body = start.map_or(uops, |s| {
            let after = trace.ins.get(s + 1..).unwrap_or(&[]);
            s + 1 + after.iter().take_while(|i| is_phi(i.op)).count()
        });
        for &(value, _) in &trace.passed {
            self.pass(&mut w, value, trace)?;
        }
        let mut first_call = NONE;
        for (at, ins) in trace.ins.iter().enumerate().rev() {
            if Facts::of(ins.op).calls {
                self.calls.push_within(at as u32);
                if at > w.start {
                    first_call = at as u32;
                }
            }
            match ins.op {
                Uop::Nop => {}
                Uop::LoopEnd => {
                    for (_, phi) in phis(trace, start, body) {
                        self.back_edge(&mut w, phi.args[1], phi.op)?;
                    }
                }
                Uop::PhiG | Uop::PhiF => {
                    if at <= w.start || at >= body {
                        return Err(EmitError::Malformed);
                    }
                    w.define(at, ins.op, &self.vals);
                    self.phi_entry(&mut w, at, ins.args[0], ins.op)?;
                }
                _ => self.uop(trace, &mut w, at)?,
            }
        }
        Ok(Shape { start, body, inherited, pressure: w.most, crossing: w.crossing, first_call })
    }

    fn reset(&mut self, trace: &Trace) -> Result<(), EmitError> {
        let (uops, konsts) = (trace.ins.len(), trace.konsts.len());
        self.vals.clear();
        self.uses.clear();
        self.calls.clear();
        self.invariants.clear();
        self.alias.clear();
        self.busy.clear();
        self.dying.clear();
        let operands = uops * 3 + trace.passed.len();
        let short = |_| EmitError::NoMemory;
        self.vals.try_reserve(uops + konsts).map_err(short)?;
        self.uses.try_reserve(operands).map_err(short)?;
        self.calls.try_reserve(uops).map_err(short)?;
        self.invariants.try_reserve(uops + konsts).map_err(short)?;
        self.alias.try_reserve(uops).map_err(short)?;
        self.dying.try_reserve(uops).map_err(short)?;
        let fresh = |class: Option<Class>, konst| Val {
            next: NONE,
            next_at: NEVER,
            last: NONE,
            loop_first: NONE,
            def_code: NONE,
            slot: NO_SLOT,
            loop_uses: 0,
            reg: NO_REG,
            def_reg: NO_REG,
            hint: NO_REG,
            class: class.unwrap_or(Class::G),
            void: class.is_none(),
            store: false,
            konst,
            at_head: false,
            keep: false,
            for_exit: false,
        };
        self.vals.fill_within(trace.ins.iter().map(|i| fresh(Facts::of(i.op).out, false)));
        self.vals.fill_within(trace.konsts.iter().map(|k| fresh(Some(k.class), true)));
        Ok(())
    }

    /// Finds the inherited values in front, and for each the one that stands for all in its place.
    fn find_inherited(&mut self, trace: &Trace) -> Result<usize, EmitError> {
        let count =
            trace.ins.iter().take_while(|i| matches!(i.op, Uop::InheritG | Uop::InheritF | Uop::Nop)).count();
        if count == 0 {
            return Ok(0);
        }
        let mut first = [NONE; 2 * (MAX_REGS + MAX_SPILLS)];
        for (at, ins) in trace.ins.iter().enumerate().take(count) {
            if ins.op == Uop::Nop {
                self.alias.push_within(at as u32);
                continue;
            }
            let class = if ins.op == Uop::InheritF { Class::F } else { Class::G };
            let loc = usize::try_from(ins.d).ok().and_then(|d| trace.inherited.get(d));
            let place = match (loc, class) {
                (Some(Loc::G(r)), Class::G) | (Some(Loc::F(r)), Class::F) if (*r as usize) < MAX_REGS => {
                    *r as usize
                }
                (Some(Loc::Spill(s)), _) if (*s as usize) < MAX_SPILLS => MAX_REGS + *s as usize,
                _ => return Err(EmitError::Malformed),
            };
            let first = &mut first[place + class as usize * (MAX_REGS + MAX_SPILLS)];
            if *first == NONE {
                *first = at as u32;
            }
            self.alias.push_within(*first);
        }
        Ok(count)
    }

    /// The value an operand names, if it is one that `at` may use.
    #[inline(always)]
    fn operand(&self, w: &Walk, r: Ref, class: Class) -> Result<usize, EmitError> {
        let v = value_index(r, w.uops).ok_or(EmitError::Malformed)?;
        match self.vals.get(v) {
            Some(val) if val.class == class && !val.void => {}
            _ => return Err(EmitError::Malformed),
        }
        Ok(if v < w.inherited { self.alias[v] as usize } else { v })
    }

    /// Notes that `v` is alive at `at`. Answers whether this is its last use.
    #[inline(always)]
    fn see(&mut self, w: &mut Walk, v: usize, at: usize) -> bool {
        let val = &mut self.vals[v];
        val.last == NONE && w.see_last(val, v, at)
    }

    #[inline(always)]
    fn add_use(&mut self, v: usize, at: usize) {
        let val = &mut self.vals[v];
        self.uses.push_within(Use { at: val.next_at, next: val.next });
        val.next = self.uses.len() as u32 - 1;
        val.next_at = at as u32;
    }

    fn back_edge(&mut self, w: &mut Walk, b: Ref, op: Uop) -> Result<(), EmitError> {
        let v = self.operand(w, b, op.ins()[1])?;
        if v < w.uops {
            self.see(w, v, w.end);
            // What is from before the loop may as well be loaded: it needs no register for this.
            if v > w.start {
                self.add_use(v, w.end);
            }
        }
        w.note();
        Ok(())
    }

    /// The use of a value by the exit at the end, which passes it on.
    fn pass(&mut self, w: &mut Walk, r: Ref, trace: &Trace) -> Result<(), EmitError> {
        let class = trace.class(r).ok_or(EmitError::Malformed)?;
        let v = self.operand(w, r, class)?;
        if v < w.uops {
            self.see(w, v, w.end);
            // What came from the parent may as well be loaded, as in a loop.
            if v >= w.inherited {
                self.add_use(v, w.end);
            }
        }
        Ok(())
    }

    /// The use of a phi's first operand, unless nothing needs the phi.
    fn phi_entry(&mut self, w: &mut Walk, phi: usize, a: Ref, op: Uop) -> Result<(), EmitError> {
        let v = self.operand(w, a, op.ins()[0])?;
        if v >= w.start && v < w.uops {
            return Err(EmitError::Malformed);
        }
        if self.vals[phi].last != NONE && v < w.uops {
            self.see(w, v, w.start);
            self.add_use(v, w.start);
        }
        Ok(())
    }

    /// The uses by the snapshot of the uop `at`.
    fn snapshot(&mut self, trace: &Trace, w: &mut Walk, at: usize, snap: SnapId) -> Result<(), EmitError> {
        if snap == SnapId::NONE {
            return Err(EmitError::Malformed);
        }
        // Guards that stand together have one, whose values the last of them has shown to be alive.
        if w.seen.0 == snap && w.seen.1 <= at {
            return Ok(());
        }
        w.seen = (snap, 0);
        for slot in trace.snapshot_slots(snap) {
            let Some(v) = slot.value.as_ins() else {
                if slot.value.as_konst().is_none_or(|k| k >= trace.konsts.len()) {
                    return Err(EmitError::Malformed);
                }
                continue;
            };
            if v >= at || self.vals[v].void {
                return Err(EmitError::Malformed);
            }
            w.seen.1 = w.seen.1.max(v + 1);
            let v = if v < w.inherited { self.alias[v] as usize } else { v };
            let val = &mut self.vals[v];
            if val.last == NONE && w.see_last(val, v, at) && val.last == at as u32 {
                val.for_exit = true;
                self.dying.push_within((at as u32, v as u32));
            }
        }
        Ok(())
    }

    fn uop(&mut self, trace: &Trace, w: &mut Walk, at: usize) -> Result<(), EmitError> {
        let ins = &trace.ins[at];
        let facts = Facts::of(ins.op);
        let in_loop = w.start != usize::MAX && at > w.start;
        if facts.out.is_some() {
            w.define(at, ins.op, &self.vals);
        }
        if facts.calls && in_loop {
            for c in 0..2 {
                w.crossing[c] = w.crossing[c].max(w.live[c]);
            }
        }
        if facts.exits {
            self.snapshot(trace, w, at, ins.snap)?;
        }
        let mut reusable = [false; 2];
        for n in 0..facts.operands as usize {
            let class = facts.class(n);
            let v = self.operand(w, ins.args[n], class)?;
            let konst = v >= w.uops;
            if v >= at && !konst {
                return Err(EmitError::Malformed);
            }
            let val = &mut self.vals[v];
            if !konst && val.last == NONE && w.see_last(val, v, at) && v > w.start {
                reusable[class as usize] = true;
            }
            self.uses.push_within(Use { at: val.next_at, next: val.next });
            val.next = self.uses.len() as u32 - 1;
            val.next_at = at as u32;
            if in_loop && (v < w.start || konst) {
                if val.loop_first == NONE {
                    self.invariants.push_within(v as u32);
                }
                val.loop_first = at as u32;
                val.loop_uses = val.loop_uses.saturating_add(1);
            }
        }
        if !in_loop {
            return Ok(());
        }
        w.note();
        if let (true, Some(c)) = (facts.exits, facts.out)
            && !reusable[c as usize]
        {
            w.most[c as usize] = w.most[c as usize].max(w.live[c as usize] + 1);
        }
        Ok(())
    }
}

impl Walk {
    /// Notes the last use of a value. Answers true.
    #[inline(always)]
    fn see_last(&mut self, val: &mut Val, v: usize, at: usize) -> bool {
        let across = v < self.start && at > self.start && self.start != usize::MAX;
        val.last = if across { self.end as u32 } else { at as u32 };
        if v > self.start && v < self.uops {
            self.live[val.class as usize] += 1;
        }
        true
    }
    /// Passes the definition of the value `at`.
    #[inline]
    fn define(&mut self, at: usize, op: Uop, vals: &[Val]) {
        let Some(class) = Facts::of(op).out else { return };
        let c = class as usize;
        if self.start == usize::MAX || at <= self.start {
            return;
        }
        if vals[at].last == NONE {
            self.most[c] = self.most[c].max(self.live[c] + 1);
        } else {
            self.live[c] -= 1;
        }
    }
    fn note(&mut self) {
        for c in 0..2 {
            self.most[c] = self.most[c].max(self.live[c]);
        }
    }
}

/// The loop's phis with their positions.
pub(super) fn phis(
    trace: &Trace,
    start: Option<usize>,
    body: usize,
) -> impl Iterator<Item = (usize, &crate::trace::ir::Ins)> {
    let first = start.map_or(body, |s| s + 1);
    trace.ins.iter().enumerate().take(body).skip(first)
}
