//! Tests of the built-ins that need no interpreter.
//! Tests of natives without the interpreter.

mod text;
//! Tests of built-ins by calling the natives directly.
mod numbers;
