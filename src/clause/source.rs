//! Who is said to say it: "police said on Monday", "according to the harbour master".
//!
//! Articles of one event ask different people the same, so what a text claims is what remains without its source. Only plain
//! saying is one: who alleges, denies or believes claims less than who says. No parser: the source stands at an end of the
//! stretch, has one verb, and what remains has a verb and a subject of its own. Linear in the words.

use super::pieces::{JOINING, RELATIVE, TURNING};
use super::role::CONDITIONS;
use super::verb::asserts;
use super::words::Words;
use crate::calendar::is_day_or_month;
use crate::span::Span;

/// What stands behind these may be said without "that", and what stands behind those may not.
const SAY: &[&str] = &["said", "say", "says"];
const SAY_THAT: &[&str] = &["added", "adds", "reported", "reports", "said", "say", "says", "stated", "states", "told"];
/// "They are still looking", "it would not open": who that is stands in the source.
const POINTING: &[&str] = &[
    "he", "her", "him", "his", "i", "it", "its", "my", "our", "she", "that", "their", "there", "these", "they", "this",
    "those", "we", "what", "who",
];
/// A source has so many words at most, and so many of them stand between its verb and "that".
const MOST_WORDS: usize = 12;
const MOST_BETWEEN: usize = 6;

/// A stretch of text without the source at one of its ends; the whole of it where there is none, or where it is a quotation.
pub fn without_source(text: &str, span: Span) -> Span {
    let said = span.of(text);
    if said.contains(['"', '“', '”', '«', '»', '‘', '?']) {
        return span;
    }
    let words = Words::of(said);
    if let Some(first) = words.behind_source() {
        return Span::new(span.start + words.spans[first].start, span.end);
    }
    match words.before_source() {
        Some(last) => Span::new(span.start, span.start + words.spans[last].end),
        None => span,
    }
}

impl Words<'_> {
    fn is_source(&self, at: usize) -> bool {
        self.is(at, &["according"]) && self.is(at + 1, &["to"])
    }

    /// Whether words name somebody, with no verb, condition or clause of his among them.
    fn name_somebody(&self, mut range: std::ops::Range<usize>) -> bool {
        let opens = |list: &&[&str]| self.is(range.start, list);
        let tells = |at: usize| self.is_verb(at) || self.is(at, RELATIVE) || self.is(at, CONDITIONS);
        !range.is_empty() && ![JOINING, TURNING].iter().any(opens) && !range.any(tells)
    }

    /// The first word of what is said behind its source.
    fn behind_source(&self) -> Option<usize> {
        let n = self.forms.len();
        let first = if self.is_source(0) {
            (2..n.min(MOST_WORDS)).find(|&at| self.is_apart(at))?
        } else {
            let verb = (1..n.min(MOST_WORDS)).find(|&at| self.is_verb(at))?;
            let that =
                (verb + 1..n.min(verb + 1 + MOST_BETWEEN)).find(|&at| self.forms[at] == "that" || self.is_verb(at));
            let that = that.filter(|&at| self.forms[at] == "that");
            let first = match that {
                Some(that) if self.is(verb, SAY_THAT) => that + 1,
                None if self.is(verb, SAY) => self.behind_day(verb + 1),
                _ => return None,
            };
            if first >= n || !self.name_somebody(0..verb) || self.is_apart(first) && that.is_none() {
                return None;
            }
            first
        };
        let rest = self.spans.get(first..)?;
        let opens_a_clause = !self.is(first, POINTING) && !self.is(first, &["to"]) && !self.is_verb(first);
        (opens_a_clause && asserts(self.said, rest)).then_some(first)
    }

    /// The word behind a day: "said Monday", "said on Monday".
    fn behind_day(&self, at: usize) -> usize {
        let day = at + usize::from(self.is(at, &["on"]));
        if self.forms.get(day).is_some_and(|form| is_day_or_month(form)) { day + 1 } else { at }
    }

    /// The last word of what is said before its source.
    fn before_source(&self) -> Option<usize> {
        let n = self.forms.len();
        let least = n.saturating_sub(MOST_WORDS).max(1);
        let ends = |first: usize| asserts(self.said, &self.spans[..first]).then(|| first - 1);
        if let Some(first) = (least..n).rev().find(|&at| self.is_source(at)) {
            return if self.name_somebody(first + 2..n) { ends(first) } else { None };
        }
        let first = (least..n).rev().find(|&at| self.is_apart(at))?;
        let verb = (first..n).find(|&at| self.is_verb(at))?;
        // "The mayor said", "said the mayor"; with a day behind.
        let speaks = self.is(verb, SAY) && (verb + 1..n).all(|at| !self.is_verb(at));
        let somebody = if verb == first { first + 1..n } else { first..verb };
        if speaks && self.name_somebody(somebody) { ends(first) } else { None }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn said(text: &str) -> &str {
        without_source(text, Span::new(0, text.len())).of(text)
    }

    #[test]
    fn plain_sources_at_either_end_are_left_out() {
        assert_eq!(said("Police said two ferries collided."), "two ferries collided.");
        assert_eq!(said("Harbour master Ina Holt said on Monday the pier was closed."), "the pier was closed.");
        assert_eq!(said("The mayor told reporters that the pier was closed."), "the pier was closed.");
        assert_eq!(said("According to the coast guard, two ferries collided."), "two ferries collided.");
        assert_eq!(said("Two ferries collided, police said."), "Two ferries collided");
        assert_eq!(
            said("Two ferries collided, said Ina Holt, the harbour master."),
            "Two ferries collided, said Ina Holt, the harbour master."
        );
        assert_eq!(said("Two ferries collided, the coast guard said Monday."), "Two ferries collided");
        assert_eq!(said("Two ferries collided at dawn according to the coast guard."), "Two ferries collided at dawn");
    }

    #[test]
    fn what_is_more_than_a_source_stays() {
        for text in [
            "Police said they are looking for the pilot.",
            "Police did not say two ferries collided.",
            "Holt denied that two ferries collided.",
            "Holt said “two ferries collided”.",
            "If the police say two ferries collided, the port pays.",
            "The man who said two ferries collided was drunk.",
            "Two ferries collided, and police said the pier burned.",
            "The harbour master said goodbye.",
            "Holt told the pilot to stop.",
            "Two ferries collided.",
        ] {
            assert_eq!(said(text), text);
        }
    }

    #[test]
    fn only_the_stretch_counts() {
        let text = "On Monday, police said two ferries collided, and left.";
        let span = Span::new(text.find("police").unwrap(), text.find(", and").unwrap());
        assert_eq!(without_source(text, span).of(text), "two ferries collided");
    }
}
