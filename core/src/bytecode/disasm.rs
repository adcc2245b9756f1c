//! The disassembler: bytecode as text, for `taipan dis` and the compiler's stage tests.
//!
//! Registers print as `name` (named ones, `name.N` if the name is not unique) or `rN`; jumps as the index they go
//! to. Nothing here can fail on a verified module.

use super::module::{ConstRef, Func, Module, Site};
use super::{Instr, Op, Operand};
use core::fmt::{self, Write};

/// Writes every function of a module.
pub fn module(m: &Module, out: &mut dyn Write) -> fmt::Result {
    for index in 0..m.func_count() {
        if index > 0 {
            out.write_char('\n')?;
        }
        function(m, index, out)?;
    }
    Ok(())
}

/// Writes one function.
pub fn function(m: &Module, index: u32, out: &mut dyn Write) -> fmt::Result {
    let Some(f) = m.func(index) else { return Ok(()) };
    write!(out, "function {index} {}", m.text(f.qualname))?;
    writeln!(out, " args={} nregs={} flags={:#x} cost={}", f.nparams(), f.nregs, f.flags.0, f.entry_cost)?;
    let mut line = 0;
    for (at, &i) in m.instrs(&f).iter().enumerate() {
        let now = m.pos(&f, at as u32).map_or(0, |p| p.line);
        if now != line {
            line = now;
            write!(out, "{line:5}")?;
        } else {
            write!(out, "     ")?;
        }
        write!(out, " {at:4}  ")?;
        instruction(m, &f, at as u32, i, out)?;
        out.write_char('\n')?;
    }
    for e in (0..f.excs.1).filter_map(|i| m.exc(&f, i)) {
        writeln!(out, "      {}..{} -> {} in r{}", e.start, e.end, e.handler, e.reg)?;
    }
    Ok(())
}

/// Writes one instruction: its name and operands.
pub fn instruction(m: &Module, f: &Func, at: u32, i: Instr, out: &mut dyn Write) -> fmt::Result {
    let Some(op) = i.op() else { return write!(out, "? {:#x}", i.0) };
    write!(out, "{:<16}", op.name())?;
    let fields = [i.a(), i.b(), i.c()];
    for (kind, v) in op.operands().into_iter().zip(fields) {
        operand(m, f, at, i, kind, v, out)?;
    }
    match op {
        Op::Call | Op::CallMethod | Op::CallKw | Op::CallMethodKw | Op::CallEx => {
            if let Some(s) = m.site(f, i.c() as u32) {
                out.write_str(" -> ")?;
                register(m, f, s.dst, out)?;
            }
        }
        _ => {}
    }
    Ok(())
}

fn operand(
    m: &Module,
    f: &Func,
    at: u32,
    i: Instr,
    kind: Operand,
    v: u16,
    out: &mut dyn Write,
) -> fmt::Result {
    let target = |offset: i64| at as i64 + 1 + offset;
    match kind {
        Operand::None | Operand::JumpHi => Ok(()),
        Operand::Dst | Operand::Reg | Operand::Regs(_) | Operand::Run => {
            out.write_char(' ')?;
            register(m, f, v, out)
        }
        Operand::Const | Operand::Name => {
            out.write_char(' ')?;
            constant(m, f, v as u32, out)
        }
        Operand::Site => match m.site(f, v as u32) {
            Some(s) if s.name != Site::NO_NAME => {
                out.write_str(" .")?;
                constant(m, f, s.name, out)
            }
            _ => Ok(()),
        },
        Operand::Func => {
            let name = m.func(v as u32).map_or("?", |f| m.text(f.name));
            write!(out, " <{v} {name}>")
        }
        Operand::Imm => write!(out, " {}", v as i16),
        Operand::Num => write!(out, " {v}"),
        Operand::Jump16 => write!(out, " @{}", target(v as i16 as i64)),
        Operand::Jump32 => write!(out, " @{}", target(i.offset32() as i64)),
    }
}

fn register(m: &Module, f: &Func, r: u16, out: &mut dyn Write) -> fmt::Result {
    match m.var_name(f, r as u32) {
        Some(name) => {
            let same = (0..f.nlocals as u32).filter(|&i| m.var_name(f, i) == Some(name)).take(2).count();
            if same > 1 { write!(out, "{name}.{r}") } else { out.write_str(name) }
        }
        None => write!(out, "r{r}"),
    }
}

/// Writes a constant as a literal.
pub fn constant(m: &Module, f: &Func, index: u32, out: &mut dyn Write) -> fmt::Result {
    match m.constant(f, index) {
        None => out.write_str("?"),
        Some(ConstRef::None) => out.write_str("None"),
        Some(ConstRef::Bool(true)) => out.write_str("True"),
        Some(ConstRef::Bool(false)) => out.write_str("False"),
        Some(ConstRef::Ellipsis) => out.write_str("..."),
        Some(ConstRef::Int(i)) => write!(out, "{i}"),
        Some(ConstRef::BigInt(neg, limbs)) => {
            out.write_str(if neg { "-0x" } else { "0x" })?;
            limbs.iter().rev().try_for_each(|l| write!(out, "{l:016x}"))
        }
        Some(ConstRef::Float(x)) => write!(out, "{x:?}"),
        Some(ConstRef::Imaginary(x)) => write!(out, "{x:?}j"),
        Some(ConstRef::Str(s)) => text(s, out),
        Some(ConstRef::Bytes(s)) => {
            out.write_char('b')?;
            text(s, out)
        }
        Some(ConstRef::Tuple(items)) => list(m, f, items, "()", out),
        Some(ConstRef::FrozenSet(items)) => list(m, f, items, "{}", out),
    }
}

fn list(m: &Module, f: &Func, items: &[u64], brackets: &str, out: &mut dyn Write) -> fmt::Result {
    out.write_str(&brackets[..1])?;
    for (n, &item) in items.iter().enumerate() {
        if n > 0 {
            out.write_str(", ")?;
        }
        // Items precede their container (verified), so this ends.
        constant(m, f, item as u32, out)?;
    }
    out.write_str(&brackets[1..])
}

fn text(s: &[u8], out: &mut dyn Write) -> fmt::Result {
    out.write_char('\'')?;
    for &b in s.iter().take(60) {
        match b {
            b'\n' => out.write_str("\\n")?,
            b'\'' | b'\\' => write!(out, "\\{}", b as char)?,
            b' '..=b'~' => out.write_char(b as char)?,
            _ => write!(out, "\\x{b:02x}")?,
        }
    }
    out.write_str(if s.len() > 60 { "…'" } else { "'" })
}
