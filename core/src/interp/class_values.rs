//! Class attributes that are data and change, such as counters: `Guard.depth += 1`. From the first change on, the
//! name counts as one that varies; classes keep their version when such an attribute gets another value, so that what
//! caches and traces know of the class stays true. (PyPy keeps such values in cells for the same reason.)
//!
//! Invariant: no cache that relies on a class's version holds data found under a name that varies; caches rely on the
//! version of the keys of the class's dict instead, and load the value. Where data becomes something else than data or
//! the other way round, both versions change.

use super::Rt;
use super::specialize::entry_of;
use crate::heap::{Gc, Header};
use crate::object::func::SiteCache;
use crate::object::{Dict, Str, Type, kind};
use crate::room::WithinRoom as _;
use crate::value::Value;
use alloc::vec::Vec;

impl Rt {
    /// Whether class attribute `v` is data: read as it is, and never hiding an instance's attribute, whatever happens.
    fn is_data(&self, v: Value) -> bool {
        let Some(h) = v.header() else { return !v.is_unbound() };
        let plain = matches!(
            h.kind,
            kind::Str
                | kind::Int
                | kind::Float
                | kind::Tuple
                | kind::List
                | kind::Dict
                | kind::Set
                | kind::Bytes
        );
        plain && !self.type_of(v).has_flag(Type::HEAP)
    }

    /// Whether what a class attribute of that name holds may not be kept by caches, since it is data and changes.
    pub(crate) fn varies(&self, name: Value, v: Value) -> bool {
        name.header().is_some_and(|h| h.flags.get() & Header::VARIES != 0) && self.is_data(v)
    }

    /// Gives an attribute of the class whose dict is `d` another value without a change of the class's version,
    /// if it is data that varies; `false` if the class is to be taken as changed.
    pub(super) fn vary(&mut self, d: Gc<Dict>, name: Value, value: Value) -> bool {
        let Some(e) = entry_of(self, d, name).map(|i| i as usize) else { return false };
        let Some(old) = d.entry(e).map(|e| e.value) else { return false };
        if !self.is_data(old) || !self.is_data(value) {
            d.keys_changed();
            return false;
        }
        if !self.varies(name, old) && !self.begin_to_vary(name) {
            return false;
        }
        d.set_value(e, value);
        true
    }

    /// From now on, caches do not keep the data of class attributes of that name.
    fn begin_to_vary(&mut self, name: Value) -> bool {
        let Some(s) = name.get::<Str>() else { return false };
        if super::attr::text(name).starts_with("__") || s.header.flags.get() & Header::STATIC != 0 {
            return false;
        }
        let (mut types, mut complete) = (Vec::new(), true);
        self.heap.each_type(&mut |t| {
            if types.try_reserve(1).is_ok() {
                types.push_within(t);
            } else {
                complete = false;
            }
        });
        if !complete {
            return false;
        }
        for t in types {
            if t.attrs().is_some_and(|d| entry_of(self, d, name).is_some()) {
                self.type_changed(t, false);
            }
        }
        s.header.flags.set(s.header.flags.get() | Header::VARIES);
        true
    }
}

/// Fills the cache of a site that reads or writes attribute `s.name` of class `t` itself, data that varies.
pub(super) fn cache(rt: &mut Rt, t: Gc<Type>, s: &mut SiteCache) -> bool {
    let Some(d) = t.attrs() else { return false };
    let Some(i) = entry_of(rt, d, s.name) else { return false };
    if !d.entry(i as usize).is_some_and(|e| rt.varies(s.name, e.value)) {
        return false;
    }
    s.shape = d.ensure_version(&mut rt.heap);
    s.index = i;
    s.owner = d.value();
    true
}
