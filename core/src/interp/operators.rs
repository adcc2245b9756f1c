//! Operators in general: built-in behaviour first, then the special methods of guest classes.
//!
//! Each function either answers natively or asks for a guest call with the continuation that goes on from its result.

use super::cont::{self, Cont};
use super::native::{BinOp, CmpOp, UnOp};
use super::{Name, Rt};
use crate::bytecode::{Instr, Op};
use crate::exit::{Exit, ExitKind, Res};
use crate::object::hash::{Eq, compare_numbers, number};
use crate::object::{Str, Type, int};
use crate::value::Value;

/// Special method of each binary operator, its reflected and its in-place form.
const BIN_NAMES: [[Name; 3]; 13] = [
    [Name::__add__, Name::__radd__, Name::__iadd__],
    [Name::__sub__, Name::__rsub__, Name::__isub__],
    [Name::__mul__, Name::__rmul__, Name::__imul__],
    [Name::__matmul__, Name::__rmatmul__, Name::__imatmul__],
    [Name::__truediv__, Name::__rtruediv__, Name::__itruediv__],
    [Name::__floordiv__, Name::__rfloordiv__, Name::__ifloordiv__],
    [Name::__mod__, Name::__rmod__, Name::__imod__],
    [Name::__pow__, Name::__rpow__, Name::__ipow__],
    [Name::__lshift__, Name::__rlshift__, Name::__ilshift__],
    [Name::__rshift__, Name::__rrshift__, Name::__irshift__],
    [Name::__and__, Name::__rand__, Name::__iand__],
    [Name::__or__, Name::__ror__, Name::__ior__],
    [Name::__xor__, Name::__rxor__, Name::__ixor__],
];

const CMP_NAMES: [Name; 6] =
    [Name::__lt__, Name::__le__, Name::__eq__, Name::__ne__, Name::__gt__, Name::__ge__];

impl Rt {
    fn guest_operators(&self, v: Value) -> bool {
        self.type_of(v).has_flag(Type::GUEST_OPERATOR)
    }

    /// `a op b`, where no guest's class has a say in it; `None` otherwise.
    #[cfg(feature = "speed")]
    pub(crate) fn built_in_operator(&mut self, op: Op, a: Value, b: Value) -> Option<Res<Value>> {
        let arithmetic = cont::bin_op(op);
        if let Some((op, _)) = arithmetic
            && op != BinOp::MatMul
            && int::is_exact(a)
            && int::is_exact(b)
        {
            return Some(crate::builtins::int::binary(self, op, a, b));
        }
        if self.guest_operators(a) || self.guest_operators(b) {
            return None;
        }
        if let Some((op, inplace)) = arithmetic {
            return Some(self.built_in_binary(op, inplace, a, b));
        }
        cont::cmp_op(op).map(|op| self.compare_op(op, a, b))
    }

    /// `a op b`, or in place.
    pub fn binary_op(&mut self, op: BinOp, inplace: bool, a: Value, b: Value) -> Res<Value> {
        if self.guest_operators(a) || self.guest_operators(b) {
            return self.guest_binary(op, inplace, a, b);
        }
        self.built_in_binary(op, inplace, a, b)
    }

    /// As [`Rt::binary_op`], where no guest's class has a say in it.
    #[cfg_attr(feature = "speed", inline)]
    fn built_in_binary(&mut self, op: BinOp, inplace: bool, a: Value, b: Value) -> Res<Value> {
        if inplace && let Some(f) = self.slots_of(a).inplace {
            let r = f(self, op, a, b)?;
            if r != Value::NOT_IMPLEMENTED {
                return Ok(r);
            }
        }
        let left = self.slots_of(a).binary;
        if let Some(f) = left {
            let r = f(self, op, a, b)?;
            if r != Value::NOT_IMPLEMENTED {
                return Ok(r);
            }
        }
        if let Some(g) = self.slots_of(b).binary
            && left.is_none_or(|f| !core::ptr::fn_addr_eq(f, g))
        {
            let r = g(self, op, a, b)?;
            if r != Value::NOT_IMPLEMENTED {
                return Ok(r);
            }
        }
        Err(self.unsupported(op, inplace, a, b))
    }

    #[cold]
    fn unsupported(&mut self, op: BinOp, inplace: bool, a: Value, b: Value) -> Exit {
        if let Some(e) = crate::builtins::sequence::operator_error(self, op, a, b) {
            return e;
        }
        let symbol = if inplace { op.inplace_symbol() } else { op.symbol() };
        let (x, y) = (self.type_name(a), self.type_name(b));
        self.type_error(message!("unsupported operand type(s) for {symbol}: '{x}' and '{y}'"))
    }

    fn guest_binary(&mut self, op: BinOp, inplace: bool, a: Value, b: Value) -> Res<Value> {
        let [direct, reflected, in_place] = BIN_NAMES[op as usize];
        if inplace {
            let iname = self.name(in_place)?;
            if let Some(f) = self.lookup_special(a, iname)? {
                return Err(self.operator_call(f, a, b, Cont::InplaceFirst));
            }
        }
        let (ta, tb) = (self.type_of(a), self.type_of(b));
        if ta != tb && tb.is_subclass_of(ta.value()) {
            let rname = self.name(reflected)?;
            let (own, base) = (self.lookup_special(b, rname)?, self.lookup_special(a, rname)?);
            if let Some(f) = own
                && own != base
            {
                return Err(self.operator_call(f, b, a, Cont::BinSwapped));
            }
        }
        let name = self.name(direct)?;
        match self.lookup_special(a, name)? {
            Some(f) => Err(self.operator_call(f, a, b, Cont::BinFirst)),
            None => self.binary_right(op, inplace, a, b),
        }
    }

    fn binary_right(&mut self, op: BinOp, inplace: bool, a: Value, b: Value) -> Res<Value> {
        if self.type_of(a) != self.type_of(b) {
            let rname = self.name(BIN_NAMES[op as usize][1])?;
            if let Some(f) = self.lookup_special(b, rname)? {
                return Err(self.operator_call(f, b, a, Cont::BinSecond));
            }
        }
        Err(self.unsupported(op, inplace, a, b))
    }

    /// Asks for the special method `f` of `v` to be called with one operand.
    fn operator_call(&mut self, f: Value, v: Value, other: Value, cont: Cont) -> Exit {
        let e = self.special_call(f, v, &[other]);
        if self.exit_kind(e) == ExitKind::Call {
            self.pending_cont = Some(cont);
        }
        e
    }

    /// Asks for special method `f`, found on the class of `v`, to be called with `args`.
    pub(crate) fn special_call(&mut self, f: Value, v: Value, args: &[Value]) -> Exit {
        let takes_self = f.get::<crate::object::Function>().is_some();
        if takes_self && args.len() < 4 {
            let mut all = [Value::UNBOUND; 5];
            all[0] = v;
            for (to, &from) in all[1..].iter_mut().zip(args) {
                *to = from;
            }
            return self.tail_call(f, &all[..=args.len()]);
        }
        match self.bind_special(f, v) {
            Ok(bound) => self.tail_call(bound, args),
            Err(e) => e,
        }
    }

    /// Operands of the waiting binary instruction.
    fn waiting_operands(&self) -> (Instr, Value, Value) {
        let i = cont::waiting_instr(self);
        let f = self.stack.frame;
        // SAFETY: operand registers lie in the frame (verified).
        unsafe {
            match i.op() {
                Some(Op::AddI | Op::SubI | Op::IAddI | Op::ISubI) => {
                    (i, f.reg(i.b()), Value::int(i.imm_c() as i64))
                }
                Some(op) if cont::is_compare_jump(op) => {
                    let right = if op >= Op::LtIJump { Value::int(i.imm_b() as i64) } else { f.reg(i.b()) };
                    (i, f.reg(i.a()), right)
                }
                _ => (i, f.reg(i.b()), f.reg(i.c())),
            }
        }
    }

    /// See `Cont::BinFirst` and its kin.
    pub(crate) fn binary_result(&mut self, v: Value, dst: u16, cont: Cont) -> Res<()> {
        if v != Value::NOT_IMPLEMENTED {
            return cont::deliver(self, v, dst, Cont::Value);
        }
        let (i, a, b) = self.waiting_operands();
        let Some((op, inplace)) = i.op().and_then(cont::bin_op) else {
            return cont::deliver(self, v, dst, Cont::Value);
        };
        let next = match cont {
            Cont::InplaceFirst => self.guest_binary(op, false, a, b),
            Cont::BinFirst => self.binary_right(op, inplace, a, b),
            Cont::BinSwapped => {
                let name = self.name(BIN_NAMES[op as usize][0])?;
                match self.lookup_special(a, name)? {
                    Some(f) => Err(self.operator_call(f, a, b, Cont::BinSecond)),
                    None => Err(self.unsupported(op, inplace, a, b)),
                }
            }
            _ => Err(self.unsupported(op, inplace, a, b)),
        };
        self.continue_operator(next, dst)
    }

    /// Makes the call a follow-up step asked for.
    fn continue_operator(&mut self, next: Res<Value>, dst: u16) -> Res<()> {
        match next {
            Ok(v) => cont::deliver(self, v, dst, Cont::Value),
            Err(e) if self.caught(e, ExitKind::Call) => {
                let cont = self.pending_cont.take().unwrap_or(Cont::Value);
                self.call_pending(self.pending.callee, dst, cont)
            }
            Err(e) => Err(e),
        }
    }

    /// `a op b` for a comparison: any value.
    pub fn compare_op(&mut self, op: CmpOp, a: Value, b: Value) -> Res<Value> {
        if let (Some(x), Some(y)) = (a.exact::<Str>(), b.exact::<Str>()) {
            let (x, y) = (x.bytes(), y.bytes());
            let order = match (x, y) {
                ([p, ..], [q, ..]) if p != q => p.cmp(q),
                _ => compare_wtf8(x, y),
            };
            return Ok(Value::bool(op.holds(order)));
        }
        if let (Some(x), Some(y)) = (number(a), number(b))
            && !self.guest_operators(a)
            && !self.guest_operators(b)
        {
            return Ok(Value::bool(match compare_numbers(x, y) {
                Some(o) => op.holds(o),
                None => op == CmpOp::Ne,
            }));
        }
        if matches!(op, CmpOp::Eq | CmpOp::Ne) {
            match self.eq(a, b) {
                Eq::True => return Ok(Value::bool(op == CmpOp::Eq)),
                Eq::False if !self.guest_operators(a) && !self.guest_operators(b) => {
                    return Ok(Value::bool(op == CmpOp::Ne));
                }
                _ => {}
            }
        }
        if self.guest_operators(a) || self.guest_operators(b) {
            return self.guest_compare(op, a, b);
        }
        if let Some(f) = self.slots_of(a).compare {
            let r = f(self, op, a, b)?;
            if r != Value::NOT_IMPLEMENTED {
                return Ok(r);
            }
        }
        if let Some(f) = self.slots_of(b).compare {
            let r = f(self, op.swapped(), b, a)?;
            if r != Value::NOT_IMPLEMENTED {
                return Ok(r);
            }
        }
        self.compare_default(op, a, b)
    }

    /// Identity for `==` and `!=`, an error for the rest.
    fn compare_default(&mut self, op: CmpOp, a: Value, b: Value) -> Res<Value> {
        match op {
            CmpOp::Eq => Ok(Value::bool(a == b)),
            CmpOp::Ne => Ok(Value::bool(a != b)),
            _ => {
                let (x, y, s) = (self.type_name(a), self.type_name(b), op.symbol());
                Err(self.type_error(message!("'{s}' not supported between instances of '{x}' and '{y}'")))
            }
        }
    }

    /// The function that a guest's class gives for a comparison, if calling it first, on `a`, is right.
    #[cfg(feature = "speed")]
    pub(crate) fn guest_comparison(
        &mut self,
        op: CmpOp,
        a: Value,
        b: Value,
    ) -> Option<crate::heap::Gc<crate::object::Function>> {
        let (ta, tb) = (self.type_of(a), self.type_of(b));
        if !ta.has_flag(Type::GUEST_OPERATOR) || ta != tb && tb.is_subclass_of(ta.value()) {
            return None;
        }
        let name = self.name(CMP_NAMES[op as usize]).ok()?;
        self.type_attr(ta.value(), name).ok()??.get()
    }

    fn guest_compare(&mut self, op: CmpOp, a: Value, b: Value) -> Res<Value> {
        let (ta, tb) = (self.type_of(a), self.type_of(b));
        if ta != tb && tb.is_subclass_of(ta.value()) {
            let rname = self.name(CMP_NAMES[op.swapped() as usize])?;
            if let Some(f) = self.lookup_special(b, rname)? {
                return Err(self.operator_call(f, b, a, Cont::CmpSwapped));
            }
        }
        let name = self.name(CMP_NAMES[op as usize])?;
        match self.lookup_special(a, name)? {
            Some(f) => Err(self.operator_call(f, a, b, Cont::CmpFirst)),
            None => self.compare_right(op, a, b),
        }
    }

    fn compare_right(&mut self, op: CmpOp, a: Value, b: Value) -> Res<Value> {
        let name = self.name(CMP_NAMES[op.swapped() as usize])?;
        match self.lookup_special(b, name)? {
            Some(f) => Err(self.operator_call(f, b, a, Cont::CmpSecond)),
            None => self.compare_default(op, a, b),
        }
    }

    /// See `Cont::CmpFirst` and its kin.
    pub(crate) fn compare_result(&mut self, v: Value, dst: u16, cont: Cont) -> Res<()> {
        let (i, a, b) = self.waiting_operands();
        let Some(op) = i.op() else { return Ok(()) };
        let jumps = cont::is_compare_jump(op);
        let finish = |rt: &mut Rt, v: Value| {
            if jumps { rt.truth_then(v) } else { cont::deliver(rt, v, dst, Cont::Value) }
        };
        if v != Value::NOT_IMPLEMENTED {
            return finish(self, v);
        }
        let Some(cmp) = cont::cmp_op(op) else { return finish(self, v) };
        let next = match cont {
            Cont::CmpFirst => self.compare_right(cmp, a, b),
            Cont::CmpSwapped => {
                let name = self.name(CMP_NAMES[cmp as usize])?;
                match self.lookup_special(a, name)? {
                    Some(f) => Err(self.operator_call(f, a, b, Cont::CmpSecond)),
                    None => self.compare_default(cmp, a, b),
                }
            }
            _ => self.compare_default(cmp, a, b),
        };
        match next {
            Ok(v) => finish(self, v),
            Err(e) => self.continue_operator(Err(e), dst),
        }
    }

    /// Truth of a value if no guest code decides it.
    #[inline]
    pub fn truth(&mut self, v: Value) -> Res<Option<bool>> {
        if let Some(b) = v.as_bool() {
            return Ok(Some(b));
        }
        if v.is_int() {
            return Ok(Some(v != Value::ZERO));
        }
        if v.is_none() {
            return Ok(Some(false));
        }
        if self.type_of(v).has_flag(Type::GUEST_BOOL) {
            return Ok(None);
        }
        let slots = self.slots_of(v);
        if let Some(f) = slots.truth {
            return f(self, v).map(Some);
        }
        match slots.len {
            Some(f) => f(self, v).map(|n| Some(n != 0)),
            None => Ok(Some(true)),
        }
    }

    /// Has the waiting instruction act on the truth of `v`, calling guest code if need be.
    pub(crate) fn truth_then(&mut self, v: Value) -> Res<()> {
        if let Some(b) = self.truth(v)? {
            cont::apply_truth(self, b);
            return Ok(());
        }
        let name = self.name(Name::__bool__)?;
        if let Some(f) = self.lookup_special(v, name)? {
            return self.call_special(f, v, &[], 0, Cont::BoolResult);
        }
        let name = self.name(Name::__len__)?;
        match self.lookup_special(v, name)? {
            Some(f) => self.call_special(f, v, &[], 0, Cont::LenResult),
            None => {
                cont::apply_truth(self, true);
                Ok(())
            }
        }
    }

    /// Calls special method `f` of `v` at once.
    pub(crate) fn call_special(
        &mut self,
        f: Value,
        v: Value,
        args: &[Value],
        dst: u16,
        cont: Cont,
    ) -> Res<()> {
        let e = self.special_call(f, v, args);
        if self.caught(e, ExitKind::Call) {
            self.call_pending(self.pending.callee, dst, cont)
        } else {
            Err(e)
        }
    }

    /// Checks what a guest's `__len__` returned.
    pub fn checked_len(&mut self, v: Value) -> Res<usize> {
        match int::get(v) {
            Some(int::IntRef::Small(n)) if n >= 0 && usize::try_from(n).is_ok() => Ok(n as usize),
            Some(int::IntRef::Small(n)) if n < 0 => {
                Err(self.value_error(message!("__len__() should return >= 0")))
            }
            Some(int::IntRef::Big(b)) if b.is_neg() => {
                Err(self.value_error(message!("__len__() should return >= 0")))
            }
            Some(_) => Err(self.overflow_error(message!("cannot fit 'int' into an index-sized integer"))),
            None => {
                let name = self.type_name(v);
                Err(self.type_error(message!("'{name}' object cannot be interpreted as an integer")))
            }
        }
    }

    /// `op v`.
    pub fn unary_op(&mut self, op: UnOp, v: Value) -> Res<Value> {
        let t = self.type_of(v);
        let (method, symbol) = match op {
            UnOp::Neg => (Name::__neg__, "-"),
            UnOp::Pos => (Name::__pos__, "+"),
            UnOp::Invert => (Name::__invert__, "~"),
            UnOp::Abs => (Name::__abs__, "abs()"),
        };
        if t.has_flag(Type::GUEST_OPERATOR) {
            let name = self.name(method)?;
            if let Some(f) = self.lookup_special(v, name)? {
                return Err(self.special_call(f, v, &[]));
            }
        } else if let Some(f) = self.slots_of(v).unary {
            let r = f(self, op, v)?;
            if r != Value::NOT_IMPLEMENTED {
                return Ok(r);
            }
        }
        let tn = self.type_name(v);
        Err(self.type_error(message!("bad operand type for unary {symbol}: '{tn}'")))
    }

    /// `item in container`: a value whose truth counts.
    pub fn contains_op(&mut self, container: Value, item: Value) -> Res<Value> {
        if let (Some(s), Some(sub)) = (container.exact::<Str>(), item.exact::<Str>())
            && let (text @ [_, ..], [b]) = (s.bytes(), sub.bytes())
            && text.len() <= 32
        {
            return Ok(Value::bool(text.contains(b)));
        }
        let t = self.type_of(container);
        if !t.has_flag(Type::GUEST_CONTAINS | Type::GUEST_ITER)
            && let Some(f) = self.slots_of(container).contains
        {
            return f(self, container, item).map(Value::bool);
        }
        let name = self.name(Name::__contains__)?;
        match self.lookup_special(container, name)? {
            Some(Value::NONE) => {
                let tn = self.type_name(container);
                Err(self.type_error(message!("'{tn}' object is not a container")))
            }
            Some(f) => Err(self.special_call(f, container, &[item])),
            None => {
                if !self.is_iterable(container)? {
                    let tn = self.type_name(container);
                    return Err(
                        self.type_error(message!("argument of type '{tn}' is not a container or iterable"))
                    );
                }
                Err(self.delegate(crate::builtins::frozen::contains_by_iteration, &[container, item]))
            }
        }
    }

    /// `container[key]`.
    pub fn getitem_op(&mut self, container: Value, key: Value) -> Res<Value> {
        let t = self.type_of(container);
        if !t.has_flag(Type::GUEST_GETITEM)
            && let Some(f) = self.slots_of(container).getitem
        {
            return f(self, container, key);
        }
        let name = self.name(Name::__getitem__)?;
        if let Some(f) = self.lookup_special(container, name)? {
            return Err(self.special_call(f, container, &[key]));
        }
        if container.get::<Type>().is_some() {
            let name = self.name(Name::__class_getitem__)?;
            if let Some(f) = self.type_attr(container, name)? {
                let f = self.descr_get(f, Value::UNBOUND, container)?;
                return Err(self.tail_call(f, &[key]));
            }
            let tn = container.get::<Type>().map_or("?", super::text_of_type);
            return Err(self.type_error(message!("type '{tn}' is not subscriptable")));
        }
        let tn = self.type_name(container);
        Err(self.type_error(message!("'{tn}' object is not subscriptable")))
    }

    /// `container[key] = value`, or `del container[key]` with an unbound value.
    pub fn setitem_op(&mut self, container: Value, key: Value, value: Value) -> Res<()> {
        let t = self.type_of(container);
        if !t.has_flag(Type::GUEST_SETITEM)
            && let Some(f) = self.slots_of(container).setitem
        {
            return f(self, container, key, value);
        }
        let deletes = value.is_unbound();
        let name = self.name(if deletes { Name::__delitem__ } else { Name::__setitem__ })?;
        match self.lookup_special(container, name)? {
            Some(f) if deletes => Err(self.special_call(f, container, &[key])),
            Some(f) => Err(self.special_call(f, container, &[key, value])),
            None => {
                let tn = self.type_name(container);
                let sequence = t.has_flag(Type::HEAP) || self.slots_of(container).len.is_some();
                Err(if deletes && sequence && int::get(key).is_some() {
                    self.type_error(message!("'{tn}' object doesn't support item deletion"))
                } else if deletes {
                    self.type_error(message!("'{tn}' object does not support item deletion"))
                } else {
                    self.type_error(message!("'{tn}' object does not support item assignment"))
                })
            }
        }
    }

    /// `len(v)`: a length, or an exit that asks for guest code.
    pub fn len_op(&mut self, v: Value) -> Res<usize> {
        let t = self.type_of(v);
        if !t.has_flag(Type::GUEST_LEN)
            && let Some(f) = self.slots_of(v).len
        {
            return f(self, v);
        }
        let name = self.name(Name::__len__)?;
        match self.lookup_special(v, name)? {
            Some(_) => Err(self.delegate(crate::builtins::frozen::len_of, &[v])),
            None => {
                let tn = self.type_name(v);
                Err(self.type_error(message!("object of type '{tn}' has no len()")))
            }
        }
    }
}

/// Code point order of WTF-8 is byte order.
pub(crate) fn compare_wtf8(a: &[u8], b: &[u8]) -> core::cmp::Ordering {
    a.cmp(b)
}
