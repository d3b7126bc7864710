//! Which words can stand for each other in the news, and which exclude each other.
//!
//! No vector tells the two apart: "closed" is as near to "opened" as to "shut". Two lists of our own do: lines of words
//! and phrases that claim the same fact, and lines of words of which at most one can be true ("stab / shoot / strangle").

use std::sync::LazyLock;

use rustc_hash::FxHashMap;

use super::stem::Stemmer;
use crate::language::list;

/// A line is a group; the words of a phrase are joined by "_".
const SYNONYMS: &str = list(include_str!("synonyms.txt"));
/// A line is a set of places set apart by " / "; the words of one place are synonyms.
const EXCLUSIVES: &str = list(include_str!("exclusives.txt"));

/// A line is two sets of words, apart by " / ", of which each means the opposite of each of the other.
pub const OPPOSITES: &str = list(include_str!("opposites.txt"));

/// What is known of a stem, or of a phrase.
#[derive(Debug, Default)]
pub(super) struct Entry {
    /// Numbers of its groups, ascending.
    groups: Vec<u16>,
    /// Lines of what excludes each other, ascending, and its place in them.
    places: Vec<(u16, u8)>,
}

impl Entry {
    /// Whether both stand in one group.
    pub(super) fn is_synonym(&self, other: &Self) -> bool {
        !other.groups.is_empty() && self.groups.iter().any(|group| other.groups.contains(group))
    }

    /// Its groups as bits: where two entries have none in common, they share no group.
    pub(super) fn groups(&self) -> u64 {
        self.groups.iter().fold(0, |bits, group| bits | 1 << (group % 64))
    }

    /// Its lines of what excludes each other as bits: where two entries have none in common, they share no line.
    pub(super) fn lines(&self) -> u64 {
        self.places.iter().fold(0, |bits, (line, _)| bits | 1 << (line % 64))
    }

    /// Whether it stands in any line of what excludes each other.
    pub(super) fn excludes_some(&self) -> bool {
        !self.places.is_empty()
    }

    /// Whether they stand in different places of one line.
    pub(super) fn excludes(&self, other: &Self) -> bool {
        let apart = |&(line, place): &(u16, u8)| other.places.iter().any(|&(at, of)| at == line && of != place);
        self.places.iter().any(apart)
    }
}

struct Thesaurus {
    entries: FxHashMap<String, Entry>,
    /// By the first stem of a phrase, the stems that follow; the longest first.
    phrases: FxHashMap<String, Vec<Vec<String>>>,
}

static THESAURUS: LazyLock<Thesaurus> = LazyLock::new(|| {
    let stemmer = Stemmer::default();
    let mut entries: FxHashMap<String, Entry> = FxHashMap::default();
    let mut phrases: FxHashMap<String, Vec<Vec<String>>> = FxHashMap::default();
    let mut key = |entry: &str| {
        let stems: Vec<String> = entry.split('_').map(|word| stemmer.stem(word)).collect();
        let key = stems.join("_");
        if stems.len() > 1 {
            let known = phrases.entry(stems[0].clone()).or_default();
            if !known.iter().any(|rest| rest[..] == stems[1..]) {
                known.push(stems[1..].to_vec());
                known.sort_by_key(|rest| std::cmp::Reverse(rest.len()));
            }
        }
        key
    };
    for (line, number) in SYNONYMS.lines().zip(0..) {
        for word in line.split_whitespace() {
            let groups = &mut entries.entry(key(word)).or_default().groups;
            if groups.last() != Some(&number) {
                groups.push(number);
            }
        }
    }
    for (line, number) in EXCLUSIVES.lines().zip(0..) {
        for (words, place) in line.split(" / ").zip(0..) {
            for word in words.split_whitespace() {
                entries.entry(key(word)).or_default().places.push((number, place));
            }
        }
    }
    Thesaurus { entries, phrases }
});

/// Nothing is known.
pub(super) static UNKNOWN: Entry = Entry { groups: Vec::new(), places: Vec::new() };

/// What is known of a stem, or of the stems of a phrase joined by "_".
pub(super) fn entry(stem: &str) -> &'static Entry {
    THESAURUS.entries.get(stem).unwrap_or(&UNKNOWN)
}

/// How many of `stems` are a known phrase: 0, or 2 and more.
pub(super) fn phrase<'a>(mut stems: impl Iterator<Item = &'a str> + Clone) -> usize {
    let Some(known) = stems.next().and_then(|first| THESAURUS.phrases.get(first)) else { return 0 };
    let goes_on = |rest: &&Vec<String>| rest.iter().map(String::as_str).eq(stems.clone().take(rest.len()));
    known.iter().find(goes_on).map_or(0, |rest| rest.len() + 1)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn of(word: &str) -> &'static Entry {
        entry(&Stemmer::default().stem(word))
    }

    #[test]
    fn groups_and_lines_are_read() {
        assert!(of("closed").is_synonym(of("shut")) && !of("closed").is_synonym(of("opened")));
        assert!(of("closed").excludes(of("opened")) && !of("closed").excludes(of("shut")));
        assert!(of("resigned").is_synonym(entry("step_down")));
        assert!(of("stabbed").excludes(of("shot")));
        assert!(!of("zxqv").is_synonym(of("zxqv")) && !of("zxqv").excludes(of("shot")));
    }

    #[test]
    fn the_longest_phrase_is_found() {
        assert_eq!(phrase(["step", "down", "today"].into_iter()), 2);
        assert_eq!(phrase(["step", "aside"].into_iter().take(1)), 0);
        assert_eq!(phrase(["zxqv", "down"].into_iter()), 0);
    }

    #[test]
    fn every_line_says_something() {
        for line in SYNONYMS.lines() {
            assert!(line.split_whitespace().count() > 1, "{line}");
        }
        for line in EXCLUSIVES.lines() {
            assert!(line.split(" / ").count() > 1 && line.split(" / ").all(|place| !place.trim().is_empty()), "{line}");
        }
    }

    #[test]
    fn no_pair_both_stands_for_and_excludes() {
        let known: Vec<_> = THESAURUS.entries.iter().filter(|(_, entry)| !entry.places.is_empty()).collect();
        for (word, entry) in &known {
            for (other, of) in &known {
                assert!(!(entry.is_synonym(of) && entry.excludes(of)), "{word} and {other}");
            }
        }
    }
}
