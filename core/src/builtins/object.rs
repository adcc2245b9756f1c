//! `object`: what every class inherits.

use super::frozen;
use super::left_out::{doc, introspection};
use crate::exit::Res;
use crate::heap::Gc;
use crate::interp::{Args, CmpOp, GetSetDef, Name, Rt, Slots, TypeDef, class_def, def, static_def};
use crate::object::hash::Eq;
use crate::object::{Dict, Module, Type, kind};
use crate::value::Value;

/// The type.
pub static OBJECT: TypeDef = TypeDef {
    kind: kind::Object,
    doc: doc(
        "The base class of the class hierarchy.\n\nWhen called, it accepts no arguments and returns a new featureless\ninstance that has no instance attributes and cannot be given any.\n",
    ),
    base: 0,
    new: Some(static_def("object", "cls, /, *args, **kwargs", object_new)),
    methods: &[
        def("__init__", "self, /, *args, **kwargs", object_init),
        def("__repr__", "self, /", |rt, a| default_repr(rt, a.at(0))),
        def("__str__", "self, /", object_str),
        def("__format__", "self, format_spec, /", object_format),
        def("__eq__", "self, value, /", object_eq),
        def("__ne__", "self, value, /", object_ne),
        def("__lt__", "self, value, /", not_implemented),
        def("__le__", "self, value, /", not_implemented),
        def("__gt__", "self, value, /", not_implemented),
        def("__ge__", "self, value, /", not_implemented),
        def("__hash__", "self, /", object_hash),
        def("__getattribute__", "self, name, /", object_getattribute),
        def("__setattr__", "self, name, value, /", object_setattr),
        def("__delattr__", "self, name, /", object_setattr),
        def("__dir__", "self, /", introspection(|rt, a| Err(rt.delegate(frozen::dir_default, &[a.at(0)])))),
        def("__sizeof__", "self, /", |_, _| Ok(Value::int(16))),
        class_def("__init_subclass__", "cls, /", |_, _| Ok(Value::NONE)),
        class_def("__subclasshook__", "cls, *args", |_, _| Ok(Value::NOT_IMPLEMENTED)),
    ],
    getset: &[
        GetSetDef { name: "__class__", get: |rt, v| Ok(rt.type_of(v).value()), set: Some(set_class) },
        GetSetDef { name: "__dict__", get: get_dict, set: Some(set_dict) },
    ],
    slots: &Slots::NONE,
    subclassable: true,
};

fn not_implemented(_: &mut Rt, _: Args) -> Res<Value> {
    Ok(Value::NOT_IMPLEMENTED)
}

/// `<module.Class object at 0x…>`, with the identity number as address.
pub fn default_repr(rt: &mut Rt, v: Value) -> Res<Value> {
    let id = rt.heap.identity(v)?;
    let t = rt.type_of(v);
    let name = super::type_type::full_name(rt, t)?;
    let text = name.get::<crate::object::Str>();
    let address = 0x7f00_0000_0000u64 + id * 16;
    match text {
        Some(s) => rt.format_str(format_args!("<{} object at {address:#x}>", s.lossy())),
        None => Ok(name),
    }
}

/// `str()` is `repr()`, whose result the caller checks.
fn object_str(rt: &mut Rt, a: Args) -> Res<Value> {
    let v = a.at(0);
    if rt.type_of(v).has_flag(Type::GUEST_REPR) {
        let name = rt.name(Name::__repr__)?;
        if let Some(f) = rt.lookup_special(v, name)? {
            return Err(rt.special_call(f, v, &[]));
        }
    }
    rt.repr(v)
}

/// Whether the class gets `name` from somewhere else than `object`.
fn overrides(rt: &mut Rt, cls: Gc<Type>, which: Name) -> Res<bool> {
    let name = rt.name(which)?;
    let object = rt.builtin_type(kind::Object as u16).value();
    let (own, base) = (rt.type_attr(cls.value(), name)?, rt.type_attr(object, name)?);
    Ok(own != base)
}

fn excess(a: Args, first: usize) -> bool {
    a.len() > first || a.opt(first - 1).and_then(|k| k.get::<Dict>()).is_some_and(|d| !d.is_empty())
}

fn object_new(rt: &mut Rt, a: Args) -> Res<Value> {
    let Some(t) = a.at(0).get::<Type>() else {
        let tn = rt.type_name(a.at(0));
        return Err(rt.type_error(message!("object.__new__(X): X is not a type object ({tn})")));
    };
    if excess(a, 2) {
        if overrides(rt, t, Name::__new__)? {
            return Err(rt.type_error(message!(
                "object.__new__() takes exactly one argument (the type to instantiate)"
            )));
        }
        if !overrides(rt, t, Name::__init__)? {
            let tn = rt.class_name(t);
            return Err(rt.type_error(message!("{tn}() takes no arguments")));
        }
    }
    if t.base_kind != kind::Object || (!t.has_flag(Type::HEAP) && t.builtin != kind::Object as u16) {
        let tn = rt.class_name(t);
        let base = crate::object::KIND_NAMES[t.base_kind as usize];
        return Err(rt.type_error(message!("object.__new__({tn}) is not safe, use {base}.__new__()")));
    }
    rt.new_instance(a.at(0))
}

fn object_init(rt: &mut Rt, a: Args) -> Res<Value> {
    if excess(a, 2) {
        let t = rt.type_of(a.at(0));
        if overrides(rt, t, Name::__init__)? {
            return Err(rt.type_error(message!(
                "object.__init__() takes exactly one argument (the instance to initialize)"
            )));
        }
        if !overrides(rt, t, Name::__new__)? {
            let tn = rt.class_name(t);
            return Err(rt.type_error(message!(
                "{tn}.__init__() takes exactly one argument (the instance to initialize)"
            )));
        }
    }
    Ok(Value::NONE)
}

fn object_format(rt: &mut Rt, a: Args) -> Res<Value> {
    let spec = a.at(1).get::<crate::object::Str>();
    match spec {
        None => {
            let tn = rt.type_name(a.at(1));
            Err(rt.type_error(message!("__format__() argument must be str, not {tn}")))
        }
        Some(s) if !s.is_empty() => {
            let tn = rt.type_name(a.at(0));
            Err(rt.type_error(message!("unsupported format string passed to {tn}.__format__")))
        }
        Some(_) => Err(rt.delegate(frozen::str_again, &[a.at(0)])),
    }
}

fn object_eq(_: &mut Rt, a: Args) -> Res<Value> {
    Ok(if a.at(0) == a.at(1) { Value::TRUE } else { Value::NOT_IMPLEMENTED })
}

fn object_ne(rt: &mut Rt, a: Args) -> Res<Value> {
    let t = rt.type_of(a.at(0));
    if t.has_flag(Type::GUEST_EQ) {
        return Err(rt.delegate(frozen::ne_from_eq, &[a.at(0), a.at(1)]));
    }
    match rt.eq(a.at(0), a.at(1)) {
        Eq::True => Ok(Value::FALSE),
        Eq::False if rt.slots_of(a.at(0)).compare.is_some() => Ok(Value::TRUE),
        _ => Ok(Value::NOT_IMPLEMENTED),
    }
}

/// The identity hash.
fn object_hash(rt: &mut Rt, a: Args) -> Res<Value> {
    let id = rt.heap.identity(a.at(0))?;
    Ok(Value::int((id & 0x0fff_ffff_ffff_ffff) as i64))
}

/// `hash` of a built-in payload, whatever a subclass overrides.
pub fn native_hash(rt: &mut Rt, v: Value) -> Res<Value> {
    if rt.type_of(v).has_flag(Type::GUEST_HASH | Type::UNHASHABLE) {
        if let Some(n) = crate::object::hash::number(v) {
            let h = match n {
                crate::object::hash::Number::Int(i) => crate::object::int::hash(i),
                crate::object::hash::Number::Float(f) => crate::object::float::hash(f).unwrap_or(0),
            };
            return crate::object::int::from_i64(&mut rt.heap, h as i64);
        }
        if let Some(s) = v.get::<crate::object::Str>() {
            let h = crate::object::hash::hash_str(&rt.heap, &s);
            return crate::object::int::from_i64(&mut rt.heap, h as i64);
        }
        if v.get::<crate::object::Tuple>().is_some() {
            return Err(rt.delegate(frozen::tuple_payload_hash, &[v]));
        }
        let id = rt.heap.identity(v)?;
        return Ok(Value::int(id as i64));
    }
    match rt.hash(v)? {
        Some(h) => crate::object::int::from_i64(&mut rt.heap, h as i64),
        None => Err(super::functions::hash_by_guest(rt, v)),
    }
}

fn attribute_name(rt: &mut Rt, v: Value) -> Res<Value> {
    if v.get::<crate::object::Str>().is_none() {
        let tn = rt.type_name(v);
        return Err(rt.type_error(message!("attribute name must be string, not '{tn}'")));
    }
    rt.intern_value(v)
}

fn object_getattribute(rt: &mut Rt, a: Args) -> Res<Value> {
    let name = attribute_name(rt, a.at(1))?;
    rt.generic_getattr(a.at(0), name)
}

fn object_setattr(rt: &mut Rt, a: Args) -> Res<Value> {
    let name = attribute_name(rt, a.at(1))?;
    rt.generic_setattr(a.at(0), name, a.at(2)).map(|()| Value::NONE)
}

/// `obj.__dict__`: from now on the object keeps its attributes there.
fn get_dict(rt: &mut Rt, v: Value) -> Res<Value> {
    if let Some(m) = v.get::<Module>() {
        rt.open_module(m)?;
        return Ok(m.dict);
    }
    let t = rt.type_of(v);
    let own_kind = v.header().map_or(0, |h| h.kind);
    let has = t.has_flag(Type::HEAP) && !t.has_flag(Type::NO_DICT)
        || matches!(own_kind, kind::Function | kind::Exception);
    if !has {
        let name = rt.name(Name::__dict__)?;
        return Err(rt.no_attribute(v, name));
    }
    let d = rt.to_dict_mode(v)?;
    without_slots(rt, t, d)
}

/// The dict itself, or a copy without the names that `__slots__` of some class declares: those lie in the same dict
/// once an object keeps its attributes in one, but are no part of `__dict__` (docs/divergences.md).
fn without_slots(rt: &mut Rt, t: Gc<Type>, d: Gc<Dict>) -> Res<Value> {
    let mut slots = 0;
    let copy = crate::object::dict::new(&mut rt.heap)?;
    for e in d.iter() {
        let found = rt.type_attr(t.value(), e.key)?;
        if found.is_some_and(|m| crate::object::misc::wrapper(m, kind::Member).is_some()) {
            slots += 1;
        } else {
            copy.insert(&mut rt.heap, e.hash, e.key, e.value)?;
        }
    }
    Ok(if slots == 0 { d.value() } else { copy.value() })
}

fn set_dict(rt: &mut Rt, v: Value, d: Value) -> Res<()> {
    if d.get::<Dict>().is_none() {
        let tn = rt.type_name(d);
        return Err(rt.type_error(message!("__dict__ must be set to a dictionary, not a '{tn}'")));
    }
    get_dict(rt, v)?;
    if let Some(e) = crate::object::instance::ext(v) {
        e.set(d);
    }
    Ok(())
}

fn set_class(rt: &mut Rt, v: Value, cls: Value) -> Res<()> {
    let old = rt.type_of(v);
    let Some(new) = cls.get::<Type>() else {
        let tn = rt.type_name(cls);
        return Err(rt.type_error(message!("__class__ must be set to a class, not '{tn}' object")));
    };
    let (from, to) = (rt.class_name(old), rt.class_name(new));
    if !old.has_flag(Type::HEAP) || !new.has_flag(Type::HEAP) {
        return Err(rt.type_error(message!(
            "__class__ assignment only supported for mutable types or ModuleType subclasses"
        )));
    }
    if old.base_kind != new.base_kind || old.has_flag(Type::NO_DICT) != new.has_flag(Type::NO_DICT) {
        return Err(
            rt.type_error(message!("__class__ assignment: '{to}' object layout differs from '{from}'"))
        );
    }
    rt.change_class(v, new)
}

/// `a == b` as the special method of a type without guest code answers it.
pub fn native_eq(rt: &mut Rt, op: CmpOp, a: Value, b: Value) -> Value {
    match (op, rt.eq(a, b)) {
        (CmpOp::Eq, Eq::True) | (CmpOp::Ne, Eq::False) => Value::TRUE,
        (CmpOp::Eq, Eq::False) | (CmpOp::Ne, Eq::True) => Value::FALSE,
        _ => Value::NOT_IMPLEMENTED,
    }
}
