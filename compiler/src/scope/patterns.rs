//! What patterns bind, and what is wrong with them whatever they are tried on.
//!
//! Invariant: what passes binds each name once, and the alternatives of an or-pattern bind the same names; code generation
//! relies on both.

use super::*;
use crate::consts;
use ruff_python_ast::{Identifier, Pattern};

/// Names bound by the pattern at hand.
type Bound<'p> = HashSet<&'p str>;

impl Builder<'_> {
    pub(super) fn match_stmt(&mut self, m: &ast::StmtMatch) -> Res {
        self.expr(&m.subject)?;
        for (i, case) in m.cases.iter().enumerate() {
            let last = i + 1 == m.cases.len();
            self.pattern(&case.pattern, last || case.guard.is_some(), &mut Bound::new())?;
            self.opt(&case.guard)?;
            self.stmts(&case.body)?;
        }
        Ok(())
    }

    /// A pattern, which may match anything only where `irrefutable`: what comes after it would never be tried.
    fn pattern<'p>(&mut self, p: &'p Pattern, irrefutable: bool, bound: &mut Bound<'p>) -> Res {
        match p {
            Pattern::MatchValue(v) => self.literal(&v.value, "patterns may only match", v.range),
            Pattern::MatchSingleton(_) => Ok(()),
            Pattern::MatchSequence(s) => {
                if s.patterns.iter().filter(|p| p.is_match_star()).count() > 1 {
                    return err("multiple starred names in sequence pattern", s.range);
                }
                s.patterns.iter().try_for_each(|p| self.pattern(p, true, bound))
            }
            Pattern::MatchMapping(m) => {
                self.keys(m)?;
                m.patterns.iter().try_for_each(|p| self.pattern(p, true, bound))?;
                self.capture(&m.rest, m.range, bound)
            }
            Pattern::MatchClass(c) => self.class_pattern(c, bound),
            Pattern::MatchStar(s) => self.capture(&s.name, s.range, bound),
            Pattern::MatchAs(a) => {
                match (&a.pattern, &a.name) {
                    (Some(p), _) => self.pattern(p, irrefutable, bound)?,
                    (None, Some(name)) if !irrefutable => {
                        let text = format!("name capture '{name}' makes remaining patterns unreachable");
                        return err(text, a.range);
                    }
                    (None, None) if !irrefutable => {
                        return err("wildcard makes remaining patterns unreachable", a.range);
                    }
                    _ => {}
                }
                self.capture(&a.name, a.range, bound)
            }
            Pattern::MatchOr(o) => self.alternatives(o, irrefutable, bound),
        }
    }

    /// A literal, or a name with a dot.
    fn literal(&mut self, e: &Expr, what: &str, range: TextRange) -> Res {
        if matches!(e, Expr::FString(_) | Expr::TString(_)) {
            return err(format!("{what} literals and attribute lookups"), range);
        }
        self.expr(e)
    }

    fn capture<'p>(&mut self, name: &'p Option<Identifier>, range: TextRange, bound: &mut Bound<'p>) -> Res {
        let Some(name) = name else { return Ok(()) };
        self.bind(&name.id, range)?;
        if bound.insert(&name.id) { Ok(()) } else { twice(&name.id, range) }
    }

    fn keys(&mut self, m: &ast::PatternMatchMapping) -> Res {
        let mut seen = HashSet::new();
        for key in &m.keys {
            let what = "mapping pattern keys may only match";
            self.literal(key, what, m.range)?;
            if let Some(v) = consts::fold(key, self.source)
                && !seen.insert(v.equality_key())
            {
                let text = format!("mapping pattern checks duplicate key ({})", consts::repr(&v));
                return err(text, m.range);
            }
        }
        Ok(())
    }

    fn class_pattern<'p>(&mut self, c: &'p ast::PatternMatchClass, bound: &mut Bound<'p>) -> Res {
        let args = &c.arguments;
        let mut seen = HashSet::new();
        for k in &args.keywords {
            if k.attr.id.as_str() == "__debug__" {
                return err("cannot assign to __debug__", k.pattern.range());
            }
            if !seen.insert(k.attr.id.as_str()) {
                let text = format!("attribute name repeated in class pattern: {}", k.attr.id);
                return err(text, k.pattern.range());
            }
        }
        self.expr(&c.cls)?;
        args.patterns.iter().try_for_each(|p| self.pattern(p, true, bound))?;
        args.keywords.iter().try_for_each(|k| self.pattern(&k.pattern, true, bound))
    }

    fn alternatives<'p>(
        &mut self,
        o: &'p ast::PatternMatchOr,
        irrefutable: bool,
        bound: &mut Bound<'p>,
    ) -> Res {
        let mut first: Option<Bound<'p>> = None;
        for (i, p) in o.patterns.iter().enumerate() {
            let mut own = Bound::new();
            self.pattern(p, irrefutable && i + 1 == o.patterns.len(), &mut own)?;
            match &first {
                Some(first) if *first != own => {
                    return err("alternative patterns bind different names", o.range);
                }
                Some(_) => {}
                None => first = Some(own),
            }
        }
        for name in first.unwrap_or_default() {
            if !bound.insert(name) {
                return twice(name, o.range);
            }
        }
        Ok(())
    }
}

fn twice(name: &str, range: TextRange) -> Res {
    err(format!("multiple assignments to name '{name}' in pattern"), range)
}
