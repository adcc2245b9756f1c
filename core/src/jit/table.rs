//! The traces of a VM and their exits, by number.
//!
//! Both numbers are in machine code and in anchors, so they stay what they are while a trace is there, and are given again
//! once it is gone (`sweep.rs`).
//!
//! Invariants: the exits of a trace have numbers in a row; a number names a trace or exit that is there, or none.

use super::{ExitRec, TraceRec};
use crate::emit::ranges::Ranges;
use crate::opt::builder::{Build, Fail};
use crate::room::{WithinRoom as _, probe};
use alloc::boxed::Box;
use alloc::vec::Vec;

/// See the module.
#[derive(Default)]
pub(super) struct Table {
    traces: Vec<Option<Box<TraceRec>>>,
    exits: Vec<ExitRec>,
    /// Numbers of exits that no trace has. `None` before the first trace.
    free: Option<Ranges>,
    /// How many traces there are.
    count: usize,
}

/// Numbers for a trace that is being made, and its exits. No trace has them yet.
#[derive(Clone, Copy)]
pub(super) struct Numbers {
    pub trace: u16,
    pub first_exit: u32,
    exits: u32,
}

impl Table {
    /// How many traces there are.
    pub fn count(&self) -> usize {
        self.count
    }
    /// How many numbers of traces were given so far.
    pub fn numbers(&self) -> usize {
        self.traces.len()
    }
    pub fn get(&self, trace: u16) -> Option<&TraceRec> {
        self.traces.get(trace as usize)?.as_deref()
    }
    pub fn get_mut(&mut self, trace: u16) -> Option<&mut TraceRec> {
        self.traces.get_mut(trace as usize)?.as_deref_mut()
    }
    /// All traces, with their numbers.
    pub fn iter(&self) -> impl Iterator<Item = (u16, &TraceRec)> {
        self.traces.iter().enumerate().filter_map(|(n, t)| Some((n as u16, t.as_deref()?)))
    }
    pub fn iter_mut(&mut self) -> impl Iterator<Item = (u16, &mut TraceRec)> {
        self.traces.iter_mut().enumerate().filter_map(|(n, t)| Some((n as u16, t.as_deref_mut()?)))
    }
    /// The trace that is entered at an instruction.
    pub fn at(&self, code: usize, pc: u32) -> Option<u16> {
        let here = |t: &TraceRec| t.original.is_some() && !t.retired && t.code == code && t.pc == pc;
        self.iter().find(|(_, t)| here(t)).map(|(n, _)| n)
    }
    /// The number that the next trace has.
    pub fn next(&self) -> usize {
        self.traces.iter().position(Option::is_none).unwrap_or(self.traces.len())
    }
    pub fn exit(&self, exit: u32) -> Option<&ExitRec> {
        self.exits.get(exit as usize)
    }
    pub fn exit_mut(&mut self, exit: u32) -> Option<&mut ExitRec> {
        self.exits.get_mut(exit as usize)
    }
    /// The trace that an exit is one of, and the exit's number in it.
    pub fn owner(&self, exit: u32) -> Option<(&TraceRec, u16)> {
        let t = self.get(self.exit(exit)?.trace)?;
        Some((t, exit.wrapping_sub(t.first_exit) as u16))
    }
    /// The exits of all traces, with their numbers.
    pub fn all_exits(&self) -> impl Iterator<Item = (u32, &ExitRec)> {
        let of = |t: &TraceRec| t.first_exit..t.first_exit + t.exits as u32;
        self.iter().flat_map(move |(_, t)| of(t)).filter_map(|n| Some((n, self.exit(n)?)))
    }

    /// Numbers for a trace of so many exits, which [`Table::insert`] puts in, or [`Table::refuse`] gives back.
    pub fn numbers_for(&mut self, exits: usize) -> Build<Numbers> {
        let no_memory = |_| Fail::NoMemory;
        let trace = self.next();
        if trace == self.traces.len() {
            self.traces.try_reserve(1).map_err(|_| Fail::NoMemory)?;
        }
        probe(core::mem::size_of::<TraceRec>()).map_err(|_| Fail::NoMemory)?;
        let free = match &mut self.free {
            Some(free) => free,
            None => self.free.insert(Ranges::new(0, u32::MAX).map_err(no_memory)?),
        };
        free.prepare(1).map_err(no_memory)?;
        let count = u32::try_from(exits).map_err(|_| Fail::TooLong)?;
        let first_exit = free.take_low(count, 1).ok_or(Fail::TooLong)?;
        let numbers = Numbers { trace: trace as u16, first_exit, exits: count };
        let missing = (first_exit as usize + exits).saturating_sub(self.exits.len());
        // There are thousands: room is made for an eighth more, not for as many again.
        let short = self.exits.len() + missing > self.exits.capacity();
        if short && self.exits.try_reserve_exact(missing.max(self.exits.len() / 8)).is_err() {
            self.refuse(numbers);
            return Err(Fail::NoMemory);
        }
        self.exits.fill_within(core::iter::repeat_n(ExitRec::NONE, missing));
        Ok(numbers)
    }

    /// Gives numbers back that no trace was put in for.
    pub fn refuse(&mut self, numbers: Numbers) {
        if let Some(free) = &mut self.free {
            free.give(numbers.first_exit, numbers.exits);
        }
    }

    /// Puts a trace in, for which there is room since it got its numbers.
    #[expect(clippy::disallowed_methods, reason = "the size was probed when the numbers were given")]
    pub fn insert(&mut self, numbers: Numbers, trace: TraceRec) {
        let trace = Some(Box::new(trace));
        self.count += 1;
        match self.traces.get_mut(numbers.trace as usize) {
            Some(place) => *place = trace,
            None => self.traces.push_within(trace),
        }
    }

    /// Takes a trace out. Its number and those of its exits are free.
    pub fn take(&mut self, trace: u16) -> Option<Box<TraceRec>> {
        let t = self.traces.get_mut(trace as usize)?.take()?;
        self.count -= 1;
        for n in t.first_exit..t.first_exit + t.exits as u32 {
            if let Some(x) = self.exits.get_mut(n as usize) {
                *x = ExitRec::NONE;
            }
        }
        if let Some(free) = &mut self.free {
            free.give(t.first_exit, t.exits as u32);
        }
        Some(t)
    }
}
