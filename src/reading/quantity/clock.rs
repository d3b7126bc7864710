//! Times of day and spans of time that no number gives: "noon", "5:42 p.m.", "for an hour and a half".

use super::exactness::exactness;
use super::{Change, Exactness, Quantity, Zone};
use crate::reading::atoms::{Atom, Gap};
use crate::reading::number::number;
use crate::reading::unit::{Measure, unit};
use crate::span::Span;

const SHORTLY: &[&str] = &["after", "before", "past"];

/// "noon", "midnight".
pub(super) fn noon(atoms: &[Atom], at: usize) -> Option<(Quantity, usize)> {
    let minutes = match atoms[at].text.as_str() {
        "noon" | "midday" => 720.0,
        "midnight" => 0.0,
        _ => return None,
    };
    Some((time(atoms, at, at + 1, minutes, false), at + 1))
}

/// "half past four", "a quarter to nine", "twenty past six".
pub(super) fn spoken(atoms: &[Atom], at: usize) -> Option<(Quantity, usize)> {
    let word = |at: usize| atoms.get(at).filter(|atom| atom.goes_on()).map_or("", |atom| atom.text.as_str());
    let minutes = match atoms[at].text.as_str() {
        "half" => 30.0,
        "quarter" => 15.0,
        "five" => 5.0,
        "ten" => 10.0,
        "twenty" => 20.0,
        _ => return None,
    };
    let counted = usize::from(word(at + 1) == "minutes");
    let sign = match word(at + 1 + counted) {
        "past" => 1.0,
        // "from ten to nine", "a quarter to a third"
        "to" if atoms[at].text == "quarter" || counted == 1 => -1.0,
        _ => return None,
    };
    let hour_at = at + 2 + counted;
    let (hour, next) = number(atoms, hour_at).filter(|_| !word(hour_at).is_empty())?;
    let whole = hour.low == hour.high && hour.low.fract() == 0.0 && (1.0..=12.0).contains(&hour.low);
    if !whole || next != hour_at + 1 {
        return None;
    }
    let half = match (word(next), word(next + 1), word(next + 2)) {
        ("am", ..) | ("in", "the", "morning") => Some(0.0),
        ("pm", ..) | ("in", "the", "afternoon" | "evening") => Some(12.0),
        _ => None,
    };
    let hours = half.map_or(hour.low, |half| hour.low % 12.0 + half);
    let time = time(atoms, at, next, (hours * 60.0 + sign * minutes).rem_euclid(1440.0), half.is_none());
    Some((time, next))
}

/// "for an hour", "about an hour and a half", "within a day"; but "40 miles an hour" is a rate.
pub(super) fn a_while(atoms: &[Atom], at: usize) -> Option<(Quantity, usize)> {
    const BEFORE: &[&str] = &[
        "for", "within", "than", "about", "around", "nearly", "almost", "last", "lasted", "lasts", "take", "takes",
        "took", "roughly", "just", "under", "over", "least",
    ];
    let timed = matches!(atoms[at].text.as_str(), "a" | "an") && at > 0 && atoms[at - 1].is(BEFORE);
    let lasts = unit(atoms, at + 1, 1.0).filter(|unit| timed && unit.measure == Measure::Duration)?;
    let word = |n: usize| atoms.get(lasts.next + n).map_or("", |atom| atom.text.as_str());
    let (amount, end) = match (word(0), word(1), word(2)) {
        ("and", "a", "half") => (1.5, lasts.next + 3),
        _ => (1.0, lasts.next),
    };
    let mut quantity = time(atoms, at, end, amount * lasts.factor, false);
    (quantity.measure, quantity.factor) = (Measure::Duration, lasts.factor);
    if amount == 1.0 && !atoms[at + 1].is(&["fortnight"]) {
        // "a week" may be eight days.
        (quantity.low, quantity.high) = (0.75 * lasts.factor, 1.3 * lasts.factor);
    }
    Some((quantity, end))
}

/// "5:42 p.m.", "7.15pm", "9 o'clock", "19:15".
pub(super) fn clock(atoms: &[Atom], at: usize) -> Option<(Quantity, usize)> {
    let hour = atoms[at].figure.or_else(|| number(atoms, at).map(|(number, _)| number.low))?;
    let (mut hours, mut minutes, mut next) = (hour, 0.0, at + 1);
    let colon = atoms.get(next).filter(|atom| atom.gap == Gap::Colon && atom.figure.is_some());
    if let Some(colon) = colon {
        (minutes, next) = (colon.figure.unwrap_or(0.0), next + 1);
    } else if hour.fract() != 0.0 {
        // "7.15pm"
        (hours, minutes) = (hour.trunc(), (hour.fract() * 100.0).round());
    }
    let word = atoms.get(next).filter(|atom| atom.goes_on()).map_or("", |atom| atom.text.as_str());
    let half = match word {
        "am" => Some(0.0),
        "pm" => Some(12.0),
        "o'clock" => None,
        _ if colon.is_some() && minutes < 60.0 => None,
        _ => return None,
    };
    if !(0.0..=24.0).contains(&hours) || minutes >= 60.0 || atoms.get(next).is_some_and(|atom| atom.gap == Gap::Colon) {
        return None;
    }
    let end = next + usize::from(matches!(word, "am" | "pm" | "o'clock"));
    let hours = half.map_or(hours, |half| hours % 12.0 + half);
    let open = half.is_none() && hours <= 12.0;
    Some((time(atoms, at, end, hours * 60.0 + minutes, open), end))
}

pub(super) fn time(atoms: &[Atom], at: usize, end: usize, minutes: f64, half_day: bool) -> Quantity {
    let near = (at.saturating_sub(1)..at).any(|before| atoms[before].is(SHORTLY));
    let exactness = if near { Exactness::AtMost } else { exactness(atoms, at, end) };
    Quantity {
        span: Span::new(atoms[at].span.start, atoms[end - 1].span.end),
        low: minutes,
        high: minutes,
        exactness,
        measure: Measure::Clock,
        noun: None,
        noun_span: None,
        fact: None,
        part: false,
        whole: None,
        left_out: false,
        added: false,
        change: Change::None,
        rate: false,
        half_day,
        zone: Zone::Unsaid,
        factor: 1.0,
        atoms: (at, end),
    }
}
