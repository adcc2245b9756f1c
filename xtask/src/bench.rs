//! `cargo xtask bench`: whole processes, Taipan against CPython.
//!
//! Each program's output is verified on both before anything is timed. Then the two run in turn, so
//! that a slow minute of the machine hits both; a figure is the median of the ratios of neighbours,
//! with the quartiles as its spread. Subjects are columns: another way of running Taipan is one more
//! entry in `subjects`.

use std::path::Path;
use std::process::Command;
use std::time::{Duration, Instant};
use xtask::diff::first_difference;
use xtask::proc::{End, Python, Run, find_python, run};
use xtask::programs::{Program, in_dir};
use xtask::{Result, read, root, taipan_bin, write};

const PAIRS: usize = 7;
const STARTUP_RUNS: usize = 21;

/// One column: a name, and how it runs a program.
struct Subject {
    name: &'static str,
    options: &'static [&'static str],
}

fn subjects() -> Vec<Subject> {
    vec![Subject { name: "interp", options: &["--jit=off"] }, Subject { name: "jit", options: &["--jit=on"] }]
}

struct Options {
    names: Vec<String>,
    json: Option<String>,
    pairs: usize,
    record: bool,
}

/// What one subject did on one program.
struct Timing {
    /// CPython's time divided by the subject's, pair by pair, sorted.
    ratios: Vec<f64>,
    seconds: f64,
    cpython_seconds: f64,
}

struct Row {
    name: String,
    timings: Vec<Timing>,
}

struct Memory {
    name: String,
    taipan: f64,
    cpython: f64,
}

struct Startup {
    median: f64,
    peak: f64,
    cpython: f64,
}

/// `cargo xtask bench [NAME…] [--json FILE] [--pairs N] [--quick] [--record]`.
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
    let subjects = subjects();
    let mut rows = Vec::new();
    let mut failures = Vec::new();
    for (i, program) in programs.iter().enumerate() {
        let progress = format!("[{}/{}] {}", i + 1, programs.len(), program.name);
        eprintln!("{progress} ({:.0} s so far)", started.elapsed().as_secs_f64());
        match measure(&python, &subjects, program, options.pairs) {
            Ok(row) => rows.push(row),
            Err(message) => failures.push(format!("{}: {message}", program.name)),
        }
    }
    let whole_set = options.names.is_empty();
    let startup = if whole_set { Some(startup(&python)?) } else { None };
    let memory = if whole_set { memory(&python)? } else { Vec::new() };
    report(&subjects, &rows, startup.as_ref(), &memory);
    if let Some(file) = &options.json {
        write(Path::new(file), to_json(&python, &subjects, &rows, startup.as_ref(), &memory))?;
    }
    if failures.is_empty() { Ok(()) } else { Err(format!("not timed:\n  {}", failures.join("\n  "))) }
}

fn parse(args: &[String]) -> Result<Options> {
    let mut options = Options { names: Vec::new(), json: None, pairs: PAIRS, record: false };
    let mut args = args.iter();
    while let Some(arg) = args.next() {
        match arg.as_str() {
            "--json" => options.json = Some(args.next().ok_or("--json needs a file")?.clone()),
            "--pairs" => {
                let n = args.next().and_then(|n| n.parse().ok()).filter(|&n| n > 0);
                options.pairs = n.ok_or("--pairs needs a number")?;
            }
            "--quick" => options.pairs = 1,
            "--record" => options.record = true,
            flag if flag.starts_with('-') => return Err(format!("unknown option {flag}")),
            name => options.names.push(name.to_owned()),
        }
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

fn on_python(python: &Python, program: &Program) -> Command {
    let mut command = Command::new(&python.path);
    command.arg("-B").arg(&program.file).current_dir(&program.dir);
    command
}

fn on_taipan(subject: &Subject, program: &Program) -> Command {
    let mut command = Command::new(taipan_bin());
    command.arg("run").args(subject.options).arg(&program.file).current_dir(&program.dir);
    command
}

/// Runs to the end, which has to be a successful one with the expected output. No time limit, because
/// waiting with one is by polling, and a millisecond's grain would show.
fn finish(mut command: Command, expected: Option<&str>) -> Result<Run> {
    let done = run(&mut command, None).map_err(|e| e.to_string())?;
    if done.end != End::Status(0) {
        let last = done.stderr.trim_end().rsplit('\n').next().unwrap_or("");
        return Err(format!("{}: {last}", done.end));
    }
    match expected.and_then(|e| first_difference(e, &done.stdout)) {
        Some(diff) => Err(format!("wrong output: {diff}")),
        None => Ok(done),
    }
}

fn measure(python: &Python, subjects: &[Subject], program: &Program, pairs: usize) -> Result<Row> {
    let expected = read(&program.path().with_extension("out"))?;
    finish(on_python(python, program), Some(&expected)).map_err(|e| format!("CPython: {e}"))?;
    let mut timings = Vec::new();
    for subject in subjects {
        finish(on_taipan(subject, program), Some(&expected)).map_err(|e| format!("{}: {e}", subject.name))?;
        timings.push(time_pairs(python, subject, program, &expected, pairs)?);
    }
    Ok(Row { name: program.name.clone(), timings })
}

fn time_pairs(
    python: &Python,
    subject: &Subject,
    program: &Program,
    expected: &str,
    pairs: usize,
) -> Result<Timing> {
    let (mut ratios, mut ours, mut theirs) = (Vec::new(), Vec::new(), Vec::new());
    for pair in 0..pairs {
        let mine = || finish(on_taipan(subject, program), Some(expected)).map(|r| seconds(r.wall));
        let other = || finish(on_python(python, program), Some(expected)).map(|r| seconds(r.wall));
        // Whoever goes second finds a warmer machine; they take turns at it.
        let (a, b) = if pair % 2 == 0 {
            let a = mine()?;
            (a, other()?)
        } else {
            let b = other()?;
            (mine()?, b)
        };
        ratios.push(b / a);
        ours.push(a);
        theirs.push(b);
    }
    for list in [&mut ratios, &mut ours, &mut theirs] {
        list.sort_by(f64::total_cmp);
    }
    Ok(Timing { seconds: quantile(&ours, 0.5), cpython_seconds: quantile(&theirs, 0.5), ratios })
}

/// Start-up: `-c pass` as a whole process, warm.
fn startup(python: &Python) -> Result<Startup> {
    let times = |program: &Path| -> Result<(f64, f64)> {
        let (mut walls, mut peak) = (Vec::new(), 0);
        for n in 0..STARTUP_RUNS + 3 {
            let mut command = Command::new(program);
            command.args(["-c", "pass"]);
            let done = finish(command, Some(""))?;
            if n >= 3 {
                walls.push(seconds(done.wall));
                peak = peak.max(done.peak_rss);
            }
        }
        walls.sort_by(f64::total_cmp);
        Ok((quantile(&walls, 0.5), peak as f64))
    };
    let (median, peak) = times(&taipan_bin()).map_err(|e| format!("taipan -c pass: {e}"))?;
    Ok(Startup { median, peak, cpython: times(&python.path)?.0 })
}

/// Peak memory of the programs in `tests/bench/memory`, less that of the empty one.
fn memory(python: &Python) -> Result<Vec<Memory>> {
    let subject = Subject { name: "interp", options: &[] };
    let programs = in_dir(&root().join("tests/bench/memory"))?;
    let mut peaks = Vec::new();
    for program in &programs {
        let expected = read(&program.path().with_extension("out"))?;
        let ours = finish(on_taipan(&subject, program), Some(&expected));
        let ours = ours.map_err(|e| format!("{}: {e}", program.name))?.peak_rss as f64;
        let theirs = finish(on_python(python, program), Some(&expected))?.peak_rss as f64;
        peaks.push((program.name.clone(), ours, theirs));
    }
    let (_, ours, theirs) = peaks.iter().find(|p| p.0 == "memory/empty").ok_or("no memory/empty.py")?.clone();
    let others = peaks.into_iter().filter(|p| p.0 != "memory/empty");
    Ok(others.map(|(name, a, b)| Memory { name, taipan: a - ours, cpython: b - theirs }).collect())
}

fn report(subjects: &[Subject], rows: &[Row], startup: Option<&Startup>, memory: &[Memory]) {
    let names: String = subjects.iter().map(|s| format!("{:>9}{:>20}", s.name, "quartiles")).collect();
    println!("\n{:<20}{names}{:>11}{:>11}", "program", "seconds", "CPython");
    for row in rows {
        let columns: String = row.timings.iter().map(column).collect();
        let last = row.timings.last().expect("there is a subject");
        println!("{:<20}{columns}{:>11.3}{:>11.3}", row.name, last.seconds, last.cpython_seconds);
    }
    for (i, subject) in subjects.iter().enumerate() {
        if !rows.is_empty() {
            println!("geometric mean, {}: {:.2}x of {} programs", subject.name, mean(rows, i), rows.len());
        }
    }
    if let Some(s) = startup {
        let (ms, mb) = (s.median * 1e3, s.peak / 1e6);
        println!("start-up: {ms:.2} ms, {mb:.1} MB (CPython {:.2} ms)", s.cpython * 1e3);
    }
    for m in memory {
        println!("{:<20}{:>8.1} MB, CPython {:.1} MB", m.name, m.taipan / 1e6, m.cpython / 1e6);
    }
}

fn column(timing: &Timing) -> String {
    let r = &timing.ratios;
    let spread = format!("{:.2} to {:.2}", quantile(r, 0.25), quantile(r, 0.75));
    format!("{:>8.2}x{spread:>20}", quantile(r, 0.5))
}

fn mean(rows: &[Row], subject: usize) -> f64 {
    let logs: f64 = rows.iter().map(|r| quantile(&r.timings[subject].ratios, 0.5).ln()).sum();
    (logs / rows.len() as f64).exp()
}

/// The q-quantile of a sorted list, between neighbours.
fn quantile(sorted: &[f64], q: f64) -> f64 {
    let at = q * (sorted.len() - 1) as f64;
    let (low, high) = (sorted[at.floor() as usize], sorted[at.ceil() as usize]);
    low + (high - low) * at.fract()
}

fn seconds(d: Duration) -> f64 {
    d.as_secs_f64()
}

fn to_json(
    python: &Python,
    subjects: &[Subject],
    rows: &[Row],
    startup: Option<&Startup>,
    memory: &[Memory],
) -> String {
    let programs = rows.iter().map(|row| {
        let columns = subjects.iter().zip(&row.timings).map(|(subject, t)| {
            let ratios: Vec<String> = t.ratios.iter().map(|r| format!("{r:.4}")).collect();
            let (median, all) = (quantile(&t.ratios, 0.5), ratios.join(","));
            format!(
                r#""{}":{{"ratio":{median:.4},"ratios":[{all}],"seconds":{:.4},"cpython_seconds":{:.4}}}"#,
                subject.name, t.seconds, t.cpython_seconds
            )
        });
        format!(r#""{}":{{{}}}"#, row.name, columns.collect::<Vec<_>>().join(","))
    });
    let mut parts = vec![
        format!(r#""python":"{}","comparable":{}"#, python.version, python.comparable),
        format!(r#""programs":{{{}}}"#, programs.collect::<Vec<_>>().join(",\n")),
    ];
    if !rows.is_empty() {
        let means = subjects.iter().enumerate().map(|(i, s)| format!(r#""{}":{:.4}"#, s.name, mean(rows, i)));
        parts.push(format!(r#""geometric_mean":{{{}}}"#, means.collect::<Vec<_>>().join(",")));
    }
    if let Some(s) = startup {
        let (ms, cpython) = (s.median * 1e3, s.cpython * 1e3);
        let peak = s.peak;
        parts.push(format!(r#""startup":{{"ms":{ms:.3},"peak_bytes":{peak},"cpython_ms":{cpython:.3}}}"#));
    }
    let memory = memory
        .iter()
        .map(|m| format!(r#""{}":{{"bytes":{},"cpython_bytes":{}}}"#, m.name, m.taipan, m.cpython));
    parts.push(format!(r#""memory":{{{}}}"#, memory.collect::<Vec<_>>().join(",")));
    format!("{{{}}}\n", parts.join(",\n"))
}
