//! From byte offsets to lines and columns.

use ruff_text_size::{TextRange, TextSize};
use taipan_core::bytecode::Pos;

/// The line starts of a source.
pub struct Lines<'a> {
    source: &'a str,
    starts: Vec<u32>,
}

impl<'a> Lines<'a> {
    /// Indexes a source.
    pub fn new(source: &'a str) -> Self {
        let bytes = source.as_bytes();
        let mut starts = vec![0];
        for (i, &b) in bytes.iter().enumerate() {
            if b == b'\n' || (b == b'\r' && bytes.get(i + 1) != Some(&b'\n')) {
                starts.push(i as u32 + 1);
            }
        }
        Lines { source, starts }
    }

    /// Line (from 1) and column (bytes, from 0) of an offset.
    pub fn locate(&self, at: TextSize) -> (u32, u32) {
        let at = at.to_u32();
        let line = self.starts.partition_point(|&s| s <= at).max(1);
        (line as u32, at - self.starts[line - 1])
    }

    /// The line of an offset.
    pub fn line(&self, at: TextSize) -> u32 {
        self.locate(at).0
    }

    /// The text of line `line` (from 1), without its end.
    pub fn text(&self, line: u32) -> &'a str {
        let Some(&start) = self.starts.get((line as usize).wrapping_sub(1)) else { return "" };
        let end = self.starts.get(line as usize).copied().unwrap_or(self.source.len() as u32);
        self.source[start as usize..end as usize].trim_end_matches(['\n', '\r'])
    }

    /// The offset of a line's end.
    pub fn end_of(&self, line: u32) -> TextSize {
        let start =
            self.starts.get((line as usize).wrapping_sub(1)).copied().unwrap_or(self.source.len() as u32);
        TextSize::new(start + self.text(line).len() as u32)
    }

    /// The position record of a range.
    pub fn pos(&self, r: TextRange) -> Pos {
        let (line, col) = self.locate(r.start());
        let (end_line, end_col) = self.locate(r.end());
        let narrow = |c: u32| c.min(Pos::NO_COL as u32) as u16;
        Pos { line, end_line, col: narrow(col), end_col: narrow(end_col) }
    }
}
