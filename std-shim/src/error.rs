//! What can go wrong in a run.

use taipan_compiler::{CompileError, ErrorKind as SyntaxKind, SyntaxErrorInfo};
use taipan_core::builtins::carets;
use taipan_core::bytecode::ModuleError;

/// Why a run or call did not end normally.
#[derive(Clone, Debug)]
#[non_exhaustive]
pub struct Error {
    /// The kind.
    pub kind: ErrorKind,
    /// One line: the exception's class and message, or what happened.
    pub message: String,
    /// What CPython would print: traceback, chain and message. Empty if there is nothing to trace.
    pub traceback: String,
}

/// Kinds of [`Error`].
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
#[non_exhaustive]
pub enum ErrorKind {
    /// The source is no valid Python.
    Syntax,
    /// An exception was not caught.
    Exception,
    /// An uncaught `KeyboardInterrupt`.
    KeyboardInterrupt,
    /// `SystemExit`, with the exit status it asks for.
    Exit(i32),
    /// The fuel is used up; the run can go on when there is more.
    OutOfFuel,
    /// The timeout passed.
    Timeout,
    /// The host interrupted the run.
    Interrupted,
    /// A host function panicked in this VM, which runs nothing any more.
    Poisoned,
    /// More output than allowed.
    OutputLimit,
    /// Not enough memory, or no thread for a time limit, for what the host asked for.
    Memory,
    /// A file could not be read.
    Io,
    /// A compiled program was refused: truncated, altered, or of another version of Taipan.
    Bytecode,
    /// A value has no counterpart on the other side.
    Conversion,
    /// There is no such global.
    NotFound,
}

impl Error {
    pub(crate) fn new(kind: ErrorKind, message: impl Into<String>) -> Error {
        Error { kind, message: message.into(), traceback: String::new() }
    }

    /// The error of a run that is given no more fuel.
    pub fn out_of_fuel() -> Error {
        Error::new(ErrorKind::OutOfFuel, "the program has used up its fuel")
    }

    /// Exit status of a process that ends with this error, as CPython's (3 where a limit ended the run).
    pub fn exit_status(&self) -> i32 {
        match self.kind {
            ErrorKind::Exit(status) => status,
            ErrorKind::KeyboardInterrupt => 130,
            ErrorKind::OutOfFuel | ErrorKind::Timeout | ErrorKind::Interrupted | ErrorKind::OutputLimit => 3,
            ErrorKind::Io => 2,
            _ => 1,
        }
    }

    /// The error of a compiled program that was refused.
    pub(crate) fn of_bytecode(e: &ModuleError) -> Error {
        let kind = if *e == ModuleError::Memory { ErrorKind::Memory } else { ErrorKind::Bytecode };
        Error::new(kind, e.to_string())
    }

    /// The error of a source that does not compile.
    pub(crate) fn of_source(file: &str, e: &CompileError) -> Error {
        match e {
            CompileError::Syntax(info) => {
                let message = format!("{}: {}", class_name(info.kind), info.msg);
                Error { kind: ErrorKind::Syntax, message, traceback: syntax_text(file, info) }
            }
            CompileError::Decoding(text) => {
                let message = format!("SyntaxError: {text}");
                let traceback = format!("{message}\n");
                Error { kind: ErrorKind::Syntax, message, traceback }
            }
            CompileError::TooLong => {
                let message = "MemoryError: the source is longer than the limit".to_string();
                let traceback = format!("{message}\n");
                Error { kind: ErrorKind::Memory, message, traceback }
            }
            _ => Error {
                kind: ErrorKind::Memory,
                message: "MemoryError".into(),
                traceback: "MemoryError\n".into(),
            },
        }
    }
}

pub(crate) fn class_name(kind: SyntaxKind) -> &'static str {
    match kind {
        SyntaxKind::Syntax => "SyntaxError",
        SyntaxKind::Indentation => "IndentationError",
        SyntaxKind::Tab => "TabError",
    }
}

/// Place, line, caret and message, as CPython prints them.
fn syntax_text(file: &str, info: &SyntaxErrorInfo) -> String {
    let mut out = format!("  File \"{file}\", line {}\n", info.line);
    let number = |n: u32| (n != 0).then_some(n as i64);
    let written = carets::syntax_line(
        &info.text,
        number(info.col),
        number(info.end_col),
        info.line == info.end_line,
        &mut |bytes| {
            out.push_str(&String::from_utf8_lossy(bytes));
            Ok(())
        },
    );
    debug_assert!(written.is_ok());
    out + class_name(info.kind) + ": " + &info.msg + "\n"
}

impl std::fmt::Display for Error {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str(&self.message)
    }
}

impl std::error::Error for Error {}
