//! What else the sentences of groups say together: a group shows one text, but sentences that have one fact in common often
//! have a second one.
//!
//! A part of a sentence that can be read by itself is a fact of its own where the articles that were asked say all of it, and
//! nothing that is shown already says it.

use std::cmp::Reverse;

use super::carried::Carried;
use super::members::{Member, articles};
use super::settled::Settled;
use super::shown::{MIN_WORDS, Text, lacks_somebody};
use super::support::support;
use super::{Material, ROUND};
use crate::clause::{endings, reads_alone, without_dateline};
use crate::clean::Kind;
use crate::error::Result;
use crate::pool::GoOn;
use crate::span::{ArticleId, SentenceId, Span};

/// An article says all of a fact as probably as that. On 112 labelled stories those from 0.6 on are right in every pair in 94 of
/// 100, those from 0.45 to 0.6 in 89, and what groups show, from 0.3 on, in 86.
const MIN_SAID: f32 = 0.5;
/// And its sentence is linked to the fact's as probably as that.
const MIN_LINKED: f32 = 0.5;
/// What repeats so much of a fact tells it.
const TOLD: f32 = 0.6;
/// A part of it is shown instead of which so much less is told already, and that holds so much of what is new.
const NEWER: f32 = 0.2;
const MOST_OF_IT: f32 = 0.8;

/// A part of a sentence and who says it.
struct Fact {
    place: (SentenceId, Span),
    /// The sentences that say it, its own first.
    nodes: Vec<usize>,
    /// In order.
    articles: Vec<ArticleId>,
    /// That all of them say it.
    said: f32,
    n_words: usize,
}

/// The facts that no settled group shows, those of most articles first.
pub(super) fn facts(material: Material, carried: &Carried, settled: &[Settled], go_on: GoOn) -> Result<Vec<Settled>> {
    let mut found: Vec<Fact> = Vec::new();
    for (at, sentence) in carried.entailments.sentences().into_iter().enumerate() {
        if at % ROUND == 0 {
            go_on()?;
        }
        if material.sentences[sentence.index()].kind == Kind::Body {
            found.extend(
                parts(material, sentence).into_iter().filter_map(|part| Fact::new(material, carried, sentence, part)),
            );
        }
    }
    found.sort_by(|x, y| {
        let rank = |fact: &Fact| (Reverse(fact.articles.len()), Reverse(fact.n_words));
        rank(x).cmp(&rank(y)).then(y.said.total_cmp(&x.said)).then(x.place.cmp(&y.place))
    });
    let mut told = Told { material, carried, shown: Vec::new() };
    for one in settled {
        let articles = articles(material, carried, one.members.iter().map(|member| member.node));
        told.shown.push((one.texts[0].place, articles));
    }
    let mut new = Vec::new();
    for (at, fact) in found.iter().enumerate() {
        if at % ROUND == 0 {
            go_on()?;
        }
        let share = told.share(fact);
        if share >= TOLD {
            continue;
        }
        // "... after a fire alarm went off": what is told already stands in front of what is new.
        let within = found.iter().filter(|part| part.is_within(fact));
        let newer = within.map(|part| (part, told.share(part))).filter(|&(part, told)| {
            let is_new = |fact: &Fact, told: f32| fact.n_words as f32 * (1.0 - told);
            told + NEWER <= share && is_new(part, told) >= MOST_OF_IT * is_new(fact, share)
        });
        let (fact, _) = newer.min_by(|x, y| x.1.total_cmp(&y.1)).unwrap_or((fact, share));
        told.shown.push((fact.place, fact.articles.clone()));
        let texts = vec![Text { place: fact.place, score: fact.said, reads_alone: true }];
        new.push(Settled { members: Member::all(carried, &fact.nodes), texts });
    }
    Ok(new)
}

/// What is shown already, with its articles.
struct Told<'a> {
    material: Material<'a>,
    carried: &'a Carried<'a>,
    shown: Vec<((SentenceId, Span), Vec<ArticleId>)>,
}

impl Told<'_> {
    /// How much of a fact something tells that is shown for two of its articles at least.
    fn share(&self, fact: &Fact) -> f32 {
        let of_two = |articles: &[ArticleId]| articles.iter().filter(|at| fact.articles.contains(at)).nth(1).is_some();
        let places: Vec<_> =
            self.shown.iter().filter(|(_, articles)| of_two(articles)).map(|(place, _)| *place).collect();
        let shares = self.carried.repeated(fact.place, &places, self.material.sentences);
        shares.into_iter().fold(0.0, f32::max)
    }
}

/// The parts of a sentence that can be read by themselves.
fn parts(material: Material, sentence: SentenceId) -> Vec<Span> {
    let Material { articles, sentences, story, .. } = material;
    let text = &*articles[sentences[sentence.index()].article.index()].text;
    let whole = without_dateline(text, sentences[sentence.index()].span);
    let clauses = story.clauses[sentence.index()].iter().filter(|clause| clause.stands);
    let mut parts: Vec<Span> = clauses.map(|clause| clause.part.span).chain([whole]).collect();
    let shorter = |&part: &Span| endings(text, part).into_iter().map(move |end| Span::new(part.start, end));
    parts.extend(parts.iter().flat_map(shorter).collect::<Vec<_>>());
    parts.sort_unstable();
    parts.dedup();
    parts.retain(|&part| {
        let long = story.words_in(sentence, part).len() >= MIN_WORDS;
        long && reads_alone(text, whole, part) && !lacks_somebody(story.language, text, part)
    });
    parts
}

impl Fact {
    fn new(material: Material, carried: &Carried, sentence: SentenceId, part: Span) -> Option<Self> {
        let node = carried.nodes.of[sentence.index()];
        let article = |by: &SentenceId| material.sentences[by.index()].article;
        let link = |by: &SentenceId| carried.groups.known(node, carried.nodes.of[by.index()]).unwrap_or(0.0);
        let mut linked: Vec<SentenceId> = carried.entailments.evidence(sentence, material.articles.len()).collect();
        linked.retain(|by| link(by) >= MIN_LINKED);
        linked.sort_unstable();
        let spans: Vec<_> = linked.iter().map(|&by| (by, material.sentences[by.index()].span)).collect();
        let shares = carried.repeated((sentence, part), &spans, material.sentences);
        let says = support(material, carried, (sentence, part), linked.iter().copied());
        let says = says.into_iter().filter(|says| {
            says.is_read && says.in_whole >= MIN_SAID && !carried.contradicts(material, (sentence, part), says.article)
        });
        let mut said = 1.0;
        let mut nodes = vec![node];
        for says in says {
            said *= says.in_whole;
            // Of two sentences of its article the one that repeats more of it says it.
            let of = linked.iter().zip(&shares).filter(|(by, _)| article(by) == says.article);
            let by = of.max_by(|x, y| x.1.total_cmp(y.1).then(link(x.0).total_cmp(&link(y.0))).then(y.0.cmp(x.0)));
            nodes.extend(by.map(|(by, _)| carried.nodes.of[by.index()]));
        }
        nodes[1..].sort_unstable();
        nodes.dedup();
        let articles = articles(material, carried, nodes.iter().copied());
        let n_words = material.story.words_in(sentence, part).len();
        (articles.len() > 1).then_some(Self { place: (sentence, part), nodes, articles, said, n_words })
    }

    /// Whether it is a part of another one that no fewer articles say.
    fn is_within(&self, other: &Self) -> bool {
        self.place.0 == other.place.0
            && self.place.1 != other.place.1
            && other.place.1.contains(self.place.1)
            && other.articles.iter().all(|article| self.articles.contains(article))
    }
}
