//! `cargo xtask kinds`: many small programs, each timed by itself within one process, Taipan against CPython.
//!
//! Not a benchmark of whole programs, as `bench` is: it shows which kinds of operations are slow, or are not compiled.
//! Each figure is the best of three runs; what the programs compute must be the same.

use std::process::Command;
use xtask::proc::{Python, find_python};
use xtask::{Result, root, taipan_bin};

const PROGRAMS: [&str; 3] = ["operations", "idioms", "scripts"];
const RUNS: usize = 3;

/// What one case took, and what it computed.
struct Timed {
    name: String,
    nanoseconds: f64,
    result: String,
}

/// `cargo xtask kinds`.
pub fn kinds(args: &[String]) -> Result {
    if let Some(arg) = args.first() {
        return Err(format!("unexpected argument `{arg}`"));
    }
    let python = find_python()?;
    println!("CPython {} at {}", python.version, python.path.display());
    crate::steps::build_cli()?;
    for program in PROGRAMS {
        compare(&python, program)?;
    }
    Ok(())
}

fn compare(python: &Python, program: &str) -> Result {
    let file = root().join("tests/kinds").join(format!("{program}.py"));
    let taipan = taipan_bin();
    let mut ways = [Command::new(&python.path), Command::new(&taipan), Command::new(&taipan)];
    ways[2].arg("--jit=off");
    ways.iter_mut().for_each(|way| {
        way.arg(&file);
    });
    let mut best: [Vec<Timed>; 3] = Default::default();
    for run in 0..RUNS {
        eprintln!("{program} [{}/{RUNS}]", run + 1);
        for (way, best) in ways.iter_mut().zip(&mut best) {
            let now = timed(way)?;
            *best = if best.is_empty() { now } else { faster(core::mem::take(best), now) };
        }
    }
    let [cpython, jit, interpreter] = best;
    println!("\n{program:20} CPython ns      JIT ns   interp. ns   CPython/JIT   interp./JIT");
    let mut rows: Vec<_> = cpython.iter().zip(&jit).zip(&interpreter).collect();
    rows.sort_by(|((a, b), _), ((c, d), _)| {
        (a.nanoseconds / b.nanoseconds).total_cmp(&(c.nanoseconds / d.nanoseconds))
    });
    let mut logs = 0.0;
    for ((c, j), i) in &rows {
        if (&c.name, &c.result) != (&j.name, &j.result) || (&c.name, &c.result) != (&i.name, &i.result) {
            return Err(format!(
                "{}: {:?} with CPython, {:?} and {:?} here",
                c.name, c.result, j.result, i.result
            ));
        }
        let (ratio, gain) = (c.nanoseconds / j.nanoseconds, i.nanoseconds / j.nanoseconds);
        logs += ratio.ln();
        let (c_ns, j_ns, i_ns) = (c.nanoseconds, j.nanoseconds, i.nanoseconds);
        println!("{:20} {c_ns:10.1}  {j_ns:10.1}   {i_ns:10.1}        {ratio:6.2}        {gain:6.2}", c.name);
    }
    println!("geometric mean {:.2}", (logs / rows.len().max(1) as f64).exp());
    Ok(())
}

fn faster(before: Vec<Timed>, now: Vec<Timed>) -> Vec<Timed> {
    before.into_iter().zip(now).map(|(a, b)| if a.nanoseconds <= b.nanoseconds { a } else { b }).collect()
}

fn timed(command: &mut Command) -> Result<Vec<Timed>> {
    let output = command.output().map_err(|e| format!("{command:?}: {e}"))?;
    if !output.status.success() {
        return Err(format!("{command:?}: {}", String::from_utf8_lossy(&output.stderr)));
    }
    let text = String::from_utf8_lossy(&output.stdout);
    let parse = |line: &str| {
        let mut words = line.splitn(3, ' ');
        let name = words.next()?.to_string();
        let nanoseconds = words.next()?.parse().ok()?;
        Some(Timed { name, nanoseconds, result: words.next().unwrap_or("").to_string() })
    };
    text.lines().map(|line| parse(line).ok_or_else(|| format!("not a figure: {line}"))).collect()
}
