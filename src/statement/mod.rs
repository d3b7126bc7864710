//! Floor 11. Clusters of mentions that assert the same thing.
//!
//! The nodes are clauses. A link joins the clauses that its matched spans fill; a sentence may so be in several
//! statements. Clusters grow from the strongest link on, and two merge only when the average over all their pairs of
//! clauses stays high: a pair that was scored and found apart counts against the merger, a pair whose evidence
//! conflicts forbids it. One bad link therefore cannot chain two statements. Sentences that repeat word for word are one
//! node. Cost: `n log n` in the links; each merger walks the shorter of two neighbour lists.

mod clusters;
mod matched;
mod mentions;

use clusters::Clusters;
use matched::matched;
use mentions::statements;
use rustc_hash::FxHashSet;
use serde::{Deserialize, Serialize};

use crate::error::Result;
use crate::link::Link;
use crate::pool::GoOn;
use crate::sentence::Sentence;
use crate::span::{ArticleId, SentenceId, Span};
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
    let mut graph = Graph::new(story, max_partners);
    let copies = Copies::new(sentences, links);
    let joins =
        |link: &&Link| link.probability >= min_probability && !link.conflicts() && !copies.set_apart(sentences, link);
    let (linked, apart): (Vec<&Link>, Vec<&Link>) = links.iter().partition(joins);
    for chunk in linked.chunks(CHUNK) {
        go_on()?;
        chunk.iter().for_each(|link| graph.join(link, config.min_match));
    }
    let linked = graph.clusters.linked();
    for chunk in apart.chunks(CHUNK) {
        go_on()?;
        chunk.iter().for_each(|link| graph.part(link, link.probability.min(min_probability), &linked));
    }
    graph.clusters.merge(min_probability * config.min_average, config.unknown, go_on)?;
    go_on()?;
    Ok(statements(sentences, story, &graph.nodes, graph.clusters))
}

/// The clauses of a story and what links say of pairs of them.
struct Graph<'a> {
    story: &'a Story,
    nodes: Nodes,
    clusters: Clusters,
}

impl<'a> Graph<'a> {
    fn new(story: &'a Story, max_partners: usize) -> Self {
        let nodes = Nodes::new(story);
        let clusters = Clusters::new(nodes.owner.len(), max_partners);
        Self { story, nodes, clusters }
    }

    fn starts(&self, link: &Link) -> (usize, usize) {
        (self.nodes.start[link.left.index()], self.nodes.start[link.right.index()])
    }

    /// A link joins the clauses that have most in common, and those that match for the greater part.
    fn join(&mut self, link: &Link, min_match: f32) {
        let (left, right) = self.starts(link);
        for pair in matched(self.story, link).into_iter().filter(|pair| pair.best || pair.share >= min_match) {
            self.clusters.link(left + pair.left, right + pair.right, link.probability);
        }
    }

    /// No pair of clauses says the same more probably than their sentences do, and none does where their sentences
    /// conflict. Only clauses that are linked elsewhere need to know.
    fn part(&mut self, link: &Link, probability: f32, linked: &[bool]) {
        let veto = link.conflicts();
        let (left, right) = self.starts(link);
        let n_clauses = |sentence: SentenceId| self.story.clauses[sentence.index()].len();
        for a in (0..n_clauses(link.left)).filter(|a| linked[left + a]) {
            for b in (0..n_clauses(link.right)).filter(|b| linked[right + b]) {
                self.clusters.doubt(left + a, right + b, probability, veto);
            }
        }
    }
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

/// Where a sentence stands in another article almost word for word.
struct Copies(FxHashSet<(SentenceId, ArticleId)>);

impl Copies {
    fn new(sentences: &[Sentence], links: &[Link]) -> Self {
        let article = |sentence: SentenceId| sentences[sentence.index()].article;
        let sure = links.iter().filter(|link| link.probability >= COPY);
        Self(sure.flat_map(|link| [(link.left, article(link.right)), (link.right, article(link.left))]).collect())
    }

    /// Whether each of two sentences has a copy in the other's article, and it is not the other: two lines of one text
    /// that both articles print. Of 23 such links in 100 labelled stories 2 were right.
    fn set_apart(&self, sentences: &[Sentence], link: &Link) -> bool {
        let copied = |one: SentenceId, other: SentenceId| self.0.contains(&(one, sentences[other.index()].article));
        link.probability < COPY && copied(link.left, link.right) && copied(link.right, link.left)
    }
}

/// From this probability on a link is as good as certain.
const COPY: f32 = 0.97;

#[cfg(test)]
mod tests {
    use super::*;
    use crate::article::Article;
    use crate::clean::Kind;
    use crate::link::{Reason, Relation};

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
    fn lines_that_both_articles_print_stay_apart() {
        let texts = ["Ships struck bridges. Ships broke bridges.", "Ships struck bridges! Ships broke bridges!"];
        let articles: Vec<_> = texts.iter().zip('a'..).map(|(&text, id)| Article::new(id, text)).collect();
        let half = |at: usize| Sentence {
            article: (at / 2).into(),
            index: at as u32 % 2,
            span: [Span::new(0, 21), Span::new(22, texts[0].len())][at % 2],
            kind: Kind::Body,
        };
        let sentences: Vec<_> = (0..4).map(half).collect();
        let link = |left: usize, right: usize, probability: f32| {
            let spans = vec![(sentences[left].span, sentences[right].span)];
            Link { left: left.into(), right: right.into(), probability, spans, reasons: Vec::new() }
        };
        let copies = Copies::new(&sentences, &[link(0, 2, 0.98), link(1, 3, 0.98)]);
        assert!(copies.set_apart(&sentences, &link(0, 3, 0.9)));
        assert!(!copies.set_apart(&sentences, &link(0, 2, 0.98)));
        let story = Story::new(&articles, &sentences);
        let links = [link(0, 2, 0.98), link(1, 3, 0.98), link(0, 3, 0.9), link(1, 2, 0.9)];
        let statements = cluster(&sentences, &story, &links, 0.5, 40, StatementConfig::default(), &mut || Ok(()));
        assert_eq!(statements.unwrap().len(), 2);
    }

    #[test]
    fn repeated_sentences_need_no_link() {
        let texts = ["Ships struck bridges here."; 3];
        assert_eq!(Case::new(&texts).shared(&[]), [texts.to_vec()]);
    }
}
