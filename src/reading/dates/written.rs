//! How a sentence writes a day: "Nov. 14", "14 November 2014", "2026-11-14", "last Monday", "yesterday".

use super::{Date, Part};
use crate::calendar::{MONTHS, WEEKDAYS};
use crate::reading::atoms::{Atom, Gap};
use crate::reading::number::number;
use crate::span::Span;

const SHORT_DAYS: [&str; 7] = ["mon", "tues", "wed", "thurs", "fri", "sat", "sun"];
const SHORT_MONTHS: [&str; 12] = ["jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sept", "oct", "nov", "dec"];

pub(super) fn date(atoms: &[Atom], at: usize) -> Option<(Date, usize)> {
    let word = |at: usize| atoms.get(at).map_or("", |atom| atom.text.as_str());
    let span = |next: usize| Span::new(atoms[at].span.start, atoms[next - 1].span.end);
    if let Some(found) = numeric(atoms, at) {
        return Some(found);
    }
    let back = at.checked_sub(1).map_or("", |before| word(before));
    let other_week = matches!(back, "last" | "next" | "every" | "previous" | "following")
        || atoms[at].text.ends_with('s')
            && atoms[at].text.len() > 6
            && WEEKDAYS.contains(&&atoms[at].text[..atoms[at].text.len() - 1]);
    if atoms[at].capital {
        let name = atoms[at].text.trim_end_matches("'s");
        let day =
            WEEKDAYS.iter().position(|day| *day == name || other_week && atoms[at].text.strip_suffix('s') == Some(day));
        let day = day.or_else(|| SHORT_DAYS.iter().position(|day| *day == name && atoms.len() > at + 1));
        if let Some(day) = day {
            let (part, next) = part(atoms, at, at + 1);
            return Some((Date { weekday: Some(day as u8), other_week, part, ..Date::at(span(next)) }, next));
        }
        if let Some(month) = month(&atoms[at]) {
            return of_month(atoms, at, month);
        }
    }
    let relative = match (word(at), word(at + 1)) {
        ("yesterday", _) => Some((-1, at + 1)),
        ("today", _) => Some((0, at + 1)),
        ("tonight", _) => Some((0, at + 1)),
        ("tomorrow", _) => Some((1, at + 1)),
        ("last", "night") => Some((-1, at + 1)),
        ("this", "morning" | "afternoon" | "evening") => Some((0, at + 1)),
        _ => None,
    };
    if let Some((relative, next)) = relative {
        let (part, next) = if word(at) == "tonight" { (Some(Part::Night), next) } else { part(atoms, at, next) };
        return Some((Date { relative: Some(relative), part, ..Date::at(span(next)) }, next));
    }
    // "14 November", "14th of November"
    let (day, mut next) =
        number(atoms, at).filter(|(day, _)| (1.0..=31.0).contains(&day.low) && day.low == day.high && !day.share)?;
    if atoms[at].figure.is_none() && !day.ordinal {
        return None;
    }
    next += usize::from(word(next) == "of");
    let month = atoms.get(next).filter(|atom| atom.capital && atom.gap == Gap::Space).and_then(month)?;
    // "the 19 Sept. 11 hijackers"
    let other_day = |at: usize| atoms.get(at).and_then(|atom| atom.figure).is_some_and(|figure| figure <= 31.0);
    if other_day(next + 1) {
        return None;
    }
    let (year, next) = year(atoms, next + 1);
    let date = Date { month: Some(month), day: Some(day.low as u8), year, ..Date::at(span(next)) };
    Some((date, next))
}

/// The part of the day that stands after it, or an "early" before, and the atom after it.
fn part(atoms: &[Atom], at: usize, next: usize) -> (Option<Part>, usize) {
    let word = atoms.get(next).filter(|atom| atom.gap == Gap::Space).map_or("", |atom| atom.text.as_str());
    let back = |n: usize| at.checked_sub(n).map_or("", |at| atoms[at].text.as_str());
    // "overnight on Tuesday"
    let near = 1 + usize::from(back(1) == "on");
    let small_hours = back(1) == "of" && back(2) == "hours" && matches!(back(3), "early" | "small");
    match (back(near), word) {
        ("early", "morning") => (Some(Part::Early), next + 1),
        (_, "morning") => (Some(Part::Morning), next + 1),
        (_, "afternoon") => (Some(Part::Afternoon), next + 1),
        (_, "evening" | "night") => (Some(Part::Night), next + 1),
        ("early", _) => (Some(Part::Early), next),
        ("late" | "overnight", _) => (Some(Part::Night), next),
        _ if small_hours => (Some(Part::Early), next),
        _ => (None, next),
    }
}

fn month(atom: &Atom) -> Option<u8> {
    let name = atom.text.trim_end_matches("'s");
    let name = if name == "sep" { "sept" } else { name };
    let place = |list: &[&str; 12]| list.iter().position(|month| *month == name);
    place(&MONTHS).or_else(|| place(&SHORT_MONTHS)).map(|month| month as u8 + 1)
}

/// "Nov. 14, 2014", "in March", "March 2014"; not the name May or March alone at the start.
fn of_month(atoms: &[Atom], at: usize, month: u8) -> Option<(Date, usize)> {
    let mut next = at + 1;
    let day = atoms.get(next).filter(|_| atoms[next].gap != Gap::Glued).and_then(|_| number(atoms, next));
    let close = |next: usize| atoms.get(next).is_some_and(|atom| matches!(atom.gap, Gap::Space | Gap::Mark));
    let day = day.filter(|(day, _)| {
        close(next)
            && atoms[next].figure.is_some()
            && (1.0..=31.0).contains(&day.low)
            && day.high == day.low
            && day.low.fract() == 0.0
    });
    let ambiguous =
        matches!(atoms[at].text.as_str(), "may" | "march" | "mar" | "jan" | "sun" | "june" | "april" | "august");
    let preceded = at > 0
        && atoms[at - 1].is(&[
            "in", "since", "until", "last", "next", "of", "by", "early", "late", "mid", "this", "from", "during",
            "between", "and",
        ]);
    if let Some((day, after)) = day {
        let (year, next) = year(atoms, after);
        let span = Span::new(atoms[at].span.start, atoms[next - 1].span.end);
        return Some((Date { month: Some(month), day: Some(day.low as u8), year, ..Date::at(span) }, next));
    }
    let (year, after) = year(atoms, next);
    if year.is_some() {
        next = after;
    } else if ambiguous && !preceded {
        return None;
    }
    let span = Span::new(atoms[at].span.start, atoms[next - 1].span.end);
    Some((Date { month: Some(month), year, ..Date::at(span) }, next))
}

fn year(atoms: &[Atom], at: usize) -> (Option<i32>, usize) {
    let year = atoms
        .get(at)
        .and_then(|atom| atom.figure)
        .filter(|year| (1000.0..2200.0).contains(year) && year.fract() == 0.0);
    match year {
        Some(year) => (Some(year as i32), at + 1),
        None => (None, at),
    }
}

/// "2026-11-14", "08/11/14", "3.11.2014".
fn numeric(atoms: &[Atom], at: usize) -> Option<(Date, usize)> {
    let figure = |at: usize| atoms.get(at).and_then(|atom| atom.figure).filter(|value| value.fract() == 0.0);
    let (first, second, third) = (figure(at)?, figure(at + 1)?, figure(at + 2)?);
    let gaps = [atoms[at + 1].gap, atoms[at + 2].gap];
    if gaps[0] != gaps[1] || !matches!(gaps[0], Gap::Hyphen | Gap::Slash | Gap::Stop) {
        return None;
    }
    let span = Span::new(atoms[at].span.start, atoms[at + 2].span.end);
    if first > 1000.0 && (1.0..=12.0).contains(&second) && (1.0..=31.0).contains(&third) {
        let date =
            Date { year: Some(first as i32), month: Some(second as u8), day: Some(third as u8), ..Date::at(span) };
        return Some((date, at + 3));
    }
    let written = [first as i32, second as i32, third as i32];
    (first <= 31.0 && second <= 31.0).then(|| (Date { written: Some(written), ..Date::at(span) }, at + 3))
}
