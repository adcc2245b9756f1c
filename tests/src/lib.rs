//! Whole-program tests: the corpus, hostile programs and generated sources, run on a built `taipan`.
//!
//! The binary is run as a user runs it. Nothing here links the runtime, so a crash, a hang or a
//! memory blow-up in it is one failing program and not the end of the suite.

#![forbid(unsafe_code)]

pub mod corpus;
mod exits;
pub mod hostile;
pub mod nesting;
pub mod parallel;

use std::process::Command;
use xtask::Result;

/// Builds the release binary unless `TAIPAN_BIN` names one; a stale binary proves nothing.
pub fn build_binary() -> Result {
    if std::env::var_os("TAIPAN_BIN").is_some() {
        return Ok(());
    }
    let cargo = std::env::var_os("CARGO").unwrap_or_else(|| "cargo".into());
    let status = Command::new(cargo)
        .args(["build", "--quiet", "--release", "-p", "taipan-cli"])
        .current_dir(xtask::root())
        .status()
        .map_err(|e| format!("cargo: {e}"))?;
    if status.success() { Ok(()) } else { Err(format!("cargo build -p taipan-cli: {status}")) }
}

/// The substrings that `TAIPAN_TEST` lists, separated by commas.
pub fn name_filters() -> Vec<String> {
    let value = std::env::var("TAIPAN_TEST").unwrap_or_default();
    value.split(',').filter(|s| !s.is_empty()).map(str::to_owned).collect()
}
