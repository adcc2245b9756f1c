//! String literal values as WTF-8.
//!
//! The parser replaces surrogate escapes by U+FFFD; literals in which that may have happened are decoded again
//! here. Invariant: what comes out is well-formed WTF-8 (a high surrogate before a low one becomes one character).

use ruff_python_ast::StringLiteral;

/// Concatenates two WTF-8 strings; see [`append`].
pub fn join(a: &[u8], b: &[u8]) -> Vec<u8> {
    let mut out = a.to_vec();
    append(&mut out, b);
    out
}

/// Appends WTF-8 text. Two literal halves of a pair stay two surrogates in CPython; WTF-8 cannot say so, and such
/// a pair becomes the character it encodes.
pub fn append(out: &mut Vec<u8>, b: &[u8]) {
    let n = out.len();
    let high = n >= 3 && out[n - 3] == 0xed && (0xa0..0xb0).contains(&out[n - 2]);
    let low = b.len() >= 3 && b[0] == 0xed && (0xb0..=0xbf).contains(&b[1]);
    if high && low {
        let unit = |s: &[u8]| 0xd000 | (s[1] as u32 & 0x3f) << 6 | (s[2] as u32 & 0x3f);
        let (h, l) = (unit(&out[n - 3..]), unit(b));
        out.truncate(n - 3);
        push(out, 0x1_0000 + ((h & 0x3ff) << 10 | (l & 0x3ff)));
        out.extend_from_slice(&b[3..]);
    } else {
        out.extend_from_slice(b);
    }
}

/// The value of one literal.
pub fn literal(s: &StringLiteral, source: &str) -> Vec<u8> {
    let suspect = s.value.contains('\u{fffd}') && !s.flags.prefix().is_raw();
    let content = source.get(s.content_range().start().to_usize()..s.content_range().end().to_usize());
    match content {
        Some(text) if suspect => again(&s.value, text),
        _ => s.value.as_bytes().to_vec(),
    }
}

/// The value `decoded` of literal text `raw` with the surrogates that became U+FFFD put back.
pub fn again(decoded: &str, raw: &str) -> Vec<u8> {
    let mut replaced = escapes(raw).into_iter();
    let mut out = Vec::new();
    for c in decoded.chars() {
        let code = if c == '\u{fffd}' { replaced.next().unwrap_or(c as u32) } else { c as u32 };
        let mut one = Vec::new();
        push(&mut one, code);
        if code & 0xfc00 == 0xdc00 {
            append(&mut out, &one);
        } else {
            out.append(&mut one);
        }
    }
    out
}

/// The code points, in order, of everything in `raw` that decodes to U+FFFD or a surrogate.
fn escapes(raw: &str) -> Vec<u32> {
    let mut found = Vec::new();
    let mut rest = raw.chars();
    while let Some(c) = rest.next() {
        if c == '\u{fffd}' {
            found.push(c as u32);
        }
        if c != '\\' {
            continue;
        }
        let digits = match rest.next() {
            Some('u') => 4,
            Some('U') => 8,
            _ => continue,
        };
        let text = rest.as_str();
        if let Some(code) = text.get(..digits).and_then(|t| u32::from_str_radix(t, 16).ok())
            && ((0xd800..0xe000).contains(&code) || code == 0xfffd)
        {
            found.push(code);
        }
    }
    found
}

fn push(out: &mut Vec<u8>, code: u32) {
    match char::from_u32(code) {
        Some(c) => out.extend_from_slice(c.encode_utf8(&mut [0; 4]).as_bytes()),
        None => out.extend([0xed, 0x80 | (code >> 6 & 0x3f) as u8, 0x80 | (code & 0x3f) as u8]),
    }
}

/// A docstring with its common indentation removed, as the compiler of CPython 3.13 and later stores it.
pub fn clean_doc(doc: &str) -> String {
    let expanded: Vec<&str> = doc.split('\n').collect();
    let first = expanded.first().copied().unwrap_or("");
    let indent = |s: &str| s.len() - s.trim_start_matches([' ', '\t']).len();
    let margin =
        expanded[1..].iter().filter(|l| !l.trim_matches([' ', '\t']).is_empty()).map(|l| indent(l)).min();
    let mut out = String::from(first.trim_start_matches([' ', '\t']));
    for line in &expanded[1..] {
        out.push('\n');
        out.push_str(&line[margin.unwrap_or(0).min(indent(line))..]);
    }
    out
}
