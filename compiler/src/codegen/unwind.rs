//! `try`, `with`, and what a jump out of them must do on its way.
//!
//! A handler's registers: `reg` the exception, `reg + 1` the one that was handled before. Its body is covered by a
//! cleanup handler that makes the outer one current again and passes the new exception on.

use super::unit::{Block, Label, Reg};
use super::*;
use ruff_python_ast as ast;
use taipan_core::bytecode::CALL_GAP;

impl<'a> Compiler<'a> {
    /// Emits what leaving all blocks above `depth` requires; they stay inactive until `rejoin`.
    pub(super) fn leave(&mut self, depth: usize, range: TextRange) -> Res<Vec<Block<'a>>> {
        let left = self.u.blocks.split_off(depth);
        for (i, block) in left.iter().enumerate().rev() {
            if let Some(region) = block.region() {
                self.u.pause(region);
            }
            if !self.u.reachable {
                continue;
            }
            self.u.blocks.extend_from_slice(&left[..i]);
            match *block {
                Block::Loop { .. } | Block::Try { .. } => {}
                Block::Finally { body, .. } => self.stmts(body)?,
                Block::With { exit, range, .. } => self.exit_call(exit, range),
                Block::Handler { reg, name, .. } => {
                    if let Some(name) = name {
                        self.unbind(name, range);
                    }
                    self.u.emit(range, Op::PopExcept, reg, 0, 0);
                }
            }
            self.u.blocks.truncate(depth);
        }
        Ok(left)
    }

    /// Makes the blocks that were left active again: what follows is inside them.
    pub(super) fn rejoin(&mut self, left: Vec<Block<'a>>) {
        for b in &left {
            if let Some(region) = b.region() {
                self.u.resume(region);
            }
        }
        self.u.blocks.extend(left);
    }

    pub(super) fn try_stmt(&mut self, t: &'a ast::StmtTry) -> Res {
        if t.finalbody.is_empty() {
            return self.try_except(t);
        }
        let bound = self.u.bound.clone();
        let mark = self.u.top;
        let region = self.u.open_region();
        self.push_block(Block::Finally { body: &t.finalbody, region }, t.range)?;
        if t.handlers.is_empty() {
            self.stmts(&t.body)?;
        } else {
            self.try_except(t)?;
        }
        self.u.blocks.pop();
        let (handler, end) = (self.u.label(), self.u.label());
        let reg = self.next_tmp();
        let live = self.u.close_region(region, handler, reg);
        self.stmts(&t.finalbody)?;
        self.u.jump(t.range, Op::Jump, 0, 0, end);
        self.u.begin_handler(handler, bound.clone(), live);
        if self.u.reachable {
            self.u.tmps(2);
            let cleanup = self.u.label();
            let inner = self.u.open_region();
            self.push_block(Block::Handler { reg, name: None, region: inner }, t.range)?;
            self.stmts(&t.finalbody)?;
            self.u.blocks.pop();
            let live = self.u.close_region(inner, cleanup, self.next_tmp());
            self.u.emit(t.range, Op::PopExcept, reg, 0, 0);
            self.u.emit_end(t.range, Op::Reraise, reg, 0);
            self.u.begin_handler(cleanup, bound, live);
            self.pass_on(reg, t.range);
        }
        self.free_to(mark);
        self.u.place(end);
        Ok(())
    }

    /// The body of a cleanup handler: the exception in `reg` is no longer handled, the new one goes on.
    fn pass_on(&mut self, reg: Reg, range: TextRange) {
        let mark = self.u.top;
        let new = self.u.tmps(2);
        self.u.emit(range, Op::PopExcept, reg, 0, 0);
        self.u.emit_end(range, Op::Reraise, new, 0);
        self.free_to(mark);
    }

    fn try_except(&mut self, t: &'a ast::StmtTry) -> Res {
        let bound = self.u.bound.clone();
        let mark = self.u.top;
        let region = self.u.open_region();
        self.push_block(Block::Try { region }, t.range)?;
        self.stmts(&t.body)?;
        self.u.blocks.pop();
        let (handler, end) = (self.u.label(), self.u.label());
        let reg = self.next_tmp();
        let live = self.u.close_region(region, handler, reg);
        self.stmts(&t.orelse)?;
        self.u.jump(t.range, Op::Jump, 0, 0, end);
        self.u.begin_handler(handler, bound.clone(), live);
        if self.u.reachable {
            self.u.tmps(2);
            let cleanup = self.u.label();
            let tests = self.u.open_region();
            let mut any = false;
            for ast::ExceptHandler::ExceptHandler(h) in &t.handlers {
                any |= self.except_clause(h, reg, tests, cleanup, end)?;
            }
            any |= self.u.close_region(tests, cleanup, self.next_tmp());
            self.u.emit(t.range, Op::PopExcept, reg, 0, 0);
            self.u.emit_end(t.range, Op::Reraise, reg, 0);
            self.u.begin_handler(cleanup, bound, any);
            self.pass_on(reg, t.range);
        }
        self.free_to(mark);
        self.u.place(end);
        Ok(())
    }

    /// One `except` clause. Returns whether `cleanup` covers anything of it.
    fn except_clause(
        &mut self,
        h: &'a ast::ExceptHandlerExceptHandler,
        reg: Reg,
        tests: usize,
        cleanup: Label,
        end: Label,
    ) -> Res<bool> {
        let mark = self.u.top;
        let next = self.u.label();
        if let Some(e) = &h.type_ {
            let class = self.operand(e, false)?;
            let t = self.u.tmp();
            self.u.emit(e.range(), Op::MatchExcept, t, reg, class);
            self.u.jump(e.range(), Op::JumpIfNot, t, 0, next);
            self.free_to(mark);
        }
        let name = h.name.as_ref().map(|n| self.sym(&n.id));
        if let (Some(sym), Some(n)) = (name, &h.name) {
            self.store_sym(sym, reg, n.range);
        }
        self.u.pause(tests);
        let bound = self.u.bound.clone();
        let region = self.u.open_region();
        self.push_block(Block::Handler { reg, name, region }, h.range)?;
        self.stmts(&h.body)?;
        self.u.blocks.pop();
        let named = self.u.label();
        let to = if name.is_some() { named } else { cleanup };
        let live = self.u.close_region(region, to, self.next_tmp());
        if let Some(sym) = name {
            self.unbind(sym, h.range);
        }
        self.u.emit(h.range, Op::PopExcept, reg, 0, 0);
        self.u.jump(h.range, Op::Jump, 0, 0, end);
        if let Some(sym) = name {
            self.u.begin_handler(named, bound, live);
            let new = self.u.tmps(2);
            self.unbind(sym, h.range);
            self.u.emit(h.range, Op::PopExcept, reg, 0, 0);
            self.u.emit_end(h.range, Op::Reraise, new, 0);
            self.free_to(mark);
        }
        self.u.place(next);
        self.u.resume(tests);
        Ok(live && name.is_none())
    }

    pub(super) fn with_stmt(&mut self, w: &'a ast::StmtWith) -> Res {
        self.with_items(&w.items, &w.body, w.range)
    }

    fn with_items(&mut self, items: &'a [ast::WithItem], body: &'a [Stmt], range: TextRange) -> Res {
        let Some((item, rest)) = items.split_first() else { return self.stmts(body) };
        let mark = self.u.top;
        let exit = self.u.tmps(2);
        let at = item.context_expr.range();
        let manager = self.operand_in(&item.context_expr, false, Some(exit + 1))?;
        self.u.emit(at, Op::WithEnter, exit, manager, 0);
        let bound = self.u.bound.clone();
        let region = self.u.open_region();
        self.push_block(Block::With { exit, region, range: at }, range)?;
        if let Some(target) = &item.optional_vars {
            self.store(target, exit + 1)?;
        }
        self.u.top = exit - TEMP + 1;
        self.with_items(rest, body, range)?;
        self.u.blocks.pop();
        let (handler, end) = (self.u.label(), self.u.label());
        let reg = self.next_tmp();
        let live = self.u.close_region(region, handler, reg);
        self.exit_call(exit, at);
        self.u.jump(at, Op::Jump, 0, 0, end);
        self.u.begin_handler(handler, bound.clone(), live);
        if self.u.reachable {
            self.u.tmps(2);
            self.with_handler(exit, reg, bound, at, end);
        }
        self.free_to(mark);
        self.u.place(end);
        Ok(())
    }

    fn with_handler(&mut self, exit: Reg, reg: Reg, bound: unit::Bits, at: TextRange, end: Label) {
        let (cleanup, suppress) = (self.u.label(), self.u.label());
        let region = self.u.open_region();
        let t = self.u.tmp();
        self.u.emit(at, Op::WithExcept, t, exit, reg);
        self.u.jump(at, Op::JumpIf, t, 0, suppress);
        self.u.top = t - TEMP;
        let live = self.u.close_region(region, cleanup, t);
        self.u.emit(at, Op::PopExcept, reg, 0, 0);
        self.u.emit_end(at, Op::Reraise, reg, 0);
        self.u.place(suppress);
        self.u.emit(at, Op::PopExcept, reg, 0, 0);
        self.u.jump(at, Op::Jump, 0, 0, end);
        self.u.begin_handler(cleanup, bound, live);
        self.pass_on(reg, at);
    }

    /// `exit(None, None, None)`.
    fn exit_call(&mut self, exit: Reg, range: TextRange) {
        let mark = self.u.top;
        let w = self.u.tmps(CALL_GAP as usize + 3);
        self.u.emit(range, Op::Move, w, exit, 0);
        for i in 0..3 {
            self.u.emit(range, Op::LoadNone, w + CALL_GAP + i, 0, 0);
        }
        let site = self.u.site(None, w);
        self.u.emit(range, Op::Call, w, 3, site);
        self.free_to(mark);
    }
}
