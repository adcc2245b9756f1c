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

use super::module::{
    ExcEntry, FUNC_WORDS, FuncFlags, HEADER_WORDS, MAGIC, Module, ModuleError, Pos, SECTIONS, Section, Site,
    VERSION, checksum, kind, pair,
};
use super::op::Instr;
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
    bytes: Vec<u8>,
    /// Where short texts lie already: names recur in many functions.
    known: BTreeMap<Vec<u8>, u64>,
}

/// Longest text that is looked up among the known ones.
const SHORT: usize = 40;

impl Sections {
    fn put_bytes(&mut self, b: &[u8]) -> u64 {
        if let Some(&at) = self.known.get(b) {
            return at;
        }
        let start = self.bytes.len() as u32;
        self.bytes.extend_from_slice(b);
        let at = pair(start, b.len() as u32);
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
    fn put_list(&mut self, items: &[u32]) -> u64 {
        let start = self.len(Section::Lists);
        items.iter().for_each(|&i| self.put(Section::Lists, i as u64));
        pair(start, items.len() as u32)
    }

    fn put_const(&mut self, c: &Const) {
        let (k, v) = match c {
            Const::None => (kind::NONE, 0),
            Const::Bool(false) => (kind::FALSE, 0),
            Const::Bool(true) => (kind::TRUE, 0),
            Const::Ellipsis => (kind::ELLIPSIS, 0),
            Const::Int(i) => (kind::INT, *i as u64),
            Const::BigInt(neg, limbs) => {
                let at = self.put_bytes(bytemuck::cast_slice(limbs));
                (if *neg { kind::BIG_NEG } else { kind::BIG }, at)
            }
            Const::Float(bits) => (kind::FLOAT, *bits),
            Const::Imaginary(bits) => (kind::IMAG, *bits),
            Const::Str(s) => (kind::STR, self.put_bytes(s)),
            Const::Bytes(s) => (kind::BYTES, self.put_bytes(s)),
            Const::Tuple(items) => (kind::TUPLE, self.put_list(items)),
            Const::FrozenSet(items) => (kind::FROZENSET, self.put_list(items)),
        };
        self.put(Section::Consts, k);
        self.put(Section::Consts, v);
    }

    fn put_func(&mut self, f: &FuncDef) {
        let starts = [
            pair(self.len(Section::Instrs), f.instrs.len() as u32),
            pair(self.len(Section::Consts) / 2, f.consts.len() as u32),
            pair(self.len(Section::Sites), f.sites.len() as u32),
            pair(self.len(Section::Excs) / 2, f.excs.len() as u32),
            pair(self.len(Section::Vars), f.vars.len() as u32),
            self.put_bytes(f.name.as_bytes()),
            self.put_bytes(f.qualname.as_bytes()),
        ];
        f.instrs.iter().for_each(|i| self.put(Section::Instrs, i.0));
        f.positions.iter().for_each(|p| self.put(Section::Positions, p.pack()));
        f.consts.iter().for_each(|c| self.put_const(c));
        f.sites.iter().for_each(|s| self.put(Section::Sites, s.name as u64 | (s.dst as u64) << 32));
        for e in &f.excs {
            self.put(Section::Excs, pair(e.start, e.end));
            self.put(Section::Excs, e.handler as u64 | (e.reg as u64) << 32);
        }
        for v in &f.vars {
            let at = self.put_bytes(v.as_bytes());
            self.put(Section::Vars, at);
        }
        let four = |a: u16, b: u16, c: u16, d: u16| {
            a as u64 | (b as u64) << 16 | (c as u64) << 32 | (d as u64) << 48
        };
        let record: [u64; FUNC_WORDS] = [
            starts[0],
            starts[1],
            starts[2],
            starts[3],
            starts[4],
            starts[5],
            starts[6],
            four(f.argcount, f.posonly, f.kwonly, f.nregs),
            f.nfree as u64 | (f.vars.len() as u64) << 16 | (f.flags.0 as u64) << 32,
            pair(f.first_line, f.entry_cost),
            f.doc.map_or(0, |d| d as u64 + 1),
            0,
        ];
        record.iter().for_each(|&w| self.put(Section::Funcs, w));
    }
}

/// Assembles a module. Function 0 is the module's own code; `source` may be empty to leave it out.
pub fn assemble(file_name: &str, source: &str, funcs: &[FuncDef]) -> Result<Module, ModuleError> {
    let mut s = Sections::default();
    let at = s.put_bytes(file_name.as_bytes());
    s.put(Section::Vars, at);
    let at = s.put_bytes(source.as_bytes());
    s.put(Section::Vars, at);
    for f in funcs {
        if f.vars.len() > u16::MAX as usize || f.sites.len() > u16::MAX as usize + 1 {
            return Err(ModuleError::TooLarge("a function has more than 65,535 variables or sites"));
        }
        s.put_func(f);
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
