//! Floor 11. Clusters of mentions that assert the same thing.
//!
//! Complete link on sentences: two clusters merge only when every cross-article pair between them is a link.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};

use crate::link::Link;
use crate::sentence::Sentence;
use crate::span::{SentenceId, Span};

/// One place that asserts a statement.
#[derive(Debug, Clone, Copy, PartialEq, Serialize, Deserialize)]
pub struct Mention {
    /// The sentence it stands in.
    pub sentence: SentenceId,
    /// The part of the article's text that asserts it.
    pub span: Span,
    /// Probability that it belongs to the statement, in [0, 1].
    pub probability: f32,
}

/// Mentions that assert the same thing.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Statement {
    /// In order of sentence and offset.
    pub mentions: Vec<Mention>,
    /// Index of the clearest mention.
    pub clearest: usize,
}

/// Clusters the linked sentences; sentences without a link are statements of their own.
pub fn cluster(sentences: &[Sentence], links: &[Link], min_probability: f32) -> Vec<Statement> {
    let mut linked: BTreeMap<(SentenceId, SentenceId), f32> = BTreeMap::new();
    for link in links.iter().filter(|link| link.probability >= min_probability) {
        linked.insert((link.left, link.right), link.probability);
    }
    let mut edges: Vec<_> = linked.iter().map(|(&pair, &probability)| (probability, pair)).collect();
    edges.sort_by(|a, b| b.0.total_cmp(&a.0).then(a.1.cmp(&b.1)));
    let mut cluster_of: Vec<usize> = (0..sentences.len()).collect();
    let mut clusters: Vec<Vec<SentenceId>> = (0..sentences.len()).map(|index| vec![SentenceId::from(index)]).collect();
    let probability = |a: SentenceId, b: SentenceId| linked.get(&(a.min(b), a.max(b))).copied();
    for (_, (left, right)) in edges {
        let (a, b) = (cluster_of[left.index()], cluster_of[right.index()]);
        let complete = clusters[a].iter().all(|&x| clusters[b].iter().all(|&y| probability(x, y).is_some()));
        if a != b && complete {
            let moved = std::mem::take(&mut clusters[b]);
            moved.iter().for_each(|sentence| cluster_of[sentence.index()] = a);
            clusters[a].extend(moved);
        }
    }
    clusters
        .into_iter()
        .filter(|members| !members.is_empty())
        .map(|mut members| {
            members.sort_unstable();
            let mentions: Vec<_> = members
                .iter()
                .map(|&member| Mention {
                    sentence: member,
                    span: sentences[member.index()].span,
                    probability: members
                        .iter()
                        .filter_map(|&other| probability(member, other))
                        .reduce(f32::max)
                        .unwrap_or(1.0),
                })
                .collect();
            let clearest = (0..mentions.len()).min_by_key(|&at| (mentions[at].span.len(), at)).unwrap_or(0);
            Statement { mentions, clearest }
        })
        .collect()
}
