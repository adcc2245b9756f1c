//! Traces: their form, how they are recorded, and how their exits find back to the interpreter.

pub mod ir;
