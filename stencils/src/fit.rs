//! Register holes: finds how a stencil's bytes depend on the registers.
//!
//! The assumption, made of x86-64's and AArch64's encodings: a register's number is spread over some bits of the
//! code, so that the bytes are a base, XORed for each slot (operand or result) with bytes that depend on that slot's
//! register alone. Where the compiler chose other instructions (a result in an operand's register, a register that
//! needs a longer encoding), that does not hold; assignments are divided into groups for which it does.
//!
//! Invariant: each assignment is in exactly one group, whose formula gives its bytes exactly. Proof: a group's
//! equations are kept as a system over GF(2), and an assignment joins only if the system stays solvable.

use crate::{Piece, Reloc};

/// Most slots; most registers of a class.
const SLOTS: usize = 4;
const REGS: usize = 32;

/// A group: bytes = `base` XOR `xor[slot][register]` for each slot.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Group {
    /// Bytes before registers are put in.
    pub base: Vec<u8>,
    /// For each slot and register the bytes to XOR with.
    pub xor: Vec<Vec<Vec<u8>>>,
    /// Holes.
    pub relocs: Vec<Reloc>,
}

/// Equations of a group: unknowns by bit (bit 0 is the base), and their XOR.
struct System {
    len: usize,
    relocs: Vec<Reloc>,
    rows: Vec<(u128, Vec<u8>)>,
    used: u128,
}

fn unknown(slot: usize, register: usize) -> u128 {
    1 << (1 + slot * (REGS - 1) + register)
}

impl System {
    fn new(piece: &Piece) -> System {
        System { len: piece.bytes.len(), relocs: piece.relocs.clone(), rows: Vec::new(), used: 0 }
    }

    /// Adds an assignment if the equations stay solvable.
    fn join(&mut self, assignment: &[usize], piece: &Piece) -> bool {
        if self.len != piece.bytes.len() || self.relocs != piece.relocs {
            return false;
        }
        let mask = assignment.iter().enumerate().fold(1, |m, (slot, r)| m | unknown(slot, *r));
        let (mut left, mut right) = (mask, piece.bytes.clone());
        for (row, bytes) in &self.rows {
            if left & pivot(*row) != 0 {
                left ^= row;
                xor(&mut right, bytes);
            }
        }
        if left == 0 {
            return right.iter().all(|b| *b == 0);
        }
        self.used |= mask;
        // Keep the system reduced: no other row has the new row's pivot.
        for (row, bytes) in &mut self.rows {
            if *row & pivot(left) != 0 {
                *row ^= left;
                xor(bytes, &right);
            }
        }
        self.rows.push((left, right));
        true
    }

    /// A solution: unknowns that are not determined are 0.
    fn value(&self, unknown: u128) -> Vec<u8> {
        match self.rows.iter().find(|(row, _)| pivot(*row) == unknown) {
            Some((_, bytes)) => bytes.clone(),
            None => vec![0; self.len],
        }
    }

    fn solve(&self, slots: usize, registers: usize) -> Group {
        let mut base = self.value(1);
        let mut all = Vec::new();
        for slot in 0..slots {
            let mut of: Vec<Vec<u8>> = (0..registers).map(|r| self.value(unknown(slot, r))).collect();
            // The first register in use is the one that needs no change; registers not in use need none either.
            let first = (0..registers).find(|r| self.used & unknown(slot, *r) != 0).unwrap_or(0);
            let reference = of[first].clone();
            xor(&mut base, &reference);
            for (r, bytes) in of.iter_mut().enumerate() {
                if self.used & unknown(slot, r) == 0 {
                    bytes.fill(0);
                } else {
                    xor(bytes, &reference);
                }
            }
            all.push(of);
        }
        Group { base, xor: all, relocs: self.relocs.clone() }
    }
}

/// The unknown a row stands for: its highest, so that the base (bit 0) stays free as long as it can.
fn pivot(row: u128) -> u128 {
    1 << (127 - row.leading_zeros())
}

fn xor(to: &mut [u8], from: &[u8]) {
    to.iter_mut().zip(from).for_each(|(a, b)| *a ^= b);
}

/// Groups, and for each assignment (in the order given) its group.
pub fn fit(assignments: &[Vec<usize>], pieces: &[&Piece], registers: usize) -> (Vec<Group>, Vec<usize>) {
    let slots = assignments.first().map_or(0, Vec::len);
    assert!(slots <= SLOTS && registers < REGS);
    let mut order: Vec<usize> = (0..assignments.len()).collect();
    // Assignments without equal registers first: they determine a system before special cases could confuse it.
    order.sort_by_key(|i| repeats(&assignments[*i]));
    let mut systems: Vec<System> = Vec::new();
    let mut group_of = vec![0; assignments.len()];
    for i in order {
        let found = systems.iter_mut().position(|s| s.join(&assignments[i], pieces[i]));
        group_of[i] = found.unwrap_or_else(|| {
            let mut system = System::new(pieces[i]);
            assert!(system.join(&assignments[i], pieces[i]));
            systems.push(system);
            systems.len() - 1
        });
    }
    let groups: Vec<Group> = systems.iter().map(|s| s.solve(slots, registers)).collect();
    for (i, assignment) in assignments.iter().enumerate() {
        let group = &groups[group_of[i]];
        let mut bytes = group.base.clone();
        for (slot, r) in assignment.iter().enumerate() {
            xor(&mut bytes, &group.xor[slot][*r]);
        }
        assert!(bytes == pieces[i].bytes && group.relocs == pieces[i].relocs, "a formula does not hold");
    }
    (groups, group_of)
}

fn repeats(assignment: &[usize]) -> usize {
    let mut seen = assignment.to_vec();
    seen.sort_unstable();
    seen.dedup();
    assignment.len() - seen.len()
}
