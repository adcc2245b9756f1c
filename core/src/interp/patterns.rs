//! What the instructions of `match` statements do.
//!
//! Invariant: what a pattern asks of a guest's object (`__instancecheck__`, `__match_args__`, attributes) is asked in
//! CPython's order, and no more often.

use super::Rt;
use crate::builtins::{frozen, functions};
use crate::bytecode::op::{exception, pattern};
use crate::bytecode::{Instr, Op};
use crate::exit::Res;
use crate::object::exception::exc;
use crate::object::{Str, Tuple, Type, kind};
use crate::value::Value;

/// What an instruction of patterns puts into its destination; `get` reads registers.
pub(crate) fn run(rt: &mut Rt, op: Op, i: Instr, get: impl Fn(u16) -> Value) -> Res<Value> {
    let (b, c) = (i.b(), i.c());
    match op {
        Op::LoadException => exception_class(rt, b),
        Op::MatchKind => Ok(is_of_kind(get(b), c)),
        Op::Length => functions::len(rt, get(b)),
        Op::MatchClass => match_class(rt, get(b), get(c)),
        Op::MatchArgs => match_args(rt, [get(b), get(b + 1), get(b + 2)], c),
        _ => {
            let name = functions::attribute_name(rt, get(c))?;
            rt.getattr(get(b), name)
        }
    }
}

/// The exception classes that compiled code names by number.
pub(crate) fn exception_class(rt: &mut Rt, n: u16) -> Res<Value> {
    let number = match n {
        exception::ASSERTION_ERROR => exc::AssertionError,
        exception::ATTRIBUTE_ERROR => exc::AttributeError,
        _ => exc::ValueError,
    };
    Ok(rt.exception_type(number)?.value())
}

/// Whether patterns take `v` for `what`.
#[inline]
pub(crate) fn is_of_kind(v: Value, what: u16) -> Value {
    let k = v.header().map_or(0, |h| h.kind);
    let sequence = k == kind::List || k == kind::Tuple || k == kind::Range || k == kind::MemoryView;
    let mapping = k == kind::Dict || k == kind::MappingProxy;
    Value::bool(if what == pattern::SEQUENCE { sequence } else { mapping })
}

/// Whether `v` is an instance of `cls`, which has to be a class.
fn match_class(rt: &mut Rt, v: Value, cls: Value) -> Res<Value> {
    if cls.get::<Type>().is_none() {
        return Err(rt.type_error(message!("called match pattern must be a class")));
    }
    functions::isinstance(rt, v, cls)
}

/// Whether the one positional sub-pattern of a class stands for the subject itself: of some built-in types and what
/// derives from them.
pub(crate) fn takes_self(cls: Value) -> bool {
    use kind::*;
    const TYPES: [u8; 11] = [Bool, ByteArray, Bytes, Dict, Float, FrozenSet, Int, List, Set, Str, Tuple];
    let takes = |c: &Value| c.get::<Type>().is_some_and(|t| TYPES.iter().any(|k| *k as u16 == t.builtin));
    cls.get::<Type>().is_some_and(|t| t.mro_items().iter().any(takes))
}

/// What the first `n` sub-patterns of a class pattern stand for (see `Op::MatchArgs`).
fn match_args(rt: &mut Rt, [cls, subject, names]: [Value; 3], n: u16) -> Res<Value> {
    if let Some(v) = plain_match_args(rt, cls, names, n)? {
        return Ok(v);
    }
    if cfg!(not(feature = "introspection")) {
        return Err(rt.left_out("introspection"));
    }
    Err(rt.delegate(frozen::match_args, &[cls, subject, names, Value::int(n as i64)]))
}

/// As `match_args`, where nothing is wrong and no metaclass may interfere. Builds without feature `introspection` do not
/// look for what is wrong with names.
pub(crate) fn plain_match_args(rt: &mut Rt, cls: Value, names: Value, n: u16) -> Res<Option<Value>> {
    let name = rt.name(super::Name::__match_args__)?;
    let found = rt.type_attr(cls, name)?;
    let tuple = found.and_then(|v| v.exact::<Tuple>());
    let wanted = tuple.as_ref().and_then(|t| t.items().get(..n as usize));
    if cfg!(feature = "introspection") {
        let fine = wanted.is_none_or(|w| n <= MANY && all_differ(w, names));
        if !fine || cls.shape() != kind::Type as u32 {
            return Ok(None);
        }
    }
    Ok(match found {
        None if n == 1 && takes_self(cls) => Some(Value::FALSE),
        found => found.filter(|_| wanted.is_some()),
    })
}

/// Class patterns with more sub-patterns than this are left to frozen Python, which charges for comparing names.
const MANY: u16 = 16;

/// Whether these are names, and none stands twice in them and in tuple `others`.
fn all_differ(wanted: &[Value], others: Value) -> bool {
    let Some(others) = others.get::<Tuple>() else { return false };
    let before = |i| wanted.iter().take(i).chain(others.items());
    // Equal names are one object.
    let interned = before(wanted.len()).all(|v| v.exact::<Str>().is_some_and(|s| s.is_interned()));
    interned && !wanted.iter().enumerate().any(|(i, v)| before(i).any(|other| other == v))
}
