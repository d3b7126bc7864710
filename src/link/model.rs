//! From features to log-odds: boosted trees; one forest for pairs within a story, one for pairs on their own, whose
//! sentences were picked for being close, two for the second look at the pairs of a story, with late interaction and
//! without, and one for the last look at those that were read.

use std::sync::LazyLock;

use serde::Deserialize;

use super::features::{N_FEATURES, NAMES};
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
}

/// The new log-odds are a weighted sum of the old ones and of those of the reading, and `intercept`; pairs below `least`
/// are not read.
#[derive(Deserialize)]
struct Blend {
    least: f32,
    known: f32,
    shared: f32,
    conflict: f32,
    intercept: f32,
}

/// Log-odds are `slope` times the sum of the trees, or of the first look's log-odds, and `intercept`.
#[derive(Deserialize)]
struct Trees {
    trees: Vec<Tree>,
    slope: f64,
    intercept: f64,
}

/// Nodes from the root; the arrays of the file are put side by side, since a walk asks for all of a node at once.
#[derive(Deserialize)]
#[serde(from = "Columns")]
struct Tree(Vec<Node>);

struct Node {
    /// Where a feature of at most this goes left; at a leaf its value.
    number: f64,
    feature: u32,
    left: u32,
    right: u32,
}

/// No child: a leaf.
const LEAF: u32 = u32::MAX;

#[derive(Deserialize)]
struct Columns {
    feature: Vec<u32>,
    threshold: Vec<f64>,
    left: Vec<i64>,
    right: Vec<i64>,
    value: Vec<f64>,
}

impl From<Columns> for Tree {
    fn from(columns: Columns) -> Self {
        let child = |at: i64| u32::try_from(at).unwrap_or(LEAF);
        let node = |at: usize| {
            let left = child(columns.left[at]);
            let number = if left == LEAF { columns.value[at] } else { columns.threshold[at] };
            Node { number, feature: columns.feature[at], left, right: child(columns.right[at]) }
        };
        Self((0..columns.feature.len()).map(node).collect())
    }
}

static LOADED: LazyLock<Model> = LazyLock::new(|| {
    let model: Model = serde_json::from_str(MODEL).expect("the crate's own model file parses");
    assert_eq!(model.features, NAMES, "the model was trained on other features: train again");
    assert_eq!(model.places, neighbourhood::NAMES, "the model was trained on other features: train again");
    assert_eq!(model.thirds, corroboration::NAMES, "the model was trained on other features: train again");
    model
});

impl Tree {
    fn value(&self, features: &[f32]) -> f64 {
        let mut node = &self.0[0];
        while node.left != LEAF {
            let goes_left = f64::from(features[node.feature as usize]) <= node.number;
            node = &self.0[if goes_left { node.left } else { node.right } as usize];
        }
        node.number
    }
}

impl Trees {
    fn sum(&self, features: &[f32]) -> f64 {
        self.trees.iter().map(|tree| tree.value(features)).sum()
    }
}

/// The log-odds that a pair, of a story or on its own, asserts a common statement.
pub fn log_odds(features: &[f32; N_FEATURES], in_story: bool) -> f32 {
    let trees = if in_story { &LOADED.story } else { &LOADED.alone };
    (trees.slope * trees.sum(features) + trees.intercept) as f32
}

/// The log-odds of a pair of a story after a second look.
pub fn look_again(first: f32, seen: &[f32; neighbourhood::N_FEATURES], late: bool) -> f32 {
    let again = if late { &LOADED.again_late } else { &LOADED.again };
    (again.slope * f64::from(first) + again.intercept + again.sum(seen)) as f32
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
    let Blend { known, shared, conflict, intercept, .. } = known.blend();
    known * log_odds + shared * read.shared + conflict * read.conflict + intercept
}

/// The log-odds of a pair after a last look at what third articles say.
pub fn corroborate(log_odds: f32, seen: &[f32; corroboration::N_FEATURES]) -> f32 {
    let trees = &LOADED.corroborated;
    (trees.slope * f64::from(log_odds) + trees.intercept + trees.sum(seen)) as f32
}

/// The probability with these log-odds.
pub fn probability(log_odds: f32) -> f32 {
    (1.0 / (1.0 + (-f64::from(log_odds)).exp())) as f32
}
