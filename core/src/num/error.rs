//! What can go wrong in a number kernel, and the budget and interrupt handle every kernel takes.

/// Limb steps between two polls: a fraction of a millisecond of work.
pub const POLL_STEPS: usize = 1 << 16;

/// Why a number kernel gave up. The caller turns each into the exception CPython raises.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum NumError {
    /// The budget or the allocator is exhausted (`MemoryError`).
    Memory,
    /// `poll` asked for a stop.
    Interrupted,
    /// Division or modulo by zero (`ZeroDivisionError`).
    ZeroDivision,
    /// The result has more digits than any machine could hold (`OverflowError: too many digits in integer`).
    TooLarge,
    /// The result does not fit a float or the given width (`OverflowError`).
    Overflow,
    /// A negative shift count (`ValueError: negative shift count`).
    NegativeShift,
    /// A negative operand where only non-negative ones have a result (`ValueError`).
    Negative,
    /// A negative number where an unsigned one is wanted (`OverflowError`, `int.to_bytes`).
    Unsigned,
    /// `pow(a, -n, m)` with `a` not coprime to `m` (`ValueError`).
    NotInvertible,
    /// Outside a function's domain (`ValueError: math domain error` and its like).
    Domain,
    /// NaN where an integer is wanted (`ValueError: cannot convert float NaN to integer`).
    Nan,
    /// Infinity where an integer is wanted (`OverflowError: cannot convert float infinity to integer`).
    Infinite,
    /// Text that is not a literal of the wanted type (`ValueError`).
    Syntax,
    /// More decimal digits than [`crate::num::parse::MAX_STR_DIGITS`] allows (`ValueError`).
    TooManyDigits,
    /// More than 64 bits in a build that has no ints beyond.
    TooWide,
    /// The sink refused more text for a reason of its own.
    Sink,
}

/// What an operation may use: limbs of memory, and time until `poll` says stop.
pub struct Limits<'a> {
    /// Limbs (8 bytes each) that may still be allocated. Freed temporaries are credited back.
    pub budget_limbs: usize,
    /// Called every [`POLL_STEPS`] limb steps; `true` stops the operation with [`NumError::Interrupted`].
    pub poll: &'a mut dyn FnMut() -> bool,
    work: usize,
}

impl<'a> Limits<'a> {
    /// Limits of `budget_limbs` limbs and the interrupt check `poll`.
    pub fn new(budget_limbs: usize, poll: &'a mut dyn FnMut() -> bool) -> Self {
        Limits { budget_limbs, poll, work: 0 }
    }

    /// Counts `n` limb steps of work and polls when enough have come together.
    #[inline]
    pub fn step(&mut self, n: usize) -> Result<(), NumError> {
        self.work = self.work.saturating_add(n);
        if self.work >= POLL_STEPS {
            return self.poll_now();
        }
        Ok(())
    }

    #[cold]
    fn poll_now(&mut self) -> Result<(), NumError> {
        self.work = 0;
        if (self.poll)() { Err(NumError::Interrupted) } else { Ok(()) }
    }

    /// Takes `limbs` from the budget.
    pub(crate) fn charge(&mut self, limbs: usize) -> Result<(), NumError> {
        self.budget_limbs = self.budget_limbs.checked_sub(limbs).ok_or(NumError::Memory)?;
        Ok(())
    }

    /// Gives `limbs` back.
    pub(crate) fn credit(&mut self, limbs: usize) {
        self.budget_limbs = self.budget_limbs.saturating_add(limbs);
    }
}
