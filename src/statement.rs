//! Floor 11. Clusters of mentions that assert the same thing.
//!
//! The nodes are clauses. A link joins the clauses that its matched spans fill; a sentence may so be in several
//! statements. Clusters grow from the strongest link on, and two merge only when the average over all their pairs of
//! clauses stays high: a pair that was scored and found apart counts against the merger, a pair whose evidence
//! conflicts forbids it. One bad link therefore cannot chain two statements. Sentences that repeat word for word are one
//! node. Cost: `n log n` in the links; each merger walks the shorter of two neighbour lists.

use std::collections::{BTreeMap, BinaryHeap};

use rustc_hash::FxHashMap;
use serde::{Deserialize, Serialize};

use crate::clean::Kind;
use crate::error::Result;
use crate::link::{Link, Relation};
use crate::pool::GoOn;
use crate::sentence::Sentence;
use crate::span::{SentenceId, Span, TermId};
use crate::story::Story;

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

/// Links, or looks at a neighbour, between two looks at whether to go on.
const CHUNK: usize = 1 << 14;

/// How links become statements.
#[derive(Debug, Clone, Copy, PartialEq, Serialize, Deserialize)]
pub struct StatementConfig {
    /// Two clusters merge when their average is at least this share of the least probability of a link.
    pub min_average: f32,
    /// What a pair counts in that average that was never scored, or scored on other clauses.
    pub unknown: f32,
    /// The share of a clause's weight that a link must match to join it.
    pub min_match: f32,
}

impl Default for StatementConfig {
    fn default() -> Self {
        Self { min_average: 0.8, unknown: 0.25, min_match: 0.4 }
    }
}

/// Clusters the clauses joined by links of at least `min_probability`; every other clause is a statement of its own,
/// together with its unlinked neighbours in the sentence. Boilerplate is in none.
///
/// A sentence of a large story was scored against `max_partners` others at most: more than that say nothing by silence.
pub fn cluster(
    sentences: &[Sentence],
    story: &Story,
    links: &[Link],
    min_probability: f32,
    max_partners: usize,
    config: StatementConfig,
    go_on: GoOn,
) -> Result<Vec<Statement>> {
    let nodes = Nodes::new(story);
    let mut clusters = Clusters::new(nodes.owner.len(), max_partners);
    for chunk in links.chunks(CHUNK) {
        go_on()?;
        chunk.iter().for_each(|link| join(story, &nodes, link, min_probability, config, &mut clusters));
    }
    clusters.merge(min_probability * config.min_average, config.unknown, go_on)?;
    go_on()?;
    Ok(statements(sentences, story, &nodes, clusters))
}

/// Clauses numbered through; sentences with the same words share their numbers.
struct Nodes {
    /// The number of each sentence's first clause.
    start: Vec<usize>,
    /// The sentence and the clause of each number.
    owner: Vec<(SentenceId, usize)>,
}

impl Nodes {
    fn new(story: &Story) -> Self {
        let (mut start, mut owner) = (Vec::new(), Vec::new());
        for (at, clauses) in story.clauses.iter().enumerate() {
            let first = story.first[at];
            start.push(if first.index() == at { owner.len() } else { start[first.index()] });
            if first.index() == at {
                owner.extend((0..clauses.len()).map(|clause| (first, clause)));
            }
        }
        Self { start, owner }
    }
}

/// Enters a link into the graph: an edge for each pair of clauses that it matches, or a veto.
fn join(
    story: &Story,
    nodes: &Nodes,
    link: &Link,
    min_probability: f32,
    config: StatementConfig,
    clusters: &mut Clusters,
) {
    let matched = matched_clauses(story, link);
    let conflict = link.reasons.iter().any(|reason| reason.relation == Relation::Conflicts);
    let best = matched.iter().map(|&(.., weight, _)| weight).fold(0.0, f32::max);
    let (left, right) = (nodes.start[link.left.index()], nodes.start[link.right.index()]);
    for (i, j, weight, share) in matched {
        if share < config.min_match && weight < best {
            continue;
        }
        let evidence = match link.probability >= min_probability {
            true => Evidence { sum: link.probability, n: 1, vetoes: 0 },
            false => Evidence { sum: link.probability, n: 1, vetoes: u32::from(conflict) },
        };
        clusters.add(left + i, right + j, evidence, link.probability >= min_probability);
    }
}

/// `(left clause, right clause, matched weight, share of the lighter clause)` of each pair of clauses that a link matches.
fn matched_clauses(story: &Story, link: &Link) -> Vec<(usize, usize, f32, f32)> {
    let mut matched: BTreeMap<(usize, usize), f32> = BTreeMap::new();
    for &(a, b) in &link.spans {
        let left = weights_under(story, link.left, a);
        let right = weights_under(story, link.right, b);
        for &(i, x) in &left {
            for &(j, y) in &right {
                *matched.entry((i, j)).or_default() += x.min(y);
            }
        }
    }
    let total = |sentence: SentenceId, clause: usize| {
        let words = story.clauses[sentence.index()][clause].part.words.clone();
        story.words[sentence.index()][words].iter().map(|word| word.weight).sum::<f32>()
    };
    matched
        .into_iter()
        .filter(|(_, weight)| *weight > 0.0)
        .map(|((i, j), weight)| (i, j, weight, weight / total(link.left, i).min(total(link.right, j))))
        .collect()
}

/// `(clause, weight)` of the words under `span`.
fn weights_under(story: &Story, sentence: SentenceId, span: Span) -> Vec<(usize, f32)> {
    let (words, clauses) = (&story.words[sentence.index()], &story.clauses[sentence.index()]);
    let start = words.partition_point(|word| word.span.end <= span.start);
    let end = words.partition_point(|word| word.span.start < span.end);
    let mut found = Vec::new();
    for (at, clause) in clauses.iter().enumerate() {
        let range = clause.part.words.start.max(start)..clause.part.words.end.min(end);
        if !range.is_empty() {
            found.push((at, words[range].iter().map(|word| word.weight).sum()));
        }
    }
    found
}

/// What is known about the pairs of clauses between two clusters.
#[derive(Debug, Clone, Copy, Default, PartialEq)]
struct Evidence {
    sum: f32,
    n: u32,
    vetoes: u32,
}

struct Clusters {
    /// The neighbours of each cluster.
    evidence: Vec<FxHashMap<usize, Evidence>>,
    /// The clauses of each cluster; empty once it was merged into another.
    members: Vec<Vec<usize>>,
    /// The strongest link of each clause, and its strongest link inside its cluster.
    edges: Vec<(f32, usize, usize)>,
    max_partners: usize,
}

impl Clusters {
    fn new(n: usize, max_partners: usize) -> Self {
        Self {
            max_partners,
            evidence: vec![FxHashMap::default(); n],
            members: (0..n).map(|node| vec![node]).collect(),
            edges: Vec::new(),
        }
    }

    fn add(&mut self, a: usize, b: usize, evidence: Evidence, linked: bool) {
        if a == b {
            return;
        }
        for (from, to) in [(a, b), (b, a)] {
            let known = self.evidence[from].entry(to).or_default();
            // Pairs of repeated sentences meet in one pair of nodes: the most probable speaks for it.
            *known = Evidence { sum: known.sum.max(evidence.sum), n: 1, vetoes: known.vetoes.max(evidence.vetoes) };
        }
        if linked {
            self.edges.push((evidence.sum, a.min(b), a.max(b)));
        }
    }

    fn average(&self, a: usize, b: usize, unknown: f32) -> Option<f32> {
        let known = self.evidence[a].get(&b).filter(|known| known.vetoes == 0)?;
        let (fewer, more) =
            (self.members[a].len().min(self.members[b].len()), self.members[a].len().max(self.members[b].len()));
        let n = (fewer * more.min(self.max_partners)).max(known.n as usize) as f32;
        Some((known.sum + unknown * (n - known.n as f32)) / n)
    }

    /// Merges the pair of clusters with the highest average until none reaches `least`.
    fn merge(&mut self, least: f32, unknown: f32, go_on: GoOn) -> Result<()> {
        let key = |average: f32, a: usize, b: usize| (average.to_bits(), std::cmp::Reverse((a.min(b), a.max(b))));
        let mut heap = BinaryHeap::new();
        for &(_, a, b) in &self.edges {
            if let Some(average) = self.average(a, b, unknown).filter(|average| *average >= least) {
                heap.push(key(average, a, b));
            }
        }
        let mut n_looks = 0;
        while let Some((bits, std::cmp::Reverse((a, b)))) = heap.pop() {
            n_looks += 1;
            if n_looks >= CHUNK {
                go_on()?;
                n_looks = 0;
            }
            if self.average(a, b, unknown).map(f32::to_bits) != Some(bits) {
                continue;
            }
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
}

/// Turns clusters of clauses into statements.
fn statements(sentences: &[Sentence], story: &Story, nodes: &Nodes, clusters: Clusters) -> Vec<Statement> {
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

#[cfg(test)]
mod tests {
    use super::*;
    use crate::article::Article;
    use crate::link::Reason;

    /// One sentence per article, links between whole sentences or parts of them.
    struct Case {
        articles: Vec<Article>,
        sentences: Vec<Sentence>,
        story: Story,
    }

    impl Case {
        fn new(texts: &[&str]) -> Self {
            let articles: Vec<_> = texts.iter().zip('a'..).map(|(&text, id)| Article::new(id, text)).collect();
            let sentence = |(at, text): (usize, &&str)| {
                let span = Span::new(0, text.len());
                Sentence { article: at.into(), index: 0, span, kind: Kind::Body }
            };
            let sentences: Vec<_> = texts.iter().enumerate().map(sentence).collect();
            let story = Story::new(&articles, &sentences);
            Self { articles, sentences, story }
        }

        fn link(&self, left: usize, right: usize, probability: f32, parts: (&str, &str)) -> Link {
            let part = |at: usize, part: &str| {
                let start = self.articles[at].text.find(part).unwrap();
                Span::new(start, start + part.len())
            };
            let spans = vec![(part(left, parts.0), part(right, parts.1))];
            Link { left: left.into(), right: right.into(), probability, spans, reasons: Vec::new() }
        }

        /// The mentions of each shared statement.
        fn shared(&self, links: &[Link]) -> Vec<Vec<&str>> {
            let statements =
                cluster(&self.sentences, &self.story, links, 0.5, 40, StatementConfig::default(), &mut || Ok(()));
            let text = |mention: &Mention| mention.span.of(&self.articles[mention.sentence.index()].text);
            let mut shared: Vec<Vec<&str>> = statements
                .unwrap()
                .iter()
                .filter(|s| s.mentions.len() > 1)
                .map(|s| s.mentions.iter().map(text).collect())
                .collect();
            shared.sort();
            shared
        }
    }

    #[test]
    fn a_sentence_is_in_as_many_statements_as_its_clauses_share() {
        let case = Case::new(&[
            "Fourteen people were injured, and one worker was missing.",
            "Injured people numbered fourteen.",
            "One worker was missing late.",
        ]);
        let links = [
            case.link(0, 1, 0.9, ("Fourteen people were injured", "Injured people numbered fourteen")),
            case.link(0, 2, 0.8, ("one worker was missing", "One worker was missing")),
        ];
        let expected = [
            vec!["Fourteen people were injured", "Injured people numbered fourteen."],
            vec!["one worker was missing.", "One worker was missing late."],
        ];
        assert_eq!(case.shared(&links), expected);
    }

    #[test]
    fn one_bad_link_does_not_chain_two_statements() {
        let texts = [
            "Ships struck bridges here.",
            "Bridges ships struck there.",
            "Mayors closed schools.",
            "Schools mayors closed.",
        ];
        let case = Case::new(&texts);
        let good = [(0, 1, 0.95), (2, 3, 0.95)];
        let bad = (1, 2, 0.6);
        let links: Vec<_> =
            good.iter().chain([&bad]).map(|&(a, b, p)| case.link(a, b, p, (texts[a], texts[b]))).collect();
        assert_eq!(case.shared(&links), [vec![texts[2], texts[3]], vec![texts[0], texts[1]]]);
    }

    #[test]
    fn conflicting_evidence_keeps_apart_what_others_would_join() {
        let texts = ["Six ships sank.", "Ships sank.", "Nine ships sank."];
        let case = Case::new(&texts);
        let mut conflict = case.link(0, 2, 0.45, (texts[0], texts[2]));
        let links = |conflict: &Link| {
            vec![
                case.link(0, 1, 0.9, (texts[0], texts[1])),
                case.link(1, 2, 0.8, (texts[1], texts[2])),
                conflict.clone(),
            ]
        };
        assert_eq!(case.shared(&links(&conflict)), [texts.to_vec()]);
        conflict.reasons.push(Reason { relation: Relation::Conflicts, text: "six / nine".into() });
        assert_eq!(case.shared(&links(&conflict)), [texts[..2].to_vec()]);
    }

    #[test]
    fn repeated_sentences_need_no_link() {
        let texts = ["Ships struck bridges here."; 3];
        assert_eq!(Case::new(&texts).shared(&[]), [texts.to_vec()]);
    }
}
