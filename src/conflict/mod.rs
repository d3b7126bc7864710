//! Floor 11. Where two sentences that speak of one thing cannot both be true.
//!
//! In: the readings of two sentences and their alignment. Out: [`Difference`]s, found by rules, a file a kind; then
//! [`Conflict`]s, which [`judge`] makes of the differences, of the probability that the pair is a link, and of what was
//! read of both sentences together, where they were; [`repeat`] makes those likelier that say a sure one again. Everything
//! is the same with the sides swapped. Differences are looked for in every scored pair: whoever contradicts is often no
//! link. [`opposed`] tells those that no rule sees and the cross-encoders are sure of.

mod absent;
mod ages;
mod anywhere;
mod aside;
mod bail;
mod both;
mod dates;
mod extent;
mod first;
mod groups;
mod judge;
mod limits;
mod measured;
mod names;
mod naming;
mod numbers;
mod opposed;
mod opposites;
mod pair;
mod period;
mod planned;
mod polarity;
mod repeated;
mod roles;
mod same_else;
mod slots;
mod speaker;
mod struck;
mod subject;
#[cfg(test)]
mod tests;
mod twice;
mod value;
mod victims;
mod weights;
mod wholes;
mod winner;

use std::ops::Range;

use rustc_hash::FxHashSet;
use serde::{Deserialize, Serialize};

use anywhere::{Addresses, Aged, Ages, OF_A_NAME, OF_A_STREET, Spellings};
pub use anywhere::{add, anywhere};
pub use judge::{MIN_TOLD, certainty, judge};
pub use opposed::{opposed, suspicion};
pub use repeated::repeat;
use weights::Sign;
pub use weights::{N_SIGNS, SIGNS};

use crate::article::Article;
use crate::encode::PairOdds;
use crate::link::Scorer;
use crate::reading::{Date, Measure, Quantity, Reading, is_anyone, label, published, stem};
use crate::sentence::Sentence;
use crate::span::{SentenceId, Span};
use pair::{Pair, Side};
use value::{Givers, Value};

/// What two claims differ in.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Kind {
    /// How many, how much, how long.
    Number,
    /// On which day, in which month or year.
    Date,
    /// At what time of day.
    Time,
    /// Where.
    Place,
    /// Who or what.
    Name,
    /// Who did it to whom.
    Role,
    /// Whether at all.
    Negation,
    /// Whether it did or only may.
    Modality,
    /// One word or its opposite.
    Opposite,
    /// Who says so.
    Source,
    /// An earlier or a later state of affairs.
    State,
}

impl Kind {
    /// Every kind.
    pub const ALL: [Self; 11] = [
        Self::Number,
        Self::Date,
        Self::Time,
        Self::Place,
        Self::Name,
        Self::Role,
        Self::Negation,
        Self::Modality,
        Self::Opposite,
        Self::Source,
        Self::State,
    ];

    /// Its name in results.
    pub fn name(self) -> &'static str {
        match self {
            Self::Number => "number",
            Self::Date => "date",
            Self::Time => "time",
            Self::Place => "place",
            Self::Name => "name",
            Self::Role => "role",
            Self::Negation => "negation",
            Self::Modality => "modality",
            Self::Opposite => "opposite",
            Self::Source => "source",
            Self::State => "state",
        }
    }
}

/// Where two sentences say otherwise, and what speaks for their speaking of one thing there.
#[derive(Debug, Clone, PartialEq)]
pub struct Difference {
    /// In what.
    pub kind: Kind,
    /// About what, in a reporter's words.
    pub what: String,
    /// The words of the left sentence that differ, in bytes of the sentence.
    pub left: Span,
    /// Their counterpart on the right.
    pub right: Span,
    /// What the judge weighs, by [`SIGNS`].
    pub signs: [f32; N_SIGNS],
}

/// Two claims of different articles that speak of the same thing and cannot both be true.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Conflict {
    /// In what they differ.
    pub kind: Kind,
    /// About what, in a reporter's words: "people hurt".
    pub what: String,
    /// The earlier sentence.
    pub left: SentenceId,
    /// The later sentence.
    pub right: SentenceId,
    /// The words that differ, in the left article's text.
    pub left_span: Span,
    /// Their counterpart in the right article's text.
    pub right_span: Span,
    /// That it is one, in [0, 1].
    pub probability: f32,
}

impl Conflict {
    /// Whether it is in how a name is spelt: two sentences that differ in nothing else tell the same.
    pub fn is_spelling(&self) -> bool {
        is_spelling(self.kind, &self.what)
    }

    /// In a reporter's words: "people hurt: 14 / 17".
    pub fn in_words(&self, articles: &[Article], sentences: &[Sentence]) -> String {
        let said = |sentence: SentenceId, span: Span| {
            let words = span.of(&articles[sentences[sentence.index()].article.index()].text);
            words.split_whitespace().collect::<Vec<_>>().join(" ")
        };
        format!("{}: {} / {}", self.what, said(self.left, self.left_span), said(self.right, self.right_span))
    }
}

/// The readings of a story's sentences.
#[derive(Debug, Default)]
pub struct Readings {
    of: Vec<Reading>,
    /// Of each sentence, where any counts.
    articles: Vec<usize>,
    /// The quantities of each article, to see whether it gives a figure elsewhere.
    figures: Vec<Vec<(Matter, Quantity)>>,
    /// The days that each article names.
    dates: Vec<Vec<Date>>,
    /// The day that each article was published, where it says so.
    published: Vec<Option<i64>>,
    /// Who gives what.
    givers: Givers,
    /// What of each sentence can differ by a word: see [`opposites::Turns`].
    turns: Vec<opposites::Turns>,
    /// The words of each sentence of which a thing has one at a time.
    slots: Vec<Vec<slots::Member>>,
    /// Names that stand side by side somewhere in the story, by their stems: those of one person.
    full_names: FxHashSet<(u32, u32)>,
    /// How old whoever is named is said to be.
    ages: Ages,
    /// Of each article whether anybody died in it.
    deadly: Vec<bool>,
    /// Counts of people that one sentence gives, the lesser first: it tells how they fit together.
    beside: FxHashSet<(u64, u64)>,
    /// Which houses of which streets are named.
    addresses: Addresses,
    /// How names are spelt.
    spellings: Spellings,
}

/// What a count is a count of.
#[derive(Debug, Clone, PartialEq, Eq)]
enum Matter {
    Fact(u8),
    Noun(String),
    Other,
}

impl Matter {
    fn of(quantity: &Quantity) -> Self {
        match (quantity.fact, &quantity.noun) {
            (Some(fact), _) => Self::Fact(fact),
            (None, Some(noun)) if !is_anyone(noun) => Self::Noun(stem(noun)),
            _ => Self::Other,
        }
    }
}

impl Readings {
    /// Reads the sentences that a scorer has; those that do not count are empty texts to it.
    pub fn new(scorer: &Scorer, articles: &[Article], sentences: &[Sentence]) -> Self {
        let days: Vec<_> = articles.iter().map(|article| article.published.as_deref().and_then(published)).collect();
        let n = articles.len();
        let (figures, dates) = (vec![Vec::new(); n], vec![Vec::new(); n]);
        let mut readings = Self { figures, dates, published: days, deadly: vec![false; n], ..Self::default() };
        for (at, sentence) in sentences.iter().enumerate() {
            let article = sentence.article.index();
            let words = &scorer.sentence(at).words;
            let reading = Reading::new(scorer.text(at), words, scorer.lexicon(), readings.published[article]);
            let figures = reading.quantities.iter().map(|quantity| (Matter::of(quantity), quantity.clone()));
            readings.figures[article].extend(figures);
            readings.dates[article].extend(reading.dates.iter().cloned());
            readings.givers.hear(article, scorer.text(at), &reading);
            let side = Side { words, text: scorer.text(at), reading: &reading, lexicon: scorer.lexicon() };
            readings.deadly[article] |= (0..words.len()).any(|at| victims::is_death(side.form(at)));
            readings.beside.extend(numbers::beside(&reading.quantities));
            readings.ages.hear(article, at, side);
            readings.addresses.hear(article, at, side);
            readings.spellings.hear(article, at, side);
            readings.turns.push(opposites::Turns::new(words, scorer.lexicon()));
            readings.slots.push(slots::members(words, scorer.lexicon()));
            readings.full_names.extend(names::full_names(scorer.text(at), words));
            readings.articles.push(article);
            readings.of.push(reading);
        }
        readings
    }

    /// The sentences of an article; articles come in order.
    fn sentences_of(&self, article: usize) -> Range<usize> {
        let end = |last: usize| self.articles.partition_point(|&of| of < last);
        end(article)..end(article + 1)
    }
}

/// What the two articles of a pair give besides, and the others.
struct Context<'a> {
    sentences: [usize; 2],
    articles: [usize; 2],
    givers: &'a Givers,
    ages: &'a Ages,
    /// Of the left and the right article.
    figures: [&'a [(Matter, Quantity)]; 2],
    /// Of the left and the right article.
    dates: [&'a [Date]; 2],
    /// The days on which the two were published, where they say so.
    published: [Option<i64>; 2],
    /// Whether anybody died in the left and in the right article.
    deadly: [bool; 2],
    /// Counts of people that one sentence of the story gives.
    beside: &'a FxHashSet<(u64, u64)>,
}

/// So many figures of one matter in an article are a table.
const MOST_FIGURES: usize = 10;

impl Context<'_> {
    /// Whether the other side's article gives a figure of this side too, of the same matter.
    fn gives(&self, side: usize, quantity: &Quantity) -> bool {
        self.confirmed(1 - side, &Matter::of(quantity), quantity)
    }

    fn confirmed(&self, side: usize, of: &Matter, quantity: &Quantity) -> bool {
        let same = |(matter, other): &(Matter, Quantity)| {
            matter == of && other.measure == quantity.measure && numbers::agree(other, quantity)
        };
        self.figures[side].iter().any(same)
    }

    /// How many figures of a matter each of the two articles has to itself, multiplied: with one each, they are of one
    /// thing. Of a table the first ones are looked at.
    fn left_over(&self, quantity: &Quantity) -> usize {
        let matter = Matter::of(quantity);
        let alike = |side: usize| {
            let all = self.figures[side].iter();
            all.filter(|(of, figure)| *of == matter && figure.measure == quantity.measure).take(MOST_FIGURES)
        };
        let of = |side: usize| {
            let mut own: Vec<&Quantity> = Vec::new();
            for (_, figure) in alike(side) {
                let said = own.iter().any(|one| numbers::agree(one, figure));
                if !said && !alike(1 - side).any(|(_, other)| numbers::agree(other, figure)) {
                    own.push(figure);
                }
            }
            own.len().max(1)
        };
        of(0) * of(1)
    }

    /// Whether the article of this side gives a figure of whatever.
    fn has(&self, side: usize, quantity: &Quantity) -> bool {
        self.givers.gives(self.articles[side], &Value::of_figure(quantity))
    }

    /// Sets whether an article gives both values, one of the two or another: then they are hardly of one thing.
    fn set_both(&self, signs: &mut [f32; N_SIGNS], values: &[Value; 2]) {
        let (here, elsewhere) = self.givers.of_both(values, self.articles);
        Sign::both_here.set(signs, f32::from(u8::from(here)));
        Sign::both_elsewhere.set(signs, f32::from(u8::from(elsewhere)));
    }

    /// Whether anybody died in the article of this side.
    fn is_deadly(&self, side: usize) -> bool {
        self.deadly[side]
    }

    /// Whether the article of this side counts so many dead.
    fn counts_dead(&self, side: usize, dead: f64) -> bool {
        let is_dead = |matter: &Matter| matches!(matter, Matter::Fact(fact) if label(*fact) == "people killed");
        self.figures[side].iter().any(|(matter, figure)| is_dead(matter) && figure.low == dead)
    }

    /// Whether a sentence of the story gives both of two counts of people.
    fn are_beside(&self, a: &Quantity, b: &Quantity) -> bool {
        self.beside.contains(&numbers::in_order(a, b))
    }

    /// Whether the older one of two ages may be that of a later day.
    fn grew(&self, ages: [&Quantity; 2]) -> bool {
        let side = |side: usize| Aged { article: self.articles[side], sentence: self.sentences[side], age: ages[side] };
        ages[0].measure == Measure::Age && self.ages.grew([0, 1].map(side), self.published)
    }

    /// Whether the other side's article names a day of this side too.
    fn names_day(&self, side: usize, date: &Date) -> bool {
        self.dates[1 - side].iter().any(|other| other.agrees(date) == Some(true))
    }

    /// How many figures the two articles give of a matter.
    fn common(&self, quantity: &Quantity) -> usize {
        let matter = Matter::of(quantity);
        let count = quantity.measure == Measure::Count;
        let same = |(of, other): &&(Matter, Quantity)| other.measure == quantity.measure && (!count || *of == matter);
        self.figures.iter().flat_map(|figures| figures.iter()).filter(same).count().max(1)
    }
}

/// Where two sentences say otherwise, in order of the left one's words.
///
/// `together` is what the small cross-encoder said of the two sentences.
pub fn differences(
    scorer: &Scorer,
    readings: &Readings,
    left: usize,
    right: usize,
    log_odds: f32,
    together: Option<PairOdds>,
) -> Vec<Difference> {
    let [a, b] = [left, right].map(|side| &readings.of[side]);
    // Of a sentence and its copy nothing differs but the days that their articles mean by "yesterday".
    let forms = |side: usize| scorer.sentence(side).words.iter().map(|word| word.form);
    let copied = forms(left).eq(forms(right));
    let numbers = numbers::comparable(a, b);
    let dated = dates::comparable(a, b);
    let turns = |side: usize| (&readings.turns[side], scorer.sentence(side));
    let turned = !copied && opposites::comparable(turns(left), turns(right), scorer.lexicon());
    let negated = !copied && polarity::comparable(a, b);
    let close = !copied && log_odds > MIN_CLOSE;
    if !(numbers || dated || turned || negated || close) {
        return Vec::new();
    }
    let pair = Pair::new(scorer, [a, b], left, right);
    let articles = [left, right].map(|side| readings.articles[side]);
    let context = Context {
        sentences: [left, right],
        articles,
        givers: &readings.givers,
        ages: &readings.ages,
        figures: articles.map(|article| &*readings.figures[article]),
        dates: articles.map(|article| &*readings.dates[article]),
        published: articles.map(|article| readings.published[article]),
        deadly: articles.map(|article| readings.deadly[article]),
        beside: &readings.beside,
    };
    let (mut found, mut others) = (Vec::new(), Vec::new());
    if numbers {
        found.extend(numbers::differences(&pair, &context));
    }
    if dated {
        found.extend(dates::differences(&pair, &context));
    }
    if turned {
        others = opposites::differences(&pair, [&readings.turns[left], &readings.turns[right]]);
        // One difference of words a pair: the one that most speaks for.
        others.retain(|one| !opposites::are_two_ends(&pair, scorer, one));
        found.extend(others.drain(..others.len().min(1)));
    }
    // "nobody" is both a number and a "not".
    let nobody = found.iter().any(|one: &Difference| one.signs[Sign::nobody as usize] > 0.0);
    if negated && !nobody {
        found.extend(polarity::differences(&pair, &context));
    }
    if close {
        let mut names = names::differences(&pair, &readings.full_names);
        if let Some(who) = winner::difference(&pair).or_else(|| speaker::difference(&pair)) {
            // "Arven's" / "Halder's" belongs to who won.
            found.retain(|one: &Difference| !one.left.overlaps(who.left) || !one.right.overlaps(who.right));
            names = vec![who];
        }
        for one in &mut names {
            if both::are_told(&pair, scorer, readings, articles, one) {
                Sign::apart.set(&mut one.signs, 1.0);
            }
        }
        found.extend(names);
        found.extend(names::alternatives(&pair));
        found.extend(roles::differences(&pair, scorer));
        let slots = [left, right].map(|side| &*readings.slots[side]);
        if slots::comparable(slots) {
            let of_article = |side: usize| &readings.slots[readings.sentences_of(articles[side])];
            let both = |[a, b]: [&slots::Member; 2]| slots::has(of_article(0), b) || slots::has(of_article(1), a);
            slots::set(&pair, slots, log_odds, both, &mut found);
        }
        if found.is_empty() {
            found.extend(same_else::difference(&pair));
        }
    }
    let changed = turned && opposites::changed([&readings.turns[left], &readings.turns[right]]);
    aside::set(&pair, &mut found, changed);
    twice::set(&pair, &mut found, &others);
    for difference in &mut found {
        weights::set_pair(&mut difference.signs, &pair, log_odds, together);
    }
    found.sort_by_key(|difference| (difference.left, difference.right, difference.kind));
    found
}

fn is_spelling(kind: Kind, what: &str) -> bool {
    kind == Kind::Name && matches!(what, OF_A_NAME | OF_A_STREET)
}

impl Difference {
    /// Whether it is in how a name is spelt.
    fn is_spelling(&self) -> bool {
        is_spelling(self.kind, &self.what)
    }

    /// Whether no rule has found it.
    pub fn is_opposed(&self) -> bool {
        self.signs[Sign::opposed as usize] > 0.0
    }

    /// Whether the two claims are not one, though they may both be right.
    pub fn is_apart(&self) -> bool {
        self.kind == Kind::Role || self.signs[Sign::apart as usize] > 0.0
    }
}

/// Adds to the differences of a pair what the large cross-encoder said of it.
pub fn read_closely(differences: &mut [Difference], odds: PairOdds) {
    for difference in differences {
        Sign::closely_conflict.set(&mut difference.signs, odds.conflict.clamp(-8.0, 8.0));
        Sign::closely_opposed.set(&mut difference.signs, odds.conflict.min(-odds.shared).clamp(0.0, 8.0));
    }
}

/// Pairs with lower log-odds than this have too little in common for another name in one place to mean anything.
const MIN_CLOSE: f32 = -3.5;
