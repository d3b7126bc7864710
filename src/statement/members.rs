//! The members of a group, and where they say what the group has in common.

use super::carried::Carried;
use super::shown::{distinct, readable};
use super::{Material, Mention};
use crate::clause::Clause;
use crate::sentence::Sentence;
use crate::span::{ArticleId, SentenceId, Span};

/// A node in a group.
pub(super) struct Member {
    pub node: usize,
    /// How probably it has a claim in common with the others, on average.
    pub link: f32,
    /// Which of its claims those are.
    pub core: Vec<bool>,
    /// Which of its claims go into its mention.
    pub claims: Vec<bool>,
}

impl Member {
    /// Those of a group.
    pub fn all(carried: &Carried, group: &[usize]) -> Vec<Self> {
        group.iter().map(|&node| Self::of(carried, group, node)).collect()
    }

    fn of(carried: &Carried, group: &[usize], node: usize) -> Self {
        let core = carried.of(group, node);
        Self { node, link: carried.groups.link(group, node), claims: core.clone(), core }
    }
}

/// The articles that some nodes stand in, ascending, each once.
pub(super) fn articles(material: Material, carried: &Carried, nodes: impl Iterator<Item = usize>) -> Vec<ArticleId> {
    let article = |sentence: &SentenceId| material.sentences[sentence.index()].article;
    distinct(nodes.flat_map(|node| &carried.nodes.sentences[node]).map(article))
}

/// The articles that some mentions stand in, ascending, each once.
pub(super) fn articles_of<'a>(
    sentences: &[Sentence],
    mentions: impl IntoIterator<Item = &'a Mention>,
) -> Vec<ArticleId> {
    distinct(mentions.into_iter().map(|mention| sentences[mention.sentence.index()].article))
}

/// Where the members of a group say some of their claims, in reading order.
pub(super) fn mentions(
    material: Material,
    carried: &Carried,
    members: &[Member],
    claims: impl Fn(&Member) -> &Vec<bool>,
) -> Vec<Mention> {
    let mut mentions: Vec<Mention> = Vec::new();
    for member in members {
        let meant = claims(member);
        let order: Vec<usize> = (0..meant.len()).collect();
        for &sentence in &carried.nodes.sentences[member.node] {
            let clauses = &material.story.clauses[sentence.index()];
            let runs = order.chunk_by(|&a, &b| meant[a] == meant[b]).filter(|run| meant[run[0]]);
            let start = mentions.len();
            for span in runs.map(|run| hull(run.iter().map(|&claim| &clauses[claim]))) {
                match mentions[start..].last_mut() {
                    Some(last) if last.span.overlaps(span) => {
                        last.span = Span::new(last.span.start.min(span.start), last.span.end.max(span.end));
                    }
                    _ => mentions.push(Mention::new(sentence, span, member.link)),
                }
            }
        }
    }
    mentions.sort_by_key(|mention| (mention.sentence, mention.span));
    mentions.iter_mut().for_each(|mention| mention.span = readable(material, mention));
    mentions.dedup_by_key(|mention| (mention.sentence, mention.span));
    mentions
}

/// Brings mentions in order, those that overlap as one.
pub(super) fn unite(mentions: &mut Vec<Mention>) {
    mentions.sort_by_key(|mention| (mention.sentence, mention.span));
    mentions.dedup_by(|next, last| {
        let same = last.sentence == next.sentence && last.span.overlaps(next.span);
        if same {
            last.span.end = last.span.end.max(next.span.end);
            last.probability = last.probability.max(next.probability);
        }
        same
    });
}

/// The stretch from the first to the last of what some clauses need to be read.
pub(super) fn hull<'a>(clauses: impl Iterator<Item = &'a Clause>) -> Span {
    let spans = clauses.map(|clause| clause.part.span);
    spans.reduce(|a, b| Span::new(a.start.min(b.start), a.end.max(b.end))).unwrap_or(Span::new(0, 0))
}
