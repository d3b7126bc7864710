//! Floor 8. What two articles have in common word for word.
//!
//! Runs of `min_words` words are numbered by their content; equal runs seed a match that is extended to both sides.
//! Cost: one sort of all runs, then linear in the words and in what is found. A run is followed to [`MAX_OCCURRENCES`]
//! places in one article, and to as many later articles as keep the whole under [`MAX_PARTNERS`] pairs of articles a run
//! (256 articles or fewer: to all), so that no repetition blows up.

use serde::{Deserialize, Serialize};

use crate::error::Result;
use crate::pool::GoOn;
use crate::span::{ArticleId, Span, TermId};

/// Places of one run of words that are tried within one article.
pub const MAX_OCCURRENCES: usize = 4;
/// Pairs of articles that one run of words is followed to.
pub const MAX_PARTNERS: usize = 1 << 16;

/// A maximal run of words that two articles have in common.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub struct Passage {
    /// The earlier article.
    pub left: ArticleId,
    /// Where it stands there.
    pub left_span: Span,
    /// The later article.
    pub right: ArticleId,
    /// Where it stands there.
    pub right_span: Span,
    /// Its length in words.
    pub n_words: usize,
}

/// One word of an article; `None` is a break that no passage crosses.
pub type PlacedTerm = (Span, Option<TermId>);

/// The passages of at least `min_words` words, longest first; ties in reading order.
pub fn passages(articles: &[Vec<PlacedTerm>], min_words: usize, go_on: GoOn) -> Result<Vec<Passage>> {
    let min_words = min_words.max(1);
    let seeds = Seeds::new(articles, min_words);
    let mut found = Vec::new();
    let mut partners = Vec::new();
    for left in 0..articles.len() {
        go_on()?;
        // Per right article: where the last passage with it starts and ends on the left.
        let mut last: rustc_hash::FxHashMap<u32, (usize, usize)> = rustc_hash::FxHashMap::default();
        for at in 0..articles[left].len() {
            seeds.partners(left, at, &mut partners);
            for group in partners.chunk_by(|a: &(u32, u32), b| a.0 == b.0) {
                let right = group[0].0;
                let (last_start, last_end) = last.get(&right).copied().unwrap_or((0, 0));
                // A run inside the last passage with this article is part of it, or a lesser repetition.
                if at + min_words <= last_end {
                    continue;
                }
                let (a, b) = (&articles[left], &articles[right as usize]);
                let longest = group
                    .iter()
                    .map(|&(_, j)| (forward(a, at, b, j as usize), j as usize))
                    .max_by_key(|&(length, j)| (length, std::cmp::Reverse(j)));
                let Some((length, j)) = longest.filter(|&(length, _)| length >= min_words) else { continue };
                // Going back no further than the last passage is long keeps the whole linear.
                let back = backward(a, at, b, j, last_end - last_start);
                last.insert(right, (at - back, at + length));
                found.push(Passage {
                    left: left.into(),
                    left_span: Span::new(a[at - back].0.start, a[at + length - 1].0.end),
                    right: ArticleId(right),
                    right_span: Span::new(b[j - back].0.start, b[j + length - 1].0.end),
                    n_words: back + length,
                });
            }
        }
    }
    found.sort_by_key(|p| (std::cmp::Reverse(p.n_words), p.left, p.left_span, p.right, p.right_span));
    Ok(found)
}

fn forward(a: &[PlacedTerm], i: usize, b: &[PlacedTerm], j: usize) -> usize {
    a[i..].iter().zip(&b[j..]).take_while(|(x, y)| x.1.is_some() && x.1 == y.1).count()
}

fn backward(a: &[PlacedTerm], i: usize, b: &[PlacedTerm], j: usize, most: usize) -> usize {
    let pairs = a[..i].iter().rev().zip(b[..j].iter().rev());
    pairs.take(most).take_while(|(x, y)| x.1.is_some() && x.1 == y.1).count()
}

/// Where each run of words occurs: by content, then article, then place.
struct Seeds {
    /// `(hash, article, place)`, sorted.
    runs: Vec<(u64, u32, u32)>,
    /// For each word of each article, the index in `runs` of the first run in a later article, `u32::MAX` for none.
    next: Vec<Vec<u32>>,
    /// Later articles that a run is followed to.
    max_articles: usize,
}

impl Seeds {
    fn new(articles: &[Vec<PlacedTerm>], length: usize) -> Self {
        let mut runs = Vec::new();
        for (article, words) in articles.iter().enumerate() {
            for (at, hash) in rolling_hashes(words, length) {
                runs.push((hash, article as u32, at as u32));
            }
        }
        runs.sort_unstable();
        let mut next: Vec<_> = articles.iter().map(|words| vec![u32::MAX; words.len()]).collect();
        let mut start = 0;
        for group in runs.chunk_by(|a, b| a.0 == b.0) {
            let mut later = start;
            for same in group.chunk_by(|a, b| a.1 == b.1) {
                later += same.len();
                if later < start + group.len() {
                    same.iter().for_each(|&(_, article, at)| next[article as usize][at as usize] = later as u32);
                }
            }
            start += group.len();
        }
        let max_articles = (MAX_PARTNERS / articles.len().max(1)).max(8);
        Self { runs, next, max_articles }
    }

    /// `(article, place)` of the same run in later articles.
    fn partners(&self, article: usize, at: usize, partners: &mut Vec<(u32, u32)>) {
        partners.clear();
        let first = self.next[article][at];
        if first == u32::MAX {
            return;
        }
        let hash = self.runs[first as usize].0;
        let mut next = first as usize;
        for _ in 0..self.max_articles {
            let Some(&(_, article, _)) = self.runs.get(next).filter(|run| run.0 == hash) else { return };
            let same = |run: &&(u64, u32, u32)| run.0 == hash && run.1 == article;
            let places = self.runs[next..].iter().take(MAX_OCCURRENCES).take_while(same);
            partners.extend(places.map(|&(_, article, at)| (article, at)));
            next += self.runs[next..].partition_point(|run| (run.0, run.1) <= (hash, article));
        }
    }
}

/// `(place, hash)` of each run of `length` words without a break.
fn rolling_hashes(words: &[PlacedTerm], length: usize) -> Vec<(usize, u64)> {
    const BASE: u64 = 0x9E37_79B9_7F4A_7C15;
    if words.len() < length {
        return Vec::new();
    }
    let power = (1..length).fold(1u64, |power, _| power.wrapping_mul(BASE));
    let (mut hash, mut filled) = (0u64, 0);
    let mut hashes = Vec::new();
    for (at, (_, term)) in words.iter().enumerate() {
        let Some(term) = term else {
            (hash, filled) = (0, 0);
            continue;
        };
        if filled == length {
            let leaving = words[at - length].1.expect("the run has no break");
            hash = hash.wrapping_sub(mixed(leaving).wrapping_mul(power));
        } else {
            filled += 1;
        }
        hash = hash.wrapping_mul(BASE).wrapping_add(mixed(*term));
        if filled == length {
            hashes.push((at + 1 - length, hash));
        }
    }
    hashes
}

/// Spreads neighbouring ids over the whole range, so that sums of a few rarely meet.
fn mixed(term: TermId) -> u64 {
    let x = (u64::from(term.0) + 1).wrapping_mul(0xBF58_476D_1CE4_E5B9);
    (x ^ (x >> 31)).wrapping_mul(0x94D0_49BB_1331_11EB)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn words(text: &str) -> Vec<PlacedTerm> {
        let place = |(at, c): (usize, char)| (Span::new(at, at + 1), (c != '|').then_some(TermId(c as u32)));
        text.char_indices().map(place).collect()
    }

    /// Every pair of places, the slow way.
    fn oracle(a: &str, b: &str, min_words: usize) -> Vec<(usize, usize, usize)> {
        let (x, y) = (a.as_bytes(), b.as_bytes());
        let mut found = Vec::new();
        for i in 0..x.len() {
            for j in 0..y.len() {
                let starts = i == 0 || j == 0 || x[i - 1] != y[j - 1] || x[i - 1] == b'|';
                let n = x[i..].iter().zip(&y[j..]).take_while(|(p, q)| p == q && **p != b'|').count();
                if starts && n >= min_words {
                    found.push((i, j, n));
                }
            }
        }
        found.sort_by_key(|&(i, j, n)| (std::cmp::Reverse(n), i, j));
        found
    }

    #[test]
    fn passages_are_maximal_runs() {
        for (a, b) in [
            ("", "abc"),
            ("xxabcdefyy", "zzabcdefww"),
            ("abcd|efgh", "abcd|efgh"),
            ("abcdefXghijkl", "ghijklYabcdef"),
            ("Qabcdefgh", "defghabcdef"),
        ] {
            let found = passages(&[words(a), words(b)], 4, &mut || Ok(())).unwrap();
            let places: Vec<_> = found.iter().map(|p| (p.left_span.start, p.right_span.start, p.n_words)).collect();
            assert_eq!(places, oracle(a, b, 4), "{a} {b}");
        }
    }

    #[test]
    fn repetition_stays_linear() {
        let long = words(&"ab".repeat(50_000));
        let found = passages(&[long.clone(), long.clone(), words(&"ab".repeat(30))], 8, &mut || Ok(())).unwrap();
        assert_eq!(found[0].n_words, 100_000);
        assert!(found.len() < 5_000, "{}", found.len());
        let many: Vec<_> = (0..2_000).map(|_| words("abcdefghij")).collect();
        assert!(passages(&many, 8, &mut || Ok(())).unwrap().len() <= 2 * MAX_PARTNERS);
    }
}
