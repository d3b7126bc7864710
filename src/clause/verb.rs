//! Which words are verbs that make an assertion, judged by their form and the word before them.

use std::sync::LazyLock;

use rustc_hash::FxHashSet;

use super::lower;
use crate::language::list;
use crate::span::Span;

/// Finite verbs that no ending gives away: auxiliaries, irregular forms, the third person in news.
static VERBS: LazyLock<FxHashSet<&str>> =
    LazyLock::new(|| list(include_str!("verbs.txt")).split_whitespace().collect());

/// After these stands a noun, or a participle that is its attribute.
const DETERMINERS: &[&str] = &["a", "an", "her", "his", "its", "my", "our", "the", "their", "these", "those", "your"];
/// After these "approved" is an attribute, and no verb is finite.
const PREPOSITIONS: &[&str] = &["at", "by", "for", "from", "in", "of", "on", "to", "with"];
/// A participle after these makes a clause: "while visiting Harbin".
const BEFORE_PARTICIPLES: &[&str] = &["after", "and", "before", "but", "or", "since", "when", "while"];

const NOT_VERBS: &[&str] = &[
    "according",
    "anything",
    "building",
    "ceiling",
    "during",
    "evening",
    "everything",
    "following",
    "hundred",
    "including",
    "indeed",
    "king",
    "meeting",
    "morning",
    "nothing",
    "regarding",
    "seed",
    "something",
    "spring",
    "string",
    "thing",
    "unprecedented",
    "united",
    "wedding",
    "weed",
    "wing",
];

/// What a headline says without a verb: "two dead and 14 hurt".
const OUTCOMES: &[&str] = &["dead", "hurt", "injured", "missing", "wounded"];
/// Whether a lower-cased word is listed as a finite verb.
pub(super) fn is_finite(word: &str) -> bool {
    VERBS.contains(word)
}

/// Whether a stretch of words holds a verb with a subject, or opens with a participle that takes one from before.
pub(super) fn asserts(text: &str, words: &[Span]) -> bool {
    (0..words.len()).any(|at| {
        let word = words[at].of(text);
        let before = |back: usize| at.checked_sub(back).map(|before| lower(words[before].of(text)));
        let mut previous = before(1);
        if previous.as_ref().is_some_and(|word| word.ends_with("ly")) {
            previous = before(2);
        }
        let name = at > 0 && word.starts_with(char::is_uppercase);
        let hyphened = text[..words[at].start].ends_with('-');
        let word = lower(word);
        let counted = previous.as_ref().is_some_and(|before| is_number(before));
        // "Armed men", "injured people": an attribute, where nothing stands before it.
        let attribute = at == 0 && word.ends_with("ed");
        let verb = !attribute && is_verb(&word, previous.as_deref());
        !name && !hyphened && (verb || counted && OUTCOMES.contains(&&*word))
    })
}

/// How many verbs, each with its auxiliaries, a stretch of words holds.
pub(super) fn n_verbs(text: &str, words: &[Span]) -> usize {
    let verb = |at: usize| {
        let word = words[at].of(text);
        let previous = at.checked_sub(1).map(|before| lower(words[before].of(text)));
        word.starts_with(char::is_lowercase) && is_verb(word, previous.as_deref())
    };
    let verbs: Vec<bool> = (0..words.len()).map(verb).collect();
    let follows = |at: usize| at > 0 && verbs[at - 1] || at > 1 && verbs[at - 2] && words[at - 1].of(text).len() < 5;
    (0..words.len()).filter(|&at| verbs[at] && !follows(at)).count()
}

pub(super) fn is_number(word: &str) -> bool {
    const NUMBERS: &[&str] = &[
        "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten", "dozens", "scores", "hundreds",
    ];
    word.bytes().all(|byte| byte.is_ascii_digit()) || NUMBERS.contains(&word)
}

/// "killing", "according" aside: the form in "-ing" that opens a clause without a subject.
pub(super) fn is_participle(word: &str) -> bool {
    word.len() > 5 && word.ends_with("ing") && !NOT_VERBS.contains(&word)
}

/// Whether a lower-cased word is a finite verb behind the word before it.
pub fn is_verb(word: &str, previous: Option<&str>) -> bool {
    let after = |words: &[&str]| previous.is_some_and(|previous| words.contains(&previous));
    let owned = previous.is_some_and(|previous| previous.ends_with("'s") || previous.ends_with("’s"));
    if word.ends_with("n't") || word.ends_with("n’t") {
        return true;
    }
    if after(DETERMINERS) || after(PREPOSITIONS) || owned || NOT_VERBS.contains(&word) {
        return false;
    }
    let participle = is_participle(word) && (previous.is_none() || after(BEFORE_PARTICIPLES));
    participle || word.len() > 4 && word.ends_with("ed") || VERBS.contains(word)
}
