//! Building a trace: values with what is known of them, the state of the interpreter's registers, and snapshots.
//!
//! Invariants: `facts` is parallel to the trace's uops; a register's value is unknown (`Ref::NONE`) until it is read or
//! written; `dirty` registers are those whose value differs from the frame in memory, and only those are in snapshots.

use super::fold;
use super::lean::{self, Leans};
use super::memory::{Access, BOUND, FUNCTION, INSTANCE, ITERATOR, RANGE, TUPLE};
use crate::object::kind;
use crate::room::WithinRoom as _;
use crate::trace::ir::{Ins, Part, Ref, SnapId, SnapSlot, Snapshot, Trace};
use crate::uop::{Class, Effect, Uop};
use crate::value::Value;
use alloc::vec::Vec;

/// What is known of a value.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Default)]
pub enum Ty {
    /// Nothing.
    #[default]
    Any,
    /// An immediate int.
    Int,
    /// True or False.
    Bool,
    /// An immediate float (class G), or any float (class F).
    Float,
    /// A pointer to a cell.
    Ptr,
    /// A pointer to a cell of this shape.
    Shape(u32),
    /// Not a value of the guest's: an address or a number.
    Raw,
}

impl Ty {
    /// What is known of a constant word.
    pub fn of(v: Value) -> Ty {
        if v.is_int() {
            Ty::Int
        } else if v.is_float() {
            Ty::Float
        } else if v.is_bool() {
            Ty::Bool
        } else if v.is_ptr() {
            Ty::Ptr
        } else {
            Ty::Any
        }
    }
    /// Whether a value known to be `self` is known to be `other` too.
    pub fn implies(self, other: Ty) -> bool {
        self == other || other == Ty::Any || matches!((self, other), (Ty::Shape(_), Ty::Ptr))
    }
    /// Whether no value is both.
    pub fn excludes(self, other: Ty) -> bool {
        use Ty::*;
        match (self, other) {
            (Any | Raw, _) | (_, Any | Raw) => false,
            (Ptr, Shape(_)) | (Shape(_), Ptr) => false,
            (a, b) => a != b,
        }
    }
}

/// Why a trace cannot be built.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Fail {
    /// The host's memory is short.
    NoMemory,
    /// A guard can never hold: the recording contradicts itself.
    Contradiction,
    /// More uops, slots or snapshots than a trace may have.
    TooLong,
}

/// Result of building.
pub type Build<T> = Result<T, Fail>;

/// Most uops of a trace.
pub const MAX_INS: usize = 4000;
/// Most words of frames a trace touches above its root frame's register 0.
pub const MAX_SLOTS: usize = 480;

/// What `k` of a `Load` or `ElemLoad` says.
pub mod load {
    /// The memory never changes while its object lives.
    pub const IMMUTABLE: u64 = 1;
    /// A word of a dict's or set's entry.
    pub const ENTRY: u64 = 2;
    /// A one-letter str, by its byte.
    pub const LETTER: u64 = 8;
    /// A word that an iterator changes as it moves on, and nothing else.
    pub const ITER: u64 = 4;
}

/// What `k` of a call says: which memory it may change. The parts of a mask.
pub mod clobber {
    /// Nothing that a trace reads.
    pub const NONE: u64 = 0;
    /// Fields of objects (lengths, pointers to buffers, attributes).
    pub const FIELDS: u64 = 1;
    /// Items of lists.
    pub const ELEMS: u64 = 2;
    /// Dict keys and values.
    pub const DICTS: u64 = 4;
    /// Shapes and classes' versions.
    pub const SHAPES: u64 = 8;
    /// How far iterators have come.
    pub const ITERS: u64 = 128;
    /// The epoch: what is watched may change.
    pub const EPOCH: u64 = 512;
    /// All of it.
    pub const ALL: u64 = 15 | ITERS | EPOCH;
}

/// Builds a trace.
#[derive(Debug, Default)]
pub struct Builder {
    /// The trace so far.
    pub t: Trace,
    pub(super) tys: Vec<Ty>,
    pub(super) prev: Vec<u32>,
    pub(super) chain: Vec<u32>,
    /// Uops that touch memory, in order.
    pub(super) mem: Vec<Access>,
    /// Known types of constants.
    pub(super) konst_ty: Vec<Ty>,
    /// Values that a guard proved equal to a constant.
    pub(super) same: Vec<(Ref, Ref)>,
    /// For a value in `same` the bit of its number, modulo their count, is set.
    in_same: [u64; 8],
    /// Values of registers, by word above the root frame's register 0.
    pub slots: Vec<Ref>,
    /// Registers whose value is not in memory.
    pub dirty: Vec<bool>,
    /// What is known of each snapshot slot, parallel to `t.slots`.
    pub slot_tys: Vec<Ty>,
    /// Frames of the trace, by number; 0 is the root. A tree: a frame that was left stays for earlier snapshots.
    pub nodes: Vec<FrameNode>,
    /// States of snapshots, by `Snapshot::state`.
    pub states: Vec<State>,
    /// Where the interpreter is now.
    pub now: State,
    /// Which registers are live where, by `FrameNode::live`.
    pub live: Vec<Liveness>,
    /// Snapshot of the present state, if one was made since the state changed.
    pub(super) cached: Option<SnapId>,
    /// The epoch is known to be the present one: it was compared, and nothing since can have moved it on.
    pub epoch_known: bool,
    /// Guards asked for, those that were not needed included.
    pub guards: u64,
    /// While a loop is peeled: what it takes from the first iteration.
    pub(super) leans: Leans,
}

/// A frame of the trace.
#[derive(Clone, Copy, Debug)]
pub struct FrameNode {
    /// The caller's number.
    pub parent: u32,
    /// Register 0, in words from the root's.
    pub base: u32,
    /// Address of the `Code`.
    pub code: usize,
    /// Index into [`Builder::live`].
    pub live: u32,
    /// Where the caller goes on: index of its next instruction.
    pub ret_pc: u32,
    /// Where the caller's registers must be as live as they are.
    pub live_pc: u32,
    /// Meta word of the header.
    pub meta: u64,
}

impl FrameNode {
    /// Whether it is a constructor's: the word before its header is the instance.
    pub fn is_init(&self) -> bool {
        (self.meta >> 8) as u8 == crate::interp::cont::Cont::Init as u8
    }
}

/// Where the interpreter goes on at an exit.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Default)]
pub struct State {
    /// Running frame.
    pub node: u32,
    /// Index of its next instruction.
    pub pc: u32,
    /// Fuel that was charged since the trace (or its loop) began and is not taken yet.
    pub fuel: u32,
    /// Of a snapshot: [`Builder::epoch_known`] there.
    pub epoch_known: bool,
}

/// Live registers of a function by instruction: `words` words of bits for each.
#[derive(Debug, Default)]
pub struct Liveness {
    /// Address of the `Code`.
    pub code: usize,
    /// Registers below have names.
    pub locals: u32,
    /// Words for an instruction; 0: everything is live.
    pub words: usize,
    /// The bits.
    pub bits: Vec<u64>,
    /// Registers that hold a constant, each with the instruction that loads it.
    pub konsts: Vec<(u16, u32)>,
}

impl Liveness {
    /// Whether register `r` is live before instruction `pc`.
    #[inline]
    pub fn get(&self, pc: u32, r: u32) -> bool {
        if self.words == 0 {
            return true;
        }
        self.bits.get(pc as usize * self.words + r as usize / 64).is_none_or(|w| w >> (r % 64) & 1 != 0)
    }
}

const NO_INS: u32 = u32::MAX;

/// Appends with a fallible growth.
pub(crate) fn push<T>(v: &mut Vec<T>, x: T) -> Build<()> {
    if v.len() == v.capacity() {
        v.try_reserve(v.len().max(16)).map_err(|_| Fail::NoMemory)?;
    }
    v.push_within(x);
    Ok(())
}

impl Builder {
    /// Empties it, keeping its buffers.
    pub fn reset(&mut self) -> Build<()> {
        (self.guards, self.epoch_known) = (0, false);
        let t = &mut self.t;
        t.ins.clear();
        t.konsts.clear();
        t.snaps.clear();
        t.slots.clear();
        t.inherited.clear();
        t.passed.clear();
        self.mem.clear();
        for v in [&mut self.prev, &mut self.chain] {
            v.clear();
        }
        self.tys.clear();
        self.konst_ty.clear();
        self.forget_same();
        self.slots.clear();
        self.dirty.clear();
        self.slot_tys.clear();
        self.nodes.clear();
        self.states.clear();
        self.now = State::default();
        self.cached = None;
        self.chain.try_reserve(Uop::COUNT).map_err(|_| Fail::NoMemory)?;
        self.chain.fill_within(core::iter::repeat_n(NO_INS, Uop::COUNT));
        Ok(())
    }

    /// A constant word that is a guest's value.
    pub fn value(&mut self, v: Value) -> Build<Ref> {
        self.word(v.bits(), Ty::of(v))
    }
    /// A constant word.
    pub fn word(&mut self, bits: u64, ty: Ty) -> Build<Ref> {
        let r = self.t.konst(Class::G, bits).ok_or(Fail::NoMemory)?;
        if self.konst_ty.len() < self.t.konsts.len() {
            push(&mut self.konst_ty, ty)?;
        }
        Ok(r)
    }
    /// A constant int.
    pub fn int(&mut self, n: i64) -> Build<Ref> {
        self.value(Value::from_int_word(n << 3))
    }
    /// A constant double.
    pub fn float(&mut self, x: f64) -> Build<Ref> {
        let r = self.t.konst(Class::F, x.to_bits()).ok_or(Fail::NoMemory)?;
        if self.konst_ty.len() < self.t.konsts.len() {
            push(&mut self.konst_ty, Ty::Float)?;
        }
        Ok(r)
    }

    /// Class of a value.
    pub fn class(&self, r: Ref) -> Class {
        self.t.class(r).unwrap_or(Class::G)
    }
    /// What is known of a value.
    pub fn ty(&self, r: Ref) -> Ty {
        match (r.as_ins(), r.as_konst()) {
            (Some(i), _) => self.tys.get(i).copied().unwrap_or_default(),
            (_, Some(i)) => self.konst_ty.get(i).copied().unwrap_or_default(),
            _ => Ty::Any,
        }
    }
    /// Notes what is known of a value from here on.
    pub fn know(&mut self, r: Ref, ty: Ty) {
        if let Some(t) = r.as_ins().and_then(|i| self.tys.get_mut(i)) {
            *t = ty;
        } else if let Some(t) = r.as_konst().and_then(|i| self.konst_ty.get_mut(i)) {
            *t = ty;
        }
    }
    /// The constants that are pointers of the guest's.
    pub fn konst_values(&self) -> impl Iterator<Item = Value> + '_ {
        let known = self.t.konsts.iter().zip(&self.konst_ty);
        known
            .filter(|(k, ty)| k.class == Class::G && **ty != Ty::Raw)
            .map(|(k, _)| Value::from_bits(k.bits))
            .filter(|v| v.is_ptr())
    }
    /// The bits of a constant word.
    pub fn konst_word(&self, r: Ref) -> Option<u64> {
        let k = self.t.konsts.get(r.as_konst()?)?;
        (k.class == Class::G).then_some(k.bits)
    }
    /// The value of a constant double.
    pub fn konst_float(&self, r: Ref) -> Option<f64> {
        let k = self.t.konsts.get(r.as_konst()?)?;
        (k.class == Class::F).then_some(f64::from_bits(k.bits))
    }
    /// The uop that defines a value.
    pub fn def(&self, r: Ref) -> Option<&Ins> {
        self.t.ins.get(r.as_ins()?)
    }

    /// What stands for `r` from here on: a constant it was proven equal to, or itself.
    pub fn resolve(&self, r: Ref) -> Ref {
        if r.as_ins().is_none_or(|i| self.in_same[i / 64 % 8] & 1 << (i % 64) == 0) {
            return r;
        }
        match self.same.iter().enumerate().rev().find(|(_, (a, _))| *a == r) {
            Some((at, &(_, b))) => {
                if at < self.leans.same {
                    self.lean(r, lean::CONSTANT);
                }
                b
            }
            None => r,
        }
    }

    /// Notes that a guard proved `value` equal to the constant `konst`.
    fn know_same(&mut self, value: Ref, konst: Ref) -> Build<()> {
        let Some(i) = value.as_ins() else { return Ok(()) };
        self.in_same[i / 64 % 8] |= 1 << (i % 64);
        push(&mut self.same, (value, konst))
    }
    fn forget_same(&mut self) {
        self.same.clear();
        self.in_same = [0; 8];
    }

    /// Emits a uop: folds it, finds an equal one, or adds it. The result is [`Ref::NONE`] for uops without one.
    pub fn emit(&mut self, mut ins: Ins) -> Build<Ref> {
        self.guards += u64::from(ins.op.effect() == Effect::Guard);
        let n = ins.op.ins().len();
        for i in 0..n {
            let r = self.resolve(ins.args[i]);
            self.lean_on_operand(r);
            ins.args[i] = self.as_class(r, ins.op.ins()[i])?;
        }
        match fold::fold(self, &mut ins)? {
            fold::Fold::Value(r) => return Ok(r),
            fold::Fold::Done => return Ok(Ref::NONE),
            fold::Fold::Emit => {}
        }
        if let Some(r) = self.find(&ins)? {
            return Ok(r);
        }
        self.add(ins)
    }
    /// `emit` of a uop with operands only.
    pub fn op(&mut self, op: Uop, args: &[Ref]) -> Build<Ref> {
        self.emit(Ins::new(op, args))
    }
    /// `emit` of a uop with a displacement.
    pub fn op_d(&mut self, op: Uop, args: &[Ref], d: i32) -> Build<Ref> {
        let mut i = Ins::new(op, args);
        i.d = d;
        self.emit(i)
    }
    /// `emit` of a uop with both immediates.
    pub fn op_dk(&mut self, op: Uop, args: &[Ref], d: i32, k: u64) -> Build<Ref> {
        let mut i = Ins::new(op, args);
        i.d = d;
        i.k = k;
        self.emit(i)
    }

    /// A value in the class that an operand wants: floats are boxed or unboxed.
    fn as_class(&mut self, r: Ref, class: Class) -> Build<Ref> {
        match (self.class(r), class) {
            (Class::F, Class::G) => self.op(Uop::BoxFloat, &[r]),
            (Class::G, Class::F) => self.op(Uop::UnboxFloat, &[r]),
            _ => Ok(r),
        }
    }

    /// A value as a tagged word.
    pub fn boxed(&mut self, r: Ref) -> Build<Ref> {
        self.as_class(r, Class::G)
    }

    /// Whether the word at `object + d` is known to be `value`.
    pub fn holds(&self, object: Ref, d: i32, value: Ref) -> bool {
        let mut ins = Ins::new(Uop::Load, &[self.resolve(object)]);
        ins.d = d;
        self.find_load(&ins).is_some_and(|(x, _)| self.resolve(x) == self.resolve(value))
    }

    /// An equal uop that stands for this one.
    fn find(&mut self, ins: &Ins) -> Build<Option<Ref>> {
        Ok(match ins.op.effect() {
            Effect::Load if matches!(ins.op, Uop::CtxLoad | Uop::CtxLoadF | Uop::CtxLoad32) => None,
            // A word of the frame that a helper has just written: no effect tells when it is written again.
            Effect::Load if self.def(ins.args[0]).is_some_and(|d| d.op == Uop::FrameAddr) => None,
            Effect::Load => {
                let found = self.find_load(ins);
                if let Some((value, at)) = found {
                    self.lean_on_memory(ins, at, value)?;
                }
                found.map(|(value, _)| value)
            }
            Effect::Pure | Effect::CallPure | Effect::Checked => self.find_equal(ins),
            Effect::Guard if !matches!(ins.op, Uop::FuelCheck | Uop::Poll | Uop::GuardFlag) => {
                match ins.op {
                    Uop::GuardField32 => self.find_guard_field(ins),
                    // A trace relies on one epoch only.
                    Uop::GuardEpoch => self.epoch_known.then_some(Ref::NONE),
                    _ => self.find_equal(ins),
                }
            }
            _ => None,
        })
    }

    pub(super) fn find_equal(&self, ins: &Ins) -> Option<Ref> {
        let mut at = *self.chain.get(ins.op as usize)?;
        while let Some(x) = self.t.ins.get(at as usize) {
            if x.args == ins.args && x.d == ins.d && x.k == ins.k {
                let found = Ref::ins(at as usize);
                self.lean(found, if ins.op.effect() == Effect::Guard { lean::GUARD } else { lean::DEFINED });
                return Some(found);
            }
            at = *self.prev.get(at as usize)?;
        }
        None
    }

    /// Adds a uop as it is.
    pub fn add(&mut self, mut ins: Ins) -> Build<Ref> {
        if self.t.ins.len() >= MAX_INS {
            return Err(Fail::TooLong);
        }
        ins.snap = if ins.op.exits() { self.snapshot()? } else { SnapId::NONE };
        let at = self.t.ins.len();
        let ty = self.made_shape(&ins).map_or(result_type(&ins), Ty::Shape);
        push(&mut self.t.ins, ins)?;
        push(&mut self.tys, ty)?;
        let head = self.chain.get_mut(ins.op as usize).ok_or(Fail::NoMemory)?;
        let before = core::mem::replace(head, at as u32);
        push(&mut self.prev, before)?;
        if let Some(access) = Access::of(&ins, at as u32) {
            push(&mut self.mem, access)?;
        }
        self.after(&ins)?;
        Ok(if ins.op.out().is_some() { Ref::ins(at) } else { Ref::NONE })
    }

    /// Shape of the object that a call makes and hands out, where its flags tell.
    pub(super) fn made_shape(&self, ins: &Ins) -> Option<u32> {
        if ins.op.effect() != Effect::Call {
            return None;
        }
        if ins.k & TUPLE != 0 {
            return Some(kind::Tuple as u32);
        }
        if ins.k & RANGE != 0 {
            return Some(kind::Range as u32);
        }
        if ins.k & BOUND != 0 {
            return Some(kind::BoundMethod as u32);
        }
        if ins.k & FUNCTION != 0 {
            return Some(kind::Function as u32);
        }
        let instance = if ins.k & (INSTANCE | ITERATOR) != 0 { self.konst_word(ins.args[0]) } else { None };
        instance.and_then(|shape| u32::try_from(shape).ok())
    }

    /// What a uop that was added tells about its operands, and what it makes unknown.
    fn after(&mut self, ins: &Ins) -> Build<()> {
        let [a, b, _] = ins.args;
        match ins.op {
            Uop::GuardInt => self.know(a, Ty::Int),
            Uop::GuardFloat => self.know(a, Ty::Float),
            Uop::GuardBool => self.know(a, Ty::Bool),
            Uop::GuardPtr => self.know(a, Ty::Ptr),
            Uop::GuardShape | Uop::GuardShapeP => self.know(a, Ty::Shape(ins.k as u32)),
            Uop::GuardEpoch => self.know_epoch(true),
            Uop::GuardEq if b.as_konst().is_some() => {
                self.know_same(a, b)?;
                // That two words are equal tells as much of them.
                let equal = [(Uop::EqWord, Value::TRUE), (Uop::NeWord, Value::FALSE)];
                let word = self.konst_word(b).map(Value::from_bits);
                let same = |d: &Ins| equal.iter().any(|&(e, v)| e == d.op && word == Some(v));
                if let Some(&Ins { args: [x, y, _], .. }) = self.look(a, same)
                    && y.as_konst().is_some()
                {
                    self.know_same(x, y)?;
                }
            }
            Uop::SetFrame | Uop::AddFrame => {
                // Addresses in the other frame are not this one's.
                if let Some(head) = self.chain.get_mut(Uop::FrameAddr as usize) {
                    *head = NO_INS;
                }
            }
            Uop::Store32K if ins.d == SHAPE_AT => {
                let old = self.ty(a);
                self.forget_shape(old);
                self.know(a, Ty::Shape(ins.k as u32));
            }
            op if op.effect() == Effect::Call && ins.k & clobber::SHAPES != 0 => self.forget_all_shapes(),
            _ => {}
        }
        if ins.op.effect() == Effect::Call && ins.k & clobber::EPOCH != 0 {
            self.know_epoch(false);
        }
        Ok(())
    }

    /// Says whether the epoch is known to be the present one.
    pub(super) fn know_epoch(&mut self, known: bool) {
        if self.epoch_known != known {
            self.epoch_known = known;
            self.cached = None;
        }
    }
    /// Values of this shape may have another one now; built-in types' own shapes never change.
    fn forget_shape(&mut self, ty: Ty) {
        for t in self.tys.iter_mut().chain(&mut self.konst_ty) {
            let other = matches!((*t, ty), (Ty::Shape(x), Ty::Shape(y)) if x != y);
            if matches!(*t, Ty::Shape(x) if x >= crate::heap::Shapes::FIRST) && !other {
                *t = Ty::Ptr;
            }
        }
    }
    fn forget_all_shapes(&mut self) {
        self.forget_shape(Ty::Any);
    }

    // The interpreter's state.

    /// Value of a slot, if known.
    pub fn slot(&self, i: usize) -> Option<Ref> {
        self.slots.get(i).copied().filter(|r| !r.is_none())
    }
    /// Sets a slot; `dirty` if memory holds something else.
    pub fn set_slot(&mut self, i: usize, r: Ref, dirty: bool) -> Build<()> {
        if i >= MAX_SLOTS {
            return Err(Fail::TooLong);
        }
        while self.slots.len() <= i {
            push(&mut self.slots, Ref::NONE)?;
            push(&mut self.dirty, false)?;
        }
        self.slots[i] = r;
        if dirty {
            self.dirty[i] = true;
            self.cached = None;
        }
        Ok(())
    }
    /// Memory has the value of a slot now.
    pub(super) fn clean_slot(&mut self, i: usize) {
        if let Some(dirty) = self.dirty.get_mut(i) {
            *dirty = false;
            self.cached = None;
        }
    }
    /// The frame `words` on is the trace's root.
    pub fn add_frame(&mut self, words: i32) -> Build<()> {
        self.add(Ins { d: words * 8, ..Ins::new(Uop::AddFrame, &[]) })?;
        Ok(())
    }
    /// From here on another frame is the root, all of whose registers are in memory: `code`'s, at instruction `pc`.
    pub fn new_root(&mut self, code: usize, live: u32, pc: u32) -> Build<()> {
        self.new_root_from(usize::MAX, code, live, pc)
    }
    /// From here on the frame whose register 0 is word `base` is the root; what its registers hold stays known.
    pub fn new_root_from(&mut self, base: usize, code: usize, live: u32, pc: u32) -> Build<()> {
        let node = self.nodes.len() as u32;
        push(
            &mut self.nodes,
            FrameNode { parent: node, base: 0, code, live, ret_pc: 0, live_pc: 0, meta: 0 },
        )?;
        let below = base.min(self.slots.len());
        self.slots.drain(..below);
        self.dirty.drain(..below);
        self.now = State { node, pc, ..self.now };
        self.state_changed();
        Ok(())
    }
    /// A return label: what was computed before it is lost, constants excepted.
    pub fn return_label(&mut self, label: i32) -> Build<()> {
        let mut ins = Ins::new(Uop::RetLabel, &[]);
        ins.d = label;
        self.add(ins)?;
        self.chain.fill(NO_INS);
        self.mem.clear();
        self.forget_same();
        self.know_epoch(false);
        self.drop_slots(0);
        Ok(())
    }
    /// A load of a slot that memory alone knows: a helper has written it.
    pub fn add_slot_load(&mut self, i: usize) -> Build<Ref> {
        // Not a `SlotLoad`: those are what a loop's next iteration replaces by its registers.
        let frame = self.op_d(Uop::FrameAddr, &[], 0)?;
        let mut ins = Ins::new(Uop::Load, &[frame]);
        ins.d = i as i32 * 8;
        self.add(ins)
    }
    /// Forgets slots `words`: what was there is dead.
    pub fn drop_between(&mut self, words: core::ops::Range<usize>) {
        for (slot, dirty) in self.slots.iter_mut().zip(&mut self.dirty).take(words.end).skip(words.start) {
            (*slot, *dirty) = (Ref::NONE, false);
        }
        self.cached = None;
    }
    /// Forgets slots from `first` on: what was there is dead.
    pub fn drop_slots(&mut self, first: usize) {
        self.slots.truncate(first);
        self.dirty.truncate(first);
        self.cached = None;
    }
    /// The state changed in another way (pc, frames, fuel).
    pub fn state_changed(&mut self) {
        self.cached = None;
    }
    /// The snapshot of the present state.
    pub fn snapshot(&mut self) -> Build<SnapId> {
        if let Some(s) = self.cached {
            return Ok(s);
        }
        let first = self.t.slots.len() as u32;
        let (slots, dirty) = (core::mem::take(&mut self.slots), core::mem::take(&mut self.dirty));
        let listed = self.list_dirty(&slots, &dirty);
        (self.slots, self.dirty) = (slots, dirty);
        listed?;
        let state = State { epoch_known: self.epoch_known, ..self.now };
        self.finish_snapshot(first, state)
    }
    /// Adds the slots to the snapshot being made that memory does not have and that matter.
    fn list_dirty(&mut self, slots: &[Ref], dirty: &[bool]) -> Build<()> {
        let (mut frame, mut until) = (None, 0);
        for (i, (&r, dirty)) in slots.iter().zip(dirty).enumerate() {
            if !dirty || r.is_none() {
                continue;
            }
            if i >= until {
                (frame, until) = self.frame_of(self.now, i);
            }
            if frame.is_some_and(|(live, base, pc)| self.is_dead(live, pc, i as u32 - base)) {
                continue;
            }
            let r = self.resolve(r);
            self.add_snap_slot(i, r)?;
        }
        Ok(())
    }
    /// Whether word `i` of the frames matters in `state`.
    pub fn is_live(&self, state: State, i: usize) -> bool {
        let (frame, _) = self.frame_of(state, i);
        !frame.is_some_and(|(live, base, pc)| self.is_dead(live, pc, i as u32 - base))
    }
    /// The frame that word `i` is a register of: the number of its liveness, its first word, and where it is in its code;
    /// `None` if the word is part of a frame's header. And up to which word that holds.
    fn frame_of(&self, state: State, i: usize) -> (Option<(u32, u32, u32)>, usize) {
        let (mut node, mut pc, mut until) = (state.node, state.pc, usize::MAX);
        while let Some(n) = self.nodes.get(node as usize) {
            if i as u32 >= n.base {
                return (Some((n.live, n.base, pc)), until);
            }
            if node == n.parent || i as u32 + FRAME_WORDS >= n.base {
                return (None, n.base as usize);
            }
            until = (n.base - FRAME_WORDS) as usize;
            pc = n.live_pc;
            node = n.parent;
        }
        (None, until)
    }
    fn is_dead(&self, live: u32, pc: u32, register: u32) -> bool {
        self.live.get(live as usize).is_some_and(|l| !l.get(pc, register))
    }
    /// Adds one value to the snapshot that is being made.
    pub fn add_snap_slot(&mut self, slot: usize, value: Ref) -> Build<()> {
        let ty = self.ty(value);
        push(&mut self.slot_tys, ty)?;
        push(&mut self.t.slots, SnapSlot { slot: slot as i16, value, part: Part::Register })
    }
    /// Ends the snapshot that began at slot `first`.
    pub fn finish_snapshot(&mut self, first: u32, state: State) -> Build<SnapId> {
        let number = self.states.len() as u32;
        push(&mut self.states, state)?;
        let count = self.t.slots.len() - first as usize;
        let id = self.t.snaps.len();
        if id >= u16::MAX as usize - 1 || count > u16::MAX as usize {
            return Err(Fail::TooLong);
        }
        push(&mut self.t.snaps, Snapshot { first, count: count as u16, state: number })?;
        let s = SnapId(id as u16);
        self.cached = Some(s);
        Ok(s)
    }
}

/// Words before register 0 that belong to a frame: the header, and a constructor's instance.
pub const FRAME_WORDS: u32 = 7;

/// Displacement of a cell's shape from its tagged pointer.
pub const SHAPE_AT: i32 = -1;

/// What a uop's result is by its definition alone.
pub(super) fn result_type(ins: &Ins) -> Ty {
    use Uop::*;
    match ins.op {
        AddInt | SubInt | MulInt | AddIntN | SubIntN | MulIntN | ShlIntN | ShrIntN | ByteLoad
        | FloorDivInt | ModInt | AndInt | OrInt | XorInt | ShlInt | ShrInt | NegInt | InvertInt
        | BoolToInt | FloatToInt | LoadLen | LoadLen32 | NextSlot | NextEntry => Ty::Int,
        LtInt | LeInt | EqWord | NeWord | LtFloat | LeFloat | EqFloat | NeFloat | NotBool => Ty::Bool,
        BoxFloat => Ty::Float,
        op if op.out() == Some(Class::F) => Ty::Float,
        Load32 | Load8 | FloatBits | LabelAddr | MulHi => Ty::Raw,
        _ => Ty::Any,
    }
}
