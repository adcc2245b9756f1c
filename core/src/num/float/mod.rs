//! Floats as Python shows, reads and computes them.
//!
//! [`decimal`] holds the exact decimal expansion of a float in a fixed array, so that rounding at any place
//! is exact and needs no heap; [`layout`] turns digits into the pieces of `%e`, `%f`, `%g` and `repr` text.

pub mod decimal;
mod hex;
pub mod layout;
mod ops;
mod read;
mod show;

pub use hex::{from_hex, to_hex};
#[cfg(any(feature = "math", feature = "speed"))]
pub use ops::pow;
pub use ops::{
    PowError, as_integer_ratio, div_mod, floor_div, hash, is_integer, modulo, pow_with, round_to,
    round_to_int,
};
pub use read::parse;
pub use show::{Repr, Shortest, repr, shortest};
