//! Who shares whose text: the words that two articles have in common word for word.

use crate::passage::{Passage, PlacedTerm};
use crate::span::{ArticleId, Span};

/// Two articles with text in common.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Copy {
    /// The earlier article.
    pub left: ArticleId,
    /// The later article.
    pub right: ArticleId,
    /// The share of the left article's words that stand in the right one, in [0, 1].
    pub share_left: f32,
    /// The share of the right article's words that stand in the left one, in [0, 1].
    pub share_right: f32,
    /// The words in common, counted in the article that has more of them.
    pub n_words: usize,
}

/// Less than this is a quotation or a stock phrase.
const MIN_WORDS: usize = 20;
/// The least share of the one article or the other.
const MIN_SHARE: f32 = 0.1;

/// The pairs of articles that share text, the greatest share first; ties in order.
pub fn copies(placed: &[Vec<PlacedTerm>], passages: &[Passage]) -> Vec<Copy> {
    let total: Vec<usize> = placed.iter().map(|words| words.iter().filter(|word| word.1.is_some()).count()).collect();
    let mut by_pair: Vec<&Passage> = passages.iter().collect();
    by_pair.sort_by_key(|passage| (passage.left, passage.right));
    let mut found = Vec::new();
    for group in by_pair.chunk_by(|a, b| (a.left, a.right) == (b.left, b.right)) {
        let (left, right) = (group[0].left, group[0].right);
        let covered = |article: ArticleId, spans: Vec<Span>| covered(&placed[article.index()], spans);
        let n_left = covered(left, group.iter().map(|passage| passage.left_span).collect());
        let n_right = covered(right, group.iter().map(|passage| passage.right_span).collect());
        let share = |n: usize, article: ArticleId| n as f32 / total[article.index()].max(1) as f32;
        let (share_left, share_right) = (share(n_left, left), share(n_right, right));
        let n_words = n_left.max(n_right);
        if n_words >= MIN_WORDS && share_left.max(share_right) >= MIN_SHARE {
            found.push(Copy { left, right, share_left, share_right, n_words });
        }
    }
    let greatest = |copy: &Copy| copy.share_left.max(copy.share_right);
    found.sort_by(|a, b| greatest(b).total_cmp(&greatest(a)).then((a.left, a.right).cmp(&(b.left, b.right))));
    found
}

/// How many words of an article lie under some spans.
fn covered(words: &[PlacedTerm], mut spans: Vec<Span>) -> usize {
    spans.sort_unstable();
    let (mut next, mut end, mut n) = (0, 0, 0);
    for (word, _) in words.iter().filter(|word| word.1.is_some()) {
        while let Some(span) = spans.get(next).filter(|span| span.start <= word.start) {
            end = end.max(span.end);
            next += 1;
        }
        n += usize::from(word.end <= end);
    }
    n
}
