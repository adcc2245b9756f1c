//! What a host with an operating system provides: streams, clocks, sleep, modules from files.

use std::io::{IsTerminal, Write};
use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::time::{Duration, Instant, SystemTime, UNIX_EPOCH};
use taipan_compiler::{CompileError, ErrorKind, Options};
use taipan_core::bytecode::{Module, file};
use taipan_core::interp::{HostError, HostHooks, SyntaxPlace};
use taipan_core::object::exception::exc;

type Callback = Box<dyn FnMut(&[u8], bool) + Send>;

/// Where output goes.
pub(crate) struct Output {
    to: To,
}

enum To {
    /// The process's streams; standard output is buffered here.
    Standard {
        buffer: Vec<u8>,
        by_line: bool,
    },
    Callback(Callback),
}

/// Bytes buffered before they are written.
const BUFFER: usize = 64 << 10;

impl std::fmt::Debug for Output {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("Output")
    }
}

impl Output {
    pub fn standard() -> Output {
        Output { to: To::Standard { buffer: Vec::new(), by_line: std::io::stdout().is_terminal() } }
    }
    pub fn callback(f: Callback) -> Output {
        Output { to: To::Callback(f) }
    }

    fn write(&mut self, bytes: &[u8], err: bool) {
        match &mut self.to {
            To::Callback(f) => {
                // The guest's run must not unwind through the interpreter; what the callback lost is its own affair.
                let _ = std::panic::catch_unwind(std::panic::AssertUnwindSafe(|| f(bytes, err)));
            }
            To::Standard { buffer, .. } if err => {
                flush(buffer);
                let _ = std::io::stderr().write_all(bytes);
            }
            To::Standard { buffer, by_line } => {
                if buffer.len() + bytes.len() > BUFFER {
                    flush(buffer);
                }
                if bytes.len() >= BUFFER {
                    write_stdout(bytes);
                    return;
                }
                buffer.extend_from_slice(bytes);
                if *by_line && bytes.contains(&b'\n') {
                    flush(buffer);
                }
            }
        }
    }
}

fn flush(buffer: &mut Vec<u8>) {
    if !buffer.is_empty() {
        write_stdout(buffer);
        buffer.clear();
    }
}

/// A closed pipe is no error of the guest's.
fn write_stdout(bytes: &[u8]) {
    let mut out = std::io::stdout().lock();
    let _ = out.write_all(bytes).and_then(|()| out.flush());
}

impl Drop for Output {
    fn drop(&mut self) {
        if let To::Standard { buffer, .. } = &mut self.to {
            flush(buffer);
        }
    }
}

/// The hooks.
#[derive(Debug)]
pub(crate) struct StdHooks {
    output: Output,
    start: Instant,
    paths: Vec<PathBuf>,
    max_source: usize,
    max_memory: usize,
}

impl StdHooks {
    pub fn new(output: Output, paths: Vec<PathBuf>, max_source: usize, max_memory: usize) -> StdHooks {
        StdHooks { output, start: Instant::now(), paths, max_source, max_memory }
    }
}

impl HostHooks for StdHooks {
    fn write(&mut self, bytes: &[u8], err: bool) {
        self.output.write(bytes, err);
    }
    fn monotonic(&mut self) -> Option<f64> {
        Some(self.start.elapsed().as_secs_f64())
    }
    fn wall_clock(&mut self) -> Option<f64> {
        SystemTime::now().duration_since(UNIX_EPOCH).ok().map(|d| d.as_secs_f64())
    }
    fn sleep(&mut self, seconds: f64) -> Option<f64> {
        if let To::Standard { buffer, by_line: true } = &mut self.output.to {
            flush(buffer);
        }
        std::thread::sleep(Duration::try_from_secs_f64(seconds).unwrap_or_default());
        Some(0.0)
    }
    fn find_module(&mut self, name: &str) -> Result<Option<Arc<Module>>, HostError> {
        let parts: Vec<&str> = name.split('.').collect();
        if parts.iter().any(|p| p.is_empty() || p.contains(['/', '\\', '\0', ':'])) {
            return Ok(None);
        }
        for dir in &self.paths {
            let base: PathBuf = dir.join(parts.iter().collect::<PathBuf>());
            // Where both are there, the source is newer or the same.
            for extension in ["py", file::EXTENSION] {
                for path in [base.join("__init__").with_extension(extension), base.with_extension(extension)]
                {
                    if path.is_file() {
                        return self.load(&path, extension).map(|m| Some(Arc::new(m)));
                    }
                }
            }
        }
        Ok(None)
    }
}

impl StdHooks {
    fn load(&self, path: &Path, extension: &str) -> Result<Module, HostError> {
        let contents = std::fs::read(path).map_err(|e| error(exc::OSError, e.to_string()))?;
        if extension == "py" {
            return self.compile(&contents, &path.to_string_lossy());
        }
        let refused = |e| error(exc::ImportError, format!("{}: {e}", path.display()));
        Module::from_bytes(&contents).map_err(refused)
    }

    fn compile(&self, source: &[u8], file: &str) -> Result<Module, HostError> {
        let options = Options { file_name: file, max_source: self.max_source, ..Options::default() };
        let max = self.max_memory;
        taipan_compiler::compile(source, &options, &mut |n| n <= max.max(1 << 28)).map_err(|e| match e {
            CompileError::Syntax(info) => {
                let number = match info.kind {
                    ErrorKind::Syntax => exc::SyntaxError,
                    ErrorKind::Indentation => exc::IndentationError,
                    ErrorKind::Tab => exc::TabError,
                };
                let place = SyntaxPlace {
                    file: file.to_string(),
                    line: info.line,
                    col: info.col,
                    text: info.text,
                    end_line: info.end_line,
                    end_col: info.end_col,
                };
                HostError { place: Some(place), ..error(number, info.msg) }
            }
            CompileError::Decoding(text) => error(exc::SyntaxError, text),
            _ => error(exc::MemoryError, String::new()),
        })
    }
}

fn error(number: u16, message: String) -> HostError {
    HostError { number, message, place: None }
}
