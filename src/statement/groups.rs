//! Groups of sentences that all have a claim in common: overlapping, since a sentence makes several claims.
//!
//! A group grows from a link: the strongest first, and only one that no group holds yet. The sentence that joins next is
//! the one whose links to those in the group are the most probable on average, as long as that average is high, no link
//! to any of them is weak or contradicted, and one member is strongly linked to all the others: it says what they share.
//! So no link chains two statements, and a link that is sure of itself is in some statement whatever else its sentences
//! say. Groups that share the sentences of several articles would tell one thing twice: the widest keeps them, and takes in
//! what is left of the narrower one where all are linked to all. Cost: each
//! growth walks the neighbours of its members; a link is grown from at most once.

use std::cmp::Reverse;
use std::collections::BinaryHeap;

use rustc_hash::{FxHashMap, FxHashSet};

use super::{CHUNK, ROUND};
use crate::error::Result;
use crate::pool::GoOn;

/// What links must show; probabilities.
#[derive(Debug, Clone, Copy)]
pub(super) struct Least {
    /// One that begins a group, and each of those of the member that says what all share.
    pub central: f32,
    /// The average of those of a sentence that joins.
    pub average: f32,
    /// Each between two members.
    pub each: f32,
}

/// Sentences and what is known about their pairs.
pub(super) struct Groups {
    /// For each node its neighbours: how probable it is that the two have a claim in common; `None`: they must not meet.
    near: Vec<FxHashMap<u32, Option<f32>>>,
    /// For each node the articles it stands in, ascending.
    articles: Vec<Vec<u32>>,
    /// A node was compared with so many others at most.
    max_partners: usize,
}

/// A node, and how probable it is that it has a claim in common with another; `None`: the two must not meet.
type Neighbour = (u32, Option<f32>);

/// What the members of a group say about a node that may join.
#[derive(Debug, Clone, Copy)]
struct Voices {
    sum: f32,
    n: u32,
}

impl Groups {
    pub fn new(articles: Vec<Vec<u32>>, max_partners: usize) -> Self {
        Self { near: vec![FxHashMap::default(); articles.len()], articles, max_partners }
    }

    /// Two nodes were compared. Of several looks at a pair, which repeated sentences have, the most probable counts; where
    /// one of them forbids, all do.
    pub fn know(&mut self, a: usize, b: usize, probability: Option<f32>) {
        if a == b {
            return;
        }
        for (from, to) in [(a, b), (b, a)] {
            let known = self.near[from].entry(to as u32).or_insert(probability);
            *known = known.zip(probability).map(|(old, new)| old.max(new));
        }
    }

    /// The probability of a pair that was compared and may meet.
    pub fn known(&self, a: usize, b: usize) -> Option<f32> {
        self.near[a].get(&(b as u32)).copied().flatten()
    }

    /// The nodes that a node was compared with and may meet, and how probable that is.
    pub fn near(&self, node: usize) -> impl Iterator<Item = (usize, f32)> + '_ {
        self.near[node].iter().filter_map(|(&other, &known)| known.map(|probability| (other as usize, probability)))
    }

    /// How probable the links of a member are on average to the others of a group that stand in other articles and were
    /// compared with it; 1 where there is none.
    pub fn link(&self, group: &[usize], member: usize) -> f32 {
        let others = group.iter().filter(|&&other| other != member && !self.beside(member, other));
        let links: Vec<f32> = others.filter_map(|&other| self.known(member, other)).collect();
        if links.is_empty() { 1.0 } else { links.iter().sum::<f32>() / links.len() as f32 }
    }

    /// Whether a pair is known to be as probable as `least`, or could not be known.
    fn is_known(&self, a: usize, b: usize, least: f32) -> bool {
        match self.near[a].get(&(b as u32)) {
            Some(known) => known.is_some_and(|probability| probability >= least),
            None => a == b || self.beside(a, b) || self.is_full(a) || self.is_full(b),
        }
    }

    /// Whether two nodes stand in one article, the same for both, and so are never compared.
    fn beside(&self, a: usize, b: usize) -> bool {
        self.articles[a].len() == 1 && self.articles[a] == self.articles[b]
    }

    /// The groups, each ascending; `may_join` has the last word on a node (second) that would stand beside members of its
    /// article.
    pub fn grown(
        &self,
        least: Least,
        may_join: impl Fn(&[usize], usize, &[usize]) -> bool,
        go_on: GoOn,
    ) -> Result<Vec<Vec<usize>>> {
        let ordered = |near: &FxHashMap<u32, Option<f32>>| {
            let mut list: Vec<Neighbour> = near.iter().map(|(&other, &probability)| (other, probability)).collect();
            list.sort_unstable_by_key(|neighbour| neighbour.0);
            list
        };
        let lists: Vec<Vec<Neighbour>> = self.near.iter().map(ordered).collect();
        let mut seeds: Vec<(f32, usize, usize)> = Vec::new();
        for (a, list) in lists.iter().enumerate() {
            let strong = list.iter().filter_map(|&(b, p)| p.map(|p| (p, a, b as usize)));
            seeds.extend(strong.filter(|&(p, a, b)| a < b && p >= least.central && !self.beside(a, b)));
        }
        // What several articles print is a group already.
        seeds.extend((0..self.near.len()).filter(|&at| self.articles[at].len() > 1).map(|at| (1.0, at, at)));
        seeds.sort_unstable_by(|x, y| y.0.total_cmp(&x.0).then((x.1, x.2).cmp(&(y.1, y.2))));
        let mut groups: Vec<Vec<usize>> = Vec::new();
        let mut groups_of: Vec<Vec<usize>> = vec![Vec::new(); self.near.len()];
        let mut n_looks = 0;
        for (_, a, b) in seeds {
            n_looks += 1;
            if n_looks >= CHUNK {
                go_on()?;
                n_looks = 0;
            }
            if groups_of[a].iter().any(|group| a == b || groups_of[b].contains(group)) {
                continue;
            }
            let mut group = self.grow(a, b, least, &lists, &may_join);
            n_looks += group.iter().map(|&member| lists[member].len()).sum::<usize>();
            group.sort_unstable();
            group.iter().for_each(|&member| groups_of[member].push(groups.len()));
            groups.push(group);
        }
        go_on()?;
        self.told_once(without_parts(groups, &groups_of), least, go_on)
    }

    fn grow(
        &self,
        a: usize,
        b: usize,
        least: Least,
        lists: &[Vec<Neighbour>],
        may_join: &impl Fn(&[usize], usize, &[usize]) -> bool,
    ) -> Vec<usize> {
        let mut group: Vec<usize> = Vec::new();
        // Members that are strongly linked to all the others.
        let mut centres: Vec<usize> = Vec::new();
        let mut voices: FxHashMap<u32, Voices> = FxHashMap::default();
        let mut out: FxHashSet<u32> = FxHashSet::default();
        let mut joins = Some(a);
        while let Some(node) = joins {
            centres.retain(|&centre| self.is_known(centre, node, least.central));
            if group.iter().all(|&member| self.is_known(node, member, least.central)) {
                centres.push(node);
            }
            group.push(node);
            voices.remove(&(node as u32));
            out.insert(node as u32);
            for &(other, probability) in &lists[node] {
                match probability.filter(|&probability| probability >= least.each && !out.contains(&other)) {
                    None => {
                        out.insert(other);
                        voices.remove(&other);
                    }
                    Some(probability) => {
                        let heard = voices.entry(other).or_insert(Voices { sum: 0.0, n: 0 });
                        heard.sum += probability;
                        heard.n += 1;
                    }
                }
            }
            if group.len() == 1 && a != b {
                joins = Some(b);
                continue;
            }
            // The first that fits is mostly among the best; the bits of positive numbers are in their order.
            let averages = voices.iter().map(|(&node, heard)| (heard.sum / heard.n as f32, node));
            let sure = averages.filter(|&(average, _)| average >= least.average);
            let mut best: BinaryHeap<_> = sure.map(|(average, node)| (average.to_bits(), Reverse(node))).collect();
            joins = std::iter::from_fn(|| best.pop()).map(|(_, Reverse(node))| node as usize).find(|&node| {
                let beside: Vec<usize> = group.iter().copied().filter(|&member| self.beside(member, node)).collect();
                let silent = group.len() - beside.len() - voices[&(node as u32)].n as usize;
                let central = centres.iter().any(|&centre| self.is_known(centre, node, least.central))
                    || group.iter().all(|&member| self.is_known(node, member, least.central));
                let fits = (silent == 0 || self.is_full(node))
                    && central
                    && (beside.is_empty() || may_join(&group, node, &beside));
                if !fits {
                    out.insert(node as u32);
                    voices.remove(&(node as u32));
                }
                fits
            });
        }
        group
    }

    /// Whether a node has as many neighbours as were looked for: that it knows nothing of another then says nothing.
    fn is_full(&self, node: usize) -> bool {
        self.near[node].len() >= self.max_partners
    }
}

/// The groups that no other one holds whole.
fn without_parts(groups: Vec<Vec<usize>>, groups_of: &[Vec<usize>]) -> Vec<Vec<usize>> {
    let holds = |of: usize, part: usize| {
        of != part
            && groups[of].len() > groups[part].len()
            && groups[part].iter().all(|member| groups[of].binary_search(member).is_ok())
    };
    let kept = |&at: &usize| !groups_of[groups[at][0]].iter().any(|&other| holds(other, at));
    (0..groups.len()).filter(kept).map(|at| groups[at].clone()).collect()
}

impl Groups {
    /// Of groups that have the sentences of several articles in common the widest, then the surest, keeps them: they say
    /// one thing, and are told once. What a narrower one has besides joins a wider one if it may,
    /// or stays together, with the strongest of the common sentences where it would stand alone.
    fn told_once(&self, groups: Vec<Vec<usize>>, least: Least, go_on: GoOn) -> Result<Vec<Vec<usize>>> {
        let mean = |group: &[usize]| {
            let sum: f32 = group.iter().map(|&member| self.link(group, member)).sum();
            sum / group.len() as f32
        };
        let mut order: Vec<(usize, f32, Vec<usize>)> =
            groups.into_iter().map(|group| (self.articles_of(&group).len(), mean(&group), group)).collect();
        order.sort_by(|x, y| y.0.cmp(&x.0).then(y.1.total_cmp(&x.1)).then_with(|| x.2.cmp(&y.2)));
        let mut kept: Vec<Vec<usize>> = Vec::new();
        let mut kept_of: FxHashMap<usize, Vec<usize>> = FxHashMap::default();
        for (at, (_, _, group)) in order.into_iter().enumerate() {
            if at % ROUND == 0 {
                go_on()?;
            }
            let mut common: FxHashMap<usize, Vec<usize>> = FxHashMap::default();
            for &member in &group {
                for &other in kept_of.get(&member).map_or(&[][..], Vec::as_slice) {
                    common.entry(other).or_default().push(member);
                }
            }
            let told: FxHashSet<usize> =
                common.into_values().filter(|common| self.articles_of(common).len() > 1).flatten().collect();
            let rest = match told.is_empty() {
                true => Some(group),
                false => self.rest(&group, &told),
            };
            let Some(rest) = rest else { continue };
            let (home, joined) = match self.home(&rest, &kept, &kept_of, least) {
                Some(home) => (home, rest.into_iter().filter(|member| !kept[home].contains(member)).collect()),
                None => {
                    kept.push(Vec::new());
                    (kept.len() - 1, rest)
                }
            };
            joined.iter().for_each(|&member| kept_of.entry(member).or_default().push(home));
            kept[home].extend(joined);
            kept[home].sort_unstable();
        }
        Ok(kept)
    }

    /// The wider group that a narrower one may join: all are linked to all, and one member strongly to all the others. Of
    /// several the one with the strongest links.
    fn home(
        &self,
        group: &[usize],
        kept: &[Vec<usize>],
        kept_of: &FxHashMap<usize, Vec<usize>>,
        least: Least,
    ) -> Option<usize> {
        let near = |&member: &usize| self.near[member].keys().map(|&other| other as usize).chain([member]);
        let found = group.iter().flat_map(near).filter_map(|at| kept_of.get(&at));
        let mut homes: Vec<usize> = found.flatten().copied().collect();
        homes.sort_unstable();
        homes.dedup();
        let strength = |home: usize| -> Option<f32> {
            let new: Vec<usize> = group.iter().copied().filter(|member| !kept[home].contains(member)).collect();
            let pairs = new.iter().flat_map(|&a| kept[home].iter().map(move |&b| (a, b)));
            let apart = pairs.filter(|&(a, b)| !self.beside(a, b));
            let links = apart.map(|(a, b)| self.known(a, b).filter(|&probability| probability >= least.each));
            let links: Vec<f32> = links.collect::<Option<_>>()?;
            let all = || kept[home].iter().chain(&new);
            let central = |&&member: &&usize| all().all(|&other| self.is_known(member, other, least.central));
            all().find(central)?;
            Some(links.iter().sum::<f32>() / links.len().max(1) as f32)
        };
        let strong = homes.into_iter().filter_map(|home| strength(home).map(|mean| (mean, home)));
        strong.max_by(|x, y| x.0.total_cmp(&y.0).then(y.1.cmp(&x.1))).map(|(_, home)| home)
    }

    /// What a group has besides what is told already.
    fn rest(&self, group: &[usize], told: &FxHashSet<usize>) -> Option<Vec<usize>> {
        let mut rest: Vec<usize> = group.iter().copied().filter(|member| !told.contains(member)).collect();
        if rest.is_empty() || self.articles_of(&rest).len() > 1 {
            return (!rest.is_empty()).then_some(rest);
        }
        let links = |&common: &usize| -> f32 { rest.iter().filter_map(|&member| self.known(common, member)).sum() };
        let apart =
            |common: &&usize| told.contains(*common) && rest.iter().all(|&member| !self.beside(**common, member));
        let strongest = group.iter().filter(apart).max_by(|x, y| links(x).total_cmp(&links(y)).then(y.cmp(x)))?;
        rest.push(*strongest);
        rest.sort_unstable();
        Some(rest)
    }

    /// The articles in which the members of a group stand.
    fn articles_of(&self, group: &[usize]) -> FxHashSet<u32> {
        group.iter().flat_map(|&member| self.articles[member].iter().copied()).collect()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const LEAST: Least = Least { central: 0.7, average: 0.75, each: 0.5 };

    fn grown(articles: &[&[u32]], links: &[(usize, usize, Option<f32>)], max_partners: usize) -> Vec<Vec<usize>> {
        let mut groups = Groups::new(articles.iter().map(|of| of.to_vec()).collect(), max_partners);
        links.iter().for_each(|&(a, b, probability)| groups.know(a, b, probability));
        let mut found = groups.grown(LEAST, |_, _, _| true, &mut || Ok(())).unwrap();
        found.sort();
        found
    }

    #[test]
    fn groups_hold_what_is_linked_each_to_each() {
        let apart: [&[u32]; 4] = [&[0], &[1], &[2], &[3]];
        for (why, links, expected) in [
            ("a link is a group", vec![(0, 1, Some(0.8))], vec![vec![0, 1]]),
            ("a weak one is none", vec![(0, 1, Some(0.65))], vec![]),
            (
                "three that are linked are one",
                vec![(0, 1, Some(0.9)), (1, 2, Some(0.9)), (0, 2, Some(0.6))],
                vec![vec![0, 1, 2]],
            ),
            (
                "a sentence of two claims is in two",
                vec![(0, 1, Some(0.9)), (1, 2, Some(0.9)), (0, 2, Some(0.1))],
                vec![vec![0, 1], vec![1, 2]],
            ),
            ("silence parts as well", vec![(0, 1, Some(0.9)), (1, 2, Some(0.8))], vec![vec![0, 1], vec![1, 2]]),
            (
                "what conflicts is in no group together",
                vec![(0, 1, Some(0.9)), (1, 2, Some(0.9)), (0, 2, None)],
                vec![vec![0, 1], vec![1, 2]],
            ),
            (
                "a sentence more of an article that the wide group has joins it",
                vec![
                    (0, 1, Some(0.95)),
                    (1, 2, Some(0.9)),
                    (0, 2, Some(0.72)),
                    (3, 0, Some(0.9)),
                    (3, 1, Some(0.6)),
                    (3, 2, Some(0.6)),
                ],
                vec![vec![0, 1, 2, 3]],
            ),
            (
                "a chain of four has nobody whom all repeat",
                vec![
                    (0, 1, Some(0.95)),
                    (1, 2, Some(0.95)),
                    (2, 3, Some(0.95)),
                    (0, 2, Some(0.65)),
                    (1, 3, Some(0.65)),
                    (0, 3, Some(0.65)),
                ],
                // The two would share sentences of two articles: the second keeps what it has besides.
                vec![vec![0, 1, 2], vec![2, 3]],
            ),
        ] {
            assert_eq!(grown(&apart, &links, 40), expected, "{why}");
        }
    }

    #[test]
    fn who_was_held_against_as_many_as_may_be_says_nothing_by_silence() {
        let apart: [&[u32]; 3] = [&[0], &[1], &[2]];
        let links = [(0, 1, Some(0.9)), (1, 2, Some(0.9))];
        assert_eq!(grown(&apart, &links, 1), [vec![0, 1, 2]]);
        assert_eq!(grown(&apart, &links, 2), [vec![0, 1], vec![1, 2]]);
    }

    #[test]
    fn what_two_articles_print_is_a_group_and_two_sentences_of_one_article_are_none() {
        assert_eq!(grown(&[&[0, 1], &[2]], &[], 40), [vec![0]]);
        assert_eq!(grown(&[&[0], &[0]], &[(0, 1, Some(0.9))], 40), Vec::<Vec<usize>>::new());
        // One article may say it twice.
        let links = [(0, 2, Some(0.9)), (1, 2, Some(0.8))];
        assert_eq!(grown(&[&[0], &[0], &[1]], &links, 40), [vec![0, 1, 2]]);
    }

    #[test]
    fn of_two_looks_at_a_pair_the_more_probable_counts_and_a_veto_stays() {
        let mut groups = Groups::new(vec![vec![0], vec![1], vec![2]], 40);
        groups.know(0, 1, Some(0.4));
        groups.know(1, 0, Some(0.8));
        groups.know(1, 2, None);
        groups.know(1, 2, Some(0.9));
        assert_eq!((groups.known(0, 1), groups.known(1, 2)), (Some(0.8), None));
    }
}
