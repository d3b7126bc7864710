//! Days that a sentence names: "Tuesday", "Nov. 14", "14 November 2014", "2026-11-14", "yesterday".
//!
//! A date is resolved to a day where its article says when it was published; else what it says of itself is compared.

mod days;
mod written;

pub use days::{days, published};

use days::civil;
use written::date;

use super::atoms::Atom;
use crate::span::Span;

/// A day, or as much as is said of it.
#[derive(Debug, Clone, PartialEq)]
pub struct Date {
    /// The words that name it.
    pub span: Span,
    /// 0 is Monday.
    pub weekday: Option<u8>,
    /// From 1.
    pub month: Option<u8>,
    /// Of the month.
    pub day: Option<u8>,
    /// Calendar year.
    pub year: Option<i32>,
    /// Days from the first of January 1970, once resolved.
    pub resolved: Option<i64>,
    /// Days from the day of publication: -1 is "yesterday".
    pub relative: Option<i64>,
    /// "last Monday", "next Monday": another week perhaps.
    pub other_week: bool,
    /// Whether it lies ahead: "will travel on Monday".
    pub ahead: bool,
    /// Whether it is when something was said: "police said Tuesday".
    pub of_speech: bool,
    /// When on the day.
    pub part: Option<Part>,
    /// Two numbers of a date whose order is unknown: "08/11/14".
    pub written: Option<[i32; 3]>,
}

/// A part of a day.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Part {
    /// In the small hours.
    Early,
    /// Up to noon.
    Morning,
    /// Up to the evening.
    Afternoon,
    /// From then on.
    Night,
}

impl Date {
    fn at(span: Span) -> Self {
        Self {
            span,
            weekday: None,
            month: None,
            day: None,
            year: None,
            resolved: None,
            relative: None,
            other_week: false,
            ahead: false,
            of_speech: false,
            part: None,
            written: None,
        }
    }

    /// Whether both may be the same day; `None` when nothing of one can be held against the other.
    pub fn agrees(&self, other: &Self) -> Option<bool> {
        if let (Some(a), Some(b)) = (self.written, other.written) {
            return Some(a == b);
        }
        // The night of one day is the small hours of the next.
        let follows = |one: &Self, next: &Self| {
            one.part == Some(Part::Night)
                && matches!(next.part, Some(Part::Early | Part::Morning))
                && match one.resolved.zip(next.resolved) {
                    Some((a, b)) => a + 1 == b,
                    None => one.weekday.zip(next.weekday).is_some_and(|(a, b)| (a + 1) % 7 == b),
                }
        };
        if follows(self, other) || follows(other, self) {
            return Some(true);
        }
        let same = self.same_day(other);
        let parts = self.part.zip(other.part).is_none_or(|(a, b)| {
            let early = |part: Part| matches!(part, Part::Early | Part::Morning);
            a == b || early(a) && early(b)
        });
        match same {
            Some(true) if !parts => Some(false),
            same => same,
        }
    }

    fn same_day(&self, other: &Self) -> Option<bool> {
        if let (Some(a), Some(b)) = (self.resolved, other.resolved) {
            return Some(a == b);
        }
        let apart = |a: Option<i32>, b: Option<i32>| a.zip(b).map(|(a, b)| a == b);
        let wide = |value: Option<u8>| value.map(i32::from);
        let months = apart(wide(self.month), wide(other.month));
        // Weekdays say nothing across weeks, which the days of a month tell.
        let weekdays = apart(wide(self.weekday), wide(other.weekday)).filter(|_| !self.other_week && !other.other_week);
        let found = [
            months,
            apart(wide(self.day), wide(other.day)).filter(|_| months.is_some()),
            apart(self.year, other.year),
            weekdays,
        ];
        let told: Vec<bool> = found.into_iter().flatten().collect();
        (!told.is_empty()).then(|| told.iter().all(|same| *same))
    }

    /// Finds the day, for an article of the day `published`.
    pub fn resolve(&mut self, published: i64) {
        if let Some(relative) = self.relative {
            self.resolved = Some(published + relative);
        } else if let (Some(month), Some(day)) = (self.month, self.day) {
            let year = self.year.unwrap_or_else(|| civil(published).0);
            self.resolved = Some(days(year, month, day));
        } else if let (Some(weekday), false, None) = (self.weekday, self.other_week, self.month) {
            // News tells of the last seven days, and of the next.
            let today = (published + 3).rem_euclid(7);
            let since = today - i64::from(weekday);
            self.resolved =
                Some(if self.ahead { published + (-since).rem_euclid(7) } else { published - since.rem_euclid(7) });
        }
    }
}

/// What says that something is still to come, so many words before its day at most.
const AHEAD: &[&str] = &["due", "expected", "planned", "scheduled", "shall", "until", "will", "would"];

const REACH: usize = 8;

/// The dates of a sentence, and which atoms they take.
pub fn dates(atoms: &[Atom]) -> (Vec<Date>, Vec<bool>) {
    let mut found = Vec::new();
    let mut taken = vec![false; atoms.len()];
    let mut at = 0;
    while at < atoms.len() {
        match date(atoms, at) {
            Some((mut date, next)) => {
                date.of_speech = of_speech(atoms, at, next);
                date.ahead = atoms[at.saturating_sub(REACH)..at].iter().any(|atom| AHEAD.contains(&&*atom.text));
                taken[at..next].iter_mut().for_each(|taken| *taken = true);
                found.push(date);
                at = next;
            }
            None => at += 1,
        }
    }
    // "Monday, Nov. 14": one day.
    let mut merged: Vec<Date> = Vec::new();
    for date in found {
        match merged.last_mut() {
            Some(last)
                if last.weekday.is_some()
                    && last.month.is_none()
                    && date.day.is_some()
                    && date.weekday.is_none()
                    && date.span.start - last.span.end <= 3 =>
            {
                let (weekday, start) = (last.weekday, last.span.start);
                *last = Date { weekday, span: Span::new(start, date.span.end), of_speech: last.of_speech, ..date };
            }
            _ => merged.push(date),
        }
    }
    (merged, taken)
}

/// "said Tuesday", "told reporters on Tuesday", "in a statement Tuesday".
fn of_speech(atoms: &[Atom], at: usize, next: usize) -> bool {
    const SPEECH: &[&str] = &[
        "said",
        "says",
        "told",
        "announced",
        "statement",
        "reporters",
        "reported",
        "confirmed",
        "wrote",
        "tweeted",
        "added",
        "interview",
        "published",
        "according",
    ];
    // "the plan was announced on Monday": what is told is that it was; but not "it was announced on Monday that".
    let happens = |at: usize| {
        let be = at > 1 && atoms[at - 1].is(&["was", "were", "been"]);
        be && atoms[at].is(&["announced", "confirmed", "published", "reported"])
            && !atoms[at - 2].is(&["it", "had", "has", "have"])
    };
    let near = |range: std::ops::Range<usize>| range.into_iter().any(|at| atoms[at].is(SPEECH) && !happens(at));
    near(at.saturating_sub(4)..at) && atoms[at].goes_on() || near(next..(next + 1).min(atoms.len()))
}

#[cfg(test)]
mod tests {
    use super::super::atoms::atoms;
    use super::*;

    fn first(text: &str) -> Option<Date> {
        dates(&atoms(text)).0.into_iter().next()
    }

    #[test]
    fn dates_are_held_against_each_other() {
        for (left, right, agree) in [
            ("It expires 2026-11-14.", "It expires 2026-11-24.", Some(false)),
            ("It expires on Nov. 14.", "It expires on 14 November.", Some(true)),
            ("It expires on Nov. 14, 2026.", "It expires on November 14.", Some(true)),
            ("They vote on Oct. 14.", "They vote on October 21.", Some(false)),
            ("It fell on Monday.", "It fell on Tuesday.", Some(false)),
            ("It fell last Monday.", "It fell on Tuesday.", None),
            ("It fell on Monday.", "It fell on 3 May.", None),
            ("It fell on Monday, May 3.", "It fell on Monday.", Some(true)),
            ("It fell in March.", "It fell on 3 March.", Some(true)),
            ("It fell in March.", "It fell in April.", Some(false)),
            ("Signed 08/11/14.", "Signed 05/11/14.", Some(false)),
            ("It fell on Saturday night.", "It fell on Saturday afternoon.", Some(false)),
            ("It fell on Saturday night.", "It fell on Saturday.", Some(true)),
            ("It fell late Saturday.", "It fell on Saturday evening.", Some(true)),
            ("It fell on Saturday night.", "It fell early Sunday.", Some(true)),
            ("It fell on Saturday night.", "It fell on Sunday night.", Some(false)),
        ] {
            let (a, b) = (first(left).unwrap(), first(right).unwrap());
            assert_eq!(a.agrees(&b), agree, "{left} {right}");
            assert_eq!(b.agrees(&a), agree, "{right} {left}");
        }
    }

    #[test]
    fn what_is_no_date_is_none() {
        for text in
            ["It may open.", "May told him so.", "They march on.", "The sun rose.", "7 people", "It sat 3 months."]
        {
            assert!(first(text).is_none(), "{text}");
        }
        assert!(first("Police said Tuesday it fell.").unwrap().of_speech);
        assert!(first("It was announced on Tuesday.").unwrap().of_speech);
        assert!(!first("The sale was announced on Tuesday.").unwrap().of_speech);
        assert!(!first("It fell on Tuesday, police said.").unwrap().of_speech);
    }

    #[test]
    fn a_day_is_found_from_the_day_of_publication() {
        let of = |text: &str| {
            let mut date = first(text).unwrap();
            date.resolve(published("2026-11-26").unwrap());
            civil(date.resolved.unwrap())
        };
        assert_eq!(of("It fell yesterday."), (2026, 11, 25));
        // The 26th is a Thursday.
        assert_eq!(of("It fell on Tuesday."), (2026, 11, 24));
        assert_eq!(of("It fell on Thursday."), (2026, 11, 26));
        assert_eq!(of("Soldiers would join the search on Tuesday."), (2026, 12, 1));
        assert_eq!(of("The road is due to open on Thursday."), (2026, 11, 26));
        assert_eq!(of("It fell on Nov. 3."), (2026, 11, 3));
        assert_eq!(published("soon"), None);
    }
}
