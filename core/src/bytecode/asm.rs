//! The assembler: turns the compiler's function definitions into the words of a [`Module`].
//!
//! Invariants: offsets in the result are relative to sections, never addresses. The memory of the input and the
//! output is reserved by the caller before compiling (see the compiler crate's admission rule), so this file may
//! use ordinary vectors.

#![expect(
    clippy::disallowed_methods,
    clippy::disallowed_macros,
    reason = "the compiler asks for room for the whole program before it parses; growth here is within its factor"
)]

use super::Instr;
use super::module::{
    ExcEntry, FUNC_WORDS, FuncFlags, HEADER_WORDS, MAGIC, Module, ModuleError, Pos, SECTIONS, Section, Site,
    VERSION, checksum, kind, pair,
};
use alloc::collections::BTreeMap;
use alloc::string::String;
use alloc::vec::Vec;

/// A constant to assemble.
#[derive(Clone, PartialEq, Debug)]
pub enum Const {
    /// `None`.
    None,
    /// `True` or `False`.
    Bool(bool),
    /// `...`.
    Ellipsis,
    /// An int of 64 bits.
    Int(i64),
    /// A larger int: sign, little-endian limbs without leading zeros.
    BigInt(bool, Vec<u64>),
    /// A float, by its bits (so that equality distinguishes −0.0 and nan payloads).
    Float(u64),
    /// The imaginary part of an imaginary literal, by its bits.
    Imaginary(u64),
    /// WTF-8 text.
    Str(Vec<u8>),
    /// A bytes literal.
    Bytes(Vec<u8>),
    /// Tuple of constants of the same function, by index.
    Tuple(Vec<u32>),
    /// Frozenset of constants of the same function, by index.
    FrozenSet(Vec<u32>),
}

/// A function to assemble. Field meanings as in [`super::Func`].
#[derive(Clone, Default, Debug)]
pub struct FuncDef {
    /// Name.
    pub name: String,
    /// Qualified name.
    pub qualname: String,
    /// Positional parameters.
    pub argcount: u16,
    /// Positional-only parameters.
    pub posonly: u16,
    /// Keyword-only parameters.
    pub kwonly: u16,
    /// Registers.
    pub nregs: u16,
    /// Free variables.
    pub nfree: u16,
    /// Names of the named registers, in register order.
    pub vars: Vec<String>,
    /// Flags.
    pub flags: FuncFlags,
    /// First source line.
    pub first_line: u32,
    /// Fuel charged on entry.
    pub entry_cost: u32,
    /// Docstring constant.
    pub doc: Option<u32>,
    /// Instructions.
    pub instrs: Vec<Instr>,
    /// Source range of each instruction; empty or as long as `instrs`.
    pub positions: Vec<Pos>,
    /// Constants.
    pub consts: Vec<Const>,
    /// Sites.
    pub sites: Vec<Site>,
    /// Exception table, innermost entries first.
    pub excs: Vec<ExcEntry>,
}

#[derive(Default)]
struct Sections {
    words: [Vec<u64>; SECTIONS],
    sites: Vec<u32>,
    vars: Vec<u32>,
    bytes: Vec<u8>,
    /// Where short texts lie already: names recur in many functions.
    known: BTreeMap<Vec<u8>, u32>,
    /// Something was too long for its field.
    too_long: bool,
}

/// Longest text that is looked up among the known ones.
const SHORT: usize = 40;
/// Longest bytes whose length fits into 32 bits with seven in each byte.
const LONGEST: usize = u32::MAX as usize;

impl Sections {
    fn put_bytes(&mut self, b: &[u8]) -> u32 {
        if let Some(&at) = self.known.get(b) {
            return at;
        }
        self.too_long |= b.len() > LONGEST || self.bytes.len() > LONGEST;
        let at = self.bytes.len() as u32;
        let mut n = b.len();
        while n >= 0x80 {
            self.bytes.push(n as u8 | 0x80);
            n >>= 7;
        }
        self.bytes.push(n as u8);
        self.bytes.extend_from_slice(b);
        if b.len() <= SHORT {
            self.known.insert(b.to_vec(), at);
        }
        at
    }
    fn put(&mut self, s: Section, w: u64) {
        self.words[s as usize].push(w);
    }
    fn len(&self, s: Section) -> u32 {
        self.words[s as usize].len() as u32
    }
    /// A constant whose words lie in the lists.
    fn listed(&mut self, kind: u64, items: impl ExactSizeIterator<Item = u64>) -> u64 {
        let (start, len) = (self.len(Section::Lists), items.len());
        self.too_long |= len > kind::MAX_LEN;
        items.for_each(|w| self.put(Section::Lists, w));
        kind | (len as u64) << 8 | (start as u64) << 32
    }

    fn put_const(&mut self, c: &Const) {
        let one = core::iter::once;
        let w = match c {
            Const::None => kind::NONE,
            Const::Bool(false) => kind::FALSE,
            Const::Bool(true) => kind::TRUE,
            Const::Ellipsis => kind::ELLIPSIS,
            Const::Int(i) if *i << 8 >> 8 == *i => kind::INT | (*i as u64) << 8,
            Const::Int(i) => self.listed(kind::WIDE, one(*i as u64)),
            Const::BigInt(false, limbs) => self.listed(kind::BIG, limbs.iter().copied()),
            Const::BigInt(true, limbs) => self.listed(kind::BIG_NEG, limbs.iter().copied()),
            Const::Float(bits) => self.listed(kind::FLOAT, one(*bits)),
            Const::Imaginary(bits) => self.listed(kind::IMAG, one(*bits)),
            Const::Str(s) => kind::STR | (self.put_bytes(s) as u64) << 32,
            Const::Bytes(s) => kind::BYTES | (self.put_bytes(s) as u64) << 32,
            Const::Tuple(items) => self.listed(kind::TUPLE, items.iter().map(|&i| i as u64)),
            Const::FrozenSet(items) => self.listed(kind::FROZENSET, items.iter().map(|&i| i as u64)),
        };
        self.put(Section::Consts, w);
    }

    /// The words of a function's record that say where its parts begin.
    fn starts(&self, doc: Option<u32>) -> [u64; 3] {
        [
            pair(self.len(Section::Instrs), self.len(Section::Consts)),
            pair(self.sites.len() as u32, self.len(Section::Excs) / 2),
            pair(self.vars.len() as u32, doc.map_or(0, |d| d + 1)),
        ]
    }

    fn put_func(&mut self, f: &FuncDef) {
        let [first, second, third] = self.starts(f.doc);
        let names = [self.put_bytes(f.name.as_bytes()), self.put_bytes(f.qualname.as_bytes())];
        f.instrs.iter().for_each(|i| self.put(Section::Instrs, i.0));
        f.positions.iter().for_each(|p| self.put(Section::Positions, p.pack()));
        f.consts.iter().for_each(|c| self.put_const(c));
        self.sites.extend(f.sites.iter().map(|s| s.pack()));
        for e in &f.excs {
            self.put(Section::Excs, pair(e.start, e.end));
            self.put(Section::Excs, e.handler as u64 | (e.reg as u64) << 32);
        }
        for v in &f.vars {
            let at = self.put_bytes(v.as_bytes());
            self.vars.push(at);
        }
        let four = |a: u16, b: u16, c: u16, d: u16| {
            a as u64 | (b as u64) << 16 | (c as u64) << 32 | (d as u64) << 48
        };
        let record: [u64; FUNC_WORDS] = [
            first,
            second,
            third,
            pair(names[0], names[1]),
            four(f.argcount, f.posonly, f.kwonly, f.nregs),
            f.nfree as u64 | (f.vars.len() as u64) << 16 | (f.flags.0 as u64) << 32,
            pair(f.first_line, f.entry_cost),
        ];
        record.iter().for_each(|&w| self.put(Section::Funcs, w));
    }

    /// The record behind the last function's, and what was kept apart as words.
    fn finish(&mut self) {
        let [first, second, third] = self.starts(None);
        [first, second, third, 0, 0, 0, 0].iter().for_each(|&w| self.put(Section::Funcs, w));
        let words = |halves: &[u32]| {
            halves.chunks(2).map(|h| pair(h[0], h.get(1).copied().unwrap_or(0))).collect::<Vec<_>>()
        };
        self.words[Section::Sites as usize] = words(&self.sites);
        self.words[Section::Vars as usize] = words(&self.vars);
    }
}

/// Assembles a module. Function 0 is the module's own code; `source` may be empty to leave it out.
pub fn assemble(file_name: &str, source: &str, funcs: &[FuncDef]) -> Result<Module, ModuleError> {
    let mut s = Sections::default();
    for text in [file_name, source] {
        let at = s.put_bytes(text.as_bytes());
        s.vars.push(at);
    }
    for f in funcs {
        if f.vars.len() > u16::MAX as usize || f.sites.len() > u16::MAX as usize + 1 {
            return Err(ModuleError::TooLarge("a function has more than 65,535 variables or sites"));
        }
        if f.consts.len() > u16::MAX as usize {
            return Err(ModuleError::TooLarge("a function has more than 65,535 constants"));
        }
        s.put_func(f);
    }
    s.finish();
    if s.too_long {
        return Err(ModuleError::TooLarge("a constant is too long"));
    }
    let mut out = alloc::vec![0u64; HEADER_WORDS];
    for i in 0..SECTIONS {
        let start = out.len() as u64;
        let len = if i == Section::Bytes as usize {
            for chunk in s.bytes.chunks(8) {
                let mut w = [0; 8];
                w[..chunk.len()].copy_from_slice(chunk);
                out.push(u64::from_le_bytes(w));
            }
            s.bytes.len()
        } else {
            out.extend_from_slice(&s.words[i]);
            s.words[i].len()
        };
        if start + len as u64 > u32::MAX as u64 {
            return Err(ModuleError::TooLarge("more than 4 GiB of bytecode"));
        }
        out[3 + i] = start | (len as u64) << 32;
    }
    out[0] = MAGIC;
    out[1] = pair(VERSION, out.len() as u32);
    out[2] = checksum(&out);
    Module::from_words(out)
}
