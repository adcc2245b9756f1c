//! Machine code run against the portable definition of each uop.
#![cfg(target_arch = "x86_64")]

mod support;
use support::{Builder, ctx, emitter};
use taipan_core::emit::Emitter as _;
use taipan_core::trace::ir::Loc;
use taipan_core::uop::Uop;

#[test]
fn a_loop_of_ints_runs_until_its_guard_fails() {
    let mut e = emitter();
    let mut b = Builder::default();
    b.ins(Uop::LoadK, 0, &[], 0, 0);
    b.ins(Uop::LoadK, 1, &[], 0, 0);
    b.ins(Uop::LoadK, 2, &[], 0, 8 * 1000);
    b.ins(Uop::LoadK, 3, &[], 0, 8);
    b.ins(Uop::LoopStart, 0xff, &[], 0, 0);
    b.ins(Uop::GuardLt, 0xff, &[0, 2], 0, 0).exit(&[Loc::G(0), Loc::G(1)]);
    b.ins(Uop::AddInt, 1, &[1, 0], 0, 0).exit(&[Loc::G(0), Loc::G(1)]);
    b.ins(Uop::AddInt, 0, &[0, 3], 0, 0).exit(&[Loc::G(0), Loc::G(1)]);
    b.ins(Uop::LoopEnd, 0xff, &[], 0, 0);
    let code = e.emit(&b.0, 100, None).unwrap();
    let mut ctx = ctx();
    // SAFETY: the code is live, and touches no memory but the context.
    unsafe { e.enter(code.entry, 0x1000 as *mut u8, &mut *ctx) };
    assert_eq!((ctx.exit, ctx.g[0], ctx.g[1], ctx.frame as usize), (100, 8000, 8 * 499_500, 0x1000));
}
