//! Times of machine code made by hand-written allocations, and of making it: `cargo bench -p taipan-emit-x86_64`.
//!
//! Loops: nanoseconds an iteration. Emission: nanoseconds a trace of 100 uops, with protection left alone and with it
//! changed as in earnest.
#![allow(clippy::disallowed_methods, clippy::disallowed_macros, reason = "tests may allocate")]

#[path = "../../tests/emit/support.rs"]
mod support;

use core::mem::offset_of;
use std::time::Instant;
use support::{Builder, OsMemory, ctx, emitter};
use taipan_core::emit::{Chunk, CodeMemory, EmitError, Emitter, JitCtx, NO_REG};
use taipan_core::trace::ir::Loc;
use taipan_core::uop::Uop;
use taipan_emit_x86_64::X86Emitter as Machine;

const POLL: i32 = offset_of!(JitCtx, interrupts) as i32;
const ROUNDS: u64 = 20_000_000;

fn poll(b: &mut Builder) {
    b.ins(Uop::Poll, NO_REG, &[], POLL, 0).exit(&[Loc::G(0), Loc::G(1)]);
}

/// `while i < n: s += i; i += 1`
fn sum() -> Builder {
    let locs = [Loc::G(0), Loc::G(1)];
    let mut b = Builder::default();
    b.ins(Uop::LoadK, 0, &[], 0, 0).ins(Uop::LoadK, 1, &[], 0, 0);
    b.ins(Uop::LoadK, 2, &[], 0, ROUNDS << 3).ins(Uop::LoadK, 3, &[], 0, 8);
    b.ins(Uop::LoopStart, NO_REG, &[], 0, 0);
    poll(&mut b);
    b.ins(Uop::GuardLt, NO_REG, &[0, 2], 0, 0).exit(&locs);
    b.ins(Uop::AddInt, 1, &[1, 0], 0, 0).exit(&locs);
    b.ins(Uop::AddInt, 0, &[0, 3], 0, 0).exit(&locs);
    b.ins(Uop::LoopEnd, NO_REG, &[], 0, 0);
    b
}

/// The inner loop of mandelbrot for a point within the set.
fn mandelbrot() -> Builder {
    let locs = [Loc::G(0), Loc::F(0), Loc::F(1)];
    let mut b = Builder::default();
    b.ins(Uop::LoadK, 0, &[], 0, 0).ins(Uop::LoadK, 2, &[], 0, ROUNDS << 3).ins(Uop::LoadK, 3, &[], 0, 8);
    for (x, value) in [(0, 0.0f64), (1, 0.0), (2, -0.1), (3, 0.1), (4, 4.0)] {
        b.ins(Uop::LoadKF, x, &[], 0, value.to_bits());
    }
    b.ins(Uop::LoopStart, NO_REG, &[], 0, 0);
    poll(&mut b);
    b.ins(Uop::GuardLt, NO_REG, &[0, 2], 0, 0).exit(&locs);
    b.ins(Uop::MulFloat, 5, &[0, 0], 0, 0);
    b.ins(Uop::MulFloat, 6, &[1, 1], 0, 0);
    b.ins(Uop::AddFloat, 7, &[5, 6], 0, 0);
    b.ins(Uop::GuardFle, NO_REG, &[7, 4], 0, 0).exit(&locs);
    b.ins(Uop::MulFloat, 1, &[0, 1], 0, 0);
    b.ins(Uop::AddFloat, 1, &[1, 1], 0, 0);
    b.ins(Uop::AddFloat, 1, &[1, 3], 0, 0);
    b.ins(Uop::SubFloat, 0, &[5, 6], 0, 0);
    b.ins(Uop::AddFloat, 0, &[0, 2], 0, 0);
    b.ins(Uop::AddInt, 0, &[0, 3], 0, 0).exit(&locs);
    b.ins(Uop::LoopEnd, NO_REG, &[], 0, 0);
    b
}

fn time(name: &str, b: &Builder) {
    let mut e = emitter();
    let code = e.emit(&b.0, 0, None).expect("code");
    let quiet = 0u32;
    let mut best = f64::MAX;
    for _ in 0..7 {
        let mut ctx = ctx();
        ctx.interrupts = &raw const quiet;
        let start = Instant::now();
        // SAFETY: the loops touch the context and the word it names only.
        unsafe { e.enter(code.entry, core::ptr::null_mut(), &mut *ctx) };
        best = best.min(start.elapsed().as_nanos() as f64 / ROUNDS as f64);
        assert_eq!(ctx.g[0], ROUNDS << 3);
    }
    println!("{name}: {best:.2} ns an iteration, {} bytes", code.code_bytes);
    if std::env::var_os("TAIPAN_DUMP").is_some() {
        std::fs::write(format!("{name}.bin"), e.code(&code)).expect("the file is written");
    }
}

/// Memory whose protection is not changed: what is left is the emitter's own time.
struct Unprotected(OsMemory);

impl CodeMemory for Unprotected {
    fn allocate(&mut self, code_len: usize, data_words: usize) -> Result<Chunk, EmitError> {
        self.0.allocate(code_len, data_words)
    }
    fn writable(&mut self, _: &Chunk) -> Result<(), EmitError> {
        Ok(())
    }
    fn executable(&mut self, _: &Chunk, _: usize, _: usize) -> Result<(), EmitError> {
        Ok(())
    }
    fn free(&mut self, chunk: &Chunk) {
        self.0.free(chunk);
    }
}

fn emission(name: &str, mut e: Machine<impl CodeMemory>) {
    let mut b = mandelbrot();
    let inner: Vec<_> = b.0.code.drain(9..21).collect();
    let end = b.0.code.pop();
    for i in 0..84 {
        b.0.code.push(inner[i % inner.len()]);
    }
    b.0.code.extend(end);
    let mut best = f64::MAX;
    for _ in 0..200 {
        let start = Instant::now();
        for _ in 0..20 {
            let code = e.emit(&b.0, 0, None).expect("code");
            e.release(code.id);
        }
        best = best.min(start.elapsed().as_nanos() as f64 / 20.0);
    }
    println!("{name}: {best:.0} ns for a trace of {} uops, {} exits", b.0.code.len(), b.0.exits.len());
}

fn main() {
    time("sum", &sum());
    time("mandelbrot", &mandelbrot());
    emission("emission", Machine::new(Unprotected(OsMemory::new()), 1 << 20));
    emission("emission and protection", emitter());
}
