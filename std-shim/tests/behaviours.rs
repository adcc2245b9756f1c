//! What the optimizer has to achieve, as programs: each case runs a few hot functions, then says which uops are left in
//! their traces, and where.
//!
//! A case in `behaviours/` is a program, a line `----`, and claims, one a line:
//!
//! - `f loop: GuardInt 0, AddInt <= 2`: how many uops of a name (a final `*` stands for any end) the body of `f`'s loop
//!   has; `entry` is what stands before it, `all` the whole trace. Of several traces of `f`, the first root trace that
//!   has a loop is meant, for `all` the first root trace if none has.
//! - `f traces: 1`: how many traces began in `f`.
//! - `f linked: >= 2`: how many of them pass values on: they go to the body of a loop.
//! - `f side: SlotLoad 0`: how many uops of a name some one of them has.
//! - `entered: <= 20`: how often the interpreter entered compiled code.
//! - `prints: text`: the next line of the program's output.
//! - `short: reason`: the case does not hold yet. The test lists such cases, and fails where one has come to hold.

use std::path::Path;
use std::sync::{Arc, Mutex};
use taipan::{JitMode, Vm};

/// What running a case left behind.
struct Ran {
    traces: Vec<Trace>,
    output: Vec<String>,
    entered: u64,
}

/// A root or side trace as its listing has it.
struct Trace {
    function: String,
    root: bool,
    /// It passes values on.
    linked: bool,
    uops: Vec<String>,
}

fn run(source: &str) -> Result<Ran, String> {
    let output = Arc::new(Mutex::new(Vec::new()));
    let to = output.clone();
    let write = move |bytes: &[u8], _| to.lock().expect("the only writer").extend_from_slice(bytes);
    let builder = Vm::builder().jit(JitMode::Uops).jit_threshold(10).jit_listings(true).output(write);
    let mut vm = builder.build().map_err(|e| e.to_string())?;
    vm.run_source("case.py", source).map_err(|e| e.to_string())?;
    let traces = parse(&vm.traces(|_, _| String::new()));
    let entered = vm.stats().jit.entered;
    drop(vm);
    let output = String::from_utf8_lossy(&output.lock().expect("the run is over")).into_owned();
    Ok(Ran { traces, output: output.lines().map(str::to_owned).collect(), entered })
}

/// The traces of a listing: a heading, comments, then uops up to the snapshots.
fn parse(listing: &str) -> Vec<Trace> {
    let mut traces: Vec<Trace> = Vec::new();
    for line in listing.lines() {
        if let Some(heading) = line.strip_prefix("# trace ") {
            let function = heading.rsplit(" of ").next().unwrap_or("").to_owned();
            traces.push(Trace {
                function,
                root: heading.contains("(root)"),
                linked: false,
                uops: Vec::new(),
            });
        } else if let Some(trace) = traces.last_mut()
            && line.starts_with("pass ")
        {
            trace.linked = true;
        } else if let Some(trace) = traces.last_mut()
            && let Some(name) = uop(line)
        {
            trace.uops.push(name.to_owned());
        }
    }
    traces
}

/// The name of the uop on a line of a listing, if there is one.
fn uop(line: &str) -> Option<&str> {
    let text = line.split_once(" = ").map_or(line, |(_, right)| right);
    let name = text.split_whitespace().next()?;
    taipan_core::uop::Uop::ALL.iter().any(|u| u.name() == name).then_some(name)
}

impl Ran {
    fn region(&self, function: &str, region: &str) -> Result<&[String], String> {
        let mut roots = self.traces.iter().filter(|t| t.root && t.function == function);
        let start = |t: &Trace| t.uops.iter().position(|u| u == "LoopStart");
        let looping = roots.clone().find(|t| start(t).is_some());
        if region == "all" {
            let trace = looping.or_else(|| roots.next());
            return trace.map(|t| t.uops.as_slice()).ok_or(format!("{function} has no trace"));
        }
        let trace = looping.ok_or(format!("{function} has no trace with a loop"))?;
        let (entry, body) = trace.uops.split_at(start(trace).unwrap_or(0));
        match region {
            "entry" => Ok(entry),
            "loop" => Ok(body),
            other => Err(format!("no region {other}")),
        }
    }

    /// Checks one claim, other than `prints`.
    fn check(&self, claim: &str) -> Result<(), String> {
        let (place, what) = claim.split_once(": ").ok_or(format!("no claim: {claim}"))?;
        if place == "entered" {
            return compare(self.entered, what).map_err(|m| format!("{claim}: {m}"));
        }
        let (function, region) = place.split_once(' ').ok_or(format!("no place: {place}"))?;
        if region == "traces" {
            let n = self.traces.iter().filter(|t| t.function == function).count();
            return compare(n as u64, what).map_err(|m| format!("{claim}: {m}"));
        }
        if region == "linked" {
            let n = self.traces.iter().filter(|t| t.linked && t.function == function).count();
            return compare(n as u64, what).map_err(|m| format!("{claim}: {m}"));
        }
        if region == "side" {
            let mut linked = self.traces.iter().filter(|t| t.linked && t.function == function);
            let fits = linked.any(|t| count(&t.uops, what).is_ok());
            return if fits { Ok(()) } else { Err(format!("{claim}: no trace is like that")) };
        }
        count(self.region(function, region)?, what).map_err(|m| format!("{place}: {m}"))
    }
}

/// Checks how many uops of some names there are.
fn count(uops: &[String], what: &str) -> Result<(), String> {
    for part in what.split(", ") {
        let (name, bound) = part.split_once(' ').ok_or(format!("no bound: {part}"))?;
        let fits = |u: &&String| name.strip_suffix('*').map_or(*u == name, |stem| u.starts_with(stem));
        let n = uops.iter().filter(fits).count() as u64;
        compare(n, bound).map_err(|m| format!("{part}: {m}"))?;
    }
    Ok(())
}

/// `3`, `<= 3` or `>= 3`.
fn compare(n: u64, bound: &str) -> Result<(), String> {
    let number = |text: &str| text.trim().parse::<u64>().map_err(|_| format!("no number: {text}"));
    let holds = match bound.split_at(bound.len().min(2)) {
        ("<=", m) => n <= number(m)?,
        (">=", m) => n >= number(m)?,
        _ => n == number(bound)?,
    };
    if holds { Ok(()) } else { Err(format!("there are {n}")) }
}

/// Whether a case holds, and why it is excused if it need not.
fn case(text: &str) -> (Result<(), String>, Option<String>) {
    let Some((source, claims)) = text.split_once("----\n") else {
        return (Err("no claims".into()), None);
    };
    let claims: Vec<&str> = claims.lines().filter(|l| !l.trim().is_empty()).collect();
    let short = claims.iter().find_map(|c| c.strip_prefix("short: ")).map(str::to_owned);
    let holds = run(source).and_then(|ran| {
        let mut output = ran.output.iter();
        for claim in claims.iter().filter(|c| !c.starts_with("short: ")) {
            match claim.strip_prefix("prints: ") {
                Some(text) if output.next().is_some_and(|line| line == text) => {}
                Some(_) => return Err(format!("{claim}: it printed {:?}", ran.output)),
                None => ran.check(claim)?,
            }
        }
        Ok(())
    });
    (holds, short)
}

#[test]
fn traces_are_as_good_as_claimed() {
    let dir = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/behaviours");
    let mut paths: Vec<_> =
        std::fs::read_dir(dir).expect("cases").map(|e| e.expect("a case").path()).collect();
    paths.sort();
    let (mut short, mut failed) = (Vec::new(), Vec::new());
    for path in &paths {
        let name = path.file_stem().unwrap_or_default().to_string_lossy();
        match case(&std::fs::read_to_string(path).expect("a readable case")) {
            (Ok(()), None) => {}
            (Err(_), Some(why)) => short.push(format!("{name}: {why}")),
            (Ok(()), Some(_)) => failed.push(format!("{name}: it holds now, and is not short any more")),
            (Err(message), None) => failed.push(format!("{name}: {message}")),
        }
    }
    println!("{} of {} cases hold; short:\n  {}", paths.len() - short.len(), paths.len(), short.join("\n  "));
    assert!(failed.is_empty(), "{}", failed.join("\n"));
}
