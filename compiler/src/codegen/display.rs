//! List, tuple, set and dict displays.

use super::unit::Reg;
use super::*;
use ruff_python_ast as ast;

/// Displays with more items than this are built piece by piece, to bound the frame.
const MAX_RUN: usize = 64;

/// Whether any item is starred.
pub(super) fn has_star(elts: &[Expr]) -> bool {
    elts.iter().any(Expr::is_starred_expr)
}

impl<'a> Compiler<'a> {
    /// Evaluates items into consecutive fresh temporaries.
    pub(super) fn items(&mut self, elts: &'a [Expr]) -> Res<Reg> {
        let first = self.next_tmp();
        for e in elts {
            self.expr_tmp(e)?;
        }
        Ok(first)
    }

    /// `[…]` into `dst`.
    pub(super) fn list(&mut self, elts: &'a [Expr], dst: Reg, range: TextRange) -> Res {
        if elts.len() >= 3
            && let Some(items) = elts.iter().map(|e| self.fold(e)).collect::<Option<Vec<_>>>()
        {
            let t = if is_temp(dst) { dst } else { self.u.tmp() };
            let none = self.next_tmp();
            self.u.need(none, 0);
            self.u.emit(range, Op::BuildList, t, none, 0);
            let items = self.value_operand(Value::Tuple(items), range);
            self.u.emit(range, Op::ListExtend, t, items, 0);
            self.move_to(dst, t, range);
            return Ok(());
        }
        if elts.len() <= MAX_RUN && !has_star(elts) {
            let first = self.items(elts)?;
            self.u.emit(range, Op::BuildList, dst, first, elts.len() as u16);
            return Ok(());
        }
        let t = if is_temp(dst) { dst } else { self.u.tmp() };
        self.list_in_steps(elts, t, range, 0)?;
        self.move_to(dst, t, range);
        Ok(())
    }

    /// Builds a list in temporary `t`; `callee` is `ListExtend`'s third operand.
    pub(super) fn list_in_steps(&mut self, elts: &'a [Expr], t: Reg, range: TextRange, callee: u16) -> Res {
        let plain = elts.iter().take(MAX_RUN).take_while(|e| !e.is_starred_expr()).count();
        let mark = self.u.top;
        let first = self.items(&elts[..plain])?;
        self.u.emit(range, Op::BuildList, t, first, plain as u16);
        self.free_to(mark);
        for e in &elts[plain..] {
            match e {
                Expr::Starred(s) => {
                    let r = self.operand(&s.value, false)?;
                    self.u.emit(range, Op::ListExtend, t, r, callee);
                }
                e => {
                    let r = self.operand(e, false)?;
                    self.u.emit(range, Op::ListAppend, t, r, 0);
                }
            }
            self.free_to(mark);
        }
        Ok(())
    }

    /// `(…)` into `dst`.
    pub(super) fn tuple(&mut self, elts: &'a [Expr], dst: Reg, range: TextRange) -> Res {
        if elts.len() <= MAX_RUN && !has_star(elts) {
            let first = self.items(elts)?;
            self.u.emit(range, Op::BuildTuple, dst, first, elts.len() as u16);
            return Ok(());
        }
        let t = self.u.tmp();
        self.list_in_steps(elts, t, range, 0)?;
        self.u.emit(range, Op::ListToTuple, dst, t, 0);
        Ok(())
    }

    pub(super) fn set(&mut self, s: &'a ast::ExprSet, dst: Reg) -> Res {
        let constant = (s.elts.len() >= 3)
            .then(|| s.elts.iter().map(|e| self.fold(e)).collect::<Option<Vec<_>>>())
            .flatten();
        if constant.is_none() && s.elts.len() <= MAX_RUN && !has_star(&s.elts) {
            let first = self.items(&s.elts)?;
            self.u.emit(s.range, Op::BuildSet, dst, first, s.elts.len() as u16);
            return Ok(());
        }
        let t = if is_temp(dst) { dst } else { self.u.tmp() };
        let none = self.next_tmp();
        self.u.emit(s.range, Op::BuildSet, t, none, 0);
        if let Some(items) = constant {
            let r = self.value_operand(Value::FrozenSet(items), s.range);
            self.u.emit(s.range, Op::SetUpdate, t, r, 0);
        } else {
            let mark = self.u.top;
            for e in &s.elts {
                let (e, op) = match e {
                    Expr::Starred(s) => (&*s.value, Op::SetUpdate),
                    e => (e, Op::SetAdd),
                };
                let r = self.operand(e, false)?;
                self.u.emit(s.range, op, t, r, 0);
                self.free_to(mark);
            }
        }
        self.move_to(dst, t, s.range);
        Ok(())
    }

    pub(super) fn dict(&mut self, d: &'a ast::ExprDict, dst: Reg) -> Res {
        let plain = d.items.iter().take(MAX_RUN / 2).take_while(|i| i.key.is_some()).count();
        let whole = plain == d.items.len();
        let t = if whole || is_temp(dst) { dst } else { self.u.tmp() };
        let mark = self.u.top;
        let first = self.next_tmp();
        for i in &d.items[..plain] {
            if let Some(k) = &i.key {
                self.expr_tmp(k)?;
            }
            self.expr_tmp(&i.value)?;
        }
        self.u.emit(d.range, Op::BuildMap, t, first, plain as u16);
        self.free_to(mark);
        for i in &d.items[plain..] {
            match &i.key {
                Some(k) => {
                    let k = self.operand(k, true)?;
                    let v = self.operand(&i.value, false)?;
                    self.u.emit(d.range, Op::MapAdd, t, k, v);
                }
                None => {
                    let r = self.operand(&i.value, false)?;
                    self.u.emit(d.range, Op::DictUpdate, t, r, 0);
                }
            }
            self.free_to(mark);
        }
        self.move_to(dst, t, d.range);
        Ok(())
    }
}
