//! Floor 13. The one module that knows the order of the floors.

use std::cell::RefCell;
use std::sync::Arc;

use rustc_hash::FxHashSet;
use serde::{Deserialize, Serialize};

use crate::article::{Article, sort_articles};
use crate::candidate::{CandidateConfig, CandidatePair};
use crate::clause::MAX_WORDS;
use crate::clean::{Furniture, Kind, clean};
use crate::conflict::{Conflict, Difference};
use crate::encode::{Cache, PairScorer, Question};
use crate::error::{Error, Result};
use crate::language::Language;
use crate::link::{Encoding, Link, Verbatim};
use crate::passage::{Passage, passages};
use crate::pool::{GoOn, install};
use crate::report::{
    self, Copy, Dispute, Likeness, Partial, Quote, Report, WeightedTerm, copies, disputes, likeness, partials, quotes,
    rank, terms, unique, with_antecedents,
};
use crate::sentence::{Sentence, segment};
use crate::span::ArticleId;
use crate::statement::{Material, Reads, StatementConfig, cluster};
use crate::story::Story;

mod conflicts;
mod links;
mod pairs;

use self::conflicts::conflicts;
use self::links::{Readable, links};
use self::pairs::candidates;

/// All settings with their defaults in one place.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Config {
    /// ISO 639-1 code of the articles' language.
    pub language: String,
    /// Links below this probability join no statements.
    pub min_probability: f32,
    /// Threads to use; `None`: the environment variable, else one per core.
    pub n_threads: Option<usize>,
    /// Which encoder compares words.
    pub encoding: Encoding,
    /// What is worth scoring.
    pub candidate: CandidateConfig,
    /// What belongs together.
    pub statement: StatementConfig,
}

impl Default for Config {
    fn default() -> Self {
        Self {
            language: "en".into(),
            min_probability: 0.5,
            n_threads: None,
            encoding: Encoding::default(),
            candidate: CandidateConfig::default(),
            statement: StatementConfig::default(),
        }
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
#[derive(Debug, Clone)]
pub struct Comparison {
    /// The settings.
    pub config: Config,
    /// By text; of one text by id.
    pub articles: Vec<Article>,
    /// By article, then by offset.
    pub sentences: Vec<Sentence>,
    /// Every scored candidate, best first.
    pub links: Vec<Link>,
    /// Where articles contradict each other, most certain first.
    pub conflicts: Vec<Conflict>,
    /// The report at `config.min_probability`.
    pub report: Report,
    /// Whether a reranker looked at the links again.
    pub reranked: bool,
    /// What the transformers read, for [`Comparison::add`].
    pub(crate) cache: Arc<Cache>,
    /// Follows from articles and sentences.
    story: Story,
}

/// Compares articles: the main job.
pub fn compare(articles: Vec<Article>, config: &Config, observer: &mut dyn Observer) -> Result<Comparison> {
    compare_with(articles, config, None, observer)
}

/// [`compare`] with a scorer of the caller's, a cross-encoder say, that looks again at the links that may be.
pub fn compare_with(
    articles: Vec<Article>,
    config: &Config,
    reranker: Option<&dyn PairScorer>,
    observer: &mut dyn Observer,
) -> Result<Comparison> {
    compare_after(&Cache::default(), articles, config, reranker, observer)
}

/// [`compare_with`] after a comparison of some of the same texts.
fn compare_after(
    before: &Cache,
    articles: Vec<Article>,
    config: &Config,
    reranker: Option<&dyn PairScorer>,
    observer: &mut dyn Observer,
) -> Result<Comparison> {
    check_probability(config.min_probability)?;
    let Scored { articles, sentences, story, mut links, differing, mut cache } =
        score(before, articles, config, reranker, observer)?;
    let conflicts = conflicts(differing, &mut links, &articles, &sentences);
    links.sort_by(|a, b| b.probability.total_cmp(&a.probability).then((a.left, a.right).cmp(&(b.left, b.right))));
    let (config, reranked) = (config.clone(), reranker.is_some());
    let read = Read { articles: &articles, sentences: &sentences, story: &story, links: &links, conflicts: &conflicts };
    let report = report(read, (before, &mut cache), reranked, &config, observer)?;
    Ok(Comparison { config, articles, sentences, links, conflicts, report, reranked, cache: Arc::new(cache), story })
}

/// Where the sentences of every scored pair say otherwise, with what the judge weighs of it: to fit its weights.
pub fn differing(
    articles: Vec<Article>,
    config: &Config,
    observer: &mut dyn Observer,
) -> Result<(Vec<Article>, Vec<Sentence>, Vec<Differing>)> {
    let scored = score(&Cache::default(), articles, config, None, observer)?;
    Ok((scored.articles, scored.sentences, scored.differing))
}

/// A pair of sentences that say otherwise somewhere.
pub struct Differing {
    /// The pair.
    pub pair: CandidatePair,
    /// In bytes of the sentences.
    pub differences: Vec<Difference>,
}

/// The articles read and their sentences scored in pairs.
struct Scored {
    articles: Vec<Article>,
    sentences: Vec<Sentence>,
    story: Story,
    links: Vec<Link>,
    differing: Vec<Differing>,
    cache: Cache,
}

fn score(
    before: &Cache,
    articles: Vec<Article>,
    config: &Config,
    reranker: Option<&dyn PairScorer>,
    observer: &mut dyn Observer,
) -> Result<Scored> {
    let articles = sort_articles(articles)?;
    let language = Language::of(&config.language);
    observer.progress("reading", 0, articles.len())?;
    let mut sentences = Vec::new();
    let paragraphs = clean(&articles, language);
    let furniture = Furniture::new(&articles, &paragraphs, language);
    for (index, (article, text)) in articles.iter().zip(&paragraphs).enumerate() {
        if index % CHUNK == 0 {
            observer.progress("reading", index, articles.len())?;
        }
        sentences.extend(segment(index.into(), article, text, &furniture, &config.language)?);
    }
    observer.progress("reading", articles.len(), articles.len())?;
    let story = install(config.n_threads, || Story::new(&articles, &sentences, language))?;
    observer.progress("pairing", 0, sentences.len())?;
    let comparable = comparable(&sentences, &story);
    let mut pairs = candidates(&sentences, &story, &comparable, config, observer)?;
    let verbatim = Verbatim::new(&sentences, &story, &mut || observer.progress("linking", 0, pairs.len()))?;
    pairs.extend(verbatim.pairs().map(|(left, right)| CandidatePair { left, right }));
    pairs.sort_unstable();
    pairs.dedup();
    let texts = texts(&articles, &sentences, &comparable);
    let readable = Readable { texts: &texts, articles: &articles, sentences: &sentences, comparable: &comparable };
    let mut cache = Cache::default();
    let (mut links, differing) = links(&readable, pairs, (before, &mut cache), config, reranker, observer)?;
    let opposed: FxHashSet<CandidatePair> =
        differing.iter().filter(|of| of.differences.iter().any(Difference::is_opposed)).map(|of| of.pair).collect();
    let raised = |link: &&mut Link| !opposed.contains(&CandidatePair { left: link.left, right: link.right });
    links.iter_mut().filter(raised).for_each(|link| verbatim.raise(link));
    Ok(Scored { articles, sentences, story, links, differing, cache })
}

/// The text of each sentence that is scored; of the others nothing.
fn texts<'a>(articles: &'a [Article], sentences: &[Sentence], comparable: &[bool]) -> Vec<&'a str> {
    let text = |(sentence, comparable): (&Sentence, &bool)| match comparable {
        true => sentence.span.of(&articles[sentence.article.index()].text),
        false => "",
    };
    sentences.iter().zip(comparable).map(text).collect()
}

impl Comparison {
    /// The comparison of which these are the parts; they must fit each other.
    pub(crate) fn restore(
        config: Config,
        articles: Vec<Article>,
        sentences: Vec<Sentence>,
        links: Vec<Link>,
        conflicts: Vec<Conflict>,
        (reranked, cache): (bool, Cache),
        observer: &mut dyn Observer,
    ) -> Result<Self> {
        check_probability(config.min_probability)?;
        let language = Language::of(&config.language);
        let story = install(config.n_threads, || Story::new(&articles, &sentences, language))?;
        let read =
            Read { articles: &articles, sentences: &sentences, story: &story, links: &links, conflicts: &conflicts };
        let mut kept = cache.without_outdated(config.n_threads)?;
        let report = report(read, (&Cache::default(), &mut kept), reranked, &config, observer)?;
        let cache = Arc::new(kept);
        Ok(Self { config, articles, sentences, links, conflicts, report, reranked, cache, story })
    }

    /// What comparing its articles and more afresh gives, to the bit. The transformers read what is new alone; words are
    /// weighed and compared anew, since a new article changes how telling each of them is.
    pub fn add(
        &self,
        articles: Vec<Article>,
        n_threads: Option<usize>,
        reranker: Option<&dyn PairScorer>,
        observer: &mut dyn Observer,
    ) -> Result<Self> {
        let articles = self.articles.iter().cloned().chain(articles).collect();
        let config = Config { n_threads, ..self.config.clone() };
        compare_after(&self.cache, articles, &config, reranker, observer)
    }

    /// The same comparison at another threshold; nothing is scored again.
    pub fn rethreshold(&self, min_probability: f32, observer: &mut dyn Observer) -> Result<Self> {
        check_probability(min_probability)?;
        let config = Config { min_probability, ..self.config.clone() };
        let Self { articles, sentences, story, links, conflicts, .. } = self;
        let read = Read { articles, sentences, story, links, conflicts };
        let report = report(read, (&self.cache, &mut Cache::default()), self.reranked, &config, observer)?;
        Ok(Self { config, report, ..self.clone() })
    }

    /// Whether the transformer read the story, or words alone were compared.
    pub fn reads(&self) -> bool {
        let comparable = comparable(&self.sentences, &self.story);
        let texts: Vec<&str> = texts(&self.articles, &self.sentences, &comparable);
        self.config.encoding.reads(&texts, texts.len(), &self.config.language).unwrap_or(false)
    }

    /// Similarity and containment of the articles; computed anew on each call.
    pub fn likeness(&self, go_on: GoOn) -> Result<Likeness> {
        likeness(&self.articles, &self.sentences, &self.story, &self.report.statements, go_on)
    }

    /// The `n` most distinctive terms of an article.
    pub fn terms(&self, article: ArticleId, n: usize) -> Vec<WeightedTerm> {
        terms(&self.articles, &self.sentences, &self.story, article, n)
    }

    /// What the articles disagree on, one entry a fact; those of most articles first.
    pub fn disputes(&self) -> Vec<Dispute> {
        disputes(&self.articles, &self.sentences, &self.conflicts, &self.links)
    }

    /// What two articles have in common word for word; boilerplate aside.
    pub fn passages(&self, min_words: usize, go_on: GoOn) -> Result<Vec<Passage>> {
        passages(&self.story.placed_as_read(&self.sentences), min_words, go_on)
    }

    /// Who shares whose text, the greatest share first.
    pub fn copies(&self, go_on: GoOn) -> Result<Vec<Copy>> {
        let placed = self.story.placed_as_read(&self.sentences);
        let passages = passages(&placed, MIN_PASSAGE, go_on)?;
        Ok(copies(&placed, &passages))
    }

    /// Sentences that say something together which no statement tells, those of most articles first.
    pub fn partials(&self) -> Vec<Partial> {
        let found = (&*self.report.statements, &*self.conflicts);
        partials(&self.articles, &self.sentences, &self.story, found, &self.links, self.config.min_probability)
    }

    /// The quotations of all articles in reading order.
    pub fn quotes(&self) -> Vec<Quote> {
        quotes(&self.articles, &self.sentences, self.story.language)
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

/// Fewer words in a row are no copy.
const MIN_PASSAGE: usize = 8;
/// Sentences looked at between two looks at the observer.
const CHUNK: usize = 1024;

/// Which sentences are scored: boilerplate, those that stand earlier in the same article and endless ones, which are
/// compared by passages alone, are not.
fn comparable(sentences: &[Sentence], story: &Story) -> Vec<bool> {
    let mut last_in = vec![None; sentences.len()];
    let comparable = |(at, sentence): (usize, &Sentence)| {
        let repeated = last_in[story.first[at].index()].replace(sentence.article) == Some(sentence.article);
        let n_words = story.words[at].len();
        sentence.kind != Kind::Boilerplate && !repeated && 0 < n_words && n_words <= MAX_WORDS
    };
    sentences.iter().enumerate().map(comparable).collect()
}

/// What a report is made of.
#[derive(Clone, Copy)]
struct Read<'a> {
    articles: &'a [Article],
    sentences: &'a [Sentence],
    story: &'a Story,
    links: &'a [Link],
    conflicts: &'a [Conflict],
}

fn report(
    read: Read,
    (before, cache): (&Cache, &mut Cache),
    reranked: bool,
    config: &Config,
    observer: &mut dyn Observer,
) -> Result<Report> {
    let Read { articles, sentences, story, links, conflicts } = read;
    let min_probability = config.min_probability;
    let kept = RefCell::new(cache);
    let reads = |questions: &[Question], go_on: GoOn| {
        kept.borrow_mut().read_entailed(before, questions, config.n_threads, &mut |_, _| go_on())
    };
    let is_read = !reranked && !links.is_empty() && {
        let texts = texts(articles, sentences, &comparable(sentences, story));
        config.encoding.reads(&texts, texts.len(), &config.language)?
    };
    let reads: Option<Reads> = if is_read { Some(&reads) } else { None };
    let go_on = &mut || observer.progress("grouping", 0, 2);
    let max_partners = config.candidate.max_partners;
    let n_threads = config.n_threads;
    let material = Material { articles, sentences, story, links, conflicts, max_partners, reads, n_threads };
    let (statements, newness) = cluster(material, min_probability, config.statement, go_on)?;
    let mut statements = rank(statements, articles, sentences, story.language);
    let go_on = &mut || observer.progress("grouping", 1, 2);
    let quotes = &quotes(articles, sentences, story.language);
    if story.language.has_rules() {
        statements = with_antecedents(statements, articles, sentences, quotes);
    }
    let (statements, newness) = (&statements, &newness);
    let material =
        report::Material { articles, sentences, story, statements, newness, quotes, conflicts, links, min_probability };
    let unique = unique(material, go_on)?;
    let statements = statements.clone();
    observer.progress("grouping", 2, 2)?;
    Ok(Report { statements, unique })
}
