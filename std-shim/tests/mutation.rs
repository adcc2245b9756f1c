//! The verifier under mutation: a corrupted module is refused, or runs without harm.
//!
//! Words of a compiled module are changed at random (seeded), the checksum is made right again, and what the verifier
//! accepts is run within small limits. A crash, an abort or a hang fails the test; any result is fine. This is a debug
//! build, so assertions and the heap verifier are on.

use std::sync::Arc;
use std::time::Duration;
use taipan::Vm;
use taipan_core::bytecode::Module;

const PROGRAM: &str = "
import math
class Shape:
    sides = 0
    def __init__(self, size, *rest, name='s', **more):
        self.size = size
        self.name = f'{name}:{size:>4}'
    def area(self):
        return self.size ** 2 + self.sides
class Square(Shape):
    sides = 4
    def area(self):
        return super().area() * 2
    @property
    def label(self):
        return self.name.upper()
def numbers(n):
    i = 0
    while i < n:
        got = yield i
        i += 1 if got is None else got
def closure(k):
    def inner(x):
        nonlocal k
        k += x
        return k
    return inner
total = 0
try:
    for s in [Square(3), Shape(2.5), Square(1, 2, name='q', z=1)]:
        total += s.area()
        a, *b = [1, 2, 3, s.size]
    add = closure(1)
    for n in numbers(5):
        total += add(n)
    d = {str(k): [v for v in range(k)] for k in range(4)}
    d['x'] = sorted({3, 1, 2}, key=lambda v: -v)
    del d['0']
    total += len(d) + math.sqrt(16) + sum(x for y in d.values() for x in y)
    if 'x' in d and not total < 0 or total is None:
        raise ValueError('v' + repr(d)[1:5])
except (ValueError, TypeError) as e:
    text = str(e)
finally:
    done = True
with_result = [Square(2).label, total > 1 > 0, -total, ~1, 7 // 2, 7 % 3, 1 << 3]
";

/// Xorshift: the same mutations on every run.
struct Random(u64);

impl Random {
    fn next(&mut self, below: usize) -> usize {
        self.0 ^= self.0 << 13;
        self.0 ^= self.0 >> 7;
        self.0 ^= self.0 << 17;
        (self.0 >> 11) as usize % below
    }
}

fn mutate(words: &mut [u64], random: &mut Random) {
    for _ in 0..1 + random.next(3) {
        // Behind the header, or a section's range.
        let at = if random.next(50) == 0 { 3 + random.next(9) } else { 12 + random.next(words.len() - 12) };
        let lane = 16 * random.next(4);
        let w = &mut words[at];
        let field = (*w >> lane) as u16;
        let new = match random.next(5) {
            0 => field.wrapping_add(1),
            1 => field.wrapping_sub(1),
            2 => field ^ 1 << random.next(16),
            3 => random.next(24) as u16,
            _ => random.next(1 << 16) as u16,
        };
        *w = *w & !(0xffff << lane) | (new as u64) << lane;
    }
}

#[test]
fn a_mutated_module_is_refused_or_harmless() {
    let rounds: u32 = std::env::var("TAIPAN_MUTATIONS").ok().and_then(|n| n.parse().ok()).unwrap_or(3000);
    let seed = std::env::var("TAIPAN_SEED").ok().and_then(|n| n.parse().ok()).unwrap_or(0x9e37_79b9);
    let mut random = Random(seed);
    let original = Vm::builder().build().unwrap().compile("m.py", PROGRAM.as_bytes()).unwrap();
    let (mut refused, mut ran) = (0, 0);
    for round in 0..rounds {
        let mut words = original.words().to_vec();
        mutate(&mut words, &mut random);
        Module::seal(&mut words);
        if std::env::var_os("TAIPAN_MUTATIONS").is_some() {
            eprintln!("round {round}");
        }
        match Module::from_words(words) {
            Err(_) => refused += 1,
            Ok(module) => {
                run(module, round);
                ran += 1;
            }
        }
    }
    assert!(refused > rounds / 10 && ran > rounds / 10, "{refused} refused, {ran} ran");
}

fn run(module: Module, round: u32) {
    let mut vm = Vm::builder()
        .hash_seed(1)
        .fuel(20_000)
        .max_memory(16 << 20)
        .max_recursion(100)
        .max_output(10_000)
        .timeout(Duration::from_secs(10))
        .gc_stress(round.is_multiple_of(4))
        .output(|_, _| {})
        .build()
        .unwrap();
    if vm.start_module(Arc::new(module)).is_ok() {
        let _ = vm.resume();
    }
    let _ = vm.disassemble_adaptive();
}
