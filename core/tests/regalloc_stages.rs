//! Stage tests: a trace in, its allocated uops out.
//!
//! A case file holds a trace, a line `----`, and what is expected; a line `regs g N f N` names another register file.
//! `TAIPAN_BLESS=1` writes the expectations.

#![allow(clippy::disallowed_methods, clippy::disallowed_macros, reason = "tests may allocate")]

use std::path::Path;
use taipan_core::emit::{Allocated, Emitter, RegFile, listing, portable::PortableEmitter};
use taipan_core::regalloc;
use taipan_core::trace::{check, text};

fn run(source: &str) -> String {
    let mut regs = PortableEmitter::default().reg_file();
    let mut rest = String::new();
    for line in source.lines() {
        match line.strip_prefix("regs ").map(|l| l.split(' ').collect::<Vec<_>>()).as_deref() {
            Some(["g", g, "f", f]) => {
                let number = |s: &str| s.parse().expect("a number of registers");
                regs = RegFile { g: number(g), f: number(f), g_kept: 0, f_kept: 0 };
            }
            // The trace's lines keep their numbers.
            Some(_) => return String::from("regs g N f N is wanted\n"),
            None => rest.push_str(line),
        }
        rest.push('\n');
    }
    let trace = match text::parse(&rest) {
        Ok(trace) => trace,
        Err(e) => return format!("{e}\n"),
    };
    if let Err(e) = check::check(&trace) {
        return format!("{e}\n");
    }
    let mut a = Allocated::default();
    if let Err(e) = regalloc::allocate(&trace, regs, &mut a) {
        return format!("{e:?}\n");
    }
    if let Err(e) = regalloc::check::check(&trace, regs, &a) {
        return format!("{e}\n");
    }
    let mut out = String::new();
    listing::allocated(&trace, &a, &mut out).expect("writing to a string");
    out
}

#[test]
fn cases() {
    xtask::stages::check(&Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/cases/regalloc"), run);
}
