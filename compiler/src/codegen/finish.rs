//! From a finished [`Unit`] to a [`FuncDef`]: register layout, prologue, jump offsets.
//!
//! Invariants: named registers come first, free variables last among them, hoisted constants next, then
//! temporaries; runs of registers stay consecutive because each space is mapped by one offset. A 16-bit jump that
//! does not reach becomes an island: the jump over one instruction to a long one.

use super::unit::{FREE, HOISTED, Hoisted, Label, Reg, TEMP, Unit};
use crate::lines::Lines;
use taipan_core::bytecode::asm::FuncDef;
use taipan_core::bytecode::{ExcEntry, Instr, Op, Operand, Pos};

/// Where each space of virtual registers begins in the frame.
struct Layout {
    free: u16,
    hoisted: u16,
    temp: u16,
}

impl Layout {
    fn map(&self, r: Reg) -> u16 {
        match r {
            HOISTED.. => self.hoisted + (r - HOISTED),
            FREE.. => self.free + (r - FREE),
            TEMP.. => self.temp + (r - TEMP),
            _ => r,
        }
    }

    fn instr(&self, i: Instr) -> Instr {
        let Some(op) = i.op() else { return i };
        let mut f = [i.a(), i.b(), i.c()];
        for (v, kind) in f.iter_mut().zip(op.operands()) {
            if matches!(kind, Operand::Dst | Operand::Reg | Operand::Regs(_) | Operand::Run) {
                *v = self.map(*v);
            }
        }
        match op {
            Op::ListExtend if f[2] != 0 => f[2] = self.map(f[2] - 1) + 1,
            Op::MakeGenerator => f[0] = self.map(f[0]),
            Op::Yield | Op::YieldFrom => f[2] = self.map(f[2]),
            _ => {}
        }
        Instr::new(op, f[0], f[1], f[2])
    }
}

/// Whether the operation's jump offset is the 16-bit field `c`.
fn is_short(op: Op) -> bool {
    op.operands()[2] == Operand::Jump16
}

/// Lays out the unit. `None`: too large.
pub fn finish(mut u: Unit<'_>, lines: &Lines<'_>) -> Option<FuncDef> {
    let total = u.named.len() + u.free.len() + u.hoisted.len() + u.max_top as usize;
    if u.too_large || total > u16::MAX as usize - 32 {
        return None;
    }
    let free = u.named.len() as u16;
    let hoisted = free + u.free.len() as u16;
    let layout = Layout { free, hoisted, temp: hoisted + u.hoisted.len() as u16 };
    let mut prologue = std::mem::take(&mut u.prologue);
    let generator = matches!(prologue.last(), Some(i) if i.op() == Some(Op::MakeGenerator));
    let at = prologue.len() - generator as usize;
    let loads = u.hoisted.iter().enumerate().map(|(i, h)| hoisted_load(HOISTED + i as Reg, *h));
    prologue.splice(at..at, loads);

    thread_jumps(&mut u);
    let expanded = relax(&u);
    let shift = prologue.len() as u32;
    let new_index = |old: u32| shift + old + 2 * expanded.partition_point(|&e| e < old) as u32;
    let mut def = std::mem::take(&mut u.def);
    def.nfree = u.free.len() as u16;
    // At least one: sites without a destination name register 0.
    def.nregs = (layout.temp + u.max_top).max(1);
    def.entry_cost = (u.straight + shift).max(1);
    let first =
        Pos { line: def.first_line, end_line: def.first_line, col: Pos::NO_COL, end_col: Pos::NO_COL };
    def.instrs = prologue.into_iter().map(|i| layout.instr(i)).collect();
    def.positions = vec![first; shift as usize];
    emit_body(&u, &layout, &expanded, new_index, lines, &mut def);
    def.vars = u.named;
    def.vars.append(&mut u.free);
    for s in &mut def.sites {
        s.dst = layout.map(s.dst);
    }
    def.excs = u
        .excs
        .iter()
        .filter_map(|e| {
            let handler = u.labels[e.handler.0 as usize].at?;
            Some(ExcEntry {
                start: new_index(e.start),
                end: new_index(e.end),
                handler: new_index(handler),
                reg: layout.map(e.reg),
            })
        })
        .collect();
    Some(def)
}

fn hoisted_load(dst: Reg, h: Hoisted) -> Instr {
    match h {
        Hoisted::Int(v) => Instr::new(Op::LoadInt, dst, v as u16, 0),
        Hoisted::Const(i) => Instr::new(Op::LoadConst, dst, i as u16, 0),
        Hoisted::None => Instr::new(Op::LoadNone, dst, 0, 0),
    }
}

/// Sends jumps to where the unconditional jumps they lead to go, and returns at once where such a jump leads to a
/// return. What is jumped over stays in place, so that indices do not change.
fn thread_jumps(u: &mut Unit<'_>) {
    let goes_on = |u: &Unit<'_>, at: u32| u.code.get(at as usize).and_then(|i| i.op()) == Some(Op::Jump);
    for k in 0..u.fixups.len() {
        let (at, mut label) = u.fixups[k];
        let forward = !matches!(u.code[at as usize].op(), Some(Op::JumpBack | Op::ForLoop | Op::Send) | None);
        for _ in 0..8 {
            let to = target(u, label);
            if !forward || to <= at || !goes_on(u, to) {
                break;
            }
            let Ok(next) = u.fixups.binary_search_by_key(&to, |f| f.0) else { break };
            label = u.fixups[next].1;
        }
        u.fixups[k].1 = label;
    }
    let mut fixups = std::mem::take(&mut u.fixups);
    fixups.retain(|&(at, label)| {
        let end = u.code.get(target(u, label) as usize).copied();
        match end {
            Some(i) if goes_on(u, at) && matches!(i.op(), Some(Op::Return | Op::ReturnNone)) => {
                u.code[at as usize] = i;
                false
            }
            _ => true,
        }
    });
    u.fixups = fixups;
}

fn target(u: &Unit<'_>, l: Label) -> u32 {
    // A label that was never placed has no reachable jump to it.
    u.labels[l.0 as usize].at.unwrap_or(u.code.len() as u32)
}

/// The instructions (in order) whose short jump must become an island of three.
fn relax(u: &Unit<'_>) -> Vec<u32> {
    let mut long: Vec<u32> = Vec::new();
    if u.code.len() < 10_000 {
        return long;
    }
    loop {
        let place = |i: u32| i as i64 + 2 * long.partition_point(|&e| e < i) as i64;
        let mut more: Vec<u32> = u
            .fixups
            .iter()
            .filter(|(at, to)| {
                let short = u.code[*at as usize].op().is_some_and(is_short);
                let distance = place(target(u, *to)) - place(*at) - 1;
                short && !(-32_000..32_000).contains(&distance) && long.binary_search(at).is_err()
            })
            .map(|f| f.0)
            .collect();
        if more.is_empty() {
            return long;
        }
        long.append(&mut more);
        long.sort_unstable();
    }
}

fn emit_body(
    u: &Unit<'_>,
    layout: &Layout,
    expanded: &[u32],
    new_index: impl Fn(u32) -> u32,
    lines: &Lines<'_>,
    def: &mut FuncDef,
) {
    let mut fixups = u.fixups.iter().peekable();
    let mut islands = expanded.iter().peekable();
    for (old, &i) in u.code.iter().enumerate() {
        let pos = lines.pos(u.ranges[old]);
        let at = def.instrs.len() as i64;
        let i = layout.instr(i);
        let to = fixups.next_if(|f| f.0 == old as u32).map(|f| new_index(target(u, f.1)) as i64);
        let is_island = islands.next_if(|&&e| e == old as u32).is_some();
        match (to, i.op()) {
            (Some(to), Some(op)) if is_short(op) && is_island => {
                let long = if op == Op::ForLoop { Op::JumpBack } else { Op::Jump };
                def.instrs.push(Instr::new(op, i.a(), i.b(), 1));
                def.instrs.push(Instr::jump32(Op::Jump, 0, 1));
                def.instrs.push(Instr::jump32(long, 0, (to - at - 3) as i32));
                def.positions.extend([pos; 3]);
                continue;
            }
            (Some(to), Some(op)) if is_short(op) => {
                def.instrs.push(Instr::new(op, i.a(), i.b(), (to - at - 1) as i16 as u16));
            }
            (Some(to), Some(op)) => def.instrs.push(Instr::jump32(op, i.a(), (to - at - 1) as i32)),
            _ => def.instrs.push(i),
        }
        def.positions.push(pos);
    }
}
