//! Floor 13. The one module that knows the order of the floors.

use serde::{Deserialize, Serialize};

use crate::align::{AlignToken, align};
use crate::article::{Article, sort_articles};
use crate::candidate::{CandidatePair, candidates};
use crate::clean::{Kind, clean};
use crate::error::{Error, Result};
use crate::link::{Link, Reason, Relation, score, spans};
use crate::pool::install;
use crate::report::{Report, Unique, WeightedTerm, articles_of, rank};
use crate::sentence::{Sentence, segment};
use crate::similarity::top_n_similar;
use crate::span::TermId;
use crate::statement::cluster;
use crate::tfidf::{idf, tfidf};
use crate::token::{Vocabulary, tokenize};
use rayon::prelude::*;

/// All settings with their defaults in one place.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Config {
    /// ISO 639-1 code of the articles' language.
    pub language: String,
    /// Links below this probability join no statements.
    pub min_probability: f32,
    /// Threads to use; `None`: the environment variable, else one per core.
    pub n_threads: Option<usize>,
}

impl Default for Config {
    fn default() -> Self {
        Self { language: "en".into(), min_probability: 0.5, n_threads: None }
    }
}

/// Told how far the work is, on the caller's thread; an error stops the work.
pub trait Observer {
    /// `stage` is a word for the reader, `done` of `total` steps of it are behind us.
    fn progress(&mut self, stage: &'static str, done: usize, total: usize) -> Result<()>;
}

/// An observer that does nothing.
pub struct Silent;

impl Observer for Silent {
    fn progress(&mut self, _: &'static str, _: usize, _: usize) -> Result<()> {
        Ok(())
    }
}

/// The outcome of [`compare`]: what was read, every scored candidate, and the report at one threshold.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Comparison {
    /// The settings.
    pub config: Config,
    /// In order of id.
    pub articles: Vec<Article>,
    /// By article, then by offset.
    pub sentences: Vec<Sentence>,
    /// Every scored candidate, best first.
    pub links: Vec<Link>,
    /// The report at `config.min_probability`.
    pub report: Report,
}

/// Compares articles: the main job.
pub fn compare(articles: Vec<Article>, config: &Config, observer: &mut dyn Observer) -> Result<Comparison> {
    check_probability(config.min_probability)?;
    let articles = sort_articles(articles)?;
    observer.progress("reading", 0, articles.len())?;
    let mut sentences = Vec::new();
    for (index, (article, text)) in articles.iter().zip(clean(&articles)).enumerate() {
        sentences.extend(segment(index.into(), article, &text, &config.language)?);
    }
    let mut vocabulary = Vocabulary::default();
    let mut rows = Vec::new();
    let mut tokens = Vec::new();
    for sentence in &sentences {
        let text = sentence.span.of(&articles[sentence.article.index()].text);
        let words = tokenize(text);
        let row: Vec<TermId> = words.iter().map(|word| vocabulary.intern(&word.span.of(text).to_lowercase())).collect();
        tokens.push(words.iter().map(|word| word.span.shifted(sentence.span.start)).collect::<Vec<_>>());
        rows.push(row);
    }
    let weights = idf(&rows, vocabulary.len());
    let tokens: Vec<Vec<AlignToken>> = tokens
        .iter()
        .zip(&rows)
        .map(|(spans, row)| {
            spans
                .iter()
                .zip(row)
                .map(|(&span, &term)| AlignToken { span, term, weight: weights[term.index()] - 1.0 })
                .collect()
        })
        .collect();

    let pairs = candidates(&sentences, &rows, vocabulary.len(), 200);
    let mut links = Vec::with_capacity(pairs.len());
    for (step, chunk) in pairs.chunks(8192).enumerate() {
        observer.progress("linking", step * 8192, pairs.len())?;
        let scored: Vec<Link> =
            install(config.n_threads, || chunk.par_iter().map(|pair| link(*pair, &tokens, &vocabulary)).collect())?;
        links.extend(scored);
    }
    links.sort_by(|a, b| b.probability.total_cmp(&a.probability).then((a.left, a.right).cmp(&(b.left, b.right))));
    let report = report(&articles, &sentences, &links, config.min_probability, &rows, &vocabulary)?;
    Ok(Comparison { config: config.clone(), articles, sentences, links, report })
}

impl Comparison {
    /// The same comparison at another threshold; links are not scored again.
    pub fn rethreshold(&self, min_probability: f32) -> Result<Self> {
        check_probability(min_probability)?;
        let config = Config { min_probability, ..self.config.clone() };
        let (statements, unique) = group(&self.sentences, &self.links, min_probability);
        let report = Report { statements, unique, ..self.report.clone() };
        Ok(Self { config, report, ..self.clone() })
    }
}

fn check_probability(value: f32) -> Result<()> {
    if (0.0..=1.0).contains(&value) {
        return Ok(());
    }
    Err(Error::InvalidParameter {
        parameter: "min_probability",
        expected: "a number from 0 to 1".into(),
        actual: value.to_string(),
    })
}

fn link(pair: CandidatePair, tokens: &[Vec<AlignToken>], vocabulary: &Vocabulary) -> Link {
    let (left, right) = (&tokens[pair.left.index()], &tokens[pair.right.index()]);
    let alignment = align(left, right);
    let mut shared: Vec<_> = alignment.matches.iter().map(|&(i, _, _)| left[i]).collect();
    shared.sort_by(|a, b| b.weight.total_cmp(&a.weight).then(a.span.cmp(&b.span)));
    let words: Vec<_> = shared.iter().take(5).map(|token| vocabulary.term(token.term)).collect();
    let reasons = vec![Reason { relation: Relation::Supports, text: format!("shares {}", words.join(", ")) }];
    Link {
        left: pair.left,
        right: pair.right,
        probability: score(left, right, &alignment),
        spans: spans(left, right, &alignment),
        reasons,
    }
}

fn group(
    sentences: &[Sentence],
    links: &[Link],
    min_probability: f32,
) -> (Vec<crate::statement::Statement>, Vec<Unique>) {
    let body: Vec<_> = cluster(sentences, links, min_probability)
        .into_iter()
        .filter(|statement| sentences[statement.mentions[0].sentence.index()].kind != Kind::Boilerplate)
        .collect();
    let statements = rank(body, sentences);
    let mut unique: Vec<_> = statements
        .iter()
        .filter(|statement| articles_of(statement, sentences).len() == 1)
        .map(|statement| {
            let mention = statement.mentions[0];
            Unique {
                article: sentences[mention.sentence.index()].article,
                span: mention.span,
                score: mention.span.len() as f32,
                reasons: vec!["no other article says it".into()],
            }
        })
        .collect();
    unique.sort_by(|a, b| b.score.total_cmp(&a.score).then((a.article, a.span).cmp(&(b.article, b.span))));
    (statements, unique)
}

fn report(
    articles: &[Article],
    sentences: &[Sentence],
    links: &[Link],
    min_probability: f32,
    rows: &[Vec<TermId>],
    vocabulary: &Vocabulary,
) -> Result<Report> {
    let n = articles.len();
    let mut article_rows = vec![Vec::new(); n];
    for (sentence, row) in sentences.iter().zip(rows) {
        article_rows[sentence.article.index()].extend_from_slice(row);
    }
    let weights = idf(&article_rows, vocabulary.len());
    let matrix = tfidf(&article_rows, &weights);
    let mut dense = ndarray::Array2::<f32>::zeros((n, vocabulary.len()));
    for row in 0..n {
        let (columns, values) = matrix.row(row);
        columns.iter().zip(values).for_each(|(&column, &value)| dense[[row, column as usize]] = value);
    }
    let nearest = top_n_similar(dense.view(), dense.view(), n, 0.0)?;
    let mut similarity = vec![0.0; n * n];
    for row in 0..n {
        let (columns, values) = nearest.row(row);
        columns.iter().zip(values).for_each(|(&column, &value)| similarity[row * n + column as usize] = value.min(1.0));
    }
    let mut found = vec![vec![false; n]; sentences.len()];
    for link in links.iter().filter(|link| link.probability >= min_probability) {
        found[link.left.index()][sentences[link.right.index()].article.index()] = true;
        found[link.right.index()][sentences[link.left.index()].article.index()] = true;
    }
    let mut containment = vec![0.0; n * n];
    let mut total = vec![0.0; n];
    for (sentence, found) in sentences.iter().zip(&found) {
        let (row, length) = (sentence.article.index(), sentence.span.len() as f32);
        total[row] += length;
        (0..n).filter(|&column| found[column]).for_each(|column| containment[row * n + column] += length);
    }
    for row in 0..n {
        containment[row * n..(row + 1) * n].iter_mut().for_each(|value| *value /= f32::max(total[row], 1.0));
        containment[row * n + row] = 1.0;
    }
    let terms = (0..n)
        .map(|row| {
            let (columns, values) = matrix.row(row);
            let mut terms: Vec<WeightedTerm> = columns
                .iter()
                .zip(values)
                .map(|(&column, &value)| (vocabulary.term(TermId(column as u32)).to_owned(), value))
                .collect();
            terms.sort_by(|a, b| b.1.total_cmp(&a.1).then_with(|| a.0.cmp(&b.0)));
            terms
        })
        .collect();
    let (statements, unique) = group(sentences, links, min_probability);
    Ok(Report { statements, unique, similarity, containment, terms })
}
