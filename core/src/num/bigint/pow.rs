//! Powers, modular powers and inverses.

use super::bits::{bit_length, is_bit_set};
use super::buf::{BigInt, Buf};
use super::div::{divmod, divrem_mag, modulo};
use super::int::{Int, SmallInt, cmp_mag, sub};
use super::kernel as k;
use super::mul::{mul, mul_mag, sqr_mag};
use crate::num::{Limits, NumError};
use core::cmp::Ordering;

/// `base ** exp` for `exp >= 0`. Fails with [`NumError::TooLarge`] when the result cannot be counted.
pub fn pow(base: Int, exp: Int, lim: &mut Limits) -> Result<BigInt, NumError> {
    if exp.neg {
        return Err(NumError::Negative);
    }
    if exp.is_zero() {
        return BigInt::from_i128(1, lim);
    }
    if base.mag.is_empty() || base.mag == [1] {
        return BigInt::copy_of(Int { neg: base.neg && exp.is_odd(), mag: base.mag }, lim);
    }
    let neg = base.neg && exp.is_odd();
    let e = exp.to_u64().ok_or(NumError::TooLarge)?;
    let bits = bit_length(base.mag).checked_mul(e).ok_or(NumError::TooLarge)?;
    // A lower bound of the result's size fails before any work is done.
    if ((bits - e) / 64) as u128 > lim.budget_limbs as u128 {
        return Err(NumError::Memory);
    }
    let zeros = trailing_zeros(base.mag);
    let mut odd = Buf::zeroed(base.mag.len(), lim)?;
    let limbs = (zeros / 64) as usize;
    k::shr_bits(&mut odd, &base.mag[limbs..], (zeros % 64) as u32);
    odd.normalize();
    let power = pow_mag(&odd, e, lim)?;
    odd.free(lim);
    if zeros == 0 {
        return Ok(BigInt { neg, mag: power });
    }
    let out = super::bits::shl(Int { neg, mag: &power }, zeros.saturating_mul(e), lim)?;
    power.free(lim);
    Ok(out)
}

fn trailing_zeros(mag: &[u64]) -> u64 {
    let zero_limbs = mag.iter().take_while(|&&l| l == 0).count();
    zero_limbs as u64 * 64 + mag.get(zero_limbs).map_or(0, |l| l.trailing_zeros() as u64)
}

/// Left-to-right binary power, `e > 0`.
fn pow_mag(base: &[u64], e: u64, lim: &mut Limits) -> Result<Buf, NumError> {
    let mut acc = Buf::copy_of(base, lim)?;
    for i in (0..63 - e.leading_zeros()).rev() {
        acc = replace(acc, sqr_mag, lim)?;
        if e >> i & 1 == 1 {
            acc = replace(acc, |a, lim| mul_mag(a, base, lim), lim)?;
        }
    }
    Ok(acc)
}

/// `f(old)`, with `old` given back to the budget.
fn replace(
    old: Buf,
    f: impl FnOnce(&[u64], &mut Limits) -> Result<Buf, NumError>,
    lim: &mut Limits,
) -> Result<Buf, NumError> {
    let new = f(&old, lim)?;
    old.free(lim);
    Ok(new)
}

/// `pow(base, exp, m)` with the sign of `m`; a negative `exp` uses the modular inverse.
/// [`NumError::ZeroDivision`] if `m` is zero, [`NumError::NotInvertible`] if there is no inverse.
pub fn modpow(base: Int, exp: Int, m: Int, lim: &mut Limits) -> Result<BigInt, NumError> {
    if m.is_zero() {
        return Err(NumError::ZeroDivision);
    }
    let mut b = if exp.neg { mod_inverse(base, m.abs(), lim)? } else { modulo(base, m.abs(), lim)? };
    let power = match *m.mag {
        [1] => Buf::new(),
        [w] if cfg!(feature = "speed") => small_modpow(b.mag.first().copied().unwrap_or(0), exp.mag, w, lim)?,
        _ => modpow_mag(&b.mag, exp.mag, m.mag, lim)?,
    };
    core::mem::take(&mut b.mag).free(lim);
    if m.neg && !power.is_empty() {
        // The residue moves down into (m, 0].
        let out = sub(Int { neg: false, mag: &power }, m.abs(), lim)?;
        power.free(lim);
        return Ok(out);
    }
    Ok(BigInt { neg: false, mag: power })
}

fn small_modpow(base: u64, exp: &[u64], m: u64, lim: &mut Limits) -> Result<Buf, NumError> {
    let mulmod = |a: u64, b: u64| ((a as u128 * b as u128) % m as u128) as u64;
    let mut acc = 1 % m;
    for i in (0..bit_length(exp)).rev() {
        lim.step(4)?;
        acc = mulmod(acc, acc);
        if is_bit_set(exp, i) {
            acc = mulmod(acc, base);
        }
    }
    Buf::copy_of(k::normalized(&[acc]), lim)
}

/// Fixed windows of four bits; one division per multiplication.
fn modpow_mag(base: &[u64], exp: &[u64], m: &[u64], lim: &mut Limits) -> Result<Buf, NumError> {
    const WINDOW: u64 = if cfg!(feature = "speed") { 4 } else { 1 };
    let reduce = |p: Buf, lim: &mut Limits| -> Result<Buf, NumError> {
        if cmp_mag(&p, m) == Ordering::Less {
            return Ok(p);
        }
        let (q, r) = divrem_mag(&p, m, lim)?;
        q.free(lim);
        p.free(lim);
        Ok(r)
    };
    let bits = bit_length(exp);
    let window = if bits > 32 { WINDOW } else { 1 };
    let mut table: [Buf; 1 << WINDOW] = Default::default();
    table[1] = Buf::copy_of(base, lim)?;
    for i in 2..1 << window {
        let p = mul_mag(&table[i - 1], base, lim)?;
        table[i] = reduce(p, lim)?;
    }
    let mut acc = Buf::copy_of(&[1], lim)?;
    for w in (0..bits.div_ceil(window)).rev() {
        let mut digit = 0usize;
        for bit in (0..window).rev() {
            acc = reduce(replace(acc, sqr_mag, lim)?, lim)?;
            digit = digit << 1 | is_bit_set(exp, w * window + bit) as usize;
        }
        if digit != 0 {
            acc = reduce(replace(acc, |a, lim| mul_mag(a, &table[digit], lim), lim)?, lim)?;
        }
        lim.step(8)?;
    }
    for t in table {
        t.free(lim);
    }
    Ok(acc)
}

/// `x` in `0..m` with `a * x == 1 (mod m)`, for `m > 0`.
pub fn mod_inverse(a: Int, m: Int, lim: &mut Limits) -> Result<BigInt, NumError> {
    let one = SmallInt::from(1i64);
    let (mut r0, mut r1) = (BigInt::copy_of(m, lim)?, modulo(a, m, lim)?);
    let (mut t0, mut t1) = (BigInt::zero(), BigInt::copy_of(one.as_int(), lim)?);
    while !r1.as_int().is_zero() {
        let (q, r) = divmod(r0.as_int(), r1.as_int(), lim)?;
        let qt = mul(q.as_int(), t1.as_int(), lim)?;
        let t = sub(t0.as_int(), qt.as_int(), lim)?;
        lim.step(16)?;
        for old in [q, qt, core::mem::replace(&mut r0, r1), core::mem::replace(&mut t0, t1)] {
            old.free(lim);
        }
        (r1, t1) = (r, t);
    }
    if r0.as_int() != Int::ONE {
        return Err(NumError::NotInvertible);
    }
    let x = modulo(t0.as_int(), m, lim)?;
    for old in [r0, r1, t0, t1] {
        old.free(lim);
    }
    Ok(x)
}
