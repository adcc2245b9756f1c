//! Attribute access: look-up along the resolution order, descriptors, instance attributes, classes, modules, super.
//!
//! Invariant: what a class attribute look-up found is valid while the class's version lasts, but for data that varies
//! (`class_changes`); every other change of a class goes through `Rt::type_changed`.

use super::{Name, Rt};
use crate::builtins::exceptions;
use crate::exit::{Exit, ExitKind, Res};
use crate::heap::{Gc, NO_SLOT, Shapes};
use crate::object::exception::{Exception, exc};
use crate::object::func::{self, Function};
use crate::object::{BoundMethod, Dict, Instance, KIND_COUNT, Module, Str, Type, dict, instance, kind, misc};
use crate::value::Value;

/// More attributes than this, and an instance's move to a dict.
const MAX_SHAPE_ATTRS: u16 = 128;

/// Text of a name, for messages.
pub(crate) fn text(v: Value) -> &'static str {
    match v.get::<Str>() {
        // SAFETY: used for a message that is built before anything can collect.
        Some(s) => unsafe { core::mem::transmute::<&str, &'static str>(s.lossy()) },
        None => "?",
    }
}

impl Rt {
    /// Attribute `name` (interned) of `v`'s class, found along its resolution order; not bound.
    #[inline]
    pub fn lookup_special(&mut self, v: Value, name: Value) -> Res<Option<Value>> {
        let t = self.type_of(v);
        self.type_attr(t.value(), name)
    }

    /// The current version number of a class, for caches.
    pub(crate) fn type_version(&mut self, t: Gc<Type>) -> u32 {
        if t.version.get() == 0 {
            t.version.set(self.heap.next_version());
        }
        t.version.get()
    }

    /// Attribute `name` (interned) of class `cls`, found along its resolution order; not bound.
    pub fn type_attr(&mut self, cls: Value, name: Value) -> Res<Option<Value>> {
        let Some(t) = cls.get::<Type>() else { return Ok(None) };
        let version = self.type_version(t);
        if let Some(v) = self.method_cache.get(version, name) {
            return Ok(if v.is_unbound() { None } else { Some(v) });
        }
        let mut found = None;
        for &c in t.mro_items() {
            if let Some(v) = self.own_attr(c, name)? {
                found = Some(v);
                break;
            }
        }
        if found.is_none_or(|v| !self.varies(name, v)) {
            self.method_cache.put(version, name, found.unwrap_or(Value::UNBOUND));
        }
        Ok(found)
    }

    /// Attribute `name` of `cls` itself.
    pub(crate) fn own_attr(&mut self, cls: Value, name: Value) -> Res<Option<Value>> {
        let Some(t) = cls.get::<Type>() else { return Ok(None) };
        if let Some(d) = t.attrs()
            && let Some(v) = self.dict_get_str(d, name)
        {
            return Ok(Some(v));
        }
        if t.builtin == 0 { Ok(None) } else { self.builtin_attr(t, name) }
    }

    /// Makes the object for an entry of a built-in type's static tables, once.
    fn builtin_attr(&mut self, t: Gc<Type>, name: Value) -> Res<Option<Value>> {
        let Some(s) = name.get::<Str>() else { return Ok(None) };
        let Some(n) = s.text() else { return Ok(None) };
        let Some(d) = self.type_defs.get(t.builtin as usize).copied().flatten() else {
            return self.exception_attr(t, name, n);
        };
        let made = if let Some(m) = d.methods.iter().find(|m| m.name() == n) {
            self.new_native(m, Rt::descriptor_kind(m), Value::UNBOUND, t.value())?
        } else if let Some(i) = d.getset.iter().position(|g| g.name == n) {
            let fields = [name, t.value(), Value::int(i as i64), Value::UNBOUND];
            misc::new_wrapper(&mut self.heap, kind::GetSet, kind::GetSet as u32, fields)?
        } else if let Some(w) = super::slot_wrappers::find(d.slots, n) {
            self.new_native(w, kind::WrapperDescriptor, Value::UNBOUND, t.value())?
        } else if n == "__new__" && d.new.is_some() {
            match &d.new {
                Some(new) => self.new_native(new, kind::Builtin, Value::UNBOUND, t.value())?,
                None => return Ok(None),
            }
        } else if n == "__doc__" {
            if d.doc.is_empty() { Value::NONE } else { self.new_str(d.doc)? }
        } else if n == "__hash__" && matches!(d.kind, kind::List | kind::Dict | kind::Set | kind::ByteArray) {
            Value::NONE
        } else {
            return Ok(None);
        };
        self.keep_attr(t, name, made).map(Some)
    }

    /// Makes the descriptor of an attribute that a built-in exception class adds.
    fn exception_attr(&mut self, t: Gc<Type>, name: Value, text: &str) -> Res<Option<Value>> {
        let index = exceptions::attrs(t.builtin).iter().position(|g| g.name == text);
        let made = match index {
            Some(i) => {
                let fields = [name, t.value(), Value::int(i as i64), Value::UNBOUND];
                misc::new_wrapper(&mut self.heap, kind::GetSet, kind::GetSet as u32, fields)?
            }
            None if text == "__doc__" => Value::NONE,
            None => return Ok(None),
        };
        self.keep_attr(t, name, made).map(Some)
    }

    /// Puts an attribute made from static tables in its class's dict.
    fn keep_attr(&mut self, t: Gc<Type>, name: Value, made: Value) -> Res<Value> {
        let attrs = match t.attrs() {
            Some(a) => a,
            None => {
                let a = dict::new(&mut self.heap)?;
                t.dict.set(a.value());
                a
            }
        };
        self.dict_set_str(attrs, name, made)?;
        Ok(made)
    }

    /// Whether data descriptor `d` takes part in reading too.
    fn has_getter(&self, d: Value) -> bool {
        d.header().is_none_or(|h| h.kind != kind::Object) || self.type_of(d).has_flag(Type::GUEST_GET)
    }

    /// What class attribute `d` becomes when read through `obj` (unbound: through the class) of class `owner`.
    pub(crate) fn descr_get(&mut self, d: Value, obj: Value, owner: Value) -> Res<Value> {
        let Some(h) = d.header() else { return Ok(d) };
        let through_class = obj.is_unbound();
        match h.kind {
            _ if self.guest_binds(d, Type::GUEST_GET) => {
                let name = self.name(Name::__get__)?;
                let Some(f) = self.lookup_special(d, name)? else { return Ok(d) };
                let instance = if through_class { Value::NONE } else { obj };
                Err(self.special_call(f, d, &[instance, owner]))
            }
            kind::Function if through_class => Ok(d),
            kind::Function => Ok(func::new_bound(&mut self.heap, d, obj)?.value()),
            kind::MethodDescriptor | kind::WrapperDescriptor if through_class => Ok(d),
            kind::MethodDescriptor | kind::WrapperDescriptor => self.bind_builtin(d, obj),
            kind::ClassMethodDescriptor => self.bind_builtin(d, owner),
            kind::StaticMethod => Ok(misc::wrapper(d, kind::StaticMethod).map_or(d, |w| w.a.get())),
            kind::ClassMethod => {
                let f = misc::wrapper(d, kind::ClassMethod).map_or(d, |w| w.a.get());
                Ok(func::new_bound(&mut self.heap, f, owner)?.value())
            }
            kind::Property if through_class => Ok(d),
            kind::Property => self.property_get(d, obj),
            kind::Member if through_class => Ok(d),
            kind::Member => self.member_get(d, obj),
            kind::GetSet if through_class => Ok(d),
            kind::GetSet => match self.getset_def(d) {
                Some(g) => (g.get)(self, obj),
                None => Ok(d),
            },
            _ => Ok(d),
        }
    }

    /// Whether a guest's class says how its instance `d` is read, or assigned to, as an attribute.
    pub(crate) fn guest_binds(&self, d: Value, flag: u32) -> bool {
        d.shape() >= Shapes::FIRST && d.shape() != u32::MAX && self.type_of(d).has_flag(flag)
    }

    fn bind_builtin(&mut self, d: Value, self_: Value) -> Res<Value> {
        match func::get_builtin(d) {
            Some(b) => {
                let v = func::new_builtin(&mut self.heap, kind::Builtin, b.def, b.host, self_, b.owner)?;
                if d.shape() == kind::WrapperDescriptor as u32
                    && let Some(h) = v.header()
                {
                    h.shape.set(kind::MethodWrapper as u32);
                }
                Ok(v)
            }
            None => Ok(d),
        }
    }

    /// The definition of a computed attribute of a built-in type.
    pub(crate) fn getset_def(&self, d: Value) -> Option<&'static super::GetSetDef> {
        let w = misc::wrapper(d, kind::GetSet)?;
        let t = w.b.get().get::<Type>()?;
        let index = w.c.get().as_int()? as usize;
        match self.type_defs.get(t.builtin as usize).copied().flatten() {
            Some(def) => def.getset.get(index),
            None => exceptions::attrs(t.builtin).get(index),
        }
    }

    fn property_get(&mut self, d: Value, obj: Value) -> Res<Value> {
        let getter = misc::wrapper(d, kind::Property).map_or(Value::NONE, |w| w.a.get());
        if getter.is_none() || getter.is_unbound() {
            return Err(self.property_error(d, obj, "getter"));
        }
        Err(self.tail_call(getter, &[obj]))
    }

    #[cold]
    pub(crate) fn property_error(&mut self, d: Value, obj: Value, what: &str) -> Exit {
        let t = self.type_of(obj);
        let mut name = None;
        for &c in t.mro_items() {
            if let Some(attrs) = c.get::<Type>().and_then(|c| c.attrs()) {
                name = name.or(attrs.iter().find(|e| e.value == d).map(|e| e.key));
            }
        }
        let tn = match self.names_of(t) {
            Ok((_, qualname)) => text(qualname),
            Err(e) => return e,
        };
        match name {
            Some(n) => {
                let n = text(n);
                self.raise(exc::AttributeError, message!("property '{n}' of '{tn}' object has no {what}"))
            }
            None => self.raise(exc::AttributeError, message!("property of '{tn}' object has no {what}")),
        }
    }

    fn member_get(&mut self, d: Value, obj: Value) -> Res<Value> {
        let name = misc::wrapper(d, kind::Member).map_or(Value::NONE, |w| w.a.get());
        match self.instance_attr(obj, name) {
            Some(v) => Ok(v),
            None => Err(self.no_attribute(obj, name)),
        }
    }

    /// AttributeError for deleting a slot without a value: its message is the bare name.
    fn empty_slot(&mut self, name: Value) -> Exit {
        self.raise_with(exc::AttributeError, &[name])
    }

    /// Binds special method `f`, found on the class of `v`, to `v`.
    pub(crate) fn bind_special(&mut self, f: Value, v: Value) -> Res<Value> {
        let owner = self.type_of(v).value();
        self.descr_get(f, v, owner)
    }

    /// Attribute in an instance's shape slots.
    fn shape_attr(&self, obj: Value, name: Value) -> Option<Value> {
        let id = obj.shape();
        let slot = self.heap.shapes.slot(id, name);
        if slot == NO_SLOT {
            return None;
        }
        let cap = self.heap.shapes.get(id)?.cap;
        let v = instance::load(obj, slot as usize, cap);
        if v.is_unbound() { None } else { Some(v) }
    }

    /// The attribute dict of an object that keeps its attributes in one.
    fn ext_dict(&self, obj: Value) -> Option<Gc<Dict>> {
        instance::ext(obj)?.get().get::<Dict>()
    }

    /// Attribute `name` of the instance itself.
    pub(crate) fn instance_attr(&self, obj: Value, name: Value) -> Option<Value> {
        let id = obj.shape();
        if id >= Shapes::FIRST && id != u32::MAX && !self.heap.shapes.get(id)?.dict_mode {
            return self.shape_attr(obj, name);
        }
        let d = self.ext_dict(obj)?;
        self.find_str(d, name)
    }

    fn find_str(&self, d: Gc<Dict>, name: Value) -> Option<Value> {
        let s = name.get::<Str>()?;
        let h = crate::object::hash::hash_str(&self.heap, &s);
        match d.find(&self.heap, h, name) {
            dict::Probe::Found(i) => d.entry(i).map(|e| e.value),
            _ => None,
        }
    }

    /// `obj.name` without `__getattribute__` and `__getattr__` of guests.
    pub(crate) fn generic_getattr(&mut self, obj: Value, name: Value) -> Res<Value> {
        if let Some(t) = obj.get::<Type>() {
            return self.class_getattr(t, name);
        }
        if let Some(w) = misc::wrapper(obj, kind::Super) {
            return self.super_getattr(obj, w.a.get(), w.b.get(), w.c.get(), name);
        }
        let t = self.type_of(obj);
        let found = self.type_attr(t.value(), name)?;
        if let Some(d) = found
            && self.is_data_descriptor(d)
            && self.has_getter(d)
        {
            return self.descr_get(d, obj, t.value());
        }
        if let Some(m) = obj.get::<Module>() {
            self.open_module(m)?;
            if let Some(v) = m.dict.get::<Dict>().and_then(|d| self.find_str(d, name)) {
                return Ok(v);
            }
        } else if let Some(v) = self.instance_attr(obj, name) {
            return Ok(v);
        }
        match found {
            Some(d) => self.descr_get(d, obj, t.value()),
            None => match obj.get::<Module>() {
                Some(m) => self.module_getattr(m, name),
                None => match obj.get::<BoundMethod>() {
                    // A bound method shows its function's attributes.
                    Some(m) => self.generic_getattr(m.func, name),
                    None => Err(self.no_attribute(obj, name)),
                },
            },
        }
    }

    /// An attribute a module does not have: its `__getattr__` function may know.
    fn module_getattr(&mut self, m: Gc<Module>, name: Value) -> Res<Value> {
        let key = self.name(Name::__getattr__)?;
        match m.dict.get::<Dict>().and_then(|d| self.find_str(d, key)) {
            Some(f) => Err(self.tail_call(f, &[name])),
            None => Err(self.no_attribute(m.value(), name)),
        }
    }

    fn class_getattr(&mut self, t: Gc<Type>, name: Value) -> Res<Value> {
        let meta = self.type_of(t.value());
        let on_meta = self.type_attr(meta.value(), name)?;
        if let Some(d) = on_meta
            && self.is_data_descriptor(d)
        {
            return self.descr_get(d, t.value(), meta.value());
        }
        if let Some(d) = self.type_attr(t.value(), name)? {
            return self.descr_get(d, Value::UNBOUND, t.value());
        }
        match on_meta {
            Some(d) => self.descr_get(d, t.value(), meta.value()),
            None => Err(self.no_attribute(t.value(), name)),
        }
    }

    /// The attribute after `class` in the resolution order of `start`, not bound.
    pub(crate) fn super_lookup(&mut self, class: Value, start: Value, name: Value) -> Res<Option<Value>> {
        let Some(t) = start.get::<Type>() else { return Ok(None) };
        let mro = t.mro_items();
        let after = mro.iter().position(|&c| c == class).map_or(mro.len(), |i| i + 1);
        for &c in mro.get(after..).unwrap_or(&[]) {
            if let Some(v) = self.own_attr(c, name)? {
                return Ok(Some(v));
            }
        }
        Ok(None)
    }

    /// Attribute of `super(class, obj)`, where `start` is the class whose resolution order counts.
    pub(crate) fn super_getattr(
        &mut self,
        super_obj: Value,
        class: Value,
        obj: Value,
        start: Value,
        name: Value,
    ) -> Res<Value> {
        let is_class = name == self.name(Name::__class__)?;
        if !is_class
            && !start.is_unbound()
            && let Some(d) = self.super_lookup(class, start, name)?
        {
            let bound = if obj == start { Value::UNBOUND } else { obj };
            return self.descr_get(d, bound, start);
        }
        let t = self.builtin_type(kind::Super as u16);
        match self.type_attr(t.value(), name)? {
            Some(d) if !super_obj.is_unbound() => self.descr_get(d, super_obj, t.value()),
            _ => {
                let n = text(name);
                let e = self.raise(exc::AttributeError, message!("'super' object has no attribute '{n}'"));
                Err(self.with_name(e, name, super_obj))
            }
        }
    }

    /// `obj.name`.
    pub fn getattr(&mut self, obj: Value, name: Value) -> Res<Value> {
        let t = self.type_of(obj);
        if t.has_flag(Type::GUEST_GETATTRIBUTE | Type::GUEST_GETATTR) {
            return self.guest_getattr(t, obj, name);
        }
        self.generic_getattr(obj, name)
    }

    /// Whether `obj` has no attribute `name` for certain, so that no exception need say so: an instance whose class has no hooks.
    pub(crate) fn surely_lacks(&mut self, obj: Value, name: Value) -> Res<bool> {
        let t = self.type_of(obj);
        if obj.get::<Instance>().is_none() || t.has_flag(Type::GUEST_GETATTRIBUTE | Type::GUEST_GETATTR) {
            return Ok(false);
        }
        Ok(self.instance_attr(obj, name).is_none() && self.type_attr(t.value(), name)?.is_none())
    }

    /// `obj.name` for natives, whose result is not an attribute instruction's.
    pub(crate) fn native_getattr(&mut self, obj: Value, name: Value) -> Res<Value> {
        let hooked = self.type_of(obj).has_flag(Type::GUEST_GETATTRIBUTE | Type::GUEST_GETATTR);
        match self.getattr(obj, name) {
            Err(e) if hooked && self.caught(e, ExitKind::Call) => {
                self.pending_cont = None;
                Err(self.delegate(crate::builtins::frozen::getattr_hooked, &[obj, name]))
            }
            r => r,
        }
    }

    fn guest_getattr(&mut self, t: Gc<Type>, obj: Value, name: Value) -> Res<Value> {
        if t.has_flag(Type::GUEST_GETATTRIBUTE) {
            let n = self.name(Name::__getattribute__)?;
            if let Some(f) = self.lookup_special(obj, n)? {
                let e = self.special_call(f, obj, &[name]);
                if self.exit_kind(e) == ExitKind::Call && t.has_flag(Type::GUEST_GETATTR) {
                    self.pending_cont = Some(super::cont::Cont::AttrOrGetattr);
                }
                return Err(e);
            }
        }
        match self.generic_getattr(obj, name) {
            Err(e) if self.caught_attribute_error(e) => {
                let n = self.name(Name::__getattr__)?;
                match self.lookup_special(obj, n)? {
                    Some(f) => Err(self.special_call(f, obj, &[name])),
                    None => Err(self.no_attribute(obj, name)),
                }
            }
            Err(e) => {
                if self.exit_kind(e) == ExitKind::Call && t.has_flag(Type::GUEST_GETATTR) {
                    self.pending_cont = Some(super::cont::Cont::AttrOrGetattr);
                }
                Err(e)
            }
            r => r,
        }
    }

    /// AttributeError for a missing attribute, with `name` and `obj` for suggestions.
    #[cold]
    pub fn no_attribute(&mut self, obj: Value, name: Value) -> Exit {
        let n = text(name);
        let e = if let Some(t) = obj.get::<Type>() {
            let tn = super::text_of_type(t);
            self.raise(exc::AttributeError, message!("type object '{tn}' has no attribute '{n}'"))
        } else if let Some(m) = obj.get::<Module>() {
            let key = match self.name(Name::__name__) {
                Ok(k) => k,
                Err(e) => return e,
            };
            let mn = m.dict.get::<Dict>().and_then(|d| self.find_str(d, key)).map_or("?", text);
            self.raise(exc::AttributeError, message!("module '{mn}' has no attribute '{n}'"))
        } else {
            let tn = self.type_name(obj);
            self.raise(exc::AttributeError, message!("'{tn}' object has no attribute '{n}'"))
        };
        self.with_name(e, name, obj)
    }

    /// Notes the name and object in the exception just raised.
    pub(crate) fn with_name(&mut self, e: Exit, name: Value, obj: Value) -> Exit {
        if self.exit_kind(e) == ExitKind::Raise
            && let Some(x) = self.raised.get::<Exception>()
        {
            x.extra.set(name);
            x.obj.set(obj);
        }
        e
    }

    /// `obj.name = value`, or `del obj.name` with an unbound value.
    pub fn setattr(&mut self, obj: Value, name: Value, value: Value) -> Res<()> {
        let t = self.type_of(obj);
        let deletes = value.is_unbound();
        let flag = if deletes { Type::GUEST_DELATTR } else { Type::GUEST_SETATTR };
        if t.has_flag(flag) {
            let n = self.name(if deletes { Name::__delattr__ } else { Name::__setattr__ })?;
            if let Some(f) = self.lookup_special(obj, n)? {
                let args: &[Value] = if deletes { &[name] } else { &[name, value] };
                return Err(self.special_call(f, obj, args));
            }
        }
        self.generic_setattr(obj, name, value)
    }

    /// `obj.name = value` without `__setattr__` of guests.
    pub(crate) fn generic_setattr(&mut self, obj: Value, name: Value, value: Value) -> Res<()> {
        let t = self.type_of(obj);
        let found = self.type_attr(t.value(), name)?;
        if let Some(d) = found
            && self.is_data_descriptor(d)
        {
            return self.descr_set(d, obj, value, name);
        }
        if let Some(cls) = obj.get::<Type>() {
            return self.class_setattr(cls, name, value);
        }
        if let Some(m) = obj.get::<Module>() {
            self.open_module(m)?;
            return match m.dict.get::<Dict>() {
                Some(d) => self.namespace_set(d, obj, name, value),
                None => Err(self.no_attribute(obj, name)),
            };
        }
        let id = obj.shape();
        let in_shape =
            id >= Shapes::FIRST && id != u32::MAX && self.heap.shapes.get(id).is_some_and(|s| !s.dict_mode);
        if in_shape && value.is_unbound() {
            if self.shape_attr(obj, name).is_none() {
                return Err(if t.has_flag(Type::NO_DICT) {
                    self.cannot_set(obj, name, found.is_some(), value)
                } else {
                    self.missing_for_delete(obj, name)
                });
            }
            let d = self.to_dict_mode(obj)?;
            return self.namespace_set(d, obj, name, value);
        }
        if in_shape {
            return self.shape_store(obj, name, value);
        }
        let has_dict = id >= Shapes::FIRST
            || matches!(obj.header().map(|h| h.kind), Some(kind::Function | kind::Exception));
        match instance::ext(obj) {
            Some(e) if has_dict => {
                let d = match e.get().get::<Dict>() {
                    Some(d) => d,
                    None if value.is_unbound() => return Err(self.no_attribute(obj, name)),
                    None => {
                        let d = dict::new(&mut self.heap)?;
                        e.set(d.value());
                        d
                    }
                };
                self.namespace_set(d, obj, name, value)
            }
            _ => Err(self.cannot_set(obj, name, found.is_some(), value)),
        }
    }

    #[cold]
    fn cannot_set(&mut self, obj: Value, name: Value, exists: bool, _value: Value) -> Exit {
        let (tn, n) = (self.type_name(obj), text(name));
        let e = if exists {
            return self.raise(exc::AttributeError, message!("'{tn}' object attribute '{n}' is read-only"));
        } else {
            self.raise(
                exc::AttributeError,
                message!("'{tn}' object has no attribute '{n}' and no __dict__ for setting new attributes"),
            )
        };
        self.with_name(e, name, obj)
    }

    /// Sets or deletes a name in the dict of a module or instance.
    pub(super) fn namespace_set(&mut self, d: Gc<Dict>, obj: Value, name: Value, value: Value) -> Res<()> {
        if !value.is_unbound() {
            return self.dict_set_str(d, name, value);
        }
        let Some(s) = name.get::<Str>() else { return Ok(()) };
        let h = crate::object::hash::hash_str(&self.heap, &s);
        match d.find(&self.heap, h, name) {
            dict::Probe::Found(i) => {
                d.remove_entry(&mut self.heap, i);
                Ok(())
            }
            _ => Err(self.missing_for_delete(obj, name)),
        }
    }

    /// AttributeError for deleting what is not there; it does not say which attribute in `name`.
    fn missing_for_delete(&mut self, obj: Value, name: Value) -> Exit {
        if obj.get::<Module>().is_some() {
            let n = text(name);
            let e = self.raise(exc::AttributeError, message!("'module' object has no attribute '{n}'"));
            return self.with_name(e, name, obj);
        }
        let e = self.no_attribute(obj, name);
        let simple = obj.header().is_some_and(|h| h.kind == kind::Object);
        if simple { self.with_name(e, Value::UNBOUND, Value::UNBOUND) } else { e }
    }

    /// Stores an attribute in an instance's shape slots, moving it to the next shape if the attribute is new.
    pub(crate) fn shape_store(&mut self, obj: Value, name: Value, value: Value) -> Res<()> {
        let id = obj.shape();
        let Some(s) = self.heap.shapes.get(id) else { return Ok(()) };
        let (cap, count, class) = (s.cap, s.count, self.heap.shapes.class(id));
        let slot = self.heap.shapes.slot(id, name);
        if slot != NO_SLOT {
            return instance::store(&mut self.heap, obj, slot as usize, cap, value);
        }
        let Some(t) = class.get::<Type>() else { return Ok(()) };
        if t.has_flag(Type::NO_DICT) && !self.is_slot_name(t, name)? {
            let exists = self.type_attr(t.value(), name)?.is_some();
            return Err(self.cannot_set(obj, name, exists, value));
        }
        if count >= MAX_SHAPE_ATTRS {
            let d = self.to_dict_mode(obj)?;
            return self.namespace_set(d, obj, name, value);
        }
        let name = self.intern_value(name)?;
        let next = self.heap.shape_with(id, name)?;
        instance::store(&mut self.heap, obj, count as usize, cap, value)?;
        if let Some(h) = obj.header() {
            h.shape.set(next);
        }
        if count + 1 > t.inline_hint.get() && count < 16 {
            t.inline_hint.set(count + 1);
        }
        Ok(())
    }

    fn is_slot_name(&mut self, t: Gc<Type>, name: Value) -> Res<bool> {
        let found = self.type_attr(t.value(), name)?;
        Ok(found.is_some_and(|d| misc::wrapper(d, kind::Member).is_some()))
    }

    /// Moves an instance's attributes to a dict, which is its `__dict__` from now on.
    #[expect(clippy::wrong_self_convention, reason = "it is the instance that is converted, not the runtime")]
    pub(crate) fn to_dict_mode(&mut self, obj: Value) -> Res<Gc<Dict>> {
        if let Some(d) = self.ext_dict(obj) {
            return Ok(d);
        }
        let d = dict::new(&mut self.heap)?;
        let id = obj.shape();
        let Some(e) = instance::ext(obj) else { return Ok(d) };
        if id < Shapes::FIRST {
            e.set(d.value());
            return Ok(d);
        }
        let (count, cap) = self.heap.shapes.get(id).map_or((0, 0), |s| (s.count, s.cap));
        for slot in 0..count {
            let v = instance::load(obj, slot as usize, cap);
            if let Some(k) = self.heap.shapes.key(id, slot as u32)
                && !v.is_unbound()
            {
                self.dict_set_str(d, k, v)?;
            }
        }
        let class = self.heap.shapes.class(id);
        if let Some(t) = class.get::<Type>() {
            if t.dict_shape.get() == 0 {
                t.dict_shape.set(self.heap.new_root_shape(class, 0, true)?);
            }
            if let Some(h) = obj.header() {
                h.shape.set(t.dict_shape.get());
            }
        }
        e.set(d.value());
        Ok(d)
    }

    /// The attribute dict of an instance that was moved to one, where its slots are too.
    fn dict_of_slots(&self, obj: Value) -> Option<Gc<Dict>> {
        let in_dict = self.heap.shapes.get(obj.shape()).is_some_and(|s| s.dict_mode);
        if in_dict { self.ext_dict(obj) } else { None }
    }

    /// Assigns through data descriptor `d`.
    pub(crate) fn descr_set(&mut self, d: Value, obj: Value, value: Value, name: Value) -> Res<()> {
        let deletes = value.is_unbound();
        match d.header().map(|h| h.kind) {
            Some(kind::Property) if !self.guest_binds(d, Type::GUEST_SET) => {
                let Some(w) = misc::wrapper(d, kind::Property) else { return Ok(()) };
                let f = if deletes { w.c.get() } else { w.b.get() };
                if f.is_none() || f.is_unbound() {
                    return Err(self.property_error(d, obj, if deletes { "deleter" } else { "setter" }));
                }
                let args: &[Value] = if deletes { &[obj] } else { &[obj, value] };
                Err(self.tail_call(f, args))
            }
            Some(kind::Member) => {
                if let Some(d) = self.dict_of_slots(obj) {
                    return self.namespace_set(d, obj, name, value);
                }
                if deletes {
                    if self.shape_attr(obj, name).is_none() {
                        return Err(self.empty_slot(name));
                    }
                    let cap = self.heap.shapes.get(obj.shape()).map_or(0, |s| s.cap);
                    let slot = self.heap.shapes.slot(obj.shape(), name);
                    self.heap.epoch.hole();
                    return instance::store(&mut self.heap, obj, slot as usize, cap, Value::UNBOUND);
                }
                self.shape_store(obj, name, value)
            }
            Some(kind::GetSet) => match self.getset_def(d).and_then(|g| g.set) {
                Some(set) => set(self, obj, value),
                None if matches!(
                    obj.header().map(|h| h.kind),
                    Some(kind::Slice | kind::Range | kind::Code | kind::BoundMethod)
                ) =>
                {
                    Err(self.raise(exc::AttributeError, message!("readonly attribute")))
                }
                None => {
                    let (tn, n) = (self.type_name(obj), text(name));
                    Err(self.raise(
                        exc::AttributeError,
                        message!("attribute '{n}' of '{tn}' objects is not writable"),
                    ))
                }
            },
            _ => {
                let n = self.name(if deletes { Name::__delete__ } else { Name::__set__ })?;
                match self.lookup_special(d, n)? {
                    Some(f) => {
                        let args: &[Value] = if deletes { &[obj] } else { &[obj, value] };
                        Err(self.special_call(f, d, args))
                    }
                    None => {
                        let what = if deletes { "__delete__" } else { "__set__" };
                        Err(self.raise(exc::AttributeError, message!("{what}")))
                    }
                }
            }
        }
    }
}

/// Whether class attribute `d` is a plain method: a function or a built-in type's method.
pub(crate) fn is_method(d: Value) -> bool {
    d.get::<Function>().is_some()
        || matches!(d.header().map(|h| h.kind), Some(kind::MethodDescriptor | kind::WrapperDescriptor))
}

const _: () = assert!(KIND_COUNT < 128, "exception numbers begin at 128");
