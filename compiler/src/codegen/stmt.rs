//! Statements.

use super::*;
use ruff_python_ast as ast;
use taipan_core::bytecode::CALL_GAP;
use taipan_core::bytecode::op::exception::ASSERTION_ERROR;

impl<'a> Compiler<'a> {
    /// Statements in order, as far as control arrives.
    pub(super) fn stmts(&mut self, body: &'a [Stmt]) -> Res {
        for s in body {
            if self.u.too_large {
                return Err(Fail::Memory);
            }
            if !self.u.reachable {
                return Ok(());
            }
            let mark = self.u.top;
            self.stmt(s)?;
            self.free_to(mark);
        }
        Ok(())
    }

    fn stmt(&mut self, s: &'a Stmt) -> Res {
        match s {
            Stmt::FunctionDef(f) => self.function_def(f),
            Stmt::ClassDef(c) => self.class_def(c),
            Stmt::Return(r) => self.return_stmt(r),
            Stmt::Delete(d) => d.targets.iter().try_for_each(|t| self.delete(t)),
            Stmt::Assign(a) => self.assign(a),
            Stmt::AugAssign(a) => self.aug_assign(a),
            Stmt::AnnAssign(a) => self.ann_assign(a),
            Stmt::For(f) => self.for_stmt(f),
            Stmt::While(w) => self.while_stmt(w),
            Stmt::If(i) => self.if_stmt(i),
            Stmt::Match(m) => self.match_stmt(m),
            Stmt::With(w) => self.with_stmt(w),
            Stmt::Raise(r) => self.raise(r),
            Stmt::Try(t) => self.try_stmt(t),
            Stmt::Assert(a) => self.assert(a),
            Stmt::Import(i) => self.import(i),
            Stmt::ImportFrom(i) => self.import_from(i),
            Stmt::Expr(e) => self.discard(&e.value),
            Stmt::Break(b) => self.leave_loop(b.range, true),
            Stmt::Continue(c) => self.leave_loop(c.range, false),
            Stmt::Global(_) | Stmt::Nonlocal(_) | Stmt::Pass(_) => Ok(()),
            // The scope pass has refused these already.
            Stmt::TypeAlias(_) | Stmt::IpyEscapeCommand(_) => Ok(()),
        }
    }

    fn if_stmt(&mut self, i: &'a ast::StmtIf) -> Res {
        let end = self.u.label();
        let mut next = self.u.label();
        self.cond(&i.test, next, false)?;
        self.stmts(&i.body)?;
        let mut at = i.test.range();
        for c in &i.elif_else_clauses {
            self.u.jump(at, Op::Jump, 0, 0, end);
            self.u.place(next);
            next = self.u.label();
            if let Some(test) = &c.test {
                at = test.range();
                if self.u.reachable {
                    self.cond(test, next, false)?;
                }
            }
            self.stmts(&c.body)?;
        }
        self.u.place(next);
        self.u.place(end);
        Ok(())
    }

    fn raise(&mut self, r: &'a ast::StmtRaise) -> Res {
        match (&r.exc, &r.cause) {
            (None, _) => self.u.emit_end(r.range, Op::RaiseCurrent, 0, 0),
            (Some(e), None) => {
                let e = self.operand(e, false)?;
                self.u.emit_end(r.range, Op::Raise, e, 0);
            }
            (Some(e), Some(cause)) => {
                let e = self.operand(e, true)?;
                let cause = self.operand(cause, false)?;
                self.u.emit_end(r.range, Op::RaiseFrom, e, cause);
            }
        }
        Ok(())
    }

    fn assert(&mut self, a: &'a ast::StmtAssert) -> Res {
        let ok = self.u.label();
        self.cond(&a.test, ok, true)?;
        if self.u.reachable {
            let w = self.u.tmp();
            self.u.emit(a.range, Op::LoadException, w, ASSERTION_ERROR, 0);
            if let Some(msg) = &a.msg {
                self.u.tmps(CALL_GAP as usize - 1);
                self.expr_tmp(msg)?;
                let site = self.u.site(None, w);
                self.u.emit(a.range, Op::Call, w, 1, site);
            }
            self.u.emit_end(a.test.range(), Op::Raise, w, 0);
        }
        self.u.place(ok);
        Ok(())
    }

    /// `r[dst] = __import__(name)` with level and list of names.
    fn import_name(&mut self, name: &str, level: i64, from: Value, dst: Reg, range: TextRange) {
        let mark = self.u.top;
        let r = self.u.tmps(2);
        self.load_value(Value::Int(level), r, range);
        self.load_value(from, r + 1, range);
        let name = self.name_const(name);
        self.u.emit(range, Op::ImportName, dst, name as u16, r);
        self.free_to(mark);
    }

    fn import(&mut self, i: &'a ast::StmtImport) -> Res {
        for a in &i.names {
            let mark = self.u.top;
            let r = self.u.tmp();
            self.import_name(&a.name.id, 0, Value::None, r, i.range);
            let target = match &a.asname {
                Some(n) => {
                    for part in a.name.id.split('.').skip(1) {
                        let site = self.name_site(part);
                        self.u.emit(i.range, Op::ImportFrom, r, r, site);
                    }
                    n.id.as_str()
                }
                None => a.name.id.split('.').next().unwrap_or(""),
            };
            let sym = self.sym(target);
            self.store_sym(sym, r, i.range);
            self.free_to(mark);
        }
        Ok(())
    }

    fn import_from(&mut self, i: &'a ast::StmtImportFrom) -> Res {
        let module = i.module.as_ref().map_or("", |m| m.id.as_str());
        if module == "__future__" && i.level == 0 {
            // Every feature it could name is either always on or has no effect here.
        }
        let names = i.names.iter().map(|a| Value::Str(a.name.id.as_bytes().to_vec())).collect();
        let r = self.u.tmp();
        self.import_name(module, i.level as i64, Value::Tuple(names), r, i.range);
        for a in &i.names {
            if a.name.id.as_str() == "*" {
                self.u.emit(i.range, Op::ImportStar, r, 0, 0);
                continue;
            }
            let mark = self.u.top;
            let sym = self.sym(&a.asname.as_ref().unwrap_or(&a.name).id);
            let site = self.name_site(&a.name.id);
            let t = self.u.tmp();
            self.u.emit(i.range, Op::ImportFrom, t, r, site);
            self.store_sym(sym, t, i.range);
            self.free_to(mark);
        }
        Ok(())
    }
}
