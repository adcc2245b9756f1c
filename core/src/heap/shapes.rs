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
#[derive(Debug)]
pub struct Shapes {
    /// Class of each shape, the built-in types' own included.
    classes: Vec<Value>,
    /// Shapes from [`Shapes::FIRST`] on.
    made: Vec<Shape>,
    /// What all built-in types' own shapes are: without attributes.
    plain: Shape,
}

impl Shapes {
    /// First number that is not a built-in type's own.
    pub const FIRST: u32 = 256;

    pub(super) fn new() -> Shapes {
        let plain =
            Shape { parent: 0, key: Value::UNBOUND, count: 0, cap: 0, dict_mode: false, next: Vec::new() };
        Shapes { classes: Vec::new(), made: Vec::new(), plain }
    }

    fn get_mut(&mut self, id: ShapeId) -> Option<&mut Shape> {
        self.made.get_mut(id.checked_sub(Shapes::FIRST)? as usize)
    }

    /// A shape by number; `None` only for numbers no object has.
    #[cfg_attr(feature = "speed", inline(always))]
    pub fn get(&self, id: ShapeId) -> Option<&Shape> {
        match id.checked_sub(Shapes::FIRST) {
            Some(i) => self.made.get(i as usize),
            None => Some(&self.plain),
        }
    }

    /// The class of objects with this shape.
    #[cfg_attr(feature = "speed", inline(always))]
    pub fn class(&self, id: ShapeId) -> Value {
        match self.classes.get(id as usize) {
            Some(&c) => c,
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
        self.made.iter().map(|s| s.key)
    }
}

impl Heap {
    /// Sets the class of built-in shape `id` at start-up.
    pub fn set_builtin_shape(&mut self, id: ShapeId, class: Value) -> Res<()> {
        let classes = &mut self.shapes.classes;
        if classes.is_empty() {
            let count = Shapes::FIRST as usize;
            classes.try_reserve_exact(count).map_err(|_| Exit::NeedGc)?;
            classes.fill_within(core::iter::repeat_n(Value::UNBOUND, count));
            self.charge(count * core::mem::size_of::<Value>())?;
        }
        if let Some(c) = self.shapes.classes.get_mut(id as usize) {
            *c = class;
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
        let class = self.shapes.class(id);
        let Some(s) = self.shapes.get_mut(id) else { return Err(Exit::NeedGc) };
        s.next.try_reserve(1).map_err(|_| Exit::NeedGc)?;
        let (count, cap) = (s.count, s.cap);
        let child = self.push_shape(class, id, key, count + 1, cap, false)?;
        if let Some(s) = self.shapes.get_mut(id) {
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
        self.shapes.made.try_reserve(1).map_err(|_| Exit::NeedGc)?;
        self.shapes.classes.try_reserve(1).map_err(|_| Exit::NeedGc)?;
        self.charge(core::mem::size_of::<Shape>() + 24)?;
        self.shapes.made.push_within(Shape { parent, key, count, cap, dict_mode, next: Vec::new() });
        self.shapes.classes.push_within(class);
        Ok(self.shapes.classes.len() as u32 - 1)
    }
}
