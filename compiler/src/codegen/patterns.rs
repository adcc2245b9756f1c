//! `match` statements.
//!
//! A pattern is a run of tests that jump to the case's `fail` label. What it captures stays in temporaries until the whole
//! pattern has succeeded: only then are variables bound, in the order of the source, and only then is the guard asked.
//! Tests are made of instructions that other statements use too, where there are any, so that they are as fast as an
//! `if` that asks the same; what a class pattern looks up is an attribute access whose AttributeError means "no match".
//!
//! Invariant: the subject's register and those of captured values are written once in a case, so every path to `fail`
//! leaves the subject as it was.

use super::cond::truth_jump;
use super::unit::{Bits, Label, Reg};
use super::*;
use ruff_python_ast::{self as ast, Identifier, Pattern};
use std::collections::HashMap;
use taipan_core::bytecode::CALL_GAP;
use taipan_core::bytecode::op::exception::{ATTRIBUTE_ERROR, VALUE_ERROR};
use taipan_core::bytecode::op::pattern::{MAPPING, SEQUENCE};

/// A pattern on its way: where it goes if it fails, and what it has captured.
struct Attempt<'a> {
    fail: Label,
    captures: Vec<(&'a Identifier, Reg)>,
    lookups: Option<Lookups>,
}

/// Attribute accesses whose AttributeError leads to `fail`.
struct Lookups {
    region: usize,
    bound: Bits,
}

/// How many items a sequence or mapping has to have.
enum Items {
    Any,
    Exactly(usize),
    AtLeast(usize),
}

impl Attempt<'_> {
    fn new(fail: Label) -> Self {
        Attempt { fail, captures: Vec::new(), lookups: None }
    }
}

/// Whether a pattern is `_`.
fn is_wildcard(p: &Pattern) -> bool {
    matches!(p, Pattern::MatchAs(a) if a.pattern.is_none() && a.name.is_none())
}

/// Whether a pattern is `*_`.
fn is_star_wildcard(p: &Pattern) -> bool {
    matches!(p, Pattern::MatchStar(s) if s.name.is_none())
}

impl<'a> Compiler<'a> {
    pub(super) fn match_stmt(&mut self, m: &'a ast::StmtMatch) -> Res {
        let subject = self.subject(m)?;
        let end = self.u.label();
        for case in &m.cases {
            let mark = self.u.top;
            let range = case.pattern.range();
            let mut a = Attempt::new(self.u.label());
            self.pattern(&case.pattern, subject, &mut a)?;
            for (name, value) in std::mem::take(&mut a.captures) {
                let sym = self.sym(&name.id);
                self.store_sym(sym, value, range);
            }
            self.free_to(mark);
            if let Some(guard) = &case.guard
                && self.u.reachable
            {
                self.cond(guard, a.fail, false)?;
            }
            self.stmts(&case.body)?;
            self.u.jump(range, Op::Jump, 0, 0, end);
            self.end_lookups(&mut a, range);
            self.u.place(a.fail);
            self.free_to(mark);
        }
        self.u.place(end);
        Ok(())
    }

    /// The register of the subject: a variable's own, unless a case may rebind it before the next one is tried.
    fn subject(&mut self, m: &'a ast::StmtMatch) -> Res<Reg> {
        let r = self.operand(&m.subject, true)?;
        let Expr::Name(n) = &*m.subject else { return Ok(r) };
        let sym = self.sym(&n.id);
        if is_temp(r) || !m.cases.iter().any(|c| self.captures_name(&c.pattern, sym)) {
            return Ok(r);
        }
        let t = self.u.tmp();
        self.u.emit(n.range, Op::Move, t, r, 0);
        Ok(t)
    }

    fn captures_name(&mut self, p: &Pattern, sym: Sym) -> bool {
        let mut is = |name: &Option<Identifier>| name.as_ref().is_some_and(|n| self.sym(&n.id) == sym);
        match p {
            Pattern::MatchValue(_) | Pattern::MatchSingleton(_) => false,
            Pattern::MatchStar(s) => is(&s.name),
            Pattern::MatchAs(a) => {
                is(&a.name) || a.pattern.as_ref().is_some_and(|p| self.captures_name(p, sym))
            }
            Pattern::MatchMapping(m) => is(&m.rest) || m.patterns.iter().any(|p| self.captures_name(p, sym)),
            Pattern::MatchSequence(s) => s.patterns.iter().any(|p| self.captures_name(p, sym)),
            Pattern::MatchOr(o) => o.patterns.iter().any(|p| self.captures_name(p, sym)),
            Pattern::MatchClass(c) => {
                let args = &c.arguments;
                args.patterns.iter().any(|p| self.captures_name(p, sym))
                    || args.keywords.iter().any(|k| self.captures_name(&k.pattern, sym))
            }
        }
    }

    /// Tests `r[r]` against a pattern: goes on if it matches.
    fn pattern(&mut self, p: &'a Pattern, r: Reg, a: &mut Attempt<'a>) -> Res {
        if self.u.too_large {
            return Err(Fail::Memory);
        }
        match p {
            Pattern::MatchValue(_) | Pattern::MatchSingleton(_) => self.literal(p, r, a.fail, false),
            Pattern::MatchSequence(s) => self.sequence(s, r, a),
            Pattern::MatchMapping(m) => self.mapping(m, r, a),
            Pattern::MatchClass(c) => self.class_pattern(c, r, a),
            Pattern::MatchStar(s) => {
                a.captures.extend(s.name.as_ref().map(|n| (n, r)));
                Ok(())
            }
            Pattern::MatchAs(s) => {
                if let Some(p) = &s.pattern {
                    self.pattern(p, r, a)?;
                }
                a.captures.extend(s.name.as_ref().map(|n| (n, r)));
                Ok(())
            }
            Pattern::MatchOr(o) => self.alternatives(o, r, a),
        }
    }

    /// Jumps to `to` if whether a literal or value pattern matches is `sense`.
    fn literal(&mut self, p: &'a Pattern, r: Reg, to: Label, sense: bool) -> Res {
        let (mark, range) = (self.u.top, p.range());
        match p {
            Pattern::MatchValue(v) => self.value_jump(&v.value, r, to, sense, range)?,
            Pattern::MatchSingleton(s) if s.value == ast::Singleton::None => {
                let op = if sense { Op::JumpIfNone } else { Op::JumpIfNotNone };
                self.u.jump(range, op, r, 0, to);
            }
            Pattern::MatchSingleton(s) => {
                let k = self.value_operand(Value::Bool(s.value == ast::Singleton::True), range);
                let t = self.u.tmp();
                self.u.emit(range, Op::Is, t, r, k);
                self.u.jump(range, truth_jump(sense), t, 0, to);
            }
            _ => {}
        }
        self.free_to(mark);
        Ok(())
    }

    fn value_jump(&mut self, value: &'a Expr, r: Reg, to: Label, sense: bool, range: TextRange) -> Res {
        if let Some(i) = self.immediate(value) {
            let op = if sense { Op::EqIJump } else { Op::EqIJumpNot };
            self.u.jump(range, op, r, i as u16, to);
            return Ok(());
        }
        let k = self.operand(value, false)?;
        self.u.jump(range, if sense { Op::EqJump } else { Op::EqJumpNot }, r, k, to);
        Ok(())
    }

    /// Goes on if `r[r]` is of a kind, and has as many items as `items` says.
    fn kind_and_length(&mut self, r: Reg, kind: u16, items: Items, fail: Label, range: TextRange) {
        let mark = self.u.top;
        let t = self.u.tmp();
        self.u.emit(range, Op::MatchKind, t, r, kind);
        self.u.jump(range, Op::JumpIfNot, t, 0, fail);
        let (n, short, long) = match items {
            Items::Any => return self.free_to(mark),
            Items::Exactly(n) => (n, Op::EqIJumpNot, Op::EqJumpNot),
            Items::AtLeast(n) => (n, Op::GeIJumpNot, Op::GeJumpNot),
        };
        self.u.emit(range, Op::Length, t, r, 0);
        match i16::try_from(n) {
            Ok(n) => self.u.jump(range, short, t, n as u16, fail),
            Err(_) => {
                let n = self.value_operand(Value::Int(n as i64), range);
                self.u.jump(range, long, t, n, fail);
            }
        }
        self.free_to(mark);
    }

    fn sequence(&mut self, s: &'a ast::PatternMatchSequence, r: Reg, a: &mut Attempt<'a>) -> Res {
        let (n, range) = (s.patterns.len(), s.range);
        let star = s.patterns.iter().position(Pattern::is_match_star);
        let items = match star {
            None => Items::Exactly(n),
            Some(_) if n > 1 => Items::AtLeast(n - 1),
            Some(_) => Items::Any,
        };
        self.kind_and_length(r, SEQUENCE, items, a.fail, range);
        if s.patterns.iter().all(|p| is_wildcard(p) || is_star_wildcard(p)) {
            return Ok(());
        }
        match star {
            Some(star) if is_star_wildcard(&s.patterns[star]) => self.items_one_by_one(s, star, r, a),
            _ => self.items_unpacked(s, star, r, a),
        }
    }

    /// The items around `*_` are asked for one by one, so that nothing is listed.
    fn items_one_by_one(
        &mut self,
        s: &'a ast::PatternMatchSequence,
        star: usize,
        r: Reg,
        a: &mut Attempt<'a>,
    ) -> Res {
        let (n, range) = (s.patterns.len(), s.range);
        for (i, p) in s.patterns.iter().enumerate().filter(|(i, p)| *i != star && !is_wildcard(p)) {
            let item = self.u.tmp();
            if i < star {
                let at = self.value_operand(Value::Int(i as i64), range);
                self.u.emit(range, Op::GetItem, item, r, at);
            } else {
                // A guest's sequence need not know negative indices.
                self.u.emit(range, Op::Length, item, r, 0);
                let back = self.value_operand(Value::Int((n - i) as i64), range);
                self.u.emit(range, Op::Sub, item, item, back);
                self.u.emit(range, Op::GetItem, item, r, item);
            }
            self.pattern(p, item, a)?;
        }
        Ok(())
    }

    fn items_unpacked(
        &mut self,
        s: &'a ast::PatternMatchSequence,
        star: Option<usize>,
        r: Reg,
        a: &mut Attempt<'a>,
    ) -> Res {
        let (n, range) = (s.patterns.len(), s.range);
        let first = self.u.tmps(n);
        match star {
            None => self.u.emit(range, Op::Unpack, first, r, n as u16),
            Some(before) => {
                let after = n - before - 1;
                if before > 255 || after > 255 {
                    let text = "too many expressions in star-unpacking sequence pattern";
                    return crate::errors::err(text, range).map_err(Fail::from);
                }
                self.u.emit(range, Op::UnpackEx, first, r, (before | after << 8) as u16);
            }
        }
        self.subpatterns(s.patterns.iter(), first, a)
    }

    /// Tests consecutive registers against patterns.
    fn subpatterns(
        &mut self,
        patterns: impl Iterator<Item = &'a Pattern>,
        first: Reg,
        a: &mut Attempt<'a>,
    ) -> Res {
        for (i, p) in patterns.enumerate() {
            // It wraps around only where there were no registers for all, and the function is refused.
            self.pattern(p, first.wrapping_add(i as Reg), a)?;
        }
        Ok(())
    }

    fn alternatives(&mut self, o: &'a ast::PatternMatchOr, r: Reg, a: &mut Attempt<'a>) -> Res {
        let Some((last, first)) = o.patterns.split_last() else { return Ok(()) };
        let success = self.u.label();
        let mut names: Option<Vec<&'a Identifier>> = None;
        let mut slots = self.next_tmp();
        for p in first {
            if matches!(p, Pattern::MatchValue(_) | Pattern::MatchSingleton(_)) {
                self.literal(p, r, success, true)?;
                continue;
            }
            let mark = self.u.top;
            let mut one = Attempt::new(self.u.label());
            self.pattern(p, r, &mut one)?;
            match &names {
                Some(names) => self.gather(names, slots, &one.captures, p.range()),
                None => {
                    // Above what this alternative uses, and below what the others will.
                    let own = one.captures.iter().map(|c| c.0).collect::<Vec<_>>();
                    slots = self.u.tmps(own.len());
                    self.gather(&own, slots, &one.captures, p.range());
                    names = Some(own);
                }
            }
            self.u.jump(p.range(), Op::Jump, 0, 0, success);
            self.end_lookups(&mut one, p.range());
            self.u.place(one.fail);
            let above = names.as_ref().map_or(0, Vec::len);
            self.free_to(if above == 0 { mark } else { (slots - TEMP).saturating_add(above as u16) });
        }
        let outer = std::mem::take(&mut a.captures);
        self.pattern(last, r, a)?;
        let captures = std::mem::replace(&mut a.captures, outer);
        let names = names.unwrap_or_default();
        self.gather(&names, slots, &captures, last.range());
        self.u.place(success);
        a.captures.extend(names.iter().enumerate().map(|(i, n)| (*n, slots.wrapping_add(i as Reg))));
        Ok(())
    }

    /// Puts what an alternative has captured where all alternatives put it.
    fn gather(
        &mut self,
        names: &[&'a Identifier],
        slots: Reg,
        captures: &[(&'a Identifier, Reg)],
        range: TextRange,
    ) {
        let by_name: HashMap<&str, Reg> = captures.iter().map(|(n, r)| (n.id.as_str(), *r)).collect();
        for (i, name) in names.iter().enumerate() {
            if let Some(&r) = by_name.get(name.id.as_str()) {
                self.move_to(slots.wrapping_add(i as Reg), r, range);
            }
        }
    }

    fn mapping(&mut self, m: &'a ast::PatternMatchMapping, r: Reg, a: &mut Attempt<'a>) -> Res {
        let (n, range) = (m.keys.len(), m.range);
        let items = if n > 0 { Items::AtLeast(n) } else { Items::Any };
        self.kind_and_length(r, MAPPING, items, a.fail, range);
        let mut keys = Vec::with_capacity(n);
        let mut fixed = true;
        for key in &m.keys {
            fixed &= self.fold(key).is_some();
            keys.push(self.operand(key, true)?);
        }
        let seen = (!fixed).then(|| {
            let seen = self.u.tmp();
            self.u.emit(range, Op::BuildSet, seen, seen, 0);
            seen
        });
        let values = self.u.tmps(n);
        for (i, &key) in keys.iter().enumerate() {
            if let Some(seen) = seen {
                self.new_key(key, seen, range);
            }
            self.value_of_key(r, key, values.wrapping_add(i as Reg), a.fail, range);
        }
        self.subpatterns(m.patterns.iter(), values, a)?;
        if let Some(rest) = &m.rest {
            let d = self.u.tmp();
            self.u.emit(range, Op::BuildMap, d, d, 0);
            self.u.emit(range, Op::DictUpdate, d, r, 0);
            for &key in &keys {
                self.u.emit(range, Op::DelItem, d, key, 0);
            }
            a.captures.push((rest, d));
        }
        Ok(())
    }

    /// Keys that are not literals may turn out to be equal, which is an error.
    fn new_key(&mut self, key: Reg, seen: Reg, range: TextRange) {
        let mark = self.u.top;
        let fresh = self.u.label();
        let t = self.u.tmp();
        self.u.emit(range, Op::In, t, key, seen);
        self.u.jump(range, Op::JumpIfNot, t, 0, fresh);
        let w = self.u.tmps(CALL_GAP as usize);
        let text = self.u.tmps(3);
        self.load_value(Value::Str(b"mapping pattern checks duplicate key (".to_vec()), text, range);
        self.u.emit(range, Op::Convert, text + 1, key, 1);
        self.load_value(Value::Str(b")".to_vec()), text + 2, range);
        self.u.emit(range, Op::BuildString, text, text, 3);
        self.u.emit(range, Op::LoadException, w, VALUE_ERROR, 0);
        let site = self.u.site(None, w);
        self.u.emit(range, Op::Call, w, 1, site);
        self.u.emit_end(range, Op::Raise, w, 0);
        self.u.place(fresh);
        self.u.emit(range, Op::SetAdd, seen, key, 0);
        self.free_to(mark);
    }

    /// `r[value] = r[r].get(key)`, if there is one.
    fn value_of_key(&mut self, r: Reg, key: Reg, value: Reg, fail: Label, range: TextRange) {
        let mark = self.u.top;
        // No program can name this object: it is what `get` gives only where it has nothing.
        let nothing = self.value_operand(Value::FrozenSet(vec![Value::Ellipsis]), range);
        let w = self.u.tmps(CALL_GAP as usize + 3);
        let site = self.name_site("get");
        self.u.emit(range, Op::LoadMethod, w, r, site);
        self.u.emit(range, Op::Move, w + CALL_GAP + 1, key, 0);
        self.u.emit(range, Op::Move, w + CALL_GAP + 2, nothing, 0);
        let site = self.u.site(None, value);
        self.u.emit(range, Op::CallMethod, w, 2, site);
        self.u.emit(range, Op::Is, w, value, nothing);
        self.u.jump(range, Op::JumpIf, w, 0, fail);
        self.free_to(mark);
    }

    fn class_pattern(&mut self, c: &'a ast::PatternMatchClass, r: Reg, a: &mut Attempt<'a>) -> Res {
        let (range, args) = (c.range, &c.arguments);
        let values = self.u.tmps(args.patterns.len() + args.keywords.len());
        let mark = self.u.top;
        // Class, subject and the names of keywords: what `MatchArgs` wants in a row.
        let w = self.u.tmps(3);
        let class = self.operand_in(&c.cls, false, Some(w))?;
        let t = self.u.tmp();
        self.u.emit(range, Op::MatchClass, t, r, class);
        self.u.jump(range, Op::JumpIfNot, t, 0, a.fail);
        if !args.patterns.is_empty() {
            self.move_to(w, class, range);
            self.move_to(w + 1, r, range);
            self.positional(c, w, values, a);
        }
        for (i, k) in args.keywords.iter().enumerate() {
            let site = self.name_site(&k.attr.id);
            let value = values.wrapping_add((args.patterns.len() + i) as Reg);
            self.look_up(Op::LoadAttr, value, r, site, a, range);
        }
        self.free_to(mark);
        self.subpatterns(args.patterns.iter().chain(args.keywords.iter().map(|k| &k.pattern)), values, a)
    }

    /// The attributes that positional sub-patterns stand for, or the subject itself.
    fn positional(&mut self, c: &'a ast::PatternMatchClass, w: Reg, values: Reg, a: &mut Attempt<'a>) {
        let (range, n) = (c.range, c.arguments.patterns.len());
        let given = c.arguments.keywords.iter().map(|k| Value::Str(k.attr.id.as_bytes().to_vec()));
        self.load_value(Value::Tuple(given.collect()), w + 2, range);
        let names = self.u.tmp();
        self.u.emit(range, Op::MatchArgs, names, w, n as u16);
        self.u.jump(range, Op::JumpIfNone, names, 0, a.fail);
        let (itself, done) = (self.u.label(), self.u.label());
        if n == 1 {
            self.u.jump(range, Op::JumpIfNot, names, 0, itself);
        }
        for i in 0..n {
            let mark = self.u.top;
            let at = self.value_operand(Value::Int(i as i64), range);
            let name = self.u.tmp();
            self.u.emit(range, Op::GetItem, name, names, at);
            self.look_up(Op::LoadAttrBy, values.wrapping_add(i as Reg), w + 1, name, a, range);
            self.free_to(mark);
        }
        if n == 1 {
            self.u.jump(range, Op::Jump, 0, 0, done);
            self.u.place(itself);
            self.move_to(values, w + 1, range);
            self.u.place(done);
        }
    }

    /// Loads an attribute; an AttributeError means that the pattern does not match.
    fn look_up(&mut self, op: Op, dst: Reg, r: Reg, c: u16, a: &mut Attempt<'a>, range: TextRange) {
        match &a.lookups {
            Some(l) => self.u.resume(l.region),
            None => a.lookups = Some(Lookups { region: self.u.open_region(), bound: self.u.bound.clone() }),
        }
        self.u.emit(range, op, dst, r, c);
        if let Some(l) = &a.lookups {
            self.u.pause(l.region);
        }
    }

    /// The handler of the attempt's look-ups. Control cannot arrive here from above.
    fn end_lookups(&mut self, a: &mut Attempt<'a>, range: TextRange) {
        let Some(l) = a.lookups.take() else { return };
        let mark = self.u.top;
        let handler = self.u.label();
        let reg = self.u.tmps(2);
        let t = self.u.tmp();
        let live = self.u.close_region(l.region, handler, reg);
        self.u.begin_handler(handler, l.bound, live);
        self.u.emit(range, Op::LoadException, t, ATTRIBUTE_ERROR, 0);
        self.u.emit(range, Op::MatchExcept, t, reg, t);
        self.u.emit(range, Op::PopExcept, reg, 0, 0);
        self.u.jump(range, Op::JumpIf, t, 0, a.fail);
        self.u.emit_end(range, Op::Reraise, reg, 0);
        self.free_to(mark);
    }
}
