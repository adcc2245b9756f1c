//! Integer functions of `math`: factorials, permutations, combinations, logarithms of any size.

use crate::num::bigint::kernel::mul_1_assign;
use crate::num::bigint::{
    BigInt, Buf, Divisor1, Int, SmallInt, floordiv, log2_parts, mul, mul_mag, sub, to_f64,
};
use crate::num::{Limits, NumError};

/// Factors multiplied one by one at the leaves of a product tree.
const LEAF: u64 = 24;

/// The product of `lo..=hi`, as a balanced tree.
fn range_product(lo: u64, hi: u64, lim: &mut Limits) -> Result<Buf, NumError> {
    if lo > hi || hi - lo < LEAF {
        let mut out = Buf::copy_of(&[1], lim)?;
        let mut i = lo;
        while i <= hi && lo <= hi {
            let carry = mul_1_assign(&mut out, i, 0);
            if carry != 0 {
                out.push(carry, lim)?;
            }
            if i == u64::MAX {
                break;
            }
            i += 1;
        }
        out.normalize();
        lim.step(LEAF as usize * 4)?;
        return Ok(out);
    }
    let mid = lo + (hi - lo) / 2;
    let low = range_product(lo, mid, lim)?;
    let high = range_product(mid + 1, hi, lim)?;
    let out = mul_mag(&low, &high, lim)?;
    low.free(lim);
    high.free(lim);
    Ok(out)
}

/// `math.factorial(n)`.
pub fn factorial(n: u64, lim: &mut Limits) -> Result<BigInt, NumError> {
    Ok(BigInt { neg: false, mag: range_product(2, n, lim)? })
}

/// `math.perm(n, k)`; [`NumError::Negative`] for a negative operand, [`NumError::TooLarge`] for a huge `k`.
pub fn perm(n: Int, k: Int, lim: &mut Limits) -> Result<BigInt, NumError> {
    if n.neg || k.neg {
        return Err(NumError::Negative);
    }
    if k > n {
        return Ok(BigInt::zero());
    }
    let k = k.to_u64().ok_or(NumError::TooLarge)?;
    if let Some(n) = n.to_u64() {
        if k == 0 {
            return BigInt::from_i128(1, lim);
        }
        return Ok(BigInt { neg: false, mag: range_product(n - k + 1, n, lim)? });
    }
    falling(n, k, |_, acc, _| Ok(acc), lim)
}

/// `n * (n-1) * ... ` over `k` factors, `each` applied after every one.
fn falling(
    n: Int,
    k: u64,
    each: impl Fn(u64, BigInt, &mut Limits) -> Result<BigInt, NumError>,
    lim: &mut Limits,
) -> Result<BigInt, NumError> {
    let mut acc = BigInt::from_i128(1, lim)?;
    for i in 0..k {
        let factor = sub(n, SmallInt::from(i).as_int(), lim)?;
        let next = mul(acc.as_int(), factor.as_int(), lim)?;
        factor.free(lim);
        core::mem::replace(&mut acc, next).free(lim);
        acc = each(i, acc, lim)?;
        lim.step(16)?;
    }
    Ok(acc)
}

/// `math.comb(n, k)`; errors as [`perm`], the size limit being on `min(k, n - k)`.
pub fn comb(n: Int, k: Int, lim: &mut Limits) -> Result<BigInt, NumError> {
    if n.neg || k.neg {
        return Err(NumError::Negative);
    }
    if k > n {
        return Ok(BigInt::zero());
    }
    let other = sub(n, k, lim)?;
    let k = k.min(other.as_int()).to_u64().ok_or(NumError::TooLarge)?;
    other.free(lim);
    match n.to_u64() {
        Some(n) => comb_word(n, k, lim),
        // After factor i the product is comb(n, i + 1) * (i + 1): the division is exact.
        None => falling(
            n,
            k,
            |i, acc, lim| {
                let q = floordiv(acc.as_int(), SmallInt::from(i + 1).as_int(), lim)?;
                acc.free(lim);
                Ok(q)
            },
            lim,
        ),
    }
}

fn comb_word(n: u64, k: u64, lim: &mut Limits) -> Result<BigInt, NumError> {
    let mut acc = Buf::copy_of(&[1], lim)?;
    for i in 0..k {
        let carry = mul_1_assign(&mut acc, n - i, 0);
        if carry != 0 {
            acc.push(carry, lim)?;
        }
        Divisor1::new(i + 1).div_assign(&mut acc);
        acc.normalize();
        lim.step(2 * acc.len() + 4)?;
    }
    Ok(BigInt { neg: false, mag: acc })
}

/// `log` (any base's function) of a positive integer of any size; [`NumError::Domain`] otherwise.
pub fn log_int(f: fn(f64) -> f64, a: Int) -> Result<f64, NumError> {
    if a.neg || a.is_zero() {
        return Err(NumError::Domain);
    }
    if let Ok(x) = to_f64(a) {
        return Ok(f(x));
    }
    let (m, e) = log2_parts(a.mag);
    Ok(f(m) + f(2.0) * e as f64)
}
