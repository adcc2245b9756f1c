//! Case mappings and character tests.

use super::args;
use super::chars::{self, Put, WIDE};
use crate::exit::Res;
use crate::heap::Gc;
use crate::interp::text::TextBuf;
use crate::interp::{Args, Rt};
use crate::object::Str;
use crate::object::string::{self, code_points};
use crate::value::Value;

/// Steps between two polls.
const POLL_EVERY: usize = 1 << 12;

/// The receiver. Without tables of characters beyond ASCII it has to be ASCII.
fn this(rt: &mut Rt, v: Value) -> Res<Gc<Str>> {
    let s = args::this(rt, v)?;
    if WIDE || s.is_ascii() { Ok(s) } else { Err(rt.left_out("unicode")) }
}

fn is_ascii(s: &Str) -> bool {
    !WIDE || s.is_ascii()
}

/// Maps each code point, given what is known of the text before it, to any number of them.
fn map(rt: &mut Rt, s: &Str, mut step: impl FnMut(usize, char, Put)) -> Res<Value> {
    rt.charge(s.len() / 8)?;
    let mut out = TextBuf::new();
    for (n, (at, c)) in code_points(s.bytes()).enumerate() {
        if n % POLL_EVERY == POLL_EVERY - 1 {
            rt.poll()?;
        }
        let Some(c) = char::from_u32(c) else {
            out.push(&rt.heap, s.bytes().get(at..at + 3).unwrap_or(&[]))?;
            // A surrogate has no case, but separates words like any other character.
            step(at, '\u{fffd}', &mut |_| {});
            continue;
        };
        let mut pushed = Ok(());
        step(at, c, &mut |m| {
            if pushed.is_ok() {
                pushed = out.push_char(&rt.heap, m);
            }
        });
        pushed?;
    }
    super::build::finish(rt, out)
}

/// Maps an ASCII text byte by byte; one that comes out the same is returned as it is.
fn map_ascii(rt: &mut Rt, v: Value, s: &Str, mut step: impl FnMut(u8) -> u8) -> Res<Value> {
    let bytes = s.bytes();
    if let [b] = *bytes {
        return rt.char_str(step(b) as char);
    }
    if bytes.is_empty() && v.exact::<Str>().is_some() {
        return Ok(v);
    }
    let made = string::build(&mut rt.heap, bytes.len(), bytes.len(), |out| {
        for (dst, &b) in out.iter_mut().zip(bytes) {
            *dst = step(b);
        }
    })?;
    Ok(made.value())
}

/// `s.upper()`.
pub fn upper(rt: &mut Rt, a: Args) -> Res<Value> {
    let s = this(rt, a.at(0))?;
    if is_ascii(&s) {
        return map_ascii(rt, a.at(0), &s, |b| b.to_ascii_uppercase());
    }
    map(rt, &s, |_, c, put| chars::to_upper(c, put))
}
/// `s.lower()`.
pub fn lower(rt: &mut Rt, a: Args) -> Res<Value> {
    let s = this(rt, a.at(0))?;
    if is_ascii(&s) {
        return map_ascii(rt, a.at(0), &s, |b| b.to_ascii_lowercase());
    }
    let bytes = s.bytes();
    map(rt, &s, |at, c, put| lower_at(bytes, at, c, put))
}
/// `s.casefold()`.
pub fn casefold(rt: &mut Rt, a: Args) -> Res<Value> {
    let s = this(rt, a.at(0))?;
    if is_ascii(&s) {
        return map_ascii(rt, a.at(0), &s, |b| b.to_ascii_lowercase());
    }
    map(rt, &s, |_, c, put| chars::to_fold(c, put))
}
/// `s.swapcase()`.
pub fn swapcase(rt: &mut Rt, a: Args) -> Res<Value> {
    let s = this(rt, a.at(0))?;
    if is_ascii(&s) {
        return map_ascii(rt, a.at(0), &s, swap_ascii);
    }
    let bytes = s.bytes();
    map(rt, &s, |at, c, put| {
        if chars::is_upper(c as u32) {
            lower_at(bytes, at, c, put);
        } else if chars::is_lower(c as u32) {
            chars::to_upper(c, put);
        } else {
            put(c);
        }
    })
}
/// The other case of an ASCII letter.
pub fn swap_ascii(b: u8) -> u8 {
    if b.is_ascii_alphabetic() { b ^ 0x20 } else { b }
}
/// `s.title()`.
pub fn title(rt: &mut Rt, a: Args) -> Res<Value> {
    let s = this(rt, a.at(0))?;
    let mut inside = false;
    if is_ascii(&s) {
        return map_ascii(rt, a.at(0), &s, |b| {
            let mapped = if inside { b.to_ascii_lowercase() } else { b.to_ascii_uppercase() };
            inside = b.is_ascii_alphabetic();
            mapped
        });
    }
    let bytes = s.bytes();
    map(rt, &s, |at, c, put| {
        if inside {
            lower_at(bytes, at, c, put)
        } else {
            chars::to_title(c, put)
        }
        inside = chars::is_cased(c as u32);
    })
}
/// `s.capitalize()`.
pub fn capitalize(rt: &mut Rt, a: Args) -> Res<Value> {
    let s = this(rt, a.at(0))?;
    let mut first = true;
    if is_ascii(&s) {
        return map_ascii(rt, a.at(0), &s, |b| {
            let mapped = if first { b.to_ascii_uppercase() } else { b.to_ascii_lowercase() };
            first = false;
            mapped
        });
    }
    let bytes = s.bytes();
    map(rt, &s, |at, c, put| match at {
        0 => chars::to_title(c, put),
        _ => lower_at(bytes, at, c, put),
    })
}

/// Lower case of the character at byte `at`: a capital sigma at the end of a word becomes the final one.
fn lower_at(bytes: &[u8], at: usize, c: char, put: Put) {
    if c != 'Σ' {
        return chars::to_lower(c, put);
    }
    let before = bytes.get(..at).unwrap_or(&[]);
    let after = bytes.get(at + c.len_utf8()..).unwrap_or(&[]);
    let is_final = chars::sigma_neighbour(backwards(before))
        && !chars::sigma_neighbour(code_points(after).map(|(_, c)| c));
    put(if is_final { 'ς' } else { 'σ' });
}

/// Code points from the end to the beginning.
pub fn backwards(bytes: &[u8]) -> impl Iterator<Item = u32> + '_ {
    let mut end = bytes.len();
    core::iter::from_fn(move || {
        let start = bytes.get(..end)?.iter().rposition(|&b| b & 0xc0 != 0x80)?;
        end = start;
        Some(string::decode(bytes, start).0)
    })
}

/// Whether there are characters and all pass.
fn all(rt: &mut Rt, a: Args, test: fn(u32) -> bool) -> Res<Value> {
    let s = this(rt, a.at(0))?;
    if s.is_empty() {
        return Ok(Value::FALSE);
    }
    all_or_none(rt, &s, test)
}

fn all_or_none(rt: &mut Rt, s: &Str, test: fn(u32) -> bool) -> Res<Value> {
    rt.charge(s.len() / 16)?;
    for (n, (_, c)) in code_points(s.bytes()).enumerate() {
        if !test(c) {
            return Ok(Value::FALSE);
        }
        if n % POLL_EVERY == POLL_EVERY - 1 {
            rt.poll()?;
        }
    }
    Ok(Value::TRUE)
}

macro_rules! tests {
    ($($name:ident $test:ident;)*) => { $(
        #[doc = concat!("`s.", stringify!($name), "()`.")]
        pub fn $name(rt: &mut Rt, a: Args) -> Res<Value> {
            all(rt, a, chars::$test)
        }
    )* };
}
tests! {
    isalpha is_alpha;
    isalnum is_alnum;
    isdecimal is_decimal;
    isdigit is_digit;
    isnumeric is_numeric;
    isspace is_space;
}

/// `s.isprintable()`.
pub fn isprintable(rt: &mut Rt, a: Args) -> Res<Value> {
    let s = this(rt, a.at(0))?;
    all_or_none(rt, &s, chars::is_printable)
}
/// `s.isascii()`.
pub fn isascii(rt: &mut Rt, a: Args) -> Res<Value> {
    Ok(Value::bool(args::this(rt, a.at(0))?.is_ascii()))
}
/// `s.isidentifier()`.
pub fn isidentifier(rt: &mut Rt, a: Args) -> Res<Value> {
    let s = this(rt, a.at(0))?;
    match code_points(s.bytes()).next() {
        Some((_, c)) if chars::is_id_start(c) => all_or_none(rt, &s, chars::is_id_continue),
        _ => Ok(Value::FALSE),
    }
}
/// `s.islower()`: there are cased characters, all lower case.
pub fn islower(rt: &mut Rt, a: Args) -> Res<Value> {
    one_case(rt, a, chars::is_lower, |c| chars::is_upper(c) || chars::is_title(c))
}
/// `s.isupper()`: there are cased characters, all upper case.
pub fn isupper(rt: &mut Rt, a: Args) -> Res<Value> {
    one_case(rt, a, chars::is_upper, |c| chars::is_lower(c) || chars::is_title(c))
}

fn one_case(rt: &mut Rt, a: Args, wanted: fn(u32) -> bool, other: fn(u32) -> bool) -> Res<Value> {
    let s = this(rt, a.at(0))?;
    rt.charge(s.len() / 16)?;
    let mut any = false;
    for (n, (_, c)) in code_points(s.bytes()).enumerate() {
        if other(c) {
            return Ok(Value::FALSE);
        }
        any |= wanted(c);
        if n % POLL_EVERY == POLL_EVERY - 1 {
            rt.poll()?;
        }
    }
    Ok(Value::bool(any))
}

/// `s.istitle()`.
pub fn istitle(rt: &mut Rt, a: Args) -> Res<Value> {
    let s = this(rt, a.at(0))?;
    rt.charge(s.len() / 16)?;
    let (mut any, mut inside) = (false, false);
    for (n, (_, c)) in code_points(s.bytes()).enumerate() {
        let capital = chars::is_upper(c) || chars::is_title(c);
        let small = !capital && chars::is_lower(c);
        if (capital && inside) || (small && !inside) {
            return Ok(Value::FALSE);
        }
        inside = capital || small;
        any |= inside;
        if n % POLL_EVERY == POLL_EVERY - 1 {
            rt.poll()?;
        }
    }
    Ok(Value::bool(any))
}
