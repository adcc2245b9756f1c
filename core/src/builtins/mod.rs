//! Built-in types, functions and modules: static tables of natives, and frozen Python for what meets guest code.
//!
//! One file per type or module; each exports a `TypeDef` or a list of `NativeDef`s that the tables here collect.
//! Invariant: natives keep the rules of `docs/internals/natives.md`.
#![forbid(unsafe_code)]

pub mod bytes;
pub mod frozen;
pub mod intrinsics;
pub mod object;
pub mod str;

#[cfg(test)]
mod tests;

use crate::interp::{ModuleDef, NativeDef, TypeDef};

/// Every built-in type with behaviour of its own.
pub static TYPES: &[&TypeDef] = &[&str::STR, &str::STR_ITER, &bytes::BYTES, &bytes::BYTES_ITER];

/// Functions of the module `builtins`.
pub static FUNCTIONS: &[&[NativeDef]] = &[];

/// Natives for frozen Python only.
pub static INTRINSICS: &[&[NativeDef]] = &[intrinsics::DEFS, str::INTRINSICS];

/// Built-in modules besides `builtins`.
pub static MODULES: &[&ModuleDef] = &[];
