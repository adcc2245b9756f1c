//! The heap: size-class segregated cells, charged buffers, and one hard limit for everything a guest can cause.
//!
//! Precise, non-moving mark-sweep without reference counts. **Allocation never collects**: it fails with
//! [`Exit::NeedGc`] when the limit is reached, and asks for a collection through [`Heap::gc_due`] when the heap
//! has grown past its threshold; the interpreter collects between instructions.
//!
//! Invariants:
//! - A cell starts with a [`Header`]; `kind == FREE` marks a free cell, whose second word links to the next.
//! - Every byte handed out (blocks, large cells, buffers, explicit charges) is counted in `used`, and `used` never
//!   exceeds `limit`.
//! - A handle ([`Gc`]) is used only while its cell is reachable or no collection has happened since it was made.
//!   Natives and handlers satisfy this because collections happen only between instructions.

mod cells;
mod epoch;
mod hints;
mod identity;
mod mark;
mod shapes;
mod verify;

use crate::exit::{Exit, Res};
use crate::value::Value;
use alloc::vec::Vec;
use core::alloc::Layout;
use core::marker::PhantomData;
use core::ptr::NonNull;

pub use cells::{BlockSizes, CLASS_COUNT};
use identity::Identities;
pub use mark::{Marker, Trace};
pub use shapes::{NO_SLOT, Shape, ShapeId, Shapes};
pub use verify::HeapError;

/// First word of every heap cell. Its alignment is that of every layout: what follows a layout's fields (items, slots,
/// limbs) begins at a multiple of 8 on 32-bit targets too.
#[repr(C, align(8))]
#[derive(Debug)]
pub struct Header {
    /// Shape: type and layout of attributes. Built-in types' own shape is their type number.
    pub(crate) shape: core::cell::Cell<u32>,
    /// Payload layout: number of the built-in type whose fields follow; shared by that type's subclasses.
    pub(crate) kind: u8,
    /// `MARK`, `STATIC`, … below.
    pub(crate) flags: core::cell::Cell<u8>,
    /// Per kind: inline attribute capacity of an instance, size class of … see each kind.
    pub(crate) aux: core::cell::Cell<u16>,
}

impl Header {
    /// Reached in the current collection.
    pub const MARK: u8 = 1;
    /// Lies in read-only memory: never marked, charged or written.
    pub const STATIC: u8 = 2;
    /// Owns buffers outside its cell: freed by the kind's `drop_ext` when the cell is swept.
    pub const EXT: u8 = 4;
    /// An interned string.
    pub const INTERNED: u8 = 8;
    /// Larger than the largest size class: listed apart.
    pub const LARGE: u8 = 16;
    /// Has an entry in the identity table.
    pub const IDENTITY: u8 = 32;
    /// An interned string: some class's attribute of that name changes, without the class's version (`class_changes`).
    pub const VARIES: u8 = 64;
}

/// What a collection asks for.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum RootsOf {
    /// What is alive whatever was reached.
    All,
    /// What is alive because of what was reached so far.
    Reached,
}

/// `kind` of a free cell.
pub const FREE: u8 = 0;

/// A type whose values live in heap cells.
///
/// # Safety
/// `Self` is `repr(C)` and begins with a [`Header`]; every cell whose header has `kind == KIND` holds a valid
/// `Self`.
pub unsafe trait HeapType {
    /// The payload number in the header.
    const KIND: u8;
}

/// A handle to a heap cell that is known to hold a `T`.
pub struct Gc<T>(NonNull<T>, PhantomData<T>);

impl<T> Clone for Gc<T> {
    #[cfg_attr(feature = "speed", inline(always))]
    fn clone(&self) -> Self {
        *self
    }
}
impl<T> Copy for Gc<T> {}
impl<T> PartialEq for Gc<T> {
    #[cfg_attr(feature = "speed", inline(always))]
    fn eq(&self, other: &Self) -> bool {
        self.0 == other.0
    }
}
impl<T> Eq for Gc<T> {}
impl<T> core::fmt::Debug for Gc<T> {
    fn fmt(&self, f: &mut core::fmt::Formatter<'_>) -> core::fmt::Result {
        f.write_str("Gc")
    }
}

impl<T> core::ops::Deref for Gc<T> {
    type Target = T;
    #[cfg_attr(feature = "speed", inline(always))]
    fn deref(&self) -> &T {
        // SAFETY: a `Gc<T>` is made only from a cell that holds a valid `T`, and is not used after a collection
        // that freed the cell (module invariant). Fields that change are `Cell`s.
        unsafe { self.0.as_ref() }
    }
}

impl<T> Gc<T> {
    /// # Safety
    /// `ptr` points to a live cell that holds a valid `T`.
    #[cfg_attr(feature = "speed", inline(always))]
    pub(crate) const unsafe fn from_ptr(ptr: *mut T) -> Gc<T> {
        // SAFETY: the caller's promise implies non-null.
        Gc(unsafe { NonNull::new_unchecked(ptr) }, PhantomData)
    }
    /// The value that refers to this cell.
    #[cfg_attr(feature = "speed", inline(always))]
    pub fn value(self) -> Value {
        Value::from_addr(self.0.as_ptr() as usize)
    }
    /// The cell's address.
    #[cfg_attr(feature = "speed", inline(always))]
    pub(crate) const fn as_ptr(self) -> *mut T {
        self.0.as_ptr()
    }
}

impl Value {
    /// The header of the cell this value refers to.
    #[cfg_attr(feature = "speed", inline(always))]
    pub fn header(self) -> Option<&'static Header> {
        // SAFETY: a pointer value refers to a live cell (module invariant); the `'static` is the invariant's
        // shorthand and does not leave the operation that uses it.
        if self.is_ptr() { Some(unsafe { &*(self.addr() as *const Header) }) } else { None }
    }
    /// The shape number of the cell, or `u32::MAX` for immediates.
    #[cfg_attr(feature = "speed", inline(always))]
    pub fn shape(self) -> u32 {
        match self.header() {
            Some(h) => h.shape.get(),
            None => u32::MAX,
        }
    }
    /// A handle if the cell's payload is a `T` (instances of subclasses included).
    #[cfg_attr(feature = "speed", inline(always))]
    pub fn get<T: HeapType>(self) -> Option<Gc<T>> {
        match self.header() {
            // SAFETY: the header's kind says that the cell holds a `T`.
            Some(h) if h.kind == T::KIND => Some(unsafe { Gc::from_ptr(self.addr() as *mut T) }),
            _ => None,
        }
    }
    /// A handle if the value's type is exactly the built-in type of `T`.
    #[cfg_attr(feature = "speed", inline(always))]
    pub fn exact<T: HeapType>(self) -> Option<Gc<T>> {
        match self.header() {
            Some(h) if h.shape.get() == T::KIND as u32 => {
                // SAFETY: a built-in type's own shape number implies its kind.
                Some(unsafe { Gc::from_ptr(self.addr() as *mut T) })
            }
            _ => None,
        }
    }
}

/// Counters for `--stats`.
#[derive(Clone, Copy, Default, Debug)]
pub struct HeapStats {
    /// Collections run.
    pub collections: u64,
    /// Largest `used` seen, in bytes.
    pub peak: usize,
    /// Cells freed by all collections.
    pub freed: u64,
}

/// A heap. One per VM.
#[derive(Debug)]
pub struct Heap {
    free: [*mut u8; CLASS_COUNT],
    blocks: Vec<cells::Block>,
    /// Blocks of the usual size that the next cells will need, not counted as used.
    spare: Vec<cells::Block>,
    block_sizes: BlockSizes,
    large: Vec<NonNull<Header>>,
    used: usize,
    limit: usize,
    /// What `used` may reach now: `limit` less a reserve, which a MemoryError releases for its handlers until a
    /// collection finds enough free again.
    ceiling: usize,
    gc_at: usize,
    /// Part of `used` that no collection frees.
    fixed: usize,
    gc_due: bool,
    /// Fails every first allocation after [`Heap::arm_stress`], so that each instruction's retry path runs.
    stress: bool,
    armed: bool,
    /// Instructions run in stress mode.
    tick: u32,
    sweeping: bool,
    /// Size classes that hold cells with buffers, by bit.
    ext_classes: u32,
    /// Shapes of instances, by number.
    pub shapes: Shapes,
    /// Counters.
    pub stats: HeapStats,
    versions: u32,
    /// Moves on when something changes that traces rely on.
    pub(crate) epoch: epoch::Epoch,
    pub(crate) hints: hints::Hints,
    seed: (u64, u64),
    identities: Identities,
}

// SAFETY: the raw pointers are owned by this heap and by nothing else; a VM moves between threads as a whole.
unsafe impl Send for Heap {}

/// Has memory that will be read soon brought near. The address need not be one of the program's.
#[inline(always)]
fn prefetch(p: *const u8) {
    #[cfg(all(target_arch = "x86_64", target_feature = "sse2"))]
    {
        use core::arch::x86_64::{_MM_HINT_T0, _mm_prefetch};
        // SAFETY: the target has SSE, and the instruction never faults.
        unsafe { _mm_prefetch::<_MM_HINT_T0>(p.cast()) };
    }
    #[cfg(not(all(target_arch = "x86_64", target_feature = "sse2")))]
    let _ = p;
}

/// What is allocated at least between two collections. Small enough that a processor's caches hold what dies young.
const MIN_GC_STEP: usize = 2 << 20;
/// Live bytes beyond which a heap grows by less between collections.
const LARGE_HEAP: usize = 8 << 20;
/// In stress mode, so many collections happen at every opportunity; then at every eighth, so that long programs end.
const STRESS_ALL: u64 = 20_000;
/// What `has_room` keeps free beyond the bytes asked for, in blocks: a small cell may need a whole new one.
const ROOM_SLACK: usize = 4;

/// The part of the limit kept for handlers of MemoryError.
fn reserve(limit: usize) -> usize {
    (limit / 64).min(1 << 20)
}

impl Heap {
    /// An empty heap with a hard limit in bytes.
    pub fn new(limit: usize) -> Heap {
        Heap {
            free: [core::ptr::null_mut(); CLASS_COUNT],
            blocks: Vec::new(),
            spare: Vec::new(),
            block_sizes: BlockSizes::default(),
            large: Vec::new(),
            used: 0,
            limit,
            ceiling: limit - reserve(limit),
            gc_at: MIN_GC_STEP,
            fixed: 0,
            gc_due: false,
            stress: false,
            armed: false,
            tick: 0,
            sweeping: false,
            ext_classes: 0,
            shapes: Shapes::new(),
            stats: HeapStats::default(),
            versions: 0,
            epoch: epoch::Epoch::default(),
            hints: hints::Hints::default(),
            seed: (0, 0),
            identities: Identities::default(),
        }
    }

    /// Bytes in use: blocks, large cells, buffers and charges.
    #[inline]
    pub fn used(&self) -> usize {
        self.used
    }
    /// The hard limit in bytes.
    pub fn limit(&self) -> usize {
        self.limit
    }
    /// Changes the hard limit; what is in use stays.
    pub fn set_limit(&mut self, limit: usize) {
        self.limit = limit;
        self.ceiling = limit;
    }
    /// Makes the reserve available: a MemoryError is on its way, and its handlers need some room.
    pub(crate) fn release_reserve(&mut self) {
        self.ceiling = self.limit;
    }
    /// Whether a collection is wanted at the next safepoint.
    #[cfg_attr(feature = "speed", inline(always))]
    pub fn gc_due(&self) -> bool {
        self.gc_due
    }
    /// Turns stress mode on or off: a collection at every safepoint, a failing first allocation per instruction.
    pub fn set_stress(&mut self, on: bool) {
        self.stress = on;
        self.gc_due = on;
    }
    /// Whether stress mode is on.
    pub fn stress(&self) -> bool {
        self.stress
    }
    /// In stress mode: the next allocation fails once with `NeedGc`.
    #[inline]
    pub fn arm_stress(&mut self) {
        self.tick = self.tick.wrapping_add(1);
        self.armed = self.stress && (self.stats.collections < STRESS_ALL || self.tick.is_multiple_of(8));
    }
    /// In stress mode: allocations succeed until armed again.
    #[inline]
    pub fn disarm_stress(&mut self) {
        self.armed = false;
    }

    /// A number for inline caches (key sets, classes, functions) that was not given before.
    pub fn next_version(&mut self) -> u32 {
        self.versions = self.versions.wrapping_add(1).max(1);
        self.versions
    }
    /// Sets the sizes of blocks; before anything is allocated.
    pub fn set_block_sizes(&mut self, sizes: BlockSizes) {
        self.block_sizes = sizes;
    }
    /// Sets the key of str and bytes hashes; before any string is made.
    pub fn set_seed(&mut self, k0: u64, k1: u64) {
        self.seed = (k0, k1);
    }
    /// The key of str and bytes hashes.
    #[inline]
    pub fn seed(&self) -> (u64, u64) {
        self.seed
    }

    /// Counts `bytes` against the limit.
    #[inline]
    pub fn charge(&mut self, bytes: usize) -> Res<()> {
        if self.armed || bytes > self.ceiling.saturating_sub(self.used) {
            return self.refuse();
        }
        self.used += bytes;
        if self.used > self.gc_at {
            self.gc_due = true;
        }
        if self.used > self.stats.peak {
            self.stats.peak = self.used;
        }
        Ok(())
    }
    /// As [`Heap::charge`], for what no collection frees: it makes none due earlier.
    #[cfg(feature = "speed")]
    pub(crate) fn charge_fixed(&mut self, bytes: usize) -> Res<()> {
        self.charge(bytes)?;
        self.fixed += bytes;
        self.gc_at = self.gc_at.saturating_add(bytes);
        Ok(())
    }
    /// Gives back what [`Heap::charge_fixed`] charged.
    #[cfg(feature = "speed")]
    pub(crate) fn uncharge_fixed(&mut self, bytes: usize) {
        self.uncharge(bytes);
        self.fixed = self.fixed.saturating_sub(bytes);
        self.gc_at = self.gc_at.saturating_sub(bytes);
    }
    /// Asks for a collection at the next safepoint.
    #[cfg(feature = "speed")]
    pub(crate) fn ask_for_collection(&mut self) {
        self.gc_due = true;
    }
    #[cold]
    fn refuse(&mut self) -> Res<()> {
        self.armed = false;
        self.free_spare();
        Err(Exit::NeedGc)
    }
    /// Gives `bytes` back.
    #[inline]
    pub fn uncharge(&mut self, bytes: usize) {
        debug_assert!(bytes <= self.used);
        self.used = self.used.saturating_sub(bytes);
    }
    /// Whether `bytes` more fit now (for operations that must not fail half-way). Does not charge.
    pub fn has_room(&self, bytes: usize) -> Res<()> {
        let room =
            self.ceiling.saturating_sub(self.used).saturating_sub(ROOM_SLACK * self.block_sizes.further);
        if self.armed || bytes > room { Err(Exit::NeedGc) } else { Ok(()) }
    }

    /// Whether a buffer of `n` values lies in a cell.
    #[cfg_attr(feature = "speed", inline(always))]
    const fn in_cell<T>(n: usize) -> bool {
        let size = core::mem::size_of::<T>();
        n != 0 && n <= cells::MAX_RAW / if size == 0 { 1 } else { size } && core::mem::align_of::<T>() <= 8
    }

    /// A charged buffer of `n` values of `T`, uninitialised; null for none.
    #[inline]
    pub(crate) fn buf_alloc<T>(&mut self, n: usize) -> Res<*mut T> {
        // Most buffers are small: without the general path's questions.
        if Heap::in_cell::<T>(n) {
            return self.raw_alloc(n * core::mem::size_of::<T>()).map(<*mut u8>::cast);
        }
        self.buf_realloc(core::ptr::null_mut(), 0, n)
    }

    /// Grows, shrinks or frees a charged buffer. Contents up to the smaller size are kept. On failure nothing changed.
    pub(crate) fn buf_realloc<T>(&mut self, old: *mut T, old_n: usize, new_n: usize) -> Res<*mut T> {
        let layout = |n: usize| Layout::array::<T>(n).map_err(|_| Exit::NeedGc);
        let (old_layout, new_layout) = (layout(old_n)?, layout(new_n)?);
        if old_layout.size().min(new_layout.size()) <= cells::MAX_RAW && core::mem::align_of::<T>() <= 8 {
            return self.small_realloc(old.cast(), old_layout, new_layout).map(<*mut u8>::cast);
        }
        self.big_realloc(old.cast(), old_layout, new_layout).map(<*mut u8>::cast)
    }

    /// Where at least one of the sizes is small enough for a cell.
    #[inline]
    fn small_realloc(&mut self, old: *mut u8, from: Layout, to: Layout) -> Res<*mut u8> {
        let small = |l: Layout| l.size() <= cells::MAX_RAW;
        if from.size() > 0
            && to.size() > 0
            && small(from)
            && small(to)
            && to.size() <= Heap::raw_room(from.size())
            && Heap::raw_room(to.size()) == Heap::raw_room(from.size())
        {
            return Ok(old);
        }
        let new = match to.size() {
            0 => core::ptr::null_mut(),
            _ if small(to) => self.raw_alloc(to.size())?,
            _ => self.big_realloc(core::ptr::null_mut(), Layout::new::<()>(), to)?,
        };
        if from.size() > 0 {
            // SAFETY: both buffers hold at least the smaller size, and are distinct.
            unsafe { core::ptr::copy_nonoverlapping(old, new, from.size().min(to.size())) };
            if small(from) {
                self.raw_free(old, from.size());
            } else {
                self.big_realloc(old, from, Layout::new::<()>())?;
            }
        }
        Ok(new)
    }

    fn big_realloc(&mut self, old: *mut u8, old_layout: Layout, new_layout: Layout) -> Res<*mut u8> {
        if new_layout.size() > old_layout.size() {
            self.charge(new_layout.size() - old_layout.size())?;
        }
        // SAFETY: `old` was returned by this function for `old_n`; zero-sized cases never reach the allocator.
        let new = unsafe {
            if new_layout.size() == 0 {
                if old_layout.size() != 0 {
                    alloc::alloc::dealloc(old.cast(), old_layout);
                }
                core::ptr::null_mut()
            } else if old_layout.size() == 0 {
                alloc::alloc::alloc(new_layout)
            } else {
                alloc::alloc::realloc(old.cast(), old_layout, new_layout.size())
            }
        };
        if new.is_null() && new_layout.size() != 0 {
            self.uncharge(new_layout.size().saturating_sub(old_layout.size()));
            return Err(Exit::NeedGc);
        }
        if new_layout.size() < old_layout.size() {
            self.uncharge(old_layout.size() - new_layout.size());
        }
        Ok(new)
    }

    /// Frees a charged buffer.
    #[inline]
    pub(crate) fn buf_free<T>(&mut self, old: *mut T, n: usize) {
        if Heap::in_cell::<T>(n) {
            return self.raw_free(old.cast(), n * core::mem::size_of::<T>());
        }
        let freed = self.buf_realloc(old, n, 0);
        debug_assert!(freed.is_ok());
    }

    /// A new cell of fixed layout `T`, of shape `shape`, with the fields that `make` puts behind the header.
    #[inline]
    pub(crate) fn new_object<T: HeapType>(
        &mut self,
        shape: u32,
        flags: u8,
        make: impl FnOnce(Header) -> T,
    ) -> Res<Gc<T>> {
        let p = self.alloc_cell(core::mem::size_of::<T>(), shape, T::KIND, flags)?.cast::<T>();
        let header = Header {
            shape: core::cell::Cell::new(shape),
            kind: T::KIND,
            flags: core::cell::Cell::new(flags),
            aux: core::cell::Cell::new(0),
        };
        // SAFETY: the cell has room for a `T`, which is written whole.
        unsafe {
            p.write(make(header));
            Ok(Gc::from_ptr(p.as_ptr()))
        }
    }

    /// Runs a collection: marks from `roots`, frees what was not reached, sets the next threshold. `roots` is asked again for
    /// what is a root because of what was reached from the others, until it answers that there is no more.
    pub fn collect(&mut self, roots: &mut dyn FnMut(&mut Marker, RootsOf) -> bool) {
        let mut marker = Marker::new();
        self.shapes.keys().for_each(|k| marker.value(k));
        roots(&mut marker, RootsOf::All);
        marker.drain(self);
        while roots(&mut marker, RootsOf::Reached) {
            marker.drain(self);
        }
        self.hints.forget();
        let vacant = self.sweep();
        debug_assert_eq!(self.verify(), Ok(()));
        self.stats.collections += 1;
        let reserve = reserve(self.limit);
        if self.used < self.limit.saturating_sub(3 * reserve) {
            self.ceiling = self.limit - reserve;
        }
        // Marking costs what lives, so small heaps may triple meanwhile; memory is dearer in large ones, which double. What
        // is free in blocks that are in use is charged already: it is filled first, and not counted again.
        let live = self.used.saturating_sub(self.fixed);
        let step = (live + live.min(LARGE_HEAP)).saturating_sub(vacant);
        // What no collection frees takes the place of garbage, so that machine code costs little memory in all.
        let taken = if cfg!(feature = "speed") { self.fixed.min(MIN_GC_STEP / 4) } else { 0 };
        self.gc_at = self.used + step.max(MIN_GC_STEP - taken);
        self.gc_due = self.stress && self.stats.collections < STRESS_ALL;
    }
}
