//! What each uop does: one small function per row of the table in `mod.rs`, shared by the portable uop interpreter
//! and the stencils, which are these functions compiled ahead of time.
//!
//! The file stands alone (nothing but `core`, for the architectures that have stencils), so that the stencil generator can
//! include it. Every body takes the
//! machine state `M`, the displacement `d` and the immediate `k`, then its operands; a row that uses neither ignores
//! them. What a body returns tells how it ends: `u64`, `f64` or nothing always go on; `Option` exits on `None`;
//! `bool` exits on `false`.
//!
//! Invariants: no body panics, allocates, or calls anything but a helper of the table; ints are shifted words
//! (docs/decisions/0001), so overflow of the word is overflow of the small int; a body that exits has changed nothing.

/// What every uop can reach besides its operands.
#[derive(Clone, Copy, Debug)]
pub struct M {
    /// Register 0 of the trace's root frame.
    pub frame: *mut u8,
    /// The VM's `JitCtx`.
    pub ctx: *mut u8,
}

const TAG: u64 = 7;
const TAG_PTR: u64 = 1;
/// Whether a word's last five bits are those of a float, by bit: of the last three, the tag, 3 to 7.
const FLOAT_TAGS: u32 = 0xf8f8_f8f8;
const FLOAT_BIAS: u64 = 3 << 60;
/// No value.
pub const UNBOUND: u64 = 2;
const FALSE: u64 = 2 << 3 | 2;
const TRUE: u64 = 3 << 3 | 2;
/// Bytes of an address.
const WORD: usize = core::mem::size_of::<usize>();
/// In a set's slot: its item was removed.
pub const REMOVED: u64 = 0x7ff << 3 | 2;

/// A helper's type by its number of arguments, after the context.
macro_rules! helper {
    ($abi:literal) => {
        /// Helper without arguments.
        pub type Helper0 = unsafe extern $abi fn(*mut u8) -> u64;
        /// Helper with one argument.
        pub type Helper1 = unsafe extern $abi fn(*mut u8, u64) -> u64;
        /// Helper with two arguments.
        pub type Helper2 = unsafe extern $abi fn(*mut u8, u64, u64) -> u64;
        /// Helper with three arguments.
        pub type Helper3 = unsafe extern $abi fn(*mut u8, u64, u64, u64) -> u64;
    };
}
#[cfg(target_arch = "x86_64")]
helper!("sysv64");
#[cfg(not(target_arch = "x86_64"))]
helper!("C");

#[inline(always)]
fn has_float_tag(w: u64) -> bool {
    FLOAT_TAGS >> (w as u32 & 31) & 1 != 0
}
/// The correctly rounded square root: the machine's instruction. `core` has no name for it that is the same everywhere.
#[inline(always)]
fn square_root(a: f64) -> f64 {
    #[cfg(all(target_arch = "x86_64", target_feature = "sse2"))]
    {
        use core::arch::x86_64::{_mm_cvtsd_f64, _mm_set_sd, _mm_sqrt_sd};
        // SAFETY: the target has SSE2.
        unsafe { _mm_cvtsd_f64(_mm_sqrt_sd(_mm_set_sd(a), _mm_set_sd(a))) }
    }
    #[cfg(all(target_arch = "aarch64", target_feature = "neon"))]
    {
        use core::arch::aarch64::{vdup_n_f64, vget_lane_f64, vsqrt_f64};
        // SAFETY: the target has NEON.
        unsafe { vget_lane_f64::<0>(vsqrt_f64(vdup_n_f64(a))) }
    }
    #[cfg(not(any(
        all(target_arch = "x86_64", target_feature = "sse2"),
        all(target_arch = "aarch64", target_feature = "neon")
    )))]
    libm::sqrt(a)
}
/// Whether two ints are unsigned numbers of 32 bits: dividing them is quicker, and what it gives needs no correction.
#[inline(always)]
fn are_short(x: i64, y: i64) -> bool {
    (x | y) as u64 >> 32 == 0
}
#[inline(always)]
fn bool_word(b: bool) -> u64 {
    if b { TRUE } else { FALSE }
}

/// Defines bodies that use only their operands.
macro_rules! plain {
    ($( $(#[doc = $doc:literal])* $name:ident($($p:ident: $t:ty),*) -> $r:ty = $e:expr; )*) => { $(
        $(#[doc = $doc])*
        ///
        /// # Safety
        /// None needed; the signature is that of all bodies.
        #[inline(always)]
        #[allow(clippy::neg_cmp_op_on_partial_ord, reason = "guards that hold for nan")]
        pub unsafe fn $name(_m: M, _d: isize, _k: u64, $($p: $t),*) -> $r { $e }
    )* };
}

/// Defines bodies that use an operand and an immediate: the displacement `d`, whose hole the instructions themselves have.
macro_rules! immediate {
    ($( $(#[doc = $doc:literal])* $name:ident($d:ident, $p:ident) -> $r:ty = $e:expr; )*) => { $(
        $(#[doc = $doc])*
        ///
        /// # Safety
        /// None needed; the signature is that of all bodies.
        #[inline(always)]
        pub unsafe fn $name(_m: M, $d: isize, _k: u64, $p: u64) -> $r { $e }
    )* };
}

/// Defines bodies that touch memory: the recorder emits them only behind guards that make the access valid.
macro_rules! memory {
    ($( $(#[doc = $doc:literal])* $name:ident($m:ident, $d:ident, $k:ident $(, $p:ident: $t:ty)*) -> $r:ty = $e:expr; )*) => { $(
        $(#[doc = $doc])*
        ///
        /// # Safety
        /// The address the operands give is valid for the access: the trace's guards and the loop's invariants see to it.
        #[inline(always)]
        pub unsafe fn $name($m: M, $d: isize, $k: u64, $($p: $t),*) -> $r {
            let _ = ($m, $d, $k);
            // SAFETY: the caller's promise.
            #[allow(unused_unsafe, reason = "computing an address is no access")]
            unsafe {
                $e
            }
        }
    )* };
}

plain! {
    /// Copies a word.
    mov_g(a: u64) -> u64 = a;
    /// Copies a float.
    mov_f(a: f64) -> f64 = a;

    /// Goes on if `a` is an immediate int.
    guard_int(a: u64) -> bool = a & TAG == 0;
    /// Goes on if `a` is an immediate float.
    guard_float(a: u64) -> bool = has_float_tag(a);
    /// Goes on if `a` points to a cell.
    guard_ptr(a: u64) -> bool = a & TAG == TAG_PTR;
    /// Goes on if `a` is True or False.
    guard_bool(a: u64) -> bool = a | 8 == TRUE;
    /// Goes on if `a == b`.
    guard_eq(a: u64, b: u64) -> bool = a == b;
    /// Goes on if `a != b`.
    guard_ne(a: u64, b: u64) -> bool = a != b;
    /// Goes on if `a < b`, signed.
    guard_lt(a: u64, b: u64) -> bool = (a as i64) < b as i64;
    /// Goes on if `a <= b`, signed.
    guard_le(a: u64, b: u64) -> bool = a as i64 <= b as i64;
    /// Goes on if `a < b`, unsigned.
    guard_ult(a: u64, b: u64) -> bool = a < b;
    /// Goes on if `a < b`.
    guard_flt(a: f64, b: f64) -> bool = a < b;
    /// Goes on if `a <= b`.
    guard_fle(a: f64, b: f64) -> bool = a <= b;
    /// Goes on if `a == b`.
    guard_feq(a: f64, b: f64) -> bool = a == b;
    /// Goes on if `a != b` (nan is).
    guard_fne(a: f64, b: f64) -> bool = a != b;
    /// Goes on unless `a < b` (nan does).
    guard_fnlt(a: f64, b: f64) -> bool = !(a < b);
    /// Goes on unless `a <= b` (nan does).
    guard_fnle(a: f64, b: f64) -> bool = !(a <= b);

    /// Int addition.
    add_int(a: u64, b: u64) -> Option<u64> = match (a as i64).overflowing_add(b as i64) {
        (r, false) => Some(r as u64),
        _ => None,
    };
    /// Int subtraction.
    sub_int(a: u64, b: u64) -> Option<u64> = match (a as i64).overflowing_sub(b as i64) {
        (r, false) => Some(r as u64),
        _ => None,
    };
    /// Int multiplication.
    mul_int(a: u64, b: u64) -> Option<u64> = match (a as i64).overflowing_mul(b as i64 >> 3) {
        (r, false) => Some(r as u64),
        _ => None,
    };
    /// Int addition whose result is known to fit, or whose low bits alone matter; likewise below.
    add_int_n(a: u64, b: u64) -> u64 = a.wrapping_add(b);
    /// Int subtraction.
    sub_int_n(a: u64, b: u64) -> u64 = a.wrapping_sub(b);
    /// Int multiplication.
    mul_int_n(a: u64, b: u64) -> u64 = a.wrapping_mul((b as i64 >> 3) as u64);
    /// Left shift by less than 64.
    shl_int_n(a: u64, b: u64) -> u64 = a << (b >> 3 & 63);
    /// Right shift by less than 64.
    shr_int_n(a: u64, b: u64) -> u64 = (a as i64 >> (b >> 3 & 63)) as u64 & !7;
    /// The high word of the product of unsigned words.
    mul_hi(a: u64, b: u64) -> u64 = ((a as u128 * b as u128) >> 64) as u64;
    /// Floor division; exits for a divisor of 0 or -1 (whose quotient may not fit).
    floordiv_int(a: u64, b: u64) -> Option<u64> = {
        let (x, y) = (a as i64 >> 3, b as i64 >> 3);
        if y == 0 {
            None
        } else if are_short(x, y) {
            Some(((x as u32 / y as u32) as u64) << 3)
        } else if y == -1 {
            None
        } else {
            // SAFETY: just checked. Said again, since otherwise a panic for 0 is compiled in.
            unsafe { core::hint::assert_unchecked(y != 0) };
            let (q, r) = (x.wrapping_div(y), x.wrapping_rem(y));
            let q = if r != 0 && (r ^ y) < 0 { q - 1 } else { q };
            Some((q << 3) as u64)
        }
    };
    /// Remainder with the divisor's sign; exits for a divisor of 0 or -1.
    mod_int(a: u64, b: u64) -> Option<u64> = {
        let (x, y) = (a as i64 >> 3, b as i64 >> 3);
        if y == 0 {
            None
        } else if are_short(x, y) {
            Some(((x as u32 % y as u32) as u64) << 3)
        } else if y == -1 {
            None
        } else {
            // SAFETY: as in `floordiv_int`.
            unsafe { core::hint::assert_unchecked(y != 0) };
            let r = x.wrapping_rem(y);
            let r = if r != 0 && (r ^ y) < 0 { r + y } else { r };
            Some((r << 3) as u64)
        }
    };
    /// `a & b`.
    and_int(a: u64, b: u64) -> u64 = a & b;
    /// `a | b`.
    or_int(a: u64, b: u64) -> u64 = a | b;
    /// `a ^ b`.
    xor_int(a: u64, b: u64) -> u64 = a ^ b;
    /// `a << b`; exits when the result does not fit or the count is out of range.
    shl_int(a: u64, b: u64) -> Option<u64> = {
        let n = b >> 3;
        if n >= 60 {
            None
        } else {
            let r = ((a as i64) << (n & 63)) as u64;
            if r as i64 >> (n & 63) == a as i64 { Some(r) } else { None }
        }
    };
    /// `a >> b`; exits for a negative count.
    shr_int(a: u64, b: u64) -> Option<u64> = {
        let n = b as i64 >> 3;
        if n < 0 { None } else { Some(((a as i64 >> (if n > 63 { 63 } else { n & 63 })) & !7) as u64) }
    };
    /// `-a`.
    neg_int(a: u64) -> Option<u64> = match 0i64.overflowing_sub(a as i64) {
        (r, false) => Some(r as u64),
        _ => None,
    };
    /// `~a`.
    invert_int(a: u64) -> u64 = a ^ !7;

    /// The bool `a < b`.
    lt_int(a: u64, b: u64) -> u64 = bool_word((a as i64) < b as i64);
    /// The bool `a <= b`.
    le_int(a: u64, b: u64) -> u64 = bool_word(a as i64 <= b as i64);
    /// The bool `a == b`, of words.
    eq_word(a: u64, b: u64) -> u64 = bool_word(a == b);
    /// The bool `a != b`, of words.
    ne_word(a: u64, b: u64) -> u64 = bool_word(a != b);
    /// The bool `a < b`.
    lt_float(a: f64, b: f64) -> u64 = bool_word(a < b);
    /// The bool `a <= b`.
    le_float(a: f64, b: f64) -> u64 = bool_word(a <= b);
    /// The bool `a == b`.
    eq_float(a: f64, b: f64) -> u64 = bool_word(a == b);
    /// The bool `a != b`.
    ne_float(a: f64, b: f64) -> u64 = bool_word(a != b);
    /// `not a` of a bool.
    not_bool(a: u64) -> u64 = a ^ 8;
    /// The int 0 or 1 of a bool.
    bool_to_int(a: u64) -> u64 = a.wrapping_sub(FALSE);

    /// `a + b`.
    add_float(a: f64, b: f64) -> f64 = a + b;
    /// `a - b`.
    sub_float(a: f64, b: f64) -> f64 = a - b;
    /// `a * b`.
    mul_float(a: f64, b: f64) -> f64 = a * b;
    /// `a / b`; the divisor was checked.
    div_float(a: f64, b: f64) -> f64 = a / b;
    /// `-a`.
    neg_float(a: f64) -> f64 = f64::from_bits(a.to_bits() ^ 1 << 63);
    /// `abs(a)`.
    abs_float(a: f64) -> f64 = f64::from_bits(a.to_bits() & !(1 << 63));
    /// The square root of `a`.
    sqrt_float(a: f64) -> f64 = square_root(a);
    /// The float of an int.
    int_to_float(a: u64) -> f64 = (a as i64 >> 3) as f64;
    /// Goes on if the int converts to a float exactly.
    guard_exact(a: u64) -> bool = ((a as i64 >> 3) + (1 << 53)) as u64 <= 1 << 54;
    /// The int of a float, towards zero; exits if it is not small.
    float_to_int(a: f64) -> Option<u64> = if a > -1e18 && a < 1e18 {
        // SAFETY: the range was checked.
        Some((unsafe { a.to_int_unchecked::<i64>() } << 3) as u64)
    } else {
        None
    };
    /// The float in an immediate.
    unbox_float(a: u64) -> f64 = f64::from_bits(a.rotate_right(4).wrapping_sub(FLOAT_BIAS));
    /// The immediate of a float; exits for what has none (huge, infinite, nan).
    box_float(a: f64) -> Option<u64> = {
        let w = a.to_bits().wrapping_add(FLOAT_BIAS).rotate_left(4);
        if has_float_tag(w) { Some(w) } else { None }
    };
    /// The bits of a float.
    float_bits(a: f64) -> u64 = a.to_bits();
    /// The float of bits.
    bits_float(a: u64) -> f64 = f64::from_bits(a);
}

/// Loads the word constant `k`.
///
/// # Safety
/// None needed; the signature is that of all bodies.
#[inline(always)]
pub unsafe fn load_k(_m: M, _d: isize, k: u64) -> u64 {
    k
}
/// Loads the float whose bits are `k`.
///
/// # Safety
/// None needed; the signature is that of all bodies.
#[inline(always)]
pub unsafe fn load_kf(_m: M, _d: isize, k: u64) -> f64 {
    f64::from_bits(k)
}

#[inline(always)]
fn at(base: *mut u8, d: isize) -> *mut u8 {
    base.wrapping_offset(d)
}
immediate! {
    /// Goes on if `a == d`.
    guard_eq_k(d, a) -> bool = a as i64 == d as i64;
    /// Goes on if `a != d`.
    guard_ne_k(d, a) -> bool = a as i64 != d as i64;
    /// Goes on if `a < d`, signed.
    guard_lt_k(d, a) -> bool = (a as i64) < d as i64;
    /// Goes on if `a >= d`, signed.
    guard_ge_k(d, a) -> bool = a as i64 >= d as i64;
    /// Goes on if `a < d`, unsigned; `d` is not negative.
    guard_ult_k(d, a) -> bool = a < d as u64;
    /// `a + d`.
    add_int_k(d, a) -> Option<u64> = match (a as i64).overflowing_add(d as i64) {
        (r, false) => Some(r as u64),
        _ => None,
    };
    /// `a + d`, known to fit.
    add_int_n_k(d, a) -> u64 = (a as i64).wrapping_add(d as i64) as u64;
    /// The int `a` times the number `d`.
    mul_int_k(d, a) -> Option<u64> = match (a as i64).overflowing_mul(d as i64) {
        (r, false) => Some(r as u64),
        _ => None,
    };
    /// The int `a` times the number `d`, known to fit, or of which the low bits alone matter.
    mul_int_n_k(d, a) -> u64 = (a as i64).wrapping_mul(d as i64) as u64;
    /// The int `a` shifted right by the number `d`, less than 64.
    shr_int_n_k(d, a) -> u64 = (a as i64 >> (d & 63)) as u64 & !7;
}

#[inline(always)]
fn field(a: u64, d: isize) -> *mut u8 {
    (a as usize as *mut u8).wrapping_offset(d)
}

/// Address of the frame's byte `d`.
///
/// # Safety
/// None needed; the signature is that of all bodies.
#[inline(always)]
pub unsafe fn frame_addr(m: M, d: isize, _k: u64) -> u64 {
    at(m.frame, d) as usize as u64
}

memory! {
    /// Word of the frame at byte offset `d`.
    slot_load(m, d, k) -> u64 = *at(m.frame, d).cast::<u64>();
    /// Writes a word of the frame.
    slot_store(m, d, k, a: u64) -> () = *at(m.frame, d).cast::<u64>() = a;
    /// Writes `k` (31 bits) to a word of the frame.
    slot_store_k(m, d, k) -> () = *at(m.frame, d).cast::<u64>() = k;
    /// 32 bits of the context at byte offset `d`, zero-extended.
    ctx_load32(m, d, k) -> u64 = *at(m.ctx, d).cast::<u32>() as u64;
    /// Word of the context at byte offset `d` (spill slots too).
    ctx_load(m, d, k) -> u64 = *at(m.ctx, d).cast::<u64>();
    /// Float of the context.
    ctx_load_f(m, d, k) -> f64 = *at(m.ctx, d).cast::<f64>();
    /// Writes a word of the context.
    ctx_store(m, d, k, a: u64) -> () = *at(m.ctx, d).cast::<u64>() = a;
    /// Writes a float of the context.
    ctx_store_f(m, d, k, a: f64) -> () = *at(m.ctx, d).cast::<f64>() = a;
    /// Adds the 32-bit immediate `k` to a 32-bit word of the context.
    ctx_add32(m, d, k) -> () = {
        let p = at(m.ctx, d).cast::<u32>();
        *p = (*p).wrapping_add(k as u32);
    };
    /// Goes on if the 64-bit word of the context is at least `k` (31 bits).
    fuel_check(m, d, k) -> bool = *at(m.ctx, d).cast::<i64>() >= k as i64;
    /// Goes on if the 64-bit word of the context, the epoch of what is watched, is `k` (31 bits).
    guard_epoch(m, d, k) -> bool = *at(m.ctx, d).cast::<u64>() == k;
    /// Goes on if `a` is below the word of the context at byte offset `d`, unsigned.
    guard_ult_ctx(m, d, k, a: u64) -> bool = a < *at(m.ctx, d).cast::<u64>();
    /// Takes `k` (31 bits) from a 64-bit word of the context.
    fuel_sub(m, d, k) -> () = {
        let p = at(m.ctx, d).cast::<i64>();
        *p = (*p).wrapping_sub(k as i64);
    };
    /// Goes on if the byte of the context is 0.
    guard_flag(m, d, k) -> bool = *at(m.ctx, d) == 0;
    /// Goes on if the 32-bit word that the pointer in the context refers to is 0.
    poll(m, d, k) -> bool = core::ptr::read_volatile(*at(m.ctx, d).cast::<*const u32>()) == 0;

    /// Goes on if `a` points to a cell of shape `k`.
    guard_shape(m, d, k, a: u64) -> bool = a & TAG == TAG_PTR && *field(a, -1).cast::<u32>() == k as u32;
    /// Goes on if the cell that `a` is known to point to has shape `k`.
    guard_shape_p(m, d, k, a: u64) -> bool = *field(a, -1).cast::<u32>() == k as u32;
    /// Goes on if the 32-bit word at `a + d` is `k`.
    guard_field32(m, d, k, a: u64) -> bool = *field(a, d).cast::<u32>() == k as u32;
    /// Word at `a + d`.
    load(m, d, k, a: u64) -> u64 = *field(a, d).cast::<u64>();
    /// 32 bits at `a + d`, zero-extended.
    load32(m, d, k, a: u64) -> u64 = *field(a, d).cast::<u32>() as u64;
    /// Byte at `a + d`, zero-extended.
    load8(m, d, k, a: u64) -> u64 = *field(a, d) as u64;
    /// Float at `a + d`.
    load_f(m, d, k, a: u64) -> f64 = *field(a, d).cast::<f64>();
    /// The word at `a + d` as an int value.
    load_len(m, d, k, a: u64) -> u64 = *field(a, d).cast::<u64>() << 3;
    /// The 32 bits at `a + d` as an int value.
    load_len32(m, d, k, a: u64) -> u64 = (*field(a, d).cast::<u32>() as u64) << 3;
    /// Writes the word at `a + d`.
    store(m, d, k, a: u64, b: u64) -> () = *field(a, d).cast::<u64>() = b;
    /// Writes `k` (31 bits) to the word at `a + d`.
    store_k(m, d, k, a: u64) -> () = *field(a, d).cast::<u64>() = k;
    /// Writes the 32-bit immediate `k` at `a + d`.
    store32_k(m, d, k, a: u64) -> () = *field(a, d).cast::<u32>() = k as u32;
    /// Writes the length (an int value) at `a + d`.
    store_len(m, d, k, a: u64, b: u64) -> () = *field(a, d).cast::<u64>() = b >> 3;
    /// Word at `a + b + d`; `b` is an int value, so a byte offset of words.
    elem_load(m, d, k, a: u64, b: u64) -> u64 = *field(a.wrapping_add(b), d).cast::<u64>();
    /// Writes the word at `a + b + d`.
    elem_store(m, d, k, a: u64, b: u64, c: u64) -> () = *field(a.wrapping_add(b), d).cast::<u64>() = c;
    /// Byte at `a + (b >> 3) + d`, as an int value.
    byte_load(m, d, k, a: u64, b: u64) -> u64 = (*field(a.wrapping_add(b >> 3), d) as u64) << 3;
    /// Number, as an int value, of the first slot from `b` on that is in use; if none is, the number of slots. At `a + d` is
    /// the address of slots of two words, of which the first says it, and behind that, in 32 bits, the last slot's number.
    next_slot(m, d, k, a: u64, b: u64) -> u64 = {
        let slots = *field(a, d).cast::<*const [u64; 2]>();
        let last = *field(a, d).wrapping_add(WORD).cast::<u32>() as u64;
        let mut n = b >> 3;
        loop {
            if n > last {
                break (last + 1) << 3;
            }
            let key = (*slots.wrapping_add(n as usize))[0];
            if key != UNBOUND && key != REMOVED {
                break n << 3;
            }
            n += 1;
        }
    };
    /// Number, as an int value, of the first entry from `b` on that was not deleted; if none is, the number of entries. At
    /// `a + d` is the address of entries of three words, of which the second says it, and behind that two numbers of 32 bits, of which the
    /// second is their number.
    next_entry(m, d, k, a: u64, b: u64) -> u64 = {
        let entries = *field(a, d).cast::<*const [u64; 3]>();
        let used = *field(a, d).wrapping_add(WORD + 4).cast::<u32>() as u64;
        let mut n = b >> 3;
        loop {
            if n >= used {
                break used << 3;
            }
            if (*entries.wrapping_add(n as usize))[1] != UNBOUND {
                break n << 3;
            }
            n += 1;
        }
    };

    /// Calls the helper at context offset `d`; exits if it answers unbound.
    call0(m, d, k) -> Option<u64> = bound((*at(m.ctx, d).cast::<Helper0>())(m.ctx));
    /// See `call0`.
    call1(m, d, k, a: u64) -> Option<u64> = bound((*at(m.ctx, d).cast::<Helper1>())(m.ctx, a));
    /// See `call0`.
    call2(m, d, k, a: u64, b: u64) -> Option<u64> = bound((*at(m.ctx, d).cast::<Helper2>())(m.ctx, a, b));
    /// See `call0`.
    call3(m, d, k, a: u64, b: u64, c: u64) -> Option<u64> =
        bound((*at(m.ctx, d).cast::<Helper3>())(m.ctx, a, b, c));
    /// Calls a helper that cannot fail and answers a float's bits.
    callf1(m, d, k, a: f64) -> f64 = f64::from_bits((*at(m.ctx, d).cast::<Helper1>())(m.ctx, a.to_bits()));
    /// See `callf1`.
    callf2(m, d, k, a: f64, b: f64) -> f64 =
        f64::from_bits((*at(m.ctx, d).cast::<Helper2>())(m.ctx, a.to_bits(), b.to_bits()));
}

#[inline(always)]
fn bound(r: u64) -> Option<u64> {
    if r == UNBOUND { None } else { Some(r) }
}
