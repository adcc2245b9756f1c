//! The corpus: each program's output, messages and exit status against CPython's, in several modes.
//!
//! What a mode changes must not be visible: collecting at every allowed point, or stopping for lack of fuel anywhere and
//! resuming under another hash seed, leaves output and total fuel as they were.

use crate::{exits, name_filters, parallel::run_all};
use std::process::Command;
use std::time::Duration;
use xtask::diff::first_difference;
use xtask::proc::{End, run};
use xtask::programs::{Expected, Program, corpus, select};
use xtask::{Result, json_number, taipan_bin};

/// A way of running the corpus.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Mode {
    /// As a user runs it.
    Plain,
    /// `--gc-stress`: collect at every point where it is allowed.
    GcStress,
    /// `--fuel-slice N`: run N units of fuel at a time, resuming until the end.
    FuelSlices,
    /// `--jit=uops` with the lowest thresholds.
    Uops,
    /// `--jit=on` with the lowest thresholds.
    Jit,
    /// `Jit` with other thresholds, which make other iterations the ones that are recorded; the total fuel is the interpreter's.
    JitThresholds,
    /// `Jit` with `--gc-stress`.
    JitStress,
    /// `FuelSlices` with the lowest thresholds; the total is the interpreter's.
    JitFuel,
    /// `Jit` with exits of traces made to fail, one in each run; see `exits.rs`.
    JitExits,
    /// `Jit` with little memory for code, or none; see `exits.rs`.
    JitCodeFull,
}

impl Mode {
    /// All of them, the quickest first.
    pub const ALL: [Mode; 10] = [
        Mode::Plain,
        Mode::Uops,
        Mode::Jit,
        Mode::JitThresholds,
        Mode::JitCodeFull,
        Mode::JitExits,
        Mode::JitStress,
        Mode::JitFuel,
        Mode::GcStress,
        Mode::FuelSlices,
    ];

    /// With which options it makes traces, if it does.
    fn traces(self) -> Option<&'static [&'static str]> {
        match self {
            Mode::Plain | Mode::GcStress | Mode::FuelSlices => None,
            Mode::Uops => Some(&["--jit=uops", "--jit-threshold=2"]),
            _ => Some(&["--jit-threshold=2"]),
        }
    }

    /// The name in messages and filters.
    pub fn name(self) -> &'static str {
        match self {
            Mode::Plain => "corpus",
            Mode::GcStress => "gc-stress",
            Mode::FuelSlices => "fuel",
            Mode::Uops => "uops",
            Mode::Jit => "jit",
            Mode::JitThresholds => "jit-thresholds",
            Mode::JitStress => "jit-stress",
            Mode::JitFuel => "jit-fuel",
            Mode::JitExits => "jit-exits",
            Mode::JitCodeFull => "jit-code-full",
        }
    }
}

/// Makes sure that the binary makes traces: without them the modes of the JIT show nothing.
fn compiles(options: &[&str]) -> Result {
    let programs = corpus()?;
    let program =
        programs.iter().find(|p| p.name == "jit/ranges_made").ok_or("no program jit/ranges_made")?;
    match with_stats(program, options, 1)?.number("traces_compiled")? {
        0 => Err(format!("this build of taipan compiles nothing with {options:?}")),
        _ => Ok(()),
    }
}

/// Runs the whole corpus in one mode; returns how many programs failed.
pub fn run_mode(mode: Mode) -> Result<usize> {
    if let Some(options) = mode.traces() {
        compiles(options)?;
    }
    let mut programs = select(corpus()?, &name_filters());
    if matches!(mode, Mode::JitExits | Mode::JitCodeFull) && !exits::all_programs() {
        programs.retain(|p| p.name.starts_with("jit/"));
    }
    Ok(run_all(mode.name(), &programs, |program| {
        check(program, mode).map_err(|message| format!("{}: {message}", program.name))
    }))
}

fn check(program: &Program, mode: Mode) -> Result {
    let expected = program.expected()?;
    match mode {
        Mode::Plain => compare(&expected, &taipan(program, &["--jit=off"])?),
        Mode::GcStress => compare(&expected, &taipan(program, &["--jit=off", "--gc-stress"])?),
        Mode::FuelSlices => check_slices(program, &expected, "--jit=off"),
        Mode::JitFuel => check_slices(program, &expected, "--jit-threshold=2"),
        Mode::JitExits => exits::check_exits(program, &expected),
        Mode::JitCodeFull => exits::check_code_full(program, &expected),
        Mode::Uops => compare(&expected, &taipan(program, &["--jit=uops", "--jit-threshold=2"])?),
        Mode::Jit => compare(&expected, &taipan(program, &["--jit-threshold=2"])?),
        Mode::JitThresholds => check_thresholds(program, &expected),
        Mode::JitStress => compare(&expected, &taipan(program, &["--jit-threshold=2", "--gc-stress"])?),
    }
}

/// Thresholds that share no factors with each other, nor with most loops' periods.
const THRESHOLDS: [&str; 7] = ["1", "3", "5", "7", "11", "17", "31"];

/// Output and total fuel do not depend on when recording begins.
fn check_thresholds(program: &Program, expected: &Expected) -> Result {
    let whole = with_stats(program, &["--jit=off"], 0)?.fuel;
    for threshold in THRESHOLDS {
        let Counted { actual, fuel, .. } = with_stats(program, &["--jit-threshold", threshold], 0)?;
        compare(expected, &actual).map_err(|m| format!("threshold {threshold}: {m}"))?;
        if fuel != whole {
            return Err(format!("threshold {threshold}: {fuel} units of fuel, {whole} without the JIT"));
        }
    }
    Ok(())
}

/// Output and total fuel of an interrupted run are those of an uninterrupted one, whatever the hashes of strings are.
fn check_slices(program: &Program, expected: &Expected, jit: &str) -> Result {
    let whole = with_stats(program, &["--jit=off"], 0)?.fuel;
    for (hash_seed, slice) in (1..).zip(slices(&program.name)) {
        let slice = slice.to_string();
        let Counted { actual, fuel, .. } = with_stats(program, &[jit, "--fuel-slice", &slice], hash_seed)?;
        compare(expected, &actual).map_err(|m| format!("slices of {slice}: {m}"))?;
        if fuel != whole {
            return Err(format!(
                "slices of {slice}, hash seed {hash_seed}: {fuel} units of fuel in all, {whole} in one run"
            ));
        }
    }
    Ok(())
}

/// Slice lengths from a few units to some ten thousand, different for each program and seed.
fn slices(name: &str) -> [u64; 3] {
    let seed = std::env::var("TAIPAN_SEED").ok().and_then(|s| s.parse().ok()).unwrap_or(1_u64);
    let mut state = name
        .bytes()
        .fold(seed ^ 0xcbf2_9ce4_8422_2325, |h, b| (h ^ u64::from(b)).wrapping_mul(0x0000_0100_0000_01b3));
    [20, 1_000, 50_000].map(|bound| {
        state ^= state << 13;
        state ^= state >> 7;
        state ^= state << 17;
        bound / 2 + state % bound
    })
}

/// What a run with `--stats=json` did, and what the last line of its standard error counts.
pub(crate) struct Counted {
    pub actual: Expected,
    pub fuel: u64,
    stats: String,
}

impl Counted {
    pub fn number(&self, key: &str) -> Result<u64> {
        json_number(&self.stats, key).ok_or_else(|| format!("no {key} in {:?}", self.stats))
    }
}

pub(crate) fn with_stats(program: &Program, options: &[&str], hash_seed: u64) -> Result<Counted> {
    let mut all = options.to_vec();
    all.push("--stats=json");
    let mut actual = taipan_seeded(program, &all, Some(hash_seed))?;
    let body = actual.stderr.trim_end_matches('\n');
    let (rest, last) = match body.rfind('\n') {
        Some(at) => body.split_at(at + 1),
        None => ("", body),
    };
    let fuel = json_number(last, "fuel_used").ok_or_else(|| format!("no fuel_used in {last:?}"))?;
    let stats = last.to_owned();
    actual.stderr = rest.to_owned();
    Ok(Counted { actual, fuel, stats })
}

fn taipan(program: &Program, options: &[&str]) -> Result<Expected> {
    taipan_seeded(program, options, None)
}

fn taipan_seeded(program: &Program, options: &[&str], hash_seed: Option<u64>) -> Result<Expected> {
    let mut command = Command::new(taipan_bin());
    if let Some(seed) = hash_seed {
        command.env("PYTHONHASHSEED", seed.to_string());
    }
    command.arg("run").args(options).arg(&program.file).current_dir(&program.dir);
    let run = run(&mut command, Some(Duration::from_secs(60))).map_err(|e| e.to_string())?;
    match run.end {
        End::Status(status) => {
            Ok(Expected { stdout: run.stdout, stderr: program.normalize(&run.stderr), status })
        }
        end => Err(format!("{end}; {}", last_line(&run.stderr))),
    }
}

pub(crate) fn compare(expected: &Expected, actual: &Expected) -> Result {
    if let Some(diff) = first_difference(&expected.stdout, &actual.stdout) {
        let why = if expected.stderr.is_empty() { last_line(&actual.stderr) } else { String::new() };
        return Err(format!("stdout {diff}{}{why}", if why.is_empty() { "" } else { "\n      ! " }));
    }
    if let Some(diff) = first_difference(&expected.stderr, &actual.stderr) {
        return Err(format!("stderr {diff}"));
    }
    if expected.status != actual.status {
        return Err(format!("status {}, not {}", actual.status, expected.status));
    }
    Ok(())
}

fn last_line(text: &str) -> String {
    xtask::diff::clip(text.trim_end().rsplit('\n').next().unwrap_or(""))
}
