//! A fixed region of memory as the global allocator: first fit over a list of free pieces in order of address.
//!
//! Invariants: the free list is sorted by address and no two neighbours in it touch; every piece is a multiple of
//! [`UNIT`] and begins at one. Nothing locks: this firmware has one thread and its interrupt handlers do not allocate.

use core::alloc::{GlobalAlloc, Layout};
use core::cell::Cell;
use core::ptr::null_mut;

/// Granularity and alignment of all pieces.
const UNIT: usize = 16;

/// A free piece, written into the piece itself.
struct Free {
    bytes: usize,
    next: *mut Free,
}

/// The allocator. Give it a region with [`Region::init`] before the first allocation.
pub struct Region {
    free: Cell<*mut Free>,
    used: Cell<usize>,
    peak: Cell<usize>,
}

// SAFETY: one thread, and interrupt handlers do not allocate.
unsafe impl Sync for Region {}

impl Region {
    pub const fn new() -> Region {
        Region { free: Cell::new(null_mut()), used: Cell::new(0), peak: Cell::new(0) }
    }

    /// # Safety
    /// The region is writable memory that nothing else uses, for good; called once.
    pub unsafe fn init(&self, start: usize, end: usize) {
        let start = start.next_multiple_of(UNIT);
        let bytes = end.saturating_sub(start) / UNIT * UNIT;
        if bytes >= UNIT {
            let piece = start as *mut Free;
            // SAFETY: the caller's promise.
            unsafe { piece.write(Free { bytes, next: null_mut() }) };
            self.free.set(piece);
        }
    }

    /// Most bytes in use at once.
    #[allow(dead_code, reason = "one of the firmwares that share this file reports it")]
    pub fn peak(&self) -> usize {
        self.peak.get()
    }
}

fn rounded(layout: Layout) -> usize {
    layout.size().max(1).next_multiple_of(UNIT)
}

// SAFETY: pieces handed out are disjoint, large enough and aligned.
unsafe impl GlobalAlloc for Region {
    unsafe fn alloc(&self, layout: Layout) -> *mut u8 {
        let want = rounded(layout);
        let (mut before, mut at): (*mut Free, *mut Free) = (null_mut(), self.free.get());
        while !at.is_null() {
            // SAFETY: the list holds free pieces of the region only.
            unsafe {
                let front = (at as usize).next_multiple_of(layout.align()) - at as usize;
                if front.checked_add(want).is_some_and(|needed| needed <= (*at).bytes) {
                    let piece = at.cast::<u8>().add(front);
                    let behind = (*at).bytes - front - want;
                    let mut next = (*at).next;
                    if behind > 0 {
                        let rest = piece.add(want).cast::<Free>();
                        rest.write(Free { bytes: behind, next });
                        next = rest;
                    }
                    // What lies before a multiple of the alignment stays free.
                    if front > 0 {
                        *at = Free { bytes: front, next };
                        next = at;
                    }
                    if before.is_null() {
                        self.free.set(next);
                    } else {
                        (*before).next = next;
                    }
                    self.used.set(self.used.get() + want);
                    self.peak.set(self.peak.get().max(self.used.get()));
                    return piece;
                }
                (before, at) = (at, (*at).next);
            }
        }
        null_mut()
    }

    unsafe fn dealloc(&self, p: *mut u8, layout: Layout) {
        let bytes = rounded(layout);
        self.used.set(self.used.get() - bytes);
        let piece = p.cast::<Free>();
        let (mut before, mut after): (*mut Free, *mut Free) = (null_mut(), self.free.get());
        // SAFETY: the list holds free pieces of the region only; `p` was handed out with this size.
        unsafe {
            while !after.is_null() && after < piece {
                (before, after) = (after, (*after).next);
            }
            piece.write(Free { bytes, next: after });
            if !after.is_null() && p.add(bytes) == after.cast() {
                *piece = Free { bytes: bytes + (*after).bytes, next: (*after).next };
            }
            if before.is_null() {
                self.free.set(piece);
            } else if before.cast::<u8>().add((*before).bytes) == p {
                *before = Free { bytes: (*before).bytes + (*piece).bytes, next: (*piece).next };
            } else {
                (*before).next = piece;
            }
        }
    }
}
