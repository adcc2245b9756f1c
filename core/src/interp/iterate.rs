//! Iteration.

use super::Rt;
use crate::exit::Res;
use crate::value::Value;

/// See `Rt::items_of`.
pub(super) fn native_items(rt: &mut Rt, v: Value) -> Res<Option<Value>> {
    let _ = (rt, v);
    Ok(None)
}
