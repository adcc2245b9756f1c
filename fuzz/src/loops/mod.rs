//! A small program of loops, compiled after a few rounds: output, errors and fuel are those of the interpreter.
//!
//! What `tiers` tries at length, this does for what comes round a loop: variables that become one (`a = b`), change
//! their type, or are changed only now and then, in loops in loops, from thresholds at which any round may be the one that is
//! recorded. Programs are short, so that there are many.

mod maker;
mod tables;

pub use maker::program;

use crate::tiers::{Way, difference, run_way};

/// After how many rounds loops are compiled, in two runs of a program.
const THRESHOLDS: [[u16; 2]; 4] = [[2, 7], [4, 13], [2, 4], [3, 9]];

/// Runs a program from two thresholds on that `seed` chooses, and perhaps in one more way.
///
/// # Errors
/// In which way it does something else, and what.
pub fn compare(source: &str, seed: u64) -> Result<(), String> {
    let plain = run_way(source, Way::Plain);
    if plain.end.starts_with("Syntax") {
        return Err(format!("the program is none: {}", plain.end));
    }
    let (kind, n) = (seed % 8, seed / 8);
    let thresholds = THRESHOLDS[(n % 4) as usize];
    let more = match kind {
        0 | 1 => Some(Way::Exit((n / 4 % 60) as u32, [0, 3, 9][(n / 240 % 3) as usize])),
        2 => Some(Way::Uops(3)),
        3 => Some(Way::Slices(20 + n / 4 % 500)),
        _ => None,
    };
    for way in thresholds.map(Way::Machine).into_iter().chain(more) {
        if let Some(what) = difference(&plain, &run_way(source, way)) {
            return Err(format!("{way:?}: {what}"));
        }
    }
    Ok(())
}

/// Compares the program that `bytes` stand for.
///
/// # Panics
/// If there is a difference; the message has the program.
pub fn run(bytes: &[u8]) {
    let source = program(bytes);
    if let Err(what) = compare(&source, crate::tiers::seed_of(bytes)) {
        panic!("{what}\n{source}");
    }
}
