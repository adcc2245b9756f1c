//! The epoch of what is watched.
//!
//! A trace relies on much that hardly ever changes: classes, functions, globals. What a trace relies on is marked;
//! whatever changes something marked moves the epoch on. So a trace compares one word for all that it relies on.
//!
//! Invariants: the epoch never takes an old value again; what moved it is marked as unsteady, and not relied upon any
//! more, so that its moves are few.

/// See the module.
#[derive(Debug, Default)]
pub(crate) struct Epoch {
    now: u32,
    /// How often it was data of a global that changed.
    data: u8,
    /// Some instance has lost an attribute without a change of its shape.
    holes: bool,
}

/// Changes of globals that are data before no such global is relied upon: each costs all traces.
#[cfg(feature = "speed")]
const MOST_DATA: u8 = 4;

impl Epoch {
    /// The present epoch.
    #[cfg(feature = "speed")]
    #[inline(always)]
    pub fn now(&self) -> u32 {
        self.now
    }
    /// The present epoch, for a trace that is to rely on something; `None` if there may be no other any more.
    #[cfg(feature = "speed")]
    pub fn relied_upon(&self) -> Option<u32> {
        // As wide as what a trace compares.
        (self.now < i32::MAX as u32).then_some(self.now)
    }
    /// Something watched has changed.
    #[cold]
    pub fn advance(&mut self) {
        self.now = self.now.saturating_add(1);
    }
    /// As `advance`: data of a global.
    #[cold]
    pub fn advance_for_data(&mut self) {
        self.data = self.data.saturating_add(1);
        self.advance();
    }
    /// An instance loses an attribute and keeps its shape: only one of `__slots__` can.
    pub fn hole(&mut self) {
        if !self.holes {
            self.holes = true;
            self.advance();
        }
    }
    /// As `relied_upon`: that instances have each attribute of their shape.
    #[cfg(feature = "speed")]
    pub fn without_holes(&self) -> Option<u32> {
        self.relied_upon().filter(|_| !self.holes)
    }
    /// Whether traces may rely on globals that are data.
    #[cfg(feature = "speed")]
    pub fn takes_data(&self) -> bool {
        self.data < MOST_DATA
    }
}
