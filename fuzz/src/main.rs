//! `taipan-fuzz`: random programs without a fuzzer, and what a failure's bytes stand for.
//!
//!     taipan-fuzz print SEED|FILE [--brief]      the program
//!     taipan-fuzz print SEED|FILE --loops        the program of loops
//!     taipan-fuzz tiers FIRST COUNT              compares the tiers on programs of that many seeds
//!     taipan-fuzz loops FIRST COUNT              compares programs of loops at several thresholds
//!     taipan-fuzz check FILE [SEED]              compares the tiers on a Python program, as that seed would
//!     taipan-fuzz thresholds FILE [SEED]         compares it as a program of loops
//!     taipan-fuzz seeds DIRECTORY FIRST COUNT    the bytes of that many seeds, for a fuzzer to begin with
//!     taipan-fuzz write DIRECTORY FIRST COUNT    programs as files, with what Taipan prints, to compare with CPython

use std::path::Path;
use std::process::ExitCode;
use taipan_fuzz::{loops, program, tiers};

fn main() -> ExitCode {
    let args: Vec<String> = std::env::args().skip(1).collect();
    let words: Vec<&str> = args.iter().map(String::as_str).collect();
    let done = match words[..] {
        ["print", what] => print(what, |bytes| program::program(bytes, true)),
        ["print", what, "--brief"] => print(what, |bytes| program::program(bytes, false)),
        ["print", what, "--loops"] => print(what, loops::program),
        ["tiers", first, count] => range(first, count).and_then(|seeds| {
            compare("tiers", seeds, |bytes, seed| tiers::compare(&program::program(bytes, true), seed))
        }),
        ["loops", first, count] => range(first, count)
            .and_then(|seeds| compare("loops", seeds, |bytes, seed| loops::compare(&loops::program(bytes), seed))),
        ["check", file] => check(file, 0, tiers::compare),
        ["check", file, seed] => range(seed, "1").and_then(|seeds| check(file, seeds.start, tiers::compare)),
        ["thresholds", file] => check(file, 0, loops::compare),
        ["thresholds", file, seed] => range(seed, "1").and_then(|seeds| check(file, seeds.start, loops::compare)),
        ["seeds", dir, first, count] => range(first, count).and_then(|all| seeds(Path::new(dir), all)),
        ["write", dir, first, count] => range(first, count).and_then(|seeds| write(Path::new(dir), seeds)),
        _ => Err("usage: taipan-fuzz print SEED|FILE [--brief|--loops] | tiers|loops FIRST COUNT | check|thresholds FILE [SEED] | seeds DIRECTORY FIRST COUNT | write DIRECTORY FIRST COUNT".into()),
    };
    match done {
        Ok(()) => ExitCode::SUCCESS,
        Err(message) => {
            eprintln!("taipan-fuzz: {message}");
            ExitCode::FAILURE
        }
    }
}

type Seeds = std::ops::Range<u64>;

fn range(first: &str, count: &str) -> Result<Seeds, String> {
    let number = |s: &str| s.parse::<u64>().map_err(|e| format!("{s}: {e}"));
    let first = number(first)?;
    Ok(first..first.saturating_add(number(count)?))
}

fn print(what: &str, program: impl Fn(&[u8]) -> String) -> Result<(), String> {
    let bytes = match what.parse() {
        Ok(seed) => program::bytes_of_seed(seed),
        Err(_) => std::fs::read(what).map_err(|e| format!("{what}: {e}"))?,
    };
    print!("{}", program(&bytes));
    Ok(())
}

fn compare(target: &str, seeds: Seeds, one: impl Fn(&[u8], u64) -> Result<(), String>) -> Result<(), String> {
    let mut failed = 0;
    for seed in seeds.clone() {
        if let Err(what) = one(&program::bytes_of_seed(seed), seed) {
            failed += 1;
            println!("seed {seed}: {what}");
        }
    }
    println!("{target}: {} programs, {failed} differ", seeds.end - seeds.start);
    if failed == 0 { Ok(()) } else { Err("see above".into()) }
}

fn check(file: &str, seed: u64, compare: fn(&str, u64) -> Result<(), String>) -> Result<(), String> {
    let source = std::fs::read_to_string(file).map_err(|e| format!("{file}: {e}"))?;
    compare(&source, seed)
}

fn seeds(dir: &Path, all: Seeds) -> Result<(), String> {
    for seed in all {
        save(&dir.join(seed.to_string()), &program::bytes_of_seed(seed))?;
    }
    Ok(())
}

fn save(path: &Path, bytes: &[u8]) -> Result<(), String> {
    std::fs::write(path, bytes).map_err(|e| format!("{}: {e}", path.display()))
}

fn write(dir: &Path, seeds: Seeds) -> Result<(), String> {
    for seed in seeds {
        let source = program::program(&program::bytes_of_seed(seed), false);
        let run = tiers::run_way(&source, tiers::Way::Machine(2));
        let file = |extension: &str| dir.join(format!("{seed}.{extension}"));
        // Of an error the class, as the last line of what CPython prints has it.
        let last = run.end.trim_end().rsplit('\n').next().unwrap_or("");
        let class = last.split(':').next().unwrap_or(last);
        let end = if run.end.is_empty() { String::new() } else { format!("ended: {class}\n") };
        save(&file("py"), source.as_bytes())?;
        save(&file("taipan"), (run.output + &end).as_bytes())?;
    }
    Ok(())
}
