//! The optimizer. It works while a trace is built: every uop goes through [`builder::Builder::emit`], which folds it,
//! finds an equal one, or forwards a store, before it is added. Passes over the whole trace follow.
//!
//! Order and reasons: `fold` (needs operands only) before common subexpressions and forwarding (`memory`), which see
//! folded operands; `peel` re-emits a finished iteration through the same door, so that what does not vary is found to
//! be an equal uop of the first iteration, and stands before the loop; `ranges` when the loop is there, since what comes
//! round in it is known only then; `dce` before it, so that it relies on no check that would go, and at the end, since
//! everything before leaves unused uops behind. `trace::select` is for the machine: passes and tests see none of its forms.
//!
//! Invariants: facts are only ever weakened by a store or call that may change them; a fact about a value is
//! established by its definition or by a guard before its use.

pub mod builder;
pub mod contract;
pub mod dce;
mod divide;
mod fold;
mod hoist;
mod lean;
mod meet;
mod memory;
pub mod peel;
pub mod ranges;
pub mod sink;
mod span;

pub use meet::{GivenValues, meet};
pub use memory::{BOUND, FRESH, FUNCTION, INSTANCE, ITERATOR, RANGE, TUPLE};

#[cfg(test)]
mod contract_tests;
#[cfg(test)]
mod tests;
