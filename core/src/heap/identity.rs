//! Identity numbers: what `id()` and the default `hash()` say of a heap object.
//!
//! A number is a per-heap serial given on first use, never the address, so that iteration order and with it fuel are
//! the same on every run, tier and architecture. Invariant: a cell has an entry exactly if its `IDENTITY` flag is set.

use super::{Header, Heap};
use crate::exit::{Exit, Res};
use crate::value::Value;
use hashbrown::HashTable;

#[derive(Debug, Default)]
pub(super) struct Identities {
    table: HashTable<(usize, u64)>,
    last: u64,
}

/// Bytes charged for an entry (table slot, control byte and load factor).
const ENTRY_BYTES: usize = 32;

fn mix(addr: usize) -> u64 {
    (addr as u64 >> 3).wrapping_mul(0x9e37_79b9_7f4a_7c15)
}

impl Heap {
    /// The identity number of the cell `v` refers to; immediates answer with their own bits.
    pub fn identity(&mut self, v: Value) -> Res<u64> {
        if let Some(n) = self.known_identity(v) {
            return Ok(n);
        }
        let Some(h) = v.header() else { return Ok(v.bits()) };
        self.identities.table.try_reserve(1, |e| mix(e.0)).map_err(|_| Exit::NeedGc)?;
        self.charge(ENTRY_BYTES)?;
        self.identities.last += 1;
        let n = self.identities.last;
        let addr = v.addr();
        self.identities.table.insert_unique(mix(addr), (addr, n), |e| mix(e.0));
        h.flags.set(h.flags.get() | Header::IDENTITY);
        Ok(n)
    }

    /// The identity number, if it was given already (or `v` is immediate).
    pub fn known_identity(&self, v: Value) -> Option<u64> {
        let Some(h) = v.header() else { return Some(v.bits()) };
        if h.flags.get() & Header::IDENTITY == 0 {
            return None;
        }
        self.identities.table.find(mix(v.addr()), |e| e.0 == v.addr()).map(|e| e.1)
    }

    /// Drops the entry of a dead cell.
    pub(super) fn forget_identity(&mut self, h: &Header) {
        if h.flags.get() & Header::IDENTITY == 0 {
            return;
        }
        let addr = core::ptr::from_ref(h) as usize;
        if let Ok(e) = self.identities.table.find_entry(mix(addr), |e| e.0 == addr) {
            e.remove();
            self.uncharge(ENTRY_BYTES);
        }
    }
}
