//! Building where there is no std, testing where pointers have 32 bits, and what builds without some features do.

use crate::steps;
use crate::toolchain::{self, Cross, built};
use std::process::Command;
use xtask::programs::{corpus, select};
use xtask::{Result, root, taipan_bin};

/// Targets without an operating system that core has to build for: the two architectures that get machine code, and
/// two with 32-bit pointers, of which one has no 64-bit float unit and neither has 64-bit atomics.
const BARE_TARGETS: &[&str] =
    &["x86_64-unknown-none", "aarch64-unknown-none", "thumbv7em-none-eabihf", "riscv32imac-unknown-none-elf"];

/// The target of the tests with 32-bit pointers: it runs on any x86-64 Linux without an emulator.
const TARGET_32: &str = "i686-unknown-linux-gnu";

/// The features of the core that are parts of the language. Any set of them is a build.
pub const LANGUAGE: &[&str] = &[
    "bigint",
    "bytes",
    "carets",
    "format",
    "introspection",
    "math",
    "messages",
    "sets",
    "strings",
    "tracebacks",
    "unicode",
];

/// What is built for each of them besides core: emitters for their own architecture.
fn emitter(target: &str) -> Option<&'static str> {
    match target.split('-').next() {
        Some("x86_64") => Some("taipan-emit-x86_64"),
        Some("aarch64") => Some("taipan-emit-aarch64"),
        _ => None,
    }
}

/// `cargo xtask nostd`: feature unification hides uses of std in a workspace build, so core is built alone, with its
/// default features and with none, for targets that have no std; for one of them also with each feature alone. Its
/// tests run without `speed` too: what takes its place is not in any other build.
pub fn nostd(_args: &[String]) -> Result {
    let core = ["-p", "taipan-core", "--no-default-features", "--features"];
    steps::cargo(&[&["test", "-q", "--lib"], &core[..], &[&LANGUAGE.join(",")]].concat())?;
    let mut alone = LANGUAGE.iter().chain(&["speed"]);
    for target in BARE_TARGETS {
        let rust = match Cross::find(target) {
            Ok(rust) => rust,
            Err(why) => {
                steps::skip(format!("nostd: skipped {target}: {why}"));
                continue;
            }
        };
        let run = |command: &str, args: &[&str]| {
            let args = [args, &["--profile", "bare"]].concat();
            rust.cargo(&root(), command, "core,alloc", &args)
        };
        // Making code of it shows what a check does not (sizes of arrays, inline assembly); once is enough.
        let packages =
            ["-p", "taipan-core"].into_iter().chain(emitter(target).into_iter().flat_map(|e| ["-p", e]));
        run("build", &packages.collect::<Vec<_>>())?;
        run("check", &["-p", "taipan-core", "--no-default-features"])?;
        // The first target is enough.
        for feature in alone.by_ref() {
            run("check", &[&core[..], &[feature]].concat())?;
        }
        let emitter = emitter(target).map_or(String::new(), |e| format!("; {e}"));
        println!("nostd: {target}: core, with default features and without{emitter}");
    }
    Ok(())
}

/// `cargo xtask features`: the corpus on a build without `speed`, so with the plain interpreter, and what a build without
/// any feature says of what it lacks.
pub fn features(_args: &[String]) -> Result {
    let language: Vec<String> = LANGUAGE.iter().map(|f| format!("taipan/{f}")).collect();
    run_corpus(&cli_with(&language.join(","))?, &[])?;
    let program = root().join("tests/lean/left_out.py");
    let mut lean = Command::new(cli_with("")?);
    let run = lean.arg(&program).output().map_err(|e| e.to_string())?;
    let printed = String::from_utf8_lossy(&run.stdout);
    if printed != xtask::read(&program.with_extension("out"))? {
        return Err(format!(
            "{} printed\n{printed}{}",
            program.display(),
            String::from_utf8_lossy(&run.stderr)
        ));
    }
    Ok(())
}

/// The CLI with these features of `taipan` only, aside, since the next build takes its place. With overflow checks and
/// debug assertions, which the release build that the other suites run does not have.
fn cli_with(features: &str) -> Result<std::path::PathBuf> {
    steps::cargo(&["build", "-p", "taipan-cli", "--no-default-features", "--features", features])?;
    let built = root().join(xtask::target_dir()).join("debug");
    let kept = built.join(if features.is_empty() { "taipan-lean" } else { "taipan-plain" });
    std::fs::copy(built.join("taipan"), &kept).map_err(|e| format!("{}: {e}", kept.display()))?;
    Ok(kept)
}

/// `cargo xtask test32 [NAME…]`: the corpus on a build with 32-bit pointers, which must also use as much fuel as the
/// usual build does.
pub fn test32(args: &[String]) -> Result {
    if !cfg!(all(target_arch = "x86_64", target_os = "linux")) {
        steps::skip(format!("test32: skipped: {TARGET_32} runs on x86-64 Linux only"));
        return Ok(());
    }
    // The C runtime and linker support for 32-bit programs.
    let have = std::path::Path::new("/usr/lib32/libc.so.6").exists();
    let tools = if have { Ok(()) } else { toolchain::install(&["gcc-multilib"]) };
    let rust = match tools.and_then(|()| Cross::find(TARGET_32)) {
        Ok(rust) => rust,
        Err(why) => {
            steps::skip(format!("test32: skipped: {why}"));
            return Ok(());
        }
    };
    let build = ["-p", "taipan-cli", "--release"];
    rust.cargo(&root(), "build", "std,panic_unwind", &build)?;
    let binary = built(TARGET_32, "release").join("taipan");
    run_corpus(&binary, args)?;
    compare_fuel(&binary, args)
}

fn run_corpus(binary: &std::path::Path, filters: &[String]) -> Result {
    let binary = binary.to_string_lossy();
    let mut env = vec![("TAIPAN_BIN", &*binary)];
    env.extend(filters.first().map(|f| ("TAIPAN_TEST", f.as_str())));
    let args = ["test", "-q", "-p", "taipan-tests", "--test", "programs", "corpus"];
    steps::cargo_with(&args, &env)
}

/// Fuel is an effect of the program alone, so it must not depend on the width of pointers.
fn compare_fuel(binary: &std::path::Path, filters: &[String]) -> Result {
    steps::build_cli()?;
    let programs = select(corpus()?, filters);
    let mut different = 0;
    for program in &programs {
        let fuel = |bin: &std::path::Path| {
            let mut command = Command::new(bin);
            command.args(["--stats=json", &program.file]).current_dir(&program.dir);
            let run = command.env("PYTHONHASHSEED", "0").output().map_err(|e| e.to_string())?;
            let text = String::from_utf8_lossy(&run.stderr).into_owned();
            let stats = text.lines().rfind(|l| l.starts_with("{\"fuel_used\""));
            Ok::<_, String>(stats.and_then(|l| l.split(',').next()).unwrap_or("no counters").to_owned())
        };
        let (wide, narrow) = (fuel(&taipan_bin())?, fuel(binary)?);
        if wide != narrow {
            different += 1;
            println!("{}: {wide} with 64-bit pointers, {narrow} with 32", program.name);
        }
    }
    println!("test32: fuel is the same in {} of {}", programs.len() - different, programs.len());
    if different == 0 { Ok(()) } else { Err("fuel depends on the width of pointers".into()) }
}
