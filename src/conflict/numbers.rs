//! Figures of one thing that cannot both be right: "14 people were hurt" / "Arven General treated 17".
//!
//! Two figures are held against each other where they measure the same thing: for counts the same noun or the same fact
//! of people, for the rest what stands around them. Parts are none of a sum, and what either side gives besides is none
//! of a contradiction.

use std::ops::Range;

use super::pair::Pair;
use super::weights::{Sign, signs};
use super::{Context, Difference, Kind};
use crate::reading::{Exactness, Measure, Quantity, Reading, is_anyone, is_person, label, stem};

/// Whether two sentences have figures of one measure that do not agree.
pub(super) fn comparable(left: &Reading, right: &Reading) -> bool {
    left.quantities.iter().any(|a| right.quantities.iter().any(|b| apart(a, b)))
}

/// Whether two figures could be of one thing, and are not the same.
fn apart(a: &Quantity, b: &Quantity) -> bool {
    let same_role = a.change == b.change && a.part == b.part && !a.added && !b.added && a.rate == b.rate;
    let ranges = a.low != a.high && b.low != b.high;
    match (a.measure, b.measure) {
        _ if !same_role || ranges => false,
        // Sums of two currencies differ where the figures are the same.
        (Measure::Money(x), Measure::Money(y)) if x != y => (a.low, a.high) == (b.low, b.high),
        (x, y) => x == y && !a.agrees(b),
    }
}

/// How two figures' nouns and facts stand to each other; `None` where they count other things.
struct Same {
    noun: bool,
    fact: bool,
    fact_on_one: bool,
}

fn same(pair: &Pair, a: &Quantity, b: &Quantity) -> Option<Same> {
    let noun = match (&a.noun, &b.noun) {
        (Some(x), Some(y)) => stem(x) == stem(y) || matched_nouns(pair, a, b),
        _ => false,
    };
    let count = a.measure == Measure::Count;
    let anyone = |one: &Quantity| one.noun.as_deref().is_none_or(is_anyone);
    let people = |one: &Quantity| one.noun.as_deref().is_none_or(is_person);
    let fact = a.fact.is_some() && a.fact == b.fact;
    if count {
        if a.fact.is_some() && b.fact.is_some() && !fact {
            return None;
        }
        // "three officers" are part of "five people", seven are not.
        let part = match (anyone(a), anyone(b)) {
            (true, true) => true,
            (false, true) => people(a) && a.low > b.high,
            (true, false) => people(b) && b.low > a.high,
            (false, false) => noun,
        };
        let told = fact && part || noun && !(anyone(a) && anyone(b) && a.fact != b.fact);
        return told.then_some(Same { noun, fact, fact_on_one: a.fact.is_some() != b.fact.is_some() });
    }
    // "a 15-minute ceremony", "a 20-minute drive"
    if a.noun.is_some() && b.noun.is_some() && !noun && a.measure != Measure::Age {
        return None;
    }
    Some(Same { noun, fact: false, fact_on_one: false })
}

fn matched_nouns(pair: &Pair, a: &Quantity, b: &Quantity) -> bool {
    let last = |side: usize, one: &Quantity| {
        let words = pair.words_under(side, one.noun_span?);
        words.last()
    };
    match (last(0, a), last(1, b)) {
        (Some(i), Some(j)) => {
            pair.partner(0, i) == Some(j) || pair.lexicon.are_synonyms(pair.word(0, i), pair.word(1, j))
        }
        _ => false,
    }
}

/// The figures that differ.
pub(super) fn differences(pair: &Pair, context: &Context) -> Vec<Difference> {
    let [left, right] = pair.readings.map(|reading| &reading.quantities);
    // What the other sentence says too is not what they differ in.
    let open = |one: &Quantity, others: &[Quantity]| {
        !others.iter().any(|other| other.measure == one.measure && other.agrees(one))
    };
    let mut found: Vec<(f32, usize, usize, Difference)> = Vec::new();
    for (i, a) in left.iter().enumerate().filter(|(_, a)| open(a, right)) {
        for (j, b) in right.iter().enumerate().filter(|(_, b)| open(b, left)) {
            if !apart(a, b) || is_sum(left, b) || is_sum(right, a) {
                continue;
            }
            let Some(same) = same(pair, a, b) else { continue };
            let places = [place(pair, 0, a), place(pair, 1, b)];
            let difference = difference(pair, a, b, &places, &same, context);
            let around = difference.signs[Sign::around as usize];
            let rare = a.measure != Measure::Clock && difference.signs[Sign::commonness as usize] <= RARE;
            if !(same.noun || same.fact || rare) && around < MIN_AROUND {
                continue;
            }
            let rank = around + 5.0 * f32::from(u8::from(same.noun)) + 5.0 * f32::from(u8::from(same.fact));
            found.push((rank, i, j, difference));
        }
    }
    // Each figure once, the best first; two pairs that compete for a figure differ in the sum of their places.
    found.sort_by(|a, b| b.0.total_cmp(&a.0).then((a.1 + a.2, a.1.abs_diff(a.2)).cmp(&(b.1 + b.2, b.1.abs_diff(b.2)))));
    let mut taken: [Vec<usize>; 2] = Default::default();
    let mut kept = Vec::new();
    for (_, i, j, difference) in found {
        if !taken[0].contains(&i) && !taken[1].contains(&j) {
            taken[0].push(i);
            taken[1].push(j);
            kept.push(difference);
        }
    }
    kept
}

/// The logarithm of how many figures of a measure two articles give, up to which each is held against each.
const RARE: f32 = 1.8;
/// The least weight, in nats, that must match around two figures whose nouns say nothing.
const MIN_AROUND: f32 = 2.0;

fn place(pair: &Pair, side: usize, quantity: &Quantity) -> Range<usize> {
    pair.words_under(side, quantity.span)
}

/// Whether the names or nouns just before two ages are the same.
fn same_person(pair: &Pair, places: &[Range<usize>; 2]) -> bool {
    let near = |side: usize, at: usize| at + 4 >= places[side].start && at < places[side].end + 3;
    let person = |side: usize, at: usize| {
        let word = pair.word(side, at);
        word.kind == crate::align::Kind::Name
            || matches!(
                pair.form(side, at),
                "man"
                    | "woman"
                    | "boy"
                    | "girl"
                    | "father"
                    | "mother"
                    | "son"
                    | "daughter"
                    | "driver"
                    | "suspect"
                    | "victim"
                    | "teenager"
            )
    };
    pair.matches.iter().any(|&(i, j)| near(0, i) && near(1, j) && person(0, i) && person(1, j))
}

/// Whether a count is the sum of the other side's: "two men and two women" / "four people".
fn is_sum(parts: &[Quantity], whole: &Quantity) -> bool {
    let counts: Vec<f64> = parts
        .iter()
        .filter(|part| part.measure == whole.measure && part.low == part.high)
        .map(|part| part.low)
        .collect();
    let adds = |of: &[f64]| of.len() > 1 && (of.iter().sum::<f64>() - whole.low).abs() < 0.5;
    matches!(whole.measure, Measure::Count | Measure::Money(_))
        && (adds(&counts) || counts.windows(2).any(adds) || counts.windows(3).any(adds))
}

fn difference(
    pair: &Pair,
    a: &Quantity,
    b: &Quantity,
    places: &[Range<usize>; 2],
    same: &Same,
    context: &Context,
) -> Difference {
    let truth = |value: bool| f32::from(u8::from(value));
    let rule = match a.measure {
        Measure::Count if same.fact => Sign::counted_people,
        Measure::Count => Sign::count,
        Measure::Money(_) => Sign::money,
        Measure::Percent | Measure::Points => Sign::percent,
        Measure::Duration => Sign::duration,
        Measure::Age => Sign::age,
        Measure::Year => Sign::year,
        Measure::Clock => Sign::clock,
        Measure::Ordinal | Measure::Score => Sign::ordinal,
        _ => Sign::size,
    };
    let mut signs = signs(pair, &places[0], &places[1], rule);
    Sign::same_noun.set(&mut signs, truth(same.noun));
    Sign::same_fact.set(&mut signs, truth(same.fact));
    Sign::fact_on_one.set(&mut signs, truth(same.fact_on_one));
    let rivals = pair.readings.map(|reading| reading.quantities.iter().filter(|one| one.measure == a.measure).count());
    Sign::rivals.set(&mut signs, (rivals[0] + rivals[1]).saturating_sub(2).min(6) as f32);
    Sign::echo.set(&mut signs, truth(context.gives(0, a)) + truth(context.gives(1, b)));
    Sign::same_person.set(&mut signs, truth(a.measure == Measure::Age && same_person(pair, places)));
    Sign::commonness.set(&mut signs, (context.common(a) as f32).ln());
    let years = pair.readings.map(super::dates::years);
    Sign::other_years.set(&mut signs, truth(years[0] != years[1] && a.measure != Measure::Year));
    Sign::distance.set(&mut signs, a.distance(b).min(5.0) as f32);
    let vague = [a, b].iter().any(|one| one.exactness != Exactness::Exact || one.low != one.high);
    Sign::vague.set(&mut signs, truth(vague));
    let kind = match a.measure {
        Measure::Clock => Kind::Time,
        Measure::Year => Kind::Date,
        _ => Kind::Number,
    };
    Difference { kind, what: what(pair, a, b, places), left: a.span, right: b.span, signs }
}

/// What two figures are about, in a reporter's words.
fn what(pair: &Pair, a: &Quantity, b: &Quantity, places: &[Range<usize>; 2]) -> String {
    if let Some(fact) = a.fact.or(b.fact).filter(|_| a.measure == Measure::Count) {
        return label(fact).to_owned();
    }
    let nouns = [a, b].map(|one| one.noun.as_deref());
    let noun = match nouns {
        [Some(x), Some(y)] => Some(x.min(y)),
        [x, y] => x.or(y),
    };
    if a.measure == Measure::Count {
        return noun.map_or_else(|| "how many".to_owned(), str::to_owned);
    }
    let measured = match a.measure {
        Measure::Money(_) => "amount of money",
        Measure::Percent | Measure::Points => "share",
        Measure::Length => "length",
        Measure::Area => "area",
        Measure::Weight => "weight",
        Measure::Volume => "volume",
        Measure::Speed => "speed",
        Measure::Temperature(_) => "temperature",
        Measure::Duration => "how long",
        Measure::Energy => "power",
        Measure::Age => "age",
        Measure::Ordinal => "place in the order",
        Measure::Score => "score",
        Measure::Magnitude => "magnitude",
        Measure::Clock => return "time of day".to_owned(),
        Measure::Year => return "year".to_owned(),
        Measure::Count => "how many",
    };
    match noun.map(str::to_owned).or_else(|| pair.subject(&places[0], &places[1])) {
        Some(noun) if a.measure == Measure::Duration => format!("how long: {noun}"),
        Some(noun) => format!("{measured}: {noun}"),
        None => measured.to_owned(),
    }
}
