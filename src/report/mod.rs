//! Floor 12. What is shared, what is unique, how alike the articles are, what sets each apart, who copies and who quotes whom.

mod copies;
mod disputes;
mod echo;
mod figures;
mod givers;
mod known;
mod likeness;
mod marks;
mod named;
mod parts;
mod quoted;
mod quotes;
mod repeats;
mod speaker;
mod stretch;
mod surname;
mod telling;
mod terms;
mod together;
mod undecided;
mod unique;
mod worth;

use std::cmp::Reverse;

use serde::{Deserialize, Serialize};

pub use copies::{Copy, copies};
pub use disputes::{Dispute, disputes};
pub use likeness::{Likeness, likeness};
pub use quotes::{Quote, quotes};
pub use terms::{WeightedTerm, terms};
pub use together::Unique;
pub use unique::{Material, unique};

use crate::article::Article;
use crate::clause::is_scrap;
use crate::clean::is_appeal;
use crate::language::Language;
use crate::sentence::Sentence;
use crate::span::ArticleId;
use crate::statement::Statement;

/// What a comparison finds at one threshold. Spans count bytes of the articles' texts.
#[derive(Debug, Clone, PartialEq, Default, Serialize, Deserialize)]
pub struct Report {
    /// Widest shared first.
    pub statements: Vec<Statement>,
    /// Best first.
    pub unique: Vec<Unique>,
}

/// The articles that assert a statement, in order.
pub fn articles_of(statement: &Statement, sentences: &[Sentence]) -> Vec<ArticleId> {
    let mut articles: Vec<_> =
        statement.mentions.iter().map(|mention| sentences[mention.sentence.index()].article).collect();
    articles.dedup();
    articles
}

/// So finely is it told how sure statements are when they are put in order.
const CLASSES: f32 = 50.0;

/// Statements, widest shared first, of these the surest; ties in reading order. What readers are asked to do and what says
/// nothing by itself come last of what is shared.
pub fn rank(
    mut statements: Vec<Statement>,
    articles: &[Article],
    sentences: &[Sentence],
    language: Language,
) -> Vec<Statement> {
    statements.sort_by_cached_key(|statement| {
        let first = statement.mentions[0];
        let surest = (CLASSES * statement.probability) as usize;
        let n_articles = articles_of(statement, sentences).len();
        let (shown, span) = statement.shown;
        let text = &articles[sentences[shown.index()].article.index()].text;
        let said = span.of(text);
        let last = n_articles > 1 && language.has_rules() && (is_appeal(said) || is_scrap(said));
        (n_articles < 2, last, Reverse(n_articles), Reverse(surest), first.sentence, first.span)
    });
    statements
}

/// For tests: articles that are one body sentence each, "a", "b" and so on.
#[cfg(test)]
fn of_one_sentence(texts: &[&str]) -> (Vec<Article>, Vec<Sentence>) {
    use crate::clean::Kind;
    use crate::span::Span;
    let articles: Vec<Article> = texts.iter().zip('a'..).map(|(&text, id)| Article::new(id, text)).collect();
    let whole =
        |at: usize| Sentence { article: at.into(), index: 0, span: Span::new(0, texts[at].len()), kind: Kind::Body };
    (articles, (0..texts.len()).map(whole).collect())
}
