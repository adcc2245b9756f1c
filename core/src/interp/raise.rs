//! Raising exceptions from native code.

use super::Rt;
use crate::exit::{Exit, Res};
use crate::object::exception::{self, exc};
use crate::object::{string, tuple};
use crate::room::WithinRoom as _;
use crate::value::Value;
use core::fmt::{self, Write};

/// Text collected on the stack first, then in a charged buffer: messages are short, but names in them are a guest's.
struct Message<'r> {
    rt: &'r mut Rt,
    text: alloc::vec::Vec<u8>,
    failed: bool,
}

impl Write for Message<'_> {
    fn write_str(&mut self, s: &str) -> fmt::Result {
        if self.rt.heap.has_room(s.len() * 2).is_err() || self.text.try_reserve(s.len()).is_err() {
            self.failed = true;
            return Err(fmt::Error);
        }
        self.text.extend_within(s.as_bytes());
        Ok(())
    }
}

impl Rt {
    /// A str from format arguments.
    pub fn format_str(&mut self, text: fmt::Arguments<'_>) -> Res<Value> {
        if let Some(s) = text.as_str() {
            return Ok(string::new(&mut self.heap, s.as_bytes())?.value());
        }
        let mut m = Message { rt: self, text: alloc::vec::Vec::new(), failed: false };
        let written = m.write_fmt(text);
        let (bytes, failed) = (core::mem::take(&mut m.text), m.failed);
        if written.is_err() || failed {
            return Err(Exit::NeedGc);
        }
        Ok(string::new(&mut self.heap, &bytes)?.value())
    }

    /// Raises built-in exception `number` with a message: `return Err(rt.raise(exc::ValueError, format_args!(…)))`.
    #[cold]
    pub fn raise(&mut self, number: u16, message: fmt::Arguments<'_>) -> Exit {
        match self.format_str(message) {
            Ok(m) => self.raise_with(number, &[m]),
            Err(e) => e,
        }
    }

    /// Raises built-in exception `number` with these `args`.
    #[cold]
    pub fn raise_with(&mut self, number: u16, args: &[Value]) -> Exit {
        let made = tuple::new(&mut self.heap, args)
            .and_then(|t| exception::new(&mut self.heap, number as u32, t.value()));
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
        Exit::Raise
    }

    /// `TypeError`.
    #[cold]
    pub fn type_error(&mut self, message: fmt::Arguments<'_>) -> Exit {
        self.raise(exc::TypeError, message)
    }
    /// `ValueError`.
    #[cold]
    pub fn value_error(&mut self, message: fmt::Arguments<'_>) -> Exit {
        self.raise(exc::ValueError, message)
    }
    /// `IndexError`.
    #[cold]
    pub fn index_error(&mut self, message: fmt::Arguments<'_>) -> Exit {
        self.raise(exc::IndexError, message)
    }
    /// `OverflowError`.
    #[cold]
    pub fn overflow_error(&mut self, message: fmt::Arguments<'_>) -> Exit {
        self.raise(exc::OverflowError, message)
    }
    /// `KeyError(key)`.
    #[cold]
    pub fn key_error(&mut self, key: Value) -> Exit {
        self.raise_with(exc::KeyError, &[key])
    }
    /// `ZeroDivisionError`.
    #[cold]
    pub fn zero_division(&mut self, message: fmt::Arguments<'_>) -> Exit {
        self.raise(exc::ZeroDivisionError, message)
    }
}
