//! The MMU: who may do what where. Everything is mapped to its own address; text is executable and not writable, data
//! writable and not executable, and pages for machine code are one or the other, as [`set_code`] says.
//!
//! Three levels of tables: 1 GiB, 2 MiB, 4 KiB. Pages of 4 KiB are for machine code only.
//!
//! Invariant: no page is writable and executable at once.

use core::cell::UnsafeCell;

const MIB2: usize = 2 << 20;
const PAGE: usize = 4096;
/// Most memory for machine code, in tables of 2 MiB.
const CODE_TABLES: usize = 8;

// Bits of descriptors.
const TABLE: u64 = 0b11;
const BLOCK: u64 = 0b01;
const DEVICE: u64 = 0;
const NORMAL: u64 = 1 << 2 | 0b11 << 8;
const ACCESSED: u64 = 1 << 10;
const READ_ONLY: u64 = 1 << 7;
const NEVER_EXECUTE: u64 = 1 << 53 | 1 << 54;
/// Executable by this level (EL1), not by the one below.
const EXECUTE: u64 = 1 << 54 | READ_ONLY;

#[repr(C, align(4096))]
struct Tables {
    gibibytes: [u64; 512],
    ram: [u64; 512],
    code: [[u64; 512]; CODE_TABLES],
}

struct Shared(UnsafeCell<Tables>);
// SAFETY: one processor, and interrupts are off.
unsafe impl Sync for Shared {}

static TABLES: Shared =
    Shared(UnsafeCell::new(Tables { gibibytes: [0; 512], ram: [0; 512], code: [[0; 512]; CODE_TABLES] }));

unsafe extern "C" {
    static _data_start: u8;
    static _code_start: u8;
    static _code_end: u8;
}

fn addresses() -> (usize, usize, usize) {
    (&raw const _data_start as usize, &raw const _code_start as usize, &raw const _code_end as usize)
}

/// Bounds of the memory for machine code.
pub fn code_region() -> (usize, usize) {
    let (_, start, end) = addresses();
    (start, end.min(start + CODE_TABLES * MIB2))
}

/// What a page for machine code may be.
#[derive(Clone, Copy, PartialEq, Eq)]
pub enum Code {
    Writable,
    Executable,
}

fn code_page(address: usize, code: Code) -> u64 {
    let rights = if code == Code::Writable { NEVER_EXECUTE } else { EXECUTE };
    address as u64 | TABLE | NORMAL | ACCESSED | rights
}

/// Fills the tables and switches the MMU and the caches on.
///
/// # Safety
/// Called once, at the start, at EL1, before anything depends on caches.
pub unsafe fn init() {
    let tables = TABLES.0.get();
    let (data, code, _) = addresses();
    let text = data - 2 * MIB2;
    // SAFETY: nothing else uses the tables yet.
    let t = unsafe { &mut *tables };
    t.gibibytes[0] = BLOCK | DEVICE | ACCESSED | NEVER_EXECUTE;
    t.gibibytes[1] = &raw const t.ram as u64 | TABLE;
    let (code_start, code_end) = code_region();
    for (i, entry) in t.ram.iter_mut().enumerate() {
        let address = (1 << 30) + i * MIB2;
        let rights = match address {
            _ if address == text => EXECUTE,
            _ if address == text + MIB2 => READ_ONLY | NEVER_EXECUTE,
            _ if address >= data && address < code => NEVER_EXECUTE,
            // Below the text lies what the emulator tells of the machine; nobody reads it.
            _ => continue,
        };
        *entry = address as u64 | BLOCK | NORMAL | ACCESSED | rights;
    }
    for (n, address) in (code_start..code_end).step_by(MIB2).enumerate() {
        for (i, entry) in t.code[n].iter_mut().enumerate() {
            *entry = code_page(address + i * PAGE, Code::Writable);
        }
        t.ram[(address - (1 << 30)) / MIB2] = &raw const t.code[n] as u64 | TABLE;
    }
    // Attributes: 0 is a device, 1 is cached memory. 39 bits of address, 4 KiB pages, tables in cached memory.
    let attributes = 0xff_u64 << 8;
    let control = 25 | 0b01 << 8 | 0b01 << 10 | 0b11 << 12 | 1 << 23 | 0b010_u64 << 32;
    // SAFETY: the tables map all that is used, where it lies.
    unsafe {
        core::arch::asm!(
            "msr mair_el1, {attributes}", "msr tcr_el1, {control}", "msr ttbr0_el1, {tables}",
            "dsb sy", "tlbi vmalle1", "ic iallu", "dsb sy", "isb",
            "mrs {t}, sctlr_el1",
            // M, C, I: MMU, data cache, instruction cache. WXN: writable is never executable.
            "orr {t}, {t}, #1", "orr {t}, {t}, #(1 << 2)", "orr {t}, {t}, #(1 << 12)", "orr {t}, {t}, #(1 << 19)",
            "msr sctlr_el1, {t}", "isb",
            attributes = in(reg) attributes, control = in(reg) control, tables = in(reg) tables, t = out(reg) _,
            options(nostack)
        );
    }
}

/// Changes what pages for machine code may be; `start` and `end` are multiples of 4 KiB within [`code_region`].
pub fn set_code(start: usize, end: usize, code: Code) {
    let (low, high) = code_region();
    assert!(
        low <= start && start <= end && end <= high && start.is_multiple_of(PAGE) && end.is_multiple_of(PAGE)
    );
    for address in (start..end).step_by(PAGE) {
        let page = (address - low) / PAGE;
        // SAFETY: the entry of a page for machine code, in a table that only this function writes after `init`. Rights
        // alone change, which the architecture allows without unmapping the page first.
        unsafe {
            let entry = &raw mut (*TABLES.0.get()).code[page / 512][page % 512];
            entry.write_volatile(code_page(address, code));
            core::arch::asm!("dsb ishst", "tlbi vaae1is, {}", in(reg) address >> 12, options(nostack));
        }
    }
    // SAFETY: waits for the above to be done.
    unsafe { core::arch::asm!("dsb ish", "isb", options(nostack)) };
}
