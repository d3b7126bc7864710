//! Pairs of sentences become links: the words are scored, what may be is read, and where the two differ they share the less.

use rayon::prelude::*;

use super::{CHUNK, Config, Differing, Observer};
use crate::article::Article;
use crate::candidate::CandidatePair;
use crate::conflict::{self, Difference, MIN_TOLD, Readings, certainty, differences};
use crate::encode::{Cache, PairScorer};
use crate::error::Result;
use crate::language::Language;
use crate::link::{
    Again, Closely, Encoding, Link, Places, Scorer, Together, Wordings, look_again, read_closely, rerank, unscored,
};
use crate::pool::install;
use crate::sentence::Sentence;

/// Links of fewer log-odds are none at any threshold in use.
const LIKELY: f32 = -1.0;
/// Pairs that one thread scores together.
const BLOCK: usize = 64;

/// What links are made from.
pub(super) struct Readable<'a> {
    pub(super) texts: &'a [&'a str],
    pub(super) articles: &'a [Article],
    pub(super) sentences: &'a [Sentence],
    pub(super) comparable: &'a [bool],
}

/// The pairs, which ascend, scored, and where they differ.
pub(super) fn links(
    readable: &Readable,
    pairs: Vec<CandidatePair>,
    (before, cache): (&Cache, &mut Cache),
    config: &Config,
    reranker: Option<&dyn PairScorer>,
    observer: &mut dyn Observer,
) -> Result<(Vec<Link>, Vec<Differing>)> {
    let &Readable { texts, articles, sentences, comparable } = readable;
    let n = texts.len();
    if pairs.is_empty() {
        // One article, say: nothing is read for nothing, but what cannot be asked for is still an error.
        config.encoding.reads(texts, n, &config.language)?;
        observer.progress("linking", 0, 0)?;
        return Ok((Vec::new(), Vec::new()));
    }
    let mut progress = |done, total| observer.progress("encoding", done, total);
    let kept = (before, &mut *cache);
    let readings = config.encoding.readings(texts, n, &config.language, kept, config.n_threads, &mut progress)?;
    let mut go_on = || observer.progress("linking", 0, pairs.len());
    let language = Language::of(&config.language);
    let scorer = Scorer::new_with(texts, n, readings.as_deref(), language, config.n_threads, &mut go_on)?;
    let score = |pairs: &[((u32, u32), CandidatePair)]| {
        let pairs: Vec<_> = pairs.iter().map(|(_, pair)| (pair.left.index(), pair.right.index())).collect();
        let odds = |(&(left, right), odds): (&(usize, usize), f32)| match comparable[left] && comparable[right] {
            true => odds,
            false => f32::NEG_INFINITY,
        };
        pairs.iter().zip(scorer.log_odds(&pairs)).map(odds).collect::<Vec<f32>>()
    };
    // Pairs of the same two texts are scored once.
    let mut scores = |pairs: &[CandidatePair]| -> Result<Vec<f32>> {
        let texts = |pair: &CandidatePair| scorer.texts_of(pair.left.index(), pair.right.index());
        let mut distinct: Vec<_> = pairs.iter().map(|&pair| (texts(&pair), pair)).collect();
        distinct.sort_unstable();
        distinct.dedup_by_key(|(texts, _)| *texts);
        let mut scores = Vec::with_capacity(distinct.len());
        for (step, chunk) in distinct.chunks(8 * CHUNK).enumerate() {
            observer.progress("linking", step * 8 * CHUNK, distinct.len())?;
            let scored = install(config.n_threads, || chunk.par_chunks(BLOCK).map(score).collect::<Vec<_>>())?;
            scores.extend(scored.into_iter().flatten());
        }
        let place = |texts: (u32, u32)| distinct.partition_point(|known| known.0 < texts);
        Ok(pairs.iter().map(|pair| scores[place(texts(pair))]).collect())
    };
    let places = Places::of(sentences, comparable);
    let first = scores(&pairs)?;
    let more = unscored(&pairs, &first, &places);
    let mut scored: Vec<(CandidatePair, f32)> = more.iter().copied().zip(scores(&more)?).collect();
    scored.extend(pairs.into_iter().zip(first));
    scored.sort_unstable_by_key(|&(pair, _)| pair);
    let (pairs, log_odds): (Vec<CandidatePair>, Vec<f32>) = scored.into_iter().unzip();
    let mut seen = look_again(&pairs, &log_odds, &places, &scorer);
    let (mut together, mut wordings) = (Together::default(), Wordings::given(texts));
    if let Some(reranker) = reranker {
        let mut progress = |done, total| observer.progress("reranking", done, total);
        rerank(&pairs, &mut seen, texts, reranker, config.n_threads, &mut progress)?;
    } else if scorer.is_read() {
        if language.has_rules() {
            let mut go_on = || observer.progress("linking", pairs.len(), pairs.len());
            wordings = Wordings::one(texts, &pairs, &mut seen, &scorer, config.n_threads, &mut go_on)?;
        }
        let mut progress = |done, total| observer.progress("reading pairs", done, total);
        together =
            Together::read(&pairs, &mut seen, (&wordings, &places), (before, cache), config.n_threads, &mut progress)?;
    }
    let readings = Readings::new(&scorer, articles, sentences);
    let differ = |at: usize| {
        let [left, right] = [pairs[at].left.index(), pairs[at].right.index()];
        match language.has_rules() && comparable[left] && comparable[right] {
            true => differences(&scorer, &readings, left, right, seen[at].log_odds, together.of(at)),
            false => Vec::new(),
        }
    };
    let mut differing = Vec::with_capacity(pairs.len());
    for first in (0..pairs.len()).step_by(8 * CHUNK) {
        observer.progress("linking", pairs.len(), pairs.len())?;
        let chunk = first..pairs.len().min(first + 8 * CHUNK);
        differing.extend(install(config.n_threads, || chunk.into_par_iter().map(differ).collect::<Vec<_>>())?);
    }
    let mut apart = Vec::new();
    let named = if language.has_rules() { conflict::anywhere(&readings) } else { Vec::new() };
    for (left, right, difference) in named {
        let pair = CandidatePair { left: left.into(), right: right.into() };
        match pairs.binary_search(&pair) {
            Ok(at) => conflict::add(&mut differing[at], difference),
            Err(_) => apart.push(Differing { pair, differences: vec![difference] }),
        }
    }
    if scorer.is_read() && reranker.is_none() {
        let mut progress = |done, total| observer.progress("reading closely", done, total);
        let linked: Vec<bool> = seen.iter().map(|again| again.log_odds >= 0.0).collect();
        let mut asked = suspected(&differing, &linked, texts.len());
        let suspicion = |at: usize| {
            let [left, right] = [pairs[at].left.index(), pairs[at].right.index()];
            Some((conflict::suspicion(&scorer, left, right, together.of(at)?)?, at))
        };
        asked.extend(likeliest((0..pairs.len()).filter_map(suspicion), MOST_SUSPICIOUS, texts.len()));
        let closely = if config.encoding == Encoding::Mpnet { Closely::All } else { Closely::Doubtful };
        let read = read_closely(
            closely,
            &pairs,
            &mut seen,
            &asked,
            (&wordings, &places),
            (before, cache),
            config.n_threads,
            &mut progress,
        )?;
        for (at, odds) in read {
            conflict::read_closely(&mut differing[at], odds);
            let [left, right] = [pairs[at].left.index(), pairs[at].right.index()];
            let is_told = certainty(&differing[at]) >= MIN_TOLD || differing[at].iter().any(Difference::is_apart);
            if let Some(small) = together.of(at).filter(|_| language.has_rules() && !is_told) {
                let found = conflict::opposed(&scorer, &readings, [left, right], [odds, small], &differing[at]);
                differing[at].extend(found);
            }
        }
    }
    let mut links = Vec::with_capacity(pairs.len());
    for first in (0..pairs.len()).step_by(8 * CHUNK) {
        observer.progress("linking", pairs.len(), pairs.len())?;
        let chunk = first..pairs.len().min(first + 8 * CHUNK);
        let explain = |at: usize| {
            let seen = agreeing(seen[at], pairs[at], &differing[at], &scorer);
            link(pairs[at], seen, &scorer, sentences)
        };
        links.extend(install(config.n_threads, || chunk.into_par_iter().map(explain).collect::<Vec<_>>())?);
    }
    let differing = pairs.into_iter().zip(differing).filter(|(_, differences)| !differences.is_empty());
    let together = differing.map(|(pair, differences)| Differing { pair, differences });
    Ok((links, together.chain(apart).collect()))
}

/// Pairs that are conflicts with at least this probability, links sooner, are read closely: of n sentences at most three times the
/// root of n.
const SUSPECTED: f32 = 0.03;
const SUSPECTED_LINKED: f32 = 0.01;
const MOST_SUSPECTED: f32 = 3.0;
/// So are those that the small cross-encoder suspects of contradicting each other, whether or not a rule finds where: at most
/// so many times the root of n.
const MOST_SUSPICIOUS: f32 = 2.0;

fn suspected(differing: &[Vec<Difference>], linked: &[bool], n_sentences: usize) -> Vec<usize> {
    let found = differing.iter().enumerate().map(|(at, differences)| (certainty(differences), at));
    let enough = |at: usize| if linked[at] { SUSPECTED_LINKED } else { SUSPECTED };
    likeliest(found.filter(|&(certainty, at)| certainty >= enough(at)), MOST_SUSPECTED, n_sentences)
}

/// The places of the likeliest, at most so many times the root of n.
fn likeliest(found: impl Iterator<Item = (f32, usize)>, most: f32, n_sentences: usize) -> Vec<usize> {
    let mut found: Vec<_> = found.collect();
    found.sort_by(|a, b| b.0.total_cmp(&a.0).then(a.1.cmp(&b.1)));
    found.truncate((most * (n_sentences as f32).sqrt()) as usize);
    found.into_iter().map(|(_, at)| at).collect()
}

/// A pair in which another one is named, or does it to the other, or two things are told of two, is no link, if it should be
/// no conflict either; nor is one of other figures in a language whose amounts are not read.
const OTHERWISE: f64 = 0.6;

/// What speaks of one thing and does not agree shares the less: a pair whose difference is a conflict with probability q
/// keeps 1 - q of its own.
fn agreeing(seen: Again, pair: CandidatePair, differences: &[Difference], scorer: &Scorer) -> Again {
    let (left, right) = (pair.left.index(), pair.right.index());
    let mut conflict = f64::from(certainty(differences));
    let other = differences.iter().any(Difference::is_apart);
    if seen.log_odds > LIKELY && (other || scorer.namesakes(left, right) || scorer.other_figures(left, right)) {
        conflict = conflict.max(OTHERWISE);
    }
    let probability = (1.0 - conflict) / (1.0 + (-f64::from(seen.log_odds)).exp());
    Again { log_odds: (probability / (1.0 - probability)).ln().max(-20.0) as f32, ..seen }
}

fn link(pair: CandidatePair, seen: Again, scorer: &Scorer, sentences: &[Sentence]) -> Link {
    let mut link = scorer.link(pair.left.index(), pair.right.index(), seen);
    let starts = [pair.left, pair.right].map(|sentence| sentences[sentence.index()].span.start);
    link.spans.iter_mut().for_each(|(a, b)| (*a, *b) = (a.shifted(starts[0]), b.shifted(starts[1])));
    link
}
