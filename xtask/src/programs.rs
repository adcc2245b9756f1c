//! The corpus on disk: `tests/programs/<topic>/<name>.py` beside what CPython makes of it.
//!
//! `<name>.out` is standard output; `<name>.err` and `<name>.status` exist only where standard error
//! is not empty and the exit status not 0. A file whose name begins with `_` is a module that
//! programs of its directory import, not a program.

use crate::{Result, read, root, write};
use std::path::{Path, PathBuf};

/// One program of the corpus.
#[derive(Clone, Debug)]
pub struct Program {
    /// `topic/name`, which is how it is called in messages and filters.
    pub name: String,
    /// The directory it runs in.
    pub dir: PathBuf,
    /// The bare file name, which is what it is started as.
    pub file: String,
}

/// What a program is expected to do.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Expected {
    /// Standard output.
    pub stdout: String,
    /// Standard error, with the program's directory cut from paths.
    pub stderr: String,
    /// Exit status.
    pub status: i32,
}

impl Program {
    /// The program that lies at `path`.
    pub fn at(path: &Path) -> Option<Program> {
        let file = path.file_name()?.to_str()?.to_owned();
        let stem = file.strip_suffix(".py").filter(|s| !s.starts_with('_'))?;
        let dir = path.parent()?.to_path_buf();
        let topic = dir.file_name()?.to_str()?;
        Some(Program { name: format!("{topic}/{stem}"), dir, file })
    }

    /// The full path of its source.
    pub fn path(&self) -> PathBuf {
        self.dir.join(&self.file)
    }

    fn beside(&self, extension: &str) -> PathBuf {
        self.path().with_extension(extension)
    }

    /// The recorded expectation.
    pub fn expected(&self) -> Result<Expected> {
        let stdout = read(&self.beside("out"))?;
        let optional = |ext: &str| {
            let path = self.beside(ext);
            if path.exists() { read(&path).map(Some) } else { Ok(None) }
        };
        let status = match optional("status")? {
            Some(text) => text.trim().parse().map_err(|e| format!("{}.status: {e}", self.name))?,
            None => 0,
        };
        Ok(Expected { stdout, stderr: optional("err")?.unwrap_or_default(), status })
    }

    /// Writes the expectation, leaving out the files that would say nothing.
    pub fn record(&self, expected: &Expected) -> Result {
        write(&self.beside("out"), &expected.stdout)?;
        let optional = |ext: &str, text: Option<String>| {
            let path = self.beside(ext);
            match text {
                Some(text) => write(&path, text),
                None if path.exists() => std::fs::remove_file(&path).map_err(|e| e.to_string()),
                None => Ok(()),
            }
        };
        optional("err", (!expected.stderr.is_empty()).then(|| expected.stderr.clone()))?;
        optional("status", (expected.status != 0).then(|| format!("{}\n", expected.status)))
    }

    /// Cuts the program's directory from the paths of a traceback, so that it reads the same anywhere.
    pub fn normalize(&self, stderr: &str) -> String {
        let dir = std::fs::canonicalize(&self.dir).unwrap_or_else(|_| self.dir.clone());
        stderr.replace(&format!("{}/", dir.display()), "").replace("\r\n", "\n")
    }
}

/// `tests/programs`.
pub fn corpus_dir() -> PathBuf {
    root().join("tests").join("programs")
}

/// Every program of the corpus, by name.
pub fn corpus() -> Result<Vec<Program>> {
    let mut found = Vec::new();
    for topic in sorted_entries(&corpus_dir())? {
        if topic.is_dir() {
            found.extend(in_dir(&topic)?);
        }
    }
    Ok(found)
}

/// The programs that lie in one directory.
pub fn in_dir(dir: &Path) -> Result<Vec<Program>> {
    Ok(sorted_entries(dir)?.iter().filter_map(|p| Program::at(p)).collect())
}

/// Keeps the programs whose name contains one of `filters` (all, if there are none).
pub fn select(programs: Vec<Program>, filters: &[String]) -> Vec<Program> {
    let wanted = |p: &Program| filters.is_empty() || filters.iter().any(|f| p.name.contains(f.as_str()));
    programs.into_iter().filter(wanted).collect()
}

fn sorted_entries(dir: &Path) -> Result<Vec<PathBuf>> {
    let entries = std::fs::read_dir(dir).map_err(|e| format!("{}: {e}", dir.display()))?;
    let mut paths: Vec<PathBuf> = entries.filter_map(|e| e.ok().map(|e| e.path())).collect();
    paths.sort();
    Ok(paths)
}
