//! Making `Code` cells of a module's functions: constants, names, sites; and functions of frozen Python.

use super::Rt;
use crate::exit::{Exit, Res};
use crate::value::Value;

impl Rt {
    /// Function number `index` of the frozen module.
    pub fn frozen_function(&mut self, index: u32) -> Res<Value> {
        self.frozen.get(index as usize).copied().ok_or(Exit::NeedGc)
    }
}
