//! Frozen Python packed for flash: each of its functions is a module of its own, which is unpacked when a program first
//! needs it. Takes a quarter of the space of the words.
//!
//! A number is coded as symbols of one byte, and each symbol by the Huffman code of its [`Context`]: what it stands for.
//! The codes are canonical, so that a table is the symbols in the order of their codes and how many there are of each
//! length. A unit is: sizes; a record for each function; texts; then for each function constants, sites, exception
//! entries, names of parameters, instructions. Sites and constants are mostly named in order, so they are coded as the
//! difference to the next new one. `cargo xtask freeze` writes all this (`compiler/examples/freeze`).
//!
//! Invariants: whatever the bytes are, unpacking ends and touches nothing outside; what comes out has passed the
//! verifier like any module, so a mistake here cannot make running it unsafe.

use super::module::{
    ConstRef, FUNC_WORDS, HEADER_WORDS, MAGIC, Module, ModuleError, SECTIONS, Section, Site, VERSION, kind,
    pair,
};
use super::{Instr, Op, Operand};
use crate::room::WithinRoom as _;
use alloc::vec::Vec;

/// What a symbol stands for, which decides its code.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
#[repr(u8)]
#[allow(missing_docs)]
pub enum Context {
    Op,
    Dst,
    Reg,
    Run,
    Regs,
    Num,
    Imm,
    Jump,
    Func,
    Site,
    Const,
    /// Numbers in a function's record.
    Record,
    /// Lengths of a function's parts.
    Length,
    ConstKind,
    ConstInt,
    /// A text among the unit's.
    Text,
    SiteName,
    SiteDst,
    Exc,
    /// Number of a text, in two symbols.
    TextHigh,
    TextLow,
    /// A byte of a text, or its length.
    Letter,
    TextLength,
}
/// Number of contexts.
pub const CONTEXTS: usize = 23;
/// The symbol before a number of 16 bits that is no symbol itself.
pub const ESCAPE: u8 = 255;
/// Bits of the longest code.
pub const LONGEST: usize = 15;
/// One text in so many has its place in `marks`.
pub const MARK: usize = 16;
/// The file name of the modules that come out.
pub const FILE: &str = "<frozen>";

/// The code of a context.
#[derive(Debug)]
pub struct Huffman {
    /// How many codes there are of 1, 2, … bits.
    pub counts: &'static [u8],
    /// Symbols by code.
    pub symbols: &'static [u8],
}

/// Packed functions: those that every build has, or those of a feature.
#[derive(Debug)]
pub struct Packed {
    /// Number of the first.
    pub first: u32,
    /// By [`Context`].
    pub codes: &'static [Huffman; CONTEXTS],
    /// For each unit the byte where it begins, and its name's hash ([`hash`]). Its name is the text of its place here.
    pub units: &'static [(u16, u16)],
    /// Where each sixteenth text begins, in bits.
    pub marks: &'static [u32],
    /// Texts and units.
    pub data: &'static [u8],
}

/// FNV-1a, folded.
pub fn hash(name: &[u8]) -> u16 {
    let h = name.iter().fold(0x811c_9dc5u32, |h, &b| (h ^ b as u32).wrapping_mul(0x0100_0193));
    (h ^ h >> 16) as u16
}

/// A signed number with its sign in the lowest bit, so that small ones are small.
pub const fn zigzag(n: i16) -> u16 {
    (n << 1 ^ n >> 15) as u16
}
const fn unzigzag(n: u16) -> i16 {
    (n >> 1) as i16 ^ -((n & 1) as i16)
}

/// The symbol of a constant's kind; none of kinds that frozen Python does not use.
pub fn kind_of(c: &ConstRef<'_>) -> Option<u8> {
    let kind = match c {
        ConstRef::None => kind::NONE,
        ConstRef::Bool(false) => kind::FALSE,
        ConstRef::Bool(true) => kind::TRUE,
        ConstRef::Ellipsis => kind::ELLIPSIS,
        ConstRef::Int(n) if i16::try_from(*n).is_ok() => kind::INT,
        ConstRef::Int(_) => kind::WIDE,
        ConstRef::Float(_) => kind::FLOAT,
        ConstRef::Str(_) => kind::STR,
        ConstRef::Tuple(_) => kind::TUPLE,
        _ => return None,
    };
    Some(kind as u8)
}

type Got<T> = Result<T, ModuleError>;

/// Reads symbols from a bit on. Every read past the end fails.
struct Reader {
    packed: &'static Packed,
    at: usize,
}

impl Reader {
    fn bit(&mut self) -> Got<u32> {
        let byte = self.packed.data.get(self.at / 8).ok_or(ModuleError::Truncated)?;
        let bit = byte >> (self.at % 8) & 1;
        self.at += 1;
        Ok(bit as u32)
    }

    fn bits(&mut self, n: u32) -> Got<u64> {
        (0..n).try_fold(0, |v, i| Ok(v | (self.bit()? as u64) << i))
    }

    fn symbol(&mut self, context: Context) -> Got<u8> {
        let code = &self.packed.codes[context as usize];
        // `first` is the first code of the present length, `before` how many symbols have shorter ones.
        let (mut read, mut first, mut before) = (0u32, 0u32, 0u32);
        for &count in code.counts {
            read |= self.bit()?;
            if read < first + count as u32 {
                let at = before + read.saturating_sub(first);
                return code.symbols.get(at as usize).copied().ok_or(ModuleError::Corrupt);
            }
            before += count as u32;
            first = (first + count as u32) << 1;
            read <<= 1;
        }
        Err(ModuleError::Corrupt)
    }

    fn number(&mut self, context: Context) -> Got<u16> {
        match self.symbol(context)? {
            ESCAPE => Ok(self.bits(16)? as u16),
            n => Ok(n as u16),
        }
    }

    fn numbers<const N: usize>(&mut self, context: Context) -> Got<[u16; N]> {
        let mut all = [0; N];
        for n in &mut all {
            *n = self.number(context)?;
        }
        Ok(all)
    }

    /// As `number`, relative to the next new one, which it counts.
    fn in_order(&mut self, context: Context, next: &mut u16) -> Got<u16> {
        let v = next.wrapping_add(unzigzag(self.number(context)?) as u16);
        if v == *next {
            *next = next.wrapping_add(1);
        }
        Ok(v)
    }

    /// Goes to a text; its length.
    fn text(&mut self, number: usize) -> Got<usize> {
        self.at = *self.packed.marks.get(number / MARK).ok_or(ModuleError::Truncated)? as usize;
        for _ in 0..number % MARK {
            for _ in 0..self.symbol(Context::TextLength)? {
                self.symbol(Context::Letter)?;
            }
        }
        Ok(self.symbol(Context::TextLength)? as usize)
    }
}

/// The sizes of a function's parts, from its record.
#[derive(Clone, Copy)]
struct Parts {
    consts: u16,
    sites: u16,
    excs: u16,
    params: u16,
    vars: u16,
    instrs: u16,
}

/// The words of a module while they are filled: where the next one of each section goes.
struct Words {
    words: Vec<u64>,
    next: [usize; SECTIONS],
}

impl Words {
    fn put(&mut self, s: Section, w: u64) -> Got<()> {
        let next = &mut self.next[s as usize];
        *self.words.get_mut(*next).ok_or(ModuleError::Corrupt)? = w;
        *next += 1;
        Ok(())
    }
    /// Half-words and bytes: `next` counts these.
    fn put_part(&mut self, s: Section, per_word: usize, v: u64) -> Got<()> {
        let next = &mut self.next[s as usize];
        let shift = *next % per_word * (64 / per_word);
        *self.words.get_mut(*next / per_word).ok_or(ModuleError::Corrupt)? |= v << shift;
        *next += 1;
        Ok(())
    }
}

impl Packed {
    /// The number of the function with this name.
    pub fn find(&'static self, name: &str) -> Option<u32> {
        let wanted = hash(name.as_bytes());
        let is = |n: usize| {
            let mut r = Reader { packed: self, at: 0 };
            let len = r.text(n).ok()?;
            let same = len == name.len() && name.bytes().all(|b| r.symbol(Context::Letter) == Ok(b));
            same.then_some(self.first + n as u32)
        };
        self.units.iter().enumerate().filter(|(_, u)| u.1 == wanted).find_map(|(n, _)| is(n))
    }

    /// Function `number` as a module whose function 0 it is; `None` if it is none of these.
    pub fn unpack(&'static self, number: u32) -> Option<Got<Module>> {
        let &(start, _) = self.units.get(number.checked_sub(self.first)? as usize)?;
        Some(self.unit(start))
    }

    /// The unit at byte `start`.
    fn unit(&'static self, start: u16) -> Got<Module> {
        let mut r = Reader { packed: self, at: start as usize * 8 };
        let [funcs, lists, texts, bytes] = r.numbers(Context::Length)?.map(usize::from);
        let mut parts: Vec<Parts> = Vec::new();
        let mut records: Vec<[u64; 4]> = Vec::new();
        parts.try_reserve_exact(funcs).map_err(|_| ModuleError::Memory)?;
        records.try_reserve_exact(funcs).map_err(|_| ModuleError::Memory)?;
        for _ in 0..funcs {
            let (p, record) = record(&mut r)?;
            parts.push_within(p);
            records.push_within(record);
        }
        let mut w = room_for(&parts, lists, bytes)?;
        let places = put_texts(&mut r, &mut w, texts)?;
        for (&p, record) in parts.iter().zip(&records) {
            put_function(&mut r, &mut w, p, record, &places)?;
        }
        let end = starts(&w)?;
        end.iter().chain(&[0; 4]).try_for_each(|&v| w.put(Section::Funcs, v))?;
        Module::seal(&mut w.words);
        Module::from_words(w.words)
    }
}

/// A function's record: its parts' sizes, and the last four words of it, whose names are still numbers of texts.
fn record(r: &mut Reader) -> Got<(Parts, [u64; 4])> {
    let [name, qualname, doc, argcount, posonly, kwonly, nregs, nfree, vars, flags, cost] =
        r.numbers(Context::Record)?;
    let [consts, sites, excs, params, instrs] = r.numbers(Context::Length)?;
    let four = |n: [u16; 4]| n[0] as u64 | (n[1] as u64) << 16 | (n[2] as u64) << 32 | (n[3] as u64) << 48;
    let words = [
        four([name, qualname, doc, 0]),
        four([argcount, posonly, kwonly, nregs]),
        four([nfree, vars, flags, 0]),
        four([0, 0, cost, 0]),
    ];
    Ok((Parts { consts, sites, excs, params, vars, instrs }, words))
}

/// The words of a module with these parts: header, and room for the sections.
fn room_for(parts: &[Parts], lists: usize, bytes: usize) -> Got<Words> {
    let sum = |f: fn(&Parts) -> u16| parts.iter().map(|p| f(p) as usize).sum::<usize>();
    let fixed = FILE.len() + 2;
    // In the order of `Section`; the first two variables are the module's own.
    let lengths: [usize; SECTIONS] = [
        (parts.len() + 1) * FUNC_WORDS,
        sum(|p| p.instrs),
        0,
        sum(|p| p.consts),
        lists,
        sum(|p| p.sites).div_ceil(2),
        sum(|p| p.excs) * 2,
        (sum(|p| p.vars) + 2).div_ceil(2),
        bytes + fixed,
    ];
    let of = |s: Section, n: usize| if s as usize == Section::Bytes as usize { n.div_ceil(8) } else { n };
    let total = HEADER_WORDS
        + lengths[..SECTIONS - 1].iter().sum::<usize>()
        + of(Section::Bytes, lengths[SECTIONS - 1]);
    let mut words: Vec<u64> = Vec::new();
    words.try_reserve_exact(total).map_err(|_| ModuleError::Memory)?;
    words.fill_within(core::iter::repeat_n(0, total));
    words[0] = MAGIC;
    words[1] = pair(VERSION, total as u32);
    let (mut at, mut next) = (HEADER_WORDS, [0; SECTIONS]);
    for (i, &n) in lengths.iter().enumerate() {
        words[3 + i] = pair(at as u32, n as u32);
        next[i] = at;
        at += n;
    }
    next[Section::Sites as usize] *= 2;
    next[Section::Vars as usize] *= 2;
    next[Section::Bytes as usize] *= 8;
    Ok(Words { words, next })
}

/// Where the next one of a section goes, counted from the section's beginning.
fn offset(w: &Words, s: Section, per_word: usize) -> Got<u32> {
    let start = (w.words[3 + s as usize] as u32 as usize) * per_word;
    Ok(w.next[s as usize].checked_sub(start).ok_or(ModuleError::Corrupt)? as u32)
}

/// The words of a record that say where the function's parts begin. Its docstring is not among them yet.
fn starts(w: &Words) -> Got<[u64; 3]> {
    Ok([
        pair(offset(w, Section::Instrs, 1)?, offset(w, Section::Consts, 1)?),
        pair(offset(w, Section::Sites, 2)?, offset(w, Section::Excs, 1)? / 2),
        pair(offset(w, Section::Vars, 2)?, 0),
    ])
}

/// Puts the texts of the module and the unit; where the unit's begin.
fn put_texts(r: &mut Reader, w: &mut Words, count: usize) -> Got<Vec<u32>> {
    let byte = |w: &mut Words, b: u8| w.put_part(Section::Bytes, 8, b as u64);
    w.put_part(Section::Vars, 2, 0)?;
    byte(w, FILE.len() as u8)?;
    FILE.bytes().try_for_each(|b| byte(w, b))?;
    let empty = offset(w, Section::Bytes, 8)?;
    w.put_part(Section::Vars, 2, empty as u64)?;
    byte(w, 0)?;
    let mut places = Vec::new();
    places.try_reserve_exact(count).map_err(|_| ModuleError::Memory)?;
    for _ in 0..count {
        let number = (r.symbol(Context::TextHigh)? as usize) << 8 | r.symbol(Context::TextLow)? as usize;
        places.push_within(offset(w, Section::Bytes, 8)?);
        let mut text = Reader { packed: r.packed, at: 0 };
        let len = text.text(number)?;
        byte(w, len as u8)?;
        for _ in 0..len {
            let b = text.symbol(Context::Letter)?;
            byte(w, b)?;
        }
    }
    Ok(places)
}

fn put_function(r: &mut Reader, w: &mut Words, p: Parts, record: &[u64; 4], places: &[u32]) -> Got<()> {
    let place = |n: u32| places.get(n as usize).copied().ok_or(ModuleError::Corrupt);
    let (names, doc) = (record[0] as u32, record[0] >> 32);
    let mut first = starts(w)?;
    first[2] |= (doc & 0xffff) << 32;
    let names = pair(place(names & 0xffff)?, place(names >> 16)?);
    first.iter().chain(&[names]).chain(&record[1..]).try_for_each(|&v| w.put(Section::Funcs, v))?;
    let mut next = 0;
    for _ in 0..p.consts {
        put_const(r, w, places, &mut next)?;
    }
    next = 0;
    for _ in 0..p.sites {
        let name = match r.in_order(Context::SiteName, &mut next)? {
            u16::MAX => Site::NO_NAME,
            n => n as u32,
        };
        let site = Site { name, dst: r.number(Context::SiteDst)? };
        w.put_part(Section::Sites, 2, site.pack() as u64)?;
    }
    for _ in 0..p.excs {
        let [start, end, handler, reg] = r.numbers(Context::Exc)?;
        w.put(Section::Excs, pair(start as u32, end as u32))?;
        w.put(Section::Excs, pair(handler as u32, reg as u32))?;
    }
    // The other variables are nameless: frozen functions appear in no traceback.
    let empty = 1 + FILE.len() as u64;
    for i in 0..p.vars {
        let at = if i < p.params { place(r.number(Context::Text)? as u32)? as u64 } else { empty };
        w.put_part(Section::Vars, 2, at)?;
    }
    let (mut sites, mut consts) = (0, 0);
    for _ in 0..p.instrs {
        let i = instr(r, &mut sites, &mut consts)?;
        w.put(Section::Instrs, i.0)?;
    }
    Ok(())
}

fn put_const(r: &mut Reader, w: &mut Words, places: &[u32], next: &mut u16) -> Got<()> {
    let number = r.symbol(Context::ConstKind)? as u64;
    let list = offset(w, Section::Lists, 1)? as u64;
    let word = match number {
        kind::NONE | kind::FALSE | kind::TRUE | kind::ELLIPSIS => number,
        kind::INT => number | (unzigzag(r.number(Context::ConstInt)?) as i64 as u64) << 8,
        kind::FLOAT | kind::WIDE => {
            let bits = r.bits(64)?;
            w.put(Section::Lists, bits)?;
            number | 1 << 8 | list << 32
        }
        kind::STR => {
            let n = r.in_order(Context::Text, next)?;
            number | (*places.get(n as usize).ok_or(ModuleError::Corrupt)? as u64) << 32
        }
        kind::TUPLE => {
            let len = r.number(Context::Length)?;
            for _ in 0..len {
                let item = r.number(Context::Const)?;
                w.put(Section::Lists, item as u64)?;
            }
            number | (len as u64) << 8 | list << 32
        }
        _ => return Err(ModuleError::Corrupt),
    };
    w.put(Section::Consts, word)
}

fn instr(r: &mut Reader, sites: &mut u16, consts: &mut u16) -> Got<Instr> {
    let op = *Op::ALL.get(r.symbol(Context::Op)? as usize).ok_or(ModuleError::Corrupt)?;
    let mut fields = [0u16; 3];
    for (n, operand) in op.operands().into_iter().enumerate() {
        let context = match operand {
            // The high half came with the low one.
            Operand::None | Operand::JumpHi => continue,
            Operand::Dst => Context::Dst,
            Operand::Reg => Context::Reg,
            Operand::Run => Context::Run,
            Operand::Regs(_) => Context::Regs,
            Operand::Num => Context::Num,
            Operand::Func => Context::Func,
            Operand::Imm => Context::Imm,
            Operand::Jump16 | Operand::Jump32 => Context::Jump,
            Operand::Site => Context::Site,
            Operand::Const | Operand::Name => Context::Const,
        };
        fields[n] = match context {
            Context::Site => r.in_order(context, sites)?,
            Context::Const => r.in_order(context, consts)?,
            Context::Imm | Context::Jump => unzigzag(r.number(context)?) as u16,
            _ => r.number(context)?,
        };
        if operand == Operand::Jump32 && n == 1 {
            fields[2] = ((fields[1] as i16) >> 15) as u16;
        }
    }
    Ok(Instr::new(op, fields[0], fields[1], fields[2]))
}
