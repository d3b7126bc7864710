//! What sets two counts apart beside their size: one is of those left out, of another part of a whole, or of another thing.

use std::ops::Range;

use super::numbers::{LIKE, likeness_of_nouns};
use super::pair::Pair;
use crate::reading::{Change, Measure, Quantity};

/// Whether one number is told of the opposite: "all but two" / "only two", "fell to 3%" / "fell by 3%".
pub(super) fn turned(a: &Quantity, b: &Quantity) -> bool {
    let same = (a.low, a.high) == (b.low, b.high);
    let share = |one: &Quantity| matches!(one.measure, Measure::Percent | Measure::Points);
    let went = |one: &Quantity, other: &Quantity| one.change == Change::To && other.change == Change::By;
    let measured = a.measure == b.measure || share(a) && share(b);
    let rest = a.whole.zip(b.whole).is_some_and(|(x, y)| x == y && a.low != b.low && a.low + b.low == x);
    let left_out = a.left_out != b.left_out;
    rest && left_out || same && measured && (leaves_out(a) != leaves_out(b) || went(a, b) || went(b, a))
}

/// Whether a count is of those left out of a whole that nobody gives.
pub(super) fn leaves_out(one: &Quantity) -> bool {
    one.left_out && one.whole.is_none()
}

/// Whether two counts are of two things, by what befell those counted or else by their nouns.
pub(super) fn of_two_things(pair: &Pair, a: &Quantity, b: &Quantity) -> bool {
    let counts = a.measure == Measure::Count && b.measure == Measure::Count;
    let named = a.noun.is_some() && b.noun.is_some() && a.noun != b.noun;
    counts
        && match (a.fact, b.fact) {
            (Some(x), Some(y)) => x != y,
            (None, None) => named && likeness_of_nouns(pair, a, b) < LIKE,
            _ => false,
        }
}

/// Whether two counts are two parts of one whole: "seven of the nine agreed" / "two of the nine dissented".
pub(super) fn are_two_parts(pair: &Pair, a: &Quantity, b: &Quantity, places: &[Range<usize>; 2]) -> bool {
    let fits = a.whole.zip(b.whole).is_some_and(|(x, y)| x == y && a.low + b.low <= x);
    fits && !same_act(pair, places)
}

/// Whether two sentences tell of two parts of one whole.
pub(super) fn tell_of_two_parts(pair: &Pair) -> bool {
    let [left, right] = pair.readings.map(|reading| &reading.quantities);
    let two = |a: &Quantity, b: &Quantity| {
        are_two_parts(pair, a, b, &[pair.words_under(0, a.span), pair.words_under(1, b.span)])
    };
    left.iter().any(|a| right.iter().any(|b| two(a, b)))
}

/// Whether the verbs of two places are the same, and neither alone is denied.
pub(super) fn same_act(pair: &Pair, places: &[Range<usize>; 2]) -> bool {
    let denied = [0, 1].map(|side| {
        let verb = pair.verb(side, &places[side]);
        verb.is_some_and(|verb| pair.readings[side].polarity.negated[verb].is_some())
    });
    pair.same_verb(&places[0], &places[1]) == Some(true) && denied[0] == denied[1]
}
