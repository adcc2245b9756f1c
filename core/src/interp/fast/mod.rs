//! Fast paths of specialized instructions: each checks what its form assumes, then acts.
//!
//! Invariants: all checks stand before the first effect; a function that answers `None`, `false` or `Miss` has
//! changed nothing, so the slow path can run the instruction from its start. Nothing here collects or unwinds.

mod any;
mod arith;
mod attrs;
mod build;
mod calls;
mod generators;
mod items;
mod pairs;

pub(super) use any::*;
pub(super) use arith::*;
pub(super) use attrs::*;
pub(super) use build::*;
pub(super) use calls::*;
pub(super) use generators::*;
pub(super) use items::*;

// What compiled code calls too.
pub(crate) use arith::{add_int, add_str, eq_str, mul_int, shl_int, sub_int, truth};
pub(crate) use attrs::namespace;
pub(crate) use build::{
    add_list, build_list, build_slice, build_tuple, get_slice, list_append, list_part, list_slice, make_cell,
    set_slice,
};
pub(crate) use items::{
    dict_item, dict_item_or, in_dict, in_items, in_set, in_str, is_iterator, iter_item, iter_pair, next_iter,
    next_pair, set_add, set_dict_item, set_remove, steps_without_call,
};

pub(crate) use pairs::{dict_pair, set_pair};

use super::Rt;
use super::frame::word;
use crate::object::func::{Code, SiteCache};
use crate::value::Value;

/// Outcome of a step of a loop.
pub(crate) enum Next {
    Item(Value),
    End,
    Miss,
}

/// Outcome of a fast path that pushes a frame.
pub(super) enum Pushed {
    Yes,
    Miss,
}

/// Outcome of a fast path that runs a native: a value and its register, or an exit with callee and call site.
pub(super) enum Native {
    Value(Value, u16),
    /// A Python function's frame was pushed instead.
    Pushed,
    Miss,
    Exit(crate::exit::Exit, (Value, super::call::CallSite)),
}

/// Meta word of a constructor's frame, as far as it decides how to return.
pub(super) const INIT: u64 = (super::cont::Cont::Init as u64) << 8;

/// # Safety
/// `base` is the running frame, a code frame.
#[inline(always)]
pub(super) unsafe fn code_of(base: *mut Value) -> *mut Code {
    // SAFETY: the code word of a code frame.
    unsafe { *base.offset(word::CODE).cast::<u64>() as usize as *mut Code }
}

/// # Safety
/// As for `code_of`.
#[inline(always)]
pub(super) unsafe fn sites_of(base: *mut Value) -> *mut SiteCache {
    // SAFETY: the caller's promise.
    unsafe { (*code_of(base)).sites }
}

/// # Safety
/// As for `code_of`; `index` is a constant of the code.
#[inline(always)]
pub(super) unsafe fn constant(base: *mut Value, index: u16) -> Value {
    // SAFETY: the caller's promise.
    unsafe { *(*code_of(base)).consts.add(index as usize) }
}

/// Whether a back-edge of `distance` can be taken without the slow path.
#[inline(always)]
pub(super) fn can_loop(rt: &Rt, distance: i64) -> bool {
    rt.fuel >= distance && !rt.heap.gc_due() && !rt.interrupted()
}
