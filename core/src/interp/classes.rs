//! To come.

use super::Rt;
use crate::exit::Res;
use crate::object::Type;
use crate::value::Value;

impl Rt {
    /// The shape of a new instance of class `cls`.
    pub fn instance_shape(&mut self, cls: Value) -> Res<u32> {
        Ok(cls.get::<Type>().map_or(0, |t| t.root_shape.get()))
    }
}
