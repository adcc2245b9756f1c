//! The method cache: (class version, name) → attribute found along the class's resolution order.
//!
//! Invariant: an entry's version names one state of a class, so a change of the class (which takes the version
//! away) makes the entry unreachable. Cleared at each collection, as it keeps nothing alive.

use crate::value::Value;
use alloc::boxed::Box;

const SLOTS: usize = 1024;

#[derive(Clone, Copy, Debug)]
struct Entry {
    version: u32,
    name: Value,
    found: Value,
}

/// A direct-mapped cache.
#[derive(Debug)]
pub struct MethodCache {
    entries: Box<[Entry; SLOTS]>,
}

const EMPTY: Entry = Entry { version: 0, name: Value::UNBOUND, found: Value::UNBOUND };

impl MethodCache {
    /// An empty cache.
    #[expect(
        clippy::disallowed_methods,
        reason = "start-up, of fixed size: a VM that cannot have it is not made"
    )]
    pub fn new() -> MethodCache {
        MethodCache { entries: Box::new([EMPTY; SLOTS]) }
    }

    #[inline]
    fn index(version: u32, name: Value) -> usize {
        (version as usize ^ (name.bits() >> 4) as usize) % SLOTS
    }

    /// What was found for `name` in the class with this version: `Some(unbound)` if nothing was.
    #[inline]
    pub fn get(&self, version: u32, name: Value) -> Option<Value> {
        let e = &self.entries[Self::index(version, name)];
        if e.version == version && version != 0 && e.name == name { Some(e.found) } else { None }
    }

    /// Remembers a result.
    #[inline]
    pub fn put(&mut self, version: u32, name: Value, found: Value) {
        if version != 0 {
            self.entries[Self::index(version, name)] = Entry { version, name, found };
        }
    }

    /// Forgets everything.
    pub fn clear(&mut self) {
        self.entries.fill(EMPTY);
    }
}

impl Default for MethodCache {
    fn default() -> MethodCache {
        MethodCache::new()
    }
}
