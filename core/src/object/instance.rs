//! Plain instances: attributes in slots that the shape describes.
//!
//! Invariant: slots below the shape's `cap` lie in the cell; further ones in the `Slots` cell that `ext` refers to;
//! in dict mode `ext` is the attribute dict.

use crate::exit::{Exit, Res};
use crate::heap::{Gc, Header, Heap};
use crate::value::Value;
use core::cell::Cell;

/// Layout of an instance; inline slots follow.
#[repr(C)]
#[derive(Debug)]
pub struct Instance {
    pub(crate) header: Header,
    /// Overflow slots, attribute dict, or unbound.
    pub(crate) ext: Cell<Value>,
}
super::heap_type!(Instance => Object);

/// Overflow slots.
#[repr(C)]
#[derive(Debug)]
pub struct Slots {
    pub(crate) header: Header,
    cap: usize,
}
super::heap_type!(Slots => Slots);

/// Byte offset of inline slot 0.
pub const INLINE_OFFSET: usize = core::mem::size_of::<Instance>();

const _: () = assert!(INLINE_OFFSET == 16);

impl Instance {
    /// Inline slot `i`.
    ///
    /// # Safety
    /// `i` is below the shape's inline capacity.
    #[cfg_attr(feature = "speed", inline(always))]
    pub(crate) unsafe fn inline(&self, i: usize) -> &Cell<Value> {
        // SAFETY: `cap` slots follow the fields; the caller bounds `i`.
        unsafe { &*core::ptr::from_ref(self).add(1).cast::<Cell<Value>>().add(i) }
    }
}

impl Slots {
    /// Offset of their number.
    #[cfg(feature = "speed")]
    pub(crate) const CAP: usize = core::mem::offset_of!(Slots, cap);

    /// The slots.
    #[inline]
    pub fn slots(&self) -> &[Cell<Value>] {
        // SAFETY: `cap` slots follow the fields.
        unsafe {
            let first = core::ptr::from_ref(self).add(1).cast::<Cell<Value>>();
            core::slice::from_raw_parts(first, self.cap)
        }
    }
}

/// A new instance of `shape`, whose inline capacity is `cap`; all slots are unbound.
#[inline]
pub fn new(heap: &mut Heap, shape: u32, cap: u16) -> Res<Gc<Instance>> {
    let size = INLINE_OFFSET + cap as usize * 8;
    let p = heap.alloc_cell(size, shape, super::kind::Object, 0)?;
    // SAFETY: the cell has room for the fields and `cap` slots; all are written before a handle is made.
    unsafe {
        let o = p.as_ptr().cast::<Instance>();
        (*o).header.aux.set(cap);
        let words = core::ptr::addr_of_mut!((*o).ext).cast::<Value>();
        for i in 0..=cap as usize {
            words.add(i).write(Value::UNBOUND);
        }
        Ok(Gc::from_ptr(o))
    }
}

fn new_slots(heap: &mut Heap, cap: usize) -> Res<Gc<Slots>> {
    let size = core::mem::size_of::<Slots>() + cap * 8;
    let p = heap.alloc_cell(size, super::kind::Slots as u32, super::kind::Slots, 0)?;
    // SAFETY: the cell has room for the fields and `cap` slots; all are written before a handle is made.
    unsafe {
        let s = p.as_ptr().cast::<Slots>();
        (*s).cap = cap;
        for i in 0..cap {
            s.add(1).cast::<Value>().add(i).write(Value::UNBOUND);
        }
        Ok(Gc::from_ptr(s))
    }
}

/// Where any object keeps its overflow slots or attribute dict; `None` for kinds that never have attributes.
#[inline]
pub fn ext(v: Value) -> Option<&'static Cell<Value>> {
    use super::kind as k;
    let h = v.header()?;
    macro_rules! field {
        ($t:ty) => {
            // SAFETY: the kind says which layout the cell has; `'static` as in `Value::header`.
            Some(unsafe { &(*(v.addr() as *const $t)).ext })
        };
    }
    match h.kind {
        k::Object => field!(Instance),
        k::Type => field!(super::Type),
        k::Int => field!(super::BigInt),
        k::Float => field!(super::FloatBox),
        k::Str => field!(super::Str),
        k::Bytes => field!(super::Bytes),
        k::Tuple => field!(super::Tuple),
        k::List => field!(super::List),
        k::Dict => field!(super::Dict),
        k::Set | k::FrozenSet => field!(super::Set),
        k::Function => field!(super::Function),
        k::Exception => field!(super::Exception),
        k::Module => field!(super::Module),
        k::Property | k::StaticMethod | k::ClassMethod | k::Super | k::SimpleNamespace => {
            field!(super::Wrapper)
        }
        _ => None,
    }
}

/// The attribute in `slot` of `v`, whose shape has inline capacity `cap`.
#[inline]
pub fn load(v: Value, slot: usize, cap: u16) -> Value {
    if slot < cap as usize {
        if let Some(o) = v.get::<Instance>() {
            // SAFETY: `slot < cap`, and the shape's capacity is the cell's.
            return unsafe { o.inline(slot) }.get();
        }
        return Value::UNBOUND;
    }
    match ext(v).and_then(|e| e.get().get::<Slots>()) {
        Some(s) => s.slots().get(slot - cap as usize).map_or(Value::UNBOUND, Cell::get),
        None => Value::UNBOUND,
    }
}

/// Stores into `slot` of `v`, whose shape has inline capacity `cap`; makes or grows the overflow cell first.
pub fn store(heap: &mut Heap, v: Value, slot: usize, cap: u16, x: Value) -> Res<()> {
    if slot < cap as usize {
        if let Some(o) = v.get::<Instance>() {
            // SAFETY: as in `load`.
            unsafe { o.inline(slot) }.set(x);
        }
        return Ok(());
    }
    let Some(e) = ext(v) else { return Err(Exit::NeedGc) };
    let i = slot - cap as usize;
    let old = e.get().get::<Slots>();
    if let Some(c) = old.and_then(|s| ext_slot(s, i)) {
        c.set(x);
        return Ok(());
    }
    let grown = new_slots(heap, (i + 1).max(4).next_power_of_two())?;
    if let Some(s) = old {
        for (to, from) in grown.slots().iter().zip(s.slots()) {
            to.set(from.get());
        }
    }
    if let Some(c) = ext_slot(grown, i) {
        c.set(x);
    }
    e.set(grown.value());
    Ok(())
}

/// Whether instance `v` has a cell for overflow slot `n`.
pub fn has_overflow(v: Value, n: usize) -> bool {
    ext(v).and_then(|e| e.get().get::<Slots>()).is_some_and(|s| n < s.cap)
}

fn ext_slot(s: Gc<Slots>, i: usize) -> Option<&'static Cell<Value>> {
    let c = s.slots().get(i)?;
    // SAFETY: `'static` as in `Value::header`: the reference does not leave the caller.
    Some(unsafe { &*core::ptr::from_ref(c) })
}
