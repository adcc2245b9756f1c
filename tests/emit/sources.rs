//! The hash of what decides about a table of stencils, as the generator computes it (`stencils/src/table.rs`).

use taipan_core::uop::Uop;

/// What to do if it differs.
pub const ADVICE: &str = "the uops changed since the stencils were made: run `cargo xtask stencils`";

/// Bodies and rows.
pub fn hash() -> u64 {
    let text = include_str!("../../core/src/uop/body.rs");
    let rows = Uop::ALL.iter().map(|u| {
        format!("{} {:?} {:?} {:?} {:?} {}\n", u.name(), u.ins(), u.out(), u.imm(), u.effect(), u.body_name())
    });
    let rows: String = rows.collect();
    let bytes = text.bytes().filter(|b| *b != b'\r').chain(rows.bytes());
    bytes.fold(0xcbf2_9ce4_8422_2325u64, |h, b| (h ^ u64::from(b)).wrapping_mul(0x100_0000_01b3))
}
