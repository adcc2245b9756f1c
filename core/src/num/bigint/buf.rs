//! Owned limbs whose every growth is charged and fallible.

use super::int::Int;
use crate::num::{Limits, NumError};
use crate::room::{Fresh, WithinRoom as _};
use alloc::vec::Vec;

/// A growable limb buffer. Memory is charged to a [`Limits`] when taken and credited by [`Buf::free`];
/// a buffer that is merely dropped keeps its charge, which is what a result handed to the caller needs.
#[derive(Debug, Default, PartialEq, Eq)]
pub struct Buf {
    v: Vec<u64>,
}

impl Buf {
    /// An empty buffer.
    pub const fn new() -> Self {
        Buf { v: Vec::new() }
    }

    /// `len` zero limbs.
    pub fn zeroed(len: usize, lim: &mut Limits) -> Result<Self, NumError> {
        let mut b = Buf::with_capacity(len, lim)?;
        b.v.fill_within(core::iter::repeat_n(0, len));
        Ok(b)
    }

    /// An empty buffer with room for `cap` limbs.
    pub fn with_capacity(cap: usize, lim: &mut Limits) -> Result<Self, NumError> {
        lim.charge(cap)?;
        let mut v = Vec::new();
        if v.try_reserve_exact(cap).is_err() {
            lim.credit(cap);
            return Err(NumError::Memory);
        }
        Ok(Buf { v })
    }

    /// The room behind the limbs, for a temporary; what is written there is not counted as this buffer's.
    pub(super) fn fresh(&mut self) -> Fresh<'_> {
        Fresh::new(self.v.spare_capacity_mut())
    }

    /// A copy of `limbs`.
    pub fn copy_of(limbs: &[u64], lim: &mut Limits) -> Result<Self, NumError> {
        let mut b = Buf::with_capacity(limbs.len(), lim)?;
        b.v.extend_within(limbs);
        Ok(b)
    }

    /// Appends a limb.
    pub fn push(&mut self, limb: u64, lim: &mut Limits) -> Result<(), NumError> {
        if self.v.len() == self.v.capacity() {
            let before = self.v.capacity();
            let grow = before.max(4);
            lim.charge(grow)?;
            if self.v.try_reserve_exact(grow).is_err() {
                lim.credit(grow);
                return Err(NumError::Memory);
            }
        }
        self.v.push_within(limb);
        Ok(())
    }

    /// Gives the memory back to the budget.
    pub fn free(self, lim: &mut Limits) {
        lim.credit(self.v.capacity());
    }

    /// Drops leading zero limbs.
    pub fn normalize(&mut self) {
        let n = super::kernel::normalized_len(&self.v);
        self.v.truncate(n);
    }

    /// Shortens to `len` limbs.
    pub fn truncate(&mut self, len: usize) {
        self.v.truncate(len);
    }

    /// The limbs.
    pub fn as_slice(&self) -> &[u64] {
        &self.v
    }

    /// The limbs, to change.
    pub fn as_mut_slice(&mut self) -> &mut [u64] {
        &mut self.v
    }

    /// The limbs as a plain vector.
    pub fn into_vec(self) -> Vec<u64> {
        self.v
    }
}

impl core::ops::Deref for Buf {
    type Target = [u64];
    fn deref(&self) -> &[u64] {
        &self.v
    }
}

impl core::ops::DerefMut for Buf {
    fn deref_mut(&mut self) -> &mut [u64] {
        &mut self.v
    }
}

/// An owned integer: sign and normalized magnitude.
#[derive(Debug, Default, PartialEq, Eq)]
pub struct BigInt {
    /// Whether the value is below zero.
    pub neg: bool,
    /// The magnitude, normalized.
    pub mag: Buf,
}

impl BigInt {
    /// Zero.
    pub const fn zero() -> Self {
        BigInt { neg: false, mag: Buf::new() }
    }

    /// A value from a sign and a magnitude that need not be normalized.
    pub fn from_parts(neg: bool, mut mag: Buf) -> Self {
        mag.normalize();
        BigInt { neg: neg && !mag.is_empty(), mag }
    }

    /// A copy of `a`.
    pub fn copy_of(a: Int, lim: &mut Limits) -> Result<Self, NumError> {
        Ok(BigInt { neg: a.neg, mag: Buf::copy_of(a.mag, lim)? })
    }

    /// An owned copy of a machine integer.
    pub fn from_i128(v: i128, lim: &mut Limits) -> Result<Self, NumError> {
        BigInt::copy_of(super::SmallInt::from(v).as_int(), lim)
    }

    /// The value, borrowed.
    pub fn as_int(&self) -> Int<'_> {
        Int { neg: self.neg, mag: &self.mag }
    }

    /// Gives the memory back to the budget.
    pub fn free(self, lim: &mut Limits) {
        self.mag.free(lim);
    }
}
