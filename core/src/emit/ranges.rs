//! Free ranges of an area, by first fit.
//!
//! Invariants: ranges are sorted, not empty, and do not touch. There is always room for one more range than pieces are
//! taken, so that giving one back allocates nothing.

use super::EmitError;
use alloc::vec::Vec;

/// The free ranges.
#[derive(Debug, Default)]
pub struct Ranges {
    free: Vec<(u32, u32)>,
    taken: usize,
}

impl Ranges {
    /// An area of which `start..end` is free.
    pub fn new(start: u32, end: u32) -> Result<Ranges, EmitError> {
        let mut ranges = Ranges { free: Vec::new(), taken: 0 };
        ranges.prepare(1)?;
        if start < end {
            ranges.insert(0, (start, end));
        }
        Ok(ranges)
    }

    /// Makes room for giving back `more` pieces besides those taken.
    pub fn prepare(&mut self, more: usize) -> Result<(), EmitError> {
        let wanted = self.taken + more + 2;
        let missing = wanted.saturating_sub(self.free.len());
        self.free.try_reserve(missing).map_err(|_| EmitError::NoMemory)
    }

    /// Takes the lowest `len` units aligned to `align`, after [`Ranges::prepare`].
    pub fn take_low(&mut self, len: u32, align: u32) -> Option<u32> {
        if len == 0 {
            self.taken += 1;
            return Some(0);
        }
        let up = |start: u32| start.checked_next_multiple_of(align);
        let i = self.free.iter().position(|(start, end)| {
            up(*start).is_some_and(|at| at.checked_add(len).is_some_and(|stop| stop <= *end))
        })?;
        let (start, end) = *self.free.get(i)?;
        let at = up(start)?;
        self.cut(i, (start, at), (at + len, end));
        Some(at)
    }

    /// Takes the highest `len` units, after [`Ranges::prepare`].
    pub fn take_high(&mut self, len: u32) -> Option<u32> {
        if len == 0 {
            self.taken += 1;
            return Some(0);
        }
        let i = self.free.iter().rposition(|(start, end)| end - start >= len)?;
        let (start, end) = *self.free.get(i)?;
        self.cut(i, (start, end - len), (end, end));
        Some(end - len)
    }

    /// Replaces range `i` by what is left of it.
    fn cut(&mut self, i: usize, before: (u32, u32), after: (u32, u32)) {
        self.taken += 1;
        let keep = |r: (u32, u32)| r.0 < r.1;
        match (keep(before), keep(after)) {
            (true, true) => {
                self.set(i, before);
                self.insert(i + 1, after);
            }
            (true, false) => self.set(i, before),
            (false, true) => self.set(i, after),
            (false, false) => {
                self.free.remove(i);
            }
        }
    }

    /// Gives a piece back.
    pub fn give(&mut self, start: u32, len: u32) {
        self.taken = self.taken.saturating_sub(1);
        if len == 0 {
            return;
        }
        let (mut start, mut end) = (start, start + len);
        let mut i = self.free.partition_point(|r| r.0 < start);
        if let Some(before) = i.checked_sub(1).and_then(|j| self.free.get(j)).copied()
            && before.1 == start
        {
            i -= 1;
            start = before.0;
            self.free.remove(i);
        }
        if let Some(after) = self.free.get(i).copied()
            && after.0 == end
        {
            end = after.1;
            self.free.remove(i);
        }
        self.insert(i, (start, end));
    }

    fn set(&mut self, i: usize, to: (u32, u32)) {
        if let Some(r) = self.free.get_mut(i) {
            *r = to;
        }
    }

    #[expect(clippy::disallowed_methods, reason = "prepare() reserved the room")]
    fn insert(&mut self, i: usize, range: (u32, u32)) {
        self.free.insert(i, range);
    }
}

#[cfg(test)]
mod tests {
    use super::Ranges;
    use alloc::vec::Vec;

    #[test]
    fn pieces_come_from_both_ends_and_merge_again() {
        let mut r = Ranges::new(64, 1024).unwrap();
        r.prepare(3).unwrap();
        let a = r.take_low(10, 64).unwrap();
        let b = r.take_low(10, 64).unwrap();
        let c = r.take_high(24).unwrap();
        assert_eq!((a, b, c), (64, 128, 1000));
        assert_eq!(r.take_low(2000, 1), None);
        assert_eq!(r.free, [(74, 128), (138, 1000)]);
        r.give(a, 10);
        r.give(c, 24);
        r.give(b, 10);
        assert_eq!(r.free, [(64, 1024)]);
        assert_eq!(r.taken, 0);
    }

    #[test]
    fn nothing_overlaps_under_random_use() {
        let mut r = Ranges::new(0, 4096).unwrap();
        let (mut live, mut seed) = (Vec::new(), 1u64);
        let mut next = || {
            seed = seed.wrapping_mul(6364136223846793005).wrapping_add(1);
            (seed >> 33) as u32
        };
        for _ in 0..20_000 {
            if next() % 2 == 0 || live.is_empty() {
                let len = next() % 100;
                r.prepare(1).unwrap();
                let got = if next() % 2 == 0 { r.take_low(len, 16) } else { r.take_high(len) };
                if let Some(at) = got {
                    assert!(at + len <= 4096);
                    assert!(
                        live.iter()
                            .all(|(s, l): &(u32, u32)| at + len <= *s || s + l <= at || len == 0 || *l == 0)
                    );
                    live.push((at, len));
                }
            } else {
                let i = next() as usize % live.len();
                let (at, len) = live.swap_remove(i);
                r.give(at, len);
            }
            assert!(r.free.len() <= r.taken + 1);
            assert!(r.free.windows(2).all(|w| w[0].1 < w[1].0));
        }
    }
}
