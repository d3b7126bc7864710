//! Two groups of one kind, each with something of its own: "four barges with gravel" / "nine barges with timber".

use super::pair::Pair;
use super::subject::ALIKE;
use crate::align::Kind as WordKind;
use crate::clause::is_verb;
use crate::reading::{Measure, Quantity};

/// Whether two counts are of two groups, each narrowed by what stands behind its noun, with nothing in common.
pub(super) fn are_two(pair: &Pair, figures: [&Quantity; 2]) -> bool {
    let counts = figures.iter().all(|one| one.measure == Measure::Count && one.fact.is_none());
    let narrowed = [0, 1].map(|side| narrowed(pair, side, figures[side]));
    let same = |i: usize| narrowed[1].iter().any(|&j| pair.likeness_of(i, j) >= ALIKE);
    let open = |side: usize| narrowed[side].iter().all(|&at| pair.partner(side, at).is_none());
    counts
        && !narrowed[0].is_empty()
        && !narrowed[1].is_empty()
        && !narrowed[0].iter().any(|&i| same(i))
        && open(0)
        && open(1)
}

/// The words right behind a counted noun that say with what or from where they are: "fine gravel" of "four barges with
/// fine gravel".
fn narrowed(pair: &Pair, side: usize, figure: &Quantity) -> Vec<usize> {
    const MOST: usize = 3;
    let Some(noun) = figure.noun_span else { return Vec::new() };
    let next = pair.words_under(side, noun).end;
    let all = pair.side(side);
    if !matches!(all.form(next), "with" | "carrying" | "from") {
        return Vec::new();
    }
    let first = next + 1 + usize::from(matches!(all.form(next + 1), "a" | "an" | "the"));
    let tells = |at: &usize| {
        let verb = is_verb(all.form(*at), Some(all.form(at - 1)));
        let tells = matches!(all.words[*at].kind, WordKind::Content | WordKind::Name) && !verb;
        tells && (*at == first || !all.words[*at].starts_clause)
    };
    (first..all.words.len().min(first + MOST)).take_while(tells).collect()
}

#[cfg(test)]
mod tests {
    use crate::conflict::tests::read;
    use crate::conflict::{Difference, Kind};

    /// Whether counts that differ are set apart.
    fn are_apart(left: &str, right: &str) -> Vec<bool> {
        use crate::conflict::weights::Sign;
        let found = read(left, right).0.into_iter().filter(|one| one.kind == Kind::Number);
        let apart = |one: Difference| one.is_apart() || one.signs[Sign::of_two as usize] > 0.0;
        found.map(apart).collect()
    }

    #[test]
    fn groups_with_something_of_their_own_are_two() {
        let mut wrong = Vec::new();
        for (left, right, apart) in [
            ("Four barges with gravel reached Holm.", "Nine barges with timber reached Holm.", true),
            ("Four barges with gravel reached Holm.", "Nine barges with gravel reached Holm.", false),
            ("Four barges with gravel reached Holm.", "Nine barges reached Holm.", false),
            ("Four barges from Arven reached Holm.", "Nine barges from Dale reached Holm.", true),
            ("Four singers were flown to the clinic in Holm.", "Six singers were flown to the clinic in Dale.", true),
            ("Four singers were flown to the clinic in Holm.", "Six singers were flown to the clinic in Holm.", false),
            ("Four singers were flown to the clinic in Holm.", "Six singers were flown to the clinic.", false),
        ] {
            for (left, right) in [(left, right), (right, left)] {
                let found = are_apart(left, right);
                if found != [apart] {
                    wrong.push(format!("{found:?}: {left} / {right}"));
                }
            }
        }
        assert!(wrong.is_empty(), "{wrong:#?}");
    }
}
