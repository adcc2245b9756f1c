//! Tests of built-ins that need no interpreter: the natives are called directly.

mod containers;
mod numbers;
mod sets;
mod text;

use crate::exit::{Exit, Res};
use crate::heap::Heap;
use crate::interp::{Args, HostHooks, Limits, Rt, TypeDef};
use crate::object::{Exception, KIND_COUNT, KIND_NAMES, Str, Tuple, types};
use crate::value::Value;
use alloc::boxed::Box;
use alloc::string::{String, ToString};
use alloc::vec::Vec;

struct NoHost;
impl HostHooks for NoHost {
    fn write(&mut self, _: &[u8], _: bool) {}
}

/// A runtime with bare classes, enough for `type_of` and messages.
fn runtime() -> Rt {
    let made = || -> Res<Rt> {
        let mut heap = Heap::new(256 << 20);
        heap.set_seed(1, 2);
        let mut rt =
            Rt::new(heap, Box::new(NoHost), Limits { recursion: 1000, output: None }, &Default::default())?;
        for (k, name) in KIND_NAMES.iter().enumerate().take(KIND_COUNT).skip(1) {
            let t = types::new(&mut rt.heap, crate::object::kind::Type as u32, k as u16, k as u8)?;
            let name = rt.new_str(name)?;
            t.name.set(name);
            rt.types[k] = t.value();
            rt.heap.set_builtin_shape(k as u32, t.value())?;
        }
        for def in super::TYPES {
            rt.slots[def.kind as usize] = &def.slots;
        }
        Ok(rt)
    };
    match made() {
        Ok(rt) => rt,
        Err(e) => panic!("{e:?}"),
    }
}

/// Calls a method with its slots.
fn call(rt: &mut Rt, def: &TypeDef, name: &str, slots: &[Value]) -> Res<Value> {
    match def.methods.iter().find(|m| m.name == name) {
        Some(m) => (m.func)(rt, Args::of(slots)),
        None => panic!("no method {name}"),
    }
}

/// The message of the exception that was raised.
fn message<T>(rt: &mut Rt, r: Res<T>) -> String {
    match r {
        Err(Exit::Raise) => {}
        Err(e) => panic!("{e:?}"),
        Ok(_) => panic!("nothing raised"),
    }
    let args = rt.raised.get::<Exception>().and_then(|e| e.args.get().get::<Tuple>());
    match args.and_then(|t| t.get(0)).and_then(|v| v.get::<Str>()) {
        Some(s) => s.lossy().to_string(),
        None => String::new(),
    }
}

fn ints(rt: &mut Rt, items: &[i64]) -> Value {
    let items: Vec<Value> = items.iter().map(|&n| Value::int(n)).collect();
    ok(rt.new_list(&items))
}

fn ok<T>(r: Res<T>) -> T {
    match r {
        Ok(v) => v,
        Err(e) => panic!("{e:?}"),
    }
}

/// `Rt::frozen_function` counts the functions that are not nested; `frozen` counts top-level `def`s.
#[test]
fn frozen_functions_have_the_numbers_of_their_names() {
    use crate::bytecode::{FuncFlags, Module};
    let module = Module::from_static(super::frozen_code::WORDS).expect("this build's own");
    let funcs = (1..module.func_count()).filter_map(|i| module.func(i));
    let names = funcs.filter(|f| !f.flags.has(FuncFlags::NESTED)).map(|f| module.text(f.name));
    assert!(names.eq(super::frozen::NAMES.iter().copied()));
}
