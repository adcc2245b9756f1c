//! Recording built-in functions that leave their work to functions of frozen Python: these are inlined in their place.
//!
//! Invariant: what decides that the built-in function delegates, and with which arguments, is guarded; what it checks before
//! it does, was checked.

use super::arguments::Given;
use super::helpers::function_name;
use super::{Ctx, Rec, Stop};
use crate::builtins::frozen;
use crate::bytecode::{CALL_GAP, Op};
use crate::interp::Name;
use crate::interp::cont::Cont;
use crate::object::func::get_builtin;
use crate::object::{Dict, Function, Instance, Set, Str, Type};
use crate::trace::ir::Ref;
use crate::uop::Uop;
use crate::value::Value;

/// Functions and types that delegate, for some arguments.
const DELEGATING: [&str; 13] =
    ["all", "any", "filter", "hash", "list", "map", "max", "min", "next", "set", "sorted", "sum", "tuple"];
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
            (None, Some(t)) if !t.has_flag(Type::HEAP) => t.static_name(),
            _ => "",
        };
        if !DELEGATING.contains(&name) {
            return Ok(None);
        }
        if name == "hash" {
            return self.hash_by(op);
        }
        let (given, names, _) = self.arguments(op, None)?;
        let Some(call) = self.by_name(given.all(), names.all()) else { return Ok(None) };
        let Some((function, args)) = self.delegation(name, &call, callee)? else { return Ok(None) };
        self.builtin()?;
        self.enter_frozen(function, &args).map(Some)
    }

    /// The call at hand of method `name`, whose receiver and arguments are `n` registers from `first` on, if it delegates.
    pub(super) fn delegated_method(&mut self, name: &str, first: u16, n: u16) -> Rec<Option<()>> {
        if n < 2 {
            return Ok(None);
        }
        let (v, key) = (self.val(first), self.val(first + 1));
        let function = match name {
            "join" if n == 2 && v.exact::<Str>().is_some() && Self::is_generator(key) => frozen::join_from,
            "get" if v.exact::<Dict>().is_some() => frozen::dict_get,
            "setdefault" if v.exact::<Dict>().is_some() => frozen::dict_setdefault,
            "pop" if v.exact::<Dict>().is_some() => frozen::dict_pop,
            "add" if v.exact::<Set>().is_some() => frozen::set_add,
            "discard" if v.exact::<Set>().is_some() => frozen::set_discard,
            "remove" if v.exact::<Set>().is_some() => frozen::set_remove,
            _ => return Ok(None),
        };
        if function != frozen::join_from && self.special(key, Name::__hash__, 1).is_none() {
            return Ok(None);
        }
        let mut args = Given::new(Ref::NONE);
        for r in first..first + n {
            args.push(self.get(r)?)?;
        }
        // The receiver's shape is guarded already, as that of each method's.
        let x = self.get(first + 1)?;
        if function == frozen::join_from {
            self.shape(x, key.shape())?;
        } else {
            self.guard_methods(x, key)?;
        }
        if n == 2 && matches!(name, "get" | "setdefault") {
            args.push(self.konst(Value::NONE)?)?;
        }
        self.enter_frozen(function, &args).map(Some)
    }

    fn enter_frozen(&mut self, function: u32, args: &Given) -> Rec<()> {
        let dst = self.site_dst();
        self.enter_frozen_for(function, args.all(), dst, Cont::Value)
    }

    fn enter_frozen_for(&mut self, function: u32, args: &[Ref], dst: u16, cont: Cont) -> Rec<()> {
        let found = super::behind(self.rt, |rt| rt.frozen_function(function).ok());
        let f = found.and_then(|f| f.get::<Function>()).ok_or(Stop::Here)?;
        let func = self.konst(f.value())?;
        self.push_above(f, func, args, dst, cont)
    }

    /// `d[k]`, `d[k] = x` and `k in d` where `d` is a dict or set, and the class of `k` a guest's with its own `__hash__`.
    pub(super) fn guest_key(&mut self, op: Op) -> Rec<Option<()>> {
        let i = self.i;
        let (container, key) = match op {
            Op::GetItem => (i.b(), i.c()),
            Op::SetItem => (i.a(), i.b()),
            Op::In | Op::NotIn => (i.c(), i.b()),
            _ => return Ok(None),
        };
        let (v, k) = (self.val(container), self.val(key));
        let (dict, set) = (v.exact::<Dict>().is_some(), v.exact::<Set>().is_some());
        if !dict && !set || self.special(k, Name::__hash__, 1).is_none() {
            return Ok(None);
        }
        let (function, dst, cont) = match op {
            Op::GetItem if dict => (frozen::dict_getitem, i.a(), Cont::Value),
            Op::SetItem if dict => (frozen::dict_setitem, 0, Cont::Discard),
            Op::In | Op::NotIn if dict => (frozen::dict_contains, i.a(), Cont::TruthOf),
            Op::In | Op::NotIn => (frozen::set_contains, i.a(), Cont::TruthOf),
            _ => return Ok(None),
        };
        let (x, y) = (self.get(container)?, self.get(key)?);
        self.shape(x, v.shape())?;
        self.guard_methods(y, k)?;
        if op == Op::SetItem {
            let z = self.get(i.c())?;
            return self.enter_frozen_for(function, &[x, y, z], dst, cont).map(Some);
        }
        self.enter_frozen_for(function, &[x, y], dst, cont).map(Some)
    }

    /// `hash(x)` of a guest's instance whose class has its own `__hash__`.
    fn hash_by(&mut self, op: Op) -> Rec<Option<()>> {
        let r = self.i.a() + CALL_GAP;
        if op != Op::Call || self.i.b() != 1 {
            return Ok(None);
        }
        let (v, x) = (self.val(r), self.get(r)?);
        let Some(f) = self.special(v, Name::__hash__, 1) else { return Ok(None) };
        self.guard_methods(x, v)?;
        let f = self.konst(f.value())?;
        self.builtin()?;
        let dst = self.site_dst();
        self.enter_frozen_for(frozen::hash_by, &[f, x], dst, Cont::Value).map(Some)
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

    /// The frozen function that `callee`, by its `name`, delegates to, and its arguments.
    fn delegation(&mut self, name: &str, call: &Call<'_>, callee: Value) -> Rec<Option<(u32, Given)>> {
        let mut to = Given::new(Ref::NONE);
        let Some(&x) = call.by_position.first() else { return Ok(None) };
        if ["map", "filter"].contains(&name) {
            to.push(self.konst(callee)?)?;
        }
        to.push(x)?;
        let function = match (name, call.by_position) {
            ("any", [_]) if call.only(&[]) => frozen::any_of,
            ("all", [_]) if call.only(&[]) => frozen::all_of,
            ("list", [_]) if call.only(&[]) && self.iterates_frozen(x)? => frozen::list_from,
            ("tuple", [_]) if call.only(&[]) && self.iterates_frozen(x)? => frozen::tuple_from,
            ("set", [_]) if call.only(&[]) && self.generator(x)? => frozen::set_from,
            ("next", [_, default]) if call.only(&[]) && self.generator(x)? => {
                to.push(*default)?;
                frozen::next_of_generator
            }
            ("map" | "filter", [_, items]) if call.only(&[]) => {
                to.push(*items)?;
                if name == "map" { frozen::map_one_of } else { frozen::filter_of }
            }
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
                if !self.has_key(call)? && !self.iterates_frozen(x)? {
                    return Ok(None);
                }
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

    /// Guards that the first argument, `x`, is a generator.
    fn generator(&mut self, x: Ref) -> Rec<bool> {
        Ok(Self::is_generator(self.val(self.i.a() + CALL_GAP)) && self.iterates_frozen(x)?)
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
