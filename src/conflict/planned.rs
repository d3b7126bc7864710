//! What was to be and what came: "should have left at 7:15" / "left at 8:40".

use std::ops::Range;

use super::pair::Pair;

/// Words before a value that may say that it was planned.
const BEFORE: usize = 8;

/// Whether one value is what was planned and the other what came.
pub(super) fn planned_and_done(pair: &Pair, places: &[Range<usize>; 2]) -> bool {
    let planned = [0, 1].map(|side| is_planned(pair, side, &places[side]));
    planned[0] != planned[1] && is_done(pair, usize::from(planned[1]), places)
}

fn is_be(form: &str) -> bool {
    matches!(form, "are" | "been" | "being" | "is" | "was" | "were")
}

/// "was due at 7:15", "had been scheduled to open", "should have arrived", "was to have been ready".
fn is_planned(pair: &Pair, side: usize, place: &Range<usize>) -> bool {
    let words = &pair.sides[side].words;
    let all = pair.side(side);
    let form = |at: usize| all.form(at);
    let planned = |at: usize| {
        let be = |at: usize| is_be(form(at)) || matches!(form(at), "not" | "originally" | "first" | "still");
        match form(at) {
            // "due to a fault" is no plan.
            "due" if form(at + 1) == "to" => at > 0 && be(at - 1) && !is_thing(form(at + 2)),
            "due" | "scheduled" | "slated" | "supposed" | "meant" | "planned" | "timetabled" => at > 0 && be(at - 1),
            // "was to open"
            "to" => at > 0 && matches!(form(at - 1), "was" | "were") && !is_thing(form(at + 1)),
            "have" | "be" => {
                at > 0 && form(at - 1) == "should" || at > 1 && form(at - 1) == "to" && is_be(form(at - 2))
            }
            _ => false,
        }
    };
    let near = place.start.saturating_sub(BEFORE)..place.start;
    let own = near.rev().take_while(|&at| at + 1 == place.start || !words[at + 1].starts_clause);
    own.into_iter().any(planned)
}

/// What opens a thing, and no deed.
fn is_thing(form: &str) -> bool {
    matches!(
        form,
        "a" | "an" | "the" | "its" | "his" | "her" | "their" | "this" | "that" | "bad" | "heavy" | "high" | "low"
    )
}

/// Whether what a value is told of is past, as far as its verb shows.
fn is_done(pair: &Pair, planned: usize, places: &[Range<usize>; 2]) -> bool {
    const AHEAD: usize = 3;
    let side = 1 - planned;
    let Some(verb) = pair.verb(side, &places[side]) else { return false };
    let all = pair.side(side);
    let form = all.form(verb);
    let ahead = |at: usize| {
        matches!(
            all.form(at),
            "will" | "would" | "shall" | "should" | "may" | "might" | "can" | "could" | "must" | "to" | "is" | "are"
        )
    };
    let unchanged = matches!(form, "cost" | "cut" | "hit" | "put" | "set" | "shut");
    let past =
        unchanged || form.ends_with("ed") || !form.ends_with('s') && !form.ends_with("ing") && all.is_irregular(verb);
    past && !(verb.saturating_sub(AHEAD)..verb).any(ahead)
}

#[cfg(test)]
mod tests {
    use crate::conflict::Kind;
    use crate::conflict::tests::read;
    use crate::conflict::weights::Sign;

    #[test]
    fn what_was_planned_may_have_come_otherwise() {
        let mut wrong = Vec::new();
        for (left, right, apart) in [
            ("The ferry was due to leave at 7:15 a.m.", "The ferry left at 8:40 a.m.", true),
            ("The ferry should have left at 7:15 a.m.", "The ferry left at 8:40 a.m.", true),
            ("The ferry was scheduled to leave at 7:15 a.m.", "The ferry was scheduled to leave at 8:40 a.m.", false),
            ("The ferry left at 7:15 a.m.", "The ferry left at 8:40 a.m.", false),
            ("The ferry is due to leave at 7:15 a.m.", "The ferry will leave at 8:40 a.m.", false),
            ("The ferry left at 7:15 a.m. and was late due to a storm.", "The ferry left at 8:40 a.m.", false),
            ("The lock was due to open on Monday.", "The lock opened on Thursday.", true),
            ("The lock was to open on Monday.", "The lock opened on Thursday.", true),
            ("The lock was opened on Monday.", "The lock opened on Thursday.", false),
            ("The lock was supposed to cost 4 million crowns.", "The lock cost 9 million crowns.", true),
        ] {
            for (left, right) in [(left, right), (right, left)] {
                let found = read(left, right).0;
                let of = |kind: Kind| matches!(kind, Kind::Number | Kind::Time | Kind::Date);
                let told = found.iter().filter(|one| of(one.kind));
                let of_two: Vec<bool> = told.map(|one| one.signs[Sign::of_two as usize] > 0.0).collect();
                if of_two != [apart] {
                    wrong.push(format!("{of_two:?}: {left} / {right}"));
                }
            }
        }
        assert!(wrong.is_empty(), "{wrong:#?}");
    }
}
