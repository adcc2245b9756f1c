//! Every uop with every assignment of registers: the machine code does what the portable body does, and nothing else.
//!
//! Each piece of code loads all registers from the context, runs the uop, and leaves; run many times with other
//! values, it is compared with the body in result, exit, memory, and in all other registers being as they were.

use crate::Machine;
use crate::body::{self, Ended, slots};
use crate::support::{Builder, OsMemory, Random, ctx, emitter};
use core::mem::offset_of;
use taipan_core::emit::{Emitted, Emitter, JitCtx, NO_REG};
use taipan_core::trace::ir::Loc;
use taipan_core::uop::body::{M, REMOVED, UNBOUND};
use taipan_core::uop::{Class, Effect, Imm, Uop};

/// Runs of each piece of code.
const RUNS: usize = 12;
/// Words of memory that operands point into.
const WORDS: usize = 64;
/// Where the context keeps the values to load: general, then float registers.
const VALUES: usize = offset_of!(JitCtx, spill);
/// Words of the context that uops read and write.
const SCRATCH: usize = VALUES + 8 * 32;
const HELPER: usize = offset_of!(JitCtx, helpers);

/// Runs an instruction on each register, which it overwrites.
macro_rules! overwrite {
    ($($before:literal $name:tt $after:literal $register:tt),*) => {
        // SAFETY: the registers are declared as overwritten.
        unsafe {
            core::arch::asm!($(concat!($before, $name, $after),)* $(out($register) _,)* options(nomem, nostack));
        }
    };
}

/// Overwrites every register that a helper may overwrite.
#[cfg(target_arch = "x86_64")]
fn clobber() {
    macro_rules! general { ($($r:tt)*) => { overwrite!($("mov " $r ", -1" $r),*) }; }
    macro_rules! float { ($($r:tt)*) => { overwrite!($("pcmpeqd xmm0, xmm0\nmovaps " $r ", xmm0" $r),*) }; }
    general!("rax" "rcx" "rdx" "rsi" "rdi" "r8" "r9" "r10" "r11");
    float!("xmm1" "xmm2" "xmm3" "xmm4" "xmm5" "xmm6" "xmm7" "xmm8" "xmm15" "xmm0");
}

/// Overwrites every register that a helper may overwrite.
#[cfg(target_arch = "aarch64")]
fn clobber() {
    macro_rules! general { ($($r:tt)*) => { overwrite!($("mov " $r ", #-1" $r),*) }; }
    macro_rules! float { ($($d:tt $v:tt)*) => { overwrite!($("fmov " $d ", #-1.0" $v),*) }; }
    general!("x0" "x1" "x2" "x3" "x4" "x5" "x6" "x7" "x8" "x9" "x10" "x11" "x12" "x13" "x14" "x15" "x16" "x17");
    float!("d0" "v0" "d1" "v1" "d2" "v2" "d3" "v3" "d4" "v4" "d5" "v5" "d6" "v6" "d7" "v7" "d16" "v16" "d31" "v31");
}

/// Answers unbound for some arguments.
fn answer(ctx: *mut u8, args: &[u64]) -> u64 {
    clobber();
    let h = args.iter().fold(ctx as u64 | 1, |h, a| (h ^ a).wrapping_mul(0x9e37_79b9_7f4a_7c15));
    if h >> 61 == 0 { 2 } else { h }
}
macro_rules! helpers {
    ($abi:literal) => {
        unsafe extern $abi fn helper0(ctx: *mut u8) -> u64 {
            // SAFETY: the context is that of the test.
            answer(ctx, &[unsafe { ctx.add(SCRATCH).cast::<u64>().read() }])
        }
        unsafe extern $abi fn helper1(ctx: *mut u8, a: u64) -> u64 {
            answer(ctx, &[a])
        }
        unsafe extern $abi fn helper2(ctx: *mut u8, a: u64, b: u64) -> u64 {
            answer(ctx, &[a, b])
        }
        unsafe extern $abi fn helper3(ctx: *mut u8, a: u64, b: u64, c: u64) -> u64 {
            answer(ctx, &[a, b, c])
        }
    };
}
#[cfg(target_arch = "x86_64")]
helpers!("sysv64");
#[cfg(not(target_arch = "x86_64"))]
helpers!("C");

fn word(r: &mut Random) -> u64 {
    let edges = [0, 8, !7, 1 << 63, (1 << 63) - 8, 18, 26, 2, 16, 1 << 62, 61 << 3, 53 << 3];
    match r.below(6) {
        0 => r.pick(&edges),
        1 => r.next(),
        2 => r.next() & !7,
        3 => (r.below(200) << 3).wrapping_sub(800),
        4 => r.next() >> 30 & !7,
        _ => (r.next() as i64 >> 32 << 3) as u64,
    }
}

fn double(r: &mut Random) -> u64 {
    let edges = [0.0, -0.0, 1.0, -1.5, f64::NAN, f64::INFINITY, -1e18, 1e18, 1e300, 5e-324, 2e18];
    match r.below(4) {
        0 => r.pick(&edges).to_bits(),
        1 => r.next(),
        2 => (r.below(1000) as f64 / 8.0 - 50.0).to_bits(),
        _ => ((r.next() as i64 >> r.below(60)) as f64).to_bits(),
    }
}

/// A test of one uop with one assignment of registers.
struct Case {
    op: Uop,
    /// Operands, then the result.
    registers: Vec<u8>,
    /// Whether the exit needs what was in the result's register.
    keep: bool,
    d: i32,
    k: u64,
}

impl Case {
    fn operands(&self) -> &[u8] {
        &self.registers[..self.op.ins().len()]
    }
    fn out(&self) -> u8 {
        if self.op.out().is_some() { self.registers[self.op.ins().len()] } else { NO_REG }
    }

    fn code(&self) -> Builder {
        let mut b = Builder::default();
        for i in 0..8 {
            b.ins(Uop::CtxLoad, i, &[], VALUES as i32 + 8 * i as i32, 0);
        }
        for i in 0..8 {
            b.ins(Uop::CtxLoadF, i, &[], VALUES as i32 + 64 + 8 * i as i32, 0);
        }
        b.ins(self.op, self.out(), self.operands(), self.d, self.k);
        if self.op.exits() {
            let locs: Vec<Loc> = (0..8).filter(|r| self.keep || *r != self.out()).map(Loc::G).collect();
            b.exit(&locs);
        }
        b.ins(Uop::Exit, NO_REG, &[], 0, 0).exit(&[]);
        b
    }
}

/// Displacement and immediate for a case.
fn immediates(op: Uop, r: &mut Random) -> (i32, u64) {
    let d = match op {
        _ if op.calls() => HELPER as i32 + 8 * op.ins().len() as i32,
        Uop::Poll => offset_of!(JitCtx, interrupts) as i32,
        Uop::FuelCheck | Uop::FuelSub => offset_of!(JitCtx, fuel) as i32,
        Uop::GuardFlag | Uop::GuardUltCtx => SCRATCH as i32 + 8 * r.below(4) as i32,
        // It reads behind that, too.
        Uop::NextSlot | Uop::NextEntry => {
            r.pick(&[-1, 0, 8, 15, -256, 255, 4080, 32760, 32768, i32::MIN, i32::MAX - 12])
        }
        Uop::ShrIntNK => r.below(64) as i32,
        _ if op.name().starts_with("Ctx") => SCRATCH as i32 + 8 * r.below(4) as i32,
        _ if matches!(op.imm(), Imm::D | Imm::DK32) => {
            let any = r.next() as i32;
            r.pick(&[-1, 0, 8, -16, 255, -256, -257, 264, 4095, 4096, 32760, 32768, i32::MIN, i32::MAX, any])
        }
        _ => 0,
    };
    let any = r.next();
    let k = match op.imm() {
        Imm::K32 | Imm::DK32 => {
            r.pick(&[0, 1, 0xffff, 1 << 16, u32::MAX as u64, i32::MAX as u64, 1 << 31, any & 0xffff_ffff])
        }
        Imm::K64 => r.pick(&[
            0,
            1,
            0xffff,
            u64::MAX,
            1 << 31,
            1 << 32,
            any >> 16,
            1 << 48,
            i64::MIN as u64,
            i64::MAX as u64,
            any,
        ]),
        _ => 0,
    };
    (d, k)
}

/// Everything that code can read and write.
struct World {
    ctx: Box<JitCtx>,
    memory: Box<[u64; WORDS]>,
    interrupts: Box<u32>,
    frame: *mut u8,
}

impl World {
    fn new() -> World {
        let mut ctx = ctx();
        ctx.helpers[0] = helper0 as *const () as usize;
        ctx.helpers[1] = helper1 as *const () as usize;
        ctx.helpers[2] = helper2 as *const () as usize;
        ctx.helpers[3] = helper3 as *const () as usize;
        World { ctx, memory: Box::new([0; WORDS]), interrupts: Box::new(0), frame: core::ptr::null_mut() }
    }

    fn value(&mut self, class: Class, register: u8) -> &mut u64 {
        &mut self.ctx.spill[register as usize + if class == Class::F { 8 } else { 0 }]
    }

    /// Random values, and pointers where the uop needs them.
    fn fill(&mut self, case: &Case, r: &mut Random) {
        for i in 0..8 {
            *self.value(Class::G, i) = word(r);
            *self.value(Class::F, i) = double(r);
        }
        for i in 32..64 {
            self.ctx.spill[i] = if r.below(3) == 0 { 0 } else { r.next() };
        }
        self.memory.fill_with(|| r.next());
        *self.interrupts = r.below(2) as u32;
        self.ctx.interrupts = &raw const *self.interrupts;
        self.ctx.exit = u64::MAX;
        let any = r.next();
        self.ctx.fuel = r.pick(&[0, case.k, any]) as i64;
        let d = case.d as i64 as u64;
        // Bodies are promised addresses that are valid for their access, so aligned to it.
        let align = match case.op {
            Uop::Load8 | Uop::ByteLoad => 1,
            Uop::Load32 | Uop::LoadLen32 | Uop::Store32K | Uop::GuardField32 => 4,
            _ => 8,
        };
        let target = (&raw mut self.memory[WORDS / 2] as u64).wrapping_add(r.below(16) / align * align);
        self.frame = target.wrapping_sub(d) as *mut u8;
        if case.op.ins().len() == 2 && r.below(3) == 0 {
            // Equal operands are rare otherwise.
            let (a, b) = (case.registers[0], case.registers[1]);
            let class = case.op.ins()[0];
            *self.value(class, b) = *self.value(class, a);
        }
        let base = case.registers.first().copied().unwrap_or(0);
        if matches!(case.op, Uop::GuardEqK | Uop::GuardNeK) && r.below(3) == 0 {
            *self.value(Class::G, base) = d;
        }
        match case.op {
            Uop::GuardShape | Uop::GuardShapeP => {
                let at = target & !7 | 1;
                *self.value(Class::G, base) = at;
                if case.op == Uop::GuardShape && r.below(4) == 0 {
                    *self.value(Class::G, base) = word(r) & !7;
                }
                let shape = at as usize - 1;
                if r.below(2) == 0 {
                    // SAFETY: an aligned word of `memory`.
                    unsafe { (shape as *mut u32).write(case.k as u32) };
                }
            }
            Uop::ElemLoad | Uop::ElemStore | Uop::ByteLoad => {
                let index = (r.below(8) << 3).wrapping_sub(32);
                *self.value(Class::G, case.registers[1]) = index;
                let offset = if case.op == Uop::ByteLoad { index >> 3 } else { index };
                *self.value(Class::G, base) = target.wrapping_sub(d).wrapping_sub(offset);
            }
            Uop::NextSlot | Uop::NextEntry => {
                *self.value(Class::G, case.registers[1]) = r.below(8) << 3;
                for word in &mut self.memory[..18] {
                    let other = r.next();
                    *word = r.pick(&[UNBOUND, UNBOUND, REMOVED, other]);
                }
                let slots = self.memory.as_ptr() as u64;
                // A set's last slot is 5, a dict's entries are 6.
                let at = (target - slots) as usize / 8;
                self.memory[at] = slots;
                self.memory[at + 1] = 6 << 32 | 5;
                *self.value(Class::G, base) = target.wrapping_sub(d);
            }
            Uop::GuardField32 => {
                *self.value(Class::G, base) = target.wrapping_sub(d);
                if r.below(2) == 0 {
                    // SAFETY: half a word of `memory`.
                    unsafe { (target as *mut u32).write(case.k as u32) };
                }
            }
            op if matches!(op.effect(), Effect::Load | Effect::Store)
                && op.ins().first() == Some(&Class::G)
                && !matches!(op, Uop::SlotStore | Uop::CtxStore) =>
            {
                *self.value(Class::G, base) = target.wrapping_sub(d);
            }
            _ => {}
        }
    }

    fn memories(&self) -> (Vec<u64>, Vec<u64>) {
        let mut words = self.ctx.spill.to_vec();
        words.push(self.ctx.fuel as u64);
        (self.memory.to_vec(), words)
    }

    fn restore(&mut self, saved: &(Vec<u64>, Vec<u64>)) {
        self.memory.copy_from_slice(&saved.0);
        let (fuel, spills) = saved.1.split_last().expect("`memories` puts the fuel last");
        self.ctx.spill.copy_from_slice(spills);
        self.ctx.fuel = *fuel as i64;
    }
}

fn same(class: Class, a: u64, b: u64) -> bool {
    a == b || class == Class::F && f64::from_bits(a).is_nan() && f64::from_bits(b).is_nan()
}

fn check(e: &Machine<OsMemory>, code: &Emitted, case: &Case, world: &mut World, r: &mut Random) -> bool {
    world.fill(case, r);
    let before = world.memories();
    let operands: Vec<u64> =
        case.op.ins().iter().zip(case.operands()).map(|(c, r)| *world.value(*c, *r)).collect();
    let m = M { frame: world.frame, ctx: (&raw mut *world.ctx).cast() };
    // SAFETY: `fill` made the operands point into `memory`, the displacements into the context.
    let ended = unsafe { body::run(case.op, m, case.d, case.k, &operands) };
    let after = world.memories();
    world.restore(&before);
    // SAFETY: the code is live and does what the body did.
    unsafe { e.enter(code.entry, world.frame, &mut *world.ctx) };
    let at = || {
        format!(
            "{:?} {:?} d={} k={:#x} of {operands:x?}: {ended:x?}",
            case.op, case.registers, case.d, case.k
        )
    };
    let exit = if matches!(ended, Ended::Exit) { 0 } else { u64::from(case.op.exits()) };
    assert_eq!(world.ctx.exit, 70 + exit, "{}", at());
    assert!(world.memories() == after, "{}: memory", at());
    assert_eq!(world.ctx.frame, world.frame, "{}: frame", at());
    let result = match ended {
        Ended::Word(w) => Some(w),
        Ended::Float(f) => Some(f.to_bits()),
        _ => None,
    };
    for class in [Class::G, Class::F] {
        for i in 0..8u8 {
            let is =
                if class == Class::G { world.ctx.g[i as usize] } else { world.ctx.f[i as usize].to_bits() };
            let is_out = case.op.out() == Some(class) && i == case.out();
            let kept = class == Class::G && e.reg_file().g_kept >> i & 1 != 0;
            let lost = case.op.calls() && !kept;
            let was = before.1[i as usize + if class == Class::F { 8 } else { 0 }];
            match (is_out, result) {
                (true, Some(result)) => assert!(same(class, is, result), "{}: {is:x}", at()),
                (true, None) if !(case.keep || case.op.calls() && kept) => {}
                _ if lost => {}
                _ => assert_eq!(is, was, "{}: register {class:?}{i}", at()),
            }
        }
    }
    matches!(ended, Ended::Exit)
}

fn all_assignments(op: Uop) -> Vec<Vec<u8>> {
    let mut all = vec![vec![]];
    for _ in slots(op) {
        all = all.iter().flat_map(|a: &Vec<u8>| (0..8).map(move |r| [&a[..], &[r]].concat())).collect();
    }
    all
}

/// Registers of one uop that make no sense, or are too many.
fn wanted(op: Uop, registers: &[u8], r: &mut Random) -> bool {
    match op {
        Uop::ElemLoad | Uop::ElemStore | Uop::ByteLoad | Uop::NextSlot | Uop::NextEntry => {
            registers[0] != registers[1]
        }
        // 4,096; the result's register is independent of the others.
        Uop::Call3 => r.below(8) == 0,
        _ => true,
    }
}

#[test]
fn every_uop_with_every_register_does_what_its_body_does() {
    let mut e = emitter();
    let mut world = World::new();
    let mut r = Random(1);
    for op in Uop::ALL.iter().copied().take(Uop::WITH_BODY) {
        eprintln!("{op:?}");
        let (mut cases, mut exits) = (0, 0);
        for registers in all_assignments(op) {
            if !wanted(op, &registers, &mut r) {
                continue;
            }
            for keep in if op.effect() == Effect::Checked { &[false, true][..] } else { &[false] } {
                let (d, k) = immediates(op, &mut r);
                let case = Case { op, registers: registers.clone(), keep: *keep, d, k };
                let code = e.emit(&case.code().0, 70, None).unwrap();
                let runs = RUNS.max(400 >> (3 * slots(op).len()));
                for _ in 0..runs {
                    exits += usize::from(check(&e, &code, &case, &mut world, &mut r));
                    cases += 1;
                }
                e.release(code.id);
            }
        }
        assert!(exits < cases && (exits > 0) == op.exits(), "{op:?}: {exits} of {cases} leave");
    }
    assert_eq!(e.code_bytes(), 0);
}
