//! `taipan`: runs Python programs and shows their bytecode.

mod args;
mod machine;
#[cfg(all(target_os = "linux", target_env = "gnu"))]
mod malloc;
mod report;

use args::{Action, Args, Program};
use signal_hook::consts::SIGINT;
use std::io::{Read, Write};
use std::path::Path;
use std::process::ExitCode;
use std::time::Duration;
use taipan::{Builder, Error, Interrupter, Keep, Progress, Vm};

fn main() -> ExitCode {
    #[cfg(all(target_os = "linux", target_env = "gnu"))]
    malloc::keep_memory();
    let args = match args::parse(std::env::args_os().skip(1)) {
        Ok(args) => args,
        Err(message) => {
            eprintln!("taipan: {message}\n{}", args::USAGE);
            return ExitCode::from(2);
        }
    };
    ExitCode::from(match args.action {
        Action::Help => {
            println!("{}\n\n{}", args::USAGE, args::OPTIONS);
            0
        }
        Action::Version => {
            println!("taipan {}", env!("CARGO_PKG_VERSION"));
            0
        }
        Action::Run | Action::Trace | Action::Dis { .. } | Action::Compile { .. } => match start(&args) {
            Ok(status) => status as u8,
            Err(message) => {
                eprintln!("{message}");
                2
            }
        },
    })
}

/// A program's text, the name tracebacks show, and `sys.argv[0]`.
fn read(program: &Program) -> Result<(Vec<u8>, String, String), String> {
    match program {
        Program::Code(code) => Ok((code.clone().into_bytes(), "<string>".into(), "-c".into())),
        Program::Stdin => {
            let mut source = Vec::new();
            std::io::stdin()
                .read_to_end(&mut source)
                .map_err(|e| format!("taipan: can't read standard input: {e}"))?;
            Ok((source, "<stdin>".into(), "-".into()))
        }
        Program::File(path) => {
            let name = path.to_string_lossy().into_owned();
            let source = std::fs::read(path).map_err(|e| {
                let (number, text) = match e.raw_os_error() {
                    Some(2) => (2, "No such file or directory".to_string()),
                    Some(13) => (13, "Permission denied".to_string()),
                    Some(21) => (21, "Is a directory".to_string()),
                    n => (n.unwrap_or(5), e.to_string()),
                };
                format!("taipan: can't open file '{}': [Errno {number}] {text}", absolute(path))
            })?;
            Ok((source, name.clone(), name))
        }
    }
}

/// A path as CPython names it when it cannot open it.
fn absolute(path: &Path) -> String {
    std::path::absolute(path).unwrap_or_else(|_| path.to_path_buf()).to_string_lossy().into_owned()
}

fn builder(args: &Args, argv0: &str) -> Builder {
    let mut b =
        Vm::builder().gc_stress(args.gc_stress).jit(args.jit).jit_listings(args.action == Action::Trace);
    if let Some(n) = args.jit_threshold {
        b = b.jit_threshold(n);
    }
    if let Some(n) = args.jit_max_traces {
        b = b.jit_max_traces(n);
    }
    if let Some(n) = args.jit_code_bytes {
        b = b.jit_code_bytes(n);
    }
    if let Some((exit, after)) = args.jit_force_exit {
        b = b.jit_force_exit(exit, after);
    }
    b = b.jit_count_guards(args.jit_count_guards);
    if let Some(n) = args.max_memory {
        b = b.max_memory(n);
    }
    if let Some(n) = args.max_recursion {
        b = b.max_recursion(n);
    }
    if let Some(n) = args.max_output {
        b = b.max_output(n);
    }
    if let Some(n) = args.max_source {
        b = b.max_source(n);
    }
    if let Some(n) = args.fuel_slice.or(args.fuel) {
        b = b.fuel(n.min(args.fuel.unwrap_or(u64::MAX)));
    } else {
        // So much that it is never used up, and yet what was used can be told.
        b = b.fuel(i64::MAX as u64);
    }
    if let Some(s) = args.timeout {
        b = b.timeout(Duration::from_secs_f64(s));
    }
    if let Some(n) = seed() {
        b = b.hash_seed(n);
    }
    let beside = match &args.program {
        Program::File(path) => path.parent().map(Path::to_path_buf).unwrap_or_default(),
        _ => std::path::PathBuf::new(),
    };
    b.module_path(beside).argv(std::iter::once(argv0.to_string()).chain(args.rest.iter().cloned()))
}

/// Lets Ctrl-C interrupt the program. Without a handler it ends the process, which is no worse. There is no thread that waits
/// for the signal: making one takes a sixth of the time of an empty program.
fn on_interrupt(interrupter: Interrupter) {
    // SAFETY: the handler does nothing but set bits of an atomic word, which a signal handler may.
    let _ = unsafe { signal_hook::low_level::register(SIGINT, move || interrupter.keyboard()) };
}

/// `PYTHONHASHSEED`, if it is a number.
fn seed() -> Option<u64> {
    std::env::var("PYTHONHASHSEED").ok()?.parse().ok()
}

/// Runs or shows the program; returns the exit status.
fn start(args: &Args) -> Result<i32, String> {
    let (source, name, argv0) = read(&args.program)?;
    let mut vm = builder(args, &argv0).build().map_err(|e| format!("taipan: {e}"))?;
    on_interrupt(vm.interrupter());
    if let Action::Compile { keep } = args.action {
        return compile(&mut vm, args, &name, &source, keep);
    }
    if let Action::Dis { adaptive: false } = args.action {
        return Ok(match vm.compile(&name, &source) {
            Ok(module) => {
                let mut text = String::new();
                let _ = taipan::disassemble(&module, &mut text);
                let _ = std::io::stdout().write_all(text.as_bytes());
                0
            }
            Err(e) => vm.report(&e),
        });
    }
    let status = match run(&mut vm, args, &name, &source) {
        Ok(()) => 0,
        Err(e) => vm.report(&e),
    };
    let stats = vm.stats();
    let listing = matches!(args.action, Action::Dis { adaptive: true }).then(|| vm.disassemble_adaptive());
    let listing = if args.action == Action::Trace {
        Some(vm.traces(|code, at| machine::listing(code, at, "#   ")))
    } else {
        listing
    };
    if args.perf_map
        && let Err(e) = perf_map(&vm)
    {
        eprintln!("taipan: can't write the map for perf: {e}");
    }
    // What the program wrote comes first.
    drop(vm);
    if let Some(text) = listing {
        let _ = std::io::stdout().write_all(text.as_bytes());
    }
    if let Some(format) = args.stats {
        report::stats(&stats, format);
    }
    Ok(status)
}

/// Writes names of machine code where perf looks for them. It reads them after the run, when nothing moves any more.
fn perf_map(vm: &Vm) -> std::io::Result<()> {
    let mut text = String::new();
    vm.machine_code(|address, len, name| {
        text += &format!("{address:x} {len:x} py:{}\n", name.replace(['\n', '\r'], " "));
    });
    std::fs::write(format!("/tmp/perf-{}.map", std::process::id()), text)
}

fn is_compiled(path: &Path) -> bool {
    path.extension().is_some_and(|e| e == taipan::COMPILED_EXTENSION)
}

/// Writes the compiled program; returns the exit status.
fn compile(vm: &mut Vm, args: &Args, name: &str, source: &[u8], keep: Keep) -> Result<i32, String> {
    let to = match (&args.output, &args.program) {
        (Some(to), _) => to.clone(),
        (None, Program::File(path)) => path.with_extension(taipan::COMPILED_EXTENSION),
        (None, _) => return Err("taipan: compile needs -o FILE where the program is not a file".into()),
    };
    match vm.compile_to_bytes(name, source, keep) {
        Ok(bytes) => match std::fs::write(&to, bytes) {
            Ok(()) => Ok(0),
            Err(e) => Err(format!("taipan: can't write '{}': {e}", absolute(&to))),
        },
        Err(e) => Ok(vm.report(&e)),
    }
}

fn run(vm: &mut Vm, args: &Args, name: &str, source: &[u8]) -> Result<(), Error> {
    match &args.program {
        Program::File(path) if is_compiled(path) => vm.start_compiled(source)?,
        _ => vm.start_source(name, source)?,
    }
    let mut left = args.fuel.map(|f| f - args.fuel_slice.unwrap_or(f).min(f));
    while vm.resume()? == Progress::OutOfFuel {
        let more = args.fuel_slice.unwrap_or(0).min(left.unwrap_or(u64::MAX));
        if more == 0 {
            return Err(Error::out_of_fuel());
        }
        left = left.map(|l| l - more);
        vm.add_fuel(more);
    }
    Ok(())
}
