//! What the module `builtins` holds, and the types of exceptions: made at start, or each when it is first needed
//! ([`Sizes::on_demand`](super::Sizes)), which saves a small machine a third of what a VM begins with.
//!
//! Invariants: `Rt::on_demand` says that the dict of `builtins` may lack names that [`Rt::builtin`] would find. Whatever
//! shows a guest the dict or the module calls [`Rt::open_module`] or [`Rt::all_builtins`] first, after which nothing is
//! made on demand any more, so that what a guest deletes stays deleted. An exception exists only if its type does, so
//! a type that is not there yet is nobody's class.

use super::{Name, Rt};
use crate::builtins::FUNCTIONS;
use crate::exit::Res;
use crate::heap::Gc;
use crate::object::exception::{EXCEPTIONS, exc};
use crate::object::{Dict, KIND_NAMES, Module, Tuple, Type, kind, types};
use crate::value::Value;

/// Built-in types that programs see by name.
const PUBLIC: &[u8] = &[
    kind::Object,
    kind::Type,
    kind::Int,
    kind::Bool,
    kind::Float,
    kind::Str,
    kind::Bytes,
    kind::ByteArray,
    kind::Tuple,
    kind::List,
    kind::Dict,
    kind::Set,
    kind::FrozenSet,
    kind::Range,
    kind::Slice,
    kind::Property,
    kind::StaticMethod,
    kind::ClassMethod,
    kind::Super,
    kind::Enumerate,
    kind::Zip,
    kind::Map,
    kind::Filter,
    kind::Reversed,
    kind::Exception,
];

/// Other names of `OSError`.
const OS_ERRORS: [&str; 2] = ["EnvironmentError", "IOError"];
/// Built-in names that are in no table.
const CONSTANTS: [(&str, Value); 3] =
    [("NotImplemented", Value::NOT_IMPLEMENTED), ("Ellipsis", Value::ELLIPSIS), ("__debug__", Value::TRUE)];

/// Types looked at for one with the same base.
const SHARED_BASES: usize = 16;
/// Most types in the resolution order of a built-in one.
const MRO: usize = 8;

impl Rt {
    /// A built-in by name (an interned str).
    pub(crate) fn builtin(&mut self, name: Value) -> Res<Option<Value>> {
        let Some(d) = self.builtins.get::<Dict>() else { return Ok(None) };
        let found = self.dict_get_str(d, name);
        if found.is_some() || !self.on_demand {
            return Ok(found);
        }
        let made = self.make_builtin(super::attr::text(name))?;
        if let Some(v) = made {
            self.dict_set_str(d, name, v)?;
        }
        Ok(made)
    }

    fn make_builtin(&mut self, name: &str) -> Res<Option<Value>> {
        if let Some(n) = PUBLIC.iter().find(|&&n| KIND_NAMES[n as usize] == name) {
            return Ok(self.type_defs[*n as usize].map(|_| self.types[*n as usize]));
        }
        if let Some(i) = EXCEPTIONS.iter().position(|e| e.0 == name) {
            return Ok(Some(self.exception_type(exc::FIRST + i as u16)?.value()));
        }
        if OS_ERRORS.contains(&name) {
            return Ok(Some(self.exception_type(exc::OSError)?.value()));
        }
        let def = FUNCTIONS.iter().flat_map(|l| l.iter()).find(|d| d.name() == name);
        let owner = self.name(Name::builtins)?;
        def.map(|d| self.new_native(d, kind::Builtin, Value::UNBOUND, owner)).transpose()
    }

    /// Makes whatever the dict of `builtins` still lacks. What the host registered under a built-in's name stays.
    pub(crate) fn all_builtins(&mut self) -> Res<()> {
        let (Some(d), true) = (self.builtins.get::<Dict>(), self.on_demand) else { return Ok(()) };
        // At once: growing by steps would leave a block of each size behind.
        let functions = FUNCTIONS.iter().flat_map(|l| l.iter()).map(|d| d.name());
        let all =
            PUBLIC.len() + EXCEPTIONS.len() + OS_ERRORS.len() + CONSTANTS.len() + functions.clone().count();
        d.reserve(&mut self.heap, all + 1)?;
        let types = PUBLIC.iter().map(|&n| KIND_NAMES[n as usize]);
        for name in types.chain(EXCEPTIONS.iter().map(|e| e.0)).chain(OS_ERRORS).chain(functions) {
            let key = self.intern_static(name)?;
            self.builtin(key)?;
        }
        self.on_demand = false;
        Ok(())
    }

    /// The names that are there from the start.
    pub(crate) fn builtin_constants(&mut self) -> Res<()> {
        let Some(d) = self.builtins.get::<Dict>() else { return Ok(()) };
        for (name, v) in CONSTANTS {
            self.dict_set_name(d, name, v)?;
        }
        let name = self.name(Name::builtins)?;
        self.dict_set_name(d, "__name__", name)
    }

    /// To be called before a guest sees what is in a module.
    #[inline]
    pub(crate) fn open_module(&mut self, m: Gc<Module>) -> Res<()> {
        if self.on_demand && m.dict == self.builtins { self.all_builtins() } else { Ok(()) }
    }

    /// The type of built-in exception `number`.
    pub(crate) fn exception_type(&mut self, number: u16) -> Res<Gc<Type>> {
        if let Some(t) = self.types[number as usize & 0xff].get::<Type>() {
            return Ok(t);
        }
        let base = EXCEPTIONS[number.wrapping_sub(exc::FIRST) as usize % EXCEPTIONS.len()].1;
        if base >= exc::FIRST {
            self.exception_type(base)?;
        }
        let t = types::new(&mut self.heap, kind::Type as u32, number, kind::Exception)?;
        self.finish_type(t, base as usize, Type::EXCEPTION)?;
        self.heap.set_builtin_shape(number as u32, t.value())?;
        self.types[number as usize & 0xff] = t.value();
        Ok(t)
    }

    /// Name and qualified name of a class (strs).
    pub(crate) fn names_of(&mut self, t: Gc<Type>) -> Res<(Value, Value)> {
        if t.name.get().is_none() {
            let name = self.intern_static(t.static_name())?;
            t.name.set(name);
            t.qualname.set(name);
        }
        Ok((t.name.get(), t.qualname.get()))
    }

    /// Bases and resolution order of built-in type `t`; its base is finished already.
    pub(crate) fn finish_type(&mut self, t: Gc<Type>, base: usize, flags: u32) -> Res<()> {
        t.flags.set(flags);
        // Types with the same base share the tuple: the one before had the same most often.
        let before = &self.types[..t.builtin as usize];
        let known = before.iter().rev().filter_map(|v| v.get::<Type>()).map(|t| t.bases.get());
        let same = |b: &Value| b.get::<Tuple>().is_some_and(|b| b.items() == [self.types[base]]);
        let bases = match known.take(SHARED_BASES).find(same) {
            _ if base == 0 => self.empty_tuple,
            Some(bases) => bases,
            None => self.new_tuple(&[self.types[base]])?,
        };
        t.bases.set(bases);
        let mut order = [t.value(); MRO];
        let (mut at, mut len) = (base, 1);
        while at != 0 && len < MRO {
            order[len] = self.types[at];
            len += 1;
            at = match at {
                _ if at == kind::Object as usize => 0,
                _ if at >= exc::FIRST as usize => {
                    EXCEPTIONS.get(at - exc::FIRST as usize).map_or(0, |e| e.1 as usize)
                }
                _ => kind::Object as usize,
            };
        }
        let mro = self.new_tuple(&order[..len])?;
        t.mro.set(mro);
        Ok(())
    }
}
