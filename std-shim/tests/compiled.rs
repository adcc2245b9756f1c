//! Compiled programs: they run as their source does, and what is damaged is refused with the reason.

use std::sync::{Arc, Mutex};
use std::time::Duration;
use taipan::{Aligned, Builder, ErrorKind, Keep, Vm};
use taipan_core::bytecode::{Module, ModuleError};

const PROGRAM: &str = "
class Counter:
    def __init__(self, start=0):
        self.n = start
    def add(self, k):
        self.n += k
        return self.n
c = Counter(3)
d = {f'k{i}': c.add(i) for i in range(4)}
try:
    d['missing']
except KeyError as e:
    print('no', e, 12345678901234567890123, 1.5, b'bytes', (1, 'two', None))
print(d)
";

fn vm(settings: impl FnOnce(Builder) -> Builder) -> (Vm, Arc<Mutex<String>>) {
    let out = Arc::new(Mutex::new(String::new()));
    let sink = out.clone();
    let write = move |b: &[u8], _: bool| sink.lock().unwrap().push_str(&String::from_utf8_lossy(b));
    (settings(Vm::builder().hash_seed(1).output(write)).build().expect("a VM"), out)
}

fn compiled(keep: Keep) -> Vec<u8> {
    vm(|b| b).0.compile_to_bytes("counter.py", PROGRAM.as_bytes(), keep).expect("it compiles")
}

fn refusal(bytes: &[u8]) -> Option<ModuleError> {
    Module::from_bytes(bytes).err()
}

#[test]
fn runs_as_its_source() {
    let (mut source, expected) = vm(|b| b);
    source.run_source("counter.py", PROGRAM).expect("it runs");
    for keep in [Keep::default(), Keep { source: false, positions: false }] {
        let (mut vm, out) = vm(|b| b);
        vm.run_compiled(&compiled(keep)).expect("it runs");
        assert_eq!(*out.lock().unwrap(), *expected.lock().unwrap());
    }
}

#[test]
fn tracebacks_are_those_of_the_source_if_that_is_kept() {
    let failing = "def f(x):\n    return 1 / x\n\nf(0)\n";
    let (mut source, _) = vm(|b| b);
    let expected = source.run_source("f.py", failing).expect_err("it raises").traceback;
    let (mut vm, _) = vm(|b| b);
    let bytes = vm.compile_to_bytes("f.py", failing.as_bytes(), Keep::default()).expect("it compiles");
    assert_eq!(vm.run_compiled(&bytes).expect_err("it raises").traceback, expected);
}

#[test]
fn every_truncation_is_refused() {
    let bytes = compiled(Keep::default());
    for n in 0..bytes.len() {
        assert_eq!(refusal(&bytes[..n]), Some(ModuleError::Truncated), "{n} bytes");
    }
    let longer = [&bytes[..], &[0; 8]].concat();
    assert_eq!(refusal(&longer), Some(ModuleError::TrailingData));
    assert_eq!(refusal(&[&bytes[..], &[0]].concat()), Some(ModuleError::TrailingData));
}

#[test]
fn every_altered_byte_is_noticed() {
    let bytes = compiled(Keep { source: false, positions: true });
    for at in 0..bytes.len() {
        for flip in [1, 0x80, 0xff] {
            let mut altered = bytes.clone();
            altered[at] ^= flip;
            assert!(refusal(&altered).is_some(), "byte {at} with {flip:#x} flipped");
        }
    }
}

/// A change that keeps the checksum right is the verifier's to refuse, or it runs within the limits.
#[test]
fn resealed_changes_are_refused_or_run() {
    let bytes = compiled(Keep { source: false, positions: false });
    for at in (24..bytes.len()).step_by(3) {
        let mut altered = bytes.clone();
        altered[at] ^= 1 << (at % 8);
        let mut words: Vec<u64> = altered.as_chunks::<8>().0.iter().map(|w| u64::from_le_bytes(*w)).collect();
        Module::seal(&mut words);
        let sealed: Vec<u8> = words.iter().flat_map(|w| w.to_le_bytes()).collect();
        let limits = |b: Builder| b.max_memory(8 << 20).fuel(20_000).timeout(Duration::from_secs(5));
        let (mut vm, _) = vm(limits);
        let _ = vm.run_compiled(&sealed);
    }
}

#[test]
fn the_error_says_what_is_wrong() {
    let bytes = compiled(Keep::default());
    let mut vm = vm(|b| b).0;
    let mut message = |bytes: &[u8]| {
        let e = vm.run_compiled(bytes).expect_err("it is refused");
        assert_eq!(e.kind, ErrorKind::Bytecode);
        e.message
    };
    assert!(message(&bytes[..40]).contains("truncated"));
    assert!(message(b"print('hello')\n").contains("not a Taipan bytecode file"));
    let mut other = bytes.clone();
    other[10] ^= 3;
    assert!(message(&other).starts_with("bytecode version 1."), "{}", message(&other));
    other = bytes.clone();
    other[..8].reverse();
    assert!(message(&other).contains("little-endian"));
    other = bytes.clone();
    *other.last_mut().expect("not empty") ^= 1;
    assert!(message(&other).contains("altered"));
}

#[test]
fn static_bytes_are_used_where_they_lie() {
    let bytes: &'static [u8] = compiled(Keep::default()).leak();
    let room: &'static mut Aligned<[u8; 1 << 16]> = Box::leak(Box::new(Aligned([0; 1 << 16])));
    let room: &'static mut [u8] = &mut room.0;
    room[..bytes.len()].copy_from_slice(bytes);
    let lies: &'static [u8] = &room[..bytes.len()];
    let module = Module::from_static_bytes(lies).expect("it is accepted");
    assert_eq!(module.words().as_ptr().addr(), lies.as_ptr().addr());
    let (mut vm, out) = vm(|b| b);
    vm.run_compiled_static(lies).expect("it runs");
    assert!(out.lock().unwrap().contains("'k3': 9"));

    let room: &'static mut Aligned<[u8; 1 << 16]> = Box::leak(Box::new(Aligned([0; 1 << 16])));
    let room: &'static mut [u8] = &mut room.0;
    room[4..4 + bytes.len()].copy_from_slice(bytes);
    assert_eq!(Module::from_static_bytes(&room[4..4 + bytes.len()]).err(), Some(ModuleError::Misaligned));
}

#[test]
fn modules_are_found_beside_the_program() {
    let dir = std::env::temp_dir().join(format!("taipan-compiled-{}", std::process::id()));
    std::fs::create_dir_all(dir.join("package")).expect("a directory");
    let mut compiler = vm(|b| b).0;
    let mut store = |name: &str, file: &str, source: &str| {
        let bytes = compiler.compile_to_bytes(name, source.as_bytes(), Keep::default()).expect("it compiles");
        std::fs::write(dir.join(file), bytes).expect("written");
    };
    store("helper.py", "helper.tpc", "def twice(x): return 2 * x\n");
    store("package/__init__.py", "package/__init__.tpc", "from package.inner import word\n");
    store("package/inner.py", "package/inner.tpc", "word = 'inner'\n");
    store("main.py", "main.tpc", "import helper, package\nprint(helper.twice(21), package.word)\n");
    std::fs::write(dir.join("damaged.tpc"), b"TAIPANBC").expect("written");
    let (mut vm, out) = vm(|b| b.module_path(&dir));
    vm.run_file(dir.join("main.tpc")).expect("it runs");
    assert_eq!(*out.lock().unwrap(), "42 inner\n");
    let e = vm.run_source("m.py", "import damaged").expect_err("it is refused");
    assert!(e.message.starts_with("ImportError: ") && e.message.contains("truncated"), "{}", e.message);
    std::fs::remove_dir_all(&dir).expect("removed");
}
