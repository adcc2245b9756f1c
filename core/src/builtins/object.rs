//! `object`.

use crate::exit::Res;
use crate::interp::Rt;
use crate::value::Value;

/// `<module.Class object at 0x…>`, with the identity number as address.
pub fn default_repr(rt: &mut Rt, v: Value) -> Res<Value> {
    let id = rt.heap.identity(v)?;
    let name = rt.type_name(v);
    rt.format_str(format_args!("<{name} object at {:#x}>", 0x7f00_0000_0000u64 + id * 16))
}
