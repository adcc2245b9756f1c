//! Recording operators that are methods of the guest's classes: arithmetic, comparisons, `in`.
//!
//! A method is an inlined call whose continuation makes of its result what the operator is to give. Where that is asked for
//! the truth of it, the result is as true as it was seen.
//!
//! Invariant: the classes of both operands are guarded, since both decide whose method comes first.

use super::arguments::takes;
use super::{Ctx, Rec, Stop};
use crate::bytecode::Op;
use crate::heap::Gc;
use crate::interp::cont::{self, Cont};
use crate::object::{Code, Function};
use crate::trace::ir::Ref;
use crate::uop::Uop;
use crate::value::Value;

impl Ctx<'_> {
    pub(super) fn bin_guest(&mut self) -> Rec<()> {
        let i = self.i;
        let (v, w) = (self.val(i.b()), self.val(i.c()));
        let found = super::behind(self.rt, |rt| crate::interp::specialize::guest_operator(rt, v, w));
        let Some(f) = found else { return self.generic() };
        let (x, y) = (self.get(i.b())?, self.get(i.c())?);
        if v.shape() == u32::MAX {
            return Err(Stop::Here);
        }
        self.guard_operands((x, v), (y, w))?;
        let func = self.konst(f.value())?;
        self.push_above(f, func, &[x, y], i.a(), Cont::BinFirst)
    }

    /// Guards that the class of a guest's instance on the left, and that on the right, decide alike whose method comes first.
    fn guard_operands(&mut self, (x, v): (Ref, Value), (y, w): (Ref, Value)) -> Rec<()> {
        self.shape(x, v.shape())?;
        let t = self.rt.type_of(v);
        self.class_stays(t)?;
        if w.shape() != u32::MAX {
            self.shape(y, w.shape())?;
        } else if w.is_int() {
            self.b.op(Uop::GuardInt, &[y])?;
        } else if w.is_float() {
            if self.class(y) == crate::uop::Class::G {
                self.b.op(Uop::GuardFloat, &[y])?;
            }
        } else {
            self.same(y, w)?;
        }
        Ok(())
    }

    /// A comparison by method `f` of the left operand's class, stored or jumped on.
    pub(super) fn compare_guests(
        &mut self,
        f: Gc<Function>,
        (ra, v): (u16, Value),
        (rb, w): (u16, Value),
    ) -> Rec<()> {
        if v.shape() == u32::MAX || !takes(&f.code(), 2) {
            return Err(Stop::Here);
        }
        let (x, y) = (self.get(ra)?, self.get(rb)?);
        self.guard_operands((x, v), (y, w))?;
        let func = self.konst(f.value())?;
        let jump = self.i.op().is_some_and(cont::is_compare_jump);
        let dst = if jump { 0 } else { self.i.a() };
        self.push_above(f, func, &[x, y], dst, Cont::CmpFirst)
    }

    /// `in` and `not in` by method `__contains__` of the container's class.
    pub(super) fn contained_in(&mut self) -> Rec<Option<()>> {
        let i = self.i;
        let v = self.val(i.c());
        let Some(f) = self.special(v, crate::interp::Name::__contains__, 2) else { return Ok(None) };
        let (k, x) = (self.get(i.b())?, self.get(i.c())?);
        self.guard_methods(x, v)?;
        let func = self.konst(f.value())?;
        self.push_above(f, func, &[x, k], i.a(), Cont::TruthOf).map(Some)
    }

    /// What `in` or `not in`, the instruction before `ret_pc`, makes of the answer `x` of an inlined call.
    pub(super) fn contained(&mut self, x: Ref, code: &Code, ret_pc: u32) -> Rec<Ref> {
        let negated = match code.original_at(ret_pc.wrapping_sub(1)).op() {
            Some(Op::In) => false,
            Some(Op::NotIn) => true,
            _ => return Err(Stop::Here),
        };
        let v = self.answered();
        if v.is_bool() {
            self.b.op(Uop::GuardBool, &[x])?;
            return Ok(if negated { self.b.op(Uop::NotBool, &[x])? } else { x });
        }
        let truth = self.guard_truth(x, v)?.ok_or(Stop::Here)?;
        Ok(self.b.value(Value::bool(truth != negated))?)
    }

    /// What the return at hand returns now.
    pub(super) fn answered(&self) -> Value {
        if self.i.op() == Some(Op::Return) { self.val(self.i.a()) } else { Value::NONE }
    }

    /// Where the caller goes on that compared by an inlined call, which returns `x`, if it jumps on the result: `x` is as true as
    /// it is now.
    pub(super) fn compared(&mut self, x: Ref, code: &Code, ret_pc: u32) -> Rec<Option<u32>> {
        let i = code.original_at(ret_pc.wrapping_sub(1));
        let Some(op) = i.op().filter(|op| cont::is_compare_jump(*op)) else { return Ok(None) };
        let v = self.answered();
        let truth = self.guard_truth(x, v)?.ok_or(Stop::Here)?;
        let to = ret_pc as i64 + if super::values::jumps(op, truth) { i.imm_c() as i64 } else { 0 };
        Ok(Some(to as u32))
    }
}
