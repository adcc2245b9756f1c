//! Python on AArch64 without an operating system, with machine code: numeric programs, compiled to bytecode ahead of
//! time, run interpreted and with the JIT; what they print is printed once, and the ratio of the times.
//!
//! This file starts the processor: stack, floating-point unit, MMU (`mmu`), vectors. What goes wrong is written to the
//! serial line and becomes the exit status.
#![no_std]
#![no_main]

extern crate alloc;

mod board;
mod code_memory;
mod mmu;
#[path = "../../firmware-cortex-m/src/region.rs"]
mod region;

use alloc::boxed::Box;
use alloc::vec::Vec;
use board::Serial;
use code_memory::Pages;
use core::fmt::Write;
use core::sync::atomic::{AtomicPtr, Ordering};
use region::Region;
use taipan_core::bytecode::file::Aligned;
use taipan_core::interp::HostHooks;
use taipan_core::jit::{Jit, JitConfig};
use taipan_core::vm::{Config, Isolate, RunEnd};
use taipan_emit_aarch64::Aarch64Emitter;

#[global_allocator]
static MEMORY: Region = Region::new();

unsafe extern "C" {
    static _region_start: u8;
    static _region_end: u8;
}

/// A program that lies in read-only memory, and is run where it lies.
struct Program {
    name: &'static str,
    code: &'static Aligned<[u8]>,
}

macro_rules! programs {
    ($($name:literal),*) => {
        [$( Program { name: $name, code: &Aligned(*include_bytes!(concat!("../program/", $name, ".tpc"))) }, )*]
    };
}

static PROGRAMS: [Program; 4] = programs!("mandelbrot", "spectral_norm", "matmul", "int_loops");

/// Bytes of machine code a VM makes at most.
const CODE_BUDGET: usize = 8 << 20;

core::arch::global_asm!(
    ".section .start, \"ax\"",
    ".global _start",
    "_start:",
    // Other processors wait; the first has number 0.
    "mrs x0, mpidr_el1",
    "and x0, x0, #0xff",
    "cbnz x0, 2f",
    // Floating point and vectors may be used.
    "mov x0, #(3 << 20)",
    "msr cpacr_el1, x0",
    "isb",
    "ldr x0, =_stack_high",
    "mov sp, x0",
    "ldr x0, =_bss_start",
    "ldr x1, =_bss_end",
    "1: cmp x0, x1",
    "b.hs 3f",
    "stp xzr, xzr, [x0], #16",
    "b 1b",
    "2: wfe",
    "b 2b",
    "3: ldr x0, ={vectors}",
    "msr vbar_el1, x0",
    "bl {start}",
    ".balign 2048",
    "{vectors}:",
    // Sixteen entries of 128 bytes: all go to the same place.
    ".rept 16",
    "mrs x0, esr_el1",
    "mrs x1, elr_el1",
    "mrs x2, far_el1",
    "b {fault}",
    ".balign 128",
    ".endr",
    vectors = sym vectors,
    start = sym start,
    fault = sym fault,
);

unsafe extern "C" {
    fn vectors();
}

extern "C" fn start() -> ! {
    // SAFETY: the first thing that is done; the linker script's region is nobody else's.
    unsafe {
        mmu::init();
        MEMORY.init(&raw const _region_start as usize, &raw const _region_end as usize);
    }
    board::exit(run())
}

extern "C" fn fault(syndrome: u64, at: u64, address: u64) -> ! {
    let _ = writeln!(Serial, "fault: syndrome {syndrome:#x} at {at:#x}, address {address:#x}");
    board::exit(101)
}

#[panic_handler]
fn panic(info: &core::panic::PanicInfo) -> ! {
    let _ = writeln!(Serial, "{info}");
    board::exit(102)
}

/// What programs see of the outside: their output is kept.
struct Board(Output);

/// Shared between the hooks and who runs the program; there is one processor.
type Output = &'static AtomicPtr<Vec<u8>>;

static OUTPUT: AtomicPtr<Vec<u8>> = AtomicPtr::new(core::ptr::null_mut());

impl HostHooks for Board {
    fn write(&mut self, bytes: &[u8], err: bool) {
        let kept = self.0.load(Ordering::Relaxed);
        if err || kept.is_null() {
            return board::serial(bytes);
        }
        // SAFETY: `measure` set the pointer to a vector that lives, and that it does not touch, while the program runs.
        unsafe { (*kept).extend_from_slice(bytes) };
    }
    fn monotonic(&mut self) -> Option<f64> {
        Some(board::nanoseconds() as f64 / 1e9)
    }
}

/// One run.
struct Run {
    output: Vec<u8>,
    nanoseconds: u64,
    traces: u64,
}

fn measure(program: &Program, jit: bool) -> Result<Run, u64> {
    let config = Config { max_memory: 48 << 20, ..Config::default() };
    let mut vm = Isolate::new(config, Box::new(Board(&OUTPUT))).map_err(|e| failed(&e))?;
    if jit {
        let emitter = Aarch64Emitter::new(Pages::new(), CODE_BUDGET);
        let config = JitConfig::default();
        let made = Jit::new(Box::new(emitter), config).map_err(|e| failed(&e))?;
        vm.rt.set_jit(Box::new(made), config.threshold);
    }
    let mut output = Vec::new();
    OUTPUT.store(&raw mut output, Ordering::Relaxed);
    let start = board::nanoseconds();
    let end = vm.run_compiled(&program.code.0);
    let nanoseconds = board::nanoseconds() - start;
    OUTPUT.store(core::ptr::null_mut(), Ordering::Relaxed);
    match end {
        Ok(RunEnd::Done(_)) => {}
        Ok(RunEnd::Raised(e)) => {
            vm.print_exception(e);
            return Err(1);
        }
        Ok(RunEnd::Stopped(_)) => return Err(3),
        Err(e) => return Err(failed(&e)),
    }
    let traces = vm.rt.jit.as_ref().map_or(0, |j| j.stats().traces);
    Ok(Run { output, nanoseconds, traces })
}

/// Runs all programs; the exit status.
fn run() -> u64 {
    for program in &PROGRAMS {
        let (interpreted, compiled) = match (measure(program, false), measure(program, true)) {
            (Ok(a), Ok(b)) => (a, b),
            (Err(status), _) | (_, Err(status)) => return status,
        };
        let _ = writeln!(Serial, "== {}", program.name);
        board::serial(&compiled.output);
        if compiled.output != interpreted.output {
            let _ = writeln!(Serial, "firmware: the interpreter printed something else:");
            board::serial(&interpreted.output);
            return 4;
        }
        let tenths = interpreted.nanoseconds * 10 / compiled.nanoseconds.max(1);
        let _ = writeln!(
            Serial,
            "-- {}: interpreted {} ms, with machine code {} ms, ratio {}.{}; {} traces",
            program.name,
            interpreted.nanoseconds / 1_000_000,
            compiled.nanoseconds / 1_000_000,
            tenths / 10,
            tenths % 10,
            compiled.traces
        );
    }
    0
}

fn failed(e: &dyn core::fmt::Display) -> u64 {
    let _ = writeln!(Serial, "firmware: {e}");
    2
}
