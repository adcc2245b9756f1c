//! Running and timing. All of a program's ways run in each round, the order turned by one from round to round, since
//! whoever goes later finds a warmer machine.

use std::path::Path;
use std::process::Command;
use xtask::diff::first_difference;
use xtask::proc::{End, Python, Run, run};
use xtask::programs::{Program, in_dir};
use xtask::{Result, json_number, json_numbers, read, root, taipan_bin};

const STARTUP_RUNS: usize = 21;
/// The JIT shall not lose more than this; where a median is below, more rounds decide.
const LOSS: f64 = 0.97;
const ROUNDS_IN_DOUBT: usize = 21;

/// How a program runs.
#[derive(Clone, Copy)]
enum Way {
    CPython,
    Interpreter,
    Jit,
}

/// Ratios, sorted.
pub struct Ratios(Vec<f64>);

impl Ratios {
    fn of(numerators: &[f64], denominators: &[f64]) -> Ratios {
        Ratios(sorted(numerators.iter().zip(denominators).map(|(a, b)| a / b).collect()))
    }
    /// The q-quantile, between neighbours.
    pub fn quantile(&self, q: f64) -> f64 {
        quantile(&self.0, q)
    }
    pub fn median(&self) -> f64 {
        self.quantile(0.5)
    }
    pub fn all(&self) -> &[f64] {
        &self.0
    }
}

/// A program's figures.
pub struct Row {
    pub name: String,
    /// CPython's time by the interpreter's.
    pub interpreter: Ratios,
    /// CPython's time by the JIT's.
    pub jit: Ratios,
    /// The interpreter's time by the JIT's.
    pub gain: Ratios,
    /// Median times.
    pub seconds: f64,
    pub cpython_seconds: f64,
    /// Peak memory with the JIT by that without.
    pub rss: f64,
    pub code: Code,
}

/// What the JIT says of itself.
pub struct Code {
    pub compile_ns: u64,
    pub compile_ns_median: u64,
    pub compile_ns_p99: u64,
    pub compile_ns_deciles: Vec<u64>,
    pub traces: u64,
    pub side_traces: u64,
    pub bytes: u64,
    pub exits_taken: u64,
    /// Guards executed, from a run of its own that counts them.
    pub guards: u64,
}

pub struct Memory {
    pub name: String,
    pub taipan: f64,
    pub cpython: f64,
}

pub struct Startup {
    pub median: f64,
    pub peak: f64,
    pub cpython: f64,
}

pub fn on_python(python: &Python, program: &Program) -> Command {
    let mut command = Command::new(&python.path);
    command.arg("-B").arg(&program.file).current_dir(&program.dir);
    command
}

fn on_taipan(options: &[&str], program: &Program) -> Command {
    let mut command = Command::new(taipan_bin());
    command.arg("run").args(options).arg(&program.file).current_dir(&program.dir);
    command
}

/// Runs to the end, which has to be a successful one with the expected output. No time limit, because
/// waiting with one is by polling, and a millisecond's grain would show.
pub fn finish(mut command: Command, expected: Option<&str>) -> Result<Run> {
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

/// Times and peaks of each way, by round.
#[derive(Default)]
struct Rounds {
    seconds: [Vec<f64>; 3],
    peaks: [Vec<f64>; 3],
}

/// Measures one program.
pub fn row(python: &Python, program: &Program, rounds: usize) -> Result<Row> {
    let expected = read(&program.path().with_extension("out"))?;
    let once = |way: Way| {
        let command = match way {
            Way::CPython => on_python(python, program),
            Way::Interpreter => on_taipan(&["--jit=off"], program),
            Way::Jit => on_taipan(&["--jit=on"], program),
        };
        finish(command, Some(&expected))
    };
    once(Way::CPython).map_err(|e| format!("CPython: {e}"))?;
    once(Way::Interpreter).map_err(|e| format!("interpreter: {e}"))?;
    once(Way::Jit).map_err(|e| format!("JIT: {e}"))?;
    let mut done = Rounds::default();
    for round in 0..rounds {
        turn(&mut done, &[Way::CPython, Way::Interpreter, Way::Jit], round, &once)?;
    }
    let [cpython, interpreter, jit] = &done.seconds;
    let (by_interpreter, by_jit) = (Ratios::of(cpython, interpreter), Ratios::of(cpython, jit));
    let (seconds, cpython_seconds) = (median(jit), median(cpython));
    if rounds >= super::PAIRS && Ratios::of(interpreter, jit).median() < LOSS {
        for round in rounds..ROUNDS_IN_DOUBT {
            turn(&mut done, &[Way::Interpreter, Way::Jit], round, &once)?;
        }
    }
    let [_, interpreter, jit] = &done.seconds;
    Ok(Row {
        name: program.name.clone(),
        interpreter: by_interpreter,
        jit: by_jit,
        gain: Ratios::of(interpreter, jit),
        seconds,
        cpython_seconds,
        rss: median(&done.peaks[Way::Jit as usize]) / median(&done.peaks[Way::Interpreter as usize]),
        code: code(program)?,
    })
}

/// One round of `ways`, beginning with another one each time.
fn turn(done: &mut Rounds, ways: &[Way], round: usize, once: &impl Fn(Way) -> Result<Run>) -> Result {
    for n in 0..ways.len() {
        let way = ways[(n + round) % ways.len()];
        let run = once(way)?;
        done.seconds[way as usize].push(run.wall.as_secs_f64());
        done.peaks[way as usize].push(run.peak_rss as f64);
    }
    Ok(())
}

/// The JIT's counters; guards are counted in a second run, whose code is slower and larger.
fn code(program: &Program) -> Result<Code> {
    let stats = |options: &[&str]| -> Result<String> {
        let done = finish(on_taipan(options, program), None)?;
        Ok(done.stderr.trim_end().rsplit('\n').next().unwrap_or("").to_owned())
    };
    let (plain, counting) = (stats(&["--stats=json"])?, stats(&["--stats=json", "--jit-count-guards"])?);
    let number =
        |line: &str, key: &str| json_number(line, key).ok_or_else(|| format!("no {key} in {line:?}"));
    Ok(Code {
        compile_ns: number(&plain, "trace_compile_ns_total")?,
        compile_ns_median: number(&plain, "trace_compile_ns_median")?,
        compile_ns_p99: number(&plain, "trace_compile_ns_p99")?,
        compile_ns_deciles: json_numbers(&plain, "trace_compile_ns_deciles"),
        traces: number(&plain, "traces_compiled")?,
        side_traces: number(&plain, "side_traces")?,
        bytes: number(&plain, "code_bytes")?,
        exits_taken: number(&plain, "exits_taken")?,
        guards: number(&counting, "guards_executed")?,
    })
}

/// Start-up: `-c pass` as a whole process, warm.
pub fn startup(python: &Python) -> Result<Startup> {
    let times = |program: &Path| -> Result<(f64, f64)> {
        let (mut walls, mut peak) = (Vec::new(), 0);
        for n in 0..STARTUP_RUNS + 3 {
            let mut command = Command::new(program);
            command.args(["-c", "pass"]);
            let done = finish(command, Some(""))?;
            if n >= 3 {
                walls.push(done.wall.as_secs_f64());
                peak = peak.max(done.peak_rss);
            }
        }
        Ok((median(&walls), peak as f64))
    };
    let (median, peak) = times(&taipan_bin()).map_err(|e| format!("taipan -c pass: {e}"))?;
    Ok(Startup { median, peak, cpython: times(&python.path)?.0 })
}

/// Peak memory of the programs in `tests/bench/memory`, less that of the empty one.
pub fn memory(python: &Python) -> Result<Vec<Memory>> {
    let programs = in_dir(&root().join("tests/bench/memory"))?;
    let mut peaks = Vec::new();
    for program in &programs {
        let expected = read(&program.path().with_extension("out"))?;
        let ours = finish(on_taipan(&[], program), Some(&expected));
        let ours = ours.map_err(|e| format!("{}: {e}", program.name))?.peak_rss as f64;
        let theirs = finish(on_python(python, program), Some(&expected))?.peak_rss as f64;
        peaks.push((program.name.clone(), ours, theirs));
    }
    let (_, ours, theirs) = peaks.iter().find(|p| p.0 == "memory/empty").ok_or("no memory/empty.py")?.clone();
    let others = peaks.into_iter().filter(|p| p.0 != "memory/empty");
    Ok(others.map(|(name, a, b)| Memory { name, taipan: a - ours, cpython: b - theirs }).collect())
}

fn sorted(mut list: Vec<f64>) -> Vec<f64> {
    list.sort_by(f64::total_cmp);
    list
}

fn median(list: &[f64]) -> f64 {
    quantile(&sorted(list.to_vec()), 0.5)
}

fn quantile(sorted: &[f64], q: f64) -> f64 {
    let at = q * (sorted.len() - 1) as f64;
    let (low, high) = (sorted[at.floor() as usize], sorted[at.ceil() as usize]);
    low + (high - low) * at.fract()
}
