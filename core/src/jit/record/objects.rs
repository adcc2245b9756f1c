//! Recording globals, attributes, subscripts and cells.

use super::{Ctx, Kind, Rec, Stop, helpers};
use crate::bytecode::{CALL_GAP, Op};
use crate::emit::JitCtx;
use crate::heap::Gc;
use crate::heap::HeapType as _;
use crate::interp::fast::namespace;
use crate::interp::frame::{Frame, HEADER, word};
use crate::jit::Abort;
use crate::object::dict::Entry;
use crate::object::func::SiteCache;
use crate::object::watch::is_code;
use crate::object::{CellObj, Dict, Instance, List, Module, Slots, Str, Tuple, Type, instance, kind};
use crate::opt::builder::{Build, SHAPE_AT, Ty, clobber, load, push};
use crate::trace::ir::Ref;
use crate::uop::Uop;
use crate::value::Value;

const fn at(n: usize) -> i32 {
    n as i32 - 1
}
/// Displacement of a dict's keys version.
const DICT_VERSION: i32 = at(core::mem::offset_of!(Dict, version));
/// Displacement of a class's version.
const TYPE_VERSION: i32 = at(core::mem::offset_of!(Type, version));
/// Versions of one class or dict that traces are made for.
const MAX_VERSIONS: u8 = 4;
/// A constant key is looked for in this many entries only.
const MAX_KNOWN: usize = 64;
/// Displacement of inline slot 0.
const SLOT: i32 = at(instance::INLINE_OFFSET);

impl Ctx<'_> {
    /// Where the value of a dict entry lies: base and displacement. It keeps its place while the dict's keys keep their
    /// version, which is guarded.
    fn entry_place(&mut self, dict: Value, version: u32, index: u32) -> Rec<(Ref, i32)> {
        let k = self.version(dict, DICT_VERSION, version)?;
        let entries = self.entries(k)?;
        let d = index as usize * core::mem::size_of::<Entry>() + core::mem::offset_of!(Entry, value);
        Ok((entries, d as i32))
    }
    /// The value of a dict entry.
    fn entry(&mut self, dict: Value, version: u32, index: u32) -> Rec<Ref> {
        let Some(d) = dict.get::<Dict>() else { return Err(Stop::Here) };
        let Some(now) = d.entry(index as usize).map(|e| e.value) else { return Err(Stop::Here) };
        let (entries, d) = self.entry_place(dict, version, index)?;
        let x = self.b.op_d(Uop::Load, &[entries], d)?;
        // Functions and classes seldom change: what they are is worth a guard.
        if is_code(now) {
            return self.same(x, now).map_err(Stop::from);
        }
        Ok(x)
    }
    /// Goes on only if `x` is `now`; gives the constant.
    pub(super) fn same(&mut self, x: Ref, now: Value) -> Build<Ref> {
        let k = self.known(now)?;
        self.b.op(Uop::GuardEq, &[x, k])?;
        Ok(k)
    }
    /// A constant, with what is known of it for good.
    fn known(&mut self, now: Value) -> Build<Ref> {
        let k = self.konst(now)?;
        if now.is_ptr() && now.shape() < crate::heap::Shapes::FIRST {
            self.b.know(k, Ty::Shape(now.shape()));
        }
        Ok(k)
    }

    pub(super) fn load_global(&mut self, form: Op) -> Rec<()> {
        let s = self.r.scratch.clone();
        let x = match form {
            Op::LoadGlobalModule => self.global(s.owner, s.shape, s.index)?,
            _ => match self.built_in(&s)? {
                Some(x) => x,
                None => {
                    self.version(s.owner, DICT_VERSION, s.shape)?;
                    self.global(s.value, s.version, s.index)?
                }
            },
        };
        self.set(self.i.a(), x)?;
        self.next()
    }
    /// The value of a name in a module's dict: a constant as long as nothing watched changes, or loaded.
    fn global(&mut self, dict: Value, version: u32, index: u32) -> Rec<Ref> {
        let name = self.r.scratch.name;
        let Some(d) = dict.get::<Dict>() else { return Err(Stop::Here) };
        let watched = self.rt.watch_global(d, name, index as usize);
        match (watched, d.entry(index as usize)) {
            (Some(epoch), Some(e)) => self.constant_since(epoch, e.value),
            _ => self.entry(dict, version, index),
        }
    }
    /// The built-in that a cache names, if it may be taken for a constant.
    fn built_in(&mut self, s: &SiteCache) -> Rec<Option<Ref>> {
        let (Some(d), Some(b)) = (s.owner.get::<Dict>(), s.value.get::<Dict>()) else {
            return Err(Stop::Here);
        };
        let watched = self.rt.watch_builtin(d, b, s.name, s.index as usize);
        match (watched, b.entry(s.index as usize)) {
            (Some(epoch), Some(e)) => self.constant_since(epoch, e.value).map(Some),
            _ => Ok(None),
        }
    }
    fn constant_since(&mut self, epoch: u32, now: Value) -> Rec<Ref> {
        self.epoch(epoch)?;
        self.known(now).map_err(Stop::from)
    }
    /// Guards that the epoch is still this one: nothing has changed of what is watched.
    pub(super) fn epoch(&mut self, epoch: u32) -> Rec<()> {
        self.r.version_failed = false;
        if self.r.epoch.replace(epoch).is_some_and(|e| e != epoch) {
            return Err(Stop::Abort(Abort::Moved));
        }
        let d = super::off(core::mem::offset_of!(JitCtx, epoch));
        self.b.op_dk(Uop::GuardEpoch, &[], d, epoch as u64)?;
        Ok(())
    }

    pub(super) fn store_global(&mut self) -> Rec<()> {
        let s = self.r.scratch.clone();
        let x = self.get(self.i.a())?;
        self.store_entry(&s, x)?;
        self.next()
    }

    /// Guards the shape of an object.
    pub(super) fn shape(&mut self, x: Ref, shape: u32) -> Build<()> {
        self.b.op_dk(Uop::GuardShape, &[x], 0, shape as u64)?;
        Ok(())
    }
    /// Guards that a class is what it is now.
    pub(super) fn class_version(&mut self, class: Value, version: u32) -> Rec<()> {
        let class_of = class.get::<Type>();
        // Built-in classes do not change.
        if class_of.is_some_and(|t| !t.has_flag(Type::HEAP)) {
            return Ok(());
        }
        let present = class_of.filter(|t| t.version.get() == version);
        match present.and_then(|t| self.rt.watch(t)) {
            Some(epoch) => {
                // It stays alive, so that no other class gets its shapes.
                self.konst(class)?;
                self.epoch(epoch)?;
            }
            None => {
                self.version(class, TYPE_VERSION, version)?;
            }
        }
        Ok(())
    }
    /// Guards that class `t` is as it is now.
    pub(super) fn class_stays(&mut self, t: Gc<Type>) -> Rec<()> {
        let version = self.rt.type_version(t);
        self.class_version(t.value(), version)
    }
    /// Guards the version of a class or dict, a constant. One that changes all the time is not worth a trace each time.
    fn version(&mut self, of: Value, d: i32, version: u32) -> Rec<Ref> {
        if core::mem::take(&mut self.r.version_failed) {
            let at = of.addr();
            match self.churn.iter_mut().find(|(a, _)| *a == at) {
                Some((_, n)) if *n >= MAX_VERSIONS => return Err(Stop::Abort(Abort::Unstable)),
                Some((_, n)) => *n += 1,
                None => push(self.churn, (at, 1))?,
            }
        }
        let k = self.konst(of)?;
        self.b.op_dk(Uop::GuardField32, &[k], d, version as u64)?;
        Ok(k)
    }

    pub(super) fn load_slot(&mut self, form: Op) -> Rec<()> {
        let (i, s) = (self.i, self.r.scratch.clone());
        if self.val(i.b()).get::<Instance>().is_none() {
            return self.generic();
        }
        let x = self.get(i.b())?;
        self.shape(x, s.shape)?;
        self.no_descriptor(i.b())?;
        let r = if form == Op::LoadAttrOverflow {
            let (slots, d) = self.overflow(x, s.index as i64 - s.aux as i64)?;
            self.b.op_d(Uop::Load, &[slots], d)?
        } else {
            self.b.op_d(Uop::Load, &[x], SLOT + s.index as i32 * 8)?
        };
        match self.rt.heap.epoch.without_holes() {
            Some(epoch) => self.epoch(epoch)?,
            None => self.guard_bound(r)?,
        }
        self.set(i.a(), r)?;
        self.next()
    }

    /// The cell with an instance's overflow slots, which are guarded to be more than `n`, and where slot `n` lies in it.
    fn overflow(&mut self, x: Ref, n: i64) -> Build<(Ref, i32)> {
        let slots = self.b.op_d(Uop::Load, &[x], at(core::mem::offset_of!(Instance, ext)))?;
        self.shape(slots, kind::Slots as u32)?;
        let cap = self.b.op_dk(Uop::LoadLen, &[slots], at(Slots::CAP), load::IMMUTABLE)?;
        let n_ref = self.b.int(n)?;
        self.b.op(Uop::GuardUlt, &[n_ref, cap])?;
        Ok((slots, at(core::mem::size_of::<Slots>()) + n as i32 * 8))
    }

    /// Guards that the class of the object in a register is what it is: a data descriptor of its may come to take precedence
    /// over an attribute of the object's own.
    fn no_descriptor(&mut self, r: u16) -> Rec<()> {
        let class = self.rt.type_of(self.val(r));
        let version = self.rt.type_version(class);
        self.class_version(class.value(), version)
    }

    pub(super) fn load_class_attr(&mut self, form: Op) -> Rec<()> {
        let (i, s) = (self.i, self.r.scratch.clone());
        let x = self.get(i.b())?;
        self.shape(x, s.shape)?;
        self.class_version(s.owner, s.version)?;
        let k = self.konst(s.value)?;
        let r = if form == Op::LoadAttrMethod {
            let r = self.call(helpers::Helper::bind, &[k, x], crate::opt::FRESH | crate::opt::BOUND)?;
            self.b.know(r, Ty::Shape(kind::BoundMethod as u32));
            r
        } else {
            k
        };
        self.set(i.a(), r)?;
        self.next()
    }

    pub(super) fn load_static_attr(&mut self, form: Op) -> Rec<()> {
        let r = self.static_attr(form == Op::LoadAttrType, self.i.b())?;
        self.set(self.i.a(), r)?;
        self.next()
    }
    /// Attribute of a class or module object.
    fn static_attr(&mut self, of_type: bool, reg: u16) -> Rec<Ref> {
        let s = self.r.scratch.clone();
        let (x, now) = (self.get(reg)?, self.val(reg));
        self.same(x, now)?;
        if of_type {
            self.class_version(s.owner, s.version)?;
            return self.konst(s.value).map_err(Stop::from);
        }
        if namespace(now) != Some(s.owner) {
            return Err(Stop::Here);
        }
        // Data of a class that varies is stored without notice.
        let module = now.get::<Module>().is_some();
        if module { self.global(s.owner, s.shape, s.index) } else { self.entry(s.owner, s.shape, s.index) }
    }

    /// Data of a class that varies.
    pub(super) fn store_type(&mut self) -> Rec<()> {
        let (i, s) = (self.i, self.r.scratch.clone());
        let (class, new) = (self.val(i.a()), self.val(i.b()));
        let old = s.owner.get::<Dict>().and_then(|d| d.entry(s.index as usize)).map(|e| e.value);
        if namespace(class) != Some(s.owner) || !new.is_int() || !old.is_some_and(|v| v.is_int()) {
            return self.generic();
        }
        let (x, y) = (self.get(i.a())?, self.get(i.b())?);
        self.same(x, class)?;
        self.b.op(Uop::GuardInt, &[y])?;
        let old = self.entry(s.owner, s.shape, s.index)?;
        self.b.op(Uop::GuardInt, &[old])?;
        self.store_entry(&s, y)?;
        self.next()
    }
    /// Writes the value of the dict entry that a cache names.
    fn store_entry(&mut self, s: &SiteCache, x: Ref) -> Rec<()> {
        let (entries, d) = self.entry_place(s.owner, s.shape, s.index)?;
        self.b.op_d(Uop::Store, &[entries, x], d)?;
        Ok(())
    }

    pub(super) fn store_slot(&mut self, form: Op) -> Rec<()> {
        let (i, s) = (self.i, self.r.scratch.clone());
        let v = self.val(i.a());
        if v.get::<Instance>().is_none() {
            return self.generic();
        }
        let n = s.index as i64 - s.aux as i64;
        let overflow = form == Op::StoreAttrOverflow;
        if overflow && !instance::has_overflow(v, n as usize) {
            // The cell has to grow first.
            return self.generic();
        }
        let (x, y) = (self.get(i.a())?, self.get(i.b())?);
        self.shape(x, s.shape)?;
        self.no_descriptor(i.a())?;
        if overflow {
            let (slots, d) = self.overflow(x, n)?;
            self.b.op_d(Uop::Store, &[slots, y], d)?;
            return self.next();
        }
        self.b.op_d(Uop::Store, &[x, y], SLOT + s.index as i32 * 8)?;
        if form == Op::StoreAttrAdd {
            self.b.op_dk(Uop::Store32K, &[x], SHAPE_AT, s.version as u64)?;
        }
        self.next()
    }

    /// Puts function and receiver of a method call in their window.
    pub(super) fn window(&mut self, f: Ref, receiver: Ref) -> Build<()> {
        self.set(self.i.a(), f)?;
        self.set(self.i.a() + CALL_GAP, receiver)
    }

    pub(super) fn load_method(&mut self) -> Rec<()> {
        let (i, s) = (self.i, self.r.scratch.clone());
        let x = self.get(i.b())?;
        self.shape(x, s.shape)?;
        self.class_version(s.owner, s.version)?;
        let k = self.konst(s.value)?;
        self.window(k, x)?;
        self.next()
    }

    pub(super) fn load_method_free(&mut self, form: Op) -> Rec<()> {
        let f = self.static_attr(form == Op::LoadMethodType, self.i.b())?;
        let none = self.b.value(Value::UNBOUND)?;
        self.window(f, none)?;
        self.next()
    }

    pub(super) fn super_method(&mut self) -> Rec<()> {
        let (i, s) = (self.i, self.r.scratch.clone());
        let (class, callee) = (self.val(i.b()), self.val(i.b() + 2));
        let (c, o, f) = (self.get(i.b())?, self.get(i.b() + 1)?, self.get(i.b() + 2)?);
        self.same(f, callee)?;
        self.same(c, class)?;
        self.shape(o, s.shape)?;
        self.class_version(s.owner, s.version)?;
        let k = self.konst(s.value)?;
        self.window(k, o)?;
        self.next()
    }

    /// The index of a list or tuple of a length, from an int that may count from the end.
    fn index(&mut self, x: Ref, shape: u32, key: u16) -> Build<Ref> {
        let (now, k) = (self.val(key).int_unchecked(), self.int(key)?);
        let (len, _) = self.length_of(x, shape)?;
        self.counted(k, now, len)
    }
    /// Index `k`, which is `now`, of something of length `len`: guarded, and counted from the start.
    pub(super) fn counted(&mut self, k: Ref, now: i64, len: Ref) -> Build<Ref> {
        let k = if now < 0 {
            let zero = self.b.int(0)?;
            self.b.op(Uop::GuardLt, &[k, zero])?;
            self.b.op(Uop::AddIntN, &[k, len])?
        } else {
            k
        };
        self.b.op(Uop::GuardUlt, &[k, len])?;
        Ok(k)
    }

    pub(super) fn get_item(&mut self, form: Op) -> Rec<()> {
        let i = self.i;
        let shape = if form == Op::GetItemListInt { List::KIND } else { Tuple::KIND } as u32;
        let (v, n) = (self.val(i.b()), self.val(i.c()).int_unchecked());
        let len =
            v.exact::<List>().map(|l| l.len()).or(v.exact::<Tuple>().map(|t| t.len())).unwrap_or(0) as i64;
        if n >= len || n < -len {
            // It raises.
            return self.generic();
        }
        let x = self.get(i.b())?;
        self.shape(x, shape)?;
        let k = self.index(x, shape, i.c())?;
        let r = self.element(x, shape, k)?;
        self.set(i.a(), r)?;
        self.next()
    }

    pub(super) fn set_item(&mut self) -> Rec<()> {
        let i = self.i;
        let n = self.val(i.b()).int_unchecked();
        let len = self.val(i.a()).exact::<List>().map_or(0, |l| l.len()) as i64;
        if n >= len || n < -len {
            // It raises.
            return self.generic();
        }
        let x = self.get(i.a())?;
        let y = self.get(i.c())?;
        self.shape(x, List::KIND as u32)?;
        let k = self.index(x, List::KIND as u32, i.b())?;
        let items = self.items(x)?;
        self.b.op(Uop::ElemStore, &[items, k, y])?;
        self.next()
    }

    /// Where the value of a constant str is now: guarded to be there, in a dict of strs, so that no guest's `__eq__` would be
    /// asked. `None` if the key is something else, or was not where an earlier trace expected it.
    fn known_entry(&mut self, dict: u16, key: u16, write: bool) -> Rec<Option<(Ref, Ref)>> {
        let k = self.get(key)?;
        let expected = self.r.steps == 1 && matches!(self.r.kind, Kind::Side(_));
        let Some(d) = self.val(dict).exact::<Dict>().filter(|_| !expected) else { return Ok(None) };
        let x = self.get(dict)?;
        self.entry_of(x, d, k, write)
    }

    /// As [`Ctx::known_entry`], of key `k` in `x`, which is `d` now.
    pub(super) fn entry_of(&mut self, x: Ref, d: Gc<Dict>, k: Ref, write: bool) -> Rec<Option<(Ref, Ref)>> {
        if !d.str_keys() || write && d.is_watched() {
            return Ok(None);
        }
        let now = match self.b.konst_word(k).map(Value::from_bits) {
            Some(v) if v.exact::<Str>().is_some() => {
                d.entries().iter().take(MAX_KNOWN).position(|e| e.key == v)
            }
            _ => None,
        };
        let Some(n) = now else { return Ok(None) };
        self.shape(x, Dict::KIND as u32)?;
        // That its keys are strs, and that nobody has to be told of stores.
        let marks = self.b.op_d(Uop::Load8, &[x], at(core::mem::offset_of!(Dict, marks)))?;
        let now = self.b.word(d.marks.get() as u64, Ty::Raw)?;
        self.b.op(Uop::GuardEq, &[marks, now])?;
        let used = self.b.op_d(Uop::LoadLen32, &[x], at(core::mem::offset_of!(Dict, used)))?;
        let last = self.b.int(n as i64)?;
        self.b.op(Uop::GuardUlt, &[last, used])?;
        let (entries, index) = self.entry_at(x, last)?;
        let found = self.entry_word(entries, index, core::mem::offset_of!(Entry, key))?;
        self.b.op(Uop::GuardEq, &[found, k])?;
        Ok(Some((entries, index)))
    }

    pub(super) fn get_item_dict(&mut self) -> Rec<()> {
        let i = self.i;
        if let Some((entries, index)) = self.known_entry(i.b(), i.c(), false)? {
            let r = self.entry_word(entries, index, core::mem::offset_of!(Entry, value))?;
            self.set(i.a(), r)?;
            return self.next();
        }
        let (x, k) = (self.get(i.b())?, self.get(i.c())?);
        self.shape(x, Dict::KIND as u32)?;
        let (v, key) = (self.val(i.b()), self.val(i.c()));
        let r = match self.get_pair(x, v, k, key, None)? {
            Some(r) => r,
            None => self.call(helpers::Helper::dict_get, &[x, k], clobber::NONE)?,
        };
        self.set(i.a(), r)?;
        self.next()
    }

    pub(super) fn set_item_dict(&mut self) -> Rec<()> {
        let i = self.i;
        if let Some((entries, index)) = self.known_entry(i.a(), i.b(), true)? {
            let y = self.get(i.c())?;
            let d = core::mem::offset_of!(Entry, value) as i32;
            self.b.op_dk(Uop::ElemStore, &[entries, index, y], d, load::ENTRY)?;
            return self.next();
        }
        let (x, k, y) = (self.get(i.a())?, self.get(i.b())?, self.get(i.c())?);
        self.shape(x, Dict::KIND as u32)?;
        self.dict_set(x, k, y)?;
        self.next()
    }

    /// A comprehension's next item, of a set or a dict.
    pub(super) fn comprehended(&mut self, op: Op) -> Rec<()> {
        let i = self.i;
        let (x, k) = (self.get(i.a())?, self.get(i.b())?);
        if op == Op::SetAdd {
            self.shape(x, kind::Set as u32)?;
            self.set_add(x, k)?;
            return self.next();
        }
        let y = self.get(i.c())?;
        self.shape(x, Dict::KIND as u32)?;
        self.dict_set(x, k, y)?;
        self.next()
    }

    /// `d[k] = x` of a dict whose shape is guarded.
    pub(super) fn dict_set(&mut self, d: Ref, k: Ref, x: Ref) -> Build<()> {
        self.call(helpers::Helper::dict_set, &[d, k, x], clobber::DICTS | clobber::FIELDS)?;
        Ok(())
    }

    /// The function, or generator, whose frame runs.
    pub(super) fn own_function(&mut self) -> Build<Ref> {
        match (self.base as usize).checked_sub(HEADER).and_then(|at| self.b.slot(at)) {
            Some(x) => Ok(x),
            None => self.b.op_d(Uop::SlotLoad, &[], (self.base as i32 + word::FUNC as i32) * 8),
        }
    }

    pub(super) fn copy_free(&mut self) -> Rec<()> {
        let i = self.i;
        let f = Frame(self.frame).func();
        let Some(f) = f.get::<crate::object::Function>() else { return Err(Stop::Here) };
        let Some(cells) = f.closure.get::<Tuple>() else { return Err(Stop::Here) };
        if cells.len() < i.b() as usize {
            return Err(Stop::Here);
        }
        let func = self.own_function()?;
        let d = at(core::mem::offset_of!(crate::object::Function, closure));
        let closure = self.b.op_dk(Uop::Load, &[func], d, load::IMMUTABLE)?;
        for n in 0..i.b() {
            let index = self.b.int(n as i64)?;
            let d = at(core::mem::size_of::<Tuple>());
            let cell = self.b.op_dk(Uop::ElemLoad, &[closure, index], d, load::IMMUTABLE)?;
            self.b.know(cell, Ty::Shape(kind::Cell as u32));
            self.set(i.a() + n, cell)?;
        }
        self.next()
    }

    pub(super) fn cell(&mut self, op: Op) -> Rec<()> {
        let i = self.i;
        let reg = if op == Op::LoadCell { i.b() } else { i.a() };
        let Some(cell) = self.val(reg).get::<CellObj>() else { return Err(Stop::Here) };
        let x = self.get(reg)?;
        self.shape(x, kind::Cell as u32)?;
        let d = at(core::mem::offset_of!(CellObj, content));
        if op == Op::LoadCell {
            if cell.content.get().is_unbound() {
                return Err(Stop::Here);
            }
            let r = self.b.op_d(Uop::Load, &[x], d)?;
            self.guard_bound(r)?;
            self.set(i.a(), r)?;
        } else {
            let y = self.get(i.b())?;
            self.b.op_d(Uop::Store, &[x, y], d)?;
        }
        self.next()
    }
}
