//! See ARCHITECTURE.md.
mod freeze;
fn main() {
    if let Err(e) = freeze::freeze(std::env::args().any(|a| a == "--check")) {
        eprintln!("{e}");
        std::process::exit(1);
    }
}
