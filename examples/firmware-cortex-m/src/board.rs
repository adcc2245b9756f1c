//! The board: an Arm MPS2 with the AN386 image (Cortex-M4), as QEMU emulates it. Serial line, timer, lamps, the end.

use core::ptr::{read_volatile, write_volatile};

const UART0: usize = 0x4000_4000;
const TIMER0: usize = 0x4000_0000;
const LAMPS: usize = 0x4002_8000;

fn write(address: usize, value: u32) {
    // SAFETY: the addresses are those of the board's registers.
    unsafe { write_volatile(address as *mut u32, value) }
}

fn read(address: usize) -> u32 {
    // SAFETY: as above.
    unsafe { read_volatile(address as *const u32) }
}

/// Turns on the serial line and starts the timer, which counts down.
pub fn init() {
    write(UART0 + 0x10, 16);
    write(UART0 + 0x08, 1);
    write(TIMER0 + 0x04, u32::MAX);
    write(TIMER0 + 0x08, u32::MAX);
    write(TIMER0, 1);
}

/// Writes to the serial line.
pub fn serial(bytes: &[u8]) {
    for &b in bytes {
        while read(UART0 + 0x04) & 1 != 0 {}
        write(UART0, b as u32);
    }
}

/// Cycles since [`init`].
pub fn ticks() -> u32 {
    u32::MAX - read(TIMER0 + 0x04)
}

/// Sets the two lamps; returns what the register says.
pub fn lamps(mask: u32) -> u32 {
    write(LAMPS, mask);
    read(LAMPS)
}

/// Ends the emulation with an exit status: semihosting's `SYS_EXIT_EXTENDED`.
pub fn exit(status: u32) -> ! {
    let block = [0x2_0026u32, status];
    loop {
        // SAFETY: the debugger's call reads the block and does not return; on a board without one it would fault,
        // which ends the program too.
        unsafe {
            core::arch::asm!("bkpt 0xab", in("r0") 0x20, in("r1") block.as_ptr(), options(nostack));
        }
    }
}
