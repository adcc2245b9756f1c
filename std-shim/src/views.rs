//! Memory for code under two addresses: one to run it at, one to write it at.
//!
//! The address range of [`Views`], in order: code (to run), data, a page that says whose the memory is, code (to write).
//! Code is memory of the system without a file, mapped twice and shared.
//!
//! Invariants: no address is writable and executable at once. After a fork parent and child share the code, so only
//! the one that made it writes more of it (into parts that the other never runs); a page that the system clears in the
//! child tells them apart. What was written before a fork is not written again after it, since the child may run it: the C
//! library tells of forks. Data is private to each.

use core::ffi::c_int;
use core::ptr::null_mut;
use std::sync::OnceLock;
use std::sync::atomic::{AtomicU32, Ordering};
use taipan_core::emit::Chunk;

/// One mapping of code and data, given back with the value.
pub(crate) struct Views {
    base: *mut u8,
    code_len: usize,
    data_len: usize,
    page: usize,
    /// Forks before it was made.
    forks: u32,
}

/// Forks of this process so far.
static FORKS: AtomicU32 = AtomicU32::new(0);

/// Has forks counted from now on. `false` if that cannot be.
fn forks_are_counted() -> bool {
    static COUNTED: OnceLock<bool> = OnceLock::new();
    extern "C" fn before_fork() {
        FORKS.fetch_add(1, Ordering::Relaxed);
    }
    // SAFETY: the function does nothing that a fork could disturb.
    *COUNTED.get_or_init(|| unsafe { libc::pthread_atfork(Some(before_fork), None, None) } == 0)
}

impl Views {
    /// Maps so many bytes, multiples of pages. `None` if the system refuses.
    pub fn new(code_len: usize, data_len: usize) -> Option<Views> {
        if !forks_are_counted() {
            return None;
        }
        let forks = FORKS.load(Ordering::Relaxed);
        let file = Memory::new(code_len)?;
        let page = region::page::size();
        let len = code_len.checked_mul(2)?.checked_add(data_len)?.checked_add(page)?;
        // SAFETY: a new mapping at an address of the system's choice.
        let base = unsafe {
            libc::mmap(null_mut(), len, libc::PROT_NONE, libc::MAP_PRIVATE | libc::MAP_ANONYMOUS, -1, 0)
        };
        if base == libc::MAP_FAILED {
            return None;
        }
        let views = Views { base: base.cast(), code_len, data_len, page, forks };
        let fixed = libc::MAP_FIXED | libc::MAP_SHARED;
        let (run, write) = (libc::PROT_READ | libc::PROT_EXEC, libc::PROT_READ | libc::PROT_WRITE);
        // SAFETY: the ranges lie in the mapping just made, which nothing refers to yet.
        let done = unsafe {
            libc::mmap(base, code_len, run, fixed, file.0, 0) != libc::MAP_FAILED
                && libc::mmap(views.written().cast(), code_len, write, fixed, file.0, 0) != libc::MAP_FAILED
                && libc::mprotect(views.data().cast(), data_len + page, write) == 0
                && libc::madvise(views.owner().cast(), page, libc::MADV_WIPEONFORK) == 0
        };
        if !done {
            return None;
        }
        // SAFETY: the page is writable and ours.
        unsafe { views.owner().write(1) };
        Some(views)
    }

    fn data(&self) -> *mut u8 {
        self.base.wrapping_add(self.code_len)
    }
    fn owner(&self) -> *mut u8 {
        self.data().wrapping_add(self.data_len)
    }
    fn written(&self) -> *mut u8 {
        self.owner().wrapping_add(self.page)
    }

    /// The memory, as emitters see it.
    pub fn chunk(&self) -> Chunk {
        Chunk {
            code: self.base,
            write: self.written(),
            code_len: self.code_len,
            data: self.data().cast(),
            data_words: self.data_len / 8,
        }
    }

    /// Whether this process made the memory, rather than the one it was forked from.
    pub fn are_ours(&self) -> bool {
        // SAFETY: the page is readable as long as the value lives; the system writes to it only in a fork.
        unsafe { self.owner().read_volatile() == 1 }
    }

    /// Whether no other process can have the memory: there was no fork since it was made.
    pub fn were_never_shared(&self) -> bool {
        FORKS.load(Ordering::Relaxed) == self.forks
    }

    /// The pages written so far need no longer be mapped twice. They still can be written.
    pub fn forget_written(&self) {
        // SAFETY: the pages of a shared mapping lose nothing: they belong to the memory mapped, and come back when touched.
        // Failing only costs memory.
        unsafe { libc::madvise(self.written().cast(), self.code_len, libc::MADV_DONTNEED) };
    }
}

impl Drop for Views {
    fn drop(&mut self) {
        let len = 2 * self.code_len + self.data_len + self.page;
        // SAFETY: the range that `new` mapped. Whoever holds a chunk of it was told that it goes (`CodeMemory::free`).
        unsafe { libc::munmap(self.base.cast(), len) };
    }
}

/// Memory without a file, by its descriptor. Mappings outlive it.
struct Memory(c_int);

impl Memory {
    fn new(len: usize) -> Option<Memory> {
        /// Code will be mapped: newer systems want to be told (Linux 6.3), older ones do not know the flag.
        const EXEC: libc::c_uint = 0x10;
        let create = |flags| {
            // SAFETY: a name that ends with a zero.
            let file = unsafe { libc::memfd_create(c"taipan-code".as_ptr(), libc::MFD_CLOEXEC | flags) };
            (file >= 0).then_some(Memory(file))
        };
        let file = create(EXEC).or_else(|| create(0))?;
        // SAFETY: the descriptor is ours.
        let sized = unsafe { libc::ftruncate(file.0, libc::off_t::try_from(len).ok()?) } == 0;
        sized.then_some(file)
    }
}

impl Drop for Memory {
    fn drop(&mut self) {
        // SAFETY: the descriptor is ours, and closed once.
        unsafe { libc::close(self.0) };
    }
}
