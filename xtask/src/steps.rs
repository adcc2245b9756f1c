//! The tasks that are a sequence of cargo commands.

use std::process::Command;
use std::sync::Mutex;
use xtask::{Result, root};

/// Runs cargo in the workspace and shows what it runs.
pub fn cargo(args: &[&str]) -> Result {
    cargo_with(args, &[])
}

/// As [`cargo`], with environment variables.
pub fn cargo_with(args: &[&str], env: &[(&str, &str)]) -> Result {
    eprintln!("+ cargo {}", args.join(" "));
    let cargo = std::env::var_os("CARGO").unwrap_or_else(|| "cargo".into());
    let status = Command::new(cargo).args(args).envs(env.iter().copied()).current_dir(root()).status();
    match status {
        Ok(s) if s.success() => Ok(()),
        Ok(s) => Err(format!("cargo {}: {s}", args.join(" "))),
        Err(e) => Err(format!("cargo: {e}")),
    }
}

/// Builds the binary that corpus and benchmarks run, unless `TAIPAN_BIN` names another.
pub fn build_cli() -> Result {
    if std::env::var_os("TAIPAN_BIN").is_some() {
        return Ok(());
    }
    cargo(&["build", "--release", "-p", "taipan-cli"])
}

/// `cargo xtask test`: the corpus runs as an integration test of the `taipan-tests` package.
pub fn test(_args: &[String]) -> Result {
    build_cli()?;
    cargo(&["test", "--workspace"])
}

/// `cargo xtask bless`: stage tests rewrite their files when `TAIPAN_BLESS` is set. What programs
/// print is never blessed; it is recorded from CPython.
pub fn bless(_args: &[String]) -> Result {
    let env = [("TAIPAN_BLESS", "1")];
    cargo_with(&["test", "-p", "taipan-core", "-p", "taipan-compiler", "-p", "taipan"], &env)
}

/// `cargo xtask freeze [--check]`: compiles the frozen Python, or checks that what is committed is
/// what the compiler makes of it.
pub fn freeze(args: &[String]) -> Result {
    crate::freeze::freeze(args.iter().any(|a| a == "--check"))
}

/// `cargo xtask stencils [--check]`: the generator is a workspace of its own.
pub fn stencils(args: &[String]) -> Result {
    let target = xtask::target_dir().join("stencils");
    let target = target.to_string_lossy();
    let mut all = vec!["run", "--quiet", "--manifest-path", "stencils/Cargo.toml", "--"];
    all.extend(args.iter().map(String::as_str));
    cargo_with(&all, &[("CARGO_TARGET_DIR", &target)])
}

/// Whether a compiler for stencils is there: what `RUSTC` names, or nightly with what they are compiled for.
fn has_nightly() -> bool {
    let found = std::env::var_os("RUSTC").is_some()
        || crate::toolchain::named_with("nightly", "x86_64-unknown-linux-gnu")
            && crate::toolchain::named_with("nightly", "aarch64-unknown-linux-gnu");
    if !found {
        let needs = "it needs a nightly compiler (rustup toolchain install nightly)";
        skip(format!("ci: skipped xtask stencils --check: {needs}"));
    }
    found
}

/// `cargo xtask ci`. Formatter and linter are parts of Rust that may not be installed; everything else is.
pub fn ci(_args: &[String]) -> Result {
    if has("fmt") {
        cargo(&["fmt", "--all", "--check"])?;
        cargo(&["fmt", "--manifest-path", "fuzz/Cargo.toml", "--check"])?;
    }
    if has("clippy") {
        cargo(&["clippy", "--workspace", "--all-targets", "--", "-D", "warnings"])?;
        // Core without its features is other code, which a build of the workspace does not see.
        cargo(&["clippy", "-p", "taipan-core", "--no-default-features", "--", "-D", "warnings"])?;
    }
    crate::tidy::tidy(&[])?;
    freeze(&["--check".to_owned()])?;
    if has_nightly() {
        stencils(&["--check".to_owned()])?;
    }
    crate::bare::nostd(&[])?;
    cargo_with(&["doc", "--workspace", "--no-deps"], &[("RUSTDOCFLAGS", "-D warnings")])?;
    test(&[])?;
    crate::qemu::qemu(&[])?;
    crate::bare::features(&[])?;
    crate::bare::test32(&[])?;
    crate::fuzz::smoke()?;
    crate::firmware::firmware(&[])?;
    let skipped = SKIPPED.lock().map_err(|e| e.to_string())?;
    match skipped.len() {
        0 => println!("ci: all passed, nothing was skipped"),
        n => println!("ci: what was run passed; {n} skipped:\n{}", skipped.join("\n")),
    }
    Ok(())
}

/// What was skipped so far, for the end of `cargo xtask ci`.
static SKIPPED: Mutex<Vec<String>> = Mutex::new(Vec::new());

/// Says what a task leaves out on this machine, and why.
pub fn skip(what: String) {
    println!("{what}");
    if let Ok(mut skipped) = SKIPPED.lock() {
        skipped.push(what);
    }
}

/// Whether a component of cargo is installed; says so if not.
fn has(component: &str) -> bool {
    let cargo = std::env::var_os("CARGO").unwrap_or_else(|| "cargo".into());
    let found = Command::new(cargo).args([component, "--version"]).output();
    let found = found.is_ok_and(|o| o.status.success());
    if !found {
        skip(format!("ci: skipped cargo {component}: it is not installed (rustup component add)"));
    }
    found
}
