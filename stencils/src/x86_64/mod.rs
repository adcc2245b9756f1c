//! x86-64: registers, holes, helper calls, entry shim, and the checks and relocations of compiled functions.
//!
//! The calling convention `rust-preserve-none` passes frame and context in r12 and r13, general registers 0 to 7 in
//! r14 r15 rdi rsi rdx rcx r8 r9, the fuel in r11, a scratch value in rax, float registers in xmm0 to xmm7. Scratch are
//! also r10, rbx and xmm8 up.
//!
//! The stack pointer is a multiple of 16 while a stencil runs (the entry shim sees to it), so that a helper's call is
//! one `call`; stencils use the stack for nothing else.

mod flow;

use crate::elf::Function;
use crate::spec::{Spec, What};
use crate::{Arch, Piece, Result};
use taipan_core::emit::JitCtx;
use taipan_core::uop::Uop;

/// The architecture.
pub struct X86_64;

impl Arch for X86_64 {
    fn krate(&self) -> &'static str {
        "emit-x86_64"
    }
    fn target(&self) -> &'static str {
        "x86_64-unknown-linux-gnu"
    }
    fn rustc_args(&self) -> &'static [&'static str] {
        &["-Cno-redzone=yes", "-Ctarget-cpu=x86-64"]
    }
    fn registers(&self) -> (usize, usize) {
        (8, 8)
    }
    fn prelude(&self) -> String {
        PRELUDE.to_owned()
    }
    fn fixed(&self) -> String {
        let (g, f) = self.registers();
        ENTER.replace("FUEL", &core::mem::offset_of!(JitCtx, fuel).to_string()) + &crate::source::leave(g, f)
    }
    fn finish(&self, function: &Function, spec: &Spec) -> Result<Piece> {
        let calls = spec.uop().is_some_and(|u| u.calls());
        let equal = matches!(spec.uop(), Some(Uop::GuardEq | Uop::GuardNe | Uop::GuardEqK | Uop::GuardNeK));
        flow::finish(function, calls, spec.what == What::Fixed, equal)
    }
}

/// A displacement is a symbol's address: it is only ever added or compared, and the relocation (signed 32 bits) is
/// checked to be that of a displacement, which the other operand's size extends. So are immediates of 31 bits. Others are set by `asm!`, since the compiler would draw conclusions from
/// a symbol's address. A helper's call is `asm!` too: the compiler would align the stack around it, which the entry
/// shim has done.
///
/// Of the bodies that are its own, those with an immediate have it in the instruction, and those with loops do with three
/// registers, which are all that are free. `int_to_float` clears the result's
/// register first, since `cvtsi2sd` keeps its upper half and so waits for what was there before: in a loop that was its own
/// last turn (spectral_norm took twice the time). Compilers do so where they see the loop, which a stencil does not.
const PRELUDE: &str = r#"
unsafe extern "C" { static HOLE_D: u8; static HOLE_K31: u8; }
#[inline(always)] fn hole_d() -> isize { (&raw const HOLE_D) as isize }
#[inline(always)] fn hole_k31() -> u64 { (&raw const HOLE_K31) as u64 }
#[inline(always)] unsafe fn hole_k32() -> u64 { unsafe {
    let r: u64;
    core::arch::asm!("mov {0:e}, offset HOLE_K32", out(reg) r, options(pure, nomem, nostack, preserves_flags));
    r
} }
#[inline(always)] unsafe fn hole_k64() -> u64 { unsafe {
    let r: u64;
    core::arch::asm!("movabs {0}, offset HOLE_K64", out(reg) r, options(pure, nomem, nostack, preserves_flags));
    r
} }
#[inline(always)] unsafe fn label() -> u64 { unsafe {
    let r: u64;
    core::arch::asm!("lea {0}, [rip + HOLE_LABEL]", out(reg) r, options(pure, nomem, nostack, preserves_flags));
    r
} }
macro_rules! kept { (0 $g:ident) => { $g }; (1 $g:ident) => { $g }; ($n:literal $g:ident) => { U_ }; }
macro_rules! call { ($ctx:ident $(, $r:tt $a:ident)*) => { unsafe {
    let r: u64;
    core::arch::asm!("call [r13 + HOLE_D]", in("rdi") $ctx, in("r13") $ctx, $(in($r) $a,)* lateout("rax") r,
        clobber_abi("sysv64"), options(nostack));
    r
} } }
#[inline(always)] unsafe fn charged(mut fuel: u64) -> u64 { unsafe {
    core::arch::asm!("sub {0}, offset HOLE_K31", inlateout(reg) fuel, options(pure, nomem, nostack));
    fuel
} }
mod own {
    use crate::M;
    use core::arch::asm;
    #[inline(always)] pub unsafe fn int_to_float(_m: M, _d: isize, _k: u64, a: u64) -> f64 { unsafe {
        let r: f64;
        asm!("xorps {r}, {r}", "cvtsi2sd {r}, {a}", a = in(reg) a as i64 >> 3, r = out(xmm_reg) r,
            options(pure, nomem, nostack, preserves_flags));
        r
    } }
    macro_rules! is_field { ($at:literal, $a:ident) => { unsafe {
        asm!(concat!("cmp dword ptr [{a} + ", $at, "], offset HOLE_K32"), "jne {no}", a = in(reg) $a,
            no = label { return false }, options(readonly, nostack));
        true
    } } }
    #[inline(always)] pub unsafe fn guard_ptr(_m: M, _d: isize, _k: u64, a: u64) -> bool { unsafe {
        asm!("lea {t:e}, [{a:e} - 1]", "test {t:l}, 7", "jne {no}", a = in(reg) a, t = out(reg) _,
            no = label { return false }, options(nomem, nostack));
        true
    } }
    #[inline(always)] pub unsafe fn guard_shape(m: M, d: isize, k: u64, a: u64) -> bool { unsafe {
        guard_ptr(m, d, k, a) && is_field!("-1", a)
    } }
    #[inline(always)] pub unsafe fn guard_shape_p(_m: M, _d: isize, _k: u64, a: u64) -> bool { is_field!("-1", a) }
    #[inline(always)] pub unsafe fn guard_field32(_m: M, _d: isize, _k: u64, a: u64) -> bool { is_field!("HOLE_D", a) }
    #[inline(always)] pub unsafe fn store32_k(_m: M, _d: isize, _k: u64, a: u64) { unsafe {
        asm!("mov dword ptr [{a} + HOLE_D], offset HOLE_K32", a = in(reg) a, options(nostack));
    } }
    macro_rules! next { ($a:ident, $b:ident, $first:literal, $last:literal, $found:literal, $end:literal) => { unsafe {
        let r: u64;
        asm!("mov {n}, {b}", "shr {n}, 3", $first, "add {p}, [{a} + HOLE_D]", $last,
            "2:", "cmp {n}, {e}", "jae 4f", $found,
            "3:", "inc {n}", concat!("add {p}, ", $end), "jmp 2b",
            "4:", "mov {n}, {e}", "5:", "shl {n}, 3",
            a = in(reg) $a, b = in(reg) $b, n = out(reg) r, p = out(reg) _, e = out(reg) _,
            options(readonly, nostack));
        r
    } } }
    #[inline(always)] pub unsafe fn next_slot(_m: M, _d: isize, _k: u64, a: u64, b: u64) -> u64 {
        next!(a, b, "lea {p}, [{n} + {n}]\nshl {p}, 3", "mov {e:e}, [{a} + HOLE_D + 8]\ninc {e}",
            "cmp qword ptr [{p}], 2\nje 3f\ncmp qword ptr [{p}], 0x3ffa\njne 5f", "16")
    }
    #[inline(always)] pub unsafe fn next_entry(_m: M, _d: isize, _k: u64, a: u64, b: u64) -> u64 {
        next!(a, b, "lea {p}, [{n} + 2 * {n}]\nshl {p}, 3", "mov {e:e}, [{a} + HOLE_D + 12]",
            "cmp qword ptr [{p} + 8], 2\njne 5f", "24")
    }
    #[inline(always)] pub unsafe fn ctx_add32(m: M, _d: isize, _k: u64) { unsafe {
        asm!("add dword ptr [{c} + HOLE_D], offset HOLE_K32", c = in(reg) m.ctx, options(nostack));
    } }
    #[inline(always)] pub unsafe fn mul_int_k(_m: M, _d: isize, _k: u64, a: u64) -> Option<u64> { unsafe {
        let r: u64;
        asm!("imul {r}, {a}, offset HOLE_D", "jo {overflow}", a = in(reg) a, r = lateout(reg) r,
            overflow = label { return None }, options(nomem, nostack));
        Some(r)
    } }
    #[inline(always)] pub unsafe fn mul_int_n_k(_m: M, _d: isize, _k: u64, a: u64) -> u64 { unsafe {
        let r: u64;
        asm!("imul {r}, {a}, offset HOLE_D", a = in(reg) a, r = lateout(reg) r, options(pure, nomem, nostack));
        r
    } }
    #[inline(always)] pub unsafe fn shr_int_n_k(_m: M, _d: isize, _k: u64, mut a: u64) -> u64 { unsafe {
        asm!("sarq $HOLE_D@ABS8, {a}", a = inlateout(reg) a, options(pure, nomem, nostack, att_syntax));
        a & !7
    } }
}
#[inline(always)] unsafe fn call0(ctx: P) -> u64 { call!(ctx) }
#[inline(always)] unsafe fn call1(ctx: P, a: u64) -> u64 { call!(ctx, "rsi" a) }
#[inline(always)] unsafe fn call2(ctx: P, a: u64, b: u64) -> u64 { call!(ctx, "rsi" a, "rdx" b) }
#[inline(always)] unsafe fn call3(ctx: P, a: u64, b: u64, c: u64) -> u64 { call!(ctx, "rsi" a, "rdx" b, "rcx" c) }
"#;

const ENTER: &str = r#"
/// Entry: `frame`, `ctx` and the code's address, called from Rust.
#[unsafe(no_mangle)] #[unsafe(naked)]
pub unsafe extern "sysv64" fn ENTER(frame: P, ctx: P, code: usize) {
    core::arch::naked_asm!(
        "endbr64", "push rbp", "push rbx", "push r12", "push r13", "push r14", "push r15",
        "mov r12, rdi", "mov r13, rsi", "mov r11, [r13 + FUEL]", "call rdx",
        "pop r15", "pop r14", "pop r13", "pop r12", "pop rbx", "pop rbp", "ret",
    )
}
"#;
