//! Whether two full names are one person's: "Ida Lund" and "Ida Maren Lund-Vey", but not "Ida Lund" and "Ivo Lund".

use std::collections::BTreeMap;
use std::ops::Range;

use crate::conflict::names::is_title;
use crate::conflict::pair::Side;
use crate::reading::is_person;

/// A name of two words or more.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub(in crate::conflict) struct FullName {
    /// In lower case, titles, initials and apostrophes left out.
    pub words: Vec<String>,
    /// "jr" and the like.
    generation: Option<String>,
    /// As it stands there.
    pub(super) written: String,
}

impl FullName {
    /// Of the words of a sentence; `None` where a surname stands alone.
    pub fn of(side: Side, names: &Range<usize>) -> Option<Self> {
        if names.len() < 2 {
            return None;
        }
        let forms = names.clone().map(|at| without_possessive(side.form(at)));
        let (generations, words): (Vec<&str>, Vec<&str>) = forms.partition(|form| is_generation(form));
        let tells = |form: &&str| form.chars().filter(|c| c.is_alphabetic()).count() > 1;
        let plain = |form: &&str| tells(form) && !is_title(form) && !is_person(form);
        let words: Vec<String> = words.into_iter().filter(plain).map(|form| form.replace(['\'', '’'], "")).collect();
        let behind = Some(without_possessive(side.form(names.end))).filter(|form| is_generation(form));
        let generation = generations.first().copied().or(behind).map(str::to_owned);
        let (first, last) = (names.start, names.end - 1);
        let written = side.text[side.words[first].span.start..side.words[last].span.end].to_owned();
        (words.len() > 1).then_some(Self { words, generation, written })
    }

    /// Whether one and the same word of at least so many letters is spelt otherwise, and none that both have.
    pub fn is_misspelling_of(&self, other: &Self, shortest: usize) -> bool {
        let strange = |one: &Self, two: &Self| -> Vec<(String, bool)> {
            let last = one.words.len() - 1;
            let words = one.words.iter().enumerate().filter(|(_, word)| !two.words.contains(word));
            words.map(|(at, word)| (word.clone(), at == last)).collect()
        };
        let (own, others) = (strange(self, other), strange(other, self));
        let misspelt = |(word, last): &(String, bool), (other, other_last): &(String, bool)| {
            let plain = word.is_ascii() && other.is_ascii() && word.contains('-') == other.contains('-');
            let long = word.len().min(other.len()) >= shortest;
            plain && long && is_misspelt(word, other) && !is_shortened(word, other, *last && *other_last)
        };
        own.iter().any(|word| others.iter().any(|other| misspelt(word, other)))
    }

    /// Whether both name one person: two words the same in order, or one and the other misspelt, and no word against another.
    pub fn is_same(&self, other: &Self) -> bool {
        let generations = [&self.generation, &other.generation];
        if matches!(generations, [Some(a), Some(b)] if a != b) {
            return false;
        }
        let mut rest = other.words.iter();
        let mut n_equal = 0;
        let mut n_alike = 0;
        for word in &self.words {
            // What is passed over for a word that matches nothing is not lost for the next one.
            let from = rest.clone();
            match rest.find(|next| is_alike(word, next)) {
                Some(next) if word == next => n_equal += 1,
                Some(_) => n_alike += 1,
                None => rest = from,
            }
        }
        let all = n_equal + n_alike;
        let whole = self.words.len() != other.words.len() || all == self.words.len();
        n_equal > 0 && all > 1 && whole
    }
}

/// The names of each person, by their places among all of them.
pub(super) fn persons(told: &[&FullName]) -> Vec<Vec<usize>> {
    let mut names: Vec<&FullName> = told.to_vec();
    names.sort_unstable();
    names.dedup();
    let mut sharing: BTreeMap<&str, Vec<usize>> = BTreeMap::new();
    for (at, name) in names.iter().enumerate() {
        name.words.iter().for_each(|word| sharing.entry(word).or_default().push(at));
    }
    let mut first: Vec<usize> = (0..names.len()).collect();
    for alike in sharing.values() {
        for (n, &b) in alike.iter().enumerate() {
            if let Some(&a) = alike[..n].iter().find(|&&a| names[a].is_same(names[b])) {
                let (a, b) = (first[a], first[b]);
                first.iter_mut().filter(|one| **one == a.max(b)).for_each(|one| *one = a.min(b));
            }
        }
    }
    let mut persons: BTreeMap<usize, Vec<usize>> = BTreeMap::new();
    for (at, name) in told.iter().enumerate() {
        let person = first[names.partition_point(|known| known < name)];
        persons.entry(person).or_default().push(at);
    }
    persons.into_values().collect()
}

fn without_possessive(form: &str) -> &str {
    form.strip_suffix("'s").or_else(|| form.strip_suffix("’s")).unwrap_or(form).trim_end_matches('.')
}

fn is_generation(form: &str) -> bool {
    matches!(form, "jr" | "sr" | "ii" | "iii" | "iv" | "junior" | "senior")
}

/// Whether two words are one name: the same, one part of two joined by a hyphen, a shortened one, or misspelt by a letter.
fn is_alike(a: &str, b: &str) -> bool {
    const SHORTEST: usize = 3;
    let parts =
        |name: &str| name.split('-').filter(|part| part.len() >= SHORTEST).map(str::to_owned).collect::<Vec<_>>();
    let joined = (a.contains('-') != b.contains('-')) && parts(a).iter().any(|part| parts(b).contains(part));
    let (short, long) = if a.len() < b.len() { (a, b) } else { (b, a) };
    a == b || joined || short.len() >= SHORTEST && long.starts_with(short) || is_misspelt(a, b)
}

/// Whether two names of four letters and more that begin alike differ by one letter, or by two that changed places.
fn is_misspelt(a: &str, b: &str) -> bool {
    let [a, b] = [a, b].map(|name| name.chars().collect::<Vec<char>>());
    if a.len().min(b.len()) < 4 || a[0] != b[0] {
        return false;
    }
    let start = a.iter().zip(&b).take_while(|(x, y)| x == y).count();
    let end = a[start..].iter().rev().zip(b[start..].iter().rev()).take_while(|(x, y)| x == y).count();
    let (x, y) = (&a[start..a.len() - end], &b[start..b.len() - end]);
    x.len().max(y.len()) <= 1 || x.len() == 2 && y.len() == 2 && x[0] == y[1] && x[1] == y[0]
}

/// Whether one of two words is the other cut short, as short names and names of men are, or a surname without the "s" of
/// several. A letter left out of a surname, written twice, or an "h" is none: "Lund" / "Lundt", "Kendal" / "Kendall".
fn is_shortened(a: &str, b: &str, surnames: bool) -> bool {
    let (short, long) = if a.len() < b.len() { (a, b) } else { (b, a) };
    match long.strip_prefix(short) {
        None => false,
        Some(more) if surnames => more.len() > 1 || more == "s",
        Some(more) => more != "h" && (more.len() > 1 || more == "s" || !short.ends_with(more)),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn one_person_may_be_written_in_several_ways() {
        let name = |written: &str| {
            let words: Vec<String> = written.split(' ').map(|word| word.to_lowercase()).collect();
            let (generations, words) = words.into_iter().partition::<Vec<_>, _>(|word| is_generation(word));
            FullName { words, generation: generations.first().cloned(), written: written.to_owned() }
        };
        for (a, b, same) in [
            ("Ida Lund", "Ida Lund", true),
            ("Ida Lund", "Ida Maren Lund", true),
            ("Ida Lund", "Ida Lund Vey", true),
            ("Ida Lund", "Ida Lund-Vey", true),
            ("Ida Lund", "Ida Lundt", true),
            ("Kaisle Renn", "Kaisel Renn", true),
            ("Tom Renn", "Tomas Renn", true),
            ("Ida Lund", "Ivo Lund", false),
            ("Ida Maren Lund", "Ida Berit Lund", false),
            ("Ida Lund", "Lund Ida", false),
            ("Ivo Lund Jr", "Ivo Lund Sr", false),
            ("Ivo Lund Jr", "Ivo Lund", true),
            ("Mina Lund", "Tina Lund", false),
            ("Ida Lund", "Ida Renn", false),
            // Two misspelt words are another name.
            ("Marit Lunde", "Margit Lunda", false),
        ] {
            assert_eq!(name(a).is_same(&name(b)), same, "{a} / {b}");
            assert_eq!(name(b).is_same(&name(a)), same, "{b} / {a}");
        }
    }
}
