//! Functions of `math` over sequences: sums, products, norms.
//!
//! Invariant: sequences are read without guest code; where an item is no built-in number, frozen Python converts the
//! items (or does the whole job) instead.

use super::super::num_support::{int_to_f64, plain, real};
use super::super::{frozen, number_ops};
use crate::exit::Res;
use crate::interp::{Args, BinOp, Rt};
use crate::num::NumError;
use crate::num::math::{self as kernel, Fsum};
use crate::object::hash::{Number, number};
use crate::object::{List, Tuple, float};
use crate::value::Value;

/// Steps between two looks at the interrupt word.
const POLL: usize = 4096;

/// Argument slot `i` as a list or tuple; another iterable is copied to a list, and the native started again.
fn sequence(rt: &mut Rt, a: Args, i: usize) -> Res<Value> {
    let v = a.at(i);
    if v.exact::<List>().is_some() || v.exact::<Tuple>().is_some() {
        return Ok(v);
    }
    match rt.items_of(v)? {
        Some(items) => Ok(items),
        None => Err(rt.list_into(i, v)),
    }
}

fn len(v: Value) -> usize {
    v.get::<List>().map(|l| l.len()).or_else(|| v.get::<Tuple>().map(|t| t.len())).unwrap_or(0)
}

fn item(v: Value, i: usize) -> Value {
    let found = match v.get::<List>() {
        Some(l) => l.items().get(i).copied(),
        None => v.get::<Tuple>().and_then(|t| t.get(i)),
    };
    found.unwrap_or(Value::ZERO)
}

/// The float an item already checked counts as.
fn known(v: Value) -> f64 {
    match number(v) {
        Some(Number::Float(x)) => x,
        Some(Number::Int(crate::object::int::IntRef::Small(n))) => n as f64,
        Some(Number::Int(i)) => {
            crate::num::bigint::to_f64(crate::object::int::as_num(&i, &mut [0])).unwrap_or(f64::INFINITY)
        }
        None => 0.0,
    }
}

pub(super) fn fsum(rt: &mut Rt, a: Args) -> Res<Value> {
    let items = sequence(rt, a, 0)?;
    let n = len(items);
    rt.charge(n)?;
    let mut sum = Fsum::default();
    for i in 0..n {
        if i % POLL == POLL - 1 {
            rt.poll()?;
        }
        let Some(x) = real(rt, item(items, i))? else {
            return Err(rt.delegate(frozen::fsum_of, &[items]));
        };
        if sum.add(x).is_err() {
            return Err(rt.overflow_error(message!("intermediate overflow in fsum")));
        }
    }
    match sum.finish() {
        Ok(x) => float::new(&mut rt.heap, x),
        Err(NumError::Domain) => Err(rt.value_error(message!("-inf + inf in fsum"))),
        Err(_) => Err(rt.overflow_error(message!("intermediate overflow in fsum"))),
    }
}

/// `iterable, /, *, start=1`
pub(super) fn prod(rt: &mut Rt, a: Args) -> Res<Value> {
    let items = sequence(rt, a, 0)?;
    let start = a.or(1, Value::int(1));
    let n = len(items);
    if plain(start).is_none() || (0..n).any(|i| plain(item(items, i)).is_none()) {
        return Err(rt.delegate(frozen::prod_of, &[items, start]));
    }
    rt.charge(n)?;
    let mut acc = start;
    for i in 0..n {
        if i % POLL == POLL - 1 {
            rt.poll()?;
        }
        acc = number_ops::binary(rt, BinOp::Mul, acc, item(items, i))?;
    }
    Ok(acc)
}

/// `p, q, /`
pub(super) fn sumprod(rt: &mut Rt, a: Args) -> Res<Value> {
    let (p, q) = (sequence(rt, a, 0)?, sequence(rt, a, 1)?);
    let n = len(p);
    let all_plain = |v: Value| (0..len(v)).all(|i| plain(item(v, i)).is_some());
    if !all_plain(p) || !all_plain(q) {
        return Err(rt.delegate(frozen::sumprod_of, &[p, q]));
    }
    if n != len(q) {
        return Err(rt.value_error(message!("Inputs are not the same length")));
    }
    rt.charge(n)?;
    let mut sum = SumProduct { total: Value::ZERO, floats: Triple::default(), state: State::Ints };
    for i in 0..n {
        if i % POLL == POLL - 1 {
            rt.poll()?;
        }
        sum.add(rt, item(p, i), item(q, i))?;
    }
    sum.flush(rt)?;
    Ok(sum.total)
}

/// Where `sumprod` stands: only ints so far, adding floats in tripled precision, or adding as `+` does.
#[derive(PartialEq)]
enum State {
    Ints,
    Floats,
    Plain,
}

struct SumProduct {
    total: Value,
    floats: Triple,
    state: State,
}

impl SumProduct {
    fn add(&mut self, rt: &mut Rt, p: Value, q: Value) -> Res<()> {
        let any_float = float::get(p).is_some() || float::get(q).is_some();
        if any_float && self.state != State::Plain {
            self.state = State::Floats;
            let (x, y) = (to_float(rt, p)?, to_float(rt, q)?);
            let next = self.floats.fma(x, y);
            if next.hi.is_finite() {
                self.floats = next;
                return Ok(());
            }
        }
        if self.state == State::Floats {
            self.flush(rt)?;
            self.state = State::Plain;
        }
        let product = number_ops::binary(rt, BinOp::Mul, p, q)?;
        self.total = number_ops::binary(rt, BinOp::Add, self.total, product)?;
        Ok(())
    }

    /// Adds the float part to the total.
    fn flush(&mut self, rt: &mut Rt) -> Res<()> {
        if self.state == State::Floats {
            let x = core::mem::take(&mut self.floats).to_f64();
            let x = float::new(&mut rt.heap, x)?;
            self.total = number_ops::binary(rt, BinOp::Add, self.total, x)?;
        }
        Ok(())
    }
}

fn to_float(rt: &mut Rt, v: Value) -> Res<f64> {
    match number(v) {
        Some(Number::Float(x)) => Ok(x),
        Some(Number::Int(i)) => int_to_f64(rt, i),
        None => Ok(0.0),
    }
}

/// A sum in about three times the precision of a float.
#[derive(Clone, Copy, Default)]
struct Triple {
    hi: f64,
    lo: f64,
    tiny: f64,
}

/// `a + b` and its rounding error, whatever their sizes.
fn two_sum(a: f64, b: f64) -> (f64, f64) {
    let x = a + b;
    let z = x - a;
    (x, (a - (x - z)) + (b - z))
}

impl Triple {
    /// `self + x * y`.
    fn fma(self, x: f64, y: f64) -> Triple {
        let p = x * y;
        let p_err = libm::fma(x, y, -p);
        let (hi, e1) = two_sum(self.hi, p);
        let (lo, e2) = two_sum(self.lo, p_err);
        let (lo, e3) = two_sum(lo, e1);
        Triple { hi, lo, tiny: self.tiny + e2 + e3 }
    }

    fn to_f64(self) -> f64 {
        let (last, _) = two_sum(self.lo, self.tiny);
        self.hi + last
    }
}

/// `*coordinates`
pub(super) fn hypot(rt: &mut Rt, a: Args) -> Res<Value> {
    let args = a.slice();
    rt.charge(args.len())?;
    for &v in args {
        if real(rt, v)?.is_none() {
            let list = rt.new_list(args)?;
            return Err(rt.delegate(frozen::hypot_of, &[list]));
        }
    }
    let r = kernel::hypot(args.iter().map(|&v| known(v)));
    float::new(&mut rt.heap, r)
}

/// `p, q, /`
pub(super) fn dist(rt: &mut Rt, a: Args) -> Res<Value> {
    let (p, q) = (sequence(rt, a, 0)?, sequence(rt, a, 1)?);
    let n = len(p);
    if n != len(q) {
        return Err(rt.value_error(message!("both points must have the same number of dimensions")));
    }
    rt.charge(n)?;
    for i in 0..n {
        for v in [item(p, i), item(q, i)] {
            if real(rt, v)?.is_none() {
                return Err(rt.delegate(frozen::dist_of, &[p, q]));
            }
        }
    }
    let r = kernel::hypot((0..n).map(|i| known(item(p, i)) - known(item(q, i))));
    float::new(&mut rt.heap, r)
}
