//! `cargo xtask firmware [--record]`: builds the firmware examples, runs them in QEMU, and checks what they print and
//! how large they are. `--record` writes the figures to `docs/firmware-sizes.md`.

use crate::toolchain::{self, Cross, built};
use std::path::{Path, PathBuf};
use std::process::Command;
use std::time::Duration;
use xtask::proc::{self, End};
use xtask::{Result, read, root, taipan_bin, write};

const SIZES: &str = "docs/firmware-sizes.md";
/// Most bytes of code and read-only data of the Cortex-M firmware where Rust's library is built from source, with default
/// features and without. Then what a ready-made library adds.
const FLASH: u64 = 512 << 10;
const FLASH_LEAN: u64 = 256 << 10;
const READY_MADE: u64 = 32 << 10;

/// A firmware example.
struct Firmware {
    /// Directory below `examples`.
    dir: &'static str,
    target: &'static str,
    /// Programs that are compiled into it: source, and name below its `program`.
    programs: &'static [(&'static str, &'static str)],
    /// What QEMU emulates.
    qemu: &'static [&'static str],
    /// A program that has to be there besides, and its package.
    tool: Option<(&'static str, &'static str)>,
    /// Whether size matters more than what a panic says.
    small: bool,
}

const CORTEX_M: Firmware = Firmware {
    dir: "firmware-cortex-m",
    target: "thumbv7em-none-eabihf",
    programs: &[("examples/firmware-cortex-m/program/control.py", "control")],
    qemu: &["qemu-system-arm", "-M", "mps2-an386"],
    tool: Some(("arm-none-eabi-ld", "binutils-arm-none-eabi")),
    small: true,
};

const AARCH64: Firmware = Firmware {
    dir: "firmware-aarch64",
    target: "aarch64-unknown-none",
    programs: &[
        ("tests/bench/mandelbrot.py", "mandelbrot"),
        ("tests/bench/spectral_norm.py", "spectral_norm"),
        ("tests/bench/matmul.py", "matmul"),
        ("tests/bench/int_loops.py", "int_loops"),
    ],
    // The emulated clock counts instructions, so that ratios do not depend on what else the machine does.
    qemu: &[
        "qemu-system-aarch64",
        "-M",
        "virt",
        "-cpu",
        "cortex-a57",
        "-m",
        "256M",
        "-nic",
        "none",
        "-icount",
        "shift=0",
    ],
    tool: None,
    small: false,
};

/// See the module.
pub fn firmware(args: &[String]) -> Result {
    crate::steps::build_cli()?;
    let lean = CORTEX_M.run(&["--no-default-features"])?.map(|run| check_cortex_m(&run, FLASH_LEAN, "lean"));
    let cortex_m = CORTEX_M.run(&[])?.map(|run| check_cortex_m(&run, FLASH, "default built-ins"));
    let aarch64 = AARCH64.run(&[])?.map(|run| check_aarch64(&run.output));
    let figures = [cortex_m, lean, aarch64].into_iter().flatten().collect::<Result<Vec<_>>>()?;
    for line in figures.iter().flatten() {
        println!("firmware: {line}");
    }
    if args.iter().any(|a| a == "--record") && figures.len() == 3 {
        write(&root().join(SIZES), page(&figures, &features()?))?;
    }
    Ok(())
}

/// Bytes that each feature adds to the lean firmware.
fn features() -> Result<Vec<(&'static str, u64)>> {
    let size = |features: &str| -> Result<u64> {
        match CORTEX_M.build(&["--no-default-features", "--features", features])? {
            Some(built) => flash(&built.elf),
            None => Err("the firmware can no longer be built".into()),
        }
    };
    let lean = size("")?;
    // The firmware stores no source lines, so it has no carets.
    let all = crate::bare::LANGUAGE.iter().filter(|f| **f != "carets");
    all.map(|f| Ok((*f, size(f)?.saturating_sub(lean)))).collect()
}

/// A firmware that was built.
struct Built {
    elf: PathBuf,
    /// Rust's library was built with it, for size.
    from_source: bool,
}

/// A firmware that was run.
struct Run {
    built: Built,
    /// What it printed.
    output: String,
}

impl Firmware {
    /// Builds it with these arguments. `None`, with the reason printed, where it cannot be built or run.
    fn build(&self, args: &[&str]) -> Result<Option<Built>> {
        let find = if self.small { Cross::find_small } else { Cross::find };
        let tools = find(self.target).and_then(|rust| {
            self.tool.map_or(Ok(()), |(name, package)| toolchain::program(name, &[package]))?;
            // Debian has a package of each emulator's name, but for AArch64, which is part of Arm's.
            toolchain::program(self.qemu[0], &["qemu-system-arm"])?;
            Ok(rust)
        });
        let rust = match tools {
            Ok(rust) => rust,
            Err(why) => {
                crate::steps::skip(format!("firmware: skipped {}: {why}", self.dir));
                return Ok(None);
            }
        };
        let dir = root().join("examples").join(self.dir);
        // What only tracebacks show is of no use to a build without them.
        let omit = if args.contains(&"--no-default-features") { "--strip" } else { "--no-source" };
        for (source, name) in self.programs {
            let programs = dir.join("program");
            std::fs::create_dir_all(&programs).map_err(|e| format!("{}: {e}", programs.display()))?;
            compile(&root().join(source), &programs.join(name).with_extension("tpc"), omit)?;
        }
        let small = if self.small { rust.small_args() } else { &[] };
        rust.cargo(&dir, "build", "core,alloc", &[&["--release"], args, small].concat())?;
        let elf = built(self.target, "release").join(format!("taipan-{}", self.dir));
        Ok(Some(Built { elf, from_source: !small.is_empty() }))
    }

    /// Builds it with these arguments and runs it.
    fn run(&self, args: &[&str]) -> Result<Option<Run>> {
        let Some(built) = self.build(args)? else { return Ok(None) };
        let mut qemu = Command::new(self.qemu[0]);
        qemu.args(&self.qemu[1..]).args(["-nographic", "-monitor", "none", "-serial", "stdio"]);
        qemu.args(["-semihosting-config", "enable=on,target=native", "-kernel"]).arg(&built.elf);
        let run = proc::run(&mut qemu, Some(Duration::from_secs(600))).map_err(|e| format!("qemu: {e}"))?;
        let output = run.stdout.replace('\r', "");
        if run.end != End::Status(0) {
            return Err(format!("{}: {}; it printed\n{output}{}", self.dir, run.end, run.stderr));
        }
        Ok(Some(Run { built, output }))
    }
}

/// Programs are compiled on the host, as a user's would be.
fn compile(source: &Path, to: &Path, omit: &str) -> Result {
    let status = Command::new(taipan_bin()).args(["compile", omit, "-o"]).args([to, source]).status();
    match status {
        Ok(s) if s.success() => Ok(()),
        Ok(s) => Err(format!("taipan compile: {s}")),
        Err(e) => Err(format!("taipan compile: {e}")),
    }
}

fn check_cortex_m(run: &Run, limit: u64, what: &str) -> Result<Vec<String>> {
    let output = &run.output;
    let expected = read(&root().join("examples/firmware-cortex-m/program/control.out"))?;
    let (printed, report) = output.rsplit_once("-- ").unwrap_or((output.as_str(), ""));
    if printed != expected {
        return Err(format!("firmware-cortex-m printed\n{output}"));
    }
    let flash = flash(&run.built.elf)?;
    let limit = if run.built.from_source { limit } else { limit + READY_MADE };
    if flash > limit {
        return Err(format!("firmware-cortex-m, {what}: {flash} bytes of flash, more than {limit}"));
    }
    let library = if run.built.from_source { "" } else { ", ready-made library" };
    Ok(vec![format!(
        "Cortex-M4, {what}{library}: {flash} bytes of code and read-only data; {}",
        report.trim()
    )])
}

/// Each program's output is that of the benchmark, and machine code is no slower than interpreting.
fn check_aarch64(output: &str) -> Result<Vec<String>> {
    let mut lines = Vec::new();
    let mut rest = output;
    for (source, name) in AARCH64.programs {
        let expected = read(&root().join(source).with_extension("out"))?;
        let wrong = || format!("firmware-aarch64: {name}: it printed\n{output}");
        let after = rest.strip_prefix(&format!("== {name}\n{expected}-- ")).ok_or_else(wrong)?;
        let (report, next) = after.split_once('\n').ok_or_else(wrong)?;
        let ratio: f64 = report
            .split_once("ratio ")
            .and_then(|(_, r)| r.split(';').next()?.parse().ok())
            .ok_or_else(wrong)?;
        if ratio < 1.0 {
            return Err(format!("firmware-aarch64: machine code is slower: {report}"));
        }
        lines.push(format!("AArch64: {report}"));
        rest = next;
    }
    Ok(lines)
}

/// Bytes of code and read-only data, initial values of variables included, as binutils' `size` counts them.
fn flash(elf: &Path) -> Result<u64> {
    let text = toolchain::output(Command::new("arm-none-eabi-size").arg("-A").arg(elf))
        .ok_or("arm-none-eabi-size fails")?;
    let sections = [".text", ".rodata", ".ARM.exidx", ".data"];
    let size = |line: &str| {
        let mut words = line.split_whitespace();
        words.next().filter(|name| sections.contains(name)).and_then(|_| words.next()?.parse::<u64>().ok())
    };
    let all: Vec<u64> = text.lines().filter_map(size).collect();
    if all.len() < 2 { Err(format!("arm-none-eabi-size printed {text}")) } else { Ok(all.iter().sum()) }
}

fn page(figures: &[Vec<String>], features: &[(&str, u64)]) -> String {
    let mut out = String::from(
        "# What the firmware needs, and how fast it is\n\nWritten by `cargo xtask firmware --record`. The goals are 512 KB \
         of code and read-only data, 256 KB for a lean set of\nfeatures, and 96 KB of RAM for the Cortex-M4's program \
         (`examples/firmware-cortex-m/program/control.py`), which\n`cargo xtask firmware` checks; the linker script gives \
         96 KB of RAM, of which the stack has 10. The lean set has none of the features\nbelow. Both are built without the \
         features `speed` and `carets` ([what they all are](without-an-os.md#sizes)), with Rust's\nlibrary built for size \
         and without panics' messages; a ready-made one adds 25 KB. The program is a part of the bytes, in\nthe lean set \
         without its positions (`--strip`). Times are emulated instructions, a nanosecond each.\n\n",
    );
    for line in figures.iter().flatten() {
        out += &format!("- {line}\n");
    }
    out += "\nWhat a feature adds to the lean set, alone; together some take less, since they share code:\n\n| feature | \
            bytes |\n|---|---|\n";
    for (name, bytes) in features {
        out += &format!("| `{name}` | {bytes} |\n");
    }
    out
}
