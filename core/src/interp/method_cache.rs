//! The method cache: (class version, name) → attribute found along the class's resolution order.
//!
//! Invariant: an entry's version names one state of a class, so a change of the class (which takes the version
//! away) makes the entry unreachable. Cleared at each collection, as it keeps nothing alive.

use crate::exit::Res;
use crate::room;
use crate::value::Value;
use alloc::boxed::Box;

#[derive(Clone, Copy, Debug)]
struct Entry {
    version: u32,
    name: Value,
    found: Value,
}

/// A direct-mapped cache of a power of two of entries.
#[derive(Debug)]
pub struct MethodCache {
    entries: Box<[Entry]>,
}

const EMPTY: Entry = Entry { version: 0, name: Value::UNBOUND, found: Value::UNBOUND };

impl MethodCache {
    /// An empty cache of at least `slots` entries.
    pub fn new(slots: usize) -> Res<MethodCache> {
        Ok(MethodCache { entries: room::filled(slots.max(1).next_power_of_two(), EMPTY)? })
    }

    #[inline]
    fn index(&self, version: u32, name: Value) -> usize {
        (version as usize ^ (name.bits() >> 4) as usize) & (self.entries.len() - 1)
    }

    /// What was found for `name` in the class with this version: `Some(unbound)` if nothing was.
    #[inline]
    pub fn get(&self, version: u32, name: Value) -> Option<Value> {
        let e = &self.entries[self.index(version, name)];
        if e.version == version && version != 0 && e.name == name { Some(e.found) } else { None }
    }

    /// Remembers a result.
    #[inline]
    pub fn put(&mut self, version: u32, name: Value, found: Value) {
        if version != 0 {
            let at = self.index(version, name);
            self.entries[at] = Entry { version, name, found };
        }
    }

    /// Forgets everything.
    pub fn clear(&mut self) {
        self.entries.fill(EMPTY);
    }
}
