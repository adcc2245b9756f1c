//! A VM that makes built-ins when they are first needed shows programs what one that has them all shows.

use std::sync::{Arc, Mutex};
use taipan::{Sizes, Vm};

const PROGRAM: &str = "
try:
    [].missing
except AttributeError as e:
    print(type(e).__mro__, e)
try:
    assert False, 'told'
except AssertionError as e:
    print(repr(e))
class Own(LookupError, OSError):
    pass
print(Own.__mro__, Own.__bases__, issubclass(IndexError, LookupError))
print(OSError(2, 'gone').__class__, IOError is OSError, EnvironmentError)
print(int.__name__, type([]).__qualname__, type(iter([])).__name__, ValueError.__name__)
print(sorted(globals()))
print(len.__module__, (lambda: 0).__builtins__['sorted']([2, 1]))
try:
    pritn
except NameError as e:
    print(e)
print(__builtins__.max(1, 2), len(dir(__builtins__)) > 100)
import builtins
print([n for n in dir(builtins) if n[0] != '_'])
del builtins.abs
builtins.any = 5
try:
    abs(1)
except NameError as e:
    print(e, any)
pritn(1)
";

fn run(sizes: Option<Sizes>, stress: bool) -> (String, u64) {
    let out = Arc::new(Mutex::new(String::new()));
    let to = out.clone();
    let mut b = Vm::builder().hash_seed(1).gc_stress(stress).fuel(10_000_000);
    b = b.output(move |text, _| to.lock().unwrap().push_str(&String::from_utf8_lossy(text)));
    if let Some(s) = sizes {
        b = b.sizes(s);
    }
    let mut vm = b.build().unwrap();
    let error = vm.run_source("p.py", PROGRAM).expect_err("the last line raises NameError");
    let used = vm.stats().fuel_used;
    let text = out.lock().unwrap().clone();
    (format!("{text}{}", error.message), used)
}

#[test]
fn built_ins_on_demand_are_the_same() {
    let usual = run(None, false);
    assert!(usual.0.contains("any") || usual.0.contains("NameError"), "{}", usual.0);
    assert_eq!(run(Some(Sizes::SMALL), false), usual);
    assert_eq!(run(Some(Sizes::SMALL), true), usual);
}
