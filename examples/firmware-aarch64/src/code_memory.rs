//! Memory for machine code without an operating system: pages of a fixed region, whose rights the MMU changes.
//!
//! Invariant: a page belongs to one chunk at most, and no page is writable and executable at once (`mmu`).

use crate::mmu::{self, Code};
use taipan_core::emit::{Chunk, CodeMemory, EmitError};
use taipan_emit_aarch64::cache;

const PAGE: usize = 4096;
/// Most pages: 16 MiB.
const PAGES: usize = 4096;

/// Pages of the region; there is one value at a time.
pub struct Pages {
    taken: [bool; PAGES],
}

impl Pages {
    /// All free.
    pub const fn new() -> Pages {
        Pages { taken: [false; PAGES] }
    }

    fn count() -> usize {
        let (start, end) = mmu::code_region();
        ((end - start) / PAGE).min(PAGES)
    }

    /// Bounds of a chunk's code, if it is one of ours.
    fn bounds(&self, chunk: &Chunk) -> Result<(usize, usize), EmitError> {
        let (low, high) = mmu::code_region();
        let start = chunk.code as usize;
        let end = start.checked_add(chunk.code_len).ok_or(EmitError::Protect)?;
        let ours = low <= start && end <= high && start.is_multiple_of(PAGE) && end.is_multiple_of(PAGE);
        if ours && self.taken[(start - low) / PAGE] { Ok((start, end)) } else { Err(EmitError::Protect) }
    }
}

impl CodeMemory for Pages {
    fn allocate(&mut self, code_len: usize, data_words: usize) -> Result<Chunk, EmitError> {
        let code = code_len.div_ceil(PAGE);
        let data = data_words.checked_mul(8).ok_or(EmitError::CodeFull)?.div_ceil(PAGE);
        let wanted = code + data;
        let free = |at: &usize| self.taken[*at..*at + wanted].iter().all(|t| !t);
        let last = Self::count().checked_sub(wanted).ok_or(EmitError::CodeFull)?;
        let first = (0..=last).find(free).ok_or(EmitError::CodeFull)?;
        self.taken[first..first + wanted].fill(true);
        let start = mmu::code_region().0 + first * PAGE;
        mmu::set_code(start, start + wanted * PAGE, Code::Writable);
        Ok(Chunk {
            code: start as *mut u8,
            write: start as *mut u8,
            code_len: code * PAGE,
            data: (start + code * PAGE) as *mut u64,
            data_words: data * PAGE / 8,
        })
    }

    fn writable(&mut self, chunk: &Chunk) -> Result<(), EmitError> {
        let (start, end) = self.bounds(chunk)?;
        mmu::set_code(start, end, Code::Writable);
        Ok(())
    }

    fn executable(&mut self, chunk: &Chunk, start: usize, end: usize) -> Result<(), EmitError> {
        let (low, high) = self.bounds(chunk)?;
        mmu::set_code(low, high, Code::Executable);
        cache::publish(chunk.code.wrapping_add(start), chunk.code.wrapping_add(end));
        Ok(())
    }

    fn free(&mut self, chunk: &Chunk) {
        let Ok((start, end)) = self.bounds(chunk) else { return };
        let first = (start - mmu::code_region().0) / PAGE;
        let pages = (end - start) / PAGE + chunk.data_words * 8 / PAGE;
        mmu::set_code(start, end, Code::Writable);
        self.taken[first..first + pages].fill(false);
    }
}
