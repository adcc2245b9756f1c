//! AArch64: registers, holes, helper calls, entry shim, exit handler, and the checks and relocations of compiled
//! functions.
//!
//! The calling convention `rust-preserve-none` passes frame and context in x20 and x21, general registers 0 to 6 in
//! x22 to x28 (which helpers keep), 7 in x0, the fuel in x1, a scratch value in x2, float registers in d0 to d7. Scratch are
//! also x3 to x17, x19 and d8 to d31; x18 is the platform's. The link register is nobody's: the entry shim has
//! saved it, and helpers' calls overwrite it.
//!
//! Eight float registers are all that the convention passes. Eight general ones, of which a call loses one, keep the
//! number of functions to compile what it is for x86-64.
//!
//! A hole for a displacement or an immediate is a pair `movz`, `movk`: every value fits. Most values are small, so most
//! stencils have a narrow form beside it, where the value is in the instruction that uses it (`narrow`).

mod flow;
mod narrow;

use crate::elf::Function;
use crate::spec::{Spec, What};
use crate::{Arch, Piece, Result};
use core::mem::offset_of;
use std::fmt::Write as _;
use taipan_core::emit::JitCtx;
use taipan_core::uop::Uop;

/// The architecture.
pub struct Aarch64;

impl Arch for Aarch64 {
    fn krate(&self) -> &'static str {
        "emit-aarch64"
    }
    fn target(&self) -> &'static str {
        "aarch64-unknown-linux-gnu"
    }
    fn rustc_args(&self) -> &'static [&'static str] {
        // Stencils link to nothing, so core's own use of x18 does not matter. The tiny code model gives constants one
        // instruction.
        &["-Ccode-model=tiny", "-Zfixed-x18", "-Cunsafe-allow-abi-mismatch=fixed-x18", "-Ctarget-cpu=generic"]
    }
    fn registers(&self) -> (usize, usize) {
        (8, 8)
    }
    fn prelude(&self) -> String {
        PRELUDE.to_owned()
    }
    fn fixed(&self) -> String {
        enter() + &leave()
    }
    fn finish(&self, function: &Function, spec: &Spec) -> Result<Piece> {
        if spec.what == What::Fixed {
            return flow::fixed(function);
        }
        let blocks = flow::blocks(function, spec)?;
        Ok(flow::lay_out(&blocks))
    }
    fn narrow(&self, function: &Function, spec: &Spec) -> Result<Option<Piece>> {
        if spec.what == What::Fixed {
            return Ok(None);
        }
        let mut blocks = flow::blocks(function, spec)?;
        Ok(narrow::narrow(&mut blocks)?.then(|| flow::lay_out(&blocks)))
    }
}

/// Whether operands are compared for being equal, without a result.
fn compares_equal(spec: &Spec) -> bool {
    matches!(spec.uop(), Some(Uop::GuardEq | Uop::GuardNe | Uop::GuardEqK | Uop::GuardNeK))
}

/// Holes are set by `asm!`, since the compiler would draw conclusions from a symbol's address. So is a helper's call:
/// the compiler would save the link register around it. What the platform's ABI does not keep is declared as
/// overwritten, the link register excepted.
const PRELUDE: &str = r#"
#[inline(always)] unsafe fn hole_d() -> isize { unsafe {
    let r: i32;
    core::arch::asm!("movz {0:w}, #:abs_g1:HOLE_D", "movk {0:w}, #:abs_g0_nc:HOLE_D", out(reg) r,
        options(pure, nomem, nostack, preserves_flags));
    r as isize
} }
#[inline(always)] unsafe fn hole_k32() -> u64 { unsafe {
    let r: u32;
    core::arch::asm!("movz {0:w}, #:abs_g1:HOLE_K32", "movk {0:w}, #:abs_g0_nc:HOLE_K32", out(reg) r,
        options(pure, nomem, nostack, preserves_flags));
    r as u64
} }
#[inline(always)] unsafe fn hole_k31() -> u64 { unsafe { hole_k32() } }
#[inline(always)] unsafe fn hole_k64() -> u64 { unsafe {
    let r: u64;
    core::arch::asm!("movz {0}, #:abs_g3:HOLE_K64", "movk {0}, #:abs_g2_nc:HOLE_K64",
        "movk {0}, #:abs_g1_nc:HOLE_K64", "movk {0}, #:abs_g0_nc:HOLE_K64", out(reg) r,
        options(pure, nomem, nostack, preserves_flags));
    r
} }
#[inline(always)] unsafe fn label() -> u64 { unsafe {
    let r: u64;
    core::arch::asm!("adr {0}, HOLE_LABEL", out(reg) r, options(pure, nomem, nostack, preserves_flags));
    r
} }
#[inline(always)] unsafe fn charged(fuel: u64) -> u64 { unsafe { fuel.wrapping_sub(hole_k31()) } }
macro_rules! kept { (7 $g:ident) => { U_ }; ($n:literal $g:ident) => { $g }; }
macro_rules! call { ($ctx:ident [$($r:tt $a:ident)*] [$($lost:tt)*]) => { unsafe {
    let r: u64;
    core::arch::asm!("ldr x16, [x21, #:lo12:HOLE_D]", "blr x16", in("x21") $ctx, inlateout("x0") $ctx => r,
        $(inlateout($r) $a => _,)* $(lateout($lost) _,)*
        lateout("x4") _, lateout("x5") _, lateout("x6") _, lateout("x7") _, lateout("x8") _, lateout("x9") _,
        lateout("x10") _, lateout("x11") _, lateout("x12") _, lateout("x13") _, lateout("x14") _, lateout("x15") _,
        lateout("x16") _, lateout("x17") _,
        lateout("v0") _, lateout("v1") _, lateout("v2") _, lateout("v3") _, lateout("v4") _, lateout("v5") _,
        lateout("v6") _, lateout("v7") _, lateout("v8") _, lateout("v9") _, lateout("v10") _, lateout("v11") _,
        lateout("v12") _, lateout("v13") _, lateout("v14") _, lateout("v15") _, lateout("v16") _,
        lateout("v17") _, lateout("v18") _, lateout("v19") _, lateout("v20") _, lateout("v21") _,
        lateout("v22") _, lateout("v23") _, lateout("v24") _, lateout("v25") _, lateout("v26") _,
        lateout("v27") _, lateout("v28") _, lateout("v29") _, lateout("v30") _, lateout("v31") _,
        options(nostack));
    r
} } }
#[inline(always)] unsafe fn call0(ctx: P) -> u64 { call!(ctx [] ["x1" "x2" "x3"]) }
#[inline(always)] unsafe fn call1(ctx: P, a: u64) -> u64 { call!(ctx ["x1" a] ["x2" "x3"]) }
#[inline(always)] unsafe fn call2(ctx: P, a: u64, b: u64) -> u64 { call!(ctx ["x1" a "x2" b] ["x3"]) }
#[inline(always)] unsafe fn call3(ctx: P, a: u64, b: u64, c: u64) -> u64 { call!(ctx ["x1" a "x2" b "x3" c] []) }
"#;

/// Pairs of registers that C functions keep, in the order in which the shim stores them.
const SAVED: [(&str, &str); 10] = [
    ("x29", "x30"),
    ("x19", "x20"),
    ("x21", "x22"),
    ("x23", "x24"),
    ("x25", "x26"),
    ("x27", "x28"),
    ("d8", "d9"),
    ("d10", "d11"),
    ("d12", "d13"),
    ("d14", "d15"),
];

/// Entry: `frame`, `ctx` and the code's address, called from Rust. The code ends in the exit handler, which returns.
fn enter() -> String {
    let mut out = String::from(
        "/// See above.\n#[unsafe(no_mangle)] #[unsafe(naked)]\npub unsafe extern \"C\" fn ENTER(frame: P, ctx: P, \
         code: usize) {\n    core::arch::naked_asm!(\"bti c\",",
    );
    for (i, (a, b)) in SAVED.iter().enumerate() {
        let place =
            if i == 0 { format!("[sp, #-{}]!", 16 * SAVED.len()) } else { format!("[sp, #{}]", 16 * i) };
        let _ = write!(out, "\"stp {a}, {b}, {place}\", ");
    }
    let _ = write!(
        out,
        "\"mov x29, sp\", \"mov x20, x0\", \"mov x21, x1\", \"mov x16, x2\", \"ldr x1, [x21, #{}]\", \"br x16\")\n}}\n",
        offset_of!(JitCtx, fuel)
    );
    out
}

/// The exit handler: stores every register and returns to the entry shim's caller. The exit's number is in the second
/// scratch register.
fn leave() -> String {
    let mut out = String::from(
        "#[unsafe(no_mangle)] #[unsafe(naked)]\npub unsafe extern \"C\" fn LEAVE() {\n    core::arch::naked_asm!(",
    );
    let general = ["x22", "x23", "x24", "x25", "x26", "x27", "x28", "x0"];
    for (i, pair) in general.chunks(2).enumerate() {
        let _ = write!(out, "\"stp {}, {}, [x21, #{}]\", ", pair[0], pair[1], offset_of!(JitCtx, g) + 16 * i);
    }
    for i in 0..4 {
        let at = offset_of!(JitCtx, f) + 16 * i;
        let _ = write!(out, "\"stp d{}, d{}, [x21, #{at}]\", ", 2 * i, 2 * i + 1);
    }
    let _ = write!(out, "\"str x1, [x21, #{}]\", ", offset_of!(JitCtx, fuel));
    let _ = write!(out, "\"str x20, [x21, #{}]\", ", offset_of!(JitCtx, frame));
    let _ = write!(out, "\"str x2, [x21, #{}]\", ", offset_of!(JitCtx, exit));
    for (i, (a, b)) in SAVED.iter().enumerate().rev() {
        let place =
            if i == 0 { format!("[sp], #{}", 16 * SAVED.len()) } else { format!("[sp, #{}]", 16 * i) };
        let _ = write!(out, "\"ldp {a}, {b}, {place}\", ");
    }
    out + "\"ret\")\n}\n"
}
