//! What articles share in part: sentences that have a claim in common, but of which no line tells that two of them say it in full.
//!
//! Two reporters put the main event into one long sentence each, with details of their own. Neither says all of the other, and
//! no phrase parts what both say from the rest, so there is no statement to print. The sentences are shown side by side, and in each what the
//! others repeat is marked.

use rustc_hash::{FxHashMap, FxHashSet};

use crate::article::Article;
use crate::clause::{is_bare, without_dateline};
use crate::clean::Kind;
use crate::conflict::Conflict;
use crate::link::Link;
use crate::reading::{Quantity, quantities};
use crate::sentence::Sentence;
use crate::span::{ArticleId, SentenceId, Span};
use crate::statement::{Mention, Statement};
use crate::story::Story;

/// A link as probable as the first begins one and adds a sentence to it, if its other links are as probable as the second. Of 51
/// labelled stories that nothing was fitted on (0.92 of the pairs that statements join are right):
///
/// | begins, each | pairs, right | entries, right in every pair |
/// |---|---|---|
/// | 0.8, 0.5 | 1314, 0.91 | 206, 0.75 |
/// | 0.8, 0.75 | 1187, 0.93 | 247, 0.83 |
/// | 0.85, 0.6 | 990, 0.94 | 168, 0.83 |
/// | 0.85, 0.75 (taken) | 936, 0.94 | 188, 0.86 |
/// | 0.9, 0.6 | 774, 0.96 | 128, 0.86 |
const MIN_SURE: f32 = 0.85;
const MIN_OTHER: f32 = 0.75;
/// And as this where nothing else would be shown.
const LIKELY: f32 = 0.5;
/// Of sentences that both say something with the other's article in a statement this is asked.
const MIN_MORE: f32 = 0.95;
/// A stretch that is marked has so many words that tell something.
const MIN_TELLING: usize = 2;

/// Sentences of several articles, one of each, that say something together.
#[derive(Debug, Clone, PartialEq)]
pub struct Partial {
    /// In order.
    pub sentences: Vec<SentenceId>,
    /// Of each the stretches, in order, that half of the others or more repeat.
    pub spans: Vec<Vec<Span>>,
    /// That all of them have a claim in common: that of the least probable link, or that of their statement.
    pub probability: f32,
}

/// What articles share in part, what most articles share first; where nothing is shared in full, and nothing surely enough, what is
/// more probable than not. The links come the most probable first; linear in them.
pub fn partials(
    articles: &[Article],
    sentences: &[Sentence],
    story: &Story,
    (statements, conflicts): (&[Statement], &[Conflict]),
    links: &[Link],
    min_probability: f32,
) -> Vec<Partial> {
    let told = Told::new(sentences, statements);
    let listed = |bars: [f32; 2]| {
        let bars = bars.map(|bar| bar.max(min_probability));
        with_bars(bars, &told, articles, sentences, story, (statements, conflicts), links)
    };
    let found = listed([MIN_SURE, MIN_OTHER]);
    if found.is_empty() && !told.of_several { listed([LIKELY; 2]) } else { found }
}

/// [`partials`] of links as probable as the first to begin one, as the second to belong to one.
fn with_bars(
    [sure, other]: [f32; 2],
    told: &Told,
    articles: &[Article],
    sentences: &[Sentence],
    story: &Story,
    (statements, conflicts): (&[Statement], &[Conflict]),
    links: &[Link],
) -> Vec<Partial> {
    let apart: FxHashSet<_> = conflicts.iter().map(|conflict| (conflict.left, conflict.right)).collect();
    let tells = |sentence: SentenceId| {
        let Sentence { article, span, kind, .. } = sentences[sentence.index()];
        kind == Kind::Body && !(story.language.has_rules() && is_bare(span.of(&articles[article.index()].text)))
    };
    let near = links.iter().take_while(|link| link.probability >= other).filter(|link| {
        !link.conflicts() && !apart.contains(&(link.left, link.right)) && tells(link.left) && tells(link.right)
    });
    let near = Near::new(near);
    let all = Near::new(links.iter().take_while(|link| link.probability >= LIKELY));
    let article = |sentence: SentenceId| sentences[sentence.index()].article;
    let mut shown: FxHashSet<(SentenceId, ArticleId)> = FxHashSet::default();
    let mut found = Vec::new();
    let mut show = |group: Vec<SentenceId>, probability: f32, near: &Near, shown: &mut FxHashSet<_>| {
        for &one in &group {
            shown.extend(group.iter().filter(|&&other| other != one).map(|&other| (one, article(other))));
        }
        let figures: Vec<Figures> = group.iter().map(|&one| figures(articles, sentences, story, one)).collect();
        let marked = |at: usize| repeated(articles, sentences, story, (near, &group, &figures), at);
        let spans = (0..group.len()).map(marked).collect();
        found.push(Partial { sentences: group, spans, probability });
    };
    // What joins them, though not each of them surely says all of what is shown for it.
    let in_part = |one: &&Statement| {
        one.probability >= MIN_OTHER.min(other) && one.in_full(sentences).count() < one.mentions.len()
    };
    let mut groups: Vec<(Vec<SentenceId>, f32)> =
        statements.iter().filter(in_part).map(|one| (one_each(one, article), one.probability)).collect();
    groups.sort_by(|a, b| b.0.len().cmp(&a.0.len()).then(a.0.cmp(&b.0)));
    for (group, probability) in groups {
        let is_new = |(one, two): (SentenceId, SentenceId)| {
            let is_shown = shown.contains(&(one, article(two))) || shown.contains(&(two, article(one)));
            !is_shown && !told.together(one, two)
        };
        let agree = pairs(&group).all(|pair| !apart.contains(&pair));
        if agree && group.iter().all(|&one| tells(one)) && pairs(&group).any(is_new) {
            show(group, probability, &all, &mut shown);
        }
    }
    for &link in near.links.iter().take_while(|link| link.probability >= sure) {
        let (left, right) = (link.left, link.right);
        let is_shown = shown.contains(&(left, article(right))) || shown.contains(&(right, article(left)));
        let more = || told.with(left, article(right)) && told.with(right, article(left));
        if is_shown || told.together(left, right) || link.probability < MIN_MORE && more() {
            continue;
        }
        let group = near.grown([left, right], sure, article);
        let probability = pairs(&group).filter_map(|(one, two)| near.probability(one, two)).fold(1.0, f32::min);
        show(group, probability, &near, &mut shown);
    }
    found.sort_by(|a, b| {
        let widest = b.sentences.len().cmp(&a.sentences.len());
        widest.then(b.probability.total_cmp(&a.probability)).then(a.sentences.cmp(&b.sentences))
    });
    found
}

/// The pairs of a group.
fn pairs(group: &[SentenceId]) -> impl Iterator<Item = (SentenceId, SentenceId)> {
    group.iter().enumerate().flat_map(|(at, &one)| group[at + 1..].iter().map(move |&two| (one, two)))
}

/// Of each article of a statement the sentence that is the likeliest to belong to it, in order.
fn one_each(statement: &Statement, article: impl Fn(SentenceId) -> ArticleId) -> Vec<SentenceId> {
    let rank = |mention: &Mention| (mention.sentence == statement.shown.sentence, mention.probability);
    let likelier = |a: &&Mention, b: &&Mention| {
        let ((a_shown, a), (b_shown, b)) = (rank(a), rank(b));
        a_shown.cmp(&b_shown).then(a.total_cmp(&b))
    };
    let own = statement.mentions.chunk_by(|a, b| article(a.sentence) == article(b.sentence));
    // Of equals the first.
    own.filter_map(|own| own.iter().rev().max_by(likelier)).map(|mention| mention.sentence).collect()
}

/// Which sentences shared statements have together in full, and with which articles.
struct Told {
    of: FxHashMap<SentenceId, Vec<usize>>,
    articles: FxHashSet<(usize, ArticleId)>,
    /// Whether any is of several articles.
    of_several: bool,
}

impl Told {
    fn new(sentences: &[Sentence], statements: &[Statement]) -> Self {
        let mut told = Self { of: FxHashMap::default(), articles: FxHashSet::default(), of_several: false };
        for (at, statement) in statements.iter().enumerate() {
            for mention in statement.in_full(sentences) {
                told.of.entry(mention.sentence).or_default().push(at);
                told.articles.insert((at, sentences[mention.sentence.index()].article));
            }
            told.of_several |= statement.articles_in_full(sentences).len() > 1;
        }
        told
    }

    fn by(&self, sentence: SentenceId) -> &[usize] {
        self.of.get(&sentence).map_or(&[], Vec::as_slice)
    }

    fn together(&self, one: SentenceId, other: SentenceId) -> bool {
        self.by(one).iter().any(|at| self.by(other).contains(at))
    }

    fn with(&self, sentence: SentenceId, article: ArticleId) -> bool {
        self.by(sentence).iter().any(|&at| self.articles.contains(&(at, article)))
    }
}

/// The links that may join sentences.
struct Near<'a> {
    links: Vec<&'a Link>,
    of: FxHashMap<SentenceId, Vec<SentenceId>>,
    between: FxHashMap<(SentenceId, SentenceId), &'a Link>,
}

impl<'a> Near<'a> {
    fn new(links: impl Iterator<Item = &'a Link>) -> Self {
        let links: Vec<&Link> = links.collect();
        let mut near = Self { links, of: FxHashMap::default(), between: FxHashMap::default() };
        for &link in &near.links {
            near.between.insert((link.left, link.right), link);
            near.of.entry(link.left).or_default().push(link.right);
            near.of.entry(link.right).or_default().push(link.left);
        }
        near
    }

    fn between(&self, one: SentenceId, other: SentenceId) -> Option<&'a Link> {
        self.between.get(&(one.min(other), one.max(other))).copied()
    }

    fn probability(&self, one: SentenceId, other: SentenceId) -> Option<f32> {
        self.between(one, other).map(|link| link.probability)
    }

    /// Two sentences and those of other articles, one of each, that are linked to all, and to one of them surely.
    fn grown(&self, pair: [SentenceId; 2], sure: f32, article: impl Fn(SentenceId) -> ArticleId) -> Vec<SentenceId> {
        let links = |to: SentenceId| pair.map(|one| self.probability(one, to));
        let mut others: Vec<(f32, SentenceId)> = self.of[&pair[0]]
            .iter()
            .filter_map(|&other| Some((links(other).into_iter().sum::<Option<f32>>()?, other)))
            .collect();
        others.sort_by(|a, b| b.0.total_cmp(&a.0).then(a.1.cmp(&b.1)));
        let mut group = pair.to_vec();
        for (_, other) in others {
            let is_new = group.iter().all(|&one| article(one) != article(other));
            let linked: Option<Vec<f32>> = group.iter().map(|&one| self.probability(one, other)).collect();
            if is_new && linked.is_some_and(|linked| linked.into_iter().fold(0.0, f32::max) >= sure) {
                group.push(other);
            }
        }
        group.sort_unstable();
        group
    }
}

/// The figures of a sentence and where they stand in its article.
type Figures = Vec<(Span, Quantity)>;

fn figures(articles: &[Article], sentences: &[Sentence], story: &Story, one: SentenceId) -> Figures {
    if !story.language.has_rules() {
        return Vec::new();
    }
    let Sentence { article, span, .. } = sentences[one.index()];
    let read = quantities(span.of(&articles[article.index()].text)).into_iter();
    read.map(|figure| (figure.span.shifted(span.start), figure)).collect()
}

/// The stretches of the sentence at a place of a group that half of the others or more repeat, without function words at their
/// ends; those with a word or two that tell something only where there is nothing else. "Three suspects" does not repeat "one
/// suspect".
fn repeated(
    articles: &[Article],
    sentences: &[Sentence],
    story: &Story,
    (near, group, figures): (&Near, &[SentenceId], &[Figures]),
    at: usize,
) -> Vec<Span> {
    let (one, own) = (group[at], &figures[at]);
    let sentence = &sentences[one.index()];
    let text = &*articles[sentence.article.index()].text;
    let told = without_dateline(text, sentence.span);
    let words = story.words_in(one, told);
    let carried = |other: SentenceId| -> Vec<Span> {
        let side = |spans: &(Span, Span)| if one < other { spans.0 } else { spans.1 };
        near.between(one, other).iter().flat_map(|link| &link.spans).map(side).collect()
    };
    let others = group.iter().zip(figures).filter(|&(&other, _)| other != one);
    let by: Vec<(Vec<Span>, Vec<Span>)> = others
        .map(|(&other, theirs)| {
            let differs = |figure: &Quantity| !theirs.iter().any(|(_, other)| other.agrees(figure));
            (carried(other), own.iter().filter(|(_, figure)| differs(figure)).map(|(span, _)| *span).collect())
        })
        .collect();
    let is_said = |at: &usize| {
        let word = words[*at].span;
        let says = |(spans, other_figures): &&(Vec<Span>, Vec<Span>)| {
            spans.iter().any(|span| span.contains(word)) && !other_figures.iter().any(|figure| figure.overlaps(word))
        };
        2 * by.iter().filter(says).count() >= by.len()
    };
    let said: Vec<usize> = (0..words.len()).filter(is_said).collect();
    let is_figure = |at: usize| own.iter().any(|(span, _)| span.overlaps(words[at].span));
    // One word between two that are repeated hides nothing, unless it is a figure.
    let runs: Vec<(Span, usize)> = said
        .chunk_by(|a, b| b - a == 1 || b - a == 2 && !is_figure(a + 1))
        .filter_map(|run| {
            let mut telling = run.iter().filter(|&&at| words[at].weight > 0.0);
            let first = telling.next()?;
            let (last, n_more) = (telling.clone().next_back().unwrap_or(first), telling.count());
            let span = with_unit(text, Span::new(words[*first].span.start, words[*last].span.end));
            Some((span, 1 + n_more))
        })
        .collect();
    let has_long = runs.iter().any(|&(_, n)| n >= MIN_TELLING);
    runs.into_iter().filter(|&(_, n)| !has_long || n >= MIN_TELLING).map(|(span, _)| span).collect()
}

/// A stretch with the sign of a sum before it and the one of a share behind it: "$8", "9%".
fn with_unit(text: &str, span: Span) -> Span {
    let before = text[..span.start].chars().next_back().filter(|c| matches!(c, '$' | '£' | '€'));
    let behind = text[span.end..].chars().next().filter(|c| *c == '%');
    Span::new(span.start - before.map_or(0, char::len_utf8), span.end + behind.map_or(0, char::len_utf8))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::conflict::Kind as Differs;
    use crate::language::Language;
    use crate::link::{Reason, Relation};
    use crate::report::of_one_sentence;
    use crate::statement::Excerpt;

    const TEXTS: [&str; 3] = [
        "HOLM — The Halcyra, a freighter, struck a pillar of the Tolland Bridge and sank.",
        "At dawn a grey ship rammed a pillar of the Tolland Bridge.",
        "A pillar of the Tolland Bridge was rammed, the coastguard wrote.",
    ];
    const SAME: &str = "a pillar of the Tolland Bridge";

    fn link(left: usize, right: usize, probability: f32) -> Link {
        let place = |at: usize| {
            let start = TEXTS[at].to_lowercase().find(&SAME.to_lowercase()).unwrap();
            Span::new(start, start + SAME.len())
        };
        let (left, right) = (left.min(right), left.max(right));
        let spans = vec![(place(left), place(right))];
        Link { left: left.into(), right: right.into(), probability, spans, reasons: Vec::new() }
    }

    fn statement(of: [usize; 2]) -> Statement {
        let mention = |at: usize| Mention::new(at.into(), Span::new(0, TEXTS[at].len()), 0.9);
        let shown = Excerpt::whole(of[0].into(), Span::new(0, TEXTS[of[0]].len()));
        Statement::certain(of.map(mention).to_vec(), shown)
    }

    fn found(links: &[Link], statements: &[Statement], conflicts: &[Conflict]) -> Vec<Partial> {
        let (articles, sentences) = of_one_sentence(&TEXTS);
        let story = Story::new(&articles, &sentences, Language::English);
        partials(&articles, &sentences, &story, (statements, conflicts), links, 0.5)
    }

    fn joined(links: &[Link], statements: &[Statement], conflicts: &[Conflict]) -> Vec<Vec<usize>> {
        let sentences = |one: Partial| one.sentences.iter().map(|at| at.index()).collect();
        found(links, statements, conflicts).into_iter().map(sentences).collect()
    }

    #[test]
    fn sentences_are_listed_that_surely_share_something_and_are_in_no_statement_together() {
        let all = [link(0, 1, 0.95), link(1, 2, 0.9), link(0, 2, 0.8)];
        assert_eq!(joined(&all, &[], &[]), [[0, 1, 2]]);
        assert_eq!(joined(&all[..2], &[], &[]), [[0, 1], [1, 2]]);
        // What is less sure only where there is nothing else.
        assert_eq!(joined(&[link(0, 1, 0.8)], &[], &[]), [[0, 1]]);
        assert_eq!(joined(&[link(0, 1, 0.4)], &[], &[]), Vec::<Vec<usize>>::new());
        assert_eq!(joined(&[link(0, 1, 0.8)], &[statement([1, 2])], &[]), Vec::<Vec<usize>>::new());
        assert_eq!(joined(&all[..1], &[statement([0, 1])], &[]), Vec::<Vec<usize>>::new());
        // What both say with the other's article elsewhere is said there, unless the link is nearly certain.
        assert_eq!(joined(&all[..1], &[statement([0, 2])], &[]), [[0, 1]]);
    }

    #[test]
    fn another_figure_is_no_repetition() {
        let texts = ["Divers look for three sailors of the Ada.", "Divers look for one sailor of the Ada."];
        let (articles, sentences) = of_one_sentence(&texts);
        let story = Story::new(&articles, &sentences, Language::English);
        let whole = (Span::new(0, texts[0].len()), Span::new(0, texts[1].len()));
        let link = Link { spans: vec![whole], ..link(0, 1, 0.95) };
        let found = partials(&articles, &sentences, &story, (&[], &[]), &[link], 0.5);
        let marked: Vec<&str> = found[0].spans[0].iter().map(|span| span.of(texts[0])).collect();
        assert!(!marked.iter().any(|marked| marked.contains("three")), "{marked:?}");
        assert!(marked.contains(&"Divers look"), "{marked:?}");
    }

    #[test]
    fn what_a_statement_tells_of_an_article_that_does_not_say_all_of_it_is_shared_in_part() {
        let all = [link(0, 1, 0.7), link(1, 2, 0.9), link(0, 2, 0.7)];
        let mut one = statement([0, 1]);
        assert_eq!(joined(&all[..1], std::slice::from_ref(&one), &[]), Vec::<Vec<usize>>::new());
        one.mentions[1].entails = 0.3;
        assert_eq!(joined(&all[..1], std::slice::from_ref(&one), &[]), [[0, 1]]);
        // The third says all of what is shown, the second does not.
        one.mentions.push(Mention::new(2.into(), Span::new(0, TEXTS[2].len()), 0.9));
        assert_eq!(joined(&all, &[one], &[]), [[0, 1, 2]]);
    }

    #[test]
    fn what_is_contradicted_is_not_shared_in_part() {
        let mut apart = link(0, 1, 0.95);
        let conflict = Conflict {
            kind: Differs::Number,
            what: "ships".to_owned(),
            left: 0.into(),
            right: 1.into(),
            left_span: Span::new(0, 4),
            right_span: Span::new(0, 2),
            probability: 0.9,
        };
        assert!(joined(&[apart.clone()], &[], &[conflict]).is_empty());
        apart.reasons.push(Reason { relation: Relation::Conflicts, text: "six / nine".into() });
        assert!(joined(&[apart], &[], &[]).is_empty());
    }

    #[test]
    fn what_the_others_repeat_is_marked_without_dateline_and_function_words() {
        let all = [link(0, 1, 0.95), link(1, 2, 0.9), link(0, 2, 0.8)];
        let one = &found(&all, &[], &[])[0];
        assert_eq!(one.probability, 0.8);
        let marked: Vec<Vec<&str>> =
            one.spans.iter().zip(TEXTS).map(|(spans, text)| spans.iter().map(|span| span.of(text)).collect()).collect();
        assert_eq!(marked, [["pillar of the Tolland Bridge"]; 3]);
        let whole =
            Link { spans: vec![(Span::new(0, TEXTS[0].len()), Span::new(0, TEXTS[1].len()))], ..link(0, 1, 0.9) };
        assert_eq!(
            found(&[whole], &[], &[])[0].spans[0][0].of(TEXTS[0]),
            &TEXTS[0]["HOLM — The ".len()..TEXTS[0].len() - 1]
        );
    }
}
