//! Where a trace's values are at its exits.
//!
//! A value is in one place at a time. Each change is noted once, with the first exit that it holds for; a look-up goes
//! back from the newest. So an exit costs nothing when code is made, however many values its snapshot has.
//!
//! Invariants: a value's records are in the order of their exits, the newest last; what is noted for a value that is no
//! longer alive means nothing.

use super::{EmitError, JitCtx, MAX_REGS, MAX_SPILLS};
use crate::room::{WithinRoom as _, exact};
use crate::trace::ir::Loc;
use alloc::vec::Vec;

/// A [`Loc`] in two bytes: the word of the context, or the constant. There are many, and which register a value is in
/// cannot be predicted, so the words are numbered throughout.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct Place(u16);

impl Place {
    const KONST: u16 = 1 << 15;

    /// `None` for a place that does not exist, and constants from 32768.
    pub fn new(loc: Loc) -> Option<Place> {
        let word = match loc {
            Loc::G(r) => r as usize,
            Loc::F(r) => MAX_REGS + r as usize,
            Loc::Spill(n) => 2 * MAX_REGS + n as usize,
            Loc::Konst(n) if n < Place::KONST => return Some(Place(n | Place::KONST)),
            Loc::Konst(_) => return None,
        };
        (word < 2 * MAX_REGS + MAX_SPILLS).then_some(Place(word as u16))
    }
    /// As allocation names it.
    pub fn loc(self) -> Loc {
        let n = self.0 as usize;
        match n {
            _ if self.0 >= Place::KONST => Loc::Konst(self.0 - Place::KONST),
            _ if n < MAX_REGS => Loc::G(n as u8),
            _ if n < 2 * MAX_REGS => Loc::F((n - MAX_REGS) as u8),
            _ => Loc::Spill((n - 2 * MAX_REGS) as u16),
        }
    }
    /// The bits there after an exit; `konsts` are those of the trace's constants.
    #[inline(always)]
    pub fn bits(self, ctx: &JitCtx, konsts: &[u64]) -> u64 {
        if self.0 >= Place::KONST {
            return konsts.get((self.0 - Place::KONST) as usize).copied().unwrap_or(0);
        }
        // SAFETY: the context begins with that many words, in this order (checked below).
        unsafe { core::ptr::from_ref(ctx).cast::<u64>().add(self.0 as usize).read() }
    }
}

const _: () = {
    use core::mem::offset_of;
    assert!(offset_of!(JitCtx, g) == 0 && offset_of!(JitCtx, f) == 8 * MAX_REGS);
    assert!(offset_of!(JitCtx, spill) == 16 * MAX_REGS);
};

/// A value as an exit names it: a constant, or the number of the newest record of where it was.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct Home(u16);

impl Home {
    const KONST: u16 = 1 << 15;
    /// That of a value that was nowhere yet.
    pub const NONE: Home = Home(Home::KONST - 1);

    /// That of constant `n`; `None` from 32768.
    pub fn konst(n: usize) -> Option<Home> {
        u16::try_from(n).ok().filter(|n| *n < Home::KONST).map(|n| Home(n | Home::KONST))
    }
}

/// The places of a trace's values.
#[derive(Clone, Debug, Default)]
pub struct Homes(Vec<Record>);

/// From exit `exit` on the value is at `place`; before, as record `before` says.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
struct Record {
    before: Home,
    exit: u16,
    place: Place,
}

impl Homes {
    /// Forgets everything.
    pub fn clear(&mut self) {
        self.0.clear();
    }

    /// Notes that the value whose home was `home` is at `loc` from exit `exit` on.
    ///
    /// # Errors
    /// [`EmitError::NoMemory`], or [`EmitError::OutOfRange`] after 32767 records.
    #[inline]
    pub fn note(&mut self, home: &mut Home, exit: usize, loc: Loc) -> Result<(), EmitError> {
        let exit = u16::try_from(exit).map_err(|_| EmitError::OutOfRange)?;
        let place = Place::new(loc).ok_or(EmitError::OutOfRange)?;
        if let Some(newest) = self.0.get_mut(home.0 as usize)
            && newest.exit == exit
        {
            newest.place = place;
            return Ok(());
        }
        let number = u16::try_from(self.0.len()).ok().filter(|n| *n < Home::NONE.0);
        let number = number.ok_or(EmitError::OutOfRange)?;
        self.0.try_reserve(1).map_err(|_| EmitError::NoMemory)?;
        self.0.push_within(Record { before: *home, exit, place });
        *home = Home(number);
        Ok(())
    }

    /// Where the value is at exit `exit`; `None` if it is not alive there.
    pub fn at(&self, home: Home, exit: u16) -> Option<Place> {
        if home.0 >= Home::KONST {
            return Some(Place(home.0));
        }
        let mut record = self.0.get(home.0 as usize)?;
        // Records refer to earlier ones only, so this ends.
        while record.exit > exit {
            record = self.0.get(record.before.0 as usize)?;
        }
        Some(record.place)
    }

    /// A copy without room to spare.
    ///
    /// # Errors
    /// [`EmitError::NoMemory`].
    pub fn copy(&self) -> Result<Homes, EmitError> {
        exact(&self.0).map(Homes).ok_or(EmitError::NoMemory)
    }

    /// Bytes it takes.
    pub fn bytes(&self) -> usize {
        self.0.capacity() * core::mem::size_of::<Record>()
    }
}

const _: () = assert!(Home::KONST == Place::KONST);

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_value_is_where_it_was_last() {
        let mut homes = Homes::default();
        let mut values = [Home::NONE; 2];
        for (value, exit, loc) in [
            (0, 0, Loc::G(1)),
            (1, 0, Loc::F(2)),
            (0, 0, Loc::G(2)),
            (0, 3, Loc::Spill(7)),
            (1, 4, Loc::Spill(255)),
            (0, 5, Loc::G(0)),
        ] {
            homes.note(&mut values[value], exit, loc).expect("noted");
        }
        let [a, b] = values;
        let at = |home, exit| homes.at(home, exit).map(Place::loc);
        let places = [(0, Loc::G(2)), (2, Loc::G(2)), (3, Loc::Spill(7)), (4, Loc::Spill(7)), (9, Loc::G(0))];
        for (exit, loc) in places {
            assert_eq!(at(a, exit), Some(loc), "exit {exit}");
        }
        assert_eq!((at(b, 3), at(b, 4)), (Some(Loc::F(2)), Some(Loc::Spill(255))));
        assert_eq!(at(Home::konst(9).expect("small"), 1), Some(Loc::Konst(9)));
        assert_eq!((at(Home::NONE, 0), Home::konst(1 << 15)), (None, None));
        assert_eq!(homes.0.len(), 5);
    }

    #[test]
    fn a_value_is_nowhere_before_it_was() {
        let mut homes = Homes::default();
        let mut a = Home::NONE;
        homes.note(&mut a, 2, Loc::G(0)).expect("noted");
        assert_eq!(homes.at(a, 1), None);
    }
}
