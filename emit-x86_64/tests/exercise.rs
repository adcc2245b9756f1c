//! Random traces, allocated, run as machine code: they end as evaluating them in SSA form says.
#![cfg(target_arch = "x86_64")]
#![allow(clippy::disallowed_methods, reason = "tests may allocate")]

mod support;
use support::{Random, emitter};
use taipan_core::emit::exercise::exercise;
use taipan_core::regalloc::Allocator;

/// `TAIPAN_ROUNDS` makes it longer.
#[test]
fn random_traces() {
    let rounds = std::env::var("TAIPAN_ROUNDS").ok().and_then(|n| n.parse().ok()).unwrap_or(200);
    let (mut emitter, mut allocator) = (emitter(), Allocator::default());
    for seed in 0..rounds {
        let mut random = Random(seed);
        let bytes: Vec<u8> = (0..4000).map(|_| random.next() as u8).collect();
        exercise(&bytes, &mut emitter, &mut |t, regs, out| allocator.allocate(t, regs, out))
            .unwrap_or_else(|e| panic!("seed {seed}: {e:x?}"));
    }
}
