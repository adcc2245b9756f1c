//! Which registers matter before each instruction of a function: what a snapshot need not keep.
//!
//! A backward data-flow analysis over the immutable code. An instruction that a handler covers may go on there. A call
//! may be one of `locals`, which looks at every named register.
//!
//! Invariant: a register that is reported dead is written before it is read on every way from there.

use crate::bytecode::{CALL_GAP, Instr, Op, Operand};
use crate::object::Code;
use crate::opt::builder::{Build, Fail, Liveness};
use crate::room::WithinRoom as _;
use alloc::vec::Vec;

/// The liveness of `code`'s registers.
pub(super) fn of(code: &Code) -> Build<Liveness> {
    let mut l = Liveness {
        code: core::ptr::from_ref(code) as usize,
        locals: code.nlocals as u32,
        words: 0,
        bits: Vec::new(),
        konsts: super::constants::of(code)?,
    };
    let n = code.ninstrs as usize;
    if n == 0 || n > 20_000 || code.nregs as usize > 1024 {
        return Ok(l);
    }
    let words = (code.nregs as usize).div_ceil(64);
    l.bits.try_reserve_exact(n * words).map_err(|_| Fail::NoMemory)?;
    l.bits.fill_within(core::iter::repeat_n(0, n * words));
    l.words = words;
    let mut row = [0u64; 16];
    let mut changed = true;
    while changed {
        changed = false;
        for at in (0..n).rev() {
            let i = code.original_at(at as u32);
            let row = row.get_mut(..words).unwrap_or(&mut []);
            row.fill(0);
            flow(&l, code, at, i, row);
            let old = l.bits.get_mut(at * words..(at + 1) * words).unwrap_or(&mut []);
            if old != row {
                old.copy_from_slice(row);
                changed = true;
            }
        }
    }
    Ok(l)
}

/// Live registers before instruction `at`, from those after it.
fn flow(l: &Liveness, code: &Code, at: usize, i: Instr, row: &mut [u64]) {
    let Some(op) = i.op() else { return row.fill(u64::MAX) };
    let join = |row: &mut [u64], target: i64| {
        let next = usize::try_from(target).ok().and_then(|t| l.bits.get(t * l.words..(t + 1) * l.words));
        for (x, y) in row.iter_mut().zip(next.unwrap_or(&[])) {
            *x |= y;
        }
    };
    let next = at as i64 + 1;
    let falls = !matches!(
        op,
        Op::Jump
            | Op::JumpBack
            | Op::Return
            | Op::ReturnNone
            | Op::Raise
            | Op::RaiseFrom
            | Op::RaiseCurrent
            | Op::Reraise
    );
    if falls {
        join(row, next);
    }
    match op.operands() {
        [_, Operand::Jump32, _] => join(row, next + i.offset32() as i64),
        [_, _, Operand::Jump16] => join(row, next + i.imm_c() as i64),
        _ => {}
    }
    let conditional = matches!(op, Op::ForLoop | Op::Send);
    if !conditional {
        match writes(op, i) {
            Some(r) => clear(row, r),
            None if matches!(op, Op::Call | Op::CallMethod | Op::CallKw | Op::CallMethodKw | Op::CallEx) => {
                clear(row, code.sites().get(i.c() as usize).map_or(u16::MAX, |s| s.dst));
            }
            None => {}
        }
    }
    // It may raise before it writes.
    let (module, func) = (code.module(), code.func());
    for e in (0..func.excs.1).filter_map(|i| module.exc(func, i)) {
        if (e.start as usize..e.end as usize).contains(&at) {
            join(row, e.handler as i64);
        }
    }
    if matches!(op, Op::Call | Op::CallMethod | Op::CallKw | Op::CallMethodKw | Op::CallEx) {
        set(row, 0, l.locals as u16);
    }
    let mut all = true;
    all &= reads(op, i, |first, n| set(row, first, n));
    if !all {
        row.fill(u64::MAX);
    }
}

/// The one register that an operation writes by its operands.
pub(super) fn writes(op: Op, i: Instr) -> Option<u16> {
    let fields = [i.a(), i.b(), i.c()];
    op.operands().iter().zip(fields).find(|(o, _)| **o == Operand::Dst).map(|(_, r)| r)
}

/// Calls `f` with the runs of registers that an operation reads. `false`: it may read any.
pub(super) fn reads(op: Op, i: Instr, mut f: impl FnMut(u16, u16)) -> bool {
    let (a, b, c) = (i.a(), i.b(), i.c());
    if op == Op::MakeCell {
        f(a, 1);
    }
    for (operand, value) in op.operands().iter().zip([a, b, c]) {
        match *operand {
            Operand::Reg => f(value, 1),
            Operand::Regs(_) if matches!(op, Op::GetIter | Op::LoadMethod) && value == a => {}
            Operand::Regs(_) if op == Op::LoadSuperMethod && value == a && value != b => {}
            Operand::Regs(n) => f(value, n as u16),
            Operand::Run => match op {
                Op::Call | Op::CallKw => {
                    f(a, 1);
                    f(a + CALL_GAP, b);
                }
                Op::CallMethod | Op::CallMethodKw => {
                    f(a, 1);
                    f(a + CALL_GAP, b + 1);
                }
                Op::BuildList | Op::BuildTuple | Op::BuildSet | Op::BuildString => f(b, c),
                Op::BuildMap => f(b, c.saturating_mul(2)),
                Op::Unpack | Op::UnpackEx | Op::CopyFree => {}
                _ => return false,
            },
            _ => {}
        }
    }
    true
}

fn set(row: &mut [u64], first: u16, n: u16) {
    for r in first..first.saturating_add(n) {
        if let Some(w) = row.get_mut(r as usize / 64) {
            *w |= 1 << (r % 64);
        }
    }
}
fn clear(row: &mut [u64], r: u16) {
    if let Some(w) = row.get_mut(r as usize / 64) {
        *w &= !(1 << (r % 64));
    }
}
