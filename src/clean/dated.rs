//! When a page was put out or changed, and nothing else: "Posted 3 hours ago", "9 May 2026 Last updated at 14:39 GMT".

use super::furniture::normal;
use crate::calendar::is_day_or_month;

/// Longest such line, in bytes.
const LONGEST: usize = 80;

/// Most words that say how long ago: "1 hour 12 minutes".
const MOST_AGO: usize = 4;

/// What is done to a page, and what stands before it.
#[rustfmt::skip]
const LABELS: &[&str] = &[
    "published", "posted", "updated", "update", "modified", "created", "edited",
];
const BEFORE: &[&str] = &["first", "originally", "last", "story", "date"];
/// What a date or a time has besides days, months and numbers.
#[rustfmt::skip]
const WORDS: &[&str] = &[
    "mon", "tue", "tues", "wed", "thu", "thur", "thurs", "fri", "sat", "sun", "jan", "feb", "mar", "apr", "jun", "jul",
    "aug", "sep", "sept", "oct", "nov", "dec", "am", "pm", "a.m", "p.m", "a", "p", "m", "at", "on", "noon",
    "et", "est", "edt", "ct", "cst", "cdt", "mst", "mdt", "pt", "pst", "pdt", "akst", "akdt", "gmt", "bst", "utc", "cet",
    "cest", "eet", "eest", "msk", "ksa", "ist", "sgt", "hkt", "jst", "kst", "aest", "aedt", "nzst", "nzdt",
];
/// And what only counts behind a label: "Updated just now".
#[rustfmt::skip]
const AGO: &[&str] = &[
    "ago", "just", "now", "today", "yesterday", "second", "seconds", "minute", "minutes", "min", "mins", "hour", "hours",
    "day", "days", "week", "weeks", "month", "months",
];

/// Whether a stretch of text is nothing but a date or a time, or both: "8:40 AM", "Nov. 9, 5 p.m."
pub fn is_date_or_time(text: &str) -> bool {
    is_dated(&normal(text))
}

/// Whether a paragraph is nothing but that; `text` is it in [normal](super::furniture::normal) form.
pub(super) fn is_dated(text: &str) -> bool {
    let parting = |c: char| c.is_whitespace() || matches!(c, ',' | ':' | '/' | '|' | '(' | ')' | '-' | '@' | '·');
    let words = || text.split(parting).map(|word| word.trim_end_matches('.')).filter(|word| !word.is_empty());
    let labelled = words().any(|word| LABELS.contains(&word));
    let known = |word: &str| {
        is_number(word)
            || is_day_or_month(word)
            || WORDS.contains(&word)
            || labelled && (LABELS.contains(&word) || BEFORE.contains(&word) || AGO.contains(&word))
    };
    let counts = text.contains(|c: char| c.is_ascii_digit());
    // "12 minutes ago", "3h ago": when an entry of a live page was posted.
    let passed =
        |word: &str| is_number(word) || is_length(word) || AGO.contains(&word) || matches!(word, "a" | "about" | "an");
    let ago = text.strip_suffix(" ago").map(|length| length.split_whitespace());
    if ago.is_some_and(|mut length| length.clone().count() <= MOST_AGO && length.all(passed)) {
        return true;
    }
    text.len() <= LONGEST && words().all(known) && (counts || labelled && words().any(|word| !LABELS.contains(&word)))
}

/// "Published in the Quay Gazette from May 4 to May 6, 2026": in which paper a notice stood, and when.
pub(super) fn is_printed(text: &str) -> bool {
    let Some(place) = text.strip_prefix("published in ") else { return false };
    let Some(start) = [" from ", " on "].iter().filter_map(|joint| Some(place.rfind(joint)? + joint.len())).max()
    else {
        return false;
    };
    let days = &place[start..];
    days.contains(|c: char| c.is_ascii_digit()) && days.split(" to ").flat_map(|days| days.split(" and ")).all(is_dated)
}

/// "3h", "12min"
fn is_length(word: &str) -> bool {
    let unit = word.trim_start_matches(|c: char| c.is_ascii_digit());
    unit.len() < word.len() && matches!(unit, "s" | "m" | "min" | "mins" | "h" | "hr" | "hrs" | "d")
}

/// "14", "02.16pm", "18th", "2026".
fn is_number(word: &str) -> bool {
    let rest = word.trim_start_matches(|c: char| c.is_ascii_digit() || c == '.');
    rest.len() < word.len() && matches!(rest, "" | "am" | "pm" | "st" | "nd" | "rd" | "th" | "a.m" | "p.m")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn dates_of_pages_are_told_from_sentences_about_days() {
        for (text, dated) in [
            ("Published Monday", true),
            ("Posted 3 hours ago", true),
            ("Updated: Jan. 5, 2026 at 9:15 a.m. EST", true),
            ("October 28, 2026 - 10:28 PM", true),
            ("9 May 2026 Last updated at 14:39 GMT", true),
            ("May 12,2026 | 4:00am", true),
            ("Story Created: Aug 7,2026 at 9:56 AM AKDT", true),
            ("Last Update: Monday, 12 January 2026 KSA 17:31 - GMT 14:31", true),
            ("First Posted 23:37:00 05/05/2026", true),
            ("May 18th, 2026,05:31 GMT", true),
            ("12 minutes ago", true),
            ("3h ago", true),
            ("18:42 GMT", true),
            ("7:05 AM · May 9, 2026", true),
            ("about an hour ago", true),
            ("The dam broke 12 minutes ago", false),
            ("Long ago", false),
            ("Updated", false),
            ("Monday", false),
            ("12 days", false),
            ("Published Monday, the report blames the pilot.", false),
            ("Published figures show that tolls fell.", false),
            ("Posted speed limits are to be cut, the county said.", false),
            ("The dam held for 12 days", false),
            ("3 people", false),
        ] {
            assert_eq!(is_dated(&normal(text)), dated, "{text}");
        }
    }

    #[test]
    fn days_in_a_paper_are_told_from_days_of_an_event() {
        for (text, printed) in [
            ("Published in the Quay Gazette from May 4 to May 6, 2026", true),
            ("Published in Quay Gazette on May 4, 2026", true),
            ("Published in May, the report blames the pilot.", false),
            ("Published in 2026 on the web", false),
            ("Published in Dale, it lists the ships from May 4 to the flood", false),
        ] {
            assert_eq!(is_printed(&normal(text)), printed, "{text}");
        }
    }
}
