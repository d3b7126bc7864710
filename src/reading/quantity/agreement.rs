//! Whether two quantities can both be true: a reader takes 6,980 for "about 7,000", and 44 for 43.9.

use super::{Exactness, Quantity};
use crate::reading::unit::Measure;

impl Quantity {
    /// Whether both may be true, for quantities of one measure.
    pub fn agrees(&self, other: &Self) -> bool {
        if self.measure == Measure::Score {
            let straight = self.low == other.low && self.high == other.high;
            return straight || self.low == other.high && self.high == other.low;
        }
        if self.measure == Measure::Clock {
            return self.same_time(other);
        }
        if self.measure == Measure::Year || self.measure == Measure::Ordinal {
            return self.low <= other.high && other.low <= self.high;
        }
        // What is written in other units was rounded once more.
        let converted = if (self.factor - other.factor).abs() > 1e-9 { 0.1 } else { 1e-9 };
        let [(a, b), (c, d)] = [self, other].map(|one| one.bounds(converted));
        let exact = [self, other].iter().all(|one| one.exactness == Exactness::Exact);
        let small = self.measure == Measure::Count && self.high.max(other.high) < 20.0 && exact;
        a <= d && c <= b || !small && (rounds(self, other) || rounds(other, self))
    }

    /// The least and the most that it can mean.
    fn bounds(&self, slack: f64) -> (f64, f64) {
        /// Nobody says "more than 40" of 80, or "about 40" of 50.
        const BEYOND: f64 = 1.5;
        let (low, high) = (self.low * (1.0 - slack), self.high * (1.0 + slack));
        match self.exactness {
            Exactness::Exact => (low, high),
            Exactness::About => (low * (1.0 - self.leeway()), high * (1.0 + self.leeway())),
            Exactness::AtLeast => (low, high * BEYOND),
            Exactness::AtMost => (low / BEYOND, high),
        }
    }

    /// How far from it "about" reaches: "about 20" is vaguer than "about 141".
    fn leeway(&self) -> f64 {
        match significant(self.high / self.factor) {
            0 | 1 => 0.12,
            2 => 0.05,
            _ => 0.01,
        }
    }

    fn same_time(&self, other: &Self) -> bool {
        let exact = self.exactness == Exactness::Exact && other.exactness == Exactness::Exact;
        let shortly = self.exactness == Exactness::AtMost || other.exactness == Exactness::AtMost;
        let slack = match exact {
            true => 4.0,
            false if shortly => 25.0,
            false => 10.0,
        };
        // Clocks are whole half hours apart: of two that differ, the minutes alone can be held against each other.
        let day = match self.half_day || other.half_day {
            _ if self.zone.differs(other.zone) => 30.0,
            true => 720.0,
            false => 1440.0,
        };
        let apart = (self.low - other.low).rem_euclid(day);
        apart.min(day - apart) <= slack
    }

    /// How far apart two quantities are, as the logarithm of their ratio.
    pub fn distance(&self, other: &Self) -> f64 {
        if matches!(self.measure, Measure::Clock | Measure::Year | Measure::Score) {
            return 0.0;
        }
        let middle = |one: &Self| (one.low.abs() + one.high.abs()) / 2.0 + 1e-9;
        (middle(self) / middle(other)).ln().abs()
    }
}

/// How many figures of a number count: one of 4,000, two of 0.25.
fn significant(amount: f64) -> usize {
    // Nearly all are whole, and asked for again and again: nothing is written for them.
    if amount.fract() == 0.0 && amount.abs() < 1e7 {
        let mut whole = amount.abs() as u32;
        while whole != 0 && whole.is_multiple_of(10) {
            whole /= 10;
        }
        return whole.max(1).ilog10() as usize + 1;
    }
    let written = format!("{amount:.6e}");
    written.split('e').next().unwrap_or("").trim_end_matches('0').chars().filter(char::is_ascii_digit).count()
}

/// Whether `coarse` is `fine` with fewer figures that count: 44 of 43.9, 4,000 of 3,980; 74 is no rounding of 73.
fn rounds(coarse: &Quantity, fine: &Quantity) -> bool {
    let [a, b] = [coarse, fine].map(|one| (one.low / coarse.factor, one.high / coarse.factor));
    if a.0 != a.1 || b.0 != b.1 || (a.0 - b.0).abs() > 0.05 * a.0.abs().max(b.0.abs()) {
        return false;
    }
    let rounded = |amount: f64, figures: usize| format!("{amount:.*e}", figures - 1).parse::<f64>().unwrap_or(amount);
    // "$43 million" for 43,885,310: cut off instead.
    let figures = significant(a.0);
    let unit = 10f64.powi(b.0.abs().max(1e-9).log10().floor() as i32 + 1 - figures as i32);
    let cut = a.0 * coarse.factor >= 1000.0 && figures > 1 && significant(b.0) > figures;
    if cut && ((b.0 / unit).floor() * unit - a.0).abs() < 1e-6 * unit {
        return true;
    }
    (1..=4).any(|figures| rounded(a.0, figures) == a.0 && rounded(b.0, figures) == a.0 && b.0 != a.0)
        && rounded(b.0, 2) != b.0
}

#[cfg(test)]
mod tests {
    use super::significant;
    use crate::reading::quantities;

    #[test]
    fn the_figures_that_count_are_those_of_the_number_as_written() {
        let all = [0.0, 1.0, -7.0, 10.0, 4_000.0, 4_050.0, 9_999_999.0, 1e7, 12_345_678.0, 0.25, 2.5, 43.9, 1e-3];
        assert_eq!(all.map(significant), [1, 1, 1, 1, 1, 3, 7, 1, 7, 2, 2, 3, 1]);
    }

    #[test]
    fn two_ways_to_give_a_figure_agree() {
        for (left, right, agree) in [
            ("14 people came.", "Fourteen people came.", true),
            ("14 people came.", "17 people came.", false),
            ("About 20 people came.", "21 people came.", true),
            ("At least 22 people came.", "22 people came.", true),
            ("At least 22 people came.", "23 people came.", true),
            ("At least 22 people came.", "35 people came.", false),
            ("More than 40 people came.", "43 people came.", true),
            ("Nearly 7,000 people came.", "6,980 people came.", true),
            ("Half a million drivers came.", "500,000 drivers came.", true),
            ("Dozens of homes burned.", "64 homes burned.", true),
            ("It cost $40 million.", "It cost $52 million.", false),
            ("It cost $141 million.", "It cost $140,937,785.", true),
            ("It took half an hour.", "It took 30 minutes.", true),
            ("It took 48 hours.", "It took two days.", true),
            ("It took 48 hours.", "It took two minutes.", false),
            ("It is 10 miles long.", "It is 16 km long.", true),
            ("She made six knots.", "She made 8.7 knots.", false),
            ("It began at 7:15 p.m.", "It began at 19:15.", true),
            ("It began at half past four in the afternoon.", "It began at 4:30 p.m.", true),
            ("It began at half past four in the afternoon.", "It began shortly before noon.", false),
            ("It began at a quarter to nine.", "It began at 8:45.", true),
            ("It began at twenty minutes past six.", "It began at 6:40.", false),
            ("It began at 7:15 p.m.", "It began at 7:40 p.m.", false),
            ("It began at about 3:50 p.m.", "It began at 3:51 p.m.", true),
            ("It began at 7:15.", "It began at 7:15 p.m.", true),
            ("They won 2-1.", "They won 3-1.", false),
            ("It rose 2.4 percent.", "It rose 2.5 percent.", false),
            ("Up to 100 people came.", "90 people came.", true),
            ("No fewer than 30 people came.", "20 people came.", false),
            ("Between 20 and 30 sheep fled.", "25 sheep fled.", true),
            ("It opened in 1931.", "It opened in 1932.", false),
            ("It began at 21:00 local time.", "It began at 19:00 GMT.", true),
            ("It began at 21:00.", "It began at 19:00 GMT.", true),
            ("It began at 21:00 local time.", "It began at 19:15 GMT.", false),
            ("It began at 9pm EST.", "It began at 6pm PST.", true),
            ("It began at 21:00 local time.", "It began at 19:00 local time.", false),
            ("It began at 21:00 local time.", "It began at 19:00.", false),
            ("It cost $139 million.", "It cost $140,937,785.", false),
            ("It cost $43 million.", "It cost $43,885,310.", true),
            ("It cost about $141 million.", "It cost $139 million.", false),
            ("It took about a week.", "It took eight days.", true),
            ("It began around 1:15 a.m.", "It began at 1:30 a.m.", false),
            ("It began shortly before midnight.", "It began at 11:45 p.m.", true),
            ("He got 2 1/2 years.", "He got two years.", false),
        ] {
            let [a, b] = [left, right].map(|text| quantities(text).remove(0));
            assert_eq!(a.measure, b.measure, "{left} {right}");
            assert_eq!(a.agrees(&b), agree, "{left} {right}");
            assert_eq!(b.agrees(&a), agree, "{right} {left}");
        }
    }
}
