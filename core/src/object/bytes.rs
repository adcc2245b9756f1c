//! `bytes`: bytes inside the cell.

use crate::exit::{Exit, Res};
use crate::heap::{Gc, Header, Heap};
use crate::value::Value;
use core::cell::Cell;

/// Layout of `bytes`; the bytes follow.
#[repr(C)]
#[derive(Debug)]
pub struct Bytes {
    pub(crate) header: Header,
    len: usize,
    pub(crate) hash: Cell<u64>,
    pub(crate) ext: Cell<Value>,
}
super::heap_type!(Bytes => Bytes);

/// A new bytes object of `n` zero bytes that `fill` then writes.
pub fn build(heap: &mut Heap, n: usize, fill: impl FnOnce(&mut [u8])) -> Res<Gc<Bytes>> {
    build_shaped(heap, n, super::kind::Bytes as u32, fill)
}

/// A new bytes object of shape `shape` (a subclass's) with these contents.
pub fn with_shape(heap: &mut Heap, bytes: &[u8], shape: u32) -> Res<Gc<Bytes>> {
    build_shaped(heap, bytes.len(), shape, |out| out.copy_from_slice(bytes))
}

fn build_shaped(heap: &mut Heap, n: usize, shape: u32, fill: impl FnOnce(&mut [u8])) -> Res<Gc<Bytes>> {
    let size = core::mem::size_of::<Bytes>().checked_add(n).ok_or(Exit::NeedGc)?;
    let p = heap.alloc_cell(size, shape, super::kind::Bytes, 0)?;
    // SAFETY: the cell has room for the fields and `n` bytes; all are written before a handle is made.
    unsafe {
        let b = p.as_ptr().cast::<Bytes>();
        (*b).len = n;
        core::ptr::addr_of_mut!((*b).hash).write(Cell::new(0));
        core::ptr::addr_of_mut!((*b).ext).write(Cell::new(Value::UNBOUND));
        let data = b.add(1).cast::<u8>();
        core::ptr::write_bytes(data, 0, n);
        fill(core::slice::from_raw_parts_mut(data, n));
        Ok(Gc::from_ptr(b))
    }
}

/// A new bytes object.
pub fn new(heap: &mut Heap, bytes: &[u8]) -> Res<Gc<Bytes>> {
    build(heap, bytes.len(), |out| out.copy_from_slice(bytes))
}

impl Bytes {
    /// The bytes.
    #[inline]
    pub fn bytes(&self) -> &[u8] {
        // SAFETY: `len` bytes follow the fields.
        unsafe {
            let first = core::ptr::from_ref(self).add(1).cast::<u8>();
            core::slice::from_raw_parts(first, self.len)
        }
    }
    /// Number of bytes.
    pub fn len(&self) -> usize {
        self.len
    }
    /// Whether there are none.
    pub fn is_empty(&self) -> bool {
        self.len == 0
    }
}
