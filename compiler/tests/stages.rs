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
    xtask::stages::check(&Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/cases"), run);
}
