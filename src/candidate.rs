//! Floor 8. Which cross-article sentence pairs are worth scoring.
//!
//! An inverted index from terms to sentences: a pair is a candidate when it shares a term.

use std::collections::BTreeSet;

use crate::sentence::Sentence;
use crate::span::{SentenceId, TermId};

/// A pair of sentences from different articles, `left < right`.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct CandidatePair {
    /// The earlier sentence.
    pub left: SentenceId,
    /// The later sentence.
    pub right: SentenceId,
}

/// The pairs that share a term of at most `max_document_frequency` sentences, in order.
pub fn candidates(
    sentences: &[Sentence],
    rows: &[Vec<TermId>],
    n_terms: usize,
    max_document_frequency: usize,
) -> Vec<CandidatePair> {
    let mut postings: Vec<Vec<SentenceId>> = vec![Vec::new(); n_terms];
    for (sentence, row) in rows.iter().enumerate() {
        for term in row.iter().collect::<BTreeSet<_>>() {
            postings[term.index()].push(SentenceId::from(sentence));
        }
    }
    let mut pairs = Vec::new();
    for posting in postings.iter().filter(|posting| posting.len() <= max_document_frequency) {
        for (position, &left) in posting.iter().enumerate() {
            for &right in &posting[position + 1..] {
                if sentences[left.index()].article != sentences[right.index()].article {
                    pairs.push(CandidatePair { left, right });
                }
            }
        }
    }
    pairs.sort_unstable();
    pairs.dedup();
    pairs
}
