//! Arithmetic on ints: words first, big integers (`big`) through the kernels.
//!
//! Invariant: results are exact `int`s, immediate where they fit.

#[cfg(feature = "bigint")]
mod big;

#[cfg(not(feature = "bigint"))]
use super::left_out::big_int as big;
use super::num_support::{complex_result, fail, range_error};
use crate::exit::Res;
use crate::interp::{BinOp, Rt, UnOp};
use crate::num::NumError;
use crate::num::float::PowError;
use crate::object::int::{self, IntRef};
use crate::object::{float, tuple};
use crate::value::Value;

pub use big::{pow_mod, round_tens};

/// Ints below this magnitude are floats exactly.
const EXACT: u64 = 1 << 53;

/// `a op b`; `NotImplemented` for an operator ints do not have.
#[inline]
pub fn binary(rt: &mut Rt, op: BinOp, a: IntRef, b: IntRef) -> Res<Value> {
    match (a, b) {
        (IntRef::Small(x), IntRef::Small(y)) => small(rt, op, x, y),
        _ => big::binary(rt, op, a, b),
    }
}

/// `x op y` for ints that fit a word.
#[inline]
pub fn small(rt: &mut Rt, op: BinOp, x: i64, y: i64) -> Res<Value> {
    let heap = &mut rt.heap;
    match op {
        BinOp::Add => match x.checked_add(y) {
            Some(n) => int::from_i64(heap, n),
            None => big::wide(rt, || x as i128 + y as i128),
        },
        BinOp::Sub => match x.checked_sub(y) {
            Some(n) => int::from_i64(heap, n),
            None => big::wide(rt, || x as i128 - y as i128),
        },
        BinOp::Mul => match x.checked_mul(y) {
            Some(n) => int::from_i64(heap, n),
            None => big::wide(rt, || x as i128 * y as i128),
        },
        BinOp::And => int::from_i64(heap, x & y),
        BinOp::Or => int::from_i64(heap, x | y),
        BinOp::Xor => int::from_i64(heap, x ^ y),
        BinOp::FloorDiv if y != 0 => floor_div(rt, x, y),
        BinOp::Mod if y != 0 => int::from_i64(heap, floor_mod(x, y)),
        BinOp::FloorDiv | BinOp::Mod => Err(fail(rt, NumError::ZeroDivision)),
        BinOp::TrueDiv if y != 0 && x.unsigned_abs() < EXACT && y.unsigned_abs() < EXACT => {
            float::new(heap, x as f64 / y as f64)
        }
        BinOp::Shl if (0..64).contains(&y) => match x << y {
            n if n >> y == x => int::from_i64(heap, n),
            _ => big::wide(rt, || (x as i128) << y),
        },
        BinOp::Shr if y >= 0 => int::from_i64(heap, x >> y.min(63)),
        BinOp::Pow if y >= 0 => match small_pow(x, y) {
            Some(n) => int::from_i64(heap, n),
            None => big::binary(rt, op, IntRef::Small(x), IntRef::Small(y)),
        },
        BinOp::MatMul => Ok(Value::NOT_IMPLEMENTED),
        _ => big::binary(rt, op, IntRef::Small(x), IntRef::Small(y)),
    }
}

/// `x // y`, `y != 0`.
fn floor_div(rt: &mut Rt, x: i64, y: i64) -> Res<Value> {
    match x.checked_div(y) {
        // The quotient is below the largest word if there is a remainder.
        Some(q) => int::from_i64(&mut rt.heap, q - ((x % y != 0) & ((x < 0) != (y < 0))) as i64),
        None => big::wide(rt, || -(x as i128)),
    }
}

/// `x % y` with the divisor's sign, `y != 0`.
fn floor_mod(x: i64, y: i64) -> i64 {
    let r = x.wrapping_rem(y);
    if r != 0 && (r < 0) != (y < 0) { r.wrapping_add(y) } else { r }
}

/// `x ** y`, `y >= 0`, if it fits a word.
fn small_pow(x: i64, y: i64) -> Option<i64> {
    match x {
        0 => return Some((y == 0) as i64),
        1 => return Some(1),
        -1 => return Some(1 - 2 * (y & 1)),
        _ => {}
    }
    x.checked_pow(u32::try_from(y).ok()?)
}

/// `divmod(a, b)`, a tuple.
pub fn divmod(rt: &mut Rt, a: IntRef, b: IntRef) -> Res<Value> {
    let (q, r) = match (a, b) {
        (_, IntRef::Small(0)) => return Err(fail(rt, NumError::ZeroDivision)),
        (IntRef::Small(x), IntRef::Small(y)) => {
            (floor_div(rt, x, y)?, int::from_i64(&mut rt.heap, floor_mod(x, y))?)
        }
        _ => big::divmod(rt, a, b)?,
    };
    Ok(tuple::new(&mut rt.heap, &[q, r])?.value())
}

/// `x ** y` for floats.
pub fn float_pow(rt: &mut Rt, x: f64, y: f64) -> Res<Value> {
    #[cfg(any(feature = "math", feature = "speed"))]
    let power = crate::num::float::pow(x, y);
    #[cfg(not(any(feature = "math", feature = "speed")))]
    let Some(power) = super::left_out::pow(x, y) else { return Err(rt.left_out("math")) };
    match power {
        Ok(v) => float::new(&mut rt.heap, v),
        Err(PowError::ZeroDivision) => Err(rt.zero_division(message!("zero to a negative power"))),
        Err(PowError::Overflow) => Err(range_error(rt)),
        Err(PowError::Complex) => Err(complex_result(rt)),
    }
}

/// `op a`.
pub fn unary(rt: &mut Rt, op: UnOp, v: Value, a: IntRef) -> Res<Value> {
    match (op, a) {
        (UnOp::Pos, _) => super::num_support::exact_int(rt, v, a),
        (UnOp::Neg, IntRef::Small(n)) => negated(rt, n),
        (UnOp::Abs, IntRef::Small(n)) if n < 0 => negated(rt, n),
        (UnOp::Abs, IntRef::Small(n)) => int::from_i64(&mut rt.heap, n),
        (UnOp::Invert, IntRef::Small(n)) => int::from_i64(&mut rt.heap, !n),
        (_, IntRef::Big(b)) => big::unary(rt, op, v, b),
    }
}

#[inline]
fn negated(rt: &mut Rt, n: i64) -> Res<Value> {
    match n.checked_neg() {
        Some(n) => int::from_i64(&mut rt.heap, n),
        None => big::wide(rt, || -(n as i128)),
    }
}
