//! Days that a sentence names: "Tuesday", "Nov. 14", "14 November 2014", "2026-11-14", "yesterday".
//!
//! A date is resolved to a day where its article says when it was published; else what it says of itself is compared.

use super::atoms::{Atom, Gap};
use super::number::number;
use crate::calendar::{MONTHS, WEEKDAYS};
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

const SHORT_DAYS: [&str; 7] = ["mon", "tues", "wed", "thurs", "fri", "sat", "sun"];
const SHORT_MONTHS: [&str; 12] = ["jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sept", "oct", "nov", "dec"];

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
                && one.weekday.zip(next.weekday).is_some_and(|(a, b)| (a + 1) % 7 == b)
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

/// Days from 1970-01-01 (Howard Hinnant's algorithm).
pub fn days(year: i32, month: u8, day: u8) -> i64 {
    let year = i64::from(year) - i64::from(month <= 2);
    let era = year.div_euclid(400);
    let of_era = year.rem_euclid(400);
    let of_year = (153 * ((i64::from(month) + 9) % 12) + 2) / 5 + i64::from(day) - 1;
    era * 146_097 + of_era * 365 + of_era / 4 - of_era / 100 + of_year - 719_468
}

/// Year, month and day of a number of days from 1970-01-01.
fn civil(number: i64) -> (i32, u8, u8) {
    let number = number + 719_468;
    let era = number.div_euclid(146_097);
    let of_era = number.rem_euclid(146_097);
    let year = (of_era - of_era / 1460 + of_era / 36_524 - of_era / 146_096) / 365;
    let of_year = of_era - (365 * year + year / 4 - year / 100);
    let part = (5 * of_year + 2) / 153;
    let month = (if part < 10 { part + 3 } else { part - 9 }) as u8;
    ((year + era * 400 + i64::from(month <= 2)) as i32, month, (of_year - (153 * part + 2) / 5 + 1) as u8)
}

/// The day an article was published, from "2026-11-14" or "2026-11-14T08:00:00Z".
pub fn published(written: &str) -> Option<i64> {
    let mut parts = written.get(..10)?.split('-').map(|part| part.parse::<i32>().ok());
    let (year, month, day) = (parts.next()??, parts.next()??, parts.next()??);
    ((1..=12).contains(&month) && (1..=31).contains(&day)).then(|| days(year, month as u8, day as u8))
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

fn date(atoms: &[Atom], at: usize) -> Option<(Date, usize)> {
    let word = |at: usize| atoms.get(at).map_or("", |atom| atom.text.as_str());
    let span = |next: usize| Span::new(atoms[at].span.start, atoms[next - 1].span.end);
    if let Some(found) = numeric(atoms, at) {
        return Some(found);
    }
    let back = at.checked_sub(1).map_or("", |before| word(before));
    let other_week = matches!(back, "last" | "next" | "every" | "previous" | "following")
        || atoms[at].text.ends_with('s')
            && atoms[at].text.len() > 6
            && WEEKDAYS.contains(&&atoms[at].text[..atoms[at].text.len() - 1]);
    if atoms[at].capital {
        let name = atoms[at].text.trim_end_matches("'s");
        let day =
            WEEKDAYS.iter().position(|day| *day == name || other_week && atoms[at].text.strip_suffix('s') == Some(day));
        let day = day.or_else(|| SHORT_DAYS.iter().position(|day| *day == name && atoms.len() > at + 1));
        if let Some(day) = day {
            let (part, next) = part(atoms, at, at + 1);
            return Some((Date { weekday: Some(day as u8), other_week, part, ..Date::at(span(next)) }, next));
        }
        if let Some(month) = month(&atoms[at]) {
            return of_month(atoms, at, month);
        }
    }
    let relative = match (word(at), word(at + 1)) {
        ("yesterday", _) => Some((-1, at + 1)),
        ("today", _) => Some((0, at + 1)),
        ("tonight", _) => Some((0, at + 1)),
        ("tomorrow", _) => Some((1, at + 1)),
        ("last", "night") => Some((-1, at + 1)),
        ("this", "morning" | "afternoon" | "evening") => Some((0, at + 1)),
        _ => None,
    };
    if let Some((relative, next)) = relative {
        let (part, next) = if word(at) == "tonight" { (Some(Part::Night), next) } else { part(atoms, at, next) };
        return Some((Date { relative: Some(relative), part, ..Date::at(span(next)) }, next));
    }
    // "14 November", "14th of November"
    let (day, mut next) =
        number(atoms, at).filter(|(day, _)| (1.0..=31.0).contains(&day.low) && day.low == day.high && !day.share)?;
    if atoms[at].figure.is_none() && !day.ordinal {
        return None;
    }
    next += usize::from(word(next) == "of");
    let month = atoms.get(next).filter(|atom| atom.capital && atom.gap == Gap::Space).and_then(month)?;
    // "the 19 Sept. 11 hijackers"
    let other_day = |at: usize| atoms.get(at).and_then(|atom| atom.figure).is_some_and(|figure| figure <= 31.0);
    if other_day(next + 1) {
        return None;
    }
    let (year, next) = year(atoms, next + 1);
    let date = Date { month: Some(month), day: Some(day.low as u8), year, ..Date::at(span(next)) };
    Some((date, next))
}

/// The part of the day that stands after it, or an "early" before, and the atom after it.
fn part(atoms: &[Atom], at: usize, next: usize) -> (Option<Part>, usize) {
    let word = atoms.get(next).filter(|atom| atom.gap == Gap::Space).map_or("", |atom| atom.text.as_str());
    let back = at.checked_sub(1).map_or("", |at| atoms[at].text.as_str());
    match (back, word) {
        ("early", "morning") => (Some(Part::Early), next + 1),
        (_, "morning") => (Some(Part::Morning), next + 1),
        (_, "afternoon") => (Some(Part::Afternoon), next + 1),
        (_, "evening" | "night") => (Some(Part::Night), next + 1),
        ("early", _) => (Some(Part::Early), next),
        ("late", _) => (Some(Part::Night), next),
        _ => (None, next),
    }
}

fn month(atom: &Atom) -> Option<u8> {
    let name = atom.text.trim_end_matches("'s");
    let name = if name == "sep" { "sept" } else { name };
    let place = |list: &[&str; 12]| list.iter().position(|month| *month == name);
    place(&MONTHS).or_else(|| place(&SHORT_MONTHS)).map(|month| month as u8 + 1)
}

/// "Nov. 14, 2014", "in March", "March 2014"; not the name May or March alone at the start.
fn of_month(atoms: &[Atom], at: usize, month: u8) -> Option<(Date, usize)> {
    let mut next = at + 1;
    let day = atoms.get(next).filter(|_| atoms[next].gap != Gap::Glued).and_then(|_| number(atoms, next));
    let close = |next: usize| atoms.get(next).is_some_and(|atom| matches!(atom.gap, Gap::Space | Gap::Mark));
    let day = day.filter(|(day, _)| {
        close(next)
            && atoms[next].figure.is_some()
            && (1.0..=31.0).contains(&day.low)
            && day.high == day.low
            && day.low.fract() == 0.0
    });
    let ambiguous =
        matches!(atoms[at].text.as_str(), "may" | "march" | "mar" | "jan" | "sun" | "june" | "april" | "august");
    let preceded = at > 0
        && atoms[at - 1].is(&[
            "in", "since", "until", "last", "next", "of", "by", "early", "late", "mid", "this", "from", "during",
            "between", "and",
        ]);
    if let Some((day, after)) = day {
        let (year, next) = year(atoms, after);
        let span = Span::new(atoms[at].span.start, atoms[next - 1].span.end);
        return Some((Date { month: Some(month), day: Some(day.low as u8), year, ..Date::at(span) }, next));
    }
    let (year, after) = year(atoms, next);
    if year.is_some() {
        next = after;
    } else if ambiguous && !preceded {
        return None;
    }
    let span = Span::new(atoms[at].span.start, atoms[next - 1].span.end);
    Some((Date { month: Some(month), year, ..Date::at(span) }, next))
}

fn year(atoms: &[Atom], at: usize) -> (Option<i32>, usize) {
    let year = atoms
        .get(at)
        .and_then(|atom| atom.figure)
        .filter(|year| (1000.0..2200.0).contains(year) && year.fract() == 0.0);
    match year {
        Some(year) => (Some(year as i32), at + 1),
        None => (None, at),
    }
}

/// "2026-11-14", "08/11/14", "3.11.2014".
fn numeric(atoms: &[Atom], at: usize) -> Option<(Date, usize)> {
    let figure = |at: usize| atoms.get(at).and_then(|atom| atom.figure).filter(|value| value.fract() == 0.0);
    let (first, second, third) = (figure(at)?, figure(at + 1)?, figure(at + 2)?);
    let gaps = [atoms[at + 1].gap, atoms[at + 2].gap];
    if gaps[0] != gaps[1] || !matches!(gaps[0], Gap::Hyphen | Gap::Slash | Gap::Stop) {
        return None;
    }
    let span = Span::new(atoms[at].span.start, atoms[at + 2].span.end);
    if first > 1000.0 && (1.0..=12.0).contains(&second) && (1.0..=31.0).contains(&third) {
        let date =
            Date { year: Some(first as i32), month: Some(second as u8), day: Some(third as u8), ..Date::at(span) };
        return Some((date, at + 3));
    }
    let written = [first as i32, second as i32, third as i32];
    (first <= 31.0 && second <= 31.0).then(|| (Date { written: Some(written), ..Date::at(span) }, at + 3))
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
    let near = |range: std::ops::Range<usize>| range.into_iter().any(|at| atoms[at].is(SPEECH));
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
