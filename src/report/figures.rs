//! The figures of a span that no other article has.

use std::ops::Range;

use super::amounts::numbers;
use super::telling::{CALENDAR, CURRENCIES, Telling};
use crate::clause::is_finite_verb;
use crate::reading::{Quantity, is_fate, is_plural, quantities};

/// A number of so many digits tells something without what it counts: "58,400 watched".
const LARGE: usize = 3;

impl Telling<'_> {
    /// Figures that no other article has, with their sign or unit: sums, shares, what is counted; no dates, clock times,
    /// years, telephone numbers or scores.
    pub(super) fn figures(&self, span: &Range<usize>) -> Vec<&str> {
        let forms: Vec<&str> = (0..self.words.len()).map(|at| self.said(at)).collect();
        let mut figures: Vec<&str> = Vec::new();
        for at in span.clone().filter(|&at| self.is_figure(at)) {
            let word = self.words[at].span;
            let said = self.said(at);
            let sign = self.text[..word.start].chars().next_back().filter(|c| CURRENCIES.contains(c));
            let start = word.start - sign.map_or(0, char::len_utf8);
            let percent = self.text[word.end..].starts_with('%');
            let attached_unit = said.ends_with(|c: char| c.is_alphabetic()) && !said.ends_with('s');
            let next = self.unit(at);
            let unit = next.filter(|&unit| !self.is_verb(unit));
            let large = next.is_some() && said.chars().filter(char::is_ascii_digit).count() >= LARGE;
            if sign.is_none()
                && !percent
                && !attached_unit
                && (unit.is_none() && !large
                    || is_year(said) && next.is_some_and(|next| !is_old(said) || !is_plural(self.said(next))))
            {
                continue;
            }
            if !self.known.amounts.is_only(self.article, &numbers(&forms, at), self.amount(at).as_ref()) {
                continue;
            }
            let unit = unit.map(|unit| self.noun_behind(unit, span.end).unwrap_or(unit));
            let end = unit.map_or(word.end + usize::from(percent), |unit| self.words[unit].span.end);
            figures.push(&self.text[start..end]);
        }
        figures
    }

    /// The amount that a number is part of, with its sign and what makes it rough.
    fn amount(&self, at: usize) -> Option<Quantity> {
        let (first, last) = (self.words.first()?.span, self.words.last()?.span);
        let start = self.text[..first.start].trim_end_matches(|c: char| !c.is_whitespace()).len();
        let text = &self.text[start..last.end];
        let number = self.words[at].span;
        quantities(text).into_iter().find(|amount| amount.span.shifted(start).contains(number))
    }

    /// Whether a word is a number that counts or measures.
    fn is_figure(&self, at: usize) -> bool {
        let digit = |c: char| c.is_ascii_digit();
        let before = at.checked_sub(1).map_or("", |before| self.gap(before));
        let attached =
            |gap: &str| gap.ends_with(['-', '/', '.', ':', '#', '(', '+', '×', '=']) || gap.starts_with(['/', ':']);
        let month = at > 0 && CALENDAR.contains(&self.said(at - 1));
        let numbered = self.words.get(at + 1).is_some_and(|next| next.span.of(self.text).starts_with(digit));
        // "Act 77", "Berth 9", "U.S. 27": a number that names
        let initials = before == ". " && at > 0 && self.said(at - 1).contains('.');
        let names = at > 1 && (before == " " || initials) && self.is_capital(at - 1);
        // "of 100,000 residents 40 are ill" counts them, "40 per 100,000 residents" does not.
        let rate = at > 0 && before == " " && self.said(at - 1) == "per";
        let clock = self.said(at).ends_with("am") || self.said(at).ends_with("pm");
        self.said(at).starts_with(digit)
            && !clock
            && !is_ordinal(self.said(at))
            && !month
            && !rate
            && !self.is_dialled(at)
            && !names
            && !attached(before)
            && !self.gap(at).starts_with(['/', ':'])
            && !(numbered && self.gap(at).len() < 3)
    }

    /// Whether a number is one that people call, or part of it: "911", "822 0143", "822.555.0143".
    fn is_dialled(&self, at: usize) -> bool {
        const EMERGENCY: &[&str] = &["000", "111", "112", "911", "999"];
        let said = self.said(at);
        let digits = |word: &str| word.len() > 2 && word.bytes().all(|b| b.is_ascii_digit());
        let behind = at > 0 && matches!(self.gap(at - 1), " " | ") ") && digits(self.said(at - 1));
        let grouped = said.split(['.', '-']).filter(|part| !part.is_empty()).count() > 2;
        EMERGENCY.contains(&said) || behind && digits(said) || grouped || digits(said) && said.starts_with('0')
    }

    /// The word behind a number that may be what it counts.
    fn unit(&self, at: usize) -> Option<usize> {
        let unit = self.words.get(at + 1).filter(|unit| unit.weight > 0.0)?.span.of(self.text);
        let counts = matches!(self.gap(at), " " | "-")
            && unit.starts_with(char::is_lowercase)
            && !matches!(unit, "a.m" | "p.m" | "am" | "block" | "pm" | "year" | "o'clock");
        counts.then_some(at + 1)
    }

    /// "640 large | dams", but "5,000 people | work", "10 miles | north".
    fn noun_behind(&self, unit: usize, limit: usize) -> Option<usize> {
        let second = self.words.get(unit + 1).filter(|second| second.weight > 0.0)?.span.of(self.text);
        let noun = self.gap(unit) == " "
            && unit + 1 < limit
            && second.starts_with(char::is_lowercase)
            && !self.is_verb(unit + 1)
            && !second.ends_with("ed")
            && (is_plural(second) || !is_plural(self.said(unit)))
            && !second.ends_with("ly")
            && !matches!(second, "ago" | "earlier" | "last" | "later" | "next");
        let old = second == "old" && self.gap(unit) == " ";
        (noun || old).then_some(unit + 1)
    }

    /// "58,400 watched"; "12 injured" are those who were.
    fn is_verb(&self, at: usize) -> bool {
        let word = self.said(at);
        (word.ends_with("ed") || is_finite_verb(word)) && !is_fate(word)
    }
}

/// "43rd": a place in a row counts nothing.
fn is_ordinal(said: &str) -> bool {
    let digits = |digits: &str| digits.ends_with(|c: char| c.is_ascii_digit());
    ["th", "st", "nd", "rd"].iter().filter_map(|ending| said.strip_suffix(ending)).any(digits)
}

/// "1996", "1890s": before a noun it says when, and who counts 2,000 of something mostly writes it so.
fn is_year(said: &str) -> bool {
    let year = |said: &str| said.len() == 4 && said.parse().is_ok_and(|year: u32| (1500..2100).contains(&year));
    let decade = said.strip_suffix("0s").is_some_and(|decade| year(&format!("{decade}0")));
    decade || year(said)
}

/// "the 1871 mill", and not "1871 mills".
fn is_old(said: &str) -> bool {
    said < "1900"
}
