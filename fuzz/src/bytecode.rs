//! Stored programs: compiled ones with words changed, and any bytes. A file is refused, or runs within its limits.

use crate::program;
use arbitrary::Unstructured;
use std::cell::RefCell;
use std::sync::Arc;
use std::time::Duration;
use taipan::{Builder, JitMode, Vm};
use taipan_core::bytecode::Module;

/// Words at a file's beginning that say where its parts are.
const HEADER: usize = 12;
/// Programs whose words are changed: seeds from 0 on.
const PROGRAMS: usize = 64;
/// Fuel of a run; and of one that collects garbage at every allocation, where a unit takes far longer.
const FUEL: u64 = 6_000;
const STRESS_FUEL: u64 = 300;

/// The words of a program, which are made once: that takes longer than most runs.
fn words(seed: usize) -> Vec<u64> {
    thread_local! { static MADE: RefCell<[Vec<u64>; PROGRAMS]> = const { RefCell::new([const { Vec::new() }; PROGRAMS]) } }
    MADE.with_borrow_mut(|made| {
        let words = &mut made[seed];
        if words.is_empty() {
            let source = program::program(&program::bytes_of_seed(seed as u64), true);
            let mut vm = limited().build().expect("enough memory");
            *words = vm.compile("p.py", source.as_bytes()).expect("a program").words().to_vec();
        }
        words.clone()
    })
}

fn limited() -> Builder {
    Vm::builder()
        .hash_seed(1)
        .fuel(FUEL)
        .max_memory(16 << 20)
        .max_recursion(100)
        .max_output(10_000)
        .timeout(Duration::from_secs(10))
        .output(|_, _| {})
}

/// Changes lanes of 16 bits: what most fields are.
fn mutate(words: &mut [u64], u: &mut Unstructured<'_>) -> arbitrary::Result<()> {
    for _ in 0..u.int_in_range(1..=6)? {
        let first = if u.ratio(1, 30)? { 3 } else { HEADER };
        let at = u.int_in_range(first..=words.len() - 1)?;
        let lane = 16 * u.int_in_range(0..=3u32)?;
        let w = &mut words[at];
        let field = (*w >> lane) as u16;
        let new = match u.int_in_range(0..=5u8)? {
            0 => field.wrapping_add(1),
            1 => field.wrapping_sub(1),
            2 => field ^ 1 << u.int_in_range(0..=15u32)?,
            3 => u.int_in_range(0..=23u16)?,
            4 => words[u.int_in_range(HEADER..=words.len() - 1)?] as u16,
            _ => u.arbitrary()?,
        };
        let w = &mut words[at];
        *w = *w & !(0xffff << lane) | u64::from(new) << lane;
    }
    Ok(())
}

/// Does what the module says with `bytes`.
///
/// # Panics
/// If something is wrong.
pub fn run(bytes: &[u8]) {
    let mut u = Unstructured::new(bytes);
    if u.ratio(1, 8).unwrap_or(false) {
        // As a file: what its frame says is wrong with it.
        let mut vm = limited().build().expect("enough memory");
        let _ = vm.run_compiled(u.take_rest());
        return;
    }
    let mut words = words(u.int_in_range(0..=PROGRAMS - 1).unwrap_or(0));
    let stress = u.ratio(1, 8).unwrap_or(false);
    let mode = if u.ratio(1, 2).unwrap_or(false) { JitMode::On } else { JitMode::Off };
    if mutate(&mut words, &mut u).is_err() && u.is_empty() && bytes.len() < 8 {
        return;
    }
    Module::seal(&mut words);
    let Ok(module) = Module::from_words(words) else { return };
    let fuel = if stress { STRESS_FUEL } else { FUEL };
    let mut vm =
        limited().fuel(fuel).gc_stress(stress).jit(mode).jit_threshold(2).build().expect("enough memory");
    if vm.start_module(Arc::new(module)).is_ok() {
        let _ = vm.resume();
    }
    let _ = vm.disassemble_adaptive();
}
