//! Building for other targets: a Rust that has, or can build, its library for them, and what Debian packages.
//!
//! What is missing is installed where that is possible (rustup; root, with apt); otherwise the caller is told and skips
//! what needs it. Nothing is installed twice and nothing is ever removed.

use std::path::{Path, PathBuf};
use std::process::Command;
use xtask::{Result, root};

/// Debian's Rust for building web browsers: newer than its usual one, and its library's source is a package.
const DEBIAN_RUST: &[&str] = &["rustc-web", "cargo-web", "rust-web-src"];
/// The oldest Rust that builds the workspace.
const OLDEST: (u32, u32) = (1, 95);

/// A cargo that builds for another target: the workspace's own, if the target's library is or can be installed, else one
/// that builds `core`, `alloc` or `std` from source (`-Z build-std`).
#[derive(Debug)]
pub struct Cross {
    target: &'static str,
    cargo: PathBuf,
    rustc: PathBuf,
    from_source: bool,
}

impl Cross {
    /// Finds one, or installs what it takes. `Err` says why there is none.
    pub fn find(target: &'static str) -> Result<Cross> {
        if has_library(target, None) || add_library(target, None) {
            return Ok(Cross { target, cargo: "cargo".into(), rustc: "rustc".into(), from_source: false });
        }
        if let Some(found) = Self::with_source(target) {
            return Ok(found);
        }
        install(DEBIAN_RUST)?;
        Self::with_source(target).ok_or_else(|| {
            format!("{} gave no Rust of at least {}.{}", DEBIAN_RUST.join(", "), OLDEST.0, OLDEST.1)
        })
    }

    /// As [`Cross::find`], but rather one that builds the library from source, which then comes out smaller.
    pub fn find_small(target: &'static str) -> Result<Cross> {
        let from_source = || Self::with_source(target);
        match from_source().or_else(|| install(DEBIAN_RUST).ok().and_then(|()| from_source())) {
            Some(found) => Ok(found),
            None => Self::find(target),
        }
    }

    /// Arguments of `cargo build` for small code: a library compiled for size, and panics that stop without a message.
    /// None where the library is not built from source.
    pub fn small_args(&self) -> &'static [&'static str] {
        if !self.from_source {
            return &[];
        }
        &[
            "-Z",
            "build-std-features=optimize_for_size",
            "-Z",
            "panic-immediate-abort",
            "--config",
            "profile.release.panic=\"immediate-abort\"",
        ]
    }

    /// The workspace's own toolchain if `rust-src` is a part of it, else the system's.
    fn with_source(target: &'static str) -> Option<Cross> {
        let rust = |cargo: &str, rustc: &str| Cross {
            target,
            cargo: cargo.into(),
            rustc: rustc.into(),
            from_source: true,
        };
        [rust("cargo", "rustc"), rust("/usr/bin/cargo", "/usr/bin/rustc")]
            .into_iter()
            .find(|t| t.has_source() && t.version().is_some_and(|v| v >= OLDEST))
    }

    fn has_source(&self) -> bool {
        let sysroot = output(Command::new(&self.rustc).args(["--print", "sysroot"]));
        sysroot.is_some_and(|s| Path::new(s.trim()).join("lib/rustlib/src/rust/library/core").exists())
    }

    fn version(&self) -> Option<(u32, u32)> {
        let text = output(Command::new(&self.rustc).arg("--version"))?;
        let mut parts = text.split_whitespace().nth(1)?.split('.').map(|p| p.parse().ok());
        Some((parts.next()??, parts.next()??))
    }

    /// `cargo COMMAND --target TARGET ARGS` in `dir`, into the target directory `bare` of its own, so that the usual one
    /// stays as it is. `libs` are what of the library the build needs. Shows what it runs.
    pub fn cargo(&self, dir: &Path, command: &str, libs: &str, args: &[&str]) -> Result {
        let mut cargo = Command::new(&self.cargo);
        cargo.args([command, "--target", self.target]).args(args);
        cargo.arg("--target-dir").arg(bare_dir()).current_dir(dir);
        if self.from_source {
            // `-Z` is for nightly; a stable compiler takes it when told so.
            cargo.args(["-Z", &format!("build-std={libs}")]).env("RUSTC_BOOTSTRAP", "1");
            cargo.env("RUSTC", &self.rustc).env_remove("RUSTUP_TOOLCHAIN");
        }
        eprintln!("+ cargo {command} --target {} {}", self.target, args.join(" "));
        match cargo.status() {
            Ok(s) if s.success() => Ok(()),
            Ok(s) => Err(format!("cargo {command} for {}: {s}", self.target)),
            Err(e) => Err(format!("{}: {e}", self.cargo.display())),
        }
    }
}

/// Whether a toolchain of rustup's (its own, if none is named) has the library of a target.
fn has_library(target: &str, toolchain: Option<&str>) -> bool {
    let mut rustc = match toolchain {
        Some(name) => {
            let mut run = Command::new("rustup");
            run.args(["run", name, "rustc"]);
            run
        }
        None => Command::new("rustc"),
    };
    let dir = output(rustc.args(["--print", "target-libdir", "--target", target]));
    dir.is_some_and(|d| Path::new(d.trim()).exists())
}

fn add_library(target: &str, toolchain: Option<&str>) -> bool {
    let mut rustup = Command::new("rustup");
    rustup.args(["target", "add", target]);
    rustup.args(toolchain.iter().flat_map(|name| ["--toolchain", name]));
    eprintln!("+ rustup target add {target}");
    output(&mut rustup).is_some() && has_library(target, toolchain)
}

/// A toolchain of rustup's with the library of `target`, which is installed if it is missing.
pub fn named_with(toolchain: &str, target: &str) -> bool {
    let there = output(Command::new("rustup").args(["run", toolchain, "rustc", "--version"])).is_some();
    there && (has_library(target, Some(toolchain)) || add_library(target, Some(toolchain)))
}

fn bare_dir() -> PathBuf {
    root().join(xtask::target_dir()).join("bare")
}

/// Where [`Cross::cargo`] puts what it builds for `target` with `profile`.
pub fn built(target: &str, profile: &str) -> PathBuf {
    bare_dir().join(target).join(profile)
}

/// A program of the system, installed from `packages` if it is missing.
pub fn program(name: &str, packages: &[&str]) -> Result {
    if on_path(name) {
        return Ok(());
    }
    install(packages)?;
    if on_path(name) { Ok(()) } else { Err(format!("{} did not bring {name}", packages.join(", "))) }
}

fn on_path(name: &str) -> bool {
    let paths = std::env::var_os("PATH").unwrap_or_default();
    std::env::split_paths(&paths).any(|dir| dir.join(name).is_file())
}

/// Installs Debian packages, if this is Debian and we are root.
pub fn install(packages: &[&str]) -> Result {
    let missing = format!("not installed: {}", packages.join(" "));
    let root = output(Command::new("id").arg("-u")).is_some_and(|u| u.trim() == "0");
    if !root || !on_path("apt-get") {
        return Err(format!("{missing} (needs root and apt, or install them by hand)"));
    }
    let apt = |args: &[&str]| {
        eprintln!("+ apt-get {}", args.join(" "));
        let run = Command::new("apt-get").args(args).env("DEBIAN_FRONTEND", "noninteractive").output();
        run.is_ok_and(|o| o.status.success())
    };
    apt(&["update"]);
    let args: Vec<&str> =
        ["install", "-y", "--no-install-recommends"].iter().chain(packages).copied().collect();
    if apt(&args) { Ok(()) } else { Err(format!("{missing} (apt-get install failed)")) }
}

/// What a command prints, if it can be run and succeeds.
pub fn output(command: &mut Command) -> Option<String> {
    let out = command.output().ok().filter(|o| o.status.success())?;
    Some(String::from_utf8_lossy(&out.stdout).into_owned())
}
