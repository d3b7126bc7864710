//! From differences to conflicts: one weighing of all that is known of a pair.

use std::sync::LazyLock;

use super::weights::{N_SIGNS, SIGNS, Sign};
use super::{Conflict, Difference, Kind};
use crate::span::SentenceId;

/// Conflicts less probable than this are not told. On 51 labelled stories that nothing was fitted on, 16 of 22 told from here
/// on are labelled.
pub const MIN_TOLD: f32 = 0.5;

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

/// Which of two sets of weights a difference is judged by.
fn set_of(difference: &Difference) -> usize {
    usize::from(difference.signs[Sign::read as usize] > 0.0)
}

/// Log-odds that a difference is a conflict.
fn log_odds_of(difference: &Difference) -> f32 {
    let opposed = difference.signs[Sign::opposed as usize];
    if opposed > 0.0 {
        return opposed;
    }
    let of = |(_, rules): &(&str, &[Sign])| rules.iter().any(|&rule| difference.signs[rule as usize] > 0.0);
    let Some(group) = GROUPS.iter().position(of) else { return f32::NEG_INFINITY };
    let (intercept, weights) = &JUDGES[set_of(difference)][group];
    let weighed = intercept + difference.signs.iter().zip(weights).map(|(sign, weight)| sign * weight).sum::<f32>();
    let closely = difference.signs[Sign::closely_conflict as usize];
    let sign = |sign: Sign| difference.signs[sign as usize];
    let mut weighed = weighed + DENIED * (1.0 - sign(Sign::plain)) * closely.min(0.0) + AFFIRMED * closely.max(0.0);
    let aside: f32 = ASIDE.iter().map(|&(of, weight)| weight * sign(of)).sum();
    // What one and the same may do, and has done, is no plan of somebody's.
    let deed = difference.kind == Kind::Modality && sign(Sign::plain) > 0.0 && sign(Sign::scope) >= WHOLE;
    if (deed || !matches!(difference.kind, Kind::Date | Kind::Modality)) && aside == 0.0 {
        weighed += OPPOSED * (sign(Sign::closely_opposed) - LEAST_OPPOSED).max(0.0);
    }
    if is_copied(difference) {
        weighed = weighed.max(COPIED);
    }
    if sign(Sign::of_one) > 0.0 {
        weighed = weighed.max(OF_ONE);
    }
    weighed += PLAIN * sign(Sign::plain);
    weighed + aside + NOBODY * sign(Sign::nobody)
}

/// What a pair adds that the large cross-encoder finds both in conflict and not shared: beside the rules, days and what
/// is to come aside: it takes days for one whatever happened on them, and a plan for no deed.
const OPPOSED: f32 = 0.4;
const LEAST_OPPOSED: f32 = 1.5;

/// So much of what may be is repeated by who says that it is.
const WHOLE: f32 = 0.9;

/// What is plain is told whatever the large cross-encoder says, which hears "locked" in "unlocked".
const PLAIN: f32 = 1.5;

/// Who speaks of nobody speaks mostly of another event than who counts five.
const NOBODY: f32 = -2.5;

/// What is set apart is never told.
const APART: f32 = 8.0;

/// What two values lose that may both be right, since they are of another occasion, subject or figure.
const ASIDE: [(Sign, f32); 8] = [
    (Sign::apart, -APART),
    (Sign::of_two, -APART),
    (Sign::other_occasion, -3.0),
    (Sign::other_move, -2.0),
    (Sign::other_subject, -2.5),
    (Sign::qualified, -2.0),
    (Sign::both_telling, -1.0),
    (Sign::named_on_one, -0.5),
];

/// What the large cross-encoder's log-odds of a conflict add to those of the rules, below 0 and above, whatever the rule. Of
/// what the rules alone tell of stories that it has not seen, 31 of 31 are labelled where it agrees and 9 of 22 where it
/// does not.
const DENIED: f32 = 0.4;
const AFFIRMED: f32 = 0.1;

/// The least log-odds of another figure in sentences that say the same else: of the 34 such differences in labelled stories
/// and in those with near misses planted all are conflicts.
const COPIED: f32 = 2.2;
/// The least log-odds of what is told otherwise of one and the same named person or street.
const OF_ONE: f32 = 1.4;
/// So much of the lesser covered sentence matches there, and so much of what stands around the figure.
const COPIED_COVER: f32 = 0.7;
const COPIED_AROUND: f32 = 0.8;

fn is_copied(difference: &Difference) -> bool {
    let sign = |sign: Sign| difference.signs[sign as usize];
    matches!(difference.kind, Kind::Number | Kind::Time)
        && sign(Sign::cover_min) >= COPIED_COVER
        && sign(Sign::around_share) >= COPIED_AROUND
}

/// The conflicts of a pair of sentences with these differences; spans count bytes of the sentences.
pub fn judge((left, right): (SentenceId, SentenceId), differences: Vec<Difference>) -> impl Iterator<Item = Conflict> {
    differences.into_iter().map(move |difference| Conflict {
        probability: probability(log_odds_of(&difference)),
        kind: difference.kind,
        what: difference.what,
        left,
        right,
        left_span: difference.left,
        right_span: difference.right,
    })
}

/// The probability that the two claims of a pair are not one, by the rules alone: that of the likeliest conflict among its
/// differences, where those that are set apart count as if they were not, and spellings not at all.
pub fn certainty(differences: &[Difference]) -> f32 {
    let together = |difference: &Difference| log_odds_of(difference) + APART * difference.signs[Sign::apart as usize];
    let telling = differences.iter().filter(|difference| !difference.is_spelling());
    telling.map(|difference| probability(together(difference))).fold(0.0, f32::max)
}

fn probability(log_odds: f32) -> f32 {
    // Which side is summed first moves the last bits.
    (1e5 / (1.0 + (-log_odds).exp())).round() / 1e5
}
