//! Floor 9. Which tokens of two sentences match.

use crate::span::{Span, TermId};

/// What the aligner sees of one token.
#[derive(Debug, Clone, Copy)]
pub struct AlignToken {
    /// Where it stands in its article.
    pub span: Span,
    /// Its term.
    pub term: TermId,
    /// How much it tells: its idf.
    pub weight: f32,
}

/// Matched tokens of a pair, each token at most once.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct Alignment {
    /// `(left token, right token, similarity)`, in order of the left token.
    pub matches: Vec<(usize, usize, f32)>,
}

/// Matches equal terms, first free occurrence to first free occurrence.
pub fn align(left: &[AlignToken], right: &[AlignToken]) -> Alignment {
    let mut taken = vec![false; right.len()];
    let mut matches = Vec::new();
    for (i, token) in left.iter().enumerate() {
        if let Some(j) = (0..right.len()).find(|&j| !taken[j] && right[j].term == token.term) {
            taken[j] = true;
            matches.push((i, j, 1.0));
        }
    }
    Alignment { matches }
}
