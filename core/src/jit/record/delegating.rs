//! Recording built-in functions that leave their work to functions of frozen Python: these are inlined in their place.
//!
//! Invariant: what decides that the built-in function delegates, and with which arguments, is guarded; what it checks before
//! it does, was checked.

use super::arguments::Given;
use super::helpers::function_name;
use super::{Ctx, Rec, Stop};
use crate::builtins::frozen;
use crate::bytecode::{CALL_GAP, Op};
use crate::interp::cont::Cont;
use crate::object::func::get_builtin;
use crate::object::{Function, Instance, Type, kind};
use crate::trace::ir::Ref;
use crate::uop::Uop;
use crate::value::Value;

/// Names that arguments may have.
const NAMES: [&str; 4] = ["key", "default", "start", "reverse"];

/// Arguments of a call, by position and, in the order of `NAMES`, by name; with the registers that hold the latter.
struct Call<'a> {
    by_position: &'a [Ref],
    named: [Option<(Ref, u16)>; NAMES.len()],
}

impl Call<'_> {
    fn named(&self, name: &str) -> Option<Ref> {
        let at = NAMES.iter().position(|n| *n == name)?;
        self.named.get(at).copied().flatten().map(|(x, _)| x)
    }
    /// Whether no other names were given.
    fn only(&self, names: &[&str]) -> bool {
        NAMES.iter().all(|n| names.contains(n) || self.named(n).is_none())
    }
}

impl Ctx<'_> {
    /// The call at hand, with `op`, of built-in function or type `callee`, if it delegates to frozen Python at once.
    pub(super) fn delegated(&mut self, callee: Value, op: Op) -> Rec<Option<()>> {
        if !matches!(op, Op::Call | Op::CallKw) {
            return Ok(None);
        }
        let name = match (get_builtin(callee), callee.get::<Type>()) {
            (Some(b), _) => self.rt.native_def(b).map_or("", |d| function_name(d, b.owner)),
            (None, Some(t)) if t.builtin == kind::List as u16 && !t.has_flag(Type::HEAP) => "list",
            _ => "",
        };
        if !["any", "all", "sum", "min", "max", "sorted", "list"].contains(&name) {
            return Ok(None);
        }
        let (given, names, _) = self.arguments(op, None)?;
        let Some(call) = self.by_name(given.all(), names.all()) else { return Ok(None) };
        let Some((function, args)) = self.delegation(name, &call)? else { return Ok(None) };
        let found = super::behind(self.rt, |rt| rt.frozen_function(function).ok());
        let f = found.and_then(|f| f.get::<Function>()).ok_or(Stop::Here)?;
        self.builtin()?;
        let func = self.konst(f.value())?;
        let dst = self.site_dst();
        self.push_above(f, func, args.all(), dst, Cont::Value).map(Some)
    }

    /// Sorts arguments by name; `None` if another is among them.
    fn by_name<'a>(&self, given: &'a [Ref], names: &[Value]) -> Option<Call<'a>> {
        let (by_position, rest) = given.split_at_checked(given.len().checked_sub(names.len())?)?;
        let mut call = Call { by_position, named: [None; NAMES.len()] };
        let first = self.i.a() + CALL_GAP + by_position.len() as u16;
        for (k, (name, x)) in names.iter().zip(rest).enumerate() {
            let at = NAMES.iter().position(|n| *n == crate::interp::attr::text(*name))?;
            *call.named.get_mut(at)? = Some((*x, first + k as u16));
        }
        Some(call)
    }

    /// The frozen function that `name` delegates to, and its arguments.
    fn delegation(&mut self, name: &str, call: &Call<'_>) -> Rec<Option<(u32, Given)>> {
        let mut to = Given::new(Ref::NONE);
        let Some(&x) = call.by_position.first() else { return Ok(None) };
        to.push(x)?;
        let function = match (name, call.by_position) {
            ("any", [_]) if call.only(&[]) => frozen::any_of,
            ("all", [_]) if call.only(&[]) => frozen::all_of,
            ("list", [_]) if call.only(&[]) && self.iterates_frozen(x)? => frozen::list_from,
            ("sum", [_, rest @ ..]) if rest.len() + call.named("start").is_some() as usize <= 1 => {
                if !call.only(&["start"]) || !self.iterates_frozen(x)? {
                    return Ok(None);
                }
                let start = rest.first().copied().or(call.named("start"));
                to.push(self.or(start, Value::ZERO)?)?;
                frozen::sum_of
            }
            ("min" | "max", [_]) if call.only(&["key", "default"]) => {
                if !self.has_key(call)? && !self.iterates_frozen(x)? {
                    return Ok(None);
                }
                to.push(self.or(call.named("key"), Value::NONE)?)?;
                to.push(self.or(call.named("default"), Value::NOT_IMPLEMENTED)?)?;
                let name = self.rt.intern(name.as_bytes()).map_err(|_| Stop::Here)?;
                to.push(self.konst(name)?)?;
                frozen::min_of
            }
            ("sorted", [_]) if call.only(&["key", "reverse"]) => {
                to.push(self.or(call.named("key"), Value::NONE)?)?;
                to.push(self.or(call.named("reverse"), Value::FALSE)?)?;
                frozen::sorted_of
            }
            _ => return Ok(None),
        };
        Ok(Some((function, to)))
    }

    fn or(&mut self, given: Option<Ref>, default: Value) -> Rec<Ref> {
        match given {
            Some(x) => Ok(x),
            None => Ok(self.b.value(default)?),
        }
    }

    /// Guards that a key is given that is not None, if it is so.
    fn has_key(&mut self, call: &Call<'_>) -> Rec<bool> {
        let Some((key, _)) = call.named[0].filter(|(_, r)| !self.val(*r).is_none()) else { return Ok(false) };
        let none = self.b.value(Value::NONE)?;
        self.b.op(Uop::GuardNe, &[key, none])?;
        Ok(true)
    }

    /// Guards that the first argument, `x`, is a generator or an instance of a guest's class: natives cannot go through those.
    fn iterates_frozen(&mut self, x: Ref) -> Rec<bool> {
        let v = self.val(self.i.a() + CALL_GAP);
        if !Self::is_generator(v) && v.get::<Instance>().is_none() {
            return Ok(false);
        }
        self.shape(x, v.shape())?;
        Ok(true)
    }
}
