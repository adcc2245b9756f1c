//! Allocated uops as text, for listings and stage tests.
//!
//! `g` and `f` are registers, `s` spill slots; an exit is followed by the places of its snapshot's values.

use super::{AIns, Allocated, JitCtx, MAX_SPILLS, NO_EXIT, NO_REG};
use crate::trace::text::{Place, immediates};
use crate::uop::{Class, Uop};
use core::fmt::{self, Write};

/// Writes allocated uops, one a line.
///
/// # Errors
/// The writer's.
pub fn allocated(a: &Allocated, out: &mut dyn Write) -> fmt::Result {
    for ins in &a.code {
        line(a, ins, out)?;
        out.write_char('\n')?;
    }
    Ok(())
}

/// Writes one allocated uop, without line end.
///
/// # Errors
/// The writer's.
pub fn line(a: &Allocated, ins: &AIns, out: &mut dyn Write) -> fmt::Result {
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
    if ins.exit == NO_EXIT {
        return Ok(());
    }
    write!(out, " exit {}", ins.exit)?;
    let Some(exit) = a.exits.get(ins.exit as usize) else { return Ok(()) };
    let locs = a.locs.get(exit.first as usize..exit.first as usize + exit.count as usize);
    for (n, loc) in locs.unwrap_or(&[]).iter().enumerate() {
        write!(out, "{}{}", if n == 0 { ": " } else { " " }, Place(*loc))?;
    }
    Ok(())
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
