//! The board: QEMU's machine `virt`. Serial line, generic timer, the end.

use core::fmt;
use core::ptr::{read_volatile, write_volatile};

/// PL011, which QEMU has switched on.
const UART: usize = 0x0900_0000;

/// Writes to the serial line.
pub fn serial(bytes: &[u8]) {
    for &b in bytes {
        // SAFETY: the addresses are those of the serial line's data and flag registers, mapped as a device's.
        unsafe {
            while read_volatile((UART + 0x18) as *const u32) & 1 << 5 != 0 {}
            write_volatile(UART as *mut u32, b.into());
        }
    }
}

/// For `write!`.
pub struct Serial;

impl fmt::Write for Serial {
    fn write_str(&mut self, s: &str) -> fmt::Result {
        serial(s.as_bytes());
        Ok(())
    }
}

/// Nanoseconds of the generic timer.
pub fn nanoseconds() -> u64 {
    let (count, rate): (u64, u64);
    // SAFETY: reading the timer's count and rate changes nothing.
    unsafe {
        core::arch::asm!("isb", "mrs {}, cntvct_el0", "mrs {}, cntfrq_el0", out(reg) count, out(reg) rate,
            options(nomem, nostack));
    }
    (u128::from(count) * 1_000_000_000 / u128::from(rate.max(1))) as u64
}

/// Ends the emulation with an exit status: semihosting's `SYS_EXIT`.
pub fn exit(status: u64) -> ! {
    let block = [0x2_0026u64, status];
    loop {
        // SAFETY: the emulator's call reads the block and does not return; without one it is a fault, which ends here.
        unsafe { core::arch::asm!("hlt #0xf000", in("x0") 0x18, in("x1") block.as_ptr(), options(nostack)) };
    }
}
