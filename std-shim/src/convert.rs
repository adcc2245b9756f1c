//! Values that cross between Rust and Python.

use crate::{Error, ErrorKind};
use taipan_core::exit::{Exit, Res};
use taipan_core::interp::Rt;
use taipan_core::object::exception::exc;
use taipan_core::object::{Bytes, Dict, List, Str, Tuple, bytes, dict, float, int, list};
use taipan_core::value::Value as Raw;

/// A Python value of a built-in type, copied.
#[derive(Clone, PartialEq, Debug)]
#[non_exhaustive]
pub enum Value {
    /// `None`.
    None,
    /// `bool`.
    Bool(bool),
    /// `int` of 64 bits.
    Int(i64),
    /// A larger `int`: whether it is negative, and its magnitude in 64-bit digits, the lowest first.
    BigInt(bool, Vec<u64>),
    /// `float`.
    Float(f64),
    /// `str`; lone surrogates do not cross.
    Str(String),
    /// `bytes`.
    Bytes(Vec<u8>),
    /// `list`.
    List(Vec<Value>),
    /// `tuple`.
    Tuple(Vec<Value>),
    /// `dict`, in order.
    Dict(Vec<(Value, Value)>),
}

/// Deepest nesting that crosses.
const MAX_DEPTH: u32 = 64;

macro_rules! from {
    ($($t:ty => |$x:ident| $e:expr;)*) => { $(
        impl From<$t> for Value {
            fn from($x: $t) -> Value {
                $e
            }
        }
    )* };
}
from! {
    () => |_x| Value::None;
    bool => |x| Value::Bool(x);
    i64 => |x| Value::Int(x);
    i32 => |x| Value::Int(x.into());
    u32 => |x| Value::Int(x.into());
    f64 => |x| Value::Float(x);
    &str => |x| Value::Str(x.to_string());
    String => |x| Value::Str(x);
    Vec<Value> => |x| Value::List(x);
}

impl Value {
    /// The int, if it is one of 64 bits.
    pub fn as_int(&self) -> Option<i64> {
        if let Value::Int(n) = self { Some(*n) } else { None }
    }
    /// The number as float, if it is an int or a float.
    pub fn as_float(&self) -> Option<f64> {
        match self {
            Value::Float(x) => Some(*x),
            Value::Int(n) => Some(*n as f64),
            _ => None,
        }
    }
    /// The text, if it is a str.
    pub fn as_str(&self) -> Option<&str> {
        if let Value::Str(s) = self { Some(s) } else { None }
    }
    /// The items, if it is a list or a tuple.
    pub fn items(&self) -> Option<&[Value]> {
        match self {
            Value::List(v) | Value::Tuple(v) => Some(v),
            _ => None,
        }
    }
}

/// Makes the Python value. Nothing is kept alive meanwhile: on `NeedGc` the whole is to be made again.
pub(crate) fn to_python(rt: &mut Rt, v: &Value) -> Res<Raw> {
    Ok(match v {
        Value::None => Raw::NONE,
        Value::Bool(b) => Raw::bool(*b),
        Value::Int(n) => int::from_i64(&mut rt.heap, *n)?,
        Value::BigInt(neg, mag) => int::from_mag(&mut rt.heap, *neg, mag)?,
        Value::Float(x) => float::new(&mut rt.heap, *x)?,
        Value::Str(s) => rt.new_str(s)?,
        Value::Bytes(b) => bytes::new(&mut rt.heap, b)?.value(),
        Value::List(items) => list_of(rt, items)?,
        Value::Tuple(items) => match list_of(rt, items)?.get::<List>() {
            Some(l) => rt.new_tuple(l.items())?,
            None => rt.empty_tuple(),
        },
        Value::Dict(entries) => {
            let d = dict::new(&mut rt.heap)?;
            for (k, v) in entries {
                let (k, v) = (to_python(rt, k)?, to_python(rt, v)?);
                let Some(h) = rt.hash(k)? else { continue };
                d.insert(&mut rt.heap, h, k, v)?;
            }
            d.value()
        }
    })
}

fn list_of(rt: &mut Rt, items: &[Value]) -> Res<Raw> {
    let l = list::with_capacity(&mut rt.heap, items.len())?;
    for v in items {
        let v = to_python(rt, v)?;
        l.push(&mut rt.heap, v)?;
    }
    Ok(l.value())
}

/// Copies a Python value of a built-in type.
pub(crate) fn to_rust(rt: &Rt, v: Raw) -> Result<Value, Error> {
    copy(rt, v, 0)
}

fn refused(what: impl Into<String>) -> Error {
    Error::new(ErrorKind::Conversion, what)
}

fn room<T>(n: usize) -> Result<Vec<T>, Error> {
    let mut v = Vec::new();
    v.try_reserve_exact(n).map_err(|_| Error::new(ErrorKind::Memory, "no memory for the value"))?;
    Ok(v)
}

fn copy(rt: &Rt, v: Raw, depth: u32) -> Result<Value, Error> {
    if depth > MAX_DEPTH {
        return Err(refused("the value is nested too deeply"));
    }
    if v.is_none() {
        return Ok(Value::None);
    }
    if let Some(b) = v.as_bool() {
        return Ok(Value::Bool(b));
    }
    match int::get(v) {
        Some(int::IntRef::Small(n)) => return Ok(Value::Int(n)),
        Some(int::IntRef::Big(b)) => {
            let mut mag = room(b.mag().len())?;
            mag.extend_from_slice(b.mag());
            return Ok(Value::BigInt(b.is_neg(), mag));
        }
        None => {}
    }
    if let Some(x) = float::get(v) {
        return Ok(Value::Float(x));
    }
    if let Some(s) = v.get::<Str>() {
        let text = s.text().ok_or_else(|| refused("the str contains a lone surrogate"))?;
        let mut out = room(text.len())?;
        out.extend_from_slice(text.as_bytes());
        return Ok(Value::Str(String::from_utf8(out).unwrap_or_default()));
    }
    if let Some(b) = v.get::<Bytes>() {
        let mut out = room(b.bytes().len())?;
        out.extend_from_slice(b.bytes());
        return Ok(Value::Bytes(out));
    }
    if let Some(l) = v.get::<List>() {
        return copy_items(rt, l.items(), depth).map(Value::List);
    }
    if let Some(t) = v.get::<Tuple>() {
        return copy_items(rt, t.items(), depth).map(Value::Tuple);
    }
    if let Some(d) = v.get::<Dict>() {
        let mut out = room(d.len())?;
        for e in d.iter() {
            out.push((copy(rt, e.key, depth + 1)?, copy(rt, e.value, depth + 1)?));
        }
        return Ok(Value::Dict(out));
    }
    Err(refused(format!("'{}' objects stay in Python", rt.type_name(v))))
}

fn copy_items(rt: &Rt, items: &[Raw], depth: u32) -> Result<Vec<Value>, Error> {
    let mut out = room(items.len())?;
    for &v in items {
        out.push(copy(rt, v, depth + 1)?);
    }
    Ok(out)
}

/// The exception that a host function's error is in the guest.
pub(crate) fn raise(rt: &mut Rt, e: &Error) -> Exit {
    let number = match e.kind {
        ErrorKind::Conversion => exc::TypeError,
        ErrorKind::NotFound => exc::LookupError,
        ErrorKind::Memory => exc::MemoryError,
        ErrorKind::Io => exc::OSError,
        _ => exc::RuntimeError,
    };
    rt.raise(number, format_args!("{}", e.message))
}
