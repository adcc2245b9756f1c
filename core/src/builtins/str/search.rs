//! Substring search over bytes that stays interruptible: long texts are searched in windows, with a poll between.
//!
//! WTF-8 never confuses the middle of one code point with another, so a match of two texts begins and ends at code
//! points, and `str` and `bytes` share this.

use super::args::charge_scan;
use crate::exit::Res;
use crate::interp::Rt;
#[cfg(feature = "speed")]
use memchr::memmem::{Finder, FinderRev, find as find_once};
#[cfg(not(feature = "speed"))]
use small::{Finder, FinderRev, find_once};

/// Searches without prefilters and special cases of short texts.
#[cfg(not(feature = "speed"))]
mod small {
    use memchr::arch::all::twoway;

    #[derive(Debug)]
    pub struct Finder<'a>(twoway::Finder, &'a [u8]);

    impl<'a> Finder<'a> {
        pub fn new(needle: &'a [u8]) -> Finder<'a> {
            Finder(twoway::Finder::new(needle), needle)
        }
        pub fn needle(&self) -> &'a [u8] {
            self.1
        }
        pub fn find(&self, hay: &[u8]) -> Option<usize> {
            self.0.find(hay, self.1)
        }
    }

    pub fn find_once(hay: &[u8], needle: &[u8]) -> Option<usize> {
        Finder::new(needle).find(hay)
    }

    pub struct FinderRev<'a>(twoway::FinderRev, &'a [u8]);

    impl<'a> FinderRev<'a> {
        pub fn new(needle: &'a [u8]) -> FinderRev<'a> {
            FinderRev(twoway::FinderRev::new(needle), needle)
        }
        pub fn rfind(&self, hay: &[u8]) -> Option<usize> {
            self.0.rfind(hay, self.1)
        }
    }
}

/// Bytes searched between two polls.
const WINDOW: usize = 1 << 18;

/// Whether `needle` occurs in a short text.
pub fn occurs(hay: &[u8], needle: &[u8]) -> bool {
    find_once(hay, needle).is_some()
}

/// First occurrence of a non-empty `needle`.
pub fn find(rt: &mut Rt, hay: &[u8], needle: &[u8]) -> Res<Option<usize>> {
    if hay.len() <= 4096 {
        return Ok(if needle.len() > hay.len() { None } else { find_once(hay, needle) });
    }
    charge_scan(rt, needle.len())?;
    Matches::new(hay, needle).charged(true).next(rt)
}

/// Last occurrence of a non-empty `needle`.
pub fn rfind(rt: &mut Rt, hay: &[u8], needle: &[u8]) -> Res<Option<usize>> {
    if needle.len() > hay.len() {
        return Ok(None);
    }
    let finder = FinderRev::new(needle);
    let step = WINDOW.max(needle.len().saturating_mul(2));
    let mut end = hay.len();
    loop {
        let start = end.saturating_sub(step);
        charge_scan(rt, (end - start).saturating_sub(4096))?;
        if let Some(i) = hay.get(start..end).and_then(|window| finder.rfind(window)) {
            return Ok(Some(start + i));
        }
        if start == 0 {
            return Ok(None);
        }
        rt.poll()?;
        end = start + needle.len() - 1;
    }
}

/// Occurrences of a non-empty needle from left to right, not overlapping. The caller charges the haystack, or asks for
/// it window by window with [`Matches::charged`].
#[derive(Debug)]
pub struct Matches<'a> {
    hay: &'a [u8],
    finder: Finder<'a>,
    at: usize,
    since_poll: usize,
    charged: bool,
}

impl<'a> Matches<'a> {
    /// Over `hay`.
    pub fn new(hay: &'a [u8], needle: &'a [u8]) -> Matches<'a> {
        Matches { hay, finder: Finder::new(needle), at: 0, since_poll: 0, charged: false }
    }
    /// Whether each window is charged as it is entered.
    pub fn charged(mut self, on: bool) -> Matches<'a> {
        self.charged = on;
        self
    }
    /// The next occurrence.
    pub fn next(&mut self, rt: &mut Rt) -> Res<Option<usize>> {
        let n = self.finder.needle().len();
        let step = WINDOW.max(n.saturating_mul(2));
        while n <= self.hay.len() - self.at.min(self.hay.len()) {
            self.since_poll += 64;
            if self.since_poll >= WINDOW {
                self.since_poll = 0;
                rt.poll()?;
            }
            let end = self.hay.len().min(self.at + step);
            let window = self.hay.get(self.at..end).unwrap_or(&[]);
            if let Some(i) = self.finder.find(window) {
                let found = self.at + i;
                self.since_poll += i;
                if self.charged {
                    charge_scan(rt, i)?;
                }
                self.at = found + n;
                return Ok(Some(found));
            }
            if self.charged {
                charge_scan(rt, window.len())?;
            }
            if end == self.hay.len() {
                break;
            }
            self.since_poll += window.len();
            self.at = end - (n - 1);
        }
        self.at = self.hay.len() + 1;
        Ok(None)
    }
}

/// Number of occurrences of a non-empty `needle`, up to `max`.
pub fn count(rt: &mut Rt, hay: &[u8], needle: &[u8], max: usize) -> Res<usize> {
    charge_scan(rt, hay.len())?;
    let mut n = 0;
    if let [byte] = *needle
        && max >= hay.len()
    {
        for part in hay.chunks(WINDOW) {
            n += memchr::memchr_iter(byte, part).count();
            rt.poll()?;
        }
        return Ok(n);
    }
    let mut m = Matches::new(hay, needle);
    while n < max && m.next(rt)?.is_some() {
        n += 1;
    }
    Ok(n)
}
