//! Tests of natives without the interpreter.

mod text;
