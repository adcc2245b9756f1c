//! What the instructions of `match` statements do.
//!
//! Invariant: what a pattern asks of a guest's object (`__instancecheck__`, `__match_args__`, attributes) is asked in
//! CPython's order, and no more often.

use super::Rt;
use crate::builtins::{frozen, functions};
use crate::bytecode::{Instr, Op};
use crate::exit::Res;
use crate::object::exception::exc;
use crate::object::{Type, kind};
use crate::value::Value;

/// What an instruction of patterns puts into its destination; `get` reads registers.
pub(crate) fn run(rt: &mut Rt, op: Op, i: Instr, get: impl Fn(u16) -> Value) -> Res<Value> {
    let (b, c) = (i.b(), i.c());
    match op {
        Op::LoadException => exception(rt, b),
        Op::MatchKind => Ok(is_of_kind(get(b), c)),
        Op::Length => functions::len(rt, get(b)),
        Op::MatchClass => match_class(rt, get(b), get(c)),
        Op::MatchArgs => match_args(rt, [get(b), get(b + 1), get(b + 2)], c),
        _ => {
            let name = rt.intern_value(get(c))?;
            rt.getattr(get(b), name)
        }
    }
}

/// The exception classes that compiled code names by number.
pub(crate) fn exception(rt: &mut Rt, n: u16) -> Res<Value> {
    let number = match n {
        0 => exc::AssertionError,
        1 => exc::AttributeError,
        _ => exc::ValueError,
    };
    Ok(rt.exception_type(number)?.value())
}

/// Whether patterns take `v` for a sequence (`what` = 0) or for a mapping.
#[inline]
pub(crate) fn is_of_kind(v: Value, what: u16) -> Value {
    let k = v.header().map_or(0, |h| h.kind);
    let sequence = k == kind::List || k == kind::Tuple || k == kind::Range || k == kind::MemoryView;
    let mapping = k == kind::Dict || k == kind::MappingProxy;
    Value::bool(if what == 0 { sequence } else { mapping })
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
    #[cfg(feature = "speed")]
    if let Some(v) = plain_match_args(rt, cls, names, n)? {
        return Ok(v);
    }
    Err(rt.delegate(frozen::match_args, &[cls, subject, names, Value::int(n as i64)]))
}

/// Class patterns with more sub-patterns than this are left to frozen Python, which charges for comparing names.
#[cfg(feature = "speed")]
const MANY: u16 = 16;

/// As `match_args`, where nothing is wrong and no metaclass may interfere.
#[cfg(feature = "speed")]
pub(crate) fn plain_match_args(rt: &mut Rt, cls: Value, names: Value, n: u16) -> Res<Option<Value>> {
    use crate::object::{Str, Tuple};
    if cls.shape() != kind::Type as u32 || n > MANY {
        return Ok(None);
    }
    let name = rt.name(super::Name::__match_args__)?;
    let Some(args) = rt.type_attr(cls, name)? else {
        return Ok((n == 1 && takes_self(cls)).then_some(Value::FALSE));
    };
    let (Some(t), Some(names)) = (args.exact::<Tuple>(), names.get::<Tuple>()) else { return Ok(None) };
    let Some(wanted) = t.items().get(..n as usize) else { return Ok(None) };
    let text = |v: &Value| v.exact::<Str>();
    for (i, v) in wanted.iter().enumerate() {
        let Some(s) = text(v) else { return Ok(None) };
        let before = wanted.iter().take(i).chain(names.items());
        if before.filter_map(text).any(|other| other.bytes() == s.bytes()) {
            return Ok(None);
        }
    }
    Ok(Some(args))
}
