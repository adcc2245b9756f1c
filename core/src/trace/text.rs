//! Traces as text: listings for people, and the input of stage tests.
//!
//! One line a uop, in order; lines that begin with `#` say nothing:
//!
//! ```text
//! k0 = G 0x8                                constant: class and bits, or a decimal float
//! inherit g2 f0 s5                          places of inherited values
//! v0 = InheritG d 0
//! v1 = AddInt v0, k0 snap 0
//! GuardLt v1, k0 snap 1
//! Exit snap 1
//! pass v1:g3 k0:s2                          values of the exit at the end, and where they have to be
//! snap 0 = 2:v0 3:k0 state 7                frame slots and their values
//! snap 1 = 2@1:k4 15+1:v0 3=1:k0            object 1: two words and its shape; a word of it; a frame slot that holds it
//! ```
//!
//! A value's number is its uop's index when printed; when read it is only a name, so that tests are easy to write.
//!
//! Invariant: what is printed reads back as the same trace.

use super::ir::{Ins, Loc, Part, Ref, SnapId, SnapSlot, Snapshot, Trace};
use crate::room::WithinRoom as _;
use crate::uop::{Class, Imm, Uop};
use alloc::vec::Vec;
use core::fmt::{self, Write};

/// Writes a trace.
///
/// # Errors
/// The writer's.
pub fn print(t: &Trace, out: &mut dyn Write) -> fmt::Result {
    for (n, k) in t.konsts.iter().enumerate() {
        let x = f64::from_bits(k.bits);
        match k.class {
            Class::F if x.is_finite() => writeln!(out, "k{n} = F {x:?}")?,
            class => writeln!(out, "k{n} = {class:?} {:#x}", k.bits)?,
        }
    }
    if !t.inherited.is_empty() {
        out.write_str("inherit")?;
        for loc in &t.inherited {
            write!(out, " {}", Place(*loc))?;
        }
        out.write_char('\n')?;
    }
    for at in 0..t.ins.len() {
        uop(t, at, out)?;
        out.write_char('\n')?;
    }
    if !t.passed.is_empty() {
        out.write_str("pass")?;
        for (value, loc) in &t.passed {
            write!(out, " {value:?}:{}", Place(*loc))?;
        }
        out.write_char('\n')?;
    }
    for (n, s) in t.snaps.iter().enumerate() {
        write!(out, "snap {n} =")?;
        for slot in t.snapshot_slots(SnapId(n as u16)) {
            write!(out, " {}", slot.slot)?;
            match slot.part {
                Part::Register => {}
                Part::Head(n) => write!(out, "@{n}")?,
                Part::Field(n) => write!(out, "+{n}")?,
                Part::Object(n) => write!(out, "={n}")?,
                Part::Nested(n) => write!(out, "*{n}")?,
            }
            write!(out, ":{:?}", slot.value)?;
        }
        if s.state != 0 {
            write!(out, " state {}", s.state)?;
        }
        out.write_char('\n')?;
    }
    Ok(())
}

/// Writes one uop of a trace, without line end.
///
/// # Errors
/// The writer's.
pub fn uop(t: &Trace, at: usize, out: &mut dyn Write) -> fmt::Result {
    let Some(ins) = t.ins.get(at) else { return Ok(()) };
    if ins.op.out().is_some() {
        write!(out, "v{at} = ")?;
    }
    out.write_str(ins.op.name())?;
    for (n, r) in ins.operands().iter().enumerate() {
        write!(out, "{} {r:?}", if n == 0 { "" } else { "," })?;
    }
    immediates(ins.op, ins.d, ins.k, out)?;
    if ins.snap != SnapId::NONE {
        write!(out, " snap {}", ins.snap.0)?;
    }
    Ok(())
}

/// Writes the immediates that a uop uses.
pub(crate) fn immediates(op: Uop, d: i32, k: u64, out: &mut dyn Write) -> fmt::Result {
    if d != 0 || matches!(op.imm(), Imm::D | Imm::DK32 | Imm::DK31) {
        write!(out, " d {d}")?;
    }
    if k != 0 || matches!(op.imm(), Imm::K32 | Imm::K64 | Imm::DK32 | Imm::DK31) {
        write!(out, " k {k:#x}")?;
    }
    Ok(())
}

/// A place as text: `g1`, `f2`, `s3`, `k4`.
pub(crate) struct Place(pub(crate) Loc);

impl fmt::Display for Place {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self.0 {
            Loc::G(r) => write!(f, "g{r}"),
            Loc::F(r) => write!(f, "f{r}"),
            Loc::Spill(s) => write!(f, "s{s}"),
            Loc::Konst(k) => write!(f, "k{k}"),
        }
    }
}

/// Why a text is no trace.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct TextError {
    /// Line, from 1.
    pub line: u32,
    /// What is wrong with it.
    pub what: &'static str,
}

impl fmt::Display for TextError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "line {}: {}", self.line, self.what)
    }
}

/// Reads a trace. It need not be well formed beyond what the text form says; `check` tells.
///
/// # Errors
/// The first line that cannot be read.
pub fn parse(text: &str) -> Result<Trace, TextError> {
    let mut p = Parser { t: Trace::default(), names: Vec::new(), line: 0 };
    // Uops first, since snapshots and phis name values that are defined further down.
    for (n, line) in text.lines().enumerate() {
        p.line = n as u32 + 1;
        p.definitions(line.trim())?;
    }
    let mut at = 0;
    for (n, line) in text.lines().enumerate() {
        p.line = n as u32 + 1;
        p.references(line.trim(), &mut at)?;
    }
    Ok(p.t)
}

/// What a line holds.
enum Line<'a> {
    Nothing,
    Konst(&'a str, &'a str),
    Inherit(&'a str),
    Pass(&'a str),
    Snap(&'a str),
    /// Name, if it has a result, and the rest.
    Uop(Option<&'a str>, &'a str),
}

struct Parser {
    t: Trace,
    /// Names of values, by uop.
    names: Vec<u32>,
    line: u32,
}

const UNNAMED: u32 = u32::MAX;

fn push<T>(p: u32, v: &mut Vec<T>, x: T) -> Result<(), TextError> {
    v.try_reserve(1).map_err(|_| TextError { line: p, what: "memory is short" })?;
    v.push_within(x);
    Ok(())
}

fn classify(line: &str) -> Line<'_> {
    if line.is_empty() || line.starts_with('#') {
        return Line::Nothing;
    }
    if let Some(rest) = line.strip_prefix("inherit ") {
        return Line::Inherit(rest);
    }
    if let Some(rest) = line.strip_prefix("pass ") {
        return Line::Pass(rest);
    }
    if let Some(rest) = line.strip_prefix("snap ") {
        return Line::Snap(rest);
    }
    match line.split_once('=').map(|(name, rest)| (name.trim(), rest.trim())) {
        Some((name, rest)) => match name.strip_prefix('k') {
            Some(k) => Line::Konst(k, rest),
            None => Line::Uop(Some(name), rest),
        },
        None => Line::Uop(None, line),
    }
}

impl Parser {
    fn error<T>(&self, what: &'static str) -> Result<T, TextError> {
        Err(TextError { line: self.line, what })
    }
    fn number<T: TryFrom<i128>>(&self, text: &str) -> Result<T, TextError> {
        let (negative, digits) = match text.strip_prefix('-') {
            Some(rest) => (true, rest),
            None => (false, text),
        };
        let n = match digits.strip_prefix("0x") {
            Some(hex) => u64::from_str_radix(hex, 16),
            None => digits.parse::<u64>(),
        };
        let Ok(n) = n else { return self.error("not a number") };
        let n = if negative { -(n as i128) } else { n as i128 };
        T::try_from(n).or_else(|_| self.error("a number out of range"))
    }

    /// First reading: constants, places, and uops without their operands.
    fn definitions(&mut self, line: &str) -> Result<(), TextError> {
        match classify(line) {
            Line::Konst(n, rest) => self.konst(n, rest),
            Line::Inherit(rest) => {
                for place in rest.split_whitespace() {
                    let loc = self.place(place)?;
                    push(self.line, &mut self.t.inherited, loc)?;
                }
                Ok(())
            }
            Line::Uop(name, rest) => {
                let op = rest.split_whitespace().next().unwrap_or("");
                let Some(op) = Uop::ALL.iter().find(|u| u.name() == op) else {
                    return self.error("no such uop");
                };
                let name = match name {
                    Some(name) if op.out().is_some() => match name.strip_prefix('v') {
                        Some(n) => self.number(n)?,
                        None => return self.error("a value's name is v and a number"),
                    },
                    None if op.out().is_none() => UNNAMED,
                    _ => return self.error("a result without name, or a name without result"),
                };
                if name != UNNAMED && self.names.contains(&name) {
                    return self.error("a value's name twice");
                }
                push(self.line, &mut self.names, name)?;
                push(self.line, &mut self.t.ins, Ins::new(*op, &[]))
            }
            Line::Nothing | Line::Snap(_) | Line::Pass(_) => Ok(()),
        }
    }

    fn konst(&mut self, n: &str, rest: &str) -> Result<(), TextError> {
        if self.number::<usize>(n)? != self.t.konsts.len() {
            return self.error("constants are numbered in order");
        }
        let (class, bits) = match rest.split_once(' ').map(|(c, x)| (c, x.trim())) {
            Some(("G", x)) if x.starts_with('-') => (Class::G, self.number::<i64>(x)? as u64),
            Some(("G", x)) => (Class::G, self.number(x)?),
            Some(("F", x)) if x.starts_with("0x") => (Class::F, self.number(x)?),
            Some(("F", x)) => match x.parse::<f64>() {
                Ok(x) => (Class::F, x.to_bits()),
                Err(_) => return self.error("not a float"),
            },
            _ => return self.error("a constant is G or F and its bits"),
        };
        push(self.line, &mut self.t.konsts, super::ir::Konst { class, bits })
    }

    fn place(&self, text: &str) -> Result<Loc, TextError> {
        let mut chars = text.chars();
        let kind = chars.next();
        let n = chars.as_str();
        Ok(match kind {
            Some('g') => Loc::G(self.number(n)?),
            Some('f') => Loc::F(self.number(n)?),
            Some('s') => Loc::Spill(self.number(n)?),
            _ => return self.error("a place is g, f or s and a number"),
        })
    }

    fn value(&self, text: &str) -> Result<Ref, TextError> {
        if text == "-" {
            return Ok(Ref::NONE);
        }
        if let Some(k) = text.strip_prefix('k') {
            let k = self.number::<usize>(k)?;
            return if k < self.t.konsts.len() { Ok(Ref::konst(k)) } else { self.error("no such constant") };
        }
        let Some(n) = text.strip_prefix('v') else { return self.error("a value is v or k and a number") };
        let n = self.number::<u32>(n)?;
        match self.names.iter().position(|name| *name == n && n != UNNAMED) {
            Some(at) => Ok(Ref::ins(at)),
            None => self.error("no such value"),
        }
    }

    /// Second reading: operands, immediates and snapshots. `at` counts the uops.
    fn references(&mut self, line: &str, at: &mut usize) -> Result<(), TextError> {
        match classify(line) {
            Line::Uop(_, rest) => {
                let mut ins = self.t.ins[*at];
                self.fields(&mut ins, rest)?;
                self.t.ins[*at] = ins;
                *at += 1;
                Ok(())
            }
            Line::Snap(rest) => self.snapshot(rest),
            Line::Pass(rest) => {
                for word in rest.split_whitespace() {
                    let Some((value, place)) = word.split_once(':') else {
                        return self.error("value:place is wanted");
                    };
                    let passed = (self.value(value)?, self.place(place)?);
                    push(self.line, &mut self.t.passed, passed)?;
                }
                Ok(())
            }
            _ => Ok(()),
        }
    }

    fn fields(&self, ins: &mut Ins, rest: &str) -> Result<(), TextError> {
        let separator = |c: char| c.is_whitespace() || c == ',';
        let mut words = rest.split(separator).filter(|w| !w.is_empty()).skip(1);
        let mut n = 0;
        while let Some(word) = words.next() {
            match word {
                "d" => ins.d = self.number(words.next().unwrap_or(""))?,
                "k" => ins.k = self.number(words.next().unwrap_or(""))?,
                "snap" => ins.snap = SnapId(self.number(words.next().unwrap_or(""))?),
                _ if n < ins.op.ins().len() => {
                    ins.args[n] = self.value(word)?;
                    n += 1;
                }
                _ => return self.error("an operand too many"),
            }
        }
        if n == ins.op.ins().len() { Ok(()) } else { self.error("an operand is missing") }
    }

    fn snapshot(&mut self, rest: &str) -> Result<(), TextError> {
        let Some((n, rest)) = rest.split_once('=') else { return self.error("a snapshot is number = slots") };
        if self.number::<usize>(n.trim())? != self.t.snaps.len() {
            return self.error("snapshots are numbered in order");
        }
        let mut s = Snapshot { first: self.t.slots.len() as u32, count: 0, state: 0 };
        let mut words = rest.split_whitespace();
        while let Some(word) = words.next() {
            if word == "state" {
                s.state = self.number(words.next().unwrap_or(""))?;
                continue;
            }
            let Some((slot, value)) = word.split_once(':') else { return self.error("slot:value is wanted") };
            let (slot, part) = match slot.find(['@', '+', '=', '*']).map(|i| (i, slot.split_at(i))) {
                None => (slot, Part::Register),
                Some((_, (slot, part))) => {
                    let n = self.number(part.get(1..).unwrap_or(""))?;
                    let part = match part.chars().next() {
                        Some('@') => Part::Head(n),
                        Some('+') => Part::Field(n),
                        Some('*') => Part::Nested(n),
                        _ => Part::Object(n),
                    };
                    (slot, part)
                }
            };
            let slot = SnapSlot { slot: self.number(slot)?, value: self.value(value)?, part };
            push(self.line, &mut self.t.slots, slot)?;
            match s.count.checked_add(1) {
                Some(n) => s.count = n,
                None => return self.error("too many slots"),
            }
        }
        push(self.line, &mut self.t.snaps, s)
    }
}
