//! Natives that only frozen Python sees. Their names begin with `_`.

use crate::exit::Res;
use crate::interp::{Args, NativeDef, Rt, def};
use crate::value::Value;

/// Every intrinsic of this file; containers and functions add their own lists in `builtins::INTRINSICS`.
pub static DEFS: &[NativeDef] = &[def("_type_name", "v, /", type_name)];

fn type_name(rt: &mut Rt, a: Args) -> Res<Value> {
    let name = rt.type_name(a.at(0));
    rt.new_str(name)
}
