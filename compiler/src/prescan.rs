//! The pre-scan: a linear, allocation-free look at a source before the parser sees it.
//!
//! It knows strings, f-strings, comments and brackets, and estimates from above how deep the syntax tree can
//! become: at each bracket level, everything that nests without brackets (operators, attribute, call and subscript
//! chains, `lambda`, `not`, conditionals) is counted until a separator starts over; a level's depth is its count
//! plus the deepest level inside.
//!
//! Invariants: a source that passes makes a tree at most [`MAX_DEPTH`] expression levels deep under at most
//! [`MAX_INDENT`] statement levels, whether or not it parses. Work and memory are O(1) per byte.

/// Bracket levels; CPython's own limit.
pub const MAX_BRACKETS: usize = 200;
/// Indentation levels; CPython's own limit.
pub const MAX_INDENT: usize = 100;
/// f-strings inside f-strings; CPython's own limit.
pub const MAX_FSTRINGS: usize = 150;
/// Levels of one expression.
pub const MAX_DEPTH: u32 = 1000;

/// What the pre-scan refuses, and where (byte offset).
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Refusal {
    /// Too many open brackets.
    Brackets(usize),
    /// Too deep an indentation.
    Indentation(usize),
    /// f-strings nested too deeply.
    FStrings(usize),
    /// An expression too deep for a tree (CPython: MemoryError).
    Depth(usize),
}

const SLOTS: usize = MAX_BRACKETS + MAX_FSTRINGS + 2;

/// One level of brackets, or one f-string.
#[derive(Clone, Copy, Default)]
struct Level {
    /// Closing quote of an f-string, 0 for a bracket.
    quote: u8,
    triple: bool,
    raw: bool,
    /// A replacement field of the f-string below (as opposed to an ordinary bracket).
    field: bool,
    /// Inside the field's format spec.
    spec: bool,
    /// What binds looser than `and`/`or` and is still open: lambda, conditionals.
    low: u32,
    /// Operators and chain links since the last separator.
    high: u32,
    /// `lambda`s whose colon has not come yet.
    lambdas: u32,
    /// Deepest level inside since the last separator.
    inner: u32,
    /// Deepest of the parts before the last separator.
    done: u32,
}

impl Level {
    fn depth(&self) -> u32 {
        self.done.max(self.low + self.high + self.inner)
    }
    fn separate(&mut self) {
        self.done = self.depth();
        (self.low, self.high, self.inner, self.lambdas) = (0, 0, 0, 0);
    }
    fn separate_high(&mut self) {
        // The part keeps its place under what is still open to its left.
        self.done = self.depth();
        (self.high, self.inner) = (0, 0);
    }
}

struct Scan<'s> {
    s: &'s [u8],
    at: usize,
    levels: [Level; SLOTS],
    top: usize,
    brackets: usize,
    fstrings: usize,
    indents: [u32; MAX_INDENT + 1],
    indent_top: usize,
    /// Colons of compound statements on this line: recovery nests what follows them.
    line_start: bool,
}

/// Looks over a source.
pub fn prescan(source: &[u8]) -> Result<(), Refusal> {
    let mut scan = Scan {
        s: source,
        at: 0,
        levels: [Level::default(); SLOTS],
        top: 0,
        brackets: 0,
        fstrings: 0,
        indents: [0; MAX_INDENT + 1],
        indent_top: 0,
        line_start: true,
    };
    scan.run()
}

impl Scan<'_> {
    fn run(&mut self) -> Result<(), Refusal> {
        while self.at < self.s.len() {
            if self.levels[self.top].quote != 0 || self.levels[self.top].spec {
                self.literal_part()?;
            } else {
                self.code()?;
            }
            if self.levels[self.top].depth() > MAX_DEPTH {
                return Err(Refusal::Depth(self.at));
            }
        }
        while self.top > 0 {
            self.pop();
            if self.levels[self.top].depth() > MAX_DEPTH {
                return Err(Refusal::Depth(self.at));
            }
        }
        Ok(())
    }

    fn peek(&self, n: usize) -> u8 {
        self.s.get(self.at + n).copied().unwrap_or(0)
    }

    fn push(&mut self, level: Level) -> Result<(), Refusal> {
        if level.quote != 0 {
            self.fstrings += 1;
            if self.fstrings >= MAX_FSTRINGS {
                return Err(Refusal::FStrings(self.at));
            }
        } else {
            self.brackets += 1;
            if self.brackets > MAX_BRACKETS {
                return Err(Refusal::Brackets(self.at));
            }
        }
        self.top += 1;
        self.levels[self.top] = level;
        Ok(())
    }

    fn pop(&mut self) {
        let level = self.levels[self.top];
        if level.quote != 0 {
            self.fstrings -= 1;
        } else {
            self.brackets -= 1;
        }
        self.top -= 1;
        let outer = &mut self.levels[self.top];
        outer.inner = outer.inner.max(level.depth() + 1);
        outer.high += 1;
    }

    /// A new line outside brackets: everything starts over.
    fn newline(&mut self) {
        self.line_start = true;
        self.levels[self.top] = Level::default();
    }

    fn code(&mut self) -> Result<(), Refusal> {
        if self.line_start && self.top == 0 {
            self.line_start = false;
            if self.indentation()? {
                return Ok(());
            }
        }
        let c = self.peek(0);
        match c {
            b'\n' | b'\r' => {
                self.at += 1;
                if self.top == 0 {
                    self.newline();
                }
            }
            b'#' => {
                while self.at < self.s.len() && !matches!(self.peek(0), b'\n' | b'\r') {
                    self.at += 1;
                }
            }
            b'\\' => self.at += if self.peek(1) == b'\r' && self.peek(2) == b'\n' { 3 } else { 2 },
            b'\'' | b'"' => self.string(false, false)?,
            b'(' | b'[' | b'{' => {
                self.push(Level::default())?;
                self.at += 1;
            }
            b')' | b']' | b'}' => self.close(),
            b'0'..=b'9' => self.number(),
            b'.' if self.peek(1).is_ascii_digit() => self.number(),
            b'a'..=b'z' | b'A'..=b'Z' | b'_' | 0x80.. => self.word()?,
            _ => self.operator(c),
        }
        Ok(())
    }

    /// Measures a line's indentation. Returns true if the line is blank.
    fn indentation(&mut self) -> Result<bool, Refusal> {
        let mut col = 0u32;
        let start = self.at;
        loop {
            match self.peek(0) {
                b' ' => col += 1,
                b'\t' => col = (col / 8 + 1) * 8,
                0x0c => col = 0,
                _ => break,
            }
            self.at += 1;
        }
        if self.at >= self.s.len() || matches!(self.peek(0), b'\n' | b'\r' | b'#') {
            return Ok(self.at > start);
        }
        while self.indent_top > 0 && self.indents[self.indent_top] > col {
            self.indent_top -= 1;
        }
        if col > self.indents[self.indent_top] {
            if self.indent_top + 1 >= MAX_INDENT {
                return Err(Refusal::Indentation(self.at));
            }
            self.indent_top += 1;
            self.indents[self.indent_top] = col;
        }
        Ok(false)
    }

    fn close(&mut self) {
        self.at += 1;
        if self.top == 0 {
            return;
        }
        self.pop();
    }

    fn number(&mut self) {
        while self.peek(0).is_ascii_alphanumeric() || matches!(self.peek(0), b'.' | b'_') {
            // `1.` may be followed by an attribute's dot; `1..real` nests like any attribute.
            if self.peek(0) == b'.' {
                self.levels[self.top].high += 1;
            }
            self.at += 1;
        }
    }

    fn word(&mut self) -> Result<(), Refusal> {
        let start = self.at;
        while self.peek(0).is_ascii_alphanumeric() || self.peek(0) == b'_' || self.peek(0) >= 0x80 {
            self.at += 1;
        }
        let word = &self.s[start..self.at];
        if matches!(self.peek(0), b'\'' | b'"') && word.len() <= 2 {
            let has = |c: u8| word.iter().any(|w| w.to_ascii_lowercase() == c);
            let known = word.iter().all(|c| b"rbuftRBUFT".contains(c));
            if known {
                return self.string(has(b'f') || has(b't'), has(b'r'));
            }
        }
        let level = &mut self.levels[self.top];
        match word {
            b"lambda" => {
                level.low += 1;
                level.lambdas += 1;
            }
            b"if" | b"else" | b"yield" | b"from" | b"for" | b"while" | b"with" | b"class" | b"def"
            | b"try" | b"except" | b"finally" | b"elif" | b"async" | b"match" | b"case" => level.low += 1,
            b"and" | b"or" => level.separate_high(),
            b"not" | b"in" | b"is" | b"await" => level.high += 1,
            _ => {}
        }
        Ok(())
    }

    fn operator(&mut self, c: u8) {
        self.at += 1;
        let in_field = self.levels[self.top].field;
        let level = &mut self.levels[self.top];
        match c {
            b',' if level.lambdas == 0 => level.separate(),
            // A compound statement on the line stays open: error recovery nests what follows.
            b';' => level.separate_high(),
            b':' if level.lambdas > 0 => level.lambdas -= 1,
            b':' if in_field => level.spec = true,
            b'+' | b'-' | b'*' | b'/' | b'%' | b'@' | b'&' | b'|' | b'^' | b'~' | b'<' | b'>' | b'!'
            | b'.' => {
                level.high += 1;
            }
            b'=' if self.at >= 2 && matches!(self.s[self.at - 2], b'=' | b':') => level.high += 1,
            _ => {}
        }
    }

    fn string(&mut self, interpolated: bool, raw: bool) -> Result<(), Refusal> {
        let quote = self.peek(0);
        let triple = self.peek(1) == quote && self.peek(2) == quote;
        self.at += if triple { 3 } else { 1 };
        if interpolated {
            return self.push(Level { quote, triple, raw, ..Level::default() });
        }
        while self.at < self.s.len() {
            let c = self.peek(0);
            if c == b'\\' {
                self.at += 2;
                continue;
            }
            if c == quote && (!triple || (self.peek(1) == quote && self.peek(2) == quote)) {
                self.at += if triple { 3 } else { 1 };
                return Ok(());
            }
            if !triple && matches!(c, b'\n' | b'\r') {
                return Ok(());
            }
            self.at += 1;
        }
        Ok(())
    }

    /// Literal text of an f-string or of a format spec.
    fn literal_part(&mut self) -> Result<(), Refusal> {
        let level = self.levels[self.top];
        let (quote, triple) = if level.spec {
            let f = self.levels[..self.top].iter().rev().find(|l| l.quote != 0).copied().unwrap_or(level);
            (f.quote, f.triple)
        } else {
            (level.quote, level.triple)
        };
        let c = self.peek(0);
        match c {
            // `\N{…}` is text, any other backslash hides one character but not a brace.
            b'\\' if !level.raw && self.peek(1) == b'N' && self.peek(2) == b'{' => self.at += 3,
            b'\\' if matches!(self.peek(1), b'{' | b'}') => self.at += 1,
            b'\\' => self.at += 2,
            b'{' if !level.spec && self.peek(1) == b'{' => self.at += 2,
            b'{' => {
                self.at += 1;
                self.push(Level { field: true, ..Level::default() })?;
            }
            b'}' => {
                self.at += 1;
                if level.spec {
                    self.pop();
                }
            }
            b'\n' | b'\r' if !triple => {
                // Unterminated: the rest of the line is lost, and so are the f-string's open fields.
                self.unwind_fstring();
            }
            _ if c == quote && (!triple || (self.peek(1) == quote && self.peek(2) == quote)) => {
                self.at += if triple { 3 } else { 1 };
                self.unwind_fstring();
            }
            _ => self.at += 1,
        }
        Ok(())
    }

    /// Leaves the innermost f-string.
    fn unwind_fstring(&mut self) {
        while self.top > 0 {
            let was = self.levels[self.top].quote != 0;
            self.pop();
            if was {
                break;
            }
        }
    }
}
