//! Machine code for AArch64 from allocated uops: copies stencils, fills their holes, and keeps the memory they lie in.
//!
//! `table.rs` is generated (`cargo xtask stencils`); core's `emit/stencil.rs` says how it is read, `reloc.rs` what goes
//! into holes, `assemble.rs` makes a trace's code in a buffer, core's `emit/space.rs` finds a place for it.
//!
//! A stub loads the exit's number and jumps where the exit's cell says; a cell that is not linked holds the exit
//! handler's address. So a jump from one trace to another goes through a cell. That the instruction cache sees what was
//! written is the code memory's part (`cache.rs`).
#![no_std]
#![cfg_attr(
    test,
    allow(clippy::disallowed_methods, clippy::disallowed_macros, reason = "tests may allocate")
)]
extern crate alloc;

mod assemble;
#[cfg(target_arch = "aarch64")]
pub mod cache;
pub mod reloc;
pub mod table;

use assemble::{Assembler, LEAVE, Layout, PAD, leave_code, page_distance};
use reloc::Kind;
use taipan_core::emit::space::{Common, Place, Space, Wanted};
use taipan_core::emit::{Allocated, CodeMap, CodeMemory, EmitError, Emitted, Emitter, JitCtx, RegFile};

/// Bytes of a cold stub.
const STUB_LEN: usize = 4 * LEAVE;

/// Makes machine code for AArch64 in the memory that `M` gives.
pub struct Aarch64Emitter<M: CodeMemory> {
    space: Space<M>,
    assembler: Assembler,
}

impl<M: CodeMemory> Aarch64Emitter<M> {
    /// An emitter whose code areas take at most `budget` bytes. Allocates nothing until the first trace.
    pub fn new(memory: M, budget: usize) -> Aarch64Emitter<M> {
        Aarch64Emitter { space: Space::new(memory, budget), assembler: Assembler::default() }
    }

    /// Bytes of memory taken for code, used or not.
    pub fn reserved_bytes(&self) -> usize {
        self.space.reserved_bytes()
    }

    /// Takes a place for the assembled code and writes it there.
    fn place(&mut self, exits: usize, first_exit: u32) -> Result<Emitted, EmitError> {
        let hot = self.assembler.code().len();
        let wanted = Wanted { hot, align: self.assembler.align(), stub: STUB_LEN, exits };
        let mut fixed = [0; FIXED_LEN];
        let len = fixed_code(&mut fixed)?;
        let first = fixed.get(..len).ok_or(EmitError::Malformed)?;
        let place = self.space.take(wanted, Common { every: &[], first })?;
        let done = self.write(&place, first_exit);
        if done.is_err() {
            self.space.release(place.id);
        }
        done
    }

    /// Fills in what depends on the place, and writes code and stubs.
    fn write(&mut self, place: &Place, first_exit: u32) -> Result<Emitted, EmitError> {
        self.assembler.place(Layout { hot: place.hot, stubs: place.stubs, cells: place.cells as u64 })?;
        let unlinked = self.space.first();
        self.space.write(place, self.assembler.code(), unlinked, &mut |n, stub, cell, to| {
            for (ins, to) in leave_code(first_exit.wrapping_add(n)).iter().zip(to.chunks_exact_mut(4)) {
                to.copy_from_slice(&ins.to_le_bytes());
            }
            Kind::Page.patch(to, 8, page_distance(stub + 8, cell))?;
            Kind::Mem8.patch(to, 12, (cell & 0xfff) as i64)
        })?;
        Ok(Emitted {
            entry: place.hot,
            body: self.assembler.body.map_or(0, |b| place.hot + b as u64),
            cells: place.cells,
            unlinked,
            unlinked_step: 0,
            code_bytes: u32::try_from(self.assembler.code().len()).map_err(|_| EmitError::OutOfRange)?,
            id: place.id,
        })
    }
}

impl<M: CodeMemory> Emitter for Aarch64Emitter<M> {
    fn name(&self) -> &'static str {
        "aarch64"
    }

    fn reg_file(&self) -> RegFile {
        RegFile { g: table::G, f: table::F, g_kept: 0b111_1111, f_kept: 0 }
    }

    fn runs_here(&self) -> bool {
        cfg!(target_arch = "aarch64")
    }

    fn emit(
        &mut self,
        code: &Allocated,
        first_exit: u32,
        mut map: Option<&mut CodeMap>,
    ) -> Result<Emitted, EmitError> {
        let exits = code.checked_exits()?;
        self.assembler.assemble(code, first_exit, map.as_deref_mut(), false)?;
        match self.place(exits, first_exit) {
            // Stubs beyond the reach of conditional branches: only in chunks of more than 1 MiB.
            Err(EmitError::OutOfRange) => {
                self.assembler.assemble(code, first_exit, map, true)?;
                self.place(exits, first_exit)
            }
            done => done,
        }
    }

    fn release(&mut self, id: u32) {
        self.space.release(id);
    }

    fn code_bytes(&self) -> usize {
        self.space.used_bytes()
    }

    fn code(&self, emitted: &Emitted) -> &[u8] {
        self.space.code(emitted.id)
    }

    #[cfg(target_arch = "aarch64")]
    unsafe fn enter(&self, entry: u64, frame: *mut u8, ctx: *mut JitCtx) {
        type Enter = unsafe extern "C" fn(*mut u8, *mut JitCtx, u64);
        // SAFETY: `entry` is from this emitter (the caller's promise), so the first chunk holds the entry shim behind the
        // exit handler, which has this signature, and is executable. The shim keeps what the ABI wants kept.
        unsafe {
            let enter =
                core::mem::transmute::<*const (), Enter>((self.space.first() + ENTER_AT) as *const ());
            enter(frame, ctx, entry);
        }
    }

    #[cfg(not(target_arch = "aarch64"))]
    unsafe fn enter(&self, _entry: u64, _frame: *mut u8, _ctx: *mut JitCtx) {
        unreachable!("the caller promised that this is the architecture")
    }
}

/// Bytes of entry shim and exit handler.
const FIXED_LEN: usize = ENTER_AT as usize + table::ENTER.longest as usize;
/// The exit handler comes first, behind a landing pad since it is jumped to through cells.
const ENTER_AT: u64 = 4 + table::LEAVE.longest as u64;

/// Entry shim and exit handler; their length.
fn fixed_code(to: &mut [u8; FIXED_LEN]) -> Result<usize, EmitError> {
    let pad = PAD.to_le_bytes();
    let mut len = pad.len();
    to.get_mut(..len).ok_or(EmitError::Malformed)?.copy_from_slice(&pad);
    for stencil in [&table::LEAVE, &table::ENTER] {
        let rest = to.get_mut(len..).ok_or(EmitError::Malformed)?;
        len += table::TABLE.write_fixed(stencil, rest).ok_or(EmitError::Malformed)?;
    }
    Ok(len)
}
