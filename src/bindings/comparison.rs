//! The main job and its outcome, as plain tuples that `python/storydiff/comparison.py` dresses.

use std::borrow::Cow;
use std::collections::HashMap;
use std::sync::Arc;

use numpy::ndarray::{Array2, Axis};
use numpy::{IntoPyArray, PyArray2};
use pyo3::prelude::*;
use pyo3::types::PyBytes;

use super::encode::Signals;
use super::observer::observed;
use super::offsets::CodePoints;
use super::order::Order;
use super::reranker::AnyReranker;
use crate::article::Article;
use crate::conflict::Conflict;
use crate::encode::PairScorer;
use crate::error::{Error, Result};
use crate::link::{Encoding, Link, Reason, Relation};
use crate::passage::Passage;
use crate::pipeline::{Comparison, Config, Observer, compare_with};
use crate::report::{Dispute, articles_of};
use crate::saved;
use crate::span::{ArticleId, SentenceId, Span};
use crate::statement::Mention;

/// `(id, text, title, source, url, published)`
pub(super) type ArticleTuple = (String, String, Option<String>, Option<String>, Option<String>, Option<String>);
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
/// `(left article, left span, right article, right span, words)`
type PassageTuple = (usize, SpanTuple, usize, SpanTuple, usize);
/// `([(sentence, start, end, probability, that its article says all of the text)], text, origins, probability, who perhaps says
/// it, what is read first)`
type StatementTuple<'a> = (Vec<(usize, usize, usize, f32, f32)>, Cow<'a, str>, usize, f32, Vec<usize>, Option<&'a str>);
/// `(similarity, containment)`
type LikenessTuple<'py> = (Bound<'py, PyArray2<f32>>, Bound<'py, PyArray2<f32>>);
/// `(article, start, end, score, probability, reasons)`
type UniqueTuple = (usize, usize, usize, f32, f32, Vec<String>, Option<(usize, usize)>);
/// `(left article, right article, share of the left, share of the right, words)`
type CopyTuple = (usize, usize, f32, f32, usize);
/// `(article, sentence, start, end, speaker, other articles)`
type QuoteTuple<'a> = (usize, usize, usize, usize, Option<&'a str>, Vec<usize>);

/// `([(sentence, spans)], probability)`
type PartialTuple = (Vec<(usize, Vec<SpanTuple>)>, f32);

/// The outcome of comparing articles. All positions that leave it are the caller's: [`Order`] converts.
#[pyclass(name = "Comparison", frozen, module = "storydiff._storydiff")]
pub struct PyComparison {
    core: Comparison,
    points: Arc<Vec<CodePoints>>,
    order: Arc<Order>,
}

impl PyComparison {
    /// `given` lists the core's articles as the caller gave them.
    fn new(core: Comparison, given: Vec<usize>) -> Result<Self> {
        let points = Arc::new(core.articles.iter().map(|article| CodePoints::new(&article.text)).collect());
        let order = Arc::new(Order::new(given, &core.sentences)?);
        Ok(Self { core, points, order })
    }

    /// What came of comparing articles that the caller gave in the order of these ids.
    fn of(core: Comparison, ids: &[String]) -> Result<Self> {
        let by_id: HashMap<&str, usize> = core.articles.iter().enumerate().map(|(at, a)| (&*a.id, at)).collect();
        let given = ids.iter().map(|id| by_id[&**id]).collect();
        Self::new(core, given)
    }

    fn given(&self) -> impl Iterator<Item = &Article> {
        self.order.given().iter().map(|&article| &self.core.articles[article])
    }

    fn span(&self, article: ArticleId, span: Span) -> SpanTuple {
        self.points[article.index()].span(&self.core.articles[article.index()].text, span)
    }

    fn link(&self, link: &Link) -> LinkTuple {
        let article = |sentence: SentenceId| self.core.sentences[sentence.index()].article;
        let (left, right) = (article(link.left), article(link.right));
        let spans = link.spans.iter().map(|&(a, b)| (self.span(left, a), self.span(right, b))).collect();
        let reasons = link.reasons.iter().map(reason).collect();
        (self.order.sentence(link.left), self.order.sentence(link.right), link.probability, spans, reasons)
    }
}

#[pymethods]
impl PyComparison {
    fn article_ids(&self) -> Vec<&str> {
        self.given().map(|article| &*article.id).collect()
    }

    /// The core's articles as given, by their positions.
    fn order(&self) -> Vec<usize> {
        self.order.given().to_vec()
    }

    fn articles(&self) -> Vec<ArticleTuple> {
        self.given()
            .cloned()
            .map(|Article { id, text, title, source, url, published }| (id, text, title, source, url, published))
            .collect()
    }

    #[getter]
    fn language(&self) -> &str {
        &self.core.config.language
    }

    #[getter]
    fn encoder(&self) -> Option<&'static str> {
        self.core.config.encoding.name()
    }

    #[getter]
    fn reader(&self) -> &'static str {
        let all = self.core.config.encoding == Encoding::Mpnet;
        match (self.core.reranked, self.core.reads()) {
            (true, _) => "thorough",
            (false, true) if all => "thorough",
            (false, true) => "standard",
            (false, false) => "fast",
        }
    }

    #[getter]
    fn min_probability(&self) -> f32 {
        self.core.config.min_probability
    }

    fn sentences(&self) -> Vec<SentenceTuple> {
        let tuple = |sentence: &crate::sentence::Sentence| {
            let (start, end) = self.span(sentence.article, sentence.span);
            let kind = match sentence.kind {
                crate::clean::Kind::Headline => "headline",
                crate::clean::Kind::Body => "body",
                crate::clean::Kind::Boilerplate => "boilerplate",
            };
            (self.order.article(sentence.article), sentence.index, start, end, kind)
        };
        let mut sentences: Vec<_> = self.core.sentences.iter().map(tuple).collect();
        sentences.sort_unstable_by_key(|&(article, index, ..)| (article, index));
        sentences
    }

    fn links(&self, min_probability: f32) -> Vec<LinkTuple> {
        let kept = self.core.links.iter().take_while(|link| link.probability >= min_probability);
        kept.map(|link| self.link(link)).collect()
    }

    fn conflicts(&self) -> Vec<ConflictTuple> {
        let article = |sentence: SentenceId| self.core.sentences[sentence.index()].article;
        let tuple = |conflict: &Conflict| {
            let Conflict { kind, what, left, right, left_span, right_span, probability } = conflict;
            let spans = (self.span(article(*left), *left_span), self.span(article(*right), *right_span));
            let [left, right] = [left, right].map(|&sentence| self.order.sentence(sentence));
            (kind.name(), what.clone(), left, right, spans.0, spans.1, *probability)
        };
        self.core.conflicts.iter().map(tuple).collect()
    }

    fn disputes(&self) -> Vec<DisputeTuple> {
        let mention = |mention: &Mention| {
            let (start, end) = self.span(self.core.sentences[mention.sentence.index()].article, mention.span);
            (self.order.sentence(mention.sentence), start, end, mention.probability)
        };
        let tuple = |dispute: Dispute| {
            let value = |value: &Vec<Mention>| {
                let mut mentions: Vec<_> = value.iter().map(mention).collect();
                mentions.sort_unstable_by_key(|&(sentence, start, ..)| (sentence, start));
                mentions
            };
            (dispute.kind.name(), dispute.what, dispute.values.iter().map(value).collect())
        };
        self.core.disputes().into_iter().map(tuple).collect()
    }

    fn passages(&self, py: Python<'_>, min_words: usize) -> PyResult<Vec<PassageTuple>> {
        let tuple = |passage: Passage| {
            let (left, right) = (passage.left, passage.right);
            let (left_span, right_span) = (self.span(left, passage.left_span), self.span(right, passage.right_span));
            (self.order.article(left), left_span, self.order.article(right), right_span, passage.n_words)
        };
        let mut signals = Signals::default();
        let passages = py.detach(|| {
            let found = self.core.passages(min_words, &mut || signals.check())?;
            Ok(found.into_iter().map(tuple).collect())
        });
        passages.map_err(|error| signals.raised(error))
    }

    fn statements(&self) -> Vec<StatementTuple<'_>> {
        let statements = self.core.report.statements.iter();
        statements
            .map(|statement| {
                let mentions = statement.mentions.iter().map(|mention| {
                    let article = self.core.sentences[mention.sentence.index()].article;
                    let (start, end) = self.span(article, mention.span);
                    (self.order.sentence(mention.sentence), start, end, mention.probability, mention.entails)
                });
                let mut mentions: Vec<_> = mentions.collect();
                mentions.sort_unstable_by_key(|&(sentence, start, ..)| (sentence, start));
                let article = self.core.sentences[statement.shown.sentence.index()].article;
                let whole = &*self.core.articles[article.index()].text;
                let (text, first) = (statement.shown.text(whole), statement.antecedent.map(|first| first.of(whole)));
                let mut perhaps: Vec<_> = statement.perhaps.iter().map(|&other| self.order.article(other)).collect();
                perhaps.sort_unstable();
                (mentions, text, statement.n_origins, statement.probability, perhaps, first)
            })
            .collect()
    }

    fn unique(&self) -> Vec<UniqueTuple> {
        let spans = self.core.report.unique.iter();
        spans
            .map(|unique| {
                let (start, end) = self.span(unique.article, unique.span);
                let article = self.order.article(unique.article);
                let antecedent = unique.antecedent.map(|antecedent| self.span(unique.article, antecedent));
                (article, start, end, unique.score, unique.probability, unique.reasons.clone(), antecedent)
            })
            .collect()
    }

    fn partials(&self, py: Python<'_>) -> Vec<PartialTuple> {
        let partials = py.detach(|| self.core.partials());
        let tuple = |partial: crate::report::Partial| {
            let spans = |(&sentence, spans): (&SentenceId, &Vec<Span>)| {
                let article = self.core.sentences[sentence.index()].article;
                let spans = spans.iter().map(|&span| self.span(article, span)).collect();
                (self.order.sentence(sentence), spans)
            };
            let mut sentences: Vec<_> = partial.sentences.iter().zip(&partial.spans).map(spans).collect();
            sentences.sort_unstable_by_key(|&(sentence, _)| sentence);
            (sentences, partial.probability)
        };
        partials.into_iter().map(tuple).collect()
    }

    fn copies(&self, py: Python<'_>) -> PyResult<Vec<CopyTuple>> {
        let mut signals = Signals::default();
        let found = py.detach(|| self.core.copies(&mut || signals.check()));
        let tuple = |copy: crate::report::Copy| {
            let [left, right] = [copy.left, copy.right].map(|article| self.order.article(article));
            (left, right, copy.share_left, copy.share_right, copy.n_words)
        };
        Ok(found.map_err(|error| signals.raised(error))?.into_iter().map(tuple).collect())
    }

    fn quotes(&self, py: Python<'_>) -> Vec<QuoteTuple<'_>> {
        let quotes = py.detach(|| self.core.quotes());
        let tuple = |quote: crate::report::Quote| {
            let (start, end) = self.span(quote.article, quote.span);
            let speaker = quote.speaker.map(|speaker| speaker.of(&self.core.articles[quote.article.index()].text));
            let mut others: Vec<usize> = quote.others.iter().map(|&other| self.order.article(other)).collect();
            others.sort_unstable();
            (self.order.article(quote.article), self.order.sentence(quote.sentence), start, end, speaker, others)
        };
        let mut quotes: Vec<_> = quotes.into_iter().map(tuple).collect();
        quotes.sort_by_key(|&(article, _, start, ..)| (article, start));
        quotes
    }

    fn coverage<'py>(&self, py: Python<'py>) -> Bound<'py, PyArray2<bool>> {
        let statements = &self.core.report.statements;
        let mut coverage = Array2::from_elem((statements.len(), self.core.articles.len()), false);
        for (row, statement) in statements.iter().enumerate() {
            for article in articles_of(statement, &self.core.sentences) {
                coverage[[row, self.order.article(article)]] = true;
            }
        }
        coverage.into_pyarray(py)
    }

    fn likeness<'py>(&self, py: Python<'py>) -> PyResult<LikenessTuple<'py>> {
        let mut signals = Signals::default();
        let likeness = py.detach(|| self.core.likeness(&mut || signals.check()));
        let likeness = likeness.map_err(|error| signals.raised(error))?;
        let given = self.order.given();
        let [similarity, containment] = [likeness.similarity, likeness.containment]
            .map(|matrix| matrix.select(Axis(0), given).select(Axis(1), given).into_pyarray(py));
        Ok((similarity, containment))
    }

    fn terms(&self, py: Python<'_>, article: usize, n: usize) -> Vec<(String, f32)> {
        py.detach(|| self.core.terms(self.order.given()[article].into(), n))
    }

    fn to_json<'py>(&self, py: Python<'py>) -> Bound<'py, PyBytes> {
        PyBytes::new(py, &py.detach(|| saved::to_json(&self.core)))
    }

    /// `order` is what `order()` gave; without one the articles are in its own order.
    #[staticmethod]
    #[pyo3(signature = (json, order=None))]
    fn from_json(py: Python<'_>, json: &[u8], order: Option<Vec<usize>>) -> PyResult<Self> {
        observed(py, None, |observer| {
            let core = saved::from_json(json, observer)?;
            let n = core.articles.len();
            let order = order.unwrap_or_else(|| (0..n).collect());
            if order.len() != n {
                return Err(Error::ShapeMismatch { what: "order", expected: n, actual: order.len() });
            }
            Self::new(core, order)
        })
    }

    /// What comparing all articles and more afresh gives, with the same settings.
    #[pyo3(signature = (articles, *, reranker=None, n_threads=None, progress=None))]
    fn add(
        &self,
        py: Python<'_>,
        articles: Vec<ArticleTuple>,
        reranker: Option<Py<PyAny>>,
        n_threads: Option<usize>,
        progress: Option<Py<PyAny>>,
    ) -> PyResult<Self> {
        let more: Vec<Article> = articles.into_iter().map(from_tuple).collect();
        let ids = self.given().chain(&more).map(|article| article.id.clone()).collect();
        compared(py, progress, ids, reranker, |scorer, observer| self.core.add(more, n_threads, scorer, observer))
    }

    fn rethreshold(&self, py: Python<'_>, min_probability: f32) -> PyResult<Self> {
        let (points, order) = (Arc::clone(&self.points), Arc::clone(&self.order));
        observed(py, None, |observer| {
            Ok(Self { core: self.core.rethreshold(min_probability, observer)?, points, order })
        })
    }
}

fn reason(reason: &Reason) -> (&'static str, String) {
    let relation = match reason.relation {
        Relation::Supports => "supports",
        Relation::Conflicts => "conflicts",
    };
    (relation, reason.text.clone())
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
    reranker: Option<Py<PyAny>>,
    n_threads: Option<usize>,
    progress: Option<Py<PyAny>>,
    exhaustive_sentences: Option<usize>,
) -> PyResult<PyComparison> {
    let articles: Vec<Article> = articles.into_iter().map(from_tuple).collect();
    let mut config =
        Config { language, min_probability, n_threads, encoding: Encoding::from_name(encoder)?, ..Config::default() };
    if let Some(n) = exhaustive_sentences {
        config.candidate.exhaustive_sentences = n;
    }
    let ids = articles.iter().map(|article| article.id.clone()).collect();
    compared(py, progress, ids, reranker, |scorer, observer| compare_with(articles, &config, scorer, observer))
}

/// The articles with these ids, in their order, as `compare` compares them with a scorer of the caller's.
fn compared(
    py: Python<'_>,
    progress: Option<Py<PyAny>>,
    ids: Vec<String>,
    reranker: Option<Py<PyAny>>,
    compare: impl FnOnce(Option<&dyn PairScorer>, &mut dyn Observer) -> Result<Comparison> + Send,
) -> PyResult<PyComparison> {
    let reranker = reranker.map(|given| AnyReranker::new(py, given));
    let compared = observed(py, progress, |observer| {
        let scorer = reranker.as_ref().map(AnyReranker::scorer);
        PyComparison::of(compare(scorer, observer)?, &ids)
    });
    compared.map_err(|error| reranker.and_then(AnyReranker::raised).unwrap_or(error))
}

pub(super) fn from_tuple((id, text, title, source, url, published): ArticleTuple) -> Article {
    Article { id, text, title, source, url, published }
}

pub fn register(module: &Bound<'_, PyModule>) -> PyResult<()> {
    module.add_class::<PyComparison>()?;
    module.add_function(wrap_pyfunction!(py_compare, module)?)
}
