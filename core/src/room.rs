//! Adding to vectors within room that was reserved before: the one place in core where they grow.
//!
//! Invariant: nothing here allocates. Callers have made room with `try_reserve`, whose failure they can report; debug
//! builds check it.

use alloc::string::String;
use alloc::vec::Vec;

/// What may be done to a vector after a successful `try_reserve`.
pub(crate) trait WithinRoom<T> {
    /// Appends an element.
    fn push_within(&mut self, x: T);
    /// Appends copies.
    fn extend_within(&mut self, items: &[T])
    where
        T: Copy;
    /// Appends what an iterator gives.
    fn fill_within(&mut self, items: impl Iterator<Item = T>);
}

impl<T> WithinRoom<T> for Vec<T> {
    #[inline(always)]
    #[expect(clippy::disallowed_methods, reason = "the caller made room")]
    fn push_within(&mut self, x: T) {
        debug_assert!(self.len() < self.capacity());
        self.push(x);
    }
    #[inline(always)]
    #[expect(clippy::disallowed_methods, reason = "the caller made room")]
    fn extend_within(&mut self, items: &[T])
    where
        T: Copy,
    {
        debug_assert!(items.len() <= self.capacity() - self.len());
        self.extend_from_slice(items);
    }
    #[inline(always)]
    #[expect(clippy::disallowed_methods, reason = "the caller made room")]
    fn fill_within(&mut self, items: impl Iterator<Item = T>) {
        let room = self.capacity();
        self.extend(items);
        debug_assert!(self.capacity() == room);
    }
}

/// Appends a character to a string that has room for it.
#[inline(always)]
#[expect(clippy::disallowed_methods, reason = "the caller made room")]
pub(crate) fn push_char(s: &mut String, c: char) {
    debug_assert!(c.len_utf8() <= s.capacity() - s.len());
    s.push(c);
}

/// Appends text to a string that has room for it.
#[inline(always)]
#[expect(clippy::disallowed_methods, reason = "the caller made room")]
pub(crate) fn push_str(s: &mut String, text: &str) {
    debug_assert!(text.len() <= s.capacity() - s.len());
    s.push_str(text);
}
