//! Random traces on several register files: the checker and the portable emitter agree with the trace.

extern crate std;

use super::Allocator;
use crate::emit::RegFile;
use crate::emit::exercise::exercise;
use crate::emit::portable::PortableEmitter;
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

const FILES: [RegFile; 6] = [
    RegFile { g: 8, f: 8, g_kept: 0b11, f_kept: 0 },
    RegFile { g: 3, f: 2, g_kept: 0, f_kept: 0 },
    RegFile { g: 3, f: 2, g_kept: 0b111, f_kept: 0b1 },
    RegFile { g: 4, f: 3, g_kept: 0b1, f_kept: 0b10 },
    RegFile { g: 6, f: 5, g_kept: 0b11, f_kept: 0b11 },
    RegFile { g: 24, f: 24, g_kept: 0xff0, f_kept: 0xff },
];

#[test]
fn random_traces() {
    let mut allocator = Allocator::default();
    let rounds = std::env::var("TAIPAN_ROUNDS").ok().and_then(|n| n.parse().ok()).unwrap_or(400);
    for regs in FILES {
        let mut emitter = PortableEmitter::new(regs);
        for seed in 0..rounds {
            exercise(&bytes(seed), &mut emitter, &mut |t, r, a| allocator.allocate(t, r, a))
                .unwrap_or_else(|e| panic!("seed {seed}, {regs:?}: {e:x?}"));
        }
    }
}
