//! Bytes in Rust, code points in Python.

use crate::span::Span;

/// Converts byte offsets of one text to code points.
pub struct CodePoints {
    /// Code points before each block of `BLOCK` bytes; empty when the text is ASCII.
    before: Vec<usize>,
}

const BLOCK: usize = 64;

impl CodePoints {
    /// One pass over the text; an ASCII text needs no table.
    pub fn new(text: &str) -> Self {
        if text.is_ascii() {
            return Self { before: Vec::new() };
        }
        let mut seen = 0;
        let before = text
            .as_bytes()
            .chunks(BLOCK)
            .map(|block| {
                let start = seen;
                seen += count(block);
                start
            })
            .collect();
        Self { before }
    }

    /// The code points before byte `offset` of `text`, which must be the text given to `new`.
    pub fn offset(&self, text: &str, offset: usize) -> usize {
        let block = offset / BLOCK;
        match self.before.get(block) {
            Some(before) => before + count(&text.as_bytes()[block * BLOCK..offset]),
            None if self.before.is_empty() => offset,
            None => self.before[block - 1] + count(&text.as_bytes()[(block - 1) * BLOCK..offset]),
        }
    }

    /// Both ends of a span.
    pub fn span(&self, text: &str, span: Span) -> (usize, usize) {
        (self.offset(text, span.start), self.offset(text, span.end))
    }
}

fn count(bytes: &[u8]) -> usize {
    bytes.iter().filter(|&&byte| byte & 0xC0 != 0x80).count()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_boundary_counts_the_characters_before_it() {
        for text in ["", "plain", "é", &"añ😀e\u{301}\r\n".repeat(50), &"ж".repeat(32)] {
            let points = CodePoints::new(text);
            let boundaries = text.char_indices().map(|(at, _)| at).chain([text.len()]);
            for (expected, at) in boundaries.enumerate() {
                assert_eq!(points.offset(text, at), expected, "byte {at} of {text:?}");
            }
        }
    }
}
