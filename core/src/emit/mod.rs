//! What stands between register allocation and machine code: allocated uops, the [`Emitter`] that turns them into
//! code, and the [`CodeMemory`] the code lies in. An emitter sees this module and `uop` only.
//!
//! Contract of compiled code, the same for every emitter, the portable one included:
//! - It is entered with the root frame and the [`JitCtx`] in fixed registers ([`Emitter::enter`]) and ends by leaving
//!   through an exit, which stores every register of the register file into `JitCtx::g` and `JitCtx::f`, the frame
//!   register into `JitCtx::frame` and the exit's number into `JitCtx::exit`.
//! - Each exit has a cell in the data area: a code address that the exit jumps to. Unlinked it is the code that does
//!   the above; linking an exit to another trace is one store to the cell ([`Emitted::cells`]). At the jump, values
//!   are where the exit's locations say.
//! - Code addresses are multiples of 8 where they are stored in frames (`LabelAddr`).

pub mod evaluate;
pub mod exercise;
pub mod homes;
pub mod listing;
pub mod portable;
pub mod ranges;
pub mod space;
pub mod stencil;

use crate::room::WithinRoom as _;
use crate::trace::ir::{Loc, Ref, SnapId};
use crate::uop::{Class, Uop};
use alloc::boxed::Box;
use alloc::vec::Vec;
use homes::{Home, Homes, Place};

/// Most registers of a class.
pub const MAX_REGS: usize = 24;
/// Spill slots.
pub const MAX_SPILLS: usize = 256;
/// Helpers in the table.
pub const MAX_HELPERS: usize = 96;

/// What compiled code reaches through its context register. `repr(C)`: offsets are part of the stencils.
#[repr(C)]
#[derive(Debug)]
pub struct JitCtx {
    /// General registers at the last exit.
    pub g: [u64; MAX_REGS],
    /// Float registers at the last exit.
    pub f: [f64; MAX_REGS],
    /// Spill slots.
    pub spill: [u64; MAX_SPILLS],
    /// Frame register at the last exit.
    pub frame: *mut u8,
    /// Number of the last exit.
    pub exit: u64,
    /// Value that returns to a return label.
    pub ret: u64,
    /// Word whose being non-zero asks for a poll.
    pub interrupts: *const u32,
    /// Fuel left.
    pub fuel: i64,
    /// Not 0 if a collection is wanted.
    pub gc_due: u64,
    /// Epoch of what is watched.
    pub epoch: u64,
    /// Frames on the VM stack, those of inlined calls excepted.
    pub depth: u64,
    /// Most frames.
    pub max_depth: u64,
    /// End of the VM stack's chunk.
    pub stack_limit: u64,
    /// The exception being handled.
    pub handled: u64,
    /// The runtime state, for helpers.
    pub rt: *mut u8,
    /// Addresses of helpers.
    pub helpers: [usize; MAX_HELPERS],
}

impl Default for JitCtx {
    fn default() -> Self {
        JitCtx::new()
    }
}

impl JitCtx {
    /// A context of zeros.
    pub const fn new() -> JitCtx {
        JitCtx {
            g: [0; MAX_REGS],
            f: [0.0; MAX_REGS],
            spill: [0; MAX_SPILLS],
            frame: core::ptr::null_mut(),
            exit: 0,
            ret: 0,
            interrupts: core::ptr::null(),
            fuel: 0,
            gc_due: 0,
            epoch: 0,
            depth: 0,
            max_depth: 0,
            stack_limit: 0,
            handled: 0,
            rt: core::ptr::null_mut(),
            helpers: [0; MAX_HELPERS],
        }
    }
}

/// The registers an emitter gives to values.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct RegFile {
    /// General registers, numbered from 0.
    pub g: u8,
    /// Float registers, numbered from 0.
    pub f: u8,
    /// General registers that survive a helper's call, by bit.
    pub g_kept: u32,
    /// Float registers that survive a helper's call, by bit.
    pub f_kept: u32,
}

/// Number of an exit in its trace.
pub const NO_EXIT: u16 = u16::MAX;
/// No register.
pub const NO_REG: u8 = 0xff;

/// A uop with registers.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct AIns {
    /// What it does.
    pub op: Uop,
    /// Register of the result, [`NO_REG`] if it has none.
    pub out: u8,
    /// Registers of the operands.
    pub args: [u8; 3],
    /// Exit taken, [`NO_EXIT`] if it has none.
    pub exit: u16,
    /// Whether the exit needs what was in the result's register. Traces that the allocator made never do.
    pub keeps: bool,
    /// Displacement, ready for the body (spills: offset in the context).
    pub d: i32,
    /// Immediate.
    pub k: u64,
    /// Index of the uop of the trace it comes from (moves and spills: of the uop they serve), for listings.
    pub origin: u32,
}

/// A trace after register allocation. Phis are gone; `LoopStart`, `LoopEnd`, `Exit`, `JumpReg`, `AddFrame`,
/// `SetFrame`, `LabelAddr` and `RetLabel` are left of the control uops.
#[derive(Debug, Default)]
pub struct Allocated {
    /// Uops in order.
    pub code: Vec<AIns>,
    /// The snapshots of the exits, in the order of the uops that take them.
    pub exits: Vec<SnapId>,
    /// For each uop of the trace, the home of its result.
    pub values: Vec<Home>,
    /// Where values are.
    pub homes: Homes,
    /// Spill slots in use, inherited ones included.
    pub spills: u16,
    /// What the loop has in which place where it starts: all that a jump there has to bring.
    pub head: Vec<(Ref, Loc)>,
}

impl Allocated {
    /// What exits name a value by.
    pub fn home(&self, value: Ref) -> Option<Home> {
        match (value.as_ins(), value.as_konst()) {
            (Some(i), _) => self.values.get(i).copied(),
            (_, Some(k)) => Home::konst(k),
            _ => None,
        }
    }

    /// Where a value of an exit's snapshot is.
    pub fn place(&self, value: Ref, exit: u16) -> Option<Loc> {
        self.homes.at(self.home(value)?, exit).map(Place::loc)
    }

    /// The number of exits, if no uop takes another.
    ///
    /// # Errors
    /// [`EmitError::Malformed`] if one does.
    pub fn checked_exits(&self) -> Result<usize, EmitError> {
        let exits = self.exits.len();
        let outside = self.code.iter().any(|i| i.op.exits() && usize::from(i.exit) >= exits);
        if outside { Err(EmitError::Malformed) } else { Ok(exits) }
    }
}

impl AIns {
    /// A uop with one operand at most, and without an exit.
    pub fn new(op: Uop, out: u8, arg: u8, d: i32, k: u64) -> AIns {
        AIns { op, out, args: [arg, NO_REG, NO_REG], exit: NO_EXIT, keeps: false, d, k, origin: 0 }
    }

    /// The registers that select a stencil's code: operands, then (unless a call leaves it elsewhere) the result.
    pub fn slots(&self) -> ([u8; 4], usize) {
        let [a, b, c] = self.args;
        let ins = self.op.ins().len();
        match (ins, self.op.out().is_some() && !self.op.calls()) {
            (0, true) => ([self.out, 0, 0, 0], 1),
            (1, true) => ([a, self.out, 0, 0], 2),
            (2, true) => ([a, b, self.out, 0], 3),
            (3, true) => ([a, b, c, self.out], 4),
            (n, _) => ([a, b, c, 0], n),
        }
    }

    /// Where the result is.
    pub fn result(&self) -> Loc {
        if self.op.out() == Some(Class::F) { Loc::F(self.out) } else { Loc::G(self.out) }
    }
}

/// Why code could not be made.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
#[non_exhaustive]
pub enum EmitError {
    /// No room in the code memory, or its budget is used up.
    CodeFull,
    /// A value did not fit where the code needs it (displacement, branch range).
    OutOfRange,
    /// The operating system (or host) refused to change the memory's protection.
    Protect,
    /// The code memory gave a chunk that is misaligned or smaller than asked for.
    BadMemory,
    /// The host's memory is short.
    NoMemory,
    /// The trace is not one that the emitter understands; a bug of an earlier stage.
    Malformed,
    /// The emitter makes code of another architecture than this program's.
    Foreign,
}

impl core::fmt::Display for EmitError {
    fn fmt(&self, f: &mut core::fmt::Formatter<'_>) -> core::fmt::Result {
        f.write_str(match self {
            EmitError::CodeFull => "there is no more memory for machine code, or its budget is used up",
            EmitError::OutOfRange => "machine code is too long, or lies too far from its data",
            EmitError::Protect => "the protection of memory for machine code could not be changed",
            EmitError::BadMemory => {
                "memory for machine code is not aligned to 64 bytes (its data: 8), or smaller than asked for"
            }
            EmitError::NoMemory => "memory is short",
            EmitError::Malformed => "the trace is damaged",
            EmitError::Foreign => "the emitter makes machine code of another architecture",
        })
    }
}
impl core::error::Error for EmitError {}

/// Code that was made.
#[derive(Clone, Copy, Debug)]
pub struct Emitted {
    /// Where to enter it.
    pub entry: u64,
    /// Where the loop's body begins (for links that meet its contract); 0 if the trace has no loop.
    pub body: u64,
    /// Cell of exit 0; that of exit `n` is `n` words further. Writing a cell needs no change of protection.
    pub cells: *mut u64,
    /// What an unlinked cell of exit `n` holds is `unlinked + n * unlinked_step`.
    pub unlinked: u64,
    /// See `unlinked`.
    pub unlinked_step: u64,
    /// Bytes of code.
    pub code_bytes: u32,
    /// Number that [`Emitter::release`] takes.
    pub id: u32,
}

/// Where each uop's code lies, for listings.
pub type CodeMap = Vec<(u32, u32)>;

/// Turns allocated uops into code of one architecture, and runs it.
pub trait Emitter: Send {
    /// Name of the architecture, for listings.
    fn name(&self) -> &'static str;
    /// Its registers.
    fn reg_file(&self) -> RegFile;
    /// Whether its code can run in this program; code of another architecture can be made and looked at only.
    fn runs_here(&self) -> bool;
    /// Makes code. Exits are numbered from `first_exit` in `JitCtx::exit`. `map`, if wanted, receives pairs of index in
    /// `code` and byte offset from the entry.
    ///
    /// # Errors
    /// [`EmitError`]; nothing was changed then.
    fn emit(
        &mut self,
        code: &Allocated,
        first_exit: u32,
        map: Option<&mut CodeMap>,
    ) -> Result<Emitted, EmitError>;
    /// Gives the code of `id` back. Nothing jumps to it any more.
    fn release(&mut self, id: u32);
    /// Bytes of code in use.
    fn code_bytes(&self) -> usize;
    /// The bytes of a piece of code, for listings; empty if it has none.
    fn code(&self, emitted: &Emitted) -> &[u8];
    /// Runs code until it leaves through an exit.
    ///
    /// # Safety
    /// The code can run here ([`Emitter::runs_here`]); `entry` is an address this emitter gave and did not release; `frame` and `ctx` are valid for what the trace does.
    unsafe fn enter(&self, entry: u64, frame: *mut u8, ctx: *mut JitCtx);
}

/// A piece of memory for code with a data area beside it, all of it within 2 GiB. On AArch64 the code area is at most 128 MiB, which
/// is how far a jump goes.
#[derive(Clone, Copy, Debug)]
pub struct Chunk {
    /// First byte of the code area, page-aligned.
    pub code: *mut u8,
    /// The same bytes, where they are written: `code`, if that is made writable for the time.
    pub write: *mut u8,
    /// Bytes of the code area.
    pub code_len: usize,
    /// First word of the data area, which is always writable and never executable.
    pub data: *mut u64,
    /// Words of the data area.
    pub data_words: usize,
}

/// Memory that can be made executable: a host's, or the std shim's. No address is writable and executable at once.
pub trait CodeMemory: Send {
    /// A chunk of at least these sizes, the code area writable.
    ///
    /// # Errors
    /// [`EmitError::CodeFull`] if there is none.
    fn allocate(&mut self, code_len: usize, data_words: usize) -> Result<Chunk, EmitError>;
    /// Makes a chunk's code area writable (and not executable).
    ///
    /// # Errors
    /// [`EmitError::Protect`].
    fn writable(&mut self, chunk: &Chunk) -> Result<(), EmitError>;
    /// Makes a chunk's code area executable (and not writable), after the range `start..end` of it was changed; caches
    /// are brought up to date.
    ///
    /// # Errors
    /// [`EmitError::Protect`].
    fn executable(&mut self, chunk: &Chunk, start: usize, end: usize) -> Result<(), EmitError>;
    /// Whether more may be written to a chunk: not if another process has it too, as after a fork of one that shares it.
    /// Code in it is run all the same.
    fn may_write(&self, chunk: &Chunk) -> bool {
        let _ = chunk;
        true
    }
    /// Whether parts of a chunk whose code is no longer needed may be written again: not if another process may still
    /// run it, as after a fork of this one if the chunk is shared with it.
    fn may_rewrite(&self, chunk: &Chunk) -> bool {
        let _ = chunk;
        true
    }
    /// Called after [`CodeMemory::executable`] if code that ran may have been replaced. Memory that is written at another
    /// address than it is run at has to have the processor forget what it has fetched.
    fn rewritten(&mut self, chunk: &Chunk) {
        let _ = chunk;
    }
    /// Gives a chunk back.
    fn free(&mut self, chunk: &Chunk);
}

impl<M: CodeMemory + ?Sized> CodeMemory for Box<M> {
    fn allocate(&mut self, code_len: usize, data_words: usize) -> Result<Chunk, EmitError> {
        (**self).allocate(code_len, data_words)
    }
    fn writable(&mut self, chunk: &Chunk) -> Result<(), EmitError> {
        (**self).writable(chunk)
    }
    fn executable(&mut self, chunk: &Chunk, start: usize, end: usize) -> Result<(), EmitError> {
        (**self).executable(chunk, start, end)
    }
    fn may_write(&self, chunk: &Chunk) -> bool {
        (**self).may_write(chunk)
    }
    fn may_rewrite(&self, chunk: &Chunk) -> bool {
        (**self).may_rewrite(chunk)
    }
    fn rewritten(&mut self, chunk: &Chunk) {
        (**self).rewritten(chunk);
    }
    fn free(&mut self, chunk: &Chunk) {
        (**self).free(chunk);
    }
}

/// Appends where the caller has reserved room.
#[inline]
pub fn push_reserved<T>(to: &mut Vec<T>, item: T) {
    to.push_within(item);
}
