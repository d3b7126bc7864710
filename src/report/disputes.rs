//! What the articles disagree on: one entry a fact, over all articles, its mentions grouped by what they say.
//!
//! Conflicts are edges between mentions; what hangs together is one fact, and so are two groups that go by the same name
//! and share a value. Figures are grouped by value ("14" and "fourteen" are one), the rest by who contradicts whom. Whoever
//! gives a value without being contradicted is found by the links: see [`givers`](super::givers).

use std::cmp::Reverse;
use std::collections::{BTreeMap, BTreeSet};

use crate::article::Article;
use crate::conflict::{Conflict, Kind};
use crate::link::Link;
use crate::reading::{Quantity, quantity_at};
use crate::sentence::Sentence;
use crate::span::{ArticleId, SentenceId, Span};
use crate::statement::Mention;

use super::givers::Givers;
use super::undecided::is_undecided;

/// A fact that articles disagree on.
#[derive(Debug, Clone, PartialEq)]
pub struct Dispute {
    /// What they differ in.
    pub kind: Kind,
    /// About what, in a reporter's words.
    pub what: String,
    /// What they say, that of most articles first; each the places that say it, in order.
    pub values: Vec<Vec<Mention>>,
    /// The probability of its most certain conflict.
    pub probability: f32,
}

impl Dispute {
    /// The articles that say something of it, in order.
    pub fn articles(&self, sentences: &[Sentence]) -> BTreeSet<ArticleId> {
        self.values.iter().flatten().map(|mention| sentences[mention.sentence.index()].article).collect()
    }
}

/// The disputes behind `conflicts`, those of most articles first.
pub fn disputes(articles: &[Article], sentences: &[Sentence], conflicts: &[Conflict], links: &[Link]) -> Vec<Dispute> {
    let places: BTreeSet<(Kind, SentenceId, Span)> = conflicts.iter().flat_map(sides).collect();
    let places: Vec<_> = places.into_iter().collect();
    let at =
        |place: &(Kind, SentenceId, Span)| places.binary_search(place).expect("every side of a conflict is a place");
    let edges: Vec<(usize, usize)> = conflicts.iter().map(sides).map(|[left, right]| (at(&left), at(&right))).collect();
    let figures: Vec<Option<Quantity>> = places
        .iter()
        .map(|&(_, sentence, span)| {
            let sentence = &sentences[sentence.index()];
            let inside = Span::new(span.start - sentence.span.start, span.end - sentence.span.start);
            let text = sentence.span.of(&articles[sentence.article.index()].text);
            quantity_at(text, inside)
        })
        .collect();
    let same = |a: usize, b: usize| match (&figures[a], &figures[b]) {
        (Some(x), Some(y)) => x.measure == y.measure && x.agrees(y),
        _ => false,
    };
    let mut facts = Facts((0..places.len()).collect());
    edges.iter().for_each(|&(a, b)| facts.join(a, b));
    let mut named: BTreeMap<(Kind, &str), Vec<usize>> = BTreeMap::new();
    for (conflict, &(a, b)) in conflicts.iter().zip(&edges) {
        named.entry((conflict.kind, &conflict.what)).or_default().extend([a, b]);
    }
    for group in named.values() {
        for (at, &a) in group.iter().enumerate() {
            group[at + 1..].iter().filter(|&&b| same(a, b)).for_each(|&b| facts.join(a, b));
        }
    }
    let mut of_fact: BTreeMap<usize, Vec<usize>> = BTreeMap::new();
    (0..places.len()).for_each(|place| of_fact.entry(facts.root(place)).or_default().push(place));
    let mut found: Vec<Dispute> = of_fact
        .into_values()
        .map(|members| {
            // Conflicts come most certain first: the first names the fact.
            let own = || conflicts.iter().zip(&edges).filter(|(_, edge)| members.binary_search(&edge.0).is_ok());
            let first = own().next().expect("a fact has a conflict").0;
            let apart = |a: usize, b: usize| own().any(|(_, &edge)| edge == (a, b) || edge == (b, a));
            let mut values: Vec<Vec<usize>> = Vec::new();
            for &place in &members {
                let belongs = |value: &&mut Vec<usize>| {
                    let free = value.iter().all(|&other| !apart(place, other));
                    free && (figures[place].is_none() || same(place, value[0]))
                };
                match values.iter_mut().find(belongs) {
                    Some(value) => value.push(place),
                    None => values.push(vec![place]),
                }
            }
            let mention = |place: usize| {
                let (_, sentence, span) = places[place];
                // The most certain conflict of a place comes first.
                let probability = own().find(|(_, edge)| edge.0 == place || edge.1 == place);
                Mention::new(sentence, span, probability.map_or(0.0, |(conflict, _)| conflict.probability))
            };
            let values = values.into_iter().map(|value| value.into_iter().map(mention).collect()).collect();
            Dispute { kind: first.kind, what: first.what.clone(), values, probability: first.probability }
        })
        .collect();
    found.retain(|one| !is_undecided(&one.values, articles, sentences));
    widest_first(&mut found, sentences);
    keep_one_of_each_pair(&mut found);
    let sides: BTreeSet<SentenceId> =
        found.iter().flat_map(|one| one.values.iter().flatten().map(|mention| mention.sentence)).collect();
    let givers = Givers::new(&sides, articles, sentences, links);
    found.iter_mut().for_each(|one| givers.add(one.kind, &mut one.values));
    widest_first(&mut found, sentences);
    found
}

/// Puts the value of most articles first, and the dispute of most articles.
fn widest_first(found: &mut [Dispute], sentences: &[Sentence]) {
    let n_articles = |value: &Vec<Mention>| {
        value.iter().map(|mention| sentences[mention.sentence.index()].article).collect::<BTreeSet<_>>().len()
    };
    for dispute in &mut *found {
        dispute.values.sort_by_key(|value| (Reverse(n_articles(value)), value[0].sentence, value[0].span));
    }
    found.sort_by(|a, b| {
        let width = |one: &Dispute| Reverse(one.articles(sentences).len());
        let place = |one: &Dispute| (one.values[0][0].sentence, one.values[0][0].span);
        let surer = b.probability.total_cmp(&a.probability);
        width(a).cmp(&width(b)).then(surer).then(place(a).cmp(&place(b))).then(a.kind.cmp(&b.kind))
    });
}

/// Of disputes between the same two sentences the first is kept where words differ beside figures or names: "rose" / "fell"
/// and "5%" / "8%" are one fact; two figures are two. Linear.
fn keep_one_of_each_pair(found: &mut Vec<Dispute>) {
    let pair = |one: &Dispute| match &one.values[..] {
        [left, right] if left.len() == 1 && right.len() == 1 => {
            let (a, b) = (left[0].sentence, right[0].sentence);
            Some((a.min(b), a.max(b)))
        }
        _ => None,
    };
    let words =
        |one: &Dispute| matches!(one.kind, Kind::Negation | Kind::Modality | Kind::Opposite | Kind::State | Kind::Role);
    // For each pair whether it is words that differ in the dispute kept; where it is not, in none kept.
    let mut kept: BTreeMap<(SentenceId, SentenceId), bool> = BTreeMap::new();
    found.retain(|one| {
        let Some(pair) = pair(one) else { return true };
        match kept.get(&pair) {
            Some(&differ) => !differ && !words(one),
            None => {
                kept.insert(pair, words(one));
                true
            }
        }
    });
}

fn sides(conflict: &Conflict) -> [(Kind, SentenceId, Span); 2] {
    [(conflict.kind, conflict.left, conflict.left_span), (conflict.kind, conflict.right, conflict.right_span)]
}

/// Disjoint sets of places.
struct Facts(Vec<usize>);

impl Facts {
    fn root(&mut self, at: usize) -> usize {
        let mut root = at;
        while self.0[root] != root {
            root = self.0[root];
        }
        self.0[at] = root;
        root
    }

    fn join(&mut self, a: usize, b: usize) {
        let (a, b) = (self.root(a), self.root(b));
        self.0[a.max(b)] = a.min(b);
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::report::of_one_sentence;

    #[test]
    fn a_fact_is_one_dispute_whatever_its_wording() {
        let texts = ["Fourteen people were hurt.", "14 people were hurt.", "Seventeen were hurt.", "17 were hurt."];
        let (articles, sentences) = of_one_sentence(&texts);
        let span = |at: usize| Span::new(0, texts[at].find(' ').unwrap());
        let conflict = |left: usize, right: usize| Conflict {
            kind: Kind::Number,
            what: "people hurt".into(),
            left: left.into(),
            right: right.into(),
            left_span: span(left),
            right_span: span(right),
            probability: 0.9,
        };
        let found = disputes(&articles, &sentences, &[conflict(0, 2), conflict(1, 3)], &[]);
        assert_eq!(found.len(), 1);
        let values: Vec<Vec<&str>> = found[0]
            .values
            .iter()
            .map(|value| value.iter().map(|mention| mention.span.of(texts[mention.sentence.index()])).collect())
            .collect();
        assert_eq!(values, [["Fourteen", "14"], ["Seventeen", "17"]]);
        assert_eq!(disputes(&articles, &sentences, &[], &[]), []);
    }

    #[test]
    fn words_and_figures_of_two_sentences_are_one_dispute() {
        let texts = ["Sales rose by 5%, Ida Lund, 61, said.", "Sales fell by 8%, Ida Lund, 63, said."];
        let (articles, sentences) = of_one_sentence(&texts);
        let conflict = |kind: Kind, words: [&str; 2], probability: f32| {
            let span = |at: usize| {
                let start = texts[at].find(words[at]).unwrap();
                Span::new(start, start + words[at].len())
            };
            let [left_span, right_span] = [span(0), span(1)];
            let (left, right) = (0.into(), 1.into());
            Conflict { kind, what: words.join(" or "), left, right, left_span, right_span, probability }
        };
        let (share, age) = (conflict(Kind::Number, ["5%", "8%"], 0.9), conflict(Kind::Number, ["61", "63"], 0.8));
        let rose = conflict(Kind::Opposite, ["rose", "fell"], 0.7);
        let told = |conflicts: &[Conflict]| disputes(&articles, &sentences, conflicts, &[]).len();
        assert_eq!(told(&[share.clone(), rose]), 1);
        assert_eq!(told(&[share, age]), 2);
    }
}
