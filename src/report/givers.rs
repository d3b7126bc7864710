//! Who else gives a disputed value. A conflict names two sentences; a third article that says the same as one of them in
//! other words contradicts nobody so plainly that it is told, and yet it takes a side.
//!
//! In: disputes and links. Out: the same disputes, with the places that give an equal value in a sentence linked to one that
//! gives it. Only articles that the dispute lacks are added, and none that could be put on two sides. Linear in the links of
//! the sentences of disputes.

use std::collections::{BTreeMap, BTreeSet};

use crate::article::Article;
use crate::calendar::is_day_or_month;
use crate::clause::is_function_word;
use crate::conflict::Kind;
use crate::link::Link;
use crate::reading::{Measure, Quantity, is_anyone, quantities, quantity_at, stem};
use crate::sentence::Sentence;
use crate::span::{ArticleId, SentenceId, Span};
use crate::statement::Mention;
use crate::token::words;

/// Links less probable than this tell of no fact in common.
const LINKED: f32 = 0.5;

/// What is linked to the sentences that disputes stand in.
pub(super) struct Givers<'a> {
    articles: &'a [Article],
    sentences: &'a [Sentence],
    near: BTreeMap<SentenceId, Vec<Near<'a>>>,
}

impl<'a> Givers<'a> {
    /// `sides` are the sentences of disputes.
    pub fn new(
        sides: &BTreeSet<SentenceId>,
        articles: &'a [Article],
        sentences: &'a [Sentence],
        links: &'a [Link],
    ) -> Self {
        let mut near: BTreeMap<SentenceId, Vec<Near>> = BTreeMap::new();
        for link in links.iter().filter(|link| link.probability >= LINKED) {
            for (here, there, swapped) in [(link.left, link.right, false), (link.right, link.left, true)] {
                if sides.contains(&here) {
                    near.entry(here).or_default().push(Near { there, link, swapped });
                }
            }
        }
        Self { articles, sentences, near }
    }

    /// Adds to each value of a dispute the places of other articles that give it.
    pub fn add(&self, kind: Kind, values: &mut [Vec<Mention>]) {
        let told: BTreeSet<ArticleId> = values.iter().flatten().map(|mention| self.article(mention.sentence)).collect();
        let mut others: BTreeMap<ArticleId, Vec<(usize, Mention)>> = BTreeMap::new();
        for (at, mention) in values.iter().enumerate().flat_map(|(at, value)| value.iter().map(move |one| (at, one))) {
            for near in self.near.get(&mention.sentence).into_iter().flatten() {
                let article = self.article(near.there);
                if told.contains(&article) {
                    continue;
                }
                let place = near.place(kind, self.text(mention.sentence), mention.span, self.text(near.there));
                let probability = mention.probability.min(near.link.probability);
                let giver = |span| (at, Mention::new(near.there, span, probability));
                others.entry(article).or_default().extend(place.map(giver));
            }
        }
        for given in others.into_values() {
            let sides: BTreeSet<usize> = given.iter().map(|(at, _)| *at).collect();
            if let (Some(&at), 1) = (sides.first(), sides.len()) {
                add(&mut values[at], given.into_iter().map(|(_, mention)| mention));
            }
        }
    }

    fn article(&self, sentence: SentenceId) -> ArticleId {
        self.sentences[sentence.index()].article
    }

    fn text(&self, sentence: SentenceId) -> Text<'a> {
        let sentence = &self.sentences[sentence.index()];
        Text { all: &self.articles[sentence.article.index()].text, span: sentence.span }
    }
}

/// Adds places to a value, each once and as probable as its best link says, in order.
fn add(value: &mut Vec<Mention>, given: impl Iterator<Item = Mention>) {
    value.extend(given);
    value.sort_by(|a, b| (a.sentence, a.span).cmp(&(b.sentence, b.span)).then(b.probability.total_cmp(&a.probability)));
    value.dedup_by_key(|mention| (mention.sentence, mention.span));
}

/// A sentence in its article.
#[derive(Clone, Copy)]
struct Text<'a> {
    all: &'a str,
    span: Span,
}

impl<'a> Text<'a> {
    fn said(self) -> &'a str {
        self.span.of(self.all)
    }

    /// A part of the article in bytes of the sentence.
    fn inside(self, span: Span) -> Span {
        Span::new(span.start - self.span.start, span.end - self.span.start)
    }

    /// A part of the sentence in bytes of the article.
    fn outside(self, span: Span) -> Span {
        span.shifted(self.span.start)
    }
}

/// A link of a sentence, seen from there.
struct Near<'a> {
    there: SentenceId,
    link: &'a Link,
    swapped: bool,
}

impl Near<'_> {
    /// Where the other sentence gives the value that stands in `span` here.
    fn place(&self, kind: Kind, here: Text, span: Span, there: Text) -> Option<Span> {
        if let Some(figure) = quantity_at(here.said(), here.inside(span)) {
            let equal = |other: &Quantity| {
                let carried = || self.carries(span, there.outside(other.span));
                let owned = || {
                    figure.measure != Measure::Age
                        || is_same_owner([(here.said(), here.inside(span)), (there.said(), other.span)])
                };
                is_equal(&figure, other) && is_same_matter(&figure, other).unwrap_or_else(carried) && owned()
            };
            return quantities(there.said()).iter().find(|other| equal(other)).map(|other| there.outside(other.span));
        }
        let said = span.of(here.all);
        let tells = match kind {
            Kind::Name | Kind::Place | Kind::Opposite => denials(here.said()) == denials(there.said()),
            Kind::Date => is_day(said),
            _ => false,
        };
        if !tells || self.link.conflicts() {
            return None;
        }
        let (wanted, all) = (forms(said), words(there.said()));
        let runs = all.windows(wanted.len().max(1)).filter(|run| {
            run.len() == wanted.len()
                && run.iter().zip(&wanted).all(|(word, form)| word.span.of(there.said()).to_lowercase() == *form)
        });
        runs.map(|run| there.outside(Span::new(run[0].span.start, run[run.len() - 1].span.end)))
            .find(|&place| self.carries(span, place))
    }

    /// Whether two places stand in what the link says that the two sentences have in common.
    fn carries(&self, here: Span, there: Span) -> bool {
        let (left, right) = if self.swapped { (there, here) } else { (here, there) };
        self.link.spans.iter().any(|&(a, b)| a.contains(left) && b.contains(right))
    }
}

/// Whether two figures are as much of the same measure, and told in the same way: "14" and "fourteen", no "14 a day".
fn is_equal(a: &Quantity, b: &Quantity) -> bool {
    let told = |one: &Quantity| (one.part, one.added, one.rate, one.change as u8, one.whole.map(f64::to_bits));
    a.measure == b.measure && (a.low, a.high) == (b.low, b.high) && a.agrees(b) && told(a) == told(b)
}

/// Whether two counts are of what happened to people, or of things, and of the same; `None` where that is not said.
fn is_same_matter(a: &Quantity, b: &Quantity) -> Option<bool> {
    if a.measure != Measure::Count {
        return None;
    }
    if a.fact.is_some() || b.fact.is_some() {
        return Some(a.fact == b.fact);
    }
    let noun = |one: &Quantity| one.noun.as_deref().filter(|noun| !is_anyone(noun)).map(stem);
    Some(noun(a)? == noun(b)?)
}

/// Whether names stand around two ages of which none is the same: "Ida Lund, 16" / "Ivo Renn, 16".
fn is_same_owner(ages: [(&str, Span); 2]) -> bool {
    /// Words to either side of an age in which a name may stand.
    const NEAR: usize = 3;
    let [here, there] = ages.map(|(text, span)| {
        let all = words(text);
        let first = all.partition_point(|word| word.span.end <= span.start);
        let end = all.partition_point(|word| word.span.start < span.end);
        let near = all[first.saturating_sub(NEAR)..all.len().min(end + NEAR)].iter();
        let names = near.map(|word| word.span.of(text)).filter(|word| word.starts_with(char::is_uppercase));
        let forms = names.map(|name| name.trim_end_matches("'s").to_lowercase());
        forms.filter(|form| !is_function_word(form)).collect::<BTreeSet<String>>()
    });
    here.is_empty() || there.is_empty() || here.iter().any(|name| there.contains(name))
}

/// Whether words name a day by itself: no "yesterday", and no "last Monday".
fn is_day(said: &str) -> bool {
    let forms = forms(said);
    forms.iter().any(|form| is_day_or_month(form)) && !forms.iter().any(|form| matches!(&**form, "last" | "next"))
}

fn forms(text: &str) -> Vec<String> {
    words(text).iter().map(|word| word.span.of(text).to_lowercase()).collect()
}

/// How often a sentence denies something.
fn denials(text: &str) -> usize {
    let denies = |form: &String| {
        matches!(&**form, "cannot" | "neither" | "never" | "no" | "none" | "nor" | "not" | "without")
            || form.ends_with("n't")
            || form.ends_with("n’t")
    };
    forms(text).iter().filter(|form| denies(form)).count()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::conflict::Conflict;
    use crate::report::disputes::disputes;
    use crate::report::of_one_sentence;

    /// Who gives each value where the first two sentences differ in `words`, and the third is linked to the first.
    fn sides(kind: Kind, texts: [&str; 3], words: [&str; 2], link: f32) -> Vec<Vec<usize>> {
        let (articles, sentences) = of_one_sentence(&texts);
        let span = |at: usize| {
            let start = texts[at].find(words[at]).unwrap();
            Span::new(start, start + words[at].len())
        };
        let conflict = Conflict {
            kind,
            what: "this".into(),
            left: 0.into(),
            right: 1.into(),
            left_span: span(0),
            right_span: span(1),
            probability: 0.9,
        };
        let whole = |at: usize| Span::new(0, texts[at].len());
        let link = Link {
            left: 0.into(),
            right: 2.into(),
            probability: link,
            spans: vec![(whole(0), whole(2))],
            reasons: Vec::new(),
        };
        let found = disputes(&articles, &sentences, &[conflict], &[link]);
        let articles = |value: &Vec<Mention>| value.iter().map(|mention| mention.sentence.index()).collect();
        found[0].values.iter().map(articles).collect()
    }

    #[test]
    fn who_gives_an_equal_value_in_a_linked_sentence_takes_a_side() {
        let hurt = ["14 people were hurt.", "17 people were hurt."];
        for (third, link, joins) in [
            ("Fourteen people were injured, three of them badly.", 0.98, true),
            ("Fourteen people were injured, three of them badly.", 0.4, false),
            ("Fourteen people were killed.", 0.98, false),
            ("Sixteen people were injured.", 0.98, false),
            ("About 40 people were hurt, 14 on the quay.", 0.98, false),
            ("A crew of 14 had slept in the yard.", 0.98, false),
        ] {
            let found = sides(Kind::Number, [hurt[0], hurt[1], third], ["14", "17"], link);
            let expected = if joins { vec![vec![0, 2], vec![1]] } else { vec![vec![0], vec![1]] };
            assert_eq!(found, expected, "{third}");
        }
    }

    #[test]
    fn an_age_takes_a_side_of_its_own_person() {
        let ages = ["Ida Lund, 16, was found at dawn.", "Ida Lund, 15, was found at dawn."];
        for (third, joins) in [
            ("Lund, 16, was found by a guard.", true),
            ("A 16-year-old girl was found by a guard.", true),
            ("Ivo Renn, 16, was found by a guard.", false),
        ] {
            let found = sides(Kind::Number, [ages[0], ages[1], third], ["16", "15"], 0.98);
            let expected = if joins { vec![vec![0, 2], vec![1]] } else { vec![vec![0], vec![1]] };
            assert_eq!(found, expected, "{third}");
        }
    }

    #[test]
    fn words_take_a_side_where_the_link_carries_them() {
        let gate = ["The western gate of the lock failed.", "The eastern gate of the lock failed."];
        for (third, joins) in [
            ("It was the Western gate that failed, engineers said.", true),
            ("It was not the western gate that failed, engineers said.", false),
            ("The gate failed, engineers said.", false),
        ] {
            let found = sides(Kind::Opposite, [gate[0], gate[1], third], ["western", "eastern"], 0.9);
            let expected = if joins { vec![vec![0, 2], vec![1]] } else { vec![vec![0], vec![1]] };
            assert_eq!(found, expected, "{third}");
        }
        let day = ["It fell on Monday.", "It fell on Tuesday.", "On Monday it fell."];
        assert_eq!(sides(Kind::Date, day, ["Monday", "Tuesday"], 0.9), [vec![0, 2], vec![1]]);
        let relative = ["It fell last week.", "It fell on Tuesday.", "It fell last week, too."];
        assert_eq!(sides(Kind::Date, relative, ["last week", "Tuesday"], 0.9), [vec![0], vec![1]]);
    }
}
