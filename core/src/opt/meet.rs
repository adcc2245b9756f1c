//! Meeting the contract of a loop: a trace that has come to the loop's head makes sure of what the loop's body relies on,
//! and passes on what it wants, so that it can jump there.
//!
//! A side trace that grew from the loop was given values of the loop's that do not vary. Those that it has not changed
//! hold still, and so does what is known of them; the rest is computed and checked anew, as the loop's first iteration
//! did it.
//!
//! Invariant: where it answers that the contract is met, each entry's value and what the contract says of it was
//! established in the trace, and everything that memory must have is there.

use super::builder::{Build, Builder, Fail, State, Ty};
use super::contract::{Contract, Entry, From, changes_shapes};
use super::ranges::{RANGE_ITEM, fill};
use super::span::{INT, Span};
use crate::heap::Shapes;
use crate::room::{WithinRoom as _, exact};
use crate::trace::ir::{Loc, Ref};
use crate::uop::{Class, Effect, Uop};
use crate::value::Value;
use alloc::vec::Vec;

/// A trace that comes to a loop's head.
struct Meeting<'a> {
    b: &'a mut Builder,
    c: &'a Contract,
    /// Values of the entries; `NONE` where none is needed, or yet.
    x: Vec<Ref>,
    /// Entries that hold as they did where the trace began.
    valid: Vec<bool>,
    required: Vec<bool>,
}

/// A builder's state, to go back to.
#[derive(Debug)]
pub struct Saved {
    mark: super::peel::Mark,
    slots: Vec<Ref>,
    dirty: Vec<bool>,
    tys: Vec<Ty>,
    konst_ty: Vec<Ty>,
    now: State,
    nodes: usize,
}

impl Builder {
    /// The present state.
    pub fn save(&self) -> Build<Saved> {
        let short = Fail::NoMemory;
        Ok(Saved {
            mark: self.mark(),
            slots: exact(&self.slots).ok_or(short)?,
            dirty: exact(&self.dirty).ok_or(short)?,
            tys: exact(&self.tys).ok_or(short)?,
            konst_ty: exact(&self.konst_ty).ok_or(short)?,
            now: self.now,
            nodes: self.nodes.len(),
        })
    }
    /// Goes back; of what was added since, constants stay.
    pub fn restore(&mut self, mut before: Saved) {
        self.set_back(before.mark);
        self.t.passed.clear();
        self.nodes.truncate(before.nodes);
        self.now = before.now;
        self.slots = before.slots;
        self.dirty = before.dirty;
        self.tys = before.tys;
        let known = before.konst_ty.len().min(self.konst_ty.len());
        self.konst_ty[..known].swap_with_slice(&mut before.konst_ty[..known]);
    }
}

/// Entries of a loop's contract, in order, that hold where a trace begins or all through it, by number: their values, or `NONE` where it
/// has none.
pub type GivenValues = Vec<(u16, Ref)>;

/// Lets `b`'s trace, whose frame is the loop's and whose state is at the loop's head, pass on what `c` wants. `given`
/// are values that it was given of that loop, if it was; `now` tells what registers hold now, by which it is decided
/// whether trying makes sense. Answers the given values that it passes on unchanged; `None` if the contract is not met (the builder must be set
/// back then).
///
/// # Errors
/// [`Fail`]; [`Fail::Contradiction`] if a check can never hold.
pub fn meet(
    b: &mut Builder,
    c: &Contract,
    given: Option<&[(u16, Ref)]>,
    now: &dyn Fn(usize) -> Value,
) -> Build<Option<GivenValues>> {
    if c.epoch_known && !b.epoch_known || !c.entries.iter().all(|e| likely(e, now)) {
        return Ok(None);
    }
    let n = c.entries.len();
    let mut m = Meeting { b, c, x: Vec::new(), valid: Vec::new(), required: Vec::new() };
    fill(&mut m.x, n, Ref::NONE)?;
    fill(&mut m.valid, n, false)?;
    fill(&mut m.required, n, false)?;
    if let Some(given) = given {
        m.find_valid(given);
    }
    m.find_required();
    for j in 0..n {
        if !m.entry(j)? {
            return Ok(None);
        }
    }
    if !m.ends()? {
        return Ok(None);
    }
    m.pass()?;
    let mut kept = Vec::new();
    for &(j, r) in given.unwrap_or(&[]) {
        if m.valid.get(j as usize) == Some(&true) {
            let passed = m.b.t.passed.iter().any(|(value, _)| *value == r);
            super::builder::push(&mut kept, (j, if passed { r } else { Ref::NONE }))?;
        }
    }
    Ok(Some(kept))
}

/// Whether what a register holds now is as the loop wants it.
fn likely(e: &Entry, now: &dyn Fn(usize) -> Value) -> bool {
    let From::Slot(slot) = e.from else { return true };
    let v = now(slot as usize);
    let ty = match e.ty {
        Ty::Int => v.is_int(),
        Ty::Float => v.is_float() || v.exact::<crate::object::FloatBox>().is_some(),
        Ty::Bool => v.is_bool(),
        Ty::Ptr => v.is_ptr(),
        Ty::Shape(k) => v.shape() == k,
        Ty::Any | Ty::Raw => true,
    };
    let word = v.bits() as i64;
    ty && (!v.is_int() || Span { lo: word, hi: word }.within(e.span))
}

impl Meeting<'_> {
    /// Finds the entries that the trace has not changed.
    fn find_valid(&mut self, given: &[(u16, Ref)]) {
        let Builder { t, .. } = &*self.b;
        let moved = t.ins.iter().any(|i| matches!(i.op, Uop::AddFrame | Uop::SetFrame | Uop::RetLabel));
        if moved || self.b.now.node != 0 {
            return;
        }
        let calm = self.c.calm && !t.ins.iter().any(changes_shapes);
        for (j, e) in self.c.entries.iter().enumerate() {
            let by_shape = |ty: Ty| matches!(ty, Ty::Shape(k) if k >= Shapes::FIRST);
            let operands = e.ins.operands().iter();
            let holds = |r: &Ref| match r.as_ins() {
                Some(i) => self.valid.get(i) == Some(&true),
                None => true,
            };
            let same = match e.from {
                _ if e.varies || self.given(given, j).is_none() => false,
                From::Kept(slot) => self.b.dirty.get(slot as usize) != Some(&true),
                From::Again | From::Given | From::Check(Ref::NONE) => {
                    operands.clone().all(holds) && !self.rewritten(e, calm)
                }
                _ => false,
            };
            let valid = same && (calm || !by_shape(e.ty) && e.ins.op != Uop::GuardShape);
            if let Some(v) = self.valid.get_mut(j) {
                *v = valid;
            }
            if let Some(r) = self.given(given, j).filter(|_| valid)
                && let Some(x) = self.x.get_mut(j)
            {
                *x = r;
            }
        }
    }

    /// What the trace was given of entry `j`, which held where it began: its value, if the loop's body has that.
    fn given(&self, given: &[(u16, Ref)], j: usize) -> Option<Ref> {
        let at = given.binary_search_by_key(&j, |(n, _)| *n as usize).ok()?;
        given.get(at).map(|(_, r)| *r)
    }

    /// Whether what an entry's uop reads may have been changed in the trace.
    fn rewritten(&self, e: &Entry, calm: bool) -> bool {
        if e.ins.op.effect() != Effect::Load && e.ins.op != Uop::GuardField32 {
            return false;
        }
        let object = e.ins.args[0];
        let ty = match object.as_ins().and_then(|i| self.c.entries.get(i)) {
            Some(of) if calm => of.ty,
            _ => Ty::Any,
        };
        let mut ins = e.ins;
        for r in ins.args.iter_mut().take(ins.op.ins().len()) {
            *r = match (r.as_ins(), r.as_konst().and_then(|k| self.c.konsts.get(k))) {
                (Some(i), _) => self.x.get(i).copied().unwrap_or(Ref::NONE),
                (_, Some((k, _))) => self.b.t.find_konst(*k).unwrap_or(Ref::NONE),
                _ => Ref::NONE,
            };
        }
        self.b.changed(&ins, ty)
    }

    fn require(&mut self, r: Ref) {
        if let Some(x) = r.as_ins().and_then(|i| self.required.get_mut(i)) {
            *x = true;
        }
    }

    /// Finds the entries whose values are needed: to be passed on, or to be checked.
    fn find_required(&mut self) {
        let c = self.c;
        c.places.iter().for_each(|(value, _)| self.require(*value));
        c.ends.iter().for_each(|(_, value)| self.require(*value));
        for (j, e) in c.entries.iter().enumerate().rev() {
            let valid = self.valid.get(j) == Some(&true);
            let at_hand = self.x.get(j).is_some_and(|x| !x.is_none());
            if e.needed && !valid && e.ins.op.out().is_some() {
                self.require(Ref::ins(j));
            }
            let done = match e.from {
                From::Check(value) => {
                    if !valid {
                        self.require(value);
                    }
                    !valid
                }
                From::Slot(_) => e.defined && self.required.get(j) == Some(&true),
                From::Again | From::Memory => !at_hand && self.required.get(j) == Some(&true),
                From::Kept(_) | From::Before(..) | From::Given => false,
            };
            if done {
                e.ins.operands().iter().for_each(|r| self.require(*r));
            }
        }
    }

    /// Computes and checks an entry, if it is needed. Answers whether that can be done.
    fn entry(&mut self, j: usize) -> Build<bool> {
        let Some(e) = self.c.entries.get(j).copied() else { return Ok(false) };
        let valid = self.valid.get(j) == Some(&true);
        if let From::Check(value) = e.from {
            return if valid { Ok(true) } else { self.check(&e, value) };
        }
        let at_hand = self.x.get(j).is_some_and(|x| !x.is_none());
        if at_hand || self.required.get(j) != Some(&true) {
            return Ok(true);
        }
        let value = match e.from {
            From::Slot(slot) => self.register(slot)?,
            From::Kept(slot) => self.register(slot)?,
            From::Before(slot, k) => self.before(slot, k)?,
            From::Again | From::Memory => self.again(&e)?,
            From::Given | From::Check(_) => return Ok(false),
        };
        let class = e.ins.op.out().unwrap_or(Class::G);
        let value = self.in_class(value, class)?;
        let value = self.b.resolve(value);
        if let Some(x) = self.x.get_mut(j) {
            *x = value;
        }
        if valid {
            // It is what it was: so is what is known of it.
            if !self.b.ty(value).implies(e.ty) {
                self.b.know(value, e.ty);
            }
            return Ok(true);
        }
        self.facts(&e, value)
    }

    /// Checks that an entry's value is what the contract says.
    fn facts(&mut self, e: &Entry, value: Ref) -> Build<bool> {
        if !self.typed(value, e.ty)? {
            return Ok(false);
        }
        if let Some(k) = e.is.as_konst() {
            let k = self.konst(k)?;
            if !self.equal(value, k)? {
                return Ok(false);
            }
        }
        if e.defined {
            let again = self.again(e)?;
            if !self.equal(value, again)? {
                return Ok(false);
            }
        }
        if e.needed {
            self.spanned(e, value)?;
        }
        Ok(true)
    }

    fn typed(&mut self, value: Ref, want: Ty) -> Build<bool> {
        let b = &mut *self.b;
        if b.class(value) == Class::F || b.ty(value).implies(want) {
            return Ok(true);
        }
        match want {
            Ty::Int => b.op(Uop::GuardInt, &[value])?,
            Ty::Float => b.op(Uop::GuardFloat, &[value])?,
            Ty::Bool => b.op(Uop::GuardBool, &[value])?,
            Ty::Ptr => b.op(Uop::GuardPtr, &[value])?,
            Ty::Shape(k) => b.op_dk(Uop::GuardShape, &[value], 0, k as u64)?,
            // An address or number of the runtime's is one by its definition.
            Ty::Raw => {
                let made = b.def(value).is_some_and(|d| d.op.effect() == Effect::Load);
                if made {
                    b.know(value, Ty::Raw);
                }
                return Ok(made);
            }
            Ty::Any => Ref::NONE,
        };
        Ok(true)
    }

    fn spanned(&mut self, e: &Entry, value: Ref) -> Build<()> {
        if self.b.class(value) == Class::F {
            return Ok(());
        }
        let known = if e.ty == Ty::Int { INT } else { Span::ALL };
        if e.span.lo > known.lo {
            let least = self.b.word(e.span.lo as u64, Ty::Raw)?;
            self.b.op(Uop::GuardLe, &[least, value])?;
        }
        if e.span.hi < known.hi {
            let most = self.b.word(e.span.hi as u64, Ty::Raw)?;
            self.b.op(Uop::GuardLe, &[value, most])?;
        }
        Ok(())
    }

    /// Makes sure that two values are one. Doubles are only if they are the same value of the trace's.
    fn equal(&mut self, x: Ref, y: Ref) -> Build<bool> {
        let (x, y) = (self.b.resolve(x), self.b.resolve(y));
        if x == y {
            return Ok(true);
        }
        if self.b.class(x) == Class::F || self.b.class(y) == Class::F {
            return Ok(false);
        }
        self.b.op(Uop::GuardEq, &[x, y])?;
        Ok(true)
    }

    /// A guard, or a load of what `value` must be.
    fn check(&mut self, e: &Entry, value: Ref) -> Build<bool> {
        let is = self.again(e)?;
        if value.is_none() {
            return Ok(true);
        }
        let value = self.value(value)?;
        let is = self.in_class(is, self.b.class(value))?;
        self.equal(is, value)
    }

    /// Does the uop of an entry again.
    fn again(&mut self, e: &Entry) -> Build<Ref> {
        let mut ins = e.ins;
        for n in 0..ins.op.ins().len() {
            let r = ins.args.get(n).copied().unwrap_or(Ref::NONE);
            let r = self.value(r)?;
            if let Some(x) = ins.args.get_mut(n) {
                *x = r;
            }
        }
        if ins.op == Uop::AddIntN && ins.k == RANGE_ITEM {
            // That it is an item is not known yet, unless the trace has taken it for one.
            match self.b.find_equal(&ins) {
                Some(item) => return Ok(item),
                None => ins.k = 0,
            }
        }
        self.b.emit(ins)
    }

    /// The value of an entry or constant of the contract.
    fn value(&mut self, r: Ref) -> Build<Ref> {
        match (r.as_ins(), r.as_konst()) {
            (_, Some(k)) => self.konst(k),
            (Some(i), _) => {
                let value = self.x.get(i).copied().filter(|x| !x.is_none());
                value.ok_or(Fail::Contradiction)
            }
            _ => Err(Fail::Contradiction),
        }
    }
    fn konst(&mut self, k: usize) -> Build<Ref> {
        let Some(&(konst, ty)) = self.c.konsts.get(k) else { return Err(Fail::Contradiction) };
        if konst.class == Class::F {
            return self.b.float(f64::from_bits(konst.bits));
        }
        // What shape it has is known here only if it was found out here.
        let ty = if ty == Ty::Raw { ty } else { Ty::of(Value::from_bits(konst.bits)) };
        self.b.word(konst.bits, ty)
    }

    /// What a register of the interpreter's holds.
    fn register(&mut self, slot: u16) -> Build<Ref> {
        if let Some(x) = self.b.slot(slot as usize) {
            return Ok(self.b.resolve(x));
        }
        let x = self.b.op_d(Uop::SlotLoad, &[], slot as i32 * 8)?;
        self.b.set_slot(slot as usize, x, false)?;
        Ok(x)
    }
    /// What a register held before `k` was added.
    fn before(&mut self, slot: u16, k: Ref) -> Build<Ref> {
        let (x, k) = (self.register(slot)?, self.value(k)?);
        match self.b.def(x) {
            Some(d) if matches!(d.op, Uop::AddInt | Uop::AddIntN) && d.args[1] == k => Ok(d.args[0]),
            _ => self.b.op(Uop::SubIntN, &[x, k]),
        }
    }
    /// A value in the class that the loop has it in.
    fn in_class(&mut self, x: Ref, class: Class) -> Build<Ref> {
        match (self.b.class(x), class) {
            (Class::G, Class::F) => {
                self.b.op(Uop::GuardFloat, &[x])?;
                self.b.op(Uop::UnboxFloat, &[x])
            }
            (Class::F, Class::G) => self.b.op(Uop::BoxFloat, &[x]),
            _ => Ok(x),
        }
    }

    /// Makes sure that registers are as the loop takes them to be, and puts those into memory that it takes to be there.
    fn ends(&mut self) -> Build<bool> {
        let c = self.c;
        for &(slot, value) in &c.ends {
            let own =
                value.as_ins().and_then(|i| c.entries.get(i)).is_some_and(|e| e.from == From::Slot(slot));
            let value = self.value(value)?;
            if own {
                // In the loop's class.
                self.b.set_slot(slot as usize, value, true)?;
                continue;
            }
            let is = self.register(slot)?;
            if self.b.class(is) != self.b.class(value) || !self.equal(is, value)? {
                return Ok(false);
            }
        }
        let now = self.b.now;
        for slot in 0..self.b.slots.len() {
            let passed = c.ends.iter().any(|(s, value)| *s as usize == slot && self.is_passed(*value, *s));
            if self.b.dirty.get(slot) != Some(&true) || passed {
                continue;
            }
            if let Some(x) = self.b.slot(slot)
                && self.b.is_live(now, slot)
            {
                self.b.op_d(Uop::SlotStore, &[x], slot as i32 * 8)?;
            }
            self.b.clean_slot(slot);
        }
        Ok(true)
    }
    /// Whether the loop has the value of register `slot` somewhere.
    fn is_passed(&self, value: Ref, slot: u16) -> bool {
        let from = value.as_ins().and_then(|i| self.c.entries.get(i)).map(|e| e.from);
        from == Some(From::Slot(slot)) && self.c.places.iter().any(|(v, _)| *v == value)
    }

    /// Says what is passed on where.
    fn pass(&mut self) -> Build<()> {
        let mut passed: Vec<(Ref, Loc)> = Vec::new();
        passed.try_reserve(self.c.places.len()).map_err(|_| Fail::NoMemory)?;
        // Constants are numbered in the order of the values, not of their places, which depend on the register file.
        let mut values = exact(&self.c.places).ok_or(Fail::NoMemory)?;
        values.sort_unstable_by_key(|(value, _)| *value);
        for (value, _) in values {
            self.value(value)?;
        }
        for &(value, loc) in &self.c.places {
            passed.push_within((self.value(value)?, loc));
        }
        self.b.t.passed = passed;
        Ok(())
    }
}
