//! The terms that set one article apart from the others.

use std::collections::BTreeMap;

use rustc_hash::FxHashMap;

use crate::article::Article;
use crate::clean::Kind;
use crate::sentence::Sentence;
use crate::span::ArticleId;
use crate::story::Story;

/// A distinctive term, as the article most often writes it, and its weight.
pub type WeightedTerm = (String, f32);

/// The `n` terms of `article` with the greatest `tf * idf`, where idf counts articles; best first, ties by term.
///
/// Weights are scaled so that all weights of the article together have length 1.
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
    let mut forms: FxHashMap<_, BTreeMap<&str, u32>> = FxHashMap::default();
    for at in (start..end).filter(|&at| sentences[at].kind != Kind::Boilerplate) {
        for word in story.words[at].iter().filter(|word| word.weight > 0.0) {
            let form = word.span.of(text);
            let form = form.strip_suffix("'s").or(form.strip_suffix("’s")).unwrap_or(form);
            *forms.entry(word.term).or_default().entry(form).or_default() += 1;
        }
    }
    let idf = |df: u32| ((1.0 + articles.len() as f32) / (1.0 + df as f32)).ln() + 0.1;
    let mut terms: Vec<WeightedTerm> = forms
        .into_iter()
        .map(|(term, forms)| {
            let tf: u32 = forms.values().sum();
            let form =
                forms.into_iter().max_by_key(|&(form, n)| (n, std::cmp::Reverse(form))).map_or("", |(form, _)| form);
            (form.to_owned(), tf as f32 * idf(story.n_articles[term.index()]))
        })
        .collect();
    terms.sort_by(|a, b| b.1.total_cmp(&a.1).then_with(|| a.0.cmp(&b.0)));
    let length = terms.iter().map(|(_, weight)| weight * weight).sum::<f32>().sqrt();
    terms.truncate(n);
    terms.iter_mut().for_each(|(_, weight)| *weight /= length);
    terms
}
