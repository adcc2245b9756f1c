//! The innermost loops: limb vectors in, limb vectors out, carries returned. No allocation, no failure.
//!
//! Carries travel from limb to limb in groups of four or eight: within a group the compiler keeps them in the carry flag.

use crate::room::Fresh;

/// Groups of limbs, and the rest; without feature `speed` all is rest, so that there is one loop.
#[cfg_attr(feature = "speed", inline(always))]
fn groups<const N: usize>(a: &[u64]) -> (&[[u64; N]], &[u64]) {
    if cfg!(feature = "speed") { a.as_chunks() } else { (&[], a) }
}
/// See [`groups`].
#[cfg_attr(feature = "speed", inline(always))]
fn fours(a: &[u64]) -> (&[[u64; 4]], &[u64]) {
    groups(a)
}
/// See [`groups`].
#[cfg_attr(feature = "speed", inline(always))]
fn fours_mut(a: &mut [u64]) -> (&mut [[u64; 4]], &mut [u64]) {
    if cfg!(feature = "speed") { a.as_chunks_mut() } else { (&mut [], a) }
}

/// Length of `a` without leading zero limbs.
#[inline]
pub fn normalized_len(a: &[u64]) -> usize {
    let mut n = a.len();
    while n > 0 && a[n - 1] == 0 {
        n -= 1;
    }
    n
}

/// `a` without leading zero limbs.
#[inline]
pub fn normalized(a: &[u64]) -> &[u64] {
    &a[..normalized_len(a)]
}

/// Three-way comparison of equally long vectors.
pub fn cmp_n(a: &[u64], b: &[u64]) -> core::cmp::Ordering {
    debug_assert_eq!(a.len(), b.len());
    for (x, y) in a.iter().rev().zip(b.iter().rev()) {
        if x != y {
            return x.cmp(y);
        }
    }
    core::cmp::Ordering::Equal
}

/// `out = a + b` over `a.len()` limbs, `a.len() >= b.len()`; returns the carry.
#[inline]
pub fn add(out: &mut [u64], a: &[u64], b: &[u64]) -> bool {
    debug_assert!(a.len() >= b.len() && out.len() >= a.len());
    let (a_lo, a_hi) = a.split_at(b.len());
    let (o_lo, o_hi) = out[..a.len()].split_at_mut(b.len());
    let mut c = false;
    for ((o, &x), &y) in o_lo.iter_mut().zip(a_lo).zip(b) {
        (*o, c) = x.carrying_add(y, c);
    }
    for (o, &x) in o_hi.iter_mut().zip(a_hi) {
        (*o, c) = x.overflowing_add(c as u64);
    }
    c
}

/// Appends `a + b` over `a.len()` limbs, `a.len() >= b.len()`; returns the carry.
#[inline]
pub fn push_sum(out: &mut Fresh, a: &[u64], b: &[u64]) -> bool {
    let (low, high) = a.split_at(b.len());
    let c = push_pairs(out, low, b, u64::carrying_add);
    push_carry(out, high, c, u64::overflowing_add)
}

/// Appends `a - b` over `a.len()` limbs, `a.len() >= b.len()`; returns the borrow.
#[inline]
pub fn push_difference(out: &mut Fresh, a: &[u64], b: &[u64]) -> bool {
    let (low, high) = a.split_at(b.len());
    let c = push_pairs(out, low, b, u64::borrowing_sub);
    push_carry(out, high, c, u64::overflowing_sub)
}

#[cfg_attr(feature = "speed", inline(always))]
fn push_pairs(out: &mut Fresh, a: &[u64], b: &[u64], f: impl Fn(u64, u64, bool) -> (u64, bool)) -> bool {
    let mut c = false;
    let ((a8, a_rest), (b8, b_rest)) = (groups::<8>(a), groups::<8>(b));
    out.extend(a8.iter().zip(b8).map(|(x, y)| {
        let mut o = [0; 8];
        for ((o, &x), &y) in o.iter_mut().zip(x).zip(y) {
            (*o, c) = f(x, y, c);
        }
        o
    }));
    out.extend(a_rest.iter().zip(b_rest).map(|(&x, &y)| {
        let o;
        (o, c) = f(x, y, c);
        [o]
    }));
    c
}

#[cfg_attr(feature = "speed", inline(always))]
fn push_carry(out: &mut Fresh, a: &[u64], mut c: bool, f: impl Fn(u64, u64) -> (u64, bool)) -> bool {
    out.extend(a.iter().map(|&x| {
        let o;
        (o, c) = f(x, c as u64);
        [o]
    }));
    c
}

/// Appends `a * w + carry` over `a.len()` limbs; returns the carry limb.
#[inline]
pub fn push_product(out: &mut Fresh, a: &[u64], w: u64, mut carry: u64) -> u64 {
    let (a4, rest) = fours(a);
    out.extend(a4.iter().map(|x| {
        let mut o = [0; 4];
        (o[0], carry) = x[0].carrying_mul(w, carry);
        (o[1], carry) = x[1].carrying_mul(w, carry);
        (o[2], carry) = x[2].carrying_mul(w, carry);
        (o[3], carry) = x[3].carrying_mul(w, carry);
        o
    }));
    out.extend(rest.iter().map(|&x| {
        let o;
        (o, carry) = x.carrying_mul(w, carry);
        [o]
    }));
    carry
}

/// `out = a - b` over `a.len()` limbs, `a.len() >= b.len()`; returns the borrow.
#[inline]
pub fn sub(out: &mut [u64], a: &[u64], b: &[u64]) -> bool {
    debug_assert!(a.len() >= b.len() && out.len() >= a.len());
    let (a_lo, a_hi) = a.split_at(b.len());
    let (o_lo, o_hi) = out[..a.len()].split_at_mut(b.len());
    let mut c = false;
    for ((o, &x), &y) in o_lo.iter_mut().zip(a_lo).zip(b) {
        (*o, c) = x.borrowing_sub(y, c);
    }
    for (o, &x) in o_hi.iter_mut().zip(a_hi) {
        (*o, c) = x.overflowing_sub(c as u64);
    }
    c
}

/// `a += b`, `a.len() >= b.len()`; returns the carry out of `a`.
#[inline]
pub fn add_assign(a: &mut [u64], b: &[u64]) -> bool {
    debug_assert!(a.len() >= b.len());
    let (lo, hi) = a.split_at_mut(b.len());
    let mut c = false;
    for (x, &y) in lo.iter_mut().zip(b) {
        (*x, c) = x.carrying_add(y, c);
    }
    c && add_1(hi, 1)
}

/// `a -= b`, `a.len() >= b.len()`; returns the borrow out of `a`.
#[inline]
pub fn sub_assign(a: &mut [u64], b: &[u64]) -> bool {
    debug_assert!(a.len() >= b.len());
    let (lo, hi) = a.split_at_mut(b.len());
    let mut c = false;
    for (x, &y) in lo.iter_mut().zip(b) {
        (*x, c) = x.borrowing_sub(y, c);
    }
    c && sub_1(hi, 1)
}

/// `a += w`; returns the carry.
#[inline]
pub fn add_1(a: &mut [u64], w: u64) -> bool {
    let mut c = w;
    for x in a {
        let (s, o) = x.overflowing_add(c);
        *x = s;
        if !o {
            return false;
        }
        c = 1;
    }
    c != 0
}

/// `a -= w`; returns the borrow.
#[inline]
pub fn sub_1(a: &mut [u64], w: u64) -> bool {
    let mut c = w;
    for x in a {
        let (s, o) = x.overflowing_sub(c);
        *x = s;
        if !o {
            return false;
        }
        c = 1;
    }
    c != 0
}

/// `out = a * w + carry` over `a.len()` limbs; returns the carry limb.
#[inline]
pub fn mul_1(out: &mut [u64], a: &[u64], w: u64, mut carry: u64) -> u64 {
    debug_assert!(out.len() >= a.len());
    for (o, &x) in out.iter_mut().zip(a) {
        (*o, carry) = x.carrying_mul(w, carry);
    }
    carry
}

/// `a = a * w + carry`; returns the carry limb.
#[inline]
pub fn mul_1_assign(a: &mut [u64], w: u64, mut carry: u64) -> u64 {
    for x in a {
        (*x, carry) = x.carrying_mul(w, carry);
    }
    carry
}

/// `out += a * w` over `a.len()` limbs; returns the carry limb.
#[inline]
pub fn addmul_1(out: &mut [u64], a: &[u64], w: u64) -> u64 {
    let out = &mut out[..a.len()];
    let mut carry = 0;
    let mut o4 = out.chunks_exact_mut(4);
    let mut a4 = a.chunks_exact(4);
    for (o, x) in (&mut o4).zip(&mut a4) {
        (o[0], carry) = x[0].carrying_mul_add(w, carry, o[0]);
        (o[1], carry) = x[1].carrying_mul_add(w, carry, o[1]);
        (o[2], carry) = x[2].carrying_mul_add(w, carry, o[2]);
        (o[3], carry) = x[3].carrying_mul_add(w, carry, o[3]);
    }
    for (o, &x) in o4.into_remainder().iter_mut().zip(a4.remainder()) {
        (*o, carry) = x.carrying_mul_add(w, carry, *o);
    }
    carry
}

/// `out -= a * w` over `a.len()` limbs; returns the borrow limb.
#[inline]
pub fn submul_1(out: &mut [u64], a: &[u64], w: u64) -> u64 {
    let step = |o: &mut u64, x: u64, borrow: u64| {
        let (lo, hi) = x.carrying_mul(w, borrow);
        let (d, c) = o.overflowing_sub(lo);
        *o = d;
        hi + c as u64
    };
    let (o4, o_rest) = fours_mut(&mut out[..a.len()]);
    let (a4, a_rest) = fours(a);
    let mut borrow = 0u64;
    for (o, x) in o4.iter_mut().zip(a4) {
        borrow = step(&mut o[0], x[0], borrow);
        borrow = step(&mut o[1], x[1], borrow);
        borrow = step(&mut o[2], x[2], borrow);
        borrow = step(&mut o[3], x[3], borrow);
    }
    for (o, &x) in o_rest.iter_mut().zip(a_rest) {
        borrow = step(o, x, borrow);
    }
    borrow
}

/// Appends `a << s` over `a.len()` limbs, `0 <= s < 64`; returns the bits shifted out.
#[inline]
pub fn push_shl_bits(out: &mut Fresh, a: &[u64], s: u32) -> u64 {
    let mut carry = 0;
    out.extend(a.iter().map(|&x| {
        let low = x << s | carry;
        // In two steps, for a shift by 64.
        carry = x >> 1 >> (63 - s);
        [low]
    }));
    carry
}

/// `out = a << s` over `a.len()` limbs, `0 <= s < 64`; returns the bits shifted out.
#[inline]
pub fn shl_bits(out: &mut [u64], a: &[u64], s: u32) -> u64 {
    if s == 0 {
        out[..a.len()].copy_from_slice(a);
        return 0;
    }
    let mut carry = 0;
    for (o, &x) in out.iter_mut().zip(a) {
        *o = x << s | carry;
        carry = x >> (64 - s);
    }
    carry
}

/// `out = a >> s` over `a.len()` limbs, `0 <= s < 64`; bits shifted out are lost.
#[inline]
pub fn shr_bits(out: &mut [u64], a: &[u64], s: u32) {
    if s == 0 {
        out[..a.len()].copy_from_slice(a);
        return;
    }
    let n = a.len();
    for i in 0..n {
        let next = if i + 1 < n { a[i + 1] } else { 0 };
        out[i] = a[i] >> s | next << (64 - s);
    }
}

/// `a <<= s` in place, `s < 64`; returns the bits shifted out.
#[inline]
pub fn shl_bits_assign(a: &mut [u64], s: u32) -> u64 {
    if s == 0 {
        return 0;
    }
    let mut carry = 0;
    for x in a {
        let v = *x;
        *x = v << s | carry;
        carry = v >> (64 - s);
    }
    carry
}

/// `a >>= s` in place, `s < 64`.
#[inline]
pub fn shr_bits_assign(a: &mut [u64], s: u32) {
    if s == 0 {
        return;
    }
    let mut carry = 0;
    for x in a.iter_mut().rev() {
        let v = *x;
        *x = v >> s | carry;
        carry = v << (64 - s);
    }
}

/// Replaces `a` by its two's complement negation over its length.
pub fn negate(a: &mut [u64]) {
    let mut c = true;
    for x in a {
        (*x, c) = (!*x).overflowing_add(c as u64);
    }
}
