//! From differences to conflicts: one weighing of all that is known of a pair.

use std::sync::LazyLock;

use rustc_hash::FxHashMap;

use super::weights::{N_SIGNS, SIGNS, Sign};
use super::{Conflict, Difference, Kind};
use crate::span::SentenceId;

/// Conflicts less probable than this are not told.
pub const MIN_TOLD: f32 = 0.65;

/// One line a group of rules, and one with "read" before it for pairs that were read together: its name, the intercept,
/// and a weight for each sign that has one. Written by `tests/benchmarks/conflict/fit.py`.
const WEIGHTS: &str = include_str!("weights.txt");
/// Which rules are judged together: each is a group of its own but for those of few cases.
const GROUPS: &[(&str, &[Sign])] = &[
    ("people", &[Sign::counted_people]),
    ("counts", &[Sign::count]),
    ("ages", &[Sign::age]),
    ("clock", &[Sign::clock]),
    ("figures", &[Sign::money, Sign::percent, Sign::duration, Sign::size, Sign::year, Sign::ordinal]),
    ("date", &[Sign::date]),
    ("negation", &[Sign::negation]),
    ("modality", &[Sign::modality]),
    ("words", &[Sign::antonym, Sign::exclusive]),
    ("state", &[Sign::state]),
    ("names", &[Sign::name, Sign::namesake, Sign::place, Sign::role]),
];

/// Numbers by name of one line of the weights; an intercept comes first, without a name.
fn line(name: &str) -> (f32, impl Iterator<Item = (&'static str, f32)> + use<>) {
    let line = WEIGHTS.lines().find_map(|line| line.strip_prefix(name)?.strip_prefix(' '));
    let mut numbers = line.unwrap_or_else(|| panic!("no weights of {name}: fit again")).split(' ');
    let parse = |number: &str| number.parse().expect("weights are numbers");
    let intercept = parse(numbers.next().expect("an intercept comes first"));
    (intercept, numbers.filter_map(move |number| number.split_once('=').map(|(name, weight)| (name, parse(weight)))))
}

/// The intercept and the weight of each sign, by group, of pairs not read together and of others.
static JUDGES: LazyLock<[Vec<Weighing>; 2]> = LazyLock::new(|| ["", "read_"].map(judges));

/// An intercept, and a weight for each sign.
type Weighing = (f32, [f32; N_SIGNS]);

fn judges(prefix: &str) -> Vec<Weighing> {
    let judge = |(name, _): &(&str, &[Sign])| {
        let (intercept, named) = line(&format!("{prefix}{name}"));
        let mut weights = [0.0; N_SIGNS];
        for (sign, weight) in named {
            let at = SIGNS.iter().position(|known| *known == sign).expect("the weights were fitted on these signs");
            weights[at] = weight;
        }
        (intercept, weights)
    };
    GROUPS.iter().map(judge).collect()
}

/// What other pairs of sentences with the same two figures add: an intercept, and the weights of a figure's own log-odds,
/// of how much more likely the likeliest other pair is, and of how many pairs there are.
static TOGETHER: LazyLock<[(f32, [f32; 3]); 2]> = LazyLock::new(|| ["", "read_"].map(facts_of));

fn facts_of(prefix: &str) -> (f32, [f32; 3]) {
    let (intercept, named) = line(&format!("{prefix}together"));
    let mut weights = [0.0; 3];
    for (name, weight) in named {
        let at = ["own", "gap", "n"].iter().position(|known| *known == name).expect("these were fitted");
        weights[at] = weight;
    }
    (intercept, weights)
}

/// Which of two sets of weights a difference is judged by.
fn set_of(difference: &Difference) -> usize {
    usize::from(difference.signs[Sign::read as usize] > 0.0)
}

/// Log-odds that a difference is a conflict.
fn log_odds_of(difference: &Difference) -> f32 {
    let of = |(_, rules): &(&str, &[Sign])| rules.iter().any(|&rule| difference.signs[rule as usize] > 0.0);
    let Some(group) = GROUPS.iter().position(of) else { return f32::NEG_INFINITY };
    let (intercept, weights) = &JUDGES[set_of(difference)][group];
    intercept + difference.signs.iter().zip(weights).map(|(sign, weight)| sign * weight).sum::<f32>()
}

/// Two sentences and where they say otherwise.
pub struct Case {
    /// The sentences.
    pub pair: (SentenceId, SentenceId),
    /// Found by rule; spans count bytes of the sentences.
    pub differences: Vec<Difference>,
}

/// The conflicts of the pairs of a story; spans count bytes of the sentences.
///
/// Other pairs that differ in the same two figures are heard: "14" / "17 people hurt" here speaks for it there.
pub fn judge(cases: Vec<Case>) -> Vec<Conflict> {
    let own: Vec<Vec<f32>> = cases.iter().map(|case| case.differences.iter().map(log_odds_of).collect()).collect();
    let mut facts: FxHashMap<Fact, Vec<(usize, f32)>> = FxHashMap::default();
    for (at, (case, own)) in cases.iter().zip(&own).enumerate() {
        for (difference, &own) in case.differences.iter().zip(own).filter(|(difference, _)| is_figure(difference)) {
            facts.entry(fact(difference)).or_default().push((at, own));
        }
    }
    let together = |at: usize, difference: &Difference, own: f32| {
        let Some(fact) = facts.get(&fact(difference)).filter(|_| is_figure(difference)) else { return own };
        let best = fact.iter().filter(|other| other.0 != at).map(|other| other.1).fold(own, f32::max);
        let (intercept, [a, b, c]) = TOGETHER[set_of(difference)];
        intercept + a * own + b * (best - own) + c * (fact.len() as f32).ln()
    };
    let judged: Vec<Vec<f32>> = cases
        .iter()
        .zip(&own)
        .enumerate()
        .map(|(at, (case, own))| {
            case.differences.iter().zip(own).map(|(difference, &own)| together(at, difference, own)).collect()
        })
        .collect();
    cases.into_iter().zip(judged).flat_map(|(case, log_odds)| conflicts(case, log_odds)).collect()
}

/// The conflicts of one pair, whose differences have these log-odds by rule.
fn conflicts(case: Case, log_odds: Vec<f32>) -> Vec<Conflict> {
    let (left, right) = case.pair;
    let conflict = |(difference, log_odds): (Difference, f32)| Conflict {
        kind: difference.kind,
        what: difference.what,
        left,
        right,
        left_span: difference.left,
        right_span: difference.right,
        probability: probability(log_odds),
    };
    case.differences.into_iter().zip(log_odds).map(conflict).collect()
}

fn is_figure(difference: &Difference) -> bool {
    matches!(difference.kind, Kind::Number | Kind::Date | Kind::Time)
}

/// Two values and the kind of what they are said of.
type Fact<'a> = (Kind, [&'a str; 2]);

/// The fact of a difference, whichever side says which.
fn fact(difference: &Difference) -> Fact<'_> {
    let [a, b] = difference.values.each_ref().map(String::as_str);
    (difference.kind, if a <= b { [a, b] } else { [b, a] })
}

/// The probability of the likeliest conflict among the differences of a pair, by the rules alone.
pub fn certainty(differences: &[Difference]) -> f32 {
    differences.iter().map(|difference| probability(log_odds_of(difference))).fold(0.0, f32::max)
}

fn probability(log_odds: f32) -> f32 {
    // Which side is summed first moves the last bits.
    (1e5 / (1.0 + (-log_odds).exp())).round() / 1e5
}
