//! `int.to_bytes` and `int.from_bytes`.

use super::bits::{bit_length, is_bit_set};
use super::buf::{BigInt, Buf};
use super::int::Int;
use super::kernel as k;
use crate::num::{Limits, NumError};

/// Fills `out` with `a`, little- or big-endian. [`NumError::Overflow`] if it does not fit,
/// [`NumError::Unsigned`] for a negative value without `signed`.
pub fn to_bytes(a: Int, out: &mut [u8], little: bool, signed: bool) -> Result<(), NumError> {
    if a.neg && !signed {
        return Err(NumError::Unsigned);
    }
    if !fits(a, out.len() as u64 * 8, signed) {
        return Err(NumError::Overflow);
    }
    let mut carry = true;
    for i in 0..out.len() {
        let mut byte = a.mag.get(i / 8).map_or(0, |l| (l >> (i % 8 * 8)) as u8);
        if a.neg {
            (byte, carry) = (!byte).overflowing_add(carry as u8);
        }
        let at = if little { i } else { out.len() - 1 - i };
        out[at] = byte;
    }
    Ok(())
}

/// Whether `a` can be written in `bits` bits.
fn fits(a: Int, bits: u64, signed: bool) -> bool {
    let used = bit_length(a.mag);
    if !signed || a.is_zero() {
        return used <= bits;
    }
    // -2^(bits-1) is the one negative value whose magnitude needs all the bits.
    let lowest = || a.neg && is_bit_set(a.mag, bits - 1) && super::bit_count(a.mag) == 1;
    used < bits || (used == bits && lowest())
}

/// The integer that `bytes` encode.
pub fn from_bytes(bytes: &[u8], little: bool, signed: bool, lim: &mut Limits) -> Result<BigInt, NumError> {
    let mut mag = Buf::zeroed(bytes.len().div_ceil(8), lim)?;
    let n = bytes.len();
    for i in 0..n {
        let byte = if little { bytes[i] } else { bytes[n - 1 - i] };
        mag[i / 8] |= (byte as u64) << (i % 8 * 8);
    }
    let neg = signed && n > 0 && bytes[if little { n - 1 } else { 0 }] & 0x80 != 0;
    if neg {
        if !n.is_multiple_of(8) {
            let last = mag.len() - 1;
            mag[last] |= u64::MAX << (n % 8 * 8);
        }
        k::negate(&mut mag);
    }
    Ok(BigInt::from_parts(neg, mag))
}
