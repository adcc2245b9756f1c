//! Iteration: states of `for` loops, `next`, unpacking.
//!
//! A loop keeps its state in three registers: the container or iterator, a position, and a guard (the length a
//! container had when iteration began). Containers are stepped through without an iterator object; generators and
//! guests' iterators are called. Of a range of small ints with step 1 only the bounds are kept: the first register has
//! `stop`, the position is the next item, and the guard is `start`. What the first register holds decides, so no
//! combination is unsafe.

use super::cont::Cont;
use super::{Name, Rt};
use crate::bytecode::Instr;
use crate::exit::{Exit, Res};
use crate::object::exception::exc;
use crate::object::{
    Bytes, Dict, Generator, List, Range, Str, Tuple, Type, int, iter, kind, list, misc, set,
};
use crate::room::WithinRoom as _;
use crate::value::Value;

/// Answer of one step.
pub(crate) enum Step {
    /// The next item.
    Item(Value),
    /// No more.
    End,
    /// A call is under way whose result is the item.
    Called,
}

/// Kinds whose containers serve as iteration state themselves.
#[inline]
pub(crate) fn steps_itself(k: u8) -> bool {
    matches!(
        k,
        kind::List
            | kind::Tuple
            | kind::Str
            | kind::Bytes
            | kind::Range
            | kind::Dict
            | kind::DictKeys
            | kind::DictValues
            | kind::DictItems
            | kind::Set
            | kind::FrozenSet
    )
}

/// The state of a loop over a range that keeps only its bounds.
#[inline(always)]
pub(crate) fn count_of(v: Value) -> Option<[Value; 3]> {
    v.exact::<Range>().and_then(|r| r.counts()).map(|(start, stop)| [stop, start, start])
}

/// The position after `pos` of a loop over ints below `stop`, unless it is over.
#[inline(always)]
pub(crate) fn count(stop: Value, pos: Value) -> Option<Value> {
    let more = stop.both_int(pos) && pos.int_word() < stop.int_word();
    more.then(|| Value::from_int_word(pos.int_word() + 8))
}

/// The length a container is guarded by.
pub(crate) fn guard_of(v: Value) -> usize {
    if let Some(d) = dict_of(v) {
        return d.len();
    }
    set::get(v).map_or(0, |s| s.len())
}

/// The dict behind a dict or a view.
pub(crate) fn dict_of(v: Value) -> Option<crate::heap::Gc<Dict>> {
    if let Some(d) = v.get::<Dict>() {
        return Some(d);
    }
    [kind::DictKeys, kind::DictValues, kind::DictItems]
        .iter()
        .find_map(|&k| misc::wrapper(v, k))
        .and_then(|w| w.a.get().get::<Dict>())
}

/// See `Rt::items_of`.
pub(super) fn native_items(rt: &mut Rt, v: Value) -> Res<Option<Value>> {
    if rt.type_of(v).has_flag(Type::GUEST_ITER) {
        return Ok(None);
    }
    if v.exact::<List>().is_some() || v.exact::<Tuple>().is_some() {
        return Ok(Some(v));
    }
    let Some(h) = v.header() else { return Ok(None) };
    let iterator = iter::is_native_iter(h.kind);
    if !steps_itself(h.kind) && !iterator {
        return Ok(None);
    }
    if iterator {
        // Consuming an iterator is an effect: the list is made large enough first.
        return drain_iterator(rt, v).map(Some);
    }
    if v.get::<Range>().is_some_and(|r| r.small().is_none()) {
        return Ok(None);
    }
    let len = match rt.slots_of(v).len {
        Some(f) => f(rt, v)?,
        None => 0,
    };
    let out = list::with_capacity(&mut rt.heap, len)?;
    let (mut pos, guard) = (0usize, guard_of(v));
    let mut n = 0u32;
    while let Some(item) = step_container(rt, v, &mut pos, guard)? {
        out.push(&mut rt.heap, item)?;
        n = n.wrapping_add(1);
        if n & 0xffff == 0 {
            rt.poll()?;
        }
    }
    Ok(Some(out.value()))
}

fn drain_iterator(rt: &mut Rt, v: Value) -> Res<Value> {
    let Some(it) = iter::get(v) else { return Ok(Value::UNBOUND) };
    let (source, index, guard) = (it.source.get(), it.index.get(), it.guard.get());
    let out = list::with_capacity(&mut rt.heap, 8)?;
    let Some(next) = rt.slots_of(v).next else { return Ok(out.value()) };
    // Whatever the native does with the items may yet fail for lack of memory or fuel.
    rt.drained.try_reserve(1).map_err(|_| Exit::NeedGc)?;
    rt.drained.push_within(Drained { iterator: v, source, index, guard });
    let mut n = 0u32;
    loop {
        let item = next(rt, v)?;
        if item.is_unbound() {
            return Ok(out.value());
        }
        out.push(&mut rt.heap, item)?;
        n = n.wrapping_add(1);
        if n & 0xffff == 0 {
            rt.poll()?;
        }
    }
}

/// The state of an iterator that a native consumed whole, in case the native is repeated.
#[derive(Debug)]
pub(crate) struct Drained {
    iterator: Value,
    source: Value,
    index: usize,
    guard: usize,
}

impl Rt {
    /// To be called where something that may be repeated has exited with `e`: if it will be, with nothing in between
    /// done already, takes back the fuel it was charged and the iterators it consumed, and says so.
    #[inline]
    pub(crate) fn undo(&mut self, e: Exit, frame: super::frame::Frame, fuel: i64) -> bool {
        let again = self.redo.is_none() && self.stack.frame == frame && self.repeats(e);
        if again {
            self.fuel = fuel;
            for d in self.drained.iter().rev() {
                if let Some(it) = iter::get(d.iterator) {
                    it.source.set(d.source);
                    it.index.set(d.index);
                    it.guard.set(d.guard);
                }
            }
        }
        self.drained.clear();
        again
    }

    /// What was done so far stands.
    #[cfg_attr(feature = "speed", inline(always))]
    pub(crate) fn commit(&mut self) {
        if !self.drained.is_empty() {
            self.drained.clear();
        }
    }
}

/// The item of a container at `pos`, which moves on; `None` at the end.
#[inline]
pub(crate) fn step_container(rt: &mut Rt, v: Value, pos: &mut usize, guard: usize) -> Res<Option<Value>> {
    let Some(h) = v.header() else { return Ok(None) };
    let at = *pos;
    match h.kind {
        kind::List => {
            *pos = at + 1;
            Ok(v.get::<List>().and_then(|l| l.get(at)))
        }
        kind::Tuple => {
            *pos = at + 1;
            Ok(v.get::<Tuple>().and_then(|t| t.get(at)))
        }
        kind::Range => {
            *pos = at + 1;
            let Some(r) = v.get::<Range>() else { return Ok(None) };
            match r.small() {
                Some((start, step, len)) if (at as i64) < len => {
                    int::from_i64(&mut rt.heap, start.wrapping_add(step.wrapping_mul(at as i64))).map(Some)
                }
                Some(_) => Ok(None),
                None => {
                    let at = int::from_usize(&mut rt.heap, at)?;
                    if rt.compare_op(super::CmpOp::Ge, at, r.len)? == Value::TRUE {
                        return Ok(None);
                    }
                    let offset = rt.binary_op(super::BinOp::Mul, false, r.step, at)?;
                    rt.binary_op(super::BinOp::Add, false, r.start, offset).map(Some)
                }
            }
        }
        kind::Str => step_str(rt, v, pos),
        kind::Bytes => {
            *pos = at + 1;
            Ok(v.get::<Bytes>().and_then(|b| b.bytes().get(at).map(|&x| Value::int(x as i64))))
        }
        kind::Set | kind::FrozenSet => step_set(rt, v, pos, guard),
        k => step_dict(rt, v, k, pos, guard),
    }
}

fn step_str(rt: &mut Rt, v: Value, pos: &mut usize) -> Res<Option<Value>> {
    let Some(s) = v.get::<Str>() else { return Ok(None) };
    let bytes = s.bytes();
    let at = *pos;
    let Some(&lead) = bytes.get(at) else { return Ok(None) };
    let width = match lead {
        0..0x80 => 1,
        0x80..0xe0 => 2,
        0xe0..0xf0 => 3,
        _ => 4,
    };
    let item = rt.new_str_bytes(bytes.get(at..at + width).unwrap_or(&[]))?;
    *pos = at + width;
    Ok(Some(item))
}

fn step_set(rt: &mut Rt, v: Value, pos: &mut usize, guard: usize) -> Res<Option<Value>> {
    let Some(s) = set::get(v) else { return Ok(None) };
    if s.len() != guard {
        return Err(rt.raise(exc::RuntimeError, message!("Set changed size during iteration")));
    }
    let mut at = *pos;
    while at < s.slots() {
        at += 1;
        if let Some(e) = s.slot(at - 1) {
            *pos = at;
            return Ok(Some(e.key));
        }
    }
    *pos = at;
    Ok(None)
}

fn step_dict(rt: &mut Rt, v: Value, k: u8, pos: &mut usize, guard: usize) -> Res<Option<Value>> {
    let Some(d) = dict_of(v) else { return Ok(None) };
    if d.len() != guard {
        return Err(rt.raise(exc::RuntimeError, message!("dictionary changed size during iteration")));
    }
    let mut at = *pos;
    while at < d.entries().len() {
        at += 1;
        if let Some(e) = d.entry(at - 1) {
            let item = match k {
                kind::DictValues => e.value,
                kind::DictItems => rt.new_tuple(&[e.key, e.value])?,
                _ => e.key,
            };
            *pos = at;
            return Ok(Some(item));
        }
    }
    *pos = at;
    Ok(None)
}

impl Rt {
    /// Whether `iter(v)` can work.
    pub fn is_iterable(&mut self, v: Value) -> Res<bool> {
        for n in [Name::__iter__, Name::__getitem__] {
            let n = self.name(n)?;
            if let Some(f) = self.lookup_special(v, n)? {
                return Ok(!f.is_none());
            }
        }
        Ok(false)
    }

    /// `GetIter`: makes the iteration state of `r[b]` in `r[a..a+3]`.
    pub(crate) fn get_iter(&mut self, i: Instr) -> Res<()> {
        // SAFETY: `b` is a register of the frame (verified).
        let v = unsafe { self.stack.frame.reg(i.b()) };
        let k = v.header().map_or(super::immediate_kind(v), |h| h.kind);
        let t = self.type_of(v);
        if !t.has_flag(Type::GUEST_ITER) {
            if steps_itself(k) {
                self.set_state(i, v);
                return Ok(());
            }
            if self.slots_of(v).next.is_some() || v.get::<Generator>().is_some() {
                self.set_state(i, v);
                return Ok(());
            }
            if let Some(f) = self.slots_of(v).iter {
                let it = f(self, v)?;
                self.set_state(i, it);
                return Ok(());
            }
        }
        let name = self.name(Name::__iter__)?;
        match self.lookup_special(v, name)? {
            Some(f) if !f.is_none() => self.call_special(f, v, &[], i.a(), Cont::GetIter),
            Some(_) => Err(self.not_iterable(v)),
            None => {
                let name = self.name(Name::__getitem__)?;
                if self.lookup_special(v, name)?.is_none() {
                    return Err(self.not_iterable(v));
                }
                let it = iter::new(&mut self.heap, kind::GetItemIter, v, 0, 0)?;
                self.set_state(i, it.value());
                Ok(())
            }
        }
    }

    #[cold]
    pub(crate) fn not_iterable(&mut self, v: Value) -> Exit {
        let tn = self.type_name(v);
        self.type_error(message!("'{tn}' object is not iterable"))
    }

    fn set_state(&mut self, i: Instr, v: Value) {
        let state = count_of(v).unwrap_or_else(|| {
            let guard = guard_of(v).min(crate::value::INT_MAX as usize);
            [v, Value::ZERO, Value::int(guard as i64)]
        });
        for (n, x) in (0..).zip(state) {
            // SAFETY: the state's registers lie in the frame (verified).
            unsafe { self.stack.frame.set_reg(i.a() + n, x) };
        }
    }

    /// A guest's `__iter__` returned `v`.
    pub(crate) fn got_iterator(&mut self, v: Value) -> Res<()> {
        let is_iterator = self.slots_of(v).next.is_some() || v.get::<Generator>().is_some() || {
            let name = self.name(Name::__next__)?;
            self.lookup_special(v, name)?.is_some()
        };
        if !is_iterator {
            let tn = self.type_name(v);
            return Err(self.type_error(message!("iter() returned non-iterator of type '{tn}'")));
        }
        self.set_state(super::cont::waiting_instr(self), v);
        Ok(())
    }

    /// One step of an iteration state in registers `a..a+3` of the running frame. `dst` and `cont` are for calls.
    pub(crate) fn step_state(&mut self, a: u16, dst: u16, cont: Cont) -> Res<Step> {
        let f = self.stack.frame;
        // SAFETY: the state's registers lie in the frame (verified).
        let (v, pos, guard) = unsafe { (f.reg(a), f.reg(a + 1), f.reg(a + 2)) };
        if v.is_int() {
            let Some(next) = count(v, pos) else { return Ok(Step::End) };
            // SAFETY: as above.
            unsafe { f.set_reg(a + 1, next) };
            return Ok(Step::Item(pos));
        }
        let k = v.header().map_or(0, |h| h.kind);
        if steps_itself(k) {
            let mut at = pos.as_int().unwrap_or(0).max(0) as usize;
            let item = step_container(self, v, &mut at, guard.as_int().unwrap_or(0).max(0) as usize)?;
            let at = Value::int(at.min(crate::value::INT_MAX as usize) as i64);
            return Ok(match item {
                // SAFETY: as above.
                Some(item) => unsafe {
                    f.set_reg(a + 1, at);
                    Step::Item(item)
                },
                // An exhausted list stays exhausted even if it grows later.
                // SAFETY: as above.
                None => unsafe {
                    f.set_reg(a, self.empty_tuple);
                    Step::End
                },
            });
        }
        if let Some(g) = v.get::<Generator>() {
            if g.state.get() == crate::object::generator::GenState::Finished {
                return Ok(Step::End);
            }
            self.send_into(g, Value::NONE, dst, cont)?;
            return Ok(Step::Called);
        }
        if let Some(next) = self.slots_of(v).next
            && !self.type_of(v).has_flag(Type::GUEST_ITER)
        {
            let item = next(self, v)?;
            return Ok(if item.is_unbound() { Step::End } else { Step::Item(item) });
        }
        let name = self.name(Name::__next__)?;
        match self.lookup_special(v, name)? {
            Some(fun) => {
                self.call_special(fun, v, &[], dst, cont)?;
                Ok(Step::Called)
            }
            None => {
                let tn = self.type_name(v);
                Err(self.type_error(message!("'{tn}' object is not an iterator")))
            }
        }
    }

    /// `Unpack` and `UnpackEx`.
    pub(crate) fn unpack(&mut self, i: Instr) -> Res<()> {
        // SAFETY: `b` is a register of the frame (verified).
        let v = unsafe { self.stack.frame.reg(i.b()) };
        if !self.is_iterable(v)? {
            let tn = self.type_name(v);
            return Err(self.type_error(message!("cannot unpack non-iterable {tn} object")));
        }
        let op = super::cont::waiting_instr(self).op();
        let exact = op == Some(crate::bytecode::Op::Unpack);
        if v.exact::<List>().is_some() || v.exact::<Tuple>().is_some() {
            return self.unpack_list(v);
        }
        if exact {
            // At most one item more than wanted is taken from the iterable.
            let limit = Value::int(i.c() as i64 + 1);
            return Err(self.delegate(crate::builtins::frozen::list_up_to, &[v, limit]));
        }
        match self.items_of(v)? {
            Some(items) => self.unpack_list(items),
            None => {
                let before = Value::int((i.c() & 0xff) as i64);
                Err(self.delegate(crate::builtins::frozen::unpack_rest, &[v, before]))
            }
        }
    }

    /// Distributes the items of a list or tuple over the targets of the waiting unpack instruction.
    pub(crate) fn unpack_list(&mut self, v: Value) -> Res<()> {
        let i = super::cont::waiting_instr(self);
        let (tuple, l) = (v.get::<Tuple>(), v.get::<List>());
        let len = tuple.map(|t| t.len()).or(l.map(|l| l.len())).unwrap_or(0);
        let item =
            |n: usize| tuple.and_then(|t| t.get(n)).or(l.and_then(|l| l.get(n))).unwrap_or(Value::NONE);
        let f = self.stack.frame;
        if i.op() == Some(crate::bytecode::Op::Unpack) {
            let want = i.c() as usize;
            if len != want {
                return Err(self.wrong_count(v, len, want));
            }
            for n in 0..want {
                // SAFETY: the targets lie in the frame (verified).
                unsafe { f.set_reg(i.a() + n as u16, item(n)) };
            }
            return Ok(());
        }
        let (before, after) = ((i.c() & 0xff) as usize, (i.c() >> 8) as usize);
        if len < before + after {
            let want = before + after;
            return Err(self
                .value_error(message!("not enough values to unpack (expected at least {want}, got {len})")));
        }
        let middle = list::with_capacity(&mut self.heap, len - before - after)?;
        for n in before..len - after {
            middle.push(&mut self.heap, item(n))?;
        }
        // SAFETY: as above.
        unsafe {
            for n in 0..before {
                f.set_reg(i.a() + n as u16, item(n));
            }
            f.set_reg(i.a() + before as u16, middle.value());
            for n in 0..after {
                f.set_reg(i.a() + (before + 1 + n) as u16, item(len - after + n));
            }
        }
        Ok(())
    }

    #[cold]
    fn wrong_count(&mut self, source: Value, len: usize, want: usize) -> Exit {
        if len < want {
            return self.value_error(message!("not enough values to unpack (expected {want}, got {len})"));
        }
        // SAFETY: `b` is a register of the frame (verified).
        let original = unsafe { self.stack.frame.reg(super::cont::waiting_instr(self).b()) };
        let sized = original == source || original.get::<Dict>().is_some();
        if sized {
            let len = original.get::<Dict>().map_or(len, |d| d.len());
            return self.value_error(message!("too many values to unpack (expected {want}, got {len})"));
        }
        self.value_error(message!("too many values to unpack (expected {want})"))
    }
}
