//! Average linkage over a sparse graph: two clusters merge while the average over all their pairs of members stays high.

use std::cmp::Reverse;
use std::collections::BinaryHeap;

use rustc_hash::FxHashMap;

use super::CHUNK;
use crate::error::Result;
use crate::pool::GoOn;

/// What is known about the pairs of members of two clusters.
#[derive(Debug, Clone, Copy, Default, PartialEq)]
struct Evidence {
    /// Sum of the probabilities of the known pairs.
    sum: f32,
    n: u32,
    vetoes: u32,
}

/// Clusters that grow by merging.
pub(super) struct Clusters {
    /// The neighbours of each cluster.
    evidence: Vec<FxHashMap<usize, Evidence>>,
    /// The members of each cluster; empty once it was merged into another.
    pub members: Vec<Vec<usize>>,
    /// The links between members: probability and both ends.
    pub edges: Vec<(f32, usize, usize)>,
    max_partners: usize,
}

impl Clusters {
    /// `n` clusters of one member, each of which was compared with `max_partners` others at most.
    pub fn new(n: usize, max_partners: usize) -> Self {
        Self {
            evidence: vec![FxHashMap::default(); n],
            members: (0..n).map(|node| vec![node]).collect(),
            edges: Vec::new(),
            max_partners,
        }
    }

    /// A link: two members say the same with this probability.
    pub fn link(&mut self, a: usize, b: usize, probability: f32) {
        if a != b {
            self.know(a, b, probability, 0);
            self.edges.push((probability, a.min(b), a.max(b)));
        }
    }

    /// Two members that were compared and found apart; a veto keeps their clusters apart for good.
    pub fn doubt(&mut self, a: usize, b: usize, probability: f32, veto: bool) {
        if a != b {
            self.know(a, b, probability, u32::from(veto));
        }
    }

    /// Pairs of repeated sentences meet in one pair of members: the most probable speaks for it.
    fn know(&mut self, a: usize, b: usize, probability: f32, vetoes: u32) {
        for (from, to) in [(a, b), (b, a)] {
            let known = self.evidence[from].entry(to).or_default();
            *known = Evidence { sum: known.sum.max(probability), n: 1, vetoes: known.vetoes.max(vetoes) };
        }
    }

    /// The members that have a link.
    pub fn linked(&self) -> Vec<bool> {
        let mut linked = vec![false; self.members.len()];
        self.edges.iter().for_each(|&(_, a, b)| (linked[a], linked[b]) = (true, true));
        linked
    }

    fn average(&self, a: usize, b: usize, unknown: f32) -> Option<f32> {
        let known = self.evidence[a].get(&b).filter(|known| known.vetoes == 0)?;
        let (fewer, more) =
            (self.members[a].len().min(self.members[b].len()), self.members[a].len().max(self.members[b].len()));
        let n = (fewer * more.min(self.max_partners)).max(known.n as usize) as f32;
        Some((known.sum + unknown * (n - known.n as f32)) / n)
    }

    /// Merges the pair of clusters with the highest average until none reaches `least`. A pair that nothing is known
    /// about counts as `unknown`.
    pub fn merge(&mut self, least: f32, unknown: f32, go_on: GoOn) -> Result<()> {
        let key = |average: f32, a: usize, b: usize| (average.to_bits(), Reverse((a.min(b), a.max(b))));
        let mut heap = BinaryHeap::new();
        for &(_, a, b) in &self.edges {
            if let Some(average) = self.average(a, b, unknown).filter(|average| *average >= least) {
                heap.push(key(average, a, b));
            }
        }
        let mut n_looks = 0;
        while let Some((bits, Reverse((a, b)))) = heap.pop() {
            n_looks += 1;
            if n_looks >= CHUNK {
                go_on()?;
                n_looks = 0;
            }
            if self.average(a, b, unknown).map(f32::to_bits) != Some(bits) {
                continue;
            }
            let into = self.join(a, b);
            let mut neighbours: Vec<_> = self.evidence[into].keys().copied().collect();
            neighbours.sort_unstable();
            n_looks += neighbours.len();
            for other in neighbours {
                if let Some(average) = self.average(into, other, unknown).filter(|average| *average >= least) {
                    heap.push(key(average, into, other));
                }
            }
        }
        Ok(())
    }

    /// Moves the cluster with fewer neighbours into the other, which it returns.
    fn join(&mut self, a: usize, b: usize) -> usize {
        let (into, from) = if self.evidence[a].len() >= self.evidence[b].len() { (a, b) } else { (b, a) };
        let moved = std::mem::take(&mut self.evidence[from]);
        let members = std::mem::take(&mut self.members[from]);
        self.members[into].extend(members);
        self.evidence[into].remove(&from);
        let mut moved: Vec<_> = moved.into_iter().filter(|(other, _)| *other != into).collect();
        moved.sort_unstable_by_key(|(other, _)| *other);
        for (other, evidence) in moved {
            self.evidence[other].remove(&from);
            for (x, y) in [(into, other), (other, into)] {
                let known = self.evidence[x].entry(y).or_default();
                known.sum += evidence.sum;
                known.n += evidence.n;
                known.vetoes += evidence.vetoes;
            }
        }
        into
    }
}
