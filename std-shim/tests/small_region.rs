//! Too little memory is an error value, wherever it runs out: start-up and a small program under an allocator that has
//! only so many bytes, from none to enough.

use std::alloc::{GlobalAlloc, Layout, System};
use std::sync::atomic::{AtomicUsize, Ordering};
use taipan::{Keep, Sizes, Vm};
use taipan_core::bytecode::ModuleError;
use taipan_core::interp::HostHooks;
use taipan_core::vm::{BootError, Config, Isolate, RunEnd};

struct Region;

static USED: AtomicUsize = AtomicUsize::new(0);
static LIMIT: AtomicUsize = AtomicUsize::new(usize::MAX);

// SAFETY: every request is the system allocator's, or refused.
unsafe impl GlobalAlloc for Region {
    unsafe fn alloc(&self, layout: Layout) -> *mut u8 {
        if USED.load(Ordering::Relaxed).saturating_add(layout.size()) > LIMIT.load(Ordering::Relaxed) {
            return std::ptr::null_mut();
        }
        USED.fetch_add(layout.size(), Ordering::Relaxed);
        // SAFETY: the caller's promise.
        unsafe { System.alloc(layout) }
    }
    unsafe fn dealloc(&self, p: *mut u8, layout: Layout) {
        USED.fetch_sub(layout.size(), Ordering::Relaxed);
        // SAFETY: the caller's promise.
        unsafe { System.dealloc(p, layout) }
    }
}

#[global_allocator]
static REGION: Region = Region;

struct Silent;

impl HostHooks for Silent {
    fn write(&mut self, _: &[u8], _: bool) {}
}

const PROGRAM: &str = "
class Point:
    def __init__(self, x):
        self.x = x
d = {f'p{i}': Point(i) for i in range(20)}
try:
    d['none']
except KeyError as e:
    print(e, sorted(p.x for p in d.values())[-1])
";

#[derive(PartialEq, Eq, Clone, Copy, Debug)]
enum Outcome {
    NoVm,
    NoProgram,
    MemoryError,
    Done,
}

fn attempt(region: usize, max_memory: usize, program: &[u8]) -> Outcome {
    LIMIT.store(USED.load(Ordering::Relaxed) + region, Ordering::Relaxed);
    let config = Config { max_memory, sizes: Sizes::SMALL, ..Config::default() };
    let outcome = match Isolate::new(config, Box::new(Silent)) {
        Err(BootError::Memory) => Outcome::NoVm,
        Err(_) => unreachable!("the frozen part is whole"),
        Ok(mut vm) => match vm.run_compiled_copy(program) {
            Err(ModuleError::Memory) => Outcome::NoProgram,
            Err(_) => unreachable!("the program is whole"),
            Ok(RunEnd::Done(_)) => Outcome::Done,
            Ok(RunEnd::Raised(e)) => {
                vm.print_exception(e);
                Outcome::MemoryError
            }
            Ok(RunEnd::Stopped(_)) => unreachable!("nothing stops it"),
        },
    };
    LIMIT.store(usize::MAX, Ordering::Relaxed);
    outcome
}

#[test]
fn too_little_memory_is_an_error_value() {
    let mut vm = Vm::builder().build().expect("a VM");
    let keep = Keep { source: false, positions: false };
    let program = vm.compile_to_bytes("points.py", PROGRAM.as_bytes(), keep).expect("it compiles");
    drop(vm);
    // The region ends first, then the limit of the VM.
    for limit in [usize::MAX >> 1, 0] {
        let mut seen = Vec::with_capacity(8);
        for kb in (0..256).step_by(3) {
            let (region, max) = if limit == 0 { (1 << 30, kb << 10) } else { (kb << 10, limit) };
            let outcome = attempt(region, max, &program);
            if seen.last() != Some(&outcome) && seen.len() < 8 {
                seen.push(outcome);
            }
        }
        assert_eq!((seen.first(), seen.last()), (Some(&Outcome::NoVm), Some(&Outcome::Done)), "{seen:?}");
    }
}
