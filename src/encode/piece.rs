//! Texts as word pieces, by the crate's own tokenizer where it fits, else by the `tokenizers` crate.

use super::bert::Sequence;
use super::wordpiece::{Piece, WordPiece};

/// A model's tokenizer.
#[derive(Debug)]
pub enum Pieces {
    /// Uncased BERT's.
    Own(WordPiece),
}

impl Pieces {
    /// Calls `emit` with each piece of `text`, in order, without special ones.
    pub fn for_each(&self, text: &str, emit: impl FnMut(Piece)) {
        match self {
            Self::Own(pieces) => pieces.for_each(text, emit),
        }
    }

    /// The pieces of `text`.
    pub fn list(&self, text: &str) -> Vec<Piece> {
        let mut pieces = Vec::new();
        self.for_each(text, |piece| pieces.push(piece));
        pieces
    }

    /// The ids of the pieces of `text`.
    pub fn ids(&self, text: &str) -> Vec<u32> {
        let mut ids = Vec::new();
        self.for_each(text, |piece| ids.push(piece.id));
        ids
    }

    /// The id of what the vocabulary lacks.
    pub fn unknown(&self) -> Option<u32> {
        match self {
            Self::Own(pieces) => Some(pieces.unknown()),
        }
    }
}

/// The special pieces around a text or a pair of them.
#[derive(Debug)]
pub struct Frame {
    start: u32,
    /// Between two texts.
    middle: Vec<u32>,
    end: u32,
}

impl Frame {
    /// As `start text end` and `start text middle text end`.
    pub fn new(start: u32, middle: Vec<u32>, end: u32) -> Self {
        Self { start, middle, end }
    }

    /// Special pieces of one text.
    pub fn len(&self) -> usize {
        2
    }

    /// Special pieces before the text.
    pub fn n_before(&self) -> usize {
        1
    }

    /// A text of at most `max_length` pieces, those of the frame included.
    pub fn around(&self, mut ids: Vec<u32>, max_length: usize) -> Sequence {
        ids.truncate(max_length.saturating_sub(self.len()));
        ids.insert(0, self.start);
        ids.push(self.end);
        Sequence { second: ids.len(), ids }
    }
}
