//! What the tests of machine code share: an emitter, random numbers, and traces by hand.
//!
//! Whoever includes this names the emitter under test `Machine` at its root.
#![allow(dead_code, reason = "each test uses a part")]

#[path = "../../std-shim/src/code_memory.rs"]
mod code_memory;

use crate::Machine;
pub use code_memory::OsMemory;
use taipan_core::emit::{AIns, Allocated, JitCtx, NO_REG};
use taipan_core::trace::ir::{Loc, SnapId};
use taipan_core::uop::Uop;

/// An emitter with 1 MiB.
pub fn emitter() -> Machine<OsMemory> {
    Machine::new(OsMemory::new(), 1 << 20)
}

/// Random numbers, the same in every run (splitmix64).
pub struct Random(pub u64);

impl Random {
    pub fn next(&mut self) -> u64 {
        self.0 = self.0.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let z = (self.0 ^ self.0 >> 30).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        let z = (z ^ z >> 27).wrapping_mul(0x94d0_49bb_1331_11eb);
        z ^ z >> 31
    }
    pub fn below(&mut self, n: u64) -> u64 {
        self.next() % n
    }
    pub fn pick<T: Copy>(&mut self, from: &[T]) -> T {
        from[self.below(from.len() as u64) as usize]
    }
}

/// A context of zeros, but for the exit.
pub fn ctx() -> Box<JitCtx> {
    Box::new(JitCtx { exit: u64::MAX, ..JitCtx::new() })
}

/// Writes traces.
#[derive(Default)]
pub struct Builder(pub Allocated);

impl Builder {
    /// Appends a uop.
    pub fn ins(&mut self, op: Uop, out: u8, args: &[u8], d: i32, k: u64) -> &mut Builder {
        let mut a = [NO_REG; 3];
        a[..args.len()].copy_from_slice(args);
        let origin = self.0.code.len() as u32;
        self.0.code.push(AIns { args: a, origin, ..AIns::new(op, out, NO_REG, d, k) });
        self
    }
    /// Gives the last uop an exit that needs what is in `locs`.
    pub fn exit(&mut self, locs: &[Loc]) -> &mut Builder {
        let n = self.0.exits.len() as u16;
        let last = self.0.code.last_mut().unwrap();
        last.exit = n;
        last.keeps = locs.contains(&last.result());
        self.0.exits.push(SnapId(n));
        self
    }
}
