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
}

impl Names {
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
            Some(class) if is_private(name) && !class.is_empty() => self.intern(&format!("_{class}{name}")),
            _ => self.intern(name),
        }
    }
}

/// Whether a name is mangled inside a class: two leading underscores, not two trailing, no dot.
fn is_private(name: &str) -> bool {
    name.starts_with("__") && !name.ends_with("__") && !name.contains('.')
}
