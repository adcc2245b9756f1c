//! `traceback`: a frame that an exception passed.

use super::descriptors::{get, get_set, plain};
use super::frozen;
use super::left_out::{attribute, introspection};
use crate::bytecode::Pos;
use crate::exit::Res;
use crate::interp::{Args, NativeDef, Rt, TypeDef, def};
use crate::object::{Str, Traceback, Type, kind};
use crate::value::Value;

/// `traceback`.
pub static TRACEBACK: TypeDef = TypeDef {
    getset: &[
        get_set("tb_next", |_, v| Ok(v.get::<Traceback>().map_or(Value::NONE, |t| t.next.get())), set_next),
        get("tb_lineno", |_, v| {
            Ok(v.get::<Traceback>().map_or(Value::NONE, |t| Value::int(line(&t) as i64)))
        }),
        attribute("tb_lasti", |_, v| {
            Ok(v.get::<Traceback>().map_or(Value::NONE, |t| Value::int(t.at as i64 * 2)))
        }),
        attribute("tb_frame", |rt, v| Err(rt.delegate(frozen::frame_of, &[v]))),
    ],
    ..plain(kind::Traceback)
};

/// Natives for frozen Python.
pub static INTRINSICS: &[NativeDef] = &[
    def("_exc_name", "e, /", exc_name),
    def(
        "_tb_code",
        "tb, /",
        introspection(|_, a| Ok(a.at(0).get::<Traceback>().map_or(Value::NONE, |t| t.code.value()))),
    ),
];

fn set_next(rt: &mut Rt, v: Value, x: Value) -> Res<()> {
    let next = x.get::<Traceback>();
    if next.is_none() && !x.is_none() {
        let name = rt.type_name(x);
        return Err(rt.type_error(message!("expected traceback object or None, got '{name}'")));
    }
    let mut at = x;
    while let Some(t) = at.get::<Traceback>() {
        if at == v {
            return Err(rt.value_error(message!("traceback loop detected")));
        }
        at = t.next.get();
    }
    if let Some(t) = v.get::<Traceback>() {
        t.next.set(x);
    }
    Ok(())
}

pub(super) fn position(t: &Traceback) -> Option<Pos> {
    t.code.module().pos(t.code.func(), t.at)
}

pub(super) fn line(t: &Traceback) -> u32 {
    position(t).map_or(t.code.func().first_line, |p| p.line)
}

/// `module.Class`, or `Class` for built-in classes and those of the main program.
fn exc_name(rt: &mut Rt, a: Args) -> Res<Value> {
    let t = rt.type_of(a.at(0));
    let (name, qualname) = rt.names_of(t)?;
    if t.builtin != 0 {
        return Ok(name);
    }
    let key = rt.name(crate::interp::Name::__module__)?;
    let module = t.attrs().and_then(|d| rt.dict_get_str(d, key));
    let (Some(q), Some(m)) = (qualname.get::<Str>(), module.and_then(|m| m.get::<Str>())) else {
        return rt.format_str(format_args!("<unknown>.{}", t.name_text()));
    };
    match m.lossy() {
        "__main__" | "builtins" => Ok(qualname),
        m => rt.format_str(format_args!("{m}.{}", q.lossy())),
    }
}

/// Whether a class is an exception class.
pub fn is_exception_class(v: Value) -> bool {
    v.get::<Type>().is_some_and(|t| t.has_flag(Type::EXCEPTION))
}
