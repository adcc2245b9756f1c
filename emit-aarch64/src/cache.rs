//! Makes the processor see machine code that was written: for implementations of [`CodeMemory`] on AArch64, whose
//! instruction caches do not follow stores.
//!
//! [`CodeMemory`]: taipan_core::emit::CodeMemory

/// Writes the data cache's lines of `start..end` back and drops the instruction cache's, on all processors. The range is
/// mapped and readable; other ranges do harm to nobody but may be refused by the operating system.
pub fn publish(start: *const u8, end: *const u8) {
    let (start, end) = (start as usize, end as usize);
    let lines: usize;
    // SAFETY: reading CTR_EL0, and cleaning and invalidating caches by address, change no memory and are allowed to
    // programs.
    unsafe {
        core::arch::asm!("mrs {}, ctr_el0", out(reg) lines, options(nomem, nostack, preserves_flags));
        let data_line = 4usize << (lines >> 16 & 15);
        let code_line = 4usize << (lines & 15);
        let mut at = start & !(data_line - 1);
        while at < end {
            core::arch::asm!("dc cvau, {}", in(reg) at, options(nostack, preserves_flags));
            at += data_line;
        }
        core::arch::asm!("dsb ish", options(nostack, preserves_flags));
        let mut at = start & !(code_line - 1);
        while at < end {
            core::arch::asm!("ic ivau, {}", in(reg) at, options(nostack, preserves_flags));
            at += code_line;
        }
        core::arch::asm!("dsb ish", "isb", options(nostack, preserves_flags));
    }
}
