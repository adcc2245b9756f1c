//! Cells: blocks of one size class, free lists, large cells, sweeping.

use super::{FREE, Header, Heap};
use crate::exit::{Exit, Res};
use crate::room::WithinRoom as _;
use alloc::vec::Vec;
use core::alloc::Layout;
use core::cell::Cell;
use core::ptr::NonNull;

/// Cell sizes in bytes, one per class.
const SIZES: [u16; 23] = [
    16, 24, 32, 40, 48, 56, 64, 80, 96, 112, 128, 160, 192, 224, 256, 320, 384, 448, 512, 640, 768, 896, 1024,
];
/// Number of size classes.
pub const CLASS_COUNT: usize = SIZES.len();
const MAX_SMALL: usize = 1024;
/// Usual bytes of a block.
const BLOCK_BYTES: usize = 32 << 10;
/// How far ahead of a sweep memory is asked for. What it reads of a cell is one word, too little to work on meanwhile.
const AHEAD: usize = 2 << 10;
/// A cache line: cells of 64 bytes (dicts) lie in one.
const BLOCK_ALIGN: usize = 64;
/// What allocators align to without being asked.
const MALLOC_ALIGN: usize = 16;
/// The first blocks of a class are small, so that an empty VM stays small.
const FIRST_BLOCK_BYTES: usize = 2 << 10;

/// Bytes of the first block of a size class, and of further ones. Blocks hold at least two cells.
#[derive(Clone, Copy, Debug)]
pub struct BlockSizes {
    /// The first block of a class; it is never given back.
    pub first: usize,
    /// Further ones; an empty one is given back, unless it is of the usual size and soon needed.
    pub further: usize,
}

impl Default for BlockSizes {
    fn default() -> BlockSizes {
        BlockSizes { first: FIRST_BLOCK_BYTES, further: BLOCK_BYTES }
    }
}

impl BlockSizes {
    fn of(self, class: usize, first: bool) -> usize {
        let bytes = if first { self.first } else { self.further };
        bytes.clamp(2 * SIZES[class] as usize, 1 << 20).next_multiple_of(16)
    }
}

/// `kind` of a cell that holds a buffer: it lives until its owner frees it.
pub(super) const RAW: u8 = 255;
const RAW_HEADER: usize = core::mem::size_of::<Header>();
/// Largest buffer that lies in a cell.
pub(super) const MAX_RAW: usize = MAX_SMALL - RAW_HEADER;

/// Size class by size in 8-byte units.
const CLASS_OF: [u8; MAX_SMALL / 8 + 1] = {
    let mut t = [0u8; MAX_SMALL / 8 + 1];
    let (mut class, mut i) = (0, 0);
    while i < t.len() {
        if i * 8 > SIZES[class] as usize {
            class += 1;
        }
        t[i] = class as u8;
        i += 1;
    }
    t
};

#[derive(Clone, Copy, Debug)]
pub(super) struct Block {
    start: NonNull<u8>,
    bytes: u32,
    class: u8,
    first: bool,
    /// Bytes of its allocation before `start`.
    before: u8,
}

/// Words of a free cell after its header.
#[repr(C)]
struct FreeCell {
    header: Header,
    next: *mut u8,
}

impl Heap {
    /// A cell of at least `size` bytes whose header is initialised; the payload is not.
    #[cfg_attr(feature = "speed", inline(always))]
    pub(crate) fn alloc_cell(&mut self, size: usize, shape: u32, kind: u8, flags: u8) -> Res<NonNull<u8>> {
        if size <= MAX_SMALL {
            let class = CLASS_OF[size.div_ceil(8)] as usize;
            let mut p = self.free[class];
            if p.is_null() || self.armed {
                p = self.refill(class)?;
            }
            if flags & Header::EXT != 0 {
                self.ext_classes |= 1 << class;
            }
            // SAFETY: `p` is a free cell of this class: its second word is the link, and the cell is ours to write.
            unsafe {
                self.free[class] = (*p.cast::<FreeCell>()).next;
                write_header(p, shape, kind, flags);
                Ok(NonNull::new_unchecked(p))
            }
        } else {
            self.alloc_large(size, shape, kind, flags)
        }
    }

    /// Marks a cell of `size` bytes as one that owns buffers from now on.
    pub(crate) fn mark_ext(&mut self, header: &Header, size: usize) {
        header.flags.set(header.flags.get() | Header::EXT);
        if size <= MAX_SMALL {
            self.ext_classes |= 1 << CLASS_OF[size.div_ceil(8)];
        }
    }

    /// Adds a block of `class` and returns the first cell of its free list.
    #[cold]
    #[inline(never)]
    fn refill(&mut self, class: usize) -> Res<*mut u8> {
        let first = !self.blocks.iter().any(|b| b.class as usize == class);
        let bytes = self.block_sizes.of(class, first);
        if self.armed {
            self.charge(1)?;
        }
        self.blocks.try_reserve(1).map_err(|_| Exit::NeedGc)?;
        self.charge(bytes)?;
        let Some((start, before)) = self.new_block(bytes) else {
            self.uncharge(bytes);
            return Err(Exit::NeedGc);
        };
        self.blocks.push_within(Block { start, bytes: bytes as u32, class: class as u8, first, before });
        let size = SIZES[class] as usize;
        let mut next = self.free[class];
        for i in (0..bytes / size).rev() {
            // SAFETY: cell `i` lies inside the fresh block.
            unsafe {
                let p = start.as_ptr().add(i * size);
                write_header(p, 0, FREE, 0);
                (*p.cast::<FreeCell>()).next = next;
                next = p;
            }
        }
        Ok(next)
    }

    /// The start of a new block, and what its allocation has before it.
    fn new_block(&mut self, bytes: usize) -> Option<(NonNull<u8>, u8)> {
        if bytes == BLOCK_BYTES
            && let Some(block) = self.spare.pop()
        {
            return Some((block.start, block.before));
        }
        let layout = block_layout(bytes)?;
        // SAFETY: the layout is not zero-sized.
        let Some(memory) = NonNull::new(unsafe { alloc::alloc::alloc(layout) }) else {
            self.free_spare();
            return None;
        };
        let before = memory.addr().get().wrapping_neg() % BLOCK_ALIGN;
        // SAFETY: the layout has room for `bytes` bytes behind as many as that.
        Some((unsafe { memory.add(before) }, before as u8))
    }

    /// How many dead cells a block has, if that is all it has and it can go. Writes nothing, so that blocks whose cells all
    /// died young are swept at the cost of a look; elsewhere the look ends at the first live cell.
    fn all_dead(&self, block: &Block) -> Option<u64> {
        if block.first || self.stress {
            return None;
        }
        let size = SIZES[block.class as usize] as usize;
        let mut dead = 0;
        for i in 0..block.bytes as usize / size {
            super::prefetch(block.start.as_ptr().wrapping_add(i * size + AHEAD));
            // SAFETY: cell `i` lies inside the block and starts with a header.
            let h = unsafe { block.start.add(i * size).cast::<Header>().as_ref() };
            if h.flags.get() & (Header::MARK | Header::IDENTITY) != 0 || h.kind == RAW {
                return None;
            }
            dead += u64::from(h.kind != FREE);
        }
        Some(dead)
    }

    /// Parts with a block none of whose cells is live or in a free list.
    fn give_back(&mut self, block: &Block) {
        self.uncharge(block.bytes as usize);
        if !self.keep_block(*block) {
            // SAFETY: nothing refers to the block's cells, as the caller says.
            unsafe { free_block(block) };
        }
    }

    /// Keeps an empty block for the next cells, instead of giving it back and asking for it again; a small part of the
    /// limit. `false` if it is not kept.
    fn keep_block(&mut self, block: Block) -> bool {
        let most = (super::MIN_GC_STEP / BLOCK_BYTES).min(self.limit / 16 / BLOCK_BYTES);
        let keeps = block.bytes as usize == BLOCK_BYTES
            && self.block_sizes.further == BLOCK_BYTES
            && self.spare.len() < most
            && !self.stress
            && self.spare.try_reserve(1).is_ok();
        if keeps {
            self.spare.push_within(block);
        }
        keeps
    }

    /// Gives the spare blocks back.
    #[cold]
    pub(super) fn free_spare(&mut self) {
        for block in core::mem::take(&mut self.spare) {
            // SAFETY: an empty block, which is on no other list.
            unsafe { free_block(&block) };
        }
    }

    #[cold]
    #[inline(never)]
    fn alloc_large(&mut self, size: usize, shape: u32, kind: u8, flags: u8) -> Res<NonNull<u8>> {
        self.large.try_reserve(1).map_err(|_| Exit::NeedGc)?;
        // The size stands before the cell, so that sweeping can free it.
        let total = size.checked_add(16).ok_or(Exit::NeedGc)?;
        let layout = large_layout(total)?;
        self.charge(total)?;
        // SAFETY: the layout is not zero-sized; the size word and the header lie inside it.
        unsafe {
            let Some(base) = NonNull::new(alloc::alloc::alloc(layout)) else {
                self.uncharge(total);
                return Err(Exit::NeedGc);
            };
            base.cast::<usize>().write(total);
            let p = base.add(16);
            write_header(p.as_ptr(), shape, kind, flags | Header::LARGE);
            self.large.push_within(p.cast());
            Ok(p)
        }
    }

    /// Frees every unmarked cell and clears the marks. Answers how many bytes are free in blocks that stay.
    pub(super) fn sweep(&mut self) -> usize {
        self.sweeping = true;
        self.free = [core::ptr::null_mut(); CLASS_COUNT];
        let (mut freed, mut vacant) = (0u64, 0);
        let mut blocks = core::mem::take(&mut self.blocks);
        // Buffers first: those that lie in cells are marked free before any block is linked anew.
        let ext_classes = self.ext_classes;
        for block in blocks.iter().filter(|b| ext_classes >> b.class & 1 != 0) {
            let size = SIZES[block.class as usize] as usize;
            for i in 0..block.bytes as usize / size {
                // SAFETY: cell `i` lies inside the block and starts with a header; an unmarked one is dead.
                unsafe {
                    let p = block.start.add(i * size).cast::<Header>();
                    let (kind, flags) = (p.as_ref().kind, p.as_ref().flags.get());
                    if flags & (Header::EXT | Header::MARK) == Header::EXT && kind != FREE && kind != RAW {
                        crate::object::drop_ext(self, p);
                    }
                }
            }
        }
        blocks.retain(|block| {
            if let Some(dead) = self.all_dead(block) {
                freed += dead;
                self.give_back(block);
                return false;
            }
            let size = SIZES[block.class as usize] as usize;
            let cells = block.bytes as usize / size;
            let head = self.free[block.class as usize];
            let (mut next, mut live) = (head, 0usize);
            for i in (0..cells).rev() {
                // SAFETY: cell `i` lies inside the block and starts with a header.
                unsafe {
                    let p = block.start.as_ptr().add(i * size);
                    super::prefetch(p.wrapping_sub(AHEAD));
                    let h = &*p.cast::<Header>();
                    let flags = h.flags.get();
                    if flags & Header::MARK != 0 {
                        h.flags.set(flags & !Header::MARK);
                        live += 1;
                        continue;
                    }
                    if h.kind == RAW {
                        live += 1;
                        continue;
                    }
                    if h.kind != FREE {
                        freed += 1;
                        self.forget_identity(h);
                        if self.stress {
                            core::ptr::write_bytes(p.add(8), 0xdb, size - 8);
                        }
                        write_header(p, 0, FREE, 0);
                    }
                    (*p.cast::<FreeCell>()).next = next;
                    next = p;
                }
            }
            if live == 0 && !block.first {
                // Its cells are in no free list.
                self.give_back(block);
                return false;
            }
            self.free[block.class as usize] = next;
            vacant += (cells - live) * size;
            true
        });
        self.blocks = blocks;
        let mut large = core::mem::take(&mut self.large);
        large.retain(|&p| {
            // SAFETY: large cells stay valid until freed here.
            let h = unsafe { p.as_ref() };
            let flags = h.flags.get();
            if flags & Header::MARK != 0 {
                h.flags.set(flags & !Header::MARK);
                return true;
            }
            freed += 1;
            self.forget_identity(h);
            // SAFETY: the cell was not reached, so nothing refers to it any more.
            unsafe { self.free_large(p) };
            false
        });
        self.large = large;
        self.stats.freed += freed;
        self.sweeping = false;
        vacant
    }

    /// A buffer of at most `MAX_RAW` bytes inside a cell; its owner frees it.
    #[inline]
    pub(super) fn raw_alloc(&mut self, bytes: usize) -> Res<*mut u8> {
        let p = self.alloc_cell(bytes + RAW_HEADER, 0, RAW, 0)?;
        // SAFETY: the cell has room for the header and `bytes` bytes.
        Ok(unsafe { p.as_ptr().add(RAW_HEADER) })
    }

    /// Bytes that a buffer of this size can grow to in its cell.
    pub(super) fn raw_room(bytes: usize) -> usize {
        SIZES[CLASS_OF[(bytes + RAW_HEADER).div_ceil(8)] as usize] as usize - RAW_HEADER
    }

    /// Frees a buffer that `raw_alloc` gave for `bytes`.
    #[inline]
    pub(super) fn raw_free(&mut self, buf: *mut u8, bytes: usize) {
        let class = CLASS_OF[(bytes + RAW_HEADER).div_ceil(8)] as usize;
        // SAFETY: the buffer lies in a cell of this class, which nothing uses any more. While a sweep rebuilds the
        // free lists the cell is only marked free: this sweep or the next links it.
        unsafe {
            let p = buf.sub(RAW_HEADER);
            write_header(p, 0, FREE, 0);
            if !self.sweeping {
                (*p.cast::<FreeCell>()).next = self.free[class];
                self.free[class] = p;
            }
        }
    }

    /// # Safety
    /// Nothing refers to the cell any more.
    unsafe fn free_large(&mut self, p: NonNull<Header>) {
        // SAFETY: as the caller promises; the size word stands 16 bytes before the cell.
        unsafe {
            if p.as_ref().flags.get() & Header::EXT != 0 {
                crate::object::drop_ext(self, p);
            }
            let base = p.cast::<u8>().sub(16);
            let total = base.cast::<usize>().read();
            self.uncharge(total);
            if let Ok(layout) = large_layout(total) {
                alloc::alloc::dealloc(base.as_ptr(), layout);
            }
        }
    }

    /// Calls `f` for every live cell of a type.
    pub(crate) fn each_of<T: super::HeapType>(&self, f: &mut dyn FnMut(super::Gc<T>)) {
        self.each_cell(&mut |p, h| {
            if h.kind == T::KIND {
                // SAFETY: `each_cell` hands out live cells, and the kind says what this one is.
                f(unsafe { super::Gc::from_ptr(p.as_ptr().cast()) });
            }
        });
    }

    /// Calls `f` for every live cell, and its header.
    pub(super) fn each_cell(&self, f: &mut dyn FnMut(NonNull<Header>, &Header)) {
        for block in &self.blocks {
            let size = SIZES[block.class as usize] as usize;
            for i in 0..block.bytes as usize / size {
                // SAFETY: cell `i` lies inside the block and starts with a header.
                unsafe {
                    let p = block.start.add(i * size).cast::<Header>();
                    if p.as_ref().kind != FREE && p.as_ref().kind != RAW {
                        f(p, p.as_ref());
                    }
                }
            }
        }
        // SAFETY: large cells stay valid until `sweep` frees them.
        self.large.iter().for_each(|&p| f(p, unsafe { p.as_ref() }));
    }
}

/// # Safety
/// `p` points to at least eight writable bytes, 8-byte aligned.
#[cfg_attr(feature = "speed", inline(always))]
unsafe fn write_header(p: *mut u8, shape: u32, kind: u8, flags: u8) {
    let header = Header { shape: Cell::new(shape), kind, flags: Cell::new(flags), aux: Cell::new(0) };
    // SAFETY: the caller's promise.
    unsafe { p.cast::<Header>().write(header) }
}

/// # Safety
/// No cell of the block is in use.
unsafe fn free_block(block: &Block) {
    if let Some(layout) = block_layout(block.bytes as usize) {
        // SAFETY: the block was allocated with this layout, and begins so far behind its allocation's start.
        unsafe { alloc::alloc::dealloc(block.start.sub(block.before as usize).as_ptr(), layout) }
    }
}

/// What is allocated for a block of `bytes` bytes. Large blocks, which come and go, are aligned by hand: where an aligned
/// one was, allocators may find no room for another (with glibc 2.36 half of the heap of `nqueens` was gaps).
fn block_layout(bytes: usize) -> Option<Layout> {
    let layout = if bytes < BLOCK_BYTES {
        Layout::from_size_align(bytes, BLOCK_ALIGN)
    } else {
        Layout::from_size_align(bytes + BLOCK_ALIGN - MALLOC_ALIGN, MALLOC_ALIGN)
    };
    layout.ok()
}

fn large_layout(total: usize) -> Res<Layout> {
    Layout::from_size_align(total, 16).map_err(|_| Exit::NeedGc)
}

impl Drop for Heap {
    fn drop(&mut self) {
        let mut owners = Vec::new();
        core::mem::swap(&mut owners, &mut self.large);
        for p in owners {
            // SAFETY: the heap ends; nothing refers to its cells.
            unsafe { self.free_large(p) };
        }
        self.sweeping = true;
        self.free_spare();
        let blocks = core::mem::take(&mut self.blocks);
        for block in &blocks {
            let size = SIZES[block.class as usize] as usize;
            for i in 0..block.bytes as usize / size {
                // SAFETY: as in `sweep`; every cell is dead.
                unsafe {
                    let p = block.start.add(i * size).cast::<Header>();
                    if p.as_ref().kind != FREE
                        && p.as_ref().kind != RAW
                        && p.as_ref().flags.get() & Header::EXT != 0
                    {
                        crate::object::drop_ext(self, p);
                    }
                }
            }
        }
        for block in &blocks {
            // SAFETY: every cell has been dropped.
            unsafe { free_block(block) };
        }
    }
}
