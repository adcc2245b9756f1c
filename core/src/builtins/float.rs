//! `float`: the type, its text and its methods.
//!
//! Invariant: every result but that of `float.__new__` of a subclass is an exact `float`.

use super::left_out::{doc, introspection, math};
use super::num_support::{
    charge_steps, exact_float, fail, float_to_int, has_float, is_builtin_class, is_guest, plain, real_arg,
    run, to_f64, to_value,
};
use super::{frozen, int as int_type, number_ops};
use crate::exit::Res;
use crate::interp::text::TextBuf;
use crate::interp::{Args, BinOp, CmpOp, GetSetDef, Rt, Slots, TypeDef, class_def, def, static_def};
use crate::num::{NumError, float as fl};
use crate::object::hash::number;
use crate::object::{Str, float, kind};
use crate::value::Value;

/// `float`.
pub static FLOAT: TypeDef = TypeDef {
    kind: kind::Float,
    doc: doc("float(x=0, /): a number or text as a floating-point number."),
    base: kind::Object,
    new: Some(def("float", "cls, /, x=0, /", new)),
    methods: METHODS,
    getset: &[
        GetSetDef { name: "real", get: exact, set: None },
        GetSetDef { name: "imag", get: |rt, _| float::new(&mut rt.heap, 0.0), set: None },
    ],
    slots: &Slots {
        repr: Some(repr),
        format: Some(int_type::format_value),
        truth: Some(|_, v| Ok(float::get(v) != Some(0.0))),
        binary: Some(binary),
        unary: Some(number_ops::unary),
        compare: Some(compare),
        ..Slots::NONE
    },
    subclassable: true,
};

const METHODS: &[crate::interp::NativeDef] = &[
    def("__ceil__", "self, /", |rt, a| float_to_int(rt, libm::ceil(this(a)))),
    def("__divmod__", "self, value, /", |rt, a| number_ops::divmod(rt, a.at(0), a.at(1))),
    def("__float__", "self, /", |rt, a| exact(rt, a.at(0))),
    def("__floor__", "self, /", |rt, a| float_to_int(rt, libm::floor(this(a)))),
    def("__format__", "self, format_spec, /", |rt, a| int_type::format_value(rt, a.at(0), a.at(1))),
    static_def("__getformat__", "typestr, /", introspection(getformat)),
    def("__getnewargs__", "self, /", getnewargs),
    def("__int__", "self, /", |rt, a| float_to_int(rt, this(a))),
    def("__pow__", "self, value, mod=None, /", |rt, a| pow_of(rt, a.at(0), a.at(1), a.or(2, Value::NONE))),
    def("__rdivmod__", "self, value, /", |rt, a| number_ops::divmod(rt, a.at(1), a.at(0))),
    def("__round__", "self, ndigits=None, /", number_ops::round),
    def("__rpow__", "self, value, mod=None, /", |rt, a| pow_of(rt, a.at(1), a.at(0), a.or(2, Value::NONE))),
    def("__sizeof__", "self, /", |_, _| Ok(Value::int(24))),
    def("__trunc__", "self, /", |rt, a| float_to_int(rt, this(a))),
    def("as_integer_ratio", "self, /", math(as_integer_ratio)),
    def("conjugate", "self, /", |rt, a| exact(rt, a.at(0))),
    class_def("from_number", "cls, number, /", math(from_number)),
    class_def("fromhex", "cls, string, /", math(fromhex)),
    def("hex", "self, /", math(hex)),
    def("is_integer", "self, /", |_, a| Ok(Value::bool(fl::is_integer(this(a))))),
];

fn this(a: Args) -> f64 {
    float::get(a.at(0)).unwrap_or(0.0)
}

fn exact(rt: &mut Rt, v: Value) -> Res<Value> {
    exact_float(rt, v, float::get(v).unwrap_or(0.0))
}

/// `float(x=0, /)`.
fn new(rt: &mut Rt, a: Args) -> Res<Value> {
    let cls = a.at(0);
    let builtin = is_builtin_class(cls);
    let x = match a.opt(1) {
        None => 0.0,
        Some(v) if builtin && v.is_float() => return Ok(v),
        Some(v) => from_object(rt, v)?,
    };
    if builtin {
        return float::new(&mut rt.heap, x);
    }
    let shape = rt.instance_shape(cls)?;
    Ok(float::boxed(&mut rt.heap, x, shape)?.value())
}

/// `float(v)`, where `v` stands in argument slot 1.
fn from_object(rt: &mut Rt, v: Value) -> Res<f64> {
    if let Some(n) = plain(v) {
        return to_f64(rt, n);
    }
    let text = !is_guest(v) && v.get::<Str>().is_some();
    if !text && has_float(rt, v)? {
        return Err(rt.delegate_into(1, frozen::float_of, &[v]));
    }
    match super::num_text::source(rt, 1, v)? {
        Some(text) => super::num_text::parse_float(rt, v, text),
        None => {
            let name = rt.type_name(v);
            Err(rt.type_error(message!("float() argument must be a string or a real number, not '{name}'")))
        }
    }
}

/// `cls(number)` for a real number, not text.
fn from_number(rt: &mut Rt, a: Args) -> Res<Value> {
    let x = real_arg(rt, a, 1)?;
    let v = match float::get(a.at(1)) {
        Some(_) if is_builtin_class(a.at(0)) => return exact_float(rt, a.at(1), x),
        _ => float::new(&mut rt.heap, x)?,
    };
    finish(rt, a.at(0), v)
}

/// `v` as an instance of `cls`, made by calling it unless it is `float`.
fn finish(rt: &mut Rt, cls: Value, v: Value) -> Res<Value> {
    if is_builtin_class(cls) { Ok(v) } else { Err(rt.tail_call(cls, &[v])) }
}

fn repr(rt: &mut Rt, v: Value) -> Res<Value> {
    let text = fl::repr(float::get(v).unwrap_or(0.0));
    rt.new_str(text.as_str())
}

/// `a op b` for any two numbers, of which one is a float.
fn binary(rt: &mut Rt, op: BinOp, a: Value, b: Value) -> Res<Value> {
    if !number_ops::float_has(op) {
        return Ok(Value::NOT_IMPLEMENTED);
    }
    match (number(a), number(b)) {
        (Some(x), Some(y)) => {
            let (x, y) = (to_f64(rt, x)?, to_f64(rt, y)?);
            number_ops::float_binary(rt, op, x, y)
        }
        _ => Ok(Value::NOT_IMPLEMENTED),
    }
}

fn compare(rt: &mut Rt, op: CmpOp, a: Value, b: Value) -> Res<Value> {
    number_ops::compare(rt, op, a, b)
}

fn pow_of(rt: &mut Rt, a: Value, b: Value, m: Value) -> Res<Value> {
    if !m.is_none() {
        return Err(
            rt.type_error(message!("pow() 3rd argument not allowed unless all arguments are integers"))
        );
    }
    binary(rt, BinOp::Pow, a, b)
}

fn getformat(rt: &mut Rt, a: Args) -> Res<Value> {
    match a.at(0).get::<Str>() {
        Some(s) if matches!(s.bytes(), b"double" | b"float") => rt.new_str("IEEE, little-endian"),
        Some(_) => Err(rt.value_error(message!("__getformat__() argument 1 must be 'double' or 'float'"))),
        None => {
            let name = rt.type_name(a.at(0));
            Err(rt.type_error(message!("__getformat__() argument must be str, not {name}")))
        }
    }
}

fn getnewargs(rt: &mut Rt, a: Args) -> Res<Value> {
    let v = exact(rt, a.at(0))?;
    rt.new_tuple(&[v])
}

fn as_integer_ratio(rt: &mut Rt, a: Args) -> Res<Value> {
    let x = this(a);
    if x.is_nan() {
        return Err(rt.value_error(message!("cannot convert NaN to integer ratio")));
    }
    if x.is_infinite() {
        return Err(rt.overflow_error(message!("cannot convert Infinity to integer ratio")));
    }
    let (n, d) = run(rt, |heap, lim| {
        let (n, d) = fl::as_integer_ratio(x, lim)?;
        Ok((to_value(heap, &n)?, to_value(heap, &d)?))
    })?;
    rt.new_tuple(&[n, d])
}

fn hex(rt: &mut Rt, a: Args) -> Res<Value> {
    let mut text = TextBuf::new();
    if let Err(e) = fl::to_hex(this(a), &mut text.sink(&rt.heap)) {
        return Err(fail(rt, e));
    }
    rt.finish_text(text)
}

fn fromhex(rt: &mut Rt, a: Args) -> Res<Value> {
    let Some(s) = a.at(1).get::<Str>() else {
        return Err(rt.type_error(message!("bad argument type for built-in operation")));
    };
    charge_steps(rt, s.bytes().len() as u64)?;
    let x = match fl::from_hex(s.bytes()) {
        Ok(x) => x,
        Err(NumError::Overflow) => {
            return Err(rt.overflow_error(message!("hexadecimal value too large to represent as a float")));
        }
        Err(_) => return Err(rt.value_error(message!("invalid hexadecimal floating-point string"))),
    };
    let v = float::new(&mut rt.heap, x)?;
    finish(rt, a.at(0), v)
}
