//! The module `math`.
//!
//! Here the functions of floats; `ints` has those of integers, `sums` those of sequences. Objects with
//! `__float__` or `__index__` are converted by frozen Python, whereupon the native starts again.

mod ints;
mod sums;

use super::frozen;
use super::num_support::{exact_int, fail, float_to_int, int_arg, plain, real_arg};
use crate::builtins::left_out::doc;
use crate::exit::{Exit, Res};
use crate::heap::Gc;
use crate::interp::{Args, ModuleDef, NativeDef, Rt, def};
use crate::num::math as kernel;
use crate::num::{NumError, float as fl};
use crate::object::hash::Number;
use crate::object::int::{self, IntRef};
use crate::object::{Dict, float};
use crate::value::Value;

/// The module.
pub static MATH: ModuleDef = ModuleDef {
    name: "math",
    doc: doc("This module provides access to the mathematical functions\ndefined by the C standard."),
    functions: FUNCTIONS,
    init,
};

/// Natives that frozen Python calls with converted arguments.
pub static INTRINSICS: &[NativeDef] = &[
    def("_math_ceil", "x, /", ceil),
    def("_math_dist", "p, q, /", sums::dist),
    def("_math_floor", "x, /", floor),
    def("_math_fsum", "seq, /", sums::fsum),
    def("_math_gcd", "*integers", ints::gcd),
    def("_math_hypot", "*coordinates", sums::hypot),
    def("_math_lcm", "*integers", ints::lcm),
];

const UNIT: Option<&str> = Some("expected a number in range from -1 up to 1");
const FINITE: Option<&str> = Some("expected a finite input");
const POSITIVE: &str = "expected a positive input";
const NO_POLE: &str = "expected a noninteger or positive integer";

const FUNCTIONS: &[NativeDef] = &[
    def("acos", "x, /", |rt, a| one(rt, a, libm::acos, false, UNIT)),
    def("acosh", "x, /", |rt, a| {
        one(rt, a, libm::acosh, false, Some("expected argument value not less than 1"))
    }),
    def("asin", "x, /", |rt, a| one(rt, a, libm::asin, false, UNIT)),
    def("asinh", "x, /", |rt, a| one(rt, a, libm::asinh, false, None)),
    def("atan", "x, /", |rt, a| one(rt, a, libm::atan, false, None)),
    def("atan2", "y, x, /", |rt, a| two(rt, a, libm::atan2)),
    def("atanh", "x, /", |rt, a| one(rt, a, libm::atanh, false, Some("expected a number between -1 and 1"))),
    def("cbrt", "x, /", |rt, a| one(rt, a, libm::cbrt, false, None)),
    def("ceil", "x, /", ceil),
    def("comb", "n, k, /", ints::comb),
    def("copysign", "x, y, /", |rt, a| two(rt, a, libm::copysign)),
    def("cos", "x, /", |rt, a| one(rt, a, libm::cos, false, FINITE)),
    def("cosh", "x, /", |rt, a| one(rt, a, libm::cosh, true, None)),
    def("degrees", "x, /", |rt, a| free(rt, a, |x| x * (180.0 / core::f64::consts::PI))),
    def("dist", "p, q, /", sums::dist),
    def("erf", "x, /", |rt, a| free(rt, a, libm::erf)),
    def("erfc", "x, /", |rt, a| free(rt, a, libm::erfc)),
    def("exp", "x, /", |rt, a| one(rt, a, libm::exp, true, None)),
    def("exp2", "x, /", |rt, a| one(rt, a, exp2, true, None)),
    def("expm1", "x, /", |rt, a| one(rt, a, libm::expm1, true, None)),
    def("fabs", "x, /", |rt, a| free(rt, a, libm::fabs)),
    def("factorial", "n, /", ints::factorial),
    def("floor", "x, /", floor),
    def("fma", "x, y, z, /", fma),
    def("fmod", "x, y, /", |rt, a| two_checked(rt, a, kernel::fmod)),
    def("frexp", "x, /", frexp),
    def("fsum", "seq, /", sums::fsum),
    def("gamma", "x, /", |rt, a| one_checked(rt, a, kernel::gamma, NO_POLE)),
    def("gcd", "*integers", ints::gcd),
    def("hypot", "*coordinates", sums::hypot),
    def("isclose", "a, b, *, rel_tol=1e-09, abs_tol=0.0", isclose),
    def("isfinite", "x, /", |rt, a| test(rt, a, f64::is_finite)),
    def("isinf", "x, /", |rt, a| test(rt, a, f64::is_infinite)),
    def("isnan", "x, /", |rt, a| test(rt, a, f64::is_nan)),
    def("isqrt", "n, /", ints::isqrt),
    def("lcm", "*integers", ints::lcm),
    def("ldexp", "x, i, /", ldexp),
    def("lgamma", "x, /", |rt, a| one_checked(rt, a, kernel::lgamma, NO_POLE)),
    def("log", "x, base=e, /", log),
    def("log10", "x, /", |rt, a| log_value(rt, a, libm::log10)),
    def("log1p", "x, /", |rt, a| one(rt, a, libm::log1p, false, Some("expected argument value > -1"))),
    def("log2", "x, /", |rt, a| log_value(rt, a, libm::log2)),
    def("modf", "x, /", modf),
    def("nextafter", "x, y, /, *, steps=None", nextafter),
    def("perm", "n, k=None, /", ints::perm),
    def("pow", "x, y, /", |rt, a| two_checked(rt, a, power)),
    def("prod", "iterable, /, *, start=1", sums::prod),
    def("radians", "x, /", |rt, a| free(rt, a, |x| x * (core::f64::consts::PI / 180.0))),
    def("remainder", "x, y, /", |rt, a| two_checked(rt, a, kernel::remainder)),
    def("sin", "x, /", |rt, a| one(rt, a, libm::sin, false, FINITE)),
    def("sinh", "x, /", |rt, a| one(rt, a, libm::sinh, true, None)),
    def("sqrt", "x, /", |rt, a| one(rt, a, libm::sqrt, false, Some("expected a nonnegative input"))),
    def("sumprod", "p, q, /", sums::sumprod),
    def("tan", "x, /", |rt, a| one(rt, a, libm::tan, false, FINITE)),
    def("tanh", "x, /", |rt, a| one(rt, a, libm::tanh, false, None)),
    def("trunc", "x, /", trunc),
    def("ulp", "x, /", |rt, a| free(rt, a, kernel::ulp)),
];

fn init(rt: &mut Rt, d: Gc<Dict>) -> Res<()> {
    let constants = [
        ("pi", core::f64::consts::PI),
        ("e", core::f64::consts::E),
        ("tau", core::f64::consts::TAU),
        ("inf", f64::INFINITY),
        ("nan", f64::NAN),
    ];
    for (name, x) in constants {
        let v = float::new(&mut rt.heap, x)?;
        rt.dict_set_name(d, name, v)?;
    }
    Ok(())
}

#[cold]
fn overflow(rt: &mut Rt) -> Exit {
    rt.overflow_error(message!("math range error"))
}

#[cold]
fn domain(rt: &mut Rt, expected: Option<&str>, x: f64) -> Exit {
    match expected {
        Some(text) => rt.value_error(message!("{text}, got {}", fl::repr(x).as_str())),
        None => rt.value_error(message!("math domain error")),
    }
}

/// A function of one float by its C library rules.
fn one(rt: &mut Rt, a: Args, f: fn(f64) -> f64, can_overflow: bool, expected: Option<&str>) -> Res<Value> {
    let x = real_arg(rt, a, 0)?;
    match kernel::unary(f, x, can_overflow) {
        Ok(r) => float::new(&mut rt.heap, r),
        Err(NumError::Overflow) => Err(overflow(rt)),
        Err(_) => Err(domain(rt, expected, x)),
    }
}

/// A function of one float that says itself what is wrong.
fn one_checked(
    rt: &mut Rt,
    a: Args,
    f: fn(f64) -> Result<f64, NumError>,
    expected: &'static str,
) -> Res<Value> {
    let x = real_arg(rt, a, 0)?;
    match f(x) {
        Ok(r) => float::new(&mut rt.heap, r),
        Err(NumError::Overflow) => Err(overflow(rt)),
        Err(_) => Err(domain(rt, Some(expected), x)),
    }
}

/// A function of one float that has a value everywhere.
fn free(rt: &mut Rt, a: Args, f: fn(f64) -> f64) -> Res<Value> {
    let x = real_arg(rt, a, 0)?;
    float::new(&mut rt.heap, f(x))
}

fn test(rt: &mut Rt, a: Args, f: fn(f64) -> bool) -> Res<Value> {
    let x = real_arg(rt, a, 0)?;
    Ok(Value::bool(f(x)))
}

/// A function of two floats that has a value everywhere.
fn two(rt: &mut Rt, a: Args, f: fn(f64, f64) -> f64) -> Res<Value> {
    let (x, y) = (real_arg(rt, a, 0)?, real_arg(rt, a, 1)?);
    float::new(&mut rt.heap, f(x, y))
}

/// A function of two floats that says itself what is wrong.
fn two_checked(rt: &mut Rt, a: Args, f: fn(f64, f64) -> Result<f64, NumError>) -> Res<Value> {
    let (x, y) = (real_arg(rt, a, 0)?, real_arg(rt, a, 1)?);
    match f(x, y) {
        Ok(r) => float::new(&mut rt.heap, r),
        Err(NumError::Overflow) => Err(overflow(rt)),
        Err(_) => Err(domain(rt, None, x)),
    }
}

/// `math.pow`: C's `pow`, with errors for finite operands only.
fn power(x: f64, y: f64) -> Result<f64, NumError> {
    let r = libm::pow(x, y);
    if !(x.is_finite() && y.is_finite()) || r.is_finite() {
        return Ok(r);
    }
    Err(if r.is_nan() || x == 0.0 { NumError::Domain } else { NumError::Overflow })
}

fn floor(rt: &mut Rt, a: Args) -> Res<Value> {
    rounded(rt, a.at(0), libm::floor, frozen::floor_of)
}
fn ceil(rt: &mut Rt, a: Args) -> Res<Value> {
    rounded(rt, a.at(0), libm::ceil, frozen::ceil_of)
}
fn trunc(rt: &mut Rt, a: Args) -> Res<Value> {
    rounded(rt, a.at(0), libm::trunc, frozen::trunc_of)
}

/// An int made of a number by `f`; `guest` does it for what is no built-in number.
fn rounded(rt: &mut Rt, v: Value, f: fn(f64) -> f64, guest: u32) -> Res<Value> {
    match plain(v) {
        Some(Number::Float(x)) => float_to_int(rt, f(x)),
        Some(Number::Int(i)) => exact_int(rt, v, i),
        None => Err(rt.delegate(guest, &[v])),
    }
}

fn fma(rt: &mut Rt, a: Args) -> Res<Value> {
    let (x, y, z) = (real_arg(rt, a, 0)?, real_arg(rt, a, 1)?, real_arg(rt, a, 2)?);
    let r = libm::fma(x, y, z);
    if r.is_nan() && !x.is_nan() && !y.is_nan() && !z.is_nan() {
        return Err(rt.value_error(message!("invalid operation in fma")));
    }
    if r.is_infinite() && x.is_finite() && y.is_finite() && z.is_finite() {
        return Err(rt.overflow_error(message!("overflow in fma")));
    }
    float::new(&mut rt.heap, r)
}

fn frexp(rt: &mut Rt, a: Args) -> Res<Value> {
    let (m, e) = kernel::frexp(real_arg(rt, a, 0)?);
    let m = float::new(&mut rt.heap, m)?;
    rt.new_tuple(&[m, Value::int(e as i64)])
}

fn modf(rt: &mut Rt, a: Args) -> Res<Value> {
    let (fraction, whole) = kernel::modf(real_arg(rt, a, 0)?);
    let (fraction, whole) = (float::new(&mut rt.heap, fraction)?, float::new(&mut rt.heap, whole)?);
    rt.new_tuple(&[fraction, whole])
}

fn ldexp(rt: &mut Rt, a: Args) -> Res<Value> {
    let x = real_arg(rt, a, 0)?;
    let e = match int::get(a.at(1)) {
        Some(IntRef::Small(e)) => e,
        Some(IntRef::Big(e)) => {
            if e.is_neg() {
                i64::MIN
            } else {
                i64::MAX
            }
        }
        None => return Err(rt.type_error(message!("Expected an int as second argument to ldexp."))),
    };
    match kernel::ldexp(x, e) {
        Ok(r) => float::new(&mut rt.heap, r),
        Err(_) => Err(overflow(rt)),
    }
}

/// `a, b, *, rel_tol=1e-09, abs_tol=0.0`
fn isclose(rt: &mut Rt, a: Args) -> Res<Value> {
    let (x, y) = (real_arg(rt, a, 0)?, real_arg(rt, a, 1)?);
    let rel = if a.opt(2).is_some() { real_arg(rt, a, 2)? } else { 1e-9 };
    let abs = if a.opt(3).is_some() { real_arg(rt, a, 3)? } else { 0.0 };
    match kernel::isclose(x, y, rel, abs) {
        Ok(b) => Ok(Value::bool(b)),
        Err(_) => Err(rt.value_error(message!("tolerances must be non-negative"))),
    }
}

/// `x, y, /, *, steps=None`
fn nextafter(rt: &mut Rt, a: Args) -> Res<Value> {
    let (x, y) = (real_arg(rt, a, 0)?, real_arg(rt, a, 1)?);
    let steps = match a.opt(2) {
        None | Some(Value::NONE) => 1,
        Some(_) => match int_arg(rt, a, 2)? {
            IntRef::Small(n) => n,
            IntRef::Big(n) if n.is_neg() => -1,
            IntRef::Big(_) => i64::MAX,
        },
    };
    match u64::try_from(steps) {
        Ok(n) => float::new(&mut rt.heap, kernel::nextafter(x, y, n)),
        Err(_) => Err(rt.value_error(message!("steps must be a non-negative integer"))),
    }
}

/// `x, base=e, /`
fn log(rt: &mut Rt, a: Args) -> Res<Value> {
    let x = log_arg(rt, a, 0, libm::log)?;
    if a.opt(1).is_none() {
        return float::new(&mut rt.heap, x);
    }
    let base = log_arg(rt, a, 1, libm::log)?;
    if base == 0.0 {
        return Err(fail(rt, NumError::ZeroDivision));
    }
    float::new(&mut rt.heap, x / base)
}

fn log_value(rt: &mut Rt, a: Args, f: fn(f64) -> f64) -> Res<Value> {
    let x = log_arg(rt, a, 0, f)?;
    float::new(&mut rt.heap, x)
}

/// The logarithm `f` of argument slot `i`: ints of any size have one.
fn log_arg(rt: &mut Rt, a: Args, i: usize, f: fn(f64) -> f64) -> Res<f64> {
    if let Some(n) = int::get(a.at(i)) {
        return match kernel::log_int(f, int::as_num(&n, &mut [0])) {
            Ok(r) => Ok(r),
            Err(_) => Err(rt.value_error(message!("{POSITIVE}"))),
        };
    }
    let x = real_arg(rt, a, i)?;
    if x <= 0.0 {
        return Err(domain(rt, Some(POSITIVE), x));
    }
    Ok(f(x))
}

/// Without feature `speed` by the power function, which saves a table of 4 KB; the last bit may differ.
fn exp2(x: f64) -> f64 {
    if cfg!(feature = "speed") { libm::exp2(x) } else { libm::pow(2.0, x) }
}
