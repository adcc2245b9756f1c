//! The command line. Options end at the program, as CPython's do: what follows is the program's own.

use std::ffi::OsString;
use std::path::PathBuf;
use taipan::JitMode;

pub const USAGE: &str = "usage: taipan [run] [OPTIONS] FILE | -c CODE | - [ARGS]\n       taipan dis [--adaptive] [OPTIONS] FILE | -c CODE | -\n       taipan trace [OPTIONS] FILE | -c CODE | -\n       taipan compile FILE.py [-o FILE.tpc] [--no-source | --strip]";

pub const OPTIONS: &str = "  -c CODE              the program itself
  -                    read the program from standard input
  --stats[=json]       counters, to standard error at the end
  --fuel N             end the program after N units of work
  --max-memory BYTES   raise MemoryError beyond (default 1 GiB)
  --max-recursion N    raise RecursionError beyond (default 1000)
  --max-output BYTES   end the program beyond
  --max-source BYTES   refuse longer programs (default 1 MiB)
  --timeout SECONDS    end the program after that time
  --jit=on|off|uops    hot code as machine code (default), interpreted, or as interpreted uops
  --jit-threshold N    compile loops after N iterations
  --jit-max-traces N   compile at most N traces
  --jit-code-bytes N   make at most N bytes of machine code (default 16 MiB)
  --perf-map           tell perf the names of machine code, in /tmp/perf-PID.map
  --gc-stress          collect garbage at every opportunity
  -o FILE              compile: where the compiled program goes (default: beside the source, as .tpc)
  --no-source          compile: leave the source text out, which tracebacks quote
  --strip              compile: leave source text and positions out
  --adaptive           dis: run the program, then show its specialized bytecode
  -h, --help           show this
  -V, --version        show the version";

#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Action {
    Run,
    Dis { adaptive: bool },
    Trace,
    Compile { keep: taipan::Keep },
    Help,
    Version,
}

#[derive(Debug)]
pub enum Program {
    File(PathBuf),
    Code(String),
    Stdin,
}

#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum StatsFormat {
    Text,
    Json,
}

#[derive(Debug)]
pub struct Args {
    pub action: Action,
    pub program: Program,
    pub rest: Vec<String>,
    pub stats: Option<StatsFormat>,
    pub gc_stress: bool,
    pub jit: JitMode,
    pub jit_threshold: Option<u16>,
    pub jit_max_traces: Option<u16>,
    pub jit_code_bytes: Option<usize>,
    /// To test the JIT: number of an exit that fails, and how often it is passed before.
    pub jit_force_exit: Option<(u32, u32)>,
    /// For benchmarks: counts guards executed.
    pub jit_count_guards: bool,
    pub perf_map: bool,
    pub output: Option<PathBuf>,
    pub fuel: Option<u64>,
    pub fuel_slice: Option<u64>,
    pub max_memory: Option<usize>,
    pub max_recursion: Option<u32>,
    pub max_output: Option<u64>,
    pub max_source: Option<usize>,
    pub timeout: Option<f64>,
}

pub fn parse(args: impl Iterator<Item = OsString>) -> Result<Args, String> {
    let mut it = args.peekable();
    let mut a = Args {
        action: Action::Run,
        program: Program::Stdin,
        rest: Vec::new(),
        stats: None,
        gc_stress: false,
        jit: JitMode::default(),
        jit_threshold: None,
        jit_max_traces: None,
        jit_code_bytes: None,
        jit_force_exit: None,
        jit_count_guards: false,
        perf_map: false,
        output: None,
        fuel: None,
        fuel_slice: None,
        max_memory: None,
        max_recursion: None,
        max_output: None,
        max_source: None,
        timeout: None,
    };
    match it.peek().and_then(|s| s.to_str()) {
        Some("run") => drop(it.next()),
        Some("trace") => {
            it.next();
            a.action = Action::Trace;
        }
        Some("dis") => {
            it.next();
            a.action = Action::Dis { adaptive: false };
        }
        Some("compile") => {
            it.next();
            a.action = Action::Compile { keep: taipan::Keep::default() };
        }
        _ => {}
    }
    let mut program = None;
    // `compile` takes no arguments for the program, so options may follow it.
    let compiles = matches!(a.action, Action::Compile { .. });
    while program.is_none() || compiles {
        let Some(arg) = it.next() else { break };
        let text = arg.to_str().unwrap_or("").to_string();
        let (name, attached) = match text.split_once('=') {
            Some((n, v)) if n.starts_with("--") => (n.to_string(), Some(v.to_string())),
            _ => (text.clone(), None),
        };
        let mut value = || {
            let next = attached.clone().or_else(|| it.next().map(|v| v.to_string_lossy().into_owned()));
            next.ok_or_else(|| format!("argument expected for {name}"))
        };
        match name.as_str() {
            "-h" | "--help" => a.action = Action::Help,
            "-V" | "--version" => a.action = Action::Version,
            "-c" => {
                program = Some(Program::Code(value().map_err(|_| "argument expected for the -c option")?))
            }
            "-" => program = Some(Program::Stdin),
            "--stats" => {
                a.stats = Some(match attached.as_deref() {
                    None => StatsFormat::Text,
                    Some("json") => StatsFormat::Json,
                    Some(v) => return Err(format!("--stats knows 'json', not '{v}'")),
                });
            }
            "--gc-stress" => a.gc_stress = true,
            "--jit" => {
                a.jit = match value()?.as_str() {
                    "on" => JitMode::On,
                    "off" => JitMode::Off,
                    "uops" => JitMode::Uops,
                    v => return Err(format!("--jit knows 'on', 'off' and 'uops', not '{v}'")),
                }
            }
            "--jit-max-traces" => a.jit_max_traces = Some(number(&name, &value()?)?),
            "--jit-code-bytes" => a.jit_code_bytes = Some(number(&name, &value()?)?),
            "--jit-force-exit" => {
                let text = value()?;
                let (exit, after) = text.split_once(':').unwrap_or((&text, "0"));
                a.jit_force_exit = Some((number(&name, exit)?, number(&name, after)?));
            }
            "--jit-count-guards" => a.jit_count_guards = true,
            "--perf-map" => a.perf_map = true,
            "--jit-threshold" => a.jit_threshold = Some(number(&name, &value()?)?),
            "--adaptive" if matches!(a.action, Action::Dis { .. }) => {
                a.action = Action::Dis { adaptive: true }
            }
            "-o" => a.output = Some(value()?.into()),
            "--no-source" if matches!(a.action, Action::Compile { .. }) => {
                a.action = Action::Compile { keep: taipan::Keep { source: false, positions: true } };
            }
            "--strip" if matches!(a.action, Action::Compile { .. }) => {
                a.action = Action::Compile { keep: taipan::Keep { source: false, positions: false } };
            }
            "--fuel" => a.fuel = Some(number(&name, &value()?)?),
            "--fuel-slice" => a.fuel_slice = Some(number::<u64>(&name, &value()?)?.max(1)),
            "--max-memory" => a.max_memory = Some(number(&name, &value()?)?),
            "--max-recursion" => a.max_recursion = Some(number(&name, &value()?)?),
            "--max-output" => a.max_output = Some(number(&name, &value()?)?),
            "--max-source" => a.max_source = Some(number(&name, &value()?)?),
            "--timeout" => {
                let seconds: f64 = number(&name, &value()?)?;
                if !(0.0..1e9).contains(&seconds) {
                    return Err(format!("--timeout: no time: '{seconds}'"));
                }
                a.timeout = Some(seconds);
            }
            "--" => program = it.next().map(|f| Program::File(f.into())),
            n if n.starts_with('-') => return Err(format!("unknown option {n}")),
            _ if program.is_some() => return Err(format!("one program at a time: '{text}'")),
            _ => program = Some(Program::File(arg.into())),
        }
        if matches!(a.action, Action::Help | Action::Version) {
            return Ok(a);
        }
    }
    match program {
        Some(p) => a.program = p,
        None if a.action == Action::Run => a.program = Program::Stdin,
        None => return Err("no program given".into()),
    }
    a.rest = it.map(|s| s.to_string_lossy().into_owned()).collect();
    Ok(a)
}

fn number<T: std::str::FromStr>(name: &str, text: &str) -> Result<T, String> {
    text.replace('_', "").parse().map_err(|_| format!("{name}: no number: '{text}'"))
}
