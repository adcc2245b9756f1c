//! Control flow of a compiled function. Every instruction is one word, so blocks are words, and jumps need no lengths.
//!
//! Refused: undefined symbols besides the ways on and the holes, jumps through tables, use of the stack.

use super::compares_equal;
use crate::elf::{Function, Raw};
use crate::flow::{Block, End, To, drop_copies, jumps, order, thread};
use crate::spec::Spec;
use crate::{Piece, Reloc, Result};
use object::elf::{
    R_AARCH64_ADR_PREL_LO21, R_AARCH64_JUMP26, R_AARCH64_LD_PREL_LO19, R_AARCH64_LDST64_ABS_LO12_NC,
    R_AARCH64_MOVW_UABS_G0_NC, R_AARCH64_MOVW_UABS_G1, R_AARCH64_MOVW_UABS_G1_NC, R_AARCH64_MOVW_UABS_G2_NC,
    R_AARCH64_MOVW_UABS_G3,
};
use std::collections::BTreeSet;

/// What an instruction is to control flow.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
enum Flow {
    Next,
    /// Condition as the instruction without its distance, and the distance in bytes.
    Cond(u32, i64),
    Go(i64),
    Away,
    /// Call through a register.
    Call,
}

/// `value`'s lowest `bits` bits as a signed number of words, in bytes.
fn distance(value: u32, bits: u32) -> i64 {
    i64::from((value << (32 - bits)) as i32 >> (32 - bits)) * 4
}

/// Bits of the distance in a conditional branch.
fn field(branch: u32) -> u32 {
    if is_test(branch) { 0x3fff << 5 } else { 0x7ffff << 5 }
}

/// Whether a conditional branch tests a bit (and so has the shorter distance).
fn is_test(branch: u32) -> bool {
    branch & 0x7e00_0000 == 0x3600_0000
}

/// Whether a conditional branch looks at this register.
pub fn tests(branch: u32, register: u32) -> bool {
    branch & 0xff00_0000 != 0x5400_0000 && branch & 31 == register
}

fn classify(ins: u32) -> Result<Flow> {
    Ok(match ins {
        _ if ins & 0xfc00_0000 == 0x1400_0000 => Flow::Go(distance(ins, 26)),
        // b.cond; cbz, cbnz; tbz, tbnz.
        _ if ins & 0xff00_0010 == 0x5400_0000 || ins & 0x7e00_0000 == 0x3400_0000 => {
            Flow::Cond(ins & !field(ins), distance(ins >> 5, 19))
        }
        _ if is_test(ins) => Flow::Cond(ins & !field(ins), distance(ins >> 5, 14)),
        _ if ins & 0xffff_fc1f == 0xd61f_0000 => Flow::Away,
        _ if ins & 0xffff_fc1f == 0xd63f_0000 => Flow::Call,
        // Any other branch or exception.
        _ if ins & 0x1c00_0000 == 0x1400_0000 => return Err(format!("branch {ins:#x}")),
        _ => Flow::Next,
    })
}

/// The opposite condition.
fn invert(branch: u32) -> u32 {
    if branch & 0xff00_0000 == 0x5400_0000 { branch ^ 1 } else { branch ^ 1 << 24 }
}

/// Whether the stack or frame pointer is an operand: base of a load or store, or of an addition.
fn uses_stack(ins: u32) -> bool {
    let (n, d) = (ins >> 5 & 31, ins & 31);
    let pointer = |r| r == 31 || r == 29;
    let memory = ins & 0x0a00_0000 == 0x0800_0000 && ins & 0x3b00_0000 != 0x1800_0000;
    let add = ins & 0x1f00_0000 == 0x1100_0000 || ins & 0x1fe0_0000 == 0x0b20_0000;
    memory && pointer(n) || add && (pointer(n) || d == 31 && ins & 1 << 29 == 0)
}

/// The words of code.
pub fn words(bytes: &[u8]) -> impl Iterator<Item = u32> + '_ {
    bytes.chunks_exact(4).map(|w| u32::from_le_bytes([w[0], w[1], w[2], w[3]]))
}

/// The word at byte `at`.
pub fn word(bytes: &[u8], at: usize) -> u32 {
    words(bytes.get(at..).unwrap_or(&[])).next().unwrap_or(0)
}

/// Code that is copied as it is.
pub fn fixed(function: &Function) -> Result<Piece> {
    if !function.relocs.is_empty() {
        return Err("fixed code refers to something".into());
    }
    Ok(Piece { bytes: function.bytes.clone(), relocs: vec![] })
}

/// Checks a function and divides it into blocks, with jumps threaded.
pub fn blocks(function: &Function, spec: &Spec) -> Result<Vec<Block>> {
    let code: Vec<u32> = words(&function.bytes).collect();
    let calls = spec.uop().is_some_and(|u| u.calls());
    for (i, ins) in code.iter().enumerate() {
        if uses_stack(*ins) {
            return Err(format!("stack or frame pointer used at {:#x}", 4 * i));
        }
        if classify(*ins)? == Flow::Call && !calls {
            return Err(format!("call at {:#x}", 4 * i));
        }
    }
    let mut blocks = divide(function, &code)?;
    if compares_equal(spec) {
        drop_copies(&mut blocks, |b| words(&b.bytes).all(|i| i & 0xffe0_ffe0 == 0xaa00_03e0));
    }
    thread(&mut blocks);
    Ok(blocks)
}

/// Where the jump at word `i` goes.
fn target(function: &Function, i: usize, distance: i64) -> Result<To> {
    match function.relocs.iter().find(|r| r.at == 4 * i) {
        Some(Raw { kind: R_AARCH64_JUMP26, symbol, addend: 0, .. }) => match symbol.as_str() {
            "EXIT" => Ok(To::Exit),
            "CONTINUE" => Ok(To::Continue),
            other => Err(format!("jump to {other}")),
        },
        Some(r) => Err(format!("jump to {}", r.symbol)),
        None => Ok(To::Block((4 * i as i64 + distance) as usize)),
    }
}

/// Divides into blocks; a block's number is the offset of its first byte.
fn divide(function: &Function, code: &[u32]) -> Result<Vec<Block>> {
    let mut starts = BTreeSet::from([0]);
    for (i, ins) in code.iter().enumerate() {
        let flow = classify(*ins)?;
        if let Flow::Cond(_, d) | Flow::Go(d) = flow
            && let To::Block(at) = target(function, i, d)?
        {
            starts.insert(at);
        }
        if !matches!(flow, Flow::Next | Flow::Call) {
            starts.insert(4 * i + 4);
        }
    }
    let end = function.bytes.len();
    let bounds: Vec<usize> = starts.iter().copied().filter(|s| *s < end).chain([end]).collect();
    let mut blocks = Vec::new();
    for pair in bounds.windows(2) {
        let &[start, stop] = pair else { continue };
        let last = stop / 4 - 1;
        let (ends_at, end) = match classify(code[last])? {
            Flow::Cond(cc, d) => (stop - 4, End::Cond(cc, target(function, last, d)?, To::Block(stop))),
            Flow::Go(d) => (stop - 4, End::Go(target(function, last, d)?)),
            Flow::Away => (stop, End::Away),
            Flow::Next | Flow::Call => (stop, End::Go(To::Block(stop))),
        };
        let bytes = function.bytes.get(start..ends_at).unwrap_or(&[]).to_vec();
        blocks.push(Block { start, bytes, relocs: holes(function, start, ends_at)?, end });
    }
    Ok(blocks)
}

/// The value holes of a stretch of code.
fn holes(function: &Function, start: usize, stop: usize) -> Result<Vec<Reloc>> {
    let mut found = Vec::new();
    for r in function.relocs.iter().filter(|r| (start..stop).contains(&r.at)) {
        let mut data = Vec::new();
        let kind = match (r.symbol.as_str(), r.kind) {
            ("HOLE_D", R_AARCH64_MOVW_UABS_G1) => "D1",
            ("HOLE_D", R_AARCH64_MOVW_UABS_G0_NC) => "D0",
            ("HOLE_D", R_AARCH64_LDST64_ABS_LO12_NC) => "Mem8",
            ("HOLE_K32", R_AARCH64_MOVW_UABS_G1) => "K1",
            ("HOLE_K64", R_AARCH64_MOVW_UABS_G3) => "K3",
            ("HOLE_K64", R_AARCH64_MOVW_UABS_G2_NC) => "K2",
            ("HOLE_K64", R_AARCH64_MOVW_UABS_G1_NC) => "K1",
            ("HOLE_K32" | "HOLE_K64", R_AARCH64_MOVW_UABS_G0_NC) => "K0",
            ("HOLE_LABEL", R_AARCH64_ADR_PREL_LO21) => "Label",
            // A constant, as large as the load.
            ("", R_AARCH64_LD_PREL_LO19) => {
                let size = 4 << (word(&function.bytes, r.at) >> 30);
                let start = usize::try_from(r.addend).map_err(|_| "constant before its section")?;
                data = r.data.get(start..start + size).ok_or("constant outside of its section")?.to_vec();
                "Pool"
            }
            (symbol, kind) => return Err(format!("relocation {kind} to {symbol:?}")),
        };
        if r.addend != 0 && kind != "Pool" {
            return Err(format!("addend {} of {kind}", r.addend));
        }
        found.push(Reloc { at: r.at - start, kind, addend: 0, data });
    }
    Ok(found)
}

/// Writes the blocks in their new order. Jumps out of the trace become holes.
pub fn lay_out(blocks: &[Block]) -> Piece {
    let parts = jumps(blocks, &order(blocks), invert);
    let mut starts = vec![0];
    for (i, jumps) in &parts {
        starts.push(starts.last().copied().unwrap_or(0) + blocks[*i].bytes.len() + 4 * jumps.len());
    }
    let total = starts.last().copied().unwrap_or(0);
    let place = |to: To| match to {
        To::Block(at) => parts.iter().position(|(i, _)| blocks[*i].start == at).map(|p| starts[p]),
        To::Continue => Some(total),
        To::Exit => None,
    };
    let mut piece = Piece { bytes: vec![], relocs: vec![] };
    for ((i, jumps), start) in parts.iter().zip(&starts) {
        let block = &blocks[*i];
        piece.bytes.extend(&block.bytes);
        piece.relocs.extend(block.relocs.iter().map(|r| Reloc { at: r.at + start, ..r.clone() }));
        for (cc, to) in jumps {
            let at = piece.bytes.len();
            let words = place(*to).map_or(0, |to| (to as i64 - at as i64) / 4) as u32;
            let (ins, kind) = match cc {
                Some(cc) if is_test(*cc) => (cc | words << 5 & field(*cc), "Exit14"),
                Some(cc) => (cc | words << 5 & field(*cc), "Exit19"),
                None => (0x1400_0000 | words & 0x03ff_ffff, "Exit26"),
            };
            piece.bytes.extend(ins.to_le_bytes());
            if *to == To::Exit {
                piece.relocs.push(Reloc { at, kind, addend: 0, data: vec![] });
            }
        }
    }
    piece.relocs.sort();
    piece
}
