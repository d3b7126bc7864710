//! The word lists held against one another, on stems as the rules read them: a word that stands for another and excludes it,
//! or a line twice, is a mistake that no list shows by itself.

use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::path::Path;

use crate::align::Stemmer;

type Places = Vec<BTreeSet<String>>;

/// The lines of a list, each as its places apart by " / ", each place as the stems of its words.
fn lines(path: &str) -> Vec<Places> {
    let stemmer = Stemmer::default();
    let text = fs::read_to_string(Path::new(env!("CARGO_MANIFEST_DIR")).join("src").join(path)).unwrap();
    let stems = |entry: &str| entry.split('_').map(|word| stemmer.stem(word)).collect::<Vec<_>>().join("_");
    let places = |line: &str| line.split(" / ").map(|place| place.split_whitespace().map(stems).collect()).collect();
    text.lines().filter(|line| !line.starts_with('#')).map(places).collect()
}

/// Lists of places that exclude each other.
const APART: [&str; 3] = ["align/exclusives.txt", "align/opposites.txt", "conflict/states.txt"];

/// For each stem the lines of synonyms that hold it.
fn synonyms() -> BTreeMap<String, BTreeSet<usize>> {
    let mut groups: BTreeMap<String, BTreeSet<usize>> = BTreeMap::new();
    for (number, line) in lines("align/synonyms.txt").into_iter().enumerate() {
        line.into_iter().flatten().for_each(|word| {
            groups.entry(word).or_default().insert(number);
        });
    }
    groups
}

/// The pairs of words from two places of one line.
fn across(line: &Places) -> impl Iterator<Item = (&String, &String)> {
    line.iter().enumerate().flat_map(|(at, place)| {
        line[at + 1..].iter().flat_map(move |other| place.iter().flat_map(|a| other.iter().map(move |b| (a, b))))
    })
}

#[test]
fn no_two_words_stand_for_each_other_and_exclude_each_other() {
    let groups = synonyms();
    let none = BTreeSet::new();
    let of = |word: &String| groups.get(word).unwrap_or(&none);
    for path in APART {
        for line in lines(path) {
            for (a, b) in across(&line) {
                assert!(of(a).is_disjoint(of(b)), "{path}: {a} / {b} are synonyms too");
            }
        }
    }
}

#[test]
fn no_word_excludes_itself() {
    // By its ending "eighty" is "eight"; both are figures, which are compared by value.
    let known = |word: &str| word == "eight";
    for path in APART {
        for line in lines(path) {
            for (a, b) in across(&line) {
                assert!(a != b || known(a), "{path}: {a} stands on both sides");
            }
        }
    }
}

#[test]
fn no_line_stands_twice_or_says_nothing() {
    for path in APART.iter().chain(&["align/synonyms.txt", "link/converses.txt"]) {
        let mut seen = BTreeSet::new();
        for mut line in lines(path) {
            line.sort();
            let phrase = line.iter().flatten().any(|word| word.contains('_'));
            let n_words: usize = line.iter().map(BTreeSet::len).sum();
            // Two spellings of a phrase say that its words belong together.
            assert!(n_words > 1 || phrase, "{path}: {line:?} holds one stem");
            assert!(seen.insert(line.clone()), "{path}: {line:?} stands twice");
        }
    }
}

#[test]
fn no_word_stands_twice_in_a_list_of_words() {
    for path in ["align/function.txt", "clause/function.txt", "clause/verbs.txt", "reading/persons.txt"] {
        let text = fs::read_to_string(Path::new(env!("CARGO_MANIFEST_DIR")).join("src").join(path)).unwrap();
        let mut seen = BTreeSet::new();
        for word in text.lines().filter(|line| !line.starts_with('#')).flat_map(str::split_whitespace) {
            assert!(seen.insert(word.to_owned()), "{path}: {word} stands twice");
        }
    }
}

#[test]
fn a_word_says_one_fact_and_names_one_unit() {
    for path in ["reading/facts.txt", "reading/units.txt"] {
        let text = fs::read_to_string(Path::new(env!("CARGO_MANIFEST_DIR")).join("src").join(path)).unwrap();
        let mut of: BTreeMap<&str, &str> = BTreeMap::new();
        for line in text.lines().filter(|line| !line.starts_with('#')) {
            let words = match line.split_once(": ") {
                Some((_, words)) => words.split_whitespace().collect::<Vec<_>>(),
                None => line.split_whitespace().skip(2).collect(),
            };
            for word in words {
                assert!(of.insert(word, line).is_none(), "{path}: {word} stands twice");
            }
        }
    }
}
