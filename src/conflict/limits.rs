//! Counts of those alone whom something befell in one way: of 13 who were hurt 11 may have had "wounds to the legs", or have
//! been "seriously hurt".

use std::ops::Range;

use super::pair::Pair;
use crate::reading::{Measure, Quantity, is_fate};

/// Whether the lesser of two counts is told of some way in which it befell them, and the greater is not.
pub(super) fn narrows(pair: &Pair, figures: [&Quantity; 2], places: &[Range<usize>; 2]) -> bool {
    let lesser = usize::from(figures[1].low < figures[0].low);
    let counts = figures.iter().all(|one| one.measure == Measure::Count) && figures[0].low != figures[1].low;
    let limited = |side: usize| is_limited(pair, side, &places[side]);
    counts && limited(lesser) && !limited(1 - lesser)
}

/// Words behind a count and before it that may be told of those counted.
const BEHIND: usize = 12;
const BEFORE: usize = 3;

/// Whether something befell those counted somewhere, or so badly.
fn is_limited(pair: &Pair, side: usize, place: &Range<usize>) -> bool {
    let words = &pair.sides[side].words;
    // What follows the next figure, or another clause, is told of others.
    let own = |at: &usize| words[*at].value.is_none() && !(words[*at].starts_clause && *at > place.end);
    let near = place.start.saturating_sub(BEFORE)
        ..(place.end..words.len().min(place.end + BEHIND)).take_while(own).count() + place.end;
    let form = |at: usize| if near.contains(&at) { pair.form(side, at) } else { "" };
    let befell = |from: usize| (from..from + 3).any(|at| is_fate(form(at)) || matches!(form(at), "condition" | "shot"));
    let degree = |at: usize| {
        matches!(
            form(at),
            "badly"
                | "critically"
                | "gravely"
                | "lightly"
                | "seriously"
                | "severely"
                | "slightly"
                | "critical"
                | "minor"
                | "serious"
                | "severe"
                | "slight"
                | "superficial"
                | "threatening"
        ) || form(at).ends_with("-threatening")
    };
    // "shot in the legs", but not "held in the hands of"
    let hit =
        |at: usize| is_fate(form(at)) || matches!(form(at), "shot" | "hit" | "struck" | "stabbed" | "bitten" | "burns");
    let somewhere = |at: usize| {
        matches!(form(at), "to" | "in")
            && at.checked_sub(1).is_some_and(hit)
            && (at + 1..at + 4).any(|at| is_of_body(form(at)))
    };
    near.clone().any(|at| degree(at) && befell(at + 1) || at >= place.end && somewhere(at))
}

/// Whether a word names a part of the body.
fn is_of_body(form: &str) -> bool {
    matches!(
        form,
        "abdomen"
            | "ankle"
            | "ankles"
            | "arm"
            | "arms"
            | "back"
            | "chest"
            | "extremities"
            | "eye"
            | "eyes"
            | "face"
            | "feet"
            | "foot"
            | "hand"
            | "hands"
            | "head"
            | "hip"
            | "hips"
            | "knee"
            | "knees"
            | "leg"
            | "legs"
            | "limbs"
            | "neck"
            | "shoulder"
            | "shoulders"
            | "spine"
            | "stomach"
            | "thigh"
            | "thighs"
            | "torso"
    )
}

#[cfg(test)]
mod tests {
    use crate::conflict::Kind;
    use crate::conflict::tests::assert_apart;

    #[test]
    fn who_was_hurt_in_one_way_is_some_of_those_hurt() {
        assert_apart(
            Kind::Number,
            &[
                ("The blast injured 19 workers.", "Fifteen workers had injuries to the arms.", true),
                ("The blast injured 19 workers.", "Fifteen workers were injured in their legs.", true),
                ("The blast injured 19 workers.", "Fifteen workers were seriously injured.", true),
                ("The blast injured 19 workers.", "Fifteen workers suffered minor injuries.", true),
                ("The blast injured 19 workers.", "Fifteen workers had injuries.", false),
                ("The blast injured 19 workers.", "The fate of 15 injured workers is in the hands of a clinic.", false),
                // More cannot be badly hurt than are hurt.
                ("The blast injured 15 workers.", "Nineteen workers were seriously injured.", false),
                ("The blast seriously injured 15 workers.", "Nineteen workers were seriously injured.", false),
                ("The blast injured 19 workers.", "Fifteen workers were injured, one of them seriously.", false),
            ],
        );
    }
}
