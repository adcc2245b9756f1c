//! Random loops over ints, and random traces that come to their heads: where such a trace meets the loop's contract, the
//! body goes on from there as the whole trace does from the registers.

extern crate std;

use super::builder::Builder;
use super::meet;
use super::peel::{self, Subst};
use super::ranges::{self, Ranges};
use super::tests::{LIMIT, Random, SLOTS, iteration, listing};
use crate::emit::JitCtx;
use crate::emit::evaluate::evaluate;
use crate::trace::ir::{Ins, Loc, Ref, SnapId, Trace};
use crate::uop::{Class, Uop};
use crate::value::Value;
use alloc::vec::Vec;

/// Where a run ended.
struct End {
    /// The frame, with what the exit writes.
    frame: [u64; SLOTS],
    /// The uop that left.
    at: usize,
    passed: Vec<u64>,
}

fn run(t: &Trace, frame: [u64; SLOTS], inherited: &dyn Fn(Loc, Class) -> u64) -> Option<End> {
    let mut frame = frame;
    let mut ctx = JitCtx::new();
    let quiet = 0u32;
    ctx.interrupts = &raw const quiet;
    ctx.fuel = i64::MAX;
    // SAFETY: the traces of these tests touch `SLOTS` words of the frame, and the word that `interrupts` refers to.
    let end = unsafe { evaluate(t, frame.as_mut_ptr().cast(), &mut ctx, inherited, LIMIT) };
    let end = end.expect("well formed")?;
    let at = t.ins.iter().enumerate().filter(|(_, i)| i.op.exits()).nth(end.exit).expect("an exit").0;
    for (slot, value) in t.snapshot_slots(t.ins[at].snap).iter().zip(&end.values) {
        frame[slot.slot as usize] = *value;
    }
    Some(End { frame, at, passed: end.passed })
}

fn copy(t: &Trace) -> Trace {
    Trace {
        ins: t.ins.clone(),
        konsts: t.konsts.clone(),
        snaps: t.snaps.clone(),
        slots: t.slots.clone(),
        passed: t.passed.clone(),
        ..Trace::default()
    }
}

/// What the loop of `t`, which starts at `start`, has at its head.
fn head_of(t: &Trace, start: usize) -> Vec<(Ref, Loc)> {
    let mut named: Vec<Ref> = Vec::new();
    let phi = |i: &&Ins| matches!(i.op, Uop::PhiG);
    let phis = t.ins[start + 1..].iter().take_while(phi).count();
    named.extend((start + 1..start + 1 + phis).map(Ref::ins));
    let body = &t.ins[start + 1..];
    let snaps = body.iter().filter(|i| i.op.exits()).flat_map(|i| t.snapshot_slots(i.snap));
    let next = body.iter().take(phis).map(|i| i.args[1]);
    let operands = body.iter().skip(phis).flat_map(|i| i.operands().to_vec());
    for r in operands.chain(snaps.map(|s| s.value)).chain(next) {
        if r.as_ins().is_some_and(|i| i < start) && !named.contains(&r) {
            named.push(r);
        }
    }
    named.iter().enumerate().map(|(n, r)| (*r, Loc::Spill(n as u16))).collect()
}

/// The loop's body alone: what it has at its head is inherited.
fn body_of(t: &Trace, start: usize, head: &[(Ref, Loc)]) -> Trace {
    let mut body = copy(t);
    body.ins[..start].fill(Ins::new(Uop::Nop, &[]));
    for (n, (value, loc)) in head.iter().enumerate() {
        let at = match value.as_ins() {
            Some(i) if i > start => {
                let left = body.ins[i].d as usize;
                body.ins[i].args[0] = Ref::ins(left);
                left
            }
            i => i.expect("no constant"),
        };
        body.ins[at] = Ins { d: n as i32, ..Ins::new(Uop::InheritG, &[]) };
        body.inherited.push(*loc);
    }
    body
}

/// A trace that changes some registers; what they hold then.
fn come(b: &mut Builder, r: &mut Random, frame: [u64; SLOTS]) -> [u64; SLOTS] {
    b.reset().expect("memory");
    let mut now = frame;
    for (slot, word) in now.iter_mut().enumerate() {
        let from = r.below(SLOTS);
        let x = match r.below(5) {
            0 => {
                *word = r.below(6) as u64 * 8;
                b.int(*word as i64 >> 3)
            }
            1 => {
                *word = frame[from];
                b.op_d(Uop::SlotLoad, &[], from as i32 * 8)
            }
            2 => {
                *word = frame[from].wrapping_add(8);
                let (x, one) = (b.op_d(Uop::SlotLoad, &[], from as i32 * 8), b.int(1));
                b.op(Uop::AddIntN, &[x.expect("memory"), one.expect("memory")])
            }
            _ => continue,
        };
        b.set_slot(slot, x.expect("memory"), true).expect("memory");
    }
    now
}

/// `TAIPAN_ROUNDS` makes it longer.
#[test]
fn a_body_goes_on_as_the_whole_does() {
    let rounds: u64 = std::env::var("TAIPAN_ROUNDS").ok().and_then(|n| n.parse().ok()).unwrap_or(4000);
    let (mut b, mut side) = (Builder::default(), Builder::default());
    let (mut subst, mut s) = (Subst::default(), Ranges::default());
    let (mut contracts, mut met, mut compared) = (0, 0, 0);
    for seed in 1..rounds {
        let mut r = Random(seed.wrapping_mul(0x9e37_79b9_7f4a_7c15u64));
        b.reset().expect("memory");
        if iteration(&mut b, &mut r).is_none() || peel::peel(&mut b, &mut subst).is_err() {
            continue;
        }
        ranges::run(&mut b, &mut s).expect("memory");
        subst.draft.note_hoisted(&b.t).expect("memory");
        let start = b.t.ins.iter().position(|i| i.op == Uop::LoopStart).expect("a loop");
        let head = head_of(&b.t, start);
        let Some(contract) = subst.draft.finish(&b, &s, &head).expect("memory") else { continue };
        contracts += 1;
        let body = body_of(&b.t, start, &head);
        for _ in 0..16 {
            let small = r.below(3) != 0;
            let frame = [0; SLOTS].map(|_: u64| if small { r.below(12) as u64 * 8 } else { r.int() as u64 });
            let now = come(&mut side, &mut r, frame);
            let registers = |slot: usize| Value::from_bits(now[slot]);
            if !matches!(meet(&mut side, &contract, None, &registers), Ok(Some(_))) {
                continue;
            }
            met += 1;
            side.add(Ins::new(Uop::Exit, &[])).expect("memory");
            assert_eq!(crate::trace::check::check(&side.t), Ok(()), "seed {seed}\n{}", listing(&side.t));
            let came = run(&side.t, frame, &|_, _| 0).expect("an end");
            assert_eq!(came.frame, now, "seed {seed} {frame:x?}\n{}", listing(&side.t));
            if came.at + 1 != side.t.ins.len() {
                continue;
            }
            // In memory is what the trace has stored; the rest is passed on.
            let mut stored = copy(&side.t);
            stored.snaps.push(crate::trace::ir::Snapshot { first: 0, count: 0, state: 0 });
            stored.ins[came.at].snap = SnapId(stored.snaps.len() as u16 - 1);
            let memory = run(&stored, frame, &|_, _| 0).expect("an end").frame;
            let passed = |loc: Loc, _| match loc {
                Loc::Spill(n) => came.passed[n as usize],
                _ => 0,
            };
            let (got, want) = (run(&body, memory, &passed), run(&b.t, now, &|_, _| 0));
            let (Some(got), Some(want)) = (got, want) else { continue };
            let poll = b.t.ins.iter().position(|i| i.op == Uop::Poll).expect("a poll");
            if (poll + 1..start).contains(&want.at) {
                // What was put before the loop failed.
                continue;
            }
            compared += 1;
            let text = (listing(&b.t), listing(&side.t));
            assert_eq!(got.frame, want.frame, "seed {seed} {frame:x?}\n{}\n{}", text.0, text.1);
        }
    }
    assert!(contracts > 300 && met > contracts && compared > 500, "{contracts} {met} {compared}");
}
