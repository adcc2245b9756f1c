//! Chains of `yield from`: a generator that only passes on another's items is not resumed for each of them.
//!
//! Where a generator is resumed that waits in a `yield from` for one that waits in turn, they become a chain. From then on
//! who resumes the first resumes the last, whose frame alone is put on the stack, with the continuation of that consumer:
//! items, and what is sent, pass the others by. An item costs the same however deep the chain is (a recursive walk of a
//! tree would spend most of its time in handing items up). The chain is kept between resumptions:
//!
//! - The first generator is [`GenState::Leading`], those between it and the last [`GenState::Passing`]. The last is like any
//!   other, and can be resumed by anyone.
//! - The register that waits for what is sent is free meanwhile. In the first generator it has the *tail*, the last generator
//!   but one; in the others the one before.
//! - The first has the number of generators that are passed by in `levels`, and what resuming the rest costs in `handled`.
//! - The frame has [`flag::DELEGATE`], and the first generator in the word before its header.
//!
//! Invariants: fuel and depth are those of frames that were all there; what is charged is charged in one sum before
//! anything is changed. When the last generator ends, by a return or an exception, the frame of the one that waits for it
//! takes its place ([`Rt::step_out`]), so handlers, tracebacks and continuations see frames as ever. Whoever reaches for a
//! generator in a chain from elsewhere takes the chain apart first ([`Rt::settle`]).

use super::Rt;
#[cfg(feature = "speed")]
use super::fast::{Pushed, can_loop, code_of};
#[cfg(feature = "speed")]
use super::frame::meta;
use super::frame::{Frame, flag, word};
use super::generator::enter;
#[cfg(feature = "speed")]
use super::generator::start;
#[cfg(feature = "speed")]
use crate::bytecode::{CALL_GAP, FuncFlags};
use crate::bytecode::{Instr, Op};
use crate::heap::Gc;
use crate::object::generator::{GenState, Generator};
use crate::value::Value;

/// Generators that are passed by at the least. Shorter chains are left to frames, which traces inline.
#[cfg(feature = "speed")]
const LEAST: usize = 3;
/// Instructions that the loop of a `yield from` goes back over.
const BACK: i64 = 3;
/// Registers of a frame in a chain at most: there is room for so many wherever the frame of a chain is.
#[cfg(feature = "speed")]
const REGISTERS: u16 = 128;

/// Instructions before and behind which a suspended generator stands, by distance from the `Yield` that it waits at.
#[inline(always)]
fn around(g: Gc<Generator>, distance: u32) -> Instr {
    // It stands behind its `Yield`, which does not end its function.
    let at = g.code.index_of(g.pc.get()).wrapping_sub(2).wrapping_add(distance);
    if at < g.code.ninstrs { g.code.original_at(at) } else { Instr::new(Op::Nop, 0, 0, 0) }
}

/// Whether a suspended generator is in the loop that `yield from` is compiled to, specialized.
#[cfg(feature = "speed")]
#[inline(always)]
fn delegates(g: Gc<Generator>) -> bool {
    let (send, waiting, back) = (around(g, 0), around(g, 1), around(g, 2));
    waiting.op() == Some(Op::YieldFrom)
        && back.op() == Some(Op::JumpBack)
        && back.offset32() as i64 == -BACK
        && send.op() == Some(Op::Send)
        && (send.a(), send.b()) == (waiting.a(), waiting.a().wrapping_add(1))
        && waiting.b() == waiting.a()
        && g.code.in_quick(g.pc.get())
}

/// The register of a generator in a chain that is free meanwhile; the next one has the generator it waits for.
#[inline(always)]
fn free_register(g: Gc<Generator>) -> usize {
    around(g, 1).a() as usize
}

/// The generator that `g`, in a chain and not the last, waits for.
#[cfg(feature = "speed")]
#[inline(always)]
fn next(g: Gc<Generator>) -> Option<Gc<Generator>> {
    g.registers().get(free_register(g) + 1)?.get::<Generator>()
}

/// What `g`, in a chain and not the last, is linked to: the tail from the first, the one before from the others.
#[inline(always)]
fn linked(g: Gc<Generator>) -> Option<Gc<Generator>> {
    g.registers().get(free_register(g))?.get::<Generator>()
}

#[inline(always)]
fn link(g: Gc<Generator>, to: Value) {
    g.set_register(free_register(g), to);
}

/// The generator that can be resumed in place of `g`, which is suspended, or in a chain, and waits for it.
#[cfg(feature = "speed")]
#[inline(always)]
fn in_place_of(g: Gc<Generator>) -> Option<Gc<Generator>> {
    let next = if delegates(g) { next(g)? } else { return None };
    (next.state.get() == GenState::Suspended && may_join(next)).then_some(next)
}

/// Whether `g` can be in a chain. (Who looks for the guest's function that runs does not look into chains.)
#[cfg(feature = "speed")]
#[inline(always)]
fn may_join(g: Gc<Generator>) -> bool {
    g.handled.get().is_unbound() && g.code.flags & FuncFlags::FROZEN == 0 && g.code.nregs <= REGISTERS
}

/// What it costs that `g` is resumed by one that waits for it.
#[inline(always)]
fn cost_of(g: Gc<Generator>) -> i64 {
    BACK + g.code.entry_cost as i64
}

/// Whether enough generators wait for each other, from `g` on, which is suspended, to be a chain.
#[cfg(feature = "speed")]
#[inline(always)]
pub(crate) fn may_lead(g: Gc<Generator>) -> bool {
    if g.state.get() != GenState::Suspended || !may_join(g) {
        return false;
    }
    let mut last = g;
    for _ in 0..LEAST {
        match in_place_of(last) {
            Some(next) => last = next,
            None => return false,
        }
    }
    true
}

/// Makes `g` the first of a chain, if enough generators wait for each other.
#[cfg(feature = "speed")]
#[inline(always)]
pub(super) fn lead(g: Gc<Generator>) -> bool {
    if !may_lead(g) {
        return false;
    }
    let Some(next) = next(g) else { return false };
    g.state.set(GenState::Leading);
    g.levels.set(1);
    g.handled.set(Value::int(cost_of(next)));
    link(g, g.value());
    true
}

/// Resumes the last generator of the chain whose first is `g`.
///
/// # Safety
/// `base` is the running frame, a code frame, and `rt.stack.pc` its next instruction; `g` is [`GenState::Leading`].
#[cfg(feature = "speed")]
pub(super) unsafe fn resume(
    rt: &mut Rt,
    base: *mut Value,
    g: Gc<Generator>,
    sent: Value,
    (dst, cont): (u16, u8),
    distance: i64,
) -> Pushed {
    // SAFETY: the caller's promise; the frame, and any that takes its place, lies below the limit.
    unsafe {
        let Some(last) = grow(g) else { return Pushed::Miss };
        let Some(rest) = g.handled.get().as_int() else { return Pushed::Miss };
        let cost = rest + g.code.entry_cost as i64 + distance;
        let depth = rt.depth.saturating_add(g.levels.get() as u32);
        let at = base.add((*code_of(base)).nregs as usize + CALL_GAP as usize + 1);
        let end = (at as usize).wrapping_add(REGISTERS as usize * 8 + 64);
        if end > rt.stack.limit as usize || depth >= rt.limits.recursion || !can_loop(rt, cost) {
            return Pushed::Miss;
        }
        rt.fuel -= cost;
        rt.depth = depth + 1;
        let f = Frame(at);
        f.set_value(word::FUNC - 1, g.value());
        Frame(base).set_pc(rt.stack.pc);
        start(rt, f, Frame(base), last, meta(dst, cont, flag::GENERATOR | flag::DELEGATE), sent);
    }
    Pushed::Yes
}

/// Takes into the chain whose first is `g` what its last generator waits for by now. The last; None if it cannot be
/// resumed.
#[cfg(feature = "speed")]
#[inline(always)]
fn grow(g: Gc<Generator>) -> Option<Gc<Generator>> {
    let mut tail = linked(g)?;
    let mut last = next(tail)?;
    if last.state.get() != GenState::Suspended {
        return None;
    }
    while let Some(next) = in_place_of(last)
        && may_join(last)
        && g.levels.get() < u16::MAX
    {
        last.state.set(GenState::Passing);
        link(last, tail.value());
        link(g, last.value());
        g.levels.set(g.levels.get() + 1);
        g.handled.set(Value::int(g.handled.get().as_int()? + cost_of(next)));
        (tail, last) = (last, next);
    }
    Some(last)
}

/// The first generator of the chain that frame `f` runs for.
fn first_of(f: Frame) -> Option<Gc<Generator>> {
    if !f.runs_for_chain() {
        return None;
    }
    // SAFETY: such a frame has it in the word before its header.
    unsafe { f.value(word::FUNC - 1) }.get::<Generator>()
}

impl Rt {
    /// The generator of frame `f` has yielded: the frames of those that were passed by are gone too.
    #[inline(always)]
    pub(super) fn leave_chain(&mut self, f: Frame) {
        if let Some(g) = first_of(f) {
            self.depth = self.depth.saturating_sub(g.levels.get() as u32);
        }
    }

    /// The generator of frame `f`, which was on top of the stack and has [`flag::DELEGATE`], has ended: the one that waited
    /// for it takes its place, as if its `Send` had called. Answers the register that waits for the result.
    pub(super) fn step_out(&mut self, f: Frame) -> u16 {
        let Some(first) = first_of(f) else { return 0 };
        let Some(tail) = linked(first) else { return 0 };
        if tail == first {
            f.set_meta(f.meta() & !flag::DELEGATE);
        } else {
            let ended = f.func().get::<Generator>().map_or(0, cost_of);
            link(first, linked(tail).map_or(Value::NONE, Gc::value));
            first.levels.set(first.levels.get().saturating_sub(1));
            first.handled.set(Value::int(first.handled.get().as_int().unwrap_or(0) - ended));
        }
        let waits = around(tail, 1).a();
        // SAFETY: the generators are in a chain, so the frame has room for each.
        unsafe {
            enter(self, f, tail);
            f.set_reg(waits, Value::NONE);
        }
        self.stack.pc = tail.pc.get().wrapping_sub(1);
        waits
    }

    /// What `g` does, as the guest sees it: one in a chain runs if the chain does.
    pub(crate) fn state_of(&self, g: Gc<Generator>) -> GenState {
        let state = g.state.get();
        if !state.in_chain() {
            return state;
        }
        let first = first_from(g);
        let mut f = self.stack.frame;
        while !f.is_null() {
            if first_of(f) == Some(first) {
                return GenState::Running;
            }
            f = f.prev();
        }
        GenState::Suspended
    }

    /// Takes the chain apart that `g` is in, unless that runs; what `g` does.
    pub(super) fn settle(&mut self, g: Gc<Generator>) -> GenState {
        let state = self.state_of(g);
        if state == GenState::Suspended && g.state.get().in_chain() {
            take_apart(first_from(g));
        }
        state
    }
}

/// The first generator of the chain that `g` is in.
fn first_from(mut g: Gc<Generator>) -> Gc<Generator> {
    while g.state.get() == GenState::Passing
        && let Some(before) = linked(g)
    {
        g = before;
    }
    g
}

fn take_apart(first: Gc<Generator>) {
    let mut g = linked(first);
    while let Some(passed) = g
        && passed != first
    {
        g = linked(passed);
        link(passed, Value::NONE);
        passed.state.set(GenState::Suspended);
    }
    link(first, Value::NONE);
    first.handled.set(Value::UNBOUND);
    first.state.set(GenState::Suspended);
}
