//! Two spellings of one full name of somebody or of a street, of which one is wrong: "Ida Lund, 42" / "Ida Lundt said". Short
//! forms, accents, hyphens and apostrophes are none. That a name is a person's has to be said beside one of the two: offices
//! and countries go by names of several words too, and "Northland" / "Northlend" may well be two of them.

use std::collections::BTreeSet;
use std::ops::Range;

use super::full_name::{FullName, persons};
use super::{Found, Mention, difference, opposed};
use crate::clause::is_saying;
use crate::conflict::Kind;
use crate::conflict::ages::{is_parted, person};
use crate::conflict::names::is_title;
use crate::conflict::pair::Side;
use crate::conflict::victims::part;
use crate::conflict::weights::Sign;
use crate::reading::{Measure, is_person, street_kind};
use crate::span::Span;

/// Every full name of a story.
#[derive(Debug, Default)]
pub(in crate::conflict) struct Spellings {
    told: Vec<Mention<FullName>>,
    /// Those that are somewhere said to be a person's.
    of_persons: BTreeSet<Vec<String>>,
}

/// Letters of the shortest word that is misspelt in a name; two streets of short names may well be two.
const OF_PERSON: usize = 4;
const OF_STREET: usize = 6;

/// What spellings are told as, of people and of streets.
pub(in crate::conflict) const OF_A_NAME: &str = "spelling of a name";
pub(in crate::conflict) const OF_A_STREET: &str = "spelling of a street";

impl Spellings {
    /// A sentence of an article; articles come in order.
    pub fn hear(&mut self, article: usize, sentence: usize, side: Side) {
        let ages = side.reading.quantities.iter().filter(|one| one.measure == Measure::Age);
        let aged: Vec<Range<usize>> = ages.map(|age| person(side, &side.words_under(age.span)).names).collect();
        for run in runs(side) {
            let names = behind_titles(side, &run);
            let Some(name) = FullName::of(side, &names) else { continue };
            let has_age = aged.iter().any(|one| one.start < names.end && names.start < one.end);
            if has_age || names.start > run.start || is_somebody(side, &names) {
                self.of_persons.insert(name.words.clone());
            }
            let span = Span::new(side.words[names.start].span.start, side.words[names.end - 1].span.end);
            self.told.push(Mention { article, sentence, span, value: name });
        }
    }

    /// Where two articles spell one name otherwise.
    pub fn differences(&self) -> Vec<Found> {
        let names: Vec<&FullName> = self.told.iter().map(|one| &one.value).collect();
        let of_one = |places: &Vec<usize>| {
            let told: Vec<Mention<FullName>> = places.iter().map(|&at| self.told[at].clone()).collect();
            let agree = |a: &FullName, b: &FullName| !a.is_misspelling_of(b, OF_PERSON);
            opposed(&told, agree, |a, b| self.what(&a.value, &b.value).is_some())
        };
        let differ = |places: &&Vec<usize>| places.iter().any(|&at| names[at].words != names[places[0]].words);
        let pairs = persons(&names).iter().filter(differ).flat_map(of_one).collect::<Vec<_>>();
        let told = |pair: &(Mention<FullName>, Mention<FullName>)| {
            let what = self.what(&pair.0.value, &pair.1.value)?;
            Some(difference(pair, Kind::Name, what, Sign::name))
        };
        pairs.iter().filter_map(told).collect()
    }

    /// What two spellings are of, where that is told.
    fn what(&self, a: &FullName, b: &FullName) -> Option<&'static str> {
        let is_persons = |name: &FullName| self.of_persons.contains(&name.words);
        let is_street = |name: &FullName| name.words.last().is_some_and(|last| street_kind(last).is_some());
        match (is_street(a), is_street(b)) {
            (true, true) => a.is_misspelling_of(b, OF_STREET).then_some(OF_A_STREET),
            (false, false) if is_persons(a) || is_persons(b) => Some(OF_A_NAME),
            _ => None,
        }
    }
}

/// Names that stand side by side.
fn runs(side: Side) -> Vec<Range<usize>> {
    let mut runs: Vec<Range<usize>> = Vec::new();
    for at in (0..side.words.len()).filter(|&at| side.is_name(at)) {
        match runs.last_mut() {
            Some(run) if run.end == at && !is_parted(side, at) => run.end += 1,
            _ => runs.push(at..at + 1),
        }
    }
    runs
}

/// What stands behind the last title among names: "Ida Lund" of "Arven Police Chief Ida Lund".
fn behind_titles(side: Side, run: &Range<usize>) -> Range<usize> {
    let title = |at: &usize| {
        let form = side.form(*at).trim_end_matches('.');
        is_title(form) || is_person(form)
    };
    let last = run.clone().rev().find(title);
    last.map_or(run.start, |last| last + 1)..run.end
}

/// Whether something beside a name says that it is somebody's: "spokeswoman Ida Lund", "Ida Lund said", "Ida Lund, who", "Ida
/// Lund was arrested".
fn is_somebody(side: Side, names: &Range<usize>) -> bool {
    let before = names.start.checked_sub(1).map_or("", |at| side.form(at).trim_end_matches('.'));
    let behind = side.form(names.end);
    let named = is_title(before) || is_person(before);
    named || is_saying(before) || is_saying(behind) || behind == "who" || part(side, names).is_some()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::conflict::anywhere::tests::told;
    use crate::conflict::{MIN_TOLD, certainty, judge};

    /// The spellings told of two articles with these sentences, either way round.
    fn spellings(left: &[&str], right: &[&str]) -> Vec<String> {
        let of = |articles: [&[&str]; 2]| {
            let found = told(&articles, [None; 2]).into_iter().filter(|one| one.0 == Kind::Name);
            let mut said: Vec<String> = found.flat_map(|one| one.2).collect();
            said.sort_unstable();
            said
        };
        assert_eq!(of([left, right]), of([right, left]));
        of([left, right])
    }

    #[test]
    fn one_of_two_spellings_is_wrong() {
        let left = "Police found Marit Lunde, 43, asleep on the quay.";
        for (right, spelling) in [
            ("The boat was lent by 43-year-old Marit Lunda.", Some("Marit Lunda")),
            ("The boat was lent by 43-year-old Marti Lunde.", Some("Marti Lunde")),
            ("The boat was lent by 43-year-old Marit Anne Lunda.", Some("Marit Anne Lunda")),
            ("The boat was lent by Marit Lunda.", Some("Marit Lunda")),
            ("The boat was lent by 43-year-old Marit Lunde.", None),
            ("The boat was lent by 43-year-old Mari Lunde.", None),
            ("The boat was lent by 43-year-old Marit Lunden.", Some("Marit Lunden")),
            ("The boat was lent by 43-year-old Marit Lundes.", None),
            ("The boat was lent by 43-year-old Maritt Lunde.", Some("Maritt Lunde")),
            ("The boat was lent by 43-year-old Maritan Lunde.", None),
            ("The boat was lent by 43-year-old Marita Lunde.", None),
            ("The boat was lent by 43-year-old Márit Lunde.", None),
            ("The boat was lent by 43-year-old Marit L'unde.", None),
            ("The boat was lent by 43-year-old Marit Lunde-Vey.", None),
            ("The boat was lent by 43-year-old Berit Lunde.", None),
        ] {
            let expected: Vec<&str> = spelling.into_iter().chain(spelling.map(|_| "Marit Lunde")).collect();
            let mut found = spellings(&[left], &[right]);
            found.sort_by_key(|said| said == "Marit Lunde");
            assert_eq!(found, expected, "{right}");
        }
    }

    #[test]
    fn a_name_has_to_be_said_to_be_somebodys() {
        let right = "The prize went to Marit Lunda.";
        for (left, n) in [
            ("The prize went to spokeswoman Marit Lunde.", 2),
            ("The prize went to Police Chief Marit Lunde.", 2),
            ("The prize is a shame, Marit Lunde said.", 2),
            ("The prize is a shame, said Marit Lunde.", 2),
            ("The prize went to Marit Lunde, who smiled.", 2),
            ("The prize went to Marit Lunde, who smiled, and Marit Lunda.", 0),
            ("A student was the son of Trooper.", 0),
            ("The prize was kept at Marit Lunde.", 0),
        ] {
            assert_eq!(spellings(&[left], &[right]).len(), n, "{left}");
        }
    }

    #[test]
    fn a_long_name_of_a_street_is_spelt_one_way() {
        for (left, right, n) in [
            ("It burned on Harbinger Lane.", "The fire on Harbinjer Lane is out.", 2),
            ("It burned on Pine Street.", "The fire on Pike Street is out.", 0),
            ("It burned on Harbinger Lane.", "The fire on Harbinger Lane is out.", 0),
            ("It burned at Harbinger Hall.", "The fire at Harbinjer Hall is out.", 0),
        ] {
            assert_eq!(spellings(&[left], &[right]).len(), n, "{left} {right}");
        }
    }

    #[test]
    fn another_spelling_is_told_and_takes_nothing_from_a_link() {
        let mention = |article: usize| Mention { article, sentence: article, span: Span::new(0, 11), value: () };
        let found = difference(&(mention(0), mention(1)), Kind::Name, OF_A_NAME, Sign::name).2;
        assert_eq!(certainty(std::slice::from_ref(&found)), 0.0);
        let told: Vec<_> = judge((0.into(), 1.into()), vec![found]).collect();
        assert!(told[0].is_spelling() && told[0].probability >= MIN_TOLD);
    }

    #[test]
    fn who_spells_it_both_ways_takes_no_side() {
        let both: &[&str] = &["Marit Lunde, 43, slept.", "The boat was lent by Marit Lunda, 43."];
        assert_eq!(spellings(both, &["Marit Lunda, 43, owns the boat."]).len(), 0);
    }
}
