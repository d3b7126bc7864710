//! What one article alone asserts.
//!
//! The unit is the claim: each has a probability that no other article makes it, the product over articles of the chance
//! that the most probable link on it is wrong (`statement` gives it). Neighbouring claims that are probably new are one
//! span, never less than a clause with a verb, or a quotation. A sentence that is in no shared statement and has no new
//! claim, because several weak links touch it, is listed too, low: nothing of an article is lost.

use serde::{Deserialize, Serialize};

use crate::article::Article;
use crate::clause::{Clause, Part, Word, is_balanced, reads_alone, without_stray_marks};
use crate::clean::{Kind, is_appeal};
use crate::conflict::Conflict;
use crate::error::Result;
use crate::language::Language;
use crate::pool::GoOn;
use crate::report::articles_of;
use crate::report::known::Known;
use crate::report::quoted::quoted;
use crate::report::quotes::Quote;
use crate::report::telling::{Telling, rarity};
use crate::sentence::Sentence;
use crate::span::{ArticleId, Span};
use crate::statement::Statement;
use crate::story::Story;

/// A span that one article alone asserts.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Unique {
    /// The article.
    pub article: ArticleId,
    /// The part of its text.
    pub span: Span,
    /// How much it tells; unbounded, higher is more.
    pub score: f32,
    /// Probability that no other article says it, in [0, 1].
    pub probability: f32,
    /// Why it is worth reading.
    pub reasons: Vec<String>,
}

/// What a report is made from.
#[derive(Clone, Copy)]
pub struct Material<'a> {
    /// In the order of the comparison.
    pub articles: &'a [Article],
    /// By article, then by offset.
    pub sentences: &'a [Sentence],
    /// The sentences taken apart.
    pub story: &'a Story,
    /// All statements.
    pub statements: &'a [Statement],
    /// For each clause of each sentence the probability that no other article says it.
    pub newness: &'a [Vec<f32>],
    /// All quotations.
    pub quotes: &'a [Quote],
    /// Where articles contradict each other.
    pub conflicts: &'a [Conflict],
}

/// A claim is listed from this probability on that nobody else makes it.
const MIN_PROBABILITY: f32 = 0.5;
/// From this probability on it is said plainly that no other article says it; before, and of what stands beside a shared
/// claim, only that none clearly does.
const PLAIN: f32 = 0.7;
const UNCLEAR: &str = "not clearly said by another article";
/// A sentence of so many words is listed somewhere, whatever it says.
const MIN_WORDS: usize = 5;
/// What a headline tells, and a sentence that is only probably shared, beside one that is new.
const HEADLINE: f32 = 0.5;
const DOUBTFUL: f32 = 0.2;
/// And what readers are asked to do.
const APPEAL: f32 = 0.1;
/// What another article contradicts is told as a dispute first.
const DISPUTED: f32 = 0.3;
/// How much more a probable claim is worth than a doubtful one that tells as much.
const CERTAIN: i32 = 3;
/// A sentence is shown whole for its new claims when they weigh so large a part of it.
const MOSTLY: f32 = 0.6;
/// Sentences between two looks at whether to go on.
const CHUNK: usize = 1 << 10;

/// The unique spans of all articles, best first; ties in reading order.
pub fn unique(material: Material, go_on: GoOn) -> Result<Vec<Unique>> {
    let Material { articles, sentences, story, newness, quotes, .. } = material;
    let repeated = repeated(sentences, story);
    let shared = shared(material);
    let disputed = disputed(material);
    let rarity = rarity(story);
    let known = Known::new(articles, sentences);
    let mut found = Vec::new();
    for (at, sentence) in sentences.iter().enumerate().filter(|(_, sentence)| sentence.kind != Kind::Boilerplate) {
        if at % CHUNK == 0 {
            go_on()?;
        }
        if repeated[at] {
            continue;
        }
        let text = &*articles[sentence.article.index()].text;
        let telling = Telling {
            article: sentence.article.index(),
            text,
            words: &story.words[at],
            rarity: &rarity,
            story,
            known: &known,
            quotes: quoted(articles, sentence, quotes),
            outlet: outlet(&articles[sentence.article.index()]),
            headline: sentence.kind == Kind::Headline,
        };
        let first = &newness[story.first[at].index()];
        let least = first.iter().copied().fold(1.0, f32::min);
        let clauses = &story.clauses[at];
        // The same words with other marks may be cut otherwise.
        let newness: Vec<f32> =
            (0..clauses.len()).map(|claim| if first.len() == clauses.len() { first[claim] } else { least }).collect();
        // A quotation that others have too is no claim of one article.
        let is_quoted =
            |claim: &Clause| telling.quotes.iter().any(|quote| quote.shared && claim.part.span.contains(quote.span));
        let newness: Vec<f32> =
            newness.iter().zip(clauses).map(|(&new, claim)| if is_quoted(claim) { 0.0 } else { new }).collect();
        let shared_here = shared[at] || clauses.iter().any(is_quoted);
        let words = &story.words[at];
        let language = story.language;
        let place = Place { text, sentence, clauses, words, newness: &newness, language, shared: shared_here };
        let n_words = story.words[at].len();
        let kind = if sentence.kind == Kind::Headline { HEADLINE } else { 1.0 };
        let mut listed = false;
        for (span, probability) in place.new_claims() {
            let span = without_stray_marks(text, span);
            let inside = story.words_in(at.into(), span);
            let n_telling = inside.iter().filter(|word| word.weight > 0.0).count();
            if n_telling < 2 {
                continue;
            }
            listed = true;
            let (score, mut reasons) = match disputed[at].iter().any(|part| part.overlaps(span)) {
                false => telling.tell(span),
                true => (DISPUTED * telling.tell(span).0, vec!["another article says otherwise".to_owned()]),
            };
            if reasons.is_empty() {
                let certain = probability >= PLAIN && !shared_here;
                reasons.push(if certain { "no other article says it" } else { UNCLEAR }.to_owned());
            }
            let kind = if story.language.has_rules() && is_appeal(span.of(text)) { APPEAL } else { kind };
            let score = score * kind * probability.powi(CERTAIN);
            found.push(Unique { article: sentence.article, span, score, probability, reasons });
        }
        if !listed && !shared[at] && sentence.kind == Kind::Body && n_words >= MIN_WORDS {
            let probability = newness.iter().copied().fold(0.0, f32::max);
            let (score, _) = telling.tell(sentence.span);
            let why = if shared_here { "others have the quotation" } else { UNCLEAR };
            let reasons = vec![why.to_owned()];
            let score = score * DOUBTFUL * probability.max(0.1);
            let span = without_stray_marks(text, sentence.span);
            found.push(Unique { article: sentence.article, span, score, probability, reasons });
        }
    }
    found.sort_by(|a, b| b.score.total_cmp(&a.score).then((a.article, a.span).cmp(&(b.article, b.span))));
    Ok(found)
}

/// Who publishes an article, as far as is known.
fn outlet(article: &Article) -> String {
    article.source.as_deref().unwrap_or(&article.id).to_lowercase()
}

/// Which sentences stand in another article too, word for word.
fn repeated(sentences: &[Sentence], story: &Story) -> Vec<bool> {
    let mut elsewhere = vec![false; sentences.len()];
    for (at, first) in story.first.iter().enumerate() {
        elsewhere[first.index()] |= sentences[at].article != sentences[first.index()].article;
    }
    story.first.iter().map(|first| elsewhere[first.index()]).collect()
}

/// Which sentences have a mention of a shared statement.
fn shared(material: Material) -> Vec<bool> {
    let mut shared = vec![false; material.sentences.len()];
    for statement in material.statements.iter().filter(|s| articles_of(s, material.sentences).len() > 1) {
        statement.mentions.iter().for_each(|mention| shared[mention.sentence.index()] = true);
    }
    shared
}

/// For each sentence the parts of it that another article contradicts.
fn disputed(material: Material) -> Vec<Vec<Span>> {
    let mut disputed = vec![Vec::new(); material.sentences.len()];
    for conflict in material.conflicts {
        disputed[conflict.left.index()].push(conflict.left_span);
        disputed[conflict.right.index()].push(conflict.right_span);
    }
    disputed
}

/// One sentence under inspection.
struct Place<'a> {
    text: &'a str,
    sentence: &'a Sentence,
    clauses: &'a [Clause],
    words: &'a [Word],
    newness: &'a [f32],
    language: Language,
    /// Whether part of it is in a shared statement.
    shared: bool,
}

impl Place<'_> {
    /// Stretches of claims that are probably new, with the probability that nobody else makes them.
    fn new_claims(&self) -> Vec<(Span, f32)> {
        let new = |at: usize| self.newness.get(at).is_some_and(|newness| *newness >= MIN_PROBABILITY);
        let all: Vec<usize> = (0..self.clauses.len()).collect();
        if !self.shared && !all.is_empty() && all.iter().all(|&at| new(at)) {
            return vec![(self.sentence.span, self.mean(&all))];
        }
        // A claim may be interrupted by another: go by its pieces.
        let mut pieces: Vec<(&Part, usize)> =
            all.iter().flat_map(|&at| self.clauses[at].pieces.iter().map(move |piece| (piece, at))).collect();
        pieces.sort_by_key(|(piece, _)| piece.words.start);
        let mut found: Vec<(Span, f32)> = Vec::new();
        for run in pieces.chunk_by(|a, b| new(a.1) == new(b.1)).filter(|run| new(run[0].1)) {
            let mut claims: Vec<usize> = run.iter().map(|&(_, at)| at).collect();
            claims.dedup();
            let whole = |&at: &usize| {
                let inside = run.iter().filter(|(_, claim)| *claim == at).count();
                self.clauses[at].asserts && inside == self.clauses[at].pieces.len()
            };
            if !claims.iter().any(whole) {
                continue;
            }
            let mut span = Span::new(run[0].0.span.start, run[run.len() - 1].0.span.end);
            if !is_balanced(span.of(self.text)) {
                for part in claims.iter().map(|&at| self.clauses[at].part.span) {
                    span = Span::new(span.start.min(part.start), span.end.max(part.end));
                }
            }
            match self.readable(span, &claims) {
                Some(readable) => span = readable,
                None => continue,
            }
            match found.last_mut().filter(|last| last.0.overlaps(span)) {
                Some(last) => last.0 = Span::new(last.0.start.min(span.start), last.0.end.max(span.end)),
                None => found.push((span, self.mean(&claims))),
            }
        }
        found
    }

    /// What has to be shown for some new claims: they themselves, with their subject, or the sentence that mostly is they.
    fn readable(&self, span: Span, claims: &[usize]) -> Option<Span> {
        let alone = |span: &Span| !self.language.has_rules() || reads_alone(self.text, self.sentence.span, *span);
        let parts = claims.iter().map(|&at| self.clauses[at].part.span);
        let hull = parts.fold(span, |a, b| Span::new(a.start.min(b.start), a.end.max(b.end)));
        [span, hull].into_iter().find(alone).or_else(|| {
            let weight = |within: Span| -> f32 {
                self.words.iter().filter(|word| within.contains(word.span)).map(|word| word.weight).sum()
            };
            let mostly = weight(span) >= MOSTLY * weight(self.sentence.span);
            (!self.shared || mostly).then_some(self.sentence.span)
        })
    }

    fn mean(&self, claims: &[usize]) -> f32 {
        claims.iter().map(|&at| self.newness[at]).sum::<f32>() / claims.len().max(1) as f32
    }
}
