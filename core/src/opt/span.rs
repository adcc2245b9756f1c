//! Spans of words, taken as signed numbers, and what uops make of them.
//!
//! Invariant: a span that a uop's rule gives holds for every result that operands in the given spans can have. Rules are
//! about uops that did not exit, so a checked uop's result is an int however large its operands are.

use crate::uop::Uop;

/// The words from `lo` to `hi`.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(super) struct Span {
    pub lo: i64,
    pub hi: i64,
}

/// The words of ints.
pub(super) const INT: Span = Span { lo: i64::MIN, hi: i64::MAX - 7 };

/// A length's word at most: a collection lies in memory, and its items take a byte at least. No address space has more
/// than 2^56 bytes.
const LENGTH: Span = Span { lo: 0, hi: 1 << 59 };

impl Span {
    pub const ALL: Span = Span { lo: i64::MIN, hi: i64::MAX };

    pub fn word(bits: u64) -> Span {
        Span { lo: bits as i64, hi: bits as i64 }
    }
    /// The only word in it.
    pub fn one(self) -> Option<i64> {
        (self.lo == self.hi).then_some(self.lo)
    }
    pub fn within(self, other: Span) -> bool {
        other.lo <= self.lo && self.hi <= other.hi
    }
    pub fn join(self, other: Span) -> Span {
        Span { lo: self.lo.min(other.lo), hi: self.hi.max(other.hi) }
    }
    /// What both have in common. Where that is nothing the trace never comes, and anything is true.
    pub fn meet(self, other: Span) -> Span {
        let (lo, hi) = (self.lo.max(other.lo), self.hi.min(other.hi));
        if lo <= hi { Span { lo, hi } } else { self }
    }
    /// Without the word `k`, if that is at an end.
    pub fn without(self, k: i64) -> Span {
        match (self.lo == k, self.hi == k) {
            (true, false) => Span { lo: k + 1, ..self },
            (false, true) => Span { hi: k - 1, ..self },
            _ => self,
        }
    }
    /// `self`, with the ends that `next` oversteps moved as far as they go.
    pub fn widened(self, next: Span) -> Span {
        let most = if self.join(next).within(INT) { INT } else { Span::ALL };
        Span {
            lo: if next.lo < self.lo { most.lo } else { self.lo },
            hi: if next.hi > self.hi { most.hi } else { self.hi },
        }
    }

    /// Of numbers from `lo` to `hi`, if words can hold them.
    fn exact(lo: i128, hi: i128) -> Option<Span> {
        Some(Span { lo: i64::try_from(lo).ok()?, hi: i64::try_from(hi).ok()? })
    }
    /// As much of the numbers from `lo` to `hi` as ints can be.
    fn checked(lo: i128, hi: i128) -> Span {
        let near = |x: i128| x.clamp(INT.lo as i128, INT.hi as i128) as i64;
        Span { lo: near(lo), hi: near(hi) }
    }
    fn sum(self, o: Span) -> (i128, i128) {
        (self.lo as i128 + o.lo as i128, self.hi as i128 + o.hi as i128)
    }
    fn difference(self, o: Span) -> (i128, i128) {
        (self.lo as i128 - o.hi as i128, self.hi as i128 - o.lo as i128)
    }
    /// Of a word times an int.
    fn product(self, o: Span) -> (i128, i128) {
        let of = |x: i64, y: i64| x as i128 * (y >> 3) as i128;
        let all = [of(self.lo, o.lo), of(self.lo, o.hi), of(self.hi, o.lo), of(self.hi, o.hi)];
        (all.into_iter().min().unwrap_or(i128::MIN), all.into_iter().max().unwrap_or(i128::MAX))
    }
    fn shifted(self, o: Span) -> Option<(i128, i128)> {
        let (least, most) = (o.lo >> 3, o.hi >> 3);
        if least < 0 || most >= 60 {
            return None;
        }
        let of = |x: i64, n: i64| (x as i128) << n;
        Some((
            of(self.lo, if self.lo < 0 { most } else { least }),
            of(self.hi, if self.hi < 0 { least } else { most }),
        ))
    }
    /// The sum, if it never overflows; likewise below.
    pub fn plus(self, o: Span) -> Option<Span> {
        let (lo, hi) = self.sum(o);
        Span::exact(lo, hi)
    }
    pub fn minus(self, o: Span) -> Option<Span> {
        let (lo, hi) = self.difference(o);
        Span::exact(lo, hi)
    }
    pub fn times(self, o: Span) -> Option<Span> {
        let (lo, hi) = self.product(o);
        Span::exact(lo, hi)
    }
    pub fn shifted_left(self, o: Span) -> Option<Span> {
        let (lo, hi) = self.shifted(o)?;
        Span::exact(lo, hi)
    }
    fn shifted_right(self, o: Span) -> Span {
        let (least, most) = (o.lo >> 3, o.hi >> 3);
        if least < 0 || most > 63 {
            return Span::ALL;
        }
        let lo = self.lo >> if self.lo < 0 { least } else { most };
        let hi = self.hi >> if self.hi < 0 { most } else { least };
        Span { lo: lo & !7, hi: hi & !7 }
    }
    /// Floor division by a positive int.
    fn over(self, o: Span) -> Span {
        if o.lo < 8 {
            return INT;
        }
        let of = |x: i64, y: i64| (x.div_euclid(y) as i128) << 3;
        let lo = of(self.lo, if self.lo < 0 { o.lo } else { o.hi });
        let hi = of(self.hi, if self.hi < 0 { o.hi } else { o.lo });
        Span::checked(lo, hi)
    }
    fn modulo(self, o: Span) -> Span {
        match (o.lo > 0, o.hi < 0) {
            (true, _) if self.lo >= 0 => Span { lo: 0, hi: self.hi.min(o.hi.saturating_sub(8).max(0)) },
            (true, _) => Span { lo: 0, hi: o.hi.saturating_sub(8).max(0) },
            (_, true) => Span { lo: o.lo.saturating_add(8).min(0), hi: 0 },
            _ => INT,
        }
    }
    fn and(self, o: Span) -> Span {
        match (self.lo >= 0, o.lo >= 0) {
            (true, true) => Span { lo: 0, hi: self.hi.min(o.hi) },
            (true, false) => Span { lo: 0, hi: self.hi },
            (false, true) => Span { lo: 0, hi: o.hi },
            _ => Span::ALL,
        }
    }
    /// Of `|` and `^`.
    fn or_xor(self, o: Span) -> Span {
        if self.lo < 0 || o.lo < 0 {
            return Span::ALL;
        }
        let bits = 64 - (self.hi | o.hi).leading_zeros();
        Span { lo: 0, hi: ((1u128 << bits) - 1) as i64 }
    }
    /// The high word of an unsigned product with one word.
    fn times_high(self, o: Span) -> Span {
        match o.one() {
            Some(m) if self.lo >= 0 => {
                let of = |x: i64| ((x as u128 * m as u64 as u128) >> 64) as i64;
                Span { lo: of(self.lo), hi: of(self.hi) }
            }
            _ => Span::ALL,
        }
    }

    /// Result of `op` for operands in `a` and `b`.
    pub fn of_uop(op: Uop, a: Span, b: Span) -> Span {
        let checked = |(lo, hi)| Span::checked(lo, hi);
        match op {
            Uop::AddInt => checked(a.sum(b)),
            Uop::SubInt => checked(a.difference(b)),
            Uop::MulInt => checked(a.product(b)),
            Uop::ShlInt => a.shifted(b).map_or(INT, checked),
            Uop::AddIntN => a.plus(b).unwrap_or(Span::ALL),
            Uop::SubIntN => a.minus(b).unwrap_or(Span::ALL),
            Uop::MulIntN => a.times(b).unwrap_or(Span::ALL),
            Uop::ShlIntN => a.shifted_left(b).unwrap_or(Span::ALL),
            Uop::ShrInt | Uop::ShrIntN => a.shifted_right(b),
            Uop::FloorDivInt => a.over(b),
            Uop::ModInt => a.modulo(b),
            Uop::AndInt => a.and(b),
            Uop::OrInt | Uop::XorInt => a.or_xor(b),
            Uop::NegInt => checked(Span::word(0).difference(a)),
            Uop::InvertInt => checked(Span::word(-8i64 as u64).difference(a)),
            Uop::BoolToInt => Span { lo: 0, hi: 8 },
            Uop::FloatToInt => INT,
            Uop::MulHi => a.times_high(b),
            Uop::LoadLen => LENGTH,
            Uop::LoadLen32 => Span { lo: 0, hi: (u32::MAX as i64) << 3 },
            Uop::Load32 => Span { lo: 0, hi: u32::MAX as i64 },
            Uop::Load8 => Span { lo: 0, hi: u8::MAX as i64 },
            Uop::NextSlot | Uop::NextEntry => Span { lo: 0, hi: 1 << (32 + 3) },
            Uop::ByteLoad => Span { lo: 0, hi: (u8::MAX as i64) << 3 },
            Uop::MovG => a,
            _ => Span::ALL,
        }
    }
}
