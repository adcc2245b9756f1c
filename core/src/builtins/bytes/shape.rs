//! Case, character tests, padding, hexadecimal and translation of bytes.

use super::split::is_space;
use super::{like, make, part, this};
use crate::builtins::str::args::{self, bad_name, charge_scan};
use crate::builtins::str::case::swap_ascii;
use crate::builtins::str::pad::{center_left, expand_into, zfill_signed};
use crate::builtins::str::repr::hex_digit;
use crate::exit::{Exit, Res};
use crate::heap::Gc;
use crate::interp::text::TextBuf;
use crate::interp::{Args, Rt};
use crate::object::{Bytes, Str, bytes, kind};
use crate::value::Value;

fn map(rt: &mut Rt, a: Args, mut step: impl FnMut(u8) -> u8) -> Res<Value> {
    let b = this(rt, a.at(0))?;
    let made = bytes::build(&mut rt.heap, b.len(), |out| {
        for (dst, &c) in out.iter_mut().zip(b.bytes()) {
            *dst = step(c);
        }
    })?;
    Ok(made.value())
}

pub(super) fn upper(rt: &mut Rt, a: Args) -> Res<Value> {
    map(rt, a, |c| c.to_ascii_uppercase())
}
pub(super) fn lower(rt: &mut Rt, a: Args) -> Res<Value> {
    map(rt, a, |c| c.to_ascii_lowercase())
}
pub(super) fn swapcase(rt: &mut Rt, a: Args) -> Res<Value> {
    map(rt, a, swap_ascii)
}
pub(super) fn title(rt: &mut Rt, a: Args) -> Res<Value> {
    let mut inside = false;
    map(rt, a, |c| {
        let mapped = if inside { c.to_ascii_lowercase() } else { c.to_ascii_uppercase() };
        inside = c.is_ascii_alphabetic();
        mapped
    })
}
pub(super) fn capitalize(rt: &mut Rt, a: Args) -> Res<Value> {
    let mut first = true;
    map(rt, a, |c| {
        let mapped = if first { c.to_ascii_uppercase() } else { c.to_ascii_lowercase() };
        first = false;
        mapped
    })
}

fn all(rt: &mut Rt, a: Args, test: fn(u8) -> bool) -> Res<Value> {
    let b = this(rt, a.at(0))?;
    charge_scan(rt, b.len())?;
    Ok(Value::bool(!b.is_empty() && b.bytes().iter().all(|&c| test(c))))
}
pub(super) fn isalpha(rt: &mut Rt, a: Args) -> Res<Value> {
    all(rt, a, |c| c.is_ascii_alphabetic())
}
pub(super) fn isalnum(rt: &mut Rt, a: Args) -> Res<Value> {
    all(rt, a, |c| c.is_ascii_alphanumeric())
}
pub(super) fn isdigit(rt: &mut Rt, a: Args) -> Res<Value> {
    all(rt, a, |c| c.is_ascii_digit())
}
pub(super) fn isspace(rt: &mut Rt, a: Args) -> Res<Value> {
    all(rt, a, is_space)
}
pub(super) fn isascii(rt: &mut Rt, a: Args) -> Res<Value> {
    Ok(Value::bool(this(rt, a.at(0))?.bytes().is_ascii()))
}
pub(super) fn islower(rt: &mut Rt, a: Args) -> Res<Value> {
    let b = this(rt, a.at(0))?;
    charge_scan(rt, b.len())?;
    let upper = b.bytes().iter().any(u8::is_ascii_uppercase);
    Ok(Value::bool(!upper && b.bytes().iter().any(u8::is_ascii_lowercase)))
}
pub(super) fn isupper(rt: &mut Rt, a: Args) -> Res<Value> {
    let b = this(rt, a.at(0))?;
    charge_scan(rt, b.len())?;
    let lower = b.bytes().iter().any(u8::is_ascii_lowercase);
    Ok(Value::bool(!lower && b.bytes().iter().any(u8::is_ascii_uppercase)))
}
pub(super) fn istitle(rt: &mut Rt, a: Args) -> Res<Value> {
    let b = this(rt, a.at(0))?;
    charge_scan(rt, b.len())?;
    let (mut any, mut inside) = (false, false);
    for c in b.bytes() {
        if (c.is_ascii_uppercase() && inside) || (c.is_ascii_lowercase() && !inside) {
            return Ok(Value::FALSE);
        }
        inside = c.is_ascii_alphabetic();
        any |= inside;
    }
    Ok(Value::bool(any))
}

fn pad(rt: &mut Rt, b: Gc<Bytes>, left: usize, right: usize, fill: u8) -> Res<Value> {
    if left == 0 && right == 0 {
        return part(rt, b, 0, b.len());
    }
    let total = left.checked_add(right).and_then(|n| n.checked_add(b.len())).ok_or(Exit::NeedGc)?;
    let made = bytes::build(&mut rt.heap, total, |out| {
        out.fill(fill);
        if let Some(dst) = out.get_mut(left..left + b.len()) {
            dst.copy_from_slice(b.bytes());
        }
    })?;
    Ok(made.value())
}

fn pad_args(rt: &mut Rt, a: Args, function: &str) -> Res<(Gc<Bytes>, usize, u8)> {
    let b = this(rt, a.at(0))?;
    let width = crate::object::int::count(args::size(rt, a, 1, 0)?);
    let fill = match a.opt(2) {
        None => b' ',
        Some(v) => match v.get::<Bytes>().as_ref().map(|f| f.bytes()) {
            Some([one]) => *one,
            Some(many) => {
                let n = many.len();
                return Err(rt.type_error(message!(
                    "{function}(): argument 2 must be a byte string of length 1, \
                     not a bytes object of length {n}"
                )));
            }
            None => {
                let name = bad_name(rt, v);
                return Err(rt.type_error(message!(
                    "{function}() argument 2 must be a byte string of length 1, not {name}"
                )));
            }
        },
    };
    Ok((b, width.saturating_sub(b.len()), fill))
}

pub(super) fn ljust(rt: &mut Rt, a: Args) -> Res<Value> {
    let (b, n, fill) = pad_args(rt, a, "ljust")?;
    pad(rt, b, 0, n, fill)
}
pub(super) fn rjust(rt: &mut Rt, a: Args) -> Res<Value> {
    let (b, n, fill) = pad_args(rt, a, "rjust")?;
    pad(rt, b, n, 0, fill)
}
pub(super) fn center(rt: &mut Rt, a: Args) -> Res<Value> {
    let (b, n, fill) = pad_args(rt, a, "center")?;
    let left = center_left(n, b.len() + n);
    pad(rt, b, left, n - left, fill)
}
pub(super) fn zfill(rt: &mut Rt, a: Args) -> Res<Value> {
    let b = this(rt, a.at(0))?;
    let width = crate::object::int::count(args::size(rt, a, 1, 0)?);
    let missing = width.saturating_sub(b.len());
    if missing == 0 || !matches!(b.bytes().first(), Some(b'+' | b'-')) {
        return pad(rt, b, missing, 0, b'0');
    }
    Ok(bytes::build(&mut rt.heap, width, |out| zfill_signed(out, b.bytes()))?.value())
}
pub(super) fn expandtabs(rt: &mut Rt, a: Args) -> Res<Value> {
    let b = this(rt, a.at(0))?;
    let size = args::size(rt, a, 1, 8)?;
    let mut out = TextBuf::new();
    match expand_into(rt, &mut out, b.bytes(), size)? {
        true => make(rt, out.as_bytes()),
        false => part(rt, b, 0, b.len()),
    }
}

/// `b.hex(sep, bytes_per_sep)`.
pub(super) fn hex(rt: &mut Rt, a: Args) -> Res<Value> {
    let b = this(rt, a.at(0))?;
    let sep = separator(rt, a)?;
    let every = args::size(rt, a, 2, 1)?;
    let size = usize::try_from(every.unsigned_abs()).unwrap_or(usize::MAX);
    let mut out = TextBuf::new();
    for (i, &c) in b.bytes().iter().enumerate() {
        let distance = if every > 0 { b.len() - i } else { i };
        if let (Some(sep), true) = (sep, i > 0 && size > 0)
            && distance % size == 0
        {
            out.push(&rt.heap, &[sep])?;
        }
        out.push(&rt.heap, &[hex_digit(c as u32 >> 4), hex_digit(c as u32)])?;
        if i & 0xfff == 0xfff {
            rt.poll()?;
        }
    }
    rt.finish_text(out)
}

fn separator(rt: &mut Rt, a: Args) -> Res<Option<u8>> {
    let Some(v) = a.opt(1) else { return Ok(None) };
    let (text, bytes) = (v.get::<Str>(), v.get::<Bytes>());
    let (chars, first) = match (&text, &bytes) {
        (Some(s), _) => (s.len(), s.bytes().first()),
        (_, Some(b)) => (b.len(), b.bytes().first()),
        _ => {
            let name = rt.type_name(v);
            return Err(rt.type_error(message!("object of type '{name}' has no len()")));
        }
    };
    match first {
        Some(c) if chars == 1 && c.is_ascii() => Ok(Some(*c)),
        Some(_) if chars == 1 => Err(rt.value_error(message!("sep must be ASCII."))),
        _ => Err(rt.value_error(message!("sep must be length 1."))),
    }
}

/// `bytes.fromhex(string)`.
pub(super) fn fromhex(rt: &mut Rt, a: Args) -> Res<Value> {
    let v = a.at(1);
    let (text, raw) = (v.get::<Str>(), v.get::<Bytes>());
    let input = match (&text, &raw) {
        (Some(s), _) => s.bytes(),
        (_, Some(b)) => b.bytes(),
        _ => {
            let name = rt.type_name(v);
            return Err(rt.type_error(message!("fromhex() argument must be str or bytes-like, not {name}")));
        }
    };
    charge_scan(rt, input.len())?;
    let mut out = TextBuf::new();
    let mut at = 0;
    let digit = |i: usize| input.get(i).and_then(|&c| (c as char).to_digit(16));
    while at < input.len() {
        if input.get(at).is_some_and(|&c| is_space(c)) {
            at += 1;
            continue;
        }
        match (digit(at), digit(at + 1)) {
            (Some(h), Some(l)) => out.push(&rt.heap, &[(h * 16 + l) as u8])?,
            (Some(_), None) if at + 1 == input.len() => {
                return Err(rt.value_error(message!(
                    "fromhex() arg must contain an even number of hexadecimal digits"
                )));
            }
            (high, _) => {
                let bad = if high.is_some() { at + 1 } else { at };
                let bad = crate::object::string::count_chars(input.get(..bad).unwrap_or(&[]));
                return Err(rt.value_error(message!(
                    "non-hexadecimal number found in fromhex() arg at position {bad}"
                )));
            }
        }
        at += 2;
    }
    let made = make(rt, out.as_bytes())?;
    // A subclass is called with the result.
    if a.at(0) == rt.builtin_type(kind::Bytes as u16).value() {
        return Ok(made);
    }
    Err(rt.tail_call(a.at(0), &[made]))
}

/// `b.translate(table, delete=b'')`.
pub(super) fn translate(rt: &mut Rt, a: Args) -> Res<Value> {
    let b = this(rt, a.at(0))?;
    let table = if a.at(1).is_none() { None } else { Some(like(rt, a.at(1))?) };
    if table.is_some_and(|t| t.len() != 256) {
        return Err(rt.value_error(message!("translation table must be 256 characters long")));
    }
    let mut gone = [false; 256];
    if let Some(v) = a.opt(2) {
        for &c in like(rt, v)?.bytes() {
            gone[c as usize] = true;
        }
    }
    charge_scan(rt, b.len())?;
    let mut out = TextBuf::new();
    for (i, &c) in b.bytes().iter().enumerate() {
        if i & 0xffff == 0xffff {
            rt.poll()?;
        }
        if !gone[c as usize] {
            let to = table.as_ref().and_then(|t| t.bytes().get(c as usize).copied()).unwrap_or(c);
            out.push(&rt.heap, &[to])?;
        }
    }
    make(rt, out.as_bytes())
}

/// `bytes.maketrans(frm, to)`.
pub(super) fn maketrans(rt: &mut Rt, a: Args) -> Res<Value> {
    let (from, to) = (like(rt, a.at(0))?, like(rt, a.at(1))?);
    if from.len() != to.len() {
        return Err(rt.value_error(message!("maketrans arguments must have same length")));
    }
    let mut table = [0u8; 256];
    table.iter_mut().enumerate().for_each(|(i, t)| *t = i as u8);
    for (f, t) in from.bytes().iter().zip(to.bytes()) {
        table[*f as usize] = *t;
    }
    make(rt, &table)
}
