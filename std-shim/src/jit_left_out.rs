//! Stands in for `jit` in builds without feature `speed`: settings that change nothing.

use crate::instrument::Wanted;
use std::sync::Arc;
use std::sync::atomic::AtomicU64;
use taipan_core::emit::CodeMemory;
use taipan_core::interp::jit_hooks::JitHooks;

/// How hot code would run; this build interprets it, whatever is asked for.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Default)]
#[allow(missing_docs)]
pub enum JitMode {
    Off,
    #[default]
    On,
    Uops,
}

/// No recording begins, so none is given up.
pub const ABORTS: [&str; 0] = [];

#[derive(Default, Debug)]
pub(crate) struct JitConfig {
    pub threshold: u16,
    pub side_threshold: u16,
    pub max_traces: u16,
    pub listings: bool,
}

#[derive(Default)]
pub(crate) struct JitSettings {
    pub mode: JitMode,
    pub config: JitConfig,
    pub instrument: Wanted,
    pub code_bytes: Option<usize>,
    pub memory: Option<Box<dyn CodeMemory>>,
}

impl std::fmt::Debug for JitSettings {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("JitSettings")
    }
}

impl JitSettings {
    /// No JIT.
    pub fn make(self, _guards: &Arc<AtomicU64>) -> Option<(Box<dyn JitHooks>, u16)> {
        None
    }
}
