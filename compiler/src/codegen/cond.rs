//! Conditions: expressions whose value only decides a jump.

use super::expr::{compare_op, is_atom};
use super::unit::{Label, Reg};
use super::*;
use ruff_python_ast::{self as ast, BoolOp, CmpOp, UnaryOp};

/// The fused compare-and-jump forms: jump if true, jump if false; register and immediate right operand.
fn fused(op: CmpOp, sense: bool, immediate: bool) -> Option<Op> {
    Some(match (op, sense, immediate) {
        (CmpOp::Lt, true, false) => Op::LtJump,
        (CmpOp::LtE, true, false) => Op::LeJump,
        (CmpOp::Eq, true, false) => Op::EqJump,
        (CmpOp::NotEq, true, false) => Op::NeJump,
        (CmpOp::Gt, true, false) => Op::GtJump,
        (CmpOp::GtE, true, false) => Op::GeJump,
        (CmpOp::Lt, false, false) => Op::LtJumpNot,
        (CmpOp::LtE, false, false) => Op::LeJumpNot,
        (CmpOp::Eq, false, false) => Op::EqJumpNot,
        (CmpOp::NotEq, false, false) => Op::NeJumpNot,
        (CmpOp::Gt, false, false) => Op::GtJumpNot,
        (CmpOp::GtE, false, false) => Op::GeJumpNot,
        (CmpOp::Lt, true, true) => Op::LtIJump,
        (CmpOp::LtE, true, true) => Op::LeIJump,
        (CmpOp::Eq, true, true) => Op::EqIJump,
        (CmpOp::NotEq, true, true) => Op::NeIJump,
        (CmpOp::Gt, true, true) => Op::GtIJump,
        (CmpOp::GtE, true, true) => Op::GeIJump,
        (CmpOp::Lt, false, true) => Op::LtIJumpNot,
        (CmpOp::LtE, false, true) => Op::LeIJumpNot,
        (CmpOp::Eq, false, true) => Op::EqIJumpNot,
        (CmpOp::NotEq, false, true) => Op::NeIJumpNot,
        (CmpOp::Gt, false, true) => Op::GtIJumpNot,
        (CmpOp::GtE, false, true) => Op::GeIJumpNot,
        _ => return None,
    })
}

impl<'a> Compiler<'a> {
    /// Jumps to `to` if the truth of `e` is `sense`, else falls through.
    pub(super) fn cond(&mut self, e: &'a Expr, to: Label, sense: bool) -> Res {
        if self.u.too_large {
            return Err(Fail::Memory);
        }
        let mark = self.u.top;
        let result = self.cond_in(e, to, sense);
        self.free_to(mark);
        result
    }

    fn cond_in(&mut self, e: &'a Expr, to: Label, sense: bool) -> Res {
        if let Some(v) = self.fold(e) {
            if v.truth() == sense {
                self.u.jump(e.range(), Op::Jump, 0, 0, to);
            }
            return Ok(());
        }
        match e {
            Expr::UnaryOp(u) if u.op == UnaryOp::Not => self.cond(&u.operand, to, !sense),
            Expr::BoolOp(b) => self.cond_bool(b, to, sense),
            Expr::Compare(c) => self.cond_compare(c, to, sense),
            Expr::If(i) => self.cond_if(i, to, sense),
            _ => {
                let r = self.operand(e, false)?;
                self.u.jump(e.range(), truth_jump(sense), r, 0, to);
                Ok(())
            }
        }
    }

    fn cond_bool(&mut self, b: &'a ast::ExprBoolOp, to: Label, sense: bool) -> Res {
        // `and` is decided by the first false operand, `or` by the first true one.
        let decides = b.op == BoolOp::Or;
        let Some((last, first)) = b.values.split_last() else { return Ok(()) };
        if decides == sense {
            for v in first {
                self.cond(v, to, sense)?;
            }
            return self.cond(last, to, sense);
        }
        let skip = self.u.label();
        for v in first {
            self.cond(v, skip, decides)?;
        }
        self.cond(last, to, sense)?;
        self.u.place(skip);
        Ok(())
    }

    fn cond_if(&mut self, i: &'a ast::ExprIf, to: Label, sense: bool) -> Res {
        let (other, end) = (self.u.label(), self.u.label());
        self.cond(&i.test, other, false)?;
        self.cond(&i.body, to, sense)?;
        self.u.jump(i.range, Op::Jump, 0, 0, end);
        self.u.place(other);
        self.cond(&i.orelse, to, sense)?;
        self.u.place(end);
        Ok(())
    }

    fn cond_compare(&mut self, c: &'a ast::ExprCompare, to: Label, sense: bool) -> Res {
        let hazard = c.comparators.len() > 1 || !is_atom(&c.comparators[0]);
        let mut l = self.operand(&c.left, hazard)?;
        let last = c.ops.len() - 1;
        let skip = self.u.label();
        for (i, (op, right)) in c.ops.iter().zip(&c.comparators).enumerate() {
            if i == last {
                self.compare_jump(c.range, l, *op, right, to, sense, false)?;
            } else {
                let fail = if sense { skip } else { to };
                l = self.compare_jump(c.range, l, *op, right, fail, false, true)?;
            }
        }
        self.u.place(skip);
        Ok(())
    }

    /// Compares `l` with `right` and jumps. Returns the register of `right` if it is `kept` for another comparison.
    #[expect(clippy::too_many_arguments, reason = "one comparison of a chain, as it stands in the tree")]
    fn compare_jump(
        &mut self,
        range: TextRange,
        l: Reg,
        op: CmpOp,
        right: &'a Expr,
        to: Label,
        sense: bool,
        kept: bool,
    ) -> Res<Reg> {
        if !kept {
            if matches!(op, CmpOp::Is | CmpOp::IsNot) && matches!(right, Expr::NoneLiteral(_)) {
                let none = (op == CmpOp::Is) == sense;
                let op = if none { Op::JumpIfNone } else { Op::JumpIfNotNone };
                self.u.jump(range, op, l, 0, to);
                return Ok(l);
            }
            if let (Some(i), Some(op)) = (self.immediate(right), fused(op, sense, true)) {
                self.u.jump(range, op, l, i as u16, to);
                return Ok(l);
            }
        }
        let r = if kept { self.operand(right, true)? } else { self.membership(op, right)? };
        match fused(op, sense, false) {
            Some(op) => self.u.jump(range, op, l, r, to),
            None => {
                let t = self.u.tmp();
                self.u.emit(range, compare_op(op), t, l, r);
                self.u.jump(range, truth_jump(sense), t, 0, to);
            }
        }
        Ok(r)
    }
}

/// The jump on a register's truth.
pub(super) fn truth_jump(sense: bool) -> Op {
    if sense { Op::JumpIf } else { Op::JumpIfNot }
}
