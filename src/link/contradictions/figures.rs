//! Figures that count the same thing and differ.

use super::{MIN_AROUND, MIN_PROBABILITY_OF_COUNTS, MIN_PROBABILITY_OF_SIZES, MIN_PROBABILITY_OF_SUMS, Pair};
use crate::align::{Kind, Unit, Value};
use crate::link::contrast::cue;

impl Pair<'_> {
    /// "14 people were injured" / "17 people were hurt".
    pub(super) fn figures(&self) -> usize {
        let open = self.open(0, Kind::Number);
        open.filter(|&i| self.open(1, Kind::Number).any(|j| self.count_the_same(i, j))).count()
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
            values.filter(|value| value.is_year()).map(|value| value.amount as i64).collect()
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
        x.agreement(y) > 0.0 || apart < FAR && (vague(0, i) || vague(1, j)) || x.is_year() || y.is_year()
    }
}
