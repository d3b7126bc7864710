//! A second look at a pair, from where it stands: articles tell a story in much the same order, so a pair is likelier
//! where the sentences beside its own match too, where neither has a better match in the other's article, early on, and
//! where the two articles share much else. Where the reader has read the story, the second look also weighs what late
//! interaction and the forest say against each other.

use rustc_hash::FxHashMap;

use super::late::Late;
use super::model;
use super::scorer::Scorer;
use crate::candidate::CandidatePair;
use crate::sentence::Sentence;
use crate::span::SentenceId;

/// Names of the features, in order: of the place of a pair, of the forest, of late interaction.
pub const NAMES: &[&str] = &[
    "beside",
    "across",
    "margin_min",
    "margin_max",
    "apart",
    "first",
    "last",
    "shared",
    "forest",
    "late",
    "late_cover_min",
    "late_cover_max",
    "late_share_min",
    "late_share_max",
    "late_mass_min",
    "late_mass_max",
    "late_cosine",
    "late_cover",
    "late_cover_among",
    "late_cover_max_among",
];
/// How many of them are of the place.
pub const N_PLACES: usize = 8;
/// How many features there are.
pub const N_FEATURES: usize = NAMES.len();
/// The lead of an article is its first sentences; how far behind it a sentence stands tells nothing more.
const LEAD: u32 = 8;
/// The lowest log-odds that count. A neighbour that is unlikelier, was not worth scoring or is not there says as little,
/// so a pair looks the same whether or not every pair of the story was scored.
pub(super) const UNLIKELY: f32 = -2.0;
/// Pairs whose features are kept at once.
const CHUNK: usize = 1024;

/// Where the sentences of a story stand among those of their articles that count.
#[derive(Debug)]
pub struct Places(Vec<Place>);

#[derive(Debug, Clone, Copy)]
struct Place {
    article: u32,
    /// From 0; sentences that do not count share the place of the one before.
    position: u32,
    /// How many there are in the article.
    of: u32,
    /// The sentences before and after that count, here itself if there is none.
    beside: [u32; 2],
}

impl Places {
    /// By the article of each sentence, in order, and whether it counts.
    pub fn new(articles: &[u32], counts: &[bool]) -> Self {
        let mut places = Vec::with_capacity(articles.len());
        for run in articles.chunk_by(|a, b| a == b) {
            let start = places.len();
            let counted: Vec<u32> = (start..start + run.len()).filter(|&at| counts[at]).map(|at| at as u32).collect();
            for at in start as u32..(start + run.len()) as u32 {
                let before = counted.partition_point(|&other| other < at);
                let after = before + usize::from(counted.get(before) == Some(&at));
                let beside = [before.checked_sub(1), Some(after)];
                let beside = beside.map(|place| place.and_then(|place| counted.get(place).copied()).unwrap_or(at));
                let position = (before as u32).min((counted.len() as u32).saturating_sub(1));
                places.push(Place { article: run[0], position, of: counted.len() as u32, beside });
            }
        }
        Self(places)
    }

    /// Of the sentences of a story.
    pub fn of(sentences: &[Sentence], counts: &[bool]) -> Self {
        let articles: Vec<u32> = sentences.iter().map(|sentence| sentence.article.index() as u32).collect();
        Self::new(&articles, counts)
    }

    /// The article of a sentence.
    pub(super) fn article(&self, sentence: SentenceId) -> u32 {
        self.0[sentence.index()].article
    }

    /// How many articles there are.
    pub(super) fn n_articles(&self) -> usize {
        self.0.chunk_by(|a, b| a.article == b.article).count()
    }

    /// How many sentences that count the longer one of the articles of two sentences has.
    pub(super) fn longer_article(&self, left: SentenceId, right: SentenceId) -> f32 {
        let length = |sentence: SentenceId| self.0[sentence.index()].of;
        length(left).max(length(right)) as f32
    }

    fn relative(&self, sentence: usize) -> f32 {
        let place = self.0[sentence];
        place.position as f32 / place.of.saturating_sub(1).max(1) as f32
    }
}

/// What a second look makes of a pair.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Again {
    /// That both sentences assert a common statement.
    pub log_odds: f32,
    /// Whether the sentences before them, or after them, match too.
    pub beside: bool,
}

/// The pairs beside and across from the likely ones that are not among `pairs`, which ascend: a second look may find them
/// likely too.
pub fn unscored(pairs: &[CandidatePair], log_odds: &[f32], places: &Places) -> Vec<CandidatePair> {
    let likely = pairs.iter().zip(log_odds).filter(|&(_, &log_odds)| log_odds > LIKELY);
    let near = likely.flat_map(|(pair, _)| {
        let own = (pair.left.index() as u32, pair.right.index() as u32);
        let [a, b] = [own.0, own.1].map(|sentence| places.0[sentence as usize].beside);
        [(a[0], b[0]), (a[1], b[1]), (a[0], own.1), (a[1], own.1), (own.0, b[0]), (own.0, b[1])]
    });
    let near = near.map(|(left, right)| CandidatePair { left: SentenceId(left), right: SentenceId(right) });
    let mut found: Vec<CandidatePair> = near.filter(|pair| pairs.binary_search(pair).is_err()).collect();
    found.sort_unstable();
    found.dedup();
    found
}

/// A second look at the pairs of a story; `pairs` ascend. What is no story is left as it is.
pub fn look_again(pairs: &[CandidatePair], log_odds: &[f32], places: &Places, scorer: &Scorer) -> Vec<Again> {
    if scorer.n_story == 0 {
        return log_odds.iter().map(|&log_odds| Again { log_odds, beside: false }).collect();
    }
    let seen = features(pairs, log_odds, places);
    let mut again = Vec::with_capacity(pairs.len());
    for ((pairs, first), places) in pairs.chunks(CHUNK).zip(log_odds.chunks(CHUNK)).zip(seen.chunks(CHUNK)) {
        let late = |pair: &CandidatePair| scorer.late(pair.left.index(), pair.right.index());
        let all = |((pair, &first), place)| with_late(place, first, late(pair));
        let all: Vec<_> = pairs.iter().zip(first).zip(places).map(all).collect();
        let log_odds = model::look_again(first, &all, scorer.is_read());
        let seen = log_odds.into_iter().zip(places);
        again.extend(seen.map(|(log_odds, place)| Again { log_odds, beside: place[0] > 0.0 }));
    }
    again
}

/// All that the second look sees of a pair: its place, and of what the first look is the mean.
pub fn with_late(place: &[f32; N_PLACES], first: f32, late: Option<Late>) -> [f32; N_FEATURES] {
    let mut seen = [0.0; N_FEATURES];
    seen[..N_PLACES].copy_from_slice(place);
    let Some(late) = late else { return seen };
    seen[N_PLACES] = 2.0 * first - late.log_odds;
    seen[N_PLACES + 1] = late.log_odds;
    seen[N_PLACES + 2..].copy_from_slice(&late.signals);
    seen
}

/// Where each pair stands; `pairs` ascend, and the left article comes first.
pub fn features(pairs: &[CandidatePair], log_odds: &[f32], places: &Places) -> Vec<[f32; N_PLACES]> {
    let found = |left: u32, right: u32| {
        let pair = CandidatePair { left: (left as usize).into(), right: (right as usize).into() };
        pairs.binary_search(&pair).map_or(UNLIKELY, |at| log_odds[at])
    };
    let place = |sentence: SentenceId| places.0[sentence.index()];
    let (left, right) =
        (|pair: &CandidatePair| pair.left.index() as u32, |pair: &CandidatePair| pair.right.index() as u32);
    let margins = margins(pairs, log_odds, places);
    let shared = shared(pairs, log_odds, places);
    let seen = |(at, pair): (usize, &CandidatePair)| {
        let (a, b) = (place(pair.left), place(pair.right));
        let own = (left(pair), right(pair));
        let best = |moves: [(u32, u32); 4]| {
            let others = moves.into_iter().filter(|&(left, right)| (left, right) != own);
            others.map(|(left, right)| found(left, right)).fold(UNLIKELY, f32::max)
        };
        let step = |side: usize| match (a.beside[side], b.beside[side]) {
            (left, right) if left != own.0 && right != own.1 => (left, right),
            _ => own,
        };
        let beside = best([step(0), step(1), own, own]);
        let across = best([(a.beside[0], own.1), (a.beside[1], own.1), (own.0, b.beside[0]), (own.0, b.beside[1])]);
        let apart = (places.relative(pair.left.index()) - places.relative(pair.right.index())).abs();
        let positions = [a, b].map(|place| place.position.min(LEAD) as f32);
        let others = shared[&(a.article, b.article)] - expected(log_odds[at]);
        [
            beside,
            across,
            margins[at].0,
            margins[at].1,
            apart,
            positions[0].min(positions[1]),
            positions[0].max(positions[1]),
            ((others as f64 / ONE + 0.1) / f64::from(a.of.min(b.of).max(1))).ln() as f32,
        ]
    };
    pairs.iter().enumerate().map(seen).collect()
}

/// What is unlikelier is not counted among what two articles share: it may not have been worth scoring.
const COUNTS: f32 = -1.0;
/// From these log-odds on, the pairs around a pair are worth scoring.
const LIKELY: f32 = 0.0;
/// One expected link, in whole numbers: their sum does not depend on the order of the articles.
const ONE: f64 = 1e6;

fn expected(log_odds: f32) -> u64 {
    if log_odds > COUNTS { (ONE / (1.0 + f64::from(-log_odds).exp())).round() as u64 } else { 0 }
}

/// How many links are expected between every two articles.
fn shared(pairs: &[CandidatePair], log_odds: &[f32], places: &Places) -> FxHashMap<(u32, u32), u64> {
    let mut shared = FxHashMap::default();
    for (pair, &log_odds) in pairs.iter().zip(log_odds) {
        let article = |sentence: SentenceId| places.0[sentence.index()].article;
        *shared.entry((article(pair.left), article(pair.right))).or_default() += expected(log_odds);
    }
    shared
}

/// How far each pair leads the best other of its left and of its right sentence in the same two articles: the lesser lead,
/// and the greater.
pub(super) fn margins(pairs: &[CandidatePair], log_odds: &[f32], places: &Places) -> Vec<(f32, f32)> {
    let of_left = best_others(pairs, log_odds, |pair| (pair.left.index() as u32, places.article(pair.right)));
    let of_right = best_others(pairs, log_odds, |pair| (pair.right.index() as u32, places.article(pair.left)));
    let margin = |at: usize| {
        let [a, b] = [of_left[at], of_right[at]].map(|other| log_odds[at].max(UNLIKELY) - other);
        (a.min(b), a.max(b))
    };
    (0..pairs.len()).map(margin).collect()
}

/// For each pair the best other of its left sentence in the right article, or with the `sides` turned, of its right
/// sentence in the left one.
fn best_others(pairs: &[CandidatePair], log_odds: &[f32], sides: impl Fn(&CandidatePair) -> (u32, u32)) -> Vec<f32> {
    let mut order: Vec<usize> = (0..pairs.len()).collect();
    order.sort_by_key(|&at| sides(&pairs[at]));
    let mut others = vec![UNLIKELY; pairs.len()];
    for group in order.chunk_by(|&a, &b| sides(&pairs[a]) == sides(&pairs[b])) {
        let (mut best, mut second) = (UNLIKELY, UNLIKELY);
        for &at in group {
            let value = log_odds[at];
            (best, second) = if value > best { (value, best) } else { (best, second.max(value)) };
        }
        group.iter().for_each(|&at| others[at] = if log_odds[at] >= best { second } else { best });
    }
    others
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_pair_is_seen_among_its_neighbours() {
        // Two articles of three sentences that count; the second's middle one does not.
        let places = Places::new(&[0, 0, 0, 1, 1, 1, 1], &[true, true, true, true, false, true, true]);
        let pair = |left: usize, right: usize| CandidatePair { left: left.into(), right: right.into() };
        let pairs = [pair(0, 3), pair(0, 5), pair(1, 5), pair(2, 6)];
        let log_odds = [1.0, -2.0, 0.5, 3.0];
        let seen = features(&pairs, &log_odds, &places);
        // Beside (0, 3) stands (1, 5), for 4 does not count; across from it (0, 5).
        let shared = |others: &[f32]| {
            let sum: f32 = others.iter().map(|other| 1.0 / (1.0 + (-other).exp())).sum();
            ((sum + 0.1) / 3.0).ln()
        };
        let close = |seen: [f32; N_PLACES], expected: [f32; N_PLACES]| {
            assert!(seen.iter().zip(&expected).all(|(a, b)| (a - b).abs() < 1e-4), "{seen:?} {expected:?}");
        };
        close(seen[0], [0.5, -2.0, 3.0, 3.0, 0.0, 0.0, 0.0, shared(&[0.5, 3.0])]);
        close(seen[2], [3.0, -2.0, 2.5, 2.5, 0.0, 1.0, 1.0, shared(&[1.0, 3.0])]);
        // (1, 6) was not scored, and before 0 there is nothing.
        close(seen[1], [UNLIKELY, 1.0, -3.0, -2.5, 0.5, 0.0, 1.0, shared(&[1.0, 0.5, 3.0])]);
        assert!(features(&[], &[], &Places::new(&[], &[])).is_empty());
        // Around (0, 3), (1, 5) and (2, 6), which are likely.
        assert_eq!(unscored(&pairs, &log_odds, &places), [pair(1, 3), pair(1, 6), pair(2, 5)]);
    }
}
