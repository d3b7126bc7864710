//! Floor 14. A comparison as bytes, and back.
//!
//! Written are the settings, the articles, the sentences and the scored links, whether a reranker scored them, and what the
//! cross-encoders said of pairs, which is what an added article would ask for again; the report follows from them. What is
//! read is checked, so that no byte string, however made, gives a comparison that points outside its texts.

use std::borrow::Cow;

use rustc_hash::FxHashMap;
use serde::{Deserialize, Serialize};

use crate::article::{Article, sort_articles};
use crate::conflict::Conflict;
use crate::encode::{Cache, Entailed, PairOdds, Question, Size};
use crate::error::{Error, Result};
use crate::link::Link;
use crate::pipeline::{Comparison, Config, Observer};
use crate::sentence::Sentence;
use crate::span::{SentenceId, Span};

#[derive(Serialize, Deserialize)]
struct Saved<'a> {
    config: Cow<'a, Config>,
    articles: Cow<'a, [Article]>,
    sentences: Cow<'a, [Sentence]>,
    links: Cow<'a, [Link]>,
    conflicts: Cow<'a, [Conflict]>,
    reranked: bool,
    /// What the small cross-encoder said.
    #[serde(default)]
    read: Vec<Read>,
    /// What the large one said.
    #[serde(default)]
    read_closely: Vec<Read>,
    /// What sentences said of a sentence of another article.
    #[serde(default)]
    entailed: Vec<Answer>,
}

/// A sentence, the one or two that were asked about it, and that they say each of its word pieces.
type Answer = (SentenceId, SentenceId, Option<SentenceId>, Entailed);

/// A pair that was read together, with its log-odds: shared and conflict.
type Read = (SentenceId, SentenceId, f32, f32);

/// The comparison as JSON: the same bytes for the same comparison, however many threads made it.
pub fn to_json(comparison: &Comparison) -> Vec<u8> {
    let saved = Saved {
        config: Cow::Owned(Config { n_threads: None, ..comparison.config.clone() }),
        articles: Cow::Borrowed(&comparison.articles),
        sentences: Cow::Borrowed(&comparison.sentences),
        links: Cow::Borrowed(&comparison.links),
        conflicts: Cow::Borrowed(&comparison.conflicts),
        reranked: comparison.reranked,
        read: read(comparison, Size::Small),
        read_closely: read(comparison, Size::Large),
        entailed: answers(comparison),
    };
    serde_json::to_vec(&saved).expect("records of strings and finite numbers are JSON")
}

/// Of each text the first sentence that has it.
fn first_of(comparison: &Comparison) -> FxHashMap<&str, SentenceId> {
    let mut first: FxHashMap<&str, SentenceId> = FxHashMap::default();
    for (at, sentence) in comparison.sentences.iter().enumerate() {
        first.entry(text(&comparison.articles, sentence)).or_insert_with(|| at.into());
    }
    first
}

/// What the cross-encoder of that size said of pairs of sentences; of equal sentences the first is named. The few pairs that were read
/// in another wording than their own are read again.
fn read(comparison: &Comparison, size: Size) -> Vec<Read> {
    let first = first_of(comparison);
    let pair = |(left, right, odds): (&str, &str, PairOdds)| {
        let [left, right] = [*first.get(left)?, *first.get(right)?];
        Some((left.min(right), left.max(right), odds.shared, odds.conflict))
    };
    let mut read: Vec<_> = comparison.cache.pairs(size).filter_map(pair).collect();
    read.sort_unstable_by_key(|&(left, right, ..)| (left, right));
    read
}

/// What sentences say of sentences; of equal ones the first is named. What a part of one says of another, or one in another wording
/// than its own, is asked of a few pairs only, and is asked again.
fn answers(comparison: &Comparison) -> Vec<Answer> {
    let first = first_of(comparison);
    let answer = |((asked, one, other), entailed): (Question, &Entailed)| {
        let number = |text: &str| first.get(text).copied();
        let other = match other {
            Some(other) => Some(number(other)?),
            None => None,
        };
        Some((number(asked)?, number(one)?, other, entailed.clone()))
    };
    let mut answers: Vec<Answer> = comparison.cache.all_entailed().filter_map(answer).collect();
    answers.sort_unstable_by_key(|&(asked, one, other, ..)| (asked, one, other));
    answers
}

fn keep_answers(cache: &mut Cache, answers: Vec<Answer>, articles: &[Article], sentences: &[Sentence]) -> Result<()> {
    for (row, (asked, one, other, entailed)) in answers.into_iter().enumerate() {
        let of = |at: SentenceId| sentences.get(at.index()).map(|sentence| text(articles, sentence));
        let (Some(asked), Some(one), true) = (of(asked), of(one), other.is_none_or(|other| of(other).is_some())) else {
            return Err(wrong(format!("answer {row} is about no sentence, or from none")));
        };
        let question = (asked, one, other.and_then(of));
        cache.keep_entailed(&question, entailed);
    }
    Ok(())
}

/// The log-odds that are none are larger than this.
const MOST_ODDS: f32 = 1e3;

fn keep(cache: &mut Cache, size: Size, read: Vec<Read>, articles: &[Article], sentences: &[Sentence]) -> Result<()> {
    for (row, (left, right, shared, conflict)) in read.into_iter().enumerate() {
        let sides = [left, right].map(|side| sentences.get(side.index()).map(|sentence| text(articles, sentence)));
        let small = [shared, conflict].iter().all(|odds| odds.abs() <= MOST_ODDS);
        let ([Some(left), Some(right)], true) = (sides, small) else {
            return Err(wrong(format!("what was read of pair {row} is of no two sentences, or no log-odds")));
        };
        cache.keep_pair(size, left, right, PairOdds { shared, conflict });
    }
    Ok(())
}

fn text<'a>(articles: &'a [Article], sentence: &Sentence) -> &'a str {
    sentence.span.of(&articles[sentence.article.index()].text)
}

/// The comparison behind what [`to_json`] wrote.
pub fn from_json(bytes: &[u8], observer: &mut dyn Observer) -> Result<Comparison> {
    let saved: Saved = serde_json::from_slice(bytes).map_err(|error| wrong(error.to_string()))?;
    let Saved { config, articles, sentences, links, conflicts, reranked, read, read_closely, entailed } = saved;
    check_sentences(&articles, &sentences)?;
    check_links(&articles, &sentences, &links)?;
    check_conflicts(&articles, &sentences, &conflicts)?;
    let mut cache = Cache::default();
    for (size, read) in [(Size::Small, read), (Size::Large, read_closely)] {
        keep(&mut cache, size, read, &articles, &sentences)?;
    }
    keep_answers(&mut cache, entailed, &articles, &sentences)?;
    let conflicts = conflicts.into_owned();
    let (articles, sentences, links) = (articles.into_owned(), sentences.into_owned(), links.into_owned());
    Comparison::restore(config.into_owned(), articles, sentences, links, conflicts, (reranked, cache), observer)
}

fn check_sentences(articles: &[Article], sentences: &[Sentence]) -> Result<()> {
    if sort_articles(articles.to_vec())? != articles {
        return Err(wrong("the articles are not in order".into()));
    }
    let mut next = (0, 0, 0);
    for (row, sentence) in sentences.iter().enumerate() {
        let article = sentence.article.index();
        let (last, index, end) = next;
        let (index, end) = if article == last { (index, end) } else { (0, 0) };
        let Some(text) = articles.get(article).map(|article| &article.text) else {
            return Err(wrong(format!("sentence {row} is of article {article} of {}", articles.len())));
        };
        if article < last || sentence.index != index || sentence.span.start < end || !fits(sentence.span, text) {
            return Err(wrong(format!("sentence {row} is not where it should be")));
        }
        next = (article, index + 1, sentence.span.end);
    }
    Ok(())
}

fn check_links(articles: &[Article], sentences: &[Sentence], links: &[Link]) -> Result<()> {
    let mut least = 1.0;
    for (row, link) in links.iter().enumerate() {
        let (Some(left), Some(right)) = (sentences.get(link.left.index()), sentences.get(link.right.index())) else {
            return Err(wrong(format!("link {row} names a sentence that is not there")));
        };
        let inside = |sentence: &Sentence, span: Span| {
            fits(span, &articles[sentence.article.index()].text) && sentence.span.contains(span)
        };
        let ordered = left.article < right.article && (0.0..=least).contains(&link.probability);
        if !ordered || !link.spans.iter().all(|&(a, b)| inside(left, a) && inside(right, b)) {
            return Err(wrong(format!("link {row} is not between its sentences, or not in order")));
        }
        least = link.probability;
    }
    Ok(())
}

fn check_conflicts(articles: &[Article], sentences: &[Sentence], conflicts: &[Conflict]) -> Result<()> {
    let mut least = 1.0;
    for (row, conflict) in conflicts.iter().enumerate() {
        let sides = [(conflict.left, conflict.left_span), (conflict.right, conflict.right_span)];
        let inside = |(sentence, span): (SentenceId, Span)| {
            let sentence = sentences.get(sentence.index())?;
            let text = &articles[sentence.article.index()].text;
            (fits(span, text) && sentence.span.contains(span)).then_some(sentence.article)
        };
        let [Some(left), Some(right)] = sides.map(inside) else {
            return Err(wrong(format!("conflict {row} is not between its sentences")));
        };
        if left >= right || !(0.0..=least).contains(&conflict.probability) {
            return Err(wrong(format!("conflict {row} is not in order")));
        }
        least = conflict.probability;
    }
    Ok(())
}

/// Whether a span holds something of a text and cuts no character.
fn fits(span: Span, text: &str) -> bool {
    span.start < span.end && text.get(span.start..span.end).is_some()
}

fn wrong(reason: String) -> Error {
    Error::Saved { reason }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::pipeline::{Silent, compare};

    fn comparison() -> Comparison {
        let texts =
            ["The bridge closed on Monday. Two ships struck it.", "On Monday the bridge closed. Nobody was hurt."];
        let articles = texts.iter().zip(["a", "b"]).map(|(text, id)| Article::new(id, *text)).collect();
        compare(articles, &Config { n_threads: Some(1), ..Config::default() }, &mut Silent).unwrap()
    }

    #[test]
    fn what_was_saved_comes_back() {
        let comparison = comparison();
        assert!(!comparison.links.is_empty());
        let json = to_json(&comparison);
        let restored = from_json(&json, &mut Silent).unwrap();
        assert_eq!(to_json(&restored), json);
        assert_eq!(restored.report, comparison.report);
    }

    #[test]
    fn what_points_elsewhere_is_an_error() {
        let json: serde_json::Value = serde_json::from_slice(&to_json(&comparison())).unwrap();
        let n_sentences = json["sentences"].as_array().unwrap().len();
        for (place, value) in [
            (
                "/articles/0/text",
                "Zinc is what the bridge was made of. On Monday it closed, and nobody was hurt.".into(),
            ),
            ("/articles/0/id", "a".into()),
            ("/sentences/0/span/end", 10_000.into()),
            ("/sentences/1/span/start", 0.into()),
            ("/sentences/0/index", 1.into()),
            ("/sentences/0/article", 2.into()),
            ("/links/0/right", n_sentences.into()),
            ("/links/0/right", 0.into()),
            ("/links/0/probability", (-0.5).into()),
            ("/links/0/probability", serde_json::Value::Null),
            ("/links/0/spans/0/0/end", 10_000.into()),
            ("/config/min_probability", 2.into()),
            ("/read", serde_json::json!([[0, n_sentences, 0.0, 0.0]])),
            ("/read", serde_json::json!([[0, 1, 0.0, 1e30]])),
            ("/read_closely", serde_json::json!([[n_sentences, 0, 0.0, 0.0]])),
            ("/entailed", serde_json::json!([[0, n_sentences, null, []]])),
            ("/entailed", serde_json::json!([[0, 1, n_sentences, []]])),
        ] {
            let mut changed = json.clone();
            *changed.pointer_mut(place).unwrap_or_else(|| panic!("no {place}")) = value;
            assert!(from_json(changed.to_string().as_bytes(), &mut Silent).is_err(), "{place}");
        }
        assert!(from_json(b"", &mut Silent).is_err());
    }
}
