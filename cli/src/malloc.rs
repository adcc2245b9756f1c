//! The allocator's settings, for the GNU C library. A library's host sets its own; this is the program's.

/// Lets the allocator keep some memory that was freed.
///
/// As it comes, glibc gives the end of its heap back whenever 128 KB of it are free, which they are after each
/// collection, and the next allocations fault the pages in again: `pidigits` took 36,000 page faults (57,000 with the JIT), an
/// eighth of its time, and takes 1,500 now. A fixed threshold ends glibc's adjusting of the size from which memory is
/// mapped instead, so that is set too. Of the sizes tried, 512 KB to 32 MB, these were best for `pidigits`, `sort_key`,
/// `sieve`, `list_heavy` and `memory/ints` taken together, by page faults and resident set.
pub fn keep_memory() {
    // SAFETY: called before there is another thread; numbers are all that it takes.
    unsafe {
        libc::mallopt(libc::M_TRIM_THRESHOLD, 4 << 20);
        libc::mallopt(libc::M_MMAP_THRESHOLD, 4 << 20);
    }
}
