//! Running one child process: bounded in time and in captured output, measured with `wait4`.
//!
//! Peak memory is the kernel's `ru_maxrss`. On Linux it includes what the parent had resident when
//! the child was started, so the parent has to stay small; both users of this module do.

use std::io::{self, Read};
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Stdio};
use std::thread::JoinHandle;
use std::time::{Duration, Instant};

/// More output than this is read but not kept.
const CAPTURE_LIMIT: usize = 64 << 20;

/// How a child ended.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum End {
    /// It exited with this status.
    Status(i32),
    /// It was ended by this signal.
    Signal(i32),
    /// We killed it after the time limit.
    TimedOut,
}

/// What one run did.
#[derive(Debug)]
pub struct Run {
    /// Standard output, lossily decoded.
    pub stdout: String,
    /// Standard error, lossily decoded.
    pub stderr: String,
    /// How it ended.
    pub end: End,
    /// Wall time from start to end.
    pub wall: Duration,
    /// Peak resident memory in bytes.
    pub peak_rss: u64,
}

impl std::fmt::Display for End {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        match self {
            End::Status(n) => write!(f, "status {n}"),
            End::Signal(n) => write!(f, "signal {n}"),
            End::TimedOut => write!(f, "killed after the time limit"),
        }
    }
}

/// Runs a command to its end, or kills it after `limit`.
pub fn run(command: &mut Command, limit: Option<Duration>) -> io::Result<Run> {
    command.stdin(Stdio::null()).stdout(Stdio::piped()).stderr(Stdio::piped());
    let start = Instant::now();
    let mut child = command.spawn()?;
    let stdout = capture(child.stdout.take().expect("piped"));
    let stderr = capture(child.stderr.take().expect("piped"));
    let (end, peak_rss) = wait(&mut child, limit.map(|l| start + l))?;
    let wall = start.elapsed();
    let text = |t: JoinHandle<Vec<u8>>| {
        String::from_utf8_lossy(&t.join().expect("the capture thread does not panic")).into_owned()
    };
    Ok(Run { stdout: text(stdout), stderr: text(stderr), end, wall, peak_rss })
}

fn capture(mut pipe: impl Read + Send + 'static) -> JoinHandle<Vec<u8>> {
    std::thread::spawn(move || {
        let mut kept = Vec::new();
        let mut buffer = vec![0; 1 << 16];
        while let Ok(n) = pipe.read(&mut buffer) {
            if n == 0 {
                break;
            }
            if kept.len() < CAPTURE_LIMIT {
                kept.extend_from_slice(&buffer[..n]);
            }
        }
        kept
    })
}

/// Waits for the child; with a deadline by polling, so that killing it cannot hit a reused pid.
fn wait(child: &mut Child, deadline: Option<Instant>) -> io::Result<(End, u64)> {
    let mut killed = false;
    loop {
        let block = deadline.is_none() || killed;
        if let Some((status, rss)) = wait4(child.id(), block)? {
            let end = match status {
                _ if killed => End::TimedOut,
                s if libc::WIFEXITED(s) => End::Status(libc::WEXITSTATUS(s)),
                s => End::Signal(libc::WTERMSIG(s)),
            };
            return Ok((end, rss));
        }
        if deadline.is_some_and(|d| Instant::now() >= d) {
            child.kill()?;
            killed = true;
        } else if !block {
            std::thread::sleep(Duration::from_millis(1));
        }
    }
}

fn wait4(pid: u32, block: bool) -> io::Result<Option<(i32, u64)>> {
    let options = if block { 0 } else { libc::WNOHANG };
    loop {
        let mut status = 0;
        // SAFETY: `rusage` is plain integers, for which all zeroes is a value; wait4 writes within the
        // two locals it is given and keeps neither pointer.
        let (reaped, usage) = unsafe {
            let mut usage: libc::rusage = std::mem::zeroed();
            (libc::wait4(pid as libc::pid_t, &mut status, options, &mut usage), usage)
        };
        match reaped {
            0 => return Ok(None),
            n if n > 0 => return Ok(Some((status, usage.ru_maxrss as u64 * rss_unit()))),
            _ => {
                let error = io::Error::last_os_error();
                if error.kind() != io::ErrorKind::Interrupted {
                    return Err(error);
                }
            }
        }
    }
}

/// Linux counts `ru_maxrss` in KiB, macOS in bytes.
fn rss_unit() -> u64 {
    if cfg!(target_os = "macos") { 1 } else { 1024 }
}

/// A CPython to compare with.
#[derive(Debug, Clone)]
pub struct Python {
    /// The real executable, not a version manager's shim (a shim costs tens of milliseconds).
    pub path: PathBuf,
    /// `3.13.0`.
    pub version: String,
    /// Whether it is the version that figures are stated against.
    pub comparable: bool,
}

/// Finds the baseline CPython: `TAIPAN_BENCH_PYTHON`, else `python3.13`, else `python3`.
pub fn find_python() -> Result<Python, String> {
    let named = std::env::var("TAIPAN_BENCH_PYTHON").ok();
    let candidates: Vec<&str> = match &named {
        Some(name) => vec![name],
        None => vec!["python3.13", "python3"],
    };
    for name in &candidates {
        // pyenv's shims work only for the version that is selected.
        for pyenv_version in [None, Some("3.13.0")] {
            if let Some((path, version)) = probe_python(name, pyenv_version) {
                let comparable = version.starts_with("3.13.");
                return Ok(Python { path, version, comparable });
            }
        }
    }
    Err(format!("no CPython found (tried {})", candidates.join(", ")))
}

fn probe_python(name: &str, pyenv_version: Option<&str>) -> Option<(PathBuf, String)> {
    let mut command = Command::new(name);
    command.args(["-c", "import sys; print(sys.executable); print('%d.%d.%d' % sys.version_info[:3])"]);
    if let Some(version) = pyenv_version {
        command.env("PYENV_VERSION", version);
    }
    let out = run(&mut command, Some(Duration::from_secs(10))).ok()?;
    let mut lines = out.stdout.lines();
    let (path, version) = (lines.next()?, lines.next()?);
    (out.end == End::Status(0) && Path::new(path).exists()).then(|| (path.into(), version.to_owned()))
}
