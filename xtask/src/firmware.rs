//! `cargo xtask firmware [--record]`: builds the firmware examples, runs them in QEMU, and checks what they print and
//! how large they are. `--record` writes the sizes to `docs/firmware-sizes.md`.

use crate::toolchain::{self, Cross, built};
use std::path::{Path, PathBuf};
use std::process::Command;
use std::time::Duration;
use xtask::proc::{self, End};
use xtask::{Result, read, root, taipan_bin, write};

const TARGET: &str = "thumbv7em-none-eabihf";
const SIZES: &str = "docs/firmware-sizes.md";
/// All that the linker script gives the firmware: stack, variables and the VM's region.
const RAM: u64 = 96 << 10;

/// One build of the firmware.
struct Variant {
    name: &'static str,
    args: &'static [&'static str],
    /// Most bytes of code and read-only data.
    flash: u64,
}

const VARIANTS: &[Variant] = &[
    Variant { name: "all built-ins", args: &[], flash: 512 << 10 },
    Variant { name: "lean", args: &["--no-default-features"], flash: 256 << 10 },
];

/// Figures of one run.
struct Figures {
    name: &'static str,
    flash: u64,
    report: String,
}

/// See the module.
pub fn firmware(args: &[String]) -> Result {
    let tools = Cross::find(TARGET).and_then(|rust| {
        toolchain::program("arm-none-eabi-ld", &["binutils-arm-none-eabi"])?;
        toolchain::program("qemu-system-arm", &["qemu-system-arm"])?;
        Ok(rust)
    });
    let rust = match tools {
        Ok(rust) => rust,
        Err(why) => {
            println!("firmware: skipped: {why}");
            return Ok(());
        }
    };
    crate::steps::build_cli()?;
    let dir = root().join("examples").join("firmware-cortex-m");
    compile(&dir)?;
    let expected = read(&dir.join("program").join("control.out"))?;
    let mut all = Vec::new();
    for variant in VARIANTS {
        let flags = [&["--release"][..], variant.args].concat();
        rust.cargo(&dir, "build", "core,alloc", &flags)?;
        let elf = built(TARGET, "release").join("taipan-firmware-cortex-m");
        all.push(check(variant, &elf, &expected)?);
    }
    for f in &all {
        println!("firmware: {}: {} bytes of flash; {}", f.name, f.flash, f.report);
    }
    if args.iter().any(|a| a == "--record") {
        write(&root().join(SIZES), table(&all))?;
    }
    Ok(())
}

/// The program is compiled on the host, as a user's would be.
fn compile(dir: &Path) -> Result {
    let program = dir.join("program");
    let status = Command::new(taipan_bin())
        .args(["compile", "--no-source", "-o", "control.tpc", "control.py"])
        .current_dir(&program)
        .status();
    match status {
        Ok(s) if s.success() => Ok(()),
        Ok(s) => Err(format!("taipan compile: {s}")),
        Err(e) => Err(format!("taipan compile: {e}")),
    }
}

fn check(variant: &Variant, elf: &PathBuf, expected: &str) -> Result<Figures> {
    let flash = flash(elf)?;
    if flash > variant.flash {
        return Err(format!("{}: {flash} bytes of flash, more than {}", variant.name, variant.flash));
    }
    let mut qemu = Command::new("qemu-system-arm");
    qemu.args(["-M", "mps2-an386", "-nographic", "-monitor", "none", "-serial", "stdio"]);
    qemu.args(["-semihosting-config", "enable=on,target=native", "-kernel"]).arg(elf);
    let run = proc::run(&mut qemu, Some(Duration::from_secs(120))).map_err(|e| format!("qemu: {e}"))?;
    let output = run.stdout.replace('\r', "");
    let (printed, report) = output.rsplit_once("-- ").unwrap_or((&output, ""));
    if run.end != End::Status(0) || printed != expected {
        return Err(format!("{}: {}; it printed\n{output}{}", variant.name, run.end, run.stderr));
    }
    Ok(Figures { name: variant.name, flash, report: report.trim().to_owned() })
}

/// Bytes of code and read-only data, initial values of variables included, as binutils' `size` counts them.
fn flash(elf: &Path) -> Result<u64> {
    let text =
        toolchain::output(Command::new("arm-none-eabi-size").arg(elf)).ok_or("arm-none-eabi-size fails")?;
    let numbers: Vec<u64> =
        text.lines().nth(1).unwrap_or("").split_whitespace().filter_map(|n| n.parse().ok()).collect();
    match numbers[..] {
        [text, data, ..] => Ok(text + data),
        _ => Err(format!("arm-none-eabi-size printed {text}")),
    }
}

fn table(all: &[Figures]) -> String {
    let mut out = format!(
        "# Sizes of the firmware\n\nWritten by `cargo xtask firmware --record`. The program is \
         `examples/firmware-cortex-m/program/control.py`; all of it\nruns in {} KB of RAM, stack and variables \
         included.\n\n| built-ins | flash, bytes | limit | RAM, bytes |\n|---|---|---|---|\n",
        RAM >> 10
    );
    for (f, variant) in all.iter().zip(VARIANTS) {
        out += &format!("| {} | {} | {} | {} |\n", f.name, f.flash, variant.flash, f.report);
    }
    out
}
