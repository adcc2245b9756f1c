//! What a trace may rely on for as long as it lasts: classes, functions' defaults, and globals that are constants.
//!
//! An answer is the epoch to compare. What gives none is guarded by itself: it changed while a trace relied on it.

use super::Rt;
use crate::heap::Gc;
use crate::object::watch::is_code;
use crate::object::{Dict, FloatBox, Function, Str, Type};
use crate::value::Value;

/// Longest str, in bytes, that a trace keeps alive.
const MOST_BYTES: usize = 256;

impl Rt {
    /// Relies on a class.
    pub(crate) fn watch(&mut self, t: Gc<Type>) -> Option<u32> {
        let epoch = self.heap.epoch.relied_upon().filter(|_| !t.has_flag(Type::CHANGED))?;
        t.flags.set(t.flags.get() | Type::WATCHED);
        Some(epoch)
    }
    /// Relies on a function's defaults.
    pub(crate) fn watch_function(&mut self, f: Gc<Function>) -> Option<u32> {
        let epoch = self.heap.epoch.relied_upon()?;
        f.watch().then_some(epoch)
    }
    /// Relies on name `name` of dict `d`, in entry `i`, keeping its value.
    pub(crate) fn watch_global(&mut self, d: Gc<Dict>, name: Value, i: usize) -> Option<u32> {
        let epoch = self.heap.epoch.relied_upon()?;
        let v = d.entry(i)?.value;
        (self.is_constant(v) && d.watch_entry(name, i)).then_some(epoch)
    }
    /// As `watch_global`, of a built-in that globals `d` do not hide.
    pub(crate) fn watch_builtin(&mut self, d: Gc<Dict>, b: Gc<Dict>, name: Value, i: usize) -> Option<u32> {
        let epoch = self.watch_global(b, name, i)?;
        d.watch_absent(name).then_some(epoch)
    }

    /// Whether traces may take a global of this value for a constant: what they keep alive by that has to be small.
    fn is_constant(&self, v: Value) -> bool {
        let small = match v.header() {
            None => !v.is_unbound(),
            Some(_) => {
                v.exact::<FloatBox>().is_some()
                    || v.exact::<Str>().is_some_and(|s| s.bytes().len() <= MOST_BYTES)
            }
        };
        is_code(v) || small && self.heap.epoch.takes_data()
    }
}
