//! The pairs that differ become conflicts, and what contradicts each other shares the less.

use rustc_hash::FxHashMap;

use super::Differing;
use crate::article::Article;
use crate::conflict::{Conflict, MIN_TOLD, judge, repeat};
use crate::link::{Link, Reason, Relation};
use crate::sentence::Sentence;
use crate::span::SentenceId;

/// What is told of the pairs that differ, the likeliest first, its spans in the articles. Links are made less probable by
/// what is told of them for others' sake, and given their reasons.
pub(super) fn conflicts(
    differing: Vec<Differing>,
    links: &mut [Link],
    articles: &[Article],
    sentences: &[Sentence],
) -> Vec<Conflict> {
    let place: FxHashMap<(SentenceId, SentenceId), usize> =
        links.iter().enumerate().map(|(at, link)| ((link.left, link.right), at)).collect();
    let of = |Differing { pair, differences }| judge((pair.left, pair.right), differences);
    let mut told: Vec<Conflict> = differing.into_iter().flat_map(of).collect();
    let by_themselves: Vec<f32> = told.iter().map(|conflict| conflict.probability).collect();
    let article = |sentence: SentenceId| sentences[sentence.index()].article;
    let text = |sentence: SentenceId| sentences[sentence.index()].span.of(&articles[article(sentence).index()].text);
    let linked =
        |a: SentenceId, b: SentenceId| place.get(&(a.min(b), a.max(b))).map_or(0.0, |&at| links[at].probability);
    repeat(&mut told, text, linked, |a, b| article(a) == article(b));
    for (conflict, before) in told.iter().zip(by_themselves).filter(|(conflict, _)| !conflict.is_spelling()) {
        if let Some(&at) = place.get(&(conflict.left, conflict.right)).filter(|_| conflict.probability > before) {
            links[at].probability *= (1.0 - conflict.probability) / (1.0 - before);
        }
    }
    told.retain(|conflict| conflict.probability >= MIN_TOLD);
    for conflict in &mut told {
        let [left, right] = [conflict.left, conflict.right].map(|sentence| sentences[sentence.index()].span.start);
        conflict.left_span = conflict.left_span.shifted(left);
        conflict.right_span = conflict.right_span.shifted(right);
    }
    told.sort_by(|a, b| {
        let place = |one: &Conflict| (one.left, one.right, one.left_span, one.right_span, one.kind);
        b.probability.total_cmp(&a.probability).then(place(a).cmp(&place(b)))
    });
    for conflict in &told {
        let Some(&at) = place.get(&(conflict.left, conflict.right)) else { continue };
        links[at].reasons.push(Reason { relation: Relation::Conflicts, text: conflict.in_words(articles, sentences) });
    }
    told
}
