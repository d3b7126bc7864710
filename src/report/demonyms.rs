//! The words that are of one place: "Danish" and "Danes" of Denmark, "Vessener" of Vessen.
//!
//! Endings say it of most places; of those whose people have a name of their own, or shorten theirs, a table does.

use std::sync::LazyLock;

use rustc_hash::FxHashMap;

use crate::language::list;

/// The lines of the table that hold a word, in lower case.
static PLACES: LazyLock<FxHashMap<&str, Vec<&str>>> = LazyLock::new(|| {
    let mut places: FxHashMap<&str, Vec<&str>> = FxHashMap::default();
    for line in list(include_str!("demonyms.txt")).lines() {
        line.split(' ').for_each(|word| places.entry(word).or_default().push(line));
    }
    places
});

/// What is left of a word without its ending is at least so long.
const SHORTEST: usize = 4;
/// The endings of whom and what is of a place, and those that the place loses before them: "Canad-a", "Canad-ian".
const OF_PLACES: &[&str] = &["ian", "ean", "ese", "ish", "ite", "an", "er", "ic", "i", "n"];
const PLACE: &[&str] = &["land", "ia", "ey", "a", "e", "o", "y", ""];

/// The words of the table for the place that a word is of, itself among them; none of a place whose endings tell.
pub(super) fn of_same_place(word: &str) -> impl Iterator<Item = &'static str> {
    PLACES.get(word).into_iter().flatten().flat_map(|line| line.split(' '))
}

/// Whether one of two words in lower case is a place, and the other is who or what is of it, by their endings.
pub(super) fn is_place_of(a: &str, b: &str) -> bool {
    let cut = |word: &'_ str, endings: &[&str]| -> Vec<String> {
        let stems = endings.iter().filter_map(|ending| word.strip_suffix(ending));
        stems.filter(|stem| stem.chars().count() >= SHORTEST).map(str::to_owned).collect()
    };
    let is_of = |people: &str, place: &str| {
        let places = cut(place, PLACE);
        cut(people.strip_suffix('s').unwrap_or(people), OF_PLACES).iter().any(|stem| places.contains(stem))
    };
    is_of(a, b) || is_of(b, a)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn endings_tell_who_is_of_a_place() {
        for (a, b, one) in [
            ("italians", "italy", true),
            ("canadian", "canada", true),
            ("dalemarkers", "dalemark", true),
            ("vessenese", "vessen", true),
            ("tarvinian", "tarvinia", true),
            ("ukrainians", "ukraine", true),
            ("icelandic", "iceland", true),
            ("dutch", "vessen", false),
            ("lund", "lunar", false),
            ("pole", "police", false),
            ("vesseners", "vesselin", false),
        ] {
            assert_eq!((is_place_of(a, b), is_place_of(b, a)), (one, one), "{a} {b}");
        }
    }

    #[test]
    fn a_table_tells_it_of_the_others() {
        for (word, place, one) in [
            ("dutch", "netherlands", true),
            ("poles", "polish", true),
            ("wales", "welsh", true),
            ("dutch", "poland", false),
            ("vessen", "vessen", false),
        ] {
            assert_eq!(of_same_place(word).any(|other| other == place), one, "{word} {place}");
        }
    }
}
