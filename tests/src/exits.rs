//! Two ways of disturbing compiled code that no program shall notice: exits of traces that fail though their guards
//! hold, and memory for code that runs out.
//!
//! By default the programs of `tests/programs/jit` run with a few exits each, other ones for each `TAIPAN_SEED`; with
//! `TAIPAN_EXITS=corpus` the whole corpus does, with `TAIPAN_EXITS=all` also with every exit (hours; `TAIPAN_TEST` picks
//! programs). Output and total fuel have to be the interpreter's.

use crate::corpus::{compare, with_stats};
use xtask::Result;
use xtask::programs::{Expected, Program};

/// Exits tried for each program, unless all are.
const SAMPLE: u64 = 5;
/// How often an exit's guard holds before it fails: at once, while the code is new, once it has run for a while.
const PASSES: [u64; 3] = [0, 3, 60];
/// Budgets for code: nothing, less than any trace, a few traces, many.
const CODE_BYTES: [&str; 5] = ["0", "4096", "8192", "16384", "65536"];

/// Whether every exit is to be tried.
fn all_exits() -> bool {
    std::env::var("TAIPAN_EXITS").is_ok_and(|v| v == "all")
}

/// Whether every program is to be tried.
pub fn all_programs() -> bool {
    all_exits() || std::env::var("TAIPAN_EXITS").is_ok_and(|v| v == "corpus")
}

/// Runs the program with exits that fail, one in each run.
pub fn check_exits(program: &Program, expected: &Expected) -> Result {
    let whole = with_stats(program, &["--jit=off"], 0)?.fuel;
    let compiled = with_stats(program, &["--jit-threshold=2"], 0)?;
    let exits = compiled.number("exits_compiled")?;
    if all_exits() {
        (0..exits).try_for_each(|exit| {
            PASSES.iter().try_for_each(|&passes| check_exit(program, expected, whole, exit, passes))
        })
    } else {
        let sampled = sample(&program.name, exits);
        sampled.zip(PASSES.iter().cycle()).try_for_each(|(e, &p)| check_exit(program, expected, whole, e, p))
    }
}

/// Exits from all over the program, from a place that its name and the seed decide.
fn sample(name: &str, exits: u64) -> impl Iterator<Item = u64> {
    let seed: u64 = std::env::var("TAIPAN_SEED").ok().and_then(|s| s.parse().ok()).unwrap_or(1);
    let start =
        name.bytes().fold(seed.wrapping_mul(0x9e37_79b9), |h, b| (h ^ u64::from(b)).wrapping_mul(0x100_0193));
    (0..SAMPLE.min(exits)).map(move |n| (start % exits + n * exits / SAMPLE) % exits)
}

fn check_exit(program: &Program, expected: &Expected, whole: u64, exit: u64, passes: u64) -> Result {
    let forced = format!("--jit-force-exit={exit}:{passes}");
    // The uop interpreter takes turns with the machine.
    let jit = if exit % 3 == 2 { "--jit=uops" } else { "--jit=on" };
    same(program, expected, whole, &[jit, "--jit-threshold=2", &forced])
}

/// Runs the program with less and less memory for code.
pub fn check_code_full(program: &Program, expected: &Expected) -> Result {
    let whole = with_stats(program, &["--jit=off"], 0)?.fuel;
    CODE_BYTES.iter().try_for_each(|bytes| {
        same(program, expected, whole, &["--jit-threshold=2", "--jit-code-bytes", bytes])
    })
}

fn same(program: &Program, expected: &Expected, whole: u64, options: &[&str]) -> Result {
    let run = with_stats(program, options, 0).map_err(|m| format!("{}: {m}", options.join(" ")))?;
    compare(expected, &run.actual).map_err(|m| format!("{}: {m}", options.join(" ")))?;
    if run.fuel == whole {
        return Ok(());
    }
    Err(format!("{}: {} units of fuel, {whole} in the interpreter", options.join(" "), run.fuel))
}
