//! Taipan's core: values, heap, objects, bytecode and the adaptive interpreter.
#![no_std]
#![cfg_attr(
    test,
    allow(clippy::disallowed_methods, clippy::disallowed_macros, reason = "tests may allocate")
)]
extern crate alloc;

// First, since its macro `for_each_uop!` is in scope only behind it.
#[macro_use]
pub mod uop;

/// Text of an exception that is not a part of what builds without feature `messages` promise: `format_args!` there.
#[cfg(feature = "messages")]
macro_rules! message {
    ($($text:tt)*) => { format_args!($($text)*) };
}
#[cfg(not(feature = "messages"))]
macro_rules! message {
    ($($text:tt)*) => {{
        if false {
            let _ = format_args!($($text)*);
        }
        $crate::interp::raise::Nothing
    }};
}

pub mod builtins;
pub mod bytecode;
pub mod emit;
pub mod exit;
pub mod heap;
pub mod interp;
#[cfg(feature = "speed")]
pub mod jit;
pub mod num;
pub mod object;
#[cfg(feature = "speed")]
pub mod opt;
pub mod regalloc;
mod room;
pub mod trace;
pub mod value;
pub mod vm;
