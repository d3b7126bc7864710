//! Two spellings of one full name, of which one is wrong: "Ida Lund, 42" / "Ida Lundt, 42". Short forms, accents and hyphens
//! are none.

use super::full_name::FullName;
use super::{Found, Mention, difference, opposed};
use crate::conflict::Kind;
use crate::conflict::weights::Sign;

/// Where two articles spell the name of one person otherwise, given the places of its mentions.
pub(super) fn differences(names: &[Mention<FullName>]) -> Vec<Found> {
    let pairs = opposed(names, |a, b| !a.is_misspelling_of(b), |_, _| true);
    pairs.iter().map(|pair| difference(pair, Kind::Name, "spelling of a name", Sign::name)).collect()
}

#[cfg(test)]
mod tests {
    use crate::conflict::Kind;
    use crate::conflict::anywhere::tests::told;

    #[test]
    fn one_of_two_spellings_is_wrong() {
        let left = "Police found Marit Lunde, 43, asleep on the quay.";
        for (right, spelling) in [
            ("The boat was lent by 43-year-old Marit Lunda.", Some("Marit Lunda")),
            ("The boat was lent by 43-year-old Marti Lunde.", Some("Marti Lunde")),
            ("The boat was lent by 43-year-old Marit Anne Lunda.", Some("Marit Anne Lunda")),
            ("The boat was lent by 43-year-old Marit Lunde.", None),
            ("The boat was lent by 43-year-old Mari Lunde.", None),
            ("The boat was lent by 43-year-old Márit Lunde.", None),
            ("The boat was lent by 43-year-old Marit Lunde-Vey.", None),
            ("The boat was lent by 43-year-old Berit Lunde.", None),
        ] {
            for articles in [[&[left] as &[&str], &[right]], [&[right], &[left]]] {
                let found: Vec<_> = told(&articles, [None; 2]).into_iter().filter(|one| one.0 == Kind::Name).collect();
                let said: Vec<&str> = found.iter().flat_map(|one| &one.2).map(String::as_str).collect();
                let expected: Vec<&str> = spelling.into_iter().chain(spelling.map(|_| "Marit Lunde")).collect();
                let sorted = |mut of: Vec<&str>| {
                    of.sort_unstable();
                    of.into_iter().map(str::to_owned).collect::<Vec<_>>()
                };
                assert_eq!(sorted(said), sorted(expected), "{articles:?}");
            }
        }
    }

    #[test]
    fn who_spells_it_both_ways_takes_no_side() {
        let both: &[&str] = &["Marit Lunde, 43, slept.", "The boat was lent by Marit Lunda, 43."];
        assert_eq!(told(&[both, &["Marit Lunda, 43, owns the boat."]], [None; 2]).len(), 0);
    }
}
