//! Control flow of a compiled function: decodes it into blocks, and writes blocks with short and long jumps.
//!
//! Refused: undefined symbols besides the ways on and the holes, jumps through tables, use of the stack.

use crate::elf::{Function, Raw};
use crate::flow::{Block, End, To, drop_copies, jumps, order, thread};
use crate::{Piece, Reloc, Result};
use iced_x86::{
    Decoder, DecoderOptions, FlowControl, Instruction, InstructionInfoFactory, Mnemonic, OpKind, Register,
};
use object::elf::{R_X86_64_8, R_X86_64_32, R_X86_64_32S, R_X86_64_64, R_X86_64_PC32, R_X86_64_PLT32};
use std::collections::BTreeSet;

/// Checks a function and makes the piece that is copied.
///
/// `equal` says that the stencil compares its operands for being equal, and has no result.
pub fn finish(function: &Function, calls: bool, fixed: bool, equal: bool) -> Result<Piece> {
    let code = decode(function)?;
    if !fixed {
        stack_unused(&code, calls)?;
    }
    if fixed {
        return Ok(Piece {
            bytes: function.bytes.clone(),
            relocs: holes(function, 0, function.bytes.len())?,
        });
    }
    let mut blocks = blocks(function, &code)?;
    if equal {
        drop_copies(&mut blocks, is_copies);
    }
    if blocks.iter().flat_map(|b| &b.relocs).any(|r| r.kind == COPY) {
        return Err("a displacement is used without its sign".into());
    }
    thread(&mut blocks);
    let order = order(&blocks);
    Ok(lay_out(&blocks, &order))
}

fn decode(function: &Function) -> Result<Vec<Instruction>> {
    let decoder = Decoder::with_ip(64, &function.bytes, 0, DecoderOptions::NONE);
    let code: Vec<Instruction> = decoder.into_iter().collect();
    if code.iter().any(Instruction::is_invalid) {
        return Err("cannot be decoded".into());
    }
    Ok(code)
}

fn stack_unused(code: &[Instruction], calls: bool) -> Result {
    let mut info = InstructionInfoFactory::new();
    for ins in code {
        let is_call = ins.flow_control() == FlowControl::IndirectCall;
        let uses = info
            .info(ins)
            .used_registers()
            .iter()
            .any(|r| matches!(r.register().full_register(), Register::RSP | Register::RBP));
        if is_call != (calls && is_call) || ins.flow_control() == FlowControl::Call {
            return Err(format!("call at {:#x}", ins.ip()));
        }
        if uses && !is_call {
            return Err(format!("stack or frame pointer used at {:#x}", ins.ip()));
        }
    }
    Ok(())
}

fn reloc_at(function: &Function, ins: &Instruction) -> Option<Raw> {
    let range = ins.ip() as usize..ins.next_ip() as usize;
    function.relocs.iter().find(|r| range.contains(&r.at)).cloned()
}

/// Target of a direct jump.
fn target(function: &Function, ins: &Instruction) -> Result<To> {
    match reloc_at(function, ins) {
        Some(r) => match (r.symbol.as_str(), r.kind, r.addend) {
            ("EXIT", R_X86_64_PLT32 | R_X86_64_PC32, -4) => Ok(To::Exit),
            ("CONTINUE", R_X86_64_PLT32 | R_X86_64_PC32, -4) => Ok(To::Continue),
            _ => Err(format!("jump to {}", r.symbol)),
        },
        None => Ok(To::Block(ins.near_branch_target() as usize)),
    }
}

/// Divides into blocks; a block's number is the offset of its first byte.
fn blocks(function: &Function, code: &[Instruction]) -> Result<Vec<Block>> {
    let mut starts = BTreeSet::from([0]);
    for ins in code {
        match ins.flow_control() {
            FlowControl::Next | FlowControl::IndirectCall => {}
            FlowControl::ConditionalBranch | FlowControl::UnconditionalBranch => {
                if let To::Block(at) = target(function, ins)? {
                    starts.insert(at);
                }
                starts.insert(ins.next_ip() as usize);
            }
            FlowControl::IndirectBranch => {
                starts.insert(ins.next_ip() as usize);
            }
            other => return Err(format!("{other:?} at {:#x}", ins.ip())),
        }
    }
    let end = function.bytes.len();
    let bounds: Vec<usize> = starts.iter().copied().filter(|s| *s < end).chain([end]).collect();
    let mut blocks = Vec::new();
    for pair in bounds.windows(2) {
        let &[start, stop] = pair else { continue };
        let inside: Vec<&Instruction> =
            code.iter().filter(|i| (start..stop).contains(&(i.ip() as usize))).collect();
        let Some(last) = inside.last().filter(|i| i.next_ip() as usize == stop) else {
            return Err(format!("block at {start:#x} ends within an instruction"));
        };
        let (ends_at, end) = match last.flow_control() {
            FlowControl::ConditionalBranch => {
                let cc = condition(function.bytes.get(last.ip() as usize..stop).unwrap_or(&[]))?;
                (last.ip() as usize, End::Cond(cc, target(function, last)?, To::Block(stop)))
            }
            FlowControl::UnconditionalBranch => (last.ip() as usize, End::Go(target(function, last)?)),
            FlowControl::IndirectBranch => (stop, End::Away),
            _ => (stop, End::Go(To::Block(stop))),
        };
        let bytes = function.bytes.get(start..ends_at).unwrap_or(&[]).to_vec();
        blocks.push(Block { start, bytes, relocs: holes(function, start, ends_at)?, end });
    }
    Ok(blocks)
}

fn condition(jump: &[u8]) -> Result<u32> {
    match jump {
        [op, _] if op & 0xf0 == 0x70 => Ok(u32::from(op & 0xf)),
        [0x0f, op, ..] if op & 0xf0 == 0x80 => Ok(u32::from(op & 0xf)),
        _ => Err(format!("unknown jump {jump:x?}")),
    }
}

/// The value holes of a stretch of code.
fn holes(function: &Function, start: usize, stop: usize) -> Result<Vec<Reloc>> {
    let mut found = Vec::new();
    for r in function.relocs.iter().filter(|r| (start..stop).contains(&r.at)) {
        let addend = i32::try_from(r.addend).map_err(|_| "large addend")?;
        let (kind, addend, data) = match (r.symbol.as_str(), r.kind) {
            ("HOLE_D", R_X86_64_32S) => ("D32", addend, vec![]),
            ("HOLE_D", R_X86_64_8) if addend == 0 => ("D8", 0, vec![]),
            ("HOLE_D", R_X86_64_32) if addend == 0 => (COPY, 0, vec![]),
            ("HOLE_K32", R_X86_64_32 | R_X86_64_32S) if addend == 0 => ("K32", 0, vec![]),
            ("HOLE_K31", R_X86_64_32S) if addend == 0 => ("K31", 0, vec![]),
            ("HOLE_K64", R_X86_64_64) if addend == 0 => ("K64", 0, vec![]),
            ("HOLE_LABEL", R_X86_64_PC32) => ("Label", addend, vec![]),
            // A constant, of at most 16 bytes.
            ("", R_X86_64_PC32) if r.data.len() >= 4 => {
                let mut data = r.data.clone();
                data.truncate(16);
                ("Pool", addend, data)
            }
            (symbol, kind) => return Err(format!("relocation {kind} to {symbol:?}")),
        };
        found.push(Reloc { at: r.at - start, kind, addend, data });
    }
    Ok(found)
}

/// Kind of a hole for the operand that is compared: the compiler copies it where the other is known to be equal.
const COPY: &str = "a copy";

/// Whether a block does nothing but copy registers, or the operand of [`COPY`].
fn is_copies(block: &Block) -> bool {
    let mut code = Decoder::with_ip(64, &block.bytes, 0, DecoderOptions::NONE).into_iter();
    let hole =
        |i: &Instruction| block.relocs.iter().any(|r| r.kind == COPY && r.at + 4 == i.next_ip() as usize);
    code.all(|i| {
        i.mnemonic() == Mnemonic::Mov
            && i.op0_kind() == OpKind::Register
            && (i.op1_kind() == OpKind::Register || hole(&i))
    })
}

/// A jump in the new layout.
struct Jump {
    /// Condition, or always.
    cc: Option<u32>,
    to: To,
    short: bool,
}

impl Jump {
    fn len(&self) -> usize {
        match (self.short, self.cc) {
            (true, _) => 2,
            (false, Some(_)) => 6,
            (false, None) => 5,
        }
    }
}

fn lay_out(blocks: &[Block], order: &[usize]) -> Piece {
    let laid_out = jumps(blocks, order, |cc| cc ^ 1);
    let jump = |(cc, to)| Jump { cc, to, short: to != To::Exit };
    let mut parts: Vec<(usize, Vec<Jump>)> =
        laid_out.into_iter().map(|(i, jumps)| (i, jumps.into_iter().map(jump).collect())).collect();
    loop {
        let starts = starts(blocks, &parts);
        let total = starts.last().copied().unwrap_or(0);
        let place = |to: To| match to {
            To::Block(at) => parts.iter().position(|(i, _)| blocks[*i].start == at).map(|p| starts[p]),
            To::Continue => Some(total),
            To::Exit => None,
        };
        let mut grown = Vec::new();
        for (p, (i, jumps)) in parts.iter().enumerate() {
            let mut at = starts[p] + blocks[*i].bytes.len();
            for (j, jump) in jumps.iter().enumerate() {
                at += jump.len();
                let far = place(jump.to).is_some_and(|to| i8::try_from(to as i64 - at as i64).is_err());
                if jump.short && far {
                    grown.push((p, j));
                }
            }
        }
        if grown.is_empty() {
            return encode(blocks, &parts, &starts, place);
        }
        for (p, j) in grown {
            parts[p].1[j].short = false;
        }
    }
}

fn starts(blocks: &[Block], parts: &[(usize, Vec<Jump>)]) -> Vec<usize> {
    let mut starts = vec![0];
    for (i, jumps) in parts {
        let len = blocks[*i].bytes.len() + jumps.iter().map(Jump::len).sum::<usize>();
        starts.push(starts.last().copied().unwrap_or(0) + len);
    }
    starts
}

fn encode(
    blocks: &[Block],
    parts: &[(usize, Vec<Jump>)],
    starts: &[usize],
    place: impl Fn(To) -> Option<usize>,
) -> Piece {
    let mut piece = Piece { bytes: vec![], relocs: vec![] };
    for ((i, jumps), start) in parts.iter().zip(starts) {
        let block = &blocks[*i];
        piece.bytes.extend(&block.bytes);
        piece.relocs.extend(block.relocs.iter().map(|r| Reloc { at: r.at + start, ..r.clone() }));
        for jump in jumps {
            let end = piece.bytes.len() + jump.len();
            let distance = place(jump.to).map_or(0, |to| to as i32 - end as i32);
            match (jump.short, jump.cc) {
                (true, Some(cc)) => piece.bytes.extend([0x70 | cc as u8, distance as i8 as u8]),
                (true, None) => piece.bytes.extend([0xeb, distance as i8 as u8]),
                (false, Some(cc)) => piece.bytes.extend([0x0f, 0x80 | cc as u8]),
                (false, None) => piece.bytes.push(0xe9),
            }
            if !jump.short {
                if jump.to == To::Exit {
                    piece.relocs.push(Reloc { at: end - 4, kind: "Exit", addend: -4, data: vec![] });
                }
                piece.bytes.extend(distance.to_le_bytes());
            }
        }
    }
    piece.relocs.sort();
    piece
}
