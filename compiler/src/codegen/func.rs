//! Functions, lambdas and classes: units of their own, and the code that makes them at run time.

use super::unit::{FREE, Reg};
use super::*;
use ruff_python_ast as ast;
use taipan_core::bytecode::{CALL_GAP, Instr};

impl<'a> Compiler<'a> {
    /// Starts a unit for a scope: its parameters, variables, cells and prologue. Returns its index and the unit
    /// around it.
    pub(super) fn begin_unit(
        &mut self,
        scope: ScopeId,
        name: &str,
        start: TextSize,
        flags: u32,
    ) -> (usize, Unit<'a>) {
        let outer_len = self.u.def.qualname.len();
        // On refusal the name stays short; the error surfaces at the next statement.
        let fits = self.u.charge_text(outer_len);
        let qualname = if fits { self.qualname(name) } else { String::new() };
        let index = self.funcs.len();
        self.funcs.push(FuncDef::default());
        let budget = self.u.budget;
        let fresh = Unit { scope, index, budget, reachable: true, ..Unit::default() };
        let outer = std::mem::replace(&mut self.u, fresh);
        let s = &self.table.scopes[scope];
        let mut flags = flags | self.base_flags;
        if s.generator {
            flags |= FuncFlags::GENERATOR;
        }
        if s.nested {
            flags |= FuncFlags::NESTED;
        }
        self.u.def.flags = FuncFlags(flags);
        self.u.def.name = name.to_string();
        self.u.def.qualname = qualname;
        self.u.def.first_line = self.lines.line(start);
        self.declare_vars(scope);
        (index, outer)
    }

    fn declare_vars(&mut self, scope: ScopeId) {
        let s = &self.table.scopes[scope];
        if s.kind == Kind::Class {
            self.u.name_reg(".ns");
            self.u.bound.set(0);
            if s.needs_class_cell {
                let reg = self.u.name_reg("__class__");
                self.u.vars.insert((scope, self.table.class_sym), Var { reg, cell: true });
                self.u.prologue.push(Instr::new(Op::MakeCell, reg, 0, 0));
            }
        } else {
            let others = s.symbols.iter().map(|(sym, _)| *sym);
            let others = others.filter(|sym| !s.symbol(*sym).is_some_and(|s| s.param));
            for sym in s.params.iter().copied().chain(others) {
                let Some(&info) = s.symbol(sym) else { continue };
                if info.bound && !info.global && !info.nonlocal {
                    self.declare_var(scope, sym, info);
                }
            }
        }
        for (i, &(sym, owner)) in s.free.iter().enumerate() {
            let reg = FREE + i.min(unit::SPACE) as Reg;
            let name = self.text(sym);
            self.u.free.push(name.to_string());
            self.u.vars.insert((owner, sym), Var { reg, cell: true });
        }
        if s.free.len() >= unit::SPACE {
            self.u.too_large = true;
        }
        if !s.free.is_empty() {
            self.u.prologue.insert(0, Instr::new(Op::CopyFree, FREE, s.free.len() as u16, 0));
        }
        if s.generator {
            self.u.prologue.push(Instr::new(Op::MakeGenerator, TEMP, 0, 0));
        }
    }

    fn declare_var(&mut self, scope: ScopeId, sym: Sym, info: crate::scope::Symbol) {
        let name = self.text(sym);
        let reg = self.u.name_reg(&name);
        self.u.vars.insert((scope, sym), Var { reg, cell: info.cell });
        if info.cell {
            self.u.prologue.push(Instr::new(Op::MakeCell, reg, 0, 0));
            return;
        }
        if info.param {
            self.u.bound.set(reg as usize);
        }
        if info.deleted {
            self.u.ever_deleted.set(reg as usize);
        }
        if info.walrus {
            self.u.walrus.set(reg as usize);
            self.u.any_walrus = true;
        }
    }

    /// Finishes the current unit and returns to `outer`.
    pub(super) fn end_unit(&mut self, index: usize, outer: Unit<'a>, range: TextRange) -> Res {
        let u = std::mem::replace(&mut self.u, outer);
        self.u.budget = u.budget;
        self.funcs[index] = self.seal(u, range)?;
        Ok(())
    }

    fn qualname(&mut self, name: &str) -> String {
        let sym = self.sym(name);
        let global = scope_global(self.scope(), sym);
        match self.table.scopes[self.u.scope].kind {
            Kind::Module => name.to_string(),
            _ if global => name.to_string(),
            Kind::Class => format!("{}.{name}", self.u.def.qualname),
            _ => format!("{}.<locals>.{name}", self.u.def.qualname),
        }
    }

    /// The docstring a body begins with.
    pub(super) fn docstring(&self, body: &[Stmt]) -> Option<Value> {
        let Some(Stmt::Expr(e)) = body.first() else { return None };
        let Expr::StringLiteral(s) = &*e.value else { return None };
        match self.fold(&e.value)? {
            Value::Str(bytes) => match std::str::from_utf8(&bytes) {
                Ok(text) => Some(Value::Str(crate::text::clean_doc(text).into_bytes())),
                Err(_) => Some(Value::Str(bytes)),
            },
            _ => {
                let _ = s;
                None
            }
        }
    }

    /// The function object of function `index` into `dst`. Defaults are in the given registers (or None).
    pub(super) fn make_function(
        &mut self,
        index: usize,
        scope: ScopeId,
        dst: Reg,
        defaults: Option<Reg>,
        kw_defaults: Option<Reg>,
        range: TextRange,
    ) -> Res {
        let mark = self.u.top;
        let r = self.u.tmps(4);
        for (i, from) in [defaults, kw_defaults, None].into_iter().enumerate() {
            match from {
                Some(from) => self.u.emit(range, Op::Move, r + i as Reg, from, 0),
                None => self.u.emit(range, Op::LoadNone, r + i as Reg, 0, 0),
            }
        }
        let free = &self.table.scopes[scope].free;
        if free.is_empty() {
            self.u.emit(range, Op::LoadNone, r + 3, 0, 0);
        } else {
            let first = self.next_tmp();
            for &(sym, owner) in free {
                let cell = self.u.tmp();
                let from = self.u.vars.get(&(owner, sym)).map_or(0, |v| v.reg);
                self.u.emit(range, Op::Move, cell, from, 0);
            }
            self.u.emit(range, Op::BuildTuple, r + 3, first, free.len() as u16);
        }
        if index > u16::MAX as usize {
            return Err(Fail::Memory);
        }
        self.u.emit(range, Op::MakeFunction, dst, index as u16, r);
        self.free_to(mark);
        Ok(())
    }

    fn set_params(&mut self, p: &ast::Parameters) {
        let def = &mut self.u.def;
        def.posonly = p.posonlyargs.len() as u16;
        def.argcount = (p.posonlyargs.len() + p.args.len()) as u16;
        def.kwonly = p.kwonlyargs.len() as u16;
        let star = if p.vararg.is_some() { FuncFlags::VARARGS } else { 0 };
        let kw = if p.kwarg.is_some() { FuncFlags::VARKW } else { 0 };
        def.flags = FuncFlags(def.flags.0 | star | kw);
    }

    /// Evaluates defaults: the positional tuple and the keyword-only dict, where there are any.
    fn defaults(&mut self, p: &'a ast::Parameters) -> Res<(Option<Reg>, Option<Reg>)> {
        let positional: Vec<&'a Expr> =
            p.posonlyargs.iter().chain(&p.args).filter_map(|a| a.default.as_deref()).collect();
        let mut result = (None, None);
        if !positional.is_empty() {
            let r = self.u.tmp();
            result.0 = Some(r);
            let range = positional[0].range();
            match positional.iter().map(|e| self.fold(e)).collect::<Option<Vec<_>>>() {
                Some(values) => self.load_value(Value::Tuple(values), r, range),
                None => {
                    let first = self.next_tmp();
                    for &e in &positional {
                        self.expr_tmp(e)?;
                    }
                    self.u.emit(range, Op::BuildTuple, r, first, positional.len() as u16);
                    self.u.top = r - TEMP + 1;
                }
            }
        }
        if p.kwonlyargs.iter().any(|a| a.default.is_some()) {
            let r = self.u.tmp();
            result.1 = Some(r);
            let first = self.next_tmp();
            let mut n = 0;
            let mut range = p.range;
            for a in &p.kwonlyargs {
                if let Some(d) = &a.default {
                    let sym = self.sym(&a.parameter.name.id);
                    let name = self.text(sym).as_bytes().to_vec();
                    let k = self.u.tmp();
                    self.load_value(Value::Str(name), k, d.range());
                    self.expr_tmp(d)?;
                    range = d.range();
                    n += 1;
                }
            }
            self.u.emit(range, Op::BuildMap, r, first, n);
            self.u.top = r - TEMP + 1;
        }
        Ok(result)
    }

    pub(super) fn lambda(&mut self, l: &'a ast::ExprLambda, dst: Reg) -> Res {
        let (defaults, kw) = match &l.parameters {
            Some(p) => self.defaults(p)?,
            None => (None, None),
        };
        let scope = self.table.of_node(l);
        let (index, outer) = self.begin_unit(scope, "<lambda>", l.range.start(), 0);
        if let Some(p) = &l.parameters {
            self.set_params(p);
        }
        let r = self.operand(&l.body, false)?;
        self.u.emit_end(l.body.range(), Op::Return, r, 0);
        self.end_unit(index, outer, l.range)?;
        self.make_function(index, scope, dst, defaults, kw, l.range)
    }

    /// The range of a definition from its keyword on (the tree's begins at the first decorator).
    fn keyword_range(&self, whole: TextRange, name: TextRange, keyword: &str, decorated: bool) -> TextRange {
        if !decorated {
            return whole;
        }
        let before = self.source.get(whole.start().to_usize()..name.start().to_usize()).unwrap_or("");
        let at = before.rfind(keyword).unwrap_or(0) as u32;
        TextRange::new(whole.start() + TextSize::new(at), whole.end())
    }

    pub(super) fn function_def(&mut self, f: &'a ast::StmtFunctionDef) -> Res {
        let range = self.keyword_range(f.range, f.name.range, "def", !f.decorator_list.is_empty());
        let name: &str = &f.name.id;
        self.decorated(&f.decorator_list, name, range, |c, dst| {
            let (defaults, kw) = c.defaults(&f.parameters)?;
            let scope = c.table.of_node(f);
            let (index, outer) = c.begin_unit(scope, name, f.range.start(), 0);
            c.set_params(&f.parameters);
            if let Some(doc) = c.docstring(&f.body) {
                c.u.def.doc = Some(c.const_index(&doc));
            }
            c.stmts(&f.body)?;
            c.end_unit(index, outer, range)?;
            c.make_function(index, scope, dst, defaults, kw, range)
        })
    }

    /// Evaluates decorators, makes the object, applies them from the inside out, and stores the result.
    fn decorated(
        &mut self,
        decorators: &'a [ast::Decorator],
        name: &str,
        range: TextRange,
        make: impl FnOnce(&mut Self, Reg) -> Res,
    ) -> Res {
        let mark = self.u.top;
        let sym = self.sym(name);
        if decorators.is_empty()
            && let Place::Local(r) = self.place(sym)
        {
            make(self, r)?;
            self.u.bound.set(r as usize);
            self.free_to(mark);
            return Ok(());
        }
        let first = self.next_tmp();
        for d in decorators {
            self.expr_tmp(&d.expression)?;
        }
        let last = self.next_tmp() - 1;
        let n = decorators.len();
        let object = if n == 0 {
            self.u.tmp()
        } else {
            self.u.tmps(CALL_GAP as usize);
            last + CALL_GAP
        };
        make(self, object)?;
        for (i, d) in decorators.iter().enumerate().rev() {
            let w = first + i as Reg;
            // The result becomes the argument of the decorator outside.
            let dst = if i == 0 { w } else { w - 1 + CALL_GAP };
            let site = self.u.site(None, dst);
            self.u.emit(d.expression.range(), Op::Call, w, 1, site);
        }
        self.store_sym(sym, if n == 0 { object } else { first }, range);
        self.free_to(mark);
        Ok(())
    }

    pub(super) fn class_def(&mut self, c: &'a ast::StmtClassDef) -> Res {
        let range = self.keyword_range(c.range, c.name.range, "class", !c.decorator_list.is_empty());
        let name: &str = &c.name.id;
        self.decorated(&c.decorator_list, name, range, |this, dst| {
            let scope = this.table.of_node(c);
            let w = this.u.tmps(CALL_GAP as usize);
            this.u.emit(range, Op::LoadBuildClass, w, 0, 0);
            let index = this.class_body(c, scope, range)?;
            let function = this.u.tmp();
            this.make_function(index, scope, function, None, None, range)?;
            let text = this.u.tmp();
            this.load_value(Value::Str(name.as_bytes().to_vec()), text, range);
            this.class_call(c, w, function, range, dst)
        })
    }

    fn class_call(
        &mut self,
        c: &'a ast::StmtClassDef,
        w: Reg,
        function: Reg,
        range: TextRange,
        dst: Reg,
    ) -> Res {
        let Some(args) = &c.arguments else {
            let site = self.u.site(None, dst);
            self.u.emit(range, Op::Call, w, 2, site);
            return Ok(());
        };
        let unpacks = args.args.iter().any(Expr::is_starred_expr)
            || args.keywords.iter().any(|k| k.arg.is_none())
            || args.args.len() + args.keywords.len() > 200;
        if unpacks {
            return self.call_ex(w, &[function, function + 1], args, range, dst);
        }
        for e in args.args.iter().chain(args.keywords.iter().map(|k| &k.value)) {
            self.expr_tmp(e)?;
        }
        let n = 2 + args.args.len() + args.keywords.len();
        let names = args.keywords.iter().filter_map(|k| k.arg.as_ref());
        let names: Vec<Value> = names.map(|n| Value::Str(n.id.as_bytes().to_vec())).collect();
        let (op, names) = if names.is_empty() {
            (Op::Call, None)
        } else {
            (Op::CallKw, Some(self.const_index(&Value::Tuple(names))))
        };
        let site = self.u.site(names, dst);
        self.u.emit(range, op, w, n as u16, site);
        Ok(())
    }

    fn class_body(&mut self, c: &'a ast::StmtClassDef, scope: ScopeId, range: TextRange) -> Res<usize> {
        let (index, outer) = self.begin_unit(scope, &c.name.id, c.range.start(), FuncFlags::CLASS_BODY);
        self.u.def.argcount = 1;
        let head = TextRange::new(range.start(), range.start());
        let r = self.u.tmp();
        let site = self.name_site("__name__");
        self.u.emit(head, Op::LoadGlobal, r, site, 0);
        self.store_in_class("__module__", r, head);
        let qualname = self.u.def.qualname.clone().into_bytes();
        self.load_value(Value::Str(qualname), r, head);
        self.store_in_class("__qualname__", r, head);
        if let Some(doc) = self.docstring(&c.body) {
            let range = c.body[0].range();
            self.load_value(doc, r, range);
            self.store_in_class("__doc__", r, range);
        }
        self.u.top = 0;
        self.stmts(&c.body)?;
        if let Some(v) = self.u.vars.get(&(scope, self.table.class_sym)).copied()
            && self.table.scopes[scope].needs_class_cell
        {
            let r = self.u.tmp();
            self.u.emit(head, Op::Move, r, v.reg, 0);
            self.store_in_class("__classcell__", r, head);
        }
        self.end_unit(index, outer, range)?;
        Ok(index)
    }

    fn store_in_class(&mut self, name: &str, r: Reg, range: TextRange) {
        let site = self.name_site(name);
        self.u.emit(range, Op::StoreName, 0, r, site);
    }
}

fn scope_global(scope: &Scope, sym: Sym) -> bool {
    scope.symbol(sym).is_some_and(|s| s.global)
}
