//! The terms that set one article apart from the others: names, phrases, and words that are rare in the news at large.

use std::cmp::Reverse;
use std::collections::BTreeMap;

use crate::align::Stemmer;
use crate::article::Article;
use crate::clean::Kind;
use crate::link::share_in_news;
use crate::sentence::Sentence;
use crate::span::{ArticleId, Span, TermId};
use crate::story::Story;

/// A distinctive term, as the article most often writes it, and its weight.
pub type WeightedTerm = (String, f32);

/// Longer runs of words are sentences, not terms.
const MAX_WORDS: usize = 4;
/// A word in a larger share of news sentences than this is common; alone it sets nothing apart.
const COMMON: f32 = 4e-4;

/// What an article says of a term.
#[derive(Default)]
struct Uses<'a> {
    forms: BTreeMap<&'a str, u32>,
    name: bool,
}

/// The `n` terms of `article` with the greatest `tf * idf`, where idf counts articles; best first, ties by term.
///
/// Names count as they are, other phrases from the second time on. Weights are scaled so that all weights of the article
/// together have length 1.
pub fn terms(
    articles: &[Article],
    sentences: &[Sentence],
    story: &Story,
    article: ArticleId,
    n: usize,
) -> Vec<WeightedTerm> {
    let text = &articles[article.index()].text;
    let start = sentences.partition_point(|sentence| sentence.article < article);
    let end = sentences.partition_point(|sentence| sentence.article <= article);
    let stemmer = Stemmer::default();
    let common =
        |term: TermId| story.language.has_rules() && share_in_news(&stemmer.stem(story.vocabulary.term(term))) > COMMON;
    let mut uses: BTreeMap<Vec<TermId>, Uses> = BTreeMap::new();
    for at in (start..end).filter(|&at| sentences[at].kind != Kind::Boilerplate) {
        let words = &story.words[at];
        let said = |word: usize| words[word].span.of(text);
        let lettered = |word: usize| words[word].weight > 0.0 && said(word).chars().all(|c| !c.is_ascii_digit());
        let joined = |word: usize| matches!(&text[words[word].span.end..words[word + 1].span.start], " " | "-");
        let capital = |word: usize| said(word).starts_with(char::is_uppercase);
        for first in 0..words.len() {
            for length in 1..=MAX_WORDS.min(words.len() - first) {
                let last = first + length - 1;
                if !lettered(last) || length > 1 && !joined(last - 1) {
                    break;
                }
                let run = first..first + length;
                // The whole of a name, and no capital that only the start of a sentence gives.
                let name = run.clone().all(capital)
                    && (first > 0 || length > 1)
                    && !(first > 0 && capital(first - 1) && lettered(first - 1) && joined(first - 1))
                    && !(last + 1 < words.len() && capital(last + 1) && lettered(last + 1) && joined(last));
                if length == 1 && !name && (common(words[first].term) || said(first).chars().count() < 4) {
                    continue;
                }
                if length > 1 && !name && run.clone().any(capital) {
                    continue;
                }
                let form = Span::new(words[first].span.start, words[last].span.end).of(text);
                let form = form.strip_suffix("'s").or(form.strip_suffix("’s")).unwrap_or(form);
                let uses = uses.entry(words[run].iter().map(|word| word.term).collect()).or_default();
                *uses.forms.entry(form).or_default() += 1;
                uses.name |= name && sentences[at].kind == Kind::Body;
            }
        }
    }
    let idf = |df: u32| ((1.0 + articles.len() as f32) / (1.0 + df as f32)).ln() + 0.1;
    // A phrase stands in no more articles than its rarest word.
    let df = |terms: &[TermId]| terms.iter().map(|term| story.n_articles[term.index()]).min().unwrap_or(0);
    let mut terms: Vec<(Vec<TermId>, u32, WeightedTerm)> = uses
        .into_iter()
        .filter_map(|(terms, uses)| {
            let tf: u32 = uses.forms.values().sum();
            let phrase = terms.len() > 1 && !uses.name;
            let all_common = terms.iter().all(|&term| common(term));
            if phrase && (tf < 2 || all_common && tf < 3) {
                return None;
            }
            let form = uses.forms.into_iter().max_by_key(|&(form, n)| (n, Reverse(form))).map_or("", |(form, _)| form);
            let weight = tf as f32 * idf(df(&terms)) * if uses.name { 1.5 } else { 1.0 };
            Some((terms, tf, (form.to_owned(), weight)))
        })
        .collect();
    terms.sort_by(|a, b| b.2.1.total_cmp(&a.2.1).then(b.0.len().cmp(&a.0.len())).then_with(|| a.2.0.cmp(&b.2.0)));
    // A word that stands only in a phrase is said by the phrase, and a phrase that a longer one always holds by that.
    let mut kept: Vec<(Vec<TermId>, u32, WeightedTerm)> = Vec::new();
    for term in terms {
        let holds =
            |outer: &[TermId], inner: &[TermId]| outer.windows(inner.len().max(1)).any(|window| window == inner);
        let said =
            kept.iter().any(|known| holds(&known.0, &term.0) || holds(&term.0, &known.0) && term.1 <= known.1 / 2);
        if !said {
            kept.push(term);
        }
    }
    let mut terms: Vec<WeightedTerm> = kept.into_iter().map(|(_, _, term)| term).collect();
    let length = terms.iter().map(|(_, weight)| weight * weight).sum::<f32>().sqrt();
    terms.truncate(n);
    terms.iter_mut().for_each(|(_, weight)| *weight /= length);
    terms
}
