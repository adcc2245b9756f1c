//! The special methods of built-in types, made from their native slots: `list.__len__`, `int.__add__`, …
//!
//! One table row per method; a wrapper calls the slot of its first argument's payload, so it serves every type.

use super::native::{BinOp, CmpOp, UnOp};
use super::{Args, NativeDef, Rt, Slots, def};
use crate::exit::Res;
use crate::value::Value;

struct Row {
    def: NativeDef,
    has: fn(&Slots) -> bool,
}

macro_rules! binary {
    ($name:literal, $rname:literal, $op:ident) => {
        [
            Row {
                def: def($name, "self, value, /", |rt, a| binary(rt, BinOp::$op, a.at(0), a.at(1), a.at(0))),
                has: |s| s.binary.is_some(),
            },
            Row {
                def: def($rname, "self, value, /", |rt, a| binary(rt, BinOp::$op, a.at(1), a.at(0), a.at(0))),
                has: |s| s.binary.is_some(),
            },
        ]
    };
}

macro_rules! compare {
    ($name:literal, $op:ident) => {
        Row {
            def: def($name, "self, value, /", |rt, a| compare(rt, CmpOp::$op, a.at(0), a.at(1))),
            has: |s| s.compare.is_some(),
        }
    };
}

macro_rules! unary {
    ($name:literal, $op:ident) => {
        Row {
            def: def($name, "self, /", |rt, a| match rt.slots_of(a.at(0)).unary {
                Some(f) => f(rt, UnOp::$op, a.at(0)),
                None => Ok(Value::NOT_IMPLEMENTED),
            }),
            has: |s| s.unary.is_some(),
        }
    };
}

macro_rules! inplace {
    ($name:literal, $op:ident) => {
        Row {
            def: def($name, "self, value, /", |rt, a| match rt.slots_of(a.at(0)).inplace {
                Some(f) => f(rt, BinOp::$op, a.at(0), a.at(1)),
                None => Ok(Value::NOT_IMPLEMENTED),
            }),
            has: |s| s.inplace.is_some(),
        }
    };
}

static BINARY: [[Row; 2]; 13] = [
    binary!("__add__", "__radd__", Add),
    binary!("__sub__", "__rsub__", Sub),
    binary!("__mul__", "__rmul__", Mul),
    binary!("__matmul__", "__rmatmul__", MatMul),
    binary!("__truediv__", "__rtruediv__", TrueDiv),
    binary!("__floordiv__", "__rfloordiv__", FloorDiv),
    binary!("__mod__", "__rmod__", Mod),
    binary!("__pow__", "__rpow__", Pow),
    binary!("__lshift__", "__rlshift__", Shl),
    binary!("__rshift__", "__rrshift__", Shr),
    binary!("__and__", "__rand__", And),
    binary!("__or__", "__ror__", Or),
    binary!("__xor__", "__rxor__", Xor),
];

static OTHERS: &[Row] = &[
    compare!("__lt__", Lt),
    compare!("__le__", Le),
    compare!("__eq__", Eq),
    compare!("__ne__", Ne),
    compare!("__gt__", Gt),
    compare!("__ge__", Ge),
    unary!("__neg__", Neg),
    unary!("__pos__", Pos),
    unary!("__invert__", Invert),
    unary!("__abs__", Abs),
    inplace!("__iadd__", Add),
    inplace!("__imul__", Mul),
    inplace!("__ior__", Or),
    inplace!("__iand__", And),
    inplace!("__ixor__", Xor),
    inplace!("__isub__", Sub),
    Row {
        def: def("__repr__", "self, /", |rt, a| match rt.slots_of(a.at(0)).repr {
            Some(f) => f(rt, a.at(0)),
            None => crate::builtins::object::default_repr(rt, a.at(0)),
        }),
        has: |s| s.repr.is_some(),
    },
    Row {
        def: def("__str__", "self, /", |rt, a| match rt.slots_of(a.at(0)).str {
            Some(f) => f(rt, a.at(0)),
            None => rt.repr(a.at(0)),
        }),
        has: |s| s.str.is_some(),
    },
    Row {
        def: def("__format__", "self, format_spec, /", |rt, a| match rt.slots_of(a.at(0)).format {
            Some(f) => f(rt, a.at(0), a.at(1)),
            None => rt.str(a.at(0)),
        }),
        has: |s| s.format.is_some(),
    },
    Row {
        def: def("__len__", "self, /", |rt, a| match rt.slots_of(a.at(0)).len {
            Some(f) => f(rt, a.at(0)).map(|n| Value::int(n as i64)),
            None => Ok(Value::ZERO),
        }),
        has: |s| s.len.is_some(),
    },
    Row {
        def: def("__bool__", "self, /", |rt, a| match rt.slots_of(a.at(0)).truth {
            Some(f) => f(rt, a.at(0)).map(Value::bool),
            None => Ok(Value::TRUE),
        }),
        has: |s| s.truth.is_some(),
    },
    Row {
        def: def("__getitem__", "self, key, /", |rt, a| match rt.slots_of(a.at(0)).getitem {
            Some(f) => f(rt, a.at(0), a.at(1)),
            None => Ok(Value::NOT_IMPLEMENTED),
        }),
        has: |s| s.getitem.is_some(),
    },
    Row { def: def("__setitem__", "self, key, value, /", setitem), has: |s| s.setitem.is_some() },
    Row { def: def("__delitem__", "self, key, /", setitem), has: |s| s.setitem.is_some() },
    Row {
        def: def("__contains__", "self, key, /", |rt, a| match rt.slots_of(a.at(0)).contains {
            Some(f) => f(rt, a.at(0), a.at(1)).map(Value::bool),
            None => Ok(Value::FALSE),
        }),
        has: |s| s.contains.is_some(),
    },
    Row {
        def: def("__iter__", "self, /", |rt, a| match rt.slots_of(a.at(0)).iter {
            Some(f) => f(rt, a.at(0)),
            None => Ok(a.at(0)),
        }),
        has: |s| s.iter.is_some() || s.next.is_some(),
    },
    Row { def: def("__next__", "self, /", next), has: |s| s.next.is_some() },
    Row {
        def: def("__hash__", "self, /", |rt, a| crate::builtins::object::native_hash(rt, a.at(0))),
        has: |s| s.compare.is_some(),
    },
];

fn binary(rt: &mut Rt, op: BinOp, a: Value, b: Value, receiver: Value) -> Res<Value> {
    match rt.slots_of(receiver).binary {
        Some(f) => f(rt, op, a, b),
        None => Ok(Value::NOT_IMPLEMENTED),
    }
}

fn compare(rt: &mut Rt, op: CmpOp, a: Value, b: Value) -> Res<Value> {
    let Some(f) = rt.slots_of(a).compare else { return Ok(Value::NOT_IMPLEMENTED) };
    f(rt, op, a, b)
}

fn setitem(rt: &mut Rt, a: Args) -> Res<Value> {
    match rt.slots_of(a.at(0)).setitem {
        Some(f) => f(rt, a.at(0), a.at(1), a.at(2)).map(|()| Value::NONE),
        None => Ok(Value::NONE),
    }
}

fn next(rt: &mut Rt, a: Args) -> Res<Value> {
    let Some(f) = rt.slots_of(a.at(0)).next else { return Ok(Value::NONE) };
    let v = f(rt, a.at(0))?;
    if v.is_unbound() {
        return Err(rt.raise_bare(crate::object::exception::exc::StopIteration));
    }
    Ok(v)
}

fn rows() -> impl Iterator<Item = &'static Row> {
    BINARY.iter().flatten().chain(OTHERS)
}

/// The wrapper for special method `name` of a type with these slots.
pub(crate) fn find(slots: &Slots, name: &str) -> Option<&'static NativeDef> {
    if !name.starts_with("__") {
        return None;
    }
    rows().find(|r| r.def.name() == name && (r.has)(slots)).map(|r| &r.def)
}

/// Names of all special methods of a type with these slots, for `dir`.
pub(crate) fn names(slots: &Slots) -> impl Iterator<Item = &'static str> {
    rows().filter(|r| (r.has)(slots)).map(|r| r.def.name())
}
