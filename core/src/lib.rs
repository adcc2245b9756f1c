//! Taipan's core: values, heap, objects, bytecode and the adaptive interpreter.
#![no_std]
extern crate alloc;

pub mod builtins;
pub mod bytecode;
pub mod exit;
pub mod heap;
pub mod interp;
pub mod num;
pub mod object;
pub mod value;
pub mod vm;
