//! Multiplication: schoolbook below [`KARATSUBA`] limbs, Karatsuba above, and a squaring path. Without feature `speed`
//! all is schoolbook.
//! Recursion is at most the logarithm of the length; scratch comes from the budget.

use super::buf::{BigInt, Buf};
use super::int::Int;
use super::kernel as k;
use crate::num::{Limits, NumError};
use crate::room::Fresh;

/// Limbs of the shorter operand from which Karatsuba wins.
const KARATSUBA: usize = 36;
/// Limbs from which Karatsuba squaring wins.
const KARATSUBA_SQR: usize = 56;
/// Rows longer than this are cut, for the cache and for prompt polling.
const ROW: usize = 2048;

/// Limbs that [`mul_into`] needs for operands of these lengths.
pub fn mul_len(a: usize, b: usize) -> usize {
    a + b
}

/// `out = a * w`; returns the normalized length. `out.len() > a.len()`.
#[inline]
pub fn mul_small_into(out: &mut [u64], a: &[u64], w: u64) -> usize {
    if w == 0 || a.is_empty() {
        return 0;
    }
    let c = k::mul_1(out, a, w, 0);
    if c == 0 {
        return a.len();
    }
    out[a.len()] = c;
    a.len() + 1
}

/// `out = a * b`; returns sign and normalized length. `out.len() >= mul_len(a, b)`.
pub fn mul_into(out: &mut [u64], a: Int, b: Int, lim: &mut Limits) -> Result<(bool, usize), NumError> {
    let n = mul_mag_into(out, a.mag, b.mag, lim)?;
    Ok((n > 0 && a.neg != b.neg, n))
}

/// `a * b`, appended to an empty `out` with room for [`mul_len`]; returns sign and normalized length.
pub fn push_mul(out: &mut Fresh, a: Int, b: Int, lim: &mut Limits) -> Result<(bool, usize), NumError> {
    let (x, y) = if a.mag.len() >= b.mag.len() { (a.mag, b.mag) } else { (b.mag, a.mag) };
    let neg = a.neg != b.neg;
    let Some((&w, rest)) = y.split_first() else { return Ok((false, 0)) };
    if y.len() >= KARATSUBA || x.len() > ROW && y.len() > 1 || core::ptr::eq(x, y) {
        return mul_into(out.zeroed(), a, b, lim);
    }
    lim.step(x.len() * y.len())?;
    let carry = k::push_product(out, x, w, 0);
    out.push(carry);
    for (i, &w) in (1..).zip(rest) {
        let carry = k::addmul_1(&mut out.written()[i..], x, w);
        out.push(carry);
    }
    Ok((neg, k::normalized_len(out.written())))
}

/// `a * b`.
pub fn mul(a: Int, b: Int, lim: &mut Limits) -> Result<BigInt, NumError> {
    Ok(BigInt::from_parts(a.neg != b.neg, mul_mag(a.mag, b.mag, lim)?))
}

/// The product of two magnitudes.
pub fn mul_mag(a: &[u64], b: &[u64], lim: &mut Limits) -> Result<Buf, NumError> {
    let mut out = Buf::zeroed(mul_len(a.len(), b.len()), lim)?;
    let n = mul_mag_into(&mut out, a, b, lim)?;
    out.truncate(n);
    Ok(out)
}

/// The square of a magnitude.
pub fn sqr_mag(a: &[u64], lim: &mut Limits) -> Result<Buf, NumError> {
    mul_mag(a, a, lim)
}

/// Product into the front of `out`; returns the normalized length.
fn mul_mag_into(out: &mut [u64], a: &[u64], b: &[u64], lim: &mut Limits) -> Result<usize, NumError> {
    let (a, b) = if a.len() >= b.len() { (a, b) } else { (b, a) };
    match b {
        [] => return Ok(0),
        &[w] => {
            lim.step(a.len())?;
            return Ok(mul_small_into(out, a, w));
        }
        _ => {}
    }
    let out = &mut out[..a.len() + b.len()];
    mul_full(out, a, b, lim)?;
    Ok(k::normalized_len(out))
}

/// `out = a * b` with exactly `a.len() + b.len()` limbs; operands in any order, leading zeros allowed.
pub(super) fn mul_full(out: &mut [u64], a: &[u64], b: &[u64], lim: &mut Limits) -> Result<(), NumError> {
    let (a, b) = if a.len() >= b.len() { (a, b) } else { (b, a) };
    if b.is_empty() {
        out.fill(0);
        return Ok(());
    }
    let square = core::ptr::eq(a, b);
    if !cfg!(feature = "speed") || b.len() < KARATSUBA || (square && b.len() < KARATSUBA_SQR) {
        return if square { sqr_base(out, a, lim) } else { mul_base(out, a, b, lim) };
    }
    if a.len() == b.len() {
        let mut scratch = Buf::zeroed(karatsuba_scratch(a.len()), lim)?;
        if square {
            karatsuba_sqr(out, a, &mut scratch, lim)?;
        } else {
            karatsuba(out, a, b, &mut scratch, lim)?;
        }
        scratch.free(lim);
        return Ok(());
    }
    mul_unbalanced(out, a, b, lim)
}

/// Cuts the longer operand into pieces as long as the shorter one.
fn mul_unbalanced(out: &mut [u64], a: &[u64], b: &[u64], lim: &mut Limits) -> Result<(), NumError> {
    let n = b.len();
    let mut piece = Buf::zeroed(2 * n, lim)?;
    out.fill(0);
    for (i, part) in a.chunks(n).enumerate() {
        let p = &mut piece[..part.len() + n];
        mul_full(p, part, b, lim)?;
        k::add_assign(&mut out[i * n..], p);
    }
    piece.free(lim);
    Ok(())
}

fn mul_base(out: &mut [u64], a: &[u64], b: &[u64], lim: &mut Limits) -> Result<(), NumError> {
    let n = a.len();
    if n <= ROW {
        lim.step(n * b.len())?;
        out[n] = k::mul_1(out, a, b[0], 0);
        for (i, &w) in b.iter().enumerate().skip(1) {
            out[n + i] = k::addmul_1(&mut out[i..], a, w);
        }
        return Ok(());
    }
    out.fill(0);
    for (c, part) in a.chunks(ROW).enumerate() {
        lim.step(part.len() * b.len())?;
        let o = c * ROW;
        for (i, &w) in b.iter().enumerate() {
            let carry = k::addmul_1(&mut out[o + i..], part, w);
            // The last piece may be shorter than `b`: the limb above may hold earlier rows.
            k::add_1(&mut out[o + i + part.len()..], carry);
        }
    }
    Ok(())
}

/// Schoolbook square: each cross product once, doubled, then the diagonal.
fn sqr_base(out: &mut [u64], a: &[u64], lim: &mut Limits) -> Result<(), NumError> {
    let n = a.len();
    lim.step(n * n / 2 + n)?;
    out[0] = 0;
    out[n] = k::mul_1(&mut out[1..], &a[1..], a[0], 0);
    for i in 1..n {
        out[n + i] = k::addmul_1(&mut out[2 * i + 1..], &a[i + 1..], a[i]);
    }
    k::shl_bits_assign(out, 1);
    let mut carry = false;
    for (i, &x) in a.iter().enumerate() {
        let (lo, hi) = x.carrying_mul(x, 0);
        (out[2 * i], carry) = out[2 * i].carrying_add(lo, carry);
        (out[2 * i + 1], carry) = out[2 * i + 1].carrying_add(hi, carry);
    }
    Ok(())
}

fn karatsuba_scratch(n: usize) -> usize {
    2 * n + 128
}

/// `out = |x - y|` over `x.len()` limbs (`x` at least as long); returns whether `x < y`.
fn abs_diff(out: &mut [u64], x: &[u64], y: &[u64]) -> bool {
    if k::sub(out, x, y) {
        k::negate(&mut out[..x.len()]);
        return true;
    }
    false
}

/// Equal lengths; `out.len() == 2n`.
fn karatsuba(
    out: &mut [u64],
    a: &[u64],
    b: &[u64],
    scratch: &mut [u64],
    lim: &mut Limits,
) -> Result<(), NumError> {
    let n = a.len();
    if n < KARATSUBA {
        return mul_base(out, a, b, lim);
    }
    let m = n.div_ceil(2);
    let ((a0, a1), (b0, b1)) = (a.split_at(m), b.split_at(m));
    let (mid, rest) = scratch.split_at_mut(2 * m);
    let negative = {
        let (da, db) = out[..2 * m].split_at_mut(m);
        let s = abs_diff(da, a0, a1) != abs_diff(db, b0, b1);
        karatsuba(mid, da, db, rest, lim)?;
        s
    };
    let (z0, z2) = out.split_at_mut(2 * m);
    karatsuba(z0, a0, b0, rest, lim)?;
    karatsuba(z2, a1, b1, rest, lim)?;
    combine(out, mid, m, negative);
    Ok(())
}

fn karatsuba_sqr(out: &mut [u64], a: &[u64], scratch: &mut [u64], lim: &mut Limits) -> Result<(), NumError> {
    let n = a.len();
    if n < KARATSUBA_SQR {
        return sqr_base(out, a, lim);
    }
    let m = n.div_ceil(2);
    let (a0, a1) = a.split_at(m);
    let (mid, rest) = scratch.split_at_mut(2 * m);
    abs_diff(&mut out[..m], a0, a1);
    karatsuba_sqr(mid, &out[..m], rest, lim)?;
    let (z0, z2) = out.split_at_mut(2 * m);
    karatsuba_sqr(z0, a0, rest, lim)?;
    karatsuba_sqr(z2, a1, rest, lim)?;
    combine(out, mid, m, false);
    Ok(())
}

/// Adds `z0 + z2 -+ mid` at limb `m`, where `out` holds `z0` (2m limbs) and `z2`.
fn combine(out: &mut [u64], mid: &mut [u64], m: usize, negative: bool) {
    let (z0, z2) = out.split_at(2 * m);
    let mut carry: i32;
    if negative {
        carry = k::add_assign(mid, z0) as i32;
    } else {
        // mid = z0 - mid, as -(mid - z0).
        carry = k::sub_assign(mid, z0) as i32;
        carry -= mid.iter().any(|&x| x != 0) as i32;
        k::negate(mid);
    }
    carry += k::add_assign(mid, z2) as i32;
    debug_assert!(carry >= 0);
    k::add_assign(&mut out[m..], mid);
    k::add_1(&mut out[3 * m..], carry as u64);
}
