//! Globals and functions that traces rely on: what marks them, and what sees that they change.
//!
//! A dict whose names a trace relies on is marked, and so is each name, in the interned str. What a dict does to an entry
//! moves the epoch on if both are marked: the name got another value, went, or came to hide a built-in. The marks are
//! of names, not of entries, so that a dict needs no room for them; a name of two modules counts as one.
//!
//! Stores by inline caches ask nothing. So a name that such a cache may store is unsteady: no trace relies on it, and
//! the cache is filled only after those that did have been told. A name that changed while a trace relied on it is
//! unsteady from then on, too.
//!
//! Invariant: a trace relies only on names whose key in the dict, if there is one, is the interned str itself.

use super::{Dict, Function, Str, kind};
use crate::heap::{Gc, Heap};
use crate::value::Value;

impl Str {
    /// In `aux` of an interned str: some trace relies on a global of that name.
    const WATCHED: u16 = 1;
    /// In `aux` of an interned str: no trace is to rely on a global of that name.
    const UNSTEADY: u16 = 2;

    fn has_mark(&self, mark: u16) -> bool {
        self.header.aux.get() & mark != 0
    }
    fn set_marks(&self, marks: u16) {
        self.header.aux.set(marks);
    }
}

/// The interned str that a key is.
fn interned(key: Value) -> Option<Gc<Str>> {
    key.exact::<Str>().filter(|s| s.is_interned())
}

/// Whether a global of this value is code, which seldom changes, rather than data.
pub(crate) fn is_code(v: Value) -> bool {
    let code =
        [kind::Function, kind::Type, kind::Builtin, kind::Module, kind::MethodDescriptor, kind::FrozenSet];
    v.header().is_some_and(|h| code.contains(&h.kind))
}

impl Dict {
    /// Some trace relies on a name in it.
    const WATCHED: u8 = 2;
    /// It got a key that is no interned str: no trace is to rely on names it does not have.
    const MIXED: u8 = 4;

    /// Whether some trace relies on a name in it.
    #[cfg_attr(feature = "speed", inline(always))]
    pub(crate) fn is_watched(&self) -> bool {
        cfg!(feature = "speed") && self.marks.get() & Dict::WATCHED != 0
    }

    /// Entry `i`, in a watched dict, is about to have value `v`.
    #[cold]
    pub(super) fn value_changes(&self, heap: &mut Heap, i: usize, v: Value) {
        let Some(e) = self.entry(i).filter(|e| e.value != v) else { return };
        self.name_changes(heap, e.key, is_code(e.value));
    }
    /// An entry of a watched dict is about to go.
    #[cold]
    pub(super) fn entry_goes(&self, heap: &mut Heap, i: usize) {
        if let Some(e) = self.entry(i) {
            self.name_changes(heap, e.key, is_code(e.value));
        }
    }
    /// A watched dict has a new key, which may hide a built-in.
    #[cold]
    pub(super) fn key_comes(&self, heap: &mut Heap, key: Value) {
        if interned(key).is_some() {
            self.name_changes(heap, key, true);
        } else if self.marks.get() & Dict::MIXED == 0 {
            self.marks.set(self.marks.get() | Dict::MIXED);
            heap.epoch.advance();
        }
    }

    fn name_changes(&self, heap: &mut Heap, key: Value, code: bool) {
        let Some(name) = interned(key).filter(|s| s.has_mark(Str::WATCHED)) else { return };
        name.set_marks(Str::UNSTEADY);
        if code { heap.epoch.advance() } else { heap.epoch.advance_for_data() }
    }
}

#[cfg(feature = "speed")]
impl Dict {
    /// From here on stores to entry `i` may go unseen: an inline cache makes them.
    pub(crate) fn store_unseen(&self, heap: &mut Heap, i: usize) {
        let Some(e) = self.entry(i) else { return };
        if self.is_watched() {
            self.name_changes(heap, e.key, is_code(e.value));
        }
        self.unsteady(e.key);
    }
    /// A trace is not to rely on this key.
    pub(crate) fn unsteady(&self, key: Value) {
        if let Some(name) = interned(key) {
            name.set_marks(name.header.aux.get() | Str::UNSTEADY);
        }
    }
    /// Lets a trace rely on `name` being in entry `i` with its present value.
    pub(crate) fn watch_entry(&self, name: Value, i: usize) -> bool {
        let present = self.entry(i).is_some_and(|e| e.key == name);
        present && self.watch(name)
    }
    /// Lets a trace rely on `name`, which is not there, not coming.
    pub(crate) fn watch_absent(&self, name: Value) -> bool {
        self.marks.get() & Dict::MIXED == 0 && self.watch(name)
    }
    fn watch(&self, name: Value) -> bool {
        let Some(name) = interned(name).filter(|s| !s.has_mark(Str::UNSTEADY)) else { return false };
        name.set_marks(Str::WATCHED);
        self.marks.set(self.marks.get() | Dict::WATCHED);
        true
    }
}

impl Function {
    /// Some trace relies on its defaults.
    const WATCHED: u8 = 1;
    /// They changed while a trace relied on them.
    const UNSTEADY: u8 = 2;

    /// Its defaults have changed.
    pub(crate) fn changed(&self, heap: &mut Heap) {
        self.version.set(0);
        if self.marks.get() & Function::WATCHED != 0 {
            self.marks.set(Function::UNSTEADY);
            heap.epoch.advance();
        }
    }
    /// Lets a trace rely on its defaults.
    #[cfg(feature = "speed")]
    pub(crate) fn watch(&self) -> bool {
        let steady = self.marks.get() & Function::UNSTEADY == 0;
        if steady {
            self.marks.set(Function::WATCHED);
        }
        steady
    }
}
