//! Built-in types, functions and modules: static tables of natives, and frozen Python for what meets guest code.
//!
//! One file per type or module; each exports a `TypeDef` or a list of `NativeDef`s that the tables here collect.
//! Invariant: natives keep the rules of `docs/internals/natives.md`.
#![forbid(unsafe_code)]

pub mod bool;
pub mod float;
pub mod frozen;
pub mod int;
mod int_ops;
pub mod intrinsics;
pub mod math;
pub mod none;
mod num_support;
mod num_text;
pub mod number_ops;
pub mod object;

use crate::interp::{ModuleDef, NativeDef, TypeDef};

/// Every built-in type with behaviour of its own.
pub static TYPES: &[&TypeDef] = &[
    &int::INT,
    &bool::BOOL,
    &float::FLOAT,
    &none::NONE_TYPE,
    &none::NOT_IMPLEMENTED_TYPE,
    &none::ELLIPSIS_TYPE,
];

/// Functions of the module `builtins`.
pub static FUNCTIONS: &[&[NativeDef]] = &[number_ops::DEFS];

/// Natives for frozen Python only.
pub static INTRINSICS: &[&[NativeDef]] = &[intrinsics::DEFS, number_ops::INTRINSICS, math::INTRINSICS];

/// Built-in modules besides `builtins`.
pub static MODULES: &[&ModuleDef] = &[&math::MATH];

#[cfg(test)]
mod tests;
