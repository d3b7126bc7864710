//! Counts of whoever was hit, which hold the dead: "three hurt and one killed" are "four victims".

use std::ops::Range;

use super::Context;
use super::pair::Pair;
use crate::reading::{Measure, Quantity, label};

/// Words to either side of a count that may say that those counted were hit.
const NEAR: usize = 5;

/// Whether one count is of those hurt and the other of those hit, of whom as many more are dead as they are more.
pub(super) fn holds_the_dead(
    pair: &Pair,
    figures: [&Quantity; 2],
    places: &[Range<usize>; 2],
    context: &Context,
) -> bool {
    let counts = figures.iter().all(|one| one.measure == Measure::Count && one.low == one.high);
    let greater = usize::from(figures[1].low > figures[0].low);
    let lesser = 1 - greater;
    let more = figures[greater].low - figures[lesser].low;
    let is_hurt = figures[lesser].fact.map(label) == Some("people hurt");
    let of_all = figures[greater].noun.as_deref() == Some("victims") || were_hit(pair, greater, &places[greater]);
    // One who died need not be counted.
    let died = |side: usize| context.counts_dead(side, more) || more == 1.0 && context.is_deadly(side);
    counts && is_hurt && of_all && !were_hit(pair, lesser, &places[lesser]) && (died(lesser) || died(greater))
}

fn were_hit(pair: &Pair, side: usize, place: &Range<usize>) -> bool {
    let side = pair.side(side);
    side.near(place, NEAR).any(|at| {
        let hit = matches!(side.form(at), "shot" | "struck" | "hit" | "stabbed" | "gunned" | "attacked");
        hit || side.form(at) == "gunshot" && matches!(side.form(at + 1), "wound" | "wounds")
    })
}

#[cfg(test)]
mod tests {
    use crate::conflict::Kind;
    use crate::conflict::tests::read_in;

    #[test]
    fn who_was_hit_may_be_dead() {
        let (one, two): (&[&str], &[&str]) =
            (&["A clerk died at the scene."], &["Two clerks were killed at the scene."]);
        for (left, right, more, held) in [
            ("Three people were hurt at the quay.", "Four people were shot at the quay.", one, false),
            ("Three people were hurt at the quay.", "Police found four victims hurt at the quay.", one, false),
            ("Three people were hurt at the quay.", "Five people were shot at the quay.", two, false),
            ("Three people were hurt at the quay.", "Police found four people hurt at the quay.", one, true),
            ("Three people were hurt at the quay.", "Police found six victims hurt at the quay.", two, true),
            ("Three people were hurt at the quay.", "Police found four victims hurt at the quay.", &[], true),
            // The dead are more and not fewer.
            ("Four people were hurt at the quay.", "Police found three victims hurt at the quay.", one, true),
        ] {
            let none: &[&str] = &[];
            for (first, more) in [([left, right], [more, none]), ([right, left], [none, more])] {
                let found = read_in(first, more, [None; 2]).0;
                assert_eq!(found.iter().any(|one| one.kind == Kind::Number), held, "{first:?}");
            }
        }
    }
}
