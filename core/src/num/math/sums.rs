//! Sums and norms without accumulated rounding error.

use crate::num::NumError;

/// More than the partial sums that can be non-overlapping: (1024 + 1074) / 53, and room.
const PARTIALS: usize = 48;

/// `math.fsum`, fed one term at a time: Shewchuk's exact sum as a list of non-overlapping partials.
#[derive(Clone)]
pub struct Fsum {
    partials: [f64; PARTIALS],
    len: usize,
    /// The sum of infinities and NaNs.
    special: f64,
    /// The sum of infinities only: NaN when both signs occur.
    infinities: f64,
}

impl Default for Fsum {
    fn default() -> Self {
        Fsum { partials: [0.0; PARTIALS], len: 0, special: 0.0, infinities: 0.0 }
    }
}

impl Fsum {
    /// Adds a term; [`NumError::Overflow`] if an intermediate sum overflows.
    pub fn add(&mut self, term: f64) -> Result<(), NumError> {
        let mut x = term;
        let mut kept = 0;
        for j in 0..self.len {
            let mut y = self.partials[j];
            if x.abs() < y.abs() {
                (x, y) = (y, x);
            }
            let hi = x + y;
            let lo = y - (hi - x);
            if lo != 0.0 {
                self.partials[kept] = lo;
                kept += 1;
            }
            x = hi;
        }
        self.len = kept;
        if x == 0.0 {
            return Ok(());
        }
        if x.is_finite() {
            let slot = self.partials.get_mut(self.len).ok_or(NumError::Overflow)?;
            *slot = x;
            self.len += 1;
            return Ok(());
        }
        if term.is_finite() {
            return Err(NumError::Overflow);
        }
        if term.is_infinite() {
            self.infinities += term;
        }
        self.special += term;
        self.len = 0;
        Ok(())
    }

    /// The sum, correctly rounded; [`NumError::Domain`] for infinities of both signs.
    pub fn finish(&self) -> Result<f64, NumError> {
        if self.special != 0.0 || self.special.is_nan() {
            return if self.infinities.is_nan() { Err(NumError::Domain) } else { Ok(self.special) };
        }
        let mut n = self.len;
        let Some(top) = n.checked_sub(1) else { return Ok(0.0) };
        let mut hi = self.partials[top];
        let mut lo = 0.0;
        n = top;
        while n > 0 {
            let x = hi;
            n -= 1;
            let y = self.partials[n];
            hi = x + y;
            lo = y - (hi - x);
            if lo != 0.0 {
                break;
            }
        }
        // Half-even across partials: a tie broken by a lower partial of the same sign.
        if n > 0 && (lo < 0.0) == (self.partials[n - 1] < 0.0) && lo != 0.0 {
            let y = lo * 2.0;
            let x = hi + y;
            if y == x - hi {
                hi = x;
            }
        }
        Ok(hi)
    }
}

/// The product and its rounding error, by Dekker's splitting.
fn two_square(x: f64) -> (f64, f64) {
    const SPLIT: f64 = 134217729.0;
    let t = x * SPLIT;
    let hi = t - (t - x);
    let lo = x - hi;
    let p = x * x;
    (p, ((hi * hi - p) + 2.0 * hi * lo) + lo * lo)
}

/// `math.hypot(*terms)` (and `math.dist`, of the differences): nearly always correctly rounded.
pub fn hypot(terms: impl Iterator<Item = f64> + Clone) -> f64 {
    let mut max = 0.0f64;
    let mut nan = false;
    for t in terms.clone() {
        nan |= t.is_nan();
        max = max.max(t.abs());
    }
    if max.is_infinite() {
        return max;
    }
    if nan {
        return f64::NAN;
    }
    if max == 0.0 {
        return 0.0;
    }
    // Scaling by a power of two keeps the squares in range and loses nothing.
    let (_, e) = libm::frexp(max);
    let (mut sum, mut err) = (0.0f64, 0.0f64);
    for t in terms {
        let x = libm::scalbn(t.abs(), -e);
        let (p, p_err) = two_square(x);
        let s = sum + p;
        err += if sum >= p { (sum - s) + p } else { (p - s) + sum };
        err += p_err;
        sum = s;
    }
    let h = libm::sqrt(sum + err);
    // One Newton step in doubled precision.
    let (sq, sq_err) = two_square(h);
    let residue = ((sum - sq) - sq_err) + err;
    let h = h + residue / (2.0 * h);
    libm::scalbn(h, e)
}
