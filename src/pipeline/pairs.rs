//! Which pairs of sentences are worth scoring: those that have telling words in common.

use rayon::prelude::*;

use super::{CHUNK, Config, Observer};
use crate::candidate::{CandidatePair, Index};
use crate::error::Result;
use crate::pool::install;
use crate::sentence::Sentence;
use crate::span::{SentenceId, TermId};
use crate::story::Story;
use crate::token::Vocabulary;

pub(super) fn candidates(
    sentences: &[Sentence],
    story: &Story,
    comparable: &[bool],
    config: &Config,
    observer: &mut dyn Observer,
) -> Result<Vec<CandidatePair>> {
    let (rows, weights) = features(story, comparable);
    let index = Index::new(sentences, &rows, &weights, config.candidate);
    let ids: Vec<SentenceId> = (0..sentences.len()).map(SentenceId::from).collect();
    let mut pairs = Vec::new();
    for (step, chunk) in ids.chunks(CHUNK).enumerate() {
        observer.progress("pairing", step * CHUNK, ids.len())?;
        let found: Vec<Vec<CandidatePair>> = install(config.n_threads, || {
            chunk.par_iter().map_init(Vec::new, |scratch, &sentence| index.pairs(sentence, scratch)).collect()
        })?;
        pairs.extend(found.into_iter().flatten());
    }
    observer.progress("pairing", ids.len(), ids.len())?;
    pairs.sort_unstable();
    pairs.dedup();
    Ok(pairs)
}

/// What candidates are found by: words, and the first letters of longer ones for their other forms.
fn features(story: &Story, comparable: &[bool]) -> (Vec<Vec<TermId>>, Vec<f32>) {
    let mut vocabulary = Vocabulary::default();
    let stems: Vec<Option<TermId>> = (0..story.vocabulary.len())
        .map(|term| {
            let word = story.vocabulary.term(term.into());
            let stem = word.char_indices().nth(5).map(|(end, _)| &word[..end])?;
            Some(vocabulary.intern(stem))
        })
        .collect();
    let n_words = story.vocabulary.len();
    let mut rows = Vec::with_capacity(comparable.len());
    for (words, comparable) in story.words.iter().zip(comparable) {
        if !comparable {
            rows.push(Vec::new());
            continue;
        }
        let mut row: Vec<TermId> = words
            .iter()
            .flat_map(|word| {
                let stem = stems[word.term.index()].map(|stem| TermId::from(n_words + stem.index()));
                [Some(word.term), stem].into_iter().flatten()
            })
            .collect();
        row.sort_unstable();
        row.dedup();
        rows.push(row);
    }
    let mut n_sentences = vec![0u32; n_words + vocabulary.len()];
    rows.iter().flatten().for_each(|feature| n_sentences[feature.index()] += 1);
    let idf = |df: &u32| ((1.0 + comparable.len() as f32) / (1.0 + *df as f32)).ln() + 0.1;
    let weights = n_sentences.iter().map(idf).collect();
    (rows, weights)
}
