//! Number kernels: big integers, float text, format specs, `math`. Pure functions over slices; no heap, no VM.
//!
//! Invariants of the whole module:
//! - nothing here panics on guest data, and every allocation goes through [`Limits`] and `try_reserve`;
//! - an operation whose cost grows faster than its operands polls [`Limits`] every [`POLL_STEPS`] limb steps;
//! - text is written to a [`Sink`], which the caller charges as it likes.
#![forbid(unsafe_code)]

pub mod bigint;
mod error;
pub mod float;
pub mod format;
#[cfg(feature = "math")]
pub mod math;
pub mod parse;
mod sink;

#[cfg(test)]
mod tests;

pub use bigint::{BigInt, Buf, Int, SmallInt};
pub use error::{Limits, NumError, POLL_STEPS};
pub use sink::{Counter, Sink};
