//! Another actor in the same place, or the same actors with their parts swapped.

use std::ops::Range;

use super::{MIN_AROUND, MIN_COVER, MIN_COVER_OF_COPIES, Pair};
use crate::align::Kind;
use crate::link::contrast::cue;
use crate::span::Span;

impl Pair<'_> {
    /// Another person or place in the same place of sentences that differ in little else.
    pub(super) fn names(&self) -> usize {
        let mut found = 0;
        if self.cover < MIN_COVER_OF_COPIES {
            return found;
        }
        for a in self.open_names(0) {
            for b in self.open_names(1) {
                let said = |side: usize, run: &Range<usize>| {
                    let words = &self.sides[side].words;
                    Span::new(words[run.start].span.start, words[run.end - 1].span.end).of(self.texts[side])
                };
                let (x, y) = (said(0, &a), said(1, &b));
                let before = self.same_beside(a.start, b.start, -1);
                let beside = before && self.same_beside(a.end - 1, b.end - 1, 1);
                if !beside || spelt_alike(x, y) || self.around(a.start, b.start) < MIN_AROUND {
                    continue;
                }
                found += 1;
            }
        }
        found
    }

    /// The "Corvina Star" / the "Corvina Moon": names of two words that begin alike and end otherwise.
    pub(super) fn namesakes(&self) -> usize {
        if self.cover < MIN_COVER {
            return 0;
        }
        let second = |side: usize, at: usize| {
            let next = self.sides[side].words.get(at + 1)?;
            let between = Span::new(self.word(side, at).span.end, next.span.start).of(self.texts[side]);
            let dated = self.cue(side, at + 1, cue::WEEKDAY) || self.cue(side, at + 1, cue::MONTH);
            let name = |at: usize| self.sides[side].words.get(at).is_some_and(|word| word.kind == Kind::Name);
            let whole = name(at + 1) && !name(at + 2) && !(at > 0 && name(at - 1));
            (between == " " && whole && !dated && self.partner(side, at + 1).is_none()).then_some(at + 1)
        };
        let pairs = self.matches.iter().filter_map(|&(x, y)| {
            let same = self.word(0, x).kind == Kind::Name && self.word(0, x).stem == self.word(1, y).stem;
            let (i, j) = (second(0, x)?, second(1, y)?);
            let alike = spelt_alike(self.said(0, i), self.said(1, j));
            (same && !alike && self.around(i, j) >= MIN_AROUND).then_some(())
        });
        pairs.count()
    }

    /// Runs of names that the other side lacks; none that belongs to a name both have, nor "the Ohio Republican".
    fn open_names(&self, side: usize) -> Vec<Range<usize>> {
        let words = &self.sides[side].words;
        let name = |at: usize| words.get(at).is_some_and(|word| word.kind == Kind::Name);
        let dated = |at: usize| self.cue(side, at, cue::WEEKDAY) || self.cue(side, at, cue::MONTH);
        let open: Vec<usize> = self.open(side, Kind::Name).filter(|&at| !dated(at)).collect();
        let runs = open.chunk_by(|a, b| a + 1 == *b).map(|run| run[0]..run[run.len() - 1] + 1);
        runs.filter(|run| {
            let joined = run.start > 0 && name(run.start - 1) || name(run.end);
            let described = run.start > 0 && self.said(side, run.start - 1).eq_ignore_ascii_case("the");
            !joined && !described
        })
        .collect()
    }

    /// "A attacked B" / "B attacked A".
    pub(super) fn roles(&self) -> bool {
        const MUTUAL: &[&str] = &[
            "and", "meet", "met", "marri", "marry", "married", "agree", "fight", "fought", "clash", "face", "play",
            "talk", "join",
        ];
        let actor = |at: usize| match self.word(0, at).kind {
            Kind::Name => true,
            Kind::Content => {
                at > 0 && matches!(self.said(0, at - 1).to_lowercase().as_str(), "the" | "a" | "an" | "his" | "her")
            }
            _ => false,
        };
        // "attacked", "told": few words end so, and only theirs are worth writing small.
        let acts = |pair: &&(usize, usize)| self.said(0, pair.0).ends_with(['d', 'D']);
        for &(v, w) in self.matches.iter().filter(acts) {
            let act = self.said(0, v).to_lowercase();
            let verb = self.word(0, v).kind == Kind::Content && act.ends_with("ed") && self.said(1, w).ends_with("ed")
                || act == "told";
            if !verb
                || MUTUAL.iter().any(|mutual| act.starts_with(mutual))
                || act.starts_with("sa")
                || act.starts_with("report")
            {
                continue;
            }
            let passive = |side: usize, at: usize| {
                let words = &self.sides[side].words;
                let by = (at + 1..words.len().min(at + 4)).any(|next| self.cue(side, next, cue::BY));
                let be = (at.saturating_sub(2)..at).any(|before| self.cue(side, before, cue::BE));
                by || be
            };
            if passive(0, v) || passive(1, w) {
                continue;
            }
            let near: Vec<_> = self
                .matches
                .iter()
                .filter(|&&(x, y)| {
                    x != v
                        && x.abs_diff(v) <= 4
                        && y.abs_diff(w) <= 4
                        && actor(x)
                        && self.word(0, x).stem == self.word(1, y).stem
                })
                .collect();
            for &&(a, _) in near.iter().filter(|pair| pair.0 < v && pair.1 > w) {
                let other = |c: usize| self.word(0, c).stem != self.word(0, a).stem;
                if near.iter().any(|pair| pair.0 > v && pair.1 < w && other(pair.0)) {
                    return true;
                }
            }
        }
        false
    }
}

/// Two spellings of one name: "Qaddafi" and "Gadhafi" share most of their letters in order.
fn spelt_alike(a: &str, b: &str) -> bool {
    let letters = |name: &str| name.to_lowercase().chars().filter(|c| c.is_alphanumeric()).collect::<Vec<char>>();
    let (x, y) = (letters(a), letters(b));
    x == y || share_most_letters(&x, &y)
}

/// Whether two names that are long enough, or begin and end alike, share most of their letters in order (by their longest
/// common subsequence).
pub fn share_most_letters(x: &[char], y: &[char]) -> bool {
    let mut row = vec![0usize; y.len() + 1];
    for c in x {
        let mut diagonal = 0;
        for (at, d) in y.iter().enumerate() {
            let above = row[at + 1];
            row[at + 1] = if c == d { diagonal + 1 } else { above.max(row[at]) };
            diagonal = above;
        }
    }
    let ends = x.first() == y.first() && x.last() == y.last();
    (ends || x.len().min(y.len()) >= 5) && row[y.len()] * 10 >= x.len().max(y.len()) * 6
}
