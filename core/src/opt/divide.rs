//! Division by a constant: shifts and masks for powers of two, a multiplication for the rest. The parts are uops of their
//! own, so that `//` and `%` of the same operands share them, and ranges drop those for negative numbers.
//!
//! With D the divisor's word, s = floor(log2 D) and M = ceil(2^(64+s) / D), M exceeds the quotient by less than one, so
//! the error of t * M / 2^(64+s) against t / D is below t / 2^(64+s), which for t < 2^63 is less than 1 / D: the floor is
//! that of t / D (Granlund and Montgomery, 1994). A negative dividend is inverted first and its quotient afterwards.

use super::builder::{Build, Builder, Ty};
use crate::trace::ir::{Ins, Ref};
use crate::uop::Uop;

/// The result of `ins`, if it divides by a positive constant.
pub(super) fn fold(b: &mut Builder, ins: &Ins) -> Build<Option<Ref>> {
    let [x, divisor, _] = ins.args;
    let Some(d) = b.konst_word(divisor).filter(|&d| (d as i64) > 0 && d & 7 == 0) else { return Ok(None) };
    let modulo = match ins.op {
        Uop::FloorDivInt => false,
        Uop::ModInt => true,
        _ => return Ok(None),
    };
    if d.is_power_of_two() {
        let (op, k) = match modulo {
            true => (Uop::AndInt, d - 8),
            false => (Uop::ShrIntN, (d.trailing_zeros() as u64 - 3) << 3),
        };
        let k = b.word(k, Ty::Int)?;
        return b.op(op, &[x, k]).map(Some);
    }
    let q = quotient(b, x, d)?;
    if !modulo {
        return Ok(Some(q));
    }
    let product = b.op(Uop::MulIntN, &[q, divisor])?;
    // The remainder is below the divisor: ranges want to know.
    b.op_dk(Uop::SubIntN, &[x, product], 0, d).map(Some)
}

fn quotient(b: &mut Builder, x: Ref, d: u64) -> Build<Ref> {
    let s = d.ilog2();
    let m = (1u128 << (64 + s)).div_ceil(d as u128) as u64;
    let sixty_three = b.int(63)?;
    let sign = b.op(Uop::ShrIntN, &[x, sixty_three])?;
    let t = b.op(Uop::XorInt, &[x, sign])?;
    let m = b.word(m, Ty::Raw)?;
    let high = b.op(Uop::MulHi, &[t, m])?;
    // The quotient of the words is that of the ints; its word is eight times as much.
    let count = b.int(s as i64 - 3)?;
    let q = b.op(Uop::ShrIntN, &[high, count])?;
    b.op(Uop::XorInt, &[q, sign])
}
