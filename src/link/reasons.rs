//! The evidence for a link, in a reporter's words.

use super::scorer::Scorer;
use super::{Reason, Relation};
use crate::align::{Alignment, Kind, Word};
use crate::span::Span;

/// How many shared words a reason names.
const N_WORDS: usize = 5;

/// Strongest first.
pub(super) fn reasons(scorer: &Scorer, left: usize, right: usize, alignment: &Alignment, beside: bool) -> Vec<Reason> {
    let (a, b) = (&scorer.sentences[left], &scorer.sentences[right]);
    let texts = [left, right].map(|side| &*scorer.texts[side]);
    let of = |side: usize, word: &Word| word.span.of(texts[side]);
    let mut reasons = Vec::new();
    let supports = |text: String| Reason { relation: Relation::Supports, text };
    let mut names = Vec::new();
    let mut words: Vec<(f32, usize, String)> = Vec::new();
    for &(i, j, likeness) in &alignment.matches {
        let (x, y) = (&a.words[i], &b.words[j]);
        let (said, also) = (of(0, x), of(1, y));
        let both = if said.eq_ignore_ascii_case(also) { said.to_owned() } else { format!("{said} / {also}") };
        match x.kind {
            Kind::Function => {}
            Kind::Number => {
                let same = same_figure([texts[0], texts[1]], [x.span, y.span], likeness);
                reasons.extend(same.map(|same| supports(format!("{same}: {both}"))));
            }
            Kind::Name
                if likeness >= 0.8 && scorer.are_names([(0, x), (1, y)].map(|(side, word)| (texts[side], word))) =>
            {
                names.push(both);
            }
            _ if likeness >= 0.5 => words.push((a.weights[i].min(b.weights[j]) * likeness, i, both)),
            _ => {}
        }
    }
    names.dedup();
    if !names.is_empty() {
        reasons.push(supports(format!("both name {}", names.join(", "))));
    }
    words.sort_by(|x, y| y.0.total_cmp(&x.0).then(x.1.cmp(&y.1)));
    words.truncate(N_WORDS);
    words.sort_by_key(|&(_, at, _)| at);
    if !words.is_empty() {
        let list: Vec<_> = words.into_iter().map(|(_, _, both)| both).collect();
        reasons.push(supports(format!("both say {}", list.join(", "))));
    }
    if beside {
        reasons.push(supports("the sentences beside them match too".to_owned()));
    }
    reasons
}

/// What can be said of two numbers that the aligner matched: nothing of hours and minutes, which mean another thing alone,
/// nor of a number and a place in an order or a time of day: "Three", "3.15am".
fn same_figure(texts: [&str; 2], spans: [Span; 2], likeness: f32) -> Option<&'static str> {
    let digit = |c: Option<char>| c.is_some_and(|c| c.is_ascii_digit());
    let clock = |text: &str, span: Span| {
        let before = text[..span.start].strip_suffix(':').is_some_and(|rest| digit(rest.chars().next_back()));
        before || text[span.end..].strip_prefix(':').is_some_and(|rest| digit(rest.chars().next()))
    };
    let ordinal = |text: &str, span: Span| {
        let said = span.of(text).to_lowercase();
        ["first", "second", "third", "th", "1st", "2nd", "3rd"].iter().any(|end| said.ends_with(end))
    };
    let half_day = |text: &str, span: Span| {
        let end = |said: &str| said.ends_with("am") || said.ends_with("pm");
        let behind = text[span.end..].trim_start().to_lowercase();
        let next = behind.split(|c: char| c.is_whitespace() || c == ',').next().unwrap_or("");
        end(&span.of(text).to_lowercase()) || matches!(next.trim_end_matches('.'), "am" | "pm" | "a.m" | "p.m")
    };
    let of = |at: usize| {
        let (text, span) = (texts[at], spans[at]);
        (clock(text, span), ordinal(text, span), half_day(text, span))
    };
    let (left, right) = (of(0), of(1));
    match left == right && !left.0 {
        true if likeness < 1.0 => Some("about the same figure"),
        true => Some("same figure"),
        false => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_what_counts_the_same_is_called_the_same_figure() {
        for (left, right, words, likeness, expected) in [
            ("It cost 480 marks.", "It cost 480 marks.", ["480", "480"], 1.0, Some("same figure")),
            ("It cost 480 marks.", "It cost 477 marks.", ["480", "477"], 0.6, Some("about the same figure")),
            ("It fell at 03:50.", "Three died.", ["03", "Three"], 1.0, None),
            ("It fell at 4.10pm.", "Four died.", ["4.10pm", "Four"], 0.9, None),
            ("It fell at 4 p.m. there.", "Four died.", ["4", "Four"], 1.0, None),
            ("It fell at 4 p.m.", "It fell at 4pm.", ["4", "4pm"], 1.0, Some("same figure")),
            ("Four met.", "The fourth met.", ["Four", "fourth"], 1.0, None),
            ("The 4th met.", "The fourth met.", ["4th", "fourth"], 1.0, Some("same figure")),
        ] {
            let span = |text: &str, word: &str| {
                let start = text.find(word).unwrap();
                Span::new(start, start + word.len())
            };
            let spans = [span(left, words[0]), span(right, words[1])];
            assert_eq!(same_figure([left, right], spans, likeness), expected, "{left} {right}");
        }
    }
}
