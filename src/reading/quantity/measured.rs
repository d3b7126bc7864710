//! What a number measures: money, a share, an age, a length, a year; or nothing, where it is a name: "Route 9".

use super::Quantity;
use super::clock::time;
use crate::calendar::WEEKDAYS;
use crate::reading::atoms::{Atom, Gap};
use crate::reading::counted::is_person;
use crate::reading::number::{Number, number};
use crate::reading::unit::{Currency, Measure, Unit, sign, unit};

/// The second number of "5 to 7" and "5-7", and the atom after it.
pub(super) fn range(
    atoms: &[Atom],
    next: usize,
    first: &Number,
    currency: Option<Currency>,
) -> Option<(Number, usize)> {
    let joint = atoms.get(next)?;
    let hyphen = joint.gap == Gap::Hyphen && joint.figure.is_some();
    let between = atoms[next.saturating_sub(4)..next].iter().any(|atom| atom.text == "between");
    let place = match joint.text.as_str() {
        _ if hyphen => next,
        "to" if joint.gap == Gap::Space => next + 1,
        "and" if joint.gap == Gap::Space && between => next + 1,
        _ => return None,
    };
    // "$2 million to $3 million"
    let signed = currency.is_some() && atoms.get(place).is_some_and(|_| sign(atoms, place) == currency);
    let place = place + usize::from(signed);
    let (other, mut after) = atoms.get(place).and_then(|_| number(atoms, place))?;
    let mut other = other;
    if currency.is_some() && atoms.get(after).is_some_and(|atom| atom.gap == Gap::Glued && atom.text == "m") {
        (other.low, other.high, other.scaled) = (other.low * 1e6, other.high * 1e6, true);
        after += 1;
    }
    let from = place >= 3 && next >= 2 && (next.saturating_sub(3)..next).any(|at| atoms[at].text == "from");
    (other.high > first.low && !from && !other.ordinal && other.share == first.share).then_some((other, after))
}

/// The most of a range whose ends have units of their own, and the atom after it: "between two days and three weeks".
pub(super) fn between(atoms: &[Atom], at: usize, end: usize, measure: Measure) -> Option<(f64, usize)> {
    let opens = at > 0 && atoms[at - 1].text == "between";
    let joint = atoms.get(end).filter(|joint| opens && joint.goes_on() && joint.text == "and");
    let (last, after) = joint.and_then(|_| atoms.get(end + 1)).and_then(|_| number(atoms, end + 1))?;
    let unit = unit(atoms, after, last.high).filter(|unit| unit.measure == measure)?;
    Some((last.high * unit.factor, unit.next))
}

/// What a smaller unit adds to an amount, in the unit of the measure, its factor, and the atom after it: "two hours | and eight
/// minutes", "5 feet | 10 inches".
pub(super) fn smaller(atoms: &[Atom], end: usize, measure: Measure, factor: f64) -> Option<(f64, f64, usize)> {
    let made_up = matches!(measure, Measure::Duration | Measure::Length | Measure::Weight);
    let goes_on = |at: usize| atoms.get(at).is_some_and(Atom::goes_on);
    let at = end + usize::from(goes_on(end) && atoms[end].text == "and");
    let (number, after) = Some(at).filter(|&at| made_up && goes_on(at)).and_then(|at| number(atoms, at))?;
    let unit = unit(atoms, after, number.high).filter(|unit| unit.measure == measure)?;
    let more = number.low * unit.factor;
    let plain = number.low == number.high && !number.ordinal && !number.share;
    (plain && unit.factor < factor && more < factor).then_some((more, unit.factor, unit.next))
}

/// What a number measures, the factor of its unit, and the atom after the unit.
pub(super) fn measure(
    atoms: &[Atom],
    at: usize,
    next: usize,
    number: &Number,
    currency: Option<Currency>,
    written: bool,
) -> Option<(Measure, f64, usize)> {
    let word = |at: usize| atoms.get(at).map_or("", |atom| atom.text.as_str());
    let back = |n: usize| at.checked_sub(n).map_or("", |at| atoms[at].text.as_str());
    if let Some(currency) = currency {
        return Some((Measure::Money(currency), 1.0, next));
    }
    if number.share {
        return Some((Measure::Percent, 1.0, next));
    }
    if number.ordinal {
        return Some((Measure::Ordinal, 1.0, next));
    }
    if back(1) == "magnitude" || back(1) == "of" && back(2) == "magnitude" || word(next) == "magnitude" {
        return Some((Measure::Magnitude, 1.0, next));
    }
    if let Some(found) = age(atoms, at, next, number, written) {
        return Some(found);
    }
    let ages = number.high < MAX_AGE;
    if matches!(back(1), "his" | "her" | "their") && back(2) == "in" && number.high > number.low && ages {
        return Some((Measure::Age, 1.0, next));
    }
    if let Some(Unit { measure, factor, next }) = unit(atoms, next, number.high) {
        return Some((measure, factor, next));
    }
    let year = written && (1900.0..2100.0).contains(&number.low) && number.low.fract() == 0.0 && !number.scaled;
    let grouped = atoms[at].text.contains(',');
    // "painted in 1642."
    let old = written && (1000.0..1900.0).contains(&number.low) && matches!(back(1), "in" | "since");
    if old && !grouped && atoms.get(next).is_none_or(|next| next.gap == Gap::Mark) {
        return Some((Measure::Year, 1.0, next));
    }
    if year && !grouped {
        let dated =
            matches!(back(1), "in" | "since" | "by" | "from" | "until" | "of" | "for" | "during" | "early" | "late");
        return (dated || number.high > number.low).then_some((Measure::Year, 1.0, next));
    }
    // "the quake measured 6.8"
    if matches!(back(1), "measured" | "measuring" | "registered") && number.high < 10.0 && number.low.fract() != 0.0 {
        return Some((Measure::Magnitude, 1.0, next));
    }
    Some((Measure::Count, 1.0, next))
}

/// Nobody is as old.
const MAX_AGE: f64 = 115.0;

/// The age of somebody: "54-year-old", "aged 12", "Lina Abara, 29, was", "the driver, 40,", "he was 81".
fn age(atoms: &[Atom], at: usize, next: usize, number: &Number, written: bool) -> Option<(Measure, f64, usize)> {
    if number.high >= MAX_AGE || number.low < 1.0 {
        return None;
    }
    let word = |at: usize| atoms.get(at).map_or("", |atom| atom.text.as_str());
    let back = |n: usize| at.checked_sub(n).map_or("", |at| atoms[at].text.as_str());
    let unit = match word(next) {
        "year" | "years" => Some(1.0),
        "month" | "months" => Some(1.0 / 12.0),
        "week" | "weeks" => Some(7.0 / 365.25),
        _ => None,
    };
    if let Some(unit) = unit {
        let old = match (word(next + 1), word(next + 2)) {
            ("old" | "olds", _) => Some(next + 2),
            ("of", "age") => Some(next + 3),
            _ => None,
        };
        return old.map(|end| (Measure::Age, unit, end));
    }
    let aged = matches!(back(1), "aged" | "age") || back(1) == "of" && back(2) == "age";
    let somebody = |atom: &Atom| atom.capital && atom.figure.is_none() || is_person(&atom.text);
    let marked = |at: usize| atoms.get(at).is_none_or(|atom| atom.gap == Gap::Mark);
    let flat = matches!(back(1), "apt" | "apartment" | "no" | "unit" | "suite" | "box" | "st" | "room");
    let apposed = written && !flat && at > 0 && somebody(&atoms[at - 1]) && marked(at) && marked(next);
    let is = matches!(back(1), "was" | "is" | "turned" | "turns") && at > 1;
    let ends = marked(next) || matches!(word(next), "when" | "at" | "and" | "last" | "this");
    let pronoun = |atom: &Atom| matches!(atom.text.as_str(), "he" | "she" | "who");
    let is = is && ends && atoms[at].goes_on() && (pronoun(&atoms[at - 2]) || is_person(&atoms[at - 2].text));
    (aged || apposed || is).then_some((Measure::Age, 1.0, next))
}

/// Whether a number is part of a name: "Boeing 737", "Route 9", "112 Norman Street", "No. 4", "COVID-19".
pub(super) fn label(atoms: &[Atom], at: usize, next: usize) -> bool {
    const STREETS: &[&str] =
        &["street", "st", "avenue", "ave", "road", "rd", "lane", "drive", "dr", "boulevard", "block", "highway"];
    const NUMBERED: &[&str] = &[
        "no", "number", "route", "highway", "flight", "section", "article", "chapter", "page", "channel", "room",
        "unit", "version", "level", "stage", "phase", "round", "line", "gate", "pier", "platform", "type", "class",
        "group", "part", "act", "step", "week", "day", "game", "formula", "windows", "pm2", "grade",
    ];
    if atoms[at].figure.is_none() {
        return false;
    }
    let is_day = |atom: &Atom| atom.is(&WEEKDAYS) || atom.is(&["today", "yesterday"]);
    let before = at.checked_sub(1).map(|at| &atoms[at]);
    let named = before.is_some_and(|before| {
        let close = atoms[at].goes_on();
        let name = before.capital && at > 1 && before.span.len() > 1 && !is_day(before) && before.figure.is_none();
        let function = crate::clause::is_function_word(&before.text);
        // "beat Arlen 2-1"
        let name = name && score(atoms, at, next).is_none();
        close && (name && !function && atoms[at].gap != Gap::Glued || before.is(NUMBERED))
            || before.capital && atoms[at].gap == Gap::Hyphen
            || before.figure.is_none()
                && atoms[at].gap == Gap::Glued
                && !before.is(&["$", "£", "€", "¥", "₹"])
                && !(at > 1 && atoms[at - 1].gap == Gap::Glued && atoms[at - 2].text == "$")
            || before.text == "iphone"
    });
    let street = (next..(next + 4).min(atoms.len()))
        .take_while(|&at| atoms[at].goes_on() && (atoms[at].capital || atoms[at].text == "block"))
        .any(|at| atoms[at].is(STREETS));
    named || street
}

/// "2-1", "98 to 96" where the first is not the smaller.
pub(super) fn score(atoms: &[Atom], at: usize, next: usize) -> Option<(Quantity, usize)> {
    let first = atoms[at].figure.filter(|first| first.fract() == 0.0 && *first < 400.0)?;
    let hyphen = |at: usize| atoms.get(at).filter(|atom| atom.gap == Gap::Hyphen).and_then(|atom| atom.figure);
    let second = hyphen(next)?;
    if second > first || second.fract() != 0.0 || hyphen(next + 1).is_some() {
        return None;
    }
    let mut quantity = time(atoms, at, next + 1, 0.0, false);
    (quantity.low, quantity.high, quantity.measure) = (second, first, Measure::Score);
    Some((quantity, next + 1))
}
