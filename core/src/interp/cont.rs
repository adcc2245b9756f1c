//! Continuations: what becomes of a callee's result when it is not simply stored.
//!
//! An instruction that reaches guest code pushes the guest function's frame with a continuation number in its meta
//! word. The caller's registers still hold the operands and its instruction is still the one before its `pc`, so a
//! continuation needs no state of its own: it decodes the instruction again. Results and exceptions come back here.
//!
//! Invariant: a continuation that fails with `NeedGc` or `Stop` is run again with the same value (`Rt::redo`), never
//! the instruction, whose call has already happened.

use super::frame::word;
use super::native::{BinOp, CmpOp};
use super::{Name, Rt, StopReason};
use crate::bytecode::{Instr, Op};
use crate::exit::{Exit, ExitKind, Res};
use crate::object::exception::{Exception, exc};
use crate::value::Value;

macro_rules! conts {
    ($( $(#[doc = $d:literal])* $n:ident, )*) => {
        /// See the module.
        #[derive(Clone, Copy, PartialEq, Eq, Debug)]
        #[repr(u8)]
        pub(crate) enum Cont { $( $(#[doc = $d])* $n, )* }
        impl Cont {
            const ALL: &'static [Cont] = &[ $(Cont::$n,)* ];
            /// Decodes a continuation number.
            #[inline]
            pub const fn from_u8(n: u8) -> Cont {
                if (n as usize) < Cont::ALL.len() { Cont::ALL[n as usize] } else { Cont::Value }
            }
        }
    };
}

conts! {
    /// Store in the destination register.
    Value,
    /// Drop it.
    Discard,
    /// Fill slot `dst` of the native frame below and run its native again.
    NativeSlot,
    /// The outermost call of a run: the run ends with this value.
    HostResult,
    /// Its truth decides a jump, or is stored (see `apply_truth`).
    TruthOf,
    /// Result of `__bool__`: must be a bool.
    BoolResult,
    /// Result of `__len__` asked for truth: must be an int.
    LenResult,
    /// Result of the left operand's method: NotImplemented goes on with the right operand's.
    BinFirst,
    /// Result of the right operand's method: NotImplemented is an error.
    BinSecond,
    /// Result of the right operand's method, tried first because its class derives from the left's.
    BinSwapped,
    /// Result of the in-place method: NotImplemented goes on with the ordinary one.
    InplaceFirst,
    /// Result of a comparison method of the left operand.
    CmpFirst,
    /// Result of the reflected comparison method of the right operand.
    CmpSecond,
    /// Result of the right operand's comparison method, tried first.
    CmpSwapped,
    /// Result of a unary operator's method.
    Unary,
    /// Result of `__iter__`: must be an iterator; becomes an iteration state.
    GetIter,
    /// Next item of a loop; StopIteration ends the loop.
    ForNext,
    /// Result of `__init__`: must be None; the value is the instance in the word before the frame's header.
    Init,
    /// An attribute that a failing look-up replaces by `__getattr__`'s answer.
    AttrOrGetattr,
    /// The attribute a `LoadMethod` or `LoadSuperMethod` wanted.
    Method,
    /// Answer of a delegate in `yield from`; StopIteration ends it.
    SendResult,
    /// Result of `list()` of an iterable to unpack.
    Unpack,
    /// Result of `__enter__` (to `dst`).
    Enter,
    /// Value of a generator that has ended: StopIteration carries it.
    GeneratorEnd,
    /// Result of `__init__` that is not None: an error.
    InitNotNone,
}

/// What to repeat instead of the instruction, whose call has happened already.
#[derive(Clone, Copy, Debug)]
pub(crate) enum Redo {
    /// The delivery of a result.
    Deliver {
        /// The result.
        value: Value,
        dst: u16,
        cont: Cont,
    },
    /// The call in `Rt::pending`.
    Call { dst: u16, cont: Cont },
    /// The call of the entry frame on top.
    Enter,
    /// The question whether a continuation catches the exception in `Rt::raised`.
    Catch { dst: u16, cont: Cont },
}

impl Redo {
    /// The value it holds, for the collector.
    pub fn value(self) -> Value {
        match self {
            Redo::Deliver { value, .. } => value,
            _ => Value::UNBOUND,
        }
    }
}

impl Rt {
    /// Whether what exits with `e` is repeated later, so that it must leave no trace (fuel included).
    #[inline]
    pub(crate) fn repeats(&self, e: Exit) -> bool {
        match self.exit_kind(e) {
            ExitKind::NeedGc => true,
            ExitKind::Stop => self.stop != StopReason::Finished,
            _ => false,
        }
    }
}

/// Hands a callee's result to the frame on top.
pub(crate) fn deliver(rt: &mut Rt, v: Value, dst: u16, cont: Cont) -> Res<()> {
    if cont == Cont::Value {
        // SAFETY: the destination is a register of the running frame (verified bytecode), or a slot of a native one.
        unsafe { rt.stack.frame.set_reg(dst, v) };
        return Ok(());
    }
    rt.commit();
    let (frame, fuel) = (rt.stack.frame, rt.fuel);
    let r = special(rt, v, dst, cont);
    if let Err(e) = r
        && rt.undo(e, frame, fuel)
    {
        rt.redo = Some(Redo::Deliver { value: v, dst, cont });
    }
    r
}

/// The instruction of the running frame that is waiting for a result, in its generic form.
pub(crate) fn waiting_instr(rt: &Rt) -> Instr {
    let Some(code) = rt.stack.frame.code() else { return Instr::new(Op::Nop, 0, 0, 0) };
    code.original_at(code.index_of(rt.stack.pc).wrapping_sub(1))
}

fn special(rt: &mut Rt, v: Value, dst: u16, cont: Cont) -> Res<()> {
    match cont {
        Cont::Value => {
            // SAFETY: as in `deliver`.
            unsafe { rt.stack.frame.set_reg(dst, v) };
            Ok(())
        }
        Cont::Discard => Ok(()),
        Cont::NativeSlot => {
            // SAFETY: slot numbers come from the native that asked, which has that slot.
            unsafe {
                if (dst as usize) < rt.stack.frame.nregs() {
                    rt.stack.frame.set_reg(dst, v);
                }
            }
            rt.rerun_native()
        }
        Cont::HostResult => {
            rt.host_result = v;
            Err(rt.stop_for(StopReason::Finished))
        }
        Cont::TruthOf => rt.truth_then(v),
        Cont::BoolResult => match v.as_bool() {
            Some(b) => {
                apply_truth(rt, b);
                Ok(())
            }
            None => {
                let name = rt.type_name(v);
                Err(rt.type_error(message!("__bool__ should return bool, returned {name}")))
            }
        },
        Cont::LenResult => {
            let n = rt.checked_len(v)?;
            apply_truth(rt, n != 0);
            Ok(())
        }
        Cont::BinFirst | Cont::BinSecond | Cont::BinSwapped | Cont::InplaceFirst => {
            rt.binary_result(v, dst, cont)
        }
        Cont::CmpFirst | Cont::CmpSecond | Cont::CmpSwapped => rt.compare_result(v, dst, cont),
        Cont::Unary => deliver(rt, v, dst, Cont::Value),
        Cont::GetIter => rt.got_iterator(v),
        Cont::ForNext => {
            for_next(rt, v);
            Ok(())
        }
        // Dealt with where the frame is popped (`Rt::return_value`), which has the instance.
        Cont::Init => Ok(()),
        Cont::AttrOrGetattr => got_attr(rt, v, dst),
        Cont::Method => {
            method_value(rt, v);
            Ok(())
        }
        Cont::SendResult => {
            // SAFETY: the destination is a register of the frame.
            unsafe { rt.stack.frame.set_reg(dst, v) };
            Ok(())
        }
        Cont::Unpack => rt.unpack_list(v),
        Cont::GeneratorEnd if v.is_none() => Err(rt.raise_with(exc::StopIteration, &[])),
        Cont::GeneratorEnd => Err(rt.raise_with(exc::StopIteration, &[v])),
        Cont::InitNotNone => {
            let name = rt.type_name(v);
            Err(rt.type_error(message!("__init__() should return None, not '{name}'")))
        }
        Cont::Enter => {
            // SAFETY: as above.
            unsafe { rt.stack.frame.set_reg(dst, v) };
            Ok(())
        }
    }
}

/// Stores an attribute where its instruction wants it.
fn got_attr(rt: &mut Rt, v: Value, dst: u16) -> Res<()> {
    match waiting_instr(rt).op() {
        Some(Op::LoadMethod | Op::LoadSuperMethod) => {
            method_value(rt, v);
            Ok(())
        }
        _ => deliver(rt, v, dst, Cont::Value),
    }
}

/// Completes a `LoadMethod` with a value that is called without self.
pub(crate) fn method_value(rt: &mut Rt, v: Value) {
    let a = waiting_instr(rt).a();
    // SAFETY: the window's registers lie in the frame (verified).
    unsafe {
        rt.stack.frame.set_reg(a, v);
        rt.stack.frame.set_reg(a + crate::bytecode::CALL_GAP, Value::UNBOUND);
    }
}

/// Acts on the truth value the waiting instruction asked for: jumps, or stores a bool.
pub(crate) fn apply_truth(rt: &mut Rt, b: bool) {
    let i = waiting_instr(rt);
    let Some(op) = i.op() else { return };
    use Op::*;
    let (jump, offset) = match op {
        JumpIf => (b, i.offset32() as isize),
        JumpIfNot => (!b, i.offset32() as isize),
        LtJump | LeJump | EqJump | NeJump | GtJump | GeJump | LtIJump | LeIJump | EqIJump | NeIJump
        | GtIJump | GeIJump => (b, i.imm_c() as isize),
        LtJumpNot | LeJumpNot | EqJumpNot | NeJumpNot | GtJumpNot | GeJumpNot | LtIJumpNot | LeIJumpNot
        | EqIJumpNot | NeIJumpNot | GtIJumpNot | GeIJumpNot => (!b, i.imm_c() as isize),
        Not | NotIn => {
            // SAFETY: the destination is a register of the frame (verified).
            unsafe { rt.stack.frame.set_reg(i.a(), Value::bool(!b)) };
            return;
        }
        _ => {
            // SAFETY: as above.
            unsafe { rt.stack.frame.set_reg(i.a(), Value::bool(b)) };
            return;
        }
    };
    if jump {
        rt.stack.pc = rt.stack.pc.wrapping_offset(offset);
    }
}

/// Whether a binary operator's right operand is part of the instruction.
#[cfg(feature = "speed")]
pub(crate) fn is_immediate(op: Op) -> bool {
    matches!(op, Op::AddI | Op::SubI | Op::IAddI | Op::ISubI)
}

/// Whether an instruction uses its comparison for a jump.
pub(crate) fn is_compare_jump(op: Op) -> bool {
    op >= Op::LtJump && op <= Op::GeIJumpNot
}

/// The comparison an instruction makes, if it makes one.
pub(crate) fn cmp_op(op: Op) -> Option<CmpOp> {
    let n = op as u16;
    let index = if (Op::Lt as u16..=Op::Ge as u16).contains(&n) {
        n - Op::Lt as u16
    } else if is_compare_jump(op) {
        (n - Op::LtJump as u16) % 6
    } else {
        return None;
    };
    CmpOp::ALL.get(index as usize).copied()
}

/// The binary operator an instruction applies, and whether in place.
pub(crate) fn bin_op(op: Op) -> Option<(BinOp, bool)> {
    match op {
        Op::AddI => return Some((BinOp::Add, false)),
        Op::SubI => return Some((BinOp::Sub, false)),
        Op::IAddI => return Some((BinOp::Add, true)),
        Op::ISubI => return Some((BinOp::Sub, true)),
        _ => {}
    }
    let n = op as u16;
    if (Op::Add as u16..=Op::Xor as u16).contains(&n) {
        Some((BinOp::ALL[(n - Op::Add as u16) as usize], false))
    } else if (Op::IAdd as u16..=Op::IXor as u16).contains(&n) {
        Some((BinOp::ALL[(n - Op::IAdd as u16) as usize], true))
    } else {
        None
    }
}

/// A loop got its next item: stores it and jumps back.
fn for_next(rt: &mut Rt, v: Value) {
    let i = waiting_instr(rt);
    // SAFETY: the destination is a register of the frame (verified).
    unsafe { rt.stack.frame.set_reg(i.b(), v) };
    rt.stack.pc = rt.stack.pc.wrapping_offset(i.imm_c() as isize);
    rt.heat_up();
}

/// Whether the caller's continuation makes something of the exception that ended the callee. `Ok(true)`: it did.
pub(crate) fn catch(rt: &mut Rt, dst: u16, cont: Cont) -> Res<bool> {
    let e = rt.raised;
    note_attribute(rt, e);
    match cont {
        Cont::ForNext if rt.is_exception(e, exc::StopIteration) => Ok(true),
        Cont::SendResult if rt.is_exception(e, exc::StopIteration) => {
            let v = e.get::<Exception>().map_or(Value::NONE, |e| e.extra.get());
            send_done(rt, if v.is_unbound() { Value::NONE } else { v });
            Ok(true)
        }
        Cont::AttrOrGetattr if rt.is_exception(e, exc::AttributeError) => {
            let i = waiting_instr(rt);
            let frame = rt.stack.frame;
            // SAFETY: registers that the attribute instructions which use this continuation read.
            let reg = |r| unsafe { frame.reg(r) };
            let obj = reg(i.b());
            let Some(code) = frame.code() else { return Ok(false) };
            let by_register = i.op() == Some(Op::LoadAttrBy);
            let name = if by_register { reg(i.c()) } else { code.site(i.c()).0 };
            let getattr = rt.name(Name::__getattr__)?;
            let Some(f) = rt.lookup_special(obj, getattr)? else { return Ok(false) };
            let next = if i.op() == Some(Op::LoadMethod) { Cont::Method } else { Cont::Value };
            rt.call_slice(f, &[obj, name], dst, next)?;
            Ok(true)
        }
        _ => Ok(false),
    }
}

/// Notes in an AttributeError that guest code raised for an attribute instruction which attribute of what it was.
fn note_attribute(rt: &Rt, e: Value) {
    let Some(x) = e.get::<Exception>() else { return };
    if !x.extra.get().is_unbound() || !x.obj.get().is_unbound() {
        return;
    }
    let i = waiting_instr(rt);
    if !matches!(i.op(), Some(Op::LoadAttr | Op::LoadMethod)) || !rt.is_exception(e, exc::AttributeError) {
        return;
    }
    let Some(code) = rt.stack.frame.code() else { return };
    // SAFETY: `b` is the object's register in these instructions (verified).
    x.obj.set(unsafe { rt.stack.frame.reg(i.b()) });
    x.extra.set(code.site(i.c()).0);
}

/// A delegate of `yield from` finished with `v`: stores it and leaves the loop.
pub(crate) fn send_done(rt: &mut Rt, v: Value) {
    let i = waiting_instr(rt);
    // SAFETY: the destination is a register of the frame (verified).
    unsafe { rt.stack.frame.set_reg(i.a(), v) };
    rt.stack.pc = rt.stack.pc.wrapping_offset(i.imm_c() as isize);
}

/// Where the result of a call that the waiting instruction's native asked for goes.
pub(crate) fn cont_of(op: Op, i: Instr, site_dst: u16) -> (u16, Cont) {
    use Op::*;
    match op {
        Call | CallMethod | CallKw | CallMethodKw | CallEx => (site_dst, Cont::Value),
        StoreAttr | DelAttr | SetItem | DelItem | SetSlice | ListExtend | SetAdd | SetUpdate | MapAdd
        | DictUpdate | DictMerge | StoreName | DelName | StoreGlobal | DelGlobal | ImportStar
        | ListAppend => (0, Cont::Discard),
        JumpIf | JumpIfNot | Not | Truth | In | NotIn => (i.a(), Cont::TruthOf),
        _ if is_compare_jump(op) => (0, Cont::TruthOf),
        LoadMethod | LoadSuperMethod => (i.a(), Cont::Method),
        GetIter => (i.a(), Cont::GetIter),
        ForLoop => (i.b(), Cont::ForNext),
        Send => (i.a(), Cont::SendResult),
        Unpack | UnpackEx => (i.a(), Cont::Unpack),
        WithEnter => (i.a() + 1, Cont::Enter),
        _ => (i.a(), Cont::Value),
    }
}

const _: () = assert!(word::META == -1);
