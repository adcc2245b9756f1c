//! Classes: making them, their resolution order and flags, and making instances.

use super::call::CallSite;
use super::cont::Cont;
use super::frame::HEADER;
use super::{Args, Name, Rt};
use crate::builtins::str::chars;
use crate::builtins::{exceptions, frozen};
use crate::exit::{Exit, Res};
use crate::heap::Gc;
use crate::object::exception::exc;
use crate::object::{
    CellObj, Dict, Function, List, Str, Tuple, Type, dict, instance, kind, list, misc, types,
};
use crate::room::WithinRoom as _;
use crate::value::Value;

/// Which special method sets which flag when guest code defines it.
const GUEST_FLAGS: &[(Name, u32)] = &[
    (Name::__eq__, Type::GUEST_EQ | Type::GUEST_OPERATOR),
    (Name::__ne__, Type::GUEST_EQ | Type::GUEST_OPERATOR),
    (Name::__hash__, Type::GUEST_HASH),
    (Name::__getattr__, Type::GUEST_GETATTR),
    (Name::__getattribute__, Type::GUEST_GETATTRIBUTE),
    (Name::__setattr__, Type::GUEST_SETATTR),
    (Name::__delattr__, Type::GUEST_DELATTR),
    (Name::__bool__, Type::GUEST_BOOL),
    (Name::__len__, Type::GUEST_BOOL | Type::GUEST_LEN),
    (Name::__new__, Type::GUEST_NEW),
    (Name::__init__, Type::GUEST_INIT),
    (Name::__get__, Type::GUEST_GET),
    (Name::__set__, Type::GUEST_SET),
    (Name::__delete__, Type::GUEST_SET),
    (Name::__repr__, Type::GUEST_REPR),
    (Name::__str__, Type::GUEST_STR),
    (Name::__iter__, Type::GUEST_ITER),
    (Name::__next__, Type::GUEST_ITER),
    (Name::__getitem__, Type::GUEST_GETITEM),
    (Name::__setitem__, Type::GUEST_SETITEM),
    (Name::__delitem__, Type::GUEST_SETITEM),
    (Name::__contains__, Type::GUEST_CONTAINS),
    (Name::__format__, Type::GUEST_FORMAT),
    (Name::__missing__, Type::GUEST_MISSING),
    (Name::__neg__, Type::GUEST_OPERATOR),
    (Name::__pos__, Type::GUEST_OPERATOR),
    (Name::__invert__, Type::GUEST_OPERATOR),
    (Name::__abs__, Type::GUEST_OPERATOR),
    (Name::__lt__, Type::GUEST_OPERATOR),
    (Name::__le__, Type::GUEST_OPERATOR),
    (Name::__gt__, Type::GUEST_OPERATOR),
    (Name::__ge__, Type::GUEST_OPERATOR),
];

/// First and last name of the binary operators' methods, which stand together in `Name`.
const OPERATOR_NAMES: (usize, usize) = (Name::__add__ as usize, Name::__ixor__ as usize);

/// Flags a class takes over from its bases.
const INHERITED: u32 = Type::EXCEPTION | Type::METACLASS;

impl Rt {
    /// Computes the flags of a guest's class from what the classes of its resolution order define.
    pub(crate) fn compute_flags(&mut self, t: Gc<Type>) {
        if !t.has_flag(Type::HEAP) {
            return;
        }
        let mut flags = Type::HEAP | t.flags.get() & (Type::WATCHED | Type::CHANGED | Type::LISTED);
        let mut hash_decided = false;
        let mut no_dict = true;
        for &c in t.mro_items() {
            let Some(c) = c.get::<Type>() else { continue };
            if !c.has_flag(Type::HEAP) {
                flags |= c.flags.get() & INHERITED;
                continue;
            }
            no_dict &= c.has_flag(Type::NO_DICT);
            let Some(attrs) = c.attrs() else { continue };
            for e in attrs.iter() {
                let Some(n) = self.name_number(e.key) else { continue };
                let n = n as usize;
                if n >= OPERATOR_NAMES.0 && n <= OPERATOR_NAMES.1 {
                    flags |= Type::GUEST_OPERATOR;
                }
                if let Some(&(known, bits)) = GUEST_FLAGS.iter().find(|(g, _)| *g as usize == n) {
                    if known == Name::__hash__ {
                        if !hash_decided {
                            flags |= if e.value.is_none() { Type::UNHASHABLE } else { bits };
                        }
                        hash_decided = true;
                    } else {
                        flags |= bits;
                    }
                }
            }
        }
        if no_dict && t.has_flag(Type::NO_DICT) {
            flags |= Type::NO_DICT;
        }
        t.flags.set(flags);
    }

    /// The number of a well-known name, if `v` is one (interned).
    fn name_number(&self, v: Value) -> Option<Name> {
        let s = v.get::<Str>()?;
        if !s.bytes().starts_with(b"__") {
            return None;
        }
        let i = self.names.iter().position(|&n| n == v);
        match i {
            Some(i) => Name::ALL.get(i).copied(),
            // A name not interned through `name` yet has no number in use, but its text may.
            None => Name::ALL.iter().copied().find(|n| n.text().as_bytes() == s.bytes()),
        }
    }

    /// The shape of a new instance of class `cls`.
    pub fn instance_shape(&mut self, cls: Value) -> Res<u32> {
        let Some(t) = cls.get::<Type>() else { return Ok(kind::Object as u32) };
        if !t.has_flag(Type::HEAP) {
            return Ok(t.root_shape.get());
        }
        let cap = if t.base_kind == kind::Object { t.inline_hint.get() } else { 0 };
        let root = t.root_shape.get();
        if root != 0 && self.heap.shapes.get(root).is_some_and(|s| s.cap == cap) {
            return Ok(root);
        }
        let shape = self.heap.new_root_shape(cls, cap, false)?;
        t.root_shape.set(shape);
        Ok(shape)
    }

    /// A new plain instance of `cls`, uninitialised.
    #[inline]
    pub(crate) fn new_instance(&mut self, cls: Value) -> Res<Value> {
        let shape = self.instance_shape(cls)?;
        let cap = self.heap.shapes.get(shape).map_or(0, |s| s.cap);
        Ok(instance::new(&mut self.heap, shape, cap)?.value())
    }

    /// Calls a class: makes an instance, and initialises it.
    pub(crate) fn call_type(&mut self, t: Gc<Type>, site: CallSite) -> Res<()> {
        let meta = self.type_of(t.value());
        if meta.has_flag(Type::HEAP) {
            let name = self.name(Name::__call__)?;
            if let Some(f) = self.type_attr(meta.value(), name)?
                && f.get::<Function>().is_some()
            {
                let bound = self.bind_special(f, t.value())?;
                return self.call(bound, site);
            }
        }
        if !t.has_flag(Type::HEAP) {
            return self.call_builtin_type(t, site);
        }
        self.instantiate(t, site)
    }

    fn call_builtin_type(&mut self, t: Gc<Type>, mut site: CallSite) -> Res<()> {
        if t.builtin == kind::Type as u16 && site.n == 1 && site.kw.is_unbound() {
            // SAFETY: there is one argument.
            let v = unsafe { *site.args };
            let c = self.type_of(v).value();
            return super::cont::deliver(self, c, site.dst, site.cont);
        }
        let number = if t.builtin >= exc::FIRST { kind::Exception as usize } else { t.builtin as usize };
        let def = self.type_defs.get(number).copied().flatten();
        match def.and_then(|d| d.new.as_ref()) {
            Some(new) => {
                self.shift_in(&mut site, t.value())?;
                self.call_native(t.value(), new, site)
            }
            None => {
                let tn = super::text_of_type(t);
                Err(self.type_error(message!("cannot create '{tn}' instances")))
            }
        }
    }

    /// Makes an instance of a guest's class.
    fn instantiate(&mut self, t: Gc<Type>, mut site: CallSite) -> Res<()> {
        let plain = t.base_kind == kind::Object;
        let exception = t.has_flag(Type::EXCEPTION) && site.kw.is_unbound();
        if t.has_flag(Type::GUEST_NEW) || !(plain || exception) || site.cont != Cont::Value {
            return self.instantiate_slowly(t, site);
        }
        // SAFETY: the arguments lie on the VM stack.
        let args = unsafe { Args::new(site.args, site.n) };
        if !t.has_flag(Type::GUEST_INIT) {
            if exception {
                let v = exceptions::make(self, t.value(), Value::UNBOUND, args)?;
                return super::cont::deliver(self, v, site.dst, site.cont);
            }
            if site.n > 0 {
                let tn = super::text_of_type(t);
                return Err(self.type_error(message!("{tn}() takes no arguments")));
            }
            let v = self.new_instance(t.value())?;
            return super::cont::deliver(self, v, site.dst, site.cont);
        }
        let name = self.name(Name::__init__)?;
        let Some(init) = self.type_attr(t.value(), name)?.and_then(|f| f.get::<Function>()) else {
            return self.instantiate_slowly(t, site);
        };
        let instance = match exception {
            true => exceptions::make(self, t.value(), Value::UNBOUND, args)?,
            false => self.new_instance(t.value())?,
        };
        // The instance is kept in the word before the callee's frame header; see `Cont::Init`.
        self.shift_in(&mut site, instance)?;
        self.shift_in(&mut site, Value::ZERO)?;
        // SAFETY: two words were inserted; the arguments proper begin one word on, and the word `HEADER` before the
        // first of them lies in the window or the scratch gap.
        unsafe {
            *site.args.sub(HEADER) = instance;
            site.args = site.args.add(1);
        }
        site.n -= 1;
        site.cont = Cont::Init;
        self.call_function(init, site)
    }

    /// The general way: `__new__`, then `__init__`, in frozen code.
    fn instantiate_slowly(&mut self, t: Gc<Type>, site: CallSite) -> Res<()> {
        let nkw = site.kw.get::<Tuple>().map_or(0, |k| k.len());
        // SAFETY: the arguments lie on the VM stack.
        let all = unsafe { core::slice::from_raw_parts(site.args, site.n) };
        let (pos, named) = all.split_at(site.n - nkw);
        let args = self.new_tuple(pos)?;
        let kwargs = dict::new(&mut self.heap)?;
        if let Some(names) = site.kw.get::<Tuple>() {
            for (&k, &v) in names.items().iter().zip(named) {
                self.dict_set_str(kwargs, k, v)?;
            }
        }
        let f = self.frozen_function(frozen::instantiate)?;
        self.call_slice(f, &[t.value(), args, kwargs.value()], site.dst, site.cont)
    }

    /// The intrinsic `_new_class(meta, name, bases, namespace)`: `type.__new__` up to the hooks that guest code may have.
    pub(crate) fn new_class(&mut self, a: Args) -> Res<Value> {
        let (meta, name, bases, ns) = (a.at(0), a.at(1), a.at(2), a.at(3));
        if name.get::<Str>().is_none() {
            let tn = self.type_name(name);
            return Err(self.type_error(message!("type.__new__() argument 1 must be str, not {tn}")));
        }
        let Some(given) = bases.get::<Tuple>() else {
            let tn = self.type_name(bases);
            return Err(self.type_error(message!("type.__new__() argument 2 must be tuple, not {tn}")));
        };
        let Some(ns) = ns.get::<Dict>() else {
            let tn = self.type_name(ns);
            return Err(self.type_error(message!("type.__new__() argument 3 must be dict, not {tn}")));
        };
        let object = self.types[kind::Object as usize];
        let bases = if given.is_empty() { self.new_tuple(&[object])? } else { bases };
        let base = self.best_base(bases)?;
        let meta_shape = match meta.get::<Type>() {
            Some(m) if m.has_flag(Type::HEAP) => self.instance_shape(meta)?,
            _ => kind::Type as u32,
        };
        let t = types::new(&mut self.heap, meta_shape, 0, base.base_kind)?;
        t.name.set(name);
        t.qualname.set(name);
        t.bases.set(bases);
        t.flags.set(Type::HEAP);
        let attrs = dict::new(&mut self.heap)?;
        t.dict.set(attrs.value());
        self.copy_namespace(t, attrs, ns)?;
        self.apply_slots(t, attrs, bases)?;
        let mro = self.linearize(t.value(), bases)?;
        t.mro.set(mro);
        t.root_shape.set(0);
        t.inline_hint.set(self.expected_attributes(attrs, bases)?);
        self.instance_shape(t.value())?;
        self.register_subclass(t, bases)?;
        self.compute_flags(t);
        if let Some(c) = attrs_cell(self, ns)? {
            c.content.set(t.value());
        }
        Ok(t.value())
    }

    /// Whether `d` is a data descriptor (takes part in assignment).
    pub(crate) fn is_data_descriptor(&self, d: Value) -> bool {
        match d.header().map(|h| h.kind) {
            Some(kind::Property | kind::Member | kind::GetSet) => true,
            Some(_) => self.type_of(d).has_flag(Type::GUEST_SET),
            None => false,
        }
    }

    /// How many attributes instances will have: what `__init__` stores through `self`, and what the bases' have.
    fn expected_attributes(&mut self, attrs: Gc<Dict>, bases: Value) -> Res<u16> {
        let init = self.name(Name::__init__)?;
        let mut own = 0;
        if let Some(f) = self.dict_get_str(attrs, init).and_then(|v| v.get::<Function>()) {
            let code = f.code();
            let mut seen: [Value; 16] = [Value::UNBOUND; 16];
            for at in 0..code.ninstrs {
                let i = code.original_at(at);
                if i.op() != Some(crate::bytecode::Op::StoreAttr) || i.a() != 0 {
                    continue;
                }
                let (name, _) = code.site(i.c());
                if own < seen.len() && !seen[..own].contains(&name) {
                    seen[own] = name;
                    own += 1;
                }
            }
        }
        let inherited = bases.get::<Tuple>().map_or(0, |b| {
            b.items()
                .iter()
                .filter_map(|b| b.get::<Type>())
                .filter(|b| b.has_flag(Type::HEAP))
                .map(|b| b.inline_hint.get())
                .max()
                .unwrap_or(0)
        });
        Ok((own as u16 + inherited).min(16))
    }

    /// Fills a class's dict from its namespace, with the special treatment some names get.
    fn copy_namespace(&mut self, t: Gc<Type>, attrs: Gc<Dict>, ns: Gc<Dict>) -> Res<()> {
        let (classcell, qualname) = (self.name(Name::__classcell__)?, self.name(Name::__qualname__)?);
        let static_names = [Name::__new__];
        let class_names = [Name::__init_subclass__, Name::__class_getitem__];
        let (eq, hash) = (self.name(Name::__eq__)?, self.name(Name::__hash__)?);
        let (mut has_eq, mut has_hash) = (false, false);
        for e in ns.iter() {
            if e.key == classcell {
                continue;
            }
            let key = self.intern_value(e.key)?;
            if key == qualname {
                t.qualname.set(e.value);
                continue;
            }
            has_eq |= key == eq;
            has_hash |= key == hash;
            let mut v = e.value;
            if v.get::<Function>().is_some() {
                if self.is_one_of(key, &static_names)? {
                    v = self.wrap(kind::StaticMethod, v)?;
                } else if self.is_one_of(key, &class_names)? {
                    v = self.wrap(kind::ClassMethod, v)?;
                }
            }
            self.dict_set_str(attrs, key, v)?;
        }
        if has_eq && !has_hash {
            self.dict_set_str(attrs, hash, Value::NONE)?;
        }
        let doc = self.name(Name::__doc__)?;
        if self.dict_get_str(attrs, doc).is_none() {
            self.dict_set_str(attrs, doc, Value::NONE)?;
        }
        Ok(())
    }

    fn is_one_of(&mut self, key: Value, names: &[Name]) -> Res<bool> {
        for &n in names {
            if self.name(n)? == key {
                return Ok(true);
            }
        }
        Ok(false)
    }

    fn wrap(&mut self, k: u8, v: Value) -> Res<Value> {
        let fields = [v, Value::UNBOUND, Value::UNBOUND, Value::UNBOUND];
        misc::new_wrapper(&mut self.heap, k, k as u32, fields)
    }

    /// `__slots__`: a member descriptor each; no `__dict__` unless a base has one.
    fn apply_slots(&mut self, t: Gc<Type>, attrs: Gc<Dict>, bases: Value) -> Res<()> {
        let key = self.name(Name::__slots__)?;
        let Some(slots) = self.dict_get_str(attrs, key) else { return Ok(()) };
        let one = [slots];
        let names: &[Value] = match (slots.get::<Tuple>(), slots.get::<List>()) {
            (Some(t), _) => &self.keep(t.items())?,
            (_, Some(l)) => &self.keep(l.items())?,
            _ if slots.get::<Str>().is_some() => &one,
            _ => match self.items_of(slots)? {
                Some(v) => &self.keep(v.get::<List>().map_or(&[], |l| unsafe_items(l)))?,
                None => return Ok(()),
            },
        };
        let mut has_dict = false;
        for &n in names {
            let Some(s) = n.get::<Str>() else {
                let tn = self.type_name(n);
                return Err(self.type_error(message!("__slots__ items must be strings, not '{tn}'")));
            };
            if s.bytes() == b"__dict__" {
                has_dict = true;
                continue;
            }
            if s.bytes() == b"__weakref__" {
                continue;
            }
            let valid = s.text().is_some_and(|x| {
                x.chars().next().is_some_and(|c| chars::is_id_start(c as u32))
                    && x.chars().all(|c| chars::is_id_continue(c as u32))
            });
            if !valid {
                return Err(self.type_error(message!("__slots__ must be identifiers")));
            }
            if matches!(t.base_kind, kind::Int | kind::Tuple | kind::Bytes) {
                let base = crate::object::KIND_NAMES[t.base_kind as usize];
                return Err(
                    self.type_error(message!("nonempty __slots__ not supported for subtype of '{base}'"))
                );
            }
            let n = self.mangle(t, n)?;
            if self.dict_get_str(attrs, n).is_some() {
                let x = super::attr::text(n);
                return Err(self.value_error(message!("'{x}' in __slots__ conflicts with class variable")));
            }
            let fields = [n, t.value(), Value::UNBOUND, Value::UNBOUND];
            let m = misc::new_wrapper(&mut self.heap, kind::Member, kind::Member as u32, fields)?;
            self.dict_set_str(attrs, n, m)?;
        }
        let bases_without_dict = bases.get::<Tuple>().is_some_and(|b| {
            b.items().iter().all(|&b| {
                b.get::<Type>().is_some_and(|b| !b.has_flag(Type::HEAP) || b.has_flag(Type::NO_DICT))
            })
        });
        if !has_dict && bases_without_dict {
            t.flags.set(t.flags.get() | Type::NO_DICT);
        }
        Ok(())
    }

    /// A copy of some values that outlives changes of their container.
    fn keep(&mut self, items: &[Value]) -> Res<alloc::vec::Vec<Value>> {
        let mut v = alloc::vec::Vec::new();
        v.try_reserve(items.len()).map_err(|_| Exit::NeedGc)?;
        v.extend_within(items);
        Ok(v)
    }

    /// Private-name mangling of a slot's name.
    fn mangle(&mut self, t: Gc<Type>, n: Value) -> Res<Value> {
        let Some(s) = n.get::<Str>() else { return Ok(n) };
        let x = s.lossy();
        if !x.starts_with("__") || x.ends_with("__") {
            return self.intern_value(n);
        }
        let class = super::text_of_type(t).trim_start_matches('_');
        let v = self.format_str(format_args!("_{class}{x}"))?;
        self.intern_value(v)
    }

    /// The nearest class in a resolution order that declares slots of its own, which fixes where they lie.
    fn slotted(&self, t: Gc<Type>) -> Option<Gc<Type>> {
        t.mro_items().iter().filter_map(|c| c.get::<Type>()).find(|c| {
            c.has_flag(Type::HEAP)
                && c.attrs().is_some_and(|a| a.iter().any(|e| misc::wrapper(e.value, kind::Member).is_some()))
        })
    }

    /// The base whose payload instances have.
    fn best_base(&mut self, bases: Value) -> Res<Gc<Type>> {
        let mut best = self.builtin_type(kind::Object as u16);
        let mut solid: Option<Gc<Type>> = None;
        let Some(items) = bases.get::<Tuple>() else { return Ok(best) };
        for &b in items.items() {
            let Some(t) = b.get::<Type>() else {
                return Err(self.type_error(message!("bases must be types")));
            };
            if t.has_flag(Type::FINAL) {
                let tn = super::text_of_type(t);
                return Err(self.type_error(message!("type '{tn}' is not an acceptable base type")));
            }
            if let Some(own) = self.slotted(t) {
                match solid {
                    Some(other)
                        if !own.is_subclass_of(other.value()) && !other.is_subclass_of(own.value()) =>
                    {
                        return Err(
                            self.type_error(message!("multiple bases have instance lay-out conflict"))
                        );
                    }
                    Some(other) if other.is_subclass_of(own.value()) => {}
                    _ => solid = Some(own),
                }
            }
            if t.base_kind == kind::Object || t.base_kind == best.base_kind {
                continue;
            }
            if best.base_kind != kind::Object {
                return Err(self.type_error(message!("multiple bases have instance lay-out conflict")));
            }
            best = t;
        }
        Ok(best)
    }

    /// The C3 linearization of a class with these bases.
    fn linearize(&mut self, cls: Value, bases: Value) -> Res<Value> {
        let Some(b) = bases.get::<Tuple>() else { return Ok(self.empty_tuple) };
        let items = b.items();
        if let Some(i) = (1..items.len()).find(|&i| items[..i].contains(&items[i])) {
            let n = items[i].get::<Type>().map_or("?", super::text_of_type);
            return Err(self.type_error(message!("duplicate base class {n}")));
        }
        let mut seqs: alloc::vec::Vec<&[Value]> = alloc::vec::Vec::new();
        seqs.try_reserve(items.len() + 1).map_err(|_| Exit::NeedGc)?;
        for &base in items {
            if let Some(t) = base.get::<Type>() {
                let m = t.mro_items();
                // SAFETY: the base is alive, and its order does not change while this runs.
                seqs.push_within(unsafe { core::slice::from_raw_parts(m.as_ptr(), m.len()) });
            }
        }
        seqs.push_within(items);
        let out = list::with_capacity(&mut self.heap, 8)?;
        out.push(&mut self.heap, cls)?;
        loop {
            seqs.retain(|s| !s.is_empty());
            if seqs.is_empty() {
                return Ok(crate::object::tuple::new(&mut self.heap, out.items())?.value());
            }
            let mut good = None;
            for c in seqs.iter().filter_map(|s| s.first().copied()) {
                // One head is looked for in all orders.
                self.charge(seqs.len())?;
                self.poll()?;
                if !seqs.iter().any(|s| s.get(1..).is_some_and(|rest| rest.contains(&c))) {
                    good = Some(c);
                    break;
                }
            }
            let Some(c) = good else { return Err(self.no_order(&seqs)) };
            out.push(&mut self.heap, c)?;
            for s in &mut seqs {
                if let [head, rest @ ..] = *s
                    && *head == c
                {
                    *s = rest;
                }
            }
        }
    }

    #[cold]
    fn no_order(&mut self, seqs: &[&[Value]]) -> Exit {
        let mut names = super::text::TextBuf::new();
        let heads = |i: usize| seqs.get(i).and_then(|s| s.first().copied());
        let fresh = (0..seqs.len()).filter(|&i| (0..i).all(|j| heads(j) != heads(i)));
        for (i, b) in fresh.filter_map(heads).enumerate() {
            let n = b.get::<Type>().map_or("?", super::text_of_type);
            let sep = if i == 0 { "" } else { ", " };
            for p in [sep, n] {
                if let Err(e) = names.push(&self.heap, p.as_bytes()) {
                    return e;
                }
            }
        }
        let list = core::str::from_utf8(names.as_bytes()).unwrap_or("?");
        self.type_error(message!("Cannot create a consistent method resolution order (MRO) for bases {list}"))
    }

    fn register_subclass(&mut self, t: Gc<Type>, bases: Value) -> Res<()> {
        let Some(b) = bases.get::<Tuple>() else { return Ok(()) };
        let r = b.items().iter().try_for_each(|&base| self.add_subclass(base, t));
        if r.is_err() {
            // The class will be made again: no base may know this one.
            for l in b.items().iter().filter_map(|b| b.get::<Type>()?.subclasses.get().get::<List>()) {
                if l.items().last() == Some(&t.value()) {
                    l.pop();
                }
            }
        }
        r
    }

    fn add_subclass(&mut self, base: Value, t: Gc<Type>) -> Res<()> {
        {
            let Some(base) = base.get::<Type>() else { return Ok(()) };
            if !base.has_flag(Type::HEAP) && base.builtin == kind::Object as u16 {
                // `object` would keep every class alive, and never changes.
                return Ok(());
            }
            let subs = match base.subclasses.get().get::<List>() {
                Some(l) => l,
                None => {
                    let l = list::with_capacity(&mut self.heap, 2)?;
                    base.subclasses.set(l.value());
                    l
                }
            };
            subs.push(&mut self.heap, t.value())
        }
    }
}

fn unsafe_items<'a>(l: Gc<List>) -> &'a [Value] {
    let items = l.items();
    // SAFETY: copied by the caller before anything else happens.
    unsafe { core::slice::from_raw_parts(items.as_ptr(), items.len()) }
}

/// The `__class__` cell a class body left in its namespace.
fn attrs_cell(rt: &mut Rt, ns: Gc<Dict>) -> Res<Option<Gc<CellObj>>> {
    let key = rt.name(Name::__classcell__)?;
    Ok(rt.dict_get_str(ns, key).and_then(|v| v.get::<CellObj>()))
}

impl Rt {
    /// Name of a class, for messages.
    pub fn class_name(&self, t: Gc<Type>) -> &'static str {
        super::text_of_type(t)
    }

    /// Gives a plain instance of a guest's class another class of the same layout.
    pub(crate) fn change_class(&mut self, v: Value, new: Gc<Type>) -> Res<()> {
        if new.has_flag(Type::NO_DICT) {
            return Err(self.type_error(message!("__class__ assignment between classes with __slots__")));
        }
        self.to_dict_mode(v)?;
        if new.dict_shape.get() == 0 {
            new.dict_shape.set(self.heap.new_root_shape(new.value(), 0, true)?);
        }
        if let Some(h) = v.header() {
            h.shape.set(new.dict_shape.get());
        }
        Ok(())
    }

    /// Makes every entry of a built-in type's static tables, for `__dict__` and `dir`.
    pub(crate) fn materialize_builtin(&mut self, t: Gc<Type>) -> Res<()> {
        if t.builtin == 0 {
            return Ok(());
        }
        let Some(d) = self.type_defs.get(t.builtin as usize).copied().flatten() else { return Ok(()) };
        let methods = d.methods.iter().map(|m| m.name()).chain(d.getset.iter().map(|g| g.name));
        for n in methods.chain(super::slot_wrappers::names(d.slots)) {
            let name = self.intern(n.as_bytes())?;
            self.own_attr(t.value(), name)?;
        }
        if d.new.is_some() {
            let name = self.name(Name::__new__)?;
            self.own_attr(t.value(), name)?;
        }
        let name = self.name(Name::__doc__)?;
        self.own_attr(t.value(), name)?;
        Ok(())
    }
}
