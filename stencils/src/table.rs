//! Writes the table of an emitter's crate: groups as variants, and for every stencil which variant each assignment of
//! registers uses.

use crate::fit::{Group, fit};
use crate::spec::{self, FIXED, Spec, What};
use crate::{Arch, Piece, Result, root};
use std::collections::HashMap;
use std::fmt::Write as _;
use taipan_core::emit::JitCtx;
use taipan_core::uop::Uop;

/// The line that names the compiler.
pub fn generator_line(version: &str) -> String {
    format!("pub const GENERATOR: &str = \"{version}\";")
}

#[derive(Default)]
struct Table {
    code: Vec<u8>,
    variants: Vec<String>,
    patches: Vec<String>,
    xors: Vec<Vec<u8>>,
    relocs: Vec<String>,
    pool: Vec<u8>,
    maps: Vec<u8>,
    /// Variants and start of the map by name of the stencil.
    stencils: HashMap<String, String>,
}

/// Index of a sequence in a list, appended if it is not there.
fn place<T: PartialEq + Clone>(all: &mut Vec<T>, wanted: &[T], align: usize) -> usize {
    if wanted.is_empty() {
        return 0;
    }
    let found = all.windows(wanted.len()).enumerate().position(|(i, w)| i % align == 0 && w == wanted);
    found.unwrap_or_else(|| {
        all.extend_from_slice(wanted);
        all.len() - wanted.len()
    })
}

impl Table {
    fn group(&mut self, group: &Group) -> Result {
        let mut patches = Vec::new();
        for at in 0..group.base.len() {
            for (slot, of) in group.xor.iter().enumerate() {
                let column: Vec<u8> = of.iter().map(|bytes| bytes[at]).collect();
                if column.iter().all(|b| *b == 0) {
                    continue;
                }
                let table = self.xors.iter().position(|x| *x == column).unwrap_or_else(|| {
                    self.xors.push(column);
                    self.xors.len() - 1
                });
                patches.push(format!("p({at}, {slot}, {table})"));
            }
        }
        let mut relocs = Vec::new();
        for r in &group.relocs {
            let addend = if r.kind == "Pool" {
                while !self.pool.len().is_multiple_of(16) {
                    self.pool.push(0);
                }
                r.addend + place(&mut self.pool, &r.data, 16) as i32
            } else {
                r.addend
            };
            relocs.push(format!("r({}, {}, {addend})", r.at, r.kind));
        }
        let (np, nr, len) = (patches.len(), relocs.len(), group.base.len());
        let code = place(&mut self.code, &group.base, 1);
        let patches = place(&mut self.patches, &patches, 1);
        let relocs = place(&mut self.relocs, &relocs, 1);
        if len > 255 || np > 255 || nr > 255 {
            return Err("a stencil is too long".into());
        }
        self.variants.push(format!("v({code}, {len}, {patches}, {np}, {relocs}, {nr})"));
        Ok(())
    }

    fn stencil(&mut self, name: &str, groups: &[Group], map: &[usize]) -> Result {
        let first = self.variants.len();
        let longest = groups.iter().map(|g| g.base.len()).max().unwrap_or(0);
        for group in groups {
            self.group(group).map_err(|e| format!("{name}: {e}"))?;
        }
        let map: Vec<u8> = map.iter().map(|g| u8::try_from(*g).unwrap_or(u8::MAX)).collect();
        if map.contains(&u8::MAX) {
            return Err(format!("{name}: too many variants"));
        }
        let map = place(&mut self.maps, &map, 1);
        self.stencils.insert(name.to_owned(), format!("s({first}, {map}, {longest})"));
        Ok(())
    }
}

/// The text of `table.rs`.
pub fn write(
    specs: &[Spec],
    pieces: &HashMap<String, Piece>,
    generator: &str,
    arch: &dyn Arch,
) -> Result<String> {
    let (g, f) = arch.registers();
    let mut table = Table::default();
    let piece = |name: &str| pieces.get(name).ok_or_else(|| format!("{name} is missing"));
    for spec in specs {
        let assignments = spec.assignments();
        let of: Vec<&Piece> = assignments.iter().map(|a| piece(&spec.function(a))).collect::<Result<_>>()?;
        let (groups, map) = fit(&assignments, &of, g.max(f));
        eprintln!(
            "{:<16} {:>5} assignments, {:>3} variants, {:>3} bytes",
            spec.name,
            map.len(),
            groups.len(),
            groups.first().map_or(0, |g| g.base.len())
        );
        table.stencil(&spec.name, &groups, &map)?;
        let narrow = assignments.iter().map(|a| pieces.get(&spec::narrow(&spec.function(a))));
        if let Some(of) = narrow.collect::<Option<Vec<&Piece>>>() {
            let (groups, map) = fit(&assignments, &of, g.max(f));
            table.stencil(&spec::narrow(&spec.name), &groups, &map)?;
        }
    }
    for name in FIXED {
        let piece = piece(name)?;
        let (groups, map) = fit(&[vec![]], &[piece], g.max(f));
        table.stencil(name, &groups, &map)?;
    }
    Ok(text(specs, &table, generator, (g, f)))
}

fn text(specs: &[Spec], t: &Table, generator: &str, registers: (usize, usize)) -> String {
    let mut out = String::from(
        "//! Stencils: the machine code of uops. @generated by `cargo xtask stencils`; do not edit.\n//!\n\
         //! How the parts hang together is told in core's `emit/stencil.rs`.\n\n\
         use crate::reloc::Kind::{self, *};\n\
         use core::mem::offset_of;\nuse taipan_core::emit::JitCtx;\n\
         use taipan_core::emit::stencil::{Patch, Reloc, Stencil, Table, Variant, p, r, s, v};\n\
         use taipan_core::uop::Uop;\n\n",
    );
    let _ = writeln!(out, "/// Compiler that made the code.\n{generator}");
    let _ =
        writeln!(out, "/// Hash of what the code was made from.\npub const SOURCES: u64 = {:#x};", hash());
    let _ = writeln!(out, "/// General registers.\npub const G: u8 = {};", registers.0);
    let _ = writeln!(out, "/// Float registers.\npub const F: u8 = {};", registers.1);
    let _ = writeln!(
        out,
        "#[cfg(target_pointer_width = \"64\")]\nconst _: () = {{\n    assert!(offset_of!(JitCtx, g) == {});\n    \
         assert!(offset_of!(JitCtx, f) == {});\n    assert!(offset_of!(JitCtx, fuel) == {});\n    assert!(offset_of!(JitCtx, frame) == {});\n    \
         assert!(offset_of!(JitCtx, exit) == {});\n}};",
        core::mem::offset_of!(JitCtx, g),
        core::mem::offset_of!(JitCtx, f),
        core::mem::offset_of!(JitCtx, fuel),
        core::mem::offset_of!(JitCtx, frame),
        core::mem::offset_of!(JitCtx, exit)
    );
    let named = |what: What| Some(specs.iter().find(|s| s.what == what)?.name.clone());
    let by_uop = |name: &dyn Fn(Uop) -> Option<String>| {
        let entries = Uop::ALL.iter().map(|u| {
            let entry = name(*u).and_then(|name| t.stencils.get(&name)).cloned();
            format!("{}, // {}", entry.unwrap_or_else(|| "Stencil::NONE".to_owned()), u.name())
        });
        entries.collect::<Vec<_>>()
    };
    list(&mut out, "STENCILS", "Stencil; Uop::COUNT", "Stencils by uop", &by_uop(&|u| named(What::Uop(u))));
    list(
        &mut out,
        "KEEPING",
        "Stencil; Uop::COUNT",
        "Stencils by uop that leave the result's register as it was when they exit",
        &by_uop(&|u| named(What::Keep(u)).or_else(|| named(What::Uop(u)))),
    );
    let narrow_k = spec::narrow("LoadK32");
    let mut others = vec!["ResultG", "ResultF", "LoadK32", "LoadZeroF", "ENTER", "LEAVE"];
    if t.stencils.contains_key(&narrow_k) {
        let narrow = by_uop(&|u| Some(spec::narrow(&named(What::Uop(u))?)));
        list(
            &mut out,
            "NARROW",
            "Stencil; Uop::COUNT",
            "Shorter stencils by uop, for small values in their holes",
            &narrow,
        );
        others.push(&narrow_k);
    }
    for name in others {
        let entry = t.stencils.get(name).cloned().unwrap_or_default();
        let _ = writeln!(
            out,
            "/// See the generator's `spec.rs`.\npub static {}: Stencil = {entry};",
            screaming(name)
        );
    }
    out += "/// The parts.\npub static TABLE: Table<Kind> =\n    Table { variants: &VARIANTS, maps: &MAPS, patches: &PATCHES, \
            relocs: &RELOCS, xors: &XORS, code: &CODE };\n";
    words(&mut out, "VARIANTS", "Variant", "Variants", &t.variants);
    words(&mut out, "PATCHES", "Patch", "Register holes", &t.patches);
    words(&mut out, "RELOCS", "Reloc<Kind>", "Value holes", &t.relocs);
    let xors: Vec<String> = t.xors.iter().map(|x| format!("[{}]", hex(x))).collect();
    let width = registers.0.max(registers.1);
    words(&mut out, "XORS", &format!("[u8; {width}]"), "What a register changes, by register", &xors);
    bytes(&mut out, "POOL", "Constants, copied beside the code", &t.pool);
    bytes(&mut out, "MAPS", "Variant by registers, for each stencil that has more than one", &t.maps);
    bytes(&mut out, "CODE", "Machine code", &t.code);
    out
}

fn screaming(name: &str) -> String {
    match name {
        "ResultG" => "RESULT_G".to_owned(),
        "ResultF" => "RESULT_F".to_owned(),
        "LoadK32" => "LOAD_K32".to_owned(),
        "LoadZeroF" => "LOAD_ZERO_F".to_owned(),
        "LoadK32_narrow" => "LOAD_K16".to_owned(),
        other => other.to_owned(),
    }
}

fn list(out: &mut String, name: &str, kind: &str, doc: &str, items: &[String]) {
    let _ = writeln!(out, "\n/// {doc}.\n#[rustfmt::skip]\npub static {name}: [{kind}] = [");
    for item in items {
        let _ = writeln!(out, "    {item}");
    }
    out.push_str("];\n");
}

fn words(out: &mut String, name: &str, kind: &str, doc: &str, items: &[String]) {
    let _ = writeln!(out, "\n/// {doc}.\n#[rustfmt::skip]\npub static {name}: [{kind}; {}] = [", items.len());
    let mut line = String::from("   ");
    for item in items {
        if line.len() + item.len() > 108 {
            let _ = writeln!(out, "{line}");
            line = String::from("   ");
        }
        let _ = write!(line, " {item},");
    }
    let _ = writeln!(out, "{line}\n];");
}

fn bytes(out: &mut String, name: &str, doc: &str, bytes: &[u8]) {
    let items: Vec<String> = bytes.iter().map(|b| format!("{b:#x}")).collect();
    words(out, name, "u8", doc, &items);
}

fn hex(bytes: &[u8]) -> String {
    bytes.iter().map(|b| format!("{b:#x}")).collect::<Vec<_>>().join(", ")
}

/// Hash of what decides about the table: the bodies' text and the uops' rows. The emitter's test computes the same.
fn hash() -> u64 {
    let text = std::fs::read_to_string(root().join("core/src/uop/body.rs")).unwrap_or_default();
    let rows = Uop::ALL.iter().map(|u| {
        format!("{} {:?} {:?} {:?} {:?} {}\n", u.name(), u.ins(), u.out(), u.imm(), u.effect(), u.body_name())
    });
    let rows: String = rows.collect();
    fnv(text.bytes().filter(|b| *b != b'\r').chain(rows.bytes()))
}

/// The hash FNV-1a.
pub fn fnv(bytes: impl Iterator<Item = u8>) -> u64 {
    bytes.fold(0xcbf2_9ce4_8422_2325, |h, b| (h ^ u64::from(b)).wrapping_mul(0x100_0000_01b3))
}
