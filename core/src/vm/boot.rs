//! Start-up: type objects, the built-ins' namespace, frozen Python.

use super::BootError;
use crate::builtins::{FUNCTIONS, MODULES, TYPES, frozen_code};
use crate::bytecode::Module;
use crate::exit::Res;
use crate::heap::Gc;
use crate::interp::{Name, Rt};
use crate::object::exception::{EXCEPTIONS, exc};
use crate::object::{Dict, KIND_COUNT, KIND_NAMES, Tuple, Type, dict, exception, kind, list, types};
use crate::value::Value;
use alloc::sync::Arc;

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

/// Types looked at for one with the same base.
const SHARED_BASES: usize = 16;

/// Built-in names that are in no table.
const OTHERS: usize = 8;
/// Most types in the resolution order of a built-in one.
const MRO: usize = 8;

/// Fills in everything an isolate has before it runs code.
#[expect(
    clippy::disallowed_methods,
    reason = "start-up, of fixed size: a VM that cannot have it is not made"
)]
pub(super) fn boot(rt: &mut Rt) -> Result<(), BootError> {
    crate::room::probe(1 << 10).map_err(|_| BootError::Memory)?;
    let module = Module::from_static(frozen_code::WORDS).map_err(BootError::Frozen)?;
    rt.frozen_module = Some(Arc::new(module));
    make_types(rt).and_then(|()| make_namespaces(rt)).map_err(|_| BootError::Memory)
}

fn make_types(rt: &mut Rt) -> Res<()> {
    for t in TYPES {
        rt.type_defs[t.kind as usize] = Some(t);
        rt.slots[t.kind as usize] = &t.slots;
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
    for n in exc::FIRST..exc::END {
        let t = types::new(&mut rt.heap, meta, n, kind::Exception)?;
        rt.types[n as usize] = t.value();
    }
    for n in 1..256 {
        let t = rt.types[n];
        rt.heap.set_builtin_shape(n as u32, t)?;
    }
    for (n, &name) in KIND_NAMES.iter().enumerate().skip(1) {
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
        finish_type(rt, n, name, base as usize, flags)?;
    }
    for (i, (name, base)) in EXCEPTIONS.iter().enumerate() {
        let n = exc::FIRST as usize + i;
        finish_type(rt, n, name, *base as usize, Type::EXCEPTION)?;
    }
    Ok(())
}

/// Name, bases and resolution order of built-in type `n`; its base is finished already.
fn finish_type(rt: &mut Rt, n: usize, name: &'static str, base: usize, flags: u32) -> Res<()> {
    let Some(t) = rt.types[n].get::<Type>() else { return Ok(()) };
    let name = rt.intern_static(name)?;
    t.name.set(name);
    t.qualname.set(name);
    t.flags.set(flags);
    // Types with the same base share the tuple: the one before had the same most often.
    let known = rt.types[..n].iter().rev().filter_map(|v| v.get::<Type>()).map(|t| t.bases.get());
    let same = |b: &Value| b.get::<Tuple>().is_some_and(|b| b.items() == [rt.types[base]]);
    let bases = match known.take(SHARED_BASES).find(same) {
        _ if base == 0 => rt.empty_tuple(),
        Some(bases) => bases,
        None => rt.new_tuple(&[rt.types[base]])?,
    };
    t.bases.set(bases);
    let mut order = [t.value(); MRO];
    let (mut at, mut len) = (base, 1);
    while at != 0 && len < MRO {
        order[len] = rt.types[at];
        len += 1;
        at = match at {
            _ if at == kind::Object as usize => 0,
            _ if at >= exc::FIRST as usize => {
                EXCEPTIONS.get(at - exc::FIRST as usize).map_or(0, |e| e.1 as usize)
            }
            _ => kind::Object as usize,
        };
    }
    let mro = rt.new_tuple(&order[..len])?;
    t.mro.set(mro);
    Ok(())
}

fn make_namespaces(rt: &mut Rt) -> Res<()> {
    let builtins = dict::new(&mut rt.heap)?;
    rt.builtins = builtins.value();
    // At once: growing by steps would leave a block of each size behind.
    let functions: usize = FUNCTIONS.iter().map(|l| l.len()).sum();
    builtins.reserve(&mut rt.heap, PUBLIC.len() + EXCEPTIONS.len() + functions + OTHERS)?;
    rt.modules = dict::new(&mut rt.heap)?.value();
    add_types(rt, builtins)?;
    for d in FUNCTIONS.iter().flat_map(|l| l.iter()) {
        let owner = rt.name(Name::builtins)?;
        let f = rt.new_native(d, kind::Builtin, Value::UNBOUND, owner)?;
        let key = rt.intern_static(d.name)?;
        rt.dict_set_str(builtins, key, f)?;
    }
    rt.dict_set_name(builtins, "NotImplemented", Value::NOT_IMPLEMENTED)?;
    rt.dict_set_name(builtins, "Ellipsis", Value::ELLIPSIS)?;
    rt.dict_set_name(builtins, "__debug__", Value::TRUE)?;
    let name = rt.name(Name::builtins)?;
    rt.dict_set_name(builtins, "__name__", name)?;
    rt.native_modules = MODULES;
    let count = rt.frozen_module.as_ref().map_or(0, |m| m.func_count());
    let table = list::with_capacity(&mut rt.heap, count as usize)?;
    for _ in 0..count {
        table.push(&mut rt.heap, Value::UNBOUND)?;
    }
    rt.frozen_siblings = table.value();
    let hidden = dict::new(&mut rt.heap)?;
    rt.frozen_globals = hidden.value();
    let none = rt.empty_tuple();
    rt.memory_error = exception::new(&mut rt.heap, exc::MemoryError as u32, none)?.value();
    Ok(())
}

fn add_types(rt: &mut Rt, builtins: Gc<Dict>) -> Res<()> {
    for &n in PUBLIC {
        if rt.type_defs[n as usize].is_some() {
            let t = rt.types[n as usize];
            rt.dict_set_name(builtins, KIND_NAMES[n as usize], t)?;
        }
    }
    for (i, (name, _)) in EXCEPTIONS.iter().enumerate() {
        let t = rt.types[exc::FIRST as usize + i];
        rt.dict_set_name(builtins, name, t)?;
    }
    let os_error = rt.types[exc::OSError as usize];
    rt.dict_set_name(builtins, "EnvironmentError", os_error)?;
    rt.dict_set_name(builtins, "IOError", os_error)
}
