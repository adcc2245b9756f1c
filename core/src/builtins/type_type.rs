//! `type`, and the built-in function that makes classes.

use super::frozen;
use super::left_out::{attribute, doc as docstring, introspection};
use crate::exit::Res;
use crate::heap::Gc;
use crate::interp::{Args, GetSetDef, Name, NativeDef, Rt, Slots, TypeDef, class_def, def, static_def};
use crate::object::{Dict, List, Str, Tuple, Type, dict, kind, misc};
use crate::value::Value;

/// The type of types.
pub static TYPE: TypeDef = TypeDef {
    kind: kind::Type,
    doc: docstring("type(object) -> the object's type\ntype(name, bases, dict, **kwds) -> a new type"),
    base: kind::Object,
    new: Some(static_def("type", "cls, /, *args, **kwargs", type_new)),
    methods: &[
        def("__init__", "self, /, *args, **kwargs", |_, _| Ok(Value::NONE)),
        def("__call__", "self, /, *args, **kwargs", type_call),
        def(
            "mro",
            "self, /",
            introspection(|rt, a| {
                let items = a.at(0).get::<Type>().map_or(Value::NONE, |t| t.mro.get());
                match items.get::<Tuple>() {
                    Some(t) => rt.new_list(t.items()),
                    None => rt.new_list(&[]),
                }
            }),
        ),
        def(
            "__subclasses__",
            "self, /",
            introspection(|rt, a| {
                let subs = a.at(0).get::<Type>().map_or(Value::NONE, |t| t.subclasses.get());
                match subs.get::<List>() {
                    Some(l) => rt.new_list(l.items()),
                    None => rt.new_list(&[]),
                }
            }),
        ),
        def("__instancecheck__", "self, instance, /", |rt, a| {
            Ok(Value::bool(rt.is_instance(a.at(1), a.at(0))))
        }),
        def("__subclasscheck__", "self, subclass, /", |_, a| {
            Ok(Value::bool(a.at(1).get::<Type>().is_some_and(|t| t.is_subclass_of(a.at(0)))))
        }),
        def("__dir__", "self, /", introspection(|rt, a| Err(rt.delegate(frozen::dir_default, &[a.at(0)])))),
        class_def("__prepare__", "cls, /, *args, **kwargs", |rt, _| Ok(dict::new(&mut rt.heap)?.value())),
    ],
    getset: &[
        GetSetDef {
            name: "__name__",
            get: |rt, v| of(v).map_or(Ok(Value::NONE), |t| Ok(rt.names_of(t)?.0)),
            set: Some(set_name),
        },
        GetSetDef {
            name: "__qualname__",
            get: |rt, v| of(v).map_or(Ok(Value::NONE), |t| Ok(rt.names_of(t)?.1)),
            set: Some(set_qualname),
        },
        GetSetDef { name: "__module__", get: module, set: Some(set_module) },
        GetSetDef {
            name: "__bases__",
            get: |_, v| Ok(of(v).map_or(Value::NONE, |t| t.bases.get())),
            set: Some(set_bases),
        },
        attribute("__base__", base),
        GetSetDef { name: "__mro__", get: |_, v| Ok(of(v).map_or(Value::NONE, |t| t.mro.get())), set: None },
        attribute("__dict__", class_dict),
        GetSetDef { name: "__doc__", get: doc, set: Some(set_doc) },
    ],
    slots: &Slots { repr: Some(repr), ..Slots::NONE },
    subclassable: true,
};

/// Functions of the module `builtins` that concern classes.
pub static FUNCTIONS: &[NativeDef] = &[def("__build_class__", "func, name, /, *bases, **kwds", build_class)];

fn of(v: Value) -> Option<Gc<Type>> {
    v.get::<Type>()
}

/// `__build_class__(func, name, *bases, **kwds)`; slots: func, name, kwds, bases…
fn build_class(rt: &mut Rt, a: Args) -> Res<Value> {
    let bases = rt.new_tuple(a.rest(3).slice())?;
    let kwds = match a.opt(2) {
        Some(k) => k,
        None => dict::new(&mut rt.heap)?.value(),
    };
    Err(rt.delegate(frozen::build_class, &[a.at(0), a.at(1), bases, kwds]))
}

/// `type(x)`, `type(name, bases, namespace, **kwds)`; slots: cls, kwds, arguments…
fn type_new(rt: &mut Rt, a: Args) -> Res<Value> {
    let args = a.rest(2);
    if args.len() == 1 && a.at(0).get::<Type>().is_some_and(|t| t.builtin == kind::Type as u16) {
        return Ok(rt.type_of(args.at(0)).value());
    }
    if args.len() != 3 {
        return Err(rt.type_error(message!("type() takes 1 or 3 arguments")));
    }
    if args.at(0).get::<Str>().is_none() {
        let tn = rt.type_name(args.at(0));
        return Err(rt.type_error(message!("type.__new__() argument 1 must be str, not {tn}")));
    }
    if args.at(1).get::<Tuple>().is_none() {
        let tn = rt.type_name(args.at(1));
        return Err(rt.type_error(message!("type.__new__() argument 2 must be tuple, not {tn}")));
    }
    if args.at(2).get::<Dict>().is_none() {
        let tn = rt.type_name(args.at(2));
        return Err(rt.type_error(message!("type.__new__() argument 3 must be dict, not {tn}")));
    }
    let kwds = match a.opt(1) {
        Some(k) => k,
        None => dict::new(&mut rt.heap)?.value(),
    };
    Err(rt.delegate(frozen::type_new, &[a.at(0), args.at(0), args.at(1), args.at(2), kwds]))
}

/// The default call of a class: slots: cls, kwargs, arguments…
fn type_call(rt: &mut Rt, a: Args) -> Res<Value> {
    let args = rt.new_tuple(a.rest(2).slice())?;
    let kwargs = match a.opt(1) {
        Some(k) => k,
        None => dict::new(&mut rt.heap)?.value(),
    };
    Err(rt.delegate(frozen::instantiate, &[a.at(0), args, kwargs]))
}

fn repr(rt: &mut Rt, v: Value) -> Res<Value> {
    let Some(t) = of(v) else { return rt.new_str("<class>") };
    let name = full_name(rt, t)?;
    match name.get::<Str>() {
        Some(s) => rt.format_str(format_args!("<class '{}'>", s.lossy())),
        None => Ok(name),
    }
}

/// `module.qualname`, without the module for built-ins.
pub fn full_name(rt: &mut Rt, t: Gc<Type>) -> Res<Value> {
    let m = module(rt, t.value())?;
    let q = rt.names_of(t)?.1;
    match (m.get::<Str>(), q.get::<Str>()) {
        (Some(m), Some(_)) if m.bytes() == b"builtins" => Ok(q),
        (Some(m), Some(s)) => rt.format_str(format_args!("{}.{}", m.lossy(), s.lossy())),
        _ => Ok(q),
    }
}

/// `__module__` of a class.
pub fn module(rt: &mut Rt, v: Value) -> Res<Value> {
    let Some(t) = of(v) else { return Ok(Value::NONE) };
    if !t.has_flag(Type::HEAP) {
        return rt.intern(b"builtins");
    }
    let key = rt.name(Name::__module__)?;
    match t.attrs().and_then(|d| rt.dict_get_str(d, key)) {
        Some(m) => Ok(m),
        None => rt.intern(b"builtins"),
    }
}

fn set_in_dict(rt: &mut Rt, v: Value, which: Name, value: Value) -> Res<()> {
    let Some(t) = of(v) else { return Ok(()) };
    let key = rt.name(which)?;
    if !t.has_flag(Type::HEAP) {
        let tn = rt.class_name(t);
        let n = which.text();
        return Err(rt.type_error(message!("cannot set '{n}' attribute of immutable type '{tn}'")));
    }
    match t.attrs() {
        Some(d) => rt.dict_set_str(d, key, value),
        None => Ok(()),
    }
}

/// Bases cannot be exchanged: methods are looked up in an order computed once.
fn set_bases(rt: &mut Rt, v: Value, bases: Value) -> Res<()> {
    let Some(t) = of(v) else { return Ok(()) };
    let tn = rt.class_name(t);
    if !t.has_flag(Type::HEAP) {
        return Err(rt.type_error(message!("cannot set '__bases__' attribute of immutable type '{tn}'")));
    }
    if bases.get::<Tuple>().is_some() {
        return Err(rt.type_error(message!("__bases__ assignment is not supported")));
    }
    let got = if bases.is_unbound() { "NoneType" } else { rt.type_name(bases) };
    Err(rt.type_error(message!("can only assign tuple to {tn}.__bases__, not {got}")))
}

fn set_module(rt: &mut Rt, v: Value, m: Value) -> Res<()> {
    set_in_dict(rt, v, Name::__module__, m)
}
fn set_doc(rt: &mut Rt, v: Value, d: Value) -> Res<()> {
    set_in_dict(rt, v, Name::__doc__, d)
}

fn set_text(rt: &mut Rt, v: Value, value: Value, what: &str) -> Res<Option<Gc<Type>>> {
    let Some(t) = of(v) else { return Ok(None) };
    let tn = rt.class_name(t);
    if !t.has_flag(Type::HEAP) {
        return Err(rt.type_error(message!("cannot set '{what}' attribute of immutable type '{tn}'")));
    }
    if value.get::<Str>().is_none() {
        let got = if value.is_unbound() { "NULL" } else { rt.type_name(value) };
        return Err(rt.type_error(message!("can only assign string to {tn}.{what}, not '{got}'")));
    }
    Ok(Some(t))
}

fn set_name(rt: &mut Rt, v: Value, value: Value) -> Res<()> {
    if let Some(t) = set_text(rt, v, value, "__name__")? {
        t.name.set(value);
    }
    Ok(())
}
fn set_qualname(rt: &mut Rt, v: Value, value: Value) -> Res<()> {
    if let Some(t) = set_text(rt, v, value, "__qualname__")? {
        t.qualname.set(value);
    }
    Ok(())
}

fn base(rt: &mut Rt, v: Value) -> Res<Value> {
    let Some(t) = of(v) else { return Ok(Value::NONE) };
    let Some(bases) = t.bases.get().get::<Tuple>() else { return Ok(Value::NONE) };
    let best = bases
        .items()
        .iter()
        .find(|b| of(**b).is_some_and(|b| b.base_kind == t.base_kind))
        .or(bases.items().first());
    let _ = rt;
    Ok(best.copied().unwrap_or(Value::NONE))
}

fn doc(rt: &mut Rt, v: Value) -> Res<Value> {
    let key = rt.name(Name::__doc__)?;
    let Some(d) = rt.own_attr(v, key)? else { return Ok(Value::NONE) };
    rt.descr_get(d, Value::UNBOUND, v)
}

/// `cls.__dict__`: a read-only view. A built-in type's whole table is materialized for it.
fn class_dict(rt: &mut Rt, v: Value) -> Res<Value> {
    let Some(t) = of(v) else { return Ok(Value::NONE) };
    rt.materialize_builtin(t)?;
    let d = match t.attrs() {
        Some(d) => d,
        None => {
            let d = dict::new(&mut rt.heap)?;
            t.dict.set(d.value());
            d
        }
    };
    let fields = [d.value(), Value::UNBOUND, Value::UNBOUND, Value::UNBOUND];
    misc::new_wrapper(&mut rt.heap, kind::MappingProxy, kind::MappingProxy as u32, fields)
}
