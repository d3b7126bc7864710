//! The words of a sentence around a quotation, and who is named among some of them: the name nearest to the verb, whole, and not
//! that of somebody's employer, town or mother.
//!
//! Linear in the words.

use super::known::is_state;
use super::marks::Marked;
use super::surname::{KIN, PARTICLES, is_rare};
use crate::calendar::WEEKDAYS;
use crate::clause::{is_function_word, is_opener};
use crate::reading::is_person;
use crate::span::Span;
use crate::token::{Token, words};

/// How a description begins.
pub(super) const ARTICLES: &[&str] = &["the", "a", "an", "his", "her", "its", "their"];
/// What stands between a description and a name that is somebody else's: "the father of Ina Holt".
pub(super) const OF: &[&str] = &["of", "for", "from", "with", "by"];
/// A name behind these is not who does something: "lawyers for Ina Holt said".
#[rustfmt::skip]
const PREPOSITIONS: &[&str] = &[
    "about", "by", "for", "from", "into", "like", "of", "over", "through", "to", "toward", "towards", "unlike", "with",
];
/// Nor is it behind these, which say where somebody is: "said friends near Dale", "a sign above Ina Holt said".
#[rustfmt::skip]
const WHERE: &[&str] = &[
    "above", "across", "against", "alongside", "behind", "below", "beneath", "beside", "between", "inside", "near", "opposite", "outside",
    "under", "within",
];
fn is_preposition(word: &str) -> bool {
    PREPOSITIONS.contains(&word) || WHERE.contains(&word)
}

/// Whether a lower-cased word stands before a noun, and never before a verb that has a subject: "their", "of".
pub(super) fn leads_a_noun(word: &str) -> bool {
    ARTICLES.contains(&word) || is_preposition(word) || matches!(word, "any" | "no" | "on" | "these" | "those")
}

/// What somebody is called by before a name.
#[rustfmt::skip]
pub(super) const OFFICES: &[&str] = &[
    "attorney", "chairman", "chairwoman", "chief", "commissioner", "coroner", "director", "governor", "judge", "manager", "mayor",
    "minister", "president", "principal", "prosecutor", "secretary", "sheriff", "spokesman", "spokesperson", "spokeswoman",
    "superintendent",
];

/// A stretch of text beside a quotation, without the words that other quotations hold.
pub(super) struct Stretch<'a> {
    pub text: &'a str,
    pub tokens: Vec<Span>,
}

impl Stretch<'_> {
    pub fn new<'a>(text: &'a str, outside: Span, marked: &[Marked]) -> Stretch<'a> {
        let token = |token: &Token| token.span.shifted(outside.start);
        let from = marked.partition_point(|quote| quote.end <= outside.start);
        let others = || marked[from..].iter().take_while(|quote| quote.span.start < outside.end);
        let free = |token: &Span| !others().any(|quote| quote.span.contains(*token));
        Stretch { text, tokens: words(outside.of(text)).iter().map(token).filter(free).collect() }
    }

    pub fn said(&self, at: usize) -> &str {
        self.tokens[at].of(self.text)
    }

    pub fn lower(&self, at: usize) -> String {
        self.said(at).to_lowercase()
    }

    pub fn is_capital(&self, at: usize) -> bool {
        self.said(at).starts_with(char::is_uppercase)
    }

    /// What stands between a word and the next.
    pub fn gap(&self, at: usize) -> &str {
        &self.text[self.tokens[at].end..self.tokens[at + 1].start]
    }

    pub fn plain(&self, at: usize) -> bool {
        matches!(self.gap(at), " " | "-" | ". " | "’" | "'") || self.owns_behind_s(at)
    }

    /// "the Reds' | captain"
    fn owns_behind_s(&self, at: usize) -> bool {
        at + 1 < self.tokens.len() && matches!(self.gap(at), "' " | "’ ") && self.said(at).ends_with(['s', 'x', 'z'])
    }

    /// Whether a word says whose the next is: "Holt's mother", "the Reds' captain".
    fn owns(&self, at: usize) -> bool {
        self.said(at).ends_with("'s") || self.said(at).ends_with("’s") || self.owns_behind_s(at)
    }

    /// Whether the words behind a name say that it belongs to them, and they own somebody: "the Ferris | brothers' mother".
    fn owns_by_kind(&self, last: usize) -> bool {
        const LONGEST: usize = 2;
        let mut at = last;
        while at < last + LONGEST && at + 1 < self.tokens.len() && self.gap(at) == " " {
            at += 1;
            if !self.said(at).starts_with(char::is_lowercase) {
                return false;
            }
            if self.owns(at) {
                return true;
            }
        }
        false
    }

    /// Whether a quotation, or another half of the sentence, stands between a word and the next.
    pub fn crosses(&self, at: usize) -> bool {
        self.gap(at).contains(|c: char| c.is_alphanumeric() || matches!(c, '“' | '”' | '"' | ';' | ':'))
    }

    /// "the keeper of the lock": some words from an article on, of more than those what stands before an "of".
    pub fn description(&self, among: &[usize]) -> Option<Span> {
        const LONGEST: usize = 6;
        let run: Vec<usize> = among.iter().copied().take(LONGEST).collect();
        let first = *run.first().filter(|&&first| ARTICLES.contains(&&*self.lower(first)))?;
        let mut last = first;
        // "the keeper | over the weekend", "the keeper | had", "a sign | above the lock"
        let ends = |at: usize| {
            let word = self.lower(at);
            let goes_on = matches!(&*word, "also" | "during" | "had" | "has" | "have" | "later" | "over" | "through");
            goes_on || WHERE.contains(&&*word)
        };
        while run.contains(&(last + 1)) && self.plain(last) && !ends(last + 1) {
            last += 1;
        }
        // "the council's minutes | of their last meeting in May"
        let cut = run.len() == LONGEST
            && last + 1 - first == LONGEST
            && among.contains(&(last + 1))
            && self.plain(last)
            && !ends(last + 1);
        if let Some(of) = (first..=last).rev().find(|&at| cut && OF.contains(&&*self.lower(at))) {
            last = of;
        }
        while last > first && (OF.contains(&&*self.lower(last)) || ARTICLES.contains(&&*self.lower(last))) {
            last -= 1;
        }
        (last > first).then(|| Span::new(self.tokens[first].start, self.tokens[last].end))
    }

    /// "a spokesman for the port, | Ina Holt", "the head of the union, | Ina Holt": who speaks for a body or leads it. Nobody is
    /// named by "a spokesman for the city of Dale, Ohio" or "the mother of the victim, Ina Holt".
    pub fn spokesperson(&self, among: &[usize]) -> Option<Span> {
        let named = |at: usize| self.said(at).starts_with(char::is_uppercase);
        let of = *among.iter().find(|&&at| OF.contains(&self.said(at)))?;
        let comma = among.windows(2).rposition(|pair| self.gap(pair[0]) == ", ")?;
        let body = self.said(among[comma]);
        let kin = among[..comma].iter().take_while(|&&at| at < of).any(|&at| KIN.contains(&self.said(at)));
        let led = self.said(of) == "of" && among[comma] > of && !named(among[comma]) && !is_person(body) && !kin;
        let name = &among[comma + 1..];
        let whole =
            name.iter().all(|&at| named(at)) && name.windows(2).all(|pair| matches!(self.gap(pair[0]), " " | ". "));
        let span = Span::new(self.tokens[name[0]].start, self.tokens[*name.last()?].end);
        let speaks = self.said(of) == "for" || led;
        (speaks && whole && name.len() > 1 && !is_state(span.of(self.text))).then_some(span)
    }

    /// The run of capitalised words nearest to the verb among some tokens before or behind it.
    pub fn name(&self, among: &[usize], before: bool) -> Option<Span> {
        let (text, tokens) = (self.text, &self.tokens);
        let capital = |at: usize| {
            let word = self.lower(at);
            self.said(at).starts_with(char::is_uppercase) && !is_function_word(&word) && !WEEKDAYS.contains(&&*word)
        };
        let mut found: Option<Span> = None;
        let mut at = 0;
        while at < among.len() {
            let mut first = among[at];
            if !capital(first) {
                at += 1;
                continue;
            }
            let mut last = first;
            loop {
                let joined = |at: usize| self.plain(at) || self.gap(at) == "/";
                let next =
                    (last + 1..).take_while(|at| among.contains(at) && PARTICLES.contains(&self.said(*at))).last();
                let next = next.map_or(last + 1, |particle| particle + 1);
                let whole = (last..next).all(|at| among.contains(&(at + 1)) && joined(at));
                if !whole || !capital(next) && !text[tokens[last].end..].starts_with('-') {
                    break;
                }
                last = next;
            }
            let taken = last + 1 - first;
            first = self.with_given_names(among, first);
            // "Holt's mother, Maud Ferris", and what is meant for it: "Holt mother, Maud Ferris"
            let relative = among.contains(&(last + 2))
                && self.plain(last)
                && self.said(last + 1).starts_with(char::is_lowercase)
                && self.gap(last + 1) == ", "
                && capital(last + 2);
            let owner = self.owns(last) || relative || self.owns_by_kind(last);
            let attribute = is_attribute(text, tokens, among, last, before) || is_party(text, tokens, first);
            // "Ina Holt of Dale said", "lawyers for Ina Holt said", "said the man holding Ina Holt"
            // "a keeper for the | Dale Board told the port"
            let the = first > 1 && before && ARTICLES.contains(&&*self.lower(first - 1)) && self.gap(first - 1) == " ";
            let before_it =
                (first - usize::from(the)).checked_sub(1).filter(|&at| self.gap(at) == " ").map(|at| self.lower(at));
            let holds = |word: &str| !before && word.ends_with("ing") && !matches!(word, "morning" | "evening");
            let leans = before_it.is_some_and(|word| is_preposition(&word) || holds(&word));
            // "the Gazette's Ina Holt"
            let owned = (first..last.saturating_sub(1)).rev().find(|&at| self.owns(at));
            let newsroom = |at: usize| self.said(at).chars().filter(|c| c.is_uppercase()).count() > 1;
            let the = first > 0 && self.lower(first - 1) == "the";
            let apart = |owner: &usize| newsroom(*owner) || the && (owner + 1..=last).all(|at| is_rare(self.said(at)));
            if let Some(owned) = owned.filter(apart) {
                first = owned + 1;
            }
            if leans && !before && among[0] != among[at] {
                return None;
            }
            let leans = leans && (before || among[0] != among[at]);
            if let Some(whole) = self.behind_office(among, first, last) {
                found = Some(whole);
                if !before {
                    break;
                }
                at = among.len();
                continue;
            }
            if !attribute && !leans && (!owner || found.is_none() && last == among[among.len() - 1]) {
                found = Some(Span::new(tokens[first].start, tokens[last].end));
                if !before {
                    break;
                }
            }
            at += taken;
        }
        found
    }
}

impl Stretch<'_> {
    /// Where a name begins that has words of the language before what is surely one: "Per | Lund", "Will | Marsh", "In-su |
    /// Park". Within a sentence their capital says so.
    fn with_given_names(&self, among: &[usize], mut first: usize) -> usize {
        let own = |at: usize| among.contains(&at) && self.is_given_name(at);
        while let Some(before) = first.checked_sub(1).filter(|&at| self.gap(at) == " ") {
            if own(before) {
                first = before;
            } else if before > 0 && among.contains(&before) && self.gap(before - 1) == "-" && own(before - 1) {
                first = before - 1;
            } else {
                break;
            }
        }
        first
    }

    /// Whether a word of the language has the capital of a name: it does not begin its sentence, or none begins so.
    pub fn is_given_name(&self, at: usize) -> bool {
        let word = self.lower(at);
        if !self.is_capital(at) || !is_function_word(&word) || matches!(&*word, "the" | "a" | "i") {
            return false;
        }
        let before = self.text[..self.tokens[at].start].trim_end();
        let before = before.trim_end_matches(['"', '”', '\'', '’', '»']);
        before.ends_with(|c: char| c.is_lowercase() || c.is_ascii_digit() || c == ',')
            || matches!(&*word, "may" | "will" | "per")
    }

    /// Who holds an office that the capitalised words from `first` to `last` name: "Dale County Sheriff, | Ina Holt", "Chief of
    /// Detectives | Ina Holt".
    fn behind_office(&self, among: &[usize], first: usize, last: usize) -> Option<Span> {
        const FEWEST: usize = 2;
        if !OFFICES.contains(&&*self.lower(last)) || !among.contains(&(last + 1)) {
            return None;
        }
        let capitals = |from: usize| {
            let joined = move |at: usize| at == from || self.plain(at - 1);
            (from..).take_while(move |&at| among.contains(&at) && self.is_capital(at) && joined(at))
        };
        let name: Vec<usize> = match self.gap(last) {
            ", " if last > first => capitals(last + 1).collect(),
            // "Mayor of New Dale" names no one: the name is what is rare behind one word at least.
            " " if self.lower(last + 1) == "of" => {
                let all: Vec<usize> = capitals(last + 2).skip(1).collect();
                let common = all.iter().rposition(|&at| !is_rare(self.said(at))).map_or(0, |at| at + 1);
                all[common..].to_vec()
            }
            _ => return None,
        };
        let span = Span::new(self.tokens[*name.first()?].start, self.tokens[*name.last()?].end);
        let whole = name.len() >= FEWEST && !name.iter().any(|&at| self.owns(at)) && !is_state(span.of(self.text));
        whole.then_some(span)
    }
}

/// Takes off what a pair of commas sets between a name and its verb: "Ina Holt, a candidate for Dale Council, D-Ohio, |
/// said".
pub(super) fn drop_asides(text: &str, tokens: &[Span], preceding: &mut Vec<usize>) {
    let gap = |at: usize| &text[tokens[at].end..tokens[at + 1].start];
    while let Some(comma) = preceding.windows(2).rposition(|pair| gap(pair[0]).contains(',')) {
        let (first, last) = (preceding[comma + 1], preceding[preceding.len() - 1]);
        let aside = Span::new(tokens[first].start, tokens[last].end).of(text);
        let described = aside.starts_with(|c: char| c.is_lowercase() || c.is_ascii_digit());
        if !described && !is_party(text, tokens, first) && !is_state(aside) {
            return;
        }
        preceding.truncate(comma + 1);
    }
}

/// "Ohio", "D-Ohio"
pub(super) fn is_place(text: &str, tokens: &[Span], among: &[usize]) -> bool {
    let (first, last) = (among[0], among[among.len() - 1]);
    is_party(text, tokens, first) || is_state(Span::new(tokens[first].start, tokens[last].end).of(text))
}

/// "D-Ohio"
fn is_party(text: &str, tokens: &[Span], at: usize) -> bool {
    tokens[at].len() == 1 && text[tokens[at].end..].starts_with('-')
}

/// Whether the capitalised words up to `last` say only for whom the one works who is named behind, or who has no name: "Quay Bank
/// | economist Ina Holt", "the KQX | agent said".
fn is_attribute(text: &str, tokens: &[Span], among: &[usize], last: usize, before: bool) -> bool {
    const LONGEST: usize = 3;
    let said = |at: usize| tokens[at].of(text);
    let noun = |at: usize| {
        let word = said(at);
        word.chars().all(char::is_lowercase)
            && !is_function_word(word)
            && !is_opener(word)
            && !["ed", "ing", "ly"].iter().any(|ending| word.ends_with(ending))
            && !matches!(word, "yesterday" | "today" | "tonight" | "tomorrow")
    };
    let goes_on = |at: usize| among.contains(&(at + 1)) && text[tokens[at].end..tokens[at + 1].start] == *" ";
    let mut at = last;
    while at < last + LONGEST && goes_on(at) && noun(at + 1) {
        at += 1;
    }
    let named = goes_on(at) && said(at + 1).starts_with(char::is_uppercase);
    at > last && (named || before && among.last() == Some(&at))
}
