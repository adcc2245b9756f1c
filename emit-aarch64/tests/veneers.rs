//! Branches that do not reach: each range (32 KiB, 1 MiB, 128 MiB) is overstepped, and every exit still arrives at its
//! stub, or the trace is refused. On any host the branches are followed; on AArch64 the code runs, too.
#![allow(clippy::disallowed_methods, clippy::disallowed_macros, reason = "tests may allocate")]

#[path = "../../tests/emit/support.rs"]
mod support;

use support::{Builder, OsMemory};
use taipan_core::emit::{Chunk, CodeMemory, EmitError, Emitted, Emitter, NO_REG};
use taipan_core::trace::ir::Loc;
use taipan_core::uop::Uop;
use taipan_emit_aarch64::Aarch64Emitter as Machine;

const FIRST: u32 = 0x1234_0000;

/// Chunks of at least some size, whatever is asked for.
struct Large(OsMemory, usize);

impl CodeMemory for Large {
    fn allocate(&mut self, code_len: usize, data_words: usize) -> Result<Chunk, EmitError> {
        self.0.allocate(code_len.max(self.1), data_words)
    }
    fn writable(&mut self, chunk: &Chunk) -> Result<(), EmitError> {
        self.0.writable(chunk)
    }
    fn executable(&mut self, chunk: &Chunk, start: usize, end: usize) -> Result<(), EmitError> {
        self.0.executable(chunk, start, end)
    }
    fn free(&mut self, chunk: &Chunk) {
        self.0.free(chunk);
    }
}

fn large(size: usize) -> Machine<Large> {
    Machine::new(Large(OsMemory::new(), size), 64 << 20)
}

fn read(at: u64) -> u32 {
    // SAFETY: the tests follow branches of live code, which go to live code.
    unsafe { (at as *const u32).read() }
}

/// Where a branch at `at` goes, if the word is one; the bits of its distance.
fn branch(at: u64) -> Option<(u64, u32)> {
    let ins = read(at);
    let (shift, bits) = match ins {
        _ if ins & 0xfc00_0000 == 0x1400_0000 => (0, 26),
        _ if ins & 0xff00_0010 == 0x5400_0000 || ins & 0x7e00_0000 == 0x3400_0000 => (5, 19),
        _ if ins & 0x7e00_0000 == 0x3600_0000 => (5, 14),
        _ => return None,
    };
    let distance = (ins >> shift << (32 - bits)) as i32 >> (32 - bits);
    Some((at.wrapping_add_signed(4 * i64::from(distance)), bits))
}

/// Follows the branches of the code out of it; gives the exit numbers of the stubs, in order, and how many went through
/// a veneer.
fn exits(code: &Emitted) -> (Vec<u32>, usize) {
    let (start, end) = (code.entry, code.entry + u64::from(code.code_bytes));
    let inside = |at| (start..end).contains(&at);
    let (mut numbers, mut veneers) = (vec![], 0);
    for at in (start..end).step_by(4) {
        let Some((to, bits)) = branch(at).filter(|(_, bits)| *bits != 26) else { continue };
        let veneer = branch(to).filter(|(_, bits)| inside(to) && *bits == 26);
        let stub = veneer.map_or(to, |(to, _)| to);
        if inside(stub) {
            continue;
        }
        veneers += usize::from(veneer.is_some());
        assert!(bits != 14 || veneer.is_some());
        let half = |at| read(at) >> 5 & 0xffff;
        numbers.push(half(stub) | half(stub + 4) << 16);
    }
    (numbers, veneers)
}

/// `count` times: leaves if register 1 is negative, by a branch on a bit.
fn shifts(b: &mut Builder, count: usize) {
    for _ in 0..count {
        b.ins(Uop::ShrInt, 2, &[0, 1], 0, 0).exit(&[Loc::G(0), Loc::G(1)]);
    }
}

fn end(b: &mut Builder) {
    b.ins(Uop::Exit, NO_REG, &[], 0, 0).exit(&[]);
}

#[cfg(target_arch = "aarch64")]
fn run(e: &Machine<Large>, code: &Emitted, frame: &mut [u64]) -> u64 {
    let mut ctx = support::ctx();
    // SAFETY: the code reads two words of the frame.
    unsafe { e.enter(code.entry, frame.as_mut_ptr().cast(), &mut *ctx) };
    ctx.exit - u64::from(FIRST)
}

#[test]
fn branches_on_a_bit_reach_through_veneers() {
    let count = 6000;
    let mut b = Builder::default();
    b.ins(Uop::SlotLoad, 0, &[], 0, 0).ins(Uop::SlotLoad, 1, &[], 8, 0);
    shifts(&mut b, count);
    end(&mut b);
    let mut e = large(1 << 16);
    let code = e.emit(&b.0, FIRST, None).unwrap();
    assert!(code.code_bytes > 128 << 10);
    let (numbers, veneers) = exits(&code);
    assert_eq!(numbers, (FIRST..FIRST + count as u32).collect::<Vec<_>>());
    assert_eq!(veneers, count);
    #[cfg(target_arch = "aarch64")]
    {
        assert_eq!(run(&e, &code, &mut [64, 8]), count as u64);
        assert_eq!(run(&e, &code, &mut [64, !7]), 0);
    }
}

#[test]
fn each_exit_behind_a_veneer_is_its_own() {
    let mut b = Builder::default();
    b.ins(Uop::SlotLoad, 0, &[], 0, 0).ins(Uop::SlotLoad, 1, &[], 8, 0);
    b.ins(Uop::LoadK, 3, &[], 0, 8);
    // Each round takes one from the count: the exit taken tells the round. One shift a round is 40 bytes.
    for _ in 0..2000 {
        b.ins(Uop::SubIntN, 1, &[1, 3], 0, 0);
        shifts(&mut b, 1);
    }
    end(&mut b);
    let mut e = large(1 << 16);
    let code = e.emit(&b.0, FIRST, None).unwrap();
    assert_eq!(exits(&code).0.len(), 2000);
    #[cfg(target_arch = "aarch64")]
    for rounds in [0u64, 1, 2, 700, 1023, 1024, 1025, 1500, 1999, 2000] {
        assert_eq!(run(&e, &code, &mut [64, rounds << 3]), rounds);
    }
}

/// A guard, `words` uops of one word each, a guard.
fn guards_apart(words: usize) -> Builder {
    let mut b = Builder::default();
    b.ins(Uop::SlotLoad, 0, &[], 0, 0).ins(Uop::SlotLoad, 1, &[], 8, 0);
    b.ins(Uop::GuardInt, NO_REG, &[0], 0, 0).exit(&[]);
    for i in 0..words {
        b.ins(Uop::MovG, 2 + (i % 4) as u8, &[0], 0, 0);
    }
    b.ins(Uop::GuardInt, NO_REG, &[1], 0, 0).exit(&[]);
    end(&mut b);
    b
}

#[test]
fn conditional_branches_reach_stubs_far_away() {
    // In a chunk of 8 MiB the stubs lie that far from the code.
    for (size, veneered) in [(1 << 16, 0), (8 << 20, 2)] {
        let mut e = large(size);
        let code = e.emit(&guards_apart(10).0, FIRST, None).unwrap();
        assert_eq!(exits(&code), (vec![FIRST, FIRST + 1], veneered), "{size}");
        #[cfg(target_arch = "aarch64")]
        for (frame, exit) in [([1, 0], 0), ([0, 1], 1), ([0, 0], 2)] {
            assert_eq!(run(&e, &code, &mut frame.clone()), exit);
        }
    }
}

#[test]
fn conditional_branches_reach_out_of_long_code() {
    // 1.2 MiB of code: the first guard needs an island in its midst.
    let mut e = large(1 << 16);
    let code = e.emit(&guards_apart(300_000).0, FIRST, None).unwrap();
    assert!(code.code_bytes > 1 << 20);
    let (numbers, veneers) = exits(&code);
    assert_eq!(numbers, [FIRST, FIRST + 1]);
    assert!(veneers > 0);
    #[cfg(target_arch = "aarch64")]
    for (frame, exit) in [([1, 0], 0), ([0, 1], 1), ([0, 0], 2)] {
        assert_eq!(run(&e, &code, &mut frame.clone()), exit);
    }
}

#[test]
fn constants_are_within_reach_of_long_code() {
    let mut b = Builder::default();
    b.ins(Uop::SlotLoad, 0, &[], 0, 0).ins(Uop::IntToFloat, 1, &[0], 0, 0);
    b.ins(Uop::FloatToInt, 1, &[1], 0, 0).exit(&[]);
    for _ in 0..300_000 {
        b.ins(Uop::MovG, 2, &[0], 0, 0);
    }
    end(&mut b);
    let mut e = large(1 << 16);
    let code = e.emit(&b.0, FIRST, None).unwrap();
    // The first load of a literal finds the constant that the body compares with.
    let words = (code.entry..).step_by(4).take(20);
    let load = words.into_iter().find(|at| read(*at) & 0xff00_0000 == 0x5c00_0000).unwrap();
    let distance = (read(load) >> 5 << 13) as i32 >> 13;
    let constant = load.wrapping_add_signed(4 * i64::from(distance));
    assert!(constant < code.entry + u64::from(code.code_bytes));
    let bits = u64::from(read(constant)) | u64::from(read(constant + 4)) << 32;
    assert_eq!(f64::from_bits(bits), 1e18);
    #[cfg(target_arch = "aarch64")]
    assert_eq!(run(&e, &code, &mut [80, 0]), 1);
}

#[test]
fn what_no_branch_reaches_is_refused() {
    let mut e = large(160 << 20);
    assert_eq!(e.emit(&guards_apart(10).0, FIRST, None).unwrap_err(), EmitError::OutOfRange);
    assert_eq!(e.code_bytes(), 0);
    // A label is reached by an address of its own, of 1 MiB.
    let mut b = Builder::default();
    b.ins(Uop::LabelAddr, 0, &[], 7, 0);
    for _ in 0..300_000 {
        b.ins(Uop::MovG, 2, &[1], 0, 0);
    }
    b.ins(Uop::RetLabel, NO_REG, &[], 7, 0);
    end(&mut b);
    assert_eq!(large(1 << 16).emit(&b.0, FIRST, None).unwrap_err(), EmitError::OutOfRange);
}

#[cfg(not(target_arch = "aarch64"))]
#[test]
fn a_jit_takes_no_emitter_of_another_architecture() {
    let made = taipan_core::jit::Jit::new(Box::new(large(0)), Default::default());
    let e = made.err().unwrap();
    assert_eq!((e, e.to_string().contains("another architecture")), (EmitError::Foreign, true));
}
