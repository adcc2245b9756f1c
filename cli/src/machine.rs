//! Machine code as text, for listings: one line an instruction, with the addresses that jumps within the code mean.
//!
//! Without the feature `asm`, and on an architecture without a disassembler here, bytes are shown instead.

use std::fmt::Write as _;

/// Lists `bytes`, whose first lies at `address`, in lines indented by `indent`. Addresses are shown relative to
/// `address`, so that listings can be compared.
#[cfg(all(feature = "asm", target_arch = "x86_64"))]
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

/// Lists `bytes` as above.
#[cfg(all(feature = "asm", target_arch = "aarch64"))]
pub fn listing(bytes: &[u8], _address: u64, indent: &str) -> String {
    use yaxpeax_arch::{Decoder as _, U8Reader};
    use yaxpeax_arm::armv8::a64::{InstDecoder, Operand};
    let decoder = InstDecoder::default();
    let mut out = String::new();
    for (n, word) in bytes.chunks(4).enumerate() {
        let at = 4 * n;
        let _ = write!(out, "{indent}{at:5x}  ");
        let Ok(i) = decoder.decode(&mut U8Reader::new(word)) else {
            // A constant.
            let _ = writeln!(out, "{word:02x?}");
            continue;
        };
        let distance = i.operands.iter().find_map(|o| match o {
            Operand::PCOffset(d) => Some(*d),
            _ => None,
        });
        let text = i.to_string();
        match (distance, text.split_once('$')) {
            (Some(distance), Some((before, _))) => {
                let to = at as i64 + distance;
                let what = if to < 0 || to as usize >= bytes.len() { "exit " } else { "" };
                let _ = writeln!(out, "{before}{what}{to:x}");
            }
            _ => {
                let _ = writeln!(out, "{text}");
            }
        }
    }
    out
}

/// Lists `bytes` in rows of 16.
#[cfg(not(all(feature = "asm", any(target_arch = "x86_64", target_arch = "aarch64"))))]
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
#[cfg(feature = "asm")]
mod tests {
    #[test]
    #[cfg(target_arch = "x86_64")]
    fn jumps_are_relative_to_the_code() {
        // add r14, r15; jo exit; jmp back
        let bytes = [0x4d, 0x01, 0xfe, 0x0f, 0x80, 0x00, 0x10, 0x00, 0x00, 0xeb, 0xf5];
        let text = super::listing(&bytes, 0x7000, "");
        assert_eq!(text, "    0  add r14, r15\n    3  jo exit 1009\n    9  jmp 0\n");
    }

    #[test]
    #[cfg(target_arch = "aarch64")]
    fn jumps_are_relative_to_the_code() {
        // adds x22, x22, x23; b.vs exit; tbnz w22, #0, exit; b back; a constant
        let words: [u32; 5] = [0xab17_02d6, 0x5400_0fe6, 0x3700_1016, 0x17ff_fffd, 0x0000_0001];
        let bytes: Vec<u8> = words.iter().flat_map(|w| w.to_le_bytes()).collect();
        let text = super::listing(&bytes, 0x7000, "");
        let wanted = "    0  adds x22, x22, x23\n    4  b.vs exit 200\n    8  tbnz w22, #0x0, exit 208\n    \
                      c  b 0\n   10  [01, 00, 00, 00]\n";
        assert_eq!(text, wanted);
    }
}
