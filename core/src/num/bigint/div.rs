//! Division: reciprocal multiplication for one limb, Knuth's algorithm D with a 3-by-2 quotient estimate,
//! and recursive division (Brent and Zimmermann, "Modern Computer Arithmetic", 1.4.3) for long operands.
//! The signed operations floor, as Python's do: the remainder has the divisor's sign.

use super::buf::{BigInt, Buf};
use super::int::{Int, cmp_mag};
use super::kernel as k;
use super::mul::mul_full;
use super::recip::{Divisor1, Divisor2};
use crate::num::{Limits, NumError};
use crate::room::Fresh;
use core::cmp::Ordering;
use core::mem::MaybeUninit;

/// Divisor and quotient limbs from which recursive division wins.
const RECURSIVE: usize = 72;
/// Working limbs kept on the stack for short divisions.
const STACK: usize = 64;

/// Limbs of the quotient slice that [`divmod_into`] needs.
pub fn quo_len(a: usize, b: usize) -> usize {
    (a + 2).saturating_sub(b).max(1)
}

/// Limbs of the remainder slice that [`divmod_into`] needs.
pub fn rem_len(_a: usize, b: usize) -> usize {
    b
}

/// A sign and a normalized length: what an `_into` operation left in its slice.
pub type SignLen = (bool, usize);

/// Floor division by one limb of magnitude `w` (nonzero) and sign `w_neg`; returns quotient and remainder,
/// the latter as a magnitude with the divisor's sign. `q.len() >= quo_len(a, 1)`.
fn divmod_small_into(q: &mut [u64], a: Int, w: u64, w_neg: bool) -> (SignLen, u64) {
    let n = a.mag.len();
    let mut r = match a.mag {
        &[x] => {
            q[0] = x / w;
            x % w
        }
        mag => Divisor1::new(w).div_into(q, mag),
    };
    let mut len = k::normalized_len(&q[..n]);
    let neg = a.neg != w_neg;
    if r != 0 && neg {
        r = w - r;
        len = increment(q, len);
    }
    ((neg && len > 0, len), r)
}

/// Adds one to the `len` limbs of `q` (which has room for a carry); returns the new length.
fn increment(q: &mut [u64], len: usize) -> usize {
    if k::add_1(&mut q[..len], 1) {
        q[len] = 1;
        return len + 1;
    }
    len
}

/// `q, r = divmod(a, b)`, flooring. Slices as [`quo_len`] and [`rem_len`] say.
pub fn divmod_into(
    q: &mut [u64],
    r: &mut [u64],
    a: Int,
    b: Int,
    lim: &mut Limits,
) -> Result<(SignLen, SignLen), NumError> {
    let (ql, rl) = divrem_into(q, r, a.mag, b.mag, lim)?;
    let neg = a.neg != b.neg;
    if rl == 0 || !neg {
        return Ok(((neg && ql > 0, ql), (b.neg && rl > 0, rl)));
    }
    let ql = increment(q, ql);
    // r = b - r, which is positive and at most as long as b.
    let bl = b.mag.len();
    r[rl..bl].fill(0);
    k::negate(&mut r[..bl]);
    k::add_assign(&mut r[..bl], b.mag);
    Ok(((true, ql), (b.neg, k::normalized_len(&r[..bl]))))
}

/// `q = a // b`, flooring. Slice as [`quo_len`] says.
pub fn floordiv_into(q: &mut [u64], a: Int, b: Int, lim: &mut Limits) -> Result<SignLen, NumError> {
    let (mut ql, exact) = match (a.mag, b.mag) {
        (_, []) => return Err(NumError::ZeroDivision),
        (x, &[w]) => {
            lim.step(x.len())?;
            return Ok(divmod_small_into(q, a, w, b.neg).0);
        }
        (a, b) if cmp_mag(a, b) == Ordering::Less => (0, a.is_empty()),
        (a, b) => divide(q, a, b, lim, |rest, _| rest.iter().all(|&x| x == 0))?,
    };
    let neg = a.neg != b.neg;
    if neg && !exact {
        ql = increment(q, ql);
    }
    Ok((neg && ql > 0, ql))
}

/// Truncating division of magnitudes into slices; returns normalized lengths.
fn divrem_into(
    q: &mut [u64],
    r: &mut [u64],
    a: &[u64],
    b: &[u64],
    lim: &mut Limits,
) -> Result<(usize, usize), NumError> {
    match b {
        [] => return Err(NumError::ZeroDivision),
        &[w] => {
            lim.step(a.len())?;
            r[0] = Divisor1::new(w).div_into(q, a);
            return Ok((k::normalized_len(&q[..a.len()]), (r[0] != 0) as usize));
        }
        _ => {}
    }
    if cmp_mag(a, b) == Ordering::Less {
        r[..a.len()].copy_from_slice(a);
        return Ok((0, a.len()));
    }
    divide(q, a, b, lim, |rest, shift| {
        k::shr_bits(r, rest, shift);
        k::normalized_len(&r[..rest.len()])
    })
}

/// Divides `a >= b` by `b` of at least two limbs, both normalized in a working copy: shifted so that the divisor's
/// highest bit is set. `then` gets the remainder's limbs and how far they are shifted. Returns the quotient's normalized
/// length and what `then` says.
fn divide<R>(
    q: &mut [u64],
    a: &[u64],
    b: &[u64],
    lim: &mut Limits,
    then: impl FnOnce(&[u64], u32) -> R,
) -> Result<(usize, R), NumError> {
    let divide_in = |mut work: Fresh, lim: &mut Limits| {
        let n = b.len();
        let shift = b[n - 1].leading_zeros();
        let high = k::push_shl_bits(&mut work, a, shift);
        work.push(high);
        k::push_shl_bits(&mut work, b, shift);
        let (u, v) = work.written().split_at_mut(a.len() + 1);
        let q = &mut q[..u.len() - n];
        div_normalized(q, u, v, lim)?;
        Ok((k::normalized_len(q), then(&u[..n], shift)))
    };
    let need = a.len() + 1 + b.len();
    if need <= STACK {
        let mut work = [const { MaybeUninit::uninit() }; STACK];
        return divide_in(Fresh::new(&mut work), lim);
    }
    let mut work = Buf::with_capacity(need, lim)?;
    let out = divide_in(work.fresh(), lim);
    work.free(lim);
    out
}

/// Divides `u` (its top `n` limbs below `v`) by the normalized `v` of `n >= 2` limbs.
/// Quotient in `q` (`u.len() - n` limbs), remainder in the low `n` limbs of `u`.
fn div_normalized(q: &mut [u64], u: &mut [u64], v: &[u64], lim: &mut Limits) -> Result<(), NumError> {
    let n = v.len();
    let m = q.len();
    let d = Divisor2::new(v[n - 1], v[n - 2]);
    if !cfg!(feature = "speed") || n < RECURSIVE || m < RECURSIVE {
        div_base(q, u, v, &d, lim)?;
        return Ok(());
    }
    let mut scratch = Buf::zeroed(n, lim)?;
    let mut hi = m;
    while hi > 0 {
        let size = if hi.is_multiple_of(n) { n } else { hi % n };
        let lo = hi - size;
        div_recursive(&mut q[lo..hi], &mut u[lo..hi + n], v, &d, &mut scratch, lim)?;
        hi = lo;
    }
    scratch.free(lim);
    Ok(())
}

/// Schoolbook division. Returns whether the quotient has a further limb of value 1 above `q`.
fn div_base(
    q: &mut [u64],
    u: &mut [u64],
    v: &[u64],
    d: &Divisor2,
    lim: &mut Limits,
) -> Result<bool, NumError> {
    let n = v.len();
    let m = q.len();
    let high = k::cmp_n(&u[m..m + n], v) != Ordering::Less;
    if high {
        k::sub_assign(&mut u[m..m + n], v);
    }
    let (v_low, top) = v.split_at(n - 2);
    let top = (top[1], top[0]);
    for j in (0..m).rev() {
        lim.step(n)?;
        let (u2, u1, u0) = (u[j + n], u[j + n - 1], u[j + n - 2]);
        if (u2, u1) >= top {
            q[j] = div_step_max(&mut u[j..=j + n], v);
            continue;
        }
        let (mut qhat, mut r) = d.div3(u2, u1, u0);
        let borrow = k::submul_1(&mut u[j..j + n - 2], v_low, qhat);
        let under;
        (r, under) = r.overflowing_sub(borrow as u128);
        u[j + n - 2] = r as u64;
        u[j + n - 1] = (r >> 64) as u64;
        u[j + n] = 0;
        if under {
            qhat -= 1;
            k::add_assign(&mut u[j..j + n], v);
        }
        q[j] = qhat;
    }
    Ok(high)
}

/// The quotient limb when the estimate saturates: starts from the largest limb and corrects.
#[cold]
fn div_step_max(u: &mut [u64], v: &[u64]) -> u64 {
    let n = v.len();
    let mut qhat = u64::MAX;
    let borrow = k::submul_1(&mut u[..n], v, qhat);
    let (mut top, mut negative) = u[n].overflowing_sub(borrow);
    while negative {
        qhat -= 1;
        let c = k::add_assign(&mut u[..n], v) as u64;
        let over;
        (top, over) = top.overflowing_add(c);
        negative = !over;
    }
    u[n] = top;
    debug_assert_eq!(top, 0);
    qhat
}

/// Recursive division, `q.len() <= v.len()`; returns the limb of the quotient above `q` (0 or 1).
fn div_recursive(
    q: &mut [u64],
    u: &mut [u64],
    v: &[u64],
    d: &Divisor2,
    scratch: &mut [u64],
    lim: &mut Limits,
) -> Result<bool, NumError> {
    let (n, m) = (v.len(), q.len());
    if m < RECURSIVE {
        return div_base(q, u, v, d, lim);
    }
    let half = m / 2;
    let (q0, q1) = q.split_at_mut(half);
    let mut high = div_recursive(q1, &mut u[2 * half..n + m], &v[half..], d, scratch, lim)?;
    high = subtract_low(q1, high, &mut u[half..n + half], v, half, scratch, lim)?;
    let low_high = div_recursive(q0, &mut u[half..n + half], &v[half..], d, scratch, lim)?;
    let low_high = subtract_low(q0, low_high, &mut u[..n], v, half, scratch, lim)?;
    debug_assert!(!low_high);
    Ok(high)
}

/// `u -= (high:q) * v[..half]`, then lowers `high:q` until the remainder is not negative.
fn subtract_low(
    q: &mut [u64],
    high: bool,
    u: &mut [u64],
    v: &[u64],
    half: usize,
    scratch: &mut [u64],
    lim: &mut Limits,
) -> Result<bool, NumError> {
    let t = &mut scratch[..q.len() + half];
    mul_full(t, q, &v[..half], lim)?;
    let mut deficit = k::sub_assign(u, t) as i32;
    if high {
        deficit += k::sub_assign(&mut u[q.len()..], &v[..half]) as i32;
    }
    let mut high = high as i32;
    while deficit > 0 {
        high -= k::sub_1(q, 1) as i32;
        deficit -= k::add_assign(u, v) as i32;
    }
    Ok(high > 0)
}

/// Truncating division of magnitudes: quotient and remainder, normalized.
pub fn divrem_mag(a: &[u64], b: &[u64], lim: &mut Limits) -> Result<(Buf, Buf), NumError> {
    let mut q = Buf::zeroed(quo_len(a.len(), b.len()), lim)?;
    let mut r = Buf::zeroed(rem_len(a.len(), b.len()), lim)?;
    let (ql, rl) = divrem_into(&mut q, &mut r, a, b, lim)?;
    q.truncate(ql);
    r.truncate(rl);
    Ok((q, r))
}

/// `divmod(a, b)`.
pub fn divmod(a: Int, b: Int, lim: &mut Limits) -> Result<(BigInt, BigInt), NumError> {
    let mut q = Buf::zeroed(quo_len(a.mag.len(), b.mag.len()), lim)?;
    let mut r = Buf::zeroed(rem_len(a.mag.len(), b.mag.len()), lim)?;
    let ((qn, ql), (rn, rl)) = divmod_into(&mut q, &mut r, a, b, lim)?;
    q.truncate(ql);
    r.truncate(rl);
    Ok((BigInt { neg: qn, mag: q }, BigInt { neg: rn, mag: r }))
}

/// `a // b`.
pub fn floordiv(a: Int, b: Int, lim: &mut Limits) -> Result<BigInt, NumError> {
    let mut q = Buf::zeroed(quo_len(a.mag.len(), b.mag.len()), lim)?;
    let (neg, n) = floordiv_into(&mut q, a, b, lim)?;
    q.truncate(n);
    Ok(BigInt { neg, mag: q })
}

/// `a % b`.
pub fn modulo(a: Int, b: Int, lim: &mut Limits) -> Result<BigInt, NumError> {
    let (q, r) = divmod(a, b, lim)?;
    q.free(lim);
    Ok(r)
}
