//! `tuple`: values inside the cell.

use crate::exit::{Exit, Res};
use crate::heap::{Gc, Header, Heap};
use crate::value::Value;
use core::cell::Cell;

/// Layout of `tuple`; the items follow.
#[repr(C)]
#[derive(Debug)]
pub struct Tuple {
    pub(crate) header: Header,
    pub(crate) len: usize,
    pub(crate) ext: Cell<Value>,
}
super::heap_type!(Tuple => Tuple);

/// A new tuple of shape `shape` (the built-in's own, or a subclass's).
pub fn with_shape(heap: &mut Heap, items: &[Value], shape: u32) -> Res<Gc<Tuple>> {
    let size = items.len().checked_mul(8).and_then(|n| n.checked_add(core::mem::size_of::<Tuple>()));
    let p = heap.alloc_cell(size.ok_or(Exit::NeedGc)?, shape, super::kind::Tuple, 0)?;
    // SAFETY: the cell has room for the fields and the items, which are all written before a handle is made.
    unsafe {
        let t = p.as_ptr().cast::<Tuple>();
        (*t).len = items.len();
        core::ptr::addr_of_mut!((*t).ext).write(Cell::new(Value::UNBOUND));
        core::ptr::copy_nonoverlapping(items.as_ptr(), t.add(1).cast::<Value>(), items.len());
        Ok(Gc::from_ptr(t))
    }
}

/// A new tuple of `items`.
#[inline]
pub fn new(heap: &mut Heap, items: &[Value]) -> Res<Gc<Tuple>> {
    with_shape(heap, items, super::kind::Tuple as u32)
}

impl Tuple {
    /// Number of items.
    #[cfg_attr(feature = "speed", inline(always))]
    pub fn len(&self) -> usize {
        self.len
    }
    /// Whether the tuple is empty.
    pub fn is_empty(&self) -> bool {
        self.len == 0
    }
    /// The items.
    #[cfg_attr(feature = "speed", inline(always))]
    pub fn items(&self) -> &[Value] {
        // SAFETY: `len` items follow the fields.
        unsafe {
            let first = core::ptr::from_ref(self).add(1).cast::<Value>();
            core::slice::from_raw_parts(first, self.len)
        }
    }
    /// Changes item `i` of a tuple that no guest has seen.
    #[cfg(feature = "speed")]
    #[inline]
    pub(crate) fn put(&self, i: usize, v: Value) {
        if i < self.len {
            // SAFETY: `len` items follow the fields; nobody holds a borrow of them, as `items` is read at once.
            unsafe { core::ptr::from_ref(self).add(1).cast::<Value>().cast_mut().add(i).write(v) };
        }
    }
    /// Item `i`.
    #[cfg_attr(feature = "speed", inline(always))]
    pub fn get(&self, i: usize) -> Option<Value> {
        self.items().get(i).copied()
    }
}
