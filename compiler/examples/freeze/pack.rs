//! Packs frozen Python: the other side of `taipan_core::bytecode::packed`, which describes the form.

use std::collections::HashMap;
use std::fmt::Write;
use taipan_core::bytecode::packed::{CONTEXTS, Context, ESCAPE, LONGEST, MARK, hash, kind_of, zigzag};
use taipan_core::bytecode::{ConstRef, Func, FuncFlags, Instr, Module, Op, Operand};

type Result<T> = std::result::Result<T, String>;

enum Item {
    Symbol(Context, u8),
    /// Bits as they are, the lowest first.
    Bits(u64, u32),
    /// A unit begins at the next whole byte.
    Unit,
    /// The place of a text is noted.
    Mark,
}

#[derive(Default)]
struct Packer {
    items: Vec<Item>,
    texts: Vec<Vec<u8>>,
    numbers: HashMap<Vec<u8>, usize>,
}

impl Packer {
    fn symbol(&mut self, context: Context, s: u8) {
        self.items.push(Item::Symbol(context, s));
    }
    fn number(&mut self, context: Context, n: u16) {
        match u8::try_from(n) {
            Ok(s) if s < ESCAPE => self.symbol(context, s),
            _ => {
                self.symbol(context, ESCAPE);
                self.items.push(Item::Bits(n as u64, 16));
            }
        }
    }
    fn in_order(&mut self, context: Context, next: &mut u16, n: u16) {
        self.number(context, zigzag(n.wrapping_sub(*next) as i16));
        if n == *next {
            *next = next.wrapping_add(1);
        }
    }
    /// The number of a text among all.
    fn text(&mut self, text: &[u8]) -> usize {
        if let Some(&n) = self.numbers.get(text) {
            return n;
        }
        let n = self.texts.len();
        self.texts.push(text.to_vec());
        self.numbers.insert(text.to_vec(), n);
        n
    }
}

/// The functions of a unit by number in the module, and its texts.
struct Unit<'m> {
    module: &'m Module,
    funcs: Vec<(u32, Func)>,
    texts: Vec<Vec<u8>>,
}

impl<'m> Unit<'m> {
    fn new(module: &'m Module, number: u32) -> Result<Unit<'m>> {
        let mut unit = Unit { module, funcs: Vec::new(), texts: Vec::new() };
        unit.add(number)?;
        let mut next = 0;
        while let Some(&(_, f)) = unit.funcs.get(next) {
            for i in module.instrs(&f) {
                if let Some(inner) = func_operand(i) {
                    unit.add(inner)?;
                }
            }
            next += 1;
        }
        Ok(unit)
    }
    fn add(&mut self, number: u32) -> Result<()> {
        if !self.funcs.iter().any(|(n, _)| *n == number) {
            let f = self.module.func(number).ok_or("no such function")?;
            self.funcs.push((number, f));
        }
        Ok(())
    }
    fn text(&mut self, text: &[u8]) -> u16 {
        let at = self.texts.iter().position(|t| t == text).unwrap_or_else(|| {
            self.texts.push(text.to_vec());
            self.texts.len() - 1
        });
        at as u16
    }
    fn consts(&self, f: &Func) -> Vec<ConstRef<'m>> {
        (0..f.consts.1).filter_map(|i| self.module.constant(f, i)).collect()
    }
    /// Words of the lists that the constants take.
    fn lists(&self) -> usize {
        let words = |c: &ConstRef| match c {
            ConstRef::Tuple(items) => items.len(),
            ConstRef::Float(_) => 1,
            ConstRef::Int(n) => i16::try_from(*n).is_err() as usize,
            _ => 0,
        };
        self.funcs.iter().flat_map(|(_, f)| self.consts(f)).map(|c| words(&c)).sum()
    }
}

fn func_operand(i: &Instr) -> Option<u32> {
    let fields = [i.a(), i.b(), i.c()];
    let at = i.op()?.operands().iter().position(|k| *k == Operand::Func)?;
    Some(fields[at] as u32)
}

/// Rust source of the packed form of all functions that a top-level `def` makes. `features` are the names of features
/// and how many functions, the last of all, are theirs.
pub fn pack(module: &Module, features: &[(String, usize)]) -> Result<String> {
    let numbers: Vec<u32> = (1..module.func_count())
        .filter(|&i| module.func(i).is_some_and(|f| !f.flags.has(FuncFlags::NESTED)))
        .collect();
    let optional = features.iter().map(|f| f.1).sum();
    let base = numbers.len().checked_sub(optional).ok_or("features have more functions than there are")?;
    let mut groups = vec![Group::new("base", 0, module, &numbers[..base])?];
    let mut first = base;
    for (name, count) in features {
        groups.push(Group::new(name, first, module, &numbers[first..first + count])?);
        first += count;
    }
    source(&groups)
}

/// Functions that are packed together.
struct Group {
    name: String,
    /// Number of the first function.
    first: usize,
    items: Vec<Item>,
    /// Of the functions' names.
    hashes: Vec<u16>,
}

impl Group {
    fn new(name: &str, first: usize, module: &Module, numbers: &[u32]) -> Result<Group> {
        let mut p = Packer::default();
        // A unit's number is that of its name's text.
        for &n in numbers {
            let name = module.func(n).map_or("", |f| module.text(f.name));
            p.text(name.as_bytes());
        }
        for &n in numbers {
            p.items.push(Item::Unit);
            put_unit(&mut p, Unit::new(module, n)?)?;
        }
        let units = std::mem::take(&mut p.items);
        for (n, text) in p.texts.clone().iter().enumerate() {
            if n % MARK == 0 {
                p.items.push(Item::Mark);
            }
            // A length takes one byte in a module too.
            let len =
                u8::try_from(text.len()).ok().filter(|&n| n < 0x80).ok_or("a frozen text is too long")?;
            p.symbol(Context::TextLength, len);
            text.iter().for_each(|&b| p.symbol(Context::Letter, b));
        }
        p.items.extend(units);
        let hashes = p.texts.iter().take(numbers.len()).map(|t| hash(t)).collect();
        Ok(Group { name: name.to_owned(), first, items: p.items, hashes })
    }
}

fn put_unit(p: &mut Packer, mut unit: Unit) -> Result<()> {
    // Functions first, since they decide which texts there are; what stands before them is put in later.
    let outer = std::mem::take(&mut p.items);
    for (_, f) in unit.funcs.clone() {
        put_record(p, &mut unit, &f)?;
    }
    let records = std::mem::take(&mut p.items);
    for (_, f) in unit.funcs.clone() {
        put_function(p, &mut unit, &f)?;
    }
    let functions = std::mem::replace(&mut p.items, outer);
    let bytes = unit.texts.iter().map(|t| t.len() + 1).sum::<usize>();
    for n in [unit.funcs.len(), unit.lists(), unit.texts.len(), bytes] {
        p.number(Context::Length, n as u16);
    }
    p.items.extend(records);
    for text in &unit.texts {
        let n = p.text(text);
        p.symbol(Context::TextHigh, u8::try_from(n >> 8).map_err(|_| "too many frozen texts")?);
        p.symbol(Context::TextLow, n as u8);
    }
    p.items.extend(functions);
    Ok(())
}

fn put_record(p: &mut Packer, unit: &mut Unit, f: &Func) -> Result<()> {
    let name = unit.text(unit.module.text(f.name).as_bytes());
    let qualname = unit.text(unit.module.text(f.qualname).as_bytes());
    let small = |n: u32| u16::try_from(n).map_err(|_| "a number in a frozen function's record is too large");
    let record = [
        name,
        qualname,
        small(f.doc)?,
        f.argcount,
        f.posonly,
        f.kwonly,
        f.nregs,
        f.nfree,
        f.nlocals,
        small(f.flags.0)?,
        small(f.entry_cost)?,
    ];
    record.iter().for_each(|&n| p.number(Context::Record, n));
    for n in [f.consts.1, f.sites.1, f.excs.1, f.nparams() as u32, f.instrs.1] {
        p.number(Context::Length, small(n)?);
    }
    Ok(())
}

fn put_function(p: &mut Packer, unit: &mut Unit, f: &Func) -> Result<()> {
    let module = unit.module;
    let mut next = 0;
    for c in unit.consts(f) {
        put_const(p, unit, &c, &mut next)?;
    }
    next = 0;
    for i in 0..f.sites.1 {
        let s = module.site(f, i).ok_or("no such site")?;
        p.in_order(Context::SiteName, &mut next, s.name as u16);
        p.number(Context::SiteDst, s.dst);
    }
    for i in 0..f.excs.1 {
        let e = module.exc(f, i).ok_or("no such exception entry")?;
        for n in [e.start, e.end, e.handler, e.reg as u32] {
            p.number(Context::Exc, u16::try_from(n).map_err(|_| "a frozen function is too long")?);
        }
    }
    for i in 0..f.nparams() as u32 {
        let name = unit.text(module.var_name(f, i).unwrap_or("").as_bytes());
        p.number(Context::Text, name);
    }
    let (mut sites, mut consts) = (0, 0);
    for &i in module.instrs(f) {
        put_instr(p, unit, i, &mut sites, &mut consts)?;
    }
    Ok(())
}

fn put_const(p: &mut Packer, unit: &mut Unit, c: &ConstRef, next: &mut u16) -> Result<()> {
    let kind = kind_of(c).ok_or("frozen Python has a constant that cannot be packed")?;
    p.symbol(Context::ConstKind, kind);
    match *c {
        ConstRef::Int(n) => match i16::try_from(n) {
            Ok(n) => p.number(Context::ConstInt, zigzag(n)),
            Err(_) => p.items.push(Item::Bits(n as u64, 64)),
        },
        ConstRef::Float(x) => p.items.push(Item::Bits(x.to_bits(), 64)),
        ConstRef::Str(s) => {
            let n = unit.text(s);
            p.in_order(Context::Text, next, n);
        }
        ConstRef::Tuple(items) => {
            p.number(Context::Length, items.len() as u16);
            items.iter().for_each(|&i| p.number(Context::Const, i as u16));
        }
        _ => {}
    }
    Ok(())
}

fn put_instr(p: &mut Packer, unit: &Unit, i: Instr, sites: &mut u16, consts: &mut u16) -> Result<()> {
    let op = i.op().ok_or("unknown operation")?;
    if op.is_specialized() || op as usize > u8::MAX as usize {
        return Err("an operation that cannot be packed".into());
    }
    p.symbol(Context::Op, op as u8);
    for (v, operand) in [i.a(), i.b(), i.c()].into_iter().zip(op.operands()) {
        match operand {
            Operand::None | Operand::JumpHi => {}
            Operand::Dst => p.number(Context::Dst, v),
            Operand::Reg => p.number(Context::Reg, v),
            Operand::Run => p.number(Context::Run, v),
            Operand::Regs(_) => p.number(Context::Regs, v),
            Operand::Num => p.number(Context::Num, v),
            Operand::Imm => p.number(Context::Imm, zigzag(v as i16)),
            Operand::Jump16 => p.number(Context::Jump, zigzag(v as i16)),
            Operand::Jump32 => {
                let offset = i16::try_from(i.offset32()).map_err(|_| "a frozen function is too long")?;
                p.number(Context::Jump, zigzag(offset));
            }
            Operand::Site => p.in_order(Context::Site, sites, v),
            Operand::Const | Operand::Name => p.in_order(Context::Const, consts, v),
            Operand::Func => {
                let at = unit.funcs.iter().position(|(n, _)| *n == v as u32).ok_or("no such function")?;
                p.number(Context::Func, at as u16);
            }
        }
    }
    Ok(())
}

/// The lengths of an optimal prefix code for symbols with these frequencies, none above `LONGEST`.
fn lengths(mut freq: Vec<(u64, u8)>) -> Vec<(usize, u8)> {
    if let [(_, only)] = freq[..] {
        return vec![(1, only)];
    }
    loop {
        // Trees of leaves, merged two at a time.
        let mut trees: Vec<(u64, Vec<(usize, u8)>)> = freq.iter().map(|&(f, s)| (f, vec![(0, s)])).collect();
        while trees.len() > 1 {
            trees.sort_by_key(|t| std::cmp::Reverse(t.0));
            if let (Some(a), Some(b)) = (trees.pop(), trees.pop()) {
                let leaves = a.1.into_iter().chain(b.1).map(|(n, s)| (n + 1, s)).collect();
                trees.push((a.0 + b.0, leaves));
            }
        }
        let mut leaves = trees.pop().map_or(Vec::new(), |t| t.1);
        if leaves.iter().all(|(n, _)| *n <= LONGEST) {
            leaves.sort_unstable();
            return leaves;
        }
        // Flatter frequencies give shorter codes.
        freq.iter_mut().for_each(|(f, _)| *f = *f / 2 + 1);
    }
}

#[derive(Default)]
struct Bits {
    bytes: Vec<u8>,
    len: usize,
}

impl Bits {
    fn put(&mut self, bit: bool) {
        if self.len.is_multiple_of(8) {
            self.bytes.push(0);
        }
        if let Some(last) = self.bytes.last_mut() {
            *last |= (bit as u8) << (self.len % 8);
        }
        self.len += 1;
    }
}

/// Code and length of a symbol, by context.
type Codes = HashMap<(usize, u8), (u32, usize)>;

/// Writes everything as Rust.
fn source(groups: &[Group]) -> Result<String> {
    let mut out = String::from(
        "/// The functions, by what of them a build has; see `bytecode::packed`.\npub static PACKED: &[&Packed] = &[\n",
    );
    let cfg = |g: &Group, indent: &str| match g.first {
        0 => String::new(),
        _ => format!("{indent}#[cfg(any(test, feature = \"{}\"))]\n", g.name),
    };
    for g in groups {
        out += &format!("{}    &{},\n", cfg(g, "    "), g.name.to_uppercase());
    }
    out += "];\n\n#[rustfmt::skip]\nstatic CODES: [Huffman; CONTEXTS] = [\n";
    let codes = put_codes(&mut out, groups)?;
    out += "];\n";
    for g in groups {
        out += &format!("\n{}#[rustfmt::skip]\n", cfg(g, ""));
        put_group(&mut out, g, &codes)?;
    }
    Ok(out)
}

/// Chooses the codes.
fn put_codes(out: &mut String, groups: &[Group]) -> Result<Codes> {
    let mut freq = vec![HashMap::<u8, u64>::new(); CONTEXTS];
    for item in groups.iter().flat_map(|g| &g.items) {
        if let Item::Symbol(c, s) = item {
            *freq[*c as usize].entry(*s).or_default() += 1;
        }
    }
    let mut codes = HashMap::new();
    for (context, freq) in freq.into_iter().enumerate() {
        let mut freq: Vec<(u64, u8)> = freq.into_iter().map(|(s, f)| (f, s)).collect();
        freq.sort_unstable_by_key(|&(_, s)| s);
        let leaves = if freq.is_empty() { Vec::new() } else { lengths(freq) };
        let longest = leaves.iter().map(|l| l.0).max().unwrap_or(0);
        let counts: Vec<usize> = (1..=longest).map(|n| leaves.iter().filter(|l| l.0 == n).count()).collect();
        let symbols: Vec<u8> = leaves.iter().map(|l| l.1).collect();
        writeln!(out, "    Huffman {{ counts: &{counts:?}, symbols: &{symbols:?} }},")
            .map_err(|e| e.to_string())?;
        let (mut code, mut length) = (0u32, 0);
        for (n, s) in leaves {
            code <<= n - length;
            length = n;
            codes.insert((context, s), (code, n));
            code += 1;
        }
    }
    Ok(codes)
}

fn put_group(out: &mut String, g: &Group, codes: &Codes) -> Result<()> {
    let (mut bits, mut units, mut marks) = (Bits::default(), Vec::new(), Vec::new());
    for item in &g.items {
        match item {
            Item::Symbol(c, s) => {
                let (code, n) = codes[&(*c as usize, *s)];
                (0..n).rev().for_each(|i| bits.put(code >> i & 1 == 1));
            }
            Item::Bits(v, n) => (0..*n).for_each(|i| bits.put(v >> i & 1 == 1)),
            Item::Mark => marks.push(bits.len),
            Item::Unit => {
                bits.len = bits.bytes.len() * 8;
                units.push(u16::try_from(bits.bytes.len()).map_err(|_| "more than 64 KB of packed code")?);
            }
        }
    }
    let units: Vec<(u16, u16)> = units.into_iter().zip(g.hashes.iter().copied()).collect();
    let name = g.name.to_uppercase();
    write!(
        out,
        "static {name}: Packed = Packed {{\n    first: {},\n    codes: &CODES,\n    units: &{units:?},\n    marks: \
         &{marks:?},\n    data: &[\n",
        g.first
    )
    .map_err(|e| e.to_string())?;
    for line in bits.bytes.chunks(24) {
        let line: Vec<String> = line.iter().map(u8::to_string).collect();
        writeln!(out, "        {},", line.join(", ")).map_err(|e| e.to_string())?;
    }
    *out += "    ],\n};\n";
    Ok(())
}

/// So that an operation's number stays a symbol.
const _: () = assert!((Op::FIRST_SPECIALIZED as usize) < ESCAPE as usize);
