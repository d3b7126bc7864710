//! Sentences that say the same word for word but for one place of a few words, where one has the opposite of the other's: "before the
//! break" / "after the break", "half of the crew" / "all of the crew", "began in the kitchen" / "began in the yard".
//!
//! Words of the language that no thesaurus lists as opposites, since in most sentences both may be true.

use std::ops::Range;

use super::pair::{Pair, is_time};
use super::subject::ALIKE;
use super::weights::{Sign, signs};
use super::{Difference, Kind};
use crate::align::Kind as WordKind;

/// Words in which the two sentences may differ, on each side.
const MOST: usize = 4;
/// Words that they must have in common.
const LEAST_SAME: usize = 3;
/// What one word rules out, in both directions.
const OPPOSED: &[(&[&str], &[&str])] = &[
    (&["before"], &["after"]),
    (&["for"], &["against"]),
    (&["more"], &["fewer", "less"]),
    (&["inside"], &["outside"]),
    (&["above"], &["below"]),
    (&["with"], &["without"]),
    (&["all", "entire", "every", "whole"], &["few", "half", "part", "quarter", "third"]),
];
/// What happens at one place alone.
#[rustfmt::skip]
const ONCE: &[&str] = &[
    "began", "born", "broke", "crashed", "derailed", "died", "exploded", "happened", "landed", "occurred", "originated", "place", "sank",
    "started",
];

/// The difference of two such sentences.
pub(super) fn difference(pair: &Pair) -> Option<Difference> {
    let lists = [0, 1].map(|side| &pair.sides[side].words);
    let same = |i: usize, j: usize| lists[0][i].form == lists[1][j].form;
    let least = lists[0].len().min(lists[1].len());
    let start = (0..least).take_while(|&at| same(at, at)).count();
    let from_end = |at: &usize| same(lists[0].len() - 1 - at, lists[1].len() - 1 - at);
    let end = (0..least - start).take_while(from_end).count();
    if start + end < LEAST_SAME {
        return None;
    }
    let middle = lists.map(|words| start..words.len() - end);
    if middle.iter().any(|middle| middle.is_empty() || middle.len() > MOST) {
        return None;
    }
    opposed(pair, &middle).or_else(|| elsewhere(pair, start, &middle))
}

/// Of words that exclude each other.
fn opposed(pair: &Pair, middle: &[Range<usize>; 2]) -> Option<Difference> {
    let find = |side: usize, list: &[&str]| middle[side].clone().find(|&at| list.contains(&pair.form(side, at)));
    let (i, j) = OPPOSED
        .iter()
        .find_map(|&(one, other)| find(0, one).zip(find(1, other)).or_else(|| find(0, other).zip(find(1, one))))?;
    let [a, b] = [pair.form(0, i), pair.form(1, j)];
    Some(told(pair, Kind::Opposite, format!("{} or {}", a.min(b), a.max(b)), [i..i + 1, j..j + 1], Sign::antonym))
}

/// Of two places where something that happens once is said to have happened.
fn elsewhere(pair: &Pair, start: usize, middle: &[Range<usize>; 2]) -> Option<Difference> {
    let before = |back: usize| start.checked_sub(back).map_or("", |at| pair.form(0, at));
    let placed = |form: &str| matches!(form, "at" | "in" | "near" | "on");
    let once = (0..start).any(|at| ONCE.contains(&pair.form(0, at)));
    let tells = |side: usize| {
        let thing = |at: usize| {
            matches!(pair.word(side, at).kind, WordKind::Content | WordKind::Name)
                && pair.word(side, at).value.is_none()
                && !is_time(pair.form(side, at))
        };
        middle[side].clone().all(thing)
    };
    let unlike = || middle[0].clone().all(|i| middle[1].clone().all(|j| pair.likeness_of(i, j) < ALIKE));
    let found = once && (placed(before(1)) || placed(before(2))) && tells(0) && tells(1) && unlike();
    found.then(|| told(pair, Kind::Place, "where".to_owned(), middle.clone(), Sign::place))
}

fn told(pair: &Pair, kind: Kind, what: String, places: [Range<usize>; 2], rule: Sign) -> Difference {
    let mut signs = signs(pair, &places[0], &places[1], rule);
    Sign::of_one.set(&mut signs, 1.0);
    let [left, right] = [0, 1].map(|side| pair.span(side, &places[side]));
    Difference { kind, what, left, right, signs }
}

#[cfg(test)]
mod tests {
    use crate::conflict::Kind;
    use crate::conflict::tests::read;

    #[test]
    fn one_word_of_the_language_turns_a_sentence_round() {
        for (left, right, kind) in [
            (
                "Dale's captain was carried off before the break.",
                "Dale's captain was carried off after the break.",
                Some(Kind::Opposite),
            ),
            (
                "The council voted 12 to 9 for the lock.",
                "The council voted 12 to 9 against the lock.",
                Some(Kind::Opposite),
            ),
            ("Half of the crew have left the yard.", "All of the crew have left the yard.", Some(Kind::Opposite)),
            ("A third of the granary was flooded.", "The whole granary was flooded.", Some(Kind::Opposite)),
            (
                "Sailors on the drug slept more soundly and had more colds.",
                "Sailors on the drug slept more soundly and had fewer colds.",
                Some(Kind::Opposite),
            ),
            ("The blaze began in the sail loft.", "The blaze began in the engine room.", Some(Kind::Place)),
            ("The mayor was seen in the sail loft.", "The mayor was seen in the engine room.", None),
            ("The blaze began in the sail loft.", "The blaze began in the loft.", None),
        ] {
            for (left, right) in [(left, right), (right, left)] {
                let told: Vec<Kind> = read(left, right).1.iter().map(|conflict| conflict.kind).collect();
                assert_eq!(
                    told.contains(&Kind::Opposite) || told.contains(&Kind::Place),
                    kind.is_some(),
                    "{left} / {right}: {told:?}"
                );
                assert!(kind.is_none_or(|kind| told.contains(&kind)), "{left} / {right}: {told:?}");
            }
        }
    }
}
