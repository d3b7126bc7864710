//! Floor 3. Which paragraphs of an article are headline, body or boilerplate.
//!
//! Nothing is removed: every paragraph keeps its span in the article as given.

mod paragraphs;

use serde::{Deserialize, Serialize};

use crate::article::Article;
use crate::span::Span;

pub(crate) use paragraphs::paragraphs;

/// What a paragraph is to the reader.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Kind {
    /// The title line.
    Headline,
    /// What the article says.
    Body,
    /// Comment forms, repeated captions, section labels and the like.
    Boilerplate,
}

/// One paragraph of the raw text.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Paragraph {
    /// Where it stands, without surrounding white space.
    pub span: Span,
    /// What it is.
    pub kind: Kind,
}

/// An article's paragraphs in order, without overlap.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct CleanText {
    /// The paragraphs; text between them is white space.
    pub paragraphs: Vec<Paragraph>,
}

/// The paragraphs of each article of a story; the story shows what repeats across articles.
pub fn clean(articles: &[Article]) -> Vec<CleanText> {
    articles.iter().map(clean_article).collect()
}

fn clean_article(article: &Article) -> CleanText {
    let mut found = Vec::new();
    for span in paragraphs(&article.text) {
        let text = span.of(&article.text);
        let ends_like_a_sentence = text.ends_with(['.', '!', '?', '"', '”']);
        let kind = if found.is_empty() && !ends_like_a_sentence { Kind::Headline } else { Kind::Body };
        found.push(Paragraph { span, kind });
    }
    CleanText { paragraphs: found }
}
