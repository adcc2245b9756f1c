//! Built-in types, functions and modules: static tables of natives, and frozen Python for what meets guest code.
//!
//! One file per type or module; each exports a `TypeDef` or a list of `NativeDef`s that the tables here collect.
//! Invariant: natives keep the rules of `docs/internals/natives.md`.
#![forbid(unsafe_code)]

pub mod container_intrinsics;
pub mod container_repr;
pub mod dict;
pub mod dict_views;
pub mod frozen;
pub mod intrinsics;
pub mod iterators;
pub mod list;
pub mod object;
pub mod range;
pub mod sequence;
pub mod set;
pub mod slice;
pub mod sort;
#[cfg(test)]
mod tests;
pub mod tuple;

use crate::interp::{ModuleDef, NativeDef, TypeDef};

/// Every built-in type with behaviour of its own.
pub static TYPES: &[&TypeDef] = &[
    &list::LIST,
    &tuple::TUPLE,
    &dict::DICT,
    &dict_views::VIEWS[0],
    &dict_views::VIEWS[1],
    &dict_views::VIEWS[2],
    &set::SET,
    &set::FROZENSET,
    &range::RANGE,
    &slice::SLICE,
    &iterators::ITERATORS[0],
    &iterators::ITERATORS[1],
    &iterators::ITERATORS[2],
    &iterators::ITERATORS[3],
    &iterators::ITERATORS[4],
    &iterators::ITERATORS[5],
    &iterators::ITERATORS[6],
    &iterators::ITERATORS[7],
    &iterators::ITERATORS[8],
    &iterators::ITERATORS[9],
    &iterators::ITERATORS[10],
    &iterators::ITERATORS[11],
    &iterators::ITERATORS[12],
    &iterators::ITERATORS[13],
    &iterators::ITERATORS[14],
];

/// Functions of the module `builtins`.
pub static FUNCTIONS: &[&[NativeDef]] = &[];

/// Natives for frozen Python only.
pub static INTRINSICS: &[&[NativeDef]] = &[intrinsics::DEFS, container_intrinsics::DEFS];

/// Built-in modules besides `builtins`.
pub static MODULES: &[&ModuleDef] = &[];
