//! Exact decimal expansion of a float, and exact rounding of it.

use crate::num::bigint::kernel as k;
use crate::num::bigint::{Divisor1, decompose};

/// No float has more significant digits (767), with room for a rounding carry.
pub const MAX_DIGITS: usize = 800;
/// Limbs of the largest scaled mantissa: 53 bits times 5^1074.
const LIMBS: usize = 42;
const TEN_19: u64 = 10_000_000_000_000_000_000;

/// A decimal `0.d1d2d3... * 10^point`, without sign. No digits means zero; the first digit is not zero.
#[derive(Clone)]
pub struct Decimal {
    digits: [u8; MAX_DIGITS],
    len: usize,
    /// Where the decimal point stands: digits before it, or minus the zeros after it.
    pub point: i32,
}

impl Decimal {
    /// The exact value of `|x|`, finite.
    pub fn new(x: f64) -> Self {
        let mut d = Decimal { digits: [b'0'; MAX_DIGITS], len: 0, point: 0 };
        let (mut m, mut e) = decompose(x);
        if m == 0 {
            return d;
        }
        let zeros = m.trailing_zeros() as i32;
        m >>= zeros;
        e += zeros;
        let mut limbs = [0u64; LIMBS];
        limbs[0] = m;
        if e >= 0 {
            let at = e as usize / 64;
            limbs[0] = 0;
            limbs[at] = m;
            limbs[at + 1] = k::shl_bits_assign(&mut limbs[at..=at], e as u32 % 64);
        } else {
            scale_by_five(&mut limbs, e.unsigned_abs());
        }
        d.fill(&mut limbs);
        d.point = d.len as i32 + e.min(0);
        d.drop_trailing_zeros();
        d
    }

    /// The significant digits, ASCII.
    pub fn digits(&self) -> &[u8] {
        &self.digits[..self.len]
    }

    fn fill(&mut self, limbs: &mut [u64]) {
        let mut n = k::normalized_len(limbs);
        let mut at = MAX_DIGITS;
        let div = Divisor1::new(TEN_19);
        while n > 0 {
            let mut rest = if n == 1 && limbs[0] < TEN_19 {
                core::mem::take(&mut limbs[0])
            } else {
                div.div_assign(&mut limbs[..n])
            };
            n = k::normalized_len(&limbs[..n]);
            let stop = at - 19;
            while (n > 0 && at > stop) || rest != 0 {
                at -= 1;
                self.digits[at] = b'0' + (rest % 10) as u8;
                rest /= 10;
            }
        }
        self.digits.copy_within(at.., 0);
        self.len = MAX_DIGITS - at;
    }

    fn drop_trailing_zeros(&mut self) {
        while self.len > 0 && self.digits[self.len - 1] == b'0' {
            self.len -= 1;
        }
        if self.len == 0 {
            self.point = 0;
        }
    }

    /// Rounds half to even so that at most `keep` digits remain; below zero nothing does.
    pub fn round_to_digits(&mut self, keep: i64) {
        if keep >= self.len as i64 {
            return;
        }
        if keep < 0 {
            self.len = 0;
            self.point = 0;
            return;
        }
        let keep = keep as usize;
        let next = self.digits[keep];
        let tie = next == b'5' && self.len == keep + 1;
        let odd = keep > 0 && self.digits[keep - 1] & 1 == 1;
        let up = if tie { odd } else { next >= b'5' };
        self.len = keep;
        if up {
            self.increment();
        }
        self.drop_trailing_zeros();
    }

    /// Rounds half to even at `places` digits after the decimal point (before it, if negative).
    pub fn round_to_places(&mut self, places: i64) {
        self.round_to_digits(self.point as i64 + places);
    }

    /// Adds one unit of the last kept place.
    fn increment(&mut self) {
        while self.len > 0 {
            let last = &mut self.digits[self.len - 1];
            if *last < b'9' {
                *last += 1;
                return;
            }
            self.len -= 1;
        }
        self.digits[0] = b'1';
        self.len = 1;
        self.point += 1;
    }
}

/// `limbs *= 5^n`.
fn scale_by_five(limbs: &mut [u64; LIMBS], mut n: u32) {
    const FIVE_27: u64 = 7_450_580_596_923_828_125;
    let mut used = 1;
    while n > 0 {
        let step = n.min(27);
        let factor = if step == 27 { FIVE_27 } else { 5u64.pow(step) };
        let carry = k::mul_1_assign(&mut limbs[..used], factor, 0);
        if carry != 0 {
            limbs[used] = carry;
            used += 1;
        }
        n -= step;
    }
}
