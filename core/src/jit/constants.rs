//! Registers that hold one constant for as long as their function runs. The compiler keeps the constants of loops in
//! registers: the first instructions of a function load them, and nothing else writes them.
//!
//! Invariant: behind a function's first loads, a register that is listed here holds the constant that is listed with it,
//! whatever the code, which need not be the compiler's.

use super::liveness::writes;
use crate::bytecode::{Op, Operand};
use crate::object::Code;
use crate::opt::builder::{Build, push};
use crate::value::Value;
use alloc::vec::Vec;

/// The constant that register `r` holds at instruction `pc`, if `known` lists it.
pub(super) fn constant(code: &Code, known: &[(u16, u32)], r: u16, pc: u32) -> Option<Value> {
    let &(_, at) = known.iter().find(|&&(x, _)| x == r)?;
    // In between, not all of them are loaded.
    if known.last().is_none_or(|&(_, last)| pc <= last) {
        return None;
    }
    let i = code.original_at(at);
    match i.op()? {
        Op::LoadInt => Some(Value::int(i.imm_b() as i64)),
        Op::LoadNone => Some(Value::NONE),
        Op::LoadConst => code.consts().get(i.b() as usize).copied(),
        _ => None,
    }
}

/// The registers of `code` that hold a constant, each with the instruction that loads it.
pub(super) fn of(code: &Code) -> Build<Vec<(u16, u32)>> {
    let mut known = Vec::new();
    let mut first = 0;
    while first < code.ninstrs {
        let i = code.original_at(first);
        match i.op() {
            Some(Op::LoadInt | Op::LoadNone | Op::LoadConst) => push(&mut known, (i.a(), first))?,
            Some(Op::MakeCell | Op::CopyFree) => {}
            _ => break,
        }
        first += 1;
    }
    for at in 0..code.ninstrs {
        if known.is_empty() {
            return Ok(known);
        }
        drop_written(code, at, &mut known);
    }
    let (module, func) = (code.module(), code.func());
    for e in (0..func.excs.1).filter_map(|i| module.exc(func, i)) {
        // A load that the entry covers need not have happened in the handler.
        known.retain(|&(r, load)| r != e.reg && r != e.reg.wrapping_add(1) && load < e.start);
    }
    Ok(known)
}

/// Takes the registers out that instruction `at` may write, unless it is the load itself.
fn drop_written(code: &Code, at: u32, known: &mut Vec<(u16, u32)>) {
    let i = code.original_at(at);
    let Some(op) = i.op() else { return known.clear() };
    let mut out = |r: u16| known.retain(|&(x, load)| x != r || load == at);
    if let Some(r) = writes(op, i) {
        out(r);
    }
    match op {
        Op::DelLocal | Op::Send => out(i.a()),
        Op::Call | Op::CallMethod | Op::CallKw | Op::CallMethodKw | Op::CallEx => {
            out(code.sites().get(i.c() as usize).map_or(u16::MAX, |s| s.dst));
        }
        _ => {}
    }
    let targets = match op {
        Op::Unpack => i.c(),
        Op::UnpackEx => (i.c() & 0xff) + (i.c() >> 8) + 1,
        _ => 0,
    };
    if targets != 0 {
        return known.retain(|&(x, _)| x < i.a() || x - i.a() >= targets);
    }
    // A run may be written, and a call's frame begins behind the first of its run.
    for (operand, r) in op.operands().iter().zip([i.a(), i.b(), i.c()]) {
        if matches!(operand, Operand::Regs(_) | Operand::Run) {
            known.retain(|&(x, _)| x < r);
        }
    }
}
