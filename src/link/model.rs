//! From features to a probability: boosted trees, then a logistic curve; one forest for pairs within a story, one for
//! pairs on their own, whose sentences were picked for being close.

use std::sync::LazyLock;

use serde::Deserialize;

use super::features::{At, N_FEATURES, NAMES};

/// Written by `tests/benchmarks/link/train.py`.
const MODEL: &str = include_str!("model.json");

#[derive(Deserialize)]
struct Model {
    features: Vec<String>,
    /// With the vectors of a transformer.
    contextual: Forests,
    /// Without.
    lexical: Forests,
}

#[derive(Deserialize)]
struct Forests {
    /// For pairs with a story around them.
    story: Trees,
    /// For pairs on their own.
    alone: Trees,
}

#[derive(Deserialize)]
struct Trees {
    trees: Vec<Tree>,
    slope: f64,
    intercept: f64,
}

/// Which forest a pair is for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Forest {
    /// Whether a transformer has read the sentences.
    pub contextual: bool,
    /// Whether there is a story around them.
    pub in_story: bool,
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
    model
});

impl Tree {
    fn value(&self, features: &[f32; N_FEATURES]) -> f64 {
        let mut node = &self.0[0];
        while node.left != LEAF {
            let goes_left = f64::from(features[node.feature as usize]) <= node.number;
            node = &self.0[if goes_left { node.left } else { node.right } as usize];
        }
        node.number
    }
}

/// The probability that a pair asserts a common statement.
pub fn probability(features: &[f32; N_FEATURES], forest: Forest) -> f32 {
    let forests = if forest.contextual { &LOADED.contextual } else { &LOADED.lexical };
    let trees = if forest.in_story { &forests.story } else { &forests.alone };
    let raw: f64 = trees.trees.iter().map(|tree| tree.value(features)).sum();
    let guard = if forest.in_story && contradicts(features) { GUARD } else { 0.0 };
    (1.0 / (1.0 + (-(trees.slope * raw + trees.intercept - guard)).exp())) as f32
}

/// What a contradiction costs, in log-odds: a false merge is worse than a missed one.
const GUARD: f64 = 2.0;

/// Whether most of the shorter sentence stands in the other, with a "not", a figure, a day or an opposite word between.
fn contradicts(features: &[f32; N_FEATURES]) -> bool {
    const MIN_FRAME: f32 = 0.45;
    let feature = |at: At| features[at as usize];
    feature(At::frame) >= MIN_FRAME
        && (feature(At::negation) > 0.0
            || feature(At::opposites) > 0.0
            || feature(At::dates) > 0.0
            || feature(At::slot_numbers) > 1.0)
}
