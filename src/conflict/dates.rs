//! Days that cannot both be right: "on Monday" / "on Tuesday".

use super::pair::Pair;
use super::value::Value;
use super::weights::{Sign, set_verbs, signs};
use super::{Context, Difference, Kind};
use crate::reading::{Date, Measure, Reading};

/// Whether two sentences name days that are not the same.
pub(super) fn comparable(left: &Reading, right: &Reading) -> bool {
    left.dates.iter().any(|a| right.dates.iter().any(|b| a.agrees(b) == Some(false)))
}

/// The years a sentence names, in order: what it tells of another year is another matter.
pub(super) fn years(reading: &Reading) -> Vec<i64> {
    let named = reading.quantities.iter().filter(|one| one.measure == Measure::Year).map(|one| one.low as i64);
    let mut years: Vec<i64> = named.chain(reading.dates.iter().filter_map(|date| date.year.map(i64::from))).collect();
    years.sort_unstable();
    years.dedup();
    years
}

/// The least weight that must match around two days.
const MIN_AROUND: f32 = 1.0;

pub(super) fn differences(pair: &Pair, context: &Context) -> Vec<Difference> {
    let [left, right] = pair.readings.map(|reading| &reading.dates);
    // The day that something was said is another matter, and so is a day that the other side names too.
    let open =
        |one: &Date, others: &[Date]| !one.of_speech && !others.iter().any(|other| one.agrees(other) == Some(true));
    let mut found = Vec::new();
    for a in left.iter().filter(|a| open(a, right)) {
        for b in right.iter().filter(|b| open(b, left) && a.agrees(b) == Some(false)) {
            let places = [pair.words_under(0, a.span), pair.words_under(1, b.span)];
            let mut signs = signs(pair, &places[0], &places[1], Sign::date);
            set_verbs(&mut signs, pair, &places);
            Sign::rivals.set(&mut signs, (left.len() + right.len() - 2).min(6) as f32);
            let echo = [(0, a), (1, b)].iter().filter(|(side, date)| context.names_day(*side, date)).count();
            Sign::echo.set(&mut signs, echo as f32);
            let values = [(0, a), (1, b)].map(|(side, date)| Value::of_words(pair.texts[side], date.span));
            context.set_both(&mut signs, &values);
            Sign::commonness.set(&mut signs, context.dates.map(|dates| dates.len() as f32).iter().sum::<f32>().ln());
            let years = pair.readings.map(years);
            Sign::other_years.set(&mut signs, f32::from(u8::from(years[0] != years[1])));
            Sign::part.set(&mut signs, f32::from(u8::from(a.weekday.is_some() && a.weekday == b.weekday)));
            if signs[Sign::around as usize] >= MIN_AROUND {
                found.push(Difference {
                    kind: Kind::Date,
                    what: "when it happened".to_owned(),
                    left: a.span,
                    right: b.span,
                    signs,
                });
            }
        }
    }
    // Several days on a side: the two that most speaks for.
    let best = found.iter().map(|one| one.signs[Sign::around as usize]).fold(0.0, f32::max);
    found.retain(|one| one.signs[Sign::around as usize] >= best);
    found
}
