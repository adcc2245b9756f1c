//! Executable memory from the operating system: [`OsMemory`].
//!
//! A chunk is one allocation: code area, then data area. Invariants: the code area is writable or executable, never
//! both; the data area is neither executable nor ever read-only; a chunk's memory goes back when the chunk is freed,
//! or with the value.

use taipan_core::emit::{Chunk, CodeMemory, EmitError};

/// Memory that the operating system lets a program execute.
#[derive(Default)]
pub struct OsMemory {
    allocations: Vec<region::Allocation>,
}

// SAFETY: an allocation is a range of the process's address space, which every thread may protect and give back.
unsafe impl Send for OsMemory {}

impl OsMemory {
    /// No memory yet.
    pub fn new() -> OsMemory {
        OsMemory::default()
    }

    fn protect(&self, chunk: &Chunk, protection: region::Protection) -> Result<(), EmitError> {
        // A chunk that is not ours is not touched.
        if !self.allocations.iter().any(|a| a.as_ptr::<u8>() == chunk.code.cast_const()) {
            return Err(EmitError::Protect);
        }
        // SAFETY: the range is the code area of an allocation of ours (`allocate` made it so long), which nothing but
        // code that was made for it refers to; that none of it runs now is the emitter's business.
        let done = unsafe { region::protect(chunk.code.cast_const(), chunk.code_len, protection) };
        done.map_err(|_| EmitError::Protect)
    }
}

impl CodeMemory for OsMemory {
    fn allocate(&mut self, code_len: usize, data_words: usize) -> Result<Chunk, EmitError> {
        let page = region::page::size();
        let code_len = code_len.checked_next_multiple_of(page).ok_or(EmitError::CodeFull)?;
        let data_len = data_words.checked_mul(8).ok_or(EmitError::CodeFull)?;
        let len = code_len.checked_add(data_len).filter(|l| *l <= 1 << 30).ok_or(EmitError::CodeFull)?;
        self.allocations.try_reserve(1).map_err(|_| EmitError::NoMemory)?;
        let mut memory =
            region::alloc(len, region::Protection::READ_WRITE).map_err(|_| EmitError::CodeFull)?;
        let code = memory.as_mut_ptr::<u8>();
        let data = code.wrapping_add(code_len).cast::<u64>();
        let data_words = (memory.len() - code_len) / 8;
        self.allocations.push(memory);
        Ok(Chunk { code, code_len, data, data_words })
    }

    fn writable(&mut self, chunk: &Chunk) -> Result<(), EmitError> {
        self.protect(chunk, region::Protection::READ_WRITE)
    }

    fn executable(&mut self, chunk: &Chunk, start: usize, end: usize) -> Result<(), EmitError> {
        self.protect(chunk, region::Protection::READ_EXECUTE)?;
        flush(chunk.code.wrapping_add(start), chunk.code.wrapping_add(end));
        Ok(())
    }

    fn free(&mut self, chunk: &Chunk) {
        self.allocations.retain(|a| a.as_ptr::<u8>() != chunk.code.cast_const());
    }
}

/// Makes the instruction caches see what was written.
#[cfg(not(target_arch = "aarch64"))]
fn flush(_start: *mut u8, _end: *mut u8) {
    // x86-64 keeps its caches coherent, and the jump into new code comes after a system call.
}

/// Makes the instruction caches see what was written.
#[cfg(target_arch = "aarch64")]
fn flush(start: *mut u8, end: *mut u8) {
    taipan_emit_aarch64::cache::publish(start, end);
}
