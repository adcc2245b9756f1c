//! `set` and `frozenset`: CPython's open-addressed table, sizes, growth and probing, so that iteration order (which
//! programs print) is CPython's for ints and whatever else hashes the same.
//!
//! Invariants: the table has `mask + 1` slots, a power of two; an unused slot's key is unbound, a removed one's is
//! `DUMMY`; `fill` counts used and removed slots, `used` the live ones.

use super::hash::{Eq, eq};
use crate::exit::{Exit, Res};
use crate::heap::{Gc, Header, Heap};
use crate::value::Value;
use core::cell::Cell;

/// One slot.
#[derive(Clone, Copy, Debug)]
#[repr(C)]
pub struct SetEntry {
    /// The key, unbound, or [`DUMMY`].
    pub key: Value,
    /// Its hash.
    pub hash: u64,
}

/// Key of a removed slot; not a value guests can hold.
pub const DUMMY: Value = Value::constant(0x7ff);

/// Layout of `set` and `frozenset`.
#[repr(C)]
#[derive(Debug)]
pub struct Set {
    pub(crate) header: Header,
    pub(crate) table: Cell<*mut SetEntry>,
    mask: Cell<u32>,
    fill: Cell<u32>,
    used: Cell<u32>,
    /// Position of `pop`.
    pub(crate) finger: Cell<u32>,
    /// Hash of a frozenset, or 0.
    pub(crate) hash: Cell<u64>,
    pub(crate) ext: Cell<Value>,
}
super::heap_type!(Set => Set);

/// A frozenset has a `Set`'s layout under a kind of its own.
#[repr(transparent)]
#[derive(Debug)]
pub struct FrozenSet(pub Set);
super::heap_type!(FrozenSet => FrozenSet);

const MIN_SLOTS: usize = 8;
const LINEAR_PROBES: usize = 9;

/// Answer of a probe.
pub use super::dict::Probe;

/// A new empty set; `kind` is `kind::Set` or `kind::FrozenSet`, `shape` that kind's own or a subclass's.
pub fn with_shape(heap: &mut Heap, shape: u32, kind: u8) -> Res<Gc<Set>> {
    let table: *mut SetEntry = heap.buf_alloc(MIN_SLOTS)?;
    match heap.alloc_cell(core::mem::size_of::<Set>(), shape, kind, Header::EXT) {
        // SAFETY: the cell has room for the fields, which are all written; the table's slots are initialised.
        Ok(p) => unsafe {
            for i in 0..MIN_SLOTS {
                *table.add(i) = SetEntry { key: Value::UNBOUND, hash: 0 };
            }
            let s = p.as_ptr().cast::<Set>();
            core::ptr::addr_of_mut!((*s).table).write(Cell::new(table));
            core::ptr::addr_of_mut!((*s).mask).write(Cell::new(MIN_SLOTS as u32 - 1));
            core::ptr::addr_of_mut!((*s).fill).write(Cell::new(0));
            core::ptr::addr_of_mut!((*s).used).write(Cell::new(0));
            core::ptr::addr_of_mut!((*s).finger).write(Cell::new(0));
            core::ptr::addr_of_mut!((*s).hash).write(Cell::new(0));
            core::ptr::addr_of_mut!((*s).ext).write(Cell::new(Value::UNBOUND));
            Ok(Gc::from_ptr(s))
        },
        Err(e) => {
            heap.buf_free(table, MIN_SLOTS);
            Err(e)
        }
    }
}

/// A new empty `set`.
pub fn new(heap: &mut Heap) -> Res<Gc<Set>> {
    with_shape(heap, super::kind::Set as u32, super::kind::Set)
}

/// A new empty `frozenset`, to be filled before anyone else sees it.
pub fn new_frozen(heap: &mut Heap) -> Res<Gc<Set>> {
    with_shape(heap, super::kind::FrozenSet as u32, super::kind::FrozenSet)
}

/// The set or frozenset `v` is (instances of subclasses included).
#[inline]
pub fn get(v: Value) -> Option<Gc<Set>> {
    match v.header() {
        Some(h) if h.kind == super::kind::Set || h.kind == super::kind::FrozenSet => {
            // SAFETY: both kinds have a `Set`'s layout.
            Some(unsafe { Gc::from_ptr(v.addr() as *mut Set) })
        }
        _ => None,
    }
}

impl Set {
    /// Offset of the number of items.
    #[cfg(feature = "speed")]
    pub(crate) const USED: usize = core::mem::offset_of!(Set, used);
    /// Offset of the last slot's number.
    #[cfg(feature = "speed")]
    pub(crate) const LAST: usize = core::mem::offset_of!(Set, mask);

    /// Number of items.
    #[inline]
    pub fn len(&self) -> usize {
        self.used.get() as usize
    }
    /// Whether the set is empty.
    pub fn is_empty(&self) -> bool {
        self.used.get() == 0
    }
    /// Number of slots.
    #[inline]
    pub fn slots(&self) -> usize {
        self.mask.get() as usize + 1
    }
    #[inline]
    fn at(&self, i: usize) -> SetEntry {
        debug_assert!(i <= self.mask.get() as usize);
        // SAFETY: callers mask `i`, or bound it by `slots`.
        unsafe { *self.table.get().add(i) }
    }
    #[inline]
    fn put(&self, i: usize, e: SetEntry) {
        debug_assert!(i <= self.mask.get() as usize);
        // SAFETY: as in `at`.
        unsafe { *self.table.get().add(i) = e }
    }
    /// The live item in slot `i`, if there is one.
    #[inline]
    pub fn slot(&self, i: usize) -> Option<SetEntry> {
        if i >= self.slots() {
            return None;
        }
        let e = self.at(i);
        if e.key.is_unbound() || e.key == DUMMY { None } else { Some(e) }
    }
    /// Live items in table order.
    pub fn iter(&self) -> impl Iterator<Item = SetEntry> + '_ {
        (0..self.slots()).filter_map(|i| self.slot(i))
    }

    /// Where `key` is, or the unused slot where its probe ends.
    #[inline(never)]
    fn lookup(&self, heap: &Heap, hash: u64, key: Value) -> (Probe, usize) {
        self.lookup_by(hash, |j, k| {
            let _ = j;
            if k == key { Eq::True } else { eq(heap, k, key) }
        })
    }

    /// Probes for `hash`; `same` compares the slot and key of each item of equal hash.
    #[cfg_attr(feature = "speed", inline(always))]
    fn lookup_by(&self, hash: u64, mut same: impl FnMut(usize, Value) -> Eq) -> (Probe, usize) {
        let mask = self.mask.get() as usize;
        let (mut i, mut perturb) = (hash as usize & mask, hash);
        loop {
            let last = if i + LINEAR_PROBES <= mask { i + LINEAR_PROBES } else { i };
            for j in i..=last {
                let e = self.at(j);
                if e.key.is_unbound() {
                    return (Probe::Missing, j);
                }
                if e.hash == hash && e.key != DUMMY {
                    match same(j, e.key) {
                        Eq::True => return (Probe::Found(j), j),
                        Eq::False => {}
                        Eq::Guest => return (Probe::Guest, j),
                    }
                }
            }
            perturb >>= 5;
            i = (i.wrapping_mul(5).wrapping_add(1).wrapping_add(perturb as usize)) & mask;
        }
    }

    /// Looks for `key`.
    #[cfg_attr(feature = "speed", inline(always))]
    pub fn find(&self, heap: &Heap, hash: u64, key: Value) -> Probe {
        if cfg!(feature = "speed") {
            // Most look-ups end in the first slot.
            let i = hash as usize & self.mask.get() as usize;
            let e = self.at(i);
            if e.key.is_unbound() {
                return Probe::Missing;
            }
            if e.key == key && e.hash == hash {
                return Probe::Found(i);
            }
        }
        self.lookup(heap, hash, key).0
    }

    /// Looks for `key`; `same` compares a key of equal hash that is another object with it.
    pub fn find_by(&self, hash: u64, key: Value, mut same: impl FnMut(Value) -> Eq) -> Probe {
        self.lookup_by(hash, |_, k| if k == key { Eq::True } else { same(k) }).0
    }

    /// Shows `same` the slots and keys of items of this hash in probe order, until it says that one is it.
    pub fn candidate(&self, hash: u64, same: impl FnMut(usize, Value) -> Eq) {
        let _ = self.lookup_by(hash, same);
    }

    /// Puts a key that is known to be absent into a table without removed slots on its path.
    fn insert_clean(&self, hash: u64, key: Value) {
        let mask = self.mask.get() as usize;
        let (mut i, mut perturb) = (hash as usize & mask, hash);
        loop {
            let last = if i + LINEAR_PROBES <= mask { i + LINEAR_PROBES } else { i };
            for j in i..=last {
                if self.at(j).key.is_unbound() {
                    self.put(j, SetEntry { key, hash });
                    return;
                }
            }
            perturb >>= 5;
            i = (i.wrapping_mul(5).wrapping_add(1).wrapping_add(perturb as usize)) & mask;
        }
    }

    /// Makes a table for more than `min_used` items, as CPython's `set_table_resize`.
    fn resize(&self, heap: &mut Heap, min_used: usize) -> Res<()> {
        let mut slots = MIN_SLOTS;
        while slots <= min_used {
            slots *= 2;
        }
        if slots > u32::MAX as usize / 2 {
            return Err(Exit::NeedGc);
        }
        let table: *mut SetEntry = heap.buf_alloc(slots)?;
        for i in 0..slots {
            // SAFETY: the table is fresh and has `slots` slots.
            unsafe { *table.add(i) = SetEntry { key: Value::UNBOUND, hash: 0 } };
        }
        let (old, old_slots) = (self.table.get(), self.slots());
        self.table.set(table);
        self.mask.set(slots as u32 - 1);
        self.fill.set(self.used.get());
        for i in 0..old_slots {
            // SAFETY: the old table has `old_slots` slots and is freed only below.
            let e = unsafe { *old.add(i) };
            if !e.key.is_unbound() && e.key != DUMMY {
                self.insert_clean(e.hash, e.key);
            }
        }
        heap.buf_free(old, old_slots);
        Ok(())
    }

    /// Adds a key that is known to be absent.
    pub fn insert_new(&self, heap: &mut Heap, hash: u64, key: Value) -> Res<()> {
        // Grow first if this insertion would reach the limit, so that failing has no effect. CPython grows after
        // inserting; the result is the same table, because rebuilding ignores insertion order only through probing.
        let fill = self.fill.get() as usize + 1;
        let (probe_ends_at, removed) = self.free_slot(hash);
        if let Some(j) = removed {
            self.put(j, SetEntry { key, hash });
            self.used.set(self.used.get() + 1);
            return Ok(());
        }
        if fill * 5 >= self.mask.get() as usize * 3 {
            let used = self.used.get() as usize + 1;
            let min_used = if used > 50_000 { used * 2 } else { used * 4 };
            return self.grow_with(heap, min_used, hash, key, probe_ends_at);
        }
        self.put(probe_ends_at, SetEntry { key, hash });
        self.fill.set(fill as u32);
        self.used.set(self.used.get() + 1);
        Ok(())
    }

    fn grow_with(&self, heap: &mut Heap, min_used: usize, hash: u64, key: Value, at: usize) -> Res<()> {
        let before = self.at(at);
        self.put(at, SetEntry { key, hash });
        self.fill.set(self.fill.get() + 1);
        self.used.set(self.used.get() + 1);
        let r = self.resize(heap, min_used);
        if r.is_err() {
            self.put(at, before);
            self.fill.set(self.fill.get() - 1);
            self.used.set(self.used.get() - 1);
        }
        r
    }

    /// The unused slot where a probe for `hash` ends, and the last removed slot on the way, which CPython fills first.
    fn free_slot(&self, hash: u64) -> (usize, Option<usize>) {
        let mask = self.mask.get() as usize;
        let (mut i, mut perturb) = (hash as usize & mask, hash);
        let mut removed = None;
        loop {
            let last = if i + LINEAR_PROBES <= mask { i + LINEAR_PROBES } else { i };
            for j in i..=last {
                let key = self.at(j).key;
                if key.is_unbound() {
                    return (j, removed);
                }
                if key == DUMMY {
                    removed = Some(j);
                }
            }
            perturb >>= 5;
            i = (i.wrapping_mul(5).wrapping_add(1).wrapping_add(perturb as usize)) & mask;
        }
    }

    /// Adds `key`; `Ok(false)` if that needs guest code (nothing was changed).
    pub fn insert(&self, heap: &mut Heap, hash: u64, key: Value) -> Res<bool> {
        match self.find(heap, hash, key) {
            Probe::Found(_) => Ok(true),
            Probe::Missing => self.insert_new(heap, hash, key).map(|()| true),
            Probe::Guest => Ok(false),
        }
    }

    /// Removes the item in slot `i`.
    pub fn remove_slot(&self, i: usize) -> Option<Value> {
        let e = self.slot(i)?;
        self.put(i, SetEntry { key: DUMMY, hash: u64::MAX });
        self.used.set(self.used.get() - 1);
        Some(e.key)
    }

    /// Removes all items.
    pub fn clear(&self, heap: &mut Heap) -> Res<()> {
        self.fill.set(0);
        self.used.set(0);
        for i in 0..self.slots() {
            self.put(i, SetEntry { key: Value::UNBOUND, hash: 0 });
        }
        if self.slots() > MIN_SLOTS { self.resize(heap, 0) } else { Ok(()) }
    }

    /// Makes this set, which is empty, a copy of `other`'s table, as CPython's `set_merge` into an empty set does.
    pub fn copy_from(&self, heap: &mut Heap, other: Gc<Set>) -> Res<()> {
        self.merge(heap, other).map(|_| ())
    }

    /// Adds the items of `other` in the way of CPython's `set_merge`; `Ok(false)` if that needs guest code (what was
    /// added so far stays, so doing it again from the start gives the same set).
    pub fn merge(&self, heap: &mut Heap, other: Gc<Set>) -> Res<bool> {
        if other.is_empty() || core::ptr::eq(self, &*other) {
            return Ok(true);
        }
        self.reserve(heap, other.len())?;
        if self.fill.get() != 0 {
            for i in 0..other.slots() {
                if let Some(e) = other.slot(i)
                    && !self.insert(heap, e.hash, e.key)?
                {
                    return Ok(false);
                }
            }
            return Ok(true);
        }
        if self.mask.get() == other.mask.get() && other.fill.get() == other.used.get() {
            for i in 0..other.slots() {
                self.put(i, other.at(i));
            }
        } else {
            other.iter().for_each(|e| self.insert_clean(e.hash, e.key));
        }
        self.fill.set(other.used.get());
        self.used.set(other.used.get());
        Ok(true)
    }

    /// Makes room for the items of another set or dict before they are added, when CPython does.
    pub fn reserve(&self, heap: &mut Heap, extra: usize) -> Res<()> {
        let (fill, mask) = (self.fill.get() as usize, self.mask.get() as usize);
        if (fill + extra) * 5 >= mask * 3 { self.resize(heap, (self.len() + extra) * 2) } else { Ok(()) }
    }

    /// Rebuilds the table if more than a quarter of its slots are removed items' (after a difference).
    pub fn compact(&self, heap: &mut Heap) -> Res<()> {
        let (fill, used) = (self.fill.get() as usize, self.used.get() as usize);
        if fill - used <= self.mask.get() as usize / 4 {
            return Ok(());
        }
        self.resize(heap, if used > 50_000 { used * 2 } else { used * 4 })
    }

    /// Removes and returns some item: the first at or after the place of the last one removed so.
    pub fn pop(&self) -> Option<Value> {
        if self.is_empty() {
            return None;
        }
        let mask = self.mask.get() as usize;
        let mut i = self.finger.get() as usize & mask;
        while self.slot(i).is_none() {
            i = (i + 1) & mask;
        }
        self.finger.set(i as u32 + 1);
        self.remove_slot(i)
    }

    /// A set of the same kind whose table is the same slot by slot, removed items' included.
    pub fn clone_table(&self, heap: &mut Heap) -> Res<Gc<Set>> {
        let frozen = self.header.kind == super::kind::FrozenSet;
        let out = if frozen { new_frozen(heap)? } else { new(heap)? };
        let slots = self.slots();
        let table: *mut SetEntry = heap.buf_alloc(slots)?;
        for i in 0..slots {
            // SAFETY: the table is fresh and has `slots` slots.
            unsafe { *table.add(i) = self.at(i) };
        }
        heap.buf_free(out.table.get(), out.slots());
        out.table.set(table);
        out.mask.set(self.mask.get());
        out.fill.set(self.fill.get());
        out.used.set(self.used.get());
        out.finger.set(self.finger.get());
        Ok(out)
    }

    /// Exchanges the items of two sets.
    pub fn swap_contents(&self, other: &Set) {
        self.table.swap(&other.table);
        self.mask.swap(&other.mask);
        self.fill.swap(&other.fill);
        self.used.swap(&other.used);
        self.hash.set(0);
        other.hash.set(0);
    }
}
