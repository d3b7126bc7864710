//! Where a sentence may end early: what stands behind tells when, where or after what it happened, and the rest is true
//! without it.
//!
//! No parser: a phrase that a preposition of time or place, a relative pronoun or a conjunction opens, behind a verb and what
//! it needs. Nothing is cut behind a word that makes more of a claim the less of it is said: "never", "the first", "if", "all
//! but"; nor what gives the source. Linear in the words, but for the phrases that nest.

use super::is_function_word;
use super::pieces::{OUTCOMES, RELATIVE, TIMES, TURNING};
use super::role::{SAYING, is_adverb};
use super::verb::{is_number, is_participle};
use super::words::Words;
use crate::calendar::is_day_or_month;
use crate::span::Span;

/// A claim has so many words at least.
const MIN_WORDS: usize = 5;
/// Before these stands no end: the claim would be another one.
const NARROWING: &[&str] = &[
    "all", "any", "barely", "best", "cannot", "denied", "denies", "each", "every", "except", "failed", "few", "fewer",
    "first", "half", "hardly", "if", "last", "least", "less", "more", "most", "neither", "never", "no", "nobody",
    "none", "nor", "not", "nothing", "only", "per", "percent", "refused", "rejected", "scarcely", "second", "than",
    "third", "unless", "until", "whether", "without", "worst",
];
/// What may be is not without its "when".
pub(super) const MODALS: &[&str] = &["can", "could", "may", "might", "must", "shall", "should", "will", "would"];
const SOURCES: &[&str] = &["according", "allegedly", "reportedly"];
/// Before a time, and before a place.
const WHEN: &[&str] = &["about", "around", "at", "by", "during", "in", "on", "since"];
const WHERE: &[&str] = &["along", "at", "in", "inside", "near", "outside"];
/// What a phrase of time begins with, besides days, months and numbers.
const TIME: &[&str] = &["early", "last", "late", "midnight", "next", "noon", "today", "tonight", "yesterday"];
/// They belong to the phrase behind them.
const BEFORE: &[&str] = &["about", "around", "early", "just", "late", "later", "right", "shortly", "some", "soon"];
/// So many words back begins what "as" ends: "as many as", "as far away as".
const COMPARED: usize = 3;
const AUXILIARIES: &[&str] = &["are", "did", "do", "does", "had", "has", "have", "is", "was", "were"];

/// The places in `text` at which the stretch `span` may end before its end, the last first.
pub fn endings(text: &str, span: Span) -> Vec<usize> {
    let said = span.of(text);
    if said.contains(['"', '“', '”', '«', '»', '(', ')', '[', ']', '?', '%', ';', '|']) {
        return Vec::new();
    }
    let words = Words::of(said);
    // Behind a "who" it is unknown where the claim goes on.
    let stops = |&at: &usize| words.is_narrowing(at) || words.is_apart(at) && words.is(at, RELATIVE);
    let last = (0..words.forms.len()).find(stops);
    let end = last.map_or(words.forms.len(), |at| at + 1);
    let found = (MIN_WORDS..end).rev().filter(|&at| words.may_end_before(at));
    let mut places: Vec<usize> = found.map(|at| span.start + words.end_before(at)).collect();
    places.dedup();
    places
}

impl Words<'_> {
    pub(super) fn is_narrowing(&self, at: usize) -> bool {
        let form = &*self.forms[at];
        let superlative = form.len() > 4 && form.ends_with("est") && at > 0 && is_function_word(&self.forms[at - 1]);
        self.is(at, NARROWING) || superlative || form.ends_with("n't") || form.ends_with("n’t")
    }

    fn is_time(&self, at: usize) -> bool {
        self.forms.get(at).is_some_and(|form| is_day_or_month(form) || starts_with_digit(form)) || self.is(at, TIME)
    }

    fn may_end_before(&self, at: usize) -> bool {
        let ends = self.first_of_phrase(at);
        let previous = ends - 1;
        ends >= MIN_WORDS
            && self.opens_a_phrase(at, previous)
            && !is_function_word(&self.forms[previous])
            && !self.is(previous, BEFORE)
            && !self.is(previous, SOURCES)
            && !self.is(previous, SAYING)
            && !(self.is(at, TURNING) && self.is(previous, TIMES))
            && self.is_complete(ends, at)
            && self.hangs_on(at)
    }

    /// Where the phrase that a word opens begins: "just" before "after".
    fn first_of_phrase(&self, at: usize) -> usize {
        let mut first = at;
        while first > 1 && !self.is_apart(first) && (self.is(first - 1, BEFORE) || is_adverb(&self.forms[first - 1])) {
            first -= 1;
        }
        first
    }

    fn opens_a_phrase(&self, at: usize, previous: usize) -> bool {
        let next = at + 1;
        let planned = || self.forms[..at].iter().any(|form| MODALS.contains(&&**form));
        if self.is(at, RELATIVE) {
            return self.is_apart(at) && self.forms[at] != "that";
        }
        if self.is(at, TURNING) {
            // "As many as twenty".
            if self.forms[at] == "as" && self.forms[at.saturating_sub(COMPARED)..at].iter().any(|form| form == "as") {
                return false;
            }
            let clause = (next..self.forms.len()).any(|at| self.is_verb(at));
            return (clause || self.forms[at] == "after") && !planned();
        }
        if self.is_apart(at) {
            let listed = self.is_verb(previous) || is_participle(&self.forms[previous]);
            return self.is(at, WHERE) || is_participle(&self.forms[at]) && !listed;
        }
        // "Vowed in May that it would never happen": what is vowed stands behind.
        if self.is_verb(previous) && self.forms[at..].iter().any(|form| form == "that") {
            return false;
        }
        if self.is(at, WHEN) && (self.is_time(next) || self.is(next, &["the"]) && self.is_time(next + 1)) {
            return true;
        }
        // "The mayor resigned Tuesday": a day with nothing before it.
        if is_day_or_month(&self.forms[at]) && self.is_verb(previous) {
            return true;
        }
        let reason = self.forms[at] == "for" && self.forms.get(next).is_some_and(|form| is_participle(form));
        reason
            || self.is(at, WHERE)
                && !self.is(next, &["to"])
                && !self.is_verb(previous)
                && !is_number(&self.forms[previous])
    }

    /// Whether the words before the end have a verb; where another may follow behind a conjunction, one that is no
    /// attribute: "The man killed after a quarrel has been named".
    fn is_complete(&self, end: usize, opener: usize) -> bool {
        let joined = self.is(opener, TURNING) || self.is(opener, RELATIVE);
        let attribute =
            |at: usize| at + 1 == end || [WHERE, WHEN, &["by", "to"]].iter().any(|list| self.is(at + 1, list));
        let told = |at: usize| {
            let sure = !joined || self.is(at, AUXILIARIES) || self.is(at, SAYING) || !attribute(at);
            self.is_verb(at) && !self.is(at - 1, RELATIVE) && sure
        };
        // What somebody says has a verb of its own: "police said a man dressed as a clown opened fire".
        let said = (1..end).rev().find(|&at| self.is(at, SAYING) && at + 1 < end);
        (said.map_or(1, |at| at + 1)..end).any(told)
    }

    /// Whether what begins at a word hangs on the claim before it: no verb of its own but behind a conjunction or a
    /// relative pronoun, and no source.
    fn hangs_on(&self, at: usize) -> bool {
        let joins = |at: usize| {
            let form = &*self.forms[at];
            self.is(at, RELATIVE) || self.is(at, TURNING) || self.is(at, OUTCOMES) || is_participle(form)
        };
        let mut joined = false;
        for at in at..self.forms.len() {
            if self.is(at, SAYING) || self.is(at, SOURCES) || !joined && self.is_verb(at) && !joins(at) {
                return false;
            }
            joined |= joins(at);
        }
        // "The man shot after a fight has been charged."
        let n_auxiliaries = (at..self.forms.len()).filter(|&at| self.is(at, AUXILIARIES)).count();
        n_auxiliaries < 2
    }

    /// The end of what stands before a word, in bytes, without marks but for the dot of "p.m."
    fn end_before(&self, at: usize) -> usize {
        let end = self.spans[self.first_of_phrase(at) - 1].end;
        end + usize::from(self.said[end..].starts_with('.'))
    }
}

fn starts_with_digit(form: &str) -> bool {
    form.starts_with(|c: char| c.is_ascii_digit())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_sentence_may_end_before_what_tells_when_where_or_after_what() {
        for (text, ends) in [
            ("Holt was sentenced to nine years on Wednesday for hiding losses of 40 million.", &[" for", " on"][..]),
            ("The ferry left two deckhands dead after it struck the pier.", &[" after"]),
            ("The shots came from a silver car, which fled the square.", &[", which"]),
            ("Ina Holt, 44, is in a serious condition at Quay General.", &[" at"]),
            ("The mate was found in the hold just after noon.", &[" just"]),
            ("The mayor and her deputy resigned Tuesday.", &[" Tuesday"]),
            ("The ferry left the pier at 4 p.m. on Monday.", &[" on", " at"]),
            // The verb stands behind, or is an attribute.
            ("Ina Holt, the mother of both, was home.", &[]),
            ("The man killed in a quarrel near the port has been named.", &[]),
            ("The two men killed after a quarrel have been named.", &[]),
            ("Ina Holt, 46, who was asleep in the car, was hit twice.", &[]),
            ("The paper says the mate, who went missing in May, is well.", &[]),
            ("The port authority vowed in May that it would never happen.", &[]),
            ("Police said a man dressed as a sailor opened fire on the crowd.", &[]),
            ("Police said the man died in the port on Monday.", &[" on"]),
            ("Witnesses in the port recalled hearing as many as 20 shots when the ferry left.", &[" when", " as"]),
            // What is left would be another claim.
            ("No tug was ordered by the port on Monday.", &[]),
            ("It is the largest ferry built in Hesse.", &[]),
            ("The port will close both piers when the storm comes.", &[]),
            ("Two men were arrested in Hesse, police said.", &[]),
            ("The inquiry came two days after the ferry sank.", &[]),
            ("“The port closed both piers on Monday,” Holt said.", &[]),
            // Nor is anything left.
            ("The ferry sank on Monday.", &[]),
        ] {
            let found: Vec<&str> =
                endings(text, Span::new(0, text.len())).into_iter().map(|end| &text[end..]).collect();
            assert_eq!(found.len(), ends.len(), "{text}: {found:?}");
            assert!(found.iter().zip(ends).all(|(rest, end)| rest.starts_with(end)), "{text}: {found:?}");
        }
    }
}
