//! What turns a statement round or takes it back: a "not", an opposite word, a "may".

use super::{MIN_AROUND, MIN_COVER, MIN_COVER_OF_COPIES, MIN_PROBABILITY_OF_TURNS, Pair, WINDOW};
use crate::align::Kind;
use crate::link::contrast::cue;

impl Pair<'_> {
    /// "relaxed the rules" / "tightened the rules".
    pub(super) fn opposites(&self) -> bool {
        if self.cover < MIN_COVER || self.probability < MIN_PROBABILITY_OF_TURNS {
            return false;
        }
        for i in self.open(0, Kind::Content) {
            for j in
                self.open(1, Kind::Content).filter(|&j| self.cues.opposite(self.word(0, i).stem, self.word(1, j).stem))
            {
                let near = |&(x, y): &(usize, usize), apart: usize| {
                    x.abs_diff(i) <= apart && y.abs_diff(j) <= apart && self.word(0, x).kind != Kind::Function
                };
                let beside = self.matches.iter().any(|pair| near(pair, 3) && (pair.0 < i) == (pair.1 < j));
                // "A sold it to B" / "B bought it from A", "will not close" / "stays open"
                let crossed = self.matches.iter().any(|pair| near(pair, WINDOW) && (pair.0 < i) != (pair.1 < j));
                let turned = crossed || self.n_negations(0) != self.n_negations(1);
                if beside && !turned && self.around(i, j) >= MIN_AROUND {
                    return true;
                }
            }
        }
        false
    }

    /// A "not", a "no", a "failed to"; not "not only".
    fn negates(&self, side: usize, at: usize) -> bool {
        let lower = |at: usize| self.said(side, at).to_lowercase();
        let only = at + 1 < self.sides[side].words.len() && matches!(&*lower(at + 1), "only" | "just" | "merely");
        self.cue(side, at, cue::NEGATION) && !only
    }

    /// Whether a negation stands close before a word, in its clause, with nothing told between.
    fn negated(&self, side: usize, at: usize) -> bool {
        let words = &self.sides[side].words;
        for before in (at.saturating_sub(5)..at).rev() {
            if words[before + 1].starts_clause {
                return false;
            }
            if self.negates(side, before) {
                return true;
            }
            if words[before].kind != Kind::Function {
                return false;
            }
        }
        false
    }

    fn n_negations(&self, side: usize) -> usize {
        (0..self.sides[side].words.len()).filter(|&at| self.negates(side, at)).count()
    }

    /// Whether a sentence says "no" in another way: "ruled out a frost", "the first woman", "unsuspicious".
    fn turns(&self, side: usize) -> bool {
        const TURNS: &[&str] = &[
            "almost",
            "avoided",
            "denied",
            "denies",
            "deny",
            "dismissed",
            "few",
            "first",
            "free",
            "little",
            "only",
            "rejected",
            "ruled",
            "unless",
        ];
        self.sides[side].words.iter().any(|word| {
            let word = word.span.of(self.texts[side]).to_lowercase();
            TURNS.contains(&&*word) || word.starts_with("un") && word.len() > 6
        })
    }

    /// "no fuel had leaked" / "fuel leaked".
    pub(super) fn negation(&self) -> bool {
        const MIN_TOLD: usize = 3;
        if self.cover < MIN_COVER || self.probability < MIN_PROBABILITY_OF_TURNS {
            return false;
        }
        let n_told = self.matches.iter().filter(|pair| self.word(0, pair.0).kind != Kind::Function).count();
        if n_told < MIN_TOLD {
            return false;
        }
        let told = |&&(i, j): &&(usize, usize)| {
            self.word(0, i).kind == Kind::Content && !self.cue(0, i, cue::SPEECH) && self.around(i, j) >= MIN_AROUND
        };
        let turned: Vec<_> =
            self.matches.iter().filter(told).map(|&(i, j)| [self.negated(0, i), self.negated(1, j)]).collect();
        let [left, right] = [0, 1].map(|side| turned.iter().any(|negated| negated[side]));
        let other = usize::from(left);
        left != right && self.n_negations(other) == 0 && !self.turns(other)
    }

    /// "may open in May" / "opened in May", in sentences that differ in little else.
    pub(super) fn modality(&self) -> bool {
        if self.cover < MIN_COVER_OF_COPIES {
            return false;
        }
        const MODAL: &[&str] =
            &["may", "might", "could", "likely", "possibly", "perhaps", "probably", "allegedly", "alleged"];
        let modal = |side: usize| {
            (0..self.sides[side].words.len()).find(|&at| {
                let word = self.said(side, at);
                MODAL.contains(&word) || at > 0 && word == "considering"
            })
        };
        let hedged = |side: usize| (0..self.sides[side].words.len()).any(|at| self.cue(side, at, cue::MODAL));
        let (side, at) = match (modal(0), modal(1)) {
            (Some(at), None) if !hedged(1) => (0, at),
            (None, Some(at)) if !hedged(0) => (1, at),
            _ => return false,
        };
        (at + 1..self.sides[side].words.len().min(at + 4))
            .any(|next| self.word(side, next).kind == Kind::Content && self.partner(side, next).is_some())
    }
}
