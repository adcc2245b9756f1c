//! The suites that run whole programs. Without the standard harness, because one suite is hundreds of
//! programs and shows one line for each that fails.
//!
//! `cargo test -p taipan-tests [SUITE]`; `TAIPAN_TEST=substring` picks programs, `TAIPAN_BIN` the binary,
//! `TAIPAN_SEED` where fuel runs out.

use std::process::ExitCode;
use taipan_tests::corpus::{Mode, run_mode};
use taipan_tests::{build_binary, hostile::run_hostile};
use xtask::Result;

fn main() -> ExitCode {
    let args: Vec<String> = std::env::args().skip(1).collect();
    if args.iter().any(|a| a == "--list") {
        return ExitCode::SUCCESS;
    }
    let filter = args.iter().find(|a| !a.starts_with('-'));
    let wanted = |name: &str| filter.is_none_or(|f| name.contains(f.as_str()));
    match run_suites(wanted) {
        Ok(0) => ExitCode::SUCCESS,
        Ok(failed) => {
            println!("programs: {failed} failed");
            ExitCode::FAILURE
        }
        Err(message) => {
            println!("programs: {message}");
            ExitCode::FAILURE
        }
    }
}

fn run_suites(wanted: impl Fn(&str) -> bool) -> Result<usize> {
    let modes: Vec<Mode> = Mode::ALL.into_iter().filter(|m| wanted(m.name())).collect();
    if modes.is_empty() && !wanted("hostile") {
        return Ok(0);
    }
    build_binary()?;
    let mut failed = 0;
    for mode in modes {
        failed += run_mode(mode)?;
    }
    if wanted("hostile") {
        failed += run_hostile()?;
    }
    Ok(failed)
}
