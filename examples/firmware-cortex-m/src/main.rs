//! A Python program on a Cortex-M4 without an operating system: compiled ahead of time, run from flash, in 96 KB of RAM.
//!
//! The linker script divides the RAM: stack, variables, and the region that the VM gets. What goes wrong is written to
//! the serial line and becomes the exit status.
#![no_std]
#![no_main]

extern crate alloc;

mod board;
mod region;

use alloc::boxed::Box;
use core::fmt::Write;
use region::Region;
use taipan_core::bytecode::file::Aligned;
use taipan_core::exit::Res;
use taipan_core::interp::{Args, HostHooks, Rt};
use taipan_core::value::Value;
use taipan_core::vm::{Config, Isolate, RunEnd, Sizes};

#[global_allocator]
static MEMORY: Region = Region::new();

/// The program, compiled by `taipan compile`; it is run where it lies.
static PROGRAM: &Aligned<[u8]> = &Aligned(*include_bytes!("../program/control.tpc"));

unsafe extern "C" {
    static _stack_low: u8;
    static _stack_high: u8;
    static mut _data_start: u32;
    static _data_end: u32;
    static _data_load: u32;
    static mut _bss_start: u32;
    static _bss_end: u32;
    static _region_start: u8;
    static _region_end: u8;
}

/// What the processor reads at reset: the stack's top, then the handlers of reset and faults.
#[repr(C)]
struct Vectors {
    stack: *const u8,
    reset: unsafe extern "C" fn() -> !,
    faults: [unsafe extern "C" fn() -> !; 5],
}
// SAFETY: never written.
unsafe impl Sync for Vectors {}

#[unsafe(link_section = ".vectors")]
#[used]
static VECTORS: Vectors = Vectors { stack: &raw const _stack_high, reset, faults: [fault; 5] };

/// Fills the unused stack, so that its deepest use can be told at the end.
const PAINT: u32 = 0x5ac0_5ac0;

/// # Safety
/// The processor calls it, once.
#[unsafe(no_mangle)]
unsafe extern "C" fn reset() -> ! {
    // SAFETY: the linker script's symbols bound the sections; nothing uses them yet. The floating-point unit is
    // switched on before any code that uses it runs.
    unsafe {
        core::ptr::write_volatile(0xe000_ed88 as *mut u32, 0xf << 20);
        core::arch::asm!("dsb", "isb");
        let words = |from: *const u32, to: *const u32| (to as usize - from as usize) / 4;
        let data = &raw mut _data_start;
        core::ptr::copy_nonoverlapping(&raw const _data_load, data, words(data, &raw const _data_end));
        let bss = &raw mut _bss_start;
        core::ptr::write_bytes(bss, 0, words(bss, &raw const _bss_end));
        let mut low = (&raw const _stack_low).cast_mut().cast::<u32>();
        let here = &raw const low as usize - 64;
        while (low as usize) < here {
            low.write_volatile(PAINT);
            low = low.add(1);
        }
        MEMORY.init(&raw const _region_start as usize, &raw const _region_end as usize);
    }
    board::init();
    board::exit(run())
}

unsafe extern "C" fn fault() -> ! {
    board::serial(b"fault: the processor stopped the program\n");
    board::exit(101)
}

#[panic_handler]
fn panic(info: &core::panic::PanicInfo) -> ! {
    let _ = writeln!(Serial, "{info}");
    board::exit(102)
}

struct Serial;

impl Write for Serial {
    fn write_str(&mut self, s: &str) -> core::fmt::Result {
        board::serial(s.as_bytes());
        Ok(())
    }
}

/// What the program sees of the outside: output and a clock.
struct Board;

impl HostHooks for Board {
    fn write(&mut self, bytes: &[u8], _err: bool) {
        board::serial(bytes);
    }
    fn monotonic(&mut self) -> Option<f64> {
        Some(board::ticks() as f64 / 25e6)
    }
}

/// A room with a heater: what the sensor would measure, in hundredths of a degree.
struct Room {
    degrees: f32,
    duty: f32,
    readings: u32,
}

impl Room {
    /// Lets a second pass and reads the sensor, which fails now and then.
    fn read(&mut self) -> i64 {
        self.degrees += self.duty * 0.05 - (self.degrees - 15.0) * 0.04;
        self.readings += 1;
        if self.readings % 37 == 0 { -1 } else { (self.degrees * 100.0) as i64 }
    }
}

static ROOM: Shared<Room> = Shared(core::cell::RefCell::new(Room { degrees: 15.0, duty: 0.0, readings: 0 }));

/// One thread only.
struct Shared<T>(core::cell::RefCell<T>);
// SAFETY: this firmware has one thread, and interrupt handlers do not touch it.
unsafe impl<T> Sync for Shared<T> {}

fn number(rt: &mut Rt, a: Args) -> Res<i64> {
    match a.at(0).as_int() {
        Some(n) => Ok(n),
        None => Err(rt.type_error(format_args!("an int is needed"))),
    }
}

fn temperature(_: &mut Rt, _: Args) -> Res<Value> {
    Ok(Value::int(ROOM.0.borrow_mut().read()))
}

fn heater(rt: &mut Rt, a: Args) -> Res<Value> {
    let duty = number(rt, a)?;
    if !(0..=100).contains(&duty) {
        return Err(rt.value_error(format_args!("duty {duty} is not within 0 and 100")));
    }
    ROOM.0.borrow_mut().duty = duty as f32;
    Ok(Value::NONE)
}

fn lamp(rt: &mut Rt, a: Args) -> Res<Value> {
    let mask = number(rt, a)?;
    Ok(Value::int(board::lamps(mask as u32) as i64))
}

fn ticks(_: &mut Rt, _: Args) -> Res<Value> {
    Ok(Value::int(board::ticks() as i64))
}

/// Part of the region that is not the guest's: tables of the runtime, and what first fit leaves between pieces.
const RUNTIME: usize = 16 << 10;

/// Runs the program; the exit status.
fn run() -> u32 {
    let region = &raw const _region_end as usize - &raw const _region_start as usize;
    let config = Config {
        max_memory: region.saturating_sub(RUNTIME),
        max_recursion: 60,
        sizes: Sizes::SMALL,
        ..Config::default()
    };
    let mut vm = match Isolate::new(config, Box::new(Board)) {
        Ok(vm) => vm,
        Err(e) => return failed(&e),
    };
    let started = (vm.rt.heap.used(), MEMORY.peak());
    let functions: [(&str, fn(&mut Rt, Args) -> Res<Value>); 4] =
        [("temperature", temperature), ("heater", heater), ("lamp", lamp), ("ticks", ticks)];
    for (name, f) in functions {
        if let Err(e) = vm.register_host(name, Box::new(f)) {
            return failed(&e);
        }
    }
    let end = match vm.run_compiled(&PROGRAM.0) {
        Ok(end) => end,
        Err(e) => return failed(&e),
    };
    let status = match end {
        RunEnd::Done(_) => 0,
        RunEnd::Raised(e) => {
            vm.print_exception(e);
            1
        }
        RunEnd::Stopped(_) => 3,
    };
    let stats = vm.rt.heap.stats;
    let _ = writeln!(
        Serial,
        "-- heap at start {} peak {} collections {}; region {region} at start {} peak {}; stack {}",
        started.0,
        stats.peak,
        stats.collections,
        started.1,
        MEMORY.peak(),
        stack_used()
    );
    status
}

fn failed(e: &dyn core::fmt::Display) -> u32 {
    let _ = writeln!(Serial, "firmware: {e}");
    2
}

/// Most bytes of the stack that were in use.
fn stack_used() -> usize {
    let (low, high) = (&raw const _stack_low, &raw const _stack_high);
    let mut at = low.cast::<u32>();
    // SAFETY: the stack section is readable; reading stops at its end.
    unsafe {
        while (at as usize) < high as usize && at.read_volatile() == PAINT {
            at = at.add(1);
        }
    }
    high as usize - at as usize
}
