//! What was reported at first and is no longer: "in early reports five were hurt". It is no side of a dispute where the same
//! article goes on to the other figure.

use std::ops::Range;

use super::pair::Pair;

/// Words before a figure and behind it that may say that it was the first one.
const BEFORE: usize = 14;
const BEHIND: usize = 5;

/// Whether a figure is called the first one told.
pub(super) fn told_at_first(pair: &Pair, side: usize, place: &Range<usize>) -> bool {
    let n = pair.sides[side].words.len();
    let form = |at: usize| if at < n { pair.form(side, at) } else { "" };
    // What came of it stands behind a "but".
    let turns = |at: usize| matches!(form(at), "but" | "now" | "then" | "later" | "since" | "however");
    let first = |at: usize| match form(at) {
        "initially" | "originally" => true,
        "at" => form(at + 1) == "first",
        "initial" | "early" | "earlier" | "preliminary" | "first" => is_report(form(at + 1)),
        _ => false,
    };
    let before = (place.start.saturating_sub(BEFORE)..place.start).rev().take_while(|&at| !turns(at));
    let behind = (place.end..n.min(place.end + BEHIND)).take_while(|&at| !turns(at));
    before.chain(behind).any(first)
}

fn is_report(form: &str) -> bool {
    matches!(
        form,
        "report"
            | "reports"
            | "account"
            | "accounts"
            | "count"
            | "counts"
            | "estimate"
            | "estimates"
            | "figure"
            | "figures"
            | "information"
            | "tally"
            | "toll"
            | "number"
            | "numbers"
            | "statement"
            | "statements"
    )
}

#[cfg(test)]
mod tests {
    use crate::conflict::tests::read_in;

    #[test]
    fn who_goes_on_to_another_figure_does_not_hold_to_the_first() {
        let right = "Four people were hurt in the blast.";
        let goes_on: &[&str] = &["The four who were hurt are at the clinic."];
        for (left, more, apart) in [
            ("In early reports, the mayor announced that five people were hurt in the blast.", goes_on, true),
            ("Five people were initially reported hurt in the blast.", goes_on, true),
            ("At first five people were said to be hurt in the blast.", goes_on, true),
            ("In early reports, the mayor announced that five people were hurt in the blast.", &[], false),
            ("The mayor announced that five people were hurt in the blast.", goes_on, false),
            ("In early reports nobody was missing, but five people were hurt in the blast.", goes_on, false),
        ] {
            let none: &[&str] = &[];
            for (first, more) in [([left, right], [more, none]), ([right, left], [none, more])] {
                let found: Vec<bool> = read_in(first, more, [None; 2]).0.iter().map(|one| one.is_apart()).collect();
                assert_eq!(found, [apart], "{first:?}");
            }
        }
    }
}
