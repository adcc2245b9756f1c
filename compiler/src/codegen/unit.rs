//! One function under construction: instructions over virtual registers, labels, and what is known to be bound.
//!
//! Virtual registers come in four spaces (named, temporary, free variable, hoisted constant), because their
//! numbers are only known at the end; [`super::finish`] lays them out.
//!
//! Invariants: nothing is emitted while control cannot arrive (`reachable` is false). `bound` under-approximates
//! the named registers that hold a value whenever control arrives here.

use crate::names::Sym;
use crate::scope::ScopeId;
use ruff_python_ast::Stmt;
use ruff_text_size::TextRange;
use std::collections::HashMap;
use taipan_core::bytecode::asm::{Const, FuncDef};
use taipan_core::bytecode::{Instr, Op, Site};

/// A virtual register.
pub type Reg = u16;
/// First temporary.
pub const TEMP: Reg = 0x4000;
/// First free variable.
pub const FREE: Reg = 0x8000;
/// First hoisted constant.
pub const HOISTED: Reg = 0xc000;
/// Registers in one space; a function that needs more is refused.
pub const SPACE: usize = 0x3f00;
/// At most so many constants are kept in registers.
const MAX_HOISTED: usize = 24;

/// A set of small numbers.
#[derive(Clone, Default, Debug)]
pub struct Bits(Vec<u64>);

impl Bits {
    pub fn set(&mut self, i: usize) {
        if self.0.len() <= i / 64 {
            self.0.resize(i / 64 + 1, 0);
        }
        self.0[i / 64] |= 1 << (i % 64);
    }
    pub fn clear(&mut self, i: usize) {
        if let Some(w) = self.0.get_mut(i / 64) {
            *w &= !(1 << (i % 64));
        }
    }
    pub fn has(&self, i: usize) -> bool {
        self.0.get(i / 64).is_some_and(|w| w >> (i % 64) & 1 != 0)
    }
    pub fn intersect(&mut self, other: &Bits) {
        self.0.truncate(other.0.len());
        self.0.iter_mut().zip(&other.0).for_each(|(a, b)| *a &= b);
    }
    pub fn subtract(&mut self, other: &Bits) {
        self.0.iter_mut().zip(&other.0).for_each(|(a, b)| *a &= !b);
    }
}

/// A jump target.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct Label(pub u32);

/// A label's place, and the variables bound on every jump to it so far (`None`: no jump yet).
#[derive(Default)]
pub struct LabelData {
    pub at: Option<u32>,
    pub bound: Option<Bits>,
}

/// A variable of the unit.
#[derive(Clone, Copy, Debug)]
pub struct Var {
    pub reg: Reg,
    /// The register holds a cell.
    pub cell: bool,
}

/// What a jump out of the current statement has to undo.
#[derive(Clone, Copy)]
pub enum Block<'a> {
    /// A loop: where `break` and `continue` go.
    Loop { brk: Label, cont: Label },
    /// The body of `try … finally`.
    Finally { body: &'a [Stmt], region: usize },
    /// The body of a `with`; `exit` holds the bound `__exit__`.
    With { exit: Reg, region: usize, range: TextRange },
    /// A protected region that needs nothing undone (`try … except`).
    Try { region: usize },
    /// Inside an exception handler.
    Handler { reg: Reg, name: Option<Sym>, region: usize },
}

impl Block<'_> {
    /// The protected region that ends when control leaves the block.
    pub fn region(&self) -> Option<usize> {
        match *self {
            Block::Loop { .. } => None,
            Block::Finally { region, .. }
            | Block::With { region, .. }
            | Block::Try { region }
            | Block::Handler { region, .. } => Some(region),
        }
    }
}

/// Instructions covered by one handler, in pieces.
#[derive(Default)]
pub struct Region {
    pub pieces: Vec<(u32, u32)>,
    pub open: Option<u32>,
}

/// A finished exception table entry over unplaced labels.
pub struct Exc {
    pub start: u32,
    pub end: u32,
    pub handler: Label,
    pub reg: Reg,
}

/// A function under construction.
#[derive(Default)]
pub struct Unit<'a> {
    pub scope: ScopeId,
    /// Inlined comprehensions around the current expression, innermost last.
    pub comps: Vec<ScopeId>,
    pub def: FuncDef,
    pub index: usize,
    pub code: Vec<Instr>,
    pub ranges: Vec<TextRange>,
    /// Whether each instruction runs once per entry (outside loops).
    pub straight: u32,
    pub prologue: Vec<Instr>,
    pub labels: Vec<LabelData>,
    pub fixups: Vec<(u32, Label)>,
    pub regions: Vec<Region>,
    pub excs: Vec<Exc>,
    pub blocks: Vec<Block<'a>>,
    pub top: u16,
    pub max_top: u16,
    pub vars: HashMap<(ScopeId, Sym), Var>,
    pub named: Vec<String>,
    pub free: Vec<String>,
    pub bound: Bits,
    pub ever_deleted: Bits,
    pub walrus: Bits,
    pub any_walrus: bool,
    /// Registers of finished comprehensions, for the next variable of the same name.
    pub spare: HashMap<Sym, Vec<Reg>>,
    pub reachable: bool,
    pub loop_depth: u32,
    pub const_index: HashMap<Vec<u8>, u32>,
    pub hoisted: Vec<Hoisted>,
    /// Instructions that may still be emitted in the whole module.
    pub budget: usize,
    pub too_large: bool,
}

/// What a hoisted register holds.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Hoisted {
    Int(i16),
    Const(u32),
    None,
}

impl<'a> Unit<'a> {
    /// Emits an instruction, unless control cannot arrive.
    pub fn emit(&mut self, range: TextRange, op: Op, a: u16, b: u16, c: u16) {
        if !self.reachable || self.too_large {
            return;
        }
        if self.budget == 0 {
            self.too_large = true;
            return;
        }
        self.budget -= 1;
        self.code.push(Instr::new(op, a, b, c));
        self.ranges.push(range);
        self.straight += (self.loop_depth == 0) as u32;
    }

    /// As [`Unit::emit`] for an operation after which control does not go on.
    pub fn emit_end(&mut self, range: TextRange, op: Op, a: u16, b: u16) {
        self.emit(range, op, a, b, 0);
        self.reachable = false;
    }

    /// Index of the next instruction.
    pub fn here(&self) -> u32 {
        self.code.len() as u32
    }

    /// A label to be placed later.
    pub fn label(&mut self) -> Label {
        self.labels.push(LabelData::default());
        Label(self.labels.len() as u32 - 1)
    }

    /// Emits a jump; its offset is filled in at the end.
    pub fn jump(&mut self, range: TextRange, op: Op, a: u16, b: u16, to: Label) {
        if !self.reachable || self.too_large {
            return;
        }
        let at = self.here();
        self.emit(range, op, a, b, 0);
        self.fixups.push((at, to));
        self.arrive(to);
        if matches!(op, Op::Jump | Op::JumpBack) {
            self.reachable = false;
        }
    }

    /// Notes that control may go from here to `to`.
    pub fn arrive(&mut self, to: Label) {
        let data = &mut self.labels[to.0 as usize];
        if data.at.is_none() {
            match &mut data.bound {
                Some(b) => b.intersect(&self.bound),
                none => *none = Some(self.bound.clone()),
            }
        }
    }

    /// Places a label here.
    pub fn place(&mut self, label: Label) {
        let here = self.here();
        let data = &mut self.labels[label.0 as usize];
        data.at = Some(here);
        match (data.bound.take(), self.reachable) {
            (Some(b), true) => self.bound.intersect(&b),
            (Some(b), false) => {
                self.bound = b;
                self.reachable = true;
            }
            (None, _) => {}
        }
    }

    /// Places a label that later instructions jump back to: what the loop may unbind is not bound there.
    pub fn place_head(&mut self, label: Label) {
        self.place(label);
        let deleted = std::mem::take(&mut self.ever_deleted);
        self.bound.subtract(&deleted);
        self.ever_deleted = deleted;
    }

    /// A fresh temporary.
    pub fn tmp(&mut self) -> Reg {
        self.tmps(1)
    }

    /// `n` consecutive fresh temporaries.
    pub fn tmps(&mut self, n: usize) -> Reg {
        if self.top as usize + n > SPACE {
            self.too_large = true;
            return TEMP;
        }
        let r = TEMP + self.top;
        self.top += n as u16;
        self.max_top = self.max_top.max(self.top);
        r
    }

    /// Makes sure the frame has `n` registers above temporary `w`.
    pub fn need(&mut self, w: Reg, n: usize) {
        let end = (w - TEMP) as usize + n;
        if end > SPACE {
            self.too_large = true;
        } else {
            self.max_top = self.max_top.max(end as u16);
        }
    }

    /// A new named register.
    pub fn name_reg(&mut self, name: &str) -> Reg {
        if self.named.len() >= SPACE {
            self.too_large = true;
            return 0;
        }
        self.named.push(name.to_string());
        self.named.len() as Reg - 1
    }

    /// A new site.
    pub fn site(&mut self, name: Option<u32>, dst: Reg) -> u16 {
        if !self.reachable {
            return 0;
        }
        if self.def.sites.len() >= u16::MAX as usize {
            self.too_large = true;
            return 0;
        }
        self.def.sites.push(Site { name: name.unwrap_or(Site::NO_NAME), dst });
        self.def.sites.len() as u16 - 1
    }

    /// The index of a constant.
    pub fn add_const(&mut self, c: Const) -> u32 {
        let key = crate::consts::key(&c);
        if let Some(&i) = self.const_index.get(&key) {
            return i;
        }
        if !self.charge_text(key.len()) {
            return 0;
        }
        let i = self.def.consts.len() as u32;
        if i >= u16::MAX as u32 {
            self.too_large = true;
            return 0;
        }
        self.def.consts.push(c);
        self.const_index.insert(key, i);
        i
    }

    /// Charges text that may be much longer than the source that causes it (names with their class or function).
    pub fn charge_text(&mut self, len: usize) -> bool {
        match self.budget.checked_sub(len / 32) {
            Some(left) => self.budget = left,
            None => self.too_large = true,
        }
        !self.too_large
    }

    /// The register of a constant that is kept in one, if it is or may be.
    pub fn hoist(&mut self, what: Hoisted) -> Option<Reg> {
        if let Some(i) = self.hoisted.iter().position(|h| *h == what) {
            return Some(HOISTED + i as Reg);
        }
        if self.loop_depth == 0 || self.hoisted.len() >= MAX_HOISTED || !self.reachable {
            return None;
        }
        self.hoisted.push(what);
        Some(HOISTED + self.hoisted.len() as Reg - 1)
    }

    /// Opens a protected region at the next instruction.
    pub fn open_region(&mut self) -> usize {
        let here = self.here();
        self.regions.push(Region { pieces: Vec::new(), open: Some(here) });
        self.regions.len() - 1
    }

    /// Interrupts a region: what follows is not covered.
    pub fn pause(&mut self, region: usize) {
        let here = self.here();
        let r = &mut self.regions[region];
        if let Some(start) = r.open.take()
            && start < here
        {
            r.pieces.push((start, here));
        }
    }

    /// Covers what follows again.
    pub fn resume(&mut self, region: usize) {
        let here = self.here();
        self.regions[region].open = Some(here);
    }

    /// Ends a region: its pieces enter the table. Returns whether it covers anything.
    pub fn close_region(&mut self, region: usize, handler: Label, reg: Reg) -> bool {
        self.pause(region);
        let pieces = std::mem::take(&mut self.regions[region].pieces);
        let any = !pieces.is_empty();
        self.excs.extend(pieces.into_iter().map(|(start, end)| Exc { start, end, handler, reg }));
        any
    }

    /// Begins a handler: control arrives with what was bound at the start of its region.
    pub fn begin_handler(&mut self, label: Label, mut bound: Bits, live: bool) {
        bound.subtract(&self.ever_deleted);
        self.reachable = false;
        if live {
            self.labels[label.0 as usize].bound = Some(bound);
        }
        self.place(label);
    }

    /// Whether a named register is known to hold a value.
    pub fn is_bound(&self, reg: Reg) -> bool {
        self.bound.has(reg as usize)
    }
}
