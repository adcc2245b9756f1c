//! Where keys were found last, in whichever dict.
//!
//! Programs look for a key several times in a row (`if k in d: d[k] += 1`), each time through the index of a dict and the
//! text of the key, both of which are cache misses in large dicts. A hint remembers that a str was found to equal another
//! one, and at which entry that was.
//!
//! Invariant: both strs of a hint live: hints are forgotten by a collection. Strs do not change, so that they are equal holds
//! as long; whether the entry has that key still, who asks looks at.

use crate::value::Value;
use core::cell::Cell;

const HINTS: usize = if cfg!(feature = "speed") { 64 } else { 1 };

#[derive(Clone, Copy, Debug)]
struct Hint {
    /// The key that was looked for, and the equal one in the dict.
    key: Value,
    found: Value,
    entry: u32,
}

/// The hints of a heap.
#[derive(Debug)]
pub(crate) struct Hints([Cell<Hint>; HINTS]);

impl Default for Hints {
    fn default() -> Hints {
        const NONE: Hint = Hint { key: Value::UNBOUND, found: Value::UNBOUND, entry: 0 };
        Hints([const { Cell::new(NONE) }; HINTS])
    }
}

impl Hints {
    #[inline(always)]
    fn of(&self, key: Value) -> Option<&Cell<Hint>> {
        self.0.get((key.bits() >> 4) as usize % self.0.len())
    }

    /// The entry at which a dict has `key`, if it has the key there that was found last.
    #[inline(always)]
    pub fn entry(&self, key: Value, key_at: impl FnOnce(usize) -> Option<Value>) -> Option<usize> {
        if !cfg!(feature = "speed") {
            return None;
        }
        let hint = self.of(key)?.get();
        let entry = hint.entry as usize;
        (hint.key == key && key_at(entry)? == hint.found).then_some(entry)
    }

    /// Notes that `key`, a str, is at `entry`, whose key is `found`.
    #[inline(always)]
    pub fn note(&self, key: Value, found: Value, entry: usize) {
        if cfg!(feature = "speed")
            && let Some(hint) = self.of(key)
        {
            hint.set(Hint { key, found, entry: entry as u32 });
        }
    }

    /// Before cells are freed.
    pub fn forget(&mut self) {
        *self = Hints::default();
    }
}
