//! Instructions that a helper runs: with a site, the interpreter's own code on frames in memory; without, a leaf helper.
//!
//! Invariant: before a helper looks at frames, what it may read of them is in memory, the fuel charged so far is taken, and the
//! functions of inlined frames stand where their headers will say.

use super::helpers::{self, Helper};
use super::{Branch, Ctx, Rec, Stop};
use crate::bytecode::Op;
use crate::interp::cont;
use crate::interp::frame::HEADER;
use crate::jit::{Site, exits, liveness};
use crate::opt::builder::{Build, Ty, clobber};
use crate::trace::ir::Ref;
use crate::uop::{Class, Uop};

impl Ctx<'_> {
    /// Operands of a generic run in memory, then the helper.
    pub(super) fn generic(&mut self) -> Rec<()> {
        // Itself, where it was to be recorded as another one (`load_attr_by`).
        self.i = self.code.original_at(self.pc);
        let i = self.i;
        let Some(op) = i.op() else { return Err(Stop::Here) };
        if !helpers::runs_generic(op) {
            return Err(Stop::Here);
        }
        self.run_generic(op, liveness::writes(op, i))
    }

    /// Puts the operands in memory and lets the helper run the instruction, which writes `dst`.
    pub(super) fn run_generic(&mut self, op: Op, dst: Option<u16>) -> Rec<()> {
        self.flush_operands(op)?;
        let mut site = self.site(dst.unwrap_or(Site::NO_DST))?;
        let binary = cont::bin_op(op).is_some() || cont::cmp_op(op).is_some();
        site.lean = binary && !cont::is_immediate(op) && !cont::is_compare_jump(op);
        let r = self.call_site(site, Helper::generic, helpers::changes(op))?;
        if let Some(d) = dst {
            self.set(d, r)?;
        }
        self.next()
    }

    /// As `generic`, for a conditional jump that the interpreter's code decides. What it does cannot be foreseen: the next
    /// step sees it.
    pub(super) fn generic_branch(&mut self) -> Rec<()> {
        let i = self.i;
        let Some(op) = i.op().filter(|op| helpers::branches_generic(*op)) else { return Err(Stop::Here) };
        self.flush_operands(op)?;
        if op == Op::ForLoop {
            // Written only where the loop goes on; afterwards memory is looked at either way.
            self.flush(i.b())?;
        }
        let site = self.site(Site::NO_DST)?;
        let k = if op == Op::ForLoop { clobber::ALL } else { clobber::NONE };
        let taken = self.call_site(site, Helper::branch, k)?;
        self.b.know(taken, Ty::Bool);
        let offset = match op {
            Op::JumpIf | Op::JumpIfNot => i.offset32() as i64,
            _ => i.imm_c() as i64,
        };
        let target = (self.pc as i64 + 1 + offset) as u32;
        self.r.branch = Some(Branch::Jump { taken, next: self.pc + 1, target, i });
        self.r.expect = (self.frame, core::ptr::null());
        Ok(())
    }

    /// `flush` of all registers that the instruction at hand reads.
    pub(super) fn flush_operands(&mut self, op: Op) -> Build<()> {
        let mut regs = [(0u16, 0u16); 4];
        let mut n = 0;
        liveness::reads(op, self.i, |first, count| {
            if let Some(x) = regs.get_mut(n) {
                *x = (first, count);
                n += 1;
            }
        });
        for &(first, count) in regs.iter().take(n) {
            for r in first..first.saturating_add(count) {
                self.flush(r)?;
            }
        }
        Ok(())
    }

    /// Makes memory agree with the trace's value of a register. Also where it seems to agree already: in a loop's later
    /// iterations it may not.
    pub(super) fn flush(&mut self, r: u16) -> Build<()> {
        let x = self.get(r)?;
        self.b.op_d(Uop::SlotStore, &[x], (self.base as i32 + r as i32) * 8)?;
        Ok(())
    }
    pub(super) fn flush_slot(&mut self, at: usize) -> Build<()> {
        if let Some(x) = self.b.slot(at)
            && self.b.dirty.get(at) == Some(&true)
        {
            self.b.op_d(Uop::SlotStore, &[x], at as i32 * 8)?;
        }
        Ok(())
    }

    /// A place for a helper that runs the interpreter's code for the instruction at hand.
    pub(super) fn site(&mut self, dst: u16) -> Build<Site> {
        let mut site = Site::new(self.jit, self.base, self.code, self.pc);
        exits::frames_of(|n| self.b.nodes.get(n as usize).copied(), self.b.now.node, &mut site.frames);
        site.dst = dst;
        Ok(site)
    }

    /// Calls a helper with a site. Functions of inlined frames are put in memory first.
    pub(super) fn call_site(&mut self, site: Site, helper: Helper, k: u64) -> Rec<Ref> {
        let mut node = self.b.now.node;
        while let Some(n) = self.b.nodes.get(node as usize).copied()
            && n.parent != node
        {
            self.flush_slot(n.base as usize - HEADER)?;
            if n.is_init() {
                self.flush_slot(n.base as usize - HEADER - 1)?;
            }
            node = n.parent;
        }
        self.r.commit_fuel(self.b)?;
        // Whatever is run may advance an iterator.
        let r = self.r.call_with(self.b, site, helper, k | clobber::ITERS)?;
        self.r.check_pending = true;
        self.r.helped = (helper != Helper::branch).then_some(self.pc + 1);
        Ok(r)
    }

    /// A leaf helper's call.
    pub(super) fn call(&mut self, helper: Helper, args: &[Ref], k: u64) -> Build<Ref> {
        let op = match args.len() {
            0 => Uop::Call0,
            1 => Uop::Call1,
            2 => Uop::Call2,
            _ => Uop::Call3,
        };
        self.r.allocates = true;
        self.b.op_dk(op, args, helper.at(), k)
    }

    pub(super) fn class(&self, x: Ref) -> Class {
        self.b.class(x)
    }
}
