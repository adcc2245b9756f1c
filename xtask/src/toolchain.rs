//! Toolchains beside the workspace's own: a Rust that can build its library for any target, and what Debian packages.
//!
//! What is missing is installed where that is possible (root, with apt); otherwise the caller is told and skips what
//! needs it. Nothing is installed twice and nothing is ever removed.

use std::path::{Path, PathBuf};
use std::process::Command;
use xtask::{Result, root};

/// Debian's Rust for building web browsers: newer than its usual one, and its library's source is a package.
const DEBIAN_RUST: &[&str] = &["rustc-web", "cargo-web", "rust-web-src"];
/// The oldest Rust that builds the workspace.
const OLDEST: (u32, u32) = (1, 95);

/// A cargo that builds `core`, `alloc` or `std` from source (`-Z build-std`).
#[derive(Debug)]
pub struct BuildStd {
    cargo: PathBuf,
    rustc: PathBuf,
}

impl BuildStd {
    /// Finds one, or installs Debian's. `Err` says why there is none.
    pub fn find() -> Result<BuildStd> {
        if let Some(found) = Self::installed() {
            return Ok(found);
        }
        install(DEBIAN_RUST)?;
        Self::installed().ok_or_else(|| {
            format!("{} gave no Rust of at least {}.{}", DEBIAN_RUST.join(", "), OLDEST.0, OLDEST.1)
        })
    }

    /// The workspace's own toolchain if `rust-src` is a part of it, else the system's.
    fn installed() -> Option<BuildStd> {
        let own = BuildStd { cargo: "cargo".into(), rustc: "rustc".into() };
        let system = BuildStd { cargo: "/usr/bin/cargo".into(), rustc: "/usr/bin/rustc".into() };
        [own, system].into_iter().find(|t| t.has_source() && t.version().is_some_and(|v| v >= OLDEST))
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

    /// `cargo COMMAND -Z build-std=LIBS --target TARGET ARGS` in `dir`, into the target directory `bare` of its own, so
    /// that the usual one stays as it is. Shows what it runs.
    pub fn cargo(&self, dir: &Path, command: &str, libs: &str, target: &str, args: &[&str]) -> Result {
        let target_dir = xtask::target_dir().join("bare");
        eprintln!("+ cargo {command} -Z build-std={libs} --target {target} {}", args.join(" "));
        let status = Command::new(&self.cargo)
            .arg(command)
            .args(["-Z", &format!("build-std={libs}"), "--target", target])
            .arg("--target-dir")
            .arg(&target_dir)
            .args(args)
            // `-Z` is for nightly; a stable compiler takes it when told so.
            .env("RUSTC_BOOTSTRAP", "1")
            .env("RUSTC", &self.rustc)
            .env_remove("RUSTUP_TOOLCHAIN")
            .current_dir(dir)
            .status();
        match status {
            Ok(s) if s.success() => Ok(()),
            Ok(s) => Err(format!("cargo {command} for {target}: {s}")),
            Err(e) => Err(format!("{}: {e}", self.cargo.display())),
        }
    }
}

/// Where [`BuildStd::cargo`] puts what it builds for `target` with `profile`.
pub fn built(target: &str, profile: &str) -> PathBuf {
    root().join(xtask::target_dir()).join("bare").join(target).join(profile)
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
