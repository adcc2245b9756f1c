//! Comprehensions (inlined into the function around them) and generator expressions (functions of their own).

use super::unit::Reg;
use super::*;
use ruff_python_ast as ast;

/// What a comprehension does with each element.
#[derive(Clone, Copy)]
enum Element<'a> {
    List(&'a Expr, Reg),
    Set(&'a Expr, Reg),
    Dict(&'a Expr, &'a Expr, Reg),
    Yield(&'a Expr),
}

impl<'a> Compiler<'a> {
    pub(super) fn comprehension(&mut self, e: &'a Expr, dst: Reg) -> Res {
        let t = if is_temp(dst) { dst } else { self.u.tmp() };
        let none = self.next_tmp();
        let range = e.range();
        let (scope, generators, element, op) = match e {
            Expr::ListComp(c) => {
                (self.table.of_node(c), &c.generators, Element::List(&c.elt, t), Op::BuildList)
            }
            Expr::SetComp(c) => (self.table.of_node(c), &c.generators, Element::Set(&c.elt, t), Op::BuildSet),
            Expr::DictComp(c) => {
                let Some(key) = &c.key else { return Ok(()) };
                (self.table.of_node(c), &c.generators, Element::Dict(key, &c.value, t), Op::BuildMap)
            }
            _ => return Ok(()),
        };
        // The first iterable belongs to the scope around the comprehension.
        let first = self.operand(&generators[0].iter, false)?;
        let state = self.u.tmps(3);
        self.u.emit(generators[0].iter.range(), Op::GetIter, state, first, 0);
        self.u.emit(range, op, t, none, 0);
        let saved = self.open_comp(scope, generators.len() > 1, range);
        self.u.comps.push(scope);
        self.clauses(generators, state, element)?;
        self.u.comps.pop();
        self.close_comp(scope, saved);
        self.move_to(dst, t, range);
        Ok(())
    }

    /// Gives the comprehension's variables registers of the function around it.
    fn open_comp(&mut self, scope: ScopeId, nested: bool, range: TextRange) -> Vec<(Sym, Option<Var>)> {
        let symbols = &self.table.scopes[scope].symbols;
        let mut saved = Vec::new();
        for &(sym, s) in symbols.iter().filter(|(_, s)| s.bound && !s.global && !s.nonlocal) {
            let name = self.text(sym);
            let spare = self.u.spare.get_mut(&sym).and_then(Vec::pop);
            let reg = spare.unwrap_or_else(|| {
                self.u.name_reg(&format!("{}{name}", taipan_core::bytecode::Module::HIDDEN))
            });
            self.u.bound.clear(reg as usize);
            if s.cell || nested {
                self.u.emit(range, Op::ClearLocal, reg, 0, 0);
            }
            if s.cell {
                self.u.emit(range, Op::MakeCell, reg, 0, 0);
            }
            saved.push((sym, self.u.vars.insert((scope, sym), Var { reg, cell: s.cell })));
        }
        saved
    }

    fn close_comp(&mut self, scope: ScopeId, saved: Vec<(Sym, Option<Var>)>) {
        for (sym, old) in saved {
            if let Some(v) = self.u.vars.get(&(scope, sym)) {
                let reg = v.reg;
                self.u.spare.entry(sym).or_default().push(reg);
            }
            match old {
                Some(v) => self.u.vars.insert((scope, sym), v),
                None => self.u.vars.remove(&(scope, sym)),
            };
        }
    }

    /// The loops of a comprehension; `state` iterates over the first iterable.
    fn clauses(&mut self, gens: &'a [ast::Comprehension], state: Reg, e: Element<'a>) -> Res {
        let Some((g, rest)) = gens.split_first() else { return self.element(e) };
        let mark = self.u.top;
        let (body, bottom) = (self.u.label(), self.u.label());
        self.u.jump(g.iter.range(), Op::Jump, 0, 0, bottom);
        self.u.loop_depth += 1;
        let item = self.loop_body(&g.target, body, bottom);
        if self.u.reachable {
            self.loop_target(&g.target, item)?;
            for test in &g.ifs {
                self.cond(test, bottom, false)?;
            }
            if let Some(next) = rest.first() {
                let r = self.operand(&next.iter, false)?;
                let inner = self.u.tmps(3);
                self.u.emit(next.iter.range(), Op::GetIter, inner, r, 0);
                self.clauses(rest, inner, e)?;
            } else {
                self.element(e)?;
            }
        }
        self.u.place(bottom);
        self.for_loop(state, item, body, g.iter.range());
        self.u.loop_depth -= 1;
        self.free_to(mark);
        Ok(())
    }

    fn element(&mut self, e: Element<'a>) -> Res {
        let mark = self.u.top;
        match e {
            Element::List(e, t) => {
                let r = self.operand(e, false)?;
                self.u.emit(e.range(), Op::ListAppend, t, r, 0);
            }
            Element::Set(e, t) => {
                let r = self.operand(e, false)?;
                self.u.emit(e.range(), Op::SetAdd, t, r, 0);
            }
            Element::Dict(k, v, t) => {
                let key = self.operand(k, true)?;
                let value = self.operand(v, false)?;
                self.u.emit(TextRange::new(k.start(), v.end()), Op::MapAdd, t, key, value);
            }
            Element::Yield(e) => {
                let r = self.operand(e, false)?;
                let live = self.next_tmp();
                let sent = self.u.tmp();
                self.u.emit(e.range(), Op::Yield, sent, r, live);
            }
        }
        self.free_to(mark);
        Ok(())
    }

    pub(super) fn gen_exp(&mut self, g: &'a ast::ExprGenerator, dst: Reg) -> Res {
        let w = self.u.tmps(7);
        let scope = self.table.of_node(g);
        let (index, outer) = self.begin_unit(scope, "<genexpr>", g.range.start(), 0);
        self.u.def.argcount = 1;
        let state = self.u.tmps(3);
        let first = &g.generators[0].iter;
        self.u.emit(first.range(), Op::GetIter, state, 0, 0);
        self.clauses(&g.generators, state, Element::Yield(&g.elt))?;
        self.end_unit(index, outer, g.range)?;
        self.make_function(index, scope, w, None, None, g.range)?;
        // The iterable is asked for its iterator here, so that one that has none fails here.
        let iterable = self.operand_in(first, false, Some(w + 6))?;
        self.u.emit(first.range(), Op::GetYieldFromIter, w + 6, iterable, 0);
        let site = self.u.site(None, dst);
        self.u.emit(g.range, Op::Call, w, 1, site);
        Ok(())
    }
}
