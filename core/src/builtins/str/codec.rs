//! Codecs: utf-8, ascii, latin-1, utf-16 and utf-32, with CPython's error handlers and errors.

use super::args::{self, charge_scan, this};
use super::repr::escape;
use super::translate::push_point;
use crate::exit::{Exit, Res};
use crate::heap::Gc;
use crate::interp::text::TextBuf;
use crate::interp::{Args, Rt};
use crate::object::exception::exc;
use crate::object::string::{self, code_points};
use crate::object::{Bytes, Str, bytes};
use crate::value::Value;

/// A codec; `Some(true)` means big-endian, `None` little-endian with a byte order mark.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
enum Codec {
    Utf8,
    Utf8Sig,
    Ascii,
    Latin1,
    Utf16(Option<bool>),
    Utf32(Option<bool>),
}

impl Codec {
    fn of(name: &[u8]) -> Option<Codec> {
        let mut folded = [0u8; 24];
        let slot = folded.get_mut(..name.len())?;
        for (dst, &b) in slot.iter_mut().zip(name) {
            *dst = if b == b'_' || b == b' ' { b'-' } else { b.to_ascii_lowercase() };
        }
        Some(match &*slot {
            b"utf-8" | b"utf8" | b"u8" | b"utf" | b"cp65001" => Codec::Utf8,
            b"utf-8-sig" => Codec::Utf8Sig,
            b"ascii" | b"us-ascii" | b"646" | b"ansi-x3.4-1968" | b"iso646-us" => Codec::Ascii,
            b"latin-1" | b"latin1" | b"latin" | b"l1" | b"iso-8859-1" | b"iso8859-1" | b"8859" | b"cp819"
            | b"iso-8859-1-1" => Codec::Latin1,
            b"utf-16" | b"utf16" | b"u16" => Codec::Utf16(None),
            b"utf-16-le" | b"utf-16le" | b"utf16-le" => Codec::Utf16(Some(false)),
            b"utf-16-be" | b"utf-16be" | b"utf16-be" => Codec::Utf16(Some(true)),
            b"utf-32" | b"utf32" | b"u32" => Codec::Utf32(None),
            b"utf-32-le" | b"utf-32le" | b"utf32-le" => Codec::Utf32(Some(false)),
            b"utf-32-be" | b"utf-32be" | b"utf32-be" => Codec::Utf32(Some(true)),
            _ => return None,
        })
    }
    /// As errors show it; decoders name the byte order they found.
    fn name(self) -> &'static str {
        match self {
            Codec::Utf8 | Codec::Utf8Sig => "utf-8",
            Codec::Ascii => "ascii",
            Codec::Latin1 => "latin-1",
            Codec::Utf16(None) => "utf-16",
            Codec::Utf16(Some(false)) => "utf-16-le",
            Codec::Utf16(Some(true)) => "utf-16-be",
            Codec::Utf32(None) => "utf-32",
            Codec::Utf32(Some(false)) => "utf-32-le",
            Codec::Utf32(Some(true)) => "utf-32-be",
        }
    }
}

#[derive(Clone, Copy, PartialEq, Eq, Debug)]
enum Handler {
    Strict,
    Ignore,
    Replace,
    Backslash,
    Xml,
    SurrogateEscape,
    SurrogatePass,
    Unknown,
}

impl Handler {
    fn of(name: Option<Gc<Str>>) -> Handler {
        match name.as_ref().map(|n| n.bytes()) {
            None | Some(b"strict") => Handler::Strict,
            Some(b"ignore") => Handler::Ignore,
            Some(b"replace") => Handler::Replace,
            Some(b"backslashreplace") => Handler::Backslash,
            Some(b"xmlcharrefreplace") => Handler::Xml,
            Some(b"surrogateescape") => Handler::SurrogateEscape,
            Some(b"surrogatepass") => Handler::SurrogatePass,
            Some(_) => Handler::Unknown,
        }
    }
}

fn find(rt: &mut Rt, encoding: Option<Gc<Str>>) -> Res<Codec> {
    let Some(name) = encoding else { return Ok(Codec::Utf8) };
    match Codec::of(name.bytes()) {
        Some(c) => Ok(c),
        None => {
            let name = name.lossy();
            Err(rt.raise(exc::LookupError, message!("unknown encoding: {name}")))
        }
    }
}

#[cold]
fn unknown_handler(rt: &mut Rt, errors: Option<Gc<Str>>) -> Exit {
    let name = errors.as_ref().map_or("", |n| n.lossy());
    rt.raise(exc::LookupError, message!("unknown error handler name '{name}'"))
}

/// What is wrong with a stretch of the input.
struct Fault {
    start: usize,
    end: usize,
    reason: &'static str,
}

/// A conversion under way.
struct Work {
    /// The object being converted.
    source: Value,
    codec: Codec,
    handler: Handler,
    errors: Option<Gc<Str>>,
    out: TextBuf,
}

impl Work {
    #[cold]
    fn raise(&self, rt: &mut Rt, number: u16, f: &Fault) -> Exit {
        let made = (|| {
            let name = rt.new_str(self.codec.name())?;
            let reason = rt.new_str(f.reason)?;
            Ok((name, reason))
        })();
        match made {
            Ok((name, reason)) => {
                let (start, end) = (Value::int(f.start as i64), Value::int(f.end as i64));
                rt.raise_with(number, &[name, self.source, start, end, reason])
            }
            Err(e) => e,
        }
    }

    /// Handles undecodable bytes; returns where to go on.
    fn undecodable(&mut self, rt: &mut Rt, input: &[u8], f: Fault) -> Res<usize> {
        let bad = input.get(f.start..f.end).unwrap_or(&[]);
        match self.handler {
            Handler::Ignore => {}
            Handler::Replace => self.out.push_char(&rt.heap, '\u{fffd}')?,
            Handler::Backslash => {
                for &b in bad {
                    let (text, n) = escape(b as u32);
                    self.out.push(&rt.heap, text.get(..n).unwrap_or(&[]))?;
                }
            }
            Handler::SurrogateEscape => {
                let n = bad.iter().take_while(|&&b| b >= 0x80).count();
                if n == 0 {
                    return Err(self.raise(rt, exc::UnicodeDecodeError, &f));
                }
                for &b in bad.iter().take(n) {
                    push_point(rt, &mut self.out, 0xdc00 + b as u32)?;
                }
                return Ok(f.start + n);
            }
            Handler::SurrogatePass => return self.pass_surrogate(rt, input, f),
            Handler::Xml => {
                return Err(
                    rt.type_error(message!("don't know how to handle UnicodeDecodeError in error callback"))
                );
            }
            Handler::Unknown => return Err(unknown_handler(rt, self.errors)),
            Handler::Strict => return Err(self.raise(rt, exc::UnicodeDecodeError, &f)),
        }
        Ok(f.end)
    }

    fn pass_surrogate(&mut self, rt: &mut Rt, input: &[u8], f: Fault) -> Res<usize> {
        let rest = input.get(f.start..).unwrap_or(&[]);
        let found = match (self.codec, rest) {
            (Codec::Utf8 | Codec::Utf8Sig, [0xed, 0xa0..=0xbf, 0x80..=0xbf, ..]) => {
                Some((string::decode(rest, 0).0, 3))
            }
            (Codec::Utf16(order), [_, _, ..]) => Some((unit16(rest, order == Some(true)), 2)),
            (Codec::Utf32(order), [_, _, _, _, ..]) => Some((unit32(rest, order == Some(true)), 4)),
            _ => None,
        };
        match found {
            Some((c, n)) if (0xd800..0xe000).contains(&c) => {
                push_point(rt, &mut self.out, c)?;
                Ok(f.start + n)
            }
            _ => Err(self.raise(rt, exc::UnicodeDecodeError, &f)),
        }
    }
}

/// The bytes object `v` as text.
pub fn decode(rt: &mut Rt, v: Value, encoding: Option<Gc<Str>>, errors: Option<Gc<Str>>) -> Res<Value> {
    let Some(b) = v.get::<Bytes>() else { return Ok(v) };
    let codec = find(rt, encoding)?;
    let input = b.bytes();
    charge_scan(rt, input.len())?;
    if matches!(codec, Codec::Utf8 | Codec::Ascii | Codec::Latin1) && input.is_ascii() {
        return rt.new_str_bytes(input);
    }
    let mut w = Work { source: v, codec, handler: Handler::of(errors), errors, out: TextBuf::new() };
    match codec {
        Codec::Utf8 => decode_utf8(rt, &mut w, input, 0)?,
        Codec::Utf8Sig => {
            let skip = if input.starts_with(b"\xef\xbb\xbf") { 3 } else { 0 };
            decode_utf8(rt, &mut w, input, skip)?;
        }
        Codec::Ascii => decode_ascii(rt, &mut w, input)?,
        Codec::Latin1 => {
            for &b in input {
                w.out.push_char(&rt.heap, b as char)?;
            }
        }
        Codec::Utf16(order) => {
            let (order, skip) = byte_order(order, input, b"\xff\xfe", b"\xfe\xff");
            w.codec = Codec::Utf16(Some(order));
            decode_utf16(rt, &mut w, input, skip, order)?;
        }
        Codec::Utf32(order) => {
            let (order, skip) = byte_order(order, input, b"\xff\xfe\0\0", b"\0\0\xfe\xff");
            w.codec = Codec::Utf32(Some(order));
            decode_utf32(rt, &mut w, input, skip, order)?;
        }
    }
    super::build::finish(rt, w.out)
}

/// Byte order (big-endian?) and length of the mark that says so.
fn byte_order(order: Option<bool>, input: &[u8], little: &[u8], big: &[u8]) -> (bool, usize) {
    match order {
        Some(order) => (order, 0),
        None if input.starts_with(little) => (false, little.len()),
        None if input.starts_with(big) => (true, big.len()),
        None => (false, 0),
    }
}

fn decode_utf8(rt: &mut Rt, w: &mut Work, input: &[u8], mut at: usize) -> Res<()> {
    // A short look first: after an error, the rest is not validated as a whole again and again.
    let mut window = usize::MAX;
    while at < input.len() {
        let end = at.saturating_add(window).min(input.len());
        let part = input.get(at..end).unwrap_or(&[]);
        let e = match core::str::from_utf8(part) {
            Ok(_) => {
                w.out.push(&rt.heap, part)?;
                at = end;
                continue;
            }
            Err(e) => e,
        };
        w.out.push(&rt.heap, part.get(..e.valid_up_to()).unwrap_or(&[]))?;
        at += e.valid_up_to();
        window = 256;
        let fault = match e.error_len() {
            None if end < input.len() => {
                // Cut by the window, not by the end of the input.
                if e.valid_up_to() == 0 {
                    window = 512;
                }
                continue;
            }
            None => Fault { start: at, end: input.len(), reason: "unexpected end of data" },
            Some(n) => {
                let lead = input.get(at).copied().unwrap_or(0);
                let reason = if matches!(lead, 0xc2..=0xf4) {
                    "invalid continuation byte"
                } else {
                    "invalid start byte"
                };
                Fault { start: at, end: at + n, reason }
            }
        };
        at = w.undecodable(rt, input, fault)?;
        rt.poll()?;
    }
    Ok(())
}

fn decode_ascii(rt: &mut Rt, w: &mut Work, input: &[u8]) -> Res<()> {
    let mut at = 0;
    while at < input.len() {
        let rest = input.get(at..).unwrap_or(&[]);
        let n = rest.iter().position(|b| !b.is_ascii()).unwrap_or(rest.len());
        w.out.push(&rt.heap, rest.get(..n).unwrap_or(&[]))?;
        at += n;
        if at < input.len() {
            let f = Fault { start: at, end: at + 1, reason: "ordinal not in range(128)" };
            at = w.undecodable(rt, input, f)?;
        }
    }
    Ok(())
}

fn unit16(b: &[u8], big: bool) -> u32 {
    let two = b.get(..2).and_then(|b| b.try_into().ok()).unwrap_or([0; 2]);
    if big { u16::from_be_bytes(two) as u32 } else { u16::from_le_bytes(two) as u32 }
}

fn unit32(b: &[u8], big: bool) -> u32 {
    let four = b.get(..4).and_then(|b| b.try_into().ok()).unwrap_or([0; 4]);
    if big { u32::from_be_bytes(four) } else { u32::from_le_bytes(four) }
}

fn decode_utf16(rt: &mut Rt, w: &mut Work, input: &[u8], mut at: usize, big: bool) -> Res<()> {
    while at < input.len() {
        let rest = input.get(at..).unwrap_or(&[]);
        let fault = |n: usize, reason| Fault { start: at, end: at + n, reason };
        let problem = if rest.len() < 2 {
            fault(1, "truncated data")
        } else {
            let c = unit16(rest, big);
            let next = unit16(rest.get(2..).unwrap_or(&[]), big);
            match c {
                0xd800..0xdc00 if rest.len() < 4 => fault(rest.len(), "unexpected end of data"),
                0xd800..0xdc00 if (0xdc00..0xe000).contains(&next) => {
                    let c = 0x10000 + ((c - 0xd800) << 10) + (next - 0xdc00);
                    push_point(rt, &mut w.out, c)?;
                    at += 4;
                    continue;
                }
                0xd800..0xdc00 => fault(2, "illegal UTF-16 surrogate"),
                0xdc00..0xe000 => fault(2, "illegal encoding"),
                _ => {
                    push_point(rt, &mut w.out, c)?;
                    at += 2;
                    continue;
                }
            }
        };
        at = w.undecodable(rt, input, problem)?;
        rt.poll()?;
    }
    Ok(())
}

fn decode_utf32(rt: &mut Rt, w: &mut Work, input: &[u8], mut at: usize, big: bool) -> Res<()> {
    while at < input.len() {
        let rest = input.get(at..).unwrap_or(&[]);
        let problem = if rest.len() < 4 {
            Fault { start: at, end: input.len(), reason: "truncated data" }
        } else {
            let reason = match unit32(rest, big) {
                0xd800..0xe000 => "code point in surrogate code point range(0xd800, 0xe000)",
                0x110000.. => "code point not in range(0x110000)",
                c => {
                    push_point(rt, &mut w.out, c)?;
                    at += 4;
                    continue;
                }
            };
            Fault { start: at, end: at + 4, reason }
        };
        at = w.undecodable(rt, input, problem)?;
        rt.poll()?;
    }
    Ok(())
}

/// `s.encode(encoding, errors)`.
pub fn encode_method(rt: &mut Rt, a: Args) -> Res<Value> {
    let s = this(rt, a.at(0))?;
    let (encoding, errors) = args::codec_names(rt, a, 1, "encode")?;
    encode(rt, s, encoding, errors)
}

/// The text as a bytes object.
pub fn encode(rt: &mut Rt, s: Gc<Str>, encoding: Option<Gc<Str>>, errors: Option<Gc<Str>>) -> Res<Value> {
    let codec = find(rt, encoding)?;
    charge_scan(rt, s.bytes().len())?;
    let same = match codec {
        Codec::Utf8 => s.is_ascii() || core::str::from_utf8(s.bytes()).is_ok(),
        Codec::Ascii | Codec::Latin1 => s.is_ascii(),
        _ => false,
    };
    if same {
        return Ok(bytes::new(&mut rt.heap, s.bytes())?.value());
    }
    let mut w = Work { source: s.value(), codec, handler: Handler::of(errors), errors, out: TextBuf::new() };
    match codec {
        Codec::Utf8Sig => w.out.push(&rt.heap, b"\xef\xbb\xbf")?,
        Codec::Utf16(None) => w.out.push(&rt.heap, b"\xff\xfe")?,
        Codec::Utf32(None) => w.out.push(&rt.heap, b"\xff\xfe\0\0")?,
        _ => {}
    }
    encode_all(rt, &mut w, s.bytes())?;
    Ok(bytes::new(&mut rt.heap, w.out.as_bytes())?.value())
}

fn encodable(codec: Codec, c: u32) -> bool {
    match codec {
        Codec::Ascii => c < 0x80,
        Codec::Latin1 => c < 0x100,
        _ => !(0xd800..0xe000).contains(&c),
    }
}

fn encode_all(rt: &mut Rt, w: &mut Work, text: &[u8]) -> Res<()> {
    let mut points = code_points(text).map(|(_, c)| c).enumerate().peekable();
    while let Some((i, c)) = points.next() {
        if i & 0xfff == 0xfff {
            rt.poll()?;
        }
        if encodable(w.codec, c) {
            put(rt, w, c)?;
            continue;
        }
        // A run of what cannot be encoded is one error, except for the codecs of whole units.
        let whole = matches!(w.codec, Codec::Utf16(_) | Codec::Utf32(_));
        let (mut c, mut at) = (c, i);
        loop {
            if !replace(rt, w, c)? {
                let mut end = at + 1;
                while !whole && points.next_if(|&(_, c)| !encodable(w.codec, c)).is_some() {
                    end += 1;
                }
                let f = Fault { start: at, end, reason: reason(w.codec) };
                return Err(w.raise(rt, exc::UnicodeEncodeError, &f));
            }
            match points.next_if(|&(_, c)| !whole && !encodable(w.codec, c)) {
                Some((j, next)) => (at, c) = (j, next),
                None => break,
            }
        }
    }
    Ok(())
}

fn reason(codec: Codec) -> &'static str {
    match codec {
        Codec::Ascii => "ordinal not in range(128)",
        Codec::Latin1 => "ordinal not in range(256)",
        _ => "surrogates not allowed",
    }
}

/// Writes one code point that the codec can express, or a surrogate that is passed through.
fn put(rt: &mut Rt, w: &mut Work, c: u32) -> Res<()> {
    match w.codec {
        Codec::Utf8 | Codec::Utf8Sig => push_point(rt, &mut w.out, c),
        Codec::Ascii | Codec::Latin1 => w.out.push(&rt.heap, &[c as u8]),
        Codec::Utf16(order) => {
            let unit = |u: u32| {
                if order == Some(true) { (u as u16).to_be_bytes() } else { (u as u16).to_le_bytes() }
            };
            if c < 0x10000 {
                return w.out.push(&rt.heap, &unit(c));
            }
            let c = c - 0x10000;
            w.out.push(&rt.heap, &unit(0xd800 + (c >> 10)))?;
            w.out.push(&rt.heap, &unit(0xdc00 + (c & 0x3ff)))
        }
        Codec::Utf32(order) => {
            let four = if order == Some(true) { c.to_be_bytes() } else { c.to_le_bytes() };
            w.out.push(&rt.heap, &four)
        }
    }
}

/// Writes what stands for an unencodable code point; `false` if that is an error.
fn replace(rt: &mut Rt, w: &mut Work, c: u32) -> Res<bool> {
    match w.handler {
        Handler::Strict => return Ok(false),
        Handler::Unknown => return Err(unknown_handler(rt, w.errors)),
        Handler::Ignore => {}
        Handler::Replace => put(rt, w, '?' as u32)?,
        Handler::Backslash => {
            let (text, n) = escape(c);
            for &b in text.get(..n).unwrap_or(&[]) {
                put(rt, w, b as u32)?;
            }
        }
        Handler::Xml => {
            put(rt, w, '&' as u32)?;
            put(rt, w, '#' as u32)?;
            let mut scale = 1_000_000;
            while scale > c {
                scale /= 10;
            }
            while scale > 0 {
                put(rt, w, '0' as u32 + c / scale % 10)?;
                scale /= 10;
            }
            put(rt, w, ';' as u32)?;
        }
        Handler::SurrogateEscape => {
            // Only for the codecs of single bytes a lone byte means something.
            let bytewise = !matches!(w.codec, Codec::Utf16(_) | Codec::Utf32(_));
            if !bytewise || !(0xdc80..0xdd00).contains(&c) {
                return Ok(false);
            }
            w.out.push(&rt.heap, &[(c - 0xdc00) as u8])?;
        }
        Handler::SurrogatePass => {
            let wide = !matches!(w.codec, Codec::Ascii | Codec::Latin1);
            if !wide || !(0xd800..0xe000).contains(&c) {
                return Ok(false);
            }
            put(rt, w, c)?;
        }
    }
    Ok(true)
}

/// Which of the Unicode errors.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum UnicodeError {
    /// UnicodeEncodeError: encoding, str, start, end, reason.
    Encode,
    /// UnicodeDecodeError: encoding, bytes, start, end, reason.
    Decode,
    /// UnicodeTranslateError: str, start, end, reason.
    Translate,
}

/// `str()` of a Unicode error with these `args`; `None` if they are not what the class wants.
pub fn unicode_error_text(rt: &mut Rt, which: UnicodeError, args: &[Value]) -> Res<Option<Value>> {
    let (encoding, rest) = match (which, args) {
        (UnicodeError::Translate, rest) => (None, rest),
        (_, [e, rest @ ..]) => (Some(*e), rest),
        _ => return Ok(None),
    };
    let [object, start, end, reason] = *rest else { return Ok(None) };
    let (Some(start), Some(end), Some(reason)) = (start.as_int(), end.as_int(), reason.get::<Str>()) else {
        return Ok(None);
    };
    let mut what = TextBuf::new();
    let one = end == start + 1;
    match (which, object.get::<Str>(), object.get::<Bytes>()) {
        (UnicodeError::Decode, _, Some(b)) => {
            match usize::try_from(start).ok().and_then(|i| b.bytes().get(i).copied()) {
                Some(byte) if one => {
                    let (text, _) = escape(byte as u32);
                    what.push(&rt.heap, b"byte 0")?;
                    what.push(&rt.heap, text.get(1..4).unwrap_or(&[]))?;
                }
                _ => what.push(&rt.heap, b"bytes")?,
            }
        }
        (UnicodeError::Encode | UnicodeError::Translate, Some(s), _) => {
            let inside = usize::try_from(start).is_ok_and(|i| i < s.len());
            if one && inside {
                let at = s.offset(&mut rt.heap, start as usize)?;
                let (text, n) = escape(string::decode(s.bytes(), at).0);
                what.push(&rt.heap, b"character '")?;
                what.push(&rt.heap, text.get(..n).unwrap_or(&[]))?;
                what.push(&rt.heap, b"'")?;
            } else {
                what.push(&rt.heap, b"characters")?;
            }
        }
        _ => return Ok(None),
    }
    let single = !matches!(what.as_bytes(), b"bytes" | b"characters");
    let what = core::str::from_utf8(what.as_bytes()).unwrap_or("");
    let (verb, reason) = (verb(which), reason.lossy());
    let encoding = encoding.and_then(|e| e.get::<Str>());
    let prefix = Quoted(encoding.as_ref().map(|e| e.lossy()));
    let text = if single {
        rt.format_str(format_args!("{prefix}can't {verb} {what} in position {start}: {reason}"))
    } else {
        let last = end.saturating_sub(1);
        rt.format_str(format_args!("{prefix}can't {verb} {what} in position {start}-{last}: {reason}"))
    };
    text.map(Some)
}

fn verb(which: UnicodeError) -> &'static str {
    match which {
        UnicodeError::Encode => "encode",
        UnicodeError::Decode => "decode",
        UnicodeError::Translate => "translate",
    }
}

/// `'name' codec ` or nothing.
struct Quoted<'a>(Option<&'a str>);

impl core::fmt::Display for Quoted<'_> {
    fn fmt(&self, f: &mut core::fmt::Formatter<'_>) -> core::fmt::Result {
        match self.0 {
            Some(name) => write!(f, "'{name}' codec "),
            None => Ok(()),
        }
    }
}
