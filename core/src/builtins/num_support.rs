//! What natives on numbers share: limits and cost of big-int kernels, their errors as exceptions, and conversions
//! between numbers.
//!
//! Invariants: kernels get at most half of the heap's room for temporaries, so that the result fits beside them;
//! work is charged from the operands' lengths in limbs before a kernel runs.

use super::frozen;
use crate::exit::{Exit, Res};
use crate::heap::{Heap, Shapes};
use crate::interp::{Args, Name, Rt};
use crate::num::bigint::{self, BigInt};
use crate::num::parse::MAX_STR_DIGITS;
use crate::num::{Limits, NumError};
use crate::object::exception::exc;
use crate::object::hash::{self, Number};
use crate::object::int::{self, IntRef};
use crate::object::{Type, float};
use crate::value::Value;
use alloc::sync::Arc;
use core::sync::atomic::Ordering;

/// Whether `v` is an instance of a guest's class, whose special methods may be overridden.
#[inline]
pub fn is_guest(v: Value) -> bool {
    let shape = v.shape();
    shape != u32::MAX && shape >= Shapes::FIRST
}

/// The number `v` is, unless guest code may have a say in what it does.
#[inline]
pub fn plain(v: Value) -> Option<Number> {
    if is_guest(v) { None } else { hash::number(v) }
}

/// Runs a kernel with the room, and the interrupt word, of this isolate.
pub fn run<T>(rt: &mut Rt, f: impl FnOnce(&mut Heap, &mut Limits) -> Result<T, NumError>) -> Res<T> {
    match try_run(rt, f) {
        Ok(v) => Ok(v),
        Err(e) => Err(fail(rt, e)),
    }
}

/// As [`run`], for callers with words of their own for an error.
pub fn try_run<T>(
    rt: &mut Rt,
    f: impl FnOnce(&mut Heap, &mut Limits) -> Result<T, NumError>,
) -> Result<T, NumError> {
    let word = Arc::clone(rt.interrupts());
    let mut poll = || word.load(Ordering::Relaxed) != 0;
    let room = rt.heap.limit().saturating_sub(rt.heap.used());
    f(&mut rt.heap, &mut Limits::new(room / 16, &mut poll))
}

/// The exit for a kernel's error, in the words most operations share.
#[cold]
pub fn fail(rt: &mut Rt, e: NumError) -> Exit {
    match e {
        NumError::Memory | NumError::Sink => Exit::NeedGc,
        NumError::Interrupted => match rt.take_interrupt() {
            Err(e) => e,
            // The wish was withdrawn: run the operation again.
            Ok(()) => Exit::NeedGc,
        },
        NumError::ZeroDivision => rt.zero_division(message!("division by zero")),
        NumError::TooLarge => rt.overflow_error(message!("too many digits in integer")),
        NumError::Overflow => rt.overflow_error(message!("int too large to convert to float")),
        NumError::NegativeShift => rt.value_error(message!("negative shift count")),
        NumError::NotInvertible => rt.value_error(message!("base is not invertible for the given modulus")),
        NumError::Nan => rt.value_error(message!("cannot convert float NaN to integer")),
        NumError::Infinite => rt.overflow_error(message!("cannot convert float infinity to integer")),
        NumError::TooManyDigits => too_many_digits(rt),
        NumError::TooWide => rt.too_wide(),
        _ => rt.value_error(message!("math domain error")),
    }
}

/// The error of int-to-text conversion beyond the digit limit.
#[cold]
pub fn too_many_digits(rt: &mut Rt) -> Exit {
    rt.value_error(message!(
        "Exceeds the limit ({MAX_STR_DIGITS} digits) for integer string conversion; use \
         sys.set_int_max_str_digits() to increase the limit"
    ))
}

/// The error where CPython's result is complex.
#[cold]
pub fn complex_result(rt: &mut Rt) -> Exit {
    rt.value_error(message!("complex results are not supported"))
}

/// Limb steps of a product of `a` and `b` limbs: quadratic below Karatsuba's threshold, about `n**1.5` above.
#[cfg(any(feature = "bigint", feature = "math"))]
pub fn mul_cost(a: usize, b: usize) -> u64 {
    const FLAT: u64 = 32;
    let (a, b) = (a as u64, b as u64);
    let (long, short) = if a > b { (a, b) } else { (b, a) };
    let per_limb = if short <= FLAT { short } else { (short.saturating_mul(FLAT)).isqrt() };
    long.saturating_mul(per_limb)
}

/// Limb steps of dividing `n` by `m` limbs.
#[cfg(any(feature = "bigint", feature = "math"))]
pub fn div_cost(n: usize, m: usize) -> u64 {
    mul_cost((n + 1).saturating_sub(m), m).saturating_mul(2).saturating_add(n as u64)
}

/// Charges fuel for `steps` limb steps.
#[inline]
pub fn charge_steps(rt: &mut Rt, steps: u64) -> Res<()> {
    // The cap keeps "no limit" (the largest word) from running dry; work of that size ends by memory or interrupt.
    if steps < 64 { Ok(()) } else { rt.charge_wide((steps / 8).min(1 << 48)) }
}

/// Number of limbs of an int.
pub fn limbs(i: IntRef) -> usize {
    match i {
        IntRef::Small(_) => 1,
        IntRef::Big(b) => b.mag().len(),
    }
}

/// An owned kernel result as a value.
pub fn to_value(heap: &mut Heap, n: &BigInt) -> Result<Value, NumError> {
    if !cfg!(feature = "bigint") && n.as_int().to_i64().is_none() {
        return Err(NumError::TooWide);
    }
    int::from_mag(heap, n.neg, &n.mag).map_err(|_| NumError::Memory)
}

/// Runs a kernel whose result is an int.
pub fn run_int(rt: &mut Rt, f: impl FnOnce(&mut Limits) -> Result<BigInt, NumError>) -> Res<Value> {
    run(rt, |heap, lim| {
        let n = f(lim)?;
        to_value(heap, &n)
    })
}

/// `v` (any int) as an exact `int`.
pub fn exact_int(rt: &mut Rt, v: Value, i: IntRef) -> Res<Value> {
    match i {
        IntRef::Small(n) => int::from_i64(&mut rt.heap, n),
        IntRef::Big(_) if !is_guest(v) => Ok(v),
        IntRef::Big(b) => int::from_mag(&mut rt.heap, b.is_neg(), b.mag()),
    }
}

/// `v` (any float, of value `x`) as an exact `float`.
pub fn exact_float(rt: &mut Rt, v: Value, x: f64) -> Res<Value> {
    if is_guest(v) { float::new(&mut rt.heap, x) } else { Ok(v) }
}

/// `float(i)`.
#[inline]
pub fn int_to_f64(rt: &mut Rt, i: IntRef) -> Res<f64> {
    match i {
        IntRef::Small(n) => Ok(n as f64),
        IntRef::Big(_) => bigint::to_f64(int::as_num(&i, &mut [0])).map_err(|e| fail(rt, e)),
    }
}

/// The number as a float.
#[inline]
pub fn to_f64(rt: &mut Rt, n: Number) -> Res<f64> {
    match n {
        Number::Float(x) => Ok(x),
        Number::Int(i) => int_to_f64(rt, i),
    }
}

/// `int(x)`, truncating.
pub fn float_to_int(rt: &mut Rt, x: f64) -> Res<Value> {
    const WORD: f64 = 9_223_372_036_854_775_808.0;
    if x.abs() < WORD {
        return int::from_i64(&mut rt.heap, x as i64);
    }
    if !cfg!(feature = "bigint") {
        return Err(match x {
            _ if x.is_nan() => fail(rt, NumError::Nan),
            _ if x.is_infinite() => fail(rt, NumError::Infinite),
            // The least int of 64 bits has no positive counterpart.
            _ if x == -WORD => return int::from_i64(&mut rt.heap, i64::MIN),
            _ => rt.too_wide(),
        });
    }
    run_int(rt, |lim| bigint::from_f64(x, lim))
}

/// Argument slot `i` as an int of any size: an object with `__index__` is converted and the native started again.
#[inline]
pub fn int_arg(rt: &mut Rt, a: Args, i: usize) -> Res<IntRef> {
    match int::get(a.at(i)) {
        Some(n) => Ok(n),
        None => rt.index_arg(a, i).map(IntRef::Small),
    }
}

/// Whether guest code, or another built-in type's method, can make a float of `v`.
pub fn has_float(rt: &mut Rt, v: Value) -> Res<bool> {
    if hash::number(v).is_some() {
        return Ok(true);
    }
    for special in [Name::__float__, Name::__index__] {
        let name = rt.name(special)?;
        if rt.lookup_special(v, name)?.is_some() {
            return Ok(true);
        }
    }
    Ok(false)
}

/// Argument slot `i` as a float, as C functions of CPython take it.
#[inline]
pub fn real_arg(rt: &mut Rt, a: Args, i: usize) -> Res<f64> {
    let v = a.at(i);
    if v.is_float() {
        return Ok(v.float_unchecked());
    }
    match real(rt, v)? {
        Some(x) => Ok(x),
        None => Err(rt.delegate_into(i as u8, frozen::real_of, &[v])),
    }
}

/// The float `v` counts as; `None` if guest code must say; TypeError if nothing can.
pub fn real(rt: &mut Rt, v: Value) -> Res<Option<f64>> {
    if let Some(x) = float::get(v) {
        return Ok(Some(x));
    }
    if let Some(n) = plain(v) {
        return to_f64(rt, n).map(Some);
    }
    if has_float(rt, v)? {
        return Ok(None);
    }
    let name = rt.type_name(v);
    Err(rt.type_error(message!("must be real number, not {name}")))
}

/// Whether the class is a built-in type itself rather than a guest's subclass.
pub fn is_builtin_class(cls: Value) -> bool {
    cls.get::<Type>().is_none_or(|t| t.builtin != 0)
}

/// `OverflowError: (34, 'Numerical result out of range')`, as `**` of floats raises it.
#[cold]
pub fn range_error(rt: &mut Rt) -> Exit {
    match rt.new_str("Numerical result out of range") {
        Ok(text) => rt.raise_with(exc::OverflowError, &[Value::int(34), text]),
        Err(e) => e,
    }
}
