//! What an emitter's generated table is made of, and how the code for some registers is found in it.
//!
//! A stencil has *slots*: the registers of its operands, then that of its result. `maps` tells which of its variants
//! an assignment uses. A variant's bytes are XORed, at its patches, with what the register of a slot changes there.
//! That this gives the compiled code for every assignment was proven when the table was generated; only value holes
//! (`relocs`) depend on more than registers.
//!
//! `K` is what the architecture's holes are told apart by.

use super::EmitError;
use crate::uop::Uop;

/// The parts of a table.
#[derive(Debug)]
pub struct Table<K: 'static> {
    /// Variants of all stencils.
    pub variants: &'static [Variant],
    /// Variant by registers, for each stencil that has more than one.
    pub maps: &'static [u8],
    /// Register holes.
    pub patches: &'static [Patch],
    /// Value holes.
    pub relocs: &'static [Reloc<K>],
    /// What a register changes, by register.
    pub xors: &'static [[u8; 8]],
    /// Machine code.
    pub code: &'static [u8],
}

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

    /// The stencil of a uop, from a table by uop.
    ///
    /// # Errors
    /// [`EmitError::Malformed`] if the uop has none.
    pub fn of(table: &'static [Stencil], op: Uop) -> Result<&'static Stencil, EmitError> {
        table.get(op as usize).filter(|s| s.longest > 0).ok_or(EmitError::Malformed)
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

impl<K> Table<K> {
    /// A stencil's variant for registers numbered by `key` ([`key`]).
    #[inline]
    pub fn variant(&self, stencil: &Stencil, key: usize) -> Option<&'static Variant> {
        self.variants.get(stencil.first as usize + *self.maps.get(stencil.map as usize + key)? as usize)
    }

    /// A variant's value holes.
    #[inline]
    pub fn relocs(&self, variant: &Variant) -> &'static [Reloc<K>] {
        let start = variant.relocs as usize;
        self.relocs.get(start..start + variant.reloc_count as usize).unwrap_or(&[])
    }

    /// Writes a variant's code for registers numbered by `key` to the start of `to`, value holes left 0.
    #[inline]
    pub fn write(&self, variant: &Variant, key: usize, to: &mut [u8]) -> Option<()> {
        let code = self.code.get(variant.code as usize..variant.code as usize + variant.len as usize)?;
        let to = to.get_mut(..code.len())?;
        to.copy_from_slice(code);
        let start = variant.patches as usize;
        for p in self.patches.get(start..start + variant.patch_count as usize)? {
            let register = key >> (3 * p.slot) & 7;
            *to.get_mut(p.at as usize)? ^= self.xors.get(p.xor as usize)?.get(register)?;
        }
        Some(())
    }

    /// Writes a stencil without slots to the start of `to`, and says how long it is.
    pub fn write_fixed(&self, stencil: &Stencil, to: &mut [u8]) -> Option<usize> {
        let variant = self.variant(stencil, 0)?;
        self.write(variant, 0, to)?;
        Some(variant.len())
    }
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
}

/// A register hole: byte `at` is XORed with what the register of a slot changes.
#[derive(Clone, Copy, Debug)]
pub struct Patch {
    at: u8,
    slot: u8,
    xor: u16,
}

/// A value hole.
#[derive(Clone, Copy, Debug)]
pub struct Reloc<K> {
    /// Byte of the variant.
    pub at: u8,
    /// What goes there.
    pub kind: K,
    /// Added to it.
    pub addend: i32,
}

// Short constructors: tables have thousands of calls.

/// A stencil: first variant, map, bytes of the longest variant.
pub const fn s(first: u16, map: u16, longest: u16) -> Stencil {
    Stencil { first, map, longest }
}
/// A variant: start of its code, length; first register hole, count; first value hole, count.
pub const fn v(code: u16, len: u8, patches: u16, patch_count: u8, relocs: u16, reloc_count: u8) -> Variant {
    Variant { code, len, patches, patch_count, relocs, reloc_count }
}
/// A register hole: byte, slot, row of the changes.
pub const fn p(at: u8, slot: u8, xor: u16) -> Patch {
    Patch { at, slot, xor }
}
/// A value hole: byte, kind, addend.
pub const fn r<K>(at: u8, kind: K, addend: i32) -> Reloc<K> {
    Reloc { at, kind, addend }
}
