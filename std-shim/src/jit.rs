//! Settings of the JIT.

use crate::instrument::Wanted;
use taipan_core::emit::CodeMemory;

// The part that a build without the JIT does without.
#[cfg_attr(feature = "speed", path = "jit/made.rs")]
#[cfg_attr(not(feature = "speed"), path = "jit/left_out.rs")]
mod made;

pub use made::ABORTS;
use made::JitConfig;

/// How hot code runs.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Default)]
pub enum JitMode {
    /// Everything is interpreted.
    Off,
    /// Hot paths become machine code, where this machine's architecture is supported and the build has the JIT.
    #[default]
    On,
    /// Hot paths are optimized as for machine code, and then interpreted. Slow; to find errors of the JIT.
    Uops,
}

/// What a VM's JIT is told.
#[derive(Default)]
pub(crate) struct JitSettings {
    pub mode: JitMode,
    pub config: JitConfig,
    pub instrument: Wanted,
    /// Most bytes of machine code.
    pub code_bytes: Option<usize>,
    /// Where machine code lies, if not in memory from the operating system.
    pub memory: Option<Box<dyn CodeMemory>>,
}

impl std::fmt::Debug for JitSettings {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("JitSettings")
            .field("mode", &self.mode)
            .field("config", &self.config)
            .finish_non_exhaustive()
    }
}
