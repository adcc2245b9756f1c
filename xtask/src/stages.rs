//! Stage tests: text files of a source, a line `----`, and what a stage makes of it.

use std::path::Path;

/// Runs every case file in `dir` through `stage`. With `TAIPAN_BLESS` set the expectations are written instead.
///
/// # Panics
/// If a case cannot be read or written, or differs from what is expected; the message shows both.
pub fn check(dir: &Path, stage: impl Fn(&str) -> String) {
    let bless = std::env::var_os("TAIPAN_BLESS").is_some();
    let mut paths: Vec<_> =
        std::fs::read_dir(dir).expect("cases").map(|e| e.expect("a case").path()).collect();
    paths.sort();
    let mut failed = Vec::new();
    for path in paths {
        let text = std::fs::read_to_string(&path).expect("a readable case");
        let (source, expected) = text.split_once("----\n").unwrap_or((&text, ""));
        let got = stage(source);
        if bless {
            std::fs::write(&path, format!("{source}----\n{got}")).expect("a writable case");
        } else if got != expected {
            failed.push(format!("{}\n--- expected\n{expected}\n--- got\n{got}", path.display()));
        }
    }
    assert!(failed.is_empty(), "{}", failed.join("\n"));
}
