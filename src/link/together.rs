//! A third look at the doubtful pairs: both sentences read together by the small cross-encoder, which sees how the details
//! of one stand to those of the other. What it says is weighed with what was known before; pairs that are no links by all
//! that was known are not read. Then each pair is held against what third articles say of its sentences. The large
//! cross-encoder reads last, where most is in doubt.

use rustc_hash::FxHashMap;

use super::corroboration::{Before, corroborate};
use super::model::{self, Known};
use super::neighbourhood::{Again, Places};
use super::wording::Wordings;
use crate::candidate::CandidatePair;
use crate::encode::{Cache, PairOdds, Size};
use crate::error::Result;
use crate::pool::Progress;
use crate::span::SentenceId;

/// Partners of a sentence that it is read with, so that what is read grows with the sentences and not with their square.
const MAX_PARTNERS: usize = 16;

/// The large cross-encoder reads pairs whose log-odds lie closest to these. Two for three sentences of an ordinary story give
/// nearly all that reading every pair gives at 0.5 (F1 0.66 of 0.674, 71 labelled stories).
const MOST_DOUBTFUL: f32 = -0.5;
/// At most so far from them, but for the fewest pairs that are read.
const DOUBT: f32 = 2.5;
/// However short a story is, so many of its pairs are read: all of three articles of four sentences. What words and places say
/// of so few sentences is worth little.
const FEWEST_READ: usize = 48;
/// If all is to be read, pairs of at least these log-odds are.
const LEAST_READ: f32 = -5.0;

/// How much the large cross-encoder reads.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Closely {
    /// The pairs most in doubt: of n sentences five times the root of n, so that large stories cost less a sentence; of a few
    /// sentences all.
    Doubtful,
    /// All that may be links.
    All,
}

/// What was read of the pairs of a story, by their place among all.
#[derive(Debug, Default)]
pub struct Together(FxHashMap<usize, PairOdds>);

impl Together {
    /// Reads the doubtful ones of the pairs, which ascend, and weighs what it finds. What `before` has is not read again;
    /// what is used goes into `cache`.
    pub fn read(
        pairs: &[CandidatePair],
        seen: &mut [Again],
        (wordings, places): (&Wordings, &Places),
        (before, cache): (&Cache, &mut Cache),
        n_threads: Option<usize>,
        progress: Progress,
    ) -> Result<Self> {
        let doubtful = doubtful(pairs, seen);
        let both = wordings.of(pairs, &doubtful);
        let known: Vec<f32> = doubtful.iter().map(|&at| seen[at].log_odds).collect();
        let read = cache.read_pairs(Size::Small, before, &both, n_threads, progress)?;
        let mut looks: Vec<Before> =
            seen.iter().map(|again| Before { known: again.log_odds, ..Before::default() }).collect();
        for ((&at, &known), &read) in doubtful.iter().zip(&known).zip(&read) {
            looks[at].read = read;
            seen[at].log_odds = model::together(Known::Places, known, read);
        }
        corroborate(pairs, seen, &looks, places);
        Ok(Self(doubtful.into_iter().zip(read).collect()))
    }

    /// What was read of the pair at a place.
    pub fn of(&self, at: usize) -> Option<PairOdds> {
        self.0.get(&at).copied()
    }
}

/// Lets the large cross-encoder read the pairs at `suspected` places, and those where most is to be learned. What it says, by
/// place, which ascend.
#[allow(clippy::too_many_arguments, reason = "what is read, what is known and how to go about it")]
pub fn read_closely(
    closely: Closely,
    pairs: &[CandidatePair],
    seen: &mut [Again],
    suspected: &[usize],
    (wordings, places): (&Wordings, &Places),
    (before, cache): (&Cache, &mut Cache),
    n_threads: Option<usize>,
    progress: Progress,
) -> Result<Vec<(usize, PairOdds)>> {
    let root = (wordings.n_sentences() as f32).sqrt();
    let mut asked = most_doubtful(seen, (5.0 * root) as usize);
    if closely == Closely::All {
        asked.extend((0..pairs.len()).filter(|&at| seen[at].log_odds >= LEAST_READ));
    }
    asked.extend(suspected);
    asked.sort_unstable();
    asked.dedup();
    let both = wordings.of(pairs, &asked);
    let read = cache.read_pairs(Size::Large, before, &both, n_threads, progress)?;
    for (&at, &read) in asked.iter().zip(&read) {
        let length = places.longer_article(pairs[at].left, pairs[at].right);
        seen[at].log_odds = model::closely(length).of(seen[at].log_odds, read);
    }
    Ok(asked.into_iter().zip(read).collect())
}

/// The places of so many pairs whose log-odds say least.
fn most_doubtful(seen: &[Again], most: usize) -> Vec<usize> {
    let doubt = |at: &usize| (seen[*at].log_odds - MOST_DOUBTFUL).abs();
    let mut places: Vec<usize> = (0..seen.len()).filter(|at| doubt(at).is_finite()).collect();
    places.sort_by(|a, b| doubt(a).total_cmp(&doubt(b)).then(a.cmp(b)));
    let in_doubt = places.partition_point(|at| doubt(at) <= DOUBT);
    places.truncate(in_doubt.min(most).max(FEWEST_READ));
    places
}

/// The pairs worth reading: likely enough, and among the best of one of their sentences.
fn doubtful(pairs: &[CandidatePair], seen: &[Again]) -> Vec<usize> {
    let likely = |&at: &usize| seen[at].log_odds >= model::least_read(Known::Places);
    let mut order: Vec<usize> = (0..pairs.len()).filter(likely).collect();
    order.sort_by(|&a, &b| seen[b].log_odds.total_cmp(&seen[a].log_odds).then(a.cmp(&b)));
    let mut partners: FxHashMap<SentenceId, usize> = FxHashMap::default();
    order.retain(|&at| {
        [pairs[at].left, pairs[at].right].into_iter().fold(false, |best, sentence| {
            let n = partners.entry(sentence).or_default();
            *n += 1;
            best || *n <= MAX_PARTNERS
        })
    });
    order.sort_unstable();
    order
}

/// Reads the doubtful ones of pairs of a story of which nobody knows where they stand, and weighs what it finds.
pub fn read_pairs(
    pairs: &[(&str, &str)],
    log_odds: &mut [f32],
    n_threads: Option<usize>,
    progress: Progress,
) -> Result<()> {
    let likely = |&at: &usize| log_odds[at] >= model::least_read(Known::Words);
    let doubtful: Vec<usize> = (0..pairs.len()).filter(likely).collect();
    let (both, known): (Vec<_>, Vec<f32>) = doubtful.iter().map(|&at| (pairs[at], log_odds[at])).unzip();
    let read = Cache::default().read_pairs(Size::Small, &Cache::default(), &both, n_threads, progress)?;
    for ((at, known), read) in doubtful.into_iter().zip(known).zip(read) {
        log_odds[at] = model::together(Known::Words, known, read);
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_most_doubtful_pairs_are_read_closely() {
        let again = |log_odds: f32| Again { log_odds, beside: false };
        let seen = [-9.0, -0.55, 0.2, 1.9, -2.9, f32::NEG_INFINITY, 2.1, -0.4].map(again);
        // Of few pairs all that may be.
        assert_eq!(most_doubtful(&seen, 2), [1, 7, 2, 3, 4, 6, 0]);
        let many = seen.repeat(FEWEST_READ);
        assert_eq!(most_doubtful(&many, 9).len(), FEWEST_READ);
        assert_eq!(most_doubtful(&many, 60).len(), 60);
        // In doubt, but for the fewest.
        assert_eq!(most_doubtful(&many, 6 * FEWEST_READ).len(), 5 * FEWEST_READ);
    }

    #[test]
    fn what_is_likely_is_read_and_of_a_sentence_the_best() {
        let pair = |left: usize, right: usize| CandidatePair { left: left.into(), right: right.into() };
        let again = |log_odds: f32| Again { log_odds, beside: false };
        let pairs = [pair(0, 2), pair(0, 3), pair(1, 2)];
        assert_eq!(doubtful(&pairs, &[again(-9.0), again(0.0), again(5.0)]), [1, 2]);
        // Each of many sentences is read with its own best, not with all.
        let n = 3 * MAX_PARTNERS;
        let many: Vec<_> = (0..n).flat_map(|left| (n..2 * n).map(move |right| pair(left, right))).collect();
        let read = doubtful(&many, &vec![again(0.0); many.len()]);
        assert!(read.len() <= 2 * n * MAX_PARTNERS && read.len() >= n * MAX_PARTNERS, "{}", read.len());
    }
}
