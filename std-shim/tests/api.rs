//! The public interface: limits, exchange of values and functions, threads.

use std::sync::{Arc, Mutex};
use std::time::{Duration, Instant};
use taipan::{Builder, Error, ErrorKind, JitMode, Progress, Value, Vm};

/// A VM whose output is collected.
fn vm(settings: impl FnOnce(Builder) -> Builder) -> (Vm, Arc<Mutex<String>>) {
    let out = Arc::new(Mutex::new(String::new()));
    let sink = out.clone();
    let write =
        move |bytes: &[u8], _err: bool| sink.lock().unwrap().push_str(&String::from_utf8_lossy(bytes));
    let vm = settings(Vm::builder().hash_seed(1).output(write)).build().expect("a VM");
    (vm, out)
}

fn plain() -> Vm {
    vm(|b| b).0
}

fn kind_of(result: Result<(), Error>) -> ErrorKind {
    result.expect_err("an error").kind
}

const ENDLESS: &str = "
try:
    while True:
        pass
except BaseException:
    print('caught')
finally:
    print('finally')
";

#[test]
fn memory_limit_raises_and_the_vm_lives_on() {
    let (mut vm, out) = vm(|b| b.max_memory(16 << 20));
    let source = "
try:
    x = []
    while True:
        x.append([0] * 1000)
except MemoryError:
    x = None
    print('caught')
";
    vm.run_source("m.py", source).unwrap();
    assert_eq!(*out.lock().unwrap(), "caught\n");
    assert!(vm.stats().peak_heap_bytes <= 16 << 20);
    let e = vm.run_source("m.py", "x = 'a' * 10**12").unwrap_err();
    assert_eq!((e.kind, e.message.as_str()), (ErrorKind::Exception, "MemoryError"));
    vm.run_source("m.py", "y = 1 + 1").unwrap();
    assert_eq!(vm.get("y").unwrap(), Value::Int(2));
}

#[test]
fn a_handler_has_the_memory_that_it_lets_go() {
    // The list was a temporary of the call that failed.
    let source = "
kept = []
try:
    while True:
        kept.append('x' * 1000)
except MemoryError:
    kept = None
    print('goes on', len('y' * 500000))
";
    for jit in [JitMode::Off, JitMode::On] {
        let (mut vm, out) = vm(|b| b.max_memory(3 << 19).jit(jit));
        vm.run_source("m.py", source).unwrap();
        assert_eq!(*out.lock().unwrap(), "goes on 500000\n");
    }
}

#[test]
fn too_little_memory_for_a_vm_is_an_error() {
    let e = Vm::builder().max_memory(1000).build().unwrap_err();
    assert_eq!(e.kind, ErrorKind::Memory);
}

#[test]
fn recursion_limit_raises() {
    let (mut vm, _) = vm(|b| b.max_recursion(50));
    let source = "
deepest = 0
def f(n):
    global deepest
    deepest = n
    f(n + 1)
try:
    f(1)
except RecursionError as e:
    text = str(e)
";
    vm.run_source("r.py", source).unwrap();
    assert!((40..=50).contains(&vm.get("deepest").unwrap().as_int().unwrap()));
    assert_eq!(vm.get("text").unwrap().as_str(), Some("maximum recursion depth exceeded"));
}

const WORK: &str = "
def f(n):
    return [str(i) for i in range(n)]
total = 0
for i in range(200):
    total += len(''.join(f(i % 7))) + sorted([3, i, 2])[0]
";

/// Runs `WORK` in slices of fuel; the total of fuel used, the result, and the number of slices.
fn sliced(slice: u64) -> (u64, Value, u32) {
    let (mut vm, _) = vm(|b| b.fuel(slice));
    vm.start_source("w.py", WORK).unwrap();
    let mut slices = 1;
    while vm.resume().unwrap() == Progress::OutOfFuel {
        vm.add_fuel(slice);
        slices += 1;
    }
    (vm.stats().fuel_used, vm.get("total").unwrap(), slices)
}

#[test]
fn fuel_pauses_and_resumes_and_its_sum_does_not_depend_on_the_slices() {
    let (used, total, slices) = sliced(1 << 40);
    assert_eq!(slices, 1);
    assert!(used > 1000);
    for slice in [100, 137, 1000] {
        let (u, t, n) = sliced(slice);
        assert_eq!((u, &t), (used, &total), "slices of {slice}");
        assert!(n > 1);
    }
}

#[test]
fn fuel_that_is_not_added_ends_the_run_uncaught() {
    let (mut vm, out) = vm(|b| b.fuel(10_000));
    assert_eq!(kind_of(vm.run_source("e.py", ENDLESS)), ErrorKind::OutOfFuel);
    assert_eq!(*out.lock().unwrap(), "");
}

#[test]
fn timeout_ends_the_run_uncaught() {
    let (mut vm, out) = vm(|b| b.timeout(Duration::from_millis(50)));
    let start = Instant::now();
    let e = vm.run_source("e.py", ENDLESS).unwrap_err();
    assert_eq!((e.kind, e.exit_status()), (ErrorKind::Timeout, 3));
    assert!(start.elapsed() < Duration::from_secs(5));
    assert_eq!(*out.lock().unwrap(), "");
}

#[test]
fn output_limit_ends_the_run() {
    let (mut vm, out) = vm(|b| b.max_output(1000));
    let e = vm.run_source("o.py", "while True:\n    print('x' * 99)").unwrap_err();
    assert_eq!((e.kind, e.exit_status()), (ErrorKind::OutputLimit, 3));
    assert!(out.lock().unwrap().len() <= 1000);
}

#[test]
fn another_thread_interrupts() {
    let mut vm = plain();
    let interrupter = vm.interrupter();
    let stopper = std::thread::spawn(move || {
        std::thread::sleep(Duration::from_millis(30));
        interrupter.keyboard();
    });
    let e = vm.run_source("e.py", "while True:\n    pass").unwrap_err();
    assert_eq!((e.kind, e.exit_status()), (ErrorKind::KeyboardInterrupt, 130));
    stopper.join().unwrap();
    let interrupter = vm.interrupter();
    let stopper = std::thread::spawn(move || {
        std::thread::sleep(Duration::from_millis(30));
        interrupter.stop();
    });
    assert_eq!(kind_of(vm.run_source("e.py", ENDLESS)), ErrorKind::Interrupted);
    stopper.join().unwrap();
}

#[test]
fn values_cross_both_ways() {
    let mut vm = plain();
    vm.run_source("v.py", "def same(x): return x").unwrap();
    let values = [
        Value::None,
        Value::Bool(true),
        Value::Int(i64::MIN),
        Value::BigInt(true, vec![0, 1]),
        Value::Float(-0.5),
        Value::Float(f64::INFINITY),
        Value::from("gr\u{fc}\u{df}e \u{1f40d}"),
        Value::Bytes(vec![0, 255]),
        Value::List(vec![1i64.into(), "a".into()]),
        Value::Tuple(vec![]),
        Value::Dict(vec![("k".into(), Value::List(vec![])), (2i64.into(), Value::None)]),
    ];
    for v in values {
        assert_eq!(vm.call("same", std::slice::from_ref(&v)).unwrap(), v);
    }
    vm.run_source("v.py", "class A: pass\na = A()\nx = []\nx.append(x)\ns = '\\ud800'").unwrap();
    for name in ["a", "x", "s"] {
        assert_eq!(vm.get(name).unwrap_err().kind, ErrorKind::Conversion, "{name}");
    }
    assert_eq!(vm.get("nothing").unwrap_err().kind, ErrorKind::NotFound);
}

#[test]
fn host_functions_are_called_and_their_errors_raised() {
    let mut vm = plain();
    let mut calls = 0;
    vm.register("twice", move |args| {
        calls += 1;
        match args {
            [Value::Int(n)] => Ok(Value::Tuple(vec![Value::Int(2 * n), Value::Int(calls)])),
            _ => Err(std::fs::read("/no/such/file").map_err(io).unwrap_err()),
        }
    })
    .unwrap();
    let source = "
a = twice(21)
b = [twice(i) for i in range(3)][2]
try:
    twice('x')
except OSError as e:
    caught = type(e).__name__
";
    vm.run_source("h.py", source).unwrap();
    assert_eq!(vm.get("a").unwrap().items(), Some(&[Value::Int(42), Value::Int(1)][..]));
    assert_eq!(vm.get("b").unwrap().items(), Some(&[Value::Int(4), Value::Int(4)][..]));
    assert_eq!(vm.get("caught").unwrap().as_str(), Some("OSError"));
}

fn io(_: std::io::Error) -> Error {
    let mut vm = Vm::builder().build().unwrap();
    vm.run_file("/no/such/file").unwrap_err()
}

#[test]
fn a_panicking_host_function_poisons_its_vm_only() {
    let (mut vm, out) = vm(|b| b);
    let mut other = plain();
    vm.register("boom", |_| panic!("expected by this test")).unwrap();
    let source = "
try:
    boom()
except BaseException:
    print('caught')
finally:
    print('finally')
";
    assert_eq!(kind_of(vm.run_source("p.py", source)), ErrorKind::Poisoned);
    assert_eq!(*out.lock().unwrap(), "");
    assert_eq!(kind_of(vm.run_source("p.py", "pass")), ErrorKind::Poisoned);
    assert_eq!(vm.call("print", &[]).unwrap_err().kind, ErrorKind::Poisoned);
    other.run_source("p.py", "pass").unwrap();
}

#[test]
fn errors_are_what_cpython_prints() {
    let mut vm = plain();
    let e = vm.run_source("t.py", "def f():\n    1 / 0\nf()\n").unwrap_err();
    assert_eq!(e.message, "ZeroDivisionError: division by zero");
    assert!(
        e.traceback.starts_with("Traceback (most recent call last):\n  File \"t.py\", line 3, in <module>\n")
    );
    let e = vm.run_source("t.py", "x = (1,\n").unwrap_err();
    assert_eq!((e.kind, e.message.as_str()), (ErrorKind::Syntax, "SyntaxError: '(' was never closed"));
    let e = vm.run_source("t.py", "raise SystemExit(7)").unwrap_err();
    assert_eq!((e.kind, e.exit_status()), (ErrorKind::Exit(7), 7));
    assert!(std::mem::size_of::<Result<(), Error>>() <= 64);
}

#[test]
fn vms_run_on_threads_and_move_in_mid_run() {
    let work = |seed: i64| {
        move || {
            let mut vm = plain();
            vm.run_source("t.py", format!("x = sum(i * {seed} for i in range(10000))")).unwrap();
            vm.get("x").unwrap().as_int()
        }
    };
    let threads: Vec<_> = (1..=2).map(|n| std::thread::spawn(work(n))).collect();
    let sums: Vec<_> = threads.into_iter().map(|t| t.join().unwrap()).collect();
    assert_eq!(sums, [Some(49_995_000), Some(99_990_000)]);

    let (mut vm, _) = vm(|b| b.fuel(500));
    vm.start_source("w.py", WORK).unwrap();
    assert_eq!(vm.resume().unwrap(), Progress::OutOfFuel);
    let total = std::thread::spawn(move || {
        vm.add_fuel(1 << 40);
        assert_eq!(vm.resume().unwrap(), Progress::Done);
        vm.get("total").unwrap()
    });
    assert_eq!(total.join().unwrap(), sliced(1 << 40).1);
}

#[test]
fn modules_are_found_only_where_the_host_says() {
    let dir = std::env::temp_dir().join(format!("taipan-api-{}", std::process::id()));
    std::fs::create_dir_all(&dir).unwrap();
    std::fs::write(dir.join("beside.py"), "value = 42\n").unwrap();
    let source = "import beside\nx = beside.value";
    let e = plain().run_source("i.py", source).unwrap_err();
    assert_eq!(e.message, "ModuleNotFoundError: No module named 'beside'");
    let (mut vm, _) = vm(|b| b.module_path(&dir));
    vm.run_source("i.py", source).unwrap();
    assert_eq!(vm.get("x").unwrap(), Value::Int(42));
    std::fs::remove_dir_all(&dir).unwrap();
}
