//! Floor 10. The probability that two sentences have a statement in common, and why.

use serde::{Deserialize, Serialize};

use crate::align::{AlignToken, Alignment};
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

/// Scores an aligned pair: logistic in the share of idf weight that matches on the shorter side.
pub fn score(left: &[AlignToken], right: &[AlignToken], alignment: &Alignment) -> f32 {
    let total = |tokens: &[AlignToken]| tokens.iter().map(|token| token.weight).sum::<f32>();
    let matched = alignment.matches.iter().map(|&(i, _, similarity)| left[i].weight * similarity).sum::<f32>();
    let shorter = total(left).min(total(right));
    if shorter == 0.0 {
        return 0.0;
    }
    1.0 / (1.0 + (-12.0 * (matched / shorter - 0.5)).exp())
}

/// The matched tokens of both sides as spans; neighbours become one.
pub fn spans(left: &[AlignToken], right: &[AlignToken], alignment: &Alignment) -> Vec<(Span, Span)> {
    let mut spans: Vec<(Span, Span, usize, usize)> = Vec::new();
    for &(i, j, _) in &alignment.matches {
        match spans.last_mut() {
            Some((a, b, last_i, last_j)) if *last_i + 1 == i && *last_j + 1 == j => {
                (a.end, b.end, *last_i, *last_j) = (left[i].span.end, right[j].span.end, i, j);
            }
            _ => spans.push((left[i].span, right[j].span, i, j)),
        }
    }
    spans.into_iter().map(|(a, b, _, _)| (a, b)).collect()
}
