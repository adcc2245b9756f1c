//! `bool`.

use super::left_out::doc;
use super::{frozen, int as int_type, number_ops};
use crate::exit::Res;
use crate::interp::{Args, BinOp, Rt, Slots, TypeDef, def};
use crate::object::hash::{Number, number};
use crate::object::int::IntRef;
use crate::object::kind;
use crate::value::Value;

/// `bool`; its methods are those of `int`.
pub static BOOL: TypeDef = TypeDef {
    kind: kind::Bool,
    doc: doc("bool(object=False, /): True if the object is true, else False."),
    base: kind::Int,
    new: Some(def("bool", "cls, /, object=False, /", new)),
    methods: &[],
    getset: &[],
    slots: &Slots {
        repr: Some(|rt, v| rt.new_str(if v == Value::TRUE { "True" } else { "False" })),
        format: Some(int_type::format_value),
        truth: Some(|_, v| Ok(v == Value::TRUE)),
        binary: Some(binary),
        unary: Some(number_ops::unary),
        compare: Some(int_type::compare),
        ..Slots::NONE
    },
    subclassable: false,
};

fn new(rt: &mut Rt, a: Args) -> Res<Value> {
    let v = a.or(1, Value::FALSE);
    match native_truth(rt, v)? {
        Some(b) => Ok(Value::bool(b)),
        None => Err(rt.delegate(frozen::truth_of, &[v])),
    }
}

/// Truth of `v`, if no guest code is needed to tell; TypeError for `NotImplemented`.
pub fn native_truth(rt: &mut Rt, v: Value) -> Res<Option<bool>> {
    if let Some(b) = v.as_bool() {
        return Ok(Some(b));
    }
    if v.is_none() {
        return Ok(Some(false));
    }
    if super::num_support::is_guest(v) {
        return Ok(None);
    }
    match number(v) {
        Some(Number::Int(i)) => return Ok(Some(!matches!(i, IntRef::Small(0)))),
        Some(Number::Float(x)) => return Ok(Some(x != 0.0)),
        None => {}
    }
    let slots = *rt.slots_of(v);
    match (slots.truth, slots.len) {
        (Some(truth), _) => truth(rt, v).map(Some),
        (None, Some(len)) => len(rt, v).map(|n| Some(n != 0)),
        (None, None) => Ok(None),
    }
}

/// `&`, `|` and `^` of two bools are bools; the rest is `int`'s.
fn binary(rt: &mut Rt, op: BinOp, a: Value, b: Value) -> Res<Value> {
    match (number(a), number(b)) {
        (Some(Number::Int(_)), Some(Number::Int(_))) => number_ops::binary(rt, op, a, b),
        _ => Ok(Value::NOT_IMPLEMENTED),
    }
}
