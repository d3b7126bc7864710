//! Floor 12. What is shared, what is unique, how alike the articles are, what sets each apart, who copies and who quotes whom.

mod amounts;
mod antecedent;
mod copied;
mod copies;
mod demonyms;
mod disputes;
mod echo;
mod figures;
mod givers;
mod known;
mod likeness;
mod marks;
mod named;
mod partials;
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

use antecedent::antecedent_of;
use rustc_hash::FxHashSet;
use serde::{Deserialize, Serialize};

pub use copies::{Copy, copies};
pub use disputes::{Dispute, disputes};
pub use likeness::{Likeness, likeness};
pub use partials::{Partial, partials};
pub use quotes::{Quote, quotes};
pub use terms::{WeightedTerm, terms};
pub use together::Unique;
pub use unique::{Material, unique};

use crate::article::Article;
use crate::clause::{is_bare_speech, is_scrap};
use crate::clean::{Kind, is_appeal};
use crate::language::Language;
use crate::reading::needs;
use crate::sentence::Sentence;
use crate::span::{ArticleId, SentenceId, Span};
use crate::statement::{Mention, Statement};

/// What a comparison finds at one threshold. Spans count bytes of the articles' texts.
#[derive(Debug, Clone, PartialEq, Default, Serialize, Deserialize)]
pub struct Report {
    /// The main news first.
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

/// What another line tells as probably as that comes behind what is told first. 62 pairs of lines of 24 stories lie from here to where one is told once; looked
/// through and not counted, most of them repeat most of the other line.
const MOST_TOLD: f32 = 0.45;
/// So many sentences down a sentence tells half as prominently as the first one of its article.
const HALF_AS_PROMINENT: f32 = 3.0;
/// So finely is told what comes first.
const CLASSES: f32 = 1000.0;

/// Shared statements, the main news first: those that most articles tell and tell early, where they surely say it; ties in reading
/// order. What not all of its articles may say in full, what another line tells and what cannot be read without the sentence
/// before it come behind that, and what readers are asked to do and what says nothing by itself last of what is shared.
///
/// How prominent a statement is: over the articles of the story, one over one and a third of the number of sentences before it;
/// times the probability that its articles say all of it, to the power of three quarters. Of 38 labelled stories, the first line
/// (one of the first three, five) joins two articles in the claim that stands first in most of them, and the first five are right
/// in every pair; of 11 local stories, sound among the first one, three and five lines by two strict readers:
///
/// | by | 1 | 3 | 5 | right | sound 1 | 3 | 5 |
/// |---|---|---|---|---|---|---|---|
/// | articles, then wordings, what is sound from 0.4 on first | 0.49 | 0.60 | 0.77 | 0.92 | 3 of 9 | 12 of 31 | 19 of 53 |
/// | articles, then how early | 0.54 | 0.71 | 0.77 | 0.90 | | | |
/// | prominence times the root of soundness, from 0.25 on first | 0.71 | 0.92 | 0.95 | 0.86 | 4 of 10 | 12 of 30 | 21 of 50 |
/// | three quarters (taken) | 0.71 | 0.95 | 0.95 | 0.87 | 6 of 10 | 11 of 30 | 21 of 50 |
/// | times soundness | 0.63 | 0.87 | 0.95 | 0.87 | 5 of 9 | 13 of 30 | 22 of 50 |
pub fn rank(
    mut statements: Vec<Statement>,
    articles: &[Article],
    sentences: &[Sentence],
    language: Language,
) -> Vec<Statement> {
    let early = early(sentences);
    let repeated = repeated(&statements, sentences);
    statements.sort_by_cached_key(|statement| {
        let first = statement.mentions[0];
        let by = articles_of(statement, sentences);
        let shown = &statement.shown;
        let text = &articles[sentences[shown.sentence.index()].article.index()].text;
        let said = shown.span.of(text);
        let place = if by.len() < 2 {
            Place::Alone
        } else if language.has_rules() && (is_appeal(said) || is_scrap(said)) {
            Place::Last
        } else if statement.articles_in_full(sentences).len() < 2
            || repeated.contains(&(shown.sentence, shown.span))
            || statement.told >= MOST_TOLD
            || language.has_rules() && (is_bare_speech(said) || needs(text, shown.span, true).is_some())
        {
            Place::Behind
        } else {
            Place::First
        };
        let earliest =
            |mentions: &[Mention]| mentions.iter().map(|mention| early[mention.sentence.index()]).fold(0.0, f32::max);
        let article = |mention: &Mention| sentences[mention.sentence.index()].article;
        let told = statement.mentions.chunk_by(|a, b| article(a) == article(b)).map(earliest).sum::<f32>();
        let prominence = told / articles.len() as f32 * (statement.sound * statement.sound.sqrt()).sqrt();
        let rank = (Reverse((CLASSES * prominence) as usize), Reverse(by.len()), Reverse(statement.n_origins));
        (place, rank, first.sentence, first.span)
    });
    statements
}

/// What is shown that is a part of what is shown for another statement, and that hardly more articles say in full.
fn repeated(statements: &[Statement], sentences: &[Sentence]) -> FxHashSet<(SentenceId, Span)> {
    let several = statements.iter().filter(|one| one.mentions.len() > 1 && one.shown.omitted.is_empty());
    let shown = |one: &Statement| (one.shown.sentence, one.shown.span, one.articles_in_full(sentences));
    let mut all: Vec<(SentenceId, Span, Vec<ArticleId>)> = several.map(shown).collect();
    all.sort_unstable();
    let mut found = FxHashSet::default();
    for own in all.chunk_by(|a, b| a.0 == b.0) {
        for (sentence, span, by) in own {
            let holds = |other: &Span| other != span && other.contains(*span);
            if own.iter().any(|(_, other, also)| holds(other) && by.iter().all(|article| also.contains(article))) {
                found.insert((*sentence, *span));
            }
        }
    }
    found
}

/// Adds what a reader has to know before what is shown of what several articles share.
pub fn with_antecedents(
    mut statements: Vec<Statement>,
    articles: &[Article],
    sentences: &[Sentence],
    quotes: &[Quote],
) -> Vec<Statement> {
    for statement in &mut statements {
        if articles_of(statement, sentences).len() > 1 {
            let article = sentences[statement.shown.sentence.index()].article;
            statement.antecedent = antecedent_of(articles, sentences, quotes, article, statement.shown.span);
        }
    }
    statements
}

/// For each sentence how prominently it tells something, by where in its article it stands.
fn early(sentences: &[Sentence]) -> Vec<f32> {
    let mut early = Vec::with_capacity(sentences.len());
    for own in sentences.chunk_by(|a, b| a.article == b.article) {
        let mut before = 0;
        for sentence in own {
            early.push(1.0 / (1.0 + before as f32 / HALF_AS_PROMINENT));
            before += usize::from(sentence.kind != Kind::Boilerplate);
        }
    }
    early
}

/// Where a statement comes.
#[derive(PartialEq, Eq, PartialOrd, Ord)]
enum Place {
    First,
    /// What perhaps not all say in full, is told already, or lacks whom it tells of or who speaks.
    Behind,
    /// The last of what is shared.
    Last,
    /// What one article says.
    Alone,
}

/// For tests: articles that are one body sentence each, "a", "b" and so on.
#[cfg(test)]
fn of_one_sentence(texts: &[&str]) -> (Vec<Article>, Vec<Sentence>) {
    let articles: Vec<Article> = texts.iter().zip('a'..).map(|(&text, id)| Article::new(id, text)).collect();
    let whole =
        |at: usize| Sentence { article: at.into(), index: 0, span: Span::new(0, texts[at].len()), kind: Kind::Body };
    (articles, (0..texts.len()).map(whole).collect())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::statement::Excerpt;

    #[test]
    fn what_most_tell_early_and_surely_comes_first() {
        let text = "Two ferries met. Ina Holt was hurt. He ran. The lock shut. The fog rose.";
        let ends: Vec<usize> = text.match_indices('.').map(|(at, _)| at + 1).collect();
        let articles = ["a", "b", "c"].map(|id| Article::new(id, text));
        let sentences: Vec<Sentence> = (0..15)
            .map(|at| {
                let (article, index) = (at / 5, at % 5);
                let start = if index == 0 { 0 } else { ends[index - 1] + 1 };
                let span = Span::new(start, ends[index]);
                Sentence { article: article.into(), index: index as u32, span, kind: Kind::Body }
            })
            .collect();
        let statement = |index: usize, n_articles: usize, sound: f32, told: f32| {
            let mention = |article: usize| {
                let sentence: SentenceId = (5 * article + index).into();
                let entails = if article == 0 { 1.0 } else { sound };
                Mention { entails, ..Mention::new(sentence, sentences[sentence.index()].span, 0.9) }
            };
            let mentions: Vec<Mention> = (0..n_articles).map(mention).collect();
            let shown = Excerpt::whole(mentions[0].sentence, mentions[0].span);
            Statement { n_origins: n_articles, sound, told, ..Statement::certain(mentions, shown) }
        };
        let all = vec![
            statement(4, 1, 1.0, 0.0), // of one article
            statement(2, 3, 0.9, 0.0), // "He ran."
            statement(0, 3, 0.9, 0.6), // told already
            statement(4, 3, 0.2, 0.0), // not surely said
            statement(3, 2, 0.9, 0.0),
            statement(3, 3, 0.9, 0.0),
            statement(0, 2, 0.9, 0.0),
            statement(1, 3, 0.9, 0.0),
        ];
        let ranked = rank(all, &articles, &sentences, Language::English);
        let order: Vec<(usize, usize)> =
            ranked.iter().map(|one| (one.shown.sentence.index(), one.mentions.len())).collect();
        assert_eq!(order, [(1, 3), (0, 2), (3, 3), (3, 2), (0, 3), (2, 3), (4, 3), (4, 1)]);
    }

    #[test]
    fn a_part_of_what_is_told_of_the_same_articles_is_told_behind() {
        let (articles, sentences) = of_one_sentence(&["Two ferries met and sank.", "Both ferries sank.", "It rained."]);
        let text = &*articles[0].text;
        let statement = |end: usize, of: &[usize]| {
            let mention = |&at: &usize| Mention::new(at.into(), sentences[at].span, 0.9);
            let shown = Excerpt::whole(0.into(), Span::new(0, end));
            Statement::certain(of.iter().map(mention).collect(), shown)
        };
        let ranked = |all: Vec<Statement>| -> Vec<String> {
            let ranked = rank(all, &articles, &sentences, Language::English);
            ranked.iter().map(|one| one.shown.text(text).into_owned()).collect()
        };
        let (part, whole) = ("Two ferries met", "Two ferries met and sank.");
        assert_eq!(ranked(vec![statement(15, &[0, 1]), statement(25, &[0, 1])]), [whole, part]);
        // More articles say the part.
        assert_eq!(ranked(vec![statement(15, &[0, 1, 2]), statement(25, &[0, 1])]), [part, whole]);
    }
}
