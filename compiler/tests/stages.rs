//! Stage tests: source text in, disassembly (or the syntax error) out.
//!
//! A case file holds a source, a line `----`, and what is expected. `TAIPAN_BLESS=1` writes the expectations.

use std::path::Path;
use taipan_compiler::{CompileError, Options, compile};

fn run(source: &str) -> String {
    let opts = Options { file_name: "case", keep_source: false, ..Options::default() };
    match compile(source.as_bytes(), &opts, &mut |_| true) {
        Ok(m) => {
            let mut text = String::new();
            taipan_core::bytecode::disasm::module(&m, &mut text).expect("writing to a string");
            text
        }
        Err(CompileError::Syntax(e)) => {
            format!("{:?} at {}:{}-{}:{}: {}\n", e.kind, e.line, e.col, e.end_line, e.end_col, e.msg)
        }
        Err(e) => format!("{e:?}\n"),
    }
}

#[test]
fn cases() {
    let dir = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/cases");
    let bless = std::env::var_os("TAIPAN_BLESS").is_some();
    let mut paths: Vec<_> =
        std::fs::read_dir(dir).expect("cases").map(|e| e.expect("a case").path()).collect();
    paths.sort();
    let mut failed = Vec::new();
    for path in paths {
        let text = std::fs::read_to_string(&path).expect("a readable case");
        let (source, expected) = text.split_once("----\n").unwrap_or((&text, ""));
        let got = run(source);
        if bless {
            std::fs::write(&path, format!("{source}----\n{got}")).expect("a writable case");
        } else if got != expected {
            failed.push(format!("{}\n--- expected\n{expected}\n--- got\n{got}", path.display()));
        }
    }
    assert!(failed.is_empty(), "{}", failed.join("\n"));
}
