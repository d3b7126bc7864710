//! Floor 5. The parts of a sentence: pieces between marks and conjunctions, and clauses that can stand as an assertion.
//!
//! No parser: marks, conjunctions and a list of verb forms find most boundaries in English prose; in a language
//! without a list the marks alone do. A wrong cut costs a span some words, never a wrong link. Linear in the words.

use std::ops::Range;

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
    for piece in pieces(text, words) {
        let stands = stands_alone(text, &words[piece.clone()]);
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

/// Cuts at marks and before conjunctions.
fn pieces(text: &str, words: &[Span]) -> Vec<Range<usize>> {
    let mut pieces = Vec::new();
    let mut start = 0;
    for at in 1..words.len() {
        let gap = &text[words[at - 1].end..words[at].start];
        let word = lower(words[at].of(text));
        if gap.chars().any(is_mark) || CONJUNCTIONS.contains(&&*word) {
            pieces.push(start..at);
            start = at;
        }
    }
    if start < words.len() {
        pieces.push(start..words.len());
    }
    pieces
}

fn is_mark(c: char) -> bool {
    matches!(
        c,
        ',' | ';'
            | ':'
            | '—'
            | '–'
            | '('
            | ')'
            | '['
            | ']'
            | '"'
            | '“'
            | '”'
            | '«'
            | '»'
            | '…'
            | '、'
            | '،'
            | '，'
            | '；'
            | '。'
            | '|'
    )
}

/// Whether a piece can be a clause: a verb, at least three words, and more than "the minister said".
fn stands_alone(text: &str, words: &[Span]) -> bool {
    if words.len() < 3 {
        return false;
    }
    let mut verb = false;
    for word in words {
        let word = lower(word.of(text));
        if words.len() <= 6 && SAYING.contains(&&*word) {
            return false;
        }
        verb |= is_verb(&word);
    }
    verb
}

fn is_verb(word: &str) -> bool {
    (word.len() > 4 && (word.ends_with("ed") || word.ends_with("ing")) && !NOT_VERBS.contains(&word))
        || word.ends_with("n't")
        || word.ends_with("n’t")
        || VERBS.contains(&word)
}

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
    FUNCTION_WORDS.binary_search(&word).is_ok()
}

/// Sorted.
const FUNCTION_WORDS: &[&str] = &[
    "a",
    "about",
    "above",
    "according",
    "across",
    "after",
    "again",
    "against",
    "all",
    "almost",
    "along",
    "already",
    "also",
    "although",
    "always",
    "am",
    "among",
    "an",
    "and",
    "another",
    "any",
    "anyone",
    "anything",
    "are",
    "aren't",
    "around",
    "as",
    "at",
    "away",
    "back",
    "be",
    "became",
    "because",
    "become",
    "been",
    "before",
    "being",
    "below",
    "between",
    "both",
    "but",
    "by",
    "can",
    "can't",
    "cannot",
    "could",
    "couldn't",
    "did",
    "didn't",
    "do",
    "does",
    "doesn't",
    "doing",
    "don't",
    "done",
    "down",
    "dr",
    "during",
    "each",
    "either",
    "else",
    "enough",
    "even",
    "ever",
    "every",
    "everyone",
    "everything",
    "few",
    "for",
    "from",
    "further",
    "get",
    "gets",
    "getting",
    "go",
    "goes",
    "going",
    "got",
    "had",
    "hadn't",
    "has",
    "hasn't",
    "have",
    "haven't",
    "having",
    "he",
    "he'd",
    "he'll",
    "he's",
    "her",
    "here",
    "hers",
    "herself",
    "him",
    "himself",
    "his",
    "how",
    "however",
    "i",
    "i'd",
    "i'll",
    "i'm",
    "i've",
    "if",
    "in",
    "indeed",
    "instead",
    "into",
    "is",
    "isn't",
    "it",
    "it'd",
    "it'll",
    "it's",
    "its",
    "itself",
    "just",
    "least",
    "less",
    "let",
    "let's",
    "like",
    "made",
    "make",
    "makes",
    "many",
    "may",
    "maybe",
    "me",
    "might",
    "more",
    "most",
    "mr",
    "mrs",
    "ms",
    "much",
    "must",
    "my",
    "myself",
    "near",
    "neither",
    "never",
    "no",
    "nor",
    "not",
    "nothing",
    "now",
    "of",
    "off",
    "often",
    "on",
    "once",
    "one's",
    "only",
    "onto",
    "or",
    "other",
    "others",
    "our",
    "ours",
    "ourselves",
    "out",
    "over",
    "own",
    "per",
    "perhaps",
    "put",
    "quite",
    "rather",
    "really",
    "said",
    "same",
    "say",
    "says",
    "she",
    "she'd",
    "she'll",
    "she's",
    "should",
    "shouldn't",
    "since",
    "so",
    "some",
    "someone",
    "something",
    "soon",
    "still",
    "such",
    "than",
    "that",
    "that'd",
    "that'll",
    "that's",
    "the",
    "their",
    "theirs",
    "them",
    "themselves",
    "then",
    "there",
    "there's",
    "these",
    "they",
    "they'd",
    "they'll",
    "they're",
    "they've",
    "this",
    "those",
    "though",
    "through",
    "throughout",
    "thus",
    "to",
    "together",
    "told",
    "too",
    "toward",
    "towards",
    "under",
    "until",
    "up",
    "upon",
    "us",
    "very",
    "via",
    "was",
    "wasn't",
    "we",
    "we'd",
    "we'll",
    "we're",
    "we've",
    "well",
    "went",
    "were",
    "weren't",
    "what",
    "what's",
    "when",
    "where",
    "whether",
    "which",
    "while",
    "who",
    "who's",
    "whom",
    "whose",
    "why",
    "will",
    "with",
    "within",
    "without",
    "won't",
    "would",
    "wouldn't",
    "yet",
    "you",
    "you'd",
    "you'll",
    "you're",
    "you've",
    "your",
    "yours",
    "yourself",
];

const CONJUNCTIONS: &[&str] = &[
    "after", "although", "and", "as", "because", "before", "but", "if", "or", "since", "so", "though", "unless",
    "until", "when", "where", "whereas", "which", "while", "who", "whom", "whose",
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

const NOT_VERBS: &[&str] = &[
    "anything",
    "building",
    "ceiling",
    "during",
    "evening",
    "everything",
    "hundred",
    "indeed",
    "king",
    "meeting",
    "morning",
    "nothing",
    "seed",
    "something",
    "spring",
    "string",
    "thing",
    "united",
    "wedding",
    "weed",
    "wing",
];

const VERBS: &[&str] = &[
    "agreed", "am", "are", "ate", "be", "became", "become", "becomes", "been", "began", "begin", "begins", "being",
    "bent", "bit", "blew", "bought", "bound", "brings", "broke", "brought", "built", "came", "can", "cannot", "caught",
    "chose", "claim", "claims", "come", "comes", "could", "cut", "did", "die", "died", "dies", "do", "does", "done",
    "drew", "drive", "drives", "drove", "faces", "fell", "felt", "find", "finds", "fled", "flew", "forced", "found",
    "gave", "get", "gets", "give", "given", "gives", "go", "goes", "gone", "got", "grew", "had", "has", "have",
    "having", "heard", "held", "hit", "hits", "hurt", "is", "keep", "keeps", "kept", "kill", "kills", "knew", "know",
    "knows", "laid", "lay", "lead", "leave", "leaves", "led", "left", "lies", "lost", "made", "make", "makes", "may",
    "means", "meant", "met", "might", "must", "need", "needs", "opens", "owns", "paid", "plans", "put", "puts", "ran",
    "read", "remain", "remains", "rose", "run", "runs", "said", "sank", "sat", "saw", "say", "says", "seems", "seen",
    "sent", "set", "sets", "shall", "shot", "should", "shows", "shut", "sits", "slid", "sold", "sought", "spent",
    "spoke", "stands", "stay", "stays", "stood", "stole", "struck", "swept", "take", "taken", "takes", "taught",
    "tell", "tells", "think", "thinks", "thought", "threw", "tied", "told", "took", "tore", "tried", "tries", "turns",
    "vows", "want", "wants", "was", "went", "were", "will", "woke", "won", "wore", "works", "would", "wrote",
];

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
    fn function_words_are_sorted() {
        assert!(FUNCTION_WORDS.is_sorted());
        assert!(is_function_word("the") && !is_function_word("bridge"));
    }

    #[test]
    fn a_sentence_is_cut_where_an_assertion_ends() {
        for (text, expected) in [
            ("", vec![]),
            ("Two ships collided.", vec!["Two ships collided."]),
            (
                "Fourteen people were injured, three of them critically, and one worker was still missing.",
                vec!["Fourteen people were injured, three of them critically", "one worker was still missing."],
            ),
            (
                "“Families are owed the truth, and they will get it,” Rehn told reporters.",
                vec!["“Families are owed the truth", "they will get it,” Rehn told reporters."],
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
