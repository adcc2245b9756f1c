//! Source bytes to text: byte order mark, coding cookie, UTF-8.

use crate::errors::CompileError;
use std::borrow::Cow;

/// Decodes a source.
pub fn decode(source: &[u8]) -> Result<Cow<'_, str>, CompileError> {
    let body = source.strip_prefix(b"\xef\xbb\xbf").unwrap_or(source);
    if let Some(at) = body.iter().position(|&b| b == 0) {
        let _ = at;
        return Err(CompileError::Decoding("source code string cannot contain null bytes".into()));
    }
    match cookie(body).as_deref() {
        None | Some("utf-8" | "utf8" | "utf-8-sig") => {}
        Some("latin-1" | "iso-8859-1" | "iso8859-1" | "latin1" | "ascii" | "us-ascii") => {
            return Ok(Cow::Owned(body.iter().map(|&b| b as char).collect()));
        }
        Some(other) => return Err(CompileError::Decoding(format!("encoding problem: {other}"))),
    }
    match std::str::from_utf8(body) {
        Ok(text) => Ok(Cow::Borrowed(text)),
        Err(e) => {
            let at = e.valid_up_to();
            let line = body[..at].iter().filter(|&&b| b == b'\n').count() + 1;
            Err(CompileError::Decoding(format!(
                "(unicode error) 'utf-8' codec can't decode byte {:#04x} in position {at}: invalid start byte (line {line})",
                body[at]
            )))
        }
    }
}

/// The encoding that one of the first two lines declares, in lower case with `_` as `-`.
fn cookie(source: &[u8]) -> Option<String> {
    for line in source.split(|&b| b == b'\n').take(2) {
        let line = line.get(..line.len().min(200)).unwrap_or(line);
        let text = line.trim_ascii_start();
        if text.is_empty() {
            continue;
        }
        if !text.starts_with(b"#") {
            return None;
        }
        let text = String::from_utf8_lossy(text);
        let Some(at) =
            text.find("coding").filter(|at| matches!(text.as_bytes().get(at + 6), Some(b':' | b'=')))
        else {
            continue;
        };
        let rest = text[at + 7..].trim_start_matches([' ', '\t']);
        let name: String = rest
            .chars()
            .take_while(|c| c.is_ascii_alphanumeric() || matches!(c, '-' | '_' | '.'))
            .map(|c| if c == '_' { '-' } else { c.to_ascii_lowercase() })
            .collect();
        return (!name.is_empty()).then_some(name);
    }
    None
}
