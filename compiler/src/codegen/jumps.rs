//! Loops, and the statements that leave them.

use super::unit::{Block, Label, Reg};
use super::*;
use ruff_python_ast as ast;

impl<'a> Compiler<'a> {
    /// Places the body of a loop that is entered through `bottom`; returns the register the items go to.
    pub(super) fn loop_body(&mut self, target: &'a Expr, body: Label, bottom: Label) -> Reg {
        if let Some(mut bound) = self.u.labels[bottom.0 as usize].bound.clone() {
            bound.subtract(&self.u.ever_deleted);
            self.u.labels[body.0 as usize].bound = Some(bound);
        }
        self.u.place(body);
        match self.target_reg(target) {
            Some(r) => {
                self.u.bound.set(r as usize);
                r
            }
            None => self.u.tmp(),
        }
    }

    /// Stores an item where `loop_body` did not put it in place already.
    pub(super) fn loop_target(&mut self, target: &'a Expr, item: Reg) -> Res {
        if is_temp(item) { self.store(target, item) } else { Ok(()) }
    }

    /// The bottom of a loop.
    pub(super) fn for_loop(&mut self, state: Reg, item: Reg, body: Label, range: TextRange) {
        self.u.jump(range, Op::ForLoop, state, item, body);
    }

    pub(super) fn for_stmt(&mut self, f: &'a ast::StmtFor) -> Res {
        let mark = self.u.top;
        let state = self.u.tmps(3);
        let iterable = self.operand_in(&f.iter, false, Some(state))?;
        let range = f.iter.range();
        self.u.emit(range, Op::GetIter, state, iterable, 0);
        let (body, bottom, brk) = (self.u.label(), self.u.label(), self.u.label());
        self.u.jump(range, Op::Jump, 0, 0, bottom);
        self.u.loop_depth += 1;
        let item = self.loop_body(&f.target, body, bottom);
        self.push_block(Block::Loop { brk, cont: bottom }, f.range)?;
        if self.u.reachable {
            self.loop_target(&f.target, item)?;
            if is_temp(item) {
                self.u.top = item - TEMP;
            }
            self.stmts(&f.body)?;
        }
        self.u.blocks.pop();
        self.u.place(bottom);
        self.for_loop(state, item, body, range);
        self.u.loop_depth -= 1;
        self.free_to(mark);
        self.stmts(&f.orelse)?;
        self.u.place(brk);
        Ok(())
    }

    pub(super) fn while_stmt(&mut self, w: &'a ast::StmtWhile) -> Res {
        let (head, exit, brk) = (self.u.label(), self.u.label(), self.u.label());
        self.u.loop_depth += 1;
        self.u.place_head(head);
        self.cond(&w.test, exit, false)?;
        self.push_block(Block::Loop { brk, cont: head }, w.range)?;
        self.stmts(&w.body)?;
        self.u.blocks.pop();
        self.u.jump(w.test.range(), Op::JumpBack, 0, 0, head);
        self.u.loop_depth -= 1;
        self.u.place(exit);
        self.stmts(&w.orelse)?;
        self.u.place(brk);
        Ok(())
    }

    /// `break` or `continue`.
    pub(super) fn leave_loop(&mut self, range: TextRange, is_break: bool) -> Res {
        let found = self.u.blocks.iter().enumerate().rev().find_map(|(i, b)| match *b {
            Block::Loop { brk, cont } => Some((i, if is_break { brk } else { cont })),
            _ => None,
        });
        let Some((depth, label)) = found else { return Ok(()) };
        let left = self.leave(depth + 1, range)?;
        let op = if self.u.labels[label.0 as usize].at.is_some() { Op::JumpBack } else { Op::Jump };
        self.u.jump(range, op, 0, 0, label);
        self.rejoin(left);
        Ok(())
    }

    pub(super) fn return_stmt(&mut self, r: &'a ast::StmtReturn) -> Res {
        let unwinds = self.u.blocks.iter().any(|b| !matches!(b, Block::Loop { .. }));
        let value = match &r.value {
            Some(v) => Some(match self.fold(v) {
                Some(Value::None) => None,
                // A `finally` may rebind the variable.
                _ if unwinds => Some(self.expr_tmp(v)?),
                _ => Some(self.operand(v, false)?),
            }),
            None => None,
        };
        let left = self.leave(0, r.range)?;
        match value.flatten() {
            Some(v) => self.u.emit_end(r.range, Op::Return, v, 0),
            None => self.u.emit_end(r.range, Op::ReturnNone, 0, 0),
        }
        self.rejoin(left);
        Ok(())
    }

    /// Pushes a block, within CPython's limit on their nesting.
    pub(super) fn push_block(&mut self, b: Block<'a>, range: TextRange) -> Res {
        if self.u.blocks.len() >= 20 {
            return crate::errors::err("too many statically nested blocks", range).map_err(Fail::from);
        }
        self.u.blocks.push(b);
        Ok(())
    }
}
