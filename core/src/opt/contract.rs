//! The contract of a loop: what has to hold where its body begins, so that a side trace can jump there.
//!
//! The body was made behind one iteration that has checked and loaded things (`peel.rs`). A contract has the uops of that
//! iteration on which the body relies (`lean.rs`), each with where its value comes from at the loop's head: a register of
//! the interpreter's, or the uop done again. Whoever jumps to the body brings those values to where the body has them,
//! and has made sure of what is known of them (`meet.rs`).
//!
//! A value that cannot be had, or not safely, leaves the loop without a contract: it is entered from its beginning then.
//!
//! Invariants: an entry names earlier entries only; done again is only what needs no more than the types of its operands
//! to be safe: pure uops, and loads from objects of a known shape.

use super::builder::{Build, Builder, Fail, State, Ty, clobber, push};
use super::lean::{CONSTANT, DEFINED, NEEDED};
use super::ranges::{Ranges, fill};
use super::span::Span;
use crate::heap::Shapes;
use crate::room::{WithinRoom as _, exact};
use crate::trace::ir::{Ins, Konst, Loc, Ref, Trace};
use crate::uop::{Class, Effect, Uop};
use alloc::vec::Vec;

/// Where the value of an entry comes from at the loop's head.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(super) enum From {
    /// The interpreter's register at this slot, which the loop changes.
    Slot(u16),
    /// The interpreter's register at this slot, which the loop does not change.
    Kept(u16),
    /// What the register had before the constant was added: the loop's last step.
    Before(u16, Ref),
    /// The uop done again.
    Again,
    /// Another uop: what memory has there.
    Memory,
    /// It can only be had from a trace that has it.
    Given,
    /// A guard, or a load of what the entry must be.
    Check(Ref),
}

/// A uop on which the loop's body relies.
#[derive(Clone, Copy, Debug)]
pub(super) struct Entry {
    /// Its operands are entries and constants of the contract.
    pub ins: Ins,
    pub from: From,
    /// What is known of its value at the loop's head.
    pub ty: Ty,
    pub span: Span,
    /// The constant that it is.
    pub is: Ref,
    /// What it comes of was relied on, not only its value.
    pub defined: bool,
    /// The body relies on what is known of it; otherwise it serves other entries.
    pub needed: bool,
    /// Its value is another one in the next iteration, or what it checks has to be checked each time.
    pub varies: bool,
    /// Number of the uop in the loop's trace.
    pub at: u16,
}

/// What a jump to a loop's body has to bring.
#[derive(Debug)]
pub struct Contract {
    pub(super) entries: Vec<Entry>,
    pub(super) konsts: Vec<(Konst, Ty)>,
    /// Registers that memory need not have at the head, with their values.
    pub(super) ends: Vec<(u16, Ref)>,
    /// Where the body has what.
    pub(super) places: Vec<(Ref, Loc)>,
    /// The epoch is known to be the loop's.
    pub(super) epoch_known: bool,
    /// Nothing in the loop changes objects' shapes.
    pub(super) calm: bool,
}

impl Contract {
    /// Bytes it takes that are the same on all architectures.
    pub fn bytes(&self) -> usize {
        use core::mem::size_of;
        self.entries.capacity() * size_of::<Entry>()
            + self.konsts.capacity() * size_of::<(Konst, Ty)>()
            + self.ends.capacity() * size_of::<(u16, Ref)>()
    }
    /// Bytes that tell where the body has its values.
    pub fn bytes_of_places(&self) -> usize {
        self.places.capacity() * core::mem::size_of::<(Ref, Loc)>()
    }
    /// The entries that hold all through the loop: their numbers, and the values that the body has, as the loop's trace
    /// names them.
    pub fn lasting(&self) -> impl Iterator<Item = (u16, Ref)> + '_ {
        let has = |n: usize| self.places.iter().any(|(value, _)| *value == Ref::ins(n));
        let lasting = self.entries.iter().enumerate().filter(|(_, e)| !e.varies);
        lasting.map(move |(n, e)| (n as u16, if has(n) { Ref::ins(e.at as usize) } else { Ref::NONE }))
    }
    /// Whether an entry's value is a double.
    pub fn is_float(&self, entry: u16) -> bool {
        self.entries.get(entry as usize).is_some_and(|e| e.ins.op.out() == Some(Class::F))
    }
    /// What is known, all through the loop, of the value of an entry.
    pub fn ty(&self, entry: u16) -> Ty {
        match self.entries.get(entry as usize).map_or(Ty::Any, |e| e.ty) {
            Ty::Shape(k) if !self.calm && k >= Shapes::FIRST => Ty::Ptr,
            ty => ty,
        }
    }
    /// The register that an entry is the value of all through the loop.
    pub fn register(&self, entry: u16) -> Option<usize> {
        match self.entries.get(entry as usize)?.from {
            From::Kept(slot) => Some(slot as usize),
            _ => None,
        }
    }
}

/// A contract in the making.
#[derive(Debug, Default)]
pub struct Draft {
    /// The first iteration as it was recorded, and behind it what was put before the loop.
    ins: Vec<Ins>,
    /// Which values are others in the next iteration.
    varies: Vec<bool>,
    /// Live registers at the head that differ from memory.
    ends: Vec<(u16, Ref)>,
    calm: bool,
    need: Vec<bool>,
    from: Vec<From>,
    /// Numbers of the uops among the entries, and of constants.
    number: Vec<u32>,
    konsts: Vec<u32>,
    entries: Vec<Entry>,
}

const NONE: u32 = u32::MAX;

impl Draft {
    /// Begins one for the loop whose first iteration are the first `n` uops of `b`; `to` is what its values are in the
    /// second, and `end` what its registers are at its end, in state `head`.
    pub(super) fn begin(&mut self, b: &Builder, n: usize, to: &[Ref], end: &[Ref], head: State) -> Build<()> {
        self.ins.clear();
        self.varies.clear();
        self.ends.clear();
        let first = b.t.ins.get(..n).unwrap_or(&[]);
        self.ins.try_reserve(n).map_err(|_| Fail::NoMemory)?;
        self.ins.extend_within(first);
        self.varies.try_reserve(n).map_err(|_| Fail::NoMemory)?;
        self.varies.fill_within(to.iter().enumerate().map(|(i, to)| !to.is_none() && *to != Ref::ins(i)));
        for (slot, &e) in end.iter().enumerate() {
            if !e.is_none() && b.is_live(head, slot) {
                push(&mut self.ends, (slot as u16, e))?;
            }
        }
        self.calm = !b.t.ins.iter().any(changes_shapes);
        // What the loop and its exits name, though it was no operand where uops were made.
        let last = b.t.ins.get(n..).unwrap_or(&[]);
        for r in last.iter().flat_map(|i| i.operands()) {
            b.lean_in_hindsight(*r);
        }
        for i in last.iter().filter(|i| i.op.exits()) {
            for s in b.t.snapshot_slots(i.snap) {
                b.lean_in_hindsight(s.value);
            }
        }
        Ok(())
    }

    /// Takes over what `ranges` has put before the loop.
    pub fn note_hoisted(&mut self, t: &Trace) -> Build<()> {
        let (n, start) = (self.ins.len(), t.ins.iter().position(|i| i.op == Uop::LoopStart));
        let hoisted = t.ins.get(n..start.unwrap_or(n)).unwrap_or(&[]);
        self.ins.try_reserve(hoisted.len()).map_err(|_| Fail::NoMemory)?;
        self.ins.extend_within(hoisted);
        self.varies.try_reserve(hoisted.len()).map_err(|_| Fail::NoMemory)?;
        self.varies.fill_within(hoisted.iter().map(|_| false));
        Ok(())
    }

    /// The contract, if there can be one, now that it is known where the loop has its values at its `head`.
    pub fn finish(&mut self, b: &Builder, ranges: &Ranges, head: &[(Ref, Loc)]) -> Build<Option<Contract>> {
        if b.leans.lost.get() || !self.choose(b, ranges, head)? {
            return Ok(None);
        }
        match self.write(b, ranges, head) {
            // Something that no entry is for.
            Err(Fail::Contradiction) => Ok(None),
            written => written.map(Some),
        }
    }

    fn write(&mut self, b: &Builder, ranges: &Ranges, head: &[(Ref, Loc)]) -> Build<Contract> {
        self.collect(b, ranges)?;
        let (mut ends, mut places) = (Vec::new(), Vec::new());
        for n in 0..self.ends.len() {
            let Some(&(slot, e)) = self.ends.get(n) else { break };
            push(&mut ends, (slot, self.named(e)?))?;
        }
        // Named in the order of the values, which is the same whatever the register file.
        let mut values = exact(head).ok_or(Fail::NoMemory)?;
        values.sort_unstable_by_key(|(value, _)| *value);
        for (value, _) in values {
            let value = self.entered(&b.t, value).ok_or(Fail::Contradiction)?;
            self.named(value)?;
        }
        for &(value, loc) in head {
            let value = self.entered(&b.t, value).ok_or(Fail::Contradiction)?;
            push(&mut places, (self.named(value)?, loc))?;
        }
        let mut konsts = Vec::new();
        for &k in &self.konsts {
            let ty = b.ty(Ref::konst(k as usize));
            let konst = b.t.konsts.get(k as usize).copied().ok_or(Fail::Contradiction)?;
            push(&mut konsts, (konst, ty))?;
        }
        let short = Fail::NoMemory;
        Ok(Contract {
            entries: exact(&self.entries).ok_or(short)?,
            konsts: exact(&konsts).ok_or(short)?,
            ends: exact(&ends).ok_or(short)?,
            places: exact(&places).ok_or(short)?,
            epoch_known: b.leans.epoch_known,
            calm: self.calm,
        })
    }

    /// The value that enters the loop where it has `value`.
    fn entered(&self, t: &Trace, value: Ref) -> Option<Ref> {
        let Some(i) = value.as_ins().filter(|i| *i >= self.ins.len()) else { return Some(value) };
        let phi = t.ins.get(i).filter(|p| matches!(p.op, Uop::PhiG | Uop::PhiF) && p.d > 0)?;
        Some(Ref::ins(phi.d as usize))
    }

    fn mark(b: &Builder, i: usize) -> u8 {
        b.leans.marks.get(i).map_or(0, |m| m.get())
    }

    /// Decides which uops become entries, and where their values come from. Answers whether all can be had.
    fn choose(&mut self, b: &Builder, ranges: &Ranges, head: &[(Ref, Loc)]) -> Build<bool> {
        let n = self.ins.len();
        fill(&mut self.need, n, false)?;
        fill(&mut self.from, n, From::Given)?;
        for &(value, _) in head {
            let Some(value) = self.entered(&b.t, value) else { return Ok(false) };
            self.want(value);
            if let Some(mark) = value.as_ins().and_then(|i| b.leans.marks.get(i)) {
                mark.set(mark.get() | NEEDED);
            }
        }
        for k in 0..self.ends.len() {
            let end = self.ends.get(k).map_or(Ref::NONE, |e| e.1);
            self.want(end);
        }
        for (ins, value) in &b.leans.answered {
            self.want(*value);
            ins.operands().iter().for_each(|r| self.want(*r));
        }
        for (d, _, bounds) in &ranges.phis {
            if let Some(bounds) = bounds {
                [Ref::ins(*d as usize), bounds.start, bounds.stop, bounds.step]
                    .into_iter()
                    .for_each(|r| self.want(r));
            }
        }
        for i in (0..n).rev() {
            let Some(&ins) = self.ins.get(i) else { break };
            let mark = Draft::mark(b, i);
            let hoisted = i >= b.leans.marks.len();
            let wanted = mark != 0 || hoisted || self.need.get(i) == Some(&true);
            if !wanted || ins.op == Uop::Nop {
                continue;
            }
            self.want(Ref::ins(i));
            let Some(from) = self.source(b, i, &ins) else { return Ok(false) };
            if let Some(x) = self.from.get_mut(i) {
                *x = from;
            }
            let defined = mark & DEFINED != 0 && !matches!(from, From::Given | From::Kept(_));
            match from {
                From::Memory => {
                    let Some((load, _)) = answer(b, i) else { return Ok(false) };
                    if defined && !may_repeat(b, &ins) {
                        return Ok(false);
                    }
                    let computed = if defined { ins.operands() } else { &[] };
                    load.operands().iter().chain(computed).for_each(|r| self.want(*r));
                }
                From::Again | From::Given | From::Check(_) => {
                    ins.operands().iter().for_each(|r| self.want(*r))
                }
                _ if defined => {
                    if !may_repeat(b, &ins) {
                        return Ok(false);
                    }
                    ins.operands().iter().for_each(|r| self.want(*r));
                }
                _ => {}
            }
        }
        Ok(true)
    }

    fn want(&mut self, r: Ref) {
        if let Some(x) = r.as_ins().and_then(|i| self.need.get_mut(i)) {
            *x = true;
        }
    }

    /// Where the value of uop `i` comes from; `None` if it cannot be had.
    fn source(&self, b: &Builder, i: usize, ins: &Ins) -> Option<From> {
        if ins.op.effect() == Effect::Guard {
            return Some(From::Check(Ref::NONE));
        }
        let slot_of = |r: Ref| self.ends.iter().find(|(_, e)| *e == r).map(|(slot, _)| *slot);
        let slot = u16::try_from(ins.d / 8).ok();
        if self.varies.get(i) != Some(&true) {
            return Some(match ins.op {
                Uop::SlotLoad => From::Kept(slot?),
                _ if may_repeat(b, ins) => From::Again,
                op if op.effect() == Effect::Call => return None,
                _ => From::Given,
            });
        }
        if self.is_boxed(b, i) {
            return None;
        }
        if let Some(slot) = slot_of(Ref::ins(i)) {
            return Some(From::Slot(slot));
        }
        if ins.op == Uop::SlotLoad {
            let step = |d: &Ins| matches!(d.op, Uop::AddInt | Uop::AddIntN) && d.args[0] == Ref::ins(i);
            let steps =
                self.ins.iter().enumerate().filter(|(_, d)| step(d) && d.args[1].as_konst().is_some());
            return steps.filter_map(|(at, d)| Some(From::Before(slot_of(Ref::ins(at))?, d.args[1]))).next();
        }
        if let Some((load, _)) = answer(b, i) {
            let earlier = load.operands().iter().all(|r| r.as_ins().is_none_or(|x| x < i));
            return (earlier && may_repeat(b, load)).then_some(From::Memory);
        }
        // At the head memory has what the iteration left there, not what it loaded.
        let lost = ins.op.effect() == Effect::Load && b.changed_by(ins, self.ins.get(i + 1..).unwrap_or(&[]));
        (may_repeat(b, ins) && !lost).then_some(From::Again)
    }

    /// Whether the value of uop `i`, a double, is what a load of the second iteration was answered with, in a box. The loop goes on with
    /// the double then, and memory has at the head what whoever comes there last put into it.
    fn is_boxed(&self, b: &Builder, i: usize) -> bool {
        let boxes = |d: &Ins| d.op == Uop::BoxFloat && d.args[0] == Ref::ins(i);
        let def = |value: &Ref| value.as_ins().and_then(|at| self.ins.get(at));
        b.leans.answered.iter().any(|(_, value)| def(value).is_some_and(boxes))
    }

    /// Makes the entries.
    fn collect(&mut self, b: &Builder, ranges: &Ranges) -> Build<()> {
        self.entries.clear();
        self.konsts.clear();
        fill(&mut self.number, self.ins.len(), NONE)?;
        for i in 0..self.ins.len() {
            let (Some(true), Some(&from), Some(&ins)) = (self.need.get(i), self.from.get(i), self.ins.get(i))
            else {
                continue;
            };
            let mark = Draft::mark(b, i);
            let defined = mark & DEFINED != 0 && matches!(from, From::Slot(_));
            // Memory may have another value than the one that the body has computed: that is compared.
            let computed = (mark & DEFINED != 0 && from == From::Memory).then_some(ins);
            let ins = match answer(b, i) {
                Some((load, _)) if from == From::Memory => *load,
                _ => ins,
            };
            let operands =
                defined || matches!(from, From::Again | From::Given | From::Memory | From::Check(_));
            let (span, is) = (self.span(ranges, i), self.constant(b, i, mark)?);
            let from = match from {
                From::Before(slot, k) => From::Before(slot, self.named(k)?),
                from => from,
            };
            let ty =
                b.leans.tys.get(i).copied().unwrap_or(if i < b.leans.tys.len() { Ty::Any } else { Ty::Int });
            let ins = self.renamed(ins, operands)?;
            if let Some(x) = self.number.get_mut(i) {
                *x = self.entries.len() as u32;
            }
            let varies = self.varies.get(i) == Some(&true);
            let (needed, at) = (mark != 0 || !varies && span != Span::ALL, i as u16);
            push(&mut self.entries, Entry { ins, from, ty, span, is, defined, needed, varies, at })?;
            if let Some(computed) = computed {
                let (computed, value) = (self.renamed(computed, true)?, self.named(Ref::ins(i))?);
                self.check(computed, value)?;
            }
        }
        for n in 0..b.leans.answered.len() {
            let Some(&(ins, value)) = b.leans.answered.get(n) else { break };
            if !may_repeat(b, &ins) {
                return Err(Fail::Contradiction);
            }
            let (ins, value) = (self.renamed(ins, true)?, self.named(value)?);
            self.check(ins, value)?;
        }
        for n in 0..ranges.phis.len() {
            let Some(&(d, _, Some(bounds))) = ranges.phis.get(n) else { continue };
            let item = Ref::ins(d as usize);
            let guards = match bounds.up {
                true => [(Uop::GuardLe, bounds.start, item), (Uop::GuardLt, item, bounds.stop)],
                false => [(Uop::GuardLe, item, bounds.start), (Uop::GuardLt, bounds.stop, item)],
            };
            for (op, x, y) in guards.into_iter().filter(|(_, x, y)| !x.is_none() && !y.is_none()) {
                let ins = self.renamed(Ins::new(op, &[x, y]), true)?;
                self.check(ins, Ref::NONE)?;
            }
        }
        self.collect_shapes(b)
    }

    /// Guards of the shapes that constants were known to have.
    fn collect_shapes(&mut self, b: &Builder) -> Build<()> {
        for (k, used) in b.leans.konsts.iter().enumerate() {
            let ty = b.leans.konst_tys.get(k).copied();
            if let Some(Ty::Shape(shape)) = ty.filter(|_| *used)
                && shape >= Shapes::FIRST
            {
                let mut ins = self.renamed(Ins::new(Uop::GuardShape, &[Ref::konst(k)]), true)?;
                ins.k = shape as u64;
                self.check(ins, Ref::NONE)?;
            }
        }
        Ok(())
    }

    fn check(&mut self, ins: Ins, value: Ref) -> Build<()> {
        let entry = Entry {
            ins,
            from: From::Check(value),
            ty: Ty::Any,
            span: Span::ALL,
            is: Ref::NONE,
            defined: false,
            needed: true,
            varies: !value.is_none(),
            at: 0,
        };
        push(&mut self.entries, entry)
    }

    /// The span that the loop's proofs assume of a value of the first iteration.
    fn span(&self, ranges: &Ranges, i: usize) -> Span {
        if self.varies.get(i) == Some(&true) {
            let phi = ranges.phis.iter().find(|(d, ..)| *d as usize == i);
            return phi.map_or(Span::ALL, |(_, span, _)| *span);
        }
        ranges.before.get(i).copied().unwrap_or(Span::ALL)
    }
    fn constant(&mut self, b: &Builder, i: usize, mark: u8) -> Build<Ref> {
        if mark & CONSTANT == 0 { Ok(Ref::NONE) } else { self.named(b.resolve_at_head(Ref::ins(i))) }
    }

    /// `ins` with the contract's names; without operands if they are not wanted.
    fn renamed(&mut self, mut ins: Ins, operands: bool) -> Build<Ins> {
        ins.snap = crate::trace::ir::SnapId::NONE;
        for n in 0..ins.op.ins().len() {
            let old = ins.args.get(n).copied().unwrap_or(Ref::NONE);
            let new = if operands { self.named(old)? } else { Ref::NONE };
            if let Some(r) = ins.args.get_mut(n) {
                *r = new;
            }
        }
        Ok(ins)
    }
    /// What the contract calls a value.
    fn named(&mut self, r: Ref) -> Build<Ref> {
        let lost = Fail::Contradiction;
        match (r.as_ins(), r.as_konst()) {
            (Some(i), _) => {
                let n = self.number.get(i).copied().filter(|n| *n != NONE).ok_or(lost)?;
                Ok(Ref::ins(n as usize))
            }
            (_, Some(k)) => {
                let known = self.konsts.iter().position(|x| *x == k as u32);
                if known.is_none() {
                    push(&mut self.konsts, k as u32)?;
                }
                Ok(Ref::konst(known.unwrap_or(self.konsts.len() - 1)))
            }
            _ => Err(lost),
        }
    }
}

/// The load of the second iteration that was answered with the value of uop `i`.
fn answer(b: &Builder, i: usize) -> Option<&(Ins, Ref)> {
    b.leans.answered.iter().find(|(_, value)| *value == Ref::ins(i))
}

/// Whether a uop changes the shape of objects.
pub(super) fn changes_shapes(i: &Ins) -> bool {
    let call = i.op.effect() == Effect::Call && i.k & clobber::SHAPES != 0;
    call || i.op == Uop::Store32K && i.d == super::builder::SHAPE_AT
}

/// Whether a uop may be done again, given what is known of its operands' types.
fn may_repeat(b: &Builder, ins: &Ins) -> bool {
    match ins.op.effect() {
        Effect::Pure | Effect::Checked => true,
        Effect::Load => match ins.op {
            Uop::Load | Uop::Load32 | Uop::Load8 | Uop::LoadLen | Uop::LoadLen32 => {
                let x = ins.args[0];
                match x.as_ins() {
                    Some(i) => matches!(b.leans.tys.get(i), Some(Ty::Shape(_))),
                    None => b.konst_word(x).is_some_and(|k| crate::value::Value::from_bits(k).is_ptr()),
                }
            }
            _ => false,
        },
        _ => false,
    }
}
