//! Executable memory from the operating system: [`OsMemory`].
//!
//! A chunk is one allocation: code area, then data area. Invariants: no address is writable and executable at once;
//! the data area is neither executable nor ever read-only; a chunk's memory goes back when the chunk is freed, or
//! with the value.
//!
//! On x86-64 Linux the code area has two addresses, one to run it at and one to write it at (`views.rs`), so that a new trace
//! costs no system call. Elsewhere, and where the system refuses that, its protection is changed to and fro.

// By its path, since tests of the emitters include this file.
#[cfg(target_os = "linux")]
#[path = "views.rs"]
mod views;

use taipan_core::emit::{Chunk, CodeMemory, EmitError};
#[cfg(target_os = "linux")]
use views::Views;

/// Memory that the operating system lets a program execute.
pub struct OsMemory {
    allocations: Vec<Allocation>,
    /// Whether code areas may have a second address.
    two_views: bool,
    /// Traces written so far.
    written: u32,
}

/// After so many traces, pages that were written are no longer mapped twice.
#[cfg(target_os = "linux")]
const FORGET_EVERY: u32 = 8;

enum Allocation {
    Protected(region::Allocation),
    #[cfg(target_os = "linux")]
    Views(Views),
}

impl Allocation {
    /// Its first byte, where the code area is run.
    fn start(&self) -> *const u8 {
        match self {
            Allocation::Protected(a) => a.as_ptr(),
            #[cfg(target_os = "linux")]
            Allocation::Views(v) => v.chunk().code,
        }
    }
}

// SAFETY: an allocation is a range of the process's address space, which every thread may protect and give back.
unsafe impl Send for OsMemory {}

impl Default for OsMemory {
    fn default() -> Self {
        OsMemory::new()
    }
}

impl OsMemory {
    /// No memory yet. On x86-64 Linux, code will be written at another address than it is run at: that of a shared mapping of
    /// memory without a file (`memfd_create`).
    pub const fn new() -> OsMemory {
        // On AArch64 code that is written again must be seen by the emulator that tests it, which follows one view only.
        OsMemory { allocations: Vec::new(), two_views: cfg!(target_arch = "x86_64"), written: 0 }
    }

    /// No memory yet. Code will be writable only while a trace is written, at the price of two system calls for each
    /// (some 10 to 60 µs): for hosts whose rules ask for that, or forbid `memfd_create`.
    pub const fn with_one_view() -> OsMemory {
        OsMemory { allocations: Vec::new(), two_views: false, written: 0 }
    }

    fn find(&self, chunk: &Chunk) -> Option<&Allocation> {
        self.allocations.iter().find(|a| a.start() == chunk.code.cast_const())
    }

    /// Changes the protection of a code area that has one view. A chunk that is not ours is not touched.
    fn protect(&self, chunk: &Chunk, protection: region::Protection) -> Result<(), EmitError> {
        match self.find(chunk).ok_or(EmitError::Protect)? {
            Allocation::Protected(_) => {
                // SAFETY: the range is the code area of an allocation of ours (`allocate` made it so long), which nothing
                // but code that was made for it refers to; that none of it runs now is the emitter's business.
                let done = unsafe { region::protect(chunk.code.cast_const(), chunk.code_len, protection) };
                done.map_err(|_| EmitError::Protect)
            }
            #[cfg(target_os = "linux")]
            Allocation::Views(_) => Ok(()),
        }
    }

    /// Memory of `code_len` bytes of code, a multiple of pages, and `data_len` of data.
    fn map(&self, code_len: usize, data_len: usize) -> Result<(Allocation, Chunk), EmitError> {
        #[cfg(target_os = "linux")]
        if self.two_views
            && let Some(views) = Views::new(code_len, data_len)
        {
            let chunk = views.chunk();
            return Ok((Allocation::Views(views), chunk));
        }
        // A page that nothing may touch keeps the system from joining the areas whenever their protection is the same,
        // which makes changing it dearer.
        let between = region::page::size();
        let len = code_len + between + data_len;
        let mut memory =
            region::alloc(len, region::Protection::READ_WRITE).map_err(|_| EmitError::CodeFull)?;
        let code = memory.as_mut_ptr::<u8>();
        // SAFETY: a page of the allocation, which nothing refers to.
        unsafe { region::protect(code.wrapping_add(code_len), between, region::Protection::NONE) }
            .map_err(|_| EmitError::CodeFull)?;
        let data = code.wrapping_add(code_len + between).cast::<u64>();
        let data_words = (memory.len() - code_len - between) / 8;
        let chunk = Chunk { code, write: code, code_len, data, data_words };
        Ok((Allocation::Protected(memory), chunk))
    }
}

impl CodeMemory for OsMemory {
    fn allocate(&mut self, code_len: usize, data_words: usize) -> Result<Chunk, EmitError> {
        const MOST: usize = 1 << 29;
        let page = region::page::size();
        let pages = |n: usize| n.checked_next_multiple_of(page).filter(|n| *n <= MOST);
        let code_len = pages(code_len).ok_or(EmitError::CodeFull)?;
        let data_len = data_words.checked_mul(8).and_then(pages).ok_or(EmitError::CodeFull)?;
        self.allocations.try_reserve(1).map_err(|_| EmitError::NoMemory)?;
        let (memory, chunk) = self.map(code_len, data_len)?;
        self.allocations.push(memory);
        Ok(chunk)
    }

    fn writable(&mut self, chunk: &Chunk) -> Result<(), EmitError> {
        self.protect(chunk, region::Protection::READ_WRITE)
    }

    fn executable(&mut self, chunk: &Chunk, start: usize, end: usize) -> Result<(), EmitError> {
        self.protect(chunk, region::Protection::READ_EXECUTE)?;
        flush(chunk.code.wrapping_add(start), chunk.code.wrapping_add(end));
        self.written = self.written.wrapping_add(1);
        #[cfg(target_os = "linux")]
        if self.written.is_multiple_of(FORGET_EVERY) {
            for allocation in &self.allocations {
                if let Allocation::Views(views) = allocation {
                    views.forget_written();
                }
            }
        }
        Ok(())
    }

    fn may_write(&self, chunk: &Chunk) -> bool {
        match self.find(chunk) {
            #[cfg(target_os = "linux")]
            Some(Allocation::Views(views)) => views.are_ours(),
            _ => true,
        }
    }

    fn may_rewrite(&self, chunk: &Chunk) -> bool {
        match self.find(chunk) {
            #[cfg(target_os = "linux")]
            Some(Allocation::Views(views)) => views.were_never_shared(),
            _ => true,
        }
    }

    fn rewritten(&mut self, chunk: &Chunk) {
        #[cfg(all(target_os = "linux", target_arch = "x86_64"))]
        if let Some(Allocation::Views(_)) = self.find(chunk) {
            // Caches are coherent by physical address, but what was fetched already is compared with the addresses that
            // are written, which are others: a serializing instruction drops it (Intel SDM 3A, 9.1.3).
            core::arch::x86_64::__cpuid(0);
        }
        let _ = chunk;
    }

    fn free(&mut self, chunk: &Chunk) {
        self.allocations.retain(|a| a.start() != chunk.code.cast_const());
    }
}

/// Makes the instruction caches see what was written.
#[cfg(not(target_arch = "aarch64"))]
fn flush(_start: *mut u8, _end: *mut u8) {
    // x86-64 keeps its caches coherent by physical address. Where none ran before no prefetched instruction is stale; else
    // see `rewritten`.
}

/// Makes the instruction caches see what was written. They go by physical address: which view is named does not matter.
#[cfg(target_arch = "aarch64")]
fn flush(start: *mut u8, end: *mut u8) {
    taipan_emit_aarch64::cache::publish(start, end);
}
