//! Random traces for tests and fuzzing: straight parts, loops with phis, calls, inherited values, return labels.
//!
//! Invariants: a trace made here is well formed (`check.rs` agrees), comes to an end whatever its values are, and its
//! uops touch only `SLOTS` words of the frame and the helpers' table.

use super::ir::{Ins, Loc, Part, Ref, SnapId, SnapSlot, Snapshot, Trace};
use crate::room::WithinRoom as _;
use crate::uop::{Class, Uop};
use alloc::vec::Vec;

/// Words of the frame that traces use.
pub const SLOTS: usize = 16;
/// Spill slots that inherited values may be in.
pub const INHERITED_SPILLS: u16 = 12;
/// Rounds of a loop at most.
pub const ROUNDS: u64 = 5;

/// Decisions, read from bytes; zeros when they are used up.
#[derive(Debug)]
pub struct Choices<'a> {
    bytes: &'a [u8],
}

impl<'a> Choices<'a> {
    /// Decisions from `bytes`.
    pub fn new(bytes: &'a [u8]) -> Self {
        Choices { bytes }
    }
    /// A number below `n` (at most 256; 0 if `n` is).
    pub fn below(&mut self, n: usize) -> usize {
        let (first, rest) = match self.bytes.split_first() {
            Some((b, rest)) => (*b as usize, rest),
            None => (0, self.bytes),
        };
        self.bytes = rest;
        first.checked_rem(n).unwrap_or(0)
    }
    /// True once in `n` times.
    pub fn one_in(&mut self, n: usize) -> bool {
        self.below(n) + 1 == n
    }
}

/// What the generated code reaches: registers that inherited values may be in, and where helpers are.
#[derive(Clone, Copy, Debug)]
pub struct World {
    /// General registers.
    pub g: u8,
    /// Float registers.
    pub f: u8,
    /// Offset of the first helper in the context: two for each of `Call0` to `Call3`, `CallF1`, `CallF2`.
    pub helpers: i32,
}

const INT_OPS: &[Uop] = &[
    Uop::AddInt,
    Uop::SubInt,
    Uop::MulInt,
    Uop::AddIntN,
    Uop::SubIntN,
    Uop::ShrIntN,
    Uop::MulHi,
    Uop::FloorDivInt,
    Uop::ModInt,
    Uop::AndInt,
    Uop::OrInt,
    Uop::XorInt,
    Uop::ShlInt,
    Uop::ShrInt,
    Uop::NegInt,
    Uop::InvertInt,
    Uop::LtInt,
    Uop::LeInt,
    Uop::EqWord,
    Uop::NeWord,
    Uop::LtFloat,
    Uop::EqFloat,
    Uop::NotBool,
    Uop::BoolToInt,
    Uop::FloatToInt,
    Uop::BoxFloat,
    Uop::MovG,
];
const FLOAT_OPS: &[Uop] = &[
    Uop::AddFloat,
    Uop::SubFloat,
    Uop::MulFloat,
    Uop::DivFloat,
    Uop::NegFloat,
    Uop::AbsFloat,
    Uop::SqrtFloat,
    Uop::IntToFloat,
    Uop::UnboxFloat,
    Uop::BitsFloat,
    Uop::MovF,
];
const GUARDS: &[Uop] = &[
    Uop::GuardInt,
    Uop::GuardFloat,
    Uop::GuardBool,
    Uop::GuardNe,
    Uop::GuardNe,
    Uop::GuardNe,
    Uop::GuardLt,
    Uop::GuardUlt,
    Uop::GuardFne,
    Uop::GuardFnlt,
    Uop::GuardFnle,
    Uop::GuardExact,
];
const CALLS: &[Uop] = &[Uop::Call0, Uop::Call1, Uop::Call2, Uop::Call3, Uop::CallF1, Uop::CallF2];
const KONSTS: &[u64] = &[0, 8, 16, 80, 800, 1 << 20, !7, 4 << 59, 18, 26];
const FLOAT_KONSTS: &[f64] = &[0.0, 1.0, 0.5, -2.0, 1e10, 3.25];

/// A random trace; `None` when memory is short.
pub fn trace(c: &mut Choices<'_>, world: World) -> Option<Trace> {
    let mut m = Maker {
        t: Trace::default(),
        pools: [Vec::new(), Vec::new()],
        world,
        calls: 0,
        guards: 0,
        old_snaps: 0,
    };
    m.calls = [0, 0, 4, 12][c.below(4)];
    m.guards = [2, 4, 10][c.below(3)];
    if c.one_in(2) {
        m.inherit(c)?;
    }
    m.load_slots(c)?;
    let before = c.below(24);
    m.straight(c, before)?;
    let mut labels = 0;
    while labels < 3 && c.one_in(4) {
        m.jump_to_label(c, labels)?;
        m.load_slots(c)?;
        let n = c.below(24);
        m.straight(c, n)?;
        labels += 1;
    }
    if c.one_in(3) {
        m.exit(c)?;
    } else {
        m.looping(c)?;
    }
    Some(m.t)
}

struct Maker {
    t: Trace,
    /// Values that may be used, by class.
    pools: [Vec<Ref>; 2],
    world: World,
    /// Calls among 64 uops, about.
    calls: usize,
    /// One uop in so many is a guard.
    guards: usize,
    /// Snapshots from before the last label.
    old_snaps: usize,
}

fn push<T>(v: &mut Vec<T>, x: T) -> Option<()> {
    v.try_reserve(1).ok()?;
    v.push_within(x);
    Some(())
}

impl Maker {
    fn add(&mut self, ins: Ins) -> Option<Ref> {
        push(&mut self.t.ins, ins)?;
        Some(Ref::ins(self.t.ins.len() - 1))
    }
    /// Adds a uop whose result may be used.
    fn add_value(&mut self, ins: Ins) -> Option<Ref> {
        let r = self.add(ins)?;
        if let Some(class) = ins.op.out() {
            push(&mut self.pools[class as usize], r)?;
        }
        Some(r)
    }

    fn konst(&mut self, c: &mut Choices<'_>, class: Class) -> Option<Ref> {
        let bits = match class {
            Class::G => KONSTS[c.below(KONSTS.len())],
            Class::F => FLOAT_KONSTS[c.below(FLOAT_KONSTS.len())].to_bits(),
        };
        self.t.konst(class, bits)
    }

    /// A value to use: often a late one, sometimes any, sometimes a constant.
    fn pick(&mut self, c: &mut Choices<'_>, class: Class) -> Option<Ref> {
        let pool = &self.pools[class as usize];
        if pool.is_empty() || c.one_in(6) {
            return self.konst(c, class);
        }
        let among = if c.one_in(2) { pool.len().min(255) } else { pool.len().min(6) };
        Some(pool[pool.len() - 1 - c.below(among)])
    }

    fn inherit(&mut self, c: &mut Choices<'_>) -> Option<()> {
        for class in [Class::G, Class::F] {
            let n = c.below(14);
            for _ in 0..n {
                let loc = match class {
                    _ if c.one_in(2) => Loc::Spill(c.below(INHERITED_SPILLS as usize) as u16),
                    Class::G => Loc::G(c.below(self.world.g as usize) as u8),
                    Class::F => Loc::F(c.below(self.world.f as usize) as u8),
                };
                push(&mut self.t.inherited, loc)?;
                let op = if class == Class::G { Uop::InheritG } else { Uop::InheritF };
                let d = self.t.inherited.len() as i32 - 1;
                self.add_value(Ins { d, ..Ins::new(op, &[]) })?;
            }
        }
        Some(())
    }

    fn load_slots(&mut self, c: &mut Choices<'_>) -> Option<()> {
        let n = c.below(5);
        for _ in 0..n {
            let d = 8 * c.below(SLOTS) as i32;
            self.add_value(Ins { d, ..Ins::new(Uop::SlotLoad, &[]) })?;
        }
        Some(())
    }

    fn straight(&mut self, c: &mut Choices<'_>, n: usize) -> Option<()> {
        for _ in 0..n {
            self.any(c)?;
        }
        Some(())
    }

    fn any(&mut self, c: &mut Choices<'_>) -> Option<()> {
        let d = 8 * c.below(SLOTS) as i32;
        if c.below(64) < self.calls {
            let which = c.below(CALLS.len());
            let d = self.world.helpers + 8 * which as i32;
            return self.uop(c, CALLS[which], d);
        }
        if c.one_in(self.guards) {
            return self.one_of(c, GUARDS);
        }
        match c.below(16) {
            0 => self.uop(c, Uop::SlotLoad, d),
            1 => self.uop(c, Uop::SlotStore, d),
            2 => self.add(Ins::new(Uop::Nop, &[])).map(|_| ()),
            3..=8 => self.one_of(c, FLOAT_OPS),
            _ => self.one_of(c, INT_OPS),
        }
    }

    fn one_of(&mut self, c: &mut Choices<'_>, ops: &[Uop]) -> Option<()> {
        let op = ops[c.below(ops.len())];
        self.uop(c, op, 0)
    }

    fn uop(&mut self, c: &mut Choices<'_>, op: Uop, d: i32) -> Option<()> {
        let mut ins = Ins { d, ..Ins::new(op, &[]) };
        for (n, class) in op.ins().iter().enumerate() {
            ins.args[n] = self.pick(c, *class)?;
        }
        if op.exits() {
            ins.snap = self.snapshot(c)?;
        }
        self.add_value(ins)?;
        Some(())
    }

    fn snapshot(&mut self, c: &mut Choices<'_>) -> Option<SnapId> {
        if self.t.snaps.len() > self.old_snaps && c.one_in(64) {
            return Some(SnapId(self.t.snaps.len() as u16 - 1));
        }
        let first = self.t.slots.len() as u32;
        let count = c.below(9);
        for slot in 0..count {
            let class = if c.one_in(3) { Class::F } else { Class::G };
            let value = self.pick(c, class)?;
            push(&mut self.t.slots, SnapSlot { slot: slot as i16, value, part: Part::Register })?;
        }
        push(&mut self.t.snaps, Snapshot { first, count: count as u16, state: 0 })?;
        Some(SnapId(self.t.snaps.len() as u16 - 1))
    }

    fn jump_to_label(&mut self, c: &mut Choices<'_>, label: i32) -> Option<()> {
        // The address is no value for others: it differs from emitter to emitter.
        let a = self.add(Ins { d: label, ..Ins::new(Uop::LabelAddr, &[]) })?;
        let n = c.below(6);
        self.straight(c, n)?;
        self.add(Ins::new(Uop::JumpReg, &[a]))?;
        self.pools = [Vec::new(), Vec::new()];
        self.old_snaps = self.t.snaps.len();
        self.add(Ins { d: label, ..Ins::new(Uop::RetLabel, &[]) })?;
        Some(())
    }

    fn exit(&mut self, c: &mut Choices<'_>) -> Option<()> {
        let snap = self.snapshot(c)?;
        self.add(Ins { snap, ..Ins::new(Uop::Exit, &[]) })?;
        if c.one_in(2) { self.pass(c, snap) } else { Some(()) }
    }

    /// Lets the exit at the end pass values on, its snapshot's first, each in a place of its own.
    fn pass(&mut self, c: &mut Choices<'_>, snap: SnapId) -> Option<()> {
        let (mut taken, more) = ([0; 2], c.below(12));
        let count = self.t.snapshot_slots(snap).len();
        let mut spill = c.below(4) as u16;
        for n in 0..count + more {
            let class = if c.one_in(3) { Class::F } else { Class::G };
            let value = match self.t.snapshot_slots(snap).get(n) {
                Some(slot) => slot.value,
                None => self.pick(c, class)?,
            };
            let class = self.t.class(value)?;
            let regs = if class == Class::G { self.world.g } else { self.world.f };
            let taken = &mut taken[class as usize];
            let r = *taken as u8 + c.below(2) as u8;
            let loc = if r >= regs || c.one_in(3) {
                spill += 1 + c.below(2) as u16;
                Loc::Spill(spill)
            } else {
                *taken = r as u16 + 1;
                if class == Class::G { Loc::G(r) } else { Loc::F(r) }
            };
            push(&mut self.t.passed, (value, loc))?;
        }
        Some(())
    }

    fn looping(&mut self, c: &mut Choices<'_>) -> Option<()> {
        let mut before = [self.pools[0].len(), self.pools[1].len()];
        let zero = self.t.konst(Class::G, 0)?;
        let one = self.t.konst(Class::G, 8)?;
        let rounds = self.t.konst(Class::G, 8 * (1 + c.below(ROUNDS as usize) as u64))?;
        let n = c.below(12);
        // First values must be from before the loop: all are chosen before the first phi.
        let mut first = Vec::new();
        for _ in 0..n {
            let class = if c.one_in(2) { Class::F } else { Class::G };
            push(&mut first, (class, self.pick(c, class)?))?;
        }
        self.add(Ins::new(Uop::LoopStart, &[]))?;
        let phis = self.t.ins.len();
        let at = c.below(n + 1);
        let mut counter = Ref::NONE;
        for (i, (class, a)) in first.iter().enumerate() {
            if i == at {
                counter = self.add_value(Ins::new(Uop::PhiG, &[zero, Ref::NONE]))?;
            }
            let op = if *class == Class::G { Uop::PhiG } else { Uop::PhiF };
            self.add_value(Ins::new(op, &[*a, Ref::NONE]))?;
        }
        if counter.is_none() {
            counter = self.add_value(Ins::new(Uop::PhiG, &[zero, Ref::NONE]))?;
        }
        let end_of_phis = self.t.ins.len();
        let (n, late) = ([4, 20, 60][c.below(3)], c.one_in(2));
        let n = c.below(n);
        let mut next = counter;
        if !late {
            next = self.count(c, counter, one, rounds)?;
        }
        self.straight(c, n)?;
        if late {
            next = self.count(c, counter, one, rounds)?;
        }
        // Sometimes nothing from before the loop comes back.
        if c.one_in(2) {
            before = [0, 0];
        }
        for phi in phis..end_of_phis {
            let b = if Ref::ins(phi) == counter {
                next
            } else {
                let class = self.t.ins[phi].op.out()?;
                if before[class as usize] > 0 && c.one_in(8) {
                    self.pools[class as usize][c.below(before[class as usize].min(256))]
                } else if c.one_in(4) {
                    let other = Ref::ins(phis + c.below(end_of_phis - phis));
                    if self.t.class(other) == Some(class) { other } else { self.pick(c, class)? }
                } else {
                    self.pick(c, class)?
                }
            };
            self.t.ins[phi].args[1] = b;
        }
        self.add(Ins::new(Uop::LoopEnd, &[]))?;
        Some(())
    }

    /// The loop's counter, so that it ends.
    fn count(&mut self, c: &mut Choices<'_>, counter: Ref, one: Ref, rounds: Ref) -> Option<Ref> {
        let next = self.add_value(Ins::new(Uop::AddIntN, &[counter, one]))?;
        let snap = self.snapshot(c)?;
        self.add(Ins { snap, ..Ins::new(Uop::GuardLt, &[next, rounds]) })?;
        Some(next)
    }
}
