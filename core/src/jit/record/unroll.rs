//! Short loops: a loop over few items whose body does not branch has no trace of its own at first, since the loop or the caller around
//! it can go through all of it in one trace, where what the items are is often known.
//!
//! The idea is LuaJIT's (`loopunroll`), which goes by trip counts as well. Branches are counted because each would double the
//! number of ways through the unrolled loop.
//!
//! Invariant: this decides only where traces begin and end, never what they do.

use super::{Kind, MAX_INNER, Rec, Recorder, Stop};
use crate::bytecode::Op;
use crate::interp::cont;
use crate::interp::frame::flag;
use crate::jit::Abort;
use crate::opt::builder::Builder;

/// Most items of a loop that is unrolled.
const SHORT: usize = 8;
/// Most iterations of short loops in a trace.
const MAX_UNROLLED: u32 = 24;
/// No further iteration is unrolled in a trace of this many uops.
const MAX_UOPS: usize = 700;

/// What was seen of the loops in a recording.
#[derive(Default)]
pub(super) struct Unrolled {
    /// Jumps that went by a guard since the last back-edge, and in all.
    forks: u32,
    all_forks: u32,
    /// Steps over few items, less the back-edges that these were taken to explain.
    short_steps: u32,
    /// Iterations of short loops.
    edges: u32,
    /// The items of the recording's own loop are few, or come from a generator that steps over few.
    home_short: bool,
}

/// Whether an instruction is a jump that depends on a value.
pub(super) fn is_conditional(op: Op) -> bool {
    matches!(op, Op::JumpIf | Op::JumpIfNot | Op::JumpIfNone | Op::JumpIfNotNone) || cont::is_compare_jump(op)
}

impl Unrolled {
    /// A conditional jump was recorded that a guard decides.
    pub(super) fn forked(&mut self) {
        self.forks += 1;
        self.all_forks += 1;
    }

    /// Whether the recording's own loop should be left to what is around it. One whose body calls functions is not small.
    pub(super) fn leaves_home(&self, b: &Builder) -> bool {
        let calls = b.nodes.iter().skip(1).any(|n| n.meta & flag::GENERATOR == 0);
        self.home_short && self.all_forks == 0 && !calls
    }

    /// The recording's own loop took its back-edge, with `len` items if it is known.
    pub(super) fn home_edge(&mut self, len: Option<usize>) {
        self.home_short |= len.is_some_and(|n| n <= SHORT);
    }
}

impl Recorder {
    /// Counts a back-edge, in frame `node`, of another loop than the trace's, over `len` items if it is known. A generator's
    /// loop goes round once for each resumption, and so does the loop of a frame that was returned or yielded to: that is no
    /// iteration of an inner loop yet.
    pub(super) fn count_inner(&mut self, b: &Builder, node: u32, len: Option<usize>) -> Rec<()> {
        let n = b.nodes.get(node as usize);
        let generator = n.is_some_and(|n| n.meta & flag::GENERATOR != 0);
        let u = &mut self.unrolled;
        let few = len.is_some_and(|n| n <= SHORT);
        let short = few || len.is_none() && u.short_steps > 0;
        u.short_steps = if few { u.short_steps + 1 } else { u.short_steps.saturating_sub(1) };
        let straight = core::mem::take(&mut u.forks) == 0;
        // A loop in the frame below goes round with each item.
        u.home_short |= few && generator && n.is_some_and(|n| n.parent == 0);
        let first = generator || n.is_some_and(|n| n.parent == node && node != 0);
        let bit = 1u64.checked_shl(node).unwrap_or(0);
        if first && self.looped & bit != bit {
            self.looped |= bit;
            return Ok(());
        }
        let u = &mut self.unrolled;
        if short && straight && u.edges < MAX_UNROLLED && b.t.ins.len() < MAX_UOPS {
            u.edges += 1;
            return Ok(());
        }
        self.inner += 1;
        if self.inner <= MAX_INNER {
            return Ok(());
        }
        // A side trace ends here, and will be linked to the inner loop's own trace once that is there.
        Err(if self.kind == Kind::Root { Stop::Abort(Abort::InnerLoop) } else { Stop::Here })
    }
}
