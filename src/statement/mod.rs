//! Floor 11. Clusters of mentions that assert the same thing.
//!
//! The nodes are claims, one a clause. A link joins the claims of its two sentences that have most in common, and those
//! that match for the greater part; a sentence may so be in several statements. Clusters grow from the strongest link
//! on, and two merge only when the average over all their pairs of claims stays high: a pair that was scored and found
//! apart counts against the merger, a pair whose evidence conflicts forbids it. One bad link therefore cannot chain two
//! statements. Sentences that repeat word for word are one node. Cost: `n log n` in the links; each merger walks the
//! shorter of two neighbour lists.

mod claims;
mod clusters;
mod mentions;
mod nodes;
mod origins;
mod said;
mod shown;

use claims::{Claims, Common};
use clusters::Clusters;
use mentions::statements;
use nodes::Nodes;
pub use origins::longest_common_run;
use rayon::prelude::*;
use rustc_hash::FxHashSet;
use said::Said;
use serde::{Deserialize, Serialize};

use crate::article::Article;
use crate::error::Result;
use crate::link::Link;
use crate::pool::{GoOn, install};
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
    /// The sentence of the mention that says it best, and the part of the article's text to be shown for the whole.
    pub shown: (SentenceId, Span),
    /// How many wordings it has that do not copy each other, one an article at most.
    pub n_origins: usize,
}

/// Links, or looks at a neighbour, between two looks at whether to go on.
const CHUNK: usize = 1 << 14;

/// How links become statements.
#[derive(Debug, Clone, Copy, PartialEq, Serialize, Deserialize)]
pub struct StatementConfig {
    /// Two clusters merge when their average is at least this multiple of the least probability of a link. On 71
    /// labelled stories that no part was trained on, 0.8 gives pairs of sentences with precision 0.85 and recall 0.33, 1
    /// gives 0.86 and 0.29, 1.1 gives 0.88 and 0.27, 1.2 gives 0.90 and 0.25.
    pub min_average: f32,
    /// What a pair counts in that average that was never scored, or scored and found improbable.
    pub unknown: f32,
    /// The share of the lighter claim that must match for a link to join two claims that are not its best.
    pub min_match: f32,
    /// How near to the best pair of claims, as a share, another must come for the link to join it.
    #[serde(default = "near")]
    pub min_near: f32,
    /// By what share that average must be higher for each article beyond the second.
    #[serde(default = "growth")]
    pub growth: f32,
}

fn near() -> f32 {
    StatementConfig::default().min_near
}

fn growth() -> f32 {
    StatementConfig::default().growth
}

impl Default for StatementConfig {
    fn default() -> Self {
        Self { min_average: 1.1, unknown: 0.0, min_match: 0.5, min_near: 0.9, growth: 0.1 }
    }
}

/// What two claims must have in common, in nats, before a link joins them that are not its best.
const MIN_COMMON: f32 = 4.0;
/// A link less probable than this says that its sentences are apart, whatever their claims.
const MIN_LOOK: f32 = 0.05;

/// What a story is made of, as statements need it.
#[derive(Clone, Copy)]
pub struct Material<'a> {
    /// In the order of the comparison.
    pub articles: &'a [Article],
    /// By article, then by offset.
    pub sentences: &'a [Sentence],
    /// The sentences taken apart.
    pub story: &'a Story,
    /// Every scored candidate.
    pub links: &'a [Link],
    /// A sentence was scored against so many others at most: more than that say nothing by silence.
    pub max_partners: usize,
    /// Threads to use.
    pub n_threads: Option<usize>,
}

/// Clusters the claims joined by links of at least `min_probability`; every other claim is a statement of its own,
/// together with its unlinked neighbours in the sentence. Boilerplate is in none.
///
/// Gives also, for each clause of each sentence, the probability that no other article says what it says.
pub fn cluster(
    material: Material,
    min_probability: f32,
    config: StatementConfig,
    go_on: GoOn,
) -> Result<(Vec<Statement>, Vec<Vec<f32>>)> {
    let Material { articles, sentences, story, links, max_partners, n_threads } = material;
    let claims = Claims::new(articles, sentences, story, n_threads, go_on)?;
    let nodes = Nodes::new(sentences, story);
    let mut clusters = Clusters::new(&nodes.places, max_partners);
    let copies = Copies::new(sentences, links);
    // A report and its retraction are not the same, whatever words they share.
    let retracts = |sentence: SentenceId| story.clauses[sentence.index()].first().is_some_and(|clause| clause.retracts);
    let joins = |link: &Link| {
        link.probability >= min_probability
            && !link.conflicts()
            && retracts(link.left) == retracts(link.right)
            && !copies.set_apart(sentences, link)
    };
    let mut said = Said::new(story);
    let common = |link: &Link| match link.probability >= MIN_LOOK {
        true => claims.common(link.left, link.right),
        false => Vec::new(),
    };
    for chunk in links.chunks(CHUNK) {
        go_on()?;
        let found: Vec<Vec<Common>> = install(n_threads, || chunk.par_iter().map(common).collect())?;
        for (link, common) in chunk.iter().zip(found) {
            said.hear(sentences, link, &common);
            if joins(link) {
                join(&mut clusters, &nodes, link, &common, config);
            } else {
                part(&mut clusters, &nodes, link, &common, min_probability);
            }
        }
    }
    clusters.merge(min_probability * config.min_average, config.growth, config.unknown, go_on)?;
    go_on()?;
    let mut newness = said.newness(articles.len());
    let statements = statements(material, &nodes, clusters, &claims, &mut newness);
    Ok((statements, newness))
}

/// The pair of claims that has most in common, for its length.
fn best(common: &[Common]) -> Option<&Common> {
    common.iter().reduce(|best, pair| if pair.rank() > best.rank() { pair } else { best })
}

/// A link joins the claims that have most in common, those that come close, and those that match for the greater part.
/// Its other claims are the less likely to be the same the less they share.
fn join(clusters: &mut Clusters, nodes: &Nodes, link: &Link, common: &[Common], config: StatementConfig) {
    let (left, right) = (nodes.start[link.left.index()], nodes.start[link.right.index()]);
    let Some(best) = best(common).map(Common::rank) else {
        // Other words altogether: only where each side makes one claim is it known which are meant.
        if nodes.n_claims(link.left) == 1 && nodes.n_claims(link.right) == 1 {
            clusters.link(left, right, link.probability, 1.0);
        }
        return;
    };
    for pair in common {
        let (a, b) = (left + pair.left, right + pair.right);
        let near = pair.rank() / best;
        let matches = pair.share >= config.min_match && pair.weight >= MIN_COMMON;
        let near = if matches { near.max(pair.share.sqrt()) } else { near };
        if near >= config.min_near && !pair.template {
            clusters.link(a, b, link.probability, near);
        } else {
            clusters.doubt(a, b, link.probability * near / 2.0, false);
        }
    }
}

/// No pair of claims says the same more probably than their sentences do, and none does where their sentences
/// conflict.
fn part(clusters: &mut Clusters, nodes: &Nodes, link: &Link, common: &[Common], min_probability: f32) {
    let veto = link.conflicts();
    let probability = link.probability.min(min_probability);
    let best = best(common).map_or(1.0, Common::rank);
    let (left, right) = (nodes.start[link.left.index()], nodes.start[link.right.index()]);
    if veto {
        for a in nodes.of(link.left) {
            nodes.of(link.right).for_each(|b| clusters.doubt(a, b, 0.0, true));
        }
    }
    for pair in common.iter().filter(|_| !veto) {
        clusters.doubt(left + pair.left, right + pair.right, probability * pair.rank() / best, false);
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
    use crate::clean::Kind;
    use crate::link::{Reason, Relation};

    fn material<'a>(
        articles: &'a [Article],
        sentences: &'a [Sentence],
        story: &'a Story,
        links: &'a [Link],
    ) -> Material<'a> {
        Material { articles, sentences, story, links, max_partners: 40, n_threads: Some(1) }
    }

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
            let story = Story::new(&articles, &sentences, crate::language::Language::English);
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

        fn material<'a>(&'a self, links: &'a [Link]) -> Material<'a> {
            material(&self.articles, &self.sentences, &self.story, links)
        }

        /// The mentions of each shared statement.
        fn shared(&self, links: &[Link]) -> Vec<Vec<&str>> {
            let statements = cluster(self.material(links), 0.5, StatementConfig::default(), &mut || Ok(()));
            let text = |mention: &Mention| mention.span.of(&self.articles[mention.sentence.index()].text);
            let mut shared: Vec<Vec<&str>> = statements
                .unwrap()
                .0
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
        let story = Story::new(&articles, &sentences, crate::language::Language::English);
        let links = [link(0, 2, 0.98), link(1, 3, 0.98), link(0, 3, 0.9), link(1, 2, 0.9)];
        let material = material(&articles, &sentences, &story, &links);
        let statements = cluster(material, 0.5, StatementConfig::default(), &mut || Ok(()));
        assert_eq!(statements.unwrap().0.len(), 2);
    }

    #[test]
    fn repeated_sentences_need_no_link() {
        let texts = ["Ships struck bridges here."; 3];
        assert_eq!(Case::new(&texts).shared(&[]), [texts.to_vec()]);
    }
}
