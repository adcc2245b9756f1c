//! Whole traces: random ones through register allocation, and by hand what links, labels and frames do, and how memory
//! for code is used.

use crate::Machine;
use crate::support::{Builder, OsMemory, Random, ctx, emitter};
use taipan_core::emit::exercise::exercise;
use taipan_core::emit::{Chunk, CodeMemory, EmitError, Emitter, JitCtx, NO_REG};
use taipan_core::regalloc::Allocator;
use taipan_core::regalloc::check::check;
use taipan_core::trace::ir::Loc;
use taipan_core::uop::Uop;

/// Runs code with a frame.
fn run<M: CodeMemory>(e: &Machine<M>, entry: u64, frame: &mut [u64]) -> Box<JitCtx> {
    let mut ctx = ctx();
    // SAFETY: the tests' code touches the context and the frame's words only.
    unsafe { e.enter(entry, frame.as_mut_ptr().cast(), &mut *ctx) };
    ctx
}

/// `TAIPAN_ROUNDS` makes it longer.
#[test]
fn random_traces_do_what_their_evaluation_does() {
    let rounds = std::env::var("TAIPAN_ROUNDS").ok().and_then(|n| n.parse().ok()).unwrap_or(1000);
    let mut e = emitter();
    let mut allocator = Allocator::default();
    for seed in 0..rounds {
        let mut r = Random(seed);
        let bytes: Vec<u8> = (0..4000).map(|_| r.next() as u8).collect();
        exercise(&bytes, &mut e, &mut |t, regs, a| {
            allocator.allocate(t, regs, a)?;
            check(t, regs, a).map_err(|_| EmitError::Malformed)
        })
        .unwrap_or_else(|e| panic!("seed {seed}: {e:x?}"));
    }
    assert_eq!(e.code_bytes(), 0);
}

/// Leaves at once, with `value` in register 0.
fn constant(value: u64) -> Builder {
    let mut b = Builder::default();
    b.ins(Uop::LoadK, 0, &[], 0, value).ins(Uop::Exit, NO_REG, &[], 0, 0).exit(&[Loc::G(0)]);
    b
}

#[test]
fn an_exit_goes_where_its_cell_says() {
    let mut e = emitter();
    let mut b = Builder::default();
    b.ins(Uop::SlotLoad, 1, &[], 0, 0);
    b.ins(Uop::LoadK, 2, &[], 0, 77);
    b.ins(Uop::GuardInt, NO_REG, &[1], 0, 0).exit(&[Loc::G(1), Loc::G(2)]);
    b.ins(Uop::GuardPtr, NO_REG, &[1], 0, 0).exit(&[Loc::G(1)]);
    b.ins(Uop::Exit, NO_REG, &[], 0, 0).exit(&[]);
    let parent = e.emit(&b.0, 10, None).unwrap();
    // The side trace takes register 2 over.
    let mut b = Builder::default();
    b.ins(Uop::MovG, 3, &[2], 0, 0).ins(Uop::Exit, NO_REG, &[], 0, 0).exit(&[Loc::G(3)]);
    let side = e.emit(&b.0, 20, None).unwrap();
    assert_eq!(run(&e, parent.entry, &mut [3]).exit, 10);
    assert_eq!(run(&e, parent.entry, &mut [8]).exit, 11);
    // SAFETY: cells of a live trace.
    unsafe {
        assert_eq!(*parent.cells, parent.unlinked);
        *parent.cells = side.entry;
    }
    let ctx = run(&e, parent.entry, &mut [3]);
    assert_eq!((ctx.exit, ctx.g[3], ctx.g[1]), (20, 77, 3));
    assert_eq!(run(&e, parent.entry, &mut [8]).exit, 11);
    // SAFETY: as above.
    unsafe { *parent.cells = parent.unlinked };
    assert_eq!(run(&e, parent.entry, &mut [3]).exit, 10);
}

#[test]
fn a_call_returns_to_its_label_in_the_callers_frame() {
    let mut e = emitter();
    // The callee returns through word 0 of its frame.
    let mut callee = Builder::default();
    callee.ins(Uop::SlotLoad, 5, &[], 0, 0);
    callee.ins(Uop::LoadK, 6, &[], 0, 42);
    callee.ins(Uop::SlotStore, NO_REG, &[6], 8, 0);
    callee.ins(Uop::AddFrame, NO_REG, &[], -64, 0);
    callee.ins(Uop::JumpReg, NO_REG, &[5], 0, 0);
    let callee = e.emit(&callee.0, 0, None).unwrap();
    let mut b = Builder::default();
    b.ins(Uop::LabelAddr, 0, &[], 7, 0);
    b.ins(Uop::SlotStore, NO_REG, &[0], 64, 0);
    b.ins(Uop::AddFrame, NO_REG, &[], 64, 0);
    b.ins(Uop::LoadK, 1, &[], 0, callee.entry);
    b.ins(Uop::JumpReg, NO_REG, &[1], 0, 0);
    b.ins(Uop::RetLabel, NO_REG, &[], 7, 0);
    b.ins(Uop::SlotLoad, 4, &[], 72, 0);
    b.ins(Uop::FrameAddr, 2, &[], 16, 0);
    b.ins(Uop::SetFrame, NO_REG, &[2], 0, 0);
    b.ins(Uop::Exit, NO_REG, &[], 0, 0).exit(&[]);
    let mut map = Vec::new();
    let code = e.emit(&b.0, 30, Some(&mut map)).unwrap();
    let mut frame = [0; 16];
    let ctx = run(&e, code.entry, &mut frame);
    assert_eq!((ctx.exit, ctx.g[4], frame[8] % 16), (30, 42, 0));
    assert_eq!(ctx.frame as usize, frame.as_ptr() as usize + 16);
    assert_eq!(frame[8], code.entry + u64::from(map[5].1).next_multiple_of(16));
    let mut wrong = Builder::default();
    wrong.ins(Uop::LabelAddr, 0, &[], 8, 0).ins(Uop::Exit, NO_REG, &[], 0, 0).exit(&[]);
    assert_eq!(e.emit(&wrong.0, 0, None).unwrap_err(), EmitError::Malformed);
}

#[test]
fn frame_displacements_wrap_at_their_extremes() {
    let mut e = emitter();
    for d in [-1, 0, 1, i32::MIN, i32::MAX] {
        let mut b = Builder::default();
        b.ins(Uop::AddFrame, NO_REG, &[], d, 0);
        b.ins(Uop::FrameAddr, 3, &[], d, 0);
        b.ins(Uop::Exit, NO_REG, &[], 0, 0).exit(&[]);
        let code = e.emit(&b.0, 0, None).unwrap();
        let mut ctx = ctx();
        // SAFETY: the frame is not read or written.
        unsafe { e.enter(code.entry, 0x1234_5678_9abc as *mut u8, &mut *ctx) };
        let moved = 0x1234_5678_9abc_i64 + i64::from(d);
        assert_eq!((ctx.frame as i64, ctx.g[3] as i64), (moved, moved + i64::from(d)));
    }
}

#[test]
fn loops_are_aligned_and_can_be_entered_at_their_body() {
    let mut e = emitter();
    for prologue in 0..9 {
        let mut b = Builder::default();
        b.ins(Uop::LoadK, 0, &[], 0, 0);
        b.ins(Uop::LoadK, 1, &[], 0, 8);
        for _ in 0..prologue {
            b.ins(Uop::MovG, 5, &[1], 0, 0);
        }
        b.ins(Uop::LoopStart, NO_REG, &[], 0, 0);
        b.ins(Uop::GuardInt, NO_REG, &[0], 0, 0).exit(&[Loc::G(0)]);
        // Longer than a short jump reaches.
        for _ in 0..30 * (prologue % 3) {
            b.ins(Uop::AddInt, 0, &[0, 1], 0, 0).exit(&[Loc::G(0)]);
        }
        b.ins(Uop::SlotLoad, 0, &[], 0, 0);
        b.ins(Uop::LoopEnd, NO_REG, &[], 0, 0);
        let code = e.emit(&b.0, 5, None).unwrap();
        assert_eq!((code.body + 4) % 32, 0);
        assert_eq!(run(&e, code.entry, &mut [17]).g[0], 17);
        // What the first trace set before its loop the link sets otherwise: the guard fails at once.
        let mut link = constant(19);
        link.0.code.pop();
        link.ins(Uop::LoadK, 1, &[], 0, code.body).ins(Uop::JumpReg, NO_REG, &[1], 0, 0);
        link.0.exits.clear();
        let link = e.emit(&link.0, 50, None).unwrap();
        assert_eq!(run(&e, link.entry, &mut [17]).g[0], 19);
    }
}

#[test]
fn code_memory_is_reused_and_its_end_is_an_error() {
    let mut e = Machine::new(OsMemory::new(), 192 << 10);
    let mut live = Vec::new();
    let mut value = 0;
    let full = loop {
        let mut b = constant(value);
        for _ in 0..500 {
            b.ins(Uop::GuardInt, NO_REG, &[0], 0, 0).exit(&[]);
        }
        b.ins(Uop::Exit, NO_REG, &[], 0, 0).exit(&[]);
        match e.emit(&b.0, 0, None) {
            Ok(code) => live.push((code, value)),
            Err(e) => break e,
        }
        value += 8;
    };
    assert_eq!(full, EmitError::CodeFull);
    assert!(e.reserved_bytes() <= 192 << 10 && live.len() > 8, "{} pieces", live.len());
    let used = e.code_bytes();
    // Every other one goes and comes back, in another order; all still do what they did.
    let mut r = Random(5);
    for _ in 0..200 {
        let i = r.below(live.len() as u64) as usize;
        let (code, _) = live.swap_remove(i);
        e.release(code.id);
        e.release(code.id);
        let mut b = constant(value);
        for _ in 0..500 {
            b.ins(Uop::GuardInt, NO_REG, &[0], 0, 0).exit(&[]);
        }
        b.ins(Uop::Exit, NO_REG, &[], 0, 0).exit(&[]);
        live.push((e.emit(&b.0, 0, None).unwrap(), value));
        value += 8;
        for (code, value) in &live {
            assert_eq!(run(&e, code.entry, &mut [0]).g[0], *value);
        }
    }
    assert_eq!(e.code_bytes(), used);
    for (code, _) in live {
        e.release(code.id);
    }
    assert_eq!((e.code_bytes(), e.reserved_bytes()), (0, 64 << 10));
}

#[test]
fn what_is_not_understood_is_refused() {
    let mut e = emitter();
    let refused = |e: &mut Machine<OsMemory>, b: &Builder| e.emit(&b.0, 0, None).unwrap_err();
    let mut b = Builder::default();
    b.ins(Uop::MovG, 8, &[0], 0, 0);
    assert_eq!(refused(&mut e, &b), EmitError::Malformed);
    let mut b = Builder::default();
    b.ins(Uop::GuardInt, NO_REG, &[0], 0, 0);
    assert_eq!(refused(&mut e, &b), EmitError::Malformed);
    let mut b = Builder::default();
    b.ins(Uop::PhiG, 0, &[0, 1], 0, 0);
    assert_eq!(refused(&mut e, &b), EmitError::Malformed);
    let mut b = Builder::default();
    b.ins(Uop::LoopEnd, NO_REG, &[], 0, 0);
    assert_eq!(refused(&mut e, &b), EmitError::Malformed);
    let mut b = Builder::default();
    b.ins(Uop::CtxAdd32, NO_REG, &[], 0, 1 << 32);
    assert_eq!(refused(&mut e, &b), EmitError::OutOfRange);
    assert_eq!(e.code_bytes(), 0);
}

/// Memory that fails after some calls.
struct Failing(OsMemory, u32);

impl Failing {
    fn tick(&mut self) -> Result<(), EmitError> {
        self.1 = self.1.checked_sub(1).ok_or(EmitError::Protect)?;
        Ok(())
    }
}

impl CodeMemory for Failing {
    fn allocate(&mut self, code_len: usize, data_words: usize) -> Result<Chunk, EmitError> {
        self.tick()?;
        self.0.allocate(code_len, data_words)
    }
    fn writable(&mut self, chunk: &Chunk) -> Result<(), EmitError> {
        self.tick()?;
        self.0.writable(chunk)
    }
    fn executable(&mut self, chunk: &Chunk, start: usize, end: usize) -> Result<(), EmitError> {
        self.0.executable(chunk, start, end)
    }
    fn free(&mut self, chunk: &Chunk) {
        self.0.free(chunk);
    }
}

#[test]
fn a_failure_changes_nothing() {
    for calls in 0..6 {
        let mut e = Machine::new(Failing(OsMemory::new(), calls), 1 << 20);
        let mut live = Vec::new();
        while let Ok(code) = e.emit(&constant(8 * live.len() as u64).0, 0, None) {
            live.push(code);
        }
        assert_eq!(live.len(), calls.saturating_sub(1) as usize);
        for (i, code) in live.iter().enumerate() {
            assert_eq!(run(&e, code.entry, &mut [0]).g[0], 8 * i as u64);
        }
    }
}

/// Memory as a careless host gives it.
struct Careless {
    memory: OsMemory,
    code_offset: usize,
    data_offset: usize,
    missing: usize,
}

impl CodeMemory for Careless {
    fn allocate(&mut self, code_len: usize, data_words: usize) -> Result<Chunk, EmitError> {
        let chunk = self.memory.allocate(code_len + 4096, data_words + 1)?;
        Ok(Chunk {
            code: chunk.code.wrapping_add(self.code_offset),
            write: chunk.write.wrapping_add(self.code_offset),
            code_len: code_len - self.missing,
            data: chunk.data.cast::<u8>().wrapping_add(self.data_offset).cast(),
            data_words,
        })
    }
    fn writable(&mut self, _: &Chunk) -> Result<(), EmitError> {
        Ok(())
    }
    fn executable(&mut self, _: &Chunk, _: usize, _: usize) -> Result<(), EmitError> {
        Ok(())
    }
    fn free(&mut self, _: &Chunk) {}
}

#[test]
fn memory_that_is_misaligned_or_too_small_is_refused() {
    for (code_offset, data_offset, missing, fits) in [
        (0, 0, 0, true),
        (64, 0, 0, true),
        (1, 0, 0, false),
        (16, 0, 0, false),
        (0, 4, 0, false),
        (0, 0, 8, false),
    ] {
        let memory = Careless { memory: OsMemory::new(), code_offset, data_offset, missing };
        let mut e = Machine::new(memory, 1 << 20);
        let made = e.emit(&constant(8).0, 0, None);
        assert_eq!(made.err(), (!fits).then_some(EmitError::BadMemory));
        assert_eq!(e.code_bytes() > 0, fits);
    }
    assert!(EmitError::BadMemory.to_string().contains("aligned"));
}
