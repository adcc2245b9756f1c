//! `dict`: an index table over an insertion-ordered entry array, with a version of its keys for inline caches.
//!
//! Probing is CPython's (perturbed, open addressing), though order does not depend on it. Keys that need guest
//! code to compare end a probe with [`Probe::Guest`]; the interpreter then goes on in frozen Python.
//!
//! Invariants: `index` has `mask + 1` slots (a power of two) of 0 = empty, `DELETED`, or entry number + `FIRST`, each as
//! wide as the number of slots needs (1, 2 or 4 bytes: most dicts are small, and look-ups wait for memory); at most
//! two thirds of them are used (counting `used` and `lost` entries); an entry whose key is unbound is deleted; `version` changes whenever an entry is
//! added, removed or moved, and never takes an old value again within the heap.

use super::hash::{Eq, eq};
use crate::exit::{Exit, Res};
use crate::heap::{Gc, Header, Heap};
use crate::value::Value;
use core::cell::Cell;

/// One entry.
#[derive(Clone, Copy, Debug)]
#[repr(C)]
pub struct Entry {
    /// The key's hash.
    pub hash: u64,
    /// The key, or unbound if deleted.
    pub key: Value,
    /// The value.
    pub value: Value,
}

/// Layout of `dict`.
#[repr(C)]
#[derive(Debug)]
pub struct Dict {
    pub(crate) header: Header,
    pub(crate) entries: Cell<*mut Entry>,
    pub(crate) version: Cell<u32>,
    /// Entries used, deleted ones included.
    pub(crate) used: Cell<u32>,
    /// Entries given back by `pop_last` whose index slots are still spent: without them in the sum, taking out and
    /// putting in could use up the index's empty slots, on which probes end.
    lost: Cell<u32>,
    /// Live entries.
    pub(crate) live: Cell<u32>,
    /// Room in `entries`.
    pub(crate) cap: Cell<u32>,
    index: Cell<*mut u8>,
    mask: Cell<u32>,
    /// Width of an index slot.
    width: Cell<Width>,
    /// `STRS`, and what `watch` notes.
    pub(crate) marks: Cell<u8>,
    pub(crate) ext: Cell<Value>,
}
super::heap_type!(Dict => Dict);

const DELETED: u32 = 1;
/// What entry 0 is in the index.
const FIRST: u32 = 2;

/// Bytes of an index slot.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
#[repr(u8)]
enum Width {
    One = 1,
    Two = 2,
    Four = 4,
}

impl Width {
    /// For an index of `slots`: its entries, two thirds of them, have numbers that fit.
    const fn of(slots: usize) -> Width {
        if slots <= 1 << 8 {
            Width::One
        } else if slots <= 1 << 16 {
            Width::Two
        } else {
            Width::Four
        }
    }
    /// # Safety
    /// `index` has more than `slot` slots of this width.
    #[cfg_attr(feature = "speed", inline(always))]
    unsafe fn read(self, index: *const u8, slot: usize) -> u32 {
        // SAFETY: the caller's promise; a buffer is aligned for four bytes.
        unsafe {
            match self {
                Width::One => *index.add(slot) as u32,
                Width::Two => *index.cast::<u16>().add(slot) as u32,
                Width::Four => *index.cast::<u32>().add(slot),
            }
        }
    }
    /// # Safety
    /// As for `read`; `v` fits.
    #[cfg_attr(feature = "speed", inline(always))]
    unsafe fn write(self, index: *mut u8, slot: usize, v: u32) {
        // SAFETY: as in `read`.
        unsafe {
            match self {
                Width::One => *index.add(slot) = v as u8,
                Width::Two => *index.cast::<u16>().add(slot) = v as u16,
                Width::Four => *index.cast::<u32>().add(slot) = v,
            }
        }
    }
    /// Words of an index of `slots` (when memory is short, of fewer slots than a word holds).
    const fn words(self, slots: usize) -> usize {
        (slots * self as usize).div_ceil(8)
    }
}

/// Answer of a probe.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Probe {
    /// The key is in this entry.
    Found(usize),
    /// The key is not there.
    Missing,
    /// Comparing with a key of the same hash needs guest code.
    Guest,
}

/// A new empty dict of shape `shape`.
pub fn with_shape(heap: &mut Heap, shape: u32) -> Res<Gc<Dict>> {
    heap.new_object(shape, Header::EXT, |header| Dict {
        header,
        entries: Cell::new(core::ptr::null_mut()),
        version: Cell::new(0),
        used: Cell::new(0),
        lost: Cell::new(0),
        live: Cell::new(0),
        cap: Cell::new(0),
        index: Cell::new(core::ptr::null_mut()),
        mask: Cell::new(0),
        width: Cell::new(Width::One),
        marks: Cell::new(Dict::STRS),
        ext: Cell::new(Value::UNBOUND),
    })
}

/// A new empty dict.
#[inline]
pub fn new(heap: &mut Heap) -> Res<Gc<Dict>> {
    with_shape(heap, super::kind::Dict as u32)
}

/// Entries that an index of `slots` allows.
const fn usable(slots: usize) -> usize {
    slots / 3 * 2 + slots % 3 * 2 / 3
}

impl Dict {
    /// In `marks`: every key is an exact str, so a probe with a str key never needs guest code.
    const STRS: u8 = 1;

    /// Number of items.
    #[cfg_attr(feature = "speed", inline(always))]
    pub fn len(&self) -> usize {
        self.live.get() as usize
    }
    /// Whether the dict is empty.
    #[cfg_attr(feature = "speed", inline(always))]
    pub fn is_empty(&self) -> bool {
        self.live.get() == 0
    }
    /// All entries, deleted ones (unbound key) included. Not held across a change of this dict.
    #[cfg_attr(feature = "speed", inline(always))]
    pub fn entries(&self) -> &[Entry] {
        if self.used.get() == 0 {
            return &[];
        }
        // SAFETY: `used` entries are initialised.
        unsafe { core::slice::from_raw_parts(self.entries.get(), self.used.get() as usize) }
    }
    /// Live entries in order.
    pub fn iter(&self) -> impl DoubleEndedIterator<Item = Entry> + '_ {
        self.entries().iter().filter(|e| !e.key.is_unbound()).copied()
    }
    /// Entry `i`, if it is live.
    #[cfg_attr(feature = "speed", inline(always))]
    pub fn entry(&self, i: usize) -> Option<Entry> {
        if i < self.used.get() as usize {
            // SAFETY: `i < used`.
            let e = unsafe { *self.entries.get().add(i) };
            if e.key.is_unbound() { None } else { Some(e) }
        } else {
            None
        }
    }
    /// Version of the keys; 0 until an inline cache asks for one through [`Dict::ensure_version`].
    #[cfg_attr(feature = "speed", inline(always))]
    pub fn version(&self) -> u32 {
        self.version.get()
    }
    /// Gives the current key set a version number for inline caches.
    pub fn ensure_version(&self, heap: &mut Heap) -> u32 {
        if self.version.get() == 0 {
            self.version.set(heap.next_version());
        }
        self.version.get()
    }
    /// Whether every key is an exact str.
    #[cfg_attr(feature = "speed", inline(always))]
    pub(crate) fn str_keys(&self) -> bool {
        self.marks.get() & Dict::STRS != 0
    }
    /// Makes caches that rely on the keys look again.
    #[cfg_attr(feature = "speed", inline(always))]
    pub(crate) fn keys_changed(&self) {
        self.version.set(0);
    }

    /// Replaces the value of entry `i`.
    #[cfg_attr(feature = "speed", inline(always))]
    pub fn set_value(&self, heap: &mut Heap, i: usize, v: Value) {
        debug_assert!(i < self.used.get() as usize);
        if i < self.used.get() as usize {
            if self.is_watched() {
                self.value_changes(heap, i, v);
            }
            // SAFETY: `i < used`.
            unsafe { (*self.entries.get().add(i)).value = v };
        }
    }

    #[cfg_attr(feature = "speed", inline(always))]
    fn index_at(&self, slot: usize) -> u32 {
        // SAFETY: `slot` was masked, so it lies inside the index.
        unsafe { self.width.get().read(self.index.get(), slot) }
    }
    #[cfg_attr(feature = "speed", inline(always))]
    fn set_index(&self, slot: usize, v: u32) {
        // SAFETY: `slot` was masked, so it lies inside the index, whose width fits every entry.
        unsafe { self.width.get().write(self.index.get(), slot, v) }
    }

    /// Looks for a key that is an interned str; never needs guest code if all keys are exact strs.
    #[inline]
    pub fn find_interned(&self, heap: &Heap, hash: u64, key: Value) -> Probe {
        self.probe(hash, |e| {
            if e.key == key {
                return Eq::True;
            }
            match e.key.exact::<super::Str>() {
                Some(s) if s.is_interned() => Eq::False,
                _ => eq(heap, e.key, key),
            }
        })
        .0
    }

    /// Looks for `key`.
    #[inline]
    pub fn find(&self, heap: &Heap, hash: u64, key: Value) -> Probe {
        if let Some(i) = heap.hints.entry(key, |i| self.entries().get(i).map(|e| e.key)) {
            return Probe::Found(i);
        }
        let found = self.probe(hash, |e| if e.key == key { Eq::True } else { eq(heap, e.key, key) }).0;
        if let Probe::Found(i) = found
            && let Some(e) = self.entries().get(i)
            && key.exact::<super::Str>().is_some()
            && e.key.exact::<super::Str>().is_some()
        {
            heap.hints.note(key, e.key, i);
        }
        found
    }

    /// Looks for `key`; `same` compares a key of equal hash that is another object with it.
    pub fn find_by(&self, hash: u64, key: Value, mut same: impl FnMut(Value) -> Eq) -> Probe {
        self.probe(hash, |e| if e.key == key { Eq::True } else { same(e.key) }).0
    }

    /// Shows `same` the numbers and keys of entries of this hash in probe order, until it says that one is it.
    pub fn candidate(&self, hash: u64, mut same: impl FnMut(usize, Value) -> Eq) {
        let _ = self.probe_entries(hash, |i, e| same(i, e.key));
    }

    /// Probes for `hash`; `same` compares entries of equal hash. Also returns the slot where the probe ended.
    #[cfg_attr(feature = "speed", inline(always))]
    fn probe(&self, hash: u64, mut same: impl FnMut(&Entry) -> Eq) -> (Probe, usize) {
        self.probe_entries(hash, |_, e| same(e))
    }

    #[cfg_attr(feature = "speed", inline(always))]
    fn probe_entries(&self, hash: u64, mut same: impl FnMut(usize, &Entry) -> Eq) -> (Probe, usize) {
        if self.index.get().is_null() {
            return (Probe::Missing, 0);
        }
        let (mask, mut perturb) = (self.mask.get() as usize, hash);
        let mut slot = hash as usize & mask;
        loop {
            match self.index_at(slot) {
                0 => return (Probe::Missing, slot),
                DELETED => {}
                n => {
                    let i = (n - FIRST) as usize;
                    // SAFETY: the index refers to used entries only.
                    let e = unsafe { &*self.entries.get().add(i) };
                    if e.hash == hash {
                        match same(i, e) {
                            Eq::True => return (Probe::Found(i), slot),
                            Eq::False => {}
                            Eq::Guest => return (Probe::Guest, slot),
                        }
                    }
                }
            }
            perturb >>= 5;
            slot = (slot.wrapping_mul(5).wrapping_add(perturb as usize).wrapping_add(1)) & mask;
        }
    }

    /// Makes room for `extra` more entries.
    pub fn reserve(&self, heap: &mut Heap, extra: usize) -> Res<()> {
        let need = self.used.get() as usize + self.lost.get() as usize + extra;
        if need <= self.cap.get() as usize {
            return Ok(());
        }
        let live = self.live.get() as usize;
        // CPython grows to three times the live items; deleted entries are dropped on the way.
        let want = (live + extra).max(live.saturating_mul(3) / 2);
        let mut slots = 8usize;
        while usable(slots) < want {
            slots *= 2;
        }
        match self.rebuild(heap, slots) {
            // How often keys are compared depends on the size, so not where memory is only said to be short.
            Err(_) if usable(slots / 2) >= live + extra && !heap.stress() => self.rebuild(heap, slots / 2),
            r => r,
        }
    }

    /// Moves live entries to tables with `slots` index slots.
    pub(crate) fn rebuild(&self, heap: &mut Heap, slots: usize) -> Res<()> {
        let cap = usable(slots);
        if slots > u32::MAX as usize / 2 {
            return Err(Exit::NeedGc);
        }
        let width = Width::of(slots);
        let words = width.words(slots);
        let index: *mut u64 = heap.buf_alloc(words)?;
        let entries: *mut Entry = match heap.buf_alloc(cap) {
            Ok(p) => p,
            Err(e) => {
                heap.buf_free(index, words);
                return Err(e);
            }
        };
        let (old_entries, old_cap) = (self.entries.get(), self.cap.get() as usize);
        let (old_index, old_words) = self.index_buf();
        let index_bytes = index.cast::<u8>();
        let mask = slots - 1;
        let mut n = 0usize;
        // SAFETY: both buffers are fresh and large enough for the live entries.
        unsafe {
            core::ptr::write_bytes(index, 0, words);
            for e in self.entries().iter().filter(|e| !e.key.is_unbound()) {
                *entries.add(n) = *e;
                let (mut slot, mut perturb) = (e.hash as usize & mask, e.hash);
                while width.read(index_bytes, slot) != 0 {
                    perturb >>= 5;
                    slot = (slot.wrapping_mul(5).wrapping_add(perturb as usize).wrapping_add(1)) & mask;
                }
                width.write(index_bytes, slot, n as u32 + FIRST);
                n += 1;
            }
        }
        if n != self.used.get() as usize {
            self.keys_changed();
        }
        self.entries.set(entries);
        self.cap.set(cap as u32);
        self.used.set(n as u32);
        self.lost.set(0);
        self.index.set(index_bytes);
        self.width.set(width);
        self.mask.set(mask as u32);
        heap.buf_free(old_entries, old_cap);
        heap.buf_free(old_index, old_words);
        Ok(())
    }

    /// The index as a buffer of words.
    fn index_buf(&self) -> (*mut u64, usize) {
        let slots = if self.index.get().is_null() { 0 } else { self.mask.get() as usize + 1 };
        (self.index.get().cast(), self.width.get().words(slots))
    }

    /// Adds an entry for a key that is known to be absent.
    #[inline]
    pub fn insert_new(&self, heap: &mut Heap, hash: u64, key: Value, value: Value) -> Res<()> {
        if self.used.get() + self.lost.get() >= self.cap.get() {
            self.reserve(heap, 1)?;
        }
        let (mask, mut perturb) = (self.mask.get() as usize, hash);
        let mut slot = hash as usize & mask;
        while self.index_at(slot) > DELETED {
            perturb >>= 5;
            slot = (slot.wrapping_mul(5).wrapping_add(perturb as usize).wrapping_add(1)) & mask;
        }
        let n = self.used.get();
        // SAFETY: there is room for entry `n`.
        unsafe { *self.entries.get().add(n as usize) = Entry { hash, key, value } };
        if key.exact::<super::Str>().is_some() {
            heap.hints.note(key, key, n as usize);
        }
        self.set_index(slot, n + FIRST);
        self.used.set(n + 1);
        self.live.set(self.live.get() + 1);
        if self.marks.get() != 0 {
            if self.str_keys() && key.exact::<super::Str>().is_none() {
                self.marks.set(self.marks.get() & !Dict::STRS);
            }
            if self.is_watched() {
                self.key_comes(heap, key);
            }
        }
        self.keys_changed();
        Ok(())
    }

    /// Sets `key` to `value`; `Ok(false)` if that needs guest code (nothing was changed).
    #[inline]
    pub fn insert(&self, heap: &mut Heap, hash: u64, key: Value, value: Value) -> Res<bool> {
        match self.find(heap, hash, key) {
            Probe::Found(i) => self.set_value(heap, i, value),
            Probe::Missing => self.insert_new(heap, hash, key, value)?,
            Probe::Guest => return Ok(false),
        }
        Ok(true)
    }

    /// Removes entry `i` and returns it.
    pub fn remove_entry(&self, heap: &mut Heap, i: usize) -> Option<Entry> {
        let e = self.entry(i)?;
        if self.is_watched() {
            self.entry_goes(heap, i);
        }
        let (mask, mut perturb) = (self.mask.get() as usize, e.hash);
        let mut slot = e.hash as usize & mask;
        while self.index_at(slot) != i as u32 + FIRST {
            perturb >>= 5;
            slot = (slot.wrapping_mul(5).wrapping_add(perturb as usize).wrapping_add(1)) & mask;
        }
        self.set_index(slot, DELETED);
        // SAFETY: `i < used`.
        unsafe {
            let p = self.entries.get().add(i);
            (*p).key = Value::UNBOUND;
            (*p).value = Value::UNBOUND;
        }
        self.live.set(self.live.get() - 1);
        self.keys_changed();
        Some(e)
    }

    /// Removes the last live entry and returns it.
    pub fn pop_last(&self, heap: &mut Heap) -> Option<Entry> {
        let i = (0..self.used.get() as usize).rev().find(|&i| self.entry(i).is_some())?;
        let e = self.remove_entry(heap, i);
        // The deleted entries behind it are given back too.
        self.lost.set(self.lost.get() + (self.used.get() - i as u32));
        self.used.set(i as u32);
        e
    }

    /// Removes all entries and gives the buffers back.
    pub fn clear(&self, heap: &mut Heap) {
        if self.is_watched() {
            (0..self.used.get() as usize).for_each(|i| self.entry_goes(heap, i));
        }
        self.free_buffers(heap);
    }

    /// As `clear`, of a dict that is gone or that nothing watches.
    pub(super) fn free_buffers(&self, heap: &mut Heap) {
        let (entries, cap) = (self.entries.get(), self.cap.get() as usize);
        let (index, words) = self.index_buf();
        self.entries.set(core::ptr::null_mut());
        self.index.set(core::ptr::null_mut());
        self.cap.set(0);
        self.used.set(0);
        self.lost.set(0);
        self.live.set(0);
        self.mask.set(0);
        self.marks.set(self.marks.get() | Dict::STRS);
        self.keys_changed();
        heap.buf_free(entries, cap);
        heap.buf_free(index, words);
    }
}
