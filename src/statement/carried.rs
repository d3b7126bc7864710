//! Which claims of the sentences of a group are those they have in common.

use std::borrow::Cow;
use std::cell::RefCell;

use rustc_hash::FxHashMap;

use super::claims::{Claims, Common};
use super::disputed::Disputed;
use super::entailed::Entailments;
use super::groups::Groups;
use super::nodes::Nodes;
use super::{Excerpt, Material, StatementConfig};
use crate::sentence::Sentence;
use crate::span::{ArticleId, SentenceId, Span};
use crate::story::Story;

/// What two claims must have in common, in nats, to be the same though others have more.
const MIN_COMMON: f32 = 4.0;
/// As many of the other members, the most probable ones, are asked what a member has in common with them.
const MOST_ASKED: usize = 12;

/// Of each of two nodes the claim that it most surely has in common with the other.
type Strongest = [Option<usize>; 2];

/// A part of an article, and the sentence it stands in.
type Stretch = (SentenceId, Span);

/// The claims of pairs of sentences.
pub(super) struct Carried<'a> {
    pub claims: &'a Claims,
    pub nodes: &'a Nodes,
    pub story: &'a Story,
    pub groups: &'a Groups,
    pub disputed: &'a Disputed,
    pub config: StatementConfig,
    /// What was asked of the texts that may be shown.
    pub entailments: Entailments,
    /// Of those that are linked, by the two nodes, the lower first.
    seen: FxHashMap<(usize, usize), Vec<Common>>,
    /// Of two nodes, the lower first, the claim of each that was asked for.
    strongest: RefCell<FxHashMap<(usize, usize), Strongest>>,
    /// How much of an excerpt stretches repeat, as far as it was asked.
    repeated: RefCell<FxHashMap<Excerpt, FxHashMap<Stretch, f32>>>,
}

impl<'a> Carried<'a> {
    pub fn new(
        claims: &'a Claims,
        nodes: &'a Nodes,
        story: &'a Story,
        groups: &'a Groups,
        disputed: &'a Disputed,
        config: StatementConfig,
        seen: FxHashMap<(usize, usize), Vec<Common>>,
    ) -> Self {
        Self {
            claims,
            nodes,
            story,
            groups,
            disputed,
            config,
            entailments: Entailments::default(),
            seen,
            strongest: RefCell::default(),
            repeated: RefCell::default(),
        }
    }

    fn n_claims(&self, node: usize) -> usize {
        self.story.clauses[self.nodes.first(node).index()].len()
    }

    /// What two nodes, the lower first, have in common.
    fn common(&self, a: usize, b: usize) -> Cow<'_, [Common]> {
        match self.seen.get(&(a, b)) {
            Some(seen) => Cow::Borrowed(seen),
            None => Cow::Owned(self.claims.common(self.nodes.first(a), self.nodes.first(b))),
        }
    }

    /// What speaks for each claim of a node, which is on one side of them, that it is among some that two nodes have in common;
    /// and whether the other repeats it for the greater part.
    fn carries(&self, node: usize, side: usize, common: &[Common]) -> Vec<(f32, bool)> {
        let mut found = vec![(0f32, false); self.n_claims(node)];
        for pair in common.iter().filter(|pair| !pair.template) {
            let (rank, repeated) = &mut found[[pair.left, pair.right][side]];
            *rank = rank.max(pair.rank());
            *repeated |= pair.share >= self.config.min_match && pair.weight >= MIN_COMMON;
        }
        found
    }

    /// The same for what a node has in common with another.
    fn with(&self, node: usize, other: usize) -> Vec<(f32, bool)> {
        self.carries(node, usize::from(node > other), &self.common(node.min(other), node.max(other)))
    }

    /// The members of a group that a node was linked to, with their probability, the most probable first.
    fn partners(&self, group: &[usize], node: usize) -> Vec<(f32, usize)> {
        let linked = group.iter().filter_map(|&other| self.groups.known(node, other).map(|p| (p, other)));
        let mut partners: Vec<(f32, usize)> = linked.collect();
        partners.sort_unstable_by(|x, y| y.0.total_cmp(&x.0).then(x.1.cmp(&y.1)));
        partners.truncate(MOST_ASKED);
        partners
    }

    /// For each claim of a node whether a group has it in common.
    pub fn of(&self, group: &[usize], node: usize) -> Vec<bool> {
        let partners = self.partners(group, node);
        let mut ranks = vec![0f32; self.n_claims(node)];
        let mut repeated = vec![0f32; self.n_claims(node)];
        for &(probability, other) in &partners {
            for (at, (rank, repeats)) in self.with(node, other).into_iter().enumerate() {
                ranks[at] += probability * rank;
                repeated[at] += if repeats { probability } else { 0.0 };
            }
        }
        let best = ranks.iter().copied().fold(0.0, f32::max);
        let half = partners.iter().map(|partner| partner.0).sum::<f32>() / 2.0;
        // With no word in common, or in a copy, nothing tells which claim it is.
        let carries =
            |at: usize| best == 0.0 || ranks[at] >= self.config.min_near * best || half > 0.0 && repeated[at] >= half;
        (0..ranks.len()).map(carries).collect()
    }

    /// Whether a node that would stand beside others of its article has the same claims of the rest in common with it.
    pub fn says_again(&self, group: &[usize], node: usize, beside: &[usize]) -> bool {
        let rest = group.iter().copied().filter(|member| !beside.contains(member));
        // Of one claim there is no other; else all are asked until the answer is known, those that were compared first.
        let (single, mut several): (Vec<usize>, Vec<usize>) = rest.partition(|&other| self.n_claims(other) <= 1);
        several.sort_by_cached_key(|&other| self.groups.known(node, other).is_none());
        let n = (single.len() + several.len()) * beside.len();
        let (mut asked, mut same) = (single.len() * beside.len(), single.len() * beside.len());
        for other in several {
            if 2 * same > n || 2 * (same + n - asked) <= n {
                break;
            }
            let own = self.strongest(other, node);
            same += beside.iter().filter(|&&twin| self.strongest(other, twin) == own).count();
            asked += beside.len();
        }
        2 * same > n
    }

    /// The shares of the words of an excerpt that each of some stretches repeats. Groups that have sentences in common, and one
    /// from which some leave, ask for the same ones again.
    pub fn repeated(&self, excerpt: &Excerpt, others: &[Stretch], sentences: &[Sentence]) -> Vec<f32> {
        let mut repeated = self.repeated.borrow_mut();
        let known = repeated.entry(excerpt.clone()).or_default();
        let new: Vec<Stretch> = others.iter().copied().filter(|other| !known.contains_key(other)).collect();
        let shares = self.claims.repeated(excerpt, &new, sentences);
        known.extend(new.into_iter().zip(shares));
        others.iter().map(|other| known[other]).collect()
    }

    /// The probability that an article says all of what is shown, if it was asked. A name that it has is understood where the
    /// sentences asked name nobody and nothing that the text does not: "a teenager was shot" of a story of one.
    pub fn says(&self, material: Material, shown: &Excerpt, article: ArticleId) -> Option<f32> {
        let understood = self.understood(material, shown, article);
        self.entailments.says(material.story, shown, article, &understood)
    }

    /// The names of an excerpt that are understood where an article was asked.
    pub fn understood(&self, material: Material, shown: &Excerpt, article: ArticleId) -> Vec<Span> {
        let by = self.entailments.asked_of(shown.sentence, article).take(1);
        self.claims.understood(shown, article, by, material.sentences)
    }

    /// Whether what is shown cannot stand for an article: it contradicts it, or lacks a figure of which others give another.
    pub fn contradicts(&self, material: Material, shown: &Excerpt, article: ArticleId) -> bool {
        let sentence = shown.sentence;
        let mut by = shown.kept().flat_map(|kept| self.disputed.contradicting(sentence, kept)).peekable();
        by.peek().is_some()
            && material.sentences[sentence.index()].article != article
            && (self.claims.lacks_figure(shown, article, material.sentences) || by.any(|one| one == article))
    }

    /// Whether an article contradicts a part of a sentence.
    pub fn is_contradicted(&self, sentence: SentenceId, part: Span, article: ArticleId) -> bool {
        self.disputed.contradicting(sentence, part).any(|one| one == article)
    }

    /// The claim of a node that it most surely has in common with another.
    fn strongest(&self, node: usize, other: usize) -> Option<usize> {
        let (a, b) = (node.min(other), node.max(other));
        let both = *self.strongest.borrow_mut().entry((a, b)).or_insert_with(|| {
            let common = self.common(a, b);
            [(a, 0), (b, 1)].map(|(of, side)| {
                let ranks = self.carries(of, side, &common);
                (0..ranks.len()).max_by(|&x, &y| ranks[x].0.total_cmp(&ranks[y].0).then(y.cmp(&x)))
            })
        });
        both[usize::from(node > other)]
    }
}
