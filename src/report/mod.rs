//! Floor 12. What is shared, what is unique, how alike the articles are, what sets each apart, who copies and who quotes whom.

mod copied;
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
use crate::clause::{is_bare_speech, is_scrap};
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

/// What all articles of a statement say less probably than that comes behind what they surely say.
const MIN_SOUND: f32 = 0.4;
/// And what another line tells as probably as that. 62 pairs of lines of 24 stories lie from here to where one is told once; looked
/// through and not counted, most of them repeat most of the other line.
const MOST_TOLD: f32 = 0.45;

/// Statements, widest shared first, of these those of most wordings, then the surest; ties in reading order. What not all of its
/// articles may say in full, what another one tells and words without their speaker come behind that, and what readers are
/// asked to do and what says nothing by itself last of what is shared.
///
/// Of 203 lines of 16 local stories that strict readers judged, sound among the first three, five and eight of a story, and
/// articles of the first five (of 8 others, on which nothing was fitted, 0.50, 0.51 and 0.53, by articles alone 0.50, 0.53, 0.50):
///
/// | by | 3 | 5 | 8 | articles |
/// |---|---|---|---|---|
/// | articles, then how surely they say its main claim | 0.44 | 0.48 | 0.51 | 3.8 |
/// | the same, and what they say all of below 0.3 behind the rest | 0.60 | 0.61 | 0.63 | 3.3 |
/// | below 0.4, 63 of the lines (taken) | 0.62 | 0.70 | 0.67 | 3.0 |
/// | below 0.5 | 0.73 | 0.75 | 0.65 | 2.7 |
/// | articles but one, times that they say all | 0.60 | 0.63 | 0.62 | 3.4 |
pub fn rank(
    mut statements: Vec<Statement>,
    articles: &[Article],
    sentences: &[Sentence],
    language: Language,
) -> Vec<Statement> {
    statements.sort_by_cached_key(|statement| {
        let first = statement.mentions[0];
        let surest = (CLASSES * statement.sound) as usize;
        let n_articles = articles_of(statement, sentences).len();
        let (shown, span) = statement.shown;
        let text = &articles[sentences[shown.index()].article.index()].text;
        let said = span.of(text);
        let place = if n_articles < 2 {
            Place::Alone
        } else if language.has_rules() && (is_appeal(said) || is_scrap(said)) {
            Place::Last
        } else if statement.sound < MIN_SOUND
            || statement.told >= MOST_TOLD
            || language.has_rules() && is_bare_speech(said)
        {
            Place::Behind
        } else {
            Place::First
        };
        let width = (Reverse(n_articles), Reverse(statement.n_origins), Reverse(surest));
        (place, width, first.sentence, first.span)
    });
    statements
}

/// Where a statement comes.
#[derive(PartialEq, Eq, PartialOrd, Ord)]
enum Place {
    First,
    /// What perhaps not all say in full, is told already, or lacks its speaker.
    Behind,
    /// The last of what is shared.
    Last,
    /// What one article says.
    Alone,
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
