//! Tests of built-ins that need no interpreter: the natives are called directly.

mod containers;
mod numbers;
mod sets;
mod text;

use crate::exit::{ExitKind, Res};
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
            rt.slots[def.kind as usize] = def.slots;
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
    match def.methods.iter().find(|m| m.name() == name) {
        Some(m) => (m.func)(rt, Args::of(slots)),
        None => panic!("no method {name}"),
    }
}

/// The message of the exception that was raised.
fn message<T>(rt: &mut Rt, r: Res<T>) -> String {
    match r {
        Err(e) if rt.caught(e, ExitKind::Raise) => {}
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

/// What is unpacked is what was packed: each function, and those inside it, in the order of their first mention.
#[test]
fn packed_functions_are_the_frozen_ones() {
    use crate::bytecode::{Func, FuncFlags, Module, Operand};
    let all = Module::from_static(super::frozen_code::WORDS).expect("this build's own");
    let same = |m: &Module, f: &Func, g: &Func, inner: &mut Vec<u32>| {
        assert_eq!(m.text(f.name), all.text(g.name));
        assert_eq!(m.text(f.qualname), all.text(g.qualname));
        let numbers = |f: &Func| {
            let lengths =
                [f.instrs.1, f.consts.1, f.sites.1, f.excs.1, f.vars.1, f.doc, f.flags.0, f.entry_cost];
            (lengths, [f.argcount, f.posonly, f.kwonly, f.nregs, f.nfree, f.nlocals])
        };
        assert_eq!(numbers(f), numbers(g));
        for (i, j) in m.instrs(f).iter().zip(all.instrs(g)) {
            let func = j.op().and_then(|op| op.operands().iter().position(|k| *k == Operand::Func));
            if func.is_none() {
                assert_eq!(i, j);
            } else if !inner.contains(&(j.b() as u32)) {
                assert_eq!(func, Some(1));
                inner.push(j.b() as u32);
            }
        }
        let text = |m: &Module, f: &Func, i| alloc::format!("{:?}", m.constant(f, i));
        (0..f.consts.1).for_each(|i| assert_eq!(text(m, f, i), text(&all, g, i)));
        (0..f.sites.1).for_each(|i| assert_eq!(m.site(f, i), all.site(g, i)));
        (0..f.excs.1).for_each(|i| assert_eq!(m.exc(f, i), all.exc(g, i)));
        (0..f.nparams() as u32).for_each(|i| assert_eq!(m.var_name(f, i), all.var_name(g, i)));
    };
    let outer =
        (1..all.func_count()).filter(|&i| !all.func(i).is_some_and(|f| f.flags.has(FuncFlags::NESTED)));
    let packed = super::frozen_packed::PACKED;
    let mut count = 0;
    for (number, at) in outer.enumerate() {
        let m = packed.iter().find_map(|p| p.unpack(number as u32)).expect("a unit").expect("a module");
        let mut inner = alloc::vec![at];
        for n in 0..m.func_count() {
            let (f, g) = (m.func(n).expect("a function"), all.func(inner[n as usize]).expect("a function"));
            same(&m, &f, &g, &mut inner);
        }
        assert_eq!(m.func_count() as usize, inner.len());
        assert_eq!(packed.iter().find_map(|p| p.find(super::frozen::NAMES[number])), Some(number as u32));
        count += 1;
    }
    assert_eq!(count, super::frozen::NAMES.len());
    assert_eq!(packed.iter().find_map(|p| p.find("no such function")), None);
    assert!(packed.iter().all(|p| p.unpack(count as u32).is_none()));
}

/// What `Module::of_this_crate` takes for granted.
#[test]
fn frozen_code_passes_the_verifier() {
    assert!(crate::bytecode::Module::from_static(super::frozen_code::WORDS).is_ok());
}
