//! Floor 8. Which cross-article sentence pairs are worth scoring.
//!
//! In a small story, all of them: 7 % of the pairs that people mark as saying the same share no telling word ("Who are
//! you?" / "asks him to identify himself"). In a large one an inverted index leads from features (words, beginnings of
//! words) to sentences, and each sentence gets the `max_partners` others with the greatest weighted overlap, the rarest
//! features first and at most `max_postings` index entries read: linear in the sentences, whatever the text.

use serde::{Deserialize, Serialize};

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

/// How far the search goes.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub struct CandidateConfig {
    /// Up to this many sentences, all pairs are candidates.
    pub exhaustive_sentences: usize,
    /// In a larger story: partners per sentence.
    pub max_partners: usize,
    /// In a larger story: index entries read per sentence.
    pub max_postings: usize,
}

impl Default for CandidateConfig {
    fn default() -> Self {
        Self { exhaustive_sentences: 300, max_partners: 40, max_postings: 20_000 }
    }
}

/// From features to sentences.
pub struct Index<'a> {
    sentences: &'a [Sentence],
    rows: &'a [Vec<TermId>],
    weights: &'a [f32],
    postings: Vec<Vec<SentenceId>>,
    /// The square root of the length of each row.
    scales: Vec<f32>,
    /// The sentences of each sentence's article, first and last.
    own: Vec<(SentenceId, SentenceId)>,
    config: CandidateConfig,
}

impl<'a> Index<'a> {
    /// Indexes `rows`: the distinct features of each sentence, ascending; a sentence without features is in no pair.
    pub fn new(
        sentences: &'a [Sentence],
        rows: &'a [Vec<TermId>],
        weights: &'a [f32],
        config: CandidateConfig,
    ) -> Self {
        let mut postings = vec![Vec::new(); weights.len()];
        for (sentence, row) in rows.iter().enumerate() {
            row.iter().for_each(|feature| postings[feature.index()].push(SentenceId::from(sentence)));
        }
        let square = |feature: &TermId| weights[feature.index()] * weights[feature.index()];
        let scales = rows.iter().map(|row| row.iter().map(square).sum::<f32>().sqrt().sqrt()).collect();
        let mut own = Vec::with_capacity(sentences.len());
        for article in sentences.chunk_by(|a, b| a.article == b.article) {
            let first = own.len();
            let last = first + article.len() - 1;
            own.extend(article.iter().map(|_| (SentenceId::from(first), SentenceId::from(last))));
        }
        Self { sentences, rows, weights, postings, scales, own, config }
    }

    /// The pairs in which `sentence` finds a partner, in order; the same pair may come from both of its sentences.
    ///
    /// `overlaps` is scratch space, empty at first, that calls may share.
    pub fn pairs(&self, sentence: SentenceId, overlaps: &mut Vec<f32>) -> Vec<CandidatePair> {
        overlaps.resize(self.sentences.len(), 0.0);
        let article = self.sentences[sentence.index()].article;
        let pair = |other: SentenceId| CandidatePair { left: sentence.min(other), right: sentence.max(other) };
        if self.sentences.len() <= self.config.exhaustive_sentences {
            let comparable = |at: &usize| !self.rows[*at].is_empty() && self.sentences[*at].article != article;
            let none = self.rows[sentence.index()].is_empty();
            let later = if none { self.rows.len() } else { sentence.index() + 1 };
            return (later..self.rows.len()).filter(comparable).map(|at| pair(at.into())).collect();
        }
        let mut features: Vec<_> = self.rows[sentence.index()].clone();
        features.sort_by_key(|feature| (self.postings[feature.index()].len(), *feature));
        let (first, last) = self.own[sentence.index()];
        let mut partners: Vec<SentenceId> = Vec::new();
        let mut n_read = 0;
        for feature in features {
            let posting = &self.postings[feature.index()];
            n_read += posting.len();
            if n_read > self.config.max_postings {
                break;
            }
            let weight = self.weights[feature.index()];
            for &other in posting.iter().filter(|&&other| other < first || other > last) {
                let overlap = &mut overlaps[other.index()];
                if *overlap == 0.0 {
                    partners.push(other);
                }
                *overlap += weight * weight;
            }
        }
        let score = |&other: &SentenceId| {
            let overlap = std::mem::take(&mut overlaps[other.index()]);
            (overlap / self.scales[other.index()], other)
        };
        let mut partners = best(partners.iter().map(score), self.config.max_partners);
        partners.sort_unstable();
        partners.into_iter().map(pair).collect()
    }
}

/// The `n` sentences of the highest scores, of equal ones the earlier, in no order.
fn best(scored: impl Iterator<Item = (f32, SentenceId)>, n: usize) -> Vec<SentenceId> {
    let better = |a: &(f32, SentenceId), b: &(f32, SentenceId)| b.0.total_cmp(&a.0).then(a.1.cmp(&b.1));
    let mut kept: Vec<(f32, SentenceId)> = Vec::new();
    let mut worst = None;
    for one in scored {
        // Most of them end here: of thousands, a few dozen are kept.
        if worst.is_some_and(|worst| better(&worst, &one).is_lt()) {
            continue;
        }
        kept.push(one);
        if kept.len() > 2 * n {
            worst = Some(*kept.select_nth_unstable_by(n, better).1);
            kept.truncate(n);
        }
    }
    if kept.len() > n {
        kept.select_nth_unstable_by(n, better);
        kept.truncate(n);
    }
    kept.into_iter().map(|(_, sentence)| sentence).collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::clean::Kind;
    use crate::span::Span;

    fn story(n: u32) -> (Vec<Sentence>, Vec<Vec<TermId>>) {
        // Sentences stand by article.
        let sentence = |at: u32| Sentence {
            article: (at as usize * 5 / n as usize).into(),
            index: at % (n / 5),
            span: Span::new(0, 1),
            kind: Kind::Body,
        };
        let row = |at: u32| [at % 7, 7 + at % 11, 18 + at % 13].map(TermId).into();
        ((0..n).map(sentence).collect(), (0..n).map(row).collect())
    }

    fn all(n: u32, config: CandidateConfig) -> Vec<CandidatePair> {
        let (sentences, rows) = story(n);
        let weights = vec![1.0; 31];
        let index = Index::new(&sentences, &rows, &weights, config);
        let mut scratch = Vec::new();
        let mut pairs: Vec<_> = (0..n).flat_map(|at| index.pairs(SentenceId(at), &mut scratch)).collect();
        pairs.sort_unstable();
        pairs.dedup();
        pairs
    }

    #[test]
    fn a_small_story_gives_every_cross_article_pair() {
        let (sentences, _) = story(100);
        let mut expected = Vec::new();
        for left in 0..100 {
            for right in left + 1..100 {
                if sentences[left].article != sentences[right].article {
                    expected.push(CandidatePair { left: left.into(), right: right.into() });
                }
            }
        }
        assert_eq!(all(100, CandidateConfig::default()), expected);
    }

    #[test]
    fn the_best_are_those_of_a_plain_sort() {
        let n = 400;
        let (sentences, rows) = story(n);
        let weights: Vec<f32> = (0..31).map(|feature| 1.0 + (feature * feature % 5) as f32).collect();
        let config = CandidateConfig { exhaustive_sentences: 0, max_partners: 5, max_postings: 100_000 };
        let index = Index::new(&sentences, &rows, &weights, config);
        let square = |feature: &TermId| weights[feature.index()].powi(2);
        for at in (0..n as usize).step_by(7) {
            let score = |other: usize| {
                let both = rows[at].iter().filter(|feature| rows[other].contains(feature)).map(square).sum::<f32>();
                both / rows[other].iter().map(square).sum::<f32>().sqrt().sqrt()
            };
            let mut best: Vec<usize> =
                (0..n as usize).filter(|&other| sentences[other].article != sentences[at].article).collect();
            best.sort_by(|&a, &b| score(b).total_cmp(&score(a)).then(a.cmp(&b)));
            best.truncate(5);
            best.sort_unstable();
            let other = |pair: CandidatePair| if pair.left.index() == at { pair.right } else { pair.left };
            let found: Vec<usize> =
                index.pairs(at.into(), &mut Vec::new()).into_iter().map(|pair| other(pair).index()).collect();
            assert_eq!(found, best, "{at}");
        }
    }

    #[test]
    fn a_large_story_keeps_the_best_of_each_sentence() {
        let config = CandidateConfig { exhaustive_sentences: 0, max_partners: 3, max_postings: 1_000 };
        let pairs = all(1_000, config);
        assert!(pairs.len() <= 3_000 && pairs.len() >= 1_000, "{}", pairs.len());
        let (_, rows) = story(1_000);
        let shared =
            |p: &CandidatePair| rows[p.left.index()].iter().filter(|f| rows[p.right.index()].contains(f)).count();
        assert!(pairs.iter().all(|pair| shared(pair) >= 1));
    }
}
