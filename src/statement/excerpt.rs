//! What is shown for a statement: a part of a sentence, perhaps without some phrases of it.

use std::borrow::Cow;

use serde::{Deserialize, Serialize};

use crate::clause::Word;
use crate::span::{SentenceId, Span};
use crate::story::Story;

/// Stands for what is left out.
const OMITTED: &str = "…";

/// A part of a sentence, perhaps without some phrases of it.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub struct Excerpt {
    /// The sentence it stands in.
    pub sentence: SentenceId,
    /// From its first to its last word, in bytes of the article.
    pub span: Span,
    /// What is left out between them, in order and apart from each other.
    pub omitted: Vec<Span>,
}

impl Excerpt {
    /// A part of which nothing is left out.
    pub fn whole(sentence: SentenceId, span: Span) -> Self {
        Self { sentence, span, omitted: Vec::new() }
    }

    /// What is not left out, in order.
    pub fn kept(&self) -> impl Iterator<Item = Span> + Clone + '_ {
        let starts = [self.span.start].into_iter().chain(self.omitted.iter().map(|omitted| omitted.end));
        let ends = self.omitted.iter().map(|omitted| omitted.start).chain([self.span.end]);
        starts.zip(ends).map(|(start, end)| Span::new(start, end)).filter(|kept| !kept.is_empty())
    }

    /// What is not left out, as stretches of the article.
    pub fn stretches(&self) -> impl Iterator<Item = (SentenceId, Span)> + '_ {
        self.kept().map(|kept| (self.sentence, kept))
    }

    /// The words that are not left out.
    pub fn words<'a>(&'a self, story: &'a Story) -> impl Iterator<Item = &'a Word> + Clone {
        self.kept().flat_map(|kept| story.words_in(self.sentence, kept))
    }

    /// Whether a word is among what is kept.
    pub fn has(&self, word: Span) -> bool {
        self.span.contains(word) && !self.omitted.iter().any(|omitted| omitted.overlaps(word))
    }

    /// What a reader sees, given the text of the article.
    pub fn text<'a>(&self, article: &'a str) -> Cow<'a, str> {
        if self.omitted.is_empty() {
            return Cow::Borrowed(self.span.of(article));
        }
        let mut text = String::new();
        for kept in self.kept().map(|kept| kept.of(article).trim()) {
            if !text.is_empty() {
                let marked = kept.starts_with(['.', ',', '!']);
                text.extend([" ", OMITTED, if marked { "" } else { " " }]);
            }
            text.push_str(kept);
        }
        Cow::Owned(text)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_left_out_is_marked() {
        let text = "It said: The ferry, built in 1967, sank on Monday, police said.";
        let place = |words: &str| {
            let start = text.find(words).unwrap();
            Span::new(start, start + words.len())
        };
        let span = Span::new(9, text.len());
        let shown = |omitted: &[&str]| {
            let omitted = omitted.iter().map(|words| place(words)).collect();
            Excerpt { sentence: 0.into(), span, omitted }.text(text).into_owned()
        };
        assert_eq!(shown(&[]), &text[9..]);
        assert_eq!(shown(&[", built in 1967,"]), "The ferry … sank on Monday, police said.");
        assert_eq!(shown(&[", built in 1967,", " on Monday"]), "The ferry … sank …, police said.");
    }
}
