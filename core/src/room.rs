//! Adding to vectors within room that was reserved before: the one place in core where they grow. And [`Fresh`], the
//! limbs of a result that is written from its first limb to its last, so that they need not be zeroed before.
//!
//! Invariant: nothing here allocates but [`filled`] and [`exact`], which can fail. Callers have made room with `try_reserve`, whose
//! failure they can report; debug builds check it.

use crate::exit::{Exit, Res};
use alloc::boxed::Box;
use alloc::string::String;
use alloc::vec::Vec;
use core::mem::MaybeUninit;

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
    #[cfg_attr(feature = "speed", inline(always))]
    #[expect(clippy::disallowed_methods, reason = "the caller made room")]
    fn push_within(&mut self, x: T) {
        debug_assert!(self.len() < self.capacity());
        self.push(x);
    }
    #[cfg_attr(feature = "speed", inline(always))]
    #[expect(clippy::disallowed_methods, reason = "the caller made room")]
    fn extend_within(&mut self, items: &[T])
    where
        T: Copy,
    {
        debug_assert!(items.len() <= self.capacity() - self.len());
        self.extend_from_slice(items);
    }
    #[cfg_attr(feature = "speed", inline(always))]
    #[expect(clippy::disallowed_methods, reason = "the caller made room")]
    fn fill_within(&mut self, items: impl Iterator<Item = T>) {
        let room = self.capacity();
        self.extend(items);
        debug_assert!(self.capacity() == room);
    }
}

/// Appends a character to a string that has room for it.
#[cfg_attr(feature = "speed", inline(always))]
#[expect(clippy::disallowed_methods, reason = "the caller made room")]
pub(crate) fn push_char(s: &mut String, c: char) {
    debug_assert!(c.len_utf8() <= s.capacity() - s.len());
    s.push(c);
}

/// Appends text to a string that has room for it.
#[cfg_attr(feature = "speed", inline(always))]
#[expect(clippy::disallowed_methods, reason = "the caller made room")]
pub(crate) fn push_str(s: &mut String, text: &str) {
    debug_assert!(text.len() <= s.capacity() - s.len());
    s.push_str(text);
}

/// Limbs that are written in order. Invariant: the first `done` are initialised.
#[derive(Debug)]
pub struct Fresh<'a> {
    limbs: &'a mut [MaybeUninit<u64>],
    done: usize,
}

impl<'a> Fresh<'a> {
    /// Of memory that holds nothing yet.
    pub(crate) fn new(limbs: &'a mut [MaybeUninit<u64>]) -> Fresh<'a> {
        Fresh { limbs, done: 0 }
    }
    /// Appends limbs in groups of `N`, as far as there is room.
    #[cfg_attr(feature = "speed", inline(always))]
    pub(crate) fn extend<const N: usize>(&mut self, groups: impl Iterator<Item = [u64; N]>) {
        let free = self.limbs.get_mut(self.done..).unwrap_or(&mut []);
        let mut n = 0;
        for (to, from) in free.as_chunks_mut::<N>().0.iter_mut().zip(groups) {
            *to = from.map(MaybeUninit::new);
            n += N;
        }
        self.done += n;
    }
    /// Appends a limb, if there is room.
    #[inline]
    pub(crate) fn push(&mut self, limb: u64) {
        self.extend(core::iter::once([limb]));
    }
    /// What was written so far.
    #[inline]
    pub(crate) fn written(&mut self) -> &mut [u64] {
        // SAFETY: the first `done` limbs are initialised.
        unsafe { core::slice::from_raw_parts_mut(self.limbs.as_mut_ptr().cast(), self.done) }
    }
    /// All limbs, those not written yet as zeros.
    pub(crate) fn zeroed(&mut self) -> &mut [u64] {
        let free = self.limbs.len() - self.done;
        self.extend(core::iter::repeat_n([0], free));
        self.written()
    }
}

/// Whether `bytes` can be had now: before an allocation whose failure could not be reported.
pub fn probe(bytes: usize) -> Res<()> {
    let mut room: Vec<u64> = Vec::new();
    room.try_reserve_exact(bytes.div_ceil(8)).map_err(|_| Exit::NeedGc)
}

/// A copy without room to spare; `None` if memory is short.
pub(crate) fn exact<T: Copy>(from: &[T]) -> Option<Vec<T>> {
    let mut v = Vec::new();
    v.try_reserve_exact(from.len()).ok()?;
    v.extend_within(from);
    Some(v)
}

/// A boxed slice of `n` copies of `item`.
pub fn filled<T: Copy>(n: usize, item: T) -> Res<Box<[T]>> {
    let mut items = Vec::new();
    items.try_reserve_exact(n).map_err(|_| Exit::NeedGc)?;
    for _ in 0..n {
        items.push_within(item);
    }
    Ok(items.into_boxed_slice())
}
