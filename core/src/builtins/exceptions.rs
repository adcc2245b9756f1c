//! `BaseException` and what its subclasses add.
//!
//! One layout serves all. Where a class has more fields than `extra` and `obj` hold, `extra` is a tuple of them:
//! `OSError` (errno, strerror, filename, filename2), `SyntaxError` (msg, filename, lineno, offset, text, end_lineno,
//! end_offset, print_file_and_line), `UnicodeError`s (encoding, object, start, end, reason), `ImportError` (name,
//! path, name_from). Such a tuple is made when arguments are given and replaced when a field is set.
//!
//! `NameError.obj` is not visible to guests: it holds the globals, for suggestions, if the interpreter put them there.

use super::descriptors::{get_set, plain, shape_for};
use super::frozen;
use super::functions::is_simple;
use super::left_out::introspective;
use crate::exit::{Exit, Res};
use crate::heap::Gc;
use crate::interp::text::TextBuf;
use crate::interp::{Args, GetSetDef, NativeDef, Rt, Slots, TypeDef, def};
use crate::object::exception::{self, exc};
use crate::object::{Dict, Exception, Str, Traceback, Tuple, Type, int, kind};
use crate::value::Value;

/// `BaseException`; every exception class shares its natives.
pub static BASE_EXCEPTION: TypeDef = TypeDef {
    new: Some(def("BaseException", "cls, /, *args, **kwargs", new)),
    methods: &[
        def("__init__", "self, /, *args, **kwargs", init),
        def("with_traceback", "self, tb, /", with_traceback),
        def("add_note", "self, note, /", add_note),
        def("__setstate__", "self, state, /", |_, _| Ok(Value::NONE)),
    ],
    getset: &[
        get_set("args", |_, v| Ok(field(v, |e| e.args.get())), set_args),
        get_set("__cause__", |_, v| Ok(field(v, |e| e.cause.get())), set_cause),
        get_set("__context__", |_, v| Ok(field(v, |e| e.context.get())), set_context),
        get_set("__traceback__", |_, v| Ok(field(v, |e| e.traceback.get())), set_traceback),
        get_set("__suppress_context__", |_, v| Ok(field(v, |e| Value::bool(e.suppress.get()))), set_suppress),
    ],
    slots: &Slots { repr: Some(repr), str: Some(str_), ..Slots::NONE },
    subclassable: true,
    ..plain(kind::Exception)
};

/// Attributes that a built-in exception class adds to its base's.
#[derive(Debug)]
pub struct ExceptionAttrs {
    /// Number of the class.
    pub number: u16,
    /// The attributes.
    pub getset: &'static [GetSetDef],
}

/// Whether exceptions of the system and of text have attributes of their own: about them few programs ask.
const DETAILS: bool = cfg!(feature = "introspection");

/// Attributes of built-in exception classes besides `BaseException`'s.
pub static ATTRS: &[ExceptionAttrs] = &[
    ExceptionAttrs { number: exc::StopIteration, getset: &[get_set("value", extra, set_extra)] },
    ExceptionAttrs { number: exc::SystemExit, getset: &[get_set("code", extra, set_extra)] },
    ExceptionAttrs { number: exc::NameError, getset: &[get_set("name", extra, set_extra)] },
    ExceptionAttrs {
        number: exc::AttributeError,
        getset: &[
            get_set("name", extra, set_extra),
            get_set(
                "obj",
                |_, v| Ok(field(v, |e| known(e.obj.get()))),
                |_, v, x| set_field(v, |e| e.obj.set(known(x))),
            ),
        ],
    },
    ExceptionAttrs {
        number: exc::ImportError,
        getset: &[
            get_set("msg", |_, v| Ok(first_arg(v)), |_, _, _| Ok(())),
            get_set("name", |_, v| Ok(part(v, 0)), |rt, v, x| set_part(rt, v, 0, x)),
            get_set("path", |_, v| Ok(part(v, 1)), |rt, v, x| set_part(rt, v, 1, x)),
            get_set("name_from", |_, v| Ok(part(v, 2)), |rt, v, x| set_part(rt, v, 2, x)),
        ],
    },
    ExceptionAttrs {
        number: exc::OSError,
        getset: introspective(&[
            get_set("errno", |_, v| Ok(part(v, 0)), |rt, v, x| set_part(rt, v, 0, x)),
            get_set("strerror", |_, v| Ok(part(v, 1)), |rt, v, x| set_part(rt, v, 1, x)),
            get_set("filename", |_, v| Ok(part(v, 2)), |rt, v, x| set_part(rt, v, 2, x)),
            get_set("filename2", |_, v| Ok(part(v, 3)), |rt, v, x| set_part(rt, v, 3, x)),
        ]),
    },
    ExceptionAttrs {
        number: exc::SyntaxError,
        getset: introspective(&[
            get_set("msg", |_, v| Ok(part(v, 0)), |rt, v, x| set_part(rt, v, 0, x)),
            get_set("filename", |_, v| Ok(part(v, 1)), |rt, v, x| set_part(rt, v, 1, x)),
            get_set("lineno", |_, v| Ok(part(v, 2)), |rt, v, x| set_part(rt, v, 2, x)),
            get_set("offset", |_, v| Ok(part(v, 3)), |rt, v, x| set_part(rt, v, 3, x)),
            get_set("text", |_, v| Ok(part(v, 4)), |rt, v, x| set_part(rt, v, 4, x)),
            get_set("end_lineno", |_, v| Ok(part(v, 5)), |rt, v, x| set_part(rt, v, 5, x)),
            get_set("end_offset", |_, v| Ok(part(v, 6)), |rt, v, x| set_part(rt, v, 6, x)),
            get_set("print_file_and_line", |_, v| Ok(part(v, 7)), |rt, v, x| set_part(rt, v, 7, x)),
        ]),
    },
    ExceptionAttrs {
        number: exc::UnicodeError,
        getset: introspective(&[
            get_set("encoding", |_, v| Ok(part(v, 0)), |rt, v, x| set_part(rt, v, 0, x)),
            get_set("object", |_, v| Ok(part(v, 1)), |rt, v, x| set_part(rt, v, 1, x)),
            get_set("start", |_, v| Ok(part(v, 2)), |rt, v, x| set_part(rt, v, 2, x)),
            get_set("end", |_, v| Ok(part(v, 3)), |rt, v, x| set_part(rt, v, 3, x)),
            get_set("reason", |_, v| Ok(part(v, 4)), |rt, v, x| set_part(rt, v, 4, x)),
        ]),
    },
];

/// Attributes that built-in exception class `number` itself adds.
pub fn attrs(number: u16) -> &'static [GetSetDef] {
    ATTRS.iter().find(|a| a.number == number).map_or(&[], |a| a.getset)
}

/// Natives for frozen Python.
pub static INTRINSICS: &[NativeDef] = &[def("_os_fields", "e, /", |rt, a| {
    let all = [part(a.at(0), 0), part(a.at(0), 1), part(a.at(0), 2), part(a.at(0), 3)];
    rt.new_tuple(&all)
})];

fn known(v: Value) -> Value {
    if v.is_unbound() { Value::NONE } else { v }
}

fn field(v: Value, read: fn(&Exception) -> Value) -> Value {
    v.get::<Exception>().map_or(Value::NONE, |e| known(read(&e)))
}

fn set_field(v: Value, write: impl FnOnce(&Exception)) -> Res<()> {
    if let Some(e) = v.get::<Exception>() {
        write(&e);
    }
    Ok(())
}

fn extra(_: &mut Rt, v: Value) -> Res<Value> {
    Ok(field(v, |e| e.extra.get()))
}
fn set_extra(_: &mut Rt, v: Value, x: Value) -> Res<()> {
    set_field(v, |e| e.extra.set(known(x)))
}

fn first_arg(v: Value) -> Value {
    args_of(v).and_then(|t| t.get(0)).unwrap_or(Value::NONE)
}

fn args_of(v: Value) -> Option<Gc<Tuple>> {
    v.get::<Exception>()?.args.get().get::<Tuple>()
}

/// Field `i` of the classes that keep several.
pub(super) fn part(v: Value, i: usize) -> Value {
    let extra = field(v, |e| e.extra.get());
    match extra.exact::<Tuple>() {
        Some(t) => t.get(i).map_or(Value::NONE, known),
        // The interpreter raises ImportErrors with the name alone.
        None if i == 0 => extra,
        None => Value::NONE,
    }
}

const MAX_PARTS: usize = 8;

fn set_part(rt: &mut Rt, v: Value, i: usize, x: Value) -> Res<()> {
    let mut fields: [Value; MAX_PARTS] = core::array::from_fn(|k| part(v, k));
    if let Some(f) = fields.get_mut(i) {
        *f = known(x);
    }
    let t = rt.new_tuple(&fields)?;
    set_field(v, |e| e.extra.set(t))
}

// Making.

/// Slots: class, keyword arguments, positional arguments.
fn new(rt: &mut Rt, a: Args) -> Res<Value> {
    make(rt, a.at(0), a.at(1), a.rest(2))
}

/// An instance of exception class `cls`, called with `given`, before its `__init__`.
pub(crate) fn make(rt: &mut Rt, cls: Value, keywords: Value, given: Args) -> Res<Value> {
    let args = rt.new_tuple(given.slice())?;
    let number = cls.get::<Type>().map_or(0, |t| t.builtin);
    let shape = match number {
        // A built-in class's own instances have the shape of its number.
        n if n != 0 => {
            let n = os_error_class(n, given.slice());
            rt.exception_type(n)?;
            n as u32
        }
        _ => shape_for(rt, cls, kind::Exception)?,
    };
    let e = exception::new(&mut rt.heap, shape, args)?;
    let guest_init = cls.get::<Type>().is_some_and(|t| t.has_flag(Type::GUEST_INIT));
    // What a guest's `__init__` will pass on to ours is not known yet: then keywords are its business.
    fill(rt, e, keywords, given, guest_init)?;
    Ok(e.value())
}

fn init(rt: &mut Rt, a: Args) -> Res<Value> {
    let Some(e) = a.at(0).get::<Exception>() else { return Ok(Value::NONE) };
    let args = rt.new_tuple(a.rest(2).slice())?;
    fill(rt, e, a.at(1), a.rest(2), false)?;
    if !(rt.is_exception(e.value(), exc::OSError) && a.rest(2).len() > 2) {
        e.args.set(args);
    }
    Ok(Value::NONE)
}

/// The subclass of OSError that an error number stands for.
fn os_error_class(number: u16, args: &[Value]) -> u16 {
    if number != exc::OSError || args.len() < 2 {
        return number;
    }
    match args.first().and_then(|&n| int::get_i64(n)) {
        Some(1 | 13) => exc::PermissionError,
        Some(2) => exc::FileNotFoundError,
        Some(3) => exc::ProcessLookupError,
        Some(4) => exc::InterruptedError,
        Some(10) => exc::ChildProcessError,
        Some(11 | 114 | 115) => exc::BlockingIOError,
        Some(17) => exc::FileExistsError,
        Some(20) => exc::NotADirectoryError,
        Some(21) => exc::IsADirectoryError,
        Some(32 | 108) => exc::BrokenPipeError,
        Some(110) => exc::TimeoutError,
        Some(103 | 104 | 111) => exc::ConnectionError,
        _ => number,
    }
}

/// Keyword arguments of a call, taken one by one.
struct Keywords {
    dict: Option<Gc<Dict>>,
    used: usize,
}

impl Keywords {
    fn take(&mut self, rt: &mut Rt, name: &str) -> Res<Value> {
        self.take_or(rt, name, Value::NONE)
    }
    fn take_or(&mut self, rt: &mut Rt, name: &str, absent: Value) -> Res<Value> {
        let key = rt.intern(name.as_bytes())?;
        let found = self.dict.and_then(|d| rt.dict_get_str(d, key));
        self.used += found.is_some() as usize;
        Ok(found.unwrap_or(absent))
    }
    fn rest(&self) -> usize {
        self.dict.map_or(0, |d| d.len()).saturating_sub(self.used)
    }
}

/// Sets what the class of `e` derives from its arguments.
fn fill(rt: &mut Rt, e: Gc<Exception>, kwargs: Value, args: Args, lenient: bool) -> Res<()> {
    let v = e.value();
    let mut kw = Keywords { dict: kwargs.get::<Dict>(), used: 0 };
    let first = args.opt(0).unwrap_or(Value::NONE);
    match filled_base(rt, v) {
        exc::StopIteration => {
            no_keywords(rt, v, &kw, lenient)?;
            e.extra.set(first);
        }
        exc::SystemExit => {
            no_keywords(rt, v, &kw, lenient)?;
            let code = if args.len() > 1 { rt.new_tuple(args.slice())? } else { first };
            e.extra.set(code);
        }
        exc::NameError => {
            let name = kw.take(rt, "name")?;
            unexpected(rt, &kw, "NameError", lenient)?;
            e.extra.set(name);
        }
        exc::AttributeError => {
            let name = kw.take_or(rt, "name", Value::UNBOUND)?;
            let obj = kw.take_or(rt, "obj", Value::UNBOUND)?;
            unexpected(rt, &kw, "AttributeError", lenient)?;
            e.extra.set(name);
            e.obj.set(obj);
        }
        exc::ImportError => {
            let fields = [kw.take(rt, "name")?, kw.take(rt, "path")?, kw.take(rt, "name_from")?];
            unexpected(rt, &kw, "ImportError", lenient)?;
            let t = rt.new_tuple(&fields)?;
            e.extra.set(t);
        }
        exc::OSError if DETAILS => {
            no_keywords(rt, v, &kw, lenient)?;
            fill_os(rt, e, args)?;
        }
        exc::SyntaxError if DETAILS => fill_syntax(rt, e, args)?,
        exc::UnicodeDecodeError | exc::UnicodeEncodeError if DETAILS => {
            fill_unicode(rt, e, args, lenient)?;
        }
        _ => no_keywords(rt, v, &kw, lenient)?,
    }
    Ok(())
}

/// The first class in the resolution order of an exception's class whose instances have attributes of their own; 0 if
/// there is none.
fn filled_base(rt: &Rt, v: Value) -> u16 {
    let special = |n: u16| {
        matches!(
            n,
            exc::StopIteration
                | exc::SystemExit
                | exc::NameError
                | exc::AttributeError
                | exc::ImportError
                | exc::OSError
                | exc::SyntaxError
                | exc::UnicodeDecodeError
                | exc::UnicodeEncodeError
        )
    };
    let t = rt.type_of(v);
    let numbers = t.mro_items().iter().filter_map(|c| c.get::<crate::object::Type>()).map(|c| c.builtin);
    numbers.into_iter().find(|&n| special(n)).unwrap_or(0)
}

fn no_keywords(rt: &mut Rt, v: Value, kw: &Keywords, lenient: bool) -> Res<()> {
    if kw.rest() == 0 || lenient {
        return Ok(());
    }
    let name = rt.type_name(v);
    Err(rt.type_error(message!("{name}() takes no keyword arguments")))
}

fn unexpected(rt: &mut Rt, kw: &Keywords, name: &str, lenient: bool) -> Res<()> {
    if kw.rest() == 0 || lenient {
        return Ok(());
    }
    let known = ["name", "path", "name_from", "obj"];
    let odd = kw
        .dict
        .and_then(|d| d.iter().filter_map(|e| e.key.get::<Str>()).find(|s| !known.contains(&s.lossy())));
    let odd = odd.as_ref().map_or("?", |s| s.lossy());
    Err(rt.type_error(message!("{name}() got an unexpected keyword argument '{odd}'")))
}

fn fill_os(rt: &mut Rt, e: Gc<Exception>, args: Args) -> Res<()> {
    if !(2..=5).contains(&args.len()) {
        return Ok(());
    }
    let opt = |i: usize| args.opt(i).unwrap_or(Value::NONE);
    let fields = rt.new_tuple(&[opt(0), opt(1), opt(2), opt(4)])?;
    if args.len() > 2 {
        let two = rt.new_tuple(&[opt(0), opt(1)])?;
        e.args.set(two);
    }
    e.extra.set(fields);
    Ok(())
}

fn fill_syntax(rt: &mut Rt, e: Gc<Exception>, args: Args) -> Res<()> {
    let mut fields = [Value::NONE; MAX_PARTS];
    fields[0] = args.opt(0).unwrap_or(Value::NONE);
    if args.len() == 2
        && let Some(info) = args.at(1).get::<Tuple>()
    {
        if !(4..=6).contains(&info.len()) {
            let n = info.len();
            return Err(if n < 4 {
                rt.type_error(message!("function missing required argument 'text' (pos 4)"))
            } else {
                rt.type_error(message!("function takes at most 7 arguments ({n} given)"))
            });
        }
        for (f, &x) in fields.iter_mut().skip(1).zip(info.items()) {
            *f = x;
        }
    }
    let t = rt.new_tuple(&fields)?;
    e.extra.set(t);
    Ok(())
}

fn fill_unicode(rt: &mut Rt, e: Gc<Exception>, args: Args, lenient: bool) -> Res<()> {
    if args.len() != 5 {
        if lenient {
            return Ok(());
        }
        let n = args.len();
        return Err(rt.type_error(message!("function takes exactly 5 arguments ({n} given)")));
    }
    let t = rt.new_tuple(args.slice())?;
    e.extra.set(t);
    Ok(())
}

// Attributes.

fn set_args(rt: &mut Rt, v: Value, x: Value) -> Res<()> {
    if x.is_unbound() {
        return Err(rt.type_error(message!("args may not be deleted")));
    }
    if x.get::<Tuple>().is_some() {
        return set_field(v, |e| e.args.set(x));
    }
    match rt.items_of(x)?.and_then(|l| l.get::<crate::object::List>()) {
        Some(l) => {
            let t = rt.new_tuple(l.items())?;
            set_field(v, |e| e.args.set(t))
        }
        None => {
            let name = rt.type_name(x);
            Err(rt.type_error(message!("'{name}' object is not iterable")))
        }
    }
}

/// An exception or None, for the attribute `what`.
fn link(rt: &mut Rt, x: Value, what: &str) -> Res<()> {
    if x.is_unbound() {
        return Err(rt.type_error(message!("__{what}__ may not be deleted")));
    }
    if x.is_none() || x.get::<Exception>().is_some() {
        return Ok(());
    }
    Err(rt.type_error(message!("exception {what} must be None or derive from BaseException")))
}

fn set_cause(rt: &mut Rt, v: Value, x: Value) -> Res<()> {
    link(rt, x, "cause")?;
    set_field(v, |e| {
        e.cause.set(x);
        e.suppress.set(true);
    })
}

fn set_context(rt: &mut Rt, v: Value, x: Value) -> Res<()> {
    link(rt, x, "context")?;
    set_field(v, |e| e.context.set(x))
}

fn set_traceback(rt: &mut Rt, v: Value, x: Value) -> Res<()> {
    if x.is_unbound() {
        return Err(rt.type_error(message!("__traceback__ may not be deleted")));
    }
    if !x.is_none() && x.get::<Traceback>().is_none() {
        return Err(rt.type_error(message!("__traceback__ must be a traceback or None")));
    }
    set_field(v, |e| e.traceback.set(x))
}

fn set_suppress(rt: &mut Rt, v: Value, x: Value) -> Res<()> {
    match x.as_bool() {
        Some(b) => set_field(v, |e| e.suppress.set(b)),
        None => Err(rt.type_error(message!("attribute value type must be bool"))),
    }
}

fn with_traceback(rt: &mut Rt, a: Args) -> Res<Value> {
    set_traceback(rt, a.at(0), a.at(1))?;
    Ok(a.at(0))
}

fn add_note(rt: &mut Rt, a: Args) -> Res<Value> {
    if a.at(1).get::<Str>().is_none() {
        let name = rt.type_name(a.at(1));
        return Err(rt.type_error(message!("add_note() argument must be str, not {name}")));
    }
    Err(rt.delegate(frozen::add_note, &[a.at(0), a.at(1)]))
}

// Texts.

fn repr(rt: &mut Rt, v: Value) -> Res<Value> {
    let Some(t) = args_of(v) else { return rt.new_str("BaseException()") };
    if !t.items().iter().all(|&x| is_simple(x)) {
        // Exceptions may contain each other to any depth: frozen code counts its recursion.
        return Err(rt.delegate(frozen::exc_repr, &[v]));
    }
    let mut out = TextBuf::new();
    out.push(&rt.heap, rt.type_name(v).as_bytes())?;
    if let [x] = *t.items() {
        out.push(&rt.heap, b"(")?;
        rt.repr_into(&mut out, x)?;
        out.push(&rt.heap, b")")?;
    } else {
        rt.repr_into(&mut out, t.value())?;
    }
    rt.finish_text(out)
}

fn str_(rt: &mut Rt, v: Value) -> Res<Value> {
    let Some(t) = args_of(v) else { return rt.new_str("") };
    if rt.is_exception(v, exc::KeyError) && t.len() == 1 {
        return text(rt, first_arg(v), true);
    }
    if DETAILS && rt.is_exception(v, exc::OSError) && !(part(v, 0).is_none() && part(v, 1).is_none()) {
        return Err(rt.delegate(frozen::os_error_str, &[v]));
    }
    if DETAILS && rt.is_exception(v, exc::SyntaxError) {
        return syntax_str(rt, v);
    }
    let unicode = rt.is_exception(v, exc::UnicodeDecodeError) || rt.is_exception(v, exc::UnicodeEncodeError);
    if DETAILS && unicode && part(v, 0).get::<Str>().is_some() {
        return unicode_str(rt, v);
    }
    match *t.items() {
        [] => rt.new_str(""),
        [x] => text(rt, x, false),
        _ if t.items().iter().all(|&x| is_simple(x)) => rt.repr(t.value()),
        _ => Err(rt.delegate(frozen::repr_again, &[t.value()])),
    }
}

fn text(rt: &mut Rt, x: Value, repr: bool) -> Res<Value> {
    match (is_simple(x), repr) {
        (true, true) => rt.repr(x),
        (true, false) => rt.str(x),
        (false, true) => Err(rt.delegate(frozen::repr_again, &[x])),
        (false, false) => Err(rt.delegate(frozen::str_again, &[x])),
    }
}

/// `msg (file.py, line N)`.
fn syntax_str(rt: &mut Rt, v: Value) -> Res<Value> {
    let (msg, file, line) = (part(v, 0), part(v, 1).get::<Str>(), int::get_i64(part(v, 2)));
    let msg = if is_simple(msg) { rt.str(msg)? } else { return Err(rt.delegate(frozen::str_again, &[msg])) };
    let Some(m) = msg.get::<Str>() else { return Ok(msg) };
    let file = file.as_ref().map(|f| f.lossy()).map(|f| f.rsplit('/').next().unwrap_or(f));
    match (file, line) {
        (Some(f), Some(n)) => rt.format_str(format_args!("{} ({f}, line {n})", m.lossy())),
        (Some(f), None) => rt.format_str(format_args!("{} ({f})", m.lossy())),
        (None, Some(n)) => rt.format_str(format_args!("{} (line {n})", m.lossy())),
        (None, None) => Ok(msg),
    }
}

fn unicode_str(rt: &mut Rt, v: Value) -> Res<Value> {
    let (enc, reason) = (part(v, 0).get::<Str>(), part(v, 4).get::<Str>());
    let enc = enc.as_ref().map_or("?", |s| s.lossy());
    let reason = reason.as_ref().map_or("?", |s| s.lossy());
    let start = int::get_i64(part(v, 2)).unwrap_or(0);
    let end = int::get_i64(part(v, 3)).unwrap_or(0);
    let decode = part(v, 1).get::<crate::object::Bytes>();
    let verb = if decode.is_some() { "decode" } else { "encode" };
    if end != start.saturating_add(1) {
        let last = end.saturating_sub(1);
        let what = if decode.is_some() { "bytes" } else { "characters" };
        return rt.format_str(format_args!(
            "'{enc}' codec can't {verb} {what} in position {start}-{last}: {reason}"
        ));
    }
    let at = usize::try_from(start).unwrap_or(usize::MAX);
    if let Some(b) = decode {
        let byte = b.bytes().get(at).copied().unwrap_or(0);
        return rt.format_str(format_args!(
            "'{enc}' codec can't decode byte 0x{byte:02x} in position {start}: {reason}"
        ));
    }
    let c =
        part(v, 1).get::<Str>().and_then(|s| super::functions::CodePoints(s.bytes()).nth(at)).unwrap_or(0);
    match c {
        ..=0xff => rt.format_str(format_args!(
            "'{enc}' codec can't encode character '\\x{c:02x}' in position {start}: {reason}"
        )),
        0x100..=0xffff => rt.format_str(format_args!(
            "'{enc}' codec can't encode character '\\u{c:04x}' in position {start}: {reason}"
        )),
        _ => rt.format_str(format_args!(
            "'{enc}' codec can't encode character '\\U{c:08x}' in position {start}: {reason}"
        )),
    }
}

/// A new SyntaxError (or subclass `number`) as the compiler reports it; see the module's fields.
pub fn syntax_error(rt: &mut Rt, number: u16, fields: [Value; MAX_PARTS]) -> Exit {
    let made = (|| {
        let info = rt.new_tuple(&fields[1..7])?;
        let args = rt.new_tuple(&[fields[0], info])?;
        let extra = rt.new_tuple(&fields)?;
        rt.exception_type(number)?;
        let e = exception::new(&mut rt.heap, number as u32, args)?;
        e.extra.set(extra);
        Ok(e.value())
    })();
    match made {
        Ok(e) => rt.raise_value(e),
        Err(e) => e,
    }
}
