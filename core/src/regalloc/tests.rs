//! Random traces on several register files: the checker and the portable emitter agree with the trace.

extern crate std;

use super::Allocator;
use crate::emit::exercise::exercise;
use crate::emit::portable::PortableEmitter;
use crate::emit::{Allocated, EmitError, RegFile};
use crate::trace::generate::{self, Choices, World};
use crate::trace::ir::Trace;
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
    crate::emit::listing::allocated(t, a, &mut text).expect("writing to a string");
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
        assert_eq!(t.passed, back.passed);
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
