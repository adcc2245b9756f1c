//! Allocations that only exits need are made by exits: new instances, tuples, iterators and bound methods whose contents the trace knows, and which
//! nothing but snapshots names.
//!
//! A snapshot describes such an object by parts: a head with its shape and size, a field for each word that was stored, and
//! the registers that hold it. The call that made the object goes, and so do the stores into it; what was stored has to be
//! somewhere only where an exit needs it, and doubles need no boxes.
//!
//! What such an object contains may be another one, which the snapshot then describes before it.
//!
//! A phi of two such objects that snapshots alone name is one as well: each of its words becomes a phi (`phis`).
//!
//! Invariants: an object is sunk in the whole trace or not at all: it is no operand but of stores into itself, of such phis, and of
//! what puts it into an object that is sunk too.
//! A snapshot describes it as it is at the exits that use the snapshot; were it to change between two of them, it is not
//! sunk. What is stored in one part of the trace, before the loop or in it, belongs to objects made there.

use super::builder::{Build, Builder, Fail, SHAPE_AT, Ty, clobber, push, result_type};
use super::memory::{BOUND, FRESH, FUNCTION, INSTANCE, ITERATOR, RANGE, TUPLE};
use super::ranges::fill;
use crate::heap::Shapes;
use crate::object::instance::INLINE_OFFSET;
use crate::object::{BoundMethod, Tuple, iter, kind};
use crate::trace::ir::{Ins, Part, Ref, SnapId, SnapSlot, Snapshot, Trace};
use crate::uop::{Class, Effect, Uop};
use crate::value::Value;
use alloc::vec::Vec;

/// Most objects that are looked at in a trace.
const MOST: usize = 60;
/// Most objects that a snapshot describes.
pub const MOST_IN_SNAPSHOT: u8 = 8;
/// Most objects around another that is described.
const DEEPEST: u8 = 3;
const NONE: u8 = u8::MAX;

/// An object that may be sunk.
#[derive(Clone, Copy, Debug)]
struct Object {
    /// The call that makes it.
    at: usize,
    /// Its shape so far, and how many words it has.
    shape: u32,
    words: u16,
    /// Stores into it so far.
    stores: u32,
    /// It has to be there for other reasons.
    escapes: bool,
    /// For a phi: the numbers of the objects that enter the loop, and come round.
    phi: Option<(u8, u8)>,
}

/// A word of an object.
#[derive(Clone, Copy, Debug)]
struct Field {
    object: u8,
    d: i16,
    value: Ref,
}

/// An object as a snapshot describes it: `parts[first..first + count]`.
#[derive(Clone, Copy, Debug)]
struct Described {
    snap: SnapId,
    object: u8,
    stores: u32,
    shape: u32,
    first: usize,
    count: usize,
}

/// Scratch of the pass.
#[derive(Debug, Default)]
pub struct Sink {
    objects: Vec<Object>,
    /// By uop: number of the object it makes.
    number: Vec<u8>,
    /// Contents of the objects so far.
    fields: Vec<Field>,
    described: Vec<Described>,
    /// What is described is in the loop.
    in_loop: bool,
    /// Which object is put into which.
    nested: Vec<(u8, u8)>,
    parts: Vec<Field>,
    slots: Vec<SnapSlot>,
    tys: Vec<Ty>,
    /// By snapshot: whether an exit uses it.
    used: Vec<bool>,
    phis: Vec<Ins>,
}

/// Sinks what can be sunk of `b`'s trace. Uops may move; `values` names them.
pub fn run(b: &mut Builder, values: &mut [Ref], s: &mut Sink) -> Build<()> {
    s.objects.clear();
    fill(&mut s.number, b.t.ins.len(), NONE)?;
    for (at, ins) in b.t.ins.iter().enumerate() {
        if let Some(object) = made_by(b, at, ins)
            && s.objects.len() < MOST
        {
            if let Some(n) = s.number.get_mut(at) {
                *n = s.objects.len() as u8;
            }
            push(&mut s.objects, object)?;
        }
    }
    if s.objects.is_empty() {
        return Ok(());
    }
    s.fields.clear();
    s.nested.clear();
    s.find_phis(&b.t)?;
    s.find_escapes(&b.t)?;
    s.settle();
    if s.objects.iter().all(|o| o.escapes) {
        return Ok(());
    }
    s.split_phis(b, values)?;
    s.describe(&b.t)?;
    s.settle();
    if s.objects.iter().all(|o| o.escapes) {
        return Ok(());
    }
    s.take_out(&mut b.t);
    s.rewrite(b)?;
    super::dce::close_phis(&mut b.t);
    Ok(())
}

/// The object that a uop makes, if it does nothing else.
fn made_by(b: &Builder, at: usize, ins: &Ins) -> Option<Object> {
    if ins.op.effect() != Effect::Call || ins.k & FRESH == 0 || ins.k & (clobber::ALL | RANGE | FUNCTION) != 0
    {
        return None;
    }
    let object = |shape, words| Some(Object { at, shape, words, stores: 0, escapes: false, phi: None });
    let shape = b.made_shape(ins)?;
    if ins.k & ITERATOR != 0 {
        return object(shape, iter::WORDS);
    }
    if ins.k & INSTANCE == 0 {
        return object(shape, ins.operands().len() as u16);
    }
    object(shape, u16::try_from(b.konst_word(ins.args[1])?).ok()?)
}

/// What the object that a call makes contains from the start.
fn made_of(ins: &Ins) -> &[Ref] {
    if ins.k & (TUPLE | BOUND) != 0 { ins.operands() } else { &[] }
}

/// Displacement of an object's first word.
fn first_word(shape: u32) -> usize {
    const TUPLE: u32 = kind::Tuple as u32;
    const METHOD: u32 = kind::BoundMethod as u32;
    match shape {
        TUPLE => core::mem::size_of::<Tuple>(),
        METHOD => core::mem::offset_of!(BoundMethod, func),
        _ if shape < Shapes::FIRST => iter::FIRST_WORD,
        _ => INLINE_OFFSET,
    }
}

impl Sink {
    fn object_of(&self, r: Ref) -> Option<u8> {
        r.as_ins().and_then(|i| self.number.get(i)).copied().filter(|&n| n != NONE)
    }
    /// The object, if it is sunk.
    fn sunk(&self, r: Ref) -> Option<u8> {
        let n = self.object_of(r)?;
        self.objects.get(n as usize).is_some_and(|o| !o.escapes).then_some(n)
    }
    fn escapes(&mut self, r: Ref) {
        if let Some(n) = self.object_of(r)
            && let Some(o) = self.objects.get_mut(n as usize)
        {
            o.escapes = true;
        }
    }

    /// Whether `ins`, which is `at`, is a store into the object it names first, in the part of the trace that made it.
    fn is_own_store(&self, ins: &Ins, at: usize, start: usize) -> bool {
        let Some(o) = self.object_of(ins.args[0]).and_then(|n| self.objects.get(n as usize)) else {
            return false;
        };
        if o.phi.is_some() {
            return false;
        }
        let first = first_word(o.shape) as i32 - 1;
        let inside = match ins.op {
            Uop::Store | Uop::StoreLen => {
                ins.d >= first && ins.d < first + o.words as i32 * 8 && ins.args[1] != ins.args[0]
            }
            Uop::Store32K => ins.d == SHAPE_AT,
            _ => false,
        };
        inside && (at < start) == (o.at < start)
    }

    /// The object into which operand `k` of `ins`, which is `at`, goes; `own`: it is a store into it.
    fn holder(&self, ins: &Ins, at: usize, own: bool) -> Option<u8> {
        if own { self.object_of(ins.args[0]) } else { self.object_of(Ref::ins(at)) }
    }
    /// The phi that satisfies `is`.
    fn phi_by(&self, is: impl Fn((u8, u8)) -> bool) -> Option<&Object> {
        self.objects.iter().find(|o| o.phi.is_some_and(&is))
    }
    /// Whether `inner` may be put into `outer`.
    fn may_nest(&self, inner: u8, outer: u8) -> bool {
        inner != outer && self.objects.get(inner as usize).is_some_and(|o| o.phi.is_none())
    }
    /// Whether `n` is an object that enters the loop as a phi: in the loop the phi stands for it, or there would be two of it.
    fn enters(&self, n: u8) -> bool {
        self.phi_by(|(x, _)| x == n).is_some()
    }

    fn find_escapes(&mut self, t: &Trace) -> Build<()> {
        let start = t.ins.iter().position(|i| i.op == Uop::LoopStart).unwrap_or(usize::MAX);
        let mut seen = SnapId::NONE;
        for (at, ins) in t.ins.iter().enumerate() {
            let phi =
                self.object_of(Ref::ins(at)).and_then(|n| self.objects.get(n as usize)).and_then(|o| o.phi);
            if phi.is_some() {
                continue;
            }
            let own = self.is_own_store(ins, at, start);
            let holder = self.holder(ins, at, own);
            for &r in ins.operands().iter().skip(own as usize) {
                match (self.object_of(r), holder) {
                    (Some(inner), Some(outer)) if self.may_nest(inner, outer) => {
                        push(&mut self.nested, (inner, outer))?;
                    }
                    _ => self.escapes(r),
                }
            }
            if ins.op.exits() && ins.snap != seen {
                seen = ins.snap;
                for slot in t.snapshot_slots(ins.snap).iter().filter(|s| s.part != Part::Register) {
                    self.escapes(slot.value);
                }
            }
        }
        for (value, _) in &t.passed {
            self.escapes(*value);
        }
        Ok(())
    }

    /// Follows what the objects contain, and notes it for each snapshot that names them.
    fn describe(&mut self, t: &Trace) -> Build<()> {
        self.described.clear();
        self.parts.clear();
        let mut highest = None;
        let start = t.ins.iter().position(|i| i.op == Uop::LoopStart).unwrap_or(usize::MAX);
        for (at, ins) in t.ins.iter().enumerate() {
            self.in_loop = at > start;
            if ins.op.exits() {
                for slot in t.snapshot_slots(ins.snap) {
                    if let Some(n) = self.sunk(slot.value) {
                        self.describe_in(t, n, ins.snap, highest, 0)?;
                    }
                }
                highest = highest.max(Some(ins.snap.0));
            }
            if let Some(n) = self.sunk(Ref::ins(at)) {
                let shape = self.objects.get(n as usize).map_or(0, |o| o.shape);
                for (k, &value) in made_of(ins).iter().enumerate() {
                    push(&mut self.fields, Field { object: n, d: word_at(shape, k) as i16, value })?;
                }
            } else if matches!(ins.op, Uop::Store | Uop::StoreLen | Uop::Store32K)
                && let Some(n) = self.sunk(ins.args[0])
            {
                self.store(n, ins)?;
            }
        }
        self.described.sort_unstable_by_key(|d| (d.snap.0, d.first, d.count));
        Ok(())
    }
    /// The objects of a snapshot, once all are described.
    fn described_in(&self, snap: SnapId) -> &[Described] {
        let first = self.described.partition_point(|d| d.snap.0 < snap.0);
        let rest = self.described.get(first..).unwrap_or(&[]);
        let count = rest.iter().take_while(|d| d.snap == snap).count();
        rest.get(..count).unwrap_or(&[])
    }

    /// Finds phis of two objects.
    fn find_phis(&mut self, t: &Trace) -> Build<()> {
        for (at, ins) in t.ins.iter().enumerate().filter(|(_, i)| i.op == Uop::PhiG) {
            let (Some(x), Some(y)) = (self.object_of(ins.args[0]), self.object_of(ins.args[1])) else {
                continue;
            };
            let Some(&first) = self.objects.get(x as usize) else { continue };
            let both = self.objects.get(y as usize).is_some_and(|o| o.phi.is_none()) && first.phi.is_none();
            if both && self.objects.len() < MOST {
                if let Some(n) = self.number.get_mut(at) {
                    *n = self.objects.len() as u8;
                }
                push(&mut self.objects, Object { at, phi: Some((x, y)), ..first })?;
            }
        }
        Ok(())
    }

    /// A phi and what it is of escape together; so does what an object contains that escapes.
    fn settle(&mut self) {
        let mut changed = true;
        while changed {
            changed = false;
            for &(inner, outer) in &self.nested {
                let out = self.objects.get(outer as usize).is_none_or(|o| o.escapes);
                if let Some(o) = self.objects.get_mut(inner as usize).filter(|o| out && !o.escapes) {
                    (o.escapes, changed) = (true, true);
                }
            }
            for n in 0..self.objects.len() {
                let Some((x, y)) = self.objects.get(n).and_then(|o| o.phi) else { continue };
                let all = [n as u8, x, y];
                let out = all.map(|n| self.objects.get(n as usize).is_none_or(|o| o.escapes));
                if out.contains(&true) && out.contains(&false) {
                    changed = true;
                    for n in all {
                        if let Some(o) = self.objects.get_mut(n as usize) {
                            o.escapes = true;
                        }
                    }
                }
            }
        }
    }

    /// What an object contains in the end, and its shape then.
    fn contents(&self, t: &Trace, n: u8, fields: &mut Vec<Field>) -> Build<u32> {
        fields.clear();
        let Some(o) = self.objects.get(n as usize) else { return Ok(0) };
        let mut shape = o.shape;
        let made = t.ins.get(o.at).map_or(&[][..], made_of);
        for (k, &value) in made.iter().enumerate() {
            push(fields, Field { object: n, d: word_at(shape, k) as i16, value })?;
        }
        for ins in t.ins.iter().filter(|i| self.object_of(i.args[0]) == Some(n)) {
            match ins.op {
                Uop::Store32K => shape = ins.k as u32,
                Uop::Store | Uop::StoreLen => {
                    put(fields, Field { object: n, d: ins.d as i16, value: ins.args[1] })?
                }
                _ => {}
            }
        }
        Ok(shape)
    }

    /// Gives each word of a phi that is sunk a phi of its own.
    fn split_phis(&mut self, b: &mut Builder, named: &mut [Ref]) -> Build<()> {
        let Some(start) = b.t.ins.iter().position(|i| i.op == Uop::LoopStart) else { return Ok(()) };
        let is_phi = |i: &&Ins| matches!(i.op, Uop::PhiG | Uop::PhiF);
        let end = start + 1 + b.t.ins.iter().skip(start + 1).take_while(is_phi).count();
        let mut n = 0;
        // Objects that come round in others become phis on the way.
        while n < self.objects.len() {
            let phi = self.objects.get(n).filter(|o| !o.escapes).and_then(|o| o.phi);
            if let Some((x, y)) = phi
                && !self.split_phi(b, start, n as u8, (x, y))?
                && let Some(o) = self.objects.get_mut(n)
            {
                o.escapes = true;
            }
            n += 1;
        }
        let before = b.t.ins.len();
        self.settle();
        let (m, mut values) = (self.phis.len(), Vec::new());
        for f in &self.fields {
            push(&mut values, f.value)?;
        }
        super::hoist::insert_at(&mut b.t, end, &mut self.phis, &mut values)?;
        for (f, value) in self.fields.iter_mut().zip(values) {
            f.value = value;
        }
        for r in named {
            *r = r.as_ins().filter(|&i| i >= end).map_or(*r, |i| Ref::ins(i + m));
        }
        fill(&mut self.number, b.t.ins.len(), NONE)?;
        for (n, o) in self.objects.iter_mut().enumerate() {
            o.at = match o.at {
                at if at >= before => end + (at - before),
                at if at >= end => at + m,
                at => at,
            };
            if let Some(x) = self.number.get_mut(o.at) {
                *x = n as u8;
            }
        }
        Ok(())
    }

    /// Makes the phis for the words of phi `n` of objects `x` and `y`, if these are alike.
    fn split_phi(&mut self, b: &mut Builder, start: usize, n: u8, (x, y): (u8, u8)) -> Build<bool> {
        let (mut left, mut right) = (Vec::new(), Vec::new());
        let shapes = [self.contents(&b.t, x, &mut left)?, self.contents(&b.t, y, &mut right)?];
        let [p, q] = [x, y].map(|n| self.objects.get(n as usize).map_or((0, 0), |o| (o.at, o.words)));
        let coming = |f: &Field| right.iter().find(|g| g.d == f.d).map(|g| g.value);
        let alike = shapes[0] == shapes[1] && p.1 == q.1 && left.len() == right.len();
        let fits = |f: &Field| {
            let next = coming(f).map(|next| self.object_of(next).is_some());
            next == Some(self.object_of(f.value).is_some())
        };
        if !alike || p.0 > start || q.0 < start || !left.iter().all(fits) {
            return Ok(false);
        }
        for f in &left {
            let next = coming(f).unwrap_or(f.value);
            let value = match (self.object_of(f.value), self.object_of(next)) {
                (Some(x), Some(y)) => self.phi_of_objects(b, x, y)?,
                _ => self.phi_of(b, f.value, next)?,
            };
            push(&mut self.fields, Field { object: n, d: f.d, value })?;
        }
        if let Some(o) = self.objects.get_mut(n as usize) {
            o.shape = shapes[0];
        }
        // Its words are said to be values of the iteration before, which who comes to the loop's head with another object
        // does not have in them.
        b.leans.lost.set(true);
        Ok(true)
    }

    /// The phi of two objects that are in others: one that is there, or a new one.
    fn phi_of_objects(&mut self, b: &Builder, x: u8, y: u8) -> Build<Ref> {
        let Some(&first) = self.objects.get(x as usize) else { return Err(Fail::Contradiction) };
        if x == y {
            return Ok(Ref::ins(first.at));
        }
        if let Some(o) = self.phi_by(|phi| phi == (x, y)) {
            return Ok(Ref::ins(o.at));
        }
        let at = b.t.ins.len() + self.phis.len();
        let next = self.objects.get(y as usize).map_or(first.at, |o| o.at);
        push(&mut self.phis, Ins::new(Uop::PhiG, &[Ref::ins(first.at), Ref::ins(next)]))?;
        // With too many objects it is a word as others, for which both are made.
        let fits = first.phi.is_none() && self.objects.len() < MOST;
        if fits {
            push(&mut self.objects, Object { at, phi: Some((x, y)), ..first })?;
        } else {
            self.escapes(Ref::ins(first.at));
            self.escapes(Ref::ins(next));
        }
        Ok(Ref::ins(at))
    }

    /// A new phi of two words; doubles are unboxed.
    fn phi_of(&mut self, b: &mut Builder, x: Ref, y: Ref) -> Build<Ref> {
        if x == y {
            return Ok(x);
        }
        let (op, x, y) = match (unboxed(b, x)?, unboxed(b, y)?) {
            (Some(x), Some(y)) => (Uop::PhiF, x, y),
            _ => (Uop::PhiG, x, y),
        };
        let at = b.t.ins.len() + self.phis.len();
        push(&mut self.phis, Ins::new(op, &[x, y]))?;
        Ok(Ref::ins(at))
    }

    fn store(&mut self, n: u8, ins: &Ins) -> Build<()> {
        if let Some(o) = self.objects.get_mut(n as usize) {
            o.stores += 1;
            if ins.op == Uop::Store32K {
                o.shape = ins.k as u32;
                return Ok(());
            }
        }
        put(&mut self.fields, Field { object: n, d: ins.d as i16, value: ins.args[1] })
    }

    /// Notes the contents of an object for a snapshot, `depth` objects inside another.
    fn describe_in(&mut self, t: &Trace, n: u8, snap: SnapId, highest: Option<u16>, depth: u8) -> Build<()> {
        let Some(o) = self.objects.get(n as usize).copied() else { return Ok(()) };
        if self.in_loop && self.enters(n) {
            self.escapes(Ref::ins(o.at));
            return Ok(());
        }
        for k in 0..self.fields.len() {
            let value = self.fields.get(k).filter(|f| f.object == n).map(|f| f.value);
            let Some(inner) = value.and_then(|r| self.sunk(r)) else { continue };
            if depth == DEEPEST {
                // Too deep, or in itself.
                self.escapes(Ref::ins(o.at));
                return Ok(());
            }
            self.describe_in(t, inner, snap, highest, depth + 1)?;
        }
        // Snapshots come nearly in order: what is described of a new one stands at the end.
        let old = Some(snap.0) <= highest;
        let tail = self.described.iter().rev().take_while(|d| old || d.snap == snap);
        let in_snapshot = tail.filter(|d| d.snap == snap);
        let before = t.snapshot_slots(snap).iter().map(|s| s.part.number()).max().unwrap_or(0);
        let mut fits = in_snapshot.clone().count() + (before as usize) < MOST_IN_SNAPSHOT as usize;
        if let Some(known) = in_snapshot.clone().find(|d| d.object == n) {
            if known.stores == o.stores {
                return Ok(());
            }
            fits = false;
        }
        if !fits {
            self.escapes(Ref::ins(o.at));
            return Ok(());
        }
        let first = self.parts.len();
        for k in 0..self.fields.len() {
            if let Some(&f) = self.fields.get(k).filter(|f| f.object == n) {
                push(&mut self.parts, f)?;
            }
        }
        let count = self.parts.len() - first;
        push(
            &mut self.described,
            Described { snap, object: n, stores: o.stores, shape: o.shape, first, count },
        )
    }

    /// Takes the calls, phis and stores of sunk objects out.
    fn take_out(&self, t: &mut Trace) {
        for at in 0..t.ins.len() {
            let Some(ins) = t.ins.get_mut(at) else { break };
            let store = matches!(ins.op, Uop::Store | Uop::StoreLen | Uop::Store32K)
                && self.sunk(ins.args[0]).is_some();
            if store || self.sunk(Ref::ins(at)).is_some() {
                *ins = Ins::new(Uop::Nop, &[]);
            }
        }
    }

    /// Makes the snapshots anew, with the parts of the objects they name. Those that no exit uses any more, which are most, are
    /// empty then.
    fn rewrite(&mut self, b: &mut Builder) -> Build<()> {
        let none = b.value(Value::NONE)?;
        self.slots.clear();
        self.tys.clear();
        fill(&mut self.used, b.t.snaps.len(), false)?;
        for ins in b.t.ins.iter().filter(|i| i.op.exits()) {
            if let Some(used) = self.used.get_mut(ins.snap.0 as usize) {
                *used = true;
            }
        }
        for n in 0..b.t.snaps.len() {
            let Some(old) = b.t.snaps.get(n).copied() else { break };
            let snap = SnapId(n as u16);
            let first = self.slots.len();
            let count = if self.used.get(n) == Some(&true) { old.count as usize } else { 0 };
            let slots = old.first as usize..old.first as usize + count;
            let taken = b.t.snapshot_slots(snap).iter().map(|s| s.part.number()).max().unwrap_or(0);
            let mut described = taken;
            for k in 0..self.described_in(snap).len() {
                let Some(&d) = self.described_in(snap).get(k).filter(|_| count > 0) else { break };
                if self.objects.get(d.object as usize).is_some_and(|o| !o.escapes) {
                    described += 1;
                    self.add_parts(b, d, described, taken)?;
                }
            }
            for at in slots {
                let (Some(&slot), Some(&ty)) = (b.t.slots.get(at), b.slot_tys.get(at)) else { break };
                match self.sunk(slot.value) {
                    None => self.add(slot, ty)?,
                    Some(n) => {
                        let part = self.part_of(snap, n, taken).map_or(Part::Register, Part::Object);
                        self.add(SnapSlot { value: none, part, ..slot }, Ty::Any)?;
                    }
                }
            }
            let count = (self.slots.len() - first) as u16;
            if let Some(s) = b.t.snaps.get_mut(n) {
                *s = Snapshot { first: first as u32, count, ..old };
            }
        }
        core::mem::swap(&mut b.t.slots, &mut self.slots);
        core::mem::swap(&mut b.slot_tys, &mut self.tys);
        Ok(())
    }

    /// The number of object `n` among those of a snapshot.
    fn part_of(&self, snap: SnapId, n: u8, taken: u8) -> Option<u8> {
        let sunk = |d: &&Described| self.objects.get(d.object as usize).is_some_and(|o| !o.escapes);
        let at = self.described_in(snap).iter().filter(sunk).position(|d| d.object == n)?;
        Some(taken + 1 + at as u8)
    }

    fn add(&mut self, slot: SnapSlot, ty: Ty) -> Build<()> {
        push(&mut self.slots, slot)?;
        push(&mut self.tys, ty)
    }
    fn add_parts(&mut self, b: &mut Builder, d: Described, number: u8, taken: u8) -> Build<()> {
        let words = self.objects.get(d.object as usize).map_or(0, |o| o.words);
        let shape = b.word(d.shape as u64, Ty::Raw)?;
        let head = SnapSlot { slot: words as i16, value: shape, part: Part::Head(number) };
        self.add(head, Ty::Shape(d.shape))?;
        for k in d.first..d.first + d.count {
            let Some(&f) = self.parts.get(k) else { break };
            if let Some(inner) = self.sunk(f.value) {
                let Some(m) = self.part_of(d.snap, inner, taken) else { return Err(Fail::Contradiction) };
                let part = Part::Nested(number);
                let value = b.int(m as i64)?;
                self.add(SnapSlot { slot: f.d, value, part }, Ty::Int)?;
                continue;
            }
            // A double needs its box only where an exit writes it.
            let value = match b.def(f.value) {
                Some(def) if def.op == Uop::BoxFloat => def.args[0],
                _ => f.value,
            };
            let ty = match b.def(value) {
                Some(def) => result_type(def),
                None => b.ty(value),
            };
            let ty = if b.class(value) == Class::F { Ty::Float } else { ty };
            self.add(SnapSlot { slot: f.d, value, part: Part::Field(number) }, ty)?;
        }
        Ok(())
    }
}

fn put(fields: &mut Vec<Field>, new: Field) -> Build<()> {
    match fields.iter_mut().find(|f| f.object == new.object && f.d == new.d) {
        Some(f) => *f = new,
        None => push(fields, new)?,
    }
    Ok(())
}

/// The double that a word is, if it is known to be one.
fn unboxed(b: &mut Builder, x: Ref) -> Build<Option<Ref>> {
    if let Some(def) = b.def(x).filter(|d| d.op == Uop::BoxFloat) {
        return Ok(Some(def.args[0]));
    }
    match b.konst_word(x).map(Value::from_bits) {
        Some(v) if v.is_float() => b.float(v.float_unchecked()).map(Some),
        _ => Ok(None),
    }
}

/// Displacement of word `n` of an object.
pub fn word_at(shape: u32, n: usize) -> i32 {
    first_word(shape) as i32 - 1 + n as i32 * 8
}
