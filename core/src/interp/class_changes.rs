//! Changes of classes: attributes that are set, and what caches forget of the class then.
//!
//! Class attributes that are data and change, such as counters (`Guard.depth += 1`), are treated apart. After some
//! changes, the name counts as one that varies; classes keep their version when such an attribute gets another value,
//! so that what caches and traces know of the class stays true. (PyPy keeps such values in cells for the same reason.)
//!
//! Invariant: no cache that relies on a class's version holds data found under a name that varies; caches rely on the
//! version of the keys of the class's dict instead, and load the value. Where data becomes something else than data or
//! the other way round, both versions change.

use super::Rt;
use super::attr::text;
use crate::exit::Res;
use crate::heap::{Gc, Header};
use crate::object::func::SiteCache;
use crate::object::{Dict, Str, Type, kind};
use crate::room::WithinRoom as _;
use crate::value::Value;
use alloc::vec::Vec;

impl Rt {
    pub(super) fn class_setattr(&mut self, t: Gc<Type>, name: Value, value: Value) -> Res<()> {
        if !t.has_flag(Type::HEAP) {
            let (tn, n) = (super::text_of_type(t), text(name));
            return Err(self.type_error(message!("cannot set '{n}' attribute of immutable type '{tn}'")));
        }
        let name = self.intern_value(name)?;
        let Some(d) = t.attrs() else { return Ok(()) };
        if self.vary(d, name, value) {
            return Ok(());
        }
        self.namespace_set(d, t.value(), name, value)?;
        // Only special methods and data descriptors change what the flags say or what hides an instance's attribute.
        let special = text(name).starts_with("__") || self.is_data_descriptor(value);
        self.type_changed(t, special);
        if special {
            self.flush_attr_caches();
        }
        Ok(())
    }

    /// Forgets what caches know of a class and its subclasses, and computes their flags anew.
    pub(crate) fn type_changed(&mut self, t: Gc<Type>, special: bool) {
        if !special && t.subclasses.get().get::<crate::object::List>().is_none_or(|l| l.is_empty()) {
            self.version_gone(t);
            return;
        }
        // Subclass trees are as deep as a guest makes them, and classes with several bases are met on many ways: an
        // explicit list instead of recursion, and a flag that a class is on it.
        let mut all = alloc::vec::Vec::new();
        let mut complete = all.try_reserve(1).is_ok();
        if complete {
            all.push_within(t);
        }
        let mut at = 0;
        while let Some(t) = all.get(at).copied() {
            at += 1;
            let Some(subs) = t.subclasses.get().get::<crate::object::List>() else { continue };
            if all.try_reserve(subs.len()).is_err() {
                complete = false;
                break;
            }
            for t in subs.items().iter().filter_map(|v| v.get::<Type>()) {
                if !t.has_flag(Type::LISTED) {
                    t.flags.set(t.flags.get() | Type::LISTED);
                    all.push_within(t);
                }
            }
        }
        for t in &all {
            t.flags.set(t.flags.get() & !Type::LISTED);
        }
        if !complete {
            // No memory for the list: every class is taken for one of them. Flags depend on the attributes of all
            // bases only, so the order does not matter.
            all.clear();
            let heap = core::mem::replace(&mut self.heap, crate::heap::Heap::new(0));
            heap.each_of::<crate::object::Type>(&mut |t| {
                self.version_gone(t);
                if special {
                    self.compute_flags(t);
                }
            });
            self.heap = heap;
            // What the heap would have been told meanwhile.
            self.heap.epoch.advance();
        }
        for t in all {
            self.version_gone(t);
            if special {
                self.compute_flags(t);
            }
        }
    }

    /// Caches that rely on the class as it was look again; so do traces, all of them once, however many classes they know.
    fn version_gone(&mut self, t: Gc<Type>) {
        t.version.set(0);
        if t.has_flag(Type::WATCHED) {
            t.flags.set(t.flags.get() & !Type::WATCHED | Type::CHANGED);
            self.heap.epoch.advance();
        }
    }

    /// Forgets every attribute cache: they rely on no data descriptor appearing in a class they have seen.
    fn flush_attr_caches(&mut self) {
        #[cfg(feature = "speed")]
        self.poly.clear();
        self.heap.each_of::<crate::object::Code>(&mut |c| {
            for i in 0..c.nsites as usize {
                // SAFETY: `i` is a site of the code.
                unsafe { (*c.sites.add(i)).shape = SiteCache::NO_SHAPE };
            }
        });
    }

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
        d.set_value(&mut self.heap, e, value);
        true
    }

    /// From now on, caches do not keep the data of class attributes of that name. Asks every class in the heap, so only
    /// names that are set again and again are worth it, and not many of them.
    fn begin_to_vary(&mut self, name: Value) -> bool {
        let Some(s) = name.get::<Str>() else { return false };
        let fixed = text(name).starts_with("__") || s.header.flags.get() & Header::STATIC != 0;
        if fixed || self.changing.names >= MOST_NAMES || !self.changing.count(name) {
            return false;
        }
        self.changing.names += 1;
        let (mut types, mut complete) = (Vec::new(), true);
        self.heap.each_of::<crate::object::Type>(&mut |t| {
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

/// Names of class attributes that are set to other data.
#[derive(Debug, Default)]
pub(crate) struct Changing {
    /// Those seen last, by address (which need not stay theirs), and how often.
    last: [(usize, u8); 8],
    at: usize,
    /// How many vary.
    names: u8,
}

/// Changes before a name counts as one that varies.
const CHANGES: u8 = 3;
/// Most names that vary.
const MOST_NAMES: u8 = 64;

impl Changing {
    /// Counts a change; whether there were enough.
    fn count(&mut self, name: Value) -> bool {
        let addr = name.addr();
        if let Some((_, n)) = self.last.iter_mut().find(|(a, _)| *a == addr) {
            *n = n.saturating_add(1);
            return *n >= CHANGES;
        }
        self.at = (self.at + 1) % self.last.len();
        if let Some(x) = self.last.get_mut(self.at) {
            *x = (addr, 1);
        }
        false
    }
}

/// Fills the cache of a site that reads or writes attribute `s.name` of class `t` itself, data that varies.
#[cfg(feature = "speed")]
pub(super) fn cache(rt: &mut Rt, t: Gc<Type>, s: &mut crate::object::func::SiteCache) -> bool {
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

/// Entry number of a name in a dict with str keys.
pub(super) fn entry_of(rt: &Rt, d: Gc<Dict>, name: Value) -> Option<u32> {
    let s = name.get::<Str>()?;
    let h = crate::object::hash::hash_str(&rt.heap, &s);
    match d.find(&rt.heap, h, name) {
        crate::object::dict::Probe::Found(i) => u32::try_from(i).ok(),
        _ => None,
    }
}
