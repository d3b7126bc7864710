//! Whose an age is: two ages contradict each other only where they are of one person.

use std::ops::Range;

use super::anywhere::FullName;
use super::pair::{Pair, Side};
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
    pub fn phrase(&self, age: &Range<usize>) -> Range<usize> {
        let beside = [self.names.clone(), self.noun.map_or(0..0, |noun| noun..noun + 1)];
        let beside = beside.into_iter().filter(|run| !run.is_empty());
        beside.fold(age.clone(), |all, run| all.start.min(run.start)..all.end.max(run.end))
    }
}

/// Whose age stands in a place. An age that is a bare number belongs to the name before it, whatever comes behind: "Ivo Lenk,
/// 24, Arven".
pub(super) fn person(side: Side, place: &Range<usize>) -> Person {
    let before = place.start.checked_sub(1).map(|at| at - usize::from(at > 0 && side.form(at) == "aged"));
    // Behind a quotation mark a name may be taken for a word: "Ivo Lenk, aka “Finch,” 24".
    let run = |at: usize| if side.is_name(at) { run_before(side, at) } else { at..at + 1 };
    let names_before = before.map(|at| behind_alias(side, run(at))).filter(|names| side.is_name(names.start));
    let bare = place.len() == 1 && side.form(place.start).bytes().all(|byte| byte.is_ascii_digit());
    if let Some(names) = names_before.clone().filter(|_| bare) {
        return Person { names, noun: None };
    }
    let noun = |at: usize| is_person(side.form(at));
    let mut found = Person::default();
    for at in place.end..side.words.len().min(place.end + 4) {
        if side.is_name(at) {
            let goes_on = |next: &usize| side.is_name(*next) && (*next == at || !is_parted(side, *next));
            found.names = at..at + (at..side.words.len()).take_while(goes_on).count();
            break;
        }
        if side.words[at].kind != WordKind::Content || side.words[at].starts_clause {
            break;
        }
        found.noun = found.noun.or(noun(at).then_some(at));
    }
    if let Some(at) = before.filter(|_| found.names.is_empty() && found.noun.is_none()) {
        match names_before {
            Some(names) => found.names = names,
            None => found.noun = Some(at).filter(|&at| noun(at)),
        }
    }
    found
}

/// The words of a name that ends with the word `last`.
fn run_before(side: Side, last: usize) -> Range<usize> {
    let goes_on = |first: &usize| side.is_name(*first) && (*first == last || !is_parted(side, *first + 1));
    let n = (0..=last).rev().take_while(goes_on).count();
    last + 1 - n..last + 1
}

/// The name before another one that the same person goes by: "Ivo Lenk, aka Finch, 24".
fn behind_alias(side: Side, names: Range<usize>) -> Range<usize> {
    let alias = |at: usize| matches!(side.form(at), "aka" | "a.k.a" | "alias" | "nicknamed" | "dubbed");
    let known = |at: usize| side.form(at) == "as" && at > 0 && matches!(side.form(at - 1), "known" | "called");
    let cue = match names.start.checked_sub(1) {
        _ if alias(names.start) => Some(names.start),
        Some(at) if alias(at) => Some(at),
        Some(at) if known(at) => Some(at - 1),
        _ => None,
    };
    let before = cue.and_then(|cue| cue.checked_sub(1)).map(|at| at - usize::from(at > 0 && side.form(at) == "also"));
    before.filter(|&at| side.is_name(at)).map_or(names, |at| run_before(side, at))
}

/// Whether more than a blank, a full stop or a hyphen stands before a word of a name: "PORT ARVEN - Ida Lund" are two names.
pub(super) fn is_parted(side: Side, at: usize) -> bool {
    let between = side.between(at);
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
    let [a, b] = [0, 1].map(|side| person(pair.side(side), &places[side]));
    let full = [(0, &a), (1, &b)].map(|(side, one)| FullName::of(pair.side(side), &one.names));
    if let [Some(left), Some(right)] = &full {
        return left.is_same(right).then_some(true);
    }
    if !a.names.is_empty() && !b.names.is_empty() {
        let same = |i: usize, j: usize| pair.likeness_of(i, j) >= 0.6;
        let any = a.names.clone().any(|i| b.names.clone().any(|j| same(i, j)));
        // "Grell, 58" / "his wife, Nora Grell, 63"
        let relative = [&a, &b].iter().zip([0, 1]).any(|(one, side)| is_relative(pair, side, one.names.start));
        return (any && !relative).then_some(true);
    }
    // Whoever was killed is another one than who was charged.
    let parts = [(0, &a), (1, &b)].map(|(side, one)| part(pair.side(side), &one.phrase(&places[side])));
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

#[cfg(test)]
mod tests {
    use crate::conflict::Kind;
    use crate::conflict::tests::read;

    #[test]
    fn an_age_is_of_the_name_before_it() {
        for (left, right, n) in [
            ("Ida Lund, 31, of Arven, was held at the quay.", "Ida Lund, 36, Arven, was held at the quay.", 1),
            ("Ida Lund, 31, of Arven, was held at the quay.", "Ivo Renn, 36, of Arven, was held at the quay.", 0),
            ("Ida Lund, 31, Arven; Ivo Renn, 36, Arven.", "Ida Lund, 31, Arven; Ivo Renn, 38, Arven.", 1),
            ("Ida Lund, aka Finch, 31, of Arven, fled.", "Ivo Renn, aka “Finch,” 36, of Arven, fled.", 0),
            ("Ida Lund, aka Finch, 31, of Arven, fled.", "Ida Lund, also known as Wren, 36, of Arven, fled.", 1),
            ("June Lund, 31, was held at the quay.", "Police held 36-year-old June Lund at the quay.", 1),
            ("Ida Maren Lund, 31, was held at the quay.", "Ivo Lund, 36, was held at the quay.", 0),
        ] {
            for (left, right) in [(left, right), (right, left)] {
                let found = read(left, right).0.into_iter().filter(|one| one.kind == Kind::Number).count();
                assert_eq!(found, n, "{left} / {right}");
            }
        }
    }
}
