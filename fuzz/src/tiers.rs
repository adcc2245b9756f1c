//! A random program on the interpreter, as interpreted uops and as machine code: output, errors and fuel are the same.
//!
//! Besides, in one more way that nothing may notice: under GC stress, with fuel in slices, with an exit that fails though its
//! guard holds, with little memory for code, or with another threshold.

use crate::program;
use std::sync::{Arc, Mutex};
use taipan::{Builder, ErrorKind, JitMode, Progress, Vm};

/// Fuel of a run. What needs more is compared as far as it comes.
const FUEL: u64 = 3_000_000;
/// Fuel of a run under GC stress, where a unit takes far longer; it is compared as far as it comes.
const STRESS_FUEL: u64 = 3_000;
const MEMORY: usize = 256 << 20;
/// Beyond, a program is longer than it should be: a generator that makes such ones is mended.
const OUTPUT: u64 = 1 << 20;

/// What a run did.
#[derive(Debug, PartialEq, Eq)]
pub struct Run {
    /// What it printed.
    pub output: String,
    /// How it ended: nothing, or the kind of error with what would be printed of it.
    pub end: String,
    /// Units of fuel.
    pub fuel: u64,
}

/// A way of running a program.
#[derive(Clone, Copy, Debug)]
pub enum Way {
    /// Interpreted.
    Plain,
    /// As interpreted uops, from this threshold on.
    Uops(u16),
    /// As machine code, from this threshold on.
    Machine(u16),
    /// As machine code under GC stress.
    Stress,
    /// As machine code, stopping every so many units of fuel.
    Slices(u64),
    /// With an exit that fails after so many passes.
    Exit(u32, u32),
    /// With so much memory for code.
    Code(usize),
}

impl Way {
    fn settings(self, builder: Builder) -> Builder {
        let low = builder.jit(JitMode::On).jit_threshold(2);
        match self {
            Way::Plain => low.jit(JitMode::Off),
            Way::Uops(n) => low.jit(JitMode::Uops).jit_threshold(n),
            Way::Machine(n) => low.jit_threshold(n),
            Way::Stress => low.gc_stress(true),
            Way::Slices(_) => low,
            Way::Exit(n, after) => low.jit_force_exit(n, after),
            Way::Code(bytes) => low.jit_code_bytes(bytes),
        }
    }
}

/// Runs a program.
pub fn run_way(source: &str, way: Way) -> Run {
    run_with(source, way, FUEL)
}

fn run_with(source: &str, way: Way, most: u64) -> Run {
    let first = if let Way::Slices(n) = way { n.min(most) } else { most };
    let output = Arc::new(Mutex::new(Vec::new()));
    let to = output.clone();
    let builder = Vm::builder()
        .hash_seed(1)
        .fuel(first)
        .max_memory(MEMORY)
        .max_output(OUTPUT)
        .output(move |text, _| to.lock().expect("one thread").extend_from_slice(text));
    let mut vm = way.settings(builder).build().expect("enough memory");
    let end = match vm.start_source("program.py", source) {
        Ok(()) => to_end(&mut vm, first, most),
        Err(e) => format!("{:?}\n{}", e.kind, e.traceback),
    };
    let fuel = vm.stats().fuel_used;
    drop(vm);
    let output = String::from_utf8_lossy(&output.lock().expect("one thread")).into_owned();
    Run { output, end, fuel }
}

/// Runs to the end, adding `slice` units of fuel as often as there may be more, up to `most`.
fn to_end(vm: &mut Vm, slice: u64, most: u64) -> String {
    let mut given = slice;
    loop {
        match vm.resume() {
            Ok(Progress::Done) => return String::new(),
            Ok(Progress::OutOfFuel) if given < most => {
                let more = slice.min(most - given);
                given += more;
                vm.add_fuel(more);
            }
            Ok(Progress::OutOfFuel) => return format!("{:?}", ErrorKind::OutOfFuel),
            Err(e) => return format!("{:?}\n{}", e.kind, e.traceback),
        }
    }
}

/// Where two runs of a program differ, as text; `None` if they do not, or if memory ran short, which may happen elsewhere in
/// each way.
pub fn difference(plain: &Run, other: &Run) -> Option<String> {
    if plain == other
        || [plain, other].iter().any(|r| r.output.contains("MemoryError") || r.end.contains("MemoryError"))
    {
        return None;
    }
    let mut lines = plain.output.lines().zip(other.output.lines()).enumerate();
    let first = lines.find(|(_, (a, b))| a != b);
    let output = first.map(|(n, (a, b))| format!("line {}: {a:?} and {b:?}; ", n + 1));
    Some(format!(
        "{}ends {:?} and {:?}, fuel {} and {}, {} and {} bytes of output",
        output.unwrap_or_default(),
        plain.end,
        other.end,
        plain.fuel,
        other.fuel,
        plain.output.len(),
        other.output.len()
    ))
}

/// Runs a program in all ways that `seed` chooses.
///
/// # Errors
/// In which way it does something else, and what.
pub fn compare(source: &str, seed: u64) -> Result<(), String> {
    let plain = run_way(source, Way::Plain);
    if plain.end.starts_with("Syntax") {
        return Err(format!("the program is none: {}", plain.end));
    }
    let n = seed / 8;
    let more = match seed % 8 {
        0 => Way::Stress,
        1 | 2 => Way::Slices(20 + n % 3000),
        3 | 4 => Way::Exit((n % 400) as u32, [0, 3, 60][(n % 3) as usize]),
        5 => Way::Code([4096, 8192, 16384, 65536][(n % 4) as usize]),
        _ => Way::Machine([3, 5, 10, 30][(n % 4) as usize]),
    };
    for way in [Way::Uops(2), Way::Machine(2), more] {
        let found = if let Way::Stress = way {
            let short = |way| run_with(source, way, STRESS_FUEL);
            difference(&short(Way::Plain), &short(way))
        } else {
            difference(&plain, &run_way(source, way))
        };
        if let Some(what) = found {
            return Err(format!("{way:?}: {what}"));
        }
    }
    Ok(())
}

/// Compares the program that `bytes` stand for.
///
/// # Panics
/// If there is a difference; the message has the program.
pub fn run(bytes: &[u8]) {
    let source = program::program(bytes, true);
    if let Err(what) = compare(&source, seed_of(bytes)) {
        panic!("{what}\n{source}");
    }
}

/// A seed for the program that `bytes` stand for.
pub fn seed_of(bytes: &[u8]) -> u64 {
    bytes.iter().fold(0u64, |h, b| (h ^ u64::from(*b)).wrapping_mul(0x100_0000_01b3) ^ h >> 29)
}
