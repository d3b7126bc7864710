//! Figures of one thing that cannot both be right: "14 people were hurt" / "Arven General treated 17".
//!
//! Two figures are held against each other where they measure the same thing: for counts the same noun or the same fact
//! of people, for the rest what stands around them. Parts are none of a sum, and what either side gives besides is none
//! of a contradiction.

use std::ops::Range;

use super::ages::{person, same_person};
use super::bail;
use super::first::told_at_first;
use super::limits::narrows;
use super::naming;
use super::pair::Pair;
use super::period::is_ago;
use super::struck::holds_the_dead;
use super::value::Value;
use super::weights::{Sign, set_verbs, signs};
use super::wholes::{are_two_parts, leaves_out, of_two_things, same_act, turned};
use super::{Context, Difference, Kind};
use crate::reading::{Change, Exactness, Measure, Quantity, Reading, is_anyone, is_person, label, stem};
use crate::span::Span;

/// Whether two sentences have figures of one measure that do not agree.
pub(super) fn comparable(left: &Reading, right: &Reading) -> bool {
    left.quantities.iter().any(|a| right.quantities.iter().any(|b| apart(a, b)))
}

/// Whether two figures could be of one thing, and are not the same.
fn apart(a: &Quantity, b: &Quantity) -> bool {
    let role = |one: &Quantity| (one.change == Change::From, one.change == Change::By, one.part, one.rate);
    let same_role = role(a) == role(b) && !a.added && !b.added;
    let ranges = a.measure != Measure::Score && a.low != a.high && b.low != b.high;
    match (a.measure, b.measure) {
        _ if turned(a, b) => true,
        _ if !same_role || ranges => false,
        // Sums of two currencies differ where the figures are the same.
        (Measure::Money(x), Measure::Money(y)) if x != y => (a.low, a.high) == (b.low, b.high),
        (x, y) => x == y && !agree(a, b),
    }
}

/// Whether two figures of one measure are the same to a reader of both: "at least 22" became 23.
pub(super) fn agree(a: &Quantity, b: &Quantity) -> bool {
    a.agrees(b) && !turned(a, b) && !grown(a, b) && !grown(b, a)
}

/// Whether a count that was a least one is exceeded.
fn grown(least: &Quantity, later: &Quantity) -> bool {
    let counts = least.measure == Measure::Count && later.low == later.high && least.low == least.high;
    counts
        && least.exactness == Exactness::AtLeast
        && later.exactness == Exactness::Exact
        && later.low >= least.high + step(least.high)
}

/// The step of a round number, of which "more than" leaves out the rest: 10 of 60, 1 of 22.
fn step(amount: f64) -> f64 {
    let mut step = 1.0;
    while amount >= 20.0 && amount % (step * 10.0) == 0.0 && step * 10.0 < amount {
        step *= 10.0;
    }
    step
}

/// How two figures' nouns and facts stand to each other; `None` where they count other things.
struct Same {
    noun: f32,
    fact: bool,
    fact_on_one: bool,
    /// Whether one counts some of those that the other may count: "three officers" / "five people".
    part: bool,
    /// Whether two ages are of one person.
    person: bool,
}

fn same(pair: &Pair, a: &Quantity, b: &Quantity, places: &[Range<usize>; 2]) -> Option<Same> {
    let noun = match (&a.noun, &b.noun) {
        (Some(x), Some(y)) if stem(x) == stem(y) => 1.0,
        (Some(_), Some(_)) => likeness_of_nouns(pair, a, b),
        _ => 0.0,
    };
    let fact = a.fact.is_some() && a.fact == b.fact;
    if a.measure == Measure::Count {
        let anyone = |one: &Quantity| one.noun.as_deref().is_none_or(is_anyone);
        let people = |one: &Quantity| {
            one.noun.as_deref().is_none_or(|noun| is_person(noun) || one.fact.is_some() && is_of_people(noun))
        };
        if a.fact.is_some() && b.fact.is_some() && !fact {
            return None;
        }
        let nobody = !people(a) || !people(b);
        // "14 homes burned", "14 people"
        if noun < LIKE && (nobody || !fact && anyone(a) && anyone(b) && a.noun.is_none() != b.noun.is_none()) {
            return None;
        }
        let part = match (anyone(a), anyone(b)) {
            (false, true) => a.low < b.high,
            (true, false) => b.low < a.high,
            (true, true) => false,
            (false, false) => noun < LIKE,
        };
        let told = fact || noun >= LIKE;
        let fact_on_one = a.fact.is_some() != b.fact.is_some();
        return told.then_some(Same { noun, fact, fact_on_one, part, person: false });
    }
    if a.measure == Measure::Age {
        // "He was also 44": another one
        let also = |side: usize| places[side].start > 0 && pair.form(side, places[side].start - 1) == "also";
        let person = same_person(pair, places).filter(|_| !also(0) && !also(1))?;
        return Some(Same { noun, fact: false, fact_on_one: false, part: false, person });
    }
    // "a 15-minute ceremony", "a 20-minute drive"
    if a.noun.is_some() && b.noun.is_some() && noun < LIKE {
        return None;
    }
    Some(Same { noun, fact: false, fact_on_one: false, part: false, person: false })
}

/// Whether a noun looks like one for people by its ending, of those that something befell: "three bakers died".
fn is_of_people(noun: &str) -> bool {
    noun.len() > 5 && ["ers", "ors", "ists", "ians", "men", "women"].iter().any(|ending| noun.ends_with(ending))
}

/// Nouns less like each other than this count other things.
pub(super) const LIKE: f32 = 0.3;

/// How like the last words of two nouns are.
pub(super) fn likeness_of_nouns(pair: &Pair, a: &Quantity, b: &Quantity) -> f32 {
    let last = |side: usize, one: &Quantity| {
        let words = pair.words_under(side, one.noun_span?);
        words.last()
    };
    match (last(0, a), last(1, b)) {
        (Some(i), Some(j)) => pair.likeness_of(i, j),
        _ => 0.0,
    }
}

/// Whether two times of day may be one: "shortly before 12:30 a.m." / "just after midnight".
fn meet(pair: &Pair, clocks: [&Quantity; 2], places: &[Range<usize>; 2]) -> bool {
    const MOST_MINUTES: f64 = 60.0;
    let lead = |side: usize| places[side].start.checked_sub(1).map_or("", |at| pair.form(side, at));
    let late = usize::from(clocks[1].low > clocks[0].low);
    let between = clocks[late].low - clocks[1 - late].low;
    lead(late) == "before" && lead(1 - late) == "after" && between <= MOST_MINUTES
}

/// The figures that differ.
pub(super) fn differences(pair: &Pair, context: &Context) -> Vec<Difference> {
    let [left, right] = pair.readings.map(|reading| &reading.quantities);
    // What the other sentence says too is not what they differ in, nor is what a sum is in another currency.
    let open = |side: usize, one: &Quantity, others: &[Quantity]| {
        let two_things = |other: &Quantity| match side {
            0 => of_two_things(pair, one, other),
            _ => of_two_things(pair, other, one),
        };
        let said = |other: &Quantity| other.measure == one.measure && agree(other, one) && !two_things(other);
        !others.iter().any(said) && !is_converted(pair, side, one)
    };
    let mut found: Vec<(f32, usize, usize, Difference)> = Vec::new();
    for (i, a) in left.iter().enumerate().filter(|(_, a)| open(0, a, right)) {
        for (j, b) in right.iter().enumerate().filter(|(_, b)| open(1, b, left)) {
            if !apart(a, b) || is_sum(left, b) || is_sum(right, a) {
                continue;
            }
            // "a strike of two days" / "two weeks ago"
            if is_ago(pair, 0, a) != is_ago(pair, 1, b) || context.grew([a, b]) {
                continue;
            }
            let places = [place(pair, 0, a), place(pair, 1, b)];
            if a.measure == Measure::Clock && meet(pair, [a, b], &places) {
                continue;
            }
            if a.fact.is_none() && b.fact.is_none() && is_rest(pair, 0, &places[0]) != is_rest(pair, 1, &places[1]) {
                continue;
            }
            // "all but two escaped" / "three did not escape"; but of those who escaped nobody knows how many they are.
            let left_out = leaves_out(a) != leaves_out(b) && !turned(a, b) && same_act(pair, &places);
            if left_out || are_two_parts(pair, a, b, &places) || turned(a, b) && !same_act(pair, &places) {
                continue;
            }
            let Some(same) = same(pair, a, b, &places) else { continue };
            if !same.fact && context.are_beside(a, b) || holds_the_dead(pair, [a, b], &places, context) {
                continue;
            }
            let counts = a.measure == Measure::Count;
            if counts && (is_rest_of(left, a, b) || is_rest_of(right, b, a)) {
                continue;
            }
            let difference = difference(pair, a, b, &places, &same, context);
            let around = difference.signs[Sign::around as usize];
            // Prices of two companies, shares of two parties.
            let owned = matches!(a.measure, Measure::Money(_) | Measure::Percent | Measure::Points);
            if owned && difference.signs[Sign::other_names as usize] >= OWNER {
                continue;
            }
            let rare = a.measure != Measure::Clock && difference.signs[Sign::commonness as usize] <= RARE;
            if !(same.noun >= LIKE || same.fact || rare) && around < MIN_AROUND {
                continue;
            }
            // Of several ages of one person, or of several people, those are held together that are near.
            let apart = if a.measure == Measure::Age { 3.0 * a.distance(b).min(2.0) as f32 } else { 0.0 };
            let near = 10.0 * f32::from(u8::from(same.person)) - apart;
            let rank = near + around + 5.0 * same.noun + 5.0 * f32::from(u8::from(same.fact));
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

/// Two counts by what they come to, the lesser first.
pub(super) fn in_order(a: &Quantity, b: &Quantity) -> (u64, u64) {
    (a.low.min(b.low).to_bits(), a.low.max(b.low).to_bits())
}

/// The counts of people that a sentence gives beside each other, each with each; those of a list are too many to be parts.
pub(super) fn beside(quantities: &[Quantity]) -> Vec<(u64, u64)> {
    const LIST: usize = 6;
    let people = |one: &&Quantity| {
        let of_people =
            one.fact.is_some() || one.noun.as_deref().is_some_and(|noun| is_person(noun) || is_anyone(noun));
        one.measure == Measure::Count && one.low == one.high && of_people
    };
    let counts: Vec<&Quantity> = quantities.iter().filter(people).take(LIST).collect();
    let mut found = Vec::new();
    for (at, a) in counts.iter().enumerate() {
        found.extend(counts[at + 1..].iter().filter(|b| a.low != b.low).map(|b| in_order(a, b)));
    }
    found
}

/// Whether a figure is of what is left: "900 homes are still without power".
fn is_rest(pair: &Pair, side: usize, place: &Range<usize>) -> bool {
    const REACH: usize = 5;
    let words = &pair.sides[side].words;
    let after = place.end..words.len().min(place.end + REACH);
    after.into_iter().any(|at| matches!(pair.form(side, at), "still" | "remain" | "remained" | "remains"))
}

/// Whether a sum stands in brackets behind another: "$11bn (£6bn)".
fn is_converted(pair: &Pair, side: usize, sum: &Quantity) -> bool {
    let before = pair.texts[side][..sum.span.start].strip_suffix('(').map(str::trim_end);
    let ends = before.map(str::len);
    let is_money = |one: &Quantity| matches!(one.measure, Measure::Money(_));
    is_money(sum) && pair.readings[side].quantities.iter().any(|one| is_money(one) && Some(one.span.end) == ends)
}

/// Counts from this on are hardly given twice by chance.
const TELLING: f64 = 20.0;
/// The logarithm of how many figures of a measure two articles give, up to which each is held against each.
const RARE: f32 = 1.8;
/// Names of at least this weight, in nats, that each side has to itself make two owners.
const OWNER: f32 = 3.0;
/// The least weight, in nats, that must match around two figures whose nouns say nothing.
const MIN_AROUND: f32 = 2.0;

fn place(pair: &Pair, side: usize, quantity: &Quantity) -> Range<usize> {
    pair.words_under(side, quantity.span)
}

/// Whether another count beside a whole makes up for what the other side's lacks: "152 on board, six of them crew" / "146
/// passengers".
fn is_rest_of(beside: &[Quantity], whole: &Quantity, part: &Quantity) -> bool {
    let rest = whole.low - part.low;
    let counts = |one: &&Quantity| one.measure == Measure::Count && one.low == one.high;
    rest > 0.5 && beside.iter().filter(counts).any(|one| one.span != whole.span && (one.low - rest).abs() < 0.5)
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
    set_verbs(&mut signs, pair, places);
    // "in early reports five were hurt", where the article goes on to say four
    let outdated = |side: usize, other: &Quantity| {
        told_at_first(pair, side, &places[side])
            && !told_at_first(pair, 1 - side, &places[1 - side])
            && context.has(side, other)
    };
    let outdated = outdated(0, b) || outdated(1, a);
    let two_bails = matches!(a.measure, Measure::Money(_)) && bail::is_of_two(pair, places);
    Sign::apart.set(&mut signs, truth(outdated || two_bails || narrows(pair, [a, b], places)));
    Sign::same_noun.set(&mut signs, same.noun);
    Sign::part.set(&mut signs, truth(same.part));
    Sign::left_over.set(&mut signs, (context.left_over(a) as f32).ln().max((context.left_over(b) as f32).ln()));
    Sign::grown.set(&mut signs, truth(grown(a, b) || grown(b, a)));
    Sign::same_fact.set(&mut signs, truth(same.fact));
    Sign::fact_on_one.set(&mut signs, truth(same.fact_on_one));
    let rivals = pair.readings.map(|reading| reading.quantities.iter().filter(|one| one.measure == a.measure).count());
    Sign::rivals.set(&mut signs, (rivals[0] + rivals[1]).saturating_sub(2).min(6) as f32);
    Sign::echo.set(&mut signs, truth(context.gives(0, a)) + truth(context.gives(1, b)));
    context.set_both(&mut signs, &[a, b].map(Value::of_figure));
    // Small numbers are of anything.
    let small = |one: &Quantity| one.measure == Measure::Count && one.low < TELLING && one.low.fract() == 0.0;
    let telling = a.measure != Measure::Age && !small(a) && !small(b);
    let both = signs[Sign::both_here as usize];
    Sign::both_telling.set(&mut signs, truth(telling) * both);
    Sign::same_person.set(&mut signs, truth(same.person));
    // One number, of those left out and of those who are not.
    Sign::plain.set(&mut signs, truth(turned(a, b)));
    if a.measure == Measure::Age {
        let named = [0, 1].map(|side| !person(pair.side(side), &places[side]).names.is_empty());
        Sign::named_on_one.set(&mut signs, truth(named[0] != named[1] && !same.person));
    }
    Sign::noun_on_one.set(&mut signs, truth(a.noun.is_some() != b.noun.is_some()));
    Sign::commonness.set(&mut signs, (context.common(a) as f32).ln());
    let years = pair.readings.map(super::dates::years);
    Sign::other_years.set(&mut signs, truth(years[0] != years[1] && a.measure != Measure::Year));
    // Where nobody was hurt is hardly where five were.
    let nobody = a.measure == Measure::Count && a.low.min(b.low) == 0.0;
    Sign::nobody.set(&mut signs, truth(nobody));
    Sign::distance.set(&mut signs, if nobody { 1.0 } else { a.distance(b).min(5.0) as f32 });
    let vague = [a, b].iter().any(|one| one.exactness != Exactness::Exact || one.low != one.high);
    Sign::vague.set(&mut signs, truth(vague));
    let kind = match a.measure {
        Measure::Clock => Kind::Time,
        Measure::Year => Kind::Date,
        _ => Kind::Number,
    };
    let [left, right] =
        [(0, a), (1, b)].map(|(side, one)| if turned(a, b) { turning(pair, side, one) } else { one.span });
    Difference { kind, what: what(pair, a, b, places), left, right, signs }
}

/// A figure with what stands before it and tells it from the same figure of the opposite: "all but two" / "only two".
fn turning(pair: &Pair, side: usize, one: &Quantity) -> Span {
    let turns = |form: &str| {
        matches!(
            form,
            "all" | "bar" | "but" | "by" | "every" | "everybody" | "everyone" | "everything" | "except" | "for"
        ) || matches!(form, "just" | "only" | "save" | "to")
    };
    let place = place(pair, side, one).start;
    let first = (0..place).rev().take_while(|&at| turns(pair.form(side, at))).last();
    first.map_or(one.span, |first| Span::new(pair.word(side, first).span.start, one.span.end))
}

/// Whether a noun names sums of money that no code is kept of, since several countries have it.
fn is_money(noun: &str) -> bool {
    matches!(noun, "crown" | "crowns" | "dinar" | "dinars" | "dirhams" | "guilders" | "riyals" | "shillings")
}

/// What two figures are about, in a reporter's words.
fn what(pair: &Pair, a: &Quantity, b: &Quantity, places: &[Range<usize>; 2]) -> String {
    // "a six-man | crew"
    if let [Some(crew), Some(other)] = [(0, a), (1, b)].map(|(side, one)| naming::made_of(pair, side, one.noun_span))
        && stem(crew) == stem(other)
    {
        return crew.min(other).to_owned();
    }
    let nouns = [a, b].map(|one| one.noun.as_deref());
    // "14 homes were evacuated": no people
    let people = nouns.iter().flatten().all(|noun| is_person(noun) || is_of_people(noun));
    let fact = a.fact.or(b.fact).map(label).filter(|label| people || !label.starts_with("people"));
    if let Some(label) = fact.filter(|_| a.measure == Measure::Count) {
        return label.to_owned();
    }
    let noun = match nouns {
        [Some(x), Some(y)] => Some(x.min(y)),
        [x, y] => x.or(y),
    };
    let named = || {
        let [left, right] = [(0, a), (1, b)].map(|(side, one)| {
            let end = one.noun_span.map_or(0, |noun| pair.words_under(side, noun).end);
            places[side].start..places[side].end.max(end)
        });
        naming::subject(pair, &left, &right)
    };
    if a.measure == Measure::Count {
        return match noun {
            // "crowns: 40 million" says nothing of what they were paid for.
            Some(noun) if is_money(noun) => named().unwrap_or_else(|| "amount of money".to_owned()),
            noun => noun.map_or_else(|| "how many".to_owned(), str::to_owned),
        };
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
        Measure::Age => return naming::age(pair, places),
        Measure::Ordinal if noun.is_none() => return "place in the order".to_owned(),
        Measure::Ordinal => "place in the order",
        Measure::Score => "score",
        Measure::Magnitude => "magnitude",
        Measure::Clock => "time of day",
        Measure::Year => return "year".to_owned(),
        Measure::Count => "how many",
    };
    let cost = |side: usize| {
        let verb = pair.verb(side, &places[side]);
        verb.is_some_and(|verb| matches!(pair.form(side, verb), "cost" | "costs" | "costing"))
    };
    match noun.map(str::to_owned).or_else(named) {
        Some(noun) if matches!(a.measure, Measure::Money(_)) && cost(0) && cost(1) => format!("cost: {noun}"),
        // "bill: $40m / $52 million" needs no more words.
        Some(noun) if matches!(a.measure, Measure::Money(_)) => noun,
        // "how long: woman" tells no more than "how long".
        Some(noun) if !is_person(&noun) => format!("{measured}: {noun}"),
        _ => measured.to_owned(),
    }
}
