//! Memory for code that refuses: whatever call fails, the program carries on, with the same output and fuel.
#![cfg(all(any(target_arch = "x86_64", target_arch = "aarch64"), unix))]

use std::sync::atomic::{AtomicU32, Ordering};
use std::sync::{Arc, Mutex};
use taipan::{Chunk, CodeMemory, EmitError, JitMode, OsMemory, Vm};

/// Loops, calls, recursion and floats, so that there are root and side traces, links and returns.
const PROGRAM: &str = "
def fib(n): return n if n < 2 else fib(n - 1) + fib(n - 2)
def loop(n):
    t, x = 0, 1.0
    for i in range(n):
        t += i if i % 3 else -i
        x = x * 1.01 if i % 7 else x - 0.5
        if i % 50 == 49: t += fib(6)
    return t, x
for k in range(4): print(loop(300), fib(12))
";

/// Which calls fail.
#[derive(Clone, Copy, Debug)]
enum Failing {
    Nothing,
    /// The call of this number.
    One(u32),
    /// That, and all later ones.
    From(u32),
}

/// Memory from the operating system, until a call fails.
struct Refusing {
    inner: OsMemory,
    failing: Failing,
    calls: Arc<AtomicU32>,
}

impl Refusing {
    fn next_fails(&self) -> bool {
        let call = self.calls.fetch_add(1, Ordering::Relaxed);
        match self.failing {
            Failing::Nothing => false,
            Failing::One(n) => call == n,
            Failing::From(n) => call >= n,
        }
    }
}

impl CodeMemory for Refusing {
    fn allocate(&mut self, code_len: usize, data_words: usize) -> Result<Chunk, EmitError> {
        if self.next_fails() { Err(EmitError::CodeFull) } else { self.inner.allocate(code_len, data_words) }
    }
    fn writable(&mut self, chunk: &Chunk) -> Result<(), EmitError> {
        if self.next_fails() { Err(EmitError::Protect) } else { self.inner.writable(chunk) }
    }
    fn executable(&mut self, chunk: &Chunk, start: usize, end: usize) -> Result<(), EmitError> {
        // The code stays writable, as after an mprotect that failed: entering it would end the process.
        if self.next_fails() { Err(EmitError::Protect) } else { self.inner.executable(chunk, start, end) }
    }
    fn free(&mut self, chunk: &Chunk) {
        self.inner.free(chunk);
    }
}

/// Output, fuel, traces compiled, and how many calls were made.
fn run(failing: Failing) -> (String, u64, u64, u32) {
    let calls = Arc::new(AtomicU32::new(0));
    let output = Arc::new(Mutex::new(Vec::new()));
    let to = output.clone();
    let memory = Refusing { inner: OsMemory::new(), failing, calls: calls.clone() };
    let builder = Vm::builder().jit(JitMode::On).jit_threshold(5).code_memory(memory).fuel(1 << 40);
    let write = move |bytes: &[u8], _| to.lock().expect("the only writer").extend_from_slice(bytes);
    let mut vm = builder.output(write).build().expect("a VM");
    vm.run_source("program.py", PROGRAM).expect("the program runs");
    let stats = vm.stats();
    drop(vm);
    let text = String::from_utf8_lossy(&output.lock().expect("the run is over")).into_owned();
    (text, stats.fuel_used, stats.jit.traces, calls.load(Ordering::Relaxed))
}

#[test]
fn every_call_may_fail() {
    let (output, fuel, traces, calls) = run(Failing::Nothing);
    assert!(traces > 3 && calls > 2 * 3, "{traces} traces with {calls} calls try too little");
    for n in 0..calls {
        for failing in [Failing::One(n), Failing::From(n)] {
            let ran = run(failing);
            assert_eq!((&ran.0, ran.1), (&output, fuel), "{failing:?}");
        }
    }
}

#[test]
fn no_code_is_made_after_memory_could_not_be_protected() {
    // The first trace's calls: allocate, writable, executable.
    let (.., traces, _) = run(Failing::One(2));
    assert_eq!(traces, 0);
}
