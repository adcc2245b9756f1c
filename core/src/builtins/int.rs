//! `int`: the type, its text and its methods.
//!
//! Invariant: every result but that of `int.__new__` of a subclass is an exact `int`.

use super::left_out::doc;
use super::num_support::{
    exact_int, fail, int_to_f64, is_builtin_class, is_guest, limbs, run, too_many_digits, try_run,
};
use super::{frozen, int_bytes, int_ops, num_text, number_ops};
use crate::exit::{Exit, Res};
use crate::interp::text::TextBuf;
use crate::interp::{Args, BinOp, CmpOp, GetSetDef, Name, Rt, Slots, TypeDef, class_def, def};
use crate::num::Sink;
use crate::num::bigint;
use crate::num::format::quick::{self, Quick};
use crate::num::format::{self, SpecError, Target};
use crate::num::parse::MAX_STR_DIGITS;
use crate::object::exception::exc;
use crate::object::hash::{Number, number};
use crate::object::int::{self, IntRef};
use crate::object::{Str, float, kind};
use crate::value::Value;

/// `int`.
pub static INT: TypeDef = TypeDef {
    kind: kind::Int,
    doc: doc("int(x=0, /) or int(x, base=10): a number or text as an integer."),
    base: kind::Object,
    new: Some(def("int", "cls, /, x=0, /, base=10", new)),
    methods: METHODS,
    getset: GETSET,
    slots: &Slots {
        repr: Some(repr),
        format: Some(format_value),
        truth: Some(|_, v| Ok(!matches!(int::get(v), Some(IntRef::Small(0))))),
        binary: Some(binary),
        unary: Some(number_ops::unary),
        compare: Some(compare),
        ..Slots::NONE
    },
    subclassable: true,
};

const METHODS: &[crate::interp::NativeDef] = &[
    def("__ceil__", "self, /", itself),
    def("__divmod__", "self, value, /", divmod),
    def("__float__", "self, /", to_float),
    def("__floor__", "self, /", itself),
    def("__format__", "self, format_spec, /", format_method),
    def("__getnewargs__", "self, /", getnewargs),
    def("__index__", "self, /", itself),
    def("__int__", "self, /", itself),
    def("__pow__", "self, value, mod=None, /", pow),
    def("__rdivmod__", "self, value, /", rdivmod),
    def("__round__", "self, ndigits=None, /", number_ops::round),
    def("__rpow__", "self, value, mod=None, /", rpow),
    def("__sizeof__", "self, /", sizeof),
    def("__trunc__", "self, /", itself),
    def("as_integer_ratio", "self, /", as_integer_ratio),
    def("bit_count", "self, /", bit_count),
    def("bit_length", "self, /", bit_length),
    def("conjugate", "self, /", itself),
    class_def("from_bytes", "cls, bytes, byteorder='big', *, signed=False", int_bytes::from_bytes),
    def("is_integer", "self, /", |_, _| Ok(Value::TRUE)),
    def("to_bytes", "self, length=1, byteorder='big', *, signed=False", int_bytes::to_bytes),
];

const GETSET: &[GetSetDef] = &[
    GetSetDef { name: "real", get: real, set: None },
    GetSetDef { name: "imag", get: |_, _| Ok(Value::ZERO), set: None },
    GetSetDef { name: "numerator", get: real, set: None },
    GetSetDef { name: "denominator", get: |_, _| Ok(Value::int(1)), set: None },
];

/// The int that `self` is; zero if the interpreter called a method on something else, which it does not.
fn this(a: Args) -> IntRef {
    int::get(a.at(0)).unwrap_or(IntRef::Small(0))
}

fn real(rt: &mut Rt, v: Value) -> Res<Value> {
    let i = int::get(v).unwrap_or(IntRef::Small(0));
    exact_int(rt, v, i)
}

fn itself(rt: &mut Rt, a: Args) -> Res<Value> {
    real(rt, a.at(0))
}

/// `int(x=0, /, base=10)`.
fn new(rt: &mut Rt, a: Args) -> Res<Value> {
    let v = match (a.opt(1), a.opt(2)) {
        (None, None) => Value::ZERO,
        (None, Some(_)) => return Err(rt.type_error(message!("int() missing string argument"))),
        (Some(x), None) => from_object(rt, x)?,
        (Some(x), Some(_)) => from_text_with_base(rt, a, x)?,
    };
    let cls = a.at(0);
    if is_builtin_class(cls) {
        return Ok(v);
    }
    let shape = rt.instance_shape(cls)?;
    let i = int::get(v).unwrap_or(IntRef::Small(0));
    let mut limb = [0];
    let (neg, mag) = int::parts(&i, &mut limb);
    Ok(int::boxed(&mut rt.heap, neg, mag, shape)?.value())
}

fn from_text_with_base(rt: &mut Rt, a: Args, x: Value) -> Res<Value> {
    let base = rt.index_arg(a, 2)?;
    if base != 0 && !(2..=36).contains(&base) {
        return Err(rt.value_error(message!("int() base must be >= 2 and <= 36, or 0")));
    }
    match num_text::source(rt, 1, x)? {
        Some(text) => num_text::parse_int(rt, x, text, base as u32),
        None => Err(rt.type_error(message!("int() can't convert non-string with explicit base"))),
    }
}

/// `int(x)`, where `x` stands in argument slot 1.
fn from_object(rt: &mut Rt, x: Value) -> Res<Value> {
    if !is_guest(x) {
        match number(x) {
            Some(Number::Int(i)) => return exact_int(rt, x, i),
            Some(Number::Float(f)) => return super::num_support::float_to_int(rt, f),
            None => {}
        }
        if x.get::<Str>().is_some() {
            return parse_text(rt, x, 10);
        }
    }
    for special in [Name::__int__, Name::__index__] {
        let name = rt.name(special)?;
        if rt.lookup_special(x, name)?.is_some() {
            return Err(rt.delegate_into(1, frozen::int_of, &[x]));
        }
    }
    // A subclass whose method is not found would be a class without `int` among its bases.
    if let Some(i) = int::get(x) {
        return exact_int(rt, x, i);
    }
    parse_text(rt, x, 10)
}

fn parse_text(rt: &mut Rt, x: Value, base: u32) -> Res<Value> {
    match num_text::source(rt, 1, x)? {
        Some(text) => num_text::parse_int(rt, x, text, base),
        None => {
            let name = rt.type_name(x);
            Err(rt.type_error(message!(
                "int() argument must be a string, a bytes-like object or a real number, not '{name}'"
            )))
        }
    }
}

/// `repr(i)`, within the digit limit.
fn repr(rt: &mut Rt, v: Value) -> Res<Value> {
    match int::get(v) {
        Some(i) => decimal_text(rt, i),
        None => rt.new_str("0"),
    }
}

/// The decimal text of an int; ValueError beyond the digit limit.
pub fn decimal_text(rt: &mut Rt, i: IntRef) -> Res<Value> {
    match i {
        IntRef::Small(n) => {
            let mut buf = [0u8; 20];
            let text = word_text(n, &mut buf);
            rt.new_ascii(text)
        }
        IntRef::Big(_) => {
            check_digits(rt, i)?;
            prefixed_text(rt, i, 10, "")
        }
    }
}

/// The decimal digits of `n`.
pub fn word_text(n: i64, buf: &mut [u8; 20]) -> &[u8] {
    let mut at = buf.len();
    let mut m = n.unsigned_abs();
    loop {
        at -= 1;
        buf[at] = b'0' + (m % 10) as u8;
        m /= 10;
        if m == 0 {
            break;
        }
    }
    if n < 0 {
        at -= 1;
        buf[at] = b'-';
    }
    &buf[at..]
}

/// Fails if `i` has more decimal digits than text conversion allows.
pub fn check_digits(rt: &mut Rt, i: IntRef) -> Res<()> {
    if i.word().is_some() {
        return Ok(());
    }
    // log10(2) = 0.30102999…; MAX_STR_DIGITS digits take 14285 bits at most, 14281 at least.
    let mut limb = [0];
    let mag = int::parts(&i, &mut limb).1;
    let bits = bigint::bit_length(mag);
    let surely_fits = (MAX_STR_DIGITS as u64 - 1) * 3321 / 1000;
    if bits <= surely_fits {
        return Ok(());
    }
    if bits > MAX_STR_DIGITS as u64 * 3322 / 1000 + 2 {
        return Err(too_many_digits(rt));
    }
    let too_long = run(rt, |_, lim| {
        let ten = bigint::SmallInt::from(10i64);
        let bound = bigint::pow(ten.as_int(), bigint::SmallInt::from(MAX_STR_DIGITS as i64).as_int(), lim)?;
        Ok(bigint::cmp_mag(mag, &bound.mag).is_ge())
    })?;
    if too_long { Err(too_many_digits(rt)) } else { Ok(()) }
}

/// Sign, prefix and digits of an int in `radix`.
pub fn prefixed_text(rt: &mut Rt, i: IntRef, radix: u32, prefix: &str) -> Res<Value> {
    if let (IntRef::Small(n), 16) = (i, radix) {
        let text = quick::hex(n, prefix);
        return rt.new_ascii(text.bytes());
    }
    super::num_support::charge_steps(rt, limbs(i) as u64 * 8)?;
    let mut text = TextBuf::new();
    run(rt, |heap, lim| {
        let mut limb = [0];
        let n = int::as_num(&i, &mut limb);
        let mut sink = text.sink(heap);
        if n.neg {
            sink.push_str("-")?;
        }
        sink.push_str(prefix)?;
        bigint::to_radix(n.abs(), radix, &mut sink, lim)
    })?;
    rt.finish_text(text)
}

/// `format(v, spec)` of any built-in number.
pub fn format_value(rt: &mut Rt, v: Value, spec: Value) -> Res<Value> {
    let Some(s) = spec.get::<Str>() else {
        let name = rt.type_name(spec);
        return Err(rt.type_error(message!("__format__() argument must be str, not {name}")));
    };
    if s.is_empty() {
        return rt.str(v);
    }
    let Some(n) = number(v) else { return rt.str(v) };
    if let Some(q) = Quick::parse(s.bytes()).filter(|q| q.len == s.bytes().len()) {
        let text = match n {
            Number::Int(IntRef::Small(i)) => quick::int(i, &q),
            Number::Float(x) => quick::fixed(x, &q),
            Number::Int(_) => None,
        };
        if let Some(text) = text {
            return rt.new_ascii(text.bytes());
        }
    }
    let target = if matches!(n, Number::Int(_)) { Target::Int } else { Target::Float };
    let parsed = match format::parse(s.lossy(), target) {
        Ok(p) => p,
        Err(e) => return Err(spec_error(rt, e, v, s.lossy())),
    };
    let mut text = TextBuf::new();
    if let Number::Int(i) = n {
        if matches!(parsed.kind, 'd' | 'n') {
            check_digits(rt, i)?;
        }
        if parsed.kind == 'c' && matches!(i, IntRef::Big(_)) {
            return Err(rt.overflow_error(message!("Python int too large to convert to C long")));
        }
        super::num_support::charge_steps(rt, limbs(i) as u64 * 8)?;
    }
    let done = try_run(rt, |heap, lim| {
        let mut sink = text.sink(heap);
        Ok(match n {
            Number::Int(i) => format::format_int(int::as_num(&i, &mut [0]), &parsed, &mut sink, lim),
            Number::Float(x) => format::format_float(x, &parsed, &mut sink),
        })
    });
    match done {
        Ok(Ok(())) => rt.finish_text(text),
        Ok(Err(e)) => Err(spec_error(rt, e, v, s.lossy())),
        Err(e) => Err(fail(rt, e)),
    }
}

#[cold]
fn spec_error(rt: &mut Rt, e: SpecError, v: Value, spec: &str) -> Exit {
    if let SpecError::Num(e) = e {
        return fail(rt, e);
    }
    if cfg!(not(feature = "messages")) {
        return rt.raise_bare(if e.is_overflow() { exc::OverflowError } else { exc::ValueError });
    }
    let name = rt.type_name(v);
    let mut text = TextBuf::new();
    if e.write_message(spec, name, &mut text.sink(&rt.heap)).is_err() {
        return Exit::NeedGc;
    }
    let message = core::str::from_utf8(text.as_bytes()).unwrap_or("Invalid format specifier");
    if e.is_overflow() {
        rt.overflow_error(message!("{message}"))
    } else {
        rt.value_error(message!("{message}"))
    }
}

/// `int op int`; everything else is the other operand's affair.
pub(crate) fn binary(rt: &mut Rt, op: BinOp, a: Value, b: Value) -> Res<Value> {
    match (int::get(a), int::get(b)) {
        (Some(x), Some(y)) => int_ops::binary(rt, op, x, y),
        _ => Ok(Value::NOT_IMPLEMENTED),
    }
}

/// As for `binary`.
pub fn compare(rt: &mut Rt, op: CmpOp, a: Value, b: Value) -> Res<Value> {
    match (int::get(a), int::get(b)) {
        (Some(_), Some(_)) => number_ops::compare(rt, op, a, b),
        _ => Ok(Value::NOT_IMPLEMENTED),
    }
}

fn divmod(rt: &mut Rt, a: Args) -> Res<Value> {
    divmod_of(rt, a.at(0), a.at(1))
}
fn rdivmod(rt: &mut Rt, a: Args) -> Res<Value> {
    divmod_of(rt, a.at(1), a.at(0))
}
fn divmod_of(rt: &mut Rt, a: Value, b: Value) -> Res<Value> {
    match (int::get(a), int::get(b)) {
        (Some(x), Some(y)) => int_ops::divmod(rt, x, y),
        _ => Ok(Value::NOT_IMPLEMENTED),
    }
}

fn pow(rt: &mut Rt, a: Args) -> Res<Value> {
    pow_of(rt, a.at(0), a.at(1), a.or(2, Value::NONE))
}
fn rpow(rt: &mut Rt, a: Args) -> Res<Value> {
    pow_of(rt, a.at(1), a.at(0), a.or(2, Value::NONE))
}
fn pow_of(rt: &mut Rt, a: Value, b: Value, m: Value) -> Res<Value> {
    let (Some(x), Some(y)) = (int::get(a), int::get(b)) else { return Ok(Value::NOT_IMPLEMENTED) };
    match int::get(m) {
        Some(z) => int_ops::pow_mod(rt, x, y, z),
        None if m.is_none() => int_ops::binary(rt, BinOp::Pow, x, y),
        None => Ok(Value::NOT_IMPLEMENTED),
    }
}

fn to_float(rt: &mut Rt, a: Args) -> Res<Value> {
    let x = int_to_f64(rt, this(a))?;
    float::new(&mut rt.heap, x)
}

fn format_method(rt: &mut Rt, a: Args) -> Res<Value> {
    format_value(rt, a.at(0), a.at(1))
}

fn getnewargs(rt: &mut Rt, a: Args) -> Res<Value> {
    let v = itself(rt, a)?;
    rt.new_tuple(&[v])
}

/// As CPython: 24 bytes and 4 for each 30-bit digit, zero having one.
fn sizeof(rt: &mut Rt, a: Args) -> Res<Value> {
    let (i, mut limb) = (this(a), [0]);
    let bits = bigint::bit_length(int::parts(&i, &mut limb).1);
    int::from_i128(&mut rt.heap, 24 + 4 * bits.div_ceil(30).max(1) as i128)
}

fn as_integer_ratio(rt: &mut Rt, a: Args) -> Res<Value> {
    let v = itself(rt, a)?;
    rt.new_tuple(&[v, Value::int(1)])
}

fn bit_count(rt: &mut Rt, a: Args) -> Res<Value> {
    let (i, mut limb) = (this(a), [0]);
    super::num_support::charge_steps(rt, limbs(i) as u64)?;
    int::from_i128(&mut rt.heap, bigint::bit_count(int::parts(&i, &mut limb).1) as i128)
}

fn bit_length(rt: &mut Rt, a: Args) -> Res<Value> {
    let (i, mut limb) = (this(a), [0]);
    int::from_i128(&mut rt.heap, bigint::bit_length(int::parts(&i, &mut limb).1) as i128)
}
