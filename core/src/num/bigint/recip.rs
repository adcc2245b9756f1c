//! Division of two or three limbs by one or two through a precomputed reciprocal
//! (N. Möller and T. Granlund, "Improved division by invariant integers", 2011).
//! A hardware 128-by-64 division is slow or missing; two multiplications are neither.

/// A single-limb divisor, normalized, with its reciprocal.
#[derive(Clone, Copy)]
pub struct Divisor1 {
    d: u64,
    v: u64,
    shift: u32,
}

/// `floor((2^128 - 1) / d) - 2^64` for normalized `d`.
fn reciprocal(d: u64) -> u64 {
    let n = (!d as u128) << 64 | u64::MAX as u128;
    (n / d as u128) as u64
}

impl Divisor1 {
    /// Prepares division by `d`, which must not be zero.
    pub fn new(d: u64) -> Self {
        debug_assert!(d != 0);
        let shift = d.leading_zeros();
        let d = d << shift;
        Divisor1 { d, v: reciprocal(d), shift }
    }

    /// Quotient and remainder of `hi:lo` by the normalized divisor, `hi < d`.
    #[inline]
    fn div2(&self, hi: u64, lo: u64) -> (u64, u64) {
        let q = (self.v as u128) * (hi as u128) + ((hi as u128) << 64 | lo as u128);
        let (q0, mut q1) = (q as u64, ((q >> 64) as u64).wrapping_add(1));
        let mut r = lo.wrapping_sub(q1.wrapping_mul(self.d));
        if r > q0 {
            q1 = q1.wrapping_sub(1);
            r = r.wrapping_add(self.d);
        }
        if r >= self.d {
            q1 = q1.wrapping_add(1);
            r -= self.d;
        }
        (q1, r)
    }

    /// `q = a / d` over `a.len()` limbs; returns the remainder.
    pub fn div_into(&self, q: &mut [u64], a: &[u64]) -> u64 {
        let n = a.len();
        if n == 0 {
            return 0;
        }
        let s = self.shift;
        if s == 0 {
            let mut r = 0;
            for i in (0..n).rev() {
                (q[i], r) = self.div2(r, a[i]);
            }
            return r;
        }
        let mut r = a[n - 1] >> (64 - s);
        for i in (1..n).rev() {
            (q[i], r) = self.div2(r, a[i] << s | a[i - 1] >> (64 - s));
        }
        (q[0], r) = self.div2(r, a[0] << s);
        r >> s
    }

    /// `a /= d` in place; returns the remainder.
    pub fn div_assign(&self, a: &mut [u64]) -> u64 {
        let s = self.shift;
        let Some(&top) = a.last() else { return 0 };
        let mut r = if s == 0 { 0 } else { top >> (64 - s) };
        for i in (0..a.len()).rev() {
            let below = if s == 0 || i == 0 { 0 } else { a[i - 1] >> (64 - s) };
            (a[i], r) = self.div2(r, a[i] << s | below);
        }
        r >> s
    }

    /// `a % d` without the quotient.
    pub fn rem(&self, a: &[u64]) -> u64 {
        let s = self.shift;
        let Some(&top) = a.last() else { return 0 };
        let mut r = if s == 0 { 0 } else { top >> (64 - s) };
        for i in (0..a.len()).rev() {
            let below = if s == 0 || i == 0 { 0 } else { a[i - 1] >> (64 - s) };
            r = self.div2(r, a[i] << s | below).1;
        }
        r >> s
    }
}

/// The two top limbs of a normalized divisor with the reciprocal for 3-by-2 division.
#[derive(Clone, Copy)]
pub struct Divisor2 {
    d: u128,
    v: u64,
}

impl Divisor2 {
    /// Prepares division by `d1:d0`, with the top bit of `d1` set.
    pub fn new(d1: u64, d0: u64) -> Self {
        debug_assert!(d1 >> 63 == 1);
        let mut v = reciprocal(d1);
        let mut p = d1.wrapping_mul(v).wrapping_add(d0);
        if p < d0 {
            v = v.wrapping_sub(1);
            if p >= d1 {
                v = v.wrapping_sub(1);
                p = p.wrapping_sub(d1);
            }
            p = p.wrapping_sub(d1);
        }
        let t = (v as u128) * (d0 as u128);
        let (t1, t0) = ((t >> 64) as u64, t as u64);
        let (p, over) = p.overflowing_add(t1);
        let d = (d1 as u128) << 64 | d0 as u128;
        if over {
            v = v.wrapping_sub(1);
            if (p as u128) << 64 | t0 as u128 >= d {
                v = v.wrapping_sub(1);
            }
        }
        Divisor2 { d, v }
    }

    /// Quotient limb and two-limb remainder of `u2:u1:u0`, where `u2:u1 < d`.
    #[inline]
    pub fn div3(&self, u2: u64, u1: u64, u0: u64) -> (u64, u128) {
        let (d1, d0) = ((self.d >> 64) as u64, self.d as u64);
        let q = (self.v as u128) * (u2 as u128) + ((u2 as u128) << 64 | u1 as u128);
        let (mut q1, q0) = ((q >> 64) as u64, q as u64);
        let r1 = u1.wrapping_sub(q1.wrapping_mul(d1));
        let t = (d0 as u128) * (q1 as u128);
        let mut r = ((r1 as u128) << 64 | u0 as u128).wrapping_sub(t).wrapping_sub(self.d);
        q1 = q1.wrapping_add(1);
        if (r >> 64) as u64 >= q0 {
            q1 = q1.wrapping_sub(1);
            r = r.wrapping_add(self.d);
        }
        if r >= self.d {
            q1 = q1.wrapping_add(1);
            r = r.wrapping_sub(self.d);
        }
        (q1, r)
    }
}
