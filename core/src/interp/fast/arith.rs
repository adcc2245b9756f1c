//! Arithmetic and comparison of ints, floats and strs.

use crate::bytecode::Instr;
use crate::interp::Rt;
use crate::object::{Str, string};
use crate::value::{INT_SHIFT, Value};

#[inline(always)]
pub fn add_int(a: Value, b: Value) -> Option<Value> {
    if !a.both_int(b) {
        return None;
    }
    a.int_word().checked_add(b.int_word()).map(Value::from_int_word)
}
#[inline(always)]
pub fn sub_int(a: Value, b: Value) -> Option<Value> {
    if !a.both_int(b) {
        return None;
    }
    a.int_word().checked_sub(b.int_word()).map(Value::from_int_word)
}
#[inline(always)]
pub fn mul_int(a: Value, b: Value) -> Option<Value> {
    if !a.both_int(b) {
        return None;
    }
    a.int_word().checked_mul(b.int_unchecked()).map(Value::from_int_word)
}
#[inline(always)]
pub fn floordiv_int(a: Value, b: Value) -> Option<Value> {
    if !a.both_int(b) || b == Value::ZERO {
        return None;
    }
    let (x, y) = (a.int_unchecked(), b.int_unchecked());
    let q = x.wrapping_div(y);
    let q = if (x ^ y) < 0 && q.wrapping_mul(y) != x { q - 1 } else { q };
    Value::try_int(q)
}
#[inline(always)]
pub fn mod_int(a: Value, b: Value) -> Option<Value> {
    if !a.both_int(b) || b == Value::ZERO {
        return None;
    }
    // Both words are multiples of 8, so the remainder is one too.
    let (x, y) = (a.int_word(), b.int_word());
    let r = x.wrapping_rem(y);
    Some(Value::from_int_word(if r != 0 && (r ^ y) < 0 { r + y } else { r }))
}
#[inline(always)]
pub fn and_int(a: Value, b: Value) -> Option<Value> {
    if a.both_int(b) { Some(Value::from_int_word(a.int_word() & b.int_word())) } else { None }
}
#[inline(always)]
pub fn or_int(a: Value, b: Value) -> Option<Value> {
    if a.both_int(b) { Some(Value::from_int_word(a.int_word() | b.int_word())) } else { None }
}
#[inline(always)]
pub fn xor_int(a: Value, b: Value) -> Option<Value> {
    if a.both_int(b) { Some(Value::from_int_word(a.int_word() ^ b.int_word())) } else { None }
}
#[inline(always)]
pub fn shl_int(a: Value, b: Value) -> Option<Value> {
    if !a.both_int(b) {
        return None;
    }
    let (w, n) = (a.int_word(), b.int_unchecked());
    if !(0..60).contains(&n) {
        return None;
    }
    let r = w << n;
    if r >> n == w { Some(Value::from_int_word(r)) } else { None }
}
#[inline(always)]
pub fn shr_int(a: Value, b: Value) -> Option<Value> {
    if !a.both_int(b) || b.int_word() < 0 {
        return None;
    }
    let n = b.int_unchecked().min(63);
    Some(Value::int(a.int_unchecked() >> n))
}

#[inline(always)]
pub fn float2(a: Value, b: Value, f: impl FnOnce(f64, f64) -> f64) -> Option<Value> {
    if a.is_float() && b.is_float() {
        Value::try_float(f(a.float_unchecked(), b.float_unchecked()))
    } else {
        None
    }
}
#[inline(always)]
pub fn float_imm(a: Value, imm: f64) -> Option<Value> {
    if a.is_float() { Value::try_float(a.float_unchecked() + imm) } else { None }
}
#[inline(always)]
pub fn neg_float(a: Value) -> Option<Value> {
    if a.is_float() { Value::try_float(-a.float_unchecked()) } else { None }
}
#[inline(always)]
pub fn div_float(a: Value, b: Value) -> Option<Value> {
    if a.is_float() && b.is_float() {
        let y = b.float_unchecked();
        if y == 0.0 { None } else { Value::try_float(a.float_unchecked() / y) }
    } else {
        None
    }
}

/// An immediate number as a float; ints only where the conversion is exact enough for the operation to be CPython's
/// (which converts the int first too).
#[inline(always)]
fn as_float(v: Value) -> Option<f64> {
    if v.is_float() {
        Some(v.float_unchecked())
    } else if v.is_int() {
        Some(v.int_unchecked() as f64)
    } else {
        None
    }
}

#[inline(always)]
pub fn mixed(a: Value, b: Value, f: impl FnOnce(f64, f64) -> f64) -> Option<Value> {
    if a.both_int(b) {
        return None;
    }
    Value::try_float(f(as_float(a)?, as_float(b)?))
}
/// True division; two ints only if both convert exactly, as the quotient must be rounded once.
#[inline(always)]
pub fn div_mixed(a: Value, b: Value) -> Option<Value> {
    let (x, y) = (as_float(a)?, as_float(b)?);
    const EXACT: f64 = 9_007_199_254_740_992.0;
    if y == 0.0 || (a.both_int(b) && (x.abs() > EXACT || y.abs() > EXACT)) {
        return None;
    }
    Value::try_float(x / y)
}

#[inline(always)]
pub fn cmp_int(a: Value, b: Value, f: impl FnOnce(i64, i64) -> bool) -> Option<bool> {
    if a.both_int(b) { Some(f(a.int_word(), b.int_word())) } else { None }
}
#[inline(always)]
pub fn cmp_imm(a: Value, i: Instr, f: impl FnOnce(i64, i64) -> bool) -> Option<bool> {
    if a.is_int() { Some(f(a.int_word(), (i.imm_b() as i64) << INT_SHIFT)) } else { None }
}
#[inline(always)]
pub fn cmp_float(a: Value, b: Value, f: impl FnOnce(f64, f64) -> bool) -> Option<bool> {
    if a.is_float() && b.is_float() { Some(f(a.float_unchecked(), b.float_unchecked())) } else { None }
}
#[inline(always)]
pub fn eq_str(a: Value, b: Value) -> Option<bool> {
    if a == b && a.exact::<Str>().is_some() {
        return Some(true);
    }
    let (x, y) = (a.exact::<Str>()?, b.exact::<Str>()?);
    if x.is_interned() && y.is_interned() {
        return Some(false);
    }
    Some(x.bytes() == y.bytes())
}
#[inline]
pub fn add_str(rt: &mut Rt, a: Value, b: Value) -> Option<Value> {
    let (x, y) = (a.exact::<Str>()?, b.exact::<Str>()?);
    if y.is_empty() {
        return Some(a);
    }
    if x.is_empty() {
        return Some(b);
    }
    string::concat(&mut rt.heap, x, y).ok().map(|s| s.value())
}

/// Truth of the values whose type has no say in it.
#[inline(always)]
pub fn truth(v: Value) -> Option<bool> {
    match v {
        Value::TRUE => Some(true),
        Value::FALSE | Value::NONE => Some(false),
        _ if v.is_int() => Some(v != Value::ZERO),
        _ => None,
    }
}
