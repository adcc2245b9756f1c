//! Recording loops: back-edges, iteration over built-in containers, unpacking.

use super::{Ctx, Rec, Stop, helpers};
use crate::bytecode::Op;
use crate::heap::HeapType as _;
use crate::interp::cont::Cont;
use crate::interp::{Name, fast, iterate};
use crate::object::{Generator, List, Range, Str, Tuple, kind};
use crate::opt::FRESH;
use crate::opt::builder::{Build, MAX_SLOTS, Ty, clobber, load};
use crate::opt::ranges::RANGE_ITEM;
use crate::trace::ir::Ref;
use crate::uop::Uop;
use crate::value::Value;

const fn at(n: usize) -> i32 {
    n as i32 - 1
}

impl Ctx<'_> {
    /// A back-edge to `target`, of a loop over `len` items if it is known.
    pub(super) fn inner_edge(&mut self, target: u32, len: Option<usize>) -> Rec<()> {
        if self.b.now.node == 0 && self.code == self.r.code && target == self.r.pc {
            self.r.unrolled.home_edge(len);
            return Ok(());
        }
        let counted = self.r.count_inner(self.b, self.b.now.node, len);
        if counted.is_err() {
            self.r.wants = Some((self.code, target));
        }
        counted
    }

    pub(super) fn jump_back(&mut self, offset: i64) -> Rec<()> {
        let target = (self.pc as i64 + 1 + offset) as u32;
        self.inner_edge(target, None)?;
        self.r.charge(self.b, (-offset) as u32);
        self.expect(target);
        Ok(())
    }

    pub(super) fn get_iter(&mut self) -> Rec<()> {
        let i = self.i;
        let v = self.val(i.b());
        let shape = v.shape();
        if self.begin_counted(v)? {
            return self.next();
        }
        let plain = [List::KIND, Tuple::KIND, Range::KIND, Str::KIND, Generator::KIND]
            .iter()
            .any(|k| *k as u32 == shape);
        let generator = Self::is_generator(v) && shape < crate::heap::Shapes::FIRST;
        if !plain && !generator && !fast::is_iterator(self.rt, v) {
            // Another built-in container or iterator: the interpreter's code makes the state.
            if shape != u32::MAX
                && let Some(f) = self.special(v, Name::__iter__, 1)
            {
                let x = self.get(i.b())?;
                self.guard_methods(x, v)?;
                let func = self.konst(f.value())?;
                return self.push_above(f, func, &[x], i.a(), Cont::GetIter);
            }
            if shape == u32::MAX || shape >= crate::heap::Shapes::FIRST {
                return Err(Stop::Here);
            }
            self.flush(i.b())?;
            let site = self.site(super::Site::NO_DST)?;
            self.call_site(site, helpers::Helper::generic, clobber::NONE)?;
            for r in i.a()..i.a() + 3 {
                let x = self.b.add_slot_load(self.base as usize + r as usize)?;
                self.set(r, x)?;
            }
            return self.next();
        }
        let x = self.get(i.b())?;
        self.b.op_dk(Uop::GuardShape, &[x], 0, shape as u64)?;
        if iterate::count_of(v).is_some() {
            return self.begin_count(x);
        }
        let zero = self.b.int(0)?;
        self.set(i.a(), x)?;
        self.set(i.a() + 1, zero)?;
        self.set(i.a() + 2, zero)?;
        self.next()
    }

    /// The state of a loop over the range `x`, whose step is 1 now.
    fn begin_count(&mut self, x: Ref) -> Rec<()> {
        use core::mem::offset_of;
        let i = self.i;
        let (step, one) = (self.field_int(x, offset_of!(Range, step))?, self.b.int(1)?);
        self.b.op(Uop::GuardEq, &[step, one])?;
        let start = self.field_int(x, offset_of!(Range, start))?;
        let stop = self.field_int(x, offset_of!(Range, stop))?;
        // Else a bound of the length would not be small, and the loop would be over the range itself.
        self.field_int(x, offset_of!(Range, len))?;
        self.set(i.a(), stop)?;
        self.set(i.a() + 1, start)?;
        self.set(i.a() + 2, start)?;
        self.next()
    }

    /// A step of a loop over ints below a bound.
    fn count(&mut self, stop: Value, distance: i64) -> Rec<()> {
        let i = self.i;
        let (pos, start) = (self.val(i.a() + 1), self.val(i.a() + 2));
        if !stop.both_int(pos) {
            return Err(Stop::Here);
        }
        let more = pos.int_word() < stop.int_word();
        let target = (self.pc as i64 + 1 - distance) as u32;
        if more {
            let first = start.as_int().unwrap_or(pos.int_unchecked());
            let len = stop.int_unchecked().saturating_sub(first).max(0);
            self.inner_edge(target, Some(len as usize))?;
        }
        let (limit, item) = (self.int(i.a())?, self.int(i.a() + 1)?);
        if more {
            self.b.op(Uop::GuardLt, &[item, limit])?;
            let one = self.b.int(1)?;
            let next = self.b.op(Uop::AddIntN, &[item, one])?;
            self.set(i.a() + 1, next)?;
            self.set(i.b(), item)?;
        } else {
            self.b.op(Uop::GuardLe, &[limit, item])?;
        }
        self.end_step(more, distance, target)
    }

    /// A step is recorded: charges it, and goes on at the loop's head or behind the loop.
    fn end_step(&mut self, more: bool, distance: i64, target: u32) -> Rec<()> {
        self.r.charge(self.b, distance as u32);
        if more {
            self.expect(target);
            Ok(())
        } else {
            self.next()
        }
    }

    pub(super) fn for_loop(&mut self) -> Rec<()> {
        let i = self.i;
        let v = self.val(i.a());
        if v.is_int() {
            return self.count(v, -(i.imm_c() as i64));
        }
        let (pos, distance) = (self.val(i.a() + 1), -(i.imm_c() as i64));
        let shape = v.shape();
        if Self::is_generator(v) {
            return self.generator_loop();
        }
        if let Some(f) = self.special(v, Name::__next__, 1) {
            let x = self.get(i.a())?;
            self.guard_methods(x, v)?;
            self.r.charge(self.b, distance as u32);
            let func = self.konst(f.value())?;
            return self.push_above(f, func, &[x], i.b(), Cont::ForNext);
        }
        if !pos.is_int() {
            return self.native_loop(v);
        }
        let target = (self.pc as i64 + 1 - distance) as u32;
        let len = v.exact::<Range>().and_then(|r| r.small()).map(|(_, _, len)| len as usize);
        let letters = v.exact::<Str>().filter(|s| s.is_ascii());
        let len = len.or(letters.as_ref().map(|s| s.len()));
        let len = len.or(v.exact::<List>().map(|l| l.len())).or(v.exact::<Tuple>().map(|t| t.len()));
        if len.is_some_and(|n| (pos.int_unchecked() as usize) < n) {
            self.inner_edge(target, len)?;
        }
        let more = if let Some(r) = v.exact::<Range>() {
            let Some((_, _, len)) = r.small() else { return Err(Stop::Here) };
            self.next_range(pos.int_unchecked() < len, r.step)?
        } else if let Some(l) = v.exact::<List>() {
            let more = self.next_item(shape, (pos.int_unchecked() as usize) < l.len())?;
            if !more {
                self.exhausted()?;
            }
            more
        } else if let Some(t) = v.exact::<Tuple>() {
            self.next_item(shape, (pos.int_unchecked() as usize) < t.len())?
        } else if let Some(s) = letters {
            let more = (pos.int_unchecked() as usize) < s.len();
            self.next_letter(more)?;
            more
        } else {
            match self.direct_step(v, target)? {
                Some(more) => more,
                None => return self.native_loop(v),
            }
        };
        self.end_step(more, distance, target)
    }

    /// A loop over another built-in container or iterator.
    fn native_loop(&mut self, v: Value) -> Rec<()> {
        if !fast::steps_without_call(v) {
            return Err(Stop::Here);
        }
        let i = self.i;
        let target = (self.pc as i64 + 1 + i.imm_c() as i64) as u32;
        self.inner_edge(target, None)?;
        let pairs = self.form() == Some(Op::ForLoopPairs);
        let in_memory = !fast::is_iterator(self.rt, v);
        use helpers::Helper;
        let (helper, state) = if in_memory {
            let state = self.run_in_memory(i.a(), 3)?;
            (if pairs { Helper::next_pair } else { Helper::next_iter }, state)
        } else {
            let it = self.get(i.a())?;
            self.shape(it, v.shape())?;
            (if pairs { Helper::iter_pair } else { Helper::iter_item }, it)
        };
        let step = self.call(helper, &[state], clobber::ITERS)?;
        self.b.know(step, if pairs { Ty::Shape(kind::Tuple as u32) } else { Ty::Any });
        self.r.branch = Some(super::Branch::Step { step, next: self.pc + 1, target, i, in_memory });
        self.r.expect = (self.frame, core::ptr::null());
        Ok(())
    }

    fn field_int(&mut self, x: Ref, offset: usize) -> Build<Ref> {
        let r = self.b.op_dk(Uop::Load, &[x], at(offset), load::IMMUTABLE)?;
        self.int_of(r)
    }

    fn next_range(&mut self, more: bool, step: Value) -> Rec<bool> {
        let i = self.i;
        let x = self.get(i.a())?;
        self.b.op_dk(Uop::GuardShape, &[x], 0, Range::KIND as u64)?;
        let pos = self.int(i.a() + 1)?;
        let len = self.field_int(x, core::mem::offset_of!(Range, len))?;
        if !more {
            self.b.op(Uop::GuardLe, &[len, pos])?;
            return Ok(false);
        }
        self.b.op(Uop::GuardLt, &[pos, len])?;
        let start = self.field_int(x, core::mem::offset_of!(Range, start))?;
        // The bound is an int too: then no item, and no step towards one, is out of range.
        self.field_int(x, core::mem::offset_of!(Range, stop))?;
        let by = self.field_int(x, core::mem::offset_of!(Range, step))?;
        let zero = self.b.int(0)?;
        let k = if step == Value::int(1) {
            let k = self.b.value(step)?;
            self.b.op(Uop::GuardEq, &[by, k])?;
            k
        } else if step.int_word() > 0 {
            self.b.op(Uop::GuardLt, &[zero, by])?;
            by
        } else {
            self.b.op(Uop::GuardLt, &[by, zero])?;
            by
        };
        // The item lies between the bounds, whether or not the product overflows.
        let scaled = self.b.op(Uop::MulIntN, &[pos, k])?;
        let item = self.b.op_dk(Uop::AddIntN, &[start, scaled], 0, RANGE_ITEM)?;
        let one = self.b.int(1)?;
        let next = self.b.op(Uop::AddIntN, &[pos, one])?;
        self.set(i.a() + 1, next)?;
        self.set(i.b(), item)?;
        Ok(true)
    }

    /// The next item of a list or tuple.
    fn next_item(&mut self, shape: u32, more: bool) -> Rec<bool> {
        let i = self.i;
        let x = self.get(i.a())?;
        self.b.op_dk(Uop::GuardShape, &[x], 0, shape as u64)?;
        let pos = self.int(i.a() + 1)?;
        let (len, _) = self.length_of(x, shape)?;
        if !more {
            self.b.op(Uop::GuardLe, &[len, pos])?;
            return Ok(false);
        }
        self.b.op(Uop::GuardUlt, &[pos, len])?;
        let item = self.element(x, shape, pos)?;
        let one = self.b.int(1)?;
        let next = self.b.op(Uop::AddIntN, &[pos, one])?;
        self.set(i.a() + 1, next)?;
        self.set(i.b(), item)?;
        Ok(true)
    }

    /// Length of a list or tuple.
    pub(super) fn length_of(&mut self, x: Ref, shape: u32) -> Build<(Ref, bool)> {
        if shape == List::KIND as u32 {
            let len = self.b.op_d(Uop::LoadLen, &[x], at(core::mem::offset_of!(List, len)))?;
            return Ok((len, false));
        }
        if let Some(t) = self.known_object::<Tuple>(x) {
            return Ok((self.b.int(t.len() as i64)?, true));
        }
        let d = at(core::mem::offset_of!(Tuple, len));
        Ok((self.b.op_dk(Uop::LoadLen, &[x], d, load::IMMUTABLE)?, true))
    }
    /// Item of a list or tuple; the index was checked.
    pub(super) fn element(&mut self, x: Ref, shape: u32, index: Ref) -> Build<Ref> {
        if shape == List::KIND as u32 {
            let items = self.items(x)?;
            return self.b.op(Uop::ElemLoad, &[items, index]);
        }
        if let (Some(t), Some(k)) = (self.known_object::<Tuple>(x), self.b.konst_word(index))
            && let Some(&item) = t.items().get((k >> 3) as usize)
        {
            return self.konst(item);
        }
        let d = at(core::mem::size_of::<Tuple>());
        self.b.op_dk(Uop::ElemLoad, &[x, index], d, load::IMMUTABLE)
    }
    /// Address of a list's items.
    pub(super) fn items(&mut self, x: Ref) -> Build<Ref> {
        let r = self.b.op_d(Uop::Load, &[x], at(core::mem::offset_of!(List, items)))?;
        self.b.know(r, Ty::Raw);
        Ok(r)
    }

    pub(super) fn unpack(&mut self, form: Op) -> Rec<()> {
        let i = self.i;
        let shape = if form == Op::UnpackTuple { Tuple::KIND } else { List::KIND } as u32;
        let v = self.val(i.b());
        if v.shape() != shape {
            return Err(Stop::Here);
        }
        let x = self.get(i.b())?;
        self.b.op_dk(Uop::GuardShape, &[x], 0, shape as u64)?;
        let (len, _) = self.length_of(x, shape)?;
        let n = self.b.int(i.c() as i64)?;
        self.b.op(Uop::GuardEq, &[len, n])?;
        let mut items = [Ref::NONE; 16];
        let Some(items) = items.get_mut(..i.c() as usize) else { return Err(Stop::Here) };
        for (k, item) in items.iter_mut().enumerate() {
            let index = self.b.int(k as i64)?;
            *item = self.element(x, shape, index)?;
        }
        for (k, item) in items.iter().enumerate() {
            self.set(i.a() + k as u16, *item)?;
        }
        self.next()
    }

    /// `a, *b, c = x` of a list or tuple of a length.
    pub(super) fn unpack_ex(&mut self) -> Rec<()> {
        let i = self.i;
        let (before, after) = ((i.c() & 0xff) as usize, (i.c() >> 8) as usize);
        let v = self.val(i.b());
        let len = v.exact::<List>().map(|l| l.len()).or(v.exact::<Tuple>().map(|t| t.len()));
        let middle = len.and_then(|n| n.checked_sub(before + after)).filter(|n| *n <= 16);
        let above = self.base as usize + self.above() as usize;
        let (Some(len), Some(middle)) = (len, middle) else { return Err(Stop::Here) };
        if before + after > 16 || above + middle > MAX_SLOTS {
            return Err(Stop::Here);
        }
        let x = self.get(i.b())?;
        self.shape(x, v.shape())?;
        let (n, k) = (self.length_of(x, v.shape())?.0, self.b.int(len as i64)?);
        self.b.op(Uop::GuardEq, &[n, k])?;
        let mut items = [Ref::NONE; 32];
        for (k, item) in items.iter_mut().take(len).enumerate() {
            let index = self.b.int(k as i64)?;
            *item = self.element(x, v.shape(), index)?;
        }
        // What the list is made of stands above the frame for a moment.
        for (k, item) in items.iter().skip(before).take(middle).enumerate() {
            let item = self.b.boxed(*item)?;
            self.b.op_d(Uop::SlotStore, &[item], (above + k) as i32 * 8)?;
        }
        let first = self.b.op_d(Uop::FrameAddr, &[], above as i32 * 8)?;
        let n = self.b.word(middle as u64, Ty::Raw)?;
        let list = self.call(helpers::Helper::build_list, &[first, n], FRESH)?;
        self.b.know(list, Ty::Shape(List::KIND as u32));
        for (k, item) in items.iter().take(before).enumerate() {
            self.set(i.a() + k as u16, *item)?;
        }
        self.set(i.a() + before as u16, list)?;
        for (k, item) in items.iter().take(len).skip(before + middle).enumerate() {
            self.set(i.a() + (before + 1 + k) as u16, *item)?;
        }
        self.next()
    }

    pub(super) fn list_append(&mut self) -> Rec<()> {
        let i = self.i;
        let Some(list) = self.val(i.a()).exact::<List>() else { return Err(Stop::Here) };
        let (l, x) = (self.get(i.a())?, self.get(i.b())?);
        self.append(l, x, list.has_room())?;
        self.next()
    }

    /// Appends to a list: in its buffer if there is `room` now, else by a helper that makes it grow.
    pub(super) fn append(&mut self, l: Ref, x: Ref, room: bool) -> Build<()> {
        self.b.op_dk(Uop::GuardShape, &[l], 0, List::KIND as u64)?;
        if room {
            let (len, _) = self.length_of(l, List::KIND as u32)?;
            let cap = self.b.op_d(Uop::LoadLen, &[l], at(core::mem::offset_of!(List, cap)))?;
            let x = self.b.boxed(x)?;
            self.b.op(Uop::GuardLt, &[len, cap])?;
            let items = self.items(l)?;
            self.b.op(Uop::ElemStore, &[items, len, x])?;
            let one = self.b.int(1)?;
            let len = self.b.op(Uop::AddIntN, &[len, one])?;
            self.b.op_d(Uop::StoreLen, &[l, len], at(core::mem::offset_of!(List, len)))?;
            return Ok(());
        }
        self.call(helpers::Helper::append, &[l, x], clobber::FIELDS | clobber::ELEMS)?;
        Ok(())
    }
}
