//! Traces: their form, how they are recorded, and how their exits find back to the interpreter.

pub mod check;
pub mod generate;
pub mod ir;
pub mod select;
pub mod text;
