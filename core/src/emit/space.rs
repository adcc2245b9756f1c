//! Where machine code lies: chunks of a [`CodeMemory`], what of them is free, and writing to them. For emitters of every
//! architecture.
//!
//! A chunk: what every chunk begins with, in the first chunk the code that is the same for all traces (entry shim and
//! exit handler), hot code from there upwards, cold stubs from the end downwards; in its data area the cells. A stub
//! leaves through its exit's cell; a cell that is not linked holds the exit handler's address.
//!
//! Invariants: a chunk is written by this module only, and nothing runs then; what allocates may
//! fail, and has then changed nothing; no two live pieces share a byte.

use super::ranges::Ranges;
use super::{Chunk, CodeMemory, EmitError};
use crate::room::WithinRoom as _;
use alloc::vec::Vec;

/// Code area of the first chunk; each further one is twice as large, up to [`LARGEST_CHUNK`].
const FIRST_CHUNK: usize = 64 << 10;
/// Largest code area (unless one trace needs more).
const LARGEST_CHUNK: usize = 1 << 20;
/// Alignment of the code area's size.
const PAGE: usize = 4 << 10;
/// A cell for so many bytes of code.
const BYTES_PER_CELL: usize = 32;
/// Where code begins in a chunk: a cache line.
const LINE: usize = 64;
/// Longest stub.
const STUB: usize = 32;

/// Memory for code, and what of it is free.
struct Area {
    chunk: Chunk,
    /// Bytes of the code area.
    code: Ranges,
    /// Words of the data area.
    cells: Ranges,
    /// Pieces of code in it.
    live: usize,
    /// Whether any piece of it was given back, so that a new one may lie where code ran.
    reused: bool,
}

/// What a piece of code needs.
#[derive(Clone, Copy, Debug)]
pub struct Wanted {
    /// Bytes of hot code.
    pub hot: usize,
    /// Its alignment.
    pub align: u32,
    /// Bytes of each exit's stub.
    pub stub: usize,
    /// Number of exits.
    pub exits: usize,
}

/// Where a piece of code lies.
#[derive(Clone, Copy)]
struct Placed {
    area: usize,
    hot: (u32, u32),
    cold: (u32, u32),
    cells: (u32, u32),
}

/// Addresses of a piece of code that has a place, but is not written yet.
#[derive(Clone, Copy, Debug)]
pub struct Place {
    /// Number, for [`Space::write`] and [`Space::release`].
    pub id: u32,
    /// First byte of the hot code.
    pub hot: u64,
    /// First stub.
    pub stubs: u64,
    /// First cell.
    pub cells: *mut u64,
    /// First byte of the chunk.
    pub chunk: u64,
}

/// What is written into chunks besides traces.
#[derive(Clone, Copy, Debug)]
pub struct Common<'a> {
    /// What every chunk begins with.
    pub every: &'a [u8],
    /// Follows in the first chunk, at a multiple of 64.
    pub first: &'a [u8],
}

/// Code in the memory that `M` gives.
pub struct Space<M: CodeMemory> {
    memory: M,
    budget: usize,
    /// Bytes of the areas.
    reserved: usize,
    /// Bytes of live code.
    used: usize,
    areas: Vec<Option<Area>>,
    placed: Vec<Option<Placed>>,
    first: u64,
}

// SAFETY: the pointers are to memory that belongs to `memory` (which is `Send`) and is reached through this value only.
unsafe impl<M: CodeMemory> Send for Space<M> {}

impl<M: CodeMemory> Space<M> {
    /// No code yet; code areas take at most `budget` bytes. Allocates nothing until the first piece.
    pub const fn new(memory: M, budget: usize) -> Space<M> {
        Space { memory, budget, reserved: 0, used: 0, areas: Vec::new(), placed: Vec::new(), first: 0 }
    }

    /// Bytes of memory taken for code, used or not.
    pub fn reserved_bytes(&self) -> usize {
        self.reserved
    }

    /// Bytes of live code, stubs included.
    pub fn used_bytes(&self) -> usize {
        self.used
    }

    /// Where the first chunk's common code lies, once there is a piece.
    pub fn first(&self) -> u64 {
        self.first
    }

    /// Takes room for a piece: in an area that has it, or a new one. [`Space::release`] gives it back.
    ///
    /// # Errors
    /// [`EmitError`]; nothing was changed then.
    pub fn take(&mut self, wanted: Wanted, common: Common<'_>) -> Result<Place, EmitError> {
        let id = match self.placed.iter().position(Option::is_none) {
            Some(free) => free,
            None => {
                self.placed.try_reserve(1).map_err(|_| EmitError::NoMemory)?;
                self.placed.push_within(None);
                self.placed.len() - 1
            }
        };
        let placed = self.find(&wanted, common)?;
        let chunk = self.chunk(&placed)?;
        self.used += placed.hot.1 as usize + placed.cold.1 as usize;
        if let Some(place) = self.placed.get_mut(id) {
            *place = Some(placed);
        }
        Ok(Place {
            id: as_u32(id)?,
            hot: chunk.code as u64 + placed.hot.0 as u64,
            stubs: chunk.code as u64 + placed.cold.0 as u64,
            cells: chunk.data.wrapping_add(placed.cells.0 as usize),
            chunk: chunk.code as u64,
        })
    }

    fn find(&mut self, wanted: &Wanted, common: Common<'_>) -> Result<Placed, EmitError> {
        let cold = wanted.stub.checked_mul(wanted.exits).ok_or(EmitError::OutOfRange)?;
        let need = Need {
            hot: as_u32(wanted.hot)?,
            align: wanted.align,
            cold: as_u32(cold)?,
            cells: as_u32(wanted.exits)?,
        };
        for i in (0..self.areas.len()).rev() {
            if let Some(Some(area)) = self.areas.get_mut(i)
                && self.memory.may_write(&area.chunk)
                && let Some(placed) = area.take(i, &need)?
            {
                return Ok(placed);
            }
        }
        let code = wanted.hot.checked_add(cold).ok_or(EmitError::OutOfRange)?;
        let i = self.add_area(code, wanted.exits, common)?;
        let area = self.areas.get_mut(i).and_then(Option::as_mut).ok_or(EmitError::CodeFull)?;
        area.take(i, &need)?.ok_or(EmitError::CodeFull)
    }

    fn chunk(&self, placed: &Placed) -> Result<Chunk, EmitError> {
        Ok(self.areas.get(placed.area).and_then(Option::as_ref).ok_or(EmitError::CodeFull)?.chunk)
    }

    fn add_area(&mut self, code: usize, cells: usize, common: Common<'_>) -> Result<usize, EmitError> {
        let fixed = common.every.len() + common.first.len() + 2 * LINE;
        let least =
            code.max(cells.saturating_mul(BYTES_PER_CELL)).saturating_add(fixed).next_multiple_of(PAGE);
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
                self.areas.push_within(None);
                self.areas.len() - 1
            }
        };
        let chunk = self.memory.allocate(len, len / BYTES_PER_CELL)?;
        match self.furnish(chunk, len, slot == 0, common) {
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

    /// Checks a new chunk, which a host may have made, and writes what is common into it.
    fn furnish(
        &mut self,
        chunk: Chunk,
        wanted: usize,
        first: bool,
        common: Common<'_>,
    ) -> Result<Area, EmitError> {
        let (code_len, words) = (as_u32(chunk.code_len)?, as_u32(chunk.data_words)?);
        let aligned = (chunk.code as usize).is_multiple_of(LINE) && (chunk.data as usize).is_multiple_of(8);
        if !aligned || chunk.code_len < wanted || chunk.data_words < wanted / BYTES_PER_CELL {
            return Err(EmitError::BadMemory);
        }
        let cells = Ranges::new(0, words)?;
        let mut at = common.every.len();
        // SAFETY: a chunk is larger than what is common (`add_area` counted it), and is writable.
        unsafe { copy(common.every, chunk.write, 0) };
        if first {
            at = at.next_multiple_of(LINE);
            // SAFETY: as above.
            unsafe { copy(common.first, chunk.write, at) };
            self.first = chunk.code as u64 + at as u64;
            at += common.first.len();
        }
        Ok(Area { chunk, code: Ranges::new(as_u32(at)?, code_len)?, cells, live: 0, reused: false })
    }

    /// Writes a piece to its place: hot code, for each exit the stub that `stub` makes from the exit's number and the
    /// addresses of stub and cell, and `unlinked` to the cells.
    ///
    /// # Errors
    /// [`EmitError`]; the piece is not to be run then.
    pub fn write(
        &mut self,
        place: &Place,
        hot: &[u8],
        unlinked: u64,
        stub: &mut dyn FnMut(u32, u64, u64, &mut [u8]) -> Result<(), EmitError>,
    ) -> Result<(), EmitError> {
        let placed = self.placed.get(place.id as usize).copied().flatten().ok_or(EmitError::Malformed)?;
        let chunk = self.chunk(&placed)?;
        let exits = placed.cells.1;
        let len = placed.cold.1.checked_div(exits).unwrap_or(0) as usize;
        if hot.len() > placed.hot.1 as usize || len > STUB {
            return Err(EmitError::Malformed);
        }
        self.memory.writable(&chunk)?;
        let mut bytes = [0; STUB];
        let bytes = bytes.get_mut(..len).ok_or(EmitError::Malformed)?;
        let mut done = Ok(());
        for n in 0..exits {
            let at = placed.cold.0 as usize + n as usize * len;
            let cell = place.cells.wrapping_add(n as usize);
            done = stub(n, chunk.code as u64 + at as u64, cell as u64, bytes);
            if done.is_err() {
                break;
            }
            // SAFETY: the stub and the cell lie in the ranges that `take` gave to this piece; the code area is
            // writable, and the data area always is.
            unsafe {
                copy(bytes, chunk.write, at);
                cell.write(unlinked);
            }
        }
        // SAFETY: `placed.hot` is a range of the code area, at least as long, taken for this piece.
        unsafe { copy(hot, chunk.write, placed.hot.0 as usize) };
        // The first piece of a chunk makes what is common in it executable, too.
        let start = if self.areas.get(placed.area).and_then(Option::as_ref).is_some_and(|a| a.live == 1) {
            0
        } else {
            placed.hot.0.min(placed.cold.0)
        };
        let end = (placed.cold.0 + placed.cold.1).max(placed.hot.0 + placed.hot.1);
        self.memory.executable(&chunk, start as usize, end as usize)?;
        if self.areas.get(placed.area).and_then(Option::as_ref).is_some_and(|a| a.reused) {
            self.memory.rewritten(&chunk);
        }
        done
    }

    /// Gives the place of a piece back. Nothing jumps to it any more. What is no live piece is left alone.
    pub fn release(&mut self, id: u32) {
        let Some(placed) = self.placed.get_mut(id as usize).and_then(Option::take) else { return };
        self.used -= placed.hot.1 as usize + placed.cold.1 as usize;
        let Some(slot) = self.areas.get_mut(placed.area) else { return };
        let Some(area) = slot else { return };
        // Otherwise the code stays where it is, until the chunk goes as a whole.
        if self.memory.may_rewrite(&area.chunk) {
            area.code.give(placed.hot.0, placed.hot.1);
            area.code.give(placed.cold.0, placed.cold.1);
            area.reused = true;
        }
        area.cells.give(placed.cells.0, placed.cells.1);
        area.live -= 1;
        // The first chunk stays: every cell refers to the exit handler in it.
        if area.live == 0 && placed.area != 0 {
            self.reserved -= area.chunk.code_len;
            self.memory.free(&area.chunk);
            *slot = None;
        }
    }

    /// The hot code of a piece.
    pub fn code(&self, id: u32) -> &[u8] {
        let Some(Some(placed)) = self.placed.get(id as usize) else { return &[] };
        let Some(Some(area)) = self.areas.get(placed.area) else { return &[] };
        let start = area.chunk.code.wrapping_add(placed.hot.0 as usize);
        // SAFETY: the range lies in the chunk, is initialized, and is written only through `&mut self`.
        unsafe { core::slice::from_raw_parts(start, placed.hot.1 as usize) }
    }
}

/// Lengths, as they are taken.
struct Need {
    hot: u32,
    align: u32,
    cold: u32,
    cells: u32,
}

impl Area {
    fn take(&mut self, i: usize, need: &Need) -> Result<Option<Placed>, EmitError> {
        self.code.prepare(2)?;
        self.cells.prepare(1)?;
        let Some(h) = self.code.take_low(need.hot, need.align) else { return Ok(None) };
        let Some(c) = self.code.take_high(need.cold) else {
            self.code.give(h, need.hot);
            return Ok(None);
        };
        let Some(d) = self.cells.take_low(need.cells, 1) else {
            self.code.give(h, need.hot);
            self.code.give(c, need.cold);
            return Ok(None);
        };
        self.live += 1;
        Ok(Some(Placed { area: i, hot: (h, need.hot), cold: (c, need.cold), cells: (d, need.cells) }))
    }
}

impl<M: CodeMemory> Drop for Space<M> {
    fn drop(&mut self) {
        for area in self.areas.iter().flatten() {
            self.memory.free(&area.chunk);
        }
    }
}

fn as_u32(n: usize) -> Result<u32, EmitError> {
    u32::try_from(n).map_err(|_| EmitError::OutOfRange)
}

/// Copies code into a chunk.
///
/// # Safety
/// `to + at` on, for the bytes' length, is writable memory of a chunk that nothing else refers to.
unsafe fn copy(bytes: &[u8], to: *mut u8, at: usize) {
    // SAFETY: the caller's promise; the bytes are not part of a chunk.
    unsafe { core::ptr::copy_nonoverlapping(bytes.as_ptr(), to.add(at), bytes.len()) };
}

#[cfg(test)]
mod tests {
    use super::*;
    use alloc::vec;

    /// Memory that is only written. Whether it may be written again, and how often it was.
    struct Plain {
        chunks: Vec<(Vec<u64>, Vec<u64>)>,
        rewritable: bool,
        rewritten: usize,
    }
    // SAFETY: the tests use one thread.
    unsafe impl Send for Plain {}

    impl CodeMemory for Plain {
        fn allocate(&mut self, code_len: usize, data_words: usize) -> Result<Chunk, EmitError> {
            let (mut code, mut data) = (vec![0u64; code_len / 8 + 8], vec![0u64; data_words]);
            let start = code.as_mut_ptr().cast::<u8>();
            let start = start.wrapping_add(start.align_offset(LINE));
            let chunk = Chunk { code: start, write: start, code_len, data: data.as_mut_ptr(), data_words };
            self.chunks.push((code, data));
            Ok(chunk)
        }
        fn writable(&mut self, _: &Chunk) -> Result<(), EmitError> {
            Ok(())
        }
        fn executable(&mut self, _: &Chunk, _: usize, _: usize) -> Result<(), EmitError> {
            Ok(())
        }
        fn may_rewrite(&self, _: &Chunk) -> bool {
            self.rewritable
        }
        fn rewritten(&mut self, _: &Chunk) {
            self.rewritten += 1;
        }
        fn free(&mut self, _: &Chunk) {}
    }

    /// Puts a piece of 1,000 bytes with two exits in; where it lies.
    fn put(space: &mut Space<Plain>) -> Result<Place, EmitError> {
        let common = Common { every: &[1], first: &[2] };
        let place = space.take(Wanted { hot: 1000, align: 16, stub: 12, exits: 2 }, common)?;
        space.write(&place, &[3; 1000], 4, &mut |_, _, _, _| Ok(()))?;
        Ok(place)
    }

    #[test]
    fn code_is_written_where_code_was_unless_it_may_still_run() {
        for rewritable in [true, false] {
            let memory = Plain { chunks: Vec::new(), rewritable, rewritten: 0 };
            let mut space = Space::new(memory, FIRST_CHUNK);
            let first = put(&mut space).expect("room");
            put(&mut space).expect("room");
            assert_eq!(space.memory.rewritten, 0);
            space.release(first.id);
            let again = put(&mut space).expect("room");
            assert_eq!((again.hot == first.hot, space.memory.rewritten > 0), (rewritable, rewritable));
            space.release(again.id);
            // Without that, room is used up by pieces that come and go.
            let rounds =
                (0..100).take_while(|_| put(&mut space).map(|p| space.release(p.id)).is_ok()).count();
            assert_eq!(rounds == 100, rewritable, "{rounds}");
        }
    }
}
