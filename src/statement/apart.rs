//! What is shown for a statement is shown for no other one, nor does another one tell it.

use std::cmp::Reverse;

use rustc_hash::FxHashMap;

use super::carried::Carried;
use super::members::articles_of;
use super::shown::Text;
use super::{Material, Statement};
use crate::span::{ArticleId, SentenceId, Span};

/// What is shown for a statement is not shown for another one, if something else says it nearly as well. A clause is not the
/// sentence, where so much of it is left out.
const NEARLY: f32 = 0.3;
/// Or, where that would tell nothing but what is told already, if something else says at least so much of it.
const HARDLY: f32 = 0.1;
const SAME_TEXT: f32 = 0.6;

/// What is read first comes first; no two statements are shown by the same words where there are others. Says which are, and
/// by which one before.
pub(super) fn show_apart(material: Material, all: &mut [(Statement, Vec<Text>)]) -> Vec<Option<usize>> {
    let mut told_by = vec![None; all.len()];
    let Material { articles, sentences, story, .. } = material;
    let mut order: Vec<usize> = (0..all.len()).collect();
    order.sort_by_key(|&at| (Reverse(all[at].0.mentions.len()), at));
    // By sentence, whichever of its copies is meant: the parts shown, from its start.
    let mut taken: FxHashMap<SentenceId, Vec<Span>> = FxHashMap::default();
    // And the words, whatever marks stand around them.
    let words = |&(sentence, span): &(SentenceId, Span)| -> String {
        let text = span.of(&articles[sentences[sentence.index()].article.index()].text);
        text.chars().filter(|c| c.is_alphanumeric()).flat_map(char::to_lowercase).collect()
    };
    let mut told: FxHashMap<String, usize> = FxHashMap::default();
    for at in order {
        let (statement, shown) = &mut all[at];
        let inside = |&(sentence, span): &(SentenceId, Span)| {
            let start = sentences[sentence.index()].span.start;
            (story.first[sentence.index()], Span::new(span.start - start, span.end - start))
        };
        let is_taken = |text: &Text| {
            let (sentence, span) = inside(&text.place);
            let same = |other: &Span| {
                let common = span.end.min(other.end).saturating_sub(span.start.max(other.start));
                common as f32 >= SAME_TEXT * span.len().min(other.len()) as f32
            };
            taken.get(&sentence).is_some_and(|shown| shown.iter().any(same)) || told.contains_key(&words(&text.place))
        };
        let free = |least: f32| {
            let least = least * shown[0].score;
            let free = |text: &&Text| text.score >= least && !is_taken(text);
            shown.iter().find(free)
        };
        statement.shown = free(NEARLY).or_else(|| free(HARDLY)).unwrap_or(&shown[0]).place;
        let (sentence, span) = inside(&statement.shown);
        taken.entry(sentence).or_default().push(span);
        let first = *told.entry(words(&statement.shown)).or_insert(at);
        told_by[at] = (first != at).then_some(first);
    }
    told_by
}

/// Who says all of a text as probably as that tells it.
const MIN_TOLD: f32 = 0.8;
/// A text that is less of its sentence does not tell what the sentence says.
const WHOLE: f32 = 0.8;

/// Adds to those that are told by the same words those of which another statement of the same articles shows a sentence that
/// says all of them, where that was read.
pub(super) fn tell_once(
    material: Material,
    carried: &Carried,
    statements: &[(Statement, Vec<Text>)],
    told_by: &mut [Option<usize>],
) {
    let Material { articles, sentences, story, .. } = material;
    let shown_of = |at: usize| statements[at].0.shown;
    let is_whole = |at: &usize| {
        let (sentence, span) = shown_of(*at);
        span.len() as f32 >= WHOLE * sentences[sentence.index()].span.len() as f32
    };
    let mut by_sentence: FxHashMap<SentenceId, Vec<usize>> = FxHashMap::default();
    for at in (0..statements.len()).filter(is_whole) {
        by_sentence.entry(shown_of(at).0).or_default().push(at);
    }
    let articles_of: Vec<Vec<ArticleId>> =
        statements.iter().map(|(statement, _)| articles_of(sentences, &statement.mentions)).collect();
    let rank = |at: usize| (Reverse(statements[at].0.mentions.len()), at);
    let mut order: Vec<usize> = (0..statements.len()).filter(|&at| told_by[at].is_none()).collect();
    order.sort_by_key(|&at| rank(at));
    for at in order {
        let (sentence, span) = shown_of(at);
        let tells = |(article, by): (ArticleId, SentenceId)| {
            let wider = by_sentence.get(&by)?.iter().copied().find(|&other| {
                let is_wider = || articles_of[at].iter().all(|article| articles_of[other].contains(article));
                told_by[other].is_none() && rank(other) < rank(at) && is_wider()
            })?;
            let says = carried.entailments.says(story, sentence, span, article)?;
            (says >= MIN_TOLD).then_some(wider)
        };
        told_by[at] = carried.entailments.asked(sentence, articles.len()).find_map(tells);
    }
}
