//! The narrow form of a stencil: a displacement goes into the loads, stores, additions and comparisons that use it, a 32-bit
//! immediate shrinks to 16 bits, a 64-bit one to 48, or, for doubles, to its highest 16.
//!
//! Invariant: a form is made only if every use of the register that the displacement was put into is known; the
//! emitter takes it only for values that fit the holes' ranges.

use super::flow::{self, words};
use crate::flow::{Block, End};
use crate::{Reloc, Result};

/// The register that a `movz`, load or the like writes.
fn target(ins: u32) -> u32 {
    ins & 31
}

/// Narrows every value hole; `false` if there is none, or one that cannot be.
pub fn narrow(blocks: &mut [Block]) -> Result<bool> {
    let mut any = false;
    for i in 0..blocks.len() {
        while let Some(at) = hole(&blocks[i], "D1") {
            let register = target(word(&blocks[i], at));
            let Some(overwritten) = displacement(&mut blocks[i], at) else { return Ok(false) };
            // If nothing overwrote the register, nobody else may look at it.
            let elsewhere = |b: &Block| words(&b.bytes).any(|ins| mentions(ins, register));
            let tested = |b: &Block| matches!(b.end, End::Cond(branch, ..) if flow::tests(branch, register));
            if !overwritten && blocks.iter().enumerate().any(|(j, b)| tested(b) || j != i && elsewhere(b)) {
                return Ok(false);
            }
            any = true;
        }
        any |= immediate(&mut blocks[i])?;
    }
    Ok(any)
}

fn hole(block: &Block, kind: &str) -> Option<usize> {
    block.relocs.iter().find(|r| r.kind == kind).map(|r| r.at)
}

fn word(block: &Block, at: usize) -> u32 {
    flow::word(&block.bytes, at)
}

fn set(block: &mut Block, at: usize, ins: u32) {
    block.bytes[at..at + 4].copy_from_slice(&ins.to_le_bytes());
}

/// Removes the word at `at`, with its hole.
fn remove(block: &mut Block, at: usize) {
    block.bytes.drain(at..at + 4);
    block.relocs.retain(|r| r.at != at);
    block.relocs.iter_mut().filter(|r| r.at > at).for_each(|r| r.at -= 4);
}

/// Whether any register field of an instruction may be `register`; immediates may look like it.
fn mentions(ins: u32, register: u32) -> bool {
    [0, 5, 10, 16].iter().any(|shift| ins >> shift & 31 == register)
}

/// Puts the displacement that is loaded at `at` into its uses, and removes the loading. Tells whether the last use overwrote
/// its register; `None` if there is a use that takes no immediate.
fn displacement(block: &mut Block, at: usize) -> Option<bool> {
    let register = target(word(block, at));
    let second = block.relocs.iter().any(|r| r.kind == "D0" && r.at == at + 4);
    if !second || target(word(block, at + 4)) != register {
        return None;
    }
    let (mut uses, mut overwritten) = (Vec::new(), false);
    for use_at in (at + 8..block.bytes.len()).step_by(4) {
        let ins = word(block, use_at);
        if let Some((narrow, kind)) = narrowed(ins, register) {
            uses.push((use_at, narrow, kind));
            // A load into the register itself ends its use.
            if target(ins) == register && is_load_or_add(ins) {
                overwritten = true;
                break;
            }
        } else if mentions(ins, register) {
            return None;
        }
    }
    for (use_at, ins, kind) in &uses {
        set(block, *use_at, *ins);
        block.relocs.push(Reloc { at: *use_at, kind, addend: 0, data: vec![] });
    }
    remove(block, at + 4);
    remove(block, at);
    (!uses.is_empty()).then_some(overwritten)
}

/// `add`, `sub`, `adds` or `subs` of 64 bits (comparisons are the latter two) whose last operand is sign-extended from 32.
fn is_add(ins: u32) -> bool {
    ins & 0x9fe0_fc00 == 0x8b20_c000
}

/// An instruction that adds, subtracts or compares the displacement in `register`, sign-extended from 32 bits, as one with an
/// immediate of 0.
fn narrowed(ins: u32, register: u32) -> Option<(u32, &'static str)> {
    let memory = ins & 0x3b20_fc00 == 0x3820_c800;
    if ins >> 16 & 31 != register || !(memory || is_add(ins)) || ins >> 5 & 31 == register {
        return None;
    }
    if is_add(ins) {
        return Some((ins & 0xe000_03ff | 0x1100_0000, "Add"));
    }
    let stores_it = ins & 0x0440_0000 == 0 && target(ins) == register;
    let kind = ["Mem1", "Mem2", "Mem4", "Mem8"][(ins >> 30) as usize];
    (!stores_it).then_some((ins & !(1 << 21 | 0x1f << 16 | 0x3f << 10), kind))
}

/// Whether an instruction that [`narrowed`] knows writes the general register that it names first.
fn is_load_or_add(ins: u32) -> bool {
    is_add(ins) || ins & 0x0400_0000 == 0 && ins & 0x00c0_0000 != 0
}

/// Removes the parts of an immediate that are 0 for the usual values.
fn immediate(block: &mut Block) -> Result<bool> {
    let has = |block: &Block, kind| hole(block, kind);
    if let Some(at) = has(block, "K3") {
        let rest = [at + 4, at + 8, at + 12];
        if !rest.iter().all(|at| block.relocs.iter().any(|r| r.at == *at)) {
            return Err("an immediate in pieces".into());
        }
        // The bits of a double go on to a float register: what the usual ones have is their highest 16.
        if word(block, at + 16) & 0xffff_fc00 == 0x9e67_0000 {
            rest.iter().rev().for_each(|at| remove(block, *at));
        } else {
            remove(block, at);
            zeroing(block, at);
        }
        return Ok(true);
    }
    let Some(at) = has(block, "K1") else { return Ok(false) };
    remove(block, at);
    zeroing(block, at);
    Ok(true)
}

/// Makes the `movk` at `at` a `movz`.
fn zeroing(block: &mut Block, at: usize) {
    let ins = word(block, at);
    set(block, at, ins & !(1 << 29));
}
