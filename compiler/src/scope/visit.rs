//! The walk that fills the symbol table.

use super::*;

impl Builder<'_> {
    pub(super) fn stmts(&mut self, body: &[Stmt]) -> Res {
        body.iter().try_for_each(|s| self.stmt(s))
    }

    fn stmt(&mut self, s: &Stmt) -> Res {
        match s {
            Stmt::FunctionDef(f) => self.function(f),
            Stmt::ClassDef(c) => self.class(c),
            Stmt::Return(r) => {
                if self.table.scopes[self.current].kind != Kind::Function {
                    return err("'return' outside function", r.range);
                }
                self.opt(&r.value)
            }
            Stmt::Delete(d) => d.targets.iter().try_for_each(|t| self.target(t)),
            Stmt::Assign(a) => {
                if let Expr::Starred(s) = &*a.value {
                    return err("can't use starred expression here", s.range);
                }
                self.expr(&a.value)?;
                a.targets.iter().try_for_each(|t| self.whole_target(t))
            }
            Stmt::AugAssign(a) => {
                if let Expr::Name(n) = &*a.target {
                    self.use_name(&n.id, n.range);
                }
                self.target(&a.target)?;
                self.expr(&a.value)
            }
            Stmt::AnnAssign(a) => self.ann_assign(a),
            Stmt::For(f) if f.is_async => err("'async for' outside async function", f.range),
            Stmt::With(w) if w.is_async => err("'async with' outside async function", w.range),
            Stmt::For(f) => {
                self.expr(&f.iter)?;
                self.whole_target(&f.target)?;
                self.loop_body(&f.body)?;
                self.stmts(&f.orelse)
            }
            Stmt::While(w) => {
                self.expr(&w.test)?;
                self.loop_body(&w.body)?;
                self.stmts(&w.orelse)
            }
            Stmt::If(i) => {
                self.expr(&i.test)?;
                self.stmts(&i.body)?;
                i.elif_else_clauses.iter().try_for_each(|c| {
                    c.test.as_ref().map_or(Ok(()), |t| self.expr(t))?;
                    self.stmts(&c.body)
                })
            }
            Stmt::With(w) => {
                for item in &w.items {
                    self.expr(&item.context_expr)?;
                    item.optional_vars.as_ref().map_or(Ok(()), |t| self.target(t))?;
                }
                self.stmts(&w.body)
            }
            Stmt::Raise(r) => {
                self.opt(&r.exc)?;
                self.opt(&r.cause)
            }
            Stmt::Try(t) => self.try_stmt(t),
            Stmt::Assert(a) => {
                self.expr(&a.test)?;
                self.opt(&a.msg)
            }
            Stmt::Import(i) => i.names.iter().try_for_each(|a| {
                let name = match &a.asname {
                    Some(n) => n.id.as_str(),
                    None => a.name.id.split('.').next().unwrap_or(""),
                };
                self.bind(name, a.range).map(drop)
            }),
            Stmt::ImportFrom(i) => i.names.iter().try_for_each(|a| {
                if a.name.id.as_str() == "*" {
                    if self.current != 0 {
                        return err("import * only allowed at module level", a.range);
                    }
                    return Ok(());
                }
                let name = a.asname.as_ref().unwrap_or(&a.name);
                self.bind(&name.id, a.range).map(drop)
            }),
            Stmt::Global(g) => g.names.iter().try_for_each(|n| self.declare_global(n, g.range)),
            Stmt::Nonlocal(n) => n.names.iter().try_for_each(|id| self.declare_nonlocal(id, n.range)),
            Stmt::Expr(e) => self.expr(&e.value),
            Stmt::TypeAlias(_) => err("not supported yet: type alias statements", s.range()),
            Stmt::Match(m) => self.match_stmt(m),
            Stmt::Break(b) if self.loops == 0 => err("'break' outside loop", b.range),
            Stmt::Continue(c) if self.loops == 0 => err("'continue' not properly in loop", c.range),
            Stmt::Pass(_) | Stmt::Break(_) | Stmt::Continue(_) | Stmt::IpyEscapeCommand(_) => Ok(()),
        }
    }

    fn loop_body(&mut self, body: &[Stmt]) -> Res {
        let outer = self.loops;
        self.loops += 1;
        let result = self.stmts(body);
        self.loops = outer;
        result
    }

    /// A target as it stands in a statement, where a star needs a list or tuple around it.
    fn whole_target(&mut self, t: &Expr) -> Res {
        if let Expr::Starred(s) = t {
            return err("starred assignment target must be in a list or tuple", s.range);
        }
        self.target(t)
    }

    fn try_stmt(&mut self, t: &ast::StmtTry) -> Res {
        if t.is_star {
            return err("not supported yet: except*", t.range);
        }
        for ast::ExceptHandler::ExceptHandler(h) in t.handlers.iter().rev().skip(1) {
            if h.type_.is_none() {
                let end = h.range.start() + TextSize::new("except:".len() as u32);
                return err("default 'except:' must be last", TextRange::new(h.range.start(), end));
            }
        }
        self.stmts(&t.body)?;
        for ast::ExceptHandler::ExceptHandler(h) in &t.handlers {
            self.opt(&h.type_)?;
            if let Some(n) = &h.name {
                let sym = self.bind(&n.id, h.range)?;
                self.symbol(sym, h.range).deleted = true;
            }
            self.stmts(&h.body)?;
        }
        self.stmts(&t.orelse)?;
        self.stmts(&t.finalbody)
    }

    fn ann_assign(&mut self, a: &ast::StmtAnnAssign) -> Res {
        if let (Expr::Name(n), true) = (&*a.target, a.simple) {
            let sym = self.sym(&n.id);
            let known = *self.symbol(sym, n.range);
            if (known.global || known.nonlocal) && self.current != 0 {
                let what = if known.global { "global" } else { "nonlocal" };
                return err(format!("annotated name '{}' can't be {what}", n.id), a.range);
            }
            self.bind(&n.id, n.range)?;
            self.symbol(sym, n.range).annotated = true;
        } else if a.value.is_some() || !matches!(*a.target, Expr::Name(_)) {
            self.target(&a.target)?;
        }
        self.opt(&a.value)
    }

    fn function(&mut self, f: &ast::StmtFunctionDef) -> Res {
        self.bind(&f.name.id, f.name.range)?;
        self.defaults(&f.parameters)?;
        f.decorator_list.iter().try_for_each(|d| self.expr(&d.expression))?;
        if f.is_async {
            return err("not supported yet: async functions", f.range);
        }
        if let Some(p) = &f.type_params {
            return err("not supported yet: type parameters", p.range);
        }
        let outer = self.enter(Kind::Function, f);
        let loops = std::mem::take(&mut self.loops);
        self.params(&f.parameters)?;
        self.stmts(&f.body)?;
        self.loops = loops;
        self.current = outer;
        Ok(())
    }

    fn class(&mut self, c: &ast::StmtClassDef) -> Res {
        self.bind(&c.name.id, c.name.range)?;
        c.decorator_list.iter().try_for_each(|d| self.expr(&d.expression))?;
        if let Some(args) = &c.arguments {
            self.arguments(args)?;
        }
        let name: Rc<str> = c.name.id.trim_start_matches('_').into();
        let outer_class = self.class_name.replace(name);
        if let Some(p) = &c.type_params {
            return err("not supported yet: type parameters", p.range);
        }
        let outer = self.enter(Kind::Class, c);
        let loops = std::mem::take(&mut self.loops);
        let result = self.stmts(&c.body);
        self.loops = loops;
        self.current = outer;
        self.class_name = outer_class;
        result
    }

    fn defaults(&mut self, p: &ast::Parameters) -> Res {
        let all = p.posonlyargs.iter().chain(&p.args).chain(&p.kwonlyargs);
        all.into_iter().try_for_each(|a| self.opt(&a.default))
    }

    fn params(&mut self, p: &ast::Parameters) -> Res {
        let plain = p.posonlyargs.iter().chain(&p.args).chain(&p.kwonlyargs).map(|a| &a.parameter);
        let star = p.vararg.iter().chain(&p.kwarg).map(|b| &**b);
        for a in plain.chain(star) {
            let sym = self.sym(&a.name.id);
            if self.symbol(sym, a.range).param {
                let text = format!("duplicate argument '{}' in function definition", a.name.id);
                return err(text, a.range);
            }
            self.bind(&a.name.id, a.range)?;
            self.symbol(sym, a.range).param = true;
            self.table.scopes[self.current].params.push(sym);
        }
        Ok(())
    }

    pub(super) fn opt(&mut self, e: &Option<Box<Expr>>) -> Res {
        e.as_ref().map_or(Ok(()), |e| self.expr(e))
    }

    fn exprs(&mut self, es: &[Expr]) -> Res {
        es.iter().try_for_each(|e| self.expr(e))
    }

    fn arguments(&mut self, a: &ast::Arguments) -> Res {
        let mut seen = std::collections::HashSet::new();
        for k in &a.keywords {
            if let Some(name) = &k.arg
                && !seen.insert(name.id.as_str())
            {
                return err(format!("keyword argument repeated: {}", name.id), k.range);
            }
        }
        for e in &a.args {
            match e {
                Expr::Starred(s) => self.expr(&s.value)?,
                e => self.expr(e)?,
            }
        }
        a.keywords.iter().try_for_each(|k| self.expr(&k.value))
    }

    /// An assignment, deletion or loop target.
    fn target(&mut self, t: &Expr) -> Res {
        match t {
            Expr::Name(n) => {
                let sym = self.bind(&n.id, n.range)?;
                if n.ctx == ast::ExprContext::Del {
                    self.symbol(sym, n.range).deleted = true;
                }
                if self.table.scopes[self.current].kind == Kind::Comp
                    || self.table.scopes[self.current].kind == Kind::GenExp
                {
                    self.symbol(sym, n.range).iter_target = true;
                }
                Ok(())
            }
            Expr::Tuple(ast::ExprTuple { elts, .. }) | Expr::List(ast::ExprList { elts, .. }) => {
                if elts.iter().filter(|e| e.is_starred_expr()).count() > 1 {
                    return err("multiple starred expressions in assignment", t.range());
                }
                elts.iter().try_for_each(|e| self.target(e))
            }
            Expr::Starred(s) => self.target(&s.value),
            other => self.expr(other),
        }
    }

    pub(super) fn expr(&mut self, e: &Expr) -> Res {
        match e {
            Expr::Name(n) => {
                self.use_name(&n.id, n.range);
                Ok(())
            }
            Expr::BoolOp(b) => self.exprs(&b.values),
            Expr::Named(n) => self.walrus(n),
            Expr::BinOp(b) => {
                self.expr(&b.left)?;
                self.expr(&b.right)
            }
            Expr::UnaryOp(u) => self.expr(&u.operand),
            Expr::Lambda(l) => self.lambda(l),
            Expr::If(i) => {
                self.expr(&i.test)?;
                self.expr(&i.body)?;
                self.expr(&i.orelse)
            }
            Expr::Dict(d) => d.items.iter().try_for_each(|i| {
                i.key.as_ref().map_or(Ok(()), |k| self.expr(k))?;
                self.expr(&i.value)
            }),
            Expr::Set(s) => self.exprs(&s.elts),
            Expr::List(l) => self.exprs(&l.elts),
            Expr::Tuple(t) => self.exprs(&t.elts),
            Expr::ListComp(c) => self.comprehension_of(
                "'yield' inside list comprehension",
                Kind::Comp,
                c,
                &c.generators,
                &[&c.elt],
            ),
            Expr::SetComp(c) => self.comprehension_of(
                "'yield' inside set comprehension",
                Kind::Comp,
                c,
                &c.generators,
                &[&c.elt],
            ),
            Expr::DictComp(c) => match &c.key {
                Some(k) => self.comprehension_of(
                    "'yield' inside dict comprehension",
                    Kind::Comp,
                    c,
                    &c.generators,
                    &[k, &c.value],
                ),
                None => err("dict unpacking cannot be used in dict comprehension", c.range),
            },
            Expr::Generator(c) => self.comprehension(Kind::GenExp, c, &c.generators, &[&c.elt]),
            Expr::Await(a) if self.table.scopes[self.current].is_function_like() => {
                err("'await' outside async function", a.range)
            }
            Expr::Await(a) => err("'await' outside function", a.range),
            Expr::Yield(y) => {
                self.yields("'yield'", y.range)?;
                self.opt(&y.value)
            }
            Expr::YieldFrom(y) => {
                self.yields("'yield from'", y.range)?;
                self.expr(&y.value)
            }
            Expr::Compare(c) => {
                self.expr(&c.left)?;
                self.exprs(&c.comparators)
            }
            Expr::Call(c) => {
                self.expr(&c.func)?;
                self.arguments(&c.arguments)
            }
            Expr::FString(f) => f.value.iter().try_for_each(|part| match part {
                ast::FStringPart::Literal(_) => Ok(()),
                ast::FStringPart::FString(f) => self.interpolated(&f.elements),
            }),
            Expr::TString(t) => err("not supported yet: template strings", t.range),
            Expr::Attribute(a) => self.expr(&a.value),
            Expr::Subscript(s) => {
                self.expr(&s.value)?;
                self.expr(&s.slice)
            }
            Expr::Starred(s) => self.expr(&s.value),
            Expr::Slice(s) => {
                self.opt(&s.lower)?;
                self.opt(&s.upper)?;
                self.opt(&s.step)
            }
            Expr::NumberLiteral(n) => number(n),
            Expr::StringLiteral(_)
            | Expr::BytesLiteral(_)
            | Expr::BooleanLiteral(_)
            | Expr::NoneLiteral(_)
            | Expr::EllipsisLiteral(_)
            | Expr::IpyEscapeCommand(_) => Ok(()),
        }
    }

    fn interpolated(&mut self, elements: &[ast::InterpolatedStringElement]) -> Res {
        elements.iter().try_for_each(|e| match e {
            ast::InterpolatedStringElement::Literal(_) => Ok(()),
            ast::InterpolatedStringElement::Interpolation(i) => {
                self.expr(&i.expression)?;
                i.format_spec.as_ref().map_or(Ok(()), |s| self.interpolated(&s.elements))
            }
        })
    }

    fn yields(&mut self, what: &str, range: TextRange) -> Res {
        let mut id = self.current;
        if matches!(self.table.scopes[id].kind, Kind::Comp | Kind::GenExp) {
            let text = match (self.table.scopes[id].kind, self.comp_kind) {
                (Kind::GenExp, _) => "'yield' inside generator expression",
                (_, kind) => kind,
            };
            return err(text, range);
        }
        id = self.table.physical(id);
        match self.table.scopes[id].kind {
            Kind::Function | Kind::Lambda => {
                self.table.scopes[id].generator = true;
                Ok(())
            }
            _ => err(format!("{what} outside function"), range),
        }
    }

    fn lambda(&mut self, l: &ast::ExprLambda) -> Res {
        if let Some(p) = &l.parameters {
            self.defaults(p)?;
        }
        let outer = self.enter(Kind::Lambda, l);
        let iterables = std::mem::take(&mut self.in_iterable);
        if let Some(p) = &l.parameters {
            self.params(p)?;
        }
        self.expr(&l.body)?;
        self.in_iterable = iterables;
        self.current = outer;
        Ok(())
    }

    fn comprehension_of<T>(
        &mut self,
        yields: &'static str,
        kind: Kind,
        node: &T,
        generators: &[ast::Comprehension],
        elements: &[&Expr],
    ) -> Res {
        let outer = std::mem::replace(&mut self.comp_kind, yields);
        let result = self.comprehension(kind, node, generators, elements);
        self.comp_kind = outer;
        result
    }

    fn comprehension<T>(
        &mut self,
        kind: Kind,
        node: &T,
        generators: &[ast::Comprehension],
        elements: &[&Expr],
    ) -> Res {
        if let Some(g) = generators.iter().find(|g| g.is_async) {
            return err("not supported yet: asynchronous comprehensions", g.range);
        }
        let Some(first) = generators.first() else { return Ok(()) };
        self.in_iterable += 1;
        self.expr(&first.iter)?;
        self.in_iterable -= 1;
        let outer = self.enter(kind, node);
        if kind == Kind::GenExp {
            let dot0 = self.names.intern(".0");
            let s = self.symbol(dot0, first.range);
            (s.param, s.bound) = (true, true);
            self.table.scopes[self.current].params.push(dot0);
            self.table.scopes[self.current].generator = true;
        }
        // Targets of all clauses first: a walrus may not rebind any of them.
        for (i, g) in generators.iter().enumerate() {
            self.target(&g.target)?;
            if i > 0 {
                self.in_iterable += 1;
                self.expr(&g.iter)?;
                self.in_iterable -= 1;
            }
            self.exprs(&g.ifs)?;
        }
        elements.iter().try_for_each(|e| self.expr(e))?;
        self.current = outer;
        Ok(())
    }

    fn walrus(&mut self, n: &ast::ExprNamed) -> Res {
        let Expr::Name(name) = &*n.target else {
            return err("cannot use assignment expressions with this target", n.target.range());
        };
        if self.in_iterable > 0 {
            return err(
                "assignment expression cannot be used in a comprehension iterable expression",
                n.range,
            );
        }
        let sym = self.sym(&name.id);
        let mut at = self.current;
        let inside = matches!(self.table.scopes[at].kind, Kind::Comp | Kind::GenExp);
        while matches!(self.table.scopes[at].kind, Kind::Comp | Kind::GenExp) {
            if self.table.scopes[at].symbol(sym).is_some_and(|s| s.iter_target) {
                return err(
                    format!(
                        "assignment expression cannot rebind comprehension iteration variable '{}'",
                        name.id
                    ),
                    name.range,
                );
            }
            at = self.table.scopes[at].parent.unwrap_or(0);
        }
        if inside && self.table.scopes[at].kind == Kind::Class {
            return err(
                "assignment expression within a comprehension cannot be used in a class body",
                n.range,
            );
        }
        if inside {
            self.bind_through(at, sym, name.range);
        } else {
            self.bind(&name.id, name.range)?;
            self.symbol(sym, name.range).walrus = true;
        }
        self.expr(&n.value)
    }

    /// Binds a walrus target in scope `at` from inside comprehensions, which see it as global or nonlocal.
    fn bind_through(&mut self, at: ScopeId, sym: Sym, range: TextRange) {
        let global = {
            let s = self.table.scopes[at].symbol_mut(sym, range);
            s.bound = true;
            s.walrus = true;
            s.global
        } || self.table.scopes[at].kind == Kind::Module;
        let mut id = self.current;
        while id != at {
            let s = self.table.scopes[id].symbol_mut(sym, range);
            s.bound = true;
            s.walrus = true;
            if global {
                s.global = true;
            } else {
                s.nonlocal = true;
            }
            id = self.table.scopes[id].parent.unwrap_or(at);
        }
    }
}

/// CPython's bound on decimal literals, whose conversion takes quadratic time.
fn number(n: &ast::ExprNumberLiteral) -> Res {
    const LIMIT: usize = 4300;
    let i = match &n.value {
        ast::Number::Int(i) => i,
        ast::Number::Float(_) => return Ok(()),
        ast::Number::Complex { .. } => return err("not supported yet: complex numbers", n.range),
    };
    if i.as_u64().is_some() || n.range.len().to_usize() <= LIMIT {
        return Ok(());
    }
    let text = i.to_string();
    let digits = text.bytes().filter(u8::is_ascii_digit).count();
    if digits <= LIMIT || text.as_bytes().get(1).is_some_and(u8::is_ascii_alphabetic) {
        return Ok(());
    }
    err(
        format!(
            "Exceeds the limit ({LIMIT} digits) for integer string conversion: value has {digits} digits; \
             use sys.set_int_max_str_digits() to increase the limit - Consider hexadecimal for huge integer \
             literals to avoid decimal conversion limits."
        ),
        n.range,
    )
}
