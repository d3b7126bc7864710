//! What is turned twice is turned back: "wheat prices rose" / "barley prices fell", "trains were not late" / "buses were
//! late". Both may be right, of two things; but they are not one claim.

use std::ops::Range;

use super::pair::Pair;
use super::weights::Sign;
use super::wholes::tell_of_two_parts;
use super::{Difference, Kind};
use crate::clause::is_verb;

/// Sets apart the differences of a clause that has two, one in what is told and one in what it is told of, and what is told
/// of two parts of one whole. `others` are differences that are not told themselves.
pub(super) fn set(pair: &Pair, found: &mut [Difference], others: &[Difference]) {
    let parted = tell_of_two_parts(pair);
    let told: Vec<Turn> = found.iter().chain(others).filter_map(|one| turn(pair, one)).collect();
    let placed = |one: &Turn, other: &Turn| (!one.counted || other.place) && (!other.counted || one.place);
    let turned = |one: &Turn, other: &Turn| one.told != other.told && placed(one, other);
    let both = |one: &Turn| told.iter().any(|other| turned(one, other) && in_one_clause(pair, one, other));
    let apart: Vec<[Range<usize>; 2]> = told.iter().filter(|one| both(one)).map(|one| one.places.clone()).collect();
    for difference in found {
        let places = places(pair, difference);
        if apart.contains(&places) || parted && turn(pair, difference).is_some_and(|turn| turn.told) {
            Sign::apart.set(&mut difference.signs, 1.0);
        }
    }
}

/// A word or two that differ.
struct Turn {
    places: [Range<usize>; 2],
    /// Whether they are what is told, and not what it is told of.
    told: bool,
    /// Whether they are counts.
    counted: bool,
    /// Whether they are places.
    place: bool,
}

fn places(pair: &Pair, difference: &Difference) -> [Range<usize>; 2] {
    [pair.words_under(0, difference.left), pair.words_under(1, difference.right)]
}

fn turn(pair: &Pair, difference: &Difference) -> Option<Turn> {
    let places = places(pair, difference);
    let told = match difference.kind {
        Kind::Negation => true,
        Kind::Opposite | Kind::State => is_told(pair, 0, &places[0]) || is_told(pair, 1, &places[1]),
        Kind::Name | Kind::Place => false,
        // "four were flown to Holm" / "six were flown to Dale"
        Kind::Number if is_count(difference) => true,
        _ => return None,
    };
    Some(Turn { places, told, counted: difference.kind == Kind::Number, place: difference.kind == Kind::Place })
}

/// Whether a difference is of how many there are.
fn is_count(difference: &Difference) -> bool {
    [Sign::count, Sign::counted_people].iter().any(|&rule| difference.signs[rule as usize] > 0.0)
}

/// Whether a place holds a verb, or what something is.
fn is_told(pair: &Pair, side: usize, place: &Range<usize>) -> bool {
    let before = |at: usize| at.checked_sub(1).map(|before| pair.form(side, before));
    let be = matches!(before(place.start), Some("is" | "are" | "was" | "were" | "be" | "been" | "remain" | "remained"));
    be || place.clone().any(|at| is_verb(pair.form(side, at), before(at)))
}

/// Whether nothing parts two places on either side.
fn in_one_clause(pair: &Pair, one: &Turn, other: &Turn) -> bool {
    [0, 1].iter().all(|&side| {
        let (a, b) = (&one.places[side], &other.places[side]);
        let (first, last) = if a.start < b.start { (a, b) } else { (b, a) };
        first.end <= last.start && !(first.end..=last.start).any(|at| pair.word(side, at).starts_clause)
    })
}
