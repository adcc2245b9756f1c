//! Machine code as text, for listings: one line an instruction, with the addresses that jumps within the code mean.
//!
//! Without the feature `asm` bytes are shown instead.

use std::fmt::Write as _;

/// Lists `bytes`, whose first lies at `address`, in lines indented by `indent`. Addresses are shown relative to
/// `address`, so that listings can be compared.
#[cfg(feature = "asm")]
pub fn listing(bytes: &[u8], address: u64, indent: &str) -> String {
    use iced_x86::{Decoder, DecoderOptions, Formatter as _, IntelFormatter, OpKind};
    let mut formatter = IntelFormatter::new();
    let options = formatter.options_mut();
    options.set_space_after_operand_separator(true);
    options.set_branch_leading_zeros(false);
    options.set_hex_prefix("0x");
    options.set_hex_suffix("");
    options.set_rip_relative_addresses(true);
    let mut out = String::new();
    let mut text = String::new();
    for i in Decoder::with_ip(64, bytes, address, DecoderOptions::NONE) {
        text.clear();
        let at = i.ip().wrapping_sub(address);
        let _ = write!(out, "{indent}{at:5x}  ");
        if i.op0_kind() == OpKind::NearBranch64 {
            let to = i.near_branch_target().wrapping_sub(address) as i64;
            let mnemonic = format!("{:?}", i.mnemonic()).to_lowercase();
            let what = if to < 0 || to as usize >= bytes.len() { "exit " } else { "" };
            let _ = writeln!(out, "{mnemonic} {what}{to:x}");
        } else {
            formatter.format(&i, &mut text);
            let _ = writeln!(out, "{text}");
        }
    }
    out
}

/// Lists `bytes` in rows of 16.
#[cfg(not(feature = "asm"))]
pub fn listing(bytes: &[u8], _address: u64, indent: &str) -> String {
    let mut out = String::new();
    for (n, row) in bytes.chunks(16).enumerate() {
        let _ = write!(out, "{indent}{:5x} ", 16 * n);
        for b in row {
            let _ = write!(out, " {b:02x}");
        }
        out.push('\n');
    }
    out
}

#[cfg(test)]
mod tests {
    #[test]
    #[cfg(feature = "asm")]
    fn jumps_are_relative_to_the_code() {
        // add r14, r15; jo exit; jmp back
        let bytes = [0x4d, 0x01, 0xfe, 0x0f, 0x80, 0x00, 0x10, 0x00, 0x00, 0xeb, 0xf5];
        let text = super::listing(&bytes, 0x7000, "");
        assert_eq!(text, "    0  add r14, r15\n    3  jo exit 1009\n    9  jmp 0\n");
    }
}
