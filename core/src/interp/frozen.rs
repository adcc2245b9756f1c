//! Functions of frozen Python, made when they are first needed.
//!
//! With feature `speed` they are one module that is used where it lies. Without, each is unpacked
//! (`bytecode::packed`), since packed code takes a quarter of the space; what is unpacked is charged and stays.
//!
//! Invariant: function `i` is the one that `builtins::frozen` numbers so.

use super::Rt;
use crate::exit::{Exit, Res};
use crate::heap::Gc;
use crate::object::exception::exc;
use crate::object::func::{Code, Function, new_function};
use crate::object::{list, tuple};
use crate::room::WithinRoom as _;
use crate::value::Value;

#[cfg(feature = "speed")]
impl Rt {
    /// The numbers in the frozen module of the functions that `builtins::frozen` counts: those that a top-level `def`
    /// makes.
    fn frozen_functions(
        module: &crate::bytecode::Module,
    ) -> impl Iterator<Item = (u32, crate::bytecode::Func)> + '_ {
        let all = (1..module.func_count()).filter_map(|i| module.func(i).map(|f| (i, f)));
        all.filter(|(_, f)| !f.flags.has(crate::bytecode::FuncFlags::NESTED))
    }

    fn frozen_number(&self, name: &str) -> Option<u32> {
        let module = self.frozen_module.as_ref()?;
        let at = Rt::frozen_functions(module).position(|(_, f)| module.text(f.name) == name)?;
        Some(at as u32)
    }

    fn frozen_code(&mut self, index: u32) -> Res<Option<Gc<Code>>> {
        let Some(module) = self.frozen_module.clone() else { return Ok(None) };
        let Some((number, _)) = Rt::frozen_functions(&module).nth(index as usize) else { return Ok(None) };
        self.code_at(&module, self.frozen_siblings, number).map(Some)
    }

    fn frozen_made(&self, index: u32) -> Option<Value> {
        self.frozen.get(index as usize).copied().filter(|f| !f.is_unbound())
    }

    fn keep_frozen(&mut self, index: u32, f: Value) -> Res<()> {
        while self.frozen.len() <= index as usize {
            self.frozen.try_reserve(1).map_err(|_| Exit::NeedGc)?;
            self.frozen.push_within(Value::UNBOUND);
        }
        self.frozen[index as usize] = f;
        Ok(())
    }
}

#[cfg(not(feature = "speed"))]
impl Rt {
    fn frozen_number(&self, name: &str) -> Option<u32> {
        crate::builtins::frozen_packed::PACKED.iter().find_map(|p| p.find(name))
    }

    #[expect(clippy::disallowed_methods, reason = "a small allocation of fixed size, tried before")]
    fn frozen_code(&mut self, index: u32) -> Res<Option<Gc<Code>>> {
        use crate::bytecode::{Module, ModuleError};
        let module = match crate::builtins::frozen_packed::PACKED.iter().find_map(|p| p.unpack(index)) {
            Some(Ok(m)) => m,
            Some(Err(ModuleError::Memory)) => return Err(Exit::NeedGc),
            Some(Err(_)) | None => return Ok(None),
        };
        let size = core::mem::size_of::<Module>() + core::mem::size_of_val(module.words());
        crate::room::probe(core::mem::size_of::<Module>() + 64)?;
        self.heap.charge(size)?;
        match self.code_of_module(&alloc::sync::Arc::new(module)) {
            Ok(code) => Ok(Some(code)),
            Err(e) => {
                self.heap.uncharge(size);
                Err(e)
            }
        }
    }

    fn frozen_made(&self, index: u32) -> Option<Value> {
        let at = self.frozen_numbers.iter().position(|&n| n as u32 == index)?;
        self.frozen.get(at).copied()
    }

    fn keep_frozen(&mut self, index: u32, f: Value) -> Res<()> {
        self.frozen.try_reserve(1).map_err(|_| Exit::NeedGc)?;
        self.frozen_numbers.try_reserve(1).map_err(|_| Exit::NeedGc)?;
        self.frozen.push_within(f);
        self.frozen_numbers.push_within(index as u16);
        Ok(())
    }
}

impl Rt {
    /// The function of frozen Python with this name, if there is one.
    pub(crate) fn frozen_named(&mut self, name: &str) -> Res<Option<Value>> {
        let number = self.frozen_number(name);
        number.map(|n| self.frozen_function(n)).transpose()
    }

    /// Function number `index` of `builtins::frozen`.
    pub fn frozen_function(&mut self, index: u32) -> Res<Value> {
        if let Some(f) = self.frozen_made(index) {
            return Ok(f);
        }
        let Some(code) = self.frozen_code(index)? else {
            return Err(self.raise(
                exc::SystemError,
                format_args!("this build of Taipan lacks frozen function {index}"),
            ));
        };
        let f = new_function(&mut self.heap, code, self.frozen_globals, Value::NONE)?;
        self.frozen_defaults(f)?;
        self.keep_frozen(index, f.value())?;
        Ok(f.value())
    }

    /// Frozen functions are made without running their `def`, so defaults are only None, for every parameter.
    fn frozen_defaults(&mut self, f: Gc<Function>) -> Res<()> {
        let n = f.code().argcount as usize;
        let defaults = list::with_capacity(&mut self.heap, n)?;
        for _ in 0..n {
            defaults.push(&mut self.heap, Value::NONE)?;
        }
        let t = tuple::new(&mut self.heap, defaults.items())?;
        f.defaults.set(t.value());
        Ok(())
    }
}
