//! The dispatch loop of builds without feature `speed`: instructions are run where they lie, by their generic meaning.
//!
//! Invariants: as for the loop with specialized forms; instructions that need nothing but registers are done here,
//! every other one by `control::plain`.

use super::frame::Frame;
use super::run::settle;
use super::{Rt, RunEnd, control};
use crate::bytecode::{Instr, Op};
use crate::value::Value;

/// Runs from the frame on top until the run ends or stops.
pub(crate) fn run(rt: &mut Rt) -> RunEnd {
    loop {
        // SAFETY: verified code never runs off its end, and every jump lands on an instruction of it.
        let i = unsafe { *rt.stack.pc };
        rt.stack.pc = rt.stack.pc.wrapping_add(1);
        if simple(rt.stack.frame, &mut rt.stack.pc, i) {
            continue;
        }
        let r = control::plain(rt, i);
        if settle(rt, r) {
            return rt.take_end();
        }
    }
}

/// Runs an instruction that moves a value or decides a jump without looking into an object. `false`: it was not run.
fn simple(frame: Frame, pc: &mut *const Instr, i: Instr) -> bool {
    // SAFETY: operands of verified code are registers of the frame, which is a code frame.
    let get = |n: u16| unsafe { frame.reg(n) };
    let v = match i.op() {
        Some(Op::Move) => get(i.b()),
        Some(Op::MoveChecked) if !get(i.b()).is_unbound() => get(i.b()),
        Some(Op::LoadInt) => Value::int(i.imm_b() as i64),
        Some(Op::LoadNone) => Value::NONE,
        Some(Op::ClearLocal) => Value::UNBOUND,
        Some(Op::Is) => Value::bool(get(i.b()) == get(i.c())),
        Some(Op::IsNot) => Value::bool(get(i.b()) != get(i.c())),
        Some(op) => return jump(op, get, pc, i),
        None => return false,
    };
    // SAFETY: as above.
    unsafe { frame.set_reg(i.a(), v) };
    true
}

/// As `simple`, for jumps.
fn jump(op: Op, get: impl Fn(u16) -> Value, pc: &mut *const Instr, i: Instr) -> bool {
    let taken = match (op, op == Op::Jump || get(i.a()).is_none()) {
        (Op::Jump | Op::JumpIfNone, yes) => yes,
        (Op::JumpIfNotNone, none) => !none,
        (Op::JumpIf | Op::JumpIfNot, _) => match get(i.a()) {
            Value::TRUE => op == Op::JumpIf,
            Value::FALSE => op == Op::JumpIfNot,
            _ => return false,
        },
        _ => return false,
    };
    if taken {
        *pc = pc.wrapping_offset(i.offset32() as isize);
    }
    true
}
