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

/// A node with children asks a feature; a leaf (`left` of -1) has a value.
#[derive(Deserialize)]
struct Tree {
    feature: Vec<usize>,
    threshold: Vec<f64>,
    left: Vec<i32>,
    right: Vec<i32>,
    value: Vec<f64>,
}

static LOADED: LazyLock<Model> = LazyLock::new(|| {
    let model: Model = serde_json::from_str(MODEL).expect("the crate's own model file parses");
    assert_eq!(model.features, NAMES, "the model was trained on other features: train again");
    model
});

impl Tree {
    fn value(&self, features: &[f32; N_FEATURES]) -> f64 {
        let mut node = 0;
        while self.left[node] >= 0 {
            let goes_left = f64::from(features[self.feature[node]]) <= self.threshold[node];
            node = if goes_left { self.left[node] } else { self.right[node] } as usize;
        }
        self.value[node]
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
