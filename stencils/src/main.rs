//! The stencil generator: compiles the bodies of uops ahead of time and writes them down as tables of machine code.
//!
//! Steps, a module each: `spec` lists the stencils wanted (every uop with every assignment of registers), `source`
//! writes them as Rust functions, rustc compiles them, `elf` takes the functions out of the object file, the
//! architecture's module (`x86_64`, `aarch64`, on top of `flow`) checks them and drops the final jump, `fit` finds how the bytes depend on the
//! registers, `table` writes the result as Rust source for the emitter's crate.
//!
//! Invariant: what is written is proven to reproduce every compiled function byte by byte.
//!
//! Usage: `taipan-stencils [--check]`. With `--check` nothing is written; it fails if that would change a file.
//! `RUSTC` names the compiler (default: nightly of rustup); a stable one is made to accept the features it lacks by
//! `RUSTC_BOOTSTRAP`. Object files are kept by the hash of their source: only what changed is compiled again.

mod aarch64;
mod elf;
mod fit;
mod flow;
mod source;
mod spec;
mod table;
mod x86_64;

use std::collections::HashMap;
use std::path::{Path, PathBuf};
use std::process::Command;
use std::sync::atomic::{AtomicUsize, Ordering::Relaxed};

/// Every step reports failure as one printable message.
type Result<T = ()> = std::result::Result<T, String>;

/// What an architecture tells the generator, and does for it.
pub trait Arch: Sync {
    /// Directory of the emitter's crate.
    fn krate(&self) -> &'static str;
    /// Target triple.
    fn target(&self) -> &'static str;
    /// Further arguments for rustc.
    fn rustc_args(&self) -> &'static [&'static str];
    /// General and float registers that hold values.
    fn registers(&self) -> (usize, usize);
    /// Rust source: holes and helper calls. Functions of its module `own`, if there is one, stand for the bodies of the same
    /// names: they do the same by instructions that the compiler does not find.
    fn prelude(&self) -> String;
    /// Rust source: entry shim and exit handler.
    fn fixed(&self) -> String;
    /// Checks one function and brings it into the form in which it is copied.
    fn finish(&self, function: &elf::Function, spec: &spec::Spec) -> Result<Piece>;
    /// A shorter form of the function for small values in its holes, if there is one.
    fn narrow(&self, _: &elf::Function, _: &spec::Spec) -> Result<Option<Piece>> {
        Ok(None)
    }
}

/// Machine code of one stencil with one assignment of registers.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Piece {
    /// Code; holes are 0.
    pub bytes: Vec<u8>,
    /// Holes.
    pub relocs: Vec<Reloc>,
}

/// A hole: what goes there by the name of its kind in the emitter's crate.
#[derive(Clone, PartialEq, Eq, Hash, PartialOrd, Ord, Debug)]
pub struct Reloc {
    /// Byte of the piece.
    pub at: usize,
    /// Variant of the emitter's `Kind`.
    pub kind: &'static str,
    /// Added to the value.
    pub addend: i32,
    /// Read-only data it refers to.
    pub data: Vec<u8>,
}

fn main() {
    if let Err(message) = run() {
        eprintln!("stencils: {message}");
        std::process::exit(1);
    }
}

fn run() -> Result {
    let check = std::env::args().any(|a| a == "--check");
    let work = match std::env::var_os("CARGO_TARGET_DIR") {
        Some(dir) => PathBuf::from(dir),
        None => root().join("target/stencils"),
    };
    let work = work.join("made");
    std::fs::create_dir_all(&work).map_err(|e| format!("{}: {e}", work.display()))?;
    let archs: [&dyn Arch; 2] = [&x86_64::X86_64, &aarch64::Aarch64];
    archs.into_iter().try_for_each(|arch| generate(arch, &work, check))
}

/// Root of the whole project.
fn root() -> PathBuf {
    let here = Path::new(env!("CARGO_MANIFEST_DIR"));
    here.parent().unwrap_or(here).to_path_buf()
}

fn generate(arch: &dyn Arch, work: &Path, check: bool) -> Result {
    let rustc = Rustc::find()?;
    let out = root().join(arch.krate()).join("src/table.rs");
    let before = std::fs::read_to_string(&out).unwrap_or_default();
    let version_line = table::generator_line(&rustc.version);
    if check && !before.contains(&version_line) {
        println!(
            "stencils: {} was made by another compiler than {}; bytes not compared",
            out.display(),
            rustc.version
        );
        return Ok(());
    }
    let specs = spec::all(arch.registers());
    let mut pieces: HashMap<String, Piece> = HashMap::new();
    let path = root().join("core/src/uop/body.rs");
    let body = std::fs::read_to_string(&path).map_err(|e| format!("{}: {e}", path.display()))?;
    let files = spec::files(&specs);
    let sources = files.iter().enumerate().map(|(i, part)| source::write(arch, part, &body, i == 0));
    let objects = rustc.compile_all(arch, &sources.collect::<Vec<_>>(), work)?;
    for (i, (part, object)) in files.iter().zip(&objects).enumerate() {
        let functions = elf::functions(object)?;
        let mut take = |name: &str, spec: &spec::Spec| -> Result {
            let f = functions.get(name).ok_or_else(|| format!("{name}: not in the object file"))?;
            let piece = arch.finish(f, spec).map_err(|e| format!("{name}: {e}"))?;
            pieces.insert(name.to_owned(), piece);
            if let Some(narrow) = arch.narrow(f, spec).map_err(|e| format!("{name}: {e}"))? {
                pieces.insert(spec::narrow(name), narrow);
            }
            Ok(())
        };
        for spec in part {
            spec.names().iter().try_for_each(|name| take(name, spec))?;
        }
        if i == 0 {
            spec::FIXED.iter().try_for_each(|name| take(name, &spec::Spec::fixed()))?;
        }
    }
    let text = table::write(&specs, &pieces, &version_line, arch)?;
    if text == before {
        println!("stencils: {} is up to date", out.display());
    } else if check {
        return Err(format!("{} is not what the generator makes; run `cargo xtask stencils`", out.display()));
    } else {
        std::fs::write(&out, text).map_err(|e| format!("{}: {e}", out.display()))?;
        println!("stencils: wrote {}", out.display());
    }
    Ok(())
}

/// The compiler of the stencils.
struct Rustc {
    command: Vec<String>,
    /// Its version in one line.
    version: String,
}

impl Rustc {
    fn find() -> Result<Rustc> {
        let command = match std::env::var("RUSTC") {
            Ok(path) if !path.is_empty() => vec![path],
            _ => vec!["rustup".to_owned(), "run".to_owned(), "nightly".to_owned(), "rustc".to_owned()],
        };
        let mut rustc = Rustc { command, version: String::new() };
        let verbose = rustc.run(&["--version".to_owned(), "--verbose".to_owned()])?;
        let field = |name: &str| {
            let line = verbose.lines().find_map(|l| l.strip_prefix(name));
            line.map(|l| l.trim().to_owned()).unwrap_or_default()
        };
        rustc.version = format!(
            "rustc {} ({}), LLVM {}",
            field("release:"),
            field("commit-date:"),
            field("LLVM version:")
        );
        Ok(rustc)
    }

    fn run(&self, args: &[String]) -> Result<String> {
        let (program, first) = self.command.split_first().ok_or("no compiler")?;
        let out = Command::new(program)
            .args(first)
            .args(args)
            .env("RUSTC_BOOTSTRAP", "1")
            .output()
            .map_err(|e| format!("{program}: {e}"))?;
        if !out.status.success() {
            return Err(format!("{program}: {}\n{}", out.status, String::from_utf8_lossy(&out.stderr)));
        }
        Ok(String::from_utf8_lossy(&out.stdout).into_owned())
    }

    /// The object files of sources, in their order; as many at a time as there are processors.
    fn compile_all(&self, arch: &dyn Arch, sources: &[String], work: &Path) -> Result<Vec<Vec<u8>>> {
        let next = AtomicUsize::new(0);
        let one = || {
            let mut made = Vec::new();
            while let Some((i, source)) = sources.iter().enumerate().nth(next.fetch_add(1, Relaxed)) {
                made.push((i, self.compile(arch, source, work)?));
            }
            Ok(made)
        };
        let threads = std::thread::available_parallelism().map_or(1, usize::from);
        let mut all = std::thread::scope(|scope| -> Result<Vec<_>> {
            let workers: Vec<_> = (0..threads).map(|_| scope.spawn(one)).collect();
            let done =
                workers.into_iter().map(|w| w.join().unwrap_or_else(|_| Err("a worker panicked".into())));
            Ok(done.collect::<Result<Vec<_>>>()?.concat())
        })?;
        all.sort_by_key(|(i, _)| *i);
        Ok(all.into_iter().map(|(_, object)| object).collect())
    }

    /// The object file of a source, compiled unless it was before.
    fn compile(&self, arch: &dyn Arch, source: &str, work: &Path) -> Result<Vec<u8>> {
        let mut args: Vec<String> = [
            "--edition=2024",
            "--crate-name=stencils",
            "--crate-type=lib",
            "--emit=obj",
            "-O",
            "-Cpanic=abort",
            "-Crelocation-model=static",
            "-Ccode-model=small",
            "-Ccodegen-units=1",
            "-Zmerge-functions=disabled",
            "-Zfunction-sections=yes",
        ]
        .map(str::to_owned)
        .to_vec();
        args.extend(arch.rustc_args().iter().map(|a| (*a).to_owned()));
        args.push(format!("--target={}", arch.target()));
        let key = table::fnv(format!("{}\n{args:?}\n{source}", self.version).bytes());
        let object = work.join(format!("{key:016x}.o"));
        if !object.exists() {
            let file = object.with_extension("rs");
            let partial = object.with_extension("partial");
            std::fs::write(&file, source).map_err(|e| format!("{}: {e}", file.display()))?;
            args.push("-o".to_owned());
            args.push(partial.display().to_string());
            args.push(file.display().to_string());
            self.run(&args)?;
            std::fs::rename(&partial, &object).map_err(|e| format!("{}: {e}", object.display()))?;
        }
        std::fs::read(&object).map_err(|e| format!("{}: {e}", object.display()))
    }
}
