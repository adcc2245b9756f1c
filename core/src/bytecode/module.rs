//! A module: every function of one source file as one flat, position-independent array of 64-bit words.
//!
//! The same words are the in-memory form, the `.tpc` file and what firmware keeps in flash: nothing is decoded
//! or copied on load. Sections follow a fixed header. A function's record says where its part of each shared section
//! begins; it ends where the next record's begins, and a record without a function stands behind the last one. Texts
//! stand in the byte section behind their length and are named by their offset, so that equal ones are there once.
//!
//! Invariants: section ranges lie inside the word array (checked by [`Module::from_words`]); what lies inside
//! sections is checked by [`super::verify`]. Accessors never panic: a range that is out of bounds reads as empty.

use super::{Instr, Op};
use alloc::vec::Vec;

/// First word of a module: `TAIPANBC`.
pub const MAGIC: u64 = u64::from_le_bytes(*b"TAIPANBC");
/// Format version: the format's own number, and what the instruction set hashes to. So it changes by itself whenever
/// stored instructions would mean something else.
pub const VERSION: u32 = FORMAT << 16 | instruction_set() as u32;
/// Changes when words other than instructions change their meaning.
const FORMAT: u32 = 2;

/// Names, numbers and operands of the operations that stored code may contain, hashed (FNV-1a, folded to 16 bits).
const fn instruction_set() -> u16 {
    const fn mix(h: u32, b: u8) -> u32 {
        (h ^ b as u32).wrapping_mul(0x0100_0193)
    }
    let mut h = 0x811c_9dc5;
    let mut n = 0;
    while n < Op::FIRST_SPECIALIZED as usize {
        let op = Op::ALL[n];
        let (name, operands) = (op.name().as_bytes(), op.operands());
        let mut i = 0;
        while i < name.len() {
            h = mix(h, name[i]);
            i += 1;
        }
        i = 0;
        while i < operands.len() {
            h = mix(h, operands[i].code());
            i += 1;
        }
        n += 1;
    }
    (h ^ h >> 16) as u16
}
pub(super) const HEADER_WORDS: usize = 12;
pub(super) const FUNC_WORDS: usize = 7;

/// Sections in file order. Each header word from index 3 holds `start | len << 32` in words (bytes for `Bytes`). Sites
/// and variables take half a word each.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
#[repr(usize)]
pub(super) enum Section {
    Funcs,
    Instrs,
    Positions,
    Consts,
    /// What does not fit into a constant's word: items, limbs, floats, wide ints.
    Lists,
    Sites,
    Excs,
    Vars,
    Bytes,
}
pub(super) const SECTIONS: usize = 9;

/// Why stored bytecode was refused.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
#[non_exhaustive]
pub enum ModuleError {
    /// Shorter than its header says, or than a header.
    Truncated,
    /// Longer than its header says.
    TrailingData,
    /// Not a Taipan module.
    BadMagic,
    /// Made for, or loaded on, a machine of the other byte order.
    ByteOrder,
    /// Static bytes that do not begin at a multiple of 8.
    Misaligned,
    /// Made by another version of Taipan.
    WrongVersion {
        /// The version found.
        found: u32,
    },
    /// The checksum does not match.
    Corrupt,
    /// Refused by the verifier: function index, instruction index and rule.
    Invalid {
        /// Function index.
        func: u32,
        /// Instruction index inside the function.
        at: u32,
        /// The rule that was broken.
        rule: &'static str,
    },
    /// Too large for the format.
    TooLarge(&'static str),
    /// No memory.
    Memory,
}

impl core::fmt::Display for ModuleError {
    fn fmt(&self, f: &mut core::fmt::Formatter<'_>) -> core::fmt::Result {
        match self {
            ModuleError::Truncated => f.write_str("bytecode is truncated; compile the program again"),
            ModuleError::TrailingData => {
                f.write_str("bytecode has bytes after its end; compile the program again")
            }
            ModuleError::BadMagic => f.write_str("not a Taipan bytecode file"),
            ModuleError::ByteOrder => f.write_str("bytecode is little-endian, the other side is not"),
            ModuleError::Misaligned => f.write_str(
                "bytecode in static memory must begin at an address that is a multiple of 8; align it, or load a copy",
            ),
            ModuleError::WrongVersion { found } => write!(
                f,
                "bytecode version {}.{:04x}, this Taipan reads version {FORMAT}.{:04x}; compile the program again",
                found >> 16,
                found & 0xffff,
                VERSION & 0xffff
            ),
            ModuleError::Corrupt => {
                f.write_str("bytecode was altered (checksum mismatch); compile the program again")
            }
            ModuleError::Invalid { func, at, rule } => {
                write!(f, "invalid bytecode in function {func} at instruction {at}: {rule}")
            }
            ModuleError::TooLarge(what) => write!(f, "program too large: {what}"),
            ModuleError::Memory => f.write_str("out of memory"),
        }
    }
}
impl core::error::Error for ModuleError {}

#[derive(Debug)]
enum Store {
    Static(&'static [u64]),
    Owned(Vec<u64>),
}

/// An immutable module. Share it with `Arc`.
#[derive(Debug)]
pub struct Module {
    store: Store,
    sections: [(u32, u32); SECTIONS],
}

/// Properties of a function's code.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Default)]
pub struct FuncFlags(pub u32);

impl FuncFlags {
    /// Has a `*args` parameter.
    pub const VARARGS: u32 = 1;
    /// Has a `**kwargs` parameter.
    pub const VARKW: u32 = 2;
    /// Calling it makes a generator.
    pub const GENERATOR: u32 = 4;
    /// A class body: register 0 is its namespace.
    pub const CLASS_BODY: u32 = 8;
    /// Module-level code: takes no arguments, its names are globals.
    pub const MODULE: u32 = 16;
    /// Part of the runtime: hidden from tracebacks.
    pub const FROZEN: u32 = 32;
    /// Reserved for coroutines and asynchronous generators.
    pub const COROUTINE: u32 = 64;
    /// Defined inside another function (its qualified name says `<locals>`).
    pub const NESTED: u32 = 128;
    /// Whether `bit` is set.
    #[inline]
    pub const fn has(self, bit: u32) -> bool {
        self.0 & bit != 0
    }
}

/// One function's record, decoded.
#[derive(Clone, Copy, Debug)]
pub struct Func {
    /// Instructions: first word and count, in the module's instruction section.
    pub instrs: (u32, u32),
    /// Constants: first and count.
    pub consts: (u32, u32),
    /// Sites: first and count.
    pub sites: (u32, u32),
    /// Exception table entries: first and count, innermost first.
    pub excs: (u32, u32),
    /// Names of the named registers: first and count.
    pub vars: (u32, u32),
    /// Name; see [`Module::text`].
    pub name: u32,
    /// Qualified name; see [`Module::text`].
    pub qualname: u32,
    /// Positional parameters (positional-only ones included).
    pub argcount: u16,
    /// Positional-only parameters.
    pub posonly: u16,
    /// Keyword-only parameters.
    pub kwonly: u16,
    /// Registers in the frame, named ones included.
    pub nregs: u16,
    /// Free variables; their cells are the last `nfree` named registers.
    pub nfree: u16,
    /// Named registers: parameters (positional, keyword-only, `*args`, `**kwargs`), locals, free variables.
    pub nlocals: u16,
    /// See [`FuncFlags`].
    pub flags: FuncFlags,
    /// First source line.
    pub first_line: u32,
    /// Fuel charged on entry (and on each resumption of a generator).
    pub entry_cost: u32,
    /// Index of the docstring constant, plus one; 0 if none.
    pub doc: u32,
}

impl Func {
    /// Number of registers that parameters occupy.
    #[inline]
    pub fn nparams(&self) -> u16 {
        self.argcount
            + self.kwonly
            + self.flags.has(FuncFlags::VARARGS) as u16
            + self.flags.has(FuncFlags::VARKW) as u16
    }
}

/// A place in the code with a name, a destination register and, at run time, an inline cache.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct Site {
    /// Constant index of the name (attribute, global) or keyword-name tuple; `NO_NAME` if none.
    pub name: u32,
    /// Destination register of a call.
    pub dst: u16,
}
impl Site {
    /// `name` of a site without one.
    pub const NO_NAME: u32 = u16::MAX as u32;

    pub(super) fn pack(self) -> u32 {
        self.name & 0xffff | (self.dst as u32) << 16
    }
}

/// An exception table entry: instructions `start..end` are covered by `handler`.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct ExcEntry {
    /// First covered instruction.
    pub start: u32,
    /// One past the last covered instruction.
    pub end: u32,
    /// Where the handler begins.
    pub handler: u32,
    /// The exception goes to `r[reg]`, the previously handled one to `r[reg+1]`.
    pub reg: u16,
}

/// Source range of an instruction. Lines from 1, columns in UTF-8 bytes from 0.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct Pos {
    /// First line.
    pub line: u32,
    /// Last line.
    pub end_line: u32,
    /// First column, or `NO_COL`.
    pub col: u16,
    /// One past the last column, or `NO_COL`.
    pub end_col: u16,
}
impl Pos {
    /// An unknown column.
    pub const NO_COL: u16 = u16::MAX;

    pub(super) fn pack(self) -> u64 {
        let line = self.line.min(0xff_ffff) as u64;
        let delta = self.end_line.saturating_sub(self.line).min(0xff) as u64;
        line | delta << 24 | (self.col as u64) << 32 | (self.end_col as u64) << 48
    }
    fn unpack(w: u64) -> Pos {
        let line = (w & 0xff_ffff) as u32;
        Pos {
            line,
            end_line: line + (w >> 24 & 0xff) as u32,
            col: (w >> 32) as u16,
            end_col: (w >> 48) as u16,
        }
    }
}

/// A constant, as stored.
#[derive(Clone, Copy, Debug)]
pub enum ConstRef<'m> {
    /// `None`.
    None,
    /// `True` or `False`.
    Bool(bool),
    /// `...`.
    Ellipsis,
    /// An int of 64 bits.
    Int(i64),
    /// A larger int: sign, and limbs from the lowest.
    BigInt(bool, &'m [u64]),
    /// A float.
    Float(f64),
    /// An imaginary literal's value.
    Imaginary(f64),
    /// WTF-8 text.
    Str(&'m [u8]),
    /// A bytes literal.
    Bytes(&'m [u8]),
    /// A tuple of constants (indices into the same function's constants).
    Tuple(&'m [u64]),
    /// A frozenset of constants.
    FrozenSet(&'m [u64]),
}

/// Numbers of the constant kinds: a constant's low byte. Above it stands an int of 56 bits; or a length of 24 bits and
/// a place of 32: an index into the lists, or a text.
pub(super) mod kind {
    pub const NONE: u64 = 0;
    pub const FALSE: u64 = 1;
    pub const TRUE: u64 = 2;
    pub const ELLIPSIS: u64 = 3;
    pub const INT: u64 = 4;
    pub const BIG: u64 = 5;
    pub const BIG_NEG: u64 = 6;
    pub const FLOAT: u64 = 7;
    pub const IMAG: u64 = 8;
    pub const STR: u64 = 9;
    pub const BYTES: u64 = 10;
    pub const TUPLE: u64 = 11;
    pub const FROZENSET: u64 = 12;
    /// An int of 64 bits in the lists.
    pub const WIDE: u64 = 13;
    /// Most items of a list.
    pub const MAX_LEN: usize = (1 << 24) - 1;
}

/// Splits a word into its low and high half.
#[inline]
pub(super) const fn halves(w: u64) -> (u32, u32) {
    (w as u32, (w >> 32) as u32)
}
/// Packs two halves.
#[inline]
pub(super) const fn pair(lo: u32, hi: u32) -> u64 {
    lo as u64 | (hi as u64) << 32
}

/// Checksum over all words but the one that holds it (FNV-1a over words, with a final mix).
pub(super) fn checksum(words: &[u64]) -> u64 {
    let mut h = 0xcbf2_9ce4_8422_2325u64;
    for (i, &w) in words.iter().enumerate() {
        if i != 2 {
            h = (h ^ w).wrapping_mul(0x0000_0100_0000_01b3).rotate_left(29);
        }
    }
    h ^ h >> 32
}

/// Refuses words that are no module of this version, or not a whole one.
fn check_header(words: &[u64]) -> Result<(), ModuleError> {
    if words.len() < HEADER_WORDS {
        return Err(ModuleError::Truncated);
    }
    if words[0] != MAGIC {
        return Err(ModuleError::BadMagic);
    }
    let (version, total) = halves(words[1]);
    if version != VERSION {
        return Err(ModuleError::WrongVersion { found: version });
    }
    if (total as usize) > words.len() {
        return Err(ModuleError::Truncated);
    }
    if total as usize != words.len() {
        return Err(ModuleError::TrailingData);
    }
    Ok(())
}

/// First word and length of each section of words with a header.
fn sections(words: &[u64]) -> Result<[(u32, u32); SECTIONS], ModuleError> {
    let mut sections = [(0, 0); SECTIONS];
    for (i, s) in sections.iter_mut().enumerate() {
        *s = halves(words[3 + i]);
        let len = if i == Section::Bytes as usize { s.1.div_ceil(8) } else { s.1 };
        if (s.0 as usize).saturating_add(len as usize) > words.len() {
            return Err(ModuleError::Truncated);
        }
    }
    Ok(sections)
}

impl Module {
    /// Takes over words made by the assembler or read from a file. Checks header, checksum and the verifier's rules.
    pub fn from_words(words: Vec<u64>) -> Result<Module, ModuleError> {
        Self::checked(Store::Owned(words))
    }

    /// As [`Module::from_words`] for words in static memory (flash), which are not copied.
    pub fn from_static(words: &'static [u64]) -> Result<Module, ModuleError> {
        Self::checked(Store::Static(words))
    }

    /// As [`Module::from_static`] for words that are part of this crate: that they pass is found out by its tests, not each
    /// time that a VM is made, most of which it would take.
    #[cfg(feature = "speed")]
    pub(crate) fn of_this_crate(words: &'static [u64]) -> Result<Module, ModuleError> {
        debug_assert!(Self::from_static(words).is_ok());
        check_header(words)?;
        Ok(Module { sections: sections(words)?, store: Store::Static(words) })
    }

    fn checked(store: Store) -> Result<Module, ModuleError> {
        let words: &[u64] = match &store {
            Store::Static(w) => w,
            Store::Owned(w) => w,
        };
        check_header(words)?;
        if words[2] != checksum(words) {
            return Err(ModuleError::Corrupt);
        }
        let module = Module { sections: sections(words)?, store };
        super::verify::verify(&module)?;
        Ok(module)
    }

    /// Puts the right checksum into the header of words that were made or changed elsewhere. It guards against
    /// accidents only; what makes running a module safe is the verifier.
    pub fn seal(words: &mut [u64]) {
        if words.len() >= HEADER_WORDS {
            words[2] = checksum(words);
        }
    }

    /// The words, as they are stored in a file.
    pub fn words(&self) -> &[u64] {
        match &self.store {
            Store::Static(w) => w,
            Store::Owned(w) => w,
        }
    }

    pub(super) fn section(&self, s: Section) -> &[u64] {
        let (start, len) = self.sections[s as usize];
        self.words().get(start as usize..(start as usize).saturating_add(len as usize)).unwrap_or(&[])
    }

    fn range(&self, s: Section, at: (u32, u32), scale: usize) -> &[u64] {
        let start = (at.0 as usize).saturating_mul(scale);
        let end = start.saturating_add((at.1 as usize).saturating_mul(scale));
        self.section(s).get(start..end).unwrap_or(&[])
    }

    /// `count` half-words of a section.
    fn half_words(&self, s: Section, at: u32, count: u32) -> &[u32] {
        let all: &[u32] = bytemuck::cast_slice(self.section(s));
        let at = at as usize;
        all.get(at..at.saturating_add(count as usize)).unwrap_or(&[])
    }

    /// The bytes at an offset of the byte section, behind their length (LEB128).
    fn bytes(&self, at: u32) -> &[u8] {
        let (start, len) = self.sections[Section::Bytes as usize];
        let words = self.words().get(start as usize..).unwrap_or(&[]);
        let all: &[u8] = bytemuck::cast_slice(words);
        let rest = all.get(at as usize..len as usize).unwrap_or(&[]);
        let (mut n, mut used) = (0, 0);
        for &b in rest.iter().take(5) {
            n |= ((b & 0x7f) as u64) << (7 * used);
            used += 1;
            if b < 0x80 {
                break;
            }
        }
        let rest = rest.get(used..).unwrap_or(&[]);
        usize::try_from(n).ok().and_then(|n| rest.get(..n)).unwrap_or(&[])
    }

    /// A text (function and variable names) by its offset in the byte section; not UTF-8 reads as `?`.
    pub fn text(&self, at: u32) -> &str {
        core::str::from_utf8(self.bytes(at)).unwrap_or("?")
    }

    /// Number of functions; function 0 is the module's own code.
    pub fn func_count(&self) -> u32 {
        (self.section(Section::Funcs).len() / FUNC_WORDS).saturating_sub(1) as u32
    }

    /// A function's record.
    pub fn func(&self, index: u32) -> Option<Func> {
        let at = (index as usize).checked_mul(FUNC_WORDS)?;
        let w = self.section(Section::Funcs).get(at..at.checked_add(2 * FUNC_WORDS)?)?;
        let (w, next) = w.split_at(FUNC_WORDS);
        let quarter = |w: u64, n: u32| (w >> (16 * n)) as u16;
        let range = |start: u32, end: u32| (start, end.saturating_sub(start));
        let low = |i: usize| range(halves(w[i]).0, halves(next[i]).0);
        let high = |i: usize| range(halves(w[i]).1, halves(next[i]).1);
        Some(Func {
            instrs: low(0),
            consts: high(0),
            sites: low(1),
            excs: high(1),
            vars: low(2),
            doc: halves(w[2]).1,
            name: halves(w[3]).0,
            qualname: halves(w[3]).1,
            argcount: quarter(w[4], 0),
            posonly: quarter(w[4], 1),
            kwonly: quarter(w[4], 2),
            nregs: quarter(w[4], 3),
            nfree: quarter(w[5], 0),
            nlocals: quarter(w[5], 1),
            flags: FuncFlags((w[5] >> 32) as u32),
            first_line: halves(w[6]).0,
            entry_cost: halves(w[6]).1,
        })
    }

    /// A function's instructions.
    pub fn instrs(&self, f: &Func) -> &[Instr] {
        bytemuck::cast_slice(self.range(Section::Instrs, f.instrs, 1))
    }

    /// Source range of instruction `at` of a function, if the module carries positions.
    pub fn pos(&self, f: &Func, at: u32) -> Option<Pos> {
        if at >= f.instrs.1 {
            return None;
        }
        let w = self.section(Section::Positions).get((f.instrs.0 as usize).checked_add(at as usize)?)?;
        Some(Pos::unpack(*w))
    }

    /// Constant `index` of a function.
    pub fn constant(&self, f: &Func, index: u32) -> Option<ConstRef<'_>> {
        if index >= f.consts.1 {
            return None;
        }
        let w = *self.section(Section::Consts).get(f.consts.0.checked_add(index)? as usize)?;
        let (low, place) = halves(w);
        let list = || self.range(Section::Lists, (place, low >> 8), 1);
        let word = || self.section(Section::Lists).get(place as usize).copied();
        Some(match w & 0xff {
            kind::NONE => ConstRef::None,
            kind::FALSE => ConstRef::Bool(false),
            kind::TRUE => ConstRef::Bool(true),
            kind::ELLIPSIS => ConstRef::Ellipsis,
            kind::INT => ConstRef::Int(w as i64 >> 8),
            kind::WIDE => ConstRef::Int(word()? as i64),
            kind::BIG => ConstRef::BigInt(false, list()),
            kind::BIG_NEG => ConstRef::BigInt(true, list()),
            kind::FLOAT => ConstRef::Float(f64::from_bits(word()?)),
            kind::IMAG => ConstRef::Imaginary(f64::from_bits(word()?)),
            kind::STR => ConstRef::Str(self.bytes(place)),
            kind::BYTES => ConstRef::Bytes(self.bytes(place)),
            kind::TUPLE => ConstRef::Tuple(list()),
            kind::FROZENSET => ConstRef::FrozenSet(list()),
            _ => return None,
        })
    }

    /// Site `index` of a function.
    pub fn site(&self, f: &Func, index: u32) -> Option<Site> {
        if index >= f.sites.1 {
            return None;
        }
        let w = *self.half_words(Section::Sites, f.sites.0.checked_add(index)?, 1).first()?;
        Some(Site { name: w & 0xffff, dst: (w >> 16) as u16 })
    }

    /// Exception table entry `index` of a function.
    pub fn exc(&self, f: &Func, index: u32) -> Option<ExcEntry> {
        if index >= f.excs.1 {
            return None;
        }
        let w = self.range(Section::Excs, (f.excs.0.checked_add(index)?, 1), 2);
        let (&lo, &hi) = (w.first()?, w.get(1)?);
        Some(ExcEntry {
            start: lo as u32,
            end: (lo >> 32) as u32,
            handler: hi as u32,
            reg: (hi >> 32) as u16,
        })
    }

    /// The exception handler that covers instruction `at`, innermost first.
    pub fn handler(&self, f: &Func, at: u32) -> Option<ExcEntry> {
        (0..f.excs.1).filter_map(|i| self.exc(f, i)).find(|e| e.start <= at && at < e.end)
    }

    fn var(&self, f: &Func, index: u32) -> Option<&str> {
        let at = f.vars.0.checked_add(index).filter(|_| index < f.vars.1)?;
        self.half_words(Section::Vars, at, 1).first().map(|&at| self.text(at))
    }

    /// Name of named register `index` of a function.
    pub fn var_name(&self, f: &Func, index: u32) -> Option<&str> {
        self.var(f, index).map(|name| name.strip_prefix(Module::HIDDEN).unwrap_or(name))
    }

    /// Whether a named register is a comprehension's variable, which only the comprehension sees.
    pub fn var_hidden(&self, f: &Func, index: u32) -> bool {
        self.var(f, index).is_some_and(|name| name.starts_with(Module::HIDDEN))
    }
    /// Prefix of the names of such registers.
    pub const HIDDEN: char = '$';

    /// File name the module was compiled from, as tracebacks show it.
    pub fn file_name(&self) -> &str {
        // The variable section begins with two texts of the module's own: file name and source.
        self.half_words(Section::Vars, 0, 1).first().map_or("<unknown>", |&at| self.text(at))
    }

    /// Source text, if the module carries it (for tracebacks).
    pub fn source(&self) -> &str {
        self.half_words(Section::Vars, 1, 1).first().map_or("", |&at| self.text(at))
    }
}
