//! The instruction word.

use super::Op;

/// One instruction word.
#[derive(Clone, Copy, PartialEq, Eq, bytemuck::Pod, bytemuck::Zeroable)]
#[repr(transparent)]
pub struct Instr(pub u64);

impl core::fmt::Debug for Instr {
    fn fmt(&self, f: &mut core::fmt::Formatter<'_>) -> core::fmt::Result {
        let name = self.op().map_or("?", Op::name);
        write!(f, "{name} {} {} {}", self.a(), self.b(), self.c())
    }
}

impl Instr {
    /// Packs an instruction.
    #[inline]
    pub const fn new(op: Op, a: u16, b: u16, c: u16) -> Instr {
        Instr(op as u64 | (a as u64) << 16 | (b as u64) << 32 | (c as u64) << 48)
    }
    /// Packs an instruction with a 32-bit jump offset in `b` and `c`.
    #[inline]
    pub const fn jump32(op: Op, a: u16, offset: i32) -> Instr {
        Instr(op as u64 | (a as u64) << 16 | (offset as u32 as u64) << 32)
    }
    /// The operation number (unchecked).
    #[inline]
    pub const fn op_raw(self) -> u16 {
        self.0 as u16
    }
    /// The operation, if the number is one.
    #[inline]
    pub const fn op(self) -> Option<Op> {
        Op::from_u16(self.0 as u16)
    }
    /// Field `a`.
    #[inline]
    pub const fn a(self) -> u16 {
        (self.0 >> 16) as u16
    }
    /// Field `b`.
    #[inline]
    pub const fn b(self) -> u16 {
        (self.0 >> 32) as u16
    }
    /// Field `c`.
    #[inline]
    pub const fn c(self) -> u16 {
        (self.0 >> 48) as u16
    }
    /// Field `b` as a signed immediate.
    #[inline]
    pub const fn imm_b(self) -> i16 {
        self.b() as i16
    }
    /// Field `c` as a signed immediate or 16-bit jump offset.
    #[inline]
    pub const fn imm_c(self) -> i16 {
        self.c() as i16
    }
    /// Fields `b` and `c` as a 32-bit jump offset.
    #[inline]
    pub const fn offset32(self) -> i32 {
        (self.0 >> 32) as u32 as i32
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn fields_round_trip() {
        let i = Instr::new(Op::Add, 1, 2, 0xffff);
        assert_eq!((i.op(), i.a(), i.b(), i.c(), i.imm_c()), (Some(Op::Add), 1, 2, 0xffff, -1));
        let j = Instr::jump32(Op::JumpBack, 7, -70000);
        assert_eq!((j.op(), j.a(), j.offset32()), (Some(Op::JumpBack), 7, -70000));
        assert!(Op::ALL.iter().enumerate().all(|(i, op)| *op as usize == i));
    }
}
