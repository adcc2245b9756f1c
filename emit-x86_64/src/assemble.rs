//! Copies stencils one after the other into a buffer, with holes filled as far as they do not depend on the place
//! the code will have; the rest is remembered as fix-ups and filled by [`Assembler::place`].
//!
//! Control uops become code here: labels with alignment, jumps, leaving through a cell.
//!
//! Invariant: the buffer is reserved before anything is written, from each uop's longest form.

use crate::reloc::Kind;
use crate::table::{F, G, KEEPING, LOAD_K32, LOAD_ZERO_F, RESULT_F, RESULT_G, STENCILS, TABLE};
use alloc::vec::Vec;
use taipan_core::emit::stencil::{Stencil, key};
use taipan_core::emit::{AIns, Allocated, CodeMap, EmitError, NO_REG, push_reserved};
use taipan_core::uop::{Class, Effect, Uop};

/// Landing pad for indirect jumps.
pub const ENDBR64: [u8; 4] = [0xf3, 0x0f, 0x1e, 0xfa];
/// Alignment of a loop's head: where the CPU begins to fetch.
const LOOP_ALIGN: usize = 32;
/// Alignment of return labels (their address is a value with tag bits 0).
const LABEL_ALIGN: usize = 16;
/// Most bytes a control uop takes: alignment, landing pad, jumps.
const CONTROL_LONGEST: usize = 48;
/// Bytes that leave through a cell: `mov eax, number; jmp [cell]`.
pub const LEAVE_LEN: usize = 11;
/// The same, as cold stubs are spaced.
pub const STUB_LEN: usize = 12;

/// Intel's and AMD's recommended forms of doing nothing, by length.
const NOPS: [&[u8]; 9] = [
    &[0x90],
    &[0x66, 0x90],
    &[0x0f, 0x1f, 0x00],
    &[0x0f, 0x1f, 0x40, 0x00],
    &[0x0f, 0x1f, 0x44, 0x00, 0x00],
    &[0x66, 0x0f, 0x1f, 0x44, 0x00, 0x00],
    &[0x0f, 0x1f, 0x80, 0x00, 0x00, 0x00, 0x00],
    &[0x0f, 0x1f, 0x84, 0x00, 0x00, 0x00, 0x00, 0x00],
    &[0x66, 0x0f, 0x1f, 0x84, 0x00, 0x00, 0x00, 0x00, 0x00],
];

/// What a fix-up refers to.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
enum Target {
    /// Cold stub of an exit.
    Stub(u16),
    /// Cell of an exit.
    Cell(u16),
    /// Constant pool.
    Pool,
    /// Return label by number.
    Label(i32),
}

#[derive(Clone, Copy, Debug)]
struct Fixup {
    at: u32,
    target: Target,
    addend: i32,
}

/// Where the parts of the code will be, as byte distances from its first byte.
#[derive(Clone, Copy, Debug)]
pub struct Layout {
    /// First cold stub.
    pub stubs: i64,
    /// First cell.
    pub cells: i64,
    /// Constant pool.
    pub pool: i64,
}

/// A piece of code in the making; kept from one to the next for its buffers.
#[derive(Debug, Default)]
pub struct Assembler {
    code: Vec<u8>,
    len: usize,
    fixups: Vec<Fixup>,
    labels: Vec<(i32, u32)>,
    /// Offset of the landing pad before the loop's head.
    pub body: Option<usize>,
    head: usize,
    first_exit: u32,
}

impl Assembler {
    /// Assembles all uops.
    pub fn assemble(
        &mut self,
        trace: &Allocated,
        first_exit: u32,
        mut map: Option<&mut CodeMap>,
    ) -> Result<(), EmitError> {
        self.start(trace, first_exit)?;
        if let Some(map) = map.as_deref_mut() {
            map.clear();
            map.try_reserve(trace.code.len()).map_err(|_| EmitError::NoMemory)?;
        }
        self.bytes(&ENDBR64)?;
        for (i, ins) in trace.code.iter().enumerate() {
            if let Some(map) = map.as_deref_mut() {
                push_reserved(map, (i as u32, self.len as u32));
            }
            if ins.op.effect() == Effect::Control {
                self.control(ins)?;
            } else {
                self.uop(ins)?;
            }
        }
        Ok(())
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
            let to = match f.target {
                Target::Stub(n) => layout.stubs + n as i64 * STUB_LEN as i64,
                Target::Cell(n) => layout.cells + n as i64 * 8,
                Target::Pool => layout.pool,
                Target::Label(n) => {
                    let label = self.labels.iter().find(|(l, _)| *l == n).ok_or(EmitError::Malformed)?;
                    label.1 as i64
                }
            };
            Kind::Exit.patch(&mut self.code, f.at as usize, to + f.addend as i64 - f.at as i64)?;
        }
        Ok(())
    }

    /// Reserves for the longest that the code can become.
    fn start(&mut self, trace: &Allocated, first_exit: u32) -> Result<(), EmitError> {
        let (mut longest, mut labels) = (CONTROL_LONGEST, 0);
        for ins in &trace.code {
            longest += match ins.op.effect() {
                Effect::Control => CONTROL_LONGEST,
                Effect::Call | Effect::CallPure => {
                    Stencil::of(&STENCILS, ins.op)?.longest as usize + RESULT_F.longest as usize
                }
                _ => Stencil::of(&STENCILS, ins.op)?.longest.max(Stencil::of(&KEEPING, ins.op)?.longest)
                    as usize,
            };
            labels += usize::from(ins.op == Uop::RetLabel);
        }
        (self.len, self.body, self.head, self.first_exit) = (0, None, 0, first_exit);
        self.labels.clear();
        self.fixups.clear();
        if self.code.len() < longest {
            let more = longest - self.code.len();
            self.code.try_reserve(more).map_err(|_| EmitError::NoMemory)?;
            #[expect(clippy::disallowed_methods, reason = "reserved above")]
            self.code.resize(longest, 0);
        }
        self.labels.try_reserve(labels).map_err(|_| EmitError::NoMemory)
    }

    #[inline]
    fn fixup(&mut self, at: usize, target: Target, addend: i32) -> Result<(), EmitError> {
        self.fixups.try_reserve(1).map_err(|_| EmitError::NoMemory)?;
        push_reserved(&mut self.fixups, Fixup { at: at as u32, target, addend });
        Ok(())
    }

    fn bytes(&mut self, bytes: &[u8]) -> Result<(), EmitError> {
        let to = self.code.get_mut(self.len..self.len + bytes.len()).ok_or(EmitError::Malformed)?;
        to.copy_from_slice(bytes);
        self.len += bytes.len();
        Ok(())
    }

    /// Fills up to where `offset` bytes later would be a multiple of `align`.
    fn pad(&mut self, align: usize, offset: usize) -> Result<(), EmitError> {
        let mut missing = (self.len + offset).next_multiple_of(align) - self.len - offset;
        while missing > 0 {
            let nop = NOPS.get(missing.min(NOPS.len()) - 1).ok_or(EmitError::Malformed)?;
            self.bytes(nop)?;
            missing -= nop.len();
        }
        Ok(())
    }

    fn control(&mut self, ins: &AIns) -> Result<(), EmitError> {
        match ins.op {
            Uop::Nop => Ok(()),
            Uop::LoopStart => {
                // The pad lies before the head, so that only links to the body run it.
                self.pad(LOOP_ALIGN, ENDBR64.len())?;
                self.body = Some(self.len);
                self.bytes(&ENDBR64)?;
                self.head = self.len;
                Ok(())
            }
            Uop::LoopEnd => {
                if self.body.is_none() {
                    return Err(EmitError::Malformed);
                }
                self.jump_back()
            }
            Uop::Exit => self.leave(ins.exit),
            Uop::RetLabel => {
                self.pad(LABEL_ALIGN, 0)?;
                push_reserved(&mut self.labels, (ins.d, self.len as u32));
                self.bytes(&ENDBR64)
            }
            Uop::JumpReg | Uop::SetFrame => self.copy(Stencil::of(&STENCILS, ins.op)?, &[ins.args[0]], ins),
            Uop::AddFrame => self.copy(Stencil::of(&STENCILS, ins.op)?, &[], ins),
            Uop::LabelAddr => self.copy(Stencil::of(&STENCILS, ins.op)?, &[ins.out], ins),
            _ => Err(EmitError::Malformed),
        }
    }

    fn jump_back(&mut self) -> Result<(), EmitError> {
        let distance = self.head as i64 - self.len as i64;
        match i8::try_from(distance - 2) {
            Ok(near) => self.bytes(&[0xeb, near as u8]),
            Err(_) => {
                let far = i32::try_from(distance - 5).map_err(|_| EmitError::OutOfRange)?.to_le_bytes();
                self.bytes(&[0xe9, far[0], far[1], far[2], far[3]])
            }
        }
    }

    /// Leaves through the cell of an exit.
    fn leave(&mut self, exit: u16) -> Result<(), EmitError> {
        let number = self.first_exit.wrapping_add(exit as u32);
        let at = self.len;
        self.bytes(&leave_code(number, 0))?;
        self.fixup(at + LEAVE_LEN - 4, Target::Cell(exit), -4)
    }

    /// A uop with a body.
    fn uop(&mut self, ins: &AIns) -> Result<(), EmitError> {
        let op = ins.op;
        match op {
            Uop::MovG | Uop::MovF if ins.out == ins.args[0] => return Ok(()),
            Uop::LoadK if ins.k <= u32::MAX as u64 => return self.copy(&LOAD_K32, &[ins.out], ins),
            Uop::LoadKF if ins.k == 0 => return self.copy(&LOAD_ZERO_F, &[ins.out], ins),
            _ => {}
        }
        let keeping = op.effect() == Effect::Checked && ins.keeps;
        let stencil = Stencil::of(if keeping { &KEEPING } else { &STENCILS }, op)?;
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
        let to = self.code.get_mut(start..).ok_or(EmitError::Malformed)?;
        TABLE.write(variant, key, to).ok_or(EmitError::Malformed)?;
        self.len += variant.len();
        for r in TABLE.relocs(variant) {
            let at = start + r.at as usize;
            let value = match r.kind {
                Kind::D32 | Kind::D8 => ins.d as i64 + r.addend as i64,
                Kind::K31 | Kind::K32 | Kind::K64 => ins.k as i64,
                Kind::Exit => {
                    self.fixup(at, Target::Stub(ins.exit), r.addend)?;
                    continue;
                }
                Kind::Label => {
                    self.fixup(at, Target::Label(ins.d), r.addend)?;
                    continue;
                }
                Kind::Pool => {
                    self.fixup(at, Target::Pool, r.addend)?;
                    continue;
                }
            };
            r.kind.patch(&mut self.code, at, value)?;
        }
        Ok(())
    }
}

/// `mov eax, number; jmp [rip + cell]`.
pub fn leave_code(number: u32, cell: i32) -> [u8; LEAVE_LEN] {
    let (n, c) = (number.to_le_bytes(), cell.to_le_bytes());
    [0xb8, n[0], n[1], n[2], n[3], 0xff, 0x25, c[0], c[1], c[2], c[3]]
}

const _: () = assert!(G == 8 && F == 8, "keys have 3 bits a register");
