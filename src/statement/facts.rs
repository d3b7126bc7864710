//! What else the sentences of groups say together: a group shows one text, but sentences that have one fact in common often
//! have a second one.
//!
//! A part of a sentence that can be read by itself is a fact of its own where the articles that were asked say all of it, and
//! nothing that is shown for as many already says it. What not all of them say may be left out of it: "Two people ... are dead".
//! Sentences that are surely linked and say nothing together so far are asked, too. A text that hardly two articles say in full
//! keeps no other from being told.

use std::cmp::Reverse;

use super::carried::Carried;
use super::entailed::Wanted;
use super::fact::{Fact, MIN_SAID, MIN_SAID_OF_MORE, MIN_TELLING, Sayers, parts};
use super::members::{Member, articles};
use super::settled::Settled;
use super::shown::Text;
use super::support::support;
use super::{Excerpt, Material, ROUND};
use crate::clean::Kind;
use crate::error::Result;
use crate::link::Link;
use crate::pool::GoOn;
use crate::span::{ArticleId, SentenceId};

/// What repeats so much of a fact tells it.
const TOLD: f32 = 0.6;
/// So do several that repeat so much of it together, each this much.
const TOLD_TOGETHER: f32 = 0.75;
const NEAR: f32 = 0.2;
/// A part of it is shown instead of which so much less is told already, and that holds so much of what is new.
const NEWER: f32 = 0.2;
const MOST_OF_IT: f32 = 0.8;
/// Sentences as probably linked that no group has together are asked what they say of each other.
const SURELY_LINKED: f32 = 0.8;
/// Of so many articles one may not have what is told of the others.
const MANY: usize = 5;

/// The groups that are settled, and the facts that none of them shows; a group is taken in that tells hardly more than a fact of
/// more articles.
pub(super) fn facts(
    material: Material,
    carried: &Carried,
    mut settled: Vec<Settled>,
    go_on: GoOn,
) -> Result<Vec<Settled>> {
    let mut found: Vec<Fact> = Vec::new();
    for (at, sentence) in carried.entailments.sentences().into_iter().enumerate() {
        if at % ROUND == 0 {
            go_on()?;
        }
        if material.sentences[sentence.index()].kind == Kind::Body {
            let sayers = Sayers::new(material, carried, sentence);
            for part in parts(material, sentence) {
                let place = Excerpt::whole(sentence, part);
                let says = sayers.says(&place);
                let [whole, surely] = [MIN_SAID, MIN_SAID_OF_MORE].map(|least| sayers.fact(&place, &says, least));
                let n_articles = |fact: &Option<Fact>| fact.as_ref().map_or(0, |fact| fact.articles.len());
                let (n_whole, n_surely) = (n_articles(&whole), n_articles(&surely));
                found.extend(whole.into_iter().chain(surely.filter(|_| n_surely < n_whole)));
                if n_whole <= sayers.articles.len() {
                    found.extend(sayers.compressed(part).filter(|fact| fact.articles.len() > n_whole));
                }
            }
        }
    }
    if found.is_empty() {
        return Ok(settled);
    }
    found.sort_by(|x, y| {
        let rank = |fact: &Fact| (Reverse(fact.in_full.len()), Reverse(fact.articles.len()), Reverse(fact.n_words));
        rank(x).cmp(&rank(y)).then(y.said.total_cmp(&x.said)).then(x.place.cmp(&y.place))
    });
    let mut told = Told { material, carried, of: Vec::new() };
    for one in &settled {
        let shown = told.shown(one);
        told.of.push(shown);
    }
    for (at, fact) in found.iter().enumerate() {
        if at % ROUND == 0 {
            go_on()?;
        }
        let share = told.share(fact);
        let is_weak = fact.least < MIN_SAID_OF_MORE || fact.n_telling < MIN_TELLING;
        if told.is_told(fact) || share >= TOLD && is_weak {
            continue;
        }
        // "... after a fire alarm went off": what is told already stands in front of what is new.
        let within = found.iter().filter(|part| part.is_within(fact));
        let newer = within.map(|part| (part, told.share(part))).filter(|&(part, told)| {
            let is_new = |fact: &Fact, told: f32| fact.n_words as f32 * (1.0 - told);
            told + NEWER <= share && is_new(part, told) >= MOST_OF_IT * is_new(fact, share)
        });
        let (fact, _) = newer.min_by(|x, y| x.1.total_cmp(&y.1)).unwrap_or((fact, share));
        for at in (0..settled.len()).rev().filter(|&at| told.is_taken_in(at, fact)).collect::<Vec<_>>() {
            told.of.remove(at);
            settled.remove(at);
        }
        let Fact { place, articles, in_full, .. } = fact;
        told.of.push(Shown { place: place.clone(), articles: articles.clone(), in_full: in_full.clone() });
        let texts = vec![Text { place: fact.place.clone(), score: fact.said, reads_alone: true }];
        settled.push(Settled { members: Member::all(carried, &fact.nodes), texts });
    }
    Ok(settled)
}

/// Asks what sentences that are surely linked, and that no group has together, say of each other.
pub(super) fn ask_of_unsettled(
    material: Material,
    carried: &mut Carried,
    settled: &[Settled],
    go_on: GoOn,
) -> Result<()> {
    if material.reads.is_none() {
        return Ok(());
    }
    let mut groups_of: Vec<Vec<usize>> = vec![Vec::new(); carried.nodes.sentences.len()];
    for (at, one) in settled.iter().enumerate() {
        one.members.iter().for_each(|member| groups_of[member.node].push(at));
    }
    let body = |sentence: SentenceId| material.sentences[sentence.index()].kind == Kind::Body;
    let article = |sentence: SentenceId| material.sentences[sentence.index()].article;
    let is_unsettled = |link: &&Link| {
        let [left, right] = [link.left, link.right].map(|sentence| carried.nodes.of[sentence.index()]);
        let sure = carried.groups.known(left, right).is_some_and(|known| known >= SURELY_LINKED);
        sure && body(link.left) && body(link.right) && !groups_of[left].iter().any(|at| groups_of[right].contains(at))
    };
    let both = |link: &Link| {
        [(link.left, link.right), (link.right, link.left)].map(|(sentence, other)| Wanted {
            sentence,
            articles: vec![article(other)],
            others: false,
        })
    };
    let wanted: Vec<Wanted> = material.links.iter().filter(is_unsettled).flat_map(both).collect();
    carried.entailments.read(material, &wanted, go_on)
}

/// A text that is shown, its articles and those that say all of it, both in order.
struct Shown {
    place: Excerpt,
    articles: Vec<ArticleId>,
    in_full: Vec<ArticleId>,
}

/// What is shown already.
struct Told<'a> {
    material: Material<'a>,
    carried: &'a Carried<'a>,
    of: Vec<Shown>,
}

impl Told<'_> {
    /// What is shown for a group.
    fn shown(&self, one: &Settled) -> Shown {
        let Self { material, carried, .. } = *self;
        let place = one.texts[0].place.clone();
        let nodes = one.members.iter().map(|member| member.node);
        let mut others: Vec<SentenceId> =
            nodes.clone().flat_map(|node| carried.nodes.sentences[node].iter().copied()).collect();
        others.sort_unstable();
        let says = support(material, carried, &place, others.into_iter());
        let hardly = |article: &ArticleId| says.iter().any(|says| says.article == *article && !says.is_in_full());
        let articles = articles(material, carried, nodes);
        let in_full = articles.iter().copied().filter(|article| !hardly(article)).collect();
        Shown { place, articles, in_full }
    }

    /// How much of a fact something tells that is shown.
    fn by(&self, fact: &Fact, shown: &Excerpt) -> f32 {
        let kept: Vec<_> = shown.stretches().collect();
        self.carried.repeated(&fact.place, &kept, self.material.sentences).into_iter().sum::<f32>().min(1.0)
    }

    /// How much of a fact something tells that is shown for two of its articles at least.
    fn share(&self, fact: &Fact) -> f32 {
        let of_two = self.of.iter().filter(|shown| n_common(&shown.in_full, &fact.articles) > 1);
        of_two.map(|shown| self.by(fact, &shown.place)).fold(0.0, f32::max)
    }

    /// Whether something tells it that is shown for as many of its articles, but for one of many.
    fn is_told(&self, fact: &Fact) -> bool {
        let n = fact.articles.len();
        let n = if n < MANY { n } else { n - 1 };
        let of_all = self.of.iter().filter(|shown| n_common(&shown.in_full, &fact.articles) >= n);
        let near = of_all.map(|Shown { place, .. }| (place, self.by(fact, place))).filter(|&(_, share)| share >= NEAR);
        let near: Vec<_> = near.collect();
        let together = || {
            let stretches: Vec<_> = near.iter().flat_map(|(place, _)| place.stretches()).collect();
            self.carried.claims.repeated_by_any(&fact.place, &stretches, self.material.sentences)
        };
        near.iter().any(|&(_, share)| share >= TOLD) || near.len() > 1 && together() >= TOLD_TOGETHER
    }

    /// Whether one of those that are shown holds a fact of more articles, and hardly anything besides.
    fn is_taken_in(&self, at: usize, fact: &Fact) -> bool {
        let Shown { place: shown, articles: of, .. } = &self.of[at];
        let n_words = shown.words(self.material.story).count() as f32;
        shown.sentence == fact.place.sentence
            && of.len() < fact.articles.len()
            && n_common(of, &fact.articles) == of.len()
            && fact.place.kept().all(|kept| shown.kept().any(|own| own.contains(kept)))
            && fact.n_words as f32 >= TOLD * n_words
    }
}

fn n_common(one: &[ArticleId], other: &[ArticleId]) -> usize {
    one.iter().filter(|article| other.contains(article)).count()
}
