//! Which clauses of its two sentences a link is about.

use std::collections::BTreeMap;

use crate::clause::Word;
use crate::link::Link;
use crate::span::{SentenceId, Span};
use crate::story::Story;

/// Two clauses that a link matches.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(super) struct Matched {
    /// Clause of the left sentence.
    pub left: usize,
    /// Clause of the right sentence.
    pub right: usize,
    /// The share of the lighter clause's weight that the other repeats.
    pub share: f32,
    /// Whether no other pair of clauses has more in common.
    pub best: bool,
}

/// The pairs of clauses that have words in common under the spans of a link, in order.
pub(super) fn matched(story: &Story, link: &Link) -> Vec<Matched> {
    let mut weights = common(story, link, |x, y| alike(story, x, y));
    if weights.is_empty() {
        // Other words altogether: the spans alone say what stands for what.
        weights = common(story, link, |x, y| x.weight > 0.0 && y.weight > 0.0);
    }
    let total = |sentence: SentenceId, clause: usize| {
        let words = story.clauses[sentence.index()][clause].part.words.clone();
        story.words[sentence.index()][words].iter().map(|word| word.weight).sum::<f32>()
    };
    let most = weights.values().copied().fold(0.0, f32::max);
    let matched = |((left, right), weight): ((usize, usize), f32)| {
        let lighter = total(link.left, left).min(total(link.right, right));
        Matched { left, right, share: weight / lighter.max(f32::MIN_POSITIVE), best: weight >= most }
    };
    weights.into_iter().map(matched).collect()
}

/// Whether two telling words are forms of one word.
fn alike(story: &Story, x: &Word, y: &Word) -> bool {
    const STEM: usize = 5;
    let stem = |word: &Word| {
        let text = story.vocabulary.term(word.term);
        text.char_indices().nth(STEM - 1).map(|(last, c)| &text[..last + c.len_utf8()])
    };
    x.weight > 0.0 && y.weight > 0.0 && (x.term == y.term || stem(x).is_some_and(|a| stem(y) == Some(a)))
}

/// The weight of the words that each pair of clauses has in common, each word counted once on the lighter side.
fn common(story: &Story, link: &Link, alike: impl Fn(&Word, &Word) -> bool) -> BTreeMap<(usize, usize), f32> {
    let mut found: BTreeMap<(usize, usize), f32> = BTreeMap::new();
    for &(a, b) in &link.spans {
        let right = clauses_under(story, link.right, b);
        for (i, left_words) in clauses_under(story, link.left, a) {
            for &(j, right_words) in &right {
                let held = |words: &[Word], others: &[Word]| {
                    let held = words.iter().filter(|word| others.iter().any(|other| alike(word, other)));
                    held.map(|word| word.weight).sum::<f32>()
                };
                let weight = held(left_words, right_words).min(held(right_words, left_words));
                if weight > 0.0 {
                    *found.entry((i, j)).or_default() += weight;
                }
            }
        }
    }
    found
}

/// Each clause that reaches under `span`, and its words there.
fn clauses_under(story: &Story, sentence: SentenceId, span: Span) -> Vec<(usize, &[Word])> {
    let (words, clauses) = (&story.words[sentence.index()], &story.clauses[sentence.index()]);
    let start = words.partition_point(|word| word.span.end <= span.start);
    let end = words.partition_point(|word| word.span.start < span.end);
    let range = |words: std::ops::Range<usize>| words.start.max(start)..words.end.min(end);
    let reaching = clauses.iter().enumerate().map(|(at, clause)| (at, range(clause.part.words.clone())));
    reaching.filter(|(_, range)| !range.is_empty()).map(|(at, range)| (at, &words[range])).collect()
}
