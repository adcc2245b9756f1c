//! Recording attributes that the interpreter has no specialized form for: class methods, static methods of instances, and methods
//! of numbers.
//!
//! Invariant: what stands in the registers is what the interpreter puts there, since the next instruction looks at its.

use super::helpers::Helper;
use super::{Ctx, Rec};
use crate::bytecode::Op;
use crate::object::{Function, Instance, Type, kind, misc};
use crate::opt::{BOUND, FRESH};
use crate::trace::ir::Ref;
use crate::uop::{Class, Uop};
use crate::value::Value;

impl Ctx<'_> {
    /// `LoadAttr` or `LoadMethod` of such an attribute.
    pub(super) fn wrapped_attr(&mut self, op: Op) -> Rec<Option<()>> {
        if op == Op::LoadMethod
            && let Some(done) = self.number_method()?
        {
            return Ok(Some(done));
        }
        let v = self.val(self.i.b());
        let Some((t, found)) = self.wrapper_in_class(v) else { return Ok(None) };
        let method = misc::wrapper(found, kind::ClassMethod).map(|w| w.a.get());
        let inner = method.or_else(|| misc::wrapper(found, kind::StaticMethod).map(|w| w.a.get()));
        let Some(f) = inner.filter(|f| f.get::<Function>().is_some()) else { return Ok(None) };
        let x = self.get(self.i.b())?;
        if v == t {
            self.same(x, v)?;
        } else {
            self.shape(x, v.shape())?;
        }
        if let Some(t) = t.get::<Type>() {
            self.class_stays(t)?;
        }
        let mut value = self.konst(f)?;
        if method.is_some() {
            let class = self.konst(t)?;
            value = self.call(Helper::bind, &[value, class], FRESH | BOUND)?;
        }
        self.put(op, value)?;
        self.next().map(Some)
    }

    fn put(&mut self, op: Op, value: Ref) -> Rec<()> {
        if op == Op::LoadMethod {
            let unbound = self.b.value(Value::UNBOUND)?;
            return Ok(self.window(value, unbound)?);
        }
        Ok(self.set(self.i.a(), value)?)
    }

    /// The class, and what it has by the name at hand, if that is neither hidden by `v` nor found in another way.
    fn wrapper_in_class(&mut self, v: Value) -> Option<(Value, Value)> {
        let name = self.r.scratch.name;
        let class = self.rt.type_of(v);
        let t = match v.get::<Type>() {
            // A metaclass may have something to say.
            Some(t) if !class.has_flag(Type::HEAP) => t,
            Some(_) => return None,
            None => {
                v.get::<Instance>()?;
                let by_shape = self.rt.heap.shapes.get(v.shape()).is_some_and(|s| !s.dict_mode);
                if class.has_flag(Type::GUEST_GETATTRIBUTE) || !by_shape {
                    return None;
                }
                self.rt.instance_attr(v, name).is_none().then_some(class)?
            }
        };
        let found = super::behind(self.rt, |rt| rt.type_attr(t.value(), name).ok().flatten())?;
        // A guest's class derived from these may bind in its own way.
        (!self.rt.type_of(found).has_flag(Type::HEAP)).then_some((t.value(), found))
    }

    /// A method of an int or float.
    fn number_method(&mut self) -> Rec<Option<()>> {
        let (v, name) = (self.val(self.i.b()), self.r.scratch.name);
        if !v.is_int() && !v.is_float() {
            return Ok(None);
        }
        let found = super::behind(self.rt, |rt| rt.find_method(v, name).ok().flatten());
        let Some(f) = found else { return Ok(None) };
        let x = self.get(self.i.b())?;
        if v.is_int() {
            self.int_of(x)?;
        } else if self.class(x) == Class::G {
            self.b.op(Uop::GuardFloat, &[x])?;
        }
        let f = self.konst(f)?;
        self.window(f, x)?;
        self.next().map(Some)
    }
}
