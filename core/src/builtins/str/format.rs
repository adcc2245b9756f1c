//! `format()` and `str.__format__`.

use super::args::{bad_name, this};
use super::pad;
use crate::builtins::frozen;
use crate::exit::{Exit, Res};
use crate::interp::Rt;
use crate::interp::text::TextBuf;
use crate::num::NumError;
use crate::num::format::{SpecError, Target, parse, str_layout};
use crate::object::exception::exc;
use crate::object::{Str, Type};
use crate::value::Value;

/// The exception for a bad spec.
#[cold]
pub fn spec_error(rt: &mut Rt, e: SpecError, spec: &str, type_name: &str) -> Exit {
    match e {
        SpecError::Num(NumError::Memory) => return Exit::NeedGc,
        SpecError::Num(NumError::Interrupted) => return rt.poll().err().unwrap_or(Exit::NeedGc),
        _ => {}
    }
    let number = if e.is_overflow() { exc::OverflowError } else { exc::ValueError };
    if cfg!(not(feature = "messages")) {
        return rt.raise_bare(number);
    }
    let mut text = TextBuf::new();
    if e.write_message(spec, type_name, &mut text.sink(&rt.heap)).is_err() {
        return Exit::NeedGc;
    }
    let message = match rt.finish_text(text) {
        Ok(m) => m,
        Err(e) => return e,
    };
    rt.raise_with(number, &[message])
}

/// `format(v, spec)`.
pub fn format_value(rt: &mut Rt, v: Value, spec: Value) -> Res<Value> {
    let Some(s) = spec.get::<Str>() else {
        let name = bad_name(rt, spec);
        return Err(rt.type_error(message!("format() argument 2 must be str, not {name}")));
    };
    if s.is_empty() && v.exact::<Str>().is_some() {
        return Ok(v);
    }
    if rt.type_of(v).has_flag(Type::GUEST_FORMAT) {
        return Err(rt.delegate(frozen::format_of, &[v, spec]));
    }
    match rt.slots_of(v).format {
        Some(f) => f(rt, v, spec),
        None if s.is_empty() => rt.str(v),
        None => {
            let name = rt.type_name(v);
            Err(rt.type_error(message!("unsupported format string passed to {name}.__format__")))
        }
    }
}

/// `format(v, '')`.
pub fn format_plain(rt: &mut Rt, v: Value) -> Res<Value> {
    if v.exact::<Str>().is_some() {
        return Ok(v);
    }
    if v.is_int() || v.is_float() {
        return rt.str(v);
    }
    let empty = rt.empty_str()?;
    format_value(rt, v, empty)
}

/// `str.__format__`.
pub fn format_slot(rt: &mut Rt, v: Value, spec: Value) -> Res<Value> {
    let (s, spec) = (this(rt, v)?, this(rt, spec)?);
    if spec.is_empty() {
        return rt.str(v);
    }
    let text = spec.lossy();
    let layout = parse(text, Target::Str).and_then(|p| Ok((p, str_layout(&p, s.len())?)));
    let (parsed, l) = match layout {
        Ok(l) => l,
        Err(e) => {
            let name = rt.type_name(v);
            return Err(spec_error(rt, e, text, name));
        }
    };
    let kept = match l.keep < s.len() {
        true => super::index::substring(rt, s, 0, l.keep)?,
        false => v,
    };
    let mut utf8 = [0; 4];
    let fill = parsed.fill.encode_utf8(&mut utf8);
    let kept = this(rt, kept)?;
    pad::pad(rt, kept, l.before, l.after, fill.as_bytes())
}
