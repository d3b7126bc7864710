//! What articles say otherwise of one and the same named person or street, wherever they say it: how old somebody is stands
//! now beside his arrest and now beside his trial, in two sentences that have nothing else in common. Ages, how names are
//! spelt, and house numbers; a kind a file.
//!
//! In: the sentences of a story, read. Out: pairs of sentences and what they differ in. An article that gives both values
//! takes neither side, and while any does nothing is held against another: it speaks of two, or tells that one was wrong.
//! Linear in the mentions, and quadratic in the names that share a word.

mod addresses;
mod ages;
mod full_name;
mod spellings;
mod stage;

use std::collections::BTreeMap;

pub(super) use addresses::Addresses;
pub(super) use ages::{Ages, Side as Aged};
pub(super) use full_name::FullName;
pub(super) use spellings::{OF_A_NAME, OF_A_STREET, Spellings};
pub(super) use stage::tells_of_court;

use super::weights::{N_SIGNS, Sign};
use super::{Difference, Kind, Readings};
use crate::span::Span;

/// A value of a named thing, and where it stands.
#[derive(Debug, Clone, PartialEq)]
struct Mention<V> {
    article: usize,
    sentence: usize,
    /// In bytes of the sentence.
    span: Span,
    value: V,
}

impl Mention<()> {
    /// The same place of a value.
    fn of<V>(self, value: V) -> Mention<V> {
        Mention { article: self.article, sentence: self.sentence, span: self.span, value }
    }
}

/// Two sentences, the earlier one first, and what they differ in.
pub type Found = (usize, usize, Difference);

/// Of a value told by many articles, so many are held against those that tell another.
const MOST_ARTICLES: usize = 8;

/// Where two articles say otherwise of one named person or street, by sentence.
pub fn anywhere(readings: &Readings) -> Vec<Found> {
    let mut found = readings.ages.differences(&readings.published);
    found.extend(readings.spellings.differences());
    found.extend(readings.addresses.differences());
    found.sort_by_key(|(left, right, one)| (*left, *right, one.left, one.right));
    found
}

/// The mentions of one thing that contradict each other: of each article the first that gives its value, if it gives one
/// alone. `agree` is whether two values may be one.
fn opposed<V: Clone>(
    mentions: &[Mention<V>],
    agree: impl Fn(&V, &V) -> bool,
    opposes: impl Fn(&Mention<V>, &Mention<V>) -> bool,
) -> Vec<(Mention<V>, Mention<V>)> {
    let mut articles: BTreeMap<usize, Vec<&Mention<V>>> = BTreeMap::new();
    mentions.iter().for_each(|one| articles.entry(one.article).or_default().push(one));
    let of_two = |told: &Vec<&Mention<V>>| told.iter().any(|one| !agree(&one.value, &told[0].value));
    let (both, single): (Vec<_>, Vec<_>) = articles.into_values().partition(of_two);
    let gives = |told: &Vec<&Mention<V>>, one: &Mention<V>| told.iter().any(|other| agree(&other.value, &one.value));
    let firsts: Vec<&Mention<V>> = single.iter().map(|told| told[0]).collect();
    let mut found = Vec::new();
    for (at, &a) in firsts.iter().enumerate() {
        let free = |b: &Mention<V>| !both.iter().any(|told| gives(told, a) && gives(told, b));
        let against = firsts[at + 1..].iter().filter(|b| !agree(&a.value, &b.value) && opposes(a, b) && free(b));
        found.extend(against.take(MOST_ARTICLES).map(|&b| (a.clone(), b.clone())));
    }
    found
}

/// The difference between two mentions of one thing.
fn difference<V>((a, b): &(Mention<V>, Mention<V>), kind: Kind, what: &str, rule: Sign) -> Found {
    let (left, right) = if a.sentence < b.sentence { (a, b) } else { (b, a) };
    let mut signs = [0.0; N_SIGNS];
    rule.set(&mut signs, 1.0);
    Sign::of_one.set(&mut signs, 1.0);
    (
        left.sentence,
        right.sentence,
        Difference { kind, what: what.to_owned(), left: left.span, right: right.span, signs },
    )
}

/// The longest way in which a name is written, of several the first by their letters.
fn longest<'a>(written: impl Iterator<Item = &'a str>) -> &'a str {
    written.max_by(|a, b| a.len().cmp(&b.len()).then(b.cmp(a))).unwrap_or_default()
}

/// Adds to the differences of a pair one of a named thing: where the pair has it, it is told of one and the same.
pub fn add(differences: &mut Vec<Difference>, one: Difference) {
    let same = |other: &&mut Difference| (other.kind, other.left, other.right) == (one.kind, one.left, one.right);
    match differences.iter_mut().find(same) {
        Some(other) => {
            Sign::of_one.set(&mut other.signs, 1.0);
            other.what = one.what;
        }
        None => differences.push(one),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::article::Article;
    use crate::clean::Kind as SentenceKind;
    use crate::link::Scorer;
    use crate::sentence::Sentence;

    /// What articles of these sentences differ in: the kind, what it is about and the words of both sides.
    pub(super) fn told(texts: &[&[&str]], published: [Option<&str>; 2]) -> Vec<(Kind, String, [String; 2])> {
        let mut articles: Vec<Article> = (0..texts.len()).map(|at| Article::new(at.to_string(), "")).collect();
        for (article, day) in articles.iter_mut().zip(published) {
            article.published = day.map(str::to_owned);
        }
        let all: Vec<(usize, &str)> =
            texts.iter().enumerate().flat_map(|(at, told)| told.iter().map(move |&text| (at, text))).collect();
        let sentence = |&(article, text): &(usize, &str)| Sentence {
            article: article.into(),
            index: 0,
            span: Span::new(0, text.len()),
            kind: SentenceKind::Body,
        };
        let sentences: Vec<Sentence> = all.iter().map(sentence).collect();
        let texts: Vec<&str> = all.iter().map(|&(_, text)| text).collect();
        let scorer = Scorer::new(&texts, articles.len(), None).unwrap();
        let found = anywhere(&Readings::new(&scorer, &articles, &sentences));
        let said = |at: usize, span: Span| span.of(texts[at]).to_owned();
        let words = |(left, right, one): &Found| [said(*left, one.left), said(*right, one.right)];
        found.iter().map(|one| (one.2.kind, one.2.what.clone(), words(one))).collect()
    }
}
