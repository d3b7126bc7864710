//! How probably each claim is also made elsewhere: what is left is the probability that it is one article's alone.

use super::best;
use super::claims::Common;
use crate::link::Link;
use crate::sentence::Sentence;
use crate::span::ArticleId;
use crate::story::Story;

/// How often a claim that no link touches is one article's alone, and how much faster than silence that share falls:
/// read off 71 labelled stories that no model was trained on, where the product alone said 0.96 of what was true of 0.83.
const UNSEEN: f32 = 0.87;
const DOUBT: f32 = 1.3;

/// The least share of a link that each claim of its sentences hears, where the words of one pair of claims match and where
/// none do: words in common do not tell for certain which claim is meant. With none, spans of sentences with a link of
/// 0.5 and more were said to be alone with 0.6 to 0.87 where the sentence was in 0.3.
const BESIDE: f32 = 0.15;
const UNKNOWN: f32 = 0.5;
/// The share of the lighter claim from which on two claims match.
const MATCHED: f32 = 0.5;

/// What links say of one claim.
#[derive(Debug, Clone, Default, PartialEq)]
struct Heard {
    /// How probably each other article says it too: by what speaks for this claim and the doubt which claim is meant; and by
    /// the words in common alone.
    by: Vec<(ArticleId, [f32; 2])>,
    /// The strongest doubt which claim is meant.
    doubt: f32,
}

/// For each claim of each sentence what links say of it.
pub(super) struct Said(Vec<Vec<Heard>>);

/// How probably no other article says each claim of each sentence.
pub(super) struct Newness {
    /// As far as the links tell.
    pub alone: Vec<Vec<f32>>,
    /// Where another claim of the sentence is known to be shared: that explains the links. All of them leave the same doubt
    /// then, so that it counts once: "and was jeered" is no less new for all the papers that report the visit.
    pub beside: Vec<Vec<f32>>,
}

impl Said {
    pub fn new(story: &Story) -> Self {
        Self(story.clauses.iter().map(|clauses| vec![Heard::default(); clauses.len()]).collect())
    }

    /// A link is heard by the claims that carry it, and by others as far as the other sentence repeats them.
    pub fn hear(&mut self, sentences: &[Sentence], link: &Link, common: &[Common]) {
        let matched = best(common).is_some_and(|best| best.share >= MATCHED);
        let best = best(common).map_or(1.0, Common::rank);
        let ends = [(link.left, link.right), (link.right, link.left)];
        for (side, (own, other)) in ends.into_iter().enumerate() {
            let article = sentences[other.index()].article;
            let claims = &mut self.0[own.index()];
            let least = match claims.len() {
                1 => 1.0,
                _ if matched => BESIDE,
                _ => UNKNOWN,
            };
            for (at, heard) in claims.iter_mut().enumerate() {
                let of = |pair: &&Common| [pair.left, pair.right][side] == at;
                let share = |pair: &Common| (pair.rank() / best).powi(2).max(pair.covered[side]);
                let carried = common.iter().filter(of).map(share).fold(0.0, f32::max);
                let said = [carried.max(least), carried.powi(2)].map(|share| link.probability * share);
                heard.doubt = heard.doubt.max(link.probability * least);
                match heard.by.iter_mut().find(|(known, _)| *known == article) {
                    Some((_, known)) => *known = [known[0].max(said[0]), known[1].max(said[1])],
                    None if said[0] > 0.0 => heard.by.push((article, said)),
                    None => {}
                }
            }
        }
    }

    /// For each claim of each sentence the probability that no other article says it.
    pub fn newness(self, n_articles: usize) -> Newness {
        let unseen = if n_articles > 1 { UNSEEN } else { 1.0 };
        let new = |mut heard: Heard| {
            heard.by.sort_by_key(|&(article, _)| article);
            let silence = |which: usize| heard.by.iter().map(|(_, said)| 1.0 - said[which]).product::<f32>();
            [silence(0), silence(1) * (1.0 - heard.doubt)].map(|silence| unseen * silence.powf(DOUBT))
        };
        let found: Vec<Vec<[f32; 2]>> =
            self.0.into_iter().map(|claims| claims.into_iter().map(new).collect()).collect();
        let [alone, beside] =
            [0, 1].map(|which| found.iter().map(|claims| claims.iter().map(|new| new[which]).collect()).collect());
        Newness { alone, beside }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn beside_what_is_shared_many_links_leave_one_doubt() {
        let heard = |n: u32| Heard { by: (0..n).map(|article| (ArticleId(article), [0.5, 0.0])).collect(), doubt: 0.5 };
        let newness = |n: u32| {
            let newness = Said(vec![vec![heard(n)]]).newness(5);
            (newness.alone[0][0], newness.beside[0][0])
        };
        assert!(newness(3).0 < newness(1).0);
        assert_eq!(newness(3).1, newness(1).1);
        assert_eq!(newness(1).0, newness(1).1);
    }
}
