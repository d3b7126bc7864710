//! Whose bail it is: two sums contradict each other only where both sentences name the one who has to find them.

use std::ops::Range;

use super::pair::{Pair, Side, WINDOW};
use crate::clause::is_saying;

/// Whether two sums are bail, and the sentences do not name one and the same person.
pub(super) fn is_of_two(pair: &Pair, places: &[Range<usize>; 2]) -> bool {
    let of_one = |&(i, j): &(usize, usize)| is_accused(pair.side(0), i) && is_accused(pair.side(1), j);
    (is_bail(pair.side(0), &places[0]) || is_bail(pair.side(1), &places[1])) && !pair.matches.iter().any(of_one)
}

fn is_bail(side: Side, place: &Range<usize>) -> bool {
    side.near(place, WINDOW).any(|at| matches!(side.form(at), "bail" | "bond"))
}

/// Whether a word is a name, and none of an office, or of who says it or orders it.
fn is_accused(side: Side, at: usize) -> bool {
    let goes_on = |at: &usize| side.is_name(*at) && (*at == 0 || !side.between(*at).contains([',', ';', '(', '\n']));
    let first = at - (1..=at).rev().take_while(|at| side.is_name(at - 1) && goes_on(at)).count();
    let end = at + 1 + (at + 1..side.words.len()).take_while(goes_on).count();
    let office = |at: usize| {
        matches!(
            side.form(at),
            "attorney"
                | "city"
                | "clerk"
                | "county"
                | "court"
                | "department"
                | "district"
                | "jail"
                | "judge"
                | "justice"
                | "magistrate"
                | "office"
                | "police"
                | "prosecutor"
                | "sheriff"
                | "sheriff's"
                | "state"
        )
    };
    let says = is_saying(side.form(end)) || first > 0 && is_saying(side.form(first - 1));
    side.is_name(at) && !says && !(first.saturating_sub(1)..end + 1).any(office)
}

#[cfg(test)]
mod tests {
    use crate::conflict::Kind;
    use crate::conflict::tests::assert_apart;

    #[test]
    fn two_who_are_held_have_two_bails() {
        let lund = "Bail for Ida Lund was set at $300,000 by the court.";
        assert_apart(
            Kind::Number,
            &[
                (lund, "Bail for Lund was set at $750,000 by the court.", false),
                (lund, "Lund's bail was set by the court at $750,000.", false),
                (lund, "Bail was set at $750,000 by the court.", true),
                (lund, "Bail for each was set at $750,000 by the court, Lund said.", true),
                (
                    "Bail was set at $300,000 in Arven County Court.",
                    "Bail was set at $750,000 in Arven County Court.",
                    true,
                ),
                ("The court in Arven fined Ida Lund $300.", "The court in Arven fined Lund $700.", false),
            ],
        );
    }
}
