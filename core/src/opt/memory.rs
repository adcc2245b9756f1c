//! Loads that need no memory access: equal loads without a store between, and what was just stored.
//!
//! Effects drive it: a store reaches a load only if both touch the same part of memory (field displacement, list items)
//! and their objects may be one. Two objects differ if they are different constants, have different known shapes, or
//! one was made in the trace after the other was known.

use super::builder::{Builder, SHAPE_AT, Ty, clobber, load};
use super::lean;
use crate::object::kind;
use crate::trace::ir::{Ins, Ref};
use crate::uop::{Effect, Uop};
use crate::value::Value;

/// How far back a load looks.
const REACH: usize = 256;

/// A uop that reads or writes memory, as far as one that looks for what concerns it has to know at first sight.
#[derive(Clone, Copy, Debug)]
pub(super) struct Access {
    /// The uop.
    pub at: u32,
    d: i32,
    op: Uop,
    what: What,
}

#[derive(Clone, Copy, PartialEq, Eq, Debug)]
enum What {
    /// Writes nothing.
    Read,
    /// Writes a frame's register, or has another frame for the root's.
    Frame,
    /// Writes the context.
    Context,
    /// Writes an object, or is a call.
    Object,
}

impl Access {
    /// Of uop `at`; `None` if it is none.
    pub fn of(ins: &Ins, at: u32) -> Option<Access> {
        let what = match (ins.op, ins.op.effect()) {
            (Uop::SetFrame | Uop::AddFrame | Uop::SlotStore, _) => What::Frame,
            (Uop::CtxStore | Uop::CtxStoreF | Uop::CtxAdd32 | Uop::CtxSub | Uop::FuelSub, _) => What::Context,
            (Uop::GuardField32, _) | (_, Effect::Load) => What::Read,
            (_, Effect::Store | Effect::Call) => What::Object,
            _ => return None,
        };
        Some(Access { at, d: ins.d, op: ins.op, what })
    }
    /// Whether it cannot concern one that reads as `ins` does, unless it is equal to it.
    fn is_apart(&self, ins: &Ins) -> bool {
        match self.what {
            What::Read => true,
            What::Frame => ins.op != Uop::SlotLoad,
            What::Context => ins.op != Uop::CtxLoad,
            What::Object => ins.op == Uop::SlotLoad,
        }
    }
}

impl Builder {
    /// A value that `ins`, a load, would give, and the uop that tells.
    pub(super) fn find_load(&self, ins: &Ins) -> Option<(Ref, u32)> {
        let immutable = ins.k & load::IMMUTABLE != 0;
        for access in self.mem.iter().rev().take(REACH) {
            let at = access.at;
            let alike = access.op == ins.op && access.d == ins.d;
            if !alike && (immutable || access.is_apart(ins)) {
                continue;
            }
            let x = self.t.ins.get(at as usize)?;
            if alike && x.args == ins.args {
                return Some((Ref::ins(at as usize), at));
            }
            if immutable {
                continue;
            }
            if let Some(v) = stored(x, ins) {
                return Some((v, at));
            }
            if self.reaches(x, ins) {
                return None;
            }
        }
        None
    }

    /// An equal guard on a field, or a store of what it asks for, with no store to that field since.
    pub(super) fn find_guard_field(&self, ins: &Ins) -> Option<Ref> {
        for &Access { at, .. } in self.mem.iter().rev().take(REACH) {
            let x = self.t.ins.get(at as usize)?;
            let same = x.args == ins.args && x.d == ins.d && x.k == ins.k;
            if same && (x.op == ins.op || x.op == Uop::Store32K) {
                if x.op == ins.op {
                    self.lean(Ref::ins(at as usize), lean::GUARD);
                } else if (at as usize) < self.leans.first {
                    self.leans.lost.set(true);
                }
                return Some(Ref::NONE);
            }
            if self.reaches(x, ins) {
                return None;
            }
        }
        None
    }

    /// Whether `x` may change what `ins` reads.
    fn reaches(&self, x: &Ins, ins: &Ins) -> bool {
        use Uop::*;
        if x.op.effect() == Effect::Call {
            let part = match ins.op {
                _ if ins.k & load::ITER != 0 && ins.op != GuardField32 => clobber::ITERS,
                ElemLoad if ins.k & load::ENTRY != 0 => clobber::DICTS,
                ElemLoad => clobber::ELEMS,
                GuardField32 => self.kept_by(ins.args[0]),
                SlotLoad => 0,
                _ => clobber::FIELDS | clobber::DICTS,
            };
            return x.k & part != 0;
        }
        match (x.op, ins.op) {
            (SetFrame | AddFrame, SlotLoad) => true,
            (SlotStore, SlotLoad) | (CtxStore, CtxLoad) => x.d == ins.d,
            (ElemStore, ElemLoad) => {
                x.d == ins.d
                    && !self.differ(x.args[0], ins.args[0])
                    && !(x.args[0] == ins.args[0] && self.apart(x.args[1], ins.args[1]))
            }
            // What is an address without being an object is that of a dict's entries.
            (Store, ElemLoad) => {
                ins.k & load::ENTRY != 0 && !matches!(self.ty(x.args[0]), Ty::Ptr | Ty::Shape(_))
            }
            (ElemStore, Load) => {
                x.k & load::ENTRY != 0 && !matches!(self.ty(ins.args[0]), Ty::Ptr | Ty::Shape(_))
            }
            (Store | StoreLen, Load | LoadLen | LoadF | LoadLen32 | Load32 | Load8 | GuardField32) => {
                (x.d == ins.d || x.d + 4 == ins.d) && !self.differ(x.args[0], ins.args[0])
            }
            (Store32K, Load32 | LoadLen32 | GuardField32 | Load) => {
                (x.d == ins.d || ins.d + 4 == x.d) && x.d != SHAPE_AT && !self.differ(x.args[0], ins.args[0])
            }
            _ => false,
        }
    }

    /// Whether anything in the trace may have changed what `ins` reads; the object that it reads of is known to be as `ty`
    /// says all the while.
    pub(super) fn changed(&self, ins: &Ins, ty: Ty) -> bool {
        if ins.op != Uop::GuardField32 && ins.k & load::IMMUTABLE != 0 {
            return false;
        }
        let other = |x: &Ins| {
            let store = x.op.effect() == Effect::Store && !x.operands().is_empty();
            store && matches!((self.ty(x.args[0]), ty), (Ty::Shape(a), Ty::Shape(b)) if a != b)
        };
        let mut all = self.mem.iter().filter_map(|a| self.t.ins.get(a.at as usize));
        all.any(|x| !other(x) && self.reaches(x, ins))
    }

    /// Whether any of `uops` may change what `ins` reads.
    pub(super) fn changed_by(&self, ins: &Ins, uops: &[Ins]) -> bool {
        ins.k & load::IMMUTABLE == 0 && uops.iter().any(|x| self.reaches(x, ins))
    }

    /// Which part of memory the version (or state) of an object belongs to.
    fn kept_by(&self, r: Ref) -> u64 {
        let known = self.konst_word(r).map(Value::from_bits).and_then(|v| v.header().map(|h| h.kind));
        match known {
            Some(kind::Type) => clobber::SHAPES,
            Some(kind::Dict) => clobber::DICTS,
            _ => clobber::SHAPES | clobber::DICTS | clobber::FIELDS,
        }
    }

    /// Whether two addresses are never the same object.
    fn differ(&self, a: Ref, b: Ref) -> bool {
        if a == b {
            return false;
        }
        if let (Some(x), Some(y)) = (self.konst_word(a), self.konst_word(b)) {
            return x != y;
        }
        if let (Ty::Shape(x), Ty::Shape(y)) = (self.ty(a), self.ty(b))
            && x != y
        {
            return true;
        }
        let made_after = |a, b| {
            let new = self.is_new(a) && self.older(b, a);
            if new {
                self.lean(a, lean::DEFINED);
            }
            new
        };
        made_after(a, b) || made_after(b, a) || self.guarded_apart(a, b)
    }

    /// Whether a guard has said that two objects are not the same.
    fn guarded_apart(&self, a: Ref, b: Ref) -> bool {
        let objects = [a, b].iter().all(|r| matches!(self.ty(*r), Ty::Shape(_)));
        let guarded = |a, b| self.find_equal(&Ins::new(Uop::GuardNe, &[a, b])).is_some();
        objects && (guarded(a, b) || guarded(b, a))
    }

    /// Whether `r` is an object made in the trace.
    fn is_new(&self, r: Ref) -> bool {
        self.def(r).is_some_and(|d| d.op.effect() == Effect::Call && d.k & FRESH != 0)
    }
    fn older(&self, r: Ref, than: Ref) -> bool {
        match (r.as_ins(), than.as_ins()) {
            // A load may give an object that was made before and stored since.
            (Some(i), Some(j)) => i < j,
            _ => true,
        }
    }

    /// Whether two indices are never equal: constants that differ, or the same value plus different constants.
    fn apart(&self, i: Ref, j: Ref) -> bool {
        let split = |r: Ref| {
            let sum = |d: &Ins| matches!(d.op, Uop::AddInt | Uop::AddIntN | Uop::SubInt | Uop::SubIntN);
            match self.def(r).filter(|d| sum(d) && self.konst_word(d.args[1]).is_some()) {
                Some(d) => {
                    let k = self.konst_word(d.args[1]).unwrap_or(0) as i64;
                    let less = matches!(d.op, Uop::SubInt | Uop::SubIntN);
                    (d.args[0], if less { k.wrapping_neg() } else { k })
                }
                None => (r, 0),
            }
        };
        if let (Some(x), Some(y)) = (self.konst_word(i), self.konst_word(j)) {
            return x != y;
        }
        let ((a, x), (b, y)) = (split(i), split(j));
        let apart = a == b && x != y;
        if apart {
            self.lean(i, lean::DEFINED);
            self.lean(j, lean::DEFINED);
        }
        apart
    }
}

/// In `k` of a call: its result is an object that did not exist before.
pub const FRESH: u64 = 16;
/// In `k` of a call: its result is a tuple of its operands.
pub const TUPLE: u64 = 32;
/// In `k` of a call: its result is a method, bound of its operands.
pub const BOUND: u64 = 256;
/// In `k` of a call: its result is a range with the step 1; its operands are the bounds and the number of items.
pub const RANGE: u64 = 1024;
/// In `k` of a call: its result is a function; the code is its second operand, the closure its third.
pub const FUNCTION: u64 = 2048;
/// In `k` of a call: its result is an iterator over nothing, of the kind that its operand is.
pub const ITERATOR: u64 = 4096;
/// In `k` of a call: its result is an instance without attributes, of the shape and with as many words as its operands say.
pub const INSTANCE: u64 = 64;

// They share `k` with what calls change.
const _: () = {
    let results = [FRESH, TUPLE, BOUND, RANGE, FUNCTION, ITERATOR, INSTANCE];
    let (mut seen, mut i) = (clobber::ALL, 0);
    while i < results.len() {
        assert!(seen & results[i] == 0);
        seen |= results[i];
        i += 1;
    }
};

/// What `ins` reads if `x` is the store that wrote it.
fn stored(x: &Ins, ins: &Ins) -> Option<Ref> {
    use Uop::*;
    let same = x.d == ins.d && x.args[0] == ins.args[0];
    match (x.op, ins.op) {
        (SlotStore, SlotLoad) | (CtxStore, CtxLoad) if x.d == ins.d => Some(x.args[0]),
        (Store, Load) | (StoreLen, LoadLen) if same => Some(x.args[1]),
        (ElemStore, ElemLoad) if same && x.args[1] == ins.args[1] => Some(x.args[2]),
        _ => None,
    }
}
