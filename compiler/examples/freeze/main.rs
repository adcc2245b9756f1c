//! Compiles frozen Python from standard input; writes the module's words in hexadecimal, one a line, then the same
//! packed, as Rust. An argument `FEATURE=N` says that N functions at the end, before those of later arguments, are that
//! feature's.
//!
//! `cargo xtask freeze` runs this after it has written the functions' numbers, without which the core, and with it
//! the compiler, would not build.

mod pack;

use std::io::{Read, Write};
use taipan_compiler::{CompileError, Mode, Options, compile};

fn main() -> Result<(), Box<dyn std::error::Error>> {
    let mut source = Vec::new();
    std::io::stdin().read_to_end(&mut source)?;
    // The source is not kept: frozen frames are hidden from tracebacks.
    let options = Options {
        file_name: "<frozen>",
        mode: Mode::Frozen,
        keep_source: false,
        keep_positions: false,
        ..Options::default()
    };
    let module = compile(&source, &options, &mut |_| true).map_err(|e| match e {
        CompileError::Syntax(e) => format!("core/frozen, line {} of all: {}\n    {}", e.line, e.msg, e.text),
        e => format!("core/frozen: {e:?}"),
    })?;
    let mut out = std::io::BufWriter::new(std::io::stdout().lock());
    for w in module.words() {
        writeln!(out, "{w:#x}")?;
    }
    let mut features = Vec::new();
    for arg in std::env::args().skip(1) {
        let (name, count) = arg.split_once('=').ok_or("FEATURE=N")?;
        features.push((name.to_owned(), count.parse()?));
    }
    write!(out, "{}", pack::pack(&module, &features)?)?;
    Ok(())
}
