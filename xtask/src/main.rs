//! `cargo xtask`: the one command table of the workspace, and its only build scripting.

mod bare;
mod bench;
mod firmware;
mod freeze;
mod fuzz;
mod kinds;
mod qemu;
mod record;
mod steps;
mod tidy;
mod toolchain;

use std::process::ExitCode;
use xtask::Result;

/// One subcommand.
struct Task {
    name: &'static str,
    usage: &'static str,
    about: &'static str,
    run: fn(&[String]) -> Result,
}

const TASKS: &[Task] = &[
    Task { name: "test", usage: "", about: "build the CLI, run every test and the corpus", run: steps::test },
    Task { name: "tidy", usage: "[--update]", about: "style that a program can check", run: tidy::tidy },
    Task { name: "bless", usage: "", about: "rewrite the expectations of stage tests", run: steps::bless },
    Task { name: "freeze", usage: "[--check]", about: "compile the frozen Python", run: steps::freeze },
    Task {
        name: "record",
        usage: "[--check] [--compare] [NAME…]",
        about: "record what CPython prints for the corpus",
        run: record::record,
    },
    Task {
        name: "stencils",
        usage: "[--check]",
        about: "compile the bodies of uops to tables of machine code (needs a nightly compiler)",
        run: steps::stencils,
    },
    Task {
        name: "nostd",
        usage: "",
        about: "core builds without std, for four bare targets",
        run: bare::nostd,
    },
    Task {
        name: "features",
        usage: "",
        about: "the corpus without feature speed, and what builds without features say",
        run: bare::features,
    },
    Task {
        name: "test32",
        usage: "[NAME]",
        about: "the corpus with 32-bit pointers, and the same fuel",
        run: bare::test32,
    },
    Task {
        name: "firmware",
        usage: "[--record]",
        about: "build the firmware examples, run them in QEMU, print sizes",
        run: firmware::firmware,
    },
    Task {
        name: "qemu",
        usage: "[NAME…]",
        about: "AArch64 under emulation: tests, and the corpus compared with this machine",
        run: qemu::qemu,
    },
    Task {
        name: "bench",
        usage: "[NAME…] [--json FILE] [--pairs N] [--quick] [--docs] [--record]",
        about: "time Taipan against CPython, and its JIT against its interpreter",
        run: bench::bench,
    },
    Task {
        name: "kinds",
        usage: "",
        about: "time kinds of operations and small scripts, each against CPython",
        run: kinds::kinds,
    },
    Task {
        name: "fuzz",
        usage: "[TARGET…] [--seconds N] | TARGET FILE | --print SEED|FILE [--loops] | --compare FIRST COUNT",
        about: "random inputs under cargo-fuzz, or one; a random program; some against CPython",
        run: fuzz::fuzz,
    },
    Task { name: "ci", usage: "", about: "all that has to pass before a merge", run: steps::ci },
];

fn main() -> ExitCode {
    let args: Vec<String> = std::env::args().skip(1).collect();
    let task = args.first().and_then(|name| TASKS.iter().find(|t| t.name == name));
    let Some(task) = task else {
        eprintln!("usage: cargo xtask TASK");
        for task in TASKS {
            eprintln!("  {:<8}{:<52} {}", task.name, task.usage, task.about);
        }
        return ExitCode::from(2);
    };
    match (task.run)(&args[1..]) {
        Ok(()) => ExitCode::SUCCESS,
        Err(message) => {
            eprintln!("xtask {}: {message}", task.name);
            ExitCode::FAILURE
        }
    }
}
