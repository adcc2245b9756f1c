//! The symbol table: which scope owns each name, and where a name is a cell, a free variable or a global.
//!
//! A *physical* scope becomes a function of the module; a list, set or dict comprehension is a scope of its own
//! for names but lives inside the physical scope around it (PEP 709).
//!
//! Invariants: every scope is found again by the address of its syntax node, so code generation must walk the
//! same tree. A variable becomes a cell only if another physical scope uses it.

use crate::errors::{SyntaxError, err};
use crate::names::{Names, Sym};
use ruff_python_ast as ast;
use ruff_python_ast::{Expr, Stmt};
use ruff_text_size::{Ranged, TextRange, TextSize};
use std::collections::{HashMap, HashSet};
use std::rc::Rc;

mod patterns;
mod visit;

/// Index of a scope.
pub type ScopeId = usize;

/// What kind of block a scope is.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Kind {
    /// The module, or an evaluated expression.
    Module,
    /// A class body.
    Class,
    /// A `def`.
    Function,
    /// A lambda.
    Lambda,
    /// A generator expression.
    GenExp,
    /// An inlined comprehension.
    Comp,
}

/// How a scope uses one name.
#[derive(Clone, Copy, Default, Debug)]
pub struct Symbol {
    /// Bound here.
    pub bound: bool,
    /// Read here.
    pub used: bool,
    /// A parameter.
    pub param: bool,
    /// Declared `global`.
    pub global: bool,
    /// Declared `nonlocal`.
    pub nonlocal: bool,
    /// Annotated (`x: int`).
    pub annotated: bool,
    /// The target of a comprehension's `for`.
    pub iter_target: bool,
    /// Bound by `:=`.
    pub walrus: bool,
    /// Deleted somewhere, or unbound at the end of an `except` clause.
    pub deleted: bool,
    /// Shared with another physical scope.
    pub cell: bool,
    /// The scope that owns the variable, when it is not this one and not global.
    pub owner: Option<ScopeId>,
    /// Where the name was first declared or used.
    pub range: TextRange,
}

/// One scope.
pub struct Scope {
    /// Its kind.
    pub kind: Kind,
    /// The scope around it.
    pub parent: Option<ScopeId>,
    /// Symbols in order of first appearance.
    pub symbols: Vec<(Sym, Symbol)>,
    index: HashMap<Sym, usize>,
    /// Parameters in register order.
    pub params: Vec<Sym>,
    /// Free variables (physical scopes): name and owner.
    pub free: Vec<(Sym, ScopeId)>,
    /// Contains `yield`.
    pub generator: bool,
    /// A class whose `__class__` cell is used inside.
    pub needs_class_cell: bool,
    /// Name of the innermost class around it, without leading underscores.
    pub class_name: Option<Rc<str>>,
    /// Inside a function.
    pub nested: bool,
}

impl Scope {
    /// The scope's view of a name.
    pub fn symbol(&self, sym: Sym) -> Option<&Symbol> {
        self.index.get(&sym).map(|&i| &self.symbols[i].1)
    }
    fn symbol_mut(&mut self, sym: Sym, range: TextRange) -> &mut Symbol {
        let next = self.symbols.len();
        let i = *self.index.entry(sym).or_insert(next);
        if i == next {
            self.symbols.push((sym, Symbol { range, ..Symbol::default() }));
        }
        &mut self.symbols[i].1
    }
    /// Whether names bound here are variables of a function.
    pub fn is_function_like(&self) -> bool {
        !matches!(self.kind, Kind::Module | Kind::Class)
    }
}

/// The scopes of a module.
pub struct SymbolTable {
    /// All scopes; 0 is the module.
    pub scopes: Vec<Scope>,
    by_node: HashMap<usize, ScopeId>,
    /// The symbol `__class__`.
    pub class_sym: Sym,
}

/// The key of a syntax node.
pub fn node_key<T>(node: &T) -> usize {
    std::ptr::from_ref(node) as usize
}

impl SymbolTable {
    /// The scope made for a syntax node.
    pub fn of_node<T>(&self, node: &T) -> ScopeId {
        self.by_node.get(&node_key(node)).copied().unwrap_or(0)
    }

    /// The scope that becomes the function in which `id` runs.
    pub fn physical(&self, mut id: ScopeId) -> ScopeId {
        while self.scopes[id].kind == Kind::Comp {
            match self.scopes[id].parent {
                Some(p) => id = p,
                None => break,
            }
        }
        id
    }

    /// Builds the table of a module.
    pub fn build(body: &[Stmt], names: &mut Names, source: &str) -> Result<SymbolTable, SyntaxError> {
        Self::build_with(names, source, |b| b.stmts(body))
    }

    /// Builds the table of a lone expression.
    pub fn build_expr(e: &Expr, names: &mut Names, source: &str) -> Result<SymbolTable, SyntaxError> {
        Self::build_with(names, source, |b| b.expr(e))
    }

    fn build_with(
        names: &mut Names,
        source: &str,
        f: impl FnOnce(&mut Builder<'_>) -> Result<(), SyntaxError>,
    ) -> Result<SymbolTable, SyntaxError> {
        let class_sym = names.intern("__class__");
        let table = SymbolTable { scopes: Vec::new(), by_node: HashMap::new(), class_sym };
        let mut b = Builder {
            table,
            names,
            source,
            current: 0,
            class_name: None,
            in_iterable: 0,
            loops: 0,
            comp_kind: "",
            linked: HashSet::new(),
            links_left: source.len() / 8 + 4096,
        };
        b.table.scopes.push(b.new_scope(Kind::Module, None));
        f(&mut b)?;
        b.resolve()?;
        Ok(b.table)
    }
}

struct Builder<'n> {
    table: SymbolTable,
    names: &'n mut Names,
    source: &'n str,
    current: ScopeId,
    class_name: Option<Rc<str>>,
    /// Depth of comprehension iterables around the current expression (no walrus there).
    in_iterable: u32,
    /// Loops around the current statement, in this scope.
    loops: u32,
    /// What `yield` inside the current comprehension would be called.
    comp_kind: &'static str,
    /// Free variables already passed through a scope, and how many more there may be.
    linked: HashSet<(ScopeId, Sym, ScopeId)>,
    links_left: usize,
}

type Res = Result<(), SyntaxError>;

impl Builder<'_> {
    fn new_scope(&self, kind: Kind, parent: Option<ScopeId>) -> Scope {
        let nested = parent.is_some_and(|p| {
            let p = &self.table.scopes[p];
            p.nested || p.is_function_like()
        });
        Scope {
            kind,
            parent,
            symbols: Vec::new(),
            index: HashMap::new(),
            params: Vec::new(),
            free: Vec::new(),
            generator: false,
            needs_class_cell: false,
            class_name: self.class_name.clone(),
            nested,
        }
    }

    fn sym(&mut self, name: &str) -> Sym {
        self.names.mangle(self.class_name.as_deref(), name)
    }

    fn enter<T>(&mut self, kind: Kind, node: &T) -> ScopeId {
        let scope = self.new_scope(kind, Some(self.current));
        let id = self.table.scopes.len();
        self.table.scopes.push(scope);
        self.table.by_node.insert(node_key(node), id);
        std::mem::replace(&mut self.current, id)
    }

    fn symbol(&mut self, sym: Sym, range: TextRange) -> &mut Symbol {
        self.table.scopes[self.current].symbol_mut(sym, range)
    }

    fn use_name(&mut self, name: &str, range: TextRange) {
        let sym = self.sym(name);
        self.symbol(sym, range).used = true;
        // `super` in a method reaches the class through the implicit cell.
        if name == "super" && self.table.scopes[self.current].is_function_like() {
            let class = self.table.class_sym;
            self.symbol(class, range).used = true;
        }
    }

    fn bind(&mut self, name: &str, range: TextRange) -> Result<Sym, SyntaxError> {
        if name == "__debug__" {
            return err("cannot assign to __debug__", range);
        }
        let sym = self.sym(name);
        self.symbol(sym, range).bound = true;
        Ok(sym)
    }

    fn declare_global(&mut self, id: &ast::Identifier, stmt: TextRange) -> Res {
        let sym = self.sym(&id.id);
        let known = *self.symbol(sym, stmt);
        let name = &id.id;
        if known.param {
            return err(format!("name '{name}' is parameter and global"), stmt);
        }
        if known.nonlocal {
            return err(format!("name '{name}' is nonlocal and global"), stmt);
        }
        self.check_declared_late(&known, name, "global", stmt)?;
        let s = self.symbol(sym, stmt);
        s.global = true;
        s.range = stmt;
        self.table.scopes[0].symbol_mut(sym, stmt);
        Ok(())
    }

    fn declare_nonlocal(&mut self, id: &ast::Identifier, stmt: TextRange) -> Res {
        let name = &id.id;
        let sym = self.sym(name);
        let known = *self.symbol(sym, stmt);
        if known.param {
            return err(format!("name '{name}' is parameter and nonlocal"), stmt);
        }
        if known.global {
            return err(format!("name '{name}' is nonlocal and global"), stmt);
        }
        self.check_declared_late(&known, name, "nonlocal", stmt)?;
        if self.table.scopes[self.current].kind == Kind::Module {
            return err("nonlocal declaration not allowed at module level", stmt);
        }
        let s = self.symbol(sym, stmt);
        s.nonlocal = true;
        s.range = stmt;
        Ok(())
    }

    fn check_declared_late(&self, s: &Symbol, name: &str, what: &str, range: TextRange) -> Res {
        if s.annotated {
            err(format!("annotated name '{name}' can't be {what}"), range)
        } else if s.bound {
            err(format!("name '{name}' is assigned to before {what} declaration"), range)
        } else if s.used {
            err(format!("name '{name}' is used prior to {what} declaration"), range)
        } else {
            Ok(())
        }
    }

    /// Decides for every name of every scope who owns it.
    fn resolve(&mut self) -> Res {
        for id in 0..self.table.scopes.len() {
            for i in 0..self.table.scopes[id].symbols.len() {
                let (sym, s) = self.table.scopes[id].symbols[i];
                self.resolve_one(id, i, sym, s)?;
            }
        }
        // Closures list their cells by name.
        for scope in &mut self.table.scopes {
            let names = &self.names;
            scope.free.sort_by_cached_key(|&(sym, _)| names.text(sym));
        }
        Ok(())
    }

    fn resolve_one(&mut self, id: ScopeId, i: usize, sym: Sym, s: Symbol) -> Res {
        let own = s.global || (s.bound && !s.nonlocal);
        let mentioned = s.used || s.bound || s.nonlocal;
        if own || !mentioned {
            return Ok(());
        }
        let owner = self.find_owner(id, sym);
        let Some(owner) = owner else {
            if s.nonlocal {
                let name = self.names.text(sym);
                return err(format!("no binding for nonlocal '{name}' found"), s.range);
            }
            return Ok(());
        };
        self.table.scopes[id].symbols[i].1.owner = Some(owner);
        let (from, to) = (self.table.physical(id), self.table.physical(owner));
        if from == to && self.table.scopes[owner].kind != Kind::Class {
            return Ok(());
        }
        if self.table.scopes[owner].kind == Kind::Class {
            self.table.scopes[owner].needs_class_cell = true;
        } else {
            self.table.scopes[owner].symbol_mut(sym, s.range).cell = true;
        }
        let mut at = from;
        while at != to {
            let scope = &mut self.table.scopes[at];
            if self.linked.insert((at, sym, owner)) {
                if self.links_left == 0 {
                    return err("too many free variables", s.range);
                }
                self.links_left -= 1;
                scope.free.push((sym, owner));
            }
            match scope.parent {
                Some(p) => at = self.table.physical(p),
                None => break,
            }
        }
        Ok(())
    }

    /// The function-like scope outside `id` (or class, for `__class__`) that binds `sym`.
    fn find_owner(&self, id: ScopeId, sym: Sym) -> Option<ScopeId> {
        let scopes = &self.table.scopes;
        let mut at = scopes[id].parent;
        let mut through_function = scopes[id].is_function_like() && scopes[id].kind != Kind::Comp;
        while let Some(p) = at {
            let scope = &scopes[p];
            match scope.kind {
                Kind::Module => return None,
                Kind::Class if sym == self.table.class_sym && through_function => return Some(p),
                Kind::Class => {}
                _ => match scope.symbol(sym) {
                    Some(s) if s.global => return None,
                    Some(s) if s.bound && !s.nonlocal => return Some(p),
                    _ => {}
                },
            }
            through_function |= scope.is_function_like() && scope.kind != Kind::Comp;
            at = scope.parent;
        }
        None
    }
}
