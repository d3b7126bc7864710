//! A sentence without phrases that it can do without (sentence compression; Knight and Marcu 2000), and what is left of one word by
//! word.
//!
//! No parser: what stands between commas beside a noun, phrases of a preposition, attributes, adverbs, relative clauses and
//! second verbs can go, and what is left is true if the whole is. Nothing goes behind a word that makes more of a claim the
//! less of it is said, nor with one that weakens a claim, nor what a verb needs. Linear in the words, but for phrases that nest.

use std::ops::Range;

use super::endings::MODALS;
use super::pieces::{JOINING, RELATIVE, TIMES, TURNING};
use super::quotes::Open;
use super::role::{SAYING, is_adverb};
use super::verb::{is_number, is_participle};
use super::words::Words;
use super::{is_balanced, is_function_word};
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
const NEEDING: &[&str] = &[
    "according",
    "ahead",
    "as",
    "because",
    "count",
    "counts",
    "instead",
    "lack",
    "lot",
    "number",
    "one",
    "out",
    "part",
    "rest",
    "to",
];
/// What opens a clause where a verb comes before the phrase ends: "after his deputy was killed".
const CLAUSAL: &[&str] = &["after", "before", "following"];
/// One of a list, or what stands beside a noun, has so many words.
const MAX_LISTED: usize = 5;
/// A comma may stand between the words of a place: "in Quay, Hesse".
const MAX_PLACE: usize = 3;

/// What is left of the stretch `span` of `text` without phrases that hold a word that `lacks`: from its first to its last word,
/// and what is left out between them. `None` where none lacks, and where one stands in no phrase that may go.
pub fn compressed(text: &str, span: Span, lacks: impl Fn(Span) -> bool) -> Option<(Span, Vec<Span>)> {
    let phrases = Phrases::of(span.of(text))?;
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
    let fits = (1..n).all(|at| omitted[at] || !omitted[at - 1] || phrases.goes_on(&omitted, at));
    (says && fits).then(|| phrases.places(&omitted, span))
}

/// A sentence and what may be left out of it.
struct Phrases<'a> {
    words: Words<'a>,
    verb: Vec<bool>,
    /// Before which words a comma or a dash stands.
    apart: Vec<bool>,
    /// Before which words another claim begins, behind a semicolon or a colon.
    parted: Vec<bool>,
    /// Which words stand in quotation marks or brackets.
    enclosed: Vec<bool>,
    first_verb: usize,
}

impl<'a> Phrases<'a> {
    /// `None` of a question, of a table's row, and where no verb stands or a mark is not closed.
    fn of(said: &'a str) -> Option<Self> {
        if said.contains(['?', '|']) || !is_balanced(said) {
            return None;
        }
        let words = Words::of(said);
        let n = words.forms.len();
        let verb: Vec<bool> = (0..n).map(|at| words.is_verb(at)).collect();
        let apart = (0..n).map(|at| words.is_apart(at)).collect();
        let parts = |gap: &str| gap.starts_with([';', ':']) && gap.len() > 1;
        let parted = (0..n).map(|at| at > 0 && parts(words.gap(at))).collect();
        let (mut open, mut read) = (Open::default(), 0);
        let is_enclosed = |word: &Span| {
            said[read..word.start].chars().for_each(|c| _ = open.read(c));
            read = word.start;
            !open.is_none()
        };
        let enclosed = words.spans.iter().map(is_enclosed).collect();
        let first_verb = verb.iter().position(|&verb| verb)?;
        Some(Self { words, verb, apart, parted, enclosed, first_verb })
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
            found.extend(self.clause(at));
            found.extend(self.second_noun(at));
            found.extend(self.first_noun(at));
            found.extend(self.bracketed(at));
            let adverb = is_adverb(&self.words.forms[at]) && !is_day_or_month(&self.words.forms[at]);
            found.extend((adverb && at > 0).then_some(at..at + 1));
        }
        // Behind a word that narrows a claim everything belongs to it.
        let limit = (0..self.n()).find(|&at| self.words.is_narrowing(at)).unwrap_or(self.n());
        let weakens = |phrase: &Range<usize>| phrase.clone().any(|at| self.is(at, WEAKENING));
        let crosses = |phrase: &Range<usize>| phrase.clone().skip(1).any(|at| self.parted[at]);
        found.retain(|phrase| {
            phrase.end <= limit
                && phrase.len() < self.n()
                && !weakens(phrase)
                && !crosses(phrase)
                && self.is_whole(phrase)
        });
        found
    }

    /// Whether a phrase holds all of what it quotes or has in brackets, and stands in no quotation itself.
    fn is_whole(&self, phrase: &Range<usize>) -> bool {
        let enclosed = |at: usize| self.enclosed.get(at).is_some_and(|&enclosed| enclosed);
        let bracketed = self.bracketed(phrase.start).is_some_and(|whole| whole == *phrase);
        bracketed
            || !enclosed(phrase.start) && (!enclosed(phrase.end - 1) || phrase.end == self.n() || !enclosed(phrase.end))
    }

    /// "(from Hesse)"
    fn bracketed(&self, at: usize) -> Option<Range<usize>> {
        if at == 0 || !self.words.gap(at).contains('(') {
            return None;
        }
        let end = (at + 1..self.n()).find(|&at| self.words.gap(at).contains(')'));
        let end = end.or_else(|| self.words.said.trim_end_matches('.').ends_with(')').then_some(self.n()))?;
        Some(at..end)
    }

    /// "(was struck) as she walked into the port"
    fn clause(&self, at: usize) -> Option<Range<usize>> {
        let opens = self.is(at, TURNING) || self.is(at, &["where", "while"]);
        let before = at.saturating_sub(1);
        let active = self.verb[before] && !(before.saturating_sub(2)..before).any(|at| self.is(at, BE));
        if !opens
            || at <= self.first_verb
            || self.apart[at]
            || self.is(before, TIMES)
            || active
            || self.is_preposition(before)
        {
            return None;
        }
        let end = self.next_apart(at);
        let compared = self.forms(at.saturating_sub(3)..at).any(|form| matches!(form, "as" | "so" | "such"));
        let planned = self.forms(0..at).any(|form| MODALS.contains(&form));
        let verb = (at + 2..end).any(|at| self.verb[at]);
        (verb && !compared && !planned).then_some(at..end)
    }

    fn forms(&self, range: Range<usize>) -> impl Iterator<Item = &str> {
        self.words.forms[range].iter().map(String::as_str)
    }

    /// "(charged with murder) and three counts of arson"; one of a list between commas.
    fn second_noun(&self, at: usize) -> Option<Range<usize>> {
        if at <= self.first_verb + 1 || self.verb[at - 1] {
            return None;
        }
        let end = self.next_apart(at);
        if self.apart[at] {
            let listed = end < self.n() && end - at <= MAX_LISTED;
            return (listed && !(at..end).any(|at| self.verb[at] || self.is(at, SAYING))).then_some(at..end);
        }
        let joins = self.is(at, &["and", "or"]) && !is_function_word(&self.words.forms[at - 1]);
        let verb = (at + 1..end).any(|at| self.verb[at] || is_participle(&self.words.forms[at]));
        let pair = self.forms(at.saturating_sub(6)..at).any(|form| matches!(form, "between" | "both" | "either"));
        // "since the crew and the cooks went on strike": of a subject nothing goes.
        let opened = (0..at).rev().find(|&at| self.verb[at] || self.is_preposition(at) || self.joins(at));
        let object = opened.is_some_and(|opened| !self.joins(opened));
        (joins && object && !verb && !pair && end > at + 1).then(|| at..self.end_with_of(at))
    }

    /// "murder and (three counts of arson)"
    fn first_noun(&self, at: usize) -> Option<Range<usize>> {
        let second = (at + 1..self.next_apart(at)).find(|&at| self.is(at, &["and", "or"]))?;
        let opens = at > self.first_verb && (self.verb[at - 1] || self.is_preposition(at - 1));
        let plain = (at..second).all(|at| !self.verb[at] && !self.is_preposition(at));
        (opens && plain && self.second_noun(second).is_some()).then_some(at..second + 1)
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
        let leans = self.joins(at) || is_participle(&self.words.forms[at]) || self.is(at, &["to"]);
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
        let mut end = self.end_with_of(at);
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

    /// And what an "of" hangs on it.
    fn end_with_of(&self, at: usize) -> usize {
        let mut end = self.end_of_phrase(at);
        while end < self.n() && self.words.forms[end] == "of" && !self.apart[end] {
            end = self.end_of_phrase(end);
        }
        end
    }

    /// Words between a determiner, a number or a preposition and its noun, each by itself; "six-year-old" is one.
    fn attributes(&self, at: usize) -> Vec<Range<usize>> {
        if !self.is(at, DETERMINERS) && !is_number(&self.words.forms[at]) && !self.is_preposition(at) {
            return Vec::new();
        }
        let hyphened = |at: usize| at < self.n() && self.words.gap(at) == "-";
        let inside = |&next: &usize| {
            !self.apart[next] && (hyphened(next) || !self.verb[next] && !is_function_word(&self.words.forms[next]))
        };
        let end = (at + 1..self.n()).take_while(inside).last().unwrap_or(at);
        let mut found = Vec::new();
        let mut start = at + 1;
        while start < end {
            let next = (start + 1..=end).find(|&at| !hyphened(at)).unwrap_or(end + 1);
            let one = start + 1 == next;
            let named = self.words.is_capital(start) || one && is_number(&self.words.forms[start]);
            let spaced =
                self.words.gap(start).trim().is_empty() && next <= end && self.words.gap(next).trim().is_empty();
            if spaced && !named {
                found.push(start..next);
            }
            start = next;
        }
        found
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

    /// Whether a word behind a gap goes on with what is left: "was seen … at a pier", "a … tug", but not "on Monday night … Quay".
    fn goes_on(&self, omitted: &[bool], at: usize) -> bool {
        let figure =
            |at: usize| self.words.said[self.words.spans[at].start..].starts_with(|c: char| c.is_ascii_digit());
        let before = (0..at).rfind(|&before| !omitted[before]);
        self.apart[at]
            || self.verb[at]
            || self.leans(at)
            || figure(at)
            || is_function_word(&self.words.forms[at])
            || before.is_none_or(|before| self.leans(before))
    }

    /// Whether a word tells nothing without the one behind it.
    fn leans(&self, at: usize) -> bool {
        self.joins(at)
            || self.is_preposition(at)
            || self.is(at, DETERMINERS)
            || self.is(at, BEFORE)
            || self.is(at, &["also", "than", "to"])
    }

    /// Leaves out what joins nothing any more: "sank and … on Monday".
    fn leave_no_ends(&self, omitted: &mut [bool]) {
        let n = self.n();
        let empty = |at: usize| !self.verb[at] && self.leans(at);
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
        const OPENING: [char; 10] = ['$', '€', '£', '¥', '#', '(', '"', '“', '«', '‘'];
        const CLOSING: [char; 8] = ['%', '°', ')', '"', '”', '»', '’', '\''];
        let said = self.words.said;
        let spans = &self.words.spans;
        let kept = |at: usize| !omitted[at];
        let start = |at: usize| {
            let before = said[..spans[at].start].trim_end_matches(OPENING);
            span.start + if at == 0 { 0 } else { before.len() }
        };
        let behind = |at: usize| {
            let rest = &said[spans[at].end..];
            span.start + spans[at].end + rest.len() - rest.trim_start_matches(CLOSING).len()
        };
        let first = (0..omitted.len()).find(|&at| kept(at)).unwrap_or(0);
        let last = (0..omitted.len()).rfind(|&at| kept(at)).unwrap_or(0);
        let end = if last + 1 == omitted.len() { span.end } else { behind(last) };
        let gaps = (first + 1..=last).filter(|&at| kept(at) && !kept(at - 1));
        let gap = |at: usize| {
            let before = (first..at).rfind(|&at| kept(at)).unwrap_or(first);
            Span::new(behind(before), start(at))
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
        compressed(text, Span::new(0, text.len()), lacks).map(|place| shown(text, place))
    }

    fn shown(text: &str, (span, omitted): (Span, Vec<Span>)) -> String {
        let mut shown = String::new();
        let mut start = span.start;
        for gap in omitted.iter().chain([&Span::new(span.end, span.end)]) {
            shown.push_str(&text[start..gap.start]);
            if gap.start < span.end {
                shown.push_str(" … ");
            }
            start = gap.end;
        }
        shown
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
            ("Shares in Holt Lines fell 9% in late trading.", &["trading"], "Shares in Holt Lines fell 9%"),
            ("The port hired a six-year-old tug (from Hesse).", &["six"], "The port hired a … tug (from Hesse)."),
            ("The port hired a tug (from Hesse) on Monday.", &["Hesse"], "The port hired a tug … on Monday."),
            ("The mate was struck as he walked to the pier.", &["walked"], "The mate was struck"),
            ("The mate was charged with theft and two counts of arson.", &["arson"], "The mate was charged with theft"),
            ("The mate was charged with theft and arson.", &["theft"], "The mate was charged with … arson."),
            (
                "The port sold a crane, two tugs, a dredger, a barge and a lock.",
                &["dredger"],
                "The port sold a crane, two tugs … a barge and a lock.",
            ),
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
            ("The port closed since the crew and the cooks went on strike.", &["cooks"]),
            ("The port will close after the tug leaves.", &["leaves"]),
            ("The lock lies between Quay and Hesse.", &["Hesse"]),
            ("The ferry sank on Monday.", &[]),
            // No gap parts two nouns.
            ("The mate was hurt late Monday night off the pier in north Quay, the port said.", &["pier", "north"]),
        ] {
            assert_eq!(left(text, unsaid), None, "{text}");
        }
    }
}
