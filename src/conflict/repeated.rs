//! What is contradicted once is contradicted wherever it is said again: where "14 hurt" contradicts "17 hurt", so do the
//! sentences linked to the two that give the same figures, however they word it.
//!
//! In: the judged differences of a story and how surely two sentences say the same. Out: the same, some of them likelier.
//! Linear in the differences, and in the pairs among those that give the same two values.

use std::collections::BTreeMap;

use rustc_hash::FxHashMap;

use super::value::Value;
use super::{Conflict, Kind};
use crate::span::{SentenceId, Span};

/// Conflicts less probable than this speak for no others. Of 1,043 labelled pairs of 65 stories, by weights that had not
/// seen them, 48 of 91 told are right without this and 65 of 121 with it; from 0.5 on, 68 of 141.
const SURE: f32 = 0.65;
/// Sentences linked less surely do not say it again.
const AGAIN: f32 = 0.7;
/// How surely two sentences of one article that give the same value mean the same thing.
const WITHIN: f32 = 0.9;

/// A conflict, and its sentences in the order of the values.
type Place = (usize, [SentenceId; 2]);

/// Makes conflicts likelier that repeat a sure one, their spans still in bytes of the sentences. `linked` is how surely two
/// sentences of different articles say the same, `together` whether two are of one article.
pub fn repeat<'a>(
    conflicts: &mut [Conflict],
    text: impl Fn(SentenceId) -> &'a str,
    linked: impl Fn(SentenceId, SentenceId) -> f32,
    together: impl Fn(SentenceId, SentenceId) -> bool,
) {
    let of_values = |conflict: &Conflict| matches!(conflict.kind, Kind::Number | Kind::Date | Kind::Time);
    if !conflicts.iter().any(|conflict| of_values(conflict) && conflict.probability >= SURE) {
        return;
    }
    // A figure is held against many others, and its sentence read once.
    let mut values: FxHashMap<(SentenceId, Span), Value> = FxHashMap::default();
    let mut value = |sentence: SentenceId, span: Span| {
        values.entry((sentence, span)).or_insert_with(|| Value::of(text(sentence), span)).clone()
    };
    let mut same: BTreeMap<(Kind, Value, Value), Vec<Place>> = BTreeMap::new();
    for (at, conflict) in conflicts.iter().enumerate().filter(|(_, conflict)| of_values(conflict)) {
        let mut sides = [(conflict.left, conflict.left_span), (conflict.right, conflict.right_span)]
            .map(|(sentence, span)| (value(sentence, span), sentence));
        sides.sort();
        let [(a, x), (b, y)] = sides;
        same.entry((conflict.kind, a, b)).or_default().push((at, [x, y]));
    }
    let again = |a: SentenceId, b: SentenceId| match () {
        () if a == b => 1.0,
        () if together(a, b) => WITHIN,
        () => linked(a, b),
    };
    let known: Vec<f32> = conflicts.iter().map(|conflict| conflict.probability).collect();
    for group in same.values() {
        for &(sure, [a, b]) in group.iter().filter(|&&(at, _)| known[at] >= SURE) {
            for &(at, [x, y]) in group {
                let surely = again(a, x).min(again(b, y));
                if surely >= AGAIN {
                    let likelier = &mut conflicts[at].probability;
                    *likelier = likelier.max(known[sure] * surely);
                }
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::reading::quantities;

    #[test]
    fn who_repeats_a_side_contradicts_the_other() {
        let texts = [
            "14 people were hurt.",
            "17 people were hurt.",
            "Fourteen patients were taken to Arven General.",
            "The clinic took in seventeen patients.",
            "A crew of 14 had slept in the yard.",
            "Only 16 were hurt.",
        ];
        let words = ["14 people", "17 people", "Fourteen", "seventeen", "14", "16"];
        let conflict = |left: usize, right: usize, probability: f32| {
            let span = |at: usize| {
                let start = texts[at].find(words[at]).unwrap();
                let quantity = quantities(texts[at]).into_iter().find(|one| one.span.start == start);
                quantity.map_or(Span::new(start, start + words[at].len()), |one| one.span)
            };
            Conflict {
                kind: Kind::Number,
                what: "people hurt".into(),
                left: left.into(),
                right: right.into(),
                left_span: span(left),
                right_span: span(right),
                probability,
            }
        };
        let linked = |a: SentenceId, b: SentenceId| match (a.index().min(b.index()), a.index().max(b.index())) {
            (0, 2) => 0.9,
            (1, 3) => 0.8,
            (0, 4) => 0.2,
            _ => 0.0,
        };
        let told = |sure: f32| -> Vec<f32> {
            let pairs = [(0, 1, sure), (1, 2, 0.1), (2, 3, 0.1), (1, 4, 0.1), (0, 5, 0.1)];
            let mut conflicts: Vec<_> = pairs.iter().map(|&(left, right, p)| conflict(left, right, p)).collect();
            repeat(&mut conflicts, |sentence| texts[sentence.index()], linked, |_, _| false);
            conflicts.iter().map(|conflict| conflict.probability).collect()
        };
        // Whoever is linked to one of the sides, or both; another 14, or another figure, is left as it was.
        assert_eq!(told(0.8), [0.8, 0.8 * 0.9, 0.8 * 0.8, 0.1, 0.1]);
        assert_eq!(told(0.6), [0.6, 0.1, 0.1, 0.1, 0.1]);
    }
}
