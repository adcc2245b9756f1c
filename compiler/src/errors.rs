//! Errors of compiling.

use crate::lines::Lines;
use crate::prescan::Refusal;
use ruff_text_size::{TextRange, TextSize};

/// Which exception a syntax error is.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Kind {
    /// `SyntaxError`.
    Syntax,
    /// `IndentationError`.
    Indentation,
    /// `TabError`.
    Tab,
}

/// A syntax error found by a stage, by source range.
#[derive(Clone, Debug)]
pub struct SyntaxError {
    pub kind: Kind,
    pub msg: String,
    pub range: TextRange,
    /// The range has no end that CPython would report.
    pub point: bool,
    /// CPython reports the line only.
    pub no_col: bool,
}

/// A syntax error.
pub fn err<T>(msg: impl Into<String>, range: TextRange) -> Result<T, SyntaxError> {
    Err(SyntaxError { kind: Kind::Syntax, msg: msg.into(), range, point: false, no_col: false })
}

/// Why a stage gave up.
#[derive(Clone, Debug)]
pub enum Fail {
    Syntax(SyntaxError),
    Memory,
}
impl From<SyntaxError> for Fail {
    fn from(e: SyntaxError) -> Self {
        Fail::Syntax(e)
    }
}

/// What `SyntaxError` and its subclasses carry, with CPython's meanings: lines and columns from 1, columns in
/// characters; 0 where there is none.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct SyntaxErrorInfo {
    /// Which exception it is.
    pub kind: Kind,
    /// The message.
    pub msg: String,
    /// Line.
    pub line: u32,
    /// Column.
    pub col: u32,
    /// Last line.
    pub end_line: u32,
    /// One past the last column.
    pub end_col: u32,
    /// The source line, without its end.
    pub text: String,
}

impl SyntaxErrorInfo {
    pub(crate) fn new(e: SyntaxError, lines: &Lines<'_>) -> Self {
        let column = |line: u32, col: u32| {
            let text = lines.text(line);
            let upto = text.get(..(col as usize).min(text.len())).unwrap_or(text);
            upto.chars().count() as u32 + 1 + (col as usize).saturating_sub(text.len()) as u32
        };
        let (line, col) = lines.locate(e.range.start());
        let (end_line, end_col) = lines.locate(e.range.end());
        let (end_line, end_col) = if e.point { (line, 0) } else { (end_line, column(end_line, end_col)) };
        SyntaxErrorInfo {
            kind: e.kind,
            msg: e.msg,
            line,
            col: if e.no_col { 0 } else { column(line, col) },
            end_line,
            end_col,
            text: lines.text(line).to_string(),
        }
    }
}

/// Why a source was not compiled.
#[derive(Clone, PartialEq, Eq, Debug)]
#[non_exhaustive]
pub enum CompileError {
    /// The source is not (yet) accepted.
    Syntax(Box<SyntaxErrorInfo>),
    /// The source cannot be decoded: the message of a `SyntaxError` without a position.
    Decoding(String),
    /// The source is longer than the limit.
    TooLong,
    /// Too little memory was granted, or the program is too large or too deep.
    Memory,
}

/// The syntax error a refusal of the pre-scan is; `None` where CPython runs out of memory instead.
pub(crate) fn of_refusal(r: Refusal) -> Option<SyntaxError> {
    let (kind, msg, at) = match r {
        Refusal::Brackets(at) => (Kind::Syntax, "too many nested parentheses", at),
        Refusal::Indentation(at) => (Kind::Indentation, "too many levels of indentation", at),
        Refusal::FStrings(at) => (Kind::Syntax, "too many nested f-strings", at),
        Refusal::Depth(_) => return None,
    };
    Some(SyntaxError {
        kind,
        msg: msg.into(),
        range: TextRange::empty(TextSize::new(at as u32)),
        point: true,
        no_col: false,
    })
}
