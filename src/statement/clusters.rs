//! Average linkage over a sparse graph: two clusters merge while the average over all their pairs of members stays high.

use std::cmp::Reverse;
use std::collections::BinaryHeap;

use rustc_hash::FxHashMap;

use super::CHUNK;
use crate::error::Result;
use crate::pool::GoOn;

/// From so many articles more on the bar rises no higher.
const MAX_MORE: usize = 4;

/// What is known about the pairs of members of two clusters.
#[derive(Debug, Clone, Copy, Default, PartialEq)]
struct Evidence {
    /// Sum of the probabilities of the known pairs.
    sum: f32,
    n: u32,
    /// How many of them are links.
    links: u32,
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
    /// For each cluster how many of its members stand in each article, by article.
    articles: Vec<Vec<(u32, u32)>>,
    /// For each cluster the sentences of its members, ascending.
    sentences: Vec<Vec<u32>>,
    max_partners: usize,
}

impl Clusters {
    /// Clusters of one member each, whose articles and sentences are given; each was compared with `max_partners`
    /// others at most.
    pub fn new(places: &[(u32, u32)], max_partners: usize) -> Self {
        let n = places.len();
        Self {
            evidence: vec![FxHashMap::default(); n],
            members: (0..n).map(|node| vec![node]).collect(),
            edges: Vec::new(),
            articles: places.iter().map(|&(article, _)| vec![(article, 1)]).collect(),
            sentences: places.iter().map(|&(_, sentence)| vec![sentence]).collect(),
            max_partners,
        }
    }

    /// A link of this probability, which is so near to what the two members say.
    pub fn link(&mut self, a: usize, b: usize, probability: f32, near: f32) {
        if a != b {
            self.know(a, b, Evidence { sum: probability * near, n: 1, links: 1, vetoes: 0 });
            self.edges.push((probability, a.min(b), a.max(b)));
        }
    }

    /// Two members that were compared and found apart; a veto keeps their clusters apart for good.
    pub fn doubt(&mut self, a: usize, b: usize, probability: f32, veto: bool) {
        if a != b {
            self.know(a, b, Evidence { sum: probability, n: 1, links: 0, vetoes: u32::from(veto) });
        }
    }

    /// Pairs of repeated sentences meet in one pair of members: the most probable speaks for it.
    fn know(&mut self, a: usize, b: usize, new: Evidence) {
        for (from, to) in [(a, b), (b, a)] {
            let known = self.evidence[from].entry(to).or_default();
            *known = Evidence {
                sum: known.sum.max(new.sum),
                n: 1,
                links: known.links.max(new.links),
                vetoes: known.vetoes.max(new.vetoes),
            };
        }
    }

    /// The average over all pairs of members; `None` where nothing joins the two or something keeps them apart.
    fn average(&self, a: usize, b: usize, unknown: f32) -> Option<f32> {
        let known = self.evidence[a].get(&b).filter(|known| known.links > 0 && known.vetoes == 0)?;
        // Two claims of one sentence are two claims.
        if common(&self.sentences[a], &self.sentences[b]) {
            return None;
        }
        let (fewer, more) =
            (self.members[a].len().min(self.members[b].len()), self.members[a].len().max(self.members[b].len()));
        // Two sentences of one article are never compared.
        let beside = self.n_beside(a, b);
        let n = (fewer * more.min(self.max_partners)).saturating_sub(beside).max(known.n as usize).max(1) as f32;
        Some((known.sum + unknown * (n - known.n as f32)) / n)
    }

    /// How many articles two clusters have between them, beyond two.
    fn n_more(&self, a: usize, b: usize) -> usize {
        let both =
            self.articles[a].iter().filter(|entry| self.articles[b].binary_search_by_key(&entry.0, |e| e.0).is_ok());
        (self.articles[a].len() + self.articles[b].len()).saturating_sub(2 + both.count())
    }

    /// How many pairs of members of two clusters stand in one article.
    fn n_beside(&self, a: usize, b: usize) -> usize {
        let count = |article: u32| {
            let found = self.articles[b].binary_search_by_key(&article, |entry| entry.0);
            found.map_or(0, |at| self.articles[b][at].1)
        };
        self.articles[a].iter().map(|&(article, n)| (n * count(article)) as usize).sum()
    }

    /// Merges the pair of clusters with the highest average until none reaches `least`, raised by the share `growth` for
    /// each article beyond the second: what is said to be in many articles is read first. A pair that nothing is known
    /// about counts as `unknown`.
    pub fn merge(&mut self, least: f32, growth: f32, unknown: f32, go_on: GoOn) -> Result<()> {
        let average = |clusters: &Self, a: usize, b: usize| {
            let least = least * (1.0 + growth * clusters.n_more(a, b).min(MAX_MORE) as f32);
            clusters.average(a, b, unknown).filter(|average| *average >= least)
        };
        let key = |average: f32, a: usize, b: usize| (average.to_bits(), Reverse((a.min(b), a.max(b))));
        let mut heap = BinaryHeap::new();
        for &(_, a, b) in &self.edges {
            if let Some(average) = average(self, a, b) {
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
            if average(self, a, b).map(f32::to_bits) != Some(bits) {
                continue;
            }
            let into = self.join(a, b);
            let mut neighbours: Vec<_> = self.evidence[into].keys().copied().collect();
            neighbours.sort_unstable();
            n_looks += neighbours.len();
            for other in neighbours {
                if let Some(average) = average(self, into, other) {
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
        let sentences = std::mem::take(&mut self.sentences[from]);
        self.sentences[into].extend(sentences);
        self.sentences[into].sort_unstable();
        let counts = std::mem::take(&mut self.articles[from]);
        self.articles[into].extend(counts);
        self.articles[into].sort_unstable();
        let merged = self.articles[into].chunk_by(|x, y| x.0 == y.0);
        self.articles[into] = merged.map(|group| (group[0].0, group.iter().map(|entry| entry.1).sum())).collect();
        self.evidence[into].remove(&from);
        let mut moved: Vec<_> = moved.into_iter().filter(|(other, _)| *other != into).collect();
        moved.sort_unstable_by_key(|(other, _)| *other);
        for (other, evidence) in moved {
            self.evidence[other].remove(&from);
            for (x, y) in [(into, other), (other, into)] {
                let known = self.evidence[x].entry(y).or_default();
                known.sum += evidence.sum;
                known.n += evidence.n;
                known.links += evidence.links;
                known.vetoes += evidence.vetoes;
            }
        }
        into
    }
}

/// Whether two ascending lists have an entry in common.
fn common(a: &[u32], b: &[u32]) -> bool {
    let (few, many) = if a.len() <= b.len() { (a, b) } else { (b, a) };
    few.iter().any(|entry| many.binary_search(entry).is_ok())
}
