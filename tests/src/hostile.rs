//! Programs that try to hang, crash or bloat the host. Whatever they do, they end soon, with an
//! ordinary exit status, within their memory.

use crate::nesting::{self, Source};
use crate::{name_filters, parallel::run_all};
use std::path::Path;
use std::process::Command;
use std::time::Duration;
use xtask::diff::clip;
use xtask::proc::{End, run};
use xtask::programs::{Program, in_dir};
use xtask::{Result, root, taipan_bin, write};

/// The limits that every hostile program runs under.
const LIMITS: &[&str] = &["--timeout", "1", "--max-memory", "256000000", "--max-output", "1000000"];

/// What it may take in all: the limits, and what the host needs around them.
const WALL: Duration = Duration::from_secs(2);
const RSS: u64 = 400_000_000;
const OUTPUT: usize = 1_000_000 + 4096;

/// After this it is killed and counted as hanging.
const KILL: Duration = Duration::from_secs(10);

enum Hostile {
    File(Program),
    Generated(Source),
}

impl Hostile {
    fn name(&self) -> &str {
        match self {
            Hostile::File(program) => &program.name,
            Hostile::Generated(source) => &source.name,
        }
    }
}

/// Runs the hostile programs and the generated sources; returns how many failed.
pub fn run_hostile() -> Result<usize> {
    let mut all: Vec<Hostile> =
        in_dir(&root().join("tests").join("hostile"))?.into_iter().map(Hostile::File).collect();
    all.extend(nesting::sources().into_iter().map(Hostile::Generated));
    let filters = name_filters();
    all.retain(|h| filters.is_empty() || filters.iter().any(|f| h.name().contains(f.as_str())));
    let scratch = std::env::temp_dir().join(format!("taipan-nesting-{}", std::process::id()));
    std::fs::create_dir_all(&scratch).map_err(|e| e.to_string())?;
    let failed = run_all("hostile", &all, |hostile| {
        let result = match hostile {
            Hostile::File(program) => check(&program.path()),
            Hostile::Generated(source) => check_source(source, &scratch),
        };
        result.map_err(|message| format!("{}: {message}", hostile.name()))
    });
    std::fs::remove_dir_all(&scratch).map_err(|e| e.to_string())?;
    Ok(failed)
}

fn check_source(source: &Source, scratch: &Path) -> Result {
    let path = scratch.join(source.name.replace('/', "_") + ".py");
    write(&path, source.text())?;
    let result = check(&path);
    std::fs::remove_file(&path).map_err(|e| e.to_string())?;
    result
}

fn check(path: &Path) -> Result {
    let mut command = Command::new(taipan_bin());
    command.arg("run").args(LIMITS).arg(path).current_dir(path.parent().expect("a file has a directory"));
    let run = run(&mut command, Some(KILL)).map_err(|e| e.to_string())?;
    let mut wrong = Vec::new();
    if !matches!(run.end, End::Status(0 | 1 | 3)) {
        wrong.push(run.end.to_string());
    }
    if run.wall > WALL {
        wrong.push(format!("{:.1} s", run.wall.as_secs_f64()));
    }
    if run.peak_rss > RSS {
        wrong.push(format!("{} MB", run.peak_rss / 1_000_000));
    }
    if run.stdout.len() > OUTPUT || run.stderr.len() > OUTPUT {
        wrong.push(format!("{} and {} bytes of output", run.stdout.len(), run.stderr.len()));
    }
    if run.stderr.contains("panicked at") {
        wrong.push("a panic".to_owned());
    }
    if wrong.is_empty() {
        return Ok(());
    }
    let last = run.stderr.trim_end().rsplit('\n').next().unwrap_or("").to_owned();
    Err(format!("{}; {}", wrong.join(", "), clip(&last)))
}
