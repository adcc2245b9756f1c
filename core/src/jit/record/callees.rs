//! Recording calls by what the callee is: functions, bound methods, instances with `__call__`, classes; how arguments are
//! bound to parameters is `arguments.rs`'s.
//!
//! Invariant: everything is guarded before a register of the window changes, so that a guard's exit calls again.

use super::arguments::{Given, Names, takes};
use super::helpers::Helper;
use super::{Ctx, Kind, Rec, Stop};
use crate::bytecode::{CALL_GAP, Op};
use crate::heap::Gc;
use crate::interp::Name;
use crate::interp::cont::Cont;
use crate::interp::frame::HEADER;
use crate::object::func::BoundMethod;
use crate::object::{Code, Function, Instance, Tuple, Type, kind};
use crate::opt::builder::{Build, Ty, load};
use crate::opt::{BOUND, FRESH, INSTANCE};
use crate::trace::ir::Ref;
use crate::uop::{Effect, Uop};
use crate::value::Value;

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

    /// The arguments of the call at hand behind `first`, if there is one, the names of the last of them, and where the first
    /// is.
    pub(super) fn arguments(&mut self, op: Op, first: Option<Ref>) -> Rec<(Given, Names, u32)> {
        let i = self.i;
        let mut names = Names::new(Value::NONE);
        let window = i.a() + CALL_GAP;
        let mut given = Given::new(Ref::NONE);
        if let Some(x) = first {
            given.push(x)?;
        }
        if op == Op::CallEx {
            self.spread(window, &mut given, &mut names)?;
            return Ok((given, names, window as u32));
        }
        if matches!(op, Op::CallKw | Op::CallMethodKw) {
            let given = self.code.sites().get(i.c() as usize).map_or(Value::NONE, |s| s.name);
            for name in given.get::<Tuple>().ok_or(Stop::Here)?.items() {
                names.push(*name)?;
            }
        }
        let (mut at, mut n) = (window, i.b());
        if matches!(op, Op::CallMethod | Op::CallMethodKw) {
            let bound = !self.val(window).is_unbound();
            let receiver = self.get(window)?;
            let unbound = self.b.value(Value::UNBOUND)?;
            self.b.op(if bound { Uop::GuardNe } else { Uop::GuardEq }, &[receiver, unbound])?;
            (at, n) = if bound { (window, n + 1) } else { (window + 1, n) };
        }
        for r in at..at + n {
            let x = self.get(r)?;
            given.push(x)?;
        }
        Ok((given, names, at as u32))
    }

    /// A call of whatever the callee is.
    pub(super) fn call_value(&mut self, op: Op) -> Rec<()> {
        let callee = self.i.a();
        let now = self.val(callee);
        let kind_of = now.header().map(|h| h.kind);
        if let Some(t) = now.get::<Type>()
            && self.makes_instances(t)
        {
            return self.construct(op, t);
        }
        if matches!(
            kind_of,
            Some(kind::Builtin | kind::MethodDescriptor | kind::WrapperDescriptor | kind::Type)
        ) {
            return self.call_builtin(op);
        }
        let x = self.get(callee)?;
        if let Some(f) = now.get::<Function>() {
            let func = self.guard_function(x, f)?;
            return self.enter_called(op, f, func, None);
        }
        if let Some(m) = now.get::<BoundMethod>() {
            let Some(f) = m.func.get::<Function>() else { return Err(Stop::Here) };
            let (func, receiver) = self.unbind(x, now, f)?;
            return self.enter_called(op, f, func, Some(receiver));
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
        self.enter_called(op, f, func, Some(x))
    }

    fn enter_called(&mut self, op: Op, f: Gc<Function>, func: Ref, first: Option<Ref>) -> Rec<()> {
        let (given, names, mut at) = self.arguments(op, first)?;
        if f.code().plain_args == Code::NOT_PLAIN || !matches!(op, Op::Call | Op::CallMethod) {
            // The interpreter copies what it has to move.
            at = self.above();
        }
        let dst = self.site_dst();
        self.enter(f, func, &given, names.all(), (at, dst, Cont::Value))
    }

    /// Whether calls of a class are: a new instance, then the guest's `__init__`.
    fn makes_instances(&self, t: Gc<Type>) -> bool {
        let flags = [Type::HEAP, Type::GUEST_INIT].iter().all(|f| t.has_flag(*f))
            && ![Type::GUEST_NEW, Type::EXCEPTION].iter().any(|f| t.has_flag(*f));
        flags && t.base_kind == kind::Object && !self.rt.type_of(t.value()).has_flag(Type::HEAP)
    }

    /// A call of such a class, whatever the parameters of its `__init__`.
    fn construct(&mut self, op: Op, t: Gc<Type>) -> Rec<()> {
        let now = t.value();
        let name = self.rt.name(Name::__init__).map_err(|_| Stop::Here)?;
        let found = super::behind(self.rt, |rt| rt.type_attr(now, name).ok().flatten());
        let init = found.and_then(|f| f.get::<Function>()).ok_or(Stop::Here)?;
        let shape = self.rt.instance_shape(now).map_err(|_| Stop::Here)?;
        let cap = self.rt.heap.shapes.get(shape).ok_or(Stop::Here)?.cap;
        let x = self.get(self.i.a())?;
        self.same(x, now)?;
        let version = self.rt.type_version(t);
        self.class_version(now, version)?;
        let o = self.new_instance(shape, cap)?;
        let (given, names, _) = self.arguments(op, Some(o))?;
        let func = self.konst(init.value())?;
        // The object stands in the word before the header.
        let at = self.above() + 1;
        self.set((at as usize - HEADER - 1) as u16, o)?;
        let dst = self.site_dst();
        self.enter(init, func, &given, names.all(), (at, dst, Cont::Init))
    }

    /// The Python function that is special method `name` of guest's instance `v`, taking `n` arguments by position.
    pub(super) fn special(&mut self, v: Value, method: Name, n: u16) -> Option<Gc<Function>> {
        v.get::<Instance>()?;
        let t = self.rt.type_of(v);
        let name = self.rt.name(method).ok()?;
        let found = super::behind(self.rt, |rt| rt.type_attr(t.value(), name).ok().flatten());
        found?.get::<Function>().filter(|f| takes(&f.code(), n))
    }

    /// Guards that the class of `x`, which is `v`, stays as it is: special methods are looked up there.
    pub(super) fn guard_methods(&mut self, x: Ref, v: Value) -> Rec<()> {
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
        let o = self.new_instance(s.shape, s.aux)?;
        self.answer(o)
    }

    /// A new instance of a shape, with so much inline capacity.
    pub(super) fn new_instance(&mut self, shape: u32, cap: u16) -> Build<Ref> {
        let args = [self.b.word(shape as u64, Ty::Raw)?, self.b.word(cap as u64, Ty::Raw)?];
        let o = self.call(Helper::new_instance, &args, FRESH | INSTANCE)?;
        self.b.know(o, Ty::Shape(shape));
        Ok(o)
    }
}
