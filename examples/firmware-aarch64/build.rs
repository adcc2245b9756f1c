//! Tells the linker where `memory.ld` is.

fn main() {
    let here = std::env::var("CARGO_MANIFEST_DIR").unwrap_or_default();
    println!("cargo:rustc-link-search={here}");
    println!("cargo:rerun-if-changed=memory.ld");
    println!("cargo:rerun-if-changed=program");
}
