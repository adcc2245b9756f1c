//! Recording arithmetic, comparisons and truth.

use super::{Ctx, Rec, Stop, helpers};
use crate::bytecode::Op;
use crate::heap::HeapType as _;
use crate::interp::native::BinOp;
use crate::interp::{cont, fast};
use crate::object::{Dict, List, Str, Tuple, int, kind};
use crate::opt::builder::{Build, Ty, clobber, load};
use crate::trace::ir::Ref;
use crate::uop::{Class, Uop};
use crate::value::Value;

/// Displacement of a boxed float's value.
const FLOAT_AT: i32 = core::mem::offset_of!(crate::object::FloatBox, value) as i32 - 1;

impl Ctx<'_> {
    /// The int in a register, guarded.
    pub(super) fn int(&mut self, r: u16) -> Build<Ref> {
        let x = self.get(r)?;
        self.int_of(x)
    }
    pub(super) fn int_of(&mut self, x: Ref) -> Build<Ref> {
        self.b.op(Uop::GuardInt, &[x])?;
        Ok(self.b.resolve(x))
    }
    /// The number in a register as a double, as `v`, what is in it now, says.
    pub(super) fn float(&mut self, r: u16, v: Value) -> Build<Option<Ref>> {
        let x = self.get(r)?;
        if self.class(x) == Class::F {
            return Ok(Some(x));
        }
        if v.is_float() {
            self.b.op(Uop::GuardFloat, &[x])?;
            return self.b.op(Uop::UnboxFloat, &[x]).map(Some);
        }
        if v.is_int() {
            self.b.op(Uop::GuardInt, &[x])?;
            return self.b.op(Uop::IntToFloat, &[x]).map(Some);
        }
        if v.exact::<crate::object::FloatBox>().is_some() {
            self.b.op_dk(Uop::GuardShape, &[x], 0, kind::Float as u64)?;
            return self.b.op_dk(Uop::LoadF, &[x], FLOAT_AT, load::IMMUTABLE).map(Some);
        }
        Ok(None)
    }

    pub(super) fn is_float(v: Value) -> bool {
        v.is_float() || v.exact::<crate::object::FloatBox>().is_some()
    }

    /// Arithmetic of numbers; `None` if the form is something else.
    pub(super) fn arithmetic(&mut self, form: Op) -> Rec<Option<()>> {
        let i = self.i;
        use Op::*;
        let int = match form {
            AddInt => Some(Uop::AddInt),
            SubInt => Some(Uop::SubInt),
            MulInt => Some(Uop::MulInt),
            FloorDivInt => Some(Uop::FloorDivInt),
            ModInt => Some(Uop::ModInt),
            AndInt => Some(Uop::AndInt),
            OrInt => Some(Uop::OrInt),
            XorInt => Some(Uop::XorInt),
            ShlInt => Some(Uop::ShlInt),
            ShrInt => Some(Uop::ShrInt),
            _ => None,
        };
        if let Some(u) = int {
            let (x, y) = (self.int(i.b())?, self.int(i.c())?);
            let r = self.b.op(u, &[x, y])?;
            self.set(i.a(), r)?;
            return self.next().map(Some);
        }
        match form {
            AddIInt | SubIInt => {
                let x = self.int(i.b())?;
                let k = self.b.int(i.imm_c() as i64)?;
                let r = self.b.op(if form == AddIInt { Uop::AddInt } else { Uop::SubInt }, &[x, k])?;
                self.set(i.a(), r)?;
                return self.next().map(Some);
            }
            AddIFloat | SubIFloat => {
                let Some(x) = self.float(i.b(), self.val(i.b()))? else { return Err(Stop::Here) };
                let k = self.b.float(i.imm_c() as f64)?;
                let r = self.b.op(if form == AddIFloat { Uop::AddFloat } else { Uop::SubFloat }, &[x, k])?;
                self.set(i.a(), r)?;
                return self.next().map(Some);
            }
            NegInt => {
                let x = self.int(i.b())?;
                let r = self.b.op(Uop::NegInt, &[x])?;
                self.set(i.a(), r)?;
                return self.next().map(Some);
            }
            NegFloat => {
                let Some(x) = self.float(i.b(), self.val(i.b()))? else { return Err(Stop::Here) };
                let r = self.b.op(Uop::NegFloat, &[x])?;
                self.set(i.a(), r)?;
                return self.next().map(Some);
            }
            TrueDivFloat | TrueDivMixed => return self.true_div().map(Some),
            _ => {}
        }
        let float = match form {
            AddFloat | AddMixed => Uop::AddFloat,
            SubFloat | SubMixed => Uop::SubFloat,
            MulFloat | MulMixed => Uop::MulFloat,
            _ => return Ok(None),
        };
        let (Some(x), Some(y)) = (self.float(i.b(), self.val(i.b()))?, self.float(i.c(), self.val(i.c()))?)
        else {
            return Err(Stop::Here);
        };
        let r = self.b.op(float, &[x, y])?;
        self.set(i.a(), r)?;
        self.next().map(Some)
    }

    fn true_div(&mut self) -> Rec<()> {
        let i = self.i;
        let (v, w) = (self.val(i.b()), self.val(i.c()));
        let (Some(x), Some(y)) = (self.float(i.b(), v)?, self.float(i.c(), w)?) else {
            return Err(Stop::Here);
        };
        if v.is_int() && w.is_int() {
            let (p, q) = (self.get(i.b())?, self.get(i.c())?);
            self.b.op(Uop::GuardExact, &[p])?;
            self.b.op(Uop::GuardExact, &[q])?;
        }
        let zero = self.b.float(0.0)?;
        self.b.op(Uop::GuardFne, &[y, zero])?;
        let r = self.b.op(Uop::DivFloat, &[x, y])?;
        self.set(i.a(), r)?;
        self.next()
    }

    /// Arithmetic that the interpreter has no form for, on floats and bools.
    pub(super) fn number_op(&mut self, op: Op) -> Rec<Option<()>> {
        let i = self.i;
        use Op::*;
        if let Some(done) = self.bool_arithmetic(op)? {
            return Ok(Some(done));
        }
        match op {
            Pow | IPow if self.val(i.b()).is_int() => return self.int_square(),
            Pow | IPow => return self.float_pow(),
            Add | IAdd | Sub | ISub | Mul | IMul | FloorDiv | IFloorDiv | Mod | IMod => {}
            _ => return Ok(None),
        }
        let (v, w) = (self.val(i.b()), self.val(i.c()));
        if !(Self::is_float(v) && (Self::is_float(w) || w.is_int()) || v.is_int() && Self::is_float(w)) {
            return Ok(None);
        }
        let (Some(x), Some(y)) = (self.float(i.b(), v)?, self.float(i.c(), w)?) else { return Ok(None) };
        let r = match op {
            Add | IAdd => self.b.op(Uop::AddFloat, &[x, y])?,
            Sub | ISub => self.b.op(Uop::SubFloat, &[x, y])?,
            Mul | IMul => self.b.op(Uop::MulFloat, &[x, y])?,
            FloorDiv | IFloorDiv => self.float_division(x, y, helpers::Helper::float_floordiv)?,
            _ => self.float_division(x, y, helpers::Helper::float_mod)?,
        };
        self.set(i.a(), r)?;
        self.next().map(Some)
    }

    /// Arithmetic of bools, or of a bool and an int.
    fn bool_arithmetic(&mut self, op: Op) -> Rec<Option<()>> {
        let (i, Some((bin, _))) = (self.i, cont::bin_op(op)) else { return Ok(None) };
        let immediate = cont::is_immediate(op);
        let v = self.val(i.b());
        let w = if immediate { Value::int(i.imm_c() as i64) } else { self.val(i.c()) };
        let bools = v.is_bool() as u8 + w.is_bool() as u8;
        if bools == 0 || !(v.is_int() || v.is_bool()) || !(w.is_int() || w.is_bool()) {
            return Ok(None);
        }
        let u = match bin {
            BinOp::Add => Uop::AddInt,
            BinOp::Sub => Uop::SubInt,
            BinOp::Mul => Uop::MulInt,
            BinOp::FloorDiv => Uop::FloorDivInt,
            BinOp::Mod => Uop::ModInt,
            BinOp::And => Uop::AndInt,
            BinOp::Or => Uop::OrInt,
            BinOp::Xor => Uop::XorInt,
            _ => return Ok(None),
        };
        let x = self.bool_operand(i.b(), v, true)?;
        let y = if immediate { self.b.int(i.imm_c() as i64)? } else { self.bool_operand(i.c(), w, true)? };
        let mut r = self.b.op(u, &[x, y])?;
        if bools == 2 && matches!(bin, BinOp::And | BinOp::Or | BinOp::Xor) {
            let zero = self.b.int(0)?;
            r = self.b.op(Uop::NeWord, &[r, zero])?;
        }
        self.set(i.a(), r)?;
        self.next().map(Some)
    }

    /// A division that a helper makes; by zero it is the interpreter's.
    fn float_division(&mut self, x: Ref, y: Ref, helper: helpers::Helper) -> Build<Ref> {
        let zero = self.b.float(0.0)?;
        self.b.op(Uop::GuardFne, &[y, zero])?;
        self.b.op_d(Uop::CallF2, &[x, y], helper.at())
    }

    /// `x ** 2` of ints that stay small.
    fn int_square(&mut self) -> Rec<Option<()>> {
        let i = self.i;
        let y = self.get(i.c())?;
        let squares = self.b.konst_word(y) == Some(Value::int(2).bits());
        if !squares || fast::mul_int(self.val(i.b()), self.val(i.b())).is_none() {
            return Ok(None);
        }
        let x = self.int(i.b())?;
        let r = self.b.op(Uop::MulInt, &[x, x])?;
        self.set(i.a(), r)?;
        self.next().map(Some)
    }

    /// `x ** y` of a float: a square, a square root, or what the helper computes.
    fn float_pow(&mut self) -> Rec<Option<()>> {
        let i = self.i;
        let (v, w) = (self.val(i.b()), self.val(i.c()));
        let number = crate::object::float::get;
        let Some(base) = number(v).filter(|x| x.is_finite()) else { return Ok(None) };
        if !(Self::is_float(w) || w.is_int()) {
            return Ok(None);
        }
        let (Some(x), Some(y)) = (self.float(i.b(), v)?, self.float(i.c(), w)?) else { return Ok(None) };
        let r = match self.b.konst_float(y) {
            Some(2.0) if (base * base).is_finite() => {
                let r = self.b.op(Uop::MulFloat, &[x, x])?;
                // Too large is the interpreter's: it raises.
                let infinity = self.b.float(f64::INFINITY)?;
                self.b.op(Uop::GuardFlt, &[r, infinity])?;
                r
            }
            exponent if base > 0.0 => {
                let zero = self.b.float(0.0)?;
                self.b.op(Uop::GuardFlt, &[zero, x])?;
                if exponent == Some(0.5) { self.b.op(Uop::SqrtFloat, &[x])? } else { self.power(x, y)? }
            }
            _ => return Ok(None),
        };
        self.set(i.a(), r)?;
        self.next().map(Some)
    }

    /// `x ** y` by the helper, which answers nan for what raises.
    fn power(&mut self, x: Ref, y: Ref) -> Build<Ref> {
        let r = self.b.op_d(Uop::CallF2, &[x, y], helpers::Helper::pow.at())?;
        self.b.op(Uop::GuardFeq, &[r, r])?;
        Ok(r)
    }

    /// Comparisons of ints, floats and strs, stored or jumped on.
    pub(super) fn comparison(&mut self, op: Op) -> Rec<Option<()>> {
        let Some(cmp) = cont::cmp_op(op) else { return Ok(None) };
        let i = self.i;
        let jump = cont::is_compare_jump(op);
        let immediate = jump && op >= Op::LtIJump;
        let (ra, rb) = if jump { (i.a(), i.b()) } else { (i.b(), i.c()) };
        let v = self.val(ra);
        let w = if immediate { Value::int(i.imm_b() as i64) } else { self.val(rb) };
        let c = cmp as usize;
        if v.exact::<Str>().is_some() && w.exact::<Str>().is_some() {
            return self.compare_strs(c, jump, ra, rb).map(Some);
        }
        if (v.is_bool() || w.is_bool()) && [v, w].iter().all(|n| n.is_int() || n.is_bool()) {
            let right = if immediate { None } else { Some(rb) };
            return self.compare_bools(c, jump, (ra, v), (right, w)).map(Some);
        }
        if !v.both_int(w) && int::is_exact(v) && int::is_exact(w) {
            let right = if immediate { None } else { Some(rb) };
            return self.compare_ints(cmp, jump, (ra, v), (right, w)).map(Some);
        }
        if !immediate && let Some(f) = self.rt.guest_comparison(cmp, v, w) {
            return self.compare_guests(f, (ra, v), (rb, w)).map(Some);
        }
        let (truth, ints) = if v.both_int(w) {
            let (x, y) = (v.int_word(), w.int_word());
            ([x < y, x <= y, x == y, x != y, x > y, x >= y].get(c).copied(), true)
        } else {
            let (Some(x), Some(y)) = (float_now(v), float_now(w)) else {
                return self.generic_compare(jump).map(Some);
            };
            let mixed = !Self::is_float(v) || !Self::is_float(w);
            // An int that is no exact double compares by its exact value.
            if mixed && (!v.is_int() || !w.is_int()) && [v, w].iter().any(|n| n.is_int() && !exact(*n)) {
                return self.generic_compare(jump).map(Some);
            }
            ([x < y, x <= y, x == y, x != y, x > y, x >= y].get(c).copied(), false)
        };
        let Some(truth) = truth else { return Err(Stop::Here) };
        let (x, y) = if ints {
            let x = self.int(ra)?;
            let y = if immediate { self.b.int(i.imm_b() as i64)? } else { self.int(rb)? };
            (x, y)
        } else {
            let Some(x) = self.exact_float(ra, v)? else { return Err(Stop::Here) };
            let y = if immediate {
                self.b.float(i.imm_b() as f64)?
            } else {
                let Some(y) = self.exact_float(rb, w)? else { return Err(Stop::Here) };
                y
            };
            (x, y)
        };
        if ints {
            return self.int_comparison(c, jump, truth, x, y).map(Some);
        }
        if jump {
            self.guard_compare(c, truth, x, y, ints)?;
            return self.take(truth).map(Some);
        }
        let (p, q) = if c >= 4 { (y, x) } else { (x, y) };
        let u = match c {
            0 | 4 => Uop::LtFloat,
            1 | 5 => Uop::LeFloat,
            2 => Uop::EqFloat,
            _ => Uop::NeFloat,
        };
        let r = self.b.op(u, &[p, q])?;
        self.set(i.a(), r)?;
        self.next().map(Some)
    }

    /// A comparison of two bools, whose words are in their order, or of one with an int.
    fn compare_bools(
        &mut self,
        c: usize,
        jump: bool,
        (ra, v): (u16, Value),
        (rb, w): (Option<u16>, Value),
    ) -> Rec<()> {
        let convert = v.is_int() || w.is_int();
        let x = self.bool_operand(ra, v, convert)?;
        let y = match rb {
            Some(rb) => self.bool_operand(rb, w, convert)?,
            None => self.b.value(w)?,
        };
        let number = |v: Value| if v.is_int() { v.int_unchecked() } else { (v == Value::TRUE) as i64 };
        let (p, q) = (number(v), number(w));
        let truths = [p < q, p <= q, p == q, p != q, p > q, p >= q];
        let Some(&truth) = truths.get(c) else { return Err(Stop::Here) };
        self.int_comparison(c, jump, truth, x, y)
    }

    /// An int, or a bool, as an int if that is asked for.
    pub(super) fn bool_operand(&mut self, r: u16, v: Value, convert: bool) -> Build<Ref> {
        if v.is_int() {
            return self.int(r);
        }
        let x = self.get(r)?;
        self.b.op(Uop::GuardBool, &[x])?;
        let x = self.b.resolve(x);
        if convert { self.b.op(Uop::BoolToInt, &[x]) } else { Ok(x) }
    }

    /// A comparison of ints, stored or jumped on.
    pub(super) fn int_comparison(&mut self, c: usize, jump: bool, truth: bool, x: Ref, y: Ref) -> Rec<()> {
        if jump {
            self.guard_compare(c, truth, x, y, true)?;
            return self.take(truth);
        }
        let (p, q) = if c >= 4 { (y, x) } else { (x, y) };
        let u = match c {
            0 | 4 => Uop::LtInt,
            1 | 5 => Uop::LeInt,
            2 => Uop::EqWord,
            _ => Uop::NeWord,
        };
        let r = self.b.op(u, &[p, q])?;
        self.set(self.i.a(), r)?;
        self.next()
    }

    /// An int operation that overflows, whose result the next instruction takes the low bits of: `(x << 13) & 0xffffffff`.
    /// Both are done at once, in words that wrap around; the big int between them is never made.
    pub(super) fn narrowed(&mut self, op: Op) -> Rec<Option<()>> {
        let i = self.i;
        use Op::*;
        // Of other operations `b` and `c` may be no registers.
        if !matches!(op, Shl | IShl | Mul | IMul | Add | IAdd | Sub | ISub) {
            return Ok(None);
        }
        let (v, w) = (self.val(i.b()), self.val(i.c()));
        let (u, fits) = match op {
            Shl | IShl => (Uop::ShlIntN, fast::shl_int(v, w).is_some()),
            Mul | IMul => (Uop::MulIntN, fast::mul_int(v, w).is_some()),
            Add | IAdd => (Uop::AddIntN, fast::add_int(v, w).is_some()),
            Sub | ISub => (Uop::SubIntN, fast::sub_int(v, w).is_some()),
            _ => return Ok(None),
        };
        let next = self.code.original_at(self.pc + 1);
        let and = matches!(next.op(), Some(And | IAnd));
        let mask = match (next.b() == i.a(), next.c() == i.a()) {
            (true, false) => next.c(),
            (false, true) => next.b(),
            _ => return Ok(None),
        };
        if !v.both_int(w) || fits || !and || !self.val(mask).is_int() || self.val(mask).int_unchecked() < 0 {
            return Ok(None);
        }
        let shift = u == Uop::ShlIntN;
        if shift && !(0..64).contains(&w.int_unchecked()) || !self.dead_after(i.a(), next.a()) {
            return Ok(None);
        }
        let (x, y, m) = (self.int(i.b())?, self.int(i.c())?, self.int(mask)?);
        if shift {
            let limit = self.b.int(64)?;
            self.b.op(Uop::GuardUlt, &[y, limit])?;
        }
        let zero = self.b.int(0)?;
        self.b.op(Uop::GuardLe, &[zero, m])?;
        let r = self.b.op(u, &[x, y])?;
        let r = self.b.op(Uop::AndInt, &[r, m])?;
        self.r.narrowed = Some(r);
        self.next().map(Some)
    }

    /// Whether register `r` is not used after the next instruction, which writes `dst`.
    fn dead_after(&self, r: u16, dst: u16) -> bool {
        let live = self.b.nodes.get(self.b.now.node as usize).and_then(|n| self.b.live.get(n.live as usize));
        r == dst || live.is_some_and(|l| !l.get(self.pc + 2, r as u32))
    }

    fn exact_float(&mut self, r: u16, v: Value) -> Build<Option<Ref>> {
        if v.is_int() {
            let x = self.int(r)?;
            self.b.op(Uop::GuardExact, &[x])?;
        }
        self.float(r, v)
    }

    /// Goes on only if the comparison comes out as it did.
    pub(super) fn guard_compare(&mut self, c: usize, truth: bool, x: Ref, y: Ref, ints: bool) -> Build<()> {
        let (p, q) = if c >= 4 { (y, x) } else { (x, y) };
        let (u, p, q) = match (c, truth, ints) {
            (0 | 4, true, true) => (Uop::GuardLt, p, q),
            (0 | 4, false, true) => (Uop::GuardLe, q, p),
            (1 | 5, true, true) => (Uop::GuardLe, p, q),
            (1 | 5, false, true) => (Uop::GuardLt, q, p),
            (2, true, true) | (3, false, true) => (Uop::GuardEq, p, q),
            (_, _, true) => (Uop::GuardNe, p, q),
            (0 | 4, true, false) => (Uop::GuardFlt, p, q),
            (0 | 4, false, false) => (Uop::GuardFnlt, p, q),
            (1 | 5, true, false) => (Uop::GuardFle, p, q),
            (1 | 5, false, false) => (Uop::GuardFnle, p, q),
            (2, true, false) | (3, false, false) => (Uop::GuardFeq, p, q),
            _ => (Uop::GuardFne, p, q),
        };
        self.b.op(u, &[p, q])?;
        Ok(())
    }

    /// Goes on where a compare-and-jump goes, by the truth of its comparison.
    pub(super) fn take(&mut self, truth: bool) -> Rec<()> {
        let Some(op) = self.i.op() else { return Err(Stop::Here) };
        if jumps(op, truth) { self.jump(self.i.imm_c() as i64) } else { self.next() }
    }

    /// A comparison by the interpreter's code; only where its result is stored.
    fn generic_compare(&mut self, jump: bool) -> Rec<()> {
        if jump { self.generic_branch() } else { self.generic() }
    }

    pub(super) fn not(&mut self) -> Rec<()> {
        let i = self.i;
        let v = self.val(i.b());
        let x = self.get(i.b())?;
        if v.is_bool() {
            self.b.op(Uop::GuardBool, &[x])?;
            let r = self.b.op(Uop::NotBool, &[x])?;
            self.set(i.a(), r)?;
            return self.next();
        }
        match self.guard_truth(x, v)? {
            Some(t) => {
                let r = self.b.value(Value::bool(!t))?;
                self.set(i.a(), r)?;
                self.next()
            }
            None => self.generic(),
        }
    }

    /// Goes on only if the value is as true as it is now; `None` if guest code may decide.
    pub(super) fn guard_truth(&mut self, x: Ref, v: Value) -> Rec<Option<bool>> {
        if let Some(t) = fast::truth(v) {
            if v.is_int() {
                self.b.op(Uop::GuardInt, &[x])?;
                let zero = self.b.int(0)?;
                self.b.op(if t { Uop::GuardNe } else { Uop::GuardEq }, &[x, zero])?;
            } else {
                let k = self.b.value(v)?;
                self.b.op(Uop::GuardEq, &[x, k])?;
            }
            return Ok(Some(t));
        }
        if v.is_float() {
            let t = v.float_unchecked() != 0.0;
            if self.class(x) != Class::F {
                self.b.op(Uop::GuardFloat, &[x])?;
            }
            let zero = self.b.float(0.0)?;
            self.b.op(if t { Uop::GuardFne } else { Uop::GuardFeq }, &[x, zero])?;
            return Ok(Some(t));
        }
        let (Some(len), Ok(Some(t))) = (self.length(x, v)?, self.rt.truth(v)) else { return Ok(None) };
        let zero = self.b.int(0)?;
        self.b.op(if t { Uop::GuardNe } else { Uop::GuardEq }, &[len, zero])?;
        Ok(Some(t))
    }

    /// The length of a built-in container, which is `v` now; `None` if it is something else.
    pub(super) fn length(&mut self, x: Ref, v: Value) -> Build<Option<Ref>> {
        let Some((shape, op, at, k)) = length_at(v) else { return Ok(None) };
        self.shape(x, shape)?;
        self.b.op_dk(op, &[x], at, k).map(Some)
    }

    pub(super) fn jump_if(&mut self, op: Op) -> Rec<()> {
        let i = self.i;
        let v = self.val(i.a());
        let x = self.get(i.a())?;
        let Some(t) = self.guard_truth(x, v)? else { return self.generic_branch() };
        if t == (op == Op::JumpIf) { self.jump(i.offset32() as i64) } else { self.next() }
    }

    pub(super) fn jump_none(&mut self, op: Op) -> Rec<()> {
        let i = self.i;
        let is_none = self.val(i.a()).is_none();
        let x = self.get(i.a())?;
        if self.class(x) == Class::G {
            let none = self.b.value(Value::NONE)?;
            self.b.op(if is_none { Uop::GuardEq } else { Uop::GuardNe }, &[x, none])?;
        }
        if is_none == (op == Op::JumpIfNone) { self.jump(i.offset32() as i64) } else { self.next() }
    }

    pub(super) fn add_str(&mut self) -> Rec<()> {
        let i = self.i;
        let (x, y) = (self.get(i.b())?, self.get(i.c())?);
        self.b.op_dk(Uop::GuardShape, &[x], 0, Str::KIND as u64)?;
        self.b.op_dk(Uop::GuardShape, &[y], 0, Str::KIND as u64)?;
        let r = self.call(helpers::Helper::str_concat, &[x, y], clobber::NONE)?;
        self.b.know(r, Ty::Shape(Str::KIND as u32));
        self.set(i.a(), r)?;
        self.next()
    }
}

/// Shape of a built-in container, and how its length is loaded.
pub(super) fn length_at(v: Value) -> Option<(u32, Uop, i32, u64)> {
    let at = |n: usize| n as i32 - 1;
    if v.exact::<List>().is_some() {
        return Some((List::KIND as u32, Uop::LoadLen, at(core::mem::offset_of!(List, len)), 0));
    }
    if v.exact::<Tuple>().is_some() {
        let d = at(core::mem::offset_of!(Tuple, len));
        return Some((Tuple::KIND as u32, Uop::LoadLen, d, load::IMMUTABLE));
    }
    if v.exact::<Dict>().is_some() {
        return Some((Dict::KIND as u32, Uop::LoadLen32, at(core::mem::offset_of!(Dict, live)), 0));
    }
    if v.exact::<Str>().is_some() {
        return Some((Str::KIND as u32, Uop::LoadLen32, at(Str::NCHARS), load::IMMUTABLE));
    }
    None
}

/// Whether a compare-and-jump jumps, by the truth of its comparison.
pub(super) fn jumps(op: Op, truth: bool) -> bool {
    use Op::*;
    let negated = matches!(
        op,
        LtJumpNot
            | LeJumpNot
            | EqJumpNot
            | NeJumpNot
            | GtJumpNot
            | GeJumpNot
            | LtIJumpNot
            | LeIJumpNot
            | EqIJumpNot
            | NeIJumpNot
            | GtIJumpNot
            | GeIJumpNot
    );
    truth != negated
}

fn float_now(v: Value) -> Option<f64> {
    if v.is_int() { Some(v.int_unchecked() as f64) } else { crate::object::float::get(v) }
}
fn exact(v: Value) -> bool {
    v.int_unchecked().unsigned_abs() <= 1 << 53
}
