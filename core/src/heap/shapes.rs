//! Shapes: one number that stands for a class and the layout of its instance's attributes.
//!
//! Hidden classes as in Self (Chambers, Ungar and Lee, 1989): adding attribute `k` to an object of shape `s` moves
//! it to the one shape that follows `s` by `k`. Numbers below [`Shapes::FIRST`] are the built-in types' own.
//!
//! Invariants: a shape never changes, so a compare of numbers proves class and slot. Slot `i` lies inside the
//! object if `i < cap`, else in its overflow cell at `i - cap`. A number is never reused.

use super::Heap;
use crate::exit::{Exit, Res};
use crate::room::WithinRoom as _;
use crate::value::Value;
use alloc::vec::Vec;

/// Number of a shape.
pub type ShapeId = u32;
/// "No such attribute" in slot answers.
pub const NO_SLOT: u32 = u32::MAX;

/// One shape.
#[derive(Debug)]
pub struct Shape {
    /// The class; a type object.
    pub class: Value,
    parent: ShapeId,
    /// Name of the last attribute (interned), or unbound for a root.
    key: Value,
    /// Number of attributes.
    pub count: u16,
    /// Attributes that lie inside the object.
    pub cap: u16,
    /// Attributes live in a dict instead (`__dict__` was taken, or an attribute deleted).
    pub dict_mode: bool,
    next: Vec<(Value, ShapeId)>,
}

/// All shapes of a heap.
#[derive(Debug, Default)]
pub struct Shapes {
    all: Vec<Shape>,
}

impl Shapes {
    /// First number that is not a built-in type's own.
    pub const FIRST: u32 = 256;

    pub(super) fn new() -> Shapes {
        Shapes { all: Vec::new() }
    }

    /// A shape by number; `None` only for numbers no object has.
    #[inline(always)]
    pub fn get(&self, id: ShapeId) -> Option<&Shape> {
        self.all.get(id as usize)
    }

    /// The class of objects with this shape.
    #[inline(always)]
    pub fn class(&self, id: ShapeId) -> Value {
        match self.all.get(id as usize) {
            Some(s) => s.class,
            None => Value::UNBOUND,
        }
    }

    /// Slot of attribute `key` (interned), or [`NO_SLOT`].
    pub fn slot(&self, id: ShapeId, key: Value) -> u32 {
        let mut at = id;
        while let Some(s) = self.get(at) {
            if s.count == 0 {
                break;
            }
            if s.key == key {
                return s.count as u32 - 1;
            }
            at = s.parent;
        }
        NO_SLOT
    }

    /// Name of the attribute in slot `slot`.
    pub fn key(&self, id: ShapeId, slot: u32) -> Option<Value> {
        let mut at = id;
        while let Some(s) = self.get(at) {
            if s.count == 0 {
                return None;
            }
            if s.count as u32 - 1 == slot {
                return Some(s.key);
            }
            at = s.parent;
        }
        None
    }

    /// The shape that follows `id` by `key`, if it exists already.
    pub fn child(&self, id: ShapeId, key: Value) -> Option<ShapeId> {
        let s = self.get(id)?;
        s.next.iter().find(|(k, _)| *k == key).map(|&(_, c)| c)
    }

    /// Every name and class held: names are kept alive by their shapes.
    pub fn keys(&self) -> impl Iterator<Item = Value> + '_ {
        self.all.iter().map(|s| s.key)
    }
}

impl Heap {
    /// Sets the class of built-in shape `id` at start-up.
    pub fn set_builtin_shape(&mut self, id: ShapeId, class: Value) -> Res<()> {
        if self.shapes.all.is_empty() {
            self.shapes.all.try_reserve_exact(Shapes::FIRST as usize).map_err(|_| Exit::NeedGc)?;
        }
        while self.shapes.all.len() < Shapes::FIRST as usize {
            self.push_shape(Value::UNBOUND, 0, Value::UNBOUND, 0, 0, false)?;
        }
        if let Some(s) = self.shapes.all.get_mut(id as usize) {
            s.class = class;
        }
        Ok(())
    }

    /// A new root shape for `class` with room for `cap` attributes inside the object.
    pub fn new_root_shape(&mut self, class: Value, cap: u16, dict_mode: bool) -> Res<ShapeId> {
        self.push_shape(class, 0, Value::UNBOUND, 0, cap, dict_mode)
    }

    /// The shape that follows `id` by `key` (interned), made if need be.
    pub fn shape_with(&mut self, id: ShapeId, key: Value) -> Res<ShapeId> {
        if let Some(c) = self.shapes.child(id, key) {
            return Ok(c);
        }
        let Some(s) = self.shapes.all.get_mut(id as usize) else { return Err(Exit::NeedGc) };
        s.next.try_reserve(1).map_err(|_| Exit::NeedGc)?;
        let (class, count, cap) = (s.class, s.count, s.cap);
        let child = self.push_shape(class, id, key, count + 1, cap, false)?;
        if let Some(s) = self.shapes.all.get_mut(id as usize) {
            s.next.push_within((key, child));
        }
        Ok(child)
    }

    fn push_shape(
        &mut self,
        class: Value,
        parent: ShapeId,
        key: Value,
        count: u16,
        cap: u16,
        dict_mode: bool,
    ) -> Res<ShapeId> {
        self.shapes.all.try_reserve(1).map_err(|_| Exit::NeedGc)?;
        self.charge(core::mem::size_of::<Shape>() + 16)?;
        self.shapes.all.push_within(Shape { class, parent, key, count, cap, dict_mode, next: Vec::new() });
        Ok(self.shapes.all.len() as u32 - 1)
    }
}
