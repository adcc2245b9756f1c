//! The portable emitter: allocated uops run by a small interpreter, on every architecture.
//!
//! Its code is an array of decoded uops, and a code address is the address of one of them, so that linking, return
//! labels and `JumpReg` work as they do in machine code. The bodies are those of `uop::body`, by way of
//! `for_each_uop!`: nothing is defined twice.
//!
//! Invariants: an array is not moved or changed until it is released; every uop in it has registers below
//! `REGS` and, if it exits, the address of its cell; the last uop does not go on; cells hold addresses of uops.

use super::{
    AIns, Allocated, CodeMap, EmitError, Emitted, Emitter, JitCtx, MAX_REGS, NO_EXIT, NO_REG, RegFile,
};
use crate::room::WithinRoom as _;
use crate::uop::body::{self, M};
use crate::uop::{Class, Uop};
use alloc::vec::Vec;
use core::ptr::with_exposed_provenance;

/// Length of the register arrays: a power of two, so that an index can be masked.
const REGS: usize = 32;
const _: () = assert!(MAX_REGS < REGS);

/// Number, beyond those of uops, of "leave through exit `k`".
const LEAVE: u8 = Uop::COUNT as u8;
const _: () = assert!(Uop::COUNT < u8::MAX as usize);

/// A decoded uop. Its alignment is that of code addresses.
#[derive(Clone, Copy, Debug)]
#[repr(C, align(16))]
struct Step {
    op: u8,
    out: u8,
    args: [u8; 3],
    d: i32,
    k: u64,
    /// Address of the exit's cell, or of the uop to go to.
    to: u64,
}

#[derive(Debug)]
struct Piece {
    steps: Vec<Step>,
    cells: Vec<u64>,
}

/// Interprets allocated uops.
#[derive(Debug)]
pub struct PortableEmitter {
    regs: RegFile,
    pieces: Vec<Option<Piece>>,
    bytes: usize,
}

impl Default for PortableEmitter {
    /// With as many registers as x86-64 has.
    fn default() -> Self {
        PortableEmitter::new(RegFile { g: 8, f: 8, g_kept: 0b11, f_kept: 0 })
    }
}

impl PortableEmitter {
    /// With registers of the caller's choice.
    pub fn new(regs: RegFile) -> Self {
        PortableEmitter { regs, pieces: Vec::new(), bytes: 0 }
    }

    fn check(&self, ins: &AIns, exits: usize) -> Result<(), EmitError> {
        let count = |class| if class == Class::G { self.regs.g } else { self.regs.f };
        let good = |class, r| r < count(class).min(MAX_REGS as u8);
        let exit = if ins.op.exits() { (ins.exit as usize) < exits } else { ins.exit == NO_EXIT };
        let args = ins.op.ins().iter().zip(ins.args).all(|(class, r)| good(*class, r));
        let out = match ins.op.out() {
            Some(class) => good(class, ins.out),
            None => ins.out == NO_REG,
        };
        if exit && args && out { Ok(()) } else { Err(EmitError::Malformed) }
    }
}

fn short<T>(_: T) -> EmitError {
    EmitError::NoMemory
}

fn address(steps: &[Step], at: usize) -> u64 {
    steps.as_ptr().wrapping_add(at).expose_provenance() as u64
}

impl Emitter for PortableEmitter {
    fn name(&self) -> &'static str {
        "portable"
    }
    fn reg_file(&self) -> RegFile {
        self.regs
    }

    fn runs_here(&self) -> bool {
        true
    }

    fn emit(
        &mut self,
        code: &Allocated,
        first_exit: u32,
        map: Option<&mut CodeMap>,
    ) -> Result<Emitted, EmitError> {
        let ends = |i: &AIns| matches!(i.op, Uop::Exit | Uop::JumpReg | Uop::LoopEnd);
        if !code.code.last().is_some_and(ends) {
            return Err(EmitError::Malformed);
        }
        let (count, exits) = (code.code.len(), code.exits.len());
        let mut steps: Vec<Step> = Vec::new();
        let mut cells: Vec<u64> = Vec::new();
        steps.try_reserve_exact(count + exits).map_err(short)?;
        cells.try_reserve_exact(exits).map_err(short)?;
        self.pieces.try_reserve(1).map_err(short)?;
        let mut body = None;
        for (at, ins) in code.code.iter().enumerate() {
            self.check(ins, exits)?;
            let mut to = 0;
            let mut k = ins.k;
            match ins.op {
                Uop::LoopStart => body = Some(address(&steps, at)),
                Uop::LoopEnd => to = body.ok_or(EmitError::Malformed)?,
                Uop::LabelAddr => {
                    let label = |i: &AIns| i.op == Uop::RetLabel && i.d == ins.d;
                    let label = code.code.iter().position(label).ok_or(EmitError::Malformed)?;
                    k = address(&steps, label);
                }
                op if op.exits() => to = cells.as_ptr().wrapping_add(ins.exit as usize).addr() as u64,
                _ => {}
            }
            steps.push_within(Step { op: ins.op as u8, out: ins.out, args: ins.args, d: ins.d, k, to });
        }
        for n in 0..exits {
            cells.push_within(address(&steps, count + n));
            let k = first_exit as u64 + n as u64;
            steps.push_within(Step { op: LEAVE, out: NO_REG, args: [NO_REG; 3], d: 0, k, to: 0 });
        }
        if let Some(map) = map {
            map.try_reserve(count).map_err(short)?;
            map.fill_within((0..count).map(|i| (i as u32, (i * size_of::<Step>()) as u32)));
        }
        let cell = cells.as_mut_ptr();
        // Steps name cells by address.
        cell.expose_provenance();
        let bytes = size_of_val(steps.as_slice());
        let emitted = Emitted {
            entry: address(&steps, 0),
            body: body.unwrap_or(0),
            cells: cell,
            unlinked: address(&steps, count),
            unlinked_step: size_of::<Step>() as u64,
            code_bytes: bytes as u32,
            id: self.pieces.iter().position(Option::is_none).unwrap_or(self.pieces.len()) as u32,
        };
        let piece = Some(Piece { steps, cells });
        match self.pieces.get_mut(emitted.id as usize) {
            Some(place) => *place = piece,
            None => self.pieces.push_within(piece),
        }
        self.bytes += bytes;
        Ok(emitted)
    }

    fn release(&mut self, id: u32) {
        if let Some(piece) = self.pieces.get_mut(id as usize).and_then(Option::take) {
            self.bytes -= size_of_val(piece.steps.as_slice());
            drop(piece.cells);
        }
    }
    fn code_bytes(&self) -> usize {
        self.bytes
    }
    fn code(&self, _emitted: &Emitted) -> &[u8] {
        &[]
    }

    unsafe fn enter(&self, entry: u64, frame: *mut u8, ctx: *mut JitCtx) {
        let mut machine = Machine::new(frame, ctx);
        let mut pc: *const Step = with_exposed_provenance(entry as usize);
        loop {
            // SAFETY: by the caller's promise and the invariants of this module `pc` is a uop of a piece that was not
            // released, and what the uop touches is valid.
            let next = unsafe { machine.step(pc) };
            match next {
                Some(to) => pc = to,
                None => break,
            }
        }
        // SAFETY: `pc` is the uop that ended the run; `ctx` is valid by the caller's promise.
        unsafe {
            (*ctx).g = core::array::from_fn(|i| machine.g[i]);
            (*ctx).f = core::array::from_fn(|i| machine.f[i]);
            (*ctx).frame = machine.m.frame;
            (*ctx).exit = (*pc).k;
        }
    }
}

/// Registers of the machine.
pub(super) struct Machine {
    g: [u64; REGS],
    f: [f64; REGS],
    m: M,
}

/// What a body returns: it goes on and may have a result, or leaves.
trait Outcome {
    /// Writes the result; answers whether to go on.
    fn put(self, machine: &mut Machine, out: u8) -> bool;
}
impl Outcome for u64 {
    #[inline(always)]
    fn put(self, machine: &mut Machine, out: u8) -> bool {
        machine.g[out as usize % REGS] = self;
        true
    }
}
impl Outcome for f64 {
    #[inline(always)]
    fn put(self, machine: &mut Machine, out: u8) -> bool {
        machine.f[out as usize % REGS] = self;
        true
    }
}
impl Outcome for () {
    #[inline(always)]
    fn put(self, _: &mut Machine, _: u8) -> bool {
        true
    }
}
impl Outcome for bool {
    #[inline(always)]
    fn put(self, _: &mut Machine, _: u8) -> bool {
        self
    }
}
impl<T: Outcome> Outcome for Option<T> {
    #[inline(always)]
    fn put(self, machine: &mut Machine, out: u8) -> bool {
        self.is_some_and(|x| x.put(machine, out))
    }
}

impl Machine {
    pub(super) fn new(frame: *mut u8, ctx: *mut JitCtx) -> Self {
        Machine { g: [0; REGS], f: [0.0; REGS], m: M { frame, ctx: ctx.cast() } }
    }

    /// Does a uop that has a body with these operands. Answers the bits of its result (0 if it has none); `None` if
    /// it exits.
    ///
    /// # Safety
    /// Memory that the uop touches is valid.
    pub(super) unsafe fn alone(&mut self, op: Uop, operands: [u64; 3], d: i32, k: u64) -> Option<u64> {
        for (n, x) in operands.into_iter().enumerate() {
            self.g[n] = x;
            self.f[n] = f64::from_bits(x);
        }
        let s = Step { op: op as u8, out: 3, args: [0, 1, 2], d, k, to: 0 };
        // SAFETY: the caller's promise.
        let going_on = unsafe { self.body(op, &s) };
        let result = match op.out() {
            Some(Class::G) => self.g[3],
            Some(Class::F) => self.f[3].to_bits(),
            None => 0,
        };
        going_on.then_some(result)
    }

    /// Does one uop. Answers the next; `None` when it leaves.
    ///
    /// # Safety
    /// `pc` is a uop of a piece; memory that it touches is valid.
    #[inline(always)]
    unsafe fn step(&mut self, pc: *const Step) -> Option<*const Step> {
        // SAFETY: the caller's promise.
        let s = unsafe { &*pc };
        let next = pc.wrapping_add(1);
        // Beyond the uops: the run ends here.
        let op = Uop::from_u8(s.op)?;
        let going_on = match op {
            Uop::LoopEnd => return Some(with_exposed_provenance(s.to as usize)),
            Uop::JumpReg => return Some(with_exposed_provenance(self.general(s, 0) as usize)),
            Uop::AddFrame => {
                self.m.frame = self.m.frame.wrapping_offset(s.d as isize);
                true
            }
            Uop::SetFrame => {
                self.m.frame = core::ptr::with_exposed_provenance_mut(self.general(s, 0) as usize);
                true
            }
            Uop::LabelAddr => s.k.put(self, s.out),
            Uop::Exit => false,
            Uop::LoopStart | Uop::RetLabel | Uop::Nop => true,
            Uop::PhiG | Uop::PhiF | Uop::InheritG | Uop::InheritF => true,
            // SAFETY: the caller's promise.
            _ => unsafe { self.body(op, s) },
        };
        if going_on {
            Some(next)
        } else {
            // SAFETY: a uop that exits has the address of its cell, which holds the address of a uop.
            let to = unsafe { *with_exposed_provenance::<u64>(s.to as usize) };
            Some(with_exposed_provenance(to as usize))
        }
    }

    #[inline(always)]
    fn general(&self, s: &Step, n: usize) -> u64 {
        self.g[s.args[n] as usize % REGS]
    }
    #[inline(always)]
    fn float(&self, s: &Step, n: usize) -> f64 {
        self.f[s.args[n] as usize % REGS]
    }

    /// Does a uop that has a body. Answers whether it goes on.
    ///
    /// # Safety
    /// Memory that the uop touches is valid.
    #[inline(always)]
    #[expect(unused_assignments, reason = "the number of an operand after the last one")]
    unsafe fn body(&mut self, op: Uop, s: &Step) -> bool {
        macro_rules! operand {
            (G, $n:expr) => {
                self.general(s, $n)
            };
            (F, $n:expr) => {
                self.float(s, $n)
            };
        }
        macro_rules! bodies {
            ($( $name:ident($($class:ident)*) $(-> $out:ident)?, $imm:ident, $effect:ident, $body:ident; )*) => {
                match op {
                    $( Uop::$name => {
                        #[allow(unused_mut, unused_variables, reason = "rows without operands")]
                        let mut n = 0;
                        // SAFETY: the caller's promise is the body's.
                        unsafe {
                            body::$body(self.m, s.d as isize, s.k $(, {
                                let x = operand!($class, n);
                                n += 1;
                                x
                            })*)
                        }
                        .put(self, s.out)
                    } )*
                    _ => true,
                }
            };
        }
        for_each_uop!(bodies)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::trace::ir::SnapId;

    fn code(ins: &[AIns]) -> Allocated {
        let exits = ins.iter().any(|i| i.exit != NO_EXIT) as usize;
        let none = SnapId::NONE;
        Allocated { code: ins.to_vec(), exits: alloc::vec![none; exits], ..Allocated::default() }
    }

    /// The frame register moves, exits are numbered from where the caller says, and cells link and unlink them.
    #[test]
    fn frames_and_cells() {
        let mut frame = [0u64; 4];
        let address = frame.as_mut_ptr().expose_provenance() as u64;
        let mut emitter = PortableEmitter::default();
        let exit = AIns { exit: 0, ..AIns::new(Uop::Exit, NO_REG, NO_REG, 0, 0) };
        let a = code(&[
            AIns::new(Uop::LoadK, 0, NO_REG, 0, 7),
            AIns::new(Uop::AddFrame, NO_REG, NO_REG, 8, 0),
            AIns::new(Uop::SlotStore, NO_REG, 0, 8, 0),
            exit,
        ]);
        let b = code(&[
            AIns::new(Uop::LoadK, 1, NO_REG, 0, address),
            AIns::new(Uop::SetFrame, NO_REG, 1, 0, 0),
            AIns::new(Uop::SlotStore, NO_REG, 0, 0, 0),
            exit,
        ]);
        let a = emitter.emit(&a, 10, None).expect("emitted");
        let mut map = CodeMap::new();
        let b = emitter.emit(&b, 20, Some(&mut map)).expect("emitted");
        assert_eq!((a.body, map.len(), map[1].0), (0, 4, 1));
        let mut ctx = JitCtx::new();
        let base: *mut u8 = frame.as_mut_ptr().cast();
        // SAFETY: both pieces of code are there; they touch the four words of `frame` only.
        unsafe { emitter.enter(a.entry, base, &mut ctx) };
        assert_eq!((ctx.exit, ctx.frame, ctx.g[0], frame), (10, base.wrapping_add(8), 7, [0, 0, 7, 0]));
        // SAFETY: as above; the cell is that of the first code's exit.
        unsafe {
            a.cells.write(b.entry);
            emitter.enter(a.entry, base, &mut ctx);
        }
        assert_eq!((ctx.exit, ctx.frame, frame), (20, base, [7, 0, 7, 0]));
        // SAFETY: as above.
        unsafe {
            a.cells.write(a.unlinked);
            emitter.enter(a.entry, base, &mut ctx);
        }
        assert_eq!(ctx.exit, 10);
        emitter.release(a.id);
        emitter.release(b.id);
        assert_eq!(emitter.code_bytes(), 0);
    }

    #[test]
    fn what_is_malformed_is_refused() {
        let mut emitter = PortableEmitter::default();
        let exit = AIns { exit: 0, ..AIns::new(Uop::Exit, NO_REG, NO_REG, 0, 0) };
        let good = AIns::new(Uop::LoadK, 0, NO_REG, 0, 7);
        for bad in [
            &[good][..],
            &[],
            &[AIns { out: 8, ..good }, exit],
            &[AIns { out: NO_REG, ..good }, exit],
            &[AIns { exit: 1, ..good }, exit],
            &[AIns { exit: NO_EXIT, ..exit }],
            &[AIns::new(Uop::LoopEnd, NO_REG, NO_REG, 0, 0)],
            &[AIns::new(Uop::LabelAddr, 0, NO_REG, 1, 0), exit],
        ] {
            assert_eq!(emitter.emit(&code(bad), 0, None).err(), Some(EmitError::Malformed));
        }
    }
}
