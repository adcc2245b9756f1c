//! An emitter around another, for tests and measurements of the JIT: makes chosen exits fail, and counts guards.
//!
//! Both are done with uops in front of the guards, on words of the context that nothing else uses, so that the code
//! runs as it would without, whatever the architecture. Invariant: an added uop touches no register, and leaves
//! through the exit of the guard it stands before, where nothing of that guard has happened yet.

use std::cell::Cell;
use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};
use taipan_core::emit::{
    AIns, Allocated, CodeMap, EmitError, Emitted, Emitter, JitCtx, MAX_HELPERS, NO_EXIT, NO_REG, RegFile,
};
use taipan_core::uop::{Class, Effect, Uop};

/// Makes an exit fail: its number among all exits of a VM's traces, and how often it passes before.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(crate) struct Forced {
    pub exit: u32,
    pub after: u32,
}

/// What is wanted.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Default)]
pub(crate) struct Wanted {
    pub forced: Option<Forced>,
    pub count: bool,
}

/// Words of the helper table that no helper has.
const LEFT: usize = MAX_HELPERS - 1;
const COUNT: usize = MAX_HELPERS - 2;

/// The context's displacement of a word of the helper table.
fn word(n: usize) -> i32 {
    (std::mem::offset_of!(JitCtx, helpers) + n * size_of::<usize>()) as i32
}

/// See the module.
pub(crate) struct Instrumented {
    inner: Box<dyn Emitter>,
    wanted: Wanted,
    /// Guards executed.
    guards: Arc<AtomicU64>,
    entered: Cell<bool>,
}

impl Instrumented {
    pub fn new(inner: Box<dyn Emitter>, wanted: Wanted, guards: Arc<AtomicU64>) -> Instrumented {
        Instrumented { inner, wanted, guards, entered: Cell::new(false) }
    }

    /// The uops to put before a guard, which is to fail if it is `forced`.
    fn before(&self, ins: &AIns, forced: bool) -> impl Iterator<Item = AIns> + use<> {
        let plain = AIns { op: Uop::Nop, out: NO_REG, args: [NO_REG; 3], exit: NO_EXIT, d: 0, k: 0, ..*ins };
        let forced = forced.then(|| {
            let d = word(LEFT);
            [
                AIns { op: Uop::CtxSub, d, k: 1, ..plain },
                AIns { op: Uop::CtxCheck, d, exit: ins.exit, ..plain },
            ]
        });
        let counts = self.wanted.count && matches!(ins.op.effect(), Effect::Guard | Effect::Checked);
        let count = counts.then_some(AIns { op: Uop::CtxSub, d: word(COUNT), k: 1, ..plain });
        count.into_iter().chain(forced.into_iter().flatten())
    }
}

/// Whether a guard, with the uops before it, is about a helper's answer. Such a guard decides which way the program
/// goes: its exit is the other way, not the same once more, so it cannot fail for no reason.
fn decides(before: &[AIns], guard: &AIns) -> bool {
    let operands = guard.op.ins().len();
    matches!(guard.op, Uop::GuardEq | Uop::GuardNe | Uop::GuardEqK | Uop::GuardNeK)
        && guard.args[..operands].iter().any(|&reg| is_answer(before, reg))
}

/// Whether a general register holds a helper's result.
fn is_answer(before: &[AIns], reg: u8) -> bool {
    let writes = |i: &AIns| i.op.out() == Some(Class::G) && i.out == reg;
    let Some(at) = before.iter().rposition(writes) else { return false };
    let (earlier, ins) = (&before[..at], before[at]);
    match ins.op {
        Uop::MovG => is_answer(earlier, ins.args[0]),
        Uop::CtxLoad => {
            let stores = |i: &AIns| i.op == Uop::CtxStore && i.d == ins.d;
            earlier.iter().rposition(stores).is_some_and(|s| is_answer(&earlier[..s], earlier[s].args[0]))
        }
        op => op.calls(),
    }
}

impl Emitter for Instrumented {
    fn name(&self) -> &'static str {
        self.inner.name()
    }
    fn reg_file(&self) -> RegFile {
        self.inner.reg_file()
    }

    fn runs_here(&self) -> bool {
        self.inner.runs_here()
    }

    fn emit(
        &mut self,
        code: &Allocated,
        first_exit: u32,
        map: Option<&mut CodeMap>,
    ) -> Result<Emitted, EmitError> {
        let mut with = Allocated {
            code: Vec::new(),
            exits: code.exits.clone(),
            spills: code.spills,
            ..Allocated::default()
        };
        let mut index = Vec::new();
        for (n, ins) in code.code.iter().enumerate() {
            // An `Exit` leaves anyway, and is no guard.
            if ins.exit != NO_EXIT && ins.op != Uop::Exit {
                let exit = first_exit + u32::from(ins.exit);
                let chosen = self.wanted.forced.is_some_and(|f| f.exit == exit);
                with.code.extend(self.before(ins, chosen && !decides(&code.code[..n], ins)));
            }
            with.code.push(*ins);
            index.resize(with.code.len(), n as u32);
        }
        let Some(map) = map else { return self.inner.emit(&with, first_exit, None) };
        let start = map.len();
        let emitted = self.inner.emit(&with, first_exit, Some(map))?;
        for entry in map.iter_mut().skip(start) {
            entry.0 = index.get(entry.0 as usize).copied().unwrap_or(entry.0);
        }
        Ok(emitted)
    }

    fn release(&mut self, id: u32) {
        self.inner.release(id);
    }
    fn code_bytes(&self) -> usize {
        self.inner.code_bytes()
    }
    fn code(&self, emitted: &Emitted) -> &[u8] {
        self.inner.code(emitted)
    }

    unsafe fn enter(&self, entry: u64, frame: *mut u8, ctx: *mut JitCtx) {
        // SAFETY: the context is valid (the caller's promise), and nothing else uses it now.
        let helpers = unsafe { &mut (*ctx).helpers };
        if !self.entered.replace(true) {
            debug_assert!(helpers[LEFT] == 0 && helpers[COUNT] == 0, "the helpers fill their table");
            helpers[LEFT] = self.wanted.forced.map_or(0, |f| f.after as usize);
        }
        // SAFETY: the caller's promise.
        unsafe { self.inner.enter(entry, frame, ctx) };
        // SAFETY: as above.
        let counted = unsafe { std::mem::take(&mut (*ctx).helpers[COUNT]) };
        // Guards count downwards.
        self.guards.fetch_add(counted.wrapping_neg() as u64, Ordering::Relaxed);
    }
}
