//! From features to a probability: boosted trees, then a logistic curve per situation.

use std::sync::LazyLock;

use serde::Deserialize;

use super::features::{N_FEATURES, NAMES};

/// Written by `tests/benchmarks/link/train.py`.
const MODEL: &str = include_str!("model.json");

#[derive(Deserialize)]
struct Model {
    features: Vec<String>,
    trees: Vec<Tree>,
    /// `(slope, intercept)` for pairs with a story around them.
    story: (f64, f64),
    /// `(slope, intercept)` for pairs on their own.
    alone: (f64, f64),
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

/// The sum of the trees: unbounded, higher is likelier.
pub fn raw(features: &[f32; N_FEATURES]) -> f64 {
    LOADED.trees.iter().map(|tree| tree.value(features)).sum()
}

/// The probability that a pair asserts a common statement.
pub fn probability(features: &[f32; N_FEATURES], in_story: bool) -> f32 {
    let (slope, intercept) = if in_story { LOADED.story } else { LOADED.alone };
    (1.0 / (1.0 + (-(slope * raw(features) + intercept)).exp())) as f32
}
