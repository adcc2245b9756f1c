//! Ranges of ints: checks that cannot fail go, and what is known to be constant is replaced.
//!
//! A pass over the finished trace, not a part of the builder: what a loop's values can be is known only once the loop is
//! there. Values are words, taken as signed, so an int's span is that of its shifted word. A phi begins with the span of
//! what enters the loop; where the loop makes it larger, it is widened to all ints; then it is taken again from both its
//! operands, and kept if the loop agrees. Besides spans, `below` lists which values were found to be below others.
//!
//! An index that is below `n` is below a list's length if `n` is not above that. Where neither varies in the loop this
//! is checked before it (`hoist.rs`).
//!
//! A checked uop's span is that of an int, which holds because the uop leaves otherwise: where that was used, it must stay,
//! though nothing names its result any more (`relied`).
//!
//! Invariants: a span holds for its value from the uop that gave it to the end of the trace; uops keep their places; a
//! value is only replaced by one that was defined before it.

use super::builder::{Build, Builder, Fail, Ty, push};
use super::hoist::Bounds;
use super::span::{INT, Span};
use crate::room::WithinRoom as _;
use crate::trace::ir::{Ins, Ref, SnapId, Trace};
use crate::uop::{Effect, Uop};
use crate::value::Value;
use alloc::vec::Vec;

/// Rounds in which the spans of phis may grow; after that they are everything.
const ROUNDS: usize = 6;
/// Most entries of [`Ranges::below`].
const MOST_BELOW: usize = 48;

/// `base + offset` is below `limit`; all are words of ints.
#[derive(Clone, Copy, Debug)]
pub(super) struct Below {
    pub base: Ref,
    pub offset: i64,
    pub limit: Ref,
}

/// Scratch of the pass.
#[derive(Debug, Default)]
pub struct Ranges {
    /// By uop; of the phis, what is assumed.
    pub(super) spans: Vec<Span>,
    /// Those at the loop's start.
    pub(super) before: Vec<Span>,
    /// What stands for a value.
    to: Vec<Ref>,
    pub(super) below: Vec<Below>,
    /// Uops to be put before the loop.
    pub(super) hoisted: Vec<Ins>,
    /// Values whose spans proved something; in the end, those of them and their operands that come of checked uops.
    pub(super) relied: Vec<Ref>,
    seen: Vec<bool>,
    /// Operands of what was proven in the loop.
    proofs: Vec<Ref>,
    /// Phis whose spans the loop's proofs rely on: the number in `d`, the span at the loop's start, the bounds they lie in
    /// (of counters, what they are below).
    pub(super) phis: Vec<(i32, Span, Option<Bounds>)>,
    /// What phis that only grow are below. Noted once: the guards that tell it may go.
    limits: Vec<(usize, Ref)>,
    /// Phis that proofs take to be no less than a number.
    pub(super) least: Vec<(usize, i64)>,
    /// Where the loop starts, or the trace ends.
    pub(super) start: usize,
    /// The snapshot that uops before the loop have, if they may be put there.
    pub(super) snap: Option<SnapId>,
}

impl Ranges {
    /// Values of checked uops that must stay.
    pub fn relied(&mut self) -> &mut [Ref] {
        &mut self.relied
    }
}

/// Drops the checks of `b`'s trace that ranges prove.
pub fn run(b: &mut Builder, s: &mut Ranges) -> Build<()> {
    let n = b.t.ins.len();
    fill(&mut s.spans, n, Span::ALL)?;
    fill(&mut s.to, n, Ref::NONE)?;
    s.below.clear();
    s.hoisted.clear();
    s.relied.clear();
    s.proofs.clear();
    s.phis.clear();
    s.limits.clear();
    s.least.clear();
    s.start = b.t.ins.iter().position(|i| i.op == Uop::LoopStart).unwrap_or(n);
    s.snap = None;
    s.pass(b, 0, s.start, true)?;
    if s.start < n {
        s.below.clear();
        s.settle_phis(b)?;
        s.snap = super::hoist::place(&b.t, s.start);
        s.pass(b, s.start, n, true)?;
    }
    s.note_phis(&b.t)?;
    s.rename(&mut b.t);
    s.keep_checks(&b.t)?;
    super::hoist::insert(&mut b.t, s)
}

pub(super) fn fill<T: Copy>(v: &mut Vec<T>, n: usize, x: T) -> Build<()> {
    v.clear();
    v.try_reserve(n).map_err(|_| Fail::NoMemory)?;
    v.fill_within(core::iter::repeat_n(x, n));
    Ok(())
}

/// Marks a value; answers whether it was not marked before.
fn mark(marks: &mut [bool], r: Ref) -> bool {
    r.as_ins().and_then(|i| marks.get_mut(i)).is_some_and(|m| !core::mem::replace(m, true))
}
fn is_marked(marks: &[bool], r: Ref) -> bool {
    r.as_ins().and_then(|i| marks.get(i)) == Some(&true)
}

fn is_phi(i: &Ins) -> bool {
    matches!(i.op, Uop::PhiG | Uop::PhiF)
}

impl Ranges {
    /// Span of an operand.
    pub(super) fn span(&self, t: &Trace, r: Ref) -> Span {
        match (r.as_ins(), r.as_konst()) {
            (Some(i), _) => self.spans.get(i).copied().unwrap_or(Span::ALL),
            (_, Some(i)) => t.konsts.get(i).map_or(Span::ALL, |k| Span::word(k.bits)),
            _ => Span::ALL,
        }
    }

    fn set(&mut self, r: Ref, span: Span) {
        if let Some(x) = r.as_ins().and_then(|i| self.spans.get_mut(i)) {
            *x = x.meet(span);
        }
    }

    /// Finds spans of the phis that hold in every iteration.
    fn settle_phis(&mut self, b: &mut Builder) -> Build<()> {
        let (start, n) = (self.start, b.t.ins.len());
        let phis = b.t.ins.iter().skip(start + 1).take_while(|i| is_phi(i)).count();
        for at in start + 1..=start + phis {
            let entry = b.t.ins.get(at).map_or(Span::ALL, |phi| self.span(&b.t, phi.args[0]));
            self.assume(at, entry);
        }
        fill(&mut self.before, n, Span::ALL)?;
        self.before.copy_from_slice(&self.spans);
        let mut grows = true;
        for round in 0..=ROUNDS {
            self.pass(b, start, n, false)?;
            grows = false;
            for at in start + 1..=start + phis {
                let (next, now) = self.next_span(&b.t, at);
                if !next.within(now) {
                    grows = true;
                    let wide = if round + 1 < ROUNDS { now.widened(next) } else { Span::ALL };
                    self.assume_before(at, wide);
                }
            }
            if !grows {
                break;
            }
            self.go_back();
        }
        if grows {
            for at in start + 1..=start + phis {
                self.assume_before(at, Span::ALL);
            }
            self.go_back();
            return Ok(());
        }
        self.narrow_phis(b, phis)
    }

    /// Tries smaller spans: what enters the loop, or comes round.
    fn narrow_phis(&mut self, b: &mut Builder, phis: usize) -> Build<()> {
        let (start, n) = (self.start, b.t.ins.len());
        let mut wide = Vec::new();
        fill(&mut wide, phis, Span::ALL)?;
        for (k, w) in wide.iter_mut().enumerate() {
            let at = start + 1 + k;
            let (next, _) = self.next_span(&b.t, at);
            let entry = b.t.ins.get(at).map_or(Span::ALL, |phi| self.before_of(&b.t, phi.args[0]));
            *w = self.before.get(at).copied().unwrap_or(Span::ALL);
            self.assume_before(at, entry.join(next));
        }
        self.go_back();
        self.pass(b, start, n, false)?;
        let holds = (start + 1..=start + phis).all(|at| {
            let (next, now) = self.next_span(&b.t, at);
            next.within(now)
        });
        if !holds {
            for (k, w) in wide.iter().enumerate() {
                self.assume_before(start + 1 + k, *w);
            }
        }
        self.go_back();
        Ok(())
    }

    /// The span that phi `at` has at the loop's end, and what is assumed of it at its start.
    fn next_span(&self, t: &Trace, at: usize) -> (Span, Span) {
        let next = t.ins.get(at).map_or(Span::ALL, |phi| self.span(t, phi.args[1]));
        (next, self.before.get(at).copied().unwrap_or(Span::ALL))
    }
    /// Span of a value where the loop begins.
    pub(super) fn before_of(&self, t: &Trace, r: Ref) -> Span {
        match r.as_ins() {
            Some(i) => self.before.get(i).copied().unwrap_or(Span::ALL),
            None => self.span(t, r),
        }
    }
    fn assume(&mut self, at: usize, span: Span) {
        if let Some(x) = self.spans.get_mut(at) {
            *x = span;
        }
    }
    fn assume_before(&mut self, at: usize, span: Span) {
        if let Some(x) = self.before.get_mut(at) {
            *x = span;
        }
    }
    fn go_back(&mut self) {
        self.spans.copy_from_slice(&self.before);
    }

    /// Goes over the uops from `first` to `end`; changes them if it is the `last` time.
    fn pass(&mut self, b: &mut Builder, first: usize, end: usize, last: bool) -> Build<()> {
        for at in first..end {
            let Some(mut ins) = b.t.ins.get(at).copied() else { break };
            if !is_phi(&ins) {
                for r in ins.args.iter_mut().take(ins.op.ins().len()) {
                    *r = self.stands_for(*r);
                }
            }
            let result = self.result(&b.t, &ins, Ref::ins(at));
            if ins.op.out().is_some() {
                let span =
                    if is_phi(&ins) { self.spans.get(at).map_or(result, |x| x.meet(result)) } else { result };
                self.assume(at, span);
            }
            if last {
                self.change(b, at, &mut ins)?;
                if let Some(x) = b.t.ins.get_mut(at) {
                    *x = ins;
                }
            }
            self.learn(&b.t, &ins);
            if last {
                self.note_below(&b.t, &ins, at)?;
            }
        }
        Ok(())
    }

    pub(super) fn stands_for(&self, r: Ref) -> Ref {
        r.as_ins().and_then(|i| self.to.get(i)).copied().filter(|x| !x.is_none()).unwrap_or(r)
    }

    /// Span of a uop's result, by its operands.
    fn result(&self, t: &Trace, ins: &Ins, at: Ref) -> Span {
        let [x, y, _] = ins.args;
        let (a, b) = (self.span(t, x), self.span(t, y));
        match ins.op {
            Uop::AddIntN if ins.k == RANGE_ITEM => {
                let item = self.item_span(t, ins, at).unwrap_or(Span::ALL);
                a.plus(b).unwrap_or(Span::ALL).meet(item)
            }
            // `k` is the divisor that this is the remainder for.
            Uop::SubIntN if ins.k != 0 => Span { lo: 0, hi: (ins.k as i64).saturating_sub(8) },
            Uop::PhiG => self.item_span(t, ins, at).unwrap_or(Span::ALL),
            op => Span::of_uop(op, a, b),
        }
    }

    /// What a guard that holds tells of its operands.
    fn learn(&mut self, t: &Trace, ins: &Ins) {
        let [x, y, _] = ins.args;
        let (a, b) = (self.span(t, x), self.span(t, y));
        match ins.op {
            Uop::GuardInt => self.set(x, INT),
            Uop::GuardLt | Uop::GuardLe => {
                let strict = (ins.op == Uop::GuardLt) as i64;
                self.set(x, Span { lo: i64::MIN, hi: b.hi.saturating_sub(strict) });
                self.set(y, Span { lo: a.lo.saturating_add(strict), hi: i64::MAX });
            }
            Uop::GuardUlt if b.lo >= 0 => {
                self.set(x, Span { lo: 0, hi: b.hi.saturating_sub(1) });
                let a = self.span(t, x);
                self.set(y, Span { lo: a.lo.saturating_add(1), hi: i64::MAX });
            }
            Uop::GuardEq => {
                self.set(x, b);
                self.set(y, a);
            }
            Uop::GuardNe => {
                if let Some(k) = b.one() {
                    self.set(x, a.without(k));
                }
            }
            _ => {}
        }
    }

    /// Notes that a value is below another, for indices.
    fn note_below(&mut self, t: &Trace, ins: &Ins, at: usize) -> Build<()> {
        let [x, y, _] = ins.args;
        let unsigned = ins.op == Uop::GuardUlt && self.span(t, y).lo >= 0;
        if ins.op == Uop::GuardLt || unsigned {
            self.push_below(t, x, 0, y);
        } else if ins.op == Uop::GuardLe {
            self.push_below(t, x, -8, y);
        } else if let Some((entry, next)) = self.counter(t, ins, Ref::ins(at))
            && let Some(limit) = self.limit(t, entry, next)
        {
            push(&mut self.limits, (at, limit))?;
            self.push_below(t, Ref::ins(at), 0, limit);
        } else if matches!(ins.op, Uop::PhiG | Uop::AddIntN)
            && let Some(r) = self.range_of(t, ins, Ref::ins(at))
        {
            let (x, y, less) = if r.up { (Ref::ins(at), r.stop, 0) } else { (Ref::ins(at), r.start, -8) };
            self.push_below(t, x, less, y);
        }
        Ok(())
    }
    fn push_below(&mut self, t: &Trace, x: Ref, less: i64, limit: Ref) {
        let (base, offset) = self.split(t, x);
        if let Some(offset) = offset.checked_add(less)
            && base.as_ins().is_some()
            && self.below.len() < MOST_BELOW
            && self.below.try_reserve(1).is_ok()
        {
            self.below.push_within(Below { base, offset, limit });
        }
    }

    /// A value as another plus a constant, where that does not overflow.
    pub(super) fn split(&self, t: &Trace, r: Ref) -> (Ref, i64) {
        let (mut base, mut offset) = (r, 0i64);
        for _ in 0..4 {
            let Some(d) = base.as_ins().and_then(|i| t.ins.get(i)) else { break };
            let Some(k) = self.span(t, d.args[1]).one().filter(|_| d.args[1].as_konst().is_some()) else {
                break;
            };
            let k = match d.op {
                Uop::AddInt | Uop::AddIntN if d.k == 0 => k,
                Uop::SubInt | Uop::SubIntN if d.k == 0 && k != i64::MIN => -k,
                _ => break,
            };
            let fits = self.span(t, d.args[0]).plus(Span { lo: k, hi: k }).is_some();
            let exact = matches!(d.op, Uop::AddInt | Uop::SubInt) || fits;
            let Some(sum) = offset.checked_add(k).filter(|_| exact) else { break };
            (base, offset) = (d.args[0], sum);
        }
        (base, offset)
    }

    /// Makes a uop cheaper.
    fn change(&mut self, b: &mut Builder, at: usize, ins: &mut Ins) -> Build<()> {
        let [x, y, _] = ins.args;
        let (p, q) = (self.span(&b.t, x), self.span(&b.t, y));
        if ins.op.effect() == Effect::Guard {
            let holds = match ins.op {
                Uop::GuardLt => p.hi < q.lo,
                Uop::GuardLe => p.hi <= q.lo,
                Uop::GuardUlt => p.lo >= 0 && p.hi < q.lo || self.index_fits(b, x, y)?,
                Uop::GuardNe => p.hi < q.lo || q.hi < p.lo,
                Uop::GuardExact => p.within(Span { lo: -(1 << 56), hi: 1 << 56 }),
                _ => false,
            };
            if holds {
                // What it tells stays true.
                self.learn(&b.t, ins);
                self.note_below(&b.t, ins, at)?;
                self.note_proof(ins, at)?;
                self.rely(ins)?;
                *ins = Ins::new(Uop::Nop, &[]);
            }
            return Ok(());
        }
        if let Some(cheaper) = unchecked(ins.op, p, q) {
            self.note_proof(ins, at)?;
            ins.op = cheaper;
            ins.snap = SnapId::NONE;
        }
        if let Some(r) = self.known(b, at, ins, p, q)? {
            self.note_proof(ins, at)?;
            if at < self.start {
                // The loop may name what stands for it.
                for r in [ins.args[0], ins.args[1], Ref::ins(at)] {
                    push(&mut self.proofs, r)?;
                }
            }
            if let Some(to) = self.to.get_mut(at) {
                *to = r;
            }
            self.rely(ins)?;
            *ins = Ins::new(Uop::Nop, &[]);
        }
        Ok(())
    }

    fn rely(&mut self, ins: &Ins) -> Build<()> {
        for &r in ins.operands() {
            push(&mut self.relied, r)?;
        }
        Ok(())
    }
    /// Of the values relied on, and what they come of, leaves those of checked uops in the list.
    fn keep_checks(&mut self, t: &Trace) -> Build<()> {
        fill(&mut self.seen, t.ins.len(), false)?;
        let (mut done, mut kept) = (0, 0);
        while let Some(&r) = self.relied.get(done) {
            done += 1;
            let Some(at) = r.as_ins() else { continue };
            let (Some(seen), Some(ins)) = (self.seen.get_mut(at), t.ins.get(at)) else { continue };
            if core::mem::replace(seen, true) {
                continue;
            }
            match ins.op.effect() {
                Effect::Checked => {
                    if let Some(x) = self.relied.get_mut(kept) {
                        *x = r;
                    }
                    kept += 1;
                }
                Effect::Pure | Effect::Control => self.rely(ins)?,
                _ => {}
            }
        }
        self.relied.truncate(kept);
        Ok(())
    }

    /// A value that a uop's result is known to be equal to.
    fn known(&self, b: &mut Builder, at: usize, ins: &Ins, p: Span, q: Span) -> Build<Option<Ref>> {
        use Uop::*;
        let truth = match ins.op {
            LtInt if p.hi < q.lo => Some(true),
            LtInt if p.lo >= q.hi => Some(false),
            LeInt if p.hi <= q.lo => Some(true),
            LeInt if p.lo > q.hi => Some(false),
            EqWord | NeWord if p.hi < q.lo || q.hi < p.lo => Some(ins.op == NeWord),
            _ => None,
        };
        if let Some(truth) = truth {
            return b.value(Value::bool(truth)).map(Some);
        }
        let int = matches!(
            ins.op,
            AddIntN | SubIntN | MulIntN | ShlIntN | ShrIntN | AndInt | OrInt | XorInt | InvertInt | BoolToInt
        );
        if !int {
            return Ok(None);
        }
        if let Some(k) = self.spans.get(at).and_then(|s| s.one()) {
            return b.word(k as u64, Ty::Int).map(Some);
        }
        Ok(match (ins.op, q.one()) {
            (AddIntN | SubIntN | OrInt | XorInt, Some(0)) => Some(ins.args[0]),
            // A mask that takes nothing away.
            (AndInt, Some(m)) if p.lo >= 0 && p.hi <= m && ((m as u64 >> 3) + 1).is_power_of_two() => {
                Some(ins.args[0])
            }
            _ => None,
        })
    }

    fn note_proof(&mut self, ins: &Ins, at: usize) -> Build<()> {
        if at > self.start {
            for &r in ins.operands() {
                push(&mut self.proofs, r)?;
            }
        }
        Ok(())
    }

    /// Notes what the loop's proofs assume of its phis. What they assume of no value from before the loop is forgotten.
    fn note_phis(&mut self, t: &Trace) -> Build<()> {
        if self.start >= t.ins.len() {
            return Ok(());
        }
        self.find_relied(t)?;
        for (at, ins) in t.ins.iter().enumerate().skip(self.start + 1).take_while(|(_, i)| is_phi(i)) {
            if self.seen.get(at) == Some(&true) {
                let mut span = self.before.get(at).copied().unwrap_or(Span::ALL);
                for (_, least) in self.least.iter().filter(|l| l.0 == at) {
                    span.lo = span.lo.max(*least);
                }
                let limit = self.limits.iter().find(|l| l.0 == at);
                let bounds = match limit {
                    Some(&(_, stop)) => Some(Bounds { start: Ref::NONE, stop, step: Ref::NONE, up: true }),
                    None => self.range_of(t, ins, Ref::ins(at)),
                };
                push(&mut self.phis, (ins.d, span, bounds))?;
            }
        }
        for (_, _, bounds) in &self.phis {
            for r in bounds.iter().flat_map(|b| [b.start, b.stop, b.step]) {
                mark(&mut self.seen, r);
            }
        }
        for (span, relied) in self.before.iter_mut().zip(&self.seen) {
            if !relied {
                *span = Span::ALL;
            }
        }
        Ok(())
    }

    /// Marks, in `seen`, the values whose spans the proofs may come of: through the uops of the loop, and guards that compare.
    fn find_relied(&mut self, t: &Trace) -> Build<()> {
        fill(&mut self.seen, t.ins.len(), false)?;
        let mut more = false;
        for &r in &self.proofs {
            more |= mark(&mut self.seen, r);
        }
        while core::mem::take(&mut more) {
            for at in (self.start..t.ins.len()).rev() {
                let Some(ins) = t.ins.get(at) else { break };
                let relied = match ins.op.effect() {
                    Effect::Guard => ins.operands().iter().any(|r| is_marked(&self.seen, *r)),
                    _ => self.seen.get(at) == Some(&true),
                };
                if relied {
                    for &r in ins.operands() {
                        more |= mark(&mut self.seen, r);
                    }
                }
            }
        }
        Ok(())
    }

    /// Lets everything name what stands for the values that were replaced.
    fn rename(&self, t: &mut Trace) {
        for phi in t.ins.iter_mut().filter(|i| is_phi(i)) {
            phi.args = phi.args.map(|r| if r.is_none() { r } else { self.stands_for(r) });
        }
        for s in &mut t.slots {
            s.value = self.stands_for(s.value);
        }
        for (value, _) in &mut t.passed {
            *value = self.stands_for(*value);
        }
    }
}

/// In `k` of an `AddIntN`: the result is an item of the range whose first item, or an item of which, the left operand is.
pub const RANGE_ITEM: u64 = 1;

/// The uop that does without a check what `op` does with one, if none is needed for operands in these spans.
fn unchecked(op: Uop, p: Span, q: Span) -> Option<Uop> {
    match op {
        Uop::AddInt => p.plus(q).map(|_| Uop::AddIntN),
        Uop::SubInt => p.minus(q).map(|_| Uop::SubIntN),
        Uop::MulInt => p.times(q).map(|_| Uop::MulIntN),
        Uop::ShlInt => p.shifted_left(q).map(|_| Uop::ShlIntN),
        Uop::ShrInt if q.lo >= 0 && q.hi <= 63 << 3 => Some(Uop::ShrIntN),
        _ => None,
    }
}
