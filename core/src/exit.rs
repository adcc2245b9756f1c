//! How an operation ends when it does not simply return a value.
//!
//! Invariant: an exit of any kind but `NeedGc` is passed on, or ended by [`Rt::end_exit`](crate::interp::Rt::end_exit)
//! or what uses it, before another one is made; a host's function does so too. Builds without `speed` keep its kind beside
//! it.

/// Why an operation did not return a value. The details (exception, pending call, reason to stop) lie in the runtime
/// state.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum ExitKind {
    /// Memory is short. Nothing has been changed; the interpreter collects and repeats the instruction, and a
    /// second `NeedGc` in a row becomes `MemoryError`.
    NeedGc,
    /// An exception was raised; it is in `Rt::raised`.
    Raise,
    /// The operation asks for a call whose result stands for its own; callee and arguments are in `Rt::pending`.
    Call,
    /// The run ends or pauses (fuel, timeout, host, output limit); the reason is in `Rt::stop`.
    Stop,
}

/// What travels in place of a value. One byte, so that `Result<Value, Exit>` travels in two registers.
#[cfg(feature = "speed")]
pub type Exit = ExitKind;

/// What travels in place of a value. Nothing but the fact: with it, a result is as wide as its value, and two registers
/// of 32 bits hold a `Res<Value>`. Its kind lies in the runtime state, where it is `NeedGc` unless [`Rt::exit`] said
/// otherwise; builds with debug assertions carry it along and compare.
///
/// [`Rt::exit`]: crate::interp::Rt::exit
#[cfg(not(feature = "speed"))]
#[derive(Clone, Copy, Debug)]
#[must_use]
pub struct Exit {
    #[cfg(debug_assertions)]
    pub(crate) kind: ExitKind,
}

#[cfg(not(feature = "speed"))]
impl Exit {
    /// See [`ExitKind::NeedGc`].
    #[expect(non_upper_case_globals, reason = "the name it has where an exit is its kind")]
    pub const NeedGc: Exit = Exit {
        #[cfg(debug_assertions)]
        kind: ExitKind::NeedGc,
    };
}

/// Result of an operation that may exit.
pub type Res<T> = Result<T, Exit>;
