//! The words of a stretch of text, for what looks for phrases in it without a parser.

use super::lower;
use super::verb::is_verb;
use crate::span::Span;

/// The words of a stretch.
pub(super) struct Words<'a> {
    pub said: &'a str,
    /// Lower-cased.
    pub forms: Vec<String>,
    /// In bytes of the stretch.
    pub spans: Vec<Span>,
}

impl<'a> Words<'a> {
    pub fn of(said: &'a str) -> Self {
        let spans: Vec<Span> = crate::token::words(said).iter().map(|word| word.span).collect();
        Self { said, forms: spans.iter().map(|span| lower(span.of(said))).collect(), spans }
    }

    /// Whether the word at a place is one of some; none is behind the last.
    pub fn is(&self, at: usize, list: &[&str]) -> bool {
        self.forms.get(at).is_some_and(|form| list.contains(&&**form))
    }

    /// Whether a word begins with a capital.
    pub fn is_capital(&self, at: usize) -> bool {
        self.spans[at].of(self.said).starts_with(char::is_uppercase)
    }

    pub fn is_verb(&self, at: usize) -> bool {
        let previous = at.checked_sub(1).map(|before| &*self.forms[before]);
        let name = at > 0 && self.is_capital(at);
        !name && is_verb(&self.forms[at], previous)
    }

    /// Whether a comma or a dash stands before a word.
    pub fn is_apart(&self, at: usize) -> bool {
        at > 0 && self.gap(at).contains([',', '—', '–'])
    }

    /// What stands between a word and the one before it.
    pub fn gap(&self, at: usize) -> &str {
        &self.said[self.spans[at - 1].end..self.spans[at].start]
    }
}
