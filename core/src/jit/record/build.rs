//! Recording displays, slices and membership: leaf helpers that run the interpreter's fast paths.
//!
//! Invariant: a helper that finds something else than its fast path expects has changed nothing, and the trace leaves
//! before the instruction.

use super::helpers::Helper;
use super::{Ctx, Rec, Stop};
use crate::bytecode::{CALL_GAP, Op};
use crate::heap::HeapType as _;
use crate::interp::fast;
use crate::interp::frame::Frame;
use crate::object::dict::Entry;
use crate::object::set::FrozenSet;
use crate::object::{Dict, Function, List, Slice, Str, Tuple, kind};
use crate::opt::builder::{Build, Ty, clobber};
use crate::opt::{FRESH, FUNCTION, TUPLE};
use crate::trace::ir::Ref;
use crate::uop::Uop;
use crate::value::Value;

impl Ctx<'_> {
    /// A run of registers in memory: their address.
    pub(super) fn run_in_memory(&mut self, first: u16, n: u16) -> Build<Ref> {
        for r in first..first.saturating_add(n) {
            self.flush(r)?;
        }
        self.b.op_d(Uop::FrameAddr, &[], (self.base as i32 + first as i32) * 8)
    }

    pub(super) fn build_list(&mut self) -> Rec<()> {
        let i = self.i;
        let first = self.run_in_memory(i.b(), i.c())?;
        let n = self.b.word(i.c() as u64, Ty::Raw)?;
        let r = self.call(Helper::build_list, &[first, n], FRESH)?;
        self.b.know(r, Ty::Shape(List::KIND as u32));
        self.set(i.a(), r)?;
        self.next()
    }

    pub(super) fn build_tuple(&mut self) -> Rec<()> {
        let i = self.i;
        let mut items = [Ref::NONE; 3];
        for (k, item) in items.iter_mut().take(i.c() as usize).enumerate() {
            *item = self.get(i.b() + k as u16)?;
        }
        let short = match items.get(..i.c() as usize) {
            Some(items) => self.short_tuple(items)?,
            None => None,
        };
        let r = match short {
            Some(r) => r,
            None => {
                let first = self.run_in_memory(i.b(), i.c())?;
                self.tuple_at(first, i.c())?
            }
        };
        self.set(i.a(), r)?;
        self.next()
    }

    /// A tuple of so few values that they are passed to the helper, which tells what is in it. Of one, there is no such helper.
    pub(super) fn short_tuple(&mut self, items: &[Ref]) -> Build<Option<Ref>> {
        let r = match items {
            [] => self.konst(self.rt.empty_tuple)?,
            [_, _] => self.call(Helper::tuple2, items, FRESH | TUPLE)?,
            [_, _, _] => self.call(Helper::tuple3, items, FRESH | TUPLE)?,
            _ => return Ok(None),
        };
        self.b.know(r, Ty::Shape(kind::Tuple as u32));
        Ok(Some(r))
    }

    /// A tuple of `n` words in memory.
    pub(super) fn tuple_at(&mut self, first: Ref, n: u16) -> Build<Ref> {
        let n = self.b.word(n as u64, Ty::Raw)?;
        let r = self.call(Helper::build_tuple, &[first, n], FRESH)?;
        self.b.know(r, Ty::Shape(kind::Tuple as u32));
        Ok(r)
    }

    /// Parts of displays and of calls with `*` and `**`: what is exact and new is a leaf helper's.
    pub(super) fn display(&mut self, op: Op) -> Rec<()> {
        let i = self.i;
        if op == Op::BuildMap {
            if i.c() != 0 {
                return self.generic();
            }
            let d = self.dict_of(&[])?;
            self.set(i.a(), d)?;
            return self.next();
        }
        let v = self.val(i.b());
        let exact = match op {
            Op::ListExtend => v.exact::<List>().is_some() || v.exact::<Tuple>().is_some(),
            _ => v.exact::<Dict>().is_some(),
        };
        if !exact {
            return if op == Op::ListExtend { self.generic() } else { Err(Stop::Here) };
        }
        let (x, y) = (self.get(i.a())?, self.get(i.b())?);
        self.shape(y, v.shape())?;
        if op == Op::ListExtend {
            self.charging(Helper::list_extend, &[x, y], clobber::FIELDS | clobber::ELEMS)?;
        } else {
            let callee = self.get(i.c())?;
            self.charging(Helper::dict_merge, &[x, y, callee], clobber::FIELDS | clobber::DICTS)?;
        }
        self.next()
    }

    pub(super) fn build_slice(&mut self) -> Rec<()> {
        let i = self.i;
        let (x, y, z) = (self.get(i.b())?, self.get(i.b() + 1)?, self.get(i.b() + 2)?);
        let r = self.call(Helper::build_slice, &[x, y, z], FRESH)?;
        self.r.sliced = (self.r.steps, r);
        self.b.know(r, Ty::Shape(Slice::KIND as u32));
        self.set(i.a(), r)?;
        self.next()
    }

    /// `o[lo:hi]`.
    pub(super) fn get_slice(&mut self) -> Rec<()> {
        let i = self.i;
        let v = self.val(i.b());
        let shape = v.shape();
        if ![List::KIND, Tuple::KIND, Str::KIND].iter().any(|k| *k as u32 == shape) {
            return self.generic();
        }
        let (x, lo, hi) = (self.get(i.b())?, self.get(i.c())?, self.get(i.c() + 1)?);
        self.shape(x, shape)?;
        // A list's part is a new list; others may be themselves.
        let k = if shape == List::KIND as u32 { FRESH } else { clobber::NONE };
        let r = self.call(Helper::get_slice, &[x, lo, hi], k)?;
        self.b.know(r, Ty::Shape(shape));
        self.set(i.a(), r)?;
        self.next()
    }

    /// `o[lo:hi] = x` of lists.
    pub(super) fn set_slice(&mut self) -> Rec<()> {
        let i = self.i;
        let list = List::KIND as u32;
        let (o, v) = (self.val(i.a()), self.val(i.c()));
        if o.shape() != list || !(v.shape() == list || v.shape() == Tuple::KIND as u32) {
            return self.generic();
        }
        let (x, y) = (self.get(i.a())?, self.get(i.c())?);
        self.shape(x, list)?;
        self.shape(y, v.shape())?;
        let bounds = self.run_in_memory(i.b(), 2)?;
        self.charging(Helper::set_slice, &[x, bounds, y], clobber::FIELDS | clobber::ELEMS)?;
        self.next()
    }

    /// `list[slice]`.
    pub(super) fn list_slice(&mut self) -> Rec<()> {
        let i = self.i;
        let (x, y) = (self.get(i.b())?, self.get(i.c())?);
        let made = self.made_slice(y);
        if made.is_some() {
            // Exits make the slice again: so nothing needs it, and it goes.
            self.b.now.pc = self.pc - 1;
            self.b.state_changed();
        }
        self.shape(x, List::KIND as u32)?;
        let r = match made {
            Some(bounds) => {
                let at = (self.base as i32 + self.code.nregs as i32 + CALL_GAP as i32) * 8;
                for (n, x) in bounds.iter().enumerate() {
                    self.b.op_d(Uop::SlotStore, &[*x], at + n as i32 * 8)?;
                }
                let first = self.b.op_d(Uop::FrameAddr, &[], at)?;
                self.call(Helper::list_part, &[x, first], FRESH)?
            }
            None => self.call(Helper::list_slice, &[x, y], FRESH)?,
        };
        self.b.know(r, Ty::Shape(List::KIND as u32));
        self.set(i.a(), r)?;
        self.next()
    }

    /// Start, stop and step of a slice that the instruction before has made.
    fn made_slice(&self, slice: Ref) -> Option<[Ref; 3]> {
        let d = self.b.def(slice)?;
        let made = d.op == Uop::Call3 && d.d == Helper::build_slice.at();
        (made && self.r.sliced == (self.r.steps - 1, slice) && self.pc > 0).then_some(d.args)
    }

    pub(super) fn add_list(&mut self) -> Rec<()> {
        let i = self.i;
        let (x, y) = (self.get(i.b())?, self.get(i.c())?);
        self.shape(x, List::KIND as u32)?;
        self.shape(y, List::KIND as u32)?;
        let r = self.call(Helper::add_list, &[x, y], FRESH)?;
        self.b.know(r, Ty::Shape(List::KIND as u32));
        self.set(i.a(), r)?;
        self.next()
    }

    /// `k in o` and `k not in o` of built-in containers.
    pub(super) fn membership(&mut self, form: Op) -> Rec<()> {
        let i = self.i;
        let shape = self.val(i.c()).shape();
        if shape >= crate::heap::Shapes::FIRST {
            return Err(Stop::Here);
        }
        let (k, x) = (self.get(i.b())?, self.get(i.c())?);
        if let Some(r) = self.constant_membership(k, x, form) {
            let r = self.b.value(Value::bool(r))?;
            self.set(i.a(), r)?;
            return self.next();
        }
        self.shape(x, shape)?;
        let args = [k, x];
        if matches!(form, Op::InStr | Op::NotInStr)
            && let Some(r) = self.letter_in(i.b(), x)?
        {
            let r = if form == Op::NotInStr { self.b.op(Uop::NotBool, &[r])? } else { r };
            self.set(i.a(), r)?;
            return self.next();
        }
        let r = match (form, self.pair_of(k)) {
            (Op::InDict | Op::NotInDict, Some([p, q])) => {
                let entry = self.call(Helper::dict_pair, &[x, p, q], clobber::NONE)?;
                let (entry, zero) = (self.int_of(entry)?, self.b.int(0)?);
                self.b.op(Uop::LeInt, &[zero, entry])?
            }
            (Op::InSet | Op::NotInSet, Some([p, q])) => {
                self.call(Helper::set_pair, &[x, p, q], clobber::NONE)?
            }
            (Op::InDict | Op::NotInDict, None) => self.call(Helper::dict_has, &args, clobber::NONE)?,
            (Op::InSet | Op::NotInSet, None) => self.call(Helper::in_set, &args, clobber::NONE)?,
            (Op::InStr | Op::NotInStr, _) => self.call(Helper::in_str, &args, clobber::NONE)?,
            _ => self.charging(Helper::in_items, &args, clobber::NONE)?,
        };
        self.b.know(r, Ty::Bool);
        let negated = matches!(form, Op::NotInDict | Op::NotInSet | Op::NotInStr | Op::NotInItems);
        let r = if negated { self.b.op(Uop::NotBool, &[r])? } else { r };
        self.set(i.a(), r)?;
        self.next()
    }

    /// The items of a tuple of two that was made in the trace.
    pub(super) fn pair_of(&self, k: Ref) -> Option<[Ref; 2]> {
        let d = self.b.def(self.b.resolve(k))?;
        let made = d.op == Uop::Call2 && d.d == Helper::tuple2.at() && d.k & TUPLE != 0;
        made.then(|| [d.args[0], d.args[1]])
    }

    /// The value of the key that is the tuple of two values made in the trace, in dict `x`, which is `d` now; `None` if the key is
    /// something else. A default is given where the key is missing.
    pub(super) fn get_pair(
        &mut self,
        x: Ref,
        d: Value,
        k: Ref,
        key: Value,
        default: Option<Ref>,
    ) -> Rec<Option<Ref>> {
        let Some([p, q]) = self.pair_of(k) else { return Ok(None) };
        let Some(found) = fast::in_dict(self.rt, key, d) else { return Ok(None) };
        if !found && default.is_none() {
            return Ok(None);
        }
        let entry = self.call(Helper::dict_pair, &[x, p, q], clobber::NONE)?;
        let (entry, zero) = (self.int_of(entry)?, self.b.int(0)?);
        if !found {
            self.b.op(Uop::GuardLt, &[entry, zero])?;
            return Ok(default);
        }
        self.b.op(Uop::GuardLe, &[zero, entry])?;
        let (entries, index) = self.entry_at(x, entry)?;
        self.entry_word(entries, index, core::mem::offset_of!(Entry, value)).map(Some).map_err(Stop::from)
    }

    /// The answer if both are constants that never change.
    fn constant_membership(&mut self, k: Ref, x: Ref, form: Op) -> Option<bool> {
        let key = Value::from_bits(self.b.konst_word(k)?);
        let container = Value::from_bits(self.b.konst_word(x)?);
        let fuel = self.rt.fuel;
        let (found, charge) = match form {
            Op::InSet | Op::NotInSet => {
                container.exact::<FrozenSet>()?;
                (fast::in_set(self.rt, key, container)?, 0)
            }
            Op::InStr | Op::NotInStr => (fast::in_str(key, container)?, 0),
            Op::InItems | Op::NotInItems => {
                let n = container.exact::<Tuple>()?.len();
                (fast::in_items(self.rt, key, container)?, n)
            }
            _ => return None,
        };
        self.rt.fuel = fuel;
        self.r.charge(self.b, charge as u32);
        let negated = matches!(form, Op::NotInSet | Op::NotInStr | Op::NotInItems);
        Some(found != negated)
    }

    pub(super) fn make_cell(&mut self) -> Rec<()> {
        let i = self.i;
        let x = self.get(i.a())?;
        let r = self.call(Helper::make_cell, &[x], FRESH)?;
        self.b.know(r, Ty::Shape(kind::Cell as u32));
        self.set(i.a(), r)?;
        self.next()
    }

    /// `bool(x)` where no guest code decides.
    pub(super) fn truth(&mut self) -> Rec<()> {
        let i = self.i;
        let v = self.val(i.b());
        let x = self.get(i.b())?;
        if v.is_bool() {
            self.b.op(Uop::GuardBool, &[x])?;
            self.set(i.a(), x)?;
            return self.next();
        }
        let Some(t) = self.guard_truth(x, v)? else { return self.generic() };
        let r = self.b.value(Value::bool(t))?;
        self.set(i.a(), r)?;
        self.next()
    }

    /// Calls a leaf helper that takes fuel.
    fn charging(&mut self, helper: Helper, args: &[Ref], k: u64) -> Build<Ref> {
        self.r.commit_fuel(self.b)?;
        let r = self.call(helper, args, k)?;
        self.r.check_pending = true;
        Ok(r)
    }

    /// A function made in a function's frame.
    pub(super) fn make_function(&mut self) -> Rec<()> {
        let i = self.i;
        if Frame(self.frame).func().get::<Function>().is_none() {
            return self.generic();
        }
        let (module, siblings) = (self.code.module().clone(), self.code.siblings);
        let child = super::behind(self.rt, |rt| rt.code_at(&module, siblings, i.b() as u32).ok());
        let child = child.ok_or(Stop::Here)?;
        let own = self.own_function()?;
        let code = self.konst(child.value())?;
        let closure = self.get(i.c() + 3)?;
        let f = self.call(Helper::new_function, &[own, code, closure], FRESH | FUNCTION)?;
        let fields = [core::mem::offset_of!(Function, defaults), core::mem::offset_of!(Function, kwdefaults)];
        for (r, d) in (i.c()..).zip(fields) {
            let x = self.get(r)?;
            // None is what is there.
            if self.b.konst_word(x) != Some(Value::NONE.bits()) {
                self.b.op_d(Uop::Store, &[f, x], d as i32 - 1)?;
            }
        }
        self.set(i.a(), f)?;
        self.next()
    }
}
