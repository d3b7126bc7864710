//! How much a unique span tells, and why: its rare words, the names, figures and quotes that no other article has.

use std::ops::Range;

use super::known::{Known, numbers};
use super::quoted::{Quoted, has_mark};
use crate::align::Stemmer;
use crate::clause::{Word, is_finite_verb};
use crate::link::share_in_news;
use crate::span::Span;
use crate::story::Story;

/// For each term of the story how rare it is in news at large: 0 in one sentence of twenty, 1 in none that we know. All are
/// alike in a language of which that is not known.
pub(super) fn rarity(story: &Story) -> Vec<f32> {
    if !story.language.has_rules() {
        return vec![1.0; story.vocabulary.len()];
    }
    const COMMON: f32 = 3.0;
    const UNHEARD: f32 = 12.0;
    let stemmer = Stemmer::default();
    let terms = (0..story.vocabulary.len()).map(|term| story.vocabulary.term(term.into()));
    terms
        .map(|term| {
            let surprise = -share_in_news(&stemmer.stem(term)).ln();
            ((surprise - COMMON) / (UNHEARD - COMMON)).clamp(0.1, 1.0)
        })
        .collect()
}

/// A sentence that holds unique spans.
pub(super) struct Telling<'a> {
    /// The number of its article.
    pub article: usize,
    pub text: &'a str,
    pub words: &'a [Word],
    /// For each term of the story.
    pub rarity: &'a [f32],
    pub story: &'a Story,
    pub known: &'a Known,
    /// Its quotations.
    pub quotes: Vec<Quoted<'a>>,
    /// Who publishes its article, lower-cased: an outlet that names itself tells nothing.
    pub outlet: String,
    /// Whether it is a headline, where capitals say nothing.
    pub headline: bool,
}

/// A name is worth telling from this rarity on: "Rosatom", not "America".
const MIN_RARITY: f32 = 0.4;
/// What the second name adds to the first, the third to the second: a list is not the best of all.
const NEXT: f32 = 0.7;
/// As many names or figures as a reason gives.
const N_GIVEN: usize = 3;

impl Telling<'_> {
    /// How much the words of a span tell, and what of them no other article has.
    pub fn tell(&self, span: Span) -> (f32, Vec<String>) {
        let start = self.words.partition_point(|word| word.span.start < span.start);
        let end = self.words.partition_point(|word| word.span.end <= span.end);
        let range = start..end.max(start);
        let weight = |at: usize| {
            let share = if self.is_alone(at) { 1.0 } else { 0.3 };
            self.words[at].weight * share * self.rarity_of(at)
        };
        let mut score = range.clone().map(weight).sum::<f32>().sqrt();
        let mut reasons = Vec::new();
        let (names, figures) = (self.names(&range), self.figures(&range));
        let mut worth: Vec<f32> = names.iter().map(|name| name.1).chain(figures.iter().map(|_| 1.0)).collect();
        worth.sort_by(|a, b| b.total_cmp(a));
        score += worth.iter().zip(0..).map(|(worth, at)| worth * NEXT.powi(at)).sum::<f32>();
        let given = |all: Vec<&str>| all.into_iter().take(N_GIVEN).collect::<Vec<_>>().join(", ");
        // What shows no quotation mark is no quote to a reader: half of one that runs over sentences, or a mark gone astray.
        let shown = has_mark(span.of(self.text));
        let quote = self.quotes.iter().find(|quote| shown && !quote.shared && quote.span.overlaps(span));
        if let Some(quote) = quote {
            reasons.push(match quote.only_speaker {
                Some(speaker) => format!("the only one to quote {speaker}"),
                None => "a quote nobody else has".to_owned(),
            });
            score += 0.5;
        }
        let speaker = quote.and_then(|quote| quote.only_speaker);
        let names: Vec<&str> = names.iter().map(|name| name.0).collect();
        let names: Vec<&str> =
            names.into_iter().filter(|name| !speaker.is_some_and(|speaker| speaker.contains(name))).collect();
        if !names.is_empty() {
            reasons.push(format!("only this article names {}", given(names)));
        }
        let (sums, counts): (Vec<&str>, Vec<&str>) =
            figures.into_iter().partition(|figure| figure.starts_with(CURRENCIES));
        if !sums.is_empty() {
            reasons.push(format!("the only source for {}", given(sums)));
        }
        if !counts.is_empty() {
            reasons.push(format!("the only figure of {}", given(counts)));
        }
        (score, reasons)
    }

    fn is_alone(&self, at: usize) -> bool {
        self.story.n_articles[self.words[at].term.index()] == 1
    }

    fn rarity_of(&self, at: usize) -> f32 {
        self.rarity[self.words[at].term.index()]
    }

    fn said(&self, at: usize) -> &str {
        self.words[at].span.of(self.text)
    }

    /// What stands between a word and the next.
    fn gap(&self, at: usize) -> &str {
        self.words.get(at + 1).map_or("", |next| &self.text[self.words[at].span.end..next.span.start])
    }

    /// Names with a rare word that no other article has in any form, and how rare it is; not the sentence's first word. None
    /// where a capital makes no name.
    fn names(&self, span: &Range<usize>) -> Vec<(&str, f32)> {
        let mut names: Vec<(&str, f32)> = Vec::new();
        let mut at = if self.headline || !self.story.language.has_names() { span.end } else { span.start };
        while at < span.end {
            if !self.is_capital(at) {
                at += 1;
                continue;
            }
            let mut run = at..self.name_end(at, span.end);
            at = run.end;
            // "Shares of Arlen Corp." at the start of a sentence.
            let opens = run.start == 0 || self.opens(run.start);
            if opens && run.len() > 2 && self.said(run.start + 1) == "of" && self.rarity_of(run.start) < MIN_RARITY {
                run.start += 2;
            }
            // A lone capital at the start of a sentence says nothing, nor does one before a number: "Berth 9".
            let numbered = self.gap(run.end - 1) == " "
                && self
                    .words
                    .get(run.end)
                    .is_some_and(|next| next.span.of(self.text).starts_with(|c: char| c.is_ascii_digit()));
            let named = run.len() > 1 || run.start > 0 && !self.opens(run.start) && !numbered;
            let telling = |at: &usize| {
                let short = self.said(*at).chars().filter(|c| c.is_alphabetic()).count() < 3;
                self.is_capital(*at)
                    && self.rarity_of(*at) >= MIN_RARITY
                    && !short
                    && !CALENDAR.contains(&self.said(*at))
            };
            let telling: Vec<usize> = run.clone().filter(telling).collect();
            let rarity = telling.iter().map(|&at| self.rarity_of(at)).fold(0.0, f32::max);
            let name = Span::new(self.words[run.start].span.start, self.words[run.end - 1].span.end).of(self.text);
            let name = name.strip_suffix("’s").or(name.strip_suffix("'s")).unwrap_or(name);
            let name = without_owner(name);
            let forms: Vec<&str> = run.clone().map(|at| self.said(at)).collect();
            let telling: Vec<&str> = telling.iter().map(|&at| self.said(at)).collect();
            if named
                && !telling.is_empty()
                && !telling.iter().all(|word| self.outlet.contains(&word.to_lowercase()))
                && names.iter().all(|other| other.0 != name)
                && self.known.is_only_name(self.article, &forms, &telling)
            {
                names.push((name, rarity));
            }
        }
        names
    }

    fn is_capital(&self, at: usize) -> bool {
        self.words[at].weight > 0.0 && self.said(at).starts_with(char::is_uppercase)
    }

    /// One past the last word of the name that starts at `start`: "Ursula von der Leyen", "James T. Renacci", "Ching-te".
    fn name_end(&self, start: usize, limit: usize) -> usize {
        const PARTICLES: &[&str] =
            &["al", "bin", "da", "de", "del", "der", "di", "el", "la", "of", "the", "van", "von"];
        let mut end = start + 1;
        loop {
            // "Ching-te", and not "Budapest-based"
            if end < limit && self.gap(end - 1) == "-" {
                if self.said(end).starts_with(char::is_lowercase) && self.said(end).chars().count() > 3 {
                    return end;
                }
                end += 1;
                continue;
            }
            let initial = self.said(end - 1).chars().count() == 1;
            // "Dock Workers' Union"
            let plural = matches!(self.gap(end - 1), "' " | "’ ");
            if !(self.gap(end - 1) == " " || plural || initial && self.gap(end - 1) == ". ") {
                return end;
            }
            // "Ministry of Ports and Rivers", not "Holt and Pell"
            let long = (start..end).any(|at| self.said(at) == "of");
            let and = long && end < limit && self.said(end) == "and" && self.gap(end) == " ";
            if and && end + 1 < limit && self.is_capital(end + 1) {
                end += 2;
                continue;
            }
            let mut next = end;
            while next < limit && next < end + 2 && PARTICLES.contains(&self.said(next)) && self.gap(next) == " " {
                next += 1;
            }
            if next >= limit || !self.is_capital(next) {
                return end;
            }
            end = next + 1;
        }
    }

    /// Whether the word stands after a mark that lets a sentence begin.
    fn opens(&self, at: usize) -> bool {
        self.gap(at - 1).contains(['"', '“', ':', '‘', '.', '•', '—', '–', '(', '|'])
    }

    /// Figures that no other article has, with their sign or unit: sums, shares, what is counted; no dates, clock times,
    /// years, telephone numbers or scores.
    fn figures(&self, span: &Range<usize>) -> Vec<&str> {
        let forms: Vec<&str> = (0..self.words.len()).map(|at| self.said(at)).collect();
        let mut figures: Vec<&str> = Vec::new();
        for at in span.clone() {
            let word = &self.words[at];
            let said = self.said(at);
            if !said.starts_with(|c: char| c.is_ascii_digit()) {
                continue;
            }
            let before = at.checked_sub(1).map_or("", |before| self.gap(before));
            let attached = |gap: &str| gap.ends_with(['-', '/', '.', ':', '#', '(']) || gap.starts_with(['/', ':']);
            let month = at > 0 && CALENDAR.contains(&self.said(at - 1));
            let next = self.words.get(at + 1);
            let numbered = next.is_some_and(|next| next.span.of(self.text).starts_with(|c: char| c.is_ascii_digit()));
            // "Act 77", "Berth 9": a number that names
            let names = at > 1 && before == " " && self.is_capital(at - 1);
            if month
                || names
                || attached(before)
                || self.gap(at).starts_with(['/', ':'])
                || numbered && self.gap(at).len() < 3
            {
                continue;
            }
            let sign = self.text[..word.span.start].chars().next_back().filter(|c| CURRENCIES.contains(c));
            let start = word.span.start - sign.map_or(0, char::len_utf8);
            let unit = next
                .filter(|next| matches!(self.gap(at), " " | "-") && next.weight > 0.0)
                .filter(|next| next.span.of(self.text).starts_with(char::is_lowercase))
                .filter(|next| !matches!(next.span.of(self.text), "a.m" | "p.m" | "am" | "pm" | "year" | "o'clock"));
            let percent = self.text[word.span.end..].starts_with('%');
            let attached_unit = said.ends_with(|c: char| c.is_alphabetic())
                && !said.ends_with("am")
                && !said.ends_with("pm")
                && !["th", "st", "nd", "rd", "s"].iter().any(|ordinal| said.ends_with(ordinal));
            if sign.is_none() && !percent && unit.is_none() && !attached_unit {
                continue;
            }
            if !self.known.is_only_number(self.article, &numbers(&forms, at)) {
                continue;
            }
            // "640 large dams"
            let second = self.words.get(at + 2).filter(|second| {
                unit.is_some()
                    && self.gap(at + 1) == " "
                    && second.weight > 0.0
                    && at + 2 < span.end
                    && second.span.of(self.text).starts_with(char::is_lowercase)
                    && !is_finite_verb(second.span.of(self.text))
                    && !second.span.of(self.text).ends_with("ed")
                    && !matches!(second.span.of(self.text), "ago" | "earlier" | "last" | "later" | "next")
            });
            let unit = unit.map(|unit| second.unwrap_or(unit));
            let end = unit.map_or(word.span.end + usize::from(percent), |unit| unit.span.end);
            figures.push(&self.text[start..end]);
        }
        figures
    }
}

/// "Gazette's Ina Holt" is Ina Holt; a "St Brannoc's Church" is no Church.
fn without_owner(name: &str) -> &str {
    let owned = ["'s ", "’s "].iter().filter_map(|mark| name.split_once(mark)).next();
    owned.map(|(_, owned)| owned).filter(|owned| owned.split_whitespace().count() > 1).unwrap_or(name)
}

const CURRENCIES: [char; 5] = ['$', '£', '€', '¥', '₹'];

/// Days and months, which name nobody.
const CALENDAR: &[&str] = &[
    "Monday",
    "Tuesday",
    "Wednesday",
    "Thursday",
    "Friday",
    "Saturday",
    "Sunday",
    "January",
    "February",
    "March",
    "April",
    "May",
    "June",
    "July",
    "August",
    "September",
    "October",
    "November",
    "December",
    "Jan",
    "Feb",
    "Mar",
    "Apr",
    "Jun",
    "Jul",
    "Aug",
    "Sept",
    "Sep",
    "Oct",
    "Nov",
    "Dec",
];
