//! Binding a call's arguments to the parameters of a function that is inlined: by position, by name, defaults, `*args` and
//! `**kwargs`; what `Rt::bind` does.
//!
//! Invariant: what the interpreter would refuse is not recorded; its message is the interpreter's.

use super::helpers::Helper;
use super::{Ctx, Rec, Stop};
use crate::bytecode::FuncFlags;
use crate::heap::{Gc, HeapType as _};
use crate::interp::cont::Cont;
use crate::object::dict::Entry;
use crate::object::{Code, Dict, Function, List, Str, Tuple, kind};
use crate::opt::FRESH;
use crate::opt::builder::Ty;
use crate::trace::ir::Ref;
use crate::uop::Uop;
use crate::value::Value;
use core::mem::offset_of;

/// Parameters of an inlined function, and arguments of its call, at most.
pub(super) const MAX_PARAMS: usize = 16;

/// As many as a call has at most; one more is not recorded.
#[derive(Clone, Copy)]
pub(super) struct Few<T> {
    all: [T; MAX_PARAMS],
    len: usize,
}

/// Arguments in the order of the call: those with names are last.
pub(super) type Given = Few<Ref>;
/// Names of the last arguments.
pub(super) type Names = Few<Value>;

impl<T: Copy> Few<T> {
    /// None yet; `fill` stands for those that are not there.
    pub fn new(fill: T) -> Few<T> {
        Few { all: [fill; MAX_PARAMS], len: 0 }
    }
    pub fn push(&mut self, x: T) -> Rec<()> {
        *self.all.get_mut(self.len).ok_or(Stop::Here)? = x;
        self.len += 1;
        Ok(())
    }
    pub fn all(&self) -> &[T] {
        self.all.get(..self.len).unwrap_or(&[])
    }
}

/// Whether a function can be called with `n` arguments by position.
pub(super) fn takes(code: &Code, n: u16) -> bool {
    code.plain_args == n
        || code.flags & FuncFlags::VARARGS != 0
            && code.kwonly == 0
            && code.argcount <= n
            && n as usize <= MAX_PARAMS
}

impl Ctx<'_> {
    /// Enters the frame of `f` for a call with these arguments, the last of which have `names`; its registers begin at
    /// word `at` from this frame's.
    pub(super) fn enter(
        &mut self,
        f: Gc<Function>,
        func: Ref,
        given: &Given,
        names: &[Value],
        (at, dst, cont): (u32, u16, Cont),
    ) -> Rec<()> {
        let args = self.bind(f, func, given.all(), names)?;
        for (k, a) in args.all().iter().enumerate() {
            self.set((at + k as u32) as u16, *a)?;
        }
        self.push_frame(f, func, at, dst, cont)
    }

    fn bind(&mut self, f: Gc<Function>, func: Ref, given: &[Ref], names: &[Value]) -> Rec<Given> {
        let code = f.code();
        let (count, slots) = (code.argcount as usize, (code.argcount + code.kwonly) as usize);
        let positional = given.len().checked_sub(names.len()).ok_or(Stop::Here)?;
        let [varargs, varkw] = [FuncFlags::VARARGS, FuncFlags::VARKW].map(|flag| code.flags & flag != 0);
        if code.nparams as usize > MAX_PARAMS || positional > count && !varargs {
            return Err(Stop::Here);
        }
        let mut args = Given { len: slots, ..Given::new(Ref::NONE) };
        for (to, x) in args.all.iter_mut().zip(given).take(positional.min(count)) {
            *to = *x;
        }
        let mut others = Few::new((Ref::NONE, Value::NONE));
        for (name, x) in names.iter().zip(given.iter().skip(positional)) {
            match self.parameter(&f, *name) {
                Some(p) => match args.all.get_mut(p) {
                    Some(to) if to.is_none() => *to = *x,
                    _ => return Err(Stop::Here),
                },
                None if varkw => others.push((*x, *name))?,
                None => return Err(Stop::Here),
            }
        }
        self.defaults(f, func, &mut args)?;
        if varargs {
            let rest = self.tuple_of(given.get(count.min(positional)..positional).unwrap_or(&[]))?;
            args.push(rest)?;
        }
        if varkw {
            let rest = self.dict_of(others.all())?;
            args.push(rest)?;
        }
        Ok(args)
    }

    /// Gives the parameters that have no argument their defaults.
    fn defaults(&mut self, f: Gc<Function>, func: Ref, args: &mut Given) -> Rec<()> {
        let count = f.code().argcount as usize;
        let missing = |args: &Given, range: core::ops::Range<usize>| {
            args.all.get(range).unwrap_or(&[]).iter().any(|a| a.is_none())
        };
        if missing(args, 0..count) {
            let d = f.defaults.get().get::<Tuple>().ok_or(Stop::Here)?;
            let first = count.checked_sub(d.len()).ok_or(Stop::Here)?;
            self.guard_defaults(f, func)?;
            for (k, a) in args.all.iter_mut().enumerate().take(count).filter(|(_, a)| a.is_none()) {
                let v = k.checked_sub(first).and_then(|k| d.get(k)).ok_or(Stop::Here)?;
                *a = self.konst(v)?;
            }
        }
        if missing(args, count..args.len) {
            let d = f.kwdefaults.get().exact::<Dict>().ok_or(Stop::Here)?;
            let dict = self.b.op_d(Uop::Load, &[func], offset_of!(Function, kwdefaults) as i32 - 1)?;
            for k in count..args.len {
                if args.all.get(k).is_some_and(|a| a.is_none()) {
                    let name = self.name_of(&f, k).ok_or(Stop::Here)?;
                    let name = self.konst(name)?;
                    let entry = self.entry_of(dict, d, name, false)?;
                    let (entries, index) = entry.ok_or(Stop::Here)?;
                    let x = self.entry_word(entries, index, offset_of!(Entry, value))?;
                    if let Some(a) = args.all.get_mut(k) {
                        *a = x;
                    }
                }
            }
        }
        Ok(())
    }

    /// Guards that a function's positional defaults are what they are.
    fn guard_defaults(&mut self, f: Gc<Function>, func: Ref) -> Rec<()> {
        let constant = self.b.konst_word(func) == Some(f.value().bits());
        if constant && let Some(epoch) = self.rt.watch_function(f) {
            return self.epoch(epoch);
        }
        let x = self.b.op_d(Uop::Load, &[func], offset_of!(Function, defaults) as i32 - 1)?;
        self.same(x, f.defaults.get())?;
        Ok(())
    }

    /// Number of the parameter that a keyword names and may name.
    fn parameter(&self, f: &Gc<Function>, name: Value) -> Option<usize> {
        let code = f.code();
        let text = crate::interp::attr::text(name);
        let named = code.posonly as u32..(code.argcount + code.kwonly) as u32;
        let mut found = named.filter(|&n| code.module().var_name(code.func(), n) == Some(text));
        found.next().map(|n| n as usize)
    }

    /// The name of parameter `n`.
    fn name_of(&mut self, f: &Gc<Function>, n: usize) -> Option<Value> {
        let code = f.code();
        let name = code.module().var_name(code.func(), n as u32)?;
        self.rt.find_interned(name.as_bytes())
    }

    /// A tuple of values that stand anywhere.
    fn tuple_of(&mut self, items: &[Ref]) -> Rec<Ref> {
        if let Some(r) = self.short_tuple(items)? {
            return Ok(r);
        }
        // Above the frame, where there is nothing yet.
        let at = (self.base + self.above()) as i32;
        for (k, x) in items.iter().enumerate() {
            let x = self.b.boxed(*x)?;
            self.b.op_d(Uop::SlotStore, &[x], (at + k as i32) * 8)?;
        }
        let first = self.b.op_d(Uop::FrameAddr, &[], at * 8)?;
        Ok(self.tuple_at(first, items.len() as u16)?)
    }

    /// A dict of values by name.
    pub(super) fn dict_of(&mut self, items: &[(Ref, Value)]) -> Rec<Ref> {
        let d = self.call(Helper::new_dict, &[], FRESH)?;
        self.b.know(d, Ty::Shape(kind::Dict as u32));
        for (x, name) in items {
            let name = self.konst(*name)?;
            self.dict_set(d, name, *x)?;
        }
        Ok(d)
    }

    /// The items of the tuple or list in register `r`, and those of the dict behind it: arguments of `f(*r, **d)`.
    pub(super) fn spread(&mut self, r: u16, given: &mut Given, names: &mut Names) -> Rec<()> {
        let (v, w) = (self.val(r), self.val(r + 1));
        let n = match (v.exact::<Tuple>(), v.exact::<List>()) {
            (Some(t), _) => t.len(),
            (_, Some(l)) => l.len(),
            _ => return Err(Stop::Here),
        };
        if n > MAX_PARAMS {
            return Err(Stop::Here);
        }
        let x = self.get(r)?;
        self.shape(x, v.shape())?;
        let (len, _) = self.length_of(x, v.shape())?;
        let now = self.b.int(n as i64)?;
        self.b.op(Uop::GuardEq, &[len, now])?;
        for k in 0..n {
            let index = self.b.int(k as i64)?;
            let item = self.element(x, v.shape(), index)?;
            given.push(item)?;
        }
        let y = self.get(r + 1)?;
        if !w.is_ptr() {
            let now = self.b.value(w)?;
            self.b.op(Uop::GuardEq, &[y, now])?;
            return Ok(());
        }
        let d = w.exact::<Dict>().ok_or(Stop::Here)?;
        self.shape(y, Dict::KIND as u32)?;
        let now = self.b.int(d.len() as i64)?;
        for field in [offset_of!(Dict, live), offset_of!(Dict, used)] {
            let n = self.b.op_d(Uop::LoadLen32, &[y], field as i32 - 1)?;
            self.b.op(Uop::GuardEq, &[n, now])?;
        }
        if d.entries().len() != d.len() || d.entries().iter().any(|e| e.key.exact::<Str>().is_none()) {
            return Err(Stop::Here);
        }
        for (n, e) in d.entries().iter().enumerate() {
            let pos = self.b.int(n as i64)?;
            let (entries, index) = self.entry_at(y, pos)?;
            let key = self.entry_word(entries, index, offset_of!(Entry, key))?;
            self.same(key, e.key)?;
            let x = self.entry_word(entries, index, offset_of!(Entry, value))?;
            given.push(x)?;
            names.push(e.key)?;
        }
        Ok(())
    }
}
