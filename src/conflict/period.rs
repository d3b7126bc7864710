//! When two sentences tell of two times that no day names: "last year" / "next year", "four years ago" / "eight years ago",
//! what is expected / what came.

use std::ops::Range;

use super::pair::Pair;
use crate::reading::{Measure, Quantity};

/// Which of several periods a word before "year" names: the one before, this one, the one to come.
fn which(form: &str) -> Option<i8> {
    match form {
        "last" | "previous" => Some(-1),
        "this" | "current" => Some(0),
        "next" | "coming" => Some(1),
        _ => None,
    }
}

fn is_period(form: &str) -> bool {
    matches!(
        form,
        "week" | "month" | "quarter" | "year" | "season" | "decade" | "century" | "spring" | "summer" | "winter"
    )
}

/// The periods that a side names: "last year".
fn periods<'a>(pair: &'a Pair, side: usize) -> impl Iterator<Item = (i8, &'a str)> {
    let n = pair.sides[side].words.len();
    let named = move |at: usize| Some((which(pair.form(side, at))?, pair.form(side, at + 1)));
    (0..n.saturating_sub(1)).filter_map(named).filter(|(_, unit)| is_period(unit))
}

/// Whether a span of time says how long ago something was: it is a date then.
pub(super) fn is_ago(pair: &Pair, side: usize, quantity: &Quantity) -> bool {
    let next = pair.words_under(side, quantity.span).end;
    quantity.measure == Measure::Duration && next < pair.sides[side].words.len() && pair.form(side, next) == "ago"
}

/// Whether both sides say when it was, by their own day or that of each other's, and not the same.
pub(super) fn apart(pair: &Pair) -> bool {
    let [left, right] = [0, 1].map(|side| periods(pair, side).collect::<Vec<_>>());
    // "last month" may lie in "this year", but nothing past in what is to come.
    let differ = |a: &(i8, &str), b: &(i8, &str)| a.1 == b.1 && a.0 != b.0 || a.0 * b.0 < 0;
    let named = left.iter().any(|a| right.iter().any(|b| differ(a, b))) && !left.iter().any(|a| right.contains(a));
    let ago = |side: usize| pair.readings[side].quantities.iter().filter(move |one| is_ago(pair, side, one));
    let agrees = |a: &Quantity| ago(1).any(|b| a.agrees(b));
    named || ago(0).next().is_some() && ago(1).next().is_some() && !ago(0).any(agrees)
}

/// Words before a figure that may say what it is worth.
const REACH: usize = 10;

/// Whether one figure is what somebody expected and the other what came.
pub(super) fn forecast(pair: &Pair, places: &[Range<usize>; 2]) -> bool {
    let before = |side: usize, told: fn(&str) -> bool| {
        let start = places[side].start;
        (start.saturating_sub(REACH)..start).any(|at| told(pair.form(side, at)))
    };
    let expects = |form: &str| {
        matches!(
            form,
            "expect"
                | "expects"
                | "forecast"
                | "forecasts"
                | "predict"
                | "predicted"
                | "predicts"
                | "anticipates"
                | "projects"
        )
    };
    let ahead = |form: &str| {
        matches!(form, "will" | "would" | "could" | "may" | "might" | "should" | "shall" | "expected" | "planned")
    };
    let comes = |side: usize| !before(side, expects) && !before(side, ahead);
    before(0, expects) && comes(1) || before(1, expects) && comes(0)
}
