//! Code generation: from the syntax tree and its scopes to function definitions.
//!
//! The tree is walked once. While control cannot arrive nothing is generated (checks that must see unreachable
//! code too are in the scope pass). Each instruction writes its destination last, so an expression may compute
//! straight into the variable it is assigned to; what is written in several steps goes through a temporary.

mod assign;
mod calls;
mod comp;
mod cond;
mod display;
mod expr;
mod finish;
mod fstring;
mod func;
mod jumps;
mod patterns;
mod stmt;
mod unit;
mod unwind;

use crate::consts::{self, Value};
use crate::errors::Fail;
use crate::lines::Lines;
use crate::names::{Names, Sym};
use crate::scope::{Kind, Scope, ScopeId, SymbolTable};
use ruff_python_ast::{Expr, Stmt};
use ruff_text_size::{Ranged, TextRange, TextSize};
use std::rc::Rc;
use taipan_core::bytecode::asm::{Const, FuncDef};
use taipan_core::bytecode::{FuncFlags, Op};
use unit::{Hoisted, Reg, TEMP, Unit, Var};

/// The result of generating code for something.
pub type Res<T = ()> = Result<T, Fail>;

/// Where a name lives, seen from the current scope.
#[derive(Clone, Copy, Debug)]
enum Place {
    /// A named register.
    Local(Reg),
    /// A cell held in a register.
    Cell(Reg),
    /// The module's globals, then the built-ins.
    Global,
    /// The class namespace, then globals.
    Name,
    /// The class namespace, then a cell.
    NameCell(Reg),
}

/// The state of generating one module.
pub struct Compiler<'a> {
    table: &'a SymbolTable,
    names: &'a mut Names,
    source: &'a str,
    lines: &'a Lines<'a>,
    /// Flags every function gets.
    base_flags: u32,
    funcs: Vec<FuncDef>,
    u: Unit<'a>,
}

impl<'a> Compiler<'a> {
    /// A compiler that may emit `budget` instructions.
    pub fn new(
        table: &'a SymbolTable,
        names: &'a mut Names,
        source: &'a str,
        lines: &'a Lines<'a>,
        base_flags: u32,
        budget: usize,
    ) -> Self {
        let u = Unit { budget, ..Unit::default() };
        Compiler { table, names, source, lines, base_flags, funcs: Vec::new(), u }
    }

    /// Compiles a module.
    pub fn module(mut self, body: &'a [Stmt]) -> Res<Vec<FuncDef>> {
        self.begin_module();
        if let Some(doc) = self.docstring(body) {
            let range = body[0].range();
            let r = self.u.tmp();
            self.load_value(doc, r, range);
            self.store_global("__doc__", r, range);
            self.u.top = 0;
        }
        self.stmts(body)?;
        self.end_module()
    }

    /// Compiles a lone expression to a module that returns its value.
    pub fn expression(mut self, e: &'a Expr) -> Res<Vec<FuncDef>> {
        self.begin_module();
        let r = self.operand(e, false)?;
        self.u.emit_end(e.range(), Op::Return, r, 0);
        self.end_module()
    }

    fn begin_module(&mut self) {
        self.u.def.name = "<module>".into();
        self.u.def.qualname = "<module>".into();
        self.u.def.first_line = 1;
        self.u.def.flags = FuncFlags(self.base_flags | FuncFlags::MODULE);
        self.u.reachable = true;
        self.funcs.push(FuncDef::default());
    }

    fn end_module(mut self) -> Res<Vec<FuncDef>> {
        let u = std::mem::take(&mut self.u);
        let index = u.index;
        self.funcs[index] = self.seal(u, TextRange::default())?;
        Ok(self.funcs)
    }

    /// Ends a unit: falls off its end with None, and lays it out.
    fn seal(&self, mut u: Unit<'a>, end: TextRange) -> Res<FuncDef> {
        if u.reachable || u.code.is_empty() {
            u.reachable = true;
            let range = u.ranges.last().copied().unwrap_or(end);
            u.emit_end(range, Op::ReturnNone, 0, 0);
        }
        finish::finish(u, self.lines).ok_or(Fail::Memory)
    }

    fn scope(&self) -> &Scope {
        &self.table.scopes[self.scope_id()]
    }

    fn scope_id(&self) -> ScopeId {
        self.u.comps.last().copied().unwrap_or(self.u.scope)
    }

    /// The symbol of an identifier of the source.
    fn sym(&mut self, name: &str) -> Sym {
        let class = self.scope().class_name.clone();
        self.names.mangle(class.as_deref(), name)
    }

    fn text(&self, sym: Sym) -> Rc<str> {
        self.names.text(sym)
    }

    fn place(&self, sym: Sym) -> Place {
        let (id, scope) = (self.scope_id(), self.scope());
        let in_class = scope.kind == Kind::Class;
        let Some(s) = scope.symbol(sym) else {
            return if in_class { Place::Name } else { Place::Global };
        };
        if s.global {
            return Place::Global;
        }
        if s.bound && !s.nonlocal {
            return match scope.kind {
                Kind::Module => Place::Global,
                Kind::Class => Place::Name,
                _ => self.var_place(id, sym),
            };
        }
        match s.owner.and_then(|o| self.u.vars.get(&(o, sym))) {
            Some(v) if in_class && !s.nonlocal => Place::NameCell(v.reg),
            Some(Var { reg, cell: true }) => Place::Cell(*reg),
            Some(Var { reg, cell: false }) => Place::Local(*reg),
            None if in_class => Place::Name,
            None => Place::Global,
        }
    }

    fn var_place(&self, id: ScopeId, sym: Sym) -> Place {
        match self.u.vars.get(&(id, sym)) {
            Some(Var { reg, cell: true }) => Place::Cell(*reg),
            Some(Var { reg, cell: false }) => Place::Local(*reg),
            None => Place::Global,
        }
    }

    /// The index of a string constant.
    fn name_const(&mut self, name: &str) -> u32 {
        self.u.add_const(Const::Str(name.as_bytes().to_vec()))
    }

    /// A site for an attribute or global name.
    fn name_site(&mut self, name: &str) -> u16 {
        let c = self.name_const(name);
        self.u.site(Some(c), 0)
    }

    fn sym_site(&mut self, sym: Sym) -> u16 {
        let name = self.text(sym);
        self.name_site(&name)
    }

    /// Adds a constant value with its items.
    fn const_index(&mut self, v: &Value) -> u32 {
        let c = match v {
            Value::None => Const::None,
            Value::Bool(b) => Const::Bool(*b),
            Value::Ellipsis => Const::Ellipsis,
            Value::Int(i) => Const::Int(*i),
            Value::Big(neg, limbs) => Const::BigInt(*neg, limbs.clone()),
            Value::Float(f) => Const::Float(f.to_bits()),
            Value::Imaginary(f) => Const::Imaginary(f.to_bits()),
            Value::Str(s) => Const::Str(s.clone()),
            Value::Bytes(s) => Const::Bytes(s.clone()),
            Value::Tuple(t) => Const::Tuple(t.iter().map(|v| self.const_index(v)).collect()),
            Value::FrozenSet(t) => Const::FrozenSet(t.iter().map(|v| self.const_index(v)).collect()),
        };
        self.u.add_const(c)
    }

    /// Loads a constant into a register.
    fn load_value(&mut self, v: Value, dst: Reg, range: TextRange) {
        if !self.u.reachable {
            return;
        }
        match v {
            Value::None => self.u.emit(range, Op::LoadNone, dst, 0, 0),
            Value::Int(i) if i16::try_from(i).is_ok() => {
                self.u.emit(range, Op::LoadInt, dst, i as i16 as u16, 0);
            }
            v => {
                let c = self.const_index(&v);
                self.u.emit(range, Op::LoadConst, dst, c as u16, 0);
            }
        }
    }

    /// A register that holds a constant: a hoisted one inside loops, else a fresh temporary.
    fn value_operand(&mut self, v: Value, range: TextRange) -> Reg {
        let what = match &v {
            Value::None => Hoisted::None,
            Value::Int(i) if i16::try_from(*i).is_ok() => Hoisted::Int(*i as i16),
            v => Hoisted::Const(self.const_index(v)),
        };
        self.u.hoist(what).unwrap_or_else(|| {
            let r = self.u.tmp();
            self.load_value(v, r, range);
            r
        })
    }

    fn fold(&self, e: &Expr) -> Option<Value> {
        consts::fold(e, self.source)
    }

    /// The value of a small int literal that fits an immediate operand.
    fn immediate(&self, e: &Expr) -> Option<i16> {
        match e {
            Expr::NumberLiteral(_) | Expr::UnaryOp(_) => match self.fold(e)? {
                Value::Int(i) => i16::try_from(i).ok(),
                _ => None,
            },
            _ => None,
        }
    }

    /// Frees temporaries allocated since `mark`.
    fn free_to(&mut self, mark: u16) {
        self.u.top = mark;
    }

    /// The register the next temporary gets.
    fn next_tmp(&self) -> Reg {
        TEMP + self.u.top
    }

    fn store_global(&mut self, name: &str, r: Reg, range: TextRange) {
        let site = self.name_site(name);
        self.u.emit(range, Op::StoreGlobal, r, site, 0);
    }

    fn range_from(&self, start: TextSize, end: TextSize) -> TextRange {
        TextRange::new(start.min(end), end)
    }
}

/// Whether a register is a temporary.
fn is_temp(r: Reg) -> bool {
    (TEMP..unit::FREE).contains(&r)
}
