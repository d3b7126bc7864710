//! Where pairs of sentences say otherwise, for fitting what a difference weighs.

use pyo3::prelude::*;

use super::comparison::{ArticleTuple, from_tuple};
use super::offsets::CodePoints;
use crate::article::Article;
use crate::conflict::{Difference, SIGNS};
use crate::link::Encoding;
use crate::pipeline::{Config, Differing, Silent, differing};
use crate::span::{SentenceId, Span};

/// `(left place, right place, kind, what, words, signs)`, a place an article and its code points
type DifferenceTuple = ((usize, usize, usize), (usize, usize, usize), &'static str, String, (String, String), Vec<f32>);

/// Where the sentences of every scored pair say otherwise, with what is weighed of it, for fitting the weights.
#[pyfunction]
#[pyo3(signature = (articles, *, encoder=None))]
fn differences(py: Python<'_>, articles: Vec<ArticleTuple>, encoder: Option<&str>) -> PyResult<Vec<DifferenceTuple>> {
    let given: Vec<String> = articles.iter().map(|article| article.0.clone()).collect();
    let articles = articles.into_iter().map(from_tuple).collect();
    let config = Config { encoding: Encoding::from_name(encoder)?, ..Config::default() };
    let (articles, sentences, found) = py.detach(|| differing(articles, &config, &mut Silent))?;
    let position = |article: &Article| given.iter().position(|id| *id == article.id).unwrap_or_default();
    let positions: Vec<usize> = articles.iter().map(position).collect();
    let points: Vec<_> = articles.iter().map(|article| CodePoints::new(&article.text)).collect();
    let place = |sentence: SentenceId| {
        let sentence = &sentences[sentence.index()];
        let article = sentence.article.index();
        let (start, end) = points[article].span(&articles[article].text, sentence.span);
        (positions[article], start, end)
    };
    let said = |sentence: SentenceId, span: Span| {
        let sentence = &sentences[sentence.index()];
        span.shifted(sentence.span.start).of(&articles[sentence.article.index()].text).to_owned()
    };
    let of = |Differing { pair, differences }: Differing| {
        let tuple = |Difference { kind, what, left, right, signs }: Difference| {
            let words = (said(pair.left, left), said(pair.right, right));
            (place(pair.left), place(pair.right), kind.name(), what, words, signs.to_vec())
        };
        differences.into_iter().map(tuple).collect::<Vec<_>>()
    };
    Ok(found.into_iter().flat_map(of).collect())
}

/// Names of what is weighed of a difference.
#[pyfunction]
fn sign_names() -> Vec<&'static str> {
    SIGNS.to_vec()
}

pub fn register(module: &Bound<'_, PyModule>) -> PyResult<()> {
    module.add_function(wrap_pyfunction!(differences, module)?)?;
    module.add_function(wrap_pyfunction!(sign_names, module)?)
}
