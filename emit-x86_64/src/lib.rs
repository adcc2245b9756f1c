//! Machine code for x86-64 from allocated uops: copies stencils, fills their holes, and keeps the memory they lie in.
//!
//! `table.rs` is generated (`cargo xtask stencils`); `stencil.rs` says how it is read, `reloc.rs` what goes into
//! holes, `assemble.rs` makes a trace's code in a buffer, `ranges.rs` keeps track of free memory; here the code gets
//! its place.
//!
//! A chunk: constant pool (and in the first chunk entry shim and exit handler), hot code from there upwards, cold
//! stubs from the end downwards; in its data area the cells. A stub is `mov eax, exit; jmp [cell]`; a cell that is
//! not linked holds the exit handler's address.
//!
//! Invariants: a chunk's code is writable only while this module writes it, and nothing runs then; a jump from one
//! trace to another goes through a cell; what allocates may fail, and has then changed nothing.
#![no_std]
#![cfg_attr(
    test,
    allow(clippy::disallowed_methods, clippy::disallowed_macros, reason = "tests may allocate")
)]
extern crate alloc;

mod assemble;
mod ranges;
pub mod reloc;
pub mod stencil;
pub mod table;

use alloc::vec::Vec;
use assemble::{Assembler, Layout, STUB_LEN, leave_code};
use ranges::Ranges;
use taipan_core::emit::{
    Allocated, Chunk, CodeMap, CodeMemory, EmitError, Emitted, Emitter, JitCtx, RegFile,
};

/// Code area of the first chunk; each further one is twice as large, up to [`LARGEST_CHUNK`].
const FIRST_CHUNK: usize = 64 << 10;
/// Largest code area (unless one trace needs more).
const LARGEST_CHUNK: usize = 1 << 20;
/// Alignment of the code area's size.
const PAGE: usize = 64 << 10;
/// A cell for so many bytes of code.
const BYTES_PER_CELL: usize = 32;

/// Memory for code, and what of it is free.
struct Area {
    chunk: Chunk,
    /// Bytes of the code area.
    code: Ranges,
    /// Words of the data area.
    cells: Ranges,
    /// Pieces of code in it.
    live: usize,
}

/// Where a piece of code lies.
#[derive(Clone, Copy)]
struct Placed {
    area: usize,
    hot: (u32, u32),
    cold: (u32, u32),
    cells: (u32, u32),
}

/// Makes machine code for x86-64 in the memory that `M` gives.
pub struct X86Emitter<M: CodeMemory> {
    memory: M,
    budget: usize,
    /// Bytes of the areas.
    reserved: usize,
    /// Bytes of live code.
    used: usize,
    areas: Vec<Option<Area>>,
    placed: Vec<Option<Placed>>,
    assembler: Assembler,
    enter: u64,
    leave: u64,
}

// SAFETY: the pointers are to memory that belongs to `memory` (which is `Send`) and is reached through this value only.
unsafe impl<M: CodeMemory> Send for X86Emitter<M> {}

impl<M: CodeMemory> X86Emitter<M> {
    /// An emitter whose code areas take at most `budget` bytes. Allocates nothing until the first trace.
    pub fn new(memory: M, budget: usize) -> X86Emitter<M> {
        X86Emitter {
            memory,
            budget,
            reserved: 0,
            used: 0,
            areas: Vec::new(),
            placed: Vec::new(),
            assembler: Assembler::default(),
            enter: 0,
            leave: 0,
        }
    }

    /// Bytes of memory taken for code, used or not.
    pub fn reserved_bytes(&self) -> usize {
        self.reserved
    }

    /// Takes room in an area that has it, or a new one.
    fn take(&mut self, hot: u32, align: u32, cold: u32, cells: u32) -> Result<Placed, EmitError> {
        for i in (0..self.areas.len()).rev() {
            if let Some(Some(area)) = self.areas.get_mut(i)
                && let Some(placed) = area.take(i, hot, align, cold, cells)?
            {
                return Ok(placed);
            }
        }
        let i = self.add_area(hot as usize + cold as usize, cells as usize)?;
        let area = self.areas.get_mut(i).and_then(Option::as_mut).ok_or(EmitError::CodeFull)?;
        area.take(i, hot, align, cold, cells)?.ok_or(EmitError::CodeFull)
    }

    fn add_area(&mut self, code: usize, cells: usize) -> Result<usize, EmitError> {
        let fixed = table::POOL.len() + FIXED_LEN + 64;
        let least = (code.max(cells.saturating_mul(BYTES_PER_CELL)) + fixed).next_multiple_of(PAGE);
        let wanted = self.reserved.clamp(FIRST_CHUNK, LARGEST_CHUNK).max(least);
        let left = self.budget.saturating_sub(self.reserved) / PAGE * PAGE;
        let len = wanted.min(left);
        if len < least || u32::try_from(len).is_err() {
            return Err(EmitError::CodeFull);
        }
        let slot = match self.areas.iter().position(Option::is_none) {
            Some(free) => free,
            None => {
                self.areas.try_reserve(1).map_err(|_| EmitError::NoMemory)?;
                push_reserved(&mut self.areas, None);
                self.areas.len() - 1
            }
        };
        let chunk = self.memory.allocate(len, len / BYTES_PER_CELL)?;
        match self.furnish(chunk, slot == 0) {
            Ok(area) => {
                self.reserved += chunk.code_len;
                if let Some(place) = self.areas.get_mut(slot) {
                    *place = Some(area);
                }
                Ok(slot)
            }
            Err(e) => {
                self.memory.free(&chunk);
                Err(e)
            }
        }
    }

    /// Writes the pool, and the code that is the same for all traces, into a new chunk.
    fn furnish(&mut self, chunk: Chunk, first: bool) -> Result<Area, EmitError> {
        let (code_len, words) = (as_u32(chunk.code_len)?, as_u32(chunk.data_words)?);
        let cells = Ranges::new(0, words)?;
        let mut at = table::POOL.len();
        let mut fixed = [0u8; FIXED_LEN];
        if first {
            at = at.next_multiple_of(64);
            // The handler is jumped to through cells.
            let pad = assemble::ENDBR64.len();
            fixed.get_mut(..pad).ok_or(EmitError::Malformed)?.copy_from_slice(&assemble::ENDBR64);
            let leave = pad + fixed_code(&table::LEAVE, fixed.get_mut(pad..).ok_or(EmitError::Malformed)?)?;
            let enter = fixed_code(&table::ENTER, fixed.get_mut(leave..).ok_or(EmitError::Malformed)?)?;
            self.leave = chunk.code as u64 + at as u64;
            self.enter = self.leave + leave as u64;
            let len = leave + enter;
            let code = fixed.get(..len).ok_or(EmitError::Malformed)?;
            // SAFETY: a chunk is larger than the pool and this code (`add_area` counted them), and is writable.
            unsafe { copy(code, chunk.code, at) };
            at += len;
        }
        // SAFETY: as above.
        unsafe { copy(&table::POOL, chunk.code, 0) };
        Ok(Area { chunk, code: Ranges::new(as_u32(at)?, code_len)?, cells, live: 0 })
    }

    /// Writes code, stubs and cells to their place.
    fn write(&mut self, placed: &Placed, first_exit: u32) -> Result<Emitted, EmitError> {
        let chunk = self.areas.get(placed.area).and_then(Option::as_ref).ok_or(EmitError::CodeFull)?.chunk;
        let (hot, cold, cells) = (placed.hot, placed.cold, placed.cells);
        let entry = chunk.code.wrapping_add(hot.0 as usize);
        let cell = chunk.data.wrapping_add(cells.0 as usize);
        let from_entry = |to: u64| to.wrapping_sub(entry as u64) as i64;
        self.assembler.place(Layout {
            stubs: cold.0 as i64 - hot.0 as i64,
            cells: from_entry(cell as u64),
            pool: -(hot.0 as i64),
        })?;
        self.memory.writable(&chunk)?;
        for n in 0..cells.1 {
            let stub = cold.0 as usize + n as usize * STUB_LEN;
            let next = (chunk.code as u64).wrapping_add(stub as u64 + assemble::LEAVE_LEN as u64);
            let distance = (cell.wrapping_add(n as usize) as u64).wrapping_sub(next) as i64;
            // A chunk's data lies within 2 GiB of its code; place() has checked it for code that leaves in line.
            let code = leave_code(first_exit.wrapping_add(n), distance as i32);
            if i32::try_from(distance).is_err() {
                self.memory.executable(&chunk, 0, 0)?;
                return Err(EmitError::OutOfRange);
            }
            // SAFETY: the stub and the cell lie in the ranges that `take` gave to this code; the code area is
            // writable, and the data area always is.
            unsafe {
                copy(&code, chunk.code, stub);
                cell.add(n as usize).write(self.leave);
            }
        }
        // SAFETY: `hot` is a range of the code area, of this length, taken for this code.
        unsafe { copy(self.assembler.code(), chunk.code, hot.0 as usize) };
        self.memory.executable(&chunk, hot.0 as usize, (cold.0 + cold.1).max(hot.0 + hot.1) as usize)?;
        Ok(Emitted {
            entry: entry as u64,
            body: self.assembler.body.map_or(0, |b| entry as u64 + b as u64),
            cells: cell,
            unlinked: self.leave,
            unlinked_step: 0,
            code_bytes: hot.1,
            id: 0,
        })
    }

    fn give_back(&mut self, placed: &Placed) {
        let Some(slot) = self.areas.get_mut(placed.area) else { return };
        let Some(area) = slot else { return };
        area.code.give(placed.hot.0, placed.hot.1);
        area.code.give(placed.cold.0, placed.cold.1);
        area.cells.give(placed.cells.0, placed.cells.1);
        area.live -= 1;
        // The first chunk stays: every cell refers to the exit handler in it.
        if area.live == 0 && placed.area != 0 {
            self.reserved -= area.chunk.code_len;
            self.memory.free(&area.chunk);
            *slot = None;
        }
    }
}

impl Area {
    fn take(
        &mut self,
        i: usize,
        hot: u32,
        align: u32,
        cold: u32,
        cells: u32,
    ) -> Result<Option<Placed>, EmitError> {
        self.code.prepare(2)?;
        self.cells.prepare(1)?;
        let Some(h) = self.code.take_low(hot, align) else { return Ok(None) };
        let Some(c) = self.code.take_high(cold) else {
            self.code.give(h, hot);
            return Ok(None);
        };
        let Some(d) = self.cells.take_low(cells, 1) else {
            self.code.give(h, hot);
            self.code.give(c, cold);
            return Ok(None);
        };
        self.live += 1;
        Ok(Some(Placed { area: i, hot: (h, hot), cold: (c, cold), cells: (d, cells) }))
    }
}

impl<M: CodeMemory> Emitter for X86Emitter<M> {
    fn name(&self) -> &'static str {
        "x86_64"
    }

    fn reg_file(&self) -> RegFile {
        RegFile { g: table::G, f: table::F, g_kept: 0b11, f_kept: 0 }
    }

    fn emit(
        &mut self,
        code: &Allocated,
        first_exit: u32,
        map: Option<&mut CodeMap>,
    ) -> Result<Emitted, EmitError> {
        let exits = as_u32(code.exits.len())?;
        if code.code.iter().any(|i| i.op.exits() && u32::from(i.exit) >= exits) {
            return Err(EmitError::Malformed);
        }
        let slot = match self.placed.iter().position(Option::is_none) {
            Some(free) => free,
            None => {
                self.placed.try_reserve(1).map_err(|_| EmitError::NoMemory)?;
                push_reserved(&mut self.placed, None);
                self.placed.len() - 1
            }
        };
        self.assembler.assemble(code, first_exit, map)?;
        let hot = as_u32(self.assembler.code().len())?;
        let cold = exits.checked_mul(STUB_LEN as u32).ok_or(EmitError::OutOfRange)?;
        let placed = self.take(hot, self.assembler.align(), cold, exits)?;
        match self.write(&placed, first_exit) {
            Ok(emitted) => {
                self.used += hot as usize + cold as usize;
                if let Some(place) = self.placed.get_mut(slot) {
                    *place = Some(placed);
                }
                Ok(Emitted { id: as_u32(slot)?, ..emitted })
            }
            Err(e) => {
                self.give_back(&placed);
                Err(e)
            }
        }
    }

    fn release(&mut self, id: u32) {
        if let Some(placed) = self.placed.get_mut(id as usize).and_then(Option::take) {
            self.used -= placed.hot.1 as usize + placed.cold.1 as usize;
            self.give_back(&placed);
        }
    }

    fn code_bytes(&self) -> usize {
        self.used
    }

    fn code(&self, emitted: &Emitted) -> &[u8] {
        let Some(Some(placed)) = self.placed.get(emitted.id as usize) else { return &[] };
        let Some(Some(area)) = self.areas.get(placed.area) else { return &[] };
        let start = area.chunk.code.wrapping_add(placed.hot.0 as usize);
        // SAFETY: the range lies in the chunk, is initialized, and is written only through `&mut self`.
        unsafe { core::slice::from_raw_parts(start, placed.hot.1 as usize) }
    }

    #[cfg(target_arch = "x86_64")]
    unsafe fn enter(&self, entry: u64, frame: *mut u8, ctx: *mut JitCtx) {
        type Enter = unsafe extern "sysv64" fn(*mut u8, *mut JitCtx, u64);
        // SAFETY: `entry` is from this emitter (the caller's promise), so the first chunk holds the entry shim at
        // `self.enter`, which has this signature, and is executable. The shim keeps what the ABI wants kept.
        unsafe {
            let enter = core::mem::transmute::<*const (), Enter>(self.enter as *const ());
            enter(frame, ctx, entry);
        }
    }

    #[cfg(not(target_arch = "x86_64"))]
    unsafe fn enter(&self, _entry: u64, _frame: *mut u8, _ctx: *mut JitCtx) {
        unreachable!("code of another architecture can be made and looked at, not run")
    }
}

impl<M: CodeMemory> Drop for X86Emitter<M> {
    fn drop(&mut self) {
        for area in self.areas.iter().flatten() {
            self.memory.free(&area.chunk);
        }
    }
}

/// Room for entry shim and exit handler.
const FIXED_LEN: usize =
    assemble::ENDBR64.len() + table::ENTER.longest as usize + table::LEAVE.longest as usize;

fn fixed_code(stencil: &stencil::Stencil, to: &mut [u8]) -> Result<usize, EmitError> {
    let variant = stencil.variant(0).ok_or(EmitError::Malformed)?;
    variant.write(0, to).ok_or(EmitError::Malformed)?;
    Ok(variant.len())
}

fn as_u32(n: usize) -> Result<u32, EmitError> {
    u32::try_from(n).map_err(|_| EmitError::OutOfRange)
}

fn push_reserved<T>(to: &mut Vec<T>, item: T) {
    #[expect(clippy::disallowed_methods, reason = "the caller reserved")]
    to.push(item);
}

/// Copies code into a chunk.
///
/// # Safety
/// `code + at` on, for the bytes' length, is writable memory of a chunk that nothing else refers to.
unsafe fn copy(bytes: &[u8], code: *mut u8, at: usize) {
    // SAFETY: the caller's promise; the bytes are not part of a chunk.
    unsafe { core::ptr::copy_nonoverlapping(bytes.as_ptr(), code.add(at), bytes.len()) };
}
