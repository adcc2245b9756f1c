//! What goes into holes: value holes, distances, and the branches between code and stubs. Each kind knows its range and
//! alignment, writes itself into an instruction, and says what helps where it does not reach. Out of range is an error,
//! never truncated.

use taipan_core::emit::EmitError;

/// What goes into a hole. Every hole lies in one instruction; distances are from that instruction.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Kind {
    /// Distance to the cold stub of the uop's exit, of an unconditional branch.
    Exit26,
    /// The same, of a branch on a condition or a register.
    Exit19,
    /// The same, of a branch on a bit.
    Exit14,
    /// Bits 0 to 15 of the displacement `d`.
    D0,
    /// Bits 16 to 31 of the displacement `d`, sign-extended by the code around it.
    D1,
    /// Bits 0 to 15 of the immediate `k`.
    K0,
    /// Bits 16 to 31 of the immediate `k`.
    K1,
    /// Bits 32 to 47 of the immediate `k`.
    K2,
    /// Bits 48 to 63 of the immediate `k`.
    K3,
    /// Displacement of a load or store of a byte.
    Mem1,
    /// Displacement of a load or store of 2 bytes.
    Mem2,
    /// Displacement of a load or store of 4 bytes.
    Mem4,
    /// Displacement of a load or store of 8 bytes.
    Mem8,
    /// Displacement that is added to a register, subtracted, or compared with one.
    Add,
    /// Distance to a return label.
    Label,
    /// Distance to a constant; the addend holds its offset in the pool.
    Pool,
    /// Distance between the pages (of 4 KiB) of the instruction and of an address.
    Page,
}

/// Bits of each kind of distance.
const BRANCH: u32 = 26;
const CONDITION: u32 = 19;
const TEST: u32 = 14;
const ADDRESS: u32 = 21;

impl Kind {
    /// Whether the hole holds a distance from itself.
    pub const fn relative(self) -> bool {
        use Kind::*;
        matches!(self, Exit26 | Exit19 | Exit14 | Label | Pool | Page)
    }

    /// The lowest and the highest value that fits.
    pub const fn range(self) -> (i64, i64) {
        use Kind::*;
        match self {
            Exit26 => words(BRANCH),
            Exit19 | Pool => words(CONDITION),
            Exit14 => words(TEST),
            Label => (-(1 << (ADDRESS - 1)), (1 << (ADDRESS - 1)) - 1),
            Page => (-(1 << 32), (1 << 32) - 0x1000),
            D0 | D1 => (i32::MIN as i64, i32::MAX as i64),
            K0 | K1 | K2 | K3 => (i64::MIN, i64::MAX),
            Mem1 | Mem2 | Mem4 | Mem8 => (-256, 4095 * self.unit()),
            Add => (-4095, 4095),
        }
    }

    /// What the value must be a multiple of. A load or store takes any value from -256 to 255 besides.
    pub const fn unit(self) -> i64 {
        use Kind::*;
        match self {
            Exit26 | Exit19 | Exit14 | Pool => 4,
            Page => 0x1000,
            Mem2 => 2,
            Mem4 => 4,
            Mem8 => 8,
            _ => 1,
        }
    }

    /// Whether a value fits.
    #[inline]
    pub const fn takes(self, value: i64) -> bool {
        let (low, high) = self.range();
        value >= low && value <= high && (value % self.unit() == 0 || self.is_memory() && value <= 255)
    }

    /// Where a distance is out of range: the kind of branch that, placed within range, reaches further.
    pub const fn veneer(self) -> Option<Kind> {
        match self {
            Kind::Exit19 | Kind::Exit14 => Some(Kind::Exit26),
            _ => None,
        }
    }

    /// The bits of `k` that the hole takes (0: none).
    pub const fn part(self) -> u64 {
        match self {
            Kind::K0 => 0xffff,
            Kind::K1 => 0xffff << 16,
            Kind::K2 => 0xffff << 32,
            Kind::K3 => 0xffff << 48,
            _ => 0,
        }
    }

    const fn is_memory(self) -> bool {
        matches!(self, Kind::Mem1 | Kind::Mem2 | Kind::Mem4 | Kind::Mem8)
    }

    /// The instruction with a value in it, which was 0 before.
    fn fill(self, ins: u32, value: i64) -> u32 {
        use Kind::*;
        let field = |value: i64, bits: u32| value as u32 & ((1 << bits) - 1);
        match self {
            Exit26 => ins | field(value >> 2, BRANCH),
            Exit19 | Pool => ins | field(value >> 2, CONDITION) << 5,
            Exit14 => ins | field(value >> 2, TEST) << 5,
            Label => ins | field(value, 2) << 29 | field(value >> 2, ADDRESS - 2) << 5,
            Page => ins | field(value >> 12, 2) << 29 | field(value >> 14, ADDRESS - 2) << 5,
            D0 | K0 => ins | field(value, 16) << 5,
            D1 | K1 => ins | field(value >> 16, 16) << 5,
            K2 => ins | field(value >> 32, 16) << 5,
            K3 => ins | field(value >> 48, 16) << 5,
            // Unscaled, or scaled and not negative.
            Mem1 | Mem2 | Mem4 | Mem8 if value <= 255 => ins & !(1 << 24) | field(value, 9) << 12,
            Mem1 | Mem2 | Mem4 | Mem8 => ins | 1 << 24 | field(value / self.unit(), 12) << 10,
            // Bit 30 makes an addition a subtraction, and the other way round; the flags are the same.
            Add if value < 0 => (ins ^ 1 << 30) | field(-value, 12) << 10,
            Add => ins | field(value, 12) << 10,
        }
    }

    /// Writes a value into the instruction at byte `at`.
    ///
    /// # Errors
    /// [`EmitError::OutOfRange`] if it does not fit; [`EmitError::Malformed`] if the hole lies outside of the code.
    #[inline]
    pub fn patch(self, code: &mut [u8], at: usize, value: i64) -> Result<(), EmitError> {
        if !self.takes(value) {
            return Err(EmitError::OutOfRange);
        }
        let hole = code.get_mut(at..).and_then(|c| c.first_chunk_mut::<4>()).ok_or(EmitError::Malformed)?;
        *hole = self.fill(u32::from_le_bytes(*hole), value).to_le_bytes();
        Ok(())
    }
}

/// The range of a signed number of words, in bytes.
const fn words(bits: u32) -> (i64, i64) {
    (-(4 << (bits - 1)), (4 << (bits - 1)) - 4)
}
