//! Settings of the JIT.

use taipan_core::emit::{Emitter, RegFile, portable::PortableEmitter};
use taipan_core::jit::{Jit, JitConfig};

/// How hot code runs.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Default)]
pub enum JitMode {
    /// Everything is interpreted.
    Off,
    /// Hot paths become machine code, where this machine's architecture is supported.
    #[default]
    On,
    /// Hot paths are optimized as for machine code, and then interpreted. Slow; to find errors of the JIT.
    Uops,
}

/// What a VM's JIT is told.
#[derive(Clone, Copy, Debug, Default)]
pub(crate) struct JitSettings {
    pub mode: JitMode,
    pub config: JitConfig,
}

impl JitSettings {
    /// The JIT these settings ask for, with its threshold.
    pub fn make(self) -> Option<(Box<Jit>, u16)> {
        let emitter: Box<dyn Emitter> = match self.mode {
            JitMode::Off => return None,
            JitMode::On => machine()?,
            JitMode::Uops => Box::new(PortableEmitter::new(RegFile { g: 8, f: 8, g_kept: 3, f_kept: 0 })),
        };
        let mut config = self.config;
        config.clock = Some(nanoseconds);
        Some((Box::new(Jit::new(emitter, config)), config.threshold))
    }
}

/// Nanoseconds of the system's monotonic clock, for differences only.
fn nanoseconds() -> u64 {
    static START: std::sync::OnceLock<std::time::Instant> = std::sync::OnceLock::new();
    u64::try_from(START.get_or_init(std::time::Instant::now).elapsed().as_nanos()).unwrap_or(u64::MAX)
}

/// Most bytes of machine code a VM makes.
const CODE_BUDGET: usize = 16 << 20;

#[cfg(all(target_arch = "x86_64", unix))]
type Machine = taipan_emit_x86_64::X86Emitter<crate::OsMemory>;
#[cfg(all(target_arch = "aarch64", unix))]
type Machine = taipan_emit_aarch64::Aarch64Emitter<crate::OsMemory>;

/// The emitter of this machine's architecture.
#[cfg(all(any(target_arch = "x86_64", target_arch = "aarch64"), unix))]
fn machine() -> Option<Box<dyn Emitter>> {
    Some(Box::new(Machine::new(crate::OsMemory::new(), CODE_BUDGET)))
}
/// The emitter of this machine's architecture.
#[cfg(not(all(any(target_arch = "x86_64", target_arch = "aarch64"), unix)))]
fn machine() -> Option<Box<dyn Emitter>> {
    let _ = CODE_BUDGET;
    None
}
