//! Random loops over ints: what ranges and dead code elimination make of a trace ends as the trace did. Spans hold what
//! uops give. Divisions by constants are those of Python.

extern crate std;

use super::builder::{Build, Builder, Ty};
use super::peel::{self, Subst};
use super::ranges::{self, Ranges};
use super::span::Span;
use super::{dce, divide};
use crate::emit::JitCtx;
use crate::emit::evaluate::evaluate;
use crate::trace::ir::{Ins, Part, Ref, SnapId, Trace};
use crate::uop::Uop;
use alloc::string::String;
use alloc::vec::Vec;

/// Words of the frame.
pub(super) const SLOTS: usize = 6;
/// Uops that a run does at most.
pub(super) const LIMIT: u64 = 3000;

pub(super) struct Random(pub u64);

impl Random {
    pub fn below(&mut self, n: usize) -> usize {
        self.0 ^= self.0 << 13;
        self.0 ^= self.0 >> 7;
        self.0 ^= self.0 << 17;
        (self.0 >> 20) as usize % n
    }
    /// An int's word: small, near a border, or any.
    pub fn int(&mut self) -> i64 {
        let near = self.below(5) as i64 - 2;
        let n = match self.below(9) {
            0..=2 => near,
            3 => near + (1 << self.below(60)),
            4 => near - (1 << self.below(60)),
            5 => (1 << 60) - 1,
            6 => -(1 << 60),
            7 => self.below(1000) as i64,
            _ => (self.below(1 << 40) as i64) << self.below(20),
        };
        n << 3
    }
}

/// How evaluating a trace ends: the snapshot and its values; `None` if it goes on.
fn run(t: &Trace, frame: [u64; SLOTS]) -> Option<(SnapId, bool, Vec<u64>)> {
    let mut frame = frame;
    let mut ctx = JitCtx::new();
    let quiet = 0u32;
    ctx.interrupts = &raw const quiet;
    ctx.fuel = i64::MAX;
    // SAFETY: the traces of these tests touch `SLOTS` words of the frame, and the word that `interrupts` refers to.
    let end = unsafe { evaluate(t, frame.as_mut_ptr().cast(), &mut ctx, &|_, _| 0, LIMIT) }
        .expect("well formed")?;
    let at = t.ins.iter().enumerate().filter(|(_, i)| i.op.exits()).nth(end.exit).expect("an exit").0;
    let start = t.ins.iter().position(|i| i.op == Uop::LoopStart);
    let hoisted = t.ins[at].op != Uop::Poll && start.is_some_and(|s| at < s) && {
        let poll = t.ins.iter().position(|i| i.op == Uop::Poll);
        poll.is_some_and(|p| at > p)
    };
    Some((t.ins[at].snap, hoisted, end.values))
}

pub(super) fn listing(t: &Trace) -> String {
    let mut text = String::new();
    crate::trace::text::print(t, &mut text).expect("writing to a string");
    text
}

const OPS: &[Uop] = &[
    Uop::AddInt,
    Uop::AddInt,
    Uop::SubInt,
    Uop::MulInt,
    Uop::FloorDivInt,
    Uop::ModInt,
    Uop::AndInt,
    Uop::OrInt,
    Uop::XorInt,
    Uop::ShlInt,
    Uop::ShrInt,
    Uop::InvertInt,
    Uop::NegInt,
];
const GUARDS: &[Uop] = &[Uop::GuardLt, Uop::GuardLe, Uop::GuardUlt, Uop::GuardNe];

/// `while i < n: a[i + k]; i += step`, with the length of `a` in slot 2.
fn index(b: &mut Builder, r: &mut Random, values: &[Ref]) -> Build<()> {
    let (i, n, len) = (values[0], values[1], values[2]);
    let [zero, k, step] = [0, r.below(3) as i64 - 1, 1 + r.below(2) as i64].map(|n| b.int(n));
    b.op(Uop::GuardLe, &[zero?, len])?;
    b.op(Uop::GuardLt, &[i, n])?;
    let x = b.op(Uop::AddInt, &[i, k?])?;
    b.op(Uop::GuardUlt, &[x, len])?;
    let next = b.op(Uop::AddInt, &[i, step?])?;
    b.set_slot(0, next, true)
}

/// One iteration; `None` if the builder finds that it cannot happen.
pub(super) fn iteration(b: &mut Builder, r: &mut Random) -> Option<()> {
    let mut values = Vec::new();
    for slot in 0..SLOTS {
        let x = b.op_d(Uop::SlotLoad, &[], slot as i32 * 8).ok()?;
        b.op(Uop::GuardInt, &[x]).ok()?;
        values.push(x);
    }
    let indexed = r.below(3) == 0;
    if indexed {
        index(b, r, &values).ok()?;
    }
    let pick = |b: &mut Builder, r: &mut Random, values: &[Ref]| {
        let konst = [0, 1, 2, 3, 7, 10, 255, 1 << 31, (1 << 60) - 1, -1];
        match r.below(3) {
            0 => b.int(konst[r.below(konst.len())]),
            _ => Ok(values[r.below(values.len())]),
        }
    };
    for _ in 0..2 + r.below(14) {
        let (x, y) = (values[r.below(values.len())], pick(b, r, &values).ok()?);
        if r.below(3) == 0 {
            let op = GUARDS[r.below(GUARDS.len())];
            let (x, y) = if r.below(4) == 0 { (y, x) } else { (x, y) };
            b.op(op, &[x, y]).ok()?;
        } else {
            let op = OPS[r.below(OPS.len())];
            let args = [x, y];
            values.push(b.op(op, args.get(..op.ins().len())?).ok()?);
        }
    }
    for slot in if indexed { 3..SLOTS } else { 0..SLOTS } {
        if r.below(2) == 0 {
            let x = values[r.below(values.len())];
            b.set_slot(slot, x, true).ok()?;
        }
    }
    b.op_d(Uop::Poll, &[], core::mem::offset_of!(JitCtx, interrupts) as i32).ok()?;
    Some(())
}

/// `TAIPAN_ROUNDS` makes it longer.
#[test]
fn random_loops() {
    let rounds: u64 = std::env::var("TAIPAN_ROUNDS").ok().and_then(|n| n.parse().ok()).unwrap_or(3000);
    let (mut b, mut subst, mut s, mut used) =
        (Builder::default(), Subst::default(), Ranges::default(), Vec::new());
    let (mut loops, mut cheaper, mut hoisted) = (0, 0, 0);
    for seed in 1..rounds {
        let mut r = Random(seed.wrapping_mul(0x9e37_79b9_7f4a_7c15u64));
        b.reset().expect("memory");
        if iteration(&mut b, &mut r).is_none() || peel::peel(&mut b, &mut subst).is_err() {
            continue;
        }
        // A check whose result nobody uses goes, whether or not it would have failed.
        dce::run(&mut b.t, &[], &mut used).expect("memory");
        let before = Trace { ins: b.t.ins.clone(), konsts: b.t.konsts.clone(), ..Trace::default() };
        let before = Trace { snaps: b.t.snaps.clone(), slots: b.t.slots.clone(), ..before };
        ranges::run(&mut b, &mut s).expect("memory");
        assert_eq!(crate::trace::check::check(&b.t), Ok(()), "seed {seed}\n{}", listing(&before));
        dce::run(&mut b.t, s.relied(), &mut used).expect("memory");
        assert_eq!(crate::trace::check::check(&b.t), Ok(()), "seed {seed}\n{}", listing(&before));
        let exits = |t: &Trace| t.ins.iter().filter(|i| i.op.exits()).count();
        loops += 1;
        cheaper += (exits(&b.t) < exits(&before)) as usize;
        for _ in 0..12 {
            let small = r.below(2) == 0;
            let frame = [0; SLOTS].map(|_: u64| if small { r.below(9) as u64 * 8 } else { r.int() as u64 });
            let (want, got) = (run(&before, frame), run(&b.t, frame));
            if got.as_ref().is_some_and(|x| x.1) {
                hoisted += 1;
                continue;
            }
            let both = want.as_ref().zip(got.as_ref());
            // The runs may differ in length where neither ends.
            if let Some((x, y)) = both {
                assert_eq!(x, y, "seed {seed} {frame:x?}\n{}\n{}", listing(&before), listing(&b.t));
            }
        }
    }
    assert!(loops > 100 && cheaper > loops / 12 && hoisted > 20, "{loops} {cheaper} {hoisted}");
}

#[test]
fn spans_hold_results() {
    let all: Vec<Uop> = OPS
        .iter()
        .copied()
        .chain([Uop::AddIntN, Uop::SubIntN, Uop::MulIntN, Uop::ShlIntN, Uop::ShrIntN, Uop::MulHi])
        .collect();
    let mut r = Random(77);
    for round in 0..200_000 {
        let op = all[round % all.len()];
        let span = |r: &mut Random| {
            let (x, y) = (r.int(), if r.below(3) == 0 { r.below(70) as i64 * 8 } else { r.int() });
            if r.below(3) == 0 { Span { lo: x, hi: x } } else { Span { lo: x.min(y), hi: x.max(y) } }
        };
        let (p, q) = (span(&mut r), span(&mut r));
        let within = |r: &mut Random, s: Span| match r.below(4) {
            0 => s.lo,
            1 => s.hi,
            _ => r.int().clamp(s.lo, s.hi),
        };
        let (x, y) = (within(&mut r, p), within(&mut r, q));
        let mut t = Trace::default();
        let args = [(x, 0), (y, 1)].map(|(x, _)| t.konst(crate::uop::Class::G, x as u64).expect("memory"));
        t.snaps.push(crate::trace::ir::Snapshot { first: 0, count: 0, state: 0 });
        t.snaps.push(crate::trace::ir::Snapshot { first: 0, count: 1, state: 0 });
        let mut ins = Ins::new(op, args.get(..op.ins().len()).expect("two"));
        ins.snap = if op.exits() { SnapId(0) } else { SnapId::NONE };
        t.ins.push(ins);
        t.slots.push(crate::trace::ir::SnapSlot { slot: 0, value: Ref::ins(0), part: Part::Register });
        t.ins.push(Ins { snap: SnapId(1), ..Ins::new(Uop::Exit, &[]) });
        let (_, _, values) = run(&t, [0; SLOTS]).expect("it ends");
        if let Some(&z) = values.first() {
            let s = Span::of_uop(op, p, q);
            assert!(
                s.lo <= z as i64 && z as i64 <= s.hi,
                "{op:?} {x:#x} {y:#x} in {p:x?} {q:x?}: {z:#x} not in {s:x?}"
            );
        }
    }
}

#[test]
fn constant_divisors() {
    let mut r = Random(5);
    let mut b = Builder::default();
    for round in 0..4000 {
        let d = match round {
            0..200 => round as i64 + 1,
            _ => (r.int() >> 3).max(1),
        };
        for op in [Uop::FloorDivInt, Uop::ModInt] {
            b.reset().expect("memory");
            let x = b.op_d(Uop::SlotLoad, &[], 0).expect("memory");
            b.op(Uop::GuardInt, &[x]).expect("memory");
            let k = b.int(d).expect("memory");
            let y =
                divide::fold(&mut b, &Ins::new(op, &[x, k])).expect("memory").expect("a constant divisor");
            b.know(y, Ty::Int);
            b.set_slot(0, y, true).expect("memory");
            b.add(Ins::new(Uop::Exit, &[])).expect("memory");
            let near = d.saturating_mul(r.below(1000) as i64 - 500).clamp(-(1 << 60), (1 << 60) - 1);
            for n in [0, 1, -1, d - 1, d, -d, near, near - 1, r.int() >> 3, (1 << 60) - 1, -(1 << 60)] {
                let n = n.clamp(-(1 << 60), (1 << 60) - 1);
                let want = if op == Uop::ModInt { n.rem_euclid(d) } else { n.div_euclid(d) };
                let mut frame = [0; SLOTS];
                frame[0] = (n << 3) as u64;
                let (_, _, values) = run(&b.t, frame).expect("it ends");
                // Where the result is the register's own value nothing is to be written.
                let got = values.first().map_or(n, |&w| w as i64 >> 3);
                assert_eq!(got, want, "{op:?} {n} {d}");
            }
        }
    }
}
