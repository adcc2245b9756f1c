//! Built-in types, functions and modules: static tables of natives, and frozen Python for what meets guest code.
//!
//! One file per type or module; each exports a `TypeDef` or a list of `NativeDef`s that the tables here collect.
//! Invariant: natives keep the rules of `docs/internals/natives.md`.
#![forbid(unsafe_code)]

pub mod carets;
pub mod descriptors;
pub mod exceptions;
pub mod frozen;
pub mod frozen_code;
pub mod functions;
pub mod generator_type;
pub mod intrinsics;
pub mod iter_functions;
pub mod module_type;
pub mod object;
pub mod suggest;
pub mod sys;
pub mod time;
pub mod traceback;

use crate::interp::{ModuleDef, NativeDef, TypeDef};

/// Every built-in type with behaviour of its own.
pub static TYPES: &[&TypeDef] = &[
    &descriptors::FUNCTION,
    &descriptors::METHOD,
    &descriptors::BUILTIN,
    &descriptors::METHOD_DESCRIPTOR,
    &descriptors::WRAPPER_DESCRIPTOR,
    &descriptors::CLASSMETHOD_DESCRIPTOR,
    &descriptors::CELL,
    &descriptors::STATICMETHOD,
    &descriptors::CLASSMETHOD,
    &descriptors::PROPERTY,
    &descriptors::SUPER,
    &descriptors::MEMBER,
    &descriptors::GETSET,
    &generator_type::CODE,
    &module_type::MODULE,
    &module_type::MAPPINGPROXY,
    &exceptions::BASE_EXCEPTION,
    &traceback::TRACEBACK,
    &iter_functions::ENUMERATE,
    &iter_functions::ZIP,
    &iter_functions::MAP,
    &iter_functions::FILTER,
    &iter_functions::REVERSED,
    &sys::STREAM,
];

/// Functions of the module `builtins`.
pub static FUNCTIONS: &[&[NativeDef]] = &[functions::DEFS, iter_functions::DEFS];

/// Natives for frozen Python only.
pub static INTRINSICS: &[&[NativeDef]] = &[
    intrinsics::DEFS,
    functions::INTRINSICS,
    exceptions::INTRINSICS,
    traceback::INTRINSICS,
    sys::INTRINSICS,
];

/// Built-in modules besides `builtins`.
pub static MODULES: &[&ModuleDef] = &[&sys::MODULE, &time::MODULE];
