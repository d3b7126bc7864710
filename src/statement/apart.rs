//! What is shown for a statement is shown for no other one, nor does another one tell it.

use std::cmp::Reverse;

use rustc_hash::{FxHashMap, FxHashSet};

use super::carried::Carried;
use super::entailed::{Pair, says_again};
use super::members::articles_of;
use super::shown::Text;
use super::{Excerpt, Material, ROUND, Statement};
use crate::error::Result;
use crate::pool::GoOn;
use crate::span::{ArticleId, SentenceId, Span};

/// What is shown for a statement is not shown for another one, if something else says it nearly as well. A clause is not the
/// sentence, where so much of it is left out.
const NEARLY: f32 = 0.3;
/// Or, where that would tell nothing but what is told already, if something else says at least so much of it.
const HARDLY: f32 = 0.1;
const SAME_TEXT: f32 = 0.6;

/// What is read first comes first; no two statements are shown by the same words where there are others. Says which are, and
/// by which one before.
pub(super) fn show_apart(material: Material, all: &mut [(Statement, Vec<Text>)]) -> Vec<Option<usize>> {
    let mut told_by = vec![None; all.len()];
    let Material { articles, sentences, story, .. } = material;
    let mut order: Vec<usize> = (0..all.len()).collect();
    order.sort_by_cached_key(|&at| rank(material, &all[at].0, at));
    // By sentence, whichever of its copies is meant: the parts shown, from its start.
    let mut taken: FxHashMap<SentenceId, Vec<Span>> = FxHashMap::default();
    // And the words, whatever marks stand around them.
    let words = |place: &Excerpt| -> String {
        let text = place.text(&articles[sentences[place.sentence.index()].article.index()].text);
        text.chars().filter(|c| c.is_alphanumeric()).flat_map(char::to_lowercase).collect()
    };
    let mut told: FxHashMap<String, usize> = FxHashMap::default();
    for at in order {
        let (statement, shown) = &mut all[at];
        let inside = |&Excerpt { sentence, span, .. }: &Excerpt| {
            let start = sentences[sentence.index()].span.start;
            (story.first[sentence.index()], Span::new(span.start - start, span.end - start))
        };
        let is_taken = |text: &Text| {
            let (sentence, span) = inside(&text.place);
            let same = |other: &Span| {
                let common = span.end.min(other.end).saturating_sub(span.start.max(other.start));
                common as f32 >= SAME_TEXT * span.len().min(other.len()) as f32
            };
            taken.get(&sentence).is_some_and(|shown| shown.iter().any(same)) || told.contains_key(&words(&text.place))
        };
        let free = |least: f32| {
            let least = least * shown[0].score;
            let free = |text: &&Text| text.score >= least && !is_taken(text);
            shown.iter().find(free)
        };
        statement.shown = free(NEARLY).or_else(|| free(HARDLY)).unwrap_or(&shown[0]).place.clone();
        let (sentence, span) = inside(&statement.shown);
        taken.entry(sentence).or_default().push(span);
        let first = *told.entry(words(&statement.shown)).or_insert(at);
        told_by[at] = (first != at).then_some(first);
    }
    told_by
}

/// Who says all of a text as probably as that tells it. Of more than 100 pairs on ten unseen stories six of the seven from here
/// on tell one thing twice.
const MIN_TOLD: f32 = 0.75;
/// Two statements may say the same if a sentence of the one is linked to what is shown for the other as probably as that.
const MIN_NEAR: f32 = 0.5;
/// So many of them are asked.
const MOST_NEAR: usize = 3;

/// Says how probably each is told by another statement of all its articles, which is read before it: the reader is asked. Adds
/// those that say nothing else to those that are told by the same words. Gives the pairs of which the first has an article that
/// the second lacks, and how probably that tells it.
pub(super) fn tell_once(
    material: Material,
    carried: &Carried,
    statements: &mut [(Statement, Vec<Text>)],
    told_by: &mut [Option<usize>],
    go_on: GoOn,
) -> Result<Vec<(usize, usize, f32)>> {
    let Some(reads) = material.reads else { return Ok(Vec::new()) };
    let mut of_others = Vec::new();
    let asked = may_tell(material, carried, statements, told_by, go_on)?;
    let shown = |at: usize| &statements[at].0.shown;
    let pairs: Vec<Pair> = asked.iter().map(|&(at, other)| [shown(at), shown(other)]).collect();
    let in_full: Vec<Vec<ArticleId>> =
        statements.iter().map(|(statement, _)| statement.articles_in_full(material.sentences)).collect();
    for (&(at, other), says) in asked.iter().zip(says_again(material, reads, &pairs, go_on)?) {
        // What hardly anybody else says in full tells nothing of them.
        if !in_full[at].iter().all(|article| in_full[other].contains(article)) {
            continue;
        }
        let [own, wider] = [at, other].map(|at| articles_of(material.sentences, &statements[at].0.mentions));
        if !own.iter().all(|article| wider.contains(article)) {
            of_others.push((at, other, says));
            continue;
        }
        let told = &mut statements[at].0.told;
        *told = told.max(says);
        if says >= MIN_TOLD && told_by[at].is_none() && told_by[other].is_none() {
            told_by[at] = Some(other);
        }
    }
    Ok(of_others)
}

/// Of statements that nothing tells yet each with those that may tell it: read before it, of all its articles or all but one of
/// three and more, and with a sentence that is linked to what is shown for it. In the order of reading.
fn may_tell(
    material: Material,
    carried: &Carried,
    statements: &[(Statement, Vec<Text>)],
    told_by: &[Option<usize>],
    go_on: GoOn,
) -> Result<Vec<(usize, usize)>> {
    let node = |sentence: SentenceId| carried.nodes.of[sentence.index()];
    let mut order: Vec<usize> = (0..statements.len()).filter(|&at| told_by[at].is_none()).collect();
    order.sort_by_cached_key(|&at| rank(material, &statements[at].0, at));
    // By node the statements before this one that have it, as places in that order.
    let mut before: FxHashMap<usize, Vec<usize>> = FxHashMap::default();
    let mut articles: Vec<Vec<ArticleId>> = Vec::with_capacity(order.len());
    let mut asked = Vec::new();
    for (place, &at) in order.iter().enumerate() {
        if place % ROUND == 0 {
            go_on()?;
        }
        let Statement { mentions, shown, .. } = &statements[at].0;
        let own = articles_of(material.sentences, mentions);
        let mut near: FxHashMap<usize, f32> = FxHashMap::default();
        let shown = node(shown.sentence);
        for (other, probability) in carried.groups.near(shown).chain([(shown, 1.0)]) {
            let found = before.get(&other).filter(|_| probability >= MIN_NEAR).into_iter().flatten();
            let n_others = |wider: usize| own.iter().filter(|article| !articles[wider].contains(article)).count();
            for &wider in found.filter(|&&wider| n_others(wider) <= usize::from(own.len() > 2)) {
                let best = near.entry(wider).or_default();
                *best = best.max(probability);
            }
        }
        let mut near: Vec<(usize, f32)> = near.into_iter().collect();
        near.sort_unstable_by(|x, y| y.1.total_cmp(&x.1).then(x.0.cmp(&y.0)));
        asked.extend(near.into_iter().take(MOST_NEAR).map(|(wider, _)| (at, order[wider])));
        let nodes: FxHashSet<usize> = mentions.iter().map(|mention| node(mention.sentence)).collect();
        nodes.into_iter().for_each(|node| before.entry(node).or_default().push(place));
        articles.push(own);
    }
    Ok(asked)
}

/// What is read first: of more articles, then of more mentions.
fn rank(material: Material, statement: &Statement, at: usize) -> (Reverse<usize>, Reverse<usize>, usize) {
    let n_articles = articles_of(material.sentences, &statement.mentions).len();
    (Reverse(n_articles), Reverse(statement.mentions.len()), at)
}
