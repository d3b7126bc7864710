//! Contradiction features: how many conflicts a pair would have if it were a sure link, by the rules that the forest was trained
//! on. They say how likely a link is; the conflicts that a reader is told of are found by other rules, in `conflict`, which may
//! change without training anew.
//!
//! Each kind looks at one place on each side and asks whether the words around the two places match: a reader should
//! see at once that both speak of the same thing there. Precision first: what merely differs is no conflict.

mod figures;
mod turns;
mod who;

pub use who::share_most_letters;

use super::contrast::{Cues, cue};
use super::scorer::Scorer;
use crate::align::{Alignment, Kind, Prepared, Word};

/// Words to both sides of a place that say what it is about.
const WINDOW: usize = 6;
/// The least weight, in nats, that must match around two places.
const MIN_AROUND: f32 = 4.0;
/// The least share of the shorter sentence that must match before a "not" or an opposite turns it round.
const MIN_COVER: f32 = 0.5;
/// The same, before "may" and "did" are told apart, or one name from another.
const MIN_COVER_OF_COPIES: f32 = 0.75;
/// The least probability of a link before sums of money or shares are said to disagree: a story has many of them.
const MIN_PROBABILITY_OF_SUMS: f32 = 0.4;
/// The same for lengths, times and ages, and for counts that are worlds apart.
const MIN_PROBABILITY_OF_SIZES: f32 = 0.8;
/// And before a "no" or an opposite turns one around; and before figures of anything else disagree.
const MIN_PROBABILITY_OF_TURNS: f32 = 0.3;
const MIN_PROBABILITY_OF_COUNTS: f32 = 0.1;

/// Two aligned sentences.
struct Pair<'a> {
    sides: [&'a Prepared; 2],
    texts: [&'a str; 2],
    cues: &'a Cues,
    /// `(left word, right word)` that say the same.
    matches: Vec<(usize, usize)>,
    /// Matched weight of the shorter sentence, as a share.
    cover: f32,
    /// Of a common statement.
    probability: f32,
}

/// Whether the two name another of one family in one place: "the Corvina Star", "the Corvina Moon".
pub(super) fn namesakes(scorer: &Scorer, left: usize, right: usize) -> bool {
    Pair::new(scorer, left, right, &scorer.align(left, right), 1.0).namesakes() > 0
}

/// How many conflicts of figures, dates, turns, names and roles a pair would have if it were a sure link.
pub(super) fn counts(scorer: &Scorer, left: usize, right: usize, alignment: &Alignment) -> [f32; 5] {
    let pair = Pair::new(scorer, left, right, alignment, 1.0);
    let count = |found: bool| f32::from(u8::from(found));
    let turns = count(pair.opposites()) + count(pair.negation()) + count(pair.modality());
    let names = (pair.names() + pair.namesakes()).min(3) as f32;
    [pair.figures().min(3) as f32, count(pair.dates()), turns, names, count(pair.roles())]
}

impl<'a> Pair<'a> {
    fn new(scorer: &'a Scorer, left: usize, right: usize, alignment: &Alignment, probability: f32) -> Self {
        const SAME: f32 = 0.6;
        let sides = [&scorer.sentences[left], &scorer.sentences[right]];
        let mut matches = Vec::new();
        let mut shared = [0.0f32; 2];
        for &(i, j, likeness) in alignment.matches.iter().filter(|m| m.2 >= SAME) {
            matches.push((i, j));
            shared[0] += sides[0].weights[i] * likeness;
            shared[1] += sides[1].weights[j] * likeness;
        }
        let shorter = usize::from(sides[1].total < sides[0].total);
        let cover = shared[shorter] / sides[shorter].total.max(f32::MIN_POSITIVE);
        let texts = [left, right].map(|side| &*scorer.texts[side]);
        Self { sides, texts, cues: &scorer.cues, matches, cover, probability }
    }

    fn word(&self, side: usize, at: usize) -> &Word {
        &self.sides[side].words[at]
    }

    fn said(&self, side: usize, at: usize) -> &'a str {
        self.word(side, at).span.of(self.texts[side])
    }

    fn cue(&self, side: usize, at: usize, bit: u16) -> bool {
        self.cues.has(self.word(side, at), bit)
    }

    fn matched(&self, i: usize, j: usize) -> bool {
        self.matches.contains(&(i, j))
    }

    fn partner(&self, side: usize, at: usize) -> Option<usize> {
        let pair = self.matches.iter().find(|pair| [pair.0, pair.1][side] == at)?;
        Some([pair.1, pair.0][side])
    }

    /// Words of a side that are told and match nothing.
    fn open(&self, side: usize, kind: Kind) -> impl Iterator<Item = usize> {
        let words = self.sides[side].words.iter().enumerate();
        words.filter(move |&(at, word)| word.kind == kind && self.partner(side, at).is_none()).map(|(at, _)| at)
    }

    /// The weight that matches around a place on the left and a place on the right.
    fn around(&self, i: usize, j: usize) -> f32 {
        let near = self.matches.iter().filter(|&&(x, y)| {
            x != i
                && y != j
                && x.abs_diff(i) <= WINDOW
                && y.abs_diff(j) <= WINDOW
                && self.word(0, x).kind != Kind::Function
        });
        near.map(|&(x, y)| self.sides[0].weights[x].min(self.sides[1].weights[y])).sum()
    }

    /// Whether the words next to two places match, function words and other open names aside; the end matches the end.
    fn same_beside(&self, i: usize, j: usize, step: isize) -> bool {
        let next = |side: usize, mut at: usize| loop {
            at = at.checked_add_signed(step)?;
            let word = self.sides[side].words.get(at)?;
            let skipped = word.kind == Kind::Function || word.kind == Kind::Name && self.partner(side, at).is_none();
            if !skipped {
                return Some(at);
            }
        };
        match (next(0, i), next(1, j)) {
            (Some(x), Some(y)) => self.matched(x, y),
            (None, None) => true,
            _ => false,
        }
    }

    /// The next telling words after `at`, two at most, close by.
    fn next(&self, side: usize, at: usize) -> Vec<usize> {
        let words = &self.sides[side].words;
        let after = (at + 1..words.len().min(at + 5)).take_while(|&next| !words[next].starts_clause);
        after.filter(|&next| matches!(words[next].kind, Kind::Content | Kind::Name)).take(2).collect()
    }

    /// "on Monday" / "on Tuesday", where each names but one.
    fn dates(&self) -> bool {
        [cue::WEEKDAY, cue::MONTH].into_iter().any(|bit| {
            let named = |side: usize| -> Vec<usize> {
                let words = 0..self.sides[side].words.len();
                words.filter(|&at| self.cue(side, at, bit) && self.is_name(side, at)).collect()
            };
            let (&[i], &[j]) = (&named(0)[..], &named(1)[..]) else { return false };
            let other = self.word(0, i).stem != self.word(1, j).stem;
            let same_matter = self.cover >= MIN_COVER && self.around(i, j) >= MIN_AROUND;
            other && same_matter
        })
    }

    fn is_name(&self, side: usize, at: usize) -> bool {
        self.said(side, at).starts_with(char::is_uppercase)
    }
}
