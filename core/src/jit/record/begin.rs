//! Beginning a recording, at an anchor or at an exit; what a trace checks before it goes on.
//!
//! Invariant: a side trace begins with what its parent knew at the exit, in the places where the exit's values are.

use super::{Kind, Recorder, off};
use crate::bytecode::Op;
use crate::emit::JitCtx;
use crate::heap::{Gc, Shapes};
use crate::interp::Rt;
use crate::interp::frame::Frame;
use crate::jit::helpers::Helper;
use crate::jit::{ExitKind, FRAMES_ROOM, Jit, SlotState, States, liveness, quick};
use crate::object::{Code, iter, kind};
use crate::opt::builder::{Build, Builder, Fail, FrameNode, State, Ty, push};
use crate::opt::sink::{MOST_IN_SNAPSHOT, word_at};
use crate::opt::{BOUND, FRESH, INSTANCE, ITERATOR, TUPLE};
use crate::trace::ir::{Ins, Loc, Part, Ref, SnapSlot};
use crate::uop::Uop;
use crate::value::Value;
use alloc::vec::Vec;

impl Recorder {
    /// Begins a recording at an anchor in `frame`.
    pub fn root(jit: &mut Jit, frame: Frame, code: Gc<Code>, pc: u32) -> Build<()> {
        let mut r = Recorder::new(Kind::Root, code, pc, frame.0);
        r.last = loop_end(&code, pc);
        r.function = pc == 0 && r.last == u32::MAX;
        let function = r.function;
        // SAFETY: an anchor is an instruction of the quick copy.
        r.expect = (frame.0, unsafe { quick(&code, pc) });
        let b = &mut jit.builder;
        b.reset()?;
        let live = live_of(b, code)?;
        let node = FrameNode {
            parent: 0,
            base: 0,
            code: code.as_ptr() as usize,
            live,
            ret_pc: 0,
            live_pc: 0,
            meta: 0,
        };
        push(&mut b.nodes, node)?;
        b.now = State { node: 0, pc, ..State::default() };
        push(&mut r.roots, code.value())?;
        r.check_fuel(b)?;
        if function {
            check_call(b)?;
        }
        Recorder::install(jit, r);
        Ok(())
    }

    /// Begins a recording at an exit whose state was restored to `rt`.
    pub fn side(jit: &mut Jit, rt: &Rt, exit: u32, root: *mut Value) -> Build<()> {
        let mut r = Recorder::at_exit(jit, rt, exit, root)?;
        r.expect = (rt.stack.frame.0, rt.stack.pc);
        Recorder::install(jit, r);
        Ok(())
    }

    /// A recording that begins with what is known at an exit.
    pub(super) fn at_exit(jit: &mut Jit, rt: &Rt, exit: u32, root: *mut Value) -> Build<Recorder> {
        let Some(e) = jit.table.exit(exit).copied() else { return Err(Fail::NoMemory) };
        let Some((t, index)) = jit.table.owner(exit) else { return Err(Fail::NoMemory) };
        let Some(state) = t.states.state(e.state) else { return Err(Fail::NoMemory) };
        let slots = t.states.list(e.state)?;
        let of_call = e.kind == ExitKind::Call;
        let b = &mut jit.builder;
        b.reset()?;
        // The frames of the parent's snapshot, renumbered: the root first.
        let mut chain = Vec::new();
        let mut at = state.node;
        loop {
            push(&mut chain, at)?;
            let parent = t.node(at).map_or(at, |n| n.parent);
            if parent == at {
                break;
            }
            at = parent;
        }
        for &n in chain.iter().rev() {
            let Some(mut node) = t.node(n) else { return Err(Fail::NoMemory) };
            // SAFETY: the parent trace keeps its codes alive.
            node.live = live_of(b, unsafe { Gc::from_ptr(node.code as *mut Code) })?;
            node.parent = (b.nodes.len() as u32).saturating_sub(1);
            push(&mut b.nodes, node)?;
        }
        let node = b.nodes.len() as u32 - 1;
        let code = b.nodes.last().map_or(0, |n| n.code);
        // SAFETY: as above.
        let code: Gc<Code> = unsafe { Gc::from_ptr(code as *mut Code) };
        b.now = State { node, pc: state.pc, fuel: state.fuel, ..State::default() };
        let mut r = Recorder::new(Kind::Side(exit), code, state.pc, root);
        r.version_failed = e.kind == ExitKind::Version;
        // What the parent knew holds here, unless the exit is that of a helper, which may have done anything.
        let now = Some(rt.heap.epoch.now());
        if state.epoch_known && !of_call && t.epoch == now {
            b.epoch_known = true;
            r.epoch = now;
        }
        r.missed = of_call;
        r.met = index >= t.meets_from;
        let mut values = Vec::new();
        for slot in &slots {
            let place = t.homes.at(slot.home, index).ok_or(Fail::Contradiction)?;
            let value = match place.loc() {
                // A shape is no value of the guest's.
                _ if matches!(slot.part(), Part::Head(_)) => b.word(t.states.shape(*slot) as u64, Ty::Raw)?,
                Loc::Konst(n) => {
                    let bits = t.konsts.get(n as usize).copied().unwrap_or(0);
                    if slot.float() {
                        b.float(f64::from_bits(bits))?
                    } else {
                        b.word(bits, Ty::of(Value::from_bits(bits)))?
                    }
                }
                loc => {
                    let v = inherit(b, loc, slot.float())?;
                    know_more(b, v, t.states.ty(*slot));
                    v
                }
            };
            push(&mut values, value)?;
            if slot.part() == Part::Register {
                b.set_slot(slot.slot as usize, value, true)?;
            }
        }
        if !of_call
            && index >= t.given_from
            && let Some(contract) = jit.table.get(t.loop_of).and_then(|t| t.contract.as_ref())
        {
            r.given_of = Some(t.loop_of);
            for &(entry, home) in &t.given {
                let v = match t.homes.at(home, index) {
                    Some(place) => inherit(b, place.loc(), contract.is_float(entry))?,
                    None => Ref::NONE,
                };
                push(&mut r.given, (entry, v))?;
                know_more(b, v, contract.ty(entry));
                if let Some(slot) = contract.register(entry)
                    && b.slot(slot).is_none()
                    && !v.is_none()
                {
                    b.set_slot(slot, v, false)?;
                }
            }
        }
        let objects = slots.iter().any(|s| matches!(s.part(), Part::Head(_)));
        if objects {
            // Until the objects are made, exits do as the parent's.
            let first = b.t.slots.len() as u32;
            for (slot, &value) in slots.iter().zip(&values) {
                push(&mut b.slot_tys, t.states.ty(*slot))?;
                push(&mut b.t.slots, SnapSlot { slot: slot.slot, value, part: slot.part() })?;
            }
            let state = b.now;
            b.finish_snapshot(first, state)?;
        }
        for n in 0..b.nodes.len() {
            if let Some(x) = b.nodes.get(n) {
                push(&mut r.roots, Value::from_addr(x.code))?;
            }
        }
        // The parent's charges go on in this trace.
        r.charged = state.fuel;
        r.check_fuel(b)?;
        if objects {
            r.allocates = true;
            make_objects(b, &t.states, &slots, &values)?;
        }
        Ok(r)
    }

    /// A check that the fuel for what follows is there; how much that is will be known at the end.
    pub(super) fn check_fuel(&mut self, b: &mut Builder) -> Build<()> {
        let at = b.t.ins.len();
        b.op_dk(Uop::FuelCheck, &[], off(core::mem::offset_of!(JitCtx, fuel)), 0)?;
        push(&mut self.checks, (at, self.charged - b.now.fuel))
    }
    /// Notes a charge.
    pub(super) fn charge(&mut self, b: &mut Builder, n: u32) {
        self.charged = self.charged.saturating_add(n);
        b.now.fuel = b.now.fuel.saturating_add(n);
        b.state_changed();
    }
    /// Takes what was charged so far.
    pub(super) fn commit_fuel(&mut self, b: &mut Builder) -> Build<()> {
        if b.now.fuel != 0 {
            b.op_dk(Uop::FuelSub, &[], off(core::mem::offset_of!(JitCtx, fuel)), b.now.fuel as u64)?;
            b.now.fuel = 0;
            b.state_changed();
        }
        Ok(())
    }
    /// Keeps a value alive as long as the trace.
    pub(super) fn keep(&mut self, v: Value) -> Build<()> {
        if v.is_ptr() && !self.roots.contains(&v) {
            push(&mut self.roots, v)?;
        }
        Ok(())
    }
}

/// The value that the parent has at `loc`. What is in one place is one value.
fn inherit(b: &mut Builder, loc: Loc, float: bool) -> Build<Ref> {
    let op = if float { Uop::InheritF } else { Uop::InheritG };
    let known = |i: &Ins| i.op == op && b.t.inherited.get(i.d as usize) == Some(&loc);
    if let Some(at) = b.t.ins.iter().position(known) {
        return Ok(Ref::ins(at));
    }
    let d = b.t.inherited.len() as i32;
    push(&mut b.t.inherited, loc)?;
    b.add(Ins { d, ..Ins::new(op, &[]) })
}
/// Notes what is known of an inherited value, unless more is.
fn know_more(b: &mut Builder, v: Ref, ty: Ty) {
    if ty.implies(b.ty(v)) {
        b.know(v, ty);
    }
}

/// Makes the objects that the parent's exit describes; they are sunk again where only exits need them.
fn make_objects(b: &mut Builder, states: &States, slots: &[SlotState], values: &[Ref]) -> Build<()> {
    let mut made = [Ref::NONE; MOST_IN_SNAPSHOT as usize + 1];
    let method = kind::BoundMethod as u32;
    for head in slots.iter().filter(|s| matches!(s.part(), Part::Head(_))) {
        let (n, shape) = (head.part().number(), states.shape(*head));
        // What an object contains was made before it.
        let numbered = |value: Ref| {
            let n = b.konst_word(value).and_then(|k| Value::from_bits(k).as_int());
            n.and_then(|n| made.get(n as usize).copied()).unwrap_or(value)
        };
        let mut fields = Vec::new();
        for (slot, &value) in slots.iter().zip(values) {
            match slot.part() {
                Part::Field(m) if m == n => push(&mut fields, (slot.slot as i32, value))?,
                Part::Nested(m) if m == n => push(&mut fields, (slot.slot as i32, numbered(value)))?,
                _ => {}
            }
        }
        let object = if shape == kind::Tuple as u32 || shape == method {
            let mut items = [Ref::NONE; 3];
            for &(d, value) in &fields {
                let at = (0..3).find(|&k| word_at(shape, k) == d);
                if let Some(item) = at.and_then(|k| items.get_mut(k)) {
                    *item = b.boxed(value)?;
                }
            }
            let (op, helper, k) = match (shape == method, head.slot) {
                (true, _) => (Uop::Call2, Helper::bind, BOUND),
                (false, 2) => (Uop::Call2, Helper::tuple2, TUPLE),
                (false, _) => (Uop::Call3, Helper::tuple3, TUPLE),
            };
            let items = items.get(..head.slot as usize).ok_or(Fail::Contradiction)?;
            b.op_dk(op, items, helper.at(), FRESH | k)?
        } else if shape < Shapes::FIRST {
            let of = b.word(shape as u64, Ty::Raw)?;
            let object = b.op_dk(Uop::Call1, &[of], Helper::new_iterator.at(), FRESH | ITERATOR)?;
            for &(d, value) in &fields {
                let index = iter::is_index(shape, d as usize + 1);
                b.op_d(if index { Uop::StoreLen } else { Uop::Store }, &[object, value], d)?;
            }
            object
        } else {
            let args = [b.word(shape as u64, Ty::Raw)?, b.word(head.slot as u64, Ty::Raw)?];
            let object = b.op_dk(Uop::Call2, &args, Helper::new_instance.at(), FRESH | INSTANCE)?;
            for &(d, value) in &fields {
                b.op_d(Uop::Store, &[object, value], d)?;
            }
            object
        };
        b.know(object, Ty::Shape(shape));
        if let Some(made) = made.get_mut(n as usize) {
            *made = object;
        }
    }
    for slot in slots {
        if let Part::Object(n) = slot.part() {
            let object = made.get(n as usize).copied().unwrap_or(Ref::NONE);
            b.set_slot(slot.slot as usize, object, true)?;
        }
    }
    Ok(())
}

/// What a function's trace checks on entry: that it may be called, and that nothing else is to be done first.
fn check_call(b: &mut Builder) -> Build<()> {
    check_events(b)?;
    check_room(b)
}

/// Leaves if the interpreter has to poll or collect.
pub(super) fn check_events(b: &mut Builder) -> Build<()> {
    b.op_d(Uop::Poll, &[], off(core::mem::offset_of!(JitCtx, interrupts)))?;
    b.op_d(Uop::GuardFlag, &[], off(core::mem::offset_of!(JitCtx, gc_due)))?;
    Ok(())
}

/// Checks that another trace may begin in this frame: it may take as much stack and as many frames as any.
pub(super) fn check_room(b: &mut Builder) -> Build<()> {
    let end = b.op_d(Uop::FrameAddr, &[], FRAMES_ROOM as i32 * 8)?;
    b.op_d(Uop::GuardUltCtx, &[end], off(core::mem::offset_of!(JitCtx, stack_limit)))?;
    let depth = b.op_d(Uop::CtxLoad, &[], off(core::mem::offset_of!(JitCtx, depth)))?;
    b.op_d(Uop::GuardUltCtx, &[depth], off(core::mem::offset_of!(JitCtx, max_depth)))?;
    Ok(())
}

/// The back-edge of the innermost loop that begins at `head`.
fn loop_end(code: &Code, head: u32) -> u32 {
    let jumps = |at: u32| {
        let i = code.original_at(at);
        let offset = match i.op() {
            Some(Op::JumpBack) => i.offset32() as i64,
            Some(Op::ForLoop) => i.imm_c() as i64,
            _ => return false,
        };
        at as i64 + 1 + offset == head as i64
    };
    (head..code.ninstrs).find(|&at| jumps(at)).unwrap_or(u32::MAX)
}

/// The number of a function's liveness, computed if need be.
pub(super) fn live_of(b: &mut Builder, code: Gc<Code>) -> Build<u32> {
    let at = code.as_ptr() as usize;
    if let Some(i) = b.live.iter().position(|l| l.code == at) {
        return Ok(i as u32);
    }
    let l = liveness::of(&code)?;
    push(&mut b.live, l)?;
    Ok(b.live.len() as u32 - 1)
}
