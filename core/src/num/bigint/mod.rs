//! Arbitrary-precision integers over borrowed limbs.
//!
//! A magnitude is a little-endian `&[u64]`, *normalized*: no leading zero limb, zero is empty. A value is an
//! [`Int`] (sign and borrowed magnitude; zero is never negative). Operations come in two shapes: `*_into`
//! writes to a slice whose length a `*_len` function gives and returns the sign and normalized length, so
//! that a heap cell can be filled in place; the others return an owned [`BigInt`].

mod bits;
mod buf;
mod bytes;
mod div;
mod float;
mod int;
pub mod kernel;
mod mul;
mod pow;
mod radix_in;
mod radix_out;
mod recip;
mod roots;

pub use bits::{
    BitOp, bit_count, bit_length, bitop, bitop_into, bitop_len, invert, is_bit_set, shl, shl_into, shl_len,
    shr, shr_into, shr_len,
};
pub use buf::{BigInt, Buf};
pub use bytes::{from_bytes, to_bytes};
pub use div::{divmod, divmod_into, divrem_mag, floordiv, floordiv_into, modulo, quo_len, rem_len};
#[cfg(not(feature = "speed"))]
pub(crate) use float::round_scaled;
pub use float::{HASH_MODULUS, cmp_f64, divide_words, from_f64, hash, log2_parts, to_f64, true_divide};
pub(crate) use float::{decompose, round_to_f64};
pub use int::{
    Int, SmallInt, add, add_into, add_len, add_mag_into, cmp_mag, neg, push_add, sub, sub_into, sub_mag_into,
};
pub use mul::{mul, mul_into, mul_len, mul_mag, mul_small_into, push_mul, sqr_mag};
pub use pow::{mod_inverse, modpow, pow};
pub(crate) use radix_in::digit_value;
pub use radix_in::from_digits;
pub use radix_out::{radix_len_bound, to_radix};
pub use recip::Divisor1;
pub use roots::{gcd, isqrt, lcm};
