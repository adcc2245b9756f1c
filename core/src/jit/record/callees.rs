//! Recording calls by what the callee is: functions with and without defaults, bound methods, instances with
//! `__call__`, classes without `__init__`; by position or with keywords whose names the call's site knows.
//!
//! Invariant: everything is guarded before a register of the window changes, so that a guard's exit calls again.

use super::helpers::Helper;
use super::{Ctx, Kind, Rec, Stop};
use crate::bytecode::{CALL_GAP, FuncFlags, Op};
use crate::heap::Gc;
use crate::interp::Name;
use crate::interp::cont::Cont;
use crate::object::func::BoundMethod;
use crate::object::{Code, Function, Instance, Tuple, Type, kind};
use crate::opt::builder::{Build, Ty, load};
use crate::opt::{BOUND, FRESH, INSTANCE};
use crate::trace::ir::Ref;
use crate::uop::{Effect, Uop};
use crate::value::Value;

/// Most parameters of a function that is entered here.
const MAX_PARAMS: usize = 16;

impl Ctx<'_> {
    /// Guards that `x` is function `f`, or one with its code if functions of that code are made again and again.
    pub(super) fn guard_function(&mut self, x: Ref, f: Gc<Function>) -> Build<Ref> {
        if self.b.konst_word(x) == Some(f.value().bits()) {
            return Ok(x);
        }
        let made = self.b.def(x).is_some_and(|d| d.op.effect() == Effect::Call);
        // Where a side trace begins with a call, its parent may have expected another function of the same code.
        let other = matches!(self.r.kind, Kind::Side(_)) && self.r.steps == 1;
        if f.closure.is_none() && !made && !other {
            return self.same(x, f.value());
        }
        self.b.op_dk(Uop::GuardShape, &[x], 0, kind::Function as u64)?;
        let d = core::mem::offset_of!(Function, code) as i32 - 1;
        let code = self.b.op_d(Uop::Load, &[x], d)?;
        self.b.know(code, Ty::Raw);
        let k = self.b.word(f.code().as_ptr() as usize as u64, Ty::Raw)?;
        self.b.op(Uop::GuardEq, &[code, k])?;
        Ok(x)
    }

    /// Function and receiver of `x`, which is bound method `now` of function `f`.
    pub(super) fn unbind(&mut self, x: Ref, now: Value, f: Gc<Function>) -> Build<(Ref, Ref)> {
        self.shape(x, now.shape())?;
        let (d, s) = (core::mem::offset_of!(BoundMethod, func), core::mem::offset_of!(BoundMethod, self_));
        let func = self.b.op_dk(Uop::Load, &[x], d as i32 - 1, load::IMMUTABLE)?;
        let receiver = self.b.op_dk(Uop::Load, &[x], s as i32 - 1, load::IMMUTABLE)?;
        Ok((self.guard_function(func, f)?, receiver))
    }

    /// Where a call's arguments begin, and how many there are: a method's receiver is one, where there is one.
    fn arguments(&mut self, op: Op) -> Build<(u16, u16)> {
        let i = self.i;
        let window = i.a() + CALL_GAP;
        if !matches!(op, Op::CallMethod | Op::CallMethodKw) {
            return Ok((window, i.b()));
        }
        let bound = !self.val(window).is_unbound();
        let receiver = self.get(window)?;
        let unbound = self.b.value(Value::UNBOUND)?;
        self.b.op(if bound { Uop::GuardNe } else { Uop::GuardEq }, &[receiver, unbound])?;
        Ok(if bound { (window, i.b() + 1) } else { (window + 1, i.b()) })
    }

    /// A call of whatever the callee is.
    pub(super) fn call_value(&mut self, op: Op) -> Rec<()> {
        let callee = self.i.a();
        let now = self.val(callee);
        let kind_of = now.header().map(|h| h.kind);
        if matches!(
            kind_of,
            Some(kind::Builtin | kind::MethodDescriptor | kind::WrapperDescriptor | kind::Type)
        ) {
            return self.call_builtin(op);
        }
        let x = self.get(callee)?;
        if let Some(f) = now.get::<Function>() {
            let func = self.guard_function(x, f)?;
            let (at, n) = self.arguments(op)?;
            return self.enter(f, func, at, n, None);
        }
        if let Some(m) = now.get::<BoundMethod>() {
            let Some(f) = m.func.get::<Function>() else { return Err(Stop::Here) };
            let (func, receiver) = self.unbind(x, now, f)?;
            let (at, n) = self.arguments(op)?;
            return self.enter(f, func, at, n, Some(receiver));
        }
        if now.get::<Instance>().is_none() {
            return Err(Stop::Here);
        }
        let t = self.rt.type_of(now);
        let name = self.rt.name(Name::__call__).map_err(|_| Stop::Here)?;
        let found = super::behind(self.rt, |rt| rt.type_attr(t.value(), name).ok().flatten());
        let Some(f) = found.and_then(|f| f.get::<Function>()) else { return Err(Stop::Here) };
        self.shape(x, now.shape())?;
        self.class_stays(t)?;
        let func = self.konst(f.value())?;
        let (at, n) = self.arguments(op)?;
        self.enter(f, func, at, n, Some(x))
    }

    /// Enters `f` with the `n` arguments at `at`, behind `first` if there is one; defaults fill up what is missing.
    fn enter(&mut self, f: Gc<Function>, func: Ref, at: u16, n: u16, first: Option<Ref>) -> Rec<()> {
        let code = f.code();
        let given = n + first.is_some() as u16;
        if code.plain_args == Code::NOT_PLAIN || given > code.plain_args {
            return Err(Stop::Here);
        }
        let missing = (code.plain_args - given) as usize;
        let mut args = [Ref::NONE; MAX_PARAMS];
        let Some(args) = args.get_mut(..code.plain_args as usize) else { return Err(Stop::Here) };
        let mut to = args.iter_mut();
        if let (Some(x), Some(a)) = (first, if first.is_some() { to.next() } else { None }) {
            *a = x;
        }
        for k in 0..n {
            if let Some(a) = to.next() {
                *a = self.get(at + k)?;
            }
        }
        if missing > 0 {
            let Some(d) = f.defaults.get().get::<Tuple>() else { return Err(Stop::Here) };
            let Some(skip) = d.len().checked_sub(missing) else { return Err(Stop::Here) };
            self.guard_defaults(f, func)?;
            for (a, v) in to.zip(d.items().iter().skip(skip)) {
                *a = self.konst(*v)?;
            }
        }
        for (k, a) in args.iter().enumerate() {
            self.set(at + k as u16, *a)?;
        }
        let dst = self.site_dst();
        self.push_frame(f, func, at as u32, dst, Cont::Value)
    }

    /// Guards that a function's positional defaults are what they are.
    fn guard_defaults(&mut self, f: Gc<Function>, func: Ref) -> Rec<()> {
        let constant = self.b.konst_word(func) == Some(f.value().bits());
        if constant && let Some(epoch) = self.rt.watch_function(f) {
            return self.epoch(epoch);
        }
        let d = core::mem::offset_of!(Function, defaults) as i32 - 1;
        let x = self.b.op_d(Uop::Load, &[func], d)?;
        self.same(x, f.defaults.get())?;
        Ok(())
    }

    /// A call with keywords: of a Python function, each to its parameter.
    pub(super) fn call_keywords(&mut self, op: Op) -> Rec<()> {
        let now = self.val(self.i.a());
        let Some(f) = now.get::<Function>() else { return self.call_builtin(op) };
        let code = f.code();
        let simple = code.flags & (FuncFlags::VARARGS | FuncFlags::VARKW) == 0 && code.kwonly == 0;
        let names = self.code.sites().get(self.i.c() as usize).map_or(Value::NONE, |s| s.name);
        let Some(names) = names.get::<Tuple>() else { return Err(Stop::Here) };
        let nparams = code.nparams as usize;
        if !simple || nparams > MAX_PARAMS {
            return Err(Stop::Here);
        }
        let x = self.get(self.i.a())?;
        let func = self.guard_function(x, f)?;
        let (at, n) = self.arguments(op)?;
        let mut args = [Ref::NONE; MAX_PARAMS];
        let Some(positional) = (n as usize).checked_sub(names.len()) else { return Err(Stop::Here) };
        let keywords = names.items().iter().map(|k| self.parameter(&f, *k));
        let places = (0..positional).map(Some).chain(keywords);
        let mut places_of = [0usize; MAX_PARAMS];
        let mut count = 0;
        for (to, place) in places_of.iter_mut().zip(places) {
            let Some(place) = place.filter(|p| *p < nparams) else { return Err(Stop::Here) };
            *to = place;
            count += 1;
        }
        if count != n as usize {
            return Err(Stop::Here);
        }
        for (k, place) in places_of.iter().take(count).enumerate() {
            match args.get_mut(*place) {
                Some(a) if a.is_none() => *a = self.get(at + k as u16)?,
                _ => return Err(Stop::Here),
            }
        }
        let args = args.get_mut(..nparams).unwrap_or(&mut []);
        if args.iter().any(|a| a.is_none()) {
            let Some(d) = f.defaults.get().get::<Tuple>() else { return Err(Stop::Here) };
            let Some(first) = nparams.checked_sub(d.len()) else { return Err(Stop::Here) };
            self.guard_defaults(f, func)?;
            for (k, a) in args.iter_mut().enumerate().filter(|(_, a)| a.is_none()) {
                let Some(v) = k.checked_sub(first).and_then(|k| d.get(k)) else { return Err(Stop::Here) };
                *a = self.konst(v)?;
            }
        }
        for (k, a) in args.iter().enumerate() {
            self.set(at + k as u16, *a)?;
        }
        let dst = self.site_dst();
        self.push_frame(f, func, at as u32, dst, Cont::Value)
    }

    /// Number of the parameter that a keyword names and may name.
    fn parameter(&self, f: &Gc<Function>, name: Value) -> Option<usize> {
        let code = f.code();
        let text = crate::interp::attr::text(name);
        let found =
            (0..code.nparams as u32).find(|&n| code.module().var_name(code.func(), n) == Some(text))?;
        (found >= code.posonly as u32).then_some(found as usize)
    }

    /// The Python function that is special method `name` of guest's instance `v`, taking `n` arguments by position.
    fn special(&mut self, v: Value, method: Name, n: u16) -> Option<Gc<Function>> {
        v.get::<Instance>()?;
        let t = self.rt.type_of(v);
        let name = self.rt.name(method).ok()?;
        let found = super::behind(self.rt, |rt| rt.type_attr(t.value(), name).ok().flatten());
        found?.get::<Function>().filter(|f| f.code().plain_args == n)
    }

    /// Guards that the class of `x`, which is `v`, stays as it is: special methods are looked up there.
    fn guard_methods(&mut self, x: Ref, v: Value) -> Rec<()> {
        let t = self.rt.type_of(v);
        let version = self.rt.type_version(t);
        self.shape(x, v.shape())?;
        self.class_version(t.value(), version)
    }

    /// `o[k]` and `o[k] = x` of a guest's instance; `None` if it is something else.
    pub(super) fn subscript(&mut self, op: Op) -> Rec<Option<()>> {
        let i = self.i;
        let load = op == Op::GetItem;
        let o = if load { i.b() } else { i.a() };
        let v = self.val(o);
        let method = if load { Name::__getitem__ } else { Name::__setitem__ };
        let Some(f) = self.special(v, method, 3 - load as u16) else { return Ok(None) };
        let x = self.get(o)?;
        self.guard_methods(x, v)?;
        let func = self.konst(f.value())?;
        if load {
            let k = self.get(i.c())?;
            return self.push_above(f, func, &[x, k], i.a(), Cont::Value).map(Some);
        }
        let (k, y) = (self.get(i.b())?, self.get(i.c())?);
        self.push_above(f, func, &[x, k, y], 0, Cont::Discard).map(Some)
    }

    /// An attribute of a guest's instance whose class defines `__getattribute__`, and no `__getattr__`.
    pub(super) fn own_getattribute(&mut self) -> Rec<Option<()>> {
        let i = self.i;
        let v = self.val(i.b());
        let t = self.rt.type_of(v);
        if !t.has_flag(Type::GUEST_GETATTRIBUTE) || t.has_flag(Type::GUEST_GETATTR) {
            return Ok(None);
        }
        let Some(f) = self.special(v, Name::__getattribute__, 2) else { return Ok(None) };
        let x = self.get(i.b())?;
        self.guard_methods(x, v)?;
        let name = self.konst(self.r.scratch.name)?;
        let func = self.konst(f.value())?;
        self.push_above(f, func, &[x, name], i.a(), Cont::Value).map(Some)
    }

    /// `WithEnter` of a guest's context manager.
    pub(super) fn with_enter(&mut self) -> Rec<()> {
        let i = self.i;
        let v = self.val(i.b());
        let methods = (self.special(v, Name::__enter__, 1), self.special(v, Name::__exit__, 4));
        let (Some(enter), Some(exit)) = methods else { return Err(Stop::Here) };
        let x = self.get(i.b())?;
        self.guard_methods(x, v)?;
        let exit = self.konst(exit.value())?;
        let bound = self.call(Helper::bind, &[exit, x], FRESH | BOUND)?;
        self.b.know(bound, Ty::Shape(kind::BoundMethod as u32));
        self.set(i.a(), bound)?;
        let func = self.konst(enter.value())?;
        self.push_above(enter, func, &[x], i.a() + 1, Cont::Enter)
    }

    /// A call of a class that has no `__init__` and takes no arguments.
    pub(super) fn call_plain_class(&mut self) -> Rec<()> {
        let s = self.r.scratch.clone();
        let now = self.val(self.i.a());
        let x = self.get(self.i.a())?;
        if now.get::<Type>().is_none() {
            return Err(Stop::Here);
        }
        self.same(x, now)?;
        self.class_version(now, s.version)?;
        let shape = self.b.word(s.shape as u64, Ty::Raw)?;
        let cap = self.b.word(s.aux as u64, Ty::Raw)?;
        let o = self.call(Helper::new_instance, &[shape, cap], FRESH | INSTANCE)?;
        self.b.know(o, Ty::Shape(s.shape));
        let dst = self.site_dst();
        self.set(dst, o)?;
        self.next()
    }
}
