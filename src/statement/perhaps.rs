//! Which articles perhaps say what is shown of others.
//!
//! More is asked of a mention than of a link: an article that is linked to one of a statement's mentions, and of which nothing
//! says that it says something else, may say it too.

use rustc_hash::FxHashMap;

use super::carried::Carried;
use super::{Material, Mention, Statement};
use crate::link::Link;
use crate::span::{ArticleId, SentenceId, Span};

/// From this probability on a sentence is linked to another one.
const LINKED: f32 = 0.5;
/// An article that was read for a text and says all of it less probably says something else: of other people, or no such thing.
const MIN_READ: f32 = 0.1;

/// The links that join sentences, by sentence.
pub(super) struct Linked<'a>(FxHashMap<SentenceId, Vec<(&'a Link, bool)>>);

impl<'a> Linked<'a> {
    pub fn new(material: Material<'a>) -> Self {
        let mut of: FxHashMap<SentenceId, Vec<_>> = FxHashMap::default();
        // The most probable come first.
        let sure = material.links.iter().take_while(|link| link.probability >= LINKED);
        for link in sure.filter(|link| !link.conflicts()) {
            of.entry(link.left).or_default().push((link, true));
            of.entry(link.right).or_default().push((link, false));
        }
        Self(of)
    }

    /// The articles, in order, that perhaps say what a statement of others shows.
    pub fn perhaps(&self, material: Material, carried: &Carried, statement: &Statement) -> Vec<ArticleId> {
        let article = |sentence: SentenceId| material.sentences[sentence.index()].article;
        let by = |mention: &Mention| {
            let links = self.0.get(&mention.sentence).map_or(&[][..], Vec::as_slice);
            let meets =
                |spans: &(Span, Span), is_left: bool| (if is_left { spans.0 } else { spans.1 }).overlaps(mention.span);
            let meeting = links.iter().filter(move |(link, left)| link.spans.iter().any(|spans| meets(spans, *left)));
            meeting.map(|(link, left)| article(if *left { link.right } else { link.left })).collect::<Vec<_>>()
        };
        let mut found: Vec<ArticleId> = statement.mentions.iter().flat_map(by).collect();
        found.sort_unstable();
        found.dedup();
        // Whoever says otherwise than one of its articles says otherwise than all.
        let denies = |other: ArticleId| {
            statement.mentions.iter().any(|mention| carried.is_contradicted(mention.sentence, mention.span, other))
        };
        let says = |&other: &ArticleId| {
            !denies(other)
                && !statement.mentions.iter().any(|mention| article(mention.sentence) == other)
                && !carried.contradicts(material, &statement.shown, other)
                && carried.says(material, &statement.shown, other).is_none_or(|says| says >= MIN_READ)
        };
        found.retain(says);
        found
    }
}
