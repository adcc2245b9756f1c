//! Takes functions out of an object file: each lies in a section of its own.

use crate::Result;
use object::{
    Object as _, ObjectSection as _, ObjectSymbol as _, RelocationFlags, RelocationTarget, SymbolKind,
};
use std::collections::HashMap;

/// A compiled function.
#[derive(Debug)]
pub struct Function {
    /// Its machine code.
    pub bytes: Vec<u8>,
    /// Its relocations, by offset.
    pub relocs: Vec<Raw>,
}

/// A relocation as the object file has it.
#[derive(Clone, Debug)]
pub struct Raw {
    /// Byte of the function.
    pub at: usize,
    /// ELF's number of the kind.
    pub kind: object::elf::RelocationType,
    /// Added to the symbol's value.
    pub addend: i64,
    /// Name of the symbol (empty for read-only data).
    pub symbol: String,
    /// Bytes of the read-only data it refers to, from the symbol's value on.
    pub data: Vec<u8>,
}

/// All functions by name.
pub fn functions(object: &[u8]) -> Result<HashMap<String, Function>> {
    let file = object::File::parse(object).map_err(|e| e.to_string())?;
    let mut found = HashMap::new();
    for symbol in file.symbols().filter(|s| s.kind() == SymbolKind::Text && s.is_definition()) {
        let name = symbol.name().map_err(|e| e.to_string())?.to_owned();
        let Some(index) = symbol.section_index() else { continue };
        let section = file.section_by_index(index).map_err(|e| e.to_string())?;
        let data = section.data().map_err(|e| e.to_string())?;
        if symbol.address() != 0 || symbol.size() as usize != data.len() {
            continue;
        }
        let mut relocs = Vec::new();
        for (at, reloc) in section.relocations() {
            relocs.push(raw(&file, at, &reloc).map_err(|e| format!("{name}: {e}"))?);
        }
        relocs.sort_by_key(|r| r.at);
        found.insert(name, Function { bytes: data.to_vec(), relocs });
    }
    Ok(found)
}

fn raw(file: &object::File<'_>, at: u64, reloc: &object::Relocation) -> Result<Raw> {
    let RelocationFlags::Elf { r_type } = reloc.flags() else { return Err("not an ELF relocation".into()) };
    let RelocationTarget::Symbol(index) = reloc.target() else {
        return Err("relocation without symbol".into());
    };
    let symbol = file.symbol_by_index(index).map_err(|e| e.to_string())?;
    let mut out = Raw {
        at: at as usize,
        kind: r_type,
        addend: reloc.addend(),
        symbol: symbol.name().map_err(|e| e.to_string())?.to_owned(),
        data: Vec::new(),
    };
    if let Some(index) = symbol.section_index() {
        let section = file.section_by_index(index).map_err(|e| e.to_string())?;
        if section.kind() == object::SectionKind::ReadOnlyData
            || section.kind() == object::SectionKind::ReadOnlyString
        {
            let data = section.data().map_err(|e| e.to_string())?;
            out.data = data.get(symbol.address() as usize..).unwrap_or(&[]).to_vec();
            out.symbol = String::new();
        }
    }
    Ok(out)
}
