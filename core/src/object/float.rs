//! `float`: immediate where it fits the value word, boxed otherwise.

use crate::exit::Res;
use crate::heap::{Gc, Header, Heap};
use crate::value::Value;
use core::cell::Cell;

/// Layout of a boxed float (huge, infinite, nan, or an instance of a subclass).
#[repr(C)]
#[derive(Debug)]
pub struct FloatBox {
    pub(crate) header: Header,
    pub(crate) value: f64,
    pub(crate) ext: Cell<Value>,
}
super::heap_type!(FloatBox => Float);

/// The value of a float.
#[cfg_attr(feature = "speed", inline(always))]
pub fn new(heap: &mut Heap, x: f64) -> Res<Value> {
    match Value::try_float(x) {
        Some(v) => Ok(v),
        None => Ok(boxed(heap, x, super::kind::Float as u32)?.value()),
    }
}

/// A boxed float of shape `shape`.
#[cold]
pub fn boxed(heap: &mut Heap, x: f64, shape: u32) -> Res<Gc<FloatBox>> {
    let p = heap.alloc_cell(core::mem::size_of::<FloatBox>(), shape, super::kind::Float, 0)?;
    // SAFETY: the cell has room for the fields, which are all written before a handle is made.
    unsafe {
        let f = p.as_ptr().cast::<FloatBox>();
        (*f).value = x;
        core::ptr::addr_of_mut!((*f).ext).write(Cell::new(Value::UNBOUND));
        Ok(Gc::from_ptr(f))
    }
}

/// The float `v` is, if it is one (immediate, boxed, or of a subclass).
#[cfg_attr(feature = "speed", inline(always))]
pub fn get(v: Value) -> Option<f64> {
    if v.is_float() { Some(v.float_unchecked()) } else { v.get::<FloatBox>().map(|f| f.value) }
}

/// `hash(x)` as unsigned; `None` for nan, whose hash is its identity's.
pub fn hash(x: f64) -> Option<u64> {
    crate::num::float::hash(x).map(|h| h as u64)
}
