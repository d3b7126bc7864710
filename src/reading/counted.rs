//! What a number counts: the noun after it, and what happened to those counted.

use std::sync::LazyLock;

use rustc_hash::FxHashMap;

use super::atoms::{Atom, Gap};
use super::quantity::Quantity;
use crate::align::Stemmer;
use crate::clause::{is_finite_verb, is_function_word};
use crate::language::list;
use crate::span::Span;

/// Each line a fact in a reporter's words, and the words that tell it of those counted.
const FACTS: &str = list(include_str!("facts.txt"));
/// Words as far from the number as this may say what it counts.
const REACH: usize = 9;
/// A noun stands at most so many words after its number.
const MAX_PHRASE: usize = 5;

struct Facts {
    persons: rustc_hash::FxHashSet<&'static str>,
    labels: Vec<&'static str>,
    of: FxHashMap<String, u8>,
    stemmer: Stemmer,
}

static LIST: LazyLock<Facts> = LazyLock::new(|| {
    let stemmer = Stemmer::default();
    let (mut labels, mut of) = (Vec::new(), FxHashMap::default());
    for (line, number) in FACTS.lines().zip(0..) {
        let (label, words) = line.split_once(": ").expect("every line has a label");
        labels.push(label);
        of.extend(words.split(' ').map(|word| (stemmer.stem(word), number)));
    }
    Facts { persons: list(include_str!("persons.txt")).split_whitespace().collect(), labels, of, stemmer }
});

/// A fact in a reporter's words.
pub fn label(fact: u8) -> &'static str {
    LIST.labels[usize::from(fact)]
}

/// The stem of a word in lower case.
pub fn stem(word: &str) -> String {
    LIST.stemmer.stem(word)
}

fn fact(atom: &Atom) -> Option<u8> {
    // Who missed a game is not missing; who carried three is not what carries them.
    let misses = matches!(&*atom.text, "miss" | "missed" | "misses" | "carry" | "carried" | "carries");
    if atom.text.len() < 3 || is_function_word(&atom.text) || misses {
        return None;
    }
    LIST.of.get(&stem(&atom.text)).copied()
}

/// Words for people of any kind: whoever says "17" or "17 people" says the same.
pub fn is_anyone(noun: &str) -> bool {
    matches!(
        noun,
        "people" | "person" | "persons" | "victims" | "casualties" | "others" | "individuals" | "lives" | "bodies"
    )
}

/// Whether a noun names people.
pub fn is_person(noun: &str) -> bool {
    LIST.persons.contains(noun)
}

/// Whether a word says what happened to those counted: "injured", "missing".
pub fn is_fate(word: &str) -> bool {
    LIST.of.contains_key(&LIST.stemmer.stem(word))
}

/// Whether a noun can follow a number greater than one.
pub fn is_plural(noun: &str) -> bool {
    is_person(noun)
        || noun.len() > 3 && noun.ends_with('s') && !noun.ends_with("ss")
        || matches!(
            noun,
            "sheep"
                | "deer"
                | "fish"
                | "cattle"
                | "aircraft"
                | "feet"
                | "mice"
                | "geese"
                | "salmon"
                | "bison"
                | "media"
                | "series"
        )
}

/// Sets the noun and the fact of a count.
pub(super) fn find(atoms: &[Atom], quantity: &mut Quantity) {
    let (start, end) = quantity.atoms;
    let mut at = end;
    // "14 of the passengers", "dozens of people"
    while at < atoms.len()
        && atoms[at].goes_on()
        && atoms[at].is(&["of", "the", "its", "their", "these", "those", "more", "other", "different", "a"])
    {
        at += 1;
    }
    // "seven of the 9 judges"
    if quantity.whole.is_some() {
        at = atoms.get(at).and_then(|_| super::number::number(atoms, at)).map_or(at, |(_, next)| next);
    }
    let first = at;
    // "a six-storey hotel"
    let hyphened = atoms.get(end).filter(|atom| atom.gap == Gap::Hyphen && !is_function_word(&atom.text));
    if let Some(one) = hyphened.filter(|one| one.figure.is_none() && one.text.len() > 3) {
        quantity.noun = Some(one.text.clone());
        quantity.noun_span = Some(one.span);
        return;
    }
    let mut noun = None;
    while at < atoms.len() && at < first + MAX_PHRASE && atoms[at].goes_on() {
        let atom = &atoms[at];
        // "14 AK-47 rifles"
        let model = atom.figure.is_some() && at > first && matches!(atom.gap, Gap::Hyphen | Gap::Glued);
        if is_function_word(&atom.text) || atom.figure.is_some() && !model || stops_phrase(&atom.text) {
            break;
        }
        let dead = matches!(&*atom.text, "dead" | "injured" | "wounded");
        if quantity.high <= 1.0 || is_plural(&atom.text) && !dead {
            noun = Some(at);
        } else if noun.is_some() {
            break;
        }
        at += 1;
    }
    if let Some(noun) = noun {
        quantity.noun = Some(atoms[noun].text.clone());
        quantity.noun_span = Some(Span::new(atoms[first].span.start, atoms[noun].span.end));
    }
    if quantity.noun.is_none()
        && let Some(noun) = named_before(atoms, start)
    {
        quantity.noun = Some(atoms[noun].text.clone());
        quantity.noun_span = Some(atoms[noun].span);
    }
    quantity.fact = told_of(atoms, start, end);
}

/// The noun that says before a number what it counts: "the number of cases stood at 41", "a population of 9,000".
fn named_before(atoms: &[Atom], start: usize) -> Option<usize> {
    const WHOLE: &[&str] = &[
        "population",
        "crowd",
        "crew",
        "gang",
        "audience",
        "congregation",
        "workforce",
        "staff",
        "membership",
        "turnout",
        "garrison",
        "convoy",
        "fleet",
        "herd",
        "flock",
        "readership",
        "capacity",
        "circulation",
    ];
    let first = start.saturating_sub(REACH);
    let near: Vec<usize> = (first..start).rev().take_while(|&at| atoms[at + 1].goes_on()).collect();
    let whole = near.iter().find(|&&at| atoms[at].is(WHOLE));
    let number = near.iter().find(|&&at| {
        atoms[at].is(&["number", "numbers", "total", "tally", "count"])
            && atoms.get(at + 1).is_some_and(|next| next.text == "of")
    });
    match number {
        Some(&at) => {
            (at + 2..start).take_while(|&at| !stops_phrase(&atoms[at].text)).find(|&at| is_plural(&atoms[at].text))
        }
        None => whole.copied(),
    }
}

/// A verb ends a phrase: "14 were", "three say"; but "ten points", "five cuts" are nouns.
fn stops_phrase(word: &str) -> bool {
    is_finite_verb(word) && !word.ends_with('s')
}

/// What is told of those counted: by a verb just before ("killed three"), else by what follows up to the next number or
/// the end of the clause, else by what stands before.
fn told_of(atoms: &[Atom], start: usize, end: usize) -> Option<u8> {
    let stops = |atom: &Atom| {
        atom.figure.is_some()
            || super::number::number(std::slice::from_ref(atom), 0).is_some()
                && !matches!(&*atom.text, "a" | "one" | "second")
    };
    let mut back = Vec::new();
    for at in (start.saturating_sub(REACH)..start).rev() {
        if !atoms[at + 1].goes_on() || stops(&atoms[at]) {
            break;
        }
        back.push(&atoms[at]);
    }
    // "the dead and 14 others were hurt": what is joined by "and" is another count
    let joined = back.first().is_some_and(|atom| atom.text == "and");
    let before = back.iter().take(3).find_map(|atom| fact(atom).filter(|_| !atom.is(&["hospital", "board"])));
    if before.is_some() && !joined {
        return before;
    }
    let mut after: Vec<&Atom> = Vec::new();
    for atom in &atoms[end..atoms.len().min(end + REACH)] {
        // Who is feared drowned may be alive.
        let feared = atom.text == "drowned" && after.last().is_some_and(|last| last.text == "feared");
        if !atom.goes_on() || stops(atom) || feared {
            break;
        }
        if atom.is(&["and", "but", "while", "after", "when", "as"])
            && !after.is_empty()
            && after.iter().any(|atom| fact(atom).is_some())
        {
            break;
        }
        after.push(atom);
    }
    // "the storm claimed seven lives"
    let lost = |atom: &&Atom| atom.is(&["claim", "claimed", "claiming", "claims", "cost", "costing", "costs", "took"]);
    if atoms.get(end).is_some_and(|atom| atom.text == "lives") && back.iter().take(3).any(lost) {
        return LIST.labels.iter().position(|label| *label == "people killed").map(|fact| fact as u8);
    }
    // "four were killed and eight are feared drowned": it has a verb of its own
    let own = joined && after.iter().any(|atom| is_finite_verb(&atom.text));
    let before = || back.iter().filter(|_| !own).find_map(|atom| fact(atom));
    after.iter().find_map(|atom| fact(atom)).or_else(before)
}

/// Sets the noun that a measure is an attribute of: "a 15-minute ceremony", "a $52 million bill".
pub(super) fn attribute(atoms: &[Atom], quantity: &mut Quantity) {
    let (start, end) = quantity.atoms;
    // "four days of riots", "800 litres of fuel"
    if atoms.get(end).is_some_and(|atom| atom.goes_on() && atom.text == "of") {
        let mut phrase = (end + 1..atoms.len().min(end + MAX_PHRASE))
            .take_while(|&at| atoms[at].goes_on() && atoms[at].figure.is_none() && !stops_phrase(&atoms[at].text))
            .skip_while(|&at| atoms[at].is(&["the", "its", "his", "her", "their", "a", "an"]))
            .take_while(|&at| !is_function_word(&atoms[at].text) && !atoms[at].text.ends_with("ed"))
            .peekable();
        let first = phrase.peek().copied();
        if let Some(noun) = phrase.find(|&at| is_plural(&atoms[at].text)).or(first) {
            quantity.noun = Some(atoms[noun].text.clone());
            quantity.noun_span = Some(atoms[noun].span);
        }
        return;
    }
    let determined =
        start > 0 && atoms[start - 1].is(&["a", "an", "the", "its", "his", "her", "their", "this", "that"]);
    let hyphened = (start + 1..end).any(|at| atoms[at].gap == super::atoms::Gap::Hyphen);
    if !(determined || hyphened) {
        return;
    }
    let mut noun = None;
    for (at, atom) in atoms.iter().enumerate().take(end + MAX_PHRASE).skip(end) {
        if !atom.goes_on() || is_function_word(&atom.text) || atom.figure.is_some() || stops_phrase(&atom.text) {
            break;
        }
        if atom.text.ends_with("ed") && noun.is_some() {
            break;
        }
        noun = Some(at);
    }
    if let Some(noun) = noun {
        quantity.noun = Some(atoms[noun].text.clone());
        quantity.noun_span = Some(atoms[noun].span);
    }
}
