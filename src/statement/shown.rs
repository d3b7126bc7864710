//! The text that stands for a statement: a clause or a sentence that can be printed as it is.
//!
//! A clause is shown when it has a subject and a verb, closes what it opens, needs nothing said before it, and claims
//! little more than the other mentions repeat; where no mention is such, the whole sentence of the best one is.

use rustc_hash::FxHashMap;

use super::claims::Claims;
use super::{Material, Mention};
use crate::clause::{reads_alone, without_dateline, without_stray_marks};
use crate::clean::Kind;
use crate::span::{ArticleId, SentenceId, Span};

/// The least share of a clause that the mentions of other articles repeat on average.
const MIN_SHARED: f32 = 0.35;
/// What is longer is no sentence, and is not shown whole.
const LONGEST: usize = 80;
/// A clause of fewer words is a scrap.
const MIN_WORDS: usize = 4;

/// The sentences and spans that may be shown for some mentions, the best first.
pub(super) fn shown(material: Material, claims: &Claims, mentions: &[Mention]) -> Vec<(SentenceId, Span)> {
    let Material { articles, sentences, story, .. } = material;
    let text = |mention: &Mention| &*articles[sentences[mention.sentence.index()].article.index()].text;
    let article = |mention: &Mention| sentences[mention.sentence.index()].article;
    // What an article says again in the same words is held against the others once.
    let mut number: FxHashMap<(ArticleId, SentenceId, &str), usize> = FxHashMap::default();
    let mut wordings: Vec<(&Mention, usize)> = Vec::new();
    let wording_of: Vec<usize> = mentions
        .iter()
        .map(|mention| {
            let first = story.first[mention.sentence.index()];
            let at = *number.entry((article(mention), first, mention.span.of(text(mention)))).or_insert(wordings.len());
            if at == wordings.len() {
                wordings.push((mention, 0));
            }
            wordings[at].1 += 1;
            at
        })
        .collect();
    let repeated_of = |&(mention, _): &(&Mention, usize)| {
        let others = wordings.iter().filter(|(other, _)| article(other) != article(mention));
        let elsewhere: Vec<_> = others.map(|&(other, n)| (other.sentence, other.span, n)).collect();
        match elsewhere.is_empty() {
            true => 1.0,
            false => claims.repeated(mention.sentence, mention.span, &elsewhere, sentences),
        }
    };
    let repeated: Vec<f32> = wordings.iter().map(repeated_of).collect();
    let rank = |(mention, &wording): (&Mention, &usize)| {
        let sentence = &sentences[mention.sentence.index()];
        let repeated = repeated[wording];
        let span = without_dateline(text(mention), mention.span);
        let n_words = story.words_in(mention.sentence, span).len();
        // Behind a dateline the sentence begins.
        let dated = span.start > mention.span.start;
        let whole = if dated { Span::new(span.start, sentence.span.end) } else { sentence.span };
        let readable = stands(material, mention) && n_words >= MIN_WORDS && reads_alone(text(mention), whole, span);
        let body = sentence.kind == Kind::Body;
        // Of two, the one that says less beyond what they share.
        let score =
            repeated * repeated * mention.probability * if body { 1.0 } else { 0.8 } * (n_words as f32 / 8.0).min(1.0);
        (readable && repeated >= MIN_SHARED, readable, score, span)
    };
    let ranks: Vec<(bool, bool, f32, Span)> = mentions.iter().zip(&wording_of).map(rank).collect();
    let better = |a: &usize, b: &usize| {
        let key = |at: usize| (ranks[at].0, ranks[at].1);
        key(*a).cmp(&key(*b)).then(ranks[*a].2.total_cmp(&ranks[*b].2)).then(b.cmp(a))
    };
    let mut order: Vec<usize> = (0..mentions.len()).collect();
    order.sort_by(|a, b| better(b, a));
    let part = |at: usize| {
        let sentence = mentions[at].sentence;
        let whole = || without_stray_marks(text(&mentions[at]), sentences[sentence.index()].span);
        (sentence, if ranks[at].0 { ranks[at].3 } else { whole() })
    };
    order.into_iter().map(part).collect()
}

/// Whether a stretch has a claim with its subject and its verb.
fn stands(material: Material, mention: &Mention) -> bool {
    let clauses = &material.story.clauses[mention.sentence.index()];
    clauses.iter().any(|clause| clause.stands && mention.span.contains(clause.part.span))
}

/// The part of the article to be read for a mention: its claims where they can be read by themselves, else the sentence.
pub(super) fn readable(material: Material, mention: &Mention) -> Span {
    let sentence = &material.sentences[mention.sentence.index()];
    let text = &*material.articles[sentence.article.index()].text;
    let long = material.story.words[mention.sentence.index()].len() > LONGEST;
    let n_words = material.story.words_in(mention.sentence, mention.span).len();
    let cut = n_words < MIN_WORDS || !stands(material, mention) || !reads_alone(text, sentence.span, mention.span);
    match long || !cut {
        true => mention.span,
        false => sentence.span,
    }
}
