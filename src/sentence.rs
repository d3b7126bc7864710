//! Floor 4. The unit compared.

use serde::{Deserialize, Serialize};

use crate::article::Article;
use crate::clean::{CleanText, Kind};
use crate::error::Result;
use crate::span::{ArticleId, Span};

/// One sentence of an article.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub struct Sentence {
    /// The article it stands in.
    pub article: ArticleId,
    /// Its number within the article, from 0.
    pub index: u32,
    /// Where it stands in the article's text.
    pub span: Span,
    /// What its paragraph is.
    pub kind: Kind,
}

/// The sentences of `text`: in order, without overlap, without surrounding white space.
pub fn split_sentences(text: &str, language: &str) -> Result<Vec<Span>> {
    let _ = language;
    let mut spans = Vec::new();
    let mut start = 0;
    let mut chars = text.char_indices().peekable();
    while let Some((at, c)) = chars.next() {
        let stop = matches!(c, '.' | '!' | '?') && chars.peek().is_none_or(|(_, next)| next.is_whitespace());
        if stop || c == '\n' {
            let end = at + c.len_utf8();
            spans.push(Span::new(start, end).trimmed(text));
            start = end;
        }
    }
    spans.push(Span::new(start, text.len()).trimmed(text));
    spans.retain(|span| !span.is_empty());
    Ok(spans)
}

/// The sentences of an article, paragraph by paragraph.
pub fn segment(article: ArticleId, text: &Article, clean: &CleanText, language: &str) -> Result<Vec<Sentence>> {
    let mut sentences = Vec::new();
    for paragraph in &clean.paragraphs {
        for span in split_sentences(paragraph.span.of(&text.text), language)? {
            sentences.push(Sentence {
                article,
                index: sentences.len() as u32,
                span: span.shifted(paragraph.span.start),
                kind: paragraph.kind,
            });
        }
    }
    Ok(sentences)
}
