//! Random traces on several register files: the checker and the portable emitter agree with the trace.

extern crate std;

use super::Allocator;
use crate::emit::exercise::exercise;
use crate::emit::portable::PortableEmitter;
use crate::emit::{Allocated, EmitError, RegFile};
use crate::trace::generate::{self, Choices, World};
use crate::trace::ir::{Ins, Ref, SnapId, SnapSlot, Snapshot, Trace};
use crate::uop::{Class, Uop};
use alloc::string::String;
use alloc::vec::Vec;

/// Bytes from a seed.
fn bytes(seed: u64) -> Vec<u8> {
    let mut x = seed.wrapping_mul(0x9e37_79b9_7f4a_7c15) | 1;
    let mut next = || {
        x ^= x << 13;
        x ^= x >> 7;
        x ^= x << 17;
        (x >> 24) as u8
    };
    for _ in 0..8 {
        next();
    }
    (0..4000).map(|_| next()).collect()
}

const WORLD: World = World { g: 4, f: 3, helpers: 0 };

const FILES: [RegFile; 6] = [
    RegFile { g: 8, f: 8, g_kept: 0b11, f_kept: 0 },
    RegFile { g: 3, f: 2, g_kept: 0, f_kept: 0 },
    RegFile { g: 3, f: 2, g_kept: 0b111, f_kept: 0b1 },
    RegFile { g: 4, f: 3, g_kept: 0b1, f_kept: 0b10 },
    RegFile { g: 6, f: 5, g_kept: 0b11, f_kept: 0b11 },
    RegFile { g: 24, f: 24, g_kept: 0xff0, f_kept: 0xff },
];

/// Allocates, and asks the checkers.
fn checked(allocator: &mut Allocator, t: &Trace, regs: RegFile, a: &mut Allocated) -> Result<(), EmitError> {
    if let Err(broken) = crate::trace::check::check(t) {
        panic!("{broken}\n{}", listing(t, a));
    }
    allocator.allocate(t, regs, a)?;
    if let Err(wrong) = super::check::check(t, regs, a) {
        panic!("{wrong}\n{}", listing(t, a));
    }
    Ok(())
}

fn listing(t: &Trace, a: &Allocated) -> String {
    let mut text = String::new();
    crate::trace::text::print(t, &mut text).expect("writing to a string");
    text.push_str("----\n");
    crate::emit::listing::allocated(a, &mut text).expect("writing to a string");
    text
}

/// `TAIPAN_ROUNDS` makes it longer.
#[test]
fn random_traces() {
    let mut allocator = Allocator::default();
    let rounds = std::env::var("TAIPAN_ROUNDS").ok().and_then(|n| n.parse().ok()).unwrap_or(300);
    for regs in FILES {
        let mut emitter = PortableEmitter::new(regs);
        for seed in 0..rounds {
            exercise(&bytes(seed), &mut emitter, &mut |t, r, a| checked(&mut allocator, t, r, a))
                .unwrap_or_else(|e| panic!("seed {seed}, {regs:?}: {e:x?}"));
        }
    }
}

#[test]
fn text_reads_back() {
    for seed in 0..200 {
        let t = generate::trace(&mut Choices::new(&bytes(seed)), WORLD).expect("memory");
        let text = listing(&t, &Allocated::default());
        let back = crate::trace::text::parse(text.trim_end_matches("----\n")).expect("what was printed");
        assert_eq!(text, listing(&back, &Allocated::default()));
        assert_eq!((&t.ins, &t.konsts, &t.inherited), (&back.ins, &back.konsts, &back.inherited));
    }
}

/// Any change of a register, or of a uop's place, is noticed (unless it changes nothing that is read).
#[test]
fn checker_sees_damage() {
    let regs = FILES[3];
    let mut allocator = Allocator::default();
    let (mut seen, mut all) = (0, 0);
    for seed in 0..150 {
        let t = generate::trace(&mut Choices::new(&bytes(seed)), WORLD).expect("memory");
        let mut a = Allocated::default();
        allocator.allocate(&t, regs, &mut a).expect("allocated");
        for at in 0..a.code.len() {
            let good = a.code[at];
            if good.op.ins().is_empty() {
                continue;
            }
            a.code[at].args[0] = (good.args[0] + 1) % 3;
            all += (a.code[at] != good) as usize;
            seen += super::check::check(&t, regs, &a).is_err() as usize;
            a.code[at] = good;
        }
    }
    assert!(seen * 10 > all * 9, "{seen} of {all}");
}

/// A loop of `n` uops in the manner of recorded ones: a third has exits, snapshots of eight values.
fn typical(n: usize) -> Trace {
    let mut t = Trace::default();
    let one = t.konst(Class::G, 8).expect("memory");
    let half = t.konst(Class::F, 0.5f64.to_bits()).expect("memory");
    let add = |t: &mut Trace, op: Uop, args: &[Ref], d: i32| {
        let mut ins = Ins { d, ..Ins::new(op, args) };
        if op.exits() {
            let late = t.ins.iter().enumerate().rev().filter(|(_, i)| i.op.out().is_some()).take(24);
            let slots: Vec<_> = late
                .step_by(3)
                .enumerate()
                .map(|(slot, (at, _))| SnapSlot { slot: slot as i16, value: Ref::ins(at) })
                .collect();
            ins.snap = SnapId(t.snaps.len() as u16);
            t.snaps.push(Snapshot { first: t.slots.len() as u32, count: slots.len() as u16, state: 0 });
            t.slots.extend(slots);
        }
        t.ins.push(ins);
        Ref::ins(t.ins.len() - 1)
    };
    let words: Vec<_> = (0..4).map(|i| add(&mut t, Uop::SlotLoad, &[], 8 * i)).collect();
    let floats: Vec<_> = words.iter().map(|w| add(&mut t, Uop::UnboxFloat, &[*w], 0)).collect();
    add(&mut t, Uop::LoopStart, &[], 0);
    let phis = t.ins.len();
    let mut g: Vec<_> = words.iter().map(|w| add(&mut t, Uop::PhiG, &[*w, Ref::NONE], 0)).collect();
    let mut f: Vec<_> = floats.iter().map(|w| add(&mut t, Uop::PhiF, &[*w, Ref::NONE], 0)).collect();
    for i in 0.. {
        if t.ins.len() + 1 >= n {
            break;
        }
        let (a, b) = (g[i % g.len()], g[(i + 1) % g.len()]);
        let (x, y) = (f[i % f.len()], f[(i + 1) % f.len()]);
        match i % 9 {
            0 => g[i % 4] = add(&mut t, Uop::AddInt, &[a, one], 0),
            1 => f[i % 4] = add(&mut t, Uop::AddFloat, &[x, y], 0),
            2 => _ = add(&mut t, Uop::GuardLt, &[a, b], 0),
            3 => f[i % 4] = add(&mut t, Uop::MulFloat, &[x, half], 0),
            4 => g[i % 4] = add(&mut t, Uop::ElemLoad, &[words[0], a], 8),
            5 => _ = add(&mut t, Uop::GuardInt, &[b], 0),
            6 => f[i % 4] = add(&mut t, Uop::SubFloat, &[x, floats[1]], 0),
            7 => g[i % 4] = add(&mut t, Uop::AndInt, &[a, b], 0),
            _ => _ = add(&mut t, Uop::ElemStore, &[words[0], a, b], 8),
        }
    }
    for i in 0..4 {
        t.ins[phis + i].args[1] = g[i];
        t.ins[phis + 4 + i].args[1] = f[i];
    }
    add(&mut t, Uop::LoopEnd, &[], 0);
    t
}

/// Prints how long an allocation takes; run in release, with `--ignored --nocapture`.
#[test]
#[ignore = "prints times"]
fn allocation_time() {
    let mut allocator = Allocator::default();
    for (n, regs) in [(50, FILES[0]), (150, FILES[0]), (500, FILES[0]), (150, FILES[5])] {
        let t = typical(n);
        let mut a = Allocated::default();
        checked(&mut allocator, &t, regs, &mut a).expect("allocated");
        let mut best = std::time::Duration::MAX;
        for _ in 0..5000 {
            let start = std::time::Instant::now();
            allocator.allocate(&t, regs, &mut a).expect("allocated");
            best = best.min(start.elapsed());
        }
        let (g, places, code) = (regs.g, a.locs.len(), a.code.len());
        std::println!("{n} uops, {g} registers, {places} places at exits: {best:?}, {code} allocated uops");
    }
}
