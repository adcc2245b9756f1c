//! Taipan's core: values, heap, objects, bytecode and the adaptive interpreter.
#![no_std]
#![cfg_attr(
    test,
    allow(clippy::disallowed_methods, clippy::disallowed_macros, reason = "tests may allocate")
)]
extern crate alloc;

pub mod builtins;
pub mod bytecode;
pub mod emit;
pub mod exit;
pub mod heap;
pub mod interp;
pub mod num;
pub mod object;
pub mod opt;
mod room;
pub mod trace;
pub mod uop;
pub mod value;
pub mod vm;
