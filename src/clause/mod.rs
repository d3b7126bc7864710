//! Floor 5. The parts of a sentence: pieces between marks and conjunctions, and clauses that can stand as an assertion.
//!
//! No parser: marks, conjunctions and verb forms find most boundaries in English prose; in a language whose verbs are
//! not listed a sentence is one clause, and marks alone cut its pieces. A wrong cut costs a span some words, never a wrong
//! link. Linear in the words.

mod verb;

use std::ops::Range;
use std::sync::LazyLock;

use rustc_hash::FxHashSet;
use verb::asserts;

use crate::span::{Span, TermId};

/// One word of a sentence, with what it tells.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Word {
    /// Where it stands in its article.
    pub span: Span,
    /// Its lower-cased form.
    pub term: TermId,
    /// How much it tells; 0 for function words.
    pub weight: f32,
}

/// A part of a sentence.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Part {
    /// Its words, as indices into the sentence's words.
    pub words: Range<usize>,
    /// Where it stands in the article, without joining marks and conjunctions at its ends.
    pub span: Span,
}

/// A clause and the pieces it is made of.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Clause {
    /// The whole.
    pub part: Part,
    /// Its pieces, in order.
    pub pieces: Vec<Part>,
}

/// The clauses of the sentence at `sentence` in `text`; every word is in exactly one piece of one clause.
pub fn clauses(text: &str, sentence: Span, words: &[Span]) -> Vec<Clause> {
    let mut clauses: Vec<Vec<Range<usize>>> = Vec::new();
    let mut complete = false;
    for (piece, opens) in pieces(text, words) {
        let stands = opens && stands_alone(text, &words[piece.clone()]);
        match clauses.last_mut() {
            Some(clause) if !(complete && stands) => {
                clause.push(piece);
                complete |= stands;
            }
            _ => {
                clauses.push(vec![piece]);
                complete = stands;
            }
        }
    }
    let part = |range: Range<usize>| Part { span: part_span(text, sentence, words, &range), words: range };
    clauses
        .into_iter()
        .map(|pieces| Clause {
            part: part(pieces[0].start..pieces[pieces.len() - 1].end),
            pieces: pieces.into_iter().map(part).collect(),
        })
        .collect()
}

/// Cuts at marks, and before a conjunction that a verb follows; `true` where a mark or an "and" opens the piece.
///
/// A relative clause without a mark belongs to its noun ("those who plan to build it should look elsewhere"), and "after"
/// to a time before it ("days after his election").
fn pieces(text: &str, words: &[Span]) -> Vec<(Range<usize>, bool)> {
    // "5:42" and "1,5" are in one piece.
    let marked = |at: usize| {
        let gap = &text[words[at - 1].end..words[at].start];
        gap.chars().any(is_mark) && !matches!(gap, ":" | ",")
    };
    let is = |list: &[&str], at: usize| list.contains(&&*lower(words[at].of(text)));
    let cuts: Vec<usize> = (1..words.len()).filter(|&at| marked(at) || is(JOINING, at) || is(TURNING, at)).collect();
    let mut pieces = Vec::new();
    let (mut start, mut opens) = (0, true);
    for (order, &at) in cuts.iter().enumerate() {
        let end = cuts.get(order + 1).copied().unwrap_or(words.len());
        let bare = (start..at).all(|word| is(JOINING, word));
        if marked(at) || !bare && (is(JOINING, at) || !is(TIMES, at - 1)) && asserts(text, &words[at + 1..end]) {
            pieces.push((start..at, opens));
            (start, opens) = (at, marked(at) || is(JOINING, at));
        }
    }
    if start < words.len() {
        pieces.push((start..words.len(), opens));
    }
    pieces
}

fn is_mark(c: char) -> bool {
    matches!(c, ',' | ';' | ':' | '—' | '–' | '(' | ')' | '[' | ']' | '…' | '、' | '،' | '，' | '；' | '。' | '|')
}

/// Whether a piece can be a clause: at least three words that assert something, and more than "the minister said".
fn stands_alone(text: &str, words: &[Span]) -> bool {
    let tag = words.len() <= 6 && words.iter().any(|word| SAYING.contains(&&*lower(word.of(text))));
    words.len() >= 3 && !tag && asserts(text, words)
}

/// Conjunctions between clauses of equal rank: what follows may be a clause of its own.
const JOINING: &[&str] = &["although", "and", "but", "or", "so", "though", "whereas", "while"];
/// Conjunctions whose clause belongs to the one before, unless a mark stands between.
const TURNING: &[&str] = &["after", "as", "because", "before", "if", "since", "unless", "until", "when"];
const TIMES: &[&str] = &[
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

const SAYING: &[&str] = &[
    "according",
    "added",
    "announced",
    "asked",
    "reported",
    "said",
    "say",
    "says",
    "showed",
    "shows",
    "told",
    "wrote",
];

/// From the first word to the last, with the marks that hang on them; joining marks and words are left out.
fn part_span(text: &str, sentence: Span, words: &[Span], range: &Range<usize>) -> Span {
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
    let start = words[first].start - lead.trim_start_matches(|c: char| c.is_whitespace() || is_joint(c)).len();
    let kept = kept.trim_end_matches(|c: char| c.is_whitespace() || is_joint(c));
    Span::new(start, words[range.end - 1].end + kept.len())
}

/// What hangs on the word before a gap, and what on the word after it.
fn halves(gap: &str) -> (&str, &str) {
    match gap.find(char::is_whitespace) {
        Some(space) => (&gap[..space], gap.rsplit(char::is_whitespace).next().unwrap_or("")),
        None => gap.split_at(gap.find(['(', '[', '“', '«', '‘']).unwrap_or(gap.len())),
    }
}

fn is_joint(c: char) -> bool {
    matches!(c, ',' | ';' | ':' | '—' | '–' | '-')
}

fn lower(word: &str) -> String {
    word.to_lowercase()
}

/// Whether a lower-cased word tells nothing by itself.
pub fn is_function_word(word: &str) -> bool {
    FUNCTION_WORDS.contains(word)
}

/// Whether a lower-cased word is a finite verb that no ending gives away: "ran", "is", "says".
pub fn is_finite_verb(word: &str) -> bool {
    verb::is_finite(word)
}

static FUNCTION_WORDS: LazyLock<FxHashSet<&str>> =
    LazyLock::new(|| include_str!("function.txt").split_whitespace().collect());

#[cfg(test)]
mod tests {
    use super::*;
    use crate::token::words;

    fn cut(text: &str) -> Vec<&str> {
        let words: Vec<_> = words(text).iter().map(|word| word.span).collect();
        let clauses = clauses(text, Span::new(0, text.len()), &words);
        let covered: Vec<_> =
            clauses.iter().flat_map(|clause| clause.pieces.iter()).flat_map(|p| p.words.clone()).collect();
        assert_eq!(covered, (0..words.len()).collect::<Vec<_>>());
        let pieces: Vec<_> = clauses.iter().flat_map(|clause| &clause.pieces).collect();
        assert!(pieces.windows(2).all(|pair| pair[0].span.end <= pair[1].span.start), "{text}");
        clauses.iter().map(|clause| clause.part.span.of(text)).collect()
    }

    #[test]
    fn function_words_tell_nothing() {
        assert!(is_function_word("the") && !is_function_word("bridge"));
    }

    #[test]
    fn a_sentence_is_cut_where_an_assertion_ends() {
        for (text, expected) in [
            ("", vec![]),
            ("Two ships collided.", vec!["Two ships collided."]),
            ("Two ships collided at 5:42 on Monday.", vec!["Two ships collided at 5:42 on Monday."]),
            (
                "Fourteen people were injured, three of them critically, and one worker was still missing.",
                vec!["Fourteen people were injured, three of them critically", "one worker was still missing."],
            ),
            (
                "“Families are owed the truth, and they will get it,” Rehn told reporters.",
                vec!["“Families are owed the truth", "they will get it,” Rehn told reporters."],
            ),
            (
                "Neighbours who plan to build it should look elsewhere, the senator said.",
                vec!["Neighbours who plan to build it should look elsewhere, the senator said."],
            ),
            (
                "Xi and Rehn met amid pressure by the US and EU on Beijing to end its “no limits” partnership.",
                vec!["Xi and Rehn met amid pressure by the US and EU on Beijing to end its “no limits” partnership."],
            ),
            (
                "The bridge, which opened in 1931, was closed after two ships struck it.",
                vec!["The bridge, which opened in 1931, was closed after two ships struck it."],
            ),
            (
                "Repairs could cost $40 million—the city has $2.4 billion.",
                vec!["Repairs could cost $40 million", "the city has $2.4 billion."],
            ),
            (
                "Lina Abara, 29, and Marek Soto, 41, were killed.",
                vec!["Lina Abara, 29, and Marek Soto, 41, were killed."],
            ),
            ("Rehn(42) left“the” port.", vec!["Rehn(42) left“the” port."]),
            (
                "Police stopped cars (it was raining) and the bridge was closed.",
                vec!["Police stopped cars", "(it was raining)", "the bridge was closed."],
            ),
        ] {
            assert_eq!(cut(text), expected);
        }
    }
}
