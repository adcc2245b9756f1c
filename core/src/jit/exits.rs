//! Exits: putting the interpreter's state back, counting, and starting side traces.
//!
//! Invariant: an exit cannot fail. What it needs (boxes for floats without an immediate, objects) was set aside on entry.

use super::helpers::write_frames;
use super::record::Recorder;
use super::{ExitKind, FrameRec, Jit, Pending};
use crate::exit::Exit;
use crate::interp::Rt;
use crate::interp::cont::Cont;
use crate::interp::frame::Frame;
use crate::interp::frame::HEADER;
use crate::interp::jit_hooks::Entered;
use crate::object::{Code, FloatBox, iter};
use crate::opt::builder::{FrameNode, MAX_SLOTS};
use crate::opt::sink::MOST_IN_SNAPSHOT;
use crate::trace::ir::Part;
use crate::value::Value;
use alloc::vec::Vec;

/// Attempts to record a side trace at an exit.
const SIDE_TRIES: u16 = 3;
/// Side traces of one root.
const MAX_SIDES: u16 = 250;
/// Side traces that begin at one instruction, each where the one before expected something else. What changes each time, as
/// functions do that are made anew, would have a trace for each.
const MAX_FAN: u8 = 16;
/// Boxes set aside; a snapshot has at most as many floats.
pub(super) const POOL: usize = 64;

/// The frames of inlined calls down to `node`, outermost first. At most `MAX_INLINE` of them.
pub(super) fn frames_of(nodes: impl Fn(u32) -> Option<FrameNode>, node: u32, out: &mut Vec<FrameRec>) {
    use crate::room::WithinRoom as _;
    out.clear();
    if out.try_reserve(super::record::MAX_INLINE + 1).is_err() {
        return;
    }
    let mut at = node;
    while out.len() <= super::record::MAX_INLINE
        && let Some(n) = nodes(at)
        && let Some(p) = nodes(n.parent)
        && n.parent != at
    {
        out.push_within(FrameRec {
            base: n.base,
            caller: p.base,
            code: n.code,
            caller_code: p.code,
            ret_pc: n.ret_pc,
            meta: n.meta,
        });
        at = n.parent;
    }
    out.reverse();
}

impl Jit {
    /// After compiled code was left: restores the state and tells the interpreter how to go on.
    pub(super) fn leave(&mut self, rt: &mut Rt, anchor: (usize, u32)) -> Entered {
        self.stats.exits_taken += 1;
        let number = self.ctx.exit as u32;
        let Some(e) = self.table.exit(number).copied() else { return Entered::Go };
        let root = self.ctx.frame.cast::<Value>();
        let state = self.restore(number, root, self.end_of_own(rt, root));
        rt.fuel = self.ctx.fuel - state.fuel as i64;
        rt.handled = Value::from_bits(self.ctx.handled);
        let due = self.is_due(number);
        if let Some(p) = self.pending.take() {
            // The helper has set frame, pc and depth.
            if due
                && matches!(p, Pending::Exit(Exit::Raise))
                && let Some(next) = self.record_handler(rt, number, root)
            {
                return next;
            }
            match p {
                Pending::Exit(e) => return Entered::Exit(e),
                Pending::Slow => return Entered::Slow,
                Pending::Pushed => {}
                Pending::Native(callee, site) => {
                    if let Err(e) = rt.after_native_call(callee, site) {
                        return Entered::Exit(e);
                    }
                }
            }
            let grows = due && self.tree_may_grow(number, state.pc) && self.may_grow(rt);
            return match grows && Recorder::pushed(self, rt, number, root).is_ok() {
                true => Entered::Record,
                false => Entered::Go,
            };
        }
        let Some(t) = self.table.get(e.trace) else { return Entered::Go };
        let node = t.node(state.node);
        let (base, code) = node.map_or((0, t.code), |n| (n.base, n.code));
        let depth = self.frames.len() as u32;
        // SAFETY: the frames were written by `restore`; codes are kept alive by the trace.
        unsafe {
            rt.stack.frame = Frame(root.add(base as usize));
            rt.stack.pc = (*(code as *const Code)).instrs.get().add(state.pc as usize);
        }
        rt.depth = self.ctx.depth as u32 + depth;
        let stuck = depth == 0 && anchor == (code, state.pc);
        let stale = match e.kind {
            ExitKind::Epoch => self.outdated(e.trace),
            ExitKind::Version => due && self.invalidate(e.trace),
            _ => false,
        };
        if due
            && !stale
            && self.tree_may_grow(number, state.pc)
            && self.may_grow(rt)
            && Recorder::side(self, rt, number, root).is_ok()
        {
            return Entered::Record;
        }
        if stuck {
            rt.stack.pc = rt.stack.pc.wrapping_add(1);
            return Entered::Slow;
        }
        Entered::Go
    }

    /// Counts that an exit was taken; whether it is time to record a side trace there.
    fn is_due(&mut self, exit: u32) -> bool {
        // The further out on a branch that went on at one instruction again and again, the longer: it may have no end.
        let fan = self.table.owner(exit).map_or(0, |(t, _)| t.fan as u16);
        let every = self.config.side_threshold.max(1).saturating_mul(1 + fan);
        self.table.exit_mut(exit).is_some_and(|x| {
            x.count = x.count.saturating_add(1);
            x.kind != ExitKind::Stays && !x.linked && x.count % every == 0 && x.count / every <= SIDE_TRIES
        })
    }

    /// A trace was made for a version of a class or dict that is gone. Functions' traces, which frames on the stack return
    /// to, get side traces instead.
    fn invalidate(&mut self, trace: u16) -> bool {
        let Some(t) = self.table.get(trace) else { return false };
        let function = t.original.is_some() && t.pc == 0;
        !function && !t.retired && self.unlink(trace, 2)
    }

    /// A trace relied on an epoch that is over. No way leads past that guard any more, so none goes on from there.
    fn outdated(&mut self, trace: u16) -> bool {
        self.table.get(trace).is_some_and(|t| t.retired) || self.unlink(trace, 1)
    }

    /// Nothing jumps to a trace any more, and what led to it is recorded again. Frames that return to it still may, until
    /// it is freed.
    fn unlink(&mut self, trace: u16, weight: u8) -> bool {
        let Some(t) = self.table.get_mut(trace) else { return false };
        let ways_in = [t.emitted.entry, t.emitted.body];
        let anchor = t.original.map(|_| (t.code, t.pc));
        t.retire();
        self.unlinked += 1;
        self.stats.invalidated += 1;
        if let Some((code, pc)) = anchor {
            self.note_failure(code, pc, weight);
        }
        for other in 0..self.table.numbers() {
            let Some(t) = self.table.get(other as u16) else { continue };
            let (e, first, exits) = (t.emitted, t.first_exit, t.exits);
            for index in 0..exits {
                let unlinked = e.unlinked.wrapping_add(index as u64 * e.unlinked_step);
                // SAFETY: the cell of an exit of a trace that is there.
                let leads_there = unsafe {
                    let cell = e.cells.add(index as usize);
                    let leads_there = ways_in.contains(&cell.read());
                    if leads_there {
                        cell.write(unlinked);
                    }
                    leads_there
                };
                if leads_there && let Some(x) = self.table.exit_mut(first + index as u32) {
                    (x.linked, x.count) = (false, 0);
                }
            }
        }
        true
    }

    /// An instruction raised: goes on at the handler, recording, if that is in a frame of the trace.
    fn record_handler(&mut self, rt: &mut Rt, exit: u32, root: *mut Value) -> Option<Entered> {
        let (frame, pc, reg) = rt.landing(Frame(root))?;
        let base = (frame.0 as usize - root as usize) / 8;
        if !self.tree_may_grow(exit, pc) || !self.may_grow(rt) {
            return None;
        }
        Recorder::handler(self, rt, exit, root, (base as u32, pc, reg)).ok()?;
        rt.redo = None;
        if let Err(e) = rt.unwind() {
            self.recorder = None;
            return Some(Entered::Exit(e));
        }
        if let Some(r) = &mut self.recorder {
            r.starts(rt);
        }
        Some(Entered::Record)
    }

    /// Word, from the root frame, before which all registers are the trace's: a helper may have pushed a frame whose first
    /// words were the arguments of its call.
    fn end_of_own(&self, rt: &Rt, root: *mut Value) -> usize {
        let at = (rt.stack.frame.0 as usize).wrapping_sub(root as usize) / 8;
        match self.pending {
            Some(Pending::Pushed) if at < MAX_SLOTS => {
                let init = (rt.stack.frame.meta() >> 8) as u8 == Cont::Init as u8;
                at.saturating_sub(HEADER + init as usize)
            }
            _ => usize::MAX >> 1,
        }
    }

    /// Whether the tree of traces may have another one at an exit.
    fn tree_may_grow(&self, exit: u32, pc: u32) -> bool {
        let root = self.table.owner(exit).and_then(|(t, _)| self.table.get(t.root));
        root.is_some_and(|t| t.sides < MAX_SIDES) && self.fan_at(exit, pc) < MAX_FAN
    }

    /// How many side traces before it a side trace at an exit has that began at the same instruction.
    pub(super) fn fan_at(&self, exit: u32, pc: u32) -> u8 {
        let parent = self.table.owner(exit);
        parent
            .map_or(0, |(t, _)| if t.original.is_none() && t.pc == pc { t.fan.saturating_add(1) } else { 0 })
    }

    /// Writes the values and frames of an exit's snapshot to memory.
    fn restore(&mut self, exit: u32, root: *mut Value, end: usize) -> crate::opt::builder::State {
        let Some((t, index)) = self.table.owner(exit) else { return Default::default() };
        let Some(x) = self.table.exit(exit).map(|e| e.state) else { return Default::default() };
        let Some(state) = t.states.state(x) else { return Default::default() };
        let slots = t.states.pieces(x).flatten();
        let mut made = [Value::NONE; MOST_IN_SNAPSHOT as usize + 1];
        for slot in slots.clone() {
            if let Part::Head(n) = slot.part()
                && let Some(made) = made.get_mut(n as usize)
                && let Some(v) = self.spares.take(t.states.shape(*slot), slot.slot as u16)
            {
                *made = v;
            }
        }
        for slot in slots {
            let place = t.homes.at(slot.home, index);
            debug_assert!(place.is_some(), "a value of an exit that is nowhere");
            self.restored += 1;
            let bits = place.map_or(Value::NONE.bits(), |place| place.bits(&self.ctx, &t.konsts));
            let float = slot.float();
            let v = if float { boxed(&mut self.pool, f64::from_bits(bits)) } else { Value::from_bits(bits) };
            let numbered = |n: usize| made.get(n).copied().unwrap_or(Value::NONE);
            let object = numbered(slot.part().number() as usize);
            let v = match slot.part() {
                Part::Nested(_) => numbered(v.as_int().unwrap_or(0) as usize),
                _ => v,
            };
            let v = match slot.part() {
                Part::Register => v,
                Part::Head(_) => continue,
                Part::Object(_) => object,
                Part::Field(_) | Part::Nested(_) => {
                    if object.is_ptr() {
                        let at = (object.bits() as usize).wrapping_add_signed(slot.slot as isize);
                        let index = iter::is_index(object.shape(), at - object.addr());
                        // SAFETY: the object is a spare one of the head's size, to which nothing else refers yet, and the
                        // trace stored at this displacement of one of that size.
                        unsafe {
                            match v.as_int() {
                                Some(n) if index => *(at as *mut usize) = n as usize,
                                _ => *(at as *mut Value) = v,
                            }
                        }
                    }
                    continue;
                }
            };
            if slot.slot as isize >= end as isize {
                continue;
            }
            // SAFETY: slots of a trace lie above its root frame's register 0 (header words of inlined frames included),
            // where there is room, as was checked on entry.
            unsafe { *root.add(slot.slot as usize) = v };
        }
        // The scratch vector has room for as many frames as a trace can have, so this does not allocate.
        frames_of(|n| t.node(n), state.node, &mut self.frames);
        // SAFETY: as above.
        unsafe { write_frames(root, &self.frames) };
        state
    }
}

/// The value of a double; from the pool if it needs a box.
fn boxed(pool: &mut Vec<Value>, x: f64) -> Value {
    if let Some(v) = Value::try_float(x) {
        return v;
    }
    match pool.pop() {
        Some(v) => {
            if let Some(f) = v.get::<FloatBox>() {
                // SAFETY: the box is one of the pool's, to which nothing else refers yet.
                unsafe { (*f.as_ptr()).value = x };
            }
            v
        }
        None => Value::NONE,
    }
}
