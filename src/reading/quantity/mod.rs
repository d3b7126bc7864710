//! How much, how many, how long, when on the clock: a number, how exact it is and what it measures.
//!
//! Two quantities can be compared where they measure the same thing ([`Measure`]), and agree where a reader would take
//! one for the other: 6,980 for "about 7,000", "at least 22" for 23, "half an hour" for 30 minutes. Number words are read
//! here and not by a crate (text2num, for one, reads "one" in "no one" and knows no ranges): signs, units and what is
//! counted have to be read in the same pass.

mod agreement;
mod clock;
mod exactness;
mod measured;
mod whole;
mod zone;

use clock::{a_while, clock, noon, spoken};
use exactness::{exactness, rate};
use measured::{between, label, measure, range, score, smaller};
use whole::{is_left_out, whole};
use zone::zone;
pub use zone::{Zone, is_zone};

use super::atoms::{Atom, Gap};
use super::counted::is_person;
use super::number::{Number, number};
use super::unit::{Measure, sign, unit};
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
    /// No change.
    None,
    /// What it came to.
    To,
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
    /// How many there are in all of which it counts some: "seven of the nine".
    pub whole: Option<f64>,
    /// Whether it was written as a count of those left out: "all but two", which it is where no whole is known.
    pub left_out: bool,
    /// Whether it comes on top: "another six", "two more".
    pub added: bool,
    /// Its part in a change.
    pub change: Change,
    /// Whether it is so much for each of something: "a day", "per head".
    pub rate: bool,
    /// Whether the time of day may be of either half of it: "at 7:15".
    pub half_day: bool,
    /// By whose clock a time of day is told.
    pub zone: Zone,
    /// The factor of the unit it is written in.
    pub factor: f64,
    /// First and one past the last atom.
    pub atoms: (usize, usize),
}

const PARTS: &[&str] = &["including", "among", "whom"];

/// The quantities of a sentence, in order; `taken` are the atoms that dates hold.
pub fn quantities(atoms: &[Atom], taken: &[bool]) -> Vec<Quantity> {
    let mut found: Vec<Quantity> = Vec::new();
    let mut at = 0;
    while at < atoms.len() {
        if taken[at] {
            at += 1;
            continue;
        }
        match read(atoms, at, found.last()) {
            Some((quantity, next)) => {
                found.push(quantity);
                at = next.max(at + 1);
            }
            None => at = number(atoms, at).map_or(at + 1, |(_, next)| next.max(at + 1)),
        }
    }
    found
}

/// One of those who are often several, or none: "a single gunman", "only one guard", "nobody", "no passengers".
fn alone(atoms: &[Atom], at: usize) -> Option<(Number, usize)> {
    let person = |at: usize| atoms.get(at).is_some_and(|next| next.goes_on() && is_person(&next.text));
    let no_one = atoms.get(at + 1).is_some_and(|next| next.goes_on() && next.text == "one");
    match atoms[at].text.as_str() {
        "nobody" => return Some((Number::exact(0.0), at + 1)),
        "no" if no_one => return Some((Number::exact(0.0), at + 2)),
        "no" if person(at + 1) => return Some((Number::exact(0.0), at + 1)),
        _ => {}
    }
    let before = at.checked_sub(1).filter(|_| atoms[at].goes_on()).map(|at| &atoms[at])?;
    let single = atoms[at].is(&["single", "lone"]) && before.is(&["a", "the"]);
    let one = atoms[at].text == "one";
    let only = one && before.is(&["only", "just"]);
    let of_several = only && atoms.get(at + 1).is_some_and(|next| next.goes_on() && next.text == "of");
    ((single || only) && person(at + 1) || of_several || one && is_left_out(atoms, at))
        .then(|| (Number::exact(1.0), at + 1))
}

/// The quantity whose number begins at atom `at`; `before` is the one before it.
fn read(atoms: &[Atom], at: usize, before: Option<&Quantity>) -> Option<(Quantity, usize)> {
    if let Some((mut time, next)) = noon(atoms, at).or_else(|| spoken(atoms, at)) {
        time.zone = zone(atoms, next);
        return Some((time, next));
    }
    if let Some(found) = a_while(atoms, at) {
        return Some(found);
    }
    let alone = alone(atoms, at);
    let (mut first, next) = alone.or_else(|| number(atoms, at))?;
    let written = atoms[at].figure.is_some();
    // "no one", "one of them": nothing is counted; and "one" is a figure of speech too often.
    if alone.is_none() && atoms[at].text == "one" && next == at + 1 && unit(atoms, next, 1.0).is_none() {
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
    let back = at.checked_sub(1);
    // "$40", and "$US40"
    let lettered =
        back.filter(|&before| atoms[at].gap == Gap::Glued && atoms[before].is(&["us", "a", "c", "nz", "hk"]));
    let place = lettered.and_then(|before| before.checked_sub(1).filter(|_| atoms[before].gap == Gap::Glued)).or(back);
    let currency = place.and_then(|place| sign(atoms, place));
    if let Some((mut time, next)) = clock(atoms, at) {
        time.zone = zone(atoms, next);
        return Some((time, next));
    }
    if let Some(found) = score(atoms, at, next) {
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
    let (measure, mut factor, mut end) = measure(atoms, at, next, &first, currency, written)?;
    let (mut least, mut most) = (first.low * factor, high.max(first.low) * factor);
    while let Some((more, unit, after)) = smaller(atoms, end, measure, factor).filter(|_| least == most) {
        (least, most, factor, end) = (least + more, most + more, unit, after);
    }
    if let Some((last, after)) = between(atoms, at, end, measure).filter(|(last, _)| *last > most) {
        (most, end) = (last, after);
    }
    let start = currency.and(place).unwrap_or(at);
    let start = start - usize::from(currency.is_some() && start > 0 && atoms[start].gap == Gap::Glued);
    let mut quantity = Quantity {
        span: Span::new(atoms[start].span.start, atoms[end - 1].span.end),
        low: least,
        high: most,
        exactness: exactness(atoms, start, end),
        measure,
        noun: None,
        noun_span: None,
        fact: None,
        part: false,
        whole: None,
        left_out: false,
        added: false,
        change: Change::None,
        rate: rate(atoms, end),
        half_day: false,
        zone: Zone::Unsaid,
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
    if matches!(measure, Measure::Count) {
        (quantity.whole, quantity.left_out) = (whole(atoms, end), is_left_out(atoms, start));
        if let Some(whole) = quantity.whole.filter(|whole| quantity.left_out && *whole > quantity.high) {
            // "all but two of the nine" are seven.
            (quantity.low, quantity.high) = (whole - quantity.high, whole - quantity.low);
        }
        super::counted::find(atoms, &mut quantity);
        let behind = quantity.noun_span.map_or(end, |noun| atoms.partition_point(|atom| atom.span.start < noun.end));
        quantity.change = change(atoms, start, behind.max(end), measure);
        // "fell by 2.1 points"
        let points = quantity.noun.as_deref() == Some("points") && quantity.low.fract() != 0.0;
        if let Some(noun) = quantity.noun_span.filter(|_| points) {
            quantity.span.end = noun.end;
            (quantity.measure, quantity.noun, quantity.noun_span) = (Measure::Points, None, None);
        }
        // "robbed by four men", "came to four men"
        if matches!(quantity.change, Change::By | Change::To) && quantity.noun.as_deref().is_some_and(is_person) {
            quantity.change = Change::None;
        }
        // "three of them armed"
        let of_those = quantity.part && atoms.get(end + 1).is_some_and(|atom| atom.is(&["them", "whom"]));
        if quantity.noun.is_none() && quantity.fact.is_none() && !points && is_of_another_place(atoms, start, end) {
            let same = before.filter(|before| before.measure == Measure::Count && !before.part);
            quantity.noun = same.and_then(|before| before.noun.clone());
        }
        if quantity.noun.is_none() && quantity.fact.is_none() && !of_those && !points {
            return None;
        }
    } else {
        super::counted::attribute(atoms, &mut quantity);
        quantity.change = change(atoms, start, end, measure);
    }
    Some((quantity, end))
}

/// The part that an amount plays in a change, by the word before it; "five crowns to 42" is how far it went, too.
fn change(atoms: &[Atom], start: usize, end: usize, measure: Measure) -> Change {
    let back = |n: usize| start.checked_sub(n).filter(|at| atoms[at + 1].goes_on()).map_or("", |at| &*atoms[at].text);
    let changes = !matches!(
        measure,
        Measure::Clock | Measure::Year | Measure::Ordinal | Measure::Age | Measure::Score | Measure::Magnitude
    );
    match back(1) {
        "from" => Change::From,
        "by" if changes => Change::By,
        // "up to 40", "close to 40"
        "to" if changes && !matches!(back(2), "up" | "close" | "near" | "due") => Change::To,
        _ if changes && goes_to(atoms, end) => Change::By,
        _ => Change::None,
    }
}

/// Whether a bare number counts elsewhere what was just counted: "1,200 people in Norland and 800 in Vessen".
fn is_of_another_place(atoms: &[Atom], start: usize, end: usize) -> bool {
    let joined = start > 0 && atoms[start - 1].text == "and";
    let place = atoms.get(end + 1).is_some_and(|place| place.capital && place.goes_on());
    joined && place && atoms[end].goes_on() && atoms[end].is(&["in", "at", "from", "near", "on"])
}

/// Whether "to" and an amount stand behind: "11 percent to 42 crowns".
fn goes_to(atoms: &[Atom], end: usize) -> bool {
    let to = atoms.get(end).is_some_and(|atom| atom.goes_on() && atom.text == "to");
    let place = end + 1 + usize::from(atoms.get(end + 1).is_some() && sign(atoms, end + 1).is_some());
    to && atoms.get(place).is_some_and(|atom| atom.goes_on()) && number(atoms, place).is_some()
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
            ("The fire began at 7:15 p.m.", &["7:15 p.m. Clock 1155"]),
            ("They met at noon, not at 9am.", &["noon Clock 720", "9am Clock 540"]),
            (
                "The 15-minute ceremony lasted half an hour.",
                &["15-minute Duration 900 ceremony", "half an hour Duration 1800"],
            ),
            ("He ran for 2 hours 8 minutes.", &["2 hours 8 minutes Duration 7680"]),
            ("It took two days and three hours.", &["two days and three hours Duration 183600"]),
            ("It took one hour two minutes and 5 seconds.", &["one hour two minutes and 5 seconds Duration 3725"]),
            ("It took three hours and two days.", &["three hours Duration 10800", "two days Duration 172800"]),
            ("A third of the voters stayed home.", &["A third Percent 33.33333333333333 voters"]),
            ("Stocks lost 5.4 per cent.", &["5.4 per cent Percent 5.4"]),
            ("They won 2-1 at home.", &["2-1 Score 1..2"]),
            ("They beat Arlen 2-1 at home.", &["2-1 Score 1..2"]),
            ("It opened in 1931.", &["1931 Year 1931"]),
            ("Crew on board seized 14 QX-47 rifles.", &["14 Count 14 rifles [people on board]"]),
            ("Half a million drivers get a refund.", &["Half a million Count 500000 drivers"]),
            ("Dozens of homes burned.", &["Dozens Count 20..119 homes"]),
            ("Between 20 and 30 sheep fled.", &["20 and 30 Count 20..30 sheep"]),
            ("A Boeing 737 flew Route 9 past 112 Norman Street.", &[]),
            ("The token expires 2026-11-14.", &[]),
            ("No one came on Nov. 14.", &[]),
            ("A quake of magnitude 6.1 hit.", &["6.1 Magnitude 6.1"]),
            ("In his 20s he ran.", &["20s Age 20..29"]),
            ("The flood has claimed seven lives.", &["seven Count 7 lives [people killed]"]),
            ("The nurse saved seven lives.", &["seven Count 7 lives"]),
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
            ("It takes between two days and three weeks.", &["two days and three weeks Duration 172800..1814400"]),
            ("Sparbank offered 31 billion kroner.", &["31 billion kroner Money(Nok) 31000000000"]),
        ] {
            assert_eq!(told(text), expected, "{text}");
        }
    }
}
