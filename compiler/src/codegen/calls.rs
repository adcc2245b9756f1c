//! Calls. A call's window begins at the first free temporary: the callable, the gap the callee's frame header
//! takes, then the arguments; nothing live stands above it.

use super::display::has_star;
use super::unit::Reg;
use super::*;
use ruff_python_ast as ast;
use taipan_core::bytecode::CALL_GAP;

/// Calls with more arguments than this pass them in a list.
const MAX_ARGS: usize = 200;

impl<'a> Compiler<'a> {
    pub(super) fn call(&mut self, c: &'a ast::ExprCall, dst: Reg) -> Res {
        let range = c.range();
        let args = &c.arguments;
        if args.args.is_empty() && args.keywords.is_empty() && self.is_zero_super(&c.func) {
            return self.bare_super(c, dst);
        }
        let many = args.args.len() + args.keywords.len() > MAX_ARGS;
        let unpacks = many || has_star(&args.args) || args.keywords.iter().any(|k| k.arg.is_none());
        if let Expr::Attribute(a) = &*c.func
            && !unpacks
        {
            return self.method_call(a, args, range, dst);
        }
        let w = self.u.tmp();
        self.expr_to(&c.func, w)?;
        if unpacks {
            return self.call_ex(w, &[], args, range, dst);
        }
        self.call_window(w, args, range, dst)
    }

    /// Arguments and call for a callable that stands in `r[w]`, the last temporary.
    fn call_window(&mut self, w: Reg, args: &'a ast::Arguments, range: TextRange, dst: Reg) -> Res {
        self.u.tmps(CALL_GAP as usize - 1);
        let n = self.plain_args(args)?;
        self.finish_call(w, n, args, range, dst, false)
    }

    fn finish_call(
        &mut self,
        w: Reg,
        n: usize,
        args: &'a ast::Arguments,
        range: TextRange,
        dst: Reg,
        method: bool,
    ) -> Res {
        let names = self.keyword_names(args);
        let site = self.u.site(names, dst);
        let op = match (method, names.is_some()) {
            (false, false) => Op::Call,
            (false, true) => Op::CallKw,
            (true, false) => Op::CallMethod,
            (true, true) => Op::CallMethodKw,
        };
        self.u.emit(range, op, w, n as u16, site);
        Ok(())
    }

    fn keyword_names(&mut self, args: &ast::Arguments) -> Option<u32> {
        if args.keywords.is_empty() {
            return None;
        }
        let names = args.keywords.iter().filter_map(|k| k.arg.as_ref());
        let names = names.map(|n| Value::Str(n.id.as_str().as_bytes().to_vec())).collect();
        Some(self.const_index(&Value::Tuple(names)))
    }

    /// Evaluates arguments into consecutive temporaries; returns how many.
    fn plain_args(&mut self, args: &'a ast::Arguments) -> Res<usize> {
        for a in &args.args {
            self.expr_tmp(a)?;
        }
        for k in &args.keywords {
            self.expr_tmp(&k.value)?;
        }
        Ok(args.args.len() + args.keywords.len())
    }

    fn method_call(
        &mut self,
        a: &'a ast::ExprAttribute,
        args: &'a ast::Arguments,
        range: TextRange,
        dst: Reg,
    ) -> Res {
        let w = self.u.tmps(CALL_GAP as usize + 1);
        let sym = self.sym(&a.attr.id);
        let attr_range = self.attr_range(a, a.range);
        if let Some(b) = self.super_operands(&a.value)? {
            let site = self.sym_site(sym);
            self.u.emit(attr_range, Op::LoadSuperMethod, w, b, site);
            self.u.top = w - TEMP + CALL_GAP + 1;
        } else {
            // The object may be computed in the window's first register, which `LoadMethod` writes last.
            let obj = self.operand_in(&a.value, false, Some(w))?;
            let site = self.sym_site(sym);
            self.u.emit(attr_range, Op::LoadMethod, w, obj, site);
            self.u.top = w - TEMP + CALL_GAP + 1;
        }
        let n = self.plain_args(args)?;
        let range = if self.lines.line(range.start()) == self.lines.line(a.range.end()) {
            range
        } else {
            self.range_from(a.attr.range.start(), range.end())
        };
        self.finish_call(w, n, args, range, dst, true)
    }

    /// A call with unpacking. `lead` are registers whose values come before the arguments (a class statement's).
    pub(super) fn call_ex(
        &mut self,
        w: Reg,
        lead: &[Reg],
        args: &'a ast::Arguments,
        range: TextRange,
        dst: Reg,
    ) -> Res {
        self.u.need(w, CALL_GAP as usize + 2);
        self.u.top = w - TEMP + CALL_GAP;
        let list = self.u.tmp();
        // What `lead` names may stand where the window's registers are reused: it is gathered first.
        if lead.is_empty() {
            self.list_in_steps(&args.args, list, range, if args.args.len() == 1 { w + 1 } else { 0 })?;
        } else {
            let mark = self.u.top;
            self.u.top = mark.max(lead[lead.len() - 1] - TEMP + 1);
            self.u.emit(range, Op::BuildList, list, lead[0], lead.len() as u16);
            self.free_to(mark);
            for a in &args.args {
                let (e, op, callee) = match a {
                    Expr::Starred(s) => (&*s.value, Op::ListExtend, 0),
                    e => (e, Op::ListAppend, 0),
                };
                let r = self.operand(e, false)?;
                self.u.emit(range, op, list, r, callee);
                self.free_to(mark);
            }
        }
        let kwargs = self.u.tmp();
        self.keywords_dict(args, kwargs, w, range)?;
        let site = self.u.site(None, dst);
        self.u.emit(range, Op::CallEx, w, 0, site);
        Ok(())
    }

    fn keywords_dict(&mut self, args: &'a ast::Arguments, kwargs: Reg, w: Reg, range: TextRange) -> Res {
        if args.keywords.is_empty() {
            self.u.emit(range, Op::LoadNone, kwargs, 0, 0);
            return Ok(());
        }
        let none = self.next_tmp();
        self.u.emit(range, Op::BuildMap, kwargs, none, 0);
        let mark = self.u.top;
        let mut rest = &args.keywords[..];
        while let Some(k) = rest.first() {
            match &k.arg {
                None => {
                    let r = self.operand(&k.value, false)?;
                    self.u.emit(range, Op::DictMerge, kwargs, r, w);
                    rest = &rest[1..];
                }
                Some(_) => {
                    let named = rest.iter().take(16).take_while(|k| k.arg.is_some()).count();
                    let t = self.u.tmp();
                    let first = self.next_tmp();
                    for k in &rest[..named] {
                        if let Some(name) = &k.arg {
                            let r = self.u.tmp();
                            self.load_value(Value::Str(name.id.as_bytes().to_vec()), r, range);
                        }
                        self.expr_tmp(&k.value)?;
                    }
                    self.u.emit(range, Op::BuildMap, t, first, named as u16);
                    self.u.emit(range, Op::DictMerge, kwargs, t, w);
                    rest = &rest[named..];
                }
            }
            self.free_to(mark);
        }
        Ok(())
    }

    /// Whether `func` is the name `super` where it means the built-in's implicit form.
    fn is_zero_super(&mut self, func: &Expr) -> bool {
        let Expr::Name(n) = func else { return false };
        if n.id.as_str() != "super" || self.u.def.argcount == 0 || self.first_param().is_none() {
            return false;
        }
        let sym = self.sym("super");
        let class = self.table.class_sym;
        matches!(self.place(sym), Place::Global) && matches!(self.place(class), Place::Cell(_))
    }

    fn first_param(&self) -> Option<Sym> {
        self.table.scopes[self.u.scope].params.first().copied()
    }

    /// For `super()`: class, instance and the global `super` in three fresh consecutive registers.
    pub(super) fn super_operands(&mut self, e: &'a Expr) -> Res<Option<Reg>> {
        let Expr::Call(c) = e else { return Ok(None) };
        let plain = c.arguments.args.is_empty() && c.arguments.keywords.is_empty();
        if !plain || !self.is_zero_super(&c.func) {
            return Ok(None);
        }
        let b = self.u.tmps(3);
        self.load_super(b, b + 1, b + 2, c.func.range());
        Ok(Some(b))
    }

    fn load_super(&mut self, class: Reg, this: Reg, function: Reg, range: TextRange) {
        let sym = self.names.intern("super");
        let site = self.sym_site(sym);
        self.u.emit(range, Op::LoadGlobal, function, site, 0);
        let class_sym = self.table.class_sym;
        self.load_sym(class_sym, class, range);
        let Some(first) = self.first_param() else { return };
        // The parameter is the function's own, whatever a comprehension around us calls it.
        match self.u.vars.get(&(self.u.scope, first)) {
            Some(Var { reg, cell: true }) => self.u.emit(range, Op::LoadCell, this, *reg, 0),
            Some(Var { reg, cell: false }) if self.u.is_bound(*reg) => self.move_to(this, *reg, range),
            Some(Var { reg, .. }) => self.u.emit(range, Op::MoveChecked, this, *reg, 0),
            None => {}
        }
    }

    fn bare_super(&mut self, c: &'a ast::ExprCall, dst: Reg) -> Res {
        let w = self.u.tmps(CALL_GAP as usize + 2);
        self.load_super(w + CALL_GAP, w + CALL_GAP + 1, w, c.func.range());
        let site = self.u.site(None, dst);
        self.u.emit(c.range(), Op::Call, w, 2, site);
        Ok(())
    }
}
