//! Where a traceback's carets go.
//!
//! The range of an instruction is underlined with `^`; if its text is a binary operation, a subscript or a call, the
//! operator or the brackets get `^` and the rest `~`. Which it is, is found by a scan of the text for its outermost
//! operator: the text is known to be a piece of a program that was compiled.
//!
//! Invariant: every offset is a byte offset on a character boundary of its line.

use crate::exit::Res;

/// Where text goes.
pub type Push<'a> = &'a mut dyn FnMut(&[u8]) -> Res<()>;

/// The lines a range touches (without common indentation), and the range: from `start` in the first line to `end` in
/// the last.
#[derive(Clone, Copy, Debug)]
pub struct Segment<'a> {
    /// The lines.
    pub lines: &'a [&'a str],
    /// Offset in the first line.
    pub start: usize,
    /// Offset in the last line.
    pub end: usize,
}

/// A place in a segment: line and byte offset in it.
type Place = (usize, usize);

/// Which kind of expression a segment is, and the part that gets the carets.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
struct Anchors {
    left: Place,
    right: Place,
    /// A call, of a plain name if so marked.
    call: Option<bool>,
}

/// Takes the whitespace that all non-blank lines begin with away from them; returns how many bytes that were.
pub fn dedent(lines: &mut [&str]) -> usize {
    let indent = |l: &str| l.len() - l.trim_start_matches([' ', '\t', '\x0c']).len();
    let mut margin: Option<&str> = None;
    for l in lines.iter().filter(|l| !l.trim().is_empty()) {
        let own = &l[..indent(l)];
        margin = Some(match margin {
            None => own,
            Some(m) => {
                let n = m.bytes().zip(own.bytes()).take_while(|(a, b)| a == b).count();
                &own[..n]
            }
        });
    }
    let n = margin.map_or(0, str::len);
    for l in lines.iter_mut() {
        *l = l.get(n..).unwrap_or("");
    }
    n
}

/// Columns that a terminal needs for text.
fn width(text: &str) -> usize {
    if text.is_ascii() { text.len() } else { text.chars().map(|c| 1 + is_wide(c) as usize).sum() }
}

fn is_wide(c: char) -> bool {
    matches!(c as u32,
        0x1100..=0x115f | 0x231a..=0x231b | 0x2329..=0x232a | 0x23e9..=0x23ec | 0x23f0 | 0x23f3 | 0x25fd..=0x25fe
        | 0x2614..=0x2615 | 0x2648..=0x2653 | 0x267f | 0x2693 | 0x26a1 | 0x26aa..=0x26ab | 0x26bd..=0x26be
        | 0x26c4..=0x26c5 | 0x26ce | 0x26d4 | 0x26ea | 0x26f2..=0x26f3 | 0x26f5 | 0x26fa | 0x26fd | 0x2705
        | 0x270a..=0x270b | 0x2728 | 0x274c | 0x274e | 0x2753..=0x2755 | 0x2757 | 0x2795..=0x2797 | 0x27b0 | 0x27bf
        | 0x2b1b..=0x2b1c | 0x2b50 | 0x2b55 | 0x2e80..=0x303e | 0x3041..=0x33ff | 0x3400..=0x4dbf | 0x4e00..=0xa4cf
        | 0xa960..=0xa97c | 0xac00..=0xd7a3 | 0xf900..=0xfaff | 0xfe10..=0xfe19 | 0xfe30..=0xfe6b | 0xff01..=0xff60
        | 0xffe0..=0xffe6 | 0x16fe0..=0x18cff | 0x1aff0..=0x1b2fb | 0x1f004 | 0x1f0cf | 0x1f18e | 0x1f191..=0x1f19a
        | 0x1f200..=0x1f320 | 0x1f32d..=0x1f335 | 0x1f337..=0x1f37c | 0x1f37e..=0x1f393 | 0x1f3a0..=0x1f3ca
        | 0x1f3cf..=0x1f3d3 | 0x1f3e0..=0x1f3f0 | 0x1f3f4 | 0x1f3f8..=0x1f43e | 0x1f440 | 0x1f442..=0x1f4fc
        | 0x1f4ff..=0x1f53d | 0x1f54b..=0x1f54e | 0x1f550..=0x1f567 | 0x1f57a | 0x1f595..=0x1f596 | 0x1f5a4
        | 0x1f5fb..=0x1f64f | 0x1f680..=0x1f6c5 | 0x1f6cc | 0x1f6d0..=0x1f6d2 | 0x1f6d5..=0x1f6d7
        | 0x1f6dc..=0x1f6df | 0x1f6eb..=0x1f6ec | 0x1f6f4..=0x1f6fc | 0x1f7e0..=0x1f7eb | 0x1f7f0
        | 0x1f90c..=0x1f93a | 0x1f93c..=0x1f945 | 0x1f947..=0x1f9ff | 0x1fa70..=0x1faff | 0x20000..=0x3fffd)
}

/// Writes the lines of a range that matter, indented, each followed by its carets if there is something to point out.
pub fn write(s: &Segment<'_>, push: Push<'_>) -> Res<()> {
    let anchors = anchors(s);
    let show = shows(s, anchors);
    let count = s.lines.len();
    let significant = |i: usize| {
        let near = |a: usize| i + 1 >= a && i <= a + 1;
        i == 0 || i + 1 == count || anchors.is_some_and(|a| near(a.left.0) || near(a.right.0))
    };
    let mut last: Option<usize> = None;
    for i in (0..count).filter(|&i| significant(i)) {
        match last.map_or(0, |l| i - l) {
            2 => line(s, i - 1, anchors, show, push)?,
            n if n > 2 => {
                push(b"    ...<")?;
                push_count(n - 1, push)?;
                push(b" lines>...\n")?;
            }
            _ => {}
        }
        line(s, i, anchors, show, push)?;
        last = Some(i);
    }
    Ok(())
}

fn push_count(n: usize, push: Push<'_>) -> Res<()> {
    if n >= 10 {
        push_count(n / 10, push)?;
    }
    push(&[b'0' + (n % 10) as u8])
}

fn line(s: &Segment<'_>, i: usize, anchors: Option<Anchors>, show: bool, push: Push<'_>) -> Res<()> {
    let Some(&text) = s.lines.get(i) else { return Ok(()) };
    push(b"    ")?;
    push(text.as_bytes())?;
    push(b"\n")?;
    if !show {
        return Ok(());
    }
    push(b"    ")?;
    let column = |p: Place| s.lines.get(p.0).and_then(|l| l.get(..p.1)).map_or(0, width);
    let spaces = text.chars().take_while(|c| c.is_whitespace()).count();
    let end = if i + 1 == s.lines.len() { column((i, s.end)) } else { width(text) };
    let start = if i == 0 { column((0, s.start)) } else { 0 };
    let marks = anchors.map(|a| ((a.left.0, column(a.left)), (a.right.0, column(a.right))));
    if spaces.max(start) < end {
        for col in 0..end {
            let c = match marks {
                _ if col < spaces || col < start => b' ',
                None => b'^',
                Some((left, right)) => {
                    if (i, col) >= left && (i, col) < right {
                        b'^'
                    } else {
                        b'~'
                    }
                }
            };
            push(&[c])?;
        }
    }
    push(b"\n")
}

/// Whether carets would tell more than the line itself.
fn shows(s: &Segment<'_>, anchors: Option<Anchors>) -> bool {
    let (Some(&first), Some(&last)) = (s.lines.first(), s.lines.last()) else { return false };
    let before = first.get(..s.start).unwrap_or("").trim();
    let after = last.get(s.end..).unwrap_or("").trim();
    if let Some(Anchors { call: Some(plain_name), .. }) = anchors
        && (after.is_empty() || after.starts_with(['#', ';']))
    {
        // The statement is only this call: its result returned or assigned.
        if (before == "return" && plain_name) || is_assignment(before) {
            return false;
        }
    }
    anchors.is_some() || !before.is_empty() || !after.is_empty()
}

/// Whether text is `target =`, without annotation or operator.
fn is_assignment(before: &str) -> bool {
    let Some(target) = before.strip_suffix('=') else { return false };
    let mut depth = 0;
    for b in target.bytes() {
        match b {
            b'(' | b'[' | b'{' => depth += 1,
            b')' | b']' | b'}' => depth -= 1,
            b':' if depth == 0 => return false,
            _ => {}
        }
    }
    !target.trim_end().ends_with(['+', '-', '*', '/', '%', '@', '&', '|', '^', '<', '>', '=', '!', ':'])
}

/// Reads the bytes of a segment across its lines; a line end reads as `\n`.
#[derive(Clone, Copy)]
struct Cursor<'a> {
    s: &'a Segment<'a>,
    at: Place,
}

impl<'a> Cursor<'a> {
    fn bytes(&self, line: usize) -> &'a [u8] {
        let all = self.s.lines.get(line).map_or(&[][..], |l| l.as_bytes());
        if line + 1 == self.s.lines.len() { all.get(..self.s.end).unwrap_or(all) } else { all }
    }
    fn peek_at(&self, ahead: usize) -> Option<u8> {
        self.bytes(self.at.0).get(self.at.1 + ahead).copied()
    }
    fn peek(&self) -> Option<u8> {
        match self.peek_at(0) {
            Some(b) => Some(b),
            None if self.at.0 + 1 < self.s.lines.len() => Some(b'\n'),
            None => None,
        }
    }
    fn step(&mut self) {
        if self.at.1 < self.bytes(self.at.0).len() {
            self.at.1 += 1;
        } else if self.at.0 + 1 < self.s.lines.len() {
            self.at = (self.at.0 + 1, 0);
        }
    }
    fn skip(&mut self, n: usize) {
        (0..n).for_each(|_| self.step());
    }
    /// Skips spaces, line ends, continuations and comments.
    fn skip_blank(&mut self) {
        while let Some(b) = self.peek() {
            match b {
                b'#' => self.at.1 = self.bytes(self.at.0).len(),
                b if b.is_ascii_whitespace() || b == b'\\' => self.step(),
                _ => break,
            }
        }
    }
    fn word(&mut self) -> &'a [u8] {
        let (all, from) = (self.bytes(self.at.0), self.at.1);
        while self.peek_at(0).is_some_and(is_word) {
            self.at.1 += 1;
        }
        all.get(from..self.at.1).unwrap_or(&[])
    }
    /// Skips a string from its quote on.
    fn string(&mut self) {
        let Some(quote) = self.peek() else { return };
        let triple = self.peek_at(1) == Some(quote) && self.peek_at(2) == Some(quote);
        let n = if triple { 3 } else { 1 };
        self.skip(n);
        while let Some(b) = self.peek() {
            if b == b'\\' {
                self.step();
            } else if b == quote
                && (!triple || (self.peek_at(1) == Some(quote) && self.peek_at(2) == Some(quote)))
            {
                self.skip(n);
                return;
            }
            self.step();
        }
    }
    /// Skips a bracketed group; says whether it has a comma or `for` of its own, or is empty.
    fn group(&mut self) -> bool {
        let (mut depth, mut compound, mut empty) = (0usize, false, true);
        while let Some(b) = self.peek() {
            match b {
                b'(' | b'[' | b'{' => depth += 1,
                b')' | b']' | b'}' => {
                    depth = depth.saturating_sub(1);
                    if depth == 0 {
                        self.step();
                        return compound || empty;
                    }
                }
                b'\'' | b'"' => {
                    empty = false;
                    self.string();
                    continue;
                }
                b'#' => {
                    self.skip_blank();
                    continue;
                }
                b if is_word(b) => {
                    empty = false;
                    compound |= self.word() == b"for" && depth == 1;
                    continue;
                }
                b',' => compound |= depth == 1,
                _ => {}
            }
            empty &= b == b'(' && depth == 1 || b.is_ascii_whitespace();
            self.step();
        }
        compound || empty
    }
}

fn is_word(b: u8) -> bool {
    b.is_ascii_alphanumeric() || b == b'_' || b >= 0x80
}

const NOT_OPERANDS: &[&[u8]] = &[
    b"and",
    b"or",
    b"not",
    b"in",
    b"is",
    b"if",
    b"else",
    b"lambda",
    b"for",
    b"yield",
    b"async",
    b"return",
    b"raise",
    b"import",
    b"from",
    b"del",
    b"assert",
    b"global",
    b"nonlocal",
    b"pass",
    b"break",
    b"continue",
    b"while",
    b"with",
    b"def",
    b"class",
    b"try",
    b"except",
    b"finally",
    b"as",
    b"elif",
];

/// What the scan has seen so far.
struct Scan {
    /// The outermost binary operator: how loosely it binds, where it is, where its right operand begins.
    op: Option<(u8, Place, Place)>,
    /// The text begins with a unary operator, or with `await`.
    unary: bool,
    awaits: bool,
    /// The last thing was an operand, so that a bracket continues it.
    after_operand: bool,
    /// The last bracket that continues an operand: opening bracket, place behind the closing one.
    trailer: Option<(Place, Place)>,
    /// Whether it is a call of a plain name.
    plain_call: bool,
    operands: usize,
}

/// Finds the outermost operator of a segment; `None` if the text is something else.
fn anchors(s: &Segment<'_>) -> Option<Anchors> {
    let mut c = Cursor { s, at: (0, s.start) };
    let mut scan = Scan {
        op: None,
        unary: false,
        awaits: false,
        after_operand: false,
        trailer: None,
        plain_call: false,
        operands: 0,
    };
    loop {
        c.skip_blank();
        let Some(b) = c.peek() else { break };
        match b {
            b'\'' | b'"' => {
                c.string();
                scan.operand();
            }
            b'(' | b'[' | b'{' => bracket(&mut c, &mut scan, b),
            b'.' if c.peek_at(1).is_some_and(|d| d.is_ascii_digit()) && !scan.after_operand => {
                number(&mut c, &mut scan)
            }
            b'.' if c.peek_at(1) == Some(b'.') => {
                c.skip(3);
                scan.operand();
            }
            b'.' => {
                c.step();
                c.skip_blank();
                c.word();
                scan.trailer = None;
                scan.operands += 1;
            }
            b if b.is_ascii_digit() => number(&mut c, &mut scan),
            b if is_word(b) => {
                let w = c.word();
                match c.peek() {
                    Some(b'\'' | b'"') if w.len() <= 2 => c.string(),
                    _ if w == b"await" => {
                        scan.awaits |= scan.operands == 0;
                        continue;
                    }
                    _ if NOT_OPERANDS.contains(&w) => return None,
                    _ => {}
                }
                scan.operand();
            }
            _ => operator(&mut c, &mut scan, b)?,
        }
    }
    result(&c, &scan)
}

impl Scan {
    fn operand(&mut self) {
        self.after_operand = true;
        self.trailer = None;
        self.operands += 1;
    }
}

fn number(c: &mut Cursor<'_>, scan: &mut Scan) {
    let hex = c.peek() == Some(b'0') && matches!(c.peek_at(1), Some(b'x' | b'X'));
    while let Some(b) = c.peek_at(0) {
        let sign = (b == b'+' || b == b'-') && !hex && c.at.1 > 0 && {
            matches!(c.bytes(c.at.0).get(c.at.1 - 1), Some(b'e' | b'E'))
        };
        if !(is_word(b) || b == b'.' || sign) {
            break;
        }
        c.at.1 += 1;
    }
    scan.operand();
}

fn bracket(c: &mut Cursor<'_>, scan: &mut Scan, b: u8) {
    let from = c.at;
    let continues = scan.after_operand && b != b'{';
    let first = scan.operands == 1 && scan.op.is_none();
    let name = first && scan.trailer.is_none() && {
        let text = c.bytes(c.s.lines.len().min(1) - 1).get(c.s.start..from.1);
        from.0 == 0 && text.is_some_and(|t| !t.is_empty() && t.iter().all(|&b| is_word(b)))
    };
    c.group();
    if continues {
        scan.trailer = Some((from, c.at));
        scan.plain_call = name && b == b'(';
    } else {
        scan.operand();
    }
}

/// An operator, or `None` for what no operand of ours contains.
fn operator(c: &mut Cursor<'_>, scan: &mut Scan, b: u8) -> Option<()> {
    let place = c.at;
    let next = c.peek_at(1);
    let double = next == Some(b) && matches!(b, b'*' | b'/' | b'<' | b'>');
    if !scan.after_operand {
        if !matches!(b, b'+' | b'-' | b'~') {
            return None;
        }
        scan.unary |= scan.operands == 0;
        c.step();
        return Some(());
    }
    let level = match (b, double) {
        (b'|', _) => 0,
        (b'^', _) => 1,
        (b'&', _) => 2,
        (b'<' | b'>', true) => 3,
        (b'+' | b'-', _) => 4,
        (b'*', true) => 6,
        (b'*' | b'/' | b'%' | b'@', _) => 5,
        _ => return None,
    };
    c.skip(1 + double as usize);
    if c.peek_at(0) == Some(b'=') {
        return None;
    }
    // All associate to the left but the power, whose first occurrence is the outermost.
    if scan.op.is_none_or(|(l, ..)| level < l || (level == l && level != 6)) {
        scan.op = Some((level, place, right_operand(*c)));
    }
    scan.after_operand = false;
    scan.trailer = None;
    Some(())
}

/// Where the expression begins that is the rest of the text: behind the parenthesis if it is wholly in one.
fn right_operand(mut c: Cursor<'_>) -> Place {
    c.skip_blank();
    if c.peek() == Some(b'(') {
        let mut end = c;
        let compound = end.group();
        end.skip_blank();
        if !compound && end.peek().is_none() {
            c.step();
            c.skip_blank();
        }
    }
    c.at
}

fn result(c: &Cursor<'_>, scan: &Scan) -> Option<Anchors> {
    if let Some((level, at, right)) = scan.op {
        if !scan.after_operand || (level == 6 && scan.unary) {
            return None;
        }
        let line = c.bytes(at.0);
        let mut end = at.1 + 1;
        let inside = right.0 > at.0 || end < right.1;
        if let (true, Some(&b)) = (inside, line.get(end))
            && !b.is_ascii_whitespace()
            && b != b'\\'
            && b != b'#'
        {
            end += 1;
        }
        return Some(Anchors { left: at, right: (at.0, end), call: None });
    }
    if scan.unary || scan.awaits {
        return None;
    }
    let (left, right) = scan.trailer?;
    let call = c.bytes(left.0).get(left.1) == Some(&b'(');
    Some(Anchors { left, right, call: call.then_some(scan.plain_call) })
}

/// The source line of a syntax error and its carets. Columns count characters from 1.
pub fn syntax_line(
    text: &str,
    offset: Option<i64>,
    end_offset: Option<i64>,
    same_line: bool,
    push: Push<'_>,
) -> Res<()> {
    let whole = text.trim_end_matches('\n');
    let shown = whole.trim_start_matches([' ', '\n', '\x0c']);
    push(b"    ")?;
    push(shown.as_bytes())?;
    push(b"\n")?;
    let Some(mut offset) = offset else { return Ok(()) };
    let (spaces, length) = ((whole.len() - shown.len()) as i64, whole.chars().count() as i64);
    let all = text.chars().count() as i64;
    let mut end = if same_line { end_offset.unwrap_or(offset) } else { length + 1 };
    if offset > all {
        offset = length + 1;
    }
    if end > all {
        end = length + 1;
    }
    if offset >= end || end < 0 {
        end = offset + 1;
    }
    let (from, to) = (offset - 1 - spaces, end - 1 - spaces);
    if from < 0 {
        return Ok(());
    }
    push(b"    ")?;
    for i in 0..from {
        // Tabs and the like are kept, so that the caret stands below its character.
        match shown.chars().nth(i as usize) {
            Some(c) if c.is_whitespace() => push(c.encode_utf8(&mut [0; 4]).as_bytes())?,
            _ => push(b" ")?,
        }
    }
    for _ in from..to {
        push(b"^")?;
    }
    push(b"\n")
}

#[cfg(test)]
mod tests {
    use super::*;
    use alloc::string::{String, ToString};

    fn shown(line: &str, what: &str) -> String {
        let start = line.find(what).unwrap_or(0);
        let lines = [line];
        let s = Segment { lines: &lines, start, end: start + what.len() };
        let mut out = String::new();
        let pushed = write(&s, &mut |b| {
            out.push_str(core::str::from_utf8(b).unwrap_or("?"));
            Ok(())
        });
        assert!(pushed.is_ok());
        out.lines().nth(1).unwrap_or("").trim_start_matches("    ").trim().to_string()
    }

    #[test]
    fn operators_brackets_and_calls_get_anchors() {
        assert_eq!(shown("x = a + b * c", "a + b * c"), "~~^~~~~~~");
        assert_eq!(shown("1 / 0", "1 / 0"), "~~^~~");
        assert_eq!(shown("1/(0)", "1/(0)"), "~^^~~");
        assert_eq!(shown("x*(1, 2)", "x*(1, 2)"), "~^~~~~~~");
        assert_eq!(shown("a // b", "a // b"), "~~^^~~");
        assert_eq!(shown("y = d[k][0]", "d[k][0]"), "~~~~^^^");
        assert_eq!(shown("f(1)(2, 3)", "f(1)(2, 3)"), "~~~~^^^^^^");
        assert_eq!(shown("g(f(1))", "f(1)"), "~^^^");
        assert_eq!(shown("-a ** b + 1", "-a ** b"), "^^^^^^^");
        assert_eq!(shown("x = a.b.c", "a.b.c"), "^^^^^");
        assert_eq!(shown("x = 'a' + \"b+c\" - 1e+5", "'a' + \"b+c\" - 1e+5"), "~~~~~~~~~~~~^~~~~~");
        assert_eq!(shown("if a < b: pass", "a < b"), "^^^^^");
    }

    #[test]
    fn nothing_is_underlined_that_is_the_whole_statement() {
        assert_eq!(shown("raise ValueError", "raise ValueError"), "");
        assert_eq!(shown("return f(x)", "f(x)"), "");
        assert_eq!(shown("return a.f(x)", "a.f(x)"), "~~~^^^");
        assert_eq!(shown("x = a.f(x)", "a.f(x)"), "");
        assert_eq!(shown("x += f(x)", "f(x)"), "~^^^");
    }
}
