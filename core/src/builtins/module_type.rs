//! Modules and read-only views of dicts.

use super::descriptors::{get, plain, shape_for};
use super::frozen;
use crate::exit::Res;
use crate::interp::{Args, Rt, Slots, TypeDef, def};
use crate::object::misc::{self, new_wrapper, wrapper};
use crate::object::{Dict, Module, Str, dict, kind};
use crate::value::Value;

/// `module`.
pub static MODULE: TypeDef = TypeDef {
    new: Some(def("module", "cls, /, name, doc=None", module_new)),
    getset: &[get("__dict__", dict_of)],
    slots: &Slots { repr: Some(module_repr), ..Slots::NONE },
    subclassable: true,
    ..plain(kind::Module)
};

/// `module.__dict__`.
pub(super) fn dict_of(rt: &mut Rt, v: Value) -> Res<Value> {
    let Some(m) = v.get::<Module>() else { return Ok(Value::NONE) };
    rt.open_module(m)?;
    Ok(m.dict)
}

fn module_new(rt: &mut Rt, a: Args) -> Res<Value> {
    if a.at(1).get::<Str>().is_none() {
        let name = rt.type_name(a.at(1));
        return Err(rt.type_error(message!("module() argument 'name' must be str, not {name}")));
    }
    let d = dict::new(&mut rt.heap)?;
    rt.dict_set_name(d, "__name__", a.at(1))?;
    rt.dict_set_name(d, "__doc__", a.or(2, Value::NONE))?;
    for name in ["__package__", "__loader__", "__spec__"] {
        rt.dict_set_name(d, name, Value::NONE)?;
    }
    let m = misc::new_module(&mut rt.heap, d.value())?;
    let shape = shape_for(rt, a.at(0), kind::Module)?;
    if let Some(h) = m.value().header() {
        h.shape.set(shape);
    }
    Ok(m.value())
}

fn module_repr(rt: &mut Rt, v: Value) -> Res<Value> {
    let d = v.get::<Module>().and_then(|m| m.dict.get::<Dict>());
    let mut find = |name: &str| {
        let key = rt.intern(name.as_bytes())?;
        Ok(d.and_then(|d| rt.dict_get_str(d, key)).and_then(|x| x.get::<Str>()))
    };
    let (name, file) = (find("__name__")?, find("__file__")?);
    let name = name.as_ref().map_or("?", |s| s.lossy());
    match &file {
        Some(f) => rt.format_str(format_args!("<module '{name}' from '{}'>", f.lossy())),
        None if name == "__main__" => rt.format_str(format_args!("<module '{name}'>")),
        None => rt.format_str(format_args!("<module '{name}' (built-in)>")),
    }
}

/// `mappingproxy`: whatever is asked of it is asked of the dict behind it.
pub static MAPPINGPROXY: TypeDef = TypeDef {
    new: Some(def("mappingproxy", "cls, /, mapping, /", proxy_new)),
    methods: &[
        def("get", "self, key, default=None, /", |rt, a| {
            let d = a.or(2, Value::NONE);
            forward(rt, a.at(0), "get", &[a.at(1), d])
        }),
        def("keys", "self, /", |rt, a| forward(rt, a.at(0), "keys", &[])),
        def("values", "self, /", |rt, a| forward(rt, a.at(0), "values", &[])),
        def("items", "self, /", |rt, a| forward(rt, a.at(0), "items", &[])),
        def("copy", "self, /", |rt, a| forward(rt, a.at(0), "copy", &[])),
        def("__reversed__", "self, /", |rt, a| forward(rt, a.at(0), "__reversed__", &[])),
    ],
    slots: &Slots {
        repr: Some(|rt, v| Err(rt.delegate(frozen::mappingproxy_repr, &[inner(v)]))),
        str: Some(|rt, v| rt.str(inner(v))),
        len: Some(|_, v| Ok(inner(v).get::<Dict>().map_or(0, |d| d.len()))),
        getitem: Some(|rt, v, k| match rt.slots_of(inner(v)).getitem {
            Some(f) => f(rt, inner(v), k),
            None => Err(rt.key_error(k)),
        }),
        contains: Some(|rt, v, k| match rt.slots_of(inner(v)).contains {
            Some(f) => f(rt, inner(v), k),
            None => Ok(false),
        }),
        iter: Some(|rt, v| match rt.slots_of(inner(v)).iter {
            Some(f) => f(rt, inner(v)),
            None => Ok(Value::NONE),
        }),
        ..Slots::NONE
    },
    ..plain(kind::MappingProxy)
};

fn inner(v: Value) -> Value {
    wrapper(v, kind::MappingProxy).map_or(Value::NONE, |w| w.a.get())
}

fn proxy_new(rt: &mut Rt, a: Args) -> Res<Value> {
    if a.at(1).get::<Dict>().is_none() {
        let name = rt.type_name(a.at(1));
        return Err(rt.type_error(message!("mappingproxy() argument must be a mapping, not {name}")));
    }
    let k = kind::MappingProxy;
    new_wrapper(&mut rt.heap, k, k as u32, [a.at(1), Value::NONE, Value::NONE, Value::NONE])
}

/// Calls method `name` of the dict behind a proxy.
fn forward(rt: &mut Rt, v: Value, name: &str, args: &[Value]) -> Res<Value> {
    let (d, key) = (inner(v), rt.intern(name.as_bytes())?);
    let Some(f) = rt.lookup_special(d, key)? else { return Err(rt.key_error(key)) };
    let mut all = [d; 3];
    for (slot, &x) in all.iter_mut().skip(1).zip(args) {
        *slot = x;
    }
    Err(rt.tail_call(f, all.get(..=args.len()).unwrap_or(&[])))
}
