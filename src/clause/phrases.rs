//! A sentence without phrases that it can do without (sentence compression; Knight and Marcu 2000).
//!
//! No parser: what stands between commas beside a noun, phrases of a preposition, attributes, adverbs, relative clauses and
//! second verbs can go, and what is left is true if the whole is. Nothing goes behind a word that makes more of a claim the
//! less of it is said, nor with one that weakens a claim, nor what a verb needs. Linear in the words, but for phrases that nest.

use std::ops::Range;

use super::is_function_word;
use super::pieces::{JOINING, RELATIVE, TURNING};
use super::role::{SAYING, is_adverb};
use super::verb::{is_number, is_participle};
use super::words::Words;
use crate::calendar::is_day_or_month;
use crate::span::Span;

/// Prepositions that tell when or where: a verb in the passive needs none of them.
const FREE: &[&str] = &[
    "across",
    "after",
    "along",
    "amid",
    "around",
    "at",
    "before",
    "behind",
    "below",
    "beneath",
    "beside",
    "by",
    "during",
    "following",
    "in",
    "inside",
    "near",
    "on",
    "outside",
    "within",
];
/// The others.
const BOUND: &[&str] = &[
    "against", "among", "between", "despite", "for", "from", "into", "of", "off", "onto", "over", "through", "toward",
    "towards", "under", "upon", "via", "with",
];
/// Verbs of place, which need one.
const PLACED: &[&str] = &[
    "based",
    "held",
    "housed",
    "kept",
    "laid",
    "left",
    "located",
    "placed",
    "put",
    "seen",
    "set",
    "situated",
    "stationed",
];
const BE: &[&str] = &["are", "be", "been", "being", "is", "was", "were"];
const DETERMINERS: &[&str] = &[
    "a", "an", "another", "her", "his", "its", "our", "several", "some", "that", "the", "their", "these", "this",
    "those",
];
/// What stands beside a noun between commas begins with one of these, a figure or a preposition.
const BESIDE: &[&str] =
    &["a", "aged", "an", "another", "formerly", "her", "his", "including", "its", "one", "the", "their"];
const TIME: &[&str] = &[
    "afternoon",
    "early",
    "evening",
    "last",
    "late",
    "month",
    "morning",
    "night",
    "overnight",
    "today",
    "tonight",
    "week",
    "year",
    "yesterday",
];
/// They belong to the phrase behind them.
const BEFORE: &[&str] = &["early", "even", "just", "late", "later", "only", "right", "shortly", "soon"];
/// What is said with these is not said without them.
const WEAKENING: &[&str] = &[
    "about",
    "allegedly",
    "almost",
    "apparently",
    "around",
    "could",
    "likely",
    "may",
    "might",
    "nearly",
    "possibly",
    "potentially",
    "probably",
    "reportedly",
    "roughly",
    "should",
    "would",
];
/// Before a phrase they need it: "because of", "instead of", "part of the wall".
const NEEDING: &[&str] =
    &["according", "ahead", "as", "because", "instead", "lack", "lot", "number", "one", "out", "part", "rest", "to"];
/// What opens a clause where a verb comes before the phrase ends: "after his deputy was killed".
const CLAUSAL: &[&str] = &["after", "before", "following"];
/// A comma may stand between the words of a place: "in Quay, Hesse".
const MAX_PLACE: usize = 3;

/// What is left of the stretch `span` of `text` without phrases that hold a word that `lacks`: from its first to its last word,
/// and what is left out between them. `None` where none lacks, and where one stands in no phrase that may go.
pub fn compressed(text: &str, span: Span, lacks: impl Fn(Span) -> bool) -> Option<(Span, Vec<Span>)> {
    let said = span.of(text);
    if said.contains(['"', '“', '”', '«', '»', '(', ')', '[', ']', '?', '%', ';', '|', ':']) {
        return None;
    }
    let phrases = Phrases::of(said)?;
    let n = phrases.n();
    let lacking: Vec<bool> = phrases.words.spans.iter().map(|word| lacks(word.shifted(span.start))).collect();
    if !lacking.contains(&true) {
        return None;
    }
    let may_go = phrases.all();
    let mut omitted = vec![false; n];
    for at in 0..n {
        if lacking[at] && !omitted[at] {
            let around = may_go.iter().filter(|phrase| phrase.contains(&at));
            omitted[around.min_by_key(|phrase| (phrase.len(), phrase.start))?.clone()].fill(true);
        }
    }
    phrases.leave_no_ends(&mut omitted);
    let says = (1..n).any(|at| !omitted[at] && phrases.verb[at]);
    says.then(|| phrases.places(&omitted, span))
}

/// A sentence and what may be left out of it.
struct Phrases<'a> {
    words: Words<'a>,
    verb: Vec<bool>,
    /// Before which words a comma or a dash stands.
    apart: Vec<bool>,
    first_verb: usize,
}

impl<'a> Phrases<'a> {
    fn of(said: &'a str) -> Option<Self> {
        let words = Words::of(said);
        let n = words.forms.len();
        let verb: Vec<bool> = (0..n).map(|at| words.is_verb(at)).collect();
        let apart = (0..n).map(|at| words.is_apart(at)).collect();
        let first_verb = verb.iter().position(|&verb| verb)?;
        Some(Self { words, verb, apart, first_verb })
    }

    fn n(&self) -> usize {
        self.words.forms.len()
    }

    fn is(&self, at: usize, list: &[&str]) -> bool {
        self.words.is(at, list)
    }

    /// Whether a word opens a clause or goes on from one.
    fn joins(&self, at: usize) -> bool {
        self.is(at, JOINING) || self.is(at, TURNING) || self.is(at, RELATIVE)
    }

    fn is_preposition(&self, at: usize) -> bool {
        self.is(at, FREE) || self.is(at, BOUND)
    }

    /// The next word behind a comma.
    fn next_apart(&self, at: usize) -> usize {
        (at + 1..self.n()).find(|&at| self.apart[at]).unwrap_or(self.n())
    }

    /// All phrases that may go.
    fn all(&self) -> Vec<Range<usize>> {
        let mut found = Vec::new();
        for at in 0..self.n() {
            found.extend(self.beside(at));
            found.extend(self.of_preposition(at));
            found.extend(self.attributes(at));
            found.extend(self.of_time(at));
            found.extend(self.relative(at));
            found.extend(self.second_verb(at));
            let adverb = is_adverb(&self.words.forms[at]) && !is_day_or_month(&self.words.forms[at]);
            found.extend((adverb && at > 0).then_some(at..at + 1));
        }
        // Behind a word that narrows a claim everything belongs to it.
        let limit = (0..self.n()).find(|&at| self.words.is_narrowing(at)).unwrap_or(self.n());
        let weakens = |phrase: &Range<usize>| phrase.clone().any(|at| self.is(at, WEAKENING));
        found.retain(|phrase| phrase.end <= limit && phrase.len() < self.n() && !weakens(phrase));
        found
    }

    /// What stands between commas beside a noun: "Ina Holt, 44, who runs the port, resigned"; and before the first comma.
    fn beside(&self, at: usize) -> Option<Range<usize>> {
        let end = self.next_apart(at);
        let opens = self.is_preposition(at) || self.is(at, TURNING);
        if at == 0 {
            return (end < self.n() && opens).then_some(0..end);
        }
        let phrase = at..end;
        let has_verb = phrase.clone().any(|at| self.verb[at]);
        let leans = self.joins(at) || is_participle(&self.words.forms[at]);
        let noun = self.is(at, BESIDE) || opens || self.words.forms[at].starts_with(|c: char| c.is_ascii_digit());
        let source = phrase.clone().any(|at| self.is(at, SAYING));
        let inside = end < self.n() || at > self.first_verb;
        (self.apart[at] && inside && !source && (leans || noun && !has_verb)).then_some(phrase)
    }

    /// "at the mouth of the harbour"; what an "of" hangs on it goes with it.
    fn of_preposition(&self, at: usize) -> Option<Range<usize>> {
        if at == 0 || !self.is_preposition(at) || self.is_needed(at) {
            return None;
        }
        let mut end = self.end_of_phrase(at);
        while end < self.n() && self.words.forms[end] == "of" && !self.apart[end] {
            end = self.end_of_phrase(end);
        }
        // "by gunmen who fled"
        if at + 1 < end && end < self.n() && !self.apart[end] && self.is(end, RELATIVE) {
            end = self.next_apart(end);
        }
        // "in Quay, Hesse, ..."
        let place = self.next_apart(end);
        if end < self.n()
            && self.apart[end]
            && place - end <= MAX_PLACE
            && (end - 1..place).all(|at| self.words.is_capital(at))
        {
            end = place;
        }
        let clause = self.is(at, CLAUSAL) && end < self.n() && self.verb[end];
        let mut start = at;
        while start > 1 && !self.apart[start] && self.is(start - 1, BEFORE) {
            start -= 1;
        }
        (end > at + 1 && !clause).then_some(start..end)
    }

    /// Whether the words before a phrase cannot do without it: a verb in the active, what joins, another preposition.
    fn is_needed(&self, at: usize) -> bool {
        let before = at - 1;
        let passive = || {
            (before.saturating_sub(2)..before).any(|at| self.is(at, BE))
                && self.is(at, FREE)
                && !self.is(before, PLACED)
                && !self.is(before, BE)
                && !is_participle(&self.words.forms[before])
        };
        let of_time = is_day_or_month(self.words.forms.get(at + 1).map_or("", |form| form)) || self.is(at + 1, TIME);
        let verb = self.verb[before] || is_participle(&self.words.forms[before]);
        self.joins(before)
            || self.is_preposition(before)
            || self.is(before, NEEDING)
            || verb && !passive() && (!of_time || self.is(before, BE))
    }

    /// Where a phrase that opens at a word ends.
    fn end_of_phrase(&self, at: usize) -> usize {
        let goes_on = |at: usize| {
            let next = at + 1;
            let no_verb = || !(next..self.next_apart(at)).any(|at| self.verb[at]);
            self.is(at, &["and", "or"]) && next < self.n() && !self.is_preposition(next) && no_verb()
        };
        let stops = |&at: &usize| {
            self.apart[at]
                || self.verb[at]
                || self.is_preposition(at)
                || self.words.forms[at] == "to"
                || self.joins(at) && !goes_on(at)
        };
        (at + 1..self.n()).find(stops).unwrap_or(self.n())
    }

    /// Single words between a determiner or a number and its noun.
    fn attributes(&self, at: usize) -> Vec<Range<usize>> {
        if !self.is(at, DETERMINERS) && !is_number(&self.words.forms[at]) {
            return Vec::new();
        }
        let inside = |&at: &usize| !self.apart[at] && !self.verb[at] && !is_function_word(&self.words.forms[at]);
        let end = (at + 1..self.n()).take_while(inside).last().unwrap_or(at);
        let spaced = |at: usize| {
            let gap = |at: usize| &self.words.said[self.words.spans[at - 1].end..self.words.spans[at].start];
            gap(at).trim().is_empty() && gap(at + 1).trim().is_empty()
        };
        let goes = |&at: &usize| !self.words.is_capital(at) && !is_number(&self.words.forms[at]) && spaced(at);
        (at + 1..end).filter(goes).map(|at| at..at + 1).collect()
    }

    /// "late on Monday", "last week".
    fn of_time(&self, at: usize) -> Option<Range<usize>> {
        let is_time = |at: usize| is_day_or_month(&self.words.forms[at]) || self.is(at, TIME);
        let begins = at > 0 && !is_time(at - 1) && !self.is(at - 1, DETERMINERS) && !self.is_preposition(at - 1);
        (begins && is_time(at)).then(|| at..(at..self.n()).find(|&at| !is_time(at)).unwrap_or(self.n()))
    }

    /// "(a ship) that had lost power": to the comma or, before the sentence's own verb, to that.
    fn relative(&self, at: usize) -> Option<Range<usize>> {
        if at == 0 || self.apart[at] || !self.is(at, RELATIVE) || self.verb[at - 1] {
            return None;
        }
        let led = self.is_preposition(at - 1);
        let noun = (at.saturating_sub(3)..at).any(|at| self.is(at, DETERMINERS) || is_number(&self.words.forms[at]));
        // "It is possible that": what is possible stands behind.
        if self.words.forms[at] == "that" && (!noun || (at.saturating_sub(2)..at).any(|at| self.verb[at])) {
            return None;
        }
        let start = if led { at - 1 } else { at };
        let end = self.next_apart(at);
        let verbs: Vec<usize> = (at + 1..end).filter(|&at| self.verb[at]).collect();
        if verbs.is_empty() {
            return None;
        }
        if at > self.first_verb {
            return Some(start..end);
        }
        let other = |two: &&[usize]| {
            let before = two[1] - 1;
            let chained = is_adverb(&self.words.forms[before]) || self.is(before, &["and", "not", "or", "to"]);
            two[1] > two[0] + 1 && !chained
        };
        match verbs.windows(2).find(other) {
            Some(two) => {
                // "on that pier"
                let joins = |at: usize| self.joins(at) && !self.is_preposition(at - 1);
                (!(at + 1..two[1]).any(joins)).then_some(start..two[1])
            }
            None => (end < self.n() && self.verb[end]).then_some(start..end),
        }
    }

    /// "(was closed) and reopened a day later".
    fn second_verb(&self, at: usize) -> Option<Range<usize>> {
        let next = at + 1;
        let follows = next < self.n() && (self.verb[next] || is_participle(&self.words.forms[next]));
        let joins = at > self.first_verb && !self.apart[at] && self.is(at, &["and", "but"]);
        (joins && follows).then(|| at..self.next_apart(at))
    }

    /// Leaves out what joins nothing any more: "sank and … on Monday".
    fn leave_no_ends(&self, omitted: &mut [bool]) {
        let n = self.n();
        let empty = |at: usize| {
            !self.verb[at]
                && (self.joins(at)
                    || self.is_preposition(at)
                    || self.is(at, DETERMINERS)
                    || self.is(at, BEFORE)
                    || self.is(at, &["also", "than", "to"]))
        };
        let mut at = 0;
        while at < n {
            let end = (at..n).find(|&end| omitted[end] != omitted[at]).unwrap_or(n);
            if at > 0 && !omitted[at] && (at..end).all(empty) {
                omitted[at..end].fill(true);
            }
            at = end;
        }
        let mut last = n;
        while last > 0 && (omitted[last - 1] || last < n && empty(last - 1)) {
            last -= 1;
            omitted[last] = true;
        }
    }

    /// From the first to the last word that is kept, and what is left out between, in bytes of the text.
    fn places(&self, omitted: &[bool], span: Span) -> (Span, Vec<Span>) {
        const SIGNS: [char; 5] = ['$', '€', '£', '¥', '#'];
        let spans = &self.words.spans;
        let kept = |at: usize| !omitted[at];
        let start = |at: usize| {
            let before = self.words.said[..spans[at].start].trim_end_matches(SIGNS);
            span.start + if at == 0 { 0 } else { before.len() }
        };
        let first = (0..omitted.len()).find(|&at| kept(at)).unwrap_or(0);
        let last = (0..omitted.len()).rfind(|&at| kept(at)).unwrap_or(0);
        let end = if last + 1 == omitted.len() { span.end } else { span.start + spans[last].end };
        let gaps = (first + 1..=last).filter(|&at| kept(at) && !kept(at - 1));
        let gap = |at: usize| {
            let before = (first..at).rfind(|&at| kept(at)).unwrap_or(first);
            Span::new(span.start + spans[before].end, start(at))
        };
        (Span::new(start(first), end), gaps.map(gap).collect())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// What is left of a sentence of which some words are not said.
    fn left(text: &str, unsaid: &[&str]) -> Option<String> {
        let lacks = |word: Span| unsaid.contains(&word.of(text));
        let (span, omitted) = compressed(text, Span::new(0, text.len()), lacks)?;
        let mut shown = String::new();
        let mut start = span.start;
        for gap in omitted.iter().chain([&Span::new(span.end, span.end)]) {
            shown.push_str(&text[start..gap.start]);
            if gap.start < span.end {
                shown.push_str(" … ");
            }
            start = gap.end;
        }
        Some(shown)
    }

    #[test]
    fn phrases_that_hold_what_is_not_said_go() {
        for (text, unsaid, expected) in [
            (
                "Two people who went to work on that bridge on Monday night are dead.",
                &["Monday"][..],
                "Two people who went to work on that bridge … are dead.",
            ),
            ("Two people who went to work on that pier are dead.", &["pier"], "Two people … are dead."),
            ("Ina Holt, a pilot of the old port, was hurt.", &["pilot"], "Ina Holt … was hurt."),
            (
                "The goalkeeper Ina Holt was arrested early Sunday for theft.",
                &["Sunday"],
                "The goalkeeper Ina Holt was arrested … for theft.",
            ),
            (
                "A giant cargo ship struck the pier at the mouth of the harbour.",
                &["giant", "mouth"],
                "A … cargo ship struck the pier",
            ),
            ("The ferry struck a pier in Quay, Hesse, on Monday.", &["Quay"], "The ferry struck a pier … on Monday."),
            ("The ferry was raised and sold a year later.", &["sold"], "The ferry was raised"),
            ("The ferry, which had been repaired twice, sank off Quay.", &["repaired"], "The ferry … sank off Quay."),
            ("The mate was hit by gunmen who fled the port.", &["gunmen"], "The mate was hit"),
            ("The mate was seen in July at a pier.", &["July"], "The mate was seen … at a pier."),
            ("After a long chase, police caught the mate.", &["chase"], "police caught the mate."),
            ("The port gave Ina Holt, 44, $18 for a tug.", &["44"], "The port gave Ina Holt … $18 for a tug."),
        ] {
            assert_eq!(left(text, unsaid).as_deref(), Some(expected), "{text}");
        }
    }

    #[test]
    fn what_a_claim_needs_stays() {
        for (text, unsaid) in [
            ("Two ferries collided.", &["ferries"][..]),
            ("The mate was put in a cell.", &["cell"]),
            ("Three sailors were participating in a race.", &["race"]),
            ("The port is in the process of closing.", &["process"]),
            ("The mate took over after his captain was killed.", &["captain"]),
            ("No tug was ordered by the port.", &["port"]),
            ("It is possible that the pier broke.", &["broke"]),
            ("Shots were fired in the port and a sailor standing guard was hit.", &["guard"]),
            ("The mate was probably drunk.", &["probably"]),
            ("“Two ferries collided on Monday,” Holt said.", &["Monday"]),
            ("The ferry sank on Monday.", &[]),
        ] {
            assert_eq!(left(text, unsaid), None, "{text}");
        }
    }
}
