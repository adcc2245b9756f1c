//! What control flow of a compiled function is on every architecture: blocks, jumps threaded through jumps, and the
//! order in which blocks are laid out anew so that the way on falls out of the end, as the next stencil follows there.
//!
//! An architecture divides a function into blocks, and writes blocks and jumps as bytes again.

use crate::Reloc;

/// Where a jump goes.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum To {
    /// The block that began at this byte of the function.
    Block(usize),
    /// Out of the trace.
    Exit,
    /// To the next stencil.
    Continue,
}

/// How a block ends.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum End {
    /// The architecture's code of a condition, where it jumps if that holds, where it goes on if not.
    Cond(u32, To, To),
    /// Always.
    Go(To),
    /// Return or jump through a register; part of the block's bytes.
    Away,
}

/// A straight piece of code.
#[derive(Clone, Debug)]
pub struct Block {
    /// Byte of the function where it began: its name.
    pub start: usize,
    /// Code without the jumps of its end.
    pub bytes: Vec<u8>,
    /// Holes in it.
    pub relocs: Vec<Reloc>,
    /// Its end.
    pub end: End,
}

/// A jump to be written: condition, or always.
pub type Jump = (Option<u32>, To);

/// Where operands are known to be equal, the compiler copies one over the other before it goes on; drops these copies.
pub fn drop_copies(blocks: &mut [Block], is_copies: impl Fn(&Block) -> bool) {
    for block in blocks.iter_mut().filter(|b| matches!(b.end, End::Go(To::Continue | To::Exit))) {
        if is_copies(block) {
            block.bytes.clear();
            block.relocs.clear();
        }
    }
}

fn resolve(blocks: &[Block], to: To) -> To {
    let mut to = to;
    for _ in 0..blocks.len() {
        let To::Block(at) = to else { break };
        match blocks.iter().find(|b| b.start == at) {
            Some(Block { bytes, end: End::Go(next), .. }) if bytes.is_empty() => to = *next,
            _ => break,
        }
    }
    to
}

/// Lets jumps to jumps go where those go.
pub fn thread(blocks: &mut [Block]) {
    let old = blocks.to_vec();
    for block in blocks {
        block.end = match block.end {
            End::Cond(cc, a, b) => match (resolve(&old, a), resolve(&old, b)) {
                (a, b) if a == b => End::Go(a),
                (a, b) => End::Cond(cc, a, b),
            },
            End::Go(a) => End::Go(resolve(&old, a)),
            End::Away => End::Away,
        };
    }
}

/// The blocks that are reached, in the compiler's order, but one that goes on last.
pub fn order(blocks: &[Block]) -> Vec<usize> {
    let mut reached = vec![false; blocks.len()];
    let mut todo = vec![0];
    let index = |to: To| match to {
        To::Block(at) => blocks.iter().position(|b| b.start == at),
        _ => None,
    };
    while let Some(i) = todo.pop() {
        if std::mem::replace(&mut reached[i], true) {
            continue;
        }
        match blocks[i].end {
            End::Cond(_, a, b) => todo.extend([index(a), index(b)].into_iter().flatten()),
            End::Go(a) => todo.extend(index(a)),
            End::Away => {}
        }
    }
    let mut order: Vec<usize> = (0..blocks.len()).filter(|i| reached[*i]).collect();
    let goes_on = |i: &usize| match blocks[*i].end {
        End::Cond(_, a, b) => a == To::Continue || b == To::Continue,
        End::Go(a) => a == To::Continue,
        End::Away => false,
    };
    // The first block that goes on is the compiler's likely way.
    if let Some(at) = order.iter().position(goes_on)
        && at != 0
    {
        let last = order.remove(at);
        order.push(last);
    }
    order
}

/// Blocks in their new order, each with the jumps that its end takes there.
pub fn jumps(blocks: &[Block], order: &[usize], invert: impl Fn(u32) -> u32) -> Vec<(usize, Vec<Jump>)> {
    let mut parts = Vec::new();
    for (n, &i) in order.iter().enumerate() {
        let next = order.get(n + 1).map_or(To::Continue, |j| To::Block(blocks[*j].start));
        let jumps = match blocks[i].end {
            End::Cond(cc, a, b) if b == next => vec![(Some(cc), a)],
            End::Cond(cc, a, b) if a == next => vec![(Some(invert(cc)), b)],
            // Leaving first keeps the other jump short.
            End::Cond(cc, a, To::Exit) => vec![(Some(invert(cc)), To::Exit), (None, a)],
            End::Cond(cc, a, b) => vec![(Some(cc), a), (None, b)],
            End::Go(a) if a == next => vec![],
            End::Go(a) => vec![(None, a)],
            End::Away => vec![],
        };
        parts.push((i, jumps));
    }
    parts
}
