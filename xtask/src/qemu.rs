//! `cargo xtask qemu [NAME…]`: AArch64 on any Linux. Builds the `taipan` program and the tests of core and emitter for
//! `aarch64-unknown-linux-gnu`, runs the tests under `qemu-aarch64`, and every program of the corpus there and here, with
//! the JIT's threshold at its lowest. Output, fuel, and the optimized uops of traces have to be the same.
//!
//! Addresses are not compared, nor the places in which a side trace inherits or passes on values (register files differ). Machine
//! code counts as memory, so it also decides when garbage is collected: where that differs, and the two go on to record
//! something else, the comparison of that program's traces ends, and is counted.

use crate::toolchain::{self, Cross, built};
use std::path::Path;
use std::process::Command;
use std::sync::Mutex;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::time::Duration;
use xtask::programs::{Program, corpus, select};
use xtask::{Result, proc, root, taipan_bin};

const TARGET: &str = "aarch64-unknown-linux-gnu";
/// Where Debian puts AArch64's C library.
const LIBRARIES: &str = "/usr/aarch64-linux-gnu";
const PACKAGES: &[&str] = &["gcc-aarch64-linux-gnu", "libc6-dev-arm64-cross"];
const PROFILE: &str = "emulated";
/// Seconds that one program may take, emulated on a busy machine.
const LIMIT: u64 = 300;

/// See the module.
pub fn qemu(args: &[String]) -> Result {
    if !cfg!(all(target_os = "linux", not(target_arch = "aarch64"))) {
        crate::steps::skip("qemu: skipped: it runs on Linux of another architecture than AArch64".to_owned());
        return Ok(());
    }
    let rust = match tools() {
        Ok(rust) => rust,
        Err(why) => {
            crate::steps::skip(format!("qemu: skipped: {why}"));
            return Ok(());
        }
    };
    let linker = format!("target.{TARGET}.linker=\"aarch64-linux-gnu-gcc\"");
    let runner = format!("target.{TARGET}.runner=[\"qemu-aarch64\", \"-L\", \"{LIBRARIES}\"]");
    let cargo = |command: &str, args: &[&str]| {
        let common = ["--profile", PROFILE, "--config", &linker, "--config", &runner];
        rust.cargo(&root(), command, "std,panic_unwind", &[&common[..], args].concat())
    };
    if args.is_empty() {
        cargo("test", &["-q", "-p", "taipan-emit-aarch64", "-p", "taipan-core", "--lib", "--tests"])?;
    }
    cargo("build", &["-p", "taipan-cli"])?;
    crate::steps::build_cli()?;
    compare(&select(corpus()?, args), &built(TARGET, PROFILE).join("taipan"))
}

fn tools() -> Result<Cross> {
    toolchain::program("aarch64-linux-gnu-gcc", PACKAGES)?;
    if !Path::new(LIBRARIES).join("lib/libc.so.6").exists() {
        toolchain::install(PACKAGES)?;
    }
    toolchain::program("qemu-aarch64", &["qemu-user"])?;
    Cross::find(TARGET)
}

/// What one run shows.
struct Seen {
    end: String,
    stdout: String,
    stderr: String,
    fuel: String,
    /// How often garbage was collected, and how much.
    collected: String,
    /// Traces and failed recordings, in order: heading, text.
    traces: Vec<(String, String)>,
}

fn compare(programs: &[Program], emulated: &Path) -> Result {
    let (next, same, reordered) = (AtomicUsize::new(0), AtomicUsize::new(0), AtomicUsize::new(0));
    let failed = Mutex::new(Vec::new());
    let work = || {
        while let Some(program) = programs.get(next.fetch_add(1, Ordering::Relaxed)) {
            match compare_one(program, emulated) {
                Ok((traces, whole)) => {
                    same.fetch_add(traces, Ordering::Relaxed);
                    reordered.fetch_add(usize::from(!whole), Ordering::Relaxed);
                }
                Err(message) => {
                    println!("FAIL qemu {}: {message}", program.name);
                    failed.lock().unwrap_or_else(|e| e.into_inner()).push(&program.name);
                }
            }
        }
    };
    let threads = std::thread::available_parallelism().map_or(1, usize::from);
    std::thread::scope(|scope| (0..threads).for_each(|_| drop(scope.spawn(work))));
    let failed = failed.into_inner().unwrap_or_else(|e| e.into_inner()).len();
    println!(
        "qemu: {} of {} programs have the same output and fuel on AArch64; {} traces and failed recordings are the same; \
         {} programs collected garbage elsewhere and went on to record something else",
        programs.len() - failed,
        programs.len(),
        same.into_inner(),
        reordered.into_inner()
    );
    if failed == 0 { Ok(()) } else { Err(format!("{failed} programs differ")) }
}

/// How many traces were compared, and whether all were.
fn compare_one(program: &Program, emulated: &Path) -> Result<(usize, bool)> {
    let mut qemu = Command::new("qemu-aarch64");
    qemu.args(["-L", LIBRARIES]).arg(emulated);
    let there = run(qemu, program)?;
    let here = run(Command::new(taipan_bin()), program)?;
    for (what, a, b) in [
        ("status", &here.end, &there.end),
        ("output", &here.stdout, &there.stdout),
        ("messages", &here.stderr, &there.stderr),
        ("fuel", &here.fuel, &there.fuel),
    ] {
        if a != b {
            let diff = xtask::diff::first_difference(a, b).unwrap_or_default();
            return Err(format!("{what} differs: {diff}"));
        }
    }
    let same = here.traces.iter().zip(&there.traces).take_while(|(a, b)| a == b).count();
    let whole = same == here.traces.len() && same == there.traces.len();
    if whole || here.collected != there.collected {
        return Ok((same, whole));
    }
    let none = (String::from("nothing"), String::new());
    let (a, b) = (here.traces.get(same).unwrap_or(&none), there.traces.get(same).unwrap_or(&none));
    if a.0 != b.0 {
        return Err(format!("recorded {:?} here, {:?} there", a.0, b.0));
    }
    Err(format!("uops differ: {}: {}", a.0, xtask::diff::first_difference(&a.1, &b.1).unwrap_or_default()))
}

fn run(mut command: Command, program: &Program) -> Result<Seen> {
    command.args(["trace", "--jit-threshold=1", "--stats=json", &program.file]);
    command.current_dir(&program.dir).env("PYTHONHASHSEED", "0");
    let run = proc::run(&mut command, Some(Duration::from_secs(LIMIT))).map_err(|e| e.to_string())?;
    let stderr = program.normalize(&run.stderr);
    let (messages, stats) = match stderr.trim_end().rfind('\n') {
        Some(at) => stderr.split_at(at + 1),
        None => ("", stderr.as_str()),
    };
    let fuel = stats.split(',').next().filter(|f| f.contains("fuel_used"));
    let fuel = fuel.ok_or_else(|| format!("{}; no counters in {}", run.end, xtask::diff::clip(stats)))?;
    let collected = stats.split(", ").filter(|f| f.starts_with("\"gc_")).collect();
    let (stdout, traces) = traces(&run.stdout);
    Ok(Seen {
        end: run.end.to_string(),
        stdout,
        stderr: messages.into(),
        fuel: fuel.into(),
        collected,
        traces,
    })
}

/// Divides what `taipan trace` prints into the program's output and the listing's items.
fn traces(text: &str) -> (String, Vec<(String, String)>) {
    let mut output = String::new();
    let mut items: Vec<(String, String)> = Vec::new();
    for line in text.lines() {
        if line.starts_with("# trace ") || line.starts_with("given up: ") {
            items.push((line.to_owned(), String::new()));
            continue;
        }
        match items.last_mut() {
            None => output.extend([line, "\n"]),
            Some((_, body)) => {
                if let Some(line) = portable(line) {
                    body.extend([&line, "\n"]);
                }
            }
        }
    }
    (output, items)
}

/// A line of a listing without what depends on the machine; nothing if it is machine code.
fn portable(line: &str) -> Option<String> {
    // Machine code: a comment with an offset in hexadecimal.
    if let Some(rest) = line.strip_prefix('#') {
        let code = rest.starts_with("   ") && rest.split_whitespace().next().is_some_and(is_hex);
        return (!code).then(|| line.to_owned());
    }
    if line.starts_with("inherit ") {
        return Some("inherit".to_owned());
    }
    if let Some(values) = line.strip_prefix("pass ") {
        // In the order of their places, and once for each place.
        let names = values.split_whitespace().map(|v| v.split_once(':').map_or(v, |(name, _)| name));
        let names: std::collections::BTreeSet<_> = names.collect();
        return Some(format!("pass {}", names.into_iter().collect::<Vec<_>>().join(" ")));
    }
    // Constants that are pointers to cells, or addresses.
    if let Some((name, bits)) = line.split_once(" = G 0x")
        && let Ok(bits) = u64::from_str_radix(bits, 16)
        && (bits & 7 == 1 || (1 << 32..1 << 48).contains(&bits))
    {
        return Some(format!("{name} = G address"));
    }
    Some(line.to_owned())
}

fn is_hex(text: &str) -> bool {
    text.bytes().all(|b| b.is_ascii_hexdigit())
}
