//! `cargo xtask fuzz`: the targets of `fuzz/` under cargo-fuzz, random programs without it, and those against CPython.
//!
//! `fuzz/` is a workspace of its own. cargo-fuzz needs a nightly compiler; printing and comparing programs do not.

use crate::steps::cargo_with;
use std::path::{Path, PathBuf};
use std::process::Command;
use std::time::Duration;
use xtask::diff::first_difference;
use xtask::proc::{End, find_python, run};
use xtask::{Result, read, root, target_dir};

const TARGETS: [&str; 5] = ["optimizer", "emitter", "bytecode", "source", "tiers"];
/// Seconds for a target, unless told otherwise; and in `cargo xtask ci`.
const SECONDS: u64 = 60;
const SMOKE_SECONDS: u64 = 10;
/// Inputs that a target begins with, made of seeds: long enough for whole programs.
const FIRST_INPUTS: u64 = 24;

/// `cargo xtask fuzz [TARGET…] [--seconds N] | --print SEED|FILE | --compare FIRST COUNT`.
pub fn fuzz(args: &[String]) -> Result {
    let words: Vec<&str> = args.iter().map(String::as_str).collect();
    match words[..] {
        ["--print", what] => programs(&["print", what]),
        ["--compare", first, count] => compare(first, count),
        _ => {
            let (targets, seconds) = targets(&words)?;
            needs()?;
            targets.iter().try_for_each(|t| target(t, seconds, &[]))
        }
    }
}

/// A few seconds of each target, from the same seed, for `cargo xtask ci`. Skipped where there is no nightly compiler.
pub fn smoke() -> Result {
    if let Err(why) = needs() {
        crate::steps::skip(format!("ci: skipped xtask fuzz: {why}"));
        return Ok(());
    }
    TARGETS.iter().try_for_each(|t| target(t, SMOKE_SECONDS, &["-seed=1"]))
}

fn targets<'a>(words: &[&'a str]) -> Result<(Vec<&'a str>, u64)> {
    let mut names = Vec::new();
    let mut seconds = SECONDS;
    let mut words = words.iter();
    while let Some(word) = words.next() {
        match *word {
            "--seconds" => {
                let n = words.next().ok_or("--seconds wants a number")?;
                seconds = n.parse().map_err(|e| format!("--seconds {n}: {e}"))?;
            }
            name if TARGETS.contains(&name) => names.push(name),
            other => return Err(format!("no target `{other}` (there are {})", TARGETS.join(", "))),
        }
    }
    if names.is_empty() {
        names = TARGETS.to_vec();
    }
    Ok((names, seconds))
}

/// A nightly compiler, and cargo-fuzz, which is installed if it is missing.
fn needs() -> Result {
    let there = |args: &[&str]| Command::new("cargo").args(args).output().is_ok_and(|o| o.status.success());
    if !there(&["+nightly", "--version"]) {
        return Err("it needs a nightly compiler (rustup toolchain install nightly)".into());
    }
    if there(&["fuzz", "--version"]) {
        return Ok(());
    }
    eprintln!("+ cargo install cargo-fuzz");
    match there(&["install", "cargo-fuzz"]) && there(&["fuzz", "--version"]) {
        true => Ok(()),
        false => Err("it needs cargo-fuzz (cargo install cargo-fuzz)".into()),
    }
}

fn build_dir() -> PathBuf {
    root().join(target_dir()).join("fuzz")
}

/// Runs one target. What it found stays in `fuzz/artifacts`, its corpus in `fuzz/corpus`.
fn target(name: &str, seconds: u64, more: &[&str]) -> Result {
    let corpus = root().join("fuzz").join("corpus").join(name);
    std::fs::create_dir_all(&corpus).map_err(|e| format!("{}: {e}", corpus.display()))?;
    let is_empty = std::fs::read_dir(&corpus).is_ok_and(|mut d| d.next().is_none());
    if is_empty {
        programs(&["seeds", &corpus.to_string_lossy(), "1", &FIRST_INPUTS.to_string()])?;
    }
    let time = format!("-max_total_time={seconds}");
    let mut args = vec!["+nightly", "fuzz", "run", name, "--", &time, "-timeout=60", "-rss_limit_mb=4096"];
    args.extend(["-max_len=16000", "-len_control=0", "-print_final_stats=1"]);
    args.extend(more);
    // Cargo's own variables name this toolchain.
    eprintln!("+ cargo {}", args.join(" "));
    let mut cargo = Command::new("cargo");
    cargo.args(&args).current_dir(root()).env("CARGO_TARGET_DIR", build_dir());
    for own in ["CARGO", "RUSTC", "RUSTUP_TOOLCHAIN"] {
        cargo.env_remove(own);
    }
    match cargo.status() {
        Ok(s) if s.success() => Ok(()),
        Ok(s) => Err(format!("fuzz target {name}: {s}")),
        Err(e) => Err(format!("cargo: {e}")),
    }
}

/// Runs `taipan-fuzz`, which has the same logic without a fuzzer.
fn programs(args: &[&str]) -> Result {
    let dir = build_dir();
    let mut all = vec!["run", "--quiet", "--profile", "checked", "--manifest-path", "fuzz/Cargo.toml"];
    all.extend(["--bin", "taipan-fuzz", "--"]);
    all.extend(args);
    cargo_with(&all, &[("CARGO_TARGET_DIR", &dir.to_string_lossy())])
}

/// What programs of some seeds print, with machine code, against CPython. They show nothing that differs between versions
/// of Python; of an uncaught exception the class is compared.
fn compare(first: &str, count: &str) -> Result {
    let python = find_python()?;
    println!("CPython {} at {}", python.version, python.path.display());
    let dir = std::env::temp_dir().join(format!("taipan-fuzz-{}", std::process::id()));
    std::fs::create_dir_all(&dir).map_err(|e| e.to_string())?;
    programs(&["write", &dir.to_string_lossy(), first, count])?;
    let first: u64 = first.parse().map_err(|e| format!("{first}: {e}"))?;
    let count: u64 = count.parse().map_err(|e| format!("{count}: {e}"))?;
    let mut failed = 0;
    for seed in first..first + count {
        let file = dir.join(format!("{seed}.py"));
        if let Err(what) = same(&python.path, &file) {
            failed += 1;
            println!("seed {seed}: {what}");
        }
    }
    println!("fuzz: {count} programs, {failed} differ from CPython");
    std::fs::remove_dir_all(&dir).map_err(|e| e.to_string())?;
    if failed == 0 { Ok(()) } else { Err("see above".into()) }
}

fn same(python: &Path, file: &Path) -> Result {
    let mut command = Command::new(python);
    command.args(["-B", "-P", "-W", "ignore"]).arg(file);
    let theirs = run(&mut command, Some(Duration::from_secs(60))).map_err(|e| e.to_string())?;
    let mut text = theirs.stdout;
    match theirs.end {
        End::Status(0) => {}
        End::Status(_) => text += &format!("ended: {}\n", class_of(&theirs.stderr)),
        end => return Err(format!("on CPython: {end}")),
    }
    match first_difference(&text, &read(&file.with_extension("taipan"))?) {
        None => Ok(()),
        Some(diff) => Err(diff),
    }
}

/// The class in the last line of a traceback.
fn class_of(stderr: &str) -> &str {
    let last = stderr.trim_end().rsplit('\n').next().unwrap_or("");
    last.split(':').next().unwrap_or(last)
}
