//! `cargo xtask record`: what CPython prints becomes the corpus's expectation.
//!
//! CPython 3.14 comes from the npm package `pyodide` under node, all programs in one process. It is a
//! 32-bit build, so the programs named in `tests/programs/recorded-with-3.13.txt` (sizes, hashes, deep
//! recursion) are recorded from CPython 3.13 instead.

use std::io::Write;
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};
use std::time::Duration;
use xtask::diff::first_difference;
use xtask::proc::{End, Python, find_python, run};
use xtask::programs::{Expected, Program, corpus, corpus_dir, select};
use xtask::{Result, read, root};

const PYODIDE: &str = "pyodide@314.0.7";

/// `cargo xtask record [--check] [--compare] [NAME…]`.
///
/// `--check` writes nothing and reports what would change; `--compare` shows where 3.13 prints
/// something else, which is how programs that depend on the word size are found.
pub fn record(args: &[String]) -> Result {
    let has = |flag: &str| args.iter().any(|a| a == flag);
    let filters: Vec<String> = args.iter().filter(|a| !a.starts_with("--")).cloned().collect();
    let programs = select(corpus()?, &filters);
    let on_313 = listed_for_313()?;
    let (old, new): (Vec<_>, Vec<_>) = programs.into_iter().partition(|p| on_313.contains(&p.name));
    let python = find_python();
    let mut results = run_pyodide(&new)?;
    if has("--compare") {
        return compare(&python?, &new, &results);
    }
    if !old.is_empty() {
        let python = python?;
        for program in &old {
            results.push(run_python(&python, program)?);
        }
    }
    let mut changed = 0;
    for (program, result) in new.iter().chain(&old).zip(&results) {
        if program.expected().as_ref() == Ok(result) {
            continue;
        }
        changed += 1;
        println!("{} {}", if has("--check") { "differs" } else { "recorded" }, program.name);
        if !has("--check") {
            program.record(result)?;
        }
    }
    println!("record: {} programs, {changed} changed", results.len());
    if has("--check") && changed > 0 {
        Err("what is committed is not what CPython prints".into())
    } else {
        Ok(())
    }
}

fn listed_for_313() -> Result<Vec<String>> {
    let text = read(&corpus_dir().join("recorded-with-3.13.txt"))?;
    Ok(text
        .lines()
        .map(str::trim)
        .filter(|l| !l.is_empty() && !l.starts_with('#'))
        .map(str::to_owned)
        .collect())
}

fn compare(python: &Python, programs: &[Program], results: &[Expected]) -> Result {
    for (program, new) in programs.iter().zip(results) {
        let old = run_python(python, program)?;
        if let Some(diff) = first_difference(&new.stdout, &old.stdout) {
            println!("{} (stdout): {diff}", program.name);
        } else if let Some(diff) = first_difference(&new.stderr, &old.stderr) {
            println!("{} (stderr): {diff}", program.name);
        } else if new.status != old.status {
            println!("{}: status {} and {}", program.name, new.status, old.status);
        }
    }
    Ok(())
}

/// Runs one program on a CPython, in its directory and under its bare name.
fn run_python(python: &Python, program: &Program) -> Result<Expected> {
    let mut command = Command::new(&python.path);
    command.arg("-B").arg(&program.file).current_dir(&program.dir).env("PYTHONIOENCODING", "utf-8");
    let run = run(&mut command, Some(Duration::from_secs(60))).map_err(|e| e.to_string())?;
    match run.end {
        End::Status(status) => {
            Ok(Expected { stdout: run.stdout, stderr: program.normalize(&run.stderr), status })
        }
        end => Err(format!("{} on CPython: {end}", program.name)),
    }
}

fn run_pyodide(programs: &[Program]) -> Result<Vec<Expected>> {
    if programs.is_empty() {
        return Ok(Vec::new());
    }
    let pyodide = pyodide_dir()?;
    let out = std::env::temp_dir().join(format!("taipan-record-{}", std::process::id()));
    std::fs::create_dir_all(&out).map_err(|e| e.to_string())?;
    let mut node = Command::new("node")
        .arg("--stack-size=4000")
        .arg(root().join("tests/record/record.mjs"))
        .args([&pyodide, &corpus_dir(), &out])
        .stdin(Stdio::piped())
        .spawn()
        .map_err(|e| format!("node: {e}"))?;
    let list: String = programs.iter().map(|p| format!("{}.py\n", p.name)).collect();
    node.stdin.take().expect("piped").write_all(list.as_bytes()).map_err(|e| e.to_string())?;
    let status = node.wait().map_err(|e| e.to_string())?;
    if !status.success() {
        return Err(format!("node: {status}"));
    }
    let results = (0..programs.len()).map(|n| read_result(&out, n)).collect();
    std::fs::remove_dir_all(&out).map_err(|e| e.to_string())?;
    results
}

fn read_result(out: &Path, n: usize) -> Result<Expected> {
    let file = |ext: &str| read(&out.join(format!("{n}.{ext}")));
    let status = file("status")?.parse().map_err(|e| format!("status: {e}"))?;
    Ok(Expected { stdout: file("out")?, stderr: file("err")?, status })
}

/// `TAIPAN_PYODIDE`, else a cache directory outside the workspace, filled on first use.
fn pyodide_dir() -> Result<PathBuf> {
    if let Some(dir) = std::env::var_os("TAIPAN_PYODIDE") {
        return Ok(PathBuf::from(dir));
    }
    let home = std::env::var_os("HOME").ok_or("HOME is not set")?;
    let cache = PathBuf::from(home).join(".cache").join("taipan-tests");
    let dir = cache.join("node_modules").join("pyodide");
    if !dir.join("pyodide.mjs").exists() {
        std::fs::create_dir_all(&cache).map_err(|e| e.to_string())?;
        let status = Command::new("npm")
            .args(["install", "--no-audit", "--no-fund", "--prefix"])
            .arg(&cache)
            .arg(PYODIDE)
            .status()
            .map_err(|e| format!("npm: {e}"))?;
        if !status.success() {
            return Err(format!("npm install {PYODIDE}: {status}"));
        }
    }
    Ok(dir)
}
