//! Where formatted text goes: a fallible writer, so that the caller can charge and refuse each piece.

use super::NumError;
use crate::room;
use alloc::string::String;

/// A fallible destination for text.
pub trait Sink {
    /// Appends `s`, or fails and leaves the text as it was.
    fn push_str(&mut self, s: &str) -> Result<(), NumError>;

    /// Announces that at least `bytes` more will follow, so that a hopeless text fails before it is made.
    fn reserve(&mut self, bytes: usize) -> Result<(), NumError> {
        let _ = bytes;
        Ok(())
    }

    /// Appends `n` copies of `c`, in pieces of bounded size.
    fn push_fill(&mut self, c: char, mut n: usize) -> Result<(), NumError> {
        const PIECE: usize = 256;
        if n == 0 {
            return Ok(());
        }
        let mut bytes = [0u8; PIECE];
        let width = c.len_utf8();
        let per_piece = n.min(PIECE / width);
        for chunk in bytes.chunks_exact_mut(width).take(per_piece) {
            c.encode_utf8(chunk);
        }
        while n > 0 {
            let take = n.min(per_piece);
            self.push_str(ascii_or_utf8(&bytes[..take * width]))?;
            n -= take;
        }
        Ok(())
    }
}

/// The text of bytes this module wrote itself; an invalid sequence would be a bug and prints nothing.
pub(crate) fn ascii_or_utf8(bytes: &[u8]) -> &str {
    core::str::from_utf8(bytes).unwrap_or_default()
}

impl Sink for String {
    fn reserve(&mut self, bytes: usize) -> Result<(), NumError> {
        self.try_reserve(bytes).map_err(|_| NumError::Memory)
    }

    fn push_str(&mut self, s: &str) -> Result<(), NumError> {
        self.try_reserve(s.len()).map_err(|_| NumError::Memory)?;
        room::push_str(self, s);
        Ok(())
    }
}

/// A sink that only measures what would be written.
#[derive(Default, Clone, Copy, Debug)]
pub struct Counter {
    /// UTF-8 bytes written so far.
    pub bytes: usize,
    /// Characters written so far.
    pub chars: usize,
}

impl Sink for Counter {
    fn push_str(&mut self, s: &str) -> Result<(), NumError> {
        self.bytes = self.bytes.saturating_add(s.len());
        self.chars = self.chars.saturating_add(s.chars().count());
        Ok(())
    }

    fn push_fill(&mut self, c: char, n: usize) -> Result<(), NumError> {
        self.bytes = self.bytes.saturating_add(n.saturating_mul(c.len_utf8()));
        self.chars = self.chars.saturating_add(n);
        Ok(())
    }
}
