//! Floor 8. Clusters of a sparse graph by average linkage.
//!
//! Enter weighted edges, leave for each node the number of its cluster. The two clusters whose members are the most
//! similar on average merge first, until no average reaches `least` (Sokal and Michener 1958, UPGMA). An edge that is
//! not there counts as 0, so a chain of articles each like the next falls apart where single linkage would make one
//! story of it. But a node is compared with its `max_partners` nearest only: where it has as many edges, those that are
//! missing may be as similar as the weakest of these, and count as half of that. Without this a story of 600 articles
//! falls into pieces of some 20; with it 500 stay together, and small stories are what they were.
//!
//! A node may come with a cluster it belongs to already. Those clusters keep their members, and two of them never merge.
//! Cost: a heap operation per edge and merge; ties go by number of node.

use std::cmp::Reverse;
use std::collections::BinaryHeap;

use rustc_hash::FxHashMap;

use crate::error::{Error, Result};
use crate::pool::GoOn;

/// A pair of nodes and how similar they are.
pub type Edge = (u32, u32, f32);

/// How to merge.
#[derive(Debug, Clone, Copy)]
pub struct Linkage {
    /// Least average similarity of two clusters that merge; above 0.
    pub least: f32,
    /// With how many others a node was compared.
    pub max_partners: usize,
}

/// Merges between two calls of `go_on`.
const ROUND: usize = 1024;
/// What an unknown pair counts for, of what it may be at most. With 0, 0.5 and 1, 26, 506 and 583 of 600 articles made
/// of one story's sentences stay together; half is the cautious choice.
const UNKNOWN: f64 = 0.5;

/// For each of `n` nodes its cluster, numbered by first member.
///
/// `known` holds the cluster of a node, any number, or a negative one where it has none; empty: none has.
pub fn average_link(n: usize, edges: &[Edge], known: &[i64], linkage: Linkage, go_on: GoOn) -> Result<Vec<u32>> {
    check(n, edges, known, linkage)?;
    let mut clusters = Clusters::new(n, known, linkage);
    for &(a, b, similarity) in edges {
        clusters.connect(a as usize, b as usize, similarity);
    }
    clusters.floors = floors(&clusters.start, edges, linkage.max_partners);
    clusters.merge(go_on)?;
    Ok(clusters.numbered(n))
}

/// By cluster, the sum over its members of what a pair without an edge may be: the weakest of as many edges as were
/// looked for, 0 where there are fewer.
fn floors(start: &[usize], edges: &[Edge], max_partners: usize) -> Vec<f64> {
    let mut similarities: Vec<Vec<f32>> = vec![Vec::new(); start.len()];
    for &(a, b, similarity) in edges {
        similarities[a as usize].push(similarity);
        similarities[b as usize].push(similarity);
    }
    let mut floors = vec![0.0; start.len()];
    for (node, of_node) in similarities.iter_mut().enumerate() {
        if max_partners > 0 && of_node.len() >= max_partners {
            let (_, weakest, _) = of_node.select_nth_unstable_by(max_partners - 1, |x, y| y.total_cmp(x));
            floors[start[node]] += f64::from(weakest.max(0.0));
        }
    }
    floors
}

fn check(n: usize, edges: &[Edge], known: &[i64], linkage: Linkage) -> Result<()> {
    let invalid = |parameter, expected: &str, actual: String| {
        Err(Error::InvalidParameter { parameter, expected: expected.into(), actual })
    };
    if linkage.least.is_nan() || linkage.least <= 0.0 {
        return invalid("min_similarity", "above 0", linkage.least.to_string());
    }
    if !known.is_empty() && known.len() != n {
        return Err(Error::ShapeMismatch { what: "known clusters", expected: n, actual: known.len() });
    }
    let outside = |&&(a, b, similarity): &&Edge| a as usize >= n || b as usize >= n || !similarity.is_finite();
    match edges.iter().find(outside) {
        Some(edge) => invalid("edges", "between nodes, with a finite similarity", format!("{edge:?}")),
        None => Ok(()),
    }
}

/// What is known about the pairs of members of two clusters.
#[derive(Debug, Clone, Copy, Default)]
struct Known {
    sum: f64,
    n: usize,
}

struct Clusters {
    /// The neighbours of each cluster.
    near: Vec<FxHashMap<usize, Known>>,
    members: Vec<Vec<u32>>,
    /// Whether it was a cluster before.
    fixed: Vec<bool>,
    /// The cluster that each node starts in.
    start: Vec<usize>,
    /// By cluster, what [`floors`] gives.
    floors: Vec<f64>,
    linkage: Linkage,
}

impl Clusters {
    fn new(n: usize, known: &[i64], linkage: Linkage) -> Self {
        let mut start: Vec<usize> = (0..n).collect();
        let mut members: Vec<Vec<u32>> = vec![Vec::new(); n];
        let mut fixed = vec![false; n];
        let mut first: FxHashMap<i64, usize> = FxHashMap::default();
        for node in 0..n {
            if let Some(&cluster) = known.get(node).filter(|cluster| **cluster >= 0) {
                start[node] = *first.entry(cluster).or_insert(node);
                fixed[start[node]] = true;
            }
            members[start[node]].push(node as u32);
        }
        Self { near: vec![FxHashMap::default(); n], members, fixed, start, floors: Vec::new(), linkage }
    }

    fn connect(&mut self, a: usize, b: usize, similarity: f32) {
        let (a, b) = (self.start[a], self.start[b]);
        if a == b || (self.fixed[a] && self.fixed[b]) {
            return;
        }
        for (from, to) in [(a, b), (b, a)] {
            let known = self.near[from].entry(to).or_default();
            known.sum += f64::from(similarity);
            known.n += 1;
        }
    }

    /// The average over the pairs of two clusters, where it suffices.
    fn average(&self, a: usize, b: usize) -> Option<f64> {
        let known = self.near[a].get(&b)?;
        let (x, y) = (self.members[a].len(), self.members[b].len());
        let n_unknown = (x * y).saturating_sub(known.n);
        let unknown = UNKNOWN * (self.floors[a] / x as f64).min(self.floors[b] / y as f64);
        Some((known.sum + unknown * n_unknown as f64) / (known.n + n_unknown) as f64)
            .filter(|average| *average >= f64::from(self.linkage.least))
    }

    fn merge(&mut self, go_on: GoOn) -> Result<()> {
        // Averages are above 0, and such floats are ordered as their bits are.
        let key = |average: f64, a: usize, b: usize| (average.to_bits(), Reverse((a.min(b), a.max(b))));
        let mut heap = BinaryHeap::new();
        for a in 0..self.near.len() {
            // The heap orders them: no order of this map is seen.
            let later = sorted(&self.near[a]).into_iter().filter(|&b| a < b);
            heap.extend(later.filter_map(|b| Some(key(self.average(a, b)?, a, b))));
        }
        let mut n_merges = 0;
        while let Some((bits, Reverse((a, b)))) = heap.pop() {
            // Out of date where one of the two has grown or gone since.
            if self.average(a, b).map(f64::to_bits) != Some(bits) {
                continue;
            }
            let into = self.join(a, b);
            for other in sorted(&self.near[into]) {
                heap.extend(self.average(into, other).map(|average| key(average, into, other)));
            }
            n_merges += 1;
            if n_merges % ROUND == 0 {
                go_on()?;
            }
        }
        Ok(())
    }

    /// Moves the cluster with fewer neighbours into the other, which it returns.
    fn join(&mut self, a: usize, b: usize) -> usize {
        let (into, from) = if self.near[a].len() >= self.near[b].len() { (a, b) } else { (b, a) };
        let moved = std::mem::take(&mut self.near[from]);
        let members = std::mem::take(&mut self.members[from]);
        self.members[into].extend(members);
        self.floors[into] += self.floors[from];
        self.near[into].remove(&from);
        let now_fixed = self.fixed[from] && !self.fixed[into];
        self.fixed[into] |= self.fixed[from];
        for other in sorted(&moved).into_iter().filter(|&other| other != into) {
            self.near[other].remove(&from);
            for (x, y) in [(into, other), (other, into)] {
                let known = self.near[x].entry(y).or_default();
                known.sum += moved[&other].sum;
                known.n += moved[&other].n;
            }
        }
        if self.fixed[into] {
            let apart: Vec<usize> = match now_fixed {
                true => sorted(&self.near[into]).into_iter().filter(|&other| self.fixed[other]).collect(),
                false => sorted(&moved).into_iter().filter(|&other| other != into && self.fixed[other]).collect(),
            };
            for other in apart {
                self.near[into].remove(&other);
                self.near[other].remove(&into);
            }
        }
        into
    }

    /// The cluster of each node, numbered by first member.
    fn numbered(&self, n: usize) -> Vec<u32> {
        let mut first = vec![0; n];
        for members in &self.members {
            let least = members.iter().copied().min().unwrap_or(0);
            members.iter().for_each(|&member| first[member as usize] = least);
        }
        let mut number = vec![u32::MAX; n];
        let mut next = 0;
        first
            .iter()
            .map(|&least| {
                let number = &mut number[least as usize];
                if *number == u32::MAX {
                    *number = next;
                    next += 1;
                }
                *number
            })
            .collect()
    }
}

fn sorted(near: &FxHashMap<usize, Known>) -> Vec<usize> {
    let mut others: Vec<usize> = near.keys().copied().collect();
    others.sort_unstable();
    others
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn silent() -> Result<()> {
        Ok(())
    }

    fn link(n: usize, edges: &[Edge], known: &[i64], least: f32) -> Vec<u32> {
        average_link(n, edges, known, Linkage { least, max_partners: 20 }, &mut silent).unwrap()
    }

    #[test]
    fn clusters_merge_while_their_average_suffices() {
        let chain = [(0, 1, 0.9), (1, 2, 0.8), (2, 3, 0.9)];
        let triangle = [(0, 1, 0.9), (1, 2, 0.5), (0, 2, 0.3)];
        for (n, edges, least, expected) in [
            (0, &[][..], 0.3, vec![]),
            (3, &[], 0.3, vec![0, 1, 2]),
            (4, &chain, 0.3, vec![0, 0, 1, 1]),
            (4, &chain, 0.2, vec![0, 0, 0, 0]),
            (3, &triangle, 0.39, vec![0, 0, 0]),
            (3, &triangle, 0.41, vec![0, 0, 1]),
            (2, &[(0, 1, 0.3)], 0.31, vec![0, 1]),
        ] {
            assert_eq!(link(n, edges, &[], least), expected, "{edges:?} {least}");
        }
    }

    #[test]
    fn what_lies_beyond_the_nearest_is_unknown_and_not_zero() {
        let ring: Vec<Edge> = (0..6).map(|a| (a, (a + 1) % 6, 0.9)).collect();
        let with = |max_partners| average_link(6, &ring, &[], Linkage { least: 0.3, max_partners }, &mut silent);
        assert_eq!(with(3).unwrap(), [0, 0, 1, 1, 2, 2]);
        assert_eq!(with(2).unwrap(), [0; 6]);
    }

    #[test]
    fn known_clusters_take_new_nodes_and_never_merge() {
        let edges = [(0, 1, 0.9), (1, 2, 0.8), (0, 2, 0.9), (2, 3, 0.5)];
        for (known, expected) in [
            ([7, 3, -1, -1], [0, 1, 0, 2]),
            ([7, 7, -1, -1], [0, 0, 0, 1]),
            ([7, 3, -1, 9], [0, 1, 0, 2]),
            ([5, 5, 6, 5], [0, 0, 1, 0]),
            ([-1, -1, -1, 4], [0, 0, 0, 1]),
        ] {
            assert_eq!(link(4, &edges, &known, 0.3), expected, "{known:?}");
        }
    }

    #[test]
    fn what_is_no_graph_is_an_error() {
        for (edges, known, least, told) in [
            (
                &[(0, 2, 0.5)][..],
                &[][..],
                0.3,
                "edges must be between nodes, with a finite similarity, got (0, 2, 0.5)",
            ),
            (&[(0, 1, f32::NAN)], &[], 0.3, "edges must be between nodes, with a finite similarity, got (0, 1, NaN)"),
            (&[], &[1], 0.3, "known clusters: expected 2, got 1"),
            (&[], &[], 0.0, "min_similarity must be above 0, got 0"),
        ] {
            let linkage = Linkage { least, max_partners: 20 };
            assert_eq!(average_link(2, edges, known, linkage, &mut silent).unwrap_err().to_string(), told);
        }
    }

    /// Merges by looking at every pair of clusters anew.
    fn oracle(n: usize, edges: &[Edge], known: &[i64], least: f64) -> Vec<Vec<usize>> {
        let mut clusters: Vec<(bool, Vec<usize>)> = Vec::new();
        for node in 0..n {
            let same = clusters.iter().position(|(_, c)| known[node] >= 0 && known[c[0]] == known[node]);
            match same {
                Some(at) => clusters[at].1.push(node),
                None => clusters.push((known[node] >= 0, vec![node])),
            }
        }
        loop {
            let mut best = (least, None);
            for i in 0..clusters.len() {
                for j in i + 1..clusters.len() {
                    let between = |&&(a, b, _): &&Edge| {
                        let (a, b) = (a as usize, b as usize);
                        let ((_, x), (_, y)) = (&clusters[i], &clusters[j]);
                        (x.contains(&a) && y.contains(&b)) || (x.contains(&b) && y.contains(&a))
                    };
                    let sum: f64 = edges.iter().filter(between).map(|edge| f64::from(edge.2)).sum();
                    let average = sum / (clusters[i].1.len() * clusters[j].1.len()) as f64;
                    if average > best.0 && !(clusters[i].0 && clusters[j].0) {
                        best = (average, Some((i, j)));
                    }
                }
            }
            let Some((i, j)) = best.1 else { break };
            let (fixed, members) = clusters.remove(j);
            clusters[i].0 |= fixed;
            clusters[i].1.extend(members);
        }
        let mut clusters: Vec<_> = clusters.into_iter().map(|(_, members)| members).collect();
        clusters.iter_mut().for_each(|members| members.sort_unstable());
        clusters.sort();
        clusters
    }

    proptest! {
        #[test]
        fn the_clusters_are_those_of_a_plain_search(
            weights in proptest::collection::vec(0u32..1000, 45), known in proptest::collection::vec(-4i64..3, 10),
        ) {
            let pairs = (0..10u32).flat_map(|a| (a + 1..10).map(move |b| (a, b)));
            // Distinct weights, so that no tie is left to the order of the search.
            let edges: Vec<Edge> = pairs.zip(weights).enumerate()
                .filter(|(_, (_, weight))| weight % 3 != 0)
                .map(|(at, ((a, b), weight))| (a, b, weight as f32 / 1000.0 + at as f32 / 1e5 + 1e-6)).collect();
            let found = link(10, &edges, &known, 0.25);
            let mut clusters: Vec<Vec<usize>> = vec![Vec::new(); 10];
            found.iter().enumerate().for_each(|(node, &cluster)| clusters[cluster as usize].push(node));
            clusters.retain(|members| !members.is_empty());
            prop_assert_eq!(clusters, oracle(10, &edges, &known, 0.25));
        }
    }
}
