//! `repr()` of lists, tuples, dicts, sets and views.
//!
//! Natively for nesting up to a bound and items whose text needs no guest code; frozen Python takes over otherwise, and
//! both sides know the containers being shown from `Rt::repr_active`.

use super::frozen;
use super::sequence::{MAX_NESTING, POLL_EVERY};
use crate::exit::Res;
use crate::interp::Rt;
use crate::interp::text::TextBuf;
use crate::object::{Dict, List, Tuple, Type, kind, misc, set};
use crate::value::Value;

/// `repr` of a built-in container.
pub fn repr(rt: &mut Rt, v: Value) -> Res<Value> {
    let mut out = TextBuf::new();
    let mut w = Writer { out: &mut out, steps: 0 };
    if w.container(rt, v, 0)? {
        return rt.finish_text(out);
    }
    Err(rt.delegate(frozen::container_repr, &[v]))
}

struct Writer<'t> {
    out: &'t mut TextBuf,
    steps: usize,
}

impl Writer<'_> {
    fn put(&mut self, rt: &Rt, text: &str) -> Res<()> {
        self.out.push(&rt.heap, text.as_bytes())
    }

    /// Appends the text of any value; `false` if that needs frozen code.
    fn value(&mut self, rt: &mut Rt, v: Value, depth: u32) -> Res<bool> {
        self.steps += 1;
        if self.steps.is_multiple_of(POLL_EVERY) {
            rt.poll()?;
        }
        let Some(h) = v.header() else { return rt.repr_into(self.out, v) };
        if rt.type_of(v).has_flag(Type::GUEST_REPR) {
            return Ok(false);
        }
        match h.kind {
            kind::List | kind::Tuple | kind::Dict | kind::Set | kind::FrozenSet => {
                if depth >= MAX_NESTING {
                    Ok(false)
                } else {
                    self.container(rt, v, depth)
                }
            }
            // Only kinds whose text contains no other value's: nothing else may be shown on the host stack.
            kind::Int
            | kind::Float
            | kind::Complex
            | kind::Str
            | kind::Bytes
            | kind::Object
            | kind::Type
            | kind::Function
            | kind::Builtin
            | kind::Module
            | kind::Generator => rt.repr_into(self.out, v),
            _ => Ok(false),
        }
    }

    fn items(&mut self, rt: &mut Rt, items: impl Iterator<Item = Value>, depth: u32) -> Res<bool> {
        for (i, v) in items.enumerate() {
            if i > 0 {
                self.put(rt, ", ")?;
            }
            if !self.value(rt, v, depth + 1)? {
                return Ok(false);
            }
        }
        Ok(true)
    }

    fn container(&mut self, rt: &mut Rt, v: Value, depth: u32) -> Res<bool> {
        let active = !rt.repr_active.is_empty() && rt.repr_active.contains(&v);
        if let Some(l) = v.get::<List>() {
            if active {
                self.put(rt, "[...]")?;
                return Ok(true);
            }
            self.put(rt, "[")?;
            let done = self.items(rt, l.items().iter().copied(), depth)?;
            self.put(rt, "]")?;
            return Ok(done);
        }
        if let Some(t) = v.get::<Tuple>() {
            if active {
                self.put(rt, "(...)")?;
                return Ok(true);
            }
            self.put(rt, "(")?;
            let done = self.items(rt, t.items().iter().copied(), depth)?;
            self.put(rt, if t.len() == 1 { ",)" } else { ")" })?;
            return Ok(done);
        }
        if let Some(d) = v.get::<Dict>() {
            if active {
                self.put(rt, "{...}")?;
                return Ok(true);
            }
            self.put(rt, "{")?;
            for (i, e) in d.iter().enumerate() {
                if i > 0 {
                    self.put(rt, ", ")?;
                }
                if !self.value(rt, e.key, depth + 1)? {
                    return Ok(false);
                }
                self.put(rt, ": ")?;
                if !self.value(rt, e.value, depth + 1)? {
                    return Ok(false);
                }
            }
            self.put(rt, "}")?;
            return Ok(true);
        }
        match set::get(v) {
            Some(_) => self.set(rt, v, active, depth),
            None => self.view(rt, v, active, depth),
        }
    }

    fn set(&mut self, rt: &mut Rt, v: Value, active: bool, depth: u32) -> Res<bool> {
        let Some(s) = set::get(v) else { return Ok(false) };
        let name = rt.type_name(v);
        let bare = v.shape() == kind::Set as u32;
        if active || s.is_empty() {
            self.put(rt, name)?;
            self.put(rt, if active { "(...)" } else { "()" })?;
            return Ok(true);
        }
        if !bare {
            self.put(rt, name)?;
            self.put(rt, "(")?;
        }
        self.put(rt, "{")?;
        let done = self.items(rt, s.iter().map(|e| e.key), depth)?;
        self.put(rt, if bare { "}" } else { "})" })?;
        Ok(done)
    }

    /// A dict view at the top.
    fn view(&mut self, rt: &mut Rt, v: Value, active: bool, depth: u32) -> Res<bool> {
        let Some(k) = v.header().map(|h| h.kind) else { return Ok(false) };
        let Some(d) = misc::wrapper(v, k).and_then(|w| w.a.get().get::<Dict>()) else { return Ok(false) };
        if active {
            self.put(rt, "...")?;
            return Ok(true);
        }
        let name = rt.type_name(v);
        self.put(rt, name)?;
        self.put(rt, "([")?;
        let done = match k {
            kind::DictKeys => self.items(rt, d.iter().map(|e| e.key), depth)?,
            kind::DictValues => self.items(rt, d.iter().map(|e| e.value), depth)?,
            kind::DictItems => self.pairs(rt, &d, depth)?,
            _ => false,
        };
        self.put(rt, "])")?;
        Ok(done)
    }

    fn pairs(&mut self, rt: &mut Rt, d: &Dict, depth: u32) -> Res<bool> {
        for (i, e) in d.iter().enumerate() {
            self.put(rt, if i > 0 { ", (" } else { "(" })?;
            if !self.items(rt, [e.key, e.value].into_iter(), depth + 1)? {
                return Ok(false);
            }
            self.put(rt, ")")?;
        }
        Ok(true)
    }
}
