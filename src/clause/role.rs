//! What a piece of a sentence does in it, judged by its first words and its verb.

use std::ops::Range;

use super::lower;
use super::pieces::{JOINING, TURNING};
use super::verb::{asserts, is_participle, is_verb, n_verbs};
use crate::span::Span;

/// What a piece does.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Role {
    /// Subject and verb: "the bridge was closed".
    Main,
    /// A verb whose subject stands before: "and was released after four days".
    Predicate,
    /// "that the request was refused", the second thing that somebody says.
    Complement,
    /// "killing two workers"
    Participle,
    /// "who runs the authority"
    Relative,
    /// "after a ship struck the bridge"
    Subordinate,
    /// "if the dam holds": what it governs is not asserted without it.
    Condition,
    /// "officials said"
    Source,
    /// A noun with a relative clause: "the company that owns the ship".
    Nominal,
    /// No verb: an apposition, an age, a place.
    Fragment,
}

pub(super) const CONDITIONS: &[&str] = &["if", "lest", "provided", "unless", "whether"];
const RELATIVE: &[&str] = &["where", "which", "who", "whom", "whose"];
/// They look like verbs or have one behind them, and open no clause.
const PREPOSITIONS: &[&str] =
    &["amid", "among", "despite", "during", "following", "including", "like", "regarding", "unlike", "with", "without"];
const ADVERBS: &[&str] = &["also", "already", "later", "now", "still", "then"];

/// Verbs that give a source; what hangs on them is somebody's word.
pub(super) const SAYING: &[&str] = &[
    "added",
    "adds",
    "alleged",
    "alleges",
    "announced",
    "argued",
    "argues",
    "asked",
    "believe",
    "believes",
    "claim",
    "claimed",
    "claims",
    "confirmed",
    "explained",
    "insisted",
    "insists",
    "reported",
    "reports",
    "revealed",
    "said",
    "say",
    "says",
    "showed",
    "shows",
    "stated",
    "states",
    "suggested",
    "suggests",
    "told",
    "warned",
    "warns",
    "wrote",
];
/// A longer piece with a verb of saying asserts more than a source.
const MAX_SOURCE: usize = 9;

/// The role of a piece; one that stands `apart` is no mere source.
pub(super) fn role(text: &str, words: &[Span], piece: &Range<usize>, apart: bool) -> Role {
    let at = |word: usize| lower(words[word].of(text));
    let mut first = piece.start;
    while first < piece.end && JOINING.contains(&&*at(first)) {
        first += 1;
    }
    if first == piece.end {
        return Role::Fragment;
    }
    let rest = &words[first..piece.end];
    let opener = at(first);
    if CONDITIONS.contains(&&*opener) {
        return Role::Condition;
    }
    if PREPOSITIONS.contains(&&*opener) {
        let leads_in = piece.start == 0 && n_verbs(text, rest) > 0;
        return if leads_in && asserts(text, rest) { Role::Main } else { Role::Fragment };
    }
    if !apart && is_source(text, rest) {
        return Role::Source;
    }
    let second = rest.get(1).map(|word| lower(word.of(text)));
    if RELATIVE.contains(&&*opener) || second.is_some_and(|second| matches!(&*second, "which" | "whom")) {
        return if asserts(text, rest) { Role::Relative } else { Role::Fragment };
    }
    if TURNING.contains(&&*opener) {
        // "As the man who killed one person" tells of a man, not of an event.
        return if asserts(text, &rest[1..]) && !is_nominal(text, &rest[1..]) {
            Role::Subordinate
        } else {
            Role::Fragment
        };
    }
    if opener == "that" && first > piece.start {
        return if asserts(text, &rest[1..]) { Role::Complement } else { Role::Fragment };
    }
    let bare = rest.iter().take_while(|word| is_adverb(&lower(word.of(text)))).count();
    let Some(head) = rest.get(bare) else { return Role::Fragment };
    let head_text = head.of(text);
    let small = !head_text.starts_with(char::is_uppercase) || piece.start == 0;
    let head_text = lower(head_text);
    let opens = piece.start == 0;
    if opens && (is_participle(&head_text) || is_verb(&head_text, None)) {
        // "Fixing it could cost millions": what opens is the subject.
        return if asserts(text, &rest[bare + 1..]) { Role::Main } else { Role::Participle };
    }
    if small && is_participle(&head_text) {
        return Role::Participle;
    }
    if small && is_verb(&head_text, None) {
        return Role::Predicate;
    }
    if is_nominal(text, rest) {
        return Role::Nominal;
    }
    if asserts(text, rest) { Role::Main } else { Role::Fragment }
}

/// Whether the only verb stands in a relative clause: "the company that owns the ship".
fn is_nominal(text: &str, words: &[Span]) -> bool {
    let pronoun = words.iter().position(|word| matches!(&*lower(word.of(text)), "that" | "which" | "who" | "whose"));
    pronoun.is_some_and(|at| at > 0 && n_verbs(text, &words[..at]) == 0 && n_verbs(text, &words[at..]) == 1)
}

pub(super) fn is_adverb(word: &str) -> bool {
    word.len() > 3 && word.ends_with("ly") || ADVERBS.contains(&word)
}

/// "officials said", "said Ina Holt of the union", "he told the paper", "according to the port"; not "he said he left".
fn is_source(text: &str, words: &[Span]) -> bool {
    if lower(words[0].of(text)) == "according" {
        return true;
    }
    if words.len() > MAX_SOURCE {
        return false;
    }
    let says = |word: &Span| SAYING.contains(&&*lower(word.of(text)));
    let Some(verb) = words.iter().position(says) else { return false };
    let before = asserts(text, &words[..verb]);
    let after = &words[verb + 1..];
    let told = matches!(&*lower(words[verb].of(text)), "said" | "told" | "says" | "say" | "wrote" | "added");
    let asked = after.iter().any(|word| word.of(text) == "to");
    !before && (after.is_empty() || told && !asked && !asserts(text, after))
}

/// Whether a clause with a verb of saying governs what follows it: "Holt said the bridge would close".
pub(super) fn governs(text: &str, words: &[Span]) -> bool {
    let says = |word: &Span| SAYING.contains(&&*lower(word.of(text)));
    words.iter().position(says).is_some_and(|verb| asserts(text, &words[verb + 1..]))
}

/// Words that turn round what stands in another part of the sentence.
const TURNS: &[&str] = &[
    "baseless",
    "debunked",
    "denied",
    "denies",
    "deny",
    "denying",
    "dismissed",
    "disputed",
    "disputes",
    "erroneous",
    "erroneously",
    "false",
    "falsely",
    "hoax",
    "inaccurate",
    "incorrect",
    "incorrectly",
    "mistaken",
    "mistakenly",
    "refuted",
    "rejected",
    "rejects",
    "retracted",
    "unfounded",
    "untrue",
    "wrong",
    "wrongly",
];

/// Words by which such a part says what it turns round: "a claim that the port denied".
const BACK: &[&str] = &[
    "allegation",
    "allegations",
    "claim",
    "claims",
    "information",
    "it",
    "report",
    "reports",
    "that",
    "this",
    "which",
];

/// What is told of by what the sentence says of it: "claims that the dam leaked are false".
const TOLD: &[&str] = &[
    "allegation",
    "allegations",
    "claim",
    "claims",
    "news",
    "report",
    "reports",
    "speculation",
    "suggestion",
    "suggestions",
];

/// What never happens or takes place is taken back, whatever it is called.
const HAPPENS: &[&str] = &[
    "came",
    "come",
    "happen",
    "happened",
    "materialise",
    "materialised",
    "materialize",
    "materialized",
    "occur",
    "occurred",
    "take",
    "taken",
    "took",
];

/// Whether a part of a sentence retracts or denies what another part of it says.
pub(super) fn turns(text: &str, words: &[Span]) -> bool {
    let forms: Vec<String> = words.iter().map(|word| lower(word.of(text))).collect();
    let any = |list: &[&str]| forms.iter().any(|form| list.contains(&form.as_str()));
    any(TURNS) && any(BACK) || never_was(&forms)
}

/// "but it never took place", "and never happened", "which did not come about", of a part from its beginning.
fn never_was(forms: &[String]) -> bool {
    let is = |at: usize, list: &[&str]| forms.get(at).is_some_and(|form| list.contains(&form.as_str()));
    let mut at = (0..forms.len()).take_while(|&at| is(at, JOINING)).count();
    at += usize::from(is(at, &["it", "that", "this", "they", "these", "which"]));
    let not = at + usize::from(is(at, &["did", "has", "have", "had"]));
    let never = is(not, &["never"]) || not > at && is(not, &["not"]) || is(at, &["didn't", "didn’t"]);
    let verb = not + 1;
    let about = match forms.get(verb).map(String::as_str) {
        Some("came" | "come") => is(verb + 1, &["about", "off", "to"]),
        Some("take" | "taken" | "took") => is(verb + 1, &["place"]),
        _ => true,
    };
    never && is(verb, HAPPENS) && about
}

/// Whether a part of a sentence casts doubt on what it goes on to say.
pub(super) fn doubts(text: &str, words: &[Span]) -> bool {
    let forms: Vec<String> = words.iter().map(|word| lower(word.of(text))).collect();
    let doubt = |pair: &[String]| {
        matches!(pair[0].as_str(), "cast" | "casts" | "casting") && matches!(pair[1].as_str(), "doubt" | "doubts")
    };
    forms.windows(2).any(doubt)
        || forms.iter().any(|form| matches!(form.as_str(), "debunk" | "debunked" | "debunks"))
        || is_rumour(&forms)
}

/// "rumours that", "reports that ... turned out to be false", "it is not true that".
fn is_rumour(forms: &[String]) -> bool {
    let introduces = |pair: &[String], list: &[&str]| list.contains(&pair[0].as_str()) && pair[1] == "that";
    let told = forms.windows(2).position(|pair| introduces(pair, TOLD));
    forms.windows(2).any(|pair| introduces(pair, &["rumor", "rumors", "rumour", "rumours", "untrue"]))
        || told.is_some_and(|at| forms[at..].iter().any(|form| TURNS.contains(&form.as_str())))
        || forms.windows(3).any(|three| three[0] == "not" && three[1] == "true" && three[2] == "that")
}
