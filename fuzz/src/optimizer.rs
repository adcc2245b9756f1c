//! Random loops through the optimizer: what it makes of them ends as they do, with the same registers and the same objects.
//!
//! A loop is a list of what a recorder would ask of the builder in one iteration. Asked plainly, with nothing folded, found or
//! forwarded, it gives a trace of one iteration, which is evaluated again and again. Asked in earnest, then peeled and passed
//! through all passes, it gives the loop that is compared with it; the checker looks at the trace after each pass.
//!
//! Where a check that was put before the loop fails, the plain iterations go on from there. A checked operation whose result
//! nobody needs may go: where a plain iteration fails there, the optimized loop need not.

use taipan_core::emit::JitCtx;
use taipan_core::emit::evaluate::evaluate;
use taipan_core::opt::builder::{Build, Builder};
use taipan_core::opt::dce;
use taipan_core::opt::peel::{self, Subst};
use taipan_core::opt::ranges::{self, Ranges};
use taipan_core::opt::sink::{self, Sink};
use taipan_core::trace::check::check;
use taipan_core::trace::generate::Choices;
use taipan_core::trace::ir::{Ins, Ref, Trace};
use taipan_core::uop::{Class, Effect, Uop};
use taipan_core::value::Value;

/// Registers: ints, then floats, then pointers to objects.
const INTS: usize = 4;
const FLOATS: usize = 2;
const SLOTS: usize = INTS + FLOATS + 2;
/// Words of an object: a header, then fields.
const WORDS: usize = 6;
/// The least tag of a float's word.
const FLOAT_TAG: u64 = 3;
const SHAPES: [u64; 2] = [0x101, 0x102];
/// Iterations at most, and uops of a run.
const ROUNDS: usize = 60;
const LIMIT: u64 = 6000;
/// The instruction at which a finished iteration goes on: the loop's head.
const HEAD: u32 = 0;

/// One request: a uop, whose operands are values of earlier requests; where its result goes.
#[derive(Clone, Copy, Debug)]
enum Ask {
    /// A register's value, with the guard that it is of the register's kind.
    Load(usize),
    Uop {
        op: Uop,
        args: [usize; 3],
        d: i32,
        k: u64,
    },
    Int(i64),
    Float(f64),
    Word(Value),
    Set(usize, usize),
}

const INT_OPS: &[Uop] = &[
    Uop::AddInt,
    Uop::AddInt,
    Uop::SubInt,
    Uop::MulInt,
    Uop::FloorDivInt,
    Uop::ModInt,
    Uop::AndInt,
    Uop::OrInt,
    Uop::XorInt,
    Uop::ShlInt,
    Uop::ShrInt,
    Uop::InvertInt,
    Uop::NegInt,
];
const FLOAT_OPS: &[Uop] = &[
    Uop::AddFloat,
    Uop::SubFloat,
    Uop::MulFloat,
    Uop::DivFloat,
    Uop::NegFloat,
    Uop::AbsFloat,
    Uop::SqrtFloat,
];
const COMPARISONS: &[Uop] = &[
    Uop::LtInt,
    Uop::LeInt,
    Uop::EqWord,
    Uop::NeWord,
    Uop::LtFloat,
    Uop::LeFloat,
    Uop::EqFloat,
    Uop::NeFloat,
];
const INT_GUARDS: &[Uop] = &[Uop::GuardLt, Uop::GuardLe, Uop::GuardUlt, Uop::GuardNe, Uop::GuardEq];
const FLOAT_GUARDS: &[Uop] = &[Uop::GuardFlt, Uop::GuardFle, Uop::GuardFne, Uop::GuardFnlt, Uop::GuardFnle];
const INT_KONSTS: &[i64] = &[0, 1, 2, 3, 7, 10, 255, 1 << 31, (1 << 60) - 1, -1, -(1 << 60)];
const FLOAT_KONSTS: &[f64] = &[0.0, 1.0, -0.0, 0.5, 2.0, 1e70, -3.25, f64::INFINITY];

/// An iteration, as it is made: which values are ints, floats and bools.
#[derive(Default)]
struct Iteration {
    asks: Vec<Ask>,
    ints: Vec<usize>,
    floats: Vec<usize>,
    bools: Vec<usize>,
    objects: Vec<usize>,
}

impl Iteration {
    fn ask(&mut self, ask: Ask) -> usize {
        self.asks.push(ask);
        self.asks.len() - 1
    }
    fn uop(&mut self, op: Uop, args: &[usize], d: i32, k: u64) -> usize {
        let mut all = [0; 3];
        all[..args.len()].copy_from_slice(args);
        self.ask(Ask::Uop { op, args: all, d, k })
    }
    fn int(&mut self, c: &mut Choices<'_>) -> usize {
        match c.below(3) {
            0 => self.ask(Ask::Int(INT_KONSTS[c.below(INT_KONSTS.len())])),
            _ => self.ints[c.below(self.ints.len())],
        }
    }
    fn float(&mut self, c: &mut Choices<'_>) -> usize {
        match c.below(4) {
            0 => self.ask(Ask::Float(FLOAT_KONSTS[c.below(FLOAT_KONSTS.len())])),
            _ => self.floats[c.below(self.floats.len())],
        }
    }

    /// One iteration.
    fn make(c: &mut Choices<'_>) -> Iteration {
        let mut m = Iteration::default();
        for slot in 0..SLOTS {
            let x = m.ask(Ask::Load(slot));
            match slot {
                0..INTS => m.ints.push(x),
                n if n < INTS + FLOATS => {
                    let x = m.uop(Uop::UnboxFloat, &[x], 0, 0);
                    m.floats.push(x);
                }
                _ => m.objects.push(x),
            }
        }
        if c.below(2) == 0 {
            m.count(c);
        }
        for _ in 0..2 + c.below(18) {
            m.step(c);
        }
        for slot in 0..SLOTS {
            if c.below(2) == 0 {
                let x = match slot {
                    0 => continue,
                    n if n < INTS => m.int(c),
                    n if n < INTS + FLOATS => m.float(c),
                    _ => m.objects[c.below(m.objects.len())],
                };
                m.ask(Ask::Set(slot, x));
            }
        }
        m
    }

    /// `while i < n: use[i + k]; i += step` over registers 0 to 2.
    fn count(&mut self, c: &mut Choices<'_>) {
        let [i, n, len] = [self.ints[0], self.ints[1], self.ints[2]];
        let [k, step] = [c.below(3) as i64 - 1, 1 + c.below(2) as i64].map(|n| self.ask(Ask::Int(n)));
        self.uop(Uop::GuardLt, &[i, n], 0, 0);
        let x = self.uop(Uop::AddInt, &[i, k], 0, 0);
        if c.below(2) == 0 {
            let zero = self.ask(Ask::Int(0));
            self.uop(Uop::GuardLe, &[zero, len], 0, 0);
            self.uop(Uop::GuardUlt, &[x, len], 0, 0);
        }
        let next = self.uop(Uop::AddInt, &[i, step], 0, 0);
        self.ask(Ask::Set(0, next));
    }

    fn step(&mut self, c: &mut Choices<'_>) {
        match c.below(12) {
            0..=3 => {
                let op = INT_OPS[c.below(INT_OPS.len())];
                let args = [self.int(c), self.int(c)];
                let x = self.uop(op, &args[..op.ins().len()], 0, 0);
                self.ints.push(x);
            }
            4 | 5 => {
                let op = FLOAT_OPS[c.below(FLOAT_OPS.len())];
                let args = [self.float(c), self.float(c)];
                let x = self.uop(op, &args[..op.ins().len()], 0, 0);
                self.floats.push(x);
            }
            6 => self.compare(c),
            7 => {
                let (op, args) = match c.below(3) {
                    0 => (FLOAT_GUARDS[c.below(FLOAT_GUARDS.len())], [self.float(c), self.float(c)]),
                    _ => (INT_GUARDS[c.below(INT_GUARDS.len())], [self.int(c), self.int(c)]),
                };
                self.uop(op, &args, 0, 0);
            }
            8 => {
                let x = self.int(c);
                let x = self.uop(Uop::IntToFloat, &[x], 0, 0);
                self.floats.push(x);
            }
            9 => self.store(c),
            _ => self.load(c),
        }
    }

    fn compare(&mut self, c: &mut Choices<'_>) {
        let op = COMPARISONS[c.below(COMPARISONS.len())];
        let args = match op.ins()[0] {
            Class::G => [self.int(c), self.int(c)],
            Class::F => [self.float(c), self.float(c)],
        };
        let x = self.uop(op, &args, 0, 0);
        self.bools.push(x);
        let x = self.bools[c.below(self.bools.len())];
        match c.below(4) {
            0 => {
                let truth = self.ask(Ask::Word(Value::bool(c.below(2) == 0)));
                self.uop(Uop::GuardEq, &[x, truth], 0, 0);
            }
            1 => {
                let x = self.uop(Uop::NotBool, &[x], 0, 0);
                self.bools.push(x);
            }
            _ => {
                let x = self.uop(Uop::BoolToInt, &[x], 0, 0);
                self.ints.push(x);
            }
        }
    }

    /// Displacement of a field from the tagged pointer.
    fn field(c: &mut Choices<'_>) -> i32 {
        8 * (1 + c.below(WORDS - 1) as i32) - 1
    }
    fn object(&mut self, c: &mut Choices<'_>) -> usize {
        let x = self.objects[c.below(self.objects.len())];
        if c.below(3) == 0 {
            self.uop(Uop::GuardShape, &[x], 0, SHAPES[c.below(4) / 3]);
        }
        x
    }
    fn store(&mut self, c: &mut Choices<'_>) {
        let (x, d) = (self.object(c), Self::field(c));
        let value = if c.below(3) == 0 {
            let f = self.float(c);
            self.uop(Uop::BoxFloat, &[f], 0, 0)
        } else {
            self.int(c)
        };
        self.uop(Uop::Store, &[x, value], d, 0);
    }
    fn load(&mut self, c: &mut Choices<'_>) {
        let (x, d) = (self.object(c), Self::field(c));
        let value = self.uop(Uop::Load, &[x], d, 0);
        if c.below(3) == 0 {
            self.uop(Uop::GuardFloat, &[value], 0, 0);
            let x = self.uop(Uop::UnboxFloat, &[value], 0, 0);
            self.floats.push(x);
        } else {
            self.uop(Uop::GuardInt, &[value], 0, 0);
            self.ints.push(value);
        }
    }

    /// Asks it of a builder, in earnest or `plain`.
    fn play(&self, b: &mut Builder, plain: bool) -> Build<()> {
        b.reset()?;
        let mut values = Vec::new();
        for (n, ask) in self.asks.iter().enumerate() {
            b.now.pc = n as u32 + 1;
            b.state_changed();
            let mut uop = |op: Uop, args: &[Ref], d: i32, k: u64| {
                let ins = Ins { d, k, ..Ins::new(op, args) };
                if plain { b.add(ins) } else { b.emit(ins) }
            };
            let x = match *ask {
                Ask::Load(slot) => {
                    let x = uop(Uop::SlotLoad, &[], slot as i32 * 8, 0)?;
                    match slot {
                        0..INTS => uop(Uop::GuardInt, &[x], 0, 0)?,
                        n if n < INTS + FLOATS => uop(Uop::GuardFloat, &[x], 0, 0)?,
                        _ => uop(Uop::GuardPtr, &[x], 0, 0)?,
                    };
                    x
                }
                Ask::Uop { op, args, d, k } => {
                    let args = args.map(|n| values.get(n).copied().unwrap_or(Ref::NONE));
                    uop(op, &args[..op.ins().len()], d, k)?
                }
                Ask::Int(n) => b.int(n)?,
                Ask::Float(x) => b.float(x)?,
                Ask::Word(v) => b.value(v)?,
                Ask::Set(slot, x) => {
                    b.set_slot(slot, values[x], true)?;
                    Ref::NONE
                }
            };
            values.push(x);
        }
        b.now.pc = HEAD;
        b.state_changed();
        if plain {
            b.add(Ins::new(Uop::Exit, &[]))?;
        } else {
            b.op_d(Uop::Poll, &[], std::mem::offset_of!(JitCtx, interrupts) as i32)?;
        }
        Ok(())
    }
}

type Object = [u64; WORDS];

/// What a run may change.
#[derive(Clone, Debug, PartialEq)]
struct World {
    frame: [u64; SLOTS],
    objects: [Object; 2],
}

/// A word that stands for a double which has no word.
fn word_of(x: f64) -> u64 {
    match Value::try_float(x) {
        Some(v) => v.bits(),
        None if x.is_nan() => 2 | 0x7ff8 << 32,
        None => 2 | x.to_bits() >> 3 << 3,
    }
}

impl World {
    fn new(c: &mut Choices<'_>, memory: &[Object; 2]) -> World {
        let wild = c.below(4) == 0;
        let int = |c: &mut Choices<'_>| {
            let near = c.below(5) as i64 - 2;
            let n = match c.below(8) {
                0 if wild => near + (1 << (4 * c.below(16)).min(59)),
                1 if wild => near - (1 << (4 * c.below(16)).min(59)),
                2 if wild => (1 << 60) - 1,
                3 if wild => -(1 << 60),
                _ => c.below(24) as i64 - 2,
            };
            Value::from_int_word(n << 3).bits()
        };
        let mut frame = [0; SLOTS];
        let mut objects = [[0; WORDS]; 2];
        for (n, word) in frame.iter_mut().enumerate() {
            *word = match n {
                0..INTS => int(c),
                n if n < INTS + FLOATS => word_of(FLOAT_KONSTS[c.below(6)]),
                _ => memory[c.below(2)].as_ptr() as u64 | 1,
            };
        }
        for object in &mut objects {
            object[0] = SHAPES[c.below(2)];
            for word in &mut object[1..] {
                *word = if c.below(3) == 0 { word_of(FLOAT_KONSTS[c.below(6)]) } else { int(c) };
            }
        }
        if c.below(8) == 0 {
            // Something of another kind.
            frame[c.below(INTS + FLOATS)] = word_of(2.5);
        }
        World { frame, objects }
    }
}

/// Where a run left: the instruction, and whether a check of the operation's own failed there.
#[derive(Clone, Copy, Debug, PartialEq)]
struct End {
    pc: u32,
    checked: bool,
}

/// Evaluates a trace on `world`, whose objects lie at `memory`; `None` if it goes on too long.
fn evaluated(b: &Builder, world: &mut World, memory: &mut [Object; 2]) -> Option<End> {
    let mut ctx = JitCtx::new();
    let quiet = 0u32;
    ctx.interrupts = &raw const quiet;
    ctx.fuel = i64::MAX;
    *memory = world.objects;
    let frame = world.frame.as_mut_ptr().cast();
    // SAFETY: these traces touch the registers, the fields of objects that registers refer to (which are those of
    // `memory`), and the word that `interrupts` refers to.
    let end = unsafe { evaluate(&b.t, frame, &mut ctx, &|_, _| 0, LIMIT) };
    let end = end.expect("well formed")?;
    world.objects = *memory;
    let exits = |i: &(usize, &Ins)| i.1.op.exits();
    let (_, ins) = b.t.ins.iter().enumerate().filter(exits).nth(end.exit).expect("an exit");
    for (slot, &bits) in b.t.snapshot_slots(ins.snap).iter().zip(&end.values) {
        let float = b.t.class(slot.value) == Some(Class::F);
        world.frame[slot.slot as usize] = if float { word_of(f64::from_bits(bits)) } else { bits };
    }
    let state = b.t.snaps[ins.snap.0 as usize].state;
    Some(End { pc: b.states[state as usize].pc, checked: ins.op.effect() == Effect::Checked })
}

/// Plain iterations until one leaves. `None`: none does, or a register holds a double that has no word.
fn iterate(plain: &Builder, world: &mut World, memory: &mut [Object; 2]) -> Option<End> {
    for _ in 0..ROUNDS {
        let end = evaluated(plain, world, memory)?;
        if end.pc != HEAD {
            return Some(end);
        }
        let floats = &world.frame[INTS..INTS + FLOATS];
        if floats.iter().any(|w| *w & 7 < FLOAT_TAG) {
            return None;
        }
    }
    None
}

fn listing(t: &Trace) -> String {
    let mut text = String::new();
    taipan_core::trace::text::print(t, &mut text).expect("writing to a string");
    text
}

/// What the passes make of a loop; `None` where the builder finds that it cannot be.
fn optimized(iteration: &Iteration) -> Option<Builder> {
    let mut b = Builder::default();
    let mut used = Vec::new();
    let (mut subst, mut s, mut sunk) = (Subst::default(), Ranges::default(), Sink::default());
    iteration.play(&mut b, false).ok()?;
    sound(&b, "asking");
    peel::peel(&mut b, &mut subst).ok()?;
    sound(&b, "peel");
    dce::run(&mut b.t, &[], &mut used).ok()?;
    sound(&b, "dce");
    ranges::run(&mut b, &mut s).ok()?;
    sound(&b, "ranges");
    sink::run(&mut b, s.relied(), &mut sunk).ok()?;
    sound(&b, "sink");
    dce::run(&mut b.t, s.relied(), &mut used).ok()?;
    sound(&b, "dce at the end");
    taipan_core::trace::select::run(&mut b.t);
    sound(&b, "select");
    Some(b)
}

fn sound(b: &Builder, pass: &str) {
    // Before the loop is closed the trace has no end.
    if pass != "asking"
        && let Err(broken) = check(&b.t)
    {
        panic!("after {pass}: {broken}\n{}", listing(&b.t));
    }
}

/// Does what the module says with `bytes`. Answers whether two runs were compared.
///
/// # Panics
/// If something is wrong.
pub fn run(bytes: &[u8]) -> bool {
    let mut c = Choices::new(bytes);
    let iteration = Iteration::make(&mut c);
    let mut plain = Builder::default();
    if iteration.play(&mut plain, true).is_err() || dce::run(&mut plain.t, &[], &mut Vec::new()).is_err() {
        return false;
    }
    let Some(best) = optimized(&iteration) else { return false };
    let mut memory = Box::new([[0; WORDS]; 2]);
    let mut compared = false;
    for _ in 0..6 {
        let first = World::new(&mut c, &memory);
        let (mut one, mut two) = (first.clone(), first.clone());
        let want = iterate(&plain, &mut one, &mut memory);
        let mut got = evaluated(&best, &mut two, &mut memory);
        if got.is_some_and(|e| e.pc == HEAD) {
            got = iterate(&plain, &mut two, &mut memory);
        }
        let (Some(want), Some(got)) = (want, got) else { continue };
        if want.checked && (want, &one) != (got, &two) {
            continue;
        }
        compared = true;
        assert!(
            want.pc == got.pc && one == two,
            "{first:x?}\nplain: {want:?} {one:x?}\noptimized: {got:?} {two:x?}\n{}\n{}",
            listing(&plain.t),
            listing(&best.t)
        );
    }
    compared
}
