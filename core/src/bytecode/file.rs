//! Stored programs: a module as bytes, as `taipan compile` writes it and flash holds it.
//!
//! A file is the words of one module, each in little-endian order; nothing else. So bytes in static memory that begin
//! at a multiple of 8 are used where they lie, and other ones are copied once.
//!
//! Invariant: what these functions accept has the right length, version and checksum and has passed the verifier;
//! whatever is refused is refused with the reason, before anything of it is used.

use super::module::{MAGIC, Module, ModuleError, VERSION};
use crate::room::WithinRoom as _;
use alloc::vec::Vec;

/// The extension of stored programs.
pub const EXTENSION: &str = "tpc";

const WORD: usize = core::mem::size_of::<u64>();

impl Module {
    /// A stored program. The bytes are copied; see [`Module::from_static_bytes`].
    pub fn from_bytes(bytes: &[u8]) -> Result<Module, ModuleError> {
        let count = check_frame(bytes)?;
        let mut words = Vec::new();
        words.try_reserve_exact(count).map_err(|_| ModuleError::Memory)?;
        for w in bytes.as_chunks::<WORD>().0 {
            words.push_within(u64::from_le_bytes(*w));
        }
        Module::from_words(words)
    }

    /// A stored program that lies in memory for good, such as flash: it is used there and not copied. It has to begin
    /// at a multiple of 8 (see [`Aligned`]).
    pub fn from_static_bytes(bytes: &'static [u8]) -> Result<Module, ModuleError> {
        check_frame(bytes)?;
        if cfg!(target_endian = "big") {
            return Err(ModuleError::ByteOrder);
        }
        if !(bytes.as_ptr() as usize).is_multiple_of(WORD) {
            return Err(ModuleError::Misaligned);
        }
        match bytemuck::try_cast_slice(bytes) {
            Ok(words) => Module::from_static(words),
            Err(_) => Err(ModuleError::Misaligned),
        }
    }

    /// The module as a file's contents, piece by piece; `out` may fail.
    pub fn write_to<E>(&self, out: &mut dyn FnMut(&[u8]) -> Result<(), E>) -> Result<(), E> {
        self.words().iter().try_for_each(|w| out(&w.to_le_bytes()))
    }
}

/// Gives bytes the alignment of words: `static PROGRAM: &Aligned<[u8]> = &Aligned(*include_bytes!("program.tpc"));`
#[derive(Debug)]
#[repr(C, align(8))]
pub struct Aligned<T: ?Sized>(pub T);

/// What can be told from a file's first bytes and its length, so that the error says what is wrong with the file
/// rather than with a word of it. Returns the number of words.
fn check_frame(bytes: &[u8]) -> Result<usize, ModuleError> {
    let word = |i: usize| -> Option<[u8; WORD]> { bytes.get(i * WORD..(i + 1) * WORD)?.try_into().ok() };
    let Some(magic) = word(0) else {
        let beginning = MAGIC.to_le_bytes();
        return Err(match beginning.starts_with(bytes) {
            true => ModuleError::Truncated,
            false => ModuleError::BadMagic,
        });
    };
    if u64::from_be_bytes(magic) == MAGIC {
        return Err(ModuleError::ByteOrder);
    }
    if u64::from_le_bytes(magic) != MAGIC {
        return Err(ModuleError::BadMagic);
    }
    let second = word(1).map(u64::from_le_bytes).ok_or(ModuleError::Truncated)?;
    let (version, count) = (second as u32, (second >> 32) as usize);
    if version != VERSION {
        return Err(ModuleError::WrongVersion { found: version });
    }
    match bytes.len().cmp(&count.saturating_mul(WORD)) {
        core::cmp::Ordering::Less => Err(ModuleError::Truncated),
        core::cmp::Ordering::Greater => Err(ModuleError::TrailingData),
        core::cmp::Ordering::Equal => Ok(count),
    }
}
