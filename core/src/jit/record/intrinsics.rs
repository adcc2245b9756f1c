//! Recording built-in functions that are a few uops: `min`, `max`, `abs`, `int`, `float`, `math.sqrt` of numbers, `iter` of containers.
//!
//! Invariant: each takes the fuel that the native takes, and gives the same object where the native gives an argument back.

use super::helpers::{function_name, is_owned_by};
use super::{Ctx, Rec};
use crate::heap::Shapes;
use crate::interp::NativeDef;
use crate::object::func::get_builtin;
use crate::object::{Type, kind};
use crate::opt::builder::{SHAPE_AT, Ty};
use crate::trace::ir::Ref;
use crate::uop::Uop;
use crate::value::Value;

impl Ctx<'_> {
    /// A call of a built-in function whose arguments are the `n` registers from `first`.
    pub(super) fn intrinsic(&mut self, callee: Value, first: u16, n: u16) -> Rec<Option<()>> {
        let Some(b) = get_builtin(callee) else { return Ok(None) };
        let Some(d) = self.rt.native_def(b) else { return Ok(None) };
        if self.charges(d, first) {
            self.builtin()?;
            let none = self.b.value(Value::NONE)?;
            return self.answer(none).map(Some);
        }
        let r = match (function_name(d, b.owner), n) {
            (name @ ("ord" | "chr"), 1) => return self.ord_or_chr(name),
            ("iter", 1) => self.iter(first)?,
            ("next", 1) => self.next_of(first)?,
            (_, 1) if d.name() == "_steps" && is_intrinsic(d) => self.steps(first)?,
            (_, 2) if d.name() == "_as" && is_intrinsic(d) => self.generator_as(first)?,
            ("min", 2..=4) => self.least(first, n, true)?,
            ("max", 2..=4) => self.least(first, n, false)?,
            ("abs", 1) => self.abs(first)?,
            (_, 1) if d.name() == "sqrt" && is_owned_by(b.owner, "math") => self.square_root(first)?,
            _ => None,
        };
        r.map(|r| self.answer(r)).transpose()
    }

    /// Whether it is frozen Python's `_charge` of a small constant, which then is charged.
    fn charges(&mut self, d: &NativeDef, first: u16) -> bool {
        if d.name() != "_charge" || !is_intrinsic(d) {
            return false;
        }
        let known = self.get(first).ok().and_then(|x| self.b.konst_word(x));
        let units = known.and_then(|k| Value::from_bits(k).as_int()).and_then(|n| u8::try_from(n).ok());
        let Some(units) = units else { return false };
        self.r.charge(self.b, units as u32);
        true
    }

    /// `iter(x)`.
    fn iter(&mut self, first: u16) -> Rec<Option<Ref>> {
        let v = self.val(first);
        let it = self.iterator_of(first, v)?;
        if it.is_some() {
            self.builtin()?;
        }
        Ok(it)
    }

    /// Frozen Python's `_as`: generator `first` becomes an iterator of a built-in class.
    fn generator_as(&mut self, first: u16) -> Rec<Option<Ref>> {
        let (v, class) = (self.val(first), self.val(first + 1));
        let shape = class.get::<Type>().map_or(0, |t| t.builtin as u32);
        if v.shape() != kind::Generator as u32 || shape == 0 || shape >= Shapes::FIRST {
            return Ok(None);
        }
        self.builtin()?;
        let (x, c) = (self.get(first)?, self.get(first + 1)?);
        self.same(c, class)?;
        self.shape(x, v.shape())?;
        self.b.op_dk(Uop::Store32K, &[x], SHAPE_AT, shape as u64)?;
        self.b.know(x, Ty::Shape(shape));
        Ok(Some(x))
    }

    /// Frozen Python's `_steps` of an iterator that is none of the guest's.
    fn steps(&mut self, first: u16) -> Rec<Option<Ref>> {
        let v = self.val(first);
        if !Self::is_generator(v) && (v.shape() >= Shapes::FIRST || self.rt.slots_of(v).next.is_none()) {
            return Ok(None);
        }
        // Such an iterator is its own.
        self.iter(first)
    }

    /// A call of a built-in type with the one argument in `first`.
    pub(super) fn conversion(&mut self, t: u16, first: u16) -> Rec<Option<()>> {
        let v = self.val(first);
        let r = match t {
            t if t == kind::Int as u16 && (v.is_int() || v.is_bool()) => {
                Some(self.bool_operand(first, v, true)?)
            }
            t if t == kind::Int as u16 && Self::is_float(v) => match self.float(first, v)? {
                Some(x) => Some(self.b.op(Uop::FloatToInt, &[x])?),
                None => None,
            },
            t if t == kind::Float as u16 && Self::is_float(v) => {
                self.float(first, v)?;
                Some(self.get(first)?)
            }
            t if t == kind::Float as u16 && v.is_int() => self.float(first, v)?,
            _ => None,
        };
        r.map(|r| self.answer(r)).transpose()
    }

    /// The smallest or largest of some ints, or of some floats; the first of those that are alike.
    fn least(&mut self, first: u16, n: u16, min: bool) -> Rec<Option<Ref>> {
        let all = |c: &Self, test: fn(Value) -> bool| (first..first + n).all(|r| test(c.val(r)));
        let ints = all(self, Value::is_int);
        if !ints && !all(self, Self::is_float) {
            return Ok(None);
        }
        self.builtin()?;
        let mut best = first;
        for r in first + 1..first + n {
            let (v, w) = (self.val(best), self.val(r));
            let (x, y, better) = if ints {
                let (p, q) = (v.int_word(), w.int_word());
                (self.int(best)?, self.int(r)?, if min { q < p } else { q > p })
            } else {
                let (Some(x), Some(y)) = (self.float(best, v)?, self.float(r, w)?) else { return Ok(None) };
                let number = crate::object::float::get;
                let (Some(p), Some(q)) = (number(v), number(w)) else { return Ok(None) };
                (x, y, if min { q < p } else { q > p })
            };
            // `next < best`, `next > best`.
            self.guard_compare(if min { 0 } else { 4 }, better, y, x, ints)?;
            best = if better { r } else { best };
        }
        self.r.charge(self.b, n as u32 - 1);
        self.get(best).map(Some).map_err(super::Stop::from)
    }

    fn abs(&mut self, first: u16) -> Rec<Option<Ref>> {
        let v = self.val(first);
        if v.is_int() || v.is_bool() {
            self.builtin()?;
            let x = self.bool_operand(first, v, true)?;
            let zero = self.b.int(0)?;
            let negative = v.as_int().is_some_and(|n| n < 0);
            self.guard_compare(0, negative, x, zero, true)?;
            return Ok(Some(if negative { self.b.op(Uop::NegInt, &[x])? } else { x }));
        }
        if !Self::is_float(v) {
            return Ok(None);
        }
        self.builtin()?;
        let Some(x) = self.float(first, v)? else { return Ok(None) };
        Ok(Some(self.b.op(Uop::AbsFloat, &[x])?))
    }

    /// `math.sqrt(x)` of a float or an int that is exactly a float.
    fn square_root(&mut self, first: u16) -> Rec<Option<Ref>> {
        let v = self.val(first);
        if !(v.is_int() || Self::is_float(v))
            || crate::object::float::get(v).is_some_and(|x| x < 0.0 || x.is_nan())
        {
            return Ok(None);
        }
        self.builtin()?;
        let Some(x) = self.float(first, v)? else { return Ok(None) };
        if v.is_int() {
            let n = self.get(first)?;
            self.b.op(Uop::GuardExact, &[n])?;
        }
        // Below zero, and nan, are the function's.
        let zero = self.b.float(0.0)?;
        self.b.op(Uop::GuardFle, &[zero, x])?;
        Ok(Some(self.b.op(Uop::SqrtFloat, &[x])?))
    }
}

/// Whether it is one of frozen Python's own.
fn is_intrinsic(d: &NativeDef) -> bool {
    crate::builtins::INTRINSICS.iter().flat_map(|l| l.iter()).any(|x| core::ptr::eq(x, d))
}
