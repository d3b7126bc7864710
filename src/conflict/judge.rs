//! From differences to conflicts: one weighing of all that is known of a pair.

use std::sync::LazyLock;

use super::weights::{N_SIGNS, SIGNS, Sign};
use super::{Conflict, Difference, Kind, Opinion};
use crate::span::{SentenceId, Span};

/// Conflicts less probable than this are not told.
pub const MIN_TOLD: f32 = 0.65;

/// One line a group of rules: its name, the intercept, and a weight for each sign that has one. Written by
/// `tests/benchmarks/conflict/fit.py`.
const WEIGHTS: &str = include_str!("weights.txt");
/// Which rules are judged together: each is a group of its own but for those of few cases.
const GROUPS: &[(&str, &[Sign])] = &[
    ("people", &[Sign::counted_people]),
    (
        "figures",
        &[
            Sign::count,
            Sign::money,
            Sign::percent,
            Sign::duration,
            Sign::size,
            Sign::age,
            Sign::year,
            Sign::clock,
            Sign::ordinal,
        ],
    ),
    ("date", &[Sign::date]),
    ("negation", &[Sign::negation]),
    ("modality", &[Sign::modality]),
    ("words", &[Sign::antonym, Sign::exclusive]),
    ("state", &[Sign::state]),
    ("names", &[Sign::name, Sign::namesake, Sign::place, Sign::role]),
];

/// The intercept and the weight of each sign, by group.
static JUDGES: LazyLock<Vec<(f32, [f32; N_SIGNS])>> = LazyLock::new(|| {
    let line = |name: &str| {
        let line = WEIGHTS.lines().find_map(|line| line.strip_prefix(name)?.strip_prefix(' '));
        let mut numbers = line.unwrap_or_else(|| panic!("no weights of {name}: fit again")).split(' ');
        let intercept = numbers.next().and_then(|number| number.parse().ok()).expect("an intercept comes first");
        let mut weights = [0.0; N_SIGNS];
        for (sign, weight) in numbers.filter_map(|number| number.split_once('=')) {
            let at = SIGNS.iter().position(|known| *known == sign).expect("the weights were fitted on these signs");
            weights[at] = weight.parse().expect("weights are numbers");
        }
        (intercept, weights)
    };
    GROUPS.iter().map(|(name, _)| line(name)).collect()
});

/// Log-odds that a difference is a conflict.
fn log_odds_of(difference: &Difference) -> f32 {
    let of = |(_, rules): &(&str, &[Sign])| rules.iter().any(|&rule| difference.signs[rule as usize] > 0.0);
    let Some(group) = GROUPS.iter().position(of) else { return f32::NEG_INFINITY };
    let (intercept, weights) = &JUDGES[group];
    intercept + difference.signs.iter().zip(weights).map(|(sign, weight)| sign * weight).sum::<f32>()
}

/// Log-odds from which on a model that read both sentences is heard without any difference found by rule.
const MIN_OPINION: f32 = 0.0;

/// The conflicts of a pair of sentences, by its differences and what a model that read both thinks. Spans count bytes of
/// the sentences.
///
/// With both at hand the log-odds are their mean: they see different things. A model alone names the kind it thinks
/// likeliest and the first words it thinks differ.
pub fn judge(pair: (SentenceId, SentenceId), differences: Vec<Difference>, opinion: Option<&Opinion>) -> Vec<Conflict> {
    let conflict = |kind: Kind, what: String, spans: (Span, Span), log_odds: f32| Conflict {
        kind,
        what,
        left: pair.0,
        right: pair.1,
        left_span: spans.0,
        right_span: spans.1,
        probability: probability(log_odds),
    };
    if differences.is_empty() {
        let read = opinion.filter(|opinion| opinion.conflict >= MIN_OPINION);
        let words =
            read.and_then(|opinion| Some((opinion, *opinion.left_words.first()?, *opinion.right_words.first()?)));
        return words
            .map(|(opinion, left, right)| {
                let kind = likeliest(&opinion.kinds);
                conflict(kind, kind.in_words().to_owned(), (left, right), opinion.conflict)
            })
            .into_iter()
            .collect();
    }
    let of = |difference: Difference| {
        let rules = log_odds_of(&difference);
        let log_odds = opinion.map_or(rules, |opinion| (rules + opinion.conflict) / 2.0);
        conflict(difference.kind, difference.what, (difference.left, difference.right), log_odds)
    };
    differences.into_iter().map(of).collect()
}

/// The probability of the likeliest conflict among the differences of a pair, by the rules alone.
pub fn certainty(differences: &[Difference]) -> f32 {
    differences.iter().map(|difference| probability(log_odds_of(difference))).fold(0.0, f32::max)
}

fn probability(log_odds: f32) -> f32 {
    1.0 / (1.0 + (-log_odds).exp())
}

fn likeliest(kinds: &[f32; 11]) -> Kind {
    let best = kinds.iter().zip(Kind::ALL).max_by(|a, b| a.0.total_cmp(b.0).then(b.1.cmp(&a.1)));
    best.map_or(Kind::Number, |(_, kind)| kind)
}
