//! Traces that nothing can run any more: finding them, and giving back their code and memory.
//!
//! A trace is kept while one of these leads to it:
//! - its anchor, in code that the collector reached (or any code, if this is no collection),
//! - a jump: a cell of a trace that is kept has its address,
//! - a recording under way, which refers to it by number,
//! - a trace that is kept: a side trace keeps its root and the loop whose values it was given.
//!
//! What a trace refers to (codes, functions, constants) is marked when the trace is found to be kept, so that traces do not
//! keep alive the code that they are for; what else the JIT notes by address of code is forgotten when that code is freed.
//!
//! Frames that return to a trace do not keep it: the frame and those below it are whole in memory whenever a label is in it
//! (nothing is in a register across a call), so the label can be taken out of the frame at any time, and the
//! interpreter is returned to. That is done in all frames where a trace goes that may have labels in them.
//!
//! Invariants: this runs between instructions of the interpreter, never while code runs, and with no exit in hand: numbers
//! of exits and traces are looked up anew after it. So a trace that is freed can neither run nor be entered, and nothing that
//! remains has its number, its cells' addresses, or an address in its code.

use super::Jit;
use crate::heap::Marker;
use crate::interp::Rt;
use crate::interp::frame::word;
use crate::room::WithinRoom as _;
use crate::value::Value;
use alloc::vec::Vec;

impl Jit {
    /// Marks what is kept alive whatever traces there are.
    pub(super) fn mark_own(&self, m: &mut Marker) {
        m.values(&self.pool);
        self.spares.trace(m);
        let Some(r) = &self.recorder else { return };
        r.values().for_each(|v| m.value(v));
        self.builder.konst_values().for_each(|v| m.value(v));
        for l in self.builder.live.iter().filter(|l| l.code != 0) {
            m.value(Value::from_addr(l.code));
        }
    }

    /// Finds traces that are kept because of what was marked so far, and marks what they refer to. If there are none that
    /// were not known before, forgets what is known of code that was not reached.
    pub(super) fn mark_traces(&mut self, m: &mut Marker) -> bool {
        let more = self.reach(Some(m));
        if !more {
            self.forget_unmarked(m);
        }
        more
    }

    /// Finds traces that are kept; those of anchors in any code, if no collection is under way. Answers whether there are
    /// any that were not known to be.
    fn reach(&mut self, mut m: Option<&mut Marker>) -> bool {
        let mut waiting = Vec::new();
        let Some(ways) = self.ways().filter(|_| waiting.try_reserve(self.table.count()).is_ok()) else {
            return self.reach_all(m);
        };
        let recorded = self.recorder.as_ref().map(|r| r.refers_to(&self.table));
        for trace in recorded.into_iter().flatten() {
            if let Some(t) = self.table.get_mut(trace)
                && !core::mem::replace(&mut t.reached, true)
            {
                waiting.push_within(trace);
            }
        }
        for (trace, t) in self.table.iter_mut() {
            let anchored = t.original.is_some() && !t.retired;
            let runs = |code| m.as_deref().is_none_or(|m| m.has_reached(Value::from_addr(code)));
            if anchored && !t.reached && runs(t.code) {
                t.reached = true;
                waiting.push_within(trace);
            }
        }
        let more = !waiting.is_empty();
        while let Some(trace) = waiting.pop() {
            let Some(t) = self.table.get(trace) else { continue };
            if let Some(m) = m.as_deref_mut() {
                m.values(&t.roots);
            }
            let (cells, exits, others) = (t.emitted.cells, t.exits, [t.root, t.loop_of]);
            let jumps = (0..exits as usize).filter_map(|n| {
                // SAFETY: a cell of a trace that is there.
                let to = unsafe { cells.add(n).read() };
                let found = ways.binary_search_by_key(&to, |w| w.0).ok()?;
                ways.get(found).map(|w| w.1)
            });
            for other in jumps.chain(others) {
                if let Some(t) = self.table.get_mut(other)
                    && !core::mem::replace(&mut t.reached, true)
                {
                    waiting.push_within(other);
                }
            }
        }
        more
    }

    /// Where traces are entered by jumps, sorted; `None` if memory is short.
    fn ways(&self) -> Option<Vec<(u64, u16)>> {
        let mut ways = Vec::new();
        ways.try_reserve_exact(2 * self.table.count()).ok()?;
        for (trace, t) in self.table.iter() {
            ways.fill_within([(t.emitted.entry, trace), (t.emitted.body, trace)].into_iter());
        }
        ways.sort_unstable();
        Some(ways)
    }

    /// Where memory is short, all traces are kept.
    fn reach_all(&mut self, mut m: Option<&mut Marker>) -> bool {
        let mut more = false;
        for (_, t) in self.table.iter_mut() {
            if !core::mem::replace(&mut t.reached, true) {
                more = true;
                if let Some(m) = m.as_deref_mut() {
                    m.values(&t.roots);
                }
            }
        }
        more
    }

    /// Forgets what is noted by address of what is about to be freed.
    fn forget_unmarked(&mut self, m: &Marker) {
        let reached = |at: usize| at == 0 || m.has_reached(Value::from_addr(at));
        self.anchors.retain(|a| m.has_reached(a.code.value()));
        self.failed.retain(|f| reached(f.code));
        self.churn.retain(|(at, _)| reached(*at));
        if self.recorder.is_none() {
            self.builder.live.retain(|l| reached(l.code));
        }
    }

    /// Frees the traces that nothing leads to any more.
    pub(super) fn sweep(&mut self, rt: &mut Rt) {
        self.reach(None);
        self.free_unreached(rt);
    }

    /// Frees the traces that were not found to be kept.
    pub(super) fn free_unreached(&mut self, rt: &mut Rt) {
        self.unlinked = 0;
        let (mut any, mut labels) = (false, false);
        for trace in 0..self.table.numbers() {
            let trace = trace as u16;
            match self.table.get_mut(trace) {
                Some(t) if !t.reached => {}
                Some(t) => {
                    t.reached = false;
                    continue;
                }
                None => continue,
            }
            let Some(t) = self.table.take(trace) else { continue };
            self.emitter.release(t.emitted.id);
            self.bytes = self.bytes.saturating_sub(t.counted);
            self.held = self.held.saturating_sub(t.held);
            self.stats.freed += 1;
            labels |= t.labels;
            any = true;
            if let Some(listed) = &t.listed {
                use core::fmt::Write as _;
                let _ = self.log.write_str(&listed.text);
            }
        }
        if any {
            self.spares.recount(self.table.iter().map(|(_, t)| &t.states));
            self.settle(rt);
        }
        if labels {
            forget_labels(rt);
        }
    }
}

/// Has all frames return to the interpreter.
fn forget_labels(rt: &Rt) {
    let mut f = rt.stack.frame;
    while !f.is_null() {
        // SAFETY: a frame of the stack.
        unsafe { f.set_word(word::RESUME, 0) };
        f = f.prev();
    }
}
