//! Figures of one measure that are of two things: a depth and a distance, a speed and its limit, a score at the break and at the end,
//! a share of the first votes and of all, what is and what was years ago; and days of two acts.

use std::ops::Range;

use super::extent::of_part_and_whole;
use super::groups;
use super::pair::Pair;
use super::period::is_ago;
use super::planned::planned_and_done;
use super::subject::ALIKE;
use crate::align::Kind as WordKind;
use crate::reading::{Measure, Quantity};

/// Whether two figures that differ may both be right by what they measure.
pub(super) fn of_two_things(pair: &Pair, figures: [&Quantity; 2], places: &[Range<usize>; 2]) -> bool {
    let differ = |told: &dyn Fn(usize) -> bool| told(0) != told(1);
    let measure = figures[0].measure;
    if !matches!(measure, Measure::Age | Measure::Year | Measure::Score) && planned_and_done(pair, places)
        || of_part_and_whole(pair, figures, places)
        || groups::are_two(pair, figures)
    {
        return true;
    }
    match measure {
        Measure::Length if is_more(pair, 0, &places[0]) != is_more(pair, 1, &places[1]) => return true,
        Measure::Length if other_dimension(pair, places) => return true,
        Measure::Score if differ(&|side| is_interim(pair, side)) => return true,
        Measure::Percent | Measure::Points if other_head(pair, places) => return true,
        Measure::Age | Measure::Year | Measure::Clock | Measure::Ordinal => return false,
        _ => {}
    }
    let counted = [0, 1].map(|side| counted(pair, side));
    let only_once = |side: usize| counted[side].is_some_and(|of| of != "all") && counted[1 - side].is_none();
    matches!(counted, [Some(a), Some(b)] if a != b)
        || only_once(0)
        || only_once(1)
        || differ(&|side| is_limit(pair, side, &places[side]))
        || measure != Measure::Duration && (was_and_is(pair, 0) || was_and_is(pair, 1))
        || other_in_order(pair)
}

/// Whether two lengths are of two extents of a thing: "60 metres high" / "420 metres long".
fn other_dimension(pair: &Pair, places: &[Range<usize>; 2]) -> bool {
    let [left, right] = [0, 1].map(|side| dimension(pair, side, &places[side]));
    left.zip(right).is_some_and(|(a, b)| a != b)
}

/// Which extent of a thing a length is.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Dimension {
    Down,
    Up,
    Along,
    Across,
    Away,
}

/// Words before a figure and behind it that say what of a thing it measures: "a depth of | 10 km", "60 metres | high", "48 km |
/// south-west of".
fn dimension(pair: &Pair, side: usize, place: &Range<usize>) -> Option<Dimension> {
    const BEFORE: usize = 4;
    const BEHIND: usize = 2;
    let of = |form: &str| match form {
        "deep" | "depth" | "underground" => Some(Dimension::Down),
        "altitude" | "elevation" | "height" | "high" | "tall" => Some(Dimension::Up),
        "length" | "long" => Some(Dimension::Along),
        "across" | "broad" | "diameter" | "thick" | "thickness" | "wide" | "width" => Some(Dimension::Across),
        "away" | "distance" | "downstream" | "from" | "inland" | "off" | "offshore" | "outside" | "upstream" => {
            Some(Dimension::Away)
        }
        _ if ["north", "south", "east", "west"].iter().any(|end| form.ends_with(end)) => Some(Dimension::Away),
        _ => None,
    };
    let words = &pair.sides[side].words;
    let behind = (place.end..words.len().min(place.end + BEHIND)).take_while(|&at| !words[at].starts_clause);
    let noun = |form: &str| {
        matches!(
            form,
            "altitude" | "depth" | "diameter" | "distance" | "elevation" | "height" | "length" | "thickness" | "width"
        )
    };
    let before = (place.start.saturating_sub(BEFORE)..place.start).rev().filter(|&at| noun(pair.form(side, at)));
    behind.chain(before).find_map(|at| of(pair.form(side, at)))
}

/// Whether a figure says how much more a thing measures than another one, or than it did: "a metre higher than before".
fn is_more(pair: &Pair, side: usize, place: &Range<usize>) -> bool {
    let all = pair.side(side);
    let form = all.form(place.end);
    let usual = |form: &str| matches!(form, "average" | "normal" | "usual");
    let compares = matches!(form, "above" | "below" | "more" | "less") || form.len() > 4 && form.ends_with("er");
    compares && (all.form(place.end + 1) == "than" || usual(all.form(place.end + 1)))
}

/// Whether a score is told of a match that goes on: "led 1-0 at half-time".
fn is_interim(pair: &Pair, side: usize) -> bool {
    let tells = |at: usize| {
        matches!(
            pair.form(side, at),
            "ahead"
                | "half-time"
                | "halftime"
                | "interval"
                | "lead"
                | "leading"
                | "leads"
                | "led"
                | "trailed"
                | "trailing"
        )
    };
    (0..pair.sides[side].words.len()).any(tells)
}

/// How much of a vote had been counted when a figure was given: "a third" of "with a third of the votes counted".
fn counted<'a>(pair: &'a Pair, side: usize) -> Option<&'a str> {
    const BEHIND: usize = 3;
    const BEFORE: usize = 5;
    let n = pair.sides[side].words.len();
    let of_vote = |at: &usize| {
        matches!(pair.form(side, *at), "ballots" | "districts" | "precincts" | "stations" | "vote" | "votes" | "wards")
    };
    let counts =
        |at: usize| matches!(pair.form(side, at), "counted" | "declared" | "reported" | "reporting" | "tallied");
    let votes = (0..n).filter(of_vote).find(|&at| (at + 1..n.min(at + 1 + BEHIND)).any(counts))?;
    let share = |at: usize| {
        pair.sides[side].words[at].value.is_some()
            || matches!(pair.form(side, at), "all" | "half" | "most" | "quarter" | "quarters" | "third" | "thirds")
    };
    let at = (votes.saturating_sub(BEFORE)..votes).rev().find(|&at| share(at))?;
    Some(pair.form(side, at))
}

/// Whether a figure is one that must not be passed, or that a thing has room for.
fn is_limit(pair: &Pair, side: usize, place: &Range<usize>) -> bool {
    const NEAR: usize = 6;
    let n = pair.sides[side].words.len();
    let near = place.start.saturating_sub(NEAR)..n.min(place.end + 2);
    near.filter(|at| !place.contains(at)).any(|at| matches!(pair.form(side, at), "capacity" | "limit" | "limits"))
}

/// Whether one side tells of what was a time ago, and the other of what is.
fn was_and_is(pair: &Pair, past: usize) -> bool {
    let ago = pair.readings[past].quantities.iter().any(|one| is_ago(pair, past, one));
    let is = |at: usize| matches!(pair.form(1 - past, at), "are" | "has" | "have" | "is" | "now" | "today");
    let other_ago = pair.readings[1 - past].quantities.iter().any(|one| is_ago(pair, 1 - past, one));
    ago && !other_ago && (0..pair.sides[1 - past].words.len()).any(is)
}

/// Whether both sides tell of one kind of thing in its order, and mean two of them: "the first goal" / "the third goal".
fn other_in_order(pair: &Pair) -> bool {
    const ORDINALS: &[&str] =
        &["first", "second", "third", "fourth", "fifth", "sixth", "seventh", "eighth", "ninth", "tenth"];
    let ordered = |side: usize| {
        let n = pair.sides[side].words.len();
        let place = move |at: usize| Some((ORDINALS.iter().position(|form| *form == pair.form(side, at))?, at + 1));
        (0..n.saturating_sub(1)).filter_map(place)
    };
    ordered(0).any(|(a, i)| ordered(1).any(|(b, j)| a != b && pair.partner(0, i) == Some(j)))
}

/// Whether what rises or costs so much is another thing: "sales rose 5%" / "profit rose 12%".
fn other_head(pair: &Pair, places: &[Range<usize>; 2]) -> bool {
    let head = |side: usize| {
        let words = &pair.sides[side].words;
        let verb = pair.verb(side, &places[side]).filter(|&verb| verb < places[side].start)?;
        let at = (0..verb)
            .rev()
            .take_while(|&at| !words[at + 1].starts_clause)
            .find(|&at| words[at].kind == WordKind::Content)?;
        // "the death toll": the noun right before the verb
        (verb - at <= 2).then_some(at)
    };
    head(0).zip(head(1)).is_some_and(|words| are_strangers(pair, words))
}

/// Whether two days are those of two acts, neither of which the other side has any word of: "was arrested on Friday" / "will appear
/// in court on Monday".
pub(super) fn of_two_acts(pair: &Pair, places: &[Range<usize>; 2]) -> bool {
    let [left, right] = [0, 1].map(|side| pair.verb(side, &places[side]));
    planned_and_done(pair, places) || left.zip(right).is_some_and(|words| are_strangers(pair, words))
}

/// Whether two words are not alike, and neither has one like it on the other side.
fn are_strangers(pair: &Pair, (i, j): (usize, usize)) -> bool {
    let open = |side: usize, at: usize| pair.partner(side, at).is_none() && pair.likeness(side, at) < ALIKE;
    open(0, i) && open(1, j) && pair.likeness_of(i, j) < ALIKE
}

#[cfg(test)]
mod tests {
    use crate::conflict::Kind;
    use crate::conflict::tests::read;
    use crate::conflict::weights::Sign;

    #[test]
    fn figures_of_two_things_are_both_right() {
        for (left, right, apart) in [
            ("The lock is 40 metres long.", "The lock is 12 metres wide.", true),
            ("The lock is 40 metres long.", "The lock is 42 metres long.", false),
            ("The dyke is 4 metres high.", "The dyke is one metre higher than before.", true),
            ("The shaft is 300 metres below ground.", "The shaft is at a depth of 500 metres.", false),
            ("The dyke is 2 metres higher than before.", "The dyke is one metre higher than before.", false),
            ("The tremor began at a depth of 9 km.", "The tremor began 30 km north-west of the port.", true),
            ("The tremor began at a depth of 9 km.", "The tremor began at a depth of 12 km.", false),
            ("Dale led 1-0 at half-time.", "Dale won 3-1.", true),
            ("Dale beat Arven 2-1.", "Dale beat Arven 3-1.", false),
            (
                "With half of the votes counted, Holt had 41 percent.",
                "With all votes counted, Holt had 44 percent.",
                true,
            ),
            (
                "With half of the votes counted, Holt had 41 percent.",
                "With half of the votes counted, Holt had 44 percent.",
                false,
            ),
            ("The van was doing 80 km/h.", "The speed limit on the bridge is 50 km/h.", true),
            ("The van was doing 80 km/h.", "The van was doing 90 km/h.", false),
            ("The port has 900 workers.", "Ten years ago 1,400 workers had jobs in the port.", true),
            ("The port has 900 workers.", "The port has 1,400 workers.", false),
            ("Oduya scored the first goal after 9 minutes.", "Oduya scored the third goal after 70 minutes.", true),
            ("Oduya scored the first goal after 9 minutes.", "Oduya scored the first goal after 11 minutes.", false),
            ("The yard's exports rose 4 percent last year.", "The yard's debts rose 11 percent last year.", true),
            ("The yard's exports rose 4 percent last year.", "The yard's exports rose 11 percent last year.", false),
        ] {
            for (left, right) in [(left, right), (right, left)] {
                let found = read(left, right).0;
                let told: Vec<_> = found.iter().filter(|one| matches!(one.kind, Kind::Number | Kind::Time)).collect();
                let ordered = |one: &&&crate::conflict::Difference| one.what.starts_with("place in the order");
                assert_eq!(
                    told.iter().filter(|one| !ordered(one)).all(|one| one.signs[Sign::of_two as usize] > 0.0),
                    apart,
                    "{left} / {right}: {found:?}"
                );
            }
        }
    }

    #[test]
    fn two_acts_have_a_day_each() {
        for (left, right, apart) in [
            ("The pilot was arrested on Friday.", "The pilot will appear before a judge on Monday.", true),
            ("The strike began on Friday.", "The strike ended on Monday.", true),
            ("The crew last walked out in March.", "The crew will walk out again in June.", true),
            ("The strike began on Friday.", "The strike started on Monday.", false),
            ("The vote was held on Friday.", "The town voted on Monday.", false),
        ] {
            for (left, right) in [(left, right), (right, left)] {
                let found = read(left, right).0;
                let days: Vec<_> = found.iter().filter(|one| one.kind == Kind::Date).collect();
                assert_eq!(
                    days.iter().all(|one| one.signs[Sign::of_two as usize] > 0.0),
                    apart,
                    "{left} / {right}: {found:?}"
                );
            }
        }
    }
}
