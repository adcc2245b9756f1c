//! Functions of the module `builtins`, but for those about iteration (`iter_functions`) and numbers.
//!
//! What can meet guest code is decided by types here and done by functions of `core/frozen/functions.py`.

use super::descriptors::address;
use super::frozen;
use super::left_out::introspection;
use crate::exit::{Exit, ExitKind, Res};
use crate::interp::text::TextBuf;
use crate::interp::{Args, Name, NativeDef, Rt, def};
use crate::object::exception::exc;
use crate::object::{BoundMethod, Code, Dict, Function, Instance, Module, Str, Tuple, Type, int, kind, list};
use crate::value::Value;

/// The functions.
pub static DEFS: &[NativeDef] = &[
    def("print", "*args, sep=' ', end='\\n', file=None, flush=False", print),
    def("len", "obj, /", |rt, a| len(rt, a.at(0))),
    def("repr", "obj, /", |rt, a| rt.repr(a.at(0))),
    def("ascii", "obj, /", ascii),
    def("format", "value, format_spec='', /", format),
    def("chr", "i, /", chr),
    def("ord", "c, /", ord),
    def("hash", "obj, /", hash),
    def("id", "obj, /", id),
    def("callable", "obj, /", callable),
    def("isinstance", "obj, class_or_tuple, /", |rt, a| isinstance(rt, a.at(0), a.at(1))),
    def("issubclass", "cls, class_or_tuple, /", issubclass),
    def("getattr", "object, name, default=None, /", getattr),
    def("hasattr", "obj, name, /", hasattr),
    def("setattr", "obj, name, value, /", |rt, a| set(rt, a, a.at(2))),
    def("delattr", "obj, name, /", |rt, a| set(rt, a, Value::UNBOUND)),
    def("globals", "", |rt, _| Ok(rt.guest_globals())),
    def("locals", "", |rt, _| rt.guest_locals()),
    def("vars", "object=None, /", |rt, a| match a.opt(0) {
        Some(v) => Err(rt.delegate(frozen::vars_of, &[v])),
        None => rt.guest_locals(),
    }),
    def("dir", "object=None, /", introspection(dir)),
    def("input", "prompt='', /", input),
];

/// Their intrinsics.
pub static INTRINSICS: &[NativeDef] = &[
    def("_getattr", "obj, name, /", |rt, a| rt.native_getattr(a.at(0), a.at(1))),
    def("_ascii", "text, /", |rt, a| escape(rt, a.at(0))),
    def("_stdout", "", |rt, _| Ok(super::sys::stream(rt, "stdout")?.unwrap_or(Value::NONE))),
    def("_dir_names", "obj, /", introspection(dir_names)),
];

fn dir(rt: &mut Rt, a: Args) -> Res<Value> {
    match a.opt(0) {
        Some(v) => Err(rt.delegate(frozen::dir_of, &[v])),
        None => {
            let names = rt.guest_locals()?;
            Err(rt.delegate(frozen::sorted_of, &[names, Value::NONE, Value::FALSE]))
        }
    }
}

fn print(rt: &mut Rt, a: Args) -> Res<Value> {
    let file = a.or(2, Value::NONE);
    let file = if file.is_none() { super::sys::stream(rt, "stdout")?.unwrap_or(Value::NONE) } else { file };
    let (sep, end) = (a.or(0, Value::NONE), a.or(1, Value::NONE));
    for (v, name) in [(sep, "sep"), (end, "end")] {
        if !v.is_none() && v.get::<Str>().is_none() {
            let t = rt.type_name(v);
            return Err(rt.type_error(message!("{name} must be None or a string, not {t}")));
        }
    }
    match super::sys::is_native_stream(file) {
        Some(err) => print_native(rt, a, sep, end, err),
        None if file.is_none() => Ok(Value::NONE),
        None => print_to(rt, a, sep, end, file),
    }
}

/// Prints to one of the host's streams as far as no guest code gives the texts; what was ready is written even if a
/// later argument raises.
fn print_native(rt: &mut Rt, a: Args, sep: Value, end: Value, err: bool) -> Res<Value> {
    let mut out = TextBuf::new();
    for (i, &v) in a.rest(4).slice().iter().enumerate() {
        if i > 0 {
            push_or(rt, &mut out, sep, b" ")?;
        }
        match rt.str_into(&mut out, v) {
            Ok(true) => {}
            Ok(false) => {
                let file = super::sys::stream(rt, if err { "stderr" } else { "stdout" })?;
                let file = if a.or(2, Value::NONE).is_none() { file.unwrap_or(Value::NONE) } else { a.at(2) };
                return print_to(rt, a, sep, end, file);
            }
            Err(e) => {
                if rt.caught(e, ExitKind::Raise) {
                    if let Err(e) = rt.write_out(out.as_bytes(), err) {
                        rt.end_exit(e);
                    }
                    return Err(rt.exit(ExitKind::Raise));
                }
                return Err(e);
            }
        }
    }
    push_or(rt, &mut out, end, b"\n")?;
    rt.charge(out.as_bytes().len() / 64)?;
    rt.write_out(out.as_bytes(), err)?;
    Ok(Value::NONE)
}

fn push_or(rt: &Rt, out: &mut TextBuf, v: Value, default: &[u8]) -> Res<()> {
    match v.get::<Str>() {
        Some(s) => out.push(&rt.heap, s.bytes()),
        None => out.push(&rt.heap, default),
    }
}

fn print_to(rt: &mut Rt, a: Args, sep: Value, end: Value, file: Value) -> Res<Value> {
    let values = rt.new_tuple(a.rest(4).slice())?;
    let flush = a.or(3, Value::FALSE);
    Err(rt.delegate(frozen::print_to, &[values, sep, end, file, flush]))
}

/// `len(v)`.
pub(crate) fn len(rt: &mut Rt, v: Value) -> Res<Value> {
    let n = rt.len_op(v)?;
    int::from_usize(&mut rt.heap, n)
}

fn ascii(rt: &mut Rt, a: Args) -> Res<Value> {
    match rt.repr(a.at(0)) {
        Ok(s) => escape(rt, s),
        Err(e) if rt.caught(e, ExitKind::Call) => Err(rt.delegate(frozen::ascii_of, &[a.at(0)])),
        Err(e) => Err(e),
    }
}

/// Writes non-ASCII characters of a str as escapes.
fn escape(rt: &mut Rt, v: Value) -> Res<Value> {
    let Some(s) = v.get::<Str>() else { return Ok(v) };
    if s.is_ascii() {
        return Ok(v);
    }
    let mut out = TextBuf::new();
    let mut digits = [0u8; 10];
    for c in CodePoints(s.bytes()) {
        if c < 0x80 {
            out.push(&rt.heap, &[c as u8])?;
            continue;
        }
        let (letter, width) = match c {
            ..=0xff => (b'x', 2),
            0x100..=0xffff => (b'u', 4),
            _ => (b'U', 8),
        };
        digits[0] = b'\\';
        digits[1] = letter;
        for (i, d) in digits.iter_mut().skip(2).take(width).enumerate() {
            *d = b"0123456789abcdef"[(c >> (4 * (width - 1 - i)) & 15) as usize];
        }
        out.push(&rt.heap, digits.get(..2 + width).unwrap_or(&[]))?;
    }
    rt.finish_text(out)
}

/// Code points of WTF-8 bytes.
pub(super) struct CodePoints<'a>(pub &'a [u8]);

impl Iterator for CodePoints<'_> {
    type Item = u32;
    fn next(&mut self) -> Option<u32> {
        let (&first, rest) = self.0.split_first()?;
        let (n, bits) = match first {
            0..=0x7f => (0, first as u32),
            0x80..=0xdf => (1, first as u32 & 0x1f),
            0xe0..=0xef => (2, first as u32 & 0xf),
            _ => (3, first as u32 & 7),
        };
        let (tail, rest) = rest.split_at_checked(n).unwrap_or((rest, &[]));
        self.0 = rest;
        Some(tail.iter().fold(bits, |c, &b| c << 6 | (b as u32 & 0x3f)))
    }
}

fn format(rt: &mut Rt, a: Args) -> Res<Value> {
    let (v, spec) = (a.at(0), a.opt(1));
    let spec = match spec {
        Some(s) => s,
        None => rt.new_str("")?,
    };
    if spec.get::<Str>().is_none() {
        let name = rt.type_name(spec);
        return Err(rt.type_error(message!("format() argument 2 must be str, not {name}")));
    }
    format_value(rt, v, spec)
}

/// `format(v, spec)`; spec is a str.
pub fn format_value(rt: &mut Rt, v: Value, spec: Value) -> Res<Value> {
    if rt.type_of(v).has_flag(Type::GUEST_FORMAT) {
        return Err(rt.delegate(frozen::format_of, &[v, spec]));
    }
    if let Some(f) = rt.slots_of(v).format {
        return f(rt, v, spec);
    }
    if spec.get::<Str>().is_some_and(|s| s.is_empty()) {
        return rt.str(v);
    }
    let name = rt.type_name(v);
    Err(rt.type_error(message!("unsupported format string passed to {name}.__format__")))
}

fn chr(rt: &mut Rt, a: Args) -> Res<Value> {
    let n = rt.index_arg(a, 0)?;
    let Some(c) = u32::try_from(n).ok().filter(|&c| c < 0x11_0000) else {
        return Err(rt.value_error(message!("chr() arg not in range(0x110000)")));
    };
    match char::from_u32(c) {
        Some(c) => rt.char_str(c),
        None => rt.new_str_bytes(&[0xed, 0x80 | (c >> 6 & 0x3f) as u8, 0x80 | (c & 0x3f) as u8]),
    }
}

fn ord(rt: &mut Rt, a: Args) -> Res<Value> {
    let v = a.at(0);
    let len = if let Some(s) = v.get::<Str>() {
        if let (1, Some(c)) = (s.len(), CodePoints(s.bytes()).next()) {
            return Ok(Value::int(c as i64));
        }
        s.len()
    } else if let Some(b) = v.get::<crate::object::Bytes>() {
        if let [c] = *b.bytes() {
            return Ok(Value::int(c as i64));
        }
        b.bytes().len()
    } else {
        let name = rt.type_name(v);
        return Err(rt.type_error(message!("ord() expected string of length 1, but {name} found")));
    };
    let what = if v.get::<Str>().is_some() { "string" } else { "bytes" };
    Err(rt.type_error(message!("ord() expected a character, but {what} of length {len} found")))
}

fn hash(rt: &mut Rt, a: Args) -> Res<Value> {
    match rt.hash(a.at(0))? {
        Some(h) => int::from_i64(&mut rt.heap, h as i64),
        None => Err(hash_by_guest(rt, a.at(0))),
    }
}

/// Asks for the hash of `v` where that takes a guest's code.
#[cold]
pub fn hash_by_guest(rt: &mut Rt, v: Value) -> Exit {
    let method = match rt.name(Name::__hash__).and_then(|name| rt.lookup_special(v, name)) {
        Ok(method) => method,
        Err(e) => return e,
    };
    // As the recorder does.
    match method.filter(|f| f.get::<Function>().is_some() && v.get::<Instance>().is_some()) {
        Some(f) => rt.delegate(frozen::hash_by, &[f, v]),
        None => rt.delegate(frozen::hash_of, &[v]),
    }
}

fn id(rt: &mut Rt, a: Args) -> Res<Value> {
    if a.at(0).header().is_none() {
        // Immediates have no identity number; their bits are distinct from each other, and odd numbers of 16 below
        // from the addresses of objects.
        return int::from_i128(&mut rt.heap, a.at(0).bits() as i128 * 16 + 8);
    }
    let at = address(rt, a.at(0))?;
    int::from_i128(&mut rt.heap, at as i128)
}

fn callable(rt: &mut Rt, a: Args) -> Res<Value> {
    let v = a.at(0);
    let known = v.get::<Function>().is_some()
        || crate::object::func::get_builtin(v).is_some()
        || v.get::<BoundMethod>().is_some()
        || v.get::<Type>().is_some()
        || crate::object::misc::wrapper(v, kind::StaticMethod).is_some();
    if known {
        return Ok(Value::TRUE);
    }
    let name = rt.name(Name::__call__)?;
    Ok(Value::bool(rt.lookup_special(v, name)?.is_some()))
}

/// Whether the class check of `cls` is the built-in one.
fn plain_check(rt: &mut Rt, cls: Value, method: Name) -> Res<bool> {
    if rt.type_of(cls).value() == rt.builtin_type(kind::Type as u16).value() {
        return Ok(true);
    }
    let name = rt.name(method)?;
    let found = rt.lookup_special(cls, name)?;
    Ok(match found {
        Some(f) => cls.get::<Type>().is_some() && crate::object::func::get_builtin(f).is_some(),
        None => true,
    })
}

/// `isinstance(v, cls)`.
pub(crate) fn isinstance(rt: &mut Rt, v: Value, cls: Value) -> Res<Value> {
    // Before a metaclass is asked, as in CPython; the specialized form does the same, and fuel must not depend on it.
    if rt.type_of(v).value() == cls {
        return Ok(Value::TRUE);
    }
    if let Some(t) = cls.get::<Tuple>() {
        for &c in t.items() {
            if c.get::<Type>().is_none() || !plain_check(rt, c, Name::__instancecheck__)? {
                return Err(rt.delegate(frozen::isinstance_any, &[v, cls]));
            }
            if rt.is_instance(v, c) {
                return Ok(Value::TRUE);
            }
        }
        return Ok(Value::FALSE);
    }
    if !plain_check(rt, cls, Name::__instancecheck__)? {
        return Err(rt.delegate(frozen::isinstance_guest, &[v, cls]));
    }
    if cls.get::<Type>().is_none() {
        return Err(
            rt.type_error(message!("isinstance() arg 2 must be a type, a tuple of types, or a union"))
        );
    }
    Ok(Value::bool(rt.is_instance(v, cls)))
}

fn issubclass(rt: &mut Rt, a: Args) -> Res<Value> {
    let (c, cls) = (a.at(0), a.at(1));
    if cls.get::<Tuple>().is_some() {
        return Err(rt.delegate(frozen::issubclass_any, &[c, cls]));
    }
    if !plain_check(rt, cls, Name::__subclasscheck__)? {
        return Err(rt.delegate(frozen::issubclass_guest, &[c, cls]));
    }
    let Some(t) = c.get::<Type>() else {
        return Err(rt.type_error(message!("issubclass() arg 1 must be a class")));
    };
    if cls.get::<Type>().is_none() {
        return Err(
            rt.type_error(message!("issubclass() arg 2 must be a class, a tuple of classes, or a union"))
        );
    }
    Ok(Value::bool(c == cls || t.is_subclass_of(cls)))
}

fn getattr(rt: &mut Rt, a: Args) -> Res<Value> {
    let name = attribute_name(rt, a.at(1))?;
    let Some(default) = a.opt(2) else { return rt.native_getattr(a.at(0), name) };
    if rt.surely_lacks(a.at(0), name)? {
        return Ok(default);
    }
    match rt.getattr(a.at(0), name) {
        Err(e) if rt.caught_attribute_error(e) => Ok(default),
        Err(e) if rt.caught(e, ExitKind::Call) => {
            Err(again(rt, frozen::getattr_default, &[a.at(0), name, default]))
        }
        r => r,
    }
}

/// Does in frozen Python what turned out to need guest code.
fn again(rt: &mut Rt, function: u32, args: &[Value]) -> Exit {
    rt.pending_cont = None;
    rt.delegate(function, args)
}

fn hasattr(rt: &mut Rt, a: Args) -> Res<Value> {
    let name = attribute_name(rt, a.at(1))?;
    if rt.surely_lacks(a.at(0), name)? {
        return Ok(Value::FALSE);
    }
    match rt.getattr(a.at(0), name) {
        Ok(_) => Ok(Value::TRUE),
        Err(e) if rt.caught_attribute_error(e) => Ok(Value::FALSE),
        Err(e) if rt.caught(e, ExitKind::Call) => Err(again(rt, frozen::hasattr_of, &[a.at(0), name])),
        Err(e) => Err(e),
    }
}

fn set(rt: &mut Rt, a: Args, value: Value) -> Res<Value> {
    let name = attribute_name(rt, a.at(1))?;
    rt.setattr(a.at(0), name, value)?;
    Ok(Value::NONE)
}

/// An attribute's name, interned.
pub(crate) fn attribute_name(rt: &mut Rt, name: Value) -> Res<Value> {
    if name.exact::<Str>().is_some() {
        return rt.intern_value(name);
    }
    match name.get::<Str>() {
        Some(s) => rt.intern(s.bytes()),
        None => {
            let t = rt.type_name(name);
            Err(rt.type_error(message!("attribute name must be string, not '{t}'")))
        }
    }
}

/// No host gives input yet: it is always at its end.
fn input(rt: &mut Rt, a: Args) -> Res<Value> {
    if let Some(p) = a.opt(0) {
        let text = rt.str(p)?;
        if let Some(s) = text.get::<Str>() {
            rt.write_out(s.bytes(), false)?;
        }
    }
    Err(rt.raise(exc::EOFError, message!("EOF when reading a line")))
}

/// Names of an object's attributes, its class's and its bases', with repetitions.
fn dir_names(rt: &mut Rt, a: Args) -> Res<Value> {
    let v = a.at(0);
    let out = list::new(&mut rt.heap, &[])?;
    let add = |rt: &mut Rt, d: Value| -> Res<()> {
        let Some(d) = d.get::<Dict>() else { return Ok(()) };
        rt.charge(d.len())?;
        for e in d.iter().filter(|e| e.key.get::<Str>().is_some()) {
            out.push(&mut rt.heap, e.key)?;
        }
        Ok(())
    };
    if let Some(m) = v.get::<Module>() {
        rt.open_module(m)?;
        add(rt, m.dict)?;
        return Ok(out.value());
    }
    own_names(rt, v, out)?;
    let class = v.get::<Type>().unwrap_or_else(|| rt.type_of(v));
    for i in 0..class.mro_items().len() {
        let Some(t) = class.mro_items().get(i).and_then(|c| c.get::<Type>()) else { continue };
        add(rt, t.dict.get())?;
        for &name in builtin_names(rt, &t) {
            let name = rt.intern(name.as_bytes())?;
            out.push(&mut rt.heap, name)?;
        }
        let def = if (t.builtin as usize) < crate::object::KIND_COUNT {
            rt.type_defs[t.builtin as usize]
        } else {
            None
        };
        let Some(def) = def.filter(|_| t.builtin != 0) else { continue };
        let names = def.methods.iter().map(|m| m.name()).chain(def.getset.iter().map(|g| g.name));
        for name in names.chain(slot_names(def.slots)) {
            let name = rt.intern(name.as_bytes())?;
            out.push(&mut rt.heap, name)?;
        }
    }
    Ok(out.value())
}

/// What every object answers to, shown for `object` itself.
fn builtin_names(rt: &Rt, t: &Type) -> &'static [&'static str] {
    if t.builtin as u8 == kind::Object && t.mro_items().len() == 1 && !rt.builtins.is_unbound() {
        return &[
            "__class__",
            "__delattr__",
            "__dir__",
            "__doc__",
            "__eq__",
            "__format__",
            "__ge__",
            "__getattribute__",
            "__getstate__",
            "__gt__",
            "__hash__",
            "__init__",
            "__init_subclass__",
            "__le__",
            "__lt__",
            "__ne__",
            "__new__",
            "__reduce__",
            "__reduce_ex__",
            "__repr__",
            "__setattr__",
            "__sizeof__",
            "__str__",
            "__subclasshook__",
        ];
    }
    &[]
}

fn slot_names(s: &crate::interp::Slots) -> impl Iterator<Item = &'static str> {
    let len = s.len.map(|_| "__len__");
    let item = s.getitem.map(|_| "__getitem__");
    let sets = s.setitem.map(|_| ["__setitem__", "__delitem__"]).into_iter().flatten();
    let contains = s.contains.map(|_| "__contains__");
    let iter = s.iter.map(|_| "__iter__");
    let next = s.next.map(|_| "__next__");
    len.into_iter().chain(item).chain(sets).chain(contains).chain(iter).chain(next)
}

/// Names of an object's own attributes.
fn own_names(rt: &mut Rt, v: Value, out: crate::heap::Gc<list::List>) -> Res<()> {
    let Some(ext) = crate::object::instance::ext(v) else { return Ok(()) };
    if v.get::<Type>().is_some() {
        return Ok(());
    }
    let shape = v.shape();
    let Some(s) = rt.heap.shapes.get(shape) else { return Ok(()) };
    let (count, cap, in_dict) = (s.count, s.cap, s.dict_mode);
    if in_dict {
        if let Some(d) = ext.get().get::<Dict>() {
            rt.charge(d.len())?;
            for e in d.iter().filter(|e| e.key.get::<Str>().is_some()) {
                out.push(&mut rt.heap, e.key)?;
            }
        }
        return Ok(());
    }
    let _ = v.get::<Instance>();
    for i in 0..count as usize {
        let bound = !crate::object::instance::load(v, i, cap).is_unbound();
        if let (true, Some(key)) = (bound, rt.heap.shapes.key(shape, i as u32)) {
            out.push(&mut rt.heap, key)?;
        }
    }
    Ok(())
}

/// Whether `str(v)` and `repr(v)` are short native work that calls nothing.
pub(super) fn is_simple(v: Value) -> bool {
    v.header().is_none() || v.exact::<Str>().is_some() || v.get::<Code>().is_some()
}
