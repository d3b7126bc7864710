//! Boosted trees as the model's file has them, and as the kernel asks them: by the tests of each feature.

use serde::Deserialize;

use crate::kernel::{self, Level, MAX_LEAVES, Test};

/// Trees whose values are summed.
#[derive(Debug, Deserialize)]
#[serde(try_from = "Vec<Tree>")]
pub(super) struct Forest(kernel::Forest);

/// A tree as the model's file has it, its nodes from the root; a leaf has no children.
#[derive(Deserialize)]
struct Tree {
    feature: Vec<usize>,
    threshold: Vec<f64>,
    left: Vec<i64>,
    right: Vec<i64>,
    value: Vec<f64>,
}

impl TryFrom<Vec<Tree>> for Forest {
    type Error = String;

    fn try_from(trees: Vec<Tree>) -> Result<Self, String> {
        let mut by_feature: Vec<Vec<Test>> = Vec::new();
        let mut leaves = Vec::with_capacity(trees.len());
        for (number, tree) in trees.iter().enumerate() {
            let mut values = Vec::new();
            tree.close(0, number as u32, &mut values, &mut by_feature);
            if values.len() > MAX_LEAVES {
                return Err(format!("tree {number}: at most {MAX_LEAVES} leaves, not {}", values.len()));
            }
            leaves.push(std::array::from_fn(|leaf| values.get(leaf).copied().unwrap_or(0.0)));
        }
        Ok(Self(kernel::Forest::new(by_feature, leaves)))
    }
}

impl Tree {
    /// Adds the leaves under a node, from the left, and its tests.
    fn close(&self, node: usize, tree: u32, leaves: &mut Vec<f64>, tests: &mut Vec<Vec<Test>>) {
        let (Ok(left), Ok(right)) = (usize::try_from(self.left[node]), usize::try_from(self.right[node])) else {
            leaves.push(self.value[node]);
            return;
        };
        let first = leaves.len();
        self.close(left, tree, leaves, tests);
        let closed = (first..leaves.len().min(MAX_LEAVES)).fold(0, |bits, leaf| bits | 1 << leaf);
        let feature = self.feature[node];
        tests.resize_with(tests.len().max(feature + 1), Vec::new);
        tests[feature].push(Test { threshold: at_most(self.threshold[node]), tree, open: !closed });
        self.close(right, tree, leaves, tests);
    }
}

/// The greatest single that is at most `threshold`: singles compare with both alike.
fn at_most(threshold: f64) -> f32 {
    let single = threshold as f32;
    if f64::from(single) > threshold { single.next_down() } else { single }
}

impl Forest {
    /// The sum of the trees' values for each row.
    pub(super) fn sums<const N: usize>(&self, rows: &[[f32; N]]) -> Vec<f64> {
        self.0.sums(Level::best(), rows)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    impl Tree {
        fn walk(&self, row: &[f32]) -> f64 {
            let mut node = 0;
            while self.left[node] >= 0 {
                let goes_left = f64::from(row[self.feature[node]]) <= self.threshold[node];
                node = if goes_left { self.left[node] } else { self.right[node] } as usize;
            }
            self.value[node]
        }
    }

    fn trees() -> Vec<Tree> {
        let leaf = -1;
        let tree = |feature: &[usize], threshold: &[f64], left: &[i64], right: &[i64], value: &[f64]| Tree {
            feature: feature.to_vec(),
            threshold: threshold.to_vec(),
            left: left.to_vec(),
            right: right.to_vec(),
            value: value.to_vec(),
        };
        vec![
            tree(
                &[0, 1, 0, 0, 2, 0, 0],
                &[0.1, -0.5, 0.0, 0.0, 0.1, 0.0, 0.0],
                &[1, 2, leaf, leaf, 5, leaf, leaf],
                &[4, 3, leaf, leaf, 6, leaf, leaf],
                &[0.0, 0.0, 1.5, -2.25, 0.0, 0.125, 8.0],
            ),
            tree(&[0], &[0.0], &[leaf], &[leaf], &[0.3]),
            tree(&[2, 0, 0], &[0.7, 0.0, 0.0], &[2, leaf, leaf], &[1, leaf, leaf], &[0.0, 0.7, -0.7]),
        ]
    }

    #[test]
    fn sums_are_those_of_walks() {
        let values = [-1.0, -0.5, 0.0, 0.1f32.next_down(), 0.1, 0.1f32.next_up(), 0.7, f32::INFINITY, f32::NAN];
        let at = |place: usize| values[place % values.len()];
        let rows: Vec<[f32; 3]> = (0..values.len().pow(3)).map(|n| [at(n), at(n / 9), at(n / 81)]).collect();
        let walked: Vec<f64> = rows.iter().map(|row| trees().iter().map(|tree| tree.walk(row)).sum()).collect();
        let forest = Forest::try_from(trees()).unwrap();
        assert_eq!(forest.sums(&rows), walked);
        assert_eq!(forest.sums(&rows[..5]), walked[..5]);
        assert!(forest.sums::<3>(&[]).is_empty());
    }

    #[test]
    fn a_tree_has_at_most_a_bit_a_leaf() {
        let n = MAX_LEAVES + 1;
        let nodes = 2 * n - 1;
        // Every right child is a leaf.
        let child =
            |node: usize, step: i64| if node.is_multiple_of(2) && node + 2 < nodes { node as i64 + step } else { -1 };
        let tree = Tree {
            feature: vec![0; nodes],
            threshold: vec![0.0; nodes],
            left: (0..nodes).map(|node| child(node, 2)).collect(),
            right: (0..nodes).map(|node| child(node, 1)).collect(),
            value: vec![0.0; nodes],
        };
        assert!(Forest::try_from(vec![tree]).unwrap_err().ends_with("not 33"));
    }
}
