//! `str`: its type and methods.
//!
//! Texts are WTF-8 with their length in code points; work is done on bytes wherever the encoding allows. Positions
//! are turned into byte offsets by the string's index (`object::string`), so that indexing never scans the text.

pub mod args;
pub mod build;
pub mod case;
mod case_tables;
pub mod chars;
#[cfg(feature = "bytes")]
pub mod codec;
pub mod find;
pub mod format;
#[cfg(feature = "format")]
pub mod format_method;
mod ident_tables;
pub mod index;
pub mod pad;
#[cfg(feature = "format")]
pub mod percent;
pub mod repr;
pub mod search;
pub mod split;
mod tables;
pub mod translate;

use super::left_out::{doc, strings};
use crate::exit::{ExitKind, Res};
use crate::interp::{Args, BinOp, CmpOp, NativeDef, Rt, Slots, TypeDef, def, static_def};
use crate::object::{Bytes, Str, int, kind, string};
use crate::value::Value;

#[cfg(not(feature = "bytes"))]
use super::left_out::codec;
#[cfg(not(feature = "format"))]
use super::left_out::format_method;
#[cfg(not(feature = "format"))]
pub(super) use super::left_out::percent;

pub use build::build_string;
pub use chars::to_ascii_digits;
pub use codec::unicode_error_text;
pub use format::{format_plain, format_value};
pub use index::{char_at, str_iter_next, substring};
pub use repr::ascii;

/// `str`.
pub static STR: TypeDef = TypeDef {
    kind: kind::Str,
    doc: doc("str(object='') -> str\nstr(bytes_or_buffer[, encoding[, errors]]) -> str\n\n\
          Text; of an object: what its __str__() says, else its repr()."),
    base: kind::Object,
    new: Some(def("str", "cls, object='', encoding='utf-8', errors='strict'", new)),
    methods: METHODS,
    getset: &[],
    slots: &Slots {
        repr: Some(repr::repr),
        str: Some(str_slot),
        format: Some(format::format_slot),
        len: Some(|rt, v| Ok(args::this(rt, v)?.len())),
        getitem: Some(index::getitem),
        contains: Some(find::contains),
        iter: Some(index::iter_new),
        binary: Some(binary),
        compare: Some(compare),
        ..Slots::NONE
    },
    subclassable: true,
};

/// `str_iterator`.
pub static STR_ITER: TypeDef = TypeDef {
    kind: kind::StrIter,
    doc: "",
    base: kind::Object,
    new: None,
    methods: &[],
    getset: &[],
    slots: &Slots { iter: Some(index::iter_self), next: Some(index::iter_slot), ..Slots::NONE },
    subclassable: false,
};

static METHODS: &[NativeDef] = &[
    def("capitalize", "self, /", strings(case::capitalize)),
    def("casefold", "self, /", strings(case::casefold)),
    def("center", "self, width, fillchar=' ', /", pad::center),
    def("count", "self, sub, start=None, end=None, /", find::count),
    def("encode", "self, /, encoding='utf-8', errors='strict'", codec::encode_method),
    def("endswith", "self, suffix, start=None, end=None, /", find::endswith),
    def("expandtabs", "self, /, tabsize=8", strings(pad::expandtabs)),
    def("find", "self, sub, start=None, end=None, /", find::find),
    def("format", "self, /, *args, **kwargs", format_method::format),
    def("format_map", "self, mapping, /", format_method::format_map),
    def("index", "self, sub, start=None, end=None, /", find::index),
    def("isalnum", "self, /", case::isalnum),
    def("isalpha", "self, /", case::isalpha),
    def("isascii", "self, /", case::isascii),
    def("isdecimal", "self, /", strings(case::isdecimal)),
    def("isdigit", "self, /", case::isdigit),
    def("isidentifier", "self, /", strings(case::isidentifier)),
    def("islower", "self, /", case::islower),
    def("isnumeric", "self, /", strings(case::isnumeric)),
    def("isprintable", "self, /", strings(case::isprintable)),
    def("isspace", "self, /", case::isspace),
    def("istitle", "self, /", strings(case::istitle)),
    def("isupper", "self, /", case::isupper),
    def("join", "self, iterable, /", split::join),
    def("ljust", "self, width, fillchar=' ', /", pad::ljust),
    def("lower", "self, /", case::lower),
    def("lstrip", "self, chars=None, /", split::lstrip),
    static_def("maketrans", "x, y=None, z=None, /", strings(translate::maketrans)),
    def("partition", "self, sep, /", find::partition),
    def("removeprefix", "self, prefix, /", find::removeprefix),
    def("removesuffix", "self, suffix, /", find::removesuffix),
    def("replace", "self, old, new, /, count=-1", find::replace),
    def("rfind", "self, sub, start=None, end=None, /", strings(find::rfind)),
    def("rindex", "self, sub, start=None, end=None, /", strings(find::rindex)),
    def("rjust", "self, width, fillchar=' ', /", pad::rjust),
    def("rpartition", "self, sep, /", strings(find::rpartition)),
    def("rsplit", "self, /, sep=None, maxsplit=-1", strings(split::rsplit)),
    def("rstrip", "self, chars=None, /", split::rstrip),
    def("split", "self, /, sep=None, maxsplit=-1", split::split),
    def("splitlines", "self, /, keepends=False", strings(split::splitlines)),
    def("startswith", "self, prefix, start=None, end=None, /", find::startswith),
    def("strip", "self, chars=None, /", split::strip),
    def("swapcase", "self, /", strings(case::swapcase)),
    def("title", "self, /", strings(case::title)),
    def("translate", "self, table, /", strings(translate::translate)),
    def("upper", "self, /", case::upper),
    def("zfill", "self, width, /", strings(pad::zfill)),
    def("__getnewargs__", "self, /", getnewargs),
];

/// Natives for frozen Python.
pub static INTRINSICS: &[NativeDef] = &[
    def("_ascii", "text, /", |rt, a| repr::escape_non_ascii(rt, a.at(0))),
    def("_native_getitem", "obj, key, /", native_getitem),
    def("_translated", "v, /", strings(translate::translated)),
];

/// `str(object='')` and `str(buffer, encoding, errors)`.
fn new(rt: &mut Rt, a: Args) -> Res<Value> {
    let made = match a.opt(1) {
        None => rt.new_str("")?,
        Some(v) if a.at(2).is_unbound() && a.at(3).is_unbound() => {
            let own = a.at(0) == rt.builtin_type(kind::Str as u16).value();
            match rt.str(v) {
                // Of a subclass: the text first, then this again.
                Err(e) if !own && rt.caught(e, ExitKind::Call) => {
                    return Err(rt.delegate_into(1, crate::builtins::frozen::str_of, &[v]));
                }
                r => r?,
            }
        }
        Some(v) => decode_new(rt, a, v)?,
    };
    with_class(rt, a.at(0), made)
}

fn decode_new(rt: &mut Rt, a: Args, v: Value) -> Res<Value> {
    let (encoding, errors) = args::codec_names(rt, a, 2, "str")?;
    if v.get::<Str>().is_some() {
        return Err(rt.type_error(message!("decoding str is not supported")));
    }
    if v.get::<Bytes>().is_none() {
        let name = rt.type_name(v);
        return Err(rt.type_error(message!("decoding to str: need a bytes-like object, {name} found")));
    }
    codec::decode(rt, v, encoding, errors)
}

/// The text as an instance of `cls`.
fn with_class(rt: &mut Rt, cls: Value, made: Value) -> Res<Value> {
    if cls == rt.builtin_type(kind::Str as u16).value() {
        return Ok(made);
    }
    let (shape, s) = (rt.instance_shape(cls)?, args::this(rt, made)?);
    Ok(string::with_shape(&mut rt.heap, s, shape)?.value())
}

/// `str(s)`: exact strings never come here; of a subclass's instance the plain text.
fn str_slot(rt: &mut Rt, v: Value) -> Res<Value> {
    let s = args::this(rt, v)?;
    rt.new_str_bytes(s.bytes())
}

fn getnewargs(rt: &mut Rt, a: Args) -> Res<Value> {
    let plain = str_slot(rt, a.at(0))?;
    rt.new_tuple(&[plain])
}

fn binary(rt: &mut Rt, op: BinOp, a: Value, b: Value) -> Res<Value> {
    match op {
        BinOp::Add => match (a.get::<Str>(), b.get::<Str>()) {
            (Some(x), Some(y)) => concat(rt, x, y),
            (Some(_), None) if !args::has_special(rt, b, crate::interp::Name::__radd__)? => {
                let name = rt.type_name(b);
                Err(rt.type_error(message!("can only concatenate str (not \"{name}\") to str")))
            }
            _ => Ok(Value::NOT_IMPLEMENTED),
        },
        BinOp::Mul => {
            let (s, n) = if a.get::<Str>().is_some() { (a, b) } else { (b, a) };
            match repeat_count(rt, n)? {
                Some(n) => build::repeat(rt, s, n),
                None => Ok(Value::NOT_IMPLEMENTED),
            }
        }
        BinOp::Mod if a.get::<Str>().is_some() => percent::str_percent(rt, a, b),
        _ => Ok(Value::NOT_IMPLEMENTED),
    }
}

/// The count of a repetition: an int; `None` if it is none (whose `__index__` the interpreter tries).
pub fn repeat_count(rt: &mut Rt, n: Value) -> Res<Option<i64>> {
    match int::get(n) {
        Some(int::IntRef::Small(n)) => Ok(Some(n)),
        Some(int::IntRef::Big(b)) if b.is_neg() => Ok(Some(0)),
        Some(_) => Err(rt.overflow_error(message!("cannot fit 'int' into an index-sized integer"))),
        None => Ok(None),
    }
}

/// `x + y`; an empty operand gives the other itself.
fn concat(rt: &mut Rt, x: crate::heap::Gc<Str>, y: crate::heap::Gc<Str>) -> Res<Value> {
    if y.is_empty() && x.value().exact::<Str>().is_some() {
        return Ok(x.value());
    }
    if x.is_empty() && y.value().exact::<Str>().is_some() {
        return Ok(y.value());
    }
    Ok(string::concat(&mut rt.heap, x, y)?.value())
}

/// Code points compare as their WTF-8 bytes do.
fn compare(_: &mut Rt, op: CmpOp, a: Value, b: Value) -> Res<Value> {
    match (a.get::<Str>(), b.get::<Str>()) {
        (Some(x), Some(y)) => Ok(Value::bool(op.holds(x.bytes().cmp(y.bytes())))),
        _ => Ok(Value::NOT_IMPLEMENTED),
    }
}

/// `_native_getitem(obj, key)`: the built-in behaviour, whatever a subclass says.
fn native_getitem(rt: &mut Rt, a: Args) -> Res<Value> {
    match rt.slots_of(a.at(0)).getitem {
        Some(f) => f(rt, a.at(0), a.at(1)),
        None => Ok(Value::NONE),
    }
}
