//! What `cargo xtask` and the integration tests share: finding the workspace, its programs and its
//! binary, running a child process within limits, and comparing outputs.
//!
//! Nothing here links the runtime. A Taipan that does not build, crashes or hangs must still leave
//! the tools that diagnose it working.

pub mod diff;
pub mod proc;
pub mod programs;
pub mod stages;

use std::path::{Path, PathBuf};

/// Every step reports failure as one printable message.
pub type Result<T = ()> = std::result::Result<T, String>;

/// The workspace root, found from this crate's manifest.
pub fn root() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).parent().expect("xtask lies in the workspace").to_path_buf()
}

/// The `taipan` to test: `TAIPAN_BIN`, else the release build.
pub fn taipan_bin() -> PathBuf {
    match std::env::var_os("TAIPAN_BIN") {
        Some(path) => PathBuf::from(path),
        None => target_dir().join("release").join(format!("taipan{}", std::env::consts::EXE_SUFFIX)),
    }
}

/// Where cargo puts what it builds.
pub fn target_dir() -> PathBuf {
    match std::env::var_os("CARGO_TARGET_DIR") {
        Some(dir) => root().join(dir),
        None => root().join("target"),
    }
}

/// Reads a text file, naming it if that fails.
pub fn read(path: &Path) -> Result<String> {
    std::fs::read_to_string(path).map_err(|e| format!("{}: {e}", path.display()))
}

/// Writes a file, naming it if that fails.
pub fn write(path: &Path, bytes: impl AsRef<[u8]>) -> Result {
    std::fs::write(path, bytes).map_err(|e| format!("{}: {e}", path.display()))
}

/// The number after `"key":` in one line of JSON, as `--stats=json` prints it.
pub fn json_number(line: &str, key: &str) -> Option<u64> {
    let (_, after) = line.split_once(&format!("\"{key}\":"))?;
    let digits: String = after.trim_start().chars().take_while(char::is_ascii_digit).collect();
    digits.parse().ok()
}

/// The unsigned numbers of an array after `"key":`; none if there is no such key.
pub fn json_numbers(line: &str, key: &str) -> Vec<u64> {
    let array = line.split_once(&format!("\"{key}\": [")).and_then(|(_, after)| after.split_once(']'));
    array.map_or(Vec::new(), |(items, _)| items.split(',').filter_map(|n| n.trim().parse().ok()).collect())
}
