//! The trace: a linear list of uops in SSA form, with a snapshot for every exit.
//!
//! A value is a [`Ref`]: the index of the uop that defines it, or of a constant. A snapshot says what the
//! interpreter's registers hold at an exit; it names values, and register allocation later says where they are.
//!
//! Shape of a trace: inherited values (side traces) or nothing, a straight part, and an end: `LoopEnd` (back to
//! `LoopStart`), `Exit` or `JumpReg`. After an `Exit` or `JumpReg` that is not last, a `RetLabel` follows.
//!
//! Invariants (checked by `check.rs`): operands are defined before their use and have the class the uop wants (a phi's
//! second operand is defined later, in the loop); a uop that exits has a snapshot, each of whose objects has one head; values defined before a `RetLabel`
//! are not used after it, constants excepted; only a last `Exit` passes values on, one for each place.

use crate::room::WithinRoom as _;
use crate::uop::{Class, Uop};
use alloc::vec::Vec;

/// A value of a trace: a uop's result, or a constant.
#[derive(Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct Ref(u32);

impl Ref {
    const CONST: u32 = 1 << 31;
    /// No operand.
    pub const NONE: Ref = Ref(u32::MAX);

    /// The result of uop `i`.
    #[inline]
    pub const fn ins(i: usize) -> Ref {
        Ref(i as u32)
    }
    /// Constant `i`.
    #[inline]
    pub const fn konst(i: usize) -> Ref {
        Ref(i as u32 | Ref::CONST)
    }
    /// Index of the defining uop, if it is not a constant.
    #[inline]
    pub const fn as_ins(self) -> Option<usize> {
        if self.0 & Ref::CONST == 0 { Some(self.0 as usize) } else { None }
    }
    /// Index of the constant, if it is one.
    #[inline]
    pub const fn as_konst(self) -> Option<usize> {
        if self.0 & Ref::CONST != 0 && self.0 != u32::MAX {
            Some((self.0 & !Ref::CONST) as usize)
        } else {
            None
        }
    }
    /// Whether there is no operand.
    #[inline]
    pub const fn is_none(self) -> bool {
        self.0 == u32::MAX
    }
}

impl core::fmt::Debug for Ref {
    fn fmt(&self, f: &mut core::fmt::Formatter<'_>) -> core::fmt::Result {
        match (self.as_ins(), self.as_konst()) {
            (Some(i), _) => write!(f, "v{i}"),
            (_, Some(i)) => write!(f, "k{i}"),
            _ => f.write_str("-"),
        }
    }
}

/// Number of a snapshot in its trace.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Hash)]
pub struct SnapId(pub u16);
impl SnapId {
    /// For uops that do not exit.
    pub const NONE: SnapId = SnapId(u16::MAX);
}

/// One uop of a trace.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct Ins {
    /// What it does.
    pub op: Uop,
    /// Operands, [`Ref::NONE`] beyond those the uop has.
    pub args: [Ref; 3],
    /// Displacement.
    pub d: i32,
    /// Immediate.
    pub k: u64,
    /// State at its exit.
    pub snap: SnapId,
}

impl Ins {
    /// A uop without immediates or exit.
    pub fn new(op: Uop, args: &[Ref]) -> Ins {
        let mut a = [Ref::NONE; 3];
        for (to, from) in a.iter_mut().zip(args) {
            *to = *from;
        }
        Ins { op, args: a, d: 0, k: 0, snap: SnapId::NONE }
    }
    /// The operands it has.
    #[inline(always)]
    pub fn operands(&self) -> &[Ref] {
        self.args.get(..self.op.ins().len()).unwrap_or(&[])
    }
}

/// A constant.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct Konst {
    /// Register class.
    pub class: Class,
    /// Its bits (of the word, or of the double).
    pub bits: u64,
}

/// What a snapshot's value is for. Objects that exits make are numbered from 1 in each snapshot.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Part {
    /// A word of the frame.
    Register,
    /// An object: its value is its shape, its slot the number of its words.
    Head(u8),
    /// A word of an object, at displacement `slot` from its tagged pointer.
    Field(u8),
    /// A word of the frame that holds the object; the value says nothing.
    Object(u8),
    /// A word of an object, as `Field`, that holds another one of the snapshot: the value is its number, a constant int.
    Nested(u8),
}

impl Part {
    /// Number of the object; 0 for none.
    pub const fn number(self) -> u8 {
        match self {
            Part::Register => 0,
            Part::Head(n) | Part::Field(n) | Part::Object(n) | Part::Nested(n) => n,
        }
    }
}

/// What a snapshot's value is, so that an exit can write it to a frame.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct SnapSlot {
    /// Word of the frame it goes to, from register 0 of the trace's root frame; header words of inlined frames are
    /// written by the exit itself.
    pub slot: i16,
    /// The value: class G is a tagged word, class F is boxed at the exit.
    pub value: Ref,
    /// What it is for.
    pub part: Part,
}

/// The interpreter's state at an exit. Values are `slots[first..first+count]` of the trace.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct Snapshot {
    /// First of its slots in [`Trace::slots`].
    pub first: u32,
    /// Number of slots.
    pub count: u16,
    /// What else the front end keeps for it (frames, pc, fuel), by number.
    pub state: u32,
}

/// A place where a value is while machine code runs.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Loc {
    /// General register by number in the register file.
    G(u8),
    /// Float register.
    F(u8),
    /// Spill slot by number (8 bytes each, either class).
    Spill(u16),
    /// Constant by number.
    Konst(u16),
}

/// A trace before register allocation.
#[derive(Debug, Default)]
pub struct Trace {
    /// Uops in order.
    pub ins: Vec<Ins>,
    /// Constants.
    pub konsts: Vec<Konst>,
    /// Snapshots.
    pub snaps: Vec<Snapshot>,
    /// The snapshots' values.
    pub slots: Vec<SnapSlot>,
    /// Where a side trace's inherited values are on entry, by `InheritG`/`InheritF`'s `d`. Never `Konst`.
    pub inherited: Vec<Loc>,
    /// Values that the last uop, an `Exit`, has in these places: what the code it is linked to expects there. If there are
    /// any, all values of its snapshot are among them.
    pub passed: Vec<(Ref, Loc)>,
}

impl Trace {
    /// The values of a snapshot.
    pub fn snapshot_slots(&self, s: SnapId) -> &[SnapSlot] {
        match self.snaps.get(s.0 as usize) {
            Some(s) => self.slots.get(s.first as usize..s.first as usize + s.count as usize).unwrap_or(&[]),
            None => &[],
        }
    }
    /// Class of a value.
    pub fn class(&self, r: Ref) -> Option<Class> {
        match (r.as_ins(), r.as_konst()) {
            (Some(i), _) => self.ins.get(i)?.op.out(),
            (_, Some(i)) => Some(self.konsts.get(i)?.class),
            _ => None,
        }
    }
    /// A constant that is there already.
    pub fn find_konst(&self, k: Konst) -> Option<Ref> {
        self.konsts.iter().position(|x| *x == k).map(Ref::konst)
    }
    /// A constant, shared; `None` when memory is short.
    pub fn konst(&mut self, class: Class, bits: u64) -> Option<Ref> {
        let k = Konst { class, bits };
        if let Some(i) = self.konsts.iter().position(|x| *x == k) {
            return Some(Ref::konst(i));
        }
        self.konsts.try_reserve(1).ok()?;
        self.konsts.push_within(k);
        Some(Ref::konst(self.konsts.len() - 1))
    }
}
