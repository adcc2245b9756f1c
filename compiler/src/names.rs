//! Interned identifiers, and the mangling of private names.
//!
//! Invariants: two equal names have equal [`Sym`]s; a `Sym` is only used with the table that made it.

use std::collections::HashMap;
use std::rc::Rc;

/// An interned name.
#[derive(Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Debug)]
pub struct Sym(pub u32);

/// All names of one compilation.
#[derive(Default)]
pub struct Names {
    map: HashMap<Rc<str>, Sym>,
    list: Vec<Rc<str>>,
    /// Bytes of mangled names that may still be made: they can be much longer than their source.
    mangled_budget: usize,
    /// The budget was exceeded; names made since are not mangled.
    pub overflowed: bool,
}

impl Names {
    /// An empty table for a source of `len` bytes.
    pub fn new(len: usize) -> Names {
        Names { mangled_budget: len.saturating_mul(8).saturating_add(4096), ..Names::default() }
    }

    /// The symbol of a name as it stands.
    pub fn intern(&mut self, name: &str) -> Sym {
        if let Some(&sym) = self.map.get(name) {
            return sym;
        }
        let sym = Sym(self.list.len() as u32);
        let shared: Rc<str> = name.into();
        self.list.push(shared.clone());
        self.map.insert(shared, sym);
        sym
    }

    /// The text of a symbol.
    pub fn text(&self, sym: Sym) -> Rc<str> {
        self.list[sym.0 as usize].clone()
    }

    /// The symbol of a name used inside class `class` (already stripped of leading underscores).
    pub fn mangle(&mut self, class: Option<&str>, name: &str) -> Sym {
        match class {
            Some(class) if is_private(name) && !class.is_empty() => {
                let text = format!("_{class}{name}");
                match self.mangled_budget.checked_sub(if self.map.contains_key(&*text) {
                    0
                } else {
                    text.len()
                }) {
                    Some(left) => self.mangled_budget = left,
                    None => {
                        self.overflowed = true;
                        return self.intern(name);
                    }
                }
                self.intern(&text)
            }
            _ => self.intern(name),
        }
    }
}

/// Whether a name is mangled inside a class: two leading underscores, not two trailing, no dot.
fn is_private(name: &str) -> bool {
    name.starts_with("__") && !name.ends_with("__") && !name.contains('.')
}
