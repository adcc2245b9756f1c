//! Building text in natives, and `str()` / `repr()` as far as no guest code is needed.

use super::Rt;
use crate::builtins::frozen;
use crate::exit::{Exit, ExitKind, Res};
use crate::heap::Heap;
use crate::num::{NumError, Sink};
use crate::object::{Str, Type};
use crate::room::WithinRoom as _;
use crate::value::Value;
use alloc::vec::Vec;

/// A growable text buffer of a native. It is not charged, but bounded by what the heap has room for at any time (when it
/// grows, for the old and the new buffer; at the end, for the buffer and the str, which is charged, made of it).
#[derive(Debug)]
pub struct TextBuf {
    /// A short text, as long as `bytes` has no buffer.
    short: [u8; SHORT],
    len: usize,
    bytes: Vec<u8>,
}

/// Longest text that needs no buffer of its own.
const SHORT: usize = 64;

impl Default for TextBuf {
    fn default() -> TextBuf {
        TextBuf::new()
    }
}

impl TextBuf {
    /// An empty buffer.
    #[inline]
    pub const fn new() -> TextBuf {
        TextBuf { short: [0; SHORT], len: 0, bytes: Vec::new() }
    }
    /// Appends WTF-8 bytes.
    #[inline]
    pub fn push(&mut self, heap: &Heap, bytes: &[u8]) -> Res<()> {
        if self.bytes.capacity() == 0 {
            if let Some(to) = self.short.get_mut(self.len..self.len + bytes.len()) {
                match (&mut *to, bytes) {
                    ([a], [b]) => *a = *b,
                    _ => to.copy_from_slice(bytes),
                }
                self.len += bytes.len();
                return Ok(());
            }
            self.grow(heap, self.len + bytes.len())?;
            self.bytes.extend_within(self.short.get(..self.len).unwrap_or(&[]));
        } else if self.bytes.capacity() - self.bytes.len() < bytes.len() {
            self.grow(heap, bytes.len())?;
        }
        self.bytes.extend_within(bytes);
        Ok(())
    }
    #[cold]
    fn grow(&mut self, heap: &Heap, extra: usize) -> Res<()> {
        let (len, old) = (self.bytes.len(), self.bytes.capacity());
        let double = extra.max(len).max(4 * SHORT);
        match heap.has_room(old.saturating_add(len.saturating_add(double))) {
            Ok(()) => self.bytes.try_reserve(double),
            Err(_) => {
                heap.has_room(old.saturating_add(len.saturating_add(extra)))?;
                self.bytes.try_reserve_exact(extra)
            }
        }
        .map_err(|_| Exit::NeedGc)
    }
    /// Appends a character.
    pub fn push_char(&mut self, heap: &Heap, c: char) -> Res<()> {
        self.push(heap, c.encode_utf8(&mut [0; 4]).as_bytes())
    }
    /// Appends an exact str or instance of a subclass.
    pub fn push_value(&mut self, heap: &Heap, v: Value) -> Res<()> {
        match v.get::<Str>() {
            Some(s) => self.push(heap, s.bytes()),
            None => Ok(()),
        }
    }
    /// What was written so far.
    #[inline]
    pub fn as_bytes(&self) -> &[u8] {
        if self.bytes.capacity() == 0 { self.short.get(..self.len).unwrap_or(&[]) } else { &self.bytes }
    }
    /// Forgets everything from `len` on.
    pub fn truncate(&mut self, len: usize) {
        self.len = self.len.min(len);
        self.bytes.truncate(len);
    }
    /// The buffer as the number kernels write to it.
    pub fn sink<'a>(&'a mut self, heap: &'a Heap) -> TextSink<'a> {
        TextSink { buf: self, heap }
    }
}

/// A buffer up to this size may exist beside the heap without being counted.
const UNNOTICED: usize = 64 << 10;

/// See [`TextBuf::sink`].
#[derive(Debug)]
pub struct TextSink<'a> {
    buf: &'a mut TextBuf,
    heap: &'a Heap,
}

impl Sink for TextSink<'_> {
    fn push_str(&mut self, s: &str) -> Result<(), NumError> {
        self.buf.push(self.heap, s.as_bytes()).map_err(|_| NumError::Memory)
    }
}

impl Rt {
    /// The str of a text buffer.
    pub fn finish_text(&mut self, text: TextBuf) -> Res<Value> {
        if text.as_bytes().is_ascii() {
            return self.finish_ascii(text);
        }
        self.expect_copy(&text)?;
        self.new_str_bytes(text.as_bytes())
    }

    /// The str of a text buffer that holds only ASCII.
    pub fn finish_ascii(&mut self, text: TextBuf) -> Res<Value> {
        self.expect_copy(&text)?;
        self.new_ascii(text.as_bytes())
    }

    /// Whether there is room for a buffer and the str made of it.
    #[inline]
    fn expect_copy(&mut self, text: &TextBuf) -> Res<()> {
        if text.bytes.capacity() <= UNNOTICED {
            return Ok(());
        }
        self.heap.has_room(text.bytes.capacity().saturating_add(text.bytes.len()))
    }

    /// `repr(v)`: a str, or an exit that asks for guest code to give it.
    pub fn repr(&mut self, v: Value) -> Res<Value> {
        if self.type_of(v).has_flag(Type::GUEST_REPR) {
            return Err(self.delegate(frozen::repr_of, &[v]));
        }
        match self.slots_of(v).repr {
            Some(f) => f(self, v),
            None => crate::builtins::object::default_repr(self, v),
        }
    }

    /// `str(v)`: a str, or an exit that asks for guest code to give it.
    pub fn str(&mut self, v: Value) -> Res<Value> {
        if v.exact::<Str>().is_some() {
            return Ok(v);
        }
        let t = self.type_of(v);
        let slot = self.slots_of(v).str;
        if t.has_flag(Type::GUEST_STR) || t.has_flag(Type::GUEST_REPR) && slot.is_none() {
            return Err(self.delegate(frozen::str_of, &[v]));
        }
        match slot {
            Some(f) => f(self, v),
            None => self.repr(v),
        }
    }

    /// Appends `repr(v)` if no guest code is needed; `false` (nothing appended) if it is.
    pub fn repr_into(&mut self, out: &mut TextBuf, v: Value) -> Res<bool> {
        self.append(out, v, Rt::repr)
    }

    /// Appends `str(v)` if no guest code is needed; `false` (nothing appended) if it is.
    pub fn str_into(&mut self, out: &mut TextBuf, v: Value) -> Res<bool> {
        self.append(out, v, Rt::str)
    }

    fn append(&mut self, out: &mut TextBuf, v: Value, text: fn(&mut Rt, Value) -> Res<Value>) -> Res<bool> {
        match text(self, v) {
            Ok(s) => out.push_value(&self.heap, s).map(|()| true),
            Err(e) if self.caught(e, ExitKind::Call) => Ok(false),
            Err(e) => Err(e),
        }
    }
}
