//! Of whom or of what two values are told: another subject, or another one of its kind, lets both be right.

use std::ops::Range;

use super::Difference;
use super::pair::{Pair, is_time};
use super::weights::Sign;
use crate::align::Kind as WordKind;
use crate::clause::is_saying;
use crate::reading::is_person;
use crate::span::Span;

/// Words less like each other than this are not the same.
const SAME: f32 = 0.6;
/// Words less like each other than this have nothing in common.
pub(super) const ALIKE: f32 = 0.4;

/// Whether the words of a difference are two kinds of people: "a cook" / "a waiter".
pub(super) fn both_people(pair: &Pair, difference: &Difference) -> bool {
    let of = |side: usize, span: Span| {
        let place = pair.words_under(side, span);
        let article =
            place.start.checked_sub(1).is_some_and(|at| matches!(pair.form(side, at), "a" | "an" | "another"));
        (article, place.clone().any(|at| is_person(pair.form(side, at))))
    };
    let (a, b) = (of(0, difference.left), of(1, difference.right));
    a.1 && b.1 || a.0 && b.0 && difference.signs[Sign::exclusive as usize] > 0.0
}

/// Whether what stands before the verbs of two places has nothing in common: "the owner was held on Monday" / "the driver
/// was held on Tuesday".
pub(super) fn nothing_of_one(pair: &Pair, places: &[Range<usize>; 2]) -> bool {
    let told = [0, 1].map(|side| {
        let tells = |at: &usize| {
            matches!(pair.word(side, *at).kind, WordKind::Content | WordKind::Name) && !is_time(pair.form(side, *at))
        };
        before_verb(pair, side, &places[side]).filter(tells).collect::<Vec<usize>>()
    });
    let alike = |i: usize| told[1].iter().any(|&j| pair.likeness_of(i, j) >= ALIKE || pair.partner(0, i) == Some(j));
    !told[0].is_empty() && !told[1].is_empty() && !told[0].iter().any(|&i| alike(i))
}

/// Whether names stand before the verbs of two places, on both sides, and none of them is the same; or another person, or
/// another thing of the kind.
pub(super) fn other_subject(pair: &Pair, places: &[Range<usize>; 2]) -> bool {
    let before = [0, 1].map(|side| before_verb(pair, side, &places[side]));
    let of = |side: usize, kind: WordKind| {
        let told = move |&at: &usize| pair.word(side, at).kind == kind && !is_time(pair.form(side, at));
        before[side].clone().filter(told).collect::<Vec<usize>>()
    };
    let names = [0, 1].map(|side| of(side, WordKind::Name));
    let same = |i: usize| names[1].iter().any(|&j| pair.likeness_of(i, j) >= SAME || pair.partner(0, i) == Some(j));
    let named = !names[0].is_empty() && !names[1].is_empty() && !names[0].iter().any(|&i| same(i));
    let nouns = [0, 1].map(|side| of(side, WordKind::Content));
    let open = |side: usize, at: usize| pair.word(side, at).kind == WordKind::Content && pair.likeness(side, at) < SAME;
    // "a boy was found" / "a guest was found"
    let anyone = |side: usize| {
        let person = |&&at: &&usize| {
            let article = at > 0 && matches!(pair.form(side, at - 1), "a" | "an" | "another");
            article && is_person(pair.form(side, at)) && open(side, at)
        };
        nouns[side].iter().find(person).copied()
    };
    let other = anyone(0).zip(anyone(1)).is_some_and(|(i, j)| pair.likeness_of(i, j) < SAME);
    // "the coast line" / "the hill line"
    let kinds = |&i: &usize| {
        let Some(j) = pair.partner(0, i).filter(|j| nouns[1].contains(j)) else { return false };
        let beside = |side: usize, at: usize| at > 0 && open(side, at - 1) && is_kind(pair.form(side, at - 1));
        beside(0, i) && beside(1, j) && pair.likeness_of(i - 1, j - 1) < SAME
    };
    named || other || nouns[0].iter().any(kinds)
}

/// Whether a word before a noun may say what kind of thing it is: no participle, no plain adjective.
fn is_kind(form: &str) -> bool {
    const ENDINGS: &[&str] =
        &["ed", "ing", "ful", "ous", "ive", "al", "less", "ish", "able", "ible", "ic", "est", "ly"];
    !ENDINGS.iter().any(|ending| form.ends_with(ending))
}

/// The words from the start of the clause to the verb of a place, or to the place where no verb stands before it; of the
/// clause before where the verb opens its own: "the minister, Karin Dahl, resigned".
fn before_verb(pair: &Pair, side: usize, place: &Range<usize>) -> Range<usize> {
    let words = &pair.sides[side].words;
    let verb = pair.verb(side, place).filter(|&verb| verb < place.start).unwrap_or(place.start);
    let starts = |at: usize| words[at].starts_clause || is_saying(pair.form(side, at));
    let opens = |end: usize| (0..end).rev().find(|&at| starts(at)).unwrap_or(0);
    let start = opens(verb);
    let tells = (start..verb).any(|at| matches!(words[at].kind, WordKind::Content | WordKind::Name));
    if tells { start..verb } else { opens(start)..verb }
}
