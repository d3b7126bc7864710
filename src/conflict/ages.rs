//! Whose an age is: two ages contradict each other only where they are of one person.

use std::ops::Range;

use super::pair::{Pair, is_time};
use super::victims::part;
use crate::align::Kind as WordKind;
use crate::reading::is_person;

/// Whose an age is, as its sentence says it right there.
#[derive(Default)]
pub(super) struct Person {
    /// Words of a name: "29-year-old Lina Abara", "Lina Abara, 29,".
    pub names: Range<usize>,
    /// "the girl, 12,"
    noun: Option<usize>,
}

impl Person {
    /// An age with the name and the noun that stand beside it.
    fn phrase(&self, age: &Range<usize>) -> Range<usize> {
        let beside = [self.names.clone(), self.noun.map_or(0..0, |noun| noun..noun + 1)];
        let beside = beside.into_iter().filter(|run| !run.is_empty());
        beside.fold(age.clone(), |all, run| all.start.min(run.start)..all.end.max(run.end))
    }
}

pub(super) fn person(pair: &Pair, side: usize, place: &Range<usize>) -> Person {
    let words = &pair.sides[side].words;
    let named = |at: usize| words[at].kind == WordKind::Name && !is_time(pair.form(side, at));
    let noun = |at: usize| is_person(pair.form(side, at));
    let mut found = Person::default();
    for at in place.end..words.len().min(place.end + 4) {
        if named(at) {
            let goes_on = |next: &usize| named(*next) && (*next == at || !is_parted(pair, side, *next));
            found.names = at..at + (at..words.len()).take_while(goes_on).count();
            break;
        }
        if words[at].kind != WordKind::Content || words[at].starts_clause {
            break;
        }
        found.noun = found.noun.or(noun(at).then_some(at));
    }
    let before = place.start.checked_sub(1).map(|at| at - usize::from(at > 0 && pair.form(side, at) == "aged"));
    if let Some(at) = before.filter(|_| found.names.is_empty() && found.noun.is_none()) {
        if named(at) {
            let goes_on = |first: &usize| named(*first) && (*first == at || !is_parted(pair, side, *first + 1));
            let n = (0..=at).rev().take_while(goes_on).count();
            found.names = at + 1 - n..at + 1;
        } else if noun(at) {
            found.noun = Some(at);
        }
    }
    found
}

/// Whether more than a blank, a full stop or a hyphen stands before a word of a name: "PORT ARVEN - Ida Lund" are two names.
fn is_parted(pair: &Pair, side: usize, at: usize) -> bool {
    let words = &pair.sides[side].words;
    let between = &pair.texts[side][words[at - 1].span.end..words[at].span.start];
    between.contains(['–', '—', ':', ';', ',', '(', ')', '/', '\n']) || between.contains(" -") || between.contains("- ")
}

/// Whether a name stands right behind a relative: "his wife, Nora Grell".
fn is_relative(pair: &Pair, side: usize, name: usize) -> bool {
    const RELATIVES: &[&str] = &[
        "wife",
        "husband",
        "son",
        "daughter",
        "brother",
        "sister",
        "mother",
        "father",
        "widow",
        "widower",
        "uncle",
        "aunt",
        "cousin",
        "nephew",
        "niece",
        "grandson",
        "granddaughter",
        "grandmother",
        "grandfather",
        "fiance",
        "partner",
        "twin",
    ];
    (name.saturating_sub(2)..name).any(|at| RELATIVES.contains(&pair.form(side, at)))
}

/// Whether two ages are of the same person; `None` where they are not.
pub(super) fn same_person(pair: &Pair, places: &[Range<usize>; 2]) -> Option<bool> {
    let [a, b] = [0, 1].map(|side| person(pair, side, &places[side]));
    if !a.names.is_empty() && !b.names.is_empty() {
        let same = |i: usize, j: usize| pair.likeness_of(i, j) >= 0.6;
        let any = a.names.clone().any(|i| b.names.clone().any(|j| same(i, j)));
        // "Pia Renn, 26" / "Lotte Renn, 34"; "Grell, 58" / "his wife, Nora Grell, 63"
        let full = a.names.len() > 1 && b.names.len() > 1;
        let first = same(a.names.start, b.names.start);
        let relative = [&a, &b].iter().zip([0, 1]).any(|(one, side)| is_relative(pair, side, one.names.start));
        let other = if full { !first && a.names.len() == b.names.len() } else { relative };
        return (any && !other).then_some(true);
    }
    // Whoever was killed is another one than who was charged.
    let parts = [(0, &a), (1, &b)].map(|(side, one)| part(pair, side, &one.phrase(&places[side])));
    if let [Some(left), Some(right)] = parts
        && left != right
    {
        return None;
    }
    match (a.noun, b.noun) {
        (Some(i), Some(j)) => match pair.likeness_of(i, j) {
            like if like >= 0.6 => Some(true),
            _ if pair.lexicon.exclude_each_other(pair.word(0, i), pair.word(1, j)) => None,
            _ => Some(false),
        },
        _ => Some(false),
    }
}
