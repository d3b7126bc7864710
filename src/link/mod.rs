//! Floor 10. The probability that two sentences have a statement in common, and why.
//!
//! A [`Scorer`] reads the sentences of a story once; scoring a pair of them is then cheap: align, take features,
//! ask the model. The probability is the same with the sides swapped, and whatever the order of the sentences.

mod background;
mod conflicts;
mod contrast;
mod encoding;
mod features;
mod model;
mod reasons;
mod scorer;
mod soft;
mod verbatim;

use serde::{Deserialize, Serialize};

pub use background::share as share_in_news;
pub use encoding::Encoding;
pub use features::{N_FEATURES, NAMES};
pub use scorer::Scorer;
pub use verbatim::Verbatim;

use crate::align::{Alignment, spans};
use crate::encode::Reranker;
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
/// The least probability of a pair in the same words.
const COPIED: f32 = 0.99;

/// Links at least this probable are worth a reranker's look.
const MIN_RERANKED: f32 = MIN_EXPLAINED;

/// Lets a cross-encoder look again at the links that may be: the new log-odds are the mean of the two.
pub fn rerank(
    links: &mut [Link],
    texts: &[&str],
    reranker: &Reranker,
    n_threads: Option<usize>,
    progress: Progress,
) -> Result<()> {
    let mut doubtful: Vec<&mut Link> = links.iter_mut().filter(|link| link.probability >= MIN_RERANKED).collect();
    let text = |sentence: SentenceId| texts[sentence.index()];
    let pairs: Vec<_> = doubtful.iter().map(|link| (text(link.left), text(link.right))).collect();
    let scores = reranker.score(&pairs, n_threads, progress)?;
    let log_odds = |p: f32| {
        let p = f64::from(p).clamp(1e-6, 1.0 - 1e-6);
        (p / (1.0 - p)).ln()
    };
    for (link, score) in doubtful.iter_mut().zip(scores) {
        let mean = (log_odds(link.probability) + log_odds(score)) / 2.0;
        link.probability = (1.0 / (1.0 + (-mean).exp())) as f32;
    }
    Ok(())
}

impl Scorer {
    /// The features of a pair, as the model takes them.
    pub fn pair_features(&self, left: usize, right: usize) -> [f32; N_FEATURES] {
        let (left, right) = self.oriented(left, right);
        self.features(left, right, &self.align(left, right))
    }

    /// The probability that a pair asserts a common statement.
    pub fn probability(&self, left: usize, right: usize) -> f32 {
        let (first, second) = self.oriented(left, right);
        self.estimate(first, second, &self.align(first, second))
    }

    /// What the model makes of an aligned pair. Without a story to say how common a sentence is, the same words say the
    /// same.
    fn estimate(&self, first: usize, second: usize, alignment: &Alignment) -> f32 {
        let estimate = model::probability(&self.features(first, second, alignment), self.forest());
        let words = [first, second].map(|side| self.sentences[side].words.iter().map(|word| word.form));
        let [a, b] = words;
        let copied = self.n_story == 0 && a.len() > 0 && a.eq(b);
        if copied { estimate.max(COPIED) } else { estimate }
    }

    /// A pair of the sentences scored and explained. Spans count bytes of the two sentences.
    pub fn link(&self, left: usize, right: usize) -> Link {
        let (first, second) = self.oriented(left, right);
        let alignment = self.align(first, second);
        let probability = self.estimate(first, second, &alignment);
        let mut link =
            Link { left: left.into(), right: right.into(), probability, spans: Vec::new(), reasons: Vec::new() };
        if probability >= MIN_EXPLAINED {
            link.spans = spans(&self.sentences[first], &self.sentences[second], &alignment);
            if first != left {
                link.spans.iter_mut().for_each(|pair| *pair = (pair.1, pair.0));
            }
            link.spans.sort_unstable();
            let alignment = if first == left { alignment } else { self.align(left, right) };
            link.reasons = reasons::reasons(self, left, right, &alignment, probability);
        }
        link
    }
}
