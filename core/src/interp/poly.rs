//! The polymorphic cache: (shape, name) → slot or method, for attribute sites that see several shapes.
//!
//! Direct-mapped and shared by all sites of an isolate, so a site can be as polymorphic as it likes.
//!
//! Invariants: a slot entry holds for its shape for good (shapes never change, and a class that gains a data
//! descriptor clears the cache); a method entry holds while its class has the version noted. Cleared at each
//! collection, as it keeps nothing alive.

use super::Rt;
use crate::exit::Res;
use crate::heap::{NO_SLOT, Shapes};
use crate::object::{Instance, Type, kind, misc};
use crate::room;
use crate::value::Value;
use alloc::boxed::Box;

/// What an entry tells.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(crate) enum PolyKind {
    /// An attribute inside the object.
    Slot,
    /// An attribute in the overflow cell; `version` is the shape's inline capacity.
    Overflow,
    /// A method of the class.
    Method,
    /// Another attribute of the class that is read as it is.
    ClassValue,
}

/// One entry.
#[derive(Clone, Copy, Debug)]
pub(crate) struct PolyEntry {
    pub shape: u32,
    /// What was found.
    pub what: PolyKind,
    /// A slot may be stored to as well.
    pub stores: bool,
    /// Slot of an attribute.
    pub slot: u32,
    pub name: Value,
    pub value: Value,
    pub class: Value,
    pub version: u32,
}

const EMPTY: PolyEntry = PolyEntry {
    shape: u32::MAX - 1,
    what: PolyKind::Slot,
    stores: false,
    slot: NO_SLOT,
    name: Value::UNBOUND,
    value: Value::UNBOUND,
    class: Value::UNBOUND,
    version: 0,
};

/// See the module.
#[derive(Debug)]
pub(crate) struct PolyCache(Box<[PolyEntry]>);

impl PolyCache {
    /// An empty cache of at least `slots` entries, a power of two.
    pub fn new(slots: usize) -> Res<PolyCache> {
        Ok(PolyCache(room::filled(slots.max(1).next_power_of_two(), EMPTY)?))
    }
    #[cfg_attr(feature = "speed", inline(always))]
    pub fn entry(&mut self, shape: u32, name: Value) -> &mut PolyEntry {
        let at = (shape as usize ^ (name.bits() >> 4) as usize) & (self.0.len() - 1);
        &mut self.0[at]
    }
    pub fn clear(&mut self) {
        self.0.fill(EMPTY);
    }
}

impl Rt {
    /// Looks an attribute of a plain instance up and remembers what it found: a slot (whose value is the answer) or a
    /// method.
    #[inline(never)]
    pub(crate) fn poly_fill(&mut self, obj: Value, name: Value) -> Option<Value> {
        let id = obj.shape();
        obj.get::<Instance>()?;
        let t = self.type_of(obj);
        let (cap, dict_mode) = self.heap.shapes.get(id).map(|s| (s.cap as u32, s.dict_mode))?;
        if id < Shapes::FIRST || dict_mode || t.has_flag(Type::GUEST_GETATTRIBUTE) {
            return None;
        }
        let found = self.type_attr(t.value(), name).ok()?;
        let slot = self.heap.shapes.slot(id, name);
        if slot != NO_SLOT {
            let hidden =
                found.is_some_and(|d| self.is_data_descriptor(d) && misc::wrapper(d, kind::Member).is_none());
            if hidden {
                return None;
            }
            let what = if slot < cap { PolyKind::Slot } else { PolyKind::Overflow };
            let stores = !t.has_flag(Type::GUEST_SETATTR);
            *self.poly.entry(id, name) =
                PolyEntry { shape: id, what, stores, slot, name, version: cap, ..EMPTY };
            return self.instance_attr(obj, name);
        }
        let d = found?;
        let version = self.type_version(t);
        let e = PolyEntry {
            shape: id,
            slot,
            name,
            value: d,
            class: t.value(),
            version,
            what: PolyKind::Method,
            ..EMPTY
        };
        if super::attr::is_method(d) {
            *self.poly.entry(id, name) = e;
            return None;
        }
        if !self.reads_as_it_is(d) || self.varies(name, d) || t.has_flag(Type::GUEST_GETATTR) {
            return None;
        }
        *self.poly.entry(id, name) = PolyEntry { what: PolyKind::ClassValue, ..e };
        Some(d)
    }

    /// Whether reading class attribute `d` through an instance gives `d`.
    pub(crate) fn reads_as_it_is(&self, d: Value) -> bool {
        match d.header().map(|h| h.kind) {
            Some(
                kind::Function
                | kind::MethodDescriptor
                | kind::WrapperDescriptor
                | kind::ClassMethodDescriptor
                | kind::StaticMethod
                | kind::ClassMethod
                | kind::Property
                | kind::Member
                | kind::GetSet,
            ) => false,
            Some(_) => !self.type_of(d).has_flag(Type::GUEST_GET),
            None => true,
        }
    }
}
