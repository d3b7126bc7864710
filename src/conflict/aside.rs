//! What lets two values that differ both be right: another occasion, another subject, another figure of the same thing.

use std::ops::Range;

use super::pair::{Pair, is_time};
use super::subject::{ALIKE, both_people, nothing_of_one, other_subject};
use super::weights::Sign;
use super::{Difference, Kind};
use crate::align::Kind as WordKind;
use crate::reading::{Measure, Quantity};

/// Sets the signs of a pair's differences that tell of something else beside. `changed` is whether the two sentences have
/// states that follow each other.
pub(super) fn set(pair: &Pair, found: &mut [Difference], changed: bool) {
    let apart = days_apart(pair);
    let turned = |kinds: &[Kind]| {
        let turns = |one: &Difference| kinds.contains(&one.kind) && one.signs[Sign::around_share as usize] >= TURNS;
        found.iter().any(turns)
    };
    let other_act = turned(&[Kind::Negation, Kind::Opposite, Kind::State]);
    let other_move = changed || other_act || turned(&[Kind::Number]) || other_figures(pair);
    for difference in found {
        let places = [(0, difference.left), (1, difference.right)].map(|(side, span)| pair.words_under(side, span));
        let truth = |value: bool| f32::from(u8::from(value));
        let named = matches!(difference.kind, Kind::Role | Kind::Name | Kind::Place);
        let figure = matches!(difference.kind, Kind::Number | Kind::Time | Kind::Date);
        // How old somebody is is the same on all days.
        let lasting = difference.signs[Sign::age as usize] > 0.0;
        let occasion = match difference.kind {
            // What rose on Monday and fell on Tuesday is neither one day nor one move.
            Kind::Date => other_move,
            // "took off at 9:40" / "landed at 11:05"
            Kind::Time => apart || other_act,
            _ => apart && !lasting,
        };
        let object = matches!(difference.kind, Kind::Negation | Kind::Opposite) && other_object(pair, &places);
        Sign::other_occasion.set(&mut difference.signs, truth(occasion));
        let subject = !named && other_subject(pair, &places)
            || difference.kind == Kind::Date && nothing_of_one(pair, &places)
            || difference.kind == Kind::Opposite && both_people(pair, difference);
        Sign::other_subject.set(&mut difference.signs, truth(subject));
        let qualified = figure && qualified(pair, &places, QUALIFIERS)
            || difference.kind == Kind::Modality && qualified(pair, &places, AGAIN);
        let guessed = difference.kind == Kind::Negation && guessed(pair, &places);
        Sign::qualified.set(&mut difference.signs, truth(object || qualified || guessed));
        // A day and what happened on it are told together.
        Sign::other_move.set(&mut difference.signs, truth(occasion && difference.kind == Kind::Date));
    }
}

/// So much of what stands around a difference must match for it to say that a day is another occasion.
const TURNS: f32 = 0.5;
/// Words less like each other than this are not the same.
const SAME: f32 = 0.6;

/// Whether both sides name days of what they tell, and none that is the same.
fn days_apart(pair: &Pair) -> bool {
    let [left, right] = pair.readings.map(|reading| reading.dates.iter().filter(|date| !date.of_speech));
    let verdicts: Vec<Option<bool>> = left.flat_map(|a| right.clone().map(|b| a.agrees(b))).collect();
    verdicts.contains(&Some(false)) && !verdicts.contains(&Some(true))
}

/// Whether both sides have figures of one measure that are not the same, whatever part they play.
fn other_figures(pair: &Pair) -> bool {
    let [left, right] = pair.readings.map(|reading| &reading.quantities);
    let dated = |one: &Quantity| matches!(one.measure, Measure::Clock | Measure::Year | Measure::Ordinal);
    let measured = |one: &&Quantity| !dated(one) && one.measure != Measure::Count;
    let apart = |a: &Quantity| right.iter().any(|b| b.measure == a.measure && !a.agrees(b));
    left.iter().filter(measured).any(apart)
}

/// Whether one side only says that it may be so: "may have been warned" / "denied that it was warned".
fn guessed(pair: &Pair, places: &[Range<usize>; 2]) -> bool {
    let may = |side: usize| {
        let cues = places[side].clone().filter_map(|at| pair.readings[side].polarity.hedged[at]);
        cues.into_iter().any(|cue| matches!(pair.form(side, cue), "may" | "might" | "could"))
    };
    may(0) != may(1)
}

/// Whether two things stand behind two places that are not the same: "guilty of theft" / "not guilty of fraud".
fn other_object(pair: &Pair, places: &[Range<usize>; 2]) -> bool {
    let next = |side: usize| {
        let words = &pair.sides[side].words;
        let behind = places[side].end..words.len().min(places[side].end + 4);
        let tells = |at: &usize| matches!(words[*at].kind, WordKind::Content | WordKind::Name);
        behind.take_while(|&at| !words[at].starts_clause).find(tells).filter(|&at| !is_time(pair.form(side, at)))
    };
    let open = |side: usize, at: usize| pair.likeness(side, at) < SAME;
    next(0).zip(next(1)).is_some_and(|(i, j)| open(0, i) && open(1, j) && pair.likeness_of(i, j) < ALIKE)
}

/// What makes a figure another one of the same thing: the highest, the first, one that is asked for.
const QUALIFIERS: &[&[&str]] = &[
    &["half", "half-time", "halftime", "interval"],
    &["maximum", "most"],
    &["minimum", "least"],
    &["average"],
    &["start", "starting", "opening", "initial", "initially", "first", "original", "originally"],
    &["final"],
    &["previous", "previously", "earlier", "former", "last"],
    &["poll", "polls", "forecast", "forecasts", "target"],
    &[
        "ask",
        "asked",
        "asking",
        "asks",
        "demand",
        "demanded",
        "demanding",
        "demands",
        "requested",
        "requests",
        "seek",
        "seeking",
        "seeks",
        "sought",
        "want",
        "wanted",
        "wants",
    ],
];
/// What makes an act another one of the same kind.
const AGAIN: &[&[&str]] = &[&["again", "next", "another"], &["last", "previously"]];
/// Words before a place and behind it that may make it another one.
const BEFORE: usize = 7;
const BEHIND: usize = 2;

fn qualified(pair: &Pair, places: &[Range<usize>; 2], qualifiers: &[&[&str]]) -> bool {
    let found = |side: usize| -> Vec<usize> {
        let words = &pair.sides[side].words;
        let place = &places[side];
        let near = place.start.saturating_sub(BEFORE)..(place.end + BEHIND).min(words.len());
        let said = |at: usize| {
            let next = if at + 1 < words.len() { pair.form(side, at + 1) } else { "" };
            let before = at.checked_sub(1).map_or("", |at| pair.form(side, at));
            // "last week", "for the first time", "at least", "will last"
            let timed = is_time(next) || next == "time" || before == "at";
            let verb = pair.form(side, at) == "last" && before != "the";
            qualifiers.iter().position(|group| group.contains(&pair.form(side, at)) && !timed && !verb)
        };
        let mut groups: Vec<usize> = near.filter(|at| !place.contains(at)).filter_map(said).collect();
        groups.sort_unstable();
        groups.dedup();
        groups
    };
    found(0) != found(1)
}
