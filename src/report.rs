//! Floor 12. What the articles share, what only one says, who covers what.

use serde::{Deserialize, Serialize};

use crate::sentence::Sentence;
use crate::span::{ArticleId, Span};
use crate::statement::Statement;

/// A span that one article alone asserts.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Unique {
    /// The article.
    pub article: ArticleId,
    /// The part of its text.
    pub span: Span,
    /// How much it tells; unbounded, higher is more.
    pub score: f32,
    /// Why it is worth reading.
    pub reasons: Vec<String>,
}

/// A distinctive term and its weight.
pub type WeightedTerm = (String, f32);

/// Everything a view needs. Spans count bytes of the articles' texts.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Report {
    /// Widest shared first.
    pub statements: Vec<Statement>,
    /// Best first.
    pub unique: Vec<Unique>,
    /// `n_articles` x `n_articles`, row-major, symmetric, in [0, 1].
    pub similarity: Vec<f32>,
    /// `n_articles` x `n_articles`, row-major: the share of the row's content found in the column.
    pub containment: Vec<f32>,
    /// Per article, best first.
    pub terms: Vec<Vec<WeightedTerm>>,
}

/// The articles that assert a statement, in order.
pub fn articles_of(statement: &Statement, sentences: &[Sentence]) -> Vec<ArticleId> {
    let mut articles: Vec<_> =
        statement.mentions.iter().map(|mention| sentences[mention.sentence.index()].article).collect();
    articles.dedup();
    articles
}

/// Statements, widest shared first; ties in reading order.
pub fn rank(mut statements: Vec<Statement>, sentences: &[Sentence]) -> Vec<Statement> {
    statements.sort_by_key(|statement| {
        (
            std::cmp::Reverse(articles_of(statement, sentences).len()),
            statement.mentions[0].sentence,
            statement.mentions[0].span,
        )
    });
    statements
}
