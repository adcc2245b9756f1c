//! Iterators over built-in containers: the container and a position.
//!
//! One layout serves all kinds from `ListIter` to `GetItemIter`; which container it is, the kind says.

use crate::exit::Res;
use crate::heap::{Gc, Header, Heap};
use crate::value::Value;
use core::cell::Cell;

/// Layout of the container iterators.
#[repr(C)]
#[derive(Debug)]
pub struct SeqIter {
    pub(crate) header: Header,
    /// The container, or unbound when exhausted.
    pub source: Cell<Value>,
    /// Next position: index, entry number, byte offset …
    pub index: Cell<usize>,
    /// Guard: the container's length when iteration began, or remaining items.
    pub guard: Cell<usize>,
    /// Items of a dict or set that are still to come, if nobody changes it.
    pub left: Cell<usize>,
}

impl SeqIter {
    /// Marks the iterator as exhausted.
    pub fn finish(&self) {
        self.source.set(Value::UNBOUND);
    }
}

/// A new iterator of `kind`.
pub fn new(heap: &mut Heap, kind: u8, source: Value, index: usize, guard: usize) -> Res<Gc<SeqIter>> {
    let p = heap.alloc_cell(core::mem::size_of::<SeqIter>(), kind as u32, kind, 0)?;
    // SAFETY: the cell has room for the fields, which are all written before a handle is made.
    unsafe {
        let i = p.as_ptr().cast::<SeqIter>();
        core::ptr::addr_of_mut!((*i).source).write(Cell::new(source));
        core::ptr::addr_of_mut!((*i).index).write(Cell::new(index));
        core::ptr::addr_of_mut!((*i).guard).write(Cell::new(guard));
        core::ptr::addr_of_mut!((*i).left).write(Cell::new(guard));
        Ok(Gc::from_ptr(i))
    }
}

/// A new iterator over nothing: a container iterator, or `enumerate`, `zip` and their like. What it goes through is written later.
pub fn new_empty(heap: &mut Heap, kind: u8) -> Res<Value> {
    if is_seq_iter(kind) {
        return Ok(new(heap, kind, Value::UNBOUND, 0, 0)?.value());
    }
    super::misc::new_wrapper(heap, kind, kind as u32, [Value::UNBOUND, Value::ZERO, Value::ZERO, Value::ZERO])
}

/// Displacement of an iterator's first word.
pub const FIRST_WORD: usize = core::mem::offset_of!(SeqIter, source);
/// Words of an iterator.
pub const WORDS: u16 = 4;
const _: () = assert!(FIRST_WORD == core::mem::offset_of!(super::misc::Wrapper, a));

/// Whether the word of an iterator's at displacement `d` is an index, not a value.
pub fn is_index(shape: u32, d: usize) -> bool {
    u8::try_from(shape).is_ok_and(is_seq_iter) && d != FIRST_WORD
}

/// Whether cells of `kind` are container iterators.
#[cfg_attr(feature = "speed", inline(always))]
pub const fn is_seq_iter(kind: u8) -> bool {
    kind >= super::kind::ListIter && kind <= super::kind::GetItemIter
}

/// Whether cells of `kind` are container iterators whose step calls nothing of the guest's.
#[cfg_attr(feature = "speed", inline(always))]
pub const fn is_native_iter(kind: u8) -> bool {
    is_seq_iter(kind) && kind != super::kind::GetItemIter && kind != super::kind::CallableIter
}

/// The container iterator `v` is.
#[inline]
pub fn get(v: Value) -> Option<Gc<SeqIter>> {
    match v.header() {
        // SAFETY: all these kinds have a `SeqIter`'s layout.
        Some(h) if is_seq_iter(h.kind) => Some(unsafe { Gc::from_ptr(v.addr() as *mut SeqIter) }),
        _ => None,
    }
}
