//! `cargo xtask bench`: whole processes, Taipan against CPython, and its JIT against its interpreter.
//!
//! Each program's output is verified in every way it runs before anything is timed. Then the ways take turns, so that
//! a slow minute of the machine hits them all; a figure is the median of the ratios within the rounds, with the
//! quartiles as its spread (`measure`). `report` has the tables.

mod measure;
mod report;

use measure::{Memory, Row, Startup, finish, on_python};
use std::path::Path;
use std::time::Instant;
use xtask::proc::{Python, find_python};
use xtask::programs::{Program, in_dir};
use xtask::{Result, read, root, write};

const PAIRS: usize = 7;

struct Options {
    names: Vec<String>,
    json: Option<String>,
    pairs: usize,
    record: bool,
    docs: bool,
}

/// All that was measured.
struct Figures {
    python: Python,
    pairs: usize,
    rows: Vec<Row>,
    startup: Option<Startup>,
    memory: Vec<Memory>,
}

/// `cargo xtask bench [NAME…] [--json FILE] [--pairs N] [--quick] [--docs] [--record]`.
pub fn bench(args: &[String]) -> Result {
    let options = parse(args)?;
    let python = find_python()?;
    let note = if python.comparable { "" } else { " (not the 3.13 baseline: figures are not comparable)" };
    println!("CPython {} at {}{note}", python.version, python.path.display());
    let programs = programs(&options.names)?;
    if options.record {
        return record(&python, &programs);
    }
    crate::steps::build_cli()?;
    let started = Instant::now();
    let mut rows = Vec::new();
    let mut failures = Vec::new();
    for (i, program) in programs.iter().enumerate() {
        let progress = format!("[{}/{}] {}", i + 1, programs.len(), program.name);
        eprintln!("{progress} ({:.0} s so far)", started.elapsed().as_secs_f64());
        match measure::row(&python, program, options.pairs) {
            Ok(row) => rows.push(row),
            Err(message) => failures.push(format!("{}: {message}", program.name)),
        }
    }
    let whole_set = options.names.is_empty();
    let startup = if whole_set { Some(measure::startup(&python)?) } else { None };
    let memory = if whole_set { measure::memory(&python)? } else { Vec::new() };
    let figures = Figures { python, pairs: options.pairs, rows, startup, memory };
    report::print(&figures);
    if let Some(file) = &options.json {
        write(Path::new(file), report::json(&figures))?;
    }
    if options.docs {
        into_docs(&report::markdown(&figures))?;
    }
    if failures.is_empty() { Ok(()) } else { Err(format!("not timed:\n  {}", failures.join("\n  "))) }
}

fn parse(args: &[String]) -> Result<Options> {
    let mut options = Options { names: Vec::new(), json: None, pairs: PAIRS, record: false, docs: false };
    let mut args = args.iter();
    while let Some(arg) = args.next() {
        match arg.as_str() {
            "--json" => options.json = Some(args.next().ok_or("--json needs a file")?.clone()),
            "--pairs" => {
                let n = args.next().and_then(|n| n.parse().ok()).filter(|&n| n > 0);
                options.pairs = n.ok_or("--pairs needs a number")?;
            }
            "--quick" => options.pairs = 1,
            "--docs" => options.docs = true,
            "--record" => options.record = true,
            flag if flag.starts_with('-') => return Err(format!("unknown option {flag}")),
            name => options.names.push(name.to_owned()),
        }
    }
    if options.docs && !options.names.is_empty() {
        return Err("--docs is for the whole set".into());
    }
    Ok(options)
}

fn programs(names: &[String]) -> Result<Vec<Program>> {
    let mut found = in_dir(&root().join("tests").join("bench"))?;
    for program in &mut found {
        program.name = program.name.trim_start_matches("bench/").to_owned();
    }
    if let Some(missing) = names.iter().find(|n| !found.iter().any(|p| p.name == **n)) {
        return Err(format!("no benchmark named {missing}"));
    }
    found.retain(|p| names.is_empty() || names.contains(&p.name));
    Ok(found)
}

fn record(python: &Python, programs: &[Program]) -> Result {
    let memory = in_dir(&root().join("tests/bench/memory"))?;
    for program in programs.iter().chain(&memory) {
        let done = finish(on_python(python, program), None)?;
        write(&program.path().with_extension("out"), done.stdout)?;
        println!("{}: {:.2} s", program.name, done.wall.as_secs_f64());
    }
    Ok(())
}

/// Puts the tables between their marks in `docs/benchmarks.md`.
fn into_docs(tables: &str) -> Result {
    const BEGIN: &str = "<!-- cargo xtask bench --docs: from here -->\n";
    const END: &str = "<!-- to here -->\n";
    let path = root().join("docs").join("benchmarks.md");
    let text = read(&path)?;
    let (before, rest) = text.split_once(BEGIN).ok_or("docs/benchmarks.md has no mark where tables begin")?;
    let (_, after) = rest.split_once(END).ok_or("docs/benchmarks.md has no mark where tables end")?;
    write(&path, format!("{before}{BEGIN}\n{tables}\n{END}{after}"))
}
