//! How long an allocation takes: `cargo bench -p taipan-core --bench regalloc`. The best of many, in the same scratch
//! memory, as in the JIT.

#![allow(clippy::disallowed_methods, clippy::disallowed_macros, reason = "benches may allocate")]

use std::time::{Duration, Instant};
use taipan_core::emit::{Allocated, RegFile};
use taipan_core::regalloc::{self, Allocator};
use taipan_core::trace::check;
use taipan_core::trace::ir::{Ins, Part, Ref, SnapId, SnapSlot, Snapshot, Trace};
use taipan_core::uop::{Class, Uop};

const X86_64: RegFile = RegFile { g: 8, f: 8, g_kept: 0b11, f_kept: 0 };
const LARGE: RegFile = RegFile { g: 24, f: 24, g_kept: 0xff0, f_kept: 0xff };

fn main() {
    let mut allocator = Allocator::default();
    for (n, regs) in [(50, X86_64), (150, X86_64), (500, X86_64), (150, LARGE)] {
        let t = typical(n);
        let mut a = Allocated::default();
        allocator.allocate(&t, regs, &mut a).expect("allocated");
        assert_eq!(check::check(&t), Ok(()));
        assert!(regalloc::check::check(&t, regs, &a).is_ok());
        let mut best = Duration::MAX;
        for _ in 0..5000 {
            let start = Instant::now();
            allocator.allocate(&t, regs, &mut a).expect("allocated");
            best = best.min(start.elapsed());
        }
        let (g, places, code) = (regs.g, a.homes.bytes(), a.code.len());
        println!("{n} uops, {g} registers, {places} bytes of places: {best:?}, {code} allocated uops");
    }
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
                .map(|(slot, (at, _))| SnapSlot {
                    slot: slot as i16,
                    value: Ref::ins(at),
                    part: Part::Register,
                })
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
