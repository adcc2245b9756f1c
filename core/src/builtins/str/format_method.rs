//! `str.format` and `format_map`.
//!
//! Replacement fields that name an argument without attribute or item access are done here as long as no guest code
//! is met; otherwise frozen `str_format` does the whole text with the steps exported as intrinsics. Both use the same
//! parser, one field at a time, so that errors come in CPython's order.

use super::args::this;
use super::format::format_value;
use crate::builtins::frozen;
use crate::exit::{Exit, ExitKind, Res};
use crate::heap::Gc;
use crate::interp::text::TextBuf;
use crate::interp::{Args, NativeDef, Rt, def};
use crate::object::Dict;
use crate::value::Value;

/// Natives for frozen Python.
pub static INTRINSICS: &[NativeDef] = &[
    def("_format_access", "name, at, /", intrinsic_access),
    def("_format_conversion", "text, /", intrinsic_conversion),
    def("_format_first", "name, /", intrinsic_first),
    def("_format_next", "text, at, /", intrinsic_next),
];

/// One step through a format string: literal text, then perhaps a field. Offsets are in bytes.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Step {
    /// The literal text.
    pub literal: (usize, usize),
    /// The field that follows it.
    pub field: Option<Field>,
    /// Where to go on.
    pub next: usize,
}

/// A replacement field.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Field {
    /// Name with attribute and item accesses.
    pub name: (usize, usize),
    /// Conversion: byte range of one code point, empty for none.
    pub conversion: (usize, usize),
    /// Format spec.
    pub spec: (usize, usize),
}

type Problem = &'static str;

/// The step at byte `at`; `None` at the end.
pub fn next_step(s: &[u8], at: usize) -> Result<Option<Step>, Problem> {
    if at >= s.len() {
        return Ok(None);
    }
    let rest = s.get(at..).unwrap_or(&[]);
    let Some(n) = memchr::memchr2(b'{', b'}', rest) else {
        return Ok(Some(Step { literal: (at, s.len()), field: None, next: s.len() }));
    };
    let brace = at + n;
    let (c, behind) = (s.get(brace), s.get(brace + 1));
    if behind == c {
        // Doubled: the literal includes one of them.
        return Ok(Some(Step { literal: (at, brace + 1), field: None, next: brace + 2 }));
    }
    if c == Some(&b'}') {
        return Err("Single '}' encountered in format string");
    }
    if behind.is_none() {
        return Err("Single '{' encountered in format string");
    }
    let (field, next) = parse_field(s, brace + 1)?;
    Ok(Some(Step { literal: (at, brace), field: Some(field), next }))
}

fn parse_field(s: &[u8], start: usize) -> Result<(Field, usize), Problem> {
    let mut at = start;
    let end = loop {
        match s.get(at) {
            None => return Err("expected '}' before end of string"),
            Some(b'{') => return Err("unexpected '{' in field name"),
            Some(b'[') => {
                let rest = s.get(at..).unwrap_or(&[]);
                at += memchr::memchr(b']', rest).unwrap_or(rest.len());
            }
            Some(b'}' | b':' | b'!') => break at,
            Some(_) => at += 1,
        }
    };
    let name = (start, end);
    let mut conversion = (end, end);
    at = end + 1;
    match s.get(end) {
        Some(b'!') => {
            let Some(&lead) = s.get(at) else {
                return Err("end of string while looking for conversion specifier");
            };
            conversion = (at, at + crate::object::string::char_width(lead));
            at = conversion.1;
            match s.get(at) {
                Some(b'}') => return Ok((Field { name, conversion, spec: (at, at) }, at + 1)),
                Some(b':') => at += 1,
                Some(_) => return Err("expected ':' after conversion specifier"),
                None => {}
            }
        }
        Some(b':') => {}
        _ => return Ok((Field { name, conversion, spec: (end, end) }, at)),
    }
    let (from, mut depth) = (at, 1);
    while let Some(c) = s.get(at) {
        match c {
            b'{' => depth += 1,
            b'}' => depth -= 1,
            _ => {}
        }
        if depth == 0 {
            return Ok((Field { name, conversion, spec: (from, at) }, at + 1));
        }
        at += 1;
    }
    Err("unmatched '{' in format spec")
}

/// What a field's name begins with.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum First {
    /// Nothing: the next argument.
    Auto,
    /// A number.
    Index(usize),
    /// A name.
    Name,
}

/// The first part of a field name and its length.
pub fn first_part(name: &[u8]) -> Result<(First, usize), Problem> {
    let n = memchr::memchr2(b'.', b'[', name).unwrap_or(name.len());
    let first = name.get(..n).unwrap_or(&[]);
    if first.is_empty() {
        return Ok((First::Auto, 0));
    }
    Ok((integer(first)?.map_or(First::Name, First::Index), n))
}

/// The value of a text of decimal digits.
fn integer(text: &[u8]) -> Result<Option<usize>, Problem> {
    let mut value = 0usize;
    for (_, c) in crate::object::string::code_points(text) {
        let Some(d) = super::chars::decimal_value(c) else { return Ok(None) };
        value = value
            .checked_mul(10)
            .and_then(|v| v.checked_add(d as usize))
            .filter(|&v| v <= isize::MAX as usize)
            .ok_or("Too many decimal digits in format string")?;
    }
    Ok(if text.is_empty() { None } else { Some(value) })
}

/// See [`next_access`].
pub type Access = (bool, (usize, usize), usize);

/// An access behind a field's first part: whether it is an attribute, its text, and where the next begins.
pub fn next_access(name: &[u8], at: usize) -> Result<Option<Access>, Problem> {
    let rest = name.get(at + 1..).unwrap_or(&[]);
    let (attribute, n, skip) = match name.get(at) {
        None => return Ok(None),
        Some(b'.') => (true, memchr::memchr2(b'.', b'[', rest).unwrap_or(rest.len()), 0),
        Some(b'[') => match memchr::memchr(b']', rest) {
            Some(n) => (false, n, 1),
            None => return Err("Missing ']' in format string"),
        },
        Some(_) => return Err("Only '.' or '[' may follow ']' in format field specifier"),
    };
    if n == 0 {
        return Err("Empty attribute in format string");
    }
    Ok(Some((attribute, (at + 1, at + 1 + n), at + 1 + n + skip)))
}

/// Whether arguments are numbered by the text or in order.
#[derive(Clone, Copy, Debug, Default)]
pub struct Numbering {
    manual: Option<bool>,
    next: usize,
}

impl Numbering {
    /// Index for a field, after checking that both kinds are not mixed.
    pub fn index(&mut self, first: First) -> Result<Option<usize>, Problem> {
        let manual = match first {
            First::Name => return Ok(None),
            First::Auto => false,
            First::Index(_) => true,
        };
        match (self.manual, manual) {
            (Some(true), false) => {
                return Err("cannot switch from manual field specification to automatic field numbering");
            }
            (Some(false), true) => {
                return Err("cannot switch from automatic field numbering to manual field specification");
            }
            _ => self.manual = Some(manual),
        }
        Ok(Some(match first {
            First::Index(i) => i,
            _ => {
                self.next += 1;
                self.next - 1
            }
        }))
    }
}

/// Arguments of a format call.
#[derive(Clone, Copy)]
struct Source<'a> {
    positional: Option<&'a [Value]>,
    named: Option<Gc<Dict>>,
}

/// `Ok(None)`: frozen code has to do it.
type Native<T> = Res<Option<T>>;

fn problem<T>(rt: &mut Rt, r: Result<T, Problem>) -> Res<T> {
    r.map_err(|message| rt.value_error(message!("{message}")))
}

/// Writes the expansion of `s`; `None` if frozen code has to do it.
fn expand(
    rt: &mut Rt,
    out: &mut TextBuf,
    s: &[u8],
    source: Source,
    numbering: &mut Numbering,
    depth: u32,
) -> Native<()> {
    if depth == 0 {
        return Err(rt.value_error(message!("Max string recursion exceeded")));
    }
    let mut at = 0;
    loop {
        let step = next_step(s, at);
        let Some(step) = problem(rt, step)? else { return Ok(Some(())) };
        out.push(&rt.heap, s.get(step.literal.0..step.literal.1).unwrap_or(&[]))?;
        at = step.next;
        let Some(f) = step.field else { continue };
        let part = |r: (usize, usize)| s.get(r.0..r.1).unwrap_or(&[]);
        let Some(v) = argument(rt, part(f.name), source, numbering)? else { return Ok(None) };
        let Some(v) = convert(rt, v, part(f.conversion))? else { return Ok(None) };
        let mut spec = TextBuf::new();
        if memchr::memchr(b'{', part(f.spec)).is_some() {
            if expand(rt, &mut spec, part(f.spec), source, numbering, depth - 1)?.is_none() {
                return Ok(None);
            }
        } else {
            spec.push(&rt.heap, part(f.spec))?;
        }
        let spec = super::build::finish(rt, spec)?;
        match format_value(rt, v, spec) {
            Ok(text) => out.push_value(&rt.heap, text)?,
            Err(e) if rt.caught(e, ExitKind::Call) => return Ok(None),
            Err(e) => return Err(e),
        }
        rt.poll()?;
    }
}

fn argument(rt: &mut Rt, name: &[u8], source: Source, numbering: &mut Numbering) -> Native<Value> {
    let first = first_part(name);
    let (first, n) = problem(rt, first)?;
    if n < name.len() {
        return Ok(None);
    }
    let index = numbering.index(first);
    match problem(rt, index)? {
        Some(i) => match source.positional {
            None => Err(rt.value_error(message!("Format string contains positional fields"))),
            Some(args) => match args.get(i) {
                Some(v) => Ok(Some(*v)),
                None => Err(
                    rt.index_error(message!("Replacement index {i} out of range for positional args tuple"))
                ),
            },
        },
        None => {
            let key = rt.new_str_bytes(name)?;
            match source.named.and_then(|d| rt.dict_get_str(d, key)) {
                Some(v) => Ok(Some(v)),
                None => Err(rt.key_error(key)),
            }
        }
    }
}

fn convert(rt: &mut Rt, v: Value, conversion: &[u8]) -> Native<Value> {
    let r = match conversion {
        [] => return Ok(Some(v)),
        [b's'] => rt.str(v),
        [b'r'] => rt.repr(v),
        [b'a'] => super::repr::ascii(rt, v),
        other => return Err(unknown_conversion(rt, other)),
    };
    match r {
        Ok(v) => Ok(Some(v)),
        Err(e) if rt.caught(e, ExitKind::Call) => Ok(None),
        Err(e) => Err(e),
    }
}

#[cold]
fn unknown_conversion(rt: &mut Rt, text: &[u8]) -> Exit {
    let c = crate::object::string::decode(text, 0).0;
    match char::from_u32(c) {
        Some(c @ '!'..='~') => rt.value_error(message!("Unknown conversion specifier {c}")),
        _ => rt.value_error(message!("Unknown conversion specifier \\x{c:x}")),
    }
}

/// `s.format(*args, **kwargs)`.
pub fn format(rt: &mut Rt, a: Args) -> Res<Value> {
    let s = this(rt, a.at(0))?;
    let rest = a.rest(2);
    let source = Source { positional: Some(rest.slice()), named: a.opt(1).and_then(|d| d.get::<Dict>()) };
    let mut out = TextBuf::new();
    match expand(rt, &mut out, s.bytes(), source, &mut Numbering::default(), 2)? {
        Some(()) => super::build::finish(rt, out),
        None => {
            let args = rt.new_tuple(rest.slice())?;
            let named = a.or(1, Value::NONE);
            Err(rt.delegate(frozen::str_format, &[a.at(0), args, named]))
        }
    }
}

/// `s.format_map(mapping)`.
pub fn format_map(rt: &mut Rt, a: Args) -> Res<Value> {
    let s = this(rt, a.at(0))?;
    if let Some(d) = a.at(1).exact::<Dict>() {
        let source = Source { positional: None, named: Some(d) };
        let mut out = TextBuf::new();
        if expand(rt, &mut out, s.bytes(), source, &mut Numbering::default(), 2)?.is_some() {
            return super::build::finish(rt, out);
        }
    }
    Err(rt.delegate(frozen::str_format, &[a.at(0), Value::NONE, a.at(1)]))
}

/// `_format_next(s, at)`: the step at `at` as `(literal, name, conversion, spec, next)`, or None at the end.
fn intrinsic_next(rt: &mut Rt, a: Args) -> Res<Value> {
    let s = this(rt, a.at(0))?;
    let at = usize::try_from(a.at(1).as_int().unwrap_or(0)).unwrap_or(0);
    let step = next_step(s.bytes(), at);
    let Some(step) = problem(rt, step)? else { return Ok(Value::NONE) };
    let text = |rt: &mut Rt, r: (usize, usize)| rt.new_str_bytes(s.bytes().get(r.0..r.1).unwrap_or(&[]));
    let literal = text(rt, step.literal)?;
    let (mut name, mut conversion, mut spec) = (Value::NONE, Value::NONE, Value::NONE);
    if let Some(f) = step.field {
        name = text(rt, f.name)?;
        conversion = text(rt, f.conversion)?;
        spec = text(rt, f.spec)?;
    }
    rt.new_tuple(&[literal, name, conversion, spec, Value::int(step.next as i64)])
}

/// `_format_first(name)`: `(None | index | text, length)`.
fn intrinsic_first(rt: &mut Rt, a: Args) -> Res<Value> {
    let name = this(rt, a.at(0))?;
    let first = first_part(name.bytes());
    let (first, n) = problem(rt, first)?;
    let v = match first {
        First::Auto => Value::NONE,
        First::Index(i) => crate::object::int::from_usize(&mut rt.heap, i)?,
        First::Name => rt.new_str_bytes(name.bytes().get(..n).unwrap_or(&[]))?,
    };
    rt.new_tuple(&[v, Value::int(n as i64)])
}

/// `_format_access(name, at)`: `(is attribute, key, next)`, or None at the end.
fn intrinsic_access(rt: &mut Rt, a: Args) -> Res<Value> {
    let name = this(rt, a.at(0))?;
    let at = usize::try_from(a.at(1).as_int().unwrap_or(0)).unwrap_or(0);
    let access = next_access(name.bytes(), at);
    let Some((attribute, r, next)) = problem(rt, access)? else { return Ok(Value::NONE) };
    let text = name.bytes().get(r.0..r.1).unwrap_or(&[]);
    let index = if attribute { Ok(None) } else { integer(text) };
    let key = match problem(rt, index)? {
        Some(i) => crate::object::int::from_usize(&mut rt.heap, i)?,
        None => rt.new_str_bytes(text)?,
    };
    rt.new_tuple(&[Value::bool(attribute), key, Value::int(next as i64)])
}

/// `_format_conversion(text)`: raises for a conversion other than s, r and a.
fn intrinsic_conversion(rt: &mut Rt, a: Args) -> Res<Value> {
    let c = this(rt, a.at(0))?;
    Err(unknown_conversion(rt, c.bytes()))
}
