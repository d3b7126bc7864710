//! Boosted trees over many rows at once, without walking a tree: every test that a row fails closes the leaves on its left
//! side, and the first leaf that stays open is where a walk would have ended (Lucchese and others 2015, QuickScorer). Tests
//! are asked by feature and threshold, so that a feature is done with at the first one that all rows pass.

use super::LANES;
use super::level::{Level, for_each_level};

/// The most leaves of a tree: a bit each.
pub const MAX_LEAVES: usize = u32::BITS as usize;

/// A number for each of the rows that are asked together.
type Lanes<T> = [T; LANES];

/// Trees whose values are summed.
#[derive(Debug)]
pub struct Forest {
    /// Of each feature, its tests.
    features: Vec<Vec<Test>>,
    /// The values of each tree's leaves, from the left.
    leaves: Vec<[f64; MAX_LEAVES]>,
}

/// Whether a feature is at most the threshold.
#[derive(Debug, Clone, Copy)]
pub struct Test {
    /// What it is held against.
    pub threshold: f32,
    /// The tree, counted from 0, that asks.
    pub tree: u32,
    /// The leaves of the tree that stay open where it fails.
    pub open: u32,
}

impl Forest {
    /// From the tests of each feature and the values of each tree's leaves.
    pub fn new(mut features: Vec<Vec<Test>>, leaves: Vec<[f64; MAX_LEAVES]>) -> Self {
        features.iter_mut().for_each(|tests| tests.sort_by(|a, b| a.threshold.total_cmp(&b.threshold)));
        Self { features, leaves }
    }

    /// The sum of the trees' values for each row, tree after tree.
    pub fn sums<const N: usize>(&self, level: Level, rows: &[[f32; N]]) -> Vec<f64> {
        assert!(self.features.len() <= N, "{} features of {N}", self.features.len());
        let mut open = vec![[0; LANES]; self.leaves.len()];
        let mut sums = Vec::with_capacity(rows.len());
        for rows in rows.chunks(LANES) {
            open.fill([u32::MAX; LANES]);
            for (feature, tests) in self.features.iter().enumerate() {
                // What is no number is at most nothing.
                let value = |row: &[f32; N]| if row[feature].is_nan() { f32::INFINITY } else { row[feature] };
                let mut values = [f32::NEG_INFINITY; LANES];
                values.iter_mut().zip(rows).for_each(|(known, row)| *known = value(row));
                let highest = values.into_iter().fold(f32::NEG_INFINITY, f32::max);
                let failed = tests.partition_point(|test| test.threshold < highest);
                close(level, &tests[..failed], &values, &mut open);
            }
            let mut found = [0.0; LANES];
            add_leaves(level, &self.leaves, &open, &mut found);
            sums.extend(&found[..rows.len()]);
        }
        sums
    }
}

for_each_level! {
    fn close(tests: &[Test], values: &Lanes<f32>, open: &mut [Lanes<u32>]) {
        for test in tests {
            let open = &mut open[test.tree as usize];
            for lane in 0..LANES {
                open[lane] &= test.open | u32::from(values[lane] <= test.threshold).wrapping_neg();
            }
        }
    }
}

for_each_level! {
    fn add_leaves(leaves: &[[f64; MAX_LEAVES]], open: &[Lanes<u32>], sums: &mut Lanes<f64>) {
        for (leaves, open) in leaves.iter().zip(open) {
            for lane in 0..LANES {
                sums[lane] += leaves[open[lane].trailing_zeros() as usize % MAX_LEAVES];
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::numbers;

    #[test]
    fn levels_give_the_sums_of_walks() {
        // The left child of each tree's root is a leaf, the right one asks the other feature.
        let (n_trees, n_rows) = (9, 37);
        let (thresholds, values) = (numbers(2 * n_trees, 1), numbers(3 * n_trees, 2));
        let mut features = vec![Vec::new(); 2];
        let mut leaves = vec![[0.0; MAX_LEAVES]; n_trees];
        for tree in 0..n_trees {
            for (at, open) in [(0, !1), (1, !2)] {
                let threshold = thresholds[2 * tree + at];
                features[(tree + at) % 2].push(Test { threshold, tree: tree as u32, open });
            }
            (0..3).for_each(|leaf| leaves[tree][leaf] = f64::from(values[3 * tree + leaf]));
        }
        let rows: Vec<[f32; 2]> = numbers(2 * n_rows, 3).as_chunks().0.to_vec();
        let walk =
            |row: &[f32; 2], tree: usize| match [0, 1].map(|at| row[(tree + at) % 2] <= thresholds[2 * tree + at]) {
                [true, _] => leaves[tree][0],
                [false, true] => leaves[tree][1],
                [false, false] => leaves[tree][2],
            };
        let walked: Vec<f64> = rows.iter().map(|row| (0..n_trees).map(|tree| walk(row, tree)).sum()).collect();
        let forest = Forest::new(features, leaves.clone());
        for level in Level::all() {
            assert_eq!(forest.sums(level, &rows), walked, "{level:?}");
        }
    }
}
