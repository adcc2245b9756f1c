//! `bytes`: its type, slots and construction. Searching, formatting and codecs are shared with `str`.

mod find;
mod shape;
mod split;

use super::str::args::{self, getitem_by_guest, has_special, select};
use super::str::{build, codec, index, percent, repeat_count};
use crate::builtins::left_out::doc;
use crate::exit::{Exit, Res};
use crate::heap::Gc;
use crate::interp::text::TextBuf;
use crate::interp::{Args, BinOp, CmpOp, Name, NativeDef, Rt, Slots, TypeDef, class_def, def, static_def};
use crate::object::{Bytes, List, SeqIter, Slice, Str, Tuple, bytes, int, iter, kind};
use crate::value::Value;

/// `bytes`.
pub static BYTES: TypeDef = TypeDef {
    kind: kind::Bytes,
    doc: doc("bytes(iterable_of_ints) -> bytes\nbytes(string, encoding[, errors]) -> bytes\n\
          bytes(bytes_or_buffer) -> bytes\nbytes(int) -> that many zero bytes\nbytes() -> empty\n\n\
          An immutable sequence of bytes."),
    base: kind::Object,
    new: Some(def("bytes", "cls, source=b'', encoding=None, errors=None", new)),
    methods: METHODS,
    getset: &[],
    slots: &Slots {
        repr: Some(repr),
        len: Some(|rt, v| Ok(this(rt, v)?.len())),
        getitem: Some(getitem),
        contains: Some(contains),
        iter: Some(|rt, v| Ok(iter::new(&mut rt.heap, kind::BytesIter, v, 0, 0)?.value())),
        binary: Some(binary),
        compare: Some(compare),
        ..Slots::NONE
    },
    subclassable: true,
};

/// `bytes_iterator`.
pub static BYTES_ITER: TypeDef = TypeDef {
    kind: kind::BytesIter,
    doc: "",
    base: kind::Object,
    new: None,
    methods: &[],
    getset: &[],
    slots: &Slots { iter: Some(index::iter_self), next: Some(iter_slot), ..Slots::NONE },
    subclassable: false,
};

static METHODS: &[NativeDef] = &[
    def("capitalize", "self, /", shape::capitalize),
    def("center", "self, width, fillchar=b' ', /", shape::center),
    def("count", "self, sub, start=None, end=None, /", find::count),
    def("decode", "self, /, encoding='utf-8', errors='strict'", decode),
    def("endswith", "self, suffix, start=None, end=None, /", find::endswith),
    def("expandtabs", "self, /, tabsize=8", shape::expandtabs),
    def("find", "self, sub, start=None, end=None, /", find::find),
    class_def("fromhex", "cls, string, /", shape::fromhex),
    def("hex", "self, /, sep=None, bytes_per_sep=1", shape::hex),
    def("index", "self, sub, start=None, end=None, /", find::index),
    def("isalnum", "self, /", shape::isalnum),
    def("isalpha", "self, /", shape::isalpha),
    def("isascii", "self, /", shape::isascii),
    def("isdigit", "self, /", shape::isdigit),
    def("islower", "self, /", shape::islower),
    def("isspace", "self, /", shape::isspace),
    def("istitle", "self, /", shape::istitle),
    def("isupper", "self, /", shape::isupper),
    def("join", "self, iterable_of_bytes, /", split::join),
    def("ljust", "self, width, fillchar=b' ', /", shape::ljust),
    def("lower", "self, /", shape::lower),
    def("lstrip", "self, bytes=None, /", split::lstrip),
    static_def("maketrans", "frm, to, /", shape::maketrans),
    def("partition", "self, sep, /", find::partition),
    def("removeprefix", "self, prefix, /", find::removeprefix),
    def("removesuffix", "self, suffix, /", find::removesuffix),
    def("replace", "self, old, new, count=-1, /", find::replace),
    def("rfind", "self, sub, start=None, end=None, /", find::rfind),
    def("rindex", "self, sub, start=None, end=None, /", find::rindex),
    def("rjust", "self, width, fillchar=b' ', /", shape::rjust),
    def("rpartition", "self, sep, /", find::rpartition),
    def("rsplit", "self, /, sep=None, maxsplit=-1", split::rsplit),
    def("rstrip", "self, bytes=None, /", split::rstrip),
    def("split", "self, /, sep=None, maxsplit=-1", split::split),
    def("splitlines", "self, /, keepends=False", split::splitlines),
    def("startswith", "self, prefix, start=None, end=None, /", find::startswith),
    def("strip", "self, bytes=None, /", split::strip),
    def("swapcase", "self, /", shape::swapcase),
    def("title", "self, /", shape::title),
    def("translate", "self, table, /, delete=b''", shape::translate),
    def("upper", "self, /", shape::upper),
    def("zfill", "self, width, /", shape::zfill),
];

/// The receiver of a bytes method.
pub(super) fn this(rt: &mut Rt, v: Value) -> Res<Gc<Bytes>> {
    like(rt, v)
}

/// A bytes-like argument.
fn like(rt: &mut Rt, v: Value) -> Res<Gc<Bytes>> {
    match v.get::<Bytes>() {
        Some(b) => Ok(b),
        None => {
            let name = rt.type_name(v);
            Err(rt.type_error(message!("a bytes-like object is required, not '{name}'")))
        }
    }
}

fn make(rt: &mut Rt, b: &[u8]) -> Res<Value> {
    Ok(bytes::new(&mut rt.heap, b)?.value())
}

/// Bytes `from..to`; the whole is the object itself if it is exact.
fn part(rt: &mut Rt, b: Gc<Bytes>, from: usize, to: usize) -> Res<Value> {
    if from == 0 && to == b.len() && b.value().exact::<Bytes>().is_some() {
        return Ok(b.value());
    }
    make(rt, b.bytes().get(from..to).unwrap_or(&[]))
}

/// `bytes(source, encoding, errors)`.
fn new(rt: &mut Rt, a: Args) -> Res<Value> {
    let made = construct(rt, a)?;
    let own = a.at(0) == rt.builtin_type(kind::Bytes as u16).value();
    match made.get::<Bytes>() {
        Some(b) if !own => {
            let shape = rt.instance_shape(a.at(0))?;
            Ok(bytes::with_shape(&mut rt.heap, b.bytes(), shape)?.value())
        }
        _ => Ok(made),
    }
}

fn construct(rt: &mut Rt, a: Args) -> Res<Value> {
    let given = a.opt(2).is_some() || a.opt(3).is_some();
    let source = a.opt(1);
    if let Some(s) = source.and_then(|v| v.get::<Str>()) {
        if a.opt(2).is_none() {
            return Err(rt.type_error(message!("string argument without an encoding")));
        }
        let (encoding, errors) = args::codec_names(rt, a, 2, "bytes")?;
        return codec::encode(rt, s, encoding, errors);
    }
    if given {
        let what = if a.opt(2).is_some() { "encoding" } else { "errors" };
        return Err(rt.type_error(message!("{what} without a string argument")));
    }
    let Some(v) = source else { return make(rt, b"") };
    if let Some(b) = v.get::<Bytes>() {
        return part(rt, b, 0, b.len());
    }
    if let Some(i) = int::get(v) {
        return match i {
            int::IntRef::Small(n) if n < 0 => Err(rt.value_error(message!("negative count"))),
            int::IntRef::Small(n) => Ok(bytes::build(&mut rt.heap, int::count(n), |_| {})?.value()),
            _ => Err(rt.overflow_error(message!("cannot fit 'int' into an index-sized integer"))),
        };
    }
    from_items(rt, a, v)
}

fn from_items(rt: &mut Rt, a: Args, v: Value) -> Res<Value> {
    if has_special(rt, v, Name::__bytes__)? {
        let own = rt.name(Name::__bytes__)?;
        if let Some(f) = rt.lookup_special(v, own)? {
            return Err(rt.call_into(1, f, &[v]));
        }
    }
    if v.get::<List>().is_none() && v.get::<Tuple>().is_none() {
        if has_special(rt, v, Name::__iter__)? {
            return Err(rt.list_into(1, v));
        }
        if has_special(rt, v, Name::__index__)? {
            rt.index_arg(a, 1)?;
        }
        let name = rt.type_name(v);
        return Err(rt.type_error(message!("cannot convert '{name}' object to bytes")));
    }
    let (list, tuple) = (v.get::<List>(), v.get::<Tuple>());
    let items = match (&list, &tuple) {
        (Some(l), _) => l.items(),
        (_, Some(t)) => t.items(),
        _ => &[],
    };
    rt.charge(items.len() / 4)?;
    let mut out = TextBuf::new();
    for &item in items {
        let b = byte(rt, item, "bytes")?;
        out.push(&rt.heap, &[b])?;
    }
    make(rt, out.as_bytes())
}

/// An int from 0 to 255. `what` begins the message if it is another.
fn byte(rt: &mut Rt, v: Value, what: &str) -> Res<u8> {
    match int::get(v) {
        Some(int::IntRef::Small(n @ 0..=255)) => Ok(n as u8),
        Some(_) => Err(rt.value_error(message!("{what} must be in range(0, 256)"))),
        None => {
            let name = rt.type_name(v);
            Err(rt.type_error(message!("'{name}' object cannot be interpreted as an integer")))
        }
    }
}

fn decode(rt: &mut Rt, a: Args) -> Res<Value> {
    let (encoding, errors) = args::codec_names(rt, a, 1, "decode")?;
    this(rt, a.at(0))?;
    codec::decode(rt, a.at(0), encoding, errors)
}

/// `repr(b)`.
fn repr(rt: &mut Rt, v: Value) -> Res<Value> {
    let b = this(rt, v)?;
    args::charge_scan(rt, b.len())?;
    let quote = if b.bytes().contains(&b'\'') && !b.bytes().contains(&b'"') { b'"' } else { b'\'' };
    let mut out = TextBuf::new();
    out.push(&rt.heap, &[b'b', quote])?;
    for (i, &c) in b.bytes().iter().enumerate() {
        match c {
            b'\n' => out.push(&rt.heap, b"\\n")?,
            b'\r' => out.push(&rt.heap, b"\\r")?,
            b'\t' => out.push(&rt.heap, b"\\t")?,
            b'\\' => out.push(&rt.heap, b"\\\\")?,
            _ if c == quote => out.push(&rt.heap, &[b'\\', quote])?,
            0x20..=0x7e => out.push(&rt.heap, &[c])?,
            _ => super::str::repr::write_escape(&mut out, &rt.heap, c as u32)?,
        }
        if i & 0xfff == 0xfff {
            rt.poll()?;
        }
    }
    out.push(&rt.heap, &[quote])?;
    rt.finish_text(out)
}

fn getitem(rt: &mut Rt, v: Value, key: Value) -> Res<Value> {
    let b = this(rt, v)?;
    if let Some(i) = int::get(key) {
        let Some(i) = i.word() else {
            return Err(rt.index_error(message!("cannot fit 'int' into an index-sized integer")));
        };
        let i = if i < 0 { i.saturating_add(b.len() as i64) } else { i };
        return match usize::try_from(i).ok().and_then(|i| b.bytes().get(i)) {
            Some(&c) => Ok(Value::int(c as i64)),
            None => Err(rt.index_error(message!("index out of range"))),
        };
    }
    if let Some(s) = key.get::<Slice>() {
        let Some(sel) = select(rt, s, b.len())? else { return Err(getitem_by_guest(rt, v, key)) };
        if sel.step == 1 || sel.count == 0 {
            return part(rt, b, sel.start, sel.start + sel.count);
        }
        let made = bytes::build(&mut rt.heap, sel.count, |out| {
            for (dst, i) in out.iter_mut().zip(sel.indices()) {
                *dst = b.bytes().get(i).copied().unwrap_or(0);
            }
        })?;
        return Ok(made.value());
    }
    if has_special(rt, key, Name::__index__)? {
        return Err(getitem_by_guest(rt, v, key));
    }
    let name = rt.type_name(key);
    Err(rt.type_error(message!("byte indices must be integers or slices, not {name}")))
}

fn contains(rt: &mut Rt, v: Value, item: Value) -> Res<bool> {
    let b = this(rt, v)?;
    if int::get(item).is_some() {
        let c = byte(rt, item, "byte")?;
        args::charge_scan(rt, b.len())?;
        return Ok(memchr::memchr(c, b.bytes()).is_some());
    }
    let sub = like(rt, item)?;
    Ok(sub.is_empty() || super::str::search::find(rt, b.bytes(), sub.bytes())?.is_some())
}

/// The next byte of a bytes iterator; unbound at the end.
pub fn bytes_iter_next(_: &mut Rt, it: Gc<SeqIter>) -> Value {
    let at = it.index.get();
    match it.source.get().get::<Bytes>().and_then(|b| b.bytes().get(at).copied()) {
        Some(c) => {
            it.index.set(at + 1);
            Value::int(c as i64)
        }
        None => {
            it.source.set(Value::UNBOUND);
            Value::UNBOUND
        }
    }
}

fn iter_slot(rt: &mut Rt, v: Value) -> Res<Value> {
    match iter::get(v) {
        Some(it) => Ok(bytes_iter_next(rt, it)),
        None => Ok(Value::UNBOUND),
    }
}

fn binary(rt: &mut Rt, op: BinOp, a: Value, b: Value) -> Res<Value> {
    match op {
        BinOp::Add => match (a.get::<Bytes>(), b.get::<Bytes>()) {
            (Some(x), Some(y)) => {
                let n = x.len().checked_add(y.len()).ok_or(Exit::NeedGc)?;
                let made = bytes::build(&mut rt.heap, n, |out| {
                    if let Some((l, r)) = out.split_at_mut_checked(x.len()) {
                        l.copy_from_slice(x.bytes());
                        r.copy_from_slice(y.bytes());
                    }
                })?;
                Ok(made.value())
            }
            (Some(_), None) if !has_special(rt, b, Name::__radd__)? => {
                let name = rt.type_name(b);
                Err(rt.type_error(message!("can't concat {name} to bytes")))
            }
            _ => Ok(Value::NOT_IMPLEMENTED),
        },
        BinOp::Mul => {
            let (v, n) = if a.get::<Bytes>().is_some() { (a, b) } else { (b, a) };
            let Some(n) = repeat_count(rt, n)? else { return Ok(Value::NOT_IMPLEMENTED) };
            let (x, n) = (this(rt, v)?, int::count(n));
            let total = x.len().checked_mul(n).ok_or(Exit::NeedGc)?;
            let made = bytes::build(&mut rt.heap, total, |out| build::fill_repeated(out, x.bytes()))?;
            Ok(made.value())
        }
        BinOp::Mod => match a.get::<Bytes>() {
            Some(f) => percent::bytes_percent(rt, f, b),
            None => Ok(Value::NOT_IMPLEMENTED),
        },
        _ => Ok(Value::NOT_IMPLEMENTED),
    }
}

fn compare(_: &mut Rt, op: CmpOp, a: Value, b: Value) -> Res<Value> {
    match (a.get::<Bytes>(), b.get::<Bytes>()) {
        (Some(x), Some(y)) => Ok(Value::bool(op.holds(x.bytes().cmp(y.bytes())))),
        _ => Ok(Value::NOT_IMPLEMENTED),
    }
}
