//! `sys`: what programs ask of it, and the standard streams.
//!
//! The streams are host objects whose first field is their number (1 or 2); `print` writes to them directly. What
//! few programs use (`version_info`, `flags` …) is made by frozen Python when asked for, through `__getattr__`.

use super::descriptors::plain;
use super::frozen;
use super::intrinsics::names_list;
use super::left_out::{attribute, doc, introspection};
use crate::exit::Res;
use crate::heap::Gc;
use crate::interp::{Args, ModuleDef, Name, NativeDef, Rt, Slots, TypeDef, def};
use crate::object::exception::exc;
use crate::object::misc::{new_wrapper, wrapper};
use crate::object::{Dict, Exception, Module, Str, int, kind, list};
use crate::value::Value;

/// The module.
pub static MODULE: ModuleDef = ModuleDef {
    name: "sys",
    doc: doc(
        "This module provides access to some objects used or maintained by the\ninterpreter and to functions that interact strongly with the interpreter.",
    ),
    functions: &[
        def("exit", "status=None, /", exit),
        def("exc_info", "", introspection(exc_info)),
        def("exception", "", introspection(|rt, _| Ok(rt.handled))),
        def("intern", "string, /", introspection(intern)),
        def("getrecursionlimit", "", introspection(|rt, _| Ok(Value::int(rt.limits.recursion as i64)))),
        def("setrecursionlimit", "limit, /", introspection(set_recursion_limit)),
        def("getsizeof", "object, default=0, /", introspection(getsizeof)),
        def("getrefcount", "object, /", introspection(|_, _| Ok(Value::int(2)))),
        def("getdefaultencoding", "", introspection(|rt, _| rt.new_str("utf-8"))),
        def("getfilesystemencoding", "", introspection(|rt, _| rt.new_str("utf-8"))),
        def("get_int_max_str_digits", "", introspection(|_, _| Ok(Value::int(4300)))),
        def("is_finalizing", "", introspection(|_, _| Ok(Value::FALSE))),
        def("_is_gil_enabled", "", introspection(|_, _| Ok(Value::TRUE))),
        def(
            "__getattr__",
            "name, /",
            introspection(|rt, a| Err(rt.delegate(frozen::sys_attribute, &[a.at(0)]))),
        ),
    ],
    init,
};

/// Natives for frozen Python.
pub static INTRINSICS: &[NativeDef] = &[def("_sys_set", "name, value, /", sys_set)];

/// A standard stream.
pub static STREAM: TypeDef = TypeDef {
    methods: &[
        def("write", "self, text, /", stream_write),
        def("writelines", "self, lines, /", |rt, a| {
            Err(rt.delegate(frozen::write_lines, &[a.at(0), a.at(1)]))
        }),
        def("flush", "self, /", |_, _| Ok(Value::NONE)),
        def("isatty", "self, /", |_, _| Ok(Value::FALSE)),
        def("writable", "self, /", |_, _| Ok(Value::TRUE)),
        def("readable", "self, /", |_, _| Ok(Value::FALSE)),
        def("fileno", "self, /", |_, a| Ok(number(a.at(0)))),
    ],
    getset: &[
        attribute("name", |rt, v| {
            rt.new_str(if is_native_stream(v) == Some(true) { "<stderr>" } else { "<stdout>" })
        }),
        attribute("encoding", |rt, _| rt.new_str("utf-8")),
        attribute("errors", |rt, v| {
            rt.new_str(if is_native_stream(v) == Some(true) { "backslashreplace" } else { "strict" })
        }),
        attribute("mode", |rt, _| rt.new_str("w")),
        attribute("closed", |_, _| Ok(Value::FALSE)),
    ],
    slots: &Slots { repr: Some(stream_repr), ..Slots::NONE },
    ..plain(kind::Host)
};

fn number(v: Value) -> Value {
    wrapper(v, kind::Host).map_or(Value::NONE, |w| w.a.get())
}

/// Whether `v` is one of the host's streams: `Some(true)` for the error stream.
pub(super) fn is_native_stream(v: Value) -> Option<bool> {
    match wrapper(v, kind::Host)?.a.get().as_int()? {
        1 => Some(false),
        2 => Some(true),
        _ => None,
    }
}

/// What `sys.stdout` (or another attribute of `sys`) is now; `None` if it was deleted.
pub(super) fn stream(rt: &mut Rt, name: &str) -> Res<Option<Value>> {
    let Some(d) = globals(rt)? else { return Ok(None) };
    let key = match name {
        "stdout" => rt.name(Name::stdout)?,
        "stderr" => rt.name(Name::stderr)?,
        _ => rt.intern(name.as_bytes())?,
    };
    Ok(rt.dict_get_str(d, key))
}

/// Globals of the module `sys`, which is loaded if it was not.
fn globals(rt: &mut Rt) -> Res<Option<Gc<Dict>>> {
    let module = rt.module_named("sys")?.get::<Module>();
    Ok(module.and_then(|m| m.dict.get::<Dict>()))
}

fn stream_write(rt: &mut Rt, a: Args) -> Res<Value> {
    let Some(s) = a.at(1).get::<Str>() else {
        let name = rt.type_name(a.at(1));
        return Err(rt.type_error(message!("write() argument must be str, not {name}")));
    };
    let n = int::from_usize(&mut rt.heap, s.len())?;
    rt.charge(s.bytes().len() / 64)?;
    rt.write_out(s.bytes(), is_native_stream(a.at(0)) == Some(true))?;
    Ok(n)
}

fn stream_repr(rt: &mut Rt, v: Value) -> Res<Value> {
    let name = if is_native_stream(v) == Some(true) { "stderr" } else { "stdout" };
    rt.format_str(format_args!("<_io.TextIOWrapper name='<{name}>' mode='w' encoding='utf-8'>"))
}

/// The text of `sys.version`.
const VERSION: &str = "3.14.0 (Taipan) [Rust]";

fn init(rt: &mut Rt, d: Gc<Dict>) -> Res<()> {
    for (name, n) in [("stdout", 1), ("__stdout__", 1), ("stderr", 2), ("__stderr__", 2)] {
        let v = match name.strip_prefix("__") {
            // The original streams are the same objects.
            Some(short) => {
                let key = rt.intern(short.trim_end_matches('_').as_bytes())?;
                rt.dict_get_str(d, key).unwrap_or(Value::NONE)
            }
            None => {
                let fields = [Value::int(n), Value::NONE, Value::NONE, Value::NONE];
                new_wrapper(&mut rt.heap, kind::Host, kind::Host as u32, fields)?
            }
        };
        rt.dict_set_name(d, name, v)?;
    }
    if cfg!(feature = "introspection") { describe(rt, d) } else { Ok(()) }
}

/// What tells programs about the interpreter and how it was started.
fn describe(rt: &mut Rt, d: Gc<Dict>) -> Res<()> {
    let argv = list::new(&mut rt.heap, &[])?;
    for i in 0..rt.argv.len() {
        let text = rt.argv.get(i).cloned().unwrap_or_default();
        let v = rt.new_str(&text)?;
        argv.push(&mut rt.heap, v)?;
    }
    let path = list::new(&mut rt.heap, &[])?;
    let texts = [
        ("version", VERSION),
        (
            "platform",
            if cfg!(target_os = "macos") {
                "darwin"
            } else if cfg!(windows) {
                "win32"
            } else {
                "linux"
            },
        ),
        ("byteorder", if cfg!(target_endian = "little") { "little" } else { "big" }),
        ("copyright", ""),
        ("executable", ""),
        ("prefix", ""),
        ("float_repr_style", "short"),
    ];
    for (name, text) in texts {
        let v = rt.new_str(text)?;
        rt.dict_set_name(d, name, v)?;
    }
    let maxsize = int::from_i64(&mut rt.heap, i64::MAX)?;
    let modules = rt.modules;
    let built_in = names_list(rt, &["builtins", "math", "sys", "time"])?;
    let built_in = match built_in.get::<list::List>() {
        Some(l) => rt.new_tuple(l.items())?,
        None => rt.empty_tuple(),
    };
    let values = [
        ("argv", argv.value()),
        ("orig_argv", argv.value()),
        ("path", path.value()),
        ("modules", modules),
        ("maxsize", maxsize),
        ("maxunicode", Value::int(0x10_ffff)),
        ("hexversion", Value::int(0x030e_00f0)),
        ("stdin", Value::NONE),
        ("dont_write_bytecode", Value::TRUE),
        ("builtin_module_names", built_in),
    ];
    for (name, v) in values {
        rt.dict_set_name(d, name, v)?;
    }
    Ok(())
}

fn sys_set(rt: &mut Rt, a: Args) -> Res<Value> {
    if let Some(d) = globals(rt)? {
        rt.dict_set_str(d, a.at(0), a.at(1))?;
    }
    Ok(Value::NONE)
}

fn exit(rt: &mut Rt, a: Args) -> Res<Value> {
    let code = a.or(0, Value::NONE);
    let one = [code];
    let tuple = code.get::<crate::object::Tuple>();
    let args = match &tuple {
        Some(t) => t.items(),
        None if code.is_none() => &[],
        None => &one[..],
    };
    let e = rt.raise_with(exc::SystemExit, args);
    if rt.exit_kind(e) == crate::exit::ExitKind::Raise
        && let Some(raised) = rt.raised.get::<Exception>()
    {
        raised.extra.set(code);
    }
    Err(e)
}

fn exc_info(rt: &mut Rt, _: Args) -> Res<Value> {
    let e = rt.handled;
    match e.get::<Exception>() {
        Some(x) => {
            let (t, tb) = (rt.type_of(e).value(), x.traceback.get());
            rt.new_tuple(&[t, e, tb])
        }
        None => rt.new_tuple(&[Value::NONE; 3]),
    }
}

fn intern(rt: &mut Rt, a: Args) -> Res<Value> {
    if a.at(0).exact::<Str>().is_none() {
        let name = rt.type_name(a.at(0));
        return Err(rt.type_error(message!("intern() argument must be str, not {name}")));
    }
    rt.intern_value(a.at(0))
}

/// Most frames a guest may ask for.
const MAX_RECURSION: i64 = 1_000_000;

fn set_recursion_limit(rt: &mut Rt, a: Args) -> Res<Value> {
    let n = rt.index_exact(a, 0)?;
    if n < 1 {
        return Err(rt.value_error(message!("recursion limit must be greater or equal than 1")));
    }
    if n > i32::MAX as i64 {
        return Err(rt.overflow_error(message!("Python int too large to convert to C int")));
    }
    let depth = rt.depth;
    if n <= depth as i64 {
        return Err(rt.raise(
            exc::RecursionError,
            message!(
                "cannot set the recursion limit to {n} at the recursion depth {depth}: the limit is too low"
            ),
        ));
    }
    rt.limits.recursion = n.min(MAX_RECURSION) as u32;
    Ok(Value::NONE)
}

/// Sizes as CPython's on 64-bit machines, roughly: what the object itself takes, without what it refers to.
fn getsizeof(rt: &mut Rt, a: Args) -> Res<Value> {
    let v = a.at(0);
    let n = if let Some(i) = int::get(v) {
        let limbs = int::parts(&i, &mut [0]).1.len();
        24 + 4 * (limbs * 64).div_ceil(30).max(1)
    } else if let Some(s) = v.get::<Str>() {
        if s.is_ascii() { 41 + s.len() } else { 57 + 2 * s.len() }
    } else if let Some(l) = v.get::<list::List>() {
        56 + 8 * l.len()
    } else if let Some(t) = v.get::<crate::object::Tuple>() {
        40 + 8 * t.len()
    } else if let Some(d) = v.get::<Dict>() {
        64 + 100 * d.len()
    } else if let Some(s) = crate::object::set::get(v) {
        216 + 32 * s.len()
    } else if let Some(b) = v.get::<crate::object::Bytes>() {
        33 + b.bytes().len()
    } else if v.header().is_none() {
        24
    } else {
        48
    };
    int::from_usize(&mut rt.heap, n)
}
