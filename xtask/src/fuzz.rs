//! `cargo xtask fuzz`: the targets of `fuzz/` under cargo-fuzz, random programs without it, and those against CPython.
//!
//! `fuzz/` is a workspace of its own. cargo-fuzz needs a nightly compiler; printing and comparing programs do not.

use crate::steps::cargo_with;
use std::collections::VecDeque;
use std::io::{BufRead, BufReader, Write};
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};
use std::time::{Duration, Instant};
use xtask::diff::first_difference;
use xtask::proc::{End, find_python, run};
use xtask::{Result, read, root, target_dir};

/// Each target, with how many bytes an input has at most: about what it reads. A change behind that is a run for nothing.
const TARGETS: [(&str, u32); 6] = [
    ("optimizer", 600),
    ("emitter", 2000),
    ("bytecode", 400),
    ("source", 4000),
    ("tiers", 2500),
    ("loops", 600),
];
/// Seconds for a target, unless told otherwise; and in `cargo xtask ci`.
const SECONDS: u64 = 60;
const SMOKE_SECONDS: u64 = 10;
/// Programs of loops that `cargo xtask ci` compares everywhere: seconds.
const SMOKE_LOOPS: &str = "300";
/// Inputs that a target begins with, made of seeds: long enough for whole programs.
const FIRST_INPUTS: u64 = 24;
/// Bytes of a test program that such an input is made of.
const LONGEST_PROGRAM: usize = 4000;
/// Between two lines that say how far a target is.
const BETWEEN: Duration = Duration::from_secs(5);
/// Of what a target says when it finds something: a panic with its program, and a report of AddressSanitizer.
const LAST_LINES: usize = 200;

/// `cargo xtask fuzz [TARGET…] [--seconds N] | TARGET FILE | --print SEED|FILE [--loops] | --compare FIRST COUNT`.
pub fn fuzz(args: &[String]) -> Result {
    let words: Vec<&str> = args.iter().map(String::as_str).collect();
    match words[..] {
        ["--print", what] => programs(&["print", what]),
        ["--print", what, "--loops"] => programs(&["print", what, "--loops"]),
        ["--compare", first, count] => compare(first, count),
        [name, file] if is_target(name) && Path::new(file).is_file() => again(name, file),
        _ => {
            let (targets, seconds) = targets(&words)?;
            needs()?;
            all(&targets, seconds, &[])
        }
    }
}

/// A few seconds of each target, from the same seed, for `cargo xtask ci`. Where there is no nightly compiler only some programs of
/// loops are compared, which needs none.
pub fn smoke() -> Result {
    programs(&["loops", "1", SMOKE_LOOPS])?;
    if let Err(why) = needs() {
        crate::steps::skip(format!("ci: skipped xtask fuzz: {why}"));
        return Ok(());
    }
    all(&names(), SMOKE_SECONDS, &["-seed=1"])
}

fn targets<'a>(words: &[&'a str]) -> Result<(Vec<&'a str>, u64)> {
    let mut chosen = Vec::new();
    let mut seconds = SECONDS;
    let mut words = words.iter();
    while let Some(word) = words.next() {
        match *word {
            "--seconds" => {
                let n = words.next().ok_or("--seconds wants a number")?;
                seconds = n.parse().map_err(|e| format!("--seconds {n}: {e}"))?;
                // For libFuzzer none is for ever.
                if seconds == 0 {
                    return Err("--seconds wants a number above 0".into());
                }
            }
            name if is_target(name) => chosen.push(name),
            other => {
                return Err(format!("no target and no file `{other}` (there are {})", names().join(", ")));
            }
        }
    }
    if chosen.is_empty() {
        chosen = names();
    }
    Ok((chosen, seconds))
}

fn names() -> Vec<&'static str> {
    TARGETS.iter().map(|t| t.0).collect()
}
fn is_target(name: &str) -> bool {
    names().contains(&name)
}

/// A nightly compiler and cargo-fuzz: what is missing, and the commands that install it.
fn needs() -> Result {
    let there = |args: &[&str]| plain_cargo(args).output().is_ok_and(|o| o.status.success());
    let mut missing = Vec::new();
    if !there(&["+nightly", "--version"]) {
        missing.push("a nightly compiler (rustup toolchain install nightly)");
    }
    if !there(&["fuzz", "--version"]) {
        missing.push("cargo-fuzz (cargo install cargo-fuzz --locked)");
    }
    if missing.is_empty() { Ok(()) } else { Err(format!("it needs {}", missing.join(" and "))) }
}

/// Cargo without the variables by which it names this toolchain to what it starts.
fn plain_cargo(args: &[&str]) -> Command {
    let mut cargo = Command::new("cargo");
    cargo.args(args).current_dir(root()).env("CARGO_TARGET_DIR", build_dir());
    for own in ["CARGO", "RUSTC", "RUSTUP_TOOLCHAIN"] {
        cargo.env_remove(own);
    }
    cargo
}

fn build_dir() -> PathBuf {
    root().join(target_dir()).join("fuzz")
}

/// Builds a target. Core is one unit of code there, so that its parts are inlined: the first build takes minutes.
fn build(name: &str) -> Result {
    let args = ["+nightly", "fuzz", "build", name];
    eprintln!("+ cargo {}", args.join(" "));
    to_end(&args, &format!("fuzz target {name} was not built"))
}

/// Runs cargo to its end; `what` is wrong if it fails.
fn to_end(args: &[&str], what: &str) -> Result {
    match plain_cargo(args).status() {
        Ok(s) if s.success() => Ok(()),
        Ok(s) => Err(format!("{what}: {s}")),
        Err(e) => Err(format!("cargo: {e}")),
    }
}

/// Runs targets one after the other, all of them even if one finds something.
fn all(targets: &[&str], seconds: u64, more: &[&str]) -> Result {
    targets.iter().try_for_each(|name| build(name))?;
    let found: Vec<String> = targets.iter().filter_map(|name| target(name, seconds, more).err()).collect();
    match found.is_empty() {
        true => Ok(()),
        false => Err(found.join("\n")),
    }
}

/// Runs one target. What it found stays in `fuzz/artifacts`, its corpus in `fuzz/corpus`.
fn target(name: &str, seconds: u64, more: &[&str]) -> Result {
    let corpus = root().join("fuzz").join("corpus").join(name);
    std::fs::create_dir_all(&corpus).map_err(|e| format!("{}: {e}", corpus.display()))?;
    let is_empty = std::fs::read_dir(&corpus).is_ok_and(|mut d| d.next().is_none());
    if is_empty {
        programs(&["seeds", &corpus.to_string_lossy(), "1", &FIRST_INPUTS.to_string()])?;
        if name == "source" {
            test_programs(&root().join("tests/programs"), &corpus)?;
        }
    }
    let time = format!("-max_total_time={seconds}");
    let mut args = vec!["+nightly", "fuzz", "run", name, "--", &time, "-timeout=60", "-rss_limit_mb=4096"];
    let length = TARGETS.iter().find(|t| t.0 == name).map_or(4000, |t| t.1);
    let length = format!("-max_len={length}");
    args.extend([&*length, "-len_control=0", "-print_final_stats=1"]);
    args.extend(more);
    eprintln!("+ cargo {}", args.join(" "));
    watch(name, plain_cargo(&args))
}

/// Puts the test programs that are not long into a corpus of sources: from random bytes hardly one comes that runs.
fn test_programs(from: &Path, corpus: &Path) -> Result {
    for entry in std::fs::read_dir(from).map_err(|e| format!("{}: {e}", from.display()))? {
        let path = entry.map_err(|e| e.to_string())?.path();
        if path.is_dir() {
            test_programs(&path, corpus)?;
        } else if path.extension().is_some_and(|e| e == "py") {
            // The first byte says that the others are a source as they are.
            let input = format!("\0{}", read(&path)?);
            if input.len() <= LONGEST_PROGRAM {
                let name =
                    path.strip_prefix(root()).unwrap_or(&path).to_string_lossy().replace(['/', '\\'], "-");
                std::fs::write(corpus.join(name), input).map_err(|e| e.to_string())?;
            }
        }
    }
    Ok(())
}

/// Runs a target on one file: whether it still finds there what it found.
fn again(name: &str, file: &str) -> Result {
    needs()?;
    build(name)?;
    // Cargo is started elsewhere.
    let file = std::fs::canonicalize(file).map_err(|e| format!("{file}: {e}"))?;
    let args = [
        "+nightly",
        "fuzz",
        "run",
        name,
        &*file.to_string_lossy(),
        "--",
        "-timeout=60",
        "-rss_limit_mb=4096",
    ];
    to_end(&args, &format!("fuzz target {name} on {}", file.display()))
}

/// Runs a fuzzer to its end. All it says is kept in a file; now and then a line says how far it is, and where it found
/// something, the end of what it said.
fn watch(name: &str, mut fuzzer: Command) -> Result {
    let path = build_dir().join(format!("{name}.log"));
    let io = |e: std::io::Error| format!("fuzz target {name}: {e}");
    let mut log = std::fs::File::create(&path).map_err(io)?;
    let mut child = fuzzer.stderr(Stdio::piped()).spawn().map_err(io)?;
    let begin = Instant::now();
    let mut said = begin;
    let mut last = VecDeque::new();
    let (mut runs, mut rate) = (String::from("?"), String::from("?"));
    let mut file = None;
    let lines = BufReader::new(child.stderr.take().ok_or("no pipe")?).split(b'\n');
    for line in lines {
        let line = String::from_utf8_lossy(&line.map_err(io)?).into_owned();
        writeln!(log, "{line}").map_err(io)?;
        if line.starts_with('#') {
            if said.elapsed() >= BETWEEN {
                said = Instant::now();
                println!("fuzz {name}: {} s, {}", begin.elapsed().as_secs(), line.replace('\t', " "));
            }
            continue;
        }
        if let Some((_, n)) = line.split_once("stat::number_of_executed_units:") {
            runs = n.trim().to_owned();
        } else if let Some((_, n)) = line.split_once("stat::average_exec_per_sec:") {
            rate = n.trim().to_owned();
        } else if let Some((_, path)) = line.split_once("Test unit written to ") {
            // One that is merely slow is kept as well, before what is wrong.
            file = Some(path.trim().to_owned());
        }
        last.push_back(line);
        if last.len() > LAST_LINES {
            last.pop_front();
        }
    }
    let status = child.wait().map_err(io)?;
    let ran = format!("fuzz {name}: {} s, {runs} runs, {rate} a second", begin.elapsed().as_secs());
    if status.success() {
        println!("{ran}, nothing found");
        return Ok(());
    }
    for line in last {
        println!("{line}");
    }
    println!("{ran}, FOUND SOMETHING (all of it: {})", path.display());
    match file {
        None => Err(format!("fuzz target {name}: {status}")),
        Some(file) => {
            Err(format!("fuzz target {name} fails on {file}; again: cargo xtask fuzz {name} {file}"))
        }
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
