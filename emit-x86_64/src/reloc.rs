//! Value holes and relative addresses: each kind knows its size and range. Out of range is an error, never truncated.

use taipan_core::emit::EmitError;

/// What goes into a hole.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Kind {
    /// Distance to the cold stub of the uop's exit.
    Exit,
    /// Displacement `d`, sign-extended by the CPU.
    D32,
    /// A count `d`, 7 bits.
    D8,
    /// Immediate `k`, 32 bits, zero-extended by the code around it.
    K32,
    /// Immediate `k`, 31 bits, sign-extended by the CPU.
    K31,
    /// Immediate `k`, 64 bits.
    K64,
    /// Distance to a return label.
    Label,
    /// Distance to a constant of the chunk's pool; the addend holds its offset.
    Pool,
}

impl Kind {
    /// Bytes of the hole.
    pub const fn size(self) -> usize {
        match self {
            Kind::K64 => 8,
            Kind::D8 => 1,
            _ => 4,
        }
    }
    /// Whether the hole holds a distance from itself.
    pub const fn relative(self) -> bool {
        matches!(self, Kind::Exit | Kind::Label | Kind::Pool)
    }
    /// The values that fit. x86-64 aligns none of them.
    pub const fn range(self) -> (i64, i64) {
        match self {
            Kind::D8 => (0, i8::MAX as i64),
            Kind::K31 => (0, i32::MAX as i64),
            Kind::K32 => (0, u32::MAX as i64),
            Kind::K64 => (i64::MIN, i64::MAX),
            _ => (i32::MIN as i64, i32::MAX as i64),
        }
    }
    /// Writes a value into the hole at byte `at`.
    ///
    /// # Errors
    /// [`EmitError::OutOfRange`] if it does not fit; [`EmitError::Malformed`] if the hole lies outside of the code.
    #[inline]
    pub fn patch(self, code: &mut [u8], at: usize, value: i64) -> Result<(), EmitError> {
        let (low, high) = self.range();
        if value < low || value > high {
            return Err(EmitError::OutOfRange);
        }
        let size = self.size();
        let hole = code.get_mut(at..at.wrapping_add(size)).ok_or(EmitError::Malformed)?;
        let bytes = value.to_le_bytes();
        hole.copy_from_slice(bytes.get(..size).ok_or(EmitError::Malformed)?);
        Ok(())
    }
}
