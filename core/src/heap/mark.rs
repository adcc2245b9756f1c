//! Marking: an explicit stack of reached cells, so that deep structures cost no host stack.
//!
//! Invariant: if the mark stack cannot grow, marking goes on without it: the overflow flag makes [`Marker::drain`]
//! scan the heap for marked cells again until nothing new is reached. A collection therefore never fails.

use super::{Header, Heap};
use crate::room::WithinRoom as _;
use crate::value::Value;
use alloc::vec::Vec;
use core::ptr::NonNull;

/// Cells waiting to be traced at once; beyond, the overflow scan finds them. Bounds the memory of a collection.
const MAX_STACK: usize = 1 << 16;

/// Something that can report the values it holds.
pub trait Trace {
    /// Reports every value held.
    fn trace(&self, m: &mut Marker);
}

/// The state of a marking phase.
#[derive(Debug)]
pub struct Marker {
    stack: Vec<NonNull<Header>>,
    overflow: bool,
    /// Found and not looked at yet: meanwhile they come from memory. In a ring, of which `oldest` is the next to go.
    #[cfg(feature = "speed")]
    coming: [Value; COMING],
    #[cfg(feature = "speed")]
    oldest: usize,
}

/// Cells that are on their way from memory: as many as processors wait for at a time.
#[cfg(feature = "speed")]
const COMING: usize = 16;

impl Marker {
    pub(super) fn new() -> Marker {
        Marker {
            stack: Vec::new(),
            overflow: false,
            #[cfg(feature = "speed")]
            coming: [Value::NONE; COMING],
            #[cfg(feature = "speed")]
            oldest: 0,
        }
    }

    /// Marks the cell `v` refers to, if any, at once or before [`Marker::drain`] ends.
    #[inline]
    pub fn value(&mut self, v: Value) {
        if let Some(h) = v.header() {
            #[cfg(feature = "speed")]
            {
                super::prefetch(core::ptr::from_ref(h).cast());
                self.come(v);
            }
            #[cfg(not(feature = "speed"))]
            self.header(h);
        }
    }

    /// Marks the oldest of the cells that are coming, whose place `v` takes.
    #[cfg(feature = "speed")]
    #[inline]
    fn come(&mut self, v: Value) {
        let place = self.coming.get_mut(self.oldest % COMING);
        self.oldest = self.oldest.wrapping_add(1);
        if let Some(h) = place.and_then(|p| core::mem::replace(p, v).header()) {
            self.header(h);
        }
    }

    /// Marks all of `vs`.
    pub fn values(&mut self, vs: &[Value]) {
        vs.iter().for_each(|&v| self.value(v));
    }

    /// Whether the cell `v` refers to was reached, or is never freed.
    #[cfg(feature = "speed")]
    pub(crate) fn has_reached(&self, v: Value) -> bool {
        v.header().is_none_or(|h| h.flags.get() & (Header::MARK | Header::STATIC) != 0)
    }

    /// Marks a cell by its header.
    #[inline]
    pub(crate) fn header(&mut self, h: &Header) {
        let flags = h.flags.get();
        if flags & (Header::MARK | Header::STATIC) != 0 {
            return;
        }
        h.flags.set(flags | Header::MARK);
        if self.stack.len() >= MAX_STACK {
            self.overflow = true;
            return;
        }
        if self.stack.len() == self.stack.capacity()
            && self.stack.try_reserve(self.stack.len().max(256)).is_err()
        {
            self.overflow = true;
            return;
        }
        self.stack.push_within(NonNull::from(h));
    }

    /// Whether cells wait to be traced. Those that are coming do, then.
    fn any_waits(&mut self) -> bool {
        #[cfg(feature = "speed")]
        if self.stack.is_empty() {
            (0..COMING).for_each(|_| self.come(Value::NONE));
        }
        !self.stack.is_empty()
    }

    /// Traces everything reachable from what was marked so far.
    pub(super) fn drain(&mut self, heap: &Heap) {
        loop {
            while self.any_waits() {
                while let Some(p) = self.stack.pop() {
                    crate::object::trace_cell(p, heap, self);
                }
            }
            if !self.overflow {
                return;
            }
            self.overflow = false;
            heap.each_cell(&mut |p, h| {
                if h.flags.get() & Header::MARK != 0 {
                    crate::object::trace_cell(p, heap, self);
                }
            });
        }
    }
}
