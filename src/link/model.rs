//! From features to log-odds: boosted trees; one forest for pairs within a story, one for pairs on their own, whose
//! sentences were picked for being close, two for the second look at the pairs of a story, with late interaction and
//! without, and one for the last look at those that were read.

use std::sync::LazyLock;

use serde::Deserialize;

use super::features::{N_FEATURES, NAMES};
use super::trees::Forest;
use super::{corroboration, neighbourhood};
use crate::encode::PairOdds;

/// Written by `tests/benchmarks/link/train.py`.
const MODEL: &str = include_str!("model.json");

#[derive(Deserialize)]
struct Model {
    features: Vec<String>,
    /// What the second look sees.
    places: Vec<String>,
    /// For pairs with a story around them.
    story: Trees,
    /// For pairs on their own.
    alone: Trees,
    /// What stands around a pair of a story adds to its log-odds.
    again: Trees,
    /// What stands around it and late interaction add.
    again_late: Trees,
    /// What the last look sees.
    thirds: Vec<String>,
    /// What third articles add.
    corroborated: Trees,
    /// What reading a pair together makes of its log-odds, by what was known before.
    together: Together,
}

/// What is known of a pair before both sentences are read together.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Known {
    /// The words of the two and those of the story around them.
    Words,
    /// Where they stand in their articles as well.
    Places,
}

#[derive(Deserialize)]
struct Together {
    words: Blend,
    places: Blend,
    /// By the large cross-encoder, of what all else has said of pairs of a story.
    closely: Blend,
    /// The same of articles of [`BRIEF`] sentences at most: of so few, most tell the news, and most of them are shared. Fitted
    /// by `tests/benchmarks/link/short.py`.
    briefly: Blend,
}

/// Sentences of an article at most to be weighed by `briefly`, and at least by `closely`; in between by what lies between.
const BRIEF: f32 = 2.0;
const ORDINARY: f32 = 8.0;

/// The new log-odds are a weighted sum of the old ones and of those of the reading, and `intercept`; pairs below `least`
/// are not read.
#[derive(Debug, Clone, Copy, Deserialize)]
pub struct Blend {
    least: f32,
    known: f32,
    shared: f32,
    conflict: f32,
    intercept: f32,
}

impl Blend {
    /// The new log-odds of a pair.
    pub fn of(self, log_odds: f32, read: PairOdds) -> f32 {
        self.known * log_odds + self.shared * read.shared + self.conflict * read.conflict + self.intercept
    }

    /// Between two, `share` of the way to the other.
    fn towards(self, other: Self, share: f32) -> Self {
        let between = |a: f32, b: f32| a + share * (b - a);
        Self {
            known: between(self.known, other.known),
            shared: between(self.shared, other.shared),
            conflict: between(self.conflict, other.conflict),
            intercept: between(self.intercept, other.intercept),
            ..self
        }
    }
}

/// Log-odds are `slope` times the sum of the trees, or of the first look's log-odds, and `intercept`.
#[derive(Deserialize)]
struct Trees {
    trees: Forest,
    slope: f64,
    intercept: f64,
}

static LOADED: LazyLock<Model> = LazyLock::new(|| {
    let model: Model = serde_json::from_str(MODEL).expect("the crate's own model file parses");
    assert_eq!(model.features, NAMES, "the model was trained on other features: train again");
    assert_eq!(model.places, neighbourhood::NAMES, "the model was trained on other features: train again");
    assert_eq!(model.thirds, corroboration::NAMES, "the model was trained on other features: train again");
    model
});

/// The log-odds that each of some pairs, of a story or on their own, asserts a common statement.
pub fn log_odds(features: &[[f32; N_FEATURES]], in_story: bool) -> Vec<f32> {
    let trees = if in_story { &LOADED.story } else { &LOADED.alone };
    trees.trees.sums(features).into_iter().map(|sum| (trees.slope * sum + trees.intercept) as f32).collect()
}

impl Trees {
    /// The log-odds of each pair with what a second look saw of it.
    fn again<const N: usize>(&self, first: &[f32], seen: &[[f32; N]]) -> Vec<f32> {
        let again = |(&first, sum)| (self.slope * f64::from(first) + self.intercept + sum) as f32;
        first.iter().zip(self.trees.sums(seen)).map(again).collect()
    }
}

/// The log-odds of some pairs of a story after a second look.
pub fn look_again(first: &[f32], seen: &[[f32; neighbourhood::N_FEATURES]], late: bool) -> Vec<f32> {
    let trees = if late { &LOADED.again_late } else { &LOADED.again };
    trees.again(first, seen)
}

impl Known {
    fn blend(self) -> &'static Blend {
        match self {
            Self::Words => &LOADED.together.words,
            Self::Places => &LOADED.together.places,
        }
    }
}

/// The least log-odds of a pair worth reading together.
pub fn least_read(known: Known) -> f32 {
    known.blend().least
}

/// The log-odds of a pair after both sentences were read together.
pub fn together(known: Known, log_odds: f32, read: PairOdds) -> f32 {
    known.blend().of(log_odds, read)
}

/// What the large cross-encoder is weighed by where the longer of two articles has so many sentences.
pub fn closely(length: f32) -> Blend {
    let length = length.clamp(BRIEF, ORDINARY);
    let Together { closely, briefly, .. } = &LOADED.together;
    closely.towards(*briefly, (ORDINARY / length).ln() / (ORDINARY / BRIEF).ln())
}

/// The log-odds of some pairs after a last look at what third articles say.
pub fn corroborate(log_odds: &[f32], seen: &[[f32; corroboration::N_FEATURES]]) -> Vec<f32> {
    LOADED.corroborated.again(log_odds, seen)
}

/// The probability with these log-odds.
pub fn probability(log_odds: f32) -> f32 {
    (1.0 / (1.0 + (-f64::from(log_odds)).exp())) as f32
}
