//! From clusters of clauses to statements: spans, probabilities, the clearest mention.

use std::collections::BTreeMap;

use rustc_hash::FxHashMap;

use super::clusters::Clusters;
use super::{Mention, Nodes, Statement};
use crate::clean::Kind;
use crate::sentence::Sentence;
use crate::span::{SentenceId, Span, TermId};
use crate::story::Story;

/// Turns clusters of clauses into statements.
pub(super) fn statements(sentences: &[Sentence], story: &Story, nodes: &Nodes, clusters: Clusters) -> Vec<Statement> {
    let mut cluster_of = vec![0; nodes.owner.len()];
    for (cluster, members) in clusters.members.iter().enumerate() {
        members.iter().for_each(|&node| cluster_of[node] = cluster);
    }
    let mut strength = vec![0f32; nodes.owner.len()];
    for &(probability, a, b) in clusters.edges.iter().filter(|(_, a, b)| cluster_of[*a] == cluster_of[*b]) {
        strength[a] = strength[a].max(probability);
        strength[b] = strength[b].max(probability);
    }
    // A clause without a link that tells next to nothing goes with its neighbour.
    for node in 0..nodes.owner.len() {
        let (sentence, clause) = nodes.owner[node];
        let part = &story.clauses[sentence.index()][clause].part;
        let n_telling =
            story.words[sentence.index()][part.words.clone()].iter().filter(|word| word.weight > 0.0).count();
        if strength[node] == 0.0 && n_telling < 2 {
            if clause > 0 {
                cluster_of[node] = cluster_of[node - 1];
            } else if story.clauses[sentence.index()].len() > 1 {
                cluster_of[node] = cluster_of[node + 1];
            }
        }
    }
    // Clusters that stand in the very same sentences are one statement.
    let mut sentences_of: BTreeMap<usize, Vec<SentenceId>> = BTreeMap::new();
    for (node, &(sentence, _)) in nodes.owner.iter().enumerate() {
        let sentences = sentences_of.entry(cluster_of[node]).or_default();
        if sentences.last() != Some(&sentence) {
            sentences.push(sentence);
        }
    }
    let mut by_sentences: BTreeMap<&[SentenceId], usize> = BTreeMap::new();
    let same: FxHashMap<usize, usize> = sentences_of
        .iter()
        .map(|(&cluster, sentences)| (cluster, *by_sentences.entry(sentences).or_insert(cluster)))
        .collect();

    let mut found: BTreeMap<(usize, usize), Vec<Mention>> = BTreeMap::new();
    for (at, _) in sentences.iter().enumerate().filter(|(_, sentence)| sentence.kind != Kind::Boilerplate) {
        let start = nodes.start[at];
        let cluster = |clause: usize| same[&cluster_of[start + clause]];
        let clauses: Vec<usize> = (0..story.clauses[at].len()).collect();
        for run in clauses.chunk_by(|&a, &b| cluster(a) == cluster(b)) {
            let (first, last) = (run[0], run[run.len() - 1]);
            let spans = &story.clauses[at];
            let span = Span::new(spans[first].part.span.start, spans[last].part.span.end);
            let linked = run.iter().map(|&clause| strength[start + clause]).fold(0.0, f32::max);
            let probability = if linked > 0.0 && story.first[at].index() == at { linked } else { 1.0 };
            // What stands in one sentence only is a statement for each stretch of it.
            let stretch = if sentences_of[&cluster(first)].len() == 1 { first } else { 0 };
            found.entry((cluster(first), stretch)).or_default().push(Mention {
                sentence: at.into(),
                span,
                probability,
            });
        }
    }
    found
        .into_values()
        .map(|mut mentions| {
            mentions.sort_by_key(|mention| (mention.sentence, mention.span));
            let clearest = clearest(sentences, story, &mentions);
            Statement { mentions, clearest }
        })
        .collect()
}

/// The mention whose words the others repeat most, for its length; body before headline, nouns before pronouns.
fn clearest(sentences: &[Sentence], story: &Story, mentions: &[Mention]) -> usize {
    let words = |mention: &Mention| story.words_in(mention.sentence, mention.span);
    let mut n_mentions: FxHashMap<TermId, u32> = FxHashMap::default();
    for mention in mentions {
        let mut terms: Vec<_> = words(mention).iter().map(|word| word.term).collect();
        terms.sort_unstable();
        terms.dedup();
        terms.into_iter().for_each(|term| *n_mentions.entry(term).or_default() += 1);
    }
    let score = |mention: &Mention| {
        let words = words(mention);
        let shared: f32 = words.iter().map(|word| word.weight * (n_mentions[&word.term] - 1) as f32).sum();
        let starts_sentence = mention.span.start == sentences[mention.sentence.index()].span.start;
        let body = sentences[mention.sentence.index()].kind == Kind::Body;
        let named = words.first().is_some_and(|word| word.weight > 0.0);
        let preference = [starts_sentence, body, named].iter().filter(|is| **is).count();
        mention.probability * shared / (words.len() as f32 + 4.0).sqrt() * (1.0 + 0.2 * preference as f32)
    };
    let scores: Vec<f32> = mentions.iter().map(score).collect();
    (0..mentions.len()).min_by(|&a, &b| scores[b].total_cmp(&scores[a]).then(a.cmp(&b))).unwrap_or(0)
}
