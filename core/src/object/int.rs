//! `int`: immediate where it fits the value word, limbs in a cell otherwise.
//!
//! Invariant: a result that fits an immediate is one, except in instances of subclasses; a `BigInt`'s magnitude has
//! no leading zero limb.

use crate::exit::{Exit, Res};
use crate::heap::{Gc, Header, Heap};
use crate::room::Fresh;
use crate::value::Value;
use core::cell::Cell;

/// Layout of a big int (or an instance of a subclass of `int`); little-endian limbs follow.
#[repr(C)]
#[derive(Debug)]
pub struct BigInt {
    pub(crate) header: Header,
    len: u32,
    neg: u32,
    pub(crate) ext: Cell<Value>,
}
super::heap_type!(BigInt => Int);

impl BigInt {
    /// Whether the int is negative.
    #[inline]
    pub fn is_neg(&self) -> bool {
        self.neg != 0
    }
    /// The magnitude, little-endian.
    #[inline]
    pub fn mag(&self) -> &[u64] {
        // SAFETY: `len` limbs follow the fields.
        unsafe {
            let first = core::ptr::from_ref(self).add(1).cast::<u64>();
            core::slice::from_raw_parts(first, self.len as usize)
        }
    }
}

/// A cell for sign and magnitude, whatever its size (subclasses keep small ints in cells too).
pub fn boxed(heap: &mut Heap, neg: bool, mag: &[u64], shape: u32) -> Res<Gc<BigInt>> {
    let len = mag.iter().rposition(|&l| l != 0).map_or(0, |i| i + 1);
    let size = core::mem::size_of::<BigInt>() + len * 8;
    let len32 = u32::try_from(len).map_err(|_| Exit::NeedGc)?;
    let p = heap.alloc_cell(size, shape, super::kind::Int, 0)?;
    // SAFETY: the cell has room for the fields and `len` limbs; all are written before a handle is made.
    unsafe {
        let b = p.as_ptr().cast::<BigInt>();
        (*b).len = len32;
        (*b).neg = (neg && len > 0) as u32;
        core::ptr::addr_of_mut!((*b).ext).write(Cell::new(Value::UNBOUND));
        core::ptr::copy_nonoverlapping(mag.as_ptr(), b.add(1).cast::<u64>(), len);
        Ok(Gc::from_ptr(b))
    }
}

/// An int of at most `cap` limbs that `fill` writes; it returns sign and normalized length. An error of `fill` leaves
/// nothing behind.
pub fn build<E>(
    heap: &mut Heap,
    cap: usize,
    fill: impl FnOnce(&mut Fresh) -> Result<(bool, usize), E>,
) -> Res<Result<Value, E>> {
    let size = cap.checked_mul(8).and_then(|n| n.checked_add(core::mem::size_of::<BigInt>()));
    u32::try_from(cap).map_err(|_| Exit::NeedGc)?;
    let p = heap.alloc_cell(size.ok_or(Exit::NeedGc)?, super::kind::Int as u32, super::kind::Int, 0)?;
    let b = p.as_ptr().cast::<BigInt>();
    // SAFETY: the cell has room for the fields and `cap` limbs. The fields are all written (as the int zero) before
    // the limbs are handed out or a handle is made.
    let mut limbs = Fresh::new(unsafe {
        (*b).len = 0;
        (*b).neg = 0;
        core::ptr::addr_of_mut!((*b).ext).write(Cell::new(Value::UNBOUND));
        core::slice::from_raw_parts_mut(b.add(1).cast(), cap)
    });
    let (neg, len) = match fill(&mut limbs) {
        Ok(r) => r,
        Err(e) => return Ok(Err(e)),
    };
    let written = limbs.written();
    let mag = written.get(..len).unwrap_or(written);
    // A short result in a long cell would keep memory that nobody can see.
    if len <= 1 || len < cap / 2 {
        return from_mag(heap, neg, mag).map(Ok);
    }
    // SAFETY: the cell is ours alone until the handle is made; the limbs of `mag`, its first, are written.
    unsafe {
        (*b).len = mag.len() as u32;
        (*b).neg = neg as u32;
        Ok(Ok(Gc::from_ptr(b).value()))
    }
}

/// The int with this sign and magnitude.
pub fn from_mag(heap: &mut Heap, neg: bool, mag: &[u64]) -> Res<Value> {
    let len = mag.iter().rposition(|&l| l != 0).map_or(0, |i| i + 1);
    let small = match len {
        0 => Some(0),
        1 => i128::from(mag[0]).checked_mul(if neg { -1 } else { 1 }).and_then(|n| i64::try_from(n).ok()),
        _ => None,
    };
    match small.and_then(Value::try_int) {
        Some(v) => Ok(v),
        // Who makes ints of any size (`num_support::to_value`, constants) has looked before.
        None if !cfg!(feature = "bigint") && small.is_none() => Err(Exit::NeedGc),
        None => Ok(boxed(heap, neg, mag, super::kind::Int as u32)?.value()),
    }
}

/// The int `n`.
#[cfg_attr(feature = "speed", inline(always))]
pub fn from_i64(heap: &mut Heap, n: i64) -> Res<Value> {
    match Value::try_int(n) {
        Some(v) => Ok(v),
        None => from_mag(heap, n < 0, &[n.unsigned_abs()]),
    }
}

/// The int `n`.
pub fn from_i128(heap: &mut Heap, n: i128) -> Res<Value> {
    let m = n.unsigned_abs();
    from_mag(heap, n < 0, &[m as u64, (m >> 64) as u64])
}

/// The int `n`.
pub fn from_usize(heap: &mut Heap, n: usize) -> Res<Value> {
    from_mag(heap, false, &[n as u64])
}

/// A count that a guest gives as a size in memory: none if negative, and where memory is smaller than 64 bits can
/// count, more than there can be.
#[inline]
pub fn count(n: i64) -> usize {
    n.clamp(0, isize::MAX as i64) as usize
}

/// An int of any size, seen as sign and limbs; holds the limb of a small one.
#[derive(Clone, Copy, Debug)]
pub enum IntRef {
    /// Fits 64 bits.
    Small(i64),
    /// Lies in a cell.
    Big(Big),
}

impl IntRef {
    /// The int, if it fits 64 bits.
    #[inline]
    pub fn word(self) -> Option<i64> {
        match self {
            IntRef::Small(n) => Some(n),
            IntRef::Big(_) => None,
        }
    }
}

/// An int that does not fit 64 bits.
#[cfg(feature = "bigint")]
pub type Big = Gc<BigInt>;

/// Without feature `bigint` every int fits 64 bits.
#[cfg(not(feature = "bigint"))]
#[derive(Clone, Copy, Debug)]
pub enum Big {}

#[cfg(not(feature = "bigint"))]
impl core::ops::Deref for Big {
    type Target = Gc<BigInt>;
    fn deref(&self) -> &Gc<BigInt> {
        match *self {}
    }
}

/// The int `v` is, if it is one: immediate, bool, big, or of a subclass.
#[inline]
pub fn get(v: Value) -> Option<IntRef> {
    if v.is_int() {
        return Some(IntRef::Small(v.int_unchecked()));
    }
    if let Some(b) = v.as_bool() {
        return Some(IntRef::Small(b as i64));
    }
    let big = v.get::<BigInt>()?;
    let small = match *big.mag() {
        [] => Some(0),
        [l] if big.is_neg() && l <= 1 << 63 => Some((l as i64).wrapping_neg()),
        [l] if !big.is_neg() && l < 1 << 63 => Some(l as i64),
        _ => None,
    };
    #[cfg(feature = "bigint")]
    return Some(small.map_or(IntRef::Big(big), IntRef::Small));
    #[cfg(not(feature = "bigint"))]
    small.map(IntRef::Small)
}

/// Whether `v` is an int of whatever size, neither a bool nor an instance of a subclass.
#[inline]
pub fn is_exact(v: Value) -> bool {
    v.is_int() || v.exact::<BigInt>().is_some()
}

/// The int `v` is, if it is one that fits 64 bits.
#[inline]
pub fn get_i64(v: Value) -> Option<i64> {
    get(v)?.word()
}

/// Sign and magnitude; `limb` holds the magnitude of a small int.
#[inline]
pub fn parts<'a>(i: &'a IntRef, limb: &'a mut [u64; 1]) -> (bool, &'a [u64]) {
    match i {
        IntRef::Small(n) => {
            limb[0] = n.unsigned_abs();
            (*n < 0, if *n == 0 { &[] } else { &limb[..] })
        }
        IntRef::Big(b) => (b.is_neg(), b.mag()),
    }
}

/// Compares two ints.
pub fn compare(a: IntRef, b: IntRef) -> core::cmp::Ordering {
    if let (Some(x), Some(y)) = (a.word(), b.word()) {
        return x.cmp(&y);
    }
    let (mut la, mut lb) = ([0], [0]);
    let ((an, am), (bn, bm)) = (parts(&a, &mut la), parts(&b, &mut lb));
    let mags = || am.len().cmp(&bm.len()).then_with(|| am.iter().rev().cmp(bm.iter().rev()));
    match (an, bn) {
        (false, true) => core::cmp::Ordering::Greater,
        (true, false) => core::cmp::Ordering::Less,
        (false, false) => mags(),
        (true, true) => mags().reverse(),
    }
}

/// The int as the number kernels take it; `limb` holds the magnitude of a small one.
#[inline]
pub fn as_num<'a>(i: &'a IntRef, limb: &'a mut [u64; 1]) -> crate::num::bigint::Int<'a> {
    let (neg, mag) = parts(i, limb);
    crate::num::bigint::Int::new(neg, mag)
}

/// Compares with a float exactly; `None` if it is nan.
pub fn compare_f64(a: IntRef, b: f64) -> Option<core::cmp::Ordering> {
    if let Some(n) = a.word()
        && n.unsigned_abs() < 1 << 53
    {
        return (n as f64).partial_cmp(&b);
    }
    crate::num::bigint::cmp_f64(as_num(&a, &mut [0]), b)
}

/// `hash(i)`, as unsigned.
pub fn hash(a: IntRef) -> u64 {
    use crate::num::bigint::HASH_MODULUS;
    if let Some(n) = a.word() {
        let h = (n % HASH_MODULUS as i64) as u64;
        // -1 is no hash.
        return if h == u64::MAX { h - 1 } else { h };
    }
    crate::num::bigint::hash(as_num(&a, &mut [0])) as u64
}
