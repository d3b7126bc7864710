//! Where two sentences that tell of one thing disagree, in a reporter's words.
//!
//! Each kind looks at one place on each side and asks whether the words around the two places match: a reader should
//! see at once that both speak of the same thing there. Precision first: what merely differs is no conflict.

use std::ops::Range;

use super::contrast::{Cues, cue};
use super::scorer::Scorer;
use crate::align::{Alignment, Kind, Prepared, Unit, Value, Word};
use crate::span::Span;

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

/// What speaks against the two sentences saying the same, one line each.
pub(super) fn conflicts(
    scorer: &Scorer,
    left: usize,
    right: usize,
    alignment: &Alignment,
    probability: f32,
) -> Vec<String> {
    let pair = Pair::new(scorer, left, right, alignment, probability);
    if pair.texts.iter().any(|text| text.ends_with('?')) {
        return Vec::new();
    }
    let mut found = pair.figures();
    found.extend(pair.dates());
    found.extend(pair.opposites());
    found.extend(pair.negation());
    found.extend(pair.modality());
    found.extend(pair.names());
    found.extend(pair.roles());
    found.dedup();
    found
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

    fn cue(&self, side: usize, at: usize, bit: u8) -> bool {
        self.cues.has(self.word(side, at).stem, bit)
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

    /// The next telling words after `at`, two at most, close by.
    fn next(&self, side: usize, at: usize) -> Vec<usize> {
        let words = &self.sides[side].words;
        let after = (at + 1..words.len().min(at + 5)).take_while(|&next| !words[next].starts_clause);
        after.filter(|&next| matches!(words[next].kind, Kind::Content | Kind::Name)).take(2).collect()
    }

    /// "14 people were injured" / "17 people were hurt".
    fn figures(&self) -> Vec<String> {
        let mut found = Vec::new();
        for i in self.open(0, Kind::Number) {
            let best = self.open(1, Kind::Number).filter(|&j| self.count_the_same(i, j));
            if let Some(j) = best.max_by(|&a, &b| self.around(i, a).total_cmp(&self.around(i, b)).then(b.cmp(&a))) {
                found.push(format!("left says {}, right says {}", self.figure(0, i), self.figure(1, j)));
            }
        }
        found
    }

    fn count_the_same(&self, i: usize, j: usize) -> bool {
        /// A length or an age is of one thing, and there are many things.
        const UNITS: &[&str] = &[
            "day",
            "days",
            "feet",
            "hour",
            "hours",
            "kilometres",
            "kilometers",
            "km",
            "metre",
            "metres",
            "meter",
            "meters",
            "mile",
            "miles",
            "minute",
            "minutes",
            "month",
            "months",
            "p.m",
            "a.m",
            "week",
            "weeks",
            "year",
            "years",
            "year-old",
        ];
        const FAR: f64 = 3.0;
        const PLACES: &[&str] = &["one", "first", "second", "third", "fourth", "fifth", "sixth"];
        let (Some(x), Some(y)) = (self.word(0, i).value, self.word(1, j).value) else { return false };
        let lower = |side: usize, at: usize| self.said(side, at).to_lowercase();
        let place = [lower(0, i), lower(1, j)].iter().any(|word| PLACES.contains(&&**word));
        if place || self.compatible(x, i, y, j) || self.around(i, j) < MIN_AROUND {
            return false;
        }
        let (a, b) = (self.next(0, i), self.next(1, j));
        let counted = a.iter().any(|&a| b.iter().any(|&b| self.matched(a, b)));
        let measured = a.first().is_some_and(|&at| UNITS.contains(&&*lower(0, at)));
        let odd = [(0, i), (1, j)].into_iter().any(|(side, at)| self.is_attribute(side, at) || self.is_ratio(side, at));
        let dated = [(0, i), (1, j)].into_iter().any(|(side, at)| at > 0 && self.cue(side, at - 1, cue::MONTH));
        if odd || dated || self.other_years() {
            return false;
        }
        let far = x.amount.abs().max(y.amount.abs()) > FAR * x.amount.abs().min(y.amount.abs());
        match (x.unit, y.unit) {
            (Unit::Plain, Unit::Plain) if !measured && !far => counted && self.probability >= MIN_PROBABILITY_OF_COUNTS,
            (Unit::Plain, Unit::Plain) => counted && self.probability >= MIN_PROBABILITY_OF_SIZES,
            (one, other) => one == other && self.probability >= MIN_PROBABILITY_OF_SUMS,
        }
    }

    /// "a $43,000 watch": the figure belongs to the next word.
    fn is_attribute(&self, side: usize, at: usize) -> bool {
        let sum = self.word(side, at).value.is_some_and(|value| value.unit != Unit::Plain);
        let next = self.sides[side].words.get(at + 1);
        sum && next.is_some_and(|next| matches!(next.kind, Kind::Content | Kind::Name) && !next.starts_clause)
    }

    /// "one in three".
    fn is_ratio(&self, side: usize, at: usize) -> bool {
        let words = &self.sides[side].words;
        let number = |at: usize| words.get(at).is_some_and(|word| word.kind == Kind::Number);
        let joins =
            |at: usize| words.get(at).is_some_and(|word| matches!(word.span.of(self.texts[side]), "in" | "In" | "of"));
        joins(at + 1) && number(at + 2) || at > 1 && joins(at - 1) && number(at - 2)
    }

    /// Whether the sentences name other years.
    fn other_years(&self) -> bool {
        let years = |side: usize| -> Vec<i64> {
            let values = self.sides[side].words.iter().filter_map(|word| word.value);
            values.filter(|value| is_year(*value)).map(|value| value.amount as i64).collect()
        };
        let (a, b) = (years(0), years(1));
        a.len() != b.len() || a.iter().any(|year| !b.contains(year))
    }

    /// Roundings, and "more than 40" beside 43.
    fn compatible(&self, x: Value, i: usize, y: Value, j: usize) -> bool {
        const VAGUE: &[&str] = &[
            "about",
            "almost",
            "approximately",
            "around",
            "dozens",
            "estimated",
            "fewer",
            "least",
            "less",
            "more",
            "most",
            "nearly",
            "over",
            "roughly",
            "some",
            "under",
            "up",
        ];
        const FAR: f64 = 0.3;
        let vague = |side: usize, at: usize| {
            (at.saturating_sub(3)..at).any(|before| VAGUE.contains(&&*self.said(side, before).to_lowercase()))
        };
        let apart = (x.amount - y.amount).abs() / x.amount.abs().max(y.amount.abs()).max(f64::MIN_POSITIVE);
        x.agreement(y) > 0.0 || apart < FAR && (vague(0, i) || vague(1, j)) || is_year(x) || is_year(y)
    }

    /// A figure with its sign and what it counts.
    fn figure(&self, side: usize, at: usize) -> &'a str {
        let text = self.texts[side];
        let span = self.word(side, at).span;
        let sign = text[..span.start].chars().next_back().filter(|c| "$£€¥₹".contains(*c)).map_or(0, char::len_utf8);
        let percent = text[span.end..].starts_with('%');
        &text[span.start - sign..span.end + usize::from(percent)]
    }

    /// "on Monday" / "on Tuesday", where each names but one.
    fn dates(&self) -> Option<String> {
        [cue::WEEKDAY, cue::MONTH].into_iter().find_map(|bit| {
            let named = |side: usize| -> Vec<usize> {
                let words = 0..self.sides[side].words.len();
                words.filter(|&at| self.cue(side, at, bit) && self.is_name(side, at)).collect()
            };
            let (&[i], &[j]) = (&named(0)[..], &named(1)[..]) else { return None };
            let other = self.word(0, i).stem != self.word(1, j).stem;
            let same_matter = self.cover >= MIN_COVER && self.around(i, j) >= MIN_AROUND;
            (other && same_matter).then(|| format!("left says {}, right says {}", self.said(0, i), self.said(1, j)))
        })
    }

    fn is_name(&self, side: usize, at: usize) -> bool {
        self.said(side, at).starts_with(char::is_uppercase)
    }

    /// "relaxed the rules" / "tightened the rules".
    fn opposites(&self) -> Option<String> {
        if self.cover < MIN_COVER || self.probability < MIN_PROBABILITY_OF_TURNS {
            return None;
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
                    return Some(format!("opposites: {} / {}", self.said(0, i), self.said(1, j)));
                }
            }
        }
        None
    }

    /// A "not", a "no", a "failed to"; not "not only", and "note" shares the stem of "not".
    fn negates(&self, side: usize, at: usize) -> bool {
        let lower = |at: usize| self.said(side, at).to_lowercase();
        let only = at + 1 < self.sides[side].words.len() && matches!(&*lower(at + 1), "only" | "just" | "merely");
        self.cue(side, at, cue::NEGATION) && !only && !lower(at).starts_with("note")
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
    fn negation(&self) -> Option<String> {
        const MIN_TOLD: usize = 3;
        let n_told = self.matches.iter().filter(|pair| self.word(0, pair.0).kind != Kind::Function).count();
        if n_told < MIN_TOLD || self.cover < MIN_COVER || self.probability < MIN_PROBABILITY_OF_TURNS {
            return None;
        }
        let told = |&&(i, j): &&(usize, usize)| {
            self.word(0, i).kind == Kind::Content && !self.cue(0, i, cue::SPEECH) && self.around(i, j) >= MIN_AROUND
        };
        let turned: Vec<_> =
            self.matches.iter().filter(told).map(|&(i, j)| (self.negated(0, i), self.negated(1, j), i, j)).collect();
        let any = |of: fn(&(bool, bool, usize, usize)) -> bool| turned.iter().any(of);
        if any(|t| t.0) == any(|t| t.1) {
            return None;
        }
        let (side, other) = if any(|t| t.0) { (0, 1) } else { (1, 0) };
        let &(.., i, j) = turned.iter().find(|t| t.0 || t.1)?;
        (self.n_negations(other) == 0 && !self.turns(other))
            .then(|| format!("{} negates “{}”", ["left", "right"][side], self.said(side, [i, j][side])))
    }

    /// "may open in May" / "opened in May", in sentences that differ in little else.
    fn modality(&self) -> Option<String> {
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
            _ => return None,
        };
        let near = (at + 1..self.sides[side].words.len().min(at + 4))
            .any(|next| self.word(side, next).kind == Kind::Content && self.partner(side, next).is_some());
        (near && self.cover >= MIN_COVER_OF_COPIES)
            .then(|| format!("only {} says “{}”", ["left", "right"][side], self.said(side, at)))
    }

    /// Another person or place in the same place of sentences that differ in little else.
    fn names(&self) -> Vec<String> {
        let mut found = Vec::new();
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
                let speaks = |side: usize, run: &Range<usize>| {
                    let near = run.start.saturating_sub(2)..(run.end + 2).min(self.sides[side].words.len());
                    near.into_iter().any(|at| self.cue(side, at, cue::SPEECH))
                };
                found.push(match speaks(0, &a) && speaks(1, &b) {
                    true => format!("left has it from {x}, right from {y}"),
                    false => format!("left names {x}, right names {y}"),
                });
            }
        }
        found
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

    /// "A attacked B" / "B attacked A".
    fn roles(&self) -> Option<String> {
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
        for &(v, w) in &self.matches {
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
                if let Some(&&(c, _)) = near
                    .iter()
                    .find(|pair| pair.0 > v && pair.1 < w && self.word(0, pair.0).stem != self.word(0, a).stem)
                {
                    let (x, y) = (self.said(0, a), self.said(0, c));
                    return Some(format!("roles swapped around “{act}”: {x} and {y}"));
                }
            }
        }
        None
    }
}

fn is_year(value: Value) -> bool {
    value.unit == Unit::Plain && (1900.0..2100.0).contains(&value.amount) && value.amount.fract() == 0.0
}

/// Two spellings of one name: "Qaddafi" and "Gadhafi" share most of their letters in order.
fn spelt_alike(a: &str, b: &str) -> bool {
    let letters = |name: &str| name.to_lowercase().chars().filter(|c| c.is_alphanumeric()).collect::<Vec<char>>();
    let (x, y) = (letters(a), letters(b));
    let mut row = vec![0usize; y.len() + 1];
    for c in &x {
        let mut diagonal = 0;
        for (at, d) in y.iter().enumerate() {
            let above = row[at + 1];
            row[at + 1] = if c == d { diagonal + 1 } else { above.max(row[at]) };
            diagonal = above;
        }
    }
    let ends = x.first() == y.first() && x.last() == y.last();
    x == y || (ends || x.len().min(y.len()) >= 5) && row[y.len()] * 10 >= x.len().max(y.len()) * 6
}
