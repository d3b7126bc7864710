//! Floor 5. Words, and the numbers that stand for them.

use rustc_hash::FxHashMap;
use unicode_segmentation::UnicodeSegmentation;

use crate::span::{Span, TermId};

/// One occurrence of a word.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Token {
    /// Where it stands in the text that was tokenized.
    pub span: Span,
}

/// The words of `text`, in order.
pub fn tokenize(text: &str) -> Vec<Token> {
    text.unicode_word_indices().map(|(start, word)| Token { span: Span::new(start, start + word.len()) }).collect()
}

/// Terms numbered in order of first occurrence.
#[derive(Debug, Clone, Default)]
pub struct Vocabulary {
    ids: FxHashMap<String, TermId>,
    terms: Vec<String>,
}

impl Vocabulary {
    /// The id of `term`, a new one if it was not known.
    pub fn intern(&mut self, term: &str) -> TermId {
        if let Some(id) = self.ids.get(term) {
            return *id;
        }
        let id = TermId::from(self.terms.len());
        self.terms.push(term.to_owned());
        self.ids.insert(term.to_owned(), id);
        id
    }

    /// The term behind an id.
    pub fn term(&self, id: TermId) -> &str {
        &self.terms[id.index()]
    }

    /// Number of terms.
    pub fn len(&self) -> usize {
        self.terms.len()
    }

    /// Whether there is no term.
    pub fn is_empty(&self) -> bool {
        self.terms.is_empty()
    }
}
