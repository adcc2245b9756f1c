//! Intrinsics of `core/frozen/interp.py`: classes, generators, imports, raising.

use super::frozen;
use crate::exit::{ExitKind, Res};
use crate::interp::{Args, NativeDef, Rt, def, generator};
use crate::object::exception::exc;
use crate::object::{Module, Str, Type};
use crate::value::Value;

/// Natives for frozen Python only.
pub static DEFS: &[NativeDef] = &[
    def("_special_of", "cls, name, /", special_of),
    def("_getattr_or", "obj, name, default, /", getattr_or),
    def("_isinstance", "v, cls, /", |rt, a| Ok(Value::bool(rt.is_instance(a.at(0), a.at(1))))),
    def("_issubclass", "cls, other, /", |_, a| {
        Ok(Value::bool(a.at(0).get::<Type>().is_some_and(|t| t.is_subclass_of(a.at(1)))))
    }),
    #[cfg(feature = "introspection")]
    def("_takes_self", "cls, /", |_, a| Ok(Value::bool(crate::interp::patterns::takes_self(a.at(0))))),
    def("_note_attribute", "e, obj, name, /", |_, a| {
        if let Some(e) = a.at(0).get::<crate::object::Exception>()
            && e.extra.get().is_unbound()
            && e.obj.get().is_unbound()
        {
            e.obj.set(a.at(1));
            e.extra.set(a.at(2));
        }
        Ok(Value::NONE)
    }),
    def("_raise", "exc, /", |rt, a| Err(rt.raise_value(a.at(0)))),
    def("_check_len", "n, /", |rt, a| rt.checked_len(a.at(0)).map(|n| Value::int(n as i64))),
    def("_new_class", "meta, name, bases, ns, /", |rt, a| rt.new_class(a)),
    def("_gen_throw", "gen, exc, /", generator::throw),
    def("_gen_state", "gen, /", generator::state),
    def("_gen_finish", "gen, /", generator::finish),
    def("_modules", "/", |rt, _| Ok(rt.modules)),
    def("_load_module", "name, /", |rt, a| rt.load_module(a.at(0))),
    def("_module_dict", "module, /", |rt, a| super::module_type::dict_of(rt, a.at(0))),
    def("_lookup_global", "ns, name, /", lookup_global),
    def("_is_module", "v, /", |_, a| Ok(Value::bool(a.at(0).get::<Module>().is_some()))),
    def("_import_error", "number, msg, name, name_from=None, path=None, /", import_error),
];

/// A class attribute read through the class.
fn special_of(rt: &mut Rt, a: Args) -> Res<Value> {
    let name = rt.intern_value(a.at(1))?;
    match rt.type_attr(a.at(0), name)? {
        Some(d) => rt.descr_get(d, Value::UNBOUND, a.at(0)),
        None => Err(rt.no_attribute(a.at(0), name)),
    }
}

fn getattr_or(rt: &mut Rt, a: Args) -> Res<Value> {
    let name = rt.intern_value(a.at(1))?;
    match rt.getattr(a.at(0), name) {
        Err(e) if rt.caught_attribute_error(e) => Ok(a.at(2)),
        Err(e) if rt.caught(e, ExitKind::Call) => {
            rt.pending_cont = None;
            Err(rt.delegate(frozen::getattr_default, a.slice()))
        }
        r => r,
    }
}

/// A name in globals (a dict), else in the built-ins; NameError.
fn lookup_global(rt: &mut Rt, a: Args) -> Res<Value> {
    let name = rt.intern_value(a.at(1))?;
    if let Some(d) = a.at(0).get::<crate::object::Dict>()
        && let Some(v) = rt.dict_get_str(d, name)
    {
        return Ok(v);
    }
    if let Some(v) = rt.builtin(name)? {
        return Ok(v);
    }
    let n = name.get::<Str>();
    let text = n.as_ref().map_or("?", |s| s.lossy());
    let e = rt.raise(exc::NameError, message!("name '{text}' is not defined"));
    Err(rt.with_name(e, name, Value::UNBOUND))
}

/// Raises ImportError (0) or ModuleNotFoundError (1) with its `name`.
fn import_error(rt: &mut Rt, a: Args) -> Res<Value> {
    let number = if a.at(0) == Value::ZERO { exc::ImportError } else { exc::ModuleNotFoundError };
    let extra = rt.new_tuple(&[a.at(2), a.or(4, Value::NONE), a.or(3, Value::NONE)])?;
    let e = rt.raise_with(number, &[a.at(1)]);
    Err(rt.with_name(e, extra, Value::UNBOUND))
}
