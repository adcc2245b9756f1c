//! Assignment, augmented assignment and deletion.

use super::expr::{binary_op, is_atom};
use super::unit::Reg;
use super::*;
use ruff_python_ast::{self as ast, Operator};

fn in_place(op: Operator) -> Op {
    match binary_op(op) {
        Op::Add => Op::IAdd,
        Op::Sub => Op::ISub,
        Op::Mul => Op::IMul,
        Op::MatMul => Op::IMatMul,
        Op::TrueDiv => Op::ITrueDiv,
        Op::FloorDiv => Op::IFloorDiv,
        Op::Mod => Op::IMod,
        Op::Pow => Op::IPow,
        Op::Shl => Op::IShl,
        Op::Shr => Op::IShr,
        Op::And => Op::IAnd,
        Op::Or => Op::IOr,
        _ => Op::IXor,
    }
}

impl<'a> Compiler<'a> {
    /// The variable register a target names, if storing to it is a plain register write.
    pub(super) fn target_reg(&mut self, t: &Expr) -> Option<Reg> {
        let Expr::Name(n) = t else { return None };
        let sym = self.sym(&n.id);
        match self.place(sym) {
            Place::Local(r) => Some(r),
            _ => None,
        }
    }

    pub(super) fn store_sym(&mut self, sym: Sym, src: Reg, range: TextRange) {
        match self.place(sym) {
            Place::Local(r) => {
                self.move_to(r, src, range);
                self.u.bound.set(r as usize);
            }
            Place::Cell(r) => self.u.emit(range, Op::StoreCell, r, src, 0),
            Place::Global => {
                let site = self.sym_site(sym);
                self.u.emit(range, Op::StoreGlobal, src, site, 0);
            }
            Place::Name | Place::NameCell(_) => {
                let site = self.sym_site(sym);
                self.u.emit(range, Op::StoreName, 0, src, site);
            }
        }
    }

    /// Stores `r[src]` in a target.
    pub(super) fn store(&mut self, t: &'a Expr, src: Reg) -> Res {
        let mark = self.u.top;
        match t {
            Expr::Name(n) => {
                let sym = self.sym(&n.id);
                self.store_sym(sym, src, n.range);
            }
            Expr::Attribute(a) => {
                let obj = self.operand(&a.value, false)?;
                let sym = self.sym(&a.attr.id);
                let site = self.sym_site(sym);
                let range = self.attr_range(a, a.range);
                self.u.emit(range, Op::StoreAttr, obj, src, site);
            }
            Expr::Subscript(s) => {
                let obj = self.operand(&s.value, !is_atom(&s.slice))?;
                if let Expr::Slice(sl) = &*s.slice
                    && sl.step.is_none()
                {
                    let bounds = self.slice_bounds(sl)?;
                    self.u.emit(s.range, Op::SetSlice, obj, bounds, src);
                } else {
                    let key = self.operand(&s.slice, false)?;
                    self.u.emit(s.range, Op::SetItem, obj, key, src);
                }
            }
            Expr::Tuple(t) => self.unpack(&t.elts, src, t.range)?,
            Expr::List(t) => self.unpack(&t.elts, src, t.range)?,
            Expr::Starred(s) => self.store(&s.value, src)?,
            _ => {}
        }
        self.free_to(mark);
        Ok(())
    }

    /// The first of consecutive variable registers that the targets name in order.
    fn run_of_targets(&mut self, elts: &[Expr]) -> Option<Reg> {
        let first = self.target_reg(elts.first()?)?;
        let in_order = elts.iter().enumerate().all(|(i, t)| self.target_reg(t) == Some(first + i as Reg));
        in_order.then_some(first)
    }

    fn unpack(&mut self, elts: &'a [Expr], src: Reg, range: TextRange) -> Res {
        let n = elts.len();
        if let Some(first) = self.run_of_targets(elts)
            && !(first..first + n as Reg).contains(&src)
        {
            self.u.emit(range, Op::Unpack, first, src, n as u16);
            (first..first + n as Reg).for_each(|r| self.u.bound.set(r as usize));
            return Ok(());
        }
        let first = self.u.tmps(n);
        match elts.iter().position(Expr::is_starred_expr) {
            None => self.u.emit(range, Op::Unpack, first, src, n as u16),
            Some(before) => {
                let after = n - before - 1;
                if before > 255 || after > 255 {
                    return crate::errors::err("too many expressions in star-unpacking assignment", range)
                        .map_err(Fail::from);
                }
                self.u.emit(range, Op::UnpackEx, first, src, (before | after << 8) as u16);
            }
        }
        // It wraps around only where there were no registers for all, and the function is refused.
        elts.iter().enumerate().try_for_each(|(i, t)| self.store(t, first.wrapping_add(i as Reg)))
    }

    pub(super) fn assign(&mut self, a: &'a ast::StmtAssign) -> Res {
        if let [target] = &a.targets[..] {
            if let Some(r) = self.target_reg(target) {
                self.expr_to(&a.value, r)?;
                self.u.bound.set(r as usize);
                return Ok(());
            }
            if let (Expr::Tuple(t), Expr::Tuple(v)) = (target, &*a.value)
                && t.elts.len() == v.elts.len()
                && t.elts.len() <= 16
                && !t.elts.iter().chain(&v.elts).any(Expr::is_starred_expr)
            {
                return self.assign_pairs(&t.elts, &v.elts);
            }
            let src = self.operand(&a.value, !matches!(target, Expr::Name(_)))?;
            return self.store(target, src);
        }
        // The value is evaluated once; a later target may still need it after an earlier one was stored.
        let src = match self.fold(&a.value) {
            Some(v) => self.value_operand(v, a.value.range()),
            None => self.expr_tmp(&a.value)?,
        };
        a.targets.iter().try_for_each(|t| self.store(t, src))
    }

    /// `a, b = x, y`: no tuple is built.
    fn assign_pairs(&mut self, targets: &'a [Expr], values: &'a [Expr]) -> Res {
        let regs: Option<Vec<Reg>> = targets.iter().map(|t| self.target_reg(t)).collect();
        let distinct = regs.filter(|r| (1..r.len()).all(|i| !r[..i].contains(&r[i])));
        let simple = |t: &Expr| matches!(t, Expr::Name(_) | Expr::Attribute(_) | Expr::Subscript(_));
        let rebound: Option<Vec<Reg>> =
            targets.iter().all(simple).then(|| targets.iter().filter_map(|t| self.target_reg(t)).collect());
        let mut sources = Vec::with_capacity(values.len());
        for (i, v) in values.iter().enumerate() {
            // With plain variables as targets the order of the stores cannot be seen: the last value may go
            // straight to its place, since every other value is already safe.
            if let (Some(regs), true) = (&distinct, i + 1 == values.len()) {
                self.expr_to(v, regs[i])?;
                self.u.bound.set(regs[i] as usize);
                sources.push(regs[i]);
                break;
            }
            let assigned = self.target_reg(v).is_some_and(|r| match &distinct {
                Some(regs) => regs[i] != r && regs.contains(&r),
                None => rebound.as_ref().is_none_or(|regs| regs.contains(&r)),
            });
            sources.push(if assigned { self.expr_tmp(v)? } else { self.operand(v, true)? });
        }
        targets.iter().zip(sources).try_for_each(|(t, src)| self.store(t, src))
    }

    pub(super) fn ann_assign(&mut self, a: &'a ast::StmtAnnAssign) -> Res {
        match &a.value {
            Some(value) => {
                if let Some(r) = self.target_reg(&a.target) {
                    self.expr_to(value, r)?;
                    self.u.bound.set(r as usize);
                    return Ok(());
                }
                let src = self.operand(value, true)?;
                self.store(&a.target, src)
            }
            None => match &*a.target {
                Expr::Attribute(t) => self.discard(&t.value),
                Expr::Subscript(t) => {
                    self.discard(&t.value)?;
                    self.discard(&t.slice)
                }
                _ => Ok(()),
            },
        }
    }

    pub(super) fn aug_assign(&mut self, a: &'a ast::StmtAugAssign) -> Res {
        match &*a.target {
            Expr::Name(n) => {
                let sym = self.sym(&n.id);
                if let Place::Local(r) = self.place(sym) {
                    self.check_bound(r, n.range);
                    let l = self.operand(&a.target, !is_atom(&a.value))?;
                    return self.in_place(a, r, l);
                }
                let t = self.u.tmp();
                self.load_sym(sym, t, n.range);
                self.in_place(a, t, t)?;
                self.store_sym(sym, t, n.range);
                Ok(())
            }
            Expr::Attribute(t) => {
                let obj = self.operand(&t.value, !is_atom(&a.value))?;
                let r = self.u.tmp();
                let sym = self.sym(&t.attr.id);
                let range = self.attr_range(t, t.range);
                let site = self.sym_site(sym);
                self.u.emit(range, Op::LoadAttr, r, obj, site);
                self.in_place(a, r, r)?;
                let site = self.sym_site(sym);
                self.u.emit(range, Op::StoreAttr, obj, r, site);
                Ok(())
            }
            Expr::Subscript(t) => self.aug_subscript(a, t),
            _ => Ok(()),
        }
    }

    fn aug_subscript(&mut self, a: &'a ast::StmtAugAssign, t: &'a ast::ExprSubscript) -> Res {
        let obj = self.operand(&t.value, !(is_atom(&t.slice) && is_atom(&a.value)))?;
        if let Expr::Slice(sl) = &*t.slice
            && sl.step.is_none()
        {
            let bounds = self.slice_bounds(sl)?;
            let r = self.u.tmp();
            self.u.emit(t.range, Op::GetSlice, r, obj, bounds);
            self.in_place(a, r, r)?;
            self.u.emit(t.range, Op::SetSlice, obj, bounds, r);
            return Ok(());
        }
        let key = self.operand(&t.slice, !is_atom(&a.value))?;
        let r = self.u.tmp();
        self.u.emit(t.range, Op::GetItem, r, obj, key);
        self.in_place(a, r, r)?;
        self.u.emit(t.range, Op::SetItem, obj, key, r);
        Ok(())
    }

    /// `r[dst] = r[l] op= value`.
    fn in_place(&mut self, a: &'a ast::StmtAugAssign, dst: Reg, l: Reg) -> Res {
        if let (Operator::Add | Operator::Sub, Some(i)) = (a.op, self.immediate(&a.value)) {
            let op = if a.op == Operator::Add { Op::IAddI } else { Op::ISubI };
            self.u.emit(a.range, op, dst, l, i as u16);
            return Ok(());
        }
        let r = self.operand(&a.value, false)?;
        self.u.emit(a.range, in_place(a.op), dst, l, r);
        Ok(())
    }

    pub(super) fn delete(&mut self, t: &'a Expr) -> Res {
        let mark = self.u.top;
        match t {
            Expr::Name(n) => {
                let sym = self.sym(&n.id);
                self.delete_sym(sym, n.range);
            }
            Expr::Attribute(a) => {
                let obj = self.operand(&a.value, false)?;
                let sym = self.sym(&a.attr.id);
                let site = self.sym_site(sym);
                let range = self.attr_range(a, a.range);
                self.u.emit(range, Op::DelAttr, obj, 0, site);
            }
            Expr::Subscript(s) => {
                let obj = self.operand(&s.value, !is_atom(&s.slice))?;
                let key = self.operand(&s.slice, false)?;
                self.u.emit(s.range, Op::DelItem, obj, key, 0);
            }
            Expr::Tuple(t) => t.elts.iter().try_for_each(|t| self.delete(t))?,
            Expr::List(t) => t.elts.iter().try_for_each(|t| self.delete(t))?,
            _ => {}
        }
        self.free_to(mark);
        Ok(())
    }

    pub(super) fn delete_sym(&mut self, sym: Sym, range: TextRange) {
        match self.place(sym) {
            Place::Local(r) => {
                self.u.emit(range, Op::DelLocal, r, 0, 0);
                self.u.bound.clear(r as usize);
            }
            Place::Cell(r) => self.u.emit(range, Op::DelCell, r, 0, 0),
            Place::Global => {
                let site = self.sym_site(sym);
                self.u.emit(range, Op::DelGlobal, 0, site, 0);
            }
            Place::Name | Place::NameCell(_) => {
                let site = self.sym_site(sym);
                self.u.emit(range, Op::DelName, 0, 0, site);
            }
        }
    }

    /// The end of `except … as name`: the name is unbound, whatever the clause did with it.
    pub(super) fn unbind(&mut self, sym: Sym, range: TextRange) {
        if let Place::Local(r) = self.place(sym) {
            self.u.emit(range, Op::ClearLocal, r, 0, 0);
            self.u.bound.clear(r as usize);
            return;
        }
        let mark = self.u.top;
        let r = self.u.tmp();
        self.u.emit(range, Op::LoadNone, r, 0, 0);
        self.store_sym(sym, r, range);
        self.delete_sym(sym, range);
        self.free_to(mark);
    }
}
