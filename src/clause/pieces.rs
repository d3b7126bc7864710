//! Where a sentence may be cut: at marks, and before conjunctions that a verb follows.

use std::ops::Range;

use super::lower;
use super::verb::{asserts, is_finite, is_verb};
use crate::span::Span;

/// Conjunctions between clauses of equal rank.
pub(super) const JOINING: &[&str] = &["although", "and", "but", "or", "so", "though", "whereas", "while"];
/// Conjunctions whose clause says when or why.
///
/// What "until" and "before" say is part of the claim: "will have to work until they are 67".
pub(super) const TURNING: &[&str] = &["after", "as", "because", "since", "when"];
/// "Since" behind these and "as" or "so" before those open no clause: "has since gone bust", "as best I can", "as
/// part of the deal", "has so far".
const NO_TURN_AFTER: &[&str] = &["ever", "had", "has", "have", "so", "such"];
const NO_TURN_BEFORE: &[&str] = &["best", "far", "few", "little", "long", "many", "much", "part", "soon", "well"];
/// "After" behind these tells a time, not an event: "days after his election".
pub(super) const TIMES: &[&str] = &[
    "century",
    "day",
    "days",
    "decade",
    "decades",
    "hour",
    "hours",
    "immediately",
    "just",
    "long",
    "minute",
    "minutes",
    "month",
    "months",
    "night",
    "only",
    "seconds",
    "shortly",
    "soon",
    "week",
    "weeks",
    "year",
    "years",
];
/// Outcomes that a headline appends without a comma: "Ship hits bridge killing two".
pub(super) const OUTCOMES: &[&str] = &["injuring", "killing", "wounding"];
/// "Killing two who were at work": a verb behind these is their own.
pub(super) const RELATIVE: &[&str] = &["that", "where", "which", "who", "whom", "whose"];
/// "Accused of killing", "shooting and killing": no outcome.
const NO_OUTCOME_AFTER: &[&str] =
    &["after", "and", "before", "by", "fatally", "for", "from", "in", "of", "or", "the", "to", "with", "without"];

/// One stretch between two cuts.
#[derive(Debug, Clone)]
pub(super) struct Piece {
    pub words: Range<usize>,
    /// Whether a semicolon, a dash or a bar stands before it: what follows may lack a verb and still be a claim.
    pub apart: bool,
}

/// Cuts at marks, and before a conjunction that a verb follows.
///
/// A relative clause without a mark belongs to its noun ("those who plan to build it should look elsewhere").
pub(super) fn pieces(text: &str, words: &[Span]) -> Vec<Piece> {
    let gap = |at: usize| &text[words[at - 1].end..words[at].start];
    // "5:42" and "1,5" are in one piece.
    let marked = |at: usize| gap(at).chars().any(is_mark) && !matches!(gap(at), ":" | ",");
    let is = |list: &[&str], at: usize| list.contains(&&*lower(words[at].of(text)));
    let may_cut = |&at: &usize| marked(at) || is(JOINING, at) || is(TURNING, at) || is(OUTCOMES, at);
    let cuts: Vec<usize> = (1..words.len()).filter(may_cut).collect();
    let mut pieces = Vec::new();
    let (mut start, mut apart) = (0, false);
    for (order, &at) in cuts.iter().enumerate() {
        let end = cuts.get(order + 1).copied().unwrap_or(words.len());
        let bare = (start..at).all(|word| is(JOINING, word));
        let turns = is(TURNING, at) && !is(TIMES, at - 1) && !is(NO_TURN_AFTER, at - 1);
        let turns = turns && at + 1 < end && !is(NO_TURN_BEFORE, at + 1) && asserts(text, &words[at + 1..end]);
        // "his first trip since", "the worst storm since"
        let turns = turns
            && !(lower(words[at].of(text)) == "since"
                && (start..at).any(|word| singles_out(&lower(words[word].of(text)))));
        let degree = lower(words[at].of(text)) == "so" && at + 1 < words.len() && is(NO_TURN_BEFORE, at + 1);
        let joins = is(JOINING, at) && !degree;
        let next = words.get(at + 1).filter(|_| at + 1 < end).map(|next| next.of(text));
        let acts = next.is_some_and(|next| next.starts_with(char::is_lowercase) && is_verb(next, None));
        // "The man who opened fire killing a woman faces charges": the verb of a subject, and no outcome.
        let finite = |range: Range<usize>| {
            let forms = range.map(|at| lower(words[at].of(text)));
            forms.take_while(|form| !RELATIVE.contains(&form.as_str())).any(|form| is_finite(&form))
        };
        let opens = turns
            || joins && (acts || asserts(text, &words[at + 1..end]))
            || is(OUTCOMES, at) && next.is_some() && !is(NO_OUTCOME_AFTER, at - 1) && !finite(at + 1..end);
        if marked(at) || !bare && opens {
            pieces.push(Piece { words: start..at, apart });
            (start, apart) = (at, gap(at).contains([';', '—', '–', '|']));
        }
    }
    if start < words.len() {
        pieces.push(Piece { words: start..words.len(), apart });
    }
    pieces
}

/// Whether a word tells of one among several, which what follows "since" limits.
fn singles_out(form: &str) -> bool {
    form.len() > 4 && form.ends_with("est") || matches!(form, "first" | "last" | "only" | "second" | "third")
}

fn is_mark(c: char) -> bool {
    matches!(c, ',' | ';' | ':' | '—' | '–' | '(' | ')' | '[' | ']' | '…' | '、' | '،' | '，' | '；' | '。' | '|')
}

/// From the first word to the last of a range, with the marks that hang on them; joining marks and words are left out.
pub(super) fn part_span(text: &str, sentence: Span, words: &[Span], range: &Range<usize>) -> Span {
    let mut first = range.start;
    while first + 1 < range.end && first > 0 && matches!(&*lower(words[first].of(text)), "and" | "but" | "or") {
        first += 1;
    }
    let before = if first == 0 { sentence.start } else { words[first - 1].end };
    let after = words.get(range.end).map_or(sentence.end, |next| next.start);
    let lead = &text[before..words[first].start];
    let start = words[first].start - halves(lead).1.len();
    let start = if first == 0 { sentence.start } else { start };
    let tail = &text[words[range.end - 1].end..after];
    let kept = if range.end == words.len() { tail } else { halves(tail).0 };
    // A mark without space around it ("word—word") belongs to neither side.
    let lead = &text[start..words[first].start];
    let start = words[first].start - lead.trim_start_matches(|c: char| c.is_whitespace() || is_joining_mark(c)).len();
    let kept = kept.trim_end_matches(|c: char| c.is_whitespace() || is_joining_mark(c));
    Span::new(start, words[range.end - 1].end + kept.len())
}

/// What hangs on the word before a gap, and what on the word after it.
fn halves(gap: &str) -> (&str, &str) {
    match gap.find(char::is_whitespace) {
        Some(space) => (&gap[..space], gap.rsplit(char::is_whitespace).next().unwrap_or("")),
        None => gap.split_at(gap.find(['(', '[', '“', '«', '‘']).unwrap_or(gap.len())),
    }
}

fn is_joining_mark(c: char) -> bool {
    matches!(c, ',' | ';' | ':' | '—' | '–' | '-')
}
