//! Attribute access.

use super::Rt;
use crate::exit::Res;
use crate::value::Value;

impl Rt {
    /// Attribute `name` (interned) of `v`'s class, found along its resolution order; not bound.
    pub fn lookup_special(&mut self, v: Value, name: Value) -> Res<Option<Value>> {
        let _ = (v, name);
        Ok(None)
    }
}
