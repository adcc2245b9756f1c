//! The heap verifier: checks, in debug builds and tests, that the heap is what its invariants say.

use super::{Header, Heap};

/// A broken invariant.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum HeapError {
    /// A cell's kind is not a known payload.
    UnknownKind(u8),
    /// A cell's shape number does not exist.
    UnknownShape(u32),
    /// A mark survived the sweep.
    StaleMark,
    /// A live cell refers to a freed one.
    Dangling {
        /// Kind of the referring cell.
        from: u8,
    },
}

impl Heap {
    /// Checks every live cell.
    pub fn verify(&self) -> Result<(), HeapError> {
        let mut result = Ok(());
        self.each_cell(&mut |p, h| {
            let checked = if h.kind as usize >= crate::object::KIND_COUNT {
                Err(HeapError::UnknownKind(h.kind))
            } else if self.shapes.get(h.shape.get()).is_none() {
                Err(HeapError::UnknownShape(h.shape.get()))
            } else if h.flags.get() & Header::MARK != 0 {
                Err(HeapError::StaleMark)
            } else if !crate::object::check_children(p, self) {
                Err(HeapError::Dangling { from: h.kind })
            } else {
                Ok(())
            };
            if result.is_ok() {
                result = checked;
            }
        });
        result
    }
}
