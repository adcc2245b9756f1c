//! What is kept of a trace once its code is made: its exits with their states, what its code refers to, and how it is
//! doing.
//!
//! Invariant: a [`TraceRec`] keeps what its code has addresses of: sites by owning them, objects as roots (`sweep.rs`).

use super::quick;
use super::states::{Node, States};
use crate::bytecode::{Instr, Op};
use crate::emit::homes::{Home, Homes};
use crate::emit::{AIns, Emitted};
use crate::heap::Gc;
use crate::object::Code;
use crate::opt::builder::FrameNode;
use crate::opt::contract::Contract;
use crate::trace::ir::SnapId;
use crate::value::Value;
use alloc::boxed::Box;
use alloc::vec::Vec;

/// A frame of an inlined call, as an exit writes it.
#[derive(Clone, Copy, Debug)]
pub(super) struct FrameRec {
    pub base: u32,
    pub caller: u32,
    pub code: usize,
    pub caller_code: usize,
    pub ret_pc: u32,
    pub meta: u64,
}

/// A place where compiled code runs an instruction or native on frames in memory.
#[derive(Debug)]
pub(super) struct Site {
    pub jit: *mut u8,
    pub frames: Vec<FrameRec>,
    pub base: u32,
    pub code: usize,
    pub pc: u32,
    pub instr: Instr,
    pub dst: u16,
    pub args: u16,
    pub nargs: u16,
    /// Parameters of the native, and its definition.
    pub slots: u16,
    pub def: usize,
    pub callee: Value,
    /// What it runs looks at its operands only: frames are written where it fails.
    pub lean: bool,
}

impl Site {
    pub const NO_DST: u16 = u16::MAX;

    /// A place at instruction `pc` of the frame at word `base`, without inlined frames, result or native.
    pub fn new(jit: *mut u8, base: u32, code: Gc<Code>, pc: u32) -> Site {
        Site {
            jit,
            frames: Vec::new(),
            base,
            code: code.as_ptr() as usize,
            pc,
            instr: code.original_at(pc),
            dst: Site::NO_DST,
            args: 0,
            nargs: 0,
            slots: 0,
            def: 0,
            callee: Value::UNBOUND,
            lean: false,
        }
    }
    /// Bytes it takes.
    pub fn bytes(&self) -> usize {
        use core::mem::size_of;
        size_of::<Site>() + size_of::<usize>() + self.frames.capacity() * size_of::<FrameRec>()
    }
    /// Whether a frame of the site's code stands before its instruction.
    pub fn is_at(&self, f: crate::interp::frame::Frame, pc: *const Instr) -> bool {
        f.code()
            .is_some_and(|c| c.as_ptr() as usize == self.code && c.in_quick(pc) && c.index_of(pc) == self.pc)
    }
    /// What runs there, for listings.
    pub fn name(&self) -> &'static str {
        if self.def == 0 {
            return self.instr.op().map_or("?", Op::name);
        }
        // SAFETY: definitions are static.
        unsafe { (*(self.def as *const crate::interp::NativeDef)).name() }
    }
    /// The instruction after the site's.
    pub fn next_pc(&self) -> *const Instr {
        // SAFETY: the trace keeps the code alive. Behind its last instruction, which may be one that raises, is an address
        // still, that nothing goes on at.
        unsafe { (*(self.code as *const Code)).instrs.get().add(self.pc as usize + 1) }
    }
}

/// A compiled trace.
pub(super) struct TraceRec {
    pub emitted: Emitted,
    /// Where it begins: code and instruction index. A side trace begins at its parent's exit.
    pub code: usize,
    pub pc: u32,
    /// What stood at the anchor; `None` for a side trace.
    pub original: Option<Instr>,
    /// The root trace of the tree it belongs to: itself, or that of the parent.
    pub root: u16,
    /// Of a side trace: how many before it, from parent to parent, began at the same instruction.
    pub fan: u8,
    /// Side traces in the tree of this root, and whether any came since the last review.
    pub sides: u16,
    pub grown: bool,
    /// Times it was entered from the interpreter since the last review, and the fuel used meanwhile, less what exits cost.
    pub entered: u32,
    pub work: i64,
    /// The epoch it relies on.
    pub epoch: Option<u32>,
    /// No longer entered: it was left too soon too often, or what it relied on is gone.
    pub retired: bool,
    /// Whether frames may return to it.
    pub labels: bool,
    /// While it is found out which traces can still be run: this one can.
    pub reached: bool,
    /// Its exits: the number of the first, and how many they are.
    pub first_exit: u32,
    pub exits: u16,
    /// What it adds to [`Jit::bytes`], and to [`Jit::held`].
    pub counted: usize,
    pub held: usize,
    /// What a jump to its loop's body has to bring, if that can be told.
    pub contract: Option<Box<Contract>>,
    /// Entries of the contract of root `loop_of` that hold at exits from `given_from` on, with their values' homes.
    pub loop_of: u16,
    pub given_from: u16,
    pub given: Box<[(u16, Home)]>,
    /// The first exit that is taken where the trace cannot go to a loop's body.
    pub meets_from: u16,
    /// Where exits find values.
    pub homes: Homes,
    pub states: States,
    pub nodes: Box<[Node]>,
    /// Bits of its constants.
    pub konsts: Box<[u64]>,
    #[expect(clippy::vec_box, reason = "their addresses are in the code")]
    pub sites: Vec<Box<Site>>,
    pub roots: Box<[Value]>,
    pub listed: Option<Box<Listed>>,
}

/// What listings show of a trace.
pub(super) struct Listed {
    /// Its uops with registers.
    pub code: Vec<AIns>,
    pub text: alloc::string::String,
}

impl TraceRec {
    /// Takes its anchor away: it is not entered any more.
    pub fn retire(&mut self) {
        if let (Some(i), false) = (self.original, self.retired) {
            // SAFETY: the trace keeps its code, which has a quick copy, alive.
            unsafe { *quick(&*(self.code as *const Code), self.pc) = i };
        }
        self.retired = true;
    }

    /// A frame of it, but for its liveness.
    pub fn node(&self, n: u32) -> Option<FrameNode> {
        self.nodes.get(n as usize).map(Node::node)
    }

    /// Bytes it takes that are the same on all architectures: without its code, what listings keep of it, and where
    /// its values are.
    pub fn bytes(&self) -> usize {
        use core::mem::{size_of, size_of_val};
        size_of::<TraceRec>()
            + self.exits as usize * size_of::<ExitRec>()
            + self.states.bytes()
            + self.contract.as_ref().map_or(0, |c| c.bytes())
            + size_of_val(&*self.given)
            + size_of_val(&*self.nodes)
            + size_of_val(&*self.konsts)
            + self.sites.iter().map(|s| s.bytes()).sum::<usize>()
            + size_of_val(&*self.roots)
    }
}

/// An exit of any trace.
#[derive(Clone, Copy, Debug)]
pub(super) struct ExitRec {
    pub trace: u16,
    /// Number of its state.
    pub state: SnapId,
    /// How often it was taken.
    pub count: u16,
    pub kind: ExitKind,
    /// A trace begins where it leads.
    pub linked: bool,
}

/// What an exit is about.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(super) enum ExitKind {
    /// Nothing that a side trace could do better.
    Stays,
    /// What the guest does.
    Guard,
    /// The version of a constant: a class or dict.
    Version,
    /// The epoch: once it fails, it fails for good.
    Epoch,
    /// A helper's call.
    Call,
}

impl ExitRec {
    /// That of no trace.
    pub const NONE: ExitRec =
        ExitRec { trace: u16::MAX, state: SnapId::NONE, count: 0, kind: ExitKind::Stays, linked: false };
}

const _: () = assert!(core::mem::size_of::<ExitRec>() == 8);
