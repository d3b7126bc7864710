//! How much, how many, how long, when on the clock: a number, how exact it is and what it measures.
//!
//! Two quantities can be compared where they measure the same thing ([`Measure`]), and agree where a reader would take
//! one for the other: 6,980 for "about 7,000", "at least 22" for 23, "half an hour" for 30 minutes. Number words are read
//! here and not by a crate (text2num, for one, reads "one" in "no one" and knows no ranges): signs, units and what is
//! counted have to be read in the same pass.

use super::atoms::{Atom, Gap};
use super::counted::is_person;
use super::number::{Number, number};
use super::unit::{Currency, Measure, Unit, sign, unit};
use crate::calendar::WEEKDAYS;
use crate::span::Span;

/// How exactly a quantity is meant.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Exactness {
    /// As it stands.
    Exact,
    /// "about", "nearly", "or so".
    About,
    /// "at least", "more than".
    AtLeast,
    /// "up to", "fewer than".
    AtMost,
}

/// What a quantity does in a change: "from 5 to 7, by 40 percent".
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Change {
    /// No change, or what it came to.
    None,
    /// Where it began.
    From,
    /// How far it went.
    By,
}

/// One quantity of a sentence.
#[derive(Debug, Clone, PartialEq)]
pub struct Quantity {
    /// The number with its sign and unit.
    pub span: Span,
    /// The least it says, in the unit of its measure.
    pub low: f64,
    /// The most it says.
    pub high: f64,
    /// How exactly.
    pub exactness: Exactness,
    /// Of what.
    pub measure: Measure,
    /// The noun that names what is counted, or what the quantity is an attribute of, in lower case.
    pub noun: Option<String>,
    /// Where that noun stands.
    pub noun_span: Option<Span>,
    /// What happened to those counted, as a number of the list of facts.
    pub fact: Option<u8>,
    /// Whether it counts a part of what was just counted: "three of them", "including five".
    pub part: bool,
    /// Whether it comes on top: "another six", "two more".
    pub added: bool,
    /// Its part in a change.
    pub change: Change,
    /// Whether it is so much for each of something: "a day", "per head".
    pub rate: bool,
    /// Whether the time of day may be of either half of it: "at 7:15".
    pub half_day: bool,
    /// The factor of the unit it is written in.
    pub factor: f64,
    /// First and one past the last atom.
    pub atoms: (usize, usize),
}

/// Before a number: how exactly it is meant.
const ABOUT: &[&str] =
    &["about", "around", "roughly", "approximately", "nearly", "almost", "some", "estimated", "circa", "close", "near"];
const SHORTLY: &[&str] = &["after", "before", "past"];
const PARTS: &[&str] = &["including", "among", "whom"];

impl Quantity {
    /// Whether both may be true, for quantities of one measure.
    pub fn agrees(&self, other: &Self) -> bool {
        if self.measure == Measure::Score {
            let straight = self.low == other.low && self.high == other.high;
            return straight || self.low == other.high && self.high == other.low;
        }
        if self.measure == Measure::Clock {
            return self.same_time(other);
        }
        if self.measure == Measure::Year || self.measure == Measure::Ordinal {
            return self.low <= other.high && other.low <= self.high;
        }
        // What is written in other units was rounded once more.
        let converted = if (self.factor - other.factor).abs() > 1e-9 { 0.1 } else { 1e-9 };
        let [(a, b), (c, d)] = [self, other].map(|one| one.bounds(converted));
        let exact = [self, other].iter().all(|one| one.exactness == Exactness::Exact);
        let small = self.measure == Measure::Count && self.high.max(other.high) < 20.0 && exact;
        a <= d && c <= b || !small && (rounds(self, other) || rounds(other, self))
    }

    /// The least and the most that it can mean.
    fn bounds(&self, slack: f64) -> (f64, f64) {
        /// Nobody says "more than 40" of 80, or "about 40" of 50.
        const BEYOND: f64 = 1.5;
        let (low, high) = (self.low * (1.0 - slack), self.high * (1.0 + slack));
        match self.exactness {
            Exactness::Exact => (low, high),
            Exactness::About => (low * (1.0 - self.leeway()), high * (1.0 + self.leeway())),
            Exactness::AtLeast => (low, high * BEYOND),
            Exactness::AtMost => (low / BEYOND, high),
        }
    }

    /// How far from it "about" reaches: "about 20" is vaguer than "about 141".
    fn leeway(&self) -> f64 {
        match significant(self.high / self.factor) {
            0 | 1 => 0.12,
            2 => 0.05,
            _ => 0.01,
        }
    }

    fn same_time(&self, other: &Self) -> bool {
        let exact = self.exactness == Exactness::Exact && other.exactness == Exactness::Exact;
        let shortly = self.exactness == Exactness::AtMost || other.exactness == Exactness::AtMost;
        let slack = match exact {
            true => 4.0,
            false if shortly => 25.0,
            false => 10.0,
        };
        let day = if self.half_day || other.half_day { 720.0 } else { 1440.0 };
        let apart = (self.low - other.low).rem_euclid(day);
        apart.min(day - apart) <= slack
    }

    /// How far apart two quantities are, as the logarithm of their ratio.
    pub fn distance(&self, other: &Self) -> f64 {
        if matches!(self.measure, Measure::Clock | Measure::Year | Measure::Score) {
            return 0.0;
        }
        let middle = |one: &Self| (one.low.abs() + one.high.abs()) / 2.0 + 1e-9;
        (middle(self) / middle(other)).ln().abs()
    }
}

/// How many figures of a number count: one of 4,000, two of 0.25.
fn significant(amount: f64) -> usize {
    let written = format!("{amount:.6e}");
    written.split('e').next().unwrap_or("").trim_end_matches('0').chars().filter(char::is_ascii_digit).count()
}

/// Whether `coarse` is `fine` with fewer figures that count: 44 of 43.9, 4,000 of 3,980; 74 is no rounding of 73.
fn rounds(coarse: &Quantity, fine: &Quantity) -> bool {
    let [a, b] = [coarse, fine].map(|one| (one.low / coarse.factor, one.high / coarse.factor));
    if a.0 != a.1 || b.0 != b.1 || (a.0 - b.0).abs() > 0.05 * a.0.abs().max(b.0.abs()) {
        return false;
    }
    let rounded = |amount: f64, figures: usize| format!("{amount:.*e}", figures - 1).parse::<f64>().unwrap_or(amount);
    // "$43 million" for 43,885,310: cut off instead.
    let figures = significant(a.0);
    let unit = 10f64.powi(b.0.abs().max(1e-9).log10().floor() as i32 + 1 - figures as i32);
    let cut = a.0 * coarse.factor >= 1000.0 && figures > 1 && significant(b.0) > figures;
    if cut && ((b.0 / unit).floor() * unit - a.0).abs() < 1e-6 * unit {
        return true;
    }
    (1..=4).any(|figures| rounded(a.0, figures) == a.0 && rounded(b.0, figures) == a.0 && b.0 != a.0)
        && rounded(b.0, 2) != b.0
}

/// The quantities of a sentence, in order; `taken` are the atoms that dates hold.
pub fn quantities(atoms: &[Atom], taken: &[bool]) -> Vec<Quantity> {
    let mut found: Vec<Quantity> = Vec::new();
    let mut at = 0;
    while at < atoms.len() {
        if taken[at] {
            at += 1;
            continue;
        }
        match read(atoms, at) {
            Some((quantity, next)) => {
                found.push(quantity);
                at = next.max(at + 1);
            }
            None => at = number(atoms, at).map_or(at + 1, |(_, next)| next.max(at + 1)),
        }
    }
    found
}

/// The quantity whose number begins at atom `at`.
fn read(atoms: &[Atom], at: usize) -> Option<(Quantity, usize)> {
    if let Some(found) = noon(atoms, at).or_else(|| a_while(atoms, at)) {
        return Some(found);
    }
    let (mut first, next) = number(atoms, at)?;
    let written = atoms[at].figure.is_some();
    // "no one", "one of them": nothing is counted; and "one" is a figure of speech too often.
    if atoms[at].text == "one" && next == at + 1 && unit(atoms, next, 1.0).is_none() {
        return None;
    }
    // "4 1/2" is read wrong by half, so not at all.
    let slashed = |at: usize| atoms.get(at).is_some_and(|atom| atom.gap == Gap::Slash && atom.figure.is_some());
    if slashed(next) || slashed(at) {
        return None;
    }
    let parent =
        at > 1 && atoms[at - 1].text == "of" && atoms[at - 2].is(&["father", "mother", "dad", "mum", "mom", "parents"]);
    if parent || label(atoms, at, next) || first.ordinal && first.low < 2.5 {
        return None;
    }
    let before = at.checked_sub(1);
    // "$40", and "$US40"
    let lettered =
        before.filter(|&before| atoms[at].gap == Gap::Glued && atoms[before].is(&["us", "a", "c", "nz", "hk"]));
    let place =
        lettered.and_then(|before| before.checked_sub(1).filter(|_| atoms[before].gap == Gap::Glued)).or(before);
    let currency = place.and_then(|place| sign(atoms, place));
    if let Some(found) = clock(atoms, at).or_else(|| score(atoms, at, next)) {
        return Some(found);
    }
    // "$40m", "a 100m race": metres or millions, the sign says.
    let mut next = next;
    let glued_m = atoms.get(next).is_some_and(|atom| atom.gap == Gap::Glued && atom.is(&["m", "b"]));
    if glued_m {
        currency?;
        let scale = if atoms[next].text == "m" { 1e6 } else { 1e9 };
        (first.low, first.high, first.scaled) = (first.low * scale, first.high * scale, true);
        next += 1;
    }
    let mut second = None;
    if let Some((other, after)) = range(atoms, next, &first, currency) {
        (second, next) = (Some(other), after);
        if let Some(last) = second.filter(|last| last.scaled && !first.scaled && first.high < last.low / 100.0) {
            // "$2-3 million"
            let scale = 10f64.powi((last.high.log10() / 3.0).floor() as i32 * 3);
            (first.low, first.high) = (first.low * scale, first.high * scale);
        }
    }
    let high = second.map_or(first.high, |other| other.high);
    let (measure, factor, end) = measure(atoms, at, next, &first, currency, written)?;
    let start = currency.and(place).unwrap_or(at);
    let start = start - usize::from(currency.is_some() && start > 0 && atoms[start].gap == Gap::Glued);
    let mut quantity = Quantity {
        span: Span::new(atoms[start].span.start, atoms[end - 1].span.end),
        low: first.low * factor,
        high: high.max(first.low) * factor,
        exactness: exactness(atoms, start, end),
        measure,
        noun: None,
        noun_span: None,
        fact: None,
        part: false,
        added: false,
        change: Change::None,
        rate: rate(atoms, end),
        half_day: false,
        factor,
        atoms: (start, end),
    };
    let back = |n: usize| start.checked_sub(n).map_or("", |at| atoms[at].text.as_str());
    quantity.part = (1..=3).any(|n| PARTS.contains(&back(n)))
        || atoms.get(end).is_some_and(|atom| atom.text == "of")
            && atoms.get(end + 1).is_some_and(|atom| atom.is(&["them", "whom", "the", "those", "these", "his", "her"]));
    let next_is = |words: &[&str]| atoms.get(end).is_some_and(|atom| atom.goes_on() && atom.is(words));
    quantity.added = (1..=2)
        .any(|n| matches!(back(n), "another" | "additional" | "further" | "extra" | "other" | "remaining"))
        || next_is(&["more", "additional", "further", "other", "others", "extra"]);
    quantity.change = match back(1) {
        "from" => Change::From,
        "by" if matches!(measure, Measure::Percent | Measure::Points | Measure::Money(_) | Measure::Count) => {
            Change::By
        }
        _ => Change::None,
    };
    if matches!(measure, Measure::Count) {
        super::counted::find(atoms, &mut quantity);
        // "robbed by four men"
        if quantity.change == Change::By && quantity.noun.as_deref().is_some_and(is_person) {
            quantity.change = Change::None;
        }
        if quantity.noun.is_none() && quantity.fact.is_none() {
            return None;
        }
    } else {
        super::counted::attribute(atoms, &mut quantity);
    }
    Some((quantity, end))
}

/// The second number of "5 to 7" and "5-7", and the atom after it.
fn range(atoms: &[Atom], next: usize, first: &Number, currency: Option<Currency>) -> Option<(Number, usize)> {
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

/// What a number measures, the factor of its unit, and the atom after the unit.
fn measure(
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
    if back(1) == "magnitude" || word(next) == "magnitude" {
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
    if year && !grouped {
        let dated =
            matches!(back(1), "in" | "since" | "by" | "from" | "until" | "of" | "for" | "during" | "early" | "late");
        return (dated || number.high > number.low).then_some((Measure::Year, 1.0, next));
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
fn label(atoms: &[Atom], at: usize, next: usize) -> bool {
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

/// "noon", "midnight".
fn noon(atoms: &[Atom], at: usize) -> Option<(Quantity, usize)> {
    let minutes = match atoms[at].text.as_str() {
        "noon" | "midday" => 720.0,
        "midnight" => 0.0,
        _ => return None,
    };
    Some((time(atoms, at, at + 1, minutes, false), at + 1))
}

/// "for an hour", "about an hour and a half", "within a day"; but "40 miles an hour" is a rate.
fn a_while(atoms: &[Atom], at: usize) -> Option<(Quantity, usize)> {
    const BEFORE: &[&str] = &[
        "for", "within", "than", "about", "around", "nearly", "almost", "lasted", "took", "roughly", "just", "under",
        "over", "least",
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
    if amount == 1.0 {
        // "a week" may be eight days.
        (quantity.low, quantity.high) = (0.75 * lasts.factor, 1.3 * lasts.factor);
    }
    Some((quantity, end))
}

/// "5:42 p.m.", "7.15pm", "9 o'clock", "19:15".
fn clock(atoms: &[Atom], at: usize) -> Option<(Quantity, usize)> {
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

fn time(atoms: &[Atom], at: usize, end: usize, minutes: f64, half_day: bool) -> Quantity {
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
        added: false,
        change: Change::None,
        rate: false,
        half_day,
        factor: 1.0,
        atoms: (at, end),
    }
}

/// "2-1", "98 to 96" where the first is not the smaller.
fn score(atoms: &[Atom], at: usize, next: usize) -> Option<(Quantity, usize)> {
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

fn exactness(atoms: &[Atom], start: usize, end: usize) -> Exactness {
    let back = |n: usize| {
        let inside = (0..n).all(|n| atoms[start - n].goes_on());
        start.checked_sub(n).filter(|_| inside).map_or("", |at| atoms[at].text.as_str())
    };
    let word = |n: usize| if n <= start { back(n) } else { "" };
    let after = |n: usize| atoms.get(end + n).map_or("", |atom| atom.text.as_str());
    let (one, two, three) = (word(1), word(2), word(3));
    match (three, two, one) {
        (_, "no", "than") => Exactness::About,
        ("no", "more" | "greater" | "later", "than") => Exactness::AtMost,
        ("no" | "not", "fewer" | "less", "than") => Exactness::AtLeast,
        (_, "more" | "greater" | "higher" | "longer" | "faster", "than") => Exactness::AtLeast,
        (_, "fewer" | "less" | "lower", "than") => Exactness::AtMost,
        ("as", "many" | "much" | "long", "as") => Exactness::AtMost,
        (_, "at", "least") | (_, "upwards", "of") => Exactness::AtLeast,
        (_, "at", "most") | (_, "up", "to") => Exactness::AtMost,
        (_, _, "over" | "exceeding" | "topped" | "exceeded" | "exceed" | "above") => Exactness::AtLeast,
        (_, _, "under" | "below") => Exactness::AtMost,
        _ if ABOUT.contains(&one) || ABOUT.contains(&two) && matches!(one, "a" | "an" | "to" | "the" | "at") => {
            Exactness::About
        }
        _ => match (after(0), after(1)) {
            ("or", "so") | ("odd", _) => Exactness::About,
            ("or", "more") | ("plus", _) => Exactness::AtLeast,
            ("or", "less" | "fewer") => Exactness::AtMost,
            _ => Exactness::Exact,
        },
    }
}

/// "a day", "per head", "an hour", "each".
fn rate(atoms: &[Atom], end: usize) -> bool {
    const PERIODS: &[&str] = &["day", "week", "month", "year", "hour", "minute", "head", "person", "share", "night"];
    let word = |n: usize| atoms.get(end + n).filter(|atom| atom.goes_on()).map_or("", |atom| atom.text.as_str());
    let period = |n: usize| PERIODS.contains(&word(n));
    let of = |n: usize| matches!(word(n), "a" | "an" | "per" | "every" | "each") && (period(n + 1) || word(n) == "per");
    of(0) || of(1) || matches!(word(0), "each" | "apiece" | "annually" | "daily" | "monthly" | "weekly")
}

#[cfg(test)]
mod tests {
    use super::super::quantities;
    use super::*;
    use crate::reading::label;

    /// "what it says: size noun fact", one for each quantity.
    fn told(text: &str) -> Vec<String> {
        let told = |quantity: &Quantity| {
            let mut told = vec![quantity.span.of(text).to_owned(), format!("{:?}", quantity.measure)];
            told.push(match quantity.low == quantity.high {
                true => format!("{}", quantity.low),
                false => format!("{}..{}", quantity.low, quantity.high),
            });
            told.extend(quantity.noun.clone());
            told.extend(quantity.fact.map(|fact| format!("[{}]", label(fact))));
            told.join(" ")
        };
        quantities(text).iter().map(told).collect()
    }

    #[test]
    fn quantities_say_what_they_measure() {
        for (text, expected) in [
            ("Fourteen people were injured.", &["Fourteen Count 14 people [people hurt]"][..]),
            ("14 hurt as ship hits bridge", &["14 Count 14 [people hurt]"]),
            ("Arven General treated 17 people for injuries.", &["17 Count 17 people [people hurt]"]),
            ("The blast killed three and injured 50.", &["three Count 3 [people killed]", "50 Count 50 [people hurt]"]),
            (
                "Eleven are known to have died and 22 are unaccounted for, while 58 were brought ashore alive.",
                &["Eleven Count 11 [people killed]", "22 Count 22 [people missing]", "58 Count 58 [people rescued]"],
            ),
            ("Four people were killed and eight are feared drowned.", &["Four Count 4 people [people killed]"]),
            ("Holt missed 10 games.", &["10 Count 10 games"]),
            ("The death toll rose to 35 on Sunday.", &["35 Count 35 [people killed]"]),
            ("Repairs could cost $40 million.", &["$40 million Money(Usd) 40000000"]),
            ("The deal is worth £2bn.", &["£2bn Money(Gbp) 2000000000"]),
            ("It could sting taxpayers for $52million.", &["$52million Money(Usd) 52000000"]),
            ("Bail of US$310,000 was set.", &["US$310,000 Money(Usd) 310000"]),
            ("She made six knots, or 7 mph.", &["six knots Speed 3.086664", "7 mph Speed 3.12928"]),
            ("A 12-year-old girl ran.", &["12-year-old Age 12 girl"]),
            ("Lina Abara, 29, and Marek Soto, 41, spoke.", &["29 Age 29", "41 Age 41"]),
            ("He is aged 22.", &["22 Age 22"]),
            ("The fire began at 7:15 p.m.", &["7:15 p.m Clock 1155"]),
            ("They met at noon, not at 9am.", &["noon Clock 720", "9am Clock 540"]),
            (
                "The 15-minute ceremony lasted half an hour.",
                &["15-minute Duration 900 ceremony", "half an hour Duration 1800"],
            ),
            ("A third of the voters stayed home.", &["A third Percent 33.33333333333333 voters"]),
            ("Stocks lost 5.4 per cent.", &["5.4 per cent Percent 5.4"]),
            ("They won 2-1 at home.", &["2-1 Score 1..2"]),
            ("It opened in 1931.", &["1931 Year 1931"]),
            ("Half a million drivers get a refund.", &["Half a million Count 500000 drivers"]),
            ("Dozens of homes burned.", &["Dozens Count 20..119 homes"]),
            ("Between 20 and 30 sheep fled.", &["20 and 30 Count 20..30 sheep"]),
            ("A Boeing 737 flew Route 9 past 112 Norman Street.", &[]),
            ("The token expires 2026-11-14.", &[]),
            ("No one came on Nov. 14.", &[]),
            ("A quake of magnitude 6.1 hit.", &["6.1 Magnitude 6.1"]),
            ("In his 20s he ran.", &["20s Age 20..29"]),
            ("29 bodies were found.", &["29 Count 29 bodies [people killed]"]),
            ("The bar, 2 1/2 miles long, is closed.", &["2 1/2 miles Length 4023.36"]),
            ("She served 4-1/2 months.", &["4-1/2 months Duration 11834100"]),
            ("They were stuck for an hour and a half.", &["an hour and a half Duration 5400"]),
            ("Wages rose to 20 crowns an hour.", &["20 Count 20 crowns"]),
            ("He was 81.", &["81 Age 81"]),
            ("Abara, who was 41, fell.", &["41 Age 41"]),
            ("Searchers found the pensioner, 76, asleep.", &["76 Age 76"]),
            ("An 18-month-old boy ran.", &["18-month-old Age 1.5 boy"]),
            ("The lorry was 12 metres long.", &["12 metres Length 12"]),
            ("The number of cases stood at 41.", &["41 Count 41 cases"]),
            ("The island has a population of 9,000.", &["9,000 Count 9000 population"]),
            ("Four days of riots ended.", &["Four days Duration 345600 riots"]),
            ("Sparbank offered 31 billion kroner.", &["31 billion kroner Money(Nok) 31000000000"]),
        ] {
            assert_eq!(told(text), expected, "{text}");
        }
    }

    #[test]
    fn two_ways_to_give_a_figure_agree() {
        for (left, right, agree) in [
            ("14 people came.", "Fourteen people came.", true),
            ("14 people came.", "17 people came.", false),
            ("About 20 people came.", "21 people came.", true),
            ("At least 22 people came.", "22 people came.", true),
            ("At least 22 people came.", "23 people came.", true),
            ("At least 22 people came.", "35 people came.", false),
            ("More than 40 people came.", "43 people came.", true),
            ("Nearly 7,000 people came.", "6,980 people came.", true),
            ("Half a million drivers came.", "500,000 drivers came.", true),
            ("Dozens of homes burned.", "64 homes burned.", true),
            ("It cost $40 million.", "It cost $52 million.", false),
            ("It cost $141 million.", "It cost $140,937,785.", true),
            ("It took half an hour.", "It took 30 minutes.", true),
            ("It took 48 hours.", "It took two days.", true),
            ("It took 48 hours.", "It took two minutes.", false),
            ("It is 10 miles long.", "It is 16 km long.", true),
            ("She made six knots.", "She made 8.7 knots.", false),
            ("It began at 7:15 p.m.", "It began at 19:15.", true),
            ("It began at 7:15 p.m.", "It began at 7:40 p.m.", false),
            ("It began at about 3:50 p.m.", "It began at 3:51 p.m.", true),
            ("It began at 7:15.", "It began at 7:15 p.m.", true),
            ("They won 2-1.", "They won 3-1.", false),
            ("It rose 2.4 percent.", "It rose 2.5 percent.", false),
            ("Up to 100 people came.", "90 people came.", true),
            ("No fewer than 30 people came.", "20 people came.", false),
            ("Between 20 and 30 sheep fled.", "25 sheep fled.", true),
            ("It opened in 1931.", "It opened in 1932.", false),
            ("It cost $139 million.", "It cost $140,937,785.", false),
            ("It cost $43 million.", "It cost $43,885,310.", true),
            ("It cost about $141 million.", "It cost $139 million.", false),
            ("It took about a week.", "It took eight days.", true),
            ("It began around 1:15 a.m.", "It began at 1:30 a.m.", false),
            ("It began shortly before midnight.", "It began at 11:45 p.m.", true),
            ("He got 2 1/2 years.", "He got two years.", false),
        ] {
            let [a, b] = [left, right].map(|text| quantities(text).remove(0));
            assert_eq!(a.measure, b.measure, "{left} {right}");
            assert_eq!(a.agrees(&b), agree, "{left} {right}");
            assert_eq!(b.agrees(&a), agree, "{right} {left}");
        }
    }
}
