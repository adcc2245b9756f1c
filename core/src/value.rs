//! One 64-bit word: small ints and ordinary floats immediate, everything else a tagged pointer or a constant.
//!
//! The low three bits are the tag:
//!
//! | tag | meaning |
//! |---|---|
//! | 0 | 61-bit int, shifted left by 3 |
//! | 1 | pointer to a heap cell (8-byte aligned address, plus 1) |
//! | 2 | constant: None, False, True, NotImplemented, Ellipsis, unbound |
//! | 3–7 | float, self-tagged |
//!
//! Builds without `speed` are for small processors, whose registers have 32 bits: there the word is two halves, of which
//! the low one is never 0, so that `Option<Value>` and `Res<Value>` are no wider than a value. Tags 0 and 2 are exchanged,
//! since an int may have a low half of zeros; constants count from 1.
//!
//! Floats follow Melançon, Serrano and Feeley, "Float Self-Tagging" (2025): adding `3 << 60` and rotating left by
//! four brings the sign and the top three exponent bits down as the tag. Five of the eight tags are given to
//! floats, so every double of magnitude below 2²⁵⁷ is immediate, zeros and subnormals included, and the check is
//! one compare; only huge values, infinities and nan are boxed (docs/decisions/0001-value-word.md).
//!
//! Invariant: a `Value` is never inspected by address; identity of ints and floats is identity of bits.

#[cfg(not(feature = "speed"))]
use core::num::NonZeroU32;

/// A Python value. Opaque: the encoding is this file's business.
#[cfg(feature = "speed")]
#[derive(Clone, Copy, PartialEq, Eq)]
#[repr(transparent)]
pub struct Value(u64);

/// A Python value. Opaque: the encoding is this file's business.
#[cfg(not(feature = "speed"))]
#[derive(Clone, Copy, PartialEq, Eq)]
#[repr(C)]
pub struct Value {
    low: NonZeroU32,
    high: u32,
}

/// The low half of [`Value::UNBOUND`].
#[cfg(not(feature = "speed"))]
const UNBOUND_LOW: NonZeroU32 = NonZeroU32::MIN.saturating_add(7);

const TAG: u64 = 7;
const TAG_INT: u64 = if cfg!(feature = "speed") { 0 } else { 2 };
const TAG_PTR: u64 = 1;
const TAG_CONST: u64 = 2 - TAG_INT;
const FIRST_CONST: u32 = if cfg!(feature = "speed") { 0 } else { 1 };
const TAG_FLOAT_MIN: u64 = 3;
const FLOAT_BIAS: u64 = 3 << 60;

/// Number of bits an int is shifted by.
pub const INT_SHIFT: u32 = 3;
/// Largest immediate int.
pub const INT_MAX: i64 = (1 << 60) - 1;
/// Smallest immediate int.
pub const INT_MIN: i64 = -(1 << 60);

impl Value {
    /// Constant `n`. Those that are not among the following no guest ever sees.
    pub(crate) const fn constant(n: u32) -> Value {
        Value::from_bits(((n + FIRST_CONST) as u64) << 3 | TAG_CONST)
    }
    /// No value: an unbound variable, a deleted table entry, a missing argument. Never visible to a guest.
    pub const UNBOUND: Value = Value::constant(0);
    /// `None`.
    pub const NONE: Value = Value::constant(1);
    /// `False`; `True` is the next constant.
    pub const FALSE: Value = Value::constant(2);
    /// `True`.
    pub const TRUE: Value = Value::constant(3);
    /// `NotImplemented`.
    pub const NOT_IMPLEMENTED: Value = Value::constant(4);
    /// `...`.
    pub const ELLIPSIS: Value = Value::constant(5);
    /// The int 0.
    pub const ZERO: Value = Value::from_bits(TAG_INT);

    /// The word itself, for frame headers and compiled code.
    #[cfg(feature = "speed")]
    #[inline(always)]
    pub const fn bits(self) -> u64 {
        self.0
    }
    /// The word itself.
    #[cfg(not(feature = "speed"))]
    #[inline(always)]
    pub const fn bits(self) -> u64 {
        (self.high as u64) << 32 | self.low.get() as u64
    }
    /// A value from its word. Safe: whether a pointer is valid is the heap's concern when it is followed.
    #[cfg(feature = "speed")]
    #[inline(always)]
    pub(crate) const fn from_bits(bits: u64) -> Value {
        Value(bits)
    }
    /// A value from its word.
    #[cfg(not(feature = "speed"))]
    #[inline(always)]
    const fn from_bits(bits: u64) -> Value {
        match NonZeroU32::new(bits as u32) {
            Some(low) => Value { low, high: (bits >> 32) as u32 },
            None => Value { low: UNBOUND_LOW, high: 0 },
        }
    }

    /// A bool.
    #[cfg_attr(feature = "speed", inline(always))]
    pub const fn bool(b: bool) -> Value {
        Value::from_bits(Value::FALSE.bits() + ((b as u64) << 3))
    }
    /// A small int; `n` must fit 61 bits (see [`Value::try_int`]).
    #[cfg_attr(feature = "speed", inline(always))]
    pub const fn int(n: i64) -> Value {
        debug_assert!(n >= INT_MIN && n <= INT_MAX);
        Value::from_int_word(n << INT_SHIFT)
    }
    /// An immediate int if `n` fits one.
    #[cfg_attr(feature = "speed", inline(always))]
    pub const fn try_int(n: i64) -> Option<Value> {
        if n >= INT_MIN && n <= INT_MAX { Some(Value::from_int_word(n << INT_SHIFT)) } else { None }
    }
    /// An immediate float if `x` is in the range that self-tags.
    #[cfg_attr(feature = "speed", inline(always))]
    pub fn try_float(x: f64) -> Option<Value> {
        let w = x.to_bits().wrapping_add(FLOAT_BIAS).rotate_left(4);
        if w & TAG >= TAG_FLOAT_MIN { Some(Value::from_bits(w)) } else { None }
    }
    #[cfg_attr(feature = "speed", inline(always))]
    pub(crate) fn from_addr(addr: usize) -> Value {
        debug_assert!(addr & 7 == 0 && addr != 0);
        Value::from_bits(addr as u64 | TAG_PTR)
    }

    /// Whether this is an immediate int.
    #[cfg_attr(feature = "speed", inline(always))]
    pub const fn is_int(self) -> bool {
        self.bits() & TAG == TAG_INT
    }
    /// Whether both are immediate ints.
    #[cfg_attr(feature = "speed", inline(always))]
    pub const fn both_int(self, other: Value) -> bool {
        ((self.bits() ^ TAG_INT) | (other.bits() ^ TAG_INT)) & TAG == 0
    }
    /// Whether this is an immediate float.
    #[cfg_attr(feature = "speed", inline(always))]
    pub const fn is_float(self) -> bool {
        self.bits() & TAG >= TAG_FLOAT_MIN
    }
    /// Whether this points to a heap cell.
    #[cfg_attr(feature = "speed", inline(always))]
    pub const fn is_ptr(self) -> bool {
        self.bits() & TAG == TAG_PTR
    }
    /// Whether this is `True` or `False`.
    #[cfg_attr(feature = "speed", inline(always))]
    pub const fn is_bool(self) -> bool {
        self.bits() == Value::FALSE.bits() || self.bits() == Value::TRUE.bits()
    }
    /// Whether this is `None`.
    #[cfg_attr(feature = "speed", inline(always))]
    pub const fn is_none(self) -> bool {
        self.bits() == Value::NONE.bits()
    }
    /// Whether this is [`Value::UNBOUND`].
    #[cfg_attr(feature = "speed", inline(always))]
    pub const fn is_unbound(self) -> bool {
        self.bits() == Value::UNBOUND.bits()
    }

    /// The int without a check; meaningful only if [`Value::is_int`].
    #[cfg_attr(feature = "speed", inline(always))]
    pub const fn int_unchecked(self) -> i64 {
        self.bits() as i64 >> INT_SHIFT
    }
    /// The shifted int word; meaningful only if [`Value::is_int`].
    #[cfg_attr(feature = "speed", inline(always))]
    pub const fn int_word(self) -> i64 {
        (self.bits() - TAG_INT) as i64
    }
    /// The value of a shifted int word.
    #[cfg_attr(feature = "speed", inline(always))]
    pub const fn from_int_word(w: i64) -> Value {
        Value::from_bits(w as u64 | TAG_INT)
    }
    /// The immediate int (not bools; see `object::int` for those and for big ints).
    #[cfg_attr(feature = "speed", inline(always))]
    pub const fn as_int(self) -> Option<i64> {
        if self.is_int() { Some(self.int_unchecked()) } else { None }
    }
    /// The float without a check; meaningful only if [`Value::is_float`].
    #[cfg_attr(feature = "speed", inline(always))]
    pub const fn float_unchecked(self) -> f64 {
        f64::from_bits(self.bits().rotate_right(4).wrapping_sub(FLOAT_BIAS))
    }
    /// The bool.
    #[cfg_attr(feature = "speed", inline(always))]
    pub const fn as_bool(self) -> Option<bool> {
        if self.is_bool() { Some(self.bits() == Value::TRUE.bits()) } else { None }
    }
    /// Address of the heap cell; meaningful only if [`Value::is_ptr`].
    #[cfg_attr(feature = "speed", inline(always))]
    pub(crate) const fn addr(self) -> usize {
        (self.bits() - TAG_PTR) as usize
    }
}

impl core::fmt::Debug for Value {
    fn fmt(&self, f: &mut core::fmt::Formatter<'_>) -> core::fmt::Result {
        match *self {
            v if v.is_int() => write!(f, "{}", v.int_unchecked()),
            // `core`'s own text of floats would be linked into every program for this alone.
            v if v.is_float() => f.write_str(crate::num::float::repr(v.float_unchecked()).as_str()),
            v if v.is_ptr() => f.write_str("<cell>"),
            Value::UNBOUND => f.write_str("<unbound>"),
            Value::NONE => f.write_str("None"),
            Value::FALSE => f.write_str("False"),
            Value::TRUE => f.write_str("True"),
            Value::NOT_IMPLEMENTED => f.write_str("NotImplemented"),
            Value::ELLIPSIS => f.write_str("Ellipsis"),
            _ => f.write_str("<invalid>"),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn floats_round_trip_or_are_refused() {
        let huge = 2f64.powi(256) * 1.999_999;
        for x in [0.0, -0.0, 1.0, -1.5, 1e-300, 5e-324, -5e-324, 2.0, 1e77, huge, -huge] {
            let v = Value::try_float(x).unwrap_or(Value::UNBOUND);
            assert!(v.is_float() && !v.is_int() && !v.is_ptr(), "{x}");
            assert_eq!(v.float_unchecked().to_bits(), x.to_bits());
        }
        for x in [f64::INFINITY, f64::NEG_INFINITY, f64::NAN, -f64::NAN, 2f64.powi(257), f64::MAX, f64::MIN] {
            assert_eq!(Value::try_float(x), None, "{x}");
        }
    }

    #[test]
    fn ints_round_trip_or_are_refused() {
        for n in [0, 1, -1, INT_MAX, INT_MIN] {
            assert_eq!(Value::try_int(n).and_then(Value::as_int), Some(n));
        }
        assert_eq!(Value::try_int(INT_MAX + 1), None);
        assert_eq!(Value::try_int(INT_MIN - 1), None);
        assert!(Value::TRUE.is_bool() && !Value::NONE.is_bool() && Value::bool(true) == Value::TRUE);
    }
}
