//! `list`: a growable buffer of values. Growth follows CPython's pattern (an eighth more, plus a few).
//!
//! The items of a list that was made with a few lie behind its fields, in the same cell, until it grows. Most lists that
//! displays and slices make never do, and cost one allocation and nothing when they die.
//!
//! Invariant: a list has a buffer of its own (or none yet) exactly if its cell is marked `EXT`; `aux` of its header is how many items
//! its cell has room for.

use crate::exit::{Exit, Res};
use crate::heap::{Gc, Header, Heap};
use crate::value::Value;
use core::cell::Cell;

/// Layout of `list`.
#[repr(C)]
#[derive(Debug)]
pub struct List {
    pub(crate) header: Header,
    pub(crate) items: Cell<*mut Value>,
    pub(crate) len: Cell<usize>,
    pub(crate) cap: Cell<usize>,
    pub(crate) ext: Cell<Value>,
}
super::heap_type!(List => List);

/// Most items that lie in a list's cell.
const MAX_INLINE: usize = 16;
/// Offset of the items that lie in the cell.
const INLINE: usize = core::mem::size_of::<List>();

/// A new empty list with room for `cap` items, of shape `shape` (the built-in's own, or a subclass's).
#[inline]
pub fn with_shape(heap: &mut Heap, cap: usize, shape: u32) -> Res<Gc<List>> {
    if cap > MAX_INLINE || cap == 0 {
        return with_buffer(heap, cap, shape);
    }
    let p = heap.alloc_cell(INLINE + cap * core::mem::size_of::<Value>(), shape, super::kind::List, 0)?;
    // SAFETY: the cell has room for the fields and the items; the fields are all written before a handle is made.
    unsafe {
        let l = p.as_ptr().cast::<List>();
        core::ptr::addr_of_mut!((*l).items).write(Cell::new(p.as_ptr().add(INLINE).cast()));
        core::ptr::addr_of_mut!((*l).len).write(Cell::new(0));
        core::ptr::addr_of_mut!((*l).cap).write(Cell::new(cap));
        core::ptr::addr_of_mut!((*l).ext).write(Cell::new(Value::UNBOUND));
        (*l).header.aux.set(cap as u16);
        Ok(Gc::from_ptr(l))
    }
}

fn with_buffer(heap: &mut Heap, cap: usize, shape: u32) -> Res<Gc<List>> {
    let items: *mut Value = heap.buf_alloc(cap)?;
    match heap.alloc_cell(core::mem::size_of::<List>(), shape, super::kind::List, Header::EXT) {
        // SAFETY: the cell has room for the fields, which are all written before a handle is made.
        Ok(p) => unsafe {
            let l = p.as_ptr().cast::<List>();
            core::ptr::addr_of_mut!((*l).items).write(Cell::new(items));
            core::ptr::addr_of_mut!((*l).len).write(Cell::new(0));
            core::ptr::addr_of_mut!((*l).cap).write(Cell::new(cap));
            core::ptr::addr_of_mut!((*l).ext).write(Cell::new(Value::UNBOUND));
            Ok(Gc::from_ptr(l))
        },
        Err(e) => {
            heap.buf_free(items, cap);
            Err(e)
        }
    }
}

/// A new empty list with room for `cap` items.
pub fn with_capacity(heap: &mut Heap, cap: usize) -> Res<Gc<List>> {
    with_shape(heap, cap, super::kind::List as u32)
}

/// A new list of `items`.
pub fn new(heap: &mut Heap, items: &[Value]) -> Res<Gc<List>> {
    let l = with_capacity(heap, items.len())?;
    l.extend_reserved(items);
    Ok(l)
}

impl List {
    /// Number of items.
    #[cfg_attr(feature = "speed", inline(always))]
    pub fn len(&self) -> usize {
        self.len.get()
    }
    /// Whether the list is empty.
    #[cfg_attr(feature = "speed", inline(always))]
    pub fn is_empty(&self) -> bool {
        self.len.get() == 0
    }
    /// The items. Not held across a change of this list.
    #[cfg_attr(feature = "speed", inline(always))]
    pub fn items(&self) -> &[Value] {
        if self.len.get() == 0 {
            return &[];
        }
        // SAFETY: the buffer holds `len` initialised values.
        unsafe { core::slice::from_raw_parts(self.items.get(), self.len.get()) }
    }
    /// Item `i`.
    #[cfg_attr(feature = "speed", inline(always))]
    pub fn get(&self, i: usize) -> Option<Value> {
        // SAFETY: `i < len`.
        if i < self.len.get() { Some(unsafe { *self.items.get().add(i) }) } else { None }
    }
    /// Sets item `i`; `false` if there is none.
    #[cfg_attr(feature = "speed", inline(always))]
    pub fn set(&self, i: usize, v: Value) -> bool {
        if i < self.len.get() {
            // SAFETY: `i < len`.
            unsafe { *self.items.get().add(i) = v };
            true
        } else {
            false
        }
    }
    /// Makes room for `extra` more items.
    pub fn reserve(&self, heap: &mut Heap, extra: usize) -> Res<()> {
        let need = self.len.get().checked_add(extra).ok_or(Exit::NeedGc)?;
        if need <= self.cap.get() {
            return Ok(());
        }
        let grown = need.saturating_add(need / 4).saturating_add(if need < 9 { 3 } else { 6 });
        self.resize(heap, grown).or_else(|_| self.resize(heap, need))
    }
    /// Whether the items lie in the cell.
    #[inline(always)]
    fn is_inline(&self) -> bool {
        self.header.flags.get() & Header::EXT == 0
    }
    /// Gives the list a buffer of its own for `cap` items, at least as many as it has.
    fn resize(&self, heap: &mut Heap, cap: usize) -> Res<()> {
        if !self.is_inline() {
            self.items.set(heap.buf_realloc(self.items.get(), self.cap.get(), cap)?);
            self.cap.set(cap);
            return Ok(());
        }
        let items: *mut Value = heap.buf_alloc(cap)?;
        // SAFETY: both have room for `len` items, and the buffer is new.
        unsafe { core::ptr::copy_nonoverlapping(self.items.get(), items, self.len.get()) };
        self.items.set(items);
        self.cap.set(cap);
        heap.mark_ext(&self.header, INLINE + self.header.aux.get() as usize * core::mem::size_of::<Value>());
        Ok(())
    }
    /// Frees the buffer of a list that is dead.
    pub(crate) fn free_buffer(&self, heap: &mut Heap) {
        if !self.is_inline() {
            heap.buf_free(self.items.get(), self.cap.get());
        }
    }
    /// Whether an item can be appended as things are.
    #[cfg(feature = "speed")]
    pub(crate) fn has_room(&self) -> bool {
        self.len.get() < self.cap.get()
    }
    /// Appends an item.
    #[cfg_attr(feature = "speed", inline(always))]
    pub fn push(&self, heap: &mut Heap, v: Value) -> Res<()> {
        if self.len.get() == self.cap.get() {
            self.reserve(heap, 1)?;
        }
        // SAFETY: `len < cap`.
        unsafe { *self.items.get().add(self.len.get()) = v };
        self.len.set(self.len.get() + 1);
        Ok(())
    }
    /// Appends items for which [`List::reserve`] made room; surplus ones are ignored.
    pub fn extend_reserved(&self, items: &[Value]) {
        let n = items.len().min(self.cap.get() - self.len.get());
        if n == 0 {
            return;
        }
        // SAFETY: there is room for `n` items behind `len`, which no borrowed slice covers.
        unsafe { core::ptr::copy(items.as_ptr(), self.items.get().add(self.len.get()), n) };
        self.len.set(self.len.get() + n);
    }
    /// Appends copies of the items of `other`, which may be this list.
    pub fn extend_from(&self, heap: &mut Heap, other: Gc<List>) -> Res<()> {
        let n = other.len();
        self.reserve(heap, n)?;
        // SAFETY: room was made; source and destination do not overlap as the destination lies behind `len`.
        unsafe {
            core::ptr::copy(other.items.get(), self.items.get().add(self.len.get()), n);
        }
        self.len.set(self.len.get() + n);
        Ok(())
    }
    /// Inserts an item before index `at` (clamped).
    pub fn insert(&self, heap: &mut Heap, at: usize, v: Value) -> Res<()> {
        self.reserve(heap, 1)?;
        let len = self.len.get();
        let at = at.min(len);
        // SAFETY: there is room for one more item.
        unsafe {
            let p = self.items.get().add(at);
            core::ptr::copy(p, p.add(1), len - at);
            *p = v;
        }
        self.len.set(len + 1);
        Ok(())
    }
    /// Removes and returns the last item.
    #[cfg_attr(feature = "speed", inline(always))]
    pub fn pop(&self) -> Option<Value> {
        let len = self.len.get();
        if len == 0 {
            return None;
        }
        self.len.set(len - 1);
        // SAFETY: item `len - 1` is initialised.
        Some(unsafe { *self.items.get().add(len - 1) })
    }
    /// Removes and returns item `at`.
    pub fn remove(&self, at: usize) -> Option<Value> {
        let len = self.len.get();
        if at >= len {
            return None;
        }
        // SAFETY: `at < len`.
        unsafe {
            let p = self.items.get().add(at);
            let v = *p;
            core::ptr::copy(p.add(1), p, len - at - 1);
            self.len.set(len - 1);
            Some(v)
        }
    }
    /// Replaces items `from..to` (clamped) by `with`, which must not be a slice of this list.
    pub fn splice(&self, heap: &mut Heap, from: usize, to: usize, with: &[Value]) -> Res<()> {
        let len = self.len.get();
        let (from, to) = (from.min(len), to.min(len).max(from.min(len)));
        let removed = to - from;
        if with.len() > removed {
            self.reserve(heap, with.len() - removed)?;
        }
        // SAFETY: room was made; `with` lies in another buffer.
        unsafe {
            let base = self.items.get();
            if !base.is_null() {
                if with.len() != removed {
                    core::ptr::copy(base.add(to), base.add(from + with.len()), len - to);
                }
                core::ptr::copy_nonoverlapping(with.as_ptr(), base.add(from), with.len());
            }
        }
        self.len.set(len - removed + with.len());
        Ok(())
    }
    /// Shortens the list to `len` items.
    pub fn truncate(&self, len: usize) {
        if len < self.len.get() {
            self.len.set(len);
        }
    }
    /// Removes all items and gives the buffer back.
    pub fn clear(&self, heap: &mut Heap) {
        let (p, cap) = (self.items.get(), self.cap.get());
        self.len.set(0);
        if self.is_inline() {
            return;
        }
        self.cap.set(0);
        self.items.set(core::ptr::null_mut());
        heap.buf_free(p, cap);
    }
    /// Reverses the items in place.
    pub fn reverse(&self) {
        let n = self.len.get();
        for i in 0..n / 2 {
            // SAFETY: both indices are below `len`.
            unsafe { core::ptr::swap(self.items.get().add(i), self.items.get().add(n - 1 - i)) };
        }
    }
    /// Appends `count` items of `other` from `start` on, `step` apart, all of which exist; room was made for them.
    pub fn fill_stepped(&self, other: Gc<List>, start: usize, step: isize, count: usize) {
        let (from, len) = (other.items(), self.len.get());
        let n = count.min(self.cap.get() - len);
        // SAFETY: there is room for `n` items behind `len`.
        let put = |k: usize, v: Value| unsafe { *self.items.get().add(len + k) = v };
        let end = start.wrapping_add(1);
        match from.get(end.wrapping_sub(n)..end) {
            Some(part) if step == -1 => part.iter().rev().enumerate().for_each(|(k, &v)| put(k, v)),
            _ => {
                let at = |k: usize| from.get(start.wrapping_add_signed(step.wrapping_mul(k as isize)));
                (0..n).for_each(|k| put(k, at(k).copied().unwrap_or(Value::NONE)));
            }
        }
        self.len.set(len + n);
    }
    /// Exchanges the items of two lists. On failure nothing changed.
    pub fn swap_contents(&self, heap: &mut Heap, other: &List) -> Res<()> {
        for l in [self, other] {
            if l.is_inline() {
                l.resize(heap, l.cap.get())?;
            }
        }
        self.items.swap(&other.items);
        self.len.swap(&other.len);
        self.cap.swap(&other.cap);
        Ok(())
    }
    /// Removes the `count` items at `start`, `start + step`, …; all of them exist and `step > 0`.
    pub fn remove_stepped(&self, start: usize, step: usize, count: usize) {
        if count == 0 || step == 0 {
            return;
        }
        let (len, mut to, mut removed) = (self.len.get(), start, 0);
        for from in start..len {
            if removed < count && from == start + removed * step {
                removed += 1;
                continue;
            }
            if let Some(v) = self.get(from) {
                self.set(to, v);
            }
            to += 1;
        }
        self.len.set(to.min(len));
    }
}
