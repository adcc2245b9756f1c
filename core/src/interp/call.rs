//! Calls: binding arguments, pushing frames, running natives.
//!
//! Arguments stand on the VM stack where the callee's registers will be, with at least [`HEADER`] free words before
//! them. A Python function's frame begins right there; a native reads its slots from there.
//!
//! Invariants: nothing of the caller lies at or above the arguments; a call that exits with `NeedGc` or `Stop` has
//! changed nothing but words of its own window's header gap and beyond its arguments, so the instruction can be
//! repeated.

use super::frame::{Frame, HEADER, flag, meta, word};
use super::native::{Binding, NativeDef};
use super::{Args, Name, Rt};
use crate::bytecode::FuncFlags;
use crate::exit::{Exit, ExitKind, Res};
use crate::heap::Gc;
use crate::object::exception::exc;
use crate::object::func::{BoundMethod, Builtin, Code, Function};
use crate::object::{Dict, Str, Tuple, Type, dict, kind, list};
use crate::value::Value;

/// A call about to be made.
#[derive(Clone, Copy, Debug)]
pub(crate) struct CallSite {
    /// First argument.
    pub args: *mut Value,
    /// Number of arguments, named ones included.
    pub n: usize,
    /// Tuple of the names of the last arguments, or unbound.
    pub kw: Value,
    /// Destination register of the caller.
    pub dst: u16,
    /// What to do with the result.
    pub cont: super::cont::Cont,
    /// The arguments are a copy that may be changed. Those in an instruction's window may not: the instruction may
    /// be repeated.
    pub owned: bool,
}

impl CallSite {
    #[cfg_attr(feature = "speed", inline(always))]
    fn at(&self, i: usize) -> Value {
        debug_assert!(i < self.n);
        // SAFETY: the arguments lie on the VM stack; callers bound `i` by `n`.
        unsafe { *self.args.add(i) }
    }
    #[cfg_attr(feature = "speed", inline(always))]
    fn put(&self, i: usize, v: Value) {
        // SAFETY: callers made room (`Rt::room`) for what they write beyond `n`.
        unsafe { *self.args.add(i) = v }
    }
    pub(crate) fn kw_count(&self) -> usize {
        self.kw.get::<Tuple>().map_or(0, |t| t.len())
    }
}

impl Rt {
    /// Makes sure that `words` words from `site.args` on lie inside the chunk; moves the arguments to another if not.
    #[cfg_attr(feature = "speed", inline(always))]
    fn room(&mut self, site: &mut CallSite, words: usize) -> Res<()> {
        // SAFETY: compares addresses only.
        if (site.args as usize).saturating_add(words * 8) > self.stack.limit as usize {
            return self.move_args(site, words);
        }
        Ok(())
    }

    #[cold]
    fn move_args(&mut self, site: &mut CallSite, words: usize) -> Res<()> {
        self.stack.settle();
        if (site.args as usize).saturating_add(words * 8) <= self.stack.limit as usize
            && self.stack.holds(site.args)
        {
            return Ok(());
        }
        let to = self.stack.next_chunk(&mut self.heap, words + 2 * HEADER)?;
        // SAFETY: the new chunk has room for the words. A constructor's instance stands in the word before the header
        // to be (see `Cont::Init`), for which a chunk begins with a spare word.
        unsafe {
            let instance = *site.args.sub(HEADER + 1);
            core::ptr::copy(site.args, to, site.n);
            if site.cont == super::cont::Cont::Init {
                *to.sub(HEADER + 1) = instance;
            }
        }
        site.args = to;
        Ok(())
    }

    /// Space for a call's arguments above the running frame, for calls that do not come from a call window.
    pub(crate) fn scratch(&mut self, n: usize) -> Res<*mut Value> {
        // An earlier attempt of the same instruction may have left the next chunk in use.
        if !self.stack.holds(self.stack.frame.0) {
            self.stack.settle();
        }
        let top = self.stack.top();
        if top.is_null() || (top as usize).saturating_add((n + 2 * HEADER) * 8) > self.stack.limit as usize {
            self.stack.settle();
            let top = self.stack.top();
            if !top.is_null()
                && (top as usize).saturating_add((n + 2 * HEADER) * 8) <= self.stack.limit as usize
            {
                // SAFETY: inside the chunk, as just checked.
                return Ok(unsafe { top.add(HEADER) });
            }
            return self.stack.next_chunk(&mut self.heap, n + 2 * HEADER);
        }
        // SAFETY: inside the chunk, as just checked.
        Ok(unsafe { top.add(HEADER) })
    }

    /// Calls `callee` with arguments copied from a slice.
    pub(crate) fn call_slice(
        &mut self,
        callee: Value,
        args: &[Value],
        dst: u16,
        cont: super::cont::Cont,
    ) -> Res<()> {
        let at = self.scratch(args.len())?;
        // SAFETY: `scratch` made room for that many values.
        unsafe { core::ptr::copy_nonoverlapping(args.as_ptr(), at, args.len()) };
        self.call(callee, CallSite { args: at, n: args.len(), kw: Value::UNBOUND, dst, cont, owned: true })
    }

    /// Calls `callee`: pushes its frame, or runs it and delivers its result.
    pub(crate) fn call(&mut self, callee: Value, mut site: CallSite) -> Res<()> {
        // Bound methods are unwrapped one level at a time; their depth is bounded by how they were built.
        let mut callee = callee;
        for _ in 0..64 {
            if let Some(f) = callee.get::<Function>() {
                return self.call_function(f, site);
            }
            if let Some(b) = crate::object::func::get_builtin(callee) {
                return self.call_builtin(b, site);
            }
            if let Some(m) = callee.get::<BoundMethod>() {
                self.shift_in(&mut site, m.self_)?;
                callee = m.func;
                continue;
            }
            if let Some(t) = callee.get::<Type>() {
                return self.call_type(t, site);
            }
            if let Some(w) = crate::object::misc::wrapper(callee, kind::StaticMethod) {
                callee = w.a.get();
                continue;
            }
            let name = self.name(Name::__call__)?;
            match self.lookup_special(callee, name)? {
                Some(f) if f.get::<Function>().is_some() => {
                    self.shift_in(&mut site, callee)?;
                    callee = f;
                }
                Some(f) => {
                    let bound = self.bind_special(f, callee)?;
                    callee = bound;
                }
                None => {
                    let name = self.type_name(callee);
                    return Err(self.type_error(message!("'{name}' object is not callable")));
                }
            }
        }
        Err(self.raise(exc::RecursionError, message!("maximum recursion depth exceeded")))
    }

    /// Makes the arguments a copy above the running frame, unless they are one.
    fn own_args(&mut self, site: &mut CallSite, extra: usize) -> Res<()> {
        if site.owned {
            return Ok(());
        }
        let at = self.scratch(site.n + extra + HEADER)?;
        // SAFETY: `scratch` made room; the window lies below the copy, or in another chunk.
        unsafe { core::ptr::copy(site.args, at, site.n) };
        site.args = at;
        site.owned = true;
        Ok(())
    }

    /// Inserts an argument before the others.
    pub(crate) fn shift_in(&mut self, site: &mut CallSite, first: Value) -> Res<()> {
        let words = site.n + 2;
        self.own_args(site, 8)?;
        self.room(site, words)?;
        // SAFETY: there is room for one more argument.
        unsafe { core::ptr::copy(site.args, site.args.add(1), site.n) };
        site.n += 1;
        site.put(0, first);
        Ok(())
    }

    /// Calls a Python function.
    pub(crate) fn call_function(&mut self, f: Gc<Function>, mut site: CallSite) -> Res<()> {
        let code = f.code();
        let need = (code.nregs as usize).max(site.n + 4) + HEADER;
        self.room(&mut site, need)?;
        let simple = site.kw.is_unbound()
            && site.n == code.argcount as usize
            && code.kwonly == 0
            && code.flags & (FuncFlags::VARARGS | FuncFlags::VARKW) == 0;
        if !simple {
            self.own_args(&mut site, need)?;
            self.room(&mut site, need)?;
            self.bind(f, code, &mut site)?;
        }
        self.push_frame(f.value(), code, site.args, site.dst, site.cont as u8, 0)
    }

    /// Charges a function's entry and pushes its frame. Arguments are bound already.
    #[cfg_attr(feature = "speed", inline(always))]
    pub(crate) fn push_frame(
        &mut self,
        func: Value,
        code: Gc<Code>,
        base: *mut Value,
        dst: u16,
        cont: u8,
        flags: u64,
    ) -> Res<()> {
        if self.depth >= self.limits.recursion {
            return Err(self.recursion_error());
        }
        let cost = code.entry_cost as i64;
        if self.fuel < cost {
            return Err(self.stop_for(super::StopReason::Fuel));
        }
        self.fuel -= cost;
        self.count_entry(code);
        let caller = self.stack.frame;
        let flags = if self.stack.moved { flags | flag::CHUNK } else { flags };
        // SAFETY: `base` has room for the header before it and the frame's registers.
        unsafe {
            let f = Frame(base);
            f.set_value(word::FUNC, func);
            f.set_word(word::CODE, code.as_ptr() as usize as u64);
            f.set_word(word::PREV, caller.0 as usize as u64);
            f.set_word(word::RESUME, 0);
            f.set_meta(meta(dst, cont, flags));
            for i in code.nparams..code.nlocals {
                *base.add(i as usize) = Value::UNBOUND;
            }
            if !caller.is_null() && caller.code().is_some() {
                caller.set_pc(self.stack.pc);
            }
            self.stack.frame = f;
        }
        self.stack.pc = code.instrs.get();
        self.depth += 1;
        Ok(())
    }

    #[cold]
    pub(crate) fn recursion_error(&mut self) -> Exit {
        let compares = ["sequence_compare", "compare_by", "dict_compare", "set_compare"];
        let mut f = self.stack.frame;
        let mut within = "";
        while let Some(code) = f.code()
            && code.func.flags.has(FuncFlags::FROZEN)
        {
            if compares.contains(&super::attr::text(code.name)) {
                within = " in comparison";
            }
            f = f.prev();
        }
        self.raise(exc::RecursionError, message!("maximum recursion depth exceeded{within}"))
    }

    /// Binds positional and keyword arguments to a function's parameters, in place.
    fn bind(&mut self, f: Gc<Function>, code: Gc<Code>, site: &mut CallSite) -> Res<()> {
        let argcount = code.argcount as usize;
        let kwonly = code.kwonly as usize;
        let has_varargs = code.flags & FuncFlags::VARARGS != 0;
        let has_varkw = code.flags & FuncFlags::VARKW != 0;
        let nkw = site.kw_count();
        let npos = site.n - nkw;
        // Everything that allocates comes first, so that a failure leaves the arguments as they were.
        let varargs = if has_varargs {
            let extra: &[Value] = if npos > argcount {
                // SAFETY: the extra positional arguments lie on the stack.
                unsafe { core::slice::from_raw_parts(site.args.add(argcount), npos - argcount) }
            } else {
                &[]
            };
            self.new_tuple(extra)?
        } else {
            Value::UNBOUND
        };
        let varkw = if has_varkw { dict::new(&mut self.heap)?.value() } else { Value::UNBOUND };
        // Keyword values move out of the way: the parameters' slots are about to be written.
        let kwvals = list::with_capacity(&mut self.heap, nkw)?;
        for i in npos..site.n {
            kwvals.push(&mut self.heap, site.at(i))?;
        }
        let names = site.kw.get::<Tuple>();
        let slots = argcount + kwonly;
        // Check before writing: the instruction may be repeated only while the arguments are intact. Errors are final.
        if npos > argcount && !has_varargs {
            let unknown = names.and_then(|t| {
                t.items().iter().copied().find(|&n| self.param_index(code, n, slots).is_none())
            });
            if let (Some(t), Some(n), false) = (names, unknown, has_varkw) {
                return Err(self.unexpected_keyword(f, code, t, n));
            }
            return Err(self.too_many_positional(f, code, npos, names));
        }
        if let (Some(names), Some(d)) = (names, varkw.get::<Dict>()) {
            for (i, &name) in names.items().iter().enumerate() {
                if self.param_index(code, name, slots).is_none() {
                    let v = kwvals.get(i).unwrap_or(Value::NONE);
                    if self.dict_get_str(d, name).is_some() {
                        return Err(self.multiple_values(f, name));
                    }
                    self.dict_set_str(d, name, v)?;
                }
            }
        }
        for i in npos.min(argcount)..slots {
            site.put(i, Value::UNBOUND);
        }
        if let Some(names) = names {
            for (i, &name) in names.items().iter().enumerate() {
                match self.param_index(code, name, slots) {
                    Some(p) => {
                        if p < argcount && p < npos || !self.slot_free(site, p) {
                            return Err(self.multiple_values(f, name));
                        }
                        site.put(p, kwvals.get(i).unwrap_or(Value::NONE));
                    }
                    None if has_varkw => {}
                    None => return Err(self.unexpected_keyword(f, code, names, name)),
                }
            }
        }
        self.fill_defaults(f, code, site, npos)?;
        let mut next = slots;
        if has_varargs {
            site.put(next, varargs);
            next += 1;
        }
        if has_varkw {
            site.put(next, varkw);
            next += 1;
        }
        site.n = next;
        site.kw = Value::UNBOUND;
        Ok(())
    }

    fn slot_free(&self, site: &CallSite, p: usize) -> bool {
        // SAFETY: parameter slots lie inside the room made for the frame.
        unsafe { (*site.args.add(p)).is_unbound() }
    }

    /// Register of the parameter named `name` that keywords may fill.
    fn param_index(&self, code: Gc<Code>, name: Value, slots: usize) -> Option<usize> {
        let s = name.get::<Str>()?;
        let text = s.text()?;
        (code.posonly as usize..slots)
            .find(|&i| code.module().var_name(&code.func, i as u32).is_some_and(|n| n == text))
    }

    fn fill_defaults(&mut self, f: Gc<Function>, code: Gc<Code>, site: &CallSite, npos: usize) -> Res<()> {
        let argcount = code.argcount as usize;
        let defaults = f.defaults.get().get::<Tuple>();
        let ndef = defaults.map_or(0, |t| t.len()).min(argcount);
        let first_default = argcount - ndef;
        let mut missing = false;
        for i in npos.min(argcount)..argcount {
            if self.slot_free(site, i) {
                match defaults.and_then(|t| t.get(i.wrapping_sub(first_default))) {
                    Some(v) if i >= first_default => site.put(i, v),
                    _ => missing = true,
                }
            }
        }
        if missing {
            return Err(self.missing_arguments(f, code, site, 0, argcount, "positional"));
        }
        if code.kwonly > 0 {
            let kwdefaults = f.kwdefaults.get().get::<Dict>();
            for i in argcount..argcount + code.kwonly as usize {
                if !self.slot_free(site, i) {
                    continue;
                }
                let name = code.module().var_name(&code.func, i as u32).unwrap_or("");
                let key = self.find_interned(name.as_bytes());
                let v = match (kwdefaults, key) {
                    (Some(d), Some(k)) => self.dict_get_str(d, k),
                    _ => None,
                };
                match v {
                    Some(v) => site.put(i, v),
                    None => missing = true,
                }
            }
            if missing {
                let end = argcount + code.kwonly as usize;
                return Err(self.missing_arguments(f, code, site, argcount, end, "keyword-only"));
            }
        }
        Ok(())
    }

    /// Calls a built-in function.
    pub(crate) fn call_builtin(&mut self, b: Gc<Builtin>, mut site: CallSite) -> Res<()> {
        if b.def.is_null() {
            return self.call_host(b, site);
        }
        // SAFETY: a non-null `def` is the address of a static `NativeDef` (see `Rt::new_native`).
        let d: &'static NativeDef = unsafe { &*b.def.cast::<NativeDef>() };
        if !b.self_.is_unbound() {
            self.shift_in(&mut site, b.self_)?;
        } else if b.header.kind != kind::Builtin {
            self.check_receiver(b, d, &site)?;
        } else if b.owner.is_ptr() {
            self.check_new(b, d, &site)?;
        }
        self.call_native(b.value(), d, site)
    }

    /// Checks that a method of a built-in type called through the class gets an instance of it.
    fn check_receiver(&mut self, b: Gc<Builtin>, d: &NativeDef, site: &CallSite) -> Res<()> {
        let Some(owner) = b.owner.get::<Type>() else { return Ok(()) };
        let has_self = site.n > site.kw_count();
        if !has_self {
            let (tn, name) = (owner.name_text(), d.name());
            return Err(if b.header.kind == kind::WrapperDescriptor {
                self.type_error(message!("descriptor '{name}' of '{tn}' object needs an argument"))
            } else {
                self.type_error(message!("unbound method {tn}.{name}() needs an argument"))
            });
        }
        let recv = site.at(0);
        if !self.is_instance(recv, b.owner) {
            let (tn, name, got) = (owner.name_text(), d.name(), self.type_name(recv));
            return Err(if b.header.kind == kind::WrapperDescriptor {
                self.type_error(message!(
                    "descriptor '{name}' requires a '{tn}' object but received a '{got}'"
                ))
            } else {
                self.type_error(message!(
                    "descriptor '{name}' for '{tn}' objects doesn't apply to a '{got}' object"
                ))
            });
        }
        Ok(())
    }

    /// Binds a native's arguments, runs it and delivers the result.
    pub(crate) fn call_native(
        &mut self,
        callee: Value,
        d: &'static NativeDef,
        mut site: CallSite,
    ) -> Res<()> {
        let sig = &d.sig();
        let plain = site.kw.is_unbound() && sig.is_plain() && site.n == sig.pos as usize;
        if !plain {
            let words = site.n + sig.slots() + 4;
            self.own_args(&mut site, words)?;
            self.room(&mut site, words)?;
            self.bind_native(callee, d, &mut site)?;
        }
        // SAFETY: the slots lie on the VM stack and stay in place while the native runs.
        let args = unsafe { Args::new(site.args, site.n) };
        self.no_exit();
        match (d.func)(self, args) {
            Ok(v) => super::cont::deliver(self, v, site.dst, site.cont),
            Err(e) if self.caught(e, ExitKind::Call) => self.after_native_call(callee, site),
            Err(e) => Err(e),
        }
    }

    /// Makes the call a native asked for: in its place, or above a native frame that keeps its slots.
    #[cold]
    pub(crate) fn after_native_call(&mut self, callee: Value, mut site: CallSite) -> Res<()> {
        let target = self.pending.callee;
        let Some(slot) = self.pending.into else {
            return self.call_pending(target, site.dst, site.cont);
        };
        if self.depth >= self.limits.recursion {
            return Err(self.recursion_error());
        }
        // A built-in type's constructor has no function object until it needs a frame.
        let callee = match callee.get::<Type>() {
            Some(t) => self.constructor_object(t)?,
            None => callee,
        };
        let words = site.n + 2 * HEADER;
        self.room(&mut site, words)?;
        let caller = self.stack.frame;
        // SAFETY: there is room for the header before the slots; the slots are initialised.
        unsafe {
            let f = Frame(site.args);
            f.set_value(word::FUNC, callee);
            f.set_word(word::CODE, 0);
            f.set_word(word::PREV, caller.0 as usize as u64);
            f.set_word(word::PC, (site.n as u64) << 3);
            f.set_word(word::RESUME, 0);
            f.set_meta(meta(site.dst, site.cont as u8, flag::NATIVE));
            if !caller.is_null() && caller.code().is_some() {
                caller.set_pc(self.stack.pc);
            }
            self.stack.frame = f;
        }
        self.depth += 1;
        self.call_pending(target, slot as u16, super::cont::Cont::NativeSlot)
    }

    /// A function object for the constructor of a built-in type.
    fn constructor_object(&mut self, t: Gc<Type>) -> Res<Value> {
        let number = if t.builtin >= exc::FIRST { kind::Exception as usize } else { t.builtin as usize };
        match self.type_defs.get(number).copied().flatten().and_then(|d| d.new.as_ref()) {
            Some(new) => self.new_native(new, kind::Builtin, Value::UNBOUND, t.value()),
            None => Ok(t.value()),
        }
    }

    /// Calls what `pending` says. If that must be repeated, only the call is: what asked for it has run.
    pub(crate) fn call_pending(&mut self, callee: Value, dst: u16, cont: super::cont::Cont) -> Res<()> {
        self.commit();
        let (frame, fuel, asked) = (self.stack.frame, self.fuel, self.pending);
        let r = self.try_pending(callee, dst, cont);
        match r {
            Ok(()) => self.commit(),
            Err(e) if self.undo(e, frame, fuel) => {
                self.pending = asked;
                self.redo = Some(super::cont::Redo::Call { dst, cont });
            }
            Err(_) => {}
        }
        r
    }

    #[inline]
    fn try_pending(&mut self, callee: Value, dst: u16, cont: super::cont::Cont) -> Res<()> {
        let n = self.pending.args().len();
        let at = self.scratch(n)?;
        // SAFETY: `scratch` made room for that many values.
        unsafe { core::ptr::copy_nonoverlapping(self.pending.args().as_ptr(), at, n) };
        if callee.get::<crate::object::Generator>().is_some() {
            return self.resume_generator(callee, dst, cont);
        }
        self.call(callee, CallSite { args: at, n, kw: Value::UNBOUND, dst, cont, owned: true })
    }

    /// Runs the native of the native frame on top again, after one of its slots was filled.
    pub(crate) fn rerun_native(&mut self) -> Res<()> {
        let f = self.stack.frame;
        let (callee, m, n) = (f.func(), f.meta(), f.nregs());
        let Some(b) = crate::object::func::get_builtin(callee) else { return Ok(()) };
        // SAFETY: natives with slots to fill have a static definition; their slots lie on the VM stack.
        let (d, args) = unsafe { (&*b.def.cast::<NativeDef>(), Args::new(f.0, n)) };
        let fuel = self.fuel;
        let r = (d.func)(self, args);
        let pop = |rt: &mut Rt| {
            rt.stack.frame = f.prev();
            rt.depth -= 1;
            if rt.stack.frame.code().is_some() {
                rt.stack.pc = rt.stack.frame.pc();
            }
            rt.stack.settle();
        };
        let (dst, cont) = ((m >> 16) as u16, super::cont::Cont::from_u8((m >> 8) as u8));
        match r {
            Ok(v) => {
                pop(self);
                super::cont::deliver(self, v, dst, cont)
            }
            Err(e) if self.caught(e, ExitKind::Call) => {
                let target = self.pending.callee;
                match self.pending.into {
                    Some(slot) => self.call_pending(target, slot as u16, super::cont::Cont::NativeSlot),
                    None => {
                        pop(self);
                        self.call_pending(target, dst, cont)
                    }
                }
            }
            Err(e) => {
                self.undo(e, f, fuel);
                Err(e)
            }
        }
    }

    /// Calls a host function.
    fn call_host(&mut self, b: Gc<Builtin>, site: CallSite) -> Res<()> {
        if !site.kw.is_unbound() && site.kw_count() > 0 {
            return Err(self.type_error(message!("host functions take no keyword arguments")));
        }
        let i = b.host as usize;
        let Some(mut f) = self.host_fns.get_mut(i).and_then(Option::take) else {
            return Err(self.raise(exc::RuntimeError, message!("host function is already running")));
        };
        // SAFETY: the slots lie on the VM stack and stay in place while the function runs.
        let args = unsafe { Args::new(site.args, site.n) };
        let r = f(self, args);
        if let Some(slot) = self.host_fns.get_mut(i) {
            *slot = Some(f);
        }
        match r {
            Ok(v) => {
                self.no_exit_of_host();
                super::cont::deliver(self, v, site.dst, site.cont)
            }
            Err(e) if self.caught(e, ExitKind::Call) => {
                self.call_pending(self.pending.callee, site.dst, site.cont)
            }
            Err(e) => Err(e),
        }
    }

    /// `f(*args, **kwargs)` from a list or tuple and a dict or None.
    pub(crate) fn call_ex(
        &mut self,
        callee: Value,
        args: Value,
        kwargs: Value,
        dst: u16,
        cont: super::cont::Cont,
    ) -> Res<()> {
        let items: &[Value] = match (args.get::<Tuple>(), args.get::<crate::object::List>()) {
            (Some(t), _) => {
                let s = t.items();
                // SAFETY: the tuple is held by a register while its items are copied.
                unsafe { core::slice::from_raw_parts(s.as_ptr(), s.len()) }
            }
            (_, Some(l)) => {
                let s = l.items();
                // SAFETY: as above.
                unsafe { core::slice::from_raw_parts(s.as_ptr(), s.len()) }
            }
            _ => &[],
        };
        let kw = kwargs.get::<Dict>();
        let nkw = kw.map_or(0, |d| d.len());
        let names = list::with_capacity(&mut self.heap, nkw)?;
        let n = items.len() + nkw;
        if n > 1 << 20 {
            return Err(self.raise(exc::MemoryError, message!("too many arguments in a call")));
        }
        let at = self.scratch(n)?;
        // SAFETY: `scratch` made room for `n` values.
        unsafe { core::ptr::copy_nonoverlapping(items.as_ptr(), at, items.len()) };
        if let Some(d) = kw {
            for (i, e) in d.iter().enumerate() {
                if e.key.get::<Str>().is_none() {
                    return Err(self.type_error(message!("keywords must be strings")));
                }
                names.push(&mut self.heap, e.key)?;
                // SAFETY: as above.
                unsafe { *at.add(items.len() + i) = e.value };
            }
        }
        let kwnames = if nkw > 0 { self.new_tuple(names.items())? } else { Value::UNBOUND };
        self.call(callee, CallSite { args: at, n, kw: kwnames, dst, cont, owned: true })
    }

    /// A function object for a native definition.
    pub fn new_native(&mut self, d: &'static NativeDef, kind: u8, self_: Value, owner: Value) -> Res<Value> {
        crate::object::func::new_builtin(&mut self.heap, kind, core::ptr::from_ref(d).cast(), 0, self_, owner)
    }

    /// The definition of a native function object.
    pub fn native_def(&self, b: Gc<Builtin>) -> Option<&'static NativeDef> {
        if b.def.is_null() {
            return None;
        }
        // SAFETY: see `call_builtin`.
        Some(unsafe { &*b.def.cast::<NativeDef>() })
    }

    /// Kind of function object for a method of a built-in type.
    pub(crate) fn descriptor_kind(d: &NativeDef) -> u8 {
        match d.binding() {
            Binding::Method if d.name().starts_with("__") => kind::WrapperDescriptor,
            Binding::Method => kind::MethodDescriptor,
            Binding::Class => kind::ClassMethodDescriptor,
            Binding::Static => kind::Builtin,
        }
    }
}
