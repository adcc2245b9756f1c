//! Generators' attributes, and code objects. `send`, `throw` and `close` need frames and are the interpreter's.

use super::descriptors::{address, get_set, plain};
use super::frozen;
use super::left_out::attribute;
use crate::exit::Res;
use crate::interp::generator;
use crate::interp::{Args, GetSetDef, NativeDef, Rt, Slots, TypeDef, def};
use crate::object::generator::GenState;
use crate::object::{Code, Generator, Str, kind};
use crate::value::Value;

/// Computed attributes of generators.
pub const GENERATOR_ATTRS: &[GetSetDef] = &[
    get_set("__name__", |_, v| Ok(v.get::<Generator>().map_or(Value::NONE, |g| g.name.get())), set_name),
    get_set(
        "__qualname__",
        |_, v| Ok(v.get::<Generator>().map_or(Value::NONE, |g| g.qualname.get())),
        set_name,
    ),
    attribute("gi_running", |rt, v| Ok(Value::bool(state(rt, v) == Some(GenState::Running)))),
    attribute("gi_suspended", |rt, v| Ok(Value::bool(state(rt, v) == Some(GenState::Suspended)))),
    attribute("gi_code", |_, v| Ok(v.get::<Generator>().map_or(Value::NONE, |g| g.code.value()))),
    attribute("gi_frame", |_, _| Ok(Value::NONE)),
    attribute("gi_yieldfrom", |_, _| Ok(Value::NONE)),
];

fn state(rt: &Rt, v: Value) -> Option<GenState> {
    v.get::<Generator>().map(|g| rt.state_of(g))
}

fn set_name(rt: &mut Rt, v: Value, x: Value) -> Res<()> {
    if x.get::<Str>().is_none() {
        return Err(rt.type_error(message!("__name__ must be set to a string object")));
    }
    if let Some(g) = v.get::<Generator>() {
        g.name.set(x);
    }
    Ok(())
}

/// `<generator object f at 0x…>`; iterators written in frozen Python show their own type.
pub fn generator_repr(rt: &mut Rt, v: Value) -> Res<Value> {
    let at = address(rt, v)?;
    let kind_name = rt.type_name(v);
    if v.shape() != kind::Generator as u32 {
        return rt.format_str(format_args!("<{kind_name} object at {at:#x}>"));
    }
    let name = v.get::<Generator>().and_then(|g| g.qualname.get().get::<Str>());
    rt.format_str(format_args!("<generator object {} at {at:#x}>", name.as_ref().map_or("?", |s| s.lossy())))
}

/// Methods of iterators whose objects are generators of frozen Python under another name.
pub const ITERATOR_METHODS: &[NativeDef] =
    &[def("__iter__", "self, /", |_, a: Args| Ok(a.at(0))), def("__next__", "self, /", generator::next)];

/// Native behaviour of such iterators.
pub const ITERATOR_SLOTS: Slots = Slots { repr: Some(generator_repr), ..Slots::NONE };

/// Methods of generators that need no frames.
const GENERATOR_METHODS: &[NativeDef] = &[
    def("__iter__", "self, /", |_, a: Args| Ok(a.at(0))),
    def("__next__", "self, /", generator::next),
    def("send", "self, value, /", generator::send),
    def("throw", "self, typ, val=None, tb=None, /", |rt, a| {
        Err(rt.delegate(frozen::gen_throw, &[a.at(0), a.at(1), a.or(2, Value::NONE), a.or(3, Value::NONE)]))
    }),
    def("close", "self, /", |rt, a| Err(rt.delegate(frozen::gen_close, &[a.at(0)]))),
];

/// `generator`.
pub static GENERATOR: TypeDef = TypeDef {
    getset: GENERATOR_ATTRS,
    methods: GENERATOR_METHODS,
    slots: &Slots { repr: Some(generator_repr), ..Slots::NONE },
    ..plain(kind::Generator)
};

/// `code`.
pub static CODE: TypeDef = TypeDef {
    getset: &[
        attribute("co_name", |_, v| Ok(v.get::<Code>().map_or(Value::NONE, |c| c.name))),
        attribute("co_qualname", |_, v| Ok(v.get::<Code>().map_or(Value::NONE, |c| c.qualname))),
        attribute("co_filename", |rt, v| match v.get::<Code>() {
            Some(c) => rt.new_str(c.module().file_name()),
            None => Ok(Value::NONE),
        }),
        attribute("co_firstlineno", |_, v| Ok(number(v, |c| c.func().first_line))),
        attribute("co_argcount", |_, v| Ok(number(v, |c| c.func().argcount as u32))),
        attribute("co_posonlyargcount", |_, v| Ok(number(v, |c| c.func().posonly as u32))),
        attribute("co_kwonlyargcount", |_, v| Ok(number(v, |c| c.func().kwonly as u32))),
        attribute("co_nlocals", |_, v| {
            Ok(number(v, |c| (c.func().nlocals - c.func().nfree.min(c.func().nlocals)) as u32))
        }),
        attribute("co_stacksize", |_, v| Ok(number(v, |c| c.func().nregs as u32))),
        attribute("co_flags", |_, v| Ok(number(v, flags))),
        attribute("co_varnames", |rt, v| names(rt, v, false)),
        attribute("co_freevars", |rt, v| names(rt, v, true)),
        attribute("co_cellvars", |rt, _| Ok(rt.empty_tuple())),
        attribute("co_consts", consts),
    ],
    slots: &Slots { repr: Some(code_repr), ..Slots::NONE },
    ..plain(kind::Code)
};

fn number(v: Value, read: fn(&Code) -> u32) -> Value {
    v.get::<Code>().map_or(Value::NONE, |c| Value::int(read(&c) as i64))
}

/// CPython's flag bits: optimized, new locals, `*args`, `**kwargs`, nested, generator.
fn flags(c: &Code) -> u32 {
    use crate::bytecode::FuncFlags as F;
    let f = c.func().flags;
    let bit = |b: u32, to: u32| if f.has(b) { to } else { 0 };
    let function = if f.has(F::MODULE) || f.has(F::CLASS_BODY) { 0 } else { 3 };
    function | bit(F::VARARGS, 4) | bit(F::VARKW, 8) | bit(F::NESTED, 16) | bit(F::GENERATOR, 32)
}

/// Names of parameters and locals, or of the free variables, which come last.
fn names(rt: &mut Rt, v: Value, free: bool) -> Res<Value> {
    let Some(c) = v.get::<Code>() else { return Ok(rt.empty_tuple()) };
    let (all, nfree) = (c.func().nlocals as u32, c.func().nfree as u32);
    let split = all.saturating_sub(nfree);
    let l = crate::object::list::with_capacity(&mut rt.heap, all as usize)?;
    for i in if free { split..all } else { 0..split } {
        let module = c.module().clone();
        let name = rt.intern(module.var_name(c.func(), i).unwrap_or("?").as_bytes())?;
        l.push(&mut rt.heap, name)?;
    }
    rt.new_tuple(l.items())
}

fn consts(rt: &mut Rt, v: Value) -> Res<Value> {
    let Some(c) = v.get::<Code>() else { return Ok(rt.empty_tuple()) };
    let l = crate::object::list::with_capacity(&mut rt.heap, c.consts().len())?;
    for &k in c.consts().iter().filter(|k| !k.is_unbound()) {
        l.push(&mut rt.heap, k)?;
    }
    rt.new_tuple(l.items())
}

fn code_repr(rt: &mut Rt, v: Value) -> Res<Value> {
    let at = address(rt, v)?;
    let Some(c) = v.get::<Code>() else { return rt.new_str("<code>") };
    let name = c.name.get::<Str>();
    rt.format_str(format_args!(
        "<code object {} at {at:#x}, file \"{}\", line {}>",
        name.as_ref().map_or("?", |s| s.lossy()),
        c.module().file_name(),
        c.func().first_line
    ))
}
