//! Start-up: type objects, the built-ins' namespace, frozen Python.

use super::BootError;
use crate::builtins::{MODULES, TYPES};
use crate::exit::Res;
use crate::interp::Rt;
use crate::object::exception::exc;
#[cfg(feature = "speed")]
use crate::object::list;
use crate::object::{KIND_COUNT, Type, dict, exception, kind, types};
#[cfg(feature = "speed")]
use crate::value::Value;

/// Fills in everything an isolate has before it runs code.
pub(super) fn boot(rt: &mut Rt) -> Result<(), BootError> {
    #[cfg(feature = "speed")]
    load_frozen(rt)?;
    make_types(rt).and_then(|()| make_namespaces(rt)).map_err(|_| BootError::Memory)
}

#[cfg(feature = "speed")]
#[expect(
    clippy::disallowed_methods,
    reason = "start-up, of fixed size: a VM that cannot have it is not made"
)]
fn load_frozen(rt: &mut Rt) -> Result<(), BootError> {
    crate::room::probe(1 << 10).map_err(|_| BootError::Memory)?;
    let module = crate::bytecode::Module::of_this_crate(crate::builtins::frozen_code::WORDS);
    rt.frozen_module = Some(alloc::sync::Arc::new(module.map_err(BootError::Frozen)?));
    Ok(())
}

fn make_types(rt: &mut Rt) -> Res<()> {
    for t in TYPES {
        rt.type_defs[t.kind as usize] = Some(t);
        rt.slots[t.kind as usize] = t.slots;
    }
    let k = |n: u8| n as usize;
    // Subclasses of a payload behave like it.
    rt.slots[k(kind::Coroutine)] = rt.slots[k(kind::Generator)];
    let meta = kind::Type as u32;
    let object = types::new(&mut rt.heap, meta, kind::Object as u16, kind::Object)?;
    rt.types[k(kind::Object)] = object.value();
    for n in 1..KIND_COUNT {
        if n != k(kind::Object) {
            let base_kind = if n == k(kind::Bool) { kind::Int } else { n as u8 };
            let t = types::new(&mut rt.heap, meta, n as u16, base_kind)?;
            rt.types[n] = t.value();
        }
    }
    for n in 1..KIND_COUNT {
        let t = rt.types[n];
        rt.heap.set_builtin_shape(n as u32, t)?;
    }
    for n in 1..KIND_COUNT {
        let def = rt.type_defs[n];
        let base = match def {
            _ if n == k(kind::Object) => 0,
            _ if n == k(kind::Bool) => kind::Int,
            Some(d) if d.base != 0 => d.base,
            _ => kind::Object,
        };
        let subclassable = def.is_some_and(|d| d.subclassable);
        let mut flags = if subclassable { 0 } else { Type::FINAL };
        if n == k(kind::Exception) {
            flags |= Type::EXCEPTION;
        }
        if n == k(kind::Type) {
            flags |= Type::METACLASS;
        }
        if let Some(t) = rt.types[n].get::<Type>() {
            rt.finish_type(t, base as usize, flags)?;
        }
    }
    Ok(())
}

fn make_namespaces(rt: &mut Rt) -> Res<()> {
    rt.builtins = dict::new(&mut rt.heap)?.value();
    rt.modules = dict::new(&mut rt.heap)?.value();
    if !rt.on_demand {
        rt.on_demand = true;
        rt.all_builtins()?;
    }
    rt.builtin_constants()?;
    rt.native_modules = MODULES;
    #[cfg(feature = "speed")]
    make_siblings(rt)?;
    let hidden = dict::new(&mut rt.heap)?;
    rt.frozen_globals = hidden.value();
    let none = rt.empty_tuple();
    rt.exception_type(exc::MemoryError)?;
    rt.memory_error = exception::new(&mut rt.heap, exc::MemoryError as u32, none)?.value();
    Ok(())
}

/// The table of the frozen module's code cells.
#[cfg(feature = "speed")]
fn make_siblings(rt: &mut Rt) -> Res<()> {
    let count = rt.frozen_module.as_ref().map_or(0, |m| m.func_count());
    let table = list::with_capacity(&mut rt.heap, count as usize)?;
    for _ in 0..count {
        table.push(&mut rt.heap, Value::UNBOUND)?;
    }
    rt.frozen_siblings = table.value();
    Ok(())
}
