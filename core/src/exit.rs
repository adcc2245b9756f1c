//! How an operation ends when it does not simply return a value.

/// Why an operation did not return a value. One byte, so that `Result<Value, Exit>` travels in two registers; the
/// details (exception, pending call, reason to stop) lie in the runtime state.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
#[must_use]
pub enum Exit {
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

/// Result of an operation that may exit.
pub type Res<T> = Result<T, Exit>;
