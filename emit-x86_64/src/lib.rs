//! Machine code for x86-64 from allocated uops: copies stencils, fills their holes, and keeps the memory they lie in.
//!
//! `table.rs` is generated (`cargo xtask stencils`); core's `emit/stencil.rs` says how it is read, `reloc.rs` what goes
//! into holes, `assemble.rs` makes a trace's code in a buffer, core's `emit/space.rs` finds a place for it.
//!
//! A stub is `mov eax, exit; jmp [cell]`; a cell that is not linked holds the exit handler's address. So a jump from one
//! trace to another goes through a cell.
#![no_std]
#![cfg_attr(
    test,
    allow(clippy::disallowed_methods, clippy::disallowed_macros, reason = "tests may allocate")
)]
extern crate alloc;

mod assemble;
pub mod reloc;
pub mod table;

use assemble::{Assembler, Layout, STUB_LEN, leave_code};
use taipan_core::emit::space::{Common, Place, Space, Wanted};
use taipan_core::emit::{Allocated, CodeMap, CodeMemory, EmitError, Emitted, Emitter, JitCtx, RegFile};

/// Makes machine code for x86-64 in the memory that `M` gives.
pub struct X86Emitter<M: CodeMemory> {
    space: Space<M>,
    assembler: Assembler,
}

impl<M: CodeMemory> X86Emitter<M> {
    /// An emitter whose code areas take at most `budget` bytes. Allocates nothing until the first trace.
    pub fn new(memory: M, budget: usize) -> X86Emitter<M> {
        X86Emitter { space: Space::new(memory, budget), assembler: Assembler::default() }
    }

    /// Bytes of memory taken for code, used or not.
    pub fn reserved_bytes(&self) -> usize {
        self.space.reserved_bytes()
    }

    /// Fills in what depends on the place, and writes code and stubs.
    fn write(&mut self, place: &Place, first_exit: u32) -> Result<Emitted, EmitError> {
        let from_hot = |to: u64| to.wrapping_sub(place.hot) as i64;
        self.assembler.place(Layout {
            stubs: from_hot(place.stubs),
            cells: from_hot(place.cells as u64),
            pool: from_hot(place.chunk),
        })?;
        let unlinked = self.space.first();
        self.space.write(place, self.assembler.code(), unlinked, &mut |n, stub, cell, to| {
            let next = stub.wrapping_add(assemble::LEAVE_LEN as u64);
            let distance = cell.wrapping_sub(next) as i64;
            let distance = i32::try_from(distance).map_err(|_| EmitError::OutOfRange)?;
            let code = leave_code(first_exit.wrapping_add(n), distance);
            to.get_mut(..code.len()).ok_or(EmitError::Malformed)?.copy_from_slice(&code);
            Ok(())
        })?;
        Ok(Emitted {
            entry: place.hot,
            body: self.assembler.body.map_or(0, |b| place.hot + b as u64),
            cells: place.cells,
            unlinked,
            unlinked_step: 0,
            code_bytes: as_u32(self.assembler.code().len())?,
            id: place.id,
        })
    }
}

impl<M: CodeMemory> Emitter for X86Emitter<M> {
    fn name(&self) -> &'static str {
        "x86_64"
    }

    fn reg_file(&self) -> RegFile {
        RegFile { g: table::G, f: table::F, g_kept: 0b11, f_kept: 0 }
    }

    fn runs_here(&self) -> bool {
        cfg!(target_arch = "x86_64")
    }

    fn emit(
        &mut self,
        code: &Allocated,
        first_exit: u32,
        map: Option<&mut CodeMap>,
    ) -> Result<Emitted, EmitError> {
        let exits = code.checked_exits()?;
        self.assembler.assemble(code, first_exit, map)?;
        let hot = self.assembler.code().len();
        let wanted = Wanted { hot, align: self.assembler.align(), stub: STUB_LEN, exits };
        let mut fixed = [0; FIXED_LEN];
        let len = fixed_code(&mut fixed)?;
        let first = fixed.get(..len).ok_or(EmitError::Malformed)?;
        let place = self.space.take(wanted, Common { every: &table::POOL, first })?;
        let done = self.write(&place, first_exit);
        if done.is_err() {
            self.space.release(place.id);
        }
        done
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

    #[cfg(target_arch = "x86_64")]
    unsafe fn enter(&self, entry: u64, frame: *mut u8, ctx: *mut JitCtx) {
        type Enter = unsafe extern "sysv64" fn(*mut u8, *mut JitCtx, u64);
        // SAFETY: `entry` is from this emitter (the caller's promise), so the first chunk holds the entry shim behind the
        // exit handler, which has this signature, and is executable. The shim keeps what the ABI wants kept.
        unsafe {
            let enter =
                core::mem::transmute::<*const (), Enter>((self.space.first() + ENTER_AT) as *const ());
            enter(frame, ctx, entry);
        }
    }

    #[cfg(not(target_arch = "x86_64"))]
    unsafe fn enter(&self, _entry: u64, _frame: *mut u8, _ctx: *mut JitCtx) {
        unreachable!("the caller promised that this is the architecture")
    }
}

/// Bytes of entry shim and exit handler.
const FIXED_LEN: usize = ENTER_AT as usize + table::ENTER.longest as usize;
/// The exit handler comes first, behind a landing pad since it is jumped to through cells.
const ENTER_AT: u64 = assemble::ENDBR64.len() as u64 + table::LEAVE.longest as u64;

/// Entry shim and exit handler; their length.
fn fixed_code(to: &mut [u8; FIXED_LEN]) -> Result<usize, EmitError> {
    let mut len = assemble::ENDBR64.len();
    to.get_mut(..len).ok_or(EmitError::Malformed)?.copy_from_slice(&assemble::ENDBR64);
    for stencil in [&table::LEAVE, &table::ENTER] {
        let rest = to.get_mut(len..).ok_or(EmitError::Malformed)?;
        len += table::TABLE.write_fixed(stencil, rest).ok_or(EmitError::Malformed)?;
    }
    Ok(len)
}

fn as_u32(n: usize) -> Result<u32, EmitError> {
    u32::try_from(n).map_err(|_| EmitError::OutOfRange)
}
