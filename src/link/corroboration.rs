//! The last look at a pair: what third articles say of its two sentences. Where a sentence elsewhere says what both of them
//! say, the two are likelier to say the same; where it agrees with one of them alone, they are less so. Cost: for each pair
//! that may be, the likely partners of its two sentences.

use super::model;
use super::neighbourhood::{Again, Places, UNLIKELY, margins};
use crate::candidate::CandidatePair;
use crate::encode::PairOdds;
use crate::span::SentenceId;

/// Names of the features, in order.
pub const NAMES: &[&str] = &[
    "log_odds",
    "known",
    "shared",
    "conflict",
    "margin_min",
    "margin_max",
    "support",
    "second",
    "supporters",
    "parted",
];
/// How many features there are.
pub const N_FEATURES: usize = NAMES.len();
/// Pairs with lower log-odds are not looked at.
const LEAST: f32 = -3.0;
/// A third sentence supports a pair from these log-odds on of the weaker of its two links, and agrees with one of them from
/// these on.
const SUPPORTS: f32 = -1.0;
const AGREES: f32 = 0.0;

/// What was known of a pair before it was read, and what reading it said; zeros where it was not read.
#[derive(Debug, Clone, Copy, Default)]
pub struct Before {
    /// Log-odds of a common statement.
    pub known: f32,
    /// What was read.
    pub read: PairOdds,
}

/// Looks at the pairs of a story of three articles or more; `pairs` ascend.
pub fn corroborate(pairs: &[CandidatePair], seen: &mut [Again], before: &[Before], places: &Places) {
    if places.n_articles() < 3 {
        return;
    }
    let log_odds: Vec<f32> = seen.iter().map(|again| again.log_odds).collect();
    let features = features(pairs, &log_odds, before, places);
    let (at, features): (Vec<usize>, Vec<_>) =
        features.into_iter().enumerate().filter_map(|(at, features)| Some((at, features?))).unzip();
    let known: Vec<f32> = at.iter().map(|&at| log_odds[at]).collect();
    for (at, log_odds) in at.into_iter().zip(model::corroborate(&known, &features)) {
        seen[at].log_odds = log_odds;
    }
}

/// What is seen of each pair that may be; `pairs` ascend.
pub fn features(
    pairs: &[CandidatePair],
    log_odds: &[f32],
    before: &[Before],
    places: &Places,
) -> Vec<Option<[f32; N_FEATURES]>> {
    let partners = partners(pairs, log_odds);
    let margins = margins(pairs, log_odds, places);
    let seen = |at: usize| {
        if log_odds[at] <= LEAST {
            return None;
        }
        let pair = pairs[at];
        let third = third(pair, &partners, places);
        let Before { known, read } = before[at];
        Some([
            log_odds[at],
            known,
            read.shared,
            read.conflict,
            margins[at].0,
            margins[at].1,
            third.support,
            third.second,
            third.supporters,
            third.parted,
        ])
    };
    (0..pairs.len()).map(seen).collect()
}

/// What the sentences of third articles say of a pair.
struct Third {
    /// The weaker link of the sentence that supports the pair best, and of the second best.
    support: f32,
    second: f32,
    /// How many support it.
    supporters: f32,
    /// How far the links of a sentence that agrees with one of the two lie apart at most.
    parted: f32,
}

fn third(pair: CandidatePair, partners: &[Vec<(u32, f32)>], places: &Places) -> Third {
    let own = [pair.left, pair.right].map(|sentence| places.article(sentence));
    let mut found = Third { support: UNLIKELY, second: UNLIKELY, supporters: 0.0, parted: 0.0 };
    let [a, b] = [pair.left, pair.right].map(|sentence| &partners[sentence.index()]);
    let (mut i, mut j) = (0, 0);
    while i < a.len() || j < b.len() {
        let next = |list: &[(u32, f32)], at: usize| list.get(at).map_or(u32::MAX, |partner| partner.0);
        let sentence = next(a, i).min(next(b, j));
        let take = |list: &[(u32, f32)], at: &mut usize| {
            if next(list, *at) != sentence {
                return UNLIKELY;
            }
            *at += 1;
            list[*at - 1].1
        };
        let (x, y) = (take(a, &mut i), take(b, &mut j));
        if own.contains(&places.article(SentenceId(sentence))) {
            continue;
        }
        let (weaker, stronger) = (x.min(y), x.max(y));
        if weaker > found.support {
            (found.support, found.second) = (weaker, found.support);
        } else {
            found.second = found.second.max(weaker);
        }
        if weaker > SUPPORTS {
            found.supporters += model::probability(weaker);
        }
        if stronger > AGREES {
            found.parted = found.parted.max(stronger - weaker);
        }
    }
    found
}

/// For each sentence its likely partners, ascending.
fn partners(pairs: &[CandidatePair], log_odds: &[f32]) -> Vec<Vec<(u32, f32)>> {
    let n = pairs.iter().map(|pair| pair.left.index().max(pair.right.index()) + 1).max().unwrap_or(0);
    let mut partners = vec![Vec::new(); n];
    for (pair, &log_odds) in pairs.iter().zip(log_odds).filter(|&(_, &log_odds)| log_odds > UNLIKELY) {
        partners[pair.left.index()].push((pair.right.index() as u32, log_odds));
        partners[pair.right.index()].push((pair.left.index() as u32, log_odds));
    }
    partners.iter_mut().for_each(|list| list.sort_unstable_by_key(|partner| partner.0));
    partners
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn third_articles_support_a_pair_or_part_it() {
        let pair = |left: usize, right: usize| CandidatePair { left: left.into(), right: right.into() };
        // Each sentence is an article.
        let places = Places::new(&[0, 1, 2, 3, 4], &[true; 5]);
        let pairs = [pair(0, 1), pair(0, 2), pair(0, 3), pair(1, 2), pair(1, 3), pair(2, 3), pair(2, 4)];
        let log_odds = [0.5, 3.0, 1.0, 2.0, -1.5, -4.0, 1.0];
        let seen = features(&pairs, &log_odds, &[Before::default(); 7], &places);
        let of = |at: usize| seen[at].map(|seen| [seen[6], seen[7], seen[8], seen[9]]);
        // 2 says what 0 and 1 say; 3 agrees with 0 and hardly with 1.
        assert_eq!(of(0), Some([2.0, -1.5, model::probability(2.0), 2.5]));
        // 4 is linked to 2 alone.
        assert_eq!(of(1), Some([0.5, UNLIKELY, model::probability(0.5), 3.0]));
        assert_eq!(of(5), None);
        assert!(features(&[], &[], &[], &Places::new(&[], &[])).is_empty());
    }

    #[test]
    fn two_articles_have_no_third() {
        let pairs = [CandidatePair { left: 0usize.into(), right: 1usize.into() }];
        let mut seen = [Again { log_odds: 1.0, beside: false }];
        corroborate(&pairs, &mut seen, &[Before::default()], &Places::new(&[0, 1], &[true; 2]));
        assert_eq!(seen[0].log_odds, 1.0);
    }
}
