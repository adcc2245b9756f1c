//! Recording operators of ints that are large, or whose result is: a helper does them, with the operands in registers.
//!
//! Invariant: where an operand is no int any more, or the operator raises, the helper has done nothing, and the interpreter
//! does the instruction.

use super::helpers::Helper;
use super::{Ctx, Rec, Stop};
use crate::bytecode::Op;
use crate::interp::cont;
use crate::interp::native::{BinOp, CmpOp};
use crate::object::int;
use crate::opt::builder::{Fail, Ty, clobber, push};
use crate::uop::Uop;
use crate::value::Value;

impl Ctx<'_> {
    /// Arithmetic of ints that no uop does; `None` if the operands are others.
    pub(super) fn int_operator(&mut self, op: Op) -> Rec<Option<()>> {
        let (i, Some((bin, _))) = (self.i, cont::bin_op(op)) else { return Ok(None) };
        let immediate = cont::is_immediate(op);
        let exact = int::is_exact(self.val(i.b())) && (immediate || int::is_exact(self.val(i.c())));
        if !exact || bin == BinOp::MatMul {
            return Ok(None);
        }
        let number = self.b.word(bin as u64, Ty::Raw)?;
        let x = self.get(i.b())?;
        let y = if immediate { self.b.int(i.imm_c() as i64)? } else { self.get(i.c())? };
        self.r.commit_fuel(self.b)?;
        let r = self.call(Helper::int_op, &[number, x, y], clobber::NONE)?;
        // The helper makes sure that there is enough fuel for the rest.
        push(&mut self.r.checks, (r.as_ins().ok_or(Fail::Contradiction)?, self.r.charged))?;
        self.set(i.a(), r)?;
        self.next().map(Some)
    }

    /// A comparison of ints not both of which are small, stored or jumped on: `v` in a register with `w`, in a register or
    /// part of the instruction.
    pub(super) fn compare_ints(
        &mut self,
        cmp: CmpOp,
        jump: bool,
        (a, v): (u16, Value),
        (b, w): (Option<u16>, Value),
    ) -> Rec<()> {
        let (Some(p), Some(q)) = (int::get(v), int::get(w)) else { return Err(Stop::Here) };
        let truth = cmp.holds(int::compare(p, q));
        let number = self.b.word(cmp as u64, Ty::Raw)?;
        let x = self.get(a)?;
        let y = match b {
            Some(b) => self.get(b)?,
            None => self.b.value(w)?,
        };
        let r = self.call(Helper::int_cmp, &[number, x, y], clobber::NONE)?;
        self.b.know(r, Ty::Bool);
        if jump {
            let now = self.b.value(Value::bool(truth))?;
            self.b.op(Uop::GuardEq, &[r, now])?;
            return self.take(truth);
        }
        self.set(self.i.a(), r)?;
        self.next()
    }
}
