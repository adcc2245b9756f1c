//! Functions, methods, properties and the other descriptors: what guests see of them.
//!
//! Attribute access does not come here for the usual cases: the interpreter binds functions and calls properties
//! itself. These are the attributes and methods that programs use explicitly.

use super::frozen;
use super::left_out::attribute;
use crate::exit::Res;
use crate::interp::{Args, GetSetDef, NativeDef, Rt, Slots, TypeDef, def};
use crate::object::exception::exc;
use crate::object::misc::{new_wrapper, wrapper};
use crate::object::{BoundMethod, CellObj, Dict, Function, Str, Tuple, Type, func, kind};
use crate::value::Value;

/// A type definition with the usual defaults.
pub(super) const fn plain(kind: u8) -> TypeDef {
    TypeDef {
        kind,
        doc: "",
        base: kind::Object,
        new: None,
        methods: &[],
        getset: &[],
        slots: &Slots::NONE,
        subclassable: false,
    }
}

/// A read-only computed attribute.
pub(super) const fn get(name: &'static str, get: fn(&mut Rt, Value) -> Res<Value>) -> GetSetDef {
    GetSetDef { name, get, set: None }
}
/// A computed attribute that can be set.
pub(super) const fn get_set(
    name: &'static str,
    get: fn(&mut Rt, Value) -> Res<Value>,
    set: fn(&mut Rt, Value, Value) -> Res<()>,
) -> GetSetDef {
    GetSetDef { name, get, set: Some(set) }
}

/// Binds `f`, found on the class of `obj`, to `obj`; asks for a guest's `__get__` where there is one.
pub fn bind_special(rt: &mut Rt, f: Value, obj: Value) -> Res<Value> {
    if f.get::<Function>().is_some() {
        return Ok(func::new_bound(&mut rt.heap, f, obj)?.value());
    }
    if let Some(b) = crate::object::func::get_builtin(f) {
        use crate::interp::Binding;
        let to = match b.native().map(|d| d.binding()) {
            Some(Binding::Method) if b.self_.is_unbound() => obj,
            Some(Binding::Class) if b.self_.is_unbound() => rt.type_of(obj).value(),
            _ => return Ok(f),
        };
        return func::new_builtin(&mut rt.heap, kind::Builtin, b.def, b.host, to, b.owner);
    }
    if let Some(w) = wrapper(f, kind::StaticMethod) {
        return Ok(w.a.get());
    }
    if let Some(w) = wrapper(f, kind::ClassMethod) {
        let cls = rt.type_of(obj).value();
        return Ok(func::new_bound(&mut rt.heap, w.a.get(), cls)?.value());
    }
    if let Some(w) = wrapper(f, kind::Property) {
        let getter = w.a.get();
        return Err(rt.tail_call(getter, &[obj]));
    }
    if rt.type_of(f).has_flag(Type::GUEST_GET) {
        let name = rt.name(crate::interp::Name::__get__)?;
        if let Some(g) = rt.lookup_special(f, name)? {
            let cls = rt.type_of(obj).value();
            return Err(rt.tail_call(g, &[f, obj, cls]));
        }
    }
    Ok(f)
}

fn none_if_unbound(v: Value) -> Value {
    if v.is_unbound() { Value::NONE } else { v }
}

// Functions.

/// `function`.
pub static FUNCTION: TypeDef = TypeDef {
    methods: &[def("__get__", "self, instance, owner=None, /", function_get)],
    getset: &[
        get_set("__name__", |_, v| Ok(field(v, |f| f.name.get())), set_name),
        get_set("__qualname__", |_, v| Ok(field(v, |f| f.qualname.get())), set_qualname),
        get_set("__doc__", function_doc, |_, v, x| set_field(v, |f| f.doc.set(none_if_unbound(x)))),
        get_set("__module__", function_module, |_, v, x| set_field(v, |f| f.module.set(none_if_unbound(x)))),
        get_set("__defaults__", |_, v| Ok(field(v, |f| f.defaults.get())), set_defaults),
        get_set("__kwdefaults__", |_, v| Ok(field(v, |f| f.kwdefaults.get())), set_kwdefaults),
        attribute("__code__", |_, v| Ok(field(v, |f| f.code().value()))),
        attribute("__globals__", |_, v| Ok(field(v, |f| f.globals))),
        attribute("__closure__", |_, v| Ok(field(v, |f| none_if_unbound(f.closure)))),
        attribute("__builtins__", |rt, _| rt.all_builtins().map(|()| rt.builtins)),
        attribute("__type_params__", |rt, _| Ok(rt.empty_tuple())),
    ],
    slots: &Slots { repr: Some(function_repr), ..Slots::NONE },
    ..plain(kind::Function)
};

fn field(v: Value, read: fn(&Function) -> Value) -> Value {
    v.get::<Function>().map_or(Value::NONE, |f| read(&f))
}

fn set_field(v: Value, write: impl FnOnce(&Function)) -> Res<()> {
    if let Some(f) = v.get::<Function>() {
        write(&f);
    }
    Ok(())
}

fn function_get(rt: &mut Rt, a: Args) -> Res<Value> {
    if a.at(1).is_none() {
        return Ok(a.at(0));
    }
    Ok(func::new_bound(&mut rt.heap, a.at(0), a.at(1))?.value())
}

fn set_name(rt: &mut Rt, v: Value, x: Value) -> Res<()> {
    if x.get::<Str>().is_none() {
        return Err(rt.type_error(message!("__name__ must be set to a string object")));
    }
    set_field(v, |f| f.name.set(x))
}

fn set_qualname(rt: &mut Rt, v: Value, x: Value) -> Res<()> {
    if x.get::<Str>().is_none() {
        return Err(rt.type_error(message!("__qualname__ must be set to a string object")));
    }
    set_field(v, |f| f.qualname.set(x))
}

fn set_defaults(rt: &mut Rt, v: Value, x: Value) -> Res<()> {
    let x = none_if_unbound(x);
    if !x.is_none() && x.get::<Tuple>().is_none() {
        return Err(rt.type_error(message!("__defaults__ must be set to a tuple object")));
    }
    set_field(v, |f| {
        f.defaults.set(x);
        f.changed(&mut rt.heap);
    })
}

fn set_kwdefaults(rt: &mut Rt, v: Value, x: Value) -> Res<()> {
    let x = none_if_unbound(x);
    if !x.is_none() && x.get::<Dict>().is_none() {
        return Err(rt.type_error(message!("__kwdefaults__ must be set to a dict object")));
    }
    set_field(v, |f| {
        f.kwdefaults.set(x);
        f.changed(&mut rt.heap);
    })
}

fn function_doc(_: &mut Rt, v: Value) -> Res<Value> {
    let Some(f) = v.get::<Function>() else { return Ok(Value::NONE) };
    let set = f.doc.get();
    if !set.is_unbound() {
        return Ok(set);
    }
    let code = f.code();
    let doc = code.func().doc.checked_sub(1).and_then(|i| code.consts().get(i as usize).copied());
    Ok(doc.map_or(Value::NONE, none_if_unbound))
}

/// `__module__` of a function: the name of its globals' module unless it was set.
pub(crate) fn function_module(rt: &mut Rt, v: Value) -> Res<Value> {
    let Some(f) = v.get::<Function>() else { return Ok(Value::NONE) };
    let set = f.module.get();
    if !set.is_unbound() {
        return Ok(set);
    }
    let name = rt.name(crate::interp::Name::__name__)?;
    match f.globals.get::<Dict>() {
        Some(d) => Ok(rt.dict_get_str(d, name).unwrap_or(Value::NONE)),
        None => Ok(Value::NONE),
    }
}

/// The address that a repr shows: made of the identity number, as `id()` is.
pub(super) fn address(rt: &mut Rt, v: Value) -> Res<u64> {
    Ok(0x7f00_0000_0000u64.wrapping_add(rt.heap.identity(v)?.wrapping_mul(16)))
}

fn function_repr(rt: &mut Rt, v: Value) -> Res<Value> {
    let at = address(rt, v)?;
    let Some(name) = v.get::<Function>().and_then(|f| f.qualname.get().get::<Str>()) else {
        return rt.new_str("<function>");
    };
    rt.format_str(format_args!("<function {} at {at:#x}>", name.lossy()))
}

// Bound methods.

/// `method`.
pub static METHOD: TypeDef = TypeDef {
    new: Some(def("method", "cls, /, function, instance, /", method_new)),
    methods: &[def("__get__", "self, instance, owner=None, /", |_, a| Ok(a.at(0)))],
    getset: &[
        get("__func__", |_, v| Ok(v.get::<BoundMethod>().map_or(Value::NONE, |m| m.func))),
        get("__self__", |_, v| Ok(v.get::<BoundMethod>().map_or(Value::NONE, |m| m.self_))),
        get("__name__", |rt, v| of_func(rt, v, "__name__")),
        attribute("__qualname__", |rt, v| of_func(rt, v, "__qualname__")),
        attribute("__doc__", |rt, v| of_func(rt, v, "__doc__")),
        attribute("__module__", |rt, v| of_func(rt, v, "__module__")),
        attribute("__code__", |rt, v| of_func(rt, v, "__code__")),
        attribute("__defaults__", |rt, v| of_func(rt, v, "__defaults__")),
    ],
    slots: &Slots { repr: Some(method_repr), ..Slots::NONE },
    ..plain(kind::BoundMethod)
};

fn method_new(rt: &mut Rt, a: Args) -> Res<Value> {
    if a.at(2).is_none() {
        return Err(rt.type_error(message!("instance must not be None")));
    }
    Ok(func::new_bound(&mut rt.heap, a.at(1), a.at(2))?.value())
}

/// An attribute of a bound method's function.
fn of_func(rt: &mut Rt, v: Value, name: &'static str) -> Res<Value> {
    let Some(m) = v.get::<BoundMethod>() else { return Ok(Value::NONE) };
    if m.func.get::<Function>().is_some()
        && let Some(g) = FUNCTION.getset.iter().find(|g| g.name == name)
    {
        return (g.get)(rt, m.func);
    }
    if crate::object::func::get_builtin(m.func).is_some()
        && let Some(g) = BUILTIN_ATTRS.iter().find(|g| g.name == name)
    {
        return (g.get)(rt, m.func);
    }
    let name = rt.intern(name.as_bytes())?;
    Err(rt.delegate(frozen::getattr_of, &[m.func, name]))
}

fn method_repr(rt: &mut Rt, v: Value) -> Res<Value> {
    let Some(m) = v.get::<BoundMethod>() else { return rt.new_str("<bound method>") };
    let name = m.func.get::<Function>().and_then(|f| f.qualname.get().get::<Str>());
    let simple = m.self_.get::<crate::object::Instance>().is_some() || m.self_.get::<Type>().is_some();
    if simple && !rt.type_of(m.self_).has_flag(Type::GUEST_REPR) {
        let of = rt.repr(m.self_)?;
        let (name, of) = (name.as_ref().map_or("?", |n| text_of(n)), of.get::<Str>());
        return rt.format_str(format_args!(
            "<bound method {name} of {}>",
            of.as_ref().map_or("?", |s| text_of(s))
        ));
    }
    Err(rt.delegate(frozen::method_repr, &[v]))
}

/// A str's text for a message, as long as the str is not collected.
fn text_of(s: &crate::heap::Gc<Str>) -> &str {
    s.lossy()
}

// Built-in functions.

const BUILTIN_ATTRS: &[GetSetDef] = &[
    get("__name__", |rt, v| rt.new_str(builtin_name(v))),
    attribute("__qualname__", builtin_qualname),
    attribute("__doc__", builtin_doc),
    attribute("__module__", builtin_module),
    get("__self__", |_, v| {
        Ok(crate::object::func::get_builtin(v).map_or(Value::NONE, |b| none_if_unbound(b.self_)))
    }),
    attribute("__text_signature__", |_, _| Ok(Value::NONE)),
];

const DESCRIPTOR_ATTRS: &[GetSetDef] = &[
    get("__name__", |rt, v| rt.new_str(builtin_name(v))),
    attribute("__qualname__", builtin_qualname),
    attribute("__doc__", builtin_doc),
    attribute("__objclass__", |_, v| {
        Ok(crate::object::func::get_builtin(v).map_or(Value::NONE, |b| none_if_unbound(b.owner)))
    }),
    attribute("__text_signature__", |_, _| Ok(Value::NONE)),
];

const DESCRIPTOR_METHODS: &[NativeDef] = &[def("__get__", "self, instance, owner=None, /", builtin_get)];

/// `builtin_function_or_method`.
pub static BUILTIN: TypeDef = TypeDef {
    getset: BUILTIN_ATTRS,
    slots: &Slots { repr: Some(builtin_repr), ..Slots::NONE },
    ..plain(kind::Builtin)
};
/// `method-wrapper`.
pub static METHOD_WRAPPER: TypeDef = TypeDef {
    getset: BUILTIN_ATTRS,
    slots: &Slots { repr: Some(builtin_repr), ..Slots::NONE },
    ..plain(kind::MethodWrapper)
};
const DESCRIPTOR_SLOTS: Slots = Slots { repr: Some(builtin_repr), ..Slots::NONE };
/// `method_descriptor`.
pub static METHOD_DESCRIPTOR: TypeDef = TypeDef {
    methods: DESCRIPTOR_METHODS,
    getset: DESCRIPTOR_ATTRS,
    slots: &DESCRIPTOR_SLOTS,
    ..plain(kind::MethodDescriptor)
};
/// `wrapper_descriptor`.
pub static WRAPPER_DESCRIPTOR: TypeDef = TypeDef {
    methods: DESCRIPTOR_METHODS,
    getset: DESCRIPTOR_ATTRS,
    slots: &DESCRIPTOR_SLOTS,
    ..plain(kind::WrapperDescriptor)
};
/// `classmethod_descriptor`.
pub static CLASSMETHOD_DESCRIPTOR: TypeDef = TypeDef {
    methods: DESCRIPTOR_METHODS,
    getset: DESCRIPTOR_ATTRS,
    slots: &DESCRIPTOR_SLOTS,
    ..plain(kind::ClassMethodDescriptor)
};

fn builtin_name(v: Value) -> &'static str {
    crate::object::func::get_builtin(v).and_then(|b| b.native()).map_or("<host function>", |d| d.name())
}

/// Built-in functions have no texts; what their docstrings begin with, the signature, stands for them.
fn builtin_doc(rt: &mut Rt, v: Value) -> Res<Value> {
    match crate::object::func::get_builtin(v).and_then(|b| b.native()) {
        Some(d) => rt.format_str(format_args!("{}({})", d.name(), d.sig().text)),
        None => Ok(Value::NONE),
    }
}

fn builtin_qualname(rt: &mut Rt, v: Value) -> Res<Value> {
    let name = builtin_name(v);
    match crate::object::func::get_builtin(v).and_then(|b| b.owner.get::<Type>()) {
        Some(t) => rt.format_str(format_args!("{}.{name}", t.name_text())),
        None => rt.new_str(name),
    }
}

fn builtin_module(rt: &mut Rt, v: Value) -> Res<Value> {
    match crate::object::func::get_builtin(v).map(|b| b.owner) {
        Some(owner) if owner.get::<Str>().is_some() => Ok(owner),
        Some(owner) if owner.get::<Type>().is_some() => Ok(Value::NONE),
        _ => rt.new_str("builtins"),
    }
}

fn builtin_get(rt: &mut Rt, a: Args) -> Res<Value> {
    if a.at(1).is_none() { Ok(a.at(0)) } else { bind_special(rt, a.at(0), a.at(1)) }
}

fn builtin_repr(rt: &mut Rt, v: Value) -> Res<Value> {
    let name = builtin_name(v);
    let Some(b) = crate::object::func::get_builtin(v) else { return rt.new_str("<built-in function>") };
    let owner = b.owner.get::<Type>();
    if v.shape() == kind::MethodWrapper as u32 {
        let of = rt.type_name(b.self_);
        let at = address(rt, b.self_)?;
        return rt.format_str(format_args!("<method-wrapper '{name}' of {of} object at {at:#x}>"));
    }
    if v.shape() != kind::Builtin as u32 {
        let what = if v.shape() == kind::WrapperDescriptor as u32 { "slot wrapper" } else { "method" };
        return rt.format_str(format_args!(
            "<{what} '{name}' of '{}' objects>",
            owner.as_ref().map_or("?", |t| type_text(t))
        ));
    }
    if b.self_.is_unbound() || b.self_.get::<crate::object::Module>().is_some() {
        return rt.format_str(format_args!("<built-in function {name}>"));
    }
    let of = rt.type_name(b.self_);
    let at = address(rt, b.self_)?;
    rt.format_str(format_args!("<built-in method {name} of {of} object at {at:#x}>"))
}

fn type_text(t: &Type) -> &str {
    t.name_text()
}

// Cells.

/// `cell`.
pub static CELL: TypeDef = TypeDef {
    new: Some(def("cell", "cls, /, contents=None, /", |rt, a| {
        Ok(func::new_cell(&mut rt.heap, a.at(1))?.value())
    })),
    getset: &[get_set("cell_contents", cell_get, |_, v, x| {
        if let Some(c) = v.get::<CellObj>() {
            c.content.set(x);
        }
        Ok(())
    })],
    ..plain(kind::Cell)
};

fn cell_get(rt: &mut Rt, v: Value) -> Res<Value> {
    match v.get::<CellObj>().map(|c| c.content.get()) {
        Some(x) if !x.is_unbound() => Ok(x),
        _ => Err(rt.value_error(message!("cell is empty"))),
    }
}

// Static and class methods.

/// `staticmethod`.
pub static STATICMETHOD: TypeDef = TypeDef {
    new: Some(def("staticmethod", "cls, /, function, /", |rt, a| wrap(rt, kind::StaticMethod, a))),
    methods: &[def("__get__", "self, instance, owner=None, /", |_, a| Ok(part(a.at(0), kind::StaticMethod)))],
    getset: &[
        get("__func__", |_, v| Ok(part(v, kind::StaticMethod))),
        get("__wrapped__", |_, v| Ok(part(v, kind::StaticMethod))),
        attribute("__name__", |rt, v| forwarded(rt, part(v, kind::StaticMethod), "__name__")),
        attribute("__qualname__", |rt, v| forwarded(rt, part(v, kind::StaticMethod), "__qualname__")),
        attribute("__doc__", |rt, v| forwarded(rt, part(v, kind::StaticMethod), "__doc__")),
        attribute("__module__", |rt, v| forwarded(rt, part(v, kind::StaticMethod), "__module__")),
    ],
    slots: &Slots { repr: Some(|rt, v| Err(rt.delegate(frozen::staticmethod_repr, &[v]))), ..Slots::NONE },
    subclassable: true,
    ..plain(kind::StaticMethod)
};

/// `classmethod`.
pub static CLASSMETHOD: TypeDef = TypeDef {
    new: Some(def("classmethod", "cls, /, function, /", |rt, a| wrap(rt, kind::ClassMethod, a))),
    methods: &[def("__get__", "self, instance, owner=None, /", classmethod_get)],
    getset: &[
        get("__func__", |_, v| Ok(part(v, kind::ClassMethod))),
        get("__wrapped__", |_, v| Ok(part(v, kind::ClassMethod))),
        attribute("__name__", |rt, v| forwarded(rt, part(v, kind::ClassMethod), "__name__")),
        attribute("__qualname__", |rt, v| forwarded(rt, part(v, kind::ClassMethod), "__qualname__")),
        attribute("__doc__", |rt, v| forwarded(rt, part(v, kind::ClassMethod), "__doc__")),
        attribute("__module__", |rt, v| forwarded(rt, part(v, kind::ClassMethod), "__module__")),
    ],
    slots: &Slots { repr: Some(|rt, v| Err(rt.delegate(frozen::classmethod_repr, &[v]))), ..Slots::NONE },
    subclassable: true,
    ..plain(kind::ClassMethod)
};

/// The shape of an instance of `cls`, a class whose payload is `kind`.
pub(super) fn shape_for(rt: &mut Rt, cls: Value, kind: u8) -> Res<u32> {
    if cls == rt.builtin_type(kind as u16).value() { Ok(kind as u32) } else { rt.instance_shape(cls) }
}

fn wrap(rt: &mut Rt, kind: u8, a: Args) -> Res<Value> {
    let shape = shape_for(rt, a.at(0), kind)?;
    new_wrapper(&mut rt.heap, kind, shape, [a.at(1), Value::NONE, Value::NONE, Value::NONE])
}

fn part(v: Value, kind: u8) -> Value {
    wrapper(v, kind).map_or(Value::NONE, |w| w.a.get())
}

fn forwarded(rt: &mut Rt, f: Value, name: &'static str) -> Res<Value> {
    let name = rt.intern(name.as_bytes())?;
    Err(rt.delegate(frozen::getattr_of, &[f, name]))
}

fn classmethod_get(rt: &mut Rt, a: Args) -> Res<Value> {
    let cls = if a.opt(2).is_none_or(Value::is_none) { rt.type_of(a.at(1)).value() } else { a.at(2) };
    Ok(func::new_bound(&mut rt.heap, part(a.at(0), kind::ClassMethod), cls)?.value())
}

// Properties.

/// `property`.
pub static PROPERTY: TypeDef = TypeDef {
    new: Some(def("property", "cls, /, fget=None, fset=None, fdel=None, doc=None", property_new)),
    methods: &[
        def("getter", "self, fget, /", |rt, a| property_with(rt, a, 0)),
        def("setter", "self, fset, /", |rt, a| property_with(rt, a, 1)),
        def("deleter", "self, fdel, /", |rt, a| property_with(rt, a, 2)),
        def("__get__", "self, instance, owner=None, /", property_get),
        def("__set__", "self, instance, value, /", property_set),
        def("__delete__", "self, instance, /", property_delete),
        def("__set_name__", "self, owner, name, /", |_, _| Ok(Value::NONE)),
    ],
    getset: &[
        get("fget", |_, v| Ok(property_part(v, 0))),
        get("fset", |_, v| Ok(property_part(v, 1))),
        get("fdel", |_, v| Ok(property_part(v, 2))),
        get_set("__doc__", property_doc, |_, v, x| {
            if let Some(w) = wrapper(v, kind::Property) {
                w.d.set(none_if_unbound(x));
            }
            Ok(())
        }),
        attribute("__name__", |rt, v| forwarded(rt, property_part(v, 0), "__name__")),
    ],
    subclassable: true,
    ..plain(kind::Property)
};

fn property_part(v: Value, i: usize) -> Value {
    match wrapper(v, kind::Property) {
        Some(w) => none_if_unbound([w.a.get(), w.b.get(), w.c.get()].get(i).copied().unwrap_or(Value::NONE)),
        None => Value::NONE,
    }
}

fn property_new(rt: &mut Rt, a: Args) -> Res<Value> {
    let shape = shape_for(rt, a.at(0), kind::Property)?;
    let fields = [1, 2, 3].map(|i| a.or(i, Value::NONE));
    // An absent docstring is the getter's, looked up when asked for.
    let doc = a.or(4, Value::NONE);
    let doc = if doc.is_none() { Value::UNBOUND } else { doc };
    new_wrapper(&mut rt.heap, kind::Property, shape, [fields[0], fields[1], fields[2], doc])
}

fn property_with(rt: &mut Rt, a: Args, i: usize) -> Res<Value> {
    let Some(w) = wrapper(a.at(0), kind::Property) else { return Ok(Value::NONE) };
    let mut fields = [w.a.get(), w.b.get(), w.c.get(), w.d.get()];
    if let (Some(f), false) = (fields.get_mut(i), a.at(1).is_none()) {
        *f = a.at(1);
    }
    new_wrapper(&mut rt.heap, kind::Property, a.at(0).shape(), fields)
}

fn property_doc(rt: &mut Rt, v: Value) -> Res<Value> {
    let doc = wrapper(v, kind::Property).map_or(Value::NONE, |w| w.d.get());
    if !doc.is_unbound() {
        return Ok(doc);
    }
    let getter = property_part(v, 0);
    if getter.get::<Function>().is_some() {
        return function_doc(rt, getter);
    }
    Err(rt.delegate(frozen::property_doc, &[getter]))
}

fn property_get(rt: &mut Rt, a: Args) -> Res<Value> {
    if a.at(1).is_none() {
        return Ok(a.at(0));
    }
    call_accessor(rt, a.at(0), 0, &[a.at(1)])
}

fn property_set(rt: &mut Rt, a: Args) -> Res<Value> {
    call_accessor(rt, a.at(0), 1, &[a.at(1), a.at(2)])
}

fn property_delete(rt: &mut Rt, a: Args) -> Res<Value> {
    call_accessor(rt, a.at(0), 2, &[a.at(1)])
}

/// Calls part `i` of property `p` (getter, setter, deleter) with `args`, or raises AttributeError.
pub fn call_accessor(rt: &mut Rt, p: Value, i: usize, args: &[Value]) -> Res<Value> {
    let f = property_part(p, i);
    if !f.is_none() {
        return Err(rt.tail_call(f, args));
    }
    let what = ["getter", "setter", "deleter"].get(i).copied().unwrap_or("getter");
    let owner = rt.type_of(args.first().copied().unwrap_or(Value::NONE));
    let owner = rt.names_of(owner)?.1.get::<Str>();
    let owner = owner.as_ref().map_or("?", |s| text_of(s));
    let name = property_part(p, 0).get::<Function>().and_then(|f| f.name.get().get::<Str>());
    Err(match name {
        Some(n) => rt.raise(
            exc::AttributeError,
            message!("property '{}' of '{owner}' object has no {what}", n.lossy()),
        ),
        None => rt.raise(exc::AttributeError, message!("property of '{owner}' object has no {what}")),
    })
}

// super.

/// `super`. The form without arguments is the compiler's, which knows the class and the first argument.
pub static SUPER: TypeDef = TypeDef {
    new: Some(def("super", "cls, /, type=None, object=None, /", super_new)),
    getset: &[
        attribute("__thisclass__", |_, v| Ok(part(v, kind::Super))),
        get("__self__", |_, v| {
            Ok(wrapper(v, kind::Super).map_or(Value::NONE, |w| none_if_unbound(w.b.get())))
        }),
        attribute("__self_class__", |_, v| {
            Ok(wrapper(v, kind::Super).map_or(Value::NONE, |w| none_if_unbound(w.c.get())))
        }),
    ],
    slots: &Slots { repr: Some(super_repr), ..Slots::NONE },
    subclassable: true,
    ..plain(kind::Super)
};

fn super_new(rt: &mut Rt, a: Args) -> Res<Value> {
    let Some(cls) = a.opt(1) else {
        return Err(rt.raise(exc::RuntimeError, message!("super(): no arguments")));
    };
    let shape = shape_for(rt, a.at(0), kind::Super)?;
    make_super(rt, cls, a.or(2, Value::NONE), shape)
}

/// `super(cls, obj)` of the given shape.
pub fn make_super(rt: &mut Rt, cls: Value, obj: Value, shape: u32) -> Res<Value> {
    let Some(t) = cls.get::<Type>() else {
        let name = rt.type_name(cls);
        return Err(rt.type_error(message!("super() argument 1 must be a type, not {name}")));
    };
    if obj.is_none() {
        return new_wrapper(&mut rt.heap, kind::Super, shape, [cls, Value::NONE, Value::NONE, Value::NONE]);
    }
    let own = rt.type_of(obj);
    let class = match obj.get::<Type>() {
        Some(o) if o.value() == cls || o.is_subclass_of(cls) => obj,
        _ if own.value() == cls || own.is_subclass_of(cls) => own.value(),
        is_type => {
            let (what, name) = match &is_type {
                Some(o) => ("type", type_text(o)),
                None => ("instance of", rt.type_name(obj)),
            };
            return Err(rt.type_error(message!(
                "super(type, obj): obj ({what} {name}) is not an instance or subtype of type ({}).",
                t.name_text()
            )));
        }
    };
    new_wrapper(&mut rt.heap, kind::Super, shape, [cls, obj, class, Value::NONE])
}

fn super_repr(rt: &mut Rt, v: Value) -> Res<Value> {
    let Some(w) = wrapper(v, kind::Super) else { return rt.new_str("<super>") };
    let (cls, obj) = (w.a.get().get::<Type>(), w.c.get().get::<Type>());
    let name = cls.as_ref().map_or("?", |t| type_text(t));
    match &obj {
        Some(o) => rt.format_str(format_args!("<super: <class '{name}'>, <{} object>>", type_text(o))),
        None => rt.format_str(format_args!("<super: <class '{name}'>, NULL>")),
    }
}

// Slots' and computed attributes' descriptors.

/// `member_descriptor`.
pub static MEMBER: TypeDef =
    TypeDef { methods: ACCESS_METHODS, getset: NAMED_WRAPPER, ..plain(kind::Member) };
/// `getset_descriptor`.
pub static GETSET: TypeDef =
    TypeDef { methods: ACCESS_METHODS, getset: NAMED_WRAPPER_GETSET, ..plain(kind::GetSet) };

const ACCESS_METHODS: &[NativeDef] = &[
    def("__get__", "self, instance, owner=None, /", |rt, a| {
        if a.at(1).is_none() {
            return Ok(a.at(0));
        }
        owned(rt, a)?;
        let owner = rt.type_of(a.at(1)).value();
        rt.descr_get(a.at(0), a.at(1), owner)
    }),
    def("__set__", "self, instance, value, /", |rt, a| access_set(rt, a, a.at(2))),
    def("__delete__", "self, instance, /", |rt, a| access_set(rt, a, Value::UNBOUND)),
];

fn access_set(rt: &mut Rt, a: Args, value: Value) -> Res<Value> {
    owned(rt, a)?;
    let name = attribute_of(a.at(0)).0;
    rt.descr_set(a.at(0), a.at(1), value, name)?;
    Ok(Value::NONE)
}

/// Name and class of a slot's or computed attribute's descriptor.
fn attribute_of(d: Value) -> (Value, Value) {
    let w = wrapper(d, kind::Member).or_else(|| wrapper(d, kind::GetSet));
    w.map_or((Value::NONE, Value::NONE), |w| (w.a.get(), w.b.get()))
}

/// Checks that a descriptor is used with an instance of its class.
fn owned(rt: &mut Rt, a: Args) -> Res<()> {
    let (name, owner) = attribute_of(a.at(0));
    if rt.is_instance(a.at(1), owner) {
        return Ok(());
    }
    let got = rt.type_name(a.at(1));
    let (name, owner) = (name.get::<Str>(), owner.get::<Type>());
    Err(rt.type_error(message!(
        "descriptor '{}' for '{}' objects doesn't apply to a '{got}' object",
        name.as_ref().map_or("?", |s| text_of(s)),
        owner.as_ref().map_or("?", |t| type_text(t)),
    )))
}

const NAMED_WRAPPER: &[GetSetDef] = &[
    get("__name__", |_, v| Ok(part(v, kind::Member))),
    attribute("__objclass__", |_, v| Ok(wrapper(v, kind::Member).map_or(Value::NONE, |w| w.b.get()))),
];
const NAMED_WRAPPER_GETSET: &[GetSetDef] = &[
    get("__name__", |_, v| Ok(part(v, kind::GetSet))),
    attribute("__objclass__", |_, v| Ok(wrapper(v, kind::GetSet).map_or(Value::NONE, |w| w.b.get()))),
];
