//! `format % args`, for `str` and `bytes`.
//!
//! Everything that needs no guest code is done here; the first argument that does makes frozen `str_percent` start
//! over, which converts arguments one by one and lets `intrinsic_one` lay each out. For `bytes` there is no frozen
//! path: objects with special methods are refused (docs/divergences.md).

use super::args::{has_special, this};
use super::repr::escape_non_ascii;
use super::translate::push_point;
use crate::builtins::frozen;
use crate::exit::{Exit, ExitKind, Res};
use crate::heap::Gc;
use crate::interp::text::TextBuf;
use crate::interp::{Args, Name, NativeDef, Rt, def};
use crate::num::format::percent::{self, Conversion, Count, PercentError};
use crate::num::format::quick::{self, Quick};
use crate::num::{Limits, NumError};
use crate::object::exception::exc;
use crate::object::string::{bytes_of, decode};
use crate::object::{Bytes, Dict, Str, Tuple, bytes, float, int};
use crate::value::Value;

/// Natives for frozen Python.
pub static INTRINSICS: &[NativeDef] = &[
    def("_percent_is_mapping", "v, /", intrinsic_is_mapping),
    def("_percent_next", "fmt, at, /", intrinsic_next),
    def("_percent_one", "fmt, at, value, stars, missing, /", intrinsic_one),
];

/// Where arguments come from.
struct Supply<'a> {
    tuple: Option<&'a [Value]>,
    single: Value,
    used: usize,
    mapping: bool,
}

impl Supply<'_> {
    fn next(&mut self, rt: &mut Rt) -> Res<Value> {
        let v = match self.tuple {
            Some(t) => t.get(self.used).copied(),
            None if self.used == 0 => Some(self.single),
            None => None,
        };
        self.used += 1;
        v.ok_or_else(|| not_enough(rt))
    }
    /// A width or precision from the arguments.
    fn star(&mut self, rt: &mut Rt, c_int: bool) -> Res<i64> {
        let v = self.next(rt)?;
        star_value(rt, v, c_int)
    }
}

fn star_value(rt: &mut Rt, v: Value, c_int: bool) -> Res<i64> {
    let what = if c_int { "int" } else { "ssize_t" };
    let max = if c_int { i32::MAX as i64 } else { i64::MAX };
    match int::get(v) {
        Some(int::IntRef::Small(n)) if n.checked_abs().is_some_and(|n| n <= max) => Ok(n),
        Some(_) => Err(rt.overflow_error(message!("Python int too large to convert to C {what}"))),
        None => Err(rt.type_error(message!("* wants int"))),
    }
}

#[cold]
fn not_enough(rt: &mut Rt) -> Exit {
    rt.type_error(message!("not enough arguments for format string"))
}

/// A conversion with its stars replaced.
struct Ready<'a> {
    conv: Conversion<'a>,
    width: usize,
    precision: Option<usize>,
    /// Index of the conversion character in the format.
    index: usize,
    bytes: bool,
}

/// Parses the conversion whose `%` stands before byte `at`.
fn parse(rt: &mut Rt, fmt: &[u8], at: usize) -> Res<Conversion<'static>> {
    let rest = fmt.get(at..).unwrap_or(&[]);
    // A conversion is short unless its key is long: do not look at the whole rest for each.
    let window = rest.get(..256).unwrap_or(rest);
    let r = match percent::parse(utf8_prefix(window)) {
        Err(PercentError::Incomplete | PercentError::IncompleteKey) if window.len() < rest.len() => {
            super::args::charge_scan(rt, rest.len())?;
            percent::parse(utf8_prefix(rest))
        }
        r => r,
    };
    match r {
        // The key is read again from the format by its length.
        Ok(c) => Ok(Conversion { key: c.key.map(|_| ""), ..c }),
        Err(e) => Err(rt.value_error(message!("{}", e.message()))),
    }
}

/// The key in the parentheses at byte `at`.
fn key_at(fmt: &[u8], at: usize) -> &[u8] {
    let rest = fmt.get(at + 1..).unwrap_or(&[]);
    let mut depth = 1;
    for (i, b) in rest.iter().enumerate() {
        match b {
            b'(' => depth += 1,
            b')' => depth -= 1,
            _ => {}
        }
        if depth == 0 {
            return rest.get(..i).unwrap_or(&[]);
        }
    }
    &[]
}

fn utf8_prefix(bytes: &[u8]) -> &str {
    match core::str::from_utf8(bytes) {
        Ok(s) => s,
        Err(e) => bytes.get(..e.valid_up_to()).and_then(|b| core::str::from_utf8(b).ok()).unwrap_or(""),
    }
}

/// `fmt % args` for str.
pub fn str_percent(rt: &mut Rt, fmt: Value, args: Value) -> Res<Value> {
    let f = this(rt, fmt)?;
    let mut out = TextBuf::new();
    if expand(rt, &mut out, f.bytes(), args, false)? {
        return super::build::finish(rt, out);
    }
    Err(rt.delegate(frozen::str_percent, &[fmt, args]))
}

/// `fmt % args` for bytes.
pub fn bytes_percent(rt: &mut Rt, fmt: Gc<Bytes>, args: Value) -> Res<Value> {
    let mut out = TextBuf::new();
    if expand(rt, &mut out, fmt.bytes(), args, true)? {
        return Ok(bytes::new(&mut rt.heap, out.as_bytes())?.value());
    }
    Err(rt.type_error(message!("unsupported argument for bytes formatting")))
}

/// Writes the expansion; `false` if guest code is needed.
fn expand(rt: &mut Rt, out: &mut TextBuf, fmt: &[u8], args: Value, bytes: bool) -> Res<bool> {
    super::args::charge_scan(rt, fmt.len())?;
    let tuple = args.get::<Tuple>();
    let mut supply = Supply {
        tuple: tuple.as_ref().map(|t| t.items()),
        single: args,
        used: 0,
        mapping: tuple.is_none() && !(bytes && args.get::<Bytes>().is_some()) && is_mapping(rt, args)?,
    };
    let mut at = 0;
    while let Some(n) = next_percent(fmt.get(at..).unwrap_or(&[])) {
        out.push(&rt.heap, fmt.get(at..at + n).unwrap_or(&[]))?;
        at += n + 1;
        if fmt.get(at) == Some(&b'%') {
            out.push(&rt.heap, b"%")?;
            at += 1;
            continue;
        }
        if let Some(len) = quick_one(rt, out, fmt.get(at..).unwrap_or(&[]), &mut supply, bytes)? {
            at += len;
            rt.poll()?;
            continue;
        }
        let conv = parse(rt, fmt, at)?;
        if conv.key.is_some() {
            match keyed(rt, key_at(fmt, at), args, supply.mapping, bytes)? {
                Some(v) => supply = Supply { tuple: None, single: v, used: 0, mapping: true },
                None => return Ok(false),
            }
        }
        let width = match conv.width {
            Count::Star => Some(supply.star(rt, false)?),
            _ => None,
        };
        let precision = match conv.precision {
            Count::Star => Some(supply.star(rt, true)?),
            _ => None,
        };
        let ready = resolve(conv, width, precision, at + conv.len - conv.kind.len_utf8(), bytes);
        let v = supply.next(rt)?;
        if !one(rt, out, &ready, fmt, v, false)? {
            return Ok(false);
        }
        at += conv.len;
        rt.poll()?;
    }
    out.push(&rt.heap, fmt.get(at..).unwrap_or(&[]))?;
    let given = supply.tuple.map_or(1, |t| t.len());
    if supply.used < given && !supply.mapping {
        let what = if bytes { "bytes" } else { "string" };
        return Err(rt.type_error(message!("not all arguments converted during {what} formatting")));
    }
    Ok(true)
}

/// Where the next `%` stands: near, as a rule, which a search made for long texts does not pay for.
#[inline]
fn next_percent(rest: &[u8]) -> Option<usize> {
    let (near, far) = rest.split_at(rest.len().min(24));
    near.iter().position(|&b| b == b'%').or_else(|| memchr::memchr(b'%', far).map(|i| near.len() + i))
}

/// Writes a common conversion, which `rest` begins with; its length in the format, or `None` (nothing written).
#[inline]
fn quick_one(
    rt: &mut Rt,
    out: &mut TextBuf,
    rest: &[u8],
    supply: &mut Supply,
    bytes: bool,
) -> Res<Option<usize>> {
    let Some(q) = Quick::parse(rest) else { return Ok(None) };
    let v = match supply.tuple {
        Some(t) => t.get(supply.used).copied(),
        None => (supply.used == 0).then_some(supply.single),
    };
    let Some(v) = v else { return Ok(None) };
    let text = match q.kind {
        b'd' | b'x' if v.is_int() => quick::int(v.int_unchecked(), &q),
        b'f' if v.is_float() => quick::fixed(v.float_unchecked(), &q),
        b's' if !bytes && !q.zero && q.precision.is_none() => match v.exact::<Str>() {
            Some(s) if q.width <= s.len() => {
                out.push(&rt.heap, s.bytes())?;
                supply.used += 1;
                return Ok(Some(q.len));
            }
            None if v.is_int() => quick::int(v.int_unchecked(), &Quick { kind: b'd', ..q }),
            _ => None,
        },
        _ => None,
    };
    let Some(text) = text else { return Ok(None) };
    out.push(&rt.heap, text.bytes())?;
    supply.used += 1;
    Ok(Some(q.len))
}

/// Fills in the widths given by arguments.
fn resolve(conv: Conversion, width: Option<i64>, precision: Option<i64>, index: usize, bytes: bool) -> Ready {
    let mut conv = conv;
    let given = |c: Count, star: Option<i64>| match (c, star) {
        (Count::Value(n), _) => Some(n),
        (Count::Star, Some(n)) => Some(int::count(n)),
        _ => None,
    };
    let mut w = given(conv.width, width).unwrap_or(0);
    let precision = given(conv.precision, precision);
    if let (Count::Star, Some(n)) = (conv.width, width)
        && n < 0
    {
        conv.flags.left = true;
        w = int::count(n.saturating_neg());
    }
    Ready { conv, width: w, precision, index, bytes }
}

/// Whether `%(key)s` may look in `v`, and unused arguments are no error.
fn is_mapping(rt: &mut Rt, v: Value) -> Res<bool> {
    if v.get::<Str>().is_some() || v.get::<Tuple>().is_some() {
        return Ok(false);
    }
    Ok(v.get::<Dict>().is_some() || (v.is_ptr() && has_special(rt, v, Name::__getitem__)?))
}

/// The argument under a key; `None` if guest code has to look.
fn keyed(rt: &mut Rt, key: &[u8], args: Value, mapping: bool, bytes: bool) -> Res<Option<Value>> {
    if !mapping {
        return Err(rt.type_error(message!("format requires a mapping")));
    }
    let Some(d) = args.exact::<Dict>() else { return Ok(None) };
    if bytes {
        let key = bytes::new(&mut rt.heap, key)?.value();
        let Some(h) = rt.hash(key)? else { return Ok(None) };
        let found = d.find(&rt.heap, h, key);
        return match found {
            crate::object::dict::Probe::Found(i) => Ok(d.entry(i).map(|e| e.value)),
            _ => Err(rt.key_error(key)),
        };
    }
    let key = rt.new_str_bytes(key)?;
    match rt.dict_get_str(d, key) {
        Some(v) => Ok(Some(v)),
        None => Err(rt.key_error(key)),
    }
}

/// Writes one conversion; `false` (nothing written) if guest code is needed. `converted`: the argument went through
/// `str()` or its like already.
fn one(rt: &mut Rt, out: &mut TextBuf, r: &Ready, fmt: &[u8], v: Value, converted: bool) -> Res<bool> {
    let as_text = |rt: &mut Rt, text: fn(&mut Rt, Value) -> Res<Value>| match text(rt, v) {
        Ok(v) => Ok(Some(v)),
        Err(e) if rt.caught(e, ExitKind::Call) => Ok(None),
        Err(e) => Err(e),
    };
    let text = match r.conv.kind {
        'b' if r.bytes => bytes_like(rt, v).map(Some),
        's' if r.bytes => bytes_like(rt, v).map(Some),
        's' | 'r' | 'a' if converted => Ok(Some(v)),
        's' => as_text(rt, Rt::str),
        'r' if !r.bytes => as_text(rt, Rt::repr),
        'r' | 'a' => match as_text(rt, Rt::repr)? {
            Some(t) => escape_non_ascii(rt, t).map(Some),
            None => Ok(None),
        },
        'c' => return character(rt, out, r, v, converted),
        'd' | 'i' | 'u' | 'x' | 'X' | 'o' => return integer(rt, out, r, v, converted),
        'e' | 'E' | 'f' | 'F' | 'g' | 'G' => return floating(rt, out, r, v, converted),
        _ => return Err(unsupported(rt, r, fmt)),
    };
    let Some(text) = text? else { return Ok(false) };
    let body = if text.get::<Bytes>().is_some() { None } else { Some(bytes_of(&text)) };
    match (body, text.get::<Bytes>()) {
        (_, Some(b)) => lay_out(rt, out, r, b.bytes()),
        (Some(b), None) => lay_out(rt, out, r, b),
        _ => Ok(true),
    }
}

/// Writes text cut to the precision and padded to the width.
fn lay_out(rt: &mut Rt, out: &mut TextBuf, r: &Ready, text: &[u8]) -> Res<bool> {
    if r.width == 0 && r.precision.is_none() {
        out.push(&rt.heap, text)?;
        return Ok(true);
    }
    let (mut end, mut chars) = (text.len(), text.len());
    if !r.bytes {
        chars = crate::object::string::count_chars(text);
    }
    if let Some(p) = r.precision
        && p < chars
    {
        end = match r.bytes {
            true => p,
            false => crate::object::string::code_points(text).nth(p).map_or(text.len(), |(i, _)| i),
        };
        chars = p;
    }
    let (before, after) = percent::text_padding(r.conv.flags, r.width, chars);
    super::pad::push_blanks(rt, out, before)?;
    out.push(&rt.heap, text.get(..end).unwrap_or(text))?;
    super::pad::push_blanks(rt, out, after)?;
    Ok(true)
}

fn bytes_like(rt: &mut Rt, v: Value) -> Res<Value> {
    if v.get::<Bytes>().is_some() {
        return Ok(v);
    }
    let name = rt.type_name(v);
    Err(rt.type_error(message!(
        "%b requires a bytes-like object, or an object that implements __bytes__, not '{name}'"
    )))
}

fn character(rt: &mut Rt, out: &mut TextBuf, r: &Ready, v: Value, converted: bool) -> Res<bool> {
    let limit = if r.bytes { 256 } else { 0x110000 };
    let mut one = TextBuf::new();
    if let Some(i) = int::get(v) {
        match i {
            int::IntRef::Small(c @ 0..0x110000) if c < limit => match r.bytes {
                true => one.push(&rt.heap, &[c as u8])?,
                false => push_point(rt, &mut one, c as u32)?,
            },
            _ => {
                let range = if r.bytes { "range(256)" } else { "range(0x110000)" };
                return Err(rt.overflow_error(message!("%c arg not in {range}")));
            }
        }
    } else if r.bytes {
        let name = rt.type_name(v);
        match v.get::<Bytes>() {
            Some(b) if b.len() == 1 => one.push(&rt.heap, b.bytes())?,
            Some(b) => {
                let n = b.len();
                return Err(rt.type_error(message!(
                    "%c requires an integer in range(256) or a single byte, not a bytes object of length {n}"
                )));
            }
            None => {
                return Err(rt.type_error(message!(
                    "%c requires an integer in range(256) or a single byte, not {name}"
                )));
            }
        }
    } else if let Some(s) = v.get::<Str>() {
        let n = s.len();
        if n != 1 {
            return Err(rt.type_error(message!(
                "%c requires an int or a unicode character, not a string of length {n}"
            )));
        }
        one.push(&rt.heap, s.bytes())?;
    } else {
        if !converted && has_special(rt, v, Name::__index__)? {
            return Ok(false);
        }
        let name = rt.type_name(v);
        return Err(rt.type_error(message!("%c requires an int or a unicode character, not {name}")));
    }
    let plain = Ready { precision: None, conv: r.conv, ..*r };
    lay_out(rt, out, &plain, one.as_bytes())
}

/// Turns a kernel's failure into an exit.
pub fn num_error(rt: &mut Rt, e: NumError) -> Exit {
    match e {
        NumError::Interrupted => rt.poll().err().unwrap_or(Exit::NeedGc),
        NumError::Nan => rt.value_error(message!("cannot convert float NaN to integer")),
        NumError::Infinite => rt.overflow_error(message!("cannot convert float infinity to integer")),
        NumError::Overflow | NumError::TooLarge => {
            rt.overflow_error(message!("int too large to convert to float"))
        }
        _ => Exit::NeedGc,
    }
}

fn integer(rt: &mut Rt, out: &mut TextBuf, r: &Ready, v: Value, converted: bool) -> Res<bool> {
    let kind = r.conv.kind;
    let decimal = matches!(kind, 'd' | 'i' | 'u');
    let flag = rt.interrupts().clone();
    let mut poll = || flag.load(core::sync::atomic::Ordering::Relaxed) != 0;
    let budget = (rt.heap.limit().saturating_sub(rt.heap.used())) / 8;
    let mut lim = Limits::new(budget, &mut poll);
    super::build::expect(rt, r.width.saturating_add(r.precision.unwrap_or(0)))?;
    if let Some(i) = int::get(v) {
        let mut limb = [0];
        let n = int::as_num(&i, &mut limb);
        if decimal && crate::num::bigint::bit_length(n.mag) > 14_284 {
            return Err(rt.value_error(message!(
                "Exceeds the limit (4300 digits) for integer string conversion; \
                 use sys.set_int_max_str_digits() to increase the limit"
            )));
        }
        let mut sink = out.sink(&rt.heap);
        let done = percent::format_int(n, kind, r.conv.flags, r.width, r.precision, &mut sink, &mut lim);
        return done.map(|()| true).map_err(|e| num_error(rt, e));
    }
    if let (true, Some(x)) = (decimal, float::get(v)) {
        let n = match crate::num::bigint::from_f64(x, &mut lim) {
            Ok(n) => n,
            Err(e) => return Err(num_error(rt, e)),
        };
        let mut sink = out.sink(&rt.heap);
        let done =
            percent::format_int(n.as_int(), kind, r.conv.flags, r.width, r.precision, &mut sink, &mut lim);
        return done.map(|()| true).map_err(|e| num_error(rt, e));
    }
    if !converted && (has_special(rt, v, Name::__index__)? || (decimal && has_special(rt, v, Name::__int__)?))
    {
        return Ok(false);
    }
    let name = rt.type_name(v);
    let wanted = if decimal { "a real number" } else { "an integer" };
    Err(rt.type_error(message!("%{kind} format: {wanted} is required, not {name}")))
}

fn floating(rt: &mut Rt, out: &mut TextBuf, r: &Ready, v: Value, converted: bool) -> Res<bool> {
    let x = match (float::get(v), int::get(v)) {
        (Some(x), _) => x,
        (None, Some(i)) => {
            let mut limb = [0];
            match crate::num::bigint::to_f64(int::as_num(&i, &mut limb)) {
                Ok(x) => x,
                Err(_) => return Err(num_error(rt, NumError::Overflow)),
            }
        }
        (None, None) => {
            if !converted && (has_special(rt, v, Name::__float__)? || has_special(rt, v, Name::__index__)?) {
                return Ok(false);
            }
            let name = rt.type_name(v);
            let wanted = if r.bytes { "float argument required" } else { "must be real number" };
            return Err(rt.type_error(message!("{wanted}, not {name}")));
        }
    };
    super::build::expect(rt, r.width.saturating_add(r.precision.unwrap_or(0)))?;
    let mut sink = out.sink(&rt.heap);
    let done = percent::format_float(x, r.conv.kind, r.conv.flags, r.width, r.precision, &mut sink);
    done.map(|()| true).map_err(|e| num_error(rt, e))
}

#[cold]
fn unsupported(rt: &mut Rt, r: &Ready, fmt: &[u8]) -> Exit {
    let before = fmt.get(..r.index).unwrap_or(fmt);
    let index = if r.bytes { r.index } else { crate::object::string::count_chars(before) };
    let mut text = TextBuf::new();
    let kind = char::from_u32(decode(fmt, r.index).0).unwrap_or(r.conv.kind);
    if percent::write_unsupported(kind, index, &mut text.sink(&rt.heap)).is_err() {
        return Exit::NeedGc;
    }
    match rt.finish_text(text) {
        Ok(m) => rt.raise_with(exc::ValueError, &[m]),
        Err(e) => e,
    }
}

/// `_percent_next(fmt, at)`: `(literal, key, stars, kind, at, next)`; `kind` is None at the end.
fn intrinsic_next(rt: &mut Rt, a: Args) -> Res<Value> {
    let f = this(rt, a.at(0))?;
    let fmt = f.bytes();
    let mut at = usize::try_from(a.at(1).as_int().unwrap_or(0)).unwrap_or(0);
    let mut literal = TextBuf::new();
    while let Some(n) = memchr::memchr(b'%', fmt.get(at..).unwrap_or(&[])) {
        literal.push(&rt.heap, fmt.get(at..at + n).unwrap_or(&[]))?;
        at += n + 1;
        if fmt.get(at) == Some(&b'%') {
            literal.push(&rt.heap, b"%")?;
            at += 1;
            continue;
        }
        let conv = parse(rt, fmt, at)?;
        let literal = rt.finish_text(literal)?;
        let key = match conv.key {
            Some(_) => rt.new_str_bytes(key_at(fmt, at))?,
            None => Value::NONE,
        };
        let stars = (conv.width == Count::Star) as i64 + (conv.precision == Count::Star) as i64;
        let kind = rt.char_str(conv.kind)?;
        let next = Value::int((at + conv.len) as i64);
        return rt.new_tuple(&[literal, key, Value::int(stars), kind, Value::int(at as i64), next]);
    }
    literal.push(&rt.heap, fmt.get(at..).unwrap_or(&[]))?;
    let literal = rt.finish_text(literal)?;
    let end = Value::int(fmt.len() as i64);
    rt.new_tuple(&[literal, Value::NONE, Value::ZERO, Value::NONE, end, end])
}

/// `_percent_one(fmt, at, value, stars, missing)`: the text of one conversion.
fn intrinsic_one(rt: &mut Rt, a: Args) -> Res<Value> {
    let f = this(rt, a.at(0))?;
    let at = usize::try_from(a.at(1).as_int().unwrap_or(0)).unwrap_or(0);
    let conv = parse(rt, f.bytes(), at)?;
    let stars = a.at(3).get::<crate::object::List>();
    let mut stars = stars.as_ref().map_or(&[][..], |l| l.items()).iter();
    let mut star = |rt: &mut Rt, c: Count, c_int: bool| match (c, stars.next()) {
        (Count::Star, Some(v)) => star_value(rt, *v, c_int).map(Some),
        (Count::Star, None) => Err(not_enough(rt)),
        _ => Ok(None),
    };
    let width = if conv.width == Count::Star { star(rt, conv.width, false)? } else { None };
    let precision = if conv.precision == Count::Star { star(rt, conv.precision, true)? } else { None };
    if a.at(4) == Value::TRUE {
        return Err(not_enough(rt));
    }
    let r = resolve(conv, width, precision, at + conv.len - conv.kind.len_utf8(), false);
    let mut out = TextBuf::new();
    one(rt, &mut out, &r, f.bytes(), a.at(2), true)?;
    super::build::finish(rt, out)
}

/// `_percent_is_mapping(v)`.
fn intrinsic_is_mapping(rt: &mut Rt, a: Args) -> Res<Value> {
    Ok(Value::bool(is_mapping(rt, a.at(0))?))
}
