//! Allocated uops as text, for listings and stage tests.
//!
//! `g` and `f` are registers, `s` spill slots; an exit is followed by the places of its snapshot's values.

use super::{AIns, Allocated, JitCtx, MAX_SPILLS, NO_EXIT, NO_REG};
use crate::trace::ir::Trace;
use crate::trace::text::{Place, immediates};
use crate::uop::{Class, Uop};
use core::fmt::{self, Write};

/// Writes the allocated uops of `trace`, one a line.
///
/// # Errors
/// The writer's.
pub fn allocated(trace: &Trace, a: &Allocated, out: &mut dyn Write) -> fmt::Result {
    for ins in &a.code {
        line(ins, out)?;
        if ins.exit != NO_EXIT {
            places(trace, a, ins.exit, out)?;
        }
        out.write_char('\n')?;
    }
    Ok(())
}

/// Writes where the values of an exit's snapshot are.
fn places(trace: &Trace, a: &Allocated, exit: u16, out: &mut dyn Write) -> fmt::Result {
    let Some(snap) = a.exits.get(exit as usize) else { return Ok(()) };
    for (n, slot) in trace.snapshot_slots(*snap).iter().enumerate() {
        out.write_str(if n == 0 { ": " } else { " " })?;
        match a.place(slot.value, exit) {
            Some(loc) => write!(out, "{}", Place(loc))?,
            None => out.write_char('?')?,
        }
    }
    Ok(())
}

/// Writes one allocated uop, without the places of its exit's values and line end.
///
/// # Errors
/// The writer's.
pub fn line(ins: &AIns, out: &mut dyn Write) -> fmt::Result {
    if ins.out != NO_REG {
        write!(out, "{} = ", Reg(ins.op.out().unwrap_or(Class::G), ins.out))?;
    }
    out.write_str(ins.op.name())?;
    for (n, class) in ins.op.ins().iter().enumerate() {
        write!(out, "{} {}", if n == 0 { "" } else { "," }, Reg(*class, ins.args[n]))?;
    }
    match spill(ins) {
        Some(s) => write!(out, " s{s}")?,
        None => immediates(ins.op, ins.d, ins.k, out)?,
    }
    if ins.exit == NO_EXIT { Ok(()) } else { write!(out, " exit {}", ins.exit) }
}

/// The spill slot that a uop reads or writes, if it does.
pub(crate) fn spill(ins: &AIns) -> Option<u16> {
    if !matches!(ins.op, Uop::CtxLoad | Uop::CtxLoadF | Uop::CtxStore | Uop::CtxStoreF) {
        return None;
    }
    let offset = ins.d.checked_sub(core::mem::offset_of!(JitCtx, spill) as i32)?;
    let slot = u16::try_from(offset / 8).ok()?;
    (offset >= 0 && offset % 8 == 0 && (slot as usize) < MAX_SPILLS).then_some(slot)
}

struct Reg(Class, u8);

impl fmt::Display for Reg {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self.0 {
            Class::G => write!(f, "g{}", self.1),
            Class::F => write!(f, "f{}", self.1),
        }
    }
}
