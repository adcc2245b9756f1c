//! Copies stencils one after the other into a buffer, with holes filled as far as they do not depend on the place
//! the code will have; the rest is remembered as fix-ups and filled by [`Assembler::place`].
//!
//! Control uops become code here: labels with alignment, jumps, leaving through a cell.
//!
//! A branch on a bit reaches 32 KiB, less than a chunk is long, and one on a condition 1 MiB. What may not reach its
//! stub, and loads of constants, wait in `waiting` for an *island*: veneers (branches that reach further) and constants
//! between two uops, jumped over, or behind the last one. An island is written before the first that waits for it would
//! not reach it.
//!
//! Invariant: a branch or load that waits has been patched when the code is complete.

use crate::reloc::Kind;
use crate::table::{
    F, G, KEEPING, LOAD_K16, LOAD_K32, LOAD_ZERO_F, NARROW, POOL, RESULT_F, RESULT_G, STENCILS, TABLE,
};
use alloc::vec::Vec;
use taipan_core::emit::stencil::{Reloc, Stencil, key};
use taipan_core::emit::{AIns, Allocated, CodeMap, EmitError, NO_REG, push_reserved};
use taipan_core::uop::{Class, Effect, Uop};

/// Landing pad for indirect jumps and calls: `bti jc`.
pub const PAD: u32 = 0xd503_24df;
const NOP: u32 = 0xd503_201f;
const BRANCH: u32 = 0x1400_0000;
/// Alignment of a loop's head: where the CPU begins to fetch.
const LOOP_ALIGN: usize = 32;
/// Alignment of return labels (their address is a value with tag bits 0).
const LABEL_ALIGN: usize = 16;
/// Instructions that leave through a cell, and as many cold stubs have.
pub const LEAVE: usize = 5;
/// Most bytes that one uop takes: a call with its result, or a control uop with alignment.
const LONGEST: usize = 128;
/// How far ahead of its last chance an island is written.
const MARGIN: i64 = LONGEST as i64 + POOL.len() as i64 + 64;

/// What a fix-up refers to.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
enum Target {
    /// Cold stub of an exit.
    Stub(u16),
    /// Cell of an exit; the next instruction loads it.
    Cell(u16),
    /// Constant by its offset in the pool.
    Pool(u32),
    /// Return label by number.
    Label(i32),
}

#[derive(Clone, Copy, Debug)]
struct Fixup {
    at: u32,
    target: Target,
    kind: Kind,
}

/// Where the code and its parts will be.
#[derive(Clone, Copy, Debug)]
pub struct Layout {
    /// First byte of the code.
    pub hot: u64,
    /// First cold stub.
    pub stubs: u64,
    /// First cell.
    pub cells: u64,
}

/// A piece of code in the making; kept from one to the next for its buffers.
#[derive(Debug, Default)]
pub struct Assembler {
    code: Vec<u8>,
    len: usize,
    fixups: Vec<Fixup>,
    /// Branches and loads that need an island.
    waiting: Vec<Fixup>,
    /// Byte by which the first of them has to be answered.
    deadline: i64,
    labels: Vec<(i32, u32)>,
    /// Offset of the landing pad before the loop's head.
    pub body: Option<usize>,
    head: usize,
    first_exit: u32,
    far: bool,
}

impl Assembler {
    /// Assembles all uops. `far` says that stubs may lie beyond the reach of conditional branches.
    pub fn assemble(
        &mut self,
        trace: &Allocated,
        first_exit: u32,
        mut map: Option<&mut CodeMap>,
        far: bool,
    ) -> Result<(), EmitError> {
        (self.len, self.body, self.head, self.first_exit, self.far) = (0, None, 0, first_exit, far);
        self.labels.clear();
        self.fixups.clear();
        self.waiting.clear();
        self.deadline = i64::MAX;
        if let Some(map) = map.as_deref_mut() {
            map.clear();
            map.try_reserve(trace.code.len()).map_err(|_| EmitError::NoMemory)?;
        }
        self.word(PAD)?;
        for (i, ins) in trace.code.iter().enumerate() {
            if self.len as i64 + 4 * self.waiting.len() as i64 + MARGIN > self.deadline {
                self.island(true)?;
            }
            if let Some(map) = map.as_deref_mut() {
                push_reserved(map, (i as u32, self.len as u32));
            }
            if ins.op.effect() == Effect::Control {
                self.control(ins)?;
            } else {
                self.uop(ins)?;
            }
        }
        self.island(false)
    }

    /// The code, once placed.
    pub fn code(&self) -> &[u8] {
        self.code.get(..self.len).unwrap_or(&[])
    }

    /// Alignment of the code.
    pub fn align(&self) -> u32 {
        if self.body.is_some() { 64 } else { 16 }
    }

    /// Fills what depends on the place.
    pub fn place(&mut self, layout: Layout) -> Result<(), EmitError> {
        for f in &self.fixups {
            let at = f.at as usize;
            let here = layout.hot.wrapping_add(at as u64);
            let from_here = |to: u64| to.wrapping_sub(here) as i64;
            let distance = match f.target {
                Target::Stub(n) => from_here(layout.stubs.wrapping_add(u64::from(n) * 4 * LEAVE as u64)),
                Target::Cell(n) => {
                    let cell = layout.cells.wrapping_add(u64::from(n) * 8);
                    Kind::Mem8.patch(&mut self.code, at + 4, (cell & 0xfff) as i64)?;
                    page_distance(here, cell)
                }
                Target::Label(n) => {
                    let label = self.labels.iter().find(|(l, _)| *l == n).ok_or(EmitError::Malformed)?;
                    i64::from(label.1) - at as i64
                }
                Target::Pool(_) => return Err(EmitError::Malformed),
            };
            f.kind.patch(&mut self.code, at, distance)?;
        }
        Ok(())
    }

    /// Makes room for `len` more bytes.
    fn room(&mut self, len: usize) -> Result<(), EmitError> {
        let wanted = self.len + len;
        if self.code.len() < wanted {
            let more = wanted.next_multiple_of(4096) - self.code.len();
            self.code.try_reserve(more).map_err(|_| EmitError::NoMemory)?;
            let len = self.code.capacity();
            #[expect(clippy::disallowed_methods, reason = "reserved above")]
            self.code.resize(len, 0);
        }
        Ok(())
    }

    fn word(&mut self, ins: u32) -> Result<(), EmitError> {
        self.bytes(&ins.to_le_bytes())
    }

    fn bytes(&mut self, bytes: &[u8]) -> Result<(), EmitError> {
        self.room(bytes.len())?;
        let to = self.code.get_mut(self.len..self.len + bytes.len()).ok_or(EmitError::Malformed)?;
        to.copy_from_slice(bytes);
        self.len += bytes.len();
        Ok(())
    }

    /// Fills up to where `offset` bytes later would be a multiple of `align`.
    fn pad(&mut self, align: usize, offset: usize) -> Result<(), EmitError> {
        while !(self.len + offset).is_multiple_of(align) {
            self.word(NOP)?;
        }
        Ok(())
    }

    #[inline]
    fn fixup(&mut self, at: usize, target: Target, kind: Kind) -> Result<(), EmitError> {
        let fixup = Fixup { at: at as u32, target, kind };
        let waits = match kind {
            Kind::Exit14 | Kind::Pool => true,
            Kind::Exit19 => self.far,
            _ => false,
        };
        if waits {
            self.waiting.try_reserve(1).map_err(|_| EmitError::NoMemory)?;
            push_reserved(&mut self.waiting, fixup);
            self.deadline = self.deadline.min(at as i64 + kind.range().1);
        } else {
            self.fixups.try_reserve(1).map_err(|_| EmitError::NoMemory)?;
            push_reserved(&mut self.fixups, fixup);
        }
        Ok(())
    }

    /// Writes what is waited for; `inside` says that code goes on behind it.
    fn island(&mut self, inside: bool) -> Result<(), EmitError> {
        if self.waiting.is_empty() {
            return Ok(());
        }
        let over = self.len;
        if inside {
            self.word(BRANCH)?;
        }
        self.pad(8, 0)?;
        let pool = self.len;
        if self.waiting.iter().any(|f| matches!(f.target, Target::Pool(_))) {
            self.bytes(&POOL)?;
        }
        let mut veneer: Option<(Target, usize)> = None;
        for i in 0..self.waiting.len() {
            let Some(f) = self.waiting.get(i).copied() else { break };
            let to = match (f.target, f.kind.veneer()) {
                (Target::Pool(offset), _) => pool + offset as usize,
                // The branches of one uop to its exit share a veneer.
                (target, Some(_)) if veneer.is_some_and(|(t, _)| t == target) => {
                    veneer.map_or(0, |(_, at)| at)
                }
                (target, Some(kind)) => {
                    let at = self.len;
                    self.word(BRANCH)?;
                    self.fixup(at, target, kind)?;
                    veneer = Some((target, at));
                    at
                }
                (_, None) => return Err(EmitError::Malformed),
            };
            f.kind.patch(&mut self.code, f.at as usize, to as i64 - i64::from(f.at))?;
        }
        self.waiting.clear();
        self.deadline = i64::MAX;
        if inside {
            Kind::Exit26.patch(&mut self.code, over, self.len as i64 - over as i64)?;
        }
        Ok(())
    }

    fn control(&mut self, ins: &AIns) -> Result<(), EmitError> {
        match ins.op {
            Uop::Nop => Ok(()),
            Uop::LoopStart => {
                // The pad lies before the head, so that only links to the body run it.
                self.pad(LOOP_ALIGN, 4)?;
                self.body = Some(self.len);
                self.word(PAD)?;
                self.head = self.len;
                Ok(())
            }
            Uop::LoopEnd => {
                if self.body.is_none() {
                    return Err(EmitError::Malformed);
                }
                let at = self.len;
                self.word(BRANCH)?;
                Kind::Exit26.patch(&mut self.code, at, self.head as i64 - at as i64)
            }
            Uop::Exit => {
                let at = self.len;
                for ins in leave_code(self.first_exit.wrapping_add(u32::from(ins.exit))) {
                    self.word(ins)?;
                }
                self.fixup(at + 8, Target::Cell(ins.exit), Kind::Page)
            }
            Uop::RetLabel => {
                self.pad(LABEL_ALIGN, 0)?;
                self.labels.try_reserve(1).map_err(|_| EmitError::NoMemory)?;
                push_reserved(&mut self.labels, (ins.d, self.len as u32));
                self.word(PAD)
            }
            Uop::JumpReg | Uop::SetFrame => self.copy(Stencil::of(&STENCILS, ins.op)?, &[ins.args[0]], ins),
            Uop::AddFrame => self.copy(fitting(ins)?, &[], ins),
            Uop::LabelAddr => self.copy(Stencil::of(&STENCILS, ins.op)?, &[ins.out], ins),
            _ => Err(EmitError::Malformed),
        }
    }

    /// A uop with a body.
    fn uop(&mut self, ins: &AIns) -> Result<(), EmitError> {
        let op = ins.op;
        let stencil = match op {
            Uop::MovG | Uop::MovF if ins.out == ins.args[0] => return Ok(()),
            Uop::LoadK if ins.k <= u64::from(u16::MAX) => &LOAD_K16,
            Uop::LoadK if ins.k <= u64::from(u32::MAX) => &LOAD_K32,
            Uop::LoadKF if ins.k == 0 => &LOAD_ZERO_F,
            _ if op.effect() == Effect::Checked && ins.keeps => Stencil::of(&KEEPING, op)?,
            _ => fitting(ins)?,
        };
        let (slots, count) = ins.slots();
        self.copy(stencil, slots.get(..count).ok_or(EmitError::Malformed)?, ins)?;
        match op.out() {
            Some(class) if op.calls() && ins.out != NO_REG => {
                let fetch = if class == Class::F { &RESULT_F } else { &RESULT_G };
                self.copy(fetch, &[ins.out], ins)
            }
            _ => Ok(()),
        }
    }

    /// Copies a stencil and fills its holes.
    fn copy(&mut self, stencil: &Stencil, slots: &[u8], ins: &AIns) -> Result<(), EmitError> {
        let key = key(slots).ok_or(EmitError::Malformed)?;
        let variant = TABLE.variant(stencil, key).ok_or(EmitError::Malformed)?;
        let start = self.len;
        self.room(variant.len())?;
        let to = self.code.get_mut(start..).ok_or(EmitError::Malformed)?;
        TABLE.write(variant, key, to).ok_or(EmitError::Malformed)?;
        self.len += variant.len();
        let relocs = TABLE.relocs(variant);
        if !fit(relocs, ins) {
            return Err(EmitError::OutOfRange);
        }
        for r in relocs {
            let at = start + r.at as usize;
            match r.kind {
                Kind::Exit26 | Kind::Exit19 | Kind::Exit14 => {
                    self.fixup(at, Target::Stub(ins.exit), r.kind)?;
                }
                Kind::Label => self.fixup(at, Target::Label(ins.d), r.kind)?,
                Kind::Pool => self.fixup(at, Target::Pool(r.addend as u32), r.kind)?,
                kind => kind.patch(&mut self.code, at, value(kind, ins))?,
            }
        }
        Ok(())
    }
}

/// The value that goes into a value hole.
fn value(kind: Kind, ins: &AIns) -> i64 {
    if kind.part() == 0 { i64::from(ins.d) } else { ins.k as i64 }
}

/// Whether the values of a uop fit the holes of a variant: no part of `k` is left over, and each hole takes its value.
fn fit(relocs: &[Reloc<Kind>], ins: &AIns) -> bool {
    let parts = relocs.iter().fold(0, |all, r| all | r.kind.part());
    (parts == 0 || ins.k & !parts == 0)
        && relocs.iter().all(|r| r.kind.relative() || r.kind.takes(value(r.kind, ins)))
}

/// The shortest stencil of a uop whose holes take its values. Register assignments do not matter: the variants of a
/// stencil have the same holes.
fn fitting(ins: &AIns) -> Result<&'static Stencil, EmitError> {
    let narrow = NARROW.get(ins.op as usize).filter(|s| s.longest > 0);
    let narrow = narrow.filter(|s| TABLE.variant(s, 0).is_some_and(|v| fit(TABLE.relocs(v), ins)));
    narrow.map_or_else(|| Stencil::of(&STENCILS, ins.op), Ok)
}

/// Leaves through a cell: `mov w2, number; adrp x16, cell; ldr x16, [x16, cell]; br x16`, with holes for the cell.
pub fn leave_code(number: u32) -> [u32; LEAVE] {
    [
        0x5280_0002 | (number & 0xffff) << 5,
        0x72a0_0002 | (number >> 16) << 5,
        0x9000_0010,
        0xf940_0210,
        0xd61f_0200,
    ]
}

/// Distance from the page of an instruction to that of an address.
pub fn page_distance(from: u64, to: u64) -> i64 {
    (to & !0xfff).wrapping_sub(from & !0xfff) as i64
}

const _: () = assert!(G == 8 && F == 8, "keys have 3 bits a register");
