//! How much a unique span tells, and why: its rare words, the names, figures and quotes that no other article has.

use std::ops::Range;

use crate::align::Stemmer;
use crate::clause::Word;
use crate::link::share_in_news;
use crate::span::Span;
use crate::story::Story;

/// For each term of the story how rare it is in news at large: 0 in one sentence of twenty, 1 in none that we know.
pub(super) fn rarity(story: &Story) -> Vec<f32> {
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
    pub sentence: Span,
    pub text: &'a str,
    pub words: &'a [Word],
    /// For each word the probability that no other article says it.
    pub novelty: &'a [f32],
    /// For each term of the story.
    pub rarity: &'a [f32],
    pub story: &'a Story,
}

/// A name is worth telling from this rarity on: "Rosatom", not "America".
const MIN_RARITY: f32 = 0.4;
/// What the second name adds to the first, the third to the second: a list is not the best of all.
const NEXT: f32 = 0.7;
/// As many names or figures as a reason gives.
const N_GIVEN: usize = 3;

impl Telling<'_> {
    /// How much the words of a span tell, and why it is worth reading.
    pub fn tell(&self, span: &Range<usize>) -> (f32, Vec<String>) {
        let weight = |at: usize| {
            let share = if self.is_alone(at) { 1.0 } else { 0.3 };
            self.words[at].weight * self.novelty[at] * share * self.rarity_of(at)
        };
        let mut score = span.clone().map(weight).sum::<f32>().sqrt();
        let mut reasons = Vec::new();
        let (names, figures) = (self.names(span), self.figures(span));
        let mut worth: Vec<f32> = names.iter().map(|name| name.1).chain(figures.iter().map(|_| 1.0)).collect();
        worth.sort_by(|a, b| b.total_cmp(a));
        score += worth.iter().zip(0..).map(|(worth, at)| worth * NEXT.powi(at)).sum::<f32>();
        let given = |all: Vec<&str>| all.into_iter().take(N_GIVEN).collect::<Vec<_>>().join(", ");
        if !names.is_empty() {
            reasons.push(format!("only this article names {}", given(names.iter().map(|name| name.0).collect())));
        }
        if !figures.is_empty() {
            reasons.push(format!("the only figure of {}", given(figures)));
        }
        if self.is_quote(span) {
            reasons.push("a quote nobody else has".to_owned());
            score += 0.5;
        }
        if reasons.is_empty() {
            let words = given(self.rarest(span));
            reasons.push(match words.is_empty() {
                true => "no other article says it".to_owned(),
                false => format!("no other article mentions {words}"),
            });
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

    /// The rarest words that no other article has, in order.
    fn rarest(&self, span: &Range<usize>) -> Vec<&str> {
        let alone = |at: &usize| self.is_alone(*at) && self.words[*at].weight > 0.0;
        let mut words: Vec<usize> = span.clone().filter(alone).collect();
        words.sort_by(|&a, &b| self.rarity_of(b).total_cmp(&self.rarity_of(a)).then(a.cmp(&b)));
        words.truncate(N_GIVEN);
        words.sort_unstable();
        words.into_iter().map(|at| self.said(at)).collect()
    }

    /// Names with a rare word that stands in no other article, and how rare it is; not the sentence's first word.
    fn names(&self, span: &Range<usize>) -> Vec<(&str, f32)> {
        let mut names: Vec<(&str, f32)> = Vec::new();
        let mut at = span.start;
        while at < span.end {
            if !self.is_capital(at) {
                at += 1;
                continue;
            }
            let run = at..self.name_end(at, span.end);
            at = run.end;
            // A lone capital at the start of a sentence says nothing.
            let named = run.len() > 1 || run.start > 0 && !self.opens(run.start);
            let rare = |at: &usize| {
                let short = self.said(*at).chars().filter(|c| c.is_alphabetic()).count() < 3;
                self.words[*at].weight > 0.0 && self.is_alone(*at) && !short && !CALENDAR.contains(&self.said(*at))
            };
            let rarity = run.clone().filter(rare).map(|at| self.rarity_of(at)).fold(0.0, f32::max);
            let name = Span::new(self.words[run.start].span.start, self.words[run.end - 1].span.end).of(self.text);
            let name = name.strip_suffix("’s").or(name.strip_suffix("'s")).unwrap_or(name);
            if named && rarity >= MIN_RARITY && names.iter().all(|other| other.0 != name) {
                names.push((name, rarity));
            }
        }
        names
    }

    fn is_capital(&self, at: usize) -> bool {
        self.words[at].weight > 0.0 && self.said(at).starts_with(char::is_uppercase)
    }

    /// One past the last word of the name that starts at `start`: "Ursula von der Leyen", "James T. Renacci".
    fn name_end(&self, start: usize, limit: usize) -> usize {
        const PARTICLES: &[&str] =
            &["al", "bin", "da", "de", "del", "der", "di", "el", "la", "of", "the", "van", "von"];
        let mut end = start + 1;
        loop {
            let initial = self.said(end - 1).chars().count() == 1;
            if !(matches!(self.gap(end - 1), " " | "-") || initial && self.gap(end - 1) == ". ") {
                return end;
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
        self.gap(at - 1).contains(['"', '“', ':', '‘', '.', '•'])
    }

    /// Figures that stand in no other article, with their sign and unit; not the day of a date, nor "9/11".
    fn figures(&self, span: &Range<usize>) -> Vec<&str> {
        let mut figures = Vec::new();
        for at in span.clone() {
            let word = &self.words[at];
            let digits = self.said(at).starts_with(|c: char| c.is_ascii_digit());
            let month = at > 0 && CALENDAR.contains(&self.said(at - 1));
            let slashed = self.gap(at) == "/" || at > 0 && self.gap(at - 1) == "/";
            if !digits || month || slashed || self.novelty[at] < 0.5 || !self.is_alone(at) {
                continue;
            }
            let sign = self.text[..word.span.start].chars().next_back().filter(|c| "$£€¥₹".contains(*c));
            let start = word.span.start - sign.map_or(0, char::len_utf8);
            let unit = (at + 1 < span.end && matches!(self.gap(at), " " | "-"))
                .then(|| &self.words[at + 1])
                .filter(|next| next.weight > 0.0 && next.span.of(self.text).starts_with(char::is_lowercase));
            let percent = self.text[word.span.end..].starts_with('%');
            figures.push(&self.text[start..unit.map_or(word.span.end + usize::from(percent), |next| next.span.end)]);
        }
        figures
    }

    /// Whether most of the span stands between quotation marks.
    fn is_quote(&self, span: &Range<usize>) -> bool {
        let quoted = quoted(self.text, self.sentence, self.words);
        let n = span.clone().filter(|&at| quoted[at]).count();
        n >= 4 && n * 2 > span.len()
    }
}

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

/// For each word whether it stands between quotation marks; a quote may begin or end in another sentence.
fn quoted(text: &str, sentence: Span, words: &[Word]) -> Vec<bool> {
    let mut quoted = vec![false; words.len()];
    let (mut inside, mut last) = (false, sentence.start);
    for at in 0..=words.len() {
        let until = words.get(at).map_or(sentence.end, |word| word.span.start);
        let gap = &text[last..until];
        for (place, c) in gap.char_indices() {
            let opens = match c {
                '“' | '«' => true,
                '”' | '»' => false,
                // A straight mark opens before a word, closes after one.
                '"' => {
                    place + 1 == gap.len() && at < words.len() && gap.len() + last - sentence.start < 2
                        || gap[..place].ends_with(char::is_whitespace)
                }
                _ => continue,
            };
            if !opens && !inside {
                quoted[..at].fill(true);
            }
            inside = opens;
        }
        if at < words.len() {
            quoted[at] = inside;
            last = words[at].span.end;
        }
    }
    quoted
}
