//! What a sentence needs from those before it: a pronoun or a bare quotation without the one it stands for.
//!
//! "He was taken to hospital" tells nothing to somebody who reads it alone: of whom? No coreference is resolved here; it is only
//! told that something is missing, and whether another sentence tells of somebody who may be meant. Linear in the words; where a
//! pronoun stands behind a capital that begins a sentence, in the text too, which is looked through for that word.

use super::counted::is_person;
use crate::calendar::is_day_or_month;
use crate::clause::{is_joining, is_opener, is_saying, is_verb};
use crate::span::Span;
use crate::token::words;

/// Words for one person who was named before.
const ONE: &[&str] = &["he", "her", "hers", "him", "his", "she"];
/// For several, or for some of them: "they", "one was treated".
const SEVERAL: &[&str] = &["their", "theirs", "them", "they"];
#[rustfmt::skip]
const SOME: &[&str] = &["all", "another", "both", "each", "neither", "one", "others", "several", "some", "three", "two"];
/// For what was told before.
const THAT: &[&str] = &["it", "that", "these", "this", "those"];
/// For whoever speaks.
const OWN: &[&str] = &["i", "me", "my", "our", "us", "we"];
/// "It is unclear": of nothing that was told before.
#[rustfmt::skip]
const EMPTY: &[&str] = &[
    "appeared", "appears", "became", "can", "could", "has", "is", "may", "might", "remained", "remains", "seemed", "seems", "should",
    "took", "was", "will", "would",
];
/// What one has to know the time before of: "died hours later", "the previous night".
const LATER: &[&str] = &["afterward", "afterwards", "later", "thereafter"];
const DAYS: &[&str] = &["afternoon", "day", "evening", "morning", "night"];
const DOING: &[&str] = &["did", "do", "does", "doing", "done"];
/// Capitals with one of these are no person's name.
#[rustfmt::skip]
const BODIES: &[&str] = &[
    "avenue", "bureau", "city", "college", "county", "court", "department", "division", "high", "hospital", "house", "lane", "office",
    "park", "police", "road", "school", "sheriff's", "sheriff’s", "state", "street", "team", "unit", "university",
];
/// Nor those behind one of these.
const AT: &[&str] = &["at", "from", "in", "near", "on", "outside"];

/// What is missing.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Needs {
    /// Somebody who was named before.
    Person,
    /// Several who were.
    People,
    /// What was told before.
    Matter,
}

/// What a span of a text needs to be understood; where it names who speaks, "I" and "we" need nothing.
pub fn needs(text: &str, span: Span, has_speaker: bool) -> Option<Needs> {
    let forms = Forms::new(text, span);
    let first = (0..forms.len()).find(|&at| !forms.opens(at))?;
    // "“This may change,” he added": who speaks is asked first.
    if forms.pronoun_speaks() && forms.somebody().is_none() {
        return Some(Needs::Person);
    }
    let next = if first + 1 < forms.len() { forms.lower(first + 1) } else { "" };
    match forms.lower(first) {
        it if THAT.contains(&it) => {
            let empty = it == "it" && EMPTY.contains(&next) || forms.said(first).contains(['\'', '’']);
            if !empty && is_verb(next, None) {
                return Some(Needs::Matter);
            }
        }
        // "“They told me so.”": who speaks is asked first.
        they if SEVERAL.contains(&they) => {
            return Some(if !has_speaker && forms.has_own() { Needs::Person } else { Needs::People });
        }
        some if SOME.contains(&some) && is_verb(next, None) => return Some(Needs::Person),
        "the" if next == "other" || next == "others" => return Some(Needs::Person),
        _ => {}
    }
    let says = || (0..forms.len()).any(|at| is_saying(forms.lower(at))) && forms.somebody().is_some();
    if !has_speaker && forms.has_own() && !says() {
        return Some(Needs::Person);
    }
    // Who is named is looked for only where a pronoun may stand for somebody else.
    if (0..forms.len())
        .find(|&at| forms.is(at, ONE))
        .is_some_and(|pronoun| forms.somebody().is_none_or(|at| at > pronoun))
    {
        return Some(Needs::Person);
    }
    forms.follows_another_time().then_some(Needs::Matter)
}

/// Whether a span names somebody, or tells of one person by a noun: "a man".
pub fn tells_of_somebody(text: &str, span: Span) -> bool {
    Forms::new(text, span).somebody().is_some()
}

/// Whether a span tells of several, by a noun or by name: "three sailors", "Ina Holt and Danilo Soto".
pub fn tells_of_several(text: &str, span: Span) -> bool {
    let forms = Forms::new(text, span);
    let joins = |at: usize| {
        forms.lower(at) == "and"
            && at + 1 < forms.len()
            && [at - 1, at + 1].into_iter().all(|at| forms.is_capital(at))
            && [at, at + 1].into_iter().all(|at| forms.follows(at))
    };
    let people = |at: usize| is_several(forms.lower(at)) && is_person(forms.lower(at));
    (0..forms.len()).any(people) || (1..forms.len()).any(joins)
}

/// Whether a pronoun stands beside a verb of saying: "he said", "said he", "she also said", "they reportedly said".
pub fn pronoun_speaks(text: &str, span: Span) -> bool {
    Forms::new(text, span).pronoun_speaks()
}

/// Whether a noun for people is of several: "sailors", "police".
fn is_several(noun: &str) -> bool {
    noun.ends_with('s')
        || matches!(noun, "children" | "crew" | "men" | "people" | "police" | "staff" | "women" | "youth")
}

/// A word in lower case, "he" of "he's".
fn lower(word: &str) -> String {
    let word = word.to_lowercase();
    let bare = word.split(['\'', '’']).next().unwrap_or_default();
    if [ONE, SEVERAL, THAT, OWN].iter().any(|list| list.contains(&bare)) { bare.to_owned() } else { word }
}

/// The words of a span.
struct Forms<'a> {
    text: &'a str,
    spans: Vec<Span>,
    /// In lower case, "he" of "he's".
    lower: Vec<String>,
}

impl<'a> Forms<'a> {
    fn new(text: &'a str, span: Span) -> Self {
        let spans: Vec<Span> = words(span.of(text)).into_iter().map(|word| word.span.shifted(span.start)).collect();
        let lower = spans.iter().map(|word| lower(word.of(text))).collect();
        Self { text, spans, lower }
    }

    fn len(&self) -> usize {
        self.spans.len()
    }

    fn said(&self, at: usize) -> &'a str {
        self.spans[at].of(self.text)
    }

    fn lower(&self, at: usize) -> &str {
        &self.lower[at]
    }

    fn is(&self, at: usize, list: &[&str]) -> bool {
        list.contains(&self.lower(at))
    }

    /// Whether whoever speaks tells of himself: "us", not "the US".
    fn has_own(&self) -> bool {
        (0..self.len()).any(|at| self.is(at, OWN) && !self.said(at).starts_with('U'))
    }

    fn opens(&self, at: usize) -> bool {
        is_joining(self.said(at)) || is_opener(self.lower(at))
    }

    /// Whether when it happened, or what is done, was told before: "died a short time later", "the previous day", "he did so".
    fn follows_another_time(&self) -> bool {
        let pair =
            |before: &[&str], after: &[&str]| (1..self.len()).any(|at| self.is(at - 1, before) && self.is(at, after));
        self.len().checked_sub(1).is_some_and(|last| self.is(last, LATER))
            || pair(&["following", "next", "previous"], DAYS)
            || pair(DOING, &["so"])
    }

    fn pronoun_speaks(&self) -> bool {
        let pronoun = |at: usize| matches!(self.lower(at), "he" | "she" | "they");
        let between = |at: usize| matches!(self.lower(at), "also" | "later" | "then") || self.lower(at).ends_with("ly");
        (0..self.len()).filter(|&at| is_saying(self.lower(at))).any(|verb| {
            let before = verb.checked_sub(1).is_some_and(|at| pronoun(at) || between(at) && at > 0 && pronoun(at - 1));
            before || verb + 1 < self.len() && pronoun(verb + 1)
        })
    }

    /// Where one person is named first, or told of by a noun.
    fn somebody(&self) -> Option<usize> {
        let mut at = 0;
        while at < self.len() {
            let capitals =
                (at..self.len()).take_while(|&next| self.is_capital(next) && (next == at || self.follows(next)));
            let end = at + capitals.count();
            if end > at && self.is_persons(at, end) {
                return Some(at);
            }
            if is_person(self.lower(at)) && !is_several(self.lower(at)) {
                return Some(at);
            }
            at = end.max(at + 1);
        }
        None
    }

    /// Whether capitals may be a person's name.
    fn is_persons(&self, start: usize, end: usize) -> bool {
        let people = |at: usize| is_several(self.lower(at)) && is_person(self.lower(at));
        let body = |at: usize| self.is(at, BODIES) || people(at);
        let placed = start > 0 && self.is(start - 1, AT);
        let only_first = end == start + 1 && self.starts(start);
        !(start..(end + 1).min(self.len())).any(body) && !placed && (!only_first || self.is_name(self.said(start)))
    }

    /// A word with a capital that is none of a day, of a pronoun or of whoever speaks.
    fn is_capital(&self, at: usize) -> bool {
        let word = self.said(at);
        let pronoun = [ONE, SEVERAL, THAT, OWN].iter().any(|list| self.is(at, list));
        word.starts_with(char::is_uppercase) && word.chars().count() > 1 && !pronoun && !is_day_or_month(self.lower(at))
    }

    /// Whether only a blank stands before a word.
    fn follows(&self, at: usize) -> bool {
        &self.text[self.spans[at - 1].end..self.spans[at].start] == " "
    }

    /// Whether a word begins the span or words in marks, where anything has a capital.
    fn starts(&self, at: usize) -> bool {
        at == 0 || self.text[self.spans[at - 1].end..self.spans[at].start].contains(['.', '!', '?', '"', '“', '‘', ':'])
    }

    /// Whether a word has its capital within a sentence of the text as well.
    fn is_name(&self, word: &str) -> bool {
        self.text.match_indices(word).any(|(at, _)| {
            let mut before = self.text[..at].chars().rev();
            let inside = before.next() == Some(' ') && before.next().is_some_and(|c| c.is_lowercase() || c == ',');
            inside && !self.text[at + word.len()..].starts_with(char::is_alphanumeric)
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn of(text: &str) -> Option<Needs> {
        needs(text, Span::new(0, text.len()), false)
    }

    #[test]
    fn a_pronoun_without_its_person_needs_one() {
        for text in [
            "He was taken to a hospital.",
            "Police said she asked a keeper for help.",
            "Quay County deputies said witnesses identified him.",
            "The bullet also cut his left arm.",
            "One was treated at the quay.",
            "The other sailor was not harmed.",
            "“I saw him there,” said Ina Holt.",
            "\"We heard the horn.\"",
            "“They told me so.”",
            "“This may change at any hour,” he added.",
            "“It’s too loud,” she reportedly said of the horn.",
        ] {
            assert_eq!(of(text), Some(Needs::Person), "{text}");
        }
        for text in ["However, they were not hurt.", "Their boat sank."] {
            assert_eq!(of(text), Some(Needs::People), "{text}");
        }
        for text in [
            "It happened at noon.",
            "This led to a fire.",
            "That shut the lock.",
            "Ina Holt died a short time later.",
            "The lock had been shut the previous night.",
            "The port did so in May.",
        ] {
            assert_eq!(of(text), Some(Needs::Matter), "{text}");
        }
    }

    #[test]
    fn who_is_named_or_told_of_is_enough() {
        for text in [
            "Ina Holt said she was hurt.",
            "A passenger lost his boat.",
            "It is unclear who struck the pier.",
            "It was the third fire of the year.",
            "One sailor was treated at the quay.",
            "“We heard the horn,” said Ina Holt.",
            "That man is a keeper.",
            "The US fleet left the port.",
            "Two ferries collided off Marsh Point.",
        ] {
            assert_eq!(of(text), None, "{text}");
        }
    }

    #[test]
    fn several_are_told_of_by_a_noun_or_by_two_names() {
        for (text, several) in [
            ("Three sailors left the quay.", true),
            ("Police shut the lock.", true),
            ("Ina Holt and Danilo Soto left.", true),
            ("Ina Holt left the quay.", false),
            ("A sailor left the quay and the lock.", false),
            ("And Holt left.", false),
        ] {
            assert_eq!(tells_of_several(text, Span::new(0, text.len())), several, "{text}");
        }
    }

    #[test]
    fn a_speaker_speaks_for_himself() {
        let text = "“We heard the horn,” the keeper's office said.";
        assert_eq!(needs(text, Span::new(0, text.len()), true), None);
    }

    #[test]
    fn the_first_word_is_a_name_where_the_text_has_it_elsewhere() {
        let text = "Holt said she ran. The mate, Holt, was hurt.";
        assert_eq!(needs(text, Span::new(0, 18), false), None);
        let text = "Nobody said she ran. The worker was hurt.";
        assert_eq!(needs(text, Span::new(0, 20), false), Some(Needs::Person));
        assert!(tells_of_somebody(text, Span::new(21, text.len())));
    }
}
