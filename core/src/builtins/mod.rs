//! Built-in types, functions and modules: static tables of natives, and frozen Python for what meets guest code.
//!
//! One file per type or module; each exports a `TypeDef` or a list of `NativeDef`s that the tables here collect.
//! Invariant: natives keep the rules of `docs/internals/natives.md`.
#![forbid(unsafe_code)]

pub mod bool;
#[cfg(feature = "bytes")]
pub mod bytes;
pub mod carets;
pub mod class_intrinsics;
pub mod container_intrinsics;
pub mod container_repr;
pub mod descriptors;
pub mod dict;
pub mod dict_views;
pub mod exceptions;
pub mod float;
pub mod frozen;
#[cfg(any(test, feature = "speed"))]
pub mod frozen_code;
#[cfg(any(test, not(feature = "speed")))]
pub mod frozen_packed;
pub mod functions;
pub mod generator_type;
pub mod int;
#[cfg(feature = "bytes")]
mod int_bytes;
mod int_ops;
pub mod intrinsics;
pub mod iter_functions;
pub mod iterators;
pub mod left_out;
pub mod list;
#[cfg(feature = "math")]
pub mod math;
pub mod module_type;
pub mod native_iters;
pub mod none;
mod num_support;
mod num_text;
pub mod number_ops;
pub mod object;
pub mod range;
pub mod sequence;
#[cfg(feature = "sets")]
pub mod set;
#[cfg(feature = "sets")]
pub mod set_intrinsics;
pub mod slice;
pub mod sort;
pub mod str;
#[cfg(feature = "tracebacks")]
pub mod suggest;
pub mod sys;
pub mod time;
pub mod traceback;
#[cfg(feature = "tracebacks")]
pub mod traceback_text;
pub mod tuple;
pub mod type_type;

#[cfg(test)]
mod tests;

use crate::interp::{ModuleDef, NativeDef, TypeDef};
#[cfg(not(feature = "sets"))]
pub use left_out::set;
#[cfg(not(feature = "bytes"))]
use left_out::{bytes, int_bytes};

/// Every built-in type with behaviour of its own.
pub static TYPES: &[&TypeDef] = &[
    &object::OBJECT,
    &type_type::TYPE,
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
    &iterators::ITERATORS[15],
    &descriptors::FUNCTION,
    &descriptors::METHOD,
    &descriptors::BUILTIN,
    &descriptors::METHOD_WRAPPER,
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
    &generator_type::GENERATOR,
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
    &str::STR,
    &bytes::BYTES,
    &int::INT,
    &bool::BOOL,
    &float::FLOAT,
    &none::NONE_TYPE,
    &none::NOT_IMPLEMENTED_TYPE,
    &none::ELLIPSIS_TYPE,
];

/// Functions of the module `builtins`.
pub static FUNCTIONS: &[&[NativeDef]] =
    &[functions::DEFS, iter_functions::DEFS, type_type::FUNCTIONS, number_ops::DEFS];

/// Natives for frozen Python only.
pub static INTRINSICS: &[&[NativeDef]] = &[
    intrinsics::DEFS,
    class_intrinsics::DEFS,
    container_intrinsics::DEFS,
    #[cfg(feature = "sets")]
    set_intrinsics::DEFS,
    functions::INTRINSICS,
    exceptions::INTRINSICS,
    traceback::INTRINSICS,
    #[cfg(feature = "tracebacks")]
    traceback_text::INTRINSICS,
    sys::INTRINSICS,
    str::INTRINSICS,
    #[cfg(feature = "format")]
    str::format_method::INTRINSICS,
    #[cfg(feature = "format")]
    str::percent::INTRINSICS,
    number_ops::INTRINSICS,
    #[cfg(feature = "math")]
    math::INTRINSICS,
];

/// The frozen function that makes the text of an uncaught exception.
pub const EXCEPTION_TEXT: u32 =
    if cfg!(feature = "tracebacks") { frozen::format_exception } else { frozen::exception_brief };

/// Built-in modules besides `builtins`.
pub static MODULES: &[&ModuleDef] = &[
    &sys::MODULE,
    &time::MODULE,
    #[cfg(feature = "math")]
    &math::MATH,
];

/// Built-in modules that this build leaves out; each is a feature of its name.
pub static LEFT_OUT: &[&str] = &[
    #[cfg(not(feature = "math"))]
    "math",
];
