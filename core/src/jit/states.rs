//! What a trace's exits write: for each snapshot the registers, what is known of them, and where the interpreter goes on.
//!
//! Snapshots of inlined calls name the registers of all frames, and differ in the last ones. So a snapshot is stored as
//! the first slots of an earlier one, and its own behind them.
//!
//! Invariants: a snapshot's slots are shared from one with a smaller number, that has the last of them itself.

use crate::emit::Allocated;
use crate::emit::homes::Home;
use crate::opt::builder::{Build, Builder, Fail, FrameNode, State, Ty, push};
use crate::opt::sink::MOST_IN_SNAPSHOT;
use crate::room::{WithinRoom as _, exact};
use crate::trace::ir::{Part, SnapId};
use crate::uop::Class;
use alloc::vec::Vec;

/// The states of a trace's exits. Exits name them by number, as traces do their snapshots.
#[derive(Debug, Default)]
pub(crate) struct States {
    snaps: Vec<SnapState>,
    slots: Vec<SlotState>,
    shapes: Vec<u32>,
}

/// One state. Of its slots the first `shared` are those of state `of`, the others `slots[first..]`. There are thousands.
#[derive(Clone, Copy, Debug)]
struct SnapState {
    first: u32,
    /// Where the interpreter goes on: see [`State`].
    pc: u32,
    fuel: u32,
    /// The frame's number, shifted, and in bit 0 whether the epoch is known.
    node: u16,
    /// All slots.
    count: u16,
    shared: u16,
    of: u16,
}

impl SnapState {
    fn state(&self) -> State {
        let (node, epoch_known) = (self.node as u32 >> 1, self.node & 1 != 0);
        State { node, pc: self.pc, fuel: self.fuel, epoch_known }
    }
}

/// A [`FrameNode`] as traces keep it.
#[derive(Clone, Copy, Debug)]
pub(super) struct Node {
    code: usize,
    meta: u32,
    ret_pc: u32,
    live_pc: u32,
    parent: u16,
    base: u16,
}

impl Node {
    /// Without the number of its liveness.
    pub fn new(n: &FrameNode) -> Build<Node> {
        let short = |n: u32| u16::try_from(n).map_err(|_| Fail::TooLong);
        let meta = u32::try_from(n.meta).map_err(|_| Fail::TooLong)?;
        let (parent, base) = (short(n.parent)?, short(n.base)?);
        Ok(Node { code: n.code, meta, ret_pc: n.ret_pc, live_pc: n.live_pc, parent, base })
    }
    pub fn node(&self) -> FrameNode {
        let Node { code, ret_pc, live_pc, .. } = *self;
        let (parent, base, meta) = (self.parent as u32, self.base as u32, self.meta as u64);
        FrameNode { parent, base, code, live: u32::MAX, ret_pc, live_pc, meta }
    }
}

const _: () = assert!(size_of::<SnapState>() == 20 && size_of::<Node>() == 16 + size_of::<usize>());

/// A register that an exit writes: its home, whether its value is a double, and what is known of it. There are many.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(crate) struct SlotState {
    /// Word of the frame, or displacement in an object.
    pub slot: i16,
    /// Bit 0: a double; bits 1 to 3: the kind of part; above: number of the object.
    flags: u8,
    /// Number of the [`Ty`]; that of shapes is behind the others.
    ty: u8,
    /// Number of the shape in [`States::shapes`].
    shape: u16,
    /// Where the value is.
    pub home: Home,
}

impl SlotState {
    /// `shape` numbers that of `ty`, if that is one.
    fn new(slot: i16, part: Part, float: bool, ty: Ty, shape: u16, home: Home) -> SlotState {
        let ty = match ty {
            Ty::Shape(_) => SlotState::TYPES.len() as u8,
            other => SlotState::TYPES.iter().position(|t| *t == other).unwrap_or(0) as u8,
        };
        let kind = match part {
            Part::Register => 0,
            Part::Head(_) => 1,
            Part::Field(_) => 2,
            Part::Object(_) => 3,
            Part::Nested(_) => 4,
        };
        const { assert!(MOST_IN_SNAPSHOT < 16) };
        SlotState { slot, flags: float as u8 | kind << 1 | part.number() << 4, ty, shape, home }
    }
    /// Whether its value is a double.
    pub fn float(self) -> bool {
        self.flags & 1 != 0
    }
    /// What it is for.
    pub fn part(self) -> Part {
        let n = self.flags >> 4;
        match self.flags >> 1 & 7 {
            0 => Part::Register,
            1 => Part::Head(n),
            2 => Part::Field(n),
            3 => Part::Object(n),
            _ => Part::Nested(n),
        }
    }
    const TYPES: [Ty; 6] = [Ty::Any, Ty::Int, Ty::Bool, Ty::Float, Ty::Ptr, Ty::Raw];
}

const _: () = assert!(core::mem::size_of::<SlotState>() == 8);

impl States {
    /// Where the interpreter goes on.
    pub fn state(&self, snap: SnapId) -> Option<State> {
        Some(self.snaps.get(snap.0 as usize)?.state())
    }

    /// The slots of a state, in pieces: the last ones first.
    pub fn pieces(&self, snap: SnapId) -> impl Iterator<Item = &[SlotState]> + Clone {
        let at = self.snaps.get(snap.0 as usize).copied();
        let next = at.map(|s| (s, s.count));
        core::iter::successors(next, |&(s, _)| {
            let of = if s.shared > 0 { self.snaps.get(s.of as usize).copied() } else { None };
            of.map(|of| (of, s.shared))
        })
        .map(|(s, end)| {
            let first = s.first as usize;
            self.slots.get(first..first + end.saturating_sub(s.shared) as usize).unwrap_or(&[])
        })
    }

    /// The slots of a state, in order.
    pub fn list(&self, snap: SnapId) -> Build<Vec<SlotState>> {
        let mut list = Vec::new();
        let count = self.snaps.get(snap.0 as usize).map_or(0, |s| s.count as usize);
        list.try_reserve_exact(count).map_err(|_| Fail::NoMemory)?;
        for piece in self.pieces(snap) {
            for slot in piece.iter().rev() {
                list.push_within(*slot);
            }
        }
        list.reverse();
        Ok(list)
    }

    /// Numbers of all states.
    pub fn all(&self) -> impl Iterator<Item = SnapId> + use<> {
        (0..self.snaps.len() as u16).map(SnapId)
    }

    /// Whether exits make objects.
    pub fn make_objects(&self) -> bool {
        self.slots.iter().any(|s| matches!(s.part(), Part::Head(_)))
    }

    /// The shape of a value, or of an object that the exit makes.
    pub fn shape(&self, s: SlotState) -> u32 {
        self.shapes.get(s.shape as usize).copied().unwrap_or(0)
    }
    /// What is known of a value.
    pub fn ty(&self, s: SlotState) -> Ty {
        SlotState::TYPES.get(s.ty as usize).copied().unwrap_or(Ty::Shape(self.shape(s)))
    }

    /// Bytes it takes.
    pub fn bytes(&self) -> usize {
        self.snaps.capacity() * size_of::<SnapState>()
            + self.slots.capacity() * size_of::<SlotState>()
            + self.shapes.capacity() * size_of::<u32>()
    }
}

/// Makes [`States`]; scratch memory.
#[derive(Debug, Default)]
pub(crate) struct Collector {
    states: States,
    /// All slots of the state before, and of that in hand.
    before: Vec<SlotState>,
    slots: Vec<SlotState>,
}

impl Collector {
    /// What the exits of a trace need of its snapshots, and for each exit the number of its state: snapshots that no exit
    /// is left for are gone.
    pub fn collect(&mut self, b: &Builder, allocated: &Allocated) -> Build<(States, Vec<SnapId>)> {
        let s = &mut self.states;
        s.snaps.clear();
        s.slots.clear();
        s.shapes.clear();
        self.before.clear();
        let mut exits = Vec::new();
        exits.try_reserve_exact(allocated.exits.len()).map_err(|_| Fail::NoMemory)?;
        let mut last = None;
        for &snap in &allocated.exits {
            if last != Some(snap) {
                self.add(b, snap, allocated)?;
            }
            last = Some(snap);
            let number = u16::try_from(self.states.snaps.len() - 1).map_err(|_| Fail::TooLong)?;
            exits.push_within(SnapId(number));
        }
        Ok((self.states.copy().ok_or(Fail::NoMemory)?, exits))
    }

    fn add(&mut self, b: &Builder, snap: SnapId, allocated: &Allocated) -> Build<()> {
        let Some(old) = b.t.snaps.get(snap.0 as usize) else { return Err(Fail::Contradiction) };
        let range = old.first as usize..old.first as usize + old.count as usize;
        self.slots.clear();
        self.slots.try_reserve(range.len()).map_err(|_| Fail::NoMemory)?;
        let (slots, tys) = (b.t.slots.get(range.clone()), b.slot_tys.get(range));
        for (slot, ty) in slots.unwrap_or(&[]).iter().zip(tys.unwrap_or(&[])) {
            let float = b.t.class(slot.value) == Some(Class::F);
            let home = allocated.home(slot.value).ok_or(Fail::TooLong)?;
            let shape = if let Ty::Shape(shape) = *ty { self.states.number(shape)? } else { 0 };
            self.slots.push_within(SlotState::new(slot.slot, slot.part, float, *ty, shape, home));
        }
        let same = self.slots.iter().zip(&self.before).take_while(|(x, y)| x == y).count() as u16;
        let s = &mut self.states;
        let mut of = s.snaps.len().wrapping_sub(1) as u16;
        // That which has the last of the shared slots itself.
        while let Some(x) = s.snaps.get(of as usize)
            && same > 0
            && x.shared >= same
        {
            of = x.of;
        }
        let state = b.states.get(old.state as usize).copied().unwrap_or_default();
        let (first, count) = (s.slots.len() as u32, self.slots.len() as u16);
        let node = u16::try_from(state.node << 1 | state.epoch_known as u32).map_err(|_| Fail::TooLong)?;
        let State { pc, fuel, .. } = state;
        push(&mut s.snaps, SnapState { first, pc, fuel, node, count, shared: same, of })?;
        let own = self.slots.get(same as usize..).unwrap_or(&[]);
        s.slots.try_reserve(own.len()).map_err(|_| Fail::NoMemory)?;
        s.slots.extend_within(own);
        core::mem::swap(&mut self.before, &mut self.slots);
        Ok(())
    }
}

impl States {
    /// A copy without room to spare.
    fn copy(&self) -> Option<States> {
        Some(States { snaps: exact(&self.snaps)?, slots: exact(&self.slots)?, shapes: exact(&self.shapes)? })
    }
    /// The number of a shape among those of the trace.
    fn number(&mut self, shape: u32) -> Build<u16> {
        let known = self.shapes.iter().position(|s| *s == shape);
        if known.is_none() {
            push(&mut self.shapes, shape)?;
        }
        u16::try_from(known.unwrap_or(self.shapes.len() - 1)).map_err(|_| Fail::TooLong)
    }
}
