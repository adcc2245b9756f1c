//! Proves that allocated uops do what the trace says, by other means than the allocator's: it runs them, with names of
//! values in place of values.
//!
//! Each place (register, spill slot) holds a set of names: the values of the trace that its content equals. A
//! move copies the set, a uop makes the set of its result, and each operand and each place of an exit must have the
//! name the trace wants. At the loop's head a place that holds the first value of a phi holds the phi too; after
//! its end, what held the next value holds the phi, and other names of the loop's are forgotten. The loop is run
//! until the sets at its head, which only shrink, do not change: what holds then holds in every round.
//!
//! Invariant: nothing here comes from the allocator but its output.

use super::NONE;
use crate::emit::{AIns, Allocated, MAX_REGS, MAX_SPILLS, NO_EXIT, NO_REG, RegFile};
use crate::room::WithinRoom as _;
use crate::trace::ir::{Ins, Loc, Ref, Trace};
use crate::uop::{Class, Uop};
use alloc::vec::Vec;

/// What is wrong with allocated uops.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct Wrong {
    /// Index in the code; its length if the end is wrong.
    pub at: usize,
    /// What is wrong.
    pub what: &'static str,
}

impl core::fmt::Display for Wrong {
    fn fmt(&self, f: &mut core::fmt::Formatter<'_>) -> core::fmt::Result {
        write!(f, "allocated uop {}: {}", self.at, self.what)
    }
}

/// Checks what an allocator made of `trace`, which is well formed, for the register file `regs`. If memory is short it
/// answers that nothing is wrong.
///
/// # Errors
/// The first thing that is wrong.
pub fn check(trace: &Trace, regs: RegFile, a: &Allocated) -> Result<(), Wrong> {
    let Some(mut run) = Run::new(trace, regs, a) else { return Ok(()) };
    match run.run() {
        Err(Stop::Wrong(wrong)) => Err(wrong),
        Ok(()) | Err(Stop::NoMemory) => Ok(()),
    }
}

enum Stop {
    Wrong(Wrong),
    NoMemory,
}
type Checked<T = ()> = Result<T, Stop>;

/// Names of values: uops by index, constants behind them.
type Names = Vec<u32>;

const FLOATS: usize = MAX_REGS;
const SLOTS: usize = 2 * MAX_REGS;

struct Run<'a> {
    trace: &'a Trace,
    regs: RegFile,
    a: &'a Allocated,
    /// What each place holds: general registers, float registers, slots.
    places: Vec<Names>,
    /// Index in the code.
    at: usize,
    /// The next uop of the trace.
    next: usize,
    /// Exits met.
    exits: usize,
}

/// State at the loop's head.
struct Head {
    at: usize,
    next: usize,
    exits: usize,
    places: Vec<Names>,
}

fn push<T>(v: &mut Vec<T>, x: T) -> Checked {
    v.try_reserve(1).map_err(|_| Stop::NoMemory)?;
    v.push_within(x);
    Ok(())
}

fn copy(names: &[u32]) -> Checked<Names> {
    let mut v = Vec::new();
    v.try_reserve(names.len()).map_err(|_| Stop::NoMemory)?;
    v.extend_within(names);
    Ok(v)
}

fn copy_all(places: &[Names]) -> Checked<Vec<Names>> {
    let mut v = Vec::new();
    for names in places {
        push(&mut v, copy(names)?)?;
    }
    Ok(v)
}

impl<'a> Run<'a> {
    fn new(trace: &'a Trace, regs: RegFile, a: &'a Allocated) -> Option<Self> {
        let mut places = Vec::new();
        let count = SLOTS + MAX_SPILLS;
        places.try_reserve(count).ok()?;
        places.fill_within(core::iter::repeat_with(Vec::new).take(count));
        Some(Run { trace, regs, a, places, at: 0, next: 0, exits: 0 })
    }

    fn want(&self, holds: bool, what: &'static str) -> Checked {
        if holds { Ok(()) } else { Err(Stop::Wrong(Wrong { at: self.at, what })) }
    }

    fn run(&mut self) -> Checked {
        self.inherit()?;
        let mut head: Option<Head> = None;
        while let Some(ins) = self.a.code.get(self.at) {
            self.skip_what_makes_no_code();
            let uop = self.trace.ins.get(self.next);
            let main = uop.filter(|u| u.op == ins.op && self.next == ins.origin as usize);
            let Some(uop) = main else {
                self.inserted(ins)?;
                self.at += 1;
                continue;
            };
            self.uop(uop, ins)?;
            self.at += 1;
            self.next += 1;
            if ins.op == Uop::LoopStart {
                self.enter_loop()?;
                head = Some(Head {
                    at: self.at,
                    next: self.next,
                    exits: self.exits,
                    places: copy_all(&self.places)?,
                });
            }
            if ins.op == Uop::LoopEnd
                && let Some(h) = &mut head
                && self.next_round(h)?
            {
                (self.at, self.next, self.exits) = (h.at, h.next, h.exits);
                self.places = copy_all(&h.places)?;
            }
        }
        self.skip_what_makes_no_code();
        if let Some(head) = &head {
            self.places = copy_all(&head.places)?;
            self.named(&self.a.head, "a value is not where the loop's head is said to have it")?;
        }
        self.want(self.next == self.trace.ins.len(), "uops are missing")?;
        self.want(self.exits == self.a.exits.len(), "exits that nothing takes")
    }

    fn skip_what_makes_no_code(&mut self) {
        let silent =
            |i: &Ins| matches!(i.op, Uop::Nop | Uop::PhiG | Uop::PhiF | Uop::InheritG | Uop::InheritF);
        while self.trace.ins.get(self.next).is_some_and(silent) {
            self.next += 1;
        }
    }

    fn name(&self, r: Ref) -> u32 {
        match (r.as_ins(), r.as_konst()) {
            (Some(i), _) => i as u32,
            (_, Some(k)) => (self.trace.ins.len() + k) as u32,
            _ => NONE,
        }
    }

    // Places.

    fn reg(&self, class: Class, r: u8) -> Checked<usize> {
        let (count, first) = match class {
            Class::G => (self.regs.g, 0),
            Class::F => (self.regs.f, FLOATS),
        };
        self.want(r < count, "no such register")?;
        Ok(first + r as usize)
    }
    fn slot(&self, s: u16) -> Checked<usize> {
        self.want(s < self.a.spills, "a slot beyond those in use")?;
        Ok(SLOTS + s as usize)
    }
    fn holds(&self, place: usize, name: u32) -> bool {
        self.places[place].contains(&name)
    }

    fn inherit(&mut self) -> Checked {
        for (at, ins) in self.trace.ins.iter().enumerate() {
            if !matches!(ins.op, Uop::InheritG | Uop::InheritF) {
                continue;
            }
            let place = match self.trace.inherited.get(ins.d as usize) {
                Some(Loc::G(r)) => self.reg(Class::G, *r)?,
                Some(Loc::F(r)) => self.reg(Class::F, *r)?,
                Some(Loc::Spill(s)) => self.slot(*s)?,
                _ => return self.want(false, "no inherited place"),
            };
            push(&mut self.places[place], at as u32)?;
        }
        Ok(())
    }

    // Uops.

    /// A move, spill, reload or constant that the allocator put in.
    fn inserted(&mut self, ins: &AIns) -> Checked {
        self.want(ins.exit == NO_EXIT, "an inserted uop with exit")?;
        let slot = crate::emit::listing::spill(ins);
        let (to, names) = match (ins.op, slot) {
            (Uop::MovG | Uop::MovF, _) => {
                let class = ins.op.ins()[0];
                (self.reg(class, ins.out)?, copy(&self.places[self.reg(class, ins.args[0])?])?)
            }
            (Uop::LoadK | Uop::LoadKF, _) => {
                let class = if ins.op == Uop::LoadK { Class::G } else { Class::F };
                let mut names = Vec::new();
                for (n, k) in self.trace.konsts.iter().enumerate() {
                    if k.class == class && k.bits == ins.k {
                        push(&mut names, (self.trace.ins.len() + n) as u32)?;
                    }
                }
                (self.reg(class, ins.out)?, names)
            }
            (Uop::CtxLoad, Some(s)) => (self.reg(Class::G, ins.out)?, copy(&self.places[self.slot(s)?])?),
            (Uop::CtxLoadF, Some(s)) => (self.reg(Class::F, ins.out)?, copy(&self.places[self.slot(s)?])?),
            (Uop::CtxStore, Some(s)) => {
                (self.slot(s)?, copy(&self.places[self.reg(Class::G, ins.args[0])?])?)
            }
            (Uop::CtxStoreF, Some(s)) => {
                (self.slot(s)?, copy(&self.places[self.reg(Class::F, ins.args[0])?])?)
            }
            _ => return self.want(false, "a uop that the trace does not have here"),
        };
        self.places[to] = names;
        Ok(())
    }

    fn uop(&mut self, uop: &Ins, ins: &AIns) -> Checked {
        self.want(uop.d == ins.d && uop.k == ins.k, "other immediates")?;
        for (n, class) in uop.op.ins().iter().enumerate() {
            let place = self.reg(*class, ins.args[n])?;
            self.want(self.holds(place, self.name(uop.args[n])), "an operand is not in its register")?;
        }
        if uop.op.exits() {
            self.exit(uop, ins)?;
            if self.next + 1 == self.trace.ins.len() {
                self.named(&self.trace.passed, "a value that is passed on is not in its place")?;
            }
        } else {
            self.want(ins.exit == NO_EXIT, "an exit too many")?;
        }
        if uop.op.calls() {
            for r in 0..MAX_REGS {
                if self.regs.g_kept & 1 << r == 0 {
                    self.places[r].clear();
                }
                if self.regs.f_kept & 1 << r == 0 {
                    self.places[FLOATS + r].clear();
                }
            }
        }
        if uop.op == Uop::RetLabel {
            self.places.iter_mut().for_each(Vec::clear);
        }
        match uop.op.out() {
            Some(class) => {
                let place = self.reg(class, ins.out)?;
                self.places[place].clear();
                push(&mut self.places[place], self.next as u32)
            }
            None => self.want(ins.out == NO_REG, "a result too many"),
        }
    }

    fn exit(&mut self, uop: &Ins, ins: &AIns) -> Checked {
        self.want(ins.exit as usize == self.exits, "exits are not in order")?;
        self.want(self.a.exits.get(self.exits) == Some(&uop.snap), "the exit's snapshot is another")?;
        self.want(!ins.keeps, "a result in a register that the exit needs")?;
        self.exits += 1;
        let slots = self.trace.snapshot_slots(uop.snap);
        let out = match uop.op.out() {
            Some(class) => self.reg(class, ins.out)?,
            None => usize::MAX,
        };
        for slot in slots {
            let loc = self.a.place(slot.value, ins.exit);
            let class = self.trace.class(slot.value);
            let (place, kept) = match loc {
                Some(Loc::Konst(k)) => {
                    self.want(slot.value == Ref::konst(k as usize), "the exit has another constant")?;
                    continue;
                }
                Some(Loc::G(r)) => {
                    self.want(class == Some(Class::G), "the exit has a float in a general register")?;
                    (self.reg(Class::G, r)?, self.regs.g_kept & 1 << r != 0)
                }
                Some(Loc::F(r)) => {
                    self.want(class == Some(Class::F), "the exit has a word in a float register")?;
                    (self.reg(Class::F, r)?, self.regs.f_kept & 1 << r != 0)
                }
                Some(Loc::Spill(s)) => (self.slot(s)?, true),
                None => return self.want(false, "a value of the exit is nowhere"),
            };
            self.want(self.holds(place, self.name(slot.value)), "a value of the exit is not in its place")?;
            self.want(place != out, "the result overwrites a value of the exit")?;
            self.want(kept || !uop.op.calls(), "a value of the exit is in a register that the call spoils")?;
        }
        Ok(())
    }

    /// Values that have to be in places.
    fn named(&self, all: &[(Ref, Loc)], what: &'static str) -> Checked {
        for &(value, loc) in all {
            let place = match loc {
                Loc::G(r) => self.reg(Class::G, r)?,
                Loc::F(r) => self.reg(Class::F, r)?,
                Loc::Spill(s) => self.slot(s)?,
                Loc::Konst(_) => return self.want(false, "a constant is no place"),
            };
            self.want(self.holds(place, self.name(value)), what)?;
        }
        Ok(())
    }

    // The loop.

    fn phis(&self) -> impl Iterator<Item = (usize, &'a Ins)> + use<'a> {
        let ins = self.trace.ins.iter().enumerate();
        ins.skip_while(|(_, i)| i.op != Uop::LoopStart)
            .skip(1)
            .take_while(|(_, i)| matches!(i.op, Uop::PhiG | Uop::PhiF))
    }

    /// What holds the first value of a phi holds the phi.
    fn enter_loop(&mut self) -> Checked {
        for (phi, ins) in self.phis() {
            let a = self.name(ins.args[0]);
            for place in &mut self.places {
                if place.contains(&a) {
                    push(place, phi as u32)?;
                }
            }
        }
        Ok(())
    }

    /// Goes from the end of a round to the head. Answers whether the head knows less than before, so that another
    /// round must be looked at.
    fn next_round(&mut self, head: &mut Head) -> Checked<bool> {
        let mut less = false;
        let start = head.next as u32;
        let uops = self.trace.ins.len() as u32;
        for (place, before) in self.places.iter().zip(&mut head.places) {
            let still = |name: u32| {
                let phi = name >= start && name < uops;
                if phi {
                    place.contains(&self.name(self.trace.ins[name as usize].args[1]))
                } else {
                    place.contains(&name)
                }
            };
            let count = before.len();
            before.retain(|name| still(*name));
            less |= before.len() != count;
        }
        Ok(less)
    }
}
