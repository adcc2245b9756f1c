//! Checks the invariants of a trace that `ir.rs` names. Run on what the recorder and each pass of the optimizer give,
//! in debug builds and tests.
//!
//! Invariant: a trace that passes can be indexed by its own references without looking.

use super::ir::{Ins, Loc, Part, Ref, SnapId, Trace};
use crate::uop::{Class, Uop};

/// A broken invariant.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct Broken {
    /// The uop where it shows.
    pub at: usize,
    /// The invariant.
    pub what: &'static str,
}

impl core::fmt::Display for Broken {
    fn fmt(&self, f: &mut core::fmt::Formatter<'_>) -> core::fmt::Result {
        write!(f, "uop {}: {}", self.at, self.what)
    }
}

/// Checks a trace.
///
/// # Errors
/// The first broken invariant.
pub fn check(t: &Trace) -> Result<(), Broken> {
    let mut c = Check { t, at: 0, region: 0, start: None, shut: false, labels_in_loop: labels_in_loop(t) };
    let mut phis = false;
    let mut front = true;
    for (at, ins) in t.ins.iter().enumerate() {
        c.at = at;
        let phi = matches!(ins.op, Uop::PhiG | Uop::PhiF);
        c.want(!phi || phis, "a phi does not follow LoopStart")?;
        phis = phi || ins.op == Uop::LoopStart;
        let inherit = matches!(ins.op, Uop::InheritG | Uop::InheritF);
        front = front && (inherit || ins.op == Uop::Nop);
        c.want(!inherit || front, "an inherited value behind other uops")?;
        c.flow(ins)?;
        c.operands(ins, phi)?;
        c.snapshot(ins)?;
        match ins.op {
            Uop::InheritG | Uop::InheritF => c.inherited(ins)?,
            Uop::LabelAddr => {
                let found = t.ins.iter().any(|i| i.op == Uop::RetLabel && i.d == ins.d);
                c.want(found, "no such return label")?;
            }
            Uop::RetLabel => {
                let before = t.ins.iter().take(at);
                let twice = before.filter(|i| i.op == Uop::RetLabel).any(|i| i.d == ins.d);
                c.want(!twice, "a return label twice")?;
            }
            _ => {}
        }
    }
    c.want(c.shut, "the trace has no end")?;
    c.passed()
}

/// Whether a return label stands in the loop, so that nothing from before the loop is there in the second round.
fn labels_in_loop(t: &Trace) -> bool {
    t.ins.iter().skip_while(|i| i.op != Uop::LoopStart).any(|i| i.op == Uop::RetLabel)
}

struct Check<'a> {
    t: &'a Trace,
    at: usize,
    /// Position of the last return label: values from before it are lost.
    region: usize,
    start: Option<usize>,
    /// The straight part has ended.
    shut: bool,
    labels_in_loop: bool,
}

impl Check<'_> {
    fn want(&self, holds: bool, what: &'static str) -> Result<(), Broken> {
        if holds { Ok(()) } else { Err(Broken { at: self.at, what }) }
    }

    /// Ends, labels and the loop.
    fn flow(&mut self, ins: &Ins) -> Result<(), Broken> {
        let last = self.at + 1 == self.t.ins.len();
        match ins.op {
            Uop::RetLabel => {
                self.want(self.shut, "a return label that is run into")?;
                self.shut = false;
                self.region = self.at;
            }
            Uop::Nop => {}
            _ => self.want(!self.shut, "a uop behind an end")?,
        }
        match ins.op {
            Uop::LoopStart => {
                self.want(self.start.is_none(), "a second loop")?;
                self.want(self.t.ins.last().is_some_and(|i| i.op == Uop::LoopEnd), "a loop without end")?;
                self.start = Some(self.at);
            }
            Uop::LoopEnd => {
                self.want(last, "LoopEnd is not last")?;
                self.want(self.start.is_some(), "LoopEnd without loop")?;
                self.next_values()?;
                self.shut = true;
            }
            Uop::Exit | Uop::JumpReg => self.shut = true,
            _ => {}
        }
        Ok(())
    }

    /// The values that the loop's phis take over.
    fn next_values(&self) -> Result<(), Broken> {
        let start = self.start.unwrap_or(0);
        for phi in self.t.ins.iter().skip(start + 1).take_while(|i| matches!(i.op, Uop::PhiG | Uop::PhiF)) {
            self.value(phi.args[1], phi.op.ins()[1], false)?;
        }
        Ok(())
    }

    fn operands(&self, ins: &Ins, phi: bool) -> Result<(), Broken> {
        let classes = ins.op.ins();
        for (n, r) in ins.args.iter().enumerate() {
            match classes.get(n) {
                None => self.want(r.is_none(), "an operand too many")?,
                // A phi's second operand is looked at where the loop ends.
                Some(_) if phi && n == 1 => {}
                Some(class) => {
                    self.value(*r, *class, phi)?;
                    let early = r.as_ins().is_none_or(|i| i < self.start.unwrap_or(0));
                    self.want(!phi || early, "a phi begins with a value of its loop")?;
                }
            }
        }
        Ok(())
    }

    /// Whether `r` may be read here as a value of `class`; `entering`: only on entry to the loop.
    fn value(&self, r: Ref, class: Class, entering: bool) -> Result<(), Broken> {
        self.want(self.t.class(r) == Some(class), "an operand of another class, or none")?;
        let Some(i) = r.as_ins() else { return Ok(()) };
        self.want(i < self.at, "a value is used before its definition")?;
        self.want(i >= self.region, "a value is used behind a return label")?;
        let invariant = self.start.is_some_and(|s| i < s);
        self.want(
            !invariant || entering || !self.labels_in_loop,
            "a value from before a loop with return labels",
        )
    }

    fn snapshot(&self, ins: &Ins) -> Result<(), Broken> {
        if !ins.op.exits() {
            return self.want(ins.snap == SnapId::NONE, "a snapshot without exit");
        }
        let Some(s) = self.t.snaps.get(ins.snap.0 as usize) else {
            return self.want(false, "an exit without snapshot");
        };
        let slots = self.t.slots.get(s.first as usize..s.first as usize + s.count as usize);
        let Some(slots) = slots else { return self.want(false, "a snapshot out of range") };
        for slot in slots {
            match self.t.class(slot.value) {
                Some(class) => self.value(slot.value, class, false)?,
                None => self.want(false, "a snapshot names no value")?,
            }
            let n = slot.part.number();
            let heads = slots.iter().filter(|s| s.part == Part::Head(n)).count();
            self.want(n == 0 || heads == 1, "an object without a head, or with two")?;
            let known = slot.value.as_konst().is_some();
            let constant = matches!(slot.part, Part::Head(_) | Part::Nested(_));
            self.want(!constant || known, "a head whose shape is not constant, or an object without number")?;
        }
        Ok(())
    }

    /// What the exit at the end passes on.
    fn passed(&self) -> Result<(), Broken> {
        let passed = &self.t.passed;
        let exit = self.t.ins.last().filter(|i| i.op == Uop::Exit);
        self.want(passed.is_empty() || exit.is_some(), "values are passed on, but not by an exit")?;
        for (n, (value, loc)) in passed.iter().enumerate() {
            let class = self.t.class(*value);
            let fits = matches!(
                (loc, class),
                (Loc::G(_), Some(Class::G)) | (Loc::F(_), Some(Class::F)) | (Loc::Spill(_), Some(_))
            );
            self.want(fits, "a value is passed on in a place of another class")?;
            self.value(*value, class.unwrap_or(Class::G), false)?;
            let once = passed.iter().take(n).all(|(_, other)| other != loc);
            self.want(once, "two values are passed on in one place")?;
        }
        let slots = exit.map_or(&[][..], |e| self.t.snapshot_slots(e.snap));
        let named = |r: Ref| r.as_konst().is_some() || passed.iter().any(|(value, _)| *value == r);
        self.want(passed.is_empty() || slots.iter().all(|s| named(s.value)), "an exit loses a value")
    }

    fn inherited(&self, ins: &Ins) -> Result<(), Broken> {
        let loc = usize::try_from(ins.d).ok().and_then(|d| self.t.inherited.get(d));
        let fits = matches!(
            (loc, ins.op),
            (Some(Loc::G(_)), Uop::InheritG)
                | (Some(Loc::F(_)), Uop::InheritF)
                | (Some(Loc::Spill(_)), Uop::InheritG | Uop::InheritF)
        );
        self.want(fits, "no such inherited place")
    }
}
