//! What lets two values that differ both be right: another occasion, another subject, another figure of the same thing.

use std::ops::Range;

use super::pair::{Pair, is_time};
use super::weights::Sign;
use super::{Difference, Kind};
use crate::align::Kind as WordKind;
use crate::clause::is_saying;
use crate::reading::{Measure, Quantity, is_person};
use crate::span::Span;

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
/// Words less like each other than this have nothing in common.
const ALIKE: f32 = 0.4;

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

/// Whether the words of a difference are two kinds of people: "a cook" / "a waiter".
fn both_people(pair: &Pair, difference: &Difference) -> bool {
    let of = |side: usize, span: Span| {
        let place = pair.words_under(side, span);
        let article =
            place.start.checked_sub(1).is_some_and(|at| matches!(pair.form(side, at), "a" | "an" | "another"));
        (article, place.clone().any(|at| is_person(pair.form(side, at))))
    };
    let (a, b) = (of(0, difference.left), of(1, difference.right));
    a.1 && b.1 || a.0 && b.0 && difference.signs[Sign::exclusive as usize] > 0.0
}

/// Whether what stands before the verbs of two places has nothing in common: "the owner was held on Monday" / "the driver
/// was held on Tuesday".
fn nothing_of_one(pair: &Pair, places: &[Range<usize>; 2]) -> bool {
    let told = [0, 1].map(|side| {
        let tells = |at: &usize| {
            matches!(pair.word(side, *at).kind, WordKind::Content | WordKind::Name) && !is_time(pair.form(side, *at))
        };
        before_verb(pair, side, &places[side]).filter(tells).collect::<Vec<usize>>()
    });
    let alike = |i: usize| told[1].iter().any(|&j| pair.likeness_of(i, j) >= ALIKE || pair.partner(0, i) == Some(j));
    !told[0].is_empty() && !told[1].is_empty() && !told[0].iter().any(|&i| alike(i))
}

/// Whether names stand before the verbs of two places, on both sides, and none of them is the same; or another person, or
/// another thing of the kind.
fn other_subject(pair: &Pair, places: &[Range<usize>; 2]) -> bool {
    let before = [0, 1].map(|side| before_verb(pair, side, &places[side]));
    let of = |side: usize, kind: WordKind| {
        let told = move |&at: &usize| pair.word(side, at).kind == kind && !is_time(pair.form(side, at));
        before[side].clone().filter(told).collect::<Vec<usize>>()
    };
    let names = [0, 1].map(|side| of(side, WordKind::Name));
    let same = |i: usize| names[1].iter().any(|&j| pair.likeness_of(i, j) >= SAME || pair.partner(0, i) == Some(j));
    let named = !names[0].is_empty() && !names[1].is_empty() && !names[0].iter().any(|&i| same(i));
    let nouns = [0, 1].map(|side| of(side, WordKind::Content));
    let open = |side: usize, at: usize| pair.word(side, at).kind == WordKind::Content && pair.likeness(side, at) < SAME;
    // "a boy was found" / "a guest was found"
    let anyone = |side: usize| {
        let person = |&&at: &&usize| {
            let article = at > 0 && matches!(pair.form(side, at - 1), "a" | "an" | "another");
            article && is_person(pair.form(side, at)) && open(side, at)
        };
        nouns[side].iter().find(person).copied()
    };
    let other = anyone(0).zip(anyone(1)).is_some_and(|(i, j)| pair.likeness_of(i, j) < SAME);
    // "the coast line" / "the hill line"
    let kinds = |&i: &usize| {
        let Some(j) = pair.partner(0, i).filter(|j| nouns[1].contains(j)) else { return false };
        let beside = |side: usize, at: usize| at > 0 && open(side, at - 1) && is_kind(pair.form(side, at - 1));
        beside(0, i) && beside(1, j) && pair.likeness_of(i - 1, j - 1) < SAME
    };
    named || other || nouns[0].iter().any(kinds)
}

/// Whether a word before a noun may say what kind of thing it is: no participle, no plain adjective.
fn is_kind(form: &str) -> bool {
    const ENDINGS: &[&str] =
        &["ed", "ing", "ful", "ous", "ive", "al", "less", "ish", "able", "ible", "ic", "est", "ly"];
    !ENDINGS.iter().any(|ending| form.ends_with(ending))
}

/// The words from the start of the clause to the verb of a place, or to the place where no verb stands before it; of the
/// clause before where the verb opens its own: "the minister, Karin Dahl, resigned".
fn before_verb(pair: &Pair, side: usize, place: &Range<usize>) -> Range<usize> {
    let words = &pair.sides[side].words;
    let verb = pair.verb(side, place).filter(|&verb| verb < place.start).unwrap_or(place.start);
    let starts = |at: usize| words[at].starts_clause || is_saying(pair.form(side, at));
    let opens = |end: usize| (0..end).rev().find(|&at| starts(at)).unwrap_or(0);
    let start = opens(verb);
    let tells = (start..verb).any(|at| matches!(words[at].kind, WordKind::Content | WordKind::Name));
    if tells { start..verb } else { opens(start)..verb }
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
