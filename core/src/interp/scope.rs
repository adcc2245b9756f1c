//! Namespaces of the running guest function, for `globals()`, `locals()`, `vars()` and `dir()`.
//!
//! Invariant: the frames of natives and of frozen Python are not the guest's and are passed over.

use super::Rt;
use super::frame::Frame;
use crate::bytecode::{FuncFlags, Op};
use crate::exit::Res;
use crate::heap::Gc;
use crate::object::func::{CellObj, Code, Function};
use crate::object::{Dict, Generator, dict};
use crate::value::Value;

impl Rt {
    /// `name = v` at module level, or of a global.
    pub(super) fn store_global(&mut self, d: Gc<Dict>, name: Value, v: Value) -> Res<()> {
        // Data that is set a second time is no constant for traces.
        #[cfg(feature = "speed")]
        if self.dict_get_str(d, name).is_some_and(|old| old != v && !crate::object::watch::is_code(old)) {
            d.unsteady(name);
        }
        self.dict_set_str(d, name, v)
    }

    /// The innermost frame of guest code and its function.
    fn guest_frame(&self) -> Option<(Frame, Gc<Code>, Gc<Function>)> {
        let mut f = self.stack.frame;
        while !f.is_null() {
            if let Some(code) = f.code()
                && !code.func.flags.has(FuncFlags::FROZEN)
            {
                let func = f.func().get::<Generator>().map_or(f.func(), |g| g.func);
                return Some((f, code, func.get::<Function>()?));
            }
            f = f.prev();
        }
        None
    }

    /// Globals of the guest function that runs, or None.
    pub(crate) fn guest_globals(&self) -> Value {
        self.guest_frame().map_or(Value::NONE, |(_, _, f)| f.globals)
    }

    /// What `locals()` answers: the namespace itself in modules and class bodies, a new dict in functions.
    pub(crate) fn guest_locals(&mut self) -> Res<Value> {
        let Some((frame, code, func)) = self.guest_frame() else {
            return Ok(dict::new(&mut self.heap)?.value());
        };
        let flags = code.func.flags;
        if flags.has(FuncFlags::MODULE) {
            return Ok(func.globals);
        }
        if flags.has(FuncFlags::CLASS_BODY) {
            // SAFETY: register 0 of a class body is its namespace.
            return Ok(unsafe { frame.reg(0) });
        }
        let module = code.module().clone();
        let count = code.func.nlocals.min(code.func.vars.1.min(u16::MAX as u32) as u16);
        self.charge(count as usize + code.func.instrs.1 as usize)?;
        let names = dict::new(&mut self.heap)?;
        for i in (0..count).filter(|&i| !module.var_hidden(&code.func, i as u32)) {
            // SAFETY: named registers are registers of the frame.
            let mut v = unsafe { frame.reg(i) };
            if let Some(cell) = v.get::<CellObj>()
                && holds_cell(&code, i)
            {
                v = cell.content.get();
            }
            if !v.is_unbound() {
                self.dict_set_name(names, module.var_name(&code.func, i as u32).unwrap_or("?"), v)?;
            }
        }
        Ok(names.value())
    }
}

/// Whether named register `i` holds a cell whose content is the variable.
fn holds_cell(code: &Gc<Code>, i: u16) -> bool {
    let free = code.func.nlocals.saturating_sub(code.func.nfree);
    i >= free || code.module().instrs(&code.func).iter().any(|x| x.op() == Some(Op::MakeCell) && x.a() == i)
}
