//! Making the JIT that settings ask for.

use super::{JitMode, JitSettings};
use crate::instrument::{Instrumented, Wanted};
use std::sync::Arc;
use std::sync::atomic::AtomicU64;
use taipan_core::emit::{CodeMemory, Emitter, RegFile, portable::PortableEmitter};
use taipan_core::jit::Jit;

/// Texts of the reasons for which a recording ends without a trace, in the order of `JitStats::aborted`.
pub use taipan_core::jit::ABORT_TEXTS as ABORTS;
pub(super) use taipan_core::jit::JitConfig;

impl JitSettings {
    /// The JIT these settings ask for, with its threshold. Guards that it executes are counted in `guards`, if that is
    /// asked for.
    pub fn make(self, guards: &Arc<AtomicU64>) -> Option<(Box<Jit>, u16)> {
        let mut emitter: Box<dyn Emitter> = match self.mode {
            JitMode::Off => return None,
            JitMode::On => machine(self.memory, self.code_bytes.unwrap_or(CODE_BUDGET))?,
            JitMode::Uops => Box::new(PortableEmitter::new(RegFile { g: 8, f: 8, g_kept: 3, f_kept: 0 })),
        };
        if self.instrument != Wanted::default() {
            emitter = Box::new(Instrumented::new(emitter, self.instrument, guards.clone()));
        }
        let mut config = self.config;
        config.clock = Some(nanoseconds);
        Some((Box::new(Jit::new(emitter, config).ok()?), config.threshold))
    }
}

/// Nanoseconds of the system's monotonic clock, for differences only.
fn nanoseconds() -> u64 {
    static START: std::sync::OnceLock<std::time::Instant> = std::sync::OnceLock::new();
    u64::try_from(START.get_or_init(std::time::Instant::now).elapsed().as_nanos()).unwrap_or(u64::MAX)
}

/// Most bytes of machine code a VM makes, unless it is told otherwise.
const CODE_BUDGET: usize = 16 << 20;

#[cfg(all(target_arch = "x86_64", unix))]
type Machine = taipan_emit_x86_64::X86Emitter<Box<dyn CodeMemory>>;
#[cfg(all(target_arch = "aarch64", unix))]
type Machine = taipan_emit_aarch64::Aarch64Emitter<Box<dyn CodeMemory>>;

/// The emitter of this machine's architecture.
#[cfg(all(any(target_arch = "x86_64", target_arch = "aarch64"), unix))]
fn machine(memory: Option<Box<dyn CodeMemory>>, code_bytes: usize) -> Option<Box<dyn Emitter>> {
    let memory = memory.unwrap_or_else(|| Box::new(crate::OsMemory::new()));
    Some(Box::new(Machine::new(memory, code_bytes)))
}
/// The emitter of this machine's architecture.
#[cfg(not(all(any(target_arch = "x86_64", target_arch = "aarch64"), unix)))]
fn machine(_memory: Option<Box<dyn CodeMemory>>, _code_bytes: usize) -> Option<Box<dyn Emitter>> {
    None
}
