//! Stands in for `made` in builds without feature `speed`: settings change nothing.

use super::JitSettings;
use std::sync::Arc;
use std::sync::atomic::AtomicU64;
use taipan_core::interp::jit_hooks::JitHooks;

/// No recording begins, so none is given up.
pub const ABORTS: [&str; 0] = [];

#[derive(Clone, Copy, Default, Debug)]
pub(crate) struct JitConfig {
    pub threshold: u16,
    pub side_threshold: u16,
    pub max_traces: u16,
    pub listings: bool,
}

impl JitSettings {
    /// No JIT.
    pub fn make(self, _guards: &Arc<AtomicU64>) -> Option<(Box<dyn JitHooks>, u16)> {
        None
    }
}
