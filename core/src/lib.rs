//! Taipan's core: values, heap, objects, bytecode and the adaptive interpreter.
#![no_std]
extern crate alloc;

pub mod bytecode;
pub mod num;
