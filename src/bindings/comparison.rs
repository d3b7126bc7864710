//! The main job and its outcome, as plain tuples that `python/storydiff/comparison.py` dresses.

use std::sync::Arc;

use numpy::ndarray::Array2;
use numpy::{IntoPyArray, PyArray2};
use pyo3::prelude::*;
use pyo3::types::PyBytes;

use super::encode::{PyReranker, Signals};
use super::offsets::CodePoints;
use crate::article::Article;
use crate::conflict::{Conflict, Difference, SIGNS};
use crate::error::{Error, Result};
use crate::link::{Encoding, Link, Reason, Relation};
use crate::passage::Passage;
use crate::pipeline::{Comparison, Config, Differing, Observer, Silent, compare_with, differing};
use crate::report::{Dispute, articles_of};
use crate::saved;
use crate::span::{SentenceId, Span};
use crate::statement::Mention;

/// `(id, text, title, source, url, published)`
type ArticleTuple = (String, String, Option<String>, Option<String>, Option<String>, Option<String>);
/// `(start, end)` in code points
type SpanTuple = (usize, usize);
/// `(article, index, start, end, kind)`
type SentenceTuple = (usize, u32, usize, usize, &'static str);
/// `(left sentence, right sentence, probability, spans, [(relation, text)])`
type LinkTuple = (usize, usize, f32, Vec<(SpanTuple, SpanTuple)>, Vec<(&'static str, String)>);
/// `(kind, what, left sentence, right sentence, left span, right span, probability)`
type ConflictTuple = (&'static str, String, usize, usize, SpanTuple, SpanTuple, f32);
/// `(kind, what, [[(sentence, start, end, probability)]])`, a list for each value
type DisputeTuple = (&'static str, String, Vec<Vec<(usize, usize, usize, f32)>>);
/// `(left place, right place, kind, what, words, signs)`, a place an article and its code points
type DifferenceTuple = ((usize, usize, usize), (usize, usize, usize), &'static str, String, (String, String), Vec<f32>);
/// `(left article, left span, right article, right span, words)`
type PassageTuple = (usize, SpanTuple, usize, SpanTuple, usize);
/// `([(sentence, start, end, probability)], clearest)`
type StatementTuple = (Vec<(usize, usize, usize, f32)>, usize);
/// `(similarity, containment)`
type LikenessTuple<'py> = (Bound<'py, PyArray2<f32>>, Bound<'py, PyArray2<f32>>);
/// `(article, start, end, score, reasons)`
type UniqueTuple = (usize, usize, usize, f32, Vec<String>);

/// The outcome of comparing articles.
#[pyclass(name = "Comparison", frozen, module = "storydiff._storydiff")]
pub struct PyComparison {
    core: Comparison,
    points: Arc<Vec<CodePoints>>,
}

impl PyComparison {
    fn new(core: Comparison) -> Self {
        let points = Arc::new(core.articles.iter().map(|article| CodePoints::new(&article.text)).collect());
        Self { core, points }
    }

    fn span(&self, article: usize, span: Span) -> SpanTuple {
        self.points[article].span(&self.core.articles[article].text, span)
    }

    fn link(&self, link: &Link) -> LinkTuple {
        let article = |sentence: SentenceId| self.core.sentences[sentence.index()].article.index();
        let (left, right) = (article(link.left), article(link.right));
        let spans = link.spans.iter().map(|&(a, b)| (self.span(left, a), self.span(right, b))).collect();
        let reasons = link.reasons.iter().map(reason).collect();
        (link.left.index(), link.right.index(), link.probability, spans, reasons)
    }
}

#[pymethods]
impl PyComparison {
    fn article_ids(&self) -> Vec<&str> {
        self.core.articles.iter().map(|article| &*article.id).collect()
    }

    fn articles(&self) -> Vec<ArticleTuple> {
        let articles = self.core.articles.iter().cloned();
        articles
            .map(|Article { id, text, title, source, url, published }| (id, text, title, source, url, published))
            .collect()
    }

    #[getter]
    fn min_probability(&self) -> f32 {
        self.core.config.min_probability
    }

    fn sentences(&self) -> Vec<SentenceTuple> {
        let tuple = |sentence: &crate::sentence::Sentence| {
            let (start, end) = self.span(sentence.article.index(), sentence.span);
            let kind = match sentence.kind {
                crate::clean::Kind::Headline => "headline",
                crate::clean::Kind::Body => "body",
                crate::clean::Kind::Boilerplate => "boilerplate",
            };
            (sentence.article.index(), sentence.index, start, end, kind)
        };
        self.core.sentences.iter().map(tuple).collect()
    }

    fn links(&self, min_probability: f32) -> Vec<LinkTuple> {
        let kept = self.core.links.iter().take_while(|link| link.probability >= min_probability);
        kept.map(|link| self.link(link)).collect()
    }

    fn conflicts(&self) -> Vec<ConflictTuple> {
        let article = |sentence: SentenceId| self.core.sentences[sentence.index()].article.index();
        let tuple = |conflict: &Conflict| {
            let Conflict { kind, what, left, right, left_span, right_span, probability } = conflict;
            let spans = (self.span(article(*left), *left_span), self.span(article(*right), *right_span));
            (kind.name(), what.clone(), left.index(), right.index(), spans.0, spans.1, *probability)
        };
        self.core.conflicts.iter().map(tuple).collect()
    }

    fn disputes(&self) -> Vec<DisputeTuple> {
        let mention = |mention: &Mention| {
            let (start, end) = self.span(self.core.sentences[mention.sentence.index()].article.index(), mention.span);
            (mention.sentence.index(), start, end, mention.probability)
        };
        let tuple = |dispute: Dispute| {
            let values = dispute.values.iter().map(|value| value.iter().map(mention).collect()).collect();
            (dispute.kind.name(), dispute.what, values)
        };
        self.core.disputes().into_iter().map(tuple).collect()
    }

    fn passages(&self, py: Python<'_>, min_words: usize) -> PyResult<Vec<PassageTuple>> {
        let tuple = |passage: Passage| {
            let (left, right) = (passage.left.index(), passage.right.index());
            let (left_span, right_span) = (self.span(left, passage.left_span), self.span(right, passage.right_span));
            (left, left_span, right, right_span, passage.n_words)
        };
        let mut signals = Signals::default();
        let passages = py.detach(|| {
            let found = self.core.passages(min_words, &mut || signals.check())?;
            Ok(found.into_iter().map(tuple).collect())
        });
        passages.map_err(|error| signals.raised(error))
    }

    fn statements(&self) -> Vec<StatementTuple> {
        let statements = self.core.report.statements.iter();
        statements
            .map(|statement| {
                let mentions = statement.mentions.iter().map(|mention| {
                    let article = self.core.sentences[mention.sentence.index()].article.index();
                    let (start, end) = self.span(article, mention.span);
                    (mention.sentence.index(), start, end, mention.probability)
                });
                (mentions.collect(), statement.clearest)
            })
            .collect()
    }

    fn unique(&self) -> Vec<UniqueTuple> {
        let spans = self.core.report.unique.iter();
        spans
            .map(|unique| {
                let (start, end) = self.span(unique.article.index(), unique.span);
                (unique.article.index(), start, end, unique.score, unique.reasons.clone())
            })
            .collect()
    }

    fn coverage<'py>(&self, py: Python<'py>) -> Bound<'py, PyArray2<bool>> {
        let statements = &self.core.report.statements;
        let mut coverage = Array2::from_elem((statements.len(), self.core.articles.len()), false);
        for (row, statement) in statements.iter().enumerate() {
            for article in articles_of(statement, &self.core.sentences) {
                coverage[[row, article.index()]] = true;
            }
        }
        coverage.into_pyarray(py)
    }

    fn likeness<'py>(&self, py: Python<'py>) -> PyResult<LikenessTuple<'py>> {
        let mut signals = Signals::default();
        let likeness = py.detach(|| self.core.likeness(&mut || signals.check()));
        let likeness = likeness.map_err(|error| signals.raised(error))?;
        Ok((likeness.similarity.into_pyarray(py), likeness.containment.into_pyarray(py)))
    }

    fn terms(&self, py: Python<'_>, article: usize, n: usize) -> Vec<(String, f32)> {
        py.detach(|| self.core.terms(article.into(), n))
    }

    fn to_json<'py>(&self, py: Python<'py>) -> Bound<'py, PyBytes> {
        PyBytes::new(py, &py.detach(|| saved::to_json(&self.core)))
    }

    #[staticmethod]
    fn from_json(py: Python<'_>, json: &[u8]) -> PyResult<Self> {
        observed(py, None, |observer| saved::from_json(json, observer).map(Self::new))
    }

    /// All articles and one more, compared afresh with the same settings.
    #[pyo3(signature = (article, *, reranker=None, n_threads=None, progress=None))]
    fn add(
        &self,
        py: Python<'_>,
        article: ArticleTuple,
        reranker: Option<Py<PyReranker>>,
        n_threads: Option<usize>,
        progress: Option<Py<PyAny>>,
    ) -> PyResult<Self> {
        let articles = self.core.articles.iter().cloned().chain([from_tuple(article)]).collect();
        let config = Config { n_threads, ..self.core.config.clone() };
        let reranker = reranker.as_ref().map(|reranker| &reranker.get().0);
        observed(py, progress, |observer| compare_with(articles, &config, reranker, observer).map(Self::new))
    }

    fn rethreshold(&self, py: Python<'_>, min_probability: f32) -> PyResult<Self> {
        let points = Arc::clone(&self.points);
        observed(py, None, |observer| Ok(Self { core: self.core.rethreshold(min_probability, observer)?, points }))
    }
}

fn reason(reason: &Reason) -> (&'static str, String) {
    let relation = match reason.relation {
        Relation::Supports => "supports",
        Relation::Conflicts => "conflicts",
    };
    (relation, reason.text.clone())
}

/// Passes progress to a Python callable and lets Ctrl-C through.
struct PythonObserver {
    callback: Option<Py<PyAny>>,
    raised: Option<PyErr>,
}

impl Observer for PythonObserver {
    fn progress(&mut self, stage: &'static str, done: usize, total: usize) -> Result<()> {
        let outcome = Python::attach(|py| {
            py.check_signals()?;
            self.callback.as_ref().map_or(Ok(()), |callback| callback.call1(py, (stage, done, total)).map(|_| ()))
        });
        outcome.map_err(|raised| {
            self.raised = Some(raised);
            Error::Interrupted
        })
    }
}

#[pyfunction(name = "compare")]
#[pyo3(signature = (articles, *, language, min_probability, encoder=None, reranker=None, n_threads=None, progress=None,
    exhaustive_sentences=None))]
#[expect(clippy::too_many_arguments, reason = "Python names them")]
fn py_compare(
    py: Python<'_>,
    articles: Vec<ArticleTuple>,
    language: String,
    min_probability: f32,
    encoder: Option<&str>,
    reranker: Option<Py<PyReranker>>,
    n_threads: Option<usize>,
    progress: Option<Py<PyAny>>,
    exhaustive_sentences: Option<usize>,
) -> PyResult<PyComparison> {
    let articles = articles.into_iter().map(from_tuple).collect();
    let mut config =
        Config { language, min_probability, n_threads, encoding: Encoding::from_name(encoder)?, ..Config::default() };
    if let Some(n) = exhaustive_sentences {
        config.candidate.exhaustive_sentences = n;
    }
    let reranker = reranker.as_ref().map(|reranker| &reranker.get().0);
    observed(py, progress, |observer| compare_with(articles, &config, reranker, observer).map(PyComparison::new))
}

/// Where the sentences of every scored pair say otherwise, with what is weighed of it, for fitting the weights.
#[pyfunction]
#[pyo3(signature = (articles, *, encoder=None))]
fn differences(py: Python<'_>, articles: Vec<ArticleTuple>, encoder: Option<&str>) -> PyResult<Vec<DifferenceTuple>> {
    let articles = articles.into_iter().map(from_tuple).collect();
    let config = Config { encoding: Encoding::from_name(encoder)?, ..Config::default() };
    let (articles, sentences, found) = py.detach(|| differing(articles, &config, &mut Silent))?;
    let points: Vec<_> = articles.iter().map(|article| CodePoints::new(&article.text)).collect();
    let place = |sentence: SentenceId| {
        let sentence = &sentences[sentence.index()];
        let article = sentence.article.index();
        let (start, end) = points[article].span(&articles[article].text, sentence.span);
        (article, start, end)
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

fn from_tuple((id, text, title, source, url, published): ArticleTuple) -> Article {
    Article { id, text, title, source, url, published }
}

/// Runs `work` without the GIL; what the callable or a signal handler raises ends it.
fn observed(
    py: Python<'_>,
    callback: Option<Py<PyAny>>,
    work: impl FnOnce(&mut PythonObserver) -> Result<PyComparison> + Send,
) -> PyResult<PyComparison> {
    let mut observer = PythonObserver { callback, raised: None };
    let outcome = py.detach(|| work(&mut observer));
    outcome.map_err(|error| observer.raised.unwrap_or_else(|| error.into()))
}

pub fn register(module: &Bound<'_, PyModule>) -> PyResult<()> {
    module.add_class::<PyComparison>()?;
    module.add_function(wrap_pyfunction!(differences, module)?)?;
    module.add_function(wrap_pyfunction!(sign_names, module)?)?;
    module.add_function(wrap_pyfunction!(py_compare, module)?)
}
