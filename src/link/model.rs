//! From features to a probability: boosted trees, then a logistic curve; one forest for pairs within a story, one for
//! pairs on their own, whose sentences were picked for being close.

use std::sync::LazyLock;

use serde::Deserialize;

use super::features::{N_FEATURES, NAMES};

/// Written by `tests/benchmarks/link/train.py`.
const MODEL: &str = include_str!("model.json");

#[derive(Deserialize)]
struct Model {
    features: Vec<String>,
    /// For pairs with a story around them.
    story: Forest,
    /// For pairs on their own.
    alone: Forest,
}

#[derive(Deserialize)]
struct Forest {
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
pub fn probability(features: &[f32; N_FEATURES], in_story: bool) -> f32 {
    let forest = if in_story { &LOADED.story } else { &LOADED.alone };
    let raw: f64 = forest.trees.iter().map(|tree| tree.value(features)).sum();
    let guard = if in_story && contradicts(features) { GUARD } else { 0.0 };
    (1.0 / (1.0 + (-(forest.slope * raw + forest.intercept - guard)).exp())) as f32
}

/// What a contradiction costs, in log-odds: a false merge is worse than a missed one.
const GUARD: f64 = 2.0;

/// Whether most of the shorter sentence stands in the other, with a "not", a figure, a day or an opposite word between.
fn contradicts(features: &[f32; N_FEATURES]) -> bool {
    const MIN_FRAME: f32 = 0.45;
    let feature = |name: &str| NAMES.iter().position(|known| *known == name).map_or(0.0, |at| features[at]);
    feature("frame") >= MIN_FRAME
        && (feature("negation") > 0.0
            || feature("opposites") > 0.0
            || feature("dates") > 0.0
            || feature("slot_numbers") > 1.0)
}
