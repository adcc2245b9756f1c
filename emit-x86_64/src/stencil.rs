//! What the generated table is made of, and how the code for some registers is found in it.
//!
//! A stencil has *slots*: the registers of its operands, then that of its result. `MAPS` tells which of its variants
//! an assignment uses. A variant's bytes are XORed, at its patches, with what the register of a slot changes there.
//! That this gives the compiled code for every assignment was proven when the table was generated; only value holes
//! (`RELOCS`) depend on more than registers.

use crate::reloc::Kind;
use crate::table::{CODE, MAPS, PATCHES, RELOCS, VARIANTS, XORS};

/// Machine code of a uop for all assignments of registers.
#[derive(Clone, Copy, Debug)]
pub struct Stencil {
    first: u16,
    map: u16,
    /// Bytes of the longest variant.
    pub longest: u16,
}

impl Stencil {
    /// Not a stencil.
    pub const NONE: Stencil = Stencil { first: 0, map: 0, longest: 0 };

    /// The variant for registers numbered by `key` ([`key`]).
    #[inline]
    pub fn variant(&self, key: usize) -> Option<&'static Variant> {
        VARIANTS.get(self.first as usize + *MAPS.get(self.map as usize + key)? as usize)
    }
}

/// The number of an assignment: 3 bits a slot, the first lowest. `None` if a register does not exist.
#[inline]
pub fn key(slots: &[u8]) -> Option<usize> {
    let mut key = 0;
    for (i, r) in slots.iter().enumerate() {
        if *r > 7 {
            return None;
        }
        key |= (*r as usize) << (3 * i);
    }
    Some(key)
}

/// A stencil's code for some of the assignments.
#[derive(Clone, Copy, Debug)]
pub struct Variant {
    code: u16,
    len: u8,
    patches: u16,
    patch_count: u8,
    relocs: u16,
    reloc_count: u8,
}

impl Variant {
    /// Bytes of code.
    #[inline]
    pub fn len(&self) -> usize {
        self.len as usize
    }
    /// Whether there is no code.
    pub fn is_empty(&self) -> bool {
        self.len == 0
    }
    /// Its value holes.
    #[inline]
    pub fn relocs(&self) -> &'static [Reloc] {
        RELOCS.get(self.relocs as usize..self.relocs as usize + self.reloc_count as usize).unwrap_or(&[])
    }
    /// Writes the code for `slots` (as [`key`] took them) to the start of `to`, value holes left 0.
    #[inline]
    pub fn write(&self, key: usize, to: &mut [u8]) -> Option<()> {
        let code = CODE.get(self.code as usize..self.code as usize + self.len as usize)?;
        let to = to.get_mut(..code.len())?;
        to.copy_from_slice(code);
        let patches =
            PATCHES.get(self.patches as usize..self.patches as usize + self.patch_count as usize)?;
        for p in patches {
            let register = key >> (3 * p.slot) & 7;
            *to.get_mut(p.at as usize)? ^= XORS.get(p.xor as usize)?.get(register)?;
        }
        Some(())
    }
}

/// A register hole: byte `at` is XORed with `XORS[xor][register of slot]`.
#[derive(Clone, Copy, Debug)]
pub struct Patch {
    at: u8,
    slot: u8,
    xor: u16,
}

/// A value hole.
#[derive(Clone, Copy, Debug)]
pub struct Reloc {
    /// Byte of the variant.
    pub at: u8,
    /// What goes there.
    pub kind: Kind,
    /// Added to it.
    pub addend: i32,
}

// Short constructors: the table has thousands of calls.

pub(crate) const fn s(first: u16, map: u16, longest: u16) -> Stencil {
    Stencil { first, map, longest }
}
pub(crate) const fn v(
    code: u16,
    len: u8,
    patches: u16,
    patch_count: u8,
    relocs: u16,
    reloc_count: u8,
) -> Variant {
    Variant { code, len, patches, patch_count, relocs, reloc_count }
}
pub(crate) const fn p(at: u8, slot: u8, xor: u16) -> Patch {
    Patch { at, slot, xor }
}
pub(crate) const fn r(at: u8, kind: Kind, addend: i32) -> Reloc {
    Reloc { at, kind, addend }
}
