//! Operators on any pair of built-in numbers, and the built-in functions on numbers.
//!
//! Invariant: nothing here runs guest code; whether a guest's subclass overrides an operator was checked by the
//! caller, except in the built-in functions, which delegate every guest instance to frozen Python.

use super::int_ops::{self, float_pow};
use super::num_support::{exact_float, fail, int_arg, plain, to_f64};
use super::{frozen, int as int_type};
use crate::exit::Res;
use crate::interp::{Args, BinOp, CmpOp, NativeDef, Rt, UnOp, def};
use crate::num::{NumError, float as fl};
use crate::object::hash::{Number, compare_numbers, number};
use crate::object::int;
use crate::object::{float, tuple};
use crate::value::Value;

/// Built-in functions on numbers.
pub static DEFS: &[NativeDef] = &[
    def("abs", "number, /", abs_fn),
    def("bin", "number, /", |rt, a| radix_text(rt, a, 2, "0b")),
    def("divmod", "a, b, /", divmod_fn),
    def("hex", "number, /", |rt, a| radix_text(rt, a, 16, "0x")),
    def("oct", "number, /", |rt, a| radix_text(rt, a, 8, "0o")),
    def("pow", "base, exp, mod=None", pow_fn),
    def("round", "number, ndigits=None", round_fn),
];

/// Natives for frozen Python.
pub static INTRINSICS: &[NativeDef] = &[
    def("_int_value", "v, /", |rt, a| match int::get(a.at(0)) {
        Some(i) => super::num_support::exact_int(rt, a.at(0), i),
        None => Ok(a.at(0)),
    }),
    def("_float_value", "v, /", |rt, a| match float::get(a.at(0)) {
        Some(x) => exact_float(rt, a.at(0), x),
        None => Ok(a.at(0)),
    }),
    def("_int_to_float", "v, /", |rt, a| {
        let i = int_arg(rt, a, 0)?;
        let x = super::num_support::int_to_f64(rt, i)?;
        float::new(&mut rt.heap, x)
    }),
];

/// `a op b` for any two built-in numbers; `NotImplemented` if one is not a number, or for an operator that the pair
/// does not have.
#[inline]
pub fn binary(rt: &mut Rt, op: BinOp, a: Value, b: Value) -> Res<Value> {
    if a.both_int(b) {
        return int_ops::small(rt, op, a.int_unchecked(), b.int_unchecked());
    }
    if a.is_float() && b.is_float() {
        return float_binary(rt, op, a.float_unchecked(), b.float_unchecked());
    }
    binary_any(rt, op, a, b)
}

fn binary_any(rt: &mut Rt, op: BinOp, a: Value, b: Value) -> Res<Value> {
    let (Some(x), Some(y)) = (number(a), number(b)) else { return Ok(Value::NOT_IMPLEMENTED) };
    if let (Number::Int(x), Number::Int(y)) = (x, y) {
        return match (a.as_bool(), b.as_bool(), op) {
            (Some(p), Some(q), BinOp::And) => Ok(Value::bool(p & q)),
            (Some(p), Some(q), BinOp::Or) => Ok(Value::bool(p | q)),
            (Some(p), Some(q), BinOp::Xor) => Ok(Value::bool(p ^ q)),
            _ => int_ops::binary(rt, op, x, y),
        };
    }
    if !float_has(op) {
        return Ok(Value::NOT_IMPLEMENTED);
    }
    let (x, y) = (to_f64(rt, x)?, to_f64(rt, y)?);
    float_binary(rt, op, x, y)
}

/// Whether floats have this operator.
pub fn float_has(op: BinOp) -> bool {
    use BinOp::*;
    matches!(op, Add | Sub | Mul | TrueDiv | FloorDiv | Mod | Pow)
}

/// `x op y` for floats.
#[inline]
pub fn float_binary(rt: &mut Rt, op: BinOp, x: f64, y: f64) -> Res<Value> {
    let r = match op {
        BinOp::Add => x + y,
        BinOp::Sub => x - y,
        BinOp::Mul => x * y,
        BinOp::TrueDiv if y != 0.0 => x / y,
        BinOp::FloorDiv | BinOp::Mod => {
            let r = if op == BinOp::Mod { fl::modulo(x, y) } else { fl::floor_div(x, y) };
            match r {
                Ok(r) => r,
                Err(e) => return Err(fail(rt, e)),
            }
        }
        BinOp::TrueDiv => return Err(fail(rt, NumError::ZeroDivision)),
        BinOp::Pow => return float_pow(rt, x, y),
        _ => return Ok(Value::NOT_IMPLEMENTED),
    };
    float::new(&mut rt.heap, r)
}

/// `a op b` for any two built-in numbers, exactly; `NotImplemented` if one is not a number.
#[inline]
pub fn compare(_rt: &mut Rt, op: CmpOp, a: Value, b: Value) -> Res<Value> {
    if a.both_int(b) {
        return Ok(Value::bool(op.holds(a.int_unchecked().cmp(&b.int_unchecked()))));
    }
    let (Some(x), Some(y)) = (number(a), number(b)) else { return Ok(Value::NOT_IMPLEMENTED) };
    Ok(Value::bool(match compare_numbers(x, y) {
        Some(o) => op.holds(o),
        None => op == CmpOp::Ne,
    }))
}

/// `op a` for a built-in number; `NotImplemented` for what is none, and for `~` of a float.
#[inline]
pub fn unary(rt: &mut Rt, op: UnOp, a: Value) -> Res<Value> {
    match number(a) {
        Some(Number::Int(i)) => int_ops::unary(rt, op, a, i),
        Some(Number::Float(x)) => match op {
            UnOp::Neg => float::new(&mut rt.heap, -x),
            UnOp::Abs => float::new(&mut rt.heap, x.abs()),
            UnOp::Pos => exact_float(rt, a, x),
            UnOp::Invert => Ok(Value::NOT_IMPLEMENTED),
        },
        None => Ok(Value::NOT_IMPLEMENTED),
    }
}

/// `divmod(a, b)` for any two built-in numbers; `NotImplemented` if one is not a number.
pub fn divmod(rt: &mut Rt, a: Value, b: Value) -> Res<Value> {
    match (number(a), number(b)) {
        (Some(Number::Int(x)), Some(Number::Int(y))) => int_ops::divmod(rt, x, y),
        (Some(x), Some(y)) => {
            let (x, y) = (to_f64(rt, x)?, to_f64(rt, y)?);
            let (q, r) = fl::div_mod(x, y).map_err(|e| fail(rt, e))?;
            let (q, r) = (float::new(&mut rt.heap, q)?, float::new(&mut rt.heap, r)?);
            Ok(tuple::new(&mut rt.heap, &[q, r])?.value())
        }
        _ => Ok(Value::NOT_IMPLEMENTED),
    }
}

/// `pow(a, b, m)` for built-in numbers, `m` possibly None; `NotImplemented` if one is not a number.
pub fn pow3(rt: &mut Rt, a: Value, b: Value, m: Value) -> Res<Value> {
    if m.is_none() {
        return binary(rt, BinOp::Pow, a, b);
    }
    let (Some(x), Some(y), Some(z)) = (number(a), number(b), number(m)) else {
        return Ok(Value::NOT_IMPLEMENTED);
    };
    match (x, y, z) {
        (Number::Int(x), Number::Int(y), Number::Int(z)) => int_ops::pow_mod(rt, x, y, z),
        _ => Err(rt.type_error(message!("pow() 3rd argument not allowed unless all arguments are integers"))),
    }
}

fn abs_fn(rt: &mut Rt, a: Args) -> Res<Value> {
    match plain(a.at(0)) {
        Some(_) => unary(rt, UnOp::Abs, a.at(0)),
        None => Err(rt.delegate(frozen::abs_of, &[a.at(0)])),
    }
}

fn divmod_fn(rt: &mut Rt, a: Args) -> Res<Value> {
    let (x, y) = (a.at(0), a.at(1));
    if plain(x).is_some() && plain(y).is_some() {
        return divmod(rt, x, y);
    }
    Err(rt.delegate(frozen::divmod_of, &[x, y]))
}

fn pow_fn(rt: &mut Rt, a: Args) -> Res<Value> {
    let (x, y, m) = (a.at(0), a.at(1), a.or(2, Value::NONE));
    if plain(x).is_some() && plain(y).is_some() && (m.is_none() || plain(m).is_some()) {
        return pow3(rt, x, y, m);
    }
    if m.is_none() {
        return Err(rt.delegate(frozen::power_of, &[x, y]));
    }
    Err(rt.delegate(frozen::power_mod_of, &[x, y, m]))
}

fn round_fn(rt: &mut Rt, a: Args) -> Res<Value> {
    let (v, digits) = (a.at(0), a.or(1, Value::NONE));
    if plain(v).is_none() {
        return Err(rt.delegate(frozen::round_of, &[v, digits]));
    }
    round(rt, a)
}

/// `round(v, ndigits)`: slots 0 and 1 of `a`, the second possibly unbound or None.
pub fn round(rt: &mut Rt, a: Args) -> Res<Value> {
    let v = a.at(0);
    let digits = match a.opt(1) {
        Some(d) if !d.is_none() => Some(rt.index_arg(a, 1)?),
        _ => None,
    };
    match (number(v), digits) {
        (Some(Number::Int(i)), Some(d)) if d < 0 => int_ops::round_tens(rt, v, i, d.unsigned_abs()),
        (Some(Number::Int(i)), _) => super::num_support::exact_int(rt, v, i),
        (Some(Number::Float(x)), None) => super::num_support::float_to_int(rt, libm::rint(x)),
        (Some(Number::Float(x)), Some(d)) => match fl::round_to(x, d) {
            Ok(r) => float::new(&mut rt.heap, r),
            Err(_) => Err(rt.overflow_error(message!("rounded value too large to represent"))),
        },
        (None, _) => Ok(Value::NOT_IMPLEMENTED),
    }
}

fn radix_text(rt: &mut Rt, a: Args, radix: u32, prefix: &str) -> Res<Value> {
    let i = int_arg(rt, a, 0)?;
    int_type::prefixed_text(rt, i, radix, prefix)
}
