//! From clusters of claims to statements: spans and probabilities.

use std::cmp::Reverse;
use std::collections::BTreeMap;

use rustc_hash::{FxHashMap, FxHashSet};

use super::claims::Claims;
use super::clusters::Clusters;
use super::nodes::Nodes;
use super::origins::n_origins;
use super::shown::{readable, shown};
use super::{Material, Mention, Statement};
use crate::clause::Clause;
use crate::clean::Kind;
use crate::span::{SentenceId, Span};
use crate::story::Story;

/// Turns clusters of claims into statements. A claim in a cluster of several articles is as new as it is no member.
pub(super) fn statements(
    material: Material,
    nodes: &Nodes,
    clusters: Clusters,
    claims: &Claims,
    newness: &mut [Vec<f32>],
) -> Vec<Statement> {
    let Material { sentences, story, .. } = material;
    let mut cluster_of = vec![0; nodes.owner.len()];
    for (cluster, members) in clusters.members.iter().enumerate() {
        members.iter().for_each(|&node| cluster_of[node] = cluster);
    }
    let mut strength = vec![0f32; nodes.owner.len()];
    for &(probability, a, b) in clusters.edges.iter().filter(|(_, a, b)| cluster_of[*a] == cluster_of[*b]) {
        strength[a] = strength[a].max(probability);
        strength[b] = strength[b].max(probability);
    }
    for (at, claims) in newness.iter_mut().enumerate() {
        for (claim, newness) in claims.iter_mut().enumerate() {
            let strength = strength[nodes.start[at] + claim];
            *newness = newness.min(1.0 - strength);
        }
    }
    let alone = join_alone(story, nodes, &strength, &mut cluster_of);
    let same = same_sentences(nodes, &cluster_of, &alone);

    let mut found: BTreeMap<(usize, usize), Vec<Mention>> = BTreeMap::new();
    for (at, _) in sentences.iter().enumerate().filter(|(_, sentence)| sentence.kind != Kind::Boilerplate) {
        let start = nodes.start[at];
        let cluster = |clause: usize| same[&cluster_of[start + clause]];
        let clauses: Vec<usize> = (0..story.clauses[at].len()).collect();
        for run in clauses.chunk_by(|&a, &b| cluster(a) == cluster(b)) {
            let span = hull(run.iter().map(|&clause| &story.clauses[at][clause]));
            let linked = run.iter().map(|&clause| strength[start + clause]).fold(0.0, f32::max);
            let probability = if linked > 0.0 && nodes.first[at].index() == at { linked } else { 1.0 };
            // What stands in one sentence only is a statement for each stretch of it.
            let stretch = if alone[cluster_of[start + run[0]]] { run[0] } else { 0 };
            let mention = Mention { sentence: at.into(), span, probability };
            let mentions = found.entry((cluster(run[0]), stretch)).or_default();
            match mentions.last_mut() {
                Some(last) if last.sentence == mention.sentence && last.span.overlaps(span) => {
                    last.span = Span::new(last.span.start.min(span.start), last.span.end.max(span.end));
                    last.probability = last.probability.max(probability);
                }
                _ => mentions.push(mention),
            }
        }
    }
    let statement = |mut mentions: Vec<Mention>| {
        mentions.sort_by_key(|mention| (mention.sentence, mention.span));
        let article = |mention: &Mention| sentences[mention.sentence.index()].article;
        if mentions.iter().any(|mention| article(mention) != article(&mentions[0])) {
            mentions.iter_mut().for_each(|mention| mention.span = readable(material, mention));
            mentions.dedup_by(|next, kept| {
                let same = (next.sentence, next.span) == (kept.sentence, kept.span);
                kept.probability = if same { kept.probability.max(next.probability) } else { kept.probability };
                same
            });
        }
        let shown = shown(material, claims, &mentions);
        let n_origins = n_origins(material, &mentions);
        (Statement { mentions, shown: shown[0], n_origins }, shown)
    };
    let mut all: Vec<_> = found.into_values().map(statement).collect();
    // What is read first comes first; no two are shown by the same words where there are others.
    let mut order: Vec<usize> = (0..all.len()).collect();
    order.sort_by_key(|&at| (Reverse(all[at].0.mentions.len()), at));
    let mut taken = FxHashSet::default();
    for at in order {
        let (statement, shown) = &mut all[at];
        statement.shown = *shown.iter().find(|part| !taken.contains(*part)).unwrap_or(&shown[0]);
        taken.insert(statement.shown);
    }
    all.into_iter().map(|(statement, _)| statement).collect()
}

/// The stretch from the first to the last of what some clauses need to be read.
fn hull<'a>(clauses: impl Iterator<Item = &'a Clause>) -> Span {
    let spans = clauses.map(|clause| clause.part.span);
    spans.reduce(|a, b| Span::new(a.start.min(b.start), a.end.max(b.end))).unwrap_or(Span::new(0, 0))
}

/// Puts the claims of a sentence that no link joins together, and one that tells next to nothing to its neighbour; gives
/// for each cluster whether it is such.
fn join_alone(story: &Story, nodes: &Nodes, strength: &[f32], cluster_of: &mut [usize]) -> Vec<bool> {
    for node in 0..nodes.owner.len() {
        let (sentence, clause) = nodes.owner[node];
        let clauses = &story.clauses[sentence.index()];
        let words = &story.words[sentence.index()];
        let n_telling = clauses[clause].words().filter(|&word| words[word].weight > 0.0).count();
        if strength[node] > 0.0 {
            continue;
        }
        if clause > 0 && (strength[node - 1] == 0.0 || n_telling < 2) {
            cluster_of[node] = cluster_of[node - 1];
        } else if clause == 0 && n_telling < 2 && clauses.len() > 1 {
            cluster_of[node] = cluster_of[node + 1];
        }
    }
    let mut alone = vec![true; nodes.owner.len()];
    for (node, strength) in strength.iter().enumerate() {
        alone[cluster_of[node]] &= *strength == 0.0;
    }
    alone
}

/// Clusters that stand in the very same sentences are one statement: for each the first of them.
fn same_sentences(nodes: &Nodes, cluster_of: &[usize], alone: &[bool]) -> FxHashMap<usize, usize> {
    let mut sentences_of: BTreeMap<usize, Vec<SentenceId>> = BTreeMap::new();
    for (node, &(sentence, _)) in nodes.owner.iter().enumerate() {
        let sentences = sentences_of.entry(cluster_of[node]).or_default();
        if sentences.last() != Some(&sentence) {
            sentences.push(sentence);
        }
    }
    let mut by_sentences: BTreeMap<&[SentenceId], usize> = BTreeMap::new();
    let first = |(&cluster, sentences): (&usize, &'_ Vec<SentenceId>)| (cluster, sentences.clone());
    let pairs: Vec<(usize, Vec<SentenceId>)> = sentences_of.iter().map(first).collect();
    let mut same = FxHashMap::default();
    for (cluster, sentences) in &pairs {
        let representative = match alone[*cluster] {
            true => *cluster,
            false => *by_sentences.entry(sentences).or_insert(*cluster),
        };
        same.insert(*cluster, representative);
    }
    same
}
