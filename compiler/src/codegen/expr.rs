//! Expressions.
//!
//! `expr_to(e, dst)` computes into `dst`, which is written last if it is a variable, and at any time if it is a
//! temporary; `operand(e, hazard)` yields a register that holds the value: a variable's own where that is legal.
//! `hazard` says that something evaluated before the value is used might rebind variables.

use super::unit::Reg;
use super::*;
use ruff_python_ast::{self as ast, BoolOp, CmpOp, Operator, UnaryOp};

/// The instruction of a binary operator.
pub(super) fn binary_op(op: Operator) -> Op {
    match op {
        Operator::Add => Op::Add,
        Operator::Sub => Op::Sub,
        Operator::Mult => Op::Mul,
        Operator::MatMult => Op::MatMul,
        Operator::Div => Op::TrueDiv,
        Operator::Mod => Op::Mod,
        Operator::Pow => Op::Pow,
        Operator::LShift => Op::Shl,
        Operator::RShift => Op::Shr,
        Operator::BitOr => Op::Or,
        Operator::BitXor => Op::Xor,
        Operator::BitAnd => Op::And,
        Operator::FloorDiv => Op::FloorDiv,
    }
}

/// The instruction of a comparison operator.
pub(super) fn compare_op(op: CmpOp) -> Op {
    match op {
        CmpOp::Eq => Op::Eq,
        CmpOp::NotEq => Op::Ne,
        CmpOp::Lt => Op::Lt,
        CmpOp::LtE => Op::Le,
        CmpOp::Gt => Op::Gt,
        CmpOp::GtE => Op::Ge,
        CmpOp::Is => Op::Is,
        CmpOp::IsNot => Op::IsNot,
        CmpOp::In => Op::In,
        CmpOp::NotIn => Op::NotIn,
    }
}

/// Whether evaluating `e` cannot rebind a variable, by a glance.
pub(super) fn is_atom(e: &Expr) -> bool {
    matches!(e, Expr::Name(_)) || consts::is_literal(e)
}

impl<'a> Compiler<'a> {
    /// Evaluates `e`; the result is in the returned register.
    pub(super) fn operand(&mut self, e: &'a Expr, hazard: bool) -> Res<Reg> {
        self.operand_in(e, hazard, None)
    }

    /// As `operand`; uses temporary `scratch` instead of a fresh one where one is needed.
    pub(super) fn operand_in(&mut self, e: &'a Expr, hazard: bool, scratch: Option<Reg>) -> Res<Reg> {
        if let Expr::Name(n) = e
            && n.id.as_str() != "__debug__"
        {
            let sym = self.sym(&n.id);
            if let Place::Local(r) = self.place(sym)
                && !(hazard && self.u.any_walrus && self.u.walrus.has(r as usize))
            {
                self.check_bound(r, n.range);
                return Ok(r);
            }
        } else if let Some(v) = self.fold(e) {
            return Ok(match scratch {
                Some(r) if self.u.loop_depth == 0 => {
                    self.load_value(v, r, e.range());
                    r
                }
                _ => self.value_operand(v, e.range()),
            });
        } else if let Expr::Named(n) = e
            && !hazard
        {
            return self.walrus(n);
        }
        let r = scratch.unwrap_or_else(|| self.u.tmp());
        self.expr_to(e, r)?;
        Ok(r)
    }

    /// Makes sure that a variable is bound from here on.
    pub(super) fn check_bound(&mut self, r: Reg, range: TextRange) {
        if !self.u.is_bound(r) {
            self.u.emit(range, Op::CheckBound, r, 0, 0);
            self.u.bound.set(r as usize);
        }
    }

    /// A fresh temporary that holds the value of `e`.
    pub(super) fn expr_tmp(&mut self, e: &'a Expr) -> Res<Reg> {
        let r = self.u.tmp();
        self.expr_to(e, r)?;
        Ok(r)
    }

    /// Evaluates `e` for its effects.
    pub(super) fn discard(&mut self, e: &'a Expr) -> Res {
        if self.fold(e).is_some() {
            return Ok(());
        }
        let mark = self.u.top;
        self.operand(e, false)?;
        self.free_to(mark);
        Ok(())
    }

    /// Evaluates `e` into `dst`.
    pub(super) fn expr_to(&mut self, e: &'a Expr, dst: Reg) -> Res {
        if self.u.too_large {
            return Err(Fail::Memory);
        }
        let mark = self.u.top;
        let result = self.expr_in(e, dst);
        self.free_to(mark);
        result
    }

    fn expr_in(&mut self, e: &'a Expr, dst: Reg) -> Res {
        let range = e.range();
        if !matches!(e, Expr::Name(n) if n.id.as_str() != "__debug__")
            && let Some(v) = self.fold(e)
        {
            self.load_value(v, dst, range);
            return Ok(());
        }
        match e {
            Expr::Name(n) => {
                let sym = self.sym(&n.id);
                self.load_sym(sym, dst, range);
                Ok(())
            }
            Expr::BoolOp(b) => self.bool_op(b, dst),
            Expr::Named(n) => {
                let r = self.walrus(n)?;
                self.move_to(dst, r, range);
                Ok(())
            }
            Expr::BinOp(b) => self.bin_op(b, dst),
            Expr::UnaryOp(u) => self.unary(u, dst),
            Expr::Lambda(l) => self.lambda(l, dst),
            Expr::If(i) => self.if_exp(i, dst),
            Expr::Dict(d) => self.dict(d, dst),
            Expr::Set(s) => self.set(s, dst),
            Expr::List(l) => self.list(&l.elts, dst, range),
            Expr::Tuple(t) => self.tuple(&t.elts, dst, range),
            Expr::ListComp(_) | Expr::SetComp(_) | Expr::DictComp(_) => self.comprehension(e, dst),
            Expr::Generator(g) => self.gen_exp(g, dst),
            Expr::Yield(y) => self.yield_expr(y, dst),
            Expr::YieldFrom(y) => self.yield_from(y, dst),
            Expr::Compare(c) => self.compare(c, dst),
            Expr::Call(c) => self.call(c, dst),
            Expr::FString(f) => self.fstring(f, dst),
            Expr::Attribute(a) => self.attribute(a, dst),
            Expr::Subscript(s) => self.subscript(s, dst),
            Expr::Slice(s) => self.slice(s, dst),
            Expr::Starred(s) => {
                crate::errors::err("can't use starred expression here", s.range).map_err(Fail::from)
            }
            _ => crate::errors::err("invalid syntax", range).map_err(Fail::from),
        }
    }

    /// `r[dst] = r[src]`, unless they are the same.
    pub(super) fn move_to(&mut self, dst: Reg, src: Reg, range: TextRange) {
        if dst != src {
            self.u.emit(range, Op::Move, dst, src, 0);
        }
    }

    /// Loads a variable.
    pub(super) fn load_sym(&mut self, sym: Sym, dst: Reg, range: TextRange) {
        match self.place(sym) {
            Place::Local(r) if self.u.is_bound(r) => self.move_to(dst, r, range),
            Place::Local(r) => {
                self.u.emit(range, Op::MoveChecked, dst, r, 0);
                self.u.bound.set(r as usize);
            }
            Place::Cell(r) => self.u.emit(range, Op::LoadCell, dst, r, 0),
            Place::Global => {
                let site = self.sym_site(sym);
                self.u.emit(range, Op::LoadGlobal, dst, site, 0);
            }
            Place::Name => {
                let site = self.sym_site(sym);
                self.u.emit(range, Op::LoadName, dst, 0, site);
            }
            Place::NameCell(r) => {
                let site = self.sym_site(sym);
                self.u.emit(range, Op::LoadNameCell, dst, r, site);
            }
        }
    }

    fn bin_op(&mut self, b: &'a ast::ExprBinOp, dst: Reg) -> Res {
        let scratch = is_temp(dst).then_some(dst);
        // `"…" % (…)` and the like take no shortcuts: the operator decides.
        if let (Operator::Add | Operator::Sub, Some(i)) = (b.op, self.immediate(&b.right)) {
            let l = self.operand_in(&b.left, false, scratch)?;
            let op = if b.op == Operator::Add { Op::AddI } else { Op::SubI };
            self.u.emit(b.range, op, dst, l, i as u16);
            return Ok(());
        }
        let l = self.operand_in(&b.left, !is_atom(&b.right), scratch)?;
        let r = self.operand(&b.right, false)?;
        self.u.emit(b.range, binary_op(b.op), dst, l, r);
        Ok(())
    }

    fn unary(&mut self, u: &'a ast::ExprUnaryOp, dst: Reg) -> Res {
        let negated = |op| match op {
            CmpOp::Is => Some(Op::IsNot),
            CmpOp::IsNot => Some(Op::Is),
            CmpOp::In => Some(Op::NotIn),
            CmpOp::NotIn => Some(Op::In),
            _ => None,
        };
        if u.op == UnaryOp::Not
            && let Expr::Compare(c) = &*u.operand
            && let ([op], [right]) = (&*c.ops, &*c.comparators)
            && let Some(op) = negated(*op)
        {
            let l = self.operand(&c.left, !is_atom(right))?;
            let r = self.operand(right, false)?;
            self.u.emit(c.range, op, dst, l, r);
            return Ok(());
        }
        let scratch = is_temp(dst).then_some(dst);
        let r = self.operand_in(&u.operand, false, scratch)?;
        let op = match u.op {
            UnaryOp::Not => Op::Not,
            UnaryOp::USub => Op::Neg,
            UnaryOp::UAdd => Op::Pos,
            UnaryOp::Invert => Op::Invert,
        };
        self.u.emit(u.range, op, dst, r, 0);
        Ok(())
    }

    fn bool_op(&mut self, b: &'a ast::ExprBoolOp, dst: Reg) -> Res {
        let t = if is_temp(dst) { dst } else { self.u.tmp() };
        let end = self.u.label();
        let op = if b.op == BoolOp::And { Op::JumpIfNot } else { Op::JumpIf };
        let Some((last, first)) = b.values.split_last() else { return Ok(()) };
        for v in first {
            self.expr_to(v, t)?;
            self.u.jump(v.range(), op, t, 0, end);
        }
        self.expr_to(last, t)?;
        self.u.place(end);
        self.move_to(dst, t, b.range);
        Ok(())
    }

    fn if_exp(&mut self, i: &'a ast::ExprIf, dst: Reg) -> Res {
        let (other, end) = (self.u.label(), self.u.label());
        self.cond(&i.test, other, false)?;
        self.expr_to(&i.body, dst)?;
        self.u.jump(i.range, Op::Jump, 0, 0, end);
        self.u.place(other);
        if self.u.reachable {
            self.expr_to(&i.orelse, dst)?;
        }
        self.u.place(end);
        Ok(())
    }

    fn compare(&mut self, c: &'a ast::ExprCompare, dst: Reg) -> Res {
        let hazard = c.comparators.len() > 1 || !is_atom(&c.comparators[0]);
        let mut l = self.operand(&c.left, hazard)?;
        if let ([op], [right]) = (&*c.ops, &*c.comparators) {
            let r = self.membership(*op, right)?;
            self.u.emit(c.range, compare_op(*op), dst, l, r);
            return Ok(());
        }
        let t = if is_temp(dst) { dst } else { self.u.tmp() };
        let end = self.u.label();
        let last = c.ops.len() - 1;
        for (i, (op, right)) in c.ops.iter().zip(&c.comparators).enumerate() {
            let r = self.operand(right, i < last)?;
            self.u.emit(c.range, compare_op(*op), t, l, r);
            if i < last {
                self.u.jump(c.range, Op::JumpIfNot, t, 0, end);
            }
            l = r;
        }
        self.u.place(end);
        self.move_to(dst, t, c.range);
        Ok(())
    }

    /// The right operand of a comparison; a display of constants after `in` becomes a constant.
    pub(super) fn membership(&mut self, op: CmpOp, right: &'a Expr) -> Res<Reg> {
        if matches!(op, CmpOp::In | CmpOp::NotIn) {
            let (elts, set) = match right {
                Expr::List(l) => (&l.elts, false),
                Expr::Set(s) => (&s.elts, true),
                _ => return self.operand(right, false),
            };
            let items: Option<Vec<Value>> = elts.iter().map(|e| self.fold(e)).collect();
            if let Some(items) = items {
                let v = if set { Value::FrozenSet(items) } else { Value::Tuple(items) };
                return Ok(self.value_operand(v, right.range()));
            }
        }
        self.operand(right, false)
    }

    /// `target := value`; returns the register that holds the value.
    fn walrus(&mut self, n: &'a ast::ExprNamed) -> Res<Reg> {
        let Expr::Name(name) = &*n.target else { return self.expr_tmp(&n.value) };
        let sym = self.sym(&name.id);
        if let Place::Local(r) = self.place(sym) {
            self.expr_to(&n.value, r)?;
            self.u.bound.set(r as usize);
            return Ok(r);
        }
        let r = self.expr_tmp(&n.value)?;
        self.store_sym(sym, r, name.range);
        Ok(r)
    }

    /// The range CPython gives an attribute access: from the attribute's own line on.
    pub(super) fn attr_range(&self, a: &ast::ExprAttribute, whole: TextRange) -> TextRange {
        if self.lines.line(whole.start()) == self.lines.line(a.range.end()) { whole } else { a.attr.range }
    }

    fn attribute(&mut self, a: &'a ast::ExprAttribute, dst: Reg) -> Res {
        let range = self.attr_range(a, a.range);
        let sym = self.sym(&a.attr.id);
        if let Some(b) = self.super_operands(&a.value)? {
            let site = self.sym_site(sym);
            self.u.emit(range, Op::LoadSuperAttr, dst, b, site);
            return Ok(());
        }
        let scratch = is_temp(dst).then_some(dst);
        let obj = self.operand_in(&a.value, false, scratch)?;
        let site = self.sym_site(sym);
        self.u.emit(range, Op::LoadAttr, dst, obj, site);
        Ok(())
    }

    fn subscript(&mut self, s: &'a ast::ExprSubscript, dst: Reg) -> Res {
        let obj = self.operand(&s.value, !is_atom(&s.slice))?;
        if let Expr::Slice(sl) = &*s.slice
            && sl.step.is_none()
            && self.slice_bounds_vary(sl)
        {
            let bounds = self.slice_bounds(sl)?;
            self.u.emit(s.range, Op::GetSlice, dst, obj, bounds);
            return Ok(());
        }
        let key = self.operand(&s.slice, false)?;
        self.u.emit(s.range, Op::GetItem, dst, obj, key);
        Ok(())
    }

    pub(super) fn slice_bounds_vary(&self, _s: &ast::ExprSlice) -> bool {
        true
    }

    /// Two consecutive registers with a slice's bounds.
    pub(super) fn slice_bounds(&mut self, s: &'a ast::ExprSlice) -> Res<Reg> {
        let r = self.u.tmps(2);
        self.opt_to(s.lower.as_deref(), r, s.range)?;
        self.opt_to(s.upper.as_deref(), r + 1, s.range)?;
        Ok(r)
    }

    fn opt_to(&mut self, e: Option<&'a Expr>, dst: Reg, range: TextRange) -> Res {
        match e {
            Some(e) => self.expr_to(e, dst),
            None => {
                self.u.emit(range, Op::LoadNone, dst, 0, 0);
                Ok(())
            }
        }
    }

    fn slice(&mut self, s: &'a ast::ExprSlice, dst: Reg) -> Res {
        let r = self.u.tmps(3);
        self.opt_to(s.lower.as_deref(), r, s.range)?;
        self.opt_to(s.upper.as_deref(), r + 1, s.range)?;
        self.opt_to(s.step.as_deref(), r + 2, s.range)?;
        self.u.emit(s.range, Op::BuildSlice, dst, r, 0);
        Ok(())
    }

    fn yield_expr(&mut self, y: &'a ast::ExprYield, dst: Reg) -> Res {
        let r = match &y.value {
            Some(v) => self.operand(v, false)?,
            None => self.value_operand(Value::None, y.range),
        };
        let live = self.next_tmp();
        self.u.emit(y.range, Op::Yield, dst, r, live);
        Ok(())
    }

    fn yield_from(&mut self, y: &'a ast::ExprYieldFrom, dst: Reg) -> Res {
        let r = self.u.tmps(2);
        let iterable = self.operand_in(&y.value, false, Some(r + 1))?;
        self.u.emit(y.range, Op::GetYieldFromIter, r + 1, iterable, 0);
        self.u.emit(y.range, Op::LoadNone, r, 0, 0);
        let (again, done) = (self.u.label(), self.u.label());
        self.u.loop_depth += 1;
        self.u.place(again);
        self.u.jump(y.range, Op::Send, r, r + 1, done);
        let live = self.next_tmp();
        self.u.emit(y.range, Op::YieldFrom, r, r, live);
        self.u.jump(y.range, Op::JumpBack, 0, 0, again);
        self.u.loop_depth -= 1;
        self.u.place(done);
        self.move_to(dst, r, y.range);
        Ok(())
    }
}
