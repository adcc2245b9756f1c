//! Traces that nothing can run any more: their code and memory come back, however long a VM lives, and code is made to the
//! end.
#![cfg(all(any(target_arch = "x86_64", target_arch = "aarch64"), unix))]

use std::sync::{Arc, Mutex};
use taipan::{JitMode, Stats, Vm};

/// Room for code: for some hundred traces of these programs, which make thousands.
const CODE: usize = 256 << 10;
/// Memory that the heap may take: with what is garbage until it is collected.
const HEAP: u64 = 6 << 20;

/// A VM in which loops soon become code, and what it prints.
struct Run {
    vm: Vm,
    output: Arc<Mutex<Vec<u8>>>,
}

impl Run {
    fn new(mode: JitMode) -> Run {
        let output = Arc::new(Mutex::new(Vec::new()));
        let to = output.clone();
        let write = move |bytes: &[u8], _| to.lock().expect("the only writer").extend_from_slice(bytes);
        let builder = Vm::builder().jit(mode).jit_threshold(5).jit_code_bytes(CODE).output(write);
        Run { vm: builder.build().expect("a VM"), output }
    }

    /// Runs a program that prints a number.
    fn number(&mut self, source: &str) -> i64 {
        self.vm.run_source("program.py", source).expect("the program runs");
        let text =
            String::from_utf8(std::mem::take(&mut *self.output.lock().expect("no run"))).expect("text");
        text.trim().parse().expect("a number")
    }

    fn stats(&self) -> Stats {
        self.vm.stats()
    }
}

/// Runs programs and checks that they print what they should, that memory stays bounded, and that they are compiled to the
/// end: a trace for each round in each tenth of them.
fn stays_bounded(rounds: i64, mut program: impl FnMut(i64) -> (String, i64)) {
    let mut run = Run::new(JitMode::On);
    let mut traces = vec![0];
    for n in 0..rounds {
        let (source, expected) = program(n);
        assert_eq!(run.number(&source), expected, "round {n}");
        let s = run.stats();
        assert!(s.jit.code_bytes <= CODE as u64, "round {n}: {} bytes of code", s.jit.code_bytes);
        assert!(s.jit.trace_bytes <= 4 * CODE as u64, "round {n}: {} bytes of traces", s.jit.trace_bytes);
        assert!(s.heap_bytes <= HEAP, "round {n}: {} bytes", s.heap_bytes);
        if (n + 1) % (rounds / 10) == 0 {
            traces.push(s.jit.traces);
        }
    }
    let made: Vec<u64> = traces.windows(2).map(|t| t[1] - t[0]).collect();
    assert!(made.iter().all(|n| *n >= rounds as u64 / 10), "traces made in each tenth: {made:?}");
    let s = run.stats();
    assert!(s.jit.freed * 10 > s.jit.traces * 8, "{} of {} traces were freed", s.jit.freed, s.jit.traces);
}

#[test]
fn of_programs_that_ended() {
    // Builds with checks take ten times as long.
    stays_bounded(if cfg!(debug_assertions) { 2_000 } else { 10_000 }, |n| {
        let source = format!(
            "
def f(n):
    t = 0
    for i in range(n):
        t += i * {n} if i % 3 else -i
    return t
print(f(100))
"
        );
        (source, (0..100).map(|i| if i % 3 != 0 { i * n } else { -i }).sum())
    });
}

#[test]
fn of_classes_and_globals_that_changed() {
    stays_bounded(1000, |n| {
        let source = format!(
            "
STEP = {n}
class Base:
    def __init__(self, x): self.x = x
    def get(self, i): return self.x + STEP + i
class C(Base):
    def get(self, i): return Base.get(self, i) * 2
def total(objects, n):
    t = 0
    for i in range(n):
        for o in objects: t += o.get(i)
    return t
t = 0
for k in range(6):
    t += total([Base(k), C(k)], 20)
    STEP = STEP + 1
    Base.get = lambda self, i, k=k: self.x + STEP + i + k
print(t)
"
        );
        let mut t = 0;
        for k in 0..6 {
            for i in 0..20 {
                let base = k + (n + k) + i + if k > 0 { k - 1 } else { 0 };
                t += base + 2 * base;
            }
        }
        (source, t)
    });
}

#[test]
fn of_functions_that_frames_return_to() {
    stays_bounded(400, |n| {
        let source = format!(
            "
STEP = {n}
def deep(n):
    global STEP
    if n == 0:
        STEP += 1
        return STEP
    return deep(n - 1) + 1
def both(n):
    if n < 2: return 1
    return both(n - 1) + both(n - 2)
t = 0
for k in range(30): t += deep(60) + both(8)
print(t)
"
        );
        (source, (1..=30).map(|k| n + k + 60 + 34).sum())
    });
}
