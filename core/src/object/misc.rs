//! Small layouts: modules, ranges, slices, and wrappers of a few values.

use crate::exit::Res;
use crate::heap::{Gc, Header, Heap};
use crate::value::Value;
use core::cell::Cell;

/// Layout of `module`.
#[repr(C)]
#[derive(Debug)]
pub struct Module {
    pub(crate) header: Header,
    /// Globals (a dict).
    pub dict: Value,
    pub(crate) ext: Cell<Value>,
}

/// A new module around its globals.
pub fn new_module(heap: &mut Heap, dict: Value) -> Res<Gc<Module>> {
    heap.new_object(super::kind::Module as u32, 0, |header| Module {
        header,
        dict,
        ext: Cell::new(Value::UNBOUND),
    })
}

/// Layout of `range`. Bounds are ints of any size; `len` is theirs.
#[repr(C)]
#[derive(Debug)]
pub struct Range {
    pub(crate) header: Header,
    /// First item.
    pub start: Value,
    /// Bound.
    pub stop: Value,
    /// Difference of neighbours.
    pub step: Value,
    /// Number of items (an int, possibly big).
    pub len: Value,
}

impl Range {
    /// Whether both have the same items.
    pub fn same_items(&self, other: &Range) -> bool {
        let same = |a: Value, b: Value| match (super::int::get(a), super::int::get(b)) {
            (Some(x), Some(y)) => super::int::compare(x, y).is_eq(),
            _ => false,
        };
        if !same(self.len, other.len) {
            return false;
        }
        if self.len == Value::ZERO {
            return true;
        }
        same(self.start, other.start) && (self.len == Value::int(1) || same(self.step, other.step))
    }
    /// The tuple whose hash is the range's.
    pub fn hash_key(&self) -> [Value; 3] {
        if self.len == Value::ZERO {
            [self.len, Value::NONE, Value::NONE]
        } else if self.len == Value::int(1) {
            [self.len, self.start, Value::NONE]
        } else {
            [self.len, self.start, self.step]
        }
    }
    /// Start, step and length if all are immediate ints (and so is every item).
    #[cfg_attr(feature = "speed", inline(always))]
    pub fn small(&self) -> Option<(i64, i64, i64)> {
        if self.header.aux.get() != 0 {
            Some((self.start.int_unchecked(), self.step.int_unchecked(), self.len.int_unchecked()))
        } else {
            None
        }
    }
    /// Start and stop if all are immediate ints and the step is 1.
    #[cfg_attr(feature = "speed", inline(always))]
    pub fn counts(&self) -> Option<(Value, Value)> {
        (self.header.aux.get() != 0 && self.step == Value::int(1)).then_some((self.start, self.stop))
    }
}

/// A new range whose length the caller computed.
pub fn new_range(heap: &mut Heap, start: Value, stop: Value, step: Value, len: Value) -> Res<Gc<Range>> {
    let r =
        heap.new_object(super::kind::Range as u32, 0, |header| Range { header, start, stop, step, len })?;
    let small = [start, stop, step, len].iter().all(|v| v.is_int());
    r.header.aux.set(small as u16);
    Ok(r)
}

/// Layout of `slice`.
#[repr(C)]
#[derive(Debug)]
pub struct Slice {
    pub(crate) header: Header,
    /// Lower bound, or None.
    pub start: Value,
    /// Upper bound, or None.
    pub stop: Value,
    /// Step, or None.
    pub step: Value,
}

/// A new slice.
pub fn new_slice(heap: &mut Heap, start: Value, stop: Value, step: Value) -> Res<Gc<Slice>> {
    heap.new_object(super::kind::Slice as u32, 0, |header| Slice { header, start, stop, step })
}

/// Layout of `property`: getter, setter, deleter, doc; and of other small objects of up to four values:
///
/// | kind | a | b | c | d |
/// |---|---|---|---|---|
/// | property | getter | setter | deleter | doc |
/// | staticmethod, classmethod | callable | | | |
/// | super | class | object | object's class | |
/// | member_descriptor | name | class | | |
/// | getset_descriptor | name | class | definition index | |
/// | mappingproxy, dict views | dict | | | |
/// | enumerate, reversed (native) | iteration state | position | guard | count |
/// | SimpleNamespace, host object | | | | |
#[repr(C)]
#[derive(Debug)]
pub struct Wrapper {
    pub(crate) header: Header,
    /// First value.
    pub a: Cell<Value>,
    /// Second value.
    pub b: Cell<Value>,
    /// Third value.
    pub c: Cell<Value>,
    /// Fourth value.
    pub d: Cell<Value>,
    pub(crate) ext: Cell<Value>,
}

/// Another name for a [`Wrapper`] used as a property.
pub type Property = Wrapper;
/// Another name for a [`Wrapper`] of two values.
pub type Pair = Wrapper;

super::heap_type!(Module => Module, Range => Range, Slice => Slice);

/// Whether cells of `kind` have a `Wrapper`'s layout.
#[inline]
pub const fn is_wrapper(kind: u8) -> bool {
    use super::kind as k;
    matches!(
        kind,
        k::Property
            | k::StaticMethod
            | k::ClassMethod
            | k::Super
            | k::Member
            | k::GetSet
            | k::MappingProxy
            | k::DictKeys
            | k::DictValues
            | k::DictItems
            | k::Enumerate
            | k::Zip
            | k::Reversed
            | k::CallableIter
            | k::SimpleNamespace
            | k::Host
            | k::GenericAlias
            | k::Union
    )
}

/// A new wrapper of `kind` and `shape` (the kind's own, or a subclass's).
pub fn new_wrapper(heap: &mut Heap, kind: u8, shape: u32, fields: [Value; 4]) -> Res<Value> {
    debug_assert!(is_wrapper(kind));
    let p = heap.alloc_cell(core::mem::size_of::<Wrapper>(), shape, kind, 0)?;
    // SAFETY: the cell has room for the fields, which are all written before a handle is made.
    unsafe {
        let w = p.as_ptr().cast::<Wrapper>();
        core::ptr::addr_of_mut!((*w).a).write(Cell::new(fields[0]));
        core::ptr::addr_of_mut!((*w).b).write(Cell::new(fields[1]));
        core::ptr::addr_of_mut!((*w).c).write(Cell::new(fields[2]));
        core::ptr::addr_of_mut!((*w).d).write(Cell::new(fields[3]));
        core::ptr::addr_of_mut!((*w).ext).write(Cell::new(Value::UNBOUND));
        Ok(Gc::from_ptr(w).value())
    }
}

/// The wrapper of `kind` that `v` is.
#[inline]
pub fn wrapper(v: Value, kind: u8) -> Option<Gc<Wrapper>> {
    match v.header() {
        Some(h) if h.kind == kind && is_wrapper(kind) => {
            // SAFETY: kinds for which `is_wrapper` holds have this layout, and only those are asked for.
            Some(unsafe { Gc::from_ptr(v.addr() as *mut Wrapper) })
        }
        _ => None,
    }
}
