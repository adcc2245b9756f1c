//! Integer functions of `math`.
//!
//! Invariant: a result that cannot fit the heap is refused before any work is charged or done.

use super::super::frozen;
use super::super::num_support::{
    charge_steps, div_cost, fail, int_arg, limbs, mul_cost, run_int, to_value, try_run,
};
use crate::exit::{Exit, Res};
use crate::interp::{Args, Rt};
use crate::num::bigint::{self, Int};
use crate::num::math as kernel;
use crate::num::{Limits, NumError};
use crate::object::int::{self, IntRef};
use crate::value::Value;

fn is_neg(i: IntRef) -> bool {
    match i {
        IntRef::Small(n) => n < 0,
        IntRef::Big(b) => b.is_neg(),
    }
}

/// A non-negative int as a word, if it fits.
fn word(i: IntRef) -> Option<u64> {
    int::as_num(&i, &mut [0]).to_u64()
}

/// Fails if a result of about `bits` bits cannot be had; else charges for a product tree of that size.
fn afford(rt: &mut Rt, bits: f64) -> Res<()> {
    let limbs = bits / 64.0;
    if limbs > (rt.heap.limit() / 8) as f64 {
        return Err(Exit::NeedGc);
    }
    let limbs = limbs as usize + 1;
    rt.heap.has_room(limbs * 8)?;
    charge_steps(rt, mul_cost(limbs, limbs / 2 + 1).saturating_mul(2))
}

pub(super) fn factorial(rt: &mut Rt, a: Args) -> Res<Value> {
    let n = int_arg(rt, a, 0)?;
    factorial_of(rt, n)
}

fn factorial_of(rt: &mut Rt, n: IntRef) -> Res<Value> {
    if is_neg(n) {
        return Err(rt.value_error(message!("factorial() not defined for negative values")));
    }
    let Some(n) = n.word() else {
        return Err(rt.overflow_error(message!("factorial() argument should not exceed {}", i64::MAX)));
    };
    let x = n as f64;
    // Stirling: n! has about n*log2(n/e) bits.
    afford(rt, if n < 3 { 1.0 } else { x * (libm::log2(x) - core::f64::consts::LOG2_E) })?;
    run_int(rt, |lim| kernel::factorial(n as u64, lim))
}

/// `n, k, /`
pub(super) fn comb(rt: &mut Rt, a: Args) -> Res<Value> {
    let (n, k) = operands(rt, a)?;
    // comb(n, k) = comb(n, n - k): the work is by the smaller.
    let small = match (word(n), word(k)) {
        (Some(n), Some(k)) if k <= n => Some(k.min(n - k)),
        (Some(_), _) => Some(0),
        (None, k) => k,
    };
    charge_factors(rt, n, small, true)?;
    of_two(rt, n, k, kernel::comb, "min(n - k, k) must not exceed 9223372036854775807")
}

/// `n, k=None, /`
pub(super) fn perm(rt: &mut Rt, a: Args) -> Res<Value> {
    if a.or(1, Value::NONE).is_none() {
        return factorial(rt, a);
    }
    let (n, k) = operands(rt, a)?;
    let small = match (word(n), word(k)) {
        (Some(n), Some(k)) if k > n => Some(0),
        (Some(_), None) => Some(0),
        (_, k) => k,
    };
    charge_factors(rt, n, small, false)?;
    of_two(rt, n, k, kernel::perm, "k must not exceed 9223372036854775807")
}

fn operands(rt: &mut Rt, a: Args) -> Res<(IntRef, IntRef)> {
    let (n, k) = (int_arg(rt, a, 0)?, int_arg(rt, a, 1)?);
    if is_neg(n) {
        return Err(rt.value_error(message!("n must be a non-negative integer")));
    }
    if is_neg(k) {
        return Err(rt.value_error(message!("k must be a non-negative integer")));
    }
    Ok((n, k))
}

/// Charges for multiplying `k` factors as long as `n` one after the other (divided by `k!` if `choose`).
fn charge_factors(rt: &mut Rt, n: IntRef, k: Option<u64>, choose: bool) -> Res<()> {
    let Some(k) = k else { return Ok(()) };
    let bits = bigint::bit_length(int::parts(&n, &mut [0]).1) as f64;
    let x = k as f64;
    let fewer = if choose && k > 0 { libm::log2(x) } else { 0.0 };
    let least = x * (bits - 1.0 - fewer).max(0.0);
    let most = x * bits;
    if least / 8.0 > rt.heap.limit() as f64 || x > (1u64 << 40) as f64 {
        return Err(Exit::NeedGc);
    }
    rt.heap.has_room((least / 8.0) as usize)?;
    let steps = x * (1.0 + most / 128.0) * limbs(n) as f64;
    charge_steps(rt, steps as u64)
}

fn of_two(
    rt: &mut Rt,
    n: IntRef,
    k: IntRef,
    f: fn(Int, Int, &mut Limits) -> Result<bigint::BigInt, NumError>,
    too_large: &str,
) -> Res<Value> {
    let (mut ln, mut lk) = ([0], [0]);
    let (n, k) = (int::as_num(&n, &mut ln), int::as_num(&k, &mut lk));
    match try_run(rt, |heap, lim| {
        let r = f(n, k, lim)?;
        to_value(heap, &r)
    }) {
        Err(NumError::TooLarge) => Err(rt.overflow_error(message!("{too_large}"))),
        Err(e) => Err(fail(rt, e)),
        Ok(v) => Ok(v),
    }
}

pub(super) fn isqrt(rt: &mut Rt, a: Args) -> Res<Value> {
    let n = int_arg(rt, a, 0)?;
    if is_neg(n) {
        return Err(rt.value_error(message!("isqrt() argument must be nonnegative")));
    }
    if let Some(n) = n.word() {
        return int::from_i64(&mut rt.heap, n.unsigned_abs().isqrt() as i64);
    }
    let len = limbs(n);
    charge_steps(rt, div_cost(len, len / 2 + 1).saturating_mul(2))?;
    run_int(rt, |lim| bigint::isqrt(int::as_num(&n, &mut [0]), lim))
}

/// `*integers`
pub(super) fn gcd(rt: &mut Rt, a: Args) -> Res<Value> {
    fold(rt, a, Value::ZERO, frozen::gcd_of, |rt, x, y| {
        let (Some(p), Some(q)) = (x.word(), y.word()) else {
            let (n, m) = (limbs(x) as u64, limbs(y) as u64);
            // Lehmer's steps: quadratic, some thirty bits at a time.
            charge_steps(rt, n.saturating_mul(m).saturating_mul(4))?;
            return run_int(rt, |lim| bigint::gcd(int::as_num(&x, &mut [0]), int::as_num(&y, &mut [0]), lim));
        };
        let (mut p, mut q) = (p.unsigned_abs(), q.unsigned_abs());
        while q != 0 {
            (p, q) = (q, p % q);
        }
        int::from_i128(&mut rt.heap, p as i128)
    })
}

/// `*integers`
pub(super) fn lcm(rt: &mut Rt, a: Args) -> Res<Value> {
    fold(rt, a, Value::int(1), frozen::lcm_of, |rt, x, y| {
        let (n, m) = (limbs(x) as u64, limbs(y) as u64);
        charge_steps(rt, n.saturating_mul(m).saturating_mul(6))?;
        run_int(rt, |lim| bigint::lcm(int::as_num(&x, &mut [0]), int::as_num(&y, &mut [0]), lim))
    })
}

/// Folds ints; if one of the arguments is none, `guest` converts them all and starts again.
fn fold(
    rt: &mut Rt,
    a: Args,
    start: Value,
    guest: u32,
    f: fn(&mut Rt, IntRef, IntRef) -> Res<Value>,
) -> Res<Value> {
    let args = a.slice();
    if args.iter().any(|&v| int::get(v).is_none()) {
        let list = rt.new_list(args)?;
        return Err(rt.delegate(guest, &[list]));
    }
    let mut acc = start;
    for (i, &v) in args.iter().enumerate() {
        if i % 1024 == 1023 {
            rt.poll()?;
        }
        if let (Some(x), Some(y)) = (int::get(acc), int::get(v)) {
            acc = f(rt, x, y)?;
        }
    }
    Ok(acc)
}
