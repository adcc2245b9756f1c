//! Random traces through register allocation and an emitter, run, and compared with their evaluation: by this machine's
//! emitter and by the portable one, with registers as the bytes say and code memory that runs out.
//!
//! Besides, what goes into holes: each kind of relocation takes what is in its range and nothing else.

use arbitrary::Unstructured;
use taipan::OsMemory;
use taipan_core::emit::exercise::{Failure, exercise};
use taipan_core::emit::portable::PortableEmitter;
use taipan_core::emit::{Allocated, Chunk, CodeMemory, EmitError, Emitter, RegFile};
use taipan_core::regalloc::{Allocator, check::check};
use taipan_core::trace::ir::Trace;

/// Memory for code that fails after some calls.
struct Failing(OsMemory, u32);

impl Failing {
    fn tick(&mut self) -> Result<(), EmitError> {
        self.1 = self.1.checked_sub(1).ok_or(EmitError::CodeFull)?;
        Ok(())
    }
}

impl CodeMemory for Failing {
    fn allocate(&mut self, code_len: usize, data_words: usize) -> Result<Chunk, EmitError> {
        self.tick()?;
        self.0.allocate(code_len, data_words)
    }
    fn writable(&mut self, chunk: &Chunk) -> Result<(), EmitError> {
        self.tick()?;
        self.0.writable(chunk)
    }
    fn executable(&mut self, chunk: &Chunk, start: usize, end: usize) -> Result<(), EmitError> {
        self.0.executable(chunk, start, end)
    }
    fn free(&mut self, chunk: &Chunk) {
        self.0.free(chunk);
    }
}

/// Allocates as the VM does, and asks the checkers.
fn checked(t: &Trace, regs: RegFile, a: &mut Allocated) -> Result<(), EmitError> {
    if let Err(broken) = taipan_core::trace::check::check(t) {
        panic!("{broken}\n{}", listing(t));
    }
    Allocator::default().allocate(t, regs, a)?;
    if let Err(wrong) = check(t, regs, a) {
        panic!("{wrong}\n{}", listing(t));
    }
    Ok(())
}

fn listing(t: &Trace) -> String {
    let mut text = String::new();
    taipan_core::trace::text::print(t, &mut text).expect("writing to a string");
    text
}

/// A trace of `bytes` on `emitter`, twice, so that memory is reused; nothing is left behind. `may_fill`: memory may run out.
fn on(emitter: &mut dyn Emitter, bytes: &[u8], may_fill: bool) {
    for _ in 0..2 {
        match exercise(bytes, emitter, &mut checked) {
            Ok(()) => {}
            Err(Failure::Refused(_, EmitError::CodeFull | EmitError::Protect)) if may_fill => {}
            Err(e) => panic!("{}, {:?}: {e:x?}", emitter.name(), emitter.reg_file()),
        }
        assert_eq!(emitter.code_bytes(), 0, "code that was released");
    }
}

#[cfg(target_arch = "aarch64")]
use taipan_emit_aarch64::Aarch64Emitter as Machine;
#[cfg(target_arch = "x86_64")]
use taipan_emit_x86_64::X86Emitter as Machine;

/// Registers from bytes: few or many, any of them kept by calls.
fn registers(u: &mut Unstructured<'_>) -> RegFile {
    let mut count = |least: u8| u.int_in_range(least..=24).unwrap_or(least);
    let (g, f) = (count(3), count(2));
    let mut kept = |n: u8| u.arbitrary::<u32>().unwrap_or(0) & ((1u32 << n) - 1);
    RegFile { g, f, g_kept: kept(g) as _, f_kept: kept(f) as _ }
}

/// Does what the module says with `bytes`.
///
/// # Panics
/// If something is wrong.
pub fn run(bytes: &[u8]) {
    let mut u = Unstructured::new(bytes);
    relocations(&mut u);
    let regs = registers(&mut u);
    let calls = u.int_in_range(0..=12u32).unwrap_or(0);
    let budget = u.int_in_range(1..=8usize).unwrap_or(1) << 16;
    let trace = u.take_rest();
    on(&mut PortableEmitter::new(regs), trace, false);
    #[cfg(any(target_arch = "x86_64", target_arch = "aarch64"))]
    {
        on(&mut Machine::new(OsMemory::new(), 1 << 20), trace, false);
        on(&mut Machine::new(Failing(OsMemory::new(), calls), budget), trace, true);
    }
}

/// A value near a border of some kind, or any.
fn value(u: &mut Unstructured<'_>) -> i64 {
    let near = u.int_in_range(-2..=2i64).unwrap_or(0);
    let shift = u.int_in_range(0..=63u32).unwrap_or(0);
    match u.int_in_range(0..=3u8).unwrap_or(0) {
        0 => (1i64 << shift).wrapping_add(near),
        1 => (1i64 << shift).wrapping_neg().wrapping_add(near),
        2 => near,
        _ => u.arbitrary().unwrap_or(0),
    }
}

fn relocations(u: &mut Unstructured<'_>) {
    use taipan_emit_x86_64::reloc::Kind;
    for kind in [Kind::Exit, Kind::D32, Kind::K32, Kind::K31, Kind::K64, Kind::Label, Kind::Pool] {
        let (value, at) = (value(u), u.int_in_range(0..=20usize).unwrap_or(0));
        let mut code = [0xa5u8; 16];
        let (low, high) = kind.range();
        let fits = low <= value && value <= high && at + kind.size() <= code.len();
        let done = kind.patch(&mut code, at, value);
        assert_eq!(done.is_ok(), fits, "{kind:?} {value:#x} at {at}");
        for (n, byte) in code.iter().enumerate() {
            let inside = fits && (at..at + kind.size()).contains(&n);
            let want = if inside { value.to_le_bytes()[n - at] } else { 0xa5 };
            assert_eq!(*byte, want, "{kind:?} {value:#x} at {at}: byte {n}");
        }
    }
}
