//! `int.to_bytes` and `int.from_bytes`.

use super::frozen;
use super::num_support::int_arg;
use crate::exit::Res;
use crate::interp::{Args, Rt};
use crate::num::{NumError, bigint};
use crate::object::int::{self, IntRef};
use crate::object::{Bytes, Str, bytes, kind};
use crate::value::Value;

/// Whether argument slot `i` says "little"; `name` is the method's, for messages.
fn is_little(rt: &mut Rt, a: Args, i: usize, name: &str) -> Res<bool> {
    let Some(v) = a.opt(i) else { return Ok(false) };
    let Some(s) = v.get::<Str>() else {
        let t = rt.type_name(v);
        return Err(rt.type_error(message!("{name}() argument 'byteorder' must be str, not {t}")));
    };
    match s.bytes() {
        b"little" => Ok(true),
        b"big" => Ok(false),
        _ => Err(rt.value_error(message!("byteorder must be either 'little' or 'big'"))),
    }
}

/// `self, length=1, byteorder='big', *, signed=False`
pub fn to_bytes(rt: &mut Rt, a: Args) -> Res<Value> {
    let length = match a.opt(1) {
        None => 1,
        Some(_) => match int_arg(rt, a, 1)? {
            IntRef::Small(n) => n,
            IntRef::Big(_) => {
                return Err(rt.overflow_error(message!("Python int too large to convert to C ssize_t")));
            }
        },
    };
    let little = is_little(rt, a, 2, "to_bytes")?;
    let signed = truth_arg(rt, a, 3, false)?;
    if length < 0 {
        return Err(rt.value_error(message!("length argument must be non-negative")));
    }
    let (i, mut limb, mut done) = (int::get(a.at(0)).unwrap_or(IntRef::Small(0)), [0], Ok(()));
    let n = int::as_num(&i, &mut limb);
    let out = bytes::build(&mut rt.heap, int::count(length), |out| {
        done = bigint::to_bytes(n, out, little, signed);
    })?;
    match done {
        Ok(()) => Ok(out.value()),
        Err(NumError::Unsigned) => Err(rt.overflow_error(message!("can't convert negative int to unsigned"))),
        Err(_) => Err(rt.overflow_error(message!("int too big to convert"))),
    }
}

/// `cls, bytes, byteorder='big', *, signed=False`
pub fn from_bytes(rt: &mut Rt, a: Args) -> Res<Value> {
    let little = is_little(rt, a, 2, "from_bytes")?;
    let signed = truth_arg(rt, a, 3, false)?;
    let Some(source) = a.at(1).get::<Bytes>() else {
        return Err(rt.delegate_into(1, frozen::bytes_of, &[a.at(1)]));
    };
    super::num_support::charge_steps(rt, source.len() as u64 / 8)?;
    let v = super::num_support::run_int(rt, |lim| bigint::from_bytes(source.bytes(), little, signed, lim))?;
    if a.at(0).get::<crate::object::Type>().is_none_or(|t| t.builtin == kind::Int as u16) {
        return Ok(v);
    }
    Err(rt.tail_call(a.at(0), &[v]))
}

/// Argument slot `i` as a truth value; guest code is asked if need be.
fn truth_arg(rt: &mut Rt, a: Args, i: usize, default: bool) -> Res<bool> {
    let Some(v) = a.opt(i) else { return Ok(default) };
    match super::bool::native_truth(rt, v)? {
        Some(b) => Ok(b),
        None => Err(rt.delegate_into(i as u8, frozen::truth_of, &[v])),
    }
}
