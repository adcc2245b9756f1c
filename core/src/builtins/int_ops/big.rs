//! Ints beyond 64 bits, through the kernels of `num::bigint`.

use super::float_pow;
use crate::builtins::num_support::{
    charge_steps, div_cost, exact_int, fail, int_to_f64, mul_cost, run, run_int, to_value, try_run,
};
use crate::exit::{Exit, Res};
use crate::heap::Gc;
use crate::interp::{BinOp, Rt, UnOp};
use crate::num::bigint::{self, BitOp, Buf, Int};
use crate::num::{Limits, NumError};
use crate::object::float;
use crate::object::int::{self, BigInt, IntRef};
use crate::room::Fresh;
use crate::value::Value;
use core::mem::MaybeUninit;

/// Results up to this many limbs are made on the stack.
const STACK: usize = 24;

/// A result of words that may not fit one.
#[inline]
pub fn wide(rt: &mut Rt, n: impl FnOnce() -> i128) -> Res<Value> {
    int::from_i128(&mut rt.heap, n())
}

/// Ints of any size.
#[cold]
pub fn binary(rt: &mut Rt, op: BinOp, a: IntRef, b: IntRef) -> Res<Value> {
    let (mut la, mut lb) = ([0], [0]);
    let (x, y) = (int::as_num(&a, &mut la), int::as_num(&b, &mut lb));
    let (n, m) = (x.mag.len(), y.mag.len());
    match op {
        BinOp::Add => {
            make_fresh(rt, bigint::add_len(n, m), n.max(m) as u64, |out, _| Ok(bigint::push_add(out, x, y)))
        }
        BinOp::Sub => {
            let y = y.negated();
            make_fresh(rt, bigint::add_len(n, m), n.max(m) as u64, |out, _| Ok(bigint::push_add(out, x, y)))
        }
        BinOp::Mul => {
            // One limb more, as the product by a word wants it.
            let cap = bigint::mul_len(n, m) + 1;
            make_fresh(rt, cap, mul_cost(n, m), |out, lim| bigint::push_mul(out, x, y, lim))
        }
        BinOp::And | BinOp::Or | BinOp::Xor => {
            let op = match op {
                BinOp::And => BitOp::And,
                BinOp::Or => BitOp::Or,
                _ => BitOp::Xor,
            };
            let cap = bigint::bitop_len(n, m);
            make(rt, cap, n.max(m) as u64, |out, _| Ok(bigint::bitop_into(out, op, x, y)))
        }
        BinOp::FloorDiv => quotient(rt, x, y),
        BinOp::Mod => remainder(rt, x, y),
        BinOp::Shl => shift_left(rt, x, y),
        BinOp::Shr => shift_right(rt, x, y),
        BinOp::TrueDiv => true_divide(rt, x, y),
        BinOp::Pow => power(rt, a, b),
        BinOp::MatMul => Ok(Value::NOT_IMPLEMENTED),
    }
}

/// The int that `fill` writes into `cap` zeroed limbs: on the stack if few, else in the heap straight away.
fn make(
    rt: &mut Rt,
    cap: usize,
    cost: u64,
    fill: impl FnOnce(&mut [u64], &mut Limits) -> Result<(bool, usize), NumError>,
) -> Res<Value> {
    make_fresh(rt, cap, cost, |out, lim| fill(out.zeroed(), lim))
}

/// The int of at most `cap` limbs that `fill` writes from the first to the last.
fn make_fresh(
    rt: &mut Rt,
    cap: usize,
    cost: u64,
    fill: impl FnOnce(&mut Fresh, &mut Limits) -> Result<(bool, usize), NumError>,
) -> Res<Value> {
    charge_steps(rt, cost)?;
    if cap <= STACK {
        let mut room = [MaybeUninit::uninit(); STACK];
        let mut out = Fresh::new(room.get_mut(..cap).unwrap_or(&mut []));
        let mut never = || false;
        let done = fill(&mut out, &mut Limits::new(16 * STACK, &mut never));
        return match done {
            Ok((neg, len)) => {
                let out = out.written();
                int::from_mag(&mut rt.heap, neg, out.get(..len).unwrap_or(out))
            }
            Err(e) => Err(fail(rt, e)),
        };
    }
    run(rt, |heap, lim| int::build(heap, cap, |out| fill(out, lim)).unwrap_or(Err(NumError::Memory)))
}

fn quotient(rt: &mut Rt, x: Int, y: Int) -> Res<Value> {
    let (n, m) = (x.mag.len(), y.mag.len());
    let q_len = bigint::quo_len(n, m);
    // A short quotient of long numbers, whose working copies have no place on the stack.
    if q_len <= STACK && n > STACK {
        charge_steps(rt, div_cost(n, m))?;
        return run_int(rt, |lim| bigint::floordiv(x, y, lim));
    }
    make(rt, q_len, div_cost(n, m), |q, lim| bigint::floordiv_into(q, x, y, lim))
}

fn remainder(rt: &mut Rt, x: Int, y: Int) -> Res<Value> {
    let (n, m) = (x.mag.len(), y.mag.len());
    let (q_len, r_len) = (bigint::quo_len(n, m), bigint::rem_len(n, m));
    // A short divisor of a long number: the remainder is small, the quotient a temporary.
    if r_len <= STACK && n > STACK {
        charge_steps(rt, div_cost(n, m))?;
        return run_int(rt, |lim| bigint::modulo(x, y, lim));
    }
    make(rt, r_len, div_cost(n, m), |r, lim| {
        let mut q = Buf::zeroed(q_len, lim)?;
        let (_, r) = bigint::divmod_into(&mut q, r, x, y, lim)?;
        Ok(r)
    })
}

/// Quotient and remainder.
pub fn divmod(rt: &mut Rt, a: IntRef, b: IntRef) -> Res<(Value, Value)> {
    let (mut la, mut lb) = ([0], [0]);
    let (x, y) = (int::as_num(&a, &mut la), int::as_num(&b, &mut lb));
    charge_steps(rt, div_cost(x.mag.len(), y.mag.len()))?;
    run(rt, |heap, lim| {
        let (q, r) = bigint::divmod(x, y, lim)?;
        let q = to_value(heap, &q)?;
        Ok((q, to_value(heap, &r)?))
    })
}

fn shift_left(rt: &mut Rt, x: Int, y: Int) -> Res<Value> {
    if y.neg {
        return Err(fail(rt, NumError::NegativeShift));
    }
    if x.is_zero() {
        return Ok(Value::ZERO);
    }
    let Some(by) = y.to_i64() else { return Err(fail(rt, NumError::TooLarge)) };
    let cap = bigint::shl_len(x.mag.len(), by as u64).ok_or(Exit::NeedGc)?;
    // Before the fuel is charged: what cannot be had costs nothing.
    rt.heap.has_room(cap.saturating_mul(8))?;
    make(rt, cap, cap as u64, |out, _| Ok(bigint::shl_into(out, x, by as u64)))
}

fn shift_right(rt: &mut Rt, x: Int, y: Int) -> Res<Value> {
    if y.neg {
        return Err(fail(rt, NumError::NegativeShift));
    }
    let by = y.to_u64().unwrap_or(u64::MAX);
    let cap = bigint::shr_len(x.mag.len(), by);
    make(rt, cap, cap as u64, |out, _| Ok(bigint::shr_into(out, x, by)))
}

fn true_divide(rt: &mut Rt, x: Int, y: Int) -> Res<Value> {
    charge_steps(rt, (x.mag.len() + y.mag.len()) as u64)?;
    match try_run(rt, |_, lim| bigint::true_divide(x, y, lim)) {
        Ok(q) => float::new(&mut rt.heap, q),
        Err(NumError::Overflow) => {
            Err(rt.overflow_error(message!("integer division result too large for a float")))
        }
        Err(e) => Err(fail(rt, e)),
    }
}

/// `a ** b`.
fn power(rt: &mut Rt, a: IntRef, b: IntRef) -> Res<Value> {
    let (mut la, mut lb) = ([0], [0]);
    let (x, y) = (int::as_num(&a, &mut la), int::as_num(&b, &mut lb));
    if y.neg {
        let (x, y) = (int_to_f64(rt, a)?, int_to_f64(rt, b)?);
        return float_pow(rt, x, y);
    }
    if x.mag.len() > 1 || x.mag.first().is_some_and(|&l| l > 1) {
        let bits = bigint::bit_length(x.mag);
        // The result has at least this many bits.
        let least = y.to_u64().and_then(|e| e.checked_mul(bits - 1)).ok_or(Exit::NeedGc)?;
        let limbs = usize::try_from(least / 64).map_err(|_| Exit::NeedGc)?;
        rt.heap.has_room(limbs.saturating_mul(8))?;
        charge_steps(rt, mul_cost(limbs / 2 + 1, limbs / 2 + 1).saturating_mul(2))?;
    }
    match try_run(rt, |heap, lim| {
        let n = bigint::pow(x, y, lim)?;
        to_value(heap, &n)
    }) {
        Err(NumError::TooLarge) => Err(Exit::NeedGc),
        Err(e) => Err(fail(rt, e)),
        Ok(v) => Ok(v),
    }
}

/// `pow(a, b, m)`.
pub fn pow_mod(rt: &mut Rt, a: IntRef, b: IntRef, m: IntRef) -> Res<Value> {
    if let IntRef::Small(0) = m {
        return Err(rt.value_error(message!("pow() 3rd argument cannot be 0")));
    }
    if let (IntRef::Small(x), IntRef::Small(e), IntRef::Small(m)) = (a, b, m)
        && e >= 0
    {
        return int::from_i64(&mut rt.heap, word_pow_mod(x, e as u64, m));
    }
    let (mut la, mut lb, mut lm) = ([0], [0], [0]);
    let (x, e, m) = (int::as_num(&a, &mut la), int::as_num(&b, &mut lb), int::as_num(&m, &mut lm));
    let n = m.mag.len();
    let squarings = bigint::bit_length(e.mag);
    charge_steps(rt, div_cost(x.mag.len(), n))?;
    charge_steps(rt, mul_cost(n, n).saturating_mul(4).saturating_mul(squarings))?;
    run_int(rt, |lim| bigint::modpow(x, e, m, lim))
}

/// `x ** e % m` for words, `m` not zero; the result has the sign of `m`.
fn word_pow_mod(x: i64, mut e: u64, m: i64) -> i64 {
    let n = m.unsigned_abs() as u128;
    let mut base = (x as i128).rem_euclid(n as i128) as u128;
    let mut acc = 1 % n;
    while e > 0 {
        if e & 1 == 1 {
            acc = acc * base % n;
        }
        base = base * base % n;
        e >>= 1;
    }
    let r = acc as i128;
    (if m < 0 && r != 0 { r - n as i128 } else { r }) as i64
}

/// `op a`, where `v` is the value of `b`.
pub fn unary(rt: &mut Rt, op: UnOp, v: Value, b: Gc<BigInt>) -> Res<Value> {
    match op {
        UnOp::Neg => int::from_mag(&mut rt.heap, !b.is_neg(), b.mag()),
        UnOp::Pos => exact_int(rt, v, IntRef::Big(b)),
        UnOp::Abs if !b.is_neg() => exact_int(rt, v, IntRef::Big(b)),
        UnOp::Abs => int::from_mag(&mut rt.heap, false, b.mag()),
        UnOp::Invert => {
            let x = Int::new(b.is_neg(), b.mag()).negated();
            let n = b.mag().len();
            make(rt, bigint::add_len(n, 1), n as u64, |out, _| Ok(bigint::sub_into(out, x, Int::ONE)))
        }
    }
}

/// `round(a, -places)`: half to even, to a multiple of `10**places`.
pub fn round_tens(rt: &mut Rt, v: Value, a: IntRef, places: u64) -> Res<Value> {
    let (mut la, ten) = ([0], bigint::SmallInt::from(10i64));
    let x = int::as_num(&a, &mut la);
    // 10**places is more than twice as large as x for certain.
    if places > bigint::bit_length(x.mag) / 3 + 1 {
        return Ok(Value::ZERO);
    }
    if places == 0 {
        return exact_int(rt, v, a);
    }
    let n = x.mag.len();
    charge_steps(rt, div_cost(n, n / 2).saturating_mul(3))?;
    run_int(rt, |lim| {
        let unit = bigint::pow(ten.as_int(), bigint::SmallInt::from(places as i64).as_int(), lim)?;
        let (q, r) = bigint::divmod(x, unit.as_int(), lim)?;
        let twice = bigint::shl(r.as_int(), 1, lim)?;
        let up = match twice.as_int().cmp(&unit.as_int()) {
            core::cmp::Ordering::Greater => true,
            core::cmp::Ordering::Equal => q.as_int().is_odd(),
            core::cmp::Ordering::Less => false,
        };
        let q = if up { bigint::add(q.as_int(), Int::ONE, lim)? } else { q };
        bigint::mul(q.as_int(), unit.as_int(), lim)
    })
}
