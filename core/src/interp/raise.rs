//! Raising exceptions from native code.

use super::Rt;
use super::text::TextBuf;
use crate::exit::{Exit, ExitKind, Res};
use crate::heap::Heap;
use crate::object::exception::{self, exc};
use crate::object::{string, tuple};
use crate::value::Value;
use core::fmt::{self, Write};

/// Text of a message: most are short, but names in them are a guest's.
struct Message<'r> {
    heap: &'r Heap,
    text: TextBuf,
}

impl Write for Message<'_> {
    fn write_str(&mut self, s: &str) -> fmt::Result {
        self.text.push(self.heap, s.as_bytes()).map_err(|_| fmt::Error)
    }
}

/// What an exception says.
pub trait Says {
    /// Raises built-in exception `number` with it.
    fn raised(self, rt: &mut Rt, number: u16) -> Exit;
}

impl Says for fmt::Arguments<'_> {
    fn raised(self, rt: &mut Rt, number: u16) -> Exit {
        match rt.format_str(self) {
            Ok(m) => rt.raise_with(number, &[m]),
            Err(e) => e,
        }
    }
}

/// What [`message!`] is without feature `messages`.
#[cfg(not(feature = "messages"))]
pub(crate) struct Nothing;

#[cfg(not(feature = "messages"))]
impl Says for Nothing {
    fn raised(self, rt: &mut Rt, number: u16) -> Exit {
        rt.raise_bare(number)
    }
}

impl Rt {
    /// A str from format arguments.
    pub fn format_str(&mut self, text: fmt::Arguments<'_>) -> Res<Value> {
        if let Some(s) = text.as_str() {
            return Ok(string::new(&mut self.heap, s.as_bytes())?.value());
        }
        let mut m = Message { heap: &self.heap, text: TextBuf::new() };
        if m.write_fmt(text).is_err() {
            return Err(Exit::NeedGc);
        }
        let text = m.text;
        Ok(string::new(&mut self.heap, text.as_bytes())?.value())
    }

    /// Raises built-in exception `number` with a message: `return Err(rt.raise(exc::ValueError, format_args!(…)))`.
    #[cold]
    pub fn raise(&mut self, number: u16, message: impl Says) -> Exit {
        message.raised(self, number)
    }

    /// Raises built-in exception `number` with these `args`.
    #[cold]
    pub fn raise_with(&mut self, number: u16, args: &[Value]) -> Exit {
        let made = self.exception_type(number).and_then(|_| {
            let args = tuple::new(&mut self.heap, args)?;
            exception::new(&mut self.heap, number as u32, args.value())
        });
        match made {
            Ok(e) => {
                match number {
                    exc::StopIteration | exc::SystemExit => {
                        e.extra.set(args.first().copied().unwrap_or(Value::NONE));
                    }
                    exc::UnicodeEncodeError | exc::UnicodeDecodeError => e.extra.set(e.args.get()),
                    _ => {}
                }
                self.raise_value(e.value())
            }
            Err(e) => e,
        }
    }

    /// Raises an exception object.
    #[cold]
    pub fn raise_value(&mut self, e: Value) -> Exit {
        self.raised = e;
        self.exit(ExitKind::Raise)
    }

    /// `TypeError`.
    #[cold]
    pub fn type_error(&mut self, message: impl Says) -> Exit {
        self.raise(exc::TypeError, message)
    }
    /// `ValueError`.
    #[cold]
    pub fn value_error(&mut self, message: impl Says) -> Exit {
        self.raise(exc::ValueError, message)
    }
    /// `IndexError`.
    #[cold]
    pub fn index_error(&mut self, message: impl Says) -> Exit {
        self.raise(exc::IndexError, message)
    }
    /// `OverflowError`.
    #[cold]
    pub fn overflow_error(&mut self, message: impl Says) -> Exit {
        self.raise(exc::OverflowError, message)
    }
    /// `KeyError(key)`.
    #[cold]
    pub fn key_error(&mut self, key: Value) -> Exit {
        self.raise_with(exc::KeyError, &[key])
    }
    /// `ZeroDivisionError`.
    #[cold]
    pub fn zero_division(&mut self, message: impl Says) -> Exit {
        self.raise(exc::ZeroDivisionError, message)
    }
}
