//! A sentence that holds unique spans, as `named`, `figures` and `worth` look at it: its words, and how rare each is in news.

use super::known::Known;
use super::quoted::Quoted;
use crate::align::Stemmer;
use crate::clause::Word;
use crate::link::share_in_news;
use crate::story::Story;

/// For each term of the story how rare it is in news at large: 0 in one sentence of twenty, 1 in none that we know. All are
/// alike in a language of which that is not known.
pub(super) fn rarity(story: &Story) -> Vec<f32> {
    if !story.language.has_rules() {
        return vec![1.0; story.vocabulary.len()];
    }
    const COMMON: f32 = 3.0;
    const UNHEARD: f32 = 12.0;
    let stemmer = Stemmer::default();
    let terms = (0..story.vocabulary.len()).map(|term| story.vocabulary.term(term.into()));
    terms
        .map(|term| {
            let surprise = -share_in_news(&stemmer.stem(term)).ln();
            ((surprise - COMMON) / (UNHEARD - COMMON)).clamp(0.1, 1.0)
        })
        .collect()
}

/// A sentence that holds unique spans.
pub(super) struct Telling<'a> {
    /// The number of its article.
    pub article: usize,
    pub text: &'a str,
    pub words: &'a [Word],
    /// For each term of the story.
    pub rarity: &'a [f32],
    pub story: &'a Story,
    pub known: &'a Known,
    /// Its quotations.
    pub quotes: Vec<Quoted<'a>>,
    /// Who publishes its article, lower-cased: an outlet that names itself tells nothing.
    pub outlet: String,
    /// Whether it is a headline, where capitals say nothing.
    pub headline: bool,
}

/// A name is worth telling from this rarity on: "Rosatom", not "America".
pub(super) const MIN_RARITY: f32 = 0.4;
impl Telling<'_> {
    pub(super) fn is_alone(&self, at: usize) -> bool {
        self.story.n_articles[self.words[at].term.index()] == 1
    }

    pub(super) fn rarity_of(&self, at: usize) -> f32 {
        self.rarity[self.words[at].term.index()]
    }

    pub(super) fn said(&self, at: usize) -> &str {
        self.words[at].span.of(self.text)
    }

    /// What stands between a word and the next.
    pub(super) fn gap(&self, at: usize) -> &str {
        self.words.get(at + 1).map_or("", |next| &self.text[self.words[at].span.end..next.span.start])
    }

    pub(super) fn is_capital(&self, at: usize) -> bool {
        self.words[at].weight > 0.0 && self.said(at).starts_with(char::is_uppercase)
    }
}

pub(super) const CURRENCIES: [char; 5] = ['$', '£', '€', '¥', '₹'];

/// Days and months, which name nobody.
pub(super) const CALENDAR: &[&str] = &[
    "Monday",
    "Tuesday",
    "Wednesday",
    "Thursday",
    "Friday",
    "Saturday",
    "Sunday",
    "January",
    "February",
    "March",
    "April",
    "May",
    "June",
    "July",
    "August",
    "September",
    "October",
    "November",
    "December",
    "Jan",
    "Feb",
    "Mar",
    "Apr",
    "Jun",
    "Jul",
    "Aug",
    "Sept",
    "Sep",
    "Oct",
    "Nov",
    "Dec",
];
