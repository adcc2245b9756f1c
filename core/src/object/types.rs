//! `type`: classes, built-in and guest-made.
//!
//! Invariants: `version` names the current state of the class and everything it inherits; it is 0 when no cache
//! depends on it, and changes to the class or a base reset it to 0 (so caches that hold the old number miss).
//! `flags` say which operations guest code overrides, so that native paths can be taken without a lookup.

use super::exception::{EXCEPTIONS, exc};
use crate::exit::Res;
use crate::heap::{Gc, Header, Heap};
use crate::value::Value;
use core::cell::Cell;

/// Layout of a class.
#[repr(C)]
#[derive(Debug)]
pub struct Type {
    pub(crate) header: Header,
    /// Name (str), or None: see `Type::static_name`.
    pub name: Cell<Value>,
    /// Qualified name (str), or None as the name.
    pub qualname: Cell<Value>,
    /// Bases (tuple).
    pub bases: Cell<Value>,
    /// Method resolution order (tuple, this class first).
    pub mro: Cell<Value>,
    /// Attributes (dict). A built-in type's holds what was looked up so far; the rest is in its static table.
    pub dict: Cell<Value>,
    /// Direct subclasses (list, or unbound).
    pub subclasses: Cell<Value>,
    /// State number for caches, or 0.
    pub version: Cell<u32>,
    /// See the constants.
    pub flags: Cell<u32>,
    /// Shape of instances without attributes.
    pub root_shape: Cell<u32>,
    /// Shape of instances whose attributes live in a dict, or 0.
    pub dict_shape: Cell<u32>,
    /// Attributes that instances had room for or turned out to need.
    pub inline_hint: Cell<u16>,
    /// Number of the built-in type (or exception), or 0 for a guest's class.
    pub builtin: u16,
    /// Payload kind of instances.
    pub base_kind: u8,
    /// Attributes of the class object itself beyond `dict` are not needed; reserved for metaclass instances.
    pub(crate) ext: Cell<Value>,
}
super::heap_type!(Type => Type);

impl Type {
    /// Guest code overrides `__eq__`.
    pub const GUEST_EQ: u32 = 1;
    /// Guest code overrides `__hash__`.
    pub const GUEST_HASH: u32 = 2;
    /// `__hash__` is None.
    pub const UNHASHABLE: u32 = 4;
    /// Defines `__getattr__`.
    pub const GUEST_GETATTR: u32 = 8;
    /// Overrides `__getattribute__`.
    pub const GUEST_GETATTRIBUTE: u32 = 16;
    /// Overrides `__setattr__`.
    pub const GUEST_SETATTR: u32 = 32;
    /// Overrides `__delattr__`.
    pub const GUEST_DELATTR: u32 = 64;
    /// Defines `__bool__` or `__len__`.
    pub const GUEST_BOOL: u32 = 128;
    /// Overrides `__new__`.
    pub const GUEST_NEW: u32 = 256;
    /// Overrides `__init__`.
    pub const GUEST_INIT: u32 = 512;
    /// Instances have no `__dict__` (`__slots__` all the way).
    pub const NO_DICT: u32 = 1024;
    /// Defines `__get__` (a guest descriptor).
    pub const GUEST_GET: u32 = 2048;
    /// Defines `__set__` or `__delete__` (a data descriptor).
    pub const GUEST_SET: u32 = 4096;
    /// Cannot be subclassed.
    pub const FINAL: u32 = 8192;
    /// A subclass of BaseException.
    pub const EXCEPTION: u32 = 16384;
    /// Made by a guest's class statement.
    pub const HEAP: u32 = 32768;
    /// Overrides `__repr__` in guest code.
    pub const GUEST_REPR: u32 = 65536;
    /// Overrides `__str__` in guest code.
    pub const GUEST_STR: u32 = 1 << 17;
    /// Overrides `__iter__` in guest code.
    pub const GUEST_ITER: u32 = 1 << 18;
    /// Overrides `__getitem__` in guest code.
    pub const GUEST_GETITEM: u32 = 1 << 19;
    /// Overrides `__setitem__` or `__delitem__` in guest code.
    pub const GUEST_SETITEM: u32 = 1 << 20;
    /// Overrides `__len__` in guest code.
    pub const GUEST_LEN: u32 = 1 << 21;
    /// Overrides `__contains__` in guest code.
    pub const GUEST_CONTAINS: u32 = 1 << 22;
    /// Overrides an arithmetic, bit or comparison method in guest code.
    pub const GUEST_OPERATOR: u32 = 1 << 23;
    /// Overrides `__format__` in guest code.
    pub const GUEST_FORMAT: u32 = 1 << 24;
    /// Defines `__missing__`.
    pub const GUEST_MISSING: u32 = 1 << 25;
    /// Is a subclass of `type` (a metaclass).
    pub const METACLASS: u32 = 1 << 26;
    /// Traces rely on it as it is (see `class_changes`).
    pub const WATCHED: u32 = 1 << 29;
    /// Traces relied on it, and it changed.
    pub const CHANGED: u32 = 1 << 30;
    /// Already on the list of `Rt::type_changed`; never set outside of it.
    pub const LISTED: u32 = 1 << 31;

    /// Whether `flag` is set.
    #[cfg_attr(feature = "speed", inline(always))]
    pub fn has_flag(&self, flag: u32) -> bool {
        self.flags.get() & flag != 0
    }
    /// The name as text.
    pub fn name_text(&self) -> &str {
        match self.name.get().get::<super::Str>() {
            // SAFETY-free: the borrow is tied to the cell, which the class keeps alive.
            Some(s) => unsafe_extend(s),
            None => self.static_name(),
        }
    }
    /// The name of a built-in type or exception; its str is made when it is first asked for.
    pub(crate) fn static_name(&self) -> &'static str {
        let number = self.builtin as usize;
        let exception = number.checked_sub(exc::FIRST as usize).and_then(|i| EXCEPTIONS.get(i));
        exception.map(|e| e.0).or(super::KIND_NAMES.get(number).copied()).unwrap_or("?")
    }
    /// The classes of the resolution order.
    pub fn mro_items(&self) -> &[Value] {
        match self.mro.get().get::<super::Tuple>() {
            Some(t) => {
                let items = t.items();
                // SAFETY: the tuple is kept alive by this class for as long as `&self` is.
                unsafe { core::slice::from_raw_parts(items.as_ptr(), items.len()) }
            }
            None => &[],
        }
    }
    /// Whether `other` is in the resolution order.
    #[inline]
    pub fn is_subclass_of(&self, other: Value) -> bool {
        self.mro_items().contains(&other)
    }
    /// The attribute dict.
    #[cfg_attr(feature = "speed", inline(always))]
    pub fn attrs(&self) -> Option<Gc<super::Dict>> {
        self.dict.get().get::<super::Dict>()
    }
}

fn unsafe_extend<'a>(s: Gc<super::Str>) -> &'a str {
    let text = s.lossy();
    // SAFETY: the caller returns the text with a borrow of an object that keeps the string alive.
    unsafe { core::mem::transmute::<&str, &'a str>(text) }
}

/// A new class object with everything else empty; the caller fills it in.
pub fn new(heap: &mut Heap, meta_shape: u32, builtin: u16, base_kind: u8) -> Res<Gc<Type>> {
    heap.new_object(meta_shape, 0, |header| Type {
        header,
        name: Cell::new(Value::NONE),
        qualname: Cell::new(Value::NONE),
        bases: Cell::new(Value::UNBOUND),
        mro: Cell::new(Value::UNBOUND),
        dict: Cell::new(Value::UNBOUND),
        subclasses: Cell::new(Value::UNBOUND),
        version: Cell::new(0),
        flags: Cell::new(0),
        root_shape: Cell::new(builtin as u32),
        dict_shape: Cell::new(0),
        inline_hint: Cell::new(4),
        builtin,
        base_kind,
        ext: Cell::new(Value::UNBOUND),
    })
}
