//! Recording loops over dicts, sets, and iterators that keep their own state: the steps of `interp/iterate.rs`,
//! `builtins/native_iters.rs` and `builtins/iterators.rs` as loads and stores.
//!
//! Invariant: a step does what the interpreter's does. Where that raises, or does more (a container that was changed, an
//! int that becomes too large), the trace leaves before anything is changed.

use super::helpers::Helper;
use super::{Ctx, Rec};
use crate::heap::{Gc, Shapes};
use crate::interp::iterate;
use crate::object::dict::Entry;
use crate::object::misc::{self, Range, Wrapper};
use crate::object::set::{self, Set, SetEntry};
use crate::object::{Dict, List, SeqIter, Tuple, Type, iter, kind};
use crate::opt::builder::{Build, Ty, load};
use crate::opt::{FRESH, ITERATOR, TUPLE};
use crate::trace::ir::Ref;
use crate::uop::{Effect, Uop, body};
use crate::value::Value;
use core::mem::{offset_of, size_of};

const fn at(n: usize) -> i32 {
    n as i32 - 1
}
/// Displacements of a wrapper's values.
const A: i32 = at(offset_of!(Wrapper, a));
const B: i32 = at(offset_of!(Wrapper, b));
const C: i32 = at(offset_of!(Wrapper, c));
const D: i32 = at(offset_of!(Wrapper, d));
/// Displacements of a container iterator's source and index.
const SOURCE: i32 = at(offset_of!(SeqIter, source));
const INDEX: i32 = at(offset_of!(SeqIter, index));
/// Displacement of the words of positions, whose indices count from 1: no list's items are loaded by it.
const POSITION: i32 = -8;

// What `NextSlot` and `NextEntry` take slots and entries to be.
const _: () = {
    assert!(offset_of!(Dict, used) == offset_of!(Dict, entries) + size_of::<usize>() + 4);
    assert!(offset_of!(Entry, key) == 8 && size_of::<Entry>() == 24);
    assert!(Set::LAST == offset_of!(Set, table) + size_of::<usize>());
    assert!(offset_of!(SetEntry, key) == 0 && size_of::<SetEntry>() == 16);
    assert!(set::DUMMY.bits() == body::REMOVED && Value::UNBOUND.bits() == body::UNBOUND);
};

impl Ctx<'_> {
    /// The step of the loop at hand, over `v`; tells whether there was an item. `None` if a helper has to make it.
    pub(super) fn direct_step(&mut self, v: Value, target: u32) -> Rec<Option<bool>> {
        let Some(k) = v.header().map(|h| h.kind).filter(|_| v.shape() < Shapes::FIRST) else {
            return Ok(None);
        };
        match k {
            kind::Dict | kind::DictKeys | kind::DictValues | kind::DictItems => self.dict_step(v, k, target),
            kind::Set | kind::FrozenSet => self.set_step(v, target),
            kind::Enumerate => self.enumerate_step(v, target),
            kind::Zip => self.zip_step(v, target),
            kind::ListIter | kind::TupleIter => self.forward_step(v, target),
            kind::RangeIter => self.range_iter_step(v, target),
            kind::ListRevIter => self.reverse_step(v, target),
            kind::Reversed => self.reversed_step(v, target),
            _ => Ok(None),
        }
    }

    /// Position and guard of a loop's state; `None` if the container, of `len` items, was changed.
    fn position(&self, len: usize) -> Option<usize> {
        let (pos, guard) = (self.val(self.i.a() + 1), self.val(self.i.a() + 2));
        let same = pos.is_int() && guard == Value::int(len as i64);
        same.then(|| usize::try_from(pos.int_unchecked()).ok()).flatten()
    }

    /// Guards that a container has as many items as when the loop began; `len` is loaded from `d`.
    fn unchanged(&mut self, container: Ref, d: usize) -> Build<()> {
        let guard = self.int(self.i.a() + 2)?;
        let len = self.b.op_d(Uop::LoadLen32, &[container], at(d))?;
        self.b.op(Uop::GuardEq, &[len, guard])?;
        Ok(())
    }

    /// The end of a loop over a container: its state is empty from now on.
    pub(super) fn exhausted(&mut self) -> Build<()> {
        let empty = self.konst(self.rt.empty_tuple)?;
        self.set(self.i.a(), empty)
    }

    fn plus_one(&mut self, x: Ref) -> Build<Ref> {
        let one = self.b.int(1)?;
        self.b.op(Uop::AddIntN, &[x, one])
    }

    /// A tuple of two. It only exists if something needs it.
    fn pair(&mut self, x: Ref, y: Ref) -> Build<Ref> {
        let r = self.call(Helper::tuple2, &[x, y], FRESH | TUPLE)?;
        self.b.know(r, Ty::Shape(kind::Tuple as u32));
        Ok(r)
    }

    /// The dict, `d` now, that `x` is or is a view of; `x` is `v` now.
    fn dict_behind(&mut self, x: Ref, v: Value, d: Gc<Dict>) -> Build<Ref> {
        if d.value() == v {
            return Ok(x);
        }
        let dict = self.b.op_dk(Uop::Load, &[x], A, load::IMMUTABLE)?;
        self.shape(dict, d.value().shape())?;
        Ok(dict)
    }

    fn dict_step(&mut self, v: Value, k: u8, target: u32) -> Rec<Option<bool>> {
        let i = self.i;
        let Some(d) = iterate::dict_of(v) else { return Ok(None) };
        let Some(now) = self.position(d.len()) else { return Ok(None) };
        let used = d.entries().len();
        let more = (now..used).any(|n| d.entry(n).is_some());
        let deleted = now < used && d.entry(now).is_none();
        if more {
            self.inner_edge(target, Some(d.len()))?;
        }
        let x = self.get(i.a())?;
        self.shape(x, v.shape())?;
        let dict = self.dict_behind(x, v, d)?;
        let pos = self.int(i.a() + 1)?;
        self.unchanged(dict, offset_of!(Dict, live))?;
        // A dict of which nothing was deleted has no need to look for the next entry.
        let pos = match deleted {
            true => self.b.op_d(Uop::NextEntry, &[dict, pos], at(offset_of!(Dict, entries)))?,
            false => pos,
        };
        let used = self.b.op_d(Uop::LoadLen32, &[dict], at(offset_of!(Dict, used)))?;
        if !more {
            self.b.op(Uop::GuardLe, &[used, pos])?;
            self.exhausted()?;
            return Ok(Some(false));
        }
        self.b.op(Uop::GuardUlt, &[pos, used])?;
        let (entries, index) = self.entry_at(dict, pos)?;
        let key = self.entry_word(entries, index, offset_of!(Entry, key))?;
        self.guard_bound(key)?;
        let item = match k {
            kind::DictValues => self.entry_word(entries, index, offset_of!(Entry, value))?,
            kind::DictItems => {
                let value = self.entry_word(entries, index, offset_of!(Entry, value))?;
                self.pair(key, value)?
            }
            _ => key,
        };
        self.stepped_to(pos, item)?;
        Ok(Some(true))
    }

    /// Address of a dict's entries.
    pub(super) fn entries(&mut self, dict: Ref) -> Build<Ref> {
        let entries = self.b.op_d(Uop::Load, &[dict], at(offset_of!(Dict, entries)))?;
        self.b.know(entries, Ty::Raw);
        Ok(entries)
    }
    /// A dict's entries, and the index of the first word of entry `pos`.
    pub(super) fn entry_at(&mut self, dict: Ref, pos: Ref) -> Build<(Ref, Ref)> {
        let entries = self.entries(dict)?;
        let words = self.b.int((size_of::<Entry>() / 8) as i64)?;
        Ok((entries, self.b.op(Uop::MulIntN, &[pos, words])?))
    }
    /// A word of the entry whose first word has this index.
    pub(super) fn entry_word(&mut self, entries: Ref, index: Ref, d: usize) -> Build<Ref> {
        self.b.op_dk(Uop::ElemLoad, &[entries, index], d as i32, load::ENTRY)
    }

    /// The loop's state moves on by one.
    fn stepped_to(&mut self, pos: Ref, item: Ref) -> Build<()> {
        let next = self.plus_one(pos)?;
        self.set(self.i.a() + 1, next)?;
        self.set(self.i.b(), item)
    }

    /// One uop finds the next slot in use; the rest does not vary.
    fn set_step(&mut self, v: Value, target: u32) -> Rec<Option<bool>> {
        let i = self.i;
        let Some(s) = set::get(v) else { return Ok(None) };
        let Some(now) = self.position(s.len()) else { return Ok(None) };
        let more = (now..s.slots()).any(|n| s.slot(n).is_some());
        if more {
            self.inner_edge(target, Some(s.len()))?;
        }
        let x = self.get(i.a())?;
        self.shape(x, v.shape())?;
        let pos = self.int(i.a() + 1)?;
        self.unchanged(x, Set::USED)?;
        let slot = self.b.op_d(Uop::NextSlot, &[x, pos], at(offset_of!(Set, table)))?;
        let last = self.b.op_d(Uop::LoadLen32, &[x], at(Set::LAST))?;
        if !more {
            self.b.op(Uop::GuardLt, &[last, slot])?;
            self.exhausted()?;
            return Ok(Some(false));
        }
        self.b.op(Uop::GuardLe, &[slot, last])?;
        let table = self.b.op_d(Uop::Load, &[x], at(offset_of!(Set, table)))?;
        self.b.know(table, Ty::Raw);
        let index = self.b.op(Uop::AddIntN, &[slot, slot])?;
        let d = offset_of!(SetEntry, key) as i32;
        let item = self.b.op_dk(Uop::ElemLoad, &[table, index], d, load::ENTRY)?;
        self.stepped_to(slot, item)?;
        Ok(Some(true))
    }

    /// Guards that register `a` holds an iterator of a kind. Shapes of `enumerate` and `zip` are those of generators too.
    fn iterator(&mut self, v: Value, k: u8) -> Build<Ref> {
        let x = self.get(self.i.a())?;
        self.shape(x, v.shape())?;
        let made = self.b.def(x).is_some_and(|d| d.op.effect() == Effect::Call && d.k & ITERATOR != 0);
        if misc::is_wrapper(k) && !made {
            let d = at(offset_of!(crate::heap::Header, kind));
            let now = self.b.op_dk(Uop::Load8, &[x], d, load::IMMUTABLE)?;
            let k = self.b.word(k as u64, Ty::Raw)?;
            self.b.op(Uop::GuardEq, &[now, k])?;
        }
        Ok(x)
    }
    /// A word that an iterator changes as it moves on.
    fn own(&mut self, op: Uop, it: Ref, d: i32) -> Build<Ref> {
        self.b.op_dk(op, &[it], d, load::ITER)
    }

    /// The item of a list, tuple or range, which is `source` now, at `pos`; guarded.
    fn item_at(&mut self, x: Ref, source: Value, pos: Ref) -> Build<Ref> {
        self.shape(x, source.shape())?;
        let (len, _) = self.length_of(x, source.shape())?;
        self.b.op(Uop::GuardUlt, &[pos, len])?;
        self.element(x, source.shape(), pos)
    }

    fn enumerate_step(&mut self, v: Value, target: u32) -> Rec<Option<bool>> {
        let Some(w) = misc::wrapper(v, kind::Enumerate) else { return Ok(None) };
        let (source, pos) = (w.a.get(), w.b.get());
        let Some(len) = length(source) else { return Ok(None) };
        if !pos.both_int(w.d.get()) {
            return Ok(None);
        }
        let more = (pos.int_unchecked() as usize) < len;
        if more {
            self.inner_edge(target, Some(len))?;
        }
        let it = self.iterator(v, kind::Enumerate)?;
        let from = self.own(Uop::Load, it, A)?;
        let (pos, count) = (self.own(Uop::Load, it, B)?, self.own(Uop::Load, it, D)?);
        let (pos, count) = (self.int_of(pos)?, self.int_of(count)?);
        if !more {
            return self.ends((it, A), (from, source), pos);
        }
        let item = self.item_at(from, source, pos)?;
        let one = self.b.int(1)?;
        let next = self.b.op(Uop::AddInt, &[count, one])?;
        let pair = self.pair(count, item)?;
        let pos = self.plus_one(pos)?;
        self.b.op_d(Uop::Store, &[it, pos], B)?;
        self.b.op_d(Uop::Store, &[it, next], D)?;
        self.set(self.i.b(), pair)?;
        Ok(Some(true))
    }

    /// Two or three lists or tuples at once.
    fn zip_step(&mut self, v: Value, target: u32) -> Rec<Option<bool>> {
        let Some(w) = misc::wrapper(v, kind::Zip) else { return Ok(None) };
        let (Some(sources), Some(positions)) = (w.a.get().get::<Tuple>(), w.b.get().get::<List>()) else {
            return Ok(None);
        };
        let n = sources.len();
        let known = |k: usize| sources.get(k).and_then(length).zip(positions.get(k).and_then(Value::as_int));
        if !(2..=3).contains(&n) || !(0..n).all(|k| known(k).is_some()) {
            return Ok(None);
        }
        let ended = (0..n).find(|&k| known(k).is_none_or(|(len, pos)| pos as usize >= len));
        if ended.is_none() {
            let least = (0..n).filter_map(|k| Some(known(k)?.0)).min();
            self.inner_edge(target, least)?;
        }
        let it = self.iterator(v, kind::Zip)?;
        // At the end the tuple of sources is gone.
        let tuple = self.own(Uop::Load, it, A)?;
        self.shape(tuple, kind::Tuple as u32)?;
        let (len, _) = self.length_of(tuple, kind::Tuple as u32)?;
        let width = self.b.int(n as i64)?;
        self.b.op(Uop::GuardEq, &[len, width])?;
        // A list of the iterator's own, whose length stays.
        let list = self.b.op_dk(Uop::Load, &[it], B, load::IMMUTABLE)?;
        let words = self.b.op_dk(Uop::Load, &[list], at(offset_of!(List, items)), load::IMMUTABLE)?;
        self.b.know(words, Ty::Raw);
        let (mut items, mut moved) = ([Ref::NONE; 3], [Ref::NONE; 3]);
        for (k, (item, moved)) in items.iter_mut().zip(&mut moved).take(n).enumerate() {
            let index = self.b.int(k as i64 + 1)?;
            let pos = self.b.op_dk(Uop::ElemLoad, &[words, index], POSITION, load::ITER)?;
            let pos = self.int_of(pos)?;
            let index = self.b.int(k as i64)?;
            let from = self.element(tuple, kind::Tuple as u32, index)?;
            let source = sources.get(k).unwrap_or(Value::NONE);
            if ended == Some(k) {
                return self.ends((it, A), (from, source), pos);
            }
            *item = self.item_at(from, source, pos)?;
            *moved = self.plus_one(pos)?;
        }
        let row = match n {
            2 => self.pair(items[0], items[1])?,
            _ => self.call(Helper::tuple3, &items, FRESH | TUPLE)?,
        };
        self.b.know(row, Ty::Shape(kind::Tuple as u32));
        for (k, moved) in moved.iter().take(n).enumerate() {
            let index = self.b.int(k as i64 + 1)?;
            self.b.op_d(Uop::ElemStore, &[words, index, *moved], POSITION)?;
        }
        self.set(self.i.b(), row)?;
        Ok(Some(true))
    }

    /// `iter(x)` of a list or tuple.
    fn forward_step(&mut self, v: Value, target: u32) -> Rec<Option<bool>> {
        let Some(s) = iter::get(v) else { return Ok(None) };
        let (source, now) = (s.source.get(), s.index.get());
        let Some(len) = length(source) else { return Ok(None) };
        if now < len {
            self.inner_edge(target, Some(len))?;
        }
        let (it, from) = self.seq_iter(v)?;
        let pos = self.own(Uop::LoadLen, it, INDEX)?;
        if now >= len {
            return self.ends((it, SOURCE), (from, source), pos);
        }
        let item = self.take_item(it, (from, source), pos)?;
        self.set(self.i.b(), item)?;
        Ok(Some(true))
    }

    /// The item at `pos` of `x`, a list or tuple, `source` now, that `it` goes through; it moves on.
    fn take_item(&mut self, it: Ref, (x, source): (Ref, Value), pos: Ref) -> Build<Ref> {
        let item = self.item_at(x, source, pos)?;
        let next = self.plus_one(pos)?;
        self.b.op_d(Uop::StoreLen, &[it, next], INDEX)?;
        Ok(item)
    }

    /// `next(x)` of `iter` of a list or tuple, in register `r`, that has an item.
    pub(super) fn next_of(&mut self, r: u16) -> Rec<Option<Ref>> {
        let v = self.val(r);
        let forward = v.header().is_some_and(|h| matches!(h.kind, kind::ListIter | kind::TupleIter));
        let Some(s) = iter::get(v).filter(|_| forward && v.shape() < Shapes::FIRST) else { return Ok(None) };
        let source = s.source.get();
        if length(source).is_none_or(|len| s.index.get() >= len) {
            return Ok(None);
        }
        self.builtin()?;
        let it = self.get(r)?;
        self.shape(it, v.shape())?;
        let (from, pos) = (self.own(Uop::Load, it, SOURCE)?, self.own(Uop::LoadLen, it, INDEX)?);
        self.take_item(it, (from, source), pos).map(Some).map_err(super::Stop::from)
    }

    /// The end of an iterator over `x`, a list or tuple, `source` now: it lets go of that, which stands in its word `d`.
    fn ends(&mut self, (it, d): (Ref, i32), (x, source): (Ref, Value), pos: Ref) -> Rec<Option<bool>> {
        self.shape(x, source.shape())?;
        let (len, _) = self.length_of(x, source.shape())?;
        self.b.op(Uop::GuardLe, &[len, pos])?;
        self.let_go(it, d)
    }

    fn let_go(&mut self, it: Ref, d: i32) -> Rec<Option<bool>> {
        let unbound = self.b.value(Value::UNBOUND)?;
        self.b.op_d(Uop::Store, &[it, unbound], d)?;
        Ok(Some(false))
    }

    /// `iter(x)` of a range of small ints; whether it is one, its iterator's kind says.
    fn range_iter_step(&mut self, v: Value, target: u32) -> Rec<Option<bool>> {
        let Some(s) = iter::get(v) else { return Ok(None) };
        let Some(range) = s.source.get().get::<Range>() else { return Ok(None) };
        let Some((_, step, _)) = range.small() else { return Ok(None) };
        let more = s.index.get() < s.guard.get();
        if more {
            self.inner_edge(target, Some(s.guard.get()))?;
        }
        let (it, from) = self.seq_iter(v)?;
        self.shape(from, kind::Range as u32)?;
        let pos = self.own(Uop::LoadLen, it, INDEX)?;
        let end = self.b.op_dk(Uop::LoadLen, &[it], at(offset_of!(SeqIter, guard)), load::IMMUTABLE)?;
        if !more {
            self.b.op(Uop::GuardLe, &[end, pos])?;
            return Ok(Some(false));
        }
        self.b.op(Uop::GuardUlt, &[pos, end])?;
        let start = self.range_word(from, offset_of!(Range, start))?;
        let stride = self.range_word(from, offset_of!(Range, step))?;
        let moved = if step == 1 {
            let one = self.b.int(1)?;
            self.b.op(Uop::GuardEq, &[stride, one])?;
            pos
        } else {
            self.b.op(Uop::MulInt, &[stride, pos])?
        };
        let item = self.b.op(Uop::AddInt, &[start, moved])?;
        let next = self.plus_one(pos)?;
        self.b.op_d(Uop::StoreLen, &[it, next], INDEX)?;
        self.set(self.i.b(), item)?;
        Ok(Some(true))
    }

    fn range_word(&mut self, range: Ref, d: usize) -> Build<Ref> {
        let x = self.b.op_dk(Uop::Load, &[range], at(d), load::IMMUTABLE)?;
        self.int_of(x)
    }

    /// `reversed(x)` of a list: the next item is the one before the index.
    fn reverse_step(&mut self, v: Value, target: u32) -> Rec<Option<bool>> {
        let Some(s) = iter::get(v) else { return Ok(None) };
        let (source, now) = (s.source.get(), s.index.get());
        let Some(len) = length(source).filter(|len| now <= *len) else { return Ok(None) };
        if now > 0 {
            self.inner_edge(target, Some(len))?;
        }
        let (it, from) = self.seq_iter(v)?;
        let pos = self.own(Uop::LoadLen, it, INDEX)?;
        self.back(now == 0, (it, SOURCE), (from, source), (pos, Uop::StoreLen, INDEX))
    }

    /// The item before `pos` of `x`, a list or tuple, `source` now, whose iterator counts down and notes that by `store` in its word
    /// `d`; or the end.
    fn back(
        &mut self,
        ended: bool,
        (it, held): (Ref, i32),
        (x, source): (Ref, Value),
        (pos, store, d): (Ref, Uop, i32),
    ) -> Rec<Option<bool>> {
        if ended {
            let zero = self.b.int(0)?;
            self.b.op(Uop::GuardEq, &[pos, zero])?;
            return self.let_go(it, held);
        }
        let one = self.b.int(1)?;
        // 0, the end, becomes less than any index.
        let pos = self.b.op(Uop::SubIntN, &[pos, one])?;
        let item = self.item_at(x, source, pos)?;
        self.b.op_d(store, &[it, pos], d)?;
        self.set(self.i.b(), item)?;
        Ok(Some(true))
    }

    /// `reversed(x)` of a tuple.
    fn reversed_step(&mut self, v: Value, target: u32) -> Rec<Option<bool>> {
        let Some(w) = misc::wrapper(v, kind::Reversed) else { return Ok(None) };
        let (source, pos) = (w.a.get(), w.b.get());
        let Some(len) = source.exact::<Tuple>().map(|t| t.len()) else { return Ok(None) };
        let Some(now) = pos.as_int().filter(|n| (0..=len as i64).contains(n)) else { return Ok(None) };
        if now > 0 {
            self.inner_edge(target, Some(len))?;
        }
        let it = self.iterator(v, kind::Reversed)?;
        let (from, pos) = (self.own(Uop::Load, it, A)?, self.own(Uop::Load, it, B)?);
        let pos = self.int_of(pos)?;
        self.back(now == 0, (it, A), (from, source), (pos, Uop::Store, B))
    }

    /// A container's iterator and its container.
    fn seq_iter(&mut self, v: Value) -> Build<(Ref, Ref)> {
        let it = self.iterator(v, v.header().map_or(0, |h| h.kind))?;
        let from = self.own(Uop::Load, it, SOURCE)?;
        Ok((it, from))
    }

    /// `iter(x)` of register `r`, `v` now, where that calls nothing of the guest's.
    pub(super) fn iterator_of(&mut self, r: u16, v: Value) -> Rec<Option<Ref>> {
        let generator = Self::is_generator(v);
        if !generator && (v.shape() >= Shapes::FIRST || self.rt.type_of(v).has_flag(Type::GUEST_ITER)) {
            return Ok(None);
        }
        let slots = self.rt.slots_of(v);
        let itself = generator || slots.next.is_some();
        if !itself && slots.iter.is_none() {
            return Ok(None);
        }
        let x = self.get(r)?;
        self.shape(x, v.shape())?;
        if itself {
            return Ok(Some(x));
        }
        let k = match v.shape() {
            s if s == kind::List as u32 => kind::ListIter,
            s if s == kind::Tuple as u32 => kind::TupleIter,
            _ => return self.call(Helper::iter_of, &[x], FRESH).map(Some).map_err(super::Stop::from),
        };
        let start = self.b.int(0)?;
        let it = self.new_iterator(k, &[(Uop::Store, x, SOURCE), (Uop::StoreLen, start, INDEX)])?;
        Ok(Some(it))
    }

    /// `enumerate(x)` and `enumerate(x, start)` of a list or tuple, where class and `x` are in register `r` and the next.
    pub(super) fn enumerate(&mut self, r: u16, start: Option<u16>) -> Rec<Option<()>> {
        let v = self.val(r);
        let counts = start.is_none_or(|r| self.val(r).is_int());
        if length(v).is_none() || !counts {
            return Ok(None);
        }
        let x = self.get(r)?;
        self.shape(x, v.shape())?;
        let zero = self.b.int(0)?;
        let start = match start {
            Some(r) => self.int(r)?,
            None => zero,
        };
        let fields = [(x, A), (zero, B), (zero, C), (start, D)].map(|(x, d)| (Uop::Store, x, d));
        let it = self.new_iterator(kind::Enumerate, &fields)?;
        self.answer(it).map(Some)
    }

    /// An iterator of kind `k`, and what it has from the start.
    fn new_iterator(&mut self, k: u8, fields: &[(Uop, Ref, i32)]) -> Build<Ref> {
        let of = self.b.word(k as u64, Ty::Raw)?;
        let it = self.call(Helper::new_iterator, &[of], FRESH | ITERATOR)?;
        for &(store, x, d) in fields {
            self.b.op_d(store, &[it, x], d)?;
        }
        Ok(it)
    }

    /// The state of a loop over a dict, a view or a set.
    pub(super) fn begin_counted(&mut self, v: Value) -> Rec<bool> {
        let i = self.i;
        let dict = iterate::dict_of(v);
        let set = set::get(v).is_some();
        if v.shape() >= Shapes::FIRST || dict.is_none() && !set {
            return Ok(false);
        }
        let x = self.get(i.b())?;
        self.shape(x, v.shape())?;
        let (container, d) = match dict {
            Some(d) => (self.dict_behind(x, v, d)?, offset_of!(Dict, live)),
            None => (x, Set::USED),
        };
        let len = self.b.op_d(Uop::LoadLen32, &[container], at(d))?;
        let zero = self.b.int(0)?;
        self.set(i.a(), x)?;
        self.set(i.a() + 1, zero)?;
        self.set(i.a() + 2, len)?;
        Ok(true)
    }
}

/// Length of an exact list or tuple.
fn length(v: Value) -> Option<usize> {
    v.exact::<List>().map(|l| l.len()).or(v.exact::<Tuple>().map(|t| t.len()))
}
