//! Machine code run: the tests that emitters of all architectures share (`tests/emit`).
#![cfg(target_arch = "aarch64")]
#![allow(clippy::disallowed_methods, clippy::disallowed_macros, reason = "tests may allocate")]

#[path = "../../tests/emit/body.rs"]
mod body;
#[path = "../../tests/emit/support.rs"]
mod support;
#[path = "../../tests/emit/traces.rs"]
mod traces;
#[path = "../../tests/emit/uops.rs"]
mod uops;

use taipan_emit_aarch64::Aarch64Emitter as Machine;
