//! The types of `None`, `NotImplemented` and `...`.

use super::left_out::doc;
use crate::exit::Res;
use crate::interp::{Args, NativeDef, Rt, Slots, TypeDef, def};
use crate::object::{Dict, kind};
use crate::value::Value;

/// The type of `None`.
pub static NONE_TYPE: TypeDef = TypeDef {
    doc: doc("The type of the None singleton."),
    slots: &Slots { repr: Some(|rt, _| rt.new_str("None")), truth: Some(|_, _| Ok(false)), ..Slots::NONE },
    ..singleton(
        kind::NoneType,
        def("NoneType", "cls, /, *args, **kwargs", |rt, a| new(rt, a, "NoneType", Value::NONE)),
        &[],
    )
};

/// The type of `NotImplemented`.
pub static NOT_IMPLEMENTED_TYPE: TypeDef = TypeDef {
    doc: doc("The type of the NotImplemented singleton."),
    slots: &Slots {
        repr: Some(|rt, _| rt.new_str("NotImplemented")),
        truth: Some(|rt, _| {
            Err(rt.type_error(message!("NotImplemented should not be used in a boolean context")))
        }),
        ..Slots::NONE
    },
    ..singleton(
        kind::NotImplementedType,
        def("NotImplementedType", "cls, /, *args, **kwargs", |rt, a| {
            new(rt, a, "NotImplementedType", Value::NOT_IMPLEMENTED)
        }),
        &[def("__reduce__", "self, /", |rt, _| rt.new_str("NotImplemented"))],
    )
};

/// The type of `...`.
pub static ELLIPSIS_TYPE: TypeDef = TypeDef {
    doc: doc("The type of the Ellipsis singleton."),
    slots: &Slots { repr: Some(|rt, _| rt.new_str("Ellipsis")), ..Slots::NONE },
    ..singleton(
        kind::EllipsisType,
        def("ellipsis", "cls, /, *args, **kwargs", |rt, a| new(rt, a, "EllipsisType", Value::ELLIPSIS)),
        &[def("__reduce__", "self, /", |rt, _| rt.new_str("Ellipsis"))],
    )
};

const fn singleton(kind: u8, new: NativeDef, methods: &'static [NativeDef]) -> TypeDef {
    TypeDef {
        kind,
        doc: "",
        base: kind::Object,
        new: Some(new),
        methods,
        getset: &[],
        slots: &Slots::NONE,
        subclassable: false,
    }
}

/// The singleton, if there are no arguments: slot 0 is the class, slot 1 the keywords.
fn new(rt: &mut Rt, a: Args, name: &str, v: Value) -> Res<Value> {
    let keywords = a.at(1).get::<Dict>().is_some_and(|d| !d.is_empty());
    if a.len() > 2 || keywords {
        return Err(rt.type_error(message!("{name} takes no arguments")));
    }
    Ok(v)
}
