//! The listing of code after a run: specialized forms, cache contents, counters (`taipan dis --adaptive`).

use crate::bytecode::{Op, Operand};
use crate::heap::Gc;
use crate::object::{Code, List};
use core::fmt::{self, Write};

/// Writes every function of a module, as far as it was run.
pub fn module(out: &mut dyn Write, main: Gc<Code>) -> fmt::Result {
    if let Some(l) = main.siblings.get::<List>() {
        for c in l.items().iter().filter_map(|v| v.get::<Code>()) {
            function(out, c)?;
        }
    }
    Ok(())
}

fn function(out: &mut dyn Write, code: Gc<Code>) -> fmt::Result {
    let module = code.module();
    let warm = !code.quick.get().is_null();
    let state = if warm { "warm" } else { "cold" };
    writeln!(out, "function {} ({state}, {} registers)", module.text(code.func.qualname), code.nregs)?;
    for at in 0..code.ninstrs {
        // SAFETY: `at` is below the number of instructions of both copies and of the counters.
        let (i, counter) = unsafe {
            if warm {
                (*code.quick.get().add(at as usize), *code.counters.get().add(at as usize))
            } else {
                (*code.original.add(at as usize), 0)
            }
        };
        let Some(op) = i.op() else { continue };
        let line = module.pos(&code.func, at).map_or(0, |p| p.line);
        write!(out, "{at:5} {line:5}  {:<22} {:5} {:5} {:5}", op.name(), i.a(), i.b(), i.c())?;
        if counter != 0 {
            write!(out, "  wait {} backoff {}", counter & 0xfff, counter >> 12)?;
        }
        if op.is_specialized() {
            cache(out, code, op, [i.a(), i.b(), i.c()])?;
        }
        writeln!(out)?;
    }
    writeln!(out)
}

fn cache(out: &mut dyn Write, code: Gc<Code>, op: Op, fields: [u16; 3]) -> fmt::Result {
    let site = op.operands().iter().position(|k| *k == Operand::Site);
    let Some(s) = site.and_then(|n| code.sites().get(fields[n] as usize)) else { return Ok(()) };
    write!(out, "  [shape {} index {} version {}]", s.shape as i32, s.index, s.version)
}
