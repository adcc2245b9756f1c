//! One test of allocation and emission together: a random trace is allocated, emitted and run, and must end at the
//! exit, with the values and the memory, that evaluating it in SSA form gives. For tests and fuzz targets of every
//! emitter.
//!
//! Inherited values come as they do in earnest: from a parent trace whose exit is linked to the trace.

use super::evaluate::{Outcome, evaluate};
use super::{AIns, Allocated, EmitError, Emitter, JitCtx, MAX_HELPERS, MAX_REGS, MAX_SPILLS};
use super::{NO_REG, RegFile};
use crate::room::WithinRoom as _;
use crate::trace::generate::{Choices, INHERITED_SPILLS, SLOTS, World, trace};
use crate::trace::ir::{Loc, SnapId, Trace};
use crate::uop::body::{Helper0, Helper1, Helper2, Helper3};
use crate::uop::{Class, Uop};

/// The allocator under test.
pub type Allocate<'a> = &'a mut dyn FnMut(&Trace, RegFile, &mut Allocated) -> Result<(), EmitError>;

/// What went wrong.
#[derive(Debug)]
#[non_exhaustive]
pub enum Failure {
    /// A stage refused.
    Refused(&'static str, EmitError),
    /// Evaluating the trace did not come to an end.
    Endless,
    /// Another exit was taken: expected, got.
    Exit(u64, u64),
    /// A value of the exit's snapshot, or one passed on behind those, differs: which, expected, got.
    Value(usize, u64, u64),
    /// A word of the frame differs: which, expected, got.
    Memory(usize, u64, u64),
}

/// Uops that a run of a generated trace does at most, about: its length times its rounds.
const LIMIT: u64 = 1 << 16;

/// Makes a trace from `bytes`, allocates it, runs it on `emitter` and compares.
///
/// # Errors
/// What went wrong.
pub fn exercise(bytes: &[u8], emitter: &mut dyn Emitter, allocate: Allocate<'_>) -> Result<(), Failure> {
    let regs = emitter.reg_file();
    let helpers = core::mem::offset_of!(JitCtx, helpers) as i32;
    let world = World { g: regs.g, f: regs.f, helpers };
    let Some(mut t) = trace(&mut Choices::new(bytes), world) else {
        return Err(Failure::Refused("generate", EmitError::NoMemory));
    };
    compare(&mut t, emitter, allocate)
}

/// Allocates a trace, runs it on `emitter` and compares with its evaluation. The trace must be one that
/// `trace::generate` may make: it touches a frame of [`SLOTS`] words and the helpers of this module.
fn compare(t: &mut Trace, emitter: &mut dyn Emitter, allocate: Allocate<'_>) -> Result<(), Failure> {
    let mut ctx = context();
    let mut frame = first_frame();
    // SAFETY: generated traces touch `SLOTS` words of the frame, and the context's helpers, only.
    let expected = unsafe { evaluate(t, frame.as_mut_ptr().cast(), &mut ctx, &inherited, LIMIT) }
        .map_err(|e| Failure::Refused("evaluate", e))?
        .ok_or(Failure::Endless)?;
    let expected_frame = frame;
    frame = first_frame();
    crate::trace::select::run(t);
    let mut a = Allocated::default();
    allocate(t, emitter.reg_file(), &mut a).map_err(|e| Failure::Refused("allocate", e))?;
    let parent = parent(emitter.reg_file()).map_err(|e| Failure::Refused("parent", e))?;
    let parent = emitter.emit(&parent, 1000, None).map_err(|e| Failure::Refused("emit", e))?;
    let child = match emitter.emit(&a, 0, None) {
        Ok(child) => child,
        Err(e) => {
            emitter.release(parent.id);
            return Err(Failure::Refused("emit", e));
        }
    };
    // SAFETY: cell 0 is that of the parent's only exit.
    unsafe { parent.cells.write(child.entry) };
    // SAFETY: as above; both pieces of code are there until they are released below.
    unsafe { emitter.enter(parent.entry, frame.as_mut_ptr().cast(), &mut ctx) };
    emitter.release(parent.id);
    emitter.release(child.id);
    verdict(t, &a, &ctx, &expected)?;
    for (n, (x, y)) in expected_frame.iter().zip(&frame).enumerate() {
        if x != y {
            return Err(Failure::Memory(n, *x, *y));
        }
    }
    Ok(())
}

/// Compares where and how a run left with what evaluating gave.
fn verdict(t: &Trace, a: &Allocated, ctx: &JitCtx, expected: &Outcome) -> Result<(), Failure> {
    if ctx.exit != expected.exit as u64 {
        return Err(Failure::Exit(expected.exit as u64, ctx.exit));
    }
    let Some(exit) = a.exits.get(expected.exit) else {
        return Err(Failure::Refused("exits", EmitError::Malformed));
    };
    let slots = t.snapshot_slots(*exit).iter();
    let places = slots.map(|s| (s.value, a.place(s.value, expected.exit as u16)));
    let passed = t.passed.iter().map(|(value, loc)| (*value, Some(*loc)));
    let all = expected.values.iter().zip(places).chain(expected.passed.iter().zip(passed));
    for (n, (want, (value, place))) in all.enumerate() {
        let got = match place {
            Some(Loc::G(r)) => ctx.g.get(r as usize).copied(),
            Some(Loc::F(r)) => ctx.f.get(r as usize).map(|x| x.to_bits()),
            Some(Loc::Spill(s)) => ctx.spill.get(s as usize).copied(),
            Some(Loc::Konst(k)) => t.konsts.get(k as usize).map(|k| k.bits),
            None => None,
        };
        let got = got.ok_or(Failure::Refused("locations", EmitError::Malformed))?;
        // Which nan an operation gives is not defined.
        let is_float = t.class(value) == Some(Class::F);
        let nans = is_float && f64::from_bits(*want).is_nan() && f64::from_bits(got).is_nan();
        if got != *want && !nans {
            return Err(Failure::Value(n, *want, got));
        }
    }
    Ok(())
}

/// What the parent leaves in a place.
fn inherited(loc: Loc, _: Class) -> u64 {
    match loc {
        Loc::G(r) => 8 * (r as u64 + 3),
        Loc::F(r) => (r as f64 + 0.25).to_bits(),
        // As an int small, as a float finite.
        Loc::Spill(s) => (s as f64 + 1.5).to_bits() & !7,
        Loc::Konst(_) => 0,
    }
}

/// A trace that fills all registers and the first spill slots, and exits.
fn parent(regs: RegFile) -> Result<Allocated, EmitError> {
    let mut a = Allocated::default();
    let count = 2 * INHERITED_SPILLS as usize + 2 * MAX_REGS + 1;
    a.code.try_reserve(count).map_err(|_| EmitError::NoMemory)?;
    a.exits.try_reserve(1).map_err(|_| EmitError::NoMemory)?;
    for s in 0..INHERITED_SPILLS {
        let d = core::mem::offset_of!(JitCtx, spill) as i32 + 8 * s as i32;
        a.code.push_within(AIns::new(Uop::LoadK, 0, NO_REG, 0, inherited(Loc::Spill(s), Class::G)));
        a.code.push_within(AIns::new(Uop::CtxStore, NO_REG, 0, d, 0));
    }
    for r in 0..regs.g {
        a.code.push_within(AIns::new(Uop::LoadK, r, NO_REG, 0, inherited(Loc::G(r), Class::G)));
    }
    for r in 0..regs.f {
        a.code.push_within(AIns::new(Uop::LoadKF, r, NO_REG, 0, inherited(Loc::F(r), Class::F)));
    }
    a.code.push_within(AIns { exit: 0, ..AIns::new(Uop::Exit, NO_REG, NO_REG, 0, 0) });
    a.exits.push_within(SnapId::NONE);
    Ok(a)
}

fn first_frame() -> [u64; SLOTS] {
    core::array::from_fn(|i| match i % 4 {
        // An immediate float now and then.
        3 => (1.5f64 + i as f64).to_bits().wrapping_add(3 << 60).rotate_left(4),
        n => 8 * (i as u64 * 7 + n as u64),
    })
}

macro_rules! helpers {
    ($abi:literal) => {
        extern $abi fn helper0(_: *mut u8) -> u64 {
            40
        }
        extern $abi fn helper1(_: *mut u8, a: u64) -> u64 {
            mix(a, 5)
        }
        extern $abi fn helper2(_: *mut u8, a: u64, b: u64) -> u64 {
            mix(a, b.rotate_left(7))
        }
        extern $abi fn helper3(_: *mut u8, a: u64, b: u64, c: u64) -> u64 {
            mix(mix(a, b.rotate_left(7)), c.rotate_left(17))
        }
        extern $abi fn float1(_: *mut u8, a: u64) -> u64 {
            (f64::from_bits(a) * 0.5 + 1.0).to_bits()
        }
        extern $abi fn float2(_: *mut u8, a: u64, b: u64) -> u64 {
            (f64::from_bits(a) * 0.5 - f64::from_bits(b)).to_bits()
        }
    };
}
#[cfg(target_arch = "x86_64")]
helpers!("sysv64");
#[cfg(not(target_arch = "x86_64"))]
helpers!("C");

/// A value that depends on both; now and then unbound, so that the call exits.
fn mix(a: u64, b: u64) -> u64 {
    let x = (a ^ b.wrapping_mul(0x9e37_79b9_7f4a_7c15)).wrapping_mul(0xff51_afd7_ed55_8ccd);
    if x >> 60 == 3 { 2 } else { x >> 40 << 3 }
}

fn context() -> JitCtx {
    let mut helpers = [0; MAX_HELPERS];
    let table = [
        (helper0 as Helper0) as usize,
        (helper1 as Helper1) as usize,
        (helper2 as Helper2) as usize,
        (helper3 as Helper3) as usize,
        (float1 as Helper1) as usize,
        (float2 as Helper2) as usize,
    ];
    for (to, from) in helpers.iter_mut().zip(table) {
        *to = from;
    }
    JitCtx {
        // What no value is.
        g: [0xdead_dead; MAX_REGS],
        f: [-7.125; MAX_REGS],
        spill: [0xbad_bad; MAX_SPILLS],
        frame: core::ptr::null_mut(),
        exit: u64::MAX,
        ret: 0,
        helpers,
        ..JitCtx::new()
    }
}
