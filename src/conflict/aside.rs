//! What lets two values that differ both be right: another occasion, another subject, another figure of the same thing.

use std::ops::Range;

use super::dates::years;
use super::measured;
use super::opposites::is_order;
use super::pair::{Pair, is_time};
use super::period;
use super::subject::{
    ALIKE, both_people, narrowed, nothing_of_one, other_group, other_subject, restrict, same_subject,
};
use super::weights::Sign;
use super::{Difference, Kind};
use crate::align::Kind as WordKind;
use crate::reading::{Measure, Quantity};
use crate::span::Span;

/// Sets the signs of a pair's differences that tell of something else beside. `changed` is whether the two sentences have
/// states that follow each other.
pub(super) fn set(pair: &Pair, found: &mut [Difference], changed: bool) {
    let apart = days_apart(pair) || period::apart(pair);
    let years = years_apart(pair);
    let turned = |kinds: &[Kind]| {
        let turns = |one: &Difference| kinds.contains(&one.kind) && one.signs[Sign::around_share as usize] >= TURNS;
        found.iter().any(turns)
    };
    let other_act = turned(&[Kind::Negation, Kind::Opposite, Kind::State]);
    let other_move = changed || other_act || turned(&[Kind::Number]) || other_figures(pair);
    let places_of = |one: &Difference| [(0, one.left), (1, one.right)].map(|(side, span)| pair.words_under(side, span));
    // "the northern bridge is open" / "the southern bridge is closed": two things, of which two things are told.
    let opposites = || found.iter().filter(|one| one.kind == Kind::Opposite);
    let restricted = found.len() > 1 && opposites().any(|one| restrict(pair, &places_of(one)));
    let directed = opposites().next().is_some();
    // "sales rose 5%" / "profit rose 12%": nothing rules the other out.
    let of_two: Vec<bool> = found.iter().map(|one| two_things(pair, one, &places_of(one))).collect();
    let measured = found.iter().zip(&of_two).any(|(one, &of_two)| one.kind == Kind::Number && of_two);
    for (difference, of_two) in found.iter_mut().zip(of_two) {
        let places = places_of(difference);
        let truth = |value: bool| f32::from(u8::from(value));
        let named = matches!(difference.kind, Kind::Role | Kind::Name | Kind::Place);
        let figure = is_figure(difference);
        // How old somebody is is the same on all days.
        let lasting = difference.signs[Sign::age as usize] > 0.0;
        let of_one = difference.signs[Sign::of_one as usize] > 0.0;
        let occasion = match difference.kind {
            // What rose on Monday and fell on Tuesday is neither one day nor one move.
            Kind::Date => other_move,
            // "took off at 9:40" / "landed at 11:05"
            Kind::Time => apart || other_act,
            Kind::Number if how_long_ago(pair, difference) => changed || other_act,
            // Figures of other years are weighed by themselves.
            Kind::Number => apart && !lasting,
            _ => apart || years,
        } || figure && period::forecast(pair, &places);
        let object = matches!(difference.kind, Kind::Negation | Kind::Opposite) && other_object(pair, &places);
        Sign::other_occasion.set(&mut difference.signs, truth(occasion));
        // Of two figures alone one may be wrong; of two that rose and fell, each is of its own group.
        let group = match difference.kind {
            Kind::Negation | Kind::Opposite | Kind::State => true,
            Kind::Number => directed && !lasting,
            _ => false,
        };
        // "Holt ruled out a sale" / "the port will be sold": whoever rules it out need not be who does it.
        let ruled_out = difference.kind == Kind::Negation
            && [0, 1].iter().any(|&side| places[side].len() > 1 && pair.form(side, places[side].start) == "ruled");
        let subject = !named && !ruled_out && (other_subject(pair, &places) || narrowed(pair, &places))
            || restricted
            || group && other_group(pair, &places)
            || difference.kind == Kind::Date && nothing_of_one(pair, &places)
            || difference.kind == Kind::Opposite && !of_one && both_people(pair, difference);
        Sign::other_subject.set(&mut difference.signs, truth(subject));
        let qualified = figure && qualified(pair, &places, QUALIFIERS)
            || matches!(difference.kind, Kind::Date | Kind::Modality) && qualified(pair, &places, AGAIN);
        let guessed = difference.kind == Kind::Negation && guessed(pair, &places);
        Sign::qualified.set(&mut difference.signs, truth(object || qualified || guessed));
        let again = difference.kind == Kind::Date && qualified;
        let compatible = measured && difference.signs[Sign::exclusive as usize] > 0.0;
        if of_two || again || compatible {
            Sign::of_two.set(&mut difference.signs, 1.0);
        }
        let aside = occasion || subject || object || qualified || guessed;
        if matches!(difference.kind, Kind::Negation | Kind::Modality)
            && !aside
            && same_subject(pair, &places)
            && !elsewhere(pair, &places)
        {
            Sign::plain.set(&mut difference.signs, SAME_SUBJECT);
        }
        // A day and what happened on it are told together.
        Sign::other_move.set(&mut difference.signs, truth(occasion && difference.kind == Kind::Date));
    }
}

/// How plain it is that one and the same either does or does not.
const SAME_SUBJECT: f32 = 0.5;
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

/// Whether both sides name years, and none that is the same.
fn years_apart(pair: &Pair) -> bool {
    let [left, right] = pair.readings.map(years);
    !left.is_empty() && !right.is_empty() && !left.iter().any(|year| right.contains(year))
}

/// Whether a difference is one of figures, and they are of two things, or of days of two acts.
fn two_things(pair: &Pair, difference: &Difference, places: &[Range<usize>; 2]) -> bool {
    if !is_figure(difference) {
        return false;
    }
    let figure = |side: usize, span: Span| pair.readings[side].quantities.iter().find(|one| one.span == span);
    match figure(0, difference.left).zip(figure(1, difference.right)) {
        Some((a, b)) => measured::of_two_things(pair, [a, b], places),
        None => difference.kind == Kind::Date && measured::of_two_acts(pair, places),
    }
}

/// Whether a difference is of figures, times or days.
fn is_figure(difference: &Difference) -> bool {
    matches!(difference.kind, Kind::Number | Kind::Time | Kind::Date)
}

/// Whether a figure says how long ago something was, which is when it was.
fn how_long_ago(pair: &Pair, difference: &Difference) -> bool {
    let quantities = &pair.readings[0].quantities;
    quantities.iter().any(|one| one.span == difference.left && period::is_ago(pair, 0, one))
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
    // Who has "not arrested anyone" has arrested nobody of any kind.
    let anyone =
        |side: usize| places[side].end < pair.sides[side].words.len() && is_any(pair.form(side, places[side].end));
    // "before the ship sank" / "after the ferry had sunk": what was compared there are acts.
    if anyone(0) || anyone(1) || is_order(pair, 0, places[0].start) {
        return false;
    }
    let open = |side: usize, at: usize| pair.likeness(side, at) < SAME;
    let next = |side: usize| behind(pair, side, &places[side]);
    next(0).zip(next(1)).is_some_and(|(i, j)| open(0, i) && open(1, j) && pair.likeness_of(i, j) < ALIKE)
}

/// The thing that stands behind a place, in its clause.
fn behind(pair: &Pair, side: usize, place: &Range<usize>) -> Option<usize> {
    const REACH: usize = 4;
    let words = &pair.sides[side].words;
    let tells = |at: &usize| matches!(words[*at].kind, WordKind::Content | WordKind::Name);
    let mut near = (place.end..words.len().min(place.end + REACH)).take_while(|&at| !words[at].starts_clause);
    near.find(tells).filter(|&at| !is_time(pair.form(side, at)))
}

/// Whether the thing behind one of two places is another one: a name that the other side lacks, or a thing that it lacks
/// where its own is known: "she never stayed in Corwin" / "she stayed in Arven".
fn elsewhere(pair: &Pair, places: &[Range<usize>; 2]) -> bool {
    let any = |side: usize| {
        let next = places[side].end;
        next < pair.sides[side].words.len() && is_any(pair.form(side, next))
    };
    if any(0) || any(1) {
        return false;
    }
    let next = [0, 1].map(|side| behind(pair, side, &places[side]));
    let open = |side: usize| next[side].map(|at| pair.likeness(side, at) < SAME);
    let name = |side: usize| {
        open(side) == Some(true) && next[side].is_some_and(|at| pair.word(side, at).kind == WordKind::Name)
    };
    name(0) || name(1) || open(0).zip(open(1)).is_some_and(|(a, b)| a != b)
}

/// "anyone", and the like.
pub(super) fn is_any(form: &str) -> bool {
    matches!(form, "anybody" | "anyone" | "anything")
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
        let adjective = |at: usize| words.get(at + 1).is_some_and(|next| next.kind == WordKind::Content);
        let said = |at: usize| {
            let next = if at + 1 < words.len() { pair.form(side, at + 1) } else { "" };
            let before = at.checked_sub(1).map_or("", |at| pair.form(side, at));
            // "last week", "for the first time", "at least", "will last"
            let timed = is_time(next) || next == "time" || before == "at";
            let verb = pair.form(side, at) == "last" && before != "the";
            // "won the final 3-1"
            let match_played = pair.form(side, at) == "final" && !adjective(at);
            qualifiers.iter().position(|group| group.contains(&pair.form(side, at)) && !timed && !verb && !match_played)
        };
        let mut groups: Vec<usize> = near.filter(|at| !place.contains(at)).filter_map(said).collect();
        groups.sort_unstable();
        groups.dedup();
        groups
    };
    found(0) != found(1)
}
