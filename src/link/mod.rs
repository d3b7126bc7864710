//! Floor 10. The probability that two sentences have a statement in common, and why.
//!
//! A [`Scorer`] reads the sentences of a story once; scoring a pair of them is then cheap: align, take features,
//! ask the model. The probability is the same with the sides swapped, and whatever the order of the sentences.

mod background;
mod contradictions;
mod contrast;
mod corroboration;
mod encoding;
mod features;
mod late;
mod model;
mod neighbourhood;
mod parts;
mod reasons;
mod scorer;
mod together;
mod trees;
mod verbatim;
mod wording;

use serde::{Deserialize, Serialize};

pub use background::{common as is_common, share as share_in_news};
pub use contradictions::share_most_letters;
pub use corroboration::{Before, N_FEATURES as N_THIRDS, NAMES as THIRD_NAMES, features as third_features};
pub use encoding::Encoding;
pub use features::{N_FEATURES, NAMES};
pub use late::Late;
pub use model::probability;
pub use neighbourhood::{
    Again, N_PLACES, NAMES as PLACE_NAMES, Places, features as place_features, look_again, unscored,
};
pub use scorer::Scorer;
pub use together::{Closely, Together, read_closely, read_pairs};
pub use verbatim::Verbatim;
pub use wording::{Wordings, worded_as};

use crate::align::spans;
use crate::candidate::CandidatePair;
use crate::encode::{PairScorer, scores};
use crate::error::Result;
use crate::pool::Progress;
use crate::span::{SentenceId, Span};

/// A scored candidate.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Link {
    /// The earlier sentence.
    pub left: SentenceId,
    /// The later sentence.
    pub right: SentenceId,
    /// Probability that both assert at least one common statement, in [0, 1].
    pub probability: f32,
    /// The spans that carry it: each a left span and its right counterpart, in the articles' texts.
    pub spans: Vec<(Span, Span)>,
    /// The evidence for and against.
    pub reasons: Vec<Reason>,
}

impl Link {
    /// Whether some evidence says that the two sentences contradict each other.
    pub fn conflicts(&self) -> bool {
        self.reasons.iter().any(|reason| reason.relation == Relation::Conflicts)
    }
}

/// One piece of evidence.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Reason {
    /// Whether it speaks for the link or against it.
    pub relation: Relation,
    /// The evidence in a reporter's words.
    pub text: String,
}

/// How a piece of evidence bears on a link.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Relation {
    /// It makes the link more likely.
    Supports,
    /// The two sentences contradict each other here.
    Conflicts,
}

/// Links less probable than this carry neither spans nor reasons.
pub const MIN_EXPLAINED: f32 = 0.05;
/// The least log-odds of a pair in the same words: those of 0.99.
const COPIED: f32 = 4.595;
/// Pairs with at least these log-odds are worth a reranker's look: those of 0.05.
const MIN_RERANKED: f32 = -2.944;

/// Lets a scorer of the caller's look again at the pairs that may be links: the new log-odds are the mean of the two.
pub fn rerank(
    pairs: &[CandidatePair],
    seen: &mut [Again],
    texts: &[&str],
    reranker: &dyn PairScorer,
    n_threads: Option<usize>,
    progress: Progress,
) -> Result<()> {
    let doubtful: Vec<usize> = (0..pairs.len()).filter(|&at| seen[at].log_odds >= MIN_RERANKED).collect();
    let text = |sentence: SentenceId| texts[sentence.index()];
    let both: Vec<_> = doubtful.iter().map(|&at| (text(pairs[at].left), text(pairs[at].right))).collect();
    let scores = scores(reranker, &both, n_threads, progress)?;
    for (at, score) in doubtful.into_iter().zip(scores) {
        let score = f64::from(score).clamp(1e-6, 1.0 - 1e-6);
        seen[at].log_odds = (seen[at].log_odds + (score / (1.0 - score)).ln() as f32) / 2.0;
    }
    Ok(())
}

impl Scorer {
    /// The features of a pair, as the model takes them.
    pub fn pair_features(&self, left: usize, right: usize) -> [f32; N_FEATURES] {
        let (left, right) = self.oriented(left, right);
        self.features(left, right, &self.align(left, right))
    }

    /// The log-odds that each of some pairs asserts a common statement, at a first look: those of the forest, or their mean
    /// with those of late interaction. The same as for each of them alone, but much faster for many.
    pub fn log_odds(&self, pairs: &[(usize, usize)]) -> Vec<f32> {
        let features: Vec<_> = pairs.iter().map(|&(left, right)| self.pair_features(left, right)).collect();
        let forest = model::log_odds(&features, self.n_story > 0);
        let look = |(&(left, right), forest): (&(usize, usize), f32)| {
            let forest = if self.are_copies(left, right) { forest.max(COPIED) } else { forest };
            self.late(left, right).map_or(forest, |late| (forest + late.log_odds) / 2.0)
        };
        pairs.iter().zip(forest).map(look).collect()
    }

    /// Whether two sentences say the same because they are the same words; where a story says how common a sentence is, it
    /// knows better.
    fn are_copies(&self, left: usize, right: usize) -> bool {
        let [a, b] = [left, right].map(|side| self.sentences[side].words.iter().map(|word| word.form));
        self.n_story == 0 && a.len() > 0 && a.eq(b)
    }

    /// A pair with what was made of it, explained. Spans count bytes of the two sentences.
    pub fn link(&self, left: usize, right: usize, seen: Again) -> Link {
        let probability = model::probability(seen.log_odds);
        let mut link =
            Link { left: left.into(), right: right.into(), probability, spans: Vec::new(), reasons: Vec::new() };
        if probability >= MIN_EXPLAINED {
            let alignment = self.align(left, right);
            link.spans = spans(&self.sentences[left], &self.sentences[right], &alignment);
            link.spans.sort_unstable();
            link.reasons = reasons::reasons(self, left, right, &alignment, seen.beside);
        }
        link
    }
}
