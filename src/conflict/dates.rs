//! Days that cannot both be right: "on Monday" / "on Tuesday".

use std::ops::Range;

use super::pair::{Pair, is_time};
use super::value::Value;
use super::weights::{Sign, set_verbs, signs};
use super::{Context, Difference, Kind};
use crate::reading::{Date, Measure, Reading};

/// Whether two sentences name days that are not the same.
pub(super) fn comparable(left: &Reading, right: &Reading) -> bool {
    left.dates.iter().any(|a| right.dates.iter().any(|b| a.agrees(b) == Some(false)))
}

/// The years a sentence names, in order: what it tells of another year is another matter.
pub(super) fn years(reading: &Reading) -> Vec<i64> {
    let named = reading.quantities.iter().filter(|one| one.measure == Measure::Year).map(|one| one.low as i64);
    let mut years: Vec<i64> = named.chain(reading.dates.iter().filter_map(|date| date.year.map(i64::from))).collect();
    years.sort_unstable();
    years.dedup();
    years
}

/// Whether a day is that up to which something is known, which says nothing of when it happened: "as of Monday", "had left by
/// Monday". Two days until which something goes on are held against each other, and so are two by which it is to be done.
fn is_known_by(pair: &Pair, places: &[Range<usize>; 2]) -> bool {
    let limit = [0, 1].map(|side| limit(pair, side, places[side].start));
    if [0, 1].iter().any(|&side| lasts_since(pair, side, places)) {
        return true;
    }
    match limit {
        [None, None] => false,
        [Some("of"), _] | [_, Some("of")] => true,
        [a, b] => a != b || a == Some("by") && !is_ahead(pair, 0, &places[0]) && !is_ahead(pair, 1, &places[1]),
    }
}

/// Whether one side tells since which day it has gone on, and the other of a later day of it: "since Sunday" / "for the second
/// day on Monday".
fn lasts_since(pair: &Pair, side: usize, places: &[Range<usize>; 2]) -> bool {
    const DAYS: &[&str] = &["second", "third", "fourth", "fifth", "sixth", "seventh"];
    let [since, on] = [side, 1 - side];
    let [first, later] = [since, on].map(|side| {
        let under = |date: &&Date| pair.words_under(side, date.span) == places[side];
        pair.readings[side].dates.iter().find(under).and_then(|date| date.weekday)
    });
    let all = pair.side(on);
    let nth = |at: usize| {
        let n = DAYS.iter().position(|form| *form == all.form(at))? + 1;
        let day = matches!(
            all.form(at + 1),
            "day" | "night" | "morning" | "evening" | "consecutive" | "straight" | "successive"
        );
        (at > 1 && all.form(at - 1) == "the" && all.form(at - 2) == "for" && day).then_some(n)
    };
    let before = places[since].start.checked_sub(1).map(|at| pair.form(since, at));
    let fits = |n: usize| first.zip(later).is_none_or(|(a, b)| (usize::from(a) + n) % 7 == usize::from(b));
    before == Some("since") && (0..all.words.len()).find_map(nth).is_some_and(fits)
}

/// The word that makes a day a limit: "by late Monday", "until the end of Monday", "as of Monday".
fn limit<'a>(pair: &'a Pair, side: usize, day: usize) -> Option<&'a str> {
    const REACH: usize = 4;
    let between = |form: &str| is_time(form) || matches!(form, "the" | "end" | "of" | "on" | "at" | "least" | "about");
    let as_of = |at: usize| pair.form(side, at) == "of" && at > 0 && pair.form(side, at - 1) == "as";
    let limits = |at: usize| matches!(pair.form(side, at), "by" | "until" | "till") || as_of(at);
    let at = (day.saturating_sub(REACH)..day).rev().find(|&at| limits(at) || !between(pair.form(side, at)))?;
    limits(at).then(|| pair.form(side, at))
}

/// Whether something is to come by a day: "must be paid by Monday".
fn is_ahead(pair: &Pair, side: usize, day: &Range<usize>) -> bool {
    let to_come = |at: usize| {
        matches!(
            pair.form(side, at),
            "will"
                | "would"
                | "must"
                | "shall"
                | "should"
                | "may"
                | "can"
                | "could"
                | "to"
                | "due"
                | "expected"
                | "deadline"
        )
    };
    (0..pair.sides[side].words.len()).filter(|at| !day.contains(at)).any(to_come)
}

/// The least weight that must match around two days.
const MIN_AROUND: f32 = 1.0;

pub(super) fn differences(pair: &Pair, context: &Context) -> Vec<Difference> {
    let [left, right] = pair.readings.map(|reading| &reading.dates);
    // The day that something was said is another matter, and so is a day that the other side names too.
    let open =
        |one: &Date, others: &[Date]| !one.of_speech && !others.iter().any(|other| one.agrees(other) == Some(true));
    let mut found = Vec::new();
    for a in left.iter().filter(|a| open(a, right)) {
        for b in right.iter().filter(|b| open(b, left) && a.agrees(b) == Some(false)) {
            let places = [pair.words_under(0, a.span), pair.words_under(1, b.span)];
            if is_known_by(pair, &places) {
                continue;
            }
            let mut signs = signs(pair, &places[0], &places[1], Sign::date);
            set_verbs(&mut signs, pair, &places);
            Sign::rivals.set(&mut signs, (left.len() + right.len() - 2).min(6) as f32);
            let echo = [(0, a), (1, b)].iter().filter(|(side, date)| context.names_day(*side, date)).count();
            Sign::echo.set(&mut signs, echo as f32);
            let values = [(0, a), (1, b)].map(|(side, date)| Value::of_words(pair.texts[side], date.span));
            context.set_both(&mut signs, &values);
            Sign::commonness.set(&mut signs, context.dates.map(|dates| dates.len() as f32).iter().sum::<f32>().ln());
            let years = pair.readings.map(years);
            Sign::other_years.set(&mut signs, f32::from(u8::from(years[0] != years[1])));
            Sign::part.set(&mut signs, f32::from(u8::from(a.weekday.is_some() && a.weekday == b.weekday)));
            if signs[Sign::around as usize] >= MIN_AROUND {
                found.push(Difference {
                    kind: Kind::Date,
                    what: "when it happened".to_owned(),
                    left: a.span,
                    right: b.span,
                    signs,
                });
            }
        }
    }
    // Several days on a side: the two that most speaks for.
    let best = found.iter().map(|one| one.signs[Sign::around as usize]).fold(0.0, f32::max);
    found.retain(|one| one.signs[Sign::around as usize] >= best);
    found
}

#[cfg(test)]
mod tests {
    use crate::conflict::Kind;
    use crate::conflict::tests::read;

    #[test]
    fn a_day_up_to_which_something_is_known_is_not_when_it_happened() {
        for (left, right, held) in [
            ("As of Sunday, most guests had left the hotel.", "By Monday, most guests had left the hotel.", false),
            ("As of Sunday, most guests had left the hotel.", "Most guests left the hotel on Monday.", false),
            ("By late Sunday, most guests had left the hotel.", "By Monday, most guests had left the hotel.", false),
            ("The hotel was searched until Sunday.", "The hotel was searched on Monday.", false),
            ("The guests must leave the hotel by Sunday.", "The guests must leave the hotel by Monday.", true),
            ("The hotel has been closed since Sunday.", "The hotel was closed for the second day on Monday.", false),
            ("The hotel has been closed since Sunday.", "The hotel was closed for the fourth day on Monday.", true),
            ("The hotel has been closed since Sunday.", "The hotel was closed on Monday.", true),
            ("The hotel will be closed until Sunday.", "The hotel will be closed until Monday.", true),
            ("Most guests left the hotel on Sunday.", "Most guests left the hotel on Monday.", true),
        ] {
            for (left, right) in [(left, right), (right, left)] {
                let any = read(left, right).0.iter().any(|one| one.kind == Kind::Date);
                assert_eq!(any, held, "{left} / {right}");
            }
        }
    }
}
