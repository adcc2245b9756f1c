//! What CPython's tokenizer would refuse: it takes precedence over what the parser complains about.
//!
//! Runs only after the parser failed. Invariant: linear in the source, and stops at the first error.

use crate::errors::{Kind, SyntaxError};
use crate::lines::Lines;
use ruff_text_size::{TextRange, TextSize};

struct Check<'s> {
    s: &'s str,
    lines: &'s Lines<'s>,
    at: usize,
    /// Open brackets: character and offset.
    open: Vec<(u8, usize)>,
    /// Indentation columns: with tabs to 8, and with tabs as 1.
    indents: Vec<(u32, u32)>,
}

type Found = Option<SyntaxError>;

/// The first tokenizer error, and the brackets that are open at the end (or there).
pub fn check(source: &str, lines: &Lines<'_>) -> (Option<SyntaxError>, Vec<(u8, usize)>) {
    let mut c = Check { s: source, lines, at: 0, open: Vec::new(), indents: vec![(0, 0)] };
    let found = c.run();
    (found, c.open)
}

fn error(kind: Kind, msg: impl Into<String>, start: usize, end: usize, point: bool) -> Found {
    let range = TextRange::new(TextSize::new(start as u32), TextSize::new(end.max(start) as u32));
    Some(SyntaxError { kind, msg: msg.into(), range, point, no_col: false })
}

impl Check<'_> {
    fn run(&mut self) -> Found {
        let mut fresh = true;
        while self.at < self.s.len() {
            if fresh && self.open.is_empty() {
                fresh = false;
                if let Some(e) = self.indentation() {
                    return Some(e);
                }
                continue;
            }
            fresh = matches!(self.peek(0), b'\n' | b'\r');
            if let Some(e) = self.token() {
                return Some(e);
            }
        }
        None
    }

    fn peek(&self, n: usize) -> u8 {
        self.s.as_bytes().get(self.at + n).copied().unwrap_or(0)
    }

    fn line(&self, at: usize) -> u32 {
        self.lines.line(TextSize::new(at as u32))
    }

    fn indentation(&mut self) -> Found {
        let (mut col, mut alt) = (0, 0);
        loop {
            match self.peek(0) {
                b' ' => (col, alt) = (col + 1, alt + 1),
                b'\t' => (col, alt) = ((col / 8 + 1) * 8, alt + 1),
                0x0c => (col, alt) = (0, 0),
                _ => break,
            }
            self.at += 1;
        }
        if self.at >= self.s.len() || matches!(self.peek(0), b'\n' | b'\r' | b'#' | b'\\') {
            return None;
        }
        let (top, top_alt) = *self.indents.last().unwrap_or(&(0, 0));
        let tabs = "inconsistent use of tabs and spaces in indentation";
        let end = self.line_end(self.at);
        let begin = self.at - self.at.min(self.lines.locate(TextSize::new(self.at as u32)).1 as usize);
        if col == top {
            if alt != top_alt {
                return error(Kind::Tab, tabs, begin, begin, true);
            }
        } else if col > top {
            if alt <= top_alt {
                return error(Kind::Tab, tabs, begin, begin, true);
            }
            self.indents.push((col, alt));
        } else {
            while self.indents.len() > 1 && self.indents.last().is_some_and(|i| i.0 > col) {
                self.indents.pop();
            }
            let (top, top_alt) = *self.indents.last().unwrap_or(&(0, 0));
            if top != col {
                let msg = "unindent does not match any outer indentation level";
                return error(Kind::Indentation, msg, end, end, true);
            }
            if top_alt != alt {
                return error(Kind::Tab, tabs, begin, begin, true);
            }
        }
        None
    }

    fn line_end(&self, from: usize) -> usize {
        self.s[from..].find(['\n', '\r']).map_or(self.s.len(), |n| from + n)
    }

    fn token(&mut self) -> Found {
        let c = self.peek(0);
        let start = self.at;
        match c {
            b'#' => self.at = self.line_end(start),
            b'\'' | b'"' => return self.string(start, false, false),
            b'(' | b'[' | b'{' => {
                self.open.push((c, start));
                self.at += 1;
            }
            b')' | b']' | b'}' => return self.close(c),
            b'\\' => return self.continuation(),
            b'0'..=b'9' => return self.number(),
            b'.' if self.peek(1).is_ascii_digit() => return self.number(),
            b'$' | b'?' => return error(Kind::Syntax, "invalid syntax", start, start + 1, false),
            b'!' if self.peek(1) != b'=' => {
                return error(Kind::Syntax, "invalid syntax", start, start + 1, false);
            }
            b'`' => return error(Kind::Syntax, "invalid syntax", start, start + 1, false),
            b'a'..=b'z' | b'A'..=b'Z' | b'_' | 0x80.. => return self.word(),
            ..=0x1f if !matches!(c, b'\n' | b'\r' | b'\t' | 0x0c) => {
                let msg = format!("invalid non-printable character U+{c:04X}");
                return error(Kind::Syntax, msg, start, start + 1, true);
            }
            _ => self.at += 1,
        }
        None
    }

    fn close(&mut self, c: u8) -> Found {
        let at = self.at;
        self.at += 1;
        let Some((open, from)) = self.open.pop() else {
            return error(Kind::Syntax, format!("unmatched '{}'", c as char), at, at + 1, true);
        };
        if matches!((open, c), (b'(', b')') | (b'[', b']') | (b'{', b'}')) {
            return None;
        }
        let (open, c) = (open as char, c as char);
        let mut msg = format!("closing parenthesis '{c}' does not match opening parenthesis '{open}'");
        if self.line(from) != self.line(at) {
            msg += &format!(" on line {}", self.line(from));
        }
        error(Kind::Syntax, msg, at, at + 1, true)
    }

    fn continuation(&mut self) -> Found {
        let start = self.at;
        self.at += 1;
        match self.peek(0) {
            b'\r' if self.peek(1) == b'\n' => self.at += 2,
            b'\n' | b'\r' => self.at += 1,
            0 if self.at >= self.s.len() => {
                return error(Kind::Syntax, "unexpected EOF while parsing", start, start + 1, true);
            }
            _ => {
                let msg = "unexpected character after line continuation character";
                return error(Kind::Syntax, msg, start + 1, start + 1, true);
            }
        }
        None
    }

    fn word(&mut self) -> Found {
        let start = self.at;
        for c in self.s[start..].chars() {
            let part = c.is_alphanumeric() || c == '_' || (!c.is_ascii() && !self.refuses(c));
            if !part {
                break;
            }
            self.at += c.len_utf8();
        }
        if self.at == start {
            let c = self.s[start..].chars().next().unwrap_or(' ');
            let what = if c.is_control() || c.is_whitespace() {
                format!("invalid non-printable character U+{:04X}", c as u32)
            } else {
                format!("invalid character '{c}' (U+{:04X})", c as u32)
            };
            return error(Kind::Syntax, what, start, start + c.len_utf8(), true);
        }
        let word = &self.s[start..self.at];
        if matches!(self.peek(0), b'\'' | b'"') && word.len() <= 2 {
            let lower = word.to_ascii_lowercase();
            if lower.bytes().all(|c| b"rbuft".contains(&c)) {
                return self.string(start, lower.contains('f') || lower.contains('t'), lower.contains('r'));
            }
        }
        None
    }

    /// Whether a non-ASCII character cannot stand in an identifier.
    fn refuses(&self, c: char) -> bool {
        !c.is_alphanumeric()
            && !matches!(c as u32, 0x300..0x370 | 0x483..0x488 | 0x591..0x700 | 0x900..0xe00 | 0x203f..0x2041)
    }

    fn string(&mut self, start: usize, interpolated: bool, raw: bool) -> Found {
        let quote = self.peek(0);
        let triple = self.peek(1) == quote && self.peek(2) == quote;
        self.at += if triple { 3 } else { 1 };
        let mut braces = 0u32;
        while self.at < self.s.len() {
            let c = self.peek(0);
            match c {
                b'\\' if braces == 0 => self.at += 1,
                b'{' if interpolated && braces == 0 && self.peek(1) == b'{' => self.at += 1,
                b'{' if interpolated => braces += 1,
                b'}' if interpolated => braces = braces.saturating_sub(1),
                b'\'' | b'"' if braces > 0 && (c != quote || triple) => {
                    if let Some(e) = self.nested_string(c) {
                        return Some(e);
                    }
                    continue;
                }
                b'\n' | b'\r' if !triple => break,
                _ if c == quote && (!triple || (self.peek(1) == quote && self.peek(2) == quote)) => {
                    self.at += if triple { 3 } else { 1 };
                    return None;
                }
                _ => {}
            }
            self.at += 1;
        }
        let _ = raw;
        self.at = self.at.min(self.s.len());
        // The parser explains open replacement fields better.
        if braces > 0 {
            return None;
        }
        let what = match (interpolated, triple) {
            (false, false) => "unterminated string literal",
            (false, true) => "unterminated triple-quoted string literal",
            (true, false) => "unterminated f-string literal",
            (true, true) => "unterminated triple-quoted f-string literal",
        };
        let line = if triple { self.last_line() } else { self.line(start) };
        error(Kind::Syntax, format!("{what} (detected at line {line})"), start, start, true)
    }

    fn last_line(&self) -> u32 {
        let end = self.s.trim_end_matches(['\n', '\r']).len();
        self.line(end)
    }

    /// A plain string inside a replacement field: skipped.
    fn nested_string(&mut self, quote: u8) -> Found {
        self.at += 1;
        while self.at < self.s.len() && self.peek(0) != quote && !matches!(self.peek(0), b'\n' | b'\r') {
            self.at += if self.peek(0) == b'\\' { 2 } else { 1 };
        }
        self.at = (self.at + 1).min(self.s.len());
        None
    }

    fn number(&mut self) -> Found {
        let start = self.at;
        let bytes = self.s.as_bytes();
        let run = |from: usize, ok: fn(u8) -> bool| {
            bytes[from.min(bytes.len())..].iter().take_while(|&&c| ok(c) || c == b'_').count()
        };
        let (radix, name): (fn(u8) -> bool, _) = match (self.peek(0), self.peek(1) | 0x20) {
            (b'0', b'x') => (|c| c.is_ascii_hexdigit(), "hexadecimal"),
            (b'0', b'o') => (|c| (b'0'..b'8').contains(&c), "octal"),
            (b'0', b'b') => (|c| c == b'0' || c == b'1', "binary"),
            _ => (|c| c.is_ascii_digit(), "decimal"),
        };
        if name != "decimal" {
            self.at += 2;
            let n = run(self.at, radix);
            self.at += n;
            let next = self.peek(0);
            if next.is_ascii_digit() {
                let msg = format!("invalid digit '{}' in {name} literal", next as char);
                return error(Kind::Syntax, msg, self.at, self.at, true);
            }
            let bad = n == 0 || bytes[self.at - 1] == b'_' || self.glued();
            return if bad { self.bad_number(name) } else { None };
        }
        self.at += run(self.at, radix);
        let whole = &self.s[start..self.at];
        let mut float = false;
        if self.peek(0) == b'.' {
            float = true;
            self.at += 1;
            self.at += run(self.at, radix);
        }
        if matches!(self.peek(0), b'e' | b'E') {
            let sign = matches!(self.peek(1), b'+' | b'-') as usize;
            if self.peek(1 + sign).is_ascii_digit() {
                float = true;
                self.at += 1 + sign;
                self.at += run(self.at, radix);
            }
        }
        if matches!(self.peek(0), b'j' | b'J') {
            float = true;
            self.at += 1;
        }
        let text = &self.s[start..self.at];
        if let Some(n) = text.find("__").or_else(|| text.ends_with('_').then(|| text.len() - 1)) {
            self.at = start + n + 1;
            return self.bad_number("decimal");
        }
        if !float
            && whole.len() > 1
            && whole.starts_with('0')
            && whole.bytes().any(|c| c != b'0' && c != b'_')
        {
            let zeros = whole.bytes().take_while(|&c| c == b'0' || c == b'_').count();
            let msg = "leading zeros in decimal integer literals are not permitted; \
                       use an 0o prefix for octal integers";
            return error(Kind::Syntax, msg, start, start + zeros, false);
        }
        if self.glued() {
            self.bad_number(if text.ends_with(['j', 'J']) { "imaginary" } else { "decimal" })
        } else {
            None
        }
    }

    /// Whether a name is stuck to the number, other than a keyword that CPython lets stand there.
    fn glued(&self) -> bool {
        let rest = &self.s[self.at..];
        let word: &str =
            &rest[..rest.find(|c: char| !(c.is_alphanumeric() || c == '_')).unwrap_or(rest.len())];
        !word.is_empty() && !["and", "else", "for", "if", "in", "is", "or", "not"].contains(&word)
    }

    fn bad_number(&self, name: &str) -> Found {
        let at = self.at.saturating_sub(1);
        error(Kind::Syntax, format!("invalid {name} literal"), at, at, true)
    }
}
