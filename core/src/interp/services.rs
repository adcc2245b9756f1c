//! Services for natives: strings and names, calls in their place, conversions of arguments.

use super::{Args, Name, Pending, Rt};
use crate::exit::{Exit, ExitKind, Res};
use crate::heap::{Gc, Header};
use crate::object::exception::exc;
use crate::object::hash::{self, Eq, Hash, hash_bytes};
use crate::object::{Dict, Str, Type, dict, int, list, string};
use crate::value::Value;

/// Where the empty str stands among the shared ones.
const EMPTY: usize = 256;

impl Rt {
    /// A new str.
    pub fn new_str(&mut self, text: &str) -> Res<Value> {
        self.new_str_bytes(text.as_bytes())
    }

    /// A new str of well-formed WTF-8 bytes; single Latin-1 characters and the empty string are shared.
    pub fn new_str_bytes(&mut self, bytes: &[u8]) -> Res<Value> {
        match bytes {
            [] => self.empty_str(),
            [b] if *b < 0x80 => self.latin1(*b),
            [0xc2, b] => self.latin1(*b),
            [0xc3, b] => self.latin1(*b + 0x40),
            _ => Ok(string::new(&mut self.heap, bytes)?.value()),
        }
    }

    /// A new str of ASCII bytes.
    #[inline]
    pub fn new_ascii(&mut self, bytes: &[u8]) -> Res<Value> {
        match bytes {
            [] => self.empty_str(),
            [b] => self.latin1(*b),
            _ => Ok(string::new_ascii(&mut self.heap, bytes)?.value()),
        }
    }

    /// The empty str.
    pub fn empty_str(&mut self) -> Res<Value> {
        let known = self.chars[EMPTY];
        if !known.is_unbound() {
            return Ok(known);
        }
        let v = self.intern(b"")?;
        self.chars[EMPTY] = v;
        Ok(v)
    }

    /// The str of one character.
    #[inline]
    pub fn char_str(&mut self, c: char) -> Res<Value> {
        if (c as u32) < 256 {
            let v = self.chars[c as usize];
            if !v.is_unbound() {
                return Ok(v);
            }
        }
        self.new_str_bytes(c.encode_utf8(&mut [0; 4]).as_bytes())
    }

    /// The address of the table of one-letter strs, which never moves.
    #[cfg(feature = "speed")]
    pub(crate) fn chars_table(&self) -> *const Value {
        self.chars.as_ptr()
    }

    /// Makes the 128 ASCII ones.
    #[cfg(feature = "speed")]
    pub(crate) fn fill_ascii_chars(&mut self) -> Res<()> {
        (0..128).try_for_each(|c| self.latin1(c).map(|_| ()))
    }

    #[inline]
    fn latin1(&mut self, c: u8) -> Res<Value> {
        let known = self.chars[c as usize];
        if !known.is_unbound() {
            return Ok(known);
        }
        self.new_latin1(c)
    }

    #[cold]
    fn new_latin1(&mut self, c: u8) -> Res<Value> {
        let v = self.intern((c as char).encode_utf8(&mut [0; 2]).as_bytes())?;
        self.chars[c as usize] = v;
        Ok(v)
    }

    /// The interned str with this text.
    pub fn intern(&mut self, bytes: &[u8]) -> Res<Value> {
        let h = hash_bytes(&self.heap, bytes);
        if let Some(&v) = self.interned.find(h, |v| str_bytes(*v) == bytes) {
            return Ok(v);
        }
        let s = string::new(&mut self.heap, bytes)?;
        s.hash.set(h);
        self.add_interned(h, s)
    }

    /// As [`Rt::intern`] for a text that is static: the str shows it where it lies.
    pub fn intern_static(&mut self, text: &'static str) -> Res<Value> {
        let h = hash_bytes(&self.heap, text.as_bytes());
        if let Some(&v) = self.interned.find(h, |v| str_bytes(*v) == text.as_bytes()) {
            return Ok(v);
        }
        let s = string::new_static(&mut self.heap, text)?;
        s.hash.set(h);
        self.add_interned(h, s)
    }

    /// The interned str equal to `v` (an exact str), which may be `v` itself.
    pub fn intern_value(&mut self, v: Value) -> Res<Value> {
        let Some(s) = v.exact::<Str>() else { return Ok(v) };
        if s.is_interned() {
            return Ok(v);
        }
        let h = hash::hash_str(&self.heap, &s);
        if let Some(&known) = self.interned.find(h, |k| str_bytes(*k) == s.bytes()) {
            return Ok(known);
        }
        self.add_interned(h, s)
    }

    fn add_interned(&mut self, h: u64, s: Gc<Str>) -> Res<Value> {
        self.interned
            .try_reserve(1, |v| v.get::<Str>().map_or(0, |s| s.hash.get()))
            .map_err(|_| Exit::NeedGc)?;
        self.heap.charge(16)?;
        s.header.flags.set(s.header.flags.get() | Header::INTERNED);
        self.interned.insert_unique(h, s.value(), |v| v.get::<Str>().map_or(0, |s| s.hash.get()));
        Ok(s.value())
    }

    /// The interned str if there is one; makes none.
    pub fn find_interned(&self, bytes: &[u8]) -> Option<Value> {
        let h = hash_bytes(&self.heap, bytes);
        self.interned.find(h, |v| str_bytes(*v) == bytes).copied()
    }

    /// The interned str of a well-known name.
    #[inline]
    pub fn name(&mut self, n: Name) -> Res<Value> {
        let v = self.names[n as usize];
        if !v.is_unbound() {
            return Ok(v);
        }
        let v = self.intern_static(n.text())?;
        self.names[n as usize] = v;
        Ok(v)
    }

    /// The empty tuple.
    pub fn empty_tuple(&self) -> Value {
        self.empty_tuple
    }

    /// `hash(v)` if no guest code is needed; `Ok(None)` if it is; TypeError if unhashable.
    pub fn hash(&mut self, v: Value) -> Res<Option<u64>> {
        match hash::hash(&self.heap, v) {
            Hash::Is(h) => Ok(Some(h)),
            Hash::Guest => self.hash_identities(v),
            Hash::Identity => self.heap.identity(v).map(Some),
            Hash::Unhashable(x) => {
                let name = self.type_name(x);
                Err(self.type_error(message!("unhashable type: '{name}'")))
            }
        }
    }

    /// Retries the hash of a tuple or bound method after giving what it is made of identity numbers.
    fn hash_identities(&mut self, v: Value) -> Res<Option<u64>> {
        for part in hash::method_parts(v) {
            self.heap.identity(part)?;
        }
        if let Some(t) = v.get::<crate::object::Tuple>() {
            for &item in t.items() {
                if hash::hash(&self.heap, item) == Hash::Identity {
                    self.heap.identity(item)?;
                }
            }
        }
        match hash::hash(&self.heap, v) {
            Hash::Is(h) => Ok(Some(h)),
            _ => Ok(None),
        }
    }

    /// `a == b` without guest code.
    #[inline]
    pub fn eq(&self, a: Value, b: Value) -> Eq {
        hash::eq(&self.heap, a, b)
    }

    /// Asks for `callee(*args)` in place of the native's own result: `return Err(rt.tail_call(f, &[x]))`.
    #[cold]
    pub fn tail_call(&mut self, callee: Value, args: &[Value]) -> Exit {
        self.pending.callee = callee;
        self.pending.into = None;
        self.pending.len = args.len().min(Pending::MAX) as u8;
        for (slot, &v) in self.pending.args.iter_mut().zip(args) {
            *slot = v;
        }
        self.exit(ExitKind::Call)
    }

    /// Asks for `callee(*args)`; its result replaces argument slot `slot` of the native, which then starts again.
    #[cold]
    pub fn call_into(&mut self, slot: u8, callee: Value, args: &[Value]) -> Exit {
        let e = self.tail_call(callee, args);
        self.pending.into = Some(slot);
        e
    }

    /// Asks for a function of frozen Python in place of the native's own result.
    #[cold]
    pub fn delegate(&mut self, frozen: u32, args: &[Value]) -> Exit {
        match self.frozen_function(frozen) {
            Ok(f) => self.tail_call(f, args),
            Err(e) => e,
        }
    }

    /// Asks for a function of frozen Python to replace argument slot `slot`, whereupon the native starts again.
    #[cold]
    pub fn delegate_into(&mut self, slot: u8, frozen: u32, args: &[Value]) -> Exit {
        match self.frozen_function(frozen) {
            Ok(f) => self.call_into(slot, f, args),
            Err(e) => e,
        }
    }

    /// Argument slot `i` as an index-like int that fits 64 bits: ints and bools; an object with `__index__` is
    /// converted and the native started again; else TypeError. Beyond 64 bits the answer is clamped (`Ok` of the
    /// extreme), as slices want it; see [`Rt::index_exact`] where that is wrong.
    pub fn index_arg(&mut self, args: Args, i: usize) -> Res<i64> {
        let v = args.at(i);
        match int::get(v) {
            Some(int::IntRef::Small(n)) => Ok(n),
            Some(int::IntRef::Big(b)) => Ok(if b.is_neg() { i64::MIN } else { i64::MAX }),
            None => Err(self.index_into(i, v)),
        }
    }

    /// As [`Rt::index_arg`], but an int beyond 64 bits is an OverflowError or what `too_big` says.
    pub fn index_exact(&mut self, args: Args, i: usize) -> Res<i64> {
        let v = args.at(i);
        match int::get(v) {
            Some(int::IntRef::Small(n)) => Ok(n),
            Some(int::IntRef::Big(_)) => {
                Err(self.overflow_error(message!("cannot fit 'int' into an index-sized integer")))
            }
            None => Err(self.index_into(i, v)),
        }
    }

    /// Arranges for `operator.index(v)` to replace slot `slot`, or raises TypeError.
    #[cold]
    fn index_into(&mut self, slot: usize, v: Value) -> Exit {
        if v.is_unbound() {
            // Built-ins' signatures see to it that this is none of theirs.
            return self.type_error(message!("missing argument {}", slot + 1));
        }
        let has = match self.name(Name::__index__).and_then(|n| self.lookup_special(v, n)) {
            Ok(f) => f,
            Err(e) => return e,
        };
        match has {
            Some(_) => self.delegate_into(slot as u8, crate::builtins::frozen::index, &[v]),
            None => {
                let name = self.type_name(v);
                self.type_error(message!("'{name}' object cannot be interpreted as an integer"))
            }
        }
    }

    /// Items of a built-in iterable that natives can read straight (no guest code, exact built-in types): list and
    /// tuple as they are, others copied to a new list. `Ok(None)`: use [`Rt::list_into`].
    pub fn items_of(&mut self, v: Value) -> Res<Option<Value>> {
        super::iterate::native_items(self, v)
    }

    /// Arranges for argument slot `slot` to be replaced by `list(v)`, whereupon the native starts again; raises
    /// TypeError if `v` is not iterable.
    #[cold]
    pub fn list_into(&mut self, slot: usize, v: Value) -> Exit {
        self.delegate_into(slot as u8, crate::builtins::frozen::list_from, &[v])
    }

    /// Looks up `key` in a dict with a str key.
    pub fn dict_get_str(&mut self, d: Gc<Dict>, key: Value) -> Option<Value> {
        let s = key.exact::<Str>()?;
        let h = hash::hash_str(&self.heap, &s);
        match d.find(&self.heap, h, key) {
            dict::Probe::Found(i) => d.entry(i).map(|e| e.value),
            _ => None,
        }
    }

    /// Sets a str key in a dict.
    pub fn dict_set_str(&mut self, d: Gc<Dict>, key: Value, value: Value) -> Res<()> {
        let Some(s) = key.exact::<Str>() else { return Ok(()) };
        let h = hash::hash_str(&self.heap, &s);
        match d.insert(&mut self.heap, h, key, value)? {
            true => Ok(()),
            // A guest key with a guest `__eq__` in a namespace dict: treat as different keys.
            false => d.insert_new(&mut self.heap, h, key, value),
        }
    }

    /// Sets a name in a namespace.
    pub fn dict_set_name(&mut self, d: Gc<Dict>, name: &str, value: Value) -> Res<()> {
        let key = self.intern(name.as_bytes())?;
        self.dict_set_str(d, key, value)
    }

    /// A new list.
    pub fn new_list(&mut self, items: &[Value]) -> Res<Value> {
        Ok(list::new(&mut self.heap, items)?.value())
    }
    /// A new tuple.
    pub fn new_tuple(&mut self, items: &[Value]) -> Res<Value> {
        if items.is_empty() {
            return Ok(self.empty_tuple);
        }
        Ok(crate::object::tuple::new(&mut self.heap, items)?.value())
    }

    /// `isinstance(v, cls)` by the resolution order only (no `__instancecheck__`).
    pub fn is_instance(&self, v: Value, cls: Value) -> bool {
        let t = self.type_of(v);
        t.value() == cls || t.is_subclass_of(cls)
    }
    /// Whether exception `v` is a (subclass of) built-in exception `number`.
    pub fn is_exception(&self, v: Value, number: u16) -> bool {
        self.is_instance(v, self.types[number as usize & 0xff])
    }
    /// Whether `v` is a class.
    pub fn is_type(&self, v: Value) -> bool {
        v.get::<Type>().is_some()
    }

    /// Writes to the guest's output within the output limit.
    pub fn write_out(&mut self, bytes: &[u8], err: bool) -> Res<()> {
        if let Some(max) = self.limits.output {
            let left = max.saturating_sub(self.out_used);
            if bytes.len() as u64 > left {
                let part = bytes.get(..left as usize).unwrap_or(bytes);
                self.hooks.write(part, err);
                self.out_used = max;
                return Err(self.stop_for(super::StopReason::Output));
            }
        }
        self.out_used += bytes.len() as u64;
        self.hooks.write(bytes, err);
        Ok(())
    }

    /// Raises `StopIteration` or another exception without arguments.
    pub fn raise_bare(&mut self, number: u16) -> Exit {
        self.raise_with(number, &[])
    }
    /// Raises MemoryError in place of a second `NeedGc`.
    #[cold]
    pub fn raise_memory_error(&mut self) -> Exit {
        self.heap.release_reserve();
        // A fresh exception if there is room for one: the one made at the start is shared by all who keep it.
        let fresh = self.raise_with(exc::MemoryError, &[]);
        if self.exit_kind(fresh) == ExitKind::Raise {
            return fresh;
        }
        if self.memory_error.is_unbound() {
            return self.raise_with(exc::MemoryError, &[]);
        }
        let e = self.memory_error;
        self.raise_value(e)
    }
}

fn str_bytes(v: Value) -> &'static [u8] {
    match v.get::<Str>() {
        Some(s) => {
            let b = s.bytes();
            // SAFETY: interned strings are roots; the slice does not leave the comparison.
            unsafe { core::slice::from_raw_parts(b.as_ptr(), b.len()) }
        }
        None => &[],
    }
}
