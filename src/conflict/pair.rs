//! Two sentences side by side: which words match, and how much of what stands around two places does.

use crate::align::{Alignment, Kind, Lexicon, Prepared, Word};
use crate::calendar::is_day_or_month;
use crate::clause::{is_saying, is_verb};
use crate::link::Scorer;
use crate::reading::Reading;
use crate::span::Span;

/// Words less like each other than this are not the same.
const SAME: f32 = 0.6;
/// Words to both sides of a place that say what it is about.
pub(super) const WINDOW: usize = 7;

/// A verb of another clause is as far as one so many words away.
const ANOTHER_CLAUSE: usize = 3;

/// One sentence as the rules read it.
#[derive(Clone, Copy)]
pub(super) struct Side<'a> {
    pub words: &'a [Word],
    pub text: &'a str,
    pub reading: &'a Reading,
    pub lexicon: &'a Lexicon,
}

impl<'a> Side<'a> {
    /// A word in lower case; behind the last one there is none.
    pub fn form(&self, at: usize) -> &'a str {
        self.words.get(at).map_or("", |word| &self.lexicon.forms[word.form as usize].text)
    }

    /// The words under a span of the sentence.
    pub fn words_under(&self, span: Span) -> std::ops::Range<usize> {
        let start = self.words.partition_point(|word| word.span.end <= span.start);
        let end = self.words.partition_point(|word| word.span.start < span.end);
        start..end.max(start)
    }

    /// The words of a place and so many to either side of it.
    pub fn near(&self, place: &std::ops::Range<usize>, n: usize) -> std::ops::Range<usize> {
        place.start.saturating_sub(n)..(place.end + n).min(self.words.len())
    }

    /// The words of the clauses that a place stands in.
    pub fn clause(&self, place: &std::ops::Range<usize>) -> std::ops::Range<usize> {
        let opens = |at: &usize| self.words[*at].starts_clause;
        let start = (0..=place.start).rev().find(opens).unwrap_or(0);
        start..(place.end..self.words.len()).find(opens).unwrap_or(self.words.len())
    }

    /// Whether a word has a form that no rule makes: "left", "came".
    pub fn is_irregular(&self, at: usize) -> bool {
        self.words.get(at).is_some_and(|word| self.lexicon.is_irregular(&self.lexicon.forms[word.form as usize]))
    }

    /// Whether a word is a name, and none of a day or a month; but "June Lund" is no month.
    pub fn is_name(&self, at: usize) -> bool {
        let named = |at: usize| self.words.get(at).is_some_and(|word| word.kind == Kind::Name);
        let dated = |at: usize| is_time(self.form(at));
        let given = |at: usize| matches!(self.form(at), "april" | "may" | "june" | "august");
        let surname = |at: usize| named(at) && !dated(at) && self.between(at) == " ";
        named(at) && (!dated(at) || given(at) && surname(at + 1))
    }

    /// What stands between a word and the one before it.
    pub fn between(&self, at: usize) -> &'a str {
        &self.text[self.words[at - 1].span.end..self.words[at].span.start]
    }
}

/// Two aligned sentences.
pub(super) struct Pair<'a> {
    pub sides: [&'a Prepared; 2],
    pub readings: [&'a Reading; 2],
    pub texts: [&'a str; 2],
    pub lexicon: &'a Lexicon,
    scorer: &'a Scorer,
    /// `(left word, right word)` that say the same.
    pub matches: Vec<(usize, usize)>,
    /// For each word of each side the other side's word that it matches.
    partners: [Vec<Option<usize>>; 2],
    /// The share of each side's weight that matches.
    pub cover: [f32; 2],
    /// The whole alignment, for who plays which part.
    pub alignment: Alignment,
}

impl<'a> Pair<'a> {
    pub fn new(scorer: &'a Scorer, readings: [&'a Reading; 2], left: usize, right: usize) -> Self {
        let sides = [left, right].map(|side| scorer.sentence(side));
        let alignment = scorer.align(left, right);
        let mut matches = Vec::new();
        let mut partners = sides.map(|side| vec![None; side.words.len()]);
        let mut shared = [0.0f32; 2];
        for &(i, j, likeness) in alignment.matches.iter().filter(|found| found.2 >= SAME) {
            matches.push((i, j));
            (partners[0][i], partners[1][j]) = (Some(j), Some(i));
            shared[0] += sides[0].weights[i] * likeness;
            shared[1] += sides[1].weights[j] * likeness;
        }
        let cover = [0, 1].map(|side| shared[side] / sides[side].total.max(f32::MIN_POSITIVE));
        let texts = [left, right].map(|side| scorer.text(side));
        Self { sides, readings, texts, lexicon: scorer.lexicon(), scorer, matches, partners, cover, alignment }
    }

    /// From the first to the last of some words that follow each other.
    pub fn span(&self, side: usize, words: &std::ops::Range<usize>) -> Span {
        Span::new(self.word(side, words.start).span.start, self.word(side, words.end - 1).span.end)
    }

    /// One of the two by itself.
    pub fn side(&self, side: usize) -> Side<'a> {
        let (words, text) = (&self.sides[side].words, self.texts[side]);
        Side { words, text, reading: self.readings[side], lexicon: self.lexicon }
    }

    pub fn word(&self, side: usize, at: usize) -> &'a Word {
        &self.sides[side].words[at]
    }

    /// A word in lower case.
    pub fn form(&self, side: usize, at: usize) -> &'a str {
        &self.lexicon.forms[self.word(side, at).form as usize].text
    }

    pub fn partner(&self, side: usize, at: usize) -> Option<usize> {
        self.partners[side][at]
    }

    /// The words under a span of the sentence.
    pub fn words_under(&self, side: usize, span: Span) -> std::ops::Range<usize> {
        self.side(side).words_under(span)
    }

    /// The weight that matches around two places, figures aside, and its share of all that stands around the place
    /// that tells less.
    pub fn around(&self, left: &std::ops::Range<usize>, right: &std::ops::Range<usize>) -> (f32, f32) {
        let places = [left, right];
        let near = |side: usize, at: usize| {
            let place = places[side];
            !place.contains(&at) && at + WINDOW >= place.start && at < place.end + WINDOW
        };
        let tells = |side: usize, at: usize| {
            !matches!(self.word(side, at).kind, Kind::Function | Kind::Number) && !is_time(self.form(side, at))
        };
        let matched: f32 = self
            .matches
            .iter()
            .filter(|&&(i, j)| near(0, i) && near(1, j) && tells(0, i))
            .map(|&(i, j)| self.sides[0].weights[i].min(self.sides[1].weights[j]))
            .sum();
        let all = |side: usize| -> f32 {
            let words = 0..self.sides[side].words.len();
            words.filter(|&at| near(side, at) && tells(side, at)).map(|at| self.sides[side].weights[at]).sum()
        };
        (matched, matched / all(0).min(all(1)).max(matched).max(1e-6))
    }

    /// Whether the verbs nearest to two places are the same; `None` where a side has none.
    pub fn same_verb(&self, left: &std::ops::Range<usize>, right: &std::ops::Range<usize>) -> Option<bool> {
        Some(self.likeness_of(self.verb(0, left)?, self.verb(1, right)?) >= SAME)
    }

    /// The verb nearest to a place, those of other clauses last: what the place tells of.
    pub fn verb(&self, side: usize, place: &std::ops::Range<usize>) -> Option<usize> {
        let words = &self.sides[side].words;
        let verb = |&at: &usize| {
            let form = self.form(side, at);
            let before = at.checked_sub(1).map(|before| self.form(side, before));
            words[at].kind == Kind::Content && !is_saying(form) && is_verb(form, before)
        };
        let far = |at: usize| {
            let between = if at < place.start { at + 1..place.start + 1 } else { place.end..at + 1 };
            let n_words = between.len();
            n_words
                + ANOTHER_CLAUSE * between.filter(|&at| words.get(at).is_some_and(|word| word.starts_clause)).count()
        };
        (0..words.len()).filter(|at| !place.contains(at)).filter(verb).min_by_key(|&at| (far(at), at))
    }

    /// The weight of names near a place that the other sentence lacks, on the side that has less of it: another owner.
    pub fn other_names(&self, left: &std::ops::Range<usize>, right: &std::ops::Range<usize>) -> f32 {
        let open = |side: usize, place: &std::ops::Range<usize>| -> f32 {
            let words = place.start.saturating_sub(WINDOW)..(place.end + WINDOW).min(self.sides[side].words.len());
            let open = words.filter(|&at| {
                !place.contains(&at)
                    && self.word(side, at).kind == Kind::Name
                    && self.likeness(side, at) < SAME
                    && !is_time(self.form(side, at))
            });
            open.map(|at| self.sides[side].weights[at]).sum()
        };
        open(0, left).min(open(1, right))
    }

    /// How like a word of the left sentence is to one of the right.
    pub fn likeness_of(&self, i: usize, j: usize) -> f32 {
        self.scorer.likeness(self.word(0, i), self.word(1, j))
    }

    /// How like its best counterpart a word is.
    pub fn likeness(&self, side: usize, at: usize) -> f32 {
        if side == 0 { self.alignment.left[at] } else { self.alignment.right[at] }
    }

    /// Whether the telling words next to two places match, within two words; the end matches the end.
    pub fn same_beside(&self, i: usize, j: usize, step: isize) -> bool {
        let next = |side: usize, mut at: usize| loop {
            at = at.checked_add_signed(step)?;
            let word = self.sides[side].words.get(at)?;
            if word.kind != Kind::Function {
                return Some(at);
            }
        };
        match (next(0, i), next(1, j)) {
            (Some(x), Some(y)) => self.partner(0, x) == Some(y),
            (None, None) => true,
            _ => false,
        }
    }
}

/// A word for a time, which is no owner of anything: figures and dates are compared by themselves.
pub(super) fn is_time(form: &str) -> bool {
    const TIMES: &[&str] = &[
        "jan",
        "feb",
        "aug",
        "sept",
        "oct",
        "nov",
        "dec",
        "today",
        "yesterday",
        "tomorrow",
        "day",
        "days",
        "week",
        "weeks",
        "month",
        "months",
        "year",
        "years",
        "hour",
        "hours",
        "minute",
        "minutes",
        "second",
        "seconds",
        "morning",
        "afternoon",
        "evening",
        "night",
        "early",
        "late",
        "earlier",
        "later",
        "first",
        "last",
        "next",
        "previous",
        "north",
        "south",
        "east",
        "west",
        "gmt",
        "updated",
        "published",
        "ago",
    ];
    is_day_or_month(form) || TIMES.contains(&form)
}
