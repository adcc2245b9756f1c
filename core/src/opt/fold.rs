//! Folding: what a uop is worth by its operands alone. One short function per rule; the first that fits decides.
//!
//! Rules for rule writers: a rule may use facts about operands and the definitions of operands, never memory; it must
//! hold for every value the operands can have; NaN, -0.0 and word overflow count. Constant operands are computed by the
//! uop's own body.

use super::builder::{Build, Builder, Fail, Ty, load};
use super::ranges::RANGE_ITEM;
use super::{BOUND, FUNCTION, RANGE, TUPLE, divide, lean};
use crate::object::{BoundMethod, Function, Range, Str, Tuple};
use crate::trace::ir::{Ins, Ref};
use crate::uop::{Class, Effect, Uop};
use crate::value::Value;

/// What became of a uop.
pub(super) enum Fold {
    /// Its result is this value.
    Value(Ref),
    /// It has nothing to do.
    Done,
    /// It stays.
    Emit,
}

/// Folds `ins`; may change it to a cheaper uop.
pub(super) fn fold(b: &mut Builder, ins: &mut Ins) -> Build<Fold> {
    order(ins);
    if ins.op.effect() == Effect::Guard {
        int_is_zero(b, ins)?;
        return guard(b, ins);
    }
    let part = match ins.op {
        Uop::Load => of_range(b, ins)?.or(of_function(b, ins)?).or(of_method(b, ins)),
        Uop::LoadLen32 | Uop::ByteLoad => of_letter(b, ins)?,
        Uop::ElemLoad | Uop::LoadLen => of_tuple(b, ins)?,
        _ => None,
    };
    if let Some(r) = part {
        return Ok(Fold::Value(r));
    }
    if matches!(ins.op.effect(), Effect::Pure | Effect::Checked) {
        if let Some(r) = constants(b, ins)? {
            return Ok(Fold::Value(r));
        }
        if let Some(r) = identity(b, ins)? {
            return Ok(Fold::Value(r));
        }
        if let Some(r) = divide::fold(b, ins)? {
            return Ok(Fold::Value(r));
        }
        cheaper(b, ins)?;
        next_of_range(b, ins)?;
    }
    Ok(Fold::Emit)
}

/// Commutative uops have a constant operand on the right.
fn order(ins: &mut Ins) {
    use Uop::*;
    let commutes = matches!(
        ins.op,
        AddInt
            | AddIntN
            | MulInt
            | MulIntN
            | AndInt
            | OrInt
            | XorInt
            | EqWord
            | NeWord
            | GuardEq
            | GuardNe
            | AddFloat
            | MulFloat
    );
    if commutes && ins.args[0].as_konst().is_some() && ins.args[1].as_konst().is_none() {
        ins.args.swap(0, 1);
    }
}

fn guard(b: &Builder, ins: &Ins) -> Build<Fold> {
    let a = ins.args[0];
    let by_type = |want: Ty| {
        let have = b.ty(a);
        if have.implies(want) {
            Ok(Fold::Done)
        } else if have.excludes(want) {
            Err(Fail::Contradiction)
        } else {
            Ok(Fold::Emit)
        }
    };
    match ins.op {
        Uop::GuardInt => return by_type(Ty::Int),
        Uop::GuardFloat => return by_type(Ty::Float),
        Uop::GuardBool => return by_type(Ty::Bool),
        Uop::GuardPtr => return by_type(Ty::Ptr),
        Uop::GuardShape | Uop::GuardShapeP => return by_type(Ty::Shape(ins.k as u32)),
        Uop::GuardEq if a == ins.args[1] => return Ok(Fold::Done),
        Uop::GuardNe if a == ins.args[1] => return Err(Fail::Contradiction),
        Uop::GuardEq | Uop::GuardNe => {
            if let Some(k) = b.konst_word(ins.args[1]) {
                let other = Ty::of(Value::from_bits(k));
                let differ = b.ty(a).excludes(other) || is_single(k) && bound(b.ty(a));
                match (differ, ins.op) {
                    (true, Uop::GuardNe) => return Ok(Fold::Done),
                    (true, _) => return Err(Fail::Contradiction),
                    _ => {}
                }
            }
        }
        _ => {}
    }
    match compare(b, ins) {
        Some(true) => Ok(Fold::Done),
        Some(false) => Err(Fail::Contradiction),
        None => Ok(Fold::Emit),
    }
}

/// The float of an int is zero if the int is.
fn int_is_zero(b: &mut Builder, ins: &mut Ins) -> Build<()> {
    let op = match ins.op {
        Uop::GuardFeq => Uop::GuardEq,
        Uop::GuardFne => Uop::GuardNe,
        _ => return Ok(()),
    };
    let [x, y, _] = ins.args;
    if b.konst_float(y) == Some(0.0)
        && let Some(n) = b.look(x, |d| d.op == Uop::IntToFloat).map(|d| d.args[0])
    {
        (ins.op, ins.args) = (op, [n, b.int(0)?, Ref::NONE]);
    }
    Ok(())
}

/// Whether a word is None, NotImplemented, Ellipsis or unbound.
fn is_single(k: u64) -> bool {
    [Value::NONE, Value::NOT_IMPLEMENTED, Value::ELLIPSIS, Value::UNBOUND].iter().any(|v| v.bits() == k)
}

/// Whether a value of this type is never None, NotImplemented, Ellipsis or unbound.
fn bound(ty: Ty) -> bool {
    !matches!(ty, Ty::Any | Ty::Raw)
}

/// The outcome of a guard whose operands are constants.
#[expect(clippy::neg_cmp_op_on_partial_ord, reason = "not less is true of nan")]
fn compare(b: &Builder, ins: &Ins) -> Option<bool> {
    use Uop::*;
    let (x, y) = (ins.args[0], ins.args[1]);
    if ins.op.ins() == [Class::F, Class::F] {
        let (x, y) = (b.konst_float(x)?, b.konst_float(y)?);
        return Some(match ins.op {
            GuardFlt => x < y,
            GuardFle => x <= y,
            GuardFeq => x == y,
            GuardFne => x != y,
            GuardFnlt => !(x < y),
            GuardFnle => !(x <= y),
            _ => return None,
        });
    }

    let x = b.konst_word(x)?;
    if ins.op == GuardExact {
        return Some((x as i64 >> 3).unsigned_abs() <= 1 << 53);
    }
    let y = b.konst_word(y)?;
    Some(match ins.op {
        GuardEq => x == y,
        GuardNe => x != y,
        GuardLt => (x as i64) < y as i64,
        GuardLe => x as i64 <= y as i64,
        GuardUlt => x < y,
        _ => return None,
    })
}

/// A uop of constants is computed.
fn constants(b: &mut Builder, ins: &Ins) -> Build<Option<Ref>> {
    use Uop::*;
    let n = ins.op.ins().len();
    if n == 0 || ins.operands().iter().any(|r| r.as_konst().is_none()) {
        return Ok(None);
    }
    let w = |b: &Builder, i: usize| b.konst_word(ins.args[i]).unwrap_or(0) as i64;
    let f = |b: &Builder, i: usize| b.konst_float(ins.args[i]).unwrap_or(0.0);
    let (x, y) = (w(b, 0), w(b, 1));
    let (p, q) = (f(b, 0), f(b, 1));
    let word = match ins.op {
        AddInt => x.checked_add(y),
        SubInt => x.checked_sub(y),
        MulInt => x.checked_mul(y >> 3),
        AddIntN => Some(x.wrapping_add(y)),
        SubIntN => Some(x.wrapping_sub(y)),
        MulIntN => Some(x.wrapping_mul(y >> 3)),
        ShlIntN => Some(x << (y >> 3 & 63)),
        ShrIntN => Some(x >> (y >> 3 & 63) & !7),
        AndInt => Some(x & y),
        OrInt => Some(x | y),
        XorInt => Some(x ^ y),
        NegInt => x.checked_neg(),
        InvertInt => Some(x ^ !7),
        BoolToInt => Some(x.wrapping_sub(Value::FALSE.bits() as i64)),
        _ => None,
    };
    if let Some(r) = word {
        return b.word(r as u64, Ty::Int).map(Some);
    }
    let truth = match ins.op {
        LtInt => Some(x < y),
        LeInt => Some(x <= y),
        EqWord => Some(x == y),
        NeWord => Some(x != y),
        LtFloat => Some(p < q),
        LeFloat => Some(p <= q),
        EqFloat => Some(p == q),
        NeFloat => Some(p != q),
        NotBool => Some(x == Value::FALSE.bits() as i64),
        _ => None,
    };
    if let Some(t) = truth {
        return b.value(Value::bool(t)).map(Some);
    }
    let float = match ins.op {
        AddFloat => p + q,
        SubFloat => p - q,
        MulFloat => p * q,
        DivFloat => p / q,
        NegFloat => -p,
        IntToFloat => (x >> 3) as f64,
        UnboxFloat if Value::from_bits(x as u64).is_float() => Value::from_bits(x as u64).float_unchecked(),
        _ => return box_constant(b, ins),
    };
    b.float(float).map(Some)
}

/// Length or item of a tuple that was made of known values.
fn of_tuple(b: &mut Builder, ins: &Ins) -> Build<Option<Ref>> {
    let Some(made) = b.look(ins.args[0], |d| d.op.effect() == Effect::Call && d.k & TUPLE != 0).copied()
    else {
        return Ok(None);
    };
    let items = made.operands();
    if ins.op == Uop::LoadLen {
        let at = core::mem::offset_of!(Tuple, len) as i32 - 1;
        return if ins.d == at { b.int(items.len() as i64).map(Some) } else { Ok(None) };
    }
    let index = b.konst_word(ins.args[1]).map(|k| (k >> 3) as usize);
    let first = core::mem::size_of::<Tuple>() as i32 - 1;
    Ok(index.filter(|_| ins.d == first).and_then(|i| items.get(i).copied()))
}

/// Function or receiver of a method that was bound in the trace.
fn of_method(b: &Builder, ins: &Ins) -> Option<Ref> {
    let made = b.look(ins.args[0], |d| d.op.effect() == Effect::Call && d.k & BOUND != 0)?;
    let parts = [core::mem::offset_of!(BoundMethod, func), core::mem::offset_of!(BoundMethod, self_)];
    let part = parts.iter().position(|&at| ins.op == Uop::Load && ins.d == at as i32 - 1)?;
    made.operands().get(part).copied()
}

/// Code or closure of a function that was made in the trace.
fn of_function(b: &mut Builder, ins: &Ins) -> Build<Option<Ref>> {
    let made = b.look(ins.args[0], |d| d.op.effect() == Effect::Call && d.k & FUNCTION != 0).copied();
    let Some([_, code, closure]) = made.map(|d| d.args).filter(|_| ins.op == Uop::Load) else {
        return Ok(None);
    };
    if ins.d == core::mem::offset_of!(Function, closure) as i32 - 1 {
        return Ok(Some(closure));
    }
    let code = b.konst_word(code).map(|k| Value::from_bits(k).addr());
    match code.filter(|_| ins.d == core::mem::offset_of!(Function, code) as i32 - 1) {
        Some(code) => b.word(code as u64, Ty::Raw).map(Some),
        None => Ok(None),
    }
}

/// A field of a range that was made in the trace.
fn of_range(b: &mut Builder, ins: &Ins) -> Build<Option<Ref>> {
    let made = b.look(ins.args[0], |d| d.op.effect() == Effect::Call && d.k & RANGE != 0).copied();
    let Some([start, stop, len]) = made.map(|d| d.args) else { return Ok(None) };
    let fields = [
        (core::mem::offset_of!(Range, start), start),
        (core::mem::offset_of!(Range, stop), stop),
        (core::mem::offset_of!(Range, step), b.int(1)?),
        (core::mem::offset_of!(Range, len), len),
    ];
    let field = fields.iter().find(|(at, _)| ins.op == Uop::Load && ins.d == *at as i32 - 1);
    Ok(field.map(|(_, value)| *value))
}

/// Length and byte of a one-letter str.
fn of_letter(b: &mut Builder, ins: &Ins) -> Build<Option<Ref>> {
    let of = |x: Ref| b.look(x, |d| d.op == Uop::ElemLoad && d.k & load::LETTER != 0).map(|d| d.args[1]);
    let at = |n: usize| n as i32 - 1;
    if ins.op == Uop::LoadLen32 && [at(Str::NBYTES), at(Str::NCHARS)].contains(&ins.d) {
        return if of(ins.args[0]).is_some() { b.int(1).map(Some) } else { Ok(None) };
    }
    if ins.op != Uop::ByteLoad || ins.d != 0 || b.konst_word(ins.args[1]) != Some(0) {
        return Ok(None);
    }
    let data = b.look(ins.args[0], |d| d.op == Uop::Load && d.d == at(Str::DATA));
    Ok(data.and_then(|d| of(d.args[0])))
}

/// An item of a range is the one before plus the step: `start + (n + 1) * step` is `(start + n * step) + step`, where
/// that was computed, whether or not words overflow in between.
fn next_of_range(b: &Builder, ins: &mut Ins) -> Build<()> {
    let [x, y, _] = ins.args;
    let next = if ins.op == Uop::MulIntN { x } else { y };
    let Some(d) = b.def(next).filter(|d| d.op == Uop::AddIntN) else { return Ok(()) };
    let before = |op: Uop, args: [Ref; 2], k: u64| {
        let mut before = Ins::new(op, &args);
        before.k = k;
        b.find_equal(&before)
    };
    match ins.op {
        // (n + 1) * step, with n * step there already.
        Uop::MulIntN if d.k == 0 && b.konst_word(d.args[1]) == Some(8) => {
            if let Some(product) = before(Uop::MulIntN, [d.args[0], y], 0) {
                b.lean(next, lean::DEFINED);
                *ins = Ins::new(Uop::AddIntN, &[product, y]);
            }
        }
        Uop::AddIntN if ins.k == RANGE_ITEM => {
            if let Some(item) = before(Uop::AddIntN, [x, d.args[0]], RANGE_ITEM) {
                b.lean(next, lean::DEFINED);
                ins.args = [item, d.args[1], Ref::NONE];
            }
        }
        _ => {}
    }
    Ok(())
}

fn box_constant(b: &mut Builder, ins: &Ins) -> Build<Option<Ref>> {
    match (ins.op, b.konst_float(ins.args[0])) {
        (Uop::BoxFloat, Some(x)) => match Value::try_float(x) {
            Some(v) => b.value(v).map(Some),
            None => Ok(None),
        },
        _ => Ok(None),
    }
}

/// Floats by powers of two, which are exact: a division is a product, twice is a sum.
fn cheaper(b: &mut Builder, ins: &mut Ins) -> Build<()> {
    let [x, y, _] = ins.args;
    if ins.op == Uop::DivFloat
        && let Some(k) = b.konst_float(y)
        && let inverse = 1.0 / k
        && k.to_bits() << 12 == 0
        && k.is_normal()
        && inverse.is_normal()
    {
        *ins = Ins::new(Uop::MulFloat, &[x, b.float(inverse)?]);
    }
    if ins.op == Uop::MulFloat && b.konst_float(ins.args[1]) == Some(2.0) {
        *ins = Ins::new(Uop::AddFloat, &[x, x]);
    }
    Ok(())
}

/// A uop whose result is one of its operands, or an operand's operand.
fn identity(b: &mut Builder, ins: &Ins) -> Build<Option<Ref>> {
    use Uop::*;
    let [x, y, _] = ins.args;
    let k = b.konst_word(y);
    let inner = |b: &Builder, op: Uop| b.look(x, |d| d.op == op).map(|d| d.args[0]);
    Ok(match ins.op {
        AddInt | AddIntN | SubInt | SubIntN | OrInt | XorInt | ShlInt | ShlIntN | ShrInt | ShrIntN
            if k == Some(0) =>
        {
            Some(x)
        }
        SubIntN | SubInt | XorInt if x == y => Some(b.int(0)?),
        AndInt | OrInt if x == y => Some(x),
        AndInt if k == Some(0) => Some(b.int(0)?),
        MulInt | MulIntN if k == Some(8) => Some(x),
        MulInt | MulIntN if k == Some(0) => Some(b.int(0)?),
        UnboxFloat => inner(b, BoxFloat),
        BoxFloat => inner(b, UnboxFloat),
        NegFloat => inner(b, NegFloat),
        NotBool => inner(b, NotBool),
        InvertInt => inner(b, InvertInt),
        EqWord if x == y => Some(b.value(Value::TRUE)?),
        NeWord if x == y => Some(b.value(Value::FALSE)?),
        EqWord | NeWord => {
            let differ = k.is_some_and(|k| {
                let ty = Ty::of(Value::from_bits(k));
                b.ty(x).excludes(ty) || is_single(k) && bound(b.ty(x))
            });
            if differ { Some(b.value(Value::bool(ins.op == NeWord))?) } else { None }
        }
        _ => None,
    })
}
